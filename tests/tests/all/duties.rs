//! Duties in questions put as JSON: by which day they are due, promises that come too late, and questions without an
//! act.

use byelaw_tests::compiled_text;
use serde_json::{Value, json};

const PACK: &str = r#"
policy wibble "Wibble", silence means forbidden.
document book "The book".
clause book/1 "page 1": "one".
fact wobbler of the asker, the subject, one of: fizz, fuzz.
fact doing of the act, the acts.
fact begun of the circumstances, a date.
fact lit of the circumstances, yes or no, presumed yes except to hop.
fact calm of the circumstances, yes or no, presumed yes.
it is impossible that doing is jump and calm.
act jump "jump": jump.
act skip "skip": skip.
act tumble "tumble": tumble.
act sway "sway": sway.
fact hat of the circumstances, yes or no.
fact coat of the circumstances, yes or no.
it is impossible that hat and not coat.
it is impossible that coat and not hat.
act hop "hop": hop.
group leaping of doing: hop or jump.
deed puddle "puddle".
deed muddle "muddle".
deed meddle "meddle", done by hop.
deed huddle "huddle".
deed cuddle "cuddle".
event splash "a splash".
calendar plan "Plan" in "Europe/London" telling plodding, counting plodding days, closed days are off,
  on Monday, Tuesday, Wednesday, Thursday or Friday: on from 09:00 until 17:00, off from 17:00 and until 09:00,
  open summer from 2024-05-01 until 2024-08-01.
fact plodding of the circumstances, one of: on, off.
rule skipping cites book/1: Anyone may skip.
rule hasty cites book/1: Anyone must puddle, within 2 hours, after they skip.
rule wet cites book/1: Anyone must muddle or meddle, within 3 plodding days, after splash, otherwise "no more skipping".
rule hopping cites book/1: Fuzz may hop or jump.
rule tumbling cites book/1: Anyone may tumble.
rule glare cites book/1: Anyone must not tumble when lit.
rule swaying cites book/1: Anyone may sway when hat.
rule dark cites book/1: Fuzz must huddle, when not lit.
rule wild cites book/1: Fuzz must cuddle, when not calm.
rule long cites book/1: Fuzz must puddle, within 1 month of begun.
"#;

fn ask(question: &Value) -> Value {
    let compiled = compiled_text(PACK);
    let program = compiled.program.as_ref().expect("it compiles");
    let text = byelaw_wire::decide_text(program, &question.to_string(), None);
    serde_json::from_str(&text).expect("an answer is JSON")
}

/// Of each duty its name and the last day.
fn due(answer: &Value) -> Vec<(&str, Option<&str>)> {
    let duties = answer["duties"].as_array().expect("a list");
    duties.iter().map(|d| (d["name"].as_str().expect("a name"), d["due_on"].as_str())).collect()
}

#[test]
fn a_day_is_told_where_it_can_be() {
    let skip = |on: &str| ask(&json!({"on": on, "facts": {"wobbler": "fizz", "doing": "skip"}}));
    assert_eq!(due(&skip("2024-05-10T22:30")), [("puddle", Some("2024-05-11"))]);
    assert_eq!(due(&skip("2024-05-10T09:00")), [("puddle", Some("2024-05-10"))]);
    // At an unknown time the two hours may end on the same day.
    assert_eq!(due(&skip("2024-05-10")), [("puddle", Some("2024-05-10"))]);
    assert_eq!(due(&ask(&json!({"facts": {"wobbler": "fizz", "doing": "skip"}}))), [("puddle", None)]);
}

#[test]
fn open_days_are_those_of_the_calendar() {
    // A Friday: three open days later is Wednesday.
    let answer = ask(&json!({"on": "2024-05-10", "facts": {"wobbler": "fizz", "event": "splash"}}));
    assert_eq!(due(&answer), [("meddle", Some("2024-05-15")), ("muddle", Some("2024-05-15"))]);
    assert_eq!(answer["outcome"], "not_covered");
    assert_eq!(answer["duties"][0]["instead"], json!(["muddle"]));
    assert_eq!(answer["duties"][0]["otherwise"], "no more skipping");
    // The calendar does not reach so far: no day is told.
    let late = ask(&json!({"on": "2024-07-31", "facts": {"wobbler": "fizz", "event": "splash"}}));
    assert_eq!(due(&late), [("meddle", None), ("muddle", None)]);
}

