//! A situation that shows a difference, answered again by both programs as they are.

use super::walk::{Answer, Beside, DutyWords, Found, Layout, What};
use super::words::{Common, Which, settled};
use super::{Comparing, Difference, Side};
use byelaw_data::{AtomId, Date, DeedId, FactId, Outcome, Question, RuleId, Stated, ValueId};
use byelaw_ir::{AS_OF, Domain, ON};
use byelaw_question::{BUDGET, agreed};
use std::collections::{BTreeMap, BTreeSet};

/// The steps for an answer to a shortened question. If they do not suffice, the question is not shortened so far.
const STEPS: u64 = 2_000;

/// A situation that shows a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The act, in common words.
    pub act: ValueId,
    /// Facts, in common words. What is not stated is presumed, or makes no difference.
    pub stated: Vec<(FactId, ValueId)>,
    /// The day, where one has to be said that is not that of a side.
    pub on: Option<Date>,
    /// What differs in it.
    pub what: What,
}

/// The plainest situation of a group with everything stated, if both programs answer it as told.
pub(super) fn example(
    comparing: &Comparing<'_>,
    layout: &Layout,
    group: &Found,
    common: &Common,
) -> Option<Example> {
    let mut stated: BTreeMap<FactId, ValueId> = BTreeMap::new();
    let mut on = None;
    for (place, row) in &group.plainest.1 {
        let variable = layout.variables.get(*place)?;
        let (values, moment) = variable.rows.get(*row)?;
        stated.extend(variable.facts.iter().copied().zip(values.iter().copied()));
        on = on.or(moment.map(|(date, _)| date));
    }
    let replay = Replay { old: comparing.old, new: comparing.new, common, act: comparing.act, steps: BUDGET };
    let on = on.filter(|_| replay.old.on.is_none() || replay.new.on.is_none());
    replay.shows(&group.what, &stated, on, false).then(|| Example {
        act: comparing.act,
        stated: stated.into_iter().collect(),
        on,
        what: group.what.clone(),
    })
}

/// The same example with as few facts stated as both programs still answer in the same way. `old` and `new` are the sides
/// of the difference.
pub fn shorten(difference: &Difference, old: &Side<'_>, new: &Side<'_>, example: &Example) -> Example {
    let common = &difference.common;
    let replay = Replay { old, new, common, act: example.act, steps: STEPS };
    let what = &example.what;
    let mut stated: BTreeMap<FactId, ValueId> = example.stated.iter().copied().collect();
    let presumed = |fact: &FactId, value: &ValueId| {
        let fact = common.program.facts.get(usize::from(fact.0));
        fact.is_some_and(|f| f.presumed.first().is_some_and(|p| p.values == [*value]))
    };
    // What is presumed goes first, then whatever can.
    let short: BTreeMap<FactId, ValueId> =
        stated.iter().filter(|(f, v)| !presumed(f, v)).map(|(f, v)| (*f, *v)).collect();
    if replay.shows(what, &short, example.on, true) {
        stated = short;
    } else if !replay.shows(what, &stated, example.on, true) {
        return example.clone();
    }
    let mut on = example.on;
    if on.is_some() && replay.shows(what, &stated, None, true) {
        on = None;
    }
    for fact in stated.keys().rev().copied().collect::<Vec<_>>() {
        let mut fewer = stated.clone();
        fewer.remove(&fact);
        if replay.shows(what, &fewer, on, true) {
            stated = fewer;
        }
    }
    Example { stated: stated.into_iter().collect(), on, ..example.clone() }
}

struct Replay<'a> {
    old: &'a Side<'a>,
    new: &'a Side<'a>,
    common: &'a Common,
    act: ValueId,
    steps: u64,
}

/// What a program says, in common words.
struct Says {
    answer: Answer,
    /// Deeds that go with it wherever the question leaves something open.
    duties: BTreeSet<(DeedId, RuleId)>,
    some_duties: BTreeSet<(DeedId, RuleId)>,
    advice: BTreeSet<RuleId>,
    some_advice: BTreeSet<RuleId>,
}

