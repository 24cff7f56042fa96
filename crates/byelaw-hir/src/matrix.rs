//! The matrix: each cell is a rule.

use crate::hir::{Condition, Matrix, MatrixRow};
use crate::names::Scope;
use byelaw_data::{FactId, RuleId, Stated, ValueId};
use byelaw_diagnostic::Diagnostic;
use byelaw_syntax::Spelling;
use byelaw_syntax::ast::{self, Cell, Clauses, Modal, Phrase};
use std::collections::BTreeMap;

impl Scope {
    /// First round: a name for each cell, in row order. Cells that a short row lacks get none.
    pub fn name_cells(&mut self, matrix: &ast::Matrix, spelling: Spelling<'_>) -> Vec<Vec<Option<RuleId>>> {
        let names: Vec<Vec<Option<RuleId>>> = self.cell_names(matrix, spelling);
        let rows = matrix.rows.iter().zip(&names).map(|(row, cells)| {
            let mut cells = cells.clone();
            cells.resize(matrix.columns.len(), None);
            let about = vec![BTreeMap::new(); matrix.columns.len()];
            MatrixRow { name: row.name.text.clone(), act: spelling.act(&row.act), cells, about }
        });
        let rows = rows.collect();
        self.model.matrices.push(Matrix {
            name: matrix.name.text.clone(),
            title: matrix.title.text.clone(),
            columns: matrix.columns.iter().map(|c| c.name.text.clone()).collect(),
            rows,
        });
        names
    }

    fn cell_names(&mut self, matrix: &ast::Matrix, spelling: Spelling<'_>) -> Vec<Vec<Option<RuleId>>> {
        matrix
            .rows
            .iter()
            .map(|row| {
                if row.cells.len() != matrix.columns.len() {
                    self.report(
                        Diagnostic::error(
                            "B0121",
                            row.name.span,
                            format!(
                                "row `{}` has {} for {}",
                                row.name.text,
                                counted(row.cells.len(), "cell"),
                                counted(matrix.columns.len(), "column"),
                            ),
                        )
                        .label("count the bars of this row")
                        .related(
                            matrix.name.span,
                            format!("this table has {}", counted(matrix.columns.len(), "column")),
                        )
                        .help("give each column one cell, separated by `|`"),
                    );
                }
                matrix
                    .columns
                    .iter()
                    .zip(&row.cells)
                    .map(|(column, cell)| {
                        let name = ast::Name {
                            text: format!("{}-{}-{}", matrix.name.text, row.name.text, column.name.text),
                            ..row.name.clone()
                        };
                        let who = spelling.who(&column.who);
                        let (act, cell_words) = (spelling.act(&row.act), cell_words(cell, spelling));
                        let modal = match cell {
                            Cell::No(_) => "must not",
                            Cell::Yes(_) => "may",
                            Cell::Only(..) => "may",
                            Cell::If(c, _) if c.approved.is_some() || c.provided.is_some() => "may only",
                            Cell::If(..) => "may",
                        };
                        let sentence = format!("{} {modal} {act}{cell_words}.", capitalised(&who));
                        let id = self.name_rule(&name, &row.cites, sentence)?;
                        self.borne_by(id, who);
                        Some(id)
                    })
                    .collect()
            })
            .collect()
    }

    /// Second round: what the cells say.
    pub fn cells(&mut self, matrix: &ast::Matrix, names: &[Vec<Option<RuleId>>], instrument: usize) {
        let (Some(subject), Some(act_fact)) = (self.model.subject, self.model.act) else { return };
        for (place, (row, names)) in matrix.rows.iter().zip(names).enumerate() {
            self.about(matrix, place, subject, act_fact);
            for ((column, cell), name) in matrix.columns.iter().zip(&row.cells).zip(names) {
                let Some(id) = *name else { continue };
                let who = self.who(subject, &column.who);
                let (modal, words, clauses, span) = match cell {
                    Cell::Yes(span) => (Modal::May, None, Clauses::default(), *span),
                    Cell::No(span) => (Modal::MustNot, None, Clauses::default(), *span),
                    Cell::Only(phrase, span) => (Modal::May, Some(phrase), Clauses::default(), *span),
                    Cell::If(clauses, span) => {
                        let priced = clauses.approved.is_some() || clauses.provided.is_some();
                        (if priced { Modal::MayOnly } else { Modal::May }, None, (**clauses).clone(), *span)
                    }
                };
                let mut phrase: Phrase = row.act.clone();
                phrase.words.extend(words.into_iter().flat_map(|w| w.words.iter().cloned()));
                let Some(act) = self.phrase(&phrase) else { break };
                let frame = Condition::All(vec![who, act.frame_condition(act_fact)]);
                self.norms(id, instrument, modal, span, frame, act.only(), &clauses);
            }
        }
    }
}

impl Scope {
    /// Notes what each cell of a row is about, so that the row can be asked as a question. What a gap leaves to a
    /// parameter is not said.
    fn about(&mut self, matrix: &ast::Matrix, row: usize, subject: FactId, act_fact: FactId) {
        let messages = self.messages.mark();
        let Some(act) = matrix.rows.get(row).and_then(|row| self.phrase(&row.act)) else {
            // The cells of the row say what is wrong with it.
            self.messages.forget(messages);
            return;
        };
        let mut gaps: BTreeMap<FactId, Stated> = BTreeMap::from([(act_fact, among(act.acts))]);
        for gap in act.gaps {
            if let Condition::In(fact, values) = gap.condition {
                gaps.insert(fact, among(values));
            }
        }
        let place = self.model.matrices.iter().position(|m| m.name == matrix.name.text);
        for (column, asked) in matrix.columns.iter().enumerate() {
            let mut about = gaps.clone();
            let all = (0..self.model.width(subject)).map(crate::names::to_value);
            let who = match self.who(subject, &asked.who) {
                Condition::In(fact, values) if fact == subject => values,
                Condition::Not(inner) => match *inner {
                    Condition::In(fact, out) if fact == subject => all.filter(|v| !out.contains(v)).collect(),
                    _ => Vec::new(),
                },
                _ => Vec::new(),
            };
            if !who.is_empty() {
                about.insert(subject, among(who));
            }
            let rows = place.and_then(|p| self.model.matrices.get_mut(p)).map(|m| &mut m.rows);
            if let Some(slot) = rows.and_then(|rows| rows.get_mut(row)).and_then(|r| r.about.get_mut(column))
            {
                *slot = about;
            }
        }
        self.messages.forget(messages);
    }
}

/// What a cell adds to the act of its row.
fn cell_words(cell: &Cell, spelling: Spelling<'_>) -> String {
    match cell {
        Cell::Yes(_) | Cell::No(_) => String::new(),
        Cell::Only(phrase, _) => format!(" {}", spelling.act(phrase)),
        Cell::If(clauses, _) => format!(" {}", spelling.clauses(clauses)),
    }
}

fn among(values: Vec<ValueId>) -> Stated {
    match values.as_slice() {
        [one] => Stated::Value(*one),
        _ => Stated::Among { values, ordinarily: Vec::new() },
    }
}

fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
