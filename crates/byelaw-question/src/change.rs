//! What would change an answer: the smallest changes after which an act is permitted (semantics 3.6, decision 0021).
//!
//! Changed is only what somebody can change for the sake of an answer: facts whose vocabulary says what that costs,
//! undertakings and deeds that the question refuses, and approvals. So nobody is told to be somebody else, to do it
//! for another reason, or to judge otherwise. Every change is judged as a question of its own.
//! Never here: another reading of rules, or words.

use crate::combine::{self, opens};
use crate::completions::{Active, Budget, Variable, Walk, each_reachable};
use crate::decide::{Asking, Held, Known, all_values, given, known, own};
use crate::leaf;
use crate::nearby::{Glance, Nearby, Seen};
use crate::readings::Readings;
use crate::refused::{self, Joined};
use alloc::vec::Vec;
use byelaw_data::{
    AtomId, Decision, DeedId, FactId, Listed as _, Map, Outcome, Question, Set, Stated, ValueId, Way, order,
    order_by_key,
};
use byelaw_eval::{Mask, Verdict, boxes, certain_bar, decide, deciding, is_absolute_bar, row};
use byelaw_ir::{BoxKind, Domain, Fact, Program, Slice, SliceFact};

/// What it costs to keep what the question refuses, or to undertake something.
const UNDERTAKING: u32 = 1;
/// What an approval costs.
const APPROVAL: u32 = 3;
/// The most items that are changed at once.
const AT_ONCE: usize = 2;
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
    // Also what only a refused duty looks at can be changed.
    let joined = match refused::joined(program, slice, *act, question) {
        Joined::Slice(slice) => Some(slice),
        Joined::Nothing => None,
        Joined::TooLarge => return Changes { exact: false, ..nothing },
    };
    let together = joined.as_ref().unwrap_or(slice);
    Search::new(program, (slice, together), *act, question, decision).run()
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
    /// The act's own slice.
    alone: &'a Slice,
    /// The same with what is joined to it as the question is asked.
    slice: &'a Slice,
    act: ValueId,
    question: &'a Question,
    /// The question and those like it, seen at a glance.
    nearby: Nearby<'a>,
    /// What hangs on each fact of the slice, for those that ask why something is barred.
    barred: Barred<'a>,
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

/// Whether a search goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    On,
    Stop,
}

impl<'a> Search<'a> {
    fn new(
        program: &'a Program,
        (alone, slice): (&'a Slice, &'a Slice),
        act: ValueId,
        question: &'a Question,
        decision: &Decision,
    ) -> Self {
        let needs_facts = decision.outcome == Outcome::NeedsFacts;
        let mut asking = Asking::new(program, slice, act, question, STEPS_OF_ONE);
        let nearby = Nearby::of(program, slice, act, question, &asking, STEPS_OF_ONE);
        let barred = Barred::of(program, slice, &asking);
        asking.settle_presumptions();
        Self {
            program,
            alone,
            slice,
            act,
            question,
            nearby,
            barred,
            items: items(program, (slice, act), question, &asking, needs_facts),
            asked: Vec::new(),
            forbidden: decision.outcome == Outcome::Forbidden,
            blocked: None,
            found: Vec::new(),
            budget: Budget::new(STEPS),
            exact: true,
        }
    }

    fn run(mut self) -> Changes {
        // Also of an answer that hangs on facts approvals may make a certain yes.
        let (comes, blocked) = self.comes_to(self.question, &Choice::new(), false);
        if let Comes::Yes(ways) = comes {
            self.asked = ways;
        }
        self.blocked = blocked;
        self.each_change();
        if self.found.is_empty() && self.forbidden {
            self.each_hope();
        }
        let told = self.groups().iter().take(MOST_TOLD).map(|group| self.told(group)).list();
        Changes { told, exact: self.exact }
    }

