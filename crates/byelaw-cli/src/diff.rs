//! `byelaw diff`.

use crate::{End, Format, output, packs, when};
use byelaw::data::Date;
use byelaw::ir::Program;
use byelaw::{DIFF_STEPS, DiffChange, DiffKind, DiffPlace, DiffReport, DiffRule, DiffShift, DiffSide, diff};
use clap::Args;
use std::io::{self, Write};

/// How many changes of one kind are printed unless all are asked for.
const PRINTED: usize = 15;

/// How many ways in which one rule changes answers are printed unless all are asked for.
const SHIFTS: usize = 4;

/// Say what two policies answer differently
#[derive(Args)]
pub(crate) struct Diff {
    /// What was before: a pack, or PACK@DATE for a pack as it is asked on a day
    #[arg(value_name = "OLD")]
    old: String,
    /// What is after: another pack, another edition, or the same on another day
    #[arg(value_name = "NEW")]
    new: String,
    /// Print every change and every place, not only the largest
    #[arg(long)]
    all: bool,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

impl Diff {
    pub(crate) fn run(self) -> io::Result<End> {
        let (old, new) = match (side(&self.old), side(&self.new)) {
            (Ok(old), Ok(new)) => (old, new),
            (Err(why), _) | (_, Err(why)) => return Ok(output::unusable(&why)),
        };
        let report = diff((&old.1, old.2), (&new.1, new.2), DIFF_STEPS);
        let mut out = io::stdout().lock();
        if self.format == Format::Json {
            let text = serde_json::to_string(&report).map_err(io::Error::other)?;
            writeln!(out, "{text}")?;
        } else {
            let packs = [old.0.as_str(), new.0.as_str()];
            Printing { report: &report, all: self.all, packs }.print(&mut out)?;
        }
        Ok(if report.is_empty() { End::Fine } else { End::Findings })
    }
}

/// A pack and, behind an `@`, a day.
fn side(text: &str) -> Result<(String, Program, Option<Date>), String> {
    let (pack, on) = match text.rsplit_once('@') {
        // A folder may have an `@` in its name.
        Some((pack, day)) if !std::path::Path::new(text).exists() => (pack, Some(when::day(day)?)),
        _ => (text, None),
    };
    Ok((pack.to_owned(), packs::program(pack)?, on))
}

struct Printing<'a> {
    report: &'a DiffReport,
    all: bool,
    packs: [&'a str; 2],
}

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

fn many(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// A number with its thousands apart.
fn grouped(number: u128) -> String {
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

impl Printing<'_> {
    fn print(&self, out: &mut impl Write) -> io::Result<()> {
        let report = self.report;
        writeln!(out, "before: {}", named(&report.old))?;
        writeln!(out, "now:    {}\n", named(&report.new))?;
        self.summary(out)?;
        for kind in
            [DiffKind::Stricter, DiffKind::MoreLenient, DiffKind::Other, DiffKind::Duty, DiffKind::Advice]
        {
            let changes: Vec<&DiffChange> = report.changes.iter().filter(|c| c.kind == kind).collect();
            if changes.is_empty() {
                continue;
            }
            writeln!(out, "\n{}\n", heading(kind))?;
            let printed = if self.all { changes.len() } else { PRINTED };
            for (place, change) in changes.iter().take(printed).enumerate() {
                self.change(out, place + 1, change)?;
            }
            if changes.len() > printed {
                writeln!(out, "  ... and {} more; `--all` prints them", changes.len() - printed)?;
            }
        }
        self.end(out)
    }

    fn summary(&self, out: &mut impl Write) -> io::Result<()> {
        let report = self.report;
        let alike = report.acts.saturating_sub(report.acts_changed.len());
        let undecided = report.undecided.iter().filter(|u| !report.acts_changed.contains(&u.act)).count();
        if report.is_empty() {
            return writeln!(out, "No difference: all {} acts are answered alike.", report.acts);
        }
        let alike = alike.saturating_sub(undecided);
        writeln!(
            out,
            "{} of {} answered differently somewhere; {alike} answered alike.",
            report.acts_changed.len(),
            many(report.acts, "act", "acts")
        )?;
        let of = |kind: DiffKind| report.changes.iter().filter(|c| c.kind == kind).count();
        let kinds = [
            (DiffKind::Stricter, "stricter"),
            (DiffKind::MoreLenient, "more lenient"),
            (DiffKind::Other, "otherwise"),
            (DiffKind::Duty, "about duties alone"),
            (DiffKind::Advice, "about advice alone"),
        ];
        let told: Vec<String> = kinds
            .iter()
            .filter(|(kind, _)| of(*kind) > 0)
            .map(|(kind, words)| format!("{} {words}", of(*kind)))
            .collect();
        let changes = many(report.changes.len(), "change", "changes");
        if !told.is_empty() {
            writeln!(out, "{changes}: {}.", told.join(", "))?;
        }
        for one in &report.undecided {
            let looked = if one.ordinary_decided {
                "its ordinary situations were all looked at, the unusual ones were not"
            } else {
                "not all of its situations were looked at"
            };
            writeln!(out, "Undecided for {}: {looked}; there may be more changes.", one.act)?;
        }
        Ok(())
    }

    fn change(&self, out: &mut impl Write, number: usize, change: &DiffChange) -> io::Result<()> {
        let gone = if change.by_new { "" } else { "no longer: " };
        writeln!(out, "{number}. {gone}{}", change.by.sentence)?;
        if let Some(other) = &change.other_sentence {
            let side = if change.by_new { "before" } else { "now" };
            writeln!(out, "   {side}: {other}")?;
        }
        writeln!(out, "   {}", rule_and_cites(&change.by))?;
        let printed = if self.all { change.shifts.len() } else { SHIFTS };
        for shift in change.shifts.iter().take(printed) {
            self.shift(out, shift)?;
        }
        if change.shifts.len() > printed {
            writeln!(out, "   - ... and in {} more ways", change.shifts.len() - printed)?;
        }
        let example = change.shifts.iter().flat_map(|s| &s.places).next();
        if let (Some(place), false) = (example, self.all) {
            self.example(out, place)?;
        }
        writeln!(out)
    }

    fn shift(&self, out: &mut impl Write, shift: &DiffShift) -> io::Result<()> {
        let mut acts: Vec<&str> = Vec::new();
        for act in shift.places.iter().flat_map(|p| &p.acts_text) {
            if !acts.contains(&act.as_str()) {
                acts.push(act);
            }
        }
        let unusual = if shift.unusual { " (only where something is not as presumed)" } else { "" };
        writeln!(out, "   - {}: {} -> {}{unusual}", acts.join(", "), shift.before, shift.after)?;
        if self.all {
            rules(out, "before", &shift.old_rules)?;
            rules(out, "now", &shift.new_rules)?;
            for place in &shift.places {
                self.place(out, place)?;
            }
            return Ok(());
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
        match (told.first(), part) {
            (Some(told), part) => writeln!(out, "     {most}where {told}{part}"),
            (None, part) if part.is_empty() => Ok(()),
            (None, part) => writeln!(out, "     {}", part.trim_start_matches("; ")),
        }
    }

    fn place(&self, out: &mut impl Write, place: &DiffPlace) -> io::Result<()> {
        let conditions: Vec<&str> = place.conditions.iter().map(|c| c.text.as_str()).collect();
        let conditions = if conditions.is_empty() { "always".to_owned() } else { conditions.join("; ") };
        writeln!(out, "     {}: {conditions}", place.acts_text.join(", "))?;
        let fills = match place.of {
            Some(of) if of == place.count => format!("all {}", grouped(of)),
            Some(of) => format!("{} of {}", grouped(place.count), grouped(of)),
            None => grouped(place.count),
        };
        let more = place.with_unusual.filter(|all| *all > place.count);
        let more = more.map(|all| format!(", {} with unusual ones", grouped(all))).unwrap_or_default();
        writeln!(out, "       {fills} kinds of situation{more}")?;
        self.example(out, place)
    }

    /// An example as it is asked of both sides, in one line if only the day is another one.
    fn example(&self, out: &mut impl Write, place: &DiffPlace) -> io::Result<()> {
        let example = &place.example;
        writeln!(out, "     for example: before {}; now {}", example.before, example.after)?;
        let (old, new) = (&self.report.old, &self.report.new);
        let on = |side: &DiffSide| side.on.clone().or_else(|| example.on.clone());
        let asked = |side: &DiffSide, pack: &str, facts: &[String]| {
            let on = on(side).map(|on| format!(" --on {on}")).unwrap_or_default();
            format!("byelaw ask {pack} {}{on}", facts.join(" "))
        };
        if self.packs[0] == self.packs[1] && example.old == example.new {
            let before = on(old).map(|on| format!("   (before: --on {on})")).unwrap_or_default();
            return writeln!(out, "       {}{before}", asked(new, self.packs[1], &example.new));
        }
        writeln!(out, "       {}", asked(old, self.packs[0], &example.old))?;
        writeln!(out, "       {}", asked(new, self.packs[1], &example.new))
    }

    fn end(&self, out: &mut impl Write) -> io::Result<()> {
        let report = self.report;
        if !report.notes.is_empty() {
            writeln!(out, "\nWith care\n")?;
            for note in &report.notes {
                writeln!(out, "  - {note}")?;
            }
        }
        if !report.renamed.is_empty() {
            writeln!(out, "\nOnly named or cited otherwise\n")?;
            let printed = if self.all { report.renamed.len() } else { PRINTED };
            for one in report.renamed.iter().take(printed) {
                let cites = |cites: &[String]| {
                    if cites.is_empty() { String::new() } else { format!(" ({})", cites.join("; ")) }
                };
                writeln!(
                    out,
                    "  {}{} -> {}{}",
                    one.old,
                    cites(&one.old_cites),
                    one.new,
                    cites(&one.new_cites)
                )?;
            }
            if report.renamed.len() > printed {
                writeln!(out, "  ... and {} more; `--all` prints them", report.renamed.len() - printed)?;
            }
        }
        Ok(())
    }
}

fn rule_and_cites(rule: &DiffRule) -> String {
    if rule.cites.is_empty() {
        rule.rule.clone()
    } else {
        format!("{} ({})", rule.rule, rule.cites.join("; "))
    }
}

fn rules(out: &mut impl Write, when: &str, rules: &[DiffRule]) -> io::Result<()> {
    let (always, sometimes): (Vec<&DiffRule>, Vec<&DiffRule>) = rules.iter().partition(|r| r.always);
    for rule in always {
        writeln!(out, "     {when} by {}: {}", rule_and_cites(rule), rule.sentence)?;
    }
    if !sometimes.is_empty() {
        let names: Vec<&str> = sometimes.iter().map(|r| r.rule.as_str()).collect();
        writeln!(out, "     {when} in part by {}", names.join(", "))?;
    }
    Ok(())
}

/// How much of the situations under all conditions it is, if not all.
fn part(places: &[DiffPlace]) -> String {
    let sum = |of: &dyn Fn(&DiffPlace) -> Option<u128>| {
        places.iter().try_fold(0_u128, |all, p| Some(all.saturating_add(of(p)?)))
    };
    match (sum(&|p| Some(p.count)), sum(&|p| p.of)) {
        (Some(count), Some(of)) if count < of => {
            let percent = count.saturating_mul(100) / of.max(1);
            let percent = if percent == 0 { "less than 1".to_owned() } else { percent.to_string() };
            format!("; in {percent} % of the situations of this kind, see `--all`")
        }
        _ => String::new(),
    }
}
