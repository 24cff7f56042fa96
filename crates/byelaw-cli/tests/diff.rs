//! What people read about what two policies answer differently.

use insta::assert_snapshot;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

const WORDS: &str = r#"document tome "The tome".
clause tome/1 "page 1": "who may plugh".
clause tome/2 "page 2": "what goes with it".
fact who of the asker, the subject, one of: wug, blick, vorp.
fact conduct of the act, the acts.
fact toy of the thing, one of: dax, fep, zop.
fact wet "it is wet" of the thing, presumed no, yes or no.
fact weight "the weight" of the thing, a number of grams from 0 to 100.
act plugh "plugh something": plugh <toy>.
act xyzzy "xyzzy": xyzzy.
approval nod "a nod" given by blick.
undertaking hum "hum".
deed sing "sing".
"#;

/// A folder with packs that is deleted at the end.
struct Home(PathBuf);

impl Home {
    fn new(name: &str, packs: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("byelaw-diff-{name}-{}", std::process::id()));
        for (pack, rules) in packs {
            fs::create_dir_all(folder.join(pack)).expect("a folder can be made");
            let text = format!("policy {pack} \"The rules\".\n{WORDS}{rules}");
            fs::write(folder.join(pack).join("pack.pol"), text).expect("a file can be written");
        }
        Self(folder)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_byelaw"))
            .args(arguments)
            .current_dir(&self.0)
            .output()
            .expect("the program can be run")
    }

    fn text(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let run = self.run(arguments);
        (run.status.code(), String::from_utf8([run.stdout, run.stderr].concat()).expect("text"))
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        // A folder that stays is no reason for a test to fail.
        let _ = fs::remove_dir_all(&self.0);
    }
}

const BEFORE: &str = r#"rule free cites tome/1: Wug may plugh.
rule nodded cites tome/1: Wug may only plugh a fep if approved by nod.
rule dry cites tome/1: Anyone must not plugh when wet.
rule heavy cites tome/1: Anyone must not plugh when weight is at least 50.
rule song cites tome/2: Wug must sing, within 2 weeks, after they plugh.
rule gone cites tome/1: Blick may xyzzy.
"#;

const AFTER: &str = r#"rule free cites tome/1: Wug may plugh.
rule nodded cites tome/1: Wug may only plugh a fep provided they hum.
rule dry cites tome/1: Anyone must not plugh a dax or fep when wet.
rule heavy cites tome/2: Anyone must not plugh when weight is at least 40.
rule song cites tome/2: Wug must sing, within 1 week, after they plugh.
rule others cites tome/1: Vorp may plugh a zop.
"#;

#[test]
fn a_change_is_told_by_its_rules() {
    let home = Home::new("told", &[("before", BEFORE), ("after", AFTER)]);
    let (code, text) = home.text(&["diff", "before", "after"]);
    assert_eq!(code, Some(1));
    assert_snapshot!(text);
}

#[test]
fn everything_is_told_if_asked_for() {
    let home = Home::new("all", &[("before", BEFORE), ("after", AFTER)]);
    let (code, text) = home.text(&["diff", "before", "after", "--all"]);
    assert_eq!(code, Some(1));
    assert_snapshot!(text);
}

