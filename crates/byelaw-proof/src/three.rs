//! Truth in a box of situations: yes in all of it, no in all of it, or open (strong Kleene logic).

use crate::Region;
use byelaw_data::{ValueId, YES};
use byelaw_hir::Condition;

/// Whether something holds in a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Three {
    /// Nowhere in it.
    No,
    /// Not the same everywhere, or not known.
    Open,
    /// Everywhere in it.
    Yes,
}

impl Three {
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    pub fn any(all: impl IntoIterator<Item = Self>) -> Self {
        all.into_iter().fold(Self::No, Self::or)
    }

    pub fn all(all: impl IntoIterator<Item = Self>) -> Self {
        all.into_iter().fold(Self::Yes, Self::and)
    }
}

impl std::ops::Not for Three {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Open => Self::Open,
            Self::Yes => Self::No,
        }
    }
}

/// Whether a condition holds in a box, for askers who are one thing at a time.
pub(crate) fn holds(condition: &Condition, region: &Region<'_>) -> Three {
    match condition {
        Condition::Always => Three::Yes,
        Condition::In(fact, values) => region.within(*fact, |value| values.binary_search(&value).is_ok()),
        Condition::Between(fact, low, high) => region.between(*fact, *low, *high),
        Condition::InSet(fact, members) => {
            let member = |value: ValueId| match members.get(usize::from(value.0)) {
                Some(member) => region.within(*member, |v| v == YES),
                None => Three::No,
            };
            let each = || region.listed(*fact).map(member);
            if Three::any(each()) == Three::No {
                Three::No
            } else if Three::all(each()) == Three::Yes {
                Three::Yes
            } else {
                Three::Open
            }
        }
        Condition::Not(inner) => !holds(inner, region),
        Condition::All(parts) => Three::all(parts.iter().map(|part| holds(part, region))),
        Condition::Any(parts) => Three::any(parts.iter().map(|part| holds(part, region))),
    }
}
