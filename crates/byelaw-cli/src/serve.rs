//! `byelaw serve`.

use crate::{End, output, packs};
use byelaw::diagnostic::Source;
use byelaw::matrices_of_all_days;
use byelaw_server::{Served, Server, Sources, Tables, Theme};
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
    /// A file with the name, colours and contact that the page shows (docs/themes.md)
    #[arg(long, value_name = "FILE")]
    theme: Option<PathBuf>,
}

impl Serve {
    pub(crate) fn run(self) -> io::Result<End> {
        let mut served = Vec::new();
        for pack in &self.packs {
            match one(pack) {
                Ok(one) => served.push(one),
                Err(why) => return Ok(output::unusable(&why)),
            }
        }
        let theme = match self.theme.as_deref().map(theme).transpose() {
            Ok(theme) => theme,
            Err(why) => return Ok(output::unusable(&why)),
        };
        let server = match Server::bind(served, theme.as_ref(), self.port) {
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

fn theme(file: &Path) -> Result<Theme, String> {
    let text = fs::read_to_string(file)
        .map_err(|why| format!("the theme `{}` cannot be read: {why}", file.display()))?;
    Theme::read(&text).map_err(|why| format!("the theme `{}` cannot be used: {why}", file.display()))
}

/// A policy to serve: with the files that it was written in, unless it is a compiled file.
fn one(pack: &str) -> Result<Served, String> {
    let folder = packs::locate(pack)?;
    if !folder.is_dir() {
        return packs::program(pack).map(|program| Served { program, sources: None, tables: None });
    }
    let (compiled, program) = packs::answered(pack)?;
    let sources = sources(&folder, compiled.sources);
    let model = compiled.model;
    let tables = (!model.matrices.is_empty()).then(|| Tables {
        titles: model.matrices.iter().map(|matrix| matrix.title.clone()).collect(),
        decided: {
            let program = program.clone();
            Box::new(move || matrices_of_all_days(&model, &program))
        },
    });
    Ok(Served { program, sources, tables })
}

/// The files of a pack and of what it uses, by paths that begin at the folder in which all of them lie.
fn sources(folder: &Path, read: Vec<Source>) -> Option<Sources> {
    let folder = fs::canonicalize(folder).ok()?;
    // A file that is a link counts where it is read.
    let whole = |file: Source| {
        let path = Path::new(&file.path);
        Some((fs::canonicalize(path.parent()?).ok()?.join(path.file_name()?), file.text))
    };
    let files: Vec<(PathBuf, String)> = read.into_iter().map(whole).collect::<Option<_>>()?;
    let mut root = folder.parent()?;
    while !files.iter().all(|(path, _)| path.starts_with(root)) {
        root = root.parent()?;
    }
    let shown = |path: &Path| {
        let path = path.strip_prefix(root).ok()?;
        Some(path.display().to_string().replace('\\', "/"))
    };
    let texts = files.iter().map(|(path, text)| Some((shown(path)?, text.clone())));
    Some(Sources { folder: shown(&folder)?, files: texts.collect::<Option<_>>()? })
}
