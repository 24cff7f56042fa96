//! How long the compiler takes to know what it knows: reading, compiling, each kind of finding, what differs, and questions,
//! for made policies of 300 to 100,000 rules and for the packs.
//!
//! `cargo xtask speed` runs it. Times are milliseconds of the wall, the least of several runs; they say something about
//! each other, and little about another machine. The policies are made after the description in the design notes on
//! analysis (3.1): rules about sets of values, some of them exceptions to an earlier one, a few bans of everything.

use byelaw::data::{Question, Stated, ValueId};
use byelaw::ir::{AS_OF, ON, Program};
use byelaw::{DIFF_STEPS, Folders, Memory, compile, diff, silences};
use byelaw_question::{changes, decide};
use byelaw_symbolic::{clashes, idle, idle_exceptions};
use byelaw_tests::{Chance, Disk, pack_names, policies, value};
use std::fmt::Write;
use std::hint::black_box;
use std::time::Instant;

/// How many steps each question about a rule may take, as `byelaw check` has it.
const STEPS: u64 = 200_000;

/// Facts that are one of several: how many values each has.
const WIDTHS: [usize; 10] = [10, 12, 20, 12, 16, 10, 8, 6, 5, 4];
/// Rules that ban everything.
const BANS: usize = 3;
/// Facts that are yes or no.
const FLAGS: usize = 19;

fn main() {
    println!(
        "{:<16}{:>8}{:>8}{:>10}{:>10}{:>10}{:>10}{:>10}{:>10}{:>10}{:>10}",
        "policy", "rules", "acts", "text", "model", "clashes", "idle", "despite", "gaps", "findings", "check"
    );
    for rules in [300, 1_000, 10_000, 100_000] {
        of_pack(&format!("made, {rules}"), &files(&made(rules, None)), "x");
    }
    let folder = |name: &str| policies().join(name).display().to_string();
    for name in pack_names() {
        of_pack(&name, &Disk, &folder(&name));
    }
    println!();
    println!("{:<16}{:>12}{:>12}{:>12}{:>14}", "policy", "one rule", "all known", "next one", "would change");
    let program = |text: String| {
        let compiled = compile(&files(&text), "x");
        compiled.expect("a pack").program.expect("no error")
    };
    let (old, new) = (program(made(300, None)), program(made(300, Some(150))));
    let one = least(3, || diff((&old, None), (&new, None), DIFF_STEPS));
    questions("made, 300", &old, Some(one));
    for name in pack_names() {
        let compiled = compile(&Disk, &folder(&name)).expect("a pack");
        questions(&name, &compiled.program.expect("no error"), None);
    }
}

/// What it costs to check a pack, stage by stage.
fn of_pack(name: &str, files: &dyn Folders, folder: &str) {
    let sources = byelaw::load(files, folder).expect("a pack");
    let parse = || {
        let all = sources.files.iter();
        all.map(|f| byelaw::syntax::parse(byelaw::diagnostic::FileId(0), &f.source.text)).collect::<Vec<_>>()
    };
    let compiled = byelaw::compile_sources(sources.clone());
    let errors: Vec<String> =
        compiled.diagnostics.iter().filter(|d| d.is_error()).map(|d| d.message.clone()).collect();
    let Some(program) = compiled.program.as_ref() else { panic!("{name}: {errors:?}") };
    let model = &compiled.model;
    let pairs: Vec<_> = model.exceptions.iter().map(|e| (e.stronger, e.weaker)).collect();
    let runs = if model.norms.len() > 2_000 { 1 } else { 3 };
    let mut times = vec![
        least(runs, parse),
        least(runs, || byelaw_compiler::lower(model)),
        least(runs, || clashes(program)),
        least(runs, || idle(program, STEPS)),
        least(runs, || idle_exceptions(program, &pairs)),
        least(runs, || silences(model, program)),
    ];
    // Everything that is found about a policy as a policy, with its examples.
    times.push(times.iter().skip(2).sum());
    times.push(least(runs, || byelaw::compile_sources(sources.clone())));
    let told: String = times.iter().fold(String::new(), |mut all, time| {
        let _ = write!(all, "{time:>10.1}");
        all
    });
    println!("{name:<16}{:>8}{:>8}{told}", model.names.len(), model.acts.len());
}

/// What questions cost: with all facts known, with half of them, and with what would change the answer.
fn questions(name: &str, program: &Program, one_rule: Option<f64>) {
    let mut chance = Chance::new(7);
    let mut whole = Vec::new();
    for act in 0..program.slices.len().min(80) {
        if program.no_act == Some(value(act)) {
            continue;
        }
        let mut question = Question { assume: true, ..Question::default() };
        question.facts.insert(program.act, Stated::Value(value(act)));
        for fact in &program.slices[act].facts {
            let id = fact.fact;
            let width = program.facts[usize::from(id.0)].domain.width() as u64;
            // What follows from the moment need not be said, and what is presumed is as presumed for most who ask.
            let follows = [Some(ON), Some(AS_OF), program.weekday, program.clock].contains(&Some(id))
                || program.calendar(id).is_some()
                || program.facts[usize::from(id.0)].period.is_some();
            let presumed = !program.facts[usize::from(id.0)].presumed.is_empty();
            if !follows && !presumed && width > 0 {
                let value = u16::try_from(chance.below(width)).expect("few values");
                question.facts.insert(id, Stated::Value(ValueId(value)));
            }
        }
        whole.push(question);
    }
    let part: Vec<Question> = whole
        .iter()
        .map(|question| {
            let mut part = question.clone();
            part.facts.retain(|fact, _| *fact == program.act || fact.0 % 2 == 0);
            part
        })
        .collect();
    let each = |questions: &[Question], ask: &dyn Fn(&Question)| {
        least(3, || questions.iter().for_each(ask)) / questions.len().max(1) as f64
    };
    let ask = |question: &Question| {
        black_box(decide(program, question));
    };
    let change = |question: &Question| {
        if let Some(decision) = decide(program, question) {
            black_box(changes(program, question, &decision));
        }
    };
    let one = one_rule.map(|ms| format!("{ms:.1}")).unwrap_or_default();
    println!(
        "{name:<16}{one:>12}{:>12.3}{:>12.3}{:>14.3}",
        each(&whole, &ask),
        each(&part, &ask),
        each(&whole, &change)
    );
}

