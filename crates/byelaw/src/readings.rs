//! Sentences that can be read in more than one way and that nobody settled: which acts that changes.

use byelaw_data::{FactId, Question, Stated, ValueId};
use byelaw_diagnostic::{Diagnostic, Severity};
use byelaw_hir::Model;
use byelaw_ir::Program;
use std::collections::{BTreeMap, BTreeSet};

/// An act, the open readings that its rules look at, and those that change an answer; `None` if that was not found out.
type Looked<'a> = (&'a str, BTreeSet<FactId>, Option<BTreeSet<FactId>>);

/// One message for each reading that is not settled.
pub(crate) fn readings(model: &Model, program: &Program) -> Vec<Diagnostic> {
    let open: BTreeMap<&FactId, &usize> =
        model.readings.iter().filter(|(f, _)| model.fact(**f).taken_as.is_none()).collect();
    let acts: Vec<Looked<'_>> = program
        .names
        .acts
        .iter()
        .zip(&program.slices)
        .enumerate()
        .filter_map(|(place, (act, slice))| {
            let mentioned: BTreeSet<FactId> =
                slice.facts.iter().map(|f| f.fact).filter(|f| open.contains_key(f)).collect();
            let act = (act.word.name.as_str(), ValueId(u16::try_from(place).ok()?));
            (!mentioned.is_empty()).then(|| (act.0, mentioned, differing(program, act.1)))
        })
        .collect();
    let told = open.into_iter().map(|(fact, clause)| {
        let fact_of = model.fact(*fact);
        let of = |is: &dyn Fn(&Option<BTreeSet<FactId>>) -> bool| -> Vec<&str> {
            let mentioning = acts.iter().filter(|(_, mentioned, _)| mentioned.contains(fact));
            mentioning.filter(|(.., differing)| is(differing)).map(|(act, ..)| *act).collect()
        };
        let changed = of(&|differing| differing.as_ref().is_some_and(|d| d.contains(fact)));
        // So much is unknown that it was not found out.
        let unknown = of(&|differing| differing.is_none());
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
    });
    told.collect()
}

/// The readings that make a difference to an act, with nothing known and nothing presumed.
fn differing(program: &Program, act: ValueId) -> Option<BTreeSet<FactId>> {
    let mut question = Question::default();
    question.facts.insert(program.act, Stated::Value(act));
    byelaw_question::differing_readings(program, &question)
}
