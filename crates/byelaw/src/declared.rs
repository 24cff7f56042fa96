//! Every name that a pack declares, for whoever helps its author to type them.

use byelaw_hir::{Fact, Kind, Model, Word};
use serde::Serialize;

/// A name and what it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Declared {
    /// The name as a sentence writes it; of a clause with its document.
    pub name: String,
    /// `fact`, `value`, `group`, `act`, `approval`, `undertaking`, `deed`, `rule` or `clause`.
    pub kind: &'static str,
    /// What people read for it; empty if nothing was said.
    pub label: String,
}

/// The names of a pack and of what it uses, each with its kinds once, by name. The model may have errors: then what could
/// be read is there.
pub fn declared(model: &Model) -> Vec<Declared> {
    let mut all = Vec::new();
    let mut add = |kind: &'static str, name: &str, label: &str| {
        all.push(Declared { name: name.to_owned(), kind, label: label.to_owned() });
    };
    // Members of several-at-once facts are known by their labels, and the first two are days that no sentence names.
    for fact in model.facts.iter().skip(2).filter(|fact| fact.member_of.is_none()) {
        if !fact.word.name.is_empty() {
            add("fact", &fact.word.name, label(&fact.word));
        }
        for value in values(fact) {
            add("value", &value.name, label(value));
        }
        for group in &fact.groups {
            add("group", &group.word.name, label(&group.word));
        }
    }
    for act in &model.acts {
        add("act", &act.word.name, label(&act.word));
    }
    for atom in &model.atoms {
        let kind = if atom.approval.is_some() { "approval" } else { "undertaking" };
        add(kind, &atom.word.name, label(&atom.word));
    }
    for deed in &model.deeds {
        add("deed", &deed.name, label(deed));
    }
    for rule in &model.names {
        add("rule", &rule.name, &rule.sentence);
    }
    for clause in &model.clauses {
        if let Some(document) = model.documents.get(clause.document) {
            add("clause", &format!("{}/{}", document.name, clause.name), &clause.locator);
        }
    }
    all.sort();
    all.dedup();
    all
}

fn values(fact: &Fact) -> &[Word] {
    match &fact.kind {
        Kind::OneOf(values) | Kind::SomeOf { labels: values, .. } => values,
        _ => &[],
    }
}

fn label(word: &Word) -> &str {
    word.label.as_deref().unwrap_or_default()
}
