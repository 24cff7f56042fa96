//! The rules by hand: on enumerations, with JSON read by the library that everybody uses, and with JSON read by hand.

use super::{Engine, Entry, Kind};
use crate::workload::json::{RequestJson, answer};
use crate::workload::{Request, hand, scan};
use std::hint::black_box;

pub(super) const ENTRIES: [Entry; 2] = [
    Entry {
        key: "hand",
        name: "hand-written match",
        kind: Kind::Hand,
        decides: true,
        json: true,
        load: || Ok(Box::new(Match(Vec::new()))),
    },
    Entry {
        key: "scan",
        name: "hand-written match and JSON scanner",
        kind: Kind::Hand,
        decides: false,
        json: true,
        load: || Ok(Box::new(Scanner)),
    },
];

struct Match(Vec<Request>);

impl Engine for Match {
    fn prepare(&mut self, requests: &[Request]) {
        self.0 = requests.to_vec();
    }

    fn decide(&mut self, first: usize, answers: &mut [bool]) {
        for (yes, request) in answers.iter_mut().zip(&self.0[first..]) {
            *yes = hand::decide(black_box(request));
        }
    }

    fn json(&mut self, request: &str, out: &mut String) {
        let allowed =
            serde_json::from_str::<RequestJson>(request).is_ok_and(|json| hand::decide(&json.request()));
        out.push_str(answer(allowed));
    }
}

struct Scanner;

impl Engine for Scanner {
    fn prepare(&mut self, _: &[Request]) {}

    fn decide(&mut self, _: usize, _: &mut [bool]) {}

    fn json(&mut self, request: &str, out: &mut String) {
        out.push_str(scan::answer(request.as_bytes()));
    }
}
