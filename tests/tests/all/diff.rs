//! What two policies answer differently is found as a whole: against every situation, asked one by one of the reference.

use crate::generate::{Spec, config, day, lowered, named, spec};
use byelaw_data::{Date, FactId, Outcome, Question, RuleId, Stated, ValueId};
use byelaw_hir::{Model, NormKind};
use byelaw_ir::{Domain, ON, Program};
use byelaw_symbolic::diff::{Answer, Beside, Common, Difference, DutyWords, Side, View, What, diff};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU32, Ordering};

/// The most situations of one act that are asked one by one.
const MOST: usize = 4_000;

/// How the second policy comes from the first.
#[derive(Debug, Clone)]
enum Edit {
    /// A rule is left out.
    Drop(usize),
    /// A rule is another one.
    Replace(usize, usize),
    /// All rules are others.
    Others,
    /// Nothing is different but the day.
    Nothing,
}

fn edited(first: &Spec, other: &Spec, edit: &Edit) -> Spec {
    let mut second = first.clone();
    match edit {
        Edit::Drop(place) => {
            let place = place % second.norms.len();
            second.norms.remove(place);
        }
        Edit::Replace(place, by) => {
            let place = place % second.norms.len();
            second.norms[place] = other.norms[by % other.norms.len()].clone();
        }
        Edit::Others => second.norms.clone_from(&other.norms),
        Edit::Nothing => {}
    }
    second
}

/// What the reference says of a fully known situation, in common words.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    answer: Answer,
    duties: BTreeSet<DutyWords>,
    advice: BTreeSet<String>,
}

fn said(model: &Model, view: &View, common: &Common, question: &Question) -> Option<Said> {
    let judged = byelaw_reference::ask(model, question, 100_000).expect("few completions")?;
    let word = |a: &byelaw_data::AtomId| common.atom_of[usize::from(view.atoms[usize::from(a.0)].0)];
    let yes = matches!(judged.outcome, Outcome::Permitted | Outcome::NeedsApproval);
    let ways = judged.ways.iter().filter(|_| yes).map(|way| way.iter().map(word).collect()).collect();
    let rules: BTreeSet<RuleId> = judged
        .duties
        .iter()
        .map(|(_, rule, sometimes)| {
            assert!(!sometimes, "everything is stated");
            *rule
        })
        .collect();
    let duties = model
        .norms
        .iter()
        .filter(|n| rules.contains(&n.rule) && matches!(n.kind, NormKind::Duty | NormKind::Standing))
        .flat_map(|n| &n.deeds)
        .map(|one_of| DutyWords {
            one_of: one_of.iter().map(|d| view.deeds[usize::from(d.0)]).collect(),
            due: String::new(),
            otherwise: String::new(),
        })
        .collect();
    let advice =
        judged.advice.iter().filter_map(|(rule, _)| model.names[rule.place()].advice.clone()).collect();
    Some(Said { answer: Answer { outcome: judged.outcome, ways }, duties, advice })
}

/// Everything that differs between two answers.
fn differing(old: &Said, new: &Said) -> Vec<What> {
    let mut all = Vec::new();
    if old.answer != new.answer {
        all.push(What::Answer { before: old.answer.clone(), after: new.answer.clone() });
    }
    if old.answer.outcome == Outcome::Forbidden || new.answer.outcome == Outcome::Forbidden {
        return all;
    }
    for (gained, here, there) in [(false, old, new), (true, new, old)] {
        all.extend(
            here.duties
                .difference(&there.duties)
                .map(|d| What::Beside(Beside::Duty { gained, duty: d.clone() })),
        );
        all.extend(
            here.advice
                .difference(&there.advice)
                .map(|a| What::Beside(Beside::Advice { gained, advice: a.clone() })),
        );
    }
    all
}

/// Whether a fact follows from a moment in another way than a period does.
fn of_moment(program: &Program, fact: FactId) -> bool {
    [program.weekday, program.clock].contains(&Some(fact)) || program.calendar(fact).is_some()
}

