//! Packs on a disk.

use byelaw::Folders;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// How deep folders may lie in a pack: deeper is a loop or a mistake.
const DEEPEST: usize = 16;

/// The file system as the home of packs.
pub(crate) struct Disk;

impl Folders for Disk {
    fn files(&self, folder: &str) -> Result<Vec<(String, Vec<u8>)>, String> {
        let mut found = Vec::new();
        gather(Path::new(folder), 0, &mut found)?;
        let mut files = Vec::new();
        for path in found {
            let bytes = fs::read(&path).map_err(|e| format!("`{}` cannot be read: {e}", path.display()))?;
            files.push((path.display().to_string().replace('\\', "/"), bytes));
        }
        Ok(files)
    }

    fn resolve(&self, folder: &str, relative: &str) -> String {
        let joined =
            if folder.is_empty() { PathBuf::from(relative) } else { Path::new(folder).join(relative) };
        let mut plain = PathBuf::new();
        for part in joined.components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir if plain.file_name().is_some() => {
                    plain.pop();
                }
                other => plain.push(other),
            }
        }
        if plain.as_os_str().is_empty() {
            ".".to_owned()
        } else {
            plain.display().to_string().replace('\\', "/")
        }
    }

    /// `.` may also be `../pack`, and a link may point to it. A folder that is not there has only its name.
    fn identity(&self, folder: &str) -> String {
        fs::canonicalize(folder).map_or_else(|_| folder.to_owned(), |path| path.display().to_string())
    }
}

/// All `.pol` files below a folder. Links are followed to files, not to folders.
pub(crate) fn gather(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), String> {
    let unreadable = |e: std::io::Error| format!("`{}` cannot be read: {e}", folder.display());
    if depth > DEEPEST {
        return Err(format!("`{}` lies more than {DEEPEST} folders deep", folder.display()));
    }
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(unreadable)?);
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if kind.is_dir() && !hidden {
            gather(&path, depth + 1, found)?;
        } else if path.extension().is_some_and(|e| e == "pol") && path.is_file() {
            found.push(path);
        }
    }
    Ok(())
}
