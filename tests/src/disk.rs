//! Packs from disk.

use byelaw::{Compiled, Folders};
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Folders as they are on disk.
#[derive(Debug, Clone, Copy)]
pub struct Disk;

impl Folders for Disk {
    fn files(&self, folder: &str) -> Result<Vec<(String, Vec<u8>)>, String> {
        let mut found = Vec::new();
        collect(Path::new(folder), &mut found)?;
        Ok(found)
    }

    fn resolve(&self, folder: &str, relative: &str) -> String {
        let mut path = PathBuf::new();
        for part in Path::new(folder).join(relative).components() {
            match part {
                Component::ParentDir => {
                    path.pop();
                }
                Component::CurDir => {}
                part => path.push(part),
            }
        }
        path.display().to_string()
    }
}

fn collect(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) -> Result<(), String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    for entry in entries {
        let path = entry.map_err(|e| e.to_string())?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else if path.extension().is_some_and(|e| e == "pol") {
            found.push((path.display().to_string(), fs::read(&path).map_err(|e| e.to_string())?));
        }
    }
    Ok(())
}

/// The folder with the packs of this repository.
pub fn policies() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie in the repository").join("policies")
}

/// The names of the packs that answer questions, sorted.
///
/// # Panics
/// If the packs cannot be read.
pub fn pack_names() -> Vec<String> {
    let entries = fs::read_dir(policies()).expect("there are policies");
    let mut names: Vec<String> = entries
        .map(|e| e.expect("a folder can be listed").path())
        .filter(|p| p.is_dir())
        .map(|p| p.file_name().expect("a folder has a name").to_string_lossy().into_owned())
        .filter(|name| answers(&policies().join(name)))
        .collect();
    names.sort();
    names
}

/// Whether a folder has a policy, and not only words to lend.
fn answers(folder: &Path) -> bool {
    let mut files = Vec::new();
    collect(folder, &mut files).expect("the folder of a pack can be read");
    files.iter().any(|(_, bytes)| bytes.split(|b| *b == b'\n').any(|line| line.starts_with(b"policy ")))
}

/// A pack of this repository, compiled.
///
/// # Panics
/// If there is no such pack.
pub fn compiled_pack(name: &str) -> Compiled {
    let folder = policies().join(name);
    byelaw::compile(&Disk, &folder.display().to_string()).unwrap_or_else(|e| panic!("{e}"))
}

/// A pack of one file, compiled from its text.
///
/// # Panics
/// If the text has errors.
pub fn compiled_text(text: &str) -> Compiled {
    let files = byelaw::Memory::new([("wibble/wibble.pol".to_owned(), text.as_bytes().to_vec())]);
    let compiled = byelaw::compile(&files, "wibble").expect("one file");
    let errors: Vec<_> = compiled.diagnostics.iter().filter(|d| d.is_error()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    compiled
}
