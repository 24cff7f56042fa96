//! A report for a terminal.

use super::{Block, Entry, Line, Page, left_out};
use std::fmt::Write;

impl Page {
    /// The report as text; what is not shown at first is left out, and a line says how to see it.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let width = self.about.iter().map(|(word, _)| word.chars().count()).max().unwrap_or(0) + 1;
        for (word, says) in &self.about {
            put(&mut out, &format!("{:width$} {says}", format!("{word}:")));
        }
        if !self.about.is_empty() && !self.summary.is_empty() {
            out.push('\n');
        }
        for line in &self.summary {
            put(&mut out, line);
        }
        for section in &self.sections {
            put(&mut out, &format!("\n{}", section.heading));
            if section.above {
                put(&mut out, &"=".repeat(section.heading.chars().count()));
            }
            if !section.blocks.is_empty() {
                out.push('\n');
            }
            for block in &section.blocks {
                piece(&mut out, block);
            }
        }
        out
    }
}

fn put(out: &mut String, line: &str) {
    // Writing into a string does not fail.
    let _ = writeln!(out, "{line}");
}

fn piece(out: &mut String, block: &Block) {
    match block {
        Block::Paragraph(text) => put(out, text),
        Block::List { lines, shown } => {
            for line in lines.iter().take(*shown) {
                put(out, &format!("  - {line}"));
            }
            if let Some(left) = left_out(lines.len(), *shown) {
                put(out, &format!("  ... and {left} more; `--all` prints them"));
            }
        }
        Block::Entries { entries, shown } => {
            for (place, one) in entries.iter().take(*shown).enumerate() {
                entry(out, place + 1, one);
            }
            if let Some(left) = left_out(entries.len(), *shown) {
                put(out, &format!("  ... and {left} more; `--all` prints them"));
            }
        }
    }
}

fn entry(out: &mut String, number: usize, entry: &Entry) {
    put(out, &format!("{number}. {}", entry.title));
    for line in &entry.lines {
        put(out, &format!("   {line}"));
    }
    for item in entry.items.iter().take(entry.shown) {
        put(out, &format!("   - {}: {} -> {}", item.about, item.before, item.now));
        lines(out, &item.lines);
    }
    if let Some(left) = left_out(entry.items.len(), entry.shown) {
        put(out, &format!("   - ... and in {left} more ways"));
    }
    lines(out, &entry.example);
    out.push('\n');
}

fn lines(out: &mut String, lines: &[Line]) {
    for line in lines {
        match line {
            Line::Note(text) => put(out, &format!("     {text}")),
            Line::More(text) | Line::Command(text) => put(out, &format!("       {text}")),
        }
    }
}
