//! Boxes of situations in the words of the language.

use crate::testing::condition;
use byelaw_data::{FactId, ValueId};
use byelaw_hir::{Condition, Model};
use byelaw_ir::{Domain, Program};
use std::collections::BTreeSet;

/// What a box is narrowed to, fact by fact.
pub(super) fn words(model: &Model, program: &Program, facts: &[(FactId, BTreeSet<ValueId>)]) -> Vec<String> {
    facts.iter().map(|(fact, values)| condition(model, &narrowed(program, *fact, values))).collect()
}

fn narrowed(program: &Program, fact: FactId, values: &BTreeSet<ValueId>) -> Condition {
    let Some(domain) = program.facts.get(usize::from(fact.0)).map(|f| &f.domain) else {
        return Condition::Always;
    };
    if let Domain::Cells { .. } = domain {
        // Cells that follow each other are one stretch.
        let mut stretches: Vec<(i64, i64)> = Vec::new();
        for (low, high) in values.iter().filter_map(|v| domain.range(*v)) {
            match stretches.last_mut() {
                Some((_, end)) if end.saturating_add(1) == low => *end = high,
                _ => stretches.push((low, high)),
            }
        }
        let mut parts: Vec<Condition> =
            stretches.into_iter().map(|(low, high)| Condition::Between(fact, low, high)).collect();
        return match parts.len() {
            1 => parts.remove(0),
            _ => Condition::Any(parts),
        };
    }
    let all = (0..domain.width()).filter_map(|v| u16::try_from(v).ok().map(ValueId));
    let others: Vec<ValueId> = all.filter(|v| !values.contains(v)).collect();
    if others.len() < values.len() {
        Condition::Not(Box::new(Condition::In(fact, others)))
    } else {
        Condition::In(fact, values.iter().copied().collect())
    }
}
