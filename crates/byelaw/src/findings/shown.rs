//! A situation as an example that an author can paste into a file, answered again by the policy as it stands.

use crate::testing::{check_sentence, settled, smallest};
use byelaw_data::{Date, Decision, FactId, Question, Stated};
use byelaw_hir::Model;
use byelaw_ir::{AS_OF, ON, Program};
use byelaw_question::{BUDGET, answer_within, decide};
use byelaw_symbolic::Instance;
use std::collections::BTreeSet;

/// The steps for an answer to a shortened question. If they do not suffice, the question is not shortened so far.
const STEPS: u64 = 2_000;

/// The situation as a `check` sentence that passes, as short as it can be with the same answer for the same reasons.
/// `None` if no sentence can say it: where it matters what had been adopted by
/// another day than that of the question, or where the policy does not answer it exactly.
pub(super) fn example(model: &Model, program: &Program, title: &str, instance: &Instance) -> Option<String> {
    let mut question = Question { assume: false, ..Question::default() };
    question.facts.insert(program.act, Stated::Value(instance.act));
    if let Some((date, minute)) = instance.situation.moment {
        question.on = Some(date);
        question.at = timed(program, instance).then_some(minute);
    }
    for (fact, value) in &instance.situation.facts {
        match *fact {
            ON => {}
            // A sentence asks with what is adopted on its own day, or where it has none with everything.
            AS_OF => {
                let domain = &program.facts.get(usize::from(AS_OF.0))?.domain;
                let day = question.on.unwrap_or(Date::LAST);
                if domain.cell(day.days()) != Some(*value) {
                    return None;
                }
            }
            fact => _ = question.facts.insert(fact, Stated::Value(*value)),
        }
    }
    let facts: Vec<FactId> = question.facts.keys().copied().filter(|f| *f != program.act).collect();
    let mut question = settled(program, &question, &facts);
    let whole = answer_within(program, &question, BUDGET)?;
    // Nobody knows the first days of time.
    if let Some(nearer) = nearer(program, &question)
        && answer_within(program, &nearer, BUDGET).is_some_and(|decision| alike(&decision, &whole))
    {
        question = nearer;
    }
    if !whole.exact || whole.possible.len() != 1 {
        return None;
    }
    // Who asks is said in any case: a sentence about anyone would not show for whom the rule is.
    let keep = BTreeSet::from([program.act, program.subject]);
    let same = |q: &Question| answer_within(program, q, STEPS).is_some_and(|d| alike(&d, &whole));
    let small = smallest(&question, &keep, &same);
    let decision = decide(program, &small)?;
    Some(check_sentence(model, title, &small, &decision))
}

/// The question on the last day, of the same weekday, on which the first days of time end: the first of which some rule
/// speaks comes after it.
fn nearer(program: &Program, question: &Question) -> Option<Question> {
    let on = question.on?.days();
    let domain = &program.facts.get(usize::from(ON.0))?.domain;
    let (first, last) = domain.range(domain.cell(on)?)?;
    let weeks = (last - on).div_euclid(7);
    (first == Date::FIRST.days() && last < Date::LAST.days())
        .then(|| Question { on: Date::from_days(on + 7 * weeks), ..question.clone() })
}

/// Whether two decisions are the same no or yes, for the same reasons, with the same contradictions, duties and advice.
fn alike(one: &Decision, other: &Decision) -> bool {
    let reasons = |d: &Decision| {
        let because = d.because.iter().map(|b| (b.rule, b.rule, b.sometimes));
        let defeated = d.defeated.iter().map(|x| (x.rule, x.by, x.sometimes));
        let duties = d.duties.iter().map(|x| (x.rule, x.rule, x.sometimes));
        let advice = d.advice.iter().map(|x| (x.rule, x.rule, x.sometimes));
        [because.collect(), defeated.collect(), duties.collect(), advice.collect::<BTreeSet<_>>()]
    };
    one.exact
        && one.outcome == other.outcome
        && one.ways == other.ways
        && one.clashes == other.clashes
        && reasons(one) == reasons(other)
}

/// Whether the situation has a fact that follows from the time of day.
fn timed(program: &Program, instance: &Instance) -> bool {
    let follows = |fact: &FactId| program.clock == Some(*fact) || program.calendar(*fact).is_some();
    instance.situation.facts.iter().any(|(fact, _)| follows(fact))
}
