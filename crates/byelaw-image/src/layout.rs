//! Where everything lies in an image, and the check that it does.
//!
//! Words of 64 bits; offsets count words from the first. The image begins with [`HEAD`] words (magic, how many words
//! there are, how many acts, how many facts), then one word for each act: where its part begins.
//!
//! A part has five words (counts; which atoms are approvals; where its own approvals, packages and beaten boxes begin),
//! then nine sets of boxes, its facts, its boxes and its atoms. A set of boxes has as many words as the part says.
//!
//! A fact is one word (number, width, where its rows begin, whether it is a reading). Its rows are one set of boxes for
//! each value, then the boxes that some value allows, then those that every value allows: an unknown value is the first
//! place behind the values. A fact of which many values allow the same has a second word: where its map from values to
//! rows begins, two bytes for each value and one for what is unknown.

use byelaw_ir::{BoxKind, MAX_ATOMS, MAX_BOXES, MAX_PACKAGES, MAX_WORDS};
use core::fmt;

/// A value that is not known.
pub const UNKNOWN: u16 = u16::MAX;

/// The first word of every image: the name and the version of the form.
pub(crate) const MAGIC: u64 = u64::from_le_bytes(*b"BYELAWI\x01");
/// Words before the places of the acts.
pub(crate) const HEAD: usize = 4;
/// Words of a part before its sets of boxes.
pub(crate) const PART: usize = 5;
/// How many sets of boxes a part has.
pub(crate) const SETS: usize = 9;

/// What a box can do, in the order in which an image numbers it.
pub(crate) const KINDS: [BoxKind; 9] = [
    BoxKind::May,
    BoxKind::MayInGeneral,
    BoxKind::MustNot,
    BoxKind::Only,
    BoxKind::Duty,
    BoxKind::Standing,
    BoxKind::Disapply,
    BoxKind::Advice,
    BoxKind::Impossible,
];

/// An image that was checked.
#[derive(Debug, Clone, Copy)]
pub struct Image<'a> {
    pub(crate) words: &'a [u64],
}

/// The words are not an image: something points out of it, or two numbers do not fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damaged;

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("these words are not a policy of this version, or they were damaged")
    }
}

impl core::error::Error for Damaged {}

impl<'a> Image<'a> {
    /// Takes words for an image after checking every number that points somewhere.
    ///
    /// # Errors
    /// [`Damaged`]. Never panics, whatever the words.
    pub fn new(words: &'a [u64]) -> Result<Image<'a>, Damaged> {
        let image = Image { words };
        let good = image.word(0) == Some(MAGIC)
            && image.word(1).is_some_and(|n| usize::try_from(n) == Ok(words.len()))
            && image.word(3).is_some_and(|n| n <= 1 << 16)
            && (0..image.acts()).all(|act| image.part(act).is_some_and(|part| part.is_valid(&image)));
        if good { Ok(image) } else { Err(Damaged) }
    }

    /// Takes words that [`crate::image`] made or [`Image::new`] accepted, without looking at them again. Words that
    /// are no image answer nothing: every read is checked, and what is not there is no permission.
    pub fn trusted(words: &'a [u64]) -> Image<'a> {
        Image { words }
    }

    /// How many acts it knows; one more than a question can name where duties stand without an act.
    pub fn acts(&self) -> u16 {
        self.word(2).and_then(|n| u16::try_from(n).ok()).unwrap_or(0)
    }

    /// How many facts a question has values for.
    pub fn facts(&self) -> usize {
        self.word(3).map_or(0, place)
    }

    pub(crate) fn word(&self, at: usize) -> Option<u64> {
        self.words.get(at).copied()
    }

    pub(crate) fn slice(&self, from: usize, many: usize) -> Option<&'a [u64]> {
        self.words.get(from..from.checked_add(many)?)
    }

    /// The part of an act.
    #[inline]
    pub(crate) fn part(&self, act: u16) -> Option<Part<'a>> {
        if act >= self.acts() {
            return None;
        }
        let at = place(self.word(HEAD.wrapping_add(usize::from(act)))?);
        let [counts, approvals, own, packages, beats, rest @ ..] = self.words.get(at..)? else { return None };
        let words = place(counts & 0xff);
        let boxes = place(counts >> 8 & 0xffff);
        let direct = place(counts >> 24 & 0xffff);
        let mapped = place(counts >> 40 & 0xffff);
        let atoms = place(counts >> 56);
        let (sets, rest) = rest.split_at_checked(words.wrapping_mul(SETS))?;
        let (direct, rest) = rest.split_at_checked(direct)?;
        let (mapped, rest) = rest.split_at_checked(mapped.wrapping_mul(2))?;
        let (boxes, rest) = rest.split_at_checked(boxes)?;
        let atoms = rest.get(..atoms)?;
        Some(Part {
            words,
            approvals: *approvals,
            own: place(*own),
            packages: place(*packages),
            beats: place(*beats),
            sets,
            direct,
            mapped,
            boxes,
            atoms,
        })
    }
}