    /// Tries changes of one item and of two, those that cost least first, of the same cost single ones first. Of two only
    /// where one of them was tried by itself and left it open that the other one helps: so most pairs are never built.
    fn each_change(&mut self) {
        // For each choice of one item: of which other items one may help besides.
        let mut open: Vec<Vec<Vec<bool>>> =
            self.items.iter().map(|item| alloc::vec![Vec::new(); item.ways()]).list();
        let costs: Vec<u32> = self.items.iter().map(Item::cost).list();
        let ways: Vec<usize> = self.items.iter().map(Item::ways).list();
        let ways = |item: usize| ways.get(item).copied().unwrap_or(0);
        let pairs =
            (0..costs.len()).flat_map(|one| (one.saturating_add(1)..costs.len()).map(move |two| (one, two)));
        let pairs: Vec<(usize, usize, u32)> =
            pairs.map(|(one, two)| (one, two, self.cost(&[one, two]))).list();
        let levels: Set<u32> = costs.iter().copied().chain(pairs.iter().map(|(.., cost)| *cost)).collect();
        for level in levels {
            for (item, _) in costs.iter().enumerate().filter(|(_, cost)| **cost == level) {
                let Some(this) = self.items.get(item).filter(|i| i.is_among(self.blocked.as_ref())) else {
                    continue;
                };
                for class in 0..this.ways() {
                    let (next, helps) = self.next(level, Choice::from([(item, class)]));
                    if next == Next::Stop {
                        return;
                    }
                    if let Some(open) = open.get_mut(item).and_then(|classes| classes.get_mut(class)) {
                        *open = helps;
                    }
                }
            }
            let helps = |one: usize, class: usize, two: usize| {
                let open =
                    open.get(one).and_then(|classes| classes.get(class)).and_then(|open| open.get(two));
                open.is_some_and(|open| *open)
            };
            for one in 0..costs.len() {
                let twos = pairs.iter().filter(|(first, _, cost)| *first == one && *cost == level);
                let twos: Vec<usize> = twos.map(|(_, two, _)| *two).list();
                for (first, two) in (0..ways(one)).flat_map(|first| twos.iter().map(move |two| (first, *two)))
                {
                    for second in 0..ways(two) {
                        if !helps(one, first, two) && !helps(two, second, one) {
                            continue;
                        }
                        if self.next(level, Choice::from([(one, first), (two, second)])).0 == Next::Stop {
                            return;
                        }
                    }
                }
            }
        }
    }

