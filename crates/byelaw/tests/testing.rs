//! The tests of a policy: tables, a day for examples, expected reasons, invariants, coverage, mutations, JUnit.

use byelaw::diagnostic::{Source, render_text};
use byelaw::{
    Compiled, Mutants, PackSources, Skeleton, SourceFile, Survivor, TestCase, TestSuite, Verdict,
    check_invariants, compile_sources, coverage, example_lines, invariant_lines, junit, mutants,
    run_examples, skeleton,
};

const WORDS: &str = r#"
policy plugh "Plugh rules".
document book "The book".
clause book/1 "page 1": "who may wibble".
clause book/2 "page 2": "when not to wibble".
clause book/3 "page 3": "late wobbling".
fact role of the asker, the subject, one of: foo, bar, qux.
fact action of the act, the acts.
fact tool of the thing, one of: fork, spoon.
fact dark of the circumstances, presumed no, yes or no.
fact depth of the thing, a number of feet from 0 to 20.
fact made of the thing, a date.
group folk of role: foo or bar.
act wibble: wibble with <tool>.
act wobble: wobble with <tool>.
approval leave "leave".
undertaking sing "sing".
rule wib cites book/1: Folk may wibble.
rule wib-dark cites book/2: Anyone must not wibble with a fork when dark.
rule wib-leave cites book/2: Despite wib-dark, foo may wibble with a fork when dark if approved by leave.
rule wob cites book/3: Folk may wobble when depth is at least 7 provided they sing.
"#;

fn compiled(more: &str) -> Compiled {
    let source = Source { path: "plugh.pol".to_owned(), text: format!("{WORDS}\n{more}") };
    compile_sources(PackSources { files: vec![SourceFile { source, folder: 0 }], diagnostics: Vec::new() })
}

fn pack(more: &str) -> Compiled {
    let compiled = compiled(more);
    let messages: Vec<String> = compiled
        .diagnostics
        .iter()
        .filter(|d| d.is_error())
        .map(|d| render_text(d, &compiled.sources))
        .collect();
    assert!(messages.is_empty(), "{}", messages.join("\n"));
    compiled
}

fn codes(more: &str) -> Vec<&'static str> {
    compiled(more).diagnostics.iter().filter(|d| d.is_error()).map(|d| d.code).collect()
}

/// The titles of the examples that fail.
fn failing(pack: &Compiled) -> Vec<String> {
    let results = run_examples(&pack.model, pack.program.as_ref().expect("no errors"));
    results.iter().filter(|r| !r.passed()).map(|r| pack.model.examples[r.example].title.clone()).collect()
}

fn verdicts(pack: &Compiled) -> Vec<Verdict> {
    let results = check_invariants(&pack.model, pack.program.as_ref().expect("no errors"));
    results.into_iter().map(|r| r.verdict).collect()
}

#[test]
fn each_row_is_an_example_of_its_own() {
    let pack = pack(
        r#"
check table "wibbling": a foo wants to wibble; for tool | dark | approved by,
  row 1: fork | no | | permitted, because wib,
  row "in the dark": fork | yes | | needs approval, approvals leave, defeated wib-dark, citing book/2,
  row 3: fork | yes | leave | permitted, because wib-leave,
  row 4: spoon | yes | | forbidden.
"#,
    );
    let titles: Vec<&str> = pack.model.examples.iter().map(|e| e.title.as_str()).collect();
    assert_eq!(titles, ["wibbling: 1", "wibbling: in the dark", "wibbling: 3", "wibbling: 4"]);
    let lines: std::collections::BTreeSet<u32> = pack.model.examples.iter().map(|e| e.span.start).collect();
    assert_eq!(lines.len(), 4, "each row has a place of its own");
    assert_eq!(failing(&pack), ["wibbling: 4"]);
}

#[test]
fn a_table_can_vary_the_act_the_day_numbers_and_dates() {
    let pack = pack(
        r#"
check table "acts": anyone wants to do anything; for action | role | depth | on | made,
  row 1: wibble | foo | | 2020-01-01 | 2019-01-01 | permitted,
  row 2: wobble | folk | 7 | | | permitted, provided sing,
  row 3: wobble | bar | 6 | | | not covered.
"#,
    );
    assert_eq!(failing(&pack), Vec::<String>::new());
    assert!(pack.model.examples[0].question.on.is_some() && pack.model.examples[1].question.on.is_none());
}

