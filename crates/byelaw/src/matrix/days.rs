//! The matrices of a policy on all days at once: what a page needs that has no compiler.

use super::{MatrixReport, matrices_report};
use byelaw_data::Date;
use byelaw_hir::Model;
use byelaw_ir::{AS_OF, Domain, ON, Program};
use serde::Serialize;
use std::collections::BTreeSet;

/// The matrices of a policy on all days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatricesOfAllDays {
    /// The name of the pack.
    pub pack: String,
    /// Stretches of days, in their order, each until the next begins.
    pub stretches: Vec<MatricesOfDays>,
    /// The version of the shape.
    pub v: u8,
}

/// The matrices on a stretch of days on which they say the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatricesOfDays {
    /// Its first day; absent for the first stretch, which begins before all days.
    pub from: Option<String>,
    /// The matrices, in the order of the policy.
    pub matrices: Vec<MatrixReport>,
}

/// Decides the matrices of a policy once for each stretch of days between those on which its rules change. Stretches
/// that say the same are one.
pub fn matrices_of_all_days(model: &Model, program: &Program) -> MatricesOfAllDays {
    let turns = turns(program);
    let before = turns.first().and_then(|first| Date::from_days(first.days().saturating_sub(1)));
    // Where nothing ever changes, any day is as good as another.
    let first = before.or_else(|| Date::from_days(0));
    let days = first.into_iter().map(|day| (None, day)).chain(turns.into_iter().map(|day| (Some(day), day)));
    let mut stretches: Vec<MatricesOfDays> = Vec::new();
    for (from, day) in days {
        let matrices = matrices_report(model, program, day).matrices;
        if stretches.last().is_none_or(|before| before.matrices != matrices) {
            stretches.push(MatricesOfDays { from: from.map(|day| day.to_string()), matrices });
        }
    }
    MatricesOfAllDays { pack: model.name.clone(), stretches, v: 1 }
}

/// The days from which other rules hold than before.
fn turns(program: &Program) -> Vec<Date> {
    let cuts = [ON, AS_OF].into_iter().filter_map(|id| match &program.facts.get(usize::from(id.0))?.domain {
        Domain::Cells { cuts, .. } => Some(cuts),
        _ => None,
    });
    let days: BTreeSet<i64> = cuts.flatten().copied().collect();
    days.into_iter().filter_map(Date::from_days).collect()
}
