//! What a question takes each fact of an act to be, for judges that look at one value of each.

use crate::decide::known;
use byelaw_data::{FactId, Question, ValueId};
use byelaw_ir::Program;

/// What a question takes a fact to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// This value.
    Value(ValueId),
    /// This value, unless somebody says otherwise.
    Presumed(ValueId),
    /// This value of the few that were said, unless somebody says otherwise.
    Ordinarily(ValueId),
    /// Any of its values.
    Unknown,
    /// Something that is no single value: some of several, several at once, or what follows from an unknown moment.
    Mixed,
}

/// What a question takes each fact to be that the rules about an act look at; nothing if there is no such act.
pub fn taken<'a>(
    program: &'a Program,
    question: &'a Question,
    act: ValueId,
) -> impl Iterator<Item = (FactId, Taken)> + 'a {
    let slice = program.slices.get(usize::from(act.0));
    let facts = slice.map(|s| s.facts.as_slice()).unwrap_or_default();
    facts.iter().map(move |fact| {
        let known = known(program, question, act, fact.fact);
        let width = program.facts.get(usize::from(fact.fact.0)).map_or(0, |f| f.domain.width());
        let taken = match (known.values.as_slice(), &known.released) {
            _ if known.tied || known.together => Taken::Mixed,
            ([value], None) => Taken::Value(*value),
            ([value], Some(said)) if said.len() < width => Taken::Ordinarily(*value),
            ([value], Some(_)) => Taken::Presumed(*value),
            (values, None) if values.len() == width => Taken::Unknown,
            _ => Taken::Mixed,
        };
        (fact.fact, taken)
    })
}
