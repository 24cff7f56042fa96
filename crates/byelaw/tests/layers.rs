//! Readings, what is set, layers of policies and what replaces what, asked through the whole pipeline.

use byelaw::diagnostic::render_text;
use byelaw::wire::{ToJson as _, decide_text, vocabulary};
use byelaw::{Compiled, Folders, compile};
use serde_json::{Value, json};

/// Packs in memory: a folder's name and the text of its one file.
struct Packs<'a>(&'a [(&'a str, &'a str)]);

impl Folders for Packs<'_> {
    fn files(&self, folder: &str) -> Result<Vec<(String, Vec<u8>)>, String> {
        let text = self.0.iter().find(|(name, _)| *name == folder).ok_or("no such folder")?.1;
        Ok(vec![(format!("{folder}.pol"), text.as_bytes().to_vec())])
    }

    fn resolve(&self, _: &str, relative: &str) -> String {
        relative.trim_start_matches("../").to_owned()
    }
}

const WORDS: &str = r#"
vocabulary words "Words".
document tome "The tome".
clause tome/1 "page 1": "who may plugh".
fact who of the asker, the subject, one of: wug, blick, zorp.
fact conduct of the act, the acts.
fact toy of the thing, one of: dax, fep, tove.
fact windy of the circumstances, yes or no.
act plugh "plugh": plugh <toy>.
act frob "frob": frob <toy>.
approval nod "a nod" given by zorp.
undertaking hum "hum".
"#;

fn pack(packs: &[(&str, &str)]) -> Compiled {
    let all: Vec<(&str, &str)> = std::iter::once(("words", WORDS)).chain(packs.iter().copied()).collect();
    compile(&Packs(&all), packs[0].0).expect("the pack is there")
}

/// The codes of the messages that are no notes.
fn codes(packs: &[(&str, &str)]) -> Vec<String> {
    let found = pack(packs).diagnostics;
    found.iter().filter(|d| d.severity.as_str() != "note").map(|d| d.code.to_owned()).collect()
}

fn messages(packs: &[(&str, &str)]) -> String {
    let compiled = pack(packs);
    let all: Vec<String> = compiled.diagnostics.iter().map(|d| render_text(d, &compiled.sources)).collect();
    all.join("\n")
}

fn decide(compiled: &Compiled, question: &Value) -> Value {
    let program = compiled.program.as_ref().unwrap_or_else(|| panic!("{:?}", compiled.diagnostics));
    serde_json::from_str(&decide_text(program, &question.to_string(), None)).expect("JSON")
}

fn outcome(compiled: &Compiled, question: &Value) -> String {
    decide(compiled, question)["outcome"].as_str().unwrap_or_else(|| panic!("{question}")).to_owned()
}

/// A blick's question about plughing a dax; `more` is put beside.
fn about(more: Value) -> Value {
    let mut question = json!({"facts": {"who": "blick", "conduct": "plugh", "toy": "dax", "windy": false}});
    for (key, value) in more.as_object().expect("an object") {
        match (key.as_str(), value) {
            ("facts", Value::Object(facts)) => {
                for (name, value) in facts {
                    question["facts"][name] = value.clone();
                }
            }
            _ => question[key] = value.clone(),
        }
    }
    question
}

const READ: &str = r#"
use "../words".
policy low "Low".
reading hours "the hours" of tome/1, one of: short "by day", long "day and night".
rule free cites tome/1: Blick may plugh a dax when hours is long.
rule nodded cites tome/1: Blick may plugh a dax if approved by nod.
rule shut cites tome/1: Blick must not frob a dax when hours is short.
rule open cites tome/1: Blick may frob a dax when hours is long.
rule quiet cites tome/1: Blick may frob a fep when hours is long.
"#;

#[test]
fn an_open_reading_is_the_strictest_in_each_situation() {
    let compiled = pack(&[("low", READ)]);
    let plugh = decide(&compiled, &about(json!({})));
    assert_eq!(plugh["outcome"], "needs_approval");
    assert_eq!(plugh["ways"], json!([{"approvals": ["nod"], "provided": []}]));
    let clash = &plugh["clashes"][0];
    assert_eq!((&clash["kind"], &clash["rules"]), (&json!("reading"), &json!([])));
    assert_eq!(clash["resolution"], "strictest applied");
    assert_eq!(clash["reading"]["name"], "hours");
    assert_eq!(clash["reading"]["alternatives"], json!(["short", "long"]));
    assert_eq!(clash["reading"]["of"]["clause"], "1");
    assert_eq!((&plugh["open"], &plugh["needs"]), (&json!([]), &json!([])));

    let frob = |toy: &str| outcome(&compiled, &about(json!({"facts": {"conduct": "frob", "toy": toy}})));
    assert_eq!(frob("dax"), "forbidden");
    // One reading says nothing: nobody has a yes.
    assert_eq!(frob("fep"), "not_covered");
    let granted = about(json!({"approved": ["nod"]}));
    assert_eq!(decide(&compiled, &granted)["clashes"], json!([]));
    assert_eq!(decide(&compiled, &granted)["unconditional"], true);
}

