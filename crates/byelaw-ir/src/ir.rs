//! Facts as domains, acts as slices, rules as boxes in bit sets.
//!
//! A guard is a union of boxes (products of sets of values). For each act there is one slice with the boxes that can
//! apply to it, one bit each. For each fact that some box of the slice mentions, a row per value holds the boxes that
//! allow that value. The boxes that apply to a situation are then the AND of one row per fact
//! (analysis-and-evaluation 4.1).

use alloc::vec::Vec;
use byelaw_data::{AtomId, Calendar, DeedId, FactId, Presumption, RuleId, Says, ValueId};

/// Most boxes in one slice; a bit set of that many fits in [`Mask`].
pub const MAX_BOXES: usize = 1024;
/// Words of a bit set.
pub const MAX_WORDS: usize = 16;
/// Most approvals and undertakings in one slice; a package is a mask of that many bits.
pub const MAX_ATOMS: usize = 64;
/// Most minimal packages of one verdict. Beyond it packages are dropped, which can only make an answer stricter.
pub const MAX_PACKAGES: usize = 64;

/// A compiled policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// All facts; [`FactId`] is the place in this list. Fact 0 is the date of the question, fact 1 the day whose
    /// adopted rules count.
    pub facts: Vec<Fact>,
    /// The fact that is the subject.
    pub subject: FactId,
    /// The fact whose values are the acts.
    pub act: FactId,
    /// The value of that fact in a question about no act, which no question names: its slice has the duties that stand
    /// without an act.
    pub no_act: Option<ValueId>,
    /// The fact that tells what has happened, if there are events.
    pub event: Option<FactId>,
    /// Facts that are readings of a sentence: where nothing settles one, the strictest applies. Ascending.
    pub readings: Vec<FactId>,
    /// Whether one asker can be asked about as several things at once. Not where a parameter holds some of them.
    pub several: bool,
    /// The time of day, if there is such a fact.
    pub clock: Option<FactId>,
    /// The weekday, if there is such a fact.
    pub weekday: Option<FactId>,
    /// Calendars, at most one for a fact.
    pub calendars: Vec<Calendar>,
    /// One slice for each act, in order.
    pub slices: Vec<Slice>,
    /// Approvals and undertakings.
    pub atoms: Vec<Atom>,
    /// Words for people and for requests; the evaluator does not look at them.
    pub names: crate::Names,
}

/// The date of the question.
pub const ON: FactId = FactId(0);
/// The day whose adopted rules count.
pub const AS_OF: FactId = FactId(1);

/// A fact as the evaluator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Its values.
    pub domain: Domain,
    /// What is presumed: the first that counts; none if there is none.
    pub presumed: Vec<Presumption>,
    /// For a parameter that was filled: its value.
    pub taken_as: Option<ValueId>,
    /// Whether it is a parameter left to somebody, or a reading: reported as open, never asked.
    pub left_open: bool,
    /// For a member of a several-at-once fact, that fact.
    pub member_of: Option<FactId>,
    /// For a period: its first day and, if known, the first day after it.
    pub period: Option<(i64, Option<i64>)>,
}

/// The values of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Domain {
    /// This many values, in the order of the vocabulary.
    Values(u16),
    /// A number or date between the bounds, cut into cells: cell `i` ends before `cuts[i]`, the last at `to`.
    Cells {
        /// Least value.
        from: i64,
        /// Greatest value.
        to: i64,
        /// Where a new cell begins, ascending, each above `from` and at most `to`.
        cuts: Vec<i64>,
    },
    /// A several-at-once fact; its members have the values.
    Several,
}

impl Domain {
    /// How many values the evaluator tells apart.
    pub fn width(&self) -> usize {
        match self {
            Self::Values(n) => usize::from(*n),
            Self::Cells { cuts, .. } => cuts.len().saturating_add(1),
            Self::Several => 0,
        }
    }

