//! Invariants, decided over every situation (decision 0015).

use super::Reason;
use super::situations::{Found, allowed, follows_moment, grouped, moments, search, smallest};
use super::spelled::check_sentence;
use byelaw_data::{Date, FactId, Minute, Outcome, Question, RuleId, Stated, ValueId};
use byelaw_hir::{Condition, Instrument, Invariant, Model, Norm, NormKind, Price, conjuncts};
use byelaw_ir::{BoxKind, Program};
use std::collections::{BTreeMap, BTreeSet};

/// What became of one invariant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvariantResult {
    /// Its place in the model's list.
    pub invariant: usize,
    /// Whether it holds.
    pub verdict: Verdict,
}

/// Whether an invariant holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// In every situation that it is about.
    Holds,
    /// There is no situation that it is about, so that it holds and promises nothing.
    Empty,
    /// Not in this one.
    Refuted(Box<Witness>),
    /// It was not decided; why, in words.
    Undecided(String),
}

impl Verdict {
    /// Only what was shown to hold is a success.
    pub fn passed(&self) -> bool {
        matches!(self, Self::Holds | Self::Empty)
    }
}

/// A situation that refutes an invariant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// The situation as a question.
    pub question: Question,
    /// The answer to it.
    pub outcome: Outcome,
    /// The rules that decide there.
    pub reasons: Vec<Reason>,
    /// The same as a `check` sentence that passes as the policy stands.
    pub sentence: String,
}

/// Decides all invariants, in the order of the model.
pub fn check_invariants(model: &Model, program: &Program) -> Vec<InvariantResult> {
    let all = model.invariants.iter().enumerate();
    all.map(|(place, i)| InvariantResult { invariant: place, verdict: check_invariant(model, program, i) })
        .collect()
}

/// The situations of an invariant: what its facts may be, and what cannot be said so.
struct Region {
    stated: BTreeMap<FactId, BTreeSet<ValueId>>,
    rest: Vec<Condition>,
}

impl Region {
    /// `None` if no situation lies in it.
    fn of(model: &Model, program: &Program, guard: &[Condition]) -> Option<Self> {
        let mut region = Self { stated: BTreeMap::new(), rest: Vec::new() };
        for part in guard.iter().flat_map(conjuncts) {
            let (fact, values, inside) = match part {
                Condition::In(fact, values) => (*fact, values, true),
                Condition::Not(inner) => match &**inner {
                    Condition::In(fact, values) => (*fact, values, false),
                    _ => {
                        region.rest.push(part.clone());
                        continue;
                    }
                },
                _ => {
                    region.rest.push(part.clone());
                    continue;
                }
            };
            // A reading is not searched for: it is said, if the sentence leaves one of its alternatives.
            let several = program.readings.contains(&fact) && !(inside && values.len() == 1);
            if Some(fact) == model.act || several {
                region.rest.push(part.clone());
                continue;
            }
            // What is filled is as it was filled.
            let possible = allowed(program, &Question::default(), fact);
            let set = region.stated.entry(fact).or_insert_with(|| possible.into_iter().collect());
            set.retain(|v| values.contains(v) == inside);
            if set.is_empty() {
                return None;
            }
        }
        Some(region)
    }

    /// The question about all its situations at one moment; `None` if there is none.
    fn question(&self, program: &Program, on: Option<Date>, at: Option<Minute>) -> Option<Question> {
        let mut question = Question { on, at, ..Question::default() };
        let moment = question.clone();
        for (fact, values) in &self.stated {
            let all = allowed(program, &moment, *fact);
            let both: Vec<ValueId> = all.iter().copied().filter(|v| values.contains(v)).collect();
            // What follows from the moment need not be said.
            match both.as_slice() {
                [] => return None,
                _ if both.len() == all.len() => None,
                [one] => question.facts.insert(*fact, Stated::Value(*one)),
                _ => question.facts.insert(*fact, Stated::Among { values: both, ordinarily: Vec::new() }),
            };
        }
        Some(question)
    }
}

