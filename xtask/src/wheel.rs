//! The Python wheel: the module in `python/`, and the C library as a release has it.

use crate::run::{cargo, command, root, run, step};

/// Writes the wheel to `target/wheel`.
pub(crate) fn build() -> Result<(), String> {
    step("building the C library");
    run(cargo(&["build", "--quiet", "--release", "--package", "byelaw-c"]))?;
    let name = format!("{}byelaw_c{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let library = root().join("target/release").join(name);
    let version = env!("CARGO_PKG_VERSION");
    run(command("python3", &["python/wheel.py", &library.to_string_lossy(), version, "target/wheel"]))
}
