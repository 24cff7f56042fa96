//! Byelaw: whether it is allowed, with and without the rules behind it; the outcome from the workload's own JSON; and the
//! whole decision of the contract.

use super::{Engine, Entry, Kind};
use crate::workload::Request;
use crate::workload::json::answer;
use crate::workload::random::Chance;
use crate::{pack, question};
use byelaw::ir::encode;
use byelaw_engine::{Encoded, NotAsked, Outcome, Policy, Scratch, Shape};
use serde_json::Value;
use std::hint::black_box;
use std::sync::OnceLock;

pub(super) const ENTRIES: [Entry; 3] = [
    Entry {
        key: "byelaw",
        name: "Byelaw, allowed or not",
        kind: Kind::Ours,
        decides: true,
        json: true,
        load: || Ok(Box::new(Allowed::load()?)),
    },
    Entry {
        key: "byelaw-reasons",
        name: "Byelaw, with its reasons",
        kind: Kind::Ours,
        decides: true,
        json: false,
        load: || {
            Ok(Box::new(Reasons { policy: policy()?, questions: Vec::new(), scratch: Scratch::default() }))
        },
    },
    Entry {
        key: "byelaw-whole",
        name: "Byelaw, the whole decision",
        kind: Kind::Ours,
        decides: true,
        json: true,
        load: || Ok(Box::new(Whole { policy: policy()?, questions: Vec::new() })),
    },
];

/// The policy from its compiled form, which is what a program loads; it is compiled once, when nobody looks at a clock.
fn policy() -> Result<Policy, String> {
    static BYTES: OnceLock<Result<Vec<u8>, String>> = OnceLock::new();
    let bytes = BYTES.get_or_init(|| pack::tech().map(|program| encode(&program))).as_ref()?;
    Policy::load(bytes).map_err(|error| error.to_string())
}

fn questions(policy: &Policy, requests: &[Request]) -> Vec<Encoded> {
    requests.iter().filter_map(|request| policy.encode_json(&question::text(request)).ok()).collect()
}

/// Which field of a request is which fact.
fn shape(policy: &Policy) -> Result<Shape, NotAsked> {
    let mut shape = policy.shape().ignored("principal.id");
    for (path, fact) in [
        ("principal.group", "group"),
        ("principal.selected", "selected"),
        ("action", "action"),
        ("resource.device", "device"),
        ("context.target", "target"),
        ("context.channel", "channel"),
        ("context.period", "period"),
        ("context.minute", "minute"),
        ("context.date", "date"),
        ("context.location", "location"),
        ("context.consent", "consent"),
        ("context.unavoidable", "unavoidable"),
        ("context.number_withheld", "number-withheld"),
        ("context.age", "age"),
        ("context.equal_setting", "equal-setting"),
    ] {
        shape = shape.fact(policy, path, fact)?;
    }
    shape.given(policy, "context.approvals")
}

struct Allowed {
    policy: Policy,
    shape: Shape,
    filled: byelaw_engine::Filled,
    questions: Vec<Encoded>,
}

impl Allowed {
    fn load() -> Result<Self, String> {
        let policy = policy()?;
        let shape = shape(&policy).map_err(|error| error.to_string())?;
        let filled = policy.filled();
        Ok(Self { policy, shape, filled, questions: Vec::new() })
    }
}

impl Engine for Allowed {
    fn prepare(&mut self, requests: &[Request]) {
        self.questions = questions(&self.policy, requests);
    }

    fn decide(&mut self, first: usize, answers: &mut [bool]) {
        for (yes, question) in answers.iter_mut().zip(&self.questions[first..]) {
            *yes = self.policy.allows(black_box(question));
        }
    }

    /// This policy presumes nothing and asks for no undertakings, so what is permitted is allowed.
    fn json(&mut self, request: &str, out: &mut String) {
        let read = self.policy.read(&self.shape, request, &mut self.filled);
        out.push_str(answer(read.is_ok() && self.policy.outcome_of(&self.filled) == Outcome::Permitted));
    }
}

/// The outcome and every rule behind it.
struct Reasons {
    policy: Policy,
    questions: Vec<Encoded>,
    scratch: Scratch,
}

impl Engine for Reasons {
    fn prepare(&mut self, requests: &[Request]) {
        self.questions = questions(&self.policy, requests);
    }

    fn decide(&mut self, first: usize, answers: &mut [bool]) {
        for (yes, question) in answers.iter_mut().zip(&self.questions[first..]) {
            let ruling = self.policy.decide(black_box(question), &mut self.scratch);
            *yes = ruling.outcome() == Outcome::Permitted;
            for reason in ruling.reasons() {
                black_box(reason);
            }
        }
    }

    fn json(&mut self, _: &str, _: &mut String) {}
}

struct Whole {
    policy: Policy,
    questions: Vec<Encoded>,
}

const YES: &str = r#""unconditional":true"#;

impl Engine for Whole {
    fn prepare(&mut self, requests: &[Request]) {
        self.questions = questions(&self.policy, requests);
    }

    fn decide(&mut self, first: usize, answers: &mut [bool]) {
        for (yes, question) in answers.iter_mut().zip(&self.questions[first..]) {
            *yes = self.policy.explain(black_box(question)).contains(YES);
        }
    }

    fn request(&self, request: &Request) -> String {
        question::text(request)
    }

    fn json(&mut self, request: &str, out: &mut String) {
        out.push_str(&self.policy.decide_json(request));
    }

    fn is_yes(&self, answer: &str) -> bool {
        answer.contains(YES)
    }
}

/// Requests of which not everything is said.
pub(crate) struct Partly {
    policy: Policy,
    questions: Vec<Encoded>,
}

impl Partly {
    /// Each request without so many of its facts, drawn at random; what is done stays.
    ///
    /// # Errors
    /// If the policy cannot be loaded, or does not take such a question.
    pub(crate) fn of(requests: &[Request], unknown: usize, chance: &mut Chance) -> Result<Self, String> {
        let policy = policy()?;
        let mut questions = Vec::with_capacity(requests.len());
        for request in requests {
            let mut asked: Value =
                serde_json::from_str(&question::text(request)).map_err(|e| e.to_string())?;
            if let Some(facts) = asked["facts"].as_object_mut() {
                for _ in 0..unknown {
                    let names: Vec<String> = facts.keys().filter(|name| *name != "action").cloned().collect();
                    facts.remove(&names[chance.below(names.len() as u64) as usize]);
                }
            }
            questions.push(policy.encode_json(&asked.to_string()).map_err(|error| error.to_string())?);
        }
        Ok(Self { policy, questions })
    }

    /// Asks all of them; how many need facts.
    pub(crate) fn ask(&self) -> usize {
        let needs_facts =
            |question: &&Encoded| self.policy.outcome(black_box(question)) == Outcome::NeedsFacts;
        self.questions.iter().filter(needs_facts).count()
    }
}
