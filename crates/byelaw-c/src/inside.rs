//! What the functions of the door do, without a pointer: slices in, texts out, and no panic.

use byelaw_engine::Policy;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A policy from its bytes, or what is wrong with them.
pub(crate) fn load(bytes: &[u8]) -> Result<Policy, String> {
    guarded(|| Policy::load(bytes).map_err(|e| e.to_string())).unwrap_or_else(|| Err(STOPPED.to_owned()))
}

/// Whether a question gets an unconditional yes, or why it could not be asked.
pub(crate) fn allows(policy: &Policy, question: &[u8]) -> Result<bool, String> {
    let text = text(question)?;
    guarded(|| policy.allows_json(text).map_err(|e| e.to_string())).unwrap_or_else(|| Err(STOPPED.to_owned()))
}

/// The answer as JSON text, an error among them.
pub(crate) fn decide(policy: &Policy, question: &[u8]) -> String {
    match text(question) {
        Ok(text) => guarded(|| policy.decide_json(text)).unwrap_or_else(|| refused("internal", STOPPED)),
        Err(why) => refused("json", &why),
    }
}

/// The vocabulary as JSON text, or an error as an answer has it.
pub(crate) fn words(policy: &Policy) -> String {
    guarded(|| policy.vocabulary_json()).unwrap_or_else(|| refused("internal", STOPPED))
}

/// An answer that is an error, in the contract's shape; `message` has no character that JSON would write otherwise.
pub(crate) fn refused(code: &str, message: &str) -> String {
    format!(r#"{{"error":{{"code":"{code}","message":"{message}"}}}}"#)
}

const STOPPED: &str = "the evaluator stopped before it had an answer";

fn text(question: &[u8]) -> Result<&str, String> {
    std::str::from_utf8(question)
        .map_err(|e| format!("the question is not UTF-8 text (byte {})", e.valid_up_to().saturating_add(1)))
}

/// Runs what must not panic; if it does, there is no result. Nothing is left half done: a policy is only ever read.
fn guarded<T>(run: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(run)).ok()
}

#[cfg(test)]
mod tests {
    //! What no caller can bring about.

    use super::guarded;

    #[test]
    fn a_panic_is_no_result() {
        assert_eq!(guarded(|| 1), Some(1));
        assert_eq!(guarded(|| -> u8 { panic!("wibble") }), None);
    }
}
