//! Small changes to a policy, and whether its examples notice them (Martin and Xie 2007).
//!
//! Each change is made to the resolved model, which is compiled again; the examples of the acts concerned are run. A
//! change that none of them notices is either no difference at all, or one that the author has no example for: then a
//! question is looked for that the changed policy answers otherwise. For that, the changed rules are put beside the
//! old ones in one program, so that one walk over the situations compares both; the walk is exact or says it is not.

mod changes;

use super::coverage::region;
use super::invariants::{check_invariant, check_invariants};
use super::run_example;
use super::situations::{Found, moments, search, search_but, smallest, worth};
use super::spelled::check_sentence;
use super::words::outcome_word;
use byelaw_compiler::lower;
use byelaw_data::{FactId, Question, RuleId, Stated, ValueId};
use byelaw_diagnostic::Span;
use byelaw_hir::Model;
use byelaw_ir::{BoxKind, Program};
use changes::{Change, Edit, changes};
use std::collections::{BTreeMap, BTreeSet};

/// How many whole decisions the search for a presumption that matters may take.
const DECISIONS: u32 = 200;

/// A change that the examples did not notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    /// The rule that was changed, or the fact whose presumption was.
    pub name: String,
    /// What was changed, in words.
    pub change: String,
    /// Where it stands.
    pub span: Option<Span>,
    /// The rule as written; empty for a fact.
    pub sentence: String,
    /// What is known about the difference it makes.
    pub survivor: Survivor,
}

/// What a change that nobody noticed comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Survivor {
    /// A question that is answered otherwise, as an example with the answer of the policy as it stands, and the
    /// outcome that it would have.
    Differs {
        /// The example.
        sentence: String,
        /// The outcome after the change.
        then: String,
    },
    /// No situation is answered otherwise; this is exact.
    Same,
    /// No difference was found, and not every situation was looked at.
    NotFound,
}

/// What became of all changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mutants {
    /// How many changes can be made.
    pub possible: usize,
    /// How many were made.
    pub made: usize,
    /// How many of them some example or invariant noticed.
    pub noticed: usize,
    /// How many gave something that is no policy, and count for nothing.
    pub unusable: usize,
    /// Those that nobody noticed, in the order of the rules.
    pub survivors: Vec<Mutant>,
}

impl Mutants {
    /// The share that was noticed of those that make a difference, in hundredths of a percent, rounded down. A change
    /// of which no difference was found counts as one that makes none only if that is exact.
    pub fn share(&self) -> usize {
        let same = self.survivors.iter().filter(|m| m.survivor == Survivor::Same).count();
        let all = self.noticed + self.survivors.len() - same;
        (self.noticed * 10_000).checked_div(all).unwrap_or(10_000)
    }
}

/// Makes changes, at most `most` of them (spread evenly over all), and says which nobody noticed. `progress` is told
/// how many of how many are done.
pub fn mutants(
    model: &Model,
    program: &Program,
    most: Option<usize>,
    progress: &mut dyn FnMut(usize, usize),
) -> Mutants {
    let all = changes(model, program);
    let possible = all.len();
    let chosen: Vec<Change> = match most {
        Some(most) if most < possible => {
            let picked: BTreeSet<usize> = (0..most).map(|i| i * possible / most.max(1)).collect();
            all.into_iter().enumerate().filter(|(i, _)| picked.contains(i)).map(|(_, c)| c).collect()
        }
        _ => all,
    };
    // An example that fails already says nothing about a change.
    let passing: Vec<usize> = (0..model.examples.len())
        .filter(|i| run_example(model, program, *i, &model.examples[*i]).passed())
        .collect();
    let holding: Vec<bool> = check_invariants(model, program).iter().map(|r| r.verdict.passed()).collect();
    let mut result = Mutants { possible, made: chosen.len(), ..Mutants::default() };
    for (done, change) in chosen.iter().enumerate() {
        progress(done, chosen.len());
        let changed = change.edit.apply(model);
        let lowered = if circular(&changed) { None } else { lower(&changed).ok() };
        let Some(lowered) = lowered else {
            result.unusable += 1;
            continue;
        };
        if noticed(model, program, change, &changed, &lowered, (&passing, &holding)) {
            result.noticed += 1;
            continue;
        }
        let survivor = match &change.edit {
            Edit::Presumed(fact) => presumption(model, program, &lowered, *fact, &title(change)),
            _ => compared(model, program, change, &changed, &lowered),
        };
        result.survivors.push(Mutant {
            name: change.name.clone(),
            change: change.words.clone(),
            span: change.span,
            sentence: change.sentence.clone(),
            survivor,
        });
    }
    progress(chosen.len(), chosen.len());
    result
}

