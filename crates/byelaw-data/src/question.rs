//! A question with its names looked up.

use crate::{AtomId, Date, DeedId, FactId, Map, Minute, RuleId, Set, ValueId};

/// What a question says about one fact. A fact that is not mentioned at all may still be presumed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stated {
    /// Said to be unknown: nothing is presumed.
    Unknown,
    /// This value.
    Value(ValueId),
    /// One of these values, not known which; sorted, never empty. `ordinarily` is what is presumed of it, if anything.
    Among {
        /// The values still possible.
        values: alloc::vec::Vec<ValueId>,
        /// Those meant unless somebody says otherwise; empty if there are none.
        ordinarily: alloc::vec::Vec<ValueId>,
    },
    /// All of these at once; only the subject can be several things. Sorted, two or more. A rule reaches such a person
    /// if it reaches them in one of these and leaves out none of them.
    AllOf(alloc::vec::Vec<ValueId>),
    /// A number or, as a count of days, a date.
    Number(i64),
}

/// A question about one act, or about the duties that stand without one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question {
    /// When the conduct happens; absent is unknown.
    pub on: Option<Date>,
    /// The local time of day of `on`; absent is unknown.
    pub at: Option<Minute>,
    /// What was adopted by this day counts; absent is the day of `on`, or everything adopted.
    pub as_of: Option<Date>,
    /// The facts stated.
    pub facts: Map<FactId, Stated>,
    /// Approvals given and undertakings promised.
    pub granted: Set<AtomId>,
    /// Approvals refused and undertakings that will not be kept.
    pub refused: Set<AtomId>,
    /// Deeds done, or that will be in time.
    pub done: Set<DeedId>,
    /// Deeds that will not be done in time.
    pub undone: Set<DeedId>,
    /// Deeds that will be done, but too late for the duty of this rule. Each also stands in `done`, unless its promise
    /// was not counted for another duty.
    pub late: Set<(DeedId, RuleId)>,
    /// Whether facts that are not stated take their presumed values.
    pub assume: bool,
}

impl Question {
    /// Whether the duty of a rule is broken as far as it asks for one of these deeds: none of them will be done in
    /// time. (What is neither promised nor refused may still be done.)
    pub fn violates(&self, rule: RuleId, one_of: &[DeedId]) -> bool {
        !one_of.is_empty()
            && one_of.iter().all(|d| self.undone.contains(d) || self.late.contains(&(*d, rule)))
    }

    /// Whether the duty of a rule is kept as far as it asks for one of these deeds.
    pub fn keeps(&self, rule: RuleId, one_of: &[DeedId]) -> bool {
        one_of.iter().any(|d| self.done.contains(d) && !self.late.contains(&(*d, rule)))
    }

    /// Whether one of these deeds is named at all.
    pub fn names(&self, one_of: &[DeedId]) -> bool {
        one_of.iter().any(|d| self.done.contains(d) || self.undone.contains(d))
    }
}
