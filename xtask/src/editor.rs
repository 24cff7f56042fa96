//! The text editor of the authors' page, one file that is made from npm packages and kept in the tree (decision 0027).

use crate::run::{command, root, run};
use crate::tools;
use std::fs;
use std::path::Path;

/// What is made, from the root.
const MADE: &str = "wasm/web/author/codemirror.js";

/// Makes it anew.
pub(crate) fn build() -> Result<(), String> {
    make(&root().join(MADE))?;
    let size = fs::metadata(root().join(MADE)).map_or(0, |m| m.len());
    println!("{MADE}: {size} bytes");
    Ok(())
}

/// Fails if what is kept is not what the lock file makes.
pub(crate) fn check() -> Result<(), String> {
    let fresh = root().join("target/codemirror.js");
    make(&fresh)?;
    let read = |path: &Path| fs::read(path).map_err(|e| format!("`{}` cannot be read: {e}", path.display()));
    if read(&fresh)? == read(&root().join(MADE))? {
        return Ok(());
    }
    Err(format!("{MADE} is not what wasm/editor makes; `cargo xtask editor` writes it anew"))
}

fn make(file: &Path) -> Result<(), String> {
    tools::browser()?;
    let node = tools::node()?;
    let folder = root().join("wasm/editor");
    // No package gets to run anything while it is installed.
    let mut install = command("npm", &["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
    install.current_dir(&folder);
    run(install).map_err(|e| format!("the editor needs its npm packages: {e}"))?;
    let mut build = command(&node.to_string_lossy(), &["build.js", &file.to_string_lossy()]);
    build.current_dir(&folder);
    run(build)
}
