//! Situations of which no rule speaks, for askers and acts that some rule mentions together (semantics 2.3, T9).
//!
//! What the rules leave open is told as boxes: each is grown from one such situation, fact by fact, as far as no rule
//! speaks anywhere in it.

use crate::field::{Field, Part, Set, Walked};
use crate::idle::Instance;
use byelaw_data::{FactId, ValueId};
use byelaw_eval::{Mask, boxes, decide};
use byelaw_ir::{Box, BoxKind, ON, Program};
use std::collections::BTreeSet;

/// What no rule about an act speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The act.
    pub act: ValueId,
    /// Boxes in which no rule speaks, the plainest first.
    pub regions: Vec<Region>,
    /// Whether there are other such situations, beyond these boxes.
    pub more: bool,
    /// The kinds of situation of which no rule speaks, and all kinds of situation; `None` if they were too many to be
    /// counted.
    pub share: Option<(u128, u128)>,
    /// Whether the steps sufficed to look at everything: if not, `more` is not known.
    pub exact: bool,
}

/// A box of situations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// The facts that are not free in it, each with the values that it has.
    pub facts: Vec<(FactId, BTreeSet<ValueId>)>,
    /// A situation of it.
    pub instance: Instance,
}

/// For each fact of a field, which of its choices are meant.
type Choice = Vec<Vec<bool>>;

/// The gaps of all acts that have some, at most `most` boxes of each. Only askers count that some rule about the act
/// mentions. `steps` is how many values may be tried for each question.
pub fn gaps(program: &Program, most: usize, steps: u64) -> Vec<Gap> {
    let acts = (0..program.slices.len()).filter_map(|act| u16::try_from(act).ok().map(ValueId));
    acts.filter(|act| program.no_act != Some(*act))
        .filter_map(|act| of_act(program, act, most, steps))
        .collect()
}

fn of_act(program: &Program, act: ValueId, most: usize, steps: u64) -> Option<Gap> {
    let field = Field::of(program, act)?;
    let speaking = boxes(field.slice, speaks);
    if speaking.is_empty() {
        return None;
    }
    let base: Choice = field
        .axes
        .iter()
        .map(|axis| {
            let mentioned =
                |boxes: &Mask| axis.facts != [program.subject] || !boxes.and(&speaking).is_empty();
            axis.options.iter().map(|o| mentioned(&o.boxes)).collect()
        })
        .collect();
    let search = Search::of(&field, speaking, steps);
    let mut gap = Gap { act, regions: Vec::new(), more: false, share: None, exact: true };
    let mut pieces = vec![base.clone()];
    while let Some(piece) = pieces.pop() {
        let Ok(found) = search.any(&piece, true) else {
            gap.exact = false;
            continue;
        };
        let Some((choices, situation)) = found else { continue };
        if gap.regions.len() >= most {
            gap.more = true;
            break;
        }
        let region = search.widened(program, &choices, &base);
        pieces.push(piece);
        pieces = pieces.into_iter().flat_map(|piece| without(piece, &region)).collect();
        gap.regions
            .push(Region { facts: named(&field, &region, &base), instance: Instance { act, situation } });
    }
    if gap.regions.is_empty() && gap.exact {
        return None;
    }
    gap.share = field.weigh(&search.part(), &base, steps, &|set| silent(&field, set), &|set, certain| {
        search.sure(set, certain)
    });
    Some(gap)
}

/// Whether a box can speak of the act.
fn speaks(one: &Box) -> bool {
    matches!(
        one.kind,
        BoxKind::May | BoxKind::MayInGeneral | BoxKind::MustNot | BoxKind::Only | BoxKind::Duty
    )
}

/// Whether no rule speaks; `None` if the situation cannot be.
fn silent(field: &Field<'_>, set: &Set) -> Option<bool> {
    decide(field.slice, &set.boxes).map(|point| point.silent)
}

/// The steps did not suffice.
struct TooLong;

