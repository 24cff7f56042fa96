//! Rules that do nothing, what the others do, and rules that contradict each other: what is found of random policies against
//! every situation, judged one by one by the reference.

use crate::generate::{Spec, config, lowered, named, only, spec};
use byelaw_data::{AtomId, Date, DeedId, FactId, NO, RuleId, ValueId, YES};
use byelaw_hir::{Model, Norm, NormKind};
use byelaw_ir::{AS_OF, Domain, ON, Program};
use byelaw_reference::{Judged, Situation, Value, Verdict, holds, judge};
use byelaw_symbolic::diff::{Omission, Side};
use byelaw_symbolic::{Idle, Instance, Region, clashes, gaps, idle, idle_exceptions};
use byelaw_tests::value;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU32, Ordering};

/// The most situations of one act that are judged one by one.
const MOST: usize = 1_500;

/// The value of a cell, as a situation has it.
fn shown(program: &Program, fact: FactId, cell: ValueId) -> Value {
    match &program.facts[usize::from(fact.0)].domain {
        domain @ Domain::Cells { .. } => Value::Number(domain.range(cell).expect("a cell").0),
        _ => Value::Listed(cell),
    }
}

/// A situation about an act in which the facts that are given have their values, and all others some value.
fn whole(program: &Program, act: usize, facts: &[(FactId, ValueId)]) -> Situation {
    let all = (0..program.facts.len()).filter_map(|f| u16::try_from(f).ok().map(FactId));
    let mut situation: Situation = all
        .filter(|f| program.facts[usize::from(f.0)].domain.width() > 0)
        .map(|f| (f, shown(program, f, program.facts[usize::from(f.0)].taken_as.unwrap_or(ValueId(0)))))
        .collect();
    situation.insert(program.act, Value::Listed(value(act)));
    situation.extend(facts.iter().map(|(f, v)| (*f, shown(program, *f, *v))));
    situation
}

/// How many facts that follow from the date some rule about an act looks at, the date among them.
fn dated(program: &Program, act: usize) -> usize {
    let facts = program.slices[act].facts.iter().map(|f| f.fact);
    facts.filter(|f| *f == ON || program.facts[usize::from(f.0)].period.is_some()).count()
}

/// Every situation of one act that can be, with what is filled if `filled`; `None` if there are too many, or if they hang
/// on more than the date.
pub(crate) fn situations(
    model: &Model,
    program: &Program,
    act: usize,
    filled: bool,
) -> Option<Vec<Situation>> {
    let facts: Vec<FactId> = program.slices[act].facts.iter().map(|f| f.fact).collect();
    let of_moment =
        |f: &FactId| [program.weekday, program.clock].contains(&Some(*f)) || program.calendar(*f).is_some();
    if facts.iter().any(of_moment) {
        return None;
    }
    let mut all: Vec<Vec<(FactId, ValueId)>> = vec![Vec::new()];
    for fact in &facts {
        let this = &program.facts[usize::from(fact.0)];
        let values: Vec<ValueId> = match this.taken_as {
            Some(value) if filled => vec![value],
            _ => (0..this.domain.width()).map(value).collect(),
        };
        all = all
            .iter()
            .flat_map(|s| {
                values.iter().map(|v| {
                    let mut s = s.clone();
                    s.push((*fact, *v));
                    s
                })
            })
            .collect();
        if all.len() > MOST {
            return None;
        }
    }
    let can_be = |s: &Vec<(FactId, ValueId)>| {
        let value = |wanted: FactId| s.iter().find(|(f, _)| *f == wanted).map(|(_, v)| *v);
        facts.iter().all(|fact| {
            let (Some((from, until)), Some(on)) = (program.facts[usize::from(fact.0)].period, value(ON))
            else {
                return true;
            };
            let (low, _) = program.facts[usize::from(ON.0)].domain.range(on).expect("a cell");
            let holds = value(*fact).expect("it is one of them");
            if low < from || until.is_some_and(|u| low >= u) {
                holds == NO
            } else {
                until.is_none() || holds == YES
            }
        })
    };
    all.retain(can_be);
    let all = all.iter().map(|s| whole(program, act, s));
    Some(all.filter(|s| !impossible(model, program, act, s)).collect())
}

