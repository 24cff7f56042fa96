//! Messages on standard error, their JSON form, and reports on standard output.

use crate::End;
use byelaw::Compiled;
use byelaw::diagnostic::{Severity, render_all};
use byelaw::page::Page;
use clap::ValueEnum;
use std::io::{self, IsTerminal as _, Write};
use std::time::{Duration, Instant};

/// How a report is printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Report {
    /// For a terminal
    Text,
    /// For programs
    Json,
    /// For a comment under a merge request
    Markdown,
    /// One page that needs nothing else, for a browser or for print
    Html,
}

/// Prints a report: as the program reads it, or as a page for people.
pub(crate) fn report(
    format: Report,
    json: impl FnOnce() -> serde_json::Result<String>,
    page: impl FnOnce() -> Page,
) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match format {
        Report::Json => {
            let text = json().map_err(io::Error::other)?;
            writeln!(out, "{text}")
        }
        Report::Text => write!(out, "{}", page().text()),
        Report::Markdown => write!(out, "{}", page().markdown()),
        Report::Html => write!(out, "{}", page().html()),
    }
}

/// Prints errors and warnings for people; notes only if asked for.
pub(crate) fn diagnostics(compiled: &Compiled, notes: bool) {
    let shown = compiled.diagnostics.iter().filter(|d| notes || d.severity != Severity::Note);
    for message in render_all(shown, &compiled.sources) {
        eprintln!("{message}");
    }
}

/// Says why nothing could be done.
pub(crate) fn unusable(why: &str) -> End {
    eprintln!("error: {why}");
    End::Unusable
}

/// Says on standard error how far a long run is: over and over in a terminal, else now and then.
pub(crate) fn progress(pack: &str, what: &str) -> impl FnMut(usize, usize) {
    let terminal = io::stderr().is_terminal();
    let mut told = (Instant::now(), 0);
    move |done, all| {
        // What is done at once is not worth a line.
        let (at, before) = told;
        if terminal {
            let end = if done == all { "\n" } else { "" };
            if before > 0 || at.elapsed() > Duration::from_secs(1) {
                eprint!("\r{pack}: {done} of {all} {what}{end}");
                told.1 = done.max(1);
            }
        } else if done > before && at.elapsed() > Duration::from_secs(20) {
            eprintln!("{pack}: {done} of {all} {what}");
            told = (Instant::now(), done);
        }
    }
}
