//! When a question is about: a day as it is typed, today where its policy lives, and times that clocks there skip or
//! show twice.

use byelaw::data::{Date, Minute};
use byelaw::ir::Program;
use byelaw_zone::{WallClock, at, wall_clock};

/// The time zone of a policy, if it has one.
fn zone(program: &Program) -> Option<&str> {
    program.names.calendars.first().map(|c| c.zone.as_str())
}

/// A day as a person types it, or why it is none.
pub(crate) fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| format!("`{text}` is no day; write it as 2020-05-11"))
}

/// Today's date where the policy lives, or where this machine stands, and a note that says so.
pub(crate) fn today(program: &Program) -> (String, String) {
    let there = zone(program).and_then(|zone| Some((zone, at(chrono::Utc::now(), zone).ok()?)));
    match there {
        Some((zone, (date, _))) => (
            date.to_string(),
            format!("asked as of today in {zone}, {date}; `--on` asks about another day or time"),
        ),
        None => {
            let date = chrono::Local::now().format("%Y-%m-%d").to_string();
            let note = format!("asked as of today, {date}; `--on` asks about another day");
            (date, note)
        }
    }
}

/// A note about a local date and time that the clocks of the policy's place do not show exactly once. The answer is
/// that of the date and the time as they were written.
pub(crate) fn odd_time(program: &Program, on: &str) -> Option<String> {
    let (date, time) = on.split_once('T')?;
    let zone = zone(program)?;
    match wall_clock(Date::parse(date)?, Minute::parse(time)?, zone).ok()? {
        WallClock::Once => None,
        WallClock::Skipped => Some(format!(
            "no clock in {zone} shows {time} on {date}: clocks are put forward over it; answered as it is written"
        )),
        WallClock::Twice => Some(format!(
            "clocks in {zone} show {time} twice on {date}: they are put back; the answer is the same for both"
        )),
    }
}
