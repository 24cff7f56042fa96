//! How many questions an answer takes: for random situations of which only the act and who asks are said at first, as
//! many facts are told as are asked for, one after the other, until there is an answer.
//!
//! `interview PACK CASES`; prints the mean number of questions when what is named first is asked first, when any of
//! what is needed is asked, when it is asked in the order of the vocabulary, and the least that any choice of facts
//! would have taken (of situations where few enough choices had to be tried). Who asks does not know which choice that
//! is; so last the mean of the best strategy there is, over all situations of each first question at which it can be
//! worked out.

use byelaw_data::{Date, FactId, Outcome, Question, Stated};
use byelaw_ir::{Domain, Program};
use byelaw_question::decide;
use byelaw_reference::{Situation, Value};
use byelaw_tests::{Chance, Space, compiled_pack};
use std::collections::HashMap;

/// The most choices of facts that are tried for the least number.
const MOST_TRIED: usize = 3_000;
/// The most situations behind a first question, and the most ways through its interviews, for which the best strategy is
/// worked out.
const MOST_SITUATIONS: usize = 3_000;
const MOST_WAYS: usize = 6_000;
/// An interview that asks for more has failed.
const MOST_ASKED: usize = 60;

fn main() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [pack, cases] = arguments.as_slice() else { return Err("wanted: PACK CASES".to_owned()) };
    let cases: usize = cases.parse().map_err(|_| format!("`{cases}` is no number"))?;
    let program = compiled_pack(pack).program.ok_or_else(|| format!("`{pack}` does not compile"))?;
    let mut chance = Chance::new(5);
    let (mut asked, mut without, mut with_least) = (Vec::new(), 0_usize, Vec::new());
    let mut strategies: Vec<(Question, Option<Strategies>)> = Vec::new();
    while asked.len() < cases {
        let act =
            usize::try_from(chance.below(program.names.acts.len() as u64)).map_err(|e| e.to_string())?;
        let space = Space::of(&program, &program.slices[act]);
        let number = u128::from(chance.below(u64::MAX)) % space.size();
        let situation = space.situation(number, &mut chance);
        let start = start(&program, act, &situation);
        let first = |_: &mut Chance, needs: &[FactId]| needs.first().copied();
        let Some(best) = interview(&program, &start, &situation, &mut chance, first) else { continue };
        if best.is_empty() {
            without += 1;
            continue;
        }
        let any =
            interview(&program, &start, &situation, &mut chance, |chance, needs| Some(*chance.of(needs)));
        let in_order =
            interview(&program, &start, &situation, &mut chance, |_, needs| needs.iter().min().copied());
        let (Some(any), Some(in_order)) = (any, in_order) else { continue };
        if let Some(least) = least(&program, &start, &situation, &best) {
            with_least.push((best.len(), least));
        }
        asked.push((best.len(), any.len(), in_order.len()));
        if strategies.iter().all(|(known, _)| *known != start) {
            let all = strategies_from(&program, &start);
            strategies.push((start, all));
        }
    }
    let mean = |all: &mut dyn Iterator<Item = usize>| {
        let all: Vec<usize> = all.collect();
        all.iter().sum::<usize>() as f64 / all.len().max(1) as f64
    };
    println!("{pack}: {} situations that needed a question, {without} that needed none", asked.len());
    println!("as named {:.2}", mean(&mut asked.iter().map(|a| a.0)));
    println!("any {:.2}", mean(&mut asked.iter().map(|a| a.1)));
    println!("in the order of the vocabulary {:.2}", mean(&mut asked.iter().map(|a| a.2)));
    println!(
        "least {:.2}, where as named it took {:.2} (of {} situations)",
        mean(&mut with_least.iter().map(|a| a.1)),
        mean(&mut with_least.iter().map(|a| a.0)),
        with_least.len()
    );
    let worked_out: Vec<&Strategies> = strategies.iter().filter_map(|(_, all)| all.as_ref()).collect();
    let mean = |of: &dyn Fn(&Strategies) -> f64| {
        worked_out.iter().map(|all| of(all)).sum::<f64>() / worked_out.len().max(1) as f64
    };
    println!(
        "best strategy {:.3}, where as named it takes {:.3} (of {} of {} first questions)",
        mean(&|all| all.best),
        mean(&|all| all.as_named),
        worked_out.len(),
        strategies.len()
    );
    Ok(())
}

