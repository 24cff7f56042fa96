//! A pack that lies in memory: what a browser or a test hands over instead of a disk.

use crate::Folders;

/// Files by path, with `/` between folders.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    files: Vec<(String, Vec<u8>)>,
}

impl Memory {
    /// These files. Of two with one path both are kept, and the pack is refused.
    pub fn new(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        Self { files: files.into_iter().collect() }
    }
}

impl Folders for Memory {
    fn files(&self, folder: &str) -> Result<Vec<(String, Vec<u8>)>, String> {
        let inside = |path: &str| {
            let rest = if folder == "." {
                Some(path)
            } else {
                path.strip_prefix(folder).and_then(|r| r.strip_prefix('/'))
            };
            rest.is_some_and(|r| r.ends_with(".pol") && !r.split('/').any(|part| part.starts_with('.')))
        };
        Ok(self.files.iter().filter(|(path, _)| inside(path)).cloned().collect())
    }

    fn resolve(&self, folder: &str, relative: &str) -> String {
        let mut parts: Vec<&str> = Vec::new();
        for part in folder.split('/').chain(relative.split('/')) {
            match part {
                "" | "." => {}
                ".." if parts.last().is_some_and(|p| *p != "..") => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
    }
}
