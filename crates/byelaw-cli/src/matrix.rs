//! `byelaw matrix`.

use crate::{End, Format, output, packs, when};
use byelaw::data::{Decision, FactId, Outcome, RuleId};
use byelaw::hir::Model;
use byelaw::{DecidedCell, DecidedMatrix, matrices};
use clap::Args;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{self, Write as _};

/// Show the tables of a policy as it decides them on a day
#[derive(Args)]
pub(crate) struct Matrix {
    /// The pack: a folder, or a name under `policies/`
    pack: String,
    /// The day: 2020-05-11; today if left out
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

impl Matrix {
    pub(crate) fn run(self) -> io::Result<End> {
        let (model, program) = match packs::answering(&self.pack) {
            Ok(both) => both,
            Err(why) => return Ok(output::unusable(&why)),
        };
        let day = self.on.clone().unwrap_or_else(|| chrono::Local::now().format("%Y-%m-%d").to_string());
        let on = match when::day(&day) {
            Ok(on) => on,
            Err(why) => return Ok(output::unusable(&why)),
        };
        let all = matrices(&model, &program, on);
        if all.is_empty() {
            return Ok(output::unusable(&format!("`{}` has no matrix", self.pack)));
        }
        let mut out = io::stdout().lock();
        if self.format == Format::Json {
            let all: Vec<Value> = all.iter().map(|m| json_of(&model, m)).collect();
            writeln!(out, "{}", json!({"v": 1, "pack": model.name, "on": day, "matrices": all}))?;
            return Ok(End::Fine);
        }
        for matrix in &all {
            print(&mut out, &model, matrix, &day)?;
        }
        Ok(End::Fine)
    }
}

fn print(out: &mut impl io::Write, model: &Model, matrix: &DecidedMatrix, day: &str) -> io::Result<()> {
    writeln!(out, "{}, on {day}\n", matrix.title)?;
    let mut notes: Vec<String> = Vec::new();
    let mut table: Vec<Vec<String>> =
        vec![["row", "act"].into_iter().map(str::to_owned).chain(matrix.columns.iter().cloned()).collect()];
    for row in &matrix.rows {
        let mut line = vec![row.name.clone(), row.act.clone()];
        for (cell, column) in row.cells.iter().zip(&matrix.columns) {
            let mut words = words(model, cell);
            if !cell.changed_by.is_empty() {
                let by = rules(model, &cell.changed_by).join(", ");
                let alone = cell.alone.iter().map(|o| outcome(*o)).collect::<Vec<_>>().join(" or ");
                notes.push(format!("row {}, {column}: the table alone says {alone}; {by}", row.name));
                words.push_str(&format!(" [{}]", notes.len()));
            }
            line.push(words);
        }
        table.push(line);
    }
    // The last column is as long as it likes.
    let columns = table.first().map_or(0, Vec::len);
    let width = |column: usize| table.iter().map(|l| l[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for line in &table {
        let cells: Vec<String> = line
            .iter()
            .zip(&widths)
            .map(|(text, width)| format!("{text}{}", " ".repeat(width - text.chars().count())))
            .collect();
        writeln!(out, "{}", cells.join("  ").trim_end())?;
    }
    if !notes.is_empty() {
        writeln!(out, "\nWhat the rest of the policy changes:")?;
        for (place, note) in notes.iter().enumerate() {
            writeln!(out, "  [{}] {note}", place + 1)?;
        }
    }
    writeln!(out)
}

/// What a cell comes to, in a few words.
fn words(model: &Model, cell: &DecidedCell) -> String {
    let mut all: Vec<String> = Vec::new();
    for decision in &cell.decisions {
        let said = said(model, decision);
        if !all.contains(&said) {
            all.push(said);
        }
    }
    if all.is_empty() { "cannot be".to_owned() } else { all.join(" / ") }
}

fn said(model: &Model, decision: &Decision) -> String {
    let atoms = |approval: bool| -> Vec<String> {
        let of = |a: &byelaw::data::AtomId| model.atoms.get(usize::from(a.0));
        let named = decision.ways.iter().flat_map(|w| &w.atoms).filter_map(of);
        let named = named.filter(|a| a.approval.is_some() == approval).map(|a| a.word.name.clone());
        named.collect::<BTreeSet<_>>().into_iter().collect()
    };
    match decision.outcome {
        Outcome::Permitted if atoms(false).is_empty() => "yes".to_owned(),
        Outcome::Permitted => format!("yes, if they {}", atoms(false).join(" or ")),
        Outcome::NeedsApproval => format!("if approved by {}", atoms(true).join(" or ")),
        Outcome::Forbidden => "no".to_owned(),
        Outcome::NotCovered => "not covered".to_owned(),
        Outcome::NeedsFacts => {
            let facts = decision.needs.facts.iter().chain(&decision.needs.open);
            let facts: Vec<String> = facts.map(|f| fact(model, *f)).collect();
            let possible: Vec<&str> = decision.possible.iter().map(|o| outcome(*o)).collect();
            format!("{}: {}", possible.join(" or "), facts.join(", "))
        }
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Permitted => "yes",
        Outcome::NeedsApproval => "if approved",
        Outcome::Forbidden => "no",
        Outcome::NotCovered => "not covered",
        Outcome::NeedsFacts => "it depends",
    }
}

fn fact(model: &Model, id: FactId) -> String {
    let named = model.fact(id).member_of.map_or(id, |(parent, _)| parent);
    model.fact(named).word.name.clone()
}

fn rules(model: &Model, rules: &[RuleId]) -> Vec<String> {
    rules.iter().filter_map(|r| model.names.get(r.place())).map(|r| r.name.clone()).collect()
}

fn json_of(model: &Model, matrix: &DecidedMatrix) -> Value {
    let names = |outcomes: &BTreeSet<Outcome>| outcomes.iter().map(|o| o.name()).collect::<Vec<_>>();
    let rows: Vec<Value> = matrix
        .rows
        .iter()
        .map(|row| {
            let cells = row.cells.iter().zip(&matrix.columns).map(|(cell, column)| {
                let possible = cell.possible();
                let decided = cell.decisions.iter();
                json!({
                    "column": column,
                    "rule": cell.rule.map(|r| rules(model, &[r]).concat()),
                    "says": words(model, cell),
                    "outcome": match possible.iter().collect::<Vec<_>>().as_slice() {
                        [one] => one.name(),
                        _ => Outcome::NeedsFacts.name(),
                    },
                    "possible": names(&possible),
                    "needs": decided.clone().flat_map(|d| &d.needs.facts).map(|f| fact(model, *f)).collect::<BTreeSet<_>>(),
                    "open": decided.clone().flat_map(|d| &d.needs.open).map(|f| fact(model, *f)).collect::<BTreeSet<_>>(),
                    "because": decided.flat_map(|d| &d.because).flat_map(|b| rules(model, &[b.rule])).collect::<BTreeSet<_>>(),
                    "table_alone": names(&cell.alone),
                    "changed_by": rules(model, &cell.changed_by),
                })
            });
            json!({"row": row.name, "act": row.act, "cells": cells.collect::<Vec<_>>()})
        })
        .collect();
    json!({"name": matrix.name, "title": matrix.title, "columns": matrix.columns, "rows": rows})
}
