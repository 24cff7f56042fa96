//! A message as plain text, with the lines it is about.
//!
//! Not here: colour, JSON, or what a message says.

use std::fmt::Write as _;

use crate::source::{LineIndex, Source, place};
use crate::{Diagnostic, Span};

/// A tab is shown as this many blanks, so that marks stand under what they mark.
const TAB: usize = 4;

/// Of a line longer than this, only the part around the mark is shown.
const LONGEST: usize = 200;

/// Of such a line, this much is shown before the mark.
const BEFORE: usize = 60;

/// Of the other places of a message, this many are named.
const MOST_PLACES: usize = 10;

/// Stands where a part of a line is not shown.
const CUT: &str = "...";

/// Renders one message. A place whose file is not among the sources is left out.
pub fn render_text(diagnostic: &Diagnostic, sources: &[Source]) -> String {
    let mut out = String::new();
    let severity = diagnostic.severity.as_str();
    let _ = writeln!(out, "{severity}[{}]: {}", diagnostic.code, diagnostic.message);

    let spans = diagnostic.span.iter().chain(diagnostic.related.iter().map(|(span, _)| span));
    let last_line = spans.filter_map(|span| place(*span, sources)).map(|place| place.line).max().unwrap_or(0);
    let gutter = last_line.to_string().len();

    if let Some(span) = diagnostic.span {
        snippet(&mut out, sources, span, gutter, '^', "-->", &diagnostic.label);
    }
    for (span, words) in &diagnostic.related {
        snippet(&mut out, sources, *span, gutter, '-', ":::", words);
    }
    for (kind, lines) in [("note", &diagnostic.notes), ("help", &diagnostic.help)] {
        for line in lines {
            let _ = writeln!(out, "{:gutter$} = {kind}: {line}", "");
        }
    }
    // A situation that can be pasted is shown as it is pasted.
    let pasted = diagnostic.finding.iter().map(|f| f.witness.as_str()).filter(|w| w.contains('\n'));
    for sentence in pasted {
        let _ = writeln!(out, "{:gutter$} = as an example, which passes as the policy stands:", "");
        for line in sentence.lines() {
            let _ = writeln!(out, "{:gutter$}     {line}", "");
        }
    }
    out
}

/// Renders messages for people, in their order. What is said in the same words of several places is said once, of the
/// first, with a note that names the lines of the others.
pub fn render_all<'a>(
    diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
    sources: &[Source],
) -> Vec<String> {
    let mut said: Vec<(&Diagnostic, Vec<Span>)> = Vec::new();
    for diagnostic in diagnostics {
        let unplaced = |d: &Diagnostic| Diagnostic { span: None, ..d.clone() };
        let same = said.iter_mut().find(|(first, _)| {
            first.code == diagnostic.code
                && first.message == diagnostic.message
                && unplaced(first) == unplaced(diagnostic)
        });
        match (same, diagnostic.span) {
            (Some((first, others)), Some(span)) if first.span.is_some() => others.push(span),
            _ => said.push((diagnostic, Vec::new())),
        }
    }
    said.into_iter()
        .map(|(first, others)| match others.len() {
            0 => render_text(first, sources),
            _ => render_text(&first.clone().note(elsewhere(&others, sources)), sources),
        })
        .collect()
}

/// Where else a message holds.
fn elsewhere(spans: &[Span], sources: &[Source]) -> String {
    let shown: Vec<String> = spans
        .iter()
        .filter_map(|span| place(*span, sources))
        .take(MOST_PLACES)
        .map(|place| format!("{}:{}", place.path, place.line))
        .collect();
    let more = match spans.len().saturating_sub(shown.len()) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let places = if spans.len() == 1 { "1 other place" } else { &format!("{} other places", spans.len()) };
    format!("the same at {places}: {}{more}", shown.join(", "))
}

/// The place, the line, and the marks under it. Of a span over several lines, the first is shown.
fn snippet(
    out: &mut String,
    sources: &[Source],
    span: Span,
    gutter: usize,
    mark: char,
    arrow: &str,
    words: &str,
) {
    let Some((source, place)) = sources.get(span.file.0 as usize).zip(place(span, sources)) else {
        return;
    };
    let line = LineIndex::new(&source.text).line(&source.text, place.line).to_owned();
    let end = if place.end_line > place.line { line.chars().count() + 1 } else { place.end_column };

    let length = line.chars().count();
    let first = if length > LONGEST { place.column.saturating_sub(BEFORE) } else { 0 };
    let cut = length > first + LONGEST;
    let mut shown = String::from(if first > 0 { CUT } else { "" });
    let mut before = shown.chars().count();
    let mut marked = 0;
    for (column, c) in (1..).zip(line.chars()).skip(first).take(LONGEST) {
        let text = visible(c);
        let width = text.chars().count();
        if column < place.column {
            before += width;
        } else if column < end {
            marked += width;
        }
        shown.push_str(&text);
    }
    if cut {
        shown.push_str(CUT);
    }
    // An empty span, or one at the end of a line, still gets one mark.
    let marks: String = std::iter::repeat_n(mark, marked.max(1)).collect();

    let _ = writeln!(out, "{:gutter$}{arrow} {}:{}:{}", "", place.path, place.line, place.column);
    let _ = writeln!(out, "{:gutter$} |", "");
    let _ = writeln!(out, "{}", format!("{:>gutter$} | {shown}", place.line).trim_end());
    let _ = writeln!(out, "{}", format!("{:gutter$} | {:before$}{marks} {words}", "", "").trim_end());
}

/// A character as it can be shown: a terminal must not obey what a file says.
fn visible(c: char) -> String {
    match c {
        '\t' => " ".repeat(TAB),
        '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => '\u{fffd}'.to_string(),
        c if c.is_control() => '\u{fffd}'.to_string(),
        c => c.to_string(),
    }
}
