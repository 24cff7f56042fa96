//! The names of a policy while it is being resolved, and the messages for a name that is not there.

use crate::hir::{Condition, Kind, Model, Silence};
use crate::messages::Messages;
use crate::mistaken::declared;
use crate::openers::Phrases;
use crate::places::Places;
use byelaw_data::{AtomId, DeedId, FactId, NO, RuleId, ValueId, YES};
use byelaw_diagnostic::{Diagnostic, Span, nearest};
use byelaw_syntax::ast;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// What is known so far: the model being built, the names in it, and what was wrong.
#[derive(Default)]
pub(crate) struct Scope {
    pub model: Model,
    pub messages: Messages,
    /// Names that a sentence may declare which could not be read. Of these nobody is told that they are unknown: it is told
    /// what is wrong with the sentence, and declares them once it is mended.
    pub broken: BTreeSet<String>,
    pub facts: BTreeMap<String, FactId>,
    pub definitions: BTreeMap<String, Definition>,
    /// How many parts definitions came to wherever they were used.
    pub written_out: usize,
    pub atoms: BTreeMap<String, AtomId>,
    pub deeds: BTreeMap<String, DeedId>,
    /// The acts that deeds consist in.
    pub done_by: BTreeMap<DeedId, Condition>,
    /// The places of acts by their names and by their verbs.
    pub acts: BTreeMap<String, usize>,
    pub verbs: BTreeMap<Vec<String>, usize>,
    /// How many acts the vocabulary declares.
    pub acts_declared: usize,
    /// Where values and groups are in their lists, where there are many.
    pub places: RefCell<Places>,
    pub group_places: RefCell<Places>,
    /// The words by which phrases are understood, once acts and facts are declared.
    pub phrases: Phrases,
    pub rules: BTreeMap<String, RuleId>,
    pub documents: BTreeMap<String, usize>,
    pub clauses: BTreeMap<(String, String), usize>,
    pub instruments: BTreeMap<String, usize>,
    /// What each policy says of its silence.
    pub silences: BTreeMap<usize, Silence>,
    /// Parameters that are sets of values of a fact, by that fact.
    pub sets: BTreeMap<FactId, BTreeSet<FactId>>,
    /// Exceptions waiting for all norms.
    pub exceptions: Vec<crate::precedence::Prevails>,
    /// Pairs of rules of which the first is a working exception to the second.
    pub useful: BTreeSet<(RuleId, RuleId)>,
}

/// A condition that has a name.
pub(crate) struct Definition {
    pub condition: Condition,
    /// Of how many parts it is made.
    pub parts: usize,
    /// Where it was declared.
    pub span: Span,
}

/// The most names that a message lists when none of them is near.
const MOST_LISTED: usize = 8;

/// Kinds of words that the language has and no pack declares.
const CLOSED: [&str; 4] = ["side", "outcome", "standing", "weekday"];

/// What a name stands for where a value is wanted.
pub(crate) enum Named {
    Values(Vec<ValueId>),
    Set(FactId),
}