/// Whether a situation cannot be. What is said only of facts that no rule about the act looks at leaves some value of them,
/// and which one makes no difference.
fn impossible(model: &Model, program: &Program, act: usize, situation: &Situation) -> bool {
    // No sentence can say that it is impossible to do nothing.
    let none = program.no_act == Some(value(act));
    let looked = |fact: &FactId| program.slices[act].facts.iter().any(|f| f.fact == *fact);
    model.impossible.iter().any(|condition| {
        let mut named = BTreeSet::new();
        condition.facts_into(&mut named);
        let of_acts = named.remove(&program.act);
        !(none && of_acts) && (named.is_empty() || named.iter().any(looked)) && holds(condition, situation)
    })
}

/// Approvals that whoever asks would give to themselves.
fn own(model: &Model, situation: &Situation) -> BTreeSet<AtomId> {
    let subject = situation[&model.subject.expect("somebody asks")];
    let gives = |place: &usize| {
        model.atoms[*place].approval.as_ref().is_some_and(|giving| {
            let is = giving.givers.iter().any(|g| subject.has(*g));
            let holds = giving.held_roles.iter().any(|f| situation.get(f).is_some_and(|v| v.has(YES)));
            giving.not_by_asker && (is || holds)
        })
    };
    (0..model.atoms.len()).filter(gives).map(|a| AtomId(u16::try_from(a).expect("few"))).collect()
}

fn ways(model: &Model, situation: &Situation, judged: &Judged) -> Verdict {
    judged.verdict.given(&BTreeSet::new(), &own(model, situation))
}

/// What somebody is told, whatever is approved, refused and done.
type Told = (bool, Verdict, BTreeSet<Vec<DeedId>>, BTreeSet<String>);

fn told(model: &Model, situation: &Situation) -> Told {
    let judged = judge(model, situation);
    let ways = ways(model, situation, &judged);
    let no = !judged.silent && ways == Verdict::forbid();
    let standing = || judged.standing.iter().map(|n| &model.norms[*n]);
    let duties = standing().filter(|n| !no && matches!(n.kind, NormKind::Duty | NormKind::Standing));
    let advice = standing().filter(|n| n.kind == NormKind::Advice);
    (
        judged.silent,
        ways,
        duties.flat_map(|n| n.deeds.iter().cloned()).collect(),
        advice.filter_map(|n| model.names[n.rule.place()].advice.clone()).collect(),
    )
}

fn without(model: &Model, rules: &[RuleId]) -> Model {
    only(model, |_, n| !rules.contains(&n.rule))
}

fn permits(norm: &Norm) -> bool {
    match norm.kind {
        NormKind::May | NormKind::MayInGeneral => true,
        NormKind::Only => !norm.price.0.is_empty(),
        _ => false,
    }
}

fn bars(norm: &Norm) -> bool {
    matches!(norm.kind, NormKind::MustNot | NormKind::Only)
}

/// How often each kind was met, so that a test that meets none fails.
static MET: [AtomicU32; 8] = [const { AtomicU32::new(0) }; 8];

fn count(kind: usize) {
    MET[kind].fetch_add(1, Ordering::Relaxed);
}

/// All that the reference says of one rule.
struct Rule<'a> {
    model: &'a Model,
    all: &'a [(Situation, Judged)],
    rule: RuleId,
}

