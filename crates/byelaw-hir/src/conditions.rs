//! Conditions: what a sentence says about the facts of a situation.

use crate::hir::{Condition, Kind};
use crate::mistaken::{Treated, declared};
use crate::names::Scope;
use crate::vocabulary::date;
use byelaw_data::{FactId, Minute, YES};
use byelaw_diagnostic::{Diagnostic, Span};
use byelaw_syntax::ast;

/// The most parts that definitions may come to in all places that use them.
const MOST_WRITTEN_OUT: usize = 100_000;

/// Of how many parts a condition is made: what it joins, and each value of a list.
pub(crate) fn parts(condition: &Condition) -> usize {
    match condition {
        Condition::Always | Condition::Between(..) => 1,
        Condition::In(_, values) => values.len().max(1),
        Condition::InSet(_, members) => members.len().max(1),
        Condition::Not(inner) => 1 + parts(inner),
        Condition::All(inner) | Condition::Any(inner) => 1 + inner.iter().map(parts).sum::<usize>(),
    }
}

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
                    let treated = if *includes { Treated::Includes } else { Treated::Is };
                    self.wrong_kind(fact, id, treated);
                    return Condition::Always;
                }
                let inside = self.one_of(id, &values.names, values.except);
                if *negated { Condition::Not(Box::new(inside)) } else { inside }
            }
            ast::Condition::Number { fact, how, number } => {
                let Some(id) = self.fact(fact) else { return Condition::Always };
                let Kind::Number { from, to, .. } = self.model.fact(id).kind else {
                    self.wrong_kind(fact, id, Treated::Number);
                    return Condition::Always;
                };
                if number.value < from || number.value > to {
                    self.outside(number.span, &number.value.to_string(), id);
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

    /// Reports a number that a fact cannot be.
    pub(crate) fn outside(&mut self, span: Span, number: &str, id: FactId) {
        let fact = self.model.fact(id);
        let message = format!("`{number}` is outside what `{}` can be", fact.word.name);
        let at = fact.word.span;
        let diagnostic = Diagnostic::error("B0115", span, message)
            .label(format!("it is {}", self.described(id)))
            .help("mend the number, or widen the fact where it is declared");
        self.report(declared(diagnostic, at));
    }

    fn timed(&mut self, fact: &ast::Name, when: &ast::TimeOf) -> Condition {
        let Some(id) = self.fact(fact) else { return Condition::Always };
        if self.model.fact(id).kind != Kind::Time {
            self.wrong_kind(fact, id, Treated::Time);
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
            self.wrong_kind(fact, id, Treated::Date);
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
            let before = self.written_out;
            self.written_out = before.saturating_add(definition.parts);
            if self.written_out <= MOST_WRITTEN_OUT {
                return definition.condition.clone();
            }
            // A definition of twice the one before it, and so on: thirty lines would fill every memory.
            if before <= MOST_WRITTEN_OUT {
                self.report(
                    Diagnostic::error(
                        "B0030",
                        name.span,
                        format!("the definitions of this pack, written out wherever they are used, come to more than {MOST_WRITTEN_OUT} conditions"),
                    )
                    .label("the first that is too many")
                    .help("use fewer definitions in each other, or declare facts that say the same"),
                );
            }
            return Condition::Always;
        }
        if let Some(id) = self.facts.get(&name.text).copied() {
            if self.model.fact(id).kind == Kind::YesNo {
                return Condition::In(id, vec![YES]);
            }
            self.wrong_kind(name, id, Treated::Holds);
            return Condition::Always;
        }
        let all = self.candidates(self.facts.keys().chain(self.definitions.keys()));
        self.unknown("B0101", name.span, "fact", &name.text, all.iter().map(String::as_str));
        Condition::Always
    }
}

/// What holds nowhere.
fn never() -> Condition {
    Condition::Not(Box::new(Condition::Always))
}
