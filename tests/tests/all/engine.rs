//! The table that Rust programs read answers off says what the whole decision says: outcome, whether it is a yes without
//! conditions, and the rules that decide. On the packs and on random policies.

use crate::generate::{ask, build, config, fully_known, lowered, question, spec};
use byelaw_data::{Outcome, Question, RuleId};
use byelaw_engine::{Encoded, NotAsked, Part, Policy, Scratch, Shape};
use byelaw_image::{Image, Situation, UNKNOWN};
use byelaw_tests::{Chance, Phraser, compiled_pack, compiled_text, pack_names, seed, times};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// What the table says otherwise than the whole decision; how it is looked at is told by where it comes from.
fn differences(
    policy: &Policy,
    program: &byelaw_ir::Program,
    asked: &Question,
    ready: &Encoded,
) -> Vec<String> {
    let mut scratch = Scratch::default();
    let mut found = Vec::new();
    let Some(whole) = byelaw_question::decide(program, asked) else {
        for (what, outcome) in
            [("outcome", policy.outcome(ready)), ("decide", policy.decide(ready, &mut scratch).outcome())]
        {
            if outcome != Outcome::NeedsFacts {
                found.push(format!("{what}: {outcome:?} for what cannot be"));
            }
        }
        if policy.allows(ready) {
            found.push("allows what cannot be".to_owned());
        }
        return found;
    };
    // Beyond its budget the whole decision gives up where the table may still know.
    if whole.exact {
        let outcome = policy.outcome(ready);
        if outcome != whole.outcome {
            found.push(format!("outcome: {outcome:?}, not {:?}", whole.outcome));
        }
        let ruling = policy.decide(ready, &mut scratch);
        if ruling.outcome() != whole.outcome {
            found.push(format!("decide: {:?}, not {:?}", ruling.outcome(), whole.outcome));
        }
        let certain = whole.possible.len() == 1 && whole.because.iter().all(|b| !b.sometimes);
        if certain && whole.readings.is_empty() {
            let because: BTreeSet<RuleId> = whole.because.iter().map(|b| b.rule).collect();
            let reasons = ruling.reasons().filter(|r| r.part == Part::Decides).map(|r| r.rule);
            let told: BTreeSet<RuleId> = reasons.collect();
            let wrong = if ruling.has_all_reasons() { told != because } else { !told.is_subset(&because) };
            if wrong {
                found.push(format!("because: {told:?}, not {because:?}"));
            }
        }
    }
    let json: serde_json::Value = serde_json::from_str(&policy.explain(ready)).expect("JSON");
    if policy.allows(ready) != (json["unconditional"] == true) {
        found.push(format!(
            "allows: {}, but the decision says {}",
            policy.allows(ready),
            json["unconditional"]
        ));
    }
    found
}

#[test]
fn the_table_answers_questions_about_the_packs_as_the_whole_decision_does() {
    for pack in pack_names() {
        let program = compiled_pack(&pack).program.expect("the pack compiles");
        let phraser = Phraser::of(&program);
        let policy = Policy::new(program.clone()).expect("not too large");
        let mut chance = Chance::new(seed(20_261_128));
        let mut yes = 0;
        for _ in 0..2_000 * times() {
            let unsaid = *chance.of(&[0, 5, 20, 60]);
            let text = phraser.question(&mut chance, unsaid).to_string();
            let ready = match policy.encode_json(&text) {
                Ok(ready) => ready,
                Err(NotAsked::SeveralQuestions { .. }) => {
                    let json: serde_json::Value =
                        serde_json::from_str(&policy.decide_json(&text)).expect("JSON");
                    assert_eq!(
                        policy.allows_json(&text) == Ok(true),
                        json["unconditional"] == true,
                        "{pack}: {text}"
                    );
                    continue;
                }
                Err(error @ (NotAsked::NotUnderstood(_) | NotAsked::NoAct { .. })) => {
                    assert_eq!(policy.allows_json(&text), Err(error), "{pack}: {text}");
                    continue;
                }
                Err(error) => panic!("{pack}: {text}: {error}"),
            };
            let asked = byelaw_wire::asked(&program, &text, None).expect("understood").questions;
            let found = differences(&policy, &program, &asked[0], &ready);
            assert!(found.is_empty(), "{pack}: {text}\n{}", found.join("\n"));
            assert_eq!(policy.allows_json(&text), Ok(policy.allows(&ready)), "{pack}: {text}");
            yes += usize::from(policy.outcome(&ready) == Outcome::Permitted);
        }
        assert!(yes > 0, "{pack}: no yes among the questions, so that they show little");
    }
}