#[test]
fn tables_that_do_not_fit_are_refused() {
    let table = |columns: &str, row: &str| {
        format!("check table \"t\": a foo wants to wibble; for {columns}, row 1: {row}.")
    };
    assert_eq!(codes(&table("tool", "fork | yes | permitted")), ["B0181"]);
    assert_eq!(codes(&table("tool | tool", "fork | fork | permitted")), ["B0182"]);
    assert_eq!(codes(&table("role", "bar | permitted")), ["B0182"]);
    assert_eq!(codes(&table("tol", "fork | permitted")), ["B0101"]);
    assert_eq!(codes(&table("tool", "knife | permitted")), ["B0102"]);
    assert_eq!(codes(&table("depth", "99 | permitted")), ["B0115"]);
    assert_eq!(codes(&table("depth", "fork | permitted")), ["B0107"]);
    assert_eq!(codes(&table("tool", "2020-01-01 | permitted")), ["B0107"]);
    assert_eq!(codes(&table("on", "fork | permitted")), ["B0107"]);
    assert_eq!(
        codes("check table \"t\": a foo wants to do anything; for action, row 1: | permitted."),
        ["B0116"]
    );
}

#[test]
fn a_day_counts_where_an_example_names_none() {
    let pack = pack(
        r#"
examples are on 2020-05-01.
check "one": a foo wants to wibble; expect permitted.
check "two": a foo wants to wibble, on 2021-05-01; expect permitted.
"#,
    );
    let days: Vec<String> =
        pack.model.examples.iter().map(|e| e.question.on.expect("a day").to_string()).collect();
    assert_eq!(days, ["2020-05-01", "2021-05-01"]);
    assert_eq!(codes("all examples are on 2020-05-01.\nall examples are on 2020-05-02."), ["B0180"]);
    assert_eq!(codes("all examples are on 2020-05-01.\nexamples are on 2020-05-02."), Vec::<&str>::new());
    assert_eq!(codes("examples are on 2020-05-01.\nexamples are on 2020-05-02."), ["B0180"]);
    assert_eq!(codes("examples are on 2020-02-31."), ["B0108"]);
}

#[test]
fn a_wrong_expectation_shows_both_sides_and_the_reasons() {
    let pack = pack(
        r#"check "dark": a bar wants to wibble with a fork when dark; expect permitted, because wib, citing book/3, possible permitted or not covered."#,
    );
    let results = run_examples(&pack.model, pack.program.as_ref().expect("no errors"));
    let lines = example_lines(&pack.model, &pack.sources, &results[0]);
    assert_eq!(
        lines,
        [
            "outcome: expected permitted, and it is forbidden",
            "because: expected wib among them, and it is wib-dark",
            "citing: expected book/3 among them, and it is book/2",
            "possible: expected not covered, permitted, and it is forbidden",
            "the answer rests on:",
            "  wib-dark cites book/2: Anyone must not wibble with a fork when dark. (plugh.pol:19)",
        ]
    );
}

#[test]
fn invariants_are_decided_over_every_situation() {
    let pack = pack(
        r#"
never "qux": qux may wibble or wobble, even if approved by anyone.
never "dark": anyone may wibble with a fork when dark.
never "dark, whoever says so": anyone may wibble with a fork when dark, even if approved by anyone.
never "dark without leave": anyone may wibble with a fork when dark, unless approved by leave.
never "shallow": folk may wobble when depth is under 7.
never "less shallow": folk may wobble when depth is at most 7.
always "spoons": folk may wibble with a spoon.
always "forks": folk may wibble with a fork.
always "foo with leave": foo may wibble, if approved by leave.
never "nobody": foo may wibble when dark and not dark.
never "either": anyone may wibble with a fork when (dark and depth is over 3) or (dark and depth is at most 3).
"#,
    );
    let words: Vec<&str> = verdicts(&pack)
        .iter()
        .map(|v| match v {
            Verdict::Holds => "holds",
            Verdict::Empty => "empty",
            Verdict::Refuted(_) => "refuted",
            Verdict::Undecided(_) => "undecided",
        })
        .collect();
    assert_eq!(
        words,
        [
            "holds", "holds", "refuted", "holds", "holds", "refuted", "holds", "refuted", "holds", "empty",
            "holds"
        ]
    );
}

