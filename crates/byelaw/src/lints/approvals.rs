//! Approvals that people give to themselves, and people who approve each other's acts in a circle.
//!
//! Both are found on the boxes of the compiled program: who is reached by a permission that asks for an approval, and who
//! gives it. Neither is wrong as such; whoever signs the policy should have seen it.

use crate::testing::joined;
use byelaw_data::{AtomId, RuleId, ValueId};
use byelaw_diagnostic::{Diagnostic, Severity};
use byelaw_eval::Mask;
use byelaw_hir::Model;
use byelaw_ir::{Box, BoxKind, Program, Slice};
use std::collections::{BTreeMap, BTreeSet};

/// How many rules or people are named.
const NAMED: usize = 5;

/// What one permission asks somebody for: the asker, the approval, and who gives it.
struct Asked {
    act: usize,
    rule: RuleId,
    asker: ValueId,
    approval: AtomId,
    givers: Vec<ValueId>,
}

/// A note for each approval that people give to themselves, and for each circle of people who approve each other's acts.
pub(super) fn approvals(model: &Model, program: &Program) -> Vec<Diagnostic> {
    let asked = asked(program);
    let mut found = own(model, &asked);
    found.extend(circles(model, &asked));
    found
}

/// A note for each approval that counts although whoever asks gives it.
fn own(model: &Model, all: &[Asked]) -> Vec<Diagnostic> {
    let mut own: BTreeMap<AtomId, (BTreeSet<ValueId>, BTreeSet<RuleId>)> = BTreeMap::new();
    for asked in all {
        if asked.givers.contains(&asked.asker) {
            let (askers, rules) = own.entry(asked.approval).or_default();
            askers.insert(asked.asker);
            rules.insert(asked.rule);
        }
    }
    let note = |(approval, (askers, rules)): (&AtomId, &(BTreeSet<ValueId>, BTreeSet<RuleId>))| {
        let word = &model.atoms.get(usize::from(approval.0))?.word;
        let message = format!(
            "`{}` counts although whoever asks gives it: {}",
            word.name,
            few(askers.iter().map(|who| person(model, *who)).collect())
        );
        Some(
            Diagnostic::new("B0227", Severity::Note, word.span, message)
                .label(format!("asked for by {}", few(rules.iter().map(|rule| name(model, *rule)).collect())))
                .help("if nobody may approve their own request, declare it `not by the asker`; else say in a rule that these may without asking"),
        )
    };
    own.iter().filter_map(note).collect()
}

/// A note for each group of people who approve each other's acts in a circle that nobody outside has a say in.
fn circles(model: &Model, all: &[Asked]) -> Vec<Diagnostic> {
    let mut edges: BTreeMap<usize, BTreeMap<ValueId, BTreeSet<ValueId>>> = BTreeMap::new();
    let mut rules: BTreeMap<(usize, ValueId), BTreeSet<RuleId>> = BTreeMap::new();
    for asked in all {
        let others = asked.givers.iter().copied().filter(|giver| *giver != asked.asker);
        edges.entry(asked.act).or_default().entry(asked.asker).or_default().extend(others);
        rules.entry((asked.act, asked.asker)).or_default().insert(asked.rule);
    }
    let mut circles: BTreeMap<BTreeSet<ValueId>, (Vec<usize>, BTreeSet<RuleId>)> = BTreeMap::new();
    for (act, edges) in &edges {
        let mut left: BTreeSet<ValueId> = edges.keys().copied().collect();
        while let Some(one) = left.pop_first() {
            let reach = reached(edges, one);
            let circle: BTreeSet<ValueId> =
                reach.iter().copied().filter(|other| reached(edges, *other).contains(&one)).collect();
            left.retain(|other| !circle.contains(other));
            // Whoever asks nobody else, whatever rule they act by.
            let closed = circle.iter().all(|who| edges.get(who).is_some_and(|to| to.is_subset(&circle)));
            if circle.len() > 1 && closed {
                let (acts, named) = circles.entry(circle.clone()).or_default();
                acts.push(*act);
                named.extend(circle.iter().filter_map(|who| rules.get(&(*act, *who))).flatten());
            }
        }
    }
    let note = |(people, (acts, named)): (&BTreeSet<ValueId>, &(Vec<usize>, BTreeSet<RuleId>))| {
        let acts = acts.iter().filter_map(|act| model.acts.get(*act)).map(|act| act.word.name.clone());
        let message = format!(
            "{} approve each other's acts in a circle: {}",
            few(people.iter().map(|who| person(model, *who)).collect()),
            few(acts.collect())
        );
        let first = named.first().and_then(|rule| model.names.get(rule.place()));
        Diagnostic::new("B0228", Severity::Note, first.map(|rule| rule.span), message)
            .label(format!("by {}", few(named.iter().map(|rule| name(model, *rule)).collect())))
            .help(
                "if two of them should not be enough for each other, let somebody outside the circle approve",
            )
    };
    circles.iter().map(note).collect()
}

