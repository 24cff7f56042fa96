//! Rules that do nothing, put into words.

use super::shown::example;
use crate::testing::joined;
use byelaw_data::RuleId;
use byelaw_diagnostic::{Diagnostic, Finding, Severity};
use byelaw_hir::{Model, RuleName};
use byelaw_ir::Program;
use byelaw_symbolic::{Clash, Idle, IdleRule, idle};
use std::collections::BTreeSet;

/// How many values may be tried for each question about one rule.
const STEPS: u64 = 200_000;

/// All rules that do nothing, as far as it was found out.
pub(super) fn all(program: &Program) -> Vec<IdleRule> {
    idle(program, STEPS)
}

/// Messages about rules that do nothing, which are `all`. `clashes` are those that are told anyway, and `told` has rules of which it is
/// said already that another one swallows them.
pub(super) fn findings(
    model: &Model,
    program: &Program,
    all: &[IdleRule],
    clashes: &[Clash],
    told: &BTreeSet<RuleId>,
) -> Vec<Diagnostic> {
    let words = Words { model, program };
    let unknown: Vec<RuleId> =
        all.iter().filter(|one| one.idle == Idle::Unknown).map(|one| one.rule).collect();
    let mut found: Vec<Diagnostic> = all.iter().filter_map(|one| words.message(one, clashes, told)).collect();
    found.extend(words.not_found_out(&unknown));
    found
}

struct Words<'a> {
    model: &'a Model,
    program: &'a Program,
}

