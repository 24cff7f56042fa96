//! Whether each policy of a pack keeps to what stands above it, put into words.

use crate::findings::in_words;
use byelaw_data::{RuleId, Says};
use byelaw_diagnostic::{Diagnostic, Severity};
use byelaw_hir::{Condition, Model, Norm, NormKind, Price};
use byelaw_ir::Program;
use byelaw_symbolic::{Breach, conformance as breaches};
use std::collections::BTreeSet;

/// The steps for one rule of a lower policy and one act.
const STEPS: u64 = 500_000;

/// One message for each way in which a lower policy goes beyond what is left to it.
pub(crate) fn conformance(model: &Model) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (policy, instrument) in model.instruments.iter().enumerate().filter(|(_, i)| i.under.is_some()) {
        let Some(check) = layered(model, policy) else { continue };
        let result = breaches(&check.program, &check.lower, &check.left, STEPS);
        let upper =
            model.instruments.get(instrument.under.unwrap_or(0)).map(|i| i.name.clone()).unwrap_or_default();
        for breach in &result.breaches {
            found.push(breached(model, &check.program, breach, &instrument.name, &upper));
        }
        if !result.undecided.is_empty() {
            let acts: Vec<&str> = result
                .undecided
                .iter()
                .filter_map(|a| model.acts.get(usize::from(a.0)))
                .map(|a| a.word.name.as_str())
                .collect();
            found.push(
                Diagnostic::warning(
                    "B0202",
                    instrument.span,
                    format!(
                        "whether `{}` keeps to `{upper}` is undecided for {}",
                        instrument.name,
                        acts.join(", ")
                    ),
                )
                .note("so many rules meet there that not every situation was looked at")
                .help("make the conditions of the rules about these acts simpler, or split the act"),
            );
        }
    }
    found
}

/// A policy with what stands above it, compiled for the comparison.
pub struct Layered {
    /// Both together, and rules that mark what is left to lower policies.
    pub program: Program,
    /// The rules of the lower policy.
    pub lower: BTreeSet<RuleId>,
    /// The marks.
    pub left: BTreeSet<RuleId>,
}

/// Makes the program in which a lower policy and what stands above it are compared; `None` if it is too large.
pub fn layered(model: &Model, policy: usize) -> Option<Layered> {
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
    let lower = both.norms.iter().filter(|n| own(n)).map(|n| n.rule).collect();
    // Where a rule left to lower policies holds, a rule that does nothing marks the place.
    let mut left = BTreeSet::new();
    for delegation in model.delegations.iter().filter(|d| above.contains(&model.policy_of(d.by))) {
        for norm in model.norms.iter().filter(|n| delegation.rules.contains(&n.rule)) {
            let rule = RuleId(u16::try_from(both.names.len()).ok()?);
            both.names.push(model.names[usize::from(norm.rule.0)].clone());
            both.norms.push(Norm {
                rule,
                kind: NormKind::Disapply,
                says: Says::May,
                guard: Condition::All(vec![norm.guard.clone(), delegation.when.clone()]),
                price: Price::free(),
                deeds: Vec::new(),
                due: None,
                never: false,
                ..norm.clone()
            });
            left.insert(rule);
        }
    }
    let program = byelaw_compiler::lower(&both).ok()?;
    Some(Layered { program, lower, left })
}

fn breached(model: &Model, program: &Program, breach: &Breach, lower: &str, upper: &str) -> Diagnostic {
    let name = |rule: &RuleId| &model.names[usize::from(rule.0)];
    let list =
        |rules: &[RuleId]| rules.iter().map(|r| format!("`{}`", name(r).name)).collect::<Vec<_>>().join(", ");
    let acts: Vec<&str> = breach
        .acts
        .iter()
        .filter_map(|a| model.acts.get(usize::from(a.0)))
        .map(|a| a.word.name.as_str())
        .collect();
    let span = breach.lower.first().map(|r| name(r).span);
    let mut diagnostic = Diagnostic::new(
        "B0199",
        Severity::Error,
        span,
        format!(
            "`{lower}` is more lenient than `{upper}` about {}: {} where {} speaks",
            acts.join(", "),
            list(&breach.lower),
            list(&breach.upper)
        ),
    )
    .label("goes beyond what is left to it")
    .note(format!("for instance: {}", in_words(model, program, &breach.shown).join(", ")))
    .help(format!(
        "make it as strict as `{upper}`, or, where `{upper}` means to leave this to lower policies, say there `let lower policies vary {}.`",
        breach.upper.first().map(|r| name(r).name.clone()).unwrap_or_default()
    ));
    for rule in &breach.upper {
        diagnostic = diagnostic.related(name(rule).span, name(rule).sentence.clone());
    }
    diagnostic
}
