//! Exceptions that never set anything aside: the two rules hold in no situation at once (semantics 2.7).

use crate::field::{Field, Part, Set, Walked, aside, places};
use byelaw_data::{RuleId, ValueId};
use byelaw_eval::{Mask, beats, decide};
use byelaw_ir::Program;
use std::cell::OnceCell;

/// How many values may be tried for each pair of boxes.
const STEPS: u64 = 50_000;

/// Those of the pairs, `(stronger, weaker)`, of which the stronger rule stands in no situation in which the weaker one
/// holds, however parameters and readings are filled. A pair of which that is not found out in so many steps is not told.
pub fn idle_exceptions(program: &Program, pairs: &[(RuleId, RuleId)]) -> Vec<(RuleId, RuleId)> {
    let fields: Vec<OnceCell<Option<Field<'_>>>> = program.slices.iter().map(|_| OnceCell::new()).collect();
    let mut idle = Vec::new();
    let places = places(program);
    let of = |rule: RuleId| places.get(&rule).into_iter().flatten();
    for pair in pairs {
        let meets = of(pair.0).any(|(act, stronger)| {
            let (Some(slice), Some(field)) = (program.slices.get(*act), fields.get(*act)) else {
                return false;
            };
            let weaker =
                of(pair.1).filter(|(other, weaker)| other == act && beats(slice, *stronger, *weaker));
            weaker.map(|(_, weaker)| weaker).any(|weaker| {
                let act = ValueId(u16::try_from(*act).unwrap_or(u16::MAX));
                let field = field.get_or_init(|| Field::unfilled(program, act));
                field.as_ref().is_none_or(|field| meet(field, *stronger, *weaker))
            })
        });
        if !meets {
            idle.push(*pair);
        }
    }
    idle
}

/// Whether the one box stands somewhere where the other one is active, or that is not found out.
fn meet(field: &Field<'_>, stronger: usize, weaker: usize) -> bool {
    let slice = field.slice;
    let apart = field.deciding(&Mask::from_iter([stronger]));
    let part = Part { inside: Mask::from_iter([stronger, weaker]), apart, own: false };
    let dull = |set: &Set, certain: &Mask| aside(slice, stronger, set, certain);
    let stands = |set: &Set| decide(slice, &set.boxes).is_some_and(|point| point.standing.has(stronger));
    let mut steps = STEPS;
    !matches!(field.find(&part, &mut steps, &dull, &mut |set| stands(set)), Walked::Nowhere)
}
