//! The list of all codes, each with its page.
//!
//! To add one: write `codes/B0xyz.md` and add a line here, in order. Codes are never given a second meaning.
//! B0001 to B0099 are about text, sentences and limits, B0100 and above about what sentences mean together.
//!
//! The examples of a page are run. A page below B0100 shows single sentences, and the parser alone reads them. A page
//! of B0100 and above shows a pack: `crates/byelaw/tests/codes.rs` puts `shared.pol`, which lies beside it, before
//! each of its examples (a policy, a clause, facts, two acts), so that a page stays short; an example that begins with
//! `# wrong, the whole pack` or `# right, the whole pack` is taken as it is. Where a line `# the pack above` stands, what
//! comes before it is the pack, and `shared.pol` with what comes behind it is another pack that the first one uses.
//! Such whole packs may stand below B0100 too, and in them a line `# file NAME` begins another file.

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
    "B0030"
    "B0031"
    "B0032"
    "B0033"
    "B0034"
    "B0035"
    "B0036"
    "B0037"
    "B0038"
    "B0039"
    "B0101"
    "B0102"
    "B0103"
    "B0104"
    "B0105"
    "B0106"
    "B0107"
    "B0108"
    "B0109"
    "B0110"
    "B0111"
    "B0112"
    "B0113"
    "B0114"
    "B0115"
    "B0116"
    "B0117"
    "B0118"
    "B0119"
    "B0120"
    "B0121"
    "B0122"
    "B0123"
    "B0124"
    "B0125"
    "B0126"
    "B0127"
    "B0128"
    "B0129"
    "B0130"
    "B0131"
    "B0132"
    "B0133"
    "B0140"
    "B0141"
    "B0142"
    "B0143"
    "B0144"
    "B0145"
    "B0146"
    "B0147"
    "B0148"
    "B0149"
    "B0150"
    "B0160"
    "B0170"
    "B0171"
    "B0180"
    "B0181"
    "B0182"
    "B0183"
    "B0190"
    "B0191"
    "B0192"
    "B0193"
    "B0194"
    "B0195"
    "B0196"
    "B0197"
    "B0198"
    "B0199"
    "B0201"
    "B0202"
    "B0203"
    "B0204"
    "B0205"
    "B0210"
    "B0211"
    "B0212"
    "B0213"
    "B0214"
    "B0215"
    "B0216"
    "B0217"
    "B0218"
    "B0219"
    "B0220"
    "B0221"
    "B0222"
    "B0223"
    "B0224"
    "B0225"
    "B0226"
    "B0227"
    "B0228"
}

/// What a code means, as Markdown.
pub fn page(code: &str) -> Option<&'static str> {
    PAGES.iter().find(|(known, _)| known.eq_ignore_ascii_case(code)).map(|(_, page)| *page)
}

/// All codes, in order.
pub fn codes() -> &'static [&'static str] {
    CODES
}

/// What a page says at its head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explained {
    /// What it is about, in a few words.
    pub title: &'static str,
    /// Why it matters: the text before the examples.
    pub summary: &'static str,
}

/// The head of a code's page; `None` if there is no such code.
pub fn explained(code: &str) -> Option<Explained> {
    let (head, rest) = page(code)?.split_once('\n')?;
    let title = head.split_once(": ").map_or(head, |(_, title)| title);
    let summary = rest.split("```").next().unwrap_or_default().trim();
    Some(Explained { title, summary })
}
