//! Slices in few bytes: each set of values once, each box once whatever acts it is about, and of a slice which boxes it
//! has. The rows of its facts follow from these.
//!
//! The sets, each as a fact and its values; the boxes, each with what its guard has other than the one before; the slices.

use super::{Field, Put, Reader, Writer};
use crate::{Box, BoxClash, BoxKind, DecodeError, Fact, MAX_BOXES, Slice, SliceFact};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use byelaw_data::{AtomId, DeedId, FactId, Listed as _, RuleId, Says};

/// The most words that all rows and all that boxes beat have together: few bytes can name many rows, and should not take all
/// memory.
const MOST_WORDS: usize = 1 << 23;
/// The most parts that all boxes have together: each counts as one, and so do the sets of a guard, the packages of a price
/// and the deeds. A box that is told once may stand in many slices, and the next guard may be the same as a long one.
const MOST_PARTS: usize = 1 << 22;

/// What may still be read.
struct Room {
    words: usize,
    parts: usize,
}

impl Room {
    fn words(&mut self, many: usize) -> Result<(), DecodeError> {
        self.words = self.words.checked_sub(many).ok_or(DecodeError::Length)?;
        Ok(())
    }

    /// A box with so many parts.
    fn one(&mut self, parts: usize) -> Result<(), DecodeError> {
        self.parts = self.parts.checked_sub(parts.saturating_add(1)).ok_or(DecodeError::Length)?;
        Ok(())
    }
}

/// A fact, and of each of its values whether it is allowed.
type Set = (FactId, Vec<bool>);

/// A box wherever it stands.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone)]
struct Pooled {
    rule: RuleId,
    kind: BoxKind,
    says: Says,
    price: Vec<Vec<AtomId>>,
    deeds: Vec<Vec<DeedId>>,
    /// Its sets, by their numbers, ascending.
    guard: Vec<usize>,
}

pub(super) fn put(slices: &[Slice], out: &mut Writer) {
    let mut sets: BTreeMap<Set, usize> = BTreeMap::new();
    for slice in slices {
        for place in 0..slice.boxes.len() {
            for set in guard(slice, place).chain(denials(slice, place)) {
                sets.entry(set).or_insert(0);
            }
        }
    }
    out.length(sets.len());
    let mut before = 0;
    for (number, ((fact, values), place)) in sets.iter_mut().enumerate() {
        *place = number;
        out.length(usize::from(fact.0.saturating_sub(before)));
        before = fact.0;
        for eight in values.chunks(8) {
            eight.iter().rev().fold(0_u8, |byte, value| byte << 1 | u8::from(*value)).put(out);
        }
    }
    let number = |set: &Set| sets.get(set).copied().unwrap_or(0);

    let mut numbers: BTreeMap<Pooled, usize> = BTreeMap::new();
    let mut boxes: Vec<Pooled> = Vec::new();
    let mut places: Vec<Vec<usize>> = Vec::new();
    for slice in slices {
        let mut here = Vec::new();
        for (place, one) in slice.boxes.iter().enumerate() {
            let package = |mask: &u64| {
                let atoms = slice.atoms.iter().enumerate().filter(|(bit, _)| has(&[*mask], *bit));
                atoms.map(|(_, atom)| *atom).list()
            };
            let pooled = Pooled {
                rule: one.rule,
                kind: one.kind,
                says: one.says,
                price: one.price.iter().map(package).list(),
                deeds: one.deeds.clone(),
                guard: guard(slice, place).map(|set| number(&set)).list(),
            };
            let next = boxes.len();
            let known = *numbers.entry(pooled.clone()).or_insert(next);
            if known == next {
                boxes.push(pooled);
            }
            here.push(known);
        }
        places.push(here);
    }
    out.length(boxes.len());
    let mut rule = 0;
    for one in &boxes {
        step(i64::from(rule), i64::from(one.rule.0)).put(out);
        rule = one.rule.0;
    }
    boxes.iter().for_each(|one| one.kind.put(out));
    boxes.iter().for_each(|one| one.says.put(out));
    boxes.iter().for_each(|one| one.price.put(out));
    boxes.iter().for_each(|one| one.deeds.put(out));
    let mut before = BTreeSet::new();
    for one in &boxes {
        let guard: BTreeSet<usize> = one.guard.iter().copied().collect();
        let differ: Vec<usize> = guard.symmetric_difference(&before).copied().list();
        out.ascending(&differ);
        before = guard;
    }
    out.length(slices.len());
    for (slice, places) in slices.iter().zip(&places) {
        out.length(places.len());
        let mut next = 0;
        for place in places {
            let place = i64::try_from(*place).unwrap_or(i64::MAX);
            step(next, place).put(out);
            next = place.saturating_add(1);
        }
        for (place, one) in slice.boxes.iter().enumerate() {
            let behind = place.saturating_add(1);
            let beaten = (behind..slice.boxes.len()).filter(|weaker| has(&one.beats, *weaker));
            out.ascending(&beaten.map(|weaker| weaker.saturating_sub(behind)).list());
        }
        out.ascending(&slice.facts.iter().map(|fact| usize::from(fact.fact.0)).list());
        slice.facts.iter().for_each(|fact| (!fact.said.is_empty()).put(out));
        for place in 0..slice.boxes.len() {
            denials(slice, place).for_each(|set| out.length(number(&set)));
        }
        slice.atoms.put(out);
        slice.approvals.put(out);
        slice.clashes.put(out);
    }
}

