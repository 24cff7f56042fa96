//! Pairs of boxes that contradict each other, with how much of a promise they take away (semantics 2.7).

use crate::boxes::{GuardBox, ValueSet, volume};
use crate::slices::Placed;
use byelaw_data::{AtomId, FactId};
use byelaw_hir::{Atom, Model, NormKind, Price, Side};
use byelaw_ir::{BoxClash, TOLD_FROM};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// The clashes among the boxes of one slice.
pub(crate) fn clashes(model: &Model, boxes: &[Placed], widths: &BTreeMap<FactId, usize>) -> Vec<BoxClash> {
    // For each norm its boxes and their places, ascending.
    let mut regions: BTreeMap<usize, (Vec<GuardBox>, Vec<usize>)> = BTreeMap::new();
    for (place, one) in boxes.iter().enumerate() {
        if let Some(norm) = one.norm {
            let (guards, places) = regions.entry(norm).or_default();
            guards.push(one.guard.clone());
            places.push(place);
        }
    }
    let promising = |norm: usize| matches!(model.norms[norm].kind, NormKind::May | NormKind::Only);
    let restricting = |norm: usize| matches!(model.norms[norm].kind, NormKind::MustNot | NormKind::Only);
    let approvals: BTreeMap<usize, Packages> = regions
        .keys()
        .filter(|norm| promising(**norm) || restricting(**norm))
        .map(|norm| (*norm, approvals(model, &model.norms[*norm].price)))
        .collect();
    let limits: Vec<usize> = regions.keys().copied().filter(|norm| restricting(*norm)).collect();
    let mut found = Vec::new();
    for (a, (promise, mine)) in regions.iter().filter(|(norm, _)| promising(**norm)) {
        let usual = OnceCell::new();
        for b in &limits {
            let (limit, its) = &regions[b];
            if promise.iter().any(|x| limit.iter().any(|y| x.meets(y)))
                && clash(model, (*a, &approvals[a]), (*b, &approvals[b]))
            {
                let usual = usual.get_or_init(|| ordinary(model, promise, widths));
                let share = share(model, widths, (*a, promise, usual), (*b, limit));
                let pairs = mine.iter().flat_map(|i| its.iter().map(move |j| (*i, *j)));
                found.extend(pairs.filter(|(i, j)| boxes[*i].guard.meets(&boxes[*j].guard)).map(|(i, j)| {
                    let place = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
                    BoxClash { promising: place(i), restricting: place(j), share }
                }));
            }
        }
    }
    found.sort_unstable_by_key(|clash| (clash.promising, clash.restricting));
    found
}

/// How much of the promise `a` the limit `b` takes away, in thousandths, where the two meet. To each belong its boxes,
/// and to the promise as well what is [`ordinary`] of them.
fn share(
    model: &Model,
    widths: &BTreeMap<FactId, usize>,
    (norm_a, a, usual): (usize, &[GuardBox], &[GuardBox]),
    (norm_b, b): (usize, &[GuardBox]),
) -> u16 {
    let thousandths = |usual: &[GuardBox], limit: &[GuardBox]| {
        let promise: Vec<GuardBox> = usual.iter().filter_map(|x| addressed(model, x, limit)).collect();
        let both: Vec<GuardBox> =
            promise.iter().flat_map(|x| limit.iter().filter_map(move |y| x.and(y))).collect();
        let (inside, whole) = (volume(&both, widths), volume(&promise, widths).max(1));
        u16::try_from(inside.saturating_mul(1000) / whole).unwrap_or(1000).min(1000)
    };
    let conditions = |n: usize| model.norms[n].kind == NormKind::Only;
    // For two conditions neither is the promise: the larger share counts.
    let larger = conditions(norm_a) && conditions(norm_b);
    let mut share = thousandths(usual, b);
    if larger {
        share = share.max(thousandths(&ordinary(model, b, widths), a));
    }
    if safeguards(model, norm_a) { share.min(TOLD_FROM - 1) } else { share }
}

/// Whether a rule is a condition that asks for undertakings alone: it says how something is done, and promises little
/// (decision 0004).
fn safeguards(model: &Model, norm: usize) -> bool {
    let norm = &model.norms[norm];
    norm.kind == NormKind::Only && approvals(model, &norm.price).iter().all(BTreeSet::is_empty)
}

