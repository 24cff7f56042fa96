//! A compiled policy as a file: a head, and four parts that are loaded as far as they are needed.
//!
//! 1. What it takes to decide. Of contradictions only those are written that an answer tells.
//! 2. Names, questions and citations: what it takes to ask, and to say what was decided.
//! 3. The names and sentences of rules, what they advise, and what clauses say: what tells why.
//! 4. The other words that people have for things, by which a question in their own words is understood.
//!
//! The last two may be kept apart and learned later; nothing is decided by them. The head has the mark, a checksum, and how
//! long each part is. Its checksum is of the lengths and the first two parts. Each of the last two begins with a checksum
//! of its own, which holds for this one policy, and with what it is.

use super::{DecodeError, Field, Hot, Put as _, Reader, Writer};
use crate::{Names, Program, TOLD_FROM, Word};
use alloc::string::String;
use alloc::vec::Vec;

/// The first bytes of every compiled policy: the name and the version of the form.
const MAGIC: [u8; 8] = *b"BYELAW\x00\x06";

/// What the content that a digest names begins with. It stays as it is when the form of the file changes.
const CONTENT: [u8; 8] = *b"BYELAW\x00\x05";

/// The bytes of a program. The same program always gives the same bytes.
///
/// Contradictions that no answer tells, those below [`TOLD_FROM`], are left out: they are for who checks a policy.
pub fn encode(program: &Program) -> Vec<u8> {
    parts(program).concat()
}

/// The file in its four parts: with the head what it takes to decide; names, questions and citations; what tells why; other
/// words. The last two are empty if there is nothing of it.
///
/// The first two together are what [`decode_without_texts`] reads, each of the others is for [`learn`].
pub fn parts(program: &Program) -> [Vec<u8>; 4] {
    let (mut hot, mut names) = (Writer::small(), Writer::small());
    Hot::of(program, TOLD_FROM).put(&mut hot);
    program.names.put(&mut names);
    let (hot, names) = (hot.bytes, names.with_texts());
    // Nothing is changed: the one walk over all of them is for what learns them as well.
    let mut all = program.names.clone();
    let reasons = apart(REASONS, &mut all, each_reason);
    let words = apart(WORDS, &mut all, each_words);
    let lengths = [&hot, &names, &reasons, &words]
        .map(|part| u32::try_from(part.len()).unwrap_or(u32::MAX).to_le_bytes())
        .concat();
    let sum = checksum([lengths.as_slice(), &hot, &names]);
    [[MAGIC.as_slice(), &sum.to_le_bytes(), &lengths, &hot].concat(), names, reasons, words]
}

/// All that a program is, for the digest that names it: the same whatever the form of a file.
pub fn content(program: &Program) -> Vec<u8> {
    let mut body = Writer { bytes: Vec::new(), texts: None };
    Hot::of(program, 0).put(&mut body);
    program.names.put(&mut body);
    let sum = checksum([body.bytes.as_slice()]);
    [CONTENT.as_slice(), &sum.to_le_bytes(), &body.bytes].concat()
}

/// Reads the bytes of a program and checks everything the evaluator relies on.
///
/// # Errors
/// See [`DecodeError`]. Never panics, whatever the bytes.
pub fn decode(bytes: &[u8]) -> Result<Program, DecodeError> {
    let file = File::of(bytes)?;
    let (reasons, words) = file.rest.split_at_checked(file.reasons).ok_or(DecodeError::Length)?;
    if words.len() != file.words {
        return Err(DecodeError::Length);
    }
    let mut program = file.program()?;
    for (part, what) in [(reasons, REASONS), (words, WORDS)] {
        if part.is_empty() {
            continue;
        }
        if learned(&mut program, part)? != what {
            return Err(DecodeError::Content);
        }
    }
    Ok(program)
}

/// Reads a file that ends before its third part: what it takes to ask and to decide. Sentences of rules, what they
/// advise, what clauses say and other words for things are empty until they are learned.
///
/// # Errors
/// See [`DecodeError`]. Never panics, whatever the bytes.
pub fn decode_without_texts(bytes: &[u8]) -> Result<Program, DecodeError> {
    let file = File::of(bytes)?;
    if file.rest.is_empty() { file.program() } else { Err(DecodeError::Length) }
}

/// Takes what the third or the fourth part of the same policy's file says.
///
/// # Errors
/// See [`DecodeError`]; then the program is as it was. Bytes of another policy have another checksum. Never panics,
/// whatever the bytes.
pub fn learn(program: &mut Program, bytes: &[u8]) -> Result<(), DecodeError> {
    learned(program, bytes).map(|_| ())
}

/// What a part that is kept apart begins with after its checksum: what tells why, or other words.
const REASONS: u8 = 0;
const WORDS: u8 = 1;