impl Replay<'_> {
    /// Whether both programs answer as told.
    fn shows(&self, what: &What, stated: &BTreeMap<FactId, ValueId>, on: Option<Date>, assume: bool) -> bool {
        let Some(old) = self.says(Which::Old, stated, on, assume) else { return false };
        let Some(new) = self.says(Which::New, stated, on, assume) else { return false };
        // The side that has it, and the other one.
        let sides = |gained: bool| {
            if gained { (Which::New, &new, Which::Old, &old) } else { (Which::Old, &old, Which::New, &new) }
        };
        match what {
            What::Answer { before, after } => old.answer == *before && new.answer == *after,
            What::Beside(Beside::OtherDuty { before, after }) => {
                self.asks(Which::Old, &old.duties, before)
                    && self.asks(Which::New, &new.duties, after)
                    && !self.asks(Which::Old, &old.some_duties, after)
                    && !self.asks(Which::New, &new.some_duties, before)
            }
            What::Beside(Beside::Duty { gained, duty }) => {
                let (which, with, other, without) = sides(*gained);
                self.asks(which, &with.duties, duty) && !self.asks(other, &without.some_duties, duty)
            }
            What::Beside(Beside::Advice { gained, advice }) => {
                let gives = |which: Which, rules: &BTreeSet<RuleId>| {
                    let names = &self.side(which).program.names.rules;
                    rules.iter().filter_map(|r| names.get(r.place())).any(|r| r.advice == *advice)
                };
                let (which, with, other, without) = sides(*gained);
                gives(which, &with.advice) && !gives(other, &without.some_advice)
            }
        }
    }

    /// Whether a duty is among those that some rules ask for.
    fn asks(&self, which: Which, all: &BTreeSet<(DeedId, RuleId)>, duty: &DutyWords) -> bool {
        let (view, program) = (self.common.view(which), self.side(which).program);
        let own = view.acts.get(usize::from(self.act.0)).copied().flatten();
        let slice = own.and_then(|act| program.slices.get(usize::from(act.0)));
        let rules: BTreeSet<RuleId> = all.iter().map(|(_, rule)| *rule).collect();
        let mut boxes =
            slice.iter().flat_map(|s| &s.boxes).filter(|b| !b.deeds.is_empty() && rules.contains(&b.rule));
        boxes.any(|one| {
            let named = program.names.rules.get(one.rule.place()).and_then(|r| r.duty.as_ref());
            let words = named.map(|d| (d.words.clone(), d.otherwise.clone())).unwrap_or_default();
            words == (duty.due.clone(), duty.otherwise.clone())
                && one.deeds.iter().any(|one_of| {
                    let common = one_of.iter().map(|d| view.deeds.get(usize::from(d.0)).copied());
                    common.eq(duty.one_of.iter().copied().map(Some))
                })
        })
    }

    fn side(&self, which: Which) -> &Side<'_> {
        match which {
            Which::Old => self.old,
            Which::New => self.new,
        }
    }

    /// The question to one side: only what that side knows and has not settled is stated.
    fn question(
        &self,
        which: Which,
        stated: &BTreeMap<FactId, ValueId>,
        on: Option<Date>,
        assume: bool,
    ) -> Option<Question> {
        let (side, view) = (self.side(which), self.common.view(which));
        let as_of = Some(side.on.unwrap_or(Date::LAST));
        let mut question = Question { on: side.on.or(on), as_of, assume, ..Question::default() };
        let act = view.acts.get(usize::from(self.act.0)).copied().flatten()?;
        question.facts.insert(side.program.act, Stated::Value(act));
        for (fact, value) in stated {
            let Some((own, values)) = view.facts.get(usize::from(fact.0)).and_then(Option::as_ref) else {
                continue;
            };
            if *own == ON || *own == AS_OF || settled(side, *own).is_some() {
                continue;
            }
            let domain = &self.common.program.facts.get(usize::from(fact.0))?.domain;
            let here = match domain {
                Domain::Cells { .. } => Stated::Number(domain.range(*value)?.0),
                _ => Stated::Value(*values.get(usize::from(value.0))?),
            };
            question.facts.insert(*own, here);
        }
        Some(question)
    }

    fn says(
        &self,
        which: Which,
        stated: &BTreeMap<FactId, ValueId>,
        on: Option<Date>,
        assume: bool,
    ) -> Option<Says> {
        let (side, view) = (self.side(which), self.common.view(which));
        let Some(act) = view.acts.get(usize::from(self.act.0)).copied().flatten() else {
            // Without rules that stand without an act there is nothing to ask.
            return Some(Says {
                answer: Answer { outcome: Outcome::NotCovered, ways: BTreeSet::new() },
                duties: BTreeSet::new(),
                some_duties: BTreeSet::new(),
                advice: BTreeSet::new(),
                some_advice: BTreeSet::new(),
            });
        };
        let question = self.question(which, stated, on, assume)?;
        let said = agreed(side.program, &question, self.steps)?;
        let slice = side.program.slices.get(usize::from(act.0))?;
        let word = |bit: usize| {
            let id: &AtomId = slice.atoms.get(bit)?;
            let defined = view.atoms.get(usize::from(id.0))?;
            self.common.atom_of.get(usize::from(defined.0)).copied()
        };
        Some(Says {
            answer: Answer::of(said.outcome, &said.ways, word),
            duties: said.duties,
            some_duties: said.some_duties,
            advice: said.advice,
            some_advice: said.some_advice,
        })
    }
}
