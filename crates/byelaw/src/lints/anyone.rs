//! `may only` for anyone, meant as a bar: it permits as well.

use byelaw_data::RuleId;
use byelaw_diagnostic::Diagnostic;
use byelaw_hir::{Input, Model};
use byelaw_ir::{Box, BoxKind, Program};
use byelaw_syntax::ast::{Item, Modal, RuleBody};

/// Rules that permit anyone what no other rule permits, by `may only` and a condition alone. With an approval somebody
/// decides on each case, and `may ... only when ...` says that it permits; neither is reported.
pub(super) fn lets_anyone(files: &[Input<'_>], model: &Model, program: &Program) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for sentence in files.iter().flat_map(|file| file.sentences) {
        let Item::Rule(rule) = &sentence.item else { continue };
        let RuleBody::Norm(norm) = &rule.body else { continue };
        let anyone = norm.who.except && norm.who.names.is_empty();
        let priced = norm.clauses.approved.is_some() || norm.clauses.provided.is_some();
        if !anyone || norm.modal != Modal::MayOnly || priced {
            continue;
        }
        let Some(id) = model.names.iter().position(|n| n.name == rule.name.text) else { continue };
        let Some(id) = RuleId::at(id) else { continue };
        let alone: Vec<&str> = program
            .slices
            .iter()
            .zip(&model.acts)
            .filter(|(slice, _)| {
                let mine = slice.boxes.iter().any(|b| b.rule == id && permits(b));
                mine && !slice.boxes.iter().any(|b| b.rule != id && permits(b))
            })
            .map(|(_, act)| act.word.name.as_str())
            .collect();
        if !alone.is_empty() {
            let name = &model.names[id.place()];
            found.push(
                Diagnostic::warning(
                    "B0219",
                    name.span,
                    format!("`{}` alone permits {}, and permits it to anyone", name.name, alone.join(", ")),
                )
                .label(name.sentence.clone())
                .note("`may only` permits where its condition holds, and bars where it does not")
                .help("if it is meant as a bar alone, write `Anyone must not ... unless ...`, and say in another rule who may")
                .help("if anyone may, write `Anyone may ... only when ...`, which says the same and reads so"),
            );
        }
    }
    found
}

/// Whether a box can make a yes.
fn permits(one: &Box) -> bool {
    match one.kind {
        BoxKind::May | BoxKind::MayInGeneral => true,
        BoxKind::Only => !one.price.is_empty(),
        _ => false,
    }
}
