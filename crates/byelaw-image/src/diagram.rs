//! Small acts as decision diagrams: a question is read off in as many looks as it has facts that matter to it.
//!
//! A diagram belongs to an act of an image and says the same (decision 0032). It knows what follows where everything that
//! it comes by is known; for the rest, and for acts that have none, the image is asked.
//!
//! Words of 64 bits; the first is the step to begin with. A step has its kind in the highest bits:
//!
//! - 0: the image is to be asked;
//! - a fact of which each value has a step: its number (16 bits), its width (16), where the steps begin (28). Behind the
//!   last value comes the step for what is unknown;
//! - a fact of which ranges of values have a step: its number, how many ranges there are, and where their first values
//!   begin, four in a word, with the steps behind them. The last range is what is unknown;
//! - what follows: a code, how many reasons it has, and where they begin (0: the image has them);
//! - what follows from what was given: where it begins. First a word with how many atoms there are (at most
//!   [`MOST_ATOMS`]), and the same of the reasons, then the atoms in one word, then the codes, sixteen in a word.
//!
//! Reasons lie apart, ready to be read.

mod build;

use crate::decide::{Answer, Situation, bit_of};
use crate::layout::{UNKNOWN, place};
use crate::reasons::Reason;
use alloc::vec::Vec;
use byelaw_data::Outcome;

/// The most atoms on which an end of a diagram hangs: as many numbers of sixteen bits as a word has.
const MOST_ATOMS: usize = 4;
/// The most facts on a way through a diagram.
const MOST_FACTS: usize = 12;

/// The kinds of steps: the highest bit, or the highest four.
const VALUES: u64 = 1 << 63;
const RANGES: u64 = 1;
const END: u64 = 2;
const GIVEN: u64 = 3;

/// What follows, by its code; 0 is none.
const CODES: [(Answer, bool); 6] = [
    (Answer::Decided(Outcome::Permitted), true),
    (Answer::Decided(Outcome::Permitted), false),
    (Answer::Decided(Outcome::NeedsApproval), false),
    (Answer::Decided(Outcome::Forbidden), false),
    (Answer::Decided(Outcome::NotCovered), false),
    (Answer::Impossible, false),
];

/// The diagram of one act.
#[derive(Debug, Clone)]
pub struct Diagram {
    words: Vec<u64>,
    reasons: Vec<Reason>,
}

/// What a diagram says to a question. Nothing that is unknown makes any difference to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// The answer.
    pub answer: Answer,
    /// As [`crate::Ruling::is_unconditional`].
    pub unconditional: bool,
    /// Where its reasons are; `None` if only the image has them.
    pub reasons: Option<Because>,
}

/// A place of reasons in the diagram that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Because {
    first: u32,
    many: u16,
}

impl Diagram {
    /// Answers a question about its act; `None` if the image is to be asked. Takes at most as many looks as the act has
    /// facts, and one for what was given.
    #[inline]
    pub fn answer(&self, situation: &Situation<'_>) -> Option<End> {
        let mut step = self.word(0)?;
        for _ in 0..=MOST_FACTS {
            step = if step & VALUES != 0 {
                self.word(base(step).wrapping_add(value(situation, step).min(many(step))))?
            } else if step >> 60 == RANGES {
                self.range(base(step), many(step), value(situation, step))?
            } else {
                return self.end(step, situation);
            };
        }
        None
    }

    /// What follows at the end of a way.
    #[inline]
    fn end(&self, step: u64, situation: &Situation<'_>) -> Option<End> {
        match step >> 60 {
            END => End::of(step & 0xf, base(step), many(step)),
            GIVEN => self.given(base(step), situation),
            _ => None,
        }
    }

    /// The step of the range that has a value.
    #[inline]
    fn range(&self, base: usize, many: usize, value: usize) -> Option<u64> {
        let firsts = many.div_ceil(4);
        let [words, steps] = [(base, firsts), (base.wrapping_add(firsts), many)]
            .map(|(from, many)| self.words.get(from..from.wrapping_add(many)).unwrap_or(&[]));
        let begun = |word: &u64| {
            (0..4).fold(0_usize, |n, nth| n.wrapping_add(usize::from(number_in(*word, nth) <= value)))
        };
        let begun = match many {
            0..=16 => words.iter().fold(0, |n, word| begun(word).wrapping_add(n)),
            _ => {
                let full = words.partition_point(|word| number_in(*word, 0) <= value).saturating_sub(1);
                words.get(full).map_or(0, begun).wrapping_add(full.wrapping_mul(4))
            }
        };
        // What fills up the last word begins as late as nothing else, and is no range.
        steps.get(begun.min(many).wrapping_sub(1)).copied()
    }

    /// What follows from what was given.
    fn given(&self, at: usize, situation: &Situation<'_>) -> Option<End> {
        let [head, atoms, codes @ ..] = self.words.get(at..)? else { return None };
        let mut state = 0_usize;
        for nth in 0..(head & 0xf).min(4) {
            let atom = atoms.wrapping_shr(u32::try_from(nth).unwrap_or(0).wrapping_mul(16)) & 0xffff;
            // What is both given and refused is refused.
            let is =
                if bit_of(situation.refused, atom) != 0 { 2 } else { place(bit_of(situation.granted, atom)) };
            state = state.wrapping_mul(3).wrapping_add(is);
        }
        let code =
            codes.get(state / 16)?.wrapping_shr(u32::try_from(state % 16).unwrap_or(0).wrapping_mul(4)) & 0xf;
        let end = End::of(code, base(*head), many(*head))?;
        // Why it is a no hangs on what was refused.
        let is_no = end.answer == Answer::Decided(Outcome::Forbidden);
        Some(if is_no { End { reasons: None, ..end } } else { end })
    }

    /// The rules behind an end of this diagram, as [`crate::Image::into_reasons`].
    #[inline]
    pub fn reasons(&self, because: Because) -> &[Reason] {
        let from = place(u64::from(because.first));
        self.reasons.get(from..from.wrapping_add(usize::from(because.many))).unwrap_or(&[])
    }

    #[inline]
    fn word(&self, at: usize) -> Option<u64> {
        self.words.get(at).copied()
    }
}

impl End {
    #[inline]
    fn of(code: u64, first: usize, many: usize) -> Option<End> {
        let (answer, unconditional) = CODES.get(place(code.wrapping_sub(1))).copied()?;
        let because =
            u32::try_from(first).ok().zip(u16::try_from(many).ok()).filter(|(first, _)| *first != 0);
        Some(End { answer, unconditional, reasons: because.map(|(first, many)| Because { first, many }) })
    }
}

/// The value of the fact of a step.
#[inline]
fn value(situation: &Situation<'_>, step: u64) -> usize {
    usize::from(situation.values.get(place(step & 0xffff)).copied().unwrap_or(UNKNOWN))
}

/// Where the steps of a step begin, its words, or its reasons.
#[inline]
fn base(step: u64) -> usize {
    place(step >> 32 & 0x0fff_ffff)
}

/// How many values, ranges or reasons a step has.
#[inline]
fn many(step: u64) -> usize {
    place(step >> 16 & 0xffff)
}

/// One of four numbers in a word.
#[inline]
fn number_in(word: u64, nth: u32) -> usize {
    place(word.wrapping_shr(nth.wrapping_mul(16)) & 0xffff)
}
