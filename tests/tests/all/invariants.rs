//! Invariants are decided over every situation: what is said of one is what the reference finds by looking at them all.
//! So is what is said of a change to a policy, and of a rule that stands nowhere.

use crate::generate::{
    ConditionSpec, about_act_alone, ask, build, condition, condition_about, config, day, fully_known,
    lowered, question, spec,
};
use byelaw::{Skeleton, Verdict, check_invariants, skeleton};
use byelaw_data::{AtomId, Date, FactId, Outcome, Question, RuleId, Stated};
use byelaw_hir::{Condition, Invariant, Kind, Model, NormKind, Price};
use byelaw_tests::{Answered, Judgement, norm, reference, value};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The most completions the reference looks at for one day.
const MOST: usize = 4_000;
/// The days that are looked at: all that random policies tell apart, a week before, and a week after.
fn days() -> impl Iterator<Item = Date> {
    let before = day(0).days() - 7;
    (before..day(54).days()).map(|days| Date::from_days(days).expect("a day"))
}

/// What an invariant says, as plain data.
#[derive(Debug, Clone)]
struct InvariantSpec {
    never: bool,
    /// Bit `i`: about act `i`; none means all.
    acts: u8,
    /// Who, as bits; none means anyone.
    who: u8,
    when: Vec<ConditionSpec>,
    from: Option<u8>,
    length: Option<u8>,
    granted: u8,
}

fn invariant() -> impl Strategy<Value = InvariantSpec> {
    let when = prop::collection::vec(condition(), 0..=2);
    let days = (prop::option::of(0..32_u8), prop::option::of(1..15_u8));
    (any::<bool>(), any::<u8>(), any::<u8>(), when, days, any::<u8>()).prop_map(
        |(never, acts, who, when, (from, length), granted)| InvariantSpec {
            never,
            acts,
            who,
            when,
            from,
            length,
            granted,
        },
    )
}

fn made(model: &Model, spec: &InvariantSpec) -> Invariant {
    let bits = |of: u8, width: usize| (0..width).filter(|i| of >> i & 1 == 1).map(value).collect::<Vec<_>>();
    let subject = model.subject.expect("somebody asks");
    let mut acts = bits(spec.acts, model.acts.len());
    if acts.is_empty() {
        acts = (0..model.acts.len()).map(value).collect();
    }
    let who = bits(spec.who, model.width(subject));
    let who = if who.is_empty() { Condition::Always } else { Condition::In(subject, who) };
    let mut guard = vec![who];
    // Which act it is about is not for a condition to say.
    let apart = |c: &Condition| {
        let mut named = BTreeSet::new();
        c.facts_into(&mut named);
        model.act.is_none_or(|act| !named.contains(&act))
    };
    guard.extend(spec.when.iter().map(|c| condition_about(model, c)).filter(apart));
    Invariant {
        never: spec.never,
        title: String::new(),
        sentence: String::new(),
        acts,
        guard,
        from: spec.from.map(day),
        until: spec.from.zip(spec.length).map(|(from, length)| day(from + length)),
        granted: (0..4).filter(|a| spec.granted >> a & 1 == 1).map(AtomId).collect(),
        span: model.instruments[0].span,
    }
}

/// The model in which nothing is possible but what the invariant is about. Advice that names all of its facts makes the
/// reference look at them.
fn narrowed(model: &Model, guard: &[Condition]) -> Model {
    let mut narrow = model.clone();
    let mut named = BTreeSet::new();
    guard.iter().for_each(|c| c.facts_into(&mut named));
    let any = |fact: &FactId| match model.fact(*fact).kind {
        Kind::Number { .. } | Kind::Date | Kind::Time => Condition::Between(*fact, i64::MIN, i64::MAX),
        _ => Condition::In(*fact, (0..model.width(*fact)).map(value).collect()),
    };
    let looks = Condition::All(named.iter().map(any).collect());
    narrow.impossible.push(Condition::Not(Box::new(Condition::All(guard.to_vec()))));
    norm(&mut narrow, "looks", NormKind::Advice, looks, Price::free());
    narrow
}

/// What the reference finds on a day, with nothing said but the act; `None` if there is too much to look at.
fn on_day(model: &Model, question: &Question, on: Date) -> Option<BTreeSet<Outcome>> {
    match reference(model, &Question { on: Some(on), ..question.clone() }, MOST) {
        Answered::Judged(judgement) => Some(judgement.possible),
        Answered::Impossible => Some(BTreeSet::new()),
        Answered::Outline(_) | Answered::GaveUp => None,
    }
}

/// The outcomes of all situations that an invariant is about.
fn outcomes(model: &Model, invariant: &Invariant) -> Option<BTreeSet<Outcome>> {
    let narrow = narrowed(model, &invariant.guard);
    let act_fact = model.act.expect("there are acts");
    let mut found = BTreeSet::new();
    for act in &invariant.acts {
        let mut question =
            Question { granted: invariant.granted.iter().copied().collect(), ..Question::default() };
        question.facts.insert(act_fact, Stated::Value(*act));
        for on in days() {
            if invariant.from.is_none_or(|from| from <= on) && invariant.until.is_none_or(|until| on < until)
            {
                found.extend(on_day(&narrow, &question, on)?);
            }
        }
    }
    Some(found)
}

/// How often each verdict was compared, so that the comparison is not an empty one.
static COMPARED: [AtomicUsize; 4] = [const { AtomicUsize::new(0) }; 4];

