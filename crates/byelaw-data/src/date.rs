//! Calendar dates as a count of days, without a clock and without a time zone.

use crate::Weekday;
use core::fmt;

/// A day of the proleptic Gregorian calendar, counted from 1970-01-01 (day 0).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

impl Date {
    /// The first day that can be stated, 0001-01-01.
    pub const FIRST: Date = Date(-719_162);
    /// The last day that can be stated, 9999-12-31.
    pub const LAST: Date = Date(2_932_896);

    /// The day `year-month-day`, if the calendar has it and the year is 1 to 9999.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Date> {
        if !(1..=9999).contains(&year)
            || !(1..=12).contains(&month)
            || day < 1
            || day > days_in_month(year, month)
        {
            return None;
        }
        // Days before the year, then before the month, then in the month. All far below i32::MAX.
        let y = year.checked_sub(1)?;
        let mut days = y
            .checked_mul(365)?
            .checked_add(y.checked_div(4)?)?
            .checked_sub(y.checked_div(100)?)?
            .checked_add(y.checked_div(400)?)?;
        for m in 1..month {
            days = days.checked_add(i32::try_from(days_in_month(year, m)).ok()?)?;
        }
        days = days.checked_add(i32::try_from(day).ok()?)?;
        // 0001-01-01 is the first of these days, hence one less.
        Some(Date(days.checked_sub(1)?.checked_add(Self::FIRST.0)?))
    }

    /// The day with this number, if it lies between [`Date::FIRST`] and [`Date::LAST`].
    pub fn from_days(days: i64) -> Option<Date> {
        let date = Date(i32::try_from(days).ok()?);
        (Self::FIRST <= date && date <= Self::LAST).then_some(date)
    }

    /// Days since 1970-01-01.
    pub fn days(self) -> i64 {
        i64::from(self.0)
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        // Day 0 was a Thursday.
        let place = self.days().saturating_add(3).rem_euclid(7);
        Weekday::ALL.get(usize::try_from(place).unwrap_or(0)).copied().unwrap_or(Weekday::Monday)
    }

    /// Reads `2020-03-23`: exactly ten characters.
    pub fn parse(text: &str) -> Option<Date> {
        let mut parts = text.split('-');
        let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
        let plain = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
        if parts.next().is_some() || !plain(y, 4) || !plain(m, 2) || !plain(d, 2) {
            return None;
        }
        Self::from_ymd(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?)
    }

    /// Year, month and day.
    pub fn ymd(self) -> (i32, u32, u32) {
        // A year is guessed low and corrected upwards: at most a few steps, no arithmetic that can overflow.
        let since = self.0.saturating_sub(Self::FIRST.0);
        let mut year = since.checked_div(366).unwrap_or(0).saturating_add(1);
        while year < 9999 && Self::from_ymd(year.saturating_add(1), 1, 1).is_some_and(|d| d <= self) {
            year = year.saturating_add(1);
        }
        let mut month = 12;
        while month > 1 && Self::from_ymd(year, month, 1).is_some_and(|d| d > self) {
            month = month.saturating_sub(1);
        }
        let first = Self::from_ymd(year, month, 1).map_or(self.0, |d| d.0);
        let day = u32::try_from(self.0.saturating_sub(first)).unwrap_or(0).saturating_add(1);
        (year, month, day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m, d) = self.ymd();
        write!(f, "{y:04}-{m:02}-{d:02}")
    }
}

fn days_in_month(year: i32, month: u32) -> u32 {
    let leap = year.checked_rem(4) == Some(0)
        && (year.checked_rem(100) != Some(0) || year.checked_rem(400) == Some(0));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
