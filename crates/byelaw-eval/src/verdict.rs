//! Verdicts: monotone formulas over approvals and undertakings, as minimal packages (semantics 2.2).

use byelaw_data::Outcome;
use byelaw_ir::MAX_PACKAGES;

/// A verdict as an antichain of packages; a package is a mask over the atoms of one slice. No package is "never", one
/// empty package is "free". More than [`MAX_PACKAGES`] packages are never held: the last are dropped, which can only
/// make the verdict stricter.
#[derive(Debug, Clone, Copy)]
pub struct Verdict {
    packages: [u64; MAX_PACKAGES],
    len: usize,
}

impl PartialEq for Verdict {
    fn eq(&self, other: &Self) -> bool {
        self.packages() == other.packages()
    }
}

impl Eq for Verdict {}

impl Verdict {
    /// Nothing suffices.
    pub const NEVER: Verdict = Verdict { packages: [0; MAX_PACKAGES], len: 0 };
    /// Nothing is needed.
    pub const FREE: Verdict = Verdict { packages: [0; MAX_PACKAGES], len: 1 };

    /// The verdict with these packages.
    pub fn of(packages: &[u64]) -> Verdict {
        let mut verdict = Self::NEVER;
        for package in packages {
            verdict.add(*package);
        }
        verdict
    }

    /// The minimal packages, in ascending order of their masks.
    pub fn packages(&self) -> &[u64] {
        self.packages.get(..self.len).unwrap_or(&[])
    }

    /// Whether nothing suffices.
    pub fn is_never(&self) -> bool {
        self.len == 0
    }

    /// What it means for whoever asks; `approvals` says which atoms are approvals, the others are undertakings.
    pub fn outcome(&self, approvals: u64) -> Outcome {
        if self.is_never() {
            Outcome::Forbidden
        } else if self.packages().iter().any(|p| p & approvals == 0) {
            Outcome::Permitted
        } else {
            Outcome::NeedsApproval
        }
    }

    /// Either of the two.
    #[must_use]
    pub fn join(mut self, other: &Verdict) -> Verdict {
        for package in other.packages() {
            self.add(*package);
        }
        self
    }

    /// Both.
    #[must_use]
    pub fn meet(&self, other: &Verdict) -> Verdict {
        let mut verdict = Self::NEVER;
        for a in self.packages() {
            for b in other.packages() {
                verdict.add(*a | *b);
            }
        }
        verdict
    }

    /// What is left once `granted` is obtained and `refused` cannot be.
    #[must_use]
    pub fn given(&self, granted: u64, refused: u64) -> Verdict {
        let mut verdict = Self::NEVER;
        for package in self.packages() {
            if package & refused == 0 {
                verdict.add(package & !granted);
            }
        }
        verdict
    }

    /// Takes a package in, keeping the antichain and its order.
    fn add(&mut self, package: u64) {
        if self.packages().iter().any(|p| p & package == *p) {
            return;
        }
        let mut kept = [0; MAX_PACKAGES];
        let mut len: usize = 0;
        let mut placed = false;
        let wanted = self.packages().iter().copied().filter(|p| p & package != package);
        // The new package goes where it belongs in ascending order.
        let mut push = |value: u64| {
            if let Some(slot) = kept.get_mut(len) {
                *slot = value;
                len = len.saturating_add(1);
            }
        };
        for p in wanted {
            if !placed && package < p {
                push(package);
                placed = true;
            }
            push(p);
        }
        if !placed {
            push(package);
        }
        self.packages = kept;
        self.len = len;
    }
}
