//! The packs asked as JSON: the same question gives the same bytes wherever it is asked, and nothing that is wrong with
//! a question ever becomes a yes.

use byelaw_tests::{Chance, Phraser, compiled_pack, compiled_text, pack_names, seed, times};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::thread;

/// Questions to each pack in an ordinary run.
const QUESTIONS: u32 = 400;

fn programs() -> Vec<(String, byelaw_ir::Program)> {
    let packs = pack_names().into_iter().map(|name| (name.clone(), compiled_pack(&name).program));
    packs.filter_map(|(name, program)| Some((name, program?))).collect()
}

fn questions(program: &byelaw_ir::Program) -> Vec<String> {
    let phraser = Phraser::of(program);
    let mut chance = Chance::new(seed(4));
    (0..QUESTIONS * times())
        .map(|_| {
            let unsaid = *chance.of(&[0, 20, 60]);
            phraser.question(&mut chance, unsaid).to_string()
        })
        .collect()
}

fn answers(program: &byelaw_ir::Program, questions: &[String]) -> Vec<String> {
    questions.iter().map(|q| byelaw_wire::decide_text(program, q, None)).collect()
}

/// Twice in one thread, and in threads whose stacks are small and large.
#[test]
fn p1_the_same_question_gives_the_same_bytes() {
    for (name, program) in programs() {
        let questions = questions(&program);
        let first = answers(&program, &questions);
        assert_eq!(first, answers(&program, &questions), "{name}");
        for stack in [256 << 10, 1 << 20, 8 << 20] {
            let there = thread::scope(|scope| {
                let asked = thread::Builder::new()
                    .stack_size(stack)
                    .spawn_scoped(scope, || answers(&program, &questions));
                asked.expect("a thread can be started").join().expect("it ends")
            });
            assert_eq!(first, there, "{name} on a stack of {stack} bytes");
        }
        let again = compiled_pack(&name).program.expect("the pack compiles");
        assert_eq!(first, answers(&again, &questions), "{name} compiled again");
        assert!(
            first.iter().any(|a| a.contains("\"outcome\":\"permitted\"")),
            "{name}: nothing was permitted"
        );
        // Facts drawn at random can contradict each other; the policy then says so.
        let refused = questions.iter().zip(&first);
        let refused: Vec<_> =
            refused.filter(|(_, a)| a.contains("\"error\"") && !a.contains("\"impossible\"")).collect();
        assert!(
            refused.is_empty(),
            "{name}: {} questions of the vocabulary were refused, the first: {:?}",
            refused.len(),
            refused.first()
        );
    }
}

/// The approvals and undertakings of each way of an answer.
fn ways(answer: &Value) -> Vec<BTreeSet<String>> {
    let names = |list: &Value| -> Vec<String> {
        list.as_array().into_iter().flatten().filter_map(|n| n.as_str().map(str::to_owned)).collect()
    };
    let of = |way: &Value| [names(&way["approvals"]), names(&way["provided"])].concat().into_iter().collect();
    answer["ways"].as_array().into_iter().flatten().map(of).collect()
}

