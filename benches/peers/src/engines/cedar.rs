//! cedar-policy: the whole policy set; only the policies of the action, chosen by the caller; and its own JSON interface.

use super::{Engine, Entry, Kind};
use crate::workload::Request;
use crate::workload::json::{RequestJson, answer, person};
use crate::workload::request::{Action, Group};
use cedar_policy::{
    ActionConstraint, Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid,
    PolicySet, Request as Ask, RestrictedExpression as Value, ffi,
};
use serde_json::json;
use std::collections::{HashMap, HashSet};
use std::str::FromStr;

const POLICY: &str = include_str!("../../policies/tech.cedar");

pub(super) const ENTRIES: [Entry; 3] = [
    Entry {
        key: "cedar",
        name: "cedar-policy",
        kind: Kind::Peer,
        decides: true,
        json: true,
        load: || Ok(Box::new(Whole::load()?)),
    },
    Entry {
        key: "cedar-action",
        name: "cedar-policy, only the action's policies",
        kind: Kind::Peer,
        decides: true,
        json: true,
        load: || Ok(Box::new(Sliced::load()?)),
    },
    Entry {
        key: "cedar-json",
        name: "cedar-policy, its own JSON interface",
        kind: Kind::Peer,
        decides: false,
        json: true,
        load: || Ok(Box::new(OwnJson::load()?)),
    },
];

fn kind(name: &str) -> Result<EntityTypeName, String> {
    EntityTypeName::from_str(name).map_err(|error| error.to_string())
}

struct Whole {
    authorizer: Authorizer,
    policies: PolicySet,
    people: Entities,
    user: EntityTypeName,
    action: EntityTypeName,
    device: EntityTypeName,
    asks: Vec<Ask>,
}

impl Whole {
    fn load() -> Result<Self, String> {
        let policies = PolicySet::from_str(POLICY).map_err(|error| error.to_string())?;
        let (user, group) = (kind("User")?, kind("Group")?);
        let mut people = Vec::new();
        for of in Group::ALL {
            for selected in [false, true] {
                let uid =
                    EntityUid::from_type_name_and_id(user.clone(), EntityId::new(person(*of, selected)));
                let parent = EntityUid::from_type_name_and_id(group.clone(), EntityId::new(of.word()));
                let attributes = HashMap::from([("selected".to_owned(), Value::new_bool(selected))]);
                let entity = Entity::new(uid, attributes, HashSet::from([parent]));
                people.push(entity.map_err(|error| error.to_string())?);
            }
        }
        let people = Entities::from_entities(people, None).map_err(|error| error.to_string())?;
        let (action, device) = (kind("Action")?, kind("Device")?);
        Ok(Self { authorizer: Authorizer::new(), policies, people, user, action, device, asks: Vec::new() })
    }

    fn ask(&self, json: &RequestJson) -> Result<Ask, String> {
        let c = &json.context;
        let text = |word: &str| Value::new_string(word.to_owned());
        let context = Context::from_pairs([
            ("target".into(), text(c.target.word())),
            ("channel".into(), text(c.channel.word())),
            ("period".into(), text(c.period.word())),
            ("minute".into(), Value::new_long(c.minute.into())),
            ("date".into(), Value::new_long(c.date.into())),
            ("location".into(), text(c.location.word())),
            ("approvals".into(), Value::new_set(c.approvals.iter().map(|a| text(a.word())))),
            ("consent".into(), Value::new_bool(c.consent)),
            ("unavoidable".into(), Value::new_bool(c.unavoidable)),
            ("number_withheld".into(), Value::new_bool(c.number_withheld)),
            ("age".into(), Value::new_long(c.age.into())),
            ("equal_setting".into(), Value::new_bool(c.equal_setting)),
        ])
        .map_err(|error| error.to_string())?;
        let uid = |kind: &EntityTypeName, id: &str| {
            EntityUid::from_type_name_and_id(kind.clone(), EntityId::new(id))
        };
        Ask::new(
            uid(&self.user, &json.principal.id),
            uid(&self.action, json.action.word()),
            uid(&self.device, json.resource.device.word()),
            context,
            None,
        )
        .map_err(|error| error.to_string())
    }

