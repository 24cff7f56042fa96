//! What two policies answer differently (decision 0020).
//!
//! In: two compiled programs, each with a date or without. Out: every difference between their answers, in numbers,
//! counted, and each with a situation that both programs have answered again.
//! Never here: words for people, files, or a difference that no situation shows.

mod clashes;
mod join;
mod proof;
mod walk;
mod witness;
mod words;

use byelaw_data::{Date, FactId, Outcome, Question, RuleId, Stated, ValueId};
use byelaw_eval::{Mask, looks_at};
use byelaw_ir::Program;
use byelaw_question::{Choices, cases};
use join::{Joined, join};
use std::collections::{BTreeMap, BTreeSet};
use walk::{Fine, Found, Layout, Walk, possible};

pub use clashes::{Named, clashes_apart};
pub use proof::{Alike, Omission, Outside, Weight, outside};
pub(crate) use walk::rank;
pub use walk::{Answer, Beside, DutyWords, What};
pub use witness::{Example, shorten};
pub use words::{Common, View, Which, WordNote};

/// One of the two policies that are compared.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The policy.
    pub program: &'a Program,
    /// The day on which it is asked; without one all days are compared.
    pub on: Option<Date>,
}

/// A difference between the answers about one act.
#[derive(Debug, Clone)]
pub struct Change {
    /// The act, in common words.
    pub act: ValueId,
    /// What is different in all of these situations.
    pub shift: Shift,
    /// What exactly differs, each with the number of kinds of situation of `count`.
    pub cases: BTreeMap<What, u128>,
    /// The same of all kinds of situation; empty if not all could be looked at.
    pub all_cases: BTreeMap<What, u128>,
    /// The changed rule that makes the difference: whether it is of the new side, and which. It decides in all of them, or
    /// if none that changed decides, it is active in all of them.
    pub by: (bool, RuleId),
    /// The rules that decide on the old side, each with whether in all of these situations.
    pub old: BTreeMap<RuleId, bool>,
    /// The rules that decide on the new side.
    pub new: BTreeMap<RuleId, bool>,
    /// Whether of all that changed only excepted rules have a part in it.
    pub excepted: bool,
    /// Whether something has to be otherwise than presumed for it.
    pub unusual: bool,
    /// The number of kinds of situation: of ordinary ones, unless it is unusual.
    pub count: u128,
    /// The number of all kinds of situation, unusual ones too; `None` if not all could be looked at.
    pub all: Option<u128>,
    /// The number of kinds of situation that can be where each fact has one of the values in `seen`; `None` if they could
    /// not be counted.
    pub possible: Option<u128>,
    /// The number of kinds of situation of the act that can be at all; `None` if they could not be counted.
    pub kinds: Option<u128>,
    /// How many facts of the example are otherwise than presumed.
    pub odd: usize,
    /// For each fact the values that it has in these situations.
    pub seen: Vec<SeenFact>,
    /// A plain situation of these.
    pub example: Example,
}

/// The values that a fact has in some situations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenFact {
    /// The fact.
    pub fact: FactId,
    /// Its values.
    pub values: BTreeSet<ValueId>,
    /// Whether these are all that it could have there: all, or if it is presumed, what is presumed.
    pub whole: bool,
    /// Whether it has no others because the rule that makes the difference says so.
    pub ruled: bool,
}

/// What different situations have in common that are told together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shift {
    /// Another outcome.
    Outcome {
        /// The outcome before.
        before: Outcome,
        /// The outcome after.
        after: Outcome,
        /// Whether the new answer is stricter (or more lenient); neither if it is another way.
        stricter: Option<bool>,
    },
    /// The same yes, or the same need of approval, takes something else: places in the list of approvals and undertakings.
    Takes {
        /// Whether the new answer is stricter (or more lenient); neither if it is another way.
        stricter: Option<bool>,
        /// What is no longer among what it takes.
        gone: BTreeSet<u16>,
        /// What is new among what it takes.
        come: BTreeSet<u16>,
    },
    /// Something beside the answer is otherwise.
    Beside(Beside),
}

