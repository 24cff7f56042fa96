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
    /// Several values of the subject at once, as bits: a person can be several things.
    AllOf(u128),
}

impl Value {
    /// Whether this is the value, or has it among others.
    pub fn has(self, value: ValueId) -> bool {
        match self {
            Self::Listed(one) => one == value,
            Self::AllOf(all) => 1_u128.checked_shl(u32::from(value.0)).is_some_and(|bit| all & bit != 0),
            Self::Number(_) => false,
        }
    }
}

/// Every fact that matters, with its value.
pub type Situation = BTreeMap<FactId, Value>;

/// Whether a condition holds. A fact without a value has none of the values asked for.
///
/// Somebody who is several things at once is reached by what is said of one of these, unless what is left out names
/// another of them: "clerk, but not manager" does not reach a clerk who is a manager too.
pub fn holds(condition: &Condition, situation: &Situation) -> bool {
    let several = situation.iter().find_map(|(fact, value)| match value {
        Value::AllOf(all) => Some((*fact, *all)),
        _ => None,
    });
    match several {
        None => holds_as(condition, situation, None, false),
        Some((subject, all)) => {
            let mut each = (0..128_u16).filter(|bit| all >> bit & 1 == 1).map(ValueId);
            each.any(|one| holds_as(condition, situation, Some((subject, one)), false))
        }
    }
}

/// As [`holds`] for somebody looked at as one of the several things they are; where the condition is denied, all of
/// them count.
fn holds_as(
    condition: &Condition,
    situation: &Situation,
    one: Option<(FactId, ValueId)>,
    denied: bool,
) -> bool {
    match condition {
        Condition::Always => true,
        Condition::In(fact, values) => match one {
            Some((subject, one)) if *fact == subject && !denied => values.contains(&one),
            _ => situation.get(fact).is_some_and(|value| values.iter().any(|v| value.has(*v))),
        },
        Condition::InSet(fact, members) => members.iter().enumerate().any(|(place, member)| {
            let value = ValueId(u16::try_from(place).expect("few values"));
            situation.get(fact).is_some_and(|v| v.has(value))
                && situation.get(member) == Some(&Value::Listed(YES))
        }),
        Condition::Between(fact, low, high) => {
            matches!(situation.get(fact), Some(Value::Number(number)) if low <= number && number <= high)
        }
        Condition::Not(inner) => !holds_as(inner, situation, one, !denied),
        Condition::All(parts) => parts.iter().all(|part| holds_as(part, situation, one, denied)),
        Condition::Any(parts) => parts.iter().any(|part| holds_as(part, situation, one, denied)),
    }
}
