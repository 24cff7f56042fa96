//! Whether the differences between two policies are allowed to pass: for whoever merges a change.
//!
//! A gate says yes only to what was shown. What was not looked at, or could not be compared, does not pass; a change is
//! excused only if every changed rule that has a part in it cites a clause that is excepted.

use super::notes::Note;
use super::words::Words;
use super::{DiffChange, DiffKind, DiffReport};
use byelaw_data::RuleId;
use byelaw_ir::Program;
use byelaw_symbolic::diff::{Change, Difference, Excepted};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;

/// Which differences a gate stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GateKind {
    /// Nothing may become more lenient: whatever suffices for a yes must have sufficed before.
    NoWider,
    /// Nothing may become stricter: whatever sufficed for a yes must still suffice.
    NoStricter,
    /// No answer, duty or advice may be another one.
    NoChange,
}

impl GateKind {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoWider => "no-wider",
            Self::NoStricter => "no-stricter",
            Self::NoChange => "no-change",
        }
    }

    /// Whether it stops a change of this kind. A change that is neither stricter nor more lenient is something of both:
    /// what suffices now did not suffice before, and what sufficed does not any more.
    fn stops(self, kind: DiffKind) -> bool {
        match kind {
            DiffKind::Stricter => self != Self::NoWider,
            DiffKind::MoreLenient => self != Self::NoStricter,
            DiffKind::Other => true,
            DiffKind::Duty | DiffKind::Advice => self == Self::NoChange,
        }
    }
}

/// A gate with its exceptions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// Which differences it stops.
    pub kind: GateKind,
    /// Clauses, as DOCUMENT/CLAUSE: what only rules that cite one of them make different is excused.
    pub except: Vec<String>,
    /// Whether what could not be compared passes: somebody has looked at it.
    pub pass_uncompared: bool,
}

/// A clause that neither side has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateError {
    /// What was asked for.
    pub clause: String,
    /// The nearest clauses.
    pub nearest: Vec<String>,
}

impl fmt::Display for GateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no rule of either side cites `{}`", self.clause)?;
        if self.nearest.is_empty() {
            return write!(f, "; write a clause as DOCUMENT/CLAUSE, for instance rules/4.2");
        }
        let near: Vec<String> = self.nearest.iter().map(|n| format!("`{n}`")).collect();
        write!(f, "; did you mean {}?", near.join(" or "))
    }
}

impl std::error::Error for GateError {}

/// What a gate says of one change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Verdict {
    /// The gate stops it.
    Stopped {
        /// Changed rules that have a part in it and cite no excepted clause, if they are known by name.
        by: Vec<String>,
    },
    /// Every changed rule that has a part in it cites an excepted clause.
    Excused {
        /// These rules.
        by: Vec<String>,
    },
}

/// What became of a gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DiffGate {
    /// Which gate.
    pub gate: GateKind,
    /// The clauses that are excepted.
    pub except: Vec<String>,
    /// Whether it is passed.
    pub passed: bool,
    /// Changes that it stops, as places in the list of changes.
    pub stopped: Vec<usize>,
    /// Changes that it would stop and that are excused.
    pub excused: Vec<usize>,
    /// Whether it is stopped for what silence means.
    pub silence: bool,
    /// Acts of which not everything was looked at.
    pub undecided: Vec<String>,
    /// What could not be compared and does not pass for that reason.
    pub not_compared: Vec<String>,
    /// What could not be compared and was accepted.
    pub accepted: Vec<String>,
}

