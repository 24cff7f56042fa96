//! Every code has a page, every page has a code, and the examples of a page show what the page says.
//!
//! The examples of pages below B0100 are run where sentences are parsed (`crates/byelaw-syntax/tests/pages.rs`). Here
//! are those of B0100 and above, each as a small pack. So that a page can leave out what is always the same, `shared.pol`
//! is put before each example (behind `# the pack above`: it and the rest are a pack that the example uses), except before one that begins with `# wrong, the whole pack` or `# right, the whole pack`.

use byelaw::data::Date;
use byelaw::diagnostic::{Source, codes, page, render_text};
use byelaw::{
    Compiled, Folders, PackSources, SourceFile, compile, compile_sources, due_reviews, ending, silences,
};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What the examples may use without declaring it.
const SHARED: &str = include_str!("shared.pol");

/// The examples of a page: whether each is the wrong one, and its text.
fn examples(page: &str) -> Vec<(bool, &str)> {
    page.split("```pol\n")
        .skip(1)
        .map(|rest| {
            let example = rest.split("```").next().expect("a block ends");
            assert!(example.starts_with("# wrong") || example.starts_with("# right"), "{example}");
            (example.starts_with("# wrong"), example)
        })
        .collect()
}

/// A pack in memory.
struct OneFolder(Vec<(String, Vec<u8>)>);

impl Folders for OneFolder {
    fn files(&self, _: &str) -> Result<Vec<(String, Vec<u8>)>, String> {
        Ok(self.0.clone())
    }

    fn resolve(&self, _: &str, relative: &str) -> String {
        relative.to_owned()
    }
}

/// An example of several files, read as a folder is.
fn several(example: &str) -> Compiled {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for (place, part) in example.split("# file ").enumerate() {
        let (name, text) = match place {
            0 => ("example.pol", part),
            _ => part.split_once('\n').expect("a file has a name"),
        };
        files.push((name.to_owned(), text.as_bytes().to_vec()));
    }
    compile(&OneFolder(files), "").expect("there is a file")
}

/// An example with what depends on the day. Words that `shared.pol` lends are not held against it if it leaves them.
fn compiled(example: &str) -> Compiled {
    let mut compiled = built(example);
    let today = Date::from_ymd(2026, 11, 1).expect("a day");
    compiled.diagnostics.extend(due_reviews(&compiled.model, today));
    compiled.diagnostics.extend(ending(&compiled.model, today));
    if let Some(program) = &compiled.program {
        compiled.diagnostics.extend(silences(&compiled.model, program));
    }
    compiled.diagnostics.retain(|d| {
        let lent = || {
            let span = d.span?;
            let text = &compiled.sources[span.file.0 as usize].text;
            Some(SHARED.contains(&text[span.start as usize..span.end as usize]))
        };
        d.code != "B0216" || lent() != Some(true)
    });
    compiled
}

fn built(example: &str) -> Compiled {
    let whole = example.lines().next().is_some_and(|first| first.ends_with(", the whole pack"));
    let file = |path: &str, text: String, folder| SourceFile {
        source: Source { path: path.to_owned(), text },
        folder,
    };
    if whole && example.contains("# file ") {
        return several(example);
    }
    let files = match example.split_once("# the pack above\n") {
        Some((pack, above)) => {
            vec![file("example.pol", pack.to_owned(), 0), file("above.pol", format!("{SHARED}\n{above}"), 1)]
        }
        None if whole => vec![file("example.pol", example.to_owned(), 0)],
        None => vec![file("example.pol", format!("{SHARED}\n{example}"), 0)],
    };
    compile_sources(PackSources { files, diagnostics: Vec::new() })
}

#[test]
fn examples_show_what_the_page_says() {
    let mut failures = Vec::new();
    let packs =
        |code: &str| code >= "B0100" || page(code).is_some_and(|p| p.contains("# wrong, the whole pack"));
    for code in codes().iter().filter(|code| packs(code)) {
        let examples = examples(page(code).expect("a code has a page"));
        let kinds: Vec<bool> = examples.iter().map(|(wrong, _)| *wrong).collect();
        if kinds != [true, false] {
            failures.push(format!("{code}: one wrong example and then one right one are wanted"));
        }
        for (wrong, example) in examples {
            let compiled = compiled(example);
            let found: BTreeSet<&str> = compiled
                .diagnostics
                .iter()
                .map(|d| d.code)
                // Of these every example would have something; each has a page that is about it.
                .filter(|c| !["B0216", "B0224", "B0225", "B0227"].contains(c) || c == code)
                .collect();
            let expected: BTreeSet<&str> = if wrong { BTreeSet::from([*code]) } else { BTreeSet::new() };
            if found != expected {
                let messages: Vec<String> =
                    compiled.diagnostics.iter().map(|d| render_text(d, &compiled.sources)).collect();
                failures.push(format!("{code}: {found:?}\n{example}\n{}", messages.join("\n")));
            }
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n----\n"));
}

/// What is printed for the wrong example of each page of B0100 and above, to be read.
#[test]
fn what_is_printed_reads_well() {
    let mut shown = String::new();
    for code in codes().iter().filter(|code| **code >= "B0100") {
        for (_, example) in
            examples(page(code).expect("a code has a page")).iter().filter(|(wrong, _)| *wrong)
        {
            let compiled = compiled(example);
            for diagnostic in compiled.diagnostics.iter().filter(|d| d.code == *code) {
                shown.push_str(&render_text(diagnostic, &compiled.sources));
                shown.push('\n');
            }
        }
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this crate lies among the others");
    let mut files = Vec::new();
    for entry in fs::read_dir(crates).expect("the crates can be listed") {
        rust_files(&entry.expect("a folder can be listed").path().join("src"), &mut files);
    }
    // The list of pages itself uses no code.
    files.retain(|f| !f.ends_with("byelaw-diagnostic/src/codes.rs"));
    assert!(files.len() > 20, "the sources were not found: {files:?}");
    let mut used: BTreeSet<String> = BTreeSet::new();
    for file in &files {
        used.extend(literals(&fs::read_to_string(file).expect("a source can be read")));
    }
    let pages: BTreeSet<String> = codes().iter().map(|code| (*code).to_owned()).collect();
    assert_eq!(used, pages, "left: codes in the sources, right: pages");
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("a folder can be listed").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The codes that stand between quotes in a source.
fn literals(text: &str) -> impl Iterator<Item = String> + '_ {
    let code = |part: &&str| {
        part.len() == 5 && part.starts_with("B0") && part.bytes().skip(1).all(|b| b.is_ascii_digit())
    };
    text.split('"').filter(code).map(str::to_owned)
}