#[test]
fn a_reading_can_be_stated_or_be_said_to_be_unknown() {
    let compiled = pack(&[("low", READ)]);
    let hours = |value: Value| decide(&compiled, &about(json!({"facts": {"hours": value}})));
    assert_eq!(hours(json!("long"))["outcome"], "permitted");
    assert_eq!(hours(json!("long"))["clashes"], json!([]));
    assert_eq!(hours(json!("short"))["outcome"], "needs_approval");
    let unknown = hours(Value::Null);
    assert_eq!(unknown["outcome"], "needs_facts");
    assert_eq!(unknown["needs"], json!([]));
    assert_eq!(unknown["open"][0]["name"], "hours");
    assert_eq!(unknown["open"][0]["reading_of"]["locator"], "page 1");
    assert_eq!(unknown["clashes"], json!([]));
}

#[test]
fn check_tells_which_acts_an_open_reading_changes() {
    let told = messages(&[("low", READ)]);
    assert!(told.contains("warning[B0190]: nobody has settled how to read tome/1 (`hours`): it changes what holds for plugh, frob"), "{told}");
    let idle = READ.replace("when hours is long", "when windy").replace("when hours is short", "when windy");
    assert!(codes(&[("low", &idle)]).iter().all(|c| c != "B0190"));
}

#[test]
fn what_is_set_holds_and_the_vocabulary_says_why() {
    let set =
        format!("{READ}\nset hours to long because \"the book says so\", decided by zorp on 2021-02-03.");
    let compiled = pack(&[("low", &set)]);
    assert_eq!(outcome(&compiled, &about(json!({}))), "permitted");
    assert_eq!(decide(&compiled, &about(json!({})))["unconditional"], true);
    // A question may still say that it does not know.
    let unknown = about(json!({"facts": {"hours": null}}));
    assert_eq!(outcome(&compiled, &unknown), "needs_facts");
    let program = compiled.program.as_ref().expect("no errors");
    let words: Value = serde_json::from_str(&vocabulary(program).to_json()).expect("JSON");
    let fact =
        words["facts"].as_array().expect("facts").iter().find(|f| f["name"] == "hours").expect("there");
    let why =
        json!({"to": ["long"], "because": "the book says so", "decided_by": "zorp", "on": "2021-02-03"});
    assert_eq!(fact["set"], why);
    assert_eq!(fact["reading_of"]["document"], "tome");
    let open = pack(&[("low", READ)]).program.expect("no errors").names.digest;
    assert_ne!(program.names.digest, open);
    let other = set.replace("the book says so", "we say so");
    assert_ne!(program.names.digest, pack(&[("low", &other)]).program.expect("no errors").names.digest);
}

#[test]
fn a_set_of_values_can_be_set_from_a_pack_that_uses_it() {
    const HIGH: &str = r#"
use "../words".
policy high "High".
parameter shared "the shared toys" left to the low, some of toy.
rule share cites tome/1: Anyone may plugh only when toy is shared.
"#;
    let low = r#"use "../high".
policy low "Low" under high.
set shared to dax or fep because "we have two"."#;
    let (alone, both) = (pack(&[("high", HIGH)]), pack(&[("low", low), ("high", HIGH)]));
    let toy = |compiled: &Compiled, toy: &str| outcome(compiled, &about(json!({"facts": {"toy": toy}})));
    assert_eq!(toy(&alone, "dax"), "needs_facts");
    assert_eq!((toy(&both, "dax"), toy(&both, "tove")), ("permitted".to_owned(), "forbidden".to_owned()));
    let open = decide(&alone, &about(json!({})))["open"].clone();
    assert_eq!(open, json!([{"name": "shared", "left_to": "low"}]));
    assert_eq!(decide(&both, &about(json!({})))["open"], json!([]));
}