impl Gate {
    /// The rules that cite an excepted clause.
    ///
    /// # Errors
    /// If no rule of either side cites one of the clauses.
    pub(super) fn excepted(&self, old: &Program, new: &Program) -> Result<Excepted, GateError> {
        let mut known: BTreeSet<String> = BTreeSet::new();
        let mut of = |program: &Program| -> BTreeSet<RuleId> {
            let cited: Vec<String> = clauses(program);
            let mut found = BTreeSet::new();
            for (place, rule) in program.names.rules.iter().enumerate() {
                let clauses = || rule.cites.iter().filter_map(|c| cited.get(usize::from(*c)));
                known.extend(clauses().cloned());
                if clauses().any(|c| self.except.contains(c)) {
                    found.extend(RuleId::at(place));
                }
            }
            found
        };
        let excepted = Excepted { old: of(old), new: of(new) };
        // A clause that is not there would excuse nothing, and whoever wrote it believes that it does.
        match self.except.iter().find(|c| !known.contains(*c)) {
            Some(clause) => {
                let nearest = byelaw_diagnostic::nearest(clause, known.iter().map(String::as_str));
                Err(GateError { clause: clause.clone(), nearest })
            }
            None => Ok(excepted),
        }
    }

    /// Writes into a report what becomes of the gate.
    pub(super) fn judge(&self, report: &mut DiffReport, notes: &[Note]) {
        let mut gate = DiffGate {
            gate: self.kind,
            except: self.except.clone(),
            passed: false,
            stopped: Vec::new(),
            excused: Vec::new(),
            silence: report.silence.as_ref().is_some_and(|s| match s.kind {
                // Whom to ask is no answer.
                DiffKind::Other => self.kind == GateKind::NoChange,
                kind => self.kind.stops(kind),
            }),
            undecided: report.undecided.iter().map(|u| u.act.clone()).collect(),
            not_compared: Vec::new(),
            accepted: Vec::new(),
        };
        for (place, change) in report.changes.iter_mut().enumerate() {
            if !self.kind.stops(change.kind) {
                change.verdict = None;
            }
            match change.verdict {
                None => {}
                Some(Verdict::Stopped { .. }) => gate.stopped.push(place),
                Some(Verdict::Excused { .. }) => gate.excused.push(place),
            }
        }
        for note in notes {
            let matters = match self.kind {
                GateKind::NoWider => note.wider,
                GateKind::NoStricter => note.stricter,
                GateKind::NoChange => note.wider || note.stricter,
            };
            if matters {
                let list = if self.pass_uncompared { &mut gate.accepted } else { &mut gate.not_compared };
                list.push(note.text.clone());
            }
        }
        gate.passed = gate.stopped.is_empty()
            && !gate.silence
            && gate.undecided.is_empty()
            && gate.not_compared.is_empty();
        report.gate = Some(gate);
    }
}

/// The clauses of a program as they are cited.
fn clauses(program: &Program) -> Vec<String> {
    let document =
        |place: u16| program.names.documents.get(usize::from(place)).map_or("", |d| d.name.as_str());
    program.names.clauses.iter().map(|c| format!("{}/{}", document(c.document), c.name)).collect()
}

/// What a gate that stops this change would say of it.
pub(super) fn verdict(
    found: &Difference,
    words: &Words<'_>,
    group: &[&Change],
    excepted: &Excepted,
) -> Option<Verdict> {
    let mut rules: BTreeSet<(bool, RuleId)> = group.iter().map(|c| c.by).collect();
    for change in group {
        let old = change.old.keys().filter(|r| found.rules.old.contains(r));
        let new = change.new.keys().filter(|r| found.rules.new.contains(r));
        rules.extend(old.map(|r| (false, *r)));
        rules.extend(new.map(|r| (true, *r)));
    }
    let excused = group.iter().all(|c| c.excepted);
    let cited = |(new, rule): &(bool, RuleId)| {
        if *new { excepted.new.contains(rule) } else { excepted.old.contains(rule) }
    };
    let by: BTreeSet<String> = rules
        .iter()
        .filter(|rule| cited(rule) == excused)
        .map(|(new, rule)| words.rule(found, *rule, *new, true).rule)
        .collect();
    let by = by.into_iter().collect();
    Some(if excused { Verdict::Excused { by } } else { Verdict::Stopped { by } })
}

impl DiffChange {
    /// Whether the gate stops it.
    pub fn is_stopped(&self) -> bool {
        matches!(self.verdict, Some(Verdict::Stopped { .. }))
    }
}
