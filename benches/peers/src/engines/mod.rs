//! Everybody's adapter to the workload: how a policy is loaded, what a request is to this engine, and how it is asked.
//!
//! Each engine gets its policy in its own idiom and its requests in its own types, made beforehand where its interface lets
//! a program do that. Never here: a clock, or a trick that a user of the engine would not find in its documentation.

mod byelaw;
mod casbin;
mod cedar;
mod cel;
mod hand;
pub(crate) mod rego;
mod zen;

pub(crate) use byelaw::Partly;
pub(crate) use casbin::enforcer;
pub(crate) use zen::compiled;

use crate::workload::Request;
use crate::workload::json::RequestJson;

/// What an engine is to the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Written by hand for these rules: what can be reached.
    Hand,
    /// Byelaw.
    Ours,
    /// Somebody else's engine.
    Peer,
}

/// An engine that has its policy.
pub trait Engine {
    /// Makes the engine's own requests; not timed.
    fn prepare(&mut self, requests: &[Request]);

    /// Answers the prepared requests from `first` on, one for each place of `answers`; timed. True only for a yes.
    fn decide(&mut self, first: usize, answers: &mut [bool]);

    /// A request in the JSON that [`Engine::json`] reads; not timed.
    fn request(&self, request: &Request) -> String {
        RequestJson::text(request)
    }

    /// From a request in JSON to an answer in JSON, appended; timed.
    fn json(&mut self, request: &str, answer: &mut String);

    /// Whether an answer in JSON is a yes.
    fn is_yes(&self, answer: &str) -> bool {
        answer.contains(r#""allow""#)
    }
}

/// An engine, and how to come by it.
#[derive(Clone, Copy)]
pub struct Entry {
    /// Its name on the command line.
    pub key: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
    /// Whether it takes requests of its own types.
    pub decides: bool,
    /// Whether it takes JSON in a way that no other entry does.
    pub json: bool,
    /// From policy text to an engine that answers; timed as the cold start.
    pub load: fn() -> Result<Box<dyn Engine>, String>,
}

/// All engines; the first is the yardstick.
pub fn entries() -> Vec<Entry> {
    let mut all = hand::ENTRIES.to_vec();
    all.extend(byelaw::ENTRIES);
    all.extend(cedar::ENTRIES);
    all.extend(rego::ENTRIES);
    all.extend([casbin::ENTRY, zen::ENTRY, cel::ENTRY]);
    all
}
