//! Stated facts: from the address to the question that is asked, and back into words; as in `wasm/web/facts.js`.

use super::address::{NONE, NOT_KNOWN, State};
use super::told::{Decision, Fact, Vocabulary};
use super::words::{capital, day, fill, listed, phrases as p};
use serde_json::{Map, Value, json};

/// The most values that are named beside a group that stands for others.
const NAMED: usize = 2;

/// A stated fact as a question has it. What cannot be read is passed on as it stands: it is refused by name.
fn typed(fact: Option<&Fact>, raw: &str) -> Value {
    let list = || raw.split(',').map(str::to_owned).collect::<Vec<_>>();
    match (fact.map(|fact| fact.kind.as_str()), raw) {
        (_, NOT_KNOWN) => Value::Null,
        (Some("yes_no"), "yes") => json!(true),
        (Some("yes_no"), "no") => json!(false),
        (Some("number"), _) => match raw.parse::<i64>() {
            Ok(number) if raw.trim_start_matches('-').len() <= 9 && !raw.starts_with('+') => json!(number),
            _ => json!(raw),
        },
        (Some("some_of"), NONE) => json!([]),
        (Some("some_of"), _) => json!(list()),
        (Some("yes_no" | "date"), _) => json!(raw),
        _ if raw.contains(',') => json!(list()),
        _ => json!(raw),
    }
}

/// The question that a state asks, as JSON text.
pub(crate) fn question_of(state: &State, vocabulary: &Vocabulary, today: &str) -> String {
    let facts = state.facts.iter().map(|(name, raw)| (name.clone(), typed(vocabulary.fact(name), raw)));
    let mut question = json!({
        "facts": facts.collect::<Map<String, Value>>(),
        "approved": state.approved, "refused": state.refused, "will": state.will, "wont": state.wont,
        "assume": true,
    });
    let on = state.on.as_deref().unwrap_or(today);
    if let (Some(question), true) = (question.as_object_mut(), on != NOT_KNOWN) {
        question.insert("on".to_owned(), json!(on));
    }
    question.to_string()
}

/// Those of the facts that an answer needs that can still be asked: not what the reader does not know, and not what is
/// stated, except where only a group is.
pub(crate) fn askable(decision: &Decision, state: &State, vocabulary: &Vocabulary) -> Vec<String> {
    let can = |name: &&String| {
        if *name == "on" {
            return state.on.as_deref() != Some(NOT_KNOWN);
        }
        vocabulary.fact(name).is_some_and(|fact| {
            fact.left_to.is_empty()
                && state.fact(name).is_none_or(|raw| fact.group(raw).is_some() && !state.skip.contains(name))
        })
    };
    decision.needs.iter().filter(can).cloned().collect()
}

/// What is stated of a fact, in words.
pub(crate) fn spoken(vocabulary: &Vocabulary, fact: &Fact, raw: &str) -> String {
    in_words(vocabulary, fact, &typed(Some(fact), raw))
}

/// A value as a decision gives it, in words.
pub(crate) fn in_words(vocabulary: &Vocabulary, fact: &Fact, value: &Value) -> String {
    let names = |values: &[Value]| -> Vec<String> {
        values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    match value {
        Value::Null => p::NOT_KNOWN.to_owned(),
        Value::Bool(true) => p::YES.to_owned(),
        Value::Bool(false) => p::NO.to_owned(),
        Value::Number(number) => match fact.unit.as_deref() {
            Some(unit) if !unit.is_empty() => format!("{number} {unit}"),
            _ => number.to_string(),
        },
        Value::Array(values) if values.is_empty() => p::NONE_OF_THESE.to_owned(),
        Value::Array(values) => {
            let joint = if fact.kind == "some_of" { "and" } else { "or" };
            capital(&vocabulary.values_label(fact, &names(values), joint))
        }
        Value::Object(parts) => {
            let part = |name: &str| parts.get(name).and_then(Value::as_array);
            match (part("excludes"), part("includes")) {
                (Some(values), _) => {
                    let values = vocabulary.values_label(fact, &names(values), "or");
                    fill(p::ANY_BUT, &[("values", &values)])
                }
                (None, Some(values)) => in_words(vocabulary, fact, &Value::Array(values.clone())),
                (None, None) => p::NOT_KNOWN.to_owned(),
            }
        }
        Value::String(text) => match fact.kind.as_str() {
            "yes_no" => text.clone(),
            "date" => day(text),
            _ => capital(&vocabulary.value_label(fact, text)),
        },
    }
}

/// Values of a fact, any of which may hold: the largest group within them stands for its members.
pub(crate) fn any_of(vocabulary: &Vocabulary, fact: &Fact, values: &[String]) -> String {
    let within = fact
        .groups
        .iter()
        .filter(|group| group.members.len() > 1 && group.members.iter().all(|name| values.contains(name)));
    // The first of the largest.
    let group = within.rev().max_by_key(|group| group.members.len());
    let inside = |name: &&String| group.is_some_and(|group| group.members.contains(name));
    let left: Vec<&String> = values.iter().filter(|name| !inside(name)).collect();
    // To say "one of 1 others" is no shorter than its name.
    let count = if left.len() > NAMED + 1 { NAMED } else { left.len() };
    let named = left.iter().take(count).map(|name| vocabulary.value_label(fact, name));
    let rest = left.len() - count;
    let rest = (rest > 0).then(|| fill(p::OTHERS, &[("count", &rest.to_string())]));
    let group = group.map(|group| group.word.label());
    listed(&group.into_iter().chain(named).chain(rest).collect::<Vec<_>>(), "or")
}
