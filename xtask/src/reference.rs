//! The page about the grammar, written from the grammar: `docs/language/grammar.md`.
//!
//! What only steers the parser (looking ahead, word boundaries) is left out of the page; words of the language stand
//! as themselves, and other names are links.

mod page;
mod pest;

use crate::run::root;
use crate::tidy::read;
use std::fs;
use std::path::Path;

const GRAMMAR: &str = "grammar/byelaw.pest";
const PAGE: &str = "docs/language/grammar.md";

/// Writes the page.
pub(crate) fn write() -> Result<(), String> {
    let page = current()?;
    fs::write(root().join(PAGE), &page).map_err(|e| format!("`{PAGE}` cannot be written: {e}"))?;
    println!("{PAGE}: {} lines", page.lines().count());
    Ok(())
}

/// Says so if the page is not what the grammar says now.
pub(crate) fn check() -> Result<Vec<String>, String> {
    let stale = read(Path::new(PAGE))? != current()?;
    let why = format!("{PAGE} is not what {GRAMMAR} says; `cargo xtask reference` writes it anew");
    Ok(if stale { vec![why] } else { Vec::new() })
}

fn current() -> Result<String, String> {
    let rules = pest::rules(&read(Path::new(GRAMMAR))?).map_err(|why| format!("{GRAMMAR}: {why}"))?;
    Ok(page::page(&rules))
}
