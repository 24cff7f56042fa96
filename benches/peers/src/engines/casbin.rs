//! casbin: one matcher over rows, a bar prevails.

use super::{Engine, Entry, Kind};
use crate::workload::Request;
use crate::workload::json::{RequestJson, answer};
use casbin::rhai::Dynamic;
use casbin::rhai::serde::to_dynamic;
use casbin::{CoreApi, DefaultModel, Enforcer, MemoryAdapter, MgmtApi};
use std::future::Future;

const MODEL: &str = include_str!("../../policies/casbin_model.conf");
const ROWS: &str = include_str!("../../policies/casbin_rows.json");

pub(super) const ENTRY: Entry = Entry {
    key: "casbin",
    name: "casbin",
    kind: Kind::Peer,
    decides: true,
    json: true,
    load: || {
        let rows = serde_json::from_str(ROWS).map_err(|error| error.to_string())?;
        Ok(Box::new(Casbin { enforcer: enforcer(MODEL, rows)?, asks: Vec::new() }))
    },
};

/// Waits for what casbin does asynchronously; with rules in memory there is nothing to wait for.
fn wait<F: Future>(future: F) -> F::Output {
    pollster::block_on(future)
}

/// An enforcer with a model and its rows.
pub(crate) fn enforcer(model: &str, rows: Vec<Vec<String>>) -> Result<Enforcer, String> {
    wait(async {
        let mut enforcer =
            Enforcer::new(DefaultModel::from_str(model).await?, MemoryAdapter::default()).await?;
        enforcer.add_policies(rows).await?;
        Ok(enforcer)
    })
    .map_err(|error: casbin::Error| error.to_string())
}

struct Casbin {
    enforcer: Enforcer,
    asks: Vec<Vec<Dynamic>>,
}

fn ask(json: &RequestJson) -> Option<Vec<Dynamic>> {
    Some(vec![
        Dynamic::from(json.principal.group.word().to_owned()),
        Dynamic::from(json.principal.selected),
        Dynamic::from(json.action.word().to_owned()),
        Dynamic::from(json.resource.device.word().to_owned()),
        to_dynamic(&json.context).ok()?,
    ])
}

impl Engine for Casbin {
    fn prepare(&mut self, requests: &[Request]) {
        self.asks = requests.iter().filter_map(|request| ask(&RequestJson::of(request))).collect();
    }

    fn decide(&mut self, first: usize, answers: &mut [bool]) {
        for (yes, ask) in answers.iter_mut().zip(&self.asks[first..]) {
            *yes = self.enforcer.enforce(ask.clone()).unwrap_or(false);
        }
    }

    fn json(&mut self, request: &str, out: &mut String) {
        let ask = serde_json::from_str(request).ok().and_then(|json: RequestJson| ask(&json));
        let allowed = ask.is_some_and(|ask| self.enforcer.enforce(ask).unwrap_or(false));
        out.push_str(answer(allowed));
    }
}
