//! Messages on standard error, and their JSON form.

use crate::End;
use byelaw::Compiled;
use byelaw::diagnostic::{Severity, render_text};

/// Prints errors and warnings for people; notes only if asked for.
pub(crate) fn diagnostics(compiled: &Compiled, notes: bool) {
    for diagnostic in compiled.diagnostics.iter().filter(|d| notes || d.severity != Severity::Note) {
        eprintln!("{}", render_text(diagnostic, &compiled.sources));
    }
}

/// Says why nothing could be done.
pub(crate) fn unusable(why: &str) -> End {
    eprintln!("error: {why}");
    End::Unusable
}
