//! Every Rust file opens by saying what lives there, and every crate takes the workspace's lints. The one crate with
//! unsafe code has all of them but that one, and one file of it.

use crate::tidy::{files, read};
use std::path::Path;

/// The door for C.
const UNSAFE_CRATE: &str = "crates/byelaw-c/Cargo.toml";
/// Its file that may be unsafe.
const UNSAFE_FILE: &str = "crates/byelaw-c/src/door.rs";
const FORBIDDEN: &str = "unsafe_code = \"forbid\"";

pub(crate) fn check() -> Result<Vec<String>, String> {
    let mut wrong = Vec::new();
    for path in files("rs")? {
        let text = read(&path)?;
        if !text.trim_start().starts_with("//!") {
            wrong.push(format!("{}: the file does not open with `//!`", path.display()));
        }
        if let Some((number, _)) = text.lines().enumerate().find(|(_, l)| l.ends_with([' ', '\t'])) {
            wrong.push(format!("{}:{}: white space at the end of the line", path.display(), number + 1));
        }
        let lifted = text.lines().any(|l| l.starts_with("#![") && l.contains("(unsafe_code"));
        if lifted && path != Path::new(UNSAFE_FILE) {
            wrong.push(format!("{}: unsafe code has its place in {UNSAFE_FILE}", path.display()));
        }
    }
    for path in files("toml")? {
        let text = read(&path)?;
        if path == Path::new(UNSAFE_CRATE) {
            let lints = lints(&read(Path::new("Cargo.toml"))?);
            let missing = lints.iter().filter(|l| l.as_str() != FORBIDDEN && !text.contains(l.as_str()));
            wrong.extend(missing.map(|l| format!("{UNSAFE_CRATE}: the workspace's lint `{l}` is missing")));
        } else if text.contains("[package]") && !text.contains("[lints]\nworkspace = true") {
            wrong.push(format!("{}: the crate does not take the workspace's lints", path.display()));
        }
    }
    Ok(wrong)
}

/// The lines of the workspace's lint tables.
fn lints(manifest: &str) -> Vec<String> {
    let mut inside = false;
    let mut lines = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.starts_with("[workspace.lints");
        } else if inside && !line.is_empty() {
            lines.push(line.to_owned());
        }
    }
    lines
}
