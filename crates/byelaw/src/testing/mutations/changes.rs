//! The changes that can be made to a policy, in the order of its rules.

use super::super::exceptions::exceptions;
use super::super::words;
use byelaw_data::{AtomId, FactId, RuleId};
use byelaw_diagnostic::Span;
use byelaw_hir::{Condition, Kind, Model, Norm, NormKind, Price};
use byelaw_ir::Program;
use std::collections::BTreeSet;

/// One change, not yet made.
pub(super) struct Change {
    /// The rules that it touches; none for a presumption.
    pub rules: BTreeSet<RuleId>,
    pub name: String,
    pub words: String,
    pub span: Option<Span>,
    pub sentence: String,
    pub edit: Edit,
}

/// What is done to the model.
pub(super) enum Edit {
    Remove(RuleId),
    Flip(RuleId),
    /// A condition of the rule, wherever it stands in it, becomes another.
    Condition(RuleId, Condition, How),
    /// An approval or undertaking is no longer asked for.
    Free(RuleId, AtomId),
    /// The first is no longer an exception to the second.
    Unorder(RuleId, RuleId),
    /// The second prevails over the first.
    Swap(RuleId, RuleId),
    /// Nothing is presumed of the fact.
    Presumed(FactId),
}

/// What becomes of a condition.
pub(super) enum How {
    Drop,
    Negate,
    Become(Condition),
}

/// Every change that can be made.
pub(super) fn changes(model: &Model, program: &Program) -> Vec<Change> {
    let mut all = Vec::new();
    for place in 0..model.names.len() {
        let rule = RuleId::at(place).unwrap_or(RuleId(u32::MAX));
        let norms: Vec<&Norm> = model.norms.iter().filter(|n| n.rule == rule).collect();
        // Advice has no effect on any answer that could be compared.
        if norms.is_empty() || norms.iter().all(|n| n.kind == NormKind::Advice) {
            continue;
        }
        let mut add = |words: String, edit: Edit| all.push(change(model, &[rule], words, edit));
        add("removed".to_owned(), Edit::Remove(rule));
        if norms.iter().any(|n| flipped(n.kind).is_some()) {
            add("may and must not exchanged".to_owned(), Edit::Flip(rule));
        }
        let mut targets = Vec::new();
        norms.iter().for_each(|n| leaves(&n.guard, &mut targets));
        let mut seen: Vec<Condition> = Vec::new();
        for target in targets {
            if seen.contains(&target) || about(&target).is_none_or(|f| Some(f) == model.act) {
                continue;
            }
            let says = words::condition(model, &target);
            add(format!("`{says}` dropped"), Edit::Condition(rule, target.clone(), How::Drop));
            if about(&target) != model.subject {
                add(format!("`{says}` turned round"), Edit::Condition(rule, target.clone(), How::Negate));
            }
            for next in boundaries(model, &target) {
                let become_ = words::condition(model, &next);
                add(
                    format!("`{says}` made `{become_}`"),
                    Edit::Condition(rule, target.clone(), How::Become(next)),
                );
            }
            seen.push(target);
        }
        let atoms: BTreeSet<AtomId> =
            norms.iter().flat_map(|n| n.price.0.iter().flatten().copied()).collect();
        for atom in atoms {
            let this = &model.atoms[usize::from(atom.0)];
            let what = if this.approval.is_some() { "approval" } else { "undertaking" };
            add(format!("the {what} `{}` not asked for", this.word.name), Edit::Free(rule, atom));
        }
    }
    for (a, b) in exceptions(model, program) {
        let weaker = &model.names[b.place()].name;
        all.push(change(model, &[a, b], format!("no longer before `{weaker}`"), Edit::Unorder(a, b)));
        all.push(change(model, &[a, b], format!("`{weaker}` put before it"), Edit::Swap(a, b)));
    }
    for (place, fact) in model.facts.iter().enumerate().filter(|(_, f)| !f.presumed.is_empty()) {
        all.push(Change {
            rules: BTreeSet::new(),
            name: fact.word.name.clone(),
            words: "no longer presumed".to_owned(),
            span: fact.word.span,
            sentence: String::new(),
            edit: Edit::Presumed(FactId(u16::try_from(place).unwrap_or(u16::MAX))),
        });
    }
    all
}

fn change(model: &Model, rules: &[RuleId], words: String, edit: Edit) -> Change {
    let first = rules.first().and_then(|r| model.names.get(r.place()));
    Change {
        rules: rules.iter().copied().collect(),
        name: first.map(|n| n.name.clone()).unwrap_or_default(),
        words,
        span: first.map(|n| n.span),
        sentence: first.map(|n| n.sentence.clone()).unwrap_or_default(),
        edit,
    }
}

fn flipped(kind: NormKind) -> Option<(NormKind, Price)> {
    match kind {
        NormKind::May | NormKind::MayInGeneral | NormKind::Only => Some((NormKind::MustNot, Price::never())),
        NormKind::MustNot => Some((NormKind::May, Price::free())),
        NormKind::Duty | NormKind::Standing | NormKind::Disapply | NormKind::Advice => None,
    }
}

