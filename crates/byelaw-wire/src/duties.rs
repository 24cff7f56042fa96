//! Duties of a question: by which day they are due, which promises come too late, and how they are told.
//!
//! Not here: which duties stand; that is the decision's.

use crate::decision::DutyJson;
use crate::names::{self, shown};
use byelaw_data::{Date, Decision, DeedId, Due, DutyDue, FactId, Occasion, Question, Stated};
use byelaw_ir::{DutyName, Program};

/// Promises with a day: each deed, and when it will be done.
pub(crate) type Promised = Vec<(DeedId, Date)>;

/// Counts promises with a day: one that is too late for the duty of a rule is late for it; one of which that cannot be
/// told is no promise, with a note.
pub(crate) fn count(
    program: &Program,
    question: &mut Question,
    promised: &Promised,
    notes: &mut Vec<String>,
) {
    for (deed, day) in promised {
        let mut told = true;
        for (rule, duty) in duties(program) {
            if !duty.deeds.iter().flatten().any(|d| d == deed) {
                continue;
            }
            match last_day(program, question, duty) {
                Some(last) if *day > last => {
                    question.late.insert((*deed, rule));
                }
                Some(_) => {}
                None => told &= !has_last_day(duty),
            }
        }
        if !told {
            question.done.remove(deed);
            let name = program.names.deeds.get(usize::from(deed.0)).map_or("", |w| w.name.as_str());
            let note = format!(
                "by which day `{name}` is due is not known here, so the promise to do it on {day} was not counted"
            );
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
    }
}

/// Whether some question can tell the last day of a duty.
fn has_last_day(duty: &DutyName) -> bool {
    !matches!(duty.due, Due::Unsaid | Due::Soon) || duty.occasion.turn() == byelaw_data::Turn::Before
}

fn duties(program: &Program) -> impl Iterator<Item = (byelaw_data::RuleId, &DutyName)> {
    program.names.rules.iter().enumerate().filter_map(|(place, rule)| {
        Some((byelaw_data::RuleId(u16::try_from(place).ok()?), rule.duty.as_ref()?))
    })
}

/// The last day on which a duty is done in time, if the question tells it.
fn last_day(program: &Program, question: &Question, duty: &DutyName) -> Option<Date> {
    let (from, at) = match duty.due {
        Due::Within { of: Some(fact), .. } => (stated(question, fact)?, None),
        // What stands always has no occasion from which a single time could be counted.
        Due::Within { .. } | Due::Every { .. } if duty.occasion == Occasion::Always => return None,
        _ => (question.on?, question.at),
    };
    duty.due.last_day(duty.occasion.turn(), from, at, &program.calendars)
}

fn stated(question: &Question, fact: FactId) -> Option<Date> {
    match question.facts.get(&fact) {
        Some(Stated::Number(days)) => Date::from_days(*days),
        _ if fact == byelaw_ir::ON => question.on,
        _ => None,
    }
}

/// The duties of a decision as JSON.
pub(crate) fn json(program: &Program, decision: &Decision, question: &Question) -> Vec<DutyJson> {
    decision.duties.iter().filter_map(|due| one(program, question, due)).collect()
}

fn one(program: &Program, question: &Question, due: &DutyDue) -> Option<DutyJson> {
    let deed = |id: DeedId| program.names.deeds.get(usize::from(id.0));
    let word = deed(due.deed)?;
    let rule = program.names.rules.get(usize::from(due.rule.0))?;
    let duty = rule.duty.as_ref()?;
    // Of several deeds of which one is enough, the others that are not refused.
    let open = |d: &&DeedId| **d != due.deed && !question.violates(due.rule, core::slice::from_ref(*d));
    let choices = duty.deeds.iter().filter(|one_of| one_of.contains(&due.deed));
    let instead = choices.flat_map(|one_of| one_of.iter().filter(open)).filter_map(|d| deed(*d));
    Some(DutyJson {
        name: word.name.clone(),
        text: shown(word),
        bearer: rule.bearer.clone(),
        due: duty.words.clone(),
        due_on: last_day(program, question, duty).map(|day| day.to_string()),
        instead: instead.map(|w| w.name.clone()).collect(),
        otherwise: duty.otherwise_deed.and_then(deed).map_or_else(|| duty.otherwise.clone(), shown),
        rule: names::rule_name(program, due.rule).to_owned(),
        sometimes: due.sometimes,
    })
}
