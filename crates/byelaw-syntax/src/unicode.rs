//! Which characters and words a text may have, so that what a person reads is what the machine reads.
//!
//! Here: controls, direction marks, characters that cannot be seen or have no agreed meaning, the normal form, words
//! that mix alphabets, and names that look alike. The same for sources and for the names of their files.
//! Not here: what a name is in a sentence (`tokens`), or where files come from.

use byelaw_diagnostic::{Diagnostic, FileId, Span};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark, is_nfc};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory as _};
use unicode_security::mixed_script::AugmentedScriptSet;
use unicode_security::{GeneralSecurityProfile as _, skeleton};

use crate::limits::MAX_MESSAGES;
use crate::tokens::{Token, TokenKind};

/// Why a character is refused everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// A control other than a tab or the end of a line.
    Control,
    /// It changes the direction of the text around it.
    Direction,
    /// It has no shape: zero width, tags, fillers, variation selectors, separators that editors do not show.
    Invisible,
    /// Unassigned, left to each machine, or no character at all: each machine shows something else.
    Meaningless,
}

/// Why a character is refused, if it is.
pub(crate) fn refused(c: char) -> Option<Refused> {
    if c.is_ascii() {
        return (c.is_ascii_control() && !matches!(c, '\n' | '\r' | '\t')).then_some(Refused::Control);
    }
    if c.is_control() {
        return Some(Refused::Control);
    }
    if is_direction(c) {
        return Some(Refused::Direction);
    }
    if is_shapeless(c) {
        return Some(Refused::Invisible);
    }
    match c.general_category() {
        GeneralCategory::Format | GeneralCategory::LineSeparator | GeneralCategory::ParagraphSeparator => {
            Some(Refused::Invisible)
        }
        GeneralCategory::Unassigned | GeneralCategory::PrivateUse | GeneralCategory::Surrogate => {
            Some(Refused::Meaningless)
        }
        _ => None,
    }
}

fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{206a}'..='\u{206f}')
}

