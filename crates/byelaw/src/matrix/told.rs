//! A decided matrix in words, and for programs.

use super::{DecidedCell, DecidedMatrix, matrices};
use byelaw_data::{AtomId, Date, Decision, FactId, Outcome, RuleId};
use byelaw_hir::{Clause, Model};
use byelaw_ir::Program;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What a cell comes to about which no question can be asked, because it cannot be.
const CANNOT_BE: &str = "impossible";

/// The matrices of a policy as it decides them on a day, for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatricesReport {
    /// The matrices, in the order of the policy.
    pub matrices: Vec<MatrixReport>,
    /// The day.
    pub on: String,
    /// The name of the pack.
    pub pack: String,
    /// The version of the shape.
    pub v: u8,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatrixReport {
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Its name.
    pub name: String,
    /// Its rows.
    pub rows: Vec<MatrixRowReport>,
    /// The rules that change cells, by name.
    pub rules: BTreeMap<String, MatrixRuleReport>,
    /// Its title.
    pub title: String,
}

/// A rule outside the table that changes a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatrixRuleReport {
    /// The clauses that it cites.
    pub cites: Vec<MatrixCiteReport>,
    /// Its sentence.
    pub sentence: String,
}

/// A clause that such a rule cites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatrixCiteReport {
    /// Its name within the document.
    pub clause: String,
    /// The document's name.
    pub document: Option<String>,
    /// Where to find it.
    pub locator: String,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatrixRowReport {
    /// The act, as written.
    pub act: String,
    /// The cells, in the order of the columns.
    pub cells: Vec<MatrixCellReport>,
    /// Its name.
    pub row: String,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatrixCellReport {
    /// The approvals of which some answer of the cell speaks.
    pub approvals: BTreeSet<String>,
    /// The rules on which the answer rests.
    pub because: BTreeSet<String>,
    /// Rules outside the table that make the answer another one than the table alone gives.
    pub changed_by: Vec<String>,
    /// The name of its column.
    pub column: String,
    /// What a question can state of the cell: each fact that has one value, or the values of one named group.
    pub facts: BTreeMap<String, String>,
    /// The facts on which the answer hangs.
    pub needs: BTreeSet<String>,
    /// What is left open and matters.
    pub open: BTreeSet<String>,
    /// The outcome; `needs_facts` where there are several, `impossible` where there is none.
    pub outcome: &'static str,
    /// The outcomes that some case of the cell can have.
    pub possible: Vec<&'static str>,
    /// The undertakings of which some answer of the cell speaks.
    pub provided: BTreeSet<String>,
    /// The rule that the cell of the table is.
    pub rule: Option<String>,
    /// The same in a few words.
    pub says: String,
    /// The outcomes of the table alone.
    pub table_alone: Vec<&'static str>,
}

/// The matrices of a policy on a day, for programs: what `byelaw matrix --format json` prints.
pub fn matrices_report(model: &Model, program: &Program, on: Date) -> MatricesReport {
    MatricesReport {
        matrices: matrices(model, program, on).iter().map(|matrix| report(model, matrix)).collect(),
        on: on.to_string(),
        pack: model.name.clone(),
        v: 1,
    }
}

fn report(model: &Model, matrix: &DecidedMatrix) -> MatrixReport {
    let row = |row: &super::DecidedRow| MatrixRowReport {
        act: row.act.clone(),
        cells: row
            .cells
            .iter()
            .zip(&matrix.columns)
            .map(|(cell, column)| of_cell(model, cell, column))
            .collect(),
        row: row.name.clone(),
    };
    MatrixReport {
        columns: matrix.columns.clone(),
        name: matrix.name.clone(),
        rows: matrix.rows.iter().map(row).collect(),
        rules: matrix
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .flat_map(|cell| &cell.changed_by)
            .filter_map(|rule| model.names.get(rule.place()))
            .map(|rule| {
                let cites = rule.cites.iter().filter_map(|place| model.clauses.get(*place));
                let cites = cites.map(|clause| cited(model, clause)).collect();
                (rule.name.clone(), MatrixRuleReport { cites, sentence: rule.sentence.clone() })
            })
            .collect(),
        title: matrix.title.clone(),
    }
}

fn cited(model: &Model, clause: &Clause) -> MatrixCiteReport {
    MatrixCiteReport {
        clause: clause.name.clone(),
        document: model.documents.get(clause.document).map(|d| d.name.clone()),
        locator: clause.locator.clone(),
    }
}

fn of_cell(model: &Model, cell: &DecidedCell, column: &str) -> MatrixCellReport {
    let names = |outcomes: &BTreeSet<Outcome>| outcomes.iter().map(|o| o.name()).collect::<Vec<_>>();
    let facts = |of: fn(&Decision) -> &Vec<FactId>| -> BTreeSet<String> {
        cell.decisions.iter().flat_map(of).map(|f| model.fact_name(*f).to_owned()).collect()
    };
    let rule = |id: &RuleId| model.rule_name(*id).to_owned();
    let possible = cell.possible();
    MatrixCellReport {
        approvals: atoms(model, &cell.decisions, true),
        because: cell.decisions.iter().flat_map(|d| &d.because).map(|b| rule(&b.rule)).collect(),
        changed_by: cell.changed_by.iter().map(rule).collect(),
        column: column.to_owned(),
        facts: cell.facts.clone(),
        needs: facts(|d| &d.needs.facts),
        open: facts(|d| &d.needs.open),
        outcome: match possible.iter().collect::<Vec<_>>().as_slice() {
            [] => CANNOT_BE,
            [one] => one.name(),
            _ => Outcome::NeedsFacts.name(),
        },
        possible: names(&possible),
        provided: atoms(model, &cell.decisions, false),
        rule: cell.rule.as_ref().map(rule),
        says: cell_in_words(model, cell),
        table_alone: names(&cell.alone),
    }
}

/// What a cell comes to, in a few words.
pub fn cell_in_words(model: &Model, cell: &DecidedCell) -> String {
    let mut all: Vec<String> = Vec::new();
    for decision in &cell.decisions {
        let said = said(model, decision);
        if !all.contains(&said) {
            all.push(said);
        }
    }
    if all.is_empty() { "cannot be".to_owned() } else { all.join(" / ") }
}

/// The approvals, or the undertakings, of which the ways of some decisions speak, by name.
fn atoms(model: &Model, decisions: &[Decision], approval: bool) -> BTreeSet<String> {
    let of = |a: &AtomId| model.atoms.get(usize::from(a.0));
    let named = decisions.iter().flat_map(|d| &d.ways).flat_map(|w| &w.atoms).filter_map(of);
    named.filter(|a| a.approval.is_some() == approval).map(|a| a.word.name.clone()).collect()
}

fn said(model: &Model, decision: &Decision) -> String {
    let atoms = |approval: bool| -> Vec<String> {
        atoms(model, std::slice::from_ref(decision), approval).into_iter().collect()
    };
    match decision.outcome {
        Outcome::Permitted if atoms(false).is_empty() => "yes".to_owned(),
        Outcome::Permitted => format!("yes, if they {}", atoms(false).join(" or ")),
        Outcome::NeedsApproval => format!("if approved by {}", atoms(true).join(" or ")),
        Outcome::Forbidden => "no".to_owned(),
        Outcome::NotCovered => "not covered".to_owned(),
        Outcome::NeedsFacts => {
            let facts = decision.needs.facts.iter().chain(&decision.needs.open);
            let facts: Vec<&str> = facts.map(|f| model.fact_name(*f)).collect();
            let possible: Vec<&str> = decision.possible.iter().map(|o| outcome_in_a_cell(*o)).collect();
            format!("{}: {}", possible.join(" or "), facts.join(", "))
        }
    }
}

/// An outcome as short as a table has room for.
pub fn outcome_in_a_cell(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Permitted => "yes",
        Outcome::NeedsApproval => "if approved",
        Outcome::Forbidden => "no",
        Outcome::NotCovered => "not covered",
        Outcome::NeedsFacts => "it depends",
    }
}
