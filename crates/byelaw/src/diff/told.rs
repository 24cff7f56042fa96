//! What differs as a report for people: the same sentences whatever it is printed as.

use super::{
    DiffChange, DiffClash, DiffGate, DiffKind, DiffPlace, DiffReport, DiffRule, DiffShift, DiffSide, Verdict,
};
use crate::page::{Block, Entry, Item, Line, Page, Section};

/// How many changes of one kind are shown at first.
const CHANGES: usize = 15;

/// How many ways in which one rule changes answers are shown at first.
const SHIFTS: usize = 4;

const KINDS: [DiffKind; 5] =
    [DiffKind::Stricter, DiffKind::MoreLenient, DiffKind::Other, DiffKind::Duty, DiffKind::Advice];

impl DiffReport {
    /// The report for people. `packs` are the names by which the two sides are asked again; with `all` every place is told
    /// with all conditions, and nothing is left for later.
    pub fn page(&self, packs: [&str; 2], all: bool) -> Page {
        let mut sections = Vec::new();
        sections.extend(self.gate.as_ref().map(|gate| gate_section(self, gate)));
        sections.extend(changed_sections(self, packs, all));
        Page {
            title: "What changes".to_owned(),
            about: vec![("before".to_owned(), named(&self.old)), ("now".to_owned(), named(&self.new))],
            summary: summary(self),
            sections,
        }
    }
}

/// A side as it is called.
fn named(side: &DiffSide) -> String {
    let edition = if side.edition.is_empty() { String::new() } else { format!(", {}", side.edition) };
    let on = side.on.as_ref().map(|on| format!(", on {on}")).unwrap_or_default();
    format!("{}{edition}{on} ({})", side.title, side.pack)
}

fn heading(kind: DiffKind) -> &'static str {
    match kind {
        DiffKind::Stricter => "Stricter",
        DiffKind::MoreLenient => "More lenient",
        DiffKind::Other => "Another approval, or another answer that is neither",
        DiffKind::Duty => "Other duties",
        DiffKind::Advice => "Other advice",
    }
}

fn in_short(kind: DiffKind) -> &'static str {
    match kind {
        DiffKind::Stricter => "stricter",
        DiffKind::MoreLenient => "more lenient",
        DiffKind::Other => "otherwise",
        DiffKind::Duty => "about duties alone",
        DiffKind::Advice => "about advice alone",
    }
}

