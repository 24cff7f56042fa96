//! Where sentences begin and end, and which comments belong to them.
//!
//! Here: cutting a row of tokens at full stops, and starting again at a head word where a full stop is missing.
//! Not here: what a sentence says, or messages.

use crate::tokens::{Token, TokenKind};

/// The words a sentence can begin with.
pub const HEADS: [&str; 29] = [
    "use",
    "vocabulary",
    "policy",
    "addendum",
    "document",
    "clause",
    "fact",
    "parameter",
    "reading",
    "set",
    "add",
    "group",
    "period",
    "calendar",
    "define",
    "it",
    "act",
    "approval",
    "undertaking",
    "deed",
    "rule",
    "matrix",
    "settle",
    "let",
    "check",
    "examples",
    "all",
    "never",
    "always",
];

/// One sentence as a range of tokens, from its first word to its full stop (or to its last token without one).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Raw {
    /// The first token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// Whether it has its full stop.
    pub stopped: bool,
    /// Comments before it and inside it; an empty one is a blank line before it.
    pub comments: Vec<String>,
    /// The comment behind its full stop.
    pub trailing_comment: Option<String>,
    /// Whether a blank line stands before it or its comments.
    pub blank_before: bool,
}

/// A file cut into sentences, and the comments behind the last one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Cut {
    pub sentences: Vec<Raw>,
    pub end_comments: Vec<String>,
    pub blank_before_end: bool,
}

/// Cuts a file.
pub(crate) fn cut(text: &str, tokens: &[Token]) -> Cut {
    let mut cutter = Cutter::default();
    for (at, token) in tokens.iter().enumerate() {
        cutter.take(text, at, *token);
    }
    cutter.finish()
}

/// Whether the token stands at the margin with a word that begins sentences.
fn begins_sentence(text: &str, token: Token) -> bool {
    let at_margin = token.start == 0 || text.as_bytes().get(token.start as usize - 1) == Some(&b'\n');
    at_margin
        && token.kind == TokenKind::Word
        && HEADS.iter().any(|head| head.eq_ignore_ascii_case(token.text(text)))
}

#[derive(Default)]
struct Cutter {
    done: Vec<Raw>,
    open: Option<Raw>,
    comments: Vec<String>,
    blank_before: bool,
    /// A blank line that has been seen and not yet given to anything.
    blank: bool,
    /// Whether we still are on the line of the last full stop.
    behind_stop: bool,
}

impl Cutter {
    fn take(&mut self, text: &str, at: usize, token: Token) {
        match token.kind {
            TokenKind::Space => {
                let lines = token.text(text).matches('\n').count();
                if lines > 0 {
                    self.behind_stop = false;
                }
                // At the very start of a file, and inside a sentence, blank lines say nothing.
                if lines > 1 && self.open.is_none() && !(self.done.is_empty() && self.comments.is_empty()) {
                    self.blank = true;
                }
            }
            TokenKind::Comment => self.comment(token.text(text).trim_end().to_owned()),
            _ => self.word(text, at, token),
        }
    }

    fn comment(&mut self, comment: String) {
        if let Some(open) = &mut self.open {
            open.comments.push(comment);
            return;
        }
        if self.behind_stop
            && let Some(last) = self.done.last_mut()
        {
            last.trailing_comment = Some(comment);
            return;
        }
        self.settle_blank();
        self.comments.push(comment);
    }

    fn settle_blank(&mut self) {
        if std::mem::take(&mut self.blank) {
            if self.comments.is_empty() {
                self.blank_before = true;
            } else {
                self.comments.push(String::new());
            }
        }
    }

    fn word(&mut self, text: &str, at: usize, token: Token) {
        self.behind_stop = false;
        if self.open.is_some() && begins_sentence(text, token) {
            self.done.extend(self.open.take());
        }
        if self.open.is_none() {
            self.settle_blank();
        }
        let open = self.open.get_or_insert_with(|| Raw {
            first: at,
            end: at,
            stopped: false,
            comments: std::mem::take(&mut self.comments),
            trailing_comment: None,
            blank_before: std::mem::take(&mut self.blank_before),
        });
        open.end = at + 1;
        if token.kind == TokenKind::Stop {
            open.stopped = true;
            self.done.extend(self.open.take());
            self.behind_stop = true;
        }
    }

    fn finish(mut self) -> Cut {
        self.done.extend(self.open.take());
        Cut { sentences: self.done, end_comments: self.comments, blank_before_end: self.blank_before }
    }
}
