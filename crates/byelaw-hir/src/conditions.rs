//! Conditions: what a sentence says about the facts of a situation.

use crate::hir::{Condition, Kind};
use crate::names::Scope;
use crate::vocabulary::date;
use byelaw_data::{Minute, YES};
use byelaw_diagnostic::Diagnostic;
use byelaw_syntax::ast;

impl Scope {
    /// Resolves a condition. What cannot be resolved is reported and taken as holding always; a policy with an
    /// error is never compiled, so that this choice decides nothing.
    pub fn condition(&mut self, condition: &ast::Condition) -> Condition {
        match condition {
            ast::Condition::Holds(name) => self.holds(name),
            ast::Condition::Not(inner, _) => Condition::Not(Box::new(self.condition(inner))),
            ast::Condition::And(parts) => Condition::All(parts.iter().map(|p| self.condition(p)).collect()),
            ast::Condition::Or(parts) => Condition::Any(parts.iter().map(|p| self.condition(p)).collect()),
            ast::Condition::Is { fact, negated, includes, values } => {
                let Some(id) = self.fact(fact) else { return Condition::Always };
                let several = matches!(self.model.fact(id).kind, Kind::SomeOf { .. });
                if matches!(self.model.fact(id).kind, Kind::Number { .. } | Kind::Date | Kind::Time)
                    || several != *includes
                {
                    self.wrong_kind(fact, id);
                    return Condition::Always;
                }
                let inside = self.one_of(id, &values.names, values.except);
                if *negated { Condition::Not(Box::new(inside)) } else { inside }
            }
            ast::Condition::Number { fact, how, number } => {
                let Some(id) = self.fact(fact) else { return Condition::Always };
                let Kind::Number { from, to, .. } = self.model.fact(id).kind else {
                    self.wrong_kind(fact, id);
                    return Condition::Always;
                };
                if number.value < from || number.value > to {
                    self.report(
                        Diagnostic::error(
                            "B0115",
                            number.span,
                            format!("`{}` is outside what `{}` can be", number.value, fact.text),
                        )
                        .label(format!("must lie between {from} and {to}"))
                        .help("mend the number, or widen the fact where it is declared"),
                    );
                }
                let n = number.value;
                match how {
                    ast::Comparison::AtLeast => Condition::Between(id, n, to),
                    ast::Comparison::AtMost => Condition::Between(id, from, n),
                    // Nothing lies above the greatest number that there is, or below the least.
                    ast::Comparison::Over => {
                        n.checked_add(1).map_or_else(never, |n| Condition::Between(id, n, to))
                    }
                    ast::Comparison::Under => {
                        n.checked_sub(1).map_or_else(never, |n| Condition::Between(id, from, n))
                    }
                    ast::Comparison::Exactly => Condition::Between(id, n, n),
                }
            }
            ast::Condition::From { fact, date: d } => self.dated(fact, d, true),
            ast::Condition::Before { fact, date: d } => self.dated(fact, d, false),
            ast::Condition::Time { fact, when } => self.timed(fact, when),
        }
    }

    fn timed(&mut self, fact: &ast::Name, when: &ast::TimeOf) -> Condition {
        let Some(id) = self.fact(fact) else { return Condition::Always };
        if self.model.fact(id).kind != Kind::Time {
            self.wrong_kind(fact, id);
            return Condition::Always;
        }
        let last = Minute::LAST.minutes();
        let range = match when {
            ast::TimeOf::From(from) => self.minute(from).map(|m| (m.minutes(), last)),
            ast::TimeOf::Exactly(time) => self.minute(time).map(|m| (m.minutes(), m.minutes())),
            ast::TimeOf::Before(until) => match self.minute(until).map(|m| m.minutes().checked_sub(1)) {
                Some(Some(before)) => Some((0, before)),
                // Nothing is before midnight.
                Some(None) => {
                    self.past_midnight(until.span);
                    None
                }
                None => None,
            },
            ast::TimeOf::Between(from, until) => {
                match (self.minute(from).map(Minute::minutes), self.minute(until).map(Minute::minutes)) {
                    (Some(a), Some(b)) if a < b => Some((a, b.saturating_sub(1))),
                    (Some(_), Some(_)) => {
                        self.past_midnight(when.span());
                        None
                    }
                    _ => None,
                }
            }
        };
        range.map_or(Condition::Always, |(low, high)| Condition::Between(id, i64::from(low), i64::from(high)))
    }

    fn dated(&mut self, fact: &ast::Name, literal: &ast::DateLit, from: bool) -> Condition {
        let Some(id) = self.fact(fact) else { return Condition::Always };
        if self.model.fact(id).kind != Kind::Date {
            self.wrong_kind(fact, id);
            return Condition::Always;
        }
        let Some(day) = date(self, literal) else { return Condition::Always };
        if from {
            Condition::Between(id, day.days(), byelaw_data::Date::LAST.days())
        } else {
            Condition::Between(id, byelaw_data::Date::FIRST.days(), day.days().saturating_sub(1))
        }
    }

    fn holds(&mut self, name: &ast::Name) -> Condition {
        if let Some(definition) = self.definitions.get(&name.text) {
            return definition.clone();
        }
        if let Some(id) = self.facts.get(&name.text).copied() {
            if self.model.fact(id).kind == Kind::YesNo {
                return Condition::In(id, vec![YES]);
            }
            self.wrong_kind(name, id);
            return Condition::Always;
        }
        let all: Vec<String> = self.facts.keys().chain(self.definitions.keys()).cloned().collect();
        self.unknown("B0101", name.span, "fact", &name.text, all.iter().map(String::as_str));
        Condition::Always
    }

    /// Reports a fact used as if it were of another kind, says what it is and where it was declared.
    fn wrong_kind(&mut self, name: &ast::Name, id: byelaw_data::FactId) {
        let fact = self.model.fact(id);
        let (is, write) = match &fact.kind {
            Kind::YesNo => ("a yes-or-no fact", format!("write `{0}` or `not {0}`", name.text)),
            Kind::OneOf(_) | Kind::Weekday | Kind::Acts => (
                "a fact with a list of values",
                format!("write `{} is ...` with one of its values", name.text),
            ),
            Kind::SomeOf { .. } => {
                ("a fact with several values at once", format!("write `{} includes ...`", name.text))
            }
            Kind::Time => (
                "a time of day",
                format!(
                    "write `{} is at or after 18:00`, `is before 08:30` or `is from 18:00 until 20:00`",
                    name.text
                ),
            ),
            Kind::Number { .. } => (
                "a number",
                format!("write `{} is at least ...`, `is under ...` or `is ...` with a number", name.text),
            ),
            Kind::Date => {
                ("a date", format!("write `{} is on or after 2020-01-31` or `is before ...`", name.text))
            }
        };
        let mut diagnostic =
            Diagnostic::error("B0107", name.span, format!("`{}` is {is}, and is not used as one", name.text))
                .label(is)
                .help(write);
        if let Some(span) = fact.word.span {
            diagnostic = diagnostic.related(span, "declared here");
        }
        self.report(diagnostic);
    }
}

/// What holds nowhere.
fn never() -> Condition {
    Condition::Not(Box::new(Condition::Always))
}
