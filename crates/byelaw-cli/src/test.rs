//! `byelaw test`: the examples and invariants of packs.

mod measure;
mod report;

use crate::{End, output, packs};
use byelaw::{Compiled, ExampleResult, InvariantResult, check_invariants, run_example};
use clap::{Args, ValueEnum};
use measure::Measured;
use report::Report;
use std::io;

/// Run the examples and invariants of packs, and say what they miss
///
/// An example (`check ...`, or a row of `check table ...`) is a question with the answer that a person expects of it.
/// An invariant (`never: ...`, `always: ...`) is decided over every situation that it is about; one that does not hold
/// is shown with a situation, written as an example.
///
/// `--coverage` says which rules, exceptions, clauses and conditions the examples reach, with an example for each rule
/// that they miss. `--mutate` changes the policy in small ways and lists the changes that no example notices, each
/// with a question that would be answered otherwise. What such an example expects is what the policy says now: read
/// the document before you take it over.
///
/// Exit codes: 0 all pass; 1 something failed, or a share is below `--fail-under`; 2 wrong usage or unreadable input.
#[derive(Args)]
pub(crate) struct Test {
    /// Packs: folders, or names under `policies/`
    #[arg(required = true, value_name = "PACK")]
    packs: Vec<String>,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: TestFormat,
    /// Run only what has this in its title or in the path of its file (capitals do not matter); what is measured
    /// counts all examples
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Say how much of the policy the examples reach
    #[arg(long)]
    coverage: bool,
    /// Change the policy in small ways, and list the changes that no example notices
    #[arg(long)]
    mutate: bool,
    /// Make no more than this many changes, spread evenly over the policy
    #[arg(long, value_name = "N", requires = "mutate", value_parser = clap::value_parser!(u32).range(1..))]
    mutate_limit: Option<u32>,
    /// Fail if less than this share of what is measured is reached or noticed
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u32).range(0..=100))]
    fail_under: Option<u32>,
}

/// How the results are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TestFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// JUnit XML, for continuous integration
    Junit,
}

/// The tests of one pack with what became of them.
struct Tested<'a> {
    pack: &'a str,
    compiled: Compiled,
    examples: Vec<ExampleResult>,
    invariants: Vec<InvariantResult>,
    measured: Measured,
}

impl Test {
    pub(crate) fn run(self) -> io::Result<End> {
        if self.fail_under.is_some() && !self.coverage && !self.mutate {
            return Ok(output::unusable(
                "`--fail-under` needs `--coverage` or `--mutate`: it says how much of them is enough",
            ));
        }
        let mut end = End::Fine;
        let mut tested = Vec::new();
        let (mut lends, mut broken) = (Vec::new(), Vec::new());
        for pack in &self.packs {
            let compiled = match packs::compile(pack) {
                Ok(compiled) => compiled,
                Err(why) => return Ok(output::unusable(&why)),
            };
            if compiled.has_errors() {
                output::diagnostics(&compiled, false);
                end = End::Findings;
                broken.push((pack.as_str(), compiled));
                continue;
            }
            if compiled.program.is_none() {
                lends.push(pack.as_str());
                continue;
            }
            tested.push(self.test(pack, compiled));
        }
        let ran: usize = tested.iter().map(|t| t.examples.len() + t.invariants.len()).sum();
        if let Some(filter) = &self.filter
            && ran == 0
            && matches!(end, End::Fine)
        {
            return Ok(output::unusable(&format!(
                "no example or invariant has `{filter}` in its title or path"
            )));
        }
        let report = Report { tested: &tested, lends: &lends, broken: &broken };
        if report.failed() > 0 {
            end = End::Findings;
        }
        match self.format {
            TestFormat::Text => report.text()?,
            TestFormat::Json => report.json()?,
            TestFormat::Junit => report.junit()?,
        }
        for tested in &tested {
            for why in self.fail_under.iter().flat_map(|wanted| tested.measured.below(*wanted)) {
                eprintln!("error: {}: {why}", tested.pack);
                end = End::Findings;
            }
        }
        Ok(end)
    }

    fn test<'a>(&self, pack: &'a str, compiled: Compiled) -> Tested<'a> {
        let (mut examples, mut invariants) = (Vec::new(), Vec::new());
        if let Some(program) = &compiled.program {
            let model = &compiled.model;
            for (place, example) in model.examples.iter().enumerate() {
                if self.wanted(&compiled, &example.title, example.span) {
                    examples.push(run_example(model, program, place, example));
                }
            }
            if model.invariants.iter().any(|i| self.wanted(&compiled, &i.title, i.span)) {
                invariants = check_invariants(model, program);
                invariants.retain(|r| {
                    let invariant = &model.invariants[r.invariant];
                    self.wanted(&compiled, &invariant.title, invariant.span)
                });
            }
        }
        let measured = self.measure(pack, &compiled);
        Tested { pack, compiled, examples, invariants, measured }
    }

    fn wanted(&self, compiled: &Compiled, title: &str, span: byelaw::diagnostic::Span) -> bool {
        let Some(filter) = self.filter.as_ref().map(|f| f.to_lowercase()) else { return true };
        let path = byelaw::diagnostic::place(span, &compiled.sources).map(|p| p.path.to_lowercase());
        title.to_lowercase().contains(&filter) || path.is_some_and(|p| p.contains(&filter))
    }
}
