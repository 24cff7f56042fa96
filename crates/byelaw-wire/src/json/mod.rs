//! JSON text: one reader and one writer, small enough for a page.
//!
//! In: any text. Out: a value, or where it stops being JSON and why. The other way: plain structures as text.
//! Never here: what a value means.

mod read;
mod value;
mod write;

pub use read::{Fault, first};
pub use value::{Number, Value};
pub use write::{Object, ToJson, list};

use crate::WireError;

/// Reads a question as a JSON value.
///
/// # Errors
/// `json` if the text is not JSON, is nested deeper than 128 levels, or names a key twice in one object.
pub fn strict(text: &str) -> Result<Value, WireError> {
    strict_as("a question", text)
}

/// As [`strict`], for something else than a question, which the error names.
pub(crate) fn strict_as(what: &str, text: &str) -> Result<Value, WireError> {
    read::whole(text).map_err(|fault| {
        WireError::new(
            "json",
            "",
            format!("this is not {what} in JSON: {fault} (at character {})", fault.column),
        )
    })
}
