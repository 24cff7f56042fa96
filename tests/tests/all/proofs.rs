//! Proofs: a proof is found for what holds and for nothing else, and no other proof passes for one.

use crate::generate::{Spec, config, lowered, named, spec};
use crate::idle::situations;
use byelaw::{
    Proofs, ProofsError, Proved, WrittenClaim, WrittenStep, WrittenValues, certify, check_invariants, verify,
};
use byelaw_data::{AtomId, FactId, RuleId, ValueId};
use byelaw_hir::{Condition, Invariant, Kind, Model};
use byelaw_ir::Program;
use byelaw_proof::{Claim, Found, Proof, Scope, Values, check, could_contradict, find};
use byelaw_reference::{Judged, Situation, Value, judge};
use byelaw_tests::{compiled_pack, value};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};

/// What a claim comes to where every situation is looked at.
struct Truth<'a> {
    model: &'a Model,
    /// All situations, act by act, with what is filled.
    filled: Vec<Vec<(Situation, Judged)>>,
    /// All situations, whatever is filled.
    free: Vec<(Situation, Judged)>,
    /// Whether each invariant holds, as is judged by the reference elsewhere.
    invariants: Vec<bool>,
}

impl<'a> Truth<'a> {
    /// `None` if there are too many to be looked at.
    fn of(model: &'a Model, program: &Program) -> Option<Self> {
        let judged = |all: Vec<Situation>| all.into_iter().map(|s| (s.clone(), judge(model, &s))).collect();
        let acts = 0..program.slices.len();
        let of = |filled: bool| -> Option<Vec<Vec<(Situation, Judged)>>> {
            acts.clone().map(|act| situations(model, program, act, filled).map(judged)).collect()
        };
        Some(Self {
            model,
            filled: of(true)?,
            free: of(false)?.into_iter().flatten().collect(),
            invariants: check_invariants(model, program).iter().map(|r| r.verdict.passed()).collect(),
        })
    }

    /// The situations of an act, and of whom some rule speaks in one of them.
    fn askers(&self, act: ValueId) -> (&[(Situation, Judged)], BTreeSet<Value>, FactId) {
        let all = &self.filled[usize::from(act.0)];
        let subject = self.model.subject.expect("somebody asks");
        (all, all.iter().filter(|(_, judged)| !judged.silent).map(|(s, _)| s[&subject]).collect(), subject)
    }

    /// Whether rules about an act name somebody of whom they speak in no situation that can be.
    fn names_in_vain(&self, act: ValueId) -> bool {
        let (all, named, subject) = self.askers(act);
        all.iter().any(|(s, _)| !named.contains(&s[&subject]))
    }

    fn holds(&self, claim: &Claim) -> bool {
        match claim {
            Claim::Invariant { invariant, .. } => self.invariants[*invariant],
            // Whoever is named by no rule about the act is not meant.
            Claim::Spoken { act, .. } => {
                let (all, named, subject) = self.askers(*act);
                all.iter().all(|(s, judged)| !judged.silent || !named.contains(&s[&subject]))
            }
            Claim::NeverStands(rule) => {
                let of = |n: &usize| self.model.norms[*n].rule == *rule;
                self.free.iter().all(|(_, judged)| !judged.standing.iter().any(of))
            }
            Claim::Apart(a, b) => self.filled.iter().flatten().all(|(_, judged)| {
                let pair = |(x, y): &(usize, usize)| {
                    let rules = [self.model.norms[*x].rule, self.model.norms[*y].rule];
                    rules == [*a, *b] || rules == [*b, *a]
                };
                !judged.clashes.iter().any(pair)
            }),
        }
    }
}

/// Claims of all kinds about a random policy, some of which hold. Its invariants are about each act and asker.
fn claims(model: &Model) -> Vec<Claim> {
    let mut claims = Vec::new();
    for act in (0..model.acts.len()).map(value).filter(|act| model.no_act != Some(*act)) {
        claims.push(Claim::Spoken { act, told: Vec::new() });
        let invariants = model.invariants.iter().enumerate().filter(|(_, i)| i.acts.contains(&act));
        claims.extend(invariants.map(|(invariant, _)| Claim::Invariant { invariant, act }));
    }
    let rules: BTreeSet<RuleId> = model.norms.iter().map(|n| n.rule).collect();
    claims.extend(rules.into_iter().map(Claim::NeverStands));
    claims.extend(could_contradict(model).into_iter().map(|(a, b)| Claim::Apart(a, b)));
    claims
}

fn with_invariants(mut model: Model) -> Model {
    let subject = model.subject.expect("somebody asks");
    let acts: Vec<ValueId> = (0..model.acts.len()).map(value).filter(|a| model.no_act != Some(*a)).collect();
    for (who, act) in (0..model.width(subject)).map(value).flat_map(|w| acts.iter().map(move |a| (w, *a))) {
        for never in [true, false] {
            model.invariants.push(Invariant {
                never,
                title: String::new(),
                sentence: format!("{who:?} {act:?} {never}"),
                acts: vec![act],
                guard: vec![Condition::In(subject, vec![who])],
                from: None,
                until: None,
                granted: if who.0 == 0 { BTreeSet::from([AtomId(0)]) } else { BTreeSet::new() },
                span: model.instruments[0].span,
            });
        }
    }
    model
}

