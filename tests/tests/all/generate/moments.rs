//! Small random calendars, and the times that tell their parts apart.

use super::day;
use byelaw_data::{Calendar, Days, FactId, Minute, Stretch, Timetable, ValueId};
use proptest::option::of;
use proptest::prelude::*;

/// A calendar of the fact that it is made for, within the days that questions are about.
#[derive(Debug, Clone)]
pub struct CalendarSpec {
    /// First day, and how long each of: open, closed with a value, open, not open, a special day, open.
    from: u8,
    lengths: [u8; 5],
    values: [u8; 3],
    /// Whether something holds beyond it.
    beyond: Option<u8>,
    /// Bit `i`: weekday `i` is open.
    week: u8,
    bells: [Vec<(u8, u8)>; 2],
}

/// The times at which something may begin.
const TIMES: [u16; 7] = [0, 1, 480, 540, 720, 1020, 1439];

/// One of the times, or the minute before it.
pub fn minute(pick: u8) -> Minute {
    let at = TIMES[usize::from(pick / 2) % TIMES.len()];
    Minute::new(at.saturating_sub(u16::from(pick % 2))).expect("a minute")
}

pub fn calendar() -> impl Strategy<Value = CalendarSpec> {
    let bells = || prop::collection::vec((1..7_u8, any::<u8>()), 0..3);
    let lengths = [0..9_u8, 0..4_u8, 0..4_u8, 0..3_u8, 0..9_u8];
    let times = (0..12_u8, lengths, any::<u8>(), [bells(), bells()]);
    (times, [any::<u8>(), any::<u8>(), any::<u8>()], of(any::<u8>())).prop_map(
        |((from, lengths, week, bells), values, beyond)| CalendarSpec {
            from,
            lengths,
            values,
            beyond,
            week,
            bells,
        },
    )
}

/// The calendar, for a fact with so many values.
pub fn plan(spec: &CalendarSpec, fact: FactId, width: usize) -> Calendar {
    let value = |pick: u8| ValueId(u16::try_from(usize::from(pick) % width).expect("few values"));
    let [first, closed, second, gap, third] = spec.lengths;
    let mut stretches = Vec::new();
    let mut at = spec.from;
    for (length, days) in [
        (first, Some(Days::Open)),
        (closed, Some(Days::Closed(value(spec.values[0])))),
        (second, Some(Days::Open)),
        (gap, None),
        (1, Some(Days::Special(1))),
        (third, Some(Days::Open)),
    ] {
        let until = at + length;
        if let (Some(days), true) = (days, length > 0) {
            stretches.push(Stretch { from: day(at), until: day(until), days });
        }
        at = until;
    }
    let timetable = |bells: &[(u8, u8)], start: u8| {
        let mut begins = vec![(Minute::FIRST, value(start))];
        for (at, pick) in bells {
            begins.push((Minute::new(TIMES[usize::from(*at)]).expect("a minute"), value(*pick)));
        }
        begins.sort_by_key(|(at, _)| *at);
        begins.dedup_by_key(|(at, _)| *at);
        Timetable { begins }
    };
    Calendar {
        fact,
        from: day(spec.from),
        until: day(at),
        stretches,
        closed: value(spec.values[1]),
        beyond: spec.beyond.map(value),
        week: std::array::from_fn(|i| (spec.week >> i & 1 == 1).then_some(0)),
        timetables: vec![
            timetable(&spec.bells[0], spec.values[2]),
            timetable(&spec.bells[1], spec.values[2].wrapping_add(1)),
        ],
    }
}
