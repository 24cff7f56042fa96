//! The situations in which a box is active, counted by what both sides say there.
//!
//! Fact by fact only the different sets of boxes that can still be active are kept, each with the number of situations
//! behind it, the values seen in them, and the plainest one of them.

use super::Excepted;
use super::join::Joined;
use byelaw_data::{AtomId, FactId, Outcome, RuleId, ValueId};
use byelaw_eval::{Mask, Point, Verdict, certain_bar, decide, told_apart};
use byelaw_ir::{BoxKind, Program};
use byelaw_question::{CaseRow, Choices, open_behind};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The facts of an act with everything they can be: each row has a number, by which sets of rows are kept.
#[derive(Debug)]
pub(super) struct Layout {
    pub variables: Vec<Facts>,
    words: usize,
}

/// One fact, or several that follow from one moment.
#[derive(Debug)]
pub(super) struct Facts {
    pub facts: Vec<FactId>,
    /// What they can be, each once, sorted.
    pub rows: Vec<CaseRow>,
    /// The number of the first row.
    first: usize,
    /// How far from plain each row is.
    ranks: Vec<u32>,
}

/// A set of rows.
pub(super) type Seen = Vec<u64>;

impl Layout {
    pub fn of(program: &Program, all: &[Choices]) -> Self {
        let mut first = 0;
        let mut variables = Vec::new();
        for one in all {
            let mut rows: Vec<_> = one.options.iter().flat_map(|o| o.rows.iter().cloned()).collect();
            rows.sort();
            let ranks = rows.iter().map(|(values, _)| rank(program, &one.facts, values)).collect();
            let next = first + rows.len();
            variables.push(Facts { facts: one.facts.clone(), rows, first, ranks });
            first = next;
        }
        Self { variables, words: first.div_ceil(64).max(1) }
    }

    pub fn none(&self) -> Seen {
        vec![0; self.words]
    }

    /// The places of the rows of one variable that are in a set.
    pub fn rows<'a>(&'a self, variable: &'a Facts, seen: &'a Seen) -> impl Iterator<Item = usize> + 'a {
        (0..variable.rows.len()).filter(|row| has(seen, variable.first + row))
    }

    fn find(&self, facts: &[FactId]) -> Option<(usize, &Facts)> {
        self.variables.iter().enumerate().find(|(_, v)| v.facts == facts)
    }

    /// The set of all rows of these choices.
    pub fn all(&self, choices: &[Choices]) -> Seen {
        let mut seen = self.none();
        for one in choices {
            let Some((_, variable)) = self.find(&one.facts) else { continue };
            for row in one.options.iter().flat_map(|o| &o.rows).filter_map(|r| variable.place(&r.0)) {
                put(&mut seen, variable.first + row);
            }
        }
        seen
    }

    /// Puts all rows of a fact into a set.
    pub fn release(&self, seen: &mut Seen, fact: FactId) {
        for variable in self.variables.iter().filter(|v| v.facts.contains(&fact)) {
            (variable.first..variable.first + variable.rows.len()).for_each(|at| put(seen, at));
        }
    }
}

impl Facts {
    fn place(&self, values: &[ValueId]) -> Option<usize> {
        self.rows.binary_search_by(|(row, _)| row.as_slice().cmp(values)).ok()
    }
}

/// How far from plain values are: what is presumed first, then what is ordinarily meant.
pub(crate) fn rank(program: &Program, facts: &[FactId], values: &[ValueId]) -> u32 {
    let one = |(id, value): (&FactId, &ValueId)| {
        let (place, fact) = (usize::from(id.0), program.facts.get(usize::from(id.0)));
        let presumed = fact.map(|f| f.presumed.as_slice()).unwrap_or_default();
        if presumed.iter().any(|p| p.values.contains(value)) {
            return 0;
        }
        let groups = program.names.facts.get(place).map(|f| f.groups.as_slice()).unwrap_or_default();
        let ordinary = groups.iter().any(|g| g.ordinarily.contains(value));
        let no = program.names.facts.get(place).is_some_and(|f| f.kind == byelaw_ir::FactKind::YesNo)
            && *value == byelaw_data::NO;
        if ordinary || no { 1 } else { 2 }
    };
    facts.iter().zip(values).map(one).sum()
}

