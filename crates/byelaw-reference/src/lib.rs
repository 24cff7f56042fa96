//! The reference interpreter: the meaning of a policy as plainly as Rust allows, to judge the compiled program by.
//!
//! In: the resolved model and a question. Out: a decision, found by looking at every completion of what is unknown.
//! Never here: the compiled program, caching, speed, or a line of code shared with compiler or evaluator.
//! Read `situation`, `verdict`, `judge`, `moments`, `ask`, in this order; the sections named are those of the semantics.

mod ask;
mod judge;
mod moments;
mod situation;
mod verdict;

pub use ask::{Judgement, ask};
pub use judge::{Judged, judge};
pub use situation::{Situation, Value, holds};
pub use verdict::Verdict;