    /// Looks at the next choice, which costs `least`: what comes later costs no less. Gives, too, which items may help
    /// besides; none, if nothing is to be grown from it.
    fn next(&mut self, least: u32, choice: Choice) -> (Next, Vec<bool>) {
        if self.found.len() >= MOST_TOLD {
            let enough = self.groups().iter().filter(|group| group.iter().all(|f| f.cost <= least)).count();
            if enough >= MOST_TOLD {
                return (Next::Stop, Vec::new());
            }
        }
        let free = |f: &Found| f.ways.iter().any(|way| self.approvals(way).is_empty());
        if self.found.iter().any(|f| part_of(&f.choice, &choice) && free(f)) {
            return (Next::On, Vec::new());
        }
        if !self.budget.take(TRY) {
            self.exact = false;
            return (Next::Stop, Vec::new());
        }
        let blocked = self.attempt(&choice);
        (Next::On, self.items.iter().map(|item| item.is_among(blocked.as_ref())).list())
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
                if self.comes_to(&question, &choice, true).0 == Comes::Depends {
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

    /// Tries a change. If it is none: the facts of which one has to be otherwise besides.
    fn attempt(&mut self, choice: &Choice) -> Option<Set<FactId>> {
        let question = self.changed(choice);
        let (comes, blocked) = self.comes_to(&question, choice, false);
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
            let items: Vec<usize> = choice.keys().copied().list();
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

    /// What the completions of a question come to, which is this one after a change. Unless `thoroughly`, a question of which
    /// some completion is not permitted may count as a no.
    ///
    /// Where nothing can permit, or some completion has a bar that nothing lifts or nothing that could permit, also the facts
    /// of which one has to be otherwise.
    fn comes_to(
        &mut self,
        question: &Question,
        choice: &Choice,
        thoroughly: bool,
    ) -> (Comes, Option<Set<FactId>>) {
        let items = || choice.keys().filter_map(|item| self.items.get(*item));
        if items().any(|item| matches!(item, Item::Deed(_))) {
            return self.comes_to_afresh(question, thoroughly);
        }
        let facts = items().filter_map(|item| match item {
            Item::Fact { fact, .. } => Some(*fact),
            _ => None,
        });
        let changed: Vec<FactId> = facts.list();
        let more = AT_ONCE.saturating_sub(choice.len());
        let glance = match self.nearby.glance(question, &changed, more, STEPS_OF_ONE) {
            Some(Seen::Open(glance)) => glance,
            Some(Seen::Shut(places)) => return (Comes::No, Some(self.barred.at(&places))),
            None => return self.comes_to_afresh(question, thoroughly),
        };
        if thoroughly {
            let (any, every) = self.nearby.bounds(&glance);
            let opens = any.bits().any(|b| self.slice.boxes.get(b).is_some_and(|b| opens(b.kind)));
            if !opens || certain_bar(self.slice, &any, &every).is_some() {
                return (Comes::No, None);
            }
            return self.comes_to_seen(question, &glance, thoroughly);
        }
        // Most changes do not help, and one completion shows it.
        let given = given(self.slice, question);
        let outcome = leaf::outcome(self.slice, &glance.first, &given);
        if outcome.is_some_and(|(outcome, _)| !may_be_had(outcome)) {
            return (Comes::No, self.barred.because(&glance.first.boxes, &glance.held));
        }
        // Where the first completion cannot be, another one shows it.
        if let (None, Some(another)) = (outcome, &glance.example) {
            let outcome = leaf::outcome(self.slice, another, &given);
            if outcome.is_some_and(|(outcome, _)| !may_be_had(outcome)) {
                return (Comes::No, self.barred.because(&another.boxes, &glance.held));
            }
        }
        self.comes_to_seen(question, &glance, thoroughly)
    }

    /// As [`Search::comes_to`], where it takes more than a glance.
    fn comes_to_seen(
        &mut self,
        question: &Question,
        glance: &Glance,
        thoroughly: bool,
    ) -> (Comes, Option<Set<FactId>>) {
        let most = self.most();
        let walked = {
            let asking = self.nearby.asking(question, glance, STEPS_OF_ONE);
            walk(self.slice, &asking, most, thoroughly)
        };
        let (comes, point) = self.taken(most, walked);
        (comes, point.and_then(|point| self.barred.because(&point.boxes, &glance.held)))
    }

    /// As [`Search::comes_to`], where nothing is as in the question that was asked.
    fn comes_to_afresh(&mut self, question: &Question, thoroughly: bool) -> (Comes, Option<Set<FactId>>) {
        let joined = match refused::joined(self.program, self.alone, self.act, question) {
            Joined::Nothing => None,
            Joined::Slice(slice) => Some(slice),
            Joined::TooLarge => {
                self.exact = false;
                return (Comes::No, None);
            }
        };
        let slice = joined.as_ref().unwrap_or(self.alone);
        let mut asking = Asking::new(self.program, slice, self.act, question, STEPS_OF_ONE);
        asking.settle_presumptions();
        let most = self.most();
        let walked = walk(slice, &asking, most, thoroughly);
        let (comes, point) = self.taken(most, walked);
        let blocked = point.and_then(|point| {
            let held: Vec<Held> = asking.known.iter().map(Known::held).list();
            Barred::of(self.program, slice, &asking).because(&point.boxes, &held)
        });
        (comes, blocked)
    }

    /// The most steps that the next walk may take.
    fn most(&self) -> u64 {
        self.budget.left().min(STEPS_OF_ONE)
    }

    /// What a walk came to that may take so many steps, and which it took.
    fn taken(&mut self, most: u64, walked: Walked) -> (Comes, Option<Active>) {
        self.budget.take(usize::try_from(most.saturating_sub(walked.left)).unwrap_or(usize::MAX));
        match walked.comes {
            Some(comes) => comes,
            None => {
                self.exact = false;
                (Comes::No, None)
            }
        }
    }

    /// What was found: changes of the same that take the same together, the nearest values first; cheapest first.
    fn groups(&self) -> Vec<Vec<&Found>> {
        let mut groups: Map<(Vec<usize>, &[Way]), Vec<&Found>> = Map::new();
        for found in &self.found {
            let changed = found.choice.keys().copied().list();
            groups.update((changed, &found.ways), |group| group.push(found));
        }
        let mut groups: Vec<Vec<&Found>> = groups.into_values().list();
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
                    change.facts.push(Changed { fact: *fact, value, or: values.list() });
                }
                Some(Item::Undertaking(atom)) => change.undertakings.push(*atom),
                Some(Item::Deed(deed)) => change.deeds.push(*deed),
                None => {}
            }
        }
        change
    }
}

