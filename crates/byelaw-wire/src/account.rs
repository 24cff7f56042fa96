//! What has become of the duties of a log, as JSON.
//!
//! In: a compiled program and a log as text. Out: every duty that the log opened, with its state on a day.

use crate::decision::{Cite, Policy, cites};
use crate::duties;
use crate::json::{Object, ToJson};
use crate::log::{LogError, log};
use crate::names::{self, shown};
use crate::{LocalTime, WireError};
use byelaw_data::Date;
use byelaw_ir::Program;
use byelaw_question::{Halt, MOST_OWED, Owed, State};

/// The account of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountJson {
    /// The version of this form.
    pub v: u8,
    /// The day of the account.
    pub as_of: String,
    /// How many entries counted.
    pub entries: usize,
    /// How many entries are of a later day, and did not count.
    pub later: usize,
    /// Every duty, by the day from which it counts.
    pub duties: Vec<OwedJson>,
    /// What was left out or has no effect.
    pub notes: Vec<LineNote>,
    /// Which policy was asked.
    pub policy: Policy,
}

impl ToJson for AccountJson {
    fn write(&self, out: &mut String) {
        Object::new(out)
            .field("v", &self.v)
            .field("as_of", &self.as_of)
            .field("entries", &self.entries)
            .field("later", &self.later)
            .field("duties", &self.duties)
            .field("notes", &self.notes)
            .field("policy", &self.policy)
            .end();
    }
}

/// A note on a line of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineNote {
    /// The line, from one.
    pub line: usize,
    /// The note.
    pub note: String,
}

impl ToJson for LineNote {
    fn write(&self, out: &mut String) {
        Object::new(out).field("line", &self.line).field("note", &self.note).end();
    }
}

/// A duty that a log opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedJson {
    /// `open`, `done`, `late` (done after the last day), `breached` (not done, and the last day has passed), `waived`.
    pub state: &'static str,
    /// The day on which it was done or waived.
    pub on: Option<String>,
    /// The case; absent if the entry names none.
    pub case: String,
    /// The line of the entry that opened it.
    pub line: usize,
    /// The deed.
    pub name: String,
    /// The deed in words.
    pub text: String,
    /// Other deeds of which one is enough.
    pub instead: Vec<String>,
    /// Who must do it.
    pub bearer: String,
    /// From when it counts.
    pub since: String,
    /// When it is due, in words; absent if nothing is said.
    pub due: String,
    /// The last day in time, if it can be told.
    pub due_on: Option<String>,
    /// What follows if it is not done in time; absent if nothing is said.
    pub otherwise: String,
    /// Whether it hangs on facts that the entry leaves out: perhaps nothing is owed.
    pub sometimes: bool,
    /// The rule.
    pub rule: String,
    /// The clauses that it cites.
    pub cites: Vec<Cite>,
}

impl ToJson for OwedJson {
    fn write(&self, out: &mut String) {
        Object::new(out)
            .field("state", &self.state)
            .told("on", &self.on)
            .told("case", &self.case)
            .field("line", &self.line)
            .field("name", &self.name)
            .field("text", &self.text)
            .told("instead", &self.instead)
            .field("bearer", &self.bearer)
            .field("since", &self.since)
            .told("due", &self.due)
            .told("due_on", &self.due_on)
            .told("otherwise", &self.otherwise)
            .field("sometimes", &self.sometimes)
            .field("rule", &self.rule)
            .field("cites", &self.cites)
            .end();
    }
}

/// What has become of the duties of a log (JSON Lines) by a day; without one, by the day of its last entry.
///
/// # Errors
/// Any line that is not understood, with its number: an account with a line left out would be a wrong one. Also if the
/// log has no entry and no day is given, or a limit was reached.
pub fn account(
    program: &Program,
    text: &str,
    as_of: Option<Date>,
    zones: Option<&dyn LocalTime>,
) -> Result<AccountJson, LogError> {
    let log = log(program, text, zones)?;
    let last = log.entries.iter().map(|e| e.on).max();
    let as_of = as_of.or(last).ok_or_else(|| {
        let message = "this log has no entry, so it tells no day; say as of which day the account is";
        LogError { line: 0, error: WireError::new("type", "", message) }
    })?;
    let line = |entry: usize| log.lines.get(entry).copied().unwrap_or(0);
    let account = byelaw_question::account(program, &log.entries, as_of).map_err(|halt| {
        let (entry, code, message) = match halt {
            Halt::Impossible(entry) => {
                (line(entry), "impossible", "what this entry states cannot all be so at once".to_owned())
            }
            Halt::Undecided(entry) => (
                line(entry),
                "undecided",
                "which duties this brings was not found within the limit; state more facts".to_owned(),
            ),
            Halt::TooMany => (
                0,
                "too_many",
                format!(
                    "this log brings more than {MOST_OWED} duties; ask about fewer entries or an earlier day"
                ),
            ),
        };
        LogError { line: entry, error: WireError::new(code, "", message) }
    })?;
    let case = |place: usize| log.cases.get(place).cloned().unwrap_or_default();
    let mut notes: Vec<LineNote> =
        log.notes.iter().map(|(line, note)| LineNote { line: *line, note: note.clone() }).collect();
    notes.extend(account.unasked.iter().map(|(entry, deed)| {
        let name = names::deed_word(program, *deed).map_or("", |w| w.name.as_str());
        LineNote { line: line(*entry), note: format!("no duty of this case was open that asks for `{name}`") }
    }));
    notes.sort_by_key(|note| note.line);
    let counted = log.entries.iter().filter(|e| e.on <= as_of).count();
    Ok(AccountJson {
        v: 1,
        as_of: as_of.to_string(),
        entries: counted,
        later: log.entries.len().saturating_sub(counted),
        duties: account.owed.iter().map(|o| owed(program, o, line(o.entry), case(o.case))).collect(),
        notes,
        policy: Policy::of(program),
    })
}

fn owed(program: &Program, owed: &Owed, line: usize, case: String) -> OwedJson {
    let rule = program.names.rules.get(owed.rule.place());
    let duty = rule.and_then(|r| r.duty.as_ref());
    let mut deeds = owed.one_of.iter().filter_map(|deed| names::deed_word(program, *deed));
    let first = deeds.next();
    let (state, on) = match owed.state {
        State::Breached => ("breached", None),
        State::Open => ("open", None),
        State::Late(day) => ("late", Some(day)),
        State::Done(day) => ("done", Some(day)),
        State::Waived(day) => ("waived", Some(day)),
    };
    OwedJson {
        state,
        on: on.map(|day| day.to_string()),
        case,
        line,
        name: first.map(|w| w.name.clone()).unwrap_or_default(),
        text: first.map(shown).unwrap_or_default(),
        instead: deeds.map(|w| w.name.clone()).collect(),
        bearer: rule.map(|r| r.bearer.clone()).unwrap_or_default(),
        since: owed.since.to_string(),
        due: duty.map(|d| d.words.clone()).unwrap_or_default(),
        due_on: owed.due.map(|day| day.to_string()),
        otherwise: duty.map(|d| duties::otherwise(program, d)).unwrap_or_default(),
        sometimes: owed.sometimes,
        rule: names::rule_name(program, owed.rule).to_owned(),
        cites: cites(program, owed.rule),
    }
}
