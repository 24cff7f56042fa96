//! The npm package of the evaluator: what is kept in `wasm/npm`, the glue, and the module as a file and as text.

use crate::run::{root, step};
use crate::{tools, wasm};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use std::fs;
use std::path::{Path, PathBuf};

/// Where the package is written, ready for `npm pack`.
const PACKAGE: &str = "target/npm/byelaw";

/// Files that lie in the package as they lie here.
const KEPT: [&str; 9] = [
    "wasm/npm/README.md",
    "wasm/npm/bundler.js",
    "wasm/npm/byelaw.d.ts",
    "wasm/npm/node.js",
    "wasm/npm/policy.js",
    "wasm/npm/web.js",
    "wasm/npm/written.js",
    "LICENSE-APACHE",
    "LICENSE-MIT",
];

/// Writes the package.
pub(crate) fn build() -> Result<(), String> {
    tools::target(wasm::TARGET)?;
    step("building the evaluator for npm");
    let module = wasm::module("byelaw-wasm-eval", "wasm")?;
    let folder = root().join(PACKAGE);
    // Whatever a package of another day held is not in this one.
    let _ = fs::remove_dir_all(&folder);
    let name = "byelaw_eval";
    // A fresh instance for the next call is the glue's own; an address of the module stands in no script that a
    // bundler reads.
    let mut bindgen = wasm::bindgen(&module, name);
    bindgen
        .web(true)
        .map(|b| b.reset_state_function(true).omit_default_module_path(true))
        .and_then(|b| b.generate(&folder))
        .map_err(|e| format!("the glue for npm could not be written: {e:#}"))?;
    for kept in KEPT {
        let path = Path::new(kept);
        let copied = path.file_name().map(|name| fs::copy(root().join(path), folder.join(name)));
        copied.transpose().map_err(|e| format!("`{kept}` could not be copied: {e}"))?;
    }
    let bytes = fs::read(folder.join("byelaw_eval_bg.wasm")).map_err(|e| format!("the module: {e}"))?;
    let text = BASE64_STANDARD.encode(&bytes);
    let said = "The evaluator, for bundlers: the bytes of byelaw_eval_bg.wasm in base64.";
    write(&folder.join("byelaw_eval_text.js"), &format!("// {said}\nexport const MODULE = \"{text}\";\n"))?;
    write(&folder.join("package.json"), &manifest()?)?;
    eprintln!("{PACKAGE}: the module has {} bytes", bytes.len());
    Ok(())
}

fn write(path: &PathBuf, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|e| format!("`{}` could not be written: {e}", path.display()))
}

/// The manifest, with the version and the license of the workspace.
fn manifest() -> Result<String, String> {
    let kept = crate::tidy::read(Path::new("wasm/npm/package.json"))?;
    let (version, license) = (env!("CARGO_PKG_VERSION"), env!("CARGO_PKG_LICENSE"));
    let added = format!("{{\n  \"version\": \"{version}\",\n  \"license\": \"{license}\",\n");
    // As text, because the order of `exports` has a meaning: the first that fits is taken.
    match kept.split_once("{\n") {
        Some(("", rest)) => Ok(added + rest),
        _ => Err("wasm/npm/package.json does not begin with a brace on a line of its own".to_owned()),
    }
}
