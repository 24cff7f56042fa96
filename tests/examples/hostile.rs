//! Inputs that somebody made to be slow: each kind in doubling sizes up to 1 MiB, with the time of each, what it is
//! of the time before, and the most memory that was held for each byte of the file.
//!
//! `cargo xtask hostile` runs it, with the beginnings of names of kinds for these alone; its last line is the verdict.
//! Each input has a process of its own, so that its memory is its own. Time is what the processor spent on it, the
//! least of several runs: whatever else the machine does can only make it longer. A doubling that seems to cost too much is
//! measured again, several times, before it counts.

use byelaw::diagnostic::FileId;
use byelaw::{Memory, compile, syntax::parse};
use std::process::Command;

/// The largest input.
const LARGEST: usize = 1 << 20;
/// The smallest input that is measured.
const SMALLEST: usize = 1 << 16;
/// What a doubling may cost.
const MOST: f64 = 2.3;
/// Bytes of memory that reading may hold for each byte of a file of the largest size, its own text left out.
const MOST_TO_PARSE: f64 = 64.0;
/// The same for reading and compiling.
const MOST_IN_ALL: f64 = 128.0;
/// Milliseconds that are measured at once.
const LEAST: f64 = 60.0;
/// How many measurements the least time is taken from.
const LEAST_TIMES: u32 = 4;
/// How often a doubling is measured again before it counts as slow.
const TRIES: usize = 12;

/// A kind of input.
struct Hostile {
    name: &'static str,
    first: String,
    /// What is repeated; `@` is a running number and `%` the one before it.
    again: String,
    last: &'static str,
}

fn kind(name: &'static str, first: &str, again: &str, last: &'static str) -> Hostile {
    Hostile { name, first: first.to_owned(), again: again.to_owned(), last }
}

const POLICY: &str = "policy p \"P\".\ndocument d \"D\".\nclause d/1 \"1\": \"x\".\nfact role of the asker, the subject, one of: wug.\nfact action of the act, the acts.\nfact f of the thing, yes or no.\nact hop: hop.\n";

