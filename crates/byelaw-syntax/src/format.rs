//! The canonical spelling: one text for each tree.
//!
//! Here: the layout of whole files, where lines are broken, and parts of sentences on one line. How each sentence is
//! worded stands in `spell`. Meaning is kept: the formatted text has the same tree apart from its places, and the same
//! comments.

mod spell;
mod words;

use crate::ast::{Clauses, Item, Phrase, RuleBody, Sentence, Values};
use crate::parse::Parsed;
use spell::Speller;

/// The file in its canonical spelling; `None` if something in it could not be read, for then a part would be lost.
///
/// `text` is the text that was parsed. The articles the author wrote are taken from it.
pub fn format(parsed: &Parsed, text: &str) -> Option<String> {
    let broken = |sentence: &Sentence| matches!(sentence.item, Item::Broken(_));
    if parsed.diagnostics.iter().any(|d| d.is_error()) || parsed.sentences.iter().any(broken) {
        return None;
    }
    let mut out = String::new();
    for sentence in &parsed.sentences {
        comments(&mut out, &sentence.comments, sentence.blank_before);
        out.push_str(&Speller::new(text).sentence(&sentence.item));
        if let Some(comment) = &sentence.trailing_comment {
            out.push(' ');
            out.push_str(comment);
        }
        out.push('\n');
    }
    comments(&mut out, &parsed.end_comments, parsed.blank_before_end);
    Some(out)
}

fn comments(out: &mut String, comments: &str, blank_before: bool) {
    if blank_before && !out.is_empty() {
        out.push('\n');
    }
    out.push_str(comments);
}

/// Sentences and parts of them in the canonical spelling, each on one line, however long.
///
/// What a policy quotes of its own text is spelled so: two texts of one canonical form are then quoted alike. Nothing
/// here fails; what could not be read ([`Item::Broken`]) is empty.
#[derive(Debug, Clone, Copy)]
pub struct Spelling<'a> {
    text: &'a str,
}

impl<'a> Spelling<'a> {
    /// For the parts of one file, of which this is the text.
    pub fn new(text: &'a str) -> Self {
        Self { text }
    }

    fn speller(self) -> Speller<'a> {
        Speller::unbroken(self.text)
    }

    /// A whole sentence with its full stop.
    pub fn sentence(self, item: &Item) -> String {
        self.speller().sentence(item)
    }

    /// What a rule says, from a capital to the full stop.
    pub fn body(self, body: &RuleBody) -> String {
        self.speller().said(body)
    }

    /// Whom a sentence is about.
    pub fn who(self, who: &Values) -> String {
        self.speller().part(|speller| {
            speller.who(who);
        })
    }

    /// The words of an act.
    pub fn act(self, act: &Phrase) -> String {
        self.speller().part(|speller| {
            speller.phrase(act);
        })
    }

    /// What stands behind an act: `when ...`, `if approved by ...` and so on.
    pub fn clauses(self, clauses: &Clauses) -> String {
        self.speller().part(|speller| {
            speller.clauses(clauses);
        })
    }
}
