//! A question with its answer as a `check` sentence that an author can take over.

use super::words::{joined, outcome_word};
use byelaw_data::{AtomId, Date, Decision, FactId, Map, NO, Outcome, Question, Stated, ValueId, YES};
use byelaw_diagnostic::FileId;
use byelaw_hir::{Kind, Model};
use std::collections::BTreeMap;

/// The sentence in its canonical spelling. A question that states a date other than its own becomes a table with one
/// row, since only a table can say it.
pub(crate) fn check_sentence(model: &Model, title: &str, question: &Question, decision: &Decision) -> String {
    let mut left: Map<FactId, Stated> = question.facts.clone();
    let who =
        model.subject.and_then(|s| take_value(model, &mut left, s)).unwrap_or_else(|| "anyone".to_owned());
    let about = about(model, &mut left);
    let mut dates: Vec<(String, String)> = Vec::new();
    let mut when = Vec::new();
    conditions(model, &left, &mut when, &mut dates);
    let mut case = format!("{}: {who} {about}", quoted(title));
    if !when.is_empty() {
        case.push_str(&format!(" when {}", when.join(" and ")));
    }
    if let Some(on) = question.on {
        case.push_str(&format!(", on {on}"));
        if let Some(at) = question.at {
            case.push_str(&format!(" at {at}"));
        }
    }
    let atoms = |all: &mut dyn Iterator<Item = &AtomId>, approval: bool| -> Vec<String> {
        all.filter_map(|a| model.atoms.get(usize::from(a.0)))
            .filter(|a| a.approval.is_some() == approval)
            .map(|a| a.word.name.clone())
            .collect()
    };
    let deeds = |all: &mut dyn Iterator<Item = &byelaw_data::DeedId>| -> Vec<String> {
        all.filter_map(|d| model.deeds.get(usize::from(d.0))).map(|d| d.name.clone()).collect()
    };
    let mut will = atoms(&mut question.granted.iter(), false);
    will.extend(deeds(&mut question.done.iter()));
    let mut wont = atoms(&mut question.refused.iter(), false);
    wont.extend(deeds(&mut question.undone.iter()));
    for (words, names) in [
        ("approved by", atoms(&mut question.granted.iter(), true)),
        ("refused by", atoms(&mut question.refused.iter(), true)),
        ("will", will),
        ("will not", wont),
    ] {
        if !names.is_empty() {
            case.push_str(&format!(", {words} {}", joined(&names, "and")));
        }
    }
    if !question.assume {
        case.push_str(", assuming nothing");
    }
    let expect = expectation(model, decision);
    let text = if dates.is_empty() {
        format!("check {case}; expect {expect}.\n")
    } else {
        let (names, days): (Vec<String>, Vec<String>) = dates.into_iter().unzip();
        format!("check table {case}; for {}, row 1: {} | {expect}.\n", names.join(" | "), days.join(" | "))
    };
    let parsed = byelaw_syntax::parse(FileId(0), &text);
    byelaw_syntax::format(&parsed, &text).map_or(text, |formatted| formatted.trim_end().to_owned())
}

fn expectation(model: &Model, decision: &Decision) -> String {
    let mut expect = outcome_word(decision.outcome).to_owned();
    let mut provided: Vec<String> = Vec::new();
    if decision.outcome == Outcome::Permitted
        && let [way] = decision.ways.as_slice()
    {
        provided.extend(way.atoms.iter().map(|a| model.atoms[usize::from(a.0)].word.name.clone()));
    }
    if !provided.is_empty() {
        expect.push_str(&format!(", provided {}", joined(&provided, "and")));
    }
    let mut because: Vec<String> = Vec::new();
    for reason in decision.because.iter().filter(|b| !b.sometimes) {
        let name = model.names[reason.rule.place()].name.clone();
        if !because.contains(&name) {
            because.push(name);
        }
    }
    if !because.is_empty() {
        expect.push_str(&format!(", because {}", joined(&because, "and")));
    }
    expect
}