/// What an image says of one act.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'a> {
    /// Words of a set of boxes.
    pub words: usize,
    /// The atoms that are approvals.
    pub approvals: u64,
    /// Where the table of the approvals that askers would give themselves begins; 0 if there is none.
    pub own: usize,
    /// Where its packages begin.
    pub packages: usize,
    /// Where the sets of beaten boxes begin, one for each box that beats any.
    pub beats: usize,
    sets: &'a [u64],
    /// Facts with a row for each value.
    pub direct: &'a [u64],
    /// Facts with a map, two words each.
    pub mapped: &'a [u64],
    /// The boxes.
    pub boxes: &'a [u64],
    /// The approvals and undertakings that its prices name, by their numbers in the policy.
    pub atoms: &'a [u64],
}

impl<'a> Part<'a> {
    /// All sets of boxes, each in as many words as the caller works with.
    #[inline]
    pub fn sets<const N: usize>(&self) -> Sets<N> {
        let mut sets = [[0; N]; SETS];
        if N == 1 {
            // One word each: they lie side by side.
            for (set, word) in sets.iter_mut().flatten().zip(self.sets) {
                *set = *word;
            }
        } else {
            for (set, words) in sets.iter_mut().zip(self.sets.chunks_exact(self.words.max(1))) {
                set.iter_mut().zip(words).for_each(|(to, from)| *to = *from);
            }
        }
        let [all, strong, impossible, gate, bar, only, duty, free, absolute] = sets;
        Sets { all, strong, impossible, gate, bar, only, duty, free, absolute }
    }

    /// A box, by its place.
    #[inline]
    pub fn one(&self, place: usize) -> Option<OneBox> {
        self.boxes.get(place).map(|word| OneBox::of(*word))
    }

    /// The facts, each with how many rows it has for values.
    pub fn facts(&self) -> impl Iterator<Item = (Fact, usize)> + 'a {
        let direct = self.direct.iter().map(|word| Fact::of(*word)).map(|fact| (fact, fact.width));
        let mapped = self.mapped.chunks_exact(2).filter_map(|two| match two {
            [word, map] => Some((Fact::of(*word), place(*map >> 32))),
            _ => None,
        });
        direct.chain(mapped)
    }

    fn is_valid(&self, image: &Image<'a>) -> bool {
        let words = self.words;
        let many = self.boxes.len();
        let fits = |set: &[u64]| set.len() == words && beyond(set, many);
        let rows = |fact: Fact, rows: usize| {
            let all = image.slice(fact.rows, rows.wrapping_add(2).wrapping_mul(words));
            fact.number < image.facts()
                && fact.width > 0
                && all.is_some_and(|all| words == 0 || all.chunks(words).all(fits))
        };
        let strong = self.sets::<MAX_WORDS>().strong.iter().fold(0_usize, |n, w| n.wrapping_add(ones(*w)));
        words <= MAX_WORDS
            && many <= MAX_BOXES
            && words == many.div_ceil(64)
            && self.atoms.len() <= MAX_ATOMS
            && self.sets.chunks(words.max(1)).all(fits)
            && self.direct.iter().all(|fact| {
                let fact = Fact::of(*fact);
                rows(fact, fact.width)
            })
            && self.mapped.chunks(2).all(|two| {
                let [fact, map] = two else { return false };
                let fact = Fact::of(*fact);
                let (map, many) = (place(*map & 0xffff_ffff), place(*map >> 32));
                many < usize::from(u16::MAX)
                    && rows(fact, many)
                    // The last two rows are what is unknown, and are not for values.
                    && (0..fact.width).all(|v| row_of(image, map, v).is_some_and(|r| r < many))
                    && row_of(image, map, fact.width) == Some(many)
            })
            && self.boxes.iter().all(|one| {
                let one = OneBox::of(*one);
                one.packages <= MAX_PACKAGES
                    && image.slice(self.packages.wrapping_add(one.first), one.packages).is_some()
            })
            && image
                .slice(self.beats, strong.wrapping_mul(words))
                .is_some_and(|beats| words == 0 || beats.chunks(words).all(fits))
            && (self.own == 0 || self.own_is_valid(image))
    }

    fn own_is_valid(&self, image: &Image<'a>) -> bool {
        let Some(many) = image.word(self.own) else { return false };
        let many = place(many);
        many <= image.facts()
            && (0..many).all(|i| {
                let entry = image.word(self.own.wrapping_add(1).wrapping_add(i)).map(Fact::of);
                entry.is_some_and(|f| f.number < image.facts() && image.slice(f.rows, f.width).is_some())
            })
    }
}

