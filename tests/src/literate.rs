//! Chapters of the language reference: Markdown in which every block of the language is run.
//!
//! In: the text of a chapter. Out: its blocks in order, each with what its fence says about it (docs/language/README.md
//! is the description for authors).

use std::path::PathBuf;

/// What a block of a chapter is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// Sentences that belong to the pack which the chapter builds. `pack` names another folder than the main one.
    Grows {
        /// The folder: `main` unless the fence says `in NAME`.
        pack: String,
    },
    /// A pack of its own.
    Alone,
    /// Wrong in exactly this way, beside what the chapter has built so far.
    Wrong {
        /// The code of the message.
        code: String,
    },
    /// Commands with what they print.
    Shell,
    /// A log of what happened and what was done, for the commands after it.
    Log,
}

/// A block that is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The line of its fence, from 1.
    pub line: usize,
    /// What it is.
    pub kind: BlockKind,
    /// What stands in it.
    pub text: String,
}

/// A chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Its path from the root of the project.
    pub path: String,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

impl Chapter {
    /// The packs that the blocks before place `end` build: folder and text. The main one comes first.
    pub fn built(&self, end: usize) -> Vec<(String, String)> {
        let mut packs: Vec<(String, String)> = vec![("main".to_owned(), String::new())];
        for block in self.blocks.iter().take(end) {
            let BlockKind::Grows { pack } = &block.kind else { continue };
            match packs.iter_mut().find(|(name, _)| name == pack) {
                Some((_, text)) => {
                    text.push('\n');
                    text.push_str(&block.text);
                }
                None => packs.push((pack.clone(), block.text.clone())),
            }
        }
        packs
    }
}

/// Every chapter of the reference, and the cheat sheet, in order.
///
/// # Panics
/// If one cannot be read, or has a fence that means nothing.
pub fn chapters() -> Vec<Chapter> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut paths = vec!["docs/cheat-sheet.md".to_owned()];
    let folder = root.join("docs/language");
    let entries = std::fs::read_dir(&folder).expect("the reference is there");
    paths.extend(
        entries.map(|e| format!("docs/language/{}", e.expect("an entry").file_name().to_string_lossy())),
    );
    paths.sort();
    paths
        .into_iter()
        .filter(|path| path.ends_with(".md") && root.join(path).exists())
        .map(|path| {
            let text = std::fs::read_to_string(root.join(&path)).expect("a chapter is text");
            Chapter { blocks: blocks(&path, &text), path }
        })
        .collect()
}

/// The blocks of a chapter.
///
/// # Panics
/// If a fence means nothing or does not end.
pub fn blocks(path: &str, text: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let mut content = String::new();
        loop {
            let Some((_, line)) = lines.next() else {
                panic!("{path}:{}: this block does not end", number + 1)
            };
            if line == "```" {
                break;
            }
            content.push_str(line);
            content.push('\n');
        }
        let kind = match info.split_whitespace().collect::<Vec<_>>().as_slice() {
            ["pol"] => BlockKind::Grows { pack: "main".to_owned() },
            ["pol", "in", pack] => BlockKind::Grows { pack: (*pack).to_owned() },
            ["pol", "alone"] => BlockKind::Alone,
            ["pol", "wrong", code] => BlockKind::Wrong { code: (*code).to_owned() },
            ["shell"] => BlockKind::Shell,
            ["jsonl"] => BlockKind::Log,
            // Data and drawings are for reading.
            ["text" | "json" | "toml" | "xml"] => continue,
            _ => panic!("{path}:{}: a block `{info}` is not run; see docs/language/README.md", number + 1),
        };
        found.push(Block { line: number + 1, kind, text: content });
    }
    found
}