impl Shift {
    /// Under which shifts a difference is told: one, but where several things are added to what a yes takes, or taken
    /// from it, one for each.
    pub fn of(what: &What) -> Vec<Self> {
        match what {
            What::Answer { before, after } => {
                let stricter = stricter(before, after);
                let yes = |a: &Answer| matches!(a.outcome, Outcome::Permitted | Outcome::NeedsApproval);
                if before.outcome != after.outcome || !yes(before) {
                    return vec![Self::Outcome { before: before.outcome, after: after.outcome, stricter }];
                }
                let atoms = |a: &Answer| a.ways.iter().flatten().copied().collect::<BTreeSet<u16>>();
                let (old, new) = (atoms(before), atoms(after));
                let gone: BTreeSet<u16> = old.difference(&new).copied().collect();
                let come: BTreeSet<u16> = new.difference(&old).copied().collect();
                let single = |atom: &u16| BTreeSet::from([*atom]);
                let none = BTreeSet::new;
                match stricter {
                    Some(true) if gone.is_empty() && come.len() > 1 => come
                        .iter()
                        .map(|atom| Self::Takes { stricter, gone: none(), come: single(atom) })
                        .collect(),
                    Some(false) if come.is_empty() && gone.len() > 1 => gone
                        .iter()
                        .map(|atom| Self::Takes { stricter, gone: single(atom), come: none() })
                        .collect(),
                    _ => vec![Self::Takes { stricter, gone, come }],
                }
            }
            What::Beside(beside) => vec![Self::Beside(beside.clone())],
        }
    }
}

/// Whether an answer is stricter than the one before, or more lenient; `None` if it is neither.
fn stricter(before: &Answer, after: &Answer) -> Option<bool> {
    match (at_least_as_strict(after, before), at_least_as_strict(before, after)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// Whether a rule is the same on both sides.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Rules with a box that is not the same on the other side, of the old policy.
    pub old: BTreeSet<RuleId>,
    /// The same of the new policy.
    pub new: BTreeSet<RuleId>,
    /// Rules of which some box is the same on both sides.
    pub kept: BTreeSet<(RuleId, RuleId)>,
}

/// Everything that differs.
#[derive(Debug, Clone)]
pub struct Difference {
    /// The words of both sides as one vocabulary; acts, facts and values below are of it.
    pub common: Common,
    /// The differences, act by act.
    pub changes: Vec<Change>,
    /// For each act, if all of it could be looked at: what differs, with the number of kinds of situation. A situation
    /// counts once for its answer, and once for each duty and each advice.
    pub totals: BTreeMap<ValueId, BTreeMap<What, u128>>,
    /// Acts of which not every situation could be looked at, with whether at least the ordinary ones were.
    pub undecided: Vec<(ValueId, bool)>,
    /// Acts of which what can be at all differs; only what can be on both sides is compared.
    pub possible_differs: Vec<ValueId>,
    /// Acts with rules that differ only for somebody who is several things at once, which is not compared.
    pub several_differs: Vec<ValueId>,
    /// The rules that changed.
    pub rules: Rules,
    /// Differences whose example did not show them again: a fault of this program. None is ever expected.
    pub not_replayed: usize,
    /// How many acts were compared.
    pub acts: usize,
    /// The steps taken.
    pub steps: u64,
}

/// Rules of each side whose changes are told apart from those of all others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Excepted {
    /// Rules of the old policy.
    pub old: BTreeSet<RuleId>,
    /// Rules of the new policy.
    pub new: BTreeSet<RuleId>,
}

impl Excepted {
    fn has(&self, (new, rule): (bool, RuleId)) -> bool {
        if new { self.new.contains(&rule) } else { self.old.contains(&rule) }
    }

    fn is_empty(&self) -> bool {
        self.old.is_empty() && self.new.is_empty()
    }
}

/// Compares two policies. For each act no more than `steps` steps are taken for the ordinary situations, and as many for
/// all; a step is one set of boxes met with one choice.
pub fn diff(old: &Side<'_>, new: &Side<'_>, steps: u64) -> Difference {
    diff_excepting(old, new, &Excepted::default(), steps)
}

