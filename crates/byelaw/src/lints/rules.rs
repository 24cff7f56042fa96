//! Rules that leave a number out, that add nothing to another rule, or that permit by a presumption alone.

use byelaw_data::{NO, RuleId, ValueId, YES};
use byelaw_diagnostic::{Diagnostic, Severity};
use byelaw_eval::Mask;
use byelaw_hir::{Input, Kind, Model, Norm, NormKind};
use byelaw_ir::{Box, BoxKind, Program, Slice, SliceFact};
use byelaw_syntax::ast::{self, Item, Modal, RuleBody};
use std::collections::{BTreeMap, BTreeSet};

fn bit(words: &[u64], place: usize) -> bool {
    words.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
}

/// Whether a box allows a value of a fact.
fn allows(slice: &Slice, fact: &SliceFact, value: usize, place: usize) -> bool {
    let words = usize::from(slice.words);
    fact.rows.get(value * words..(value + 1) * words).is_some_and(|row| bit(row, place))
}

fn width(slice: &Slice, fact: &SliceFact) -> usize {
    fact.rows.len() / usize::from(slice.words).max(1)
}

/// One number between `under` and `over` of which no rule about the same act speaks, where both rules could apply.
pub(super) fn boundaries(model: &Model, program: &Program) -> Vec<Diagnostic> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for slice in &program.slices {
        for (at, fact) in slice.facts.iter().enumerate() {
            if !matches!(model.fact(fact.fact).kind, Kind::Number { .. }) {
                continue;
            }
            let Some(domain) = program.facts.get(usize::from(fact.fact.0)).map(|f| &f.domain) else {
                continue;
            };
            for value in 1..width(slice, fact).saturating_sub(1) {
                let cell = u16::try_from(value).ok().and_then(|v| domain.range(ValueId(v)));
                let Some((number, _)) = cell.filter(|(low, high)| low == high) else { continue };
                let Some((below, above)) = left_out(slice, at, value) else { continue };
                let rules = (slice.boxes[below].rule, slice.boxes[above].rule);
                if seen.insert((fact.fact, number, rules)) {
                    found.push(boundary(model, &model.fact(fact.fact).word.name, number, rules));
                }
            }
        }
    }
    found
}

/// Two boxes of which one ends just below the value and the other begins just above it, where they otherwise meet
/// and no box that looks at the fact allows the value.
fn left_out(slice: &Slice, at: usize, value: usize) -> Option<(usize, usize)> {
    let fact = &slice.facts[at];
    let has = |v: usize, place: usize| allows(slice, fact, v, place);
    let meet = |places: &[usize]| {
        slice.facts.iter().enumerate().filter(|(other, _)| *other != at).all(|(_, other)| {
            (0..width(slice, other)).any(|v| places.iter().all(|place| allows(slice, other, v, *place)))
        })
    };
    let rules: Vec<usize> = (0..slice.boxes.len())
        .filter(|place| {
            matches!(
                slice.boxes[*place].kind,
                BoxKind::May | BoxKind::MayInGeneral | BoxKind::MustNot | BoxKind::Only
            )
        })
        .collect();
    let looks = |place: usize| !(0..width(slice, fact)).all(|v| has(v, place));
    for below in rules.iter().filter(|b| has(value - 1, **b) && !has(value, **b) && !has(value + 1, **b)) {
        for above in rules.iter().filter(|b| has(value + 1, **b) && !has(value, **b) && !has(value - 1, **b))
        {
            let says = |place: &usize| has(value, *place) && looks(*place) && meet(&[*below, *above, *place]);
            if meet(&[*below, *above]) && !rules.iter().any(says) {
                return Some((*below, *above));
            }
        }
    }
    None
}

fn boundary(model: &Model, fact: &str, number: i64, (below, above): (RuleId, RuleId)) -> Diagnostic {
    let name = |id: RuleId| &model.names[id.place()];
    let (below, above) = (name(below), name(above));
    let message =
        format!("`{fact}` of exactly {number} is left out between `{}` and `{}`", below.name, above.name);
    let diagnostic = Diagnostic::warning("B0210", below.span, message)
        .label(format!("speaks of what lies below {number}"))
        .help(format!("if {number} belongs to one of them, write `at least {number}` or `at most {number}`; else say what holds for it"));
    if below.name == above.name {
        diagnostic
    } else {
        diagnostic.related(above.span, format!("speaks of what lies above {number}"))
    }
}

/// Where the boxes of each rule are: the act's place, and their place in its slice.
pub(super) fn places(program: &Program) -> BTreeMap<RuleId, Vec<(usize, usize)>> {
    let mut places: BTreeMap<RuleId, Vec<(usize, usize)>> = BTreeMap::new();
    for (act, slice) in program.slices.iter().enumerate() {
        for (place, one) in slice.boxes.iter().enumerate().filter(|(_, b)| b.kind != BoxKind::Impossible) {
            places.entry(one.rule).or_default().push((act, place));
        }
    }
    places
}

