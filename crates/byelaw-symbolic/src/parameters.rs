//! Which values of a parameter reconcile two rules, and whether any does (semantics 2.7).

use crate::clash::Clash;
use crate::field::{Field, Walked};
use byelaw_data::{FactId, ValueId};
use byelaw_eval::looks_at;
use byelaw_ir::{Program, Slice, SliceFact};
use std::collections::BTreeSet;

/// How many values may be tried for one value of a parameter.
const STEPS: u64 = 20_000;

/// What the values of a parameter do to a contradiction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciling {
    /// The parameter, which is left to somebody and not yet filled.
    pub parameter: FactId,
    /// The values with which the two rules never contradict each other; empty if they do with every one.
    pub values: Vec<ValueId>,
}

/// For each open parameter that one of two rules looks at, the values with which both never stand at once. A parameter of
/// which that was not found out is left out, and so is one that holds several values at once.
pub fn reconciling(program: &Program, clash: &Clash) -> Vec<Reconciling> {
    let open = |id: &FactId| {
        program.facts.get(usize::from(id.0)).is_some_and(|f| {
            f.left_open && f.taken_as.is_none() && f.member_of.is_none() && !program.readings.contains(id)
        })
    };
    let mut looked: BTreeSet<FactId> = BTreeSet::new();
    for slice in clash.acts.iter().filter_map(|act| program.slices.get(usize::from(act.0))) {
        let facts: Vec<&SliceFact> = slice.facts.iter().filter(|f| open(&f.fact)).collect();
        if facts.is_empty() {
            continue;
        }
        for (a, b) in pairs(slice, clash) {
            let those = facts.iter().filter(|f| looks_at(slice, f, a) || looks_at(slice, f, b));
            looked.extend(those.map(|f| f.fact));
        }
    }
    if looked.is_empty() {
        return Vec::new();
    }
    let fields: Vec<Field<'_>> = clash.acts.iter().filter_map(|act| Field::of(program, *act)).collect();
    looked.into_iter().filter_map(|parameter| of(program, clash, &fields, parameter)).collect()
}

fn of(program: &Program, clash: &Clash, fields: &[Field<'_>], parameter: FactId) -> Option<Reconciling> {
    let width = program.facts.get(usize::from(parameter.0))?.domain.width();
    let mut values = Vec::new();
    for value in (0..width).filter_map(|v| u16::try_from(v).ok().map(ValueId)) {
        let mut meet = false;
        for field in fields {
            for pair in pairs(field.slice, clash) {
                meet |= both_stand(field, pair, parameter, value)?;
            }
        }
        if !meet {
            values.push(value);
        }
    }
    Some(Reconciling { parameter, values })
}

/// The boxes of the two rules that contradict each other.
fn pairs(slice: &Slice, clash: &Clash) -> Vec<(usize, usize)> {
    let rule = |place: u16| slice.boxes.get(usize::from(place)).map(|b| b.rule);
    let rules = BTreeSet::from([Some(clash.promising), Some(clash.restricting)]);
    let all = slice.clashes.iter();
    let those = all.filter(|c| BTreeSet::from([rule(c.promising), rule(c.restricting)]) == rules);
    those.map(|c| (usize::from(c.promising), usize::from(c.restricting))).collect()
}

/// Whether both boxes stand in some situation in which the parameter has a value; `None` if that was not found out.
fn both_stand(field: &Field<'_>, pair: (usize, usize), parameter: FactId, value: ValueId) -> Option<bool> {
    let within: Vec<Vec<bool>> = field
        .axes
        .iter()
        .map(|axis| {
            let at = axis.facts.iter().position(|f| *f == parameter);
            let has = |row: &Vec<ValueId>| at.is_none_or(|at| row.get(at) == Some(&value));
            axis.options.iter().map(|o| o.rows.iter().any(|(row, _)| has(row))).collect()
        })
        .collect();
    match field.both_stand(pair, Some(&within), &mut STEPS.clone()) {
        Walked::Found(..) => Some(true),
        Walked::Nowhere => Some(false),
        Walked::Unknown => None,
    }
}
