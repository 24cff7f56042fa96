//! The benchmark: compares everybody, times everybody, and writes the results down.

use byelaw_peers::report::{Panel, Table, chart, times};
use byelaw_peers::sections::{
    Effort, agreement, cold, decisions, growth, instructions, memory, packs, sizes, unknown,
};
use byelaw_peers::workload::random::requests;
use byelaw_peers::{engines, growth as made, pack};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
byelaw-peers [--quick] [--instructions]  compares and times everybody; writes RESULTS.md and chart.svg
byelaw-peers made RULES                  a made policy of so many rules as Byelaw text
byelaw-peers memory ENGINE               by how many kilobytes 10,000 rules let a process grow
byelaw-peers decide ENGINE TIMES         1,000 requests so many times over, for a profiler";

/// How many requests the workload has.
const REQUESTS: usize = 10_000;

/// Some peers read their rules by recursion.
const STACK: usize = 4 << 30;

fn main() -> ExitCode {
    let work = std::thread::Builder::new().stack_size(STACK).spawn(run);
    match work.map(std::thread::JoinHandle::join) {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        Ok(Ok(Err(why))) => {
            eprintln!("byelaw-peers: {why}");
            ExitCode::FAILURE
        }
        // A panic has told of itself.
        _ => ExitCode::FAILURE,
    }
}

fn run() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |word: &str| word.parse::<usize>().map_err(|_| format!("`{word}` is no number"));
    match words.as_slice() {
        ["made", rules] => {
            let (sizes, rules) = made::rules(number(rules)?);
            print!("{}", pack::text(sizes, &rules));
            Ok(())
        }
        ["memory", key] => memory::one(key),
        ["decide", key, times] => instructions::one(key, number(times)?),
        options if options.iter().all(|o| ["--quick", "--instructions"].contains(o)) => {
            compare(options.contains(&"--quick"), options.contains(&"--instructions"))
        }
        _ => Err(format!("that is not understood\n{HELP}")),
    }
}

fn compare(quick: bool, count: bool) -> Result<(), String> {
    let effort = if quick { Effort::QUICK } else { Effort::FULL };
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root: PathBuf = here.join("../..");
    let mut tables = Vec::new();

    step("everybody answers 10,000 requests");
    let requests = requests(REQUESTS, 42);
    let mut ready = agreement::agreed(engines::entries(), &requests)?;

    step("decisions");
    let hot = decisions::hot(&mut ready, REQUESTS, effort.rounds);
    add(
        &mut tables,
        times("Hot path", "A request that is ready in the engine's own types; 10,000 different ones.", &hot),
    );
    let json = decisions::json(&mut ready, effort.rounds);
    add(
        &mut tables,
        times(
            "JSON in to JSON out",
            "From the text of a request to the text of an answer. All but two engines read the same JSON: cedar-policy's own \
         interface takes its own, and Byelaw's whole decision is the question and the decision of its contract, with \
         reasons, citations and all.",
            &json,
        ),
    );
    let again = decisions::again(&mut ready, &requests, effort.rounds);
    add(
        &mut tables,
        times(
            "One request again and again",
            "The hot path with a thousand copies of one request, for eight requests: what branch predictors make of it.",
            &again,
        ),
    );
    drop(ready);

    step("unknown facts");
    add(&mut tables, unknown::table(&requests, effort.rounds)?);

    step("cold start");
    add(&mut tables, cold::table(&engines::entries(), &requests[0], effort.starts));

    step("growth");
    let mut sizes_done = Vec::new();
    for many in effort.sizes {
        sizes_done.push(growth::at(*many, effort.rounds.min(7))?);
    }
    add(&mut tables, growth::summary(&sizes_done));
    for at in &sizes_done {
        add(&mut tables, at.table.clone());
    }

    step("memory");
    add(&mut tables, memory::table());

    step("packs and sizes");
    let all = packs::load(&root)?;
    add(&mut tables, packs::table(&all, effort.rounds));
    add(&mut tables, sizes::table(&root, &all));

    if count {
        step("instructions");
        match instructions::table() {
            Ok(table) => add(&mut tables, table),
            Err(why) => eprintln!("   {why}"),
        }
    }

    let mut panels = vec![Panel { title: "One decision, 44 rules".to_owned(), bars: hot }];
    if let Some(largest) = sizes_done.pop() {
        let title = format!("One decision, {} rules", largest.rules);
        panels.push(Panel { title, bars: largest.timings });
    }
    panels.push(Panel { title: "JSON in to JSON out, 44 rules".to_owned(), bars: json });
    let picture = chart(
        "Byelaw and its peers",
        "Bars on a logarithmic scale: how long one decision takes, for each engine and for rules written by hand. The \
         figures are in RESULTS.md.",
        &panels,
    );
    write(&here.join("RESULTS.md"), &results(quick, &tables))?;
    write(&here.join("chart.svg"), &picture)
}

/// Says what comes next.
fn step(what: &str) {
    eprintln!("== {what}");
}

/// Shows a table, and keeps it.
fn add(tables: &mut Vec<Table>, table: Table) {
    println!("{}", table.markdown());
    tables.push(table);
}

fn results(quick: bool, tables: &[Table]) -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let kind = if quick { "a quick run" } else { "a full run" };
    let mut text = format!(
        "# Byelaw and its peers\n\n\
         {kind} of `cargo xtask bench` on a shared {} machine with {cores} cores: one run, of one machine. The ratios mean \
         more than the times; other machines, other rules and other versions give others. Times are the processor time of \
         the thread, medians of rounds in which everybody takes a turn; ratios are medians of the ratios of each round.\n\n\
         Before anything was timed, every engine gave the answers of the rules written by hand to {REQUESTS} requests drawn \
         at random. [README.md](README.md) says what is compared, and how.\n",
        std::env::consts::ARCH
    );
    if let Some(first) = text.find(kind) {
        text.replace_range(first..=first, "A");
    }
    for table in tables {
        text.push('\n');
        text.push_str(&table.markdown());
    }
    text
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|error| format!("`{}` cannot be written: {error}", path.display()))?;
    eprintln!("== wrote {}", path.display());
    Ok(())
}
