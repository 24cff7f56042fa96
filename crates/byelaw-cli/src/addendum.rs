//! `byelaw addendum`.

use crate::output::{self, Report};
use crate::{End, packs};
use byelaw::{Addendum, DIFF_STEPS, addendum};
use clap::Args;
use std::io;

/// Say what an addendum changes, whether that goes back, and what it leaves untouched
#[derive(Args)]
pub(crate) struct AddendumCommand {
    /// The pack: a folder, or a name under `policies/`
    pack: String,
    /// The addendum; all of the pack if left out
    name: Option<String>,
    /// Print every change and every place, not only the largest
    #[arg(long)]
    all: bool,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Report,
}

impl AddendumCommand {
    pub(crate) fn run(self) -> io::Result<End> {
        let (model, program) = match packs::answering(&self.pack) {
            Ok(both) => both,
            Err(why) => return Ok(output::unusable(&why)),
        };
        let name = self.name.as_ref().map(|name| name.to_ascii_lowercase());
        let report = match addendum(&model, &program, name.as_deref(), DIFF_STEPS) {
            Ok(report) => report,
            Err(why) => return Ok(output::unusable(&why.to_string())),
        };
        let page = || report.page(&self.pack, self.all);
        output::report(self.format, || serde_json::to_string(&report), page)?;
        Ok(if report.addenda.iter().all(Addendum::is_proved) { End::Fine } else { End::Findings })
    }
}
