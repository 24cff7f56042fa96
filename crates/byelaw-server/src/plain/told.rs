//! A policy's words and a decision, read from the JSON that every client gets.

use super::words::{capital, listed, words};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// How something is called.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Word {
    pub name: String,
    label: String,
    pub meaning: String,
}

impl Word {
    pub(crate) fn label(&self) -> String {
        if self.label.is_empty() { words(&self.name) } else { self.label.clone() }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Fact {
    #[serde(flatten)]
    pub word: Word,
    pub question: String,
    pub kind: String,
    pub unit: Option<String>,
    pub from: Option<i64>,
    pub to: Option<i64>,
    pub subject: bool,
    pub judged_by: String,
    pub left_to: String,
    pub values: Vec<Word>,
    pub groups: Vec<Group>,
}

impl Fact {
    /// The question that asks for it.
    pub(crate) fn asked(&self) -> String {
        match self.question.as_str() {
            "" => format!("{}?", capital(&self.word.label())),
            question => question.to_owned(),
        }
    }

    pub(crate) fn group(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.word.name == name)
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Group {
    #[serde(flatten)]
    pub word: Word,
    pub members: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Act {
    #[serde(flatten)]
    pub word: Word,
    /// The facts that a rule on it looks at.
    pub facts: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Approval {
    #[serde(flatten)]
    pub word: Word,
    pub given_by: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Document {
    name: String,
    title: String,
    edition: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Silence {
    pub means: String,
    pub ask_whom: Option<String>,
}

/// The words of a policy.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Vocabulary {
    pub pack: String,
    pub title: String,
    pub edition: String,
    pub digest: String,
    pub silence: Silence,
    pub facts: Vec<Fact>,
    pub acts: Vec<Act>,
    approvals: Vec<Approval>,
    undertakings: Vec<Word>,
    duties: Vec<Word>,
    documents: Vec<Document>,
}

impl Vocabulary {
    pub(crate) fn fact(&self, name: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.word.name == name)
    }

    /// The fact that says what is done.
    pub(crate) fn act_fact(&self) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.kind == "acts")
    }

    pub(crate) fn act(&self, name: &str) -> Option<&Act> {
        self.acts.iter().find(|act| act.word.name == name)
    }

    /// The choices of a fact: its values, or the acts.
    pub(crate) fn choices<'a>(&'a self, fact: &'a Fact) -> Vec<&'a Word> {
        match fact.kind.as_str() {
            "acts" => self.acts.iter().map(|act| &act.word).collect(),
            _ => fact.values.iter().collect(),
        }
    }

    /// One value of a fact in words, as it stands within a sentence.
    pub(crate) fn value_label(&self, fact: &Fact, name: &str) -> String {
        self.named(fact, name).map_or_else(|| words(name), Word::label)
    }

    fn named<'a>(&'a self, fact: &'a Fact, name: &str) -> Option<&'a Word> {
        let group = || fact.group(name).map(|group| &group.word);
        self.choices(fact).into_iter().find(|value| value.name == name).or_else(group)
    }

    /// The fact that says who asks.
    pub(crate) fn subject(&self) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.subject)
    }

    /// Somebody the policy names: a value or a group of the subject, else the bare name.
    pub(crate) fn person(&self, name: &str) -> String {
        let found = self.subject().and_then(|subject| self.named(subject, &name.to_lowercase()));
        found.map_or_else(|| words(name), Word::label)
    }

    pub(crate) fn approval(&self, name: &str) -> Option<&Approval> {
        self.approvals.iter().find(|approval| approval.word.name == name)
    }

    pub(crate) fn approval_label(&self, name: &str) -> String {
        self.approval(name).map_or_else(|| words(name), |approval| approval.word.label())
    }

    pub(crate) fn undertaking(&self, name: &str) -> Option<&Word> {
        self.undertakings.iter().find(|word| word.name == name)
    }

    pub(crate) fn duty(&self, name: &str) -> Option<&Word> {
        self.duties.iter().find(|word| word.name == name)
    }

    /// What an undertaking or duty is called.
    pub(crate) fn deed(&self, name: &str) -> String {
        let found = self.undertaking(name).or_else(|| self.duty(name));
        found.map_or_else(|| words(name), Word::label)
    }

    pub(crate) fn fact_label(&self, name: &str) -> String {
        self.fact(name).map_or_else(|| words(name), |fact| fact.word.label())
    }

    pub(crate) fn document_title(&self, name: &str) -> String {
        let Some(found) = self.documents.iter().find(|document| document.name == name) else {
            return words(name);
        };
        let title = if found.title.is_empty() { words(name) } else { found.title.clone() };
        if found.edition.is_empty() { title } else { format!("{title}, {}", found.edition) }
    }

    /// A list of values in words.
    pub(crate) fn values_label(&self, fact: &Fact, names: &[String], joint: &str) -> String {
        let labels: Vec<String> = names.iter().map(|name| self.value_label(fact, name)).collect();
        listed(&labels, joint)
    }
}

#[derive(Deserialize, Default, Clone, PartialEq)]
#[serde(default)]
pub(crate) struct Way {
    pub approvals: Vec<String>,
    pub provided: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Named {
    pub name: String,
    pub text: String,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
pub(crate) struct Duty {
    pub name: String,
    pub text: String,
    pub bearer: String,
    pub due: String,
    pub due_on: Option<String>,
    pub instead: Vec<String>,
    pub otherwise: String,
    pub sometimes: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Advice {
    pub rule: String,
    pub text: String,
    pub sometimes: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Assumed {
    pub fact: String,
    pub value: Value,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Cite {
    pub document: String,
    pub clause: String,
    pub locator: String,
    pub paraphrase: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Reason {
    pub rule: String,
    pub says: String,
    pub sometimes: bool,
    pub sentence: String,
    pub cites: Vec<Cite>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Defeated {
    pub rule: String,
    pub by: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Open {
    pub name: String,
    pub left_to: String,
    pub reading_of: Option<Cite>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Reading {
    pub name: String,
    pub text: String,
    pub alternatives: Vec<String>,
    pub of: Option<Cite>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Clash {
    pub rules: Vec<String>,
    pub kind: String,
    pub reading: Option<Reading>,
    pub resolution: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Change {
    pub change: Map<String, Value>,
    pub or: Map<String, Value>,
    pub will: Vec<String>,
    pub outcome: String,
    pub ways: Vec<Way>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Wrong {
    pub message: String,
    pub at: String,
    pub nearest: Vec<String>,
}

/// A decision, or why there is none. What is missing here is never a yes.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Decision {
    pub error: Option<Wrong>,
    pub outcome: String,
    pub unconditional: bool,
    pub exact: bool,
    pub ways: Vec<Way>,
    pub provided: Vec<Named>,
    pub duties: Vec<Duty>,
    pub advice: Vec<Advice>,
    pub assumed: Vec<Assumed>,
    pub needs: Vec<String>,
    pub among: BTreeMap<String, Vec<String>>,
    pub needs_because: BTreeMap<String, Vec<Reason>>,
    pub open: Vec<Open>,
    pub possible: Vec<String>,
    pub because: Vec<Reason>,
    pub defeated: Vec<Defeated>,
    pub clashes: Vec<Clash>,
    pub by_silence: Option<Silence>,
    pub would_change: Vec<Change>,
    pub notes: Vec<String>,
}

impl Decision {
    /// Why there is no decision.
    pub(crate) fn none(message: &str) -> Self {
        let error = Wrong { message: message.to_owned(), ..Wrong::default() };
        Self { error: Some(error), ..Self::default() }
    }

    /// What something that is to be done is called.
    pub(crate) fn text_of(&self, vocabulary: &Vocabulary, name: &str) -> String {
        let given = self.provided.iter().find(|each| each.name == name).map(|each| each.text.as_str());
        given.filter(|text| !text.is_empty()).map_or_else(|| vocabulary.deed(name), str::to_owned)
    }
}