/// For how many rules that may speak in a box it is tried whether they do, before all of it is walked.
const TRIED: usize = 4;

struct Search<'a> {
    field: &'a Field<'a>,
    speaking: Mask,
    /// Speaking boxes that others which do not speak set aside, with these. Of all others something speaks wherever they are
    /// active: what sets them aside, if nothing else.
    muted: Vec<(usize, Mask)>,
    steps: u64,
}

impl<'a> Search<'a> {
    fn of(field: &'a Field<'a>, speaking: Mask, steps: u64) -> Self {
        let mut muted: Vec<(usize, Mask)> = Vec::new();
        for (place, one) in field.slice.boxes.iter().enumerate().filter(|(place, _)| !speaking.has(*place)) {
            for weaker in Mask::from_words(&one.beats).and(&speaking).bits() {
                match muted.iter_mut().find(|(known, _)| *known == weaker) {
                    Some((_, by)) => by.insert(place),
                    None => muted.push((weaker, Mask::from_iter([place]))),
                }
            }
        }
        Self { field, speaking, muted, steps }
    }

    /// Whether something speaks wherever a box is active, of what is in a set.
    fn is_heard(&self, place: usize, set: &Mask) -> bool {
        self.muted.iter().filter(|(known, _)| *known == place).all(|(_, by)| by.and(set).is_empty())
    }

    /// Whether it is certain already that a situation is silent, or that it is not.
    fn sure(&self, set: &Set, certain: &Mask) -> Option<bool> {
        if certain.and(&self.speaking).bits().any(|place| self.is_heard(place, &set.boxes)) {
            return Some(false);
        }
        set.boxes.and(&self.speaking).is_empty().then_some(true)
    }

    fn part(&self) -> Part {
        // Advice speaks of nothing, and no duty that stands without an act does.
        let apart = boxes(self.field.slice, |b| !matches!(b.kind, BoxKind::Advice | BoxKind::Standing));
        Part { inside: Mask::EMPTY, apart, own: false }
    }

    /// A situation among some choices of which no rule speaks, or (unless `wanted`) of which one does.
    fn any(&self, within: &Choice, wanted: bool) -> Result<Option<(Vec<usize>, crate::Situation)>, TooLong> {
        let mut steps = self.steps;
        let dull = |set: &Set, certain: &Mask| self.sure(set, certain) == Some(!wanted);
        let shows = &mut |set: &Set| silent(self.field, set) == Some(wanted);
        match self.field.find_within(&self.part(), Some(within), &mut steps, &dull, shows) {
            Walked::Found(situation, choices) => Ok(Some((choices, situation))),
            Walked::Nowhere => Ok(None),
            Walked::Unknown => Err(TooLong),
        }
    }

    /// The box around one situation in which nothing is spoken of, as wide as it can be grown fact by fact: first facts of
    /// which everything can be taken in, then value by value; last who asks and when.
    fn widened(&self, program: &Program, choices: &[usize], base: &Choice) -> Choice {
        let mut region: Choice =
            base.iter().zip(choices).map(|(all, one)| (0..all.len()).map(|o| o == *one).collect()).collect();
        let last = |axis: usize| {
            let facts = &self.field.axes[axis].facts;
            facts.contains(&program.subject) || facts.contains(&ON)
        };
        let mut order: Vec<usize> = (0..base.len()).collect();
        order.sort_by_key(|axis| last(*axis));
        // For each axis the boxes that some of its choices allow.
        let allowed = |axis: usize, chosen: &[bool]| {
            let options = self.field.axes[axis].options.iter().zip(chosen).filter(|(_, chosen)| **chosen);
            options.fold(Mask::EMPTY, |any, (option, _)| any.or(&option.boxes))
        };
        let mut any: Vec<Mask> =
            region.iter().enumerate().map(|(axis, chosen)| allowed(axis, chosen)).collect();
        for axis in &order {
            let before = std::mem::replace(&mut region[*axis], base[*axis].clone());
            let narrow = std::mem::replace(&mut any[*axis], allowed(*axis, &base[*axis]));
            if !self.is_quiet(&region, &any) {
                region[*axis] = before;
                any[*axis] = narrow;
            }
        }
        for axis in order {
            for option in 0..base[axis].len() {
                if base[axis][option] && !region[axis][option] {
                    region[axis][option] = true;
                    let narrow = any[axis];
                    any[axis] = narrow.or(&self.field.axes[axis].options[option].boxes);
                    if !self.is_quiet(&region, &any) {
                        region[axis][option] = false;
                        any[axis] = narrow;
                    }
                }
            }
        }
        region
    }

