//! Words that stand where something else is wanted: what such a word is, where it was declared, and how it is used.
//!
//! Not here: names that are nowhere (`names`), and what a sentence means.

use crate::hir::{Kind, Word};
use crate::names::Scope;
use byelaw_data::FactId;
use byelaw_diagnostic::{Diagnostic, Span};
use byelaw_syntax::ast;

/// The most values that the description of a fact lists.
const MOST_LISTED: usize = 5;

/// What a name is.
pub(crate) struct Known {
    /// For instance "a value of `item`".
    pub is: String,
    /// Where it was declared.
    pub at: Option<Span>,
    /// How it is used.
    pub write: String,
    /// Whether it is a value or a group of the subject: somebody.
    pub somebody: bool,
    /// Whether it is an approval, an undertaking or a deed.
    pub pledge: bool,
}

/// The way in which a sentence treats a fact.
#[derive(Clone, Copy)]
pub(crate) enum Treated {
    /// `fact`
    Holds,
    /// `fact is VALUE`
    Is,
    /// `fact includes VALUE`
    Includes,
    /// `fact is at least 3`
    Number,
    /// `fact is before 2020-01-31`
    Date,
    /// `fact is before 08:30`
    Time,
}

impl Treated {
    /// What the sentence does with the fact.
    fn as_if(self) -> &'static str {
        match self {
            Self::Holds => "stands alone here, as if it were yes or no",
            Self::Is => "is compared with a name here",
            Self::Includes => "is asked here what it includes",
            Self::Number => "is compared with a number here",
            Self::Date => "is compared with a date here",
            Self::Time => "is compared with a time of day here",
        }
    }

    /// What can be treated so.
    fn fits(self) -> &'static str {
        match self {
            Self::Holds => "only a yes-or-no fact or a definition can stand alone",
            Self::Is => "only a fact with a list of values, one at a time, is compared so",
            Self::Includes => "only a fact with several values at once includes some",
            Self::Number => "only a number can be",
            Self::Date => "only a date can be",
            Self::Time => "only a time of day can be",
        }
    }
}

impl Scope {
    /// What a fact can be, in words.
    pub(crate) fn described(&self, id: FactId) -> String {
        let fact = self.model.fact(id);
        let listed = |words: &[Word]| {
            let mut names: Vec<String> = words.iter().take(MOST_LISTED).map(|w| w.name.clone()).collect();
            if words.len() > MOST_LISTED {
                names.push(format!("and {} more", words.len() - MOST_LISTED));
            }
            names.join(", ")
        };
        match &fact.kind {
            Kind::YesNo if fact.period.is_some() => "a period, which holds or does not".to_owned(),
            Kind::YesNo => "a yes-or-no fact".to_owned(),
            Kind::OneOf(values) => format!("a fact with one of these values: {}", listed(values)),
            Kind::SomeOf { labels, .. } => {
                format!("a fact with any of these values, several at once: {}", listed(labels))
            }
            Kind::Number { unit, from, to } => format!("a number of {unit} from {from} to {to}"),
            Kind::Date => "a date".to_owned(),
            Kind::Time => "a time of day".to_owned(),
            Kind::Weekday => "a weekday, from monday to sunday".to_owned(),
            Kind::Acts => "the fact whose values are the acts".to_owned(),
        }
    }

    /// How a condition about a fact is written.
    fn condition_with(&self, id: FactId) -> String {
        let fact = self.model.fact(id);
        let name = &fact.word.name;
        let first =
            self.model.values(id).into_iter().next().map(|w| w.name).unwrap_or_else(|| "...".to_owned());
        match &fact.kind {
            Kind::YesNo => format!("write `{name}` or `not {name}`"),
            Kind::OneOf(_) | Kind::Weekday | Kind::Acts => {
                format!("write `{name} is ...` with one of its values, for instance `{name} is {first}`")
            }
            Kind::SomeOf { .. } => {
                format!(
                    "write `{name} includes ...` with one of its values, for instance `{name} includes {first}`"
                )
            }
            Kind::Number { from, to, .. } => {
                let middle = from.saturating_add(to.saturating_sub(*from) / 2);
                format!(
                    "write for instance `{name} is at least {middle}`, `{name} is under {middle}` or `{name} is {middle}`"
                )
            }
            Kind::Date => {
                format!(
                    "write for instance `{name} is on or after 2020-01-31` or `{name} is before 2020-01-31`"
                )
            }
            Kind::Time => format!(
                "write for instance `{name} is at or after 18:00`, `{name} is before 08:30` or `{name} is from 18:00 until 20:00`"
            ),
        }
    }

