//! The list of all codes, each with its page.
//!
//! To add one: write `codes/B0xyz.md` and add a line here, in order. Codes are never given a second meaning.
//! B0001 to B0099 are about text and sentences, B0100 and above about what sentences mean together.

macro_rules! pages {
    ($($code:literal)*) => {
        const PAGES: &[(&str, &str)] = &[$(($code, include_str!(concat!("../codes/", $code, ".md")))),*];
        const CODES: &[&str] = &[$($code),*];
    };
}

pages! {
    "B0001"
    "B0002"
    "B0003"
    "B0004"
    "B0005"
    "B0006"
    "B0007"
    "B0008"
    "B0009"
    "B0010"
    "B0011"
    "B0012"
    "B0013"
    "B0014"
    "B0015"
    "B0016"
    "B0017"
    "B0018"
    "B0019"
    "B0020"
    "B0021"
    "B0022"
    "B0023"
    "B0024"
    "B0025"
    "B0026"
    "B0027"
    "B0028"
    "B0029"
}

/// What a code means, as Markdown.
pub fn page(code: &str) -> Option<&'static str> {
    PAGES.iter().find(|(known, _)| known.eq_ignore_ascii_case(code)).map(|(_, page)| *page)
}

/// All codes, in order.
pub fn codes() -> &'static [&'static str] {
    CODES
}