#[test]
fn what_is_allowed_is_what_decisions_on_the_documents_call_unconditional() {
    let (mut yes, mut asked) = (0, 0);
    for pack in pack_names() {
        let policy =
            Policy::new(compiled_pack(&pack).program.expect("the pack compiles")).expect("not too large");
        let path = format!("{}/decisions/{pack}.jsonl", env!("CARGO_MANIFEST_DIR"));
        for line in std::fs::read_to_string(&path).expect(&path).lines() {
            let mut line: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let mut question = line["question"].take();
            question["would_change"] = false.into();
            let text = question.to_string();
            let decision: serde_json::Value = serde_json::from_str(&policy.decide_json(&text)).expect("JSON");
            let unconditional = decision["unconditional"] == true;
            match policy.allows_json(&text) {
                Ok(allowed) => assert_eq!(allowed, unconditional, "{pack}: {text}"),
                Err(NotAsked::NoAct { .. }) => {}
                Err(error) => panic!("{pack}: {text}: {error}"),
            }
            yes += usize::from(unconditional);
            asked += 1;
        }
    }
    assert!(yes >= 10 && asked - yes >= 10, "{yes} yes of {asked}");
}

proptest! {
    #![proptest_config(config(4_000, 20_261_128))]

    #[test]
    fn the_table_agrees_on_random_policies(
        spec in spec(),
        questions in prop::collection::vec(question(), 1..=4),
    ) {
        let model = build(&spec);
        let program = lowered(&model);
        let policy = Policy::new(program.clone()).expect("not too large");
        for asked in &questions {
            for asked in [ask(&model, asked), fully_known(&model, asked)] {
                if let Ok(ready) = policy.encode_asked(asked.clone()) {
                    let found = differences(&policy, &program, &asked, &ready);
                    prop_assert!(found.is_empty(), "{}\n{asked:?}", found.join("\n"));
                }
            }
        }
    }
}

/// Any words are an image or are refused, and one that was damaged unnoticed answers without a panic.
#[test]
fn damaged_tables_are_refused_or_harmless() {
    for pack in pack_names() {
        let program = compiled_pack(&pack).program.expect("the pack compiles");
        let words = byelaw_image::image(&program).expect("not too large");
        assert!(Image::new(&words).is_ok(), "{pack}: a table that was just made is refused");
        for many in [0, 1, 3, words.len() / 2, words.len() - 1] {
            assert!(Image::new(&words[..many]).is_err(), "{pack}: {many} words are taken for a table");
        }
        let mut chance = Chance::new(seed(20_261_129));
        let mut refused = 0;
        for _ in 0..300 * times() {
            let mut damaged = words.clone();
            let place = usize::try_from(chance.below(damaged.len() as u64)).expect("a place");
            damaged[place] ^= 1 << chance.below(64);
            refused += u32::from(Image::new(&damaged).is_err());
            let image = Image::trusted(&damaged);
            let mut ruling = byelaw_image::Ruling::default();
            for _ in 0..8 {
                let values: Vec<u16> =
                    (0..program.facts.len()).map(|_| *chance.of(&[0, 1, 2, 7, UNKNOWN])).collect();
                let act = u16::try_from(chance.below(program.slices.len() as u64 + 2)).expect("an act");
                image.decide(&Situation { act, values: &values, granted: &[1], refused: &[] }, &mut ruling);
                image.into_reasons(&ruling).for_each(drop);
                image.worst_case(act);
            }
        }
        assert!(refused > 0, "{pack}: no damage was noticed");
    }
}

const HOUSE: &str = r#"
policy wibble "Wibble".
document book "Wibble".
clause book/1 "rule 1": "who may use which room".

