//! The life of duties over a log: what a person reading the log would say of it, and the laws that every log obeys.

use byelaw::data::Date;
use byelaw::ir::Program;
use byelaw::wire::{AccountJson, OwedJson};
use byelaw_tests::{Chance, compiled_text, seed, times};
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};

const PACK: &str = r#"
policy wibble "Wibble", silence means forbidden.
document book "The book".
clause book/1 "page 1": "one".
fact wobbler of the asker, the subject, one of: fizz, fuzz.
fact doing of the act, the acts.
fact begun of the circumstances, a date.
fact wet of the circumstances, yes or no.
act skip "skip": skip.
act hop "hop": hop.
deed puddle "puddle".
deed muddle "muddle".
deed meddle "meddle".
deed fiddle "fiddle".
deed piddle "piddle".
event splash "a splash".
event crash "a crash".
calendar plan "Plan" in "Europe/London" telling plodding, counting plodding days, closed days are off,
  on Monday, Tuesday, Wednesday, Thursday or Friday: on from 09:00 until 17:00, off from 17:00 and until 09:00,
  open spring from 2024-01-08 until 2024-03-28,
  open summer from 2024-04-15 until 2024-07-20.
fact plodding of the circumstances, one of: on, off.
rule skipping cites book/1: Anyone may skip.
rule hasty cites book/1: Anyone must puddle, within 2 hours, after they skip.
rule wary cites book/1: Anyone must fiddle, before they hop.
rule soaked cites book/1:
  Fizz must puddle and (muddle or meddle), within 3 plodding days, after splash, otherwise fiddle.
rule damp cites book/1: Fuzz must muddle, within 1 calendar day, after splash, when wet.
rule ready cites book/1: Anyone must piddle, before crash.
rule often cites book/1: Fuzz must fiddle, every 2 weeks.
rule monthly cites book/1: Fuzz must meddle, once per month.
rule termly cites book/1: Fuzz must piddle, once per stretch of plan.
rule since cites book/1: Fizz must meddle, within 1 month of begun.
"#;

fn program() -> Program {
    compiled_text(PACK).program.expect("it compiles")
}

fn text(entries: &[Value]) -> String {
    entries.iter().map(|e| format!("{e}\n")).collect()
}

fn account(program: &Program, entries: &[Value], as_of: &str) -> AccountJson {
    byelaw_wire::account(program, &text(entries), Some(day(as_of)), None).expect("the log can be read")
}

fn day(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

/// Of each duty of a rule: the deed, its last day, and what has become of it.
fn of<'a>(account: &'a AccountJson, rule: &str) -> Vec<(&'a str, &'a str, String)> {
    let told = |d: &'a OwedJson| {
        let state = d.on.as_ref().map_or_else(|| d.state.to_owned(), |on| format!("{} {on}", d.state));
        (d.name.as_str(), d.due_on.as_deref().unwrap_or(""), state)
    };
    account.duties.iter().filter(|d| d.rule == rule).map(told).collect()
}

#[test]
fn an_event_brings_duties_that_are_done_late_or_broken() {
    let program = program();
    let log = [
        // A Friday: the third open day is Wednesday.
        json!({"on": "2024-01-12", "facts": {"event": "splash", "wobbler": "fizz"}}),
        json!({"on": "2024-01-17", "did": ["meddle"]}),
    ];
    let open = account(&program, &log, "2024-01-16");
    assert_eq!(
        of(&open, "soaked"),
        [("puddle", "2024-01-17", "open".to_owned()), ("muddle", "2024-01-17", "open".to_owned())]
    );
    // One deed of two was enough; the other duty is broken once its last day has passed.
    let later = account(&program, &log, "2024-01-18");
    assert_eq!(
        of(&later, "soaked"),
        [
            ("puddle", "2024-01-17", "breached".to_owned()),
            ("muddle", "2024-01-17", "done 2024-01-17".to_owned())
        ]
    );
    assert_eq!(later.duties[0].otherwise, "fiddle");
    let done = [&log[..], &[json!({"on": "2024-01-19", "did": ["puddle"]})]].concat();
    assert_eq!(of(&account(&program, &done, "2024-02-01"), "soaked")[0].2, "late 2024-01-19");
    let waived = [&log[..], &[json!({"on": "2024-01-19", "waived": ["puddle"]})]].concat();
    assert_eq!(of(&account(&program, &waived, "2024-02-01"), "soaked")[0].2, "waived 2024-01-19");
}

