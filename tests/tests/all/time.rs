//! Time: what is the same within a cell of the date (T11), calendars as partitions of the day (P25), what is said of
//! it on the wire, and in the long run every transition of every zone against another program's account of them.

use crate::generate::{ask, build, question, spec};
use byelaw::{PackSources, SourceFile, compile_sources};
use byelaw_data::{Date, FactId, MINUTES, Minute};
use byelaw_diagnostic::Source;
use byelaw_hir::{Kind, Model};
use byelaw_tests::compiled;
use byelaw_wire::{Answer, answer};
use proptest::prelude::*;

const PACK: &str = r#"policy wib "Wibble".
document d "D".
clause d/1 "1": "x".
fact action of the act, the acts.
fact role of the asker, the subject, one of: wibbler, wobbler.
fact phase of the circumstances, said during <phase>, one of: red, green, blue.
fact clock of the circumstances, a time of day.
fact weekday of the circumstances, a weekday.
act plugh: plugh.
act xyzzy: xyzzy.
rule a cites d/1: Anyone may plugh only during green.
rule b cites d/1: Anyone may xyzzy only when clock is before 12:00 and weekday is not sunday.
"#;

fn compiled_pack(more: &str) -> byelaw::Compiled {
    let source = Source { path: "wib.pol".to_owned(), text: format!("{PACK}{more}") };
    compile_sources(PackSources { files: vec![SourceFile { source, folder: 0 }], diagnostics: Vec::new() })
}

/// The calendar of the tests, with these rows on every weekday.
fn calendar(rows: &str) -> String {
    format!(
        "calendar bells \"The bells\" in \"Europe/London\" telling phase, closed days are blue, open all from 2020-03-02 \
         until 2020-06-01, closed pause \"the pause\" on 2020-05-12, on monday, tuesday, wednesday, thursday, friday, \
         saturday or sunday: {rows}.\n"
    )
}

fn shown(at: u16) -> String {
    Minute::new(at).map_or_else(|| "midnight".to_owned(), |m| m.to_string())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

    /// Two dates in one cell with the same weekday, outside all calendars or under the same day of them, are the same
    /// to every rule.
    #[test]
    fn t11_constant_within_a_cell(spec in spec(), asked in question(), days in 0..60_i64) {
        let model = build(&spec);
        let program = byelaw_compiler::lower(&model).expect("small policies are within the limits");
        let mut first = ask(&model, &asked);
        let on = first.on.unwrap_or(Date::from_ymd(2020, 1, 5).expect("a day"));
        let other = Date::from_days(on.days() + days).expect("a day");
        let cell = |fact: FactId, day: Date| program.facts[usize::from(fact.0)].domain.cell(day.days());
        let alike = cell(byelaw_ir::ON, on) == cell(byelaw_ir::ON, other)
            && (model.weekday.is_none() || on.weekday() == other.weekday())
            && model.calendars.iter().all(|c| c.plan.kind(on) == c.plan.kind(other));
        first.on = Some(on);
        // A day that is not said is that of the conduct; here it is held.
        first.as_of = first.as_of.or(Some(on));
        let mut second = first.clone();
        second.on = Some(other);
        if alike {
            prop_assert_eq!(compiled(&program, &first), compiled(&program, &second));
        }
    }

    /// The compiler reports exactly the minutes that have no value, and exactly those that have two.
    #[test]
    fn p25_holes_and_overlaps_are_told_exactly(
        spans in prop::collection::vec((0..3_usize, 0..96_u16, 1..40_u16), 1..8)
    ) {
        let mut count = vec![0_u8; usize::from(MINUTES)];
        let mut rows = Vec::new();
        for (value, from, length) in &spans {
            let (from, until) = (from * 15, (from * 15 + length * 15).min(MINUTES));
            for minute in from..until {
                count[usize::from(minute)] += 1;
            }
            let name = ["red", "green", "blue"][*value];
            let until = Minute::new(until).map_or_else(String::new, |u| format!(" until {u}"));
            rows.push(format!("{name} from {}{until}", shown(from)));
        }
        let found = compiled_pack(&calendar(&rows.join(", "))).diagnostics;
        let stretches = |wanted: &dyn Fn(u8) -> bool| -> Vec<(u16, u16)> {
            let mut list: Vec<(u16, u16)> = Vec::new();
            for minute in (0..MINUTES).filter(|m| wanted(count[usize::from(*m)])) {
                match list.last_mut() {
                    Some((_, end)) if *end == minute => *end += 1,
                    _ => list.push((minute, minute + 1)),
                }
            }
            list
        };
        let told = |code: &str| -> Vec<&str> {
            found.iter().filter(|d| d.code == code).map(|d| d.message.as_str()).collect()
        };
        // Each hole is one message, with its first minute and the first minute after it.
        let holes: Vec<String> = stretches(&|n| n == 0)
            .iter()
            .map(|(from, until)| format!("the time from {} until {} on monday", shown(*from), shown(*until)))
            .collect();
        prop_assert_eq!(told("B0140").len(), holes.len());
        for (message, hole) in told("B0140").iter().zip(&holes) {
            prop_assert!(message.starts_with(hole.as_str()), "{message} is not about {hole}");
        }
        // An overlap is told for each pair of rows: the minutes told are those that stand twice or more.
        let doubled: Vec<(u16, u16)> = stretches(&|n| n > 1);
        prop_assert_eq!(told("B0141").is_empty(), doubled.is_empty());
        let mut marked = vec![false; usize::from(MINUTES)];
        for message in told("B0141") {
            let words: Vec<&str> = message.split(' ').collect();
            let minute = |word: &str| Minute::parse(word).map_or(MINUTES, Minute::minutes);
            for at in minute(words[3])..minute(words[5]) {
                marked[usize::from(at)] = true;
            }
        }
        for (minute, marked) in marked.iter().enumerate() {
            prop_assert_eq!(*marked, count[minute] > 1, "minute {}", minute);
        }
        prop_assert_eq!(found.iter().all(|d| !d.is_error()), count.iter().all(|n| *n == 1));
    }
}

