//! `byelaw prove` and `byelaw verify`.

use crate::output::{self, Report};
use crate::{End, packs};
use byelaw::{PROOF_STEPS, Proofs, Shown, certify, verify};
use clap::Args;
use std::io;
use std::path::PathBuf;

/// Prove what a policy never does and leaves unsaid nowhere, and write the proofs down
#[derive(Args)]
pub(crate) struct Prove {
    /// The pack: a folder, or a name under `policies/`
    pack: String,
    /// Write the proofs to this file; `byelaw verify` checks them
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How many steps the search for one proof may take
    #[arg(long, value_name = "NUMBER", default_value_t = PROOF_STEPS)]
    most: usize,
    /// Print every claim that has no proof, not only the first
    #[arg(long)]
    all: bool,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Report,
}

/// Check proofs that were written down, against the policy as it is now
#[derive(Args)]
pub(crate) struct Verify {
    /// The pack: a folder, or a name under `policies/`
    pack: String,
    /// The file with the proofs
    file: PathBuf,
    /// Print every claim that has no proof, not only the first
    #[arg(long)]
    all: bool,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Report,
}

impl Prove {
    pub(crate) fn run(self) -> io::Result<End> {
        let (model, program) = match packs::answering(&self.pack) {
            Ok(both) => both,
            Err(why) => return Ok(output::unusable(&why)),
        };
        let proofs = certify(&model, &program, self.most, &mut output::progress(&self.pack, "claims"));
        if let Some(file) = &self.output {
            let text = serde_json::to_string(&proofs).map_err(io::Error::other)?;
            std::fs::write(file, text + "\n").map_err(|e| {
                io::Error::new(e.kind(), format!("`{}` cannot be written: {e}", file.display()))
            })?;
        }
        // What is said to be proved was checked.
        match verify(&model, &program.names.digest, &proofs) {
            Ok(shown) => told(&shown, self.format, self.all),
            Err(why) => Ok(output::unusable(&why.to_string())),
        }
    }
}

impl Verify {
    pub(crate) fn run(self) -> io::Result<End> {
        let (model, program) = match packs::answering(&self.pack) {
            Ok(both) => both,
            Err(why) => return Ok(output::unusable(&why)),
        };
        let file = self.file.display();
        let text = match std::fs::read_to_string(&self.file) {
            Ok(text) => text,
            Err(why) => return Ok(output::unusable(&format!("`{file}` cannot be read: {why}"))),
        };
        let proofs: Proofs = match serde_json::from_str(&text) {
            Ok(proofs) => proofs,
            Err(why) => {
                let hint = "`byelaw prove PACK -o FILE` writes one";
                return Ok(output::unusable(&format!("`{file}` holds no proofs: {why}; {hint}")));
            }
        };
        match verify(&model, &program.names.digest, &proofs) {
            Ok(shown) => told(&shown, self.format, self.all),
            Err(why) => Ok(output::unusable(&format!("`{file}`: {why}"))),
        }
    }
}

fn told(shown: &Shown, format: Report, all: bool) -> io::Result<End> {
    output::report(format, || serde_json::to_string(shown), || shown.page(all))?;
    Ok(if shown.is_whole() { End::Fine } else { End::Findings })
}
