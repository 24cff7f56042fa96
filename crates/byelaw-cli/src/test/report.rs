//! The results of tests as text, JSON and JUnit XML.

use super::Tested;
use crate::check::plural;
use byelaw::diagnostic::{Span, place, render_text};
use byelaw::{
    Compiled, TestCase, TestSuite, Verdict, example_lines, example_reports, invariant_lines,
    invariant_reports, junit,
};
use serde_json::json;
use std::io::{self, Write as _};

/// All results of one run.
pub(super) struct Report<'a> {
    pub tested: &'a [Tested<'a>],
    /// Packs that only lend words.
    pub lends: &'a [&'a str],
    /// Packs with errors.
    pub broken: &'a [(&'a str, Compiled)],
}

/// One test, whichever kind it is.
struct Line<'a> {
    kind: &'static str,
    title: &'a str,
    span: Span,
    /// What is wrong; empty if it passed.
    wrong: Vec<String>,
}

fn lines<'a>(tested: &'a Tested<'_>) -> Vec<Line<'a>> {
    let (model, sources) = (&tested.compiled.model, &tested.compiled.sources);
    let examples = tested.examples.iter().map(|result| {
        let example = &model.examples[result.example];
        let wrong = example_lines(model, sources, result);
        Line { kind: "example", title: &example.title, span: example.span, wrong }
    });
    let invariants = tested.invariants.iter().map(|result| {
        let invariant = &model.invariants[result.invariant];
        let wrong = invariant_lines(model, sources, result);
        Line { kind: "invariant", title: &invariant.title, span: invariant.span, wrong }
    });
    examples.chain(invariants).collect()
}

impl Tested<'_> {
    fn failed(&self) -> (usize, usize) {
        let examples = self.examples.iter().filter(|r| !r.passed()).count();
        (examples, self.invariants.iter().filter(|r| !r.verdict.passed()).count())
    }

    fn place(&self, span: Span) -> Option<(String, u32)> {
        place(span, &self.compiled.sources).map(|p| (p.path.to_owned(), p.line as u32))
    }
}

impl Report<'_> {
    pub(super) fn failed(&self) -> usize {
        self.tested.iter().map(Tested::failed).map(|(examples, invariants)| examples + invariants).sum()
    }

    pub(super) fn text(&self) -> io::Result<()> {
        let mut out = io::stdout().lock();
        for pack in self.lends {
            writeln!(out, "{pack}: lends words, has no examples")?;
        }
        for tested in self.tested {
            for line in lines(tested).iter().filter(|l| !l.wrong.is_empty()) {
                let at = tested
                    .place(line.span)
                    .map(|(path, line)| format!("{path}:{line}: "))
                    .unwrap_or_default();
                writeln!(out, "{at}{} \"{}\"", line.kind, line.title)?;
                for wrong in &line.wrong {
                    writeln!(out, "  {wrong}")?;
                }
            }
            for result in tested.invariants.iter().filter(|r| r.verdict == Verdict::Empty) {
                let invariant = &tested.compiled.model.invariants[result.invariant];
                writeln!(out, "note: there is no situation that this is about: {}", invariant.title)?;
            }
            let (examples, invariants) = tested.failed();
            write!(out, "{}: {}, {examples} failed", tested.pack, plural(tested.examples.len(), "example"))?;
            if !tested.compiled.model.invariants.is_empty() {
                write!(out, "; {}, {invariants} failed", plural(tested.invariants.len(), "invariant"))?;
            }
            writeln!(out)?;
            tested.measured.text(&mut out, &tested.compiled)?;
        }
        Ok(())
    }

    pub(super) fn json(&self) -> io::Result<()> {
        let errors: Vec<&str> = self.broken.iter().map(|(pack, _)| *pack).collect();
        let (mut examples, mut invariants) = (Vec::new(), Vec::new());
        let mut measures = Vec::new();
        for tested in self.tested {
            measures.extend(tested.measured.json(tested.pack, &tested.compiled));
            examples.extend(example_reports(tested.pack, &tested.compiled, &tested.examples));
            invariants.extend(invariant_reports(tested.pack, &tested.compiled, &tested.invariants));
        }
        writeln!(
            io::stdout().lock(),
            "{}",
            json!({"v": 1, "errors": errors, "examples": examples, "invariants": invariants, "measures": measures})
        )
    }

    pub(super) fn junit(&self) -> io::Result<()> {
        let tested = self.tested.iter().map(|tested| TestSuite {
            name: tested.pack.to_owned(),
            cases: lines(tested)
                .into_iter()
                .map(|line| TestCase {
                    name: line.title.to_owned(),
                    place: tested.place(line.span),
                    failure: (!line.wrong.is_empty()).then(|| line.wrong.join("\n")),
                    ran: true,
                })
                .collect(),
        });
        // Whoever only reads the results must not take a pack with errors for one without tests.
        let broken = self.broken.iter().map(|(pack, compiled)| {
            let errors = compiled.diagnostics.iter().filter(|d| d.is_error());
            let shown: Vec<String> = errors.map(|d| render_text(d, &compiled.sources)).collect();
            let failure = Some(shown.join("\n"));
            let case =
                TestCase { name: "the pack has no errors".to_owned(), place: None, failure, ran: false };
            TestSuite { name: (*pack).to_owned(), cases: vec![case] }
        });
        let suites: Vec<TestSuite> = tested.chain(broken).collect();
        write!(io::stdout().lock(), "{}", junit(&suites))
    }
}
