//! The text of a document as a row of words, and fingerprints of stretches of it (decision 0014).

use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use unicode_normalization::UnicodeNormalization as _;

/// Hexadecimal digits of a fingerprint.
const DIGITS: usize = 16;

/// Where a stretch of words stands: lines, and which words of these lines unless it is all of them. Counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The first and the last line.
    pub lines: (u32, u32),
    /// The first and the last word of these lines; `None` for all.
    pub words: Option<(u32, u32)>,
}

/// A document's text, cut into words.
pub(crate) struct DocumentText {
    words: Vec<String>,
    /// The line of each word, from 1.
    line_of: Vec<u32>,
    lines: u32,
    /// For each length that was looked for: where each fingerprint of that many words begins, the first place only.
    windows: BTreeMap<usize, BTreeMap<String, usize>>,
}

impl DocumentText {
    pub fn new(text: &str) -> Self {
        let mut made = Self { words: Vec::new(), line_of: Vec::new(), lines: 0, windows: BTreeMap::new() };
        for line in text.lines() {
            made.lines = made.lines.saturating_add(1);
            for word in words(line) {
                made.words.push(word);
                made.line_of.push(made.lines);
            }
        }
        made
    }

    /// The words of a stretch as places in the row of words; `None` where the text has no such lines or words.
    fn range(&self, stretch: Stretch) -> Option<RangeInclusive<usize>> {
        let (first, last) = stretch.lines;
        if last > self.lines {
            return None;
        }
        let start = self.line_of.partition_point(|line| *line < first);
        let end = self.line_of.partition_point(|line| *line <= last);
        let (from, to) = match stretch.words {
            None => (start, end.checked_sub(1)?),
            Some((from, to)) => {
                let at = |word: u32| start.checked_add(usize::try_from(word).ok()?.checked_sub(1)?);
                (at(from)?, at(to)?)
            }
        };
        (from <= to && to < end).then_some(from..=to)
    }

    /// The fingerprint of a stretch, and how many words it has.
    pub fn fingerprint(&self, stretch: Stretch) -> Option<(String, u32)> {
        let words = self.words.get(self.range(stretch)?)?;
        Some((fingerprint(words), u32::try_from(words.len()).ok()?))
    }

    /// The first stretch of that many words with that fingerprint.
    pub fn find(&mut self, digits: &str, count: u32) -> Option<Stretch> {
        let count = usize::try_from(count).ok()?;
        if count == 0 || count > self.words.len() {
            return None;
        }
        let words = &self.words;
        let windows = self.windows.entry(count).or_insert_with(|| {
            let mut found = BTreeMap::new();
            for (place, window) in words.windows(count).enumerate() {
                found.entry(fingerprint(window)).or_insert(place);
            }
            found
        });
        let start = *windows.get(digits)?;
        self.stretch(start, start.checked_add(count)?.checked_sub(1)?)
    }

    fn stretch(&self, from: usize, to: usize) -> Option<Stretch> {
        let lines = (*self.line_of.get(from)?, *self.line_of.get(to)?);
        let start = self.line_of.partition_point(|line| *line < lines.0);
        let end = self.line_of.partition_point(|line| *line <= lines.1);
        let whole = start == from && end == to.checked_add(1)?;
        let number = |place: usize| u32::try_from(place.checked_sub(start)?.checked_add(1)?).ok();
        Some(Stretch { lines, words: if whole { None } else { Some((number(from)?, number(to)?)) } })
    }

    /// The lines with words that none of these ranges covers, as ranges; blank lines part none.
    pub fn uncovered(&self, covered: &[(u32, u32)]) -> Vec<(u32, u32)> {
        let inside = |line: u32| covered.iter().any(|(first, last)| *first <= line && line <= *last);
        let mut found: Vec<(u32, u32)> = Vec::new();
        let mut open = false;
        let mut lines = self.line_of.clone();
        lines.dedup();
        for line in lines {
            match found.last_mut() {
                _ if inside(line) => open = false,
                Some(last) if open => last.1 = line,
                _ => {
                    found.push((line, line));
                    open = true;
                }
            }
        }
        found
    }
}

/// The words of a line: compatibility forms composed, small letters, whatever is neither letter nor digit left out.
fn words(line: &str) -> Vec<String> {
    // Marks that nobody sees would part a word.
    let seen =
        line.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'));
    let small: String = seen.nfkc().flat_map(char::to_lowercase).collect();
    let folded: String = small.nfkc().collect();
    folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

fn fingerprint(words: &[String]) -> String {
    let mut digits: String =
        Sha256::digest(words.join(" ")).iter().map(|byte| format!("{byte:02x}")).collect();
    digits.truncate(DIGITS);
    digits
}