/// Whether norms prevail over each other in a circle.
fn circular(model: &Model) -> bool {
    let mut left = model.precedence.clone();
    loop {
        let stronger: BTreeSet<usize> = left.iter().map(|(a, _)| *a).collect();
        let before = left.len();
        // What prevails over nothing is in no circle.
        left.retain(|(_, b)| stronger.contains(b));
        if left.is_empty() || left.len() == before {
            return !left.is_empty();
        }
    }
}

/// Whether an example (by its place) or an invariant that passed no longer does.
fn noticed(
    model: &Model,
    program: &Program,
    change: &Change,
    changed: &Model,
    lowered: &Program,
    (passing, holding): (&[usize], &[bool]),
) -> bool {
    let mut acts = acts_of(program, &change.rules);
    acts.extend(acts_of(lowered, &change.rules));
    let concerned = |q: &Question| match q.facts.get(&program.act) {
        Some(Stated::Value(act)) => change.rules.is_empty() || acts.contains(act),
        _ => true,
    };
    let fails = |i: &&usize| {
        let example = &model.examples[**i];
        concerned(&example.question) && !run_example(changed, lowered, **i, example).passed()
    };
    if passing.iter().any(|i| fails(&i)) {
        return true;
    }
    let places = holding.iter().enumerate().filter(|(_, held)| **held).map(|(place, _)| place);
    let wanted = |place: &usize| {
        change.rules.is_empty() || model.invariants[*place].acts.iter().any(|act| acts.contains(act))
    };
    places.filter(wanted).any(|place| {
        let verdict = check_invariant(changed, lowered, &changed.invariants[place]);
        !verdict.passed()
    })
}

/// The acts that some of the rules are about.
fn acts_of(program: &Program, rules: &BTreeSet<RuleId>) -> BTreeSet<ValueId> {
    let about = |slice: &byelaw_ir::Slice| {
        slice.boxes.iter().any(|b| b.kind != BoxKind::Impossible && rules.contains(&b.rule))
    };
    let acts = program.slices.iter().enumerate().filter(|(_, slice)| about(slice));
    acts.filter_map(|(act, _)| u16::try_from(act).ok().map(ValueId)).collect()
}

/// Old and new rules in one model: the new ones as further rules. Gives their numbers too.
fn joint(model: &Model, changed: &Model, rules: &BTreeSet<RuleId>) -> (Model, BTreeSet<RuleId>) {
    let mut both = model.clone();
    let mut copies: BTreeMap<RuleId, RuleId> = BTreeMap::new();
    for rule in rules {
        let copy = RuleId::at(both.names.len()).unwrap_or(RuleId(u32::MAX));
        both.names.push(model.names[rule.place()].clone());
        copies.insert(*rule, copy);
    }
    let mut places: BTreeMap<usize, usize> = BTreeMap::new();
    for (place, norm) in changed.norms.iter().enumerate() {
        if let Some(copy) = copies.get(&norm.rule) {
            places.insert(place, both.norms.len());
            both.norms.push(byelaw_hir::Norm { rule: *copy, ..norm.clone() });
        }
    }
    let there = |n: usize| places.get(&n).copied().unwrap_or(n);
    for (a, b) in &changed.precedence {
        if places.contains_key(a) || places.contains_key(b) {
            both.precedence.insert((there(*a), there(*b)));
        }
    }
    (both, copies.into_values().collect())
}