#[test]
fn a_promise_after_the_last_day_is_too_late() {
    let promise = |day: &str, more: &Value| {
        let wont: &[&str] = if more.is_null() { &["muddle"] } else { &[] };
        ask(&json!({"on": "2024-05-10", "facts": {"wobbler": "fizz", "event": "splash"},
            "will": [{"name": "meddle", "on": day}], "wont": wont}))
    };
    assert_eq!(promise("2024-05-15", &Value::Null)["outcome"], "permitted");
    let late = promise("2024-05-16", &Value::Null);
    assert_eq!((&late["outcome"], &late["because"][0]["rule"]), (&json!("forbidden"), &json!("wet")));
    // What is done before the splash does not follow it.
    let early = promise("2024-05-09", &json!(true));
    assert_eq!((&early["outcome"], due(&early).len()), (&json!("not_covered"), 2));
    assert!(early["notes"][0].as_str().is_some_and(|n| n.contains("cannot come before it")), "{early}");
    // The other deed may still be done.
    let other = promise("2024-05-16", &json!(true));
    assert_eq!((&other["outcome"], due(&other).len()), (&json!("permitted"), 1));
}

#[test]
fn a_promise_of_which_nobody_can_tell_is_not_counted() {
    let fuzz = |facts: Value| {
        ask(&json!({"on": "2024-05-10", "facts": facts, "will": [{"name": "puddle", "on": "2024-05-10"}]}))
    };
    let told = fuzz(json!({"wobbler": "fuzz", "begun": "2024-05-01"}));
    assert_eq!((&told["outcome"], &told["duties"]), (&json!("permitted"), &json!([])));
    let late = fuzz(json!({"wobbler": "fuzz", "begun": "2024-04-01"}));
    assert_eq!(late["outcome"], "forbidden");
    let untold = fuzz(json!({"wobbler": "fuzz", "doing": "skip"}));
    assert_eq!(due(&untold), [("puddle", Some("2024-05-10"))]);
    assert!(untold["notes"][0].as_str().is_some_and(|n| n.contains("was not counted")), "{untold}");
}

#[test]
fn what_must_be_done_may_be_done() {
    let hop = |facts: Value| ask(&json!({"on": "2024-05-10", "facts": facts}));
    let after = hop(json!({"wobbler": "fizz", "doing": "hop", "event": "splash"}));
    assert_eq!((&after["outcome"], &after["unconditional"]), (&json!("permitted"), &json!(true)));
    let before = hop(json!({"wobbler": "fizz", "doing": "hop"}));
    assert_eq!((&before["outcome"], &before["assumed"][0]["fact"]), (&json!("not_covered"), &json!("event")));
}

#[test]
fn a_duty_refused_bars_every_act() {
    let skip = |facts: Value| {
        ask(&json!({"on": "2024-05-10", "facts": facts, "wont": ["muddle", "meddle"]}))["outcome"].clone()
    };
    assert_eq!(skip(json!({"wobbler": "fizz", "doing": "skip", "event": "splash"})), "forbidden");
    assert_eq!(skip(json!({"wobbler": "fizz", "doing": "skip", "event": null})), "needs_facts");
    assert_eq!(skip(json!({"wobbler": "fizz", "doing": "skip", "event": "none"})), "permitted");
    // That nothing has happened is presumed, and told.
    let presumed = ask(
        &json!({"on": "2024-05-10", "facts": {"wobbler": "fizz", "doing": "skip"}, "wont": ["muddle", "meddle"]}),
    );
    assert_eq!((&presumed["outcome"], &presumed["unconditional"]), (&json!("permitted"), &json!(false)));
}

