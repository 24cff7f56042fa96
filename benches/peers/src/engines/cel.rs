//! A CEL crate: all rules as one expression.

use super::{Engine, Entry, Kind};
use crate::workload::Request;
use crate::workload::json::{RequestJson, answer};
use cel::{Context, Env, Program, Value};
use std::collections::HashMap;
use std::sync::Arc;

const POLICY: &str = include_str!("../../policies/tech.cel");

pub(super) const ENTRY: Entry = Entry {
    key: "cel",
    name: "cel, one expression",
    kind: Kind::Peer,
    decides: true,
    json: true,
    load: || {
        let env = Arc::new(Env::stdlib());
        let program = env.compile(POLICY).map_err(|error| error.to_string())?;
        Ok(Box::new(Cel { env, program, contexts: Vec::new() }))
    },
};

struct Cel {
    env: Arc<Env>,
    program: Program,
    contexts: Vec<Context<'static, 'static>>,
}

impl Cel {
    fn context(&self, json: &serde_json::Value) -> Context<'static, 'static> {
        let mut context = Context::with_env(self.env.clone());
        for (name, value) in json.as_object().into_iter().flatten() {
            context.add_variable_from_value(name.as_str(), converted(value));
        }
        context
    }

    fn allows(&self, context: &Context<'static, 'static>) -> bool {
        self.program.execute(context).is_ok_and(|value| value == Value::from(true))
    }
}

fn converted(json: &serde_json::Value) -> Value {
    use serde_json::Value as Json;
    match json {
        Json::Null => Value::Null,
        Json::Bool(yes) => Value::from(*yes),
        Json::Number(number) => Value::from(number.as_i64().unwrap_or_default()),
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(items) => Value::from(items.iter().map(converted).collect::<Vec<_>>()),
        Json::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| (name.clone(), converted(value)));
            Value::from(fields.collect::<HashMap<String, Value>>())
        }
    }
}

impl Engine for Cel {
    fn prepare(&mut self, requests: &[Request]) {
        let json = requests.iter().filter_map(|r| serde_json::to_value(RequestJson::of(r)).ok());
        self.contexts = json.map(|json| self.context(&json)).collect();
    }

    fn decide(&mut self, first: usize, answers: &mut [bool]) {
        for (yes, context) in answers.iter_mut().zip(&self.contexts[first..]) {
            *yes = self.allows(context);
        }
    }

    fn json(&mut self, request: &str, out: &mut String) {
        let json = serde_json::from_str::<serde_json::Value>(request);
        out.push_str(answer(json.is_ok_and(|json| self.allows(&self.context(&json)))));
    }
}
