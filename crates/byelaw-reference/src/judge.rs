//! One situation judged: which norms are active, which stand, and what follows (2.4).

use crate::{Situation, Value, Verdict, holds};
use byelaw_data::{AtomId, YES};
use byelaw_hir::{AS_OF, InForce, Model, Norm, NormKind, ON};
use std::collections::BTreeSet;

/// What follows in a situation. Numbers are places in the model's list of norms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// What it takes; `forbid` where silent.
    pub verdict: Verdict,
    /// Whether no rule speaks.
    pub silent: bool,
    /// The norms that stand.
    pub standing: BTreeSet<usize>,
    /// `(defeated, by)`
    pub defeated: BTreeSet<(usize, usize)>,
    /// `(promising, restricting)`
    pub clashes: BTreeSet<(usize, usize)>,
}

/// Judges a fully known situation.
pub fn judge(model: &Model, situation: &Situation) -> Judged {
    let active = active(model, 0..model.norms.len(), situation);
    let standing = standing(model, &active);
    let prevails = |stronger: usize, weaker: usize| model.precedence.contains(&(stronger, weaker));
    let kinds = |wanted: &[NormKind]| -> Vec<usize> {
        standing.iter().copied().filter(|n| wanted.contains(&model.norms[*n].kind)).collect()
    };
    let price = |n: usize| Verdict::of(model.norms[n].price.0.iter().cloned());

    let permissions = kinds(&[NormKind::May, NormKind::MayInGeneral]);
    // A condition whose restriction alone was taken away keeps its permission.
    let disapplied = active.iter().copied().filter(|n| {
        let stronger: Vec<usize> = standing.iter().copied().filter(|s| prevails(*s, *n)).collect();
        model.norms[*n].kind == NormKind::Only
            && !stronger.is_empty()
            && stronger.iter().all(|s| model.norms[*s].kind == NormKind::Disapply)
    });
    let conditions: Vec<usize> = kinds(&[NormKind::Only]).into_iter().chain(disapplied).collect();
    let bars = kinds(&[NormKind::MustNot, NormKind::Only]);

    let gate = if permissions.is_empty() {
        Verdict::permit()
    } else {
        permissions.iter().fold(Verdict::forbid(), |all, n| all.join(&price(*n)))
    };
    // An exception lifts a bar only as far as its own approvals and undertakings.
    let restrictive =
        active.iter().filter(|n| matches!(model.norms[**n].kind, NormKind::MustNot | NormKind::Only));
    let bar = restrictive.fold(Verdict::permit(), |all, n| {
        let exceptions = standing.iter().filter(|s| prevails(**s, *n));
        all.meet(&exceptions.fold(price(*n), |lifted, s| lifted.join(&price(*s))))
    });

    let (verdict, silent) = if !permissions.is_empty() || !conditions.is_empty() {
        (gate.meet(&bar), false)
    } else if !bars.is_empty() {
        (Verdict::forbid(), false)
    } else if !kinds(&[NormKind::Duty]).is_empty() {
        (Verdict::permit(), false)
    } else {
        (Verdict::forbid(), true)
    };
    let defeated = defeated(model, &active, &standing);
    let clashes = clashes(model, &standing);
    Judged { verdict, silent, standing, defeated, clashes }
}

/// Which of some norms stand in a situation, and which of them are set aside, by which: `(weaker, stronger)`. Among them
/// has to be whatever prevails over one of them.
pub(crate) fn stand(
    model: &Model,
    norms: &BTreeSet<usize>,
    situation: &Situation,
) -> (BTreeSet<usize>, BTreeSet<(usize, usize)>) {
    let active = active(model, norms.iter().copied(), situation);
    let standing = standing(model, &active);
    let defeated = defeated(model, &active, &standing);
    (standing, defeated)
}

/// Act(s,t): the guard holds, the instrument is in force and was adopted.
fn active(model: &Model, norms: impl Iterator<Item = usize>, situation: &Situation) -> BTreeSet<usize> {
    norms
        .filter(|n| in_force(model, &model.norms[*n], situation) && holds(&model.norms[*n].guard, situation))
        .collect()
}

