//! The evaluator in the browser: conversion between JavaScript and our types, and nothing else.
//!
//! In: the bytes of a compiled policy, and questions as JSON text. Out: decisions as JSON text, the same bytes that
//! the command line writes. Never here: logic, the compiler, or an exception for something wrong with a question.

use byelaw_ir::{Program, decode, decode_without_texts, learn};
use byelaw_wire::{ToJson as _, decide_text, vocabulary};
use wasm_bindgen::prelude::wasm_bindgen;

/// In place of the standard library's allocator, which is 2 KB more of the page's first load.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// A policy that answers questions.
#[wasm_bindgen]
pub struct Policy {
    program: Program,
}

#[wasm_bindgen]
impl Policy {
    /// Loads a compiled policy.
    ///
    /// # Errors
    /// A text that says what is wrong with the bytes.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8]) -> Result<Policy, String> {
        decode(bytes).map(|program| Policy { program }).map_err(|e| e.to_string())
    }

    /// Loads the first two parts of a compiled policy: what it takes to ask and to decide. Until the rest is learned, decisions
    /// tell neither names and sentences of rules nor what these advise nor what clauses say, and the vocabulary has no other
    /// words for things.
    ///
    /// # Errors
    /// A text that says what is wrong with the bytes.
    #[wasm_bindgen(js_name = withoutTexts)]
    pub fn without_texts(bytes: &[u8]) -> Result<Policy, String> {
        decode_without_texts(bytes).map(|program| Policy { program }).map_err(|e| e.to_string())
    }

    /// Learns what the third or the fourth part says.
    ///
    /// # Errors
    /// A text that says what is wrong with the bytes; then nothing is learned.
    pub fn learn(&mut self, bytes: &[u8]) -> Result<(), String> {
        learn(&mut self.program, bytes).map_err(|e| e.to_string())
    }

    /// Every word that a question may use, as JSON text.
    pub fn vocabulary(&self) -> String {
        vocabulary(&self.program).to_json()
    }

    /// The decision on a question given as JSON text, as JSON text; `{"error": ...}` if it was not understood.
    pub fn decide(&self, question: &str) -> String {
        decide_text(&self.program, question, None)
    }
}
