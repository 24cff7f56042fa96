//! What is wrong with a policy as a policy, found exactly on the program that is deployed.
//!
//! In: a compiled program. Out: findings in numbers, each with a witness that the evaluator has replayed.
//! Never here: messages for people, or a finding without a witness.

mod clash;
mod conformance;
pub mod diff;
mod meeting;
mod witness;

pub use clash::{Clash, clashes};
pub use conformance::{Breach, Conformance, conformance};
pub use meeting::{Meeting, meetings};
pub use witness::Witness;
