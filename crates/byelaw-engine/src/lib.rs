//! The door for Rust programs that ask a compiled policy.
//!
//! In: the bytes that `byelaw build` writes, once; then questions, put together by name. Out: whether it is
//! allowed, with the rules behind it, in tens of nanoseconds where all is known ([`Policy::outcome`],
//! [`Policy::decide`]), or the whole decision of the contract with its sentences and clauses ([`Policy::explain`],
//! [`Policy::decide_json`]).
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use byelaw_engine::{Policy, Scratch};
//!
//! let policy = Policy::load(&std::fs::read("policy.polc")?)?; // once; may be shared between threads
//! let mut question = policy.question();
//! question.set(policy.value("subject", "wibble")?)?;
//! question.set(policy.value("action", "wobble")?)?;
//! let ready = policy.encode(&question)?;
//! if policy.allows(&ready) {
//!     // Yes, and nothing is left to be done for it. Whoever enforces asks only this.
//! }
//! let mut scratch = Scratch::default(); // room to decide in, used again and again
//! let ruling = policy.decide(&ready, &mut scratch);
//! println!("{:?}", ruling.outcome());
//! for reason in ruling.reasons() {
//!     println!("{} ({:?})", policy.rule_name(reason.rule), reason.part);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! What is known is decided without a lock and without an allocation, but for the first question about an act: it may
//! make the act's diagram, once ([`Policy::prepare`] makes all of them beforehand).
//!
//! Nothing here says yes by accident: a name or number that the policy does not have is an error and not an
//! answer, a question encoded for another policy is no permission, and what is not decided is
//! [`Outcome::NeedsFacts`].
//! Never here: what a rule means (`byelaw-image`, `byelaw-question`), JSON shapes of the contract (`byelaw-wire`), the
//! compiler, or a lock.

mod decide;
mod encoded;
mod error;
mod policy;
mod question;
mod shape;

pub use byelaw_data::{Date, Minute, Outcome, RuleId};
pub use byelaw_image::{Part, Reason};
pub use decide::{Ruling, Scratch};
pub use encoded::Encoded;
pub use error::{LoadError, NotAsked};
pub use policy::{Fact, Policy, Value};
pub use question::Question;
pub use shape::{Filled, Shape, ShapeError};