#[test]
fn of_a_duty_that_bars_an_act_is_presumed_what_is_presumed_of_the_act() {
    let fuzz = |doing: &str, wont: &str| {
        ask(&json!({"on": "2024-05-10", "facts": {"wobbler": "fuzz", "doing": doing}, "wont": [wont]}))
    };
    let (dark, wild) = (fuzz("skip", "huddle"), fuzz("skip", "cuddle"));
    let told = |answer: &Value| (answer["outcome"].clone(), answer["assumed"].clone());
    let assumed = |fact: &str| (json!("permitted"), json!([{"fact": fact, "value": true}]));
    assert_eq!((told(&dark), told(&wild)), (assumed("lit"), assumed("calm")));
    // Light is not presumed of those who hop, and calm cannot be where somebody jumps.
    let (dark, wild) = (fuzz("hop", "huddle"), fuzz("jump", "cuddle"));
    assert_eq!((&dark["outcome"], &dark["needs"]), (&json!("needs_facts"), &json!(["lit"])));
    // So whoever jumps has to cuddle, whatever else is so.
    assert_eq!((&wild["outcome"], &wild["because"][0]["rule"]), (&json!("forbidden"), &json!("wild")));
}

#[test]
fn an_act_and_a_duty_that_hang_on_the_same_fact_are_judged_in_the_same_situations() {
    let tumble = |facts: Value| ask(&json!({"on": "2024-05-10", "facts": facts, "wont": ["huddle"]}));
    // Where it is lit, tumbling is forbidden; where it is not, the duty is broken.
    let hangs = tumble(json!({"wobbler": "fuzz", "doing": "tumble", "lit": null}));
    assert_eq!((&hangs["outcome"], &hangs["exact"]), (&json!("forbidden"), &json!(true)));
    assert_eq!(hangs["possible"], json!(["forbidden"]));
    // Both hang on it, and are told exactly.
    let skip = tumble(json!({"wobbler": "fuzz", "doing": "skip", "lit": null}));
    assert_eq!((&skip["outcome"], &skip["exact"]), (&json!("needs_facts"), &json!(true)));
    assert_eq!((&skip["possible"], &skip["needs"]), (&json!(["permitted", "forbidden"]), &json!(["lit"])));
}

#[test]
fn facts_that_matter_only_together_are_asked_together() {
    let sway = |facts: Value| ask(&json!({"on": "2024-05-10", "facts": facts}));
    // Whoever has a hat has a coat, and the other way round: no one of them is ever otherwise alone.
    let both = sway(json!({"wobbler": "fuzz", "doing": "sway"}));
    assert_eq!((&both["outcome"], &both["exact"]), (&json!("needs_facts"), &json!(true)));
    assert_eq!(both["needs"], json!(["hat", "coat"]));
    assert_eq!(sway(json!({"wobbler": "fuzz", "doing": "sway", "hat": true}))["outcome"], "permitted");
    assert_eq!(sway(json!({"wobbler": "fuzz", "doing": "sway", "coat": false}))["outcome"], "not_covered");
}

#[test]
fn a_duty_refused_bars_whichever_act_is_meant() {
    let several = json!({"wobbler": "fuzz", "doing": "leaping", "lit": false});
    let answer = ask(&json!({"on": "2024-05-10", "facts": several, "wont": ["huddle"]}));
    assert_eq!((&answer["outcome"], &answer["possible"]), (&json!("forbidden"), &json!(["forbidden"])));
}

#[test]
fn a_question_that_names_neither_act_nor_duty_needs_the_act() {
    let answer = ask(&json!({"facts": {"wobbler": "fizz"}}));
    assert_eq!((&answer["outcome"], &answer["needs"]), (&json!("needs_facts"), &json!(["doing"])));
    let unsayable = ask(&json!({"facts": {"wobbler": "fizz", "doing": "no act"}}));
    assert_eq!(unsayable["error"]["code"], "unknown_value");
    assert!(!unsayable["error"]["nearest"].to_string().contains("no act"), "{unsayable}");
}
