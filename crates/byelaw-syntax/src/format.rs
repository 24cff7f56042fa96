//! format
use crate::parse::Parsed;
/// format
pub fn format(_parsed: &Parsed, _text: &str) -> Option<String> {
    None
}