/// What Unicode lets a machine show as nothing, as far as it is not a format character anyway.
fn is_shapeless(c: char) -> bool {
    matches!(
        c,
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{2065}'
            | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffc}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// The messages for characters that no text may have: one for each kind, at the first of the kind.
pub(crate) fn characters(file: FileId, text: &str) -> Vec<Diagnostic> {
    let kinds: [(&'static str, Option<Refused>, &'static str); 5] = [
        ("B0005", None, "the file begins with a byte order mark"),
        ("B0006", Some(Refused::Control), "there is a control character here"),
        ("B0007", Some(Refused::Direction), "there is a character here that changes the direction of text"),
        ("B0008", Some(Refused::Invisible), "there is a character here that cannot be seen"),
        ("B0031", Some(Refused::Meaningless), "there is a character here that has no agreed meaning"),
    ];
    let mut firsts: [Option<(usize, char)>; 5] = [None; 5];
    let bytes = text.as_bytes();
    for (at, c) in text.char_indices() {
        let kind = if at == 0 && c == '\u{feff}' {
            0
        } else if c == '\r' && bytes.get(at + 1) != Some(&b'\n') {
            1
        } else {
            match refused(c) {
                None => continue,
                Some(why) => kinds.iter().position(|(_, kind, _)| *kind == Some(why)).unwrap_or(1),
            }
        };
        if let Some(first) = firsts.get_mut(kind) {
            first.get_or_insert((at, c));
        }
    }
    let found = kinds.iter().zip(firsts).filter_map(|((code, _, message), first)| {
        let (at, c) = first?;
        let span = Span::new(file, at as u32, (at + c.len_utf8()) as u32);
        Some(
            Diagnostic::error(code, span, format!("{message} (U+{:04X})", u32::from(c)))
                .note("what a person reads must be what the machine reads")
                .help("delete it"),
        )
    });
    found.chain(normal_form(file, text)).collect()
}

/// The message for a text that is not in its normal form, at the first word that is not.
fn normal_form(file: FileId, text: &str) -> Option<Diagnostic> {
    if text.is_ascii() || is_nfc(text) {
        return None;
    }
    // Normal forms never reach over white space, so that words can be looked at one by one.
    let (start, word) = words(text, |c| !c.is_whitespace()).find(|(_, word)| !is_nfc(word))?;
    let nfc: String = word.nfc().collect();
    let span = Span::new(file, start as u32, (start + word.len()) as u32);
    Some(
        Diagnostic::error("B0032", span, "this is not written in the normal form of Unicode (NFC)")
            .label(format!("as characters: {}", code_points(word)))
            .note(
                "the same word can be written in several ways that look the same; a policy uses one of them",
            )
            .help(format!("write `{nfc}` ({})", code_points(&nfc))),
    )
}

/// At most this many characters of a word are listed by number.
const MOST_LISTED: usize = 12;

fn code_points(word: &str) -> String {
    let mut listed: Vec<String> =
        word.chars().take(MOST_LISTED).map(|c| format!("U+{:04X}", u32::from(c))).collect();
    if word.chars().nth(MOST_LISTED).is_some() {
        listed.push("...".to_owned());
    }
    listed.join(" ")
}

/// The messages for words in strings and comments with letters that look like others, as far as messages are kept.
/// Gives the number of those that are not.
pub(crate) fn mixed_words(
    file: FileId,
    text: &str,
    tokens: impl Iterator<Item = Token>,
    found: &mut Vec<Diagnostic>,
) -> usize {
    let mut left_out = 0;
    if text.is_ascii() {
        return left_out;
    }
    let spoken = |t: &Token| matches!(t.kind, TokenKind::Text | TokenKind::OpenText | TokenKind::Comment);
    for token in tokens.filter(spoken) {
        let inside = token.text(text);
        if inside.is_ascii() {
            continue;
        }
        for (at, word) in words(inside, in_word) {
            let Some((place, odd)) = stranger(word) else { continue };
            if found.len() > MAX_MESSAGES {
                left_out += 1;
                continue;
            }
            let start = token.start + (at + place) as u32;
            let span = Span::new(file, start, start + odd.len_utf8() as u32);
            found.push(
                Diagnostic::error("B0033", span, format!("`{word}` mixes letters of several alphabets"))
                    .label(format!("U+{:04X}", u32::from(odd)))
                    .note("letters of different alphabets can look the same, and then a word is not what it seems")
                    .help(match plain(word) {
                        Some(plain) => format!("write `{plain}` with the letters of one alphabet"),
                        None => "write the word with the letters of one alphabet".to_owned(),
                    }),
            );
        }
    }
    left_out
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// The parts of a text whose characters all are such, with their places.
fn words(text: &str, is: impl Fn(char) -> bool + Copy) -> impl Iterator<Item = (usize, &str)> {
    text.split(move |c| !is(c)).filter(|word| !word.is_empty()).map(|word| {
        // Both point into the same text.
        (word.as_ptr() as usize - text.as_ptr() as usize, word)
    })
}

/// The first letter that does not belong into a word: of another alphabet than the letters before it, or one that is
/// made to look like a plain letter.
fn stranger(word: &str) -> Option<(usize, char)> {
    if word.is_ascii() {
        return None;
    }
    let disguised = |c: char| !c.is_ascii() && !c.identifier_allowed() && looks_ascii(c);
    if let Some(found) = word.char_indices().find(|(_, c)| disguised(*c)) {
        return Some(found);
    }
    if !AugmentedScriptSet::for_str(word).is_empty() {
        return None;
    }
    // A longer beginning never fits more alphabets, so that the place can be halved upon.
    let ends: Vec<(usize, char)> = word.char_indices().collect();
    let fits = |(at, c): &(usize, char)| {
        !AugmentedScriptSet::for_str(word.get(..at + c.len_utf8()).unwrap_or_default()).is_empty()
    };
    ends.get(ends.partition_point(fits)).copied()
}

fn looks_ascii(c: char) -> bool {
    skeleton(c.encode_utf8(&mut [0; 4])).all(|c| c.is_ascii_alphanumeric())
}

/// The word in plain letters, if that is what it looks like.
fn plain(word: &str) -> Option<String> {
    let plain: String = word
        .chars()
        .map(|c| if c.is_ascii() { c.to_string() } else { skeleton(c.encode_utf8(&mut [0; 4])).collect() })
        .collect();
    plain.is_ascii().then_some(plain)
}

/// What a name looks like: two names of which this is the same can be taken for each other.
///
/// It is the skeleton of UTS 39 without the difference of capitals, so that `0` and `o`, `1` and `l`, `m` and `rn`
/// are the same.
pub fn looks(name: &str) -> String {
    skeleton(name).collect::<String>().to_lowercase()
}

/// What is wrong with a piece of text that is not part of a source, such as the name of a file; nothing if it may be
/// used. The answer names characters by their numbers, never as they are.
pub fn unsafe_text(text: &str) -> Option<String> {
    let numbered = |c: char| format!("U+{:04X}", u32::from(c));
    for c in text.chars() {
        let what = match refused(c) {
            _ if matches!(c, '\n' | '\r' | '\t') => "a control character",
            // What a host writes where a name is not text.
            _ if c == '\u{fffd}' => "a character that stands for something unreadable",
            None => continue,
            Some(Refused::Control) => "a control character",
            Some(Refused::Direction) => "a character that changes the direction of text",
            Some(Refused::Invisible) => "a character that cannot be seen",
            Some(Refused::Meaningless) => "a character that has no agreed meaning",
        };
        return Some(format!("it has {what} ({})", numbered(c)));
    }
    if !is_nfc(text) {
        return Some("it is not written in the normal form of Unicode (NFC)".to_owned());
    }
    let mixed = words(text, in_word).find_map(|(_, word)| stranger(word));
    mixed.map(|(_, c)| format!("it mixes letters of several alphabets in one word ({})", numbered(c)))
}

/// What stays of the name of a file on a disk that knows neither capitals nor normal forms.
pub fn folded(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).nfc().collect()
}
