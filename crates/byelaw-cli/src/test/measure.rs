//! How good the examples of a pack are: coverage and mutations, as text and as JSON.

use super::Test;
use crate::check::plural;
use crate::output::progress;
use byelaw::data::RuleId;
use byelaw::diagnostic::place;
use byelaw::hir::Model;
use byelaw::{Compiled, Coverage, Mutant, Mutants, Skeleton, Survivor, coverage, mutants, skeleton};
use serde_json::{Value, json};
use std::io::{self, Write};

/// The most of one kind that the text lists.
const MOST_LISTED: usize = 60;

/// What was measured.
#[derive(Default)]
pub(super) struct Measured {
    coverage: Option<(Coverage, Vec<(RuleId, Skeleton)>)>,
    mutants: Option<Mutants>,
}

impl Test {
    pub(super) fn measure(&self, pack: &str, compiled: &Compiled) -> Measured {
        let mut measured = Measured::default();
        let Some(program) = &compiled.program else { return measured };
        let model = &compiled.model;
        if self.coverage {
            let found = coverage(model, program);
            let missed: Vec<RuleId> =
                found.rules.iter().filter(|(_, reached)| !reached).map(|(rule, _)| *rule).collect();
            let mut progress = progress(pack, "rules that no example reaches");
            let mut skeletons = Vec::new();
            for (done, rule) in missed.iter().enumerate() {
                progress(done, missed.len());
                skeletons.push((*rule, skeleton(model, program, *rule)));
            }
            progress(missed.len(), missed.len());
            measured.coverage = Some((found, skeletons));
        }
        if self.mutate {
            let mut progress = progress(pack, "changes");
            let most = self.mutate_limit.map(|n| n as usize);
            measured.mutants = Some(mutants(model, program, most, &mut progress));
        }
        measured
    }
}

impl Measured {
    /// What of this is less than wanted, in words.
    pub(super) fn below(&self, wanted: u32) -> Vec<String> {
        let reached = self.coverage.as_ref().map(|(c, _)| ("coverage", c.share()));
        let noticed = self
            .mutants
            .as_ref()
            .map(|m| ("of the changes that make a difference, the share noticed", m.share()));
        let under = reached.into_iter().chain(noticed).filter(|(_, share)| *share < wanted as usize * 100);
        under
            .map(|(what, share)| format!("{what} is {}, and at least {wanted} % is wanted", percent(share)))
            .collect()
    }

    pub(super) fn text(&self, out: &mut dyn Write, compiled: &Compiled) -> io::Result<()> {
        if let Some((coverage, skeletons)) = &self.coverage {
            coverage_text(out, compiled, coverage, skeletons)?;
        }
        if let Some(mutants) = &self.mutants {
            mutants_text(out, compiled, mutants)?;
        }
        Ok(())
    }

    pub(super) fn json(&self, pack: &str, compiled: &Compiled) -> Option<Value> {
        let model = &compiled.model;
        let coverage = self.coverage.as_ref().map(|(coverage, skeletons)| {
            let (reached, all) = coverage.count();
            json!({
                "reached": reached, "all": all, "percent": as_percent(coverage.share()),
                "rules_missed": skeletons.iter().map(|(rule, skeleton)| json!({
                    "rule": model.rule_name(*rule),
                    "example": if let Skeleton::Example(sentence) = skeleton { Some(sentence) } else { None },
                    "stands_nowhere": *skeleton == Skeleton::Nowhere,
                })).collect::<Vec<_>>(),
                "exceptions_missed": coverage.exceptions.iter().filter(|(.., c)| !c)
                    .map(|(a, b, _)| json!({"rule": model.rule_name(*a), "over": model.rule_name(*b)})).collect::<Vec<_>>(),
                "clauses_missed": coverage.clauses.iter().filter(|(_, c)| !c)
                    .map(|(c, _)| clause_name(model, *c)).collect::<Vec<_>>(),
                "conditions_missed": coverage.conditions.iter().filter(|c| !c.held || !c.failed)
                    .map(|c| json!({"rule": model.rule_name(c.rule), "condition": c.words, "held": c.held, "failed": c.failed})).collect::<Vec<_>>(),
            })
        });
        let mutations = self.mutants.as_ref().map(|m| {
            json!({
                "percent": as_percent(m.share()), "possible": m.possible, "made": m.made, "noticed": m.noticed, "unusable": m.unusable,
                "unnoticed": m.survivors.iter().map(|s| {
                    let (verdict, example, then) = match &s.survivor {
                        Survivor::Differs { sentence, then } => ("differs", Some(sentence), Some(then)),
                        Survivor::Same => ("same", None, None),
                        Survivor::NotFound => ("not found", None, None),
                    };
                    json!({"name": s.name, "change": s.change, "verdict": verdict, "example": example, "then": then})
                }).collect::<Vec<_>>(),
            })
        });
        (coverage.is_some() || mutations.is_some())
            .then(|| json!({"pack": pack, "coverage": coverage, "mutations": mutations}))
    }
}

fn clause_name(model: &Model, clause: usize) -> String {
    let clause = &model.clauses[clause];
    format!("{}/{}", model.documents[clause.document].name, clause.name)
}

/// Hundredths of a percent for programs.
fn as_percent(share: usize) -> Value {
    format!("{}.{:02}", share / 100, share % 100)
        .parse::<serde_json::Number>()
        .map_or(Value::Null, Value::Number)
}

/// Hundredths of a percent for people.
fn percent(share: usize) -> String {
    format!("{}.{} %", share / 100, share % 100 / 10)
}

