//! An interview: of what is needed, what is named first is told, until there is an answer (T19).

use crate::generate::{build, config, fully_known, lowered, question, spec};
use byelaw_data::{FactId, NO, Outcome, Question, Stated, ValueId};
use byelaw_hir::{Kind, Model};
use byelaw_question::{decide, decide_within};
use byelaw_tests::{Answered, compiled_text, reference};
use proptest::prelude::*;
use std::sync::atomic::{AtomicUsize, Ordering};

static ENDED: AtomicUsize = AtomicUsize::new(0);
static ASKED: AtomicUsize = AtomicUsize::new(0);

/// What nobody is asked: what follows from the moment, what somebody left open, and how a sentence is read.
fn not_asked(model: &Model, fact: FactId) -> bool {
    let this = model.fact(fact);
    let told = [model.clock, model.weekday].contains(&Some(fact))
        || model.calendars.iter().any(|c| c.plan.fact == fact);
    told || this.left_to.is_some() || this.period.is_some() || model.readings.contains_key(&fact)
}

proptest! {
    #![proptest_config(config(20_000, 20_161_124))]

    fn interviews(spec in spec(), asked in question()) {
        let model = build(&spec);
        let program = lowered(&model);
        let full = Question { assume: false, ..fully_known(&model, &asked) };
        let Answered::Judged(truth) = reference(&model, &full, 1_000) else { return Ok(()) };
        let mut so_far = full.clone();
        so_far.facts.retain(|fact, _| Some(*fact) == model.act || not_asked(&model, *fact));
        let Some(first) = decide(&program, &so_far).filter(|d| d.exact) else { return Ok(()) };
        let needed = first.needs.facts.clone();
        let mut decision = first;
        let mut told = 0;
        while decision.outcome == Outcome::NeedsFacts {
            let next = decision.needs.facts.iter().find(|fact| !so_far.facts.contains_key(fact));
            prop_assert!(next.is_some() || !decision.needs.open.is_empty(), "nothing is left to ask: {so_far:?}\n{decision:?}");
            let Some(next) = next else { return Ok(()) };
            prop_assert!(needed.contains(next), "{next:?} did not matter at first: {so_far:?}\n{needed:?}");
            let members: Vec<FactId> = match &model.fact(*next).kind {
                Kind::SomeOf { members, .. } => members.clone(),
                _ => vec![*next],
            };
            for fact in members {
                so_far.facts.insert(fact, full.facts.get(&fact).expect("everything is stated").clone());
            }
            told += 1;
            decision = decide(&program, &so_far).expect("what is told is so");
            prop_assert!(decision.exact);
        }
        prop_assert!(told <= needed.len());
        prop_assert_eq!(decision.outcome, truth.outcome, "{:?}", so_far);
        ENDED.fetch_add(1, Ordering::Relaxed);
        ASKED.fetch_add(told, Ordering::Relaxed);
    }
}

#[test]
fn t19_an_interview_ends_with_the_answer_to_all_of_it() {
    interviews();
    let (ended, asked) = (ENDED.load(Ordering::Relaxed), ASKED.load(Ordering::Relaxed));
    println!("{ended} interviews, {asked} questions");
    assert!(ended > 500 && asked > 500, "too few were looked at: {ended} with {asked} questions");
}

/// A policy of which a question takes many steps, with a sentence about what cannot be.
const MANY: &str = r#"
policy wibble "Wibble".
document book "The book".
clause book/1 "page 1": "one".
fact wobbler of the asker, the subject, one of: fizz, fuzz.
fact doing of the act, the acts.
fact wabble of the circumstances, one of: wa, wb, wc.
fact wobble of the circumstances, yes or no.
fact one of the circumstances, yes or no.
fact two of the circumstances, yes or no.
fact three of the circumstances, yes or no.
fact four of the circumstances, yes or no.
fact five of the circumstances, yes or no.
it is impossible that wabble is wa and not wobble.
act skip "skip": skip.
rule one cites book/1: Anyone may skip when one and wobble.
rule two cites book/1: Anyone may skip when two and wobble.
rule three cites book/1: Anyone may skip when three and not two.
rule four cites book/1: Anyone may skip when four and not three.
rule five cites book/1: Anyone must not skip when five and not four.
"#;

#[test]
fn where_the_steps_run_out_nothing_is_asked_that_can_be_one_thing_only() {
    let program = compiled_text(MANY).program.expect("it compiles");
    let fact = |name: &str| {
        let place = program.names.facts.iter().position(|f| f.word.name == name).expect("it is declared");
        FactId(u16::try_from(place).expect("few facts"))
    };
    let mut question = Question::default();
    question.facts.insert(program.act, Stated::Value(ValueId(0)));
    let asked = |question: &Question| {
        let decision = decide_within(&program, question, 40)?;
        assert!(!decision.exact && decision.outcome == Outcome::NeedsFacts, "{decision:?}");
        Some(decision.needs.facts)
    };
    let needs = asked(&question).expect("it can be");
    assert!(needs.contains(&fact("wabble")) && needs.contains(&fact("wobble")), "{needs:?}");
    question.facts.insert(fact("wabble"), Stated::Value(ValueId(0)));
    let needs = asked(&question).expect("it can be");
    assert!(!needs.contains(&fact("wobble")) && needs.contains(&fact("one")), "{needs:?}");
    question.facts.insert(fact("wobble"), Stated::Value(NO));
    assert!(asked(&question).is_none(), "what is stated cannot be");
}
