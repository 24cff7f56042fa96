//! Questions and decisions as JSON: the one codec of command line, server and browser.
//!
//! In: a compiled program and a question as JSON text. Out: a decision, or an error, as JSON text, the same bytes on
//! every host. Also a log as JSON text, and the account of the duties that it opens. Never here: how a decision is
//! found, files, clocks, or a guess: a name that is not known is an error that names the nearest known ones, never an
//! answer.

mod account;
mod answer;
mod ask;
mod change;
mod decision;
mod duties;
mod error;
pub mod json;
mod log;
mod moment;
pub mod names;
mod together;
mod vocabulary;

pub use account::{AccountJson, LineNote, OwedJson, account};
pub use answer::{Answer, answer, answer_in, decide_text};
pub use ask::{Asked, asked};
pub use change::ChangeJson;
pub use decision::{Cite, DecisionJson, Policy, Reason, WayJson, decision_json};
pub use duties::{DutyRule, duty_rules};
pub use error::{WireError, Wrong};
pub use json::{ToJson, Value, strict};
pub use log::LogError;
pub use moment::LocalTime;
pub use vocabulary::{VocabularyJson, vocabulary};
