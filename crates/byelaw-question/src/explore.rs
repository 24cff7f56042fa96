//! What can be said about all situations of a question at once: which outcomes, which rules, whether leaving rules out
//! changes an answer. For those who test a policy; a decision needs none of it.
//!
//! Each function is exact or says that it does not know: then a walk ran out of its budget, and a narrower question
//! may be asked instead. A question about an act is looked at with the rules about that act alone: that it refuses a
//! duty which stands whatever is done changes nothing here. Those who ask refuse none.

use crate::completions::{Active, BUDGET, Variable, Walk, reachable};
use crate::decide::Asking;
use crate::leaf::{self, is_duty};
use crate::readings::Readings;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use byelaw_data::{DeedId, FactId, Outcome, Question, RuleId, Stated, ValueId};
use byelaw_eval::{Mask, Verdict, beats, boxes, decide, deciding};
use byelaw_ir::{BoxKind, Program, Slice};

/// The outcomes that the situations of a question have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reached {
    /// The outcomes; empty if what the question states cannot be.
    pub possible: BTreeSet<Outcome>,
    /// False if a budget ran out: then outcomes may be missing.
    pub exact: bool,
}

/// The outcomes that the situations of a question have. Cheaper than a decision, which also says why.
pub fn outcomes(program: &Program, question: &Question) -> Reached {
    let mut reached = Reached { exact: true, ..Reached::default() };
    for (act, slice) in slices(program, question) {
        let asking = settled(program, slice, act, question);
        let (start, variables, open) = asking.split(&asking.known, false);
        let all: Vec<&Variable> = variables.iter().collect();
        let walked = Readings::of(&start, &open, BUDGET).and_then(|readings| {
            let walk = Walk::Outcomes(slice, readings.undecided());
            reachable(start, &all, walk, BUDGET).map(|states| (readings, states))
        });
        match walked {
            None => reached.exact = false,
            Some((readings, states)) => {
                let found = states.iter().filter_map(|s| readings.outcome(slice, s, &asking.given));
                reached.possible.extend(found.map(|(outcome, _)| outcome));
            }
        }
    }
    reached
}

/// What all situations of a question have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    /// The outcome.
    pub outcome: Outcome,
    /// What it takes, as packages over the approvals and undertakings of the act's slice.
    pub ways: Verdict,
    /// Duties that go with it in all of them.
    pub duties: BTreeSet<(DeedId, RuleId)>,
    /// Duties that go with it in some.
    pub some_duties: BTreeSet<(DeedId, RuleId)>,
    /// Rules whose advice is given in all of them.
    pub advice: BTreeSet<RuleId>,
    /// Rules whose advice is given in some.
    pub some_advice: BTreeSet<RuleId>,
}

/// What all situations of a question about one act have in common; `None` if they do not have the same outcome and take
/// the same, if what is stated cannot be, or if finding it takes more than `steps` steps. Cheaper than a decision.
pub fn agreed(program: &Program, question: &Question, steps: u64) -> Option<Agreed> {
    let Some(Stated::Value(act)) = question.facts.get(&program.act) else { return None };
    let slice = program.slices.get(usize::from(act.0))?;
    let mut asking = Asking::new(program, slice, *act, question, steps);
    asking.settle_presumptions();
    let known = asking.known.clone();
    let leaves = asking.leaves(&known, true)?;
    let mut all = leaves.into_iter();
    let first = all.next()?;
    let mut agreed = Agreed {
        outcome: first.outcome,
        ways: first.ways,
        some_duties: first.duties.iter().copied().collect(),
        duties: first.duties.into_iter().collect(),
        some_advice: first.advice.iter().copied().collect(),
        advice: first.advice.into_iter().collect(),
    };
    for leaf in all {
        if leaf.outcome != agreed.outcome || leaf.ways != agreed.ways {
            return None;
        }
        agreed.duties.retain(|d| leaf.duties.contains(d));
        agreed.advice.retain(|a| leaf.advice.contains(a));
        agreed.some_duties.extend(leaf.duties);
        agreed.some_advice.extend(leaf.advice);
    }
    Some(agreed)
}

/// Rules that stand, and exceptions that set a rule aside, in some situation of a question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    /// Rules that stand.
    pub standing: BTreeSet<RuleId>,
    /// `(set aside, by)`
    pub defeated: BTreeSet<(RuleId, RuleId)>,
    /// False if a budget ran out: then some may be missing.
    pub exact: bool,
}

/// The rules that the situations of a question meet.
pub fn seen(program: &Program, question: &Question) -> Seen {
    let mut seen = Seen { exact: true, ..Seen::default() };
    for (act, slice) in slices(program, question) {
        let asking = settled(program, slice, act, question);
        let (start, mut variables, readings) = asking.split(&asking.known, true);
        variables.extend(readings);
        let all: Vec<&Variable> = variables.iter().collect();
        let Some(states) = reachable(start, &all, Walk::Whole, BUDGET) else {
            seen.exact = false;
            continue;
        };
        for point in states.iter().filter_map(|s| decide(slice, &s.boxes)) {
            let rule = |b: usize| slice.boxes.get(b).map(|b| b.rule);
            seen.standing.extend(point.standing.bits().filter_map(rule));
            for weaker in point.defeated.bits() {
                for stronger in point.standing.bits() {
                    if beats(slice, stronger, weaker) {
                        seen.defeated.extend(rule(weaker).zip(rule(stronger)));
                    }
                }
            }
        }
    }
    seen
}

