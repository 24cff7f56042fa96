//! Byelaw: the device is the act, and the channel a fact.

use super::{Ask, Grower, Grown};
use crate::engines::Kind;
use crate::{pack, question};
use byelaw::data::{Outcome, Question};
use byelaw::ir::Program;
use byelaw_wire::asked;
use std::hint::black_box;

pub(super) const GROWERS: [Grower; 1] = [Grower {
    key: "byelaw-whole",
    name: "Byelaw, the whole decision",
    kind: Kind::Ours,
    most: usize::MAX,
    text: pack::text,
    load: |_, text| Ok(Box::new(Whole { program: pack::made(text)?, questions: Vec::new() })),
}];

struct Whole {
    program: Program,
    questions: Vec<Question>,
}

impl Grown for Whole {
    fn prepare(&mut self, asks: &[Ask]) {
        let read = |ask| asked(&self.program, &question::made(ask), None).ok();
        self.questions = asks.iter().filter_map(read).flat_map(|asked| asked.questions).collect();
    }

    fn decide(&mut self, first: usize, answers: &mut [bool]) {
        for (yes, question) in answers.iter_mut().zip(&self.questions[first..]) {
            let decision = byelaw_question::decide(&self.program, black_box(question));
            *yes =
                decision.is_some_and(|d| d.outcome == Outcome::Permitted && d.exact && d.assumed.is_empty());
        }
    }
}
