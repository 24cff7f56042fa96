//! `byelaw check --format sarif`: what SARIF 2.1.0 asks of a file, and that places and fingerprints are right.

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const PACK: &str = r#"policy wibbles "W".
document book "The wobble book".
clause book/1 "page 1": "who may wibble".
clause book/2 "page 2": "more".
fact who of the asker, the subject, one of: wug, blick.
fact conduct of the act, the acts.
act wibble "wibble it": wibble.
rule yes cites book/1: Wug may wibble.
rule no cites book/1: Wug or blick must not wibble.
"#;

/// A fresh folder with one pack, whose name has a blank.
fn pack(test: &str, text: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test).join("a pack");
    fs::create_dir_all(&folder).expect("a folder can be made");
    fs::write(folder.join("pack.pol"), text).expect("a file can be written");
    folder
}

fn checked(folder: &Path) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_byelaw"))
        .args(["check", "a pack", "--format", "sarif"])
        .current_dir(folder.parent().expect("it lies in a folder"))
        .output()
        .expect("byelaw runs");
    assert!(output.stderr.is_empty(), "nothing but the report is printed");
    (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
}

fn results(json: &str) -> Vec<Value> {
    let sarif: Value = serde_json::from_str(json).expect("JSON");
    sarif["runs"][0]["results"].as_array().expect("results").clone()
}

fn text<'a>(value: &'a Value, what: &str) -> &'a str {
    let text = value[what]["text"].as_str().unwrap_or_default();
    assert!(!text.is_empty(), "{what} of {value}");
    text
}

fn is_location(location: &Value) {
    let physical = &location["physicalLocation"];
    let uri = physical["artifactLocation"]["uri"].as_str().expect("a URI");
    assert!(!uri.is_empty() && !uri.contains([' ', '\\']), "{uri}");
    let region = &physical["region"];
    let number = |key: &str| region[key].as_u64().unwrap_or_else(|| panic!("{key} of {region}"));
    assert!(number("startLine") >= 1 && number("startColumn") >= 1);
    assert!((number("endLine"), number("endColumn")) >= (number("startLine"), number("startColumn")));
}

#[test]
fn the_report_is_built_as_the_format_asks() {
    let (code, json) = checked(&pack("built", PACK));
    assert_eq!(code, Some(0), "warnings are no errors");
    let sarif: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(sarif["version"], "2.1.0");
    let runs = sarif["runs"].as_array().expect("runs");
    assert_eq!(runs.len(), 1);
    let driver = &runs[0]["tool"]["driver"];
    assert_eq!(driver["name"], "byelaw");
    let rules = driver["rules"].as_array().expect("rules");
    let ids: BTreeSet<&str> = rules.iter().filter_map(|rule| rule["id"].as_str()).collect();
    assert_eq!(ids.len(), rules.len(), "each rule has an id of its own");
    for rule in rules {
        assert!(!text(rule, "shortDescription").contains('\n'));
        text(rule, "fullDescription");
        text(rule, "help");
    }
    let results = results(&json);
    let found: BTreeSet<&str> = results.iter().filter_map(|r| r["ruleId"].as_str()).collect();
    assert_eq!(found, BTreeSet::from(["B0170", "B0201"]));
    let mut fingerprints = BTreeSet::new();
    for result in &results {
        let rule = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(rules[rule]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().expect("a level")));
        text(result, "message");
        let locations = result["locations"].as_array().expect("locations");
        assert_eq!(locations.len(), 1);
        locations.iter().for_each(is_location);
        for related in result["relatedLocations"].as_array().expect("related locations") {
            is_location(related);
            text(related, "message");
        }
        let prints = result["partialFingerprints"].as_object().expect("fingerprints");
        assert!(prints.values().all(Value::is_string) && prints.len() == 1);
        assert!(fingerprints.insert(prints["byelaw/v1"].to_string()), "each has its own");
    }
    let unread = results.iter().find(|r| r["ruleId"] == "B0170").expect("the second clause");
    let place = &unread["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20pack/pack.pol");
    assert_eq!(place["region"]["startLine"], 4);
    assert_eq!((&place["region"]["startColumn"], &place["region"]["endColumn"]), (&8.into(), &14.into()));
}

#[test]
fn a_message_keeps_its_fingerprint_when_lines_are_added_above() {
    let prints = |text: &str| -> Vec<Value> {
        let (_, json) = checked(&pack("kept", text));
        results(&json).iter().map(|r| r["partialFingerprints"].clone()).collect()
    };
    let before = prints(PACK);
    assert_eq!(before, prints(&format!("# A line.\n\n{PACK}")));
    assert_ne!(before, prints(&PACK.replace("book/2", "book/3")));
}

#[test]
fn an_error_ends_with_one() {
    let (code, json) = checked(&pack("wrong", &PACK.replace("cites book/1", "cites book/7")));
    assert_eq!(code, Some(1));
    assert!(results(&json).iter().any(|r| r["level"] == "error"));
}

#[test]
fn one_result_whole() {
    let (_, json) = checked(&pack("whole", PACK));
    let all = results(&json);
    let unread = all.iter().find(|r| r["ruleId"] == "B0170").expect("the second clause");
    let mut unread = unread.clone();
    // Where in the list a code stands changes with every new code.
    unread.as_object_mut().expect("an object").remove("ruleIndex");
    insta::assert_snapshot!(serde_json::to_string_pretty(&unread).expect("JSON"), @r#"
    {
      "level": "warning",
      "locations": [
        {
          "physicalLocation": {
            "artifactLocation": {
              "uri": "a%20pack/pack.pol"
            },
            "region": {
              "endColumn": 14,
              "endLine": 4,
              "startColumn": 8,
              "startLine": 4
            }
          }
        }
      ],
      "message": {
        "text": "nobody dealt with `book/2`\nlet the rule that says it cite it, or say how it stands: `as informative because \"...\"`"
      },
      "partialFingerprints": {
        "byelaw/v1": "b314f86ae2764c69:1"
      },
      "relatedLocations": [],
      "ruleId": "B0170"
    }
    "#);
}
