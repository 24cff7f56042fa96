//! A question in, an answer out.

use crate::decision::{DecisionJson, decision_json};
use crate::json::{Object, ToJson, Value};
use crate::together::together;
use crate::{LocalTime, WireError, asked, change, names};
use byelaw_ir::Program;

/// A decision, or why there is none.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "one of these lives at a time, and is written out at once")]
pub enum Answer {
    /// The decision.
    Decided(DecisionJson),
    /// What was wrong with the question.
    Refused {
        /// The caller's name for the question.
        id: Option<Value>,
        /// What was wrong.
        error: WireError,
    },
}

impl Answer {
    /// The answer as one line of JSON. `line` is the line of the question, told only with an error.
    pub fn to_json(&self, line: Option<u64>) -> String {
        let mut out = String::new();
        match self {
            Self::Decided(decision) => decision.write(&mut out),
            Self::Refused { id, error } => {
                Object::new(&mut out).told("id", id).told("line", &line).field("error", error).end();
            }
        }
        out
    }
}

/// Answers a question given as JSON, on a host that knows no time zones: an instant is refused.
pub fn answer(program: &Program, text: &str) -> Answer {
    answer_in(program, text, None)
}

/// Answers a question given as JSON. With the host's time zones an instant is understood, in the zone of the policy's
/// calendar.
pub fn answer_in(program: &Program, text: &str, zones: Option<&dyn LocalTime>) -> Answer {
    let asked = match asked(program, text, zones) {
        Ok(asked) => asked,
        Err((id, error)) => return Answer::Refused { id, error },
    };
    let mut decisions = Vec::new();
    for question in &asked.questions {
        let Some(decision) = byelaw_question::decide(program, question) else {
            return Answer::Refused { id: asked.id, error: WireError::impossible() };
        };
        decisions.push(decision);
    }
    let answered = together(decisions, |atom| names::is_approval(program, atom));
    match answered.and_then(|(decision, place)| Some((decision, asked.questions.get(place)?))) {
        Some((decision, question)) => {
            let mut json = decision_json(program, &decision, question, asked.id, asked.notes);
            // What would change a list hangs on each of its items.
            if asked.would_change && asked.questions.len() == 1 {
                let changes = byelaw_question::changes(program, question, &decision);
                json.would_change = change::json(program, &changes);
                json.would_change_exact = changes.exact;
            }
            Answer::Decided(json)
        }
        None => Answer::Refused { id: asked.id, error: WireError::new("type", "", "nothing was asked") },
    }
}

/// Answers a question given as JSON, as one line of JSON.
pub fn decide_text(program: &Program, text: &str, line: Option<u64>) -> String {
    answer(program, text).to_json(line)
}
