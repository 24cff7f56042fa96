//! Instants in local time: the home zone against the European rule by hand, and the edges where clocks change.

use byelaw_data::{Date, Minute, Weekday};
use byelaw_wire::LocalTime as _;
use byelaw_zone::{WallClock, Zones, wall_clock};
use chrono::{DateTime, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};

const HOME: &str = "Europe/London";

/// The names that a calendar may use.
const NAMES: &str = include_str!("../../byelaw-hir/src/zones.txt");

/// The last Sunday of a month with 31 days.
fn last_sunday(year: i32, month: u32) -> i64 {
    let mut day = Date::from_ymd(year, month, 31).expect("a day");
    while day.weekday() != Weekday::Sunday {
        day = Date::from_days(day.days() - 1).expect("a day");
    }
    day.days()
}

/// Minutes since 1970-01-01 00:00.
fn minutes(day: i64, minute: i64) -> i64 {
    day * 1440 + minute
}

/// The rule of the European Union by hand: one hour more from 01:00 UTC on the last Sunday of March until 01:00 UTC on
/// the last Sunday of October.
fn by_hand(utc: i64) -> (Date, Minute) {
    let (year, ..) = Date::from_days(utc.div_euclid(1440)).expect("a day").ymd();
    let summer = minutes(last_sunday(year, 3), 60)..minutes(last_sunday(year, 10), 60);
    let local = utc + if summer.contains(&utc) { 60 } else { 0 };
    let minute = Minute::new(u16::try_from(local.rem_euclid(1440)).expect("a minute")).expect("a minute");
    (Date::from_days(local.div_euclid(1440)).expect("a day"), minute)
}

#[test]
fn p25_time_every_minute_of_21_years_at_home() {
    let first = Date::from_ymd(2020, 1, 1).expect("a day").days();
    let end = Date::from_ymd(2041, 1, 1).expect("a day").days();
    let mut year = (0, 0..0);
    for utc in minutes(first, 0)..minutes(end, 0) {
        // The rule once for each year, or the last Sundays would be looked for eleven million times.
        if utc % 1440 == 0 {
            let (this, ..) = Date::from_days(utc.div_euclid(1440)).expect("a day").ymd();
            if this != year.0 {
                year = (this, minutes(last_sunday(this, 3), 60)..minutes(last_sunday(this, 10), 60));
            }
        }
        let local = utc + if year.1.contains(&utc) { 60 } else { 0 };
        let now = DateTime::<Utc>::from_timestamp(utc * 60, 0).expect("an instant");
        let (date, minute) = byelaw_zone::at(now, HOME).expect("the zone is known");
        assert_eq!(minutes(date.days(), i64::from(minute.minutes())), local, "{now}");
    }
}

#[test]
fn p25_time_second_by_second_where_clocks_change() {
    for year in 2020..=2040 {
        for month in [3, 10] {
            let change = minutes(last_sunday(year, month), 60) * 60;
            for second in [change - 1, change, change + 1] {
                let now = DateTime::<Utc>::from_timestamp(second, 0).expect("an instant");
                let read = Zones.local(&now.to_rfc3339(), HOME).expect("an instant");
                assert_eq!(read, by_hand(second.div_euclid(60)), "{now}");
            }
        }
    }
}

#[test]
fn p25_time_gaps_and_folds_at_home() {
    for year in 2020..=2040 {
        let (spring, autumn) = (last_sunday(year, 3), last_sunday(year, 10));
        for (day, special) in
            [(spring, WallClock::Skipped), (autumn, WallClock::Twice), (spring + 1, WallClock::Once)]
        {
            let date = Date::from_days(day).expect("a day");
            for minute in 0..1440 {
                let hour = (60..120).contains(&minute);
                let expected = if hour { special } else { WallClock::Once };
                let minute = Minute::new(minute).expect("a minute");
                assert_eq!(wall_clock(date, minute, HOME), Ok(expected), "{date} {minute}");
            }
        }
    }
}