/// What a walk comes to.
struct Walked {
    /// What it comes to, and a completion with one reading that is a no, if one was seen; `None` if it took too many
    /// steps.
    comes: Option<(Comes, Option<Active>)>,
    /// How many steps are left.
    left: u64,
}

/// What the completions of a question come to. Unless `thoroughly`, it may count as a no as soon as one is not permitted.
fn walk(slice: &Slice, asking: &Asking<'_>, most: u64, thoroughly: bool) -> Walked {
    let mut mine = Budget::new(most);
    let comes = comes(slice, asking, &mut mine, thoroughly);
    Walked { comes, left: mine.left() }
}

fn comes(
    slice: &Slice,
    asking: &Asking<'_>,
    mine: &mut Budget,
    thoroughly: bool,
) -> Option<(Comes, Option<Active>)> {
    let (start, variables, open) = asking.split(&asking.known, false);
    let readings = Readings::of(&start, &open, mine.left())?;
    let says = |active: &Active| readings.outcome(slice, active, &asking.given);
    let first = |state: Active, v: &Variable| v.options.first().map_or(state, |o| state.and(&o.row));
    let point = variables.iter().fold(start, first);
    if !thoroughly && says(&point).is_some_and(|(outcome, _)| !may_be_had(outcome)) {
        // With several readings the boxes of the completion are those of all of them.
        return Some((Comes::No, (readings.len() <= 1).then_some(point)));
    }
    let all: Vec<&Variable> = variables.iter().list();
    let walk = Walk::Outcomes(slice, readings.undecided());
    let mut ways: Option<Verdict> = None;
    let mut barred: Option<Active> = None;
    each_reachable(start, &all, walk, mine, &|_| true, &mut |state| {
        match says(state) {
            Some((outcome, more)) if may_be_had(outcome) => {
                ways = Some(ways.map_or(more, |ways| ways.meet(&more)));
            }
            Some(_) => barred = barred.or(Some(*state)),
            None => {}
        }
        // Nothing more is to be known then.
        barred.is_none() || thoroughly && ways.is_none()
    })?;
    let comes = match ways {
        None => Comes::No,
        Some(ways) if barred.is_some() || ways.is_never() => Comes::Depends,
        Some(ways) => Comes::Yes(combine::ways(slice, &ways)),
    };
    Some((comes, barred.filter(|_| readings.len() <= 1)))
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

/// What can be changed of a question about an act. If `stated`, only facts of which the question says or presumes what they
/// are.
fn items(
    program: &Program,
    (slice, act): (&Slice, ValueId),
    question: &Question,
    asking: &Asking<'_>,
    stated: bool,
) -> Vec<Item> {
    let mut items = Vec::new();
    let narrowing = narrowing(program, asking);
    let looked_at = slice.facts.iter().zip(asking.open()).map(|(fact, now)| (fact.fact, Some(fact), now));
    let behind = behind(program, slice, asking).into_iter().map(|fact| {
        let now = known(program, question, act, fact);
        (fact, None, (!now.tied).then_some(now.values))
    });
    for (fact, looked, now) in looked_at.chain(behind) {
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
        let others = (0..*many).map(ValueId).filter(|v| free || !now.contains(v));
        let mut others: Vec<(usize, ValueId)> = others.map(|v| (distance(program, fact, &now, v), v)).list();
        order(&mut others);
        let conditions: Vec<&[ValueId]> =
            conditions(program.facts.iter()).filter(|(id, _)| *id == fact).map(|(_, wanted)| wanted).list();
        let mut classes: Vec<(Mask, u64, Vec<bool>, Vec<ValueId>)> = Vec::new();
        for (_, value) in others {
            let boxes = looked.map_or(Mask::EMPTY, |looked| Mask::from_words(row(slice, looked, value)));
            let own = own(program, slice, fact, value);
            // Which of the presumptions that hang on the fact count with this value.
            let presumes: Vec<bool> = conditions.iter().map(|wanted| wanted.contains(&value)).list();
            let alike = |(b, o, p, _): &&mut (Mask, u64, Vec<bool>, Vec<ValueId>)| {
                *b == boxes && *o == own && *p == presumes && narrowing != Some(fact)
            };
            match classes.iter_mut().find(alike) {
                Some((.., values)) => values.push(value),
                None => classes.push((boxes, own, presumes, alloc::vec![value])),
            }
        }
        items.push(Item::Fact { fact, cost, classes: classes.into_iter().map(|(.., v)| v).list() });
    }
    let refused = question.refused.iter().filter(|a| !is_approval(program, **a));
    items.extend(refused.map(|a| Item::Undertaking(*a)));
    let late = question.late.iter().map(|(deed, _)| *deed);
    let undone: Set<DeedId> = question.undone.iter().copied().chain(late).collect();
    items.extend(undone.into_iter().map(Item::Deed));
    items
}

/// The facts at which no box of the slice looks and that matter all the same: those on which presumptions of the facts that
/// it looks at hang, and the weekday, if the moment is not known.
fn behind(program: &Program, slice: &Slice, asking: &Asking<'_>) -> Set<FactId> {
    let facts = slice.facts.iter().filter_map(|looked| program.facts.get(usize::from(looked.fact.0)));
    let mut behind: Set<FactId> = conditions(facts).map(|(fact, _)| fact).collect();
    behind.extend(narrowing(program, asking));
    behind.retain(|fact| !slice.facts.iter().any(|looked| looked.fact == *fact));
    behind
}

/// The fact of which each value leaves other moments of those that may be: the weekday, where the moment is not known.
fn narrowing(program: &Program, asking: &Asking<'_>) -> Option<FactId> {
    program.weekday.filter(|_| !asking.moment().is_empty())
}

/// What the presumptions of some facts hang on: the facts, with the values with which they count.
fn conditions<'a>(facts: impl Iterator<Item = &'a Fact>) -> impl Iterator<Item = (FactId, &'a [ValueId])> {
    facts.flat_map(|f| &f.presumed).flat_map(|p| &p.when).map(|(fact, wanted)| (*fact, wanted.as_slice()))
}

