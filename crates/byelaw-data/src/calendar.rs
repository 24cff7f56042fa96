//! A resolved calendar: which value of its fact holds at a date and time, and which days are counted.
//!
//! Everything here is total: a calendar that does not reach a date says so with `None`.

use crate::{Date, FactId, MINUTES, Minute, ValueId, Weekday};
use alloc::vec::Vec;

/// The most days that a calendar may reach over: a hundred years. Searches over its days are bounded by it.
pub const MOST_DAYS: i64 = 36_525;

/// A calendar: stretches of days, and for each day the times at which a value begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The fact that it tells.
    pub fact: FactId,
    /// The first day it reaches.
    pub from: Date,
    /// The first day after those that it reaches.
    pub until: Date,
    /// Days that are not simply closed; sorted, apart from each other, within `from..until`. Other days are closed.
    pub stretches: Vec<Stretch>,
    /// The value on days that are closed without a value of their own.
    pub closed: ValueId,
    /// The value on days that the calendar does not reach; absent: not known.
    pub beyond: Option<ValueId>,
    /// For each weekday, Monday first, the timetable of open days; absent: such a day is closed.
    pub week: [Option<u16>; 7],
    /// The timetables.
    pub timetables: Vec<Timetable>,
}

/// Days of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// First day.
    pub from: Date,
    /// First day after.
    pub until: Date,
    /// What these days are.
    pub days: Days,
}

/// What the days of a stretch are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    /// Open, with the timetable of each one's weekday.
    Open,
    /// Closed, with this value all day.
    Closed(ValueId),
    /// Open with this timetable, whatever the weekday.
    Special(u16),
}

/// What of a day decides its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DayKind {
    /// The timetable with this place.
    Timetable(u16),
    /// One value all day; absent: not known.
    Whole(Option<ValueId>),
}

/// The values of one day: each holds from its minute until the next one begins, the last until midnight.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timetable {
    /// Sorted by minute, the first at midnight, no two at the same minute.
    pub begins: Vec<(Minute, ValueId)>,
}

/// A part of a day in which one value holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// First minute.
    pub from: u16,
    /// First minute after, up to [`MINUTES`].
    pub until: u16,
    /// The value; absent: not known.
    pub value: Option<ValueId>,
}

impl Timetable {
    /// The value at a minute; `None` only for a timetable that does not begin at midnight, which no compiler makes.
    pub fn value(&self, minute: Minute) -> Option<ValueId> {
        let after = self.begins.partition_point(|(at, _)| *at <= minute);
        self.begins.get(after.checked_sub(1)?).map(|(_, value)| *value)
    }
}

impl Calendar {
    /// Whether the calendar says anything about this day.
    pub fn reaches(&self, date: Date) -> bool {
        self.from <= date && date < self.until
    }

    /// The value at a date and time; `None` if the calendar does not reach it and says nothing of days beyond.
    pub fn value(&self, date: Date, minute: Minute) -> Option<ValueId> {
        match self.kind(date) {
            DayKind::Timetable(place) => self.timetables.get(usize::from(place))?.value(minute),
            DayKind::Whole(value) => value,
        }
    }

    /// The parts of a day, in order, without a gap from midnight to midnight.
    pub fn parts(&self, date: Date) -> Vec<Part> {
        let whole = |value| alloc::vec![Part { from: 0, until: MINUTES, value }];
        let timetable = match self.kind(date) {
            DayKind::Whole(value) => return whole(value),
            DayKind::Timetable(place) => match self.timetables.get(usize::from(place)) {
                Some(timetable) => timetable,
                None => return whole(None),
            },
        };
        let ends = timetable.begins.iter().skip(1).map(|(at, _)| at.minutes()).chain([MINUTES]);
        timetable
            .begins
            .iter()
            .zip(ends)
            .map(|((at, value), until)| Part { from: at.minutes(), until, value: Some(*value) })
            .collect()
    }

    /// Whether a day is open, and so counts; `None` if the calendar does not reach it.
    pub fn is_open_day(&self, date: Date) -> Option<bool> {
        self.reaches(date).then(|| matches!(self.kind(date), DayKind::Timetable(_)))
    }

    /// The `n`-th open day after a date (the date itself for `n` = 0); `None` if the calendar does not reach so far,
    /// or does not reach every day between.
    pub fn nth_open_day_after(&self, date: Date, n: u32) -> Option<Date> {
        let mut day = date;
        let mut left = n;
        // `MOST_DAYS` bounds the loop: a day that the calendar does not reach ends it.
        while left > 0 {
            day = Date::from_days(day.days().checked_add(1)?)?;
            if self.is_open_day(day)? {
                left = left.checked_sub(1)?;
            }
        }
        Some(day)
    }

    /// What the days around a date are, as its author listed them.
    pub fn stretch(&self, date: Date) -> Option<&Stretch> {
        let after = self.stretches.partition_point(|s| s.from <= date);
        self.stretches.get(after.checked_sub(1)?).filter(|s| date < s.until)
    }

    /// The first of the listed stretches that begins after a date.
    pub fn next_stretch(&self, date: Date) -> Option<&Stretch> {
        self.stretches.get(self.stretches.partition_point(|s| s.from <= date))
    }

    /// What decides the values of a day.
    pub fn kind(&self, date: Date) -> DayKind {
        if !self.reaches(date) {
            return DayKind::Whole(self.beyond);
        }
        let timetable = match self.stretch(date).map(|s| s.days) {
            Some(Days::Open) => self.week.get(date.weekday().place()).copied().flatten(),
            Some(Days::Special(timetable)) => Some(timetable),
            Some(Days::Closed(value)) => return DayKind::Whole(Some(value)),
            None => None,
        };
        timetable.map_or(DayKind::Whole(Some(self.closed)), DayKind::Timetable)
    }

    /// The weekday's timetable on open days.
    pub fn weekday(&self, day: Weekday) -> Option<&Timetable> {
        let place = self.week.get(day.place()).copied().flatten()?;
        self.timetables.get(usize::from(place))
    }
}
