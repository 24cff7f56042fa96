//! The page: sections, each rule with its comment, what it is made of, and where it stands.

use super::pest::{Choice, Rule, Term, What};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The most rules that are named as users of another; more say nothing.
const USERS: usize = 8;

const HEAD: &str = "\
# The grammar

Every sentence that can be written. This page is generated from [grammar/byelaw.pest](../../grammar/byelaw.pest) by
`cargo xtask reference`; a change is made there. What the sentences mean is taught in [the chapters](README.md).

`words like these` are written as they stand, in small letters or capitals; other names are links to their rule.
A `?` says that what stands before it may be left out, `*` that it may come any number of times or not at all, `+` that it
comes once or more often; `|` stands between alternatives, the first that fits wins. White space and comments may stand
between any two words.
";

/// The page of these rules.
pub(super) fn page(rules: &[Rule]) -> String {
    let words: BTreeMap<&str, &str> =
        rules.iter().filter_map(|rule| Some((rule.name.as_str(), literal(rule)?))).collect();
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for rule in rules {
        let mut used = Vec::new();
        uses(&rule.choice, &mut used);
        for name in used {
            let users = users.entry(name).or_default();
            if !users.contains(&rule.name.as_str()) {
                users.push(&rule.name);
            }
        }
    }
    let mut page = HEAD.to_owned();
    let mut section = "";
    for rule in rules.iter().filter(|r| !words.contains_key(r.name.as_str())) {
        if rule.section != section {
            section = &rule.section;
            let _ = write!(page, "\n## {}\n", capital(section));
        }
        let _ = write!(page, "\n### {}\n\n{}\n\n", rule.name, rule.comment);
        let shown = if is_of_letters(&rule.body) {
            format!("`{}`", rule.body)
        } else {
            row_or_rows(&rule.choice, &words)
        };
        let _ = writeln!(page, "> {shown}");
        match users.get(rule.name.as_str()) {
            Some(users) if users.len() <= USERS => {
                let links: Vec<String> = users.iter().map(|u| link(u)).collect();
                let _ = write!(page, "\nStands in {}.\n", links.join(", "));
            }
            _ => {}
        }
    }
    let all: Vec<String> =
        words.iter().filter(|(n, _)| n.starts_with("k_")).map(|(_, w)| format!("`{w}`")).collect();
    let _ = write!(
        page,
        "\n## Words of the language\n\nThese {} words have a place in some sentence. Most can still be names of your own; those under [reserved](#reserved) can not, where a sentence goes on.\n\n{}\n",
        all.len(),
        all.join(", ")
    );
    page
}

/// The one word or sign that a rule stands for.
fn literal(rule: &Rule) -> Option<&str> {
    let mut terms = match rule.choice.0.as_slice() {
        [row] => row.iter().filter(|t| !t.looks),
        _ => return None,
    };
    match (terms.next(), terms.next()) {
        (Some(Term { what: What::Literal(word), often, .. }), None) if often.is_empty() => Some(word),
        _ => None,
    }
}

/// Whether a rule is about single characters, which are best shown as the grammar has them.
fn is_of_letters(body: &str) -> bool {
    ["ASCII_", "ANY", "NEWLINE", "\" \"", "^\"the\""].iter().any(|sign| body.contains(sign))
}

fn uses<'r>(choice: &'r Choice, found: &mut Vec<&'r str>) {
    for term in choice.0.iter().flatten().filter(|t| !t.looks) {
        match &term.what {
            What::Rule(name) => found.push(name),
            What::Group(group) => uses(group, found),
            What::Literal(_) => {}
        }
    }
}

fn row_or_rows(choice: &Choice, words: &BTreeMap<&str, &str>) -> String {
    let rows: Vec<String> = choice.0.iter().map(|row| terms(row, words)).collect();
    rows.join(" \\| ")
}

/// One row; words that follow each other stand together.
fn terms(row: &[Term], words: &BTreeMap<&str, &str>) -> String {
    let (mut parts, mut together): (Vec<String>, Vec<&str>) = (Vec::new(), Vec::new());
    for term in row.iter().filter(|t| !t.looks) {
        let word = match &term.what {
            What::Rule(name) if name == "SOI" || name == "EOI" => continue,
            What::Rule(name) => words.get(name.as_str()).copied(),
            What::Literal(word) => Some(word.as_str()),
            What::Group(_) => None,
        };
        if let (Some(word), "") = (word, term.often.as_str()) {
            together.push(word);
            continue;
        }
        if !together.is_empty() {
            parts.push(format!("`{}`", std::mem::take(&mut together).join(" ")));
        }
        let often: String = term.often.chars().flat_map(|c| ['\\', c]).collect();
        parts.push(match (&term.what, word) {
            (_, Some(word)) => format!("`{word}`{often}"),
            (What::Rule(name), None) => format!("{}{often}", link(name)),
            (What::Group(group), None) => {
                let inside = row_or_rows(group, words);
                let single = !inside.contains(' ') && group.0.len() == 1;
                if single { format!("{inside}{often}") } else { format!("( {inside} ){often}") }
            }
            (What::Literal(word), None) => format!("`{word}`{often}"),
        });
    }
    if !together.is_empty() {
        parts.push(format!("`{}`", together.join(" ")));
    }
    parts.join(" ")
}

fn link(name: &str) -> String {
    format!("[{}](#{})", name.replace('_', "\\_"), name.to_lowercase())
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
