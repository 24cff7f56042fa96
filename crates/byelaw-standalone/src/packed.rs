//! A policy as few bytes, and the words of it that questions are read with (`layout`) made of them.
//!
//! Three words: magic; how many bytes follow and how many numbers they are; how many words the policy takes, and how many
//! it takes meanwhile. Then the numbers, seven bits in a byte, low ones first: stamp, act, atoms, facts; of each fact what
//! is taken for it, its kind and its bounds; then those of its image (`byelaw_image::pack`).

use crate::build::Packed;
use crate::layout::{HEAD, Kind, MAGIC, Policy, place, wide};
use byelaw_image::{UNKNOWN, Unpacking};

/// The first word: the name and the version of the form.
const PACKED: u64 = u64::from_le_bytes(*b"BYELAWS\x02");

/// What can be said of a fact, as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    Values,
    Number,
    Period,
    Weekday,
    Unsaid,
}

impl Code {
    const ALL: [Code; 5] = [Code::Values, Code::Number, Code::Period, Code::Weekday, Code::Unsaid];

    pub(crate) fn number(self) -> u64 {
        wide(Self::ALL.iter().position(|code| *code == self).unwrap_or(Self::ALL.len()))
    }
}

/// A number by what it is more than the one before.
pub(crate) fn step(before: i64, number: i64) -> u64 {
    let more = number.wrapping_sub(before);
    // Its sign at the end, so that small numbers stay small.
    (more.cast_unsigned() << 1) ^ (more >> 63).cast_unsigned()
}

fn stepped(before: i64, step: u64) -> i64 {
    before.wrapping_add((step >> 1).cast_signed() ^ -(step & 1).cast_signed())
}

/// Packs numbers, after a look at how much room they take. `None` if that is more than `most` words.
pub(crate) fn pack(numbers: &[u64], most: usize) -> Option<Packed> {
    let mut room = numbers.len().max(1 << 12);
    let (table, scratch) = loop {
        let (mut table, mut scratch) = (vec![0; room], vec![0; room]);
        if let Some((at, image)) = fill(numbers, &mut table) {
            let used = table.get_mut(at..).and_then(|words| byelaw_image::unpack(image, words, &mut scratch));
            if let Some((image, scratch)) = used {
                break (at + image, scratch);
            }
        }
        room = room.checked_mul(2).filter(|room| *room <= most)?;
    };
    let scratch = scratch + numbers.len();
    let mut bytes = Vec::new();
    for number in numbers {
        let mut left = *number;
        while left > 0x7f {
            bytes.push(u8::try_from(left & 0x7f).ok()? | 0x80);
            left >>= 7;
        }
        bytes.push(u8::try_from(left).ok()?);
    }
    let halves = |low: usize, high: usize| {
        Some(u64::from(u32::try_from(low).ok()?) | u64::from(u32::try_from(high).ok()?) << 32)
    };
    let mut words = vec![PACKED, halves(bytes.len(), numbers.len())?, halves(table, scratch)?];
    for eight in bytes.chunks(8) {
        words.push(eight.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)));
    }
    let needed = words.len() + table + scratch;
    Some(Packed { words, needed })
}

/// The memory of a module by what lies in it, one behind the other.
struct Memory<'a> {
    packed: &'a [u64],
    /// How many bytes of these are the policy's.
    bytes: usize,
    table: &'a mut [u64],
    numbers: &'a mut [u64],
    scratch: &'a mut [u64],
}

impl<'a> Memory<'a> {
    fn of(memory: &'a mut [u64]) -> Option<Self> {
        let ([magic, counts, needs], rest) = memory.split_first_chunk_mut::<3>()?;
        if *magic != PACKED {
            return None;
        }
        let (bytes, numbers) = halves(*counts);
        let (table, scratch) = halves(*needs);
        let (packed, rest) = rest.split_at_mut_checked(bytes.div_ceil(8))?;
        let (table, rest) = rest.split_at_mut_checked(table)?;
        let (numbers, scratch) = rest.get_mut(..scratch)?.split_at_mut_checked(numbers)?;
        Some(Memory { packed, bytes, table, numbers, scratch })
    }

    fn words(&self) -> usize {
        3 + self.packed.len() + self.table.len() + self.numbers.len() + self.scratch.len()
    }
}

