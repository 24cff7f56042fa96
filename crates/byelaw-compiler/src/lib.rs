//! From the resolved model to the compiled program.
//!
//! In: a [`byelaw_hir::Model`] without errors. Out: a [`byelaw_ir::Program`], or messages where a limit is exceeded.
//! Never here: evaluation, parsing, or findings about a policy as a policy.

mod boxes;
mod cells;
mod clashes;
mod from_hir;
mod layers;
mod names;
mod packages;
mod slices;

pub use from_hir::lower;
pub use layers::{Layered, layered};
