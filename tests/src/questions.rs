//! Random questions as JSON, phrased from nothing but a policy's vocabulary, as an outside program would.

use crate::Chance;
use byelaw::wire::{ToJson as _, vocabulary};
use byelaw_ir::Program;
use serde_json::{Map, Value, json};

/// Asks at random what a vocabulary allows to be asked.
#[derive(Debug, Clone)]
pub struct Phraser {
    words: Value,
}

impl Phraser {
    /// One for a policy.
    ///
    /// # Panics
    /// If the vocabulary cannot be written as JSON, which would be a fault of its own.
    pub fn of(program: &Program) -> Self {
        Self {
            words: serde_json::from_str(&vocabulary(program).to_json()).expect("a vocabulary is plain JSON"),
        }
    }

    fn list(&self, key: &str) -> &[Value] {
        self.words[key].as_array().map_or(&[], Vec::as_slice)
    }

    fn names(values: &[Value]) -> Vec<&str> {
        values.iter().filter_map(|v| v["name"].as_str()).collect()
    }

    /// A value that the fact can have.
    fn value(&self, fact: &Value, chance: &mut Chance) -> Option<Value> {
        let values = Self::names(fact["values"].as_array().map_or(&[], Vec::as_slice));
        Some(match fact["kind"].as_str()? {
            "yes_no" => json!(chance.percent(50)),
            "acts" => json!(*chance.of(&Self::names(self.list("acts")))),
            "one_of" | "weekday" if !values.is_empty() => json!(*chance.of(&values)),
            "some_of" => json!(values.iter().filter(|_| chance.percent(30)).collect::<Vec<_>>()),
            "number" => {
                let (from, to) = (fact["from"].as_i64()?, fact["to"].as_i64()?);
                json!((*chance.of(&[from, to, 1, 12, 13, 17, 18])).clamp(from, to))
            }
            "date" => json!(*chance.of(&["2019-02-28", "2020-05-11", "2021-01-01"])),
            "time" => json!(*chance.of(&["00:00", "08:59", "12:30", "23:59"])),
            _ => return None,
        })
    }

    /// Any value of a fact by its name; `None` if it has no list of values.
    pub fn other(&self, fact: &str, chance: &mut Chance) -> Option<Value> {
        let fact = self.list("facts").iter().find(|f| f["name"] == fact)?;
        self.value(fact, chance).filter(Value::is_string)
    }

    /// A question; the facts that the act has to do with come first. `unsaid` of a hundred are left out.
    pub fn question(&self, chance: &mut Chance, unsaid: u64) -> Value {
        let act = chance.of(self.list("acts"));
        let about: Vec<&str> =
            act["facts"].as_array().map_or(&[][..], Vec::as_slice).iter().filter_map(Value::as_str).collect();
        let mut facts = Map::new();
        for fact in self.list("facts") {
            let name = fact["name"].as_str().unwrap_or_default();
            if fact["kind"] == "acts" {
                facts.insert(name.to_owned(), act["name"].clone());
            } else if about.contains(&name) && !chance.percent(unsaid) {
                facts.extend(self.value(fact, chance).map(|value| (name.to_owned(), value)));
            }
        }
        let mut question = Map::new();
        question.insert("facts".to_owned(), Value::Object(facts));
        if chance.percent(80) {
            let day = *chance.of(&["2018-09-03", "2020-05-11", "2020-09-01", "2026-11-26"]);
            question.insert("on".to_owned(), json!(day));
        }
        for (given, refused, keys) in
            [("approved", "refused", &["approvals"][..]), ("will", "wont", &["undertakings", "duties"][..])]
        {
            let all: Vec<&str> = keys.iter().flat_map(|key| Self::names(self.list(key))).collect();
            let (mut yes, mut no) = (Vec::new(), Vec::new());
            for name in all {
                match chance.below(20) {
                    0..=2 => yes.push(name),
                    3 => no.push(name),
                    _ => {}
                }
            }
            question.insert(given.to_owned(), json!(yes));
            question.insert(refused.to_owned(), json!(no));
        }
        question.insert("assume".to_owned(), json!(chance.percent(70)));
        Value::Object(question)
    }
}
