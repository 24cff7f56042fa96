//! Every Rust file opens by saying what lives there, and every crate takes the workspace's lints. The two crates with
//! unsafe code have all of them but that one, and one file of it each.

use crate::tidy::{files, read};
use std::path::Path;

/// Where bytes come in by their place in memory: the manifest of a crate, and its file that may be unsafe.
const UNSAFE: [(&str, &str); 2] = [
    ("crates/byelaw-c/Cargo.toml", "crates/byelaw-c/src/door.rs"),
    ("wasm/standalone/Cargo.toml", "wasm/standalone/src/door.rs"),
];
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
        if lifted && !UNSAFE.iter().any(|(_, file)| path == Path::new(file)) {
            wrong.push(format!("{}: unsafe code has its place in the doors alone", path.display()));
        }
    }
    for path in files("toml")? {
        let text = read(&path)?;
        if UNSAFE.iter().any(|(manifest, _)| path == Path::new(manifest)) {
            let lints = lints(&read(Path::new("Cargo.toml"))?);
            let missing = lints.iter().filter(|l| l.as_str() != FORBIDDEN && !text.contains(l.as_str()));
            wrong.extend(
                missing.map(|l| format!("{}: the workspace's lint `{l}` is missing", path.display())),
            );
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
