//! Fingerprints written into the clauses, as edits of their sentences.

use super::{Stretch, TextState, Texts, TraceError, clause_name, read, state, stretch};
use byelaw_diagnostic::Span;
use byelaw_hir::Model;

/// A change of a source file: the bytes of `span` give way to `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The clause, as `document/clause`.
    pub clause: String,
    /// What is replaced; empty where something is added.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
    /// Whether the clause moved; otherwise it got its first fingerprint.
    pub moved: bool,
}

/// The edits that give each clause with lines and without a fingerprint its fingerprint, and each clause that moved
/// its new lines. A clause whose text changed is left alone: somebody has to look at it first.
///
/// # Errors
/// Those of [`super::trace`].
pub fn record(model: &Model, texts: &Texts) -> Result<Vec<Edit>, TraceError> {
    let mut read = read(model, texts)?;
    let mut edits = Vec::new();
    for clause in &model.clauses {
        let document = model.documents.get(clause.document).map_or("", |d| d.name.as_str());
        let (Some(text), Some(place)) = (read.get_mut(document), clause.place) else { continue };
        let name = clause_name(model, clause);
        match state(clause, Some(&mut *text)).0 {
            TextState::NotRecorded => {
                let Some((digits, words)) = text.fingerprint(stretch(place)) else { continue };
                let unit = if words == 1 { "word" } else { "words" };
                edits.push(Edit {
                    clause: name,
                    span: Span::new(place.span.file, place.span.end, place.span.end),
                    text: format!(", fingerprint \"{digits}\" of {words} {unit}"),
                    moved: false,
                });
            }
            TextState::Moved(found) => {
                edits.push(Edit { clause: name, span: place.span, text: spelled(found), moved: true });
            }
            _ => {}
        }
    }
    Ok(edits)
}

/// As a clause says it.
fn spelled(stretch: Stretch) -> String {
    let range = |one: &str, (first, last): (u32, u32)| {
        if first == last { format!("{one} {first}") } else { format!("{one}s {first} to {last}") }
    };
    let lines = range("line", stretch.lines);
    match stretch.words {
        Some(words) => format!("{lines}, {}", range("word", words)),
        None => lines,
    }
}
