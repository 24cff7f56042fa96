//! What rules do as a report for people.

use super::{EffectOnAct, EffectReport, EffectsReport};
use crate::diff::{changed_sections, grouped, rule_and_cites, summary};
use crate::page::{Block, Page, Section};

/// How many acts are shown at first.
const ACTS: usize = 20;

/// Up to how many kinds of situation their number says something to people.
const TELLING: u128 = 1_000_000;

impl EffectsReport {
    /// The report for people.
    pub fn page(&self) -> Page {
        let (mut alone, mut beside, mut idle, mut unknown) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for one in &self.rules {
            let said = |share: &str| format!("{share:>6}  {}: {}", one.rule.rule, one.rule.sentence);
            match (one.decides(), one.beside()) {
                (Some(0), Some(0)) => idle.push(said("")),
                (Some(0), Some(count)) => beside.push(said(&share(Some(count), one.holds()))),
                (Some(count), _) => alone.push(said(&share(Some(count), one.holds()))),
                (None, _) => unknown.push(said("")),
            }
        }
        let undecided = match unknown.len() {
            0 => String::new(),
            many => format!(", of {many} that was not found out"),
        };
        let summary = vec![
            format!(
                "{} rules: {} decide alone somewhere, {} alone bring a duty or advice, {} change nothing by themselves{undecided}.",
                self.rules.len(),
                alone.len(),
                beside.len(),
                idle.len(),
            ),
            "A rule decides alone where without it the answer, or what a yes takes, would be another one; before it stands the share of the situations in which it holds. `byelaw effect PACK RULE` says what would be otherwise.".to_owned(),
        ];
        let sections = [
            ("Decide alone", alone),
            ("Decide nothing alone, but bring a duty or advice", beside),
            ("Change nothing by themselves", idle),
            ("Not all of their situations could be looked at", unknown),
        ];
        let section = |(heading, lines): (&str, Vec<String>)| Section {
            above: false,
            heading: heading.to_owned(),
            blocks: vec![Block::List { shown: lines.len(), lines }],
        };
        Page {
            title: "What the rules do".to_owned(),
            about: vec![("pack".to_owned(), self.pack.clone())],
            summary,
            sections: sections.into_iter().filter(|(_, lines)| !lines.is_empty()).map(section).collect(),
        }
    }
}

impl EffectReport {
    /// The report for people. `pack` is the name by which the pack is asked again; with `all` every place is told with all
    /// conditions, and nothing is left for later.
    pub fn page(&self, pack: &str, all: bool) -> Page {
        let effect = &self.effect;
        let acts = effect.acts.len();
        let short = match (effect.acts.as_slice(), effect.decides().zip(effect.beside())) {
            ([], _) => "It holds for no act in any situation.".to_owned(),
            ([one], _) => format!("{}.", of_act(one)),
            (_, Some((decides, beside))) => {
                format!("It holds for {acts} acts, and {}.", alone(decides, beside, effect.holds()))
            }
            (_, None) => format!("It holds for {acts} acts; not all of their situations could be looked at."),
        };
        let mut sections = Vec::new();
        if acts > 1 {
            let lines: Vec<String> = effect.acts.iter().map(of_act).collect();
            let shown = if all { lines.len() } else { ACTS };
            sections.push(Section {
                above: true,
                heading: "Act by act".to_owned(),
                blocks: vec![Block::List { shown, lines }],
            });
        }
        sections.push(Section {
            above: true,
            heading: "Without it".to_owned(),
            blocks: summary(&self.without).into_iter().map(Block::Paragraph).collect(),
        });
        sections.extend(changed_sections(&self.without, [pack, pack], all));
        Page {
            title: format!("What {} does", effect.rule.rule),
            about: vec![
                ("rule".to_owned(), rule_and_cites(&effect.rule)),
                ("says".to_owned(), effect.rule.sentence.clone()),
                ("pack".to_owned(), self.pack.clone()),
            ],
            summary: vec![short],
            sections,
        }
    }
}

fn of_act(act: &EffectOnAct) -> String {
    let holds = match (act.kinds, act.holds) {
        (Some(kinds), Some(holds)) => format!("holds in {} of the situations", counted(holds, kinds)),
        _ => "its situations could not be counted".to_owned(),
    };
    let decides = match (act.decides, act.beside) {
        (Some(decides), Some(beside)) => alone(decides, beside, act.holds),
        _ => "not all of them could be looked at".to_owned(),
    };
    format!("{}: {holds}, {decides}", act.act)
}

/// In how many of the situations in which a rule holds it decides alone.
fn alone(decides: u128, beside: u128, holds: Option<u128>) -> String {
    let of = |count: u128| holds.map_or_else(|| grouped(count), |holds| counted(count, holds));
    match (decides, beside) {
        (0, 0) => "changes nothing by itself".to_owned(),
        (0, _) => format!("alone brings a duty or advice in {} of them", of(beside)),
        (_, 0) => format!("decides alone in {} of them", of(decides)),
        _ => {
            format!(
                "decides alone in {} of them, and brings a duty or advice in {} more",
                of(decides),
                of(beside)
            )
        }
    }
}

/// A share, with numbers where they are not too large to say something.
fn counted(count: u128, of: u128) -> String {
    match (count == of, of <= TELLING) {
        (true, true) => format!("all {}", grouped(of)),
        (true, false) => "all".to_owned(),
        (false, true) => {
            format!("{} ({} of {})", share(Some(count), Some(of)), grouped(count), grouped(of))
        }
        (false, false) => share(Some(count), Some(of)),
    }
}

/// A share in percent, rounded down; of less than one percent also the tenths.
fn share(count: Option<u128>, of: Option<u128>) -> String {
    let tenths = count.zip(of).and_then(|(count, of)| count.saturating_mul(1000).checked_div(of));
    match tenths {
        None => "?".to_owned(),
        Some(0) => "<0.1 %".to_owned(),
        Some(tenths) if tenths < 10 => format!("0.{tenths} %"),
        Some(tenths) => format!("{} %", tenths / 10),
    }
}