fn coverage_text(
    out: &mut dyn Write,
    compiled: &Compiled,
    coverage: &Coverage,
    skeletons: &[(RuleId, Skeleton)],
) -> io::Result<()> {
    let model = &compiled.model;
    let reached =
        |all: usize, missed: usize, what: &str| format!("{} of {}", all - missed, plural(all, what));
    let exceptions: Vec<_> = coverage.exceptions.iter().filter(|(.., c)| !c).collect();
    let clauses: Vec<_> = coverage.clauses.iter().filter(|(_, c)| !c).collect();
    let conditions: Vec<_> = coverage.conditions.iter().filter(|c| !c.held || !c.failed).collect();
    writeln!(
        out,
        "coverage {}: {} stood, {} set something aside, {} cited, {} seen both ways",
        percent(coverage.share()),
        reached(coverage.rules.len(), skeletons.len(), "rule"),
        reached(coverage.exceptions.len(), exceptions.len(), "exception"),
        reached(coverage.clauses.len(), clauses.len(), "clause"),
        reached(coverage.conditions.len(), conditions.len(), "condition"),
    )?;
    let gaps = skeletons.iter().filter(|(_, s)| matches!(s, Skeleton::Example(_)));
    for (at, (rule, skeleton)) in gaps.enumerate() {
        if at == 0 {
            writeln!(
                out,
                "rules that stood in no example; what each example expects is what the policy says now:"
            )?;
        }
        if let Skeleton::Example(sentence) = skeleton {
            writeln!(out, "  # {}", model.rule_name(*rule))?;
            for line in sentence.lines() {
                writeln!(out, "  {line}")?;
            }
        }
    }
    let names = |wanted: &Skeleton| -> Vec<String> {
        skeletons.iter().filter(|(_, s)| s == wanted).map(|(r, _)| model.rule_name(*r).to_owned()).collect()
    };
    list(out, "rules that stand in no situation", &names(&Skeleton::Nowhere))?;
    list(out, "rules for which no situation was found", &names(&Skeleton::NotFound))?;
    let exceptions: Vec<String> = exceptions
        .iter()
        .map(|(a, b, _)| format!("{} over {}", model.rule_name(*a), model.rule_name(*b)))
        .collect();
    list(out, "exceptions that set nothing aside", &exceptions)?;
    let clauses: Vec<String> = clauses.iter().map(|(c, _)| clause_name(model, *c)).collect();
    list(out, "clauses that no answer cites", &clauses)?;
    let conditions: Vec<String> = conditions
        .iter()
        .map(|c| {
            let never = match (c.held, c.failed) {
                (false, false) => "never seen",
                (false, true) => "never seen to hold",
                _ => "never seen not to hold",
            };
            format!("{}: `{}` {never}", model.rule_name(c.rule), c.words)
        })
        .collect();
    list(out, "conditions that the examples do not try both ways", &conditions)
}

fn list(out: &mut dyn Write, what: &str, lines: &[String]) -> io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "{what} ({}):", lines.len())?;
    for line in lines.iter().take(MOST_LISTED) {
        writeln!(out, "  {line}")?;
    }
    if lines.len() > MOST_LISTED {
        writeln!(out, "  and {} more; `--format json` lists all", lines.len() - MOST_LISTED)?;
    }
    Ok(())
}

fn mutants_text(out: &mut dyn Write, compiled: &Compiled, mutants: &Mutants) -> io::Result<()> {
    let of = |wanted: fn(&Survivor) -> bool| -> Vec<&Mutant> {
        mutants.survivors.iter().filter(|m| wanted(&m.survivor)).collect()
    };
    let differs = of(|s| matches!(s, Survivor::Differs { .. }));
    let same = of(|s| *s == Survivor::Same);
    let open = of(|s| *s == Survivor::NotFound);
    write!(
        out,
        "mutations {}: {} of {}",
        percent(mutants.share()),
        mutants.noticed,
        plural(mutants.made, "change")
    )?;
    write!(out, " noticed, {} not, {} make no difference", differs.len(), same.len())?;
    if !open.is_empty() {
        write!(out, ", {} with no difference found", open.len())?;
    }
    if mutants.unusable > 0 {
        write!(out, ", {} give no policy", mutants.unusable)?;
    }
    if mutants.made < mutants.possible {
        write!(out, "; {} changes are possible", mutants.possible)?;
    }
    writeln!(out)?;
    let mut last = "";
    for mutant in differs.iter().take(MOST_LISTED) {
        if mutant.name != last {
            let at = mutant.span.and_then(|s| place(s, &compiled.sources));
            let at = at.map(|p| format!(" ({}:{})", p.path, p.line)).unwrap_or_default();
            writeln!(out, "no example notices, in {}{at}: {}", mutant.name, mutant.sentence)?;
            last = &mutant.name;
        }
        writeln!(out, "  {}", mutant.change)?;
        if let Survivor::Differs { sentence, then } = &mutant.survivor {
            for line in sentence.lines() {
                writeln!(out, "    {line}")?;
            }
            writeln!(out, "    # after the change: {then}")?;
        }
    }
    if differs.len() > MOST_LISTED {
        writeln!(out, "and {} more; `--format json` lists all", differs.len() - MOST_LISTED)?;
    }
    let lines = |all: &[&Mutant]| -> Vec<String> {
        all.iter().map(|m| format!("{}: {}", m.name, m.change)).collect()
    };
    list(out, "no difference in any situation", &lines(&same))?;
    list(out, "no difference found, and not every situation looked at", &lines(&open))
}
