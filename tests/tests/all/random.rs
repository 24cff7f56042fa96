//! Random policies and questions: both judges agree, and the laws of the semantics hold.
//!
//! The names of the laws are those of the semantics (2.11).

use crate::generate::{
    QuestionSpec, Spec, ask, build, config, fully_known, lowered, question, situation, spec,
};
use byelaw_data::{AtomId, FactId, Outcome, Question, Stated};
use byelaw_hir::{Model, Price};
use byelaw_ir::Program;
use byelaw_reference::Judgement;
use byelaw_tests::{Answered, compiled, compiled_point, disagreement, reference, reference_point};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// The most completions the reference looks at.
const MOST: usize = 3_000;

/// The answer of the compiled program, unless there is none.
fn answer(program: &Program, question: &Question) -> Option<Judgement> {
    match compiled(program, question) {
        Answered::Judged(j) | Answered::Outline(j) => Some(j),
        Answered::Impossible | Answered::GaveUp => None,
    }
}

/// The same question with more said, as the bits of `which` choose. What it says already stays, and so does what
/// follows without being said: a period from its date, a parameter that was filled, a reading that is the strictest.
fn refined(model: &Model, question: &Question, spec: &QuestionSpec, which: u16) -> Question {
    let full = fully_known(model, spec);
    let mut more = question.clone();
    // What is said of the weekday may be wrong of a date that is said later.
    let weekday_said = model.weekday.is_some_and(|weekday| question.facts.contains_key(&weekday));
    if which & 1 == 1 && !weekday_said {
        more.on = more.on.or(full.on);
    }
    for (fact, said) in &full.facts {
        let follows = model.fact(*fact).period.is_some()
            || model.fact(*fact).taken_as.is_some()
            || model.readings.contains_key(fact);
        // What is said of the moment besides its date stays as it is: a second word about it can contradict it.
        let told = [model.clock, model.weekday].contains(&Some(*fact))
            || model.calendars.iter().any(|c| c.plan.fact == *fact);
        if told || which >> (fact.0 % 16) & 1 == 0 {
            continue;
        }
        match question.facts.get(fact) {
            None if follows => {}
            None | Some(Stated::Unknown) => {
                more.facts.insert(*fact, said.clone());
            }
            Some(Stated::Among { values, .. }) => {
                let said = match said {
                    Stated::Value(v) if values.contains(v) => said.clone(),
                    _ => Stated::Value(values[0]),
                };
                more.facts.insert(*fact, said);
            }
            Some(Stated::Value(_) | Stated::Number(_) | Stated::AllOf(_)) => {}
        }
    }
    more
}

/// A question in strict mode with its second date said, so that saying the first changes nothing else.
fn strict(model: &Model, spec: &QuestionSpec) -> Question {
    let full = fully_known(model, spec);
    let question = ask(model, spec);
    Question { assume: false, as_of: question.as_of.or(full.on), ..question }
}

fn strictness(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Forbidden => 0,
        Outcome::NeedsApproval => 1,
        Outcome::Permitted => 2,
        Outcome::NotCovered | Outcome::NeedsFacts => 3,
    }
}

/// Two conditions clash without an order.
fn unordered(mut judgement: Judgement) -> Judgement {
    judgement.clashes = judgement.clashes.into_iter().map(|(a, b)| (a.min(b), a.max(b))).collect();
    judgement
}

/// Each way of the first holds one of the second.
fn suffices(ways: &BTreeSet<BTreeSet<AtomId>>, later: &BTreeSet<BTreeSet<AtomId>>) -> bool {
    ways.iter().all(|way| later.iter().any(|l| l.is_subset(way)))
}