impl Words<'_> {
    fn rule(&self, rule: RuleId) -> &RuleName {
        &self.model.names[rule.place()]
    }

    fn list(&self, rules: &[RuleId]) -> String {
        let names: Vec<String> = rules.iter().map(|r| format!("`{}`", self.rule(*r).name)).collect();
        joined(&names, "and")
    }

    /// What a finding is about, for programs: the rule, and those to which it is due.
    fn finding(&self, rule: RuleId, others: &[RuleId]) -> Finding {
        let rules: Vec<&RuleName> = std::iter::once(&rule).chain(others).map(|r| self.rule(*r)).collect();
        let mut finding = Finding::about(rules.iter().map(|r| r.name.clone()));
        let cited: BTreeSet<usize> = rules.iter().flat_map(|r| r.cites.iter().copied()).collect();
        finding.clauses = cited.iter().filter_map(|c| clause(self.model, *c)).collect();
        finding
    }

    fn message(&self, one: &IdleRule, clashes: &[Clash], told: &BTreeSet<RuleId>) -> Option<Diagnostic> {
        let rule = self.rule(one.rule);
        let name = &rule.name;
        let (diagnostic, others): (Diagnostic, &[RuleId]) = match &one.idle {
            Idle::Nowhere => (
                Diagnostic::warning("B0218", rule.span, format!("`{name}` holds in no situation"))
                    .note("what it asks for is said to be impossible")
                    .help("look at the `it is impossible that` sentences about its facts, or take the rule out"),
                &[],
            ),
            Idle::SetAside { by, missed } => {
                let severity = if *missed { Severity::Note } else { Severity::Warning };
                let together = if by.len() > 1 { " together" } else { "" };
                let message = format!("`{name}` never stands: {}{together} set it aside wherever it holds", self.list(by));
                let message = if by.len() == 1 { message.replace(" set it", " sets it") } else { message };
                let diagnostic = Diagnostic::new("B0222", severity, Some(rule.span), message);
                let diagnostic = if *missed {
                    diagnostic.note("it is not without effect: what is lifted is lifted only at the price of the exceptions")
                } else {
                    diagnostic.note("without it every answer would be the same")
                };
                (diagnostic.help("narrow an exception, so that something is left of the rule, or take the rule out"), by)
            }
            Idle::Barred { bars } if bars.is_empty() => (
                Diagnostic::warning(
                    "B0223",
                    rule.span,
                    format!("nobody can be given what `{name}` asks for: those who may approve it are those who ask"),
                )
                .note("their own approval does not count, because it is declared `not by the asker`")
                .help("let somebody else approve it too, or leave those who ask out of those who approve"),
                &[],
            ),
            Idle::Barred { bars } => {
                // One bar alone is told as a contradiction, with its share.
                let whole = |c: &Clash| c.promising == one.rule && bars.contains(&c.restricting) && c.share == 1000;
                if bars.len() == 1 && clashes.iter().any(whole) {
                    return None;
                }
                let together = if bars.len() > 1 { "together " } else { "" };
                let leave = if bars.len() > 1 { "leave" } else { "leaves" };
                let message =
                    format!("`{name}` permits nothing: {} {together}{leave} nothing of it", self.list(bars));
                let diagnostic = Diagnostic::warning("B0220", rule.span, message)
                    .note("wherever it stands the answer is a no, whatever is approved")
                    .help(format!("if it is meant as an exception, say `despite` in it; else take `{name}` out, or narrow one of the others"));
                (diagnostic, bars)
            }
            Idle::Redundant { .. } if told.contains(&one.rule) => return None,
            Idle::Redundant { like, pair } => {
                // Of a pair the first tells it.
                if pair.is_some_and(|pair| pair < one.rule && !told.contains(&pair)) {
                    return None;
                }
                let same = |r: &RuleId| self.rule(*r).cites == rule.cites;
                let severity = if like.iter().any(same) { Severity::Warning } else { Severity::Note };
                let because = match (pair, like.as_slice()) {
                    (Some(pair), _) => format!(
                        "`{name}` or `{}` changes nothing: either of them does for both",
                        self.rule(*pair).name
                    ),
                    (None, []) => format!("`{name}` changes nothing: other rules already say it"),
                    (None, [one]) => format!("`{name}` changes nothing: `{}` already says it", self.rule(*one).name),
                    (None, like) => format!("`{name}` changes nothing: {} already say it", self.list(like)),
                };
                (
                    Diagnostic::new("B0221", severity, Some(rule.span), because)
                        .note("without it every answer would be the same")
                        .help("take it out and let the other rules cite its clause too, or write the condition that parts them"),
                    like,
                )
            }
            Idle::Unknown => return None,
        };
        // What a policy leaves to those below it, or what they bar, is for them to say; its author need not mend it.
        if others.iter().any(|other| self.below(*other, one.rule)) {
            return None;
        }
        let mut diagnostic = diagnostic.label(rule.sentence.clone());
        for other in others.iter().take(4) {
            let other = self.rule(*other);
            diagnostic = diagnostic.related(other.span, other.sentence.clone());
        }
        let mut finding = self.finding(one.rule, others);
        if let Some(instance) = &one.instance {
            let title = format!("{}: {name}", diagnostic.code);
            if let Some(sentence) = example(self.model, self.program, &title, instance) {
                finding.witness = sentence;
            }
        }
        Some(diagnostic.finding(finding))
    }

    /// Whether a rule belongs to a policy below that of another one.
    fn below(&self, lower: RuleId, upper: RuleId) -> bool {
        let of = |rule: RuleId| self.model.norms.iter().find(|n| n.rule == rule).map(|n| n.instrument);
        of(lower).zip(of(upper)).is_some_and(|(lower, upper)| self.model.below(lower, upper))
    }

    /// One message for all rules that were not looked at to the end.
    fn not_found_out(&self, rules: &[RuleId]) -> Option<Diagnostic> {
        let first = self.rule(*rules.first()?);
        let shown = self.list(&rules[..rules.len().min(5)]);
        let more = match rules.len().saturating_sub(5) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let does = if rules.len() == 1 { "changes" } else { "change" };
        let message = format!("whether {shown}{more} {does} anything was not found out");
        Some(
            Diagnostic::new("B0221", Severity::Note, Some(first.span), message)
                .note("so many rules meet there that not every situation was looked at")
                .help("make the conditions of the rules about these acts simpler, or split the act"),
        )
    }
}

/// A clause as it is cited.
pub(super) fn clause(model: &Model, place: usize) -> Option<String> {
    let clause = model.clauses.get(place)?;
    Some(format!("{}/{}", model.documents.get(clause.document)?.name, clause.name))
}
