//! Messages for authors as JSON: the same bytes from each host.

use byelaw_diagnostic::{Diagnostic, Source, Span, place};
use serde_json::{Value, json};

/// A message for programs. Its places are lines and columns in `sources`; one that lies in none of them is `null`.
fn diagnostic_json(diagnostic: &Diagnostic, sources: &[Source]) -> Value {
    let at = |span: Span| {
        place(span, sources).map(|p| {
            json!({"path": p.path, "line": p.line, "column": p.column, "end_line": p.end_line, "end_column": p.end_column})
        })
    };
    let mut said = json!({
        "code": diagnostic.code,
        "severity": diagnostic.severity.as_str(),
        "message": diagnostic.message,
        "place": diagnostic.span.and_then(at),
        "label": diagnostic.label,
        "related": diagnostic.related.iter().map(|(span, words)| json!({"place": at(*span), "message": words})).collect::<Vec<_>>(),
        "notes": diagnostic.notes,
        "help": diagnostic.help,
    });
    // What a finding is about, without having to read the words. Absent where nothing is known of it.
    if let (Some(finding), Some(fields)) = (&diagnostic.finding, said.as_object_mut()) {
        let mut add = |name: &str, value: Value| _ = fields.insert(name.to_owned(), value);
        add("rules", json!(finding.rules));
        add("clauses", json!(finding.clauses));
        if !finding.region.is_empty() {
            add("region", json!(finding.region));
        }
        if !finding.witness.is_empty() {
            add("witness", json!(finding.witness));
        }
        if let Some(share) = finding.share {
            add("share", json!(f64::from(share) / 1000.0));
        }
    }
    said
}

/// All messages about one pack, as `byelaw check --format json` has them under `packs`.
pub fn report_json(pack: &str, name: &str, diagnostics: &[Diagnostic], sources: &[Source]) -> Value {
    let all: Vec<Value> = diagnostics.iter().map(|d| diagnostic_json(d, sources)).collect();
    json!({"pack": pack, "name": name, "diagnostics": all})
}

/// The reports of several packs as one document.
pub fn reports_json(reports: &[Value]) -> String {
    json!({"v": 1, "packs": reports}).to_string()
}