/// The least time of several runs, in milliseconds.
fn least<T>(runs: u32, run: impl Fn() -> T) -> f64 {
    let once = || {
        let begun = Instant::now();
        black_box(run());
        begun.elapsed().as_secs_f64() * 1000.0
    };
    (0..runs).map(|_| once()).fold(f64::INFINITY, f64::min)
}

/// A policy in files that are not larger than one may be.
fn files(text: &str) -> Memory {
    let lines: Vec<&str> = text.lines().collect();
    let file =
        |(place, lines): (usize, &[&str])| (format!("x/{place}.pol"), (lines.join("\n") + "\n").into_bytes());
    Memory::new(lines.chunks(2_000).enumerate().map(file))
}

/// A policy of so many rules; in `changed` who and when is otherwise, and all others are the same.
fn made(rules: usize, changed: Option<usize>) -> String {
    let mut text = String::from("policy x \"X\".\ndocument d \"D\".\nclause d/1 \"1\": \"x\".\n");
    let put =
        |text: &mut String, line: std::fmt::Arguments<'_>| writeln!(text, "{line}").expect("text grows");
    for (fact, width) in WIDTHS.iter().enumerate() {
        let values: Vec<String> = (0..*width).map(|v| format!("v{fact}x{v}")).collect();
        let side = if fact == 0 { "asker, the subject" } else { "thing" };
        put(&mut text, format_args!("fact f{fact} of the {side}, one of: {}.", values.join(", ")));
    }
    for flag in 0..FLAGS {
        put(&mut text, format_args!("fact y{flag} of the thing, presumed no, yes or no."));
    }
    put(&mut text, format_args!("fact deed of the act, the acts."));
    // As many acts as rules go with: about ten of each, or a little more.
    let acts = (rules / 10).clamp(36, if rules > 10_000 { 9_000 } else { 640 });
    for act in 0..acts {
        put(&mut text, format_args!("act a{act} \"a{act}\": a{act}."));
    }
    for approval in 0..5 {
        put(&mut text, format_args!("approval p{approval} \"p{approval}\" given by v0x{approval}."));
    }
    let mut chance = Chance::new(2_026);
    let mut bars: Vec<(usize, usize)> = Vec::new();
    for rule in 0..rules - BANS {
        let act = chance.below(acts as u64) as usize;
        let mut said = condition(&mut chance);
        if changed == Some(rule) {
            said = condition(&mut Chance::new(99));
        }
        let (who, when) = said;
        let (who, when) = (who.join(" or "), when.join(" and "));
        let sentence = match chance.below(100) {
            0..50 => format!("{who} may a{act} when {when}."),
            50..60 => format!("{who} may a{act} when {when} if approved by p{}.", chance.below(5)),
            60..75 => match bars.iter().rev().find(|(_, of)| *of == act) {
                Some((bar, _)) => format!("Despite r{bar}, {who} may a{act} when {when}."),
                None => format!("{who} may a{act} when {when}."),
            },
            75..97 => {
                bars.push((rule, act));
                format!("{who} must not a{act} when {when}.")
            }
            _ => format!("{who} may only a{act} when {when}."),
        };
        put(&mut text, format_args!("rule r{rule} cites d/1: {sentence}"));
    }
    for ban in 0..BANS {
        put(&mut text, format_args!("rule ban{ban} cites d/1: Anyone must not do anything when y{ban}."));
    }
    text
}

/// Who a rule is about, and when it holds.
fn condition(chance: &mut Chance) -> (Vec<String>, Vec<String>) {
    let who = some(chance, 0, 1, 6);
    let mut when: Vec<String> = Vec::new();
    for _ in 0..=chance.below(3) {
        let fact = 1 + chance.below(WIDTHS.len() as u64 - 1) as usize;
        let values = some(chance, fact, 1, WIDTHS[fact] / 2).join(" or ");
        when.push(format!("f{fact} is {values}"));
    }
    if chance.percent(30) {
        when.push(format!("y{}", chance.below(FLAGS as u64)));
    }
    (who, when)
}

/// Some values of a fact: the first is one of those that most rules are about.
fn some(chance: &mut Chance, fact: usize, least: usize, most: usize) -> Vec<String> {
    let many = least + chance.below((most.max(least) - least + 1) as u64) as usize;
    let mut values: Vec<usize> = Vec::new();
    while values.len() < many.min(WIDTHS[fact]) {
        let value = chance.below(WIDTHS[fact] as u64) as usize;
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values.sort_unstable();
    values.iter().map(|value| format!("v{fact}x{value}")).collect()
}
