//! Every test, in the order in which a failure says most.

use crate::run::{cargo, command, root, run, step};
use crate::{editor, npm, tidy, tools, wasm};
use std::path::PathBuf;
use std::process::Command;

type Chore = (&'static str, fn() -> Result<(), String>);

const CHORES: [Chore; 13] = [
    ("the tree is tidy", tidy::tidy),
    ("Rust is formatted", formatted),
    ("the evaluator builds for the browser", wasm::build),
    ("the kernel needs no operating system", bare),
    ("no lint complains", linted),
    ("Rust tests", rust),
    ("byelaw and its C library build", binary),
    ("policies are in canonical form, without errors, and their examples hold", policies),
    ("the README shows what byelaw answers", readme),
    ("tools for the browser tests", browser_tools),
    ("the editor is what its packages make", editor::check),
    ("Node and the page in a browser", browser),
    ("each door for other programs", hosts),
];

/// Runs all chores; the first that fails ends it.
pub(crate) fn test() -> Result<(), String> {
    for (done, (what, chore)) in CHORES.iter().enumerate() {
        step(what);
        chore().map_err(|why| {
            println!("xtask: {done} passed, 1 failed");
            format!("{what}: {why}")
        })?;
    }
    println!("xtask: {} passed, 0 failed", CHORES.len());
    Ok(())
}

fn formatted() -> Result<(), String> {
    tools::component("rustfmt")?;
    run(cargo(&["fmt", "--all", "--check"]))
}

fn linted() -> Result<(), String> {
    tools::component("clippy")?;
    run(cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "--deny", "warnings"]))
}

/// Data, program, evaluator and questions build where there is no standard library.
fn bare() -> Result<(), String> {
    const BARE: &str = "thumbv7m-none-eabi";
    tools::target(BARE)?;
    let kernel = ["byelaw-data", "byelaw-ir", "byelaw-eval", "byelaw-image", "byelaw-question"];
    let mut check = cargo(&["check", "--quiet", "--target", BARE]);
    for package in kernel {
        check.args(["--package", package]);
    }
    run(check)
}

/// This program has no tests of its own, and what it is built from would take minutes to build as tests are.
fn rust() -> Result<(), String> {
    run(cargo(&["test", "--quiet", "--workspace", "--exclude", "xtask"]))
}

/// As the tests are built: most of that is there already, and what goes out of bounds is told.
fn binary() -> Result<(), String> {
    let doors = ["--package", "byelaw-cli", "--package", "byelaw-c"];
    run(cargo(&[&["build", "--quiet", "--profile", "test"], doors.as_slice()].concat()))
}

fn built() -> PathBuf {
    root().join("target/debug/byelaw")
}

fn byelaw(arguments: &[&str]) -> Command {
    command(&built().to_string_lossy(), arguments)
}

fn policies() -> Result<(), String> {
    let packs = packs()?;
    let names: Vec<&str> = packs.iter().map(String::as_str).collect();
    run(byelaw(&["fmt", "--check", "policies"]))?;
    run(byelaw(&[&["check"], names.as_slice()].concat()))?;
    run(byelaw(&[&["test"], names.as_slice()].concat()))
}

/// Each indented block of the README that begins with `$ byelaw` is what byelaw prints.
fn readme() -> Result<(), String> {
    let text = tidy::read(std::path::Path::new("README.md"))?;
    let mut shown = 0;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(asked) = line.strip_prefix("    $ byelaw ") else { continue };
        let mut expected = String::new();
        while let Some(next) = lines.peek().filter(|l| l.starts_with("    ") || l.is_empty()) {
            expected.push_str(next.strip_prefix("    ").unwrap_or(""));
            expected.push('\n');
            lines.next();
        }
        let arguments: Vec<&str> = asked.split_whitespace().collect();
        let output = byelaw(&arguments).output().map_err(|e| format!("byelaw could not be started: {e}"))?;
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        if without_digest(&printed) != without_digest(&expected) {
            return Err(format!("README.md shows another answer to `byelaw {asked}`; it is now\n{printed}"));
        }
        shown += 1;
    }
    if shown == 0 { Err("README.md shows no answer".to_owned()) } else { Ok(()) }
}

/// The text without the digest in brackets at its end: any change of a policy changes that.
fn without_digest(text: &str) -> &str {
    let text = text.trim_end();
    text.rsplit_once(" (").map_or(text, |(before, _)| before)
}

/// The folders under `policies/`.
fn packs() -> Result<Vec<String>, String> {
    let entries =
        std::fs::read_dir(root().join("policies")).map_err(|e| format!("`policies` cannot be read: {e}"))?;
    let folders = entries.flatten().filter(|e| e.path().is_dir());
    let mut packs: Vec<String> =
        folders.map(|e| format!("policies/{}", e.file_name().to_string_lossy())).collect();
    packs.sort();
    Ok(packs)
}

/// Chromium, and what drives it.
pub(crate) fn browser_tools() -> Result<(), String> {
    tools::browser()?;
    let mut install = command("npm", &["ci", "--no-audit", "--no-fund"]);
    install.current_dir(root().join("tests/browser"));
    run(install).map_err(|e| format!("the browser tests need their npm packages: {e}"))
}

fn browser() -> Result<(), String> {
    let node = tools::node()?;
    let mut tests = command(&node.to_string_lossy(), &["all.js"]);
    tests.current_dir(root().join("tests/browser"));
    tests.env("BYELAW_BIN", built());
    run(tests)
}

fn hosts() -> Result<(), String> {
    npm::build()?;
    let mut install = command("npm", &["ci", "--no-audit", "--no-fund"]);
    install.current_dir(root().join("tests/hosts"));
    run(install).map_err(|e| format!("the tests of the doors need their npm packages: {e}"))?;
    let (node, (python, wasmtime)) = (tools::node()?, tools::python()?);
    let mut tests = command(&node.to_string_lossy(), &["--test"]);
    tests.current_dir(root().join("tests/hosts"));
    tests.env("BYELAW_BIN", built()).env("BYELAW_PYTHON", python);
    if !wasmtime {
        tests.env("BYELAW_WITHOUT_WASMTIME", "yes");
    }
    run(tests)
}
