//! What is legal in a pack and probably not meant. Each message rests on an exact check; none is a guess.

mod alone;
mod anyone;
mod approvals;
mod documents;
mod ending;
mod rules;
mod time;
mod unused;

use byelaw_diagnostic::Diagnostic;
use byelaw_hir::{Input, Model};
use byelaw_ir::Program;

pub use ending::ending;
use rules::Swallowed;
pub(crate) use rules::swallowed;
pub use time::due_reviews;

/// All of them but those that need to know what day it is. Only for a pack without errors: in another one, what is
/// missing would look unused.
pub(crate) fn lints(
    files: &[Input<'_>],
    model: &Model,
    program: &Program,
    swallowed: &[Swallowed],
) -> Vec<Diagnostic> {
    let mut found = documents::unclassified(model);
    found.extend(rules::boundaries(model, program));
    found.extend(rules::pointless(model, swallowed));
    found.extend(alone::nowhere(model, program));
    found.extend(alone::alternatives(model, program));
    found.extend(anyone::lets_anyone(files, model, program));
    found.extend(rules::presumed_conditions(files, model));
    found.extend(time::never_in_force(model));
    found.extend(approvals::approvals(model, program));
    found.extend(unused::unused(files));
    found
}