#[test]
fn what_is_left_out_makes_a_duty_uncertain_and_never_drops_it() {
    let program = program();
    let damp = |facts: Value| {
        let account = account(&program, &[json!({"on": "2024-01-12", "facts": facts})], "2024-01-12");
        account.duties.iter().filter(|d| d.rule == "damp").map(|d| d.sometimes).collect::<Vec<_>>()
    };
    assert_eq!(damp(json!({"event": "splash", "wobbler": "fuzz", "wet": true})), [false]);
    assert_eq!(damp(json!({"event": "splash", "wobbler": "fuzz", "wet": false})), [false; 0]);
    assert_eq!(damp(json!({"event": "splash", "wobbler": "fuzz"})), [true]);
    // Whose duty it is may be left out: everybody's are opened.
    assert_eq!(damp(json!({"event": "splash", "wet": true})), [false]);
    assert_eq!(damp(json!({"event": "splash", "wobbler": "fizz", "wet": true})), [false; 0]);
}

#[test]
fn what_was_done_counts_once_and_only_in_its_case() {
    let program = program();
    let splash = |on: &str, case: &str| json!({"on": on, "case": case, "facts": {"event": "splash", "wobbler": "fuzz", "wet": true}});
    let log = [
        splash("2024-01-12", "one"),
        splash("2024-01-13", "one"),
        splash("2024-01-12", "two"),
        json!({"on": "2024-01-13", "case": "one", "did": ["muddle"]}),
    ];
    let states = |account: &AccountJson| -> Vec<(String, String)> {
        account.duties.iter().map(|d| (d.case.clone(), d.state.to_owned())).collect()
    };
    let owned = |all: [(&str, &str); 3]| all.map(|(case, state)| (case.to_owned(), state.to_owned()));
    assert_eq!(
        states(&account(&program, &log, "2024-01-20")),
        owned([("one", "done"), ("two", "breached"), ("one", "breached")])
    );
}

#[test]
fn what_comes_first_may_have_been_done_before() {
    let program = program();
    let crash = json!({"on": "2024-01-12", "facts": {"event": "crash", "wobbler": "fizz"}});
    let hop = json!({"on": "2024-01-12", "facts": {"doing": "hop", "wobbler": "fizz"}});
    let did = |deed: &str, on: &str| json!({"on": on, "did": [deed]});
    let ready = |log: &[Value]| of(&account(&program, log, "2024-02-01"), "ready")[0].2.clone();
    assert_eq!(ready(&[did("piddle", "2024-01-02"), crash.clone()]), "done 2024-01-02");
    assert_eq!(ready(std::slice::from_ref(&crash)), "breached");
    assert_eq!(ready(&[crash.clone(), did("piddle", "2024-01-13")]), "late 2024-01-13");
    // Once done counts for one crash only.
    let twice = [did("piddle", "2024-01-02"), crash.clone(), crash];
    let twice = account(&program, &twice, "2024-02-01");
    assert_eq!(of(&twice, "ready").iter().filter(|d| d.2 == "breached").count(), 1);
    // An act brings duties whether or not it was permitted.
    let hopped = account(&program, &[did("fiddle", "2024-01-02"), hop], "2024-02-01");
    assert_eq!(of(&hopped, "wary"), [("fiddle", "2024-01-12", "done 2024-01-02".to_owned())]);
}

#[test]
fn what_comes_again_is_counted_from_when_it_was_last_done() {
    let program = program();
    let log = [
        json!({"on": "2024-01-12", "case": "f", "facts": {"wobbler": "fuzz"}}),
        json!({"on": "2024-01-20", "case": "f", "did": ["fiddle"]}),
        json!({"on": "2024-02-10", "case": "f", "did": ["fiddle"]}),
    ];
    assert_eq!(
        of(&account(&program, &log, "2024-02-20"), "often"),
        [
            ("fiddle", "2024-01-26", "done 2024-01-20".to_owned()),
            ("fiddle", "2024-02-03", "late 2024-02-10".to_owned()),
            ("fiddle", "2024-02-24", "open".to_owned()),
        ]
    );
    let ended = [&log[..2], &[json!({"on": "2024-01-21", "case": "f", "ends": true})], &log[2..]].concat();
    // What was open when the case ended still has to be done; then it does not come again.
    assert_eq!(of(&account(&program, &ended, "2024-03-20"), "often").len(), 2);
}

