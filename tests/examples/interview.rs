//! How many questions an answer takes: for random situations of which only the act and who asks are said at first, as
//! many facts are told as are asked for, one after the other, until there is an answer.
//!
//! `interview PACK CASES`; prints the mean number of questions when what is named first is asked first, when any of
//! what is needed is asked, when it is asked in the order of the vocabulary, and the least that any choice of facts
//! would have taken (of situations where few enough choices had to be tried).

use byelaw_data::{Date, FactId, Outcome, Question, Stated};
use byelaw_ir::{Domain, Program};
use byelaw_question::decide;
use byelaw_reference::{Situation, Value};
use byelaw_tests::{Chance, Space, compiled_pack};

/// The most choices of facts that are tried for the least number.
const MOST_TRIED: usize = 3_000;
/// An interview that asks for more has failed.
const MOST_ASKED: usize = 60;

fn main() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [pack, cases] = arguments.as_slice() else { return Err("wanted: PACK CASES".to_owned()) };
    let cases: usize = cases.parse().map_err(|_| format!("`{cases}` is no number"))?;
    let program = compiled_pack(pack).program.ok_or_else(|| format!("`{pack}` does not compile"))?;
    let mut chance = Chance::new(5);
    let (mut asked, mut without, mut with_least) = (Vec::new(), 0_usize, Vec::new());
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
    Ok(())
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
