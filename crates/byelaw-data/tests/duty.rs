//! The last day on which a duty is done in time.

use byelaw_data::{Cycle, Date, Due, Minute, Turn, Unit};

fn day(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

fn within(count: u16, unit: Unit) -> Due {
    Due::Within { count, unit, of: None }
}

fn last(due: Due, from: &str) -> Option<Date> {
    due.last_day(Turn::After, day(from), None, &[])
}

#[test]
fn days_end_with_the_last_of_those_that_follow() {
    assert_eq!(last(within(3, Unit::Days), "2024-02-27"), Some(day("2024-03-01")));
    assert_eq!(last(within(2, Unit::Weeks), "2024-12-25"), Some(day("2025-01-08")));
    assert_eq!(last(Due::Immediately, "2024-02-27"), Some(day("2024-02-27")));
    assert_eq!(last(Due::Soon, "2024-02-27"), None);
}

#[test]
fn a_month_ends_on_its_last_day_where_it_is_too_short() {
    assert_eq!(last(within(1, Unit::Months), "2023-01-31"), Some(day("2023-02-28")));
    assert_eq!(last(within(1, Unit::Months), "2024-01-31"), Some(day("2024-02-29")));
    assert_eq!(last(within(13, Unit::Months), "2023-12-05"), Some(day("2025-01-05")));
    assert_eq!(last(within(1, Unit::Years), "2024-02-29"), Some(day("2025-02-28")));
}

#[test]
fn hours_from_an_unknown_time_are_counted_from_midnight() {
    let two = within(2, Unit::Hours);
    let at = |hour: u16| Minute::new(hour * 60);
    assert_eq!(two.last_day(Turn::After, day("2024-05-01"), None, &[]), Some(day("2024-05-01")));
    assert_eq!(two.last_day(Turn::After, day("2024-05-01"), at(9), &[]), Some(day("2024-05-01")));
    assert_eq!(two.last_day(Turn::After, day("2024-05-01"), at(22), &[]), Some(day("2024-05-02")));
}

#[test]
fn a_cycle_ends_with_its_last_day() {
    assert_eq!(last(Due::OncePer(Cycle::Week), "2024-05-01"), Some(day("2024-05-05")));
    assert_eq!(last(Due::OncePer(Cycle::Week), "2024-05-05"), Some(day("2024-05-05")));
    assert_eq!(last(Due::OncePer(Cycle::Month), "2024-02-01"), Some(day("2024-02-29")));
    assert_eq!(last(Due::OncePer(Cycle::Month), "2024-12-01"), Some(day("2024-12-31")));
    assert_eq!(last(Due::OncePer(Cycle::Year), "2024-02-01"), Some(day("2024-12-31")));
    assert_eq!(last(Due::OncePer(Cycle::Stretch(0)), "2024-02-01"), None);
}

#[test]
fn what_comes_first_is_due_on_the_day_of_its_occasion() {
    assert_eq!(Due::Unsaid.last_day(Turn::Before, day("2024-02-01"), None, &[]), Some(day("2024-02-01")));
    assert_eq!(Due::Unsaid.last_day(Turn::After, day("2024-02-01"), None, &[]), None);
}

#[test]
fn nothing_is_due_after_the_last_day_that_can_be_stated() {
    assert_eq!(last(within(u16::MAX, Unit::Years), "2024-02-01"), None);
    assert_eq!(last(within(1, Unit::Days), "9999-12-31"), None);
}
