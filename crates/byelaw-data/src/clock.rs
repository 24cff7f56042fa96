//! Times of the day as a count of minutes, and days of the week; both local, without a clock and without a time zone.

use crate::ValueId;
use core::fmt;

/// Minutes of a day.
pub const MINUTES: u16 = 1440;

/// A minute of the local day, 00:00 to 23:59. It stands for all its sixty seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Minute(u16);

impl Minute {
    /// The first minute of a day.
    pub const FIRST: Minute = Minute(0);
    /// The last minute of a day.
    pub const LAST: Minute = Minute(1439);

    /// The minute with this number, counted from midnight, if a day has it.
    pub fn new(minute: u16) -> Option<Minute> {
        (minute < MINUTES).then_some(Minute(minute))
    }

    /// `hour:minute`, if a day has it.
    pub fn from_hm(hour: u16, minute: u16) -> Option<Minute> {
        if hour > 23 || minute > 59 {
            return None;
        }
        Self::new(hour.checked_mul(60)?.checked_add(minute)?)
    }

    /// Minutes since midnight.
    pub fn minutes(self) -> u16 {
        self.0
    }

    /// Reads `10:00`, or `10:00:30`, which lies in the minute 10:00. Twenty-four hours, two digits each.
    pub fn parse(text: &str) -> Option<Minute> {
        let mut parts = text.split(':');
        let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next());
        let number = |s: &str| {
            (s.len() == 2 && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse::<u16>().ok()).flatten()
        };
        if parts.next().is_some() || second.is_some_and(|s| number(s).is_none_or(|n| n > 59)) {
            return None;
        }
        Self::from_hm(number(hour)?, number(minute)?)
    }
}

impl fmt::Display for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hour = self.0.checked_div(60).unwrap_or(0);
        let minute = self.0.checked_rem(60).unwrap_or(0);
        write!(f, "{hour:02}:{minute:02}")
    }
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    /// The first day of the week, as ISO 8601 counts.
    Monday,
    /// The second.
    Tuesday,
    /// The third.
    Wednesday,
    /// The fourth.
    Thursday,
    /// The fifth.
    Friday,
    /// The sixth.
    Saturday,
    /// The seventh.
    Sunday,
}

impl Weekday {
    /// All seven, Monday first.
    pub const ALL: [Weekday; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// The word in the language.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Tuesday => "tuesday",
            Self::Wednesday => "wednesday",
            Self::Thursday => "thursday",
            Self::Friday => "friday",
            Self::Saturday => "saturday",
            Self::Sunday => "sunday",
        }
    }

    /// 0 for Monday to 6 for Sunday.
    pub fn place(self) -> usize {
        match self {
            Self::Monday => 0,
            Self::Tuesday => 1,
            Self::Wednesday => 2,
            Self::Thursday => 3,
            Self::Friday => 4,
            Self::Saturday => 5,
            Self::Sunday => 6,
        }
    }

    /// The value that it is of every weekday fact: its place.
    pub fn value(self) -> ValueId {
        ValueId(u16::try_from(self.place()).unwrap_or(0))
    }
}
