//! `byelaw check` and `byelaw explain`.

use crate::sarif::sarif;
use crate::{End, notes, output, packs};
use byelaw::diagnostic::Severity;
use byelaw::{report_json, reports_json};
use clap::{Args, ValueEnum};
use std::io::{self, Write as _};

/// How messages are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// For tools that show findings beside a change (SARIF 2.1.0)
    Sarif,
}

/// Read packs and say what is wrong with them.
#[derive(Args)]
pub(crate) struct Check {
    /// Packs: folders, or names under `policies/`
    #[arg(required = true, value_name = "PACK")]
    packs: Vec<String>,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: CheckFormat,
    /// The day on which reviews are due and policies have ended or not; today if left out
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
    /// Print every note, and not only how many there are of each kind
    #[arg(long)]
    notes: bool,
    /// Also say, act by act, of what no rule speaks
    #[arg(long)]
    gaps: bool,
}

impl Check {
    pub(crate) fn run(self) -> io::Result<End> {
        let day = self.today.clone().unwrap_or_else(|| chrono::Local::now().format("%Y-%m-%d").to_string());
        let Some(today) = byelaw::data::Date::parse(&day) else {
            return Ok(output::unusable(&format!("`{day}` is not a date such as 2020-05-11")));
        };
        let mut end = End::Fine;
        let mut reports = Vec::new();
        let mut all_packs = Vec::new();
        for pack in &self.packs {
            let mut compiled = match packs::compile(pack) {
                Ok(compiled) => compiled,
                Err(why) => return Ok(output::unusable(&why)),
            };
            compiled.diagnostics.extend(byelaw::due_reviews(&compiled.model, today));
            compiled.diagnostics.extend(byelaw::ending(&compiled.model, today));
            if let Some(program) = compiled.program.as_ref().filter(|_| self.gaps) {
                compiled.diagnostics.extend(byelaw::silences(&compiled.model, program));
            }
            if compiled.has_errors() {
                end = End::Findings;
            }
            if self.format == CheckFormat::Sarif {
                all_packs.push(compiled);
                continue;
            }
            if self.format == CheckFormat::Json {
                reports.push(report_json(
                    pack,
                    &compiled.model.name,
                    &compiled.diagnostics,
                    &compiled.sources,
                ));
                continue;
            }
            output::diagnostics(&compiled, false);
            let told = if self.notes {
                notes::in_full(&compiled.diagnostics, &compiled.sources).join("\n")
            } else {
                notes::summary(pack, &compiled.diagnostics)
            };
            if !told.is_empty() {
                eprintln!("{told}");
            }
            let count = |s: Severity| compiled.diagnostics.iter().filter(|d| d.severity == s).count();
            let model = &compiled.model;
            let norms = if model.answers {
                let open = model
                    .facts
                    .iter()
                    .filter(|f| f.left_to.is_some() && f.member_of.is_none() && f.taken_as.is_none());
                let cited =
                    model.names.iter().flat_map(|r| &r.cites).collect::<std::collections::BTreeSet<_>>();
                format!(
                    "{}, {} cited, {}, {}, {} left open",
                    plural(model.names.len(), "rule"),
                    plural(cited.len(), "clause"),
                    plural(model.acts.len(), "act"),
                    plural(model.examples.len(), "example"),
                    plural(open.count(), "parameter")
                )
            } else {
                let facts = model.facts.len().saturating_sub(2);
                format!("a vocabulary of {} and {}", plural(facts, "fact"), plural(model.acts.len(), "act"))
            };
            let mut out = io::stdout().lock();
            writeln!(
                out,
                "{pack}: {norms}; {}, {}, {}",
                plural(count(Severity::Error), "error"),
                plural(count(Severity::Warning), "warning"),
                plural(count(Severity::Note), "note"),
            )?;
        }
        if self.format == CheckFormat::Json {
            writeln!(io::stdout().lock(), "{}", reports_json(&reports))?;
        }
        if self.format == CheckFormat::Sarif {
            writeln!(io::stdout().lock(), "{}", sarif(&all_packs))?;
        }
        Ok(end)
    }
}

pub(crate) fn plural(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// Explain a code that a message carries.
#[derive(Args)]
pub(crate) struct Explain {
    /// The code, for instance B0101; without one, all codes are listed
    code: Option<String>,
}

impl Explain {
    pub(crate) fn run(self) -> io::Result<End> {
        let Some(typed) = &self.code else {
            let mut out = io::stdout().lock();
            for code in byelaw::diagnostic::codes() {
                let title = byelaw::diagnostic::explained(code).map_or("", |e| e.title);
                writeln!(out, "{code}  {title}")?;
            }
            return Ok(End::Fine);
        };
        let code = typed.to_uppercase();
        match byelaw::diagnostic::page(&code) {
            Some(page) => {
                writeln!(io::stdout().lock(), "{}", page.trim_end())?;
                Ok(End::Fine)
            }
            None => {
                let near = byelaw::diagnostic::nearest(&code, byelaw::diagnostic::codes().iter().copied());
                let hint = near.first().map(|n| format!("; did you mean `{n}`?")).unwrap_or_else(|| {
                    "; a message carries its code in brackets, for instance `B0101`".to_owned()
                });
                Ok(output::unusable(&format!("there is no code `{typed}`{hint}")))
            }
        }
    }
}
