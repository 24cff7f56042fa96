//! From text to tree: tokens, limits, recovery, the tree itself, and the canonical spelling.
//!
//! In: the text of one file. Out: its tokens (every byte of it), its sentences, and messages; a value always,
//! never an error instead of one. Never here: names resolved, types, files, or a pest type in a public place, so
//! that another parser could take pest's room without anyone noticing.

pub mod ast;
mod build;
mod decode;
mod dump;
mod expected;
mod format;
mod limits;
mod parse;
mod sentences;
mod slips;
mod tokens;
mod unicode;
mod words;

pub use decode::{NotUtf8, decode};
pub use dump::dump;
pub use format::{Spelling, format};
pub use limits::{MAX_BRACKETS, MAX_FILE, MAX_MESSAGES, MAX_SENTENCE};
pub use parse::{Parsed, parse};
pub use sentences::HEADS;
pub use tokens::{Token, TokenKind, tokenize};
pub use unicode::{folded, looks, unsafe_text};
pub use words::words;
