//! A policy below others, compiled so that it can be compared with what stands above it (semantics 2.8).

use crate::lower;
use byelaw_data::{RuleId, Says};
use byelaw_diagnostic::Diagnostic;
use byelaw_hir::{Condition, Model, Norm, NormKind, Price};
use byelaw_ir::Program;
use std::collections::BTreeSet;

/// A policy with what stands above it, compiled for the comparison of the two.
#[derive(Debug, Clone)]
pub struct Layered {
    /// Both together, and rules that mark what is left to lower policies.
    pub program: Program,
    /// The rules of the lower policy.
    pub lower: BTreeSet<RuleId>,
    /// The marks.
    pub left: BTreeSet<RuleId>,
}

/// Makes the program in which a policy (a place in the model's instruments) and what stands above it are compared.
///
/// # Errors
/// As [`lower`]: the marks can make an act too large that is not without them.
pub fn layered(model: &Model, policy: usize) -> Result<Layered, Vec<Diagnostic>> {
    let above = model.above(policy);
    let own = |n: &Norm| model.policy_of(n.instrument) == policy;
    let mut both = model.clone();
    let kept: Vec<usize> = (0..model.norms.len())
        .filter(|n| {
            let norm = &model.norms[*n];
            own(norm) || above.contains(&model.policy_of(norm.instrument))
        })
        .collect();
    let place = |old: &usize| kept.iter().position(|n| n == old);
    both.norms = kept.iter().map(|n| model.norms[*n].clone()).collect();
    both.precedence = model.precedence.iter().filter_map(|(a, b)| Some((place(a)?, place(b)?))).collect();
    let own_rules = both.norms.iter().filter(|n| own(n)).map(|n| n.rule).collect();
    // Where a rule left to lower policies holds, a rule that does nothing marks the place.
    let mut left = BTreeSet::new();
    for delegation in model.delegations.iter().filter(|d| above.contains(&model.policy_of(d.by))) {
        for norm in model.norms.iter().filter(|n| delegation.rules.contains(&n.rule)) {
            let rule = RuleId::at(both.names.len()).unwrap_or(RuleId(u32::MAX));
            both.names.push(model.names[norm.rule.place()].clone());
            both.norms.push(Norm {
                rule,
                kind: NormKind::Disapply,
                says: Says::May,
                guard: Condition::All(vec![norm.guard.clone(), delegation.when.clone()]),
                price: Price::free(),
                deeds: Vec::new(),
                never: false,
                ..norm.clone()
            });
            left.insert(rule);
        }
    }
    let program = lower(&both)?;
    Ok(Layered { program, lower: own_rules, left })
}
