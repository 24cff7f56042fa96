//! Whether two policies answer alike: everywhere, or wherever none of some rules holds (semantics 2.11, T14 and T15).
//!
//! Both go over the same situations as the differences do and stop where one is found.

use super::join::{Joined, join};
use super::walk::{Layout, Walk, possible};
use super::words::Common;
use super::{Side, asked};
use byelaw_data::{RuleId, ValueId};
use byelaw_eval::Mask;
use byelaw_question::{Choices, cases};
use std::collections::{BTreeMap, BTreeSet};

/// Whether two policies answer alike in every situation: outcome, what it takes, duties and advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alike {
    /// They do; this is exact.
    Everywhere,
    /// Some situation is answered otherwise.
    No,
    /// No difference was found, and not everything was looked at.
    Undecided,
}

/// What was found where none of some rules holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outside {
    /// How many kinds of situation were compared: those in which none of the rules holds.
    pub compared: u128,
    /// How many kinds of situation there are at all.
    pub kinds: u128,
    /// Acts whose situations are in neither number, because they could not be counted.
    pub uncounted: Vec<ValueId>,
    /// How many acts there are.
    pub acts: usize,
    /// Acts of which some of these situations is answered otherwise.
    pub different: Vec<ValueId>,
    /// Acts of which not every one could be looked at.
    pub undecided: Vec<ValueId>,
    /// The words in which acts are told.
    pub names: Vec<String>,
}

impl Outside {
    /// Whether every situation was looked at and answered alike.
    pub fn is_untouched(&self) -> bool {
        self.different.is_empty() && self.undecided.is_empty()
    }
}

/// What some rules do for one act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight {
    /// The act.
    pub act: ValueId,
    /// How many kinds of situation can be, and in how many of them one of the rules holds; `None` if they could not be
    /// counted.
    pub holds: Option<(u128, u128)>,
    /// In how many the answer, or what it takes, is another one without the rules, and in how many more only duties or
    /// advice are; `None` if not every one could be looked at.
    pub decides: Option<(u128, u128)>,
}

/// A policy from which rules are taken out, to see whether that changes anything.
#[derive(Debug)]
pub struct Omission<'a> {
    side: Side<'a>,
    common: Common,
}

impl<'a> Omission<'a> {
    /// Gets a policy ready.
    pub fn from(side: Side<'a>) -> Self {
        Self { common: Common::of(&side, &side), side }
    }

    /// Whether the policy answers alike without these rules. For each act no more than `steps` steps are taken.
    pub fn of(&self, rules: &BTreeSet<RuleId>, steps: u64) -> Alike {
        let mut undecided = false;
        let acts =
            Acts { common: &self.common, old: &self.side, new: &self.side, dropped: rules, idle: false };
        let whole = acts.each(&mut |_, compared| {
            let different = compared.map(|act| act.different(&self.common, &Mask::EMPTY, steps));
            undecided |= !matches!(different, Some(Some(_)));
            different != Some(Some(true))
        });
        match (whole, undecided) {
            (false, _) => Alike::No,
            (true, true) => Alike::Undecided,
            (true, false) => Alike::Everywhere,
        }
    }

    /// What these rules do, for each act about which they say something. For each act no more than `steps` steps are taken.
    pub fn weigh(&self, rules: &BTreeSet<RuleId>, steps: u64) -> Vec<Weight> {
        let mut found = Vec::new();
        let acts =
            Acts { common: &self.common, old: &self.side, new: &self.side, dropped: rules, idle: false };
        acts.each(&mut |act, compared| {
            let (holds, decides) = match compared {
                Some(act) => (act.holds(rules, steps), act.weigh(&self.common, steps)),
                None => (None, None),
            };
            found.push(Weight { act, holds, decides });
            true
        });
        found
    }
}

/// Compares a policy with and without some rules (numbers of `with`), where none of them holds. Both are of one pack: what
/// cannot be is the same, though it stands with an act only where some rule about the act looks at it. For each act no more than
/// `steps` steps are taken.
pub fn outside(with: &Side<'_>, without: &Side<'_>, rules: &BTreeSet<RuleId>, steps: u64) -> Outside {
    let common = Common::of(without, with);
    let mut found = Outside {
        acts: common.old.acts.len(),
        names: common.program.names.acts.iter().map(|a| a.word.name.clone()).collect(),
        ..Outside::default()
    };
    let none = BTreeSet::new();
    let acts = Acts { common: &common, old: without, new: with, dropped: &none, idle: true };
    acts.each(&mut |act, compared| {
        let Some(compared) = compared else {
            found.undecided.push(act);
            found.uncounted.push(act);
            return true;
        };
        let inside = compared.of(true, rules);
        match compared.counted(&inside, steps) {
            Some((all, outside)) => {
                found.kinds = found.kinds.saturating_add(all);
                found.compared = found.compared.saturating_add(outside);
            }
            None => found.uncounted.push(act),
        }
        match compared.different(&common, &inside, steps) {
            Some(true) => found.different.push(act),
            Some(false) => {}
            None => found.undecided.push(act),
        }
        true
    });
    found
}

