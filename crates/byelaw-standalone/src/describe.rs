//! Which number is which name: what a host needs to put a question together.

use crate::build::stamp;
use crate::question::{GIVEN_FROM, LONGEST};
use byelaw_data::FactId;
use byelaw_ir::{AS_OF, Domain, FactKind, ON, Program};
use byelaw_wire::names;
use serde::Serialize;

/// The numbers of a policy in a module, written beside it as JSON.
#[derive(Debug, Clone, Serialize)]
pub struct Description<'a> {
    v: u8,
    pack: &'a str,
    digest: &'a str,
    /// The first number of every question.
    stamp: u32,
    /// The longest question, in bytes.
    longest: usize,
    /// What the numbers that `outcome` gives stand for.
    outcomes: [&'static str; 6],
    facts: Vec<Fact<'a>>,
    approvals: Vec<Atom<'a>>,
    undertakings: Vec<Atom<'a>>,
}

/// A fact, or a label of one that can be several at once.
#[derive(Debug, Clone, Serialize)]
struct Fact<'a> {
    name: &'a str,
    number: u32,
    kind: &'static str,
    /// The names of its values, by their numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<i64>,
    /// For a label: the fact that it is one of.
    #[serde(skip_serializing_if = "Option::is_none")]
    label_of: Option<&'a str>,
}

/// An approval or an undertaking.
#[derive(Debug, Clone, Serialize)]
struct Atom<'a> {
    name: &'a str,
    number: u32,
}

/// Describes what can be said to a module of this program.
pub fn describe(program: &Program) -> Description<'_> {
    let mut facts = vec![number(program, ON, "on", "date"), number(program, AS_OF, "as_of", "date")];
    for (id, fact) in names::facts(program) {
        let name = fact.word.name.as_str();
        let place = usize::from(id.0);
        let follows =
            program.facts.get(place).is_none_or(|f| f.period.is_some()) || program.weekday == Some(id);
        match &fact.kind {
            _ if follows => {}
            FactKind::YesNo => facts.push(listed(id, name, "yes_no", vec!["no", "yes"])),
            FactKind::OneOf | FactKind::Weekday => facts.push(listed(id, name, "one_of", all(program, id))),
            FactKind::Acts => facts.push(listed(id, name, "acts", all(program, id))),
            FactKind::Number(_) => facts.push(number(program, id, name, "number")),
            FactKind::Date => facts.push(number(program, id, name, "date")),
            FactKind::Time => facts.push(number(program, id, name, "time")),
            FactKind::SomeOf(members) => {
                facts.extend(members.iter().zip(&fact.values).map(|(member, label)| Fact {
                    label_of: Some(name),
                    ..listed(*member, &label.name, "yes_no", vec!["no", "yes"])
                }));
            }
        }
    }
    let atoms = |approval: bool| {
        let both = program.names.atoms.iter().zip(&program.atoms).zip(GIVEN_FROM..);
        let chosen = both.filter(move |((_, atom), _)| atom.approval == approval);
        chosen.map(|((name, _), number)| Atom { name: &name.word.name, number }).collect()
    };
    Description {
        v: 1,
        pack: &program.names.pack,
        digest: &program.names.digest,
        stamp: stamp(program),
        longest: LONGEST,
        outcomes: ["error", "needs_facts", "forbidden", "needs_approval", "not_covered", "permitted"],
        facts,
        approvals: atoms(true),
        undertakings: atoms(false),
    }
}

/// The values that a question can name, in order.
fn all(program: &Program, id: FactId) -> Vec<&str> {
    let sayable = program.no_act.filter(|_| id == program.act).map_or(usize::MAX, |no| usize::from(no.0));
    names::values(program, id).into_iter().take(sayable).map(|word| word.name.as_str()).collect()
}

fn listed<'a>(id: FactId, name: &'a str, kind: &'static str, values: Vec<&'a str>) -> Fact<'a> {
    Fact { name, number: u32::from(id.0), kind, values, from: None, to: None, label_of: None }
}

/// A number as it is; a date in days since 1970-01-01; a time in minutes since midnight.
fn number<'a>(program: &Program, id: FactId, name: &'a str, kind: &'static str) -> Fact<'a> {
    let (from, to) = match program.facts.get(usize::from(id.0)).map(|f| &f.domain) {
        Some(Domain::Cells { from, to, .. }) => (Some(*from), Some(*to)),
        _ => (None, None),
    };
    Fact { from, to, ..listed(id, name, kind, Vec::new()) }
}
