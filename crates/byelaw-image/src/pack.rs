//! From a program to few numbers, from which its image is made again (`unpack`).
//!
//! In a program a rule stands in the slice of each act it can be about, and each slice has a row for each value of each
//! fact. Here each box stands once: what it does, what it asks for, and its guard as a product of sets, the acts it is
//! about among them. Sets and prices stand once, too. A guard is what differs from the guard before it.
//!
//! The order of numbers: how many facts, acts, atoms, sets, prices and boxes there are, and which fact is the act; the
//! facts; of the sets the facts, then the values; the atoms; the prices; of the boxes what they do, what they ask for,
//! their guards, and which they beat.

use crate::build::number;
use crate::decide::has;
use crate::layout::KINDS;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use byelaw_data::FactId;
use byelaw_ir::{Box, Domain, Program, Slice};

/// How many values of a set one number tells.
pub(crate) const VALUES: usize = 7;

/// A fact and the values of it that are allowed.
type Set = (u16, Vec<bool>);

/// What tells one box from another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    kind: usize,
    /// Packages of atoms.
    price: Vec<Vec<u16>>,
    /// Where it beats others or is beaten: its rule, or a number of its own.
    who: Option<usize>,
    guard: Vec<Set>,
}

/// The boxes of all slices, each once.
struct Pool {
    boxes: Vec<Key>,
    /// For each box the acts it is about.
    acts: Vec<Vec<bool>>,
    /// Which box beats which.
    beats: BTreeSet<(usize, usize)>,
}

/// The numbers of a program: the same program always gives the same. `None` if it has more than a slice can hold.
pub fn pack(program: &Program) -> Option<Vec<u64>> {
    // Boxes that are alike beat the same in all packs that are known. Where they do not, each is one of its own.
    let (pool, order) = [false, true].into_iter().find_map(|apart| {
        let pool = pool(program, apart)?;
        let order = order(&pool)?;
        Some((pool, order))
    })?;
    let guards: Vec<Vec<Set>> = order
        .iter()
        .filter_map(|place| {
            let mut guard = pool.boxes.get(*place)?.guard.clone();
            guard.push((program.act.0, pool.acts.get(*place)?.clone()));
            guard.sort();
            Some(guard)
        })
        .collect();
    let boxes: Vec<&Key> = order.iter().filter_map(|place| pool.boxes.get(*place)).collect();
    let own: Vec<Vec<Set>> = program.atoms.iter().map(|atom| own(program, atom)).collect();
    let sets: BTreeSet<&Set> = guards.iter().chain(&own).flatten().collect();
    let sets: BTreeMap<&Set, usize> = sets.into_iter().zip(0..).collect();
    let prices: BTreeSet<&Vec<Vec<u16>>> = boxes.iter().map(|one| &one.price).collect();
    let prices: BTreeMap<&Vec<Vec<u16>>, usize> = prices.into_iter().zip(0..).collect();
    let widths: Vec<usize> = program.facts.iter().map(|fact| fact.domain.width()).collect();

    let mut out = alloc::vec![
        widths.len(),
        program.slices.len(),
        program.atoms.len(),
        sets.len(),
        prices.len(),
        boxes.len(),
        usize::from(program.act.0),
    ];
    let readings = (0..).map(|fact| usize::from(program.readings.contains(&FactId(fact))));
    out.extend(widths.iter().zip(readings).map(|(width, reading)| width.saturating_mul(2) | reading));
    steps(&mut out, 0, sets.keys().map(|set| usize::from(set.0)));
    for chunk in sets.keys().flat_map(|set| set.1.chunks(VALUES)) {
        out.push(chunk.iter().rev().fold(0, |number, value| number << 1 | usize::from(*value)));
    }
    for (atom, own) in program.atoms.iter().zip(&own) {
        out.push(own.len().saturating_mul(2) | usize::from(atom.approval));
        out.extend(own.iter().filter_map(|set| sets.get(set)));
    }
    for price in prices.keys() {
        out.push(price.len());
        for package in *price {
            out.push(package.len());
            out.extend(package.iter().map(|atom| usize::from(*atom)));
        }
    }
    out.extend(boxes.iter().map(|one| one.kind));
    out.extend(boxes.iter().filter_map(|one| prices.get(&one.price)));
    let mut before = BTreeSet::new();
    for guard in &guards {
        let guard: BTreeSet<usize> = guard.iter().filter_map(|set| sets.get(set)).copied().collect();
        let differ: Vec<usize> = guard.symmetric_difference(&before).copied().collect();
        out.push(differ.len());
        steps(&mut out, 0, differ.into_iter());
        before = guard;
    }
    let places: BTreeMap<usize, usize> = order.iter().copied().zip(0..).collect();
    for (place, one) in order.iter().enumerate() {
        let beaten = pool.beats.range((*one, 0)..=(*one, usize::MAX));
        let beaten: BTreeSet<usize> = beaten.filter_map(|(_, weaker)| places.get(weaker)).copied().collect();
        out.push(beaten.len());
        steps(&mut out, place, beaten.into_iter());
    }
    Some(out.into_iter().map(number).collect())
}

