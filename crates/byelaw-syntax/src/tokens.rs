//! The tokens of a file: every byte of it belongs to exactly one, whether or not the file makes sense.
//!
//! Here: what is a word, a string, a comment, a full stop. Not here: messages, or what a row of tokens means.

use crate::unicode::refused;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A name or a word of the language.
    Word,
    /// Digits alone. Also a name where a name is wanted.
    Number,
    /// Four digits, two digits, two digits.
    Date,
    /// A string with both of its quotes.
    Text,
    /// A string that does not end on its line.
    OpenText,
    /// From `#` to the end of the line.
    Comment,
    /// White space, and the invisible characters that are reported for the file as a whole.
    Space,
    /// A full stop: `.` before white space or at the end of the file.
    Stop,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// `/`
    Slash,
    /// `|`
    Bar,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `<`
    Less,
    /// `>`
    Greater,
    /// Something like a word, with a letter or sign that names cannot have.
    Odd,
    /// A character that means nothing outside strings and comments.
    Unknown,
}

/// A token: what it is, and its bytes in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Token {
    /// Its text, in the file it was read from.
    pub fn text(self, file: &str) -> &str {
        file.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    /// Whether it separates and says nothing: white space or a comment.
    pub fn is_trivia(self) -> bool {
        matches!(self.kind, TokenKind::Space | TokenKind::Comment)
    }
}

/// Cuts a file into tokens, one after the other. Put together again they are the file, byte for byte.
///
/// A file beyond 4 GiB cannot be addressed; callers refuse files far smaller than that before reading on.
pub fn tokenize(text: &str) -> impl Iterator<Item = Token> {
    tokenize_part(text, 0, text.len())
}

/// The tokens of a stretch that begins and ends where tokens do, with their places in the file.
pub(crate) fn tokenize_part(text: &str, start: usize, end: usize) -> impl Iterator<Item = Token> {
    let stretch = text.get(..end).unwrap_or_default();
    let mut at = start;
    std::iter::from_fn(move || {
        let rest = stretch.get(at..).filter(|rest| !rest.is_empty())?;
        let (kind, length) = next(rest);
        let start = at;
        at += length.max(1);
        Some(Token { kind, start: start as u32, end: at as u32 })
    })
}

/// The text before the token that begins at `start`, up to the end of the last token that is no blank and no comment.
pub(crate) fn before(text: &str, start: usize) -> &str {
    let mut before = text.get(..start).unwrap_or_default();
    loop {
        let trimmed = before.trim_end();
        let gap = before.get(trimmed.len()..).unwrap_or_default();
        let line = trimmed.rfind('\n').map_or(0, |at| at + 1);
        // A comment ends at the end of its line, and no other token but a blank reaches over the end of one.
        let comment = if gap.contains('\n') && trimmed.get(line..).is_some_and(|line| line.contains('#')) {
            tokenize_part(text, line, trimmed.len()).find(|token| token.kind == TokenKind::Comment)
        } else {
            None
        };
        match comment {
            Some(comment) => before = text.get(..comment.start as usize).unwrap_or_default(),
            None => return trimmed,
        }
    }
}

/// The last word of a text that ends with one; empty if it ends with something else.
pub(crate) fn last_word(text: &str) -> &str {
    let joined = |c: char| is_wordish(c) || matches!(c, '-' | '.');
    text.rsplit(|c| !joined(c)).next().unwrap_or_default()
}

/// A character that is refused everywhere. Each kind has its own message, once for the file.
pub(crate) fn is_invisible(c: char) -> bool {
    refused(c).is_some()
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

fn next(rest: &str) -> (TokenKind, usize) {
    let mut chars = rest.chars();
    let Some(first) = chars.next() else {
        return (TokenKind::Space, 0);
    };
    let second = chars.next();
    let single = |kind| (kind, first.len_utf8());
    match first {
        '#' => (TokenKind::Comment, length_while(rest, |c| c != '\n' && c != '\r')),
        '"' => string(rest),
        '.' if second.is_none_or(is_space) => single(TokenKind::Stop),
        ',' => single(TokenKind::Comma),
        ':' => single(TokenKind::Colon),
        ';' => single(TokenKind::Semicolon),
        '/' => single(TokenKind::Slash),
        '|' => single(TokenKind::Bar),
        '(' => single(TokenKind::Open),
        ')' => single(TokenKind::Close),
        '<' => single(TokenKind::Less),
        '>' => single(TokenKind::Greater),
        c if is_space(c) => (TokenKind::Space, length_while(rest, is_space)),
        c if is_wordish(c) => word(rest),
        _ => single(TokenKind::Unknown),
    }
}

fn length_while(rest: &str, keep: impl Fn(char) -> bool) -> usize {
    rest.char_indices().find(|(_, c)| !keep(*c)).map_or(rest.len(), |(at, _)| at)
}

/// A string ends at its closing quote, or unclosed at the end of the line. A backslash hides the next character.
fn string(rest: &str) -> (TokenKind, usize) {
    let mut hidden = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\n' | '\r' => return (TokenKind::OpenText, at),
            _ if hidden => hidden = false,
            '\\' => hidden = true,
            '"' => return (TokenKind::Text, at + 1),
            _ => {}
        }
    }
    (TokenKind::OpenText, rest.len())
}

fn is_wordish(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Letters and digits joined by single hyphens or dots.
fn word(rest: &str) -> (TokenKind, usize) {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '-' | '.') && chars.peek().is_some_and(|(_, next)| is_wordish(*next));
        if !is_wordish(c) && !joins {
            break;
        }
        end = at + c.len_utf8();
    }
    let word = rest.get(..end).unwrap_or_default();
    let kind = if !word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.')) {
        TokenKind::Odd
    } else if word.bytes().all(|b| b.is_ascii_digit()) {
        TokenKind::Number
    } else if is_date(word) {
        TokenKind::Date
    } else {
        TokenKind::Word
    };
    (kind, end)
}

fn is_date(word: &str) -> bool {
    let mut parts = word.split('-');
    let digits =
        |part: Option<&str>, n| part.is_some_and(|p| p.len() == n && p.bytes().all(|b| b.is_ascii_digit()));
    digits(parts.next(), 4) && digits(parts.next(), 2) && digits(parts.next(), 2) && parts.next().is_none()
}