/// What one number is more than another.
fn step(before: i64, number: i64) -> i64 {
    number.saturating_sub(before)
}

/// The sets of a box that do not allow everything.
fn guard(slice: &Slice, place: usize) -> impl Iterator<Item = Set> + '_ {
    let sets = slice.facts.iter().map(move |fact| (fact.fact, column(slice, &fact.rows, place)));
    sets.filter(|(_, values)| values.contains(&false))
}

/// What is said and what is spared by a box, for each fact of which some box denies a value.
fn denials(slice: &Slice, place: usize) -> impl Iterator<Item = Set> + '_ {
    let facts = slice.facts.iter().filter(|fact| !fact.said.is_empty());
    facts.flat_map(move |fact| [&fact.said, &fact.spared].map(|rows| (fact.fact, column(slice, rows, place))))
}

/// Of each row whether a box is in it.
fn column(slice: &Slice, rows: &[u64], place: usize) -> Vec<bool> {
    rows.chunks(usize::from(slice.words).max(1)).map(|row| has(row, place)).list()
}

fn has(set: &[u64], place: usize) -> bool {
    set.get(place / 64).is_some_and(|word| word & bit(place) != 0)
}

fn bit(place: usize) -> u64 {
    1_u64.wrapping_shl(u32::try_from(place % 64).unwrap_or(0))
}

fn content<T>(found: Option<T>) -> Result<T, DecodeError> {
    found.ok_or(DecodeError::Content)
}

pub(super) fn take(reader: &mut Reader<'_>, facts: &[Fact]) -> Result<Vec<Slice>, DecodeError> {
    let mut sets: Vec<Set> = Vec::new();
    let mut fact = 0_usize;
    for _ in 0..reader.many() {
        fact = fact.saturating_add(reader.length());
        let width = content(facts.get(fact))?.domain.width();
        let mut values = Vec::with_capacity(width);
        while values.len() < width {
            let byte = u8::take(reader);
            reader.sound()?;
            let many = width.saturating_sub(values.len()).min(8);
            values.extend((0..many).map(|value| has(&[u64::from(byte)], value)));
            // No value behind the last.
            if (many..8).any(|value| has(&[u64::from(byte)], value)) {
                return Err(DecodeError::Content);
            }
        }
        sets.push((FactId(u16::try_from(fact).map_err(|_| DecodeError::Content)?), values));
    }
    let mut room = Room { words: MOST_WORDS, parts: MOST_PARTS };
    let boxes = pooled(reader, sets.len(), &mut room)?;
    let mut slices = Vec::new();
    for _ in 0..reader.many() {
        slices.push(slice(reader, facts, &sets, &boxes, &mut room)?);
    }
    Ok(slices)
}