/// Decides one invariant.
pub(crate) fn check_invariant(model: &Model, program: &Program, invariant: &Invariant) -> Verdict {
    let Some(region) = Region::of(model, program, &invariant.guard) else { return Verdict::Empty };
    let mut keep = BTreeSet::new();
    invariant.guard.iter().for_each(|c| c.facts_into(&mut keep));
    let mut tied = BTreeSet::new();
    model.impossible.iter().for_each(|c| c.facts_into(&mut tied));
    let narrowed = if region.rest.is_empty() && tied.is_disjoint(&keep) {
        None
    } else {
        match narrow(model, &invariant.guard, &region.rest) {
            Some((_, false)) => return Verdict::Empty,
            Some((narrowed, true)) => Some(narrowed),
            None => return Verdict::Undecided("its condition has too many separate cases".to_owned()),
        }
    };
    let searched = narrowed.as_ref().unwrap_or(program);
    let bad = |outcome: &Outcome| (*outcome == Outcome::Permitted) == invariant.never;
    let (mut any, mut unknown) = (false, false);
    // A condition on a period that no rule of the act looks at still chooses the days that are meant.
    let also: Vec<FactId> = keep.iter().copied().filter(|f| follows_moment(searched, *f)).collect();
    let said = |question: Question, act: ValueId| {
        let mut question = Question { granted: invariant.granted.iter().copied().collect(), ..question };
        question.facts.insert(searched.act, Stated::Value(act));
        question
    };
    for act in &invariant.acts {
        let all = moments(searched, *act, &also, invariant.from, invariant.until);
        for group in grouped(searched, *act, all) {
            let mut looked = false;
            for (on, at) in group.each {
                // Once it is known that there are situations, the whole group may be seen to show nothing.
                if any && !std::mem::replace(&mut looked, true) {
                    let whole = region.question(searched, None, None);
                    let whole = whole.map(|q| said(Question { as_of: group.any.as_of, ..q }, *act));
                    let shown = whole.map(|q| byelaw_question::outcomes(searched, &q));
                    if shown.is_some_and(|r| r.exact && !r.possible.iter().any(bad)) {
                        break;
                    }
                }
                let Some(question) = region.question(searched, on, at) else { continue };
                let mut shows = |q: &Question| {
                    let reached = byelaw_question::outcomes(searched, q);
                    any |= !reached.possible.is_empty();
                    if reached.possible.iter().any(bad) {
                        return Some(true);
                    }
                    reached.exact.then_some(false)
                };
                match search(searched, &said(question, *act), &mut shows) {
                    Found::Nowhere => {}
                    Found::Unknown => unknown = true,
                    Found::Here(found) => match witness(model, program, invariant, &found, &keep) {
                        Some(witness) => return Verdict::Refuted(Box::new(witness)),
                        None => unknown = true,
                    },
                }
            }
        }
    }
    if unknown {
        return Verdict::Undecided(
            "there are too many situations to look at; say more about them".to_owned(),
        );
    }
    if any { Verdict::Holds } else { Verdict::Empty }
}

/// The program in which nothing is possible but what the conditions `rest` say: what is not a list of values of one
/// fact becomes a sentence about what cannot be. Advice that looks at all facts of the `guard` sees to it that every act
/// tells them apart, so that what cannot be together is noticed. This is exact. `None` if it is too large; and whether
/// the guard holds anywhere.
fn narrow(model: &Model, guard: &[Condition], rest: &[Condition]) -> Option<(Program, bool)> {
    let mut model = model.clone();
    if !rest.is_empty() {
        model.impossible.push(Condition::Not(Box::new(Condition::All(rest.to_vec()))));
    }
    let (name, norm) = (model.names.first()?.clone(), model.norms.first()?.clone());
    let rule = RuleId::at(model.names.len())?;
    let always = Instrument {
        adopted: None,
        in_force: Vec::new(),
        amends: None,
        under: None,
        replaces: None,
        ..model.instruments.first()?.clone()
    };
    let (instrument, guard) = (model.instruments.len(), Condition::All(guard.to_vec()));
    model.instruments.push(always);
    model.names.push(name);
    model.norms.push(Norm { rule, kind: NormKind::Advice, guard, price: Price::free(), instrument, ..norm });
    let program = byelaw_compiler::lower(&model).ok()?;
    let somewhere =
        program.slices.iter().flat_map(|s| &s.boxes).any(|b| b.rule == rule && b.kind == BoxKind::Advice);
    Some((program, somewhere))
}

/// The smallest question that shows the same outcome, with the answer that the policy gives to it.
fn witness(
    model: &Model,
    program: &Program,
    invariant: &Invariant,
    found: &Question,
    keep: &BTreeSet<FactId>,
) -> Option<Witness> {
    // Replayed in the policy itself: one situation, one outcome, and the one that refutes.
    let whole = byelaw_question::decide(program, found)?;
    if !whole.exact || whole.possible.len() != 1 || (whole.outcome == Outcome::Permitted) != invariant.never {
        return None;
    }
    let mut keep = keep.clone();
    keep.extend([program.act, byelaw_hir::ON]);
    let same = |q: &Question| {
        byelaw_question::decide(program, q).is_some_and(|d| d.exact && d.outcome == whole.outcome)
    };
    let question = smallest(found, &keep, &same);
    let decision = byelaw_question::decide(program, &question)?;
    let title = format!("against: {}", invariant.title);
    let sentence = check_sentence(model, &title, &question, &decision);
    let reasons = decision.because.iter().filter_map(|b| Reason::of(model, b.rule)).collect();
    Some(Witness { outcome: decision.outcome, question, reasons, sentence })
}
