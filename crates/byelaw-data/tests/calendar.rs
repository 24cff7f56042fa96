//! Calendars looked up day by day against a plain reading of their lists.

use byelaw_data::{Calendar, Date, Days, FactId, MINUTES, Minute, Stretch, Timetable, ValueId, Weekday};

fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

fn at(text: &str) -> Minute {
    Minute::parse(text).expect("a time")
}

/// Two terms, a closed week in the first, one special day in the second; open from Monday to Thursday.
fn calendar() -> Calendar {
    let stretch = |from, until, days| Stretch { from: day(from), until: day(until), days };
    Calendar {
        fact: FactId(3),
        from: day("2020-01-06"),
        until: day("2020-06-01"),
        stretches: vec![
            stretch("2020-01-06", "2020-02-17", Days::Open),
            stretch("2020-02-17", "2020-02-22", Days::Closed(ValueId(5))),
            stretch("2020-02-22", "2020-03-28", Days::Open),
            stretch("2020-04-20", "2020-05-08", Days::Open),
            stretch("2020-05-08", "2020-05-09", Days::Special(1)),
            stretch("2020-05-09", "2020-06-01", Days::Open),
        ],
        closed: ValueId(4),
        beyond: None,
        week: [Some(0), Some(0), Some(0), Some(0), None, None, None],
        timetables: vec![
            Timetable {
                begins: vec![(at("00:00"), ValueId(0)), (at("09:00"), ValueId(1)), (at("16:00"), ValueId(2))],
            },
            Timetable { begins: vec![(at("00:00"), ValueId(0)), (at("12:00"), ValueId(1))] },
        ],
    }
}

#[test]
fn p25_the_value_of_a_minute_is_half_open() {
    let calendar = calendar();
    let value = |date, time| calendar.value(day(date), at(time));
    assert_eq!(value("2020-01-06", "08:59"), Some(ValueId(0)));
    assert_eq!(value("2020-01-06", "08:59:59"), Some(ValueId(0)));
    assert_eq!(value("2020-01-06", "09:00"), Some(ValueId(1)));
    assert_eq!(value("2020-01-06", "15:59:59"), Some(ValueId(1)));
    assert_eq!(value("2020-01-06", "16:00"), Some(ValueId(2)));
    assert_eq!(value("2020-01-10", "09:00"), Some(ValueId(4)), "no timetable on a Friday");
    assert_eq!(value("2020-02-17", "09:00"), Some(ValueId(5)), "closed with a value of its own");
    assert_eq!(value("2020-04-06", "09:00"), Some(ValueId(4)), "between the stretches");
    assert_eq!(value("2020-05-08", "12:00"), Some(ValueId(1)), "a special Friday");
    assert_eq!(value("2020-05-31", "23:59"), Some(ValueId(4)));
    assert_eq!(value("2020-06-01", "00:00"), None);
    assert_eq!(value("2020-01-05", "23:59"), None);
}

#[test]
fn p25_the_parts_of_every_day_are_every_minute_once() {
    let calendar = calendar();
    for days in day("2019-12-01").days()..day("2020-12-01").days() {
        let date = Date::from_days(days).expect("a day");
        let parts = calendar.parts(date);
        assert_eq!(parts.first().map(|p| p.from), Some(0));
        assert_eq!(parts.last().map(|p| p.until), Some(MINUTES));
        assert!(parts.windows(2).all(|w| w[0].until == w[1].from));
        for minute in 0..MINUTES {
            let inside: Vec<_> = parts.iter().filter(|p| p.from <= minute && minute < p.until).collect();
            assert_eq!(inside.len(), 1, "{date} {minute}");
            assert_eq!(inside[0].value, calendar.value(date, Minute::new(minute).expect("a minute")));
        }
    }
}

#[test]
fn open_days_are_counted_one_by_one() {
    let calendar = calendar();
    assert_eq!(calendar.is_open_day(day("2020-01-06")), Some(true));
    assert_eq!(calendar.is_open_day(day("2020-01-10")), Some(false));
    assert_eq!(calendar.is_open_day(day("2020-05-08")), Some(true));
    assert_eq!(calendar.is_open_day(day("2020-06-01")), None);
    for start in day("2020-01-05").days()..day("2020-06-03").days() {
        let start = Date::from_days(start).expect("a day");
        for n in 0..8 {
            let open: Vec<Date> = ((start.days() + 1)..day("2020-06-01").days())
                .filter_map(Date::from_days)
                .filter(|d| calendar.is_open_day(*d) == Some(true))
                .collect();
            let expected = if n == 0 { Some(start) } else { open.get(n - 1).copied() };
            assert_eq!(calendar.nth_open_day_after(start, n as u32), expected, "{start} {n}");
        }
    }
    assert_eq!(calendar.nth_open_day_after(day("2020-01-04"), 1), None, "the day between is not known");
}

#[test]
fn days_have_the_weekdays_of_the_gregorian_calendar() {
    assert_eq!(day("1970-01-01").weekday(), Weekday::Thursday);
    assert_eq!(day("2000-02-29").weekday(), Weekday::Tuesday);
    assert_eq!(day("2020-05-11").weekday(), Weekday::Monday);
    assert_eq!(Date::FIRST.weekday(), Weekday::Monday);
    assert_eq!(Date::LAST.weekday(), Weekday::Friday);
    for days in -1000..1000 {
        let (a, b) = (Date::from_days(days).expect("a day"), Date::from_days(days + 1).expect("a day"));
        assert_eq!((a.weekday().place() + 1) % 7, b.weekday().place());
    }
}

#[test]
fn times_are_read_as_they_are_shown() {
    for minute in 0..MINUTES {
        let minute = Minute::new(minute).expect("a minute");
        assert_eq!(Minute::parse(&minute.to_string()), Some(minute));
        assert_eq!(Minute::parse(&format!("{minute}:59")), Some(minute));
    }
    for wrong in
        ["24:00", "9:00", "09:60", "0900", "09:00:60", "09:00:00:00", "", ":", "-9:00", "+9:00", "09:0a"]
    {
        assert_eq!(Minute::parse(wrong), None, "{wrong}");
    }
}
