//! Whether a lower policy keeps to what stands above it (semantics 2.8).
//!
//! In every situation in which an upper rule speaks, outside what the upper policy leaves to others, upper and lower
//! rules together are at least as strict as the upper rules alone. Two situations with the same active boxes are alike
//! to every rule, so it is enough to look at each set of boxes that some situation leaves active.

use byelaw_data::{FactId, RuleId, ValueId};
use byelaw_eval::{Mask, Point, active, boxes, decide, looks_at};
use byelaw_ir::{Box, BoxKind, Program, Slice};
use byelaw_question::Situations;
use std::collections::{BTreeMap, BTreeSet};

/// A situation in which a lower policy is more lenient than what stands above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The lower rules to blame: one where taking it away mends the situation, else all that permit or except.
    pub lower: Vec<RuleId>,
    /// The upper rules that stand there.
    pub upper: Vec<RuleId>,
    /// The acts concerned; the situation is about the first.
    pub acts: Vec<ValueId>,
    /// The whole situation: a value for each fact that some rule about the act looks at.
    pub situation: Vec<(FactId, ValueId)>,
    /// The facts of it that the rules named look at, or without which it would not be a breach.
    pub shown: Vec<(FactId, ValueId)>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conformance {
    /// For each set of lower rules to blame, the smallest situation.
    pub breaches: Vec<Breach>,
    /// Acts of which not every situation could be looked at within the limit.
    pub undecided: Vec<ValueId>,
}

/// Looks at all situations of all acts. `lower` has the rules of the lower policy; every other rule is an upper one,
/// but those in `left`: where one of these is active, lower policies may do as they like. For each rule and act no more
/// than `steps` steps are taken; an act that needs more is undecided.
pub fn conformance(
    program: &Program,
    lower: &BTreeSet<RuleId>,
    left: &BTreeSet<RuleId>,
    steps: u64,
) -> Conformance {
    let mut breaches: BTreeMap<Vec<RuleId>, Breach> = BTreeMap::new();
    let mut undecided = Vec::new();
    for (place, slice) in program.slices.iter().enumerate() {
        let Some(act) = u16::try_from(place).ok().map(ValueId) else { continue };
        let check = Check { slice, lower, left };
        match check.act(program, act, steps, &mut breaches) {
            Some(()) => {}
            None => undecided.push(act),
        }
    }
    Conformance { breaches: breaches.into_values().collect(), undecided }
}

struct Check<'a> {
    slice: &'a Slice,
    lower: &'a BTreeSet<RuleId>,
    left: &'a BTreeSet<RuleId>,
}

