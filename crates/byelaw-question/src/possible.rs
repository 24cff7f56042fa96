//! Which presumptions can be made together, where some combinations of values cannot be (semantics 2.6a).
//!
//! In: for each fact the boxes of what cannot be that its values allow. Out: the presumptions that have to be given up. What
//! is looked for is one completion that leaves none of these boxes active; each choice only takes some out, so that of two
//! choices one that leaves less is never worse.
//! Never here: what follows from a situation.

use crate::completions::Budget;
use crate::decide::Known;
use alloc::vec::Vec;
use byelaw_data::Listed as _;
use byelaw_eval::{Mask, row, row_of_all};
use byelaw_ir::{Slice, SliceFact};

/// What the values of a fact leave of what cannot be.
#[derive(Debug, Clone)]
pub(crate) struct Leaves {
    /// Those that it may have.
    now: Lefts,
    /// If these are presumed: those that it may have without.
    released: Option<Lefts>,
}

/// What is left with each of some values, and what with all of them.
#[derive(Debug, Clone)]
struct Lefts {
    each: Vec<Left>,
    all: Mask,
}

impl Lefts {
    fn of(each: Vec<Left>) -> Self {
        let all = each.iter().map(|(row, _)| *row).reduce(|all, row| all.and(&row)).unwrap_or(Mask::EMPTY);
        Self { each, all }
    }

    /// Whether some value takes something out.
    fn takes(&self, impossible: &Mask) -> bool {
        // Nothing is left that is not impossible.
        self.all != *impossible
    }
}

/// What is left with one of some values, by its place among them.
type Left = (Mask, usize);

/// Which presumptions can be made.
#[derive(Debug, Default)]
pub(crate) struct Settled {
    /// Those that have to be given up, by the places of their facts.
    pub given_up: Vec<usize>,
    /// For each fact the place of a value, of those that it may have then: together they can be. `None` if nothing can be, or
    /// nothing was found.
    pub example: Option<Vec<usize>>,
}

impl Leaves {
    /// What is left with what is known of a fact; `None` if that follows from an unknown moment.
    pub fn of(slice: &Slice, fact: &SliceFact, known: &Known, impossible: &Mask) -> Option<Leaves> {
        if known.tied {
            return None;
        }
        if known.together {
            let all = row_of_all(slice, fact, &known.values).and(impossible);
            return Some(Leaves { now: Lefts::of(alloc::vec![(all, 0)]), released: None });
        }
        let rows = |values: &[byelaw_data::ValueId]| {
            least(values.iter().map(|value| Mask::from_words(row(slice, fact, *value)).and(impossible)))
        };
        Some(Leaves { now: rows(&known.values), released: known.released.as_deref().map(rows) })
    }

    /// Of the values that it may have the one with which least of `left` is left: what that is, and the value's place.
    pub fn least_of(&self, left: &Mask) -> (Mask, usize) {
        let rest = self.now.each.iter().map(|(row, place)| (left.and(row), *place));
        rest.min_by_key(|(rest, _)| rest.bits().count()).unwrap_or((*left, 0))
    }

    /// What is left with the value at a place.
    pub fn with(&self, value: usize) -> Option<&Mask> {
        self.now.each.iter().find(|(_, place)| *place == value).map(|(row, _)| row)
    }

    /// What is left at the moments that may be, where each allows these boxes.
    pub fn of_moments(moments: &[Mask], impossible: &Mask) -> Leaves {
        Leaves { now: least(moments.iter().map(|row| row.and(impossible))), released: None }
    }
}

/// What each fact of a slice and, behind them, the moment leave of what cannot be; the moments that may be allow these boxes,
/// where it is not known.
pub(crate) fn leaves(
    slice: &Slice,
    known: &[Known],
    moments: Option<&[Mask]>,
    impossible: &Mask,
) -> Vec<Option<Leaves>> {
    let facts = slice.facts.iter().zip(known).map(|(fact, known)| Leaves::of(slice, fact, known, impossible));
    let moment = moments.map(|moments| Leaves::of_moments(moments, impossible));
    facts.chain(core::iter::once(moment)).list()
}

/// Those of which no other one is a part, each once; nothing is left where there are none.
fn least(rows: impl Iterator<Item = Mask>) -> Lefts {
    let mut kept: Vec<Left> = Vec::new();
    for (place, row) in rows.enumerate() {
        if kept.iter().any(|(known, _)| known.without(&row).is_empty()) {
            continue;
        }
        kept.retain(|(known, _)| !row.without(known).is_empty());
        kept.push((row, place));
    }
    if kept.is_empty() {
        kept.push((Mask::EMPTY, 0));
    }
    Lefts::of(kept)
}

