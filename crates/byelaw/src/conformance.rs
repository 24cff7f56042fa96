//! Whether each policy of a pack keeps to what stands above it, put into words.

use crate::findings::in_words;
use byelaw_compiler::layered;
use byelaw_data::{RuleId, ValueId};
use byelaw_diagnostic::{Diagnostic, Severity};
use byelaw_hir::Model;
use byelaw_ir::Program;
use byelaw_symbolic::{Breach, Conformance, conformance as breaches};

/// The steps for one rule of a lower policy and one act.
const STEPS: u64 = 500_000;

/// One message for each way in which a lower policy goes beyond what is left to it.
pub(crate) fn conformance(model: &Model) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (policy, instrument) in model.instruments.iter().enumerate().filter(|(_, i)| i.under.is_some()) {
        let upper =
            model.instruments.get(instrument.under.unwrap_or(0)).map(|i| i.name.clone()).unwrap_or_default();
        let result = match layered(model, policy) {
            Ok(check) => {
                let result = breaches(&check.program, &check.lower, &check.left, STEPS);
                for breach in &result.breaches {
                    found.push(breached(model, &check.program, breach, &instrument.name, &upper));
                }
                result
            }
            // With the marks of what is left to it, the policy is too large to be compiled: nothing was looked at.
            Err(_) => Conformance {
                breaches: Vec::new(),
                undecided: (0..model.acts.len()).filter_map(|a| u16::try_from(a).ok().map(ValueId)).collect(),
            },
        };
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

fn breached(model: &Model, program: &Program, breach: &Breach, lower: &str, upper: &str) -> Diagnostic {
    let name = |rule: &RuleId| &model.names[rule.place()];
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
