//! regorus: Rego, interpreted, and compiled to its bytecode.

use super::{Engine, Entry, Kind};
use crate::workload::Request;
use crate::workload::json::{RequestJson, answer};
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use regorus::{Rc, Value};

const POLICY: &str = include_str!("../../policies/tech.rego");
const RULE: &str = "data.tech.allow";

pub(super) const ENTRIES: [Entry; 2] = [
    Entry {
        key: "regorus",
        name: "regorus, interpreter",
        kind: Kind::Peer,
        decides: true,
        json: true,
        load: || {
            Ok(Box::new(Asked { rego: Interpreter { engine: engine()?, rule: RULE }, inputs: Vec::new() }))
        },
    },
    Entry {
        key: "regorus-bytecode",
        name: "regorus, bytecode",
        kind: Kind::Peer,
        decides: true,
        json: true,
        load: || Ok(Box::new(Asked { rego: machine(engine()?, RULE, None)?, inputs: Vec::new() })),
    },
];

fn engine() -> Result<regorus::Engine, String> {
    let mut engine = regorus::Engine::new();
    engine.add_policy("tech.rego".into(), POLICY.into()).map_err(|error| error.to_string())?;
    Ok(engine)
}

/// The bytecode of a rule; what a fuse would cut off is run to its end.
pub(crate) fn machine(
    mut engine: regorus::Engine,
    rule: &str,
    data: Option<Value>,
) -> Result<RegoVM, String> {
    let entry: Rc<str> = rule.into();
    let policy = engine.compile_with_entrypoint(&entry).map_err(|error| error.to_string())?;
    let program = Compiler::compile_from_policy(&policy, &[rule]).map_err(|error| error.to_string())?;
    let mut machine = RegoVM::new();
    machine.load_program(program);
    if let Some(data) = data {
        machine.set_data(data).map_err(|error| error.to_string())?;
    }
    machine.set_max_instructions(usize::MAX);
    Ok(machine)
}

fn inputs(requests: &[Request]) -> Vec<Value> {
    requests.iter().filter_map(|request| Value::from_json_str(&RequestJson::text(request)).ok()).collect()
}

/// Rego that can be asked.
pub(crate) trait Rego {
    /// Whether the rule holds of an input; what fails is no yes.
    fn allows(&mut self, input: Value) -> bool;
}

/// The interpreter with the rule that it is asked for.
pub(crate) struct Interpreter {
    pub engine: regorus::Engine,
    pub rule: &'static str,
}

impl Rego for Interpreter {
    fn allows(&mut self, input: Value) -> bool {
        self.engine.set_input(input);
        is_true(self.engine.eval_rule(self.rule.into()).ok())
    }
}

impl Rego for RegoVM {
    fn allows(&mut self, input: Value) -> bool {
        self.set_input(input);
        is_true(self.execute().ok())
    }
}

fn is_true(value: Option<Value>) -> bool {
    matches!(value, Some(Value::Bool(true)))
}

struct Asked<R> {
    rego: R,
    inputs: Vec<Value>,
}

impl<R: Rego> Engine for Asked<R> {
    fn prepare(&mut self, requests: &[Request]) {
        self.inputs = inputs(requests);
    }

    fn decide(&mut self, first: usize, answers: &mut [bool]) {
        for (yes, input) in answers.iter_mut().zip(&self.inputs[first..]) {
            *yes = self.rego.allows(input.clone());
        }
    }

    fn json(&mut self, request: &str, out: &mut String) {
        let allowed = Value::from_json_str(request).is_ok_and(|input| self.rego.allows(input));
        out.push_str(answer(allowed));
    }
}
