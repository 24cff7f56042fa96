//! What is wrong with a policy as a policy, put into words.

use crate::conformance::conformance;
use crate::readings::readings;
use byelaw_data::{FactId, ValueId};
use byelaw_diagnostic::{Diagnostic, Severity};
use byelaw_hir::Model;
use byelaw_ir::Program;
use byelaw_symbolic::{Clash, clashes};

mod matrices;

/// Messages about contradictions that nobody settled, the weightiest first.
pub(crate) fn findings(model: &Model, program: &Program) -> Vec<Diagnostic> {
    // Two cells of one matrix have a message of their own.
    let table = |rule: byelaw_data::RuleId| {
        let has = |m: &byelaw_hir::Matrix| m.rows.iter().any(|row| row.cells.contains(&Some(rule)));
        model.matrices.iter().position(has)
    };
    let in_one_table = |c: &Clash| table(c.promising).is_some() && table(c.promising) == table(c.restricting);
    let pairs = clashes(program);
    let told = pairs.iter().filter(|c| !in_one_table(c));
    let mut found: Vec<Diagnostic> = told.map(|c| clash(model, program, c)).collect();
    found.extend(matrices::findings(model, program));
    found.extend(readings(model, program));
    found.extend(conformance(model));
    found
}

fn clash(model: &Model, program: &Program, clash: &Clash) -> Diagnostic {
    let rule = |id: byelaw_data::RuleId| &model.names[usize::from(id.0)];
    let (promise, limit) = (rule(clash.promising), rule(clash.restricting));
    let acts: Vec<&str> = clash
        .acts
        .iter()
        .filter_map(|a| program.names.acts.get(usize::from(a.0)))
        .map(|a| a.word.name.as_str())
        .collect();
    let share = match clash.share {
        0 => format!("`{}` gives way only where something presumed is otherwise", promise.name),
        1000 => format!("`{}` never takes effect", promise.name),
        share => format!("`{}` loses {} % of what it grants", promise.name, u32::from(share).div_ceil(10)),
    };
    let severity = if clash.share >= 500 { Severity::Warning } else { Severity::Note };
    let witness = in_words(model, program, &clash.witness);
    let mut diagnostic = Diagnostic::new(
        "B0201",
        severity,
        Some(promise.span),
        format!("`{}` and `{}` contradict each other about {}: {share}", promise.name, limit.name, acts.join(", ")),
    )
    .label(promise.sentence.clone())
    .related(limit.span, limit.sentence.clone())
    .help(format!(
        "if one is the exception, say `despite` in it; else `settle {0} against {1}: ... prevails because \"...\".`; until then the stricter one holds, and the answer says so",
        promise.name, limit.name
    ));
    if !witness.is_empty() {
        diagnostic = diagnostic.note(format!("for instance: {}", witness.join(", ")));
    }
    diagnostic
}

/// A witness in the words of the vocabulary.
pub(crate) fn in_words(model: &Model, program: &Program, witness: &[(FactId, ValueId)]) -> Vec<String> {
    let in_words = |(fact, value): &(FactId, ValueId)| {
        let name = &program.names.facts[usize::from(fact.0)].word.name;
        if let Some(word) = model.values(*fact).get(usize::from(value.0)) {
            return format!("{name} {}", word.name);
        }
        match program.facts[usize::from(fact.0)].domain.range(*value) {
            Some((low, _)) if model.fact(*fact).kind == byelaw_hir::Kind::Date => {
                let day = byelaw_data::Date::from_days(low).map(|d| d.to_string()).unwrap_or_default();
                format!("{name} {day}")
            }
            Some((low, _)) => format!("{name} {low}"),
            None => name.clone(),
        }
    };
    witness.iter().map(in_words).collect()
}