/// How far a value is from what is so now: the size of the smallest group that holds both.
fn distance(program: &Program, fact: FactId, now: &[ValueId], value: ValueId) -> usize {
    let groups = program.names.facts.get(usize::from(fact.0)).map_or(&[][..], |f| f.groups.as_slice());
    let both = groups.iter().filter(|g| {
        g.members.contains(&value) && !now.is_empty() && now.iter().all(|v| g.members.contains(v))
    });
    both.map(|g| g.members.len()).min().unwrap_or(usize::MAX)
}

/// Why a completion is no yes, and which facts could mend it.
struct Barred<'a> {
    program: &'a Program,
    slice: &'a Slice,
    /// For each fact of the slice the boxes that look at it.
    looked_at: Vec<Mask>,
    /// The facts that follow from an unknown moment, and the weekday, which tells of it.
    moment: Vec<FactId>,
    /// What was found before: for a reason and what is known, the facts.
    before: Vec<(Option<usize>, Vec<Held>, Set<FactId>)>,
}

impl<'a> Barred<'a> {
    fn of(program: &'a Program, slice: &'a Slice, asking: &Asking<'_>) -> Self {
        let all = Mask::first(slice.boxes.len());
        let words = usize::from(slice.words).max(1);
        let looked_at = |fact: &SliceFact| {
            let mut everywhere = all;
            fact.rows.chunks(words).for_each(|row| everywhere.keep(row));
            all.without(&everywhere)
        };
        Self {
            program,
            slice,
            looked_at: slice.facts.iter().map(looked_at).list(),
            moment: asking.moment().into_iter().chain(narrowing(program, asking)).list(),
            before: Vec::new(),
        }
    }

