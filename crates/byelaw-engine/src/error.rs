//! What can be wrong before there is an answer. None of it is a permission.

use byelaw_ir::DecodeError;

/// Why bytes are not a policy that can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// The bytes are not a compiled policy.
    #[error("{0}; compile it again with `byelaw build`")]
    Bytes(#[from] DecodeError),
    /// The policy is larger than what can be asked here: more than two billion words.
    #[error("the policy is too large to be asked here; split it")]
    TooLarge,
}

/// Why a question cannot be asked of a policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAsked {
    /// The policy has no fact of this name.
    #[error("there is no fact called `{name}`{}", hint(nearest))]
    NoSuchFact {
        /// The name.
        name: String,
        /// Known names near to it.
        nearest: Vec<String>,
    },
    /// The fact has no value of this name.
    #[error("`{fact}` has no value called `{name}`{}", hint(nearest))]
    NoSuchValue {
        /// The fact.
        fact: String,
        /// The name.
        name: String,
        /// Known names near to it.
        nearest: Vec<String>,
    },
    /// The policy has no approval, undertaking or duty of this name.
    #[error("there is no approval, undertaking or duty called `{name}`{}", hint(nearest))]
    NoSuchPromise {
        /// The name.
        name: String,
        /// Known names near to it.
        nearest: Vec<String>,
    },
    /// The fact has values of another kind.
    #[error("`{fact}` is {is}: state it with the door for that kind")]
    OtherKind {
        /// The fact.
        fact: String,
        /// What it is, in words.
        is: &'static str,
    },
    /// A number or date lies outside the bounds of its fact.
    #[error("{number} lies outside {from} to {to}, the bounds of `{fact}`")]
    OutOfRange {
        /// The fact.
        fact: String,
        /// The number; for a date the days since 1970-01-01.
        number: i64,
        /// Least.
        from: i64,
        /// Greatest.
        to: i64,
    },
    /// A fact, value or question was made for another policy, or for another load of this one.
    #[error("this was made for another policy; make it again with the policy that is asked")]
    OtherPolicy,
    /// The question does not say what is done, or names several acts.
    #[error("the question names no single act; state `{fact}`")]
    NoAct {
        /// The fact whose values are the acts.
        fact: String,
    },
    /// A question given as JSON was not understood.
    #[error("{0}")]
    NotUnderstood(byelaw_wire::WireError),
    /// Lists in a question ask for several things, which are answered together and not by one look at the table.
    #[error("this asks {many} questions at once; ask them one by one, or with `decide_json`")]
    SeveralQuestions {
        /// How many.
        many: usize,
    },
    /// One name is both given and refused.
    #[error("`{name}` is both given and refused")]
    Contradiction {
        /// The name.
        name: String,
    },
}

/// The names near to an unknown one, as the end of a message.
fn hint(nearest: &[String]) -> String {
    nearest.first().map_or_else(String::new, |first| format!("; did you mean `{first}`?"))
}