impl Scope {
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.messages.push(diagnostic);
    }

    /// The names that somebody may have meant, as long as there will be a message to put them in: thousands of unknown
    /// names among thousands of known ones would take hours to compare.
    pub fn candidates<'a>(&self, names: impl Iterator<Item = &'a String>) -> Vec<String> {
        if self.messages.is_full() { Vec::new() } else { names.cloned().collect() }
    }

    /// Reports a name that nothing is called; `what` says what was wanted, for instance "fact".
    pub fn unknown<'a>(
        &mut self,
        code: &'static str,
        span: Span,
        what: &str,
        name: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) {
        if self.broken.contains(name) {
            return;
        }
        if self.messages.is_full() {
            // It is only counted, and needs no words.
            return self.report(Diagnostic::error(code, span, String::new()));
        }
        // What has the name itself is told as such, and is not what somebody meant by it.
        let known: BTreeSet<&str> = candidates.into_iter().filter(|known| *known != name).collect();
        let near = nearest(name, known.iter().copied());
        let mut is = if CLOSED.contains(&what) { Vec::new() } else { self.known_as(name) };
        // Where a pledge is wanted, another kind of pledge is more likely meant than a value of the same name.
        is.sort_by_key(|known| (code == "B0112") != known.pledge);
        let is = is.first();
        let wanted = match (code, what) {
            ("B0102", _) => format!("value of `{what}`"),
            _ => what.to_owned(),
        };
        let mut diagnostic = match is {
            Some(known) => {
                let message = format!("`{name}` is {}, and no {wanted}", known.is);
                declared(Diagnostic::error(code, span, message).label(format!("no {wanted}")), known.at)
            }
            None if code == "B0102" && !CLOSED.contains(&what) => {
                let at = self.facts.get(what).and_then(|id| self.model.fact(*id).word.span);
                let message = format!("`{what}` has no value called `{name}`");
                declared(Diagnostic::error(code, span, message).label("not one of its values"), at)
            }
            None => Diagnostic::error(code, span, format!("there is no {what} called `{name}`"))
                .label("not declared"),
        };
        if near.is_empty() && (1..=MOST_LISTED).contains(&known.len()) && (is.is_none() || code == "B0102") {
            let known: Vec<String> = known.iter().map(|k| format!("`{k}`")).collect();
            diagnostic = diagnostic.note(format!("known here: {}", known.join(", ")));
        }
        if let Some(known) = is {
            diagnostic = diagnostic.help(match what {
                "approval" if known.somebody => {
                    format!("declare their approval: `approval {name} \"...\" given by {name}.`")
                }
                _ => known.write.clone(),
            });
        }
        diagnostic = match near.split_first() {
            Some((first, [])) => diagnostic.help(format!("did you mean `{first}`?")),
            Some((first, rest)) => {
                let others = rest.iter().map(|r| format!("`{r}`")).collect::<Vec<_>>().join(" or ");
                diagnostic.help(format!("did you mean `{first}`, or perhaps {others}?"))
            }
            None if is.is_none() => diagnostic.help(how_to_declare(code, what, name)),
            None => diagnostic,
        };
        self.report(diagnostic);
    }

    pub fn fact(&mut self, name: &ast::Name) -> Option<FactId> {
        let found = self.facts.get(&name.text).copied();
        if found.is_none() {
            let all = self.candidates(self.facts.keys());
            self.unknown("B0101", name.span, "fact", &name.text, all.iter().map(String::as_str));
        }
        found
    }

    pub fn rule(&mut self, name: &ast::Name) -> Option<RuleId> {
        let found = self.rules.get(&name.text).copied();
        if found.is_none() {
            let all = self.candidates(self.rules.keys());
            self.unknown("B0103", name.span, "rule", &name.text, all.iter().map(String::as_str));
        }
        found
    }

    /// What a name means as a value of `fact`: one value, the members of a group, a set left to somebody, or every
    /// value if it is the fact's own name.
    pub fn look_up(&self, fact: FactId, name: &str) -> Option<Named> {
        let this = self.model.fact(fact);
        if let Some(value) = self.value_place(fact, name) {
            return Some(Named::Values(vec![value]));
        }
        if let Some(group) = self.group_place(fact, name).and_then(|place| this.groups.get(place)) {
            return Some(Named::Values(group.members.clone()));
        }
        let set = self.sets.get(&fact).into_iter().flatten().find(|s| self.model.fact(**s).word.name == name);
        if let Some(set) = set {
            return Some(Named::Set(*set));
        }
        (this.word.name == name && self.model.width(fact) > 0)
            .then(|| Named::Values((0..self.model.width(fact)).map(to_value).collect()))
    }

    /// The value of `fact` that has a name.
    pub fn value_place(&self, fact: FactId, name: &str) -> Option<ValueId> {
        let mut places = self.places.borrow_mut();
        match &self.model.fact(fact).kind {
            Kind::YesNo => match name {
                "yes" => Some(YES),
                "no" => Some(NO),
                _ => None,
            },
            Kind::OneOf(values) | Kind::SomeOf { labels: values, .. } => {
                places.of(fact, values, |w| &w.name, name).map(to_value)
            }
            Kind::Acts => self.acts.get(name).copied().map(to_value),
            Kind::Weekday => byelaw_data::Weekday::ALL.iter().position(|d| d.as_str() == name).map(to_value),
            Kind::Number { .. } | Kind::Date | Kind::Time => None,
        }
    }

    /// Where a value of `fact` was declared, if a policy declares it.
    pub fn value_span(&self, fact: FactId, value: ValueId) -> Option<Span> {
        let place = usize::from(value.0);
        match &self.model.fact(fact).kind {
            Kind::OneOf(values) | Kind::SomeOf { labels: values, .. } => values.get(place)?.span,
            Kind::Acts => self.model.acts.get(place)?.word.span,
            Kind::YesNo | Kind::Weekday | Kind::Number { .. } | Kind::Date | Kind::Time => None,
        }
    }

    /// Where the group of `fact` that has a name is.
    fn group_place(&self, fact: FactId, name: &str) -> Option<usize> {
        self.group_places.borrow_mut().of(fact, &self.model.fact(fact).groups, |g| &g.word.name, name)
    }

    /// Where the value or the group of `fact` that has a name was declared, if there is one.
    pub fn declared(&self, fact: FactId, name: &str) -> Option<Option<Span>> {
        if let Some(value) = self.value_place(fact, name) {
            return Some(self.value_span(fact, value));
        }
        let group = self.group_place(fact, name)?;
        self.model.fact(fact).groups.get(group).map(|g| g.word.span)
    }

    /// Everything that can be named as a value of `fact`.
    pub fn value_names(&self, fact: FactId) -> Vec<String> {
        let this = self.model.fact(fact);
        let sets = self.sets.get(&fact).into_iter().flatten().map(|s| self.model.fact(*s).word.name.clone());
        self.model
            .values(fact)
            .into_iter()
            .map(|w| w.name)
            .chain(this.groups.iter().map(|g| g.word.name.clone()))
            .chain(sets)
            .collect()
    }

    /// The condition that `fact` has one of the named values; unknown names are reported and left out.
    pub fn one_of(&mut self, fact: FactId, names: &[ast::Name], except: bool) -> Condition {
        let mut plain: BTreeSet<ValueId> = BTreeSet::new();
        let mut parts: Vec<Condition> = Vec::new();
        for name in names {
            match self.look_up(fact, &name.text) {
                Some(Named::Values(values)) => plain.extend(values),
                Some(Named::Set(set)) => parts.push(self.in_set(fact, set)),
                None => self.unknown_value(fact, name),
            }
        }
        if let Kind::SomeOf { members, .. } = &self.model.fact(fact).kind {
            let members = members.clone();
            parts.extend(
                plain
                    .iter()
                    .filter_map(|v| members.get(usize::from(v.0)))
                    .map(|m| Condition::In(*m, vec![YES])),
            );
        } else if !plain.is_empty() || parts.is_empty() {
            parts.insert(0, Condition::In(fact, plain.into_iter().collect()));
        }
        let all = if parts.len() == 1 { parts.remove(0) } else { Condition::Any(parts) };
        if except { Condition::Not(Box::new(all)) } else { all }
    }

    /// `fact` has one of the values that the set holds.
    fn in_set(&self, fact: FactId, set: FactId) -> Condition {
        match &self.model.fact(set).kind {
            Kind::SomeOf { members, .. } => Condition::InSet(fact, members.clone()),
            _ => Condition::Always,
        }
    }
}

/// What an author does about a name that is not there and is near to none that is.
fn how_to_declare(code: &str, what: &str, name: &str) -> String {
    match (code, what) {
        ("B0101", "fact") => {
            format!("declare it, for instance `fact {name} of the circumstances, yes or no.`")
        }
        ("B0102", _) => {
            format!("add it to the values of `{what}`, or declare a group of them with that name")
        }
        ("B0103", _) => "write that rule, or name one that is there".to_owned(),
        ("B0104", "document") => format!("declare it: `document {name} \"TITLE\".`"),
        ("B0104", _) => format!("declare it: `clause {name} \"WHERE\": \"what it says\".`"),
        ("B0112", _) => format!("declare it: `{what} {name} \"...\".`"),
        ("B0118", "period") => format!("declare it: `period {name}, from DATE until DATE.`"),
        ("B0118", _) => "name a policy or addendum of this pack, or `use` the pack that has it".to_owned(),
        _ => "use one of the words that are known".to_owned(),
    }
}

/// A place in a list of values. Lists are bounded far below `u16::MAX` by the limits on a sentence.
pub(crate) fn to_value(place: usize) -> ValueId {
    ValueId(u16::try_from(place).unwrap_or(u16::MAX))
}
