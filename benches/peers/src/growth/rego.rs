//! regorus: a rule for each rule, interpreted and as bytecode; and the rules as data below two rules that look them up.

use super::{Ask, Grower, Grown, Rule, Sizes};
use crate::engines::Kind;
use crate::engines::rego::{Interpreter, Rego, machine};
use regorus::{Engine, PolicyLengthConfig, Value};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::num::{NonZeroU32, NonZeroUsize};

const RULE: &str = "data.made.allow";

pub(super) const INTERPRETER: Grower = Grower {
    key: "regorus",
    name: "regorus, interpreter, a rule each",
    kind: Kind::Peer,
    most: 10_000,
    text,
    load: |_, text| Ok(Box::new(Asked { rego: interpreter(text)?, inputs: Vec::new() })),
};

pub(super) const BYTECODE: Grower = Grower {
    key: "regorus-bytecode",
    name: "regorus, bytecode, a rule each",
    kind: Kind::Peer,
    // With 10,000 rules its compiler runs out of registers.
    most: 1_000,
    text,
    load: |_, text| Ok(Box::new(Asked { rego: machine(engine(text)?, RULE, None)?, inputs: Vec::new() })),
};

pub(super) const DATA: Grower = Grower {
    key: "regorus-data",
    name: "regorus, bytecode, rules as data",
    kind: Kind::Peer,
    most: usize::MAX,
    text: data,
    load: |_, text| {
        let data = Value::from_json_str(text).map_err(|error| error.to_string())?;
        Ok(Box::new(Asked { rego: machine(engine(LOOKING_UP)?, RULE, Some(data))?, inputs: Vec::new() }))
    },
};

const HEAD: &str = "package made\nimport rego.v1\ndefault allow := false\nallow if { permit; not forbid }\n";

const LOOKING_UP: &str = r"package made
import rego.v1
default allow := false
allow if {
    window := data.permits[input.role][input.device][input.channel]
    input.minute >= window[0]
    input.minute < window[1]
    not forbid
}
forbid if {
    some window in data.forbids[input.role][input.device]
    input.minute >= window[0]
    input.minute < window[1]
}
";

fn text(_: Sizes, rules: &[Rule]) -> String {
    let mut text = HEAD.to_owned();
    for rule in rules {
        let (head, channel) = match rule.channel {
            Some(channel) => ("permit", format!("input.channel == \"c{channel}\"; ")),
            None => ("forbid", String::new()),
        };
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "{head} if {{ input.role == \"r{}\"; input.device == \"d{}\"; {channel}input.minute >= {}; \
             input.minute < {} }}",
            rule.role, rule.device, rule.from, rule.until
        );
    }
    text
}

type Windows<T> = BTreeMap<String, BTreeMap<String, T>>;

fn data(_: Sizes, rules: &[Rule]) -> String {
    let mut permits: Windows<BTreeMap<String, [u16; 2]>> = BTreeMap::new();
    let mut forbids: Windows<Vec<[u16; 2]>> = BTreeMap::new();
    for rule in rules {
        let (role, device) = (format!("r{}", rule.role), format!("d{}", rule.device));
        let window = [rule.from, rule.until];
        match rule.channel {
            Some(channel) => {
                let cell = permits.entry(role).or_default().entry(device).or_default();
                cell.insert(format!("c{channel}"), window);
            }
            None => forbids.entry(role).or_default().entry(device).or_default().push(window),
        }
    }
    serde_json::json!({ "permits": permits, "forbids": forbids }).to_string()
}

fn engine(text: &str) -> Result<Engine, String> {
    let mut engine = Engine::new();
    engine.set_policy_length_config(PolicyLengthConfig {
        max_col: NonZeroU32::MAX,
        max_file_bytes: NonZeroUsize::MAX,
        max_lines: NonZeroUsize::MAX,
    });
    engine.add_policy("made.rego".into(), text.into()).map_err(|error| error.to_string())?;
    Ok(engine)
}

fn input(ask: &Ask) -> Option<Value> {
    let json = serde_json::json!({
        "role": format!("r{}", ask.role),
        "device": format!("d{}", ask.device),
        "channel": format!("c{}", ask.channel),
        "minute": ask.minute,
    });
    Value::from_json_str(&json.to_string()).ok()
}

/// The analysis happens at the first question, so one is asked: it belongs to loading.
fn interpreter(text: &str) -> Result<Interpreter, String> {
    let mut engine = engine(text)?;
    if let Some(input) = input(&Ask { role: 0, device: 0, channel: 0, minute: 0 }) {
        engine.set_input(input);
    }
    engine.eval_rule(RULE.into()).map_err(|error| error.to_string())?;
    Ok(Interpreter { engine, rule: RULE })
}

struct Asked<R> {
    rego: R,
    inputs: Vec<Value>,
}

impl<R: Rego> Grown for Asked<R> {
    fn prepare(&mut self, asks: &[Ask]) {
        self.inputs = asks.iter().filter_map(input).collect();
    }

    fn decide(&mut self, first: usize, answers: &mut [bool]) {
        for (yes, input) in answers.iter_mut().zip(&self.inputs[first..]) {
            *yes = self.rego.allows(input.clone());
        }
    }
}
