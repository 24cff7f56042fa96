//! How much of a policy its examples reach: rules that stood, exceptions that set something aside, clauses that were
//! cited, conditions that were seen to hold and not to hold.

use super::exceptions::exceptions;
use super::situations::{Found, follows_moment, search, smallest, worth};
use super::spelled::check_sentence;
use super::words;
use byelaw_data::{FactId, Question, RuleId, Stated, ValueId, YES};
use byelaw_hir::{Condition, Kind, Model, ON, conjuncts};
use byelaw_ir::{Program, Slice};
use std::collections::{BTreeMap, BTreeSet};

/// What examples reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Each rule, and whether it stood in a situation of some example.
    pub rules: Vec<(RuleId, bool)>,
    /// Each exception `(stronger, weaker)`, and whether the first set the second aside in some example.
    pub exceptions: Vec<(RuleId, RuleId, bool)>,
    /// Each clause that a rule cites (its place in the model), and whether the reasons of some answer cite it.
    pub clauses: Vec<(usize, bool)>,
    /// Each condition of a rule, and what of it was seen.
    pub conditions: Vec<ConditionSeen>,
}

/// A condition of a rule, beyond whom and which act it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionSeen {
    /// The rule.
    pub rule: RuleId,
    /// The condition in words.
    pub words: String,
    /// Whether some example about the act and the people of the rule states that it holds.
    pub held: bool,
    /// Whether some such example states that it does not.
    pub failed: bool,
}

impl Coverage {
    /// `(reached, all)`: every rule, exception and clause counts once, every condition twice.
    pub fn count(&self) -> (usize, usize) {
        let rules = self.rules.iter().filter(|(_, c)| *c).count();
        let exceptions = self.exceptions.iter().filter(|(.., c)| *c).count();
        let clauses = self.clauses.iter().filter(|(_, c)| *c).count();
        let sides: usize = self.conditions.iter().map(|c| usize::from(c.held) + usize::from(c.failed)).sum();
        let all = self.rules.len() + self.exceptions.len() + self.clauses.len() + 2 * self.conditions.len();
        (rules + exceptions + clauses + sides, all)
    }

    /// The share that was reached, in hundredths of a percent, rounded down; all of nothing is all.
    pub fn share(&self) -> usize {
        let (reached, all) = self.count();
        (reached * 10_000).checked_div(all).unwrap_or(10_000)
    }
}

/// What a rule that no example reaches comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Skeleton {
    /// An example in which it stands, with the answer that the policy gives now.
    Example(String),
    /// It stands in no situation.
    Nowhere,
    /// None was found within the budget.
    NotFound,
}

/// What the examples of a model reach.
pub fn coverage(model: &Model, program: &Program) -> Coverage {
    let (mut standing, mut defeated) = (BTreeSet::new(), BTreeSet::new());
    let mut cited: BTreeSet<usize> = BTreeSet::new();
    for example in &model.examples {
        let seen = byelaw_question::seen(program, &example.question);
        standing.extend(seen.standing);
        defeated.extend(seen.defeated);
        if let Some(decision) = byelaw_question::decide(program, &example.question) {
            let advice = decision.advice.iter().map(|a| a.rule);
            let rules = decision.because.iter().map(|b| b.rule).chain(advice);
            cited.extend(rules.filter_map(|r| model.names.get(r.place())).flat_map(|n| n.cites.clone()));
        }
    }
    let rule = |place: usize| RuleId::at(place).unwrap_or(RuleId(u32::MAX));
    let spoken: BTreeSet<RuleId> = model.norms.iter().map(|n| n.rule).collect();
    let exceptions = exceptions(model, program);
    let clauses: BTreeSet<usize> = model.names.iter().flat_map(|n| n.cites.iter().copied()).collect();
    Coverage {
        rules: (0..model.names.len())
            .map(rule)
            .filter(|r| spoken.contains(r))
            .map(|r| (r, standing.contains(&r)))
            .collect(),
        exceptions: exceptions.into_iter().map(|(a, b)| (a, b, defeated.contains(&(b, a)))).collect(),
        clauses: clauses.into_iter().map(|c| (c, cited.contains(&c))).collect(),
        conditions: conditions(model),
    }
}

