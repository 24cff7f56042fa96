//! What is wrong with a policy as a policy, found exactly on the program that is deployed.
//!
//! In: a compiled program. Out: findings in numbers, each with a witness that the evaluator has replayed.
//! Never here: messages for people, or a finding without a witness.

mod clash;
mod conformance;
pub mod diff;
mod exceptions;
mod field;
mod gaps;
mod idle;
mod meeting;
mod parameters;
mod witness;

pub use clash::{Clash, clashes};
pub use conformance::{Breach, Conformance, conformance};
pub use exceptions::idle_exceptions;
pub use field::Situation;
pub use gaps::{Gap, Region, gaps};
pub use idle::{Idle, IdleRule, Instance, idle};
pub use meeting::{Meeting, meetings};
pub use parameters::{Reconciling, reconciling};
pub use witness::Witness;
