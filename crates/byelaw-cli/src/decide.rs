//! `byelaw decide`: JSON Lines in, JSON Lines out, same order.

use crate::{End, output, packs};
use byelaw::wire::{Answer, WireError, answer_in};
use byelaw_zone::Zones;
use clap::Args;
use std::io::{self, BufRead as _, BufWriter, Write as _};

/// The longest line that is read as a question.
const LONGEST: usize = 1 << 20;

/// Answer questions given as JSON Lines on standard input. A bad line gives an error on its line and the run goes on.
#[derive(Args)]
pub(crate) struct Decide {
    /// The pack: a folder, a compiled .polc file, or a name under `policies/`
    pack: String,
}

impl Decide {
    pub(crate) fn run(self) -> io::Result<End> {
        let program = match packs::program(&self.pack) {
            Ok(program) => program,
            Err(why) => return Ok(output::unusable(&why)),
        };
        let mut input = io::stdin().lock();
        let mut out = BufWriter::new(io::stdout().lock());
        let mut end = End::Fine;
        let mut bytes = Vec::new();
        let mut line = 0_u64;
        loop {
            bytes.clear();
            if input.read_until(b'\n', &mut bytes)? == 0 {
                break;
            }
            line += 1;
            if bytes.last() == Some(&b'\n') {
                bytes.pop();
            }
            if bytes.last() == Some(&b'\r') {
                bytes.pop();
            }
            let refused = |code: &'static str, message: String| Answer::Refused {
                id: None,
                error: WireError::new(code, "", message),
            };
            let answered = match std::str::from_utf8(&bytes) {
                _ if bytes.len() > LONGEST => {
                    refused("too_many", format!("a question may be at most {LONGEST} bytes long"))
                }
                Ok(text) if text.trim().is_empty() => {
                    refused("json", "this line is empty; a question is a JSON object on one line".to_owned())
                }
                Ok(text) => answer_in(&program, text, Some(&Zones)),
                Err(e) => {
                    refused("json", format!("this line is not UTF-8 text (byte {})", e.valid_up_to() + 1))
                }
            };
            if matches!(answered, Answer::Refused { .. }) {
                end = End::Unusable;
            }
            out.write_all(answered.to_json(Some(line)).as_bytes())?;
            out.write_all(b"\n")?;
            // Whoever asks line by line wants each answer at once.
            out.flush()?;
        }
        Ok(end)
    }
}
