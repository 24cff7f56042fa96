//! What is wrong with a policy as a policy, put into words.

use crate::conformance::conformance;
use crate::lints::{lints, swallowed};
use crate::readings::readings;
use crate::side_by_side;
use crate::testing::joined;
use byelaw_data::{Date, FactId, Minute, RuleId, ValueId};
use byelaw_diagnostic::{Diagnostic, Finding, Severity};
use byelaw_hir::{Input, Kind, Model};
use byelaw_ir::{ON, Program, TOLD_FROM};
use byelaw_symbolic::{Clash, Instance, Witness, clashes, reconciling};
use std::collections::BTreeSet;

mod exceptions;
mod gaps;
mod idle;
mod matrices;
mod regions;
mod shown;

pub use gaps::silences;

/// Messages about what is wrong with a policy as a policy, contradictions that nobody settled first, and then its lints.
pub(crate) fn findings(files: &[Input<'_>], model: &Model, program: &Program) -> Vec<Diagnostic> {
    // Two cells of one matrix have a message of their own.
    let table = |rule: RuleId| {
        let has = |m: &byelaw_hir::Matrix| m.rows.iter().any(|row| row.cells.contains(&Some(rule)));
        model.matrices.iter().position(has)
    };
    let in_one_table = |c: &Clash| table(c.promising).is_some() && table(c.promising) == table(c.restricting);
    let beside_idle = || {
        let swallowed = swallowed(model, program);
        let mut others = exceptions::findings(model, program);
        others.extend(readings(model, program));
        others.extend(conformance(model));
        let lints = lints(files, model, program, &swallowed);
        let swallowed: BTreeSet<RuleId> = swallowed.into_iter().map(|one| one.rule).collect();
        (clashes(program), matrices::findings(model, program), swallowed, others, lints)
    };
    let ((pairs, in_tables, swallowed, others, lints), idle) =
        side_by_side::both(beside_idle, || idle::all(program));
    let told: Vec<&Clash> = pairs.iter().filter(|c| !in_one_table(c)).collect();
    let tell = |place: usize| clash(model, program, told[place], place < EXAMPLES);
    let mut found = side_by_side::each(told.len(), tell);
    found.extend(in_tables);
    found.extend(idle::findings(model, program, &idle, &pairs, &swallowed));
    found.extend(others);
    // What a policy with errors leaves out would look unused.
    if !found.iter().any(Diagnostic::is_error) {
        found.extend(lints);
    }
    found
}

/// How many contradictions have an example to paste, the weightiest first. Nobody reads hundreds of them, and to make one
/// as short as it can be takes longer than to find it; the others have the situation in words.
const EXAMPLES: usize = 100;

/// The message about one contradiction; an example to paste with it if `pasted`.
fn clash(model: &Model, program: &Program, clash: &Clash, pasted: bool) -> Diagnostic {
    let rule = |id: RuleId| &model.names[id.place()];
    let (promise, limit) = (rule(clash.promising), rule(clash.restricting));
    let acts: Vec<&str> = clash
        .acts
        .iter()
        .filter_map(|a| program.names.acts.get(usize::from(a.0)))
        .map(|a| a.word.name.as_str())
        .collect();
    let share = match clash.share {
        0 => format!("`{}` gives way only where something presumed is otherwise", promise.name),
        1000 => format!("`{}` leaves nothing of `{}` to those it is about", limit.name, promise.name),
        share => format!("`{}` loses {} % of what it grants", promise.name, u32::from(share).div_ceil(10)),
    };
    let severity = if clash.share >= TOLD_FROM { Severity::Warning } else { Severity::Note };
    let witness = witness_in_words(model, program, &clash.witness);
    let mut diagnostic = Diagnostic::new(
        "B0201",
        severity,
        Some(promise.span),
        format!("`{}` and `{}` contradict each other about {}: {share}", promise.name, limit.name, acts.join(", ")),
    )
    .label(promise.sentence.clone())
    .related(limit.span, limit.sentence.clone())
    .help(format!(
        "if one is the exception, say `despite` in it; if `{}` is not meant for such cases, take them out of it with `unless ...`",
        promise.name
    ))
    .help(format!(
        "if the document itself says both, decide with `settle {0} against {1}: ... prevails because \"...\".`; until then the stricter one holds, and the answer says so",
        promise.name, limit.name
    ));
    let region = regions::words(model, program, &clash.region).join(" and ");
    if !region.is_empty() {
        let elsewhere = if clash.elsewhere { ", and elsewhere" } else { "" };
        diagnostic = diagnostic.note(format!("they meet when {region}{elsewhere}"));
    }
    let pasted = (pasted && clash.share >= TOLD_FROM).then(|| {
        let title = format!("B0201: {} and {}", promise.name, limit.name);
        let instance = Instance { act: clash.act, situation: clash.witness.situation.clone() };
        shown::example(model, program, &title, &instance)
    });
    let pasted = pasted.flatten();
    if pasted.is_none() && !witness.is_empty() {
        diagnostic = diagnostic.note(format!("for instance: {}", witness.join(", ")));
    }
    if clash.share >= TOLD_FROM {
        for found in reconciling(program, clash) {
            let name = &model.fact(found.parameter).word.name;
            let values: Vec<String> = found
                .values
                .iter()
                .flat_map(|v| in_words(model, program, &[(found.parameter, *v)]))
                .collect();
            diagnostic = diagnostic.note(if values.is_empty() {
                format!("whatever `{name}` is set to, they contradict each other")
            } else {
                format!("they do not contradict each other with {}", joined(&values, "or"))
            });
        }
    }
    let cited: BTreeSet<usize> = promise.cites.iter().chain(&limit.cites).copied().collect();
    diagnostic.finding(Finding {
        clauses: cited.iter().filter_map(|c| idle::clause(model, *c)).collect(),
        witness: pasted.unwrap_or_else(|| witness.join(", ")),
        region: if region.is_empty() { Vec::new() } else { vec![region] },
        share: Some(clash.share),
        ..Finding::about([promise.name.clone(), limit.name.clone()])
    })
}

/// A witness in the words of the vocabulary, its date and time as its moment has them.
fn witness_in_words(model: &Model, program: &Program, witness: &Witness) -> Vec<String> {
    let told = |(fact, value): &(FactId, ValueId)| {
        let part = witness.moment.and_then(|(date, minute)| match model.fact(*fact).kind {
            Kind::Date if *fact == ON => Some(date.to_string()),
            Kind::Time => Some(minute.to_string()),
            _ => None,
        });
        match part {
            Some(part) => format!("{} {part}", model.fact(*fact).word.name),
            None => value_in_words(model, program, *fact, *value),
        }
    };
    witness.facts.iter().map(told).collect()
}

/// Facts with their values in the words of the vocabulary; of several numbers or days the first.
pub(crate) fn in_words(model: &Model, program: &Program, facts: &[(FactId, ValueId)]) -> Vec<String> {
    facts.iter().map(|(fact, value)| value_in_words(model, program, *fact, *value)).collect()
}

fn value_in_words(model: &Model, program: &Program, fact: FactId, value: ValueId) -> String {
    let name = &program.names.facts[usize::from(fact.0)].word.name;
    if let Some(word) = model.value(fact, value) {
        return format!("{name} {word}");
    }
    let first = program.facts[usize::from(fact.0)].domain.range(value).map(|(low, _)| low);
    let shown = match (first, &model.fact(fact).kind) {
        (Some(low), Kind::Date) => Date::from_days(low).map(|d| d.to_string()),
        (Some(low), Kind::Time) => u16::try_from(low).ok().and_then(Minute::new).map(|m| m.to_string()),
        (low, _) => low.map(|low| low.to_string()),
    };
    shown.map_or_else(|| name.clone(), |shown| format!("{name} {shown}"))
}
