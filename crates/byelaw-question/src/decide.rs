//! From a question to its decision.

use crate::combine::{Gist, decision, gist, outcome};
use crate::completions::{Active, BUDGET, Budget, Choice, Variable, Walk, each_reachable, holds};
use crate::diagram::Diagram;
use crate::leaf::{self, Given, Leaf};
use crate::moments::{Follows, Tied, follows, told};
use crate::possible::{self, Leaves, settle};
use crate::readings::{self, Readings};
use crate::refused::{self, Joined};
use alloc::rc::Rc;
use alloc::vec::Vec;
use byelaw_data::{
    Among, Assumed, AtomId, Date, Decision, FactId, Hangs, Listed as _, Map, Needs, Outcome, Presumption,
    Question, RuleId, Set, Stated, ValueId, YES, order, order_by_key,
};
use byelaw_eval::{Mask, boxes, looks_at, row, row_of_all};
use byelaw_ir::{AS_OF, BoxKind, ON, Program, Slice, SliceFact};
use core::cell::OnceCell;

/// The decision on a question. `None` if what it states cannot be at once.
///
/// A number outside its fact's bounds or a value that the fact does not have counts as unknown here; whoever builds
/// the question refuses them first.
pub fn decide(program: &Program, question: &Question) -> Option<Decision> {
    decide_within(program, question, BUDGET)
}

/// As [`decide`], where each walk over the completions may take no more than `steps` ([`BUDGET`] counts what a step
/// is). With fewer steps more answers need facts and say that they are not exact; none becomes a yes.
pub fn decide_within(program: &Program, question: &Question, steps: u64) -> Option<Decision> {
    decided(program, question, steps, Tells::All)
}

/// As [`decide_within`], without what is assumed and what is needed. It takes a part of the time, for those who ask many
/// questions only to compare answers.
pub fn answer_within(program: &Program, question: &Question, steps: u64) -> Option<Decision> {
    decided(program, question, steps, Tells::Answer)
}

/// For how many boxes a completion is looked at before all completions are, where one is enough.
const TRIED: usize = 16;

/// How much a decision tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tells {
    /// Everything.
    All,
    /// All but what is assumed and what is needed.
    Answer,
}

fn decided(program: &Program, question: &Question, steps: u64, tells: Tells) -> Option<Decision> {
    // A question that does not say what is done is about some act, not about none.
    let acts = program.slices.len().saturating_sub(usize::from(program.no_act.is_some()));
    let all = || (0..acts).filter_map(|i| u16::try_from(i).ok().map(ValueId)).list();
    let asked = match question.facts.get(&program.act) {
        Some(Stated::Value(act)) => alloc::vec![*act],
        Some(Stated::Among { values, ordinarily }) => {
            if question.assume && !ordinarily.is_empty() {
                ordinarily.clone()
            } else {
                values.clone()
            }
        }
        _ => all(),
    };
    match asked.as_slice() {
        [act] => one_act(program, question, *act, steps, tells),
        _ => several_acts(program, question, &asked, steps, tells),
    }
}

/// The decision about one act. `None` if what the question states cannot be, or there is no such act.
fn one_act(
    program: &Program,
    question: &Question,
    act: ValueId,
    steps: u64,
    tells: Tells,
) -> Option<Decision> {
    let slice = program.slices.get(usize::from(act.0))?;
    match refused::joined(program, slice, act, question) {
        Joined::Nothing => Asking::new(program, slice, act, question, steps).decide(tells),
        Joined::Slice(slice) => Asking::new(program, &slice, act, question, steps).decide(tells),
        Joined::TooLarge => Asking::new(program, slice, act, question, steps).undecided(),
    }
}

/// The act itself is not known: it is the first thing to ask, unless every act has the same simple answer.
fn several_acts(
    program: &Program,
    question: &Question,
    asked: &[ValueId],
    steps: u64,
    tells: Tells,
) -> Option<Decision> {
    let decisions: Vec<(ValueId, Decision)> =
        asked.iter().filter_map(|act| Some((*act, one_act(program, question, *act, steps, tells)?))).list();
    let possible: Set<Outcome> = decisions.iter().flat_map(|(_, d)| d.possible.iter().copied()).collect();
    let alike = decisions.first().filter(|(_, first)| {
        matches!(first.outcome, Outcome::Forbidden | Outcome::NotCovered)
            && decisions.iter().all(|(_, d)| d.outcome == first.outcome)
    });
    let outcome = alike.map_or(Outcome::NeedsFacts, |(_, d)| d.outcome);
    let needs = match outcome {
        Outcome::NeedsFacts => Needs {
            facts: alloc::vec![program.act],
            among: alloc::vec![Among {
                fact: program.act,
                values: decisions.iter().map(|(act, _)| *act).list()
            }],
            ..Needs::default()
        },
        _ => Needs::default(),
    };
    Some(Decision {
        outcome,
        exact: decisions.iter().all(|(_, d)| d.exact),
        ways: Vec::new(),
        duties: Vec::new(),
        advice: Vec::new(),
        assumed: Vec::new(),
        needs,
        by_silence: outcome == Outcome::NotCovered,
        possible: if decisions.is_empty() { return None } else { possible },
        because: Vec::new(),
        defeated: Vec::new(),
        clashes: Vec::new(),
        readings: Vec::new(),
        all_reasons: true,
    })
}