    fn allows(&self, ask: &Ask, policies: &PolicySet) -> bool {
        self.authorizer.is_authorized(ask, policies, &self.people).decision() == Decision::Allow
    }

    fn read(&self, request: &str) -> Option<Ask> {
        self.ask(&serde_json::from_str(request).ok()?).ok()
    }
}

impl Engine for Whole {
    fn prepare(&mut self, requests: &[Request]) {
        let asks = requests.iter().filter_map(|request| self.ask(&RequestJson::of(request)).ok());
        self.asks = asks.collect();
    }

    fn decide(&mut self, first: usize, answers: &mut [bool]) {
        for (yes, ask) in answers.iter_mut().zip(&self.asks[first..]) {
            *yes = self.allows(ask, &self.policies);
        }
    }

    fn json(&mut self, request: &str, out: &mut String) {
        let allowed = self.read(request).is_some_and(|ask| self.allows(&ask, &self.policies));
        out.push_str(answer(allowed));
    }
}

/// What an application can do on its own account: one policy set for each action, chosen before the call.
struct Sliced {
    whole: Whole,
    by_action: HashMap<EntityUid, PolicySet>,
}

impl Sliced {
    fn load() -> Result<Self, String> {
        let whole = Whole::load()?;
        let mut by_action = HashMap::new();
        for action in Action::ALL {
            let uid = EntityUid::from_type_name_and_id(whole.action.clone(), EntityId::new(action.word()));
            let speaks = |constraint: ActionConstraint| match constraint {
                ActionConstraint::Any => true,
                ActionConstraint::Eq(of) => of == uid,
                ActionConstraint::In(of) => of.contains(&uid),
            };
            let policies: Vec<_> =
                whole.policies.policies().filter(|p| speaks(p.action_constraint())).cloned().collect();
            let policies = PolicySet::from_policies(policies).map_err(|error| error.to_string())?;
            by_action.insert(uid, policies);
        }
        Ok(Self { whole, by_action })
    }

    fn allows(&self, ask: &Ask) -> bool {
        let policies = ask.action().and_then(|action| self.by_action.get(action));
        policies.is_some_and(|policies| self.whole.allows(ask, policies))
    }
}

impl Engine for Sliced {
    fn prepare(&mut self, requests: &[Request]) {
        self.whole.prepare(requests);
    }

    fn decide(&mut self, first: usize, answers: &mut [bool]) {
        for (yes, ask) in answers.iter_mut().zip(&self.whole.asks[first..]) {
            *yes = self.allows(ask);
        }
    }

    fn json(&mut self, request: &str, out: &mut String) {
        let allowed = self.whole.read(request).is_some_and(|ask| self.allows(&ask));
        out.push_str(answer(allowed));
    }
}

/// The JSON interface with the policies read beforehand; people travel with each call.
struct OwnJson;

impl OwnJson {
    fn load() -> Result<Self, String> {
        let policies = serde_json::from_value(json!({ "staticPolicies": POLICY }));
        match ffi::preparse_policy_set("tech".into(), policies.map_err(|error| error.to_string())?) {
            ffi::CheckParseAnswer::Success => Ok(Self),
            failed => Err(format!("{failed:?}")),
        }
    }

    fn call(request: &str) -> Option<String> {
        let call: ffi::StatefulAuthorizationCall = serde_json::from_str(request).ok()?;
        serde_json::to_string(&ffi::stateful_is_authorized(call)).ok()
    }
}

impl Engine for OwnJson {
    fn prepare(&mut self, _: &[Request]) {}

    fn decide(&mut self, _: usize, _: &mut [bool]) {}

    fn request(&self, request: &Request) -> String {
        let json = RequestJson::of(request);
        let person = json!({ "type": "User", "id": json.principal.id });
        json!({
            "principal": person,
            "action": { "type": "Action", "id": json.action },
            "resource": { "type": "Device", "id": json.resource.device },
            "context": json.context,
            "entities": [{
                "uid": person,
                "attrs": { "selected": json.principal.selected },
                "parents": [{ "type": "Group", "id": json.principal.group }],
            }],
            "preparsedPolicySetId": "tech",
        })
        .to_string()
    }

    fn json(&mut self, request: &str, out: &mut String) {
        out.push_str(&Self::call(request).unwrap_or_default());
    }
}