/// The first norm of each rule: the second, where there is one, says what holds outside the first.
fn first_norms(model: &Model) -> BTreeMap<RuleId, usize> {
    let mut first = BTreeMap::new();
    for (place, norm) in model.norms.iter().enumerate() {
        first.entry(norm.rule).or_insert(place);
    }
    first
}

fn conditions(model: &Model) -> Vec<ConditionSeen> {
    let mut found = Vec::new();
    for (rule, place) in first_norms(model) {
        let parts = conjuncts(&model.norms[place].guard);
        let frame =
            |c: &&Condition| about(c).is_some_and(|f| Some(f) == model.act || Some(f) == model.subject);
        let (frame, rest): (Vec<&Condition>, Vec<&Condition>) = parts.into_iter().partition(frame);
        let reached: Vec<&Question> = model
            .examples
            .iter()
            .map(|e| &e.question)
            .filter(|q| frame.iter().all(|c| truth(model, q, c) != Some(false)))
            .collect();
        for condition in rest {
            let saw = |side: bool| reached.iter().any(|q| truth(model, q, condition) == Some(side));
            found.push(ConditionSeen {
                rule,
                words: words::condition(model, condition),
                held: saw(true),
                failed: saw(false),
            });
        }
    }
    found
}

/// The fact of a statement about one fact.
fn about(condition: &Condition) -> Option<FactId> {
    match condition {
        Condition::In(fact, _) | Condition::InSet(fact, _) | Condition::Between(fact, ..) => Some(*fact),
        Condition::Not(inner) => about(inner),
        Condition::Always | Condition::All(_) | Condition::Any(_) => None,
    }
}

/// Whether a condition holds in every situation of a question, or in none; `None` if that is open.
fn truth(model: &Model, question: &Question, condition: &Condition) -> Option<bool> {
    match condition {
        Condition::Always => Some(true),
        Condition::In(fact, values) => {
            let known = values_of(model, question, *fact)?;
            let inside = known.iter().filter(|v| values.contains(v)).count();
            match inside {
                0 => Some(false),
                n if n == known.len() => Some(true),
                _ => None,
            }
        }
        Condition::InSet(fact, members) => {
            let known = values_of(model, question, *fact)?;
            let member = |v: &ValueId| {
                let set = values_of(model, question, *members.get(usize::from(v.0))?)?;
                <[ValueId; 1]>::try_from(set).ok().map(|[one]| one == YES)
            };
            let sides: BTreeSet<Option<bool>> = known.iter().map(member).collect();
            match sides.into_iter().collect::<Vec<_>>().as_slice() {
                [Some(side)] => Some(*side),
                _ => None,
            }
        }
        Condition::Between(fact, low, high) => {
            let number = match question.facts.get(fact) {
                Some(Stated::Number(number)) => Some(*number),
                _ if *fact == ON => question.on.map(|d| d.days()),
                _ => None,
            }?;
            Some(*low <= number && number <= *high)
        }
        Condition::Not(inner) => truth(model, question, inner).map(|t| !t),
        Condition::All(parts) => {
            let sides: Vec<_> = parts.iter().map(|p| truth(model, question, p)).collect();
            if sides.contains(&Some(false)) {
                Some(false)
            } else {
                sides.iter().all(|s| *s == Some(true)).then_some(true)
            }
        }
        Condition::Any(parts) => {
            let sides: Vec<_> = parts.iter().map(|p| truth(model, question, p)).collect();
            if sides.contains(&Some(true)) {
                Some(true)
            } else {
                sides.iter().all(|s| *s == Some(false)).then_some(false)
            }
        }
    }
}

