//! Inputs that somebody made to be slow: each kind in doubling sizes up to 1 MiB, with the time of each, what it is
//! of the time before, and the most memory that the process held.
//!
//! `cargo xtask hostile` runs it. Each input has a process of its own, so that its memory is its own.

use byelaw::diagnostic::FileId;
use byelaw::{Memory, compile, syntax::parse};
use std::process::Command;
use std::time::Instant;

/// The largest input.
const LARGEST: usize = 1 << 20;
/// The smallest input that is measured.
const SMALLEST: usize = 1 << 16;
/// What a doubling may cost.
const MOST: f64 = 2.3;

/// A kind: its name, what stands first, what is repeated (`@` is a running number), what stands last.
type Hostile = (&'static str, &'static str, &'static str, &'static str);

const KINDS: [Hostile; 24] = [
    ("nested brackets", "define a: ", "(", "b."),
    ("closing brackets", "define a: b", ")", "."),
    ("brackets beside", "define a: ", "(b) and ", "c."),
    ("long list", "group a of b: ", "c@, ", "d."),
    ("commas", "group a of b: c", ",", "d."),
    ("unclosed strings", "", "fact a \"b\n", ""),
    ("one long string", "fact a \"", "b", "\" of the thing, yes or no."),
    ("escapes", "fact a \"", "\\\\", "\" of the thing, yes or no."),
    ("short sentences", "", "deed a@.\n", ""),
    ("full stops", "", ". ", ""),
    ("comments", "", "# a b c\n", "deed a."),
    ("comments inside", "deed", " # a\n", "a."),
    ("one long name", "deed ", "a", "."),
    ("hyphens", "deed a", "-a", "."),
    ("deep conditions", "define a: ", "not (b or ", "c."),
    ("rows", "matrix a \"A\" for b: c", ",\n  row r@ cites d/1: e | yes", "."),
    ("long phrase", "rule a cites b/1: C may d ", "on e ", "."),
    ("carriage returns", "", "deed a@.\r\n\r\n", ""),
    ("near the words of the language", "", "rul a@ cite b/1: c mayy d.\n", ""),
    ("broken heads", "", "rule\n", ""),
    ("other alphabets", "# ", "\u{43c}\u{44b} ", "\n"),
    ("accents", "# ", "e\u{301}", "\n"),
    ("facts", "vocabulary v \"V\".\n", "fact f@ of the thing, yes or no.\n", ""),
    ("rules", RULES, "rule r@ cites d/1: Wug may hop when f.\n", ""),
];

const RULES: &str = "policy p \"P\".\ndocument d \"D\".\nclause d/1 \"1\": \"x\".\nfact role of the asker, the subject, one of: wug.\nfact action of the act, the acts.\nfact f of the thing, yes or no.\nact hop: hop.\n";

fn text(kind: &Hostile, size: usize) -> String {
    let (_, first, again, last) = kind;
    let mut text = (*first).to_owned();
    let mut number = 0;
    while text.len() + again.len() + last.len() + 8 < size {
        number += 1;
        text.push_str(&again.replace('@', &number.to_string()));
    }
    text.push_str(last);
    text
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [place, size, whole] = arguments.as_slice() {
        let (place, size): (usize, usize) = (place.parse().expect("a place"), size.parse().expect("a size"));
        measure(&KINDS[place], size, whole == "whole");
        return;
    }
    let itself = std::env::current_exe().expect("this program has a path");
    let mut slow = 0;
    for whole in ["parse", "whole"] {
        println!("{:<32} {:>9} {:>9} {:>6} {:>9}", format!("{whole}: kind"), "bytes", "ms", "ratio", "MiB");
        for (place, kind) in KINDS.iter().enumerate() {
            let mut before: Option<f64> = None;
            let mut size = SMALLEST;
            while size <= LARGEST {
                let output = Command::new(&itself)
                    .args([place.to_string(), size.to_string(), whole.to_owned()])
                    .output()
                    .expect("this program can be started");
                let said = String::from_utf8_lossy(&output.stdout).into_owned();
                let numbers: Vec<f64> = said.split_whitespace().filter_map(|n| n.parse().ok()).collect();
                let [ms, mib] = numbers.as_slice() else {
                    println!("{:<32} {size:>9} failed: {}", kind.0, output.status);
                    slow += 1;
                    break;
                };
                let ratio = before.map(|b| ms / b);
                // Below a millisecond the clock decides.
                let bad = ratio.is_some_and(|r| r > MOST && *ms > 10.0);
                slow += usize::from(bad);
                println!(
                    "{:<32} {size:>9} {ms:>9.2} {:>6} {mib:>9.1}{}",
                    kind.0,
                    ratio.map_or(String::new(), |r| format!("{r:.2}")),
                    if bad { "  slow" } else { "" }
                );
                before = Some(*ms);
                size *= 2;
            }
        }
    }
    println!("{slow} doublings cost more than {MOST} times");
    if slow > 0 {
        std::process::exit(1);
    }
}

/// The best of five runs in milliseconds, and the most memory in MiB.
fn measure(kind: &Hostile, size: usize, whole: bool) {
    let text = text(kind, size);
    let mut best = f64::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        if whole {
            let files = Memory::new([("x/a.pol".to_owned(), text.clone().into_bytes())]);
            let compiled = compile(&files, "x").expect("there is a file");
            std::hint::black_box(compiled.diagnostics.len());
        } else {
            std::hint::black_box(parse(FileId(0), &text).diagnostics.len());
        }
        best = best.min(start.elapsed().as_secs_f64() * 1000.0);
        if best > 2000.0 {
            break;
        }
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or("0");
    let kib: f64 = peak.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(0.0);
    println!("{best} {}", kib / 1024.0);
}
