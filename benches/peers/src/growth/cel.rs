//! A CEL crate: all rules as one expression.

use super::{Ask, Grower, Grown, Rule, Sizes};
use crate::engines::Kind;
use cel::{Context, Env, Program, Value};
use std::sync::Arc;

pub(super) const GROWER: Grower = Grower {
    key: "cel",
    name: "cel, one expression",
    kind: Kind::Peer,
    most: usize::MAX,
    text,
    load: |_, text| {
        let env = Arc::new(Env::stdlib());
        let program = env.compile(text).map_err(|error| error.to_string())?;
        Ok(Box::new(Cel { env, program, contexts: Vec::new() }))
    },
};

fn text(_: Sizes, rules: &[Rule]) -> String {
    let of = |bars: bool| {
        let rules = rules.iter().filter(|rule| rule.bars() == bars).map(|rule| {
            let channel = rule.channel.map(|channel| format!("channel == \"c{channel}\" && "));
            format!(
                "(role == \"r{}\" && device == \"d{}\" && {}minute >= {} && minute < {})",
                rule.role,
                rule.device,
                channel.unwrap_or_default(),
                rule.from,
                rule.until
            )
        });
        rules.collect::<Vec<_>>().join(" || ")
    };
    format!("!({}) && ({})", of(true), of(false))
}

struct Cel {
    env: Arc<Env>,
    program: Program,
    contexts: Vec<Context<'static, 'static>>,
}

impl Grown for Cel {
    fn prepare(&mut self, asks: &[Ask]) {
        let context = |ask: &Ask| {
            let mut context = Context::with_env(self.env.clone());
            context.add_variable_from_value("role", format!("r{}", ask.role).as_str());
            context.add_variable_from_value("device", format!("d{}", ask.device).as_str());
            context.add_variable_from_value("channel", format!("c{}", ask.channel).as_str());
            context.add_variable_from_value("minute", i64::from(ask.minute));
            context
        };
        self.contexts = asks.iter().map(context).collect();
    }

    fn decide(&mut self, first: usize, answers: &mut [bool]) {
        for (yes, context) in answers.iter_mut().zip(&self.contexts[first..]) {
            *yes = self.program.execute(context).is_ok_and(|value| value == Value::from(true));
        }
    }
}
