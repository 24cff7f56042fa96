//! The sentence of a rule in the words of the vocabulary, as `wasm/web/sentence.js` has it: names give way to what
//! people call things, and the words between them stay, so that nothing is said that the rule does not say.
//!
//! In: a compiled policy and a sentence as its rules quote it. Out: the sentence for people. Never here: what a rule
//! does, markup.

use byelaw_ir::{FactKind, FactName, Program, Word};
use byelaw_wire::names::{self, shown};

/// A part of a sentence: what its names are.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Who,
    Act,
    Facts,
    Approvals,
    Deeds,
}

/// The sentence for people. What the vocabulary has no words for stands as written, without its hyphens.
pub fn spelled_out(program: &Program, sentence: &str) -> String {
    let vocabulary = Vocabulary(program);
    let left = alone(vocabulary, sentence);
    let parts = tokens(&left);
    let mut part = Part::Who;
    let mut about: Option<&FactName> = None;
    let mut out = String::new();
    for (at, word) in parts.iter().enumerate() {
        let ahead = parts.iter().skip(at + 1).take(2).find(|each| !each.trim().is_empty());
        let next = ahead.copied().unwrap_or_default();
        let compared = next == "is" || next == "includes";
        if !word.starts_with(|letter: char| letter.is_ascii_alphanumeric()) {
            out.push_str(word);
            continue;
        }
        let name = word.to_lowercase();
        if let Some(begun) = begins(&name, next) {
            part = begun;
            about = None;
        }
        if part == Part::Facts && compared {
            about = vocabulary.fact(&name);
        }
        let value = about.filter(|_| part == Part::Facts && !compared);
        let value = value.and_then(|fact| value_of(fact, &name));
        let compares = value.is_some();
        let said = value.or_else(|| vocabulary.named(part, &name));
        if said.as_ref().is_some_and(|said| part == Part::Approvals && *said != words(&name)) {
            with_approval(&mut out);
        }
        match said {
            Some(said) if compares || part != Part::Facts => joined(&mut out, &said),
            Some(said) => stated(&mut out, &said),
            None if part == Part::Deeds && name == "they" => out.push_str("you"),
            None => out.push_str(&words(word)),
        }
    }
    capital(&out)
}

/// A text that begins with a capital letter.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The part that begins with a word.
fn begins(name: &str, next: &str) -> Option<Part> {
    // A duty is `must` and a deed, a bar `must not` and an act.
    let bar = next == "not" || next == "never";
    Some(match name {
        "must" | "should" if !bar => Part::Deeds,
        "may" | "must" | "should" | "after" | "before" => Part::Act,
        "when" | "unless" => Part::Facts,
        "approved" => Part::Approvals,
        "provided" | "otherwise" => Part::Deeds,
        _ => return None,
    })
}

/// The words of a policy, each by its name.
#[derive(Clone, Copy)]
struct Vocabulary<'a>(&'a Program);

impl<'a> Vocabulary<'a> {
    fn facts(self) -> impl Iterator<Item = &'a FactName> {
        names::facts(self.0).map(|(_, fact)| fact)
    }

    fn fact(self, name: &str) -> Option<&'a FactName> {
        self.facts().find(|fact| fact.word.name == name)
    }

    /// What somebody who asks is called.
    fn somebody(self, name: &str) -> Option<String> {
        let (_, subject) = names::facts(self.0).find(|(id, _)| *id == self.0.subject)?;
        value_of(subject, name)
    }

    /// What an approval is called, or what is to be done by an undertaking.
    fn atom(self, name: &str, approval: bool) -> Option<String> {
        let atoms =
            self.0.names.atoms.iter().zip(&self.0.atoms).filter(|(_, atom)| atom.approval == approval);
        called(atoms.map(|(words, _)| &words.word), name)
    }

    fn duty(self, name: &str) -> Option<String> {
        called(self.0.names.deeds.iter(), name)
    }

    fn is_act(self, name: &str) -> bool {
        self.0.names.acts.iter().any(|act| act.word.name == name)
    }

    /// What a name is called in its part of the sentence; nothing if it is no name there.
    fn named(self, part: Part, name: &str) -> Option<String> {
        match part {
            Part::Who => self.somebody(name),
            Part::Approvals => self.atom(name, true),
            Part::Deeds => self.atom(name, false).or_else(|| self.duty(name)),
            Part::Facts => {
                let fact = self.fact(name).map(|fact| shown(&fact.word));
                fact.or_else(|| called(self.0.names.definitions.iter(), name))
            }
            Part::Act if self.is_act(name) => None,
            Part::Act => {
                // What an act is about: several facts can have one name, of which only one is meant.
                let mut found = self.facts().filter_map(|fact| value_of(fact, name));
                let first = found.next();
                let one = first.filter(|first| found.all(|other| other == *first));
                one.or_else(|| self.duty(name))
            }
        }
    }
}

/// What a value or group of a fact is called; nothing if it has none of this name, or is what is done.
fn value_of(fact: &FactName, name: &str) -> Option<String> {
    if fact.kind == FactKind::Acts {
        return None;
    }
    called(fact.values.iter().chain(fact.groups.iter().map(|group| &group.word)), name)
}

