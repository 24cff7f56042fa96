//! How names and clauses are shown to people. Not here: what a command says about them.

use byelaw::wire::Cite;
use serde_json::Value;
use std::collections::BTreeMap;

/// How names are shown, and the questions to people.
pub(crate) struct Labels {
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) people: BTreeMap<String, String>,
    pub(crate) questions: BTreeMap<String, String>,
    pub(crate) policies: BTreeMap<String, String>,
}

impl Labels {
    pub(crate) fn of(words: &Value) -> Self {
        let mut labels = BTreeMap::new();
        let mut people = BTreeMap::new();
        let mut questions = BTreeMap::new();
        let list = |key: &str| words.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        let text = |v: &Value, key: &str| v.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        for fact in list("facts") {
            questions.insert(text(&fact, "name"), text(&fact, "question"));
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
        Self { labels, people, questions, policies }
    }

    pub(crate) fn show(&self, name: &str) -> String {
        self.labels.get(name).filter(|l| !l.is_empty()).cloned().unwrap_or_else(|| name.replace('-', " "))
    }

    /// Names from an answer, any of which may hold.
    pub(crate) fn any(&self, names: &[Value]) -> String {
        let names: Vec<String> = names.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        self.list(&names, "or")
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
