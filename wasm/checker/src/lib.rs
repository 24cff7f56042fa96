//! The compiler in the browser: conversion between JavaScript and our types, and nothing else.
//!
//! In: the files of a pack as JSON text, `{"pack": "policies/x", "files": {"policies/x/a.pol": "text"}}`.
//! Out: the messages that `byelaw check --format json` writes, byte for byte, and the compiled policy.
//! Never here: logic, questions, or an exception for something wrong with a pack.

use byelaw::wire::{report_json, reports_json};
use byelaw::{Memory, ir::encode};
use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

/// What became of a pack.
#[wasm_bindgen]
pub struct Checked {
    diagnostics: String,
    artifact: Option<Vec<u8>>,
}

#[wasm_bindgen]
impl Checked {
    /// The messages as JSON text.
    pub fn diagnostics(&self) -> String {
        self.diagnostics.clone()
    }

    /// The compiled policy; nothing if there was an error, or if the pack only lends words.
    pub fn artifact(&self) -> Option<Vec<u8>> {
        self.artifact.clone()
    }
}

/// The messages about a pack as JSON text; `{"error": ...}` if the input is no pack.
#[wasm_bindgen]
pub fn check(files: &str) -> String {
    compile(files).diagnostics
}

/// Compiles a pack. Its messages are those of [`check`].
#[wasm_bindgen]
pub fn compile(files: &str) -> Checked {
    let failed = |why: String| Checked { diagnostics: json!({"error": why}).to_string(), artifact: None };
    let (pack, files) = match read(files) {
        Ok(read) => read,
        Err(why) => return failed(why),
    };
    match byelaw::compile(&Memory::new(files), &pack) {
        Ok(compiled) => Checked {
            diagnostics: reports_json(&[report_json(
                &pack,
                &compiled.model.name,
                &compiled.diagnostics,
                &compiled.sources,
            )]),
            artifact: compiled.program.as_ref().map(encode),
        },
        Err(why) => failed(why.to_string()),
    }
}

type Files = Vec<(String, Vec<u8>)>;

fn read(text: &str) -> Result<(String, Files), String> {
    let input: Value = serde_json::from_str(text).map_err(|e| format!("the input is not JSON: {e}"))?;
    let pack = input.get("pack").and_then(Value::as_str).ok_or("`pack` has to be the folder of the pack")?;
    let files = input.get("files").and_then(Value::as_object).ok_or("`files` has to map paths to texts")?;
    let mut found = Files::new();
    for (path, text) in files {
        let text = text.as_str().ok_or_else(|| format!("`{}` has to be a text", path.escape_default()))?;
        found.push((path.clone(), text.as_bytes().to_vec()));
    }
    Ok((pack.to_owned(), found))
}

#[cfg(test)]
mod tests {
    use super::{check, compile};

    #[test]
    fn nothing_that_is_no_pack_is_an_exception() {
        for input in [
            "",
            "{",
            "[]",
            "{\"pack\": 1}",
            "{\"pack\": \"x\", \"files\": []}",
            "{\"pack\": \"x\", \"files\": {\"a\": 1}}",
            "{\"pack\": \"x\", \"files\": {}}",
        ] {
            assert!(check(input).starts_with("{\"error\":"), "{input}: {}", check(input));
            assert_eq!(compile(input).artifact(), None);
        }
    }

    #[test]
    fn a_pack_has_messages_or_none() {
        let fine = "{\"pack\": \"x\", \"files\": {\"x/a.pol\": \"vocabulary wibbles \\\"Wibbles\\\".\"}}";
        assert_eq!(
            check(fine),
            "{\"packs\":[{\"diagnostics\":[],\"name\":\"wibbles\",\"pack\":\"x\"}],\"v\":1}"
        );
        assert!(check(&fine.replace("wibbles \\", "\\")).contains("\"severity\":\"error\""));
    }
}
