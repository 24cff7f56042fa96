//! A question in, an answer out.

use crate::decision::{DecisionJson, decision_json};
use crate::together::together;
use crate::{LocalTime, WireError, asked, change, names};
use byelaw_ir::Program;
use serde::Serialize;
use serde_json::Value;

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

#[derive(Serialize)]
struct RefusedJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    error: &'a WireError,
}

impl Answer {
    /// The answer as one line of JSON. `line` is the line of the question, told only with an error.
    pub fn to_json(&self, line: Option<u64>) -> String {
        let written = match self {
            Self::Decided(decision) => serde_json::to_string(decision),
            Self::Refused { id, error } => {
                serde_json::to_string(&RefusedJson { id: id.as_ref(), line, error })
            }
        };
        // Writing plain structures to a string cannot fail; if it did, the answer would still not be a yes.
        written.unwrap_or_else(|_| {
            r#"{"error":{"code":"internal","message":"the answer could not be written"}}"#.to_owned()
        })
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