impl Rule<'_> {
    fn norms(&self) -> Vec<usize> {
        (0..self.model.norms.len()).filter(|n| self.model.norms[*n].rule == self.rule).collect()
    }

    /// Whether some norm of it is wanted and so in some situation.
    fn somewhere(&self, wanted: impl Fn(&Norm) -> bool, so: impl Fn(&Judged, usize) -> bool) -> bool {
        let norms: Vec<usize> = self.norms().into_iter().filter(|n| wanted(&self.model.norms[*n])).collect();
        self.all.iter().any(|(_, judged)| norms.iter().any(|n| so(judged, *n)))
    }

    /// Whether with no other bars than those of these rules, the permission comes to a no wherever it stands.
    fn barred_by(&self, kept: &[RuleId]) -> bool {
        self.norms().into_iter().filter(|n| permits(&self.model.norms[*n])).all(|norm| {
            let less = only(self.model, |place, n| place == norm || !bars(n) || kept.contains(&n.rule));
            self.all
                .iter()
                .filter(|(_, judged)| judged.standing.contains(&norm))
                .all(|(s, _)| ways(&less, s, &judge(&less, s)) == Verdict::forbid())
        })
    }

    /// Whether these rules set it aside wherever it holds.
    fn set_aside_by(&self, kept: &[RuleId]) -> bool {
        self.norms().iter().all(|norm| {
            self.all.iter().filter(|(_, judged)| active(judged, *norm)).all(|(_, judged)| {
                let mut stronger =
                    judged.standing.iter().filter(|s| self.model.precedence.contains(&(**s, *norm)));
                stronger.any(|s| kept.contains(&self.model.norms[*s].rule))
            })
        })
    }

    /// Whether some answer is another one without the rule, where the rules `gone` are left out anyway.
    fn missed(&self, gone: &[RuleId]) -> bool {
        let (with, mut left) = (without(self.model, gone), gone.to_vec());
        left.push(self.rule);
        let less = without(self.model, &left);
        self.all.iter().any(|(s, _)| told(&with, s) != told(&less, s))
    }
}

fn active(judged: &Judged, norm: usize) -> bool {
    judged.standing.contains(&norm) || judged.defeated.iter().any(|(weaker, _)| *weaker == norm)
}

/// Whether a set suffices and none of it can be left out.
fn irreducible(rules: &[RuleId], suffices: impl Fn(&[RuleId]) -> bool) -> bool {
    suffices(rules)
        && rules.iter().all(|left| {
            let fewer: Vec<RuleId> = rules.iter().copied().filter(|r| r != left).collect();
            !suffices(&fewer)
        })
}

/// The situation that is shown, with what the reference says of it.
fn replayed(model: &Model, program: &Program, instance: &Instance) -> (Situation, Judged) {
    let situation = whole(program, usize::from(instance.act.0), &instance.situation.facts);
    let act = usize::from(instance.act.0);
    assert!(!impossible(model, program, act, &situation), "what is shown can be");
    let judged = judge(model, &situation);
    (situation, judged)
}

