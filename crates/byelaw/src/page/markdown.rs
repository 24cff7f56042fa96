//! A report as Markdown: for a comment under a merge request.

use super::{Block, Entry, Item, Line, Page, left_out, plain};
use std::fmt::Write;

impl Page {
    /// The report as Markdown. What is not shown at first is folded away.
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        put(&mut out, &format!("## {}\n", escaped(&self.title)));
        for (word, says) in &self.about {
            put(&mut out, &format!("- **{}:** {}", escaped(word), escaped(says)));
        }
        if !self.about.is_empty() {
            out.push('\n');
        }
        for line in &self.summary {
            put(&mut out, &format!("{}\n", escaped(line)));
        }
        for section in &self.sections {
            let level = if section.above { "##" } else { "###" };
            put(&mut out, &format!("{level} {}\n", escaped(&section.heading)));
            for block in &section.blocks {
                piece(&mut out, block);
            }
        }
        let end = out.trim_end().len();
        out.truncate(end);
        out.push('\n');
        out
    }
}

fn put(out: &mut String, line: &str) {
    // Writing into a string does not fail.
    let _ = writeln!(out, "{line}");
}

fn piece(out: &mut String, block: &Block) {
    match block {
        Block::Paragraph(text) => put(out, &format!("{}\n", escaped(text))),
        Block::List { lines, shown } => {
            let list = |out: &mut String, lines: &[String]| {
                for line in lines {
                    put(out, &format!("- {}", escaped(line)));
                }
                out.push('\n');
            };
            let (first, rest) = lines.split_at((*shown).min(lines.len()));
            list(out, first);
            folded(out, left_out(lines.len(), *shown), &mut |out| list(out, rest));
        }
        Block::Entries { entries, shown } => {
            let (first, rest) = entries.split_at((*shown).min(entries.len()));
            for (place, one) in first.iter().enumerate() {
                entry(out, place + 1, one);
            }
            // A comment has a limit: of the rest what it is, without examples.
            folded(out, left_out(entries.len(), *shown), &mut |out| {
                for one in rest {
                    put(out, &format!("- {}", escaped(&one.title)));
                    for item in &one.items {
                        let (about, before, now) =
                            (escaped(&item.about), escaped(&item.before), escaped(&item.now));
                        put(out, &format!("  - {about}: {before} → {now}"));
                    }
                }
                out.push('\n');
            });
        }
    }
}

fn folded(out: &mut String, left: Option<usize>, rest: &mut dyn FnMut(&mut String)) {
    let Some(left) = left else { return };
    put(out, &format!("<details>\n<summary>{left} more</summary>\n"));
    rest(out);
    put(out, "</details>\n");
}

fn entry(out: &mut String, number: usize, entry: &Entry) {
    put(out, &format!("**{number}. {}**\n", escaped(&entry.title)));
    for line in &entry.lines {
        put(out, &format!("{}\n", escaped(line)));
    }
    let (first, rest) = entry.items.split_at(entry.shown.min(entry.items.len()));
    table(out, first);
    folded(out, left_out(entry.items.len(), entry.shown), &mut |out| table(out, rest));
    lines(out, &entry.example);
}

fn table(out: &mut String, items: &[Item]) {
    if items.is_empty() {
        return;
    }
    put(out, "| what | before | now | where | kinds of situation |\n| --- | --- | --- | --- | --- |");
    for item in items {
        let notes: Vec<String> = item
            .lines
            .iter()
            .filter_map(|line| match line {
                Line::Note(text) | Line::More(text) => Some(escaped(text)),
                Line::Command(_) => None,
            })
            .collect();
        let cells = [&item.about, &item.before, &item.now].map(|cell| escaped(cell));
        let [about, before, now] = &cells;
        let (notes, count) = (notes.join("<br>"), escaped(&item.count));
        put(out, &format!("| {about} | {before} | {now} | {notes} | {count} |"));
    }
    out.push('\n');
}

fn lines(out: &mut String, lines: &[Line]) {
    let mut commands: Vec<String> = Vec::new();
    for line in lines {
        match line {
            Line::Note(text) | Line::More(text) => put(out, &format!("{}\n", escaped(text))),
            Line::Command(text) => commands.push(plain(text)),
        }
    }
    if !commands.is_empty() {
        let longest = commands.iter().flat_map(|c| c.split(|c| c != '`')).map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        put(out, &format!("{fence}text\n{}\n{fence}\n", commands.join("\n")));
    }
}

/// Text that Markdown shows as it is: no emphasis, no link, no table cell, nobody called by name.
pub(super) fn escaped(text: &str) -> String {
    let text = plain(text);
    let mut out = String::new();
    let all: Vec<char> = text.chars().collect();
    for (place, c) in all.iter().copied().enumerate() {
        let before: &[char] = all.get(..place).unwrap_or_default();
        let after: &[char] = all.get(place + 1..).unwrap_or_default();
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '|' | '~' | '$' | '!' => {
                out.push('\\');
                out.push(c);
            }
            // Hosts of merge requests look for people, for issues and for emoji after everything else is
            // done; a word joiner, which nobody sees, parts them.
            '@' | '#' => {
                out.push('\\');
                out.push(c);
                if after.first().is_some_and(|next| next.is_alphanumeric()) {
                    out.push(JOINER);
                }
            }
            ':' => {
                // An address would become a link.
                if after.starts_with(&['/', '/']) {
                    out.push('\\');
                }
                out.push(c);
                if emoji(after) {
                    out.push(JOINER);
                }
            }
            '.' if before.iter().all(char::is_ascii_digit) || ends_with_www(before) => out.push_str("\\."),
            ')' if before.iter().all(char::is_ascii_digit) => out.push_str("\\)"),
            '-' | '+' | '=' if before.is_empty() => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

const JOINER: char = '\u{2060}';

fn ends_with_www(before: &[char]) -> bool {
    let last = before.get(before.len().saturating_sub(3)..).unwrap_or_default();
    last.len() == 3 && last.iter().all(|c| c.eq_ignore_ascii_case(&'w'))
}

/// Whether a colon before this begins the name of an emoji, as in `:name:`.
fn emoji(after: &[char]) -> bool {
    let name = after.iter().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-')).count();
    name > 0 && after.get(name) == Some(&':')
}