#[test]
fn instants_are_read_with_any_offset_and_nothing_else_is() {
    let local = |text| Zones.local(text, HOME).map(|(date, minute)| format!("{date} {minute}"));
    assert_eq!(local("2020-03-29T00:59:59Z").as_deref(), Ok("2020-03-29 00:59"));
    assert_eq!(local("2020-03-29T01:00:00Z").as_deref(), Ok("2020-03-29 02:00"));
    assert_eq!(local("2020-05-11T12:30:00+02:00").as_deref(), Ok("2020-05-11 11:30"));
    assert_eq!(local("2020-12-31T20:30:00-05:00").as_deref(), Ok("2021-01-01 01:30"));
    assert_eq!(local("2020-05-11T10:00Z").as_deref(), Ok("2020-05-11 11:00"));
    assert_eq!(local("2016-12-31T23:59:60Z").as_deref(), Ok("2016-12-31 23:59"), "a leap second");
    for wrong in
        ["2020-05-11T10:00", "2020-05-11", "2020-02-30T10:00:00Z", "2020-05-11T25:00:00Z", "noon", ""]
    {
        assert!(local(wrong).is_err(), "{wrong}");
    }
    assert!(Zones.local("2020-05-11T10:00:00Z", "Wibble/Wobble").is_err());
}

#[test]
fn every_zone_that_a_calendar_may_name_is_known_here() {
    let unknown: Vec<&str> = NAMES.lines().filter(|name| name.parse::<Tz>().is_err()).collect();
    assert_eq!(unknown, Vec::<&str>::new());
    let missing: Vec<&str> = TZ_VARIANTS
        .iter()
        .map(|tz| tz.name())
        .filter(|name| NAMES.lines().all(|known| known != *name))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
    assert!(NAMES.lines().zip(NAMES.lines().skip(1)).all(|(a, b)| a < b), "sorted, each once");
}

/// Every change of every zone from 2020 to 2040, one second before, at, and one second after it, against Python's
/// `zoneinfo`. Only in a long run (`BYELAW_TIMES` above 1) and where Python with zones is there.
#[test]
fn p25_time_every_zone_as_another_program_tells_it() {
    let long = std::env::var("BYELAW_TIMES").ok().and_then(|n| n.parse::<u32>().ok()).is_some_and(|n| n > 1);
    if !long {
        return;
    }
    let (first, end) = (1_577_836_800_i64, 2_240_524_800_i64);
    let offset = |tz: Tz, second: i64| {
        let now = DateTime::<Utc>::from_timestamp(second, 0).expect("an instant");
        now.with_timezone(&tz).naive_local().signed_duration_since(now.naive_utc()).num_seconds()
    };
    let mut asked: Vec<(&str, i64)> = Vec::new();
    for tz in TZ_VARIANTS {
        let mut at = first;
        while at < end {
            // No zone changes twice within half a day.
            let next = at + 43_200;
            if offset(tz, at) != offset(tz, next) {
                let (mut low, mut high) = (at, next);
                while high - low > 1 {
                    let middle = low + (high - low) / 2;
                    if offset(tz, middle) == offset(tz, at) { low = middle } else { high = middle }
                }
                asked.extend([high - 1, high, high + 1].map(|second| (tz.name(), second)));
            }
            at = next;
        }
    }
    assert!(asked.len() > 5_000, "the changes of all zones");
    let program = "import sys, zoneinfo, datetime\n\
        for line in sys.stdin:\n \
        zone, second = line.split()\n \
        try: print(datetime.datetime.fromtimestamp(int(second), zoneinfo.ZoneInfo(zone)).strftime('%Y-%m-%d %H:%M'))\n \
        except zoneinfo.ZoneInfoNotFoundError: print('?')\n";
    let lines: String = asked.iter().map(|(zone, second)| format!("{zone} {second}\n")).collect();
    let told = python(program, &lines);
    let Some(told) = told else {
        eprintln!("python3 with zones is not there: nothing was compared");
        return;
    };
    let mut differ: Vec<String> = Vec::new();
    for ((zone, second), told) in asked.iter().zip(told.lines()) {
        let now = DateTime::<Utc>::from_timestamp(*second, 0).expect("an instant");
        let (date, minute) = byelaw_zone::at(now, zone).expect("the zone is known");
        let here = format!("{date} {minute}");
        if told != "?" && told != here {
            differ.push(format!("{zone} {second}: here {here}, there {told}"));
        }
    }
    assert_eq!(told.lines().count(), asked.len());
    assert!(
        differ.is_empty(),
        "database {}: {} of {}\n{}",
        byelaw_zone::DATABASE,
        differ.len(),
        asked.len(),
        differ.join("\n")
    );
    println!("counted: {} instants", asked.len());
}

/// What a Python program prints for these lines; `None` if there is no Python or the program fails.
fn python(program: &str, lines: &str) -> Option<String> {
    use std::io::Write as _;
    let mut child = std::process::Command::new("python3")
        .args(["-c", program])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .ok()?;
    let mut input = child.stdin.take()?;
    let lines = lines.to_owned();
    // Written beside reading, or both sides could wait for each other.
    let writing = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = child.wait_with_output().ok()?;
    writing.join().ok()?.ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
