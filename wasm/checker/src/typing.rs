//! What an editor asks for while somebody types: the words of the language, quick messages, names, the canonical form.

use crate::Checked;
use crate::input::Pack;
use crate::reports::failed;
use byelaw::diagnostic::{FileId, codes, explained};
use byelaw::{declared, syntax};
use serde_json::json;
use wasm_bindgen::prelude::wasm_bindgen;

/// The words of the language as JSON text: `{"begin": [...], "words": [...]}`. A sentence begins with one of the first.
#[wasm_bindgen]
pub fn language() -> String {
    json!({"begin": syntax::HEADS, "words": syntax::words()}).to_string()
}

/// Reads a pack and goes no further than its words: its messages are those about its text and names, in a small part of
/// the time that a whole check takes, and it answers nothing.
#[wasm_bindgen]
pub fn read(files: &str) -> Checked {
    match Pack::read(files) {
        Ok(pack) => Checked { compiled: pack.read_only(), pack: pack.folder },
        Err(why) => Checked { pack: String::new(), compiled: Err(why) },
    }
}

#[wasm_bindgen]
impl Checked {
    /// Every name of the pack with its kind and label, as JSON text: `[{"name": ..., "kind": ..., "label": ...}]`.
    pub fn declared(&self) -> String {
        self.with(|compiled| json!(declared(&compiled.model)).to_string())
    }
}

/// The text of one file in the one canonical form, as JSON text: `{"text": ...}`, or `{"error": ...}` if something in it
/// cannot be read.
#[wasm_bindgen]
pub fn format(text: &str) -> String {
    let parsed = syntax::parse(FileId(0), text);
    match syntax::format(&parsed, text) {
        Some(text) => json!({"text": text}).to_string(),
        None => failed("something in this text cannot be read, so it was left as it is"),
    }
}

/// A small policy to begin with, called by a name.
#[wasm_bindgen]
pub fn template(name: &str) -> String {
    byelaw::template(name)
}

/// What a code of a message means, as JSON text: `{"code": ..., "title": ..., "summary": ...}`.
#[wasm_bindgen]
pub fn explain(code: &str) -> String {
    // The code as the list has it: nothing of what came in goes out again.
    let known = codes().iter().find(|known| known.eq_ignore_ascii_case(code));
    match known.and_then(|code| Some((code, explained(code)?))) {
        Some((code, page)) => json!({"code": code, "title": page.title, "summary": page.summary}).to_string(),
        None => failed("there is no such code"),
    }
}
