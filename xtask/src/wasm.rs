//! The evaluator and the checker for the browser (`target/web`) and for Node (`target/node`), and the core of modules
//! that hold one policy (`target/standalone`).

use crate::run::{cargo, root, run, step};
use crate::tools;
use std::fs;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Where the core lies that the binary takes in.
const CORE: &str = "target/standalone/core.wasm";

/// Builds the evaluator and the checker, each with its glue, and the core of standalone modules.
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
    core()
}

/// Builds the core of standalone modules. Its stack is small, and it says where its memory is free.
fn core() -> Result<(), String> {
    const PACKAGE: &str = "byelaw-wasm-standalone";
    step("building the core of standalone modules");
    let mut build =
        cargo(&["rustc", "--quiet", "--profile", "wasm", "--target", TARGET, "--package", PACKAGE]);
    build.args(["--crate-type", "cdylib", "--"]);
    for argument in ["link-arg=-zstack-size=65536", "link-arg=--export=__heap_base", "strip=symbols"] {
        build.args(["-C", argument]);
    }
    run(build)?;
    let module = root().join("target").join(TARGET).join("wasm/byelaw_wasm_standalone.wasm");
    let bytes = fs::read(&module).map_err(|e| format!("`{}` cannot be read: {e}", module.display()))?;
    let core = root().join(CORE);
    core.parent().map_or(Ok(()), fs::create_dir_all).map_err(|e| format!("`{CORE}`: {e}"))?;
    // Written only if it is another one: a binary that has it need not be built again.
    if fs::read(&core).ok().as_ref() != Some(&bytes) {
        fs::write(&core, &bytes).map_err(|e| format!("`{CORE}` could not be written: {e}"))?;
    }
    eprintln!("{CORE}: {} bytes", bytes.len());
    Ok(())
}

/// Builds one package, and its glue under a name.
fn one(package: &str, profile: &str, name: &str) -> Result<(), String> {
    let module = module(package, profile)?;
    for (folder, node) in [("target/web", false), ("target/node", true)] {
        let mut bindgen = bindgen(&module, name);
        bindgen.omit_default_module_path(false);
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

/// Builds the module of a package; the answer is where it lies.
pub(crate) fn module(package: &str, profile: &str) -> Result<PathBuf, String> {
    run(cargo(&["build", "--quiet", "--profile", profile, "--target", TARGET, "--package", package]))?;
    Ok(root().join("target").join(TARGET).join(profile).join(package.replace('-', "_") + ".wasm"))
}

/// What every glue has in common.
pub(crate) fn bindgen(module: &Path, name: &str) -> Bindgen {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).out_name(name).typescript(false).remove_name_section(true);
    bindgen
}
