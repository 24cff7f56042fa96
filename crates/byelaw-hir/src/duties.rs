//! Duties: a sentence becomes a norm that stands beside an act, or for a question that has none.
//!
//! A duty that comes with an act is a norm about that act. One that follows from an event, or stands always, is a norm
//! about [`Model::no_act`](crate::Model::no_act); where its deed consists in an act, it is besides a norm about that
//! act, which it takes for granted (semantics 2.3, 2.4). Not here: what is due when (byelaw-data).

use crate::hir::{Condition, Duty, Fact, Kind, NormKind, Price, Side, Word};
use crate::names::{Scope, to_value};
use byelaw_data::{Cycle, DeedId, Due, FactId, Occasion, Presumption, RuleId, Says, Turn, Unit, ValueId};
use byelaw_diagnostic::Diagnostic;
use byelaw_syntax::ast;

/// The fact that tells what has happened.
const EVENT: &str = "event";
/// Its value where nothing has.
const NOTHING: &str = "none";

impl Scope {
    /// An event is a value of the fact that tells what has happened; the first one declares the fact.
    pub fn declare_event(&mut self, word: &ast::Word) {
        let id = match self.facts.get(EVENT).copied() {
            None => {
                let nothing = Word { label: Some("nothing of the kind".to_owned()), ..Word::named(NOTHING) };
                let name = Word {
                    label: Some("what has happened".to_owned()),
                    span: Some(word.name.span),
                    ..Word::named(EVENT)
                };
                let id = FactId(u16::try_from(self.model.facts.len()).unwrap_or(u16::MAX));
                self.model.facts.push(Fact {
                    asked: Some("What has happened?".to_owned()),
                    presumed: vec![Presumption::always(vec![ValueId(0)])],
                    ..Fact::new(name, Side::Circumstances, Kind::OneOf(vec![nothing]))
                });
                self.facts.insert(EVENT.to_owned(), id);
                self.model.event = Some(id);
                id
            }
            Some(id) => id,
        };
        if self.model.event != Some(id) {
            let first = self.model.fact(id).word.span;
            let name = ast::Name { text: EVENT.to_owned(), span: word.name.span };
            self.twice("fact", &name, first);
            return;
        }
        let new = Self::word(word);
        let Some(Kind::OneOf(events)) = self.model.facts.get_mut(usize::from(id.0)).map(|f| &mut f.kind)
        else {
            return;
        };
        match events.iter().find(|e| e.name == new.name).map(|e| e.span) {
            Some(first) => self.twice("event", &word.name, first),
            None => events.push(new),
        }
    }

    /// What the fact of the acts has where a question is about no act.
    pub fn no_act(&self) -> ValueId {
        to_value(self.acts_declared)
    }

    /// Gives the fact of the acts the value of a question that is about none, if some duty stands without an act.
    pub fn finish_duties(&mut self) {
        let (Some(act), no_act) = (self.model.act, self.no_act()) else { return };
        let about = |guard: &Condition| matches!(guard, Condition::All(parts) if parts.contains(&Condition::In(act, vec![no_act])));
        if self.model.norms.iter().any(|n| n.kind == NormKind::Standing && about(&n.guard)) {
            let word = Word { label: Some("no act".to_owned()), ..Word::named("no act") };
            self.model.acts.push(crate::Act { word, verb: Vec::new(), gaps: Vec::new() });
            self.model.no_act = Some(no_act);
        }
    }

    /// The event that is called so.
    pub fn event(&mut self, name: &ast::Name) -> Option<ValueId> {
        let events = self.model.event.map(|id| self.model.values(id)).unwrap_or_default();
        let found = events.iter().position(|e| e.name == name.text).filter(|place| *place > 0);
        if found.is_none() {
            let known: Vec<&str> = events.iter().skip(1).map(|e| e.name.as_str()).collect();
            self.unknown("B0112", name.span, "event", &name.text, known);
        }
        found.map(to_value)
    }

    /// Second round of a deed: the act that it consists in, once all acts and values are there.
    pub fn deed_done_by(&mut self, deed: &ast::Deed) {
        let (Some(act_fact), Some(phrase)) = (self.model.act, &deed.done_by) else { return };
        let Some(id) = self.deeds.get(&deed.word.name.text).copied() else { return };
        if let Some(act) = self.phrase(phrase) {
            self.done_by.insert(id, act.frame_condition(act_fact));
        }
    }

