//! dump
use crate::parse::Parsed;
/// dump
pub fn dump(parsed: &Parsed) -> String {
    format!("{:#?}", parsed.sentences)
}
