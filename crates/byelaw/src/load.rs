//! The files of a pack, and of the vocabularies it uses.

use crate::side_by_side;
use byelaw_diagnostic::{Diagnostic, FileId, Severity, Source, Span};
use byelaw_syntax::{Parsed, ast::Item, decode, folded, parse, unsafe_text};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;

/// The most files that a pack and everything it uses may have.
pub const MAX_FILES: usize = 4096;
/// How deep folders may use each other: a pack that uses a folder is one deep.
pub const MAX_USE_DEPTH: usize = 16;

/// Where a pack's files come from. Two hosts implement it: the command line (a disk) and tests (memory).
pub trait Folders {
    /// All `.pol` files below a folder as path and bytes, in any order; paths are shown in messages.
    ///
    /// # Errors
    /// What went wrong, in words.
    fn files(&self, folder: &str) -> Result<Vec<(String, Vec<u8>)>, String>;

    /// The folder that `relative` means, seen from `folder`, in one spelling.
    fn resolve(&self, folder: &str, relative: &str) -> String;

    /// By what a folder is known again. Where one folder can be named in several ways, they all have to give the same.
    fn identity(&self, folder: &str) -> String {
        folder.to_owned()
    }
}

/// A file of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path and text.
    pub source: Source,
    /// 0 for the pack itself, then one for each folder it uses.
    pub folder: usize,
}

/// All files of a pack in a fixed order: the pack's own first, then each folder it uses, by what the `use` sentences
/// say; the files of a folder by path.
#[derive(Debug, Clone, Default)]
pub struct PackSources {
    /// The files.
    pub files: Vec<SourceFile>,
    /// Files that are not text, names of files that cannot be used, and folders that could not be read.
    pub diagnostics: Vec<Diagnostic>,
}

/// A folder that waits to be read: its name, which sentence wants it, and how deep it lies.
struct Waiting {
    folder: String,
    wanted_at: Option<Span>,
    depth: usize,
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
    load_and_parse(host, folder).map(|(pack, _)| pack)
}

/// Reads a pack, and gives what was read from each file too: looking for `use` needs it, and nobody reads twice.
pub(crate) fn load_and_parse(
    host: &dyn Folders,
    folder: &str,
) -> Result<(PackSources, Vec<Parsed>), LoadError> {
    let mut all_parsed = Vec::new();
    let mut pack = PackSources::default();
    let first = Waiting { folder: host.resolve("", folder), wanted_at: None, depth: 0 };
    let mut waiting = VecDeque::from([first]);
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut number = 0;
    while let Some(Waiting { folder, wanted_at, depth }) = waiting.pop_front() {
        if !seen.insert(host.identity(&folder)) {
            continue;
        }
        if depth > MAX_USE_DEPTH {
            pack.diagnostics.push(
                Diagnostic::new(
                    "B0038",
                    Severity::Error,
                    wanted_at,
                    format!("folders use each other more than {MAX_USE_DEPTH} deep here"),
                )
                .help("let the pack use the farther folders itself"),
            );
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
        if pack.files.len() + files.len() > MAX_FILES {
            pack.diagnostics.push(
                Diagnostic::new(
                    "B0037",
                    Severity::Error,
                    wanted_at,
                    format!("this pack and what it uses have more than {MAX_FILES} files"),
                )
                .help("join small files"),
            );
            break;
        }
        let first = pack.files.len();
        read(files, number, &mut pack);
        names(&folder, first, &mut pack);
        let mut uses = Vec::new();
        let new = &pack.files[first..];
        let read = |place: usize| parse(id(first + place), &new[place].source.text);
        for parsed in side_by_side::each(new.len(), read) {
            for sentence in &parsed.sentences {
                if let Item::Use(path) = &sentence.item {
                    uses.push(path.clone());
                }
            }
            all_parsed.push(parsed);
        }
        // By what they say, so that neither the order of the sentences nor the host's folders decide (decision 0019).
        uses.sort_by(|a, b| a.text.cmp(&b.text));
        for path in uses {
            let folder = host.resolve(&folder, &path.text);
            waiting.push_back(Waiting { folder, wanted_at: Some(path.span), depth: depth + 1 });
        }
        number += 1;
    }
    Ok((pack, all_parsed))
}

fn id(place: usize) -> FileId {
    FileId(u32::try_from(place).unwrap_or(u32::MAX))
}

/// What is wrong with the names of a folder's files, from the folder on: where the folder lies is not the pack's.
/// A name that cannot be shown is replaced, so that no message carries it.
fn names(folder: &str, first: usize, pack: &mut PackSources) {
    let mut seen: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for place in first..pack.files.len() {
        let whole = pack.files[place].source.path.clone();
        let name = whole.strip_prefix(folder).unwrap_or(&whole).trim_start_matches('/').to_owned();
        let at = Span::new(id(place), 0, 0);
        if let Some(why) = unsafe_text(&name) {
            let shown: String = whole
                .chars()
                .flat_map(|c| {
                    if c.is_ascii_graphic() || c == ' ' { vec![c] } else { c.escape_unicode().collect() }
                })
                .collect();
            pack.files[place].source.path.clone_from(&shown);
            pack.diagnostics.push(
                Diagnostic::error(
                    "B0035",
                    at,
                    format!("the name of the file `{shown}` cannot be used: {why}"),
                )
                .help("rename the file"),
            );
        }
        if let Some((other, first)) = seen.get(&folded(&name)) {
            pack.diagnostics.push(
                Diagnostic::error(
                    "B0036",
                    at,
                    format!("`{first}` and `{name}` are one file on some machines"),
                )
                .related(Span::new(id(*other), 0, 0), "the other file")
                .help("rename one of them"),
            );
        } else {
            seen.insert(folded(&name), (place, name));
        }
    }
}

/// Takes the files of one folder in, by path. Bytes that are not text become an empty file with a message, so that
/// the rest of the pack is still read.
fn read(mut files: Vec<(String, Vec<u8>)>, folder: usize, pack: &mut PackSources) {
    files.sort();
    for (path, bytes) in files {
        let id = id(pack.files.len());
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