proptest! {
    #![proptest_config(config(8_000, 20_161_122))]

    #[test]
    fn judges_agree(spec in spec(), questions in prop::collection::vec(question(), 1..=3)) {
        let model = build(&spec);
        let program = lowered(&model);
        for asked in &questions {
            let asked = ask(&model, asked);
            let differences = disagreement(&reference(&model, &asked, MOST), &compiled(&program, &asked));
            prop_assert!(differences.is_empty(), "{}\n{asked:?}", differences.join("\n"));
        }
    }

    /// Nobody is worse off for one approval or promise more.
    #[test]
    fn t5_granting_more_never_stricter(spec in spec(), asked in question(), atom in 0..4_u16) {
        let model = build(&spec);
        let program = lowered(&model);
        let question = fully_known(&model, &asked);
        let mut more = question.clone();
        if !more.refused.contains(&AtomId(atom)) {
            more.granted.insert(AtomId(atom));
        }
        if let (Some(before), Some(after)) = (answer(&program, &question), answer(&program, &more)) {
            if before.possible.len() == 1 && after.possible.len() == 1 {
                prop_assert!(strictness(after.outcome) >= strictness(before.outcome), "{before:?}\n{after:?}");
            }
            prop_assert_eq!(before.possible.contains(&Outcome::NotCovered), after.possible.contains(&Outcome::NotCovered));
        }
    }

    /// The verdict with approvals put in is the decision of a policy in which they are plain facts.
    #[test]
    fn t6_adequacy(spec in spec(), asked in question()) {
        let model = build(&spec);
        let program = lowered(&model);
        let (act, situation) = situation(&model, &fully_known(&model, &asked));
        if reference_point(&model, &situation).is_none() {
            return Ok(());
        }
        let view = compiled_point(&program, act, &situation).expect("it can be");
        for given in 0..16_u16 {
            let given: BTreeSet<AtomId> = (0..4).filter(|a| given >> a & 1 == 1).map(AtomId).collect();
            let mut two_valued = model.clone();
            for norm in &mut two_valued.norms {
                let paid = norm.price.0.iter().any(|p| p.is_subset(&given));
                norm.price = if paid { Price::free() } else { Price::never() };
            }
            let plain = reference_point(&two_valued, &situation).expect("it can be");
            prop_assert_eq!(view.silent, plain.silent);
            prop_assert_eq!(view.verdict.iter().any(|p| p.is_subset(&given)), !plain.verdict.is_empty());
        }
    }

    /// Who knows more has fewer outcomes left, and what sufficed still does.
    #[test]
    fn t7_information_monotone(spec in spec(), asked in question(), more in question(), which in any::<u16>()) {
        let model = build(&spec);
        let program = lowered(&model);
        let question = strict(&model, &asked);
        let later = refined(&model, &question, &more, which);
        if let (Some(before), Some(after)) = (answer(&program, &question), answer(&program, &later)) {
            prop_assert!(after.possible.is_subset(&before.possible), "{question:?}\n{before:?}\n{later:?}\n{after:?}");
            prop_assert!(suffices(&before.ways, &after.ways));
        }
    }

    /// Neither the order of the rules nor that of their names means anything.
    #[test]
    fn t4_order_independent(spec in spec(), asked in question(), shuffle in any::<[u8; 16]>()) {
        let model = build(&spec);
        let mut order: Vec<usize> = (0..model.norms.len()).collect();
        order.sort_by_key(|n| (shuffle[*n], *n));
        let mut shuffled = model.clone();
        shuffled.norms = order.iter().map(|n| model.norms[*n].clone()).collect();
        let new = |old: &usize| order.iter().position(|n| n == old).expect("every rule is somewhere");
        shuffled.precedence = model.precedence.iter().map(|(a, b)| (new(a), new(b))).collect();
        let question = ask(&model, &asked);
        let answers = [&model, &shuffled].map(|m| answer(&lowered(m), &question).map(unordered));
        prop_assert_eq!(&answers[0], &answers[1]);
    }

    /// In strict mode a yes stays a yes, whatever turns out about what is unknown.
    #[test]
    fn p4_no_fail_open_on_unknown(spec in spec(), asked in question(), more in question()) {
        let model = build(&spec);
        let program = lowered(&model);
        let question = strict(&model, &asked);
        let Some(before) = answer(&program, &question) else { return Ok(()) };
        if before.outcome != Outcome::Permitted {
            return Ok(());
        }
        for which in [u16::MAX, u16::MAX - 1, 0x5555, 0xaaaa] {
            if let Some(after) = answer(&program, &refined(&model, &question, &more, which)) {
                prop_assert_eq!(after.outcome, Outcome::Permitted);
            }
        }
    }

    /// With what was assumed stated, and nothing else presumed, the answer is the same.
    #[test]
    fn t24_what_is_assumed_suffices(spec in spec(), asked in question()) {
        let model = build(&spec);
        let program = lowered(&model);
        let question = Question { assume: true, ..ask(&model, &asked) };
        let Some(decision) = byelaw_question::decide(&program, &question) else { return Ok(()) };
        let mut stated = Question { assume: false, ..question };
        for assumed in &decision.assumed {
            let values = assumed.values.clone();
            stated.facts.insert(assumed.fact, Stated::Among { values, ordinarily: Vec::new() });
        }
        let strict = byelaw_question::decide(&program, &stated).expect("what was assumed can be");
        prop_assert_eq!(decision.possible, strict.possible);
        prop_assert_eq!(decision.ways, strict.ways);
        prop_assert_eq!(decision.duties, strict.duties);
    }

    /// Saying what is presumed changes nothing.
    #[test]
    fn t25_stating_the_presumed_changes_nothing(spec in spec(), asked in question(), which in any::<u16>()) {
        // Where facts are tied, saying one can take away the presumption of another.
        let model = build(&Spec { impossible: Vec::new(), ..spec });
        let program = lowered(&model);
        let question = Question { assume: true, ..ask(&model, &asked) };
        let mut more = question.clone();
        for (place, fact) in model.facts.iter().enumerate() {
            let id = FactId(u16::try_from(place).expect("few facts"));
            // Saying a fact on which another presumption hangs lets that one count.
            let hangs = |f: &byelaw_hir::Fact| f.presumed.iter().flat_map(|p| &p.when).any(|(on, _)| *on == id);
            let [presumed] = fact.presumed.as_slice() else { continue };
            if presumed.is_unconditional()
                && let ([value], true) = (presumed.values.as_slice(), which >> (place % 16) & 1 == 1)
                && !model.facts.iter().any(hangs)
                && !more.facts.contains_key(&id)
            {
                more.facts.insert(id, Stated::Value(*value));
            }
        }
        let (before, after) = (answer(&program, &question), answer(&program, &more));
        let gist = |j: Option<Judgement>| j.map(|j| (j.outcome, j.possible, j.ways, j.duties));
        prop_assert_eq!(gist(before), gist(after));
    }
}