#[test]
fn numbers_and_dates_can_be_set() {
    const LIMITS: &str = r#"
use "../words".
policy low "Low".
parameter size "the size" left to the low, a number of spans from 0 to 20.
parameter day "the day" left to the low, a date.
rule big cites tome/1: Anyone may plugh a dax when size is at least 7.
rule late cites tome/1: Anyone may plugh a fep when day is on or after 2021-03-01.
"#;
    let with = |size: u8, day: &str| {
        pack(&[(
            "low",
            &format!("{LIMITS}set size to {size} because \"x\".\nset day to {day} because \"y\"."),
        )])
    };
    let toy = |compiled: &Compiled, toy: &str| outcome(compiled, &about(json!({"facts": {"toy": toy}})));
    assert_eq!(toy(&pack(&[("low", LIMITS)]), "dax"), "needs_facts");
    let (small, big) = (with(6, "2021-02-28"), with(7, "2021-03-01"));
    assert_eq!((toy(&small, "dax"), toy(&big, "dax")), ("not_covered".to_owned(), "permitted".to_owned()));
    assert_eq!((toy(&small, "fep"), toy(&big, "fep")), ("not_covered".to_owned(), "permitted".to_owned()));
    let words = vocabulary(big.program.as_ref().expect("no errors")).to_json();
    let words: Value = serde_json::from_str(&words).expect("JSON");
    let set: Vec<&Value> = words["facts"]
        .as_array()
        .expect("facts")
        .iter()
        .filter_map(|f| f.get("set"))
        .map(|s| &s["to"])
        .collect();
    assert_eq!(set, [&json!(["7"]), &json!(["2021-03-01"])]);
    let outside = messages(&[("low", &format!("{LIMITS}set size to 21 because \"x\"."))]);
    assert!(outside.contains("error[B0194]: `21` is no value of `size`"), "{outside}");
    assert!(outside.contains("its values are the whole numbers from 0 to 20"), "{outside}");
    assert_eq!(codes(&[("low", &format!("{LIMITS}set day to 7 because \"x\"."))]), ["B0194"]);
}

#[test]
fn messages_about_what_is_set() {
    let with = |more: &str| messages(&[("low", &format!("{READ}\n{more}"))]);
    let several = with("set hours to short or long because \"x\".");
    assert!(several.contains("error[B0194]: `hours` has one value at a time"), "{several}");
    let outside = with("set hours to noon because \"x\".");
    assert!(outside.contains("error[B0194]: `noon` is no value of `hours`"), "{outside}");
    assert!(outside.contains("its values are `short`, `long`"), "{outside}");
    let nowhere = with("set ours to long because \"x\".");
    assert!(nowhere.contains("error[B0101]: there is no fact called `ours`"), "{nowhere}");
    let taken = READ.replace("night\".", "night\", taken as short because \"so\".");
    let both = messages(&[("low", &format!("{taken}\nset hours to long because \"x\"."))]);
    assert!(both.contains("error[B0193]") && both.contains("taken as something else here"), "{both}");
    assert_eq!(
        codes(&[("low", &format!("{taken}\nset hours to short because \"x\"."))]),
        Vec::<String>::new()
    );
    assert_eq!(codes(&[("low", &taken.replace("as short", "as short or long"))]), ["B0194"]);
}

const HIGH: &str = r#"
use "../words".
policy high "High", silence means ask the zorp.
rule shared cites tome/1: Anyone may plugh a dax or fep if approved by nod.
rule never cites tome/1: Anyone must not frob a dax.
"#;

const MIDDLE: &str = r#"
use "../high".
policy middle "Middle" under high.
rule hushed cites tome/1: Anyone may only plugh a dax provided they hum.
"#;

#[test]
fn layers_answer_together_and_lower_ones_tighten_without_a_clash() {
    let low = r#"
use "../middle".
policy low "Low" under middle, silence means forbidden.
rule no-wug cites tome/1: Wug must not plugh a dax.
"#;
    let packs = [("low", low), ("middle", MIDDLE), ("high", HIGH)];
    assert_eq!(codes(&packs), Vec::<String>::new());
    let compiled = pack(&packs);
    let blick = decide(&compiled, &about(json!({"approved": ["nod"]})));
    assert_eq!((&blick["outcome"], &blick["provided"][0]["name"]), (&json!("permitted"), &json!("hum")));
    assert_eq!(outcome(&compiled, &about(json!({"facts": {"who": "wug"}}))), "forbidden");
    // Each reason says whose it is.
    let of = |rule: &str| {
        let because = blick["because"].as_array().expect("reasons");
        because.iter().find(|b| b["rule"] == rule).map(|b| b["policy"].clone())
    };
    assert_eq!((of("shared"), of("hushed")), (Some(json!("high")), Some(json!("middle"))));
    // The pack's own silence goes before what stands above.
    let silent = about(json!({"facts": {"conduct": "frob", "toy": "fep"}}));
    assert_eq!(decide(&compiled, &silent)["by_silence"], json!({"means": "forbidden"}));
    let middle = pack(&packs[1..]);
    assert_eq!(decide(&middle, &silent)["by_silence"], json!({"means": "ask", "ask_whom": "zorp"}));
}