fn pooled(reader: &mut Reader<'_>, sets: usize, room: &mut Room) -> Result<Vec<Pooled>, DecodeError> {
    let many = reader.many();
    let mut rules = Vec::new();
    let mut rule = 0_i64;
    for _ in 0..many {
        rule = rule.saturating_add(i64::take(reader));
        rules.push(RuleId(u32::try_from(rule).map_err(|_| DecodeError::Content)?));
    }
    let kinds = column_of(reader, many);
    let says = column_of(reader, many);
    let prices = column_of(reader, many);
    let deeds = column_of(reader, many);
    reader.sound()?;
    let mut boxes: Vec<Pooled> = Vec::new();
    let mut guard: Vec<usize> = Vec::new();
    let rest = rules.into_iter().zip(kinds).zip(says).zip(prices).zip(deeds);
    for ((((rule, kind), says), price), deeds) in rest {
        for set in reader.ascending() {
            if set >= sets {
                return Err(DecodeError::Content);
            }
            match guard.binary_search(&set) {
                Ok(at) => {
                    guard.remove(at);
                }
                Err(at) => guard.insert(at, set),
            }
        }
        reader.sound()?;
        room.one(guard.len())?;
        boxes.push(Pooled { rule, kind, says, price, deeds, guard: guard.clone() });
    }
    Ok(boxes)
}

fn column_of<T: Field>(reader: &mut Reader<'_>, many: usize) -> Vec<T> {
    (0..many).map(|_| T::take(reader)).list()
}

fn slice(
    reader: &mut Reader<'_>,
    facts: &[Fact],
    sets: &[Set],
    boxes: &[Pooled],
    room: &mut Room,
) -> Result<Slice, DecodeError> {
    let many = reader.many();
    if many > MAX_BOXES {
        return Err(DecodeError::Content);
    }
    let words = many.div_ceil(64);
    let mut here: Vec<&Pooled> = Vec::new();
    let mut next = 0_i64;
    for _ in 0..many {
        let place = next.saturating_add(i64::take(reader));
        here.push(content(usize::try_from(place).ok().and_then(|place| boxes.get(place)))?);
        next = place.saturating_add(1);
    }
    room.words(many.saturating_mul(words))?;
    let mut beats: Vec<Vec<u64>> = Vec::new();
    for place in 0..many {
        let mut set = alloc::vec![0; words];
        for step in reader.ascending() {
            let weaker = place.saturating_add(1).saturating_add(step);
            put_in(&mut set, weaker).filter(|()| weaker < many).ok_or(DecodeError::Content)?;
        }
        beats.push(set);
    }
    let numbers = reader.ascending();
    reader.sound()?;
    let mut rows: Vec<SliceFact> = Vec::new();
    for fact in numbers {
        let width = content(facts.get(fact))?.domain.width();
        let length = width.saturating_mul(words);
        let denied = bool::take(reader);
        room.words(length.saturating_mul(if denied { 3 } else { 1 }))?;
        let fact = FactId(u16::try_from(fact).map_err(|_| DecodeError::Content)?);
        // At first each row allows every box.
        let full = (0..length).map(|word| {
            let before = word.checked_rem(words).unwrap_or(0).saturating_mul(64);
            match many.saturating_sub(before) {
                left if left < 64 => bit(left).saturating_sub(1),
                _ => u64::MAX,
            }
        });
        let none = |denied: bool| alloc::vec![0; if denied { length } else { 0 }];
        rows.push(SliceFact { fact, rows: full.list(), said: none(denied), spared: none(denied) });
    }
    for (place, one) in here.iter().enumerate() {
        for (fact, values) in one.guard.iter().filter_map(|set| sets.get(*set)) {
            let at = rows.binary_search_by_key(fact, |row| row.fact).map_err(|_| DecodeError::Content)?;
            let row = content(rows.get_mut(at))?;
            for (row, _) in row.rows.chunks_mut(words.max(1)).zip(values).filter(|(_, allowed)| !**allowed) {
                if let Some(word) = row.get_mut(place / 64) {
                    *word &= !bit(place);
                }
            }
        }
    }
    for place in 0..many {
        for row in rows.iter_mut().filter(|row| !row.said.is_empty()) {
            for part in [&mut row.said, &mut row.spared] {
                let (_, values) = content(sets.get(reader.length()).filter(|(fact, _)| *fact == row.fact))?;
                let chosen = part.chunks_mut(words.max(1)).zip(values).filter(|(_, is)| **is);
                chosen.for_each(|(row, _)| {
                    put_in(row, place);
                });
            }
        }
    }
    let atoms: Vec<AtomId> = Vec::take(reader);
    let approvals = u64::take(reader);
    let clashes: Vec<BoxClash> = Vec::take(reader);
    let mut own: Vec<Box> = Vec::new();
    for (one, beats) in here.into_iter().zip(beats) {
        let deeds = one.deeds.iter().fold(one.deeds.len(), |all, deeds| all.saturating_add(deeds.len()));
        room.one(one.price.len().saturating_add(deeds))?;
        let mut price = Vec::new();
        for package in &one.price {
            let mut mask = 0;
            for atom in package {
                let place = content(atoms.iter().position(|a| a == atom).filter(|place| *place < 64))?;
                mask |= bit(place);
            }
            price.push(mask);
        }
        own.push(Box {
            rule: one.rule,
            kind: one.kind,
            says: one.says,
            price,
            beats,
            deeds: one.deeds.clone(),
        });
    }
    reader.sound()?;
    let words = u16::try_from(words).map_err(|_| DecodeError::Content)?;
    Ok(Slice { words, facts: rows, boxes: own, atoms, approvals, clashes })
}