/// Compares two policies as [`diff`] does, and keeps apart what only `excepted` rules have a part in: [`Change::excepted`].
/// A changed rule has a part in every situation in which it stands and can bear on what differs. Where that was not
/// followed up because one side is a no anyway, every changed rule that holds there has one.
pub fn diff_excepting(old: &Side<'_>, new: &Side<'_>, excepted: &Excepted, steps: u64) -> Difference {
    let common = Common::of(old, new);
    let mut result = Difference {
        changes: Vec::new(),
        totals: BTreeMap::new(),
        undecided: Vec::new(),
        possible_differs: Vec::new(),
        several_differs: Vec::new(),
        rules: Rules::default(),
        not_replayed: 0,
        acts: common.old.acts.len(),
        steps: 0,
        common,
    };
    let mut program = result.common.program.clone();
    program.slices = vec![byelaw_ir::Slice::default(); result.acts];
    for place in 0..result.acts {
        let Ok(act) = u16::try_from(place).map(ValueId) else { break };
        let Some(mut joined) = join(&result.common, old, new, act, &BTreeSet::new()) else {
            result.undecided.push((act, false));
            continue;
        };
        if joined.possible_differs {
            result.possible_differs.push(act);
        }
        if joined.several_differs {
            result.several_differs.push(act);
        }
        result.rules.kept.extend(joined.kept.iter().copied());
        for (old, new) in joined.changed.bits().filter_map(|b| joined.rules.get(b)) {
            result.rules.old.extend(*old);
            result.rules.new.extend(*new);
        }
        if joined.changed.is_empty() {
            continue;
        }
        // The slice is lent to the program, which knows the facts.
        program.slices[place] = std::mem::take(&mut joined.slice);
        let all = cases(&program, act, &asked(&program, act, false)).unwrap_or_default();
        joined.slice = program.slices[place].clone();
        let comparing = Comparing { old, new, program: &program, joined: &joined, act, all: &all, excepted };
        comparing.act(steps, &mut result);
        program.slices[place] = byelaw_ir::Slice::default();
    }
    result
}

fn asked(program: &Program, act: ValueId, assume: bool) -> Question {
    let mut question = Question { as_of: Some(Date::LAST), assume, ..Question::default() };
    question.facts.insert(program.act, Stated::Value(act));
    question
}

struct Comparing<'a> {
    old: &'a Side<'a>,
    new: &'a Side<'a>,
    program: &'a Program,
    joined: &'a Joined,
    act: ValueId,
    all: &'a [Choices],
    excepted: &'a Excepted,
}

