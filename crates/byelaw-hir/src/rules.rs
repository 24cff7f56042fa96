//! Rules: a sentence becomes one norm, or two where it says `only`.

use crate::hir::{Condition, Norm, NormKind, Price, RuleName};
use crate::names::Scope;
use byelaw_data::{AtomId, DeedId, FactId, RuleId, Says};
use byelaw_diagnostic::{Diagnostic, Span};
use byelaw_syntax::Spelling;
use byelaw_syntax::ast::{self, Modal};
use std::collections::BTreeSet;

/// The most minimal packages a price may have (semantics 2.2).
const MOST_PACKAGES: usize = 16;

impl Scope {
    /// First round: the rule's name, so that exceptions can point forwards.
    pub fn name_rule(
        &mut self,
        name: &ast::Name,
        cites: &[ast::ClauseRef],
        sentence: String,
    ) -> Option<RuleId> {
        if let Some(old) = self.rules.get(&name.text).copied() {
            let first = self.model.names.get(old.place()).map(|r| r.span);
            self.twice("rule", name, first);
            return None;
        }
        let id = RuleId::at(self.model.names.len()).unwrap_or(RuleId(u32::MAX));
        let cites = self.citations(cites);
        self.model.names.push(RuleName {
            name: name.text.clone(),
            cites,
            sentence,
            who: String::new(),
            advice: None,
            duty: None,
            span: name.span,
        });
        self.rules.insert(name.text.clone(), id);
        Some(id)
    }

    /// Second round: who bears a rule, in the words of its sentence.
    pub fn bearer(&mut self, id: RuleId, body: &ast::RuleBody, spelling: Spelling<'_>) {
        let who = match body {
            ast::RuleBody::Norm(norm) => spelling.who(&norm.parted(|name| self.is_rule(name)).1),
            ast::RuleBody::Duty(duty) => spelling.who(&duty.who),
            ast::RuleBody::Advice(advice) => spelling.who(&advice.who),
            ast::RuleBody::Disapply { .. } => return,
        };
        self.borne_by(id, who);
    }

    pub fn borne_by(&mut self, id: RuleId, who: String) {
        if let Some(rule) = self.model.names.get_mut(id.place()) {
            rule.who = who;
        }
    }

    fn is_rule(&self, name: &ast::Name) -> bool {
        self.rules.contains_key(&name.text)
    }

    /// Second round: what the rule says.
    pub fn rule_body(&mut self, id: RuleId, instrument: usize, body: &ast::RuleBody) {
        match body {
            ast::RuleBody::Norm(norm) => self.norm(id, instrument, norm),
            ast::RuleBody::Duty(duty) => self.duty(id, instrument, duty),
            ast::RuleBody::Advice(advice) => self.advice(id, instrument, advice),
            ast::RuleBody::Disapply { rule, when } => {
                let guard = self.condition(when);
                if let Some(target) = self.rule(rule) {
                    let place =
                        self.push(id, instrument, NormKind::Disapply, Says::May, guard, Price::free(), false);
                    self.prevail(place, target, rule.span);
                }
            }
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one call for each part of a norm; a struct would only repeat Norm"
    )]
    pub fn push(
        &mut self,
        rule: RuleId,
        instrument: usize,
        kind: NormKind,
        says: Says,
        guard: Condition,
        price: Price,
        never: bool,
    ) -> usize {
        self.model.norms.push(Norm {
            rule,
            kind,
            says,
            guard,
            price,
            instrument,
            deeds: Vec::new(),
            never,
            undecided: false,
        });
        self.model.norms.len() - 1
    }

    fn norm(&mut self, id: RuleId, instrument: usize, norm: &ast::Norm) {
        let (Some(subject), Some(act_fact)) = (self.model.subject, self.model.act) else { return };
        let (despite, who) = norm.parted(|name| self.is_rule(name));
        let despite: Vec<_> = despite.iter().filter_map(|name| Some((self.rule(name)?, name.span))).collect();
        let who = self.who(subject, &who);
        let Some(act) = self.phrase(&norm.act) else { return };
        let frame = Condition::All(vec![who, act.frame_condition(act_fact)]);
        let places = match &norm.clauses.discretion {
            Some(by) => {
                let guard = self.discretionary(frame, act.only(), norm);
                let provided = self.price(&norm.clauses, norm.modal_span);
                self.discretion((id, instrument), norm, by, guard, provided)
            }
            None => {
                let only = act.only();
                self.norms(id, instrument, norm.modal, norm.modal_span, frame, only, &norm.clauses).0
            }
        };
        for (target, span) in despite {
            for place in &places {
                self.prevail(*place, target, span);
            }
        }
    }

