//! Names that things used to have: questions may still use them, so that none may name another thing today.

use crate::hir::{Kind, Word};
use crate::names::Scope;
use byelaw_diagnostic::Diagnostic;

impl Scope {
    /// Reports former names that are in use again where they would be looked up.
    pub fn refuse_reused_names(&mut self) {
        let model = &self.model;
        let named = model.facts.iter().filter(|fact| fact.member_of.is_none());
        let mut rooms: Vec<Vec<&Word>> = vec![
            named.map(|fact| &fact.word).collect(),
            model.acts.iter().map(|act| &act.word).collect(),
            model.atoms.iter().map(|atom| &atom.word).chain(&model.deeds).collect(),
        ];
        rooms.extend(model.facts.iter().map(|fact| {
            let values = match &fact.kind {
                Kind::OneOf(values) | Kind::SomeOf { labels: values, .. } => values.as_slice(),
                _ => &[],
            };
            values.iter().chain(fact.groups.iter().map(|group| &group.word)).collect()
        }));
        let mut found = Vec::new();
        for room in rooms {
            for (place, word) in room.iter().enumerate() {
                for former in &word.formerly {
                    let today = room.iter().find(|other| other.name == *former);
                    let before = room.iter().take(place).find(|other| other.formerly.contains(former));
                    if let (Some(other), Some(span)) = (today.or(before), word.span) {
                        let diagnostic = Diagnostic::error(
                            "B0129",
                            span,
                            format!(
                                "`{}` was formerly `{former}`, and so is or was `{}`",
                                word.name, other.name
                            ),
                        )
                        .label("a question with the old name could mean either")
                        .help("take the old name away from one of them");
                        found.push(match other.span {
                            Some(other) => diagnostic.related(other, "the other"),
                            None => diagnostic,
                        });
                    }
                }
            }
        }
        found.into_iter().for_each(|diagnostic| self.report(diagnostic));
    }
}
