//! The long run: what an ordinary test run looks at a little, looked at for hours, a piece at a time.
//!
//! Each leg is a test with a goal in pieces; a piece is that test with a seed of its own, or for one pack. What is done is written to
//! `target/long/done.tsv` after each piece, so that a run can be stopped at any time and goes on where it was.

use crate::run::{cargo, command, root, run, step};
use crate::{npm, test, tools, wasm};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

/// A run ends itself before this many minutes unless told otherwise.
const MINUTES: u64 = 150;

/// A test to repeat: its name, what is run, how much longer than usual each piece looks, and how many pieces.
struct Leg {
    name: &'static str,
    runs: Runs,
    times: u32,
    pieces: u64,
    /// What all pieces come to.
    goal: &'static str,
}

/// What a piece runs.
enum Runs {
    /// The tests of a package's test file whose names hold the filter.
    Test { package: &'static str, test: &'static str, filter: &'static str },
    /// A script for Node, seen from `tests/browser`, with the most questions or situations of an act, and the piece.
    Node { script: &'static str, most: u32 },
}

const LEGS: &[Leg] = &[
    Leg {
        name: "points",
        runs: Runs::Test { package: "byelaw-tests", test: "all", filter: "no_fail_open::p4" },
        times: 2,
        pieces: 6,
        goal: "12 million partly known questions",
    },
    Leg {
        name: "judges",
        runs: Runs::Test { package: "byelaw-tests", test: "all", filter: "random::" },
        times: 10,
        pieces: 10,
        goal: "100 ordinary runs of every law about questions",
    },
    Leg {
        name: "laws",
        runs: Runs::Test { package: "byelaw-tests", test: "all", filter: "laws::" },
        times: 10,
        pieces: 5,
        goal: "50 ordinary runs of every law about situations",
    },
    Leg {
        name: "packs",
        runs: Runs::Test { package: "byelaw-tests", test: "all", filter: "packs::" },
        times: 30,
        pieces: 6,
        goal: "180 times the situations of the packs of an ordinary run",
    },
    Leg {
        name: "whole",
        runs: Runs::Test {
            package: "byelaw-tests",
            test: "all",
            filter: "packs::judges_agree_on_the_situations_of_every_act",
        },
        times: 1_050,
        pieces: 1,
        goal: "every situation of each act that has no more than 2^22, and 120,000 of each other act",
    },
    Leg {
        name: "wasm",
        runs: Runs::Node { script: "whole.js", most: 1 << 22 },
        times: 1,
        pieces: 4,
        goal: "every situation of each act that has no more than 2^22, a pack a piece, asked of WASM and of the binary",
    },
    Leg {
        name: "everywhere",
        runs: Runs::Node { script: "everywhere.js", most: 25_000 },
        times: 1,
        pieces: 4,
        goal: "100,000 random questions, a pack a piece, to the binary, Node, Chromium and Python: the same bytes",
    },
    Leg {
        name: "hostile",
        runs: Runs::Node { script: "../hosts/hostile.js", most: 250_000 },
        times: 1,
        pieces: 4,
        goal: "a million hostile questions to the package for Node, a quarter of them on one instance each",
    },
    Leg {
        name: "wire",
        runs: Runs::Test { package: "byelaw-tests", test: "all", filter: "wire::" },
        times: 50,
        pieces: 3,
        goal: "150 times the questions in JSON of an ordinary run",
    },
    Leg {
        name: "files",
        runs: Runs::Test {
            package: "byelaw-tests",
            test: "all",
            filter: "texts::p18_p19_the_canonical_form_says_the_same",
        },
        times: 5,
        pieces: 10,
        goal: "a million generated files, each spelled canonically",
    },
    Leg {
        name: "packages",
        runs: Runs::Test { package: "byelaw-tests", test: "all", filter: "packages::" },
        times: 20,
        pieces: 5,
        goal: "200,000 random policies around the limit of packages",
    },
    Leg {
        name: "cuts",
        runs: Runs::Test { package: "byelaw-tests", test: "all", filter: "texts::p19_the_parser" },
        times: 2,
        pieces: 1,
        goal: "every sentence of the packs, cut off at each of its bytes",
    },
    Leg {
        name: "artifacts",
        runs: Runs::Test { package: "byelaw-tests", test: "all", filter: "artifact::" },
        times: 10,
        pieces: 1,
        goal: "every bit of the first 4,096 bytes of each pack flipped, and ten million random byte strings",
    },
    Leg {
        name: "diagrams",
        runs: Runs::Test { package: "byelaw-tests", test: "all", filter: "bdd::" },
        times: 2,
        pieces: 1,
        goal: "what each rule of the packs weighs, as decision diagrams have it",
    },
    Leg {
        name: "findings",
        runs: Runs::Test { package: "byelaw-tests", test: "all", filter: "idle::" },
        times: 10,
        pieces: 3,
        goal: "each kind of finding, and what rules do, of at least 30,000 random policies against every situation",
    },
    Leg {
        name: "proofs",
        runs: Runs::Test { package: "byelaw-tests", test: "all", filter: "proofs::what_holds" },
        times: 20,
        pieces: 2,
        goal: "proofs of 60,000 random policies, found for what holds in every situation and for nothing else",
    },
    Leg {
        name: "changes",
        runs: Runs::Test { package: "byelaw-tests", test: "all", filter: "diff::p17" },
        times: 10,
        pieces: 2,
        goal: "what differs between 20 times as many random policies as in an ordinary run, against every situation",
    },
    Leg {
        name: "questions",
        runs: Runs::Test { package: "byelaw-tests", test: "all", filter: "change::" },
        times: 10,
        pieces: 2,
        goal: "what would change an answer, for 20 times as many questions as in an ordinary run",
    },
    Leg {
        name: "zones",
        runs: Runs::Test {
            package: "byelaw-zone",
            test: "zones",
            filter: "p25_time_every_zone_as_another_program_tells_it",
        },
        times: 2,
        pieces: 1,
        goal: "every change of every zone, from 2020 to 2040",
    },
];

/// Runs the pieces that are not done yet, for at most so many minutes.
pub(crate) fn long(arguments: &[&str]) -> Result<(), String> {
    let mut minutes = MINUTES;
    let mut wanted: Vec<&str> = Vec::new();
    for argument in arguments {
        match argument.parse() {
            Ok(number) => minutes = number,
            Err(_) if LEGS.iter().any(|leg| leg.name == *argument) => wanted.push(argument),
            Err(_) => {
                let all: Vec<&str> = LEGS.iter().map(|leg| leg.name).collect();
                return Err(format!("there is no leg `{argument}`; there are: {}", all.join(", ")));
            }
        }
    }
    let legs: Vec<&Leg> = LEGS.iter().filter(|leg| wanted.is_empty() || wanted.contains(&leg.name)).collect();
    build(&legs)?;
    let began = Instant::now();
    let end = began + Duration::from_secs(minutes.saturating_mul(60));
    let mut done = done()?;
    let mut longest = Duration::ZERO;
    for piece in 0..legs.iter().map(|leg| leg.pieces).max().unwrap_or(0) {
        for leg in legs.iter().filter(|leg| piece < leg.pieces) {
            if done.contains(&(leg.name.to_owned(), piece)) {
                continue;
            }
            if Instant::now() + longest > end {
                report(&legs, &done);
                return Ok(());
            }
            let started = Instant::now();
            step(&format!("{}, piece {} of {}", leg.name, piece + 1, leg.pieces));
            let counted = look(leg, piece)?;
            let took = started.elapsed();
            longest = longest.max(took);
            note(leg.name, piece, took, &counted)?;
            done.insert((leg.name.to_owned(), piece));
        }
    }
    report(&legs, &done);
    Ok(())
}

/// Builds what the legs run, so that no piece's time has it in.
fn build(legs: &[&Leg]) -> Result<(), String> {
    step("the tests build");
    let packages: BTreeSet<&str> = legs
        .iter()
        .filter_map(|leg| match leg.runs {
            Runs::Test { package, .. } => Some(package),
            Runs::Node { .. } => None,
        })
        .collect();
    for package in packages {
        run(cargo(&["test", "--quiet", "--package", package, "--no-run"]))?;
    }
    if legs.iter().any(|leg| matches!(leg.runs, Runs::Node { .. })) {
        test::browser_tools()?;
        wasm::build()?;
        npm::build()?;
        let mut programs = cargo(&["build", "--quiet", "--release"]);
        programs.args(["--package", "byelaw-cli", "--package", "byelaw-c", "--bin", "byelaw", "--lib"]);
        programs.args(["--package", "byelaw-tests", "--example", "situations"]);
        run(programs)?;
    }
    Ok(())
}

/// One piece. Gives the lines in which the test says what it counted.
fn look(leg: &Leg, piece: u64) -> Result<String, String> {
    let mut test: Command = match leg.runs {
        Runs::Test { package, test, filter } => {
            let mut command = cargo(&["test", "--quiet", "--package", package, "--test", test]);
            command.args(["--", "--nocapture", filter]);
            command
        }
        Runs::Node { script, most } => {
            let node = tools::node()?;
            let arguments = [script, &most.to_string(), &piece.to_string()];
            let mut command = command(&node.to_string_lossy(), &arguments);
            command.current_dir(root().join("tests/browser"));
            command.env("BYELAW_BIN", root().join("target/release/byelaw"));
            command.env("BYELAW_SITUATIONS", root().join("target/release/examples/situations"));
            command.env("BYELAW_PYTHON", tools::python()?.0);
            command
        }
    };
    // A seed of its own for each piece, far from those of ordinary runs.
    let seed = 1_000_000 + piece * 1_000;
    test.env("BYELAW_SEED", seed.to_string()).env("BYELAW_TIMES", leg.times.to_string());
    let output = test.output().map_err(|e| format!("{} could not be started: {e}", leg.name))?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        return Err(format!(
            "{} failed with BYELAW_SEED={seed} BYELAW_TIMES={}\n{printed}\n{}",
            leg.name,
            leg.times,
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    let counted = printed.lines().filter_map(|line| line.strip_prefix("counted: "));
    Ok(counted.collect::<Vec<_>>().join("; "))
}

fn file() -> PathBuf {
    root().join("target/long/done.tsv")
}

fn done() -> Result<BTreeSet<(String, u64)>, String> {
    let text = match fs::read_to_string(file()) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(e) => return Err(format!("{} cannot be read: {e}", file().display())),
    };
    let read = |line: &str| {
        let mut fields = line.split('\t');
        Some((fields.next()?.to_owned(), fields.next()?.parse().ok()?))
    };
    Ok(text.lines().filter_map(read).collect())
}

fn note(leg: &str, piece: u64, took: Duration, counted: &str) -> Result<(), String> {
    let path = file();
    let write = || -> std::io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut file = fs::OpenOptions::new().create(true).append(true).open(&path)?;
        writeln!(file, "{leg}\t{piece}\t{} s\t{counted}", took.as_secs())
    };
    write().map_err(|e| format!("{} cannot be written: {e}", path.display()))?;
    println!("{leg} {piece}: {} s, {counted}", took.as_secs());
    Ok(())
}

fn report(legs: &[&Leg], done: &BTreeSet<(String, u64)>) {
    println!();
    for leg in legs {
        let pieces = done.iter().filter(|(name, _)| name == leg.name).count();
        println!("{:<8} {pieces} of {} pieces done; all of them are {}", leg.name, leg.pieces, leg.goal);
    }
    println!("what each piece counted stands in {}", file().display());
}
