//! The examples of a pack, asked of its program.

use super::words::outcome_word;
use byelaw_data::{AtomId, Decision, DeedId, FactId, Outcome, RuleId};
use byelaw_hir::{Example, Model};
use byelaw_ir::Program;
use std::collections::BTreeSet;

/// What became of one example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleResult {
    /// Its place in the model's list.
    pub example: usize,
    /// What differs from what was expected; empty if nothing does.
    pub differences: Vec<Difference>,
    /// If something differs: the rules that decided.
    pub reasons: Vec<Reason>,
}

impl ExampleResult {
    /// Whether everything is as expected.
    pub fn passed(&self) -> bool {
        self.differences.is_empty()
    }
}

/// One thing that is not as expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What: `outcome`, `because`, `provided` and so on.
    pub what: &'static str,
    /// What the example says.
    pub expected: String,
    /// What the answer says.
    pub got: String,
}

impl Difference {
    /// Both sides in one line.
    pub fn sentence(&self) -> String {
        format!("{}: expected {}, and it is {}", self.what, self.expected, self.got)
    }
}

/// A rule that decided, with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The rule.
    pub rule: RuleId,
    /// Its name.
    pub name: String,
    /// Its sentence as written.
    pub sentence: String,
    /// The clauses it cites, as `document/clause`.
    pub clauses: Vec<String>,
}

impl Reason {
    pub(crate) fn of(model: &Model, rule: RuleId) -> Option<Self> {
        let this = model.names.get(rule.place())?;
        let clauses = this.cites.iter().filter_map(|c| clause_name(model, *c)).collect();
        Some(Self { rule, name: this.name.clone(), sentence: this.sentence.clone(), clauses })
    }
}

/// A clause as it is cited.
pub(crate) fn clause_name(model: &Model, clause: usize) -> Option<String> {
    let clause = model.clauses.get(clause)?;
    let document = model.documents.get(clause.document)?;
    Some(format!("{}/{}", document.name, clause.name))
}

/// Runs all examples, in the order of the model.
pub fn run_examples(model: &Model, program: &Program) -> Vec<ExampleResult> {
    model.examples.iter().enumerate().map(|(place, e)| run_example(model, program, place, e)).collect()
}

/// Runs one example, which stands at `place` in the model's list.
pub fn run_example(model: &Model, program: &Program, place: usize, example: &Example) -> ExampleResult {
    let Some(decision) = byelaw_question::decide(program, &example.question) else {
        let difference = Difference {
            what: "outcome",
            expected: outcome_word(example.expect.outcome).to_owned(),
            got: "nothing: what the example states cannot all be so at once".to_owned(),
        };
        return ExampleResult { example: place, differences: vec![difference], reasons: Vec::new() };
    };
    let differences = differences(model, example, &decision);
    let reasons = if differences.is_empty() {
        Vec::new()
    } else {
        decision.because.iter().filter_map(|b| Reason::of(model, b.rule)).collect()
    };
    ExampleResult { example: place, differences, reasons }
}

/// Names expected and names found.
struct Compare {
    found: Vec<Difference>,
}

impl Compare {
    /// Exactly these.
    fn same(&mut self, what: &'static str, expected: BTreeSet<String>, got: BTreeSet<String>) {
        if expected != got {
            self.found.push(Difference { what, expected: list(&expected), got: list(&got) });
        }
    }

    /// At least these.
    fn holds(&mut self, what: &'static str, expected: BTreeSet<String>, got: BTreeSet<String>) {
        if !expected.is_subset(&got) {
            let expected = format!("{} among them", list(&expected));
            self.found.push(Difference { what, expected, got: list(&got) });
        }
    }
}

fn list(names: &BTreeSet<String>) -> String {
    if names.is_empty() { "nothing".to_owned() } else { names.iter().cloned().collect::<Vec<_>>().join(", ") }
}

