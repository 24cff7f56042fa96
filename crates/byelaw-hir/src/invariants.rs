//! Invariants: what must never, or always, be permitted (decision 0015).

use crate::hir::{Condition, Invariant};
use crate::names::Scope;
use crate::vocabulary::date;
use byelaw_data::{AtomId, Date};
use byelaw_diagnostic::{Diagnostic, Span};
use byelaw_syntax::ast::{self, InvariantPart};
use std::collections::BTreeSet;

impl Scope {
    /// Adds an invariant: `sentence` is how it is quoted, `span` where all of it stands.
    pub fn invariant(&mut self, invariant: &ast::Invariant, sentence: String, span: Span) {
        let Some(subject) = self.model.subject else { return };
        let who = self.who(subject, &invariant.who);
        let Some(act) = self.phrase(&invariant.act) else { return };
        if act.gaps.iter().any(|g| g.only) {
            self.report(
                Diagnostic::error(
                    "B0183",
                    invariant.act.span,
                    "`only` has no meaning in `never` and `always`",
                )
                .label("says what is not allowed, too")
                .help("name the values that are meant, or say the rest with `when ... is not ...`"),
            );
            return;
        }
        let mut guard = vec![who];
        guard.extend(act.gaps.iter().map(|g| g.condition.clone()));
        if let Some(when) = &invariant.when {
            guard.push(self.condition(when));
        }
        let Some((from, until)) = self.days(invariant) else { return };
        let Some(granted) = self.approvals(invariant) else { return };
        let title = match &invariant.title {
            Some(title) => title.text.clone(),
            None => sentence.trim_end_matches('.').to_owned(),
        };
        let at = Span { end: invariant.act.span.end, ..span };
        self.model.invariants.push(Invariant {
            never: invariant.never,
            title,
            sentence,
            acts: act.acts,
            guard,
            from,
            until,
            granted,
            span: at,
        });
    }

    /// The days that it is about; `None` after an error.
    fn days(&mut self, invariant: &ast::Invariant) -> Option<(Option<Date>, Option<Date>)> {
        let mut days = (None, None);
        let mut seen = false;
        for part in &invariant.parts {
            let InvariantPart::During { from, until, span } = part else { continue };
            if std::mem::replace(&mut seen, true) {
                self.said_again(*span, "from");
                return None;
            }
            days.0 = Some(date(self, from)?);
            if let Some(until) = until {
                days.1 = Some(date(self, until)?);
            }
            if days.1.is_some_and(|until| Some(until) <= days.0) {
                self.report(
                    Diagnostic::error("B0183", *span, "this stretch of time has no day in it")
                        .label("`until` is the first day that no longer counts")
                        .help("let it end after the day on which it begins"),
                );
                return None;
            }
        }
        Some(days)
    }

    /// The approvals under which it is to hold. More approvals never make an answer stricter, so that one question
    /// with the most approvals that are meant stands for all with fewer.
    fn approvals(&mut self, invariant: &ast::Invariant) -> Option<BTreeSet<AtomId>> {
        let all = |scope: &Self| -> BTreeSet<AtomId> {
            let approvals = scope.model.atoms.iter().enumerate().filter(|(_, a)| a.approval.is_some());
            approvals.filter_map(|(i, _)| u16::try_from(i).ok().map(AtomId)).collect()
        };
        let mut granted: Option<BTreeSet<AtomId>> = None;
        for part in &invariant.parts {
            let (names, span, words, fits) = match part {
                InvariantPart::During { .. } => continue,
                InvariantPart::Even(names, span) => (names, *span, "even if approved by", invariant.never),
                InvariantPart::Unless(names, span) => (names, *span, "unless approved by", invariant.never),
                InvariantPart::If(names, span) => (names, *span, "if approved by", !invariant.never),
            };
            if !fits {
                let (word, help) = if invariant.never {
                    (
                        "never",
                        "write `unless approved by ...` if that approval may open it, or `even if approved by ...` if it may not",
                    )
                } else {
                    ("always", "write `if approved by ...` for the approvals that it takes")
                };
                self.report(
                    Diagnostic::error("B0183", span, format!("`{words}` does not go with `{word}`"))
                        .label(if invariant.never {
                            "`never` is about what no approval opens, or only this one"
                        } else {
                            "`always` is about what these approvals open"
                        })
                        .help(help),
                );
                return None;
            }
            if granted.is_some() {
                self.said_again(span, "approved by");
                return None;
            }
            let mut named = BTreeSet::new();
            for name in names {
                named.insert(self.atom(name, true)?);
            }
            granted = Some(match part {
                InvariantPart::Unless(..) => all(self).difference(&named).copied().collect(),
                InvariantPart::Even(names, _) if names.is_empty() => all(self),
                _ => named,
            });
        }
        Some(granted.unwrap_or_default())
    }

    fn said_again(&mut self, span: Span, word: &str) {
        self.report(
            Diagnostic::error("B0183", span, format!("`{word}` is said twice in this sentence"))
                .label("second time")
                .help("keep one of them"),
        );
    }
}

/// A conjunction without conjunctions in it.
pub fn conjuncts(condition: &Condition) -> Vec<&Condition> {
    match condition {
        Condition::Always => Vec::new(),
        Condition::All(parts) => parts.iter().flat_map(conjuncts).collect(),
        other => vec![other],
    }
}
