//! Contradictions that nobody settled (semantics 2.7).

use crate::witness::both_stand;
use byelaw_data::{FactId, RuleId, ValueId};
use byelaw_ir::Program;
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
    /// A situation in which both stand: the facts in which it is narrower than either rule apart.
    pub witness: Vec<(FactId, ValueId)>,
}

/// All clashes of a program, the weightiest first.
pub fn clashes(program: &Program) -> Vec<Clash> {
    let mut found: BTreeMap<(RuleId, RuleId), Clash> = BTreeMap::new();
    for (act, slice) in program.slices.iter().enumerate() {
        let act = ValueId(u16::try_from(act).unwrap_or(u16::MAX));
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
            let Some(witness) = both_stand(slice, boxes) else { continue };
            let clash = found.entry(rules).or_insert_with(|| Clash {
                promising: rules.0,
                restricting: rules.1,
                share: 0,
                acts: Vec::new(),
                witness: Vec::new(),
            });
            clash.acts.push(act);
            if pair.share > clash.share {
                clash.share = pair.share;
                clash.witness = witness;
            }
        }
    }
    let mut all: Vec<Clash> = found.into_values().collect();
    all.sort_by_key(|c| (std::cmp::Reverse(c.share), c.promising, c.restricting));
    all
}