/// A sentence that is worded anew and answers alike is no change.
#[test]
fn other_words_are_no_change() {
    let anew = BEFORE.replace("Anyone must not plugh when wet", "Wug, blick or vorp must not plugh when wet");
    let home = Home::new("alike", &[("before", BEFORE), ("anew", &anew)]);
    let (code, text) = home.text(&["diff", "before", "anew"]);
    assert_eq!(code, Some(0), "{text}");
    assert_snapshot!(text, @r"
    before: The rules (before)
    now:    The rules (anew)

    No difference: all 2 acts are answered alike.
    ");
}

/// The same pack on two days.
#[test]
fn a_day_settles_a_side() {
    let dated = format!(
        "{BEFORE}period flood \"the flood\", from 2024-05-01 until 2024-06-01.\n\
         rule flooded cites tome/2: Anyone must not plugh when flood.\n"
    );
    let home = Home::new("days", &[("dated", &dated)]);
    for (old, new, code) in [
        ("dated@2024-04-29", "dated@2024-04-30", 0),
        ("dated@2024-04-30", "dated@2024-05-01", 1),
        ("dated@2024-05-31", "dated@2024-06-01", 1),
    ] {
        let (ended, text) = home.text(&["diff", old, new]);
        assert_eq!(ended, Some(code), "{old} {new}\n{text}");
    }
    assert_snapshot!(home.text(&["diff", "dated@2024-04-30", "dated@2024-05-01"]).1);
}

/// What was before is a pack that knows other words.
#[test]
fn words_of_one_side_are_told() {
    let more = BEFORE.replace("Blick may xyzzy", "Blick may xyzzy when loud")
        + "fact loud of the circumstances, yes or no.\nact plover \"plover\": plover.\n";
    let home = Home::new("words", &[("before", BEFORE), ("more", &more)]);
    assert_snapshot!(home.text(&["diff", "before", "more"]).1);
}

#[test]
fn a_program_reads_the_same() {
    let home = Home::new("json", &[("before", BEFORE), ("after", AFTER)]);
    let run = home.run(&["diff", "before", "after", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&run.stdout).expect("JSON");
    assert_eq!(report["v"], 1);
    assert_eq!(report["acts_changed"], serde_json::json!(["plugh", "xyzzy"]));
    let kinds = |kind: &str| {
        let changes = report["changes"].as_array().expect("changes").iter();
        changes
            .filter(|c| c["kind"] == kind)
            .map(|c| c["by"]["rule"].as_str().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    assert!(kinds("stricter").contains(&"heavy".to_owned()));
    assert!(kinds("more_lenient").contains(&"others".to_owned()));
    assert_eq!(kinds("duty"), ["song"]);
    assert_eq!(report["undecided"], serde_json::json!([]));
}

#[test]
fn what_cannot_be_compared_is_said() {
    let home = Home::new("bad", &[("before", BEFORE)]);
    for arguments in [["diff", "before", "nowhere"], ["diff", "before@2024-13-01", "before"]] {
        let (code, text) = home.text(&arguments);
        assert_eq!(code, Some(2), "{text}");
    }
    assert_snapshot!(home.text(&["diff", "before@soon", "before"]).1, @"error: `soon` is no day; write it as 2020-05-11");
}

#[test]
fn a_merge_request_reads_it_as_markdown() {
    let home = Home::new("markdown", &[("before", BEFORE), ("after", AFTER)]);
    assert_snapshot!(home.text(&["diff", "before", "after", "--format", "markdown"]).1);
}

/// One page that loads nothing and runs nothing.
#[test]
fn a_page_stands_alone() {
    let home = Home::new("html", &[("before", BEFORE), ("after", AFTER)]);
    let (code, page) = home.text(&["diff", "before", "after", "--format", "html"]);
    assert_eq!(code, Some(1));
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">"));
    for markup in ["<script", "<link", "<img", "src=", "href=", "url("] {
        assert!(!page.contains(markup), "{markup}");
    }
    assert_snapshot!(page);
}

/// Words that look like markup are words.
#[test]
fn words_of_a_pack_are_no_markup() {
    let hostile = |rules: &str| {
        rules.to_owned().replace("Wug may plugh.", "Wug may plugh.\n# no sentence")
            + "clause tome/9 \"<script>run(1)</script> **b** @all | `c`\": \"</style>\".\n"
            + "rule loud cites tome/9: Guidance for wug when they plugh: \"<img src=x onerror=run(1)> [y](http://z) @all\".\n"
    };
    let home = Home::new("markup", &[("before", BEFORE), ("after", &hostile(AFTER))]);
    let html = home.text(&["diff", "before", "after", "--format", "html"]).1;
    assert!(html.contains("&lt;img src=x onerror=run(1)&gt;"), "{html}");
    assert!(!html.contains("<img") && !html.contains("<script"), "{html}");
    let markdown = home.text(&["diff", "before", "after", "--format", "markdown"]).1;
    for markup in ["<img", "<script", "[y](", "http://", "@all", "**b**"] {
        assert!(!markdown.contains(markup), "{markup}: {markdown}");
    }
}

const ONE: &str = "rule free cites tome/1: Wug may plugh a dax.\n";

#[test]
fn a_gate_stops_what_it_is_for() {
    let wider = format!("{ONE}rule more cites tome/2: Wug may plugh a fep.\n");
    let home = Home::new("gate", &[("before", ONE), ("wider", &wider)]);
    for (old, new, gate, code) in [
        ("before", "wider", "no-wider", 1),
        ("before", "wider", "no-stricter", 0),
        ("before", "wider", "no-change", 1),
        ("wider", "before", "no-wider", 0),
        ("wider", "before", "no-stricter", 1),
        ("before", "before", "no-change", 0),
    ] {
        let (ended, text) = home.text(&["diff", old, new, "--gate", gate]);
        assert_eq!(ended, Some(code), "{old} {new} {gate}\n{text}");
    }
    assert_snapshot!(home.text(&["diff", "before", "wider", "--gate", "no-wider"]).1);
    // Without a gate every difference is one.
    assert_eq!(home.text(&["diff", "wider", "before"]).0, Some(1));
}

#[test]
fn an_excepted_clause_excuses_what_its_rules_change() {
    let wider = format!("{ONE}rule more cites tome/2: Wug may plugh a fep.\n");
    // The same is granted elsewhere in the text, too.
    let twice = format!("{wider}rule again cites tome/1: Wug may plugh a fep or dax.\n");
    let other = format!(
        "{ONE}rule again cites tome/1: Wug may plugh a fep.\nrule more cites tome/2: Wug must not xyzzy.\n"
    );
    let home =
        Home::new("except", &[("before", ONE), ("wider", &wider), ("twice", &twice), ("other", &other)]);
    let gate = ["--gate", "no-wider", "--except", "tome/2"];
    for (new, code) in [("wider", 0), ("twice", 1), ("other", 1)] {
        let (ended, text) = home.text(&[&["diff", "before", new][..], &gate[..]].concat());
        assert_eq!(ended, Some(code), "{new}\n{text}");
    }
    assert_snapshot!(home.text(&[&["diff", "before", "wider"][..], &gate[..]].concat()).1);
    let run = home.run(&[&["diff", "before", "twice", "--format", "json"][..], &gate[..]].concat());
    let report: serde_json::Value = serde_json::from_slice(&run.stdout).expect("JSON");
    assert_eq!(report["gate"]["passed"], false);
    let (code, text) = home.text(&["diff", "before", "wider", "--gate", "no-wider", "--except", "tome/3"]);
    assert_eq!(code, Some(2));
    assert_snapshot!(text);
}

/// A duty of another clause that changed has no part in an answer that it does not give.
#[test]
fn a_changed_duty_is_no_part_of_a_wider_answer() {
    let duty =
        |days: u8| format!("rule song cites tome/1: Wug must sing, within {days} weeks, after they plugh.\n");
    let before = format!("{ONE}{}", duty(2));
    let after = format!("{ONE}{}rule more cites tome/2: Wug may plugh a fep.\n", duty(3));
    let home = Home::new("duty", &[("before", &before), ("after", &after)]);
    let (code, text) = home.text(&["diff", "before", "after", "--gate", "no-wider", "--except", "tome/2"]);
    assert_eq!(code, Some(0), "{text}");
}

#[test]
fn what_could_not_be_compared_does_not_pass() {
    let more = format!("{ONE}act plover \"plover\": plover.\nrule open cites tome/1: Wug may plover.\n");
    let home = Home::new("uncompared", &[("before", ONE), ("more", &more)]);
    let gate = ["diff", "before", "more", "--gate", "no-wider"];
    assert_eq!(home.text(&gate).0, Some(1));
    assert_eq!(home.text(&[&gate[..], &["--pass-uncompared"]].concat()).0, Some(0));
    // That an act is gone makes nothing more lenient.
    assert_eq!(home.text(&["diff", "more", "before", "--gate", "no-wider"]).0, Some(0));
    assert_snapshot!(home.text(&gate).1);
}

#[test]
fn silence_is_compared() {
    let says = |means: &str| format!("policy PACK \"The rules\", silence means {means}.\n{WORDS}{ONE}");
    let home = Home::new("silence", &[("no", ONE), ("yes", ONE)]);
    for (pack, means) in [("no", "forbidden"), ("yes", "allowed")] {
        fs::write(home.0.join(pack).join("pack.pol"), says(means).replace("PACK", pack)).expect("written");
    }
    assert_eq!(home.text(&["diff", "no", "yes", "--gate", "no-wider"]).0, Some(1));
    assert_eq!(home.text(&["diff", "yes", "no", "--gate", "no-wider"]).0, Some(0));
    assert_snapshot!(home.text(&["diff", "no", "yes"]).1);
}

const ADDENDUM: &str = r#"period flood "the flood", from 2024-05-01 until 2024-06-01.
rule free cites tome/1: Wug may plugh a dax.
rule never cites tome/1: Anyone must not plugh a fep.
addendum wet-days "When it is wet" to PACK, in force while flood, prevails only where it says so.
rule after-all cites tome/2: Despite never, wug may plugh a fep if approved by nod.
rule as-ever cites tome/2: Wug may plugh a dax.
rule song cites tome/2: Wug must sing, after they plugh a fep.
"#;

#[test]
fn an_addendum_is_told_from_its_first_day_to_its_last() {
    let home = Home::new("addendum", &[("rules", &ADDENDUM.replace("PACK", "rules")), ("plain", ONE)]);
    let (code, text) = home.text(&["addendum", "rules"]);
    assert_eq!(code, Some(0), "{text}");
    assert_snapshot!(text);
    let run = home.run(&["addendum", "rules", "wet-days", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&run.stdout).expect("JSON");
    let one = &report["addenda"][0];
    assert_eq!(one["in_force"]["first"], "2024-05-01");
    assert_eq!(one["in_force"]["last"], "2024-05-31");
    assert_eq!(one["idle"][0]["rule"], "as-ever");
    assert_eq!(one["outside"]["untouched"], true);
    for arguments in [["addendum", "plain"].as_slice(), &["addendum", "rules", "dry-days"]] {
        assert_eq!(home.text(arguments).0, Some(2));
    }
    assert_snapshot!(home.text(&["addendum", "rules", "dry-days"]).1);
}

/// Nobody knows when it ends.
#[test]
fn an_addendum_without_an_end_is_told() {
    let open = ADDENDUM.replace("PACK", "rules").replace(" until 2024-06-01", "");
    let home = Home::new("open", &[("rules", &open)]);
    let (code, text) = home.text(&["addendum", "rules"]);
    assert_eq!(code, Some(0), "{text}");
    assert_snapshot!(text);
}

#[test]
fn what_a_rule_does_is_told() {
    let home = Home::new("effect", &[("rules", BEFORE)]);
    let (code, text) = home.text(&["effect", "rules", "dry"]);
    assert_eq!(code, Some(0));
    assert_snapshot!(text);

    let (code, text) = home.text(&["effect", "rules"]);
    assert_eq!(code, Some(0));
    assert_snapshot!(text);

    let run = home.run(&["effect", "rules", "--format", "json"]);
    let all: serde_json::Value = serde_json::from_slice(&run.stdout).expect("JSON");
    let rules: Vec<&str> =
        all["rules"].as_array().expect("rules").iter().filter_map(|r| r["rule"].as_str()).collect();
    assert_eq!(rules[..3], ["free", "nodded", "dry"], "in the order in which they are written");

    let (code, text) = home.text(&["effect", "rules", "drye"]);
    assert_eq!(
        (code, text.as_str()),
        (Some(2), "error: this policy has no rule `drye`; did you mean `dry`?\n")
    );
}
