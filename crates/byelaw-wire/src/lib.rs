//! Questions and decisions as JSON: the one codec of command line, server and browser.
//!
//! In: a compiled program and a question as JSON text. Out: a decision, or an error, as JSON text, the same bytes on
//! every host. Never here: how a decision is found, files, clocks, or a guess: a name that is not known is an error
//! that names the nearest known ones, never an answer.

mod answer;
mod ask;
mod decision;
mod diagnostic;
mod duties;
mod error;
mod json;
mod moment;
mod names;
mod vocabulary;

pub use answer::{Answer, answer, answer_in, decide_text};
pub use ask::{Asked, asked};
pub use decision::{Cite, DecisionJson, Policy, Reason, decision_json};
pub use diagnostic::{diagnostic_json, report_json, reports_json};
pub use error::WireError;
pub use json::strict;
pub use moment::LocalTime;
pub use vocabulary::{VocabularyJson, vocabulary};
