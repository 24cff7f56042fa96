//! Real questions to the real packs, asked as JSON as any program would. What is expected was written down by reading
//! the documents, in `tests/decisions`, one question a line.

use byelaw_tests::compiled_pack;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

type Names = BTreeSet<String>;

/// The names in a list of texts, or of objects that have a name.
fn names(list: &Value) -> Names {
    let name = |v: &Value| {
        v.as_str().or_else(|| v["name"].as_str()).or_else(|| v["fact"].as_str()).map(str::to_owned)
    };
    list.as_array().expect("a list").iter().map(|v| name(v).expect("a name")).collect()
}

fn ways(list: &Value) -> BTreeSet<Names> {
    list.as_array().expect("a list").iter().map(names).collect()
}

/// What the answer says otherwise than expected.
fn differences(expected: &Value, answer: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for (field, wanted) in expected.as_object().expect("an object") {
        let got = &answer[field];
        if got.is_null() {
            found.push(format!("there is no `{field}`"));
            continue;
        }
        let same = match field.as_str() {
            "approvals" => ways(wanted) == ways(got),
            "provided" | "duties" | "open" => names(wanted) == names(got),
            // These are among the facts.
            "needs" | "assumed" => names(wanted).is_subset(&names(got)),
            _ => wanted == got,
        };
        if !same {
            found.push(format!("{field}: expected {wanted}, and it is {got}"));
        }
    }
    found
}

#[test]
fn the_packs_answer_as_their_documents_do() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("decisions");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    files.sort();
    let mut programs = BTreeMap::new();
    let (mut asked, mut wrong) = (0, Vec::new());
    for file in files {
        let text = fs::read_to_string(&file).expect("a text");
        for (place, line) in text.lines().enumerate() {
            let case: Value = serde_json::from_str(line)
                .unwrap_or_else(|e| panic!("{} {}: {e}", file.display(), place + 1));
            let pack = case["pack"].as_str().expect("a pack").to_owned();
            let program = programs
                .entry(pack.clone())
                .or_insert_with(|| compiled_pack(&pack).program.expect("the pack compiles"));
            let answer = byelaw_wire::decide_text(program, &case["question"].to_string(), None);
            let answer: Value = serde_json::from_str(&answer).expect("an answer is JSON");
            asked += 1;
            for difference in differences(&case["expect"], &answer) {
                wrong.push(format!("{pack}, {}: {difference}", case["title"]));
            }
        }
    }
    assert!(asked >= 20, "only {asked} questions were asked");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
