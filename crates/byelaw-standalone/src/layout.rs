//! Where everything lies among the words of a policy in a module, once it is unpacked.
//!
//! Words of 64 bits. The head has [`HEAD`] of them: magic; how many words there are; stamp and act; how many facts and
//! atoms; where the image of the policy begins, and which of the numbers that it is made of is the first. Then one word for each fact: what is taken for it if nothing is said
//! (16 bits), its kind (8 bits), how many values it has or where its table begins (32 bits). Then the tables of numbers and
//! periods, then the image (`byelaw-image`).

use byelaw_image::Image;

/// The first word: the name and the version of the form.
pub(crate) const MAGIC: u64 = u64::from_le_bytes(*b"BYELAWS\x01");
/// Words before those of the facts.
pub(crate) const HEAD: usize = 5;

/// What can be said of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One of this many values, by its place.
    Values(u64),
    /// A number; its table has the least, the greatest, how many cuts, and the cuts.
    Number(usize),
    /// Nothing: it follows from the date. Its table has the first day and the first day after it.
    Period(usize),
    /// Nothing: it follows from the date.
    Weekday,
    /// Nothing.
    Unsaid,
}

impl Kind {
    /// As bits of a fact's word.
    pub(crate) fn word(self, otherwise: u16) -> u64 {
        let (kind, more) = match self {
            Self::Values(many) => (0, many),
            Self::Number(at) => (1, wide(at)),
            Self::Period(at) => (2, wide(at)),
            Self::Weekday => (3, 0),
            Self::Unsaid => (4, 0),
        };
        u64::from(otherwise) | kind << 16 | more << 32
    }

    pub(crate) fn of(word: u64) -> (Kind, u16) {
        let more = word >> 32;
        let kind = match word >> 16 & 0xff {
            0 => Self::Values(more),
            1 => Self::Number(place(more)),
            2 => Self::Period(place(more)),
            3 => Self::Weekday,
            _ => Self::Unsaid,
        };
        (kind, u16::try_from(word & 0xffff).unwrap_or(u16::MAX))
    }
}

/// A policy in a module.
#[derive(Debug, Clone, Copy)]
pub struct Policy<'a> {
    pub(crate) words: &'a [u64],
    pub(crate) facts: &'a [u64],
    pub(crate) image: Image<'a>,
}

impl<'a> Policy<'a> {
    /// Takes words for a policy, with whatever lies behind them. `None` if none lie there.
    pub(crate) fn new(words: &'a [u64]) -> Option<Policy<'a>> {
        let [magic, many, _, counts, image, ..] = words else { return None };
        let words = words.get(..place(*many))?;
        let facts = words.get(HEAD..)?.get(..place(*counts & 0xffff_ffff))?;
        let image = Image::trusted(words.get(place(*image & 0xffff_ffff)..)?);
        (*magic == MAGIC).then_some(Policy { words, facts, image })
    }

    /// Where its image begins.
    pub(crate) fn image_at(&self) -> usize {
        place(self.word(4) & 0xffff_ffff)
    }

    /// Which of the numbers that it was made of is the first of its image.
    pub(crate) fn numbers_from(&self) -> usize {
        place(self.word(4) >> 32)
    }

    /// What a question to it begins with.
    pub fn stamp(&self) -> u32 {
        low(self.word(2))
    }

    pub(crate) fn act(&self) -> usize {
        place(self.word(2) >> 32)
    }

    pub(crate) fn atoms(&self) -> usize {
        place(self.word(3) >> 32)
    }

    pub(crate) fn word(&self, at: usize) -> u64 {
        self.words.get(at).copied().unwrap_or(0)
    }
}

/// A word as a place. What does not fit points nowhere.
pub(crate) fn place(word: u64) -> usize {
    usize::try_from(word).unwrap_or(usize::MAX)
}

pub(crate) fn wide(place: usize) -> u64 {
    u64::try_from(place).unwrap_or(u64::MAX)
}

fn low(word: u64) -> u32 {
    u32::try_from(word & 0xffff_ffff).unwrap_or(0)
}
