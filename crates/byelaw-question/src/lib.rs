//! Questions of which not everything is known: what holds in every completion, which facts still matter, and what an
//! answer rests on (semantics 2.5 to 2.7). Also every set of boxes that some situation leaves active, for findings, and
//! the life of duties over a log of what happened (semantics 2.10).
//!
//! In: a compiled program and a question in numbers. Out: a decision in numbers. Exact, within a counted budget that
//! is the same on every host; beyond it the decision says `exact: false` and is never a yes.
//! Never here: text, JSON, clocks, or a second reading of what rules mean: every situation goes through the evaluator.
#![no_std]

extern crate alloc;

mod cases;
mod change;
mod combine;
mod completions;
mod decide;
mod diagram;
mod explore;
mod leaf;
mod life;
mod moments;
mod nearby;
mod possible;
mod reach;
mod readings;
mod refused;
mod sets;
mod taken;

pub use cases::{Alike, CaseRow, Choices, all_cases, cases};
pub use change::{Change, Changed, Changes, changes};
pub use completions::{BUDGET, open_behind};
pub use decide::{answer_within, decide, decide_within};
pub use explore::{
    Agreed, Reached, Seen, Standing, agreed, differing_readings, differs, outcomes, seen, stands,
};
pub use life::{Account, Entry, Halt, MOST_OWED, Owed, State, account, last_day};
pub use moments::Moments;
pub use sets::Situations;
pub use taken::{Taken, taken};
