//! One fully known situation: the outcome of the question there, and everything to be said about it.

use crate::completions::Active;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use byelaw_data::{DeedId, FactId, Outcome, RuleId, Says};
use byelaw_eval::{Mask, Point, Verdict, decide};
use byelaw_ir::{BoxKind, Slice};

/// From this share (in thousandths) on a clash is told with the answer (semantics 2.7: warning or error).
const TOLD_FROM: u16 = 500;

/// What was granted and refused, as masks over the atoms of a slice, and which deeds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given {
    pub granted: u64,
    pub refused: u64,
    pub done: BTreeSet<DeedId>,
    pub undone: BTreeSet<DeedId>,
}

/// The outcome in one situation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leaf {
    pub outcome: Outcome,
    /// What it still takes; meaningful for a permission or a needed approval.
    pub ways: Verdict,
    pub because: BTreeSet<(RuleId, Says)>,
    pub defeated: BTreeSet<(RuleId, RuleId)>,
    pub clashes: BTreeSet<(RuleId, RuleId)>,
    pub duties: BTreeSet<(DeedId, RuleId)>,
    pub advice: BTreeSet<RuleId>,
    /// Open readings that differ here.
    pub readings: BTreeSet<FactId>,
}

/// The outcome in one situation and what it still takes, without the reasons; `None` if it cannot be.
pub(crate) fn outcome(slice: &Slice, active: &Active, given: &Given) -> Option<(Outcome, Verdict)> {
    let point = decide(slice, &active.boxes)?;
    Some(outcome_at(slice, &point, active, given))
}

fn outcome_at(slice: &Slice, point: &Point, active: &Active, given: &Given) -> (Outcome, Verdict) {
    // Nobody's own approval counts where the policy says so, whether given or not.
    let ways = point.verdict.given(given.granted & !active.own, given.refused | active.own);
    let undone = |deeds: &[DeedId]| deeds.iter().any(|d| given.undone.contains(d));
    let broken = || standing(slice, point).any(|b| b.kind == BoxKind::Duty && undone(&b.deeds));
    if point.silent {
        (Outcome::NotCovered, Verdict::NEVER)
    } else if ways.is_never() || broken() {
        (Outcome::Forbidden, Verdict::NEVER)
    } else if ways.packages().iter().any(|p| p & slice.approvals == 0) {
        (Outcome::Permitted, ways)
    } else {
        (Outcome::NeedsApproval, ways)
    }
}

fn standing<'a>(slice: &'a Slice, point: &'a Point) -> impl Iterator<Item = &'a byelaw_ir::Box> {
    point.standing.bits().filter_map(|b| slice.boxes.get(b))
}

/// Decides one situation, with everything to be said about it; `None` if it cannot be.
pub(crate) fn leaf(slice: &Slice, active: &Active, given: &Given) -> Option<Leaf> {
    let point = decide(slice, &active.boxes)?;
    let (granted, refused) = (given.granted & !active.own, given.refused | active.own);
    let lifted = point.verdict.given(granted, refused);
    let (outcome, ways) = outcome_at(slice, &point, active, given);
    let duties = standing_duties(slice, &point);
    let broken: Vec<_> = duties.iter().filter(|(deed, _)| given.undone.contains(deed)).copied().collect();
    let because = match outcome {
        Outcome::NotCovered => BTreeSet::new(),
        Outcome::Forbidden if !lifted.is_never() => {
            broken.iter().filter_map(|(deed, rule)| duty_says(slice, &point, *deed, *rule)).collect()
        }
        Outcome::Forbidden => reasons(slice, &point, |kind, price| match kind {
            BoxKind::MustNot | BoxKind::Only => true,
            // A permission whose own price was refused is a reason for the no.
            BoxKind::May | BoxKind::MayInGeneral => Verdict::of(price).given(granted, refused).is_never(),
            _ => false,
        }),
        _ => {
            let gates = reasons(slice, &point, |kind, _| {
                matches!(kind, BoxKind::May | BoxKind::MayInGeneral | BoxKind::Only)
            });
            if gates.is_empty() { reasons(slice, &point, |kind, _| kind == BoxKind::Duty) } else { gates }
        }
    };
    let told = matches!(outcome, Outcome::Permitted | Outcome::NeedsApproval);
    Some(Leaf {
        outcome,
        ways,
        because,
        defeated: defeats(slice, &point),
        clashes: clashes(slice, &point),
        advice: standing(slice, &point).filter(|b| b.kind == BoxKind::Advice).map(|b| b.rule).collect(),
        duties: if told {
            duties.into_iter().filter(|(deed, _)| !given.done.contains(deed)).collect()
        } else {
            BTreeSet::new()
        },
        readings: BTreeSet::new(),
    })
}

fn standing_duties(slice: &Slice, point: &Point) -> BTreeSet<(DeedId, RuleId)> {
    point
        .standing
        .bits()
        .filter_map(|b| slice.boxes.get(b))
        .filter(|b| b.kind == BoxKind::Duty)
        .flat_map(|b| b.deeds.iter().map(|d| (*d, b.rule)))
        .collect()
}

fn duty_says(slice: &Slice, point: &Point, deed: DeedId, rule: RuleId) -> Option<(RuleId, Says)> {
    let mut standing = point.standing.bits().filter_map(|b| slice.boxes.get(b));
    standing.find(|b| b.rule == rule && b.deeds.contains(&deed)).map(|b| (b.rule, b.says))
}

fn reasons(
    slice: &Slice,
    point: &Point,
    counts: impl Fn(BoxKind, &[u64]) -> bool,
) -> BTreeSet<(RuleId, Says)> {
    let standing = point.standing.bits().filter_map(|b| slice.boxes.get(b));
    standing.filter(|b| counts(b.kind, &b.price)).map(|b| (b.rule, b.says)).collect()
}

fn defeats(slice: &Slice, point: &Point) -> BTreeSet<(RuleId, RuleId)> {
    let mut pairs = BTreeSet::new();
    for weaker in point.defeated.bits() {
        for stronger in point.standing.bits() {
            let (Some(w), Some(s)) = (slice.boxes.get(weaker), slice.boxes.get(stronger)) else { continue };
            if Mask::from_words(&s.beats).has(weaker) && w.rule != s.rule {
                pairs.insert((w.rule, s.rule));
            }
        }
    }
    pairs
}

fn clashes(slice: &Slice, point: &Point) -> BTreeSet<(RuleId, RuleId)> {
    slice
        .clashes
        .iter()
        .filter(|c| c.share >= TOLD_FROM)
        .filter(|c| {
            point.standing.has(usize::from(c.promising)) && point.standing.has(usize::from(c.restricting))
        })
        .filter_map(|c| {
            let promising = slice.boxes.get(usize::from(c.promising))?;
            let restricting = slice.boxes.get(usize::from(c.restricting))?;
            Some((promising.rule, restricting.rule))
        })
        .collect()
}