fn exact(spec: &Spec) -> Result<(), TestCaseError> {
    let model = named(spec);
    let program = lowered(&model);
    let mut all = Vec::new();
    for act in 0..program.slices.len() {
        let Some(some) = situations(&model, &program, act, false) else { return Ok(()) };
        all.extend(some.into_iter().map(|s| (s.clone(), judge(&model, &s))));
    }
    count(0);
    let found: BTreeMap<RuleId, _> =
        idle(&program, 1_000_000).into_iter().map(|one| (one.rule, one)).collect();
    let rules: BTreeSet<RuleId> = model.norms.iter().map(|n| n.rule).collect();
    for rule in rules {
        let this = Rule { model: &model, all: &all, rule };
        let one = found.get(&rule);
        let said = one.map(|one| &one.idle);
        let shown = || one.and_then(|o| o.instance.as_ref()).map(|i| replayed(&model, &program, i));
        let stands = this.somewhere(|_| true, |judged, n| judged.standing.contains(&n));
        let permission_stands = this.somewhere(permits, |judged, n| judged.standing.contains(&n));
        if !this.somewhere(|_| true, active) {
            // Where the compiler already left it out, nothing is left to be said.
            prop_assert!(matches!(said, None | Some(Idle::Nowhere)), "{said:?}");
            count(1);
        } else if !stands {
            let Some(Idle::SetAside { by, missed }) = said else {
                return Err(TestCaseError::fail(format!("{rule:?} never stands, and not {said:?}")));
            };
            prop_assert!(irreducible(by, |kept| this.set_aside_by(kept)), "{by:?}");
            prop_assert_eq!(*missed, this.missed(&[]));
            let (_, judged) = shown().expect("it is shown");
            prop_assert!(this.norms().iter().any(|n| active(&judged, *n) && !judged.standing.contains(n)));
            count(if by.len() > 1 { 3 } else { 2 });
        } else if permission_stands && this.barred_by(&model.norms.iter().map(|n| n.rule).collect::<Vec<_>>())
        {
            let Some(Idle::Barred { bars }) = said else {
                return Err(TestCaseError::fail(format!("{rule:?} permits nothing, and not {said:?}")));
            };
            prop_assert!(irreducible(bars, |kept| this.barred_by(kept)), "{bars:?}");
            let (situation, judged) = shown().expect("it is shown");
            prop_assert!(
                this.norms().iter().any(|n| permits(&model.norms[*n]) && judged.standing.contains(n))
            );
            prop_assert_eq!(ways(&model, &situation, &judged), Verdict::forbid());
            count(if bars.len() > 1 { 5 } else { 4 });
        } else if !this.missed(&[]) {
            let Some(Idle::Redundant { like, pair }) = said else {
                return Err(TestCaseError::fail(format!("{rule:?} changes nothing, and not {said:?}")));
            };
            let others = model.norms.iter().map(|n| n.rule).filter(|r| *r != rule);
            let expected: BTreeSet<RuleId> = others.filter(|r| this.missed(&[*r])).collect();
            prop_assert_eq!(like.iter().copied().collect::<BTreeSet<_>>(), expected);
            if let Some(pair) = pair {
                let other = found.get(pair).map(|o| &o.idle);
                prop_assert!(matches!(other, Some(Idle::Redundant { .. })), "{other:?}");
                count(7);
            }
            if let Some((_, judged)) = shown() {
                prop_assert!(this.norms().iter().any(|n| judged.standing.contains(n)));
            }
            count(6);
        } else {
            prop_assert_eq!(said, None);
        }
    }
    Ok(())
}

/// A rule is found to change nothing if and only if leaving it out changes nothing (T14), never to stand if and only if it
/// never does (T13), and to permit nothing if and only if each of its permissions comes to a no.
#[test]
fn t14_redundant_iff_deletion_changes_nothing() {
    let mut runner = proptest::test_runner::TestRunner::new(config(5_000, 20_200_514));
    runner.run(&spec(), |spec| exact(&spec)).unwrap_or_else(|e| panic!("{e}"));
    let met: Vec<u32> = MET.iter().map(|m| m.load(Ordering::Relaxed)).collect();
    let [policies, nowhere, aside, together, barred, jointly, redundant, pairs] = met[..] else {
        panic!("eight kinds")
    };

    assert!(policies > 1_000, "{met:?}");
    assert!(nowhere > 20 && aside > 20 && together > 3 && barred > 50 && jointly > 8, "{met:?}");
    assert!(redundant > 100 && pairs > 20, "{met:?}");
}

static ALONE: [AtomicU32; 3] = [const { AtomicU32::new(0) }; 3];

/// In how many situations a rule holds, and in how many it decides alone, is as counted one by one.
#[test]
fn p15_effects_are_counted_exactly() {
    let mut runner = proptest::test_runner::TestRunner::new(config(1_000, 20_201_127));
    runner.run(&spec(), |spec| counted(&spec)).unwrap_or_else(|e| panic!("{e}"));
    let met: Vec<u32> = ALONE.iter().map(|m| m.load(Ordering::Relaxed)).collect();
    assert!(met[0] > 2_000 && met[1] > 500 && met[2] > 50, "{met:?}");
}