    pub fn duty(&mut self, id: RuleId, instrument: usize, duty: &ast::Duty) {
        let (Some(subject), Some(act_fact)) = (self.model.subject, self.model.act) else { return };
        let mut guard = vec![self.who(subject, &duty.who)];
        let occasion = match &duty.occasion {
            Some(ast::Occasion::Act(at, phrase)) => {
                let Some(act) = self.phrase(phrase) else { return };
                guard.push(act.frame_condition(act_fact));
                Occasion::Act(turn(*at))
            }
            Some(ast::Occasion::Event(at, name)) => {
                let (Some(event), Some(fact)) = (self.event(name), self.model.event) else { return };
                guard.push(Condition::In(fact, vec![event]));
                Occasion::Event(turn(*at), event)
            }
            None => Occasion::Always,
        };
        guard.extend(duty.when.as_ref().map(|when| self.condition(when)));
        let deeds =
            duty.deeds.iter().map(|choice| choice.iter().filter_map(|name| self.deed(name)).collect());
        let deeds: Vec<Vec<DeedId>> = deeds.collect();
        let says = if duty.should { Says::Should } else { Says::Must };
        let with_act = matches!(occasion, Occasion::Act(_));
        if !with_act {
            self.own_acts(id, instrument, says, &guard, &deeds);
            guard.push(Condition::In(act_fact, vec![self.no_act()]));
        }
        let kind = if with_act { NormKind::Duty } else { NormKind::Standing };
        let place = self.push(id, instrument, kind, says, Condition::All(guard), Price::free(), false);
        if let Some(norm) = self.model.norms.get_mut(place) {
            norm.deeds.clone_from(&deeds);
        }
        let (due, words) = self.due(duty.due.as_ref(), occasion);
        let (mut otherwise, mut otherwise_deed) = (None, None);
        match &duty.otherwise {
            Some(ast::Otherwise::Words(text)) => otherwise = Some(text.text.clone()),
            Some(ast::Otherwise::Deed(name)) => otherwise_deed = self.deed(name),
            None => {}
        }
        if let Some(rule) = self.model.names.get_mut(id.place()) {
            rule.duty = Some(Duty { deeds, occasion, due, words, otherwise, otherwise_deed });
        }
    }

    /// What must be done may be done: where a deed consists in an act, the duty takes that act for granted.
    fn own_acts(
        &mut self,
        id: RuleId,
        instrument: usize,
        says: Says,
        guard: &[Condition],
        deeds: &[Vec<DeedId>],
    ) {
        for deed in deeds.iter().flatten() {
            if let Some(act) = self.done_by.get(deed).cloned() {
                let mut guard = guard.to_vec();
                guard.push(act);
                let guard = Condition::All(guard);
                self.push(id, instrument, NormKind::Duty, says, guard, Price::free(), false);
            }
        }
    }

