//! `byelaw effect`.

use crate::output::{self, Report};
use crate::{End, packs};
use byelaw::{DIFF_STEPS, effect, effects};
use clap::Args;
use std::io;

/// Say what a rule does: where it decides alone, and what would be answered otherwise without it
#[derive(Args)]
pub(crate) struct EffectCommand {
    /// The pack: a folder, or a name under `policies/`
    pack: String,
    /// The rule; all rules of the pack, each with how much it decides, if left out
    rule: Option<String>,
    /// Print every change and every place, not only the largest
    #[arg(long)]
    all: bool,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Report,
}

impl EffectCommand {
    pub(crate) fn run(self) -> io::Result<End> {
        let (model, program) = match packs::answering(&self.pack) {
            Ok(both) => both,
            Err(why) => return Ok(output::unusable(&why)),
        };
        let Some(rule) = &self.rule else {
            let report = effects(&model, &program, DIFF_STEPS, &mut output::progress(&self.pack, "rules"));
            output::report(self.format, || serde_json::to_string(&report), || report.page())?;
            return Ok(End::Fine);
        };
        match effect(&model, &program, &rule.to_ascii_lowercase(), DIFF_STEPS) {
            Ok(report) => {
                let page = || report.page(&self.pack, self.all);
                output::report(self.format, || serde_json::to_string(&report), page)?;
                Ok(End::Fine)
            }
            Err(why) => Ok(output::unusable(&why.to_string())),
        }
    }
}