/// The policy that lies packed at the beginning of memory, and how many words it takes there. It is unpacked the first
/// time, but for what is about acts, and told from what is not by its first word, which is written last. `None` if none
/// lies there.
pub fn open(memory: &mut [u64]) -> Option<(Policy<'_>, usize)> {
    let memory = Memory::of(memory)?;
    let taken = memory.words();
    if memory.table.first() != Some(&MAGIC) {
        read(memory.packed, memory.bytes, memory.numbers)?;
        let (at, image) = fill(memory.numbers, memory.table)?;
        Unpacking::begin(image, memory.table.get_mut(at..)?, memory.scratch)?;
        *memory.table.first_mut()? = MAGIC;
    }
    Some((Policy::new(memory.table)?, taken))
}

/// Unpacks what is about the act of a question to the policy that [`open`] gave. `None` if there is no such act, or no
/// policy; an act that was not unpacked is answered nothing about.
pub fn ready(memory: &mut [u64], act: u16) -> Option<()> {
    let Memory { table, numbers, scratch, .. } = Memory::of(memory)?;
    let (image, from) = {
        let policy = Policy::new(table)?;
        (policy.image_at(), policy.numbers_from())
    };
    Unpacking::go_on(numbers.get(from..)?, table.get_mut(image..)?, scratch)?.part(usize::from(act))
}

fn halves(word: u64) -> (usize, usize) {
    (place(word & 0xffff_ffff), place(word >> 32))
}

/// Reads as many numbers as there is room for. `None` if the bytes are more or fewer.
fn read(packed: &[u64], bytes: usize, numbers: &mut [u64]) -> Option<()> {
    let mut at = 0;
    for number in numbers {
        let (mut read, mut shift) = (0, 0);
        loop {
            let byte = packed.get(at / 8)? >> (at % 8 * 8) & 0xff;
            at += 1;
            read |= (byte & 0x7f).checked_shl(shift)?;
            shift += 7;
            if byte & 0x80 == 0 {
                break;
            }
        }
        *number = read;
    }
    (at == bytes).then_some(())
}

/// Words that are written one after the other.
struct Table<'a> {
    words: &'a mut [u64],
    end: usize,
}

impl Table<'_> {
    fn push(&mut self, word: u64) -> Option<()> {
        *self.words.get_mut(self.end)? = word;
        self.end += 1;
        Some(())
    }
}

/// Makes the words of a policy from its numbers, but for the first and its image: where that begins, and the numbers that
/// it is made of.
fn fill<'a>(numbers: &'a [u64], words: &mut [u64]) -> Option<(usize, &'a [u64])> {
    let mut left = numbers.iter();
    let mut next = || left.next().copied();
    let (stamp, act, atoms, facts) = (next()?, next()?, next()?, next()?);
    let mut table = Table { words, end: HEAD.checked_add(place(facts))? };
    for fact in 0..place(facts) {
        let taken = next()?.checked_sub(1).map_or(Some(UNKNOWN), |value| u16::try_from(value).ok())?;
        let at = table.end;
        let kind = match Code::ALL.get(place(next()?))? {
            Code::Values => Kind::Values(next()?),
            Code::Number => {
                let from = stepped(0, next()?);
                let to = stepped(from, next()?);
                let many = next()?;
                table.push(from.cast_unsigned())?;
                table.push(to.cast_unsigned())?;
                table.push(many)?;
                let mut cut = from;
                for _ in 0..many {
                    cut = stepped(cut, next()?);
                    table.push(cut.cast_unsigned())?;
                }
                Kind::Number(at)
            }
            Code::Period => {
                let from = stepped(0, next()?);
                // It ends after it has begun, or never.
                let days = next()?;
                table.push(from.cast_unsigned())?;
                table.push(if days == 0 { i64::MAX } else { stepped(from, days) }.cast_unsigned())?;
                Kind::Period(at)
            }
            Code::Weekday => Kind::Weekday,
            Code::Unsaid => Kind::Unsaid,
        };
        *table.words.get_mut(HEAD + fact)? = kind.word(taken);
    }
    let Table { words, end } = table;
    let image = left.as_slice();
    let many = wide(words.len());
    let head = words.first_chunk_mut::<HEAD>()?;
    let from = wide(numbers.len() - image.len());
    *head = [0, many, stamp | act << 32, facts | atoms << 32, wide(end) | from << 32];
    Some((end, image))
}