/// Several questions in one: as strict as the strictest, whatever the order, and asking for all that each asks for.
#[test]
fn p3_a_list_asks_for_what_each_of_it_asks_for() {
    let strictness = |answer: &Value| {
        ["forbidden", "needs_facts", "needs_approval", "not_covered", "permitted"]
            .iter()
            .position(|outcome| answer["outcome"] == *outcome)
    };
    let (mut looked, mut yes, mut more) = (0, 0, 0);
    for (name, program) in programs() {
        let ask = |question: &Value| -> Value {
            let answer = byelaw_wire::decide_text(&program, &question.to_string(), None);
            serde_json::from_str(&answer).expect("an answer is JSON")
        };
        let phraser = Phraser::of(&program);
        let mut chance = Chance::new(seed(6));
        for _ in 0..QUESTIONS / 3 * times() {
            let mut question = phraser.question(&mut chance, 10);
            // Nothing is given, promised or refused: then the answers ask for the most.
            for field in ["approved", "refused", "will", "wont"] {
                question[field] = json!([]);
            }
            // Another value of one fact that has a list of values. Of the subject a list is somebody who is all of it.
            let facts = question["facts"].as_object().expect("an object");
            let subject = &program.names.facts[usize::from(program.subject.0)].word.name;
            let listed: Vec<&String> = facts
                .iter()
                .filter(|(fact, value)| value.is_string() && *fact != subject)
                .map(|(fact, _)| fact)
                .collect();
            let fact = chance.of(&listed).as_str();
            let Some(other) = phraser.other(fact, &mut chance) else { continue };
            let with = |value: Value| {
                let mut question = question.clone();
                question["facts"][fact] = value;
                question
            };
            let one = question["facts"][fact].clone();
            let each = [ask(&question), ask(&with(other.clone()))];
            let both = ask(&with(json!([one, other])));
            if each.iter().any(|answer| answer["error"].is_object())
                || one == other
                || both["error"].is_object()
            {
                continue;
            }
            looked += 1;
            let context = format!("{name}: {question} with {fact} {other}\n{both}\n{} {}", each[0], each[1]);
            assert_eq!(strictness(&both), each.iter().map(strictness).min().flatten(), "{context}");
            let turned = ask(&with(json!([other, one])));
            for field in ["outcome", "unconditional", "exact", "ways", "possible", "by_silence"] {
                assert_eq!(both[field], turned[field], "{field}: {context}");
            }
            if both["unconditional"] == true {
                assert!(each.iter().all(|answer| answer["unconditional"] == true), "{context}");
            }
            if matches!(both["outcome"].as_str(), Some("permitted" | "needs_approval")) {
                yes += 1;
                // Of what no rule covers nothing is asked.
                for answer in each.iter().filter(|answer| answer["outcome"] != "not_covered") {
                    let single = ways(answer);
                    for way in ways(&both) {
                        assert!(single.iter().any(|less| less.is_subset(&way)), "{context}");
                    }
                    for field in ["duties", "assumed"] {
                        for told in answer[field].as_array().into_iter().flatten() {
                            let all = both[field].as_array().expect("a list");
                            assert!(all.contains(told), "{field} lacks {told}: {context}");
                        }
                    }
                }
                more += usize::from(each[0]["ways"] != each[1]["ways"]);
            }
        }
    }
    println!("counted: {looked} lists of two, {yes} with a yes, {more} of which ask for different things");
    assert!(yes > 5 && more > 1, "{looked} {yes} {more}");
}

/// More ways than are told: those that need nobody's approval stay, so that the permission says what it takes.
#[test]
fn p3_a_list_with_very_many_ways_still_says_what_a_permission_takes() {
    let numbers = 1..=7;
    let mut text = String::from(
        "policy wibble \"Wibble\".\ndocument book \"The book\".\nclause book/1 \"page 1\": \"one\".\n\
         fact wobbler of the asker, the subject, one of: fizz, fuzz.\nfact doing of the act, the acts.\n\
         fact thing of the thing, one of: wug0",
    );
    numbers.clone().for_each(|n| text.push_str(&format!(", wug{n}")));
    text.push_str(".\nact hop \"hop\": hop <thing>.\n");
    for n in numbers.clone() {
        text.push_str(&format!(
            "approval nod{n} \"nod {n}\" given by fuzz.\nundertaking muddle{n} \"muddle {n}\".\n\
             undertaking puddle{n} \"puddle {n}\".\n\
             rule asked{n} cites book/1: Anyone may hop wug{n} if approved by nod{n}.\n\
             rule kept{n} cites book/1: Anyone may hop wug{n} provided they muddle{n} and puddle{n}.\n"
        ));
    }
    let program = compiled_text(&text).program.expect("the pack compiles");
    let things: Vec<String> = numbers.map(|n| format!("wug{n}")).collect();
    let question = json!({"facts": {"wobbler": "fizz", "doing": "hop", "thing": things}});
    let answer = byelaw_wire::decide_text(&program, &question.to_string(), None);
    let answer: Value = serde_json::from_str(&answer).expect("an answer is JSON");
    assert_eq!(answer["outcome"], "permitted", "{answer}");
    assert_eq!(answer["unconditional"], false, "{answer}");
    assert_eq!(answer["provided"].as_array().map(Vec::len), Some(14), "{answer}");
}

