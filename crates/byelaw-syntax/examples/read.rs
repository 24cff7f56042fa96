//! Reads files and prints their messages: `cargo run -p byelaw-syntax --example read -- FILE...`
//!
//! With `--format` it prints the canonical spelling, with `--dump` the tree.

use byelaw_diagnostic::{FileId, Source, render_text};
use byelaw_syntax::{decode, dump, format, parse};

fn main() {
    let mut sources = Vec::new();
    let (options, paths): (Vec<_>, Vec<_>) = std::env::args().skip(1).partition(|arg| arg.starts_with("--"));
    for path in paths {
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                println!("{path}: {error}");
                continue;
            }
        };
        let file = FileId(sources.len() as u32);
        let (text, diagnostics) = match decode(&bytes) {
            Ok(text) => (text, Vec::new()),
            Err(error) => (String::from_utf8_lossy(&bytes).into_owned(), vec![error.diagnostic(file)]),
        };
        let parsed = parse(file, &text);
        sources.push(Source { path, text });
        for diagnostic in diagnostics.iter().chain(&parsed.diagnostics) {
            println!("{}", render_text(diagnostic, &sources));
        }
        if options.iter().any(|option| option == "--dump") {
            print!("{}", dump(&parsed));
        }
        if options.iter().any(|option| option == "--format")
            && let Some(formatted) = sources.last().and_then(|source| format(&parsed, &source.text))
        {
            print!("{formatted}");
        }
    }
}
