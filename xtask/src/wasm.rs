//! The evaluator for the browser (`target/web`) and for Node (`target/node`).

use crate::run::{cargo, root, run, step};
use crate::tools;
use std::fs;
use wasm_bindgen_cli_support::Bindgen;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Builds the evaluator and its glue.
pub(crate) fn build() -> Result<(), String> {
    tools::target(TARGET)?;
    step("building the evaluator for the browser");
    run(cargo(&[
        "build",
        "--quiet",
        "--profile",
        "wasm",
        "--target",
        TARGET,
        "--package",
        "byelaw-wasm-eval",
    ]))?;
    let module = root().join("target").join(TARGET).join("wasm/byelaw_wasm_eval.wasm");
    for (folder, node) in [("target/web", false), ("target/node", true)] {
        let out = root().join(folder);
        let _ = fs::remove_dir_all(&out);
        let mut bindgen = Bindgen::new();
        bindgen
            .input_path(&module)
            .out_name("byelaw_eval")
            .typescript(false)
            .remove_name_section(true)
            .omit_default_module_path(false);
        let chosen = if node { bindgen.nodejs(true) } else { bindgen.web(true) };
        chosen
            .and_then(|b| b.generate(&out))
            .map_err(|e| format!("the glue for {folder} could not be written: {e:#}"))?;
    }
    let size = fs::metadata(root().join("target/web/byelaw_eval_bg.wasm")).map_or(0, |m| m.len());
    eprintln!("target/web/byelaw_eval_bg.wasm: {size} bytes");
    Ok(())
}
