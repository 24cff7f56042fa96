//! What would change an answer: the smallest changes after which an act is permitted (semantics 3.6, decision 0021).
//!
//! Changed is only what somebody can change for the sake of an answer: facts whose vocabulary says what that costs,
//! undertakings and deeds that the question refuses, and approvals. So nobody is told to be somebody else, to do it
//! for another reason, or to judge otherwise. Every change is judged as a question of its own.
//! Never here: another reading of rules, or words.

use crate::combine::{self, opens};
use crate::completions::{Active, Budget, Variable, Walk, reachable_within};
use crate::decide::{Asking, all_values, own};
use crate::readings::Readings;
use crate::refused::{self, Joined};
use alloc::vec::Vec;
use byelaw_data::{
    AtomId, Decision, DeedId, FactId, Map, Outcome, Question, Set, Stated, ValueId, Way, order_by_key,
};
use byelaw_eval::{Mask, Verdict, boxes, decide, deciding, is_absolute_bar, looks_at, row};
use byelaw_ir::{BoxKind, Domain, Program, Slice};

/// What it costs to keep what the question refuses, or to undertake something.
const UNDERTAKING: u32 = 1;
/// What an approval costs.
const APPROVAL: u32 = 3;
/// The most facts and refused deeds that one change is about.
const MOST_ITEMS: usize = 2;
/// The most changes that are told.
const MOST_TOLD: usize = 3;
/// The most steps for all changes that are tried together ([`crate::BUDGET`] counts what a step is).
const STEPS: u64 = 48_000;
/// The most of these for one change.
const STEPS_OF_ONE: u64 = 16_000;
/// What a change takes that is seen to be none at once.
const TRY: usize = 100;

/// Changes that make an act permitted, cheapest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The cheapest, at most three. Of none would a part do.
    pub told: Vec<Change>,
    /// False if a limit ended the search: then cheaper changes may be missing; those told are right all the same.
    pub exact: bool,
}

/// One change that makes an act permitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The facts that are otherwise.
    pub facts: Vec<Changed>,
    /// Undertakings that the question refuses and that are kept.
    pub undertakings: Vec<AtomId>,
    /// Deeds that the question refuses and that are done in time.
    pub deeds: Vec<DeedId>,
    /// What it takes besides: of these, one is enough. Sorted as those of a decision. Empty if the answer then hangs on
    /// what is not known.
    pub ways: Vec<Way>,
    /// What it costs with the cheapest of these.
    pub cost: u32,
}

/// A fact that is otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The fact.
    pub fact: FactId,
    /// The value it has then.
    pub value: ValueId,
    /// Other values that do as well, the rest of the change being as told.
    pub or: Vec<ValueId>,
}

/// The changes that make the act of a question permitted, of which `decision` is the decision. None for a question
/// about several acts or none, for one that is permitted already, and for one that took too many steps.
///
/// Of a question that needs facts only what it states is changed: the rest is to be asked. Where the answer is a no and
/// no change makes it a certain yes, single changes are told after which it may be one.
pub fn changes(program: &Program, question: &Question, decision: &Decision) -> Changes {
    let nothing = Changes { told: Vec::new(), exact: true };
    let Some(Stated::Value(act)) = question.facts.get(&program.act) else { return nothing };
    let Some(slice) = program.slices.get(usize::from(act.0)) else { return nothing };
    if decision.outcome == Outcome::Permitted || program.no_act == Some(*act) {
        return nothing;
    }
    if !decision.exact {
        return Changes { exact: false, ..nothing };
    }
    Search::new(program, slice, *act, question, decision).run()
}

/// A fact that can be changed, or something refused that can be kept.
#[derive(Debug, Clone)]
enum Item {
    /// A fact, with what it costs and the values that it may have then: those that nothing tells apart are one.
    Fact {
        fact: FactId,
        cost: u32,
        classes: Vec<Vec<ValueId>>,
    },
    Undertaking(AtomId),
    Deed(DeedId),
}

impl Item {
    fn cost(&self) -> u32 {
        match self {
            Self::Fact { cost, .. } => *cost,
            _ => UNDERTAKING,
        }
    }

    /// Whether it is about one of these facts; any item is, of all.
    fn is_among(&self, facts: Option<&Set<FactId>>) -> bool {
        match (self, facts) {
            (_, None) => true,
            (Self::Fact { fact, .. }, Some(facts)) => facts.contains(fact),
            _ => false,
        }
    }

    fn ways(&self) -> usize {
        match self {
            Self::Fact { classes, .. } => classes.len(),
            _ => 1,
        }
    }
}