/// How many questions an interview takes on average over all situations, each as likely as any other.
#[derive(Debug, Clone, Copy)]
struct Strategies {
    /// If always that is asked which leads to the fewest.
    best: f64,
    /// If what is named first is asked.
    as_named: f64,
}

/// Interviews from one first question on.
struct Interviews<'a> {
    program: &'a Program,
    start: &'a Question,
    /// The facts that matter at first, and how many values each has.
    facts: Vec<(FactId, u16)>,
    /// The situations that can be: of each of these facts its value.
    situations: Vec<Vec<u16>>,
    /// What is known of the ways: by what each fact was said to be.
    known: HashMap<Vec<Option<u16>>, Strategies>,
}

/// `None` where a fact has no list of values or several at once, and where there are too many ways.
fn strategies_from(program: &Program, start: &Question) -> Option<Strategies> {
    let width = |fact: FactId| match program.facts[usize::from(fact.0)].domain {
        Domain::Values(many) if program.facts.iter().all(|f| f.member_of != Some(fact)) => Some((fact, many)),
        _ => None,
    };
    let facts: Option<Vec<_>> = decide(program, start)?.needs.facts.into_iter().map(width).collect();
    let facts = facts?;
    let all = facts.iter().try_fold(1_usize, |all, (_, many)| all.checked_mul(usize::from(*many)));
    let all = all.filter(|all| *all <= MOST_SITUATIONS)?;
    let mut interviews = Interviews { program, start, facts, situations: Vec::new(), known: HashMap::new() };
    for mut number in 0..all {
        let mut situation = Vec::new();
        for (_, many) in &interviews.facts {
            situation.push(u16::try_from(number % usize::from(*many)).ok()?);
            number /= usize::from(*many);
        }
        let said: Vec<Option<u16>> = situation.iter().map(|value| Some(*value)).collect();
        if decide(program, &interviews.question(&said)).is_some() {
            interviews.situations.push(situation);
        }
    }
    interviews.from(vec![None; interviews.facts.len()])
}

impl Interviews<'_> {
    fn question(&self, said: &[Option<u16>]) -> Question {
        let mut question = self.start.clone();
        for ((fact, _), value) in self.facts.iter().zip(said) {
            if let Some(value) = value {
                question.facts.insert(*fact, Stated::Value(byelaw_tests::value(usize::from(*value))));
            }
        }
        question
    }

    /// How many situations there are in which that is so.
    fn many(&self, said: &[Option<u16>]) -> usize {
        let is = |situation: &&Vec<u16>| {
            situation.iter().zip(said).all(|(value, said)| said.is_none_or(|said| said == *value))
        };
        self.situations.iter().filter(is).count()
    }

    fn from(&mut self, said: Vec<Option<u16>>) -> Option<Strategies> {
        if let Some(known) = self.known.get(&said) {
            return Some(*known);
        }
        let decision = decide(self.program, &self.question(&said))?;
        let mut found = Strategies { best: 0.0, as_named: 0.0 };
        if decision.outcome == Outcome::NeedsFacts {
            let all = self.many(&said) as f64;
            let mut each = Vec::new();
            for fact in &decision.needs.facts {
                let place = self.facts.iter().position(|(known, _)| known == fact)?;
                let mut asking = Strategies { best: 1.0, as_named: 1.0 };
                for value in 0..self.facts[place].1 {
                    let mut next = said.clone();
                    next[place] = Some(value);
                    let share = self.many(&next) as f64 / all;
                    if share > 0.0 {
                        let rest = self.from(next)?;
                        asking.best += share * rest.best;
                        asking.as_named += share * rest.as_named;
                    }
                }
                each.push(asking);
            }
            found.as_named = each.first()?.as_named;
            found.best = each.iter().map(|asking| asking.best).fold(f64::INFINITY, f64::min);
        }
        if self.known.len() >= MOST_WAYS {
            return None;
        }
        self.known.insert(said, found);
        Some(found)
    }
}

