//! Requests as Byelaw's own questions: the fields as facts, one to one, and the approvals as approvals.

use crate::growth::Ask;
use crate::workload::Request;
use serde_json::{Value, json};

/// A request to the workload's policy as a question in JSON.
pub fn text(r: &Request) -> String {
    let approved: Vec<Value> = r.approvers().map(|approver| name(approver.word())).collect();
    json!({
        "facts": {
            "group": name(r.group.word()),
            "action": name(r.action.word()),
            "device": name(r.device.word()),
            "target": name(r.target.word()),
            "channel": name(r.channel.word()),
            "period": name(r.period.word()),
            "location": name(r.location.word()),
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
            "action": format!("c{}", ask.channel),
            "device": format!("d{}", ask.device),
            "minute": ask.minute,
        },
        "would_change": false,
    })
    .to_string()
}

/// A word of the requests as a name of the pack, which joins words with hyphens.
fn name(word: &str) -> Value {
    Value::from(word.replace('_', "-"))
}
