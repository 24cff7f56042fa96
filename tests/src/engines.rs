//! The two judges, each brought into the same form.

use byelaw_data::{AtomId, Question, RuleId};
use byelaw_hir::{Model, NormKind};
use byelaw_ir::{BoxKind, Domain, Program};
use byelaw_reference::{Judgement, Situation, Value, holds};
use std::collections::BTreeSet;
use std::fmt::Debug;

/// What a judge says to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// The answer.
    Judged(Judgement),
    /// The answer without all of its reasons: `because`, `defeated` and `clashes` are not complete.
    Outline(Judgement),
    /// What the question states cannot be.
    Impossible,
    /// The judge ran out of its budget and does not claim to know.
    GaveUp,
}

/// The reference, looking at no more than `most` completions.
pub fn reference(model: &Model, question: &Question, most: usize) -> Answered {
    match byelaw_reference::ask(model, question, most) {
        None => Answered::GaveUp,
        Some(None) => Answered::Impossible,
        Some(Some(judgement)) => Answered::Judged(judgement),
    }
}

/// The compiled program. Its clashes are only those that weigh enough to be told with an answer.
pub fn compiled(program: &Program, question: &Question) -> Answered {
    let Some(decision) = byelaw_question::decide(program, question) else { return Answered::Impossible };
    if !decision.exact {
        return Answered::GaveUp;
    }
    let judgement = Judgement {
        outcome: decision.outcome,
        ways: decision.ways.iter().map(|way| way.atoms.iter().copied().collect()).collect(),
        possible: decision.possible.iter().copied().collect(),
        because: decision.because.iter().map(|b| (b.rule, b.says, b.sometimes)).collect(),
        defeated: decision.defeated.iter().map(|d| (d.rule, d.by, d.sometimes)).collect(),
        clashes: decision.clashes.iter().map(|c| (c.promising, c.restricting)).collect(),
        duties: decision.duties.iter().map(|d| (d.deed, d.rule, d.sometimes)).collect(),
        advice: decision.advice.iter().map(|a| (a.rule, a.sometimes)).collect(),
        assumed: decision.assumed.iter().map(|a| a.fact).collect(),
        needs: decision.needs.facts.iter().copied().collect(),
        open: decision.needs.open.iter().copied().collect(),
        readings: decision.readings.iter().map(|r| (r.reading, r.sometimes)).collect(),
    };
    if decision.all_reasons { Answered::Judged(judgement) } else { Answered::Outline(judgement) }
}

/// What the compiled program says otherwise than the reference: empty if they agree, or if one of them gave up.
pub fn disagreement(reference: &Answered, compiled: &Answered) -> Vec<String> {
    let (expected, got, whole) = match (reference, compiled) {
        (Answered::GaveUp, _) | (_, Answered::GaveUp) | (Answered::Impossible, Answered::Impossible) => {
            return Vec::new();
        }
        (Answered::Judged(a), Answered::Judged(b)) => (a, b, true),
        (Answered::Judged(a), Answered::Outline(b)) => (a, b, false),
        (Answered::Impossible, _) => return vec!["only the reference says that this cannot be".to_owned()],
        (_, Answered::Impossible) => return vec!["only the program says that this cannot be".to_owned()],
        (Answered::Outline(_), _) => return vec!["the reference always tells its reasons".to_owned()],
    };
    let mut found = Vec::new();
    let mut same = |what: &str, a: &dyn Debug, b: &dyn Debug| {
        let (a, b) = (format!("{a:?}"), format!("{b:?}"));
        if a != b {
            found.push(format!("{what}: the reference says {a}, the program {b}"));
        }
    };
    same("outcome", &expected.outcome, &got.outcome);
    same("ways", &expected.ways, &got.ways);
    same("possible", &expected.possible, &got.possible);
    same("duties", &expected.duties, &got.duties);
    same("assumed", &expected.assumed, &got.assumed);
    same("needs", &expected.needs, &got.needs);
    same("open", &expected.open, &got.open);
    if whole {
        same("because", &expected.because, &got.because);
        same("advice", &expected.advice, &got.advice);
        same("readings", &expected.readings, &got.readings);
        same("defeated", &expected.defeated, &got.defeated);
        // The program tells only the weightier clashes.
        same(
            "clashes",
            &BTreeSet::<&(RuleId, RuleId)>::new(),
            &got.clashes.difference(&expected.clashes).collect::<BTreeSet<_>>(),
        );
    }
    found
}

