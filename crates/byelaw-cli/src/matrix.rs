//! `byelaw matrix`.

use crate::{End, Format, output, packs, when};
use byelaw::hir::Model;
use byelaw::{DecidedMatrix, cell_in_words, matrices, matrices_report, outcome_in_a_cell};
use clap::Args;
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
        if model.matrices.is_empty() {
            return Ok(output::unusable(&format!("`{}` has no matrix", self.pack)));
        }
        let mut out = io::stdout().lock();
        if self.format == Format::Json {
            let report = matrices_report(&model, &program, on);
            writeln!(out, "{}", serde_json::to_string(&report).map_err(io::Error::other)?)?;
            return Ok(End::Fine);
        }
        let all = matrices(&model, &program, on);
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
            let mut words = cell_in_words(model, cell);
            if !cell.changed_by.is_empty() {
                let by: Vec<&str> = cell.changed_by.iter().map(|rule| model.rule_name(*rule)).collect();
                let by = by.join(", ");
                let alone = cell.alone.iter().map(|o| outcome_in_a_cell(*o)).collect::<Vec<_>>().join(" or ");
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
