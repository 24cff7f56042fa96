//! From what a person types as PACK to a compiled policy.

use crate::{disk::Disk, output};
use byelaw::Compiled;
use byelaw::hir::Model;
use byelaw::ir::{Program, decode};
use std::path::{Path, PathBuf};

/// Where a pack lies: the path itself, or a name under `policies/` here or in a parent folder.
///
/// The answer is an error text with the nearest names if there is no such pack.
pub(crate) fn locate(pack: &str) -> Result<PathBuf, String> {
    let path = Path::new(pack);
    if path.exists() {
        return Ok(path.to_owned());
    }
    let mut known: Vec<String> = Vec::new();
    let here = std::env::current_dir().unwrap_or_default();
    for parent in here.ancestors() {
        let policies = parent.join("policies");
        let candidate = policies.join(pack);
        if candidate.is_dir() && is_name(pack) {
            // Shown as short as it can be.
            return Ok(candidate.strip_prefix(&here).map(Path::to_owned).unwrap_or(candidate));
        }
        let names = std::fs::read_dir(&policies).into_iter().flatten().flatten();
        known.extend(
            names.filter(|e| e.path().is_dir()).map(|e| e.file_name().to_string_lossy().into_owned()),
        );
    }
    known.sort();
    known.dedup();
    let near = byelaw::diagnostic::nearest(pack, known.iter().map(String::as_str));
    let hint = match near.first() {
        Some(name) => format!("did you mean `{name}`?"),
        None if known.is_empty() => "name a folder with .pol files, or a compiled .polc file".to_owned(),
        None => format!(
            "the packs here are {}",
            known.iter().map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", ")
        ),
    };
    Err(format!("there is no pack `{pack}`; {hint}"))
}

fn is_name(text: &str) -> bool {
    !text.contains(['/', '\\'])
}

/// A pack read and compiled, with its messages.
pub(crate) fn compile(pack: &str) -> Result<Compiled, String> {
    let path = locate(pack)?;
    byelaw::compile(&Disk, &path.display().to_string()).map_err(|e| e.to_string())
}

/// A program ready to answer: from a folder or from a compiled file. Messages are printed; the answer is an error
/// text if there is no program.
pub(crate) fn program(pack: &str) -> Result<Program, String> {
    let path = locate(pack)?;
    if path.is_file() {
        if path.extension().is_some_and(|e| e == "pol") {
            return Err(format!("`{}` is one file of a pack; name the folder it lies in", path.display()));
        }
        let bytes = std::fs::read(&path).map_err(|e| format!("`{}` cannot be read: {e}", path.display()))?;
        return decode(&bytes).map_err(|e| format!("`{}`: {e}; `byelaw build` makes one", path.display()));
    }
    answering(pack).map(|(_, program)| program)
}

/// The model and the program of a pack that answers questions. Messages are printed; the answer is an error text if there
/// is no program.
pub(crate) fn answering(pack: &str) -> Result<(Model, Program), String> {
    answered(pack).map(|(compiled, program)| (compiled.model, program))
}

/// As [`answering`], with all that was read.
pub(crate) fn answered(pack: &str) -> Result<(Compiled, Program), String> {
    let mut compiled = compile(pack)?;
    match compiled.program.take() {
        Some(program) => Ok((compiled, program)),
        None if compiled.has_errors() => {
            output::diagnostics(&compiled, false);
            Err(format!("`{pack}` has errors and answers no question"))
        }
        None => Err(format!("`{pack}` only lends words to other packs and answers no question")),
    }
}
