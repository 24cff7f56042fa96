//! Why an answer is as it is: the rules behind it in the words of the vocabulary, and those that gave way to them.

use crate::ask::sometimes;
use crate::labels::{Labels, cited};
use byelaw::ir::Program;
use byelaw::spelled_out;
use byelaw::wire::DecisionJson;
use std::io::{self, Write};

pub(crate) fn print(
    out: &mut impl Write,
    program: &Program,
    decision: &DecisionJson,
    labels: &Labels,
) -> io::Result<()> {
    if !decision.because.is_empty() {
        writeln!(out, "\nWhy:")?;
    }
    for reason in &decision.because {
        let policy = match labels.policies.get(&reason.policy) {
            Some(title) => format!("; {title}"),
            None => String::new(),
        };
        let sentence = spelled_out(program, &reason.sentence);
        let (sometimes, cited) = (sometimes(reason.sometimes), cited(&reason.cites, &reason.rule));
        writeln!(out, "  - {sentence}{sometimes} ({cited}{policy})")?;
        for defeated in decision.defeated.iter().filter(|defeated| defeated.by == reason.rule) {
            gave_way(out, program, &defeated.rule, defeated.sometimes)?;
        }
    }
    let told = |rule: &str| decision.because.iter().any(|reason| reason.rule == rule);
    for defeated in decision.defeated.iter().filter(|defeated| !told(&defeated.by)) {
        writeln!(out, "  - {}", in_words(program, &defeated.by))?;
        gave_way(out, program, &defeated.rule, defeated.sometimes)?;
    }
    Ok(())
}

/// A rule that another one goes before. Its name is for `byelaw effect`.
fn gave_way(out: &mut impl Write, program: &Program, rule: &str, some: bool) -> io::Result<()> {
    writeln!(out, "    It goes before: {} ({rule}){}", in_words(program, rule), sometimes(some))
}

/// The sentence of a rule by its name; the name where there is none.
pub(crate) fn in_words(program: &Program, rule: &str) -> String {
    let found = program.names.rules.iter().find(|one| one.name == rule);
    found.map_or_else(|| rule.to_owned(), |one| spelled_out(program, &one.sentence))
}
