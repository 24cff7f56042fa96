//! The situations of one act as choices, fact by fact, for findings that count situations and show them.
//!
//! Unlike in [`crate::Situations`] nothing is left out: each value of each fact that the act's rules look at is there,
//! with the boxes that allow it.

use crate::Moments;
use crate::decide::{Asking, all_values, own};
use alloc::vec::Vec;
use byelaw_data::{Date, FactId, Listed as _, Minute, Question, Set, Stated, ValueId};
use byelaw_eval::{Mask, row};
use byelaw_ir::{AS_OF, Program, Slice};

/// The values that one fact can have, or several facts that follow from one moment.
#[derive(Debug, Clone)]
pub struct Choices {
    /// The facts; more than one only where they follow from one unknown moment.
    pub facts: Vec<FactId>,
    /// What they can be; no box tells apart what is within one of these.
    pub options: Vec<Alike>,
}

/// One value for each of some facts, and a moment that has these values where they follow from one.
pub type CaseRow = (Vec<ValueId>, Option<(Date, Minute)>);

/// Values that no box tells apart.
#[derive(Debug, Clone)]
pub struct Alike {
    /// Each with one value for each fact, and a moment that has these values where they follow from one.
    pub rows: Vec<CaseRow>,
    /// The boxes that allow them.
    pub boxes: Mask,
    /// The approvals that whoever asks would give to themselves, as bits over the atoms of the slice.
    pub own: u64,
}

/// What a question about an act leaves open, as choices: one for each fact of the act's slice, in no stated order of the
/// facts. A situation is one row of each. What the question presumes is presumed. `None` if there is no such act.
pub fn cases(program: &Program, act: ValueId, question: &Question) -> Option<Vec<Choices>> {
    let slice = program.slices.get(usize::from(act.0))?;
    let mut asking = Asking::new(program, slice, act, question, crate::BUDGET);
    asking.settle_presumptions();
    Some(choices(program, slice, &asking, &[]))
}

/// Everything that can be where an act is asked about: nothing is known and nothing presumed, and what is filled is filled
/// only if `filled`. Readings are facts like others here, and so is the day whose adopted rules count. `None` if there is
/// no such act.
pub fn all_cases(program: &Program, act: ValueId, filled: bool) -> Option<Vec<Choices>> {
    let slice = program.slices.get(usize::from(act.0))?;
    let taken = |id: &FactId| program.facts.get(usize::from(id.0)).is_some_and(|f| f.taken_as.is_some());
    let mut released = alloc::vec![AS_OF];
    released.extend(slice.facts.iter().map(|f| f.fact).filter(|f| !filled && taken(f)));
    let mut question = Question::default();
    question.facts.insert(program.act, Stated::Value(act));
    let asking = Asking::new(program, slice, act, &question, crate::BUDGET);
    Some(choices(program, slice, &asking, &released))
}

/// What a question leaves open; the facts in `released` may be anything.
fn choices(program: &Program, slice: &Slice, asking: &Asking<'_>, released: &[FactId]) -> Vec<Choices> {
    let mut all = Vec::new();
    for (fact, values) in slice.facts.iter().zip(asking.open()) {
        let Some(mut values) = values else { continue };
        if released.contains(&fact.fact) {
            values = all_values(program, fact.fact);
        }
        let rows = values.into_iter().map(|value| {
            let boxes = Mask::from_words(row(slice, fact, value));
            (alloc::vec![value], None, boxes, own(program, slice, fact.fact, value))
        });
        all.push(Choices { facts: alloc::vec![fact.fact], options: alike(rows) });
    }
    if let Some(Moments { facts, rows }) = asking.moments() {
        let looked = |id: &FactId| slice.facts.iter().find(|f| f.fact == *id);
        let mut seen: Set<Vec<ValueId>> = Set::new();
        let mut kept = Vec::new();
        for (date, minute, values) in rows {
            let mut boxes = Mask::first(slice.boxes.len());
            let mut here = Vec::new();
            for (id, value) in facts.iter().zip(&values) {
                if let Some(fact) = looked(id) {
                    boxes.keep(row(slice, fact, *value));
                    here.push(*value);
                }
            }
            if seen.insert(here.clone()) {
                kept.push((here, Some((date, minute)), boxes, 0));
            }
        }
        let facts = facts.into_iter().filter(|id| looked(id).is_some()).list();
        all.push(Choices { facts, options: alike(kept.into_iter()) });
    }
    all
}

type Row = (Vec<ValueId>, Option<(Date, Minute)>, Mask, u64);

fn alike(rows: impl Iterator<Item = Row>) -> Vec<Alike> {
    let mut options: Vec<Alike> = Vec::new();
    for (values, moment, boxes, own) in rows {
        match options.iter_mut().find(|o| o.boxes == boxes && o.own == own) {
            Some(option) => option.rows.push((values, moment)),
            None => options.push(Alike { rows: alloc::vec![(values, moment)], boxes, own }),
        }
    }
    options
}
