//! From JSON to a question in numbers.

use crate::duties::{self, Promised};
use crate::json::{Value, strict};
use crate::moment;
use crate::names;
use crate::{LocalTime, WireError};
use byelaw_data::{AtomId, Date, FactId, Listed as _, Map, Minute, NO, Question, Set, Stated, ValueId, YES};
use byelaw_ir::{Domain, FactKind, Program};

/// The most single questions that lists may stand for.
const MOST_QUESTIONS: usize = 256;

/// A question as understood.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The caller's own name for it, given back unchanged.
    pub id: Option<Value>,
    /// The single questions: more than one if a list named several values.
    pub questions: Vec<Question>,
    /// Whether the answer is to say what would change it.
    pub would_change: bool,
    /// What was left out or has no effect.
    pub notes: Vec<String>,
}

/// Reads a question. `zones` are those of the host, if it knows any: they tell the local time of an instant.
///
/// # Errors
/// Anything that is not understood, with the caller's `id` if there was one. Nothing is guessed.
pub fn asked(
    program: &Program,
    text: &str,
    zones: Option<&dyn LocalTime>,
) -> Result<Asked, (Option<Value>, WireError)> {
    let value = strict(text).map_err(|e| (None, e))?;
    let Value::Object(map) = value else {
        return Err((None, WireError::new("type", "", "a question is a JSON object")));
    };
    let id = map.get("id").filter(|v| v.is_name()).cloned();
    let would_change = yes_or_no(&map, "would_change");
    match would_change.and_then(|told| Ok((told, read(program, &map, zones)?))) {
        Ok((would_change, (questions, mut notes))) => {
            if questions.len() > 1 {
                let asked = questions.len();
                notes.push(format!("{asked} questions were asked singly; the strictest answer holds"));
            }
            Ok(Asked { id, questions, would_change, notes })
        }
        Err(error) => Err((id, error)),
    }
}

const FIELDS: [&str; 10] =
    ["id", "on", "as_of", "facts", "approved", "refused", "will", "wont", "assume", "would_change"];

/// The single questions of an object, and notes on them.
pub(crate) fn read(
    program: &Program,
    map: &Map<String, Value>,
    zones: Option<&dyn LocalTime>,
) -> Result<(Vec<Question>, Vec<String>), WireError> {
    if let Some(field) = map.keys().find(|k| !FIELDS.contains(&k.as_str())) {
        return Err(WireError::unknown("unknown_field", field, "field", field, FIELDS));
    }
    if let Some(id) = map.get("id")
        && !(id.is_name() || id.is_null())
    {
        return Err(WireError::new("type", "id", "`id` is a text or a number"));
    }
    let mut notes = Vec::new();
    let mut question = Question { assume: true, ..Question::default() };
    if let Some(value) = map.get("on").filter(|v| !v.is_null()) {
        let (date, time) = moment::on(program, value, zones, &mut notes)?;
        (question.on, question.at) = (Some(date), time);
    }
    if let Some(value) = map.get("as_of").filter(|v| !v.is_null()) {
        let (date, timed) = moment::day(value, "as_of")?;
        question.as_of = Some(date);
        if timed {
            notes.push("`as_of` is a day: its time was left out".to_owned());
        }
    }
    question.assume = yes_or_no(map, "assume")?;
    approvals(program, map, &mut question, &mut notes)?;
    let promised = deeds(program, map, &mut question)?;
    let mut questions = vec![question];
    match map.get("facts") {
        None | Some(Value::Null) => {}
        Some(Value::Object(facts)) => {
            for (name, value) in facts {
                questions = state(program, questions, name, value)?;
                if questions.len() > MOST_QUESTIONS {
                    return Err(WireError::new(
                        "too_many",
                        format!("facts.{name}"),
                        format!(
                            "the lists of this question stand for more than {MOST_QUESTIONS} single questions"
                        ),
                    ));
                }
            }
        }
        Some(_) => return Err(WireError::new("type", "facts", "`facts` is an object of names and values")),
    }
    for question in &mut questions {
        about_no_act(program, question);
        duties::count(program, question, &promised, &mut notes);
    }
    notes.extend(questions.first().map(|first| moment::notes(program, first)).unwrap_or_default());
    Ok((questions, notes))
}

