//! Contradictions that nobody settled, as one of the two sides has them.

use super::Side;
use super::words::settled;
use crate::clash::{Clash, clashes};
use byelaw_eval::{Mask, row};
use byelaw_ir::Slice;

/// The clashes of a policy, the weightiest first; on a day only those of rules that can hold on it.
pub fn clashes_of(side: &Side<'_>) -> Vec<Clash> {
    if side.on.is_none() {
        return clashes(side.program);
    }
    let mut program = side.program.clone();
    for slice in &mut program.slices {
        let left = left(side, slice);
        slice.clashes.retain(|c| left.has(usize::from(c.promising)) && left.has(usize::from(c.restricting)));
    }
    clashes(&program)
}

/// The boxes that the day of a side does not exclude.
fn left(side: &Side<'_>, slice: &Slice) -> Mask {
    let mut left = Mask::first(slice.boxes.len());
    for fact in &slice.facts {
        if let Some(value) = settled(side, fact.fact) {
            left.keep(row(slice, fact, value));
        }
    }
    left
}
