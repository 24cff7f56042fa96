//! Puts the core of standalone modules into the binary, if `cargo xtask wasm` has built one. Nothing is built here: a
//! binary without it says what to do when somebody asks for such a module.

use std::path::PathBuf;
use std::{env, fs};

fn main() {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let core = here.join("../../target/standalone/core.wasm");
    println!("cargo::rerun-if-changed={}", core.display());
    let found = match fs::canonicalize(&core) {
        Ok(path) => format!("Some(include_bytes!({path:?}))"),
        Err(_) => "None".to_owned(),
    };
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("core.rs"), format!("static CORE: Option<&[u8]> = {found};\n"))
        .expect("OUT_DIR can be written");
}
