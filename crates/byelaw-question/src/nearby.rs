//! Questions that differ from one question in a few facts, seen at a glance: one completion, and what all have.
//!
//! In: a question, and others with some facts that are otherwise. Out: what can be said of each without a walk, and without
//! reading again what is as it was.
//! Never here: a reading of rules, or an answer; what takes more than a glance is left to whoever asks.

use crate::combine::opens;
use crate::completions::Active;
use crate::decide::{Asking, Held, Known, UnknownMoment, allows, known, own};
use crate::moments::follows;
use crate::possible::{self, Leaves, settle};
use crate::readings;
use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::vec::Vec;
use byelaw_data::{FactId, Listed as _, Question, ValueId};
use byelaw_eval::{Mask, boxes, row, row_of_all};
use byelaw_ir::{BoxKind, Program, Slice, SliceFact};

/// A question, prepared so that others like it are seen at a glance.
pub(crate) struct Nearby<'a> {
    program: &'a Program,
    slice: &'a Slice,
    act: ValueId,
    /// What is known of each fact of the slice where every presumption that counts is made.
    known: Vec<Known>,
    /// What the first value of each allows.
    first: Vec<Active>,
    /// For each fact of the slice the others on which its presumptions hang.
    hangs_on: Vec<Vec<FactId>>,
    /// The moment, where it is not known.
    moment: Option<Rc<UnknownMoment>>,
    /// What each moment allows, of those that may be; `None` where it is known or does not matter.
    moments: Option<Vec<Mask>>,
    /// What the facts of the slice, and the moment behind them, leave of what cannot be.
    leaves: Vec<Option<Leaves>>,
    /// A completion that can be, if all that is presumed can be so at once: of each fact, and of the moment, the place of a
    /// value, and what that leaves of what cannot be.
    example: Option<Vec<(usize, Mask)>>,
    /// Every box that does more than advise.
    all: Mask,
    /// What cannot be.
    impossible: Mask,
    /// The boxes that can be why something is permitted.
    openers: Mask,
    /// For each fact of the slice, and for the moment behind them, those of these that it excludes whatever is presumed.
    shut: Vec<Mask>,
    /// Whether some reading is open: then one completion has several readings.
    readings: bool,
}

/// What is otherwise with one fact of the slice.
struct Other {
    place: usize,
    known: Known,
    /// What its first value allows.
    first: Active,
    leaves: Option<Leaves>,
}

/// What is seen of a question at the first look.
pub(crate) enum Seen {
    /// Nothing can permit: of what must be otherwise the places, that of the moment behind those of the facts.
    Shut(Vec<usize>),
    /// Something may.
    Open(Box<Glance>),
}

/// What is seen of a question.
pub(crate) struct Glance {
    /// What is otherwise, with what can be presumed besides.
    others: Vec<Other>,
    /// One completion: with the first value of everything.
    pub first: Active,
    /// One that can be, if one was found.
    pub example: Option<Active>,
    /// For each fact of the slice how much of it is known.
    pub held: Vec<Held>,
}

impl<'a> Nearby<'a> {
    /// Questions about an act that are like this one, of which `asking` has not settled what is presumed. Seeing what can be
    /// takes at most `steps`.
    pub fn of(
        program: &'a Program,
        slice: &'a Slice,
        act: ValueId,
        question: &Question,
        asking: &Asking<'_>,
        steps: u64,
    ) -> Self {
        let known = asking.known.clone();
        let first = slice.facts.iter().zip(&known).map(|(fact, known)| first(program, slice, fact, known));
        let hangs_on = |fact: &SliceFact| {
            let presumed = program.facts.get(usize::from(fact.fact.0)).map_or(&[][..], |f| &f.presumed);
            presumed.iter().flat_map(|p| &p.when).map(|(fact, _)| *fact).list()
        };
        let advice = boxes(slice, |b| b.kind == BoxKind::Advice);
        let impossible = boxes(slice, |b| b.kind == BoxKind::Impossible);
        let openers = boxes(slice, |b| opens(b.kind));
        let moments = asking.moments_allow();
        let at_moments = moments.as_deref().map(some);
        let shut = slice.facts.iter().zip(&known).map(|(fact, known)| shut(slice, fact, known, &openers));
        let shut = shut.chain([at_moments.map_or(Mask::EMPTY, |any| openers.without(&any))]).list();
        let leaves = possible::leaves(slice, &known, moments.as_deref(), &impossible);
        let all: Vec<Option<&Leaves>> = leaves.iter().map(Option::as_ref).list();
        let settled = settle(&impossible, &all, steps);
        let left = |(leaves, value): (&Option<Leaves>, usize)| match leaves {
            Some(leaves) => leaves.with(value).map(|left| (value, *left)),
            None => Some((value, impossible)),
        };
        let example = settled.example.filter(|_| settled.given_up.is_empty());
        let example = example.and_then(|values| leaves.iter().zip(values).map(left).collect());
        Self {
            program,
            slice,
            act,
            first: first.list(),
            known,
            hangs_on: slice.facts.iter().map(hangs_on).list(),
            moment: asking.unknown_moment(),
            moments,
            leaves,
            example,
            all: Mask::first(slice.boxes.len()).without(&advice),
            impossible,
            openers,
            shut,
            readings: slice.facts.iter().any(|f| readings::open(program, question, f.fact)),
        }
    }

