//! Situations that show what a finding says of two boxes.

use crate::field::{Field, Situation, Walked};
use byelaw_data::{Date, FactId, Minute, ValueId};
use byelaw_eval::looks_at;
use byelaw_ir::Program;

/// How many values are tried for a witness of one pair. A pair of which no situation was found by then is not reported: an
/// exception hides it wherever it was looked for.
const STEPS: u64 = 100_000;

/// How many values are tried for a witness in which nothing but the pair decides.
const PLAIN_STEPS: u64 = 4_000;

/// A situation that shows something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// The facts that matter to it, each with its value.
    pub facts: Vec<(FactId, ValueId)>,
    /// A moment at which the date, the time and all that follows from them are so, if any of them matters.
    pub moment: Option<(Date, Minute)>,
    /// The whole situation: a value for each fact that some rule about the act looks at.
    pub situation: Situation,
}

/// What the witnesses of one act are looked for in.
pub(crate) struct Search<'a> {
    field: Option<Field<'a>>,
}

impl<'a> Search<'a> {
    pub fn new(program: &'a Program, act: ValueId) -> Self {
        Self { field: Field::of(program, act) }
    }

    /// A situation in which both boxes stand, replayed through the evaluator. What follows from the moment is in it as
    /// some moment has it. If it is to be `plain`, one in which no other rule has a say is taken, where one is soon found:
    /// then the answer there is due to these two alone.
    pub fn both_stand(&self, (a, b): (usize, usize), plain: bool) -> Option<Witness> {
        let field = self.field.as_ref()?;
        let slice = field.slice;
        let found = |walked: Walked| match walked {
            Walked::Found(situation, _) => Some(situation),
            _ => None,
        };
        let plainly = || found(field.alone_stand((a, b), &mut PLAIN_STEPS.clone()));
        let somehow = || found(field.both_stand((a, b), None, &mut STEPS.clone()));
        let situation = plain.then(plainly).flatten().or_else(somehow)?;
        let looked = |id: &FactId| {
            let fact = slice.facts.iter().find(|f| f.fact == *id);
            fact.is_some_and(|fact| looks_at(slice, fact, a) || looks_at(slice, fact, b))
        };
        let facts = situation.facts.iter().copied().filter(|(f, _)| looked(f)).collect();
        Some(Witness { facts, moment: situation.moment, situation })
    }
}
