//! What is legal in a pack and probably not meant. Each message rests on an exact check; none is a guess.

mod documents;

use byelaw_diagnostic::Diagnostic;
use byelaw_hir::Model;

/// All of them. Only for a pack without errors: in another one, what is missing would look unused.
pub(crate) fn lints(model: &Model) -> Vec<Diagnostic> {
    documents::unclassified(model)
}
