//! Proofs: why there is no situation of some kind, written down so that somebody else can check it.
//!
//! In: the resolved model and a claim ("nobody of these is ever permitted that", "of this no rule is silent"). Out: a
//! [`Proof`], which cuts all situations of the claim into boxes and says of each why nothing that refutes the claim lies
//! in it; or, from a proof, whether it is one.
//! Never here: the compiled program, the compiler, the evaluator, or the reference interpreter.
//!
//! Only [`check()`] has to be trusted. It rests on `claim`, `scope`, `region`, `three` and `court`, which read the rules of the
//! policy (semantics 2.3 to 2.5) with a third truth value for what a box leaves open, and on what the model itself says
//! of instruments and calendars. [`find()`] may go about
//! it as it likes: what it writes down is checked.

mod check;
mod claim;
mod court;
mod find;
mod region;
mod scope;
mod three;

pub use check::{Flaw, check};
pub use claim::{Claim, could_contradict};
pub use find::{Found, find};
pub use region::{Region, Values};
pub use scope::Scope;

use byelaw_data::{FactId, RuleId};

/// Why nothing that refutes a claim lies in a box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// The box is cut along one fact; each part has a proof of its own.
    Cut {
        /// The fact.
        fact: FactId,
        /// Its values, in parts that together have all that the box has.
        parts: Vec<(Values, Proof)>,
    },
    /// Of a sentence that can be read in several ways the strictest reading counts: this one suffices to refuse.
    Read {
        /// The fact of the reading.
        fact: FactId,
        /// The reading.
        as_: Values,
        /// The proof with it.
        then: Box<Proof>,
    },
    /// Nothing of the box can be: the sentence about what cannot be with this place in the model's list excludes it, or,
    /// without one, no moment has its date, time, weekday and periods together.
    CannotBe(Option<usize>),
    /// Nothing of the box is meant by the claim.
    NotMeant,
    /// What the claim says holds in the whole box. The rules stand in all of it; they are for the reader.
    Holds(Vec<RuleId>),
}

impl Proof {
    /// How many boxes it looks at.
    pub fn boxes(&self) -> usize {
        match self {
            Self::Cut { parts, .. } => parts.iter().map(|(_, part)| part.boxes()).sum(),
            Self::Read { then, .. } => then.boxes(),
            Self::CannotBe(_) | Self::NotMeant | Self::Holds(_) => 1,
        }
    }
}
