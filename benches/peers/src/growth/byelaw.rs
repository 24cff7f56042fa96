//! Byelaw: the device is the act, and the channel a fact.

use super::{Ask, Grower, Grown};
use crate::engines::Kind;
use crate::{pack, question};
use byelaw_engine::{Encoded, Policy};
use std::hint::black_box;

pub(super) const GROWERS: [Grower; 1] = [Grower {
    key: "byelaw",
    name: "Byelaw, allowed or not",
    kind: Kind::Ours,
    most: usize::MAX,
    text: pack::text,
    load: |_, text| {
        let policy = Policy::new(pack::made(text)?).map_err(|error| error.to_string())?;
        Ok(Box::new(Allowed { policy, questions: Vec::new() }))
    },
}];

struct Allowed {
    policy: Policy,
    questions: Vec<Encoded>,
}

impl Grown for Allowed {
    fn prepare(&mut self, asks: &[Ask]) {
        let read = |ask| self.policy.encode_json(&question::made(ask)).ok();
        self.questions = asks.iter().filter_map(read).collect();
    }

    fn decide(&mut self, first: usize, answers: &mut [bool]) {
        for (yes, question) in answers.iter_mut().zip(&self.questions[first..]) {
            *yes = self.policy.allows(black_box(question));
        }
    }
}
