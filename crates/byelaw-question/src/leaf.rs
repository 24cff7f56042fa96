//! One fully known situation: the outcome of the question there, and everything to be said about it.

use crate::completions::Active;
use byelaw_data::{DeedId, FactId, Outcome, Question, RuleId, Says, Set};
use byelaw_eval::{Mask, Point, Verdict, decide};
use byelaw_ir::{BoxKind, Slice, TOLD_FROM};

/// What was granted and refused, as masks over the atoms of a slice, and the question, which names deeds.
#[derive(Debug, Clone)]
pub(crate) struct Given<'a> {
    pub granted: u64,
    pub refused: u64,
    pub question: &'a Question,
}

impl Given<'_> {
    /// Whether a duty is broken: of some deeds of which one would be enough, none will be done in time.
    pub fn violates(&self, duty: &byelaw_ir::Box) -> bool {
        duty.deeds.iter().any(|one_of| self.question.violates(duty.rule, one_of))
    }

    /// Whether the question names a deed of a duty.
    fn names(&self, duty: &byelaw_ir::Box) -> bool {
        duty.deeds.iter().any(|one_of| self.question.names(one_of))
    }
}

/// The outcome in one situation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leaf {
    pub outcome: Outcome,
    /// What it still takes; meaningful for a permission or a needed approval.
    pub ways: Verdict,
    pub because: Set<(RuleId, Says)>,
    pub defeated: Set<(RuleId, RuleId)>,
    pub clashes: Set<(RuleId, RuleId)>,
    pub duties: Set<(DeedId, RuleId)>,
    pub advice: Set<RuleId>,
    /// Open readings that differ here.
    pub readings: Set<FactId>,
}

/// The outcome in one situation and what it still takes, without the reasons; `None` if it cannot be.
pub(crate) fn outcome(slice: &Slice, active: &Active, given: &Given<'_>) -> Option<(Outcome, Verdict)> {
    let point = decide(slice, &active.boxes)?;
    Some(outcome_at(slice, &point, active, given))
}

fn outcome_at(slice: &Slice, point: &Point, active: &Active, given: &Given<'_>) -> (Outcome, Verdict) {
    // Nobody's own approval counts where the policy says so, whether given or not.
    let ways = point.verdict.given(given.granted & !active.own, given.refused | active.own);
    let broken = || standing(slice, point).any(|b| is_duty(b.kind) && given.violates(b));
    let named = || standing(slice, point).any(|b| b.kind == BoxKind::Standing && given.names(b));
    if point.silent && !broken() {
        // Without an act there is something to permit only where a deed is named that somebody has to do (2.10a).
        if named() { (Outcome::Permitted, Verdict::FREE) } else { (Outcome::NotCovered, Verdict::NEVER) }
    } else if broken() {
        (Outcome::Forbidden, Verdict::NEVER)
    } else {
        (ways.outcome(slice.approvals), ways)
    }
}

/// Whether a box asks for deeds.
pub(crate) fn is_duty(kind: BoxKind) -> bool {
    matches!(kind, BoxKind::Duty | BoxKind::Standing)
}

fn standing<'a>(slice: &'a Slice, point: &'a Point) -> impl Iterator<Item = &'a byelaw_ir::Box> {
    point.standing.bits().filter_map(|b| slice.boxes.get(b))
}

/// Decides one situation, with everything to be said about it; `None` if it cannot be.
pub(crate) fn leaf(slice: &Slice, active: &Active, given: &Given<'_>) -> Option<Leaf> {
    let point = decide(slice, &active.boxes)?;
    let (granted, refused) = (given.granted & !active.own, given.refused | active.own);
    let lifted = point.verdict.given(granted, refused);
    let (outcome, ways) = outcome_at(slice, &point, active, given);
    let duty = |b: &&byelaw_ir::Box| is_duty(b.kind);
    let because = match outcome {
        Outcome::NotCovered => Set::new(),
        Outcome::Forbidden if point.silent || !lifted.is_never() => {
            let broken = standing(slice, &point).filter(duty).filter(|b| given.violates(b));
            broken.map(|b| (b.rule, b.says)).collect()
        }
        Outcome::Permitted if point.silent => {
            let named = standing(slice, &point).filter(duty).filter(|b| given.names(b));
            named.map(|b| (b.rule, b.says)).collect()
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
    // A question without an act is told its duties also where it names none of them.
    let told = outcome != Outcome::Forbidden;
    Some(Leaf {
        outcome,
        ways,
        because,
        defeated: defeats(slice, &point),
        clashes: clashes(slice, &point),
        advice: standing(slice, &point).filter(|b| b.kind == BoxKind::Advice).map(|b| b.rule).collect(),
        duties: if told { duties(slice, &point, given) } else { Set::new() },
        readings: Set::new(),
    })
}

/// As [`leaf`], but only what judges whether a presumption is needed: outcome, ways and duties.
pub(crate) fn gist(slice: &Slice, active: &Active, given: &Given<'_>) -> Option<Leaf> {
    let point = decide(slice, &active.boxes)?;
    let (outcome, ways) = outcome_at(slice, &point, active, given);
    let duties = match outcome {
        Outcome::Forbidden => Set::new(),
        _ => duties(slice, &point, given),
    };
    Some(Leaf {
        outcome,
        ways,
        duties,
        because: Set::new(),
        defeated: Set::new(),
        clashes: Set::new(),
        advice: Set::new(),
        readings: Set::new(),
    })
}

fn duties(slice: &Slice, point: &Point, given: &Given<'_>) -> Set<(DeedId, RuleId)> {
    standing(slice, point).filter(|b| is_duty(b.kind)).flat_map(|b| left(b, given)).collect()
}

/// The deeds of a duty that remain to be done. Of several of which one is enough, those that are not refused.
pub(crate) fn left<'a>(
    duty: &'a byelaw_ir::Box,
    given: &'a Given<'_>,
) -> impl Iterator<Item = (DeedId, RuleId)> + 'a {
    let open = duty.deeds.iter().filter(|one_of| !given.question.keeps(duty.rule, one_of));
    let deeds =
        open.flatten().filter(|deed| !given.question.violates(duty.rule, core::slice::from_ref(*deed)));
    deeds.map(|deed| (*deed, duty.rule))
}

fn reasons(slice: &Slice, point: &Point, counts: impl Fn(BoxKind, &[u64]) -> bool) -> Set<(RuleId, Says)> {
    let standing = point.standing.bits().filter_map(|b| slice.boxes.get(b));
    standing.filter(|b| counts(b.kind, &b.price)).map(|b| (b.rule, b.says)).collect()
}

fn defeats(slice: &Slice, point: &Point) -> Set<(RuleId, RuleId)> {
    let mut pairs = Set::new();
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

fn clashes(slice: &Slice, point: &Point) -> Set<(RuleId, RuleId)> {
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
