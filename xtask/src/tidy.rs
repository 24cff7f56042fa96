//! The tree as its documents describe it: the crate graph, no word of a policy in Rust, a comment on every module,
//! one lint table, and the pages and the header that are made as they are made now.

mod graph;
mod modules;
mod words;

use crate::reference;
use crate::run::root;
use std::fs;
use std::path::{Path, PathBuf};

/// Checks the tree; the answer lists everything that is wrong.
pub(crate) fn tidy() -> Result<(), String> {
    let mut wrong = Vec::new();
    wrong.extend(graph::check()?);
    wrong.extend(words::check()?);
    wrong.extend(modules::check()?);
    wrong.extend(reference::check()?);
    wrong.extend(crate::messages::stale());
    wrong.extend(crate::header::stale()?);
    if wrong.is_empty() {
        return Ok(());
    }
    for line in &wrong {
        eprintln!("  {line}");
    }
    Err(format!("{} things are out of order", wrong.len()))
}

/// All files of the project with this ending, paths from the root, in order. Build products and packages are left out.
pub(crate) fn files(ending: &str) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    walk(&root(), ending, &mut found)?;
    found.sort();
    Ok(found)
}

fn walk(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) -> Result<(), String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("`{}` cannot be read: {e}", folder.display()))?;
    for entry in entries.flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        if path.is_dir() {
            if !name.starts_with('.') && !matches!(&*name, "target" | "node_modules") {
                walk(&path, ending, found)?;
            }
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path.strip_prefix(root()).map(Path::to_owned).unwrap_or(path));
        }
    }
    Ok(())
}

pub(crate) fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(root().join(path)).map_err(|e| format!("`{}` cannot be read: {e}", path.display()))
}