fn counted(spec: &Spec) -> Result<(), TestCaseError> {
    let model = named(spec);
    let program = lowered(&model);
    let omission = Omission::from(Side { program: &program, on: None });
    let mut acts = Vec::new();
    for act in 0..program.slices.len() {
        let Some(some) = situations(&model, &program, act, true) else { return Ok(()) };
        // Of a date and what follows from it only what some rule left in looks at is told apart.
        if dated(&program, act) > 1 {
            return Ok(());
        }
        // Everything has been adopted.
        let known =
            some.into_iter().filter(|s| match (s.get(&AS_OF), &program.facts[usize::from(AS_OF.0)].domain) {
                (Some(Value::Number(day)), domain) => domain.cell(*day) == domain.cell(Date::LAST.days()),
                _ => true,
            });
        acts.push(known.map(|s| (judge(&model, &s), told(&model, &s), s)).collect::<Vec<_>>());
    }
    for rule in model.norms.iter().map(|n| n.rule).collect::<BTreeSet<_>>() {
        let less = without(&model, &[rule]);
        let weights = omission.weigh(&BTreeSet::from([rule]), 1_000_000);
        for (act, all) in acts.iter().enumerate() {
            let this = |norm: usize| model.norms[norm].rule == rule;
            let holds =
                |j: &Judged| j.standing.iter().copied().chain(j.defeated.iter().map(|d| d.0)).any(this);
            let mut expected = (0_u128, 0_u128, 0_u128);
            for (judged, with, situation) in all {
                expected.0 += u128::from(holds(judged));
                let left = told(&less, situation);
                let another = (with.0, &with.1) != (left.0, &left.1);
                expected.1 += u128::from(another);
                // Nobody minds what goes with a no.
                let no = !with.0 && with.1 == Verdict::forbid();
                expected.2 += u128::from(!another && !no && *with != left);
            }
            let Some(weight) = weights.iter().find(|w| w.act == value(act)) else {
                prop_assert_eq!(expected, (0, 0, 0));
                continue;
            };
            let ((kinds, holds), (decides, beside)) =
                weight.holds.zip(weight.decides).expect("few situations");
            // A fact that nothing looks at any more, once all is filled, multiplies one of the two numbers.
            let many = all.len() as u128;
            for (found, expected) in [(holds, expected.0), (decides, expected.1), (beside, expected.2)] {
                prop_assert_eq!(
                    found * many,
                    expected * kinds,
                    "{:?} of act {}: {} of {} against {} of {}",
                    rule,
                    act,
                    found,
                    kinds,
                    expected,
                    many
                );
            }
            for (met, some) in ALONE.iter().zip([holds > 0, decides > 0 && decides < holds, beside > 0]) {
                met.fetch_add(u32::from(some), Ordering::Relaxed);
            }
        }
    }
    Ok(())
}

static PAIRS: AtomicU32 = AtomicU32::new(0);

/// Two rules are told to contradict each other if and only if they do so in some situation.
#[test]
fn p15_clashes_are_those_of_some_situation() {
    let mut runner = proptest::test_runner::TestRunner::new(config(1_500, 20_200_611));
    runner
        .run(&spec(), |spec| {
            let model = named(&spec);
            let program = lowered(&model);
            let mut expected: BTreeSet<BTreeSet<RuleId>> = BTreeSet::new();
            for act in 0..program.slices.len() {
                let Some(some) = situations(&model, &program, act, true) else { return Ok(()) };
                for situation in some {
                    let pairs = judge(&model, &situation).clashes;
                    let rule = |n: usize| model.norms[n].rule;
                    expected.extend(pairs.into_iter().map(|(a, b)| BTreeSet::from([rule(a), rule(b)])));
                }
            }
            let found: BTreeSet<BTreeSet<RuleId>> =
                clashes(&program).iter().map(|c| BTreeSet::from([c.promising, c.restricting])).collect();
            PAIRS.fetch_add(u32::try_from(found.len()).expect("few"), Ordering::Relaxed);
            prop_assert_eq!(found, expected);
            Ok(())
        })
        .unwrap_or_else(|e| panic!("{e}"));
    assert!(PAIRS.load(Ordering::Relaxed) > 500);
}

