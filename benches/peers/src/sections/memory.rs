//! Memory: what a process grows by when it loads 10,000 rules, in a process of its own for each engine.

use crate::growth::{growers, rules};
use crate::report::{Table, bytes, named};
use std::process::Command;

/// How many rules.
const RULES: usize = 10_000;

/// The table; each engine is loaded by this program, started anew with `memory KEY`.
pub fn table() -> Table {
    let program = std::env::current_exe();
    let row = |grower: &crate::growth::Grower| {
        let output = program.as_ref().ok().and_then(|program| {
            Command::new(program).args(["memory", grower.key]).output().ok().filter(|o| o.status.success())
        });
        let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
        let figures: Vec<f64> = text
            .iter()
            .flat_map(|text| text.split_whitespace())
            .filter_map(|word| word.parse().ok())
            .collect();
        let shown =
            |place: usize| figures.get(place).map_or_else(|| "unknown".to_owned(), |kb| bytes(kb * 1024.0));
        vec![named(grower.name, grower.kind), shown(0), shown(1)]
    };
    Table {
        title: format!("Memory for {RULES} rules"),
        note: "What the resident memory of a fresh process grew by when it loaded the rules from text, and at its highest \
               meanwhile. Byelaw compiles here with all its checks; loading its compiled form takes less."
            .to_owned(),
        columns: vec!["engine", "after loading", "at its highest"],
        rows: growers().iter().filter(|grower| RULES <= grower.most).map(row).collect(),
    }
}

/// Loads one engine, and prints by how many kilobytes this process grew, now and at its highest.
///
/// # Errors
/// If there is no such engine, or it cannot be loaded.
pub fn one(key: &str) -> Result<(), String> {
    let grower = growers().into_iter().find(|grower| grower.key == key);
    let grower = grower.ok_or_else(|| format!("there is no engine `{key}`"))?;
    let (sizes, rules) = rules(RULES);
    let text = (grower.text)(sizes, &rules);
    let before = status("VmRSS").unwrap_or_default();
    let engine = (grower.load)(sizes, &text)?;
    let after = status("VmRSS").unwrap_or_default();
    let highest = status("VmHWM").unwrap_or_default();
    drop(engine);
    println!("{} {}", after.saturating_sub(before), highest.saturating_sub(before));
    Ok(())
}

/// A figure that Linux tells of this process, in kilobytes.
fn status(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
