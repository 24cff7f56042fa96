//! What is claimed of a policy with a proof that somebody else can check: invariants, that nothing is left unsaid but what
//! is told, rules that never stand, rules that never contradict each other.
//!
//! In: a model and what the findings say of its program; or proofs that were written before. Out:
//! [`Proofs`], or what of them holds.
//! Never here: a proof, or the check of one; both are `byelaw_proof`'s, which sees the model and never the program.

mod told;
mod written;

pub use written::{Proved, WrittenClaim, WrittenStep, WrittenValues};

use crate::testing::{Verdict, check_invariants};
use byelaw_data::{FactId, RuleId, ValueId};
use byelaw_hir::Model;
use byelaw_ir::Program;
use byelaw_proof::{Claim, Flaw, Found, Values, could_contradict, find};
use byelaw_symbolic::{Gap, Idle, clashes, gaps, idle};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use written::{Unread, Words};

/// How many boxes a proof may look at.
pub const PROOF_BOXES: usize = 20_000;

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
    pub invariants: Kind,
    /// Acts of which nothing is left unsaid but the gaps that are told.
    pub silence: Kind,
    /// How many gaps are told.
    pub gaps: usize,
    /// Rules that never stand.
    pub idle: Kind,
    /// Pairs of rules that could contradict each other and do so nowhere.
    pub apart: Kind,
    /// Pairs that contradict each other, as is told.
    pub contradictions: usize,
    /// What is not shown, in words.
    pub missing: Vec<String>,
}

/// Claims of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Kind {
    /// Those that are shown.
    pub shown: usize,
    /// All of them.
    pub of: usize,
    /// Those of them that their words alone show.
    pub plain: usize,
    /// The boxes that their proofs look at.
    pub boxes: usize,
}