fn compared(
    model: &Model,
    program: &Program,
    change: &Change,
    changed: &Model,
    lowered: &Program,
) -> Survivor {
    let (both, copies) = joint(model, changed, &change.rules);
    let Ok(joined) = lower(&both) else { return Survivor::NotFound };
    let mut unknown = false;
    for (act, slice) in joined.slices.iter().enumerate() {
        let act = ValueId(u16::try_from(act).unwrap_or(u16::MAX));
        let concerned = |b: &byelaw_ir::Box| {
            b.kind != BoxKind::Impossible && (change.rules.contains(&b.rule) || copies.contains(&b.rule))
        };
        let regions: BTreeSet<Vec<(FactId, Vec<ValueId>)>> = slice
            .boxes
            .iter()
            .enumerate()
            .filter(|(_, b)| concerned(b))
            .filter_map(|(place, _)| region(&joined, slice, act, place))
            .map(|q| q.facts.iter().map(|(f, s)| (*f, listed(s))).collect())
            .collect();
        for region in regions {
            let mut about = Question::default();
            for (fact, values) in &region {
                let stated = match values.as_slice() {
                    [one] => Stated::Value(*one),
                    _ => Stated::Among { values: values.clone(), ordinarily: Vec::new() },
                };
                about.facts.insert(*fact, stated);
            }
            let mut shows = |q: &Question| byelaw_question::differs(&joined, q, &copies, &change.rules);
            for (on, at) in worth(&joined, act, &about, &mut shows) {
                let question = Question { on, at, ..about.clone() };
                match search(&joined, &question, &mut shows) {
                    Found::Nowhere => {}
                    Found::Unknown => unknown = true,
                    Found::Here(found) => match witness(model, program, lowered, &found, &title(change)) {
                        Some(survivor) => return survivor,
                        None => unknown = true,
                    },
                }
            }
        }
    }
    if unknown { Survivor::NotFound } else { Survivor::Same }
}

fn listed(stated: &Stated) -> Vec<ValueId> {
    match stated {
        Stated::Value(value) => vec![*value],
        Stated::Among { values, .. } => values.clone(),
        _ => Vec::new(),
    }
}

/// What an example is called that notices a change.
fn title(change: &Change) -> String {
    format!("{}: {}", change.name, change.words.replace('`', ""))
}

/// The smallest question that both policies answer surely and not alike.
fn witness(
    model: &Model,
    program: &Program,
    lowered: &Program,
    found: &Question,
    title: &str,
) -> Option<Survivor> {
    let answers = |q: &Question| byelaw_question::decide(program, q).zip(byelaw_question::decide(lowered, q));
    let known = |d: &byelaw_data::Decision| d.exact && d.possible.len() == 1;
    let deeds = |d: &byelaw_data::Decision| d.duties.iter().map(|d| d.deed).collect::<BTreeSet<_>>();
    let apart = |q: &Question| {
        answers(q).is_some_and(|(a, b)| {
            known(&a) && known(&b) && (a.outcome != b.outcome || a.ways != b.ways || deeds(&a) != deeds(&b))
        })
    };
    if !apart(found) {
        return None;
    }
    let question = smallest(found, &BTreeSet::from([program.act, program.subject]), &apart);
    let (now, then) = answers(&question)?;
    Some(Survivor::Differs {
        sentence: check_sentence(model, title, &question, &now),
        then: if now.outcome != then.outcome {
            outcome_word(then.outcome).to_owned()
        } else if now.ways != then.ways {
            format!("{} with other approvals or undertakings", outcome_word(then.outcome))
        } else {
            format!("{} with other duties", outcome_word(then.outcome))
        },
    })
}

/// A presumption makes a difference where its fact matters and nobody states it.
fn presumption(model: &Model, program: &Program, lowered: &Program, fact: FactId, title: &str) -> Survivor {
    let mut unknown = false;
    for (act, slice) in program.slices.iter().enumerate() {
        if !slice.facts.iter().any(|f| f.fact == fact) {
            continue;
        }
        let act = ValueId(u16::try_from(act).unwrap_or(u16::MAX));
        for (on, at) in moments(program, act, &[], None, None) {
            let mut question = Question { on, at, ..Question::default() };
            question.facts.insert(program.act, Stated::Value(act));
            let named = program.facts.get(usize::from(fact.0)).and_then(|f| f.member_of).unwrap_or(fact);
            let mut shows = |q: &Question| {
                let decision = byelaw_question::decide(program, q)?;
                let differs = decision.possible.len() > 1 && decision.needs.facts.contains(&named);
                if differs || decision.exact { Some(differs && decision.exact) } else { None }
            };
            match search_but(program, &question, Some(fact), DECISIONS, &mut shows) {
                Found::Nowhere => {}
                Found::Unknown => unknown = true,
                Found::Here(found) => {
                    let question = Question { assume: true, ..found };
                    let pair = byelaw_question::decide(program, &question)
                        .zip(byelaw_question::decide(lowered, &question));
                    match pair {
                        Some((now, then)) if now.outcome != then.outcome => {
                            return Survivor::Differs {
                                sentence: check_sentence(model, title, &question, &now),
                                then: outcome_word(then.outcome).to_owned(),
                            };
                        }
                        _ => unknown = true,
                    }
                }
            }
        }
    }
    if unknown { Survivor::NotFound } else { Survivor::Same }
}
