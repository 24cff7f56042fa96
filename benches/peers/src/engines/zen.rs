//! zen-engine: a decision table, the first row that matches decides.

use super::{Engine, Entry, Kind};
use crate::workload::Request;
use crate::workload::json::RequestJson;
use zen_engine::model::DecisionContent;
use zen_engine::{Decision, DecisionEngine, Variable};

const POLICY: &str = include_str!("../../policies/tech.jdm.json");

pub(super) const ENTRY: Entry = Entry {
    key: "zen",
    name: "zen-engine",
    kind: Kind::Peer,
    decides: true,
    json: true,
    load: || Ok(Box::new(Zen { decision: compiled(POLICY)?, asks: Vec::new() })),
};

/// A decision from its model, compiled.
///
/// # Errors
/// What zen-engine says is wrong with it.
pub(crate) fn compiled(model: &str) -> Result<Decision, String> {
    let content: DecisionContent = serde_json::from_str(model).map_err(|error| error.to_string())?;
    let engine = DecisionEngine::default();
    let mut decision = engine.create_decision(content.into()).map_err(|error| error.to_string())?;
    decision.compile();
    Ok(decision)
}

struct Zen {
    decision: Decision,
    asks: Vec<Variable>,
}

impl Zen {
    fn result(&self, ask: Variable) -> Option<Variable> {
        pollster::block_on(self.decision.evaluate(ask)).ok().map(|response| response.result)
    }
}

impl Engine for Zen {
    fn prepare(&mut self, requests: &[Request]) {
        let asks = requests.iter().filter_map(|r| serde_json::to_value(RequestJson::of(r)).ok());
        self.asks = asks.map(Variable::from).collect();
    }

    fn decide(&mut self, first: usize, answers: &mut [bool]) {
        for (yes, ask) in answers.iter_mut().zip(&self.asks[first..]) {
            let decision = self.result(ask.depth_clone(1)).and_then(|result| result.dot("decision"));
            *yes = decision.is_some_and(|word| word.as_str().is_some_and(|word| word == "allow"));
        }
    }

    fn json(&mut self, request: &str, out: &mut String) {
        let ask = serde_json::from_str::<serde_json::Value>(request).ok();
        let result = ask.and_then(|ask| self.result(ask.into()));
        out.push_str(&result.and_then(|result| serde_json::to_string(&result).ok()).unwrap_or_default());
    }
}