/// Choices of some items, by the place of the item, with the place of its class.
type Choice = Map<usize, usize>;

/// What the completions of a question come to.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Comes {
    /// All of them to something else than a yes.
    No,
    /// Some to a yes, or each to one that takes something else.
    Depends,
    /// All to a yes, for one of these.
    Yes(Vec<Way>),
}

/// A change that does: what is chosen, and what it takes.
#[derive(Debug, Clone)]
struct Found {
    choice: Choice,
    ways: Vec<Way>,
    cost: u32,
}

struct Search<'a> {
    program: &'a Program,
    slice: &'a Slice,
    act: ValueId,
    question: &'a Question,
    items: Vec<Item>,
    /// What the question takes as it is asked; empty if nothing helps.
    asked: Vec<Way>,
    /// Whether the answer is a no as it is asked.
    forbidden: bool,
    /// The facts of which one has to be otherwise for the answer to be another; all, if it is `None`.
    blocked: Option<Set<FactId>>,
    found: Vec<Found>,
    budget: Budget,
    exact: bool,
}

impl<'a> Search<'a> {
    fn new(
        program: &'a Program,
        slice: &'a Slice,
        act: ValueId,
        question: &'a Question,
        decision: &Decision,
    ) -> Self {
        // Also what only a refused duty looks at can be changed.
        let joined = match refused::joined(program, slice, act, question) {
            Joined::Slice(slice) => Some(slice),
            Joined::Nothing | Joined::TooLarge => None,
        };
        let needs_facts = decision.outcome == Outcome::NeedsFacts;
        let items = items(program, joined.as_ref().unwrap_or(slice), act, question, needs_facts);
        let forbidden = decision.outcome == Outcome::Forbidden;
        let budget = Budget::new(STEPS);
        Self {
            program,
            slice,
            act,
            question,
            items,
            asked: Vec::new(),
            forbidden,
            blocked: None,
            found: Vec::new(),
            budget,
            exact: true,
        }
    }

    fn run(mut self) -> Changes {
        // Also of an answer that hangs on facts approvals may make a certain yes.
        let (comes, blocked) = self.comes_to(self.question, false);
        if let Comes::Yes(ways) = comes {
            self.asked = ways;
        }
        self.blocked = blocked;
        // A choice costs more than what it is grown from, or as much and has more items: it is met once.
        let mut next: Set<(u32, usize, Choice)> = Set::new();
        self.grow(&Choice::new(), self.blocked.as_ref(), &mut next);
        while let Some((least, _, choice)) = next.pop_first() {
            // What comes later costs no less.
            let enough = self.groups().iter().filter(|group| group.iter().all(|f| f.cost <= least)).count();
            if enough >= MOST_TOLD {
                break;
            }
            let free = |f: &Found| f.ways.iter().any(|way| self.approvals(way).is_empty());
            if self.found.iter().any(|f| part_of(&f.choice, &choice) && free(f)) {
                continue;
            }
            if !self.budget.take(TRY) {
                self.exact = false;
                break;
            }
            let blocked = self.attempt(&choice);
            self.grow(&choice, blocked.as_ref(), &mut next);
        }
        if self.found.is_empty() && self.forbidden {
            self.each_hope();
        }
        let told = self.groups().iter().take(MOST_TOLD).map(|group| self.told(group)).collect();
        Changes { told, exact: self.exact }
    }

    /// Tries single changes of facts after which the answer hangs on what is not known.
    fn each_hope(&mut self) {
        for item in 0..self.items.len() {
            let Some(this) = self.items.get(item).filter(|i| i.is_among(self.blocked.as_ref())) else {
                continue;
            };
            if !matches!(this, Item::Fact { .. }) {
                continue;
            }
            for class in 0..this.ways() {
                let choice = Choice::from([(item, class)]);
                let question = self.changed(&choice);
                if !self.budget.take(TRY) {
                    self.exact = false;
                    return;
                }
                if self.comes_to(&question, true).0 == Comes::Depends {
                    let cost = self.cost(&[item]);
                    self.found.push(Found { choice, ways: Vec::new(), cost });
                }
            }
        }
    }

    fn cost(&self, items: &[usize]) -> u32 {
        let each = items.iter().filter_map(|i| self.items.get(*i)).map(Item::cost);
        each.fold(0, u32::saturating_add)
    }