fn kinds() -> Vec<Hostile> {
    // As deep and as long as a sentence may be.
    let deep = |open: &str| format!("define a@: {}b{}.\n", open.repeat(60), ")".repeat(60));
    let long = |before: &str, piece: &str, behind: &str| {
        format!("{before}{}{behind}", piece.repeat(16_000 / piece.len()))
    };
    vec![
        kind("nested brackets", "define a: ", "(", "b."),
        kind("closing brackets", "define a: b", ")", "."),
        kind("brackets beside", "define a: ", "(b) and ", "c."),
        kind("brackets as deep as may be", "", &deep("("), ""),
        kind("negations as deep as may be", "", &deep("not (b and "), ""),
        kind("alternatives as deep as may be", "", &deep("(b or "), ""),
        kind("long list", "group a of b: ", "c@, ", "d."),
        kind("lists as long as may be", "", &long("group a@ of b: ", "c,", "d.\n"), ""),
        kind("commas", "group a of b: c", ",", "d."),
        kind("unclosed strings", "", "fact a \"b\n", ""),
        kind("one long string", "fact a \"", "b", "\" of the thing, yes or no."),
        kind("escapes", "fact a \"", "\\\\", "\" of the thing, yes or no."),
        kind("short sentences", "", "deed a@.\n", ""),
        kind("the shortest sentences", "", "deed a.", ""),
        kind("full stops", "", ". ", ""),
        kind("comments", "", "# a b c\n", "deed a."),
        kind("empty comments", "", "#\n", "deed a."),
        kind("comments inside", "deed", " # a\n", "a."),
        kind("one long name", "deed ", "a", "."),
        kind("hyphens", "deed a", "-a", "."),
        kind("deep conditions", "define a: ", "not (b or ", "c."),
        kind("conditions as long as may be", "", &long("define a@: b", " and b", ".\n"), ""),
        kind("rows", "matrix a \"A\" for b: c", ",\n  row r@ cites d/1: e | yes", "."),
        kind(
            "rows as many as may be",
            "",
            &long("matrix a@ \"A\" for b: c", ",row r cites d/1:e|yes", ".\n"),
            "",
        ),
        kind("long phrase", "rule a cites b/1: C may d ", "on e ", "."),
        kind("phrases as long as may be", "", &long("rule a@ cites b/1: C may d", " on e", ".\n"), ""),
        kind("unfinished phrases", "", &long("rule a@ cites b/1: C or ", "c or c, ", ".\n"), ""),
        kind("carriage returns", "", "deed a@.\r\n\r\n", ""),
        kind("near the words of the language", "", "rul a@ cite b/1: c mayy d.\n", ""),
        kind("broken heads", "", "rule\n", ""),
        kind("other alphabets", "# ", "\u{43c}\u{44b} ", "\n"),
        kind("mixed alphabets", "# ", "a\u{44b} ", "\n"),
        kind("one mixed word", "# a", "\u{44b}", "\n"),
        kind("accents", "# ", "e\u{301}", "\n"),
        kind("one long accent", "# e", "\u{301}", "\n"),
        kind("facts", "vocabulary v \"V\".\n", "fact f@ of the thing, yes or no.\n", ""),
        kind("rules", POLICY, "rule r@ cites d/1: Wug may hop when f.\n", ""),
        kind("the same name", POLICY, "deed a.\n", ""),
        kind("unknown facts", POLICY, "rule r@ cites d/1: Wug may hop when g@.\n", ""),
        kind(
            "unknown values",
            &format!("{POLICY}fact g of the thing, one of: "),
            "v@, ",
            "w.\nrule r cites d/1: Wug may hop when g is x.",
        ),
        kind(
            "unknown names among many",
            POLICY,
            "fact f@ of the thing, yes or no.\nrule r@ cites d/1: Wug may hop when fx@.\n",
            "",
        ),
        kind("definitions of definitions", &format!("{POLICY}define d0: f.\n"), "define d@: d% and f.\n", ""),
        kind(
            "definitions that double",
            &format!("{POLICY}define d0: f.\n"),
            "define d@: d% and (f or d%).\n",
            "",
        ),
        kind(
            "exceptions to exceptions",
            &format!("{POLICY}rule r0 cites d/1: Wug must not hop.\n"),
            "rule r@ cites d/1: Despite r%, wug may hop when f.\n",
            "",
        ),
        kind(
            "exceptions to one rule",
            &format!("{POLICY}rule r cites d/1: Wug must not hop.\n"),
            "rule r@ cites d/1: Despite r, wug may hop when f.\n",
            "",
        ),
        kind(
            "settled pairs",
            &format!("{POLICY}rule r cites d/1: Wug must not hop.\n"),
            "settle r and r: r prevails because \"x\".\n",
            "",
        ),
        kind(
            "examples",
            &format!("{POLICY}rule r cites d/1: Wug must not hop.\n"),
            "check \"c@\": wug wants to hop; expect forbidden.\n",
            "",
        ),
        kind(
            "facts with words of their own",
            POLICY,
            "fact f@ of the thing, one of: den, said in room@ <f@>.\nrule r@ cites d/1: Wug may hop in room@ den.\n",
            "",
        ),
        kind(
            "values and rules",
            &format!("{POLICY}fact g of the thing, one of: w0, w1.\n"),
            "add to g: v@.\nrule r@ cites d/1: Wug may hop when g is v@.\n",
            "",
        ),
        kind(
            "permissions with prices",
            POLICY,
            "fact f@ of the thing, yes or no.\nundertaking u@.\nrule r@ cites d/1: Wug may hop when f@ provided they u@.\n",
            "",
        ),
        kind("acts and rules", POLICY, "act h@: hop@.\nrule r@ cites d/1: Wug may hop@.\n", ""),
        kind("acts", POLICY, "act h@: hop@.\n", ""),
        kind("one act said in many ways", POLICY, "act h@: hop hop h@.\n", ""),
        kind("clauses", POLICY, "clause d/c@ \"@\": \"x\".\n", ""),
        kind("groups", POLICY, "group g@ of role: wug.\n", ""),
    ]
}

fn text(kind: &Hostile, size: usize) -> String {
    let mut text = kind.first.clone();
    let mut number = 0;
    while text.len() + kind.again.len() + kind.last.len() + 16 < size {
        let before = number.to_string();
        number += 1;
        text.push_str(&kind.again.replace('@', &number.to_string()).replace('%', &before));
    }
    text.push_str(kind.last);
    text
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let kinds = kinds();
    if let [place, size, whole, rest @ ..] = arguments.as_slice()
        && let (Ok(place), Ok(size)) = (place.parse::<usize>(), size.parse())
    {
        measure(&kinds[place], size, whole == "whole", rest.is_empty());
        return;
    }
    let wanted = |kind: &Hostile| {
        arguments.is_empty() || arguments.iter().any(|begin| kind.name.starts_with(begin.as_str()))
    };
    let mut faults = Vec::new();
    let mut greediest: Vec<String> = Vec::new();
    for (whole, most) in [("parse", MOST_TO_PARSE), ("whole", MOST_IN_ALL)] {
        println!(
            "{:<32} {:>9} {:>9} {:>6} {:>9}",
            format!("{whole}: kind"),
            "bytes",
            "ms",
            "ratio",
            "memory"
        );
        let mut worst = (0.0, "");
        for (place, kind) in kinds.iter().enumerate().filter(|(_, kind)| wanted(kind)) {
            match series(place, whole, kind) {
                Err(why) => faults.push(format!("{whole}, {}: {why}", kind.name)),
                Ok(memory) => {
                    if memory > most {
                        faults.push(format!(
                            "{whole}, {}: {memory:.0} bytes of memory for each byte",
                            kind.name
                        ));
                    }
                    if memory > worst.0 {
                        worst = (memory, kind.name);
                    }
                }
            }
        }
        greediest.push(format!("{whole} at most {:.0} bytes ({}; {most:.0} are allowed)", worst.0, worst.1));
    }
    println!("memory for each byte of {LARGEST}: {}", greediest.join(", "));
    if faults.is_empty() {
        println!("good: no doubling costs more than {MOST} times");
        return;
    }
    println!("bad:\n  {}", faults.join("\n  "));
    std::process::exit(1);
}

