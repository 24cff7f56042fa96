//! How many steps a decision takes at most.

use crate::layout::{Part, ones};
use crate::unknown::MOST_SITUATIONS;
use byelaw_ir::MAX_WORDS;

/// The most steps that one decision about an act takes; a step reads or writes a few words of 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Steps {
    /// Where every fact is known.
    pub known: u64,
    /// Where facts are unknown. Beyond it nothing is decided here.
    pub partly_known: u64,
}

impl Steps {
    /// The greater of each.
    pub(crate) fn or(self, other: Steps) -> Steps {
        Steps { known: self.known.max(other.known), partly_known: self.partly_known.max(other.partly_known) }
    }

    /// A situation: what each box beats; then up to four looks at each bar and at all that could lift it, three of them at
    /// what each box asks for. Before it a row of each fact, and between two situations at most all rows twice.
    pub(crate) fn of(part: &Part<'_>) -> Steps {
        let many = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let sets = part.sets::<MAX_WORDS>();
        let count = |set: &[u64]| set.iter().fold(0_u64, |n, w| n.saturating_add(many(ones(*w))));
        let words = many(part.words);
        let places = (0..part.words.saturating_mul(64)).filter_map(|place| part.one(place));
        let packages = places.fold(0_u64, |n, one| n.saturating_add(many(one.packages)));
        let (strong, bars) = (count(&sets.strong), count(&sets.bar));
        // Whether one box beats another takes a look at each word of those that beat any, and one at what it beats.
        let beaters = strong.saturating_mul(words.saturating_add(1));
        let lifting = bars.saturating_mul(beaters.saturating_add(packages));
        let point = strong
            .saturating_mul(words)
            .saturating_add(packages.saturating_add(lifting).saturating_mul(3))
            .saturating_add(bars.saturating_mul(beaters))
            .saturating_add(words.saturating_mul(9));
        let (facts, rows) = part.facts().fold((0_u64, 0_u64), |(facts, rows), (_, here)| {
            (facts.saturating_add(1), rows.saturating_add(many(here)))
        });
        // Of each fact its value, its place in a map and its row.
        let first = facts.saturating_mul(words.saturating_add(2));
        let given = many(part.atoms.len()).saturating_add(facts);
        let known = first.saturating_add(given).saturating_add(point);
        let between = facts.saturating_add(rows).saturating_mul(words).saturating_mul(2);
        let situations = u64::from(MOST_SITUATIONS).saturating_mul(between.saturating_add(point));
        Steps { known, partly_known: known.saturating_add(situations) }
    }
}