/// What one side says in a situation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Answer {
    /// The outcome.
    pub outcome: Outcome,
    /// For a yes or a needed approval: what suffices, as places in the list of approvals and undertakings.
    pub ways: BTreeSet<BTreeSet<u16>>,
}

impl Answer {
    /// An answer with what it takes over the approvals and undertakings of a slice; `word` gives the place of each in the
    /// list of both sides.
    pub(super) fn of(outcome: Outcome, ways: &Verdict, word: impl Fn(usize) -> Option<u16>) -> Self {
        let yes = matches!(outcome, Outcome::Permitted | Outcome::NeedsApproval);
        let package = |mask: &u64| (0..64).filter(|b| mask >> b & 1 == 1).filter_map(&word).collect();
        Self { outcome, ways: ways.packages().iter().filter(|_| yes).map(package).collect() }
    }
}

/// A duty: deeds of which one is enough, when it is due, and what follows otherwise, in words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DutyWords {
    /// The deeds, as common ones.
    pub one_of: Vec<byelaw_data::DeedId>,
    /// When it is due.
    pub due: String,
    /// What follows if it is not kept.
    pub otherwise: String,
}

/// One thing that differs in a situation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// The answer.
    Answer {
        /// What the old side says.
        before: Answer,
        /// What the new side says.
        after: Answer,
    },
    /// Something that goes with it. Compared where neither side says no.
    Beside(Beside),
}

/// What differs beside the answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Beside {
    /// A duty that goes with it on one side.
    Duty {
        /// Whether it is the new side that asks for it.
        gained: bool,
        /// The duty.
        duty: DutyWords,
    },
    /// A duty with the same deeds on both sides that is due at another time, or of which something else follows.
    OtherDuty {
        /// The duty before.
        before: DutyWords,
        /// The duty after.
        after: DutyWords,
    },
    /// Advice that is given on one side.
    Advice {
        /// Whether it is the new side that gives it.
        gained: bool,
        /// What is advised.
        advice: String,
    },
}

/// What differs, and which rules decide on each side.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Fine {
    pub what: What,
    pub old: BTreeSet<RuleId>,
    pub new: BTreeSet<RuleId>,
    /// Whether of all that changed only excepted rules have a part in it.
    pub excepted: bool,
}

/// Situations with the same difference.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub count: u128,
    pub seen: Seen,
    /// The plainest: for each variable of the layout its row.
    pub plainest: (u32, BTreeMap<usize, usize>),
    /// What differs in the plainest.
    pub what: What,
    /// The changed rules in whose boxes these lie: whether of the new side, and which.
    pub causes: BTreeSet<(bool, RuleId)>,
    /// What could be at all where these were looked for, but for what the box itself asks for.
    pub frame: Seen,
}

impl Found {
    pub fn add(&mut self, other: &Found) {
        self.count = self.count.saturating_add(other.count);
        union(&mut self.seen, &other.seen);
        union(&mut self.frame, &other.frame);
        self.causes.extend(&other.causes);
        if other.plainest < self.plainest {
            self.plainest.clone_from(&other.plainest);
            self.what.clone_from(&other.what);
        }
    }
}

fn put(into: &mut Seen, at: usize) {
    into[at / 64] |= 1 << (at % 64);
}

fn has(seen: &Seen, at: usize) -> bool {
    seen[at / 64] >> (at % 64) & 1 == 1
}

fn union(into: &mut Seen, from: &Seen) {
    for (a, b) in into.iter_mut().zip(from) {
        *a |= b;
    }
}

struct Choice {
    boxes: Mask,
    own: u64,
    weight: u128,
    seen: Seen,
    plainest: (u32, usize),
}

struct Variable {
    place: usize,
    choices: Vec<Choice>,
}