/// The rules all of whose norms are of a kind.
pub(super) fn only(model: &Model, wanted: impl Fn(NormKind) -> bool) -> BTreeSet<RuleId> {
    let (these, others): (Vec<&Norm>, Vec<&Norm>) = model.norms.iter().partition(|n| wanted(n.kind));
    let others: BTreeSet<RuleId> = others.into_iter().map(|n| n.rule).collect();
    these.into_iter().map(|n| n.rule).filter(|rule| !others.contains(rule)).collect()
}

/// Permissions that change no outcome, because another one permits all of it for no more.
pub(super) fn pointless(model: &Model, swallowed: &[Swallowed]) -> Vec<Diagnostic> {
    swallowed.iter().map(|one| told(model, one)).collect()
}

/// A permission of which another one permits all.
pub(crate) struct Swallowed {
    pub rule: RuleId,
    by: RuleId,
    /// Whether the other one asks for the same.
    same: bool,
}

/// All permissions of which another one permits all.
pub(crate) fn swallowed(model: &Model, program: &Program) -> Vec<Swallowed> {
    let (places, looked) = (places(program), Looked::at(program));
    let instrument: BTreeMap<RuleId, usize> = model.norms.iter().map(|n| (n.rule, n.instrument)).collect();
    let permits = |kind: NormKind| matches!(kind, NormKind::May | NormKind::MayInGeneral);
    let permitting = only(model, permits);
    let permissions: Vec<RuleId> = places.keys().copied().filter(|rule| permitting.contains(rule)).collect();
    let swallows = |by: RuleId, rule: RuleId| {
        by != rule
            && instrument.get(&by) == instrument.get(&rule)
            && places[&rule].iter().all(|(act, a)| {
                places[&by].iter().any(|(other, b)| other == act && covers(program, &looked, *act, *b, *a))
            })
    };
    let mut found = Vec::new();
    for rule in &permissions {
        let Some((act, first)) = places[rule].first().copied() else { continue };
        // Only a rule that holds wherever its first box does permits all of it.
        let around = looked.around(program, act, first);
        let mut alike = around.iter().filter(|by| permitting.contains(by));
        // Of two that say the same, the first stays.
        let by = alike.find(|by| swallows(**by, *rule) && (**by < *rule || !swallows(*rule, **by)));
        if let Some(by) = by {
            let same = places[rule].iter().zip(&places[by]).all(|((s, a), (t, b))| {
                let price = |act: usize, place: usize| &program.slices[act].boxes[place].price;
                s != t || price(*s, *a) == price(*t, *b)
            });
            found.push(Swallowed { rule: *rule, by: *by, same });
        }
    }
    found
}

/// Whether box `b` permits everywhere where `a` does, for no more, sets aside what `a` sets aside, and is set aside
/// only where `a` is too.
fn covers(program: &Program, looked: &Looked, act: usize, b: usize, a: usize) -> bool {
    let slice = &program.slices[act];
    let (x, y): (&Box, &Box) = (&slice.boxes[a], &slice.boxes[b]);
    let price = x.price.iter().all(|way| y.price.iter().any(|cheaper| cheaper & !way == 0));
    let beats = x.beats.iter().zip(&y.beats).all(|(mine, its)| mine & !its == 0);
    let beaten = || slice.boxes.iter().all(|c| !bit(&c.beats, b) || bit(&c.beats, a));
    let kind = y.kind == BoxKind::May || x.kind == y.kind;
    kind && price && beats && looked.lies_in(program, act, a, b) && beaten()
}

/// What the boxes of each act look at.
pub(super) struct Looked(Vec<LookedAt>);

struct LookedAt {
    /// For each box the places of the facts of which it does not allow every value.
    of_box: Vec<Vec<usize>>,
    /// For each fact the boxes that allow every value of it.
    everywhere: Vec<Mask>,
}

impl Looked {
    pub(super) fn at(program: &Program) -> Self {
        let of = |slice: &Slice| {
            let (all, words) = (Mask::first(slice.boxes.len()), usize::from(slice.words).max(1));
            let mut of_box = vec![Vec::new(); slice.boxes.len()];
            let mut everywhere = Vec::with_capacity(slice.facts.len());
            for (place, fact) in slice.facts.iter().enumerate() {
                let mut always = all;
                fact.rows.chunks(words).for_each(|row| always.keep(row));
                all.without(&always).bits().for_each(|one| of_box[one].push(place));
                everywhere.push(always);
            }
            LookedAt { of_box, everywhere }
        };
        Self(program.slices.iter().map(of).collect())
    }

