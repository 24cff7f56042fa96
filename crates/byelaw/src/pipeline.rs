//! The steps from files to a program.

use crate::{Folders, LoadError, PackSources, SourceFile, findings, load::load_and_parse, side_by_side};
use byelaw_diagnostic::{Diagnostic, FileId, Severity, Source};
use byelaw_hir::{Input, Model, resolve};
use byelaw_ir::Program;
use byelaw_syntax::{Parsed, parse};

/// What became of a pack.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// The files, in the order that places in messages refer to.
    pub sources: Vec<Source>,
    /// Everything to be said about them, errors first, then by place.
    pub diagnostics: Vec<Diagnostic>,
    /// The resolved model; it means something only if there is no error.
    pub model: Model,
    /// The program; absent if there was an error, or if the pack only lends words.
    pub program: Option<Program>,
}

impl Compiled {
    /// Whether something is wrong that keeps the policy from being used.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Reads and compiles a pack.
///
/// # Errors
/// If the pack's own folder cannot be read; everything else is a diagnostic.
pub fn compile(host: &dyn Folders, folder: &str) -> Result<Compiled, LoadError> {
    load_and_parse(host, folder).map(|(pack, parsed)| compile_parsed(pack, parsed))
}

/// Compiles files that were read.
pub fn compile_sources(pack: PackSources) -> Compiled {
    let read = |place: usize| {
        let file = FileId(u32::try_from(place).unwrap_or(u32::MAX));
        parse(file, &pack.files[place].source.text)
    };
    let parsed = side_by_side::each(pack.files.len(), read);
    compile_parsed(pack, parsed)
}

/// Reads a pack and finds what its names mean, and goes no further: whatever is wrong with its text and its words is told
/// in a small part of the time that [`compile`] takes. There is never a program.
///
/// # Errors
/// If the pack's own folder cannot be read; everything else is a diagnostic.
pub fn read(host: &dyn Folders, folder: &str) -> Result<Compiled, LoadError> {
    let (pack, parsed) = load_and_parse(host, folder)?;
    let (model, mut diagnostics) = resolved(&pack, &inputs(&pack, &parsed), &parsed);
    sort(&mut diagnostics);
    Ok(Compiled { sources: texts(pack), diagnostics, model, program: None })
}

/// Compiles files of which it is known what they say.
fn compile_parsed(pack: PackSources, parsed: Vec<Parsed>) -> Compiled {
    let inputs = inputs(&pack, &parsed);
    let (model, mut diagnostics) = resolved(&pack, &inputs, &parsed);
    let mut program = None;
    if model.answers && !diagnostics.iter().any(Diagnostic::is_error) {
        match byelaw_compiler::lower(&model) {
            Ok(lowered) => {
                diagnostics.extend(findings::findings(&inputs, &model, &lowered));
                if !diagnostics.iter().any(Diagnostic::is_error) {
                    program = Some(lowered);
                }
            }
            Err(problems) => diagnostics.extend(problems),
        }
    }
    sort(&mut diagnostics);
    Compiled { sources: texts(pack), diagnostics, model, program }
}

/// The files as the next step reads them.
fn inputs<'a>(pack: &'a PackSources, parsed: &'a [Parsed]) -> Vec<Input<'a>> {
    let input = |(file, parsed): (&'a SourceFile, &'a Parsed)| Input {
        sentences: &parsed.sentences,
        text: &file.source.text,
        folder: file.folder,
    };
    pack.files.iter().zip(parsed).map(input).collect()
}

/// What the names mean, and what is wrong so far.
fn resolved(pack: &PackSources, inputs: &[Input<'_>], parsed: &[Parsed]) -> (Model, Vec<Diagnostic>) {
    let mut diagnostics = pack.diagnostics.clone();
    diagnostics.extend(parsed.iter().flat_map(|file| file.diagnostics.iter().cloned()));
    let (model, found) = resolve(inputs);
    diagnostics.extend(found);
    (model, diagnostics)
}

fn texts(pack: PackSources) -> Vec<Source> {
    pack.files.into_iter().map(|file| file.source).collect()
}

fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_key(|d| (d.severity != Severity::Error, d.severity, d.span));
}
