//! What is refused before the parser runs, counted on tokens and therefore the same on each host.
//!
//! Not here: the limit on the number of rules, which belongs to a whole pack.

use byelaw_diagnostic::{Diagnostic, FileId, Span};

use crate::tokens::{Token, TokenKind};

/// The largest file, in bytes.
pub const MAX_FILE: usize = 1 << 20;
/// The longest sentence, in bytes from its first word to its full stop.
pub const MAX_SENTENCE: u32 = 16 << 10;
/// How deep brackets may stand in brackets.
pub const MAX_BRACKETS: usize = 64;

/// How many messages about one file are kept. Nobody reads more, and a hostile file could have a million.
pub const MAX_MESSAGES: usize = 100;

/// Keeps the first messages of a file, and says how many others there are, those that are `left_out` already among them.
pub(crate) fn messages(file: FileId, diagnostics: &mut Vec<Diagnostic>, left_out: usize) {
    let more = left_out + diagnostics.len().saturating_sub(MAX_MESSAGES);
    if more == 0 {
        return;
    }
    diagnostics.truncate(MAX_MESSAGES);
    let at = diagnostics.last().and_then(|last| last.span).unwrap_or(Span::new(file, 0, 0));
    diagnostics.push(
        Diagnostic::error("B0029", at, format!("{more} more messages about this file are left out"))
            .help("mend the first ones and check again"),
    );
}

/// The message for a file that is too large.
pub(crate) fn file_size(file: FileId, text: &str) -> Option<Diagnostic> {
    (text.len() > MAX_FILE).then(|| {
        Diagnostic::error(
            "B0002",
            Span::new(file, 0, 0),
            format!("the file has {} bytes, and a file may have {MAX_FILE}", text.len()),
        )
        .help("divide it into several files; all files of a folder belong to one pack")
    })
}

/// The message for a sentence of so many bytes whose brackets are too deep or whose text is too long.
pub(crate) fn sentence(file: FileId, tokens: &[Token], length: u32) -> Option<Diagnostic> {
    let mut depth = 0_usize;
    for token in tokens {
        match token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_BRACKETS {
            return Some(
                Diagnostic::error(
                    "B0004",
                    Span::new(file, token.start, token.end),
                    format!("brackets stand more than {MAX_BRACKETS} deep here"),
                )
                .help("name a part of the condition with `define`, and use the name"),
            );
        }
    }
    let first = tokens.first()?;
    (length > MAX_SENTENCE).then(|| {
        Diagnostic::error(
            "B0003",
            Span::new(file, first.start, first.end),
            format!("this sentence has {length} bytes, and a sentence may have {MAX_SENTENCE}"),
        )
        .help("divide it into several sentences")
    })
}
