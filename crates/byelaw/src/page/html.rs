//! A report as one HTML page that needs nothing else: no script, nothing from anywhere.

use super::{Block, Entry, Item, Line, Page, left_out, plain};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest as _, Sha256};
use std::fmt::Write;

const STYLE: &str = include_str!("style.css");

impl Page {
    /// The report as a page of its own. What is not shown at first is folded away.
    pub fn html(&self) -> String {
        let mut out = String::new();
        // Whatever got into the page could load nothing, run nothing and send nothing.
        let policy = format!(
            "default-src 'none'; style-src '{}'; base-uri 'none'; form-action 'none'",
            fingerprint(STYLE)
        );
        put(&mut out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
        put(
            &mut out,
            &format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", escaped(&policy)),
        );
        put(&mut out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        put(&mut out, &format!("<title>{}</title>", escaped(&self.title)));
        put(&mut out, &format!("<style>{STYLE}</style>\n</head>\n<body>\n<main>"));
        put(&mut out, &format!("<h1>{}</h1>", escaped(&self.title)));
        if !self.about.is_empty() {
            put(&mut out, "<dl>");
            for (word, says) in &self.about {
                put(&mut out, &format!("<dt>{}</dt><dd>{}</dd>", escaped(word), escaped(says)));
            }
            put(&mut out, "</dl>");
        }
        for line in &self.summary {
            put(&mut out, &format!("<p>{}</p>", escaped(line)));
        }
        let mut below = false;
        for section in &self.sections {
            below |= section.above;
            let level = if below && !section.above { "h3" } else { "h2" };
            put(&mut out, &format!("<{level}>{}</{level}>", escaped(&section.heading)));
            for block in &section.blocks {
                piece(&mut out, block);
            }
        }
        put(&mut out, "</main>\n</body>\n</html>");
        out
    }
}

fn put(out: &mut String, line: &str) {
    // Writing into a string does not fail.
    let _ = writeln!(out, "{line}");
}

fn piece(out: &mut String, block: &Block) {
    match block {
        Block::Paragraph(text) => put(out, &format!("<p>{}</p>", escaped(text))),
        Block::List { lines, shown } => {
            let list = |out: &mut String, lines: &[String]| {
                put(out, "<ul>");
                for line in lines {
                    put(out, &format!("<li>{}</li>", escaped(line)));
                }
                put(out, "</ul>");
            };
            let (first, rest) = lines.split_at((*shown).min(lines.len()));
            list(out, first);
            folded(out, left_out(lines.len(), *shown), &mut |out| list(out, rest));
        }
        Block::Entries { entries, shown } => {
            let list = |out: &mut String, from: usize, entries: &[Entry]| {
                put(out, &format!("<ol start=\"{}\">", from + 1));
                for one in entries {
                    entry(out, one);
                }
                put(out, "</ol>");
            };
            let (first, rest) = entries.split_at((*shown).min(entries.len()));
            list(out, 0, first);
            folded(out, left_out(entries.len(), *shown), &mut |out| list(out, first.len(), rest));
        }
    }
}

fn folded(out: &mut String, left: Option<usize>, rest: &mut dyn FnMut(&mut String)) {
    let Some(left) = left else { return };
    put(out, &format!("<details>\n<summary>{left} more</summary>"));
    rest(out);
    put(out, "</details>");
}

fn entry(out: &mut String, entry: &Entry) {
    put(out, &format!("<li>\n<p class=\"title\">{}</p>", escaped(&entry.title)));
    for line in &entry.lines {
        put(out, &format!("<p class=\"quiet\">{}</p>", escaped(line)));
    }
    let (first, rest) = entry.items.split_at(entry.shown.min(entry.items.len()));
    table(out, first);
    folded(out, left_out(entry.items.len(), entry.shown), &mut |out| table(out, rest));
    lines(out, &entry.example);
    put(out, "</li>");
}

fn table(out: &mut String, items: &[Item]) {
    if items.is_empty() {
        return;
    }
    let columns = ["what", "before", "now", "where", "kinds of situation"];
    let heads: String = columns.iter().map(|head| format!("<th scope=\"col\">{head}</th>")).collect();
    put(out, &format!("<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>"));
    for item in items {
        let mut notes = String::new();
        lines(&mut notes, &item.lines);
        let [about, before, now, count] =
            [&item.about, &item.before, &item.now, &item.count].map(|cell| escaped(cell));
        let cells = [about, before, now, notes.trim_end().to_owned(), count];
        let row: String = columns
            .iter()
            .zip(&cells)
            .map(|(head, cell)| format!("<td data-of=\"{head}\">{cell}</td>"))
            .collect();
        put(out, &format!("<tr>{row}</tr>"));
    }
    put(out, "</tbody>\n</table>");
}

fn lines(out: &mut String, lines: &[Line]) {
    for line in lines {
        match line {
            Line::Note(text) => put(out, &format!("<p>{}</p>", escaped(text))),
            Line::More(text) => put(out, &format!("<p class=\"quiet\">{}</p>", escaped(text))),
            Line::Command(text) => put(out, &format!("<pre><code>{}</code></pre>", escaped(text))),
        }
    }
}

/// Text that HTML shows as it is, in an element or in an attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in plain(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// By what a Content-Security-Policy knows a style.
pub(super) fn fingerprint(style: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(style)))
}

pub(super) fn base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}
