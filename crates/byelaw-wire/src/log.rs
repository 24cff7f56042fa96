//! A log of what happened and what was done, as JSON Lines.
//!
//! In: text. Out: entries in numbers, with the names of their cases. Never here: what becomes of a duty.

use crate::ask;
use crate::json::{Object, ToJson};
use crate::json::{Value, strict_as};
use crate::names;
use crate::{LocalTime, WireError};
use byelaw_data::{Date, DeedId, Map, Stated};
use byelaw_ir::Program;
use byelaw_question::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// The longest line that is read as an entry.
const LONGEST: usize = 1 << 20;

/// The most entries of a log.
const MOST_ENTRIES: usize = 100_000;

/// What is wrong with a line of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogError {
    /// The line, from one; 0 for the log as a whole.
    pub line: usize,
    /// What is wrong.
    pub error: WireError,
}

impl ToJson for LogError {
    fn write(&self, out: &mut String) {
        Object::new(out).field("line", &self.line).field("error", &self.error).end();
    }
}

impl core::fmt::Display for LogError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        if self.line > 0 { write!(f, "line {}: {}", self.line, self.error) } else { self.error.fmt(f) }
    }
}

impl std::error::Error for LogError {}

/// A log as understood.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log {
    /// The entries, in the order of the text.
    pub entries: Vec<Entry>,
    /// The line of each.
    pub lines: Vec<usize>,
    /// The names of the cases, which the entries give by their place; the empty name if none is said.
    pub cases: Vec<String>,
    /// Notes on what was left out, each with its line.
    pub notes: Vec<(usize, String)>,
}

/// Reads a log. Empty lines are passed over.
pub(crate) fn log(program: &Program, text: &str, zones: Option<&dyn LocalTime>) -> Result<Log, LogError> {
    let mut log = Log::default();
    let mut cases: BTreeMap<String, usize> = BTreeMap::new();
    for (place, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let line_number = place.saturating_add(1);
        let wrong = |error: WireError| LogError { line: line_number, error };
        if line.len() > LONGEST {
            let message = format!("an entry may be at most {LONGEST} bytes long");
            return Err(wrong(WireError::new("too_many", "", message)));
        }
        if log.entries.len() >= MOST_ENTRIES {
            let message = format!("a log may have at most {MOST_ENTRIES} entries");
            return Err(wrong(WireError::new("too_many", "", message)));
        }
        let mut notes = Vec::new();
        let entry = entry(program, line, zones, &mut cases, &mut notes).map_err(wrong)?;
        log.entries.push(entry);
        log.lines.push(line_number);
        log.notes.extend(notes.into_iter().map(|note| (line_number, note)));
    }
    log.cases = vec![String::new(); cases.len()];
    for (name, place) in cases {
        if let Some(case) = log.cases.get_mut(place) {
            *case = name;
        }
    }
    Ok(log)
}

const FIELDS: [&str; 8] = ["id", "on", "case", "facts", "assume", "did", "waived", "ends"];

/// What tells that something happened, or was done.
const TELLING: [&str; 4] = ["facts", "did", "waived", "ends"];

fn entry(
    program: &Program,
    text: &str,
    zones: Option<&dyn LocalTime>,
    cases: &mut BTreeMap<String, usize>,
    notes: &mut Vec<String>,
) -> Result<Entry, WireError> {
    let Value::Object(map) = strict_as("an entry of a log", text)? else {
        return Err(WireError::new("type", "", "an entry of a log is a JSON object"));
    };
    if let Some(field) = map.keys().find(|k| !FIELDS.contains(&k.as_str())) {
        return Err(WireError::unknown("unknown_field", field, "field", field, FIELDS));
    }
    let said = |field: &&&str| map.get(**field).is_some_and(|v| !v.is_null());
    if !TELLING.iter().any(|field| said(&field)) {
        let message = "an entry tells what happened (`facts`), what was done (`did`), what need not be done any \
                       more (`waived`), or that its case ends (`ends`)";
        return Err(WireError::new("type", "", message));
    }
    let case = match map.get("case") {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(case)) => case.clone(),
        Some(_) => return Err(WireError::new("type", "case", "`case` is a text")),
    };
    let ends = match map.get("ends") {
        None | Some(Value::Null) => false,
        Some(Value::Bool(ends)) => *ends,
        Some(_) => return Err(WireError::new("type", "ends", "`ends` is true or false")),
    };
    let asking = |field: &&String| ["on", "facts", "assume"].contains(&field.as_str());
    let asked: Map<String, Value> = map
        .iter()
        .filter(|(field, _)| asking(field))
        .map(|(field, value)| (field.clone(), value.clone()))
        .collect();
    let (mut questions, found) = ask::read(program, &asked, zones)?;
    notes.extend(found);
    let on: Option<Date> = questions.first().and_then(|q| q.on);
    let on =
        on.ok_or_else(|| WireError::new("type", "on", "an entry tells its day: `\"on\": \"2024-05-13\"`"))?;
    if !said(&&"facts") {
        questions.clear();
    }
    for question in &mut questions {
        // Neither an act nor an event: the duties that stand always.
        if let Some(no_act) = program.no_act.filter(|_| !question.facts.contains_key(&program.act)) {
            question.facts.insert(program.act, Stated::Value(no_act));
        }
    }
    let next = cases.len();
    Ok(Entry {
        on,
        case: *cases.entry(case).or_insert(next),
        happened: questions,
        did: deeds(program, &map, "did")?,
        waived: deeds(program, &map, "waived")?,
        ends,
    })
}

fn deeds(program: &Program, map: &Map<String, Value>, field: &str) -> Result<BTreeSet<DeedId>, WireError> {
    let mut deeds = BTreeSet::new();
    for (place, item) in ask::list(map, field)?.iter().enumerate() {
        let at = format!("{field}[{place}]");
        let name = item.as_str().ok_or_else(|| WireError::new("type", &at, "a deed is given by its name"))?;
        let known = || program.names.deeds.iter().map(|d| d.name.as_str());
        let deed = names::deed(program, name)
            .ok_or_else(|| WireError::unknown("unknown_name", &at, "deed of a duty", name, known()))?;
        deeds.insert(deed);
    }
    Ok(deeds)
}