/// What is known about one fact of the slice.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    /// The values it may have.
    pub values: Vec<ValueId>,
    /// If `values` is a presumption: the values it may have without it.
    pub released: Option<Vec<ValueId>>,
    /// Whether it is completed together with others, because they follow from one unknown moment.
    pub tied: bool,
    /// Whether all of `values` are so at once.
    pub together: bool,
}

/// How much is known of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Held {
    /// Not which value it has.
    Open,
    /// It is presumed to have this value, and to have another one where that cannot be.
    Presumed(ValueId),
    /// It has one value.
    Fixed,
}

impl Known {
    /// How much of it is known.
    pub fn held(&self) -> Held {
        match self.values.as_slice() {
            [value] if !self.tied && self.released.is_some() => Held::Presumed(*value),
            [_] if !self.tied => Held::Fixed,
            _ => Held::Open,
        }
    }

    /// Presumes nothing any more.
    pub fn give_up(&mut self) {
        if let Some(released) = self.released.take() {
            self.values = released;
        }
    }
}

/// An unknown moment: the facts that follow from it, and what the boxes of the slice tell apart of it.
pub(crate) struct UnknownMoment {
    tied: Tied,
    variable: OnceCell<Variable>,
}

impl UnknownMoment {
    fn variable(&self, slice: &Slice) -> &Variable {
        self.variable.get_or_init(|| {
            let facts = self.tied.facts.iter().map(|(id, _)| *id).list();
            Variable::tied(slice, facts, &self.tied.rows)
        })
    }
}

pub(crate) struct Asking<'a> {
    program: &'a Program,
    slice: &'a Slice,
    question: &'a Question,
    pub(crate) given: Given<'a>,
    pub(crate) known: Vec<Known>,
    /// The facts that follow from an unknown moment.
    tied: Option<Rc<UnknownMoment>>,
    /// The boxes that only advise: no outcome depends on them.
    advice: Mask,
    /// The steps that each walk may take.
    steps: u64,
}

impl<'a> Asking<'a> {
    pub fn new(
        program: &'a Program,
        slice: &'a Slice,
        act: ValueId,
        question: &'a Question,
        steps: u64,
    ) -> Self {
        let known = slice.facts.iter().map(|f| known(program, question, act, f.fact)).list();
        let tied = Tied::of(program, slice, question);
        let tied = tied.map(|tied| Rc::new(UnknownMoment { tied, variable: OnceCell::new() }));
        Self::knowing(program, slice, question, (known, tied), steps)
    }

    /// A question of which that is known.
    pub fn knowing(
        program: &'a Program,
        slice: &'a Slice,
        question: &'a Question,
        (known, tied): (Vec<Known>, Option<Rc<UnknownMoment>>),
        steps: u64,
    ) -> Self {
        let given = given(slice, question);
        let advice = boxes(slice, |b| b.kind == BoxKind::Advice);
        Self { program, slice, question, given, known, tied, advice, steps }
    }

    fn decide(&mut self, tells: Tells) -> Option<Decision> {
        self.settle_presumptions();
        let known = self.known.clone();
        let (leaves, all_reasons) = match self.leaves(&known, true) {
            Some(leaves) => (leaves, true),
            // Too many different sets of rules: the outcome can still be exact, with fewer reasons told.
            None => match self.leaves(&known, false) {
                Some(leaves) => (leaves, false),
                None => return self.undecided(),
            },
        };
        if leaves.is_empty() {
            return None;
        }
        let target = gist(&leaves);
        let mut decided = Decision { all_reasons, ..decision(self.slice, &leaves) };
        if tells == Tells::Answer {
            return Some(decided);
        }
        decided.assumed = self.assumed(&target);
        match self.needs(&target, &decided) {
            Some(needs) => decided.needs = needs,
            None => return self.undecided(),
        }
        Some(decided)
    }

