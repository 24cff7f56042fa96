//! What is claimed of a policy with a proof that somebody else can check: invariants, that nothing is left unsaid but what
//! is told, rules that never stand, rules that never contradict each other.
//!
//! In: a model and what the findings say of its program; or proofs that were written before. Out:
//! [`Proofs`], or what of them holds.
//! Never here: a proof, or the check of one; both are `byelaw_proof`'s, which sees the model and never the program.

mod told;
mod verify;
mod written;

pub use verify::verify;
pub use written::{Proved, WrittenClaim, WrittenStep, WrittenValues};

use crate::testing::{Verdict, check_invariants};
use byelaw_data::{FactId, RuleId, ValueId};
use byelaw_hir::Model;
use byelaw_ir::Program;
use byelaw_proof::{Claim, Flaw, Found, Scope, Values, could_contradict, find};
use byelaw_symbolic::{Gap, Idle, clashes, gaps, idle};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use written::Words;

/// The version of the form in which proofs are written.
const FORM: u8 = 1;

/// How many steps the search for a proof may take.
pub const PROOF_STEPS: usize = 20_000;

/// How many gaps of one act a claim may name.
const GAPS: usize = 500;

/// How many values may be tried to find the gaps of one act, or a rule that does nothing.
const STEPS: u64 = 200_000;

/// Claims about one policy, with their proofs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proofs {
    /// The version of this form.
    pub v: u8,
    /// The name of the pack.
    pub pack: String,
    /// What names this very policy.
    pub digest: String,
    /// The claims.
    pub proved: Vec<Proved>,
    /// Rules that contradict each other, as `byelaw check` says; nothing is claimed of them.
    pub contradictions: Vec<[String; 2]>,
    /// What has no proof.
    pub unproved: Vec<Unproved>,
}

/// A claim without a proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unproved {
    /// What would be claimed.
    #[serde(flatten)]
    pub claim: WrittenClaim,
    /// Why there is no proof.
    pub why: String,
}

/// What proofs show.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Shown {
    /// The name of the pack.
    pub pack: String,
    /// What names this very policy.
    pub digest: String,
    /// Invariants, each with an act it is about.
    pub invariants: Tally,
    /// Acts of which nothing is left unsaid but the gaps that are told.
    pub silence: Tally,
    /// How many gaps are told.
    pub gaps: usize,
    /// Acts of which the proofs say that everything is a gap, so that nothing is claimed of them.
    pub silent: Vec<String>,
    /// Rules that never stand.
    pub idle: Tally,
    /// Pairs of rules that could contradict each other and do so nowhere.
    pub apart: Tally,
    /// Pairs of rules of which nothing is claimed, since they are said to contradict each other.
    pub contradictions: Vec<[String; 2]>,
    /// What is not shown, in words.
    pub missing: Vec<String>,
}

/// Claims of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Tally {
    /// Those that are shown.
    pub shown: usize,
    /// All of them; of rules that never stand those that somebody claims.
    pub of: usize,
    /// Of pairs of rules those that their words alone show.
    pub plain: usize,
    /// The boxes that their proofs look at.
    pub boxes: usize,
}

/// Why proofs show nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProofsError {
    /// They are about another policy, or another state of it.
    Another {
        /// The policy they are about.
        proofs: String,
        /// The policy at hand.
        policy: String,
    },
    /// They are written in another form than this one.
    Form(u8),
    /// A word is used that the policy does not have.
    Word {
        /// The claim.
        claim: String,
        /// The word.
        word: String,
    },
    /// A step of a proof is not there, stands before the one that names it, is named twice, or lies too deep.
    Step {
        /// The claim.
        claim: String,
        /// The place of the step.
        step: usize,
    },
    /// A proof is none.
    Flaw {
        /// The claim.
        claim: String,
        /// What is wrong with its proof.
        flaw: Flaw,
    },
}

impl fmt::Display for ProofsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // What comes from the file may hold anything.
            Self::Form(form) => {
                write!(f, "the proofs are written in form {form}, and this reads form {FORM}")
            }
            Self::Another { proofs, policy } => {
                write!(
                    f,
                    "the proofs are about {}, and this is {policy}; `byelaw prove` writes some for the policy as it is now",
                    proofs.escape_debug()
                )
            }
            Self::Word { claim, word } => {
                write!(f, "{}: the policy has nothing called `{}`", claim.escape_debug(), word.escape_debug())
            }
            Self::Step { claim, step } => {
                write!(f, "{}: step {step} of the proof is not where it has to be", claim.escape_debug())
            }
            Self::Flaw { claim, flaw } => write!(f, "{}: this is no proof: {flaw}", claim.escape_debug()),
        }
    }
}

impl std::error::Error for ProofsError {}

/// What is claimed of a policy, kind by kind.
struct Claims {
    invariants: Vec<Claim>,
    silence: Vec<ValueId>,
    apart: Vec<(RuleId, RuleId)>,
}