fact role of the asker, the subject, asked "Who are you?", one of:
  member "a member",
  wubble "a wubble",
  manager "the manager".
fact action of the act, asked "What do you want to do?", the acts.
act use "use a room": use <room>.
act smoke "smoke": smoke.
fact room of the thing, asked "Which room?", one of:
  wide "the wide room",
  kitchen "the kitchen",
  other-room "another room".
approval manager "the manager's permission" given by manager.
undertaking tidy-up "tidy up afterwards".

rule rooms cites book/1:
  Member may use the kitchen or other-room provided they tidy-up.
rule the-wide-one cites book/1:
  Member may only use the wide if approved by manager.
rule no-smoking cites book/1:
  Anyone must not smoke.
"#;

const ONE_ACT: &str = r#"
policy wibble "Wibble".
document book "Wibble".
clause book/1 "rule 1": "who may use it".
fact role of the asker, the subject, asked "Who are you?", one of:
  member "a member",
  wubble "a wubble".
fact action of the act, asked "What do you want to do?", the acts.
act use "use it": use.
rule all cites book/1:
  Anyone may use.
"#;

/// A small policy, and a shape of requests to it.
fn house() -> (byelaw_ir::Program, Policy, Shape) {
    let program = compiled_text(HOUSE).program.expect("the policy compiles");
    let policy = Policy::new(program.clone()).expect("not too large");
    let shape = policy.shape().ignored("trace.id");
    let shape = shape.fact(&policy, "subject.role", "role").expect("a fact");
    let shape = shape.fact(&policy, "subject.act", "action").expect("a fact");
    let shape = shape.fact(&policy, "room", "room").expect("a fact");
    let shape = shape.given(&policy, "given").expect("this policy");
    (program, policy, shape)
}

