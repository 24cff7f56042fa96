//! Tools that the tests need and a fresh machine lacks. What cannot be had fails by name; nothing is skipped.

use crate::run::{command, output, root, run, step};
use std::path::{Path, PathBuf};

/// The oldest Node that the browser driver runs on.
const OLDEST_NODE: (u32, u32) = (20, 19);

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

/// A Node that is new enough: the machine's own, else one from the npm registry, kept under `target/`.
pub(crate) fn node() -> Result<PathBuf, String> {
    let new_enough = |node: &Path| {
        let version = output(command(&node.to_string_lossy(), &["--version"])).unwrap_or_default();
        let mut numbers =
            version.trim().trim_start_matches('v').split('.').filter_map(|n| n.parse::<u32>().ok());
        numbers.next().zip(numbers.next()).is_some_and(|version| version >= OLDEST_NODE)
    };
    let own = PathBuf::from("node");
    if new_enough(&own) {
        return Ok(own);
    }
    let folder = root().join("target/node-tool");
    let node = folder.join("node_modules/node/bin/node");
    if !new_enough(&node) {
        step("installing a newer Node");
        let folder = folder.to_string_lossy().into_owned();
        run(command("npm", &["install", "--prefix", &folder, "--no-audit", "--no-fund", "node@22"]))?;
    }
    if new_enough(&node) {
        Ok(node)
    } else {
        let (major, minor) = OLDEST_NODE;
        Err(format!("the browser tests need Node {major}.{minor} or later, and it could not be installed"))
    }
}

/// The engine for WebAssembly that the tests use from Python.
const WASMTIME: &str = "wasmtime==50.0.1";

/// A Python kept under `target/`, and whether it has wasmtime: where Python's packages cannot be had, that is said and
/// the tests with it are skipped.
pub(crate) fn python() -> Result<(PathBuf, bool), String> {
    let folder = root().join("target/python");
    let python = folder.join("bin/python");
    let shown = python.to_string_lossy().into_owned();
    if output(command(&shown, &["-c", "import wasmtime"])).is_some() {
        return Ok((python, true));
    }
    let folder = folder.to_string_lossy().into_owned();
    let venv = ["-m", "venv", "--clear", folder.as_str()];
    if output(command("python3", &venv)).is_none() {
        step("installing Python");
        let failed =
            |e: String| format!("the tests need python3 and python3-venv: {e}; install them by hand");
        run(command("apt-get", &["update", "-qq"])).map_err(failed)?;
        let packages = ["python3", "python3-venv"];
        let mut install = command("apt-get", &["install", "-y", "-qq", "--no-install-recommends"]);
        install.args(packages).env("DEBIAN_FRONTEND", "noninteractive");
        run(install).map_err(failed)?;
        run(command("python3", &venv))?;
    }
    let installed = run(command(&shown, &["-m", "pip", "install", "--quiet", WASMTIME]));
    if let Err(why) = &installed {
        println!("xtask: {WASMTIME} could not be installed, and the tests with it are skipped: {why}");
    }
    Ok((python, installed.is_ok()))
}