/// What was learned.
fn learned(program: &mut Program, bytes: &[u8]) -> Result<u8, DecodeError> {
    let (sum, rest) = bytes.split_first_chunk::<8>().ok_or(DecodeError::Length)?;
    if checksum([program.names.digest.as_bytes(), rest]) != u64::from_le_bytes(*sum) {
        return Err(DecodeError::Checksum);
    }
    let (what, body) = rest.split_first().ok_or(DecodeError::Length)?;
    match *what {
        REASONS => take_in(&mut program.names, body, each_reason)?,
        WORDS => take_in(&mut program.names, body, each_words)?,
        _ => return Err(DecodeError::Content),
    }
    Ok(*what)
}

/// A walk over all that a part kept apart is about, in the order of the names.
type Each<T> = fn(&mut Names, &mut dyn FnMut(&mut T));

fn take_in<T: Field + Default + PartialEq>(
    names: &mut Names,
    body: &[u8],
    each: Each<T>,
) -> Result<(), DecodeError> {
    let mut reader = Reader::with_texts(body)?;
    let mut all: Vec<T> = Vec::new();
    each(names, &mut |_| all.push(Field::take(&mut reader)));
    reader.ended()?;
    // No file says that there are none.
    if all.iter().all(|one| *one == T::default()) {
        return Err(DecodeError::Content);
    }
    let mut all = all.into_iter();
    each(names, &mut |one| *one = all.next().unwrap_or_default());
    Ok(())
}

/// A part that is kept apart; empty if there is nothing of it.
fn apart<T: Field + Default + PartialEq>(what: u8, names: &mut Names, each: Each<T>) -> Vec<u8> {
    let mut out = Writer::small();
    let mut some = false;
    each(names, &mut |one| {
        some |= *one != T::default();
        one.put(&mut out);
    });
    if !some {
        return Vec::new();
    }
    let body = [&[what], out.with_texts().as_slice()].concat();
    let sum = checksum([names.digest.as_bytes(), &body]);
    [sum.to_le_bytes().as_slice(), &body].concat()
}

/// What tells why.
fn each_reason(names: &mut Names, look: &mut dyn FnMut(&mut String)) {
    for rule in &mut names.rules {
        look(&mut rule.name);
        look(&mut rule.sentence);
        look(&mut rule.advice);
        if rule.duty.is_none() {
            look(&mut rule.bearer);
        }
    }
    names.clauses.iter_mut().for_each(|clause| look(&mut clause.paraphrase));
}

/// The other words of all that may have some.
fn each_words(names: &mut Names, look: &mut dyn FnMut(&mut Vec<String>)) {
    let mut look = |word: &mut Word| look(&mut word.also);
    for fact in &mut names.facts {
        look(&mut fact.word);
        fact.values.iter_mut().for_each(&mut look);
        fact.groups.iter_mut().for_each(|group| look(&mut group.word));
    }
    names.acts.iter_mut().for_each(|act| look(&mut act.word));
    names.atoms.iter_mut().for_each(|atom| look(&mut atom.word));
    names.deeds.iter_mut().chain(&mut names.definitions).for_each(look);
}

/// A file whose checksum holds.
struct File<'a> {
    hot: &'a [u8],
    names: &'a [u8],
    /// What is there of the last two parts, and how many bytes each of them has.
    rest: &'a [u8],
    reasons: usize,
    words: usize,
}

impl<'a> File<'a> {
    fn of(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let rest = bytes.strip_prefix(&MAGIC).ok_or(DecodeError::NotAPolicy)?;
        let (sum, rest) = rest.split_first_chunk::<8>().ok_or(DecodeError::Length)?;
        let (lengths, rest) = rest.split_first_chunk::<16>().ok_or(DecodeError::Length)?;
        let mut each = [0_usize; 4];
        for (length, bytes) in each.iter_mut().zip(lengths.as_chunks::<4>().0) {
            *length = usize::try_from(u32::from_le_bytes(*bytes)).map_err(|_| DecodeError::Length)?;
        }
        let [hot, names, reasons, words] = each;
        let (hot, rest) = rest.split_at_checked(hot).ok_or(DecodeError::Length)?;
        let (names, rest) = rest.split_at_checked(names).ok_or(DecodeError::Length)?;
        if checksum([lengths.as_slice(), hot, names]) != u64::from_le_bytes(*sum) {
            return Err(DecodeError::Checksum);
        }
        Ok(Self { hot, names, rest, reasons, words })
    }

    /// Reads the first two parts, each to its end.
    fn program(&self) -> Result<Program, DecodeError> {
        let hot = part::<Hot>(Reader::of(self.hot))?;
        let program = hot.with(part(Reader::with_texts(self.names)?)?);
        crate::validate::validate(&program)?;
        Ok(program)
    }
}

fn part<T: Field>(mut reader: Reader<'_>) -> Result<T, DecodeError> {
    let read = T::take(&mut reader);
    reader.ended()?;
    Ok(read)
}

/// FNV-1a, 64 bits: notices damage, not malice.
fn checksum<const N: usize>(bytes: [&[u8]; N]) -> u64 {
    bytes
        .into_iter()
        .flatten()
        .fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
