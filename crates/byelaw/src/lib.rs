//! Byelaw: sources in, a policy that answers questions or messages for its author out.
//!
//! This is the pipeline, and the door for hosts:
//!
//! 1. [`load`] reads the folders of a pack through the host's [`Folders`];
//! 2. each file becomes sentences: [`byelaw_syntax::parse`];
//! 3. all sentences together become a model: [`byelaw_hir::resolve`];
//! 4. the model becomes a program: [`byelaw_compiler::lower`];
//! 5. the program is searched for what is wrong with it as a policy: [`byelaw_symbolic::clashes`];
//! 6. questions are answered: [`byelaw_wire::answer`].
//!
//! Never here: files, a terminal, a socket, or logic of its own beyond putting the steps in order.

mod addendum;
mod conformance;
mod declared;
mod diff;
mod effect;
mod findings;
mod lints;
mod load;
mod matrix;
mod memory;
mod messages;
pub mod page;
mod pipeline;
mod proofs;
mod readings;
mod sentence;
mod side_by_side;
mod template;
mod testing;
pub mod trace;

pub use addendum::{
    Addendum, AddendumError, AddendumOutside, AddendumReport, HowCompared, InForceDays, addendum,
};
pub use byelaw_data as data;
pub use byelaw_diagnostic as diagnostic;
pub use byelaw_hir as hir;
pub use byelaw_ir as ir;
pub use byelaw_syntax as syntax;
pub use byelaw_wire as wire;
pub use declared::{Declared, declared};
pub use diff::{
    DIFF_STEPS, DiffChange, DiffClash, DiffClashes, DiffCondition, DiffExample, DiffGate, DiffKind,
    DiffPlace, DiffRenamed, DiffReport, DiffRule, DiffShift, DiffSide, DiffSilence, DiffUndecided, Gate,
    GateError, GateKind, Verdict as GateVerdict, diff, diff_gated,
};
pub use effect::{Effect, EffectError, EffectOnAct, EffectReport, EffectsReport, effect, effects};
pub use findings::silences;
pub use lints::{due_reviews, ending};
pub use load::{Folders, LoadError, MAX_FILES, MAX_USE_DEPTH, PackSources, SourceFile, load};
pub use matrix::{
    DecidedCell, DecidedMatrix, DecidedRow, MatricesOfAllDays, MatricesOfDays, MatricesReport,
    MatrixCellReport, MatrixCiteReport, MatrixReport, MatrixRowReport, MatrixRuleReport, cell_in_words,
    matrices, matrices_of_all_days, matrices_report, outcome_in_a_cell,
};
pub use memory::Memory;
pub use messages::{report_json, reports_json};
pub use pipeline::{Compiled, compile, compile_sources, read};
pub use proofs::{
    PROOF_STEPS, Proofs, ProofsError, Proved, Shown, Tally, Unproved, WrittenClaim, WrittenStep,
    WrittenValues, certify, verify,
};
pub use sentence::spelled_out;
pub use template::template;
pub use testing::*;
