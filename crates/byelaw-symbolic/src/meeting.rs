//! Rules that should never speak about the same situation, and do: two rows of one table.

use crate::witness::{Search, Witness};
use byelaw_data::{RuleId, ValueId};
use byelaw_ir::Program;
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// Two rules that both stand somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// The one.
    pub first: RuleId,
    /// The other.
    pub second: RuleId,
    /// An act for which they meet.
    pub act: ValueId,
    /// A situation in which both stand: the facts that one of them looks at.
    pub witness: Witness,
}

/// Those of the pairs that meet, each with the first act for which it does.
pub fn meetings(program: &Program, pairs: &[(RuleId, RuleId)]) -> Vec<Meeting> {
    let mut found: BTreeMap<usize, Meeting> = BTreeMap::new();
    for (act, slice) in program.slices.iter().enumerate() {
        let act = ValueId(u16::try_from(act).unwrap_or(u16::MAX));
        let search = OnceCell::new();
        let mut boxes: BTreeMap<RuleId, Vec<usize>> = BTreeMap::new();
        for (place, one) in
            slice.boxes.iter().enumerate().filter(|(_, b)| b.kind != byelaw_ir::BoxKind::Impossible)
        {
            boxes.entry(one.rule).or_default().push(place);
        }
        let of = |rule: &RuleId| boxes.get(rule).map_or(&[][..], Vec::as_slice);
        for (place, (first, second)) in pairs.iter().enumerate() {
            let mut both = of(first).iter().flat_map(|a| of(second).iter().map(move |b| (*a, *b)));
            if found.contains_key(&place) {
                continue;
            }
            if let Some(witness) =
                both.find_map(|pair| search.get_or_init(|| Search::new(program, act)).both_stand(pair, true))
            {
                found.insert(place, Meeting { first: *first, second: *second, act, witness });
            }
        }
    }
    found.into_values().collect()
}
