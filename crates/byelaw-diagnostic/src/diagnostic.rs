//! The one shape every message to an author takes, whatever stage found it.

use crate::Span;

/// How much a message matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The policy cannot be used.
    Error,
    /// Legal, and probably not meant.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// `error`, `warning` or `note`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A message about a place in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code, for instance `B0101`; `codes/` has a page for each.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, in one sentence: small letters, no full stop, the author's words in backticks.
    pub message: String,
    /// Where.
    pub span: Option<Span>,
    /// A few words printed under the marked text.
    pub label: String,
    /// Other places that belong to it, each with a few words.
    pub related: Vec<(Span, String)>,
    /// Why it matters, if that is not plain.
    pub notes: Vec<String>,
    /// What to do next.
    pub help: Vec<String>,
    /// The same for programs, where it is about rules and situations.
    pub finding: Option<Box<Finding>>,
}

/// What a message about rules says, for programs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Finding {
    /// The names of the rules: first that which it is said of, then those to which it is due.
    pub rules: Vec<String>,
    /// The clauses that they cite.
    pub clauses: Vec<String>,
    /// Where it is so, fact by fact; empty if that was not worked out.
    pub region: Vec<String>,
    /// A situation that shows it, as a sentence to be pasted into a file, or as facts in words; empty if there is none.
    pub witness: String,
    /// How much of the first rule is concerned, in thousandths.
    pub share: Option<u16>,
}

impl Finding {
    /// A finding about rules with these names.
    pub fn about(rules: impl IntoIterator<Item = String>) -> Self {
        Self { rules: rules.into_iter().collect(), ..Self::default() }
    }
}

impl Diagnostic {
    /// An error with `code` at `span`.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, Some(span), message)
    }

    /// A warning with `code` at `span`.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, Some(span), message)
    }

    /// A message of any severity, with or without a place.
    pub fn new(
        code: &'static str,
        severity: Severity,
        span: Option<Span>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            span,
            label: String::new(),
            related: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
            finding: None,
        }
    }

    /// Sets the words under the marked text.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, span: Span, words: impl Into<String>) -> Self {
        self.related.push((span, words.into()));
        self
    }

    /// Adds why it matters.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds what to do next.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds the same for programs.
    #[must_use]
    pub fn finding(mut self, finding: Finding) -> Self {
        self.finding = Some(Box::new(finding));
        self
    }

    /// Whether it is an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
