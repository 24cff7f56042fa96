//! cedar-policy: a policy for each rule; roles are groups, channels are actions.

use super::{Ask, Grower, Grown, Rule, Sizes};
use crate::engines::Kind;
use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
    RestrictedExpression,
};
use std::collections::HashSet;
use std::fmt::Write;
use std::str::FromStr;

pub(super) const GROWER: Grower = Grower {
    key: "cedar",
    name: "cedar-policy",
    kind: Kind::Peer,
    most: usize::MAX,
    text,
    load: |sizes, text| Ok(Box::new(Cedar::load(sizes, text)?)),
};

fn text(_: Sizes, rules: &[Rule]) -> String {
    let mut text = String::new();
    for rule in rules {
        let (effect, action) = match rule.channel {
            Some(channel) => ("permit", format!("action == Action::\"c{channel}\"")),
            None => ("forbid", "action".to_owned()),
        };
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "{effect}(principal in Role::\"r{}\", {action}, resource == Device::\"d{}\") \
             when {{ context.minute >= {} && context.minute < {} }};",
            rule.role, rule.device, rule.from, rule.until
        );
    }
    text
}

fn uid(kind: &str, id: String) -> Result<EntityUid, String> {
    let kind = EntityTypeName::from_str(kind).map_err(|error| error.to_string())?;
    Ok(EntityUid::from_type_name_and_id(kind, EntityId::new(id)))
}

fn request(ask: &Ask) -> Result<Request, String> {
    let minute = RestrictedExpression::new_long(ask.minute.into());
    let context = Context::from_pairs([("minute".to_owned(), minute)]).map_err(|error| error.to_string())?;
    let (user, action) =
        (uid("User", format!("u{}", ask.role))?, uid("Action", format!("c{}", ask.channel))?);
    Request::new(user, action, uid("Device", format!("d{}", ask.device))?, context, None)
        .map_err(|error| error.to_string())
}

struct Cedar {
    authorizer: Authorizer,
    policies: PolicySet,
    people: Entities,
    requests: Vec<Request>,
}

impl Cedar {
    fn load(sizes: Sizes, text: &str) -> Result<Self, String> {
        let policies = PolicySet::from_str(text).map_err(|error| error.to_string())?;
        let mut people = Vec::new();
        for role in 0..sizes.roles {
            let parents = HashSet::from([uid("Role", format!("r{role}"))?]);
            people.push(Entity::new_no_attrs(uid("User", format!("u{role}"))?, parents));
        }
        let people = Entities::from_entities(people, None).map_err(|error| error.to_string())?;
        Ok(Self { authorizer: Authorizer::new(), policies, people, requests: Vec::new() })
    }
}

impl Grown for Cedar {
    fn prepare(&mut self, asks: &[Ask]) {
        self.requests = asks.iter().filter_map(|ask| request(ask).ok()).collect();
    }

    fn decide(&mut self, first: usize, answers: &mut [bool]) {
        for (yes, request) in answers.iter_mut().zip(&self.requests[first..]) {
            let response = self.authorizer.is_authorized(request, &self.policies, &self.people);
            *yes = response.decision() == Decision::Allow;
        }
    }
}
