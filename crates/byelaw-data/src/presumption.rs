//! What is taken to be so unless somebody says otherwise (semantics 2.6a).

use crate::{FactId, ValueId};
use alloc::vec::Vec;

/// Presumed values of a fact, for which acts they are not presumed, and what has to be stated for them.
///
/// The presumption counts for an act that is not in `not_for`, if the question states for each fact in `when` nothing
/// but values listed there. Of several presumptions of a fact the first that counts is taken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Presumption {
    /// The values presumed, sorted; one, except for the ordinary members of a group.
    pub values: Vec<ValueId>,
    /// Acts for which nothing is presumed, sorted.
    pub not_for: Vec<ValueId>,
    /// Facts that have to be stated, each with the values that let the presumption count.
    pub when: Vec<(FactId, Vec<ValueId>)>,
}

impl Presumption {
    /// One that always counts.
    pub fn always(values: Vec<ValueId>) -> Self {
        Self { values, ..Self::default() }
    }

    /// Whether it counts whatever the act is and whatever is stated.
    pub fn is_unconditional(&self) -> bool {
        self.not_for.is_empty() && self.when.is_empty()
    }
}