    /// When a sentence about somebody's discretion speaks. `only` would bar what the discretion cannot reach.
    fn discretionary(&mut self, frame: Condition, only: Vec<Condition>, norm: &ast::Norm) -> Condition {
        let clauses = &norm.clauses;
        if !only.is_empty() || clauses.only_when.is_some() {
            self.report(
                Diagnostic::error(
                    "B0126",
                    norm.modal_span,
                    "`only` and discretion do not go into one sentence",
                )
                .label("left to somebody's discretion")
                .help("write the limit as a sentence of its own: `must not ... when ...`"),
            );
        }
        let mut guard = vec![frame];
        guard.extend(clauses.when.as_ref().map(|when| self.condition(when)));
        let unless = clauses.unless.as_ref().map(|unless| self.condition(unless));
        guard.extend(unless.map(|unless| Condition::Not(Box::new(unless))));
        Condition::All(guard)
    }

    fn advice(&mut self, id: RuleId, instrument: usize, advice: &ast::Advice) {
        let (Some(subject), Some(act_fact)) = (self.model.subject, self.model.act) else { return };
        let who = self.who(subject, &advice.who);
        let Some(act) = self.phrase(&advice.act) else { return };
        let mut guard = vec![who, act.frame_condition(act_fact)];
        guard.extend(advice.when.as_ref().map(|when| self.condition(when)));
        let guard = Condition::All(guard);
        self.push(id, instrument, NormKind::Advice, Says::Should, guard, Price::free(), false);
        if let Some(rule) = self.model.names.get_mut(id.place()) {
            rule.advice = Some(advice.text.text.clone());
        }
    }