/// What the word with a name is called.
fn called<'a>(mut words: impl Iterator<Item = &'a Word>, name: &str) -> Option<String> {
    words.find(|word| word.name == name).map(shown)
}

/// Somebody's permission comes with a thing; somebody whose permission has no words approves.
fn with_approval(out: &mut String) {
    const APPROVED: &str = " if approved by ";
    let Some(at) = out.rfind(APPROVED) else { return };
    let between = out.get(at + APPROVED.len()..).unwrap_or_default().trim_start_matches('(');
    if ["", "a ", "an ", "the "].contains(&between) {
        out.replace_range(at..at + APPROVED.len(), " with ");
    }
}

/// A name as words, where the policy gives no better ones.
fn words(name: &str) -> String {
    name.replace('-', " ")
}

/// What is called so stands behind what was said: with its own article or `at`, another is one too many.
fn joined(out: &mut String, said: &str) {
    const ARTICLES: [&str; 3] = ["a", "an", "the"];
    const PLACES: [&str; 3] = ["in", "on", "at"];
    let first = first_word(said).to_lowercase();
    if ["a", "an", "the", "your", "somebody", "something", "one"].contains(&first.as_str()) {
        cut_last(out, &ARTICLES);
    } else if PLACES.contains(&first_word(said)) {
        cut_last(out, &PLACES);
    }
    out.push_str(said);
}

/// What holds, or does not hold where `not` was said before it.
fn stated(out: &mut String, said: &str) {
    const VERBS: [&str; 9] = ["is", "are", "has", "have", "can", "could", "may", "will", "would"];
    if !cut_last(out, &["not"]) {
        joined(out, said);
        return;
    }
    let (first, rest) = said.split_once(' ').unwrap_or((said, ""));
    let (verb, rest) = rest.split_once(' ').unwrap_or(("", ""));
    let plain = first.bytes().all(|letter| letter.is_ascii_lowercase()) && !verb.is_empty();
    let denies = said.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let denies = denies.into_iter().any(|word| ["no", "not", "never"].contains(&word));
    if plain && VERBS.contains(&verb) && !denies {
        out.push_str(&format!("{first} {verb} not {rest}"));
    } else if ["it", "they", "there", "you", "somebody", "the", "a", "an"].contains(&first_word(said)) {
        out.push_str("it is not so that ");
        out.push_str(said);
    } else {
        out.push_str("not ");
        out.push_str(said);
    }
}

/// The word before the first space; nothing if there is none.
fn first_word(said: &str) -> &str {
    said.split_once(' ').map_or("", |(first, _)| first)
}

/// Takes the last word away if it is one of these; whether it was.
fn cut_last(out: &mut String, words: &[&str]) -> bool {
    let Some(before) = out.strip_suffix(' ') else { return false };
    let start = before.rfind(|letter: char| !letter.is_ascii_alphanumeric()).map_or(0, |at| at + 1);
    let last = before.get(start..).unwrap_or_default().to_lowercase();
    let found = words.contains(&last.as_str());
    if found {
        out.truncate(start);
    }
    found
}

/// The sentence without the names of other rules, which have no words: those that it goes before are told apart.
fn alone(vocabulary: Vocabulary<'_>, sentence: &str) -> String {
    let aside = sentence.strip_prefix("Rule ").and_then(|rest| rest.split_once(" does not apply "));
    if let Some((_, when)) = aside.filter(|(name, _)| !name.contains(' ')) {
        return format!("Another rule does not apply {when}");
    }
    let Some(mut left) = sentence.strip_prefix("Despite ") else { return sentence.to_owned() };
    let somebody = |name: &str| {
        let name = name.to_lowercase();
        name == "anyone" || vocabulary.somebody(&name).is_some()
    };
    while let Some((name, mut rest)) = left.split_once(' ') {
        let name = match name.strip_suffix(',') {
            Some(name) => name,
            None => match rest.strip_prefix("and ") {
                Some(after) => {
                    rest = after;
                    name
                }
                None => break,
            },
        };
        if somebody(name) {
            break;
        }
        left = rest;
    }
    left.to_owned()
}

/// Names and words, texts in quotation marks, spaces, and each other sign by itself.
fn tokens(sentence: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut left = sentence;
    while let Some(first) = left.chars().next() {
        let length = match first {
            '"' => quoted(left),
            first if first.is_ascii_alphanumeric() => name(left),
            first if first.is_whitespace() => left.find(|c: char| !c.is_whitespace()).unwrap_or(left.len()),
            first => first.len_utf8(),
        };
        let (token, rest) = left.split_at(length);
        found.push(token);
        left = rest;
    }
    found
}

/// How long the text in quotation marks is that begins here; without its end, the rest.
fn quoted(text: &str) -> usize {
    let mut letters = text.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return at + 1,
            '\\' => drop(letters.next()),
            _ => {}
        }
    }
    text.len()
}

/// How long the name is that begins here: letters and digits, joined by single hyphens or dots.
fn name(text: &str) -> usize {
    let mut length = 0;
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(length) {
        let joins =
            matches!(byte, b'-' | b'.') && bytes.get(length + 1).is_some_and(u8::is_ascii_alphanumeric);
        if !byte.is_ascii_alphanumeric() && !joins {
            break;
        }
        length += 1;
    }
    length
}
