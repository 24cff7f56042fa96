//! `byelaw ask`: one question, one readable answer.

use crate::labels::{Labels, cited, words};
use crate::{End, Format, because, output, packs, when, would_change};
use byelaw::ir::Program;
use byelaw::wire::{Answer, DecisionJson, ToJson as _, Value as Told, answer_in};
use byelaw_zone::Zones;
use clap::Args;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Ask one question and read the answer.
#[derive(Args)]
pub(crate) struct Ask {
    /// The pack: a folder, a compiled .polc file, or a name under `policies/`
    pack: String,
    /// Facts: NAME=VALUE, or NAME alone for yes, NAME=? for not known, NAME=A,B for several
    #[arg(value_name = "FACT")]
    facts: Vec<String>,
    /// When it happens: 2020-05-11, 2020-05-11T10:00 or 2020-05-11T09:00:00Z; today if left out
    #[arg(long, value_name = "WHEN")]
    on: Option<String>,
    /// Count only what was adopted by this day
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// An approval that was given
    #[arg(long, value_name = "NAME")]
    approved: Vec<String>,
    /// An approval that was refused
    #[arg(long, value_name = "NAME")]
    refused: Vec<String>,
    /// An undertaking or duty that will be kept
    #[arg(long, value_name = "NAME")]
    will: Vec<String>,
    /// One that will not
    #[arg(long, value_name = "NAME")]
    wont: Vec<String>,
    /// Presume nothing
    #[arg(long)]
    strict: bool,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

impl Ask {
    pub(crate) fn run(self) -> io::Result<End> {
        let program = match packs::program(&self.pack) {
            Ok(program) => program,
            Err(why) => return Ok(output::unusable(&why)),
        };
        let words = words(&program)?;
        let (on, note) = match &self.on {
            Some(on) => (on.clone(), when::odd_time(&program, on)),
            None => {
                let (on, note) = when::today(&program);
                (on, Some(note))
            }
        };
        let facts = match self.facts(&words) {
            Ok(facts) => facts,
            Err(why) => return Ok(output::unusable(&why)),
        };
        let mut question = json!({
            "on": on, "facts": facts, "approved": self.approved, "refused": self.refused,
            "will": self.will, "wont": self.wont, "assume": !self.strict,
        });
        if let (Some(as_of), Some(map)) = (&self.as_of, question.as_object_mut()) {
            map.insert("as_of".to_owned(), json!(as_of));
        }
        let mut answered = answer_in(&program, &question.to_string(), Some(&Zones));
        if let (Answer::Decided(decision), Some(note)) = (&mut answered, note) {
            decision.notes.push(note);
        }
        let mut out = io::stdout().lock();
        if self.format == Format::Json {
            writeln!(out, "{}", answered.to_json(None))?;
            return Ok(match answered {
                Answer::Refused { .. } => End::Unusable,
                Answer::Decided(d) if d.outcome == "permitted" => End::Fine,
                Answer::Decided(_) => End::Findings,
            });
        }
        match answered {
            Answer::Refused { error, .. } => Ok(output::unusable(&error.to_string())),
            Answer::Decided(decision) => {
                print(&mut out, &program, &decision, &Labels::of(&words))?;
                Ok(if decision.outcome == "permitted" { End::Fine } else { End::Findings })
            }
        }
    }

