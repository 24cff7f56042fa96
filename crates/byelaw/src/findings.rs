//! What is wrong with a policy as a policy, put into words.

use byelaw_diagnostic::{Diagnostic, Severity};
use byelaw_hir::Model;
use byelaw_ir::Program;
use byelaw_symbolic::{Clash, clashes};

/// Messages about contradictions that nobody settled, the weightiest first.
pub(crate) fn findings(model: &Model, program: &Program) -> Vec<Diagnostic> {
    clashes(program).iter().map(|c| clash(model, program, c)).collect()
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
    let witness: Vec<String> = clash
        .witness
        .iter()
        .map(|(fact, value)| {
            let name = &program.names.facts[usize::from(fact.0)].word.name;
            match model.values(*fact).get(usize::from(value.0)) {
                Some(word) => format!("{name} {}", word.name),
                None => match program.facts[usize::from(fact.0)].domain.range(*value) {
                    Some((low, _)) if model.fact(*fact).kind == byelaw_hir::Kind::Date => {
                        let day =
                            byelaw_data::Date::from_days(low).map(|d| d.to_string()).unwrap_or_default();
                        format!("{name} {day}")
                    }
                    Some((low, _)) => format!("{name} {low}"),
                    None => name.clone(),
                },
            }
        })
        .collect();
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
