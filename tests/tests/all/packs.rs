//! The packs of this repository: they compile, their examples hold, and both judges agree on their situations and on
//! questions that leave things open.
//!
//! A normal run looks at all situations of most acts and at an even sample of the others; `BYELAW_TIMES=60` looks at
//! sixty times as many questions and situations (thirty times where an act has more than four million of them), and
//! `BYELAW_TIMES=1050` at all situations of every other act.

use byelaw::Compiled;
use byelaw_data::{AtomId, Date, FactId, Question, Stated, ValueId};
use byelaw_hir::{AS_OF, Kind, Model, ON};
use byelaw_ir::{Domain, Program};
use byelaw_reference::{Situation, Value};
use byelaw_tests::{
    Answered, Chance, Space, compiled, compiled_pack, compiled_point, disagreement, pack_names, reference,
    reference_point, seed, times, value,
};
use std::collections::BTreeSet;
use std::time::Instant;

/// Situations of one act in a normal run.
const SITUATIONS: u128 = 4_000;
/// An act with more situations than this is sampled in every run, and not more often than [`MOST_TIMES`] the normal.
const MOST_SITUATIONS: u128 = 1 << 22;
const MOST_TIMES: u32 = 30;
/// Questions to each pack in a normal run.
const QUESTIONS: usize = 800;
/// The most completions of one question that the reference looks at in a normal run, and in a long one.
const COMPLETIONS: [usize; 2] = [4_000, 20_000];

fn packs() -> Vec<(String, Compiled)> {
    let names = pack_names();
    assert!(names.len() >= 2, "only these packs answer questions: {names:?}");
    names.into_iter().map(|name| (name.clone(), compiled_pack(&name))).collect()
}

fn program(pack: &Compiled) -> &Program {
    pack.program.as_ref().expect("the pack compiles")
}

fn facts(model: &Model) -> impl Iterator<Item = FactId> + '_ {
    (0..model.facts.len()).map(|place| FactId(u16::try_from(place).expect("few facts")))
}

