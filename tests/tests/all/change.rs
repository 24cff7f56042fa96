//! What would change an answer: every change that is told does what is promised, no part of it does, and nothing cheaper
//! does. Compared with trying every change there is (T18).

use crate::generate::{ask, build, config, lowered, question, spec};
use byelaw_data::{AtomId, DeedId, FactId, NO, Outcome, Question, Stated, ValueId, YES};
use byelaw_hir::{Kind, Model};
use byelaw_ir::Program;
use byelaw_question::{Change, changes, decide};
use byelaw_tests::{Answered, compiled_text, reference};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The most completions the reference looks at.
const MOST: usize = 2_000;

/// One part of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Fact(FactId, ValueId),
    Undertaking(AtomId),
    Deed(DeedId),
}

fn changed(question: &Question, parts: &[Part]) -> Question {
    let mut question = question.clone();
    for part in parts {
        match part {
            Part::Fact(fact, value) => drop(question.facts.insert(*fact, Stated::Value(*value))),
            Part::Undertaking(atom) => {
                question.refused.remove(atom);
                question.granted.insert(*atom);
            }
            Part::Deed(deed) => {
                question.undone.remove(deed);
                question.late.retain(|(late, _)| late != deed);
                question.done.insert(*deed);
            }
        }
    }
    question
}

/// The parts of a change as it is told, and with each of the other values that do as well.
fn told(change: &Change) -> Vec<Vec<Part>> {
    let rest = change.undertakings.iter().map(|a| Part::Undertaking(*a));
    let rest: Vec<Part> = rest.chain(change.deeds.iter().map(|d| Part::Deed(*d))).collect();
    let first: Vec<Part> = change.facts.iter().map(|f| Part::Fact(f.fact, f.value)).chain(rest).collect();
    let mut all = vec![first.clone()];
    for (place, fact) in change.facts.iter().enumerate() {
        for other in &fact.or {
            let mut more = first.clone();
            more[place] = Part::Fact(fact.fact, *other);
            all.push(more);
        }
    }
    all
}

fn approvals(model: &Model, atoms: &[AtomId]) -> BTreeSet<AtomId> {
    let is = |a: &&AtomId| model.atoms[usize::from(a.0)].approval.is_some();
    atoms.iter().filter(is).copied().collect()
}

/// What a question takes in every completion, each way with its approvals and its price; none if nothing does.
fn takes(model: &Model, program: &Program, question: &Question) -> Vec<(usize, u32)> {
    let Some(decision) = decide(program, question) else { return Vec::new() };
    let price = |approvals: usize, all: usize| u32::try_from(3 * approvals + (all - approvals)).expect("few");
    let way = |way: &byelaw_data::Way| {
        let approvals = approvals(model, &way.atoms).len();
        (approvals, price(approvals, way.atoms.len()))
    };
    match decision.outcome {
        Outcome::Permitted | Outcome::NeedsApproval => decision.ways.iter().map(way).collect(),
        _ => Vec::new(),
    }
}

/// Every set of at most two parts: of a fact with a price any value, each fact once.
fn every(model: &Model, question: &Question) -> Vec<(u32, Vec<Part>)> {
    let mut items: Vec<(u32, Vec<Part>)> = Vec::new();
    for (place, fact) in model.facts.iter().enumerate() {
        let id = FactId(u16::try_from(place).expect("few facts"));
        if let (Some(cost), Kind::OneOf(values)) = (fact.cost, &fact.kind) {
            let values = 0..u16::try_from(values.len()).expect("few values");
            items.push((cost, values.map(|v| Part::Fact(id, ValueId(v))).collect()));
        } else if let (Some(cost), Kind::YesNo | Kind::Weekday) = (fact.cost, &fact.kind) {
            let values = if fact.kind == Kind::YesNo { 0..2 } else { 0..7 };
            items.push((cost, values.map(|v| Part::Fact(id, ValueId(v))).collect()));
        }
    }
    for atom in &question.refused {
        if model.atoms[usize::from(atom.0)].approval.is_none() {
            items.push((1, vec![Part::Undertaking(*atom)]));
        }
    }
    let late = question.late.iter().map(|(deed, _)| *deed);
    let undone: BTreeSet<DeedId> = question.undone.iter().copied().chain(late).collect();
    items.extend(undone.into_iter().map(|deed| (1, vec![Part::Deed(deed)])));
    let mut all: Vec<(u32, Vec<Part>)> = vec![(0, Vec::new())];
    for (cost, choices) in &items {
        let more: Vec<(u32, Vec<Part>)> = all
            .iter()
            .filter(|(_, parts)| parts.len() < 2)
            .flat_map(|(so_far, parts)| {
                choices.iter().map(move |choice| (so_far + cost, [parts.as_slice(), &[*choice]].concat()))
            })
            .collect();
        all.extend(more);
    }
    all.retain(|(_, parts)| !parts.is_empty());
    all
}

