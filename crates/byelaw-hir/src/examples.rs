//! Examples: a question in the author's words, and what a person expects of it.

use crate::hir::{Condition, Example, Expectation, Kind, ON};
use crate::names::{Named, Scope, to_value};
use crate::vocabulary::date;
use byelaw_data::{AtomId, Date, DeedId, FactId, Minute, NO, Outcome, Question, RuleId, Stated, YES};
use byelaw_diagnostic::{Diagnostic, Span};
use byelaw_syntax::ast::{self, Name};

impl Scope {
    /// Adds the example that a `check` sentence is. `on` is the day for examples that name none.
    pub fn example(&mut self, check: &ast::Check, on: Option<Date>) {
        let Some(question) = self.case(&check.case, on, None) else { return };
        let Some(expect) = self.expectation(&check.expect) else { return };
        self.model.examples.push(Example {
            title: check.case.title.text.clone(),
            question,
            expect,
            span: check.case.title.span,
        });
    }

    /// What a case states. With `acts_vary`, a column names the act, and the case itself may leave it open.
    pub(crate) fn case(
        &mut self,
        case: &ast::Case,
        on: Option<Date>,
        acts_vary: Option<FactId>,
    ) -> Option<Question> {
        let (Some(subject), Some(act_fact)) = (self.model.subject, self.model.act) else { return None };
        let mut question = Question { assume: !case.strict, ..Question::default() };
        if !case.who.names.is_empty() {
            self.state_names(&mut question, subject, &case.who.names, case.who.except, case.who.span);
        }
        match &case.about {
            ast::About::Act(phrase) => self.about_act(&mut question, phrase, act_fact, acts_vary)?,
            ast::About::Event(name) => {
                let (event, fact) = (self.event(name)?, self.model.event?);
                question.facts.insert(fact, Stated::Value(event));
                self.about_no_act(&mut question, name.span, act_fact)?;
            }
            ast::About::Whatever(span) => self.about_no_act(&mut question, *span, act_fact)?,
        }
        if let Some(when) = &case.when {
            self.state(&mut question, when);
        }
        question.on = match &case.on {
            Some(on) => date(self, on),
            None => on,
        };
        question.at = self.example_time(case);
        self.given(&mut question, &case.approved, true);
        self.given(&mut question, &case.refused, false);
        self.promised(&mut question, &case.will, true);
        self.promised(&mut question, &case.wont, false);
        Some(question)
    }

    fn about_act(
        &mut self,
        question: &mut Question,
        phrase: &ast::Phrase,
        act_fact: FactId,
        acts_vary: Option<FactId>,
    ) -> Option<()> {
        let act = self.phrase(phrase)?;
        match act.acts.as_slice() {
            [one] => {
                question.facts.insert(act_fact, Stated::Value(*one));
            }
            _ if acts_vary == Some(act_fact) => {}
            _ => {
                self.report(
                    Diagnostic::error("B0116", phrase.span, "an example asks about one act")
                        .label("more than one act")
                        .help("write one example for each act"),
                );
                return None;
            }
        }
        for gap in &act.gaps {
            self.state_names(question, gap.fact, &gap.names, false, phrase.span);
        }
        Some(())
    }

    fn about_no_act(&mut self, question: &mut Question, span: Span, act_fact: FactId) -> Option<()> {
        let Some(no_act) = self.model.no_act else {
            self.report(
                Diagnostic::error("B0116", span, "no duty of this pack stands without an act")
                    .label("asks about such duties")
                    .help("write `wants to ACT`, or a rule `... must DEED` that comes with no act"),
            );
            return None;
        };
        question.facts.insert(act_fact, Stated::Value(no_act));
        Some(())
    }

    /// Approvals that were given or refused.
    pub(crate) fn given(&mut self, question: &mut Question, names: &[Name], granted: bool) {
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

    /// Deeds and undertakings that will or will not be done.
    pub(crate) fn promised(&mut self, question: &mut Question, names: &[Name], kept: bool) {
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

    /// The time of an example, if anything follows from it.
    fn example_time(&mut self, case: &ast::Case) -> Option<Minute> {
        let at = case.at.as_ref()?;
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

    /// States the value, the group or the set of labels that is named.
    pub(crate) fn state_names(
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
                    .label("more than one")
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
            ast::Condition::Not(inner, _) if matches!(**inner, ast::Condition::Is { includes: true, .. }) => {
                let ast::Condition::Is { fact, values, .. } = &**inner else { return };
                let Some(id) = self.fact(fact) else { return };
                // Reports what is wrong with the names or the kind of the fact.
                self.condition(inner);
                if let Kind::SomeOf { members, .. } = self.model.fact(id).kind.clone() {
                    for value in self.plain_values(id, &values.names) {
                        if let Some(member) = members.get(usize::from(value.0)) {
                            question.facts.insert(*member, Stated::Value(NO));
                        }
                    }
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
                    .label("leaves open what is so")
                    .help("write `fact`, `not fact`, `fact is VALUE`, `fact is 15` or `fact is 18:00`; make one example for each case");
                self.report(diagnostic);
            }
        }
    }

    pub(crate) fn expectation(&mut self, expect: &ast::Expect) -> Option<Expectation> {
        let Some(outcome) = outcome(&expect.outcome) else {
            let known = ["permitted", "needs approval", "forbidden", "not covered", "needs facts"];
            self.unknown("B0101", expect.outcome_span, "outcome", &expect.outcome, known);
            return None;
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
        let open = facts(self, &expect.open);
        let rules = |scope: &mut Self, names: &Option<Vec<Name>>| -> Option<Vec<RuleId>> {
            names.as_ref().map(|list| list.iter().filter_map(|n| scope.rule(n)).collect())
        };
        let because = rules(self, &expect.because);
        let defeated = rules(self, &expect.defeated);
        let clashes = rules(self, &expect.clashes);
        let citing = expect.citing.as_ref().map(|list| self.citations(list));
        let possible =
            expect.possible.as_ref().map(|list| list.iter().filter_map(|o| self::outcome(o)).collect());
        Some(Expectation {
            outcome,
            provided,
            approvals,
            duties,
            needs,
            because,
            assumed,
            citing,
            open,
            defeated,
            clashes,
            possible,
        })
    }
}

/// An outcome by the word that the tree has for it.
fn outcome(word: &str) -> Option<Outcome> {
    match word {
        "permitted" => Some(Outcome::Permitted),
        "needs_approval" => Some(Outcome::NeedsApproval),
        "forbidden" => Some(Outcome::Forbidden),
        "not_covered" => Some(Outcome::NotCovered),
        "needs_facts" => Some(Outcome::NeedsFacts),
        _ => None,
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
