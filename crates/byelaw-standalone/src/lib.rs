//! One WebAssembly module for each policy: what lies in it, how it is put together, and how it reads a question.
//!
//! In: a compiled program, and the module of the core (`wasm/standalone`), which is the same for all policies. Out: a
//! module that imports nothing and holds the policy as data ([`pack`], [`module`]), and a description that says which
//! number is which name ([`describe`]). For the core: the policy unpacked in memory of its own, once ([`open`]), each
//! of its acts when it is first asked about ([`ready`]), and the answer to a question in numbers ([`Policy`]).
//! Never here: text of a question, presumptions (a question says what it knows), allocation while deciding, unsafe
//! code, or a yes for anything but a yes.

mod build;
mod describe;
mod layout;
mod module;
mod packed;
mod question;

pub use build::{Packed, pack};
pub use describe::{Description, describe};
pub use layout::Policy;
pub use module::{NotMade, module};
pub use packed::{open, ready};
pub use question::{GIVEN_FROM, LONGEST};
