//! The evaluator and the checker for the browser (`target/web`) and for Node (`target/node`).

use crate::run::{cargo, root, run, step};
use crate::tools;
use std::fs;
use wasm_bindgen_cli_support::Bindgen;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Builds the evaluator and the checker, each with its glue.
pub(crate) fn build() -> Result<(), String> {
    tools::target(TARGET)?;
    for folder in ["target/web", "target/node"] {
        let _ = fs::remove_dir_all(root().join(folder));
    }
    for (what, package, profile, name) in [
        ("evaluator", "byelaw-wasm-eval", "wasm", "byelaw_eval"),
        ("checker", "byelaw-wasm-checker", "wasm-checker", "byelaw_checker"),
    ] {
        step(&format!("building the {what} for the browser"));
        one(package, profile, name)?;
    }
    Ok(())
}

/// Builds one package, and its glue under a name.
fn one(package: &str, profile: &str, name: &str) -> Result<(), String> {
    run(cargo(&["build", "--quiet", "--profile", profile, "--target", TARGET, "--package", package]))?;
    let module = root().join("target").join(TARGET).join(profile).join(package.replace('-', "_") + ".wasm");
    for (folder, node) in [("target/web", false), ("target/node", true)] {
        let mut bindgen = Bindgen::new();
        bindgen
            .input_path(&module)
            .out_name(name)
            .typescript(false)
            .remove_name_section(true)
            .omit_default_module_path(false);
        let chosen = if node { bindgen.nodejs(true) } else { bindgen.web(true) };
        chosen
            .and_then(|b| b.generate(root().join(folder)))
            .map_err(|e| format!("the glue for {folder} could not be written: {e:#}"))?;
    }
    let file = format!("target/web/{name}_bg.wasm");
    let size = fs::metadata(root().join(&file)).map_or(0, |m| m.len());
    eprintln!("{file}: {size} bytes");
    Ok(())
}
