//! A matrix as the policy decides it on a day: each cell asked as a question, never copied from the table.

mod days;
mod told;

use byelaw_data::{Date, Decision, FactId, Map, Outcome, Question, RuleId, Stated, ValueId};
use byelaw_hir::{Matrix, Model};
use byelaw_ir::Program;
use std::collections::{BTreeMap, BTreeSet};

pub use days::{MatricesOfAllDays, MatricesOfDays, matrices_of_all_days};
pub use told::{
    MatricesReport, MatrixCellReport, MatrixCiteReport, MatrixReport, MatrixRowReport, MatrixRuleReport,
    cell_in_words, matrices_report, outcome_in_a_cell,
};

/// A matrix with the decision for each cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedMatrix {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<DecidedRow>,
}

/// A row with its decisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedRow {
    /// Its name.
    pub name: String,
    /// The act, as written.
    pub act: String,
    /// The cells, in the order of the columns.
    pub cells: Vec<DecidedCell>,
}

/// What holds for one act and one column, whoever of the column asks and whatever else is so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedCell {
    /// The rule that the cell of the table is.
    pub rule: Option<RuleId>,
    /// What a question can state of it by name: each fact that has one value, or the values of one named group.
    pub facts: BTreeMap<String, String>,
    /// The answer for each act of the row; more than one only where the row has several.
    pub decisions: Vec<Decision>,
    /// The outcomes of the table alone, without the rest of the policy.
    pub alone: BTreeSet<Outcome>,
    /// Rules outside the table that make the answer another one than the table alone gives.
    pub changed_by: Vec<RuleId>,
}

impl DecidedCell {
    /// The outcomes that some case of the cell can have.
    pub fn possible(&self) -> BTreeSet<Outcome> {
        self.decisions.iter().flat_map(|d| d.possible.iter().copied()).collect()
    }
}

/// Asks every cell of every matrix of a policy, for conduct on a day. What is presumed is presumed.
pub fn matrices(model: &Model, program: &Program, on: Date) -> Vec<DecidedMatrix> {
    model.matrices.iter().map(|matrix| decided(model, program, matrix, on)).collect()
}

fn decided(model: &Model, program: &Program, matrix: &Matrix, on: Date) -> DecidedMatrix {
    let cells: BTreeSet<RuleId> =
        matrix.rows.iter().flat_map(|row| row.cells.iter().flatten().copied()).collect();
    let alone = alone(model, &cells);
    let rows = matrix.rows.iter().map(|row| DecidedRow {
        name: row.name.clone(),
        act: row.act.clone(),
        cells: row
            .cells
            .iter()
            .zip(&row.about)
            .map(|(rule, about)| {
                let questions = questions(model, about, on);
                let decisions = ask(program, &questions);
                let table = alone.as_ref().map(|program| ask(program, &questions)).unwrap_or_default();
                let gist = |all: &[Decision]| {
                    let needs = |d: &Decision| (d.needs.facts.clone(), d.needs.open.clone());
                    let gist = |d: &Decision| (d.possible.clone(), d.ways.clone(), needs(d));
                    all.iter().map(gist).collect::<Vec<_>>()
                };
                let changed_by =
                    if gist(&decisions) == gist(&table) { Vec::new() } else { others(&decisions, &cells) };
                let alone = table.iter().flat_map(|d| d.possible.iter().copied()).collect();
                DecidedCell { rule: *rule, facts: stated(model, about), decisions, alone, changed_by }
            })
            .collect(),
    });
    DecidedMatrix {
        name: matrix.name.clone(),
        title: matrix.title.clone(),
        rows: rows.collect(),
        columns: matrix.columns.clone(),
    }
}

/// The policy with the rules of the table alone; `None` if it cannot be compiled.
fn alone(model: &Model, cells: &BTreeSet<RuleId>) -> Option<Program> {
    let kept: Vec<usize> = (0..model.norms.len()).filter(|n| cells.contains(&model.norms[*n].rule)).collect();
    let place = |old: &usize| kept.iter().position(|n| n == old);
    let table = Model {
        norms: kept.iter().map(|n| model.norms[*n].clone()).collect(),
        precedence: model.precedence.iter().filter_map(|(a, b)| Some((place(a)?, place(b)?))).collect(),
        ..model.clone()
    };
    byelaw_compiler::lower(&table).ok()
}

/// One question for each act of the row.
fn questions(model: &Model, about: &BTreeMap<FactId, Stated>, on: Date) -> Vec<Question> {
    let Some(act) = model.act else { return Vec::new() };
    let acts = match about.get(&act) {
        Some(Stated::Value(one)) => vec![*one],
        Some(Stated::Among { values, .. }) => values.clone(),
        _ => Vec::new(),
    };
    let question = |one| {
        let mut facts: Map<_, _> = about.iter().map(|(fact, stated)| (*fact, stated.clone())).collect();
        facts.insert(act, Stated::Value(one));
        Question { on: Some(on), facts, assume: true, ..Question::default() }
    };
    acts.into_iter().map(question).collect()
}

/// What a question can state of a cell by name. What it cannot is left for whoever asks to say.
fn stated(model: &Model, about: &BTreeMap<FactId, Stated>) -> BTreeMap<String, String> {
    let value = |fact: FactId, value: ValueId| model.value(fact, value).map(str::to_owned);
    let of = |(id, stated): (&FactId, &Stated)| {
        let fact = model.facts.get(usize::from(id.0)).filter(|f| f.member_of.is_none())?;
        let said = match stated {
            Stated::Value(one) => value(*id, *one)?,
            Stated::Among { values, .. } => {
                fact.groups.iter().find(|g| g.members == *values).map(|g| g.word.name.clone())?
            }
            Stated::Unknown | Stated::AllOf(_) | Stated::Number(_) => return None,
        };
        Some((fact.word.name.clone(), said))
    };
    about.iter().filter_map(of).collect()
}

fn ask(program: &Program, questions: &[Question]) -> Vec<Decision> {
    questions.iter().filter_map(|question| byelaw_question::decide(program, question)).collect()
}

/// The rules outside the table on which the decisions rest.
fn others(decisions: &[Decision], cells: &BTreeSet<RuleId>) -> Vec<RuleId> {
    let deciding = decisions
        .iter()
        .flat_map(|d| d.because.iter().map(|b| b.rule).chain(d.defeated.iter().map(|d| d.by)));
    let found: BTreeSet<RuleId> = deciding.filter(|rule| !cells.contains(rule)).collect();
    found.into_iter().collect()
}