    /// What a choice is grown to by one item more: of those in `only`, where one of these has to be otherwise.
    fn grow(&self, choice: &Choice, only: Option<&Set<FactId>>, next: &mut Set<(u32, usize, Choice)>) {
        if choice.len() >= MOST_ITEMS {
            return;
        }
        for (place, item) in self.items.iter().enumerate() {
            if choice.contains_key(&place) || !item.is_among(only) {
                continue;
            }
            for class in 0..item.ways() {
                let mut more = choice.clone();
                more.insert(place, class);
                let items: Vec<usize> = more.keys().copied().collect();
                next.insert((self.cost(&items), more.len(), more));
            }
        }
    }

    /// Tries a change. If it is none: the facts of which one has to be otherwise besides.
    fn attempt(&mut self, choice: &Choice) -> Option<Set<FactId>> {
        let question = self.changed(choice);
        let (comes, blocked) = self.comes_to(&question, false);
        let Comes::Yes(mut ways) = comes else { return blocked };
        // Where approvals are enough as it is, a change is worth it that takes fewer.
        let fewest = self.asked.iter().map(|way| self.approvals(way).len()).min();
        ways.retain(|way| {
            let approvals = self.approvals(way);
            let less = |f: &Found| {
                part_of(&f.choice, choice) && f.ways.iter().any(|w| self.approvals(w).is_subset(&approvals))
            };
            fewest.is_none_or(|fewest| approvals.len() < fewest) && !self.found.iter().any(less)
        });
        let each = |many: usize, cost: u32| cost.saturating_mul(u32::try_from(many).unwrap_or(u32::MAX));
        let dearer = |way: &Way| {
            let approvals = self.approvals(way).len();
            let undertakings = way.atoms.len().saturating_sub(approvals);
            each(approvals, APPROVAL).saturating_add(each(undertakings, UNDERTAKING))
        };
        if let Some(least) = ways.iter().map(dearer).min() {
            let items: Vec<usize> = choice.keys().copied().collect();
            let cost = self.cost(&items).saturating_add(least);
            self.found.push(Found { choice: choice.clone(), ways, cost });
        }
        None
    }

    fn approvals(&self, way: &Way) -> Set<AtomId> {
        way.atoms.iter().copied().filter(|atom| is_approval(self.program, *atom)).collect()
    }

    /// The question after a change.
    fn changed(&self, choice: &Choice) -> Question {
        let mut question = self.question.clone();
        for (item, class) in choice {
            match self.items.get(*item) {
                Some(Item::Fact { fact, classes, .. }) => {
                    if let Some(value) = classes.get(*class).and_then(|c| c.first()) {
                        question.facts.insert(*fact, Stated::Value(*value));
                    }
                }
                Some(Item::Undertaking(atom)) => {
                    question.refused.remove(atom);
                    question.granted.insert(*atom);
                }
                Some(Item::Deed(deed)) => {
                    question.undone.remove(deed);
                    question.late.retain(|(late, _)| late != deed);
                    question.done.insert(*deed);
                }
                None => {}
            }
        }
        question
    }

    /// What the completions of a question come to. Unless `thoroughly`, a question of which some completion is not
    /// permitted may count as a no.
    ///
    /// Where a bar that nothing lifts is the reason in some completion, also the facts of which one has to be otherwise.
    fn comes_to(&mut self, question: &Question, thoroughly: bool) -> (Comes, Option<Set<FactId>>) {
        let joined = match refused::joined(self.program, self.slice, self.act, question) {
            Joined::Nothing => None,
            Joined::Slice(slice) => Some(slice),
            Joined::TooLarge => {
                self.exact = false;
                return (Comes::No, None);
            }
        };
        let slice = joined.as_ref().unwrap_or(self.slice);
        let mut asking = Asking::new(self.program, slice, self.act, question, STEPS_OF_ONE);
        asking.settle_presumptions();
        let (start, variables, open) = asking.split(&asking.known, false);
        let most = self.budget.left().min(STEPS_OF_ONE);
        let mut mine = Budget::new(most);
        let mut blocked = None;
        let mut walk = || {
            let readings = Readings::of(&start, &open, most)?;
            let says = |active: &Active| readings.outcome(slice, active, &asking.given);
            // Most changes do not help, and one completion shows it.
            let first = |state: Active, v: &Variable| v.options.first().map_or(state, |o| state.and(&o.row));
            let point = variables.iter().fold(start, first);
            let some = says(&point);
            if !thoroughly && some.is_some_and(|(outcome, _)| !may_be_had(outcome)) {
                // With several readings the boxes of the completion are those of all of them.
                if readings.len() <= 1 {
                    blocked = barring(self.program, slice, &point, &asking);
                }
                return Some(Comes::No);
            }
            let all: Vec<&Variable> = variables.iter().collect();
            let walk = Walk::Outcomes(slice, readings.undecided());
            let states = reachable_within(start, &all, walk, &mut mine)?;
            let mut ways: Option<Verdict> = None;
            let mut barred = false;
            for (outcome, more) in states.iter().filter_map(says) {
                if may_be_had(outcome) {
                    ways = Some(ways.map_or(more, |ways| ways.meet(&more)));
                } else {
                    barred = true;
                }
            }
            Some(match ways {
                None => Comes::No,
                Some(ways) if barred || ways.is_never() => Comes::Depends,
                Some(ways) => Comes::Yes(combine::ways(slice, &ways)),
            })
        };
        let comes = walk();
        self.budget.take(usize::try_from(most.saturating_sub(mine.left())).unwrap_or(usize::MAX));
        let comes = comes.unwrap_or_else(|| {
            self.exact = false;
            Comes::No
        });
        (comes, blocked)
    }

