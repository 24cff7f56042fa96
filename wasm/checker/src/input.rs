//! What comes over from JavaScript, as our types.

use byelaw::data::Date;
use byelaw::{Compiled, Gate, GateKind, Memory};
use serde_json::Value;

/// The files of a pack.
pub struct Pack {
    /// Its folder.
    pub folder: String,
    files: Vec<(String, Vec<u8>)>,
}

impl Pack {
    /// Reads JSON text.
    pub fn read(text: &str) -> Result<Self, String> {
        Self::of(&parsed(text)?)
    }

    /// Reads `{"pack": "policies/x", "files": {"policies/x/a.pol": "text"}}`.
    fn of(input: &Value) -> Result<Self, String> {
        let folder =
            input.get("pack").and_then(Value::as_str).ok_or("`pack` has to be the folder of the pack")?;
        let files =
            input.get("files").and_then(Value::as_object).ok_or("`files` has to map paths to texts")?;
        let mut found = Vec::new();
        for (path, text) in files {
            let text =
                text.as_str().ok_or_else(|| format!("`{}` has to be a text", path.escape_default()))?;
            found.push((path.clone(), text.as_bytes().to_vec()));
        }
        Ok(Self { folder: folder.to_owned(), files: found })
    }

    /// Compiles it.
    pub fn compile(&self) -> Result<Compiled, String> {
        byelaw::compile(&Memory::new(self.files.clone()), &self.folder).map_err(|why| why.to_string())
    }

    /// Reads it, and goes no further than its words.
    pub fn read_only(&self) -> Result<Compiled, String> {
        byelaw::read(&Memory::new(self.files.clone()), &self.folder).map_err(|why| why.to_string())
    }
}

/// What two policies are compared for.
pub struct Comparison {
    /// What was before.
    pub old: Side,
    /// What is after.
    pub new: Side,
    /// What may not differ.
    pub gate: Option<Gate>,
}

/// One of the two policies.
pub struct Side {
    pub pack: Pack,
    /// The day on which it is asked.
    pub on: Option<Date>,
}

impl Comparison {
    /// Reads `{"old": SIDE, "new": SIDE, "gate": "no-wider", "except": ["doc/clause"], "pass_uncompared": true}`, where a
    /// side is a pack with a day or without (`"on": "2020-05-11"`), and all but the sides may be left out.
    pub fn read(text: &str) -> Result<Self, String> {
        let input = parsed(text)?;
        let side = |name: &str| {
            let side =
                input.get(name).ok_or_else(|| format!("`{name}` has to be one of the two policies"))?;
            let on = match side.get("on") {
                None | Some(Value::Null) => None,
                Some(day) => Some(
                    day.as_str().and_then(Date::parse).ok_or("`on` has to be a date such as 2020-05-11")?,
                ),
            };
            Ok::<Side, String>(Side { pack: Pack::of(side)?, on })
        };
        Ok(Self { old: side("old")?, new: side("new")?, gate: gate(&input)? })
    }
}

fn gate(input: &Value) -> Result<Option<Gate>, String> {
    let Some(name) = input.get("gate").filter(|gate| !gate.is_null()) else { return Ok(None) };
    let kinds = [GateKind::NoWider, GateKind::NoStricter, GateKind::NoChange];
    let kind = kinds.into_iter().find(|kind| name.as_str() == Some(kind.as_str()));
    let kind = kind.ok_or("`gate` has to be `no-wider`, `no-stricter` or `no-change`")?;
    let mut except = Vec::new();
    if let Some(clauses) = input.get("except").filter(|clauses| !clauses.is_null()) {
        let clauses = clauses.as_array().ok_or("`except` has to be a list of clauses")?;
        for clause in clauses {
            except.push(clause.as_str().ok_or("`except` has to be a list of clauses")?.to_ascii_lowercase());
        }
    }
    let pass_uncompared = input.get("pass_uncompared") == Some(&Value::Bool(true));
    Ok(Some(Gate { kind, except, pass_uncompared }))
}

fn parsed(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|why| format!("the input is not JSON: {why}"))
}
