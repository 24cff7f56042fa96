//! A failed test in words: what was expected, what is, and which rules of which clauses say so.

use super::{ExampleResult, InvariantResult, Reason, Verdict, outcome_word};
use byelaw_diagnostic::{Source, place};
use byelaw_hir::Model;

/// The lines about a failed example, without its title. Empty if it passed.
pub fn example_lines(model: &Model, sources: &[Source], result: &ExampleResult) -> Vec<String> {
    let mut lines: Vec<String> = result.differences.iter().map(super::Difference::sentence).collect();
    lines.extend(reason_lines(model, sources, &result.reasons));
    lines
}

/// The lines about an invariant, without its title. Empty if it holds.
pub fn invariant_lines(model: &Model, sources: &[Source], result: &InvariantResult) -> Vec<String> {
    let never = model.invariants.get(result.invariant).is_some_and(|i| i.never);
    match &result.verdict {
        Verdict::Holds | Verdict::Empty => Vec::new(),
        Verdict::Undecided(why) => vec![format!("not decided: {why}")],
        Verdict::Refuted(witness) => {
            let word = if never { "never" } else { "always" };
            let mut lines = vec![format!("it says {word}, and here it is {}", outcome_word(witness.outcome))];
            lines.extend(reason_lines(model, sources, &witness.reasons));
            lines.push("as an example, which passes as the policy stands:".to_owned());
            lines.extend(witness.sentence.lines().map(|line| format!("  {line}")));
            lines
        }
    }
}

fn reason_lines(model: &Model, sources: &[Source], reasons: &[Reason]) -> Vec<String> {
    if reasons.is_empty() {
        return Vec::new();
    }
    let mut lines = vec!["the answer rests on:".to_owned()];
    for reason in reasons {
        let clauses = if reason.clauses.is_empty() {
            String::new()
        } else {
            format!(" cites {}", reason.clauses.join(", "))
        };
        let at = model
            .names
            .get(reason.rule.place())
            .and_then(|n| place(n.span, sources))
            .map(|p| format!(" ({}:{})", p.path, p.line))
            .unwrap_or_default();
        lines.push(format!("  {}{clauses}: {}{at}", reason.name, reason.sentence));
    }
    lines
}
