//! `byelaw build`: a compiled policy as a file, or as a WebAssembly module of its own.

use crate::{End, output, packs};
use byelaw::ir::{Program, parts};
use clap::{Args, ValueEnum};
use std::io;
use std::path::{Path, PathBuf};

include!(concat!(env!("OUT_DIR"), "/core.rs"));

/// Compile a pack into a file.
///
/// Prints how large its four parts are, what it takes to decide, then names, questions and citations, then the sentences
/// that tell why, then the other words that people have for things, and the most steps that one decision takes.
#[derive(Args)]
pub(crate) struct Build {
    /// The pack
    pack: String,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// What to write
    #[arg(long, value_enum, default_value_t = Target::Polc)]
    target: Target,
}

/// What a policy is compiled to.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Target {
    /// A file that every evaluator loads
    Polc,
    /// A module that needs no evaluator, and beside it a .json file with its numbers
    Wasm,
}

impl Build {
    pub(crate) fn run(self) -> io::Result<End> {
        let program = match packs::program(&self.pack) {
            Ok(program) => program,
            Err(why) => return Ok(output::unusable(&why)),
        };
        match self.target {
            Target::Polc => {
                let parts = parts(&program);
                write(&self.output, &parts.concat(), &program)?;
                let [hot, names, reasons, words] = parts.map(|part| part.len());
                eprintln!(
                    "{hot} bytes to decide with, {names} of names, questions and citations, {reasons} of sentences that tell why, \
                     {words} of other words for things"
                );
            }
            Target::Wasm => {
                let module = match module(&program) {
                    Ok(module) => module,
                    Err(why) => return Ok(output::unusable(&why)),
                };
                let numbers = serde_json::to_vec_pretty(&byelaw_standalone::describe(&program))?;
                write(&self.output.with_extension("json"), &numbers, &program)?;
                write(&self.output, &module, &program)?;
            }
        }
        eprintln!("{}", worst_case(&program));
        Ok(End::Fine)
    }
}

fn write(path: &Path, bytes: &[u8], program: &Program) -> io::Result<()> {
    std::fs::write(path, bytes)
        .map_err(|e| io::Error::new(e.kind(), format!("`{}` cannot be written: {e}", path.display())))?;
    eprintln!("{}: {} bytes, digest {}", path.display(), bytes.len(), program.names.digest);
    Ok(())
}

/// The most that one decision takes, whatever it is about, in steps that read or write a few words of 64 bits.
fn worst_case(program: &Program) -> String {
    let words = byelaw_image::image(program);
    match words.as_deref().map(byelaw_image::Image::new) {
        Some(Ok(image)) => {
            let most = image.worst_case_of_all();
            format!(
                "at most {} steps for a decision where every fact is known, {} where some are not",
                most.known, most.partly_known
            )
        }
        _ => "this policy is too large for one flat table, so that no worst case can be told".to_owned(),
    }
}

/// The module of a policy, or why there is none.
fn module(program: &Program) -> Result<Vec<u8>, String> {
    let core = CORE.ok_or(
        "this byelaw was built without the core of such modules; run `cargo xtask wasm` in its sources, and build it again",
    )?;
    let packed = byelaw_standalone::pack(program).ok_or(byelaw_standalone::NotMade::TooLarge.to_string())?;
    byelaw_standalone::module(core, &packed).map_err(|e| e.to_string())
}
