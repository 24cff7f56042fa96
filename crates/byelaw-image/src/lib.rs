//! A policy as one flat table of words, and the outcome of a question read off it in tens of nanoseconds.
//!
//! In: a compiled program, made into an [`image`] once; then, for each question, an act, a value for each fact and what
//! was granted and refused ([`Situation`]). Out: the outcome and, from the same pass, the rules that stand and those
//! that are set aside ([`Ruling`]). Facts that are not known are told apart only as far as it matters, within a counted
//! budget. What is beyond it, and what hangs on more than values (several roles at once, duties refused, readings), is
//! [`Answer::Unsettled`] here and decided in full by `byelaw-question`. Small acts also have a [`Diagram`], which answers
//! most questions about them in a few looks.
//! Never here: text, allocation while deciding, recursion, panics, unsafe code, or a yes for anything but a yes.
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

mod build;
mod decide;
mod diagram;
mod layout;
mod pack;
mod reasons;
mod steps;
mod unknown;
mod unpack;

pub use build::image;
pub use decide::{Answer, Ruling, Situation};
pub use diagram::{Because, Diagram, End};
pub use layout::{Damaged, Image, UNKNOWN};
pub use pack::pack;
pub use reasons::{Part, Reason, Reasons};
pub use steps::Steps;
pub use unpack::{Unpacking, unpack};
