//! zen-engine: a row for each rule of one decision table, bars first; the first row that matches decides.

use super::{Ask, Grower, Grown, Rule, Sizes};
use crate::engines::{Kind, compiled};
use serde_json::json;
use zen_engine::{Decision, Variable};

pub(super) const GROWER: Grower = Grower {
    key: "zen",
    name: "zen-engine, decision table",
    kind: Kind::Peer,
    most: usize::MAX,
    text,
    load: |_, text| Ok(Box::new(Zen { decision: compiled(text)?, asks: Vec::new() })),
};

fn text(_: Sizes, rules: &[Rule]) -> String {
    let bars_first = rules.iter().filter(|rule| rule.bars()).chain(rules.iter().filter(|rule| !rule.bars()));
    let row = |(number, rule): (usize, &Rule)| {
        json!({
            "_id": format!("row{number}"),
            "r": format!("\"r{}\"", rule.role),
            "d": format!("\"d{}\"", rule.device),
            "c": rule.channel.map(|channel| format!("\"c{channel}\"")).unwrap_or_default(),
            "m": format!("[{}..{})", rule.from, rule.until),
            "o": if rule.bars() { "\"deny\"" } else { "\"allow\"" },
        })
    };
    let mut rows: Vec<_> = bars_first.enumerate().map(row).collect();
    rows.push(json!({ "_id": "default", "r": "", "d": "", "c": "", "m": "", "o": "\"deny\"" }));
    json!({
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            { "id": "in", "name": "request", "type": "inputNode", "content": {} },
            { "id": "table", "name": "table", "type": "decisionTableNode", "content": {
                "hitPolicy": "first",
                "inputs": [
                    { "id": "r", "name": "role", "field": "role" },
                    { "id": "d", "name": "device", "field": "device" },
                    { "id": "c", "name": "channel", "field": "channel" },
                    { "id": "m", "name": "minute", "field": "minute" },
                ],
                "outputs": [{ "id": "o", "name": "decision", "field": "decision" }],
                "rules": rows,
            } },
            { "id": "out", "name": "response", "type": "outputNode", "content": {} },
        ],
        "edges": [
            { "id": "e1", "sourceId": "in", "targetId": "table", "type": "edge" },
            { "id": "e2", "sourceId": "table", "targetId": "out", "type": "edge" },
        ],
    })
    .to_string()
}

struct Zen {
    decision: Decision,
    asks: Vec<Variable>,
}

impl Grown for Zen {
    fn prepare(&mut self, asks: &[Ask]) {
        let ask = |ask: &Ask| {
            json!({
                "role": format!("r{}", ask.role),
                "device": format!("d{}", ask.device),
                "channel": format!("c{}", ask.channel),
                "minute": ask.minute,
            })
            .into()
        };
        self.asks = asks.iter().map(ask).collect();
    }

    fn decide(&mut self, first: usize, answers: &mut [bool]) {
        for (yes, ask) in answers.iter_mut().zip(&self.asks[first..]) {
            let response = pollster::block_on(self.decision.evaluate(ask.depth_clone(1))).ok();
            let decision = response.and_then(|response| response.result.dot("decision"));
            *yes = decision.is_some_and(|word| word.as_str().is_some_and(|word| word == "allow"));
        }
    }
}
