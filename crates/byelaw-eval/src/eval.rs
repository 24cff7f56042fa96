//! The decision itself (semantics 2.4).

use crate::mask::has;
use crate::{Mask, Verdict};
use byelaw_data::ValueId;
use byelaw_ir::{Box, BoxKind, Slice, SliceFact};

/// What follows in one situation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The boxes that stand.
    pub standing: Mask,
    /// The boxes whose guard holds and that a standing box beats.
    pub defeated: Mask,
    /// What it takes. [`Verdict::NEVER`] where `silent`.
    pub verdict: Verdict,
    /// Whether no rule speaks.
    pub silent: bool,
}

/// The row of a value; empty if the fact has no such value.
pub fn row<'a>(slice: &Slice, fact: &'a SliceFact, value: ValueId) -> &'a [u64] {
    row_in(&fact.rows, slice.words, usize::from(value.0))
}

/// The row at a place of a table of rows of so many words; empty if there is none.
pub fn row_in(rows: &[u64], words: u16, place: usize) -> &[u64] {
    let words = usize::from(words);
    let from = place.saturating_mul(words);
    rows.get(from..from.saturating_add(words)).unwrap_or(&[])
}

/// Whether the box at a place looks at a fact: whether it does not allow every value.
pub fn looks_at(slice: &Slice, fact: &SliceFact, place: usize) -> bool {
    let words = usize::from(slice.words).max(1);
    fact.rows.chunks(words).any(|row| !has(row, place))
}

/// The boxes of a slice that are as `wanted`.
pub fn boxes(slice: &Slice, wanted: impl Fn(&Box) -> bool) -> Mask {
    slice.boxes.iter().enumerate().filter(|(_, one)| wanted(one)).map(|(place, _)| place).collect()
}

/// Whether one box sets another one aside where it stands.
pub fn beats(slice: &Slice, stronger: usize, weaker: usize) -> bool {
    slice.boxes.get(stronger).is_some_and(|one| has(&one.beats, weaker))
}

/// The boxes that some of these rows allow and others do not.
pub fn told_apart(rows: impl Iterator<Item = Mask> + Clone) -> Mask {
    let any = rows.clone().fold(Mask::EMPTY, |any, row| any.or(&row));
    any.without(&rows.fold(any, |common, row| common.and(&row)))
}

/// Whether a box bars, and no approval or undertaking of its own lifts it.
pub fn is_absolute_bar(one: &Box) -> bool {
    one.kind == BoxKind::MustNot && one.price.is_empty()
}

/// A bar among the boxes `certain` that nothing among those that can be active lifts: where it is, the answer is a no,
/// unless the situation cannot be.
pub fn certain_bar(slice: &Slice, active: &Mask, certain: &Mask) -> Option<usize> {
    certain.bits().find(|place| {
        let bars = slice.boxes.get(*place).is_some_and(is_absolute_bar);
        // What beats a box stands before it.
        bars && !active.bits().take_while(|b| b < place).any(|b| beats(slice, b, *place))
    })
}

/// The row of somebody who is several things at once: the boxes that say one of them and spare all of them.
pub fn row_of_all(slice: &Slice, fact: &SliceFact, values: &[ValueId]) -> Mask {
    let of = |rows: &[u64], value: ValueId| Mask::from_words(row_in(rows, slice.words, usize::from(value.0)));
    let (said, spared) =
        if fact.said.is_empty() { (&fact.rows, &[][..]) } else { (&fact.said, fact.spared.as_slice()) };
    let mut reached = values.iter().fold(Mask::EMPTY, |any, value| any.or(&of(said, *value)));
    if !spared.is_empty() {
        reached = values.iter().fold(reached, |all, value| all.and(&of(spared, *value)));
    }
    reached
}

/// The boxes whose guard holds: `values` has one value for each fact of the slice, in order.
/// A missing or unknown value leaves no box standing that mentions any fact, and `None` is given.
pub fn active(slice: &Slice, values: &[ValueId]) -> Option<Mask> {
    if values.len() != slice.facts.len() {
        return None;
    }
    let mut mask = Mask::first(slice.boxes.len());
    for (fact, value) in slice.facts.iter().zip(values) {
        let row = row(slice, fact, *value);
        if row.len() != usize::from(slice.words) {
            return None;
        }
        mask.keep(row);
    }
    Some(mask)
}

/// The boxes on which hangs whether some boxes stand: they, what beats them directly or in turn, and what cannot be.
pub fn deciding(slice: &Slice, boxes: &Mask) -> Mask {
    let mut deciding = *boxes;
    // What beats a box stands before it.
    for (place, one) in slice.boxes.iter().enumerate().rev() {
        if one.kind == BoxKind::Impossible || deciding.meets(&one.beats) {
            deciding.insert(place);
        }
    }
    deciding
}

/// What follows where exactly the boxes in `active` have a guard that holds. `None` if the situation cannot be.
pub fn decide(slice: &Slice, active: &Mask) -> Option<Point> {
    let mut standing = Mask::EMPTY;
    let mut left = *active;
    for (place, one) in slice.boxes.iter().enumerate() {
        if left.has(place) {
            if one.kind == BoxKind::Impossible {
                return None;
            }
            standing.insert(place);
            // All that a box beats comes behind it, so that one pass is enough.
            left.drop(&one.beats);
        }
    }
    let defeated = active.without(&standing);

    let mut gate = Verdict::NEVER;
    let (mut permits, mut conditions, mut bars, mut duties) = (false, false, false, false);
    for place in standing.bits() {
        let Some(one) = slice.boxes.get(place) else { continue };
        match one.kind {
            BoxKind::May | BoxKind::MayInGeneral => {
                permits = true;
                gate = gate.join(&Verdict::of(&one.price));
            }
            BoxKind::Only => {
                conditions = true;
                bars = true;
            }
            BoxKind::MustNot => bars = true,
            BoxKind::Duty => duties = true,
            BoxKind::Standing | BoxKind::Disapply | BoxKind::Impossible | BoxKind::Advice => {}
        }
    }

    let mut bar = Verdict::FREE;
    for place in active.bits() {
        let Some(one) = slice.boxes.get(place) else { continue };
        if !matches!(one.kind, BoxKind::MustNot | BoxKind::Only) {
            continue;
        }
        let mut price = Verdict::of(&one.price);
        if defeated.has(place) {
            // An exception lifts a bar only as far as its own approvals and undertakings.
            let mut disapplied = true;
            for stronger in standing.bits() {
                let Some(stronger) = slice.boxes.get(stronger) else { continue };
                if Mask::from_words(&stronger.beats).has(place) {
                    let lifts = match stronger.kind {
                        BoxKind::Disapply => Verdict::FREE,
                        _ => {
                            disapplied = false;
                            Verdict::of(&stronger.price)
                        }
                    };
                    price = price.join(&lifts);
                }
            }
            // Taking a condition away does not take away its permission.
            conditions |= disapplied && one.kind == BoxKind::Only;
        }
        bar = bar.meet(&price);
    }

    let (verdict, silent) = if permits {
        (gate.meet(&bar), false)
    } else if conditions {
        (bar, false)
    } else if bars {
        (Verdict::NEVER, false)
    } else if duties {
        // A duty that goes with the act presupposes it.
        (Verdict::FREE, false)
    } else {
        (Verdict::NEVER, true)
    };
    Some(Point { standing, defeated, verdict, silent })
}
