//! Rules that hold nowhere, and permissions of the same thing that each ask for something else.

use super::rules::{Looked, only, places};
use byelaw_data::RuleId;
use byelaw_diagnostic::Diagnostic;
use byelaw_hir::{Model, NormKind};
use byelaw_ir::Program;
use std::collections::{BTreeMap, BTreeSet};

/// Rules whose conditions cannot all hold.
pub(super) fn nowhere(model: &Model, program: &Program) -> Vec<Diagnostic> {
    let somewhere: BTreeSet<RuleId> = places(program).into_keys().collect();
    let spoken: BTreeSet<RuleId> = model.norms.iter().map(|n| n.rule).collect();
    let empty = spoken.difference(&somewhere).filter_map(|rule| model.names.get(rule.place()));
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
    let (places, looked) = (places(program), Looked::at(program));
    let permitting = only(model, |kind| kind == NormKind::May);
    let instrument: BTreeMap<RuleId, usize> = model.norms.iter().map(|n| (n.rule, n.instrument)).collect();
    // Only what asks for something can ask for something else.
    let priced = |rule: &RuleId| {
        let prices = places[rule].iter().map(|(act, place)| &program.slices[*act].boxes[*place].price);
        prices.into_iter().all(|price| !price.is_empty() && !price.contains(&0))
    };
    let asking = places.keys().copied().filter(|rule| permitting.contains(rule)).filter(priced);
    // Every case of one of them is a case of the other, at another price.
    let inside = |rule: RuleId, other: RuleId| {
        places[&rule].iter().all(|(act, a)| {
            let slice = &program.slices[*act];
            places[&other].iter().filter(|(its, _)| its == act).any(|(_, b)| {
                let (x, y) = (&slice.boxes[*a], &slice.boxes[*b]);
                x.beats == y.beats && apart(&x.price, &y.price) && looked.lies_in(program, *act, *a, *b)
            })
        })
    };
    let mut pairs: BTreeSet<(RuleId, RuleId)> = BTreeSet::new();
    for rule in asking {
        // Whose cases are all cases of another rule, its first box lies inside one of that rule's.
        let (act, first) = places[&rule][0];
        let around = looked.around(program, act, first);
        for other in around.iter().filter(|other| **other != rule && permitting.contains(other)) {
            if instrument.get(&rule) == instrument.get(other) && inside(rule, *other) {
                pairs.insert((rule.min(*other), rule.max(*other)));
            }
        }
    }
    pairs.into_iter().map(|(first, second)| alternative(model, first, second)).collect()
}

/// Whether neither of two prices is enough wherever the other is.
fn apart(x: &[u64], y: &[u64]) -> bool {
    let enough = |more: &[u64], less: &[u64]| more.iter().all(|way| less.iter().any(|l| l & !way == 0));
    !enough(x, y) && !enough(y, x)
}

fn alternative(model: &Model, first: RuleId, second: RuleId) -> Diagnostic {
    let (first, second) = (&model.names[first.place()], &model.names[second.place()]);
    let message = format!(
        "`{}` and `{}` permit the same and ask for different things: either of them is enough",
        first.name, second.name
    );
    Diagnostic::warning("B0217", second.span, message)
        .label(second.sentence.clone())
        .related(first.span, first.sentence.clone())
        .help("if both are needed, write `may only ...` in each; if either is enough, say so in one sentence with `or`")
}