/// What is wrong in the place of a fact's value, of an approval, of a date.
fn wrong() -> Vec<Value> {
    vec![
        json!("wibble"),
        json!(""),
        json!(1.5),
        json!(1e300),
        json!(-1),
        json!(i64::MAX),
        json!(u64::MAX),
        json!({}),
        json!({"value": true}),
        json!([[]]),
        json!([null, {}]),
        json!("true"),
        json!("TRUE"),
        json!("2020-02-30"),
        json!("2020-13-01T99:99"),
        json!("__proto__"),
        json!("\u{202e}yes"),
    ]
}

/// An error in any one place of a question gives an error, or an answer that is no permission.
#[test]
fn p3_no_fail_open_on_error() {
    let (mut refused, mut looked) = (0_u64, 0_u64);
    for (name, program) in programs() {
        let phraser = Phraser::of(&program);
        let mut chance = Chance::new(seed(5));
        for _ in 0..QUESTIONS * times() {
            let question = phraser.question(&mut chance, 10);
            let places: Vec<(String, Option<String>)> = question
                .as_object()
                .expect("an object")
                .iter()
                .flat_map(|(key, value)| match value {
                    Value::Object(facts) => {
                        facts.keys().map(|fact| (key.clone(), Some(fact.clone()))).collect::<Vec<_>>()
                    }
                    _ => vec![(key.clone(), None)],
                })
                .collect();
            let (key, fact) = chance.of(&places).clone();
            let bad = chance.of(&wrong()).clone();
            let mut broken = question.clone();
            match &fact {
                Some(fact) => broken[&key][fact] = bad.clone(),
                None => broken[&key] = bad.clone(),
            }
            let answer: Value =
                serde_json::from_str(&byelaw_wire::decide_text(&program, &broken.to_string(), Some(7)))
                    .expect("an answer is JSON");
            looked += 1;
            if answer["error"].is_object() {
                refused += 1;
                assert_eq!(answer["line"], json!(7), "{name}: {broken}");
                assert!(answer["outcome"].is_null() && answer["error"]["message"].is_string(), "{answer}");
                continue;
            }
            // A number can be a value of a number, and an empty object of nothing; then the question is another one,
            // and its answer is as good as any. A word that nobody declared is never a value.
            let word = bad.as_str().is_some_and(|w| w != "2020-02-30");
            assert!(!word, "{name}: `{bad}` in {key} {fact:?} was taken: {broken}\n{answer}");
            assert!(!matches!(bad, Value::Object(_)), "{name}: an object was taken: {broken}");
        }
    }
    println!("counted: {looked} broken questions, {refused} refused");
    assert!(refused * 10 > looked * 9, "only {refused} of {looked} were refused");
}

/// A text that is not one question is refused: cut short at any byte, or with any byte changed, it never says yes
/// where the whole one does not.
#[test]
fn p3_no_fail_open_on_damaged_text() {
    for (name, program) in programs() {
        let phraser = Phraser::of(&program);
        let mut chance = Chance::new(seed(6));
        for _ in 0..20 * times() {
            let text = phraser.question(&mut chance, 30).to_string();
            for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
                let answer = byelaw_wire::decide_text(&program, &text[..end], None);
                assert!(answer.contains("\"error\""), "{name}: `{}` was answered", &text[..end]);
            }
            let twice = text.replacen("\"facts\":{", "\"facts\":{},\"facts\":{", 1);
            assert!(byelaw_wire::decide_text(&program, &twice, None).contains("\"error\""), "{twice}");
        }
    }
}

