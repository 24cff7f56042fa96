//! The page that collects all message codes, made from the pages of the codes.

use crate::run::root;
use byelaw_diagnostic::{codes, explained};
use std::fmt::Write as _;
use std::fs;

/// Where it lies.
const PAGE: &str = "docs/language/messages.md";

/// Writes the page.
pub(crate) fn write() -> Result<(), String> {
    fs::write(root().join(PAGE), page()).map_err(|e| format!("`{PAGE}` cannot be written: {e}"))
}

/// What is wrong with the page as it lies there.
pub(crate) fn stale() -> Vec<String> {
    let there = fs::read_to_string(root().join(PAGE)).unwrap_or_default();
    if there == page() {
        Vec::new()
    } else {
        vec![format!("{PAGE} is not up to date: `cargo xtask reference` writes it")]
    }
}

fn page() -> String {
    let mut page = String::from(
        "# Messages\n\n\
         What `byelaw check` can say, by its code. `byelaw explain CODE` prints the whole page of a code, with a wrong \
         and a right example and what to do. B0001 to B0099 are about text and sentences, the others about what \
         sentences mean together.\n\n\
         This page is made by `cargo xtask reference`.\n\n\
         | code | what | why |\n| --- | --- | --- |\n",
    );
    for code in codes() {
        let Some(explained) = explained(code) else { continue };
        let summary = explained.summary.split_whitespace().collect::<Vec<_>>().join(" ");
        let first =
            summary.split_once(". ").map_or(summary.as_str(), |(first, _)| first).trim_end_matches('.');
        let cell = |text: &str| text.replace('|', "\\|");
        let _ = writeln!(
            page,
            "| [{code}](../../crates/byelaw-diagnostic/codes/{code}.md) | {} | {}. |",
            cell(explained.title),
            cell(first)
        );
    }
    page
}