    /// Applies presumptions in the order of their declaration, each only if a completion remains (semantics 2.6a).
    pub(crate) fn settle_presumptions(&mut self) {
        let impossible = boxes(self.slice, |b| b.kind == BoxKind::Impossible);
        if impossible.is_empty() {
            return;
        }
        let leaves = possible::leaves(self.slice, &self.known, self.moments_allow().as_deref(), &impossible);
        let leaves: Vec<Option<&Leaves>> = leaves.iter().map(Option::as_ref).list();
        for place in settle(&impossible, &leaves, self.steps).given_up {
            if let Some(known) = self.known.get_mut(place) {
                known.give_up();
            }
        }
    }

    /// The boxes that what is fixed leaves possible, and the facts (or tied facts) still open. Unless `advised`, boxes
    /// that only advise are left out, so that facts which only they look at need not be told apart. Last the readings
    /// that nobody settled.
    pub(crate) fn split(&self, known: &[Known], advised: bool) -> (Active, Vec<Variable>, Vec<Variable>) {
        let mut start = Active { boxes: Mask::first(self.slice.boxes.len()), own: 0 };
        if !advised {
            start.boxes = start.boxes.without(&self.advice);
        }
        let facts = || self.slice.facts.iter().zip(known).enumerate().filter(|(_, (_, known))| !known.tied);
        // A box that no choice of some fact allows is never active.
        for (_, (fact, known)) in facts() {
            let own = known.values.iter().map(|value| own(self.program, self.slice, fact.fact, *value));
            start.boxes = start.boxes.and(&allows(self.slice, fact, known, &known.values));
            start.own |= if known.together {
                own.fold(0, |all, own| all | own)
            } else {
                own.reduce(|common, own| common & own).unwrap_or(0)
            };
        }
        let moment = self.tied.as_ref().map(|tied| tied.variable(self.slice));
        if let Some(moment) = moment {
            start = start.and(&Active { boxes: moment.allowed(), own: moment.own() });
        }
        // What the fixed facts exclude need not be told apart any more.
        let mut variables: Vec<Variable> = Vec::new();
        for (place, (fact, known)) in
            facts().filter(|(_, (_, known))| !known.together && known.values.len() > 1)
        {
            let own = |value: ValueId| own(self.program, self.slice, fact.fact, value);
            variables.extend(Variable::single(self.slice, place, &known.values, own, &start));
        }
        variables.extend(moment.map(|moment| moment.narrowed(&start)));
        variables.retain(|v| v.options.len() > 1);
        // Facts that most boxes look at first: their values exclude the most, and what is excluded need not be told
        // apart by the facts that come later.
        let many = |v: &Variable| v.undecided().bits().count();
        let mut variables: Vec<(usize, Variable)> = variables.into_iter().map(|v| (many(&v), v)).list();
        order_by_key(&mut variables, |(many, _)| core::cmp::Reverse(*many));
        let variables = variables.into_iter().map(|(_, variable)| variable);
        let is_open = |v: &Variable| v.facts.iter().any(|f| readings::open(self.program, self.question, *f));
        let (readings, variables) = variables.partition(is_open);
        (start, variables, readings)
    }

    /// What the question leaves unknown, the facts in `released` besides; advice is left out.
    pub fn unknown(&self, released: &[FactId]) -> (Active, Vec<Variable>) {
        let mut known = self.known.clone();
        for (fact, known) in self.slice.facts.iter().zip(&mut known) {
            if released.contains(&fact.fact) {
                known.values = all_values(self.program, fact.fact);
            }
        }
        let (start, mut variables, readings) = self.split(&known, false);
        variables.extend(readings);
        (start, variables)
    }

    /// For each fact of the slice the values it may have; none of a fact that follows from an unknown moment.
    pub fn open(&self) -> Vec<Option<Vec<ValueId>>> {
        self.known.iter().map(|k| (!k.tied).then(|| k.values.clone())).list()
    }

    /// The facts that follow from an unknown moment, with what they can be at once, each time with such a moment; rows
    /// that a calendar tells come first.
    pub fn moments(&self) -> Option<crate::Moments> {
        self.tied.as_ref().map(|unknown| unknown.tied.clone().moments())
    }

    /// The facts that follow from an unknown moment.
    pub fn moment(&self) -> Vec<FactId> {
        self.tied.iter().flat_map(|unknown| &unknown.tied.facts).map(|(fact, _)| *fact).list()
    }

    /// The unknown moment, for questions that leave the same one unknown.
    pub fn unknown_moment(&self) -> Option<Rc<UnknownMoment>> {
        self.tied.clone()
    }