/// How a situation came about: the row of a variable, and the rows before.
struct Path {
    variable: usize,
    row: usize,
    before: Option<Rc<Path>>,
}

struct State {
    count: u128,
    seen: Seen,
    cost: u32,
    path: Option<Rc<Path>>,
}

/// What tells situations apart that came so far: the boxes that can still be active, the approvals that are one's own,
/// and for each side the bar that has already decided it.
type Key = (Mask, u64, [Option<u16>; 2]);

/// A walk over the situations of one act.
pub(super) struct Walk<'a> {
    pub joined: &'a Joined,
    pub layout: &'a Layout,
    /// For each definition of an approval the word.
    pub atom_of: &'a [u16],
    /// Boxes that can make no difference.
    pub idle: Mask,
    /// Rules whose changes are told apart.
    pub excepted: &'a Excepted,
}

/// No rule is told apart.
const NOTHING: &Excepted = &Excepted { old: BTreeSet::new(), new: BTreeSet::new() };

impl<'a> Walk<'a> {
    pub fn new(joined: &'a Joined, layout: &'a Layout, atom_of: &'a [u16]) -> Self {
        Self { joined, layout, atom_of, idle: joined.idle(), excepted: NOTHING }
    }
}

impl Walk<'_> {
    /// Adds what differs in the situations of `choices` in which the box `focus` is active and none in `earlier` is.
    /// `None` if there are not enough steps left.
    pub fn focus(
        &self,
        choices: &[Choices],
        focus: usize,
        earlier: &Mask,
        frame: &Seen,
        steps: &mut u64,
        found: &mut BTreeMap<Fine, Found>,
    ) -> Option<()> {
        let (old, new) = self.joined.rules.get(focus).copied().unwrap_or_default();
        let causes: BTreeSet<(bool, RuleId)> =
            old.map(|r| (false, r)).into_iter().chain(new.map(|r| (true, r))).collect();
        for ((boxes, own, settled), state) in self.states(choices, focus, earlier, steps)? {
            let mut different = self.compare(&boxes, own, settled);
            if !self.excepted.is_empty() {
                for fine in &mut different {
                    fine.excepted = self.only_excepted(fine, focus, &boxes, own, settled);
                }
            }
            if different.is_empty() {
                continue;
            }
            let mut rows = BTreeMap::new();
            let mut path = state.path.as_ref();
            while let Some(here) = path {
                rows.insert(here.variable, here.row);
                path = here.before.as_ref();
            }
            for fine in different {
                let one = Found {
                    count: state.count,
                    seen: state.seen.clone(),
                    plainest: (state.cost, rows.clone()),
                    what: fine.what.clone(),
                    causes: causes.clone(),
                    frame: frame.clone(),
                };
                match found.get_mut(&fine) {
                    Some(known) => known.add(&one),
                    None => {
                        found.insert(fine, one);
                    }
                }
            }
        }
        Some(())
    }

    /// How many of these situations are answered otherwise, and in how many more only duties or advice differ. `None` if
    /// there are not enough steps left.
    pub fn weigh(
        &self,
        choices: &[Choices],
        focus: usize,
        earlier: &Mask,
        steps: &mut u64,
    ) -> Option<(u128, u128)> {
        let (mut answers, mut beside) = (0_u128, 0_u128);
        for ((boxes, own, settled), state) in self.states(choices, focus, earlier, steps)? {
            let different = self.compare(&boxes, own, settled);
            if different.iter().any(|fine| matches!(fine.what, What::Answer { .. })) {
                answers = answers.saturating_add(state.count);
            } else if !different.is_empty() {
                beside = beside.saturating_add(state.count);
            }
        }
        Some((answers, beside))
    }

    /// The situations of `choices` in which the box `focus` is active and none in `earlier` is, those together that are
    /// alike to both sides. Left out are those that cannot be and those in which both sides say no. `None` if there are not
    /// enough steps left.
    fn states(
        &self,
        choices: &[Choices],
        focus: usize,
        earlier: &Mask,
        steps: &mut u64,
    ) -> Option<BTreeMap<Key, State>> {
        let slice = &self.joined.slice;
        let mut start = Mask::first(slice.boxes.len()).without(&self.idle);
        for one in choices {
            let allowed = one.options.iter().filter(|o| o.boxes.has(focus));
            start = start.and(&allowed.fold(Mask::EMPTY, |any, o| any.or(&o.boxes)));
        }
        if !start.has(focus) {
            return Some(BTreeMap::new());
        }
        let mut variables = self.variables(choices, focus, &start)?;
        variables.sort_by_key(|v| std::cmp::Reverse(v.undecided().bits().count()));
        let later = open_behind(variables.iter().map(Variable::undecided));
        let mut states: BTreeMap<Key, State> = BTreeMap::new();
        let open = later.first().copied().unwrap_or(Mask::EMPTY);
        let begin = State { count: 1, seen: self.layout.none(), cost: 0, path: None };
        if let Some(key) = self.settle((start, 0, [None, None]), &open, earlier) {
            states.insert(key, begin);
        }
        for (variable, open) in variables.iter().zip(later.iter().skip(1)) {
            let cost = states.len().saturating_mul(variable.choices.len());
            *steps = steps.saturating_sub(u64::try_from(cost).unwrap_or(u64::MAX));
            if *steps == 0 {
                return None;
            }
            let mut next: BTreeMap<Key, State> = BTreeMap::new();
            for ((boxes, own, settled), state) in &states {
                for choice in &variable.choices {
                    let key = (boxes.and(&choice.boxes), own | choice.own, *settled);
                    let Some(key) = self.settle(key, open, earlier) else { continue };
                    let cost = state.cost + choice.plainest.0;
                    let count = state.count.saturating_mul(choice.weight);
                    let path = || {
                        let (variable, row) = (variable.place, choice.plainest.1);
                        Some(Rc::new(Path { variable, row, before: state.path.clone() }))
                    };
                    match next.get_mut(&key) {
                        Some(known) => {
                            known.count = known.count.saturating_add(count);
                            union(&mut known.seen, &state.seen);
                            union(&mut known.seen, &choice.seen);
                            if cost < known.cost {
                                (known.cost, known.path) = (cost, path());
                            }
                        }
                        None => {
                            let mut seen = state.seen.clone();
                            union(&mut seen, &choice.seen);
                            next.insert(key, State { count, seen, cost, path: path() });
                        }
                    }
                }
            }
            states = next;
        }
        Some(states)
    }

    /// Whether of all that changed only excepted rules have a part in a difference where exactly these boxes are active.
    fn only_excepted(
        &self,
        fine: &Fine,
        focus: usize,
        boxes: &Mask,
        own: u64,
        settled: [Option<u16>; 2],
    ) -> bool {
        let joined = self.joined;
        // Of a side that is settled not all that stands there is known. Where an excepted box is walked, no other one
        // that could bear on the answer holds.
        if settled.iter().any(Option::is_some)
            && joined.strong(focus)
            && !joined.excepted(focus, self.excepted)
        {
            return false;
        }
        let decided = |rules: &BTreeSet<RuleId>, new: bool| {
            rules.iter().all(|rule| self.excepted.has((new, *rule)) || !joined.rule_changed(new, *rule))
        };
        if !decided(&fine.old, false) || !decided(&fine.new, true) {
            return false;
        }
        for (side, mask) in [&joined.old, &joined.new].into_iter().enumerate() {
            if settled[side].is_some() {
                continue;
            }
            let Some(point) = decide(&joined.slice, &boxes.and(mask)) else { return false };
            let ways = point.verdict.given(0, own);
            let outcome =
                if point.silent { Outcome::NotCovered } else { ways.outcome(joined.slice.approvals) };
            // A duty bears on an answer only where nothing else gives one.
            let by_duty = self.because(&point, outcome, own).iter().all(|place| !joined.strong(*place));
            for place in point.standing.and(&joined.changed).bits() {
                let duty = joined.slice.boxes.get(place).is_some_and(|b| b.kind == BoxKind::Duty);
                let bears = joined.strong(place) || duty && by_duty;
                if bears && !joined.excepted(place, self.excepted) {
                    return false;
                }
            }
        }
        true
    }

    fn variables(&self, choices: &[Choices], focus: usize, start: &Mask) -> Option<Vec<Variable>> {
        let mut all = Vec::new();
        for one in choices {
            let (place, facts) = self.layout.find(&one.facts)?;
            let mut merged: Vec<Choice> = Vec::new();
            for option in one.options.iter().filter(|o| o.boxes.has(focus)) {
                let boxes = option.boxes.and(start);
                let mut seen = self.layout.none();
                let mut plainest = (u32::MAX, 0);
                for row in option.rows.iter().filter_map(|(values, _)| facts.place(values)) {
                    put(&mut seen, facts.first + row);
                    plainest = plainest.min((facts.ranks[row], row));
                }
                let weight = option.rows.len() as u128;
                match merged.iter_mut().find(|m| m.boxes == boxes && m.own == option.own) {
                    Some(same) => {
                        same.weight += weight;
                        union(&mut same.seen, &seen);
                        same.plainest = same.plainest.min(plainest);
                    }
                    None => merged.push(Choice { boxes, own: option.own, weight, seen, plainest }),
                }
            }
            all.push(Variable { place, choices: merged });
        }
        Some(all)
    }

    /// Leaves out what no longer matters. `None` if nothing of this can be or is counted: it cannot be, it belongs to an
    /// earlier box, or both sides say no.
    fn settle(&self, key: Key, open: &Mask, earlier: &Mask) -> Option<Key> {
        let (mut boxes, own, mut settled) = key;
        let slice = &self.joined.slice;
        let certain = boxes.without(open);
        if !certain.and(earlier).is_empty() {
            return None;
        }
        let sides = [&self.joined.old, &self.joined.new];
        for (side, mask) in sides.iter().enumerate() {
            if settled[side].is_none() {
                let here = boxes.and(mask);
                let bar = certain_bar(slice, &here, &certain.and(mask));
                settled[side] = bar.map(|b| u16::try_from(b).unwrap_or(u16::MAX));
            }
        }
        let mut impossible = false;
        for place in certain.bits() {
            match slice.boxes.get(place).map(|b| b.kind) {
                Some(BoxKind::Impossible) => impossible = true,
                // What cannot be stands before all rules.
                _ => break,
            }
        }
        if impossible || settled.iter().all(Option::is_some) {
            return None;
        }
        let both = self.joined.old.and(&self.joined.new);
        for (side, other) in [(0, self.joined.new), (1, self.joined.old)] {
            if settled[side].is_some() {
                let dropped = boxes.without(&other).without(earlier).without(&both);
                boxes = boxes.without(&dropped);
            }
        }
        Some((boxes, own, settled))
    }

    /// What differs where exactly these boxes are active; nothing if it cannot be.
    fn compare(&self, boxes: &Mask, own: u64, settled: [Option<u16>; 2]) -> Vec<Fine> {
        let old = self.side(&boxes.and(&self.joined.old), own, settled[0], 0);
        let new = self.side(&boxes.and(&self.joined.new), own, settled[1], 1);
        let (Some(old), Some(new)) = (old, new) else { return Vec::new() };
        let mut found = Vec::new();
        if old.answer != new.answer {
            let what = What::Answer { before: old.answer.clone(), after: new.answer.clone() };
            found.push(Fine { what, old: old.because.clone(), new: new.because.clone(), excepted: false });
        }
        if old.answer.outcome == Outcome::Forbidden || new.answer.outcome == Outcome::Forbidden {
            return found;
        }
        let only = |here: &Told, there: &Told| -> Vec<DutyWords> {
            here.duties.keys().filter(|d| !there.duties.contains_key(*d)).cloned().collect()
        };
        let (mut lost, mut gained) = (only(&old, &new), only(&new, &old));
        lost.retain(|before| {
            let Some(at) = gained.iter().position(|after| after.one_of == before.one_of) else { return true };
            let after = gained.remove(at);
            found.push(Fine {
                old: old.duties.get(before).cloned().unwrap_or_default(),
                new: new.duties.get(&after).cloned().unwrap_or_default(),
                what: What::Beside(Beside::OtherDuty { before: before.clone(), after }),
                excepted: false,
            });
            false
        });
        for (gained, here, there, duties) in [(false, &old, &new, lost), (true, &new, &old, gained)] {
            let by = |rules: &BTreeSet<RuleId>| {
                if gained { (BTreeSet::new(), rules.clone()) } else { (rules.clone(), BTreeSet::new()) }
            };
            for duty in duties {
                let (old, new) = here.duties.get(&duty).map(by).unwrap_or_default();
                let what = What::Beside(Beside::Duty { gained, duty });
                found.push(Fine { what, old, new, excepted: false });
            }
            for (advice, rules) in here.advice.iter().filter(|(a, _)| !there.advice.contains_key(*a)) {
                let (old, new) = by(rules);
                let what = What::Beside(Beside::Advice { gained, advice: advice.clone() });
                found.push(Fine { what, old, new, excepted: false });
            }
        }
        found
    }

    fn side(&self, active: &Mask, own: u64, settled: Option<u16>, side: usize) -> Option<Told> {
        let slice = &self.joined.slice;
        let rule = |place: usize| {
            let (old, new) = self.joined.rules.get(place).copied()?;
            if side == 0 { old } else { new }
        };
        if let Some(bar) = settled {
            // Whether the situation can be is seen on the side that is not settled.
            return Some(Told {
                answer: Answer { outcome: Outcome::Forbidden, ways: BTreeSet::new() },
                because: rule(usize::from(bar)).into_iter().collect(),
                ..Told::default()
            });
        }
        let point = decide(slice, active)?;
        let ways = point.verdict.given(0, own);
        let outcome = if point.silent { Outcome::NotCovered } else { ways.outcome(slice.approvals) };
        let mut told = Told {
            because: self.because(&point, outcome, own).into_iter().filter_map(rule).collect(),
            ..Told::default()
        };
        for place in point.standing.bits() {
            let (Some(one), Some(by)) = (slice.boxes.get(place), rule(place)) else { continue };
            match one.kind {
                BoxKind::Duty | BoxKind::Standing => {
                    let (due, otherwise) = self.joined.due.get(place).cloned().unwrap_or_default();
                    for one_of in &one.deeds {
                        let duty = DutyWords {
                            one_of: one_of.clone(),
                            due: due.clone(),
                            otherwise: otherwise.clone(),
                        };
                        told.duties.entry(duty).or_default().insert(by);
                    }
                }
                BoxKind::Advice => {
                    let advice = self.joined.advice.get(place).cloned().unwrap_or_default();
                    told.advice.entry(advice).or_default().insert(by);
                }
                _ => {}
            }
        }
        let word = |bit: usize| {
            let id: &AtomId = slice.atoms.get(bit)?;
            self.atom_of.get(usize::from(id.0)).copied()
        };
        told.answer = Answer::of(outcome, &ways, word);
        Some(told)
    }

    /// The boxes that decide: as an answer names its reasons, but of limits only those that by themselves suffice for a no.
    fn because(&self, point: &Point, outcome: Outcome, own: u64) -> Vec<usize> {
        let slice = &self.joined.slice;
        let standing = |wanted: &dyn Fn(&byelaw_ir::Box) -> bool| -> Vec<usize> {
            point.standing.bits().filter(|b| slice.boxes.get(*b).is_some_and(wanted)).collect()
        };
        let gates =
            |b: &byelaw_ir::Box| matches!(b.kind, BoxKind::May | BoxKind::MayInGeneral | BoxKind::Only);
        let limits = |b: &byelaw_ir::Box| matches!(b.kind, BoxKind::MustNot | BoxKind::Only);
        let never = |b: &byelaw_ir::Box| Verdict::of(&b.price).given(0, own).is_never();
        let all = match outcome {
            Outcome::NotCovered | Outcome::NeedsFacts => Vec::new(),
            Outcome::Forbidden => {
                let alone = standing(&|b| limits(b) && never(b));
                if alone.is_empty() { standing(&|b| limits(b) || gates(b) && never(b)) } else { alone }
            }
            Outcome::Permitted | Outcome::NeedsApproval => standing(&gates),
        };
        if all.is_empty() && outcome == Outcome::Permitted {
            return standing(&|b| b.kind == BoxKind::Duty);
        }
        all
    }
}

