//! What an addendum does as a report for people.

use super::{Addendum, AddendumReport, HowCompared};
use crate::diff::{DiffRule, changed_sections, grouped, rule_and_cites, summary};
use crate::page::{Block, Page, Section};
use crate::sentence::capital;

impl AddendumReport {
    /// The report for people. `pack` is the name by which the pack is asked again; with `all` every place is told with all
    /// conditions, and nothing is left for later.
    pub fn page(&self, pack: &str, all: bool) -> Page {
        let several = self.addenda.len() > 1;
        let titles: Vec<&str> = self.addenda.iter().map(|a| a.title.as_str()).collect();
        let mut page = Page {
            title: titles.join("; "),
            about: vec![("pack".to_owned(), self.pack.clone())],
            summary: Vec::new(),
            sections: Vec::new(),
        };
        for one in &self.addenda {
            if several {
                page.about.push((one.name.clone(), format!("{}, to {}", one.title, one.amends_title)));
                page.sections.push(above(one.title.clone(), in_short(one)));
            } else {
                page.about = vec![
                    ("addendum".to_owned(), format!("{} ({})", one.title, one.name)),
                    ("to".to_owned(), format!("{} ({})", one.amends_title, one.amends)),
                ];
                page.summary = in_short(one);
            }
            page.sections.extend(in_full(one, pack, all));
        }
        page
    }
}

fn above(heading: String, lines: Vec<String>) -> Section {
    Section { above: true, heading, blocks: lines.into_iter().map(Block::Paragraph).collect() }
}

/// The addendum in a few sentences.
fn in_short(one: &Addendum) -> Vec<String> {
    let mut lines = vec![capital(&holds(one))];
    lines.push(format!("{}: {}", capital(&beginning(one)), summary(&one.begins).join(" ")));
    lines.push(ending(one));
    lines.push(match (one.idle.len(), one.idle_undecided.len()) {
        (0, 0) => format!("Each of its {} sentences changes some answer.", one.sentences),
        (idle, 0) => {
            format!(
                "{idle} of its {} sentences change{} nothing.",
                one.sentences,
                if idle == 1 { "s" } else { "" }
            )
        }
        (idle, undecided) => format!(
            "{idle} of its {} sentences change nothing; of {undecided} that was not found out.",
            one.sentences
        ),
    });
    lines.push(outside(one));
    lines
}

/// From when to when it holds.
fn holds(one: &Addendum) -> String {
    let days = &one.in_force;
    let dates = match (&days.first, &days.last) {
        (Some(first), Some(last)) => format!("it holds from {first} to {last}"),
        (Some(first), None) => format!("it holds from {first}, and its last day is not known"),
        (None, Some(last)) => format!("it holds up to {last}"),
        (None, None) => "it always holds".to_owned(),
    };
    let periods = if days.periods.is_empty() {
        String::new()
    } else {
        format!(", which is while this lasts: {}", days.periods.join(" and "))
    };
    let set = if days.set_by_pack {
        " The pack set these days; the document does not give them, and a question may say otherwise."
    } else {
        ""
    };
    format!("{dates}{periods}.{set}")
}

/// Of what its beginning is told.
fn beginning(one: &Addendum) -> String {
    match (one.in_force.compared, &one.in_force.first) {
        (HowCompared::Days, Some(first)) => format!("on its first day, {first}"),
        (HowCompared::Period, Some(first)) => format!("as long as it lasts, as seen on {first}"),
        _ => "with it, against the policy without it".to_owned(),
    }
}

fn ending(one: &Addendum) -> String {
    let Some(ends) = &one.ends else {
        return "It has no last day, so nothing goes back.".to_owned();
    };
    let (before, after) = (day(&ends.old.on), day(&ends.new.on));
    if ends.is_empty() {
        return format!(
            "After its last day all of that goes back: on {after} everything is answered as on {before}, with the same duties and advice."
        );
    }
    format!(
        "After its last day not everything is as it was; {after} against {before}: {}",
        summary(ends).join(" ")
    )
}

fn day(on: &Option<String>) -> &str {
    on.as_deref().unwrap_or("any day")
}

fn outside(one: &Addendum) -> String {
    let found = &one.outside;
    let uncounted = if found.uncounted.is_empty() {
        String::new()
    } else {
        format!(", not counting those of {}", found.uncounted.join(", "))
    };
    let (compared, of) = (grouped(found.compared), grouped(found.of));
    let counted = format!("all {compared} kinds of situation (of {of}{uncounted}) in which");
    if found.untouched {
        return format!(
            "The rest is untouched: {counted} none of its sentences holds were compared with and without it, and all are answered alike."
        );
    }
    let mut parts = Vec::new();
    if !found.different.is_empty() {
        parts.push(format!("answered otherwise for {}", found.different.join(", ")));
    }
    if !found.undecided.is_empty() {
        parts.push(format!("not everything was looked at for {}", found.undecided.join(", ")));
    }
    format!(
        "Where none of its sentences holds it is not shown that the rest is untouched: {}.",
        parts.join("; ")
    )
}

fn in_full(one: &Addendum, pack: &str, all: bool) -> Vec<Section> {
    let mut sections = vec![above(capital(&beginning(one)), Vec::new())];
    sections.extend(changed_sections(&one.begins, [pack, pack], all));
    if let Some(ends) = one.ends.as_ref().filter(|ends| !ends.is_empty()) {
        sections.push(above(format!("What does not go back on {}", day(&ends.new.on)), Vec::new()));
        sections.extend(changed_sections(ends, [pack, pack], all));
    }
    if !one.idle.is_empty() {
        let mut why =
            vec!["Without any one of these every answer is the same, with the same duties and advice, for everybody who is one thing at a time.".to_owned()];
        why.extend(match one.idle_together {
            Some(true) => Some("Without all of them together nothing changes, either.".to_owned()),
            Some(false) => Some(
                "Without all of them together something would change: some of them say the same as each other.".to_owned(),
            ),
            None => None,
        });
        let mut section = above("Sentences that change nothing".to_owned(), why);
        section.blocks.push(list(&one.idle));
        sections.push(section);
    }
    if !one.idle_undecided.is_empty() {
        let mut section = above(
            "Sentences of which it was not found out whether they change anything".to_owned(),
            vec!["So many rules meet there that not every situation was looked at.".to_owned()],
        );
        section.blocks.push(list(&one.idle_undecided));
        sections.push(section);
    }
    sections
}

fn list(rules: &[DiffRule]) -> Block {
    let lines: Vec<String> =
        rules.iter().map(|rule| format!("{} - {}", rule_and_cites(rule), rule.sentence)).collect();
    Block::List { shown: lines.len(), lines }
}
