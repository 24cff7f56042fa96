//! What the module exports. The only unsafe code of this crate: it makes slices of the module's own memory.
#![expect(
    unsafe_code,
    reason = "memory that a host writes into, or a linker fills, cannot be read without it"
)]

use byelaw_data::Outcome;
use byelaw_standalone::{LONGEST, Policy, open, ready};
use core::arch::wasm32::memory_size;
use core::slice;

/// Bytes of a page of memory.
const PAGE: usize = 1 << 16;

unsafe extern "C" {
    /// Where the memory begins that the linker left free; the policy lies there.
    static __heap_base: u8;
}

/// Where the policy lies.
fn place() -> usize {
    (&raw const __heap_base).addr().next_multiple_of(8)
}

/// The policy, and where the room for a question begins behind it. The first call unpacks it.
fn policy() -> Option<(Policy<'static>, usize)> {
    let at = place();
    let free = memory_size(0).checked_mul(PAGE)?.checked_sub(at)?;
    let first = at as *mut u64;
    // SAFETY: all of it lies within the memory, which only ever grows; eight divides the place. The linker left it free, so
    // that nothing else of this module lies there. The host writes there only while no call runs, each call comes here
    // once, and what this gives does not outlive one.
    let (policy, taken) = open(unsafe { slice::from_raw_parts_mut(first, free / 8) })?;
    Some((policy, at.checked_add(taken.checked_mul(8)?)?))
}

/// The policy and the question of `len` bytes at `at`, if it lies in the room for questions. What is about the act of the
/// question is unpacked when it is first asked about.
fn asked(at: usize, len: usize) -> Option<(Policy<'static>, &'static [u8])> {
    let (policy, room) = policy()?;
    if at < room || len > LONGEST || at.checked_add(len)? > memory_size(0).checked_mul(PAGE)? {
        return None;
    }
    // SAFETY: within the memory, as was just seen, and behind the policy, so that no reference to it is left. What is taken
    // is not used when the policy is looked at again.
    let question = || unsafe { slice::from_raw_parts(at as *const u8, len) };
    let act = policy.act_of(question())?;
    let first = place();
    // SAFETY: from the policy to the room for questions, which was just seen to be within the memory. Nothing that was taken
    // of either is used any more.
    ready(unsafe { slice::from_raw_parts_mut(first as *mut u64, room.checked_sub(first)? / 8) }, act)?;
    let (policy, _) = self::policy()?;
    Some((policy, question()))
}

/// Where to write a question of `len` bytes; 0 if one so long has no room.
#[unsafe(no_mangle)]
pub extern "C" fn question(len: usize) -> usize {
    policy().filter(|_| len <= LONGEST).map_or(0, |(_, room)| room)
}

/// What a question begins with; 0 if there is no policy.
#[unsafe(no_mangle)]
pub extern "C" fn stamp() -> u32 {
    policy().map_or(0, |(policy, _)| policy.stamp())
}

/// 1 if the question of `len` bytes at `at` gets a yes to which nothing is attached, and 0 for everything else.
#[unsafe(no_mangle)]
pub extern "C" fn allows(at: usize, len: usize) -> u32 {
    u32::from(asked(at, len).is_some_and(|(policy, question)| policy.allows(question)))
}

/// The outcome of the question of `len` bytes at `at`: 0 if it is no question to this policy, 1 if it takes facts that
/// are not known, 2 forbidden, 3 if it takes an approval, 4 if no rule speaks, 5 permitted, perhaps on conditions.
#[unsafe(no_mangle)]
pub extern "C" fn outcome(at: usize, len: usize) -> u32 {
    match asked(at, len).and_then(|(policy, question)| policy.outcome(question)) {
        None => 0,
        Some(Outcome::NeedsFacts) => 1,
        Some(Outcome::Forbidden) => 2,
        Some(Outcome::NeedsApproval) => 3,
        Some(Outcome::NotCovered) => 4,
        Some(Outcome::Permitted) => 5,
    }
}
