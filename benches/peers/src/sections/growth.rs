//! Growth: policies of 100 to 100,000 rules.

use crate::growth::{Ask, Grower, Grown, asks, growers, permits, rules};
use crate::measure::{Clock, Lane, Timing, fitting, rounds, timed};
use crate::report::{Table, bytes, named, ratio, time};
use std::hint::black_box;
use std::time::Duration;

/// How many requests there are.
const ASKS: usize = 2_000;
/// How long an engine may take to be compared; it answers at least one request, and the table says how many.
const COMPARING: Duration = Duration::from_secs(4);

/// The times at one size.
pub struct AtSize {
    /// How many rules.
    pub rules: usize,
    /// Everybody's times.
    pub timings: Vec<Timing>,
    /// The table of it.
    pub table: Table,
}

/// An engine that agrees as far as it was compared.
struct Ready {
    grower: Grower,
    engine: Box<dyn Grown>,
    text: usize,
    load: f64,
    compared: usize,
    at_once: usize,
}

/// Everybody with a policy of so many rules.
///
/// # Errors
/// Who does not agree with the rules. Whoever cannot take so many is told of below the table's heading.
pub fn at(many: usize, turns: usize) -> Result<AtSize, String> {
    let (sizes, rules) = rules(many);
    let asks = asks(sizes, ASKS);
    let expected: Vec<bool> = asks.iter().map(|ask| permits(&rules, ask)).collect();
    let (mut ready, mut refusals) = (Vec::new(), Vec::new());
    for grower in growers().into_iter().filter(|grower| many <= grower.most) {
        eprintln!("   {many} rules: {}", grower.name);
        let text = (grower.text)(sizes, &rules);
        let (load, engine) = timed(|| (grower.load)(sizes, &text));
        match engine {
            Ok(engine) => ready.push(compared(grower, engine, text.len(), load, &asks, &expected)?),
            Err(why) => refusals.push(format!("{} takes no {many} rules: {why}.", grower.name)),
        }
    }
    let lanes = ready.iter_mut().map(|ready| {
        let (engine, at_once) = (&mut ready.engine, ready.at_once);
        let mut answers = vec![false; at_once];
        let turn = move |round: usize| {
            engine.decide(round * at_once % (ASKS - at_once + 1), &mut answers);
            black_box(&answers);
            at_once
        };
        Lane { name: ready.grower.name, kind: ready.grower.kind, turn: Box::new(turn) }
    });
    let timings = rounds(&format!("{many} rules"), turns, lanes.collect());
    let row = |(ready, timing): (&Ready, &Timing)| {
        vec![
            named(timing.name, timing.kind),
            bytes(ready.text as f64),
            time(ready.load),
            time(timing.nanos),
            ratio(timing.to_first),
            timing.to_peer.map(ratio).unwrap_or_default(),
            ready.compared.to_string(),
        ]
    };
    let rows = ready.iter().zip(&timings).map(row).collect();
    let mut note =
        format!("{ASKS} requests of the engine's own types; `load` is from text to an engine that answers.");
    for refusal in refusals {
        note.push(' ');
        note.push_str(&refusal);
    }
    let table = Table {
        title: format!("Growth: {many} rules"),
        note: format!(
            "{ASKS} requests of the engine's own types; `load` is from text to an engine that answers."
        ),
        columns: vec![
            "engine",
            "text",
            "load",
            "one decision",
            "x hand-written",
            "x fastest peer",
            "answers compared",
        ],
        rows,
    };
    Ok(AtSize { rules: many, timings, table })
}

fn compared(
    grower: Grower,
    mut engine: Box<dyn Grown>,
    text: usize,
    load: f64,
    asks: &[Ask],
    expected: &[bool],
) -> Result<Ready, String> {
    engine.prepare(asks);
    let (clock, mut compared, mut answer) = (Clock::now(), 0, [false]);
    while compared < asks.len() && (compared == 0 || clock.elapsed() < COMPARING) {
        engine.decide(compared, &mut answer);
        if answer[0] != expected[compared] {
            return Err(format!(
                "{} should answer {} to {:?}, so nothing is timed",
                grower.name, expected[compared], asks[compared]
            ));
        }
        compared += 1;
    }
    let each = clock.elapsed().as_secs_f64() * 1e9 / compared as f64;
    Ok(Ready { grower, engine, text, load, compared, at_once: fitting(each, 1, asks.len()) })
}

/// How each engine's time for a decision grows with the rules.
pub fn summary(all: &[AtSize]) -> Table {
    let heads = [(100, "100"), (1_000, "1,000"), (10_000, "10,000"), (100_000, "100,000")];
    let mut columns = vec!["engine"];
    columns.extend(
        all.iter().filter_map(|at| heads.iter().find(|(rules, _)| *rules == at.rules)).map(|(_, head)| *head),
    );
    columns.push("last / first");
    let names = all.first().map(|first| first.timings.clone()).unwrap_or_default();
    let row = |timing: &Timing| {
        let found = |at: &AtSize| at.timings.iter().find(|other| other.name == timing.name).map(|t| t.nanos);
        let mut row = vec![named(timing.name, timing.kind)];
        row.extend(all.iter().map(|at| found(at).map_or_else(|| "not asked".to_owned(), time)));
        let last = all.iter().rev().find_map(found).unwrap_or(f64::NAN);
        row.push(ratio(last / timing.nanos));
        row
    };
    Table {
        title: "Growth: one decision by the number of rules".to_owned(),
        note: "Not asked: the engine refuses so many rules, or would take hours.".to_owned(),
        columns,
        rows: names.iter().map(row).collect(),
    }
}