proptest! {
    #![proptest_config(config(300, 20_170_305))]

    fn compare(spec in spec(), said in invariant()) {
        let mut model = build(&spec);
        let program = lowered(&model);
        let invariant = made(&model, &said);
        model.invariants.push(invariant.clone());
        let verdict = &check_invariants(&model, &program)[0].verdict;
        let Some(found) = outcomes(&model, &invariant) else { return Ok(()) };
        let bad = |outcome: &Outcome| (*outcome == Outcome::Permitted) == said.never;
        let expected = if found.is_empty() { 0 } else if found.iter().any(bad) { 1 } else { 2 };
        COMPARED[expected].fetch_add(1, Ordering::Relaxed);
        match verdict {
            Verdict::Empty => prop_assert_eq!(expected, 0, "{:?}", found),
            Verdict::Holds => prop_assert_eq!(expected, 2, "{:?}", found),
            Verdict::Refuted(witness) => {
                prop_assert_eq!(expected, 1, "{:?}\n{:?}", found, witness);
                prop_assert!(bad(&witness.outcome));
                // The example is a situation that the invariant is about, and the policy answers it so.
                let answered = reference(&model, &witness.question, MOST);
                if let Answered::Judged(judgement) = answered {
                    prop_assert_eq!(judgement.outcome, witness.outcome, "{:?}", witness.question);
                }
                let strict = Question { assume: false, ..witness.question.clone() };
                let inside = reference(&narrowed(&model, &invariant.guard), &strict, MOST);
                prop_assert!(!matches!(inside, Answered::Impossible), "{:?}", witness.question);
            }
            Verdict::Undecided(_) => {
                COMPARED[3].fetch_add(1, Ordering::Relaxed);
            }
        }
    }
}

#[test]
fn an_invariant_holds_exactly_if_it_holds_in_every_situation() {
    compare();
    let [empty, refuted, held, undecided] = COMPARED.each_ref().map(|n| n.load(Ordering::Relaxed));
    println!("counted: {empty} empty, {refuted} refuted, {held} held, {undecided} undecided");
    assert!(empty > 20 && refuted > 50 && held > 50, "{empty} {refuted} {held}");
    assert!(undecided * 50 < empty + refuted + held, "too many are not decided: {undecided}");
}

/// The model without some of its rules.
fn without(model: &Model, rules: &BTreeSet<RuleId>) -> Model {
    let mut fewer = model.clone();
    for norm in fewer.norms.iter_mut().filter(|n| rules.contains(&n.rule)) {
        norm.guard = Condition::Not(Box::new(Condition::Always));
    }
    fewer
}

/// The question without what follows from its moment, was filled, or is read strictly.
fn plain(model: &Model, mut question: Question) -> Question {
    question.as_of = None;
    question.facts.retain(|fact, _| {
        let this = model.fact(*fact);
        let follows = this.period.is_some()
            || [model.clock, model.weekday].contains(&Some(*fact))
            || model.calendars.iter().any(|c| c.plan.fact == *fact);
        !follows && this.taken_as.is_none() && !model.readings.contains_key(fact)
    });
    question
}

/// What is compared of an answer.
fn gist(judged: &Judgement) -> (Outcome, &BTreeSet<Outcome>, &BTreeSet<BTreeSet<AtomId>>) {
    (judged.outcome, &judged.possible, &judged.ways)
}

proptest! {
    #![proptest_config(config(600, 20_170_305))]

    /// A change to a policy makes a difference exactly where the reference answers otherwise.
    #[test]
    fn leaving_rules_out_differs_exactly_where_the_answers_do(
        spec in spec(),
        asked in question(),
        left in any::<u8>(),
        right in any::<u8>(),
    ) {
        let model = build(&spec);
        let program = lowered(&model);
        let rules = |bits: u8| -> BTreeSet<RuleId> { (0..8).filter(|r| bits >> r & 1 == 1).map(RuleId).collect() };
        let (left, right) = (rules(left), rules(right));
        // What is stated has to be possible with all rules: without some of them a fact may go unnoticed.
        let both = |q: &Question| match reference(&model, q, MOST) {
            Answered::Judged(_) => (
                reference(&without(&model, &left), q, MOST),
                reference(&without(&model, &right), q, MOST),
            ),
            other => (other.clone(), other),
        };
        let known = about_act_alone(&model, fully_known(&model, &asked));
        if let (Answered::Judged(a), Answered::Judged(b)) = both(&known) {
            let deeds = |j: &Judgement| j.duties.iter().map(|(deed, ..)| *deed).collect::<BTreeSet<_>>();
            let told = a.outcome != Outcome::Forbidden;
            let expected = gist(&a) != gist(&b) || told && deeds(&a) != deeds(&b);
            prop_assert_eq!(byelaw_question::differs(&program, &known, &left, &right), Some(expected), "{:?}\n{:?}", a, b);
        }
        let open = about_act_alone(&model, Question { assume: false, ..ask(&model, &asked) });
        if let (Answered::Judged(a), Answered::Judged(b)) = both(&open)
            && gist(&a) != gist(&b)
        {
            prop_assert_ne!(byelaw_question::differs(&program, &open, &left, &right), Some(false), "{:?}\n{:?}", a, b);
        }
    }

    /// A rule of which it is said that it stands nowhere stands in no situation.
    #[test]
    fn a_rule_that_stands_nowhere_stands_in_no_situation(spec in spec(), asked in prop::collection::vec(question(), 1..=4)) {
        let model = build(&spec);
        let program = lowered(&model);
        for asked in &asked {
            let known = plain(&model, fully_known(&model, asked));
            let seen = byelaw_question::seen(&program, &known);
            for rule in seen.standing {
                prop_assert_ne!(skeleton(&model, &program, rule), Skeleton::Nowhere, "{:?}\n{:?}", rule, known);
            }
        }
    }
}
