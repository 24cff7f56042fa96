//! What is refused before the parser runs, counted on tokens and therefore the same on each host.
//!
//! Not here: the limit on the number of rules, which belongs to a whole pack.

use byelaw_diagnostic::{Diagnostic, FileId, Span};

use crate::tokens::{Token, TokenKind, is_bidi, is_invisible, is_zero_width};

/// The largest file, in bytes.
pub const MAX_FILE: usize = 1 << 20;
/// The longest sentence, in bytes from its first word to its full stop.
pub const MAX_SENTENCE: u32 = 16 << 10;
/// How deep brackets may stand in brackets.
pub const MAX_BRACKETS: usize = 64;

/// How many messages about one file are kept. Nobody reads more, and a hostile file could have a million.
pub const MAX_MESSAGES: usize = 100;

/// Keeps the first messages of a file, and says how many others there are.
pub(crate) fn messages(file: FileId, diagnostics: &mut Vec<Diagnostic>) {
    let more = diagnostics.len().saturating_sub(MAX_MESSAGES);
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

/// The messages for characters nobody can see: one for each kind, at the first of the kind.
pub(crate) fn invisible_characters(file: FileId, text: &str) -> Vec<Diagnostic> {
    type Kind = (&'static str, fn(usize, char) -> bool, &'static str);
    let kinds: [Kind; 4] = [
        ("B0005", |at, c| at == 0 && c == '\u{feff}', "the file begins with a byte order mark"),
        ("B0006", |_, c| c.is_control() && is_invisible(c), "there is a control character here"),
        ("B0007", |_, c| is_bidi(c), "there is a character here that changes the direction of text"),
        (
            "B0008",
            |at, c| at != 0 && is_zero_width(c) || at == 0 && c != '\u{feff}' && is_zero_width(c),
            "there is a character here that cannot be seen",
        ),
    ];
    let stray_return =
        |at: usize, c: char| c == '\r' && !text.get(at + 1..).unwrap_or_default().starts_with('\n');
    let mut found = Vec::new();
    for (code, is, message) in kinds {
        let first = text.char_indices().find(|&(at, c)| is(at, c) || code == "B0006" && stray_return(at, c));
        if let Some((at, c)) = first {
            let span = Span::new(file, at as u32, (at + c.len_utf8()) as u32);
            found.push(
                Diagnostic::error(code, span, format!("{message} (U+{:04X})", u32::from(c)))
                    .note("what a person reads must be what the machine reads")
                    .help("delete it"),
            );
        }
    }
    found
}

/// The message for a sentence whose brackets are too deep or whose text is too long.
pub(crate) fn sentence(file: FileId, tokens: &[Token]) -> Option<Diagnostic> {
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
    let (first, last) = (tokens.first()?, tokens.last()?);
    let length = last.end - first.start;
    (length > MAX_SENTENCE).then(|| {
        Diagnostic::error(
            "B0003",
            Span::new(file, first.start, first.end),
            format!("this sentence has {length} bytes, and a sentence may have {MAX_SENTENCE}"),
        )
        .help("divide it into several sentences")
    })
}
