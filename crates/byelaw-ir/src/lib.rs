//! The compiled program: what is deployed.
//!
//! In: nothing; the compiler builds a [`Program`], [`encode`] makes bytes of it and [`decode`] checks bytes and gives
//! it back. Out: tables that the evaluator reads without a search.
//! Never here: building logic, places in source texts, anything recursive, or trust in bytes.
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

mod codec;
mod ir;
mod moments;
mod names;
mod validate;

pub use codec::{DecodeError, content, decode, decode_without_texts, encode, learn, parts};
pub use ir::*;
pub use names::*;
