//! Where the evaluator's memory comes from, in place of the standard library's allocator, which is 3 KB of the page's first
//! load. The only unsafe code of this crate: memory cannot be given out without it.
//!
//! A block has a size of a power of two. Once free it is kept for the next one of its size. New blocks come from the end of
//! the memory, which grows by pages.
#![expect(unsafe_code, reason = "an allocator gives out raw memory")]

use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32::memory_grow;
use core::cell::Cell;
use core::ptr;

/// Bytes of a page of memory.
const PAGE: usize = 1 << 16;

/// Bytes of the smallest block, and how far apart blocks of any size begin at least: what every type here is content with.
const LEAST: usize = 16;

/// A free block begins with where the next one of its size is.
type Free = *mut u8;

struct Blocks {
    /// The first free block of each size, by its power of two.
    free: [Cell<Free>; usize::BITS as usize],
    /// What was never given out.
    from: Cell<usize>,
    to: Cell<usize>,
}

#[global_allocator]
static BLOCKS: Blocks = Blocks {
    free: [const { Cell::new(ptr::null_mut()) }; usize::BITS as usize],
    from: Cell::new(0),
    to: Cell::new(0),
};

// SAFETY: the module has one thread.
unsafe impl Sync for Blocks {}

impl Blocks {
    /// The power of two of the block for so many bytes; none if no memory is that large.
    fn size(layout: Layout) -> Option<u32> {
        let size = layout.size().max(LEAST).checked_next_power_of_two()?;
        (layout.align() <= LEAST).then_some(size.trailing_zeros())
    }

    fn new_block(&self, size: usize) -> Option<*mut u8> {
        if self.to.get().checked_sub(self.from.get())? < size {
            let begins = memory_grow(0, size.div_ceil(PAGE)).checked_mul(PAGE)?;
            // Nobody else takes memory, so that it goes on where it ended; if not, what is left is given up.
            if begins != self.to.get() {
                self.from.set(begins);
            }
            self.to.set(begins.checked_add(size.next_multiple_of(PAGE))?);
        }
        let at = self.from.get();
        self.from.set(at.checked_add(size)?);
        Some(at as *mut u8)
    }
}

// SAFETY: a block is given out once until it comes back, lies in memory of this module that was not in use, and is as
// large as the power of two that its layout asks for, in both directions.
unsafe impl GlobalAlloc for Blocks {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let Some(size) = Self::size(layout) else { return ptr::null_mut() };
        let free = &self.free[size as usize];
        let first = free.get();
        if first.is_null() {
            return self.new_block(1 << size).unwrap_or(ptr::null_mut());
        }
        // SAFETY: a free block begins with where the next one is, since `dealloc` wrote it there.
        free.set(unsafe { first.cast::<Free>().read() });
        first
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let Some(size) = Self::size(layout) else { return };
        let free = &self.free[size as usize];
        // SAFETY: the block was given out for this layout, so that it has `LEAST` bytes at least and begins where an
        // address can lie.
        unsafe { block.cast::<Free>().write(free.get()) };
        free.set(block);
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, wanted: usize) -> *mut u8 {
        let Ok(larger) = Layout::from_size_align(wanted, layout.align()) else { return ptr::null_mut() };
        if Self::size(larger) == Self::size(layout) {
            return block;
        }
        // SAFETY: the caller vouches for the block and its layout; the new one is as large as what is copied.
        unsafe {
            let new = self.alloc(larger);
            if !new.is_null() {
                ptr::copy_nonoverlapping(block, new, layout.size().min(wanted));
                self.dealloc(block, layout);
            }
            new
        }
    }
}
