//! `byelaw serve`.

use crate::{End, output, packs};
use byelaw_server::Server;
use clap::Args;
use std::io::{self, Write as _};

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
        let mut programs = Vec::new();
        for pack in &self.packs {
            match packs::program(pack) {
                Ok(program) => programs.push(program),
                Err(why) => return Ok(output::unusable(&why)),
            }
        }
        let server = match Server::bind(programs, self.port) {
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
