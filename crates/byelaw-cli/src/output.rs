//! Messages on standard error, and their JSON form.

use crate::End;
use byelaw::Compiled;
use byelaw::diagnostic::{Diagnostic, Severity, Source, Span, place, render_text};
use serde_json::{Value, json};

/// Prints errors and warnings for people; notes only if asked for.
pub(crate) fn diagnostics(compiled: &Compiled, notes: bool) {
    for diagnostic in compiled.diagnostics.iter().filter(|d| notes || d.severity != Severity::Note) {
        eprintln!("{}", render_text(diagnostic, &compiled.sources));
    }
}

/// Says why nothing could be done.
pub(crate) fn unusable(why: &str) -> End {
    eprintln!("error: {why}");
    End::Unusable
}

/// A message for programs.
pub(crate) fn diagnostic_json(diagnostic: &Diagnostic, sources: &[Source]) -> Value {
    let at = |span: Span| {
        place(span, sources).map(|p| {
            json!({"path": p.path, "line": p.line, "column": p.column, "end_line": p.end_line, "end_column": p.end_column})
        })
    };
    json!({
        "code": diagnostic.code,
        "severity": diagnostic.severity.as_str(),
        "message": diagnostic.message,
        "place": diagnostic.span.and_then(at),
        "label": diagnostic.label,
        "related": diagnostic.related.iter().map(|(span, words)| json!({"place": at(*span), "message": words})).collect::<Vec<_>>(),
        "notes": diagnostic.notes,
        "help": diagnostic.help,
    })
}
