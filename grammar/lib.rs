//! The grammar.
pub mod placeholder {}
