//! What would change an answer, as JSON.

use crate::decision::{WayJson, value_json, way_json};
use crate::json::{Object, ToJson, Value};
use crate::names;
use byelaw_data::{Listed as _, Map, Outcome, ValueId};
use byelaw_ir::Program;
use byelaw_question::{Change, Changes};

/// A change after which the act is permitted, or would be with the approvals that are told, or may be.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeJson {
    /// The facts that are otherwise, as a question states them.
    pub change: Map<String, Value>,
    /// For some of these, other values that do as well, the rest of the change being as told.
    pub or: Map<String, Value>,
    /// Undertakings and duties that the question refuses and that are kept.
    pub will: Vec<String>,
    /// The outcome then: permitted or needs_approval; needs_facts if it hangs on what is not known.
    pub outcome: &'static str,
    /// What suffices then, each in full; none if it hangs on what is not known.
    pub ways: Vec<WayJson>,
}

impl ToJson for ChangeJson {
    fn write(&self, out: &mut String) {
        Object::new(out)
            .field("change", &self.change)
            .told("or", &self.or)
            .told("will", &self.will)
            .field("outcome", &self.outcome)
            .field("ways", &self.ways)
            .end();
    }
}

/// Changes in words of the vocabulary, cheapest first.
pub(crate) fn json(program: &Program, changes: &Changes) -> Vec<ChangeJson> {
    changes.told.iter().map(|change| one(program, change)).list()
}

fn one(program: &Program, change: &Change) -> ChangeJson {
    let ways: Vec<WayJson> = change.ways.iter().map(|way| way_json(program, way)).list();
    let needs_nobody = ways.iter().any(|way| way.approvals.is_empty());
    let mut told = Map::new();
    let mut or = Map::new();
    for changed in &change.facts {
        let name = names::fact_name(program, changed.fact).to_owned();
        let value = |id: &ValueId| value_json(program, changed.fact, *id);
        told.insert(name.clone(), value(&changed.value));
        if !changed.or.is_empty() {
            or.insert(name, Value::Array(changed.or.iter().map(value).list()));
        }
    }
    let undertakings = change.undertakings.iter().filter_map(|a| names::atom_word(program, *a));
    let deeds = change.deeds.iter().filter_map(|d| program.names.deeds.get(usize::from(d.0)));
    ChangeJson {
        change: told,
        or,
        will: undertakings.chain(deeds).map(|word| word.name.clone()).list(),
        outcome: match ways.is_empty() {
            true => Outcome::NeedsFacts,
            false if needs_nobody => Outcome::Permitted,
            false => Outcome::NeedsApproval,
        }
        .name(),
        ways,
    }
}
