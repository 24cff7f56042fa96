//! The evaluator and the checker for the browser (`target/web`) and for Node (`target/node`), and two modules
//! without glue (`target/standalone`): the core of those that hold one policy, and the evaluator.

use crate::alike;
use crate::run::{cargo, root, run, step};
use crate::tools;
use std::fs;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Where the core lies that the binary takes in.
const CORE: &str = "target/standalone/core.wasm";

/// Where the evaluator lies for hosts without JavaScript.
const EVALUATOR: &str = "target/standalone/byelaw.wasm";

/// Builds the evaluator and the checker, each with its glue, and the modules without glue.
pub(crate) fn build() -> Result<(), String> {
    tools::target(TARGET)?;
    for folder in ["target/web", "target/node"] {
        let _ = fs::remove_dir_all(root().join(folder));
    }
    step("building the evaluator for the browser");
    one("byelaw-wasm-eval", "wasm", "byelaw_eval", true)?;
    // For authors alone, who wait for it.
    step("building the checker for the browser");
    one("byelaw-wasm-checker", "wasm-checker", "byelaw_checker", false)?;
    core()?;
    evaluator()
}

/// Builds the core of standalone modules. Its stack is small, and it says where its memory is free.
fn core() -> Result<(), String> {
    step("building the core of standalone modules");
    bare("byelaw-wasm-standalone", CORE, &["link-arg=-zstack-size=65536", "link-arg=--export=__heap_base"])
}

/// Builds the evaluator for hosts without JavaScript: the C library as a module.
fn evaluator() -> Result<(), String> {
    step("building the evaluator for hosts without JavaScript");
    bare("byelaw-c", EVALUATOR, &[])
}

/// Builds a package as a module without glue, and puts it in a place.
fn bare(package: &str, place: &str, flags: &[&str]) -> Result<(), String> {
    let mut build =
        cargo(&["rustc", "--quiet", "--profile", "wasm", "--target", TARGET, "--package", package]);
    build.args(["--crate-type", "cdylib", "--"]);
    for flag in flags.iter().chain(&["strip=symbols"]) {
        build.args(["-C", flag]);
    }
    run(build)?;
    let name = package.replace('-', "_") + ".wasm";
    let module = root().join("target").join(TARGET).join("wasm").join(name);
    let bytes = fs::read(&module).map_err(|e| format!("`{}` cannot be read: {e}", module.display()))?;
    let path = root().join(place);
    path.parent().map_or(Ok(()), fs::create_dir_all).map_err(|e| format!("`{place}`: {e}"))?;
    // Written only if it is another one: a binary that has it need not be built again.
    if fs::read(&path).ok().as_ref() != Some(&bytes) {
        fs::write(&path, &bytes).map_err(|e| format!("`{place}` could not be written: {e}"))?;
    }
    eprintln!("{place}: {} bytes", bytes.len());
    Ok(())
}

/// Builds one package, and its glue under a name; if `ordered`, so that it is small on its way.
fn one(package: &str, profile: &str, name: &str, ordered: bool) -> Result<(), String> {
    let module = module(package, profile)?;
    for (folder, node) in [("target/web", false), ("target/node", true)] {
        let mut bindgen = bindgen(&module, name);
        bindgen.omit_default_module_path(false);
        let chosen = if node { bindgen.nodejs(true) } else { bindgen.web(true) };
        chosen
            .and_then(|b| b.generate(root().join(folder)))
            .map_err(|e| format!("the glue for {folder} could not be written: {e:#}"))?;
        if ordered {
            let path = root().join(folder).join(format!("{name}_bg.wasm"));
            let bytes = fs::read(&path).map_err(|e| format!("`{}` cannot be read: {e}", path.display()))?;
            fs::write(&path, alike::side_by_side(&bytes)?)
                .map_err(|e| format!("`{}` could not be written: {e}", path.display()))?;
        }
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
