//! Instructions of one decision, counted by callgrind: the same on a busy machine and on a quiet one.

use crate::engines::{Entry, entries};
use crate::report::{Table, named, ratio};
use crate::workload::random::requests;
use std::process::Command;

/// How many requests are made for a counted run.
const REQUESTS: usize = 1_000;
/// With fewer instructions for one decision than these, deciding once more is lost in what differs between two runs of
/// one program: then it is decided so many times more.
const FEW: f64 = 5_000.0;
const MORE: usize = 500;

/// Decides the counted requests so many times over.
///
/// # Errors
/// If there is no such engine, or it cannot be loaded.
pub fn one(key: &str, times: usize) -> Result<(), String> {
    let entry = entries().into_iter().find(|entry| entry.key == key && entry.decides);
    let mut engine = (entry.ok_or_else(|| format!("there is no engine `{key}` with a hot path"))?.load)()?;
    engine.prepare(&requests(REQUESTS, 42));
    let mut answers = vec![false; REQUESTS];
    for _ in 0..times {
        engine.decide(0, &mut answers);
    }
    println!("{}", answers.iter().filter(|yes| **yes).count());
    Ok(())
}

/// The table: what deciding once more costs, so that loading does not count.
///
/// # Errors
/// If valgrind cannot be run.
pub fn table() -> Result<Table, String> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        return Err(
            "valgrind is not on the path, so no instructions are counted; `apt-get install valgrind`"
                .to_owned(),
        );
    }
    let counted = |entry: &Entry| {
        eprintln!("   counting {}", entry.name);
        let once = count(entry.key, 1)?;
        let each = |more: usize| {
            let all = count(entry.key, 1 + more)?.saturating_sub(once);
            Ok::<_, String>(all as f64 / (more * REQUESTS) as f64)
        };
        let each_of_one = each(1)?;
        if each_of_one < FEW { each(MORE) } else { Ok(each_of_one) }
    };
    let mut rows = Vec::new();
    let mut first = None;
    for entry in entries().iter().filter(|entry| entry.decides) {
        let each = counted(entry)?;
        let first = *first.get_or_insert(each);
        rows.push(vec![named(entry.name, entry.kind), format!("{each:.0}"), ratio(each / first)]);
    }
    Ok(Table {
        title: "Instructions of one decision".to_owned(),
        note: format!(
            "Counted by callgrind over {REQUESTS} requests on the hot path. They say nothing of caches, and stay the same \
             when the machine is busy."
        ),
        columns: vec!["engine", "instructions", "x hand-written"],
        rows,
    })
}

/// The instructions of a whole run of this program.
fn count(key: &str, times: usize) -> Result<u64, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(["decide", key, &times.to_string()])
        .output()
        .map_err(|error| format!("valgrind could not be run: {error}"))?;
    let told = String::from_utf8_lossy(&output.stderr);
    let line = told.lines().find_map(|line| line.split_once("Collected : "));
    let count = line.and_then(|(_, count)| count.trim().parse().ok());
    count.ok_or_else(|| format!("callgrind counted nothing for `{key}`"))
}
