//! Byelaw: the whole decision, from a question that is ready, and from the contract's JSON to the contract's JSON.

use super::{Engine, Entry, Kind};
use crate::workload::Request;
use crate::{pack, question};
use byelaw::data::{Outcome, Question};
use byelaw::ir::{Program, decode, encode};
use byelaw_wire::{asked, decide_text};
use std::hint::black_box;
use std::sync::OnceLock;

pub(super) const ENTRIES: [Entry; 1] = [Entry {
    key: "byelaw-whole",
    name: "Byelaw, the whole decision",
    kind: Kind::Ours,
    decides: true,
    json: true,
    load: || Ok(Box::new(Whole { program: artifact()?, questions: Vec::new() })),
}];

/// The policy from its compiled form, which is what a program loads; it is compiled once, when nobody looks at a clock.
fn artifact() -> Result<Program, String> {
    static BYTES: OnceLock<Result<Vec<u8>, String>> = OnceLock::new();
    let bytes = BYTES.get_or_init(|| pack::tech().map(|program| encode(&program))).as_ref()?;
    decode(bytes).map_err(|error| error.to_string())
}

struct Whole {
    program: Program,
    questions: Vec<Question>,
}

impl Engine for Whole {
    fn prepare(&mut self, requests: &[Request]) {
        let read = |request| asked(&self.program, &question::text(request), None).ok();
        self.questions = requests.iter().filter_map(read).flat_map(|asked| asked.questions).collect();
    }

    fn decide(&mut self, first: usize, answers: &mut [bool]) {
        for (yes, question) in answers.iter_mut().zip(&self.questions[first..]) {
            let decision = byelaw_question::decide(&self.program, black_box(question));
            *yes =
                decision.is_some_and(|d| d.outcome == Outcome::Permitted && d.exact && d.assumed.is_empty());
        }
    }

    fn request(&self, request: &Request) -> String {
        question::text(request)
    }

    fn json(&mut self, request: &str, out: &mut String) {
        out.push_str(&decide_text(&self.program, request, None));
    }

    fn is_yes(&self, answer: &str) -> bool {
        answer.contains(r#""unconditional":true"#)
    }
}