/// Why proofs show nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProofsError {
    /// It is about another policy, or another state of it.
    Another {
        /// The policy it is about.
        proofs: String,
        /// The policy at hand.
        policy: String,
    },
    /// It uses a word that the policy does not have.
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
            Self::Another { proofs, policy } => {
                write!(
                    f,
                    "the proofs are about {proofs}, and this is {policy}; `byelaw prove` writes some for the policy as it is now"
                )
            }
            Self::Word { claim, word } => write!(f, "{claim}: the policy has nothing called `{word}`"),
            Self::Step { claim, step } => {
                write!(f, "{claim}: step {step} of the proof is not where it has to be")
            }
            Self::Flaw { claim, flaw } => write!(f, "{claim}: this is no proof: {flaw}"),
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
    fn of(model: &Model) -> Self {
        let acts = (0..model.acts.len()).filter_map(|a| u16::try_from(a).ok().map(ValueId));
        let spoken = |act: &ValueId| {
            Some(*act) != model.no_act && !Claim::Spoken { act: *act, told: Vec::new() }.is_plain(model)
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

/// Proves what can be claimed of a policy. A proof looks at no more than `most` boxes; `progress` is told how many of
/// how many claims were looked at.
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
    let all = Claims::of(model);
    let mut proofs = Proofs {
        v: 1,
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
    claims.extend(apart.map(|(a, b)| Claim::Apart(a, b)).filter(|c| !c.is_plain(model)).map(Ok));
    let many = claims.len();
    for (place, claim) in claims.into_iter().enumerate() {
        progress(place, many);
        let found = claim.map(|claim| {
            let found = find(model, &claim, most);
            (claim, found)
        });
        let (claim, why) = match found {
            Ok((claim, Found::Proof(proof))) => {
                proofs.proved.push(Proved { claim: words.claim(&claim), proof: words.proof(&proof) });
                continue;
            }
            Ok((claim, Found::Nothing)) => (claim, "no proof was found".to_owned()),
            Ok((claim, Found::TooLong)) => (claim, format!("its proof would look at more than {most} cases")),
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

/// Checks proofs against the policy that they are about: each proof, and that nothing is left out without a word.
/// `digest` names the policy at hand.
///
/// # Errors
/// The first claim whose proof is none, or proofs about something else.
pub fn verify(model: &Model, digest: &str, proofs: &Proofs) -> Result<Shown, ProofsError> {
    if (proofs.pack.as_str(), proofs.digest.as_str()) != (model.name.as_str(), digest) {
        return Err(ProofsError::Another {
            proofs: format!("{} {}", proofs.pack, proofs.digest),
            policy: format!("{} {digest}", model.name),
        });
    }
    let words = Words::of(model);
    let all = Claims::of(model);
    let mut shown = Shown { pack: model.name.clone(), digest: digest.to_owned(), ..Shown::default() };
    let (mut invariants, mut spoken, mut apart) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for one in &proofs.proved {
        let word = |word| ProofsError::Word { claim: one.claim.to_string(), word };
        let claim = words.read_claim(&one.claim).map_err(word)?;
        let proof = words.read_proof(&one.proof).map_err(|why| match why {
            Unread::Word(name) => word(name),
            Unread::Step(step) => ProofsError::Step { claim: one.claim.to_string(), step },
        })?;
        let boxes = byelaw_proof::check(model, &claim, &proof)
            .map_err(|flaw| ProofsError::Flaw { claim: one.claim.to_string(), flaw })?;
        let kind = match &claim {
            Claim::Invariant { invariant, act } => {
                invariants.insert((*invariant, *act));
                &mut shown.invariants
            }
            Claim::Spoken { act, told } => {
                spoken.insert(*act);
                shown.gaps = shown.gaps.saturating_add(told.len());
                &mut shown.silence
            }
            Claim::NeverStands(_) => {
                shown.idle.of = shown.idle.of.saturating_add(1);
                &mut shown.idle
            }
            Claim::Apart(a, b) => {
                apart.insert((*a.min(b), *a.max(b)));
                &mut shown.apart
            }
        };
        kind.boxes = kind.boxes.saturating_add(boxes);
    }
    let mut missing: Vec<WrittenClaim> = Vec::new();
    for claim in &all.invariants {
        if let Claim::Invariant { invariant, act } = claim
            && !invariants.contains(&(*invariant, *act))
        {
            missing.push(words.claim(claim));
        }
    }
    shown.invariants.of = all.invariants.len();
    shown.invariants.shown = all.invariants.len().saturating_sub(missing.len());
    let unsaid = all.silence.iter().filter(|act| !spoken.contains(act));
    let unsaid: Vec<WrittenClaim> =
        unsaid.map(|act| words.claim(&Claim::Spoken { act: *act, told: Vec::new() })).collect();
    shown.silence.of = all.silence.len();
    shown.silence.shown = all.silence.len().saturating_sub(unsaid.len());
    missing.extend(unsaid);
    shown.idle.shown = shown.idle.of;

    let told: BTreeSet<(RuleId, RuleId)> = proofs
        .contradictions
        .iter()
        .filter_map(|[a, b]| Some((words.read_rule(a).ok()?, words.read_rule(b).ok()?)))
        .map(|(a, b)| (a.min(b), a.max(b)))
        .collect();
    shown.contradictions = told.len();
    for (a, b) in all.apart.into_iter().filter(|pair| !told.contains(pair)) {
        shown.apart.of = shown.apart.of.saturating_add(1);
        let claim = Claim::Apart(a, b);
        if apart.contains(&(a, b)) {
            shown.apart.shown = shown.apart.shown.saturating_add(1);
        } else if claim.is_plain(model) {
            shown.apart.shown = shown.apart.shown.saturating_add(1);
            shown.apart.plain = shown.apart.plain.saturating_add(1);
        } else {
            missing.push(words.claim(&claim));
        }
    }
    let why = |claim: &WrittenClaim| {
        // A gap that is not told in full is named by its act alone.
        let same = |u: &&Unproved| u.claim == *claim || u.claim.is_about_the_act_of(claim);
        proofs.unproved.iter().find(same).map_or("the proofs do not speak of it", |u| u.why.as_str())
    };
    shown.missing = missing.iter().map(|claim| format!("{claim}: {}", why(claim))).collect();
    Ok(shown)
}
