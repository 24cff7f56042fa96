//! What is written down: tables in Markdown, and a chart for the README.

mod chart;
mod figures;

pub use chart::{Panel, chart};
pub use figures::{bytes, ratio, time};

use crate::engines::Kind;
use crate::measure::Timing;
use std::fmt::Write;

/// A table under a heading.
#[derive(Debug, Clone)]
pub struct Table {
    /// The heading.
    pub title: String,
    /// What the figures are, in a sentence or two.
    pub note: String,
    /// The heads of the columns; the first is to the left, all others are figures.
    pub columns: Vec<&'static str>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The table in Markdown.
    pub fn markdown(&self) -> String {
        let mut text = format!("## {}\n\n{}\n\n", self.title, self.note);
        let mut line = |cells: &mut dyn Iterator<Item = &str>| {
            let cells: Vec<&str> = cells.collect();
            // Writing to a string does not fail.
            let _ = writeln!(text, "| {} |", cells.join(" | "));
        };
        line(&mut self.columns.iter().copied());
        line(&mut self.columns.iter().enumerate().map(|(place, _)| if place == 0 { "---" } else { "---:" }));
        for row in &self.rows {
            line(&mut row.iter().map(String::as_str));
        }
        text
    }
}

/// A table of times beside the first and beside the fastest peer; ours stand out.
pub fn times(title: &str, note: &str, timings: &[Timing]) -> Table {
    let row = |timing: &Timing| {
        vec![
            named(timing.name, timing.kind),
            time(timing.nanos),
            ratio(timing.to_first),
            timing.to_peer.map(ratio).unwrap_or_default(),
        ]
    };
    Table {
        title: title.to_owned(),
        note: note.to_owned(),
        columns: vec!["engine", "one decision", "x hand-written", "x fastest peer"],
        rows: timings.iter().map(row).collect(),
    }
}

/// A name in a table; ours stand out.
pub fn named(name: &str, kind: Kind) -> String {
    if kind == Kind::Ours { format!("**{name}**") } else { name.to_owned() }
}
