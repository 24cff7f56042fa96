//! What all completions together say.

use crate::leaf::{self, Given, Leaf, is_duty};
use alloc::vec::Vec;
use byelaw_data::{
    Advised, AtomId, Because, Clash, ClashKind, Decision, DeedId, Defeated, DutyDue, Listed as _, Map, Needs,
    Outcome, ReadingClash, RuleId, Set, Way, order, order_by_key,
};
use byelaw_eval::{Mask, Verdict, beats};
use byelaw_ir::{BoxKind, Slice};

/// The part of the answer by which presumptions are judged needed or not: outcomes, ways and duties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gist {
    pub possible: Set<Outcome>,
    pub ways: Verdict,
    pub duties: Set<(DeedId, RuleId, bool)>,
}

impl Gist {
    /// Whether it would be the same with one more situation.
    pub fn includes(&self, leaf: &Leaf) -> bool {
        let agreed = matches!(outcome(&self.possible), Outcome::Permitted | Outcome::NeedsApproval);
        let told = |duty: &(DeedId, RuleId, bool)| duty.2 || leaf.duties.contains(&(duty.0, duty.1));
        self.possible.contains(&leaf.outcome)
            && (!agreed || self.ways.meet(&leaf.ways) == self.ways)
            && self.duties.iter().all(told)
            && leaf.duties.iter().all(|duty| self.tells(duty))
    }

    /// Whether it tells a duty.
    fn tells(&self, (deed, rule): &(DeedId, RuleId)) -> bool {
        self.duties.iter().any(|d| (d.0, d.1) == (*deed, *rule))
    }

    /// Whether it can be seen at once that it would be the same with every situation that leaves only some of `boxes` active
    /// and all of `certain`. False if that takes a closer look.
    pub fn includes_all(&self, slice: &Slice, boxes: &Mask, certain: &Mask, given: &Given<'_>) -> bool {
        let agreed = matches!(outcome(&self.possible), Outcome::Permitted | Outcome::NeedsApproval);
        if agreed || self.duties.iter().any(|duty| !duty.2) {
            return false;
        }
        let left = || boxes.bits().filter_map(|place| slice.boxes.get(place));
        let stays = |place: &usize| !boxes.bits().take_while(|b| b < place).any(|b| beats(slice, b, *place));
        let speaks = |place: &usize| {
            let kind = slice.boxes.get(*place).map(|b| b.kind);
            kind.is_some_and(|kind| opens(kind) && kind != BoxKind::Standing || kind == BoxKind::MustNot)
        };
        let may_be = |outcome: &Outcome| match outcome {
            Outcome::Permitted => left().any(|b| opens(b.kind)),
            Outcome::NeedsApproval => left().any(|b| b.price.iter().any(|p| p & slice.approvals != 0)),
            Outcome::Forbidden => left().any(|b| match b.kind {
                BoxKind::MustNot | BoxKind::Only => true,
                BoxKind::May | BoxKind::MayInGeneral => b.price != [0],
                kind => is_duty(kind) && given.violates(b),
            }),
            // What stands in any case speaks in every situation.
            Outcome::NotCovered => !certain.bits().filter(speaks).any(|place| stays(&place)),
            Outcome::NeedsFacts => false,
        };
        Outcome::KNOWN.iter().all(|outcome| self.possible.contains(outcome) || !may_be(outcome))
            && left().filter(|b| is_duty(b.kind)).all(|b| leaf::left(b, given).all(|duty| self.tells(&duty)))
    }
}

/// Whether a box of this kind can be why something is permitted.
pub(crate) fn opens(kind: BoxKind) -> bool {
    matches!(kind, BoxKind::May | BoxKind::MayInGeneral | BoxKind::Only | BoxKind::Duty | BoxKind::Standing)
}

