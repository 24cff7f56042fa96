//! Policies in layers, addenda and readings on random policies, against looking at every situation with the reference.
//!
//! The names of the laws are those of the semantics (2.11).

use crate::generate::{
    QuestionSpec, Relation, Spec, about_act_alone, ask, build, config, fully_known, question, situation, spec,
};
use byelaw_compiler::{layered, lower};
use byelaw_data::{Date, FactId, NO, Outcome, Question, Stated, ValueId, YES};
use byelaw_hir::{AS_OF, Condition, Delegation, InForce, Model, Norm, NormKind, ON};
use byelaw_ir::{Domain, Program};
use byelaw_reference::{Situation, Value, Verdict, holds, judge};
use byelaw_symbolic::conformance;
use byelaw_tests::{Answered, compiled};
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU32, Ordering};

/// The most situations of one act that are looked at one by one.
const MOST: usize = 3_000;

/// A model without the norms that `keep` does not want; precedence follows.
fn only(model: &Model, keep: impl Fn(&Norm) -> bool) -> Model {
    let kept: Vec<usize> = (0..model.norms.len()).filter(|n| keep(&model.norms[*n])).collect();
    let place = |old: usize| kept.iter().position(|n| *n == old);
    Model {
        norms: kept.iter().map(|n| model.norms[*n].clone()).collect(),
        precedence: model.precedence.iter().filter_map(|(a, b)| Some((place(*a)?, place(*b)?))).collect(),
        ..model.clone()
    }
}

/// Whether some norm that `wanted` picks is active.
fn active(model: &Model, situation: &Situation, wanted: impl Fn(&Norm) -> bool) -> bool {
    let norms = model.norms.iter().filter(|n| wanted(n));
    norms.into_iter().any(|norm| {
        let alone = Model { norms: vec![norm.clone()], precedence: BTreeSet::new(), ..model.clone() };
        !judge(&alone, situation).standing.is_empty()
    })
}

fn verdict(model: &Model, situation: &Situation) -> Option<Verdict> {
    let judged = judge(model, situation);
    (!judged.silent).then_some(judged.verdict)
}

fn value(program: &Program, fact: FactId, value: ValueId) -> Value {
    match &program.facts[usize::from(fact.0)].domain {
        domain @ Domain::Cells { .. } => Value::Number(domain.range(value).expect("a cell").0),
        _ => Value::Listed(value),
    }
}

/// Every situation of an act, over the facts that rules about it look at; `None` if there are too many, or if some of
/// them follow from a calendar.
fn situations(model: &Model, program: &Program, act: usize) -> Option<Vec<Situation>> {
    let act_fact = model.act.expect("there are acts");
    let act_value = ValueId(u16::try_from(act).expect("few acts"));
    let mut all = vec![Situation::from([(act_fact, Value::Listed(act_value))])];
    let looked: Vec<FactId> = program.slices[act].facts.iter().map(|f| f.fact).collect();
    // What follows from a moment in other ways than a period does is not enumerated here.
    let of_moment =
        |f: &FactId| [program.weekday, program.clock].contains(&Some(*f)) || program.calendar(*f).is_some();
    if looked.iter().any(of_moment) {
        return None;
    }
    for fact in &looked {
        let this = &program.facts[usize::from(fact.0)];
        let values: Vec<Value> = match this.taken_as {
            Some(taken) => vec![Value::Listed(taken)],
            None => (0..this.domain.width())
                .map(|v| value(program, *fact, ValueId(u16::try_from(v).expect("few values"))))
                .collect(),
        };
        all = all
            .iter()
            .flat_map(|s| {
                values.iter().map(move |v| {
                    let mut s = s.clone();
                    s.insert(*fact, *v);
                    s
                })
            })
            .collect();
        if all.len() > MOST {
            return None;
        }
    }
    let can_be = |s: &Situation| {
        // A period follows from the date.
        let periods = looked.iter().filter_map(|f| Some((f, model.fact(*f).period?)));
        for (fact, period) in periods {
            let Some(Value::Number(day)) = s.get(&ON) else { continue };
            let before = *day < period.from.days();
            let after = period.until.is_some_and(|u| *day >= u.days());
            let open = period.until.is_none() && !before;
            let wanted = if before || after { NO } else { YES };
            if !open && s.get(fact) != Some(&Value::Listed(wanted)) {
                return false;
            }
        }
        !model.impossible.iter().any(|c| {
            let mut named = BTreeSet::new();
            c.facts_into(&mut named);
            named.remove(&act_fact);
            named.iter().all(|f| looked.contains(f)) && holds(c, s)
        })
    };
    all.retain(can_be);
    Some(all)
}