/// What a field says that is yes unless somebody says no.
fn yes_or_no(map: &Map<String, Value>, field: &str) -> Result<bool, WireError> {
    match map.get(field) {
        None | Some(Value::Null) => Ok(true),
        Some(Value::Bool(said)) => Ok(*said),
        Some(_) => Err(WireError::new("type", field, format!("`{field}` is true or false"))),
    }
}

pub(crate) fn list<'a>(map: &'a Map<String, Value>, field: &str) -> Result<&'a [Value], WireError> {
    match map.get(field) {
        None | Some(Value::Null) => Ok(&[]),
        Some(Value::Array(items)) => Ok(items),
        Some(_) => Err(WireError::new("type", field, format!("`{field}` is a list"))),
    }
}

fn approvals(
    program: &Program,
    map: &Map<String, Value>,
    question: &mut Question,
    notes: &mut Vec<String>,
) -> Result<(), WireError> {
    for (field, granted) in [("approved", true), ("refused", false)] {
        for (i, item) in list(map, field)?.iter().enumerate() {
            let at = format!("{field}[{i}]");
            for atom in approval(program, item, &at, question.on, granted, notes)? {
                if granted {
                    question.granted.insert(atom)
                } else {
                    question.refused.insert(atom)
                };
            }
        }
    }
    if let Some(atom) = question.granted.intersection(&question.refused).next() {
        let name = names::atom_word(program, *atom).map(|w| w.name.clone()).unwrap_or_default();
        return Err(WireError::new(
            "contradiction",
            "refused",
            format!("`{name}` is both approved and refused"),
        ));
    }
    Ok(())
}

/// The approvals that one entry stands for: none if it has no effect.
fn approval(
    program: &Program,
    item: &Value,
    at: &str,
    on: Option<Date>,
    granted: bool,
    notes: &mut Vec<String>,
) -> Result<Set<AtomId>, WireError> {
    let (name, by, until) = match item {
        Value::String(name) => (name.as_str(), None, None),
        Value::Object(object) => {
            const KNOWN: [&str; 4] = ["name", "by", "until", "ref"];
            if let Some(field) = object.keys().find(|k| !KNOWN.contains(&k.as_str())) {
                return Err(WireError::unknown(
                    "unknown_field",
                    format!("{at}.{field}"),
                    "field",
                    field,
                    KNOWN,
                ));
            }
            let text = |field: &str| match object.get(field) {
                None | Some(Value::Null) => Ok(None),
                Some(Value::String(s)) => Ok(Some(s.as_str())),
                Some(_) => {
                    Err(WireError::new("type", format!("{at}.{field}"), format!("`{field}` is a text")))
                }
            };
            text("ref")?;
            let name =
                text("name")?.ok_or_else(|| WireError::new("type", at, "an approval needs a `name`"))?;
            let until = match object.get("until") {
                None | Some(Value::Null) => None,
                Some(value) => Some(moment::day(value, &format!("{at}.until"))?.0),
            };
            (name, text("by")?, until)
        }
        _ => return Err(WireError::new("type", at, "an approval is a name or an object with a `name`")),
    };
    if let Some(until) = until
        && granted
    {
        if on.is_none() {
            notes.push(format!(
                "the approval `{name}` ends on {until} and the date is not known: it was not counted"
            ));
            return Ok(Set::new());
        }
        if on.is_some_and(|on| on > until) {
            notes.push(format!("the approval `{name}` ended on {until}: it was not counted"));
            return Ok(Set::new());
        }
    }
    if let Some(atom) = names::atom(program, name, true) {
        if let Some(by) = by
            && granted
            && let Some(can) = can_give(program, by)
        {
            let open = |a: &byelaw_ir::Atom| a.givers.is_empty() && a.held_roles.is_empty();
            if program.atoms.get(usize::from(atom.0)).is_some_and(|a| !open(a) && !can(a)) {
                notes.push(format!("`{by}` cannot give the approval `{name}`: it was not counted"));
                return Ok(Set::new());
            }
        }
        return Ok(Set::from([atom]));
    }
    if let Some(can) = can_give(program, name) {
        let found: Set<AtomId> = program
            .atoms
            .iter()
            .enumerate()
            .filter(|(_, a)| a.approval && can(a))
            .filter_map(|(i, _)| u16::try_from(i).ok().map(AtomId))
            .collect();
        if found.is_empty() {
            notes.push(format!("`{name}` gives no approval in this policy: it has no effect"));
        }
        return Ok(found);
    }
    let groups = program
        .names
        .facts
        .get(usize::from(program.subject.0))
        .map(|f| f.groups.as_slice())
        .unwrap_or_default();
    if name == "someone" || groups.iter().any(|g| g.word.name == name) {
        notes.push(format!("who of `{name}` approved is not known: it was not counted"));
        return Ok(Set::new());
    }
    let known = program
        .names
        .atoms
        .iter()
        .zip(&program.atoms)
        .filter(|(_, a)| a.approval)
        .map(|(n, _)| n.word.name.as_str());
    let roles = names::values(program, program.subject).into_iter().map(|w| w.name.as_str());
    let all = known.chain(roles).chain(names::held_names(program));
    Err(WireError::unknown("unknown_name", at, "approval or role", name, all))
}

