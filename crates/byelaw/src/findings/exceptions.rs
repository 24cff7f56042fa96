//! Exceptions that never set anything aside, put into words.

use byelaw_diagnostic::{Diagnostic, Finding};
use byelaw_hir::{Exception, Model};
use byelaw_ir::Program;
use byelaw_symbolic::idle_exceptions;

/// Messages about `despite` and `settle` between rules that never hold at once.
pub(super) fn findings(model: &Model, program: &Program) -> Vec<Diagnostic> {
    let pairs: Vec<_> = model.exceptions.iter().map(|e| (e.stronger, e.weaker)).collect();
    let idle = idle_exceptions(program, &pairs);
    let stale = model.exceptions.iter().filter(|e| idle.contains(&(e.stronger, e.weaker)));
    stale.map(|exception| message(model, exception)).collect()
}

fn message(model: &Model, exception: &Exception) -> Diagnostic {
    let name = |rule: byelaw_data::RuleId| &model.names[rule.place()];
    let (stronger, weaker) = (name(exception.stronger), name(exception.weaker));
    let settled =
        model.settlements.iter().any(|s| s.prevails == exception.stronger && s.yields == exception.weaker);
    let word = if settled { "settle" } else { "despite" };
    let message =
        format!("`{}` is put before `{}`, and the two never hold at once", stronger.name, weaker.name);
    Diagnostic::warning("B0226", exception.span, message)
        .label("sets nothing aside")
        .related(stronger.span, stronger.sentence.clone())
        .related(weaker.span, weaker.sentence.clone())
        .help(format!(
            "mend the rule that no longer reaches the situations that were meant, or take the `{word}` away"
        ))
        .finding(Finding::about([stronger.name.clone(), weaker.name.clone()]))
}
