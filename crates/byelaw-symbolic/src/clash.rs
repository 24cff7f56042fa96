//! Contradictions that nobody settled (semantics 2.7).

use crate::witness::{Search, Witness};
use byelaw_data::{FactId, RuleId, ValueId};
use byelaw_eval::Mask;
use byelaw_ir::{AS_OF, Program, Slice, SliceFact, TOLD_FROM};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// Two rules of which one promises what the other takes away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The promise.
    pub promising: RuleId,
    /// The limit.
    pub restricting: RuleId,
    /// The largest share of the promise that is taken away for one act, in thousandths.
    pub share: u16,
    /// The acts concerned.
    pub acts: Vec<ValueId>,
    /// The act that the situation is about.
    pub act: ValueId,
    /// Where the two meet about this act, in one of their cases: for each fact that either looks at, the values that both
    /// allow.
    pub region: Vec<(FactId, BTreeSet<ValueId>)>,
    /// Whether they meet elsewhere, too.
    pub elsewhere: bool,
    /// A situation in which both stand: the facts in which it is narrower than either rule apart.
    pub witness: Witness,
}

/// All clashes of a program, the weightiest first. Two rules that each take something from the other are one clash:
/// that in which more is lost.
pub fn clashes(program: &Program) -> Vec<Clash> {
    clashes_among(program, &|_, _, _| true)
}

/// As [`clashes`], with only those pairs of boxes that `counts` says of an act, by its place, and its slice.
pub(crate) fn clashes_among(
    program: &Program,
    counts: &dyn Fn(usize, &Slice, &byelaw_ir::BoxClash) -> bool,
) -> Vec<Clash> {
    let mut found: BTreeMap<(RuleId, RuleId), Clash> = BTreeMap::new();
    for (place, slice) in program.slices.iter().enumerate() {
        let act = ValueId(u16::try_from(place).unwrap_or(u16::MAX));
        let search = OnceCell::new();
        for pair in slice.clashes.iter().filter(|pair| counts(place, slice, pair)) {
            let rules = (
                slice.boxes[usize::from(pair.promising)].rule,
                slice.boxes[usize::from(pair.restricting)].rule,
            );
            let known = found.get_mut(&rules).filter(|clash| clash.acts.contains(&act));
            if let Some(clash) = known {
                clash.elsewhere = true;
                continue;
            }
            let boxes = (usize::from(pair.promising), usize::from(pair.restricting));
            let search = search.get_or_init(|| Search::new(program, act));
            let Some(witness) = search.both_stand(boxes, pair.share >= TOLD_FROM) else { continue };
            let Some(clash) = found.get_mut(&rules) else {
                let (promising, restricting) = rules;
                let (acts, region) = (vec![act], region(slice, boxes));
                let share = pair.share;
                found.insert(
                    rules,
                    Clash { promising, restricting, share, acts, act, region, elsewhere: false, witness },
                );
                continue;
            };
            clash.elsewhere = true;
            clash.acts.push(act);
            if pair.share > clash.share {
                clash.share = pair.share;
                clash.act = act;
                clash.region = region(slice, boxes);
                clash.witness = witness;
            }
        }
    }
    let mut all = once(found);
    all.sort_by_key(|c| (std::cmp::Reverse(c.share), c.promising, c.restricting));
    all
}

/// What both boxes allow, of each fact of which they do not allow everything.
fn region(slice: &Slice, (a, b): (usize, usize)) -> Vec<(FactId, BTreeSet<ValueId>)> {
    let words = usize::from(slice.words).max(1);
    let both = Mask::from_iter([a, b]);
    let allowed = |fact: &SliceFact| -> Option<BTreeSet<ValueId>> {
        let allows = |row: &[u64]| both.words().iter().zip(row).all(|(both, row)| both & !row == 0);
        if fact.rows.chunks(words).all(allows) {
            return None;
        }
        let values = fact.rows.chunks(words).enumerate().filter(|(_, row)| allows(row));
        Some(values.filter_map(|(value, _)| u16::try_from(value).ok().map(ValueId)).collect())
    };
    let facts = slice.facts.iter().filter(|fact| fact.fact != AS_OF);
    facts.filter_map(|fact| Some((fact.fact, allowed(fact)?))).collect()
}

/// The clashes without those that are there the other way round with no smaller share; what is kept names the acts of
/// both.
fn once(mut found: BTreeMap<(RuleId, RuleId), Clash>) -> Vec<Clash> {
    let pairs: Vec<(RuleId, RuleId)> = found.keys().copied().filter(|(a, b)| a < b).collect();
    for (a, b) in pairs {
        let (Some(one), Some(other)) = (found.get(&(a, b)), found.get(&(b, a))) else { continue };
        let less = if one.share < other.share { (a, b) } else { (b, a) };
        let Some(left_out) = found.remove(&less) else { continue };
        if let Some(kept) = found.get_mut(&(less.1, less.0)) {
            kept.elsewhere |= left_out.elsewhere || left_out.acts != kept.acts;
            kept.acts.extend(left_out.acts);
            kept.acts.sort_unstable();
            kept.acts.dedup();
        }
    }
    found.into_values().collect()
}