fn differences(model: &Model, example: &Example, decision: &Decision) -> Vec<Difference> {
    let expect = &example.expect;
    let mut compare = Compare { found: Vec::new() };
    let fact = |f: FactId| model.fact_name(f).to_owned();
    let facts = |all: &[FactId]| -> BTreeSet<String> { all.iter().map(|f| fact(*f)).collect() };
    let rule = |r: RuleId| model.rule_name(r).to_owned();
    let rules = |all: &[RuleId]| -> BTreeSet<String> { all.iter().map(|r| rule(*r)).collect() };
    if decision.outcome != expect.outcome {
        let needs: Vec<String> =
            decision.needs.facts.iter().chain(&decision.needs.open).map(|f| fact(*f)).collect();
        let more = if needs.is_empty() { String::new() } else { format!(" (needs {})", needs.join(", ")) };
        compare.found.push(Difference {
            what: "outcome",
            expected: outcome_word(expect.outcome).to_owned(),
            got: format!("{}{more}", outcome_word(decision.outcome)),
        });
    }
    let atom = |a: &AtomId| model.atoms[usize::from(a.0)].word.name.clone();
    let approval = |a: &&AtomId| model.atoms[usize::from(a.0)].approval.is_some();
    if let Some(expected) = &expect.provided {
        let ways = decision
            .ways
            .iter()
            .filter(|w| decision.outcome != Outcome::Permitted || !w.atoms.iter().any(|a| approval(&a)));
        let got = ways.flat_map(|w| w.atoms.iter().filter(|a| !approval(a)).map(atom)).collect();
        compare.same("provided", expected.iter().map(atom).collect(), got);
    }
    if let Some(expected) = &expect.approvals {
        let got = decision.ways.iter().flat_map(|w| w.atoms.iter().filter(approval).map(atom)).collect();
        compare.holds("approvals", expected.iter().map(atom).collect(), got);
    }
    if let Some(expected) = &expect.duties {
        let deed = |d: DeedId| model.deeds[usize::from(d.0)].name.clone();
        let got = decision.duties.iter().map(|d| deed(d.deed)).collect();
        compare.same("duties", expected.iter().map(|d| deed(*d)).collect(), got);
    }
    if let Some(expected) = &expect.needs {
        let all: Vec<FactId> = decision.needs.facts.iter().chain(&decision.needs.open).copied().collect();
        compare.holds("needs", facts(expected), facts(&all));
    }
    if let Some(expected) = &expect.open {
        compare.holds("open", facts(expected), facts(&decision.needs.open));
    }
    let because: Vec<RuleId> = decision.because.iter().map(|b| b.rule).collect();
    if let Some(expected) = &expect.because {
        compare.holds("because", rules(expected), rules(&because));
    }
    if let Some(expected) = &expect.citing {
        let cites = |r: &RuleId| model.names.get(r.place()).map(|n| n.cites.clone()).unwrap_or_default();
        let name = |c: usize| clause_name(model, c);
        let got = because.iter().flat_map(cites).filter_map(name).collect();
        compare.holds("citing", expected.iter().filter_map(|c| name(*c)).collect(), got);
    }
    if let Some(expected) = &expect.defeated {
        let got: Vec<RuleId> = decision.defeated.iter().map(|d| d.rule).collect();
        compare.holds("defeated", rules(expected), rules(&got));
    }
    if let Some(expected) = &expect.clashes {
        let got: Vec<RuleId> = decision.clashes.iter().flat_map(|c| [c.promising, c.restricting]).collect();
        compare.holds("clashes", rules(expected), rules(&got));
    }
    if let Some(expected) = &expect.possible {
        let word = |outcome: &Outcome| outcome_word(*outcome).to_owned();
        let (expected, got) = (expected.iter().map(word), decision.possible.iter().map(word));
        compare.same("possible", expected.collect(), got.collect());
    }
    if let Some(expected) = &expect.assumed {
        let got: Vec<FactId> = decision.assumed.iter().map(|a| a.fact).collect();
        compare.same("assumed", facts(expected), facts(&got));
    }
    compare.found
}