#[test]
fn a_lower_policy_is_held_to_what_stands_above_it() {
    let low = |rules: &str| format!("use \"../middle\".\npolicy low \"Low\" under middle.\n{rules}");
    let found = |rules: &str| codes(&[("low", &low(rules)), ("middle", MIDDLE), ("high", HIGH)]);
    // An alternative to what stands above is more lenient, also two levels up.
    assert_eq!(found("rule all cites tome/1: Blick may plugh a fep when windy."), ["B0199"]);
    // What only says again what stands above is no breach, and changes nothing.
    assert_eq!(found("rule all cites tome/1: Blick may plugh a fep if approved by nod."), ["B0221"]);
    // Where nothing above speaks, nothing is said against it.
    assert_eq!(found("rule all cites tome/1: Blick may plugh a tove."), Vec::<String>::new());
    let told = messages(&[
        ("low", &low("rule all cites tome/1: Blick may plugh a fep when windy.")),
        ("middle", MIDDLE),
        ("high", HIGH),
    ]);
    assert!(
        told.contains("`low` is more lenient than `middle` about plugh: `all` where `shared` speaks"),
        "{told}"
    );
    assert!(told.contains("for instance: who blick, toy fep, windy yes"), "{told}");
    // A pack that goes beyond what is left to it answers nothing.
    let broken = pack(&[
        ("low", &low("rule all cites tome/1: Blick may plugh a fep.")),
        ("middle", MIDDLE),
        ("high", HIGH),
    ]);
    assert!(broken.program.is_none());
}

#[test]
fn exceptions_from_below_need_leave_from_above() {
    let low = |rules: &str| format!("use \"../high\".\npolicy low \"Low\" under high.\n{rules}");
    let rule = "rule ours cites tome/1: Despite never, blick may frob a dax when windy.";
    assert_eq!(codes(&[("low", &low(rule)), ("high", HIGH)]), ["B0195"]);
    let told = messages(&[("low", &low(rule)), ("high", HIGH)]);
    assert!(
        told.contains("`low` cannot make an exception to `never`: `high` stands above it and does not let lower policies vary that rule"),
        "{told}"
    );
    assert!(told.contains("let lower policies vary never."), "{told}");
    let settled = "rule ours cites tome/1: Blick may frob a dax when windy.\nsettle ours against never: ours prevails because \"x\".";
    assert!(codes(&[("low", &low(settled)), ("high", HIGH)]).contains(&"B0195".to_owned()));

    let high = format!("{HIGH}let lower policies vary never when windy.");
    assert_eq!(codes(&[("low", &low(rule)), ("high", &high)]), Vec::<String>::new());
    let compiled = pack(&[("low", &low(rule)), ("high", &high)]);
    let frob =
        |windy: bool| outcome(&compiled, &about(json!({"facts": {"conduct": "frob", "windy": windy}})));
    assert_eq!((frob(true), frob(false)), ("permitted".to_owned(), "forbidden".to_owned()));
    // Beyond what is left to it, the exception is found.
    let wide = "rule ours cites tome/1: Despite never, blick may frob a dax.";
    let told = messages(&[("low", &low(wide)), ("high", &high)]);
    assert!(told.contains("B0199") && told.contains("for instance: who blick, toy dax"), "{told}");
}

#[test]
fn nothing_below_changes_what_stands_above() {
    let low = |more: &str| format!("use \"../high\".\npolicy low \"Low\" under high.\n{more}");
    let found = |more: &str| codes(&[("low", &low(more)), ("high", HIGH)]);
    assert_eq!(found("addendum more \"More\" to high."), ["B0204"]);
    assert_eq!(found("addendum more \"More\" to low."), Vec::<String>::new());
    assert_eq!(found("it is impossible that windy."), ["B0205"]);
    let replacing = "use \"../high\".\npolicy low \"Low\" under high, adopted 2020-01-01, replaces high.";
    assert!(codes(&[("low", replacing), ("high", HIGH)]).contains(&"B0204".to_owned()));
}

