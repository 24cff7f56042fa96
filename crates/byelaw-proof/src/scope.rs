//! What decides about each act, and so which sentences about what cannot be count for it (semantics 2.3).
//!
//! It is the same for every claim about a model, and is read off it once.
//! Never here: a claim, or anything that hangs on one.

use crate::Region;
use crate::court::when;
use crate::region::Values;
use crate::three::{Three, holds};
use byelaw_data::{FactId, ValueId};
use byelaw_hir::{Condition, Model, conjuncts};
use std::collections::BTreeSet;

/// A model, with what decides about each of its acts.
pub struct Scope<'a> {
    pub(crate) model: &'a Model,
    /// For each act the facts that decide about it: those of the norms that can apply to it and of the time of their
    /// instruments, and who asks where that decides about an approval.
    deciding: Vec<BTreeSet<FactId>>,
    /// What cannot be, as it is in the model's list.
    sentences: Vec<Sentence>,
}

/// A sentence about what cannot be.
struct Sentence {
    /// The facts that it names, but for the act.
    named: BTreeSet<FactId>,
    /// Whether it names the act.
    of_acts: bool,
    /// The acts with which it can hold.
    acts: BTreeSet<ValueId>,
}

impl<'a> Scope<'a> {
    /// Reads it off a model.
    pub fn of(model: &'a Model) -> Self {
        let acts = (0..model.acts.len()).filter_map(|a| u16::try_from(a).ok().map(ValueId));
        let Some(act_fact) = model.act else {
            return Self { model, deciding: Vec::new(), sentences: Vec::new() };
        };
        let whole = Region::whole(model);
        let with: Vec<(ValueId, Region<'_>)> = acts
            .filter_map(|act| Some((act, whole.narrowed(act_fact, &Values::Listed(vec![act]))?)))
            .collect();
        let sentence = |condition: &Condition| {
            let mut named = BTreeSet::new();
            condition.facts_into(&mut named);
            let of_acts = named.remove(&act_fact);
            let can = with.iter().filter(|(_, region)| holds(condition, region) != Three::No);
            Sentence { named, of_acts, acts: can.map(|(act, _)| *act).collect() }
        };
        let sentences: Vec<Sentence> = model.impossible.iter().map(sentence).collect();
        // Without them nobody asks what decides.
        let with = if sentences.is_empty() { Vec::new() } else { with };
        Self { model, deciding: with.iter().map(|(_, region)| deciding(model, region)).collect(), sentences }
    }

    /// The places of the sentences that count for an act, where the facts `stated` decide besides: those that name nothing
    /// that does not decide about it, directly or through others that they tie to it.
    pub(crate) fn counting(&self, act: ValueId, stated: &BTreeSet<FactId>) -> Vec<usize> {
        // What speaks of acts says nothing of doing none (2.3).
        let says_nothing = |s: &Sentence| s.of_acts && self.model.no_act == Some(act);
        let here = || {
            let all = self.sentences.iter().enumerate();
            all.filter(|(_, s)| s.acts.contains(&act) && !says_nothing(s))
        };
        let mut decide = self.deciding.get(usize::from(act.0)).cloned().unwrap_or_default();
        decide.extend(stated);
        loop {
            let before = decide.len();
            for (_, sentence) in here() {
                if !sentence.named.is_disjoint(&decide) {
                    decide.extend(&sentence.named);
                }
            }
            if decide.len() == before {
                return here().filter(|(_, s)| s.named.is_subset(&decide)).map(|(place, _)| place).collect();
            }
        }
    }
}

fn deciding(model: &Model, region: &Region<'_>) -> BTreeSet<FactId> {
    let mut decide = BTreeSet::new();
    let can = |part: &&Condition| holds(part, region) != Three::No;
    for norm in model.norms.iter().filter(|norm| conjuncts(&norm.guard).iter().all(can)) {
        when(model, norm).facts_into(&mut decide);
        let atoms = norm.price.0.iter().flatten();
        let givings = atoms.filter_map(|a| model.atoms.get(usize::from(a.0))?.approval.as_ref());
        for giving in givings.filter(|giving| giving.not_by_asker) {
            decide.extend(model.subject.iter().chain(&giving.held_roles));
        }
    }
    decide
}
