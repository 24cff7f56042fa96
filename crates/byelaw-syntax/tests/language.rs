//! Every indented block of docs/language.md is a row of sentences that can be read.

use byelaw_diagnostic::FileId;
use byelaw_syntax::{dump, format, parse};

/// The indented blocks, each with the line it begins on.
fn blocks() -> Vec<(usize, String)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/language.md");
    let text = std::fs::read_to_string(path).unwrap();
    let mut blocks: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (number, line) in text.lines().enumerate() {
        match line.strip_prefix("    ") {
            Some(code) if open => {
                let block = &mut blocks.last_mut().unwrap().1;
                block.push('\n');
                block.push_str(code);
            }
            Some(code) => blocks.push((number + 1, code.to_owned())),
            None if line.is_empty() && open => {
                blocks.last_mut().unwrap().1.push('\n');
                continue;
            }
            None => {}
        }
        open = line.starts_with("    ");
    }
    blocks
}

#[test]
fn every_example_can_be_read() {
    let blocks = blocks();
    assert!(blocks.len() > 15, "the document has lost its examples");
    for (line, block) in blocks {
        let parsed = parse(FileId(0), &block);
        assert!(parsed.diagnostics.is_empty(), "line {line}:\n{block}\n{:#?}", parsed.diagnostics);
        assert!(!parsed.sentences.is_empty());
    }
}

#[test]
fn every_example_keeps_its_meaning_in_the_canonical_spelling() {
    for (line, block) in blocks() {
        let parsed = parse(FileId(0), &block);
        let formatted = format(&parsed, &block).unwrap();
        let again = parse(FileId(0), &formatted);
        assert_eq!(dump(&again), dump(&parsed), "line {line}");
        assert_eq!(format(&again, &formatted).unwrap(), formatted, "line {line}");
    }
}