impl Check<'_> {
    /// Adds the breaches of one act; `None` if the steps did not suffice for all of it.
    fn act(
        &self,
        program: &Program,
        act: ValueId,
        steps: u64,
        breaches: &mut BTreeMap<Vec<RuleId>, Breach>,
    ) -> Option<()> {
        let lower = self.those(|b| self.lower.contains(&b.rule));
        let candidates: Vec<usize> =
            lower.bits().filter(|place| self.slice.boxes.get(*place).is_some_and(lenient)).collect();
        if candidates.is_empty() {
            return Some(());
        }
        let situations = Situations::of(program, act)?;
        let mut whole = Some(());
        let mut seen: BTreeSet<Mask> = BTreeSet::new();
        for place in candidates {
            let Some(sets) = situations.sets_with(place, steps) else {
                whole = None;
                continue;
            };
            for set in sets {
                if !seen.insert(set) {
                    continue;
                }
                let Some(above) = self.breached(&set, &lower) else { continue };
                let blamed = self.blamed(&set, &lower);
                let Some(situation) = situations.witness(&set, steps) else {
                    whole = None;
                    continue;
                };
                let upper = above.standing.bits().filter(|b| !lower.has(*b)).collect::<Vec<_>>();
                let looked: Vec<usize> = set
                    .bits()
                    .filter(|b| self.slice.boxes.get(*b).is_some_and(|one| blamed.contains(&one.rule)))
                    .chain(upper.iter().copied())
                    .collect();
                let shown: Vec<(FactId, ValueId)> = situation
                    .iter()
                    .copied()
                    .filter(|(fact, _)| self.looks(&looked, *fact) || self.turns(&situation, *fact, &lower))
                    .collect();
                let rules: BTreeSet<RuleId> =
                    upper.iter().filter_map(|b| self.slice.boxes.get(*b)).map(|b| b.rule).collect();
                let found = Breach {
                    lower: blamed.iter().copied().collect(),
                    upper: rules.into_iter().collect(),
                    acts: vec![act],
                    situation,
                    shown,
                };
                merge(breaches, found);
            }
        }
        whole
    }

    fn those(&self, wanted: impl Fn(&Box) -> bool) -> Mask {
        boxes(self.slice, |b| b.kind != BoxKind::Impossible && wanted(b))
    }

    /// What the upper rules alone say where the lower ones make it more lenient; `None` if they do not.
    fn breached(&self, set: &Mask, lower: &Mask) -> Option<Point> {
        let left = self.those(|b| self.left.contains(&b.rule));
        if !set.and(&left).is_empty() {
            return None;
        }
        let (both, above) = (decide(self.slice, set)?, decide(self.slice, &set.without(lower))?);
        let kept = above.silent || both.verdict.meet(&above.verdict) == both.verdict;
        (!kept).then_some(above)
    }

    fn blamed(&self, set: &Mask, lower: &Mask) -> BTreeSet<RuleId> {
        let rule_of = |place: &usize| self.slice.boxes.get(*place).map(|b| b.rule);
        let rules: BTreeSet<RuleId> = set.and(lower).bits().filter_map(|place| rule_of(&place)).collect();
        let alone = rules.iter().copied().find(|rule| {
            let without = set.without(&self.those(|b| b.rule == *rule));
            self.breached(&without, lower).is_none()
        });
        match alone {
            Some(rule) => BTreeSet::from([rule]),
            None => {
                let active = set.and(lower);
                active
                    .bits()
                    .filter_map(|p| self.slice.boxes.get(p))
                    .filter(|b| lenient(b))
                    .map(|b| b.rule)
                    .collect()
            }
        }
    }

    /// Whether another value of this fact alone would mend the situation.
    fn turns(&self, situation: &[(FactId, ValueId)], turned: FactId, lower: &Mask) -> bool {
        let Some(place) = self.slice.facts.iter().position(|f| f.fact == turned) else { return false };
        let width = self.slice.facts[place].rows.len() / usize::from(self.slice.words).max(1);
        let values: Vec<ValueId> = situation.iter().map(|(_, value)| *value).collect();
        (0..width).filter_map(|v| u16::try_from(v).ok().map(ValueId)).any(|value| {
            let mut values = values.clone();
            if let Some(here) = values.get_mut(place) {
                *here = value;
            }
            let Some(set) = active(self.slice, &values) else { return false };
            decide(self.slice, &set).is_some() && self.breached(&set, lower).is_none()
        })
    }

    /// Whether one of the boxes does not allow every value of a fact.
    fn looks(&self, boxes: &[usize], fact: FactId) -> bool {
        let fact = self.slice.facts.iter().find(|f| f.fact == fact);
        fact.is_some_and(|fact| boxes.iter().any(|b| looks_at(self.slice, fact, *b)))
    }
}

/// Whether a box can make anything more lenient: only what permits, or sets something else aside, does.
fn lenient(one: &Box) -> bool {
    let limits = matches!(one.kind, BoxKind::MustNot | BoxKind::Duty | BoxKind::Advice);
    !limits || one.beats.iter().any(|word| *word != 0)
}

/// Keeps the smaller of two situations with the same rules to blame, and all acts.
fn merge(breaches: &mut BTreeMap<Vec<RuleId>, Breach>, mut found: Breach) {
    let Some(old) = breaches.get_mut(&found.lower) else {
        breaches.insert(found.lower.clone(), found);
        return;
    };
    let act = found.acts[0];
    if (found.shown.len(), act) < (old.shown.len(), old.acts[0]) {
        found.acts.extend(old.acts.iter().copied().filter(|a| *a != act));
        *old = found;
    } else if !old.acts.contains(&act) {
        old.acts.push(act);
    }
}
