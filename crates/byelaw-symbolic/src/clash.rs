//! Contradictions that nobody settled (semantics 2.7).

use crate::witness::{Search, Witness};
use byelaw_data::{RuleId, ValueId};
use byelaw_ir::{Program, TOLD_FROM};
use std::cell::OnceCell;
use std::collections::BTreeMap;

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
    /// A situation in which both stand: the facts in which it is narrower than either rule apart.
    pub witness: Witness,
}

/// All clashes of a program, the weightiest first. Two rules that each take something from the other are one clash:
/// that in which more is lost.
pub fn clashes(program: &Program) -> Vec<Clash> {
    let mut found: BTreeMap<(RuleId, RuleId), Clash> = BTreeMap::new();
    for (act, slice) in program.slices.iter().enumerate() {
        let act = ValueId(u16::try_from(act).unwrap_or(u16::MAX));
        let search = OnceCell::new();
        for pair in &slice.clashes {
            let rules = (
                slice.boxes[usize::from(pair.promising)].rule,
                slice.boxes[usize::from(pair.restricting)].rule,
            );
            let known = found.get(&rules).is_some_and(|c| c.acts.contains(&act));
            if known {
                continue;
            }
            let boxes = (usize::from(pair.promising), usize::from(pair.restricting));
            let search = search.get_or_init(|| Search::new(program, act));
            let Some(witness) = search.both_stand(boxes, pair.share >= TOLD_FROM) else { continue };
            let clash = found.entry(rules).or_insert_with(|| Clash {
                promising: rules.0,
                restricting: rules.1,
                share: 0,
                acts: Vec::new(),
                act,
                witness: witness.clone(),
            });
            clash.acts.push(act);
            if pair.share > clash.share {
                clash.share = pair.share;
                clash.act = act;
                clash.witness = witness;
            }
        }
    }
    let mut all = once(found);
    all.sort_by_key(|c| (std::cmp::Reverse(c.share), c.promising, c.restricting));
    all
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
            kept.acts.extend(left_out.acts);
            kept.acts.sort_unstable();
            kept.acts.dedup();
        }
    }
    found.into_values().collect()
}
