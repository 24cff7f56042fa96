//! The table that Rust programs read answers off says what the whole decision says: outcome, whether it is a yes without
//! conditions, and the rules that decide. On the packs and on random policies.

use crate::generate::{ask, build, config, fully_known, lowered, question, spec};
use byelaw_data::{Outcome, Question, RuleId};
use byelaw_engine::{Encoded, NotAsked, Part, Policy, Ruling};
use byelaw_tests::{Chance, Phraser, compiled_pack, pack_names, seed, times};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// What the table says otherwise than the whole decision; how it is looked at is told by where it comes from.
fn differences(
    policy: &Policy,
    program: &byelaw_ir::Program,
    asked: &Question,
    ready: &Encoded,
) -> Vec<String> {
    let mut ruling = Ruling::default();
    let mut found = Vec::new();
    let Some(whole) = byelaw_question::decide(program, asked) else {
        for (what, outcome) in
            [("outcome", policy.outcome(ready)), ("decide", policy.decide(ready, &mut ruling))]
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
        let decided = policy.decide(ready, &mut ruling);
        if decided != whole.outcome || ruling.outcome() != decided {
            found.push(format!("decide: {decided:?}, not {:?}", whole.outcome));
        }
        let certain = whole.possible.len() == 1 && whole.because.iter().all(|b| !b.sometimes);
        if certain && whole.readings.is_empty() {
            let because: BTreeSet<RuleId> = whole.because.iter().map(|b| b.rule).collect();
            let reasons = policy.reasons(&ruling).filter(|r| r.part == Part::Decides).map(|r| r.rule);
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
                Err(
                    NotAsked::NotUnderstood(_) | NotAsked::SeveralQuestions { .. } | NotAsked::NoAct { .. },
                ) => continue,
                Err(error) => panic!("{pack}: {text}: {error}"),
            };
            let asked = byelaw_wire::asked(&program, &text, None).expect("understood").questions;
            let found = differences(&policy, &program, &asked[0], &ready);
            assert!(found.is_empty(), "{pack}: {text}\n{}", found.join("\n"));
            yes += usize::from(policy.outcome(&ready) == Outcome::Permitted);
        }
        assert!(yes > 0, "{pack}: no yes among the questions, so that they show little");
    }
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
