//! Who may use whom: the table in ARCHITECTURE.md against the manifests, both ways.

use crate::run::{cargo, output};
use crate::tidy::read;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

type Graph = BTreeMap<String, BTreeSet<String>>;

pub(crate) fn check() -> Result<Vec<String>, String> {
    let documented = documented(&read(Path::new("ARCHITECTURE.md"))?);
    let actual = actual()?;
    let mut wrong = Vec::new();
    for (room, uses) in &actual {
        match documented.get(room) {
            None => wrong.push(format!("ARCHITECTURE.md does not list the crate {room}")),
            Some(allowed) => {
                for used in uses.difference(allowed) {
                    wrong.push(format!("{room} uses {used}, which ARCHITECTURE.md does not allow"));
                }
                for unused in allowed.difference(uses) {
                    wrong.push(format!("ARCHITECTURE.md says that {room} uses {unused}, and it does not"));
                }
            }
        }
    }
    for room in documented.keys().filter(|r| !actual.contains_key(*r)) {
        wrong.push(format!("ARCHITECTURE.md lists {room}, and there is no such crate"));
    }
    Ok(wrong)
}

/// Rows `| crate | what lives there | what may not | uses |` of the table headed by `| room |`.
fn documented(text: &str) -> Graph {
    let names =
        |cell: &str| -> BTreeSet<String> { cell.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
    let mut graph = Graph::new();
    let mut inside = false;
    for line in text.lines() {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        if cells.first() == Some(&"room") {
            inside = true;
        } else if !line.starts_with('|') {
            inside = false;
        } else if inside && let (Some(room), Some(uses)) = (cells.first(), cells.last()) {
            for room in names(room) {
                graph.insert(room, names(uses));
            }
        }
    }
    graph
}

/// Our crates with those of ours they depend on (tests and build scripts apart).
fn actual() -> Result<Graph, String> {
    let text = output(cargo(&["metadata", "--format-version", "1", "--no-deps"]))
        .ok_or_else(|| "`cargo metadata` failed".to_owned())?;
    let metadata: serde_json::Value =
        serde_json::from_str(&text).map_err(|e| format!("`cargo metadata`: {e}"))?;
    let packages = metadata["packages"].as_array().cloned().unwrap_or_default();
    let ours: BTreeSet<String> =
        packages.iter().filter_map(|p| p["name"].as_str()).map(str::to_owned).collect();
    let mut graph = Graph::new();
    for package in &packages {
        let name = package["name"].as_str().unwrap_or_default().to_owned();
        let uses = package["dependencies"].as_array().into_iter().flatten();
        let plain = uses.filter(|d| d["kind"].is_null()).filter_map(|d| d["name"].as_str());
        graph.insert(name, plain.filter(|n| ours.contains(*n)).map(str::to_owned).collect());
    }
    Ok(graph)
}