    /// Everything that a name is. Things of different kinds may have the same name.
    pub(crate) fn known_as(&self, name: &str) -> Vec<Known> {
        let model = &self.model;
        let mut found = Vec::new();
        let mut add = |is: String, at: Option<Span>, write: String, somebody: bool| {
            found.push(Known { is, at, write, somebody, pledge: false });
        };
        if let Some(id) = self.facts.get(name) {
            let at = model.fact(*id).word.span;
            add(self.described(*id), at, self.condition_with(*id), false);
        }
        if let Some(definition) = self.definitions.get(name) {
            add("a definition".to_owned(), Some(definition.span), format!("write `when {name}`"), false);
        }
        for (place, fact) in model.facts.iter().enumerate().filter(|(_, f)| f.member_of.is_none()) {
            let Ok(id) = u16::try_from(place).map(FactId) else { continue };
            let owner = &fact.word.name;
            let somebody = model.subject == Some(id);
            let verb = if matches!(fact.kind, Kind::SomeOf { .. }) { "includes" } else { "is" };
            let write = |value: &str| {
                if somebody {
                    format!("in a condition write `{owner} is {value}`, at the head of a sentence `{value}`")
                } else {
                    format!("in a condition write `{owner} {verb} {value}`")
                }
            };
            if let Kind::OneOf(values) | Kind::SomeOf { labels: values, .. } = &fact.kind {
                for value in values {
                    let at = value.span.or(fact.word.span);
                    if value.name == name {
                        add(format!("a value of `{owner}`"), at, write(name), somebody);
                    } else if value.also.iter().any(|a| a == name) {
                        let is = format!(
                            "another word for the value `{}` of `{owner}`, for questions only",
                            value.name
                        );
                        add(is, at, write(&value.name), somebody);
                    }
                }
            }
            if let Some(group) = fact.groups.iter().find(|g| g.word.name == name) {
                add(format!("a group of values of `{owner}`"), group.word.span, write(name), somebody);
            }
        }
        for act in model.acts.iter().filter(|a| a.word.name == name) {
            add(
                "an act".to_owned(),
                act.word.span,
                format!("it is the verb of a sentence: `... may {}`", act.verb.join(" ")),
                false,
            );
        }
        for rule in model.names.iter().filter(|r| r.name == name) {
            add(
                "a rule".to_owned(),
                Some(rule.span),
                format!("a rule is named behind `despite`, or in `rule {name} does not apply when ...`"),
                false,
            );
        }
        for document in model.documents.iter().filter(|d| d.name == name) {
            add(
                "a document".to_owned(),
                Some(document.span),
                format!("a clause of it is cited as `{name}/...`"),
                false,
            );
        }
        for instrument in model.instruments.iter().filter(|i| i.name == name) {
            add(
                "a policy or an addendum".to_owned(),
                Some(instrument.span),
                "it belongs behind `to`, `under` or `replaces` in the sentence that says what a pack is"
                    .to_owned(),
                false,
            );
        }
        for atom in model.atoms.iter().filter(|a| a.word.name == name) {
            let (is, write) = match &atom.approval {
                Some(_) => {
                    ("an approval", format!("it belongs behind `if approved by`: `if approved by {name}`"))
                }
                None => {
                    ("an undertaking", format!("it belongs behind `provided they`: `provided they {name}`"))
                }
            };
            found.push(Known { is: is.to_owned(), at: atom.word.span, write, somebody: false, pledge: true });
        }
        for deed in model.deeds.iter().filter(|d| d.name == name) {
            let write = format!("it belongs behind `must`: `... must {name}, ..., after they ...`");
            found.push(Known {
                is: "a deed of duties".to_owned(),
                at: deed.span,
                write,
                somebody: false,
                pledge: true,
            });
        }
        found
    }