/// One kind in all sizes. Gives the bytes of memory for each byte of the largest.
fn series(place: usize, whole: &str, kind: &Hostile) -> Result<f64, String> {
    let sizes: Vec<usize> =
        std::iter::successors(Some(SMALLEST), |size| (*size < LARGEST).then_some(size * 2)).collect();
    let mut times = Vec::new();
    let mut memory = 0.0;
    for size in &sizes {
        let (ms, bytes) = apart(place, *size, whole)?;
        times.push(ms);
        memory = bytes;
    }
    let slow =
        |times: &[f64]| times.windows(2).position(|pair| matches!(pair, [before, ms] if ms / before > MOST));
    for _ in 0..TRIES {
        let Some(at) = slow(&times) else { break };
        for again in [at, at + 1] {
            times[again] = times[again].min(apart(place, sizes[again], whole)?.0);
        }
    }
    for (at, (size, ms)) in sizes.iter().zip(&times).enumerate() {
        let ratio = at.checked_sub(1).map_or(String::new(), |before| format!("{:.2}", ms / times[before]));
        let held = if *size == LARGEST { format!("{memory:.1}") } else { String::new() };
        println!("{:<32} {size:>9} {ms:>9.2} {ratio:>6} {held:>9}", kind.name);
    }
    match slow(&times) {
        Some(at) => Err(format!(
            "{} bytes cost {:.2} times what half of them cost",
            sizes[at + 1],
            times[at + 1] / times[at]
        )),
        None => Ok(memory),
    }
}

/// One input in a process of its own: milliseconds, and bytes of memory for each byte.
fn apart(place: usize, size: usize, whole: &str) -> Result<(f64, f64), String> {
    let itself = std::env::current_exe().map_err(|e| e.to_string())?;
    let mut child = Command::new(itself);
    let output = child
        .args([place.to_string(), size.to_string(), whole.to_owned()])
        .output()
        .map_err(|e| e.to_string())?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let numbers: Vec<f64> = said.split_whitespace().filter_map(|n| n.parse().ok()).collect();
    match numbers.as_slice() {
        [ms, bytes] => Ok((*ms, *bytes)),
        _ => Err(format!("{size} bytes failed: {}", output.status)),
    }
}

/// Prints the processor time of a run in milliseconds, the least of several measurements, and the most memory for each
/// byte of the text. Unless `often` it is run once only, for a tool that counts instructions.
fn measure(kind: &Hostile, size: usize, whole: bool, often: bool) {
    let text = text(kind, size);
    // From here on the most memory is counted anew. Where that cannot be told, it is counted from the start.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let before = held("VmHWM:");
    let read = || {
        if whole {
            let files = Memory::new([("x/a.pol".to_owned(), text.clone().into_bytes())]);
            let compiled = compile(&files, "x").expect("there is a file");
            std::hint::black_box(compiled.diagnostics.len());
        } else {
            std::hint::black_box(parse(FileId(0), &text).diagnostics.len());
        }
    };
    if !often {
        return read();
    }
    let (begun, mut best, mut times, mut measured) = (spent(), f64::MAX, 1_u32, 0);
    // One measurement says little: the machine may have done something else meanwhile.
    while measured < LEAST_TIMES || spent() - begun < 400.0 {
        let start = spent();
        (0..times).for_each(|_| read());
        let each = (spent() - start) / f64::from(times);
        // The system counts in steps of some milliseconds: what takes less is done many times over.
        if each * f64::from(times) < LEAST {
            times *= 2;
        } else {
            best = best.min(each);
            measured += 1;
        }
    }
    println!("{best} {}", (held("VmHWM:") - before) / text.len() as f64);
}

/// Milliseconds that the processor gave to this process.
fn spent() -> f64 {
    let all = std::fs::read_to_string("/proc/self/schedstat").expect("this system counts processor time");
    all.split(' ').next().and_then(|n| n.parse().ok()).map_or(0.0, |nanos: f64| nanos / 1e6)
}

/// A line of the process's own account, in bytes.
fn held(line: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let field = status.lines().find_map(|l| l.strip_prefix(line)).unwrap_or("0");
    field.split_whitespace().next().and_then(|n| n.parse().ok()).map_or(0.0, |kib: f64| kib * 1024.0)
}
