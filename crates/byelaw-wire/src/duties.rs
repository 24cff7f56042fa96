//! Duties: those of a policy, and those of a question: by which day they are due, which promises come too late, and how
//! they are told.
//!
//! Not here: which duties stand; that is the decision's.

use crate::decision::{Cite, DutyJson, cites};
use crate::json::{Object, ToJson};
use crate::names::{self, shown};
use byelaw_data::{Date, Decision, DeedId, Due, DutyDue, Listed as _, Question};
use byelaw_ir::{DutyName, Program};
use byelaw_question::last_day;

/// A rule that asks for deeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyRule {
    /// The rule.
    pub rule: String,
    /// Who must do it.
    pub bearer: String,
    /// The sentence of the policy.
    pub sentence: String,
    /// What is to be done: all of these, of each one deed.
    pub deeds: Vec<Vec<String>>,
    /// When it is due, in words; absent if nothing is said.
    pub due: String,
    /// What follows if it is not done in time; absent if nothing is said.
    pub otherwise: String,
    /// The clauses that it cites.
    pub cites: Vec<Cite>,
}

impl ToJson for DutyRule {
    fn write(&self, out: &mut String) {
        Object::new(out)
            .field("rule", &self.rule)
            .field("bearer", &self.bearer)
            .field("sentence", &self.sentence)
            .field("deeds", &self.deeds)
            .told("due", &self.due)
            .told("otherwise", &self.otherwise)
            .field("cites", &self.cites)
            .end();
    }
}

/// Every duty of a policy, in the order of its rules.
pub fn duty_rules(program: &Program) -> Vec<DutyRule> {
    let name = |deed: &DeedId| names::deed_word(program, *deed).map(|w| w.name.clone());
    let told = duties(program).filter_map(|(id, duty)| {
        let rule = program.names.rules.get(id.place())?;
        Some(DutyRule {
            rule: rule.name.clone(),
            bearer: rule.bearer.clone(),
            sentence: rule.sentence.clone(),
            deeds: duty.deeds.iter().map(|one_of| one_of.iter().filter_map(name).list()).list(),
            due: duty.words.clone(),
            otherwise: otherwise(program, duty),
            cites: cites(program, id),
        })
    });
    told.list()
}

/// Promises with a day: each deed, and when it will be done.
pub(crate) type Promised = Vec<(DeedId, Date)>;

/// Counts promises with a day: one that is too late for the duty of a rule is late for it; one of which that cannot be
/// told, or that comes before what the duty follows from, is no promise, with a note.
pub(crate) fn count(
    program: &Program,
    question: &mut Question,
    promised: &Promised,
    notes: &mut Vec<String>,
) {
    for (deed, day) in promised {
        let (mut told, mut early) = (true, false);
        for (rule, duty) in duties(program) {
            if !duty.deeds.iter().flatten().any(|d| d == deed) {
                continue;
            }
            early |= follows(duty) && question.on.is_some_and(|on| *day < on);
            match last_day(program, question, duty) {
                Some(last) if *day > last => {
                    question.late.insert((*deed, rule));
                }
                Some(_) => {}
                None => told &= !has_last_day(duty),
            }
        }
        if !told || early {
            question.done.remove(deed);
            let name = names::deed_word(program, *deed).map_or("", |w| w.name.as_str());
            let why = if early {
                "follows something and cannot come before it"
            } else {
                "is due by a day that is not known here"
            };
            let note = format!("`{name}` {why}, so the promise to do it on {day} was not counted");
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
    }
}

/// Whether a duty comes after its occasion, so that what is done before does not keep it.
fn follows(duty: &DutyName) -> bool {
    duty.occasion.turn() == byelaw_data::Turn::After
}

/// Whether some question can tell the last day of a duty.
fn has_last_day(duty: &DutyName) -> bool {
    !matches!(duty.due, Due::Unsaid | Due::Soon) || duty.occasion.turn() == byelaw_data::Turn::Before
}

fn duties(program: &Program) -> impl Iterator<Item = (byelaw_data::RuleId, &DutyName)> {
    program
        .names
        .rules
        .iter()
        .enumerate()
        .filter_map(|(place, rule)| Some((byelaw_data::RuleId::at(place)?, rule.duty.as_ref()?)))
}

/// The duties of a decision as JSON.
pub(crate) fn json(program: &Program, decision: &Decision, question: &Question) -> Vec<DutyJson> {
    decision.duties.iter().filter_map(|due| one(program, question, due)).list()
}

fn one(program: &Program, question: &Question, due: &DutyDue) -> Option<DutyJson> {
    let word = names::deed_word(program, due.deed)?;
    let rule = program.names.rules.get(due.rule.place())?;
    let duty = rule.duty.as_ref()?;
    // Of several deeds of which one is enough, the others that are not refused.
    let open = |d: &&DeedId| **d != due.deed && !question.violates(due.rule, core::slice::from_ref(*d));
    let choices = duty.deeds.iter().filter(|one_of| one_of.contains(&due.deed));
    let instead =
        choices.flat_map(|one_of| one_of.iter().filter(open)).filter_map(|d| names::deed_word(program, *d));
    Some(DutyJson {
        name: word.name.clone(),
        text: shown(word),
        bearer: rule.bearer.clone(),
        due: duty.words.clone(),
        due_on: last_day(program, question, duty).map(|day| day.to_string()),
        instead: instead.map(|w| w.name.clone()).list(),
        otherwise: otherwise(program, duty),
        rule: names::rule_name(program, due.rule).to_owned(),
        sometimes: due.sometimes,
    })
}

/// What follows if a duty is not done in time; empty if nothing is said.
pub(crate) fn otherwise(program: &Program, duty: &DutyName) -> String {
    let deed = duty.otherwise_deed.and_then(|deed| names::deed_word(program, deed));
    deed.map_or_else(|| duty.otherwise.clone(), shown)
}