    /// Whether no rule speaks anywhere in a region; `any` has for each axis the boxes that some of its choices allow.
    fn is_quiet(&self, region: &Choice, any: &[Mask]) -> bool {
        let any = any.iter().fold(Mask::first(self.field.slice.boxes.len()), |all, axis| all.and(axis));
        let speaking = any.and(&self.speaking);
        if speaking.is_empty() {
            return true;
        }
        // What each fact allows with some value is active where each has one of these.
        let impossible = any.and(&self.field.impossible);
        let heard = speaking.bits().filter(|place| self.is_heard(*place, &any));
        if heard.take(TRIED).any(|place| self.can_be_active(place, region, &impossible)) {
            return false;
        }
        matches!(self.any(region, false), Ok(None))
    }

    /// Whether a situation in a region is found that can be, and in which a box is active.
    fn can_be_active(&self, place: usize, region: &Choice, impossible: &Mask) -> bool {
        let mut left = *impossible;
        for (axis, chosen) in self.field.axes.iter().zip(region) {
            if left.is_empty() {
                break;
            }
            let options = axis.options.iter().zip(chosen);
            let options = options.filter(|(option, chosen)| **chosen && option.boxes.has(place));
            let rest =
                options.map(|(option, _)| left.and(&option.boxes)).min_by_key(|left| left.bits().count());
            left = rest.unwrap_or(left);
        }
        left.is_empty()
    }
}

/// What is left of some choices outside a region, in parts that do not overlap.
fn without(piece: Choice, region: &Choice) -> Vec<Choice> {
    let meet = |a: &[bool], b: &[bool]| a.iter().zip(b).any(|(x, y)| *x && *y);
    if !piece.iter().zip(region).all(|(a, b)| meet(a, b)) {
        return vec![piece];
    }
    let mut parts = Vec::new();
    let mut rest = piece;
    for axis in 0..region.len() {
        let outside: Vec<bool> = rest[axis].iter().zip(&region[axis]).map(|(x, y)| *x && !*y).collect();
        if outside.iter().any(|o| *o) {
            let mut part = rest.clone();
            part[axis] = outside;
            parts.push(part);
        }
        for (x, y) in rest[axis].iter_mut().zip(&region[axis]) {
            *x &= *y;
        }
    }
    parts
}

/// The facts that are not free in a region.
fn named(field: &Field<'_>, region: &Choice, base: &Choice) -> Vec<(FactId, BTreeSet<ValueId>)> {
    let mut facts = Vec::new();
    for (axis, (chosen, all)) in field.axes.iter().zip(region.iter().zip(base)) {
        for (at, fact) in axis.facts.iter().enumerate() {
            let of = |wanted: &Vec<bool>| -> BTreeSet<ValueId> {
                let options = axis.options.iter().zip(wanted).filter(|(_, wanted)| **wanted);
                options.flat_map(|(o, _)| o.rows.iter().filter_map(|(row, _)| row.get(at).copied())).collect()
            };
            let (here, whole) = (of(chosen), of(all));
            if here != whole {
                facts.push((*fact, here));
            }
        }
    }
    facts.sort_by_key(|(fact, _)| *fact);
    facts
}
