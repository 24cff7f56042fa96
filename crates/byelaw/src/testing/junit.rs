//! Results as JUnit XML, in the dialect that continuous integration reads: `testsuites`, `testsuite`, `testcase`,
//! `failure`, `error`. Written by hand: five elements, and every character that XML cannot hold is replaced.

use std::fmt::Write as _;

/// The tests of one pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestSuite {
    /// The pack.
    pub name: String,
    /// Its tests.
    pub cases: Vec<TestCase>,
}

/// One test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestCase {
    /// What it is called.
    pub name: String,
    /// The file it stands in, and the line.
    pub place: Option<(String, u32)>,
    /// What is wrong; the first line is the summary. Absent if it passed.
    pub failure: Option<String>,
    /// Whether it ran at all; if not, what is wrong is an error and no failure.
    pub ran: bool,
}

/// The whole document.
pub fn junit(suites: &[TestSuite]) -> String {
    let count =
        |cases: &[TestCase], ran: bool| cases.iter().filter(|c| c.failure.is_some() && c.ran == ran).count();
    let tests: usize = suites.iter().map(|s| s.cases.len()).sum();
    let [failures, errors] =
        [true, false].map(|ran| suites.iter().map(|s| count(&s.cases, ran)).sum::<usize>());
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        out,
        "<testsuites name=\"byelaw\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\">"
    );
    for suite in suites {
        let _ = writeln!(
            out,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"0\">",
            attribute(&suite.name),
            suite.cases.len(),
            count(&suite.cases, true),
            count(&suite.cases, false)
        );
        for case in &suite.cases {
            let place = case
                .place
                .as_ref()
                .map(|(file, line)| format!(" file=\"{}\" line=\"{line}\"", attribute(file)));
            let _ = write!(
                out,
                "    <testcase classname=\"{}\" name=\"{}\"{}",
                attribute(&suite.name),
                attribute(&case.name),
                place.unwrap_or_default()
            );
            match &case.failure {
                None => out.push_str("/>\n"),
                Some(failure) => {
                    let summary = failure.lines().next().unwrap_or_default();
                    let element = if case.ran { "failure" } else { "error" };
                    let _ = write!(
                        out,
                        ">\n      <{element} message=\"{}\">{}</{element}>\n    </testcase>\n",
                        attribute(summary),
                        text(failure)
                    );
                }
            }
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

/// Whether XML 1.0 can hold a character at all, even escaped.
fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}

fn text(raw: &str) -> String {
    let mut out = String::new();
    for c in raw.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            c if allowed(c) => out.push(c),
            _ => out.push('\u{fffd}'),
        }
    }
    out
}

/// White space in an attribute would be read back as a blank, so it is escaped too.
fn attribute(raw: &str) -> String {
    text(raw).replace('"', "&quot;").replace('\n', "&#10;").replace('\t', "&#9;")
}
