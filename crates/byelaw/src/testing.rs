//! The tests of a policy: its examples, its invariants, how much of it they reach, and which changes they notice.

mod coverage;
mod describe;
mod examples;
mod exceptions;
mod invariants;
mod junit;
mod mutations;
mod report;
mod situations;
mod spelled;
mod words;

pub use coverage::{ConditionSeen, Coverage, Skeleton, coverage, skeleton};
pub use describe::{example_lines, invariant_lines};
pub use examples::{Difference, ExampleResult, Reason, run_example, run_examples};
pub use invariants::{InvariantResult, Verdict, Witness, check_invariants};
pub use junit::{TestCase, TestSuite, junit};
pub use mutations::{Mutant, Mutants, Survivor, mutants};
pub use report::{
    DifferenceReport, ExampleReport, InvariantReport, ReasonReport, example_reports, invariant_reports,
};
pub(crate) use situations::{settled, smallest};
pub(crate) use spelled::check_sentence;
pub(crate) use words::condition;
pub use words::{joined, outcome_word};