    /// What was found: changes of the same that take the same together, the nearest values first; cheapest first.
    fn groups(&self) -> Vec<Vec<&Found>> {
        let mut groups: Map<(Vec<usize>, &[Way]), Vec<&Found>> = Map::new();
        for found in &self.found {
            let changed = found.choice.keys().copied().collect();
            groups.update((changed, &found.ways), |group| group.push(found));
        }
        let mut groups: Vec<Vec<&Found>> = groups.into_values().collect();
        order_by_key(&mut groups, |group| group.first().map(|f| (f.cost, f.choice.len())));
        groups
    }

    /// A group as it is told: one of its changes, with what does as well.
    fn told(&self, group: &[&Found]) -> Change {
        let mut change = Change {
            facts: Vec::new(),
            undertakings: Vec::new(),
            deeds: Vec::new(),
            ways: Vec::new(),
            cost: 0,
        };
        let Some(first) = group.first() else { return change };
        change.cost = first.cost;
        change.ways.clone_from(&first.ways);
        for (item, class) in &first.choice {
            match self.items.get(*item) {
                Some(Item::Fact { fact, classes, .. }) => {
                    // Classes that do as well, the rest being as in the first.
                    let others = group.iter().filter(|f| {
                        f.choice.iter().all(|(i, c)| i == item || first.choice.get(i) == Some(c))
                    });
                    let others = others.filter_map(|f| f.choice.get(item)).filter(|c| *c != class);
                    let more = others.filter_map(|c| classes.get(*c)).flatten();
                    let mine = classes.get(*class).into_iter().flatten();
                    let mut values = mine.chain(more).copied();
                    let Some(value) = values.next() else { continue };
                    change.facts.push(Changed { fact: *fact, value, or: values.collect() });
                }
                Some(Item::Undertaking(atom)) => change.undertakings.push(*atom),
                Some(Item::Deed(deed)) => change.deeds.push(*deed),
                None => {}
            }
        }
        change
    }
}

/// Whether a choice is part of another, or the same.
fn part_of(part: &Choice, whole: &Choice) -> bool {
    part.iter().all(|(item, class)| whole.get(item) == Some(class))
}

fn may_be_had(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Permitted | Outcome::NeedsApproval)
}

fn is_approval(program: &Program, atom: AtomId) -> bool {
    program.atoms.get(usize::from(atom.0)).is_some_and(|a| a.approval)
}

/// What can be changed of a question. If `stated`, only facts of which the question says or presumes what they are.
fn items(program: &Program, slice: &Slice, act: ValueId, question: &Question, stated: bool) -> Vec<Item> {
    let mut asking = Asking::new(program, slice, act, question, STEPS_OF_ONE);
    asking.settle_presumptions();
    let mut items = Vec::new();
    for (place, (looked, now)) in slice.facts.iter().zip(asking.open()).enumerate() {
        let fact = looked.fact;
        let declared = program.facts.get(usize::from(fact.0)).map(|f| &f.domain);
        let cost = program.names.facts.get(usize::from(fact.0)).and_then(|f| f.cost);
        let (Some(Domain::Values(many)), Some(cost)) = (declared, cost) else { continue };
        // What follows from an unknown moment may be anything; a question may state it beside its date.
        let now = now.unwrap_or_else(|| all_values(program, fact));
        if stated && now.len() > 1 && now.len() == usize::from(*many) {
            continue;
        }
        // What is presumed now may no longer be once something else is changed.
        let free = !stated && !matches!(question.facts.get(&fact), Some(Stated::Value(_)));
        let mut others: Vec<ValueId> = (0..*many).map(ValueId).filter(|v| free || !now.contains(v)).collect();
        order_by_key(&mut others, |value| (distance(program, fact, &now, *value), *value));
        let mut classes: Vec<(Mask, u64, Vec<bool>, Vec<ValueId>)> = Vec::new();
        for value in others {
            let boxes =
                slice.facts.get(place).map_or(Mask::EMPTY, |f| Mask::from_words(row(slice, f, value)));
            let own = own(program, slice, fact, value);
            let presumes = presumed_for(program, fact, value);
            match classes.iter_mut().find(|(b, o, p, _)| *b == boxes && *o == own && *p == presumes) {
                Some((.., values)) => values.push(value),
                None => classes.push((boxes, own, presumes, alloc::vec![value])),
            }
        }
        items.push(Item::Fact { fact, cost, classes: classes.into_iter().map(|(.., v)| v).collect() });
    }
    let refused = question.refused.iter().filter(|a| !is_approval(program, **a));
    items.extend(refused.map(|a| Item::Undertaking(*a)));
    let late = question.late.iter().map(|(deed, _)| *deed);
    let undone: Set<DeedId> = question.undone.iter().copied().chain(late).collect();
    items.extend(undone.into_iter().map(Item::Deed));
    items
}