/// Ascending numbers, each as what it is more than the one before.
fn steps(out: &mut Vec<usize>, mut before: usize, numbers: impl Iterator<Item = usize>) {
    for number in numbers {
        out.push(number.saturating_sub(before));
        before = number;
    }
}

/// The boxes of a program; where they are kept apart, each of each slice is one of its own. `None` if boxes that are
/// alike do not beat the same.
fn pool(program: &Program, apart: bool) -> Option<Pool> {
    let mut seen: BTreeMap<Key, usize> = BTreeMap::new();
    let mut acts: Vec<Vec<bool>> = Vec::new();
    let mut slices: Vec<Vec<usize>> = Vec::new();
    for (act, slice) in program.slices.iter().enumerate() {
        let mut places = Vec::new();
        for (place, one) in slice.boxes.iter().enumerate() {
            let who = if apart { acts.len() } else { one.rule.place() };
            let next = acts.len();
            let number = *seen.entry(key(program, slice, place, one, who)?).or_insert(next);
            if number == next {
                acts.push(alloc::vec![false; program.slices.len()]);
            }
            *acts.get_mut(number)?.get_mut(act)? = true;
            places.push(number);
        }
        slices.push(places);
    }
    let mut beats = BTreeSet::new();
    for (slice, places) in program.slices.iter().zip(&slices) {
        for (one, stronger) in slice.boxes.iter().zip(places) {
            let beaten = places.iter().enumerate().filter(|(place, _)| has(&one.beats, *place));
            beats.extend(beaten.map(|(_, weaker)| (*stronger, *weaker)));
        }
    }
    let same = program.slices.iter().zip(&slices).all(|(slice, places)| {
        slice.boxes.iter().zip(places).all(|(one, stronger)| {
            beats.range((*stronger, 0)..=(*stronger, usize::MAX)).next().is_none()
                || places
                    .iter()
                    .enumerate()
                    .all(|(place, weaker)| beats.contains(&(*stronger, *weaker)) == has(&one.beats, place))
        })
    });
    same.then(|| merged(seen, &acts, &beats))
}

/// The boxes of which rules that are alike are one, where they neither beat another one nor are beaten.
fn merged(seen: BTreeMap<Key, usize>, acts: &[Vec<bool>], beats: &BTreeSet<(usize, usize)>) -> Pool {
    let concerned: BTreeSet<usize> = beats.iter().flat_map(|(a, b)| [*a, *b]).collect();
    let mut boxes: BTreeMap<Key, (Vec<usize>, Vec<bool>)> = BTreeMap::new();
    for (mut key, number) in seen {
        if !concerned.contains(&number) {
            key.who = None;
        }
        let own = acts.get(number).map_or(&[][..], Vec::as_slice);
        let (numbers, about) =
            boxes.entry(key).or_insert_with(|| (Vec::new(), alloc::vec![false; own.len()]));
        numbers.push(number);
        about.iter_mut().zip(own).for_each(|(about, own)| *about |= own);
    }
    let places: BTreeMap<usize, usize> = boxes
        .values()
        .enumerate()
        .flat_map(|(place, (numbers, _))| numbers.iter().map(move |number| (*number, place)))
        .collect();
    let place = |number: &usize| places.get(number).copied().unwrap_or(usize::MAX);
    let beats = beats.iter().map(|(a, b)| (place(a), place(b))).collect();
    let (boxes, acts) = boxes.into_iter().map(|(key, (_, acts))| (key, acts)).unzip();
    Pool { boxes, acts, beats }
}