static TOLD: AtomicUsize = AtomicUsize::new(0);
static TWO: AtomicUsize = AtomicUsize::new(0);
static APPROVED: AtomicUsize = AtomicUsize::new(0);
static PERHAPS: AtomicUsize = AtomicUsize::new(0);
static NOTHING: AtomicUsize = AtomicUsize::new(0);

proptest! {
    #![proptest_config(config(12_000, 20_161_123))]

    fn counterfactuals(spec in spec(), asked in question(), costs in prop::collection::vec(prop::option::of(2..7_u32), 12)) {
        let mut model = build(&spec);
        let subject = model.subject;
        for (place, fact) in model.facts.iter_mut().enumerate() {
            let id = FactId(u16::try_from(place).expect("few facts"));
            let plain = matches!(fact.kind, Kind::OneOf(_) | Kind::YesNo | Kind::Weekday) && Some(id) != subject;
            fact.cost = costs.get(place).copied().flatten().filter(|_| plain && fact.period.is_none());
        }
        let program = lowered(&model);
        let question = ask(&model, &asked);
        let Some(decision) = decide(&program, &question).filter(|d| d.exact) else { return Ok(()) };
        let found = changes(&program, &question, &decision);
        prop_assert!(decision.outcome != Outcome::Permitted || found.told.is_empty());
        prop_assert!(found.told.windows(2).all(|two| two[0].cost <= two[1].cost || two[0].ways.is_empty()));
        for change in &found.told {
            for parts in told(change) {
                let after = changed(&question, &parts);
                let context = format!("{question:?}\n{decision:?}\n{change:?}\n{parts:?}");
                let Answered::Judged(judged) = reference(&model, &after, MOST) else {
                    prop_assert!(matches!(reference(&model, &after, MOST), Answered::GaveUp), "{}", context);
                    continue;
                };
                if change.ways.is_empty() {
                    PERHAPS.fetch_add(1, Ordering::Relaxed);
                    prop_assert!(judged.possible.iter().any(|o| matches!(o, Outcome::Permitted | Outcome::NeedsApproval)), "{}", context);
                    prop_assert_eq!(decision.outcome, Outcome::Forbidden);
                    continue;
                }
                TOLD.fetch_add(1, Ordering::Relaxed);
                for way in &change.ways {
                    // With the approvals it is permitted, by the independent judge.
                    let approved = approvals(&model, &way.atoms);
                    APPROVED.fetch_add(usize::from(!approved.is_empty()), Ordering::Relaxed);
                    let mut with = after.clone();
                    with.granted.extend(&approved);
                    if let Answered::Judged(judged) = reference(&model, &with, MOST) {
                        prop_assert_eq!(judged.outcome, Outcome::Permitted, "{} {:?}", context, way);
                    }
                    // No part of it does.
                    for left_out in 0..parts.len() {
                        let mut fewer = parts.clone();
                        fewer.remove(left_out);
                        TWO.fetch_add(usize::from(!fewer.is_empty()), Ordering::Relaxed);
                        let mut with = changed(&question, &fewer);
                        with.granted.extend(&approved);
                        if let Answered::Judged(judged) = reference(&model, &with, MOST) {
                            prop_assert!(judged.outcome != Outcome::Permitted, "{} without {:?}: {:?}", context, parts[left_out], judged);
                        }
                    }
                }
            }
        }
        // Nothing cheaper does, and where nothing is told for certain nothing does.
        let act = model.act.expect("there are acts");
        let one_act = matches!(question.facts.get(&act), Some(Stated::Value(a)) if program.no_act != Some(*a));
        if one_act && found.exact && decision.outcome != Outcome::Permitted && decision.outcome != Outcome::NeedsFacts {
            let fewest = takes(&model, &program, &question).into_iter().map(|(approvals, _)| approvals).min();
            let certain = found.told.iter().filter(|c| !c.ways.is_empty()).map(|c| c.cost).min();
            NOTHING.fetch_add(usize::from(certain.is_none()), Ordering::Relaxed);
            for (cost, parts) in every(&model, &question) {
                // Only changes that need fewer approvals than it takes as it is are worth telling.
                let ways = takes(&model, &program, &changed(&question, &parts)).into_iter();
                let helps = ways.filter(|(n, _)| fewest.is_none_or(|fewest| *n < fewest)).map(|(_, price)| price);
                let Some(price) = helps.min() else { continue };
                prop_assert!(
                    certain.is_some_and(|certain| certain <= cost + price),
                    "{question:?}\n{decision:?}\n{found:?}\n{parts:?} costs {cost} and {price}"
                );
            }
        }
    }
}