static UNMET: [AtomicU32; 2] = [const { AtomicU32::new(0) }; 2];

/// An exception is told to set nothing aside if and only if it stands nowhere where the other rule holds.
#[test]
fn p15_exceptions_that_set_nothing_aside_are_found() {
    let mut runner = proptest::test_runner::TestRunner::new(config(3_000, 20_201_128));
    runner
        .run(&spec(), |spec| {
            let model = named(&spec);
            let program = lowered(&model);
            let mut met: BTreeSet<(RuleId, RuleId)> = BTreeSet::new();
            let rule = |norm: usize| model.norms[norm].rule;
            for act in 0..program.slices.len() {
                let Some(some) = situations(&model, &program, act, false) else { return Ok(()) };
                for situation in some {
                    met.extend(judge(&model, &situation).defeated.iter().map(|(b, a)| (rule(*a), rule(*b))));
                }
            }
            let pairs: BTreeSet<(RuleId, RuleId)> =
                model.precedence.iter().map(|(a, b)| (rule(*a), rule(*b))).collect();
            let pairs: Vec<(RuleId, RuleId)> = pairs.into_iter().collect();
            let expected: Vec<_> = pairs.iter().copied().filter(|pair| !met.contains(pair)).collect();
            for (count, many) in UNMET.iter().zip([pairs.len(), expected.len()]) {
                count.fetch_add(u32::try_from(many).expect("few"), Ordering::Relaxed);
            }
            prop_assert_eq!(idle_exceptions(&program, &pairs), expected);
            Ok(())
        })
        .unwrap_or_else(|e| panic!("{e}"));
    let counts: Vec<u32> = UNMET.iter().map(|c| c.load(Ordering::Relaxed)).collect();
    assert!(counts[0] > counts[1] && counts[1] > 50, "{counts:?}");
}

static AGREED: AtomicU32 = AtomicU32::new(0);

/// Where a permission stands and no rule contradicts it, it makes no difference whether limits or permissions prevail, once
/// undertakings are given; and what silence means makes none where some rule speaks. Limits of a policy below, and those
/// that an exception lifted at its price, are declared to prevail and are left out.
#[test]
fn t17_without_clash_and_gap_no_strategy_matters() {
    let mut runner = proptest::test_runner::TestRunner::new(config(1_500, 20_201_129));
    runner
        .run(&spec(), |spec| {
            let model = named(&spec);
            let program = lowered(&model);
            let undertakings: BTreeSet<AtomId> = (0..model.atoms.len())
                .filter(|a| model.atoms[*a].approval.is_none())
                .map(|a| AtomId(u16::try_from(a).expect("few")))
                .collect();
            for act in 0..program.slices.len() {
                let Some(some) = situations(&model, &program, act, true) else { return Ok(()) };
                for situation in some {
                    let judged = judge(&model, &situation);
                    let norms = || judged.standing.iter().map(|n| &model.norms[*n]);
                    let gates: Vec<&Norm> = norms()
                        .filter(|n| matches!(n.kind, NormKind::May | NormKind::MayInGeneral))
                        .collect();
                    let declared = judged.defeated.iter().any(|(weaker, _)| bars(&model.norms[*weaker]))
                        || norms().any(|limit| gates.iter().any(|gate| model.tightens(limit, gate)));
                    // So is every limit over what may be done in general.
                    let general = gates.iter().any(|n| n.kind == NormKind::MayInGeneral) && norms().any(bars);
                    if gates.is_empty() || !judged.clashes.is_empty() || declared || general {
                        continue;
                    }
                    let none = BTreeSet::new();
                    let permissions = gates.iter().map(|n| Verdict::of(n.price.0.iter().cloned()));
                    let prevailing = permissions.fold(Verdict::forbid(), |all, one| all.join(&one));
                    prop_assert!(!judged.silent);
                    prop_assert_eq!(
                        judged.verdict.given(&undertakings, &none),
                        prevailing.given(&undertakings, &none)
                    );
                    AGREED.fetch_add(u32::from(norms().any(bars)), Ordering::Relaxed);
                }
            }
            Ok(())
        })
        .unwrap_or_else(|e| panic!("{e}"));
    assert!(AGREED.load(Ordering::Relaxed) > 100);
}

