//! Rules that hold nowhere, and permissions of the same thing that each ask for something else.

use super::rules::{lies_in, places};
use byelaw_data::RuleId;
use byelaw_diagnostic::Diagnostic;
use byelaw_hir::{Model, NormKind};
use byelaw_ir::Program;
use std::collections::BTreeSet;

/// Rules whose conditions cannot all hold.
pub(super) fn nowhere(model: &Model, program: &Program) -> Vec<Diagnostic> {
    let somewhere: BTreeSet<RuleId> = places(program).into_keys().collect();
    let spoken: BTreeSet<RuleId> = model.norms.iter().map(|n| n.rule).collect();
    let empty = spoken.difference(&somewhere).filter_map(|rule| model.names.get(usize::from(rule.0)));
    empty
        .map(|rule| {
            Diagnostic::warning("B0218", rule.span, format!("`{}` holds in no situation", rule.name))
                .label(rule.sentence.clone())
                .note("what it asks for cannot all be so at once")
                .help("look for a condition that another one excludes, or take the rule out")
        })
        .collect()
}

/// Two permissions of one instrument for the same cases, of which neither asks for less than the other: each of them
/// is enough, which is not what two sentences about two approvals look like.
pub(super) fn alternatives(model: &Model, program: &Program) -> Vec<Diagnostic> {
    let places = places(program);
    let may = |rule: &RuleId| {
        let mut norms = model.norms.iter().filter(|n| n.rule == *rule).peekable();
        norms.peek().is_some() && norms.all(|n| n.kind == NormKind::May)
    };
    let instrument = |rule: RuleId| model.norms.iter().find(|n| n.rule == rule).map(|n| n.instrument);
    let permissions: Vec<RuleId> = places.keys().copied().filter(may).collect();
    let mut found = Vec::new();
    for (at, first) in permissions.iter().enumerate() {
        for second in &permissions[at + 1..] {
            if instrument(*first) != instrument(*second) {
                continue;
            }
            // Every case of one of them is a case of the other, at another price.
            let inside = |rule: RuleId, other: RuleId| {
                places[&rule].iter().all(|(act, a)| {
                    let slice = &program.slices[*act];
                    places[&other].iter().filter(|(its, _)| its == act).any(|(_, b)| {
                        let (x, y) = (&slice.boxes[*a], &slice.boxes[*b]);
                        x.beats == y.beats && apart(&x.price, &y.price) && lies_in(slice, *a, *b)
                    })
                })
            };
            if inside(*first, *second) || inside(*second, *first) {
                found.push(alternative(model, *first, *second));
            }
        }
    }
    found
}

/// Whether neither of two prices is enough wherever the other is.
fn apart(x: &[u64], y: &[u64]) -> bool {
    let enough = |more: &[u64], less: &[u64]| more.iter().all(|way| less.iter().any(|l| l & !way == 0));
    !enough(x, y) && !enough(y, x)
}

fn alternative(model: &Model, first: RuleId, second: RuleId) -> Diagnostic {
    let (first, second) = (&model.names[usize::from(first.0)], &model.names[usize::from(second.0)]);
    let message = format!(
        "`{}` and `{}` permit the same and ask for different things: either of them is enough",
        first.name, second.name
    );
    Diagnostic::warning("B0217", second.span, message)
        .label(second.sentence.clone())
        .related(first.span, first.sentence.clone())
        .help("if both are needed, write `may only ...` in each; if either is enough, say so in one sentence with `or`")
}
