//! The main job, end to end: an answer in the terminal, and the page.

use crate::run::{cargo, command, root, run, step};
use crate::wasm;
use std::fs;

/// Builds everything, answers the question in `policies/demo.txt`, and serves the page unless `once`.
pub(crate) fn demo(once: bool) -> Result<(), String> {
    wasm::build()?;
    step("building byelaw");
    run(cargo(&["build", "--quiet", "--release", "--package", "byelaw-cli"]))?;
    let file = root().join("policies/demo.txt");
    let text = fs::read_to_string(&file).map_err(|e| format!("`{}` cannot be read: {e}", file.display()))?;
    let lines: Vec<&str> =
        text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).collect();
    let (question, packs) = match lines.as_slice() {
        [asked, packs] => {
            (asked.split_whitespace().collect::<Vec<_>>(), packs.split_whitespace().collect::<Vec<_>>())
        }
        _ => {
            return Err("`policies/demo.txt` has one line of arguments for `ask` and one of packs".to_owned());
        }
    };
    let byelaw = root().join("target/release/byelaw");
    let byelaw = byelaw.to_string_lossy();
    step("asking a question");
    println!("$ byelaw ask {}\n", question.join(" "));
    let mut ask = command(&byelaw, &["ask"]);
    ask.args(&question);
    // Every answer but an unconditional yes ends with 1: only an unusable question is a failure here.
    let status = ask.status().map_err(|e| format!("byelaw could not be started: {e}"))?;
    if !matches!(status.code(), Some(0 | 1)) {
        return Err(format!("the question was not answered ({status})"));
    }
    if once {
        return Ok(());
    }
    step("the page: open this address; stop with Ctrl-C");
    let mut serve = command(&byelaw, &["serve"]);
    serve.args(packs);
    run(serve)
}
