//! No word of a policy in Rust. The words come from the policies themselves: every name that a vocabulary declares,
//! and the parts of names, unless a part is in the list of ordinary words beside this file.

use crate::tidy::{files, read};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Words that vocabularies share with any program; one a line, each with its reason.
const ORDINARY: &str = "xtask/ordinary-words.txt";

/// The peers of the benchmark. The rules written by hand there are a policy in Rust: that is what they are for.
const RIVALS: &str = "benches/peers";

pub(crate) fn check() -> Result<Vec<String>, String> {
    let mut wrong = Vec::new();
    let ordinary = ordinary(&read(Path::new(ORDINARY))?, &mut wrong);
    let mut words: BTreeMap<String, String> = BTreeMap::new();
    for path in files("pol")?.into_iter().filter(|p| p.starts_with("policies")) {
        for name in declared(&read(&path)?) {
            for part in parts(&name) {
                if !ordinary.contains(&part) {
                    words.entry(part).or_insert_with(|| path.display().to_string());
                }
            }
        }
    }
    let mut used: BTreeSet<String> = BTreeSet::new();
    for path in files("rs")?.into_iter().filter(|p| !p.starts_with(RIVALS)) {
        for (number, line) in read(&path)?.lines().enumerate() {
            for word in rust_words(line) {
                if ordinary.contains(&word) {
                    used.insert(word.clone());
                }
                if let Some(from) = words.get(&word) {
                    wrong.push(format!(
                        "{}:{}: `{word}` is a word of a policy ({from})",
                        path.display(),
                        number + 1
                    ));
                }
            }
        }
    }
    for word in ordinary.difference(&used) {
        wrong.push(format!("{ORDINARY}: `{word}` is in no Rust file; take it out"));
    }
    Ok(wrong)
}

fn ordinary(text: &str, wrong: &mut Vec<String>) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for (number, line) in
        text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'))
    {
        match line.split_once(':') {
            Some((word, reason)) if !reason.trim().is_empty() => {
                words.insert(word.trim().to_owned());
            }
            _ => wrong.push(format!("{ORDINARY}:{}: write `word: reason`", number + 1)),
        }
    }
    words
}

/// The names that sentences of a vocabulary declare: what follows a head word, and the values of a fact.
fn declared(text: &str) -> Vec<String> {
    let parsed = byelaw_syntax::parse(byelaw_diagnostic::FileId(0), text);
    let mut names = Vec::new();
    for sentence in parsed.sentences {
        use byelaw_syntax::ast::{FactKind, FactPart, Item};
        let parts = match sentence.item {
            Item::Fact(fact) => {
                names.push(fact.name.text);
                fact.parts
            }
            Item::Parameter(parameter) => {
                names.push(parameter.name.text);
                parameter.parts
            }
            Item::AddTo(add) => vec![FactPart::Kind(FactKind::OneOf(add.values))],
            Item::Group(group) => {
                names.push(group.word.name.text);
                Vec::new()
            }
            Item::Period(period) => {
                names.push(period.word.name.text);
                Vec::new()
            }
            Item::Act(act) => {
                names.push(act.word.name.text);
                Vec::new()
            }
            Item::Approval(approval) => {
                names.push(approval.word.name.text);
                Vec::new()
            }
            Item::Deed(deed) => {
                names.push(deed.word.name.text);
                Vec::new()
            }
            Item::Undertaking(word) | Item::Event(word) => {
                names.push(word.name.text);
                Vec::new()
            }
            _ => Vec::new(),
        };
        for part in parts {
            if let FactPart::Kind(FactKind::OneOf(values) | FactKind::SomeOf(values)) = part {
                names.extend(values.into_iter().map(|v| v.name.text));
            }
        }
    }
    names
}

/// The parts of a name that could be a word of their own.
fn parts(name: &str) -> Vec<String> {
    let long = |w: &&str| w.len() > 3 && w.chars().all(|c| c.is_ascii_alphabetic());
    name.split(['-', '.']).filter(long).map(str::to_owned).collect()
}

/// The words of a line of Rust: split at everything that is no letter, and before capitals.
fn rust_words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut before_small = false;
    for letter in line.chars().chain([' ']) {
        let ends = !letter.is_ascii_alphabetic() || (letter.is_ascii_uppercase() && before_small);
        if ends && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if letter.is_ascii_alphabetic() {
            word.push(letter.to_ascii_lowercase());
        }
        before_small = letter.is_ascii_lowercase();
    }
    words
}
