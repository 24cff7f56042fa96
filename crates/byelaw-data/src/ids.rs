//! Places in a policy's lists. Words stop being words here: a name is looked up once and is a number from then on.
//! The resolved model and the compiled program number the same things alike, so that judges can be compared.

/// A fact, by its place in the policy's list of facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(pub u16);

/// A value, by its place in its fact's list of values. For yes-or-no facts see [`YES`] and [`NO`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ValueId(pub u16);

/// `no` of a yes-or-no fact.
pub const NO: ValueId = ValueId(0);
/// `yes` of a yes-or-no fact.
pub const YES: ValueId = ValueId(1);

/// Something the asker can still obtain: an approval or an undertaking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AtomId(pub u16);

/// What a duty asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeedId(pub u16);

/// A rule as its author named it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub u32);

impl RuleId {
    /// The rule at a place of the list of rules; `None` beyond what can be numbered.
    pub fn at(place: usize) -> Option<Self> {
        u32::try_from(place).ok().map(Self)
    }

    /// Its place in the list of rules.
    pub fn place(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}
