//! Judges side by side: what the reference interpreter and the compiled program say, in one form that can be compared.
//!
//! In: a model, its program and a question or a situation. Out: a [`Judgement`] or a [`PointView`] from each judge.
//! Here too: the blocks of the language reference; questions as JSON phrased from a vocabulary; all situations of an act; the packs of this repository read from disk, and plain models to put rules into.
//! Never here: helpers for the tests inside other crates, or an opinion of its own on what a rule means.

mod chance;
mod disk;
mod engines;
mod literate;
mod models;
mod questions;
mod space;
mod written;

pub use byelaw_reference::Judgement;
pub use chance::{Chance, seed, times};
pub use disk::{Disk, compiled_pack, compiled_text, pack_names, policies};
pub use engines::{Answered, PointView, compiled, compiled_point, disagreement, reference, reference_point};
pub use literate::{Block, BlockKind, Chapter, blocks, chapters};
pub use models::{acts, empty_model, fact, norm, value, word};
pub use questions::Phraser;
pub use space::{Space, stated};
pub use written::written_pack;