/// A random policy of which some norms stand in a policy below the others, and what is left to that one.
fn layers(spec: &Spec, left: &[(Index, Option<Index>)]) -> Model {
    let mut model = build(&Spec { relation: Relation::Under, ..spec.clone() });
    let upper: Vec<usize> = (0..model.norms.len()).filter(|n| model.norms[*n].instrument == 0).collect();
    if upper.is_empty() {
        return model;
    }
    let span = model.instruments[0].span;
    for (rule, when) in left {
        let rule = model.norms[*rule.get(&upper)].rule;
        let when = when
            .as_ref()
            .map_or(Condition::Always, |w| model.norms[w.index(model.norms.len())].guard.clone());
        model.delegations.push(Delegation { by: 0, rules: vec![rule], when, span });
    }
    model
}

/// Whether the lower policy is more lenient here than what stands above it, outside what is left to it.
fn breached(model: &Model, above: &Model, situation: &Situation) -> bool {
    let left = model
        .delegations
        .iter()
        .any(|d| holds(&d.when, situation) && active(model, situation, |n| d.rules.contains(&n.rule)));
    let Some(alone) = verdict(above, situation) else { return false };
    let both = verdict(model, situation).unwrap_or(Verdict::forbid());
    !left && !both.at_least_as_strict_as(&alone)
}

static COMPARED: AtomicU32 = AtomicU32::new(0);
static BREACHED: AtomicU32 = AtomicU32::new(0);

fn conforms(spec: &Spec, left: &[(Index, Option<Index>)]) -> Result<(), TestCaseError> {
    let model = layers(spec, left);
    let above = only(&model, |n| n.instrument == 0);
    let Ok(check) = layered(&model, 1) else { return Ok(()) };
    let found = conformance(&check.program, &check.lower, &check.left, 1_000_000);
    prop_assert!(found.undecided.is_empty());
    for breach in &found.breaches {
        let act = model.act.expect("there are acts");
        let mut situation = Situation::from([(act, Value::Listed(breach.acts[0]))]);
        situation.extend(breach.situation.iter().map(|(f, v)| (*f, value(&check.program, *f, *v))));
        prop_assert!(breached(&model, &above, &situation), "no breach in {situation:?}\n{breach:?}");
        if let [blamed] = breach.lower.as_slice() {
            let without = only(&model, |n| n.rule != *blamed);
            let others = found.breaches.iter().any(|b| b.lower != breach.lower);
            prop_assert!(others || !breached(&without, &above, &situation), "{blamed:?} is not to blame");
        }
    }
    for act in 0..model.acts.len() {
        let id = ValueId(u16::try_from(act).expect("few acts"));
        let Some(all) = situations(&model, &check.program, act) else { continue };
        let expected = all.iter().find(|s| breached(&model, &above, s));
        let told = found.breaches.iter().any(|b| b.acts.contains(&id));
        prop_assert_eq!(expected.is_some(), told, "act {}, {:?}\n{:?}", act, expected, found);
        COMPARED.fetch_add(1, Ordering::Relaxed);
        BREACHED.fetch_add(u32::from(told), Ordering::Relaxed);
    }
    Ok(())
}

/// What is found is there, with the rule to blame; and what is there is found.
#[test]
fn t16_conformance_is_sound_and_complete() {
    let left = prop::collection::vec((any::<Index>(), prop::option::of(any::<Index>())), 0..=2);
    let mut runner = proptest::test_runner::TestRunner::new(config(3_000, 20_161_122));
    runner.run(&(spec(), left), |(spec, left)| conforms(&spec, &left)).unwrap_or_else(|e| panic!("{e}"));
    let (compared, breached) = (COMPARED.load(Ordering::Relaxed), BREACHED.load(Ordering::Relaxed));
    assert!(compared > 2_000 && breached > compared / 40 && breached < compared, "{breached} of {compared}");
}

fn opposed(a: NormKind, b: NormKind) -> bool {
    use NormKind::{May, MayInGeneral, MustNot, Only};
    let may = |k| matches!(k, May | MayInGeneral);
    may(a) && matches!(b, MustNot | Only) || matches!(a, MustNot | Only) && may(b)
}

