//! How names and clauses are shown to people. Not here: what a command says about them.

use byelaw::ir::Program;
use byelaw::wire::{Cite, ToJson, Value as Told, vocabulary};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io;

/// What the library writes as JSON, as a value to look into.
pub(crate) fn value(told: &impl ToJson) -> io::Result<Value> {
    serde_json::from_str(&told.to_json()).map_err(io::Error::other)
}

/// Every word that a question may use.
pub(crate) fn words(program: &Program) -> io::Result<Value> {
    value(&vocabulary(program))
}

/// How names are shown, and the questions to people.
pub(crate) struct Labels {
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) people: BTreeMap<String, String>,
    pub(crate) questions: BTreeMap<String, String>,
    pub(crate) policies: BTreeMap<String, String>,
    /// For each fact its groups: label and members.
    groups: BTreeMap<String, Vec<(String, Vec<String>)>>,
}

impl Labels {
    pub(crate) fn of(words: &Value) -> Self {
        let mut labels = BTreeMap::new();
        let mut people = BTreeMap::new();
        let mut questions = BTreeMap::new();
        let mut groups = BTreeMap::new();
        let list = |key: &str| words.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        let text = |v: &Value, key: &str| v.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        for fact in list("facts") {
            questions.insert(text(&fact, "name"), text(&fact, "question"));
            let members = |g: &Value| g.get("members").and_then(Value::as_array).cloned().unwrap_or_default();
            let names = |g: &Value| -> Vec<String> {
                members(g).iter().filter_map(Value::as_str).map(str::to_owned).collect()
            };
            let of_fact = fact.get("groups").and_then(Value::as_array).into_iter().flatten();
            groups.insert(text(&fact, "name"), of_fact.map(|g| (text(g, "label"), names(g))).collect());
            let subject = fact.get("subject").and_then(Value::as_bool) == Some(true);
            for value in fact.get("values").and_then(Value::as_array).into_iter().flatten() {
                labels.entry(text(value, "name")).or_insert_with(|| text(value, "label"));
                if subject {
                    people.insert(text(value, "name"), text(value, "label"));
                }
            }
        }
        for key in ["facts", "approvals", "undertakings", "duties"] {
            for word in list(key) {
                labels.insert(text(&word, "name"), text(&word, "label"));
            }
        }
        let policies = list("policies").iter().map(|p| (text(p, "name"), text(p, "title"))).collect();
        Self { labels, people, questions, policies, groups }
    }

    pub(crate) fn show(&self, name: &str) -> String {
        self.labels.get(name).filter(|l| !l.is_empty()).cloned().unwrap_or_else(|| name.replace('-', " "))
    }

    /// Names from an answer, any of which may hold.
    pub(crate) fn any(&self, names: &[Told]) -> String {
        let names: Vec<String> = names.iter().filter_map(Told::as_str).map(str::to_owned).collect();
        self.list(&names, "or")
    }

    /// Values of a fact, any of which may hold, where a group of them can stand for some: at most `most` of what is
    /// left are named.
    pub(crate) fn any_of(&self, fact: &str, values: &[&str], most: usize) -> String {
        let within = |members: &[String]| members.iter().all(|m| values.contains(&m.as_str()));
        let groups = self.groups.get(fact).into_iter().flatten();
        let group = groups
            .filter(|(label, members)| !label.is_empty() && members.len() > 1 && within(members))
            .max_by_key(|(_, members)| members.len());
        let (mut shown, left): (Vec<String>, Vec<&str>) = match group {
            Some((label, members)) => {
                let left = values.iter().copied().filter(|v| !members.iter().any(|m| m == v));
                (vec![label.clone()], left.collect())
            }
            None => (Vec::new(), values.to_vec()),
        };
        // To say "one of 1 others" is no shorter than its name.
        let named = if left.len() > most + 1 { most } else { left.len() };
        shown.extend(left.iter().take(named).map(|name| self.show(name)));
        if left.len() > named {
            shown.push(format!("one of {} others", left.len() - named));
        }
        byelaw::joined(&shown, "or")
    }

    pub(crate) fn list(&self, names: &[String], joiner: &str) -> String {
        let shown: Vec<String> = names.iter().map(|n| self.show(n)).collect();
        byelaw::joined(&shown, joiner)
    }
}

/// The clauses that a rule cites; without any, its name.
pub(crate) fn cited(cites: &[Cite], rule: &str) -> String {
    if cites.is_empty() {
        return rule.to_owned();
    }
    cites.iter().map(|c| format!("{}, {}", c.document, c.locator)).collect::<Vec<_>>().join("; ")
}
