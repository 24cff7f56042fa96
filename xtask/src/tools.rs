//! Tools that the tests need and a fresh machine lacks. What cannot be had fails by name; nothing is skipped.

use crate::run::{command, output, run, step};
use std::path::Path;

/// A compilation target of the toolchain.
pub(crate) fn target(name: &str) -> Result<(), String> {
    let installed = output(command("rustup", &["target", "list", "--installed"]));
    match installed {
        Some(list) if list.lines().any(|l| l.trim() == name) => Ok(()),
        Some(_) => {
            step(&format!("adding the target {name}"));
            run(command("rustup", &["target", "add", name]))
                .map_err(|e| format!("the target {name} is needed: {e}"))
        }
        None => Err(format!("the target {name} is needed, and `rustup`, which adds it, is not on the path")),
    }
}

/// A component of the toolchain.
pub(crate) fn component(name: &str) -> Result<(), String> {
    let installed = output(command("rustup", &["component", "list", "--installed"]));
    match installed {
        Some(list) if list.lines().any(|l| l.starts_with(name)) => Ok(()),
        Some(_) => {
            run(command("rustup", &["component", "add", name])).map_err(|e| format!("{name} is needed: {e}"))
        }
        None => Err(format!("{name} is needed, and `rustup`, which adds it, is not on the path")),
    }
}

/// Chromium, Node and npm, from Debian's packages where they are missing.
pub(crate) fn browser() -> Result<(), String> {
    let mut missing: Vec<&str> = Vec::new();
    if !Path::new("/usr/bin/chromium").exists() && std::env::var_os("CHROMIUM").is_none() {
        missing.extend(["chromium", "fonts-liberation"]);
    }
    if output(command("node", &["--version"])).is_none() {
        missing.push("nodejs");
    }
    if output(command("npm", &["--version"])).is_none() {
        missing.push("npm");
    }
    if missing.is_empty() {
        return Ok(());
    }
    step(&format!("installing {}", missing.join(", ")));
    let failed =
        |e: String| format!("the browser tests need {}: {e}; install them by hand", missing.join(", "));
    run(command("apt-get", &["update", "-qq"])).map_err(failed)?;
    let mut install = command("apt-get", &["install", "-y", "-qq", "--no-install-recommends"]);
    install.args(&missing).env("DEBIAN_FRONTEND", "noninteractive");
    run(install).map_err(failed)
}