/// Every situation over some common facts that can be as far as days and periods go.
fn situations(common: &Common, facts: &[FactId]) -> Option<Vec<BTreeMap<FactId, ValueId>>> {
    let mut all = vec![BTreeMap::new()];
    for fact in facts {
        let width = common.program.facts[usize::from(fact.0)].domain.width();
        all = all
            .iter()
            .flat_map(|s: &BTreeMap<FactId, ValueId>| {
                (0..width).map(|v| {
                    let mut s = s.clone();
                    s.insert(*fact, ValueId(u16::try_from(v).expect("few values")));
                    s
                })
            })
            .collect();
        if all.len() > MOST {
            return None;
        }
    }
    let can_be = |s: &BTreeMap<FactId, ValueId>| {
        facts.iter().all(|fact| {
            let this = &common.program.facts[usize::from(fact.0)];
            let (Some((from, until)), Some(on)) = (this.period, s.get(&ON)) else { return true };
            let (low, _) = common.program.facts[usize::from(ON.0)].domain.range(*on).expect("a cell");
            let value = s[fact].0;
            let before = low < from;
            let after = until.is_some_and(|u| low >= u);
            if before || after { value == 0 } else { until.is_none() || value == 1 }
        })
    };
    all.retain(can_be);
    Some(all)
}

/// The question about a situation to one side.
fn asked(
    common: &Common,
    view: &View,
    program: &Program,
    on: Option<Date>,
    act: ValueId,
    situation: &BTreeMap<FactId, ValueId>,
) -> Option<Question> {
    let mut question = Question { on, as_of: Some(on.unwrap_or(Date::LAST)), ..Question::default() };
    question.facts.insert(program.act, Stated::Value(view.acts[usize::from(act.0)]?));
    for (fact, value) in situation {
        let Some((own, values)) = &view.facts[usize::from(fact.0)] else { continue };
        let domain = &common.program.facts[usize::from(fact.0)].domain;
        let number = domain.range(*value).map(|(low, _)| low);
        if *own == ON {
            question.on = on.or(Date::from_days(number.expect("a date")));
            continue;
        }
        let this = &program.facts[usize::from(own.0)];
        if this.taken_as.is_some() || on.is_some() && this.period.is_some_and(|(_, until)| until.is_some()) {
            continue;
        }
        // Before its first day a period is settled by the day, whenever it ends.
        if on.is_some_and(|on| this.period.is_some_and(|(from, _)| on.days() < from)) {
            continue;
        }
        let stated = match domain {
            Domain::Cells { .. } => Stated::Number(number.expect("a cell")),
            _ => Stated::Value(values[usize::from(value.0)]),
        };
        question.facts.insert(*own, stated);
    }
    Some(question)
}

static ACTS: AtomicU32 = AtomicU32::new(0);
static CHANGED: AtomicU32 = AtomicU32::new(0);