/// Which approvals somebody can give who is named by what they are or by a held role; `None` if nobody is called so.
fn can_give(program: &Program, name: &str) -> Option<impl Fn(&byelaw_ir::Atom) -> bool> {
    let role = names::value(program, program.subject, name);
    let held = names::held(program, name);
    (role.is_some() || held.is_some()).then_some(move |atom: &byelaw_ir::Atom| {
        role.is_some_and(|role| atom.givers.contains(&role))
            || held.is_some_and(|o| atom.held_roles.contains(&o))
    })
}

/// A question that names no act, but an event or the deed of a duty, is about the duties that stand without an act.
fn about_no_act(program: &Program, question: &mut Question) {
    let Some(no_act) = program.no_act.filter(|_| !question.facts.contains_key(&program.act)) else { return };
    let deeds = !question.done.is_empty() || !question.undone.is_empty();
    let event = program.event.is_some_and(|event| question.facts.contains_key(&event));
    if deeds || event {
        question.facts.insert(program.act, Stated::Value(no_act));
    }
}

/// Undertakings and deeds that will or will not be done. Gives the deeds that are promised for a day.
fn deeds(
    program: &Program,
    map: &Map<String, Value>,
    question: &mut Question,
) -> Result<Promised, WireError> {
    let mut promised = Promised::new();
    for (field, kept) in [("will", true), ("wont", false)] {
        for (i, item) in list(map, field)?.iter().enumerate() {
            let at = format!("{field}[{i}]");
            let (name, day) = promise(item, &at, kept)?;
            if let Some(atom) = names::atom(program, name, false) {
                if kept {
                    question.granted.insert(atom)
                } else {
                    question.refused.insert(atom)
                };
            } else if let Some(deed) = names::deed(program, name) {
                promised.extend(day.map(|day| (deed, day)));
                if kept {
                    question.done.insert(deed)
                } else {
                    question.undone.insert(deed)
                };
            } else {
                let atoms = program.names.atoms.iter().zip(&program.atoms).filter(|(_, a)| !a.approval);
                let known = atoms
                    .map(|(n, _)| n.word.name.as_str())
                    .chain(program.names.deeds.iter().map(|d| d.name.as_str()));
                return Err(WireError::unknown("unknown_name", at, "undertaking or duty", name, known));
            }
        }
    }
    let both = question.granted.intersection(&question.refused).next().is_some();
    if both || question.done.intersection(&question.undone).next().is_some() {
        return Err(WireError::new("contradiction", "wont", "one name stands both in `will` and in `wont`"));
    }
    Ok(promised)
}

