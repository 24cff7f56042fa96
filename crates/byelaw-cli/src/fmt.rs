//! `byelaw fmt`: the one canonical form.

use crate::{End, disk, output};
use byelaw::diagnostic::{FileId, Source, render_all, render_text};
use byelaw::syntax::{decode, format, parse};
use clap::Args;
use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

/// Put files into the one canonical form. A file with an error is left as it is.
#[derive(Args)]
pub(crate) struct Fmt {
    /// Files or folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Change nothing; exit with 1 if something would change
    #[arg(long)]
    check: bool,
}

impl Fmt {
    pub(crate) fn run(self) -> io::Result<End> {
        let mut files = Vec::new();
        for path in &self.paths {
            if path.is_dir() {
                if let Err(why) = disk::gather(path, 0, &mut files) {
                    return Ok(output::unusable(&why));
                }
            } else if path.exists() {
                files.push(path.clone());
            } else {
                return Ok(output::unusable(&format!("there is no file or folder `{}`", path.display())));
            }
        }
        files.sort();
        let (mut changed, mut broken) = (0_usize, false);
        let mut out = io::stdout().lock();
        for path in &files {
            let bytes = fs::read(path)
                .map_err(|e| io::Error::new(e.kind(), format!("`{}` cannot be read: {e}", path.display())))?;
            let shown = path.display().to_string();
            let text = match decode(&bytes) {
                Ok(text) => text,
                Err(not_utf8) => {
                    let source = Source { path: shown, text: String::new() };
                    eprintln!("{}", render_text(&not_utf8.diagnostic(FileId(0)), &[source]));
                    broken = true;
                    continue;
                }
            };
            let parsed = parse(FileId(0), &text);
            let Some(canonical) = format(&parsed, &text) else {
                let sources = [Source { path: shown, text }];
                for message in render_all(&parsed.diagnostics, &sources) {
                    eprintln!("{message}");
                }
                broken = true;
                continue;
            };
            if canonical != text {
                changed += 1;
                if self.check {
                    writeln!(out, "{shown} is not in canonical form")?;
                } else {
                    write_whole(path, &canonical)?;
                    writeln!(out, "{shown} put into canonical form")?;
                }
            }
        }
        if broken {
            return Ok(End::Unusable);
        }
        Ok(if self.check && changed > 0 { End::Findings } else { End::Fine })
    }
}

/// Writes beside the file and renames, so that a stop in the middle loses nothing.
pub(crate) fn write_whole(path: &std::path::Path, text: &str) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    fs::write(&beside, text)?;
    fs::rename(&beside, path)
}
