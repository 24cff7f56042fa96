//! The project's own chores: build the page, show it, run every test, check the tree.
//!
//! In: a clean clone and a Rust toolchain. Out: what the README's two commands promise.
//! Never here: code the product needs at run time, or a word of any policy.

mod alike;
mod bench;
mod demo;
mod editor;
mod header;
mod long;
mod messages;
mod npm;
mod reference;
mod run;
mod test;
mod tidy;
mod tools;
mod wasm;
mod wheel;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask demo [--once]   build everything, answer a question, serve the page (--once: stop after answering)
cargo xtask test            every test, the page in a real browser included; installs what it needs
cargo xtask long [MINUTES] [LEG]...
                            what the tests look at, looked at for hours; goes on where it was stopped
cargo xtask wasm            build what runs as WebAssembly into target/: evaluator, checker, the core of modules
cargo xtask editor          write the text editor of the authors' page from its npm packages
cargo xtask npm             write the npm package of the evaluator to target/npm/byelaw
cargo xtask wheel           write the Python wheel to target/wheel
cargo xtask header          write the header of the C interface from its crate
cargo xtask reference       write docs/language/grammar.md from the grammar, and messages.md from the pages of the codes
cargo xtask hostile [KIND]...
                            time and memory of inputs that were made to be slow
cargo xtask speed           how long reading, compiling, findings, comparisons and questions take
cargo xtask bench [--quick] [--instructions]
                            Byelaw beside its peers: the same questions, the same process; writes benches/peers/RESULTS.md
cargo xtask tidy            check the crate graph, words of policies in Rust, module comments, the pages that are made";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["demo"] => demo::demo(false),
        ["demo", "--once"] => demo::demo(true),
        ["test"] => test::test(),
        ["wasm"] => wasm::build(),
        ["editor"] => editor::build(),
        ["npm"] => npm::build(),
        ["wheel"] => wheel::build(),
        ["header"] => header::write(),
        ["hostile", kinds @ ..] => example("hostile", kinds),
        ["speed"] => example("speed", &[]),
        ["bench", options @ ..] => bench::bench(options),
        ["tidy"] => tidy::tidy(),
        ["reference"] => reference::write().and_then(|()| messages::write()),
        ["long", rest @ ..] => long::long(rest),
        ["help" | "--help" | "-h"] | [] => {
            println!("{HELP}");
            Ok(())
        }
        other => Err(format!("there is no chore `{}`\n\n{HELP}", other.join(" "))),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("xtask: {why}");
            ExitCode::FAILURE
        }
    }
}

/// Runs a program that measures.
fn example(name: &str, arguments: &[&str]) -> Result<(), String> {
    let start = ["run", "--quiet", "--release", "--package", "byelaw-tests", "--example", name, "--"];
    run::run(run::cargo(&[start.as_slice(), arguments].concat()))
}