/// The outcome, if all completions have one and the same.
pub(crate) fn outcome(possible: &Set<Outcome>) -> Outcome {
    let mut all = possible.iter();
    match (all.next(), all.next()) {
        (Some(one), None) => *one,
        _ => Outcome::NeedsFacts,
    }
}

pub(crate) fn gist(leaves: &[Leaf]) -> Gist {
    let possible: Set<Outcome> = leaves.iter().map(|l| l.outcome).collect();
    let agreed = matches!(outcome(&possible), Outcome::Permitted | Outcome::NeedsApproval);
    let ways =
        if agreed { leaves.iter().fold(Verdict::FREE, |all, l| all.meet(&l.ways)) } else { Verdict::NEVER };
    let duties = told(leaves, |l| &l.duties).into_iter().map(|((d, r), s)| (d, r, s)).collect();
    Gist { possible, ways, duties }
}

/// Everything that some leaf tells, with whether others do not.
fn told<T: Ord + Copy>(leaves: &[Leaf], of: impl Fn(&Leaf) -> &Set<T>) -> Map<T, bool> {
    let mut times: Map<T, usize> = Map::new();
    for leaf in leaves {
        for item in of(leaf) {
            times.update(*item, |count| *count = count.saturating_add(1));
        }
    }
    times.into_iter().map(|(item, n)| (item, n < leaves.len())).collect()
}

/// What every leaf tells, then what only some do.
fn certain_first<T: Copy>(told: Map<T, bool>) -> impl Iterator<Item = (T, bool)> {
    let (sometimes, always): (Vec<_>, Vec<_>) = told.into_iter().partition(|(_, sometimes)| *sometimes);
    always.into_iter().chain(sometimes)
}

/// The decision, but for presumptions and needs.
pub(crate) fn decision(slice: &Slice, leaves: &[Leaf]) -> Decision {
    let gist = gist(leaves);
    let outcome = outcome(&gist.possible);
    Decision {
        outcome,
        exact: true,
        ways: ways(slice, &gist.ways),
        duties: gist
            .duties
            .iter()
            .map(|(deed, rule, sometimes)| DutyDue { deed: *deed, rule: *rule, sometimes: *sometimes })
            .list(),
        advice: told(leaves, |l| &l.advice)
            .into_iter()
            .map(|(rule, sometimes)| Advised { rule, sometimes })
            .list(),
        assumed: Vec::new(),
        needs: Needs::default(),
        by_silence: outcome == Outcome::NotCovered,
        all_reasons: true,
        possible: gist.possible,
        because: certain_first(told(leaves, |l| &l.because))
            .map(|((rule, says), sometimes)| Because { rule, says, sometimes })
            .list(),
        defeated: told(leaves, |l| &l.defeated)
            .into_iter()
            .map(|((rule, by), sometimes)| Defeated { rule, by, sometimes })
            .list(),
        clashes: told(leaves, |l| &l.clashes)
            .into_iter()
            .map(|((promising, restricting), sometimes)| Clash {
                promising,
                restricting,
                kind: ClashKind::Clash,
                sometimes,
            })
            .list(),
        readings: told(leaves, |l| &l.readings)
            .into_iter()
            .map(|(reading, sometimes)| ReadingClash { reading, sometimes })
            .list(),
    }
}

/// Packages as lists of atoms: fewest first, then by number.
pub(crate) fn ways(slice: &Slice, verdict: &Verdict) -> Vec<Way> {
    let mut ways: Vec<Way> = verdict
        .packages()
        .iter()
        .map(|package| {
            let mut atoms: Vec<AtomId> = slice
                .atoms
                .iter()
                .enumerate()
                .filter(|(i, _)| {
                    u32::try_from(*i).is_ok_and(|i| package.checked_shr(i).unwrap_or(0) & 1 == 1)
                })
                .map(|(_, a)| *a)
                .list();
            order(&mut atoms);
            Way { atoms }
        })
        .list();
    order(&mut ways);
    order_by_key(&mut ways, |way| way.atoms.len());
    ways
}