fn told(model: &Model) -> FactId {
    let place = model.facts.iter().position(|f| f.word.name == "phase" && matches!(f.kind, Kind::OneOf(_)));
    FactId(u16::try_from(place.expect("the fact is there")).expect("few facts"))
}

#[test]
fn p25_every_minute_of_a_year_has_the_value_that_is_written() {
    let pack = compiled_pack(&calendar("red until 09:00 and from 17:00, green from 09:00 until 17:00"));
    assert!(!pack.has_errors(), "{:?}", pack.diagnostics);
    let program = pack.program.expect("it compiles");
    let calendar = program.calendar(told(&pack.model)).expect("it has a calendar");
    let day = |text: &str| Date::parse(text).expect("a day");
    let mut minutes = 0;
    for number in day("2020-01-01").days()..day("2021-01-01").days() {
        let date = Date::from_days(number).expect("a day");
        let inside = day("2020-03-02") <= date && date < day("2020-06-01");
        for minute in (0..MINUTES).filter_map(Minute::new) {
            let expected = match minute.minutes() {
                _ if !inside => None,
                _ if date == day("2020-05-12") => Some(2),
                540..1020 => Some(1),
                _ => Some(0),
            };
            assert_eq!(calendar.value(date, minute).map(|v| v.0), expected, "{date} {minute}");
            minutes += 1;
        }
    }
    assert_eq!(minutes, 366 * 1440);
}

