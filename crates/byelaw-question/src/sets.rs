//! Every set of boxes that some situation of an act leaves active, for findings that compare policies everywhere.
//!
//! Nothing is known and nothing presumed here, but that what is filled is filled. Readings are facts like others, and so
//! is the day whose adopted rules count. Whose approval it is does not matter: prices are compared as they stand.

use crate::completions::{Active, Budget, Choice, Variable, Walk, reachable};
use crate::decide::Asking;
use alloc::vec::Vec;
use byelaw_data::{FactId, Listed as _, Map, Question, Stated, ValueId, order, order_by_key};
use byelaw_eval::Mask;
use byelaw_ir::{AS_OF, Program, Slice};

/// The situations of one act.
#[derive(Debug)]
pub struct Situations<'a> {
    program: &'a Program,
    slice: &'a Slice,
    start: Mask,
    variables: Vec<Variable>,
    /// What some moment tells the facts that follow from it.
    moment: Vec<(FactId, ValueId)>,
}

impl<'a> Situations<'a> {
    /// The situations of an act; `None` if the program has no such act.
    pub fn of(program: &'a Program, act: ValueId) -> Option<Self> {
        let slice = program.slices.get(usize::from(act.0))?;
        let mut question = Question::default();
        question.facts.insert(program.act, Stated::Value(act));
        let asking = Asking::new(program, slice, act, &question, u64::MAX);
        let moment = asking.some_moment();
        let (start, mut variables) = asking.unknown(&[AS_OF]);
        for option in variables.iter_mut().flat_map(|v| &mut v.options) {
            option.row.own = 0;
        }
        Some(Self { program, slice, start: start.boxes, variables, moment })
    }

    /// The sets in which the box at `place` is active. A set in which some bar is certain that nothing lifts may be
    /// given without its other boxes. `None` if that takes more than `steps` steps.
    pub fn sets_with(&self, place: usize, steps: u64) -> Option<Vec<Mask>> {
        let has = |choice: &&Choice| choice.row.boxes.has(place);
        let mut start = Active { boxes: self.start, own: 0 };
        let mut narrowed: Vec<Variable> = Vec::new();
        for variable in &self.variables {
            let options: Vec<Choice> = variable.options.iter().filter(has).cloned().list();
            let variable = Variable { facts: variable.facts.clone(), options };
            start.boxes = start.boxes.and(&variable.allowed());
            narrowed.push(variable);
        }
        if !start.boxes.has(place) {
            return Some(Vec::new());
        }
        // What the box excludes need not be told apart any more.
        for variable in &mut narrowed {
            let mut merged: Vec<Choice> = Vec::new();
            for mut option in core::mem::take(&mut variable.options) {
                option.row = option.row.and(&start);
                if !merged.iter().any(|m| m.row == option.row) {
                    merged.push(option);
                }
            }
            variable.options = merged;
        }
        narrowed.retain(|v| v.options.len() > 1);
        order_by_key(&mut narrowed, |v| core::cmp::Reverse(v.undecided().bits().count()));
        let all: Vec<&Variable> = narrowed.iter().list();
        let found = reachable(start, &all, Walk::Outcomes(self.slice, Mask::EMPTY), steps)?;
        Some(found.into_iter().map(|active| active.boxes).list())
    }

    /// A situation that leaves exactly these boxes active, with a value for each fact of the act's slice; `None` if
    /// there is none, or if finding it takes more than `steps` steps.
    pub fn witness(&self, set: &Mask, steps: u64) -> Option<Vec<(FactId, ValueId)>> {
        let mut budget = Budget::new(steps);
        let holds = |mask: &Mask| set.without(mask).is_empty();
        // Each set reached, in order, with the choices that led there: only sets that still hold all of `set` matter.
        let mut reached: Vec<(Mask, Vec<usize>)> = alloc::vec![(self.start, Vec::new())];
        for variable in &self.variables {
            if !budget.take(reached.len().saturating_mul(variable.options.len())) {
                return None;
            }
            let mut met: Vec<(Mask, usize, usize)> = Vec::new();
            for (from, (mask, _)) in reached.iter().enumerate() {
                let to = variable.options.iter().map(|option| mask.and(&option.row.boxes)).enumerate();
                met.extend(to.filter(|(_, boxes)| holds(boxes)).map(|(place, boxes)| (boxes, from, place)));
            }
            order(&mut met);
            // Of several ways to a set the first.
            met.dedup_by_key(|(boxes, ..)| *boxes);
            let led = |(boxes, from, place): (Mask, usize, usize)| {
                let (_, before) = reached.get(from)?;
                Some((boxes, before.iter().copied().chain([place]).list()))
            };
            reached = met.into_iter().filter_map(led).list();
        }
        let (_, choices) = reached.iter().find(|(boxes, _)| boxes == set)?;
        let mut situation: Map<FactId, ValueId> = Map::new();
        for (variable, choice) in self.variables.iter().zip(choices) {
            let Some(option) = variable.options.get(*choice) else { continue };
            // The first values of several facts belong to one situation.
            for (fact, values) in variable.facts.iter().zip(&option.values) {
                situation.extend(values.first().map(|v| (*fact, *v)));
            }
        }
        // What makes no difference has any value; what follows from the moment is that of one moment.
        for fact in &self.slice.facts {
            if !situation.contains_key(&fact.fact) {
                situation.insert(fact.fact, self.any(fact.fact));
            }
        }
        Some(situation.into_iter().filter(|(f, _)| self.slice.facts.iter().any(|s| s.fact == *f)).list())
    }

    /// Some value that a fact has where its value makes no difference.
    fn any(&self, id: FactId) -> ValueId {
        let fact = self.program.facts.get(usize::from(id.0));
        let taken = fact.and_then(|f| f.taken_as);
        let told = self.moment.iter().find(|(fact, _)| *fact == id).map(|(_, value)| *value);
        taken.or(told).unwrap_or(ValueId(0))
    }
}
