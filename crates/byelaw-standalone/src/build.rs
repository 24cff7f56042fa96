//! From a program to what a module has of it.

use crate::packed::{self, Code};
use crate::question::{MOST_ATOMS, MOST_FACTS};
use byelaw_data::{Date, FactId};
use byelaw_ir::{AS_OF, Domain, Program};

/// More words than any module has room for.
const MOST_WORDS: usize = 1 << 28;

/// A policy as it lies in a module, and what it takes there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// What lies at the beginning of the free memory: the same program always gives the same.
    pub words: Vec<u64>,
    /// How many words it takes to unpack it, these included.
    pub needed: usize,
}

/// Packs a program. `None` if it is too large.
pub fn pack(program: &Program) -> Option<Packed> {
    let facts = program.facts.len();
    if facts > MOST_FACTS || program.atoms.len() > MOST_ATOMS * 16 {
        return None;
    }
    let image = byelaw_image::pack(program)?;
    let count = |many: usize| u64::try_from(many).ok();
    let mut numbers =
        vec![u64::from(stamp(program)), u64::from(program.act.0), count(program.atoms.len())?, count(facts)?];
    for place in 0..facts {
        fact(program, FactId(u16::try_from(place).ok()?), &mut numbers)?;
    }
    numbers.extend(image);
    packed::pack(&numbers, MOST_WORDS)
}

/// What tells questions to this policy from those to others: the beginning of its digest.
pub(crate) fn stamp(program: &Program) -> u32 {
    program.names.digest.get(..8).and_then(|hex| u32::from_str_radix(hex, 16).ok()).unwrap_or(0)
}

/// What is taken for a fact, what can be said of it, and its bounds.
fn fact(program: &Program, id: FactId, numbers: &mut Vec<u64>) -> Option<()> {
    let fact = program.facts.get(usize::from(id.0))?;
    // What is taken for it and one more, so that the unknown is zero.
    numbers.push(otherwise(program, id).map_or(0, |value| u64::from(value) + 1));
    if let Some((from, until)) = fact.period {
        let days = until.map_or(0, |until| packed::step(from, until));
        numbers.extend([Code::Period.number(), packed::step(0, from), days]);
        return Some(());
    }
    if program.weekday == Some(id) {
        numbers.push(Code::Weekday.number());
        return Some(());
    }
    match &fact.domain {
        Domain::Values(many) => {
            // What no question names stands behind all that one can.
            let no_act = program.no_act.filter(|_| id == program.act);
            let many = no_act.map_or(*many, |no| no.0.min(*many));
            numbers.extend([Code::Values.number(), u64::from(many)]);
        }
        Domain::Cells { from, to, cuts } => {
            let many = u64::try_from(cuts.len()).ok()?;
            numbers.extend([Code::Number.number(), packed::step(0, *from), packed::step(*from, *to), many]);
            let before = std::iter::once(from).chain(cuts);
            numbers.extend(before.zip(cuts).map(|(before, cut)| packed::step(*before, *cut)));
        }
        Domain::Several => numbers.push(Code::Unsaid.number()),
    }
    Some(())
}

/// What is taken for a fact of which nothing is said. Presumptions are not.
fn otherwise(program: &Program, id: FactId) -> Option<u16> {
    let fact = program.facts.get(usize::from(id.0))?;
    let value = if id == AS_OF { fact.domain.cell(Date::LAST.days()) } else { fact.taken_as };
    value.map(|value| value.0)
}
