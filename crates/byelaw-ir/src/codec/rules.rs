//! What rules are, in a file: first the duties of all of them, then the clauses that they cite, then where they stand.
//! Numbers that are alike lie side by side, and a clause is told by how far it is from the one cited before. Their names
//! and sentences and what they advise are in a part of their own, and so is who bears a rule that asks for nothing: only
//! of duties it is told.

use super::{Field, Put as _, Reader, Writer};
use crate::{DutyName, RuleName};
use alloc::string::String;
use alloc::vec::Vec;

pub(super) fn put(rules: &[RuleName], out: &mut Writer) {
    out.length(rules.len());
    for rule in rules {
        rule.duty.put(out);
        if rule.duty.is_some() {
            rule.bearer.put(out);
        }
    }
    for rule in rules {
        out.length(rule.cites.len());
    }
    let mut before = 0;
    for cited in rules.iter().flat_map(|rule| &rule.cites) {
        let cited = i64::from(*cited);
        cited.saturating_sub(before).put(out);
        before = cited;
    }
    for rule in rules {
        rule.instrument.put(out);
    }
}

pub(super) fn take(reader: &mut Reader<'_>) -> Vec<RuleName> {
    let mut rules = Vec::new();
    for _ in 0..reader.many() {
        let duty: Option<DutyName> = Field::take(reader);
        let bearer = if duty.is_some() { Field::take(reader) } else { String::new() };
        rules.push(RuleName {
            name: String::new(),
            sentence: String::new(),
            bearer,
            duty,
            advice: String::new(),
            cites: Vec::new(),
            instrument: 0,
        });
    }
    let mut lengths = Vec::new();
    for _ in &rules {
        lengths.push(reader.many());
    }
    let mut before = 0_i64;
    for (rule, length) in rules.iter_mut().zip(lengths) {
        for _ in 0..length {
            before = before.saturating_add(i64::take(reader));
            rule.cites.push(u16::try_from(before).unwrap_or_else(|_| reader.refused(0)));
            // Lengths can say much more than there is.
            if reader.fault.is_some() {
                return rules;
            }
        }
    }
    for rule in &mut rules {
        rule.instrument = u16::take(reader);
    }
    rules
}
