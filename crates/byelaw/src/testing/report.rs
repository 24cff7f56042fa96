//! What became of examples and invariants, for programs.

use super::{ExampleResult, InvariantResult, Verdict};
use crate::Compiled;
use byelaw_diagnostic::{Span, place};
use serde::Serialize;

/// An example with what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExampleReport<'a> {
    /// The pack, as it was named.
    pub pack: &'a str,
    /// The title of the example.
    pub title: &'a str,
    /// Whether all is as expected.
    pub passed: bool,
    /// What is not.
    pub differences: Vec<DifferenceReport<'a>>,
    /// The rules that decide.
    pub because: Vec<ReasonReport<'a>>,
    /// The file that it stands in.
    pub path: Option<String>,
    /// The line there, from 1.
    pub line: Option<usize>,
}

/// One thing that is not as expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DifferenceReport<'a> {
    /// What it is.
    pub what: &'a str,
    /// What was expected.
    pub expected: &'a str,
    /// What was found.
    pub got: &'a str,
}

/// A rule that decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReasonReport<'a> {
    /// Its name.
    pub rule: &'a str,
    /// Its sentence.
    pub sentence: &'a str,
    /// The clauses that it cites.
    pub clauses: &'a [String],
}

/// An invariant with what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InvariantReport<'a> {
    /// The pack, as it was named.
    pub pack: &'a str,
    /// The title of the invariant.
    pub title: &'a str,
    /// Whether it holds.
    pub passed: bool,
    /// `holds`, `empty` (no situation is one that it is about), `refuted`, or `undecided`.
    pub verdict: &'static str,
    /// A situation in which it does not hold, as an example.
    pub example: Option<&'a str>,
    /// Why it was not found out.
    pub why: Option<&'a str>,
    /// The file that it stands in.
    pub path: Option<String>,
    /// The line there, from 1.
    pub line: Option<usize>,
}

/// The reports of examples of a pack.
pub fn example_reports<'a>(
    pack: &'a str,
    compiled: &'a Compiled,
    results: &'a [ExampleResult],
) -> Vec<ExampleReport<'a>> {
    let report = |result: &'a ExampleResult| {
        let example = compiled.model.examples.get(result.example)?;
        let (path, line) = at(compiled, example.span);
        let differences = result.differences.iter();
        let reasons = result.reasons.iter();
        Some(ExampleReport {
            pack,
            title: &example.title,
            passed: result.passed(),
            differences: differences
                .map(|d| DifferenceReport { what: d.what, expected: &d.expected, got: &d.got })
                .collect(),
            because: reasons
                .map(|r| ReasonReport { rule: &r.name, sentence: &r.sentence, clauses: &r.clauses })
                .collect(),
            path,
            line,
        })
    };
    results.iter().filter_map(report).collect()
}

/// The reports of invariants of a pack.
pub fn invariant_reports<'a>(
    pack: &'a str,
    compiled: &'a Compiled,
    results: &'a [InvariantResult],
) -> Vec<InvariantReport<'a>> {
    let report = |result: &'a InvariantResult| {
        let invariant = compiled.model.invariants.get(result.invariant)?;
        let (path, line) = at(compiled, invariant.span);
        let (verdict, example, why) = match &result.verdict {
            Verdict::Holds => ("holds", None, None),
            Verdict::Empty => ("empty", None, None),
            Verdict::Refuted(witness) => ("refuted", Some(witness.sentence.as_str()), None),
            Verdict::Undecided(why) => ("undecided", None, Some(why.as_str())),
        };
        let passed = result.verdict.passed();
        Some(InvariantReport { pack, title: &invariant.title, passed, verdict, example, why, path, line })
    };
    results.iter().filter_map(report).collect()
}

fn at(compiled: &Compiled, span: Span) -> (Option<String>, Option<usize>) {
    let place = place(span, &compiled.sources);
    place.map_or((None, None), |place| (Some(place.path), Some(place.line)))
}
