//! The hot path, one request again and again, and JSON in to JSON out.

use super::agreement::Ready;
use crate::measure::{Lane, Timing, fitting, rounds, timed};
use crate::workload::Request;
use std::hint::black_box;

/// How many requests tell how long a turn gets.
const SAMPLE: usize = 500;
/// How many different requests are asked again and again, and how often in one go.
const AGAIN: (usize, usize) = (8, 1_000);

/// Requests of the engine's own types, each made before; the requests differ.
pub fn hot(ready: &mut [Ready], many: usize, turns: usize) -> Vec<Timing> {
    let lanes = ready.iter_mut().filter(|ready| ready.entry.decides).map(|ready| {
        let engine = &mut ready.engine;
        let mut answers = vec![false; many];
        let (nanos, ()) = timed(|| engine.decide(0, &mut answers[..SAMPLE.min(many)]));
        let at_once = fitting(nanos / SAMPLE as f64, 1_000, many);
        let turn = move |round: usize| {
            let first = if at_once == many { 0 } else { round * 1_000 % (many - at_once + 1) };
            engine.decide(first, &mut answers[..at_once]);
            black_box(&answers);
            at_once
        };
        Lane { name: ready.entry.name, kind: ready.entry.kind, turn: Box::new(turn) }
    });
    rounds("hot path", turns, lanes.collect())
}

/// The same request again and again, for some requests: what branch predictors make of it. The engines have only these
/// requests afterwards.
pub fn again(ready: &mut [Ready], requests: &[Request], turns: usize) -> Vec<Timing> {
    let (different, often) = AGAIN;
    let spread = requests.len() / different;
    let repeated: Vec<Request> =
        (0..different).flat_map(|number| std::iter::repeat_n(requests[number * spread], often)).collect();
    let lanes = ready.iter_mut().filter(|ready| ready.entry.decides).map(|ready| {
        let engine = &mut ready.engine;
        engine.prepare(&repeated);
        let mut answers = vec![false; often];
        let turn = move |round: usize| {
            engine.decide(round % different * often, &mut answers);
            black_box(&answers);
            often
        };
        Lane { name: ready.entry.name, kind: ready.entry.kind, turn: Box::new(turn) }
    });
    rounds("one request again and again", turns, lanes.collect())
}

/// From a request in JSON to an answer in JSON.
pub fn json(ready: &mut [Ready], turns: usize) -> Vec<Timing> {
    let lanes = ready.iter_mut().filter(|ready| ready.entry.json).map(|ready| {
        let (engine, json) = (&mut ready.engine, &ready.json);
        let mut answer = String::with_capacity(4_096);
        let sample = &json[..SAMPLE.min(json.len())];
        let (nanos, ()) = timed(|| {
            for request in sample {
                answer.clear();
                engine.json(request, &mut answer);
            }
        });
        let at_once = fitting(nanos / SAMPLE as f64, 1_000, json.len());
        let turn = move |round: usize| {
            let first = if at_once == json.len() { 0 } else { round * 1_000 % (json.len() - at_once + 1) };
            for request in &json[first..first + at_once] {
                answer.clear();
                engine.json(request, &mut answer);
                black_box(&answer);
            }
            at_once
        };
        Lane { name: ready.entry.name, kind: ready.entry.kind, turn: Box::new(turn) }
    });
    rounds("JSON in to JSON out", turns, lanes.collect())
}
