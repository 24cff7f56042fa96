//! An act together with the duties that stand whatever is done and of which a question refuses what they ask for.
//!
//! Who violates a duty may not do what else they may (semantics 2.10a). So such duties are judged in the same situations
//! as the act: their boxes, what prevails over these, and what cannot be of what they look at, are joined to the act's
//! slice.

use alloc::vec::Vec;
use byelaw_data::{FactId, Listed as _, Question, RuleId, Set, ValueId};
use byelaw_eval::{Mask, boxes, deciding, looks_at, row_in};
use byelaw_ir::{Box, BoxKind, MAX_BOXES, Program, Slice, SliceFact};

/// What a question's act is judged by besides its own slice.
pub(crate) enum Joined {
    /// Nothing: the question refuses no duty that stands whatever is done.
    Nothing,
    /// The act's slice and what is joined to it.
    Slice(Slice),
    /// More boxes than a slice may have.
    TooLarge,
}

/// The slice of `act` with the standing duties that the question refuses.
pub(crate) fn joined(program: &Program, slice: &Slice, act: ValueId, question: &Question) -> Joined {
    if question.undone.is_empty() && question.late.is_empty() {
        return Joined::Nothing;
    }
    let standing = program
        .no_act
        .filter(|no_act| *no_act != act)
        .and_then(|no_act| program.slices.get(usize::from(no_act.0)));
    let Some(duties) = standing else { return Joined::Nothing };
    let left_undone = |b: &Box| b.deeds.iter().any(|one_of| question.violates(b.rule, one_of));
    let refused = boxes(duties, left_undone);
    if refused.is_empty() {
        return Joined::Nothing;
    }
    let mut taken = deciding(duties, &refused).without(&boxes(duties, |b| b.kind == BoxKind::Impossible));
    for place in impossible(slice, duties, &taken) {
        taken.insert(place);
    }
    let places: Vec<usize> = taken.bits().list();
    match join(slice, duties, &places, &refused) {
        Some(slice) => Joined::Slice(slice),
        None => Joined::TooLarge,
    }
}

/// Of what cannot be without an act, what speaks of facts that the boxes `taken` look at, or that are tied to these, and
/// is not in the act's slice already. A sentence is taken as a whole.
fn impossible(slice: &Slice, duties: &Slice, taken: &Mask) -> Vec<usize> {
    let sentences = |slice: &Slice| -> Set<RuleId> {
        slice.boxes.iter().filter(|b| b.kind == BoxKind::Impossible).map(|b| b.rule).collect()
    };
    let here = sentences(slice);
    let mut left: Set<RuleId> = sentences(duties).difference(&here).copied().collect();
    let places = |sentence: RuleId| {
        let boxes = duties.boxes.iter().enumerate();
        boxes
            .filter(move |(_, b)| b.kind == BoxKind::Impossible && b.rule == sentence)
            .map(|(place, _)| place)
    };
    let mut facts: Set<FactId> = taken.bits().flat_map(|place| looked_at(duties, place)).collect();
    let mut found = Vec::new();
    loop {
        let touching: Vec<RuleId> = left
            .iter()
            .copied()
            .filter(|s| places(*s).any(|p| looked_at(duties, p).any(|fact| facts.contains(&fact))))
            .list();
        if touching.is_empty() {
            return found;
        }
        for sentence in touching {
            left.remove(&sentence);
            for place in places(sentence) {
                facts.extend(looked_at(duties, place));
                found.push(place);
            }
        }
    }
}

/// The facts of which a box does not allow every value.
fn looked_at(slice: &Slice, place: usize) -> impl Iterator<Item = FactId> + '_ {
    slice.facts.iter().filter(move |fact| looks_at(slice, fact, place)).map(|fact| fact.fact)
}

/// The act's slice with some boxes of the duties behind its own; `None` if they are too many.
fn join(slice: &Slice, duties: &Slice, places: &[usize], refused: &Mask) -> Option<Slice> {
    let own = slice.boxes.len();
    let many = own.saturating_add(places.len());
    if many > MAX_BOXES {
        return None;
    }
    let words = many.div_ceil(64);
    let widened = |mask: &Mask| mask.words().iter().take(words).copied().collect::<Vec<u64>>();
    // Of a set of boxes of the duties, the same boxes where they are now.
    let moved = |set: &Mask| {
        let mut there = Mask::EMPTY;
        for (at, place) in places.iter().enumerate() {
            if set.has(*place) {
                there.insert(own.saturating_add(at));
            }
        }
        there
    };

    let mut boxes: Vec<Box> =
        slice.boxes.iter().map(|b| Box { beats: widened(&Mask::from_words(&b.beats)), ..b.clone() }).list();
    for place in places {
        let one = duties.boxes.get(*place)?;
        let beats = widened(&moved(&Mask::from_words(&one.beats)));
        // What is refused counts as a duty; of the others only that they prevail.
        boxes.push(match one.kind {
            BoxKind::Impossible => Box { beats, ..one.clone() },
            _ if refused.has(*place) => Box { beats, ..one.clone() },
            _ => Box {
                kind: BoxKind::Disapply,
                price: Vec::new(),
                deeds: Vec::new(),
                beats,
                rule: one.rule,
                says: one.says,
            },
        });
    }

    let facts: Set<FactId> = slice
        .facts
        .iter()
        .map(|f| f.fact)
        .chain(places.iter().flat_map(|place| looked_at(duties, *place)))
        .collect();
    let joined = |fact: FactId| {
        let here = slice.facts.iter().find(|f| f.fact == fact);
        let there = duties.facts.iter().find(|f| f.fact == fact);
        let width = |f: &SliceFact, words: u16| f.rows.len().checked_div(usize::from(words)).unwrap_or(0);
        let width =
            here.map_or(0, |f| width(f, slice.words)).max(there.map_or(0, |f| width(f, duties.words)));
        let rows = |of: fn(&SliceFact) -> &[u64]| -> Vec<u64> {
            let row = |slice: &Slice, fact: Option<&SliceFact>, value: usize| match fact.map(of) {
                Some(rows) if !rows.is_empty() => Mask::from_words(row_in(rows, slice.words, value)),
                _ => Mask::first(slice.boxes.len()),
            };
            let values = 0..width;
            values.flat_map(|v| widened(&row(slice, here, v).or(&moved(&row(duties, there, v))))).list()
        };
        // Where nothing is denied, what is said is all there is, and all are spared.
        let denied = here.into_iter().chain(there).any(|f| !f.said.is_empty());
        let table = |of: fn(&SliceFact) -> &[u64]| if denied { rows(of) } else { Vec::new() };
        SliceFact {
            fact,
            rows: rows(|f| &f.rows),
            said: table(|f| if f.said.is_empty() { &f.rows } else { &f.said }),
            spared: table(|f| &f.spared),
        }
    };
    Some(Slice {
        words: u16::try_from(words).ok()?,
        facts: facts.into_iter().map(joined).list(),
        boxes,
        atoms: slice.atoms.clone(),
        approvals: slice.approvals,
        clashes: slice.clashes.clone(),
    })
}
