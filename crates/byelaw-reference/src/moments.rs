//! What follows from when the question is about (2.9): looked up for one day and minute after the other.

use crate::{Situation, Value};
use byelaw_data::{Date, FactId, Minute, NO, Question, Stated, ValueId, Weekday, YES};
use byelaw_hir::{Kind, Model, ON, PeriodDates};
use std::collections::BTreeSet;

/// The part of the moment that tells a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// The date: itself, periods, the weekday.
    Date,
    /// The time of day.
    Time,
    /// Both: the fact of this calendar.
    Calendar(usize),
}

/// Which part of the moment tells a fact that the question leaves to a moment it does not give in full.
pub(crate) fn follows(model: &Model, question: &Question, fact: FactId) -> Option<Part> {
    let stated = question.facts.get(&fact);
    let calendar = model.calendars.iter().position(|c| c.plan.fact == fact);
    match (&model.fact(fact).kind, calendar) {
        _ if fact == ON => question.on.is_none().then_some(Part::Date),
        (Kind::Weekday, _) => {
            let known = question.on.is_some() || matches!(stated, Some(Stated::Value(_) | Stated::Unknown));
            (!known).then_some(Part::Date)
        }
        (Kind::Time, _) => {
            let known = match stated {
                Some(Stated::Number(_)) => true,
                Some(_) => false,
                None => question.at.is_some(),
            };
            (!known).then_some(Part::Time)
        }
        (_, Some(calendar)) => {
            let known = question.on.is_some() && time(model, question).is_some();
            (stated.is_none() && !known).then_some(Part::Calendar(calendar))
        }
        _ => {
            let period = model.fact(fact).period.is_some();
            (period && stated.is_none() && question.on.is_none()).then_some(Part::Date)
        }
    }
}

/// The time of the question: stated as a fact, else as that of its date.
fn time(model: &Model, question: &Question) -> Option<Minute> {
    match model.clock.and_then(|clock| question.facts.get(&clock)) {
        Some(Stated::Number(minute)) => u16::try_from(*minute).ok().and_then(Minute::new),
        Some(_) => None,
        None => question.at,
    }
}

/// The values of an unstated fact that the moment of the question tells; `None` if it tells nothing of it.
pub(crate) fn told(model: &Model, question: &Question, fact: FactId) -> Option<Vec<Value>> {
    let this = model.fact(fact);
    if let (Some(period), Some(on)) = (this.period, question.on) {
        return Some(in_period(period, on.days()));
    }
    if this.kind == Kind::Weekday {
        return question.on.map(|on| vec![weekday(on)]);
    }
    if this.kind == Kind::Time {
        return time(model, question).map(|time| vec![Value::Number(i64::from(time.minutes()))]);
    }
    let calendar = model.calendars.iter().find(|c| c.plan.fact == fact)?;
    let value = calendar.plan.value(question.on?, time(model, question)?)?;
    Some(vec![Value::Listed(value)])
}

fn weekday(day: Date) -> Value {
    Value::Listed(day.weekday().value())
}

/// Whether a period holds on a day: yes, no, or with an open end either (2.9).
fn in_period(period: PeriodDates, day: i64) -> Vec<Value> {
    if day < period.from.days() {
        return vec![Value::Listed(NO)];
    }
    match period.until {
        Some(until) if day < until.days() => vec![Value::Listed(YES)],
        Some(_) => vec![Value::Listed(NO)],
        None => vec![Value::Listed(NO), Value::Listed(YES)],
    }
}

/// Everything that these facts, which follow from the moment, can be at once. `dates` and `times` are the first of
/// each stretch that rules tell apart; a day stands in the answer as the first of its stretch.
pub(crate) fn moments(
    model: &Model,
    question: &Question,
    facts: &BTreeSet<FactId>,
    dates: &[Value],
    times: &[Value],
) -> BTreeSet<Situation> {
    let mut found = BTreeSet::new();
    let starts: Vec<i64> = dates.iter().map(number).collect();
    let mut minutes: BTreeSet<i64> = times.iter().map(number).collect();
    for timetable in model.calendars.iter().flat_map(|c| &c.plan.timetables) {
        minutes.extend(timetable.begins.iter().map(|(at, _)| i64::from(at.minutes())));
    }
    minutes.insert(0);
    if let Some(time) = time(model, question) {
        minutes = BTreeSet::from([i64::from(time.minutes())]);
    }
    for day in days(model, question, &starts) {
        let start = starts.iter().copied().filter(|s| *s <= day.days()).max().unwrap_or(day.days());
        for minute in &minutes {
            let minute = u16::try_from(*minute).ok().and_then(Minute::new).expect("a minute of a day");
            let mut here: Vec<Situation> = vec![Situation::new()];
            for fact in facts {
                let values: Vec<Value> = match (model.fact(*fact).period, follows(model, question, *fact)) {
                    _ if *fact == ON => vec![Value::Number(start)],
                    (Some(period), _) => in_period(period, day.days()),
                    (_, Some(Part::Time)) => {
                        // As with days: the first of the stretch that the rules tell apart.
                        let at = i64::from(minute.minutes());
                        vec![Value::Number(times.iter().map(number).filter(|t| *t <= at).max().unwrap_or(at))]
                    }
                    (_, Some(Part::Calendar(calendar))) => {
                        match model.calendars[calendar].plan.value(day, minute) {
                            Some(value) => vec![Value::Listed(value)],
                            None => (0..model.width(*fact))
                                .map(|v| Value::Listed(ValueId(u16::try_from(v).expect("few values"))))
                                .collect(),
                        }
                    }
                    _ => vec![weekday(day)],
                };
                here = here
                    .iter()
                    .flat_map(|situation| {
                        values.iter().map(move |value| {
                            let mut next = situation.clone();
                            next.insert(*fact, *value);
                            next
                        })
                    })
                    .collect();
            }
            found.extend(here);
        }
    }
    found
}

/// The day of the question; else every day of the calendars and a week around them, and the first week of each stretch.
fn days(model: &Model, question: &Question, starts: &[i64]) -> BTreeSet<Date> {
    if let Some(on) = question.on {
        return BTreeSet::from([on]);
    }
    let mut days: BTreeSet<i64> = starts.iter().flat_map(|s| *s..*s + 7).collect();
    for calendar in &model.calendars {
        days.extend(calendar.plan.from.days() - 7..calendar.plan.until.days() + 7);
    }
    let stated = model.weekday.and_then(|weekday| question.facts.get(&weekday));
    let may_be = |day: Weekday| match stated {
        Some(Stated::Value(value)) => *value == day.value(),
        Some(Stated::Among { values, .. }) => values.contains(&day.value()),
        _ => true,
    };
    days.into_iter().filter_map(Date::from_days).filter(|day| may_be(day.weekday())).collect()
}

fn number(value: &Value) -> i64 {
    match value {
        Value::Number(number) => *number,
        Value::Listed(_) | Value::AllOf(_) => unreachable!("dates and times are numbers"),
    }
}