fn defeated(model: &Model, active: &BTreeSet<usize>, standing: &BTreeSet<usize>) -> BTreeSet<(usize, usize)> {
    let by = |weaker: usize| standing.iter().filter(move |s| model.precedence.contains(&(**s, weaker)));
    active.difference(standing).flat_map(|n| by(*n).map(|s| (*n, *s))).collect()
}

fn in_force(model: &Model, norm: &Norm, situation: &Situation) -> bool {
    let Some(instrument) = model.instruments.get(norm.instrument) else { return true };
    let day = |fact| match situation.get(&fact) {
        Some(Value::Number(day)) => Some(*day),
        _ => None,
    };
    let adopted = instrument.adopted.is_none_or(|a| day(AS_OF).is_some_and(|as_of| a.days() <= as_of));
    // Whatever replaces it, and was adopted as of that day, ends it (2.4, 2.9).
    let ended = model.ends(norm.instrument).iter().any(|end| {
        let begun = day(ON).is_some_and(|on| end.from.days() <= on);
        begun && end.adopted.is_none_or(|a| day(AS_OF).is_some_and(|as_of| a.days() <= as_of))
    });
    adopted
        && !ended
        && instrument.in_force.iter().all(|time| match time {
            InForce::Dates { from, until } => {
                day(ON).is_some_and(|on| from.days() <= on && until.is_none_or(|u| on < u.days()))
            }
            InForce::While(period) => situation.get(period) == Some(&Value::Listed(YES)),
        })
}

/// IN(s,t): a norm stands unless a standing norm prevails over it. Decided from the top of the order downwards.
fn standing(model: &Model, active: &BTreeSet<usize>) -> BTreeSet<usize> {
    let mut standing = BTreeSet::new();
    let mut undecided = active.clone();
    while !undecided.is_empty() {
        let top: Vec<usize> = undecided
            .iter()
            .copied()
            .filter(|n| !undecided.iter().any(|m| model.precedence.contains(&(*m, *n))))
            .collect();
        assert!(!top.is_empty(), "precedence has a circle");
        for norm in top {
            undecided.remove(&norm);
            if !standing.iter().any(|s| model.precedence.contains(&(*s, norm))) {
                standing.insert(norm);
            }
        }
    }
    standing
}

/// Pairs of standing norms that contradict each other (2.7).
fn clashes(model: &Model, standing: &BTreeSet<usize>) -> BTreeSet<(usize, usize)> {
    let approvals = |n: usize| {
        let price = Verdict::of(model.norms[n].price.0.iter().cloned());
        price.project(|a| model.atoms.get(usize::from(a.0)).is_some_and(|a| a.approval.is_some()))
    };
    let classes = |v: &Verdict| -> BTreeSet<String> {
        let class =
            |a: &AtomId| model.atoms[usize::from(a.0)].approval.as_ref().and_then(|g| g.class.clone());
        v.0.iter().flatten().filter_map(class).collect()
    };
    let mut found = BTreeSet::new();
    for a in standing {
        for b in standing {
            let (promise, limit) = (&model.norms[*a], &model.norms[*b]);
            // What a lower policy limits is meant, and contradicts nothing (2.8).
            if model.tightens(limit, promise) || model.tightens(promise, limit) {
                continue;
            }
            let ordered = model.precedence.contains(&(*a, *b)) || model.precedence.contains(&(*b, *a));
            if promise.rule == limit.rule || ordered {
                continue;
            }
            let clash = match (promise.kind, limit.kind) {
                (NormKind::May, NormKind::MustNot | NormKind::Only) | (NormKind::Only, NormKind::MustNot) => {
                    !approvals(*a).at_least_as_strict_as(&approvals(*b))
                }
                (NormKind::Only, NormKind::Only) => {
                    let (x, y) = (approvals(*a), approvals(*b));
                    a < b && x != y && !classes(&x).is_disjoint(&classes(&y))
                }
                _ => false,
            };
            if clash {
                found.insert((*a, *b));
            }
        }
    }
    found
}
