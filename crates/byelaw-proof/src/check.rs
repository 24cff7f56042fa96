//! Whether a proof is one.

use crate::claim::Case;
use crate::court::Bench;
use crate::region::{Region, Values};
use crate::scope::Scope;
use crate::three::Three;
use crate::{Claim, Proof};
use byelaw_data::FactId;
use std::fmt;

/// Why a proof is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// The parts of a cut leave out some values of the fact, or it has none.
    LeavesOut(FactId),
    /// A fact is read in one way that is no reading, or one that something settles, or one that cannot be or is left with
    /// nothing; or the claim is not about a refusal.
    Settled(FactId),
    /// A box is said to be impossible, and is not in all of it.
    CanBe,
    /// A box is said not to be meant, and some of it is.
    Meant,
    /// What is claimed does not hold in all of a box.
    DoesNotHold,
    /// A rule is named that does not stand in all of the box.
    DoesNotStand,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LeavesOut(_) => "a cut leaves out some values of its fact",
            Self::Settled(_) => "a reading is chosen that is not open",
            Self::CanBe => "a case is said to be impossible that can be",
            Self::Meant => "a case is left out that the claim is about",
            Self::DoesNotHold => "what is claimed does not follow in a case",
            Self::DoesNotStand => "a case names a rule that does not stand in all of it",
        })
    }
}

impl std::error::Error for Flaw {}

/// Checks that a proof shows a claim about a model. Returns how many boxes it looks at.
///
/// # Errors
/// The first flaw.
pub fn check(scope: &Scope<'_>, claim: &Claim, proof: &Proof) -> Result<usize, Flaw> {
    let Some(case) = claim.open(scope) else { return Ok(0) };
    check_box(&case, &case.start, None, proof)
}

fn check_box(
    case: &Case<'_>,
    region: &Region<'_>,
    before: Option<&Bench>,
    proof: &Proof,
) -> Result<usize, Flaw> {
    match proof {
        Proof::Cut { fact, parts } => {
            // Nothing is cut along what has no values of its own: no part would be looked at.
            let whole = region.values(*fact);
            if whole.is_empty() || !Values::cover(parts.iter().map(|(values, _)| values), &whole) {
                return Err(Flaw::LeavesOut(*fact));
            }
            let bench = case.court.bench(region, before);
            let mut boxes = 0_usize;
            for (values, part) in parts {
                if let Some(inside) = region.narrowed(*fact, values) {
                    boxes = boxes.saturating_add(check_box(case, &inside, Some(&bench), part)?);
                }
            }
            Ok(boxes)
        }
        Proof::Read { fact, as_, then } => match region.narrowed(*fact, as_) {
            Some(inside) if case.may_be_read(*fact, &inside) => check_box(case, &inside, before, then),
            _ => Err(Flaw::Settled(*fact)),
        },
        Proof::CannotBe(Some(place)) if case.excluded(*place, region) => Ok(1),
        Proof::CannotBe(None) if case.no_moment(region) => Ok(1),
        Proof::CannotBe(_) => Err(Flaw::CanBe),
        Proof::NotMeant if case.not_meant(region) => Ok(1),
        Proof::NotMeant => Err(Flaw::Meant),
        Proof::Holds(rules) => {
            let bench = case.court.bench(region, before);
            if case.holds(region, &bench) != Three::Yes {
                return Err(Flaw::DoesNotHold);
            }
            let stands = |rule| {
                let of = |place: &usize| case.court.norm(*place).is_some_and(|n| n.rule == rule);
                case.court.places().filter(of).any(|place| bench.stood(place) == Three::Yes)
            };
            if rules.iter().all(|rule| stands(*rule)) { Ok(1) } else { Err(Flaw::DoesNotStand) }
        }
    }
}
