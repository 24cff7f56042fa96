//! Facts that follow from when a question is about: the clock, the weekday, and what calendars tell.

use crate::{Domain, Program};
use byelaw_data::{Calendar, Date, Days, FactId, MINUTES, MOST_DAYS, Minute, ValueId};

impl Program {
    /// The calendar that tells a fact, if one does.
    pub fn calendar(&self, fact: FactId) -> Option<&Calendar> {
        self.calendars.iter().find(|c| c.fact == fact)
    }
}

/// Checks what the evaluator relies on: that facts are of the right kind, that days and minutes are in order and
/// without gaps, and that every number points somewhere.
pub(crate) fn valid(program: &Program) -> bool {
    let width = |fact: FactId| match program.facts.get(usize::from(fact.0)).map(|f| &f.domain) {
        Some(Domain::Values(n)) => *n,
        _ => 0,
    };
    let clock = program.clock.is_none_or(|fact| {
        matches!(
            program.facts.get(usize::from(fact.0)).map(|f| &f.domain),
            Some(Domain::Cells { from: 0, to, .. }) if *to == i64::from(MINUTES).saturating_sub(1)
        )
    });
    clock
        && program.weekday.is_none_or(|fact| width(fact) == 7)
        && program.calendars.iter().enumerate().all(|(place, one)| {
            let first = program.calendars.iter().position(|c| c.fact == one.fact) == Some(place);
            first && program.weekday != Some(one.fact) && calendar(one, width(one.fact))
        })
}

fn calendar(one: &Calendar, width: u16) -> bool {
    let value = |v: ValueId| v.0 < width;
    let timetable = |place: u16| usize::from(place) < one.timetables.len();
    let length = one.until.days().saturating_sub(one.from.days());
    let ordered = |from: Date, until: Date| one.from <= from && from < until && until <= one.until;
    0 < length
        && length <= MOST_DAYS
        && value(one.closed)
        && one.beyond.is_none_or(value)
        && one.week.iter().flatten().all(|t| timetable(*t))
        && one.stretches.iter().all(|s| {
            ordered(s.from, s.until)
                && match s.days {
                    Days::Open => true,
                    Days::Closed(v) => value(v),
                    Days::Special(t) => timetable(t),
                }
        })
        && one.stretches.iter().zip(one.stretches.iter().skip(1)).all(|(a, b)| a.until <= b.from)
        && one.timetables.iter().all(|t| {
            t.begins.first().is_some_and(|(at, _)| *at == Minute::FIRST)
                && t.begins.iter().all(|(_, v)| value(*v))
                && t.begins.iter().zip(t.begins.iter().skip(1)).all(|(a, b)| a.0 < b.0)
        })
}
