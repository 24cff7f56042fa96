//! The compiler in the browser: conversion between JavaScript and our types, and nothing else.
//!
//! In: the files of a pack as JSON text, `{"pack": "policies/x", "files": {"policies/x/a.pol": "text"}}`.
//! Out: what `byelaw check`, `test`, `matrix`, `diff`, `addendum`, `effect`, `prove` and `verify` write with `--format json`,
//! byte for byte, or the same as one HTML page or in its parts; the compiled policy; and what an editor asks for while
//! somebody types.
//! Never here: logic, questions, or an exception for something wrong with a pack.

mod input;
mod reports;
mod typing;

use byelaw::{Compiled, diagnostic::Diagnostic, ir::encode};
use byelaw::{report_json, reports_json};
use input::Pack;
use reports::failed;
use wasm_bindgen::prelude::wasm_bindgen;

pub use reports::diff;
pub use typing::{explain, format, language, read, template};

/// What became of a pack.
#[wasm_bindgen]
pub struct Checked {
    pack: String,
    /// What was compiled, or why nothing was.
    compiled: Result<Compiled, String>,
}

#[wasm_bindgen]
impl Checked {
    /// The messages as JSON text; `{"error": ...}` if the input is no pack.
    pub fn diagnostics(&self) -> String {
        self.with(|compiled| self.messages(compiled, &compiled.diagnostics))
    }

    /// The compiled policy; nothing if there was an error, or if the pack only lends words.
    pub fn artifact(&self) -> Option<Vec<u8>> {
        self.compiled.as_ref().ok()?.program.as_ref().map(encode)
    }
}

impl Checked {
    /// What is told of the compiled pack; `{"error": ...}` if the input is no pack.
    fn with(&self, told: impl FnOnce(&Compiled) -> String) -> String {
        self.compiled.as_ref().map_or_else(|why| failed(why), told)
    }

    fn messages(&self, compiled: &Compiled, diagnostics: &[Diagnostic]) -> String {
        reports_json(&[report_json(&self.pack, &compiled.model.name, diagnostics, &compiled.sources)])
    }
}

/// The messages about a pack as JSON text; `{"error": ...}` if the input is no pack.
#[wasm_bindgen]
pub fn check(files: &str) -> String {
    compile(files).diagnostics()
}

/// Compiles a pack. Its messages are those of [`check`].
#[wasm_bindgen]
pub fn compile(files: &str) -> Checked {
    match Pack::read(files) {
        Ok(pack) => Checked { compiled: pack.compile(), pack: pack.folder },
        Err(why) => Checked { pack: String::new(), compiled: Err(why) },
    }
}

#[cfg(test)]
mod tests {
    use super::{check, compile, diff, explain, format, language, read, template};

    const NO_PACKS: [&str; 7] = [
        "",
        "{",
        "[]",
        "{\"pack\": 1}",
        "{\"pack\": \"x\", \"files\": []}",
        "{\"pack\": \"x\", \"files\": {\"a\": 1}}",
        "{\"pack\": \"x\", \"files\": {}}",
    ];

    const FINE: &str = "{\"pack\": \"x\", \"files\": {\"x/a.pol\": \"vocabulary wibbles \\\"Wibbles\\\".\"}}";

    #[test]
    fn nothing_that_is_no_pack_is_an_exception() {
        for input in NO_PACKS {
            let error = |text: &str| assert!(text.starts_with("{\"error\":"), "{input}: {text}");
            error(&check(input));
            let checked = compile(input);
            assert_eq!(checked.artifact(), None);
            for text in [
                checked.gaps(),
                checked.tests(),
                checked.examples_in("x/a.pol"),
                checked.invariants(),
                checked.matrix("2020-05-11"),
                checked.declared(),
                checked.changes(&compile(FINE), "json"),
                read(input).diagnostics(),
                read(input).declared(),
                checked.effects("json"),
                checked.effect("a", "json"),
                checked.addendum(None, "json"),
                checked.prove(100, "json"),
                checked.verify("{}", "json"),
                diff(input, "json"),
                diff(&format!("{{\"old\": {input}, \"new\": {FINE}}}"), "json"),
            ] {
                error(&text);
            }
        }
    }

