//! Where something is different: acts and conditions in words, with an example.

use super::words::Words;
use super::{DiffExample, DiffPlace, shorten};
use byelaw_symbolic::diff::{Change, Difference, What, Which};
use std::collections::BTreeMap;

/// The places of changes that are told together; acts with the same conditions are one place. The largest comes first.
pub(super) fn places(found: &Difference, words: &Words<'_>, group: &[&Change]) -> Vec<DiffPlace> {
    let mut by_conditions: BTreeMap<Vec<_>, Vec<&Change>> = BTreeMap::new();
    for change in group {
        by_conditions.entry(words.conditions(change)).or_default().push(change);
    }
    let mut places: Vec<DiffPlace> = by_conditions
        .into_iter()
        .filter_map(|(conditions, changes)| {
            let first = changes.iter().max_by_key(|c| c.count)?;
            let short = shorten(found, words.old, words.new, &first.example);
            let sum = |of: &dyn Fn(&Change) -> Option<u128>| {
                changes.iter().try_fold(0_u128, |all, c| Some(all.saturating_add(of(c)?)))
            };
            let (before, after) = match &short.what {
                What::Answer { before, after } => (words.answer(before), words.answer(after)),
                What::Beside(beside) => words.beside(beside),
            };
            let acts: Vec<_> = changes.iter().map(|c| c.act).collect();
            Some(DiffPlace {
                acts: acts.iter().map(|act| words.act_name(*act)).collect(),
                acts_text: acts.iter().map(|act| words.act_text(*act)).collect(),
                conditions,
                count: sum(&|c| Some(c.count)).unwrap_or(u128::MAX),
                of: sum(&|c| c.possible),
                with_unusual: sum(&|c| c.all),
                example: DiffExample {
                    old: words.example(&short, Which::Old),
                    new: words.example(&short, Which::New),
                    on: short.on.map(|d| d.to_string()),
                    before,
                    after,
                },
            })
        })
        .collect();
    places.sort_by_key(|p| std::cmp::Reverse(p.count));
    places
}