    /// In a completion that is no yes, with these boxes: the facts of which one has to be otherwise, if a bar that nothing
    /// lifts stands there or nothing that could permit it; else `None`. `held` tells of each fact of the slice how much
    /// is known.
    ///
    /// As long as none of them is, the same completion is there, with the bar: a fact of these that is not known can be
    /// bound by one that is known, through what cannot be, and presumed because of another. What is presumed is not known:
    /// it gives way where it cannot be.
    fn because(&mut self, point: &Mask, held: &[Held]) -> Option<Set<FactId>> {
        let standing = decide(self.slice, point)?.standing;
        let is = |place: usize, wanted: fn(&byelaw_ir::Box) -> bool| {
            self.slice.boxes.get(place).is_some_and(wanted)
        };
        let bar = standing.bits().find(|place| is(*place, is_absolute_bar));
        if bar.is_none() && standing.bits().any(|place| is(place, |b| opens(b.kind))) {
            return None;
        }
        let known = self.before.iter().find(|(reason, known, _)| *reason == bar && known == held);
        if let Some((.., facts)) = known {
            return Some(facts.clone());
        }
        let moved = match bar {
            Some(bar) => Mask::from_iter([bar]),
            None => boxes(self.slice, |b| opens(b.kind)),
        };
        let deciding = deciding(self.slice, &moved);
        let impossible = boxes(self.slice, |b| b.kind == BoxKind::Impossible);
        let facts = self.bound(&deciding.without(&impossible), &deciding.and(&impossible), held);
        self.before.push((bar, held.to_vec(), facts.clone()));
        Some(facts)
    }

    /// The facts at places of the slice, and those on which hangs what is presumed of them; the place behind the last stands
    /// for the moment.
    fn at(&self, places: &[usize]) -> Set<FactId> {
        let mut facts: Set<FactId> =
            places.iter().filter_map(|place| self.slice.facts.get(*place)).map(|fact| fact.fact).collect();
        if places.contains(&self.slice.facts.len()) {
            facts.extend(&self.moment);
        }
        self.extend_with_conditions(&mut facts);
        facts
    }

    /// Takes in the facts on which hangs what is presumed of these.
    fn extend_with_conditions(&self, facts: &mut Set<FactId>) {
        let presumed = facts.iter().filter_map(|fact| self.program.facts.get(usize::from(fact.0)));
        let because: Vec<FactId> = conditions(presumed).map(|(fact, _)| fact).list();
        facts.extend(because);
    }

    /// The facts at which the boxes `decides` look, and those that are bound to them.
    fn bound(&self, decides: &Mask, impossible: &Mask, held: &[Held]) -> Set<FactId> {
        let places = || self.slice.facts.iter().zip(&self.looked_at);
        let looking = |boxes: &Mask| -> Vec<FactId> {
            places().filter(|(_, at)| !at.and(boxes).is_empty()).map(|(f, _)| f.fact).list()
        };
        let mut facts: Set<FactId> = Set::from(looking(decides));
        loop {
            let many = facts.len();
            if self.moment.iter().any(|fact| facts.contains(fact)) {
                facts.extend(&self.moment);
            }
            // What cannot be and looks at one of these that is not known, or speaks of its presumed value.
            let open = places().zip(held).filter(|((fact, _), _)| facts.contains(&fact.fact));
            let touched = open.map(|((fact, at), held)| match held {
                Held::Open => *at,
                Held::Presumed(value) => at.and(&Mask::from_words(row(self.slice, fact, *value))),
                Held::Fixed => Mask::EMPTY,
            });
            let touched = touched.fold(Mask::EMPTY, |all, at| all.or(&at)).and(impossible);
            facts.extend(looking(&touched));
            self.extend_with_conditions(&mut facts);
            if facts.len() == many {
                return facts;
            }
        }
    }
}