impl Claims {
    /// What has to be proved to leave nothing out, read off the model alone.
    fn of(scope: &Scope<'_>, model: &Model) -> Self {
        let acts = (0..model.acts.len()).filter_map(|a| u16::try_from(a).ok().map(ValueId));
        let spoken = |act: &ValueId| {
            Some(*act) != model.no_act && !Claim::Spoken { act: *act, told: Vec::new() }.is_plain(scope)
        };
        Self {
            invariants: model
                .invariants
                .iter()
                .enumerate()
                .flat_map(|(invariant, i)| {
                    i.acts.iter().map(move |act| Claim::Invariant { invariant, act: *act })
                })
                .collect(),
            silence: acts.filter(spoken).collect(),
            apart: could_contradict(model),
        }
    }
}

/// Proves what can be claimed of a policy. The search for a proof takes no more than `most` steps; `progress` is told how
/// many of how many claims were looked at.
pub fn certify(
    model: &Model,
    program: &Program,
    most: usize,
    progress: &mut dyn FnMut(usize, usize),
) -> Proofs {
    let words = Words::of(model);
    let told: BTreeSet<(RuleId, RuleId)> = clashes(program)
        .iter()
        .map(|c| (c.promising.min(c.restricting), c.promising.max(c.restricting)))
        .collect();
    let scope = Scope::of(model);
    let all = Claims::of(&scope, model);
    let mut proofs = Proofs {
        v: FORM,
        pack: program.names.pack.clone(),
        digest: program.names.digest.clone(),
        proved: Vec::new(),
        contradictions: told.iter().map(|(a, b)| [words.rule(*a), words.rule(*b)]).collect(),
        unproved: Vec::new(),
    };
    let mut claims: Vec<Result<Claim, (Claim, &str)>> = Vec::new();
    let holds: Vec<bool> = check_invariants(model, program)
        .iter()
        .map(|r| matches!(r.verdict, Verdict::Holds | Verdict::Empty))
        .collect();
    claims.extend(all.invariants.into_iter().map(|claim| match &claim {
        Claim::Invariant { invariant, .. } if holds.get(*invariant) == Some(&true) => Ok(claim),
        _ => Err((claim, "it does not hold, or was not decided: see `byelaw test`")),
    }));
    let gaps = gaps(program, GAPS, STEPS);
    claims.extend(all.silence.into_iter().map(|act| {
        let gap = gaps.iter().find(|gap| gap.act == act);
        let told = gap.map_or(Some(Vec::new()), |gap| boxes(program, gap));
        match told {
            Some(told) => Ok(Claim::Spoken { act, told }),
            None => Err((Claim::Spoken { act, told: Vec::new() }, "it has too many gaps to name them all")),
        }
    }));
    let idle = idle(program, STEPS);
    let nowhere = idle.iter().filter(|one| matches!(one.idle, Idle::Nowhere | Idle::SetAside { .. }));
    claims.extend(nowhere.map(|one| Ok(Claim::NeverStands(one.rule))));
    let apart = all.apart.into_iter().filter(|pair| !told.contains(pair));
    claims.extend(apart.map(|(a, b)| Claim::Apart(a, b)).filter(|c| !c.is_plain(&scope)).map(Ok));
    let many = claims.len();
    for (place, claim) in claims.into_iter().enumerate() {
        progress(place, many);
        let found = claim.map(|claim| {
            let found = find(&scope, &claim, most);
            (claim, found)
        });
        let (claim, why) = match found {
            Ok((claim, Found::Proof(proof))) => {
                proofs.proved.push(Proved { claim: words.claim(&claim), proof: words.proof(&proof) });
                continue;
            }
            Ok((claim, Found::Nothing)) => (claim, "no proof was found".to_owned()),
            Ok((claim, Found::TooLong)) => (claim, format!("it was not found in {most} steps")),
            Err((claim, why)) => (claim, why.to_owned()),
        };
        proofs.unproved.push(Unproved { claim: words.claim(&claim), why });
    }
    progress(many, many);
    proofs
}

/// The boxes of a gap; `None` if they are not all of it.
fn boxes(program: &Program, gap: &Gap) -> Option<Vec<BTreeMap<FactId, Values>>> {
    if gap.more || !gap.exact {
        return None;
    }
    let mut told = Vec::new();
    for region in &gap.regions {
        let mut boxes: Vec<BTreeMap<FactId, Values>> = vec![BTreeMap::new()];
        for (fact, values) in &region.facts {
            let stretches = stretches(program, *fact, values)?;
            let with = |one: &BTreeMap<FactId, Values>| {
                let each = stretches.iter().map(|s| {
                    let mut next = one.clone();
                    next.insert(*fact, s.clone());
                    next
                });
                each.collect::<Vec<_>>()
            };
            boxes = boxes.iter().flat_map(with).collect();
            if boxes.len() > GAPS {
                return None;
            }
        }
        told.extend(boxes);
    }
    Some(told)
}

/// Values of a program as those of its model: cells of numbers as stretches.
fn stretches(program: &Program, fact: FactId, values: &BTreeSet<ValueId>) -> Option<Vec<Values>> {
    let domain = &program.facts.get(usize::from(fact.0))?.domain;
    let mut numbers: Vec<(i64, i64)> = Vec::new();
    for value in values {
        let Some((low, high)) = domain.range(*value) else {
            return Some(vec![Values::Listed(values.iter().copied().collect())]);
        };
        match numbers.last_mut() {
            Some(last) if last.1.saturating_add(1) == low => last.1 = high,
            _ => numbers.push((low, high)),
        }
    }
    Some(numbers.into_iter().map(|(low, high)| Values::Numbers(low, high)).collect())
}
