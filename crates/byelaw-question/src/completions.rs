//! Completions of the unknown facts, as sets of boxes that can be active together.
//!
//! Two completions that leave the same boxes active are the same to every rule. So the completions are walked fact by
//! fact, and after each fact only the different sets of boxes that are still possible are kept. The number of such
//! sets, not the number of completions, is what costs.

use crate::reach::Traversal;
use alloc::vec::Vec;
use byelaw_data::{FactId, Listed as _, ValueId};
use byelaw_eval::{Mask, row, told_apart};
use byelaw_ir::Slice;

/// The most steps (one set of boxes met with one row) that one walk over the completions may take. A question takes
/// one or two walks for its answer, one for each presumption, and one for the unknown facts that matter.
pub const BUDGET: u64 = 100_000;

/// Counts steps down. When it is empty the answer is not exact.
#[derive(Debug)]
pub(crate) struct Budget(u64);

impl Budget {
    pub fn new(steps: u64) -> Self {
        Self(steps)
    }

    /// What is left.
    pub fn left(&self) -> u64 {
        self.0
    }

    /// Takes `steps`; false if there are not enough left.
    pub fn take(&mut self, steps: usize) -> bool {
        let steps = u64::try_from(steps).unwrap_or(u64::MAX);
        self.0 = self.0.saturating_sub(steps);
        self.0 > 0
    }
}

/// What a completion comes to: the boxes that are active, and the approvals (bits over the atoms of the slice) that
/// whoever asks would give to themselves, which do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Active {
    pub boxes: Mask,
    pub own: u64,
}

impl Active {
    /// What is left after one more choice.
    pub fn and(&self, other: &Active) -> Active {
        Active { boxes: self.boxes.and(&other.boxes), own: self.own | other.own }
    }
}

/// What may be the value of one fact of a slice, or of several that hang together.
#[derive(Debug, Clone)]
pub(crate) struct Variable {
    /// The facts; more than one only where they follow from one unknown moment.
    pub facts: Vec<FactId>,
    /// The different rows that these values have.
    pub options: Vec<Choice>,
}

/// Values that no box of the slice tells apart.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    /// For each fact of the variable the values that this choice stands for.
    pub values: Vec<Vec<ValueId>>,
    /// The boxes that allow them, and the approvals that they exclude.
    pub row: Active,
}

impl Variable {
    /// The boxes that some choice allows.
    pub fn allowed(&self) -> Mask {
        self.options.iter().fold(Mask::EMPTY, |any, o| any.or(&o.row.boxes))
    }

    /// The approvals that every choice excludes.
    pub fn own(&self) -> u64 {
        self.options.iter().map(|o| o.row.own).reduce(|common, own| common & own).unwrap_or(0)
    }

    /// The boxes that some choices allow and others do not.
    pub fn undecided(&self) -> Mask {
        told_apart(self.options.iter().map(|o| o.row.boxes))
    }

    /// One fact with the values it can have, without what `start` excludes; `own` gives the approvals that a value excludes.
    pub fn single(
        slice: &Slice,
        place: usize,
        values: &[ValueId],
        own: impl Fn(ValueId) -> u64,
        start: &Active,
    ) -> Option<Variable> {
        let fact = slice.facts.get(place)?;
        let mut options: Vec<Choice> = Vec::new();
        for value in values {
            let row = Active { boxes: Mask::from_words(row(slice, fact, *value)), own: own(*value) };
            let row = row.and(start);
            match options.iter_mut().find(|o| o.row == row) {
                Some(option) => option.values.iter_mut().for_each(|v| v.push(*value)),
                None => options.push(Choice { values: alloc::vec![alloc::vec![*value]], row }),
            }
        }
        Some(Variable { facts: alloc::vec![fact.fact], options })
    }

    /// Facts that are completed together, with rows of values that they can have at once.
    pub fn tied(slice: &Slice, facts: Vec<FactId>, rows: &[Vec<ValueId>]) -> Variable {
        let places: Vec<_> = facts.iter().map(|id| slice.facts.iter().find(|f| f.fact == *id)).list();
        let mut variable = Variable { facts, options: Vec::new() };
        for values in rows {
            let mut boxes = Mask::first(slice.boxes.len());
            for (fact, value) in places.iter().zip(values) {
                if let Some(fact) = fact {
                    boxes.keep(row(slice, fact, *value));
                }
            }
            let here = Active { boxes, own: 0 };
            match variable.options.iter_mut().find(|o| o.row == here) {
                Some(option) => {
                    for (into, value) in option.values.iter_mut().zip(values) {
                        if !into.contains(value) {
                            into.push(*value);
                        }
                    }
                }
                None => {
                    let values = values.iter().map(|v| alloc::vec![*v]).list();
                    variable.options.push(Choice { values, row: here });
                }
            }
        }
        variable
    }

    /// The same without what `start` excludes, so that it need not be told apart any more.
    pub fn narrowed(&self, start: &Active) -> Variable {
        let mut options: Vec<Choice> = Vec::new();
        for option in &self.options {
            let row = option.row.and(start);
            match options.iter_mut().find(|known| known.row == row) {
                Some(same) => {
                    for (into, from) in same.values.iter_mut().zip(&option.values) {
                        into.extend(from);
                    }
                }
                None => options.push(Choice { values: option.values.clone(), row }),
            }
        }
        Variable { facts: self.facts.clone(), options }
    }
}

/// The values that a period can have on the days `first..=last`.
pub(crate) fn holds(from: i64, until: Option<i64>, first: i64, last: i64) -> Vec<ValueId> {
    let mut values = Vec::new();
    if first < from || until.is_none_or(|u| last >= u) {
        values.push(byelaw_data::NO);
    }
    if last >= from && until.is_none_or(|u| first < u) {
        values.push(byelaw_data::YES);
    }
    values
}

/// For each of some choices, one after the other, and behind the last: the boxes that it and those behind it decide, where
/// `decided` has those that each decides by itself.
pub fn open_behind(decided: impl DoubleEndedIterator<Item = Mask>) -> Vec<Mask> {
    let mut open = alloc::vec![Mask::EMPTY];
    for mask in decided.rev() {
        open.push(open.last().map_or(mask, |later| later.or(&mask)));
    }
    open.reverse();
    open
}

/// How completions are walked.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Walk<'a> {
    /// Every different set of boxes.
    Whole,
    /// Sets that differ only in what does not change the outcome may be one: where a bar that nothing can lift is
    /// certain, all else is left out. The mask has the boxes that are still undecided after the walk.
    Outcomes(&'a Slice, Mask),
}

/// The different sets of boxes that completions of `variables` leave active, in order. `None` if it takes more than
/// `steps`.
pub(crate) fn reachable(
    start: Active,
    variables: &[&Variable],
    walk: Walk<'_>,
    steps: u64,
) -> Option<Vec<Active>> {
    Traversal::of(start, variables, walk).ends(&mut Budget::new(steps))
}

/// Shows each of the sets that [`reachable`] gives, in no stated order, until `see` is false of one. Takes its steps from
/// `budget`; `None` when that is empty, or if `few` is false of their number.
pub(crate) fn each_reachable(
    start: Active,
    variables: &[&Variable],
    walk: Walk<'_>,
    budget: &mut Budget,
    few: &dyn Fn(usize) -> bool,
    see: &mut dyn FnMut(&Active) -> bool,
) -> Option<()> {
    Traversal::of(start, variables, walk).each_end(budget, few, see)
}
