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
