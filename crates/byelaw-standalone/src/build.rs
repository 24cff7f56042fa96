//! From a program to the words of a policy in a module.

use crate::layout::{HEAD, Kind, MAGIC, wide};
use crate::question::{MOST_ATOMS, MOST_FACTS};
use byelaw_data::{Date, FactId, RuleId};
use byelaw_image::UNKNOWN;
use byelaw_ir::{AS_OF, Domain, Program};

/// The words of a program: the same program always gives the same. `None` if it is too large.
pub fn words(program: &Program) -> Option<Vec<u64>> {
    let facts = program.facts.len();
    if facts > MOST_FACTS || program.atoms.len() > MOST_ATOMS * 16 {
        return None;
    }
    let (mut entries, mut tables) = (Vec::new(), Vec::new());
    for place in 0..facts {
        let id = FactId(u16::try_from(place).ok()?);
        let at = HEAD + facts + tables.len();
        entries.push(kind(program, id, at, &mut tables)?.word(otherwise(program, id)));
    }
    let image = byelaw_image::image(&unnamed(program))?;
    let before = HEAD + facts + tables.len();
    let mut words = vec![
        MAGIC,
        wide(before + image.len()),
        u64::from(stamp(program)) | u64::from(program.act.0) << 32,
        wide(facts) | wide(program.atoms.len()) << 32,
        wide(before),
    ];
    words.extend(entries);
    words.extend(tables);
    words.extend(image);
    Some(words)
}

/// The program without the numbers of its rules: a module gives no reasons, and is a tenth smaller without them.
fn unnamed(program: &Program) -> Program {
    let mut program = program.clone();
    for one in program.slices.iter_mut().flat_map(|slice| &mut slice.boxes) {
        one.rule = RuleId(0);
    }
    program
}

/// What tells questions to this policy from those to others: the beginning of its digest.
pub(crate) fn stamp(program: &Program) -> u32 {
    program.names.digest.get(..8).and_then(|hex| u32::from_str_radix(hex, 16).ok()).unwrap_or(0)
}

/// What can be said of a fact; what it needs besides goes to the tables, the next of which lies at `at`.
fn kind(program: &Program, id: FactId, at: usize, tables: &mut Vec<u64>) -> Option<Kind> {
    let fact = program.facts.get(usize::from(id.0))?;
    if let Some((from, until)) = fact.period {
        tables.extend([bits(from), bits(until.unwrap_or(i64::MAX))]);
        return Some(Kind::Period(at));
    }
    if program.weekday == Some(id) {
        return Some(Kind::Weekday);
    }
    Some(match &fact.domain {
        // What no question names stands behind all that one can.
        Domain::Values(many) if id == program.act => {
            Kind::Values(u64::from(program.no_act.map_or(*many, |no| no.0.min(*many))))
        }
        Domain::Values(many) => Kind::Values(u64::from(*many)),
        Domain::Cells { from, to, cuts } => {
            tables.extend([bits(*from), bits(*to), wide(cuts.len())]);
            tables.extend(cuts.iter().map(|cut| bits(*cut)));
            Kind::Number(at)
        }
        Domain::Several => Kind::Unsaid,
    })
}

/// What is taken for a fact of which nothing is said. Presumptions are not.
fn otherwise(program: &Program, id: FactId) -> u16 {
    let Some(fact) = program.facts.get(usize::from(id.0)) else { return UNKNOWN };
    let value = if id == AS_OF { fact.domain.cell(Date::LAST.days()) } else { fact.taken_as };
    value.map_or(UNKNOWN, |value| value.0)
}

fn bits(number: i64) -> u64 {
    u64::from_ne_bytes(number.to_ne_bytes())
}
