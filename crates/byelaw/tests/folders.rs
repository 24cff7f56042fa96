//! Folders that use each other: how many, how deep, and in which order their words come.

use byelaw::diagnostic::render_text;
use byelaw::ir::encode;
use byelaw::{Compiled, Memory, compile};
use insta::assert_snapshot;

fn compiled(folder: &str, files: &[(String, String)]) -> Compiled {
    let files = files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes()));
    compile(&Memory::new(files), folder).expect("there are files")
}

/// The messages with these codes, as people read them.
fn said(compiled: &Compiled, code: &str) -> String {
    let found = compiled.diagnostics.iter().filter(|d| d.code == code);
    found.map(|d| render_text(d, &compiled.sources)).collect::<Vec<_>>().join("\n")
}

/// A vocabulary in so many files, the first of which uses the folder `more`.
fn files(count: usize) -> Vec<(String, String)> {
    (0..count)
        .map(|n| match n {
            0 => ("wibble/0.pol".to_owned(), "vocabulary wibble \"Wibble\". use \"../more\".".to_owned()),
            n => (format!("wibble/{n}.pol"), format!("# File {n}.")),
        })
        .collect()
}

#[test]
fn more_than_4096_files_are_refused() {
    let more = ("more/more.pol".to_owned(), "fact wug of the thing, yes or no.".to_owned());
    let most = [files(4095), vec![more.clone()]].concat();
    assert_eq!(said(&compiled("wibble", &most), "B0037"), "");
    // The place is the sentence that brings the files in.
    let used = compiled("wibble", &[files(4096), vec![more]].concat());
    assert_snapshot!("too_many_files_with_those_used", said(&used, "B0037"));
    assert!(used.has_errors() && used.program.is_none());
    let own = compiled("wibble", &files(4097));
    assert_snapshot!("too_many_files_of_its_own", said(&own, "B0037"));
    assert!(own.has_errors() && own.program.is_none());
}

/// A pack and so many folders, each of which uses the next.
fn chain(length: usize) -> Vec<(String, String)> {
    let mut files = vec![("wug-0/a.pol".to_owned(), "vocabulary wibble \"Wibble\".\n".to_owned())];
    for n in 0..length {
        files.push((format!("wug-{n}/use.pol"), format!("use \"../wug-{}\".\n", n + 1)));
        files.push((format!("wug-{}/word.pol", n + 1), format!("fact wug-{n} of the thing, yes or no.\n")));
    }
    files
}

#[test]
fn folders_use_each_other_at_most_16_deep() {
    let deep = compiled("wug-0", &chain(16));
    assert_eq!(said(&deep, "B0038"), "");
    assert!(!deep.has_errors());
    // Nothing of the folder that lies too deep is read.
    let deeper = compiled("wug-0", &chain(17));
    assert_snapshot!("folders_too_deep", said(&deeper, "B0038"));
    assert!(deeper.has_errors());
    assert_eq!(deeper.sources.len(), deep.sources.len() + 1);
    // A circle is no depth.
    let circle = [chain(3), vec![("wug-3/back.pol".to_owned(), "use \"../wug-0\".\n".to_owned())]].concat();
    assert!(!compiled("wug-0", &circle).has_errors());
}

/// A policy that uses two folders, one of which uses a third. `uses` are its two sentences.
fn policy(below: &str, uses: [&str; 2]) -> Vec<(String, String)> {
    let rules = "policy wibble \"Wibble rules\".\ndocument tome \"The tome\".\nclause tome/1 \"page 1\": \"who may\".\nrule one cites tome/1: Anyone may plugh when zed and not air.\n";
    let fact = |name: &str| format!("fact {name} of the thing, yes or no.\n");
    let files = [
        ("pack/a.pol", format!("use \"../{}\".\n{rules}", uses[0])),
        ("pack/b.pol", format!("use \"../{}\".\n", uses[1])),
        ("zed/zed.pol", fact("zed")),
        ("air/air.pol", fact("air") + "use \"../far\"."),
        (
            "far/far.pol",
            "fact who of the asker, the subject, one of: wug, blick.\nfact conduct of the act, the acts.\nact plugh \"plugh\": plugh.\n"
                .to_owned(),
        ),
    ];
    files.into_iter().map(|(path, text)| (format!("{below}{path}"), text)).collect()
}

#[test]
fn neither_the_order_of_use_sentences_nor_where_folders_lie_changes_a_byte() {
    let program = |folder: &str, files: &[(String, String)]| {
        let compiled = compiled(folder, files);
        let errors = compiled.diagnostics.iter().filter(|d| d.is_error());
        let errors: Vec<String> = errors.map(|d| render_text(d, &compiled.sources)).collect();
        compiled.program.unwrap_or_else(|| panic!("{errors:#?}"))
    };
    let first = program("pack", &policy("", ["zed", "air"]));
    let facts: Vec<&str> = first.names.facts.iter().skip(2).map(|f| f.word.name.as_str()).collect();
    assert_eq!(facts, ["air", "zed", "who", "conduct"]);
    assert_eq!(encode(&program("pack", &policy("", ["air", "zed"]))), encode(&first));
    assert_eq!(encode(&program("x/y/pack", &policy("x/y/", ["zed", "air"]))), encode(&first));
}
