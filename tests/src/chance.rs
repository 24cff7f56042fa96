//! Numbers that look random and are the same on every run.

/// A sequence of numbers from a seed (splitmix64).
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The sequence of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number below `end`, which is not zero.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }

    /// One of these.
    ///
    /// # Panics
    /// If there are none.
    pub fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let end = u64::try_from(all.len()).expect("a list fits in memory");
        &all[usize::try_from(self.below(end)).expect("below a length")]
    }

    /// True in this many of a hundred cases.
    pub fn percent(&mut self, share: u64) -> bool {
        self.below(100) < share
    }
}

/// How much longer than usual the tests may run: the environment's `BYELAW_TIMES`, else 1.
pub fn times() -> u32 {
    std::env::var("BYELAW_TIMES").ok().and_then(|n| n.parse().ok()).unwrap_or(1)
}

/// Where random numbers begin: the environment's `BYELAW_SEED`, else what an ordinary run takes.
pub fn seed(ordinary: u64) -> u64 {
    std::env::var("BYELAW_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(ordinary)
}
