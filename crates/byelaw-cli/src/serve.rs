//! `byelaw serve`.

use crate::disk::Disk;
use crate::{End, output, packs};
use byelaw_server::{Served, Server, Sources};
use clap::Args;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Serve the page and the decisions on this machine, until stopped.
#[derive(Args)]
pub(crate) struct Serve {
    /// Packs: folders, compiled .polc files, or names under `policies/`
    #[arg(required = true, value_name = "PACK")]
    packs: Vec<String>,
    /// The port; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    port: u16,
}

impl Serve {
    pub(crate) fn run(self) -> io::Result<End> {
        let mut served = Vec::new();
        for pack in &self.packs {
            match packs::program(pack) {
                Ok(program) => served.push(Served { program, sources: sources(pack) }),
                Err(why) => return Ok(output::unusable(&why)),
            }
        }
        let server = match Server::bind(served, self.port) {
            Ok(server) => server,
            Err(why) => return Ok(output::unusable(&why.to_string())),
        };
        let mut out = io::stdout().lock();
        writeln!(out, "{}", server.address())?;
        out.flush()?;
        drop(out);
        eprintln!("serving {} on this machine only; stop with Ctrl-C", self.packs.join(", "));
        server.run()?;
        Ok(End::Fine)
    }
}

/// The files of a pack and of what it uses, by paths that begin at the folder in which all of them lie; `None` for a
/// compiled file.
fn sources(pack: &str) -> Option<Sources> {
    let folder = packs::locate(pack).ok().filter(|path| path.is_dir())?;
    let folder = fs::canonicalize(folder).ok()?;
    let loaded = byelaw::load(&Disk, &folder.display().to_string()).ok()?;
    let files = loaded.files.into_iter().map(|file| (PathBuf::from(file.source.path), file.source.text));
    let files: Vec<(PathBuf, String)> = files.collect();
    let mut root = folder.parent()?;
    while !files.iter().all(|(path, _)| path.starts_with(root)) {
        root = root.parent()?;
    }
    let shown = |path: &Path| {
        let path = path.strip_prefix(root).ok()?;
        Some(path.display().to_string().replace('\\', "/"))
    };
    Some(Sources {
        folder: shown(&folder)?,
        files: files.iter().filter_map(|(path, text)| Some((shown(path)?, text.clone()))).collect(),
    })
}
