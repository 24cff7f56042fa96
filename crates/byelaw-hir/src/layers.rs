//! Policies above and below each other, and policies that end others.
//!
//! A lower policy fills in and tightens. Where it may be more lenient, the upper one says so; what it does beyond that
//! is found on the compiled program, because only there all rules meet.

use crate::from_syntax::{Input, policy_of};
use crate::hir::{Condition, Delegation, InForce, Instrument, Model, Norm, NormKind, Silence};
use crate::names::Scope;
use byelaw_data::{Date, RuleId};
use byelaw_diagnostic::{Diagnostic, Span};
use byelaw_syntax::ast::{self, Item};

/// An end that one instrument sets to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// The first day on which the replaced instrument no longer holds.
    pub from: Date,
    /// The replacing instrument counts if it was adopted by the day asked for.
    pub adopted: Option<Date>,
}

impl Instrument {
    /// The first day of a replacement: when it comes into force, or else when it was adopted.
    pub fn start(&self) -> Option<Date> {
        let dated = self.in_force.iter().find_map(|time| match time {
            InForce::Dates { from, .. } => Some(*from),
            InForce::While(_) => None,
        });
        dated.or(self.adopted)
    }
}

impl Model {
    /// The policy that an instrument belongs to: itself, or what it amends.
    pub fn policy_of(&self, instrument: usize) -> usize {
        let mut at = instrument;
        for _ in 0..self.instruments.len() {
            match self.instruments.get(at).and_then(|i| i.amends) {
                Some(base) => at = base,
                None => break,
            }
        }
        at
    }

    /// The policies above an instrument's, nearest first, each followed by its other editions. A circle (refused when
    /// resolving) is walked once.
    pub fn above(&self, instrument: usize) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        let mut next = vec![self.policy_of(instrument)];
        while let Some(at) = next.pop() {
            let upper = self.instruments.get(at).and_then(|i| i.under).map(|u| self.policy_of(u));
            for edition in upper.into_iter().flat_map(|u| self.editions(u)) {
                if !found.contains(&edition) {
                    found.push(edition);
                    next.push(edition);
                }
            }
        }
        found
    }

    /// A policy and all that it replaces or that replaces it, directly or through others; itself first.
    pub fn editions(&self, policy: usize) -> Vec<usize> {
        let mut found = vec![policy];
        let mut at = 0;
        while let Some(one) = found.get(at).copied() {
            let linked = self.instruments.iter().enumerate().filter(|(place, i)| {
                i.replaces == Some(one)
                    || self.instruments.get(one).is_some_and(|o| o.replaces == Some(*place))
            });
            for (place, _) in linked {
                if !found.contains(&place) {
                    found.push(place);
                }
            }
            at += 1;
        }
        found
    }

    /// Whether an instrument stands below another: its policy under the other's, directly or through others.
    pub fn below(&self, lower: usize, upper: usize) -> bool {
        self.above(lower).contains(&self.policy_of(upper))
    }

    /// When an instrument ends because another replaces it, or replaces what it amends.
    pub fn ends(&self, instrument: usize) -> Vec<End> {
        let mut ending = vec![instrument];
        let mut at = instrument;
        while let Some(base) = self.instruments.get(at).and_then(|i| i.amends) {
            if ending.contains(&base) {
                break;
            }
            ending.push(base);
            at = base;
        }
        let new = self.instruments.iter().filter(|i| i.replaces.is_some_and(|old| ending.contains(&old)));
        new.filter_map(|i| Some(End { from: i.start()?, adopted: i.adopted })).collect()
    }

    /// Whether a limit only tightens what a policy above it promises, so that the two do not contradict each other.
    pub fn tightens(&self, limit: &Norm, promise: &Norm) -> bool {
        matches!(limit.kind, NormKind::MustNot | NormKind::Only)
            && self.below(limit.instrument, promise.instrument)
    }
}