    /// The boxes that each moment allows, of those that may be; `None` where the moment is known or does not matter.
    pub fn moments_allow(&self) -> Option<Vec<Mask>> {
        let tied = &self.tied.as_ref()?.tied;
        let looked: Vec<(usize, &SliceFact)> = tied
            .facts
            .iter()
            .enumerate()
            .filter_map(|(at, (id, _))| Some((at, self.slice.facts.iter().find(|f| f.fact == *id)?)))
            .list();
        let allows = |values: &Vec<ValueId>| {
            let mut boxes = Mask::first(self.slice.boxes.len());
            for (at, fact) in &looked {
                if let Some(value) = values.get(*at) {
                    boxes.keep(row(self.slice, fact, *value));
                }
            }
            boxes
        };
        Some(tied.rows.iter().map(allows).list())
    }

    /// What one moment tells the facts that follow from it and are not known.
    pub fn some_moment(&self) -> Vec<(FactId, ValueId)> {
        let tied = self.tied.iter().map(|unknown| &unknown.tied);
        let row = tied.flat_map(|tied| tied.facts.iter().zip(tied.rows.first().into_iter().flatten()));
        row.map(|((fact, _), value)| (*fact, *value)).list()
    }

    /// The different situations (or, unless `whole`, those that differ in their outcome); empty if none is possible,
    /// `None` if the budget ran out.
    pub fn leaves(&self, known: &[Known], whole: bool) -> Option<Vec<Leaf>> {
        let (start, variables, open) = self.split(known, whole);
        let readings = Readings::of(&start, &open, self.steps)?;
        let mut leaves = Vec::new();
        self.each_leaf(start, &variables, &readings, whole, leaf::leaf, &mut |leaf| {
            leaves.push(leaf);
            true
        })?;
        Some(leaves)
    }

