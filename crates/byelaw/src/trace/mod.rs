//! Every clause of the source documents: how it is dealt with, by which rules, which examples rest on them, and
//! whether its text is still the one that was read.
//!
//! In: a model, its program, and the documents' texts if somebody has them. Out: a report, or edits of the clauses.
//! Never here: files, or a sentence of a document kept.

mod record;
mod text;

pub use record::{Edit, record};
pub use text::Stretch;

use byelaw_data::{Decision, RuleId};
use byelaw_diagnostic::{Span, nearest};
use byelaw_hir::{Clause, Model, Standing, TextPlace};
use byelaw_ir::Program;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use text::DocumentText;

/// The longest text of a document that is read, in bytes.
pub const MAX_TEXT: usize = 4 << 20;

/// The texts of documents by their names.
pub type Texts = BTreeMap<String, String>;

/// A text was given that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TraceError {
    /// The pack has no such document; the nearest name, if one is near.
    UnknownDocument(String, Option<String>),
    /// The text is longer than [`MAX_TEXT`].
    TooLong(String),
}

impl fmt::Display for TraceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownDocument(name, Some(near)) => {
                write!(f, "the pack has no document `{name}`; did you mean `{near}`?")
            }
            Self::UnknownDocument(name, None) => write!(f, "the pack has no document `{name}`"),
            Self::TooLong(name) => write!(f, "the text of `{name}` is longer than {MAX_TEXT} bytes"),
        }
    }
}

impl std::error::Error for TraceError {}

/// The report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Every document with its clauses, in the order in which the pack declares them.
    pub documents: Vec<DocumentTrace>,
    /// Rules that cite no clause, with their places.
    pub uncited: Vec<(String, Span)>,
}

/// A document and its clauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentTrace {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its edition.
    pub edition: Option<String>,
    /// How many pages it has.
    pub pages: Option<u32>,
    /// What the copy is called.
    pub file: Option<String>,
    /// What a reader of the copy has to know.
    pub note: Option<String>,
    /// Its clauses, in the order in which the pack declares them.
    pub clauses: Vec<ClauseTrace>,
    /// With its text at hand: the lines on which no clause stands.
    pub uncovered: Option<Vec<(u32, u32)>>,
}

/// What becomes of one clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseTrace {
    /// `document/clause`
    pub name: String,
    /// Where to find it.
    pub locator: String,
    /// What it says, in the pack's words.
    pub paraphrase: String,
    /// How it is dealt with.
    pub standing: Standing,
    /// Why.
    pub because: Option<String>,
    /// Where it is declared.
    pub span: Span,
    /// The rules that cite it.
    pub rules: Vec<String>,
    /// What their duties ask for.
    pub duties: Vec<String>,
    /// The examples whose answers name one of these rules.
    pub examples: Vec<String>,
    /// What became of its text.
    pub text: TextState,
}

/// What became of a clause's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextState {
    /// No text was given to look in.
    NotLookedAt,
    /// The clause neither says where it stands nor bears a fingerprint.
    NotLocated,
    /// It stands there, and bears no fingerprint yet.
    NotRecorded,
    /// It stands where it is said to stand, as it was; without lines, where it was found.
    Same,
    /// It stands elsewhere, as it was.
    Moved(Stretch),
    /// Where it is said to stand is something else, and it is nowhere else.
    Changed,
    /// The text has no such lines or words, and it is nowhere else.
    Missing,
}

impl TextState {
    /// The word for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotLookedAt => "not_looked_at",
            Self::NotLocated => "not_located",
            Self::NotRecorded => "not_recorded",
            Self::Same => "same",
            Self::Moved(_) => "moved",
            Self::Changed => "changed",
            Self::Missing => "missing",
        }
    }

    /// Whether the rules that rest on the clause need a look.
    pub fn is_finding(self) -> bool {
        matches!(self, Self::Changed | Self::Missing)
    }
}

impl ClauseTrace {
    /// Whether nobody dealt with it: no rule cites it, and it does not say how it stands.
    pub fn is_unclassified(&self) -> bool {
        self.standing == Standing::Encoded && self.rules.is_empty()
    }
}

impl Trace {
    /// All clauses.
    pub fn clauses(&self) -> impl Iterator<Item = &ClauseTrace> {
        self.documents.iter().flat_map(|d| &d.clauses)
    }

    /// Whether somebody has to do something: a clause nobody dealt with, one whose text changed, a rule without any.
    pub fn has_findings(&self) -> bool {
        !self.uncited.is_empty() || self.clauses().any(|c| c.is_unclassified() || c.text.is_finding())
    }
}