fn many(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// A number with its thousands apart.
pub(crate) fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The differences in a few sentences.
pub(crate) fn summary(report: &DiffReport) -> Vec<String> {
    let mut lines = Vec::new();
    if report.is_empty() {
        lines.push(format!("No difference: all {} acts are answered alike.", report.acts));
        return lines;
    }
    let alike = report.acts.saturating_sub(report.acts_changed.len());
    let undecided = report.undecided.iter().filter(|u| !report.acts_changed.contains(&u.act)).count();
    lines.push(format!(
        "{} of {} answered differently somewhere; {} answered alike.",
        report.acts_changed.len(),
        many(report.acts, "act", "acts"),
        alike.saturating_sub(undecided)
    ));
    let of = |kind: DiffKind| report.changes.iter().filter(|c| c.kind == kind).count();
    let told: Vec<String> = KINDS
        .iter()
        .filter(|kind| of(**kind) > 0)
        .map(|kind| format!("{} {}", of(*kind), in_short(*kind)))
        .collect();
    if !told.is_empty() {
        let changes = many(report.changes.len(), "change", "changes");
        lines.push(format!("{changes}: {}.", told.join(", ")));
    }
    for one in &report.undecided {
        let looked = if one.ordinary_decided {
            "its ordinary situations were all looked at, the unusual ones were not"
        } else {
            "not all of its situations were looked at"
        };
        lines.push(format!("Undecided for {}: {looked}; there may be more changes.", one.act));
    }
    lines
}

/// Everything that differs, a section for each kind.
pub(crate) fn changed_sections(report: &DiffReport, packs: [&str; 2], all: bool) -> Vec<Section> {
    let telling = Telling { report, all, packs };
    let mut sections = Vec::new();
    for kind in KINDS {
        let changes: Vec<Entry> =
            report.changes.iter().filter(|c| c.kind == kind).map(|c| telling.change(c)).collect();
        sections.push(section(heading(kind), entries(changes, all)));
    }
    let silence = report.silence.iter().map(|silence| {
        Block::Paragraph(format!(
            "Where no rule speaks: before, {}; now, {} ({}).",
            silence.before,
            silence.after,
            match silence.kind {
                DiffKind::Stricter => "stricter",
                DiffKind::MoreLenient => "more lenient",
                _ => "neither stricter nor more lenient",
            }
        ))
    });
    sections.push(section("What silence means", silence.collect()));
    for (heading, clashes, pack) in [
        ("Rules that newly contradict each other", &report.clashes.new, packs[1]),
        ("Rules that no longer contradict each other", &report.clashes.gone, packs[0]),
    ] {
        let told = clashes.iter().map(|c| telling.clash(c, pack)).collect();
        sections.push(section(heading, entries(told, all)));
    }
    sections.push(section("With care", list(report.notes.clone(), true)));
    let renamed = report.renamed.iter().map(|one| {
        let side = |rule: &str, cites: &[String]| {
            if cites.is_empty() { rule.to_owned() } else { format!("{rule} ({})", cites.join("; ")) }
        };
        format!("{} -> {}", side(&one.old, &one.old_cites), side(&one.new, &one.new_cites))
    });
    sections.push(section("Only named or cited otherwise", list(renamed.collect(), all)));
    sections.retain(|s| !s.blocks.is_empty());
    sections
}

fn section(heading: &str, blocks: Vec<Block>) -> Section {
    Section { above: false, heading: heading.to_owned(), blocks }
}

fn list(lines: Vec<String>, all: bool) -> Vec<Block> {
    if lines.is_empty() {
        return Vec::new();
    }
    vec![Block::List { shown: if all { lines.len() } else { CHANGES }, lines }]
}

fn entries(entries: Vec<Entry>, all: bool) -> Vec<Block> {
    if entries.is_empty() {
        return Vec::new();
    }
    vec![Block::Entries { shown: if all { entries.len() } else { CHANGES }, entries }]
}

/// What the gate stops, what it lets through, and why.
fn gate_section(report: &DiffReport, gate: &DiffGate) -> Section {
    let except = if gate.except.is_empty() {
        String::new()
    } else {
        format!(" except where {} says so", crate::testing::joined(&gate.except, "or"))
    };
    let asks = match gate.gate {
        super::GateKind::NoWider => "nothing may become more lenient",
        super::GateKind::NoStricter => "nothing may become stricter",
        super::GateKind::NoChange => "no answer, duty or advice may be another one",
    };
    let passed = if gate.passed { "Passed" } else { "Not passed" };
    let mut blocks = vec![Block::Paragraph(format!("{passed}: {} ({asks}{except}).", gate.gate.as_str()))];
    let told = |places: &[usize]| -> Vec<String> {
        places.iter().filter_map(|place| report.changes.get(*place)).map(judged).collect()
    };
    let mut broken = told(&gate.stopped);
    if let Some(silence) = report.silence.as_ref().filter(|_| gate.silence) {
        broken.push(format!("what silence means: before, {}; now, {}", silence.before, silence.after));
    }
    broken.extend(gate.undecided.iter().map(|act| {
        format!("undecided for {act}: not every situation was looked at, and what is not known does not pass")
    }));
    broken.extend(
        gate.not_compared
            .iter()
            .map(|note| format!("not compared: {note} (look at it; `--pass-uncompared` lets it pass)")),
    );
    for (words, lines) in [
        ("What it stops:", broken),
        ("What is excused:", told(&gate.excused)),
        ("What could not be compared and was accepted:", gate.accepted.clone()),
    ] {
        if !lines.is_empty() {
            blocks.push(Block::Paragraph(words.to_owned()));
            // All of them: whoever has to mend it must see what.
            blocks.push(Block::List { shown: lines.len(), lines });
        }
    }
    section("The gate", blocks)
}

/// A change with what the gate says of it.
fn judged(change: &DiffChange) -> String {
    let (by, kind) = (rule_and_cites(&change.by), in_short(change.kind));
    format!(
        "{kind}, by {by}: {}{}",
        title(change),
        because(change).map(|b| format!(" - {b}")).unwrap_or_default()
    )
}

/// Why a change is excused, or is not although some are.
fn because(change: &DiffChange) -> Option<String> {
    match change.verdict.as_ref()? {
        Verdict::Excused { by } => Some(format!(
            "excused: every changed rule that has a part in it cites an excepted clause: {}",
            by.join(", ")
        )),
        Verdict::Stopped { by } if by.is_empty() => Some(
            "stopped: another rule that changed holds there, too, and cites no excepted clause".to_owned(),
        ),
        Verdict::Stopped { by } => {
            let cite = if by.len() == 1 { "cites" } else { "cite" };
            Some(format!("stopped: {} {cite} no excepted clause", by.join(", ")))
        }
    }
}

fn title(change: &DiffChange) -> String {
    let gone = if change.by_new { "" } else { "no longer: " };
    format!("{gone}{}", change.by.sentence)
}

pub(crate) fn rule_and_cites(rule: &DiffRule) -> String {
    if rule.cites.is_empty() {
        rule.rule.clone()
    } else {
        format!("{} ({})", rule.rule, rule.cites.join("; "))
    }
}

struct Telling<'a> {
    report: &'a DiffReport,
    all: bool,
    packs: [&'a str; 2],
}

impl Telling<'_> {
    fn change(&self, change: &DiffChange) -> Entry {
        let mut lines = Vec::new();
        let side = if change.by_new { "before" } else { "now" };
        lines.extend(change.other_sentence.iter().map(|other| format!("{side}: {other}")));
        lines.push(rule_and_cites(&change.by));
        lines.extend(change.other_cites.iter().map(|cites| match cites.as_slice() {
            [] => format!("{side} without a clause"),
            cites => format!("{side} by {}", cites.join("; ")),
        }));
        lines.extend(because(change));
        let example = change.shifts.iter().flat_map(|s| &s.places).next().filter(|_| !self.all);
        Entry {
            title: title(change),
            lines,
            items: change.shifts.iter().map(|s| self.shift(s)).collect(),
            shown: if self.all { change.shifts.len() } else { SHIFTS },
            example: example.map(|place| self.example(place)).unwrap_or_default(),
        }
    }

    fn shift(&self, shift: &DiffShift) -> Item {
        let mut acts: Vec<&str> = Vec::new();
        for act in shift.places.iter().flat_map(|p| &p.acts_text) {
            if !acts.contains(&act.as_str()) {
                acts.push(act);
            }
        }
        let unusual = if shift.unusual { " (only where something is not as presumed)" } else { "" };
        let mut item = Item {
            about: acts.join(", "),
            before: shift.before.clone(),
            now: format!("{}{unusual}", shift.after),
            count: kinds(sum(&shift.places, |p| Some(p.count)), sum(&shift.places, |p| p.of)),
            lines: Vec::new(),
        };
        if self.all {
            rules(&mut item.lines, "before", &shift.old_rules);
            rules(&mut item.lines, "now", &shift.new_rules);
            for place in &shift.places {
                self.place(&mut item.lines, place);
            }
            return item;
        }
        // What the sentence of the rule does not say by itself, and what is not settled elsewhere for the most part.
        let mut told: Vec<String> = Vec::new();
        for place in &shift.places {
            let narrow = place.conditions.iter().filter(|c| !c.ruled && !c.broad);
            let narrow: Vec<&str> = narrow.map(|c| c.text.as_str()).collect();
            if !narrow.is_empty() && !told.contains(&narrow.join("; ")) {
                told.push(narrow.join("; "));
            }
        }
        let most = if shift.places.len() > 1 { "mostly " } else { "" };
        let part = part(&shift.places);
        match told.first() {
            Some(told) => item.lines.push(Line::Note(format!("{most}where {told}{part}"))),
            None if part.is_empty() => {}
            None => item.lines.push(Line::Note(part.trim_start_matches("; ").to_owned())),
        }
        item
    }

    fn place(&self, lines: &mut Vec<Line>, place: &DiffPlace) {
        let conditions: Vec<&str> = place.conditions.iter().map(|c| c.text.as_str()).collect();
        let conditions = if conditions.is_empty() { "always".to_owned() } else { conditions.join("; ") };
        lines.push(Line::Note(format!("{}: {conditions}", place.acts_text.join(", "))));
        let fills = kinds(Some(place.count), place.of);
        let more = place.with_unusual.filter(|all| *all > place.count);
        let more = more.map(|all| format!(", {} with unusual ones", grouped(all))).unwrap_or_default();
        lines.push(Line::More(format!("{fills} kinds of situation{more}")));
        lines.extend(self.example(place));
    }

    /// An example as it is asked of both sides, in one line if only the day is another one.
    fn example(&self, place: &DiffPlace) -> Vec<Line> {
        let example = &place.example;
        let mut lines =
            vec![Line::Note(format!("for example: before {}; now {}", example.before, example.after))];
        let (old, new) = (&self.report.old, &self.report.new);
        let on = |side: &DiffSide| side.on.clone().or_else(|| example.on.clone());
        let asked = |side: &DiffSide, pack: &str, facts: &[String]| {
            let on = on(side).map(|on| format!(" --on {on}")).unwrap_or_default();
            format!("byelaw ask {pack} {}{on}", facts.join(" "))
        };
        let command = |text: String| lines.push(Line::Command(text));
        if self.packs[0] == self.packs[1] && example.old == example.new {
            let before = on(old).map(|on| format!("   (before: --on {on})")).unwrap_or_default();
            [format!("{}{before}", asked(new, self.packs[1], &example.new))].into_iter().for_each(command);
        } else {
            [asked(old, self.packs[0], &example.old), asked(new, self.packs[1], &example.new)]
                .into_iter()
                .for_each(command);
        }
        lines
    }

    fn clash(&self, clash: &DiffClash, pack: &str) -> Entry {
        let loses = match clash.share {
            0 => "gives way only where something presumed is otherwise".to_owned(),
            1000 => "gives way everywhere".to_owned(),
            share => format!("loses {} % of what it grants", u32::from(share).div_ceil(10)),
        };
        let on = clash.on.as_ref().map(|on| format!(" --on {on}")).unwrap_or_default();
        Entry {
            title: clash.promise.sentence.clone(),
            lines: vec![
                format!("against: {}", clash.limit.sentence),
                format!("{} and {}", rule_and_cites(&clash.promise), rule_and_cites(&clash.limit)),
                format!("about {}: `{}` {loses}", clash.acts.join(", "), clash.promise.rule),
            ],
            items: Vec::new(),
            shown: 0,
            example: vec![Line::Command(format!("byelaw ask {pack} {}{on}", clash.example.join(" ")))],
        }
    }
}