static MET: [AtomicU32; 6] = [const { AtomicU32::new(0) }; 6];

fn count(kind: usize) {
    MET[kind].fetch_add(1, Ordering::Relaxed);
}

/// One case of a proof left out or said to be otherwise.
fn spoilt(proof: &Proof, at: &mut usize) -> Proof {
    match proof {
        Proof::Cut { fact, parts } if *at == 0 && parts.len() > 1 => {
            *at = usize::MAX;
            Proof::Cut { fact: *fact, parts: parts[1..].to_vec() }
        }
        Proof::Cut { fact, parts } => {
            *at = at.saturating_sub(1);
            Proof::Cut { fact: *fact, parts: parts.iter().map(|(v, p)| (v.clone(), spoilt(p, at))).collect() }
        }
        Proof::Read { fact, as_, then } => {
            Proof::Read { fact: *fact, as_: as_.clone(), then: Box::new(spoilt(then, at)) }
        }
        Proof::Holds(_) if *at == 0 => {
            *at = usize::MAX;
            Proof::NotMeant
        }
        other => {
            *at = at.saturating_sub(1);
            other.clone()
        }
    }
}

fn exact(spec: &Spec) -> Result<(), TestCaseError> {
    let model = with_invariants(named(spec));
    let program = lowered(&model);
    let Some(truth) = Truth::of(&model, &program) else { return Ok(()) };
    count(0);
    let mut proofs: Vec<Proof> = vec![Proof::Holds(Vec::new()), Proof::NotMeant, Proof::CannotBe(None)];
    // Nothing is cut along a fact that has no values, or that is none.
    let facts =
        (0..model.facts.len()).map(|f| FactId(u16::try_from(f).expect("few"))).chain([FactId(u16::MAX)]);
    for (fact, values) in facts.flat_map(|f| [(f, Values::Listed(Vec::new())), (f, Values::Numbers(1, 0))]) {
        proofs.push(Proof::Cut { fact, parts: Vec::new() });
        proofs.push(Proof::Cut { fact, parts: vec![(values, Proof::NotMeant)] });
    }
    let all = claims(&model);
    let scope = Scope::of(&model);
    // Where nothing at all can be, that is not for two rules to show.
    let some = truth.filled.iter().all(|act| !act.is_empty());
    for claim in &all {
        let found = find(&scope, claim, 100_000);
        if let Found::Proof(proof) = found {
            prop_assert!(check(&scope, claim, &proof).is_ok(), "{claim:?} {proof:?}");
            count(match claim {
                Claim::Invariant { .. } => 1,
                Claim::Spoken { .. } => 2,
                Claim::NeverStands(_) => 3,
                Claim::Apart(..) => 4,
            });
            prop_assert!(truth.holds(claim), "{claim:?} has a proof, and does not hold: {proof:?}");
            proofs.push(proof);
        } else {
            let vain = matches!(claim, Claim::Spoken { act, .. } if truth.names_in_vain(*act));
            prop_assert!(
                vain || !some || !truth.holds(claim),
                "{claim:?} holds, and no proof was found: {found:?}"
            );
        }
    }
    // Written down and read back, with the gaps that are told.
    let written = certify(&model, &program, 100_000, &mut |_, _| {});
    let text = serde_json::to_string(&written).expect("it can be written");
    let written: Proofs = serde_json::from_str(&text).expect("it can be read");
    let shown = verify(&model, &program.names.digest, &written);
    let shown = shown.map_err(|e| TestCaseError::fail(e.to_string()))?;
    let refuted = truth.invariants.iter().filter(|holds| !**holds).count();
    let acts = (0..model.acts.len()).map(value).filter(|act| model.no_act != Some(*act));
    let vain = acts.filter(|act| truth.names_in_vain(*act)).count();
    let missing = shown.missing.len();
    prop_assert!(!some || (refuted..=refuted + vain).contains(&missing), "{:?}", shown.missing);
    // No proof of something else, and none with a case that was tampered with, shows what does not hold.
    let spoilt = proofs.iter().flat_map(|p| (0..3).map(|at| spoilt(p, &mut { at }))).collect::<Vec<_>>();
    for claim in all.iter().filter(|c| !truth.holds(c)) {
        for proof in proofs.iter().chain(&spoilt) {
            prop_assert!(check(&scope, claim, proof).is_err(), "{claim:?} {proof:?}");
            count(5);
        }
    }
    Ok(())
}

