//! When a question is about: dates, local times, instants, and what is told of what follows from them.

use crate::WireError;
use crate::json::Value;
use crate::names;
use byelaw_data::{Calendar, Date, DayKind, FactId, Minute, Question, Stated, ValueId};
use byelaw_ir::{CalendarName, Program};

/// A host that knows the time zones of the world. This crate does not: without one, an instant is refused.
pub trait LocalTime {
    /// The local date and minute of an instant (RFC 3339, with an offset) in a zone of the IANA database.
    ///
    /// # Errors
    /// In words, if the text is no instant or the zone is not known.
    fn local(&self, instant: &str, zone: &str) -> Result<(Date, Minute), String>;
}

/// A date as it was written, with its time and its offset if there are any.
struct Written<'a> {
    date: Date,
    time: Option<&'a str>,
    instant: bool,
}

/// The day of a date, or of a local date and time.
pub(crate) fn day(value: &Value, at: &str) -> Result<(Date, bool), WireError> {
    let written = written(value, at)?;
    if written.instant { Err(wrong(at)) } else { Ok((written.date, written.time.is_some())) }
}

/// The date and, if one was given, the minute at which the conduct happens, both local. Notes say how they were found.
pub(crate) fn on(
    program: &Program,
    value: &Value,
    zones: Option<&dyn LocalTime>,
    notes: &mut Vec<String>,
) -> Result<(Date, Option<Minute>), WireError> {
    let at = "on";
    let written = written(value, at)?;
    let Some(time) = written.time else { return Ok((written.date, None)) };
    if written.instant {
        let text = value.as_str().unwrap_or_default();
        let refused = |message: String| WireError::new("type", at, message);
        let Some(calendar) = program.names.calendars.first() else {
            return Err(refused(format!(
                "`on` is the instant {text}, and this policy has no calendar that says in which time zone it lives: \
                 give the local date and time"
            )));
        };
        let Some(zones) = zones else {
            return Err(refused(format!(
                "`on` is the instant {text}, and time zones are not known here: give the local date and time in {}",
                calendar.zone
            )));
        };
        let (date, minute) = zones.local(text, &calendar.zone).map_err(refused)?;
        notes.push(format!("{text} is {date} {minute} in {}", calendar.zone));
        return Ok((date, Some(minute)));
    }
    let minute = Minute::parse(time).ok_or_else(|| wrong(at))?;
    if program.clock.is_none() && program.calendars.is_empty() {
        notes.push(format!(
            "the time {time} was left out: this policy has no calendar; state the part of the day as a fact"
        ));
        return Ok((written.date, None));
    }
    Ok((written.date, Some(minute)))
}

fn wrong(at: &str) -> WireError {
    WireError::new(
        "type",
        at,
        format!("`{at}` is a date such as 2020-05-11, or a local date and time such as 2020-05-11T10:00"),
    )
}

fn written<'a>(value: &'a Value, at: &str) -> Result<Written<'a>, WireError> {
    let text = value.as_str().ok_or_else(|| wrong(at))?;
    let (day, time) = text.split_once('T').map_or((text, None), |(d, t)| (d, Some(t)));
    let local = |t: &str| Minute::parse(t).is_some();
    // An instant has an offset behind its time: `Z`, or hours and minutes with a sign.
    let offset = |t: &str| t.ends_with(['Z', 'z']) || t.contains(['+', '-']);
    let instant = time.is_some_and(|t| !local(t) && offset(t));
    let plain = day.len() == 10
        && day
            .bytes()
            .enumerate()
            .all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    if !plain || time.is_some_and(|t| !local(t) && !instant) {
        return Err(wrong(at));
    }
    let date = Date::parse(day).ok_or_else(|| {
        WireError::new("out_of_range", at, format!("there is no day {day} in the calendar"))
    })?;
    Ok(Written { date, time, instant })
}

