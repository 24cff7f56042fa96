//! Readings of a sentence, and what fills a parameter or a reading from outside its own sentence.

use crate::hir::{Fact, Filling, Kind, Side};
use crate::names::{Named, Scope};
use crate::vocabulary::date;
use byelaw_data::{Date, FactId, ValueId};
use byelaw_diagnostic::{Diagnostic, Span};
use byelaw_syntax::ast;
use std::collections::BTreeSet;

impl Scope {
    /// First round: a reading is a fact with a list of values.
    pub fn declare_reading(&mut self, reading: &ast::Reading) {
        self.declare(&reading.name, reading.label.as_ref(), Side::Circumstances, None, &reading.parts);
    }

    /// Which sentence it reads, once the clauses are there.
    pub fn reading_of(&mut self, reading: &ast::Reading) {
        let clauses = self.citations(std::slice::from_ref(&reading.clause));
        if let (Some(id), [clause]) = (self.facts.get(&reading.name.text), clauses.as_slice()) {
            self.model.readings.insert(*id, *clause);
        }
    }

    /// `set NAME to VALUES because "..."`.
    pub fn set(&mut self, set: &ast::Set) {
        let Some(id) = self.fact(&set.fact) else { return };
        let fact = self.model.fact(id).clone();
        if fact.left_to.is_none() && !self.model.readings.contains_key(&id) {
            let mut diagnostic = Diagnostic::error(
                "B0191",
                set.fact.span,
                format!("`{}` is left to nobody, so that nothing can set it", set.fact.text),
            )
            .help("only a `parameter` and a `reading` can be set");
            if let Some(span) = fact.word.span {
                diagnostic = diagnostic.related(span, "declared here");
            }
            self.report(diagnostic);
            return;
        }
        if let Some(first) = self.model.fillings.get(&id) {
            let first = first.span;
            self.report(
                Diagnostic::error("B0192", set.fact.span, format!("`{}` is set twice", set.fact.text))
                    .label("second time")
                    .related(first, "first set here")
                    .help("keep one of the two"),
            );
            return;
        }
        let number = match fact.kind {
            Kind::Number { .. } | Kind::Date => match self.wanted_number(&fact, &set.values) {
                Some(number) => Some(number),
                None => return,
            },
            _ => None,
        };
        let values = match number {
            Some(_) => Vec::new(),
            None => match self.wanted(id, &fact, &set.values, set.fact.span) {
                Some(values) => values,
                None => return,
            },
        };
        if let Some((taken, _)) = &fact.taken_as
            && *taken != values
        {
            let mut diagnostic = Diagnostic::error(
                "B0193",
                set.fact.span,
                format!("`{}` is set to something else than it is taken as", set.fact.text),
            )
            .help("take one of the two away: `taken as` and `set` both say what holds");
            if let Some(span) = fact.word.span {
                diagnostic = diagnostic.related(span, "taken as something else here");
            }
            self.report(diagnostic);
            return;
        }
        self.fill_in(id, values, &set.because.text);
        let on = set.on.as_ref().and_then(|d| date(self, d));
        let filling = Filling {
            number,
            because: set.because.text.clone(),
            decided_by: set.decided_by.as_ref().map(|n| n.text.clone()),
            on,
            span: set.fact.span,
        };
        self.model.fillings.insert(id, filling);
    }

    /// The number or date named, if the fact can have it.
    fn wanted_number(&mut self, fact: &Fact, names: &[ast::Name]) -> Option<i64> {
        let first = names.first()?;
        let (number, values) = match fact.kind {
            Kind::Number { from, to, .. } => (
                first.text.parse().ok().filter(|n| from <= *n && *n <= to),
                format!("its values are the whole numbers from {from} to {to}"),
            ),
            _ => (
                Date::parse(&first.text).map(Date::days),
                "its values are dates such as 2020-03-23".to_owned(),
            ),
        };
        match (number, names) {
            (Some(number), [_]) => Some(number),
            _ => {
                self.report(
                    Diagnostic::error(
                        "B0194",
                        first.span,
                        format!("`{}` is no value of `{}`", first.text, fact.word.name),
                    )
                    .label("not one of its values")
                    .note(values),
                );
                None
            }
        }
    }

    /// The values named, if the fact can have them: several only where it holds several at once.
    fn wanted(&mut self, id: FactId, fact: &Fact, names: &[ast::Name], at: Span) -> Option<Vec<ValueId>> {
        let mut values: BTreeSet<ValueId> = BTreeSet::new();
        let known = self.model.values(id);
        let listed: Vec<String> = known.iter().map(|w| format!("`{}`", w.name)).collect();
        for name in names {
            match self.look_up(id, &name.text) {
                Some(Named::Values(found)) if name.text != fact.word.name => values.extend(found),
                _ => {
                    self.report(
                        Diagnostic::error(
                            "B0194",
                            name.span,
                            format!("`{}` is no value of `{}`", name.text, fact.word.name),
                        )
                        .label("not one of its values")
                        .note(format!("its values are {}", listed.join(", "))),
                    );
                    return None;
                }
            }
        }
        if values.len() > 1 && !matches!(fact.kind, Kind::SomeOf { .. }) {
            self.report(
                Diagnostic::error("B0194", at, format!("`{}` has one value at a time", fact.word.name))
                    .label(format!("set to {} of them", values.len()))
                    .note(format!("its values are {}", listed.join(", ")))
                    .help("name one"),
            );
            return None;
        }
        Some(values.into_iter().collect())
    }
}