/// Puts a box into a set.
fn put_in(set: &mut [u64], place: usize) -> Option<()> {
    *set.get_mut(place / 64)? |= bit(place);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Few bytes that name a great many parts are refused before they have taken the memory.
    #[test]
    fn boxes_that_repeat_a_long_guard_are_refused() {
        let many = 100_000;
        let mut out = Writer::small();
        out.length(many);
        // Rules, what they do, what they say, prices, deeds: zero for each.
        out.bytes.resize(out.bytes.len() + 5 * many, 0);
        out.ascending(&(0..many).collect::<Vec<_>>());
        out.bytes.resize(out.bytes.len() + many - 1, 0);
        let mut reader = Reader::of(&out.bytes);
        let mut room = Room { words: MOST_WORDS, parts: MOST_PARTS };
        assert_eq!(pooled(&mut reader, many, &mut room).err(), Some(DecodeError::Length));
    }

    #[test]
    fn a_box_with_many_deeds_that_stands_in_many_slices_is_refused() {
        let one = Pooled {
            rule: RuleId(0),
            kind: BoxKind::Duty,
            says: Says::Must,
            price: Vec::new(),
            deeds: alloc::vec![Vec::new(); 100_000],
            guard: Vec::new(),
        };
        let mut out = Writer::small();
        let boxes = MAX_BOXES;
        out.length(boxes);
        // The first box, and then again the one before the next: that is the first one.
        0_i64.put(&mut out);
        (1..boxes).for_each(|_| (-1_i64).put(&mut out));
        // Nothing beaten, no facts, no atoms, no approvals, no contradictions.
        out.bytes.resize(out.bytes.len() + boxes + 2 + 8 + 1, 0);
        let mut reader = Reader::of(&out.bytes);
        let mut room = Room { words: MOST_WORDS, parts: MOST_PARTS };
        let read = slice(&mut reader, &[], &[], &[one], &mut room);
        assert_eq!(read.err(), Some(DecodeError::Length));
        assert!(reader.left.is_empty(), "it was refused for another reason");
    }
}