    fn facts(&self, words: &Value) -> Result<Map<String, Value>, String> {
        let kind_of = |name: &str| {
            let facts = words.get("facts").and_then(Value::as_array).into_iter().flatten();
            facts
                .filter(|f| f.get("name").and_then(Value::as_str) == Some(name))
                .find_map(|f| f.get("kind").and_then(Value::as_str))
        };
        let mut facts = Map::new();
        for text in &self.facts {
            let (name, value) = text.split_once('=').map_or((text.as_str(), None), |(n, v)| (n, Some(v)));
            let stated = match (value, kind_of(name)) {
                (Some("?"), _) => Value::Null,
                (None, _) => Value::Bool(true),
                (Some(value), Some("number")) => {
                    value.parse::<i64>().map_or_else(|_| json!(value), |n| json!(n))
                }
                (Some(value), Some("yes_no" | "date")) => json!(value),
                (Some(value), Some("some_of")) => {
                    json!(value.split(',').filter(|v| !v.is_empty()).collect::<Vec<_>>())
                }
                (Some(value), _) if value.contains(',') => json!(value.split(',').collect::<Vec<_>>()),
                (Some(value), _) => json!(value),
            };
            if facts.insert(name.to_owned(), stated).is_some() {
                return Err(format!("`{name}` is stated twice; write `{name}=A,B` for several values"));
            }
        }
        Ok(facts)
    }
}

fn print(
    out: &mut impl Write,
    program: &Program,
    decision: &DecisionJson,
    labels: &Labels,
) -> io::Result<()> {
    writeln!(out, "{}", headline(decision, labels))?;
    if decision.ways.len() > 1 {
        writeln!(out, "\nOne of these is enough:")?;
        for way in &decision.ways {
            let all: Vec<String> = way.approvals.iter().chain(&way.provided).cloned().collect();
            writeln!(out, "  - {}", labels.list(&all, "and"))?;
        }
    } else if !decision.provided.is_empty() && decision.outcome == "needs_approval" {
        writeln!(out, "\nYou also have to:")?;
        for provided in &decision.provided {
            writeln!(out, "  - {}", provided.text)?;
        }
    }
    if !decision.duties.is_empty() {
        writeln!(out, "\nThen you must:")?;
        for duty in &decision.duties {
            let due = if duty.due.is_empty() { String::new() } else { format!(", {}", duty.due) };
            let day = duty.due_on.as_ref().map(|day| format!(" (by {day})")).unwrap_or_default();
            let instead = match duty.instead.as_slice() {
                [] => String::new(),
                names => format!(", or instead {}", labels.list(names, "or")),
            };
            writeln!(out, "  - {}{instead}{due}{day}{}", duty.text, sometimes(duty.sometimes))?;
            if !duty.otherwise.is_empty() {
                writeln!(out, "    otherwise: {}", duty.otherwise)?;
            }
        }
    }
    if !decision.advice.is_empty() {
        writeln!(out, "\nThe policy advises:")?;
        for advice in &decision.advice {
            let cited = cited(&advice.cites, &advice.rule);
            writeln!(out, "  - {}{} ({cited})", advice.text, sometimes(advice.sometimes))?;
        }
    }
    if !decision.needs.is_empty() {
        let title = if decision.outcome == "needs_facts" {
            "What has to be known"
        } else {
            "Knowing more could shorten this"
        };
        writeln!(out, "\n{title}:")?;
        for need in &decision.needs {
            let question = labels
                .questions
                .get(need)
                .filter(|q| !q.is_empty())
                .cloned()
                .unwrap_or_else(|| labels.show(need));
            let among =
                decision.among.get(need).map(|v| format!(" ({})", labels.list(v, "or"))).unwrap_or_default();
            writeln!(out, "  - {question}{among} [{need}]")?;
        }
    }
    for open in &decision.open {
        let name = labels.show(&open.name);
        match &open.reading_of {
            Some(of) => {
                writeln!(out, "\nNot settled: how to read {name} ({}, {}).", of.document, of.locator)?
            }
            None => writeln!(out, "\nLeft open by the policy, for the {} to decide: {name}.", open.left_to)?,
        }
    }
    because::print(out, program, decision, labels)?;
    for clash in &decision.clashes {
        if let Some(reading) = &clash.reading {
            let place = reading.of.as_ref().map(|c| format!(" ({}, {})", c.document, c.locator));
            writeln!(
                out,
                "\nThe policy can be read in more than one way here: {}{}: {}. The strictest was applied{}.",
                reading.text,
                place.unwrap_or_default(),
                labels.list(&reading.alternatives, "or"),
                sometimes(clash.sometimes)
            )?;
        }
        if !clash.rules.is_empty() {
            let sometimes = sometimes(clash.sometimes);
            writeln!(out, "\nThe policy contradicts itself here. The stricter rule was applied{sometimes}:")?;
            for rule in &clash.rules {
                writeln!(out, "  - {}", because::in_words(program, rule))?;
            }
        }
    }
    would_change::print(out, decision, labels)?;
    if !decision.assumed.is_empty() {
        writeln!(out, "\nThis assumes:")?;
        for assumed in &decision.assumed {
            let value = match &assumed.value {
                Told::Bool(true) => "yes".to_owned(),
                Told::Bool(false) => "no".to_owned(),
                Told::String(name) => labels.show(name),
                Told::Array(names) => labels.any(names),
                Told::Object(labelled) => match (labelled.get("excludes"), labelled.get("includes")) {
                    (Some(Told::Array(names)), _) => format!("not {}", labels.any(names)),
                    (_, Some(Told::Array(names))) => labels.any(names),
                    _ => assumed.value.to_json(),
                },
                other => other.to_json(),
            };
            writeln!(out, "  - {}: {value}", labels.show(&assumed.fact))?;
        }
    }
    for note in &decision.notes {
        writeln!(out, "\nNote: {note}.")?;
    }
    let edition = if decision.policy.edition.is_empty() {
        String::new()
    } else {
        format!(", edition {}", decision.policy.edition)
    };
    let digest: String = decision.policy.digest.chars().take(12).collect();
    writeln!(out, "\n{}{edition} ({digest})", decision.policy.title)
}

fn headline(decision: &DecisionJson, labels: &Labels) -> String {
    match decision.outcome {
        "permitted" if decision.provided.is_empty() => "Yes.".to_owned(),
        "permitted" if decision.ways.len() > 1 => "Yes, if you do one of the things below.".to_owned(),
        "permitted" => {
            let all: Vec<String> = decision.provided.iter().map(|p| p.text.clone()).collect();
            format!("Yes, if you {}.", all.join(" and "))
        }
        "needs_approval" => match decision.approvals.as_slice() {
            [one] => format!("Not yet: you need {}.", labels.list(one, "and")),
            _ => "Not yet: you need somebody's approval.".to_owned(),
        },
        "forbidden" => "No.".to_owned(),
        "not_covered" => match decision.by_silence.as_ref().map(|s| (s.means, s.ask_whom.as_deref())) {
            Some(("ask", Some(whom))) => {
                let whom = labels.people.get(whom).cloned().unwrap_or_else(|| labels.show(whom));
                format!("The policy does not say. Ask {whom}.")
            }
            Some(("forbidden", _)) => "The policy does not say, and takes that as no.".to_owned(),
            Some(("allowed", _)) => {
                "The policy does not say; it takes that as allowed, which is not a permission.".to_owned()
            }
            _ => "The policy does not say. Ask before you do it.".to_owned(),
        },
        "needs_facts" => "It depends.".to_owned(),
        _ => "No answer.".to_owned(),
    }
}

pub(crate) fn sometimes(sometimes: bool) -> &'static str {
    if sometimes { " (depending on what is not known)" } else { "" }
}
