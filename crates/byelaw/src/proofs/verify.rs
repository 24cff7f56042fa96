//! What proofs that were written down show of a policy.

use super::written::{Unread, Words, WrittenClaim};
use super::{Claims, FORM, Proofs, ProofsError, Shown, Unproved};
use byelaw_data::{RuleId, ValueId};
use byelaw_hir::Model;
use byelaw_proof::{Claim, Scope};
use std::collections::{BTreeMap, BTreeSet};

/// Checks proofs against the policy that they are about: each proof, and that nothing is left out without a word.
/// `digest` names the policy at hand.
///
/// # Errors
/// The first claim whose proof is none, or proofs about something else.
pub fn verify(model: &Model, digest: &str, proofs: &Proofs) -> Result<Shown, ProofsError> {
    if proofs.v != FORM {
        return Err(ProofsError::Form(proofs.v));
    }
    if (proofs.pack.as_str(), proofs.digest.as_str()) != (model.name.as_str(), digest) {
        return Err(ProofsError::Another {
            proofs: format!("{} {}", proofs.pack, proofs.digest),
            policy: format!("{} {digest}", model.name),
        });
    }
    let words = Words::of(model);
    let scope = Scope::of(model);
    let all = Claims::of(&scope, model);
    let proved = Proved::read(&scope, &words, proofs)?;
    let listed = listed(&words, proofs)?;
    let mut shown = Shown { pack: model.name.clone(), digest: digest.to_owned(), ..Shown::default() };
    let mut missing: Vec<WrittenClaim> = Vec::new();
    for claim in all.invariants {
        shown.invariants.of = shown.invariants.of.saturating_add(1);
        let Claim::Invariant { invariant, act } = claim else { continue };
        // The same sentence written twice is the same claim.
        let sentence = |place: usize| model.invariants.get(place).map(|one| one.sentence.as_str());
        let same = |(place, its): &(usize, ValueId)| *its == act && sentence(*place) == sentence(invariant);
        if proved.invariants.iter().any(same) {
            shown.invariants.shown = shown.invariants.shown.saturating_add(1);
        } else {
            missing.push(words.claim(&claim));
        }
    }
    for act in all.silence {
        shown.silence.of = shown.silence.of.saturating_add(1);
        match proved.spoken.get(&act) {
            // A gap that is everything says nothing of what is not one.
            Some(None) => shown.silent.push(words.act(act)),
            Some(Some(gaps)) => {
                shown.silence.shown = shown.silence.shown.saturating_add(1);
                shown.gaps = shown.gaps.saturating_add(*gaps);
            }
            None => missing.push(words.claim(&Claim::Spoken { act, told: Vec::new() })),
        }
    }
    shown.idle.shown = proved.idle.len();
    let idle = proofs.unproved.iter().filter(|one| matches!(one.claim, WrittenClaim::NeverStands { .. }));
    missing.extend(idle.map(|one| one.claim.clone()));
    shown.idle.of = shown.idle.shown.saturating_add(
        missing.iter().filter(|claim| matches!(claim, WrittenClaim::NeverStands { .. })).count(),
    );
    for (a, b) in all.apart {
        if listed.contains(&(a, b)) {
            shown.contradictions.push([words.rule(a), words.rule(b)]);
            continue;
        }
        shown.apart.of = shown.apart.of.saturating_add(1);
        let claim = Claim::Apart(a, b);
        let plain = !proved.apart.contains(&(a, b)) && claim.is_plain(&scope);
        if plain || proved.apart.contains(&(a, b)) {
            shown.apart.shown = shown.apart.shown.saturating_add(1);
            shown.apart.plain = shown.apart.plain.saturating_add(usize::from(plain));
        } else {
            missing.push(words.claim(&claim));
        }
    }
    let [invariants, silence, idle, apart] = proved.boxes;
    shown.invariants.boxes = invariants;
    shown.silence.boxes = silence;
    shown.idle.boxes = idle;
    shown.apart.boxes = apart;
    shown.missing =
        missing.iter().map(|claim| format!("{claim}: {}", why(&proofs.unproved, claim))).collect();
    Ok(shown)
}

/// Why there is no proof of a claim, as the file has it.
fn why<'a>(unproved: &'a [Unproved], claim: &WrittenClaim) -> &'a str {
    // A gap that is not told in full is named by its act alone.
    let same = |u: &&Unproved| u.claim == *claim || u.claim.is_about_the_act_of(claim);
    unproved.iter().find(same).map_or("the proofs do not speak of it", |u| u.why.as_str())
}

/// What was proved, each claim once, and how many boxes were looked at for each kind.
#[derive(Default)]
struct Proved {
    invariants: BTreeSet<(usize, ValueId)>,
    /// The acts, each with how many gaps are told; `None` if one of them is everything.
    spoken: BTreeMap<ValueId, Option<usize>>,
    idle: BTreeSet<RuleId>,
    apart: BTreeSet<(RuleId, RuleId)>,
    boxes: [usize; 4],
}

impl Proved {
    fn read(scope: &Scope<'_>, words: &Words<'_>, proofs: &Proofs) -> Result<Self, ProofsError> {
        let mut found = Self::default();
        for one in &proofs.proved {
            let name = || one.claim.to_string();
            let word = |word| ProofsError::Word { claim: name(), word };
            let claim = words.read_claim(&one.claim).map_err(word)?;
            let proof = words.read_proof(&one.proof).map_err(|why| match why {
                Unread::Word(unknown) => word(unknown),
                Unread::Step(step) => ProofsError::Step { claim: name(), step },
            })?;
            let boxes = byelaw_proof::check(scope, &claim, &proof)
                .map_err(|flaw| ProofsError::Flaw { claim: name(), flaw })?;
            let kind = match claim {
                Claim::Invariant { invariant, act } => {
                    found.invariants.insert((invariant, act));
                    0
                }
                Claim::Spoken { act, told } => {
                    let everything = told.iter().any(BTreeMap::is_empty);
                    found.spoken.insert(act, (!everything).then_some(told.len()));
                    1
                }
                Claim::NeverStands(rule) => {
                    found.idle.insert(rule);
                    2
                }
                Claim::Apart(a, b) => {
                    found.apart.insert((a.min(b), a.max(b)));
                    3
                }
            };
            if let Some(sum) = found.boxes.get_mut(kind) {
                *sum = sum.saturating_add(boxes);
            }
        }
        Ok(found)
    }
}

/// The pairs of rules that are said to contradict each other.
fn listed(words: &Words<'_>, proofs: &Proofs) -> Result<BTreeSet<(RuleId, RuleId)>, ProofsError> {
    let pair = |[a, b]: &[String; 2]| {
        let word = |word| ProofsError::Word { claim: format!("{a} and {b}"), word };
        let (a, b) = (words.read_rule(a).map_err(word)?, words.read_rule(b).map_err(word)?);
        Ok((a.min(b), a.max(b)))
    };
    proofs.contradictions.iter().map(pair).collect()
}
