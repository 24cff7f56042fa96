//! The grammar of the language, and the parser derived from it.
//!
//! In: the text of one sentence. Out: pest's pairs. Never here: tree types, meaning, messages, or any other code;
//! `byelaw-syntax` is the only reader, and no other crate sees a pest type.

#![allow(missing_docs, reason = "pest derives functions without documentation")]

use pest_derive::Parser;

/// The parser that pest derives from `byelaw.pest`.
#[derive(Debug, Parser)]
#[grammar = "byelaw.pest"]
pub struct Grammar;
