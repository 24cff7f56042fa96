//! Packs of Byelaw for this benchmark: the workload's, and the made ones of the growth table as text.

use crate::growth::{Rule, Sizes};
use byelaw::ir::Program;
use byelaw::{Memory, compile};
use std::fmt::Write;

/// The workload's pack, file by file.
const TECH: [(&str, &str); 4] = [
    ("pack/policy.pol", include_str!("../policies/tech/policy.pol")),
    ("pack/vocabulary.pol", include_str!("../policies/tech/vocabulary.pol")),
    ("pack/matrix.pol", include_str!("../policies/tech/matrix.pol")),
    ("pack/further.pol", include_str!("../policies/tech/further.pol")),
];

/// How many lines of a made policy go into one file: a file has a largest size.
const LINES: usize = 5_000;

/// The workload's policy, compiled from its text.
///
/// # Errors
/// What is wrong with it, in words.
pub fn tech() -> Result<Program, String> {
    program(&Memory::new(TECH.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))))
}

/// A made policy, compiled from its text.
///
/// # Errors
/// What is wrong with it, in words.
pub fn made(text: &str) -> Result<Program, String> {
    let lines: Vec<&str> = text.lines().collect();
    let files = lines.chunks(LINES).enumerate();
    program(&Memory::new(
        files.map(|(place, lines)| (format!("pack/{place:04}.pol"), (lines.join("\n") + "\n").into_bytes())),
    ))
}

fn program(files: &Memory) -> Result<Program, String> {
    let compiled = compile(files, "pack").map_err(|error| error.to_string())?;
    let error = compiled.diagnostics.iter().find(|diagnostic| diagnostic.is_error());
    let why = error.map_or_else(|| "no program".to_owned(), |error| error.message.clone());
    compiled.program.ok_or(why)
}

/// The rules of a made policy in Byelaw's language, one a line: the device is the act, so that each rule is about one.
pub fn text(sizes: Sizes, rules: &[Rule]) -> String {
    let mut text = String::from(
        "policy made \"A made policy\".\ndocument made \"A made document\".\nclause made/1 \"clause 1\": \"everything\".\n",
    );
    let names = |letter: char, many: u16| {
        (0..many).map(|number| format!("{letter}{number}")).collect::<Vec<_>>().join(", ")
    };
    let mut line = |line: std::fmt::Arguments<'_>| {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{line}");
    };
    line(format_args!("fact role of the asker, the subject, one of: {}.", names('r', sizes.roles)));
    line(format_args!("fact action of the act, the acts."));
    line(format_args!("fact channel of the circumstances, one of: {}.", names('c', sizes.channels)));
    line(format_args!("fact minute of the circumstances, a number of minutes from 0 to 1439."));
    for device in 0..sizes.devices {
        line(format_args!("act d{device} \"use d{device}\": d{device}."));
    }
    for (number, rule) in rules.iter().enumerate() {
        let Rule { role, device, from, until, .. } = rule;
        let window = format!("minute is at least {from} and minute is under {until}");
        let sentence = match rule.channel {
            Some(channel) => format!("r{role} may d{device} when channel is c{channel} and {window}"),
            None => format!("r{role} must not d{device} when {window}"),
        };
        line(format_args!("rule n{number} cites made/1: {sentence}."));
    }
    text
}