/// Numbers are compared as whole numbers are, also at the ends of their range.
#[test]
fn p26_numbers_compare_as_numbers() {
    let numbers: [i64; 13] = [0, 1, 2, 12, 13, 14, 17, 18, 19, 1 << 31, 1 << 62, i64::MAX - 1, i64::MAX];
    for constant in numbers {
        for (words, holds) in [
            ("is at least", (|a, b| a >= b) as fn(i128, i128) -> bool),
            ("is at most", |a, b| a <= b),
            ("is over", |a, b| a > b),
            ("is under", |a, b| a < b),
            ("is", |a, b| a == b),
        ] {
            let text = format!(
                "policy p \"P\".\ndocument d \"D\".\nclause d/1 \"one\": \"one\".\nfact who of the asker, the subject, one of: wibble, wobble.\nfact what of the act, the acts.\nfact size of the thing, a number of plugs from 0 to {}.\nact hop: hop.\nrule r cites d/1: Anyone may hop when size {words} {constant}.\n",
                i64::MAX
            );
            let source = byelaw::diagnostic::Source { path: "p.pol".to_owned(), text };
            let files = vec![byelaw::SourceFile { source, folder: 0 }];
            let compiled = byelaw::compile_sources(byelaw::PackSources { files, diagnostics: Vec::new() });
            let program = compiled.program.expect("the policy compiles");
            for number in numbers {
                let question = json!({"facts": {"who": "wibble", "what": "hop", "size": number}});
                let answer: Value =
                    serde_json::from_str(&byelaw_wire::decide_text(&program, &question.to_string(), None))
                        .expect("an answer is JSON");
                let yes = answer["outcome"] == "permitted";
                assert_eq!(
                    yes,
                    holds(i128::from(number), i128::from(constant)),
                    "{number} {words} {constant}"
                );
            }
        }
    }
}

/// Somebody who is several things is in every group that one of them is in, and a rule for all but a group does not
/// reach them if one of them is in it (the contract).
#[test]
fn somebody_can_be_several_things() {
    let text = "policy p \"P\".\ndocument d \"D\".\nclause d/1 \"one\": \"one\".\n\
        fact who of the asker, the subject, one of: wibble, wobble, wubble.\nfact what of the act, the acts.\n\
        group pair of who: wibble or wubble.\n\
        act hop: hop.\nact skip: skip.\nact jump: jump.\nact fall: fall.\n\
        rule a cites d/1: Anyone except wobble may hop.\nrule b cites d/1: Wibble may skip.\n\
        rule c cites d/1: Pair may jump.\nrule d cites d/1: Wobble must not jump.\n\
        rule e cites d/1: Anyone except wobble must not fall.\nrule f cites d/1: Pair may fall.\n"
        .to_owned();
    let source = byelaw::diagnostic::Source { path: "p.pol".to_owned(), text };
    let files = vec![byelaw::SourceFile { source, folder: 0 }];
    let program = byelaw::compile_sources(byelaw::PackSources { files, diagnostics: Vec::new() }).program;
    let program = program.expect("the policy compiles");
    let outcome = |who: Value, what: &str| -> String {
        let question = json!({"facts": {"who": who, "what": what}}).to_string();
        let answer: Value =
            serde_json::from_str(&byelaw_wire::decide_text(&program, &question, None)).expect("JSON");
        answer["outcome"].as_str().unwrap_or("error").to_owned()
    };
    for (who, what, expected) in [
        (json!(["wibble", "wubble"]), "hop", "permitted"),
        (json!(["wibble", "wobble"]), "hop", "not_covered"),
        (json!(["wibble", "wobble"]), "skip", "permitted"),
        (json!(["wubble", "wobble"]), "skip", "not_covered"),
        (json!(["wibble", "wobble"]), "jump", "forbidden"),
        (json!(["wibble", "wubble"]), "jump", "permitted"),
        (json!(["wibble", "wubble"]), "fall", "forbidden"),
        (json!(["wibble", "wobble"]), "fall", "permitted"),
        (json!(["wibble", "wibble"]), "skip", "permitted"),
        (json!("wobble"), "hop", "not_covered"),
    ] {
        assert_eq!(outcome(who.clone(), what), expected, "{who} {what}");
    }
}