/// Whether rules stand in the situations of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Whether what the question states can be at all.
    pub possible: bool,
    /// The rules asked about that stand in some situation, each with whether it stands in all.
    pub rules: BTreeMap<RuleId, bool>,
}

/// Where some rules stand in the situations of a question; `None` if a budget ran out. Only these rules, what prevails
/// over them and what cannot be are told apart, so that this is decided where a whole decision would be too large.
pub fn stands(program: &Program, question: &Question, rules: &BTreeSet<RuleId>) -> Option<Standing> {
    let mut situations = 0_usize;
    let mut times: BTreeMap<RuleId, usize> = BTreeMap::new();
    for (act, slice) in slices(program, question) {
        let asking = settled(program, slice, act, question);
        let focus = deciding(slice, &boxes_of(slice, rules));
        let narrow = |active: &Active| Active { boxes: active.boxes.and(&focus), own: 0 };
        let (start, variables, readings) = asking.split(&asking.known, true);
        let variables: Vec<Variable> = variables
            .into_iter()
            .chain(readings)
            .map(|mut v| {
                v.options.iter_mut().for_each(|o| o.row = narrow(&o.row));
                v
            })
            .collect();
        let variables: Vec<&Variable> = variables.iter().collect();
        let states = reachable(narrow(&start), &variables, Walk::Whole, BUDGET)?;
        for point in states.iter().filter_map(|s| decide(slice, &s.boxes)) {
            situations = situations.saturating_add(1);
            let standing = point.standing.bits().filter_map(|b| slice.boxes.get(b)).map(|b| b.rule);
            for rule in standing.filter(|r| rules.contains(r)).collect::<BTreeSet<_>>() {
                let count = times.entry(rule).or_insert(0);
                *count = count.saturating_add(1);
            }
        }
    }
    let rules = times.into_iter().map(|(rule, n)| (rule, n == situations)).collect();
    Some(Standing { possible: situations > 0, rules })
}

/// The readings that nobody settled and that change an answer in some situation of a question; `None` if a budget ran
/// out.
pub fn differing_readings(program: &Program, question: &Question) -> Option<BTreeSet<FactId>> {
    let mut found = BTreeSet::new();
    for (act, slice) in slices(program, question) {
        let asking = settled(program, slice, act, question);
        let known = asking.known.clone();
        found.extend(asking.leaves(&known, true)?.into_iter().flat_map(|leaf| leaf.readings));
    }
    Some(found)
}

/// Whether some situation of a question is answered differently when the rules `left` are left out than when the
/// rules `right` are: another outcome, other ways, or other duties. `None` if a budget ran out.
pub fn differs(
    program: &Program,
    question: &Question,
    left: &BTreeSet<RuleId>,
    right: &BTreeSet<RuleId>,
) -> Option<bool> {
    for (act, slice) in slices(program, question) {
        let asking = settled(program, slice, act, question);
        let (start, variables, open) = asking.split(&asking.known, false);
        let readings = Readings::of(&start, &open, BUDGET)?;
        let all: Vec<&Variable> = variables.iter().collect();
        let states = reachable(start, &all, Walk::Whole, BUDGET)?;
        let (left, right) = (boxes_of(slice, left), boxes_of(slice, right));
        let answer = |state: &Active, without: &Mask| {
            let state = Active { boxes: state.boxes.without(without), own: state.own };
            answer(slice, &asking, &readings, &state)
        };
        if states.iter().any(|s| answer(s, &left) != answer(s, &right)) {
            return Some(true);
        }
    }
    Some(false)
}

/// What somebody who asks is told first: the outcome, what it takes, what it brings with it.
fn answer(
    slice: &Slice,
    asking: &Asking<'_>,
    readings: &Readings,
    state: &Active,
) -> Option<(Outcome, Verdict, BTreeSet<DeedId>)> {
    let (outcome, ways) = readings.outcome(slice, state, &asking.given)?;
    let mut duties = BTreeSet::new();
    // Where a sentence is open to readings, which duties stand may hang on them; the outcome alone is compared.
    if readings.len() <= 1 && outcome != Outcome::Forbidden {
        let point = decide(slice, &state.boxes)?;
        let standing = point.standing.bits().filter_map(|b| slice.boxes.get(b));
        let left = standing.filter(|b| is_duty(b.kind)).flat_map(|b| leaf::left(b, &asking.given));
        duties.extend(left.map(|(deed, _)| deed));
    }
    Some((outcome, ways, duties))
}

fn boxes_of(slice: &Slice, rules: &BTreeSet<RuleId>) -> Mask {
    boxes(slice, |b| b.kind != BoxKind::Impossible && rules.contains(&b.rule))
}

fn settled<'a>(program: &'a Program, slice: &'a Slice, act: ValueId, question: &'a Question) -> Asking<'a> {
    let mut asking = Asking::new(program, slice, act, question, BUDGET);
    asking.settle_presumptions();
    asking
}

/// The acts that a question is about, with their slices.
fn slices<'a>(program: &'a Program, question: &Question) -> Vec<(ValueId, &'a Slice)> {
    let place = |act: ValueId| program.slices.get(usize::from(act.0)).map(|slice| (act, slice));
    match question.facts.get(&program.act) {
        Some(Stated::Value(act)) => place(*act).into_iter().collect(),
        Some(Stated::Among { values, ordinarily }) => {
            let meant = if question.assume && !ordinarily.is_empty() { ordinarily } else { values };
            meant.iter().filter_map(|act| place(*act)).collect()
        }
        _ => (0..program.slices.len()).filter_map(|i| place(ValueId(u16::try_from(i).ok()?))).collect(),
    }
}