#[derive(Debug)]
struct Told {
    answer: Answer,
    because: BTreeSet<RuleId>,
    duties: BTreeMap<DutyWords, BTreeSet<RuleId>>,
    advice: BTreeMap<String, BTreeSet<RuleId>>,
}

impl Default for Told {
    fn default() -> Self {
        Self {
            answer: Answer { outcome: Outcome::NotCovered, ways: BTreeSet::new() },
            because: BTreeSet::new(),
            duties: BTreeMap::new(),
            advice: BTreeMap::new(),
        }
    }
}

impl Variable {
    /// The boxes that some choices allow and others do not.
    fn undecided(&self) -> Mask {
        told_apart(self.choices.iter().map(|c| c.boxes))
    }
}

/// How many situations lie within a set of rows in which none of the `barred` boxes is active; `None` if there are not
/// enough steps left.
pub(super) fn possible(
    barred: &Mask,
    layout: &Layout,
    choices: &[Choices],
    within: &Seen,
    steps: &mut u64,
) -> Option<u128> {
    let mut free: u128 = 1;
    let mut variables: Vec<Vec<(Mask, u128)>> = Vec::new();
    for one in choices {
        let (_, facts) = layout.find(&one.facts)?;
        let mut here: Vec<(Mask, u128)> = Vec::new();
        for option in &one.options {
            let rows = option
                .rows
                .iter()
                .filter_map(|(values, _)| facts.place(values))
                .filter(|row| has(within, facts.first + row));
            let weight = rows.count() as u128;
            let boxes = option.boxes.and(barred);
            match here.iter_mut().find(|(b, _)| *b == boxes) {
                Some((_, known)) => *known += weight,
                None => here.push((boxes, weight)),
            }
        }
        here.retain(|(_, weight)| *weight > 0);
        match here.as_slice() {
            [] => return Some(0),
            [(boxes, weight)] if boxes == barred => free = free.saturating_mul(*weight),
            _ => variables.push(here),
        }
    }
    // What excludes most comes first. A box that nothing later excludes is active, and such situations do not count.
    let excluded = |variable: &[(Mask, u128)]| {
        barred.without(&variable.iter().fold(*barred, |all, (boxes, _)| all.and(boxes)))
    };
    variables.sort_by_cached_key(|v| std::cmp::Reverse(excluded(v).bits().count()));
    let later = open_behind(variables.iter().map(|v| excluded(v)));
    let mut states: BTreeMap<Mask, u128> = BTreeMap::from([(*barred, 1)]);
    for (variable, later) in variables.iter().zip(later.iter().skip(1)) {
        let cost = states.len().saturating_mul(variable.len());
        *steps = steps.saturating_sub(u64::try_from(cost).unwrap_or(u64::MAX));
        if *steps == 0 {
            return None;
        }
        let mut next: BTreeMap<Mask, u128> = BTreeMap::new();
        for (mask, count) in &states {
            for (boxes, weight) in variable {
                let left = mask.and(boxes);
                if !left.without(later).is_empty() {
                    continue;
                }
                let many = next.entry(left).or_insert(0);
                *many = many.saturating_add(count.saturating_mul(*weight));
            }
        }
        states = next;
    }
    Some(states.get(&Mask::EMPTY).copied().unwrap_or(0).saturating_mul(free))
}
