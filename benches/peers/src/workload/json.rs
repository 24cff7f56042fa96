//! The requests as JSON, in the shape that every engine gets: who asks, what is done, with what, and all else.

use super::request::{Action, Approver, Channel, Device, Group, Location, Period, Request, Target};
use serde::{Deserialize, Serialize};

/// The answer to a permitted request.
pub const ALLOW: &str = r#"{"decision":"allow"}"#;
/// The answer to every other request.
pub const DENY: &str = r#"{"decision":"deny"}"#;

/// The answer in JSON.
pub fn answer(allowed: bool) -> &'static str {
    if allowed { ALLOW } else { DENY }
}

/// A request as it is read and written.
#[allow(missing_docs, reason = "the fields of a request, in the order of its JSON")]
#[derive(Debug, Serialize, Deserialize)]
pub struct RequestJson {
    pub principal: Principal,
    pub action: Action,
    pub resource: Resource,
    pub context: Context,
}

/// Who asks.
#[allow(missing_docs, reason = "the fields of a request, in the order of its JSON")]
#[derive(Debug, Serialize, Deserialize)]
pub struct Principal {
    pub id: String,
    pub group: Group,
    pub selected: bool,
}

/// What it is done with.
#[allow(missing_docs, reason = "the fields of a request, in the order of its JSON")]
#[derive(Debug, Serialize, Deserialize)]
pub struct Resource {
    pub device: Device,
}

/// All else.
#[allow(missing_docs, reason = "the fields of a request, in the order of its JSON")]
#[derive(Debug, Serialize, Deserialize)]
pub struct Context {
    pub target: Target,
    pub channel: Channel,
    pub period: Period,
    pub minute: u16,
    pub date: u32,
    pub location: Location,
    pub approvals: Vec<Approver>,
    pub consent: bool,
    pub unavoidable: bool,
    pub number_withheld: bool,
    pub age: u8,
    pub equal_setting: bool,
}

/// The name of the made-up person who asks: there are four, by group and by whether they are selected.
pub fn person(group: Group, selected: bool) -> String {
    format!("u{}", (group as u8) * 2 + u8::from(selected))
}

impl RequestJson {
    /// A request for its JSON.
    pub fn of(r: &Request) -> Self {
        Self {
            principal: Principal { id: person(r.group, r.selected), group: r.group, selected: r.selected },
            action: r.action,
            resource: Resource { device: r.device },
            context: Context {
                target: r.target,
                channel: r.channel,
                period: r.period,
                minute: r.minute,
                date: r.date,
                location: r.location,
                approvals: r.approvers().collect(),
                consent: r.consent,
                unavoidable: r.unavoidable,
                number_withheld: r.number_withheld,
                age: r.age,
                equal_setting: r.equal_setting,
            },
        }
    }

    /// The request that the JSON means.
    pub fn request(&self) -> Request {
        let c = &self.context;
        Request {
            date: c.date,
            minute: c.minute,
            age: c.age,
            approvals: c.approvals.iter().fold(0, |bits, approver| bits | 1 << (*approver as u8)),
            group: self.principal.group,
            action: self.action,
            device: self.resource.device,
            target: c.target,
            channel: c.channel,
            period: c.period,
            location: c.location,
            selected: self.principal.selected,
            consent: c.consent,
            unavoidable: c.unavoidable,
            number_withheld: c.number_withheld,
            equal_setting: c.equal_setting,
        }
    }

    /// The request as JSON text.
    ///
    /// # Panics
    /// Never: plain fields can always be written.
    pub fn text(r: &Request) -> String {
        serde_json::to_string(&Self::of(r)).expect("plain fields")
    }
}