/// What a box is, whichever slice it stands in.
fn key(program: &Program, slice: &Slice, place: usize, one: &Box, who: usize) -> Option<Key> {
    let words = usize::from(slice.words).max(1);
    let mut guard = Vec::new();
    for fact in &slice.facts {
        // The acts of a box are the slices it stands in.
        if fact.fact == program.act {
            return None;
        }
        let values: Vec<bool> = fact.rows.chunks(words).map(|row| has(row, place)).collect();
        // A fact that the slice has and on which no box hangs may still say whose approval is one's own.
        let idle = || (0..slice.boxes.len()).all(|one| fact.rows.chunks(words).all(|row| has(row, one)));
        if values.contains(&false) || idle() {
            guard.push((fact.fact.0, values));
        }
    }
    let package = |mask: &u64| -> Vec<u16> {
        let atoms = slice.atoms.iter().enumerate().filter(|(bit, _)| has(&[*mask], *bit));
        atoms.map(|(_, atom)| atom.0).collect()
    };
    let kind = KINDS.iter().position(|kind| *kind == one.kind)?;
    Some(Key { kind, price: one.price.iter().map(package).collect(), who: Some(who), guard })
}

/// An order in which a box is only beaten by boxes before it, and boxes that are alike stand together. `None` if there is
/// none.
fn order(pool: &Pool) -> Option<Vec<usize>> {
    let rank = |place: usize| {
        let one = pool.boxes.get(place);
        (one.map(|b| (b.kind, &b.price)), pool.acts.get(place), one.map(|b| &b.guard), place)
    };
    let mut beaten_by = alloc::vec![0_usize; pool.boxes.len()];
    for (_, weaker) in &pool.beats {
        let many = beaten_by.get_mut(*weaker)?;
        *many = many.saturating_add(1);
    }
    let first = beaten_by.iter().enumerate().filter(|(_, many)| **many == 0);
    let mut ready: BTreeSet<_> = first.map(|(place, _)| rank(place)).collect();
    let mut order = Vec::new();
    while let Some((_, _, _, place)) = ready.pop_first() {
        order.push(place);
        for (_, weaker) in pool.beats.range((place, 0)..=(place, usize::MAX)) {
            let many = beaten_by.get_mut(*weaker)?;
            *many = many.saturating_sub(1);
            if *many == 0 {
                ready.insert(rank(*weaker));
            }
        }
    }
    (order.len() == pool.boxes.len()).then_some(order)
}

/// Who would give an approval to themselves where that does not count: values of facts.
fn own(program: &Program, atom: &byelaw_ir::Atom) -> Vec<Set> {
    let mut sets: BTreeMap<u16, Vec<bool>> = BTreeMap::new();
    let givers = atom.givers.iter().map(|value| (program.subject, value.0));
    let holders = atom.held_roles.iter().map(|fact| (*fact, byelaw_data::YES.0));
    for (fact, value) in givers.chain(holders).filter(|_| atom.not_by_asker) {
        let Some(Domain::Values(width)) = program.facts.get(usize::from(fact.0)).map(|f| &f.domain) else {
            continue;
        };
        let set = sets.entry(fact.0).or_insert_with(|| alloc::vec![false; usize::from(*width)]);
        if let Some(gives) = set.get_mut(usize::from(value)) {
            *gives = true;
        }
    }
    sets.into_iter().collect()
}
