//! What can be wrong with a question.

use crate::json::{Object, ToJson};
use core::ops::Deref;

/// Why a question has no answer. Every function that reads one may give it back, and it is therefore no larger than an
/// address: for the evaluator in browsers 1.3 KB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WireError(Box<Wrong>);

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// A stable word for programs: `json`, `type`, `unknown_field`, `unknown_fact`, `unknown_value`, `unknown_name`,
    /// `out_of_range`, `contradiction`, `impossible`, `too_many`.
    pub code: &'static str,
    /// What is wrong, for people.
    pub message: String,
    /// The path of the part that is wrong, for instance `facts.NAME`.
    pub at: String,
    /// Known names that are near to an unknown one.
    pub nearest: Vec<String>,
}

impl Deref for WireError {
    type Target = Wrong;

    fn deref(&self) -> &Wrong {
        &self.0
    }
}

impl ToJson for WireError {
    fn write(&self, out: &mut String) {
        Object::new(out)
            .field("code", &self.code)
            .field("message", &self.message)
            .told("at", &self.at)
            .told("nearest", &self.nearest)
            .end();
    }
}

impl WireError {
    /// What a question states contradicts what cannot be.
    pub fn impossible() -> Self {
        Self::new("impossible", "facts", "what this question states cannot all be so at once")
    }

    /// A code, the path of the part that is wrong, and what is wrong.
    pub fn new(code: &'static str, at: impl Into<String>, message: impl Into<String>) -> Self {
        Self(Box::new(Wrong { code, message: message.into(), at: at.into(), nearest: Vec::new() }))
    }

    /// An unknown name, with the nearest of those that are known.
    pub(crate) fn unknown<'a>(
        code: &'static str,
        at: impl Into<String>,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let nearest = byelaw_diagnostic::nearest(name, known);
        let hint = match nearest.first() {
            Some(first) => format!("; did you mean `{first}`?"),
            None => "; the vocabulary lists what is known".to_owned(),
        };
        let mut error = Self::new(code, at, format!("there is no {what} called `{name}`{hint}"));
        error.0.nearest = nearest;
        error
    }
}

impl core::fmt::Display for WireError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        if self.at.is_empty() {
            f.write_str(&self.message)
        } else {
            write!(f, "{}: {}", self.at, self.message)
        }
    }
}

impl std::error::Error for WireError {}