fn exact(first: &Spec, second: &Spec, days: (Option<u8>, Option<u8>)) -> Result<(), TestCaseError> {
    let models = [named(first), named(second)];
    let programs = [lowered(&models[0]), lowered(&models[1])];
    let on = [days.0.map(day), days.1.map(day)];
    let sides = [Side { program: &programs[0], on: on[0] }, Side { program: &programs[1], on: on[1] }];
    let found: Difference = diff(&sides[0], &sides[1], 1_000_000);
    prop_assert!(found.undecided.is_empty(), "{:?}", found.undecided);
    prop_assert_eq!(found.not_replayed, 0);
    let common = &found.common;
    for place in 0..found.acts {
        let act = ValueId(u16::try_from(place).expect("few acts"));
        let changes: Vec<_> = found.changes.iter().filter(|c| c.act == act).collect();
        // The facts that are counted; where nothing is said to differ, all that rules of one side look at.
        let facts: BTreeSet<FactId> = match changes.first() {
            Some(change) => change.seen.iter().map(|s| s.fact).collect(),
            None => [(&common.old, &programs[0]), (&common.new, &programs[1])]
                .iter()
                .filter_map(|(view, program)| {
                    let own = view.acts[place]?;
                    let looked = program.slices[usize::from(own.0)].facts.iter();
                    Some(looked.filter_map(|f| view.common[usize::from(f.fact.0)]).collect::<Vec<_>>())
                })
                .flatten()
                .filter(|f| *f != byelaw_ir::AS_OF)
                .collect(),
        };
        let facts: Vec<FactId> = facts.into_iter().collect();
        if facts.iter().any(|f| of_moment(&common.program, *f)) {
            continue;
        }
        let Some(all) = situations(common, &facts) else { continue };
        let mut expected: BTreeMap<What, u128> = BTreeMap::new();
        for situation in &all {
            let say = |side: usize, view: &View| {
                match asked(common, view, &programs[side], on[side], act, situation) {
                    Some(question) => said(&models[side], view, common, &question),
                    // This side has no duties that stand without an act.
                    None => Some(Said {
                        answer: Answer { outcome: Outcome::NotCovered, ways: BTreeSet::new() },
                        duties: BTreeSet::new(),
                        advice: BTreeSet::new(),
                    }),
                }
            };
            let (Some(old), Some(new)) = (say(0, &common.old), say(1, &common.new)) else { continue };
            for what in differing(&old, &new) {
                // Some change has the situation within its conditions, or tells it as an unusual one.
                let told = changes.iter().any(|c| {
                    let within = c.seen.iter().all(|s| s.values.contains(&situation[&s.fact]));
                    c.cases.contains_key(&what) && within
                        || c.all_cases
                            .get(&what)
                            .is_some_and(|all| *all > c.cases.get(&what).copied().unwrap_or(0))
                });
                prop_assert!(told, "{what:?} is not told for {situation:?}");
                *expected.entry(what).or_insert(0) += 1;
            }
        }
        let counted = found.totals.get(&act).cloned().unwrap_or_default();
        prop_assert_eq!(&counted, &expected, "act {}", place);
        prop_assert_eq!(changes.is_empty(), expected.is_empty());
        for change in &changes {
            prop_assert!(change.count > 0 && change.possible.is_none_or(|p| change.count <= p));
        }
        ACTS.fetch_add(1, Ordering::Relaxed);
        CHANGED.fetch_add(u32::from(!expected.is_empty()), Ordering::Relaxed);
    }
    Ok(())
}

/// What is told to differ differs, in as many situations as are told; and what differs is told.
#[test]
fn p17_change_report_is_exact() {
    let edit = prop_oneof![
        3 => any::<usize>().prop_map(Edit::Drop),
        3 => (any::<usize>(), any::<usize>()).prop_map(|(a, b)| Edit::Replace(a, b)),
        2 => Just(Edit::Others),
        2 => Just(Edit::Nothing),
    ];
    let days = prop_oneof![
        2 => Just((None, None)),
        2 => (0..30_u8, 0..30_u8).prop_map(|(a, b)| (Some(a), Some(b))),
        1 => (0..30_u8).prop_map(|a| (Some(a), None)),
    ];
    let mut runner = proptest::test_runner::TestRunner::new(config(1_500, 20_200_323));
    let all = (spec(), spec(), edit, days);
    runner
        .run(&all, |(first, other, edit, days)| {
            let second = edited(&first, &other, &edit);
            if second.norms.is_empty() {
                return Ok(());
            }
            exact(&first, &second, days)
        })
        .unwrap_or_else(|e| panic!("{e}"));
    let (acts, changed) = (ACTS.load(Ordering::Relaxed), CHANGED.load(Ordering::Relaxed));
    assert!(acts > 1_000 && changed > acts / 10 && changed < acts, "{changed} of {acts}");
}

/// A policy is answered as itself: nothing differs, on the same day or on all.
#[test]
fn t12_nothing_differs_from_itself() {
    let mut runner = proptest::test_runner::TestRunner::new(config(500, 20_200_901));
    runner
        .run(&(spec(), prop::option::of(0..30_u8)), |(spec, on)| {
            let program = lowered(&named(&spec));
            let side = Side { program: &program, on: on.map(day) };
            let found = diff(&side, &side, 1);
            prop_assert!(found.changes.is_empty() && found.undecided.is_empty() && found.steps == 0);
            prop_assert!(found.common.notes.is_empty(), "{:?}", found.common.notes);
            Ok(())
        })
        .unwrap_or_else(|e| panic!("{e}"));
}
