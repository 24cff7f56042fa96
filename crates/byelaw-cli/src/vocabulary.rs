//! `byelaw vocabulary`.

use crate::labels::words;
use crate::{End, Format, output, packs};
use byelaw::wire::{ToJson as _, vocabulary};
use clap::Args;
use serde_json::Value;
use std::io::{self, Write as _};

/// List every word that a question may use.
#[derive(Args)]
pub(crate) struct Vocabulary {
    /// The pack
    pack: String,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

impl Vocabulary {
    pub(crate) fn run(self) -> io::Result<End> {
        let program = match packs::program(&self.pack) {
            Ok(program) => program,
            Err(why) => return Ok(output::unusable(&why)),
        };
        let value = words(&program)?;
        let mut out = io::stdout().lock();
        if self.format == Format::Json {
            writeln!(out, "{}", vocabulary(&program).to_json())?;
            return Ok(End::Fine);
        }
        writeln!(out, "{} ({})", text(&value, "title"), text(&value, "pack"))?;
        writeln!(out, "\nActs")?;
        for act in items(&value, "acts") {
            writeln!(out, "  {:<28} {}{}", text(act, "name"), text(act, "sentence"), meaning(act))?;
        }
        writeln!(out, "\nFacts")?;
        for fact in items(&value, "facts") {
            if text(fact, "kind") == "acts" {
                continue;
            }
            let presumed: Vec<&str> = items(fact, "presumed").iter().filter_map(Value::as_str).collect();
            let presumed = if presumed.is_empty() {
                String::new()
            } else {
                format!(", presumed {}", presumed.join(" or "))
            };
            // What is left to somebody, and how a sentence is read, is never asked of a person.
            let what = match text(fact, "question") {
                "" => text(fact, "label"),
                question => question,
            };
            writeln!(out, "  {:<28} {what} [{}{presumed}]", text(fact, "name"), text(fact, "kind"))?;
            for presumed in items(fact, "presumed_if") {
                writeln!(out, "    {}", presumption(presumed))?;
            }
            if let Some(of) = fact.get("reading_of") {
                writeln!(out, "    how to read {}, {}", text(of, "document"), text(of, "locator"))?;
            }
            if let Some(set) = fact.get("set") {
                let to: Vec<&str> = items(set, "to").iter().filter_map(Value::as_str).collect();
                let by = [text(set, "decided_by"), text(set, "on")].join(" ");
                let by = if by.trim().is_empty() { String::new() } else { format!(", {}", by.trim()) };
                writeln!(out, "    set to {}: {}{by}", to.join(", "), text(set, "because"))?;
            }
            for one in items(fact, "values") {
                writeln!(out, "    {:<26} {}{}", text(one, "name"), text(one, "label"), meaning(one))?;
            }
            for group in items(fact, "groups") {
                let members: Vec<&str> = items(group, "members").iter().filter_map(Value::as_str).collect();
                writeln!(out, "    {:<26} = {}", text(group, "name"), members.join(", "))?;
            }
        }
        if value.get("calendars").is_some() {
            writeln!(out, "\nCalendars")?;
        }
        for one in items(&value, "calendars") {
            let (name, title) = (text(one, "name"), text(one, "title"));
            let (fact, zone) = (text(one, "fact"), text(one, "zone"));
            let (from, until) = (text(one, "from"), text(one, "until"));
            writeln!(out, "  {name:<28} {title}: tells {fact}, from {from} until {until}, in {zone}")?;
        }
        for (key, title) in
            [("approvals", "Approvals"), ("undertakings", "Undertakings"), ("duties", "Duties")]
        {
            writeln!(out, "\n{title}")?;
            for one in items(&value, key) {
                writeln!(out, "  {:<28} {}{}", text(one, "name"), text(one, "label"), meaning(one))?;
            }
        }
        Ok(End::Fine)
    }
}

/// A presumption that does not always count.
fn presumption(presumed: &Value) -> String {
    let list = |value: Option<&Value>| {
        let names = value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        names.collect::<Vec<_>>().join(" or ")
    };
    let mut line = format!("presumed {}", list(presumed.get("values")));
    if presumed.get("except_acts").is_some() {
        line.push_str(&format!(", but not for {}", list(presumed.get("except_acts"))));
    }
    let when = presumed.get("when").and_then(Value::as_object).into_iter().flatten();
    let when: Vec<String> = when.map(|(fact, values)| format!("{fact} is {}", list(Some(values)))).collect();
    if !when.is_empty() {
        line.push_str(&format!(", where it is said that {}", when.join(" and ")));
    }
    line
}

fn items<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or("")
}

fn meaning(value: &Value) -> String {
    match text(value, "meaning") {
        "" => String::new(),
        meaning => format!(" ({meaning})"),
    }
}
