//! Every Rust file opens by saying what lives there, and every crate takes the workspace's lints.

use crate::tidy::{files, read};

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
    }
    for path in files("toml")? {
        let text = read(&path)?;
        if text.contains("[package]") && !text.contains("[lints]\nworkspace = true") {
            wrong.push(format!("{}: the crate does not take the workspace's lints", path.display()));
        }
    }
    Ok(wrong)
}
