//! Contradictions that nobody settled, as one of the two sides has them.

use super::Side;
use super::words::settled;
use crate::clash::{Clash, clashes_among};
use byelaw_data::{FactId, RuleId};
use byelaw_eval::{Mask, row};
use byelaw_ir::{Program, Slice};
use std::collections::BTreeSet;

/// By what the rules of a side are known on both.
pub type Named<'a> = &'a dyn Fn(RuleId) -> String;

/// The clashes of each of two sides, the weightiest first; on a day only those of rules that can hold on it. Left out are
/// pairs of rules of which all that is said is said of acts that are alike on both sides: each has them, or neither has.
/// Both rules of a pair are known by their names.
pub fn clashes_apart(old: (&Side<'_>, Named<'_>), new: (&Side<'_>, Named<'_>)) -> (Vec<Clash>, Vec<Clash>) {
    let sides = [old, new];
    let day = |side: &Side<'_>| -> Vec<Mask> {
        side.program.slices.iter().map(|slice| left(side, slice)).collect()
    };
    let days = [day(old.0), day(new.0)];
    let alike = |act: usize| old.0.on == new.0.on && are_alike(old, new, act);
    let most = old.0.program.slices.len().max(new.0.program.slices.len());
    let mut pairs: BTreeSet<[String; 2]> = BTreeSet::new();
    for act in (0..most).filter(|act| !alike(*act)) {
        for ((side, named), days) in sides.iter().zip(&days) {
            let (Some(slice), Some(day)) = (side.program.slices.get(act), days.get(act)) else { continue };
            let told = slice.clashes.iter().filter(|pair| holds(day, pair));
            pairs.extend(told.map(|pair| both(slice, pair, named)));
        }
    }
    let of = |(side, named): (&Side<'_>, Named<'_>), days: &[Mask]| {
        clashes_among(side.program, &|act, slice, pair| {
            days.get(act).is_some_and(|day| holds(day, pair)) && pairs.contains(&both(slice, pair, &named))
        })
    };
    let [before, after] = &days;
    (of(old, before), of(new, after))
}

/// Whether both boxes of a pair are among these.
fn holds(left: &Mask, pair: &byelaw_ir::BoxClash) -> bool {
    left.has(usize::from(pair.promising)) && left.has(usize::from(pair.restricting))
}

/// The names of the rules of a pair, in order.
fn both(slice: &Slice, pair: &byelaw_ir::BoxClash, named: &Named<'_>) -> [String; 2] {
    let name =
        |place: u16| slice.boxes.get(usize::from(place)).map(|one| named(one.rule)).unwrap_or_default();
    let mut names = [name(pair.promising), name(pair.restricting)];
    names.sort();
    names
}

/// Whether an act has the same rules on both sides, about facts that are the same: then the same situations show what
/// contradicts what.
fn are_alike(old: (&Side<'_>, Named<'_>), new: (&Side<'_>, Named<'_>), act: usize) -> bool {
    fn name(program: &Program, act: usize) -> Option<&str> {
        program.names.acts.get(act).map(|act| act.word.name.as_str())
    }
    let (one, other) = (old.0.program, new.0.program);
    let (Some(a), Some(b)) = (one.slices.get(act), other.slices.get(act)) else { return false };
    let boxes = || a.boxes.iter().zip(&b.boxes);
    let same_fact = |id: FactId| {
        let place = usize::from(id.0);
        one.facts.get(place) == other.facts.get(place)
            && one.names.facts.get(place) == other.names.facts.get(place)
    };
    let moment = |program: &Program| (program.subject, program.clock, program.weekday);
    name(one, act) == name(other, act)
        && moment(one) == moment(other)
        && one.readings == other.readings
        && one.calendars == other.calendars
        && a.words == b.words
        && a.facts == b.facts
        && a.clashes == b.clashes
        && a.boxes.len() == b.boxes.len()
        && boxes().all(|(a, b)| a.kind == b.kind && a.price == b.price && a.beats == b.beats)
        && boxes().all(|(a, b)| (old.1)(a.rule) == (new.1)(b.rule))
        && a.facts.iter().all(|fact| same_fact(fact.fact))
}

/// The boxes that the day of a side does not exclude; all of them, where no day is chosen.
fn left(side: &Side<'_>, slice: &Slice) -> Mask {
    let mut left = Mask::first(slice.boxes.len());
    if side.on.is_none() {
        return left;
    }
    for fact in &slice.facts {
        if let Some(value) = settled(side, fact.fact) {
            left.keep(row(slice, fact, value));
        }
    }
    left
}