/// Every invariant, every rule that never stands, and every pair of rules that contradict each other nowhere has a proof,
/// and nothing else has.
#[test]
fn what_holds_has_a_proof_and_nothing_else() {
    let mut runner = proptest::test_runner::TestRunner::new(config(1_500, 20_261_128));
    runner.run(&spec(), |spec| exact(&spec)).unwrap_or_else(|e| panic!("{e}"));
    let met: Vec<u32> = MET.iter().map(|m| m.load(Ordering::Relaxed)).collect();
    assert!(met.iter().all(|m| *m > 100), "{met:?}");
}

/// All that is claimed of a pack, written down and read back.
#[test]
fn proofs_of_a_pack_pass_when_read_back_and_not_when_tampered_with() {
    let compiled = compiled_pack("bet-2022");
    let program = compiled.program.as_ref().expect("it has no error");
    let digest = &program.names.digest;
    let written = certify(&compiled.model, program, 1_000, &mut |_, _| {});
    let text = serde_json::to_string(&written).expect("it can be written");
    let read: Proofs = serde_json::from_str(&text).expect("it can be read");
    assert_eq!(read, written);
    let shown = verify(&compiled.model, digest, &read).expect("all of it is proved");
    assert_eq!(shown.invariants.shown, shown.invariants.of);
    assert_eq!(shown.apart.shown, shown.apart.of);
    assert!(shown.silence.shown > 30 && shown.apart.boxes > 100, "{shown:?}");

    let spoilt = |change: &dyn Fn(&mut Proofs)| {
        let mut other = read.clone();
        change(&mut other);
        verify(&compiled.model, digest, &other)
    };
    let at = read.proved.iter().position(|one| one.proof.len() > 3).expect("one has cases");
    let change_proof = |change: &dyn Fn(&mut Vec<WrittenStep>)| spoilt(&|p| change(&mut p.proved[at].proof));
    for none in [
        change_proof(&Vec::clear),
        change_proof(&|steps| steps.truncate(2)),
        change_proof(&|steps| steps.swap(0, 1)),
        change_proof(&|steps| steps[0] = WrittenStep::NotMeant),
        change_proof(&|steps| steps[0] = WrittenStep::NoMoment),
        change_proof(&|steps| steps[0] = WrittenStep::CannotBe(0)),
        change_proof(&|steps| steps[0] = WrittenStep::CannotBe(usize::MAX)),
        change_proof(&|steps| steps[0] = WrittenStep::Holds(vec!["no such rule".to_owned()])),
        spoilt(&|p| p.digest.push('0')),
    ] {
        assert!(none.is_err(), "{none:?}");
    }
    assert!(spoilt(&|p| p.v = 2).is_err());
    assert!(spoilt(&|p| p.contradictions.push(["no".to_owned(), "such".to_owned()])).is_err());
    // Of what cannot be cut nothing follows.
    let several =
        compiled.model.facts.iter().find(|f| matches!(f.kind, Kind::SomeOf { .. })).expect("there is one");
    let cut = WrittenStep::Cut {
        fact: several.word.name.clone(),
        cases: vec![(WrittenValues::Among(Vec::new()), 1)],
    };
    assert!(change_proof(&|steps| *steps = vec![cut.clone(), WrittenStep::NotMeant]).is_err());
    // A gap that is everything hides nothing.
    let all = spoilt(&|p| {
        for one in &mut p.proved {
            if let WrittenClaim::Spoken { but, .. } = &mut one.claim {
                *but = vec![Default::default()];
                one.proof = vec![WrittenStep::Holds(Vec::new())];
            }
        }
    });
    assert!(all.is_ok_and(|all| all.silence.shown == 0 && all.silent.len() > 30));
    // What is left out is named.
    let less = spoilt(&|p| p.proved.clear()).expect("nothing in it is wrong");
    assert!(!less.is_whole() && less.missing.len() >= shown.invariants.of, "{less:?}");
}

/// Cases that lie in each other without end are refused before anything follows them.
#[test]
fn a_deep_proof_is_refused() {
    let compiled = compiled_pack("bet-2022");
    let program = compiled.program.as_ref().expect("it has no error");
    let mut written = certify(&compiled.model, program, 0, &mut |_, _| {});
    let subject = compiled.model.subject.expect("somebody asks");
    let fact = compiled.model.fact(subject).word.name.clone();
    let steps = |deep: usize| -> Vec<WrittenStep> {
        let step =
            |then| WrittenStep::Read { fact: fact.clone(), values: WrittenValues::Among(Vec::new()), then };
        (1..deep).map(step).chain([WrittenStep::NotMeant]).collect()
    };
    let rule = compiled.model.names[0].name.clone();
    for deep in [2, 300, 100_000, 1_000_000] {
        written.proved =
            vec![Proved { claim: WrittenClaim::NeverStands { rule: rule.clone() }, proof: steps(deep) }];
        let refused = verify(&compiled.model, &program.names.digest, &written);
        let by_depth = matches!(refused, Err(ProofsError::Step { .. }));
        assert!(refused.is_err() && by_depth == (deep > 400), "{deep}: {refused:?}");
    }
}
