//! The laws of the semantics (2.11) on random policies, those that need no second question.
//!
//! `random.rs` has the laws about questions and the agreement of the judges. The names are those of the semantics.

use crate::generate::{about_act_alone, ask, build, config, fully_known, only, question, situation, spec};
use byelaw_data::{FactId, Outcome, Question, Stated, ValueId};
use byelaw_eval::Mask;
use byelaw_hir::{AS_OF, Condition, InForce, Kind, Model, Norm, NormKind, ON, Price};
use byelaw_reference::{Situation, Value, Verdict, judge};
use byelaw_tests::reference_point;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn active(model: &Model, situation: &Situation) -> BTreeSet<usize> {
    // A policy of each norm alone: it stands exactly where it is active.
    (0..model.norms.len())
        .filter(|n| !judge(&only(model, |m, _| m == *n), situation).standing.is_empty())
        .collect()
}

/// Verdict and whether a permission, a bar or a condition speaks.
fn verdict(model: &Model, situation: &Situation) -> (Verdict, bool) {
    let judged = judge(model, situation);
    (judged.verdict, judged.silent)
}

/// Three-valued: whether a condition holds in every completion of what is known, in none, or nobody knows.
fn kleene(condition: &Condition, known: &dyn Fn(FactId) -> Option<Value>) -> Option<bool> {
    let every = |parts: &[Condition], wanted: bool| {
        let found: Vec<Option<bool>> = parts.iter().map(|p| kleene(p, known)).collect();
        if found.contains(&Some(!wanted)) {
            Some(!wanted)
        } else if found.iter().all(|f| *f == Some(wanted)) {
            Some(wanted)
        } else {
            None
        }
    };
    match condition {
        Condition::Always => Some(true),
        Condition::Not(inner) => kleene(inner, known).map(|holds| !holds),
        Condition::All(parts) => every(parts, true),
        Condition::Any(parts) => every(parts, false),
        Condition::InSet(fact, members) => {
            let Value::Listed(value) = known(*fact)? else { return None };
            Some(known(members[usize::from(value.0)])? == Value::Listed(byelaw_data::YES))
        }
        leaf @ (Condition::In(fact, _) | Condition::Between(fact, ..)) => {
            Some(byelaw_reference::holds(leaf, &Situation::from([(*fact, known(*fact)?)])))
        }
    }
}