#[test]
fn what_follows_is_told_and_what_is_stated_wins() {
    let pack = compiled_pack(&calendar("red until 09:00 and from 17:00, green from 09:00 until 17:00"));
    let program = pack.program.expect("it compiles");
    let ask = |text: &str| match answer(&program, text) {
        Answer::Decided(decision) => (decision.outcome.to_owned(), decision.notes.join("; ")),
        Answer::Refused { error, .. } => ("error".to_owned(), error.to_string()),
    };
    let cases = [
        (
            r#"{"on":"2020-05-11T09:00","facts":{"role":"wibbler","action":"plugh"}}"#,
            "permitted",
            "is green by the calendar",
        ),
        (
            r#"{"on":"2020-05-11T08:59:59","facts":{"role":"wibbler","action":"plugh"}}"#,
            "forbidden",
            "is red by the calendar",
        ),
        (
            r#"{"on":"2020-05-12T10:00","facts":{"role":"wibbler","action":"plugh"}}"#,
            "forbidden",
            "(the pause)",
        ),
        (
            r#"{"on":"2020-05-12","facts":{"role":"wibbler","action":"plugh"}}"#,
            "forbidden",
            "on 2020-05-12 `phase` is blue",
        ),
        (r#"{"on":"2020-05-11","facts":{"role":"wibbler","action":"plugh"}}"#, "needs_facts", ""),
        (
            r#"{"on":"2020-05-12","facts":{"role":"wibbler","action":"plugh","phase":"green"}}"#,
            "permitted",
            "",
        ),
        (
            r#"{"on":"2020-05-11T08:00","facts":{"role":"wibbler","action":"plugh","phase":"green"}}"#,
            "permitted",
            "which says red, was not used",
        ),
        (
            r#"{"on":"2020-05-11T08:00","facts":{"role":"wibbler","action":"plugh","phase":null}}"#,
            "needs_facts",
            "was not used",
        ),
        (
            r#"{"on":"2020-06-01T10:00","facts":{"role":"wibbler","action":"plugh"}}"#,
            "needs_facts",
            "ends on 2020-05-31",
        ),
        (
            r#"{"on":"2020-03-01T10:00","facts":{"role":"wibbler","action":"plugh"}}"#,
            "needs_facts",
            "begins on 2020-03-02",
        ),
        (r#"{"on":"2020-05-11T08:00","facts":{"role":"wibbler","action":"xyzzy"}}"#, "permitted", ""),
        (r#"{"on":"2020-05-10T08:00","facts":{"role":"wibbler","action":"xyzzy"}}"#, "forbidden", ""),
        (
            r#"{"on":"2020-05-11T08:00","facts":{"role":"wibbler","action":"xyzzy","clock":"12:00"}}"#,
            "forbidden",
            "the time 08:00 was not used",
        ),
        (
            r#"{"on":"2020-05-11T08:00","facts":{"role":"wibbler","action":"xyzzy","weekday":"sunday"}}"#,
            "forbidden",
            "is a monday",
        ),
        (
            r#"{"on":"2020-05-11T24:00","facts":{"role":"wibbler","action":"xyzzy"}}"#,
            "error",
            "local date and time",
        ),
        (
            r#"{"on":"2020-05-11T08:00:00Z","facts":{"role":"wibbler","action":"xyzzy"}}"#,
            "error",
            "time zones are not known here",
        ),
        (r#"{"facts":{"role":"wibbler","action":"xyzzy","clock":"24:00"}}"#, "error", "a time of day"),
    ];
    for (question, outcome, note) in cases {
        let (got, notes) = ask(question);
        assert_eq!(got, outcome, "{question}: {notes}");
        assert!(notes.contains(note) && (!note.is_empty() || notes.is_empty()), "{question}: {notes}");
    }
}

/// Without a date, no answer takes the weekday of one day and the timetable of another.
#[test]
fn an_unknown_moment_is_one_moment() {
    let pack = compiled_pack(
        "calendar bells \"The bells\" in \"Europe/London\" telling phase, closed days are blue, days beyond are blue, open \
         all from 2020-03-02 until 2020-06-01, on saturday: green until 12:00, red from 12:00.\n\
         rule c cites d/1: Anyone must not plugh when weekday is saturday.\n",
    );
    let program = pack.program.expect("it compiles");
    // Green is only a Saturday's, and on Saturdays it is barred.
    match answer(&program, r#"{"facts":{"role":"wibbler","action":"plugh"}}"#) {
        Answer::Decided(decision) => assert_eq!(decision.outcome, "forbidden"),
        Answer::Refused { error, .. } => panic!("{error}"),
    }
    // Said by itself, it wins over every day.
    match answer(&program, r#"{"facts":{"role":"wibbler","action":"plugh","phase":"green"}}"#) {
        Answer::Decided(decision) => assert_eq!(decision.needs, ["weekday", "on"]),
        Answer::Refused { error, .. } => panic!("{error}"),
    }
}
