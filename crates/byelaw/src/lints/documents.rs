//! Clauses that nobody dealt with.

use byelaw_diagnostic::Diagnostic;
use byelaw_hir::{Model, Standing};
use std::collections::BTreeSet;

/// A clause that no rule cites and that does not say how it stands.
pub(super) fn unclassified(model: &Model) -> Vec<Diagnostic> {
    let cited: BTreeSet<usize> = model.names.iter().flat_map(|rule| rule.cites.iter().copied()).collect();
    let left = model
        .clauses
        .iter()
        .enumerate()
        .filter(|(at, clause)| clause.standing == Standing::Encoded && !cited.contains(at));
    left.map(|(_, clause)| {
        let document = model.documents.get(clause.document).map_or("", |d| d.name.as_str());
        Diagnostic::warning("B0170", clause.span, format!("nobody dealt with `{document}/{}`", clause.name))
            .label("no rule cites it, and it does not say how it stands")
            .help("let the rule that says it cite it, or say how it stands: `as informative because \"...\"`")
    })
    .collect()
}