    /// When a duty is due, and the same in words.
    fn due(&mut self, due: Option<&ast::Due>, occasion: Occasion) -> (Due, String) {
        let before = occasion.turn() == Turn::Before;
        match due {
            None if before => (Due::Unsaid, "beforehand".to_owned()),
            None => (Due::Unsaid, String::new()),
            Some(ast::Due::AsSoonAsPossible) => (Due::Soon, "as soon as possible".to_owned()),
            Some(ast::Due::Immediately) => (Due::Immediately, "immediately".to_owned()),
            Some(ast::Due::By(text)) => (Due::Unsaid, format!("by {}", text.text)),
            Some(ast::Due::Within { number, unit, of }) => {
                if before && of.is_none() {
                    self.report(
                        Diagnostic::error(
                            "B0160",
                            number.span,
                            "time is counted from what comes first, and this duty comes before it",
                        )
                        .label("counted from what?")
                        .note("`within ...` is the time after the occasion of a duty")
                        .help("leave the time out, say `by \"...\"` in words, or count it from a date: `within ... of FACT`"),
                    );
                }
                let from = of.as_ref().and_then(|fact| self.date_fact(fact));
                let behind = of.as_ref().map(|fact| format!(" of {}", fact.text)).unwrap_or_default();
                let words = format!("within {}{behind}", counted(number, unit));
                let due = self.unit(number, unit).map_or(Due::Unsaid, |(count, unit)| match of {
                    Some(_) if from.is_none() => Due::Unsaid,
                    _ => Due::Within { count, unit, of: from },
                });
                (due, words)
            }
            Some(ast::Due::Every { number, unit }) => {
                let words = match number.value {
                    1 => format!("every {}", unit.strip_suffix('s').unwrap_or(unit)),
                    _ => format!("every {}", counted(number, unit)),
                };
                let due =
                    self.unit(number, unit).map_or(Due::Unsaid, |(count, unit)| Due::Every { count, unit });
                (due, words)
            }
            Some(ast::Due::OncePer(unit)) => {
                let cycle = match unit.as_str() {
                    "week" => Cycle::Week,
                    "month" => Cycle::Month,
                    _ => Cycle::Year,
                };
                (Due::OncePer(cycle), format!("once per {unit}"))
            }
            Some(ast::Due::OncePerStretch(name)) => {
                let place = self.model.calendars.iter().position(|c| c.name == name.text);
                if place.is_none() {
                    let known: Vec<String> = self.model.calendars.iter().map(|c| c.name.clone()).collect();
                    self.unknown(
                        "B0112",
                        name.span,
                        "calendar",
                        &name.text,
                        known.iter().map(String::as_str),
                    );
                }
                let due = place
                    .and_then(|place| u16::try_from(place).ok())
                    .map_or(Due::Unsaid, |place| Due::OncePer(Cycle::Stretch(place)));
                (due, format!("once per stretch of {}", name.text))
            }
        }
    }

    /// A fact that is a date, from which time can be counted.
    fn date_fact(&mut self, name: &ast::Name) -> Option<FactId> {
        let id = self.fact(name)?;
        if self.model.fact(id).kind == Kind::Date {
            return Some(id);
        }
        let declared = self.model.fact(id).word.span;
        let mut message =
            Diagnostic::error("B0160", name.span, format!("`{}` is not a date, so no time is counted from it", name.text))
                .label("not a date")
                .help("name a fact that is `a date`, or leave `of ...` out: then it is counted from the occasion of the duty");
        if let Some(span) = declared {
            message = message.related(span, "declared here");
        }
        self.report(message);
        None
    }

    /// How many of what. Days of no calendar of the pack are words that nobody can count.
    fn unit(&mut self, number: &ast::NumberLit, words: &str) -> Option<(u16, Unit)> {
        let unit = match words {
            "hours" => Unit::Hours,
            "weeks" => Unit::Weeks,
            "months" => Unit::Months,
            "years" => Unit::Years,
            "days" => {
                self.report(
                    Diagnostic::error(
                        "B0123",
                        number.span,
                        format!("`{} days` does not say which days", number.value),
                    )
                    .label("which days count?")
                    .help(format!(
                        "write `{} calendar days`, or say which other days are counted",
                        number.value
                    )),
                );
                return None;
            }
            "calendar days" => Unit::Days,
            other => {
                let kind = other.strip_suffix(" days")?;
                let place = self.model.calendars.iter().position(|c| c.counts.as_deref() == Some(kind))?;
                Unit::OpenDays(u16::try_from(place).ok()?)
            }
        };
        let count = u16::try_from(number.value).ok();
        if count.is_none() {
            self.report(
                Diagnostic::error(
                    "B0160",
                    number.span,
                    format!("{} is too long a time to count", number.value),
                )
                .label(format!("at most {}", u16::MAX)),
            );
        }
        Some((count?, unit))
    }
}

fn turn(turn: ast::Turn) -> Turn {
    match turn {
        ast::Turn::Before => Turn::Before,
        ast::Turn::With => Turn::With,
        ast::Turn::After => Turn::After,
    }
}

/// `3 calendar days`, `1 week`.
fn counted(number: &ast::NumberLit, unit: &str) -> String {
    let unit = if number.value == 1 { unit.strip_suffix('s').unwrap_or(unit) } else { unit };
    format!("{} {unit}", number.value)
}