/// The name of an undertaking or deed, and the day for which a promise of it is made.
fn promise<'a>(item: &'a Value, at: &str, kept: bool) -> Result<(&'a str, Option<Date>), WireError> {
    const KNOWN: [&str; 2] = ["name", "on"];
    let object = match item {
        Value::String(name) => return Ok((name, None)),
        Value::Object(object) if kept => object,
        _ => return Err(WireError::new("type", at, "an undertaking or duty is a name")),
    };
    if let Some(field) = object.keys().find(|k| !KNOWN.contains(&k.as_str())) {
        return Err(WireError::unknown("unknown_field", format!("{at}.{field}"), "field", field, KNOWN));
    }
    let name = object
        .get("name")
        .and_then(Value::as_str)
        .ok_or_else(|| WireError::new("type", at, "what will be done needs a `name`"))?;
    let day = match object.get("on") {
        None | Some(Value::Null) => None,
        Some(day) => Some(moment::day(day, &format!("{at}.on"))?.0),
    };
    Ok((name, day))
}

fn state(
    program: &Program,
    questions: Vec<Question>,
    name: &str,
    value: &Value,
) -> Result<Vec<Question>, WireError> {
    let at = format!("facts.{name}");
    let Some(id) = names::fact(program, name) else {
        if name == "on" || name == "as-of" || name == "as_of" {
            return Err(WireError::new(
                "unknown_fact",
                at,
                format!("`{name}` stands beside `facts`, not in it"),
            ));
        }
        let known = names::facts(program).map(|(_, f)| f.word.name.as_str());
        return Err(WireError::unknown("unknown_fact", at, "fact", name, known));
    };
    let kind = program.names.facts.get(usize::from(id.0)).map(|f| &f.kind);
    if let Some(FactKind::SomeOf(members)) = kind {
        return several(program, questions, id, members, value, &at);
    }
    let stated: Vec<Stated> = match value {
        Value::Array(items)
            if matches!(kind, Some(FactKind::OneOf | FactKind::Weekday | FactKind::Acts))
                && !items.is_empty() =>
        {
            items
                .iter()
                .enumerate()
                .map(|(i, v)| single(program, id, v, &format!("{at}[{i}]")))
                .collect::<Result<_, _>>()?
        }
        _ => vec![single(program, id, value, &at)?],
    };
    let stated = if id == program.subject { together(program, stated) } else { stated };
    Ok(questions
        .into_iter()
        .flat_map(|q| {
            stated.iter().map(move |s| {
                let mut q = q.clone();
                q.facts.insert(id, s.clone());
                q
            })
        })
        .list())
}

/// Several things that the asker is: one person who is all of them, and not one question for each.
fn together(program: &Program, stated: Vec<Stated>) -> Vec<Stated> {
    let one = |s: &Stated| match s {
        Stated::Value(value) => Some(*value),
        _ => None,
    };
    match stated.iter().map(one).collect::<Option<Set<ValueId>>>() {
        Some(all) if all.len() > 1 && program.several => vec![Stated::AllOf(all.into_iter().list())],
        _ => stated,
    }
}

fn single(program: &Program, id: FactId, value: &Value, at: &str) -> Result<Stated, WireError> {
    if value.is_null() {
        return Ok(Stated::Unknown);
    }
    let name = names::fact_name(program, id);
    let wrong = |what: &str| WireError::new("type", at, format!("`{name}` is {what}"));
    let Some(fact) = program.names.facts.get(usize::from(id.0)) else { return Err(wrong("unknown")) };
    match &fact.kind {
        FactKind::YesNo => match value {
            Value::Bool(yes) => Ok(Stated::Value(if *yes { YES } else { NO })),
            Value::String(s) if s == "yes" => Ok(Stated::Value(YES)),
            Value::String(s) if s == "no" => Ok(Stated::Value(NO)),
            _ => Err(wrong("true or false (or null if it is not known)")),
        },
        FactKind::Number(unit) => {
            let number = value.as_i64().ok_or_else(|| wrong(&number_of(program, id, unit)))?;
            bounded(program, id, number, at, number.to_string())
        }
        FactKind::Date => {
            let (date, _) = moment::day(value, at)?;
            bounded(program, id, date.days(), at, date.to_string())
        }
        FactKind::Time => match value.as_str().and_then(Minute::parse) {
            Some(minute) => Ok(Stated::Number(i64::from(minute.minutes()))),
            None => Err(wrong("a time of day such as \"08:40\", from 00:00 to 23:59")),
        },
        FactKind::OneOf | FactKind::Weekday | FactKind::Acts | FactKind::SomeOf(_) => {
            let text = value.as_str().ok_or_else(|| {
                wrong("the name of one of its values, as a text (or null if it is not known)")
            })?;
            if let Some(value) = names::value(program, id, text) {
                return Ok(Stated::Value(value));
            }
            let called = |w: &byelaw_ir::Word| w.name == text || w.formerly.iter().any(|old| old == text);
            if let Some(group) = fact.groups.iter().find(|g| called(&g.word)) {
                return Ok(match group.members.as_slice() {
                    [one] => Stated::Value(*one),
                    _ => {
                        Stated::Among { values: group.members.clone(), ordinarily: group.ordinarily.clone() }
                    }
                });
            }
            let mut values = names::values(program, id);
            if id == program.act && program.no_act.is_some() {
                // The value of a question about no act, which nobody names.
                values.pop();
            }
            let known = values
                .iter()
                .map(|w| w.name.as_str())
                .chain(fact.groups.iter().map(|g| g.word.name.as_str()));
            Err(WireError::unknown("unknown_value", at, &format!("value of `{name}`"), text, known))
        }
    }
}

