//! Duties: what they come with, when they are due, and the last day on which they are done in time.
//!
//! Not here: who bears a duty, which duties stand in a situation, an account of what was done.

use crate::{Calendar, Date, FactId, MINUTES, Minute, ValueId};

/// Before or after: where a duty stands to what it comes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Turn {
    /// It comes first.
    Before,
    /// It goes with it.
    With,
    /// It follows.
    After,
}

/// What a duty comes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Occasion {
    /// An act of its bearer.
    Act(Turn),
    /// A value of the fact that tells what has happened.
    Event(Turn, ValueId),
    /// Nothing: it stands always.
    Always,
}

impl Occasion {
    /// Where the duty stands to its occasion; one that stands always goes with whatever is asked.
    pub fn turn(self) -> Turn {
        match self {
            Self::Act(turn) | Self::Event(turn, _) => turn,
            Self::Always => Turn::With,
        }
    }
}

/// What time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Sixty minutes.
    Hours,
    /// Days as they come.
    Days,
    /// Open days of a calendar, by its place in the policy's list.
    OpenDays(u16),
    /// Seven days.
    Weeks,
    /// Months: the same day of a later month, or its last day if the month is shorter.
    Months,
    /// Twelve months.
    Years,
}

/// A stretch of time that comes again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cycle {
    /// Monday to Sunday.
    Week,
    /// The days of one month.
    Month,
    /// The days of one year.
    Year,
    /// Each stretch that a calendar names, by the calendar's place in the policy's list.
    Stretch(u16),
}

impl Cycle {
    /// The first and the last day of the stretch that a day lies in; for a calendar `None` where it names none there.
    pub fn stretch(self, day: Date, calendars: &[Calendar]) -> Option<(Date, Date)> {
        let before = |next: Date| Date::from_days(next.days().checked_sub(1)?);
        let (year, month, _) = day.ymd();
        match self {
            Self::Week => {
                let gone = i64::try_from(day.weekday().place()).ok()?;
                let first = day.days().checked_sub(gone)?;
                Some((Date::from_days(first)?, Date::from_days(first.checked_add(6)?)?))
            }
            Self::Month => {
                let last = match month {
                    12 => Date::from_ymd(year, 12, 31),
                    _ => before(Date::from_ymd(year, month.checked_add(1)?, 1)?),
                };
                Some((Date::from_ymd(year, month, 1)?, last?))
            }
            Self::Year => Some((Date::from_ymd(year, 1, 1)?, Date::from_ymd(year, 12, 31)?)),
            Self::Stretch(place) => {
                let stretch = calendars.get(usize::from(place))?.stretch(day)?;
                Some((stretch.from, before(stretch.until)?))
            }
        }
    }

    /// The first day of the first stretch that begins after a day.
    pub fn next(self, day: Date, calendars: &[Calendar]) -> Option<Date> {
        match self {
            Self::Stretch(place) => calendars.get(usize::from(place))?.next_stretch(day).map(|s| s.from),
            _ => Date::from_days(self.stretch(day, calendars)?.1.days().checked_add(1)?),
        }
    }
}

/// When a duty is due (semantics 2.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Due {
    /// Nothing is said, or only in words that nobody can count.
    Unsaid,
    /// On the same day.
    Immediately,
    /// No day can be told.
    Soon,
    /// By the end of the `count`-th day (week ...) after the occasion, or after the day that a fact holds.
    Within {
        /// How many.
        count: u16,
        /// Of what.
        unit: Unit,
        /// The fact that is a date; absent: the occasion.
        of: Option<FactId>,
    },
    /// Again and again, at most this long after it was last done.
    Every {
        /// How many.
        count: u16,
        /// Of what.
        unit: Unit,
    },
    /// Once in each stretch of time, by its last day.
    OncePer(Cycle),
}

impl Due {
    /// The last day on which the deed is done in time, if it can be told. `from` is the day of the occasion (or the
    /// day of the fact named by `of`), `at` the time of the occasion if known. What comes before its occasion is due
    /// on that day. Hours from an unknown time are counted from midnight, so that nothing late counts as in time.
    /// `None` also where a calendar does not reach far enough.
    pub fn last_day(
        self,
        turn: Turn,
        from: Date,
        at: Option<Minute>,
        calendars: &[Calendar],
    ) -> Option<Date> {
        match self {
            Self::Unsaid | Self::Soon if turn == Turn::Before => Some(from),
            Self::Unsaid | Self::Soon => None,
            Self::Immediately => Some(from),
            Self::Within { count, unit, .. } | Self::Every { count, unit } => {
                after(from, at, count, unit, calendars)
            }
            Self::OncePer(cycle) => cycle.stretch(from, calendars).map(|(_, last)| last),
        }
    }
}

/// The end of the `count`-th unit after a day.
fn after(from: Date, at: Option<Minute>, count: u16, unit: Unit, calendars: &[Calendar]) -> Option<Date> {
    let days = |n: i64| Date::from_days(from.days().checked_add(n)?);
    match unit {
        Unit::Hours => {
            let minutes = i64::from(count).checked_mul(60)?;
            let start = at.map_or(0, |at| i64::from(at.minutes()));
            days(start.checked_add(minutes)?.div_euclid(i64::from(MINUTES)))
        }
        Unit::Days => days(i64::from(count)),
        Unit::OpenDays(place) => {
            calendars.get(usize::from(place))?.nth_open_day_after(from, u32::from(count))
        }
        Unit::Weeks => days(i64::from(count).checked_mul(7)?),
        Unit::Months => months(from, u32::from(count)),
        Unit::Years => months(from, u32::from(count).checked_mul(12)?),
    }
}

fn months(from: Date, count: u32) -> Option<Date> {
    let (year, month, day) = from.ymd();
    let place = month.checked_sub(1)?.checked_add(count)?;
    let year = year.checked_add(i32::try_from(place.checked_div(12)?).ok()?)?;
    let month = place.checked_rem(12)?.checked_add(1)?;
    (0..4).find_map(|short| Date::from_ymd(year, month, day.checked_sub(short)?))
}
