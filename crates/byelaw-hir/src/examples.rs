//! Examples: a question in the author's words, and what a person expects of it.

use crate::hir::{Condition, Example, Expectation, Kind, ON};
use crate::names::{Named, Scope, to_value};
use crate::vocabulary::date;
use byelaw_data::{AtomId, DeedId, FactId, Minute, NO, Outcome, Question, RuleId, Stated, YES};
use byelaw_diagnostic::{Diagnostic, Span};
use byelaw_syntax::ast::{self, Name};

impl Scope {
    pub fn example(&mut self, check: &ast::Check) {
        let (Some(subject), Some(act_fact)) = (self.model.subject, self.model.act) else { return };
        let mut question = Question { assume: !check.strict, ..Question::default() };
        if !check.who.names.is_empty() {
            self.state_names(&mut question, subject, &check.who.names, check.who.except, check.who.span);
        }
        let Some(act) = self.phrase(&check.act) else { return };
        match act.acts.as_slice() {
            [one] => {
                question.facts.insert(act_fact, Stated::Value(*one));
            }
            _ => {
                self.report(
                    Diagnostic::error("B0116", check.act.span, "an example asks about one act")
                        .help("write one example for each act"),
                );
                return;
            }
        }
        for gap in &act.gaps {
            self.state_names(&mut question, gap.fact, &gap.names, false, check.act.span);
        }
        if let Some(when) = &check.when {
            self.state(&mut question, when);
        }
        question.at = self.example_time(check);
        question.on = check.on.as_ref().and_then(|d| date(self, d));
        for (names, granted) in [(&check.approved, true), (&check.refused, false)] {
            for name in names {
                if let Some(atom) = self.atom(name, true) {
                    if granted {
                        question.granted.insert(atom)
                    } else {
                        question.refused.insert(atom)
                    };
                }
            }
        }
        for (names, kept) in [(&check.will, true), (&check.wont, false)] {
            for name in names {
                if let Some(deed) = self.deeds.get(&name.text).copied() {
                    if kept {
                        question.done.insert(deed)
                    } else {
                        question.undone.insert(deed)
                    };
                } else if let Some(atom) = self.atom(name, false) {
                    if kept {
                        question.granted.insert(atom)
                    } else {
                        question.refused.insert(atom)
                    };
                }
            }
        }
        let Some(expect) = self.expectation(&check.expect) else { return };
        self.model.examples.push(Example {
            title: check.title.text.clone(),
            question,
            expect,
            span: check.title.span,
        });
    }

    /// The time of an example, if anything follows from it.
    fn example_time(&mut self, check: &ast::Check) -> Option<Minute> {
        let at = check.at.as_ref()?;
        let minute = self.minute(at);
        if self.model.clock.is_none() && self.model.calendars.is_empty() {
            self.never(
                at.span,
                "nothing follows from this time: the pack has no calendar and no fact that is a time of day",
                "state what matters in `when`, or declare a calendar",
            );
        }
        minute
    }

    fn state_names(
        &mut self,
        question: &mut Question,
        fact: FactId,
        names: &[Name],
        except: bool,
        span: Span,
    ) {
        if let Kind::SomeOf { members, .. } = self.model.fact(fact).kind.clone() {
            let values = self.plain_values(fact, names);
            for (i, member) in members.iter().enumerate() {
                let value = if values.contains(&to_value(i)) { YES } else { NO };
                question.facts.insert(*member, Stated::Value(value));
            }
            return;
        }
        let ([name], false) = (names, except) else {
            let word = self.model.fact(fact).word.name.clone();
            self.report(
                Diagnostic::error("B0116", span, format!("an example states one value of `{word}`"))
                    .help("name one value or one group; write one example for each case"),
            );
            return;
        };
        let group = self.model.fact(fact).groups.iter().find(|g| g.word.name == name.text).cloned();
        if let Some(group) = group {
            question
                .facts
                .insert(fact, Stated::Among { values: group.members, ordinarily: group.ordinarily });
            return;
        }
        match self.look_up(fact, &name.text) {
            Some(Named::Values(values)) if values.len() == 1 => {
                question.facts.insert(fact, Stated::Value(values[0]));
            }
            Some(Named::Values(values)) => {
                question.facts.insert(fact, Stated::Among { values, ordinarily: Vec::new() });
            }
            Some(Named::Set(_)) | None => {
                let _ = self.plain_values(fact, names);
            }
        }
    }

