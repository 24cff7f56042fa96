//! The sentence of a rule in the words of the vocabulary, as `wasm/web/sentence.js` has it: names give way to what
//! people call things, and the words between them stay.

use super::told::{Fact, Vocabulary};
use super::words::{capital, fill, phrases as p, words};

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
pub(crate) fn spelled_out(vocabulary: &Vocabulary, sentence: &str) -> String {
    let left = alone(vocabulary, sentence);
    let parts = tokens(&left);
    let mut part = Part::Who;
    let mut about: Option<&Fact> = None;
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
        let value = value.and_then(|fact| vocabulary.value_of(fact, &name));
        let compares = value.is_some();
        match value.or_else(|| named(vocabulary, part, &name)) {
            Some(said) if compares || part != Part::Facts => joined(&mut out, &said),
            Some(said) => stated(&mut out, &said),
            None if part == Part::Deeds && name == "they" => out.push_str("you"),
            None => out.push_str(&words(word)),
        }
    }
    capital(&out.replace(" if approved by ", " with "))
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

/// What a name is called in its part of the sentence; nothing if it is no name there.
fn named(vocabulary: &Vocabulary, part: Part, name: &str) -> Option<String> {
    match part {
        Part::Who => vocabulary.subject().and_then(|subject| vocabulary.value_of(subject, name)),
        Part::Approvals => vocabulary.approval(name).map(|approval| approval.word.label()),
        Part::Deeds => {
            vocabulary.undertaking(name).or_else(|| vocabulary.duty(name)).map(|word| word.label())
        }
        Part::Facts => vocabulary.fact(name).map(|fact| fact.word.label()),
        Part::Act if vocabulary.act(name).is_some() => None,
        Part::Act => {
            // What an act is about: several facts can have one name, of which only one is meant.
            let mut found = vocabulary.facts.iter().filter_map(|fact| vocabulary.value_of(fact, name));
            let first = found.next();
            let one = first.filter(|first| found.all(|other| other == *first));
            one.or_else(|| vocabulary.duty(name).map(|word| word.label()))
        }
    }
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
        out.push_str(&fill(p::NOT_SO_THAT, &[("what", said)]));
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
fn alone(vocabulary: &Vocabulary, sentence: &str) -> String {
    let aside = sentence.strip_prefix("Rule ").and_then(|rest| rest.split_once(" does not apply "));
    if let Some((_, when)) = aside.filter(|(name, _)| !name.contains(' ')) {
        return format!("{} {when}", p::OTHER_RULE_ASIDE);
    }
    let Some(mut left) = sentence.strip_prefix("Despite ") else { return sentence.to_owned() };
    let somebody = |name: &str| {
        let name = name.to_lowercase();
        let known = vocabulary.subject().and_then(|subject| vocabulary.value_of(subject, &name));
        name == "anyone" || known.is_some()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let json = r#"{
          "facts": [
            {"name": "who", "kind": "one_of", "subject": true,
             "values": [{"name": "wug", "label": "a wug"}], "groups": [{"name": "folk", "label": "small folk"}]},
            {"name": "does", "kind": "acts"},
            {"name": "tool", "kind": "one_of", "label": "the tool", "values": [{"name": "big-saw", "label": "a big saw"}]},
            {"name": "spot", "kind": "one_of", "label": "the spot", "values": [{"name": "den", "label": "at the den"}]},
            {"name": "wet", "kind": "yes_no", "label": "it is wet"},
            {"name": "late", "kind": "yes_no", "label": "there is no time"}
          ],
          "acts": [{"name": "glorp"}],
          "approvals": [{"name": "chief", "label": "the nod of the chief"}],
          "undertakings": [{"name": "tidy-up", "label": "tidy up"}],
          "duties": [{"name": "mend", "label": "mend it"}]
        }"#;
        serde_json::from_str(json).expect("a vocabulary")
    }

    #[test]
    fn names_give_way_to_what_things_are_called() {
        let said = |sentence: &str| spelled_out(&vocabulary(), sentence);
        assert_eq!(
            said("Despite a-b, c.d and e, folk may glorp a big-saw in den when wet provided they tidy-up."),
            "Small folk may glorp a big saw at the den when it is wet provided you tidy up."
        );
        assert_eq!(
            said(
                "Wug may only glorp when not wet and not late and tool is not big-saw if approved by chief."
            ),
            "A wug may only glorp when it is not wet and it is not so that there is no time and the tool is not a big \
             saw with the nod of the chief."
        );
        assert_eq!(
            said("Wug must mend, by \"a \\\"wug-x\\\"\", after they glorp."),
            "A wug must mend it, by \"a \\\"wug-x\\\"\", after they glorp."
        );
        assert_eq!(said("Rule a-b does not apply when wet."), "Another rule does not apply when it is wet.");
        assert_eq!(said("Other-one may glorp é."), "Other one may glorp é.");
    }
}
