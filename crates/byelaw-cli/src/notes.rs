//! Notes in a few lines: how many of each kind there are, and which rule most of them are due to.
//!
//! A rule that takes a corner from sixty permissions makes sixty notes. To its author it is one thing to look at.

use crate::check::plural;
use byelaw::diagnostic::{Diagnostic, Severity, Source, explained, place, render_all};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Of one kind so many rules are named.
const MOST_RULES: usize = 5;

/// Of the rules that one note is about so many are named.
const MOST_NAMES: usize = 4;

/// The code of notes about rules that contradict each other.
const CLASH: &str = "B0201";

/// Notes of one kind that are due to the same rule.
struct Group<'a> {
    /// The name of the rule; empty where a note is about no second rule.
    due_to: &'a str,
    notes: Vec<&'a Diagnostic>,
}

/// The notes by code, and of each code by the rule that they are due to, those with most notes first.
fn grouped(diagnostics: &[Diagnostic]) -> Vec<(&'static str, Vec<Group<'_>>)> {
    let mut codes: BTreeMap<&'static str, BTreeMap<&str, Vec<&Diagnostic>>> = BTreeMap::new();
    for note in diagnostics.iter().filter(|d| d.severity == Severity::Note) {
        let due_to = note.finding.as_ref().and_then(|f| f.rules.get(1)).map_or("", String::as_str);
        codes.entry(note.code).or_default().entry(due_to).or_default().push(note);
    }
    let mut all: Vec<(&'static str, Vec<Group<'_>>)> = Vec::new();
    for (code, groups) in codes {
        let groups = groups.into_iter().map(|(due_to, notes)| Group { due_to, notes });
        let mut groups: Vec<Group<'_>> = groups.collect();
        groups.sort_by_key(|g| (g.due_to.is_empty(), std::cmp::Reverse(g.notes.len())));
        all.push((code, groups));
    }
    all.sort_by_key(|(_, groups)| std::cmp::Reverse(groups.iter().map(|g| g.notes.len()).sum::<usize>()));
    all
}

/// The rule that a note is said of.
fn first<'a>(note: &&'a Diagnostic) -> Option<&'a str> {
    note.finding.as_ref()?.rules.first().map(String::as_str)
}

/// A few lines instead of all notes, and how to see them.
pub(crate) fn summary(pack: &str, diagnostics: &[Diagnostic]) -> String {
    let all = grouped(diagnostics);
    let mut out = String::new();
    if all.is_empty() {
        return out;
    }
    for (code, groups) in &all {
        let count: usize = groups.iter().map(|g| g.notes.len()).sum();
        let title = explained(code).map_or("", |e| e.title);
        let _ = writeln!(out, "{}[{code}]: {title}", plural(count, "note"));
        if code != &CLASH {
            let all = groups.iter().flat_map(|g| &g.notes);
            for note in all.take(MOST_RULES) {
                let _ = writeln!(out, "  {}", note.message);
            }
            if let Some(more) = count.checked_sub(MOST_RULES).filter(|more| *more > 0) {
                let _ = writeln!(out, "  and {more} more");
            }
            continue;
        }
        for group in groups.iter().take(MOST_RULES) {
            let of: Vec<&str> = group.notes.iter().filter_map(first).collect();
            let rules = plural(of.len(), "rule");
            let _ = writeln!(out, "  `{}` takes a corner from {rules}: {}", group.due_to, some(&of));
        }
        if let Some(more) = groups.len().checked_sub(MOST_RULES).filter(|more| *more > 0) {
            let rest: usize = groups.iter().skip(MOST_RULES).map(|g| g.notes.len()).sum();
            let _ = writeln!(out, "  and {rest} due to {}", plural(more, "more rule"));
        }
    }
    let _ = writeln!(
        out,
        "`byelaw check {pack} --notes` prints them, those of one rule together; `byelaw explain CODE` says what a code means"
    );
    out
}

/// A few names of several.
fn some(names: &[&str]) -> String {
    let shown: Vec<String> = names.iter().take(MOST_NAMES).map(|n| format!("`{n}`")).collect();
    let more = match names.len().saturating_sub(MOST_NAMES) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{}{more}", shown.join(", "))
}

/// All notes in full, but contradictions that are due to one rule together.
pub(crate) fn in_full(diagnostics: &[Diagnostic], sources: &[Source]) -> Vec<String> {
    let mut out = Vec::new();
    for (code, groups) in grouped(diagnostics) {
        for group in groups {
            if code != CLASH || group.notes.len() < 2 {
                out.extend(render_all(group.notes, sources));
                continue;
            }
            out.push(together(&group, sources));
        }
    }
    out
}

/// The contradictions that are due to one rule.
fn together(group: &Group<'_>, sources: &[Source]) -> String {
    let mut out = String::new();
    let count = group.notes.len();
    let _ = writeln!(out, "note[{CLASH}]: `{}` takes a corner from {}", group.due_to, plural(count, "rule"));
    // Each note shows the limit as its first other place.
    let limit = group.notes.first().and_then(|n| n.related.first());
    if let Some((place, (_, sentence))) = limit.and_then(|l| place(l.0, sources).zip(Some(l))) {
        let _ = writeln!(out, "  --> {}:{}:{}", place.path, place.line, place.column);
        let _ = writeln!(out, "   | {sentence}");
    }
    for note in &group.notes {
        let at = note.span.and_then(|span| place(span, sources));
        let at = at.map(|p| format!("{}:{}", p.path, p.line)).unwrap_or_default();
        let share = note.finding.as_ref().and_then(|f| f.share).unwrap_or(0);
        let lost = match share {
            0 => "where something presumed is otherwise".to_owned(),
            share => format!("{} %", u32::from(share).div_ceil(10)),
        };
        let _ = writeln!(out, "  `{}` ({at}): {lost}", first(note).unwrap_or_default());
        for line in &note.notes {
            let _ = writeln!(out, "      {line}");
        }
    }
    for help in group.notes.first().iter().flat_map(|n| &n.help).take(1) {
        // Said of the first of them; it holds of each.
        let _ = writeln!(out, "  = help: of each: {help}");
    }
    out
}