/// The act with the gaps that are known, in the order of its frame.
/// `wants to ACT`, `after EVENT`, or `whatever they do`.
fn about(model: &Model, left: &mut Map<FactId, Stated>) -> String {
    let no_act = model.no_act.map(Stated::Value);
    let Some(act_fact) = model.act.filter(|a| no_act.is_some() && left.get(a) == no_act.as_ref()) else {
        return format!("wants to {}", act(model, left));
    };
    left.remove(&act_fact);
    match model.event.and_then(|event| Some((event, left.get(&event)?.clone()))) {
        Some((event, Stated::Value(value))) if value != ValueId(0) => {
            left.remove(&event);
            format!("after {}", model.value(event, value).unwrap_or_default())
        }
        _ => "whatever they do".to_owned(),
    }
}

fn act(model: &Model, left: &mut Map<FactId, Stated>) -> String {
    let Some(Stated::Value(act)) = model.act.and_then(|fact| left.remove(&fact)) else {
        return "do anything".to_owned();
    };
    let Some(act) = model.acts.get(usize::from(act.0)) else { return "do anything".to_owned() };
    let mut words = act.verb.clone();
    for (before, fact) in &act.gaps {
        if let Some(value) = take_value(model, left, *fact) {
            words.extend(before.iter().cloned());
            words.push(value);
        }
    }
    words.join(" ")
}

/// The name of a stated value or of a stated group, taken out of what is left to say.
fn take_value(model: &Model, left: &mut Map<FactId, Stated>, fact: FactId) -> Option<String> {
    let name = value_name(model, fact, left.get(&fact)?)?;
    left.remove(&fact);
    Some(name)
}

fn value_name(model: &Model, fact: FactId, stated: &Stated) -> Option<String> {
    match stated {
        Stated::Value(value) => model.value(fact, *value).map(str::to_owned),
        Stated::Among { values, ordinarily } => {
            let groups = &model.fact(fact).groups;
            let same = |g: &&byelaw_hir::Group| g.members == *values && g.ordinarily == *ordinarily;
            groups.iter().find(same).map(|g| g.word.name.clone())
        }
        Stated::Unknown | Stated::Number(_) | Stated::AllOf(_) => None,
    }
}

fn conditions(
    model: &Model,
    left: &Map<FactId, Stated>,
    when: &mut Vec<String>,
    dates: &mut Vec<(String, String)>,
) {
    // Facts with several values at once are said as a whole: those that it includes, or those that it does not.
    let mut sets: BTreeMap<FactId, (Vec<ValueId>, Vec<ValueId>)> = BTreeMap::new();
    for (fact, stated) in left {
        let this = model.fact(*fact);
        let name = &this.word.name;
        match (&this.kind, stated, this.member_of) {
            (_, Stated::Value(value), Some((parent, label))) => {
                let (inside, outside) = sets.entry(parent).or_default();
                if *value == YES {
                    inside.push(label)
                } else {
                    outside.push(label)
                };
            }
            (Kind::YesNo, Stated::Value(value), None) => {
                when.push(if *value == NO { format!("not {name}") } else { name.clone() });
            }
            (Kind::Date, Stated::Number(day), _) => {
                dates.extend(Date::from_days(*day).map(|d| (name.clone(), d.to_string())));
            }
            (_, Stated::Number(number), _) => when.push(format!("{name} is {number}")),
            (_, stated, _) => {
                when.extend(value_name(model, *fact, stated).map(|value| format!("{name} is {value}")));
            }
        }
    }
    for (fact, (inside, outside)) in sets {
        let words = model.values(fact);
        let names = |values: &[ValueId]| -> Vec<String> {
            values.iter().filter_map(|v| words.get(usize::from(v.0))).map(|w| w.name.clone()).collect()
        };
        let name = &model.fact(fact).word.name;
        if inside.is_empty() {
            when.push(format!("not ({name} includes {})", joined(&names(&outside), "or")));
        } else {
            when.push(format!("{name} includes {}", joined(&names(&inside), "or")));
        }
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " "))
}
