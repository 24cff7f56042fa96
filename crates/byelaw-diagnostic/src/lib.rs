//! Messages to authors: where something stands, what is wrong with it, and how that is printed.
//!
//! In: facts about a fault from any stage. Out: plain text, or JSON for programs.
//! Never here: a parser, protocol types of an editor, files, or the words of one stage's messages.

mod codes;
mod diagnostic;
mod nearest;
mod render;
mod source;
mod span;

pub use codes::{Explained, codes, explained, page};
pub use diagnostic::{Diagnostic, Finding, Severity};
pub use nearest::nearest;
pub use render::{render_all, render_text};
pub use source::{LineIndex, Place, Source, place};
pub use span::{FileId, Span};
