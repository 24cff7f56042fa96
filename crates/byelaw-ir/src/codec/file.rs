//! A compiled policy as a file: a head, and three parts that are loaded as far as they are needed.
//!
//! 1. What it takes to decide. Of contradictions only those are written that an answer tells.
//! 2. Names, texts and citations.
//! 3. The other words that people have for things, by which a question in their own words is understood. It may be kept
//!    apart and learned later; nothing is decided by it.
//!
//! The head has the mark, a checksum, and how long each part is. Its checksum is of the lengths and the first two parts;
//! the third part begins with a checksum of its own, which holds for this one policy.

use super::{DecodeError, Field, Hot, Put as _, Reader, Writer};
use crate::{Names, Program, TOLD_FROM, Word};
use alloc::vec::Vec;

/// The first bytes of every compiled policy: the name and the version of the form.
const MAGIC: [u8; 8] = *b"BYELAW\x00\x05";

/// What the content that a digest names begins with. It stays as it is when the form of the file changes.
const CONTENT: [u8; 8] = *b"BYELAW\x00\x05";

/// The bytes of a program. The same program always gives the same bytes.
///
/// Contradictions that no answer tells, those below [`TOLD_FROM`], are left out: they are for who checks a policy.
pub fn encode(program: &Program) -> Vec<u8> {
    parts(program).concat()
}

/// The file in its three parts: with the head what it takes to decide; names, texts and citations; other words, empty if
/// there are none.
///
/// The first two together are what [`decode_without_other_words`] reads, the third is for [`learn`].
pub fn parts(program: &Program) -> [Vec<u8>; 3] {
    let (mut hot, mut names) = (Writer::small(), Writer::small());
    Hot::of(program, TOLD_FROM).put(&mut hot);
    program.names.put(&mut names);
    let (hot, names, words) = (hot.bytes, names.with_texts(), other_words(&program.names));
    let lengths = [hot.len(), names.len(), words.len()]
        .map(|length| u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes())
        .concat();
    let sum = checksum([lengths.as_slice(), &hot, &names]);
    [[MAGIC.as_slice(), &sum.to_le_bytes(), &lengths, &hot].concat(), names, words]
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
    if file.words.len() != file.words_said {
        return Err(DecodeError::Length);
    }
    let mut program = file.program()?;
    if !file.words.is_empty() {
        learn(&mut program, file.words)?;
    }
    Ok(program)
}

/// Reads a file that ends before its third part: all there is to know but the other words for things.
///
/// # Errors
/// See [`DecodeError`]. Never panics, whatever the bytes.
pub fn decode_without_other_words(bytes: &[u8]) -> Result<Program, DecodeError> {
    let file = File::of(bytes)?;
    if file.words.is_empty() { file.program() } else { Err(DecodeError::Length) }
}

/// Takes the other words for things from the third part of the same policy's file.
///
/// # Errors
/// See [`DecodeError`]; then the program is as it was. Bytes of another policy have another checksum. Never panics,
/// whatever the bytes.
pub fn learn(program: &mut Program, bytes: &[u8]) -> Result<(), DecodeError> {
    let (sum, body) = bytes.split_first_chunk::<8>().ok_or(DecodeError::Length)?;
    if checksum([program.names.digest.as_bytes(), body]) != u64::from_le_bytes(*sum) {
        return Err(DecodeError::Checksum);
    }
    let mut reader = Reader::with_texts(body)?;
    let mut learned: Vec<Vec<_>> = Vec::new();
    each_word(&mut program.names, &mut |_| {
        learned.push(Field::take(&mut reader));
        Ok(())
    })?;
    reader.ended()?;
    // No file says that there are none.
    if learned.iter().all(Vec::is_empty) {
        return Err(DecodeError::Content);
    }
    let mut learned = learned.into_iter();
    each_word(&mut program.names, &mut |word| {
        word.also = learned.next().unwrap_or_default();
        Ok(())
    })
}

/// A file whose checksum holds.
struct File<'a> {
    hot: &'a [u8],
    names: &'a [u8],
    /// What is there of the third part, and how many bytes it has.
    words: &'a [u8],
    words_said: usize,
}

impl<'a> File<'a> {
    fn of(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let rest = bytes.strip_prefix(&MAGIC).ok_or(DecodeError::NotAPolicy)?;
        let (sum, rest) = rest.split_first_chunk::<8>().ok_or(DecodeError::Length)?;
        let (lengths, rest) = rest.split_first_chunk::<12>().ok_or(DecodeError::Length)?;
        let mut each = [0_usize; 3];
        for (length, bytes) in each.iter_mut().zip(lengths.as_chunks::<4>().0) {
            *length = usize::try_from(u32::from_le_bytes(*bytes)).map_err(|_| DecodeError::Length)?;
        }
        let [hot, names, words_said] = each;
        let (hot, rest) = rest.split_at_checked(hot).ok_or(DecodeError::Length)?;
        let (names, words) = rest.split_at_checked(names).ok_or(DecodeError::Length)?;
        if checksum([lengths.as_slice(), hot, names]) != u64::from_le_bytes(*sum) {
            return Err(DecodeError::Checksum);
        }
        Ok(Self { hot, names, words, words_said })
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

/// The third part.
fn other_words(names: &Names) -> Vec<u8> {
    let mut out = Writer::small();
    let mut some = false;
    // Nothing is changed: the one walk over all words is for what learns them as well.
    let walked = each_word(&mut names.clone(), &mut |word| {
        some |= !word.also.is_empty();
        word.also.put(&mut out);
        Ok(())
    });
    if !some || walked.is_err() {
        return Vec::new();
    }
    let body = out.with_texts();
    let sum = checksum([names.digest.as_bytes(), &body]);
    [sum.to_le_bytes().as_slice(), &body].concat()
}

/// All that may have other words, in the order of the names.
fn each_word(
    names: &mut Names,
    look: &mut dyn FnMut(&mut Word) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    for fact in &mut names.facts {
        look(&mut fact.word)?;
        fact.values.iter_mut().try_for_each(&mut *look)?;
        fact.groups.iter_mut().try_for_each(|group| look(&mut group.word))?;
    }
    names.acts.iter_mut().try_for_each(|act| look(&mut act.word))?;
    names.atoms.iter_mut().try_for_each(|atom| look(&mut atom.word))?;
    names.deeds.iter_mut().chain(&mut names.definitions).try_for_each(look)
}

/// FNV-1a, 64 bits: notices damage, not malice.
fn checksum<const N: usize>(bytes: [&[u8]; N]) -> u64 {
    bytes
        .into_iter()
        .flatten()
        .fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
