//! The time zones of the world, for hosts: which local date and time an instant is.
//!
//! In: instants as RFC 3339 text, local times, the names of zones. Out: local dates and minutes, or words that say why
//! there are none.
//! Never here: a policy, a calendar of one, or a clock: hosts say what time it is.
//!
//! The rule (decision 0011): policies speak of local time, and a local time is taken as it is written. An instant has
//! exactly one local time. A local time that clocks skip in spring, or show twice in autumn, has one answer all the
//! same, for rules see only the date and the minute; [`wall_clock`] lets a host say that it is such a time.

use byelaw_data::{Date, Minute};
use byelaw_wire::LocalTime;
use chrono::{
    DateTime, Datelike as _, LocalResult, NaiveDate, NaiveDateTime, TimeZone as _, Timelike as _, Utc,
};
use chrono_tz::Tz;

/// The version of the IANA database that is built in.
pub const DATABASE: &str = chrono_tz::IANA_TZDB_VERSION;

/// The zones of the IANA database.
#[derive(Debug, Clone, Copy, Default)]
pub struct Zones;

impl LocalTime for Zones {
    fn local(&self, instant: &str, zone: &str) -> Result<(Date, Minute), String> {
        let zone = tz(zone)?;
        let parsed = DateTime::parse_from_rfc3339(&with_seconds(instant))
            .map_err(|_| format!("`{instant}` is no instant; write for instance 2020-03-29T01:30:00Z"))?;
        local(parsed.with_timezone(&Utc), zone)
            .ok_or_else(|| format!("`{instant}` lies outside the years 1 to 9999"))
    }
}

/// The local date and minute at which it is `now` in a zone.
///
/// # Errors
/// If there is no such zone, in words.
pub fn at(now: DateTime<Utc>, zone: &str) -> Result<(Date, Minute), String> {
    local(now, tz(zone)?).ok_or_else(|| "the clock of this machine is far out".to_owned())
}

/// How often the clocks of a place show a local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WallClock {
    /// Once, as usual.
    Once,
    /// Never: they were put forward over it.
    Skipped,
    /// Twice: they were put back to it.
    Twice,
}

/// How often the clocks in a zone show this time on this day.
///
/// # Errors
/// If there is no such zone, in words.
pub fn wall_clock(date: Date, minute: Minute, zone: &str) -> Result<WallClock, String> {
    let zone = tz(zone)?;
    let Some(local) = naive(date, minute) else { return Ok(WallClock::Once) };
    Ok(match zone.from_local_datetime(&local) {
        LocalResult::Single(_) => WallClock::Once,
        LocalResult::None => WallClock::Skipped,
        LocalResult::Ambiguous(..) => WallClock::Twice,
    })
}

fn tz(zone: &str) -> Result<Tz, String> {
    zone.parse::<Tz>()
        .map_err(|_| format!("there is no time zone called `{zone}` in the IANA database {DATABASE}"))
}

fn local(instant: DateTime<Utc>, zone: Tz) -> Option<(Date, Minute)> {
    let local = instant.with_timezone(&zone);
    let date = Date::from_ymd(local.year(), local.month(), local.day())?;
    let part = |n: u32| u16::try_from(n).ok();
    Some((date, Minute::from_hm(part(local.hour())?, part(local.minute())?)?))
}

fn naive(date: Date, minute: Minute) -> Option<NaiveDateTime> {
    let (year, month, day) = date.ymd();
    let minutes = u32::from(minute.minutes());
    NaiveDate::from_ymd_opt(year, month, day)?.and_hms_opt(minutes / 60, minutes % 60, 0)
}

/// RFC 3339 wants seconds; a time without them is understood all the same.
fn with_seconds(instant: &str) -> String {
    let (day, time) = instant.split_once('T').unwrap_or((instant, ""));
    match (time.get(..5), time.get(5..)) {
        (Some(clock), Some(rest)) if !rest.starts_with(':') => format!("{day}T{clock}:00{rest}"),
        _ => instant.to_owned(),
    }
}
