//! Names that a reader takes for each other: `l` and `1`, `o` and `0`, `rn` and `m`.
//!
//! Names are compared where one could be written in the place of the other. What looks alike is not decided here.

use crate::hir::Word;
use crate::names::Scope;
use byelaw_diagnostic::{Diagnostic, Span};
use byelaw_syntax::looks;
use std::collections::BTreeMap;

impl Scope {
    /// Refuses names of one kind that differ only by letters that look alike.
    pub fn look_alikes(&mut self) {
        let model = &self.model;
        let mut found = Vec::new();
        let words = |words: &[Word]| -> Vec<(String, Option<Span>)> {
            words.iter().map(|w| (w.name.clone(), w.span)).collect()
        };
        let declared = self.facts.iter().map(|(name, id)| (name.clone(), model.fact(*id).word.span));
        let defined = self.definitions.iter().map(|(name, d)| (name.clone(), Some(d.span)));
        compare("facts", declared.chain(defined), &mut found);
        for fact in model.facts.iter().filter(|f| f.member_of.is_none()) {
            let values = match &fact.kind {
                crate::Kind::OneOf(values) | crate::Kind::SomeOf { labels: values, .. } => words(values),
                _ => Vec::new(),
            };
            let groups = fact.groups.iter().map(|g| (g.word.name.clone(), g.word.span));
            compare(&format!("values of `{}`", fact.word.name), values.into_iter().chain(groups), &mut found);
        }
        let acts = model.acts.iter().map(|a| (a.word.name.clone(), a.word.span));
        compare("acts", acts, &mut found);
        let atoms = model.atoms.iter().map(|a| (a.word.name.clone(), a.word.span));
        compare("approvals and undertakings", atoms, &mut found);
        compare("deeds", words(&model.deeds).into_iter(), &mut found);
        compare("rules", model.names.iter().map(|r| (r.name.clone(), Some(r.span))), &mut found);
        let documents = model.documents.iter().map(|d| (d.name.clone(), Some(d.span)));
        compare("documents", documents, &mut found);
        for (place, document) in model.documents.iter().enumerate() {
            let clauses = model.clauses.iter().filter(|c| c.document == place);
            let what = format!("clauses of `{}`", document.name);
            compare(&what, clauses.map(|c| (c.name.clone(), Some(c.span))), &mut found);
        }
        let instruments = model.instruments.iter().map(|i| (i.name.clone(), Some(i.span)));
        compare("policies", instruments, &mut found);
        found.into_iter().for_each(|one| self.report(one));
    }
}

/// Names with where they were declared, those of one kind.
fn compare(what: &str, names: impl Iterator<Item = (String, Option<Span>)>, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, (String, Option<Span>)> = BTreeMap::new();
    for (name, span) in names {
        let Some((first, first_span)) = seen.get(&looks(&name)) else {
            seen.insert(looks(&name), (name, span));
            continue;
        };
        // The same name twice has a message of its own.
        if *first == name {
            continue;
        }
        let (at, other) = match (span, first_span) {
            (Some(at), other) => (Some(at), *other),
            (None, other) => (*other, None),
        };
        let message = format!("the {what} `{first}` and `{name}` look alike");
        let mut diagnostic = Diagnostic::new("B0034", byelaw_diagnostic::Severity::Error, at, message)
            .note(
                "a reader takes one for the other: `0` and `o`, `1` and `l`, `m` and `rn` count as the same",
            )
            .help("rename one of them");
        if let Some(other) = other {
            diagnostic = diagnostic.related(other, "the other one");
        }
        found.push(diagnostic);
    }
}
