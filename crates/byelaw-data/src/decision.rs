//! The answer to a question, in numbers; the wire turns it into words.

use crate::{AtomId, DeedId, FactId, RuleId, Set, ValueId};
use alloc::vec::Vec;

/// The answer in one word. Only `Permitted` means yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Yes, provided that what the decision lists is kept.
    Permitted,
    /// Every way left lacks somebody's approval.
    NeedsApproval,
    /// No.
    Forbidden,
    /// No rule speaks.
    NotCovered,
    /// It depends on facts that are not known.
    NeedsFacts,
}

impl Outcome {
    /// The outcomes that one fully known situation can have.
    pub const KNOWN: [Outcome; 4] = [Self::Permitted, Self::NeedsApproval, Self::Forbidden, Self::NotCovered];

    /// The word for it in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Permitted => "permitted",
            Self::NeedsApproval => "needs_approval",
            Self::Forbidden => "forbidden",
            Self::NotCovered => "not_covered",
            Self::NeedsFacts => "needs_facts",
        }
    }
}

/// What a rule says, in the word its author used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Says {
    /// `may`
    May,
    /// `must not`
    MustNot,
    /// `may only`
    MayOnly,
    /// `must`
    Must,
    /// `should`
    Should,
}

/// What a policy says of an act on which no rule speaks. It never makes the act permitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// Nothing declared: ask.
    Unsaid,
    /// Taken as forbidden.
    Forbidden,
    /// Taken as allowed, weakly.
    Allowed,
    /// Ask this value of the subject.
    Ask(ValueId),
}

/// One way to a yes: everything in it is needed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Way {
    /// Approvals and undertakings still to be obtained, sorted.
    pub atoms: Vec<AtomId>,
}

/// A rule that decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Because {
    /// The rule.
    pub rule: RuleId,
    /// What it says.
    pub says: Says,
    /// Whether it decides in some completions of the unknown facts only.
    pub sometimes: bool,
}

/// A rule set aside by an exception.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Defeated {
    /// The rule that would have applied.
    pub rule: RuleId,
    /// The rule that prevails over it.
    pub by: RuleId,
    /// Whether that is so in some completions only.
    pub sometimes: bool,
}

/// Why two rules clash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClashKind {
    /// One promises what the other takes away.
    Clash,
}

/// Two standing rules that contradict each other; the stricter one was applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clash {
    /// The rule that promises (for two conditions: the first).
    pub promising: RuleId,
    /// The rule that restricts.
    pub restricting: RuleId,
    /// Why.
    pub kind: ClashKind,
    /// Whether in some completions only.
    pub sometimes: bool,
}

/// A sentence that can be read in more than one way, where that makes a difference; the strictest reading was applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReadingClash {
    /// The reading.
    pub reading: FactId,
    /// Whether it makes a difference in some completions only.
    pub sometimes: bool,
}

/// A duty that goes with the act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DutyDue {
    /// What is to be done.
    pub deed: DeedId,
    /// The rule that asks for it.
    pub rule: RuleId,
    /// Whether in some completions only.
    pub sometimes: bool,
}

/// Advice that goes with the act. It binds nobody and changes no outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Advised {
    /// The rule that gives it.
    pub rule: RuleId,
    /// Whether in some completions only.
    pub sometimes: bool,
}

/// A fact that was presumed, and that the answer rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Assumed {
    /// The fact.
    pub fact: FactId,
    /// The values taken; one, except for the ordinary members of a group.
    pub values: Vec<ValueId>,
}

/// The values of a needed fact that a rule still tells apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Among {
    /// The fact.
    pub fact: FactId,
    /// The values, in the order of the vocabulary.
    pub values: Vec<ValueId>,
}

/// Why a needed fact is asked: rules that speak of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hangs {
    /// The fact.
    pub fact: FactId,
    /// Rules that hang on it, in some completion; those that decide first.
    pub rules: Vec<RuleId>,
}

/// Facts that matter and are not known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Needs {
    /// Facts to ask, most useful first.
    pub facts: Vec<FactId>,
    /// For those with values: which ones still matter.
    pub among: Vec<Among>,
    /// For each of these the rules that hang on it.
    pub hangs: Vec<Hangs>,
    /// Parameters that are left open and matter; never asked of the asker.
    pub open: Vec<FactId>,
}

/// The whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The answer in one word.
    pub outcome: Outcome,
    /// False when a counted budget ran out: then `needs` lists every unknown mentioned and `possible` every outcome.
    pub exact: bool,
    /// What suffices for a yes in every completion; a minimal list, sorted. Empty unless permitted or needing approval.
    pub ways: Vec<Way>,
    /// Duties that go with the act.
    pub duties: Vec<DutyDue>,
    /// Advice on the act, whatever the outcome.
    pub advice: Vec<Advised>,
    /// Presumptions the answer rests on.
    pub assumed: Vec<Assumed>,
    /// Unknown facts that matter.
    pub needs: Needs,
    /// Outcomes still possible.
    pub possible: Set<Outcome>,
    /// The deciding rules.
    pub because: Vec<Because>,
    /// The rules set aside.
    pub defeated: Vec<Defeated>,
    /// The contradictions.
    pub clashes: Vec<Clash>,
    /// The readings that nobody settled and that make a difference.
    pub readings: Vec<ReadingClash>,
    /// Set when no rule speaks in any completion.
    pub by_silence: bool,
    /// Whether `because`, `defeated` and `clashes` list everything; the outcome is exact either way.
    pub all_reasons: bool,
}