    /// What is seen of a question that differs in the facts `changed`, and at most in approvals and undertakings besides. If
    /// nothing can permit there: what it takes that something can, after changes of at most `more` facts besides.
    ///
    /// `None` if it takes more than a glance: where a reading is open, or where the moment changes.
    pub fn glance(&self, question: &Question, changed: &[FactId], more: usize, steps: u64) -> Option<Seen> {
        let never_asked = Question::default();
        if self.readings || changed.iter().any(|fact| follows(self.program, &never_asked, *fact).is_some()) {
            return None;
        }
        let mut others: Vec<Other> = Vec::new();
        for (place, fact) in self.slice.facts.iter().enumerate() {
            let hangs =
                || self.hangs_on.get(place).is_some_and(|on| on.iter().any(|fact| changed.contains(fact)));
            if changed.contains(&fact.fact) || hangs() {
                let known = known(self.program, question, self.act, fact.fact);
                let leaves = Leaves::of(self.slice, fact, &known, &self.impossible);
                let first = first(self.program, self.slice, fact, &known);
                others.push(Other { place, known, first, leaves });
            }
        }
        if let Some(places) = self.shut(&others, more) {
            return Some(Seen::Shut(places));
        }
        let example = match self.example_with(&others) {
            Some(example) => Some(example),
            None => self.settle(&mut others, steps),
        };
        let mut glance = Glance {
            others: Vec::new(),
            first: Active { boxes: self.all, own: 0 },
            example: None,
            held: Vec::with_capacity(self.known.len()),
        };
        for (known, first) in self.with(&others) {
            glance.held.push(known.held());
            if !known.tied {
                glance.first = glance.first.and(first);
            }
        }
        if let Some(moments) = &self.moments {
            glance.first.boxes = glance.first.boxes.and(moments.first()?);
        }
        glance.example = example.and_then(|values| self.completion(&others, &values));
        glance.others = others;
        Some(Seen::Open(Box::new(glance)))
    }

    /// If nothing can permit with what is otherwise: the places that shut out what at most `more` places shut out.
    fn shut(&self, others: &[Other], more: usize) -> Option<Vec<usize>> {
        let shuts = |place: usize| {
            let other = others.iter().find(|other| other.place == place);
            let fresh = || Some((self.slice.facts.get(place)?, other?));
            match fresh() {
                Some((fact, other)) => shut(self.slice, fact, &other.known, &self.openers),
                None => self.shut.get(place).copied().unwrap_or(Mask::EMPTY),
            }
        };
        let each = (0..self.shut.len()).map(shuts).list();
        // Those that at least one place shuts out, at least two, ...
        let mut times = alloc::vec![Mask::EMPTY; more.saturating_add(1)];
        for shut in &each {
            let mut here = *shut;
            for all in &mut times {
                let again = all.and(&here);
                *all = all.or(&here);
                here = again;
            }
        }
        let (first, last) = (times.first()?, times.last()?);
        if !self.openers.without(first).is_empty() {
            return None;
        }
        let few = self.openers.without(last);
        let places = each.iter().enumerate().filter(|(_, shut)| !shut.and(&few).is_empty());
        Some(places.map(|(place, _)| place).list())
    }

    /// The boxes that some completion of the question that was seen may leave active, and those that every one does.
    pub fn bounds(&self, glance: &Glance) -> (Mask, Mask) {
        let (mut any, mut every) = (self.all, self.all);
        for (fact, (known, first)) in self.slice.facts.iter().zip(self.with(&glance.others)) {
            if known.tied {
                continue;
            }
            any = any.and(&allows(self.slice, fact, known, &known.values));
            every = every.and(&first.boxes);
            if !known.together {
                known.values.iter().for_each(|value| every.keep(row(self.slice, fact, *value)));
            }
        }
        if let Some(moments) = &self.moments {
            any = any.and(&some(moments));
            every = moments.iter().fold(every, |every, row| every.and(row));
        }
        (any, every)
    }

