//! `byelaw test`: the examples of packs.

use crate::{End, Format, check::plural, output, packs};
use byelaw::diagnostic::place;
use byelaw::run_examples;
use clap::Args;
use serde_json::json;
use std::io::{self, Write as _};

/// Run the examples of packs.
#[derive(Args)]
pub(crate) struct Test {
    /// Packs: folders, or names under `policies/`
    #[arg(required = true, value_name = "PACK")]
    packs: Vec<String>,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

impl Test {
    pub(crate) fn run(self) -> io::Result<End> {
        let mut end = End::Fine;
        let mut reports = Vec::new();
        let mut out = io::stdout().lock();
        for pack in &self.packs {
            let compiled = match packs::compile(pack) {
                Ok(compiled) => compiled,
                Err(why) => return Ok(output::unusable(&why)),
            };
            if compiled.has_errors() {
                output::diagnostics(&compiled, false);
                end = End::Findings;
                continue;
            }
            let Some(program) = &compiled.program else {
                writeln!(out, "{pack}: lends words, has no examples")?;
                continue;
            };
            let results = run_examples(&compiled.model, program);
            let mut failed = 0;
            for result in &results {
                let example = &compiled.model.examples[result.example];
                let at = place(example.span, &compiled.sources);
                if self.format == Format::Json {
                    reports.push(json!({
                        "pack": pack, "title": example.title, "passed": result.differences.is_empty(),
                        "differences": result.differences,
                        "path": at.as_ref().map(|p| &p.path), "line": at.as_ref().map(|p| p.line),
                    }));
                }
                if result.differences.is_empty() {
                    continue;
                }
                failed += 1;
                end = End::Findings;
                if self.format == Format::Text {
                    let at = at.map(|p| format!("{}:{}: ", p.path, p.line)).unwrap_or_default();
                    writeln!(out, "{at}example \"{}\"", example.title)?;
                    for difference in &result.differences {
                        writeln!(out, "  {difference}")?;
                    }
                }
            }
            if self.format == Format::Text {
                writeln!(out, "{pack}: {}, {failed} failed", plural(results.len(), "example"))?;
            }
        }
        if self.format == Format::Json {
            writeln!(out, "{}", json!({"v": 1, "examples": reports}))?;
        }
        Ok(end)
    }
}