/// The values that a question leaves to a fact; `None` if nothing is known of it.
fn values_of(model: &Model, question: &Question, fact: FactId) -> Option<Vec<ValueId>> {
    let this = model.fact(fact);
    match question.facts.get(&fact) {
        Some(Stated::Value(value)) => return Some(vec![*value]),
        Some(Stated::Among { values, ordinarily }) => {
            let meant = if question.assume && !ordinarily.is_empty() { ordinarily } else { values };
            return Some(meant.clone());
        }
        Some(Stated::AllOf(values)) => return Some(values.clone()),
        Some(Stated::Unknown | Stated::Number(_)) => return None,
        None => {}
    }
    if let (Some(period), Some(on)) = (this.period, question.on) {
        let until = period.until.map(|u| u.days());
        let day = super::situations::in_period((period.from.days(), until), on.days());
        return (day.len() == 1).then_some(day);
    }
    if let Some((values, _)) = this.taken_as.as_ref().filter(|_| !matches!(this.kind, Kind::SomeOf { .. })) {
        return Some(values.clone());
    }
    let presumed = this.presumed.iter().find(|p| p.is_unconditional()).filter(|_| question.assume)?;
    Some(presumed.values.clone())
}

/// An example in which a rule stands, found by looking at its situations; replayed before it is given.
pub fn skeleton(model: &Model, program: &Program, rule: RuleId) -> Skeleton {
    let mut unknown = false;
    for (act, slice) in program.slices.iter().enumerate() {
        let act = ValueId(u16::try_from(act).unwrap_or(u16::MAX));
        let boxes = slice.boxes.iter().enumerate();
        for (place, _) in boxes.filter(|(_, b)| b.rule == rule && b.kind != byelaw_ir::BoxKind::Impossible) {
            let Some(region) = region(program, slice, act, place) else { continue };
            let rules = BTreeSet::from([rule]);
            let mut shows = |q: &Question| {
                byelaw_question::stands(program, q, &rules).map(|s| s.rules.contains_key(&rule))
            };
            for (on, at) in worth(program, act, &region, &mut shows) {
                let question = Question { on, at, ..region.clone() };
                match search(program, &question, &mut shows) {
                    Found::Nowhere => {}
                    Found::Unknown => unknown = true,
                    Found::Here(found) => match example(model, program, rule, &found) {
                        Some(sentence) => return Skeleton::Example(sentence),
                        None => unknown = true,
                    },
                }
            }
        }
    }
    if unknown { Skeleton::NotFound } else { Skeleton::Nowhere }
}

/// The question whose situations are those of one box.
pub(crate) fn region(program: &Program, slice: &Slice, act: ValueId, place: usize) -> Option<Question> {
    let words = usize::from(slice.words).max(1);
    let mut question = Question::default();
    question.facts.insert(program.act, Stated::Value(act));
    for fact in slice.facts.iter().filter(|f| f.fact != ON && f.fact != byelaw_hir::AS_OF) {
        if follows_moment(program, fact.fact) || program.readings.contains(&fact.fact) {
            continue;
        }
        let rows = fact.rows.chunks(words);
        let width = rows.len();
        let has = |row: &&[u64]| row.get(place / 64).is_some_and(|w| w >> (place % 64) & 1 == 1);
        let values: Vec<ValueId> = rows
            .enumerate()
            .filter(|(_, row)| has(row))
            .filter_map(|(v, _)| u16::try_from(v).ok().map(ValueId))
            .collect();
        match values.as_slice() {
            [] => return None,
            [one] => question.facts.insert(fact.fact, Stated::Value(*one)),
            _ if values.len() == width => None,
            _ => question.facts.insert(fact.fact, Stated::Among { values, ordinarily: Vec::new() }),
        };
    }
    Some(question)
}

fn example(model: &Model, program: &Program, rule: RuleId, found: &Question) -> Option<String> {
    let whole = byelaw_question::decide(program, found)?;
    let rules = BTreeSet::from([rule]);
    let stands = |q: &Question| {
        byelaw_question::stands(program, q, &rules).is_some_and(|s| s.rules.get(&rule) == Some(&true))
    };
    if !stands(found) {
        return None;
    }
    let same = |q: &Question| {
        let decided = byelaw_question::decide(program, q);
        decided.is_some_and(|d| d.exact && d.outcome == whole.outcome) && stands(q)
    };
    let keep = BTreeSet::from([program.act, program.subject]);
    let question = smallest(found, &keep, &same);
    let decision = byelaw_question::decide(program, &question)?;
    let name = &model.names.get(rule.place())?.name;
    Some(check_sentence(model, &format!("{name} stands"), &question, &decision))
}
