//! All tests of the language and its judges, one file for each thing that is looked at. They are one program: what they
//! share is built once, and a long test runs beside the others.

mod artifact;
mod bdd;
mod change;
mod decisions;
mod diagram;
mod diff;
mod duties;
mod engine;
mod generate;
mod idle;
mod interview;
mod invariants;
mod laws;
mod layers;
mod life;
mod matrix;
mod no_fail_open;
mod packages;
mod packed;
mod packs;
mod pinned;
mod precedence;
mod proofs;
mod random;
mod reference;
mod rust_host;
mod texts;
mod time;
mod vectors;
mod wire;