/// The facts and definitions that a condition names.
fn named<'a>(condition: &'a ast::Condition, found: &mut Vec<&'a ast::Name>) {
    match condition {
        ast::Condition::Holds(name) => found.push(name),
        ast::Condition::Not(inner, _) => named(inner, found),
        ast::Condition::And(parts) | ast::Condition::Or(parts) => parts.iter().for_each(|p| named(p, found)),
        ast::Condition::Is { fact, .. }
        | ast::Condition::Number { fact, .. }
        | ast::Condition::From { fact, .. }
        | ast::Condition::Before { fact, .. }
        | ast::Condition::Time { fact, .. } => found.push(fact),
    }
}

impl Scope {
    /// What the pack says of silence: its own policy, or else the nearest policy above it that says something.
    pub fn silence_of(&self, policy: Option<usize>) -> Silence {
        let Some(policy) = policy else { return Silence::Unsaid };
        let all = std::iter::once(policy).chain(self.model.above(policy));
        all.into_iter().find_map(|p| self.silences.get(&p).cloned()).unwrap_or_default()
    }

    /// Looks at what stands above what, and at what ends what, once all links are there.
    pub fn layers(&mut self, files: &[Input<'_>]) {
        for (file, instrument) in files.iter().flat_map(|f| {
            f.sentences.iter().filter_map(move |s| match &s.item {
                Item::Instrument(i) => Some((f, i)),
                _ => None,
            })
        }) {
            let Some(place) = self.instruments.get(&instrument.name.text).copied() else { continue };
            self.refuse_circle(place, &instrument.name);
            self.changes_above(files, file.folder, place, instrument);
            for part in &instrument.parts {
                if let ast::InstrumentPart::Replaces(old) = part {
                    self.replacement(place, old);
                }
            }
            let alone = instrument.amends.is_none() && file.folder == 0 && instrument.under.is_none();
            if alone {
                self.beside_others(files, place, instrument);
            }
        }
        self.impossible_above(files);
    }

    /// Nothing in a lower pack amends or replaces what stands above it: that would be a way around the comparison.
    fn changes_above(
        &mut self,
        files: &[Input<'_>],
        folder: usize,
        place: usize,
        instrument: &ast::Instrument,
    ) {
        let Some(own) = policy_of(self, files, folder) else { return };
        let Some(made) = self.model.instruments.get(place).cloned() else { return };
        let replaced = instrument.parts.iter().find_map(|part| match part {
            ast::InstrumentPart::Replaces(old) => Some(old),
            _ => None,
        });
        let links =
            [(made.amends, instrument.amends.as_ref(), "amend"), (made.replaces, replaced, "replace")];
        for (other, name, what) in links {
            let (Some(other), Some(name)) = (other, name) else { continue };
            if self.model.below(own, other) {
                let lower = self.model.instruments.get(own).map(|i| i.name.clone()).unwrap_or_default();
                self.report(
                    Diagnostic::error(
                        "B0204",
                        name.span,
                        format!("`{}` cannot {what} `{}`, which stands above `{lower}`", made.name, name.text),
                    )
                    .label("stands above this pack")
                    .help(format!(
                        "write rules of `{lower}` itself; where they have to be more lenient, those above say `let lower policies vary ...`"
                    )),
                );
            }
        }
    }

    /// A lower pack that says what cannot be of facts from above takes situations out of the comparison.
    fn impossible_above(&mut self, files: &[Input<'_>]) {
        let mut found = Vec::new();
        for file in files {
            let lower = policy_of(self, files, file.folder).is_some_and(|p| !self.model.above(p).is_empty());
            for sentence in file.sentences.iter().filter(|_| lower) {
                let Item::Impossible(condition) = &sentence.item else { continue };
                let mut names = Vec::new();
                named(condition, &mut names);
                let folder = |name: &ast::Name| {
                    let fact = self.facts.get(&name.text).map(|f| self.model.fact(*f));
                    let at = fact.and_then(|f| f.word.span).and_then(|s| files.get(s.file.0 as usize));
                    at.map(|f| f.folder)
                };
                if !names.is_empty() && names.iter().all(|n| folder(n) != Some(file.folder)) {
                    found.push(sentence.span);
                }
            }
        }
        for span in found {
            self.report(
                Diagnostic::warning(
                    "B0205",
                    span,
                    "a lower policy says what cannot be about facts that are not its own",
                )
                .label("takes situations away from the rules above, too")
                .help("say it where the facts are declared, if it is so everywhere; a rule of this pack can say `when` instead"),
            );
        }
    }

    /// A pack that uses another policy says how the two stand to each other.
    fn beside_others(&mut self, files: &[Input<'_>], place: usize, instrument: &ast::Instrument) {
        let others = files.iter().filter(|f| f.folder != 0).flat_map(|f| f.sentences);
        let other = others.into_iter().find_map(|s| match &s.item {
            Item::Instrument(i) if i.amends.is_none() => Some(i),
            _ => None,
        });
        let Some(other) = other else { return };
        // An edition of the pack may be the one that stands under, or that replaces, the other.
        let linked = self.model.instruments.iter().enumerate().any(|(p, i)| {
            let of_pack =
                p == place || i.replaces == Some(place) || self.model.instruments[place].replaces == Some(p);
            of_pack && (i.under.is_some() || i.replaces.is_some_and(|old| old != place))
        });
        if !linked {
            self.report(
                Diagnostic::warning(
                    "B0203",
                    instrument.name.span,
                    format!(
                        "this pack uses the policy `{}` and does not say how `{}` stands to it",
                        other.name.text, instrument.name.text
                    ),
                )
                .related(other.name.span, "the policy used")
                .help(format!(
                    "write `policy {0} \"...\" under {1}` if it only fills in and tightens, or `replaces {1}`; without either, both count alike",
                    instrument.name.text, other.name.text
                )),
            );
        }
    }

    /// No policy stands above itself, and none replaces itself through others.
    fn refuse_circle(&mut self, place: usize, name: &ast::Name) {
        type Link = fn(&Instrument) -> Option<usize>;
        let links: [(Link, &str); 3] =
            [(|i| i.under, "stands under"), (|i| i.replaces, "replaces"), (|i| i.amends, "amends")];
        for (link, what) in links {
            let mut at = self.model.instruments.get(place).and_then(link);
            for _ in 0..self.model.instruments.len() {
                if at == Some(place) {
                    self.report(
                        Diagnostic::error(
                            "B0109",
                            name.span,
                            format!("`{}` {what} itself through others", name.text),
                        )
                        .label("part of the circle")
                        .help("take one of the links away"),
                    );
                    if let Some(made) = self.model.instruments.get_mut(place) {
                        (made.under, made.replaces, made.amends) = (None, None, None);
                    }
                    return;
                }
                at = at.and_then(|a| self.model.instruments.get(a)).and_then(link);
            }
        }
    }

    /// A replacement needs a first day, and its dates should meet those of what it replaces.
    fn replacement(&mut self, place: usize, old: &ast::Name) {
        let Some(new) = self.model.instruments.get(place).cloned() else { return };
        let Some(replaced) = new.replaces.and_then(|p| self.model.instruments.get(p)).cloned() else {
            return;
        };
        let mut amended = new.amends;
        for _ in 0..self.model.instruments.len() {
            if amended.is_some() && amended == new.replaces {
                self.report(
                    Diagnostic::error(
                        "B0197",
                        old.span,
                        format!("`{}` cannot replace `{}`, which it amends", new.name, replaced.name),
                    )
                    .help("an addendum ends with what it amends; write a `policy` that replaces it"),
                );
                return;
            }
            amended = amended.and_then(|a| self.model.instruments.get(a)).and_then(|i| i.amends);
        }
        let Some(start) = new.start() else {
            self.report(
                Diagnostic::error(
                    "B0197",
                    old.span,
                    format!("`{}` replaces `{}`, and does not say from when", new.name, replaced.name),
                )
                .label("from which day?")
                .help("add `in force from DATE` or `adopted DATE` to the newer one"),
            );
            return;
        };
        let dates = replaced.in_force.iter().find_map(|time| match time {
            InForce::Dates { from, until } => Some((*from, *until)),
            InForce::While(_) => None,
        });
        let first = dates.map(|(from, _)| from).or(replaced.adopted);
        let problem = match (dates.and_then(|(_, until)| until), first) {
            (Some(until), _) if until < start => Some((
                format!(
                    "neither `{}` nor `{}` is in force from {until} until {start}",
                    replaced.name, new.name
                ),
                "if that is meant, nothing is to be done; otherwise let the two dates meet",
            )),
            (Some(until), _) if until > start => Some((
                format!(
                    "`{}` says that it is in force until {until}, and `{}` replaces it from {start} on",
                    replaced.name, new.name
                ),
                "let the two dates meet: from its start on, only the newer one counts",
            )),
            (_, Some(first)) if first >= start => Some((
                format!(
                    "`{}` replaces `{}` from {start} on, which is in force from {first} on: it never counts",
                    new.name, replaced.name
                ),
                "mend one of the two dates",
            )),
            _ => None,
        };
        if let Some((what, help)) = problem {
            self.report(
                Diagnostic::warning("B0198", old.span, what)
                    .related(replaced.span, "what is replaced")
                    .help(help),
            );
        }
    }

    /// `let lower policies vary RULE`, said by the instrument `by`.
    pub fn delegate(&mut self, vary: &ast::Let, by: usize, span: Span) {
        let mut rules: Vec<RuleId> = Vec::new();
        for name in &vary.rules {
            let Some(rule) = self.rule(name) else { continue };
            let foreign =
                self.model.norms.iter().find(|n| {
                    n.rule == rule && self.model.policy_of(n.instrument) != self.model.policy_of(by)
                });
            match foreign.map(|n| n.instrument) {
                Some(owner) => {
                    let owner = self.model.instruments.get(owner).map(|i| i.name.clone()).unwrap_or_default();
                    let at = self.model.names.get(rule.place()).map(|r| r.span);
                    let mut diagnostic = Diagnostic::error(
                        "B0196",
                        name.span,
                        format!(
                            "`{}` is a rule of `{owner}`, and only that policy can let others vary it",
                            name.text
                        ),
                    )
                    .help(format!("say it in a file of `{owner}`, or name a rule of this policy"));
                    if let Some(at) = at {
                        diagnostic = diagnostic.related(at, "the rule");
                    }
                    self.report(diagnostic);
                }
                None => rules.push(rule),
            }
        }
        let when = vary.when.as_ref().map_or(Condition::Always, |c| self.condition(c));
        self.model.delegations.push(Delegation { by, rules, when, span });
    }

    /// Reports an exception of a lower policy to a rule of an upper one that nobody left to it.
    pub fn not_delegated(&mut self, norm: usize, by: usize, over: RuleId, span: Span) {
        let name = |this: &Self, rule: RuleId| this.model.names[rule.place()].name.clone();
        let rule = name(self, over);
        let upper = self.model.norms.iter().find(|n| n.rule == over).map(|n| n.instrument);
        let title =
            |this: &Self, i: usize| this.model.instruments.get(i).map(|i| i.name.clone()).unwrap_or_default();
        let (lower, upper) = (title(self, by), upper.map(|u| title(self, u)).unwrap_or_default());
        let bars = self.model.norms.get(norm).is_some_and(|n| n.kind == NormKind::MustNot);
        let help = if bars {
            format!("take it away: what `{lower}` forbids is forbidden without an exception")
        } else {
            format!(
                "where `{upper}` means to leave this to lower policies, it says `let lower policies vary {rule}.`"
            )
        };
        let at = self.model.names[over.place()].span;
        self.report(
            Diagnostic::error(
                "B0195",
                span,
                format!("`{lower}` cannot make an exception to `{rule}`: `{upper}` stands above it and does not let lower policies vary that rule"),
            )
            .label("an exception to a rule from above")
            .related(at, format!("the rule of `{upper}`"))
            .help(help),
        );
    }
}
