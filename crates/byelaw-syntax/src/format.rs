//! The canonical spelling: one text for each tree.
//!
//! Here: the layout of whole files, and where lines are broken. How each sentence is worded stands in `spell`.
//! Meaning is kept: the formatted text has the same tree apart from its places, and the same comments.

mod spell;
mod words;

use crate::ast::{Item, Sentence};
use crate::parse::Parsed;
use spell::Speller;

/// The file in its canonical spelling; `None` if something in it could not be read, for then a part would be lost.
///
/// `text` is the text that was parsed. The articles the author wrote are taken from it.
pub fn format(parsed: &Parsed, text: &str) -> Option<String> {
    let broken = |sentence: &Sentence| sentence.item == Item::Broken;
    if parsed.diagnostics.iter().any(|d| d.is_error()) || parsed.sentences.iter().any(broken) {
        return None;
    }
    let mut out = String::new();
    for sentence in &parsed.sentences {
        comments(&mut out, &sentence.comments, sentence.blank_before);
        out.push_str(&Speller::new(text, &parsed.tokens).sentence(&sentence.item));
        if let Some(comment) = &sentence.trailing_comment {
            out.push(' ');
            out.push_str(comment);
        }
        out.push('\n');
    }
    comments(&mut out, &parsed.end_comments, parsed.blank_before_end);
    Some(out)
}

fn comments(out: &mut String, comments: &[String], blank_before: bool) {
    if blank_before && !out.is_empty() {
        out.push('\n');
    }
    for comment in comments {
        out.push_str(comment);
        out.push('\n');
    }
}