proptest! {
    #![proptest_config(config(4_000, 20_161_122))]

    /// Where no rule of an addendum is active, the policy says what it said before, whatever the addendum prevails over.
    #[test]
    fn t15_conservative_amendment(spec in spec(), asked in question(), over_all in any::<bool>()) {
        let mut model = build(&Spec { relation: Relation::Amends, ..spec });
        let addendum = |m: &Model, n: usize| m.norms[n].instrument == 1;
        // An amendment yields to nothing that it amends.
        let kept: BTreeSet<(usize, usize)> =
            model.precedence.iter().copied().filter(|(a, b)| addendum(&model, *a) || !addendum(&model, *b)).collect();
        model.precedence = kept;
        if over_all {
            for a in 0..model.norms.len() {
                for b in 0..model.norms.len() {
                    let amends = addendum(&model, a) && !addendum(&model, b);
                    if amends && opposed(model.norms[a].kind, model.norms[b].kind) {
                        model.precedence.insert((a, b));
                    }
                }
            }
        }
        let base = only(&model, |n| n.instrument == 0);
        let full = about_act_alone(&model, fully_known(&model, &asked));
        let (act, here) = situation(&model, &full);
        if active(&model, &here, |n| n.instrument == 1) {
            return Ok(());
        }
        prop_assert_eq!(judge(&model, &here).verdict, judge(&base, &here).verdict);
        prop_assert_eq!(judge(&model, &here).silent, judge(&base, &here).silent);
        let question = Question { assume: false, as_of: full.on, ..full };
        let answers = [&model, &base].map(|m| compiled(&lower(m).expect("small"), &question));
        if let [Answered::Judged(a), Answered::Judged(b)] = answers {
            prop_assert_eq!((act, a.outcome, a.ways), (act, b.outcome, b.ways));
        }
    }

    /// What replaces a policy says all from its first day on, as far as it was adopted; before, nothing changes.
    #[test]
    fn what_is_replaced_ends_with_its_replacement(spec in spec(), asked in question()) {
        let model = build(&Spec { relation: Relation::Replaces, ..spec });
        let Some(start) = model.instruments[1].start() else { return Ok(()) };
        let question = fully_known(&model, &asked);
        let on = question.on.expect("known");
        let as_of = question.as_of.unwrap_or(on);
        let counts = start <= on && model.instruments[1].adopted.is_none_or(|a| a <= as_of);
        let (_, mut here) = situation(&model, &question);
        here.insert(AS_OF, Value::Number(as_of.days()));
        let old = active(&model, &here, |n| n.instrument == 0);
        prop_assert!(!(counts && old));
        // Without its replacement it would be active, or not, all the same.
        let mut alone = model.clone();
        alone.instruments[1].replaces = None;
        prop_assert!(counts || old == active(&alone, &here, |n| n.instrument == 0));
    }

    /// A yes while nobody settled how to read a sentence is a yes however it is settled, and a no of one reading is a
    /// no: the answer is never more lenient than any reading.
    #[test]
    fn t7_an_open_reading_is_the_strictest(spec in spec(), asked in question()) {
        let model = build(&spec);
        let program = lower(&model).expect("small");
        let question = reading_left_open(&model, &asked);
        let Some(before) = answer(&program, &question) else { return Ok(()) };
        let open: Vec<FactId> =
            model.readings.keys().copied().filter(|f| model.fact(*f).taken_as.is_none()).collect();
        let Some(reading) = open.first() else { return Ok(()) };
        let mut outcomes: BTreeMap<Outcome, usize> = BTreeMap::new();
        for v in 0..model.width(*reading) {
            let mut settled = question.clone();
            settled.facts.insert(*reading, Stated::Value(ValueId(u16::try_from(v).expect("few"))));
            let Some(after) = answer(&program, &settled) else { continue };
            *outcomes.entry(after.outcome).or_default() += 1;
            if before.outcome == Outcome::Permitted {
                prop_assert_eq!(after.outcome, Outcome::Permitted);
            }
            if after.outcome == Outcome::Forbidden {
                prop_assert_eq!(before.outcome, Outcome::Forbidden);
            }
            for way in &before.ways {
                prop_assert!(after.ways.iter().any(|w| w.is_subset(way)), "{before:?}\n{after:?}");
            }
        }
        if outcomes.len() > 1 {
            prop_assert!(before.readings.iter().any(|(f, _)| f == reading) || open.len() > 1, "{before:?}");
        }
    }
}

