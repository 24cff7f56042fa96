//! Offices that the asker holds beside what they are: several at once, and each may stand where a person is named.

use crate::hir::{Condition, Kind};
use crate::names::{Scope, to_value};
use byelaw_data::{FactId, YES};
use byelaw_syntax::ast;

impl Scope {
    /// The member facts that a name stands for, if it is a held role or a group of held roles.
    pub fn held(&self, name: &str) -> Option<Vec<FactId>> {
        self.model.facts.iter().filter(|fact| fact.held).find_map(|fact| {
            let Kind::SomeOf { labels, members, .. } = &fact.kind else { return None };
            let named = |wanted: usize| members.get(wanted).copied();
            if let Some(place) = labels.iter().position(|label| label.name == name) {
                return named(place).map(|member| vec![member]);
            }
            let group = fact.groups.iter().find(|group| group.word.name == name)?;
            let held = (0..labels.len()).filter(|place| group.members.contains(&to_value(*place)));
            Some(held.filter_map(named).collect())
        })
    }

    /// The names of all held roles.
    pub fn held_names(&self) -> Vec<String> {
        let held = self.model.facts.iter().filter(|fact| fact.held);
        held.flat_map(|fact| match &fact.kind {
            Kind::SomeOf { labels, .. } => labels.iter().map(|label| label.name.clone()).collect(),
            _ => Vec::new(),
        })
        .collect()
    }

    /// Whether the asker is one of these: a value or group of the subject, or holder of a held role. A name that the
    /// subject has always means the subject.
    pub fn asker_is(&mut self, subject: FactId, who: &ast::Values) -> Condition {
        let held_roles: Vec<(&ast::Name, Vec<FactId>)> = who
            .names
            .iter()
            .filter(|name| self.look_up(subject, &name.text).is_none())
            .filter_map(|name| Some((name, self.held(&name.text)?)))
            .collect();
        if held_roles.is_empty() {
            return self.one_of(subject, &who.names, who.except);
        }
        let people: Vec<ast::Name> = who
            .names
            .iter()
            .filter(|name| !held_roles.iter().any(|(held, _)| held == name))
            .cloned()
            .collect();
        let held = held_roles.into_iter().flat_map(|(_, members)| members);
        let mut any: Vec<Condition> = held.map(|member| Condition::In(member, vec![YES])).collect();
        if !people.is_empty() {
            any.insert(0, self.one_of(subject, &people, false));
        }
        let any = if any.len() == 1 { any.remove(0) } else { Condition::Any(any) };
        if who.except { Condition::Not(Box::new(any)) } else { any }
    }

    /// Reports a name that is neither somebody who can ask nor a held role.
    pub fn somebody(&mut self, name: &ast::Name) {
        if self.held(&name.text).is_none() {
            self.subject_values(name);
        }
    }
}
