//! Cold start: from the policy as it is stored to the first answer, in a process that is warm.

use crate::engines::Entry;
use crate::measure::{median, timed};
use crate::report::{Table, named, ratio, time};
use crate::workload::Request;

/// The table. Byelaw loads its compiled form; whoever has none compiles its text.
pub fn table(entries: &[Entry], request: &Request, starts: usize) -> Table {
    let mut taken = vec![(Vec::new(), Vec::new()); entries.len()];
    for _ in 0..starts {
        for (entry, (loads, firsts)) in entries.iter().zip(&mut taken) {
            let (load, engine) = timed(entry.load);
            let Ok(mut engine) = engine else { continue };
            let json = engine.request(request);
            let (first, ()) = timed(|| {
                if entry.json {
                    engine.json(&json, &mut String::new());
                } else {
                    engine.prepare(std::slice::from_ref(request));
                    engine.decide(0, &mut [false]);
                }
            });
            loads.push(load);
            firsts.push(first);
        }
    }
    let first_of = |place: usize| median(&taken[place].0) + median(&taken[place].1);
    let peers = (0..entries.len()).filter(|place| entries[*place].kind == crate::engines::Kind::Peer);
    let fastest = peers.map(first_of).fold(f64::INFINITY, f64::min);
    let row = |(place, entry): (usize, &Entry)| {
        let (load, first) = (median(&taken[place].0), median(&taken[place].1));
        vec![named(entry.name, entry.kind), time(load), time(first), ratio((load + first) / fastest)]
    };
    Table {
        title: "Cold start".to_owned(),
        note: "Load the policy, then answer the first request in JSON (in the engine's own types where it has no JSON of \
               its own here). Byelaw loads and validates its compiled form; whoever stores no compiled form compiles \
               its text."
            .to_owned(),
        columns: vec!["engine", "load", "first answer", "x fastest peer, both"],
        rows: entries.iter().enumerate().map(row).collect(),
    }
}
