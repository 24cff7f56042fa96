//! The files of a pack, and of the vocabularies it uses.

use byelaw_diagnostic::{Diagnostic, FileId, Source, Span};
use byelaw_syntax::{ast::Item, decode, parse};
use std::collections::BTreeSet;
use std::fmt;

/// Where a pack's files come from. Two hosts implement it: the command line (a disk) and tests (memory).
pub trait Folders {
    /// All `.pol` files below a folder as path and bytes, in any order; paths are shown in messages.
    ///
    /// # Errors
    /// What went wrong, in words.
    fn files(&self, folder: &str) -> Result<Vec<(String, Vec<u8>)>, String>;

    /// The folder that `relative` means, seen from `folder`, in one spelling.
    fn resolve(&self, folder: &str, relative: &str) -> String;
}

/// A file of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path and text.
    pub source: Source,
    /// 0 for the pack itself, then one for each folder it uses.
    pub folder: usize,
}

/// All files of a pack in a fixed order: the pack's own first, each folder by path.
#[derive(Debug, Clone, Default)]
pub struct PackSources {
    /// The files.
    pub files: Vec<SourceFile>,
    /// Files that are not text and folders that could not be read.
    pub diagnostics: Vec<Diagnostic>,
}

/// The pack itself could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError(pub String);

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for LoadError {}

/// Reads a pack and everything it uses, directly or through others.
///
/// # Errors
/// If the pack's own folder cannot be read or has no `.pol` file. Anything wrong further on is a diagnostic.
pub fn load(host: &dyn Folders, folder: &str) -> Result<PackSources, LoadError> {
    let mut pack = PackSources::default();
    let mut waiting: Vec<(String, Option<Span>)> = vec![(host.resolve("", folder), None)];
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut number = 0;
    while !waiting.is_empty() {
        let (folder, wanted_at) = waiting.remove(0);
        if !seen.insert(folder.clone()) {
            continue;
        }
        let files = match (host.files(&folder), wanted_at) {
            (Ok(files), _) if !files.is_empty() => files,
            (found, None) => {
                let why = found.err().unwrap_or_else(|| "it has no .pol file".to_owned());
                return Err(LoadError(format!("`{folder}` is not a pack: {why}")));
            }
            (found, Some(span)) => {
                let why = found.err().unwrap_or_else(|| "it has no .pol file".to_owned());
                pack.diagnostics.push(
                    Diagnostic::error("B0101", span, format!("the folder `{folder}` cannot be used: {why}"))
                        .help("the path is relative to the folder of this pack"),
                );
                continue;
            }
        };
        let first = pack.files.len();
        read(files, number, &mut pack);
        for place in first..pack.files.len() {
            let id = FileId(u32::try_from(place).unwrap_or(u32::MAX));
            for sentence in parse(id, &pack.files[place].source.text).sentences {
                if let Item::Use(path) = sentence.item {
                    waiting.push((host.resolve(&folder, &path.text), Some(path.span)));
                }
            }
        }
        number += 1;
    }
    Ok(pack)
}

/// Takes the files of one folder in, by path. Bytes that are not text become an empty file with a message, so that
/// the rest of the pack is still read.
fn read(mut files: Vec<(String, Vec<u8>)>, folder: usize, pack: &mut PackSources) {
    files.sort();
    for (path, bytes) in files {
        let id = FileId(u32::try_from(pack.files.len()).unwrap_or(u32::MAX));
        let text = match decode(&bytes) {
            Ok(text) => text,
            Err(not_utf8) => {
                pack.diagnostics.push(not_utf8.diagnostic(id));
                String::new()
            }
        };
        pack.files.push(SourceFile { source: Source { path, text }, folder });
    }
}
