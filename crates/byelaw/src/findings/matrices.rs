//! A matrix answers each question of a column in one row (semantics T22): rows that meet are reported.

use super::witness_in_words;
use byelaw_data::RuleId;
use byelaw_diagnostic::Diagnostic;
use byelaw_hir::{Matrix, Model};
use byelaw_ir::Program;
use byelaw_symbolic::meetings;

/// Messages about cells of one column that speak about the same situation.
pub(super) fn findings(model: &Model, program: &Program) -> Vec<Diagnostic> {
    model.matrices.iter().flat_map(|matrix| of(model, program, matrix)).collect()
}

fn of(model: &Model, program: &Program, matrix: &Matrix) -> Vec<Diagnostic> {
    let mut pairs: Vec<(RuleId, RuleId)> = Vec::new();
    for column in 0..matrix.columns.len() {
        let cells: Vec<RuleId> =
            matrix.rows.iter().filter_map(|row| row.cells.get(column).copied().flatten()).collect();
        for (place, first) in cells.iter().enumerate() {
            pairs.extend(cells.iter().skip(place + 1).map(|second| (*first, *second)));
        }
    }
    // What both cells say of all they meet in is the same if they are the same kind of norm at the same price.
    let says = |rule: RuleId| {
        let norms = model.norms.iter().filter(|norm| norm.rule == rule);
        norms.map(|norm| (norm.kind, norm.price.clone())).collect::<Vec<_>>()
    };
    let mut told: Vec<(String, String)> = Vec::new();
    let mut found = Vec::new();
    for meeting in meetings(program, &pairs).into_iter().filter(|m| says(m.first) != says(m.second)) {
        let (first, second) = (&model.names[meeting.first.place()], &model.names[meeting.second.place()]);
        let row = |rule: RuleId| {
            let row = matrix.rows.iter().find(|row| row.cells.contains(&Some(rule)));
            row.map(|row| row.name.clone()).unwrap_or_default()
        };
        let rows = (row(meeting.first), row(meeting.second));
        if told.contains(&rows) {
            continue;
        }
        let act = program.names.acts.get(usize::from(meeting.act.0)).map_or("", |a| a.word.name.as_str());
        let mut words = vec![act.to_owned()];
        words.extend(witness_in_words(model, program, &meeting.witness));
        found.push(
            Diagnostic::warning(
                "B0132",
                second.span,
                format!(
                    "rows `{}` and `{}` of the matrix `{}` speak about the same case",
                    rows.0, rows.1, matrix.name
                ),
            )
            .label(second.sentence.clone())
            .related(first.span, first.sentence.clone())
            .note("each case of a matrix belongs to one row; where two rows differ, the stricter one holds")
            .note(format!("for instance: {}", words.join(", ")))
            .help("narrow one of the rows, or say in a rule of its own which one is the exception"),
        );
        told.push(rows);
    }
    found
}
