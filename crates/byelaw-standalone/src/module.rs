//! A module from the core's and the words of a policy: one more piece of data, and memory enough for it.

use crate::build::Packed;
use crate::question::LONGEST;
use std::fmt;

/// What every module begins with.
const HEAD: &[u8] = b"\0asm\x01\0\0\0";
/// The global of the core behind which its memory is free.
const FREE_FROM: &[u8] = b"__heap_base";
/// Bytes of a page of memory.
const PAGE: usize = 1 << 16;

// Sections by their numbers.
const CUSTOM: u8 = 0;
const IMPORT: u8 = 2;
const MEMORY: u8 = 5;
const GLOBAL: u8 = 6;
const EXPORT: u8 = 7;
const DATA: u8 = 11;
const DATA_COUNT: u8 = 12;

/// Why there is no module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotMade {
    /// The core is not what the linker of this release writes.
    Core,
    /// The policy does not fit.
    TooLarge,
}

impl fmt::Display for NotMade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Core => "the core of the module has a shape that is not known here; build it again with `cargo xtask wasm`",
            Self::TooLarge => "the policy is too large for a module of its own; split it, or use the compiled file",
        })
    }
}

impl std::error::Error for NotMade {}

/// The core with a policy in it. What the core says of itself for people who debug is left out.
///
/// # Errors
/// [`NotMade`].
pub fn module(core: &[u8], policy: &Packed) -> Result<Vec<u8>, NotMade> {
    let sections = sections(core).ok_or(NotMade::Core)?;
    let section = |id: u8| sections.iter().find(|(other, _)| *other == id).map(|(_, body)| *body);
    if section(IMPORT).is_some() {
        return Err(NotMade::Core);
    }
    let free = free_from(section(GLOBAL), section(EXPORT)).ok_or(NotMade::Core)?.next_multiple_of(8);
    let bytes: Vec<u8> = policy.words.iter().flat_map(|word| word.to_le_bytes()).collect();
    // Where the policy was unpacked with, questions are written; not all of it is behind the policy.
    let needed = policy.needed.checked_mul(8).ok_or(NotMade::TooLarge)?;
    let pages = (free + needed + LONGEST).div_ceil(PAGE);
    if pages > 1 << 15 {
        return Err(NotMade::TooLarge);
    }
    let (before, more) = section(DATA).and_then(|data| Reader(data).counted()).unwrap_or((0, &[]));
    let mut out = HEAD.to_vec();
    for (id, body) in &sections {
        match *id {
            // Data comes last, and those who debug look elsewhere.
            CUSTOM | DATA => {}
            MEMORY => put(&mut out, MEMORY, &memory(body, pages).ok_or(NotMade::Core)?),
            DATA_COUNT => put(&mut out, DATA_COUNT, &leb(before + 1)),
            id => put(&mut out, id, body),
        }
    }
    let mut data = leb(before + 1);
    data.extend(more);
    // Active, in the first memory, at a place that is a constant.
    data.extend([0x00, 0x41]);
    data.extend(leb_signed(free));
    data.push(0x0b);
    data.extend(leb(bytes.len()));
    data.extend(bytes);
    put(&mut out, DATA, &data);
    Ok(out)
}

/// The sections of a module, each with its number.
fn sections(module: &[u8]) -> Option<Vec<(u8, &[u8])>> {
    let mut reader = Reader(module.strip_prefix(HEAD)?);
    let mut sections = Vec::new();
    while !reader.0.is_empty() {
        let id = reader.byte()?;
        let many = reader.leb()?;
        sections.push((id, reader.take(many)?));
    }
    Some(sections)
}

/// The value of the global that says where memory is free.
fn free_from(globals: Option<&[u8]>, exports: Option<&[u8]>) -> Option<usize> {
    let mut reader = Reader(exports?);
    let mut wanted = None;
    for _ in 0..reader.leb()? {
        let many = reader.leb()?;
        let (name, kind, place) = (reader.take(many)?, reader.byte()?, reader.leb()?);
        if name == FREE_FROM && kind == 3 {
            wanted = Some(place);
        }
    }
    let mut reader = Reader(globals?);
    let many = reader.leb()?;
    // Each is a constant of 32 bits: its type, whether it changes, the constant, the end.
    for place in 0..many {
        let [0x7f, _, 0x41] = *reader.take(3)? else { return None };
        let value = reader.leb_signed()?;
        if reader.byte()? != 0x0b {
            return None;
        }
        if Some(place) == wanted {
            return usize::try_from(value).ok();
        }
    }
    None
}

/// The section of the only memory, with so many pages at least.
fn memory(body: &[u8], pages: usize) -> Option<Vec<u8>> {
    let mut reader = Reader(body);
    let (1, flags) = (reader.leb()?, reader.byte()?) else { return None };
    let pages = reader.leb()?.max(pages);
    // Without a most: a host may set one of its own.
    (flags <= 1).then(|| [vec![1, 0], leb(pages)].concat())
}

fn put(out: &mut Vec<u8>, id: u8, body: &[u8]) {
    out.push(id);
    out.extend(leb(body.len()));
    out.extend(body);
}

/// A number in LEB128.
fn leb(mut number: usize) -> Vec<u8> {
    let mut out = Vec::new();
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or(0);
        number >>= 7;
        if number == 0 {
            out.push(low);
            return out;
        }
        out.push(low | 0x80);
    }
}

/// A number that is not negative in LEB128 with a sign.
fn leb_signed(number: usize) -> Vec<u8> {
    let mut out = leb(number);
    // The sign is the last bit but one: a number that has it set takes one more byte.
    if let Some(last) = out.last_mut().filter(|last| **last & 0x40 != 0) {
        *last |= 0x80;
        out.push(0);
    }
    out
}

/// What is left to be read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn take(&mut self, many: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(many)?;
        self.0 = rest;
        Some(taken)
    }

    fn leb(&mut self) -> Option<usize> {
        let mut number = 0_u64;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return usize::try_from(number).ok();
            }
        }
        None
    }

    fn leb_signed(&mut self) -> Option<i64> {
        let mut number = 0_i64;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= i64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                let negative = byte & 0x40 != 0;
                return Some(if negative { number - (1 << (shift + 7)) } else { number });
            }
        }
        None
    }

    /// A count, and what it counts.
    fn counted(mut self) -> Option<(usize, &'a [u8])> {
        Some((self.leb()?, self.0))
    }
}