    /// The norms of a sentence whose subject, act and plain gaps are `frame`. Gives their places.
    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of a sentence, shared by rules and matrix cells"
    )]
    pub fn norms(
        &mut self,
        id: RuleId,
        instrument: usize,
        modal: Modal,
        modal_span: Span,
        frame: Condition,
        mut only: Vec<Condition>,
        clauses: &ast::Clauses,
    ) -> (Vec<usize>, Condition) {
        if clauses.discretion.is_some() {
            self.report(
                Diagnostic::error(
                    "B0126",
                    modal_span,
                    "a cell of a matrix is not left to somebody's discretion",
                )
                .help("write the row's act as a rule of its own: `... may ... at the discretion of ...`"),
            );
        }
        let mut guard = vec![frame];
        let priced = clauses.approved.is_some() || clauses.provided.is_some();
        let when = clauses.when.as_ref().map(|c| self.condition(c));
        if let Some(unless) = &clauses.unless {
            let unless = self.condition(unless);
            guard.push(Condition::Not(Box::new(unless)));
        }
        if let Some(only_when) = &clauses.only_when {
            let only_when = self.condition(only_when);
            only.push(only_when);
        }
        // `may only X when C` without a price means `may X only when C` (semantics 2.3).
        match when {
            Some(when) if modal == Modal::MayOnly && !priced => only.push(when),
            Some(when) => guard.push(when),
            None => {}
        }
        let price = self.price(clauses, modal_span);
        let guard = Condition::All(guard);
        let bars = matches!(modal, Modal::MustNot | Modal::MustNever | Modal::ShouldNot);
        if bars && (priced || !only.is_empty()) {
            self.report(
                Diagnostic::error(
                    "B0111",
                    modal_span,
                    "a sentence with `must not` takes neither a price nor `only`",
                )
                .label("a bar: it forbids, and nothing that is asked for lifts it")
                .help("write `may only ... if approved by ...`, or `may ... only when ...`"),
            );
            return (Vec::new(), guard);
        }
        if modal == Modal::MayOnly && !priced && only.is_empty() {
            self.report(
                Diagnostic::error("B0111", modal_span, "`may only` does not say what it is limited to")
                    .label("only what?")
                    .help("add `if approved by ...`, `provided they ...` or `when ...`, or put `only` before the words of one gap"),
            );
            return (Vec::new(), guard);
        }
        let mut places = Vec::new();
        let never = modal == Modal::MustNever;
        match modal {
            Modal::MustNot | Modal::MustNever | Modal::ShouldNot => {
                places.push(self.push(
                    id,
                    instrument,
                    NormKind::MustNot,
                    Says::MustNot,
                    guard.clone(),
                    Price::never(),
                    never,
                ));
            }
            Modal::MayOnly if only.is_empty() => {
                places.push(self.push(
                    id,
                    instrument,
                    NormKind::Only,
                    Says::MayOnly,
                    guard.clone(),
                    price,
                    never,
                ));
            }
            Modal::May | Modal::MayInGeneral | Modal::MayOnly => {
                let kind = if modal == Modal::MayInGeneral { NormKind::MayInGeneral } else { NormKind::May };
                if only.is_empty() {
                    places.push(self.push(id, instrument, kind, Says::May, guard.clone(), price, never));
                } else {
                    // Inside: a permission at the price, or a condition where the author wrote `may only`.
                    // Outside, within the rest of the guard: a bar.
                    let inside = Condition::All(only);
                    let kind = if modal == Modal::MayOnly && priced { NormKind::Only } else { kind };
                    let within = Condition::All(vec![guard.clone(), inside.clone()]);
                    let outside = Condition::All(vec![guard.clone(), Condition::Not(Box::new(inside))]);
                    places.push(self.push(id, instrument, kind, Says::MayOnly, within, price, never));
                    places.push(self.push(
                        id,
                        instrument,
                        NormKind::MustNot,
                        Says::MayOnly,
                        outside,
                        Price::never(),
                        never,
                    ));
                }
            }
        }
        (places, guard)
    }

    pub fn who(&mut self, subject: FactId, who: &ast::Values) -> Condition {
        if who.names.is_empty() {
            return Condition::Always;
        }
        self.asker_is(subject, who)
    }

    pub fn deed(&mut self, name: &ast::Name) -> Option<DeedId> {
        let found = self.deeds.get(&name.text).copied();
        if found.is_none() {
            let all = self.candidates(self.deeds.keys());
            self.unknown("B0112", name.span, "deed", &name.text, all.iter().map(String::as_str));
        }
        found
    }

    pub fn atom(&mut self, name: &ast::Name, approval: bool) -> Option<AtomId> {
        let kind = |a: &crate::Atom| a.approval.is_some() == approval;
        let found = self.atoms.get(&name.text).copied();
        let found = found.filter(|id| self.model.atoms.get(usize::from(id.0)).is_some_and(kind));
        if found.is_some() {
            return found;
        }
        let what = if approval { "approval" } else { "undertaking" };
        let fits = |id: &AtomId| self.model.atoms.get(usize::from(id.0)).is_some_and(kind);
        let all = self.candidates(self.atoms.iter().filter(|(_, id)| fits(id)).map(|(name, _)| name));
        self.unknown("B0112", name.span, what, &name.text, all.iter().map(String::as_str));
        None
    }

    fn price(&mut self, clauses: &ast::Clauses, span: Span) -> Price {
        let mut price = Price::free();
        for (formula, approval) in [(&clauses.approved, true), (&clauses.provided, false)] {
            if let Some(formula) = formula {
                let packages = self.packages(formula, approval);
                price = Price(minimal(product(&price.0, &packages)));
            }
        }
        if price.0.len() > MOST_PACKAGES {
            self.report(
                Diagnostic::error(
                    "B0124",
                    span,
                    format!(
                        "this sentence has {} alternative packages of approvals and undertakings",
                        price.0.len()
                    ),
                )
                .label(format!("at most {MOST_PACKAGES}"))
                .help("split the sentence, or declare one approval that several people can give"),
            );
            price = Price::never();
        }
        price
    }

    fn packages(&mut self, formula: &ast::Formula, approval: bool) -> Vec<BTreeSet<AtomId>> {
        match formula {
            ast::Formula::Atom(name) => {
                self.atom(name, approval).map(|a| vec![BTreeSet::from([a])]).unwrap_or_default()
            }
            ast::Formula::Or(parts) => {
                minimal(parts.iter().flat_map(|p| self.packages(p, approval)).collect())
            }
            ast::Formula::And(parts) => {
                let mut all = vec![BTreeSet::new()];
                for part in parts {
                    let packages = self.packages(part, approval);
                    all = minimal(product(&all, &packages));
                    // Enough to know that it is too many; the caller says so.
                    all.truncate(MOST_PACKAGES * 4);
                }
                all
            }
        }
    }
}

fn product(a: &[BTreeSet<AtomId>], b: &[BTreeSet<AtomId>]) -> Vec<BTreeSet<AtomId>> {
    a.iter().flat_map(|x| b.iter().map(move |y| x.union(y).copied().collect())).collect()
}

/// Keeps the packages that hold no other package, sorted.
pub(crate) fn minimal(mut packages: Vec<BTreeSet<AtomId>>) -> Vec<BTreeSet<AtomId>> {
    packages.sort();
    packages.dedup();
    let all = packages.clone();
    packages.retain(|p| !all.iter().any(|q| q != p && q.is_subset(p)));
    packages
}
