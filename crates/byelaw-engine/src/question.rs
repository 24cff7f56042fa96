//! A question, put together by facts, values and names.

use crate::{Date, Fact, Minute, NotAsked, Policy, Value};
use byelaw_data::{FactId, NO, Question as Asked, Stated, YES};
use byelaw_ir::{Domain, FactKind};
use byelaw_wire::names;

/// A question to one policy. What is not said is presumed where the policy presumes something, and otherwise unknown,
/// never false.
#[derive(Debug, Clone)]
pub struct Question<'p> {
    pub(crate) policy: &'p Policy,
    pub(crate) asked: Asked,
}

impl Policy {
    /// An empty question.
    pub fn question(&self) -> Question<'_> {
        Question { policy: self, asked: Asked { assume: true, ..Asked::default() } }
    }
}

impl Question<'_> {
    /// When the conduct happens: a day and, if it is known, the local time.
    pub fn on(&mut self, date: Date, time: Option<Minute>) -> &mut Self {
        self.asked.on = Some(date);
        self.asked.at = time;
        self
    }

    /// Whose day's adopted rules count; the day of the conduct if it is not said.
    pub fn as_of(&mut self, date: Date) -> &mut Self {
        self.asked.as_of = Some(date);
        self
    }

    /// Takes nothing for granted: what the policy presumes is unknown if it is not said.
    pub fn presume_nothing(&mut self) -> &mut Self {
        self.asked.assume = false;
        self
    }

    /// States a value.
    ///
    /// # Errors
    /// [`NotAsked::OtherPolicy`] if the value is another policy's.
    pub fn set(&mut self, value: Value) -> Result<&mut Self, NotAsked> {
        self.policy.owns(value.stamp)?;
        self.asked.facts.insert(value.fact, Stated::Value(value.value));
        Ok(self)
    }

    /// States whether a yes-or-no fact is so.
    ///
    /// # Errors
    /// [`NotAsked::OtherKind`], [`NotAsked::OtherPolicy`].
    pub fn set_yes_no(&mut self, fact: Fact, yes: bool) -> Result<&mut Self, NotAsked> {
        self.policy.owns(fact.stamp)?;
        let kind = self.kind(fact.id);
        if kind != Some(&FactKind::YesNo) {
            return Err(self.other_kind(fact.id));
        }
        self.asked.facts.insert(fact.id, Stated::Value(if yes { YES } else { NO }));
        Ok(self)
    }

    /// States a number, in the unit of its fact; a date as days since 1970-01-01 ([`Date::days`]), a time as minutes
    /// since midnight.
    ///
    /// # Errors
    /// [`NotAsked::OtherKind`], [`NotAsked::OutOfRange`], [`NotAsked::OtherPolicy`].
    pub fn set_number(&mut self, fact: Fact, number: i64) -> Result<&mut Self, NotAsked> {
        self.policy.owns(fact.stamp)?;
        let domain = self.policy.program.facts.get(usize::from(fact.id.0)).map(|f| &f.domain);
        match domain {
            Some(Domain::Cells { from, to, .. }) if (*from..=*to).contains(&number) => {
                self.asked.facts.insert(fact.id, Stated::Number(number));
                Ok(self)
            }
            Some(Domain::Cells { from, to, .. }) => Err(NotAsked::OutOfRange {
                fact: self.policy.fact_name(fact.id).to_owned(),
                number,
                from: *from,
                to: *to,
            }),
            _ => Err(self.other_kind(fact.id)),
        }
    }

    /// States all labels of a fact that can be several at once; those left out are no.
    ///
    /// # Errors
    /// [`NotAsked::OtherKind`], [`NotAsked::NoSuchValue`], [`NotAsked::OtherPolicy`].
    pub fn set_labels(&mut self, fact: Fact, labels: &[&str]) -> Result<&mut Self, NotAsked> {
        self.policy.owns(fact.stamp)?;
        let name = self.policy.program.names.facts.get(usize::from(fact.id.0));
        let Some((FactKind::SomeOf(members), values)) = name.map(|f| (&f.kind, &f.values)) else {
            return Err(self.other_kind(fact.id));
        };
        for label in labels {
            let is = |w: &byelaw_ir::Word| w.name == *label || w.formerly.iter().any(|old| old == label);
            if !values.iter().any(is) {
                let known = values.iter().map(|w| w.name.as_str());
                return Err(NotAsked::NoSuchValue {
                    fact: self.policy.fact_name(fact.id).to_owned(),
                    name: (*label).to_owned(),
                    nearest: byelaw_diagnostic::nearest(label, known),
                });
            }
        }
        for (member, word) in members.iter().zip(values) {
            let yes = labels.iter().any(|l| word.name == *l || word.formerly.iter().any(|old| old == l));
            self.asked.facts.insert(*member, Stated::Value(if yes { YES } else { NO }));
        }
        Ok(self)
    }

    /// Says that a fact is unknown: nothing is presumed of it.
    ///
    /// # Errors
    /// [`NotAsked::OtherPolicy`].
    pub fn unknown(&mut self, fact: Fact) -> Result<&mut Self, NotAsked> {
        self.policy.owns(fact.stamp)?;
        self.asked.facts.insert(fact.id, Stated::Unknown);
        Ok(self)
    }

    /// An approval that was given, or an undertaking or duty that will be kept.
    ///
    /// # Errors
    /// [`NotAsked::NoSuchPromise`].
    pub fn given(&mut self, name: &str) -> Result<&mut Self, NotAsked> {
        self.promise(name, true)
    }

    /// An approval that was refused, or an undertaking or duty that will not be kept.
    ///
    /// # Errors
    /// [`NotAsked::NoSuchPromise`].
    pub fn refused(&mut self, name: &str) -> Result<&mut Self, NotAsked> {
        self.promise(name, false)
    }

    fn promise(&mut self, name: &str, kept: bool) -> Result<&mut Self, NotAsked> {
        let program = &self.policy.program;
        let atom = names::atom(program, name, true).or_else(|| names::atom(program, name, false));
        if let Some(atom) = atom {
            let list = if kept { &mut self.asked.granted } else { &mut self.asked.refused };
            list.insert(atom);
        } else if let Some(deed) = names::deed(program, name) {
            let list = if kept { &mut self.asked.done } else { &mut self.asked.undone };
            list.insert(deed);
        } else {
            return Err(self.policy.no_such_promise(name));
        }
        Ok(self)
    }

    fn kind(&self, id: FactId) -> Option<&FactKind> {
        self.policy.program.names.facts.get(usize::from(id.0)).map(|f| &f.kind)
    }

    fn other_kind(&self, id: FactId) -> NotAsked {
        let is = match self.kind(id) {
            Some(FactKind::YesNo) => "a yes or no",
            Some(FactKind::OneOf | FactKind::Weekday) => "one of a list of values",
            Some(FactKind::SomeOf(_)) => "several labels at once",
            Some(FactKind::Number(_)) => "a number",
            Some(FactKind::Date) => "a date",
            Some(FactKind::Time) => "a time of day",
            Some(FactKind::Acts) => "the act",
            None => "no fact",
        };
        NotAsked::OtherKind { fact: self.policy.fact_name(id).to_owned(), is }
    }
}
