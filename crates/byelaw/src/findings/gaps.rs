//! What no rule speaks of, put into words.

use super::regions;
use super::shown::example;
use byelaw_diagnostic::{Diagnostic, Finding, Severity};
use byelaw_hir::Model;
use byelaw_ir::Program;
use byelaw_symbolic::{Gap, gaps};

/// So many boxes are told of one act.
const MOST: usize = 3;

/// How many values may be tried for each question about one act.
const STEPS: u64 = 100_000;

/// A note for each act with situations of which no rule speaks, though some rule mentions who asks and the act; those
/// with the largest share first. It looks at every situation, which takes longer than all other findings together.
pub fn silences(model: &Model, program: &Program) -> Vec<Diagnostic> {
    let mut all = gaps(program, MOST, STEPS);
    all.sort_by_key(|gap| std::cmp::Reverse(thousandths(gap)));
    all.iter().map(|gap| message(model, program, gap)).collect()
}

fn thousandths(gap: &Gap) -> Option<u16> {
    let (silent, all) = gap.share?;
    u16::try_from(silent.saturating_mul(1000).checked_div(all)?).ok()
}

fn message(model: &Model, program: &Program, gap: &Gap) -> Diagnostic {
    let act = model.acts.get(usize::from(gap.act.0));
    let name = act.map_or("", |a| a.word.name.as_str());
    let how_much = match thousandths(gap) {
        Some(0) => "in less than 1 % of its kinds of situation".to_owned(),
        Some(share) => format!("in {} % of its kinds of situation", u32::from(share).div_ceil(10)),
        None => "in some of its situations".to_owned(),
    };
    let mut diagnostic = Diagnostic::new(
        "B0225",
        Severity::Note,
        act.and_then(|a| a.word.span),
        format!("no rule speaks about `{name}` {how_much}"),
    );
    let mut finding = Finding { share: thousandths(gap), ..Finding::default() };
    for region in &gap.regions {
        let words = regions::words(model, program, &region.facts);
        diagnostic = diagnostic.note(match words.is_empty() {
            true => "nothing is said of any case".to_owned(),
            false => format!("nothing is said when {}", words.join(" and ")),
        });
        finding.region.push(words.join(" and "));
    }
    if gap.more || !gap.exact {
        diagnostic = diagnostic.note("and of other cases");
    }
    if let Some(first) = gap.regions.first() {
        let title = format!("B0225: {name}");
        finding.witness = example(model, program, &title, &first.instance).unwrap_or_default();
    }
    diagnostic
        .help("if the document says what holds there, write the rule; else say once what silence means: `silence means ...`")
        .finding(finding)
}
