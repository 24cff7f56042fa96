//! Sentences that can be read in more than one way, where nobody has said how (semantics 2.1, 2.7).
//!
//! A reading is a fact, but not one of which it matters what is so: the strictest reading applies in each situation.
//! So the other unknown facts are walked first, and in each situation that is left all readings are looked at together.

use crate::completions::{Active, Variable};
use crate::leaf::{self, Given, Leaf};
use alloc::vec::Vec;
use byelaw_data::{FactId, Listed as _, Outcome, Question, Set};
use byelaw_eval::{Mask, Verdict};
use byelaw_ir::{Program, Slice};

/// Whether a fact is a reading that neither the policy nor the question settles.
pub(crate) fn open(program: &Program, question: &Question, fact: FactId) -> bool {
    let settled = program.facts.get(usize::from(fact.0)).is_some_and(|f| f.taken_as.is_some());
    program.readings.contains(&fact) && !settled && !question.facts.contains_key(&fact)
}

/// One way to read all open sentences.
#[derive(Debug, Clone)]
struct Way {
    /// For each reading the place of its choice.
    choices: Vec<usize>,
    /// The boxes that it allows.
    row: Active,
}

/// The open readings of a question that some rule still tells apart.
#[derive(Debug, Clone)]
pub(crate) struct Readings {
    facts: Vec<FactId>,
    ways: Vec<Way>,
    /// The boxes that some readings allow and others do not.
    undecided: Mask,
}

impl Readings {
    /// All ways to read the sentences of `variables`; `None` if there are more than `steps`.
    pub fn of(start: &Active, variables: &[Variable], steps: u64) -> Option<Readings> {
        let mut ways = alloc::vec![Way { choices: Vec::new(), row: *start }];
        for variable in variables {
            let many = ways.len().saturating_mul(variable.options.len());
            if u64::try_from(many).unwrap_or(u64::MAX) > steps {
                return None;
            }
            ways = ways
                .iter()
                .flat_map(|way| {
                    variable.options.iter().enumerate().map(|(place, option)| {
                        let mut choices = way.choices.clone();
                        choices.push(place);
                        Way { choices, row: way.row.and(&option.row) }
                    })
                })
                .list();
        }
        Some(Readings {
            facts: variables.iter().filter_map(|v| v.facts.first().copied()).list(),
            ways,
            undecided: variables.iter().fold(Mask::EMPTY, |all, v| all.or(&v.undecided())),
        })
    }

    /// The boxes that some readings allow and others do not.
    pub fn undecided(&self) -> Mask {
        self.undecided
    }

    /// How many ways there are.
    pub fn len(&self) -> usize {
        self.ways.len()
    }

    /// Outcome and ways under the strictest reading; `None` if under no reading the situation can be.
    pub fn outcome(&self, slice: &Slice, state: &Active, given: &Given<'_>) -> Option<(Outcome, Verdict)> {
        let each: Vec<(Outcome, Verdict)> =
            self.ways.iter().filter_map(|way| leaf::outcome(slice, &state.and(&way.row), given)).list();
        strictest(slice, &each)
    }

    /// The situation under the strictest reading; `look` gives it under one.
    pub fn leaf(
        &self,
        slice: &Slice,
        state: &Active,
        look: &dyn Fn(&Active) -> Option<Leaf>,
    ) -> Option<Leaf> {
        let each: Vec<(&Way, Leaf)> =
            self.ways.iter().filter_map(|way| Some((way, look(&state.and(&way.row))?))).list();
        if let [(_, only)] = each.as_slice() {
            return Some(only.clone());
        }
        let answers: Vec<(Outcome, Verdict)> = each.iter().map(|(_, l)| (l.outcome, l.ways)).list();
        let (outcome, ways) = strictest(slice, &answers)?;
        // Only readings that come to this outcome are reasons for it; a duty holds if some reading asks for it.
        let reasons = || each.iter().map(|(_, l)| l).filter(|l| l.outcome == outcome);
        let yes = matches!(outcome, Outcome::Permitted | Outcome::NeedsApproval);
        Some(Leaf {
            outcome,
            ways,
            because: reasons().flat_map(|l| l.because.iter().copied()).collect(),
            defeated: reasons().flat_map(|l| l.defeated.iter().copied()).collect(),
            clashes: reasons().flat_map(|l| l.clashes.iter().copied()).collect(),
            duties: each
                .iter()
                .filter(|_| yes || outcome == Outcome::NotCovered)
                .flat_map(|(_, l)| l.duties.iter().copied())
                .collect(),
            advice: each.iter().flat_map(|(_, l)| l.advice.iter().copied()).collect(),
            readings: self.differing(&each),
        })
    }

    /// The readings in which the closest two ways differ that differ in outcome or in what it takes: those that make a
    /// difference by themselves, or else those that do together.
    fn differing(&self, each: &[(&Way, Leaf)]) -> Set<FactId> {
        let differ = |a: &Leaf, b: &Leaf| a.outcome != b.outcome || a.ways != b.ways;
        let mut closest = usize::MAX;
        let mut found = Set::new();
        for (place, (a, x)) in each.iter().enumerate() {
            for (b, _) in each.iter().skip(place.saturating_add(1)).filter(|(_, y)| differ(x, y)) {
                let choices = self.facts.iter().zip(a.choices.iter().zip(&b.choices));
                let unlike: Set<FactId> = choices.filter(|(_, (p, q))| p != q).map(|(f, _)| *f).collect();
                if unlike.len() < closest {
                    closest = unlike.len();
                    found.clear();
                }
                if unlike.len() == closest {
                    found.extend(unlike);
                }
            }
        }
        found
    }
}

/// What holds whichever reading is meant: a no of one is a no; where one says nothing, nobody has a yes; else what
/// suffices in all of them.
fn strictest(slice: &Slice, each: &[(Outcome, Verdict)]) -> Option<(Outcome, Verdict)> {
    if each.len() == 1 {
        return each.first().copied();
    }
    let any = |outcome: Outcome| each.iter().any(|(o, _)| *o == outcome);
    let ways = each.iter().map(|(_, ways)| *ways).reduce(|all, ways| all.meet(&ways))?;
    Some(if any(Outcome::Forbidden) {
        (Outcome::Forbidden, Verdict::NEVER)
    } else if any(Outcome::NotCovered) {
        (Outcome::NotCovered, Verdict::NEVER)
    } else {
        (ways.outcome(slice.approvals), ways)
    })
}