#[test]
fn every_pack_compiles() {
    let mut wrong = Vec::new();
    for (name, pack) in packs() {
        for diagnostic in pack.diagnostics.iter().filter(|d| d.is_error()) {
            wrong.push(format!("{name}: {diagnostic:?}"));
        }
        if pack.program.is_none() {
            wrong.push(format!("{name} gives no program"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_example_holds() {
    let mut wrong = Vec::new();
    for (name, pack) in packs() {
        let results = byelaw::run_examples(&pack.model, program(&pack));
        assert!(!results.is_empty(), "{name} has no examples");
        for result in results.iter().filter(|r| !r.differences.is_empty()) {
            let title = &pack.model.examples[result.example].title;
            wrong.push(format!(
                "{name}, \"{title}\": {}",
                result.differences.iter().map(byelaw::Difference::sentence).collect::<Vec<_>>().join("; ")
            ));
        }
        println!("{name}: {} examples", results.len());
    }
    assert!(wrong.is_empty(), "{} examples do not hold\n{}", wrong.len(), wrong.join("\n"));
}

/// The reference gives the same answers to the examples as the program.
#[test]
fn judges_agree_on_the_examples() {
    let (mut compared, mut wrong) = (0, Vec::new());
    for (name, pack) in packs() {
        for example in &pack.model.examples {
            let act = pack.model.act.expect("a pack has acts");
            if !matches!(example.question.facts.get(&act), Some(Stated::Value(_))) {
                continue;
            }
            let expected = reference(&pack.model, &example.question, COMPLETIONS[0]);
            compared += usize::from(expected != Answered::GaveUp);
            let found = disagreement(&expected, &compiled(program(&pack), &example.question));
            if !found.is_empty() {
                wrong.push(format!("{name}, \"{}\": {}", example.title, found.join("; ")));
            }
        }
    }
    println!("{compared} examples compared");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Any value of a fact, for facts that an act has nothing to do with.
fn any_value(program: &Program, fact: FactId, chance: &mut Chance) -> Option<Value> {
    let domain = &program.facts[usize::from(fact.0)].domain;
    match domain {
        Domain::Values(_) => {
            let all: Vec<ValueId> = (0..domain.width()).map(value).collect();
            Some(Value::Listed(*chance.of(&all)))
        }
        Domain::Cells { from, to, .. } => Some(Value::Number(*chance.of(&[*from, *to]))),
        Domain::Several => None,
    }
}

/// How many of the situations of an act are looked at.
fn wanted(total: u128) -> u128 {
    let times = if total > MOST_SITUATIONS { times().min(MOST_TIMES) } else { times() };
    total.min(SITUATIONS * u128::from(times))
}

#[test]
fn judges_agree_on_the_situations_of_every_act() {
    let began = Instant::now();
    let (mut looked, mut whole, mut acts, mut wrong) = (0_u128, 0, 0, Vec::new());
    for (name, pack) in packs() {
        let (model, program) = (&pack.model, program(&pack));
        let act_fact = model.act.expect("a pack has acts");
        for (act, slice) in program.slices.iter().enumerate() {
            let space = Space::of(program, slice);
            let total = space.size();
            let wanted = wanted(total);
            let mut chance = Chance::new(seed(1) + act as u64);
            let before = wrong.len();
            for step in 0..wanted {
                // Evenly spread: one out of each stretch, at a random place.
                let (low, high) = (total * step / wanted, total * (step + 1) / wanted);
                let place = low + u128::from(chance.below(u64::try_from(high - low).unwrap_or(u64::MAX)));
                let mut situation: Situation =
                    facts(model).filter_map(|f| Some((f, any_value(program, f, &mut chance)?))).collect();
                situation.extend(space.situation(place, &mut chance));
                situation.insert(act_fact, Value::Listed(value(act)));
                let expected = reference_point(model, &situation);
                let got = compiled_point(program, act, &situation);
                // What the act has nothing to do with may be impossible without the program's knowing.
                if expected != got && expected.is_some() && wrong.len() < before + 3 {
                    wrong.push(format!("{name}, act {act}: {situation:?}\n  {expected:?}\n  {got:?}"));
                }
            }
            looked += wanted;
            acts += 1;
            whole += usize::from(wanted == total);
            let word = &model.acts[act].word.name;
            println!("{name}, {word}: {wanted} of {total} situations over {} facts", slice.facts.len());
        }
    }
    println!(
        "counted: {looked} situations, all of {whole} acts and a sample of {}, in {:.1} s",
        acts - whole,
        began.elapsed().as_secs_f64()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A random question about an act of a pack that leaves about this share (in hundredths) of the facts unsaid.
fn random_question(
    model: &Model,
    program: &Program,
    act: usize,
    unsaid: u64,
    chance: &mut Chance,
) -> Question {
    let mut question = Question { assume: chance.percent(50), ..Question::default() };
    let day = |chance: &mut Chance| {
        let Domain::Cells { cuts, .. } = &program.facts[usize::from(ON.0)].domain else {
            panic!("dates have cells")
        };
        let days: Vec<i64> = cuts.iter().flat_map(|c| [c - 1, *c]).chain([18_000]).collect();
        Date::from_days(*chance.of(&days)).expect("a day")
    };
    question.on = (!chance.percent(unsaid)).then(|| day(chance));
    question.as_of = chance.percent(20).then(|| day(chance));
    for fact in facts(model).filter(|f| *f != ON && *f != AS_OF) {
        let this = model.fact(fact);
        if matches!(this.kind, Kind::SomeOf { .. } | Kind::Acts) {
            continue;
        }
        let stated = if chance.percent(unsaid) {
            if chance.percent(70) {
                continue;
            }
            Stated::Unknown
        } else if !this.groups.is_empty() && chance.percent(25) {
            let group = chance.of(&this.groups);
            Stated::Among { values: group.members.clone(), ordinarily: group.ordinarily.clone() }
        } else if !this.presumed.is_empty() && chance.percent(50) {
            continue;
        } else if fact == program.subject && chance.percent(10) {
            // Somebody who is two things at once.
            let width = u64::try_from(model.width(fact)).expect("few values");
            let two: BTreeSet<ValueId> = [0, 0]
                .map(|_| value(usize::try_from(chance.below(width)).expect("few values")))
                .into_iter()
                .collect();
            match two.into_iter().collect::<Vec<_>>().as_slice() {
                [one] => Stated::Value(*one),
                both => Stated::AllOf(both.to_vec()),
            }
        } else {
            match any_value(program, fact, chance) {
                Some(Value::Listed(value)) => Stated::Value(value),
                Some(Value::Number(_)) => {
                    let number = *chance.of(&[0, 12, 13, 17, 18, 19]);
                    match program.facts[usize::from(fact.0)].domain {
                        Domain::Cells { from, to, .. } => Stated::Number(number.clamp(from, to)),
                        _ => continue,
                    }
                }
                Some(Value::AllOf(_)) | None => continue,
            }
        };
        question.facts.insert(fact, stated);
    }
    question.facts.insert(model.act.expect("a pack has acts"), Stated::Value(value(act)));
    for atom in (0..model.atoms.len()).map(|a| AtomId(u16::try_from(a).expect("few atoms"))) {
        match chance.below(6) {
            0 => drop(question.granted.insert(atom)),
            1 => drop(question.refused.insert(atom)),
            _ => {}
        }
    }
    question
}

#[test]
fn judges_agree_on_questions_that_leave_things_open() {
    let began = Instant::now();
    let mut wrong = Vec::new();
    for (name, pack) in packs() {
        let (model, program) = (&pack.model, program(&pack));
        let (mut compared, mut inexact, mut impossible) = (0, 0, 0);
        for number in 0..QUESTIONS * times() as usize {
            let mut chance = Chance::new(seed(0) + number as u64);
            let unsaid = *chance.of(&[5, 10, 20, 35]);
            let question =
                random_question(model, program, number % program.slices.len(), unsaid, &mut chance);
            let expected = reference(model, &question, COMPLETIONS[usize::from(times() > 1)]);
            let got = compiled(program, &question);
            inexact += usize::from(got == Answered::GaveUp);
            impossible += usize::from(got == Answered::Impossible);
            compared += usize::from(expected != Answered::GaveUp && got != Answered::GaveUp);
            let found = disagreement(&expected, &got);
            if !found.is_empty() && wrong.len() < 10 {
                wrong.push(format!("{name}, question {number}: {}\n  {question:?}", found.join("\n  ")));
            }
        }
        println!(
            "counted: {name}, {compared} questions compared, {impossible} impossible, {inexact} beyond the program's budget"
        );
        assert!(compared * 3 > QUESTIONS, "the reference gives up too often to mean anything");
    }
    println!("{:.1} s", began.elapsed().as_secs_f64());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
