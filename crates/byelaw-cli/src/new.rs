//! `byelaw new`: a folder with a small policy to begin with.

use crate::{End, output};
use clap::Args;
use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

/// What to do with it.
const TRY: &str = include_str!("new.txt");

/// Write a small policy to begin with.
#[derive(Args)]
pub(crate) struct New {
    /// The folder to write it to; it is made if it is not there
    folder: PathBuf,
}

impl New {
    pub(crate) fn run(self) -> io::Result<End> {
        let shown = self.folder.display().to_string();
        let unusable = |what: &str, e: io::Error| io::Error::new(e.kind(), format!("`{shown}` {what}: {e}"));
        fs::create_dir_all(&self.folder).map_err(|e| unusable("cannot be made", e))?;
        let mut entries = fs::read_dir(&self.folder).map_err(|e| unusable("cannot be read", e))?;
        if entries.next().is_some() {
            let why = format!("`{shown}` is not empty; name a new folder, so that nothing is written over");
            return Ok(output::unusable(&why));
        }
        let name = self.folder.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
        let file = self.folder.join("policy.pol");
        fs::write(&file, byelaw::template(&name)).map_err(|e| unusable("cannot be written", e))?;
        let mut out = io::stdout().lock();
        write!(out, "{}", TRY.replace("FILE", &file.display().to_string()).replace("PACK", &shown))?;
        Ok(End::Fine)
    }
}