#[test]
fn a_refutation_is_an_example_that_passes() {
    let more = r#"
never "dark": anyone may wibble with a fork when dark, even if approved by anyone.
never "deep": folk may wobble when depth is at most 7.
always "forks": folk may wibble with a fork.
"#;
    let pack = pack(more);
    let witnesses: Vec<String> = verdicts(&pack)
        .into_iter()
        .map(|v| match v {
            Verdict::Refuted(witness) => witness.sentence,
            other => panic!("{other:?}"),
        })
        .collect();
    insta::assert_snapshot!(witnesses.join("\n"));
    let again = self::pack(&format!("{more}\n{}", witnesses.join("\n")));
    assert_eq!(again.model.examples.len(), 3);
    assert_eq!(failing(&again), Vec::<String>::new());
    let results = check_invariants(&pack.model, pack.program.as_ref().expect("no errors"));
    let lines = invariant_lines(&pack.model, &pack.sources, &results[0]);
    assert!(lines[0].contains("it says never, and here it is permitted"), "{lines:?}");
}

#[test]
fn invariants_that_cannot_be_understood_are_refused() {
    assert_eq!(codes("never: foo may wibble, if approved by leave."), ["B0183"]);
    assert_eq!(codes("always: foo may wibble, even if approved by leave."), ["B0183"]);
    assert_eq!(codes("never: foo may wibble, from 2020-01-02 until 2020-01-02."), ["B0183"]);
    assert_eq!(codes("never: foo may wibble, from 2020-01-02, from 2020-01-03."), ["B0183"]);
    assert_eq!(codes("never: foo may wibble only with a fork."), ["B0183"]);
    assert_eq!(codes("never: foo may wibble, unless approved by sing."), ["B0112"]);
    assert_eq!(codes("never: foo may wibbel."), ["B0105"]);
}

