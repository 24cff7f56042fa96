//! Which exceptions a policy has, for whoever counts them.

use byelaw_data::RuleId;
use byelaw_hir::Model;
use byelaw_ir::{Program, Slice};
use std::collections::BTreeSet;

/// Pairs of rules of which the first prevails over the second: all that the policy names, and of those that follow from
/// a discretion or from an addendum that prevails over everything the ones that meet in some situation. That a
/// permission goes before a discretion about another act is an exception that nobody wrote and no example could show.
pub(super) fn exceptions(model: &Model, program: &Program) -> BTreeSet<(RuleId, RuleId)> {
    let meeting = meeting(program);
    let implied = |stronger: usize, weaker: usize| {
        let instrument = model.instruments.get(model.norms[stronger].instrument);
        model.norms[weaker].undecided || instrument.is_some_and(|i| i.prevails_over_all)
    };
    model
        .precedence
        .iter()
        .map(|(a, b)| ((model.norms[*a].rule, model.norms[*b].rule), implied(*a, *b)))
        .filter(|(pair, implied)| pair.0 != pair.1 && (!implied || meeting.contains(pair)))
        .map(|(pair, _)| pair)
        .collect()
}

/// Pairs of rules of which the first goes before the second in some situation.
fn meeting(program: &Program) -> BTreeSet<(RuleId, RuleId)> {
    let mut found = BTreeSet::new();
    for slice in &program.slices {
        for (stronger, one) in slice.boxes.iter().enumerate() {
            for (weaker, other) in slice.boxes.iter().enumerate().filter(|(place, _)| bit(&one.beats, *place))
            {
                let pair = (one.rule, other.rule);
                if !found.contains(&pair) && meet(slice, stronger, weaker) {
                    found.insert(pair);
                }
            }
        }
    }
    found
}

/// Whether some values of all facts are in both boxes.
fn meet(slice: &Slice, a: usize, b: usize) -> bool {
    let words = usize::from(slice.words).max(1);
    slice.facts.iter().all(|fact| fact.rows.chunks(words).any(|row| bit(row, a) && bit(row, b)))
}

fn bit(words: &[u64], place: usize) -> bool {
    words.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
}