    /// States what a conjunction of simple facts says.
    fn state(&mut self, question: &mut Question, condition: &ast::Condition) {
        match condition {
            ast::Condition::And(parts) => {
                for part in parts {
                    self.state(question, part);
                }
            }
            ast::Condition::Is { fact, negated: false, values, .. } => {
                if let Some(id) = self.fact(fact) {
                    self.state_names(question, id, &values.names, values.except, values.span);
                }
            }
            ast::Condition::Number { fact, how: ast::Comparison::Exactly, number } => {
                if let Some(id) = self.fact(fact) {
                    self.condition(condition);
                    question.facts.insert(id, Stated::Number(number.value));
                }
            }
            ast::Condition::Time { fact, when: ast::TimeOf::Exactly(_) } => {
                if let (Some(id), Condition::Between(_, minute, _)) =
                    (self.fact(fact), self.condition(condition))
                {
                    question.facts.insert(id, Stated::Number(minute));
                }
            }
            _ if simple(condition).is_some() => {
                let Some((name, holds)) = simple(condition) else { return };
                match self.condition(&ast::Condition::Holds(name.clone())) {
                    Condition::In(id, _) if id != ON => {
                        question.facts.insert(id, Stated::Value(if holds { YES } else { NO }));
                    }
                    _ => {
                        if self.definitions.contains_key(&name.text) {
                            self.report(
                                Diagnostic::error(
                                    "B0116",
                                    name.span,
                                    format!("`{}` is a definition; an example states facts", name.text),
                                )
                                .help("state the facts that the definition stands for"),
                            );
                        }
                    }
                }
            }
            other => {
                let span = span_of(other);
                let diagnostic = Diagnostic::error("B0116", span, "an example states single facts joined by `and`")
                    .help("write `fact`, `not fact`, `fact is VALUE`, `fact is 15` or `fact is 18:00`; make one example for each case");
                self.report(diagnostic);
            }
        }
    }

    fn expectation(&mut self, expect: &ast::Expect) -> Option<Expectation> {
        let outcome = match expect.outcome.as_str() {
            "permitted" => Outcome::Permitted,
            "needs_approval" => Outcome::NeedsApproval,
            "forbidden" => Outcome::Forbidden,
            "not_covered" => Outcome::NotCovered,
            "needs_facts" => Outcome::NeedsFacts,
            other => {
                let known = ["permitted", "needs approval", "forbidden", "not covered", "needs facts"];
                self.unknown("B0101", expect.outcome_span, "outcome", other, known);
                return None;
            }
        };
        let atoms = |scope: &mut Self, names: &Option<Vec<Name>>, approval: bool| -> Option<Vec<AtomId>> {
            names.as_ref().map(|list| list.iter().filter_map(|n| scope.atom(n, approval)).collect())
        };
        let provided = atoms(self, &expect.provided, false);
        let approvals = atoms(self, &expect.approvals, true);
        let duties: Option<Vec<DeedId>> =
            expect.duties.as_ref().map(|list| list.iter().filter_map(|n| self.deed(n)).collect());
        let facts = |scope: &mut Self, names: &Option<Vec<Name>>| -> Option<Vec<FactId>> {
            names.as_ref().map(|list| list.iter().filter_map(|n| scope.fact(n)).collect())
        };
        let needs = facts(self, &expect.needs);
        let assumed = facts(self, &expect.assumed);
        let because: Option<Vec<RuleId>> =
            expect.because.as_ref().map(|list| list.iter().filter_map(|n| self.rule(n)).collect());
        Some(Expectation { outcome, provided, approvals, duties, needs, because, assumed })
    }
}

/// The name in `fact` or `not fact`, and whether it holds.
fn simple(condition: &ast::Condition) -> Option<(&Name, bool)> {
    match condition {
        ast::Condition::Holds(name) => Some((name, true)),
        ast::Condition::Not(inner, _) => match &**inner {
            ast::Condition::Holds(name) => Some((name, false)),
            _ => None,
        },
        _ => None,
    }
}

fn span_of(condition: &ast::Condition) -> Span {
    match condition {
        ast::Condition::Holds(name) => name.span,
        ast::Condition::Not(_, span) => *span,
        ast::Condition::And(parts) | ast::Condition::Or(parts) => parts
            .iter()
            .map(span_of)
            .reduce(Span::to)
            .unwrap_or(Span::new(byelaw_diagnostic::FileId(0), 0, 0)),
        ast::Condition::Is { fact, values, .. } => fact.span.to(values.span),
        ast::Condition::Number { fact, number, .. } => fact.span.to(number.span),
        ast::Condition::Time { fact, when } => fact.span.to(when.span()),
        ast::Condition::From { fact, date } | ast::Condition::Before { fact, date } => {
            fact.span.to(date.span)
        }
    }
}
