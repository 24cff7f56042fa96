//! What random policies once found, as small as it gets: each was a wrong answer.

use byelaw_data::{AtomId, FactId, Outcome, Presumption, Question, Stated};
use byelaw_hir::{Atom, Condition, Giving, Kind, Model, NormKind, Price};
use byelaw_tests::{
    Answered, Judgement, acts, compiled, disagreement, empty_model, fact, norm, reference, value, word,
};
use std::collections::BTreeSet;

const WHO: FactId = FactId(2);
const ACT: FactId = FactId(3);
const PLACE: FactId = FactId(4);
const SIGN: FactId = FactId(5);

/// Two kinds of people, two acts, a place of four and a sign that is there or not.
fn model() -> Model {
    let mut model = empty_model();
    model.subject = Some(WHO);
    let words = |names: &[&str]| Kind::OneOf(names.iter().map(|n| word(n)).collect());
    model.facts.push(fact("who", words(&["wibble", "wobble"])));
    model.facts.push(fact("act", Kind::Acts));
    acts(&mut model, ACT, ["fizzle".to_owned(), "fuzzle".to_owned()]);
    model.facts.push(fact("place", words(&["muddle", "meddle", "middle", "puddle"])));
    model.facts.push(fact("sign", Kind::YesNo));
    model
}

fn question<const N: usize>(facts: [(FactId, Stated); N]) -> Question {
    let mut question = Question { assume: true, facts: facts.into(), ..Question::default() };
    question.facts.insert(ACT, Stated::Value(value(0)));
    question
}

fn has(fact: FactId, values: &[usize]) -> Condition {
    Condition::In(fact, values.iter().map(|v| value(*v)).collect())
}

/// The answer on which both judges agree.
fn agreed(model: &Model, question: &Question) -> Judgement {
    let program = byelaw_compiler::lower(model).expect("it is within the limits");
    let answers = (reference(model, question, 1_000), compiled(&program, question));
    assert_eq!(disagreement(&answers.0, &answers.1), Vec::<String>::new());
    let Answered::Judged(judgement) = answers.0 else { panic!("there is no answer") };
    judgement
}

/// The two presumed places differ only to a rule that does not reach this asker. Their likeness must not make the
/// other rule, which names neither, stand.
#[test]
fn alike_values_still_exclude() {
    let mut model = model();
    model.facts[usize::from(PLACE.0)].presumed = vec![Presumption::always(vec![value(1), value(3)])];
    let both = Condition::All(vec![has(WHO, &[1]), has(PLACE, &[1])]);
    norm(&mut model, "one", NormKind::May, both, Price::free());
    norm(&mut model, "two", NormKind::May, has(PLACE, &[0]), Price::free());
    let judgement = agreed(&model, &question([(WHO, Stated::Value(value(0)))]));
    assert_eq!(judgement.outcome, Outcome::NotCovered);
}

/// A bar on a place that it cannot be is not certain, and what matters beside it still matters.
#[test]
fn a_bar_that_no_choice_allows_is_not_certain() {
    let mut model = model();
    norm(&mut model, "one", NormKind::May, has(SIGN, &[1]), Price::free());
    norm(
        &mut model,
        "two",
        NormKind::MustNot,
        Condition::All(vec![has(PLACE, &[1]), has(SIGN, &[0])]),
        Price::never(),
    );
    norm(&mut model, "three", NormKind::MustNot, has(PLACE, &[3]), Price::never());
    let places = Stated::Among { values: vec![value(0), value(1)], ordinarily: Vec::new() };
    let judgement = agreed(&model, &question([(PLACE, places)]));
    assert_eq!(judgement.outcome, Outcome::NeedsFacts);
    assert_eq!(judgement.needs, BTreeSet::from([PLACE, SIGN]));
}

/// Whoever gives the nod cannot give it to themselves; while it is open who asks, both outcomes are.
#[test]
fn ones_own_nod_counts_for_nobody_else() {
    let mut model = model();
    let giving = Giving { givers: vec![value(1)], not_by_asker: true, ..Giving::default() };
    model.atoms.push(Atom { word: word("nod"), approval: Some(giving) });
    norm(&mut model, "one", NormKind::May, Condition::Always, Price(vec![BTreeSet::from([AtomId(0)])]));
    let judgement = agreed(&model, &question([]));
    assert_eq!(judgement.possible, BTreeSet::from([Outcome::NeedsApproval, Outcome::Forbidden]));
    assert_eq!(judgement.needs, BTreeSet::from([WHO]));
    let asked = |who, nod: bool| {
        let mut question = question([(WHO, Stated::Value(value(who)))]);
        question.granted.extend(nod.then_some(AtomId(0)));
        agreed(&model, &question).outcome
    };
    assert_eq!(asked(0, false), Outcome::NeedsApproval);
    assert_eq!(asked(0, true), Outcome::Permitted);
    assert_eq!(asked(1, true), Outcome::Forbidden);
}

/// What cannot be about facts that nobody looks at is no reason to refuse a question.
#[test]
fn what_cannot_be_elsewhere_excludes_nothing() {
    let mut model = model();
    model.impossible.push(Condition::Not(Box::new(has(SIGN, &[1]))));
    norm(&mut model, "one", NormKind::May, has(PLACE, &[0]), Price::free());
    let judgement = agreed(&model, &question([(PLACE, Stated::Value(value(0)))]));
    assert_eq!(judgement.outcome, Outcome::Permitted);
}

/// An act that cannot be done has no answer.
#[test]
fn an_impossible_act_has_no_answer() {
    let mut model = model();
    model.impossible.push(has(ACT, &[0]));
    norm(&mut model, "one", NormKind::May, Condition::Always, Price::free());
    let program = byelaw_compiler::lower(&model).expect("it is within the limits");
    let asked = question([]);
    assert_eq!(reference(&model, &asked, 1_000), Answered::Impossible);
    assert_eq!(compiled(&program, &asked), Answered::Impossible);
}
