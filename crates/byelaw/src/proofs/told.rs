//! What proofs show, for people.

use super::{Shown, Tally, WrittenClaim};
use crate::diff::grouped;
use crate::page::{Block, Page, Section};
use std::fmt;

/// How many acts or pairs of rules of which nothing is claimed are shown at first.
const LISTED: usize = 5;

/// How many claims without a proof are shown at first.
const MISSING: usize = 20;

impl fmt::Display for WrittenClaim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invariant { sentence, act } => write!(f, "{act}: {sentence}"),
            Self::Spoken { act, but } if but.is_empty() => write!(f, "{act}: no rule is silent"),
            Self::Spoken { act, but } => write!(f, "{act}: no rule is silent but in {} cases", but.len()),
            Self::NeverStands { rule } => write!(f, "{rule} never stands"),
            Self::Apart { rules: [a, b] } => write!(f, "{a} and {b} contradict each other nowhere"),
        }
    }
}

impl WrittenClaim {
    /// Whether both are about what is left unsaid of one act.
    pub(super) fn is_about_the_act_of(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Spoken { act: a, .. }, Self::Spoken { act: b, .. }) if a == b)
    }
}

impl Shown {
    /// Whether everything that could be claimed is shown.
    pub fn is_whole(&self) -> bool {
        self.missing.is_empty()
    }

    /// The report for people; with `all` nothing is left for later.
    pub fn page(&self, all: bool) -> Page {
        let of = |kind: &Tally| format!("{} of {}", count(kind.shown), count(kind.of));
        let mut lines = vec![
            format!(
                "{} sentences with `never` or `always`, act by act{}",
                of(&self.invariants),
                cases(&self.invariants)
            ),
            format!(
                "{} acts of which no more is left unsaid than is told, {}{}",
                of(&self.silence),
                some(self.gaps, "gap"),
                cases(&self.silence)
            ),
            format!(
                "{} pairs of rules that could contradict each other and never do, {} by their words alone{}; {} told",
                of(&self.apart),
                count(self.apart.plain),
                cases(&self.apart),
                some(self.contradictions.len(), "contradiction")
            ),
        ];
        if self.idle.of > 0 {
            lines.push(format!(
                "{} of which none ever stands{}",
                some(self.idle.shown, "rule"),
                cases(&self.idle)
            ));
        }
        let pairs = self.contradictions.iter().map(|[a, b]| format!("{a} and {b}")).collect();
        let parts = [
            ("Proved", lines, usize::MAX),
            (
                "Said to be left unsaid altogether, so that nothing is claimed of them",
                self.silent.clone(),
                LISTED,
            ),
            ("Said to contradict each other, so that nothing is claimed of them", pairs, LISTED),
            ("Without a proof", self.missing.clone(), MISSING),
        ];
        let section = |(heading, lines, shown): (&str, Vec<String>, usize)| Section {
            above: false,
            heading: heading.to_owned(),
            blocks: vec![Block::List {
                shown: if all { lines.len() } else { shown.min(lines.len()) },
                lines,
            }],
        };
        let sections = parts.into_iter().filter(|(_, lines, _)| !lines.is_empty()).map(section).collect();
        Page {
            title: "What is proved".to_owned(),
            about: vec![("pack".to_owned(), self.pack.clone())],
            summary: vec![if self.is_whole() {
                "Every claim has a proof, and every proof was checked.".to_owned()
            } else {
                let verb = if self.missing.len() == 1 { "has" } else { "have" };
                format!("Every proof was checked; {} {verb} none.", some(self.missing.len(), "claim"))
            }],
            sections,
        }
    }
}

fn count(number: usize) -> String {
    grouped(number as u128)
}

/// How many of something there are, in words.
fn some(number: usize, what: &str) -> String {
    format!("{} {what}{}", count(number), if number == 1 { "" } else { "s" })
}

/// The boxes that proofs look at, where there are some.
fn cases(kind: &Tally) -> String {
    if kind.boxes == 0 { String::new() } else { format!(" ({})", some(kind.boxes, "case")) }
}
