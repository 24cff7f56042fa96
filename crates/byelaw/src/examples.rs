//! The examples of a pack, asked of its program.

use byelaw_data::{Decision, Outcome};
use byelaw_hir::{Example, Model};
use byelaw_ir::Program;
use std::collections::BTreeSet;

/// What became of one example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleResult {
    /// Its place in the model's list.
    pub example: usize,
    /// What differs from what was expected, in words; empty if nothing does.
    pub differences: Vec<String>,
}

/// Runs all examples.
pub fn run_examples(model: &Model, program: &Program) -> Vec<ExampleResult> {
    let run = |(place, example): (usize, &Example)| ExampleResult {
        example: place,
        differences: match byelaw_question::decide(program, &example.question) {
            Some(decision) => differences(model, example, &decision),
            None => vec!["what it states cannot all be so at once".to_owned()],
        },
    };
    model.examples.iter().enumerate().map(run).collect()
}

fn differences(model: &Model, example: &Example, decision: &Decision) -> Vec<String> {
    let expect = &example.expect;
    let mut found = Vec::new();
    if decision.outcome != expect.outcome {
        let needs: Vec<String> =
            decision.needs.facts.iter().map(|f| model.fact(*f).word.name.clone()).collect();
        let more = if needs.is_empty() { String::new() } else { format!(" (needs {})", needs.join(", ")) };
        let because: Vec<String> =
            decision.because.iter().map(|b| model.names[usize::from(b.rule.0)].name.clone()).collect();
        let why =
            if because.is_empty() { String::new() } else { format!(", because {}", because.join(", ")) };
        found.push(format!(
            "expected {}, and it is {}{more}{why}",
            word(expect.outcome),
            word(decision.outcome)
        ));
    }
    let atom = |a: &byelaw_data::AtomId| model.atoms[usize::from(a.0)].word.name.clone();
    let approval = |a: &&byelaw_data::AtomId| model.atoms[usize::from(a.0)].approval.is_some();
    if let Some(expected) = &expect.provided {
        let ways = decision
            .ways
            .iter()
            .filter(|w| decision.outcome != Outcome::Permitted || !w.atoms.iter().any(|a| approval(&a)));
        let got: BTreeSet<String> =
            ways.flat_map(|w| w.atoms.iter().filter(|a| !approval(a)).map(atom)).collect();
        same("provided", &expected.iter().map(atom).collect(), &got, &mut found);
    }
    if let Some(expected) = &expect.approvals {
        let got: BTreeSet<String> =
            decision.ways.iter().flat_map(|w| w.atoms.iter().filter(approval).map(atom)).collect();
        holds("approvals", &expected.iter().map(atom).collect(), &got, &mut found);
    }
    if let Some(expected) = &expect.duties {
        let deed = |d: byelaw_data::DeedId| model.deeds[usize::from(d.0)].name.clone();
        let got = decision.duties.iter().map(|d| deed(d.deed)).collect();
        same("duties", &expected.iter().map(|d| deed(*d)).collect(), &got, &mut found);
    }
    let fact = |f: byelaw_data::FactId| {
        let named = model.fact(f).member_of.map_or(f, |(parent, _)| parent);
        model.fact(named).word.name.clone()
    };
    if let Some(expected) = &expect.needs {
        let got = decision.needs.facts.iter().chain(&decision.needs.open).map(|f| fact(*f)).collect();
        holds("needs", &expected.iter().map(|f| fact(*f)).collect(), &got, &mut found);
    }
    if let Some(expected) = &expect.because {
        let rule = |r: byelaw_data::RuleId| model.names[usize::from(r.0)].name.clone();
        let got = decision.because.iter().map(|b| rule(b.rule)).collect();
        holds("because", &expected.iter().map(|r| rule(*r)).collect(), &got, &mut found);
    }
    if let Some(expected) = &expect.assumed {
        let got = decision.assumed.iter().map(|a| fact(a.fact)).collect();
        same("assumed", &expected.iter().map(|f| fact(*f)).collect(), &got, &mut found);
    }
    found
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Permitted => "permitted",
        Outcome::NeedsApproval => "needs approval",
        Outcome::Forbidden => "forbidden",
        Outcome::NotCovered => "not covered",
        Outcome::NeedsFacts => "needs facts",
    }
}

fn list(names: &BTreeSet<String>) -> String {
    if names.is_empty() { "nothing".to_owned() } else { names.iter().cloned().collect::<Vec<_>>().join(", ") }
}

fn same(what: &str, expected: &BTreeSet<String>, got: &BTreeSet<String>, found: &mut Vec<String>) {
    if expected != got {
        found.push(format!("expected {what} {}, and it is {}", list(expected), list(got)));
    }
}

fn holds(what: &str, expected: &BTreeSet<String>, got: &BTreeSet<String>, found: &mut Vec<String>) {
    if !expected.is_subset(got) {
        found.push(format!("expected {what} {} among {}", list(expected), list(got)));
    }
}
