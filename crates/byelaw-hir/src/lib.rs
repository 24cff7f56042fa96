//! From trees to the resolved model: words stop being text here.
//!
//! In: the trees of all files of a pack and of the vocabularies it uses. Out: one [`Model`] and diagnostics; always
//! both, a model with holes where a sentence could not be resolved.
//! Never here: optimisation, indices into compiled programs, files, or JSON.

mod calendar;
mod conditions;
mod definitions;
mod discretion;
mod documents;
mod duties;
mod examples;
mod fillings;
mod former;
mod from_syntax;
mod held;
mod hir;
mod instruments;
mod invariants;
mod layers;
mod look_alikes;
mod matrix;
mod messages;
mod mistaken;
mod names;
mod openers;
mod order;
mod phrases;
mod places;
mod precedence;
mod presumptions;
mod rules;
mod tables;
mod vocabulary;

pub use from_syntax::{Input, resolve};
pub use hir::*;
pub use invariants::conjuncts;
pub use layers::End;