impl Comparing<'_> {
    /// The boxes that changed, in the order in which they are walked. What no exception covers comes first: then no such
    /// rule holds in the situations that are left for an excepted one.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = self.joined.changed.bits().collect();
        if !self.excepted.is_empty() {
            order.sort_by_key(|place| {
                self.joined.excepted(*place, self.excepted) || !self.joined.strong(*place)
            });
        }
        order
    }

    fn act(&self, steps: u64, result: &mut Difference) {
        let layout = Layout::of(self.program, self.all);
        let walk =
            Walk { excepted: self.excepted, ..Walk::new(self.joined, &layout, &result.common.atom_of) };
        let (mut ordinary, mut everything) = (BTreeMap::new(), BTreeMap::new());
        let (mut left, mut left_for_all) = (steps, steps);
        let mut earlier = Mask::EMPTY;
        let (mut ordinary_whole, mut whole) = (true, true);
        let everywhere = layout.all(self.all);
        for focus in self.order() {
            let choices = cases(self.program, self.act, &self.ordinarily(focus)).unwrap_or_default();
            let mut frame = layout.all(&choices);
            for fact in self.looked(focus) {
                layout.release(&mut frame, fact);
            }
            ordinary_whole = ordinary_whole
                && walk.focus(&choices, focus, &earlier, &frame, &mut left, &mut ordinary).is_some();
            whole = whole
                && walk
                    .focus(self.all, focus, &earlier, &everywhere, &mut left_for_all, &mut everything)
                    .is_some();
            earlier.insert(focus);
        }
        result.steps += (steps - left) + (steps - left_for_all);
        if !whole {
            result.undecided.push((self.act, ordinary_whole));
        }
        let changed = self.changed_rules();
        let mut gathered_ordinary = gathered(ordinary, &changed);
        // What is unusual belongs to an ordinary change, if the same rule decides it.
        let mut unusual: BTreeMap<Fine, Found> = BTreeMap::new();
        let mut totals: BTreeMap<What, u128> = BTreeMap::new();
        for (fine, group) in everything {
            let total = totals.entry(fine.what.clone()).or_insert(0);
            *total = total.saturating_add(group.count);
            let mut told = false;
            for shift in Shift::of(&fine.what) {
                let owner = gathered_ordinary.iter_mut().find(|g| {
                    g.shift == shift
                        && g.excepted == fine.excepted
                        && candidates(&fine, &group, &changed).contains(&g.by)
                });
                if let Some(owner) = owner {
                    told = true;
                    let all = owner.all_cases.entry(fine.what.clone()).or_insert(0);
                    *all = all.saturating_add(group.count);
                }
            }
            if !told {
                unusual.insert(fine, group);
            }
        }
        if whole && !totals.is_empty() {
            result.totals.insert(self.act, totals);
        }
        let unusual = gathered(unusual, &changed).into_iter().map(|mut g| {
            g.all_cases.clone_from(&g.cases);
            (g, true)
        });
        let mut counting = steps;
        let kinds = possible(&self.joined.impossible(), &layout, self.all, &everywhere, &mut counting);
        for (group, unusual) in gathered_ordinary.into_iter().map(|g| (g, false)).chain(unusual) {
            let mut steps = steps;
            let all = group.all_cases.values().fold(0_u128, |all, n| all.saturating_add(*n));
            let example = witness::example(self, &layout, &group.found, &result.common);
            let Some(example) = example else {
                result.not_replayed += 1;
                if !result.undecided.iter().any(|(act, _)| *act == self.act) {
                    result.undecided.push((self.act, false));
                }
                continue;
            };
            result.changes.push(Change {
                act: self.act,
                shift: group.shift,
                cases: group.cases,
                all_cases: if whole { group.all_cases } else { BTreeMap::new() },
                by: group.by,
                old: group.old,
                new: group.new,
                excepted: group.excepted,
                unusual,
                count: group.found.count,
                all: whole.then_some(all),
                possible: possible(
                    &self.joined.impossible(),
                    &layout,
                    self.all,
                    &group.found.seen,
                    &mut steps,
                ),
                kinds,
                odd: self.odd(&example),
                seen: self.seen(&layout, &group.found, group.by),
                example,
            });
        }
    }

    /// The question in which a box is asked about and the rest is presumed.
    fn ordinarily(&self, focus: usize) -> Question {
        let mut question = asked(self.program, self.act, true);
        for fact in self.looked(focus) {
            if self.of_moment(fact) {
                continue;
            }
            let choices = self.all.iter().find(|c| c.facts == [fact]);
            let values: BTreeSet<ValueId> = choices
                .iter()
                .flat_map(|c| &c.options)
                .filter(|o| o.boxes.has(focus))
                .flat_map(|o| o.rows.iter().flat_map(|(values, _)| values.iter().copied()))
                .collect();
            let values: Vec<ValueId> = values.into_iter().collect();
            question.facts.insert(fact, Stated::Among { values, ordinarily: Vec::new() });
        }
        question
    }

    fn of_moment(&self, fact: FactId) -> bool {
        fact == byelaw_ir::ON
            || self.program.weekday == Some(fact)
            || self.program.clock == Some(fact)
            || self.program.calendar(fact).is_some()
            || self.program.facts.get(usize::from(fact.0)).is_some_and(|f| f.period.is_some())
    }

    /// The facts that a box looks at.
    fn looked(&self, focus: usize) -> Vec<FactId> {
        let slice = &self.joined.slice;
        slice.facts.iter().filter(|fact| looks_at(slice, fact, focus)).map(|fact| fact.fact).collect()
    }

    /// How many facts of an example are otherwise than presumed.
    fn odd(&self, example: &Example) -> usize {
        let odd = |(id, value): &&(FactId, ValueId)| {
            let presumed = self.program.facts.get(usize::from(id.0)).map(|f| f.presumed.as_slice());
            let presumed = presumed.unwrap_or_default();
            !presumed.is_empty() && !presumed.iter().any(|p| p.values.contains(value))
        };
        example.stated.iter().filter(odd).count()
    }

    /// The values seen of each fact, and why there are no others.
    fn seen(&self, layout: &Layout, group: &Found, by: (bool, RuleId)) -> Vec<SeenFact> {
        let boxes: Vec<usize> = self
            .joined
            .changed
            .bits()
            .filter(|b| match (by, self.joined.rules.get(*b)) {
                ((true, rule), Some((_, new))) => *new == Some(rule),
                ((false, rule), Some((old, _))) => *old == Some(rule),
                _ => false,
            })
            .collect();
        let mut all = Vec::new();
        for variable in &layout.variables {
            let choices = self.all.iter().find(|c| c.facts == variable.facts);
            for (at, fact) in variable.facts.iter().enumerate() {
                let of = |set| -> BTreeSet<ValueId> {
                    layout
                        .rows(variable, set)
                        .filter_map(|row| variable.rows[row].0.get(at).copied())
                        .collect()
                };
                let (values, frame) = (of(&group.seen), of(&group.frame));
                let by_rule: BTreeSet<ValueId> = choices
                    .iter()
                    .flat_map(|c| &c.options)
                    .filter(|o| boxes.is_empty() || boxes.iter().any(|b| o.boxes.has(*b)))
                    .flat_map(|o| o.rows.iter().filter_map(|(row, _)| row.get(at).copied()))
                    .filter(|value| frame.contains(value))
                    .collect();
                let whole = frame.is_subset(&values);
                let ruled = !whole && by_rule.is_subset(&values);
                all.push(SeenFact { fact: *fact, values, whole, ruled });
            }
        }
        all
    }

    /// The rules of boxes that are not the same on both sides.
    fn changed_rules(&self) -> [BTreeSet<RuleId>; 2] {
        let rules = self.joined.changed.bits().filter_map(|b| self.joined.rules.get(b));
        let (old, new): (Vec<_>, Vec<_>) = rules.copied().unzip();
        [old.into_iter().flatten().collect(), new.into_iter().flatten().collect()]
    }
}

