//! Policies and addenda.

use crate::hir::{InForce, Instrument, Silence};
use crate::names::Scope;
use crate::vocabulary::date;
use byelaw_diagnostic::{Diagnostic, Span};
use byelaw_syntax::ast::{self, InstrumentPart, SilenceAst};
use std::collections::BTreeMap;

impl Scope {
    /// First round: the instrument's name and dates. What it amends and while which period comes later.
    pub fn declare_instrument(&mut self, instrument: &ast::Instrument) {
        if let Some(old) = self.instruments.get(&instrument.name.text).copied() {
            let first = self.model.instruments.get(old).map(|i| i.span);
            self.twice("policy or addendum", &instrument.name, first);
            return;
        }
        let mut made = Instrument {
            name: instrument.name.text.clone(),
            title: instrument.title.text.clone(),
            edition: None,
            amends: None,
            under: None,
            replaces: None,
            adopted: None,
            in_force: Vec::new(),
            review: None,
            prevails_over_all: false,
            span: instrument.name.span,
        };
        self.idle_parts(instrument);
        for part in &instrument.parts {
            match part {
                InstrumentPart::Edition(text) => made.edition = Some(text.text.clone()),
                InstrumentPart::Adopted(d) => made.adopted = date(self, d),
                InstrumentPart::ReviewBy(d) => made.review = date(self, d),
                InstrumentPart::InForce { from, until } => {
                    let end = until.as_ref().and_then(|u| date(self, u));
                    if let Some(from_day) = date(self, from) {
                        if end.is_some_and(|e| e <= from_day) {
                            self.report(
                                Diagnostic::error(
                                    "B0108",
                                    from.span,
                                    format!("`{}` is out of force before it is in force", made.name),
                                )
                                .help("`until` is the first day on which it no longer holds"),
                            );
                        }
                        made.in_force.push(InForce::Dates { from: from_day, until: end });
                    }
                }
                InstrumentPart::PrevailsOverAll(_) => made.prevails_over_all = true,
                InstrumentPart::PrevailsWhereSaid(_)
                | InstrumentPart::Replaces(_)
                | InstrumentPart::InForceWhile(_)
                | InstrumentPart::Silence(_) => {}
            }
        }
        self.instruments.insert(made.name.clone(), self.model.instruments.len());
        self.model.instruments.push(made);
    }

    /// Reports the parts of a policy or addendum that stand twice, and those that mean nothing where they stand.
    fn idle_parts(&mut self, instrument: &ast::Instrument) {
        let amends = instrument.amends.is_some();
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for part in &instrument.parts {
            let (what, span) = match part {
                InstrumentPart::Edition(text) => ("edition", text.span),
                InstrumentPart::Adopted(day) => ("adopted", day.span),
                InstrumentPart::InForce { from, .. } => ("in force from", from.span),
                InstrumentPart::InForceWhile(period) => ("in force while", period.span),
                InstrumentPart::ReviewBy(day) => ("review by", day.span),
                InstrumentPart::Silence(SilenceAst::Forbidden(span) | SilenceAst::Allowed(span)) => {
                    ("silence means", *span)
                }
                InstrumentPart::Silence(SilenceAst::Ask(name)) => ("silence means", name.span),
                InstrumentPart::PrevailsWhereSaid(span) | InstrumentPart::PrevailsOverAll(span) => {
                    ("prevails", *span)
                }
                InstrumentPart::Replaces(old) => ("replaces", old.span),
            };
            if let Some(first) = seen.get(what).copied() {
                self.part_twice(&instrument.name, what, span, first);
                continue;
            }
            seen.insert(what, span);
            let idle = match what {
                "silence means" if amends => {
                    Some(("an addendum", "say it in the policy that the addendum changes"))
                }
                "prevails" if !amends => {
                    Some(("a policy", "only an addendum prevails over something; take it away"))
                }
                _ => None,
            };
            if let Some((place, help)) = idle {
                self.report(
                    Diagnostic::warning("B0119", span, format!("`{what}` has no effect in {place}"))
                        .help(help),
                );
            }
        }
    }

    /// An instrument by name, if it is not the one at `place` itself.
    fn other_instrument(&mut self, place: usize, name: &ast::Name) -> Option<usize> {
        let found = self.instruments.get(&name.text).copied().filter(|other| *other != place);
        if found.is_none() {
            let own = self.model.instruments.get(place).map(|i| i.name.clone());
            let all = self.candidates(self.instruments.keys().filter(|known| Some(*known) != own.as_ref()));
            self.unknown("B0118", name.span, "policy", &name.text, all.iter().map(String::as_str));
        }
        found
    }

    /// Second round: links to other names.
    pub fn finish_instrument(&mut self, instrument: &ast::Instrument) {
        let Some(place) = self.instruments.get(&instrument.name.text).copied() else { return };
        if let Some(amends) = &instrument.amends
            && let Some(base) = self.other_instrument(place, amends)
            && let Some(made) = self.model.instruments.get_mut(place)
        {
            made.amends = Some(base);
        }
        if let Some(under) = &instrument.under
            && let Some(upper) = self.other_instrument(place, under)
            && let Some(made) = self.model.instruments.get_mut(place)
        {
            made.under = Some(upper);
        }
        for part in &instrument.parts {
            match part {
                InstrumentPart::InForceWhile(name) => {
                    let period =
                        self.facts.get(&name.text).copied().filter(|f| self.model.fact(*f).period.is_some());
                    match period {
                        Some(period) => {
                            if let Some(made) = self.model.instruments.get_mut(place) {
                                made.in_force.push(InForce::While(period));
                            }
                        }
                        None => {
                            let periods = self.model.facts.iter().filter(|f| f.period.is_some());
                            let all = self.candidates(periods.map(|f| &f.word.name));
                            self.unknown(
                                "B0118",
                                name.span,
                                "period",
                                &name.text,
                                all.iter().map(String::as_str),
                            );
                        }
                    }
                }
                InstrumentPart::Silence(silence) if instrument.amends.is_none() => {
                    let silence = match silence {
                        SilenceAst::Forbidden(_) => Silence::Forbidden,
                        SilenceAst::Allowed(_) => Silence::Allowed,
                        SilenceAst::Ask(name) => {
                            self.somebody(name);
                            Silence::Ask(name.text.clone())
                        }
                    };
                    self.silences.insert(place, silence);
                }
                InstrumentPart::Replaces(name) => {
                    if let Some(old) = self.other_instrument(place, name)
                        && let Some(made) = self.model.instruments.get_mut(place)
                    {
                        made.replaces = Some(old);
                    }
                }
                _ => {}
            }
        }
    }
}