/// What a number can be, in words.
fn number_of(program: &Program, id: FactId, unit: &str) -> String {
    match program.facts.get(usize::from(id.0)).map(|f| &f.domain) {
        Some(Domain::Cells { from, to, .. }) => {
            let middle = from.saturating_add(to.saturating_sub(*from) / 2);
            format!("a whole number of {unit} from {from} to {to}, for instance {middle}")
        }
        _ => format!("a whole number of {unit}"),
    }
}

fn bounded(program: &Program, id: FactId, number: i64, at: &str, shown: String) -> Result<Stated, WireError> {
    match program.facts.get(usize::from(id.0)).map(|f| &f.domain) {
        Some(Domain::Cells { from, to, .. }) if number < *from || number > *to => {
            Err(WireError::new("out_of_range", at, format!("{shown} lies outside {from} to {to}")))
        }
        _ => Ok(Stated::Number(number)),
    }
}

/// A list of labels is complete: what it leaves out is no. `{"includes": [...]}` leaves the rest unknown.
fn several(
    program: &Program,
    mut questions: Vec<Question>,
    id: FactId,
    members: &[FactId],
    value: &Value,
    at: &str,
) -> Result<Vec<Question>, WireError> {
    let one = std::slice::from_ref(value);
    let (labels, complete) = match value {
        Value::Null => {
            for question in &mut questions {
                question.facts.extend(members.iter().map(|m| (*m, Stated::Unknown)));
            }
            return Ok(questions);
        }
        Value::Array(items) => (items.as_slice(), true),
        Value::String(_) => (one, true),
        Value::Object(object) => match (object.get("includes"), object.len()) {
            (Some(Value::Array(items)), 1) => (items.as_slice(), false),
            _ => return Err(WireError::new("type", at, "write a list of labels, or {\"includes\": [...]}")),
        },
        _ => return Err(WireError::new("type", at, "write a list of labels, or {\"includes\": [...]}")),
    };
    let mut named: Set<ValueId> = Set::new();
    let groups = program.names.facts.get(usize::from(id.0)).map(|f| f.groups.as_slice()).unwrap_or_default();
    for (i, label) in labels.iter().enumerate() {
        let at = format!("{at}[{i}]");
        let text = label.as_str().ok_or_else(|| WireError::new("type", &at, "a label is a text"))?;
        if let Some(value) = names::value(program, id, text) {
            named.insert(value);
        } else {
            let values = names::values(program, id);
            let known =
                values.iter().map(|w| w.name.as_str()).chain(groups.iter().map(|g| g.word.name.as_str()));
            let what = format!("label of `{}`", names::fact_name(program, id));
            return Err(WireError::unknown("unknown_value", at, &what, text, known));
        }
    }
    for question in &mut questions {
        for (i, member) in members.iter().enumerate() {
            let yes = u16::try_from(i).is_ok_and(|i| named.contains(&ValueId(i)));
            if yes {
                question.facts.insert(*member, Stated::Value(YES));
            } else if complete {
                question.facts.insert(*member, Stated::Value(NO));
            }
        }
    }
    Ok(questions)
}