proptest! {
    #![proptest_config(config(4_000, 20_161_122))]

    /// Every situation has exactly one verdict, and asking again gives the same.
    #[test]
    fn t1_total_and_deterministic(spec in spec(), asked in question()) {
        let model = build(&spec);
        let program = byelaw_compiler::lower(&model).expect("small policies are within the limits");
        let question = ask(&model, &asked);
        let first = byelaw_question::decide(&program, &question);
        prop_assert_eq!(&first, &byelaw_question::decide(&program, &question));
        if let Some(decision) = first {
            prop_assert!(!decision.possible.is_empty());
            prop_assert_eq!(decision.outcome == Outcome::NeedsFacts, decision.possible.len() > 1 || !decision.exact);
        }
    }

    /// The evaluator ends on every set of boxes, also on those that no situation has.
    #[test]
    fn t2_terminates_on_every_set(spec in spec(), words in any::<[u64; 2]>()) {
        let program = byelaw_compiler::lower(&build(&spec)).expect("small policies are within the limits");
        for slice in &program.slices {
            let set = Mask::from_words(&words).and(&Mask::first(slice.boxes.len()));
            if let Some(point) = byelaw_eval::decide(slice, &set) {
                // What stands and what is defeated part the set between them.
                prop_assert_eq!(point.standing.or(&point.defeated), set);
                prop_assert!(point.standing.and(&point.defeated).is_empty());
            }
        }
    }

    /// What stands is the only set of active rules in which a rule stands unless a standing one prevails over it.
    #[test]
    fn t3_what_stands_is_unique(spec in spec(), asked in question()) {
        let model = build(&spec);
        let situation = situation(&model, &fully_known(&model, &asked)).1;
        let active: Vec<usize> = active(&model, &situation).into_iter().collect();
        prop_assume!(active.len() <= 10);
        let mut found = Vec::new();
        for set in 0..1_u32 << active.len() {
            let stands = |n: usize| active.iter().position(|a| *a == n).is_some_and(|p| set >> p & 1 == 1);
            let fits = active.iter().all(|n| {
                let beaten = model.precedence.iter().any(|(a, b)| b == n && stands(*a));
                stands(*n) != beaten
            });
            if fits {
                found.push(active.iter().copied().filter(|n| stands(*n)).collect::<BTreeSet<_>>());
            }
        }
        prop_assert_eq!(found, vec![judge(&model, &situation).standing]);
    }

    /// What three-valued logic is sure of is so in every completion, with the same rules.
    #[test]
    fn t8_kleene_is_sound(spec in spec(), asked in question()) {
        let model = build(&spec);
        let program = byelaw_compiler::lower(&model).expect("small policies are within the limits");
        let question = about_act_alone(&model, Question { assume: false, ..ask(&model, &asked) });
        let known = |fact: FactId| match (fact, question.facts.get(&fact)) {
            (ON, _) => question.on.map(|on| Value::Number(on.days())),
            (AS_OF, _) => question.as_of.or(question.on).map(|on| Value::Number(on.days())),
            (_, Some(Stated::Value(value))) => Some(Value::Listed(*value)),
            (_, Some(Stated::Number(number))) => Some(Value::Number(*number)),
            _ => None,
        };
        let guard = |norm: &Norm| {
            let instrument = &model.instruments[norm.instrument];
            let mut all = vec![norm.guard.clone()];
            all.extend(instrument.adopted.map(|a| Condition::Between(AS_OF, a.days(), i64::MAX)));
            all.extend(instrument.in_force.iter().map(|time| match time {
                InForce::Dates { from, until } => {
                    Condition::Between(ON, from.days(), until.map_or(i64::MAX, |u| u.days() - 1))
                }
                InForce::While(period) => Condition::In(*period, vec![byelaw_data::YES]),
            }));
            all.extend(model.ends(norm.instrument).iter().map(|end| {
                let mut ended = vec![Condition::Between(ON, end.from.days(), i64::MAX)];
                ended.extend(end.adopted.map(|a| Condition::Between(AS_OF, a.days(), i64::MAX)));
                Condition::Not(Box::new(Condition::All(ended)))
            }));
            Condition::All(all)
        };
        let own = model.atoms.iter().any(|a| a.approval.as_ref().is_some_and(|g| g.not_by_asker));
        let sure = model.norms.iter().all(|n| kleene(&guard(n), &known).is_some());
        if sure && !own && let Some(decision) = byelaw_question::decide(&program, &question) {
            prop_assert_eq!(decision.possible.len(), 1, "{:?}", decision);
            prop_assert!(decision.because.iter().all(|b| !b.sometimes));
        }
    }

    /// Without duties and disapplied rules, silence is where no rule is active: gaps do not depend on precedence.
    #[test]
    fn t9_silence_is_no_active_rule(spec in spec(), asked in question()) {
        let model = build(&spec);
        let model = only(&model, |_, n| !matches!(n.kind, NormKind::Disapply | NormKind::Duty | NormKind::Standing | NormKind::Advice));
        let situation = situation(&model, &fully_known(&model, &asked)).1;
        prop_assert_eq!(judge(&model, &situation).silent, active(&model, &situation).is_empty());
    }

    /// A bar or condition more never raises a verdict where a permission stands or the bar is absolute; a permission
    /// more never lowers one where a permission stands.
    #[test]
    fn t10_one_rule_more(spec in spec(), asked in question(), which in any::<prop::sample::Index>()) {
        let model = build(&spec);
        let situation = situation(&model, &fully_known(&model, &asked)).1;
        let added = which.index(model.norms.len());
        // The rule is added without edges.
        let mut with = model.clone();
        with.precedence.retain(|(a, b)| *a != added && *b != added);
        let without = only(&with, |n, _| n != added);
        let (before, silent) = verdict(&without, &situation);
        let (after, _) = verdict(&with, &situation);
        let stands = |model: &Model| {
            judge(model, &situation).standing.iter().any(|n| matches!(model.norms[*n].kind, NormKind::May | NormKind::MayInGeneral))
        };
        match with.norms[added].kind {
            NormKind::MustNot => prop_assert!(silent || after.at_least_as_strict_as(&before)),
            NormKind::Only if stands(&without) => prop_assert!(after.at_least_as_strict_as(&before)),
            NormKind::May | NormKind::MayInGeneral if stands(&without) => {
                prop_assert!(before.at_least_as_strict_as(&after));
            }
            NormKind::Advice => prop_assert_eq!(before, after),
            _ => {}
        }
    }

    /// Saying the approval of a permission as a fact that has to hold, instead of as its price, never gives a yes that
    /// the price does not. (A permission that is not there at all can leave the gate to a condition or to a duty, so
    /// that the law is about policies without them.)
    #[test]
    fn t10b_a_fact_instead_of_a_price_gives_no_yes(spec in spec(), asked in question(), given in 0..16_u16) {
        let model = build(&spec);
        let model = only(&model, |_, n| !matches!(n.kind, NormKind::Only | NormKind::Duty | NormKind::Standing));
        let situation = situation(&model, &fully_known(&model, &asked)).1;
        let given: BTreeSet<_> = (0..4).filter(|a| given >> a & 1 == 1).map(byelaw_data::AtomId).collect();
        let mut facts = only(&model, |_, n| {
            let permits = matches!(n.kind, NormKind::May | NormKind::MayInGeneral);
            !permits || n.price.0.iter().any(|p| p.is_subset(&given))
        });
        for norm in facts.norms.iter_mut().filter(|n| n.kind != NormKind::MustNot) {
            norm.price = Price::free();
        }
        if !verdict(&facts, &situation).0.0.is_empty() {
            let (as_price, _) = verdict(&model, &situation);
            prop_assert!(as_price.0.iter().any(|p| p.is_subset(&given)), "{:?}", as_price);
        }
    }

    /// Rules that are nowhere in force can be deleted with their edges.
    #[test]
    fn t13_rules_that_never_stand_can_go(spec in spec(), asked in prop::collection::vec(question(), 4)) {
        let mut model = build(&spec);
        // One rule that cannot apply, beside those that were drawn, and over all of them.
        let mut dead = model.norms[0].clone();
        dead.guard = Condition::All(vec![Condition::In(model.subject.expect("somebody asks"), Vec::new())]);
        model.norms.push(dead);
        let last = model.norms.len() - 1;
        model.precedence.extend((0..last).map(|n| (last, n)));
        let less = only(&model, |n, _| n != last);
        for asked in &asked {
            let situation = situation(&model, &fully_known(&model, asked)).1;
            prop_assert_eq!(reference_point(&model, &situation), reference_point(&less, &situation));
        }
    }

    /// A group says the same as its leaves in any order, once or twice.
    #[test]
    fn t20_groups_are_their_leaves(spec in spec(), asked in question()) {
        fn spread(condition: &Condition) -> Condition {
            match condition {
                Condition::In(fact, values) => {
                    let leaves = values.iter().rev().map(|v| Condition::In(*fact, vec![*v, *v]));
                    Condition::Any(leaves.collect())
                }
                Condition::Not(inner) => Condition::Not(Box::new(spread(inner))),
                Condition::All(parts) => Condition::All(parts.iter().map(spread).collect()),
                Condition::Any(parts) => Condition::Any(parts.iter().map(spread).collect()),
                other => other.clone(),
            }
        }
        let model = build(&spec);
        let mut leaves = model.clone();
        leaves.norms.iter_mut().for_each(|n| n.guard = spread(&n.guard));
        leaves.impossible = leaves.impossible.iter().map(spread).collect();
        let question = ask(&model, &asked);
        let programs = [&model, &leaves]
            .map(|m| byelaw_compiler::lower(m).expect("small policies are within the limits"));
        // Leaf by leaf it can show that a sentence says nothing of a fact which it names; then judges may differ in
        // whether they look at it.
        let looked_at = |p: &byelaw_ir::Program| -> Vec<Vec<FactId>> {
            p.slices.iter().map(|slice| slice.facts.iter().map(|f| f.fact).collect()).collect()
        };
        prop_assume!(looked_at(&programs[0]) == looked_at(&programs[1]));
        let answers = programs.map(|program| {
            let mut decision = byelaw_question::decide(&program, &question)?;
            // What settles most is rounded, and leaf by leaf a rule can look at a fact of which it allows every value.
            decision.needs.facts.sort_unstable();
            decision.needs.hangs.clear();
            Some(decision)
        });
        prop_assert_eq!(&answers[0], &answers[1]);
    }

    /// Names mean nothing.
    #[test]
    fn t21_renaming_is_irrelevant(spec in spec(), asked in question()) {
        let model = build(&spec);
        let mut renamed = model.clone();
        let new = |name: &mut String| *name = format!("z-{}", name.chars().rev().collect::<String>());
        renamed.names.iter_mut().for_each(|r| new(&mut r.name));
        renamed.facts.iter_mut().for_each(|f| new(&mut f.word.name));
        renamed.atoms.iter_mut().for_each(|a| new(&mut a.word.name));
        renamed.deeds.iter_mut().for_each(|d| new(&mut d.name));
        renamed.acts.iter_mut().for_each(|a| new(&mut a.word.name));
        for fact in &mut renamed.facts {
            if let Kind::OneOf(values) = &mut fact.kind {
                values.iter_mut().for_each(|v| new(&mut v.name));
            }
        }
        let question = ask(&model, &asked);
        let answers = [&model, &renamed].map(|m| {
            byelaw_question::decide(&byelaw_compiler::lower(m).expect("small policies are within the limits"), &question)
        });
        prop_assert_eq!(&answers[0], &answers[1]);
    }

    /// Strict mode is the answer over every completion, as the reference counts it.
    #[test]
    fn t23_strict_mode_is_every_completion(spec in spec(), asked in question()) {
        let model = build(&spec);
        let program = byelaw_compiler::lower(&model).expect("small policies are within the limits");
        let question = Question { assume: false, ..ask(&model, &asked) };
        let (Some(Some(expected)), Some(decision)) =
            (byelaw_reference::ask(&model, &question, 3_000), byelaw_question::decide(&program, &question))
        else {
            return Ok(());
        };
        prop_assert!(decision.assumed.is_empty() && expected.assumed.is_empty());
        let possible: BTreeSet<_> = decision.possible.into_iter().collect();
        prop_assert_eq!(possible, expected.possible);
    }

    /// Where no permission, condition or presupposing duty stands, nothing is ever permitted.
    #[test]
    fn p6_default_deny(spec in spec(), asked in question()) {
        let model = build(&spec);
        let bars = only(&model, |_, n| matches!(n.kind, NormKind::MustNot | NormKind::Disapply | NormKind::Advice));
        let program = byelaw_compiler::lower(&bars).expect("small policies are within the limits");
        let question = ask(&bars, &asked);
        if let Some(decision) = byelaw_question::decide(&program, &question) {
            prop_assert!(!decision.possible.contains(&Outcome::Permitted));
            prop_assert!(!decision.possible.contains(&Outcome::NeedsApproval));
        }
    }
}

/// An empty policy permits nothing, whatever is asked.
#[test]
fn p6_an_empty_policy_permits_nothing() {
    let mut model = byelaw_tests::empty_model();
    model.subject = Some(FactId(2));
    model.facts.push(byelaw_tests::fact("who", Kind::OneOf(vec![byelaw_tests::word("wibble")])));
    model.facts.push(byelaw_tests::fact("act", Kind::Acts));
    byelaw_tests::acts(&mut model, FactId(3), ["wobble".to_owned()]);
    let program = byelaw_compiler::lower(&model).expect("nothing is within the limits");
    let question = Question {
        facts: [(FactId(3), Stated::Value(ValueId(0)))].into(),
        assume: true,
        ..Question::default()
    };
    let decision = byelaw_question::decide(&program, &question).expect("it can be");
    assert_eq!(decision.outcome, Outcome::NotCovered);
}
