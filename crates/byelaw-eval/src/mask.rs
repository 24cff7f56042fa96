//! A set of boxes. What is done with it is fast where it stands in place of a call, and small in browsers where it is one.

use byelaw_ir::MAX_WORDS;

/// A set of boxes of one slice. Words beyond the slice's are zero.
#[derive(Debug, Clone, Copy, Eq, PartialOrd, Ord)]
pub struct Mask([u64; MAX_WORDS]);

impl PartialEq for Mask {
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline)]
    fn eq(&self, other: &Mask) -> bool {
        self.0.iter().zip(&other.0).fold(0, |unlike, (a, b)| unlike | (a ^ b)) == 0
    }
}

impl Mask {
    /// No box.
    pub const EMPTY: Mask = Mask([0; MAX_WORDS]);

    /// The first `n` boxes.
    pub fn first(n: usize) -> Mask {
        let mut mask = Self::EMPTY;
        let mut left = n;
        for word in &mut mask.0 {
            let here = left.min(64);
            *word = match u32::try_from(64_usize.saturating_sub(here)) {
                Ok(64) => 0,
                Ok(unused) => u64::MAX.checked_shr(unused).unwrap_or(0),
                Err(_) => 0,
            };
            left = left.saturating_sub(here);
        }
        mask
    }

    /// The set with these words.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline)]
    pub fn from_words(words: &[u64]) -> Mask {
        let mut mask = Self::EMPTY;
        for (to, from) in mask.0.iter_mut().zip(words) {
            *to = *from;
        }
        mask
    }

    /// Whether a box is in the set.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline)]
    pub fn has(&self, place: usize) -> bool {
        has(&self.0, place)
    }

    /// Puts a box into the set.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline)]
    pub fn insert(&mut self, place: usize) {
        if let Some(word) = self.0.get_mut(place / 64) {
            *word |= bit(place);
        }
    }

    /// Keeps only what is also in `words`.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline)]
    pub fn keep(&mut self, words: &[u64]) {
        for (to, from) in self.0.iter_mut().zip(words) {
            *to &= *from;
        }
    }

    /// Takes out what is in `words`.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline)]
    pub fn drop(&mut self, words: &[u64]) {
        for (to, from) in self.0.iter_mut().zip(words) {
            *to &= !*from;
        }
    }

    /// Takes in what is in `words`.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline)]
    pub fn join(&mut self, words: &[u64]) {
        for (to, from) in self.0.iter_mut().zip(words) {
            *to |= *from;
        }
    }

    /// What is in both.
    #[must_use]
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline)]
    pub fn and(mut self, other: &Mask) -> Mask {
        self.0.iter_mut().zip(&other.0).for_each(|(to, from)| *to &= *from);
        self
    }

    /// What is in either.
    #[must_use]
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline)]
    pub fn or(mut self, other: &Mask) -> Mask {
        self.0.iter_mut().zip(&other.0).for_each(|(to, from)| *to |= *from);
        self
    }

    /// What is here and not in the other.
    #[must_use]
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline)]
    pub fn without(mut self, other: &Mask) -> Mask {
        self.0.iter_mut().zip(&other.0).for_each(|(to, from)| *to &= !*from);
        self
    }

    /// Whether the set is empty.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline)]
    pub fn is_empty(&self) -> bool {
        self.0.iter().fold(0, |all, word| all | *word) == 0
    }

    /// Whether something in the set is in `words`, too.
    #[inline]
    pub fn meets(&self, words: &[u64]) -> bool {
        self.0.iter().zip(words).any(|(mine, its)| mine & its != 0)
    }

    /// The words.
    pub fn words(&self) -> &[u64] {
        &self.0
    }

    /// The boxes in the set, first to last.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline)]
    pub fn bits(&self) -> Bits<'_> {
        Bits { words: &self.0, at: 0, left: self.0.first().copied().unwrap_or(0) }
    }
}

impl FromIterator<usize> for Mask {
    fn from_iter<I: IntoIterator<Item = usize>>(places: I) -> Self {
        let mut mask = Self::EMPTY;
        places.into_iter().for_each(|place| mask.insert(place));
        mask
    }
}

/// Whether a box is in the set with these words.
pub(crate) fn has(words: &[u64], place: usize) -> bool {
    words.get(place / 64).is_some_and(|word| bit(place) & *word != 0)
}

fn bit(place: usize) -> u64 {
    1_u64.checked_shl(u32::try_from(place % 64).unwrap_or(0)).unwrap_or(0)
}

/// The boxes of a [`Mask`], first to last.
#[derive(Debug)]
pub struct Bits<'a> {
    words: &'a [u64],
    at: usize,
    left: u64,
}

impl Iterator for Bits<'_> {
    type Item = usize;

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline)]
    fn next(&mut self) -> Option<usize> {
        while self.left == 0 {
            self.at = self.at.saturating_add(1);
            self.left = *self.words.get(self.at)?;
        }
        let low = self.left.trailing_zeros();
        self.left &= self.left.wrapping_sub(1);
        Some(self.at.saturating_mul(64).saturating_add(usize::try_from(low).unwrap_or(0)))
    }
}