/// Situations that are told together.
struct Gathered {
    shift: Shift,
    cases: BTreeMap<What, u128>,
    all_cases: BTreeMap<What, u128>,
    by: (bool, RuleId),
    old: BTreeMap<RuleId, bool>,
    new: BTreeMap<RuleId, bool>,
    excepted: bool,
    found: Found,
}

/// The changed rules by which a difference can be told: those that decide, or else those in whose boxes it lies.
fn candidates(fine: &Fine, group: &Found, changed: &[BTreeSet<RuleId>; 2]) -> BTreeSet<(bool, RuleId)> {
    let old = fine.old.iter().filter(|r| changed[0].contains(r)).map(|r| (false, *r));
    let new = fine.new.iter().filter(|r| changed[1].contains(r)).map(|r| (true, *r));
    let deciding: BTreeSet<(bool, RuleId)> = old.chain(new).collect();
    if deciding.is_empty() { group.causes.clone() } else { deciding }
}

/// Situations with the same difference, told together where one changed rule decides in all of them: the rule that decides
/// in most comes first.
fn gathered(found: BTreeMap<Fine, Found>, changed: &[BTreeSet<RuleId>; 2]) -> Vec<Gathered> {
    let mut by_shift: BTreeMap<(Shift, bool), Vec<(Fine, Found)>> = BTreeMap::new();
    for (fine, group) in found {
        for shift in Shift::of(&fine.what) {
            by_shift.entry((shift, fine.excepted)).or_default().push((fine.clone(), group.clone()));
        }
    }
    let mut told = Vec::new();
    for ((shift, excepted), mut left) in by_shift {
        while !left.is_empty() {
            let mut weights: BTreeMap<(bool, RuleId), u128> = BTreeMap::new();
            for (fine, group) in &left {
                for rule in candidates(fine, group, changed) {
                    let weight = weights.entry(rule).or_insert(0);
                    *weight = weight.saturating_add(group.count);
                }
            }
            let best = weights
                .iter()
                .max_by_key(|((new, rule), weight)| (**weight, *new, std::cmp::Reverse(*rule)))
                .map(|(rule, _)| *rule);
            let Some(by) = best else { break };
            let (taken, rest): (Vec<_>, Vec<_>) =
                left.into_iter().partition(|(fine, group)| candidates(fine, group, changed).contains(&by));
            left = rest;
            let always = |of: &dyn Fn(&Fine) -> &BTreeSet<RuleId>| -> BTreeMap<RuleId, bool> {
                let all = taken.iter().flat_map(|(fine, _)| of(fine).iter().copied());
                all.map(|rule| (rule, taken.iter().all(|(fine, _)| of(fine).contains(&rule)))).collect()
            };
            let (old, new) = (always(&|f| &f.old), always(&|f| &f.new));
            let mut cases: BTreeMap<What, u128> = BTreeMap::new();
            for (fine, group) in &taken {
                let count = cases.entry(fine.what.clone()).or_insert(0);
                *count = count.saturating_add(group.count);
            }
            let mut groups = taken.into_iter().map(|(_, group)| group);
            let Some(mut whole) = groups.next() else { break };
            for group in groups {
                whole.add(&group);
            }
            told.push(Gathered {
                shift: shift.clone(),
                cases,
                all_cases: BTreeMap::new(),
                by,
                old,
                new,
                excepted,
                found: whole,
            });
        }
    }
    told
}

/// Whether one answer is at least as strict as another: whatever suffices for it suffices for the other.
pub fn at_least_as_strict(one: &Answer, other: &Answer) -> bool {
    let yes = |a: &Answer| matches!(a.outcome, Outcome::Permitted | Outcome::NeedsApproval);
    match (one.outcome, other.outcome) {
        (Outcome::Forbidden, _) => true,
        (_, Outcome::Forbidden) => false,
        (Outcome::NotCovered, Outcome::NotCovered) => true,
        (Outcome::NotCovered, _) => other.outcome == Outcome::Permitted,
        (_, Outcome::NotCovered) => false,
        _ => {
            yes(one)
                && yes(other)
                && one.ways.iter().all(|way| other.ways.iter().any(|enough| enough.is_subset(way)))
        }
    }
}
