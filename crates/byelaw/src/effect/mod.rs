//! What the rules of a policy do: in how many kinds of situation each holds, in how many it decides alone, and what would be
//! answered otherwise without it.
//!
//! In: the model of a pack and its program. Out: an [`EffectsReport`] of all rules, or an [`EffectReport`] of one.
//! Never here: another way to find differences than that of [`crate::diff()`].

mod told;

use crate::diff::{DiffReport, DiffRule, diff};
use byelaw_compiler::lower;
use byelaw_data::{RuleId, ValueId};
use byelaw_diagnostic::nearest;
use byelaw_hir::{Model, Norm};
use byelaw_ir::Program;
use byelaw_symbolic::diff::{Omission, Side, Weight};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;

/// What all rules of a pack do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EffectsReport {
    /// The version of this form.
    pub v: u8,
    /// The name of the pack.
    pub pack: String,
    /// What names this very policy.
    pub digest: String,
    /// Its rules, in the order in which they are written.
    pub rules: Vec<Effect>,
}

/// What one rule does, and what would be otherwise without it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EffectReport {
    /// The version of this form.
    pub v: u8,
    /// The name of the pack.
    pub pack: String,
    /// What names this very policy.
    pub digest: String,
    /// What the rule does.
    pub effect: Effect,
    /// What is answered otherwise in the policy without the rule. Its examples are asked of the policy as it is.
    pub without: DiffReport,
}

/// What one rule does. Situations are counted as kinds: of values that no rule tells apart each counts for itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Effect {
    /// The rule.
    #[serde(flatten)]
    pub rule: DiffRule,
    /// The acts about which it says something.
    pub acts: Vec<EffectOnAct>,
}

/// What one rule does for one act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EffectOnAct {
    /// The act, by name.
    pub act: String,
    /// How many kinds of situation of the act can be; absent if they could not be counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kinds: Option<u128>,
    /// In how many of them the rule holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holds: Option<u128>,
    /// In how many it decides alone: without it the answer, or what a yes takes, would be another one. Absent if not
    /// every situation could be looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decides: Option<u128>,
    /// In how many more it is by this rule alone that a duty or advice goes with the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beside: Option<u128>,
}

/// Why there is no report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EffectError {
    /// The policy has no such rule.
    Unknown {
        /// What was asked for.
        name: String,
        /// Rules that are called much the same.
        nearest: Vec<String>,
    },
    /// Without the rule there is no policy; the message says why.
    NoPolicy {
        /// The rule.
        name: String,
        /// What is wrong then.
        why: String,
    },
}

impl fmt::Display for EffectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { name, nearest } => {
                write!(f, "this policy has no rule `{name}`")?;
                let near: Vec<String> = nearest.iter().map(|n| format!("`{n}`")).collect();
                if near.is_empty() {
                    f.write_str("; `byelaw effect` with the pack alone lists all of them")
                } else {
                    write!(f, "; did you mean {}?", near.join(" or "))
                }
            }
            Self::NoPolicy { name, why } => write!(f, "without `{name}` this is no policy: {why}"),
        }
    }
}

impl std::error::Error for EffectError {}

impl Effect {
    /// In how many kinds of situation it holds; `None` if those of some act could not be counted.
    pub fn holds(&self) -> Option<u128> {
        self.sum(|act| act.holds)
    }

    /// In how many it decides alone; `None` if not every situation could be looked at.
    pub fn decides(&self) -> Option<u128> {
        self.sum(|act| act.decides)
    }

    /// In how many more duties or advice are due to it alone; `None` if not every situation could be looked at.
    pub fn beside(&self) -> Option<u128> {
        self.sum(|act| act.beside)
    }

    fn sum(&self, of: impl Fn(&EffectOnAct) -> Option<u128>) -> Option<u128> {
        self.acts.iter().map(of).try_fold(0_u128, |sum, one| Some(sum.saturating_add(one?)))
    }
}

/// What each rule does. `steps` bounds what is done for one act and one rule; `progress` is told how many of how many rules
/// were looked at.
pub fn effects(
    model: &Model,
    program: &Program,
    steps: u64,
    progress: &mut dyn FnMut(usize, usize),
) -> EffectsReport {
    let omission = Omission::from(Side { program, on: None });
    let mut order: Vec<RuleId> = (0..program.names.rules.len()).filter_map(RuleId::at).collect();
    order.sort_by_key(|rule| model.names.get(rule.place()).map(|name| name.span));
    let mut rules = Vec::new();
    for (place, rule) in order.iter().enumerate() {
        progress(place, order.len());
        rules.push(one(program, &omission, *rule, steps));
    }
    progress(order.len(), order.len());
    EffectsReport { v: 1, pack: program.names.pack.clone(), digest: program.names.digest.clone(), rules }
}

/// What the rule called `name` does, and what is otherwise without it. `steps` bounds what is done for one act.
///
/// # Errors
/// If the policy has no such rule, or is none without it.
pub fn effect(model: &Model, program: &Program, name: &str, steps: u64) -> Result<EffectReport, EffectError> {
    let names = &program.names.rules;
    let known = || names.iter().map(|rule| rule.name.as_str());
    let rule = known()
        .position(|known| known == name)
        .and_then(RuleId::at)
        .ok_or_else(|| EffectError::Unknown { name: name.to_owned(), nearest: nearest(name, known()) })?;
    let less = without(model, |norm| norm.rule == rule)
        .map_err(|why| EffectError::NoPolicy { name: name.to_owned(), why })?;
    let omission = Omission::from(Side { program, on: None });
    Ok(EffectReport {
        v: 1,
        pack: program.names.pack.clone(),
        digest: program.names.digest.clone(),
        effect: one(program, &omission, rule, steps),
        without: diff((program, None), (&less, None), steps),
    })
}

fn one(program: &Program, omission: &Omission<'_>, rule: RuleId, steps: u64) -> Effect {
    let act = |act: ValueId| {
        let name = program.names.acts.get(usize::from(act.0));
        name.map(|name| name.word.name.clone()).unwrap_or_default()
    };
    let of_act = |weight: &Weight| EffectOnAct {
        act: act(weight.act),
        kinds: weight.holds.map(|(kinds, _)| kinds),
        holds: weight.holds.map(|(_, holds)| holds),
        decides: weight.decides.map(|(decides, _)| decides),
        beside: weight.decides.map(|(_, beside)| beside),
    };
    let weights = omission.weigh(&BTreeSet::from([rule]), steps);
    Effect { rule: DiffRule::of(program, rule), acts: weights.iter().map(of_act).collect() }
}

/// The policy of a pack without some of its norms.
///
/// # Errors
/// With a message, if that is no policy.
pub(crate) fn without(model: &Model, dropped: impl Fn(&Norm) -> bool) -> Result<Program, String> {
    let kept: Vec<usize> =
        (0..model.norms.len()).filter(|n| model.norms.get(*n).is_some_and(|norm| !dropped(norm))).collect();
    let now = |old: &usize| kept.binary_search(old).ok();
    let mut less = model.clone();
    less.norms = kept.iter().filter_map(|n| model.norms.get(*n).cloned()).collect();
    less.precedence = model.precedence.iter().filter_map(|(a, b)| Some((now(a)?, now(b)?))).collect();
    lower(&less).map_err(|problems| problems.first().map(|one| one.message.clone()).unwrap_or_default())
}