fn about(condition: &Condition) -> Option<FactId> {
    match condition {
        Condition::In(fact, _) | Condition::InSet(fact, _) | Condition::Between(fact, ..) => Some(*fact),
        Condition::Not(inner) => about(inner),
        Condition::Always | Condition::All(_) | Condition::Any(_) => None,
    }
}

/// The statements about one fact, negated or not.
fn leaves(condition: &Condition, found: &mut Vec<Condition>) {
    match condition {
        Condition::Always => {}
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|p| leaves(p, found)),
        Condition::Not(inner) if about(inner).is_none() => leaves(inner, found),
        leaf => found.push(leaf.clone()),
    }
}

/// The statement with one of its bounds moved by one.
fn boundaries(model: &Model, condition: &Condition) -> Vec<Condition> {
    let Condition::Between(fact, low, high) = condition else { return Vec::new() };
    let (from, to) = match model.fact(*fact).kind {
        Kind::Number { from, to, .. } => (from, to),
        _ => (byelaw_data::Date::FIRST.days(), byelaw_data::Date::LAST.days()),
    };
    let mut found = Vec::new();
    if *low > from {
        found.push((low - 1, *high));
        found.push((low + 1, *high));
    }
    if *high < to {
        found.push((*low, high - 1));
        found.push((*low, high + 1));
    }
    found.into_iter().filter(|(l, h)| l <= h).map(|(l, h)| Condition::Between(*fact, l, h)).collect()
}

/// A condition with every `target` in it changed.
fn edited(condition: &Condition, target: &Condition, how: &How) -> Condition {
    let changed = |c: &Condition| match how {
        How::Drop => None,
        How::Negate => Some(match c {
            Condition::Not(inner) => (**inner).clone(),
            other => Condition::Not(Box::new(other.clone())),
        }),
        How::Become(next) => Some(next.clone()),
    };
    if condition == target {
        return changed(condition).unwrap_or(Condition::Always);
    }
    let parts = |parts: &[Condition]| -> Vec<Condition> {
        parts
            .iter()
            .filter_map(|p| if p == target { changed(p) } else { Some(edited(p, target, how)) })
            .collect()
    };
    match condition {
        Condition::All(all) => Condition::All(parts(all)),
        Condition::Any(all) => Condition::Any(parts(all)),
        Condition::Not(inner) => Condition::Not(Box::new(edited(inner, target, how))),
        other => other.clone(),
    }
}

impl Edit {
    /// The changed model. Its norms keep their places.
    pub fn apply(&self, model: &Model) -> Model {
        let mut changed = model.clone();
        let never = || Condition::Not(Box::new(Condition::Always));
        let of = |rule: RuleId| move |n: &&mut Norm| n.rule == rule;
        match self {
            Self::Remove(rule) => {
                changed.norms.iter_mut().filter(of(*rule)).for_each(|n| n.guard = never());
            }
            Self::Flip(rule) => {
                for norm in changed.norms.iter_mut().filter(of(*rule)) {
                    if let Some((kind, price)) = flipped(norm.kind) {
                        (norm.kind, norm.price) = (kind, price);
                    }
                }
            }
            Self::Condition(rule, target, how) => {
                for norm in changed.norms.iter_mut().filter(of(*rule)) {
                    norm.guard = edited(&norm.guard, target, how);
                }
            }
            Self::Free(rule, atom) => {
                for norm in changed.norms.iter_mut().filter(of(*rule)) {
                    norm.price.0.iter_mut().for_each(|package| {
                        package.remove(atom);
                    });
                    norm.price = minimal(&norm.price);
                }
            }
            Self::Unorder(a, b) => unorder(&mut changed, *a, *b),
            Self::Swap(a, b) => {
                unorder(&mut changed, *a, *b);
                let pairs: Vec<(usize, usize)> =
                    model.precedence.iter().filter(|p| between(model, **p, *a, *b)).copied().collect();
                changed.precedence.extend(pairs.into_iter().map(|(x, y)| (y, x)));
            }
            Self::Presumed(fact) => changed.facts[usize::from(fact.0)].presumed.clear(),
        }
        changed
    }
}

fn between(model: &Model, (x, y): (usize, usize), a: RuleId, b: RuleId) -> bool {
    model.norms[x].rule == a && model.norms[y].rule == b
}

fn unorder(changed: &mut Model, a: RuleId, b: RuleId) {
    let rules: Vec<RuleId> = changed.norms.iter().map(|n| n.rule).collect();
    changed.precedence.retain(|(x, y)| !(rules[*x] == a && rules[*y] == b));
}

/// The packages that hold no other.
fn minimal(price: &Price) -> Price {
    let packages: BTreeSet<&BTreeSet<AtomId>> = price.0.iter().collect();
    let least = |p: &&&BTreeSet<AtomId>| !packages.iter().any(|q| q != *p && q.is_subset(p));
    Price(packages.iter().filter(least).map(|p| (*p).clone()).collect())
}
