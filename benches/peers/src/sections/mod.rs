//! The tables, one file each.

pub mod agreement;
pub mod cold;
pub mod decisions;
pub mod growth;
pub mod instructions;
pub mod memory;
pub mod packs;
pub mod sizes;
pub mod unknown;

/// How thorough a run is.
#[derive(Debug, Clone)]
pub struct Effort {
    /// How many rounds of turns.
    pub rounds: usize,
    /// How many cold starts.
    pub starts: usize,
    /// The sizes of the growth table.
    pub sizes: &'static [usize],
}

impl Effort {
    /// A few minutes.
    pub const QUICK: Self = Self { rounds: 5, starts: 7, sizes: &[100, 1_000, 10_000] };
    /// A quarter of an hour.
    pub const FULL: Self = Self { rounds: 15, starts: 31, sizes: &[100, 1_000, 10_000, 100_000] };
}