    /// A pack without rules answers no question, and says so wherever one would be asked.
    #[test]
    fn a_pack_that_lends_words_has_no_effect() {
        let checked = compile(FINE);
        assert!(checked.gaps().contains("\"diagnostics\":[]"));
        for text in [checked.effects("json"), checked.addendum(None, "html"), checked.effect("a", "json")] {
            assert_eq!(
                text,
                "{\"error\":\"this pack only lends words to other packs and answers no question\"}"
            );
        }
    }

    /// What is read and no more has the same messages about text and words, and answers nothing.
    #[test]
    fn reading_goes_no_further_than_the_words() {
        let broken = FINE.replace("Wibbles\\\".", "Wibbles\\\".\\nrule wibble: wobble.");
        assert!(broken.contains("wobble"));
        assert_eq!(read(&broken).diagnostics(), check(&broken));
        assert_eq!(read(FINE).artifact(), None);
        assert!(read(FINE).tests().contains("\"examples\":[]"));
    }

    #[test]
    fn names_are_told_with_their_kinds() {
        let pack = FINE.replace("Wibbles\\\".", "Wibbles\\\".\\nundertaking wibble \\\"to wobble\\\".");
        let wibble = "{\"kind\":\"undertaking\",\"label\":\"to wobble\",\"name\":\"wibble\"}";
        assert!(read(&pack).declared().contains(wibble), "{}", read(&pack).declared());
    }

    #[test]
    fn the_template_is_a_policy_whose_examples_hold() {
        let file = serde_json::json!({"pack": "wibble", "files": {"wibble/policy.pol": template("wibble")}})
            .to_string();
        let checked = compile(&file);
        assert!(!checked.diagnostics().contains("\"severity\":\"error\""), "{}", checked.diagnostics());
        let tests = checked.tests();
        assert!(tests.contains("\"passed\":true") && !tests.contains("\"passed\":false"), "{tests}");
        assert_eq!(checked.examples_in("wibble/policy.pol"), tests);
        assert!(checked.examples_in("wibble/other.pol").contains("\"examples\":[]"));
        assert!(checked.matrix("soon").starts_with("{\"error\":"));
        assert_eq!(
            checked.matrix("2020-05-11"),
            "{\"matrices\":[],\"on\":\"2020-05-11\",\"pack\":\"wibble\",\"v\":1}"
        );
        let nothing = checked.changes(&compile(&file), "page");
        assert!(nothing.contains("No difference"), "{nothing}");
    }

    #[test]
    fn a_text_is_put_into_its_form_or_left_alone() {
        assert_eq!(
            format("vocabulary  wibbles   \"W\" ."),
            "{\"text\":\"vocabulary wibbles \\\"W\\\".\\n\"}"
        );
        assert!(format("wibble").starts_with("{\"error\":"));
    }

    #[test]
    fn the_language_tells_its_words() {
        let language = language();
        assert!(language.contains("\"provided\"") && language.contains("\"begin\":["), "{language}");
        assert!(explain("B0132").contains("\"title\":"));
        assert!(explain("wibble").starts_with("{\"error\":"));
    }

    #[test]
    fn a_form_that_does_not_exist_is_named() {
        assert!(diff("{}", "xml").contains("`xml`"));
        assert!(compile(FINE).effects("xml").contains("`xml`"));
    }

    #[test]
    fn a_pack_has_messages_or_none() {
        assert_eq!(
            check(FINE),
            "{\"packs\":[{\"diagnostics\":[],\"name\":\"wibbles\",\"pack\":\"x\"}],\"v\":1}"
        );
        assert!(check(&FINE.replace("wibbles \\", "\\")).contains("\"severity\":\"error\""));
    }
}