/// What is to be said about what follows from the moment of a question, and about what it states otherwise.
pub(crate) fn notes(program: &Program, question: &Question) -> Vec<String> {
    let mut notes = Vec::new();
    let Some(on) = question.on else { return notes };
    let stated = |fact: FactId| question.facts.get(&fact).filter(|s| **s != Stated::Unknown);
    let weekday = program.weekday.and_then(|fact| Some((fact, stated(fact)?)));
    if let Some((fact, stated)) = weekday {
        let is = on.weekday();
        let among = match stated {
            Stated::Value(value) => *value == is.value(),
            Stated::Among { values, .. } => values.contains(&is.value()),
            _ => true,
        };
        if !among {
            let name = names::fact_name(program, fact);
            notes.push(format!("`{name}` is taken as stated, though {on} is a {}", is.as_str()));
        }
    }
    let mut minute = question.at;
    if let Some((fact, Stated::Number(number))) = program.clock.and_then(|fact| Some((fact, stated(fact)?))) {
        let said = u16::try_from(*number).ok().and_then(Minute::new);
        if let (Some(at), Some(said)) = (question.at, said)
            && at != said
        {
            let name = names::fact_name(program, fact);
            notes.push(format!("`{name}` is taken as stated, {said}; the time {at} was not used"));
        }
        minute = said;
    }
    for (calendar, words) in program.calendars.iter().zip(&program.names.calendars) {
        if matters(program, question, calendar.fact) {
            let told = told(program, question, calendar, words, on, minute);
            notes.extend(told);
        }
    }
    notes
}

/// Whether a rule about the act asked of looks at a fact; also where the act is not known.
fn matters(program: &Program, question: &Question, fact: FactId) -> bool {
    let looks = |slice: &byelaw_ir::Slice| slice.facts.iter().any(|f| f.fact == fact);
    match question.facts.get(&program.act) {
        Some(Stated::Value(act)) => program.slices.get(usize::from(act.0)).is_some_and(looks),
        _ => program.slices.iter().any(looks),
    }
}

fn told(
    program: &Program,
    question: &Question,
    calendar: &Calendar,
    words: &CalendarName,
    on: Date,
    minute: Option<Minute>,
) -> Option<String> {
    let (name, title) = (names::fact_name(program, calendar.fact), &words.title);
    let value = match (calendar.kind(on), minute) {
        (DayKind::Whole(value), _) => value,
        (DayKind::Timetable(_), Some(minute)) => calendar.value(on, minute),
        // The time is not known, and something depends on it: the answer asks for it.
        (DayKind::Timetable(_), None) => return None,
    };
    let shown = |value: ValueId| names::value_name(program, calendar.fact, value).to_owned();
    if question.facts.contains_key(&calendar.fact) {
        let says =
            value.map_or_else(|| "does not reach this day".to_owned(), |v| format!("says {}", shown(v)));
        // A date alone says nothing of the time, so that there is nothing to set aside.
        return minute.map(|_| {
            format!("`{name}` is taken as stated; the calendar “{title}”, which {says}, was not used")
        });
    }
    let when = minute.map_or_else(|| format!("{on}"), |minute| format!("{on} at {minute}"));
    let day = words.days.iter().find(|d| !d.open && d.from <= on && on < d.until);
    let why = day.map(|d| if d.label.is_empty() { d.name.replace('-', " ") } else { d.label.clone() });
    let why = why.map(|w| format!(" ({w})")).unwrap_or_default();
    match value {
        Some(value) => Some(format!("on {when} `{name}` is {} by the calendar “{title}”{why}", shown(value))),
        None if on < calendar.from => {
            Some(format!("the calendar “{title}” begins on {}: `{name}` is not known on {on}", calendar.from))
        }
        None => {
            let last = Date::from_days(calendar.until.days().saturating_sub(1)).unwrap_or(calendar.until);
            Some(format!("the calendar “{title}” ends on {last}: `{name}` is not known on {on}"))
        }
    }
}