    /// Shows the different situations (or, unless `whole`, those that differ in their outcome) as `look` gives them, until
    /// `see` is false of one. `None` if the budget ran out.
    fn each_leaf(
        &self,
        start: Active,
        variables: &[Variable],
        readings: &Readings,
        whole: bool,
        look: fn(&Slice, &Active, &Given<'_>) -> Option<Leaf>,
        see: &mut dyn FnMut(Leaf) -> bool,
    ) -> Option<()> {
        let all: Vec<&Variable> = variables.iter().list();
        let walk = if whole { Walk::Whole } else { Walk::Outcomes(self.slice, readings.undecided()) };
        let few = &|many: usize| Budget::new(self.steps).take(many.saturating_mul(readings.len()));
        each_reachable(start, &all, walk, &mut Budget::new(self.steps), few, &mut |state| {
            let leaf = readings.leaf(self.slice, state, &|active| look(self.slice, active, &self.given));
            leaf.is_none_or(&mut *see)
        })
    }

    /// A smallest set of presumptions on which the decision rests: dropped one after the other, kept only where what
    /// follows without it is something else.
    fn assumed(&self, target: &Gist) -> Vec<Assumed> {
        let mut kept = Vec::new();
        let mut tried = self.known.clone();
        let mut allowed: Vec<Mask> = self
            .slice
            .facts
            .iter()
            .zip(&tried)
            .map(|(fact, known)| allows(self.slice, fact, known, &known.values))
            .list();
        for (place, (fact, presumed)) in self.slice.facts.iter().zip(&self.known).enumerate() {
            let Some(released) = &presumed.released else { continue };
            // The completions from before come to the same; only those that are added have to be looked at. Of these, values
            // that no box which is left tells from a presumed one add nothing.
            let others = allowed.iter().enumerate().filter(|(other, _)| *other != place);
            let others = others.fold(self.without_advice(), |all, (_, mask)| all.and(mask));
            let row = |value: ValueId| {
                let boxes = Mask::from_words(row(self.slice, fact, value)).and(&others);
                Active { boxes, own: own(self.program, self.slice, fact.fact, value) }
            };
            let before: Vec<Active> = presumed.values.iter().map(|value| row(*value)).list();
            let is_new =
                |value: &&ValueId| !presumed.values.contains(value) && !before.contains(&row(**value));
            let added: Vec<ValueId> = released.iter().filter(is_new).copied().list();
            let Some(here) = tried.get_mut(place) else { continue };
            if !added.is_empty() {
                here.values = added;
                let seen = before.iter().fold(Mask::EMPTY, |all, row| all.or(&row.boxes));
                if self.adds(&tried, &seen, target) {
                    if let Some(here) = tried.get_mut(place) {
                        here.values.clone_from(&presumed.values);
                    }
                    kept.push(Assumed { fact: fact.fact, values: presumed.values.clone() });
                    continue;
                }
            }
            if let (Some(here), Some(allowed)) = (tried.get_mut(place), allowed.get_mut(place)) {
                here.values.clone_from(released);
                *allowed = allows(self.slice, fact, here, &here.values);
            }
        }
        kept
    }

    /// The boxes that do more than advise.
    fn without_advice(&self) -> Mask {
        Mask::first(self.slice.boxes.len()).without(&self.advice)
    }

    /// Whether some completion comes to something that `target` does not include. `seen` has the boxes that were looked at
    /// before. If the budget runs out, it may.
    fn adds(&self, known: &[Known], seen: &Mask, target: &Gist) -> bool {
        let (start, variables, open) = self.split(known, false);
        let undecided = variables.iter().chain(&open).fold(Mask::EMPTY, |all, v| all.or(&v.undecided()));
        if target.includes_all(self.slice, &start.boxes, &start.boxes.without(&undecided), &self.given) {
            return false;
        }
        let Some(readings) = Readings::of(&start, &open, self.steps) else { return true };
        let new = |state: &Active| {
            let leaf =
                readings.leaf(self.slice, state, &|active| leaf::gist(self.slice, active, &self.given));
            leaf.is_some_and(|leaf| !target.includes(&leaf))
        };
        // One completion is enough, and most often one of a few has it: those in which something is active that was not
        // before.
        let any = |place: Option<usize>| {
            variables.iter().fold(start, |state, v| {
                let allows = |o: &&Choice| place.is_none_or(|place| o.row.boxes.has(place));
                v.options.iter().find(allows).map_or(state, |option| state.and(&option.row))
            })
        };
        let fresh = start.boxes.without(seen);
        if core::iter::once(None).chain(fresh.bits().take(TRIED).map(Some)).any(|place| new(&any(place))) {
            return true;
        }
        let mut same = true;
        let walked = self.each_leaf(start, &variables, &readings, false, leaf::gist, &mut |leaf| {
            same = target.includes(&leaf);
            same
        });
        walked.is_none() || !same
    }

    /// Which unknown facts matter: to the outcome where completions differ, else to what it takes.
    fn needs(&self, target: &Gist, decided: &Decision) -> Option<Needs> {
        let (start, variables, open) = self.split(&self.known.clone(), false);
        let readings = Readings::of(&start, &open, self.steps)?;
        let agreed = outcome(&target.possible) != Outcome::NeedsFacts;
        let says = |state: &Active| {
            readings.outcome(self.slice, state, &self.given).map(|(o, ways)| (o, agreed.then_some(ways)))
        };
        let diagram = Diagram::of(self.slice, start, &variables, readings.undecided(), says, self.steps)?;
        // What settles most is asked first; then the order of the vocabulary.
        let weight = |o: &Choice| o.values.first().and_then(|v| u64::try_from(v.len()).ok()).unwrap_or(1);
        let weights: Vec<Vec<u64>> = variables.iter().map(|v| v.options.iter().map(weight).list()).list();
        let undecided = diagram.undecided_after(&weights);
        let mut found: Vec<(u64, usize, Vec<FactId>)> = Vec::new();
        let mut needs = Needs::default();
        for (i, variable) in variables.iter().enumerate() {
            if !diagram.matters(i, &|_| true, self.steps)? {
                continue;
            }
            let first = variable.facts.last().map_or(usize::MAX, |f| usize::from(f.0));
            let mattering = self.mattering(start, variable, &diagram, i)?;
            let score = undecided.get(i).copied().unwrap_or(u64::MAX);
            found.push((score, first, mattering.iter().rev().copied().list()));
            self.among(start, variable, &mut needs);
        }
        // Where facts are tied so that none matters by itself, those in which the closest two that differ are unlike.
        if found.is_empty() && !diagram.agrees() {
            let closest = diagram.closest(self.steps).unwrap_or_else(|| (0..variables.len()).collect());
            for variable in closest.into_iter().filter_map(|place| variables.get(place)) {
                found.push((0, found.len(), variable.facts.iter().rev().copied().list()));
                self.among(start, variable, &mut needs);
            }
        }
        order(&mut found);
        for fact in found.into_iter().flat_map(|(_, _, facts)| facts) {
            self.name(fact, &mut needs);
        }
        needs.among.retain(|a| needs.facts.contains(&a.fact));
        order(&mut needs.among);
        let open = variables.iter().fold(readings.undecided(), |all, v| all.or(&v.undecided()));
        self.explain(&start.boxes.and(&open), decided, &mut needs);
        Some(needs)
    }

    /// Says of each need which rules hang on it: those of which the fact decides whether they stand, if they decide or are
    /// set aside in some completion. `open` has the boxes that what is unknown decides.
    fn explain(&self, open: &Mask, decided: &Decision, needs: &mut Needs) {
        let told = decided.because.iter().map(|b| b.rule).chain(decided.defeated.iter().map(|d| d.rule));
        let told: Vec<RuleId> = told.list();
        for fact in &needs.facts {
            let of = |id: FactId| {
                id == *fact
                    || self.program.facts.get(usize::from(id.0)).is_some_and(|f| f.member_of == Some(*fact))
            };
            let here: Vec<_> = self.slice.facts.iter().filter(|f| of(f.fact)).list();
            let mut rules: Vec<RuleId> = Vec::new();
            for place in open.bits() {
                let Some(one) = self.slice.boxes.get(place) else { continue };
                let speaks = here.iter().any(|f| looks_at(self.slice, f, place));
                if speaks && one.kind != BoxKind::Impossible && !rules.contains(&one.rule) {
                    rules.push(one.rule);
                }
            }
            rules.retain(|rule| told.contains(rule));
            order_by_key(&mut rules, |rule| told.iter().position(|told| told == rule));
            if !rules.is_empty() {
                needs.hangs.push(Hangs { fact: *fact, rules });
            }
        }
    }

    /// Which facts of a variable that matters do. Of facts that follow from one moment, the date (with what follows
    /// from it alone), the time and the fact of each calendar matter by themselves where two moments differ in nothing
    /// else and in what follows; all of them do where none does by itself.
    fn mattering(
        &self,
        start: Active,
        variable: &Variable,
        diagram: &Diagram,
        level: usize,
    ) -> Option<Vec<FactId>> {
        let Some(tied) =
            self.tied.as_ref().map(|unknown| &unknown.tied).filter(|t| t.facts.len() == variable.facts.len())
        else {
            return Some(variable.facts.clone());
        };
        let mut units: Vec<Follows> = tied.facts.iter().map(|(_, by)| *by).list();
        order(&mut units);
        if units.len() < 2 || tied.facts.iter().zip(&variable.facts).any(|((id, _), other)| id != other) {
            return Some(variable.facts.clone());
        }
        let mut found = Vec::new();
        for unit in units {
            // Rows that agree in everything else.
            let mut classes: Map<Vec<ValueId>, Vec<Vec<ValueId>>> = Map::new();
            for row in &tied.rows {
                let held = row.iter().zip(&tied.facts).filter(|(_, (_, by))| *by != unit).map(|(v, _)| *v);
                classes.update(held.list(), |rows| rows.push(row.clone()));
            }
            let mut looked_at: Set<Vec<Active>> = Set::new();
            for rows in classes.into_values().filter(|rows| rows.len() > 1) {
                let class = Variable::tied(self.slice, variable.facts.clone(), &rows).narrowed(&start);
                let different = class.options.iter().map(|o| o.row).collect::<Set<_>>();
                if different.len() < 2 || !looked_at.insert(different.into_iter().list()) {
                    continue;
                }
                let among = |choice: usize| {
                    let row = variable.options.get(choice).map(|o| o.row);
                    class.options.iter().any(|o| Some(o.row) == row)
                };
                if diagram.matters(level, &among, self.steps)? {
                    found.push(unit);
                    break;
                }
            }
        }
        let of = |(id, by): &(FactId, Follows)| (found.is_empty() || found.contains(by)).then_some(*id);
        Some(tied.facts.iter().filter_map(of).list())
    }

    /// The values of listed facts that some rule still possible names.
    fn among(&self, start: Active, variable: &Variable, needs: &mut Needs) {
        for (at, fact) in variable.facts.iter().enumerate() {
            self.among_of(start, variable, at, *fact, needs);
        }
    }

    fn among_of(&self, start: Active, variable: &Variable, at: usize, fact: FactId, needs: &mut Needs) {
        let listed = matches!(self.program.facts.get(usize::from(fact.0)).map(|f| &f.domain), Some(byelaw_ir::Domain::Values(n)) if *n > 2);
        let place = self.slice.facts.iter().position(|f| f.fact == fact);
        let (true, Some(place)) = (listed, place) else { return };
        // A box names a fact if some value of the fact is outside it.
        let everywhere =
            all_values(self.program, fact).iter().fold(Mask::first(self.slice.boxes.len()), |mut all, v| {
                if let Some(f) = self.slice.facts.get(place) {
                    all.keep(row(self.slice, f, *v));
                }
                all
            });
        let mut values: Vec<ValueId> = variable
            .options
            .iter()
            .filter(|o| !start.and(&o.row).boxes.without(&everywhere).is_empty())
            .filter_map(|o| o.values.get(at))
            .flatten()
            .copied()
            .list();
        order(&mut values);
        if !values.is_empty() {
            needs.among.push(Among { fact, values });
        }
    }

    /// Names a fact that is needed, once: what somebody left open apart, and of a several-at-once fact the whole.
    fn name(&self, fact: FactId, needs: &mut Needs) {
        let this = self.program.facts.get(usize::from(fact.0));
        let asked = this.and_then(|f| f.member_of).unwrap_or(fact);
        let list = if this.is_some_and(|f| f.left_open) { &mut needs.open } else { &mut needs.facts };
        if !list.contains(&asked) {
            list.push(asked);
        }
    }

    /// The answer when the budget ran out: never a yes, and everything is named that can be one thing or another. `None` if
    /// nothing can be.
    fn undecided(&self) -> Option<Decision> {
        let mut needs = Needs::default();
        let open = self.open_places()?;
        for place in open {
            if let Some(fact) = self.slice.facts.get(place) {
                self.name(fact.fact, &mut needs);
            }
        }
        Some(Decision {
            outcome: Outcome::NeedsFacts,
            exact: false,
            ways: Vec::new(),
            duties: Vec::new(),
            advice: Vec::new(),
            assumed: Vec::new(),
            needs,
            possible: Outcome::KNOWN.into_iter().collect(),
            because: Vec::new(),
            defeated: Vec::new(),
            clashes: Vec::new(),
            readings: Vec::new(),
            by_silence: false,
            all_reasons: false,
        })
    }

    /// The facts of the slice, by their places, that are not known and of which more than one value can be, if nothing is
    /// presumed. `None` if nothing can be.
    fn open_places(&self) -> Option<Vec<usize>> {
        let mut known = self.known.clone();
        known.iter_mut().for_each(Known::give_up);
        let several = |known: &Known| known.values.len() > 1 && !known.together;
        let open: Vec<usize> =
            known.iter().enumerate().filter(|(_, known)| several(known)).map(|(place, _)| place).list();
        let impossible = boxes(self.slice, |b| b.kind == BoxKind::Impossible);
        if impossible.is_empty() {
            return Some(open);
        }
        let leaves = possible::leaves(self.slice, &known, self.moments_allow().as_deref(), &impossible);
        let leaves: Vec<Option<&Leaves>> = leaves.iter().map(Option::as_ref).list();
        // What follows from the moment is told by it.
        let rows = |(place, (fact, known)): (usize, (&SliceFact, &Known))| {
            let rows = known.values.iter().map(|value| Mask::from_words(row(self.slice, fact, *value)));
            (open.contains(&place) && !known.tied).then(|| (place, rows.list()))
        };
        let facts = self.slice.facts.iter().zip(&known).enumerate();
        let rows: Vec<(usize, Vec<Mask>)> = facts.filter_map(rows).list();
        let several = possible::open(&impossible, &leaves, &rows, self.steps)?;
        let tied = |place: &usize| known.get(*place).is_some_and(|known| known.tied);
        Some(open.into_iter().filter(|place| tied(place) || several.contains(place)).list())
    }
}

pub(crate) fn all_values(program: &Program, fact: FactId) -> Vec<ValueId> {
    let width = program.facts.get(usize::from(fact.0)).map_or(0, |f| f.domain.width());
    (0..width).filter_map(|v| u16::try_from(v).ok().map(ValueId)).list()
}

/// The boxes that some of `values` allows, which a fact may have of which that is known; all, if it follows from an unknown
/// moment.
pub(crate) fn allows(slice: &Slice, fact: &SliceFact, known: &Known, values: &[ValueId]) -> Mask {
    if known.tied {
        return Mask::first(slice.boxes.len());
    }
    if known.together {
        return row_of_all(slice, fact, values);
    }
    let rows = values.iter().map(|value| row(slice, fact, *value));
    rows.fold(Mask::EMPTY, |mut all, row| {
        all.join(row);
        all
    })
}

/// What the question, the date and the presumptions say of one fact.
pub(crate) fn known(program: &Program, question: &Question, act: ValueId, id: FactId) -> Known {
    let fixed = |values: Vec<ValueId>| Known { values, released: None, tied: false, together: false };
    let all = || all_values(program, id);
    let Some(fact) = program.facts.get(usize::from(id.0)) else { return fixed(Vec::new()) };
    let cell = |n: i64| fact.domain.cell(n).map_or_else(all, |c| alloc::vec![c]);
    if id == ON {
        return match question.on {
            Some(on) => fixed(cell(on.days())),
            None => Known { tied: true, ..fixed(all()) },
        };
    }
    if id == AS_OF {
        return fixed(cell(question.as_of.or(question.on).unwrap_or(Date::LAST).days()));
    }
    if follows(program, question, id).is_some() {
        let values = match question.facts.get(&id) {
            Some(Stated::Among { values, .. }) => values.clone(),
            _ => all(),
        };
        return Known { tied: true, ..fixed(values) };
    }
    match question.facts.get(&id) {
        Some(Stated::Unknown) => fixed(all()),
        Some(Stated::Value(value)) if usize::from(value.0) < fact.domain.width() => {
            fixed(alloc::vec![*value])
        }
        Some(Stated::Value(_)) => fixed(all()),
        Some(Stated::Number(number)) => fixed(cell(*number)),
        Some(Stated::AllOf(values)) => Known { together: true, ..fixed(values.clone()) },
        // One of several weekdays is that of the date, if it is among them.
        Some(Stated::Among { values, .. }) if program.weekday == Some(id) => {
            let day = told(program, question, id).filter(|day| values.contains(day));
            fixed(day.map_or_else(|| values.clone(), |day| alloc::vec![day]))
        }
        Some(Stated::Among { values, ordinarily }) => {
            if question.assume && !ordinarily.is_empty() && ordinarily != values {
                Known {
                    values: ordinarily.clone(),
                    released: Some(values.clone()),
                    tied: false,
                    together: false,
                }
            } else {
                fixed(values.clone())
            }
        }
        None => {
            if let Some((from, until)) = fact.period {
                return fixed(question.on.map_or_else(all, |on| holds(from, until, on.days(), on.days())));
            }
            if let Some(value) = told(program, question, id) {
                return fixed(alloc::vec![value]);
            }
            if let Some(value) = fact.taken_as {
                return fixed(alloc::vec![value]);
            }
            let counts = |p: &&Presumption| counts(program, question, act, p);
            if question.assume
                && let Some(presumed) = fact.presumed.iter().find(counts)
            {
                return Known {
                    values: presumed.values.clone(),
                    released: Some(all()),
                    tied: false,
                    together: false,
                };
            }
            fixed(all())
        }
    }
}

/// Whether a presumption counts for this act and what the question states (semantics 2.6a).
fn counts(program: &Program, question: &Question, act: ValueId, presumed: &Presumption) -> bool {
    let stated = |fact: &FactId, wanted: &[ValueId]| {
        if *fact == program.act {
            return wanted.contains(&act);
        }
        match question.facts.get(fact) {
            Some(Stated::Value(value)) => wanted.contains(value),
            Some(Stated::Among { values, .. } | Stated::AllOf(values)) => {
                values.iter().all(|v| wanted.contains(v))
            }
            _ => false,
        }
    };
    !presumed.not_for.contains(&act) && presumed.when.iter().all(|(fact, wanted)| stated(fact, wanted))
}

/// What was given and refused, in the masks of the slice.
pub(crate) fn given<'a>(slice: &Slice, question: &'a Question) -> Given<'a> {
    let mut given = Given { granted: 0, refused: 0, question };
    for (id, bit) in bits(slice) {
        if question.refused.contains(&id) {
            given.refused |= bit;
        } else if question.granted.contains(&id) {
            given.granted |= bit;
        }
    }
    given
}

/// The approvals that somebody gives of whom this is so, where the policy says that the asker's own does not count.
pub(crate) fn own(program: &Program, slice: &Slice, fact: FactId, value: ValueId) -> u64 {
    // Most values neither give anything nor are a role that somebody holds besides.
    if value != YES && fact != program.subject {
        return 0;
    }
    let gives = |id: AtomId| {
        program.atoms.get(usize::from(id.0)).is_some_and(|a| {
            let holds = value == YES && a.held_roles.contains(&fact);
            let is = fact == program.subject && a.givers.contains(&value);
            a.not_by_asker && (holds || is)
        })
    };
    bits(slice).filter(|(id, _)| gives(*id)).fold(0, |own, (_, bit)| own | bit)
}

/// The atoms of a slice, each with its bit.
fn bits(slice: &Slice) -> impl Iterator<Item = (AtomId, u64)> + '_ {
    let bit = |place: usize| u32::try_from(place).ok().and_then(|p| 1_u64.checked_shl(p));
    slice.atoms.iter().enumerate().filter_map(move |(place, id)| Some((*id, bit(place)?)))
}
