//! casbin: a row for each rule below one matcher.

use super::{Ask, Grower, Grown, Rule, Sizes};
use crate::engines::{Kind, enforcer};
use casbin::rhai::Dynamic;
use casbin::{CoreApi, Enforcer};
use std::fmt::Write;

pub(super) const GROWER: Grower = Grower {
    key: "casbin",
    name: "casbin",
    kind: Kind::Peer,
    most: usize::MAX,
    text,
    load: |_, text| {
        let rows = text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
        Ok(Box::new(Casbin { enforcer: enforcer(MODEL, rows)?, asks: Vec::new() }))
    },
};

const MODEL: &str = r#"[request_definition]
r = role, dev, ch, t

[policy_definition]
p = role, dev, ch, from, to, eft

[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))

[matchers]
m = r.role == p.role && r.dev == p.dev && (p.ch == "*" || r.ch == p.ch) && r.t >= p.from && r.t < p.to
"#;

/// Minutes have four digits: the matcher compares texts.
fn text(_: Sizes, rules: &[Rule]) -> String {
    let mut text = String::new();
    for rule in rules {
        let channel = rule.channel.map_or_else(|| "*".to_owned(), |channel| format!("c{channel}"));
        let effect = if rule.bars() { "deny" } else { "allow" };
        let (role, device, from, until) = (rule.role, rule.device, rule.from, rule.until);
        // Writing to a string does not fail.
        let _ = writeln!(text, "r{role},d{device},{channel},{from:04},{until:04},{effect}");
    }
    text
}

struct Casbin {
    enforcer: Enforcer,
    asks: Vec<Vec<Dynamic>>,
}

impl Grown for Casbin {
    fn prepare(&mut self, asks: &[Ask]) {
        let ask = |ask: &Ask| {
            [
                format!("r{}", ask.role),
                format!("d{}", ask.device),
                format!("c{}", ask.channel),
                format!("{:04}", ask.minute),
            ]
            .map(Dynamic::from)
            .to_vec()
        };
        self.asks = asks.iter().map(ask).collect();
    }

    fn decide(&mut self, first: usize, answers: &mut [bool]) {
        for (yes, ask) in answers.iter_mut().zip(&self.asks[first..]) {
            *yes = self.enforcer.enforce(ask.clone()).unwrap_or(false);
        }
    }
}