fn answer(program: &Program, question: &Question) -> Option<byelaw_tests::Judgement> {
    match compiled(program, question) {
        Answered::Judged(j) | Answered::Outline(j) => Some(j),
        Answered::Impossible | Answered::GaveUp => None,
    }
}

/// A question that states everything but how to read what nobody settled.
fn reading_left_open(model: &Model, asked: &QuestionSpec) -> Question {
    let mut question = Question { assume: false, ..fully_known(model, asked) };
    question.as_of = ask(model, asked).as_of;
    question.facts.retain(|f, _| !model.readings.contains_key(f));
    question
}

/// The dates in the law about replacement are really on both sides.
#[test]
fn an_instrument_starts_when_it_is_in_force_or_else_adopted() {
    let mut model = byelaw_tests::empty_model();
    let day = |d| Date::from_ymd(2020, 1, d).expect("a day");
    let instrument = &mut model.instruments[0];
    assert_eq!(instrument.start(), None);
    instrument.adopted = Some(day(5));
    assert_eq!(instrument.start(), Some(day(5)));
    instrument.in_force.push(InForce::Dates { from: day(9), until: None });
    assert_eq!(instrument.start(), Some(day(9)));
}

/// Both judges heed a number that is set, and the two editions of a pack.
#[test]
fn judges_agree_on_what_is_set_and_replaced() {
    let text = r#"
policy old "Old", in force from 2020-01-01.
document tome "The tome".
clause tome/1 "page 1": "who may plugh".
fact who of the asker, the subject, one of: wug, blick.
fact conduct of the act, the acts.
fact toy of the thing, one of: dax, fep.
act plugh "plugh": plugh <toy>.
approval nod "a nod" given by blick.
parameter size "the size" left to the low, a number of spans from 0 to 20.
parameter day "the day" left to the low, a date.
set size to 7 because "x".
set day to 2021-03-01 because "y".
reading hours "the hours" of tome/1, one of: short, long.
rule big cites tome/1: Anyone may plugh a dax when size is at least 7 and hours is long.
rule late cites tome/1: Wug may plugh a fep when day is on or after 2021-03-02.
policy new "New", adopted 2020-12-01, in force from 2021-01-01, replaces old.
rule nodded cites tome/1: Anyone may only plugh a dax if approved by nod.
"#;
    let source = byelaw::diagnostic::Source { path: "pack.pol".to_owned(), text: text.to_owned() };
    let file = byelaw::SourceFile { source, folder: 0 };
    let pack = byelaw::compile_sources(byelaw::PackSources { files: vec![file], diagnostics: Vec::new() });
    let program = pack.program.as_ref().unwrap_or_else(|| panic!("{:?}", pack.diagnostics));
    let fact = |name: &str| {
        let place = pack.model.facts.iter().position(|f| f.word.name == name).expect("there is one");
        FactId(u16::try_from(place).expect("few facts"))
    };
    let mut outcomes: BTreeSet<Outcome> = BTreeSet::new();
    for number in 0..3 * 3 * 4 * 4_usize {
        let mut question = Question::default();
        question.facts.insert(fact("conduct"), Stated::Value(ValueId(0)));
        let places = [("who", number % 3), ("toy", number / 3 % 3), ("hours", number / 9 % 4)];
        for (name, place) in places {
            let stated = [Stated::Value(ValueId(0)), Stated::Value(ValueId(1)), Stated::Unknown];
            if let Some(stated) = stated.get(place) {
                question.facts.insert(fact(name), stated.clone());
            }
        }
        let day = |text| Date::parse(text).expect("a day");
        (question.on, question.as_of) = match number / 36 {
            0 => (None, None),
            1 => (Some(day("2020-12-31")), None),
            2 => (Some(day("2021-01-01")), None),
            _ => (Some(day("2021-01-01")), Some(day("2020-11-30"))),
        };
        let expected = byelaw_tests::reference(&pack.model, &question, MOST);
        let got = compiled(program, &question);
        assert_eq!(byelaw_tests::disagreement(&expected, &got), Vec::<String>::new(), "{question:?}");
        if let Answered::Judged(judgement) = got {
            outcomes.insert(judgement.outcome);
        }
    }
    assert_eq!(outcomes.len(), 4, "{outcomes:?}");
}
