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
        load: || Ok(Box::new(Interpreter { engine: engine()?, inputs: Vec::new() })),
    },
    Entry {
        key: "regorus-bytecode",
        name: "regorus, bytecode",
        kind: Kind::Peer,
        decides: true,
        json: true,
        load: || Ok(Box::new(Bytecode { machine: machine()?, inputs: Vec::new() })),
    },
];

fn engine() -> Result<regorus::Engine, String> {
    let mut engine = regorus::Engine::new();
    engine.add_policy("tech.rego".into(), POLICY.into()).map_err(|error| error.to_string())?;
    Ok(engine)
}

fn machine() -> Result<RegoVM, String> {
    let rule: Rc<str> = RULE.into();
    let policy = engine()?.compile_with_entrypoint(&rule).map_err(|error| error.to_string())?;
    let program = Compiler::compile_from_policy(&policy, &[RULE]).map_err(|error| error.to_string())?;
    let mut machine = RegoVM::new();
    machine.load_program(program);
    machine.set_max_instructions(usize::MAX);
    Ok(machine)
}

fn inputs(requests: &[Request]) -> Vec<Value> {
    requests.iter().filter_map(|request| Value::from_json_str(&RequestJson::text(request)).ok()).collect()
}

fn is_true(value: Option<Value>) -> bool {
    matches!(value, Some(Value::Bool(true)))
}

struct Interpreter {
    engine: regorus::Engine,
    inputs: Vec<Value>,
}

impl Interpreter {
    fn allows(&mut self, input: Value) -> bool {
        self.engine.set_input(input);
        is_true(self.engine.eval_rule(RULE.into()).ok())
    }
}

impl Engine for Interpreter {
    fn prepare(&mut self, requests: &[Request]) {
        self.inputs = inputs(requests);
    }

    fn decide(&mut self, first: usize, answers: &mut [bool]) {
        for (place, yes) in answers.iter_mut().enumerate() {
            *yes = self.allows(self.inputs[first + place].clone());
        }
    }

    fn json(&mut self, request: &str, out: &mut String) {
        let allowed = Value::from_json_str(request).is_ok_and(|input| self.allows(input));
        out.push_str(answer(allowed));
    }
}

struct Bytecode {
    machine: RegoVM,
    inputs: Vec<Value>,
}

impl Bytecode {
    fn allows(&mut self, input: Value) -> bool {
        self.machine.set_input(input);
        is_true(self.machine.execute().ok())
    }
}

impl Engine for Bytecode {
    fn prepare(&mut self, requests: &[Request]) {
        self.inputs = inputs(requests);
    }

    fn decide(&mut self, first: usize, answers: &mut [bool]) {
        for (place, yes) in answers.iter_mut().enumerate() {
            *yes = self.allows(self.inputs[first + place].clone());
        }
    }

    fn json(&mut self, request: &str, out: &mut String) {
        let allowed = Value::from_json_str(request).is_ok_and(|input| self.allows(input));
        out.push_str(answer(allowed));
    }
}