#[test]
fn t18_counterfactuals_are_sound_smallest_and_complete() {
    counterfactuals();
    let seen = [&TOLD, &TWO, &APPROVED, &PERHAPS, &NOTHING].map(|count| count.load(Ordering::Relaxed));
    println!(
        "told {}, of several parts {}, with approvals {}, perhaps {}, nothing {}",
        seen[0], seen[1], seen[2], seen[3], seen[4]
    );
    assert!(seen[0] > 300 && seen[1..].iter().all(|count| *count > 20), "too few were looked at: {seen:?}");
}

/// The only act of a policy of this kind, asked about with the value of one fact: what changes would make it permitted, each
/// with the only fact that is otherwise. Each of them is tried.
fn changed_facts(text: &str, fact: &str, value: ValueId) -> (Outcome, Vec<(String, ValueId, Outcome)>) {
    let program = compiled_text(text).program.expect("it compiles");
    let place = program.names.facts.iter().position(|f| f.word.name == fact).expect("it is declared");
    let mut question = Question { assume: true, ..Question::default() };
    question.facts.insert(program.act, Stated::Value(ValueId(0)));
    question.facts.insert(FactId(u16::try_from(place).expect("few facts")), Stated::Value(value));
    let decision = decide(&program, &question).expect("it can be");
    let found = changes(&program, &question, &decision);
    assert!(found.exact, "{found:?}");
    let tried = |change: &Change| {
        let [only] = change.facts.as_slice() else { panic!("{change:?}") };
        let after = changed(&question, &[Part::Fact(only.fact, only.value)]);
        let after = decide(&program, &after).expect("it can be").outcome;
        (program.names.facts[usize::from(only.fact.0)].word.name.clone(), only.value, after)
    };
    (decision.outcome, found.told.iter().map(tried).collect())
}

const OPENING: &str = r#"
policy wibble "Wibble".
document book "The book".
clause book/1 "page 1": "one".
fact wobbler of the asker, the subject, one of: fizz, fuzz.
fact doing of the act, the acts.
act skip "skip": skip.
"#;

#[test]
fn what_is_presumed_gives_way_to_a_change() {
    let presumed = r#"
fact wabble of the circumstances, presumed yes, yes or no.
fact wobble of the circumstances, costing 2 to change, yes or no.
it is impossible that wabble and wobble.
rule free cites book/1: Anyone may skip.
rule shut cites book/1: Anyone must not skip when wabble.
"#;
    let told = changed_facts(&format!("{OPENING}{presumed}"), "wobble", NO);
    assert_eq!(told, (Outcome::Forbidden, vec![("wobble".to_owned(), YES, Outcome::Permitted)]));
}

/// No rule looks at the fact that can be changed.
#[test]
fn what_is_presumed_hangs_on_a_change() {
    let presumed = r#"
fact wobble of the circumstances, costing 2 to change, one of: mine, yours.
fact wabble of the circumstances, presumed yes when wobble is mine, presumed no when wobble is yours, yes or no.
rule free cites book/1: Anyone may skip.
rule shut cites book/1: Anyone must not skip when wabble.
"#;
    let told = changed_facts(&format!("{OPENING}{presumed}"), "wobble", ValueId(0));
    assert_eq!(told, (Outcome::Forbidden, vec![("wobble".to_owned(), ValueId(1), Outcome::Permitted)]));
}

/// The 3rd of June 2025 is a Tuesday. No rule looks at the weekday, but at a period in which only some weekdays are.
#[test]
fn on_another_weekday_it_may_be_so() {
    let dated = r#"
fact day "the day" of the circumstances, costing 4 to change, a weekday.
period fair "the fair", from 2025-06-03 until 2025-06-04.
rule free cites book/1: Anyone may skip only when fair.
"#;
    let told = changed_facts(&format!("{OPENING}{dated}"), "day", ValueId(0));
    assert_eq!(told, (Outcome::Forbidden, vec![("day".to_owned(), ValueId(1), Outcome::NeedsFacts)]));
}
