//! The steps of lowering: cells, boxes, order, slices, names, digest.

use crate::boxes::{MOST_BOXES, boxes};
use crate::cells::Cells;
use crate::names::names;
use crate::slices::{Boxes, Placed, TooLarge, slice};
use byelaw_data::{FactId, YES};
use byelaw_diagnostic::{Diagnostic, Severity, Span};
use byelaw_hir::{AS_OF, Condition, InForce, Kind, Model, ON};
use byelaw_ir::{Atom, Fact, MAX_ATOMS, MAX_BOXES, MAX_PACKAGES, Program, content};
use sha2::{Digest as _, Sha256};

/// Compiles a model that resolved without errors.
///
/// # Errors
/// A message for each limit that the policy exceeds: boxes of a guard, boxes of an act, approvals of an act. The
/// same model always gives the same program.
pub fn lower(model: &Model) -> Result<Program, Vec<Diagnostic>> {
    let (Some(subject), Some(act)) = (model.subject, model.act) else {
        return Err(vec![
            Diagnostic::new(
                "B0114",
                Severity::Error,
                None,
                "this pack only lends words and answers no question",
            )
            .help("name a pack that has a policy"),
        ]);
    };
    let cells = Cells::of(model);
    let mut problems = Vec::new();
    let placed = placed(model, &cells, &mut problems);
    let impossible: Vec<Vec<Placed>> = model
        .impossible
        .iter()
        .enumerate()
        .map(|(sentence, c)| {
            let found = boxes(model, &cells, c).unwrap_or_else(|_| {
                problems.push(too_many_boxes(None, "a sentence `it is impossible that ...`"));
                Vec::new()
            });
            let placed = found.into_iter().filter_map(|guard| Placed::new(None, guard, subject));
            placed.map(|placed| placed.of_sentence(sentence)).collect()
        })
        .collect();
    let boxes_of_acts = Boxes::new(model, act, &placed, &impossible);
    let mut slices = Vec::new();
    for (place, this) in model.acts.iter().enumerate() {
        match slice(model, &cells, &boxes_of_acts, place) {
            Ok(slice) => slices.push(slice),
            Err(too_large) => problems.push(act_too_large(&this.word, too_large)),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut program = Program {
        facts: (0..model.facts.len())
            .map(|i| fact(model, &cells, FactId(u16::try_from(i).unwrap_or(u16::MAX))))
            .collect(),
        subject,
        act,
        no_act: model.no_act,
        event: model.event,
        readings: model.readings.keys().copied().collect(),
        several: !model
            .facts
            .iter()
            .any(|f| matches!(f.kind, Kind::SomeOf { of: Some(of), .. } if of == subject)),
        clock: model.clock,
        weekday: model.weekday,
        calendars: model.calendars.iter().map(|c| c.plan.clone()).collect(),
        slices,
        atoms: model
            .atoms
            .iter()
            .map(|a| Atom {
                approval: a.approval.is_some(),
                givers: a.approval.as_ref().map(|g| g.givers.clone()).unwrap_or_default(),
                held_roles: a.approval.as_ref().map(|g| g.held_roles.clone()).unwrap_or_default(),
                not_by_asker: a.approval.as_ref().is_some_and(|g| g.not_by_asker),
            })
            .collect(),
        names: names(model),
    };
    let digest = Sha256::digest(content(&program));
    program.names.digest = digest.iter().map(|b| format!("{b:02x}")).collect();
    Ok(program)
}

fn fact(model: &Model, cells: &Cells, id: FactId) -> Fact {
    let this = model.fact(id);
    Fact {
        domain: cells.domain(model, id),
        presumed: this.presumed.clone(),
        taken_as: this
            .taken_as
            .as_ref()
            .and_then(|(values, _)| values.first().copied())
            .filter(|_| model.width(id) > 0)
            .or_else(|| {
                let number = model.fillings.get(&id)?.number?;
                cells.domain(model, id).cell(number)
            }),
        left_open: this.left_to.is_some() || model.readings.contains_key(&id),
        member_of: this.member_of.map(|(f, _)| f),
        period: this.period.map(|p| (p.from.days(), p.until.map(|u| u.days()))),
    }
}

/// The boxes of all norms, stronger norms before weaker ones.
fn placed(model: &Model, cells: &Cells, problems: &mut Vec<Diagnostic>) -> Vec<Placed> {
    let mut placed = Vec::new();
    let subject = model.subject.unwrap_or(FactId(0));
    for place in strongest_first(model) {
        let norm = &model.norms[place];
        match boxes(model, cells, &guard(model, place)) {
            Ok(found) => {
                placed.extend(found.into_iter().filter_map(|g| Placed::new(Some(place), g, subject)))
            }
            Err(_) => {
                let rule = &model.names[norm.rule.place()];
                problems.push(too_many_boxes(Some(rule.span), &format!("the condition of `{}`", rule.name)));
            }
        }
    }
    placed
}

/// The guard of a norm together with the time of its instrument.
fn guard(model: &Model, place: usize) -> Condition {
    let norm = &model.norms[place];
    let mut all = vec![norm.guard.clone()];
    if let Some(instrument) = model.instruments.get(norm.instrument) {
        if let Some(adopted) = instrument.adopted {
            all.push(Condition::Between(AS_OF, adopted.days(), byelaw_data::Date::LAST.days()));
        }
        for time in &instrument.in_force {
            all.push(match time {
                InForce::Dates { from, until } => Condition::Between(
                    ON,
                    from.days(),
                    until.map_or(byelaw_data::Date::LAST.days(), |u| u.days().saturating_sub(1)),
                ),
                InForce::While(period) => Condition::In(*period, vec![YES]),
            });
        }
        for end in model.ends(norm.instrument) {
            let mut ended = vec![Condition::Between(ON, end.from.days(), byelaw_data::Date::LAST.days())];
            if let Some(adopted) = end.adopted {
                ended.push(Condition::Between(AS_OF, adopted.days(), byelaw_data::Date::LAST.days()));
            }
            all.push(Condition::Not(Box::new(Condition::All(ended))));
        }
    }
    Condition::All(all)
}

/// The norms in an order in which nothing stands before what prevails over it: in waves, each by number (Kahn 1962).
fn strongest_first(model: &Model) -> Vec<usize> {
    let mut stronger = vec![0_usize; model.norms.len()];
    for (_, weaker) in &model.precedence {
        stronger[*weaker] += 1;
    }
    let mut order = Vec::new();
    let mut wave: Vec<usize> = (0..stronger.len()).filter(|n| stronger[*n] == 0).collect();
    while !wave.is_empty() {
        let mut next = Vec::new();
        for place in &wave {
            for (_, weaker) in model.precedence.range((*place, 0)..(place + 1, 0)) {
                stronger[*weaker] -= 1;
                if stronger[*weaker] == 0 {
                    next.push(*weaker);
                }
            }
        }
        order.append(&mut wave);
        next.sort_unstable();
        wave = next;
    }
    // Circles are refused when a model is resolved; were there one, its norms would still be compiled.
    order.extend((0..stronger.len()).filter(|n| stronger[*n] > 0));
    order
}

fn too_many_boxes(span: Option<Span>, what: &str) -> Diagnostic {
    Diagnostic::new(
        "B0130",
        Severity::Error,
        span,
        format!("{what} has more than {MOST_BOXES} separate cases"),
    )
    .note("every `or` multiplies the cases of what it is joined to by `and`")
    .help("split the sentence, or define a group for what belongs together")
}

fn act_too_large(act: &byelaw_hir::Word, why: TooLarge) -> Diagnostic {
    let (found, limit, what) = match why {
        TooLarge::Boxes(n) => (n, MAX_BOXES, "separate cases of rules"),
        TooLarge::Atoms(n) => (n, MAX_ATOMS, "approvals and undertakings"),
        TooLarge::Packages => {
            return Diagnostic::new(
                "B0039",
                Severity::Error,
                act.span,
                format!("the act `{}` may leave more than {MAX_PACKAGES} ways to be permitted", act.name),
            )
            .note(
                "each way is a set of approvals and undertakings; rules with `or` multiply each other's ways",
            )
            .help("give approvals or undertakings that stand in for each other one name, or split the act");
        }
    };
    Diagnostic::new(
        "B0131",
        Severity::Error,
        act.span,
        format!("the act `{}` has {found} {what}; at most {limit} can be compiled", act.name),
    )
    .help("split the act into several acts")
}
