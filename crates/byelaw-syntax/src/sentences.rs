//! Where sentences begin and end, and which comments belong to them.
//!
//! Here: cutting a row of tokens at full stops, and starting again at a head word where a full stop is missing.
//! Not here: what a sentence says, or messages.

use std::iter::Peekable;

use crate::limits::MAX_SENTENCE;
use crate::tokens::{Token, TokenKind};

/// The words a sentence can begin with.
pub const HEADS: [&str; 30] = [
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
    "event",
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

/// One sentence, from its first word to its full stop (or to its last word without one).
#[derive(Debug, Default)]
pub(crate) struct Raw {
    /// Its tokens as far as a sentence may be long, and one at least. What is longer is refused, so nobody looks further.
    pub tokens: Vec<Token>,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Whether it has its full stop.
    pub stopped: bool,
    /// Comments before it and inside it, each with the end of its line; an empty line is a blank line before it.
    pub comments: String,
    /// The comment behind its full stop.
    pub trailing_comment: Option<String>,
    /// Whether a blank line stands before it or its comments.
    pub blank_before: bool,
}

/// Whether the token stands at the margin with a word that begins sentences.
fn begins_sentence(text: &str, token: Token) -> bool {
    let at_margin = token.start == 0 || text.as_bytes().get(token.start as usize - 1) == Some(&b'\n');
    at_margin
        && token.kind == TokenKind::Word
        && HEADS.iter().any(|head| head.eq_ignore_ascii_case(token.text(text)))
}

/// Cuts a file into sentences, and holds no more of it than one of them.
pub(crate) struct Cutter<'t, T: Iterator<Item = Token>> {
    text: &'t str,
    tokens: Peekable<T>,
    /// Comments that belong to no sentence yet; behind the last sentence those that end the file.
    pub comments: String,
    /// Whether a blank line stands before those.
    pub blank_before: bool,
    /// A blank line that has been seen and not yet given to anything.
    blank: bool,
    /// Whether there was a sentence.
    begun: bool,
}

impl<'t, T: Iterator<Item = Token>> Cutter<'t, T> {
    pub(crate) fn new(text: &'t str, tokens: T) -> Self {
        let tokens = tokens.peekable();
        Self { text, tokens, comments: String::new(), blank_before: false, blank: false, begun: false }
    }

    /// The next sentence, if there is one. `room` is a list whose memory may be used again.
    pub(crate) fn next(&mut self, mut room: Vec<Token>) -> Option<Raw> {
        room.clear();
        let first = self.first()?;
        self.begun = true;
        let mut raw = Raw {
            tokens: room,
            start: first.start,
            end: first.end,
            stopped: first.kind == TokenKind::Stop,
            comments: std::mem::take(&mut self.comments),
            trailing_comment: None,
            blank_before: std::mem::take(&mut self.blank_before),
        };
        raw.tokens.push(first);
        while !raw.stopped
            && let Some(token) = self.tokens.next_if(|token| !begins_sentence(self.text, *token))
        {
            if token.end - raw.start <= MAX_SENTENCE {
                raw.tokens.push(token);
            }
            if token.kind == TokenKind::Comment {
                line(&mut raw.comments, token.text(self.text));
            }
            if !token.is_trivia() {
                raw.end = token.end;
            }
            raw.stopped = token.kind == TokenKind::Stop;
        }
        while raw.tokens.last().is_some_and(|token| token.end > raw.end) {
            raw.tokens.pop();
        }
        if raw.stopped {
            raw.trailing_comment = self.trailing();
        }
        Some(raw)
    }

    /// The first word of a sentence, behind the comments and blank lines before it.
    fn first(&mut self) -> Option<Token> {
        while let Some(token) = self.tokens.next() {
            let text = token.text(self.text);
            match token.kind {
                // At the very start of a file blank lines say nothing.
                TokenKind::Space => {
                    let says = self.begun || !self.comments.is_empty();
                    self.blank |= says && text.bytes().filter(|b| *b == b'\n').count() > 1;
                }
                TokenKind::Comment => {
                    self.settle_blank();
                    line(&mut self.comments, text);
                }
                _ => {
                    self.settle_blank();
                    return Some(token);
                }
            }
        }
        None
    }

    /// The comment on the line of a full stop.
    fn trailing(&mut self) -> Option<String> {
        let text = self.text;
        self.tokens.next_if(|token| token.kind == TokenKind::Space && !token.text(text).contains('\n'));
        let comment = self.tokens.next_if(|token| token.kind == TokenKind::Comment)?;
        Some(comment.text(text).trim_end().to_owned())
    }

    fn settle_blank(&mut self) {
        if std::mem::take(&mut self.blank) {
            if self.comments.is_empty() {
                self.blank_before = true;
            } else {
                self.comments.push('\n');
            }
        }
    }
}

fn line(comments: &mut String, comment: &str) {
    comments.push_str(comment.trim_end());
    comments.push('\n');
}
