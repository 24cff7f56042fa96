//! The evaluator: which rules stand in a situation, and what follows.
//!
//! In: a slice of a compiled program and, for each of its facts, a value. Out: a [`Point`]: the standing and defeated
//! rules and the verdict, without a search, without allocation, in at most `facts + boxes` steps plus the meets of
//! the few prices that stand.
//! Never here: recursion, text, allocation, panics, unsafe code, or any dependency but the program and the data.
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

mod eval;
mod mask;
mod verdict;

pub use eval::{
    Point, active, beats, boxes, certain_bar, decide, deciding, is_absolute_bar, looks_at, row, row_in,
    row_of_all, told_apart,
};
pub use mask::{Bits, Mask};
pub use verdict::Verdict;
