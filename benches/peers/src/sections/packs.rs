//! The real packs, for Byelaw alone: questions of which everything is known, and others, and loading.

use crate::measure::{median, timed};
use crate::report::{Table, time};
use crate::workload::random::Chance;
use byelaw::ir::{Program, decode, encode};
use byelaw::{Memory, compile};
use byelaw_wire::{Answer, ToJson as _, answer, decide_text, vocabulary};
use serde_json::{Map, Value, json};
use std::hint::black_box;
use std::path::Path;

/// The packs that answer questions.
const PACKS: [&str; 4] = ["bet-2018", "bet-2022", "beckfoot", "st-nicholas"];
/// How many questions of each kind.
const QUESTIONS: usize = 200;

/// A pack, compiled.
pub struct Pack {
    /// Its name.
    pub name: &'static str,
    /// How many rules it has.
    pub rules: usize,
    /// The program.
    pub program: Program,
    /// How long compiling took, in nanoseconds.
    compiling: f64,
}

/// Reads and compiles the packs below `root`.
///
/// # Errors
/// Which pack cannot be read or compiled, and why.
pub fn load(root: &Path) -> Result<Vec<Pack>, String> {
    let mut files = Vec::new();
    read(root, Path::new("policies"), &mut files)?;
    let files = Memory::new(files);
    let pack = |name: &'static str| {
        let (compiling, compiled) = timed(|| compile(&files, &format!("policies/{name}")));
        let compiled = compiled.map_err(|error| format!("{name}: {error}"))?;
        let rules = compiled.model.names.len();
        let program =
            compiled.program.ok_or_else(|| format!("{name} has errors; `byelaw check` tells them"))?;
        Ok(Pack { name, rules, program, compiling })
    };
    PACKS.into_iter().map(pack).collect()
}

fn read(root: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>)>) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("`{}` cannot be read: {error}", folder.display());
    for entry in std::fs::read_dir(root.join(folder)).map_err(failed)? {
        let path = folder.join(entry.map_err(failed)?.file_name());
        if root.join(&path).is_dir() {
            read(root, &path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "pol") {
            files.push((path.display().to_string(), std::fs::read(root.join(&path)).map_err(failed)?));
        }
    }
    Ok(())
}

/// The table.
pub fn table(packs: &[Pack], rounds: usize) -> Table {
    let row = |pack: &Pack| {
        eprintln!("   {}", pack.name);
        let bytes = encode(&pack.program);
        let load = many(rounds, || decode(&bytes).is_ok());
        let asked = |percent: u64, change: bool| {
            let questions = questions(&pack.program, percent, change);
            let all = || {
                questions
                    .iter()
                    .all(|question| !black_box(decide_text(&pack.program, question, None)).is_empty())
            };
            time(many(rounds, all) / questions.len().max(1) as f64)
        };
        vec![
            pack.name.to_owned(),
            pack.rules.to_string(),
            time(pack.compiling),
            time(load),
            asked(100, false),
            asked(50, false),
            asked(50, true),
        ]
    };
    Table {
        title: "Four real packs, Byelaw alone".to_owned(),
        note: format!(
            "JSON in to the whole decision in JSON out, the mean of {QUESTIONS} questions drawn at random over all acts: \
             `known` states every fact that the act has to do with, `partly` each of them with one chance in two, \
             `with changes` also says what would change the answer. Compiling is with all checks, once."
        ),
        columns: vec!["pack", "rules", "compile", "load compiled", "known", "partly", "partly, with changes"],
        rows: packs.iter().map(row).collect(),
    }
}

fn many(rounds: usize, work: impl Fn() -> bool) -> f64 {
    let taken: Vec<f64> = (0..rounds).map(|_| timed(|| black_box(work())).0).collect();
    median(&taken)
}

/// Questions that a pack takes, each fact of the act stated in so many of a hundred cases.
fn questions(program: &Program, percent: u64, change: bool) -> Vec<String> {
    let Ok(words): Result<Value, _> = serde_json::from_str(&vocabulary(program).to_json()) else { return Vec::new() };
    let list = |value: &Value, name: &str| value[name].as_array().cloned().unwrap_or_default();
    let (facts, acts) = (list(&words, "facts"), list(&words, "acts"));
    let mut chance = Chance::new(3);
    let mut taken = Vec::new();
    // Some are impossible and are refused; there are enough others.
    for _ in 0..50 * QUESTIONS {
        if taken.len() == QUESTIONS || acts.is_empty() {
            break;
        }
        let act = &acts[chance.below(acts.len() as u64) as usize];
        let of_act = list(act, "facts");
        let mut stated = Map::new();
        for fact in &facts {
            let name = fact["name"].as_str().unwrap_or_default();
            if fact["kind"] == "acts" {
                stated.insert(name.to_owned(), act["name"].clone());
            } else if of_act.contains(&fact["name"])
                && chance.percent(percent)
                && let Some(value) = value(fact, &mut chance)
            {
                stated.insert(name.to_owned(), value);
            }
        }
        let question =
            json!({ "on": "2021-11-10T10:00", "facts": stated, "would_change": change }).to_string();
        if matches!(answer(program, &question), Answer::Decided(_)) {
            taken.push(question);
        }
    }
    taken
}

/// Some value of a fact. What follows from the day, and what is left to somebody, is not stated.
fn value(fact: &Value, chance: &mut Chance) -> Option<Value> {
    if fact.get("period").is_some() || fact.get("left_to").is_some() || fact.get("reading_of").is_some() {
        return None;
    }
    match fact["kind"].as_str()? {
        "yes_no" => Some(Value::Bool(chance.percent(15))),
        "one_of" => {
            let values = fact["values"].as_array()?;
            Some(values[chance.below(values.len() as u64) as usize]["name"].clone())
        }
        "number" => {
            let (from, to) = (fact["from"].as_i64()?, fact["to"].as_i64()?);
            Some(Value::from(from + chance.below(to.abs_diff(from).min(60) + 1) as i64))
        }
        "some_of" => Some(json!([])),
        _ => None,
    }
}
