//! Words for people about answers and conditions.

use byelaw_data::{Date, Outcome};
use byelaw_hir::{Condition, Kind, Model, ON};

/// An outcome as the language says it.
pub fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Permitted => "permitted",
        Outcome::NeedsApproval => "needs approval",
        Outcome::Forbidden => "forbidden",
        Outcome::NotCovered => "not covered",
        Outcome::NeedsFacts => "needs facts",
    }
}

/// Texts as one list: `x`, `x WORD y`, `x, y WORD z`; nothing if there are none.
pub fn joined(names: &[String], word: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} {word} {last}", before.join(", ")),
    }
}

/// A condition in the words of the language, near to what an author would write.
pub(crate) fn condition(model: &Model, this: &Condition) -> String {
    let part = |c: &Condition| match c {
        Condition::All(_) | Condition::Any(_) => format!("({})", condition(model, c)),
        _ => condition(model, c),
    };
    match this {
        Condition::Always => "always".to_owned(),
        Condition::Not(inner) => match &**inner {
            Condition::Always => "never".to_owned(),
            Condition::In(fact, values) if model.fact(*fact).kind == Kind::YesNo => {
                let opposite = values.iter().map(|v| byelaw_data::ValueId(1_u16.saturating_sub(v.0)));
                condition(model, &Condition::In(*fact, opposite.collect()))
            }
            Condition::In(fact, values) => in_words(model, *fact, values, "is not"),
            _ => format!("not ({})", condition(model, inner)),
        },
        Condition::In(fact, values) => match (&model.fact(*fact).kind, values.as_slice()) {
            (Kind::YesNo, [value]) => {
                let not = if *value == byelaw_data::YES { "" } else { "not " };
                match model.fact(*fact).member_of {
                    Some((parent, label)) => {
                        let label = model.value(parent, label).unwrap_or_default();
                        let whole = &model.fact(parent).word.name;
                        let says = format!("{whole} includes {label}");
                        if not.is_empty() { says } else { format!("not ({says})") }
                    }
                    None => format!("{not}{}", model.fact(*fact).word.name),
                }
            }
            _ => in_words(model, *fact, values, "is"),
        },
        Condition::InSet(fact, members) => {
            let set = members.first().and_then(|m| model.fact(*m).member_of).map(|(set, _)| set);
            let set = set.map(|s| model.fact(s).word.name.clone()).unwrap_or_default();
            format!("{} is {set}", model.fact(*fact).word.name)
        }
        Condition::Between(fact, low, high) => between(model, *fact, *low, *high),
        Condition::All(parts) => parts.iter().map(part).collect::<Vec<_>>().join(" and "),
        Condition::Any(parts) => parts.iter().map(part).collect::<Vec<_>>().join(" or "),
    }
}

fn in_words(model: &Model, fact: byelaw_data::FactId, values: &[byelaw_data::ValueId], verb: &str) -> String {
    let this = model.fact(fact);
    let group = this.groups.iter().find(|g| g.members == values);
    let names = match group {
        Some(group) => vec![group.word.name.clone()],
        None => values.iter().filter_map(|v| model.value(fact, *v)).map(str::to_owned).collect(),
    };
    format!("{} {verb} {}", this.word.name, joined(&names, "or"))
}

fn between(model: &Model, fact: byelaw_data::FactId, low: i64, high: i64) -> String {
    let this = model.fact(fact);
    let name = &this.word.name;
    let day = |n: i64| Date::from_days(n).map(|d| d.to_string()).unwrap_or_default();
    match this.kind {
        Kind::Number { from, to, .. } => match (low <= from, high >= to) {
            _ if low == high => format!("{name} is {low}"),
            (true, _) => format!("{name} is at most {high}"),
            (_, true) => format!("{name} is at least {low}"),
            _ => format!("{name} is at least {low} and {name} is at most {high}"),
        },
        _ => {
            // The date of the question has no name in a sentence.
            let is = if fact == ON { String::new() } else { format!("{name} is ") };
            let (first, end) = (day(low), day(high.saturating_add(1)));
            match (low <= Date::FIRST.days(), high >= Date::LAST.days()) {
                (true, _) => format!("{is}before {end}"),
                (_, true) => format!("{is}on or after {first}"),
                _ => format!("{is}on or after {first} and {is}before {end}"),
            }
        }
    }
}