#[test]
fn once_in_each_stretch_of_time() {
    let program = program();
    let log = [
        json!({"on": "2024-01-12", "facts": {"wobbler": "fuzz"}}),
        json!({"on": "2024-03-05", "did": ["meddle", "piddle"]}),
        json!({"on": "2024-03-06", "did": ["meddle"]}),
    ];
    let account = account(&program, &log, "2024-04-20");
    assert_eq!(
        of(&account, "monthly"),
        [
            ("meddle", "2024-01-31", "late 2024-03-06".to_owned()),
            ("meddle", "2024-02-29", "breached".to_owned()),
            ("meddle", "2024-03-31", "done 2024-03-05".to_owned()),
            ("meddle", "2024-04-30", "open".to_owned()),
        ]
    );
    // Between the stretches of the calendar nothing is owed.
    assert_eq!(
        of(&account, "termly"),
        [("piddle", "2024-03-27", "done 2024-03-05".to_owned()), ("piddle", "2024-07-19", "open".to_owned())]
    );
    let between = [json!({"on": "2024-04-01", "facts": {"wobbler": "fuzz"}})];
    let between = byelaw_wire::account(&program, &text(&between), Some(day("2024-04-20")), None);
    assert_eq!(of(&between.expect("a log"), "termly"), [("piddle", "2024-07-19", "open".to_owned())]);
}