/// The sets of boxes of a part, in their order, read once for a decision.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sets<const N: usize> {
    /// Every box.
    pub all: [u64; N],
    /// Those that beat another one.
    pub strong: [u64; N],
    /// Situations that cannot be.
    pub impossible: [u64; N],
    /// Permissions.
    pub gate: [u64; N],
    /// Bars, conditions among them.
    pub bar: [u64; N],
    /// Conditions (`may only`).
    pub only: [u64; N],
    /// Duties that go with the act.
    pub duty: [u64; N],
    /// Boxes that ask for nothing.
    pub free: [u64; N],
    /// Bars of which no approval and no undertaking of their own lifts them.
    pub absolute: [u64; N],
}

/// A fact of a part.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fact {
    /// Its number in the policy.
    pub number: usize,
    /// How many values it has.
    pub width: usize,
    /// Where its rows begin.
    pub rows: usize,
    /// Whether it is a reading of a sentence, of which the strictest applies.
    pub reading: bool,
}

impl Fact {
    #[inline]
    pub fn of(word: u64) -> Fact {
        Fact {
            number: place(word & 0xffff),
            width: place(word >> 16 & 0xffff),
            rows: place(word >> 32 & 0x7fff_ffff),
            reading: word >> 63 == 1,
        }
    }
}

/// A box of a part.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OneBox {
    /// The number of its rule.
    pub rule: u32,
    /// What it does, as a place of [`KINDS`].
    kind: usize,
    /// How many packages its price has.
    pub packages: usize,
    /// The first of them, counted from the first of the part.
    pub first: usize,
}

impl OneBox {
    /// What it does; nothing that a policy knows in an image that was damaged.
    #[inline]
    pub fn kind(self) -> Option<BoxKind> {
        KINDS.get(self.kind).copied()
    }

    #[inline]
    pub fn of(word: u64) -> OneBox {
        OneBox {
            rule: u32::try_from(word & 0xffff_ffff).unwrap_or(u32::MAX),
            kind: place(word >> 32 & 0xf),
            packages: place(word >> 36 & 0x7f),
            first: place(word >> 43),
        }
    }
}

/// The row of a value in a map, of which each word has four.
#[inline]
pub(crate) fn row_of(image: &Image<'_>, map: usize, value: usize) -> Option<usize> {
    let word = image.word(map.wrapping_add(value / 4))?;
    let shift = u32::try_from(value % 4).unwrap_or(0).wrapping_mul(16);
    Some(place(word.wrapping_shr(shift) & 0xffff))
}

/// Whether no bit at or beyond `many` is set.
fn beyond(set: &[u64], many: usize) -> bool {
    set.iter().enumerate().all(|(word, bits)| {
        match u32::try_from(many.saturating_sub(word.saturating_mul(64))) {
            Ok(left) if left < 64 => bits.checked_shr(left) == Some(0),
            _ => true,
        }
    })
}

pub(crate) fn ones(word: u64) -> usize {
    usize::try_from(word.count_ones()).unwrap_or(0)
}

/// A number of an image as a place. What does not fit points nowhere.
#[inline]
pub(crate) fn place(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