/// Whom somebody's approvals come to, step by step.
fn reached(edges: &BTreeMap<ValueId, BTreeSet<ValueId>>, from: ValueId) -> BTreeSet<ValueId> {
    let mut found = BTreeSet::new();
    let mut next = vec![from];
    while let Some(one) = next.pop() {
        for giver in edges.get(&one).into_iter().flatten() {
            if found.insert(*giver) {
                next.push(*giver);
            }
        }
    }
    found
}

/// All approvals that permissions ask for, asker by asker, but those for which the asker's own word does not count.
fn asked(program: &Program) -> Vec<Asked> {
    let mut found = Vec::new();
    for (act, slice) in program.slices.iter().enumerate() {
        for (place, one) in slice.boxes.iter().enumerate().filter(|(_, one)| asks(one)) {
            let atoms = one.price.iter().fold(0, |all, package| all | package) & slice.approvals;
            for asker in askers(program, slice, place) {
                for approval in atoms_of(slice, atoms) {
                    let Some(atom) = program.atoms.get(usize::from(approval.0)) else { continue };
                    if !atom.not_by_asker {
                        let givers = atom.givers.clone();
                        found.push(Asked { act, rule: one.rule, asker, approval, givers });
                    }
                }
            }
        }
    }
    found
}

/// Whether a box permits, and only with an approval or an undertaking.
fn asks(one: &Box) -> bool {
    let permits = matches!(one.kind, BoxKind::May | BoxKind::MayInGeneral | BoxKind::Only);
    permits && !one.price.is_empty() && one.price.iter().all(|package| *package != 0)
}

fn atoms_of(slice: &Slice, mask: u64) -> Vec<AtomId> {
    let atoms = slice.atoms.iter().enumerate();
    atoms.filter(|(bit, _)| mask >> bit & 1 == 1).map(|(_, atom)| *atom).collect()
}

/// Who is reached by a box, if its rule names them: of a rule for anyone nobody in particular is told.
fn askers(program: &Program, slice: &Slice, place: usize) -> Vec<ValueId> {
    let words = usize::from(slice.words).max(1);
    let Some(fact) = slice.facts.iter().find(|fact| fact.fact == program.subject) else { return Vec::new() };
    let rows = fact.rows.chunks(words).enumerate().filter(|(_, row)| Mask::from_words(row).has(place));
    let all: Vec<ValueId> = rows.filter_map(|(value, _)| u16::try_from(value).ok().map(ValueId)).collect();
    if all.len() == fact.rows.len() / words { Vec::new() } else { all }
}

fn person(model: &Model, who: ValueId) -> String {
    let words = model.subject.map(|subject| model.values(subject)).unwrap_or_default();
    words.get(usize::from(who.0)).map(|word| word.name.clone()).unwrap_or_default()
}

fn name(model: &Model, rule: RuleId) -> String {
    model.names.get(rule.place()).map(|rule| format!("`{}`", rule.name)).unwrap_or_default()
}

/// The first of some words, and how many more there are.
fn few(mut words: Vec<String>) -> String {
    let more = words.len().saturating_sub(NAMED);
    words.truncate(NAMED);
    if more > 0 {
        words.push(format!("{more} more"));
    }
    joined(&words, "and")
}