#[test]
fn what_is_wrong_with_a_line_is_told_with_the_line() {
    let program = program();
    let wrong = |line: &str| {
        let text = format!("{}\n\n{line}\n", json!({"on": "2024-01-12", "did": ["puddle"]}));
        byelaw_wire::account(&program, &text, None, None).expect_err("this line is wrong")
    };
    for (line, code, says) in [
        ("{", "json", "not an entry of a log"),
        ("[]", "type", "a JSON object"),
        (r#"{"on": "2024-01-12"}"#, "type", "what happened"),
        (r#"{"did": ["puddle"]}"#, "type", "tells its day"),
        (r#"{"on": "2024-01-12", "did": ["pudle"]}"#, "unknown_name", "did you mean `puddle`"),
        (r#"{"on": "2024-01-12", "done": ["puddle"]}"#, "unknown_field", "field"),
        (r#"{"on": "2024-01-12", "facts": {"event": "splosh"}}"#, "unknown_value", "splosh"),
        (r#"{"on": "2024-01-12", "ends": 1}"#, "type", "true or false"),
    ] {
        let found = wrong(line);
        assert_eq!((found.line, found.error.code), (3, code), "{line}: {found}");
        assert!(found.to_string().contains(says), "{line}: {found}");
    }
    let empty = byelaw_wire::account(&program, "", None, None).expect_err("no day is known");
    assert!(empty.to_string().contains("as of which day"), "{empty}");
    let often = text(&[json!({"on": "0001-01-01", "facts": {"wobbler": "fuzz"}})]);
    let many = byelaw_wire::account(&program, &often, Some(day("9999-12-31")), None).expect_err("a limit");
    assert_eq!((many.line, many.error.code), (0, "too_many"));
}

/// A log drawn at random: events and deeds of two cases on days in any order.
fn random(chance: &mut Chance) -> Vec<Value> {
    let deeds = ["puddle", "muddle", "meddle", "fiddle", "piddle"];
    (0..chance.below(14))
        .map(|_| {
            let mut entry = json!({
                "on": format!("2024-0{}-{:02}", 1 + chance.below(3), 1 + chance.below(28)),
                "case": *chance.of(&["one", "two"]),
            });
            let who = *chance.of(&["fizz", "fuzz"]);
            match chance.below(8) {
                0 => entry["facts"] = json!({"event": "splash", "wobbler": who, "wet": chance.percent(50)}),
                1 => entry["facts"] = json!({"event": "splash", "wet": true}),
                2 => entry["facts"] = json!({"event": "crash", "wobbler": who}),
                3 => entry["facts"] = json!({"wobbler": who, "begun": "2024-02-01"}),
                4 => entry["facts"] = json!({"doing": *chance.of(&["skip", "hop"]), "wobbler": who}),
                5 => entry["waived"] = json!([*chance.of(&deeds)]),
                _ => entry["did"] = json!([*chance.of(&deeds)]),
            }
            if chance.percent(5) {
                entry["ends"] = json!(true);
            }
            entry
        })
        .collect()
}

/// Duties without the lines that opened them.
fn duties(account: &AccountJson) -> Vec<OwedJson> {
    let mut duties: Vec<OwedJson> =
        account.duties.iter().map(|d| OwedJson { line: 0, ..d.clone() }).collect();
    duties.sort_by_key(|d| format!("{d:?}"));
    duties
}

/// What the rule that a crash has to be prepared comes to, told without the fold: what was prepared is a heap from
/// which each crash takes the newest that is not later, and what comes afterwards goes to the oldest crash that has
/// none.
fn prepared(log: &[Value], case: &str, as_of: &str) -> BTreeMap<String, usize> {
    let mut sorted: Vec<&Value> = log.iter().filter(|e| e["case"] == case).collect();
    sorted.sort_by_key(|e| e["on"].as_str().expect("a day").to_owned());
    let (mut heap, mut waiting, mut states) = (Vec::new(), VecDeque::new(), Vec::new());
    for entry in sorted.into_iter().filter(|e| e["on"].as_str().expect("a day") <= as_of) {
        let on = entry["on"].as_str().expect("a day");
        if entry["facts"]["event"] == "crash" {
            match heap.pop() {
                Some(kind) => states.push(str::to_owned(kind)),
                None => waiting.push_back(on),
            }
        }
        for (field, kind) in [("did", "done"), ("waived", "waived")] {
            if entry[field][0] == "piddle" {
                match waiting.pop_front() {
                    Some(crash) if kind == "done" && crash < on => states.push("late".to_owned()),
                    Some(_) => states.push(kind.to_owned()),
                    None => heap.push(kind),
                }
            }
        }
    }
    states.extend(waiting.iter().map(|crash| if *crash < as_of { "breached" } else { "open" }.to_owned()));
    states.into_iter().fold(BTreeMap::new(), |mut all, state| {
        *all.entry(state).or_default() += 1;
        all
    })
}

#[test]
fn every_log_obeys_the_laws() {
    let program = program();
    let mut chance = Chance::new(seed(2_10));
    let mut seen = BTreeMap::<&str, usize>::new();
    for _ in 0..300 * times() {
        let log = random(&mut chance);
        let days = ["2024-01-20", "2024-02-10", "2024-03-15", "2024-05-01"];
        let mut before: Option<AccountJson> = None;
        for as_of in days {
            let now = account(&program, &log, as_of);
            for duty in &now.duties {
                *seen.entry(duty.state).or_default() += 1;
                let (due, on) = (duty.due_on.as_deref(), duty.on.as_deref());
                let right = match duty.state {
                    "open" => due.is_none_or(|due| as_of <= due) && on.is_none(),
                    "breached" => due.is_some_and(|due| due < as_of) && on.is_none(),
                    "done" => on.is_some_and(|on| due.is_none_or(|due| on <= due)),
                    "late" => on.is_some_and(|on| due.is_some_and(|due| due < on)),
                    _ => on.is_some(),
                };
                assert!(right, "{as_of}: {duty:?}\n{}", text(&log));
            }
            // What is closed stays closed.
            if let Some(before) = &before {
                for closed in before.duties.iter().filter(|d| d.on.is_some()) {
                    assert!(now.duties.contains(closed), "{as_of}: {closed:?} was lost\n{}", text(&log));
                }
                assert!(before.duties.len() <= now.duties.len(), "{}", text(&log));
            }
            // Cases do not touch each other.
            let case =
                |case: &str| -> Vec<Value> { log.iter().filter(|e| e["case"] == case).cloned().collect() };
            let apart = ["one", "two"].map(|name| duties(&account(&program, &case(name), as_of)));
            let mut apart = apart.concat();
            apart.sort_by_key(|d| format!("{d:?}"));
            assert_eq!(duties(&now), apart, "{}", text(&log));
            // Only the order of days counts, not that of lines.
            let mut sorted = log.clone();
            sorted.sort_by_key(|e| e["on"].as_str().expect("a day").to_owned());
            assert_eq!(duties(&now), duties(&account(&program, &sorted, as_of)), "{}", text(&log));
            for name in ["one", "two"] {
                let told = now.duties.iter().filter(|d| d.case == name && d.rule == "ready");
                let mut found = BTreeMap::new();
                told.for_each(|d| *found.entry(d.state.to_owned()).or_default() += 1);
                // Who it is does not matter to this rule, and piddling is also owed once in each stretch of time, which
                // is another duty.
                assert_eq!(found, prepared(&log, name, as_of), "{name}, {as_of}\n{}", text(&log));
            }
            before = Some(now);
        }
    }
    assert_eq!(seen.len(), 5, "a state never came up: {seen:?}");
}
