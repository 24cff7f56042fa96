//! Situations that show what a finding says.

use byelaw_data::{Date, FactId, Minute, ValueId};
use byelaw_eval::{Mask, active, decide, deciding, looks_at, row};
use byelaw_ir::{Program, Slice};
use byelaw_question::Moments;

/// How many situations are tried for a witness of one pair. A pair that no tried situation shows is not reported: an
/// exception hides it wherever it was looked for.
const TRIES: usize = 4096;

/// A situation that shows something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// The facts that matter to it, each with its value.
    pub facts: Vec<(FactId, ValueId)>,
    /// A moment at which the date, the time and all that follows from them are so, if any of them matters.
    pub moment: Option<(Date, Minute)>,
}

/// What can be chosen together: values for some places of a slice, and the moment that gives them.
struct Choice {
    values: Vec<(usize, ValueId)>,
    moment: Option<(Date, Minute)>,
}

/// What the witnesses of one act are looked for in.
pub(crate) struct Search<'a> {
    slice: &'a Slice,
    moments: Option<Moments>,
}

impl<'a> Search<'a> {
    pub fn new(program: &Program, slice: &'a Slice) -> Self {
        Self { slice, moments: Moments::of(program, slice) }
    }

    /// A situation in which both boxes stand, replayed through the evaluator. What follows from the moment is in it as
    /// some moment has it.
    pub fn both_stand(&self, (a, b): (usize, usize)) -> Option<Witness> {
        let slice = self.slice;
        let axes = self.axes((a, b));
        if axes.iter().any(Vec::is_empty) {
            return None;
        }
        let mut chosen = vec![0_usize; axes.len()];
        for _ in 0..TRIES {
            let mut values = vec![ValueId(0); slice.facts.len()];
            let mut moment = None;
            for choice in axes.iter().zip(&chosen).map(|(choices, place)| &choices[*place]) {
                choice.values.iter().for_each(|(place, value)| values[*place] = *value);
                moment = moment.or(choice.moment);
            }
            let point = active(slice, &values).and_then(|mask| decide(slice, &mask));
            if point.is_some_and(|p| p.standing.has(a) && p.standing.has(b)) {
                let shown =
                    slice.facts.iter().zip(values).enumerate().filter(|(i, _)| self.looked_at(*i, (a, b)));
                return Some(Witness { facts: shown.map(|(_, (f, v))| (f.fact, v)).collect(), moment });
            }
            // The next combination, last fact fastest.
            let mut place = chosen.len();
            loop {
                if place == 0 {
                    return None;
                }
                place -= 1;
                chosen[place] += 1;
                if chosen[place] < axes[place].len() {
                    break;
                }
                chosen[place] = 0;
            }
        }
        None
    }

    /// What can be chosen apart from each other, of what both boxes allow: first the moment, then each other fact. Of
    /// choices that make no difference to whether both stand, the first is kept.
    fn axes(&self, (a, b): (usize, usize)) -> Vec<Vec<Choice>> {
        let slice = self.slice;
        let mut both = Mask::EMPTY;
        both.insert(a);
        both.insert(b);
        let deciding = deciding(slice, &both);
        let mut axes = Vec::new();
        let mut tied = Vec::new();
        if let Some(moments) = &self.moments {
            let places: Vec<Option<usize>> =
                moments.facts.iter().map(|fact| slice.facts.iter().position(|f| f.fact == *fact)).collect();
            let choices = moments.rows.iter().map(|(date, minute, row)| Choice {
                values: places
                    .iter()
                    .zip(row)
                    .filter_map(|(place, value)| Some(((*place)?, *value)))
                    .collect(),
                moment: Some((*date, *minute)),
            });
            axes.push(self.different(choices, (a, b), &deciding));
            tied = places;
        }
        let free = (0..slice.facts.len()).filter(|place| !tied.contains(&Some(*place)));
        axes.extend(free.map(|place| {
            let width = slice.facts[place].rows.len() / usize::from(slice.words).max(1);
            let values = (0..width).filter_map(|v| u16::try_from(v).ok().map(ValueId));
            self.different(
                values.map(|v| Choice { values: vec![(place, v)], moment: None }),
                (a, b),
                &deciding,
            )
        }));
        axes
    }

    fn different(
        &self,
        choices: impl Iterator<Item = Choice>,
        (a, b): (usize, usize),
        deciding: &Mask,
    ) -> Vec<Choice> {
        let rows = |choice: &Choice| -> Vec<&[u64]> {
            choice
                .values
                .iter()
                .map(|(place, value)| row(self.slice, &self.slice.facts[*place], *value))
                .collect()
        };
        let mut seen = std::collections::BTreeSet::new();
        choices
            .filter(|choice| rows(choice).iter().all(|r| has(r, a) && has(r, b)))
            .filter(|choice| {
                seen.insert(
                    rows(choice).iter().map(|r| Mask::from_words(r).and(deciding)).collect::<Vec<_>>(),
                )
            })
            .collect()
    }

    /// Whether one of the two rules looks at the fact.
    fn looked_at(&self, place: usize, (a, b): (usize, usize)) -> bool {
        let fact = &self.slice.facts[place];
        looks_at(self.slice, fact, a) || looks_at(self.slice, fact, b)
    }
}

fn has(row: &[u64], place: usize) -> bool {
    row[place / 64] >> (place % 64) & 1 == 1
}
