//! `byelaw diff`.

use crate::output::{self, Report};
use crate::{End, packs, when};
use byelaw::data::Date;
use byelaw::ir::Program;
use byelaw::{DIFF_STEPS, Gate, GateKind, diff, diff_gated};
use clap::{Args, ValueEnum};
use std::io;

/// Say what two policies answer differently
#[derive(Args)]
pub(crate) struct Diff {
    /// What was before: a pack, or PACK@DATE for a pack as it is asked on a day
    #[arg(value_name = "OLD")]
    old: String,
    /// What is after: another pack, another edition, or the same on another day
    #[arg(value_name = "NEW")]
    new: String,
    /// Print every change and every place, not only the largest
    #[arg(long)]
    all: bool,
    /// End with 1 only if something differs that may not; what is not known does not pass
    #[arg(long, value_enum)]
    gate: Option<GateName>,
    /// A clause whose rules may differ: excused is what only rules that cite one of these make different; can be repeated
    #[arg(long, value_name = "DOC/CLAUSE", requires = "gate")]
    except: Vec<String>,
    /// Let pass what could not be compared, for instance a new act: somebody has looked at it
    #[arg(long, requires = "gate")]
    pass_uncompared: bool,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Report,
}

/// What may not differ.
#[derive(Clone, Copy, ValueEnum)]
#[expect(
    clippy::enum_variant_names,
    reason = "each is a word of the command line, which says what there may be none of"
)]
enum GateName {
    /// Nothing may become more lenient: no yes where there was none, no fewer approvals or undertakings
    NoWider,
    /// Nothing may become stricter
    NoStricter,
    /// No answer, duty or advice may be another one
    NoChange,
}

impl Diff {
    pub(crate) fn run(self) -> io::Result<End> {
        let (old, new) = match (side(&self.old), side(&self.new)) {
            (Ok(old), Ok(new)) => (old, new),
            (Err(why), _) | (_, Err(why)) => return Ok(output::unusable(&why)),
        };
        let sides = ((&old.1, old.2), (&new.1, new.2));
        let report = match self.gate() {
            None => diff(sides.0, sides.1, DIFF_STEPS),
            Some(gate) => match diff_gated(sides.0, sides.1, &gate, DIFF_STEPS) {
                Ok(report) => report,
                Err(why) => return Ok(output::unusable(&why.to_string())),
            },
        };
        let page = || report.page([&old.0, &new.0], self.all);
        output::report(self.format, || serde_json::to_string(&report), page)?;
        let fine = report.gate.as_ref().map_or(report.is_empty(), |gate| gate.passed);
        Ok(if fine { End::Fine } else { End::Findings })
    }

    fn gate(&self) -> Option<Gate> {
        let kind = match self.gate? {
            GateName::NoWider => GateKind::NoWider,
            GateName::NoStricter => GateKind::NoStricter,
            GateName::NoChange => GateKind::NoChange,
        };
        let except = self.except.iter().map(|clause| clause.to_ascii_lowercase()).collect();
        Some(Gate { kind, except, pass_uncompared: self.pass_uncompared })
    }
}

/// A pack and, behind an `@`, a day.
fn side(text: &str) -> Result<(String, Program, Option<Date>), String> {
    let (pack, on) = match text.rsplit_once('@') {
        // A folder may have an `@` in its name.
        Some((pack, day)) if !std::path::Path::new(text).exists() => (pack, Some(when::day(day)?)),
        _ => (text, None),
    };
    Ok((pack.to_owned(), packs::program(pack)?, on))
}