static GAPS: [AtomicU32; 2] = [const { AtomicU32::new(0) }; 2];

/// Boxes in which no rule is said to speak are silent everywhere, and every silent situation lies in one of them.
#[test]
fn t9_gaps_are_the_silent_situations() {
    let mut runner = proptest::test_runner::TestRunner::new(config(1_000, 20_200_707));
    runner.run(&spec(), |spec| all_silent(&spec)).unwrap_or_else(|e| panic!("{e}"));
    let met: Vec<u32> = GAPS.iter().map(|m| m.load(Ordering::Relaxed)).collect();
    assert!(met[0] > 300 && met[1] > 1_000, "{met:?}");
}

fn all_silent(spec: &Spec) -> Result<(), TestCaseError> {
    let model = named(spec);
    let program = lowered(&model);
    let found = gaps(&program, 1_000, 1_000_000);
    for act in 0..program.slices.len() {
        let slice = &program.slices[act];
        // A period and the date are one choice, and a box of both is told fact by fact.
        if program.no_act == Some(value(act)) || dated(&program, act) > 1 {
            continue;
        }
        let Some(all) = situations(&model, &program, act, true) else { continue };
        let gap = found.iter().find(|gap| usize::from(gap.act.0) == act);
        prop_assert!(gap.is_none_or(|gap| gap.exact && !gap.more));
        let subject = model.subject.expect("somebody asks");
        // Askers of whom some rule about the act speaks somewhere.
        let mentioned = |s: &Situation| {
            let words = usize::from(slice.words);
            let speaks = |place: usize| {
                use byelaw_ir::BoxKind::{Duty, May, MayInGeneral, MustNot, Only};
                matches!(slice.boxes[place].kind, May | MayInGeneral | MustNot | Only | Duty)
            };
            let mut boxes = (0..slice.boxes.len()).filter(|p| speaks(*p));
            match (slice.facts.iter().find(|f| f.fact == subject), s[&subject]) {
                (Some(fact), Value::Listed(who)) => {
                    boxes.any(|p| fact.rows[usize::from(who.0) * words + p / 64] >> (p % 64) & 1 == 1)
                }
                _ => boxes.next().is_some(),
            }
        };
        let within = |region: &Region, s: &Situation| {
            region.facts.iter().all(|(fact, values)| {
                let value = match s[fact] {
                    Value::Number(number) => {
                        program.facts[usize::from(fact.0)].domain.cell(number).expect("a cell")
                    }
                    Value::Listed(value) => value,
                    Value::AllOf(_) => panic!("one value each"),
                };
                values.contains(&value)
            })
        };
        for situation in all.iter().filter(|s| mentioned(s)) {
            let silent = judge(&model, situation).silent;
            let told = gap.is_some_and(|gap| gap.regions.iter().any(|r| within(r, situation)));
            prop_assert_eq!(silent, told, "{:?}", situation);
            GAPS[1].fetch_add(u32::from(silent), Ordering::Relaxed);
        }
        GAPS[0].fetch_add(u32::from(gap.is_some()), Ordering::Relaxed);
    }
    Ok(())
}