/// A box narrowed to those whom the limit addresses: what it leaves to others is no comfort to them (decision 0004).
fn addressed(model: &Model, one: &GuardBox, limit: &[GuardBox]) -> Option<GuardBox> {
    let mut narrowed = one.clone();
    let askers = |b: &GuardBox| -> BTreeSet<FactId> {
        b.0.keys().copied().filter(|f| model.fact(*f).side == Side::Asker).collect()
    };
    for fact in limit.iter().flat_map(askers).collect::<BTreeSet<_>>() {
        // A box of the limit that does not mention the fact addresses everybody.
        let Some(sets) = limit.iter().map(|b| b.0.get(&fact)).collect::<Option<Vec<_>>>() else { continue };
        let Some(all) = sets.into_iter().cloned().reduce(|a, b| a.or(&b)) else { continue };
        let here = narrowed.0.get(&fact).map_or(all.clone(), |mine| mine.and(&all));
        if here.is_empty() {
            return None;
        }
        narrowed.0.insert(fact, here);
    }
    Some(narrowed)
}

/// A promise with presumed facts at their presumed values, as far as it allows them: a bar on what is presumed absent
/// takes nothing away that anybody counts on (decision 0004). The promise is narrowed as a whole, fact by fact, so that
/// nothing hangs on how it falls into boxes.
fn ordinary(model: &Model, promise: &[GuardBox], widths: &BTreeMap<FactId, usize>) -> Vec<GuardBox> {
    let mut ordinary = promise.to_vec();
    for (fact, width) in widths {
        let presumptions = &model.fact(*fact).presumed;
        let Some(presumed) = presumptions.iter().find(|p| p.is_unconditional()) else { continue };
        let presumed = ValueSet::of(*width, presumed.values.iter().copied());
        let narrowed: Vec<GuardBox> = ordinary
            .iter()
            .filter_map(|one| {
                let here = one.0.get(fact).map_or(presumed.clone(), |set| set.and(&presumed));
                let mut narrowed = one.clone();
                narrowed.0.insert(*fact, here.clone());
                (!here.is_empty()).then_some(narrowed)
            })
            .collect();
        if !narrowed.is_empty() {
            ordinary = narrowed;
        }
    }
    ordinary
}

/// Whether `a` promises what `b` takes away, where both stand; to each its price as [`approvals`] has it.
fn clash(model: &Model, (a, a_price): (usize, &Packages), (b, b_price): (usize, &Packages)) -> bool {
    let (promising, restricting) = (&model.norms[a], &model.norms[b]);
    if a == b || promising.rule == restricting.rule {
        return false;
    }
    if model.precedence.contains(&(a, b)) || model.precedence.contains(&(b, a)) {
        return false;
    }
    // A lower policy may always limit what stands above it.
    if model.tightens(restricting, promising) || model.tightens(promising, restricting) {
        return false;
    }
    match (promising.kind, restricting.kind) {
        (NormKind::May, NormKind::MustNot | NormKind::Only) | (NormKind::Only, NormKind::MustNot) => {
            !at_least_as_strict(a_price, b_price)
        }
        (NormKind::Only, NormKind::Only) if a < b => {
            a_price != b_price
                && classes(model, a_price).intersection(&classes(model, b_price)).next().is_some()
        }
        _ => false,
    }
}

type Packages = BTreeSet<BTreeSet<AtomId>>;

/// A price with its undertakings taken as given: a required undertaking is no contradiction.
fn approvals(model: &Model, price: &Price) -> Packages {
    let is_approval = |a: &AtomId| model.atoms.get(usize::from(a.0)).is_some_and(|a| a.approval.is_some());
    let all: Packages = price.0.iter().map(|p| p.iter().copied().filter(is_approval).collect()).collect();
    all.iter().filter(|p| !all.iter().any(|q| q != *p && q.is_subset(p))).cloned().collect()
}

/// Whether `a` is at least as strict as `b`: each way through `a` is one through `b`.
fn at_least_as_strict(a: &Packages, b: &Packages) -> bool {
    a.iter().all(|p| b.iter().any(|q| q.is_subset(p)))
}

fn classes(model: &Model, packages: &Packages) -> BTreeSet<String> {
    let class = |a: &AtomId| {
        let atom: Option<&Atom> = model.atoms.get(usize::from(a.0));
        atom.and_then(|a| a.approval.as_ref()).and_then(|g| g.class.clone())
    };
    packages.iter().flatten().filter_map(class).collect()
}
