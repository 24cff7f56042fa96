//! What would make an act permitted, for people. Not here: how such changes are found.

use crate::labels::Labels;
use byelaw::wire::{ChangeJson, DecisionJson, ToJson as _, Value, WayJson};
use std::io::{self, Write};

/// The most other values that are named one by one.
const NAMED: usize = 2;

pub(crate) fn print(out: &mut impl Write, decision: &DecisionJson, labels: &Labels) -> io::Result<()> {
    let changes = &decision.would_change;
    if changes.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nWhat would change that:")?;
    for change in changes {
        let facts =
            change.change.iter().map(|(fact, value)| stated(fact, value, change.or.get(fact), labels));
        let kept = change.will.iter().map(|name| labels.show(name));
        let all: Vec<String> = facts.chain(kept).collect();
        writeln!(out, "  - {} -> {}", byelaw::joined(&all, "and"), answer(change, labels))?;
    }
    if !decision.would_change_exact {
        writeln!(out, "  There may be others.")?;
    }
    Ok(())
}

/// A fact as it would be, with the other values that do as well.
fn stated(fact: &str, value: &Value, or: Option<&Value>, labels: &Labels) -> String {
    let label = labels.show(fact);
    let others = match or {
        Some(Value::Array(others)) => others.as_slice(),
        _ => &[],
    };
    let others = others.iter().filter_map(Value::as_str);
    match value {
        Value::Bool(yes) => format!("{label}: {}", if *yes { "yes" } else { "no" }),
        Value::String(name) => {
            let all: Vec<&str> = std::iter::once(name.as_str()).chain(others).collect();
            format!("{label}: {}", labels.any_of(fact, &all, NAMED))
        }
        other => format!("{label}: {}", other.to_json()),
    }
}

/// What the answer is then.
fn answer(change: &ChangeJson, labels: &Labels) -> String {
    if change.ways.is_empty() {
        return "perhaps; it depends on what is not known".to_owned();
    }
    // Beside a way that needs nobody, those that need somebody are alternatives nobody has to take.
    let free: Vec<&WayJson> = change.ways.iter().filter(|way| way.approvals.is_empty()).collect();
    let ways = if free.is_empty() { change.ways.iter().collect() } else { free };
    let each: Vec<String> = ways
        .iter()
        .map(|way| {
            let all: Vec<String> = way.approvals.iter().chain(&way.provided).cloned().collect();
            labels.list(&all, "and")
        })
        .collect();
    if each.iter().any(String::is_empty) {
        "yes".to_owned()
    } else {
        format!("yes, with: {}", each.join("; or "))
    }
}