/// Which presumptions can be made: each is made in turn, if something still can be then. A search that takes more than `steps`
/// counts as one that found something.
pub(crate) fn settle(impossible: &Mask, facts: &[Option<&Leaves>], steps: u64) -> Settled {
    let mut tried: Vec<Option<&Lefts>> = facts.iter().map(|fact| fact.map(|fact| &fact.now)).list();
    match example(impossible, &tried, steps) {
        Search::Found(example) => return Settled { given_up: Vec::new(), example: Some(example) },
        Search::TooLong => return Settled::default(),
        Search::Nothing => {}
    }
    let presumed = || {
        let presumed = facts.iter().enumerate().filter_map(|(at, fact)| Some((at, (*fact)?)));
        presumed.filter_map(|(at, fact)| Some((at, &fact.now, fact.released.as_ref()?)))
    };
    for (place, _, released) in presumed() {
        if let Some(here) = tried.get_mut(place) {
            *here = Some(released);
        }
    }
    let mut settled = Settled::default();
    for (place, now, released) in presumed() {
        if let Some(here) = tried.get_mut(place) {
            *here = Some(now);
        }
        // What was found before may do, with the presumed value in it.
        let before = settled.example.as_mut().and_then(|example| example.get_mut(place));
        let left = before.as_ref().and_then(|value| released.each.iter().find(|(_, place)| place == *value));
        let same = left.and_then(|(left, _)| now.each.iter().find(|(row, _)| row.without(left).is_empty()));
        if let (Some(before), Some((_, value))) = (before, same) {
            *before = *value;
            continue;
        }
        match example(impossible, &tried, steps) {
            Search::Nothing => {
                settled.given_up.push(place);
                if let Some(here) = tried.get_mut(place) {
                    *here = Some(released);
                }
            }
            Search::Found(example) => settled.example = Some(example),
            Search::TooLong => settled.example = None,
        }
    }
    settled
}

/// Of some facts those of which more than one value can be, by their places, if `rows` has for each what its values leave of
/// what cannot be, and what all the others of `facts` may be. `None` if nothing can be. A search that takes more than `steps`
/// counts as one that found something.
pub(crate) fn open(
    impossible: &Mask,
    facts: &[Option<&Leaves>],
    rows: &[(usize, Vec<Mask>)],
    steps: u64,
) -> Option<Vec<usize>> {
    let all: Vec<Option<&Lefts>> = facts.iter().map(|fact| fact.map(|fact| &fact.now)).list();
    if let Search::Nothing = example(impossible, &all, steps) {
        return None;
    }
    let can_be = |place: usize, row: &Mask| {
        let left = Lefts::of(alloc::vec![(row.and(impossible), 0)]);
        let mut tried = all.clone();
        if let Some(here) = tried.get_mut(place) {
            *here = Some(&left);
        }
        !matches!(example(impossible, &tried, steps), Search::Nothing)
    };
    let several =
        |(place, rows): &&(usize, Vec<Mask>)| rows.iter().filter(|row| can_be(*place, row)).nth(1).is_some();
    Some(rows.iter().filter(several).map(|(place, _)| *place).list())
}

/// What a search for a completion comes to.
enum Search {
    /// One that can be: which value each place has in it.
    Found(Vec<usize>),
    /// There is none.
    Nothing,
    /// It took too many steps.
    TooLong,
}

/// A completion that leaves nothing active that cannot be: of each place, one of its choices. Places without choices count
/// for nothing.
fn example(impossible: &Mask, places: &[Option<&Lefts>], steps: u64) -> Search {
    let mut budget = Budget::new(steps);
    let active: Vec<(usize, &Lefts)> = places
        .iter()
        .enumerate()
        .filter_map(|(place, lefts)| Some((place, (*lefts).filter(|lefts| lefts.takes(impossible))?)))
        .list();
    // What is left, and for each place which choice was taken.
    let mut open: Vec<(Mask, Vec<Option<usize>>)> =
        alloc::vec![(*impossible, alloc::vec![None; active.len()])];
    while let Some((mut left, mut taken)) = open.pop() {
        if !budget.take(places.len()) {
            return Search::TooLong;
        }
        // Where one choice leaves no more than any other, it is taken.
        loop {
            let before = left;
            for ((_, lefts), taken) in active.iter().zip(&mut taken).filter(|(_, taken)| taken.is_none()) {
                if left.is_empty() {
                    break;
                }
                let all = left.and(&lefts.all);
                if all == left {
                    continue;
                }
                if let Some(best) = lefts.each.iter().position(|(choice, _)| left.and(choice) == all) {
                    left = all;
                    *taken = Some(best);
                }
            }
            if left == before {
                break;
            }
        }
        let Some(place) = left.bits().next() else {
            let mut example: Vec<usize> = places
                .iter()
                .map(|lefts| lefts.and_then(|lefts| lefts.each.first()).map_or(0, |(_, value)| *value))
                .list();
            for ((place, lefts), taken) in active.iter().zip(&taken) {
                let value = taken.and_then(|taken| lefts.each.get(taken));
                if let (Some(into), Some((_, value))) = (example.get_mut(*place), value) {
                    *into = *value;
                }
            }
            return Search::Found(example);
        };
        // Some choice has to take this box out.
        for (at, (_, lefts)) in
            active.iter().enumerate().filter(|(at, _)| taken.get(*at).is_some_and(Option::is_none))
        {
            for (number, (choice, _)) in
                lefts.each.iter().enumerate().filter(|(_, (choice, _))| !choice.has(place))
            {
                let mut next = taken.clone();
                if let Some(taken) = next.get_mut(at) {
                    *taken = Some(number);
                }
                open.push((left.and(choice), next));
            }
        }
    }
    Search::Nothing
}
