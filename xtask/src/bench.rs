//! Byelaw beside its peers: builds `benches/peers`, a workspace of its own, and runs it.

use crate::run::{cargo, command, root, run, step};
use std::path::PathBuf;

const PEERS: &str = "benches/peers";

/// Builds and runs the benchmark; it writes its results beside its sources.
pub(crate) fn bench(options: &[&str]) -> Result<(), String> {
    step("building Byelaw and its peers; the first time takes many minutes");
    let folder = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| root().join("target/peers"));
    let manifest = format!("{PEERS}/Cargo.toml");
    let mut build = cargo(&["build", "--release", "--locked", "--manifest-path", &manifest]);
    build.arg("--target-dir").arg(&folder);
    run(build)?;
    step("comparing and timing");
    let program = folder.join("release/byelaw-peers");
    run(command(&program.to_string_lossy(), options))
}
