//! A small policy to begin with.

/// The policy, with `NAME` where its name stands.
const START: &str = include_str!("template.pol");
/// Its name if the wished one cannot be one.
const UNNAMED: &str = "house-rules";

/// The text of a small policy with comments, called by a name; by another one if no policy can be called so. It has no
/// errors, and its examples hold.
pub fn template(name: &str) -> String {
    START.replacen("NAME", if is_name(name) { name } else { UNNAMED }, 1)
}

/// Whether a policy can be called so: small letters and digits, joined by single hyphens, and no number.
fn is_name(text: &str) -> bool {
    let part = |p: &str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.split('-').all(part)
}
