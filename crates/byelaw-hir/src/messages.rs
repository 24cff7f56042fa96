//! What was wrong with a pack, and how much of it is kept.
//!
//! Not here: the words of any message but the one that says how many others there are.

use byelaw_diagnostic::{Diagnostic, Severity};

/// How many errors about the names and sentences of a pack are kept, and how many messages that are no errors. Nobody
/// reads more, and a hostile pack could have a million.
const MOST: usize = 100;

/// Messages as they come up: the first errors, the first of the others, and how many there were beyond them.
///
/// What is left out is never the only error, so that a pack with an error always has one that is kept.
#[derive(Default)]
pub(crate) struct Messages {
    kept: Vec<Diagnostic>,
    count: Count,
}

#[derive(Default, Clone, Copy)]
struct Count {
    errors: usize,
    others: usize,
}

/// How far the messages had come.
pub(crate) struct Mark(usize, Count);

impl Messages {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        let count = if diagnostic.is_error() { &mut self.count.errors } else { &mut self.count.others };
        *count += 1;
        if *count <= MOST {
            self.kept.push(diagnostic);
        }
    }

    /// Whether there was an error.
    pub(crate) fn any_error(&self) -> bool {
        self.count.errors > 0
    }

    /// Whether one more error would only be counted.
    pub(crate) fn is_full(&self) -> bool {
        self.count.errors >= MOST
    }

    pub(crate) fn mark(&self) -> Mark {
        Mark(self.kept.len(), self.count)
    }

    /// Forgets what came up since.
    pub(crate) fn forget(&mut self, since: Mark) {
        self.kept.truncate(since.0);
        self.count = since.1;
    }

    /// The messages, with one more if some are left out.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        let errors = self.count.errors.saturating_sub(MOST);
        let more = errors + self.count.others.saturating_sub(MOST);
        if more > 0 {
            let severity = if errors > 0 { Severity::Error } else { Severity::Warning };
            let message = format!("{more} more messages about this pack are left out");
            self.kept.push(
                Diagnostic::new("B0029", severity, None, message).help("mend the first ones and check again"),
            );
        }
        self.kept
    }
}
