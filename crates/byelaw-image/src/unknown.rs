//! Questions of which some facts are unknown: the outcome in every completion, within a counted budget.
//!
//! Facts are split one after the other, only where some box that is still possible hangs on them, and values that allow
//! the same boxes are one. What hangs on whose approval it is, or on how a sentence is read, is left to others.

use crate::decide::{Answer, Given, Point, Situation, bits, value};
use crate::layout::{Image, Part, Sets};
use byelaw_data::Outcome;
use byelaw_ir::BoxKind;

/// The most unknown facts that are told apart here.
const MOST_FACTS: usize = 24;
/// The most situations that are looked at: the same on every host.
pub(crate) const MOST_SITUATIONS: u32 = 4096;

/// An answer with the boxes that stand in every completion.
pub(crate) struct Found<const N: usize> {
    pub answer: Answer,
    pub unconditional: bool,
    /// Whether the same boxes stand in every completion.
    pub same: bool,
    /// Whether the same duties stand in every completion.
    pub same_duties: bool,
    pub standing: [u64; N],
}

impl<const N: usize> Found<N> {
    /// What follows in every completion; `same` is whether the same boxes stand in all of them.
    pub fn of(point: Point<N>, same: bool) -> Self {
        let Point { outcome, unconditional, standing } = point;
        Self { answer: Answer::Decided(outcome), unconditional, same, same_duties: same, standing }
    }

    pub fn nothing(answer: Answer) -> Self {
        Self { answer, unconditional: false, same: false, same_duties: false, standing: [0; N] }
    }
}

/// A fact that is split.
#[derive(Clone, Copy)]
struct Split {
    rows: usize,
    /// How many different rows there are, or values where each has its own.
    many: usize,
}

/// The answer where some facts are unknown; `active` are the boxes that some completion allows.
#[inline(never)]
pub(crate) fn answer<const N: usize>(
    image: &Image<'_>,
    part: &Part<'_>,
    sets: &Sets<N>,
    situation: &Situation<'_>,
    active: &[u64; N],
    given: Given,
) -> Found<N> {
    let mut splits = [Split { rows: 0, many: 0 }; MOST_FACTS];
    let mut found = 0_usize;
    for (fact, many) in part.facts().filter(|(fact, _)| value(situation, fact) == fact.width) {
        if !tells_apart(image, part, fact.rows, many, active) {
            continue;
        }
        match splits.get_mut(found) {
            Some(split) if !fact.reading => *split = Split { rows: fact.rows, many },
            _ => return Found::nothing(Answer::Unsettled),
        }
        found = found.wrapping_add(1);
    }
    if given.own_unknown && !part.atoms.is_empty() {
        return Found::nothing(Answer::Unsettled);
    }
    walk(image, part, sets, splits.get(..found).unwrap_or(&[]), active, given)
}

/// Whether some values of a fact allow a box of a set that others do not.
fn tells_apart<const N: usize>(
    image: &Image<'_>,
    part: &Part<'_>,
    rows: usize,
    many: usize,
    set: &[u64; N],
) -> bool {
    let row =
        |at: usize| image.slice(rows.wrapping_add(at.wrapping_mul(part.words)), part.words).unwrap_or(&[]);
    let (any, all) = (row(many), row(many.wrapping_add(1)));
    any.iter().zip(all).zip(set).any(|((any, all), set)| any & !all & set != 0)
}

/// Where the walk stands: one entry for each fact that is split.
#[derive(Clone, Copy)]
struct Level<const N: usize> {
    /// What the values chosen before it allow.
    active: [u64; N],
    /// The next row to take.
    next: usize,
}

fn walk<const N: usize>(
    image: &Image<'_>,
    part: &Part<'_>,
    sets: &Sets<N>,
    splits: &[Split],
    active: &[u64; N],
    given: Given,
) -> Found<N> {
    let mut levels = [Level { active: [0; N], next: 0 }; MOST_FACTS];
    let mut all: Option<Point<N>> = None;
    // The boxes that stand in some completion.
    let mut somewhere = [0; N];
    let mut left = MOST_SITUATIONS;
    let mut depth = 0_usize;
    let mut here = *active;
    'walk: loop {
        // Down: split what is still told apart.
        while let Some(split) = splits.get(depth) {
            let Some(level) = levels.get_mut(depth) else { return Found::nothing(Answer::Unsettled) };
            level.active = here;
            if tells_apart(image, part, split.rows, split.many, &here) {
                level.next = 1;
                image.keep(part, &mut here, split.rows, 0);
            } else {
                level.next = split.many;
            }
            depth = depth.wrapping_add(1);
        }
        // A situation.
        let Some(still) = left.checked_sub(1) else { return Found::nothing(Answer::Unsettled) };
        left = still;
        if let Some(point) = image.point(part, sets, &here, || given) {
            let all = all.get_or_insert(point);
            all.standing.iter_mut().zip(&point.standing).for_each(|(a, b)| *a &= b);
            somewhere.iter_mut().zip(&point.standing).for_each(|(s, b)| *s |= b);
            all.unconditional &= point.unconditional;
            if all.outcome != point.outcome {
                let differ = Point { outcome: Outcome::NeedsFacts, unconditional: false, ..*all };
                return Found::of(differ, false);
            }
        }
        // Up, to the last fact that has a row left which allows something else.
        loop {
            let Some(above) = depth.checked_sub(1) else { break 'walk };
            depth = above;
            let (Some(split), Some(level)) = (splits.get(depth), levels.get_mut(depth)) else { break 'walk };
            if let Some(next) = next_row(image, part, split, level) {
                here = next;
                depth = depth.wrapping_add(1);
                break;
            }
        }
    }
    match all {
        Some(point) => {
            let found = Found::of(point, splits.is_empty());
            Found { same_duties: !differ_in_duties(part, &point.standing, &somewhere), ..found }
        }
        None => Found::nothing(Answer::Impossible),
    }
}

/// Whether a duty stands in some completions and not in all.
fn differ_in_duties<const N: usize>(part: &Part<'_>, all: &[u64; N], some: &[u64; N]) -> bool {
    all.iter().zip(some).enumerate().any(|(word, (all, some))| {
        bits(word, some & !all).any(|place| {
            let kind = part.one(place).and_then(|one| one.kind());
            matches!(kind, None | Some(BoxKind::Duty | BoxKind::Standing))
        })
    })
}

/// What the next row allows that is unlike the one before it; `None` if there is none left.
fn next_row<const N: usize>(
    image: &Image<'_>,
    part: &Part<'_>,
    split: &Split,
    level: &mut Level<N>,
) -> Option<[u64; N]> {
    while level.next < split.many {
        let row = level.next;
        level.next = row.wrapping_add(1);
        let of = |row: usize| {
            let mut active = level.active;
            image.keep(part, &mut active, split.rows, row);
            active
        };
        let here = of(row);
        // The rows of a fact with a map all differ; of the others only neighbours are compared.
        if here != of(row.wrapping_sub(1)) {
            return Some(here);
        }
    }
    None
}