    /// Reports a fact that a condition treats as one of another kind.
    pub(crate) fn wrong_kind(&mut self, name: &ast::Name, id: FactId, treated: Treated) {
        let message = format!("`{}` {}, and is {}", name.text, treated.as_if(), self.described(id));
        let diagnostic = Diagnostic::error("B0107", name.span, message)
            .label(treated.fits())
            .help(self.condition_with(id));
        let at = self.model.fact(id).word.span;
        self.report(declared(diagnostic, at));
    }

    /// Reports a name that is no value of `fact`.
    pub(crate) fn unknown_value(&mut self, id: FactId, name: &ast::Name) {
        let fact = self.model.fact(id);
        let (word, at) = (fact.word.name.clone(), fact.word.span);
        match &fact.kind {
            Kind::YesNo => {
                let message = format!("`{word}` is yes or no, and not `{}`", name.text);
                let diagnostic = Diagnostic::error("B0102", name.span, message)
                    .label("neither yes nor no")
                    .help("write `yes` or `no`");
                self.report(declared(diagnostic, at));
            }
            Kind::Number { .. } | Kind::Date | Kind::Time => {
                let message =
                    format!("`{word}` is {}, and has no value called `{}`", self.described(id), name.text);
                let diagnostic = Diagnostic::error("B0107", name.span, message)
                    .label("a name, where there can be none")
                    .help(format!("say it in a condition: {}", self.condition_with(id)));
                self.report(declared(diagnostic, at));
            }
            Kind::OneOf(_) | Kind::SomeOf { .. } | Kind::Weekday | Kind::Acts => self.unlisted(id, name),
        }
    }

    /// Reports a name that is not in the list of values of `fact`.
    fn unlisted(&mut self, id: FactId, name: &ast::Name) {
        let fact = self.model.fact(id);
        let word = fact.word.name.clone();
        let acts = fact.kind == Kind::Acts;
        let groups: Vec<Word> = fact.groups.iter().map(|group| group.word.clone()).collect();
        let words = self.model.values(id).into_iter().chain(groups);
        if let Some(today) = words.clone().find(|w| w.formerly.contains(&name.text)) {
            let message = format!("`{}` is now called `{}`", name.text, today.name);
            let diagnostic = Diagnostic::error("B0102", name.span, message)
                .label("a former name")
                .note(
                    "questions may still use the former name; the policy itself uses one name for one thing",
                )
                .help(format!("write `{}`", today.name));
            self.report(declared(diagnostic, today.span));
            return;
        }
        let standing_alone = self.facts.get(&name.text).map(|f| self.model.fact(*f).word.span);
        let standing_alone = standing_alone.or(self.definitions.get(&name.text).map(|d| Some(d.span)));
        if let (Some(at), false) = (standing_alone, acts) {
            let message = format!("`{}` is a fact of its own and no value of `{word}`", name.text);
            let diagnostic = Diagnostic::error("B0102", name.span, message)
                .label("read as a value of the list")
                .help(format!("if it is a condition of its own, put what stands before it in brackets: `({word} is ...) or {}`", name.text));
            self.report(declared(diagnostic, at));
            return;
        }
        let mut all = self.value_names(id);
        if self.model.subject == Some(id) {
            if let Some(help) = everybody(&name.text) {
                let message = format!("`{}` is no value of `{word}`", name.text);
                let diagnostic = Diagnostic::error("B0102", name.span, message)
                    .label("says how many, and not who")
                    .help(help);
                self.report(declared(diagnostic, self.model.fact(id).word.span));
                return;
            }
            all.extend(self.held_names());
        }
        self.unknown("B0102", name.span, &word, &name.text, all.iter().map(String::as_str));
    }
}

/// The message with the place where the word was declared.
pub(crate) fn declared(diagnostic: Diagnostic, at: Option<Span>) -> Diagnostic {
    match at {
        Some(at) => diagnostic.related(at, "declared here"),
        None => diagnostic,
    }
}

/// What to write instead of a word for all people or for none.
fn everybody(word: &str) -> Option<&'static str> {
    match word {
        "nobody" | "none" | "no-one" => {
            Some("write `Anyone must not ...`, or `Anyone except ... must not ...`")
        }
        "everybody" | "everyone" | "anybody" | "all" | "people" | "persons" | "users" => {
            Some("write `anyone`, or `anyone except ...`")
        }
        _ => None,
    }
}