/// Reports on every clause. The model must be one without errors.
///
/// # Errors
/// If a text is of a document that the pack does not have, or too long.
pub fn trace(model: &Model, program: Option<&Program>, texts: &Texts) -> Result<Trace, TraceError> {
    let mut read = read(model, texts)?;
    let named = named_by_examples(model, program);
    let mut documents: Vec<DocumentTrace> = Vec::new();
    // A model has them by name; whoever reads a document wants them as its clauses follow each other.
    let mut papers: Vec<_> = model.documents.iter().enumerate().collect();
    papers.sort_by_key(|(_, document)| document.span);
    let mut sayings: Vec<_> = model.clauses.iter().enumerate().collect();
    sayings.sort_by_key(|(_, clause)| clause.span);
    for (place, document) in papers {
        let mut text = read.remove(&document.name);
        let mut covered = Vec::new();
        let mut clauses = Vec::new();
        for (at, clause) in sayings.iter().copied().filter(|(_, c)| c.document == place) {
            let (state, found) = state(clause, text.as_mut());
            covered.extend(found);
            clauses.push(clause_trace(model, at, clause, state, &named));
        }
        documents.push(DocumentTrace {
            name: document.name.clone(),
            title: document.title.clone(),
            edition: document.edition.clone(),
            pages: document.pages,
            file: document.file.clone(),
            note: document.note.clone(),
            clauses,
            uncovered: text.map(|text| text.uncovered(&covered)),
        });
    }
    let uncited = model.names.iter().filter(|r| r.cites.is_empty()).map(|r| (r.name.clone(), r.span));
    Ok(Trace { documents, uncited: uncited.collect() })
}

fn read(model: &Model, texts: &Texts) -> Result<BTreeMap<String, DocumentText>, TraceError> {
    let mut read = BTreeMap::new();
    for (name, text) in texts {
        let known = model.documents.iter().map(|d| d.name.as_str());
        if !known.clone().any(|known| known == name) {
            let near = nearest(name, known).first().map(|near| (*near).to_owned());
            return Err(TraceError::UnknownDocument(name.clone(), near));
        }
        if text.len() > MAX_TEXT {
            return Err(TraceError::TooLong(name.clone()));
        }
        read.insert(name.clone(), DocumentText::new(text));
    }
    Ok(read)
}

fn clause_trace(
    model: &Model,
    at: usize,
    clause: &Clause,
    text: TextState,
    named: &[BTreeSet<RuleId>],
) -> ClauseTrace {
    let ids: BTreeSet<RuleId> = (0_u32..)
        .zip(&model.names)
        .filter(|(_, rule)| rule.cites.contains(&at))
        .map(|(id, _)| RuleId(id))
        .collect();
    let duties: BTreeSet<_> = model
        .norms
        .iter()
        .filter(|n| ids.contains(&n.rule))
        .flat_map(|n| n.deeds.iter().flatten().copied())
        .collect();
    let examples = model.examples.iter().zip(named).filter(|(_, rules)| !rules.is_disjoint(&ids));
    ClauseTrace {
        name: clause_name(model, clause),
        locator: clause.locator.clone(),
        paraphrase: clause.paraphrase.clone(),
        standing: clause.standing,
        because: clause.because.clone(),
        span: clause.span,
        rules: ids.iter().filter_map(|id| model.names.get(id.place())).map(|r| r.name.clone()).collect(),
        duties: duties
            .iter()
            .filter_map(|d| model.deeds.get(usize::from(d.0)))
            .map(|d| d.name.clone())
            .collect(),
        examples: examples.map(|(example, _)| example.title.clone()).collect(),
        text,
    }
}

/// `document/clause`
fn clause_name(model: &Model, clause: &Clause) -> String {
    let document = model.documents.get(clause.document).map_or("", |d| d.name.as_str());
    format!("{document}/{}", clause.name)
}

/// For each example, the rules that its answer or its expectation names.
fn named_by_examples(model: &Model, program: Option<&Program>) -> Vec<BTreeSet<RuleId>> {
    let named = |decision: Decision| {
        let mut rules: BTreeSet<RuleId> = decision.because.iter().map(|b| b.rule).collect();
        rules.extend(decision.defeated.iter().flat_map(|d| [d.rule, d.by]));
        rules.extend(decision.clashes.iter().flat_map(|c| [c.promising, c.restricting]));
        rules.extend(decision.duties.iter().map(|d| d.rule));
        rules.extend(decision.advice.iter().map(|a| a.rule));
        rules
    };
    let of = |example: &byelaw_hir::Example| {
        let decision = program.and_then(|program| byelaw_question::decide(program, &example.question));
        let mut rules = decision.map(named).unwrap_or_default();
        rules.extend(example.expect.because.iter().flatten().copied());
        rules
    };
    model.examples.iter().map(of).collect()
}

/// What became of a clause's text, and the lines on which it stands now.
fn state(clause: &Clause, text: Option<&mut DocumentText>) -> (TextState, Option<(u32, u32)>) {
    let Some(text) = text else { return (TextState::NotLookedAt, None) };
    let stated = clause.place.map(stretch);
    let here = stated.and_then(|stretch| text.fingerprint(stretch));
    match (&clause.fingerprint, stated) {
        (None, None) => (TextState::NotLocated, None),
        (None, Some(stretch)) if here.is_some() => (TextState::NotRecorded, Some(stretch.lines)),
        (None, Some(_)) => (TextState::Missing, None),
        (Some(wanted), stated) => {
            if let Some((digits, _)) = &here
                && *digits == wanted.digits
            {
                return (TextState::Same, stated.map(|s| s.lines));
            }
            match text.find(&wanted.digits, wanted.words) {
                Some(found) if stated.is_some() => (TextState::Moved(found), Some(found.lines)),
                Some(found) => (TextState::Same, Some(found.lines)),
                None if here.is_some() => (TextState::Changed, None),
                None => (TextState::Missing, None),
            }
        }
    }
}

fn stretch(place: TextPlace) -> Stretch {
    Stretch { lines: place.lines, words: place.words }
}
