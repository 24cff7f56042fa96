//! Byelaw for programs in C, and for every language that can call C or hold a WebAssembly module.
//!
//! In: the bytes that `byelaw build` writes, and questions as JSON text, each as a pointer and a length. Out: whether
//! it is allowed, or whole decisions as JSON text, the same bytes that the command line writes. Nothing is called back,
//! and nothing that is given in is kept.
//! Never here: what a rule means, JSON shapes, the compiler, a yes for anything but a yes, or a panic that reaches the
//! caller.
//!
//! `door` reads pointers and is the only unsafe code; `inside` does what it asks for.

mod door;
mod inside;

pub use door::*;
