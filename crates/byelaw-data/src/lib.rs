//! Values, questions and decisions: what every judge of a policy takes in and gives back.
//!
//! In: nothing; these are plain types. Out: the same.
//! Never here: text formats, floats, clocks, hash maps, panics, or knowledge of how a decision is found.
#![no_std]
#![forbid(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    clippy::unreachable,
    clippy::todo,
    clippy::unimplemented,
    clippy::arithmetic_side_effects
)]

extern crate alloc;

mod calendar;
mod clock;
mod date;
mod decision;
mod duty;
mod ids;
mod ordered;
mod presumption;
mod question;

pub use calendar::{Calendar, DayKind, Days, MOST_DAYS, Part, Stretch, Timetable};
pub use clock::{MINUTES, Minute, Weekday};
pub use date::Date;
pub use decision::{
    Advised, Among, Assumed, Because, Clash, ClashKind, Decision, Defeated, DutyDue, Hangs, Needs, Outcome,
    ReadingClash, Says, Silence, Way,
};
pub use duty::{Cycle, Due, Occasion, Turn, Unit};
pub use ids::{AtomId, DeedId, FactId, NO, RuleId, ValueId, YES};
pub use ordered::{Listed, Map, Set, order, order_by_key};
pub use presumption::Presumption;
pub use question::{Question, Stated};