    /// What is known of each fact of the slice, and what its first value allows, with what is otherwise.
    fn with<'b>(&'b self, others: &'b [Other]) -> impl Iterator<Item = (&'b Known, &'b Active)> {
        self.known.iter().zip(&self.first).enumerate().map(|(place, (known, first))| {
            let other = others.iter().find(|other| other.place == place);
            other.map_or((known, first), |other| (&other.known, &other.first))
        })
    }

    /// The question that was seen, with what can be presumed settled.
    pub fn asking<'b>(&'b self, question: &'b Question, glance: &Glance, steps: u64) -> Asking<'b> {
        let of = |(place, known): (usize, &Known)| {
            let other = glance.others.iter().find(|other| other.place == place);
            other.map_or(known, |other| &other.known).clone()
        };
        let known = self.known.iter().enumerate().map(of).list();
        Asking::knowing(self.program, self.slice, question, (known, self.moment.clone()), steps)
    }

    /// The completion that can be of the question as it is asked, with values of what is otherwise, if it still can be.
    fn example_with(&self, others: &[Other]) -> Option<Vec<usize>> {
        let mut values = Vec::new();
        let mut left = self.impossible;
        for (place, (value, rest)) in self.example.as_ref()?.iter().enumerate() {
            values.push(*value);
            if !others.iter().any(|other| other.place == place) {
                left = left.and(rest);
            }
        }
        for other in others {
            let Some(leaves) = &other.leaves else { continue };
            let (rest, value) = leaves.least_of(&left);
            left = rest;
            *values.get_mut(other.place)? = value;
        }
        left.is_empty().then_some(values)
    }

    /// Gives up what cannot be presumed, beside what is otherwise. Gives a completion that can be then, if one was found.
    fn settle(&self, others: &mut Vec<Other>, steps: u64) -> Option<Vec<usize>> {
        if self.impossible.is_empty() {
            return None;
        }
        let mut all: Vec<Option<&Leaves>> = self.leaves.iter().map(Option::as_ref).list();
        for other in others.iter() {
            *all.get_mut(other.place)? = other.leaves.as_ref();
        }
        let settled = settle(&self.impossible, &all, steps);
        for place in settled.given_up {
            let (Some(fact), Some(before)) = (self.slice.facts.get(place), self.known.get(place)) else {
                continue;
            };
            let at = others.iter().position(|other| other.place == place);
            let mut known = at.map_or_else(|| before.clone(), |at| others.swap_remove(at).known);
            known.give_up();
            let first = first(self.program, self.slice, fact, &known);
            others.push(Other { place, known, first, leaves: None });
        }
        settled.example
    }

    /// The completion in which each fact has one of the values that it may have, and the moment is one of those that may be.
    fn completion(&self, others: &[Other], values: &[usize]) -> Option<Active> {
        let mut active = Active { boxes: self.all, own: 0 };
        for (place, (fact, known)) in self.slice.facts.iter().zip(&self.known).enumerate() {
            let other = others.iter().find(|other| other.place == place);
            let known = other.map_or(known, |other| &other.known);
            if known.tied {
                continue;
            }
            if let (true, Some(first)) = (known.together, self.first.get(place)) {
                active = active.and(other.map_or(first, |other| &other.first));
                continue;
            }
            let value = *known.values.get(*values.get(place)?)?;
            active.boxes.keep(row(self.slice, fact, value));
            active.own |= own(self.program, self.slice, fact.fact, value);
        }
        if let Some(moments) = &self.moments {
            active.boxes = active.boxes.and(moments.get(*values.last()?)?);
        }
        Some(active)
    }
}

/// Of `openers` those that a fact excludes, whatever is presumed of it. None, if it follows from an unknown moment: of that
/// the moment tells.
fn shut(slice: &Slice, fact: &SliceFact, known: &Known, openers: &Mask) -> Mask {
    let values = known.released.as_ref().unwrap_or(&known.values);
    openers.without(&allows(slice, fact, known, values))
}

/// What is in some of these sets.
fn some(sets: &[Mask]) -> Mask {
    sets.iter().fold(Mask::EMPTY, |all, set| all.or(set))
}

/// What the first value of a fact allows, or all of them where they are so at once.
fn first(program: &Program, slice: &Slice, fact: &SliceFact, known: &Known) -> Active {
    let own = |value: &ValueId| own(program, slice, fact.fact, *value);
    if known.together {
        let own = known.values.iter().fold(0, |all, value| all | own(value));
        return Active { boxes: row_of_all(slice, fact, &known.values), own };
    }
    let none = Active { boxes: Mask::EMPTY, own: 0 };
    known
        .values
        .first()
        .map_or(none, |value| Active { boxes: Mask::from_words(row(slice, fact, *value)), own: own(value) })
}
