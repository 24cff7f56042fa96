//! A JSON value.

use byelaw_data::Map;

/// A JSON value. The keys of an object are sorted, each stands once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<Value>),
    /// An object.
    Object(Map<String, Value>),
}

/// A number as it was written: nothing is lost by reading it, and it is given back as it came.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number(pub(super) String);

impl Number {
    /// The number in its own spelling.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The whole number that this is, if it is written as one and is not too large.
    pub fn as_i64(&self) -> Option<i64> {
        // `-0` is written as no whole number is.
        if self.0 == "-0" { None } else { self.0.parse().ok() }
    }
}

impl Value {
    /// Whether this is `null`.
    pub fn is_null(&self) -> bool {
        *self == Self::Null
    }

    /// Whether this is a text or a number.
    pub fn is_name(&self) -> bool {
        matches!(self, Self::String(_) | Self::Number(_))
    }

    /// The text that this is.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number that this is.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Number(number) => number.as_i64(),
            _ => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}
