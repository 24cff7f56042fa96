//! Tables of examples: each row is an example of its own, with all that the rows share.

use crate::hir::{Example, Kind};
use crate::mistaken::declared;
use crate::names::Scope;
use crate::vocabulary::date;
use byelaw_data::{Date, FactId, Question, Stated};
use byelaw_diagnostic::Diagnostic;
use byelaw_syntax::ast::{self, TableCell, TableColumn};

/// A column with its name looked up.
enum Column {
    /// The date of the question.
    On,
    Fact(FactId),
    /// Approvals given, or refused.
    Approvals(bool),
    /// What will be done, or will not.
    Promises(bool),
}

impl Scope {
    /// Adds the examples of a table. `on` is the day for those that name none.
    pub fn table(&mut self, table: &ast::Table, on: Option<Date>) {
        let Some(columns) = self.columns(table) else { return };
        let act = columns.iter().find_map(|c| match c {
            Column::Fact(fact) if Some(*fact) == self.model.act => Some(*fact),
            _ => None,
        });
        let Some(shared) = self.case(&table.case, on, act) else { return };
        if !self.said_once(table, &columns, &shared) {
            return;
        }
        for row in &table.rows {
            if row.cells.len() != columns.len() {
                self.report(
                    Diagnostic::error(
                        "B0181",
                        row.name.span(),
                        format!(
                            "row `{}` has {} before its outcome for {}",
                            row.name.text(),
                            counted(row.cells.len(), "cell"),
                            counted(columns.len(), "column"),
                        ),
                    )
                    .label("count the bars of this row")
                    .help("give each column one cell, separated by `|`, and the outcome after the last; an empty cell says nothing"),
                );
                continue;
            }
            let mut question = shared.clone();
            for (column, cell) in columns.iter().zip(&row.cells) {
                self.cell(&mut question, column, cell);
            }
            if let Some(act) = act
                && !matches!(question.facts.get(&act), Some(Stated::Value(_)))
            {
                self.report(
                    Diagnostic::error(
                        "B0116",
                        row.name.span(),
                        "this row does not say which act it asks about",
                    )
                    .help("name one act in its cell"),
                );
                continue;
            }
            let Some(expect) = self.expectation(&row.expect) else { continue };
            self.model.examples.push(Example {
                title: format!("{}: {}", table.case.title.text, row.name.text()),
                question,
                expect,
                span: row.name.span(),
            });
        }
    }

    fn columns(&mut self, table: &ast::Table) -> Option<Vec<Column>> {
        let on = self.model.facts.first().map(|f| f.word.name.clone());
        let mut columns = Vec::new();
        for column in &table.columns {
            columns.push(match column {
                TableColumn::Approved(_) => Column::Approvals(true),
                TableColumn::Refused(_) => Column::Approvals(false),
                TableColumn::Will(_) => Column::Promises(true),
                TableColumn::WillNot(_) => Column::Promises(false),
                TableColumn::Fact(name) if Some(&name.text) == on.as_ref() => Column::On,
                TableColumn::Fact(name) => Column::Fact(self.fact(name)?),
            });
        }
        Some(columns)
    }

    /// Whether no fact is said in two columns, or in a column and in the sentence before them.
    fn said_once(&mut self, table: &ast::Table, columns: &[Column], shared: &Question) -> bool {
        let mut seen: Vec<FactId> = Vec::new();
        let mut fine = true;
        for (column, written) in columns.iter().zip(&table.columns) {
            let (fact, before) = match column {
                Column::On => (crate::ON, table.case.on.is_some()),
                Column::Fact(fact) => {
                    let said = match &self.model.fact(*fact).kind {
                        Kind::SomeOf { members, .. } => members.iter().any(|m| shared.facts.contains_key(m)),
                        _ => shared.facts.contains_key(fact),
                    };
                    (*fact, said)
                }
                Column::Approvals(_) | Column::Promises(_) => continue,
            };
            let twice = seen.contains(&fact);
            if twice || before {
                let name = self.model.fact(fact).word.name.clone();
                let also = if twice { "in another column" } else { "before the columns" };
                self.report(
                    Diagnostic::error("B0182", written.span(), format!("`{name}` is also said {also}"))
                    .label("which of the two counts?")
                    .help(
                        "say it once: in its column if it differs from row to row, else before the columns",
                    ),
                );
                fine = false;
            }
            seen.push(fact);
        }
        fine
    }

    fn cell(&mut self, question: &mut Question, column: &Column, cell: &TableCell) {
        match (column, cell) {
            (_, TableCell::Empty) => {}
            (Column::On, TableCell::Date(literal)) => question.on = date(self, literal),
            (Column::Fact(fact), TableCell::Date(literal)) if self.model.fact(*fact).kind == Kind::Date => {
                if let Some(day) = date(self, literal) {
                    question.facts.insert(*fact, Stated::Number(day.days()));
                }
            }
            (Column::Approvals(granted), TableCell::Names(names)) => self.given(question, names, *granted),
            (Column::Promises(kept), TableCell::Names(names)) => self.promised(question, names, *kept),
            (Column::Fact(fact), TableCell::Names(names)) => self.fact_cell(question, *fact, names),
            (column, TableCell::Date(literal)) => {
                let written = format!("{:04}-{:02}-{:02}", literal.year, literal.month, literal.day);
                let message = format!("`{written}` is a date, and this column holds none");
                let diagnostic = Diagnostic::error("B0107", literal.span, message);
                let Column::Fact(id) = column else {
                    self.report(
                        diagnostic.help("write names here, joined by `and`, or leave the cell empty"),
                    );
                    return;
                };
                let fact = self.model.fact(*id);
                let at = fact.word.span;
                let diagnostic = diagnostic
                    .label(format!("`{}` is {}", fact.word.name, self.described(*id)))
                    .help("write a value of the fact that the column is named after");
                self.report(declared(diagnostic, at));
            }
            (Column::On, TableCell::Names(names)) => {
                for name in names.iter().take(1) {
                    self.report(
                        Diagnostic::error("B0107", name.span, format!("`{}` is not a date", name.text))
                            .label("this column is the date of the question")
                            .help("write the day, for instance `2020-03-23`, or leave the cell empty"),
                    );
                }
            }
        }
    }

    fn fact_cell(&mut self, question: &mut Question, fact: FactId, names: &[ast::Name]) {
        let Some(span) = names.iter().map(|n| n.span).reduce(byelaw_diagnostic::Span::to) else { return };
        let this = self.model.fact(fact);
        let word = this.word.name.clone();
        match this.kind {
            Kind::Number { from, to, .. } => match names {
                [one] => match one.text.parse::<i64>() {
                    Ok(number) if from <= number && number <= to => {
                        question.facts.insert(fact, Stated::Number(number));
                    }
                    Ok(number) => self.outside(span, &number.to_string(), fact),
                    Err(_) => self.unknown_value(fact, one),
                },
                _ => self.report(
                    Diagnostic::error("B0116", span, format!("an example states one value of `{word}`"))
                        .label("more than one")
                        .help("write one row for each number"),
                ),
            },
            _ => self.state_names(question, fact, names, false, span),
        }
    }
}

fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}