    /// The cell a number falls in; `None` outside the bounds.
    pub fn cell(&self, number: i64) -> Option<ValueId> {
        match self {
            Self::Cells { from, to, cuts } if *from <= number && number <= *to => {
                let cell = cuts.partition_point(|cut| *cut <= number);
                u16::try_from(cell).ok().map(ValueId)
            }
            _ => None,
        }
    }

    /// The least and the greatest number in a cell.
    pub fn range(&self, cell: ValueId) -> Option<(i64, i64)> {
        let Self::Cells { from, to, cuts } = self else { return None };
        let place = usize::from(cell.0);
        let low = match place.checked_sub(1) {
            None => *from,
            Some(before) => *cuts.get(before)?,
        };
        let high = cuts.get(place).map_or(*to, |next| next.saturating_sub(1));
        Some((low, high))
    }
}

/// An approval or undertaking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Atom {
    /// Whether it is an approval.
    pub approval: bool,
    /// Values of the subject that can give it, sorted.
    pub givers: Vec<ValueId>,
    /// Offices whose holders can give it: yes-or-no facts, sorted.
    pub held_roles: Vec<FactId>,
    /// Whether the asker's own approval does not count.
    pub not_by_asker: bool,
}

/// The rules that can apply to one act.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Slice {
    /// Words of each bit set; at most [`MAX_WORDS`].
    pub words: u16,
    /// Facts that some box mentions, with their rows.
    pub facts: Vec<SliceFact>,
    /// The boxes, stronger before weaker: a box is only beaten by boxes before it.
    pub boxes: Vec<Box>,
    /// The approvals and undertakings that its prices name; bit `i` of a package is `atoms[i]`.
    pub atoms: Vec<AtomId>,
    /// Bits of `atoms` that are approvals.
    pub approvals: u64,
    /// Pairs of boxes that clash where both stand.
    pub clashes: Vec<BoxClash>,
}

/// One fact of a slice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SliceFact {
    /// The fact.
    pub fact: FactId,
    /// `width` rows of `words` words: row `v` has the bit of each box that allows value `v`.
    pub rows: Vec<u64>,
    /// For the subject, where some box denies a value: as `rows`, of what is said alone; else empty. Somebody who is
    /// several things is reached where one of them is said and all of them are spared.
    pub said: Vec<u64>,
    /// As `said`, of what a denial spares.
    pub spared: Vec<u64>,
}

/// What a box does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BoxKind {
    /// A gateway.
    May,
    /// A gateway that gives way without a clash.
    MayInGeneral,
    /// A bar.
    MustNot,
    /// A bar with a price that opens the gate where no gateway does.
    Only,
    /// A duty that goes with the act, which it takes for granted.
    Duty,
    /// A duty that stands without an act. It permits nothing.
    Standing,
    /// Takes away what it beats, and permits nothing.
    Disapply,
    /// Advises, and has no effect.
    Advice,
    /// A situation that cannot be.
    Impossible,
}

/// One box of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Box {
    /// The rule it comes from; for an impossible situation the place of the sentence that says so.
    pub rule: RuleId,
    /// What it does.
    pub kind: BoxKind,
    /// The author's word.
    pub says: Says,
    /// Its price: minimal packages over the slice's atoms. Empty is never, one empty package is free.
    pub price: Vec<u64>,
    /// The boxes it beats, `words` words; all of them behind it.
    pub beats: Vec<u64>,
    /// For a duty: what is to be done. All of these; of each, one deed is enough.
    pub deeds: Vec<Vec<DeedId>>,
}

/// From this share of a promise on, in thousandths, that a clash takes it away is told with an answer, and is a warning to
/// the author (semantics 2.7).
pub const TOLD_FROM: u16 = 500;

/// Two boxes that contradict each other where both stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct BoxClash {
    /// The one that promises.
    pub promising: u16,
    /// The one that restricts.
    pub restricting: u16,
    /// How much of the promise is taken away, in thousandths; a clash is told with an answer from [`TOLD_FROM`] on.
    pub share: u16,
}
