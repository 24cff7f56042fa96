//! A box of situations: for each fact the values that it has in them.

use crate::three::Three;
use byelaw_data::{Date, FactId, Minute, ValueId};
use byelaw_hir::{Kind, Model};
use std::collections::BTreeMap;

/// Values of one fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Values {
    /// These of a list, ascending.
    Listed(Vec<ValueId>),
    /// Numbers (a date as a count of days, a time in minutes) from the first to the second, both included.
    Numbers(i64, i64),
}

impl Values {
    /// All that a fact of a model can have; `None` for a fact that has no value of its own.
    pub fn all(model: &Model, fact: FactId) -> Option<Self> {
        let this = model.facts.get(usize::from(fact.0))?;
        match this.kind {
            Kind::Number { from, to, .. } => Some(Self::Numbers(from, to)),
            Kind::Date => Some(Self::Numbers(Date::FIRST.days(), Date::LAST.days())),
            Kind::Time => Some(Self::Numbers(0, i64::from(Minute::LAST.minutes()))),
            Kind::SomeOf { .. } => None,
            _ => Some(Self::Listed((0..u16::try_from(model.width(fact)).ok()?).map(ValueId).collect())),
        }
    }

    /// What both have; of numbers and lists nothing.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Listed(a), Self::Listed(b)) => {
                Self::Listed(a.iter().copied().filter(|v| b.binary_search(v).is_ok()).collect())
            }
            (Self::Numbers(a, b), Self::Numbers(c, d)) => Self::Numbers(*a.max(c), *b.min(d)),
            _ => Self::Listed(Vec::new()),
        }
    }

    /// What this has and the other has not; of numbers in up to two parts.
    pub(crate) fn without(&self, other: &Self) -> Vec<Self> {
        let parts = match (self, other) {
            (Self::Listed(a), Self::Listed(b)) => {
                vec![Self::Listed(a.iter().copied().filter(|v| b.binary_search(v).is_err()).collect())]
            }
            (Self::Numbers(a, b), Self::Numbers(c, d)) if c <= d => {
                vec![
                    Self::Numbers(*a, (*b).min(c.saturating_sub(1))),
                    Self::Numbers((*a).max(d.saturating_add(1)), *b),
                ]
            }
            _ => vec![self.clone()],
        };
        parts.into_iter().filter(|part| !part.is_empty()).collect()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Listed(values) => values.is_empty(),
            Self::Numbers(low, high) => low > high,
        }
    }

    /// Whether these, taken together, are all of `whole`.
    pub(crate) fn cover<'a>(parts: impl IntoIterator<Item = &'a Self>, whole: &Self) -> bool {
        let mut left = vec![whole.clone()];
        for part in parts {
            left = left.iter().flat_map(|piece| piece.without(part)).collect();
        }
        left.is_empty()
    }
}

/// A box of situations of a model. A fact that was not narrowed has all its values.
#[derive(Debug, Clone)]
pub struct Region<'a> {
    pub(crate) model: &'a Model,
    narrowed: BTreeMap<FactId, Values>,
}

impl<'a> Region<'a> {
    /// All situations.
    pub fn whole(model: &'a Model) -> Self {
        Self { model, narrowed: BTreeMap::new() }
    }

    /// The values of a fact.
    pub fn values(&self, fact: FactId) -> Values {
        let all = || Values::all(self.model, fact).unwrap_or(Values::Listed(Vec::new()));
        self.narrowed.get(&fact).cloned().unwrap_or_else(all)
    }

    /// The part in which a fact has some of these values; `None` if there is none.
    #[must_use]
    pub fn narrowed(&self, fact: FactId, to: &Values) -> Option<Self> {
        let values = self.values(fact).and(to);
        if values.is_empty() {
            return None;
        }
        let mut next = self.clone();
        next.narrowed.insert(fact, values);
        Some(next)
    }

    /// The values of a fact from a list; none of a number.
    pub(crate) fn listed(&self, fact: FactId) -> impl Iterator<Item = ValueId> + use<> {
        match self.values(fact) {
            Values::Listed(values) => values.into_iter(),
            Values::Numbers(..) => Vec::new().into_iter(),
        }
    }

    /// Whether the value of a fact from a list is among some.
    pub(crate) fn within(&self, fact: FactId, among: impl Fn(ValueId) -> bool) -> Three {
        let count = |values: &mut dyn Iterator<Item = ValueId>| {
            let (mut inside, mut outside) = (false, false);
            for value in values {
                if among(value) {
                    inside = true
                } else {
                    outside = true
                }
                if inside && outside {
                    return Three::Open;
                }
            }
            if inside { Three::Yes } else { Three::No }
        };
        match self.narrowed.get(&fact) {
            Some(Values::Listed(values)) => count(&mut values.iter().copied()),
            Some(Values::Numbers(..)) => Three::No,
            None => {
                let width = u16::try_from(self.model.width(fact)).unwrap_or(0);
                count(&mut (0..width).map(ValueId))
            }
        }
    }

    /// Whether a number lies between two, both included.
    pub(crate) fn between(&self, fact: FactId, low: i64, high: i64) -> Three {
        match self.values(fact) {
            Values::Numbers(from, to) if low <= from && to <= high => Three::Yes,
            Values::Numbers(from, to) if from <= high && low <= to => Three::Open,
            _ => Three::No,
        }
    }

    /// Whether all of it lies in what another box was narrowed to.
    pub(crate) fn lies_in(&self, other: &BTreeMap<FactId, Values>) -> Three {
        Three::all(other.iter().map(|(fact, values)| {
            let here = self.values(*fact);
            if here.and(values).is_empty() {
                Three::No
            } else if here.without(values).is_empty() {
                Three::Yes
            } else {
                Three::Open
            }
        }))
    }
}
