//! Requests as Byelaw's own questions: the fields as facts, one to one, and the approvals as approvals.

use crate::growth::Ask;
use crate::workload::Request;
use serde_json::{Value, json};

/// A request to the workload's policy as a question in JSON.
pub fn text(r: &Request) -> String {
    let approved: Vec<Value> = r.approvers().map(|approver| Value::from(approver.word())).collect();
    json!({
        "facts": {
            "group": r.group.word(),
            "action": r.action.word(),
            "device": r.device.word(),
            "target": r.target.word(),
            "channel": r.channel.word(),
            "period": r.period.word(),
            "location": r.location.word(),
            "date": r.date,
            "minute": r.minute,
            "age": r.age,
            "selected": r.selected,
            "consent": r.consent,
            "unavoidable": r.unavoidable,
            "number-withheld": r.number_withheld,
            "equal-setting": r.equal_setting,
        },
        "approved": approved,
        "would_change": false,
    })
    .to_string()
}

/// A request to a made policy as a question in JSON.
pub fn made(ask: &Ask) -> String {
    json!({
        "facts": {
            "role": format!("r{}", ask.role),
            "action": format!("d{}", ask.device),
            "channel": format!("c{}", ask.channel),
            "minute": ask.minute,
        },
        "would_change": false,
    })
    .to_string()
}
