//! A situation gives every fact a value (2.1); a condition holds in it or does not.

use byelaw_data::{FactId, ValueId, YES};
use byelaw_hir::Condition;
use std::collections::BTreeMap;

/// The value of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// A value from a list.
    Listed(ValueId),
    /// A number, or a date as a count of days.
    Number(i64),
}

/// Every fact that matters, with its value.
pub type Situation = BTreeMap<FactId, Value>;

/// Whether a condition holds. A fact without a value has none of the values asked for.
pub fn holds(condition: &Condition, situation: &Situation) -> bool {
    match condition {
        Condition::Always => true,
        Condition::In(fact, values) => {
            matches!(situation.get(fact), Some(Value::Listed(value)) if values.contains(value))
        }
        Condition::InSet(fact, members) => match situation.get(fact) {
            Some(Value::Listed(value)) => {
                let member = members.get(usize::from(value.0));
                member.is_some_and(|m| situation.get(m) == Some(&Value::Listed(YES)))
            }
            _ => false,
        },
        Condition::Between(fact, low, high) => {
            matches!(situation.get(fact), Some(Value::Number(number)) if low <= number && number <= high)
        }
        Condition::Not(inner) => !holds(inner, situation),
        Condition::All(parts) => parts.iter().all(|part| holds(part, situation)),
        Condition::Any(parts) => parts.iter().any(|part| holds(part, situation)),
    }
}