#[test]
fn coverage_names_what_no_example_reaches() {
    let pack = pack(r#"check "one": a foo wants to wibble with a fork when not dark; expect permitted."#);
    let program = pack.program.as_ref().expect("no errors");
    let found = coverage(&pack.model, program);
    let name = |r: byelaw::data::RuleId| pack.model.names[r.place()].name.as_str();
    let stood: Vec<(&str, bool)> = found.rules.iter().map(|(r, s)| (name(*r), *s)).collect();
    assert_eq!(stood, [("wib", true), ("wib-dark", false), ("wib-leave", false), ("wob", false)]);
    assert_eq!(found.exceptions.len(), 1);
    assert!(!found.exceptions[0].2);
    let conditions: Vec<(&str, &str, bool, bool)> =
        found.conditions.iter().map(|c| (name(c.rule), c.words.as_str(), c.held, c.failed)).collect();
    assert_eq!(
        conditions,
        [
            ("wib-dark", "tool is fork", true, false),
            ("wib-dark", "dark", false, true),
            ("wib-leave", "tool is fork", true, false),
            ("wib-leave", "dark", false, true),
            ("wob", "depth is at least 7", false, false),
        ]
    );
    // Each rule that stood nowhere comes with an example in which it does, and that passes.
    let mut sentences = Vec::new();
    for (rule, _) in found.rules.iter().filter(|(_, reached)| !reached) {
        match skeleton(&pack.model, program, *rule) {
            Skeleton::Example(sentence) => sentences.push(sentence),
            other => panic!("{}: {other:?}", name(*rule)),
        }
    }
    let again = self::pack(&sentences.join("\n"));
    assert_eq!(failing(&again), Vec::<String>::new());
    let now = coverage(&again.model, again.program.as_ref().expect("no errors"));
    assert!(now.rules.iter().skip(1).all(|(_, reached)| *reached));
}

/// Every permission goes before an undecided discretion; only those about the same act and people are exceptions to it.
#[test]
fn exceptions_to_a_discretion_are_those_that_meet_it() {
    const BY_LEAVE: &str = "rule by-leave cites book/3: Folk may wobble at the discretion of leave.\n\
        rule others cites book/3: Qux may wobble.";
    let pack = pack(BY_LEAVE);
    let found = coverage(&pack.model, pack.program.as_ref().expect("no errors"));
    let name = |r: byelaw::data::RuleId| pack.model.names[r.place()].name.as_str();
    let exceptions: Vec<(&str, &str)> =
        found.exceptions.iter().map(|(a, b, _)| (name(*a), name(*b))).collect();
    assert_eq!(exceptions, [("wib-leave", "wib-dark"), ("wob", "by-leave")]);
    let before: Vec<String> = mutated(BY_LEAVE)
        .survivors
        .into_iter()
        .filter(|m| m.change == "no longer before `by-leave`")
        .map(|m| m.name)
        .collect();
    assert_eq!(before, ["wob"]);
}

#[test]
fn a_rule_that_never_stands_is_said_to() {
    let pack = pack("rule none cites book/1: Foo may wibble when dark and not dark.");
    let place = pack.model.names.iter().position(|r| r.name == "none").expect("it is there");
    let none = byelaw::data::RuleId::at(place).expect("few rules");
    assert_eq!(skeleton(&pack.model, pack.program.as_ref().expect("no errors"), none), Skeleton::Nowhere);
}

fn mutated(more: &str) -> Mutants {
    let pack = pack(more);
    mutants(&pack.model, pack.program.as_ref().expect("no errors"), None, &mut |_, _| {})
}

#[test]
fn changes_that_no_example_notices_come_with_a_question_that_differs() {
    let nothing = mutated("");
    assert_eq!(nothing.noticed, 0);
    assert_eq!(nothing.made, nothing.possible);
    let differ =
        |m: &Mutants| m.survivors.iter().filter(|s| matches!(s.survivor, Survivor::Differs { .. })).count();
    assert!(differ(&nothing) > 15, "{nothing:#?}");
    let listed: Vec<String> = nothing
        .survivors
        .iter()
        .map(|m| {
            let survivor = match &m.survivor {
                Survivor::Differs { sentence, then } => format!("{sentence}\n# then: {then}"),
                Survivor::Same => "the same".to_owned(),
                Survivor::NotFound => "not found".to_owned(),
            };
            format!("{}: {}\n{survivor}", m.name, m.change)
        })
        .collect();
    insta::assert_snapshot!(listed.join("\n\n"));
    // Whoever takes over the questions as examples notices every change that makes a difference.
    let sentences: Vec<String> = nothing
        .survivors
        .iter()
        .filter_map(|m| match &m.survivor {
            Survivor::Differs { sentence, .. } => Some(sentence.clone()),
            _ => None,
        })
        .collect();
    let all = mutated(&sentences.join("\n"));
    assert_eq!(differ(&all), 0, "{all:#?}");
    assert_eq!(all.share(), 10_000);
}

#[test]
fn a_change_without_effect_is_told_apart() {
    let found = mutated("rule again cites book/1: Foo may wibble.");
    let removed =
        found.survivors.iter().find(|m| m.name == "again" && m.change == "removed").expect("unnoticed");
    assert_eq!(removed.survivor, Survivor::Same);
}

#[test]
fn a_limit_spreads_the_changes() {
    let pack = pack("");
    let mut told = Vec::new();
    let few = mutants(&pack.model, pack.program.as_ref().expect("no errors"), Some(3), &mut |done, all| {
        told.push((done, all));
    });
    assert_eq!((few.made, few.survivors.len()), (3, 3));
    assert!(few.possible > 3);
    assert_eq!(told, [(0, 3), (1, 3), (2, 3), (3, 3)]);
}

#[test]
fn junit_escapes_everything() {
    let case = |name: &str, failure: Option<&str>| TestCase {
        name: name.to_owned(),
        place: Some(("a&b.pol".to_owned(), 3)),
        failure: failure.map(str::to_owned),
        ran: true,
    };
    let broken =
        TestCase { ran: false, place: None, ..case("the pack has no errors", Some("error[B0001]: no")) };
    let suite = TestSuite {
        name: "<plugh>".to_owned(),
        cases: vec![
            case("fine", None),
            case("\"q\" & \u{1}\t", Some("first < line\nsecond ]]> line")),
            broken,
        ],
    };
    insta::assert_snapshot!(junit(&[suite]));
}
