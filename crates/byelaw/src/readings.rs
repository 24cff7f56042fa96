//! Sentences that can be read in more than one way and that nobody settled: which acts that changes.

use byelaw_data::{FactId, Question, Stated, ValueId};
use byelaw_diagnostic::{Diagnostic, Severity};
use byelaw_hir::Model;
use byelaw_ir::Program;

/// What reading a sentence one way or another does to an act.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effect {
    None,
    Changes,
    /// So much is unknown that this was not found out.
    Unknown,
}

/// One message for each reading that is not settled.
pub(crate) fn readings(model: &Model, program: &Program) -> Vec<Diagnostic> {
    let open = model.readings.iter().filter(|(f, _)| model.fact(**f).taken_as.is_none());
    open.map(|(fact, clause)| {
        let fact_of = model.fact(*fact);
        let acts = |wanted: Effect| -> Vec<&str> {
            let all = program.names.acts.iter().enumerate();
            all.filter(|(place, _)| effect(program, *place, *fact) == wanted)
                .map(|(_, a)| a.word.name.as_str())
                .collect()
        };
        let (changed, unknown) = (acts(Effect::Changes), acts(Effect::Unknown));
        let clause = model.clauses.get(*clause);
        let place = clause.map(|c| format!("{}/{}", model.documents[c.document].name, c.name));
        let what = match (changed.is_empty(), unknown.is_empty()) {
            (true, true) => "no answer depends on it".to_owned(),
            (false, _) => format!("it changes what holds for {}", changed.join(", ")),
            (true, false) => {
                format!("whether it changes anything for {} was not found out", unknown.join(", "))
            }
        };
        let quiet = changed.is_empty() && unknown.is_empty();
        let names: Vec<String> = model.values(*fact).into_iter().map(|w| format!("`{}`", w.name)).collect();
        Diagnostic::new(
            "B0190",
            if quiet { Severity::Note } else { Severity::Warning },
            fact_of.word.span,
            format!(
                "nobody has settled how to read {} (`{}`): {what}",
                place.unwrap_or_default(),
                fact_of.word.name
            ),
        )
        .note(format!("it can be read as {}; until it is settled, the strictest applies", names.join(" or ")))
        .help(format!(
            "ask whose policy it is, and then write `set {} to ... because \"...\".`",
            fact_of.word.name
        ))
    })
    .collect()
}

/// Asks about the act with nothing known and nothing presumed: a reading that makes a difference is then told.
fn effect(program: &Program, act: usize, reading: FactId) -> Effect {
    let mentioned = program.slices.get(act).is_some_and(|s| s.facts.iter().any(|f| f.fact == reading));
    let Some(act) = u16::try_from(act).ok().map(ValueId).filter(|_| mentioned) else { return Effect::None };
    let mut question = Question::default();
    question.facts.insert(program.act, Stated::Value(act));
    match byelaw_question::decide(program, &question) {
        Some(d) if d.readings.iter().any(|r| r.reading == reading) => Effect::Changes,
        Some(d) if !d.exact || !d.all_reasons => Effect::Unknown,
        _ => Effect::None,
    }
}