#[test]
fn a_request_in_its_own_shape_is_answered_as_the_question_is() {
    let (program, policy, shape) = house();
    let mut filled = policy.filled();
    let (mut yes, mut unconditional) = (0, 0);
    let with = |name: &str, value: Option<&str>| match value {
        Some(value) => format!(r#""{name}": "{value}""#),
        None => format!(r#""{name}": null"#),
    };
    for role in [Some("member"), Some("wubble"), Some("manager"), None] {
        for act in ["use", "smoke"] {
            for room in [Some("wide"), Some("kitchen"), Some("other-room"), None] {
                for given in [&[][..], &["manager"], &["tidy-up"], &["tidy-up", "manager"]] {
                    let list = serde_json::to_string(given).expect("a list");
                    let request = format!(
                        r#"{{"trace": {{"id": ["x", {{"y": 1.5e3}}]}}, {}, "given": {list}, "subject": {{{}, "act": "{act}"}}}}"#,
                        with("room", room),
                        with("role", role),
                    );
                    policy.read(&shape, &request, &mut filled).expect("the shape names all of it");
                    let approved: Vec<_> = given.iter().filter(|name| **name == "manager").collect();
                    let will: Vec<_> = given.iter().filter(|name| **name == "tidy-up").collect();
                    let question = serde_json::json!({"facts": {"role": role, "action": act, "room": room},
                                                      "approved": approved, "will": will});
                    let answer = byelaw_wire::decide_text(&program, &question.to_string(), None);
                    let answer: serde_json::Value = serde_json::from_str(&answer).expect("JSON");
                    assert_eq!(answer["outcome"], policy.outcome_of(&filled).name(), "{request}");
                    assert_eq!(answer["unconditional"], policy.allows_of(&filled), "{request}");
                    yes += usize::from(policy.outcome_of(&filled) == Outcome::Permitted);
                    unconditional += usize::from(policy.allows_of(&filled));
                }
            }
        }
    }
    // Members in the two rooms, whatever is given: 8; in the wide one, and in a room not known which, with the manager's
    // permission: 2 each. Nothing is left to be done by those who said that they tidy up in the two rooms: 4; in the
    // wide one with permission: 2; with both wherever it is: 1.
    assert_eq!((yes, unconditional), (12, 7));
}

#[test]
fn what_a_shape_does_not_hold_is_an_error_with_its_place() {
    let (_, policy, shape) = house();
    let mut filled = policy.filled();
    let good = r#"{"subject": {"role": "member", "act": "use"}, "room": "kitchen", "given": []}"#;
    for (request, at, says) in [
        (r#"{"rooom": "kitchen"}"#, 1, "names no field `rooom`"),
        (r#"{"room": "kitchn"}"#, 9, "did you mean `kitchen`?"),
        (r#"{"room": "wide", "room": "kitchen"}"#, 17, "comes twice"),
        (r#"{"room": 3}"#, 9, "`\"` is expected"),
        (r#"{"given": ["manger"]}"#, 11, "did you mean `manager`?"),
        (r#"{"given": ["manager",]}"#, 21, "is expected"),
        (r#"{"room": "wide",}"#, 16, "is expected"),
        (r#"{"room": "wide"} {}"#, 17, "nothing may follow"),
        (r#"{"room": "wide""#, 15, "a comma or the end"),
        (r#"{"trace": {"id": [1,}}"#, 17, "no JSON"),
        ("", 0, "`{` is expected"),
    ] {
        policy.read(&shape, good, &mut filled).expect("a good request");
        let error = policy.read(&shape, request, &mut filled).expect_err(request);
        assert_eq!(error.at, at, "{request}: {error}");
        assert!(error.message.contains(says), "{request}: {error}");
        // What was read before is no answer to what was not read.
        assert_eq!(policy.outcome_of(&filled), Outcome::NeedsFacts, "{request}");
        assert!(!policy.allows_of(&filled), "{request}");
    }
    policy.read(&shape, &good.replace("kitchen", r"kit\u0063hen"), &mut filled).expect("an escape");
    assert_eq!(policy.outcome_of(&filled), Outcome::Permitted);
}

/// Where there is one act alone and anyone may do it, even a question that says nothing is a yes; what was not read is
/// no question.
#[test]
fn a_request_that_was_not_read_is_no_question_about_the_only_act() {
    let program = compiled_text(ONE_ACT).program.expect("the policy compiles");
    let policy = Policy::new(program).expect("not too large");
    let shape = policy.shape().fact(&policy, "role", "role").expect("a fact");
    let mut filled = policy.filled();
    assert_eq!(policy.outcome_of(&filled), Outcome::NeedsFacts);
    policy.read(&shape, "{}", &mut filled).expect("an empty request");
    assert_eq!(policy.outcome_of(&filled), Outcome::Permitted);
    for broken in ["", "{", r#"{"role": "nobody"}"#] {
        policy.read(&shape, broken, &mut filled).expect_err(broken);
        assert_eq!(policy.outcome_of(&filled), Outcome::NeedsFacts, "{broken}");
        assert!(!policy.allows_of(&filled), "{broken}");
    }
}

#[test]
fn two_fields_may_not_say_the_same_fact_twice() {
    let (_, policy, shape) = house();
    let shape = shape.fact(&policy, "where", "room").expect("a fact");
    let mut filled = policy.filled();
    for one in [r#"{"room": "wide"}"#, r#"{"where": "kitchen"}"#] {
        policy.read(&shape, one, &mut filled).expect(one);
    }
    let error = policy.read(&shape, r#"{"room": "wide", "where": "kitchen"}"#, &mut filled);
    let error = error.expect_err("the room comes twice");
    assert!(error.message.contains("has said `room` already"), "{error}");
}

#[test]
fn what_was_made_for_another_policy_is_no_yes() {
    let (_, one, shape) = house();
    let (_, other, _) = house();
    let text = r#"{"facts": {"role": "member", "action": "use", "room": "kitchen"}, "will": ["tidy-up"]}"#;
    let ready = one.encode_json(text).expect("understood");
    assert!(one.allows(&ready));
    assert!(!other.allows(&ready));
    assert_eq!(other.outcome(&ready), Outcome::NeedsFacts);
    assert_eq!(other.decide(&ready, &mut Scratch::default()).outcome(), Outcome::NeedsFacts);
    let value = one.value("role", "member").expect("a value");
    assert_eq!(other.question().set(value).err(), Some(NotAsked::OtherPolicy));
    let mut filled = other.filled();
    assert!(other.read(&shape, "{}", &mut filled).is_err());
}
