//! How many steps a decision takes at most.

use crate::layout::{Part, ones};
use crate::unknown::MOST_SITUATIONS;
use byelaw_ir::MAX_WORDS;

/// The most steps that one decision about an act takes; a step reads or writes a few words of 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Steps {
    /// Where every fact is known.
    pub known: u64,
    /// Where facts are unknown. Beyond it nothing is decided here.
    pub partly_known: u64,
}

impl Steps {
    /// Rows read, then boxes beaten, then packages looked at three times, each bar once more for what lifts it.
    pub(crate) fn of(part: &Part<'_>) -> Steps {
        let many = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let sets = part.sets::<MAX_WORDS>();
        let count = |set: &[u64]| set.iter().fold(0_u64, |n, w| n.saturating_add(many(ones(*w))));
        let words = many(part.words);
        let facts = many(part.direct.len()).saturating_add(many(part.mapped.len()));
        let packages = part
            .boxes
            .iter()
            .fold(0_u64, |n, w| n.saturating_add(many(crate::layout::OneBox::of(*w).packages)));
        let strong = count(&sets.strong);
        let lifting = count(&sets.bar).saturating_mul(strong);
        let point = strong
            .saturating_mul(words)
            .saturating_add(packages.saturating_add(lifting).saturating_mul(3))
            .saturating_add(words.saturating_mul(9));
        let known = facts.saturating_mul(words).saturating_add(many(part.atoms.len())).saturating_add(point);
        let situations = u64::from(MOST_SITUATIONS);
        let between = facts.saturating_mul(words).saturating_add(point);
        Steps { known, partly_known: known.saturating_add(situations.saturating_mul(between)) }
    }
}