#[test]
fn policies_stand_in_no_circle() {
    let packs = [
        ("low", "use \"../high\".\npolicy low \"Low\" under high."),
        ("high", "use \"../words\".\nuse \"../low\".\npolicy high \"High\" under low."),
    ];
    assert!(codes(&packs).contains(&"B0109".to_owned()));
    assert_eq!(codes(&[("low", "use \"../words\".\npolicy low \"Low\" under hihg.")]), ["B0118"]);
}

const EDITIONS: &str = r#"
use "../words".
policy old "Old", edition "1", in force from 2020-01-01 until 2022-01-01.
rule old-yes cites tome/1: Anyone may plugh a dax.
policy new "New", edition "2", adopted 2021-12-01, in force from 2022-01-01, replaces old, silence means forbidden.
rule new-nod cites tome/1: Anyone may only plugh a dax if approved by nod.
"#;

#[test]
fn the_newer_edition_ends_the_older_one_as_far_as_it_was_adopted() {
    let compiled = pack(&[("both", EDITIONS)]);
    assert_eq!(codes(&[("both", EDITIONS)]), Vec::<String>::new());
    assert_eq!((compiled.model.name.as_str(), compiled.model.edition.as_deref()), ("new", Some("2")));
    let on = |on: &str| outcome(&compiled, &about(json!({ "on": on })));
    assert_eq!(on("2021-12-31"), "permitted");
    assert_eq!(on("2022-01-01"), "needs_approval");
    assert_eq!(on("2019-12-31"), "not_covered");
    // The older one without its own end: only the replacement ends it.
    let open = EDITIONS.replace(" until 2022-01-01", "");
    assert_eq!(codes(&[("both", &open)]), Vec::<String>::new());
    let compiled = pack(&[("both", &open)]);
    let asked = |on: &str, as_of: &str| outcome(&compiled, &about(json!({ "on": on, "as_of": as_of })));
    assert_eq!(asked("2022-01-01", "2021-12-01"), "needs_approval");
    // As of a day before its adoption, nobody knew of the newer one.
    assert_eq!(asked("2022-01-01", "2021-11-30"), "permitted");
    assert_eq!(asked("2021-12-31", "2022-06-01"), "permitted");
}

#[test]
fn gaps_and_overlaps_of_two_editions_are_told() {
    let told = |from: &str, to: &str| messages(&[("both", &EDITIONS.replace(from, to))]);
    let gap = told("until 2022-01-01", "until 2021-06-01");
    assert!(
        gap.contains("warning[B0198]: neither `old` nor `new` is in force from 2021-06-01 until 2022-01-01"),
        "{gap}"
    );
    let overlap = told("until 2022-01-01", "until 2023-01-01");
    assert!(
        overlap.contains(
            "`old` says that it is in force until 2023-01-01, and `new` replaces it from 2022-01-01 on"
        ),
        "{overlap}"
    );
    let before = told("in force from 2020-01-01 until 2022-01-01", "in force from 2024-01-01");
    assert!(before.contains("which is in force from 2024-01-01 on: it never counts"), "{before}");
    assert_eq!(codes(&[("both", &EDITIONS.replace(", replaces old", ""))]), ["B0113"]);
    let circle = EDITIONS.replace("until 2022-01-01", "until 2022-01-01, replaces new");
    assert!(codes(&[("both", &circle)]).contains(&"B0109".to_owned()));
}

#[test]
fn an_addendum_ends_with_what_it_amends() {
    let addendum =
        "addendum extra \"Extra\" to old.\nrule extra-yes cites tome/1: Anyone may plugh a fep.\npolicy new";
    let text = EDITIONS.replace("policy new", addendum);
    let compiled = pack(&[("both", &text)]);
    let on = |on: &str| outcome(&compiled, &about(json!({"on": on, "facts": {"toy": "fep"}})));
    assert_eq!((on("2021-12-31"), on("2022-01-01")), ("permitted".to_owned(), "not_covered".to_owned()));
    let own = "use \"../words\".\npolicy old \"Old\".\naddendum extra \"Extra\" to old, replaces old, adopted 2021-01-01.";
    assert_eq!(codes(&[("both", own)]), ["B0197"]);
}