/// What a judge says of one fully known situation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointView {
    /// What it takes.
    pub verdict: BTreeSet<BTreeSet<AtomId>>,
    /// Whether no rule speaks.
    pub silent: bool,
    /// The rules that stand, by what they do.
    pub standing: BTreeSet<(RuleId, NormKind)>,
    /// `(defeated, by)`
    pub defeated: BTreeSet<(RuleId, RuleId)>,
    /// `(promising, restricting)`, whatever their weight.
    pub clashes: BTreeSet<(RuleId, RuleId)>,
}

/// The reference on one situation; `None` if it cannot be.
pub fn reference_point(model: &Model, situation: &Situation) -> Option<PointView> {
    if model.impossible.iter().any(|c| holds(c, situation)) {
        return None;
    }
    let judged = byelaw_reference::judge(model, situation);
    let rule = |n: usize| model.norms[n].rule;
    let pairs = |all: &BTreeSet<(usize, usize)>| all.iter().map(|(a, b)| (rule(*a), rule(*b))).collect();
    Some(PointView {
        verdict: judged.verdict.0,
        silent: judged.silent,
        standing: judged.standing.iter().map(|n| (rule(*n), model.norms[*n].kind)).collect(),
        defeated: pairs(&judged.defeated),
        clashes: pairs(&judged.clashes),
    })
}

/// The compiled program on one situation about the act with this place; `None` if it cannot be.
///
/// # Panics
/// If the situation lacks a fact of the act's slice, or the program gives back what it cannot.
pub fn compiled_point(program: &Program, act: usize, situation: &Situation) -> Option<PointView> {
    let slice = &program.slices[act];
    let values: Vec<_> = slice
        .facts
        .iter()
        .map(|f| match situation.get(&f.fact) {
            Some(Value::Listed(value)) => *value,
            Some(Value::Number(number)) => {
                let domain: &Domain = &program.facts[usize::from(f.fact.0)].domain;
                domain.cell(*number).expect("the number lies within its bounds")
            }
            Some(Value::AllOf(_)) => panic!("a situation has one value for each fact"),
            None => panic!("the situation does not say {:?}", f.fact),
        })
        .collect();
    let active = byelaw_eval::active(slice, &values).expect("each value has a row");
    let point = byelaw_eval::decide(slice, &active)?;
    let rule = |b: usize| slice.boxes[b].rule;
    let beats = |s: usize, w: usize| slice.boxes[s].beats[w / 64] >> (w % 64) & 1 == 1;
    let mut defeated = BTreeSet::new();
    for weaker in point.defeated.bits() {
        for stronger in point.standing.bits().filter(|s| beats(*s, weaker)) {
            defeated.insert((rule(weaker), rule(stronger)));
        }
    }
    let stands = |b: u16| point.standing.has(usize::from(b));
    let clashes = slice.clashes.iter().filter(|c| stands(c.promising) && stands(c.restricting));
    let package = |mask: &u64| {
        slice.atoms.iter().enumerate().filter(|(i, _)| mask >> i & 1 == 1).map(|(_, a)| *a).collect()
    };
    Some(PointView {
        verdict: point.verdict.packages().iter().map(package).collect(),
        silent: point.silent,
        standing: point.standing.bits().map(|b| (rule(b), kind(slice.boxes[b].kind))).collect(),
        defeated,
        clashes: clashes
            .map(|c| (rule(usize::from(c.promising)), rule(usize::from(c.restricting))))
            .collect(),
    })
}

fn kind(kind: BoxKind) -> NormKind {
    match kind {
        BoxKind::May => NormKind::May,
        BoxKind::MayInGeneral => NormKind::MayInGeneral,
        BoxKind::MustNot => NormKind::MustNot,
        BoxKind::Only => NormKind::Only,
        BoxKind::Duty => NormKind::Duty,
        BoxKind::Standing => NormKind::Standing,
        BoxKind::Disapply => NormKind::Disapply,
        BoxKind::Advice => NormKind::Advice,
        BoxKind::Impossible => panic!("what cannot be does not stand"),
    }
}