/// Which of the presumptions that hang on a fact count if it has a value.
fn presumed_for(program: &Program, fact: FactId, value: ValueId) -> Vec<bool> {
    let conditions = program.facts.iter().flat_map(|f| &f.presumed).flat_map(|p| &p.when);
    conditions.filter(|(id, _)| *id == fact).map(|(_, wanted)| wanted.contains(&value)).collect()
}

/// How far a value is from what is so now: the size of the smallest group that holds both.
fn distance(program: &Program, fact: FactId, now: &[ValueId], value: ValueId) -> usize {
    let groups = program.names.facts.get(usize::from(fact.0)).map_or(&[][..], |f| f.groups.as_slice());
    let both = groups.iter().filter(|g| {
        g.members.contains(&value) && !now.is_empty() && now.iter().all(|v| g.members.contains(v))
    });
    both.map(|g| g.members.len()).min().unwrap_or(usize::MAX)
}

/// In a completion that is no yes: the facts of which one has to be otherwise, if a bar that nothing lifts stands there
/// or nothing that could permit it; else `None`.
///
/// As long as none of them is, the same completion is there, with the bar: a fact of these that is not known can be
/// bound by one that is known, through what cannot be, and presumed because of another.
fn barring(program: &Program, slice: &Slice, point: &Active, asking: &Asking<'_>) -> Option<Set<FactId>> {
    let standing = decide(slice, &point.boxes)?.standing;
    let kind = |place: usize| slice.boxes.get(place).map(|b| b.kind);
    let bars = |place: &usize| slice.boxes.get(*place).is_some_and(is_absolute_bar);
    let moved = match standing.bits().find(bars) {
        Some(bar) => Mask::from_iter([bar]),
        None if !standing.bits().any(|place| kind(place).is_some_and(opens)) => {
            boxes(slice, |b| opens(b.kind))
        }
        None => return None,
    };
    let (mut impossible, mut decides) = (Vec::new(), Vec::new());
    for place in deciding(slice, &moved).bits() {
        match kind(place) {
            Some(BoxKind::Impossible) => impossible.push(place),
            _ => decides.push(place),
        }
    }
    let looked = |place: usize| -> Set<FactId> {
        slice.facts.iter().filter(|f| looks_at(slice, f, place)).map(|f| f.fact).collect()
    };
    let mut facts: Set<FactId> = decides.into_iter().flat_map(looked).collect();
    let known: Set<FactId> = slice
        .facts
        .iter()
        .zip(asking.open())
        .filter(|(_, values)| values.as_ref().is_some_and(|values| values.len() == 1))
        .map(|(f, _)| f.fact)
        .collect();
    let moment = asking.moments().map(|m| m.facts).unwrap_or_default();
    loop {
        let many = facts.len();
        if moment.iter().any(|fact| facts.contains(fact)) {
            facts.extend(&moment);
        }
        for place in &impossible {
            let these = looked(*place);
            if these.iter().any(|fact| facts.contains(fact) && !known.contains(fact)) {
                facts.extend(these);
            }
        }
        let presumed = facts.iter().filter_map(|fact| program.facts.get(usize::from(fact.0)));
        let because: Vec<FactId> =
            presumed.flat_map(|f| &f.presumed).flat_map(|p| &p.when).map(|(f, _)| *f).collect();
        facts.extend(because);
        if facts.len() == many {
            return Some(facts);
        }
    }
}
