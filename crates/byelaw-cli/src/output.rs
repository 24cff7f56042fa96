//! Messages on standard error, and their JSON form.

use crate::End;
use byelaw::Compiled;
use byelaw::diagnostic::{Severity, render_all};

/// Prints errors and warnings for people; notes only if asked for.
pub(crate) fn diagnostics(compiled: &Compiled, notes: bool) {
    let shown = compiled.diagnostics.iter().filter(|d| notes || d.severity != Severity::Note);
    for message in render_all(shown, &compiled.sources) {
        eprintln!("{message}");
    }
}

/// Says why nothing could be done.
pub(crate) fn unusable(why: &str) -> End {
    eprintln!("error: {why}");
    End::Unusable
}
