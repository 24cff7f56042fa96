//! Verdicts: monotone formulas over approvals and undertakings, as minimal packages (2.2).

use byelaw_data::AtomId;
use std::collections::BTreeSet;

/// Any one package suffices in full. No package: forbidden. The empty package: permitted outright.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Verdict(pub BTreeSet<BTreeSet<AtomId>>);

impl Verdict {
    /// `FORBID`
    pub fn forbid() -> Self {
        Self(BTreeSet::new())
    }

    /// `PERMIT`
    pub fn permit() -> Self {
        Self(BTreeSet::from([BTreeSet::new()]))
    }

    /// These packages, without those that hold another.
    pub fn of(packages: impl IntoIterator<Item = BTreeSet<AtomId>>) -> Self {
        let all: BTreeSet<BTreeSet<AtomId>> = packages.into_iter().collect();
        Self(all.iter().filter(|p| !all.iter().any(|q| q != *p && q.is_subset(p))).cloned().collect())
    }

    /// Either of the two.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        Self::of(self.0.union(&other.0).cloned())
    }

    /// Both.
    #[must_use]
    pub fn meet(&self, other: &Self) -> Self {
        Self::of(self.0.iter().flat_map(|a| other.0.iter().map(move |b| a.union(b).copied().collect())))
    }

    /// What is left once `granted` is obtained and `refused` cannot be (2.5).
    #[must_use]
    pub fn given(&self, granted: &BTreeSet<AtomId>, refused: &BTreeSet<AtomId>) -> Self {
        let possible = self.0.iter().filter(|package| package.is_disjoint(refused));
        Self::of(possible.map(|package| package.difference(granted).copied().collect()))
    }

    /// The packages with only the atoms that `keep` says (undertakings taken as given: 2.7).
    #[must_use]
    pub fn project(&self, keep: impl Fn(AtomId) -> bool) -> Self {
        Self::of(self.0.iter().map(|package| package.iter().copied().filter(|a| keep(*a)).collect()))
    }

    /// Whether this is at least as strict as the other: their meet is this.
    pub fn at_least_as_strict_as(&self, other: &Self) -> bool {
        self.meet(other) == *self
    }
}