/// The question that says the act, who asks, and a day.
fn start(program: &Program, act: usize, situation: &Situation) -> Question {
    let mut question = Question { assume: true, on: Date::from_days(19_000), ..Question::default() };
    question.facts.insert(program.act, Stated::Value(byelaw_tests::value(act)));
    tell(program, &mut question, situation, program.subject);
    question
}

/// Says what is so of a fact; of one that can have several values, of all of these.
fn tell(program: &Program, question: &mut Question, situation: &Situation, fact: FactId) {
    let members = program.facts.iter().enumerate().filter(|(_, f)| f.member_of == Some(fact));
    let members: Vec<FactId> = members.filter_map(|(i, _)| u16::try_from(i).ok().map(FactId)).collect();
    for fact in if members.is_empty() { vec![fact] } else { members } {
        let said = match (situation.get(&fact), &program.facts[usize::from(fact.0)].domain) {
            (Some(Value::Listed(value)), _) => Stated::Value(*value),
            (Some(Value::Number(number)), _) => Stated::Number(*number),
            // No rule about the act looks at it.
            (_, Domain::Values(_)) => Stated::Value(byelaw_tests::value(0)),
            _ => Stated::Unknown,
        };
        question.facts.insert(fact, said);
    }
}

/// The facts that were asked for, in turn; `None` if what is told cannot be, or hangs on what nobody is asked.
fn interview(
    program: &Program,
    start: &Question,
    situation: &Situation,
    chance: &mut Chance,
    choose: impl Fn(&mut Chance, &[FactId]) -> Option<FactId>,
) -> Option<Vec<FactId>> {
    let mut question = start.clone();
    let mut asked = Vec::new();
    loop {
        let decision = decide(program, &question)?;
        if decision.outcome != Outcome::NeedsFacts {
            return Some(asked);
        }
        let open: Vec<FactId> = decision.needs.facts.iter().copied().filter(|f| !asked.contains(f)).collect();
        if open.is_empty() || asked.len() > MOST_ASKED {
            return None;
        }
        let fact = choose(chance, &open)?;
        tell(program, &mut question, situation, fact);
        asked.push(fact);
    }
}

/// The least number of facts that would have been enough, looked for among those that the first question needs and
/// those that were asked; `None` if too many choices had to be tried.
fn least(program: &Program, start: &Question, situation: &Situation, asked: &[FactId]) -> Option<usize> {
    let first = decide(program, start)?;
    let mut pool: Vec<FactId> = first.needs.facts;
    pool.extend(asked.iter().filter(|f| !pool.contains(f)).copied().collect::<Vec<_>>());
    let mut tried = 0;
    let mut sets: Vec<Vec<usize>> = vec![Vec::new()];
    for many in 1..asked.len() {
        let mut next = Vec::new();
        for set in &sets {
            for place in set.last().map_or(0, |last| last + 1)..pool.len() {
                let set = [set.as_slice(), &[place]].concat();
                tried += 1;
                if tried > MOST_TRIED {
                    return None;
                }
                let mut question = start.clone();
                set.iter().for_each(|place| tell(program, &mut question, situation, pool[*place]));
                if decide(program, &question).is_some_and(|d| d.outcome != Outcome::NeedsFacts) {
                    return Some(many);
                }
                next.push(set);
            }
        }
        sets = next;
    }
    Some(asked.len())
}