/// An act of both sides, ready to be walked.
struct Compared {
    joined: Joined,
    layout: Layout,
    all: Vec<Choices>,
}

impl Compared {
    /// The boxes of some rules of the old side, or of the new one.
    fn of(&self, new: bool, rules: &BTreeSet<RuleId>) -> Mask {
        let own = |(old, now): &(Option<RuleId>, Option<RuleId>)| if new { *now } else { *old };
        let all = self.joined.rules.iter().enumerate();
        all.filter(|(_, both)| own(both).is_some_and(|rule| rules.contains(&rule)))
            .map(|(place, _)| place)
            .collect()
    }

    /// How many kinds of situation can be, and in how many of them none of some boxes is active; `None` if they could not
    /// be counted.
    fn counted(&self, inside: &Mask, steps: u64) -> Option<(u128, u128)> {
        let count = |barred: &Mask| {
            let mut left = steps;
            possible(barred, &self.layout, &self.all, &self.layout.all(&self.all), &mut left)
        };
        let impossible = self.joined.impossible();
        Some((count(&impossible)?, count(&impossible.or(inside))?))
    }

    /// How many kinds of situation can be, and in how many of them some of these rules of the old side hold.
    fn holds(&self, rules: &BTreeSet<RuleId>, steps: u64) -> Option<(u128, u128)> {
        let inside = self.of(false, rules);
        let (all, outside) = self.counted(&inside, steps)?;
        Some((all, all.saturating_sub(outside)))
    }

    /// In how many kinds of situation the answers differ, and in how many more only what goes with them.
    fn weigh(&self, common: &Common, steps: u64) -> Option<(u128, u128)> {
        let walk = Walk::new(&self.joined, &self.layout, &common.atom_of);
        let (mut earlier, mut left) = (Mask::EMPTY, steps);
        let mut sum = (0_u128, 0_u128);
        for focus in self.joined.changed.bits() {
            let (answers, beside) = walk.weigh(&self.all, focus, &earlier, &mut left)?;
            sum = (sum.0.saturating_add(answers), sum.1.saturating_add(beside));
            earlier.insert(focus);
        }
        Some(sum)
    }

    /// Whether some situation in which no box of `inside` is active is answered otherwise; `None` if there are not enough
    /// steps.
    fn different(&self, common: &Common, inside: &Mask, steps: u64) -> Option<bool> {
        let walk = Walk::new(&self.joined, &self.layout, &common.atom_of);
        let frame = self.layout.none();
        let (mut earlier, mut left) = (*inside, steps);
        for focus in self.joined.changed.without(inside).bits() {
            let mut found = BTreeMap::new();
            walk.focus(&self.all, focus, &earlier, &frame, &mut left, &mut found)?;
            if !found.is_empty() {
                return Some(true);
            }
            earlier.insert(focus);
        }
        Some(false)
    }
}

/// The acts of both sides.
struct Acts<'a> {
    common: &'a Common,
    old: &'a Side<'a>,
    new: &'a Side<'a>,
    /// Rules that the new side is looked at without.
    dropped: &'a BTreeSet<RuleId>,
    /// Whether acts of which nothing changed are shown, too.
    idle: bool,
}

impl Acts<'_> {
    /// Shows each act (`None` if its boxes are too many) until `see` has seen enough; gives whether it saw all.
    fn each(&self, see: &mut dyn FnMut(ValueId, Option<Compared>) -> bool) -> bool {
        let acts = self.common.old.acts.len();
        let mut program = self.common.program.clone();
        program.slices = vec![byelaw_ir::Slice::default(); acts];
        for place in 0..acts {
            let Ok(act) = u16::try_from(place).map(ValueId) else { break };
            let joined = join(self.common, self.old, self.new, act, self.dropped);
            if !self.idle && joined.as_ref().is_some_and(|j| j.changed.is_empty()) {
                continue;
            }
            let compared = joined.map(|mut joined| {
                // The slice is lent to the program, which knows the facts.
                program.slices[place] = std::mem::take(&mut joined.slice);
                let all = cases(&program, act, &asked(&program, act, false)).unwrap_or_default();
                joined.slice = std::mem::take(&mut program.slices[place]);
                Compared { layout: Layout::of(&program, &all), joined, all }
            });
            if !see(act, compared) {
                return false;
            }
        }
        true
    }
}