    /// The rules with a box that holds wherever box `a` of an act does; the rule of that one is among them.
    pub(super) fn around(&self, program: &Program, act: usize, a: usize) -> BTreeSet<RuleId> {
        let slice = &program.slices[act];
        let LookedAt { of_box, everywhere } = &self.0[act];
        let (inner, words) = (&of_box[a], usize::from(slice.words).max(1));
        // Of what `a` does not look at, a box around it allows every value, too.
        let others = everywhere.iter().enumerate().filter(|(place, _)| inner.binary_search(place).is_err());
        let mut around =
            others.fold(Mask::first(slice.boxes.len()), |around, (_, always)| around.and(always));
        let only = Mask::from_iter([a]);
        for place in inner {
            let rows = slice.facts[*place].rows.chunks(words);
            rows.filter(|row| bit(row, a)).for_each(|row| around.keep(row));
            if around == only {
                break;
            }
        }
        let around = around.bits().filter_map(|place| slice.boxes.get(place));
        around.filter(|one| one.kind != BoxKind::Impossible).map(|one| one.rule).collect()
    }

    /// Whether box `b` of an act holds wherever `a` does.
    pub(super) fn lies_in(&self, program: &Program, act: usize, a: usize, b: usize) -> bool {
        let slice = &program.slices[act];
        let LookedAt { of_box, .. } = &self.0[act];
        let (inner, outer) = (&of_box[a], &of_box[b]);
        // Where `b` does not allow every value of a fact and `a` does, no row needs to be looked at.
        if !outer.iter().all(|place| inner.binary_search(place).is_ok()) {
            return false;
        }
        outer.iter().map(|place| &slice.facts[*place]).all(|fact| {
            (0..width(slice, fact)).all(|v| !allows(slice, fact, v, a) || allows(slice, fact, v, b))
        })
    }
}

fn told(model: &Model, swallowed: &Swallowed) -> Diagnostic {
    let (rule, by) = (&model.names[swallowed.rule.place()], &model.names[swallowed.by.place()]);
    if swallowed.same {
        // A document may say a thing twice; within one clause it is a slip.
        let severity = if rule.cites == by.cites { Severity::Warning } else { Severity::Note };
        let message = format!("`{}` adds nothing: `{}` permits all of it", rule.name, by.name);
        return Diagnostic::new("B0211", severity, Some(rule.span), message)
            .label(rule.sentence.clone())
            .related(by.span, by.sentence.clone())
            .help("take it out and let the other rule cite its clause too, or write the condition that parts them");
    }
    let message =
        format!("what `{}` asks for is never needed: `{}` permits all of it for less", rule.name, by.name);
    Diagnostic::warning("B0212", rule.span, message)
        .label(rule.sentence.clone())
        .related(by.span, by.sentence.clone())
        .help("if what it asks for is always needed, write `may only ... if`; else write the condition that parts the two")
}

/// Permissions whose only condition is presumed to hold: nobody has to say anything to be permitted.
pub(super) fn presumed_conditions(files: &[Input<'_>], model: &Model) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for sentence in files.iter().flat_map(|file| file.sentences) {
        let Item::Rule(rule) = &sentence.item else { continue };
        let RuleBody::Norm(norm) = &rule.body else { continue };
        let clauses = &norm.clauses;
        let bare = clauses.only_when.is_none() && clauses.unless.is_none();
        let (true, true, Some(when)) =
            (bare, matches!(norm.modal, Modal::May | Modal::MayInGeneral), &clauses.when)
        else {
            continue;
        };
        let (name, wanted): (&ast::Name, Vec<&str>) = match when {
            ast::Condition::Holds(name) => (name, vec!["yes"]),
            ast::Condition::Is { fact, negated: false, includes: false, values } if !values.except => {
                (fact, values.names.iter().map(|v| v.text.as_str()).collect())
            }
            _ => continue,
        };
        let Some(fact) = model.facts.iter().find(|f| f.word.name == name.text) else { continue };
        let Some(presumed) = fact.presumed.iter().find(|p| p.is_unconditional()) else { continue };
        let spelled = |value: &ValueId| match &fact.kind {
            Kind::YesNo => Some(if *value == YES {
                "yes"
            } else if *value == NO {
                "no"
            } else {
                return None;
            }),
            Kind::OneOf(words) => words.get(usize::from(value.0)).map(|w| w.name.as_str()),
            _ => None,
        };
        let holds = |value: &ValueId| spelled(value).is_some_and(|v| wanted.contains(&v));
        if !presumed.values.is_empty() && presumed.values.iter().all(holds) {
            let message = format!("`{}` permits because `{}` is presumed", rule.name.text, name.text);
            let mut diagnostic = Diagnostic::warning("B0215", name.span, message)
                .label("the only condition, and it holds unless somebody says otherwise")
                .help("take the presumption away, so that the fact is asked; or turn it: `unless` what would forbid it");
            if let Some(span) = fact.word.span {
                diagnostic = diagnostic.related(span, "presumed here");
            }
            found.push(diagnostic);
        }
    }
    found
}