fn rules(lines: &mut Vec<Line>, when: &str, rules: &[DiffRule]) {
    let (always, sometimes): (Vec<&DiffRule>, Vec<&DiffRule>) = rules.iter().partition(|r| r.always);
    for rule in always {
        lines.push(Line::Note(format!("{when} by {}: {}", rule_and_cites(rule), rule.sentence)));
    }
    if !sometimes.is_empty() {
        let names: Vec<&str> = sometimes.iter().map(|r| r.rule.as_str()).collect();
        lines.push(Line::Note(format!("{when} in part by {}", names.join(", "))));
    }
}

fn sum(places: &[DiffPlace], of: impl Fn(&DiffPlace) -> Option<u128>) -> Option<u128> {
    places.iter().try_fold(0_u128, |all, p| Some(all.saturating_add(of(p)?)))
}

/// How many kinds of situation of how many.
fn kinds(count: Option<u128>, of: Option<u128>) -> String {
    match (count, of) {
        (Some(count), Some(of)) if count == of => format!("all {}", grouped(of)),
        (Some(count), Some(of)) => format!("{} of {}", grouped(count), grouped(of)),
        (Some(count), None) => grouped(count),
        (None, _) => String::new(),
    }
}

/// How much of the situations under all conditions it is, if not all.
fn part(places: &[DiffPlace]) -> String {
    match (sum(places, |p| Some(p.count)), sum(places, |p| p.of)) {
        (Some(count), Some(of)) if count < of => {
            let percent = count.saturating_mul(100) / of.max(1);
            let percent = if percent == 0 { "less than 1".to_owned() } else { percent.to_string() };
            format!("; in {percent} % of the situations of this kind, see `--all`")
        }
        _ => String::new(),
    }
}
