//! The words of the model, as the program carries them.

use byelaw_data::{Date, FactId, RuleId, Silence};
use byelaw_hir::{self as hir, Kind, Model};
use byelaw_ir::{
    ActName, AtomName, CalendarName, ClauseName, DaysName, DocumentName, DutyName, FactKind, FactName,
    FillingName, GroupName, InstrumentName, Names, ReadingName, RuleName, Word,
};
use std::collections::BTreeMap;

pub(crate) fn names(model: &Model) -> Names {
    // Only clauses that a rule cites, or that a reading reads, travel with the program.
    let mut cited: BTreeMap<usize, u16> = BTreeMap::new();
    for rule in &model.names {
        for clause in &rule.cites {
            cited.entry(*clause).or_default();
        }
    }
    for clause in model.readings.values() {
        cited.entry(*clause).or_default();
    }
    for (place, (_, number)) in cited.iter_mut().enumerate() {
        *number = short(place);
    }
    Names {
        digest: String::new(),
        pack: model.name.clone(),
        title: model.title.clone(),
        edition: model.edition.clone().unwrap_or_default(),
        silence: silence(model),
        facts: model.facts.iter().enumerate().map(|(i, f)| fact(model, FactId(short(i)), f)).collect(),
        acts: model
            .acts
            .iter()
            .map(|a| ActName {
                word: word(&a.word),
                verb: a.verb.join(" "),
                gaps: a.gaps.iter().map(|(before, f)| (before.join(" "), *f)).collect(),
            })
            .collect(),
        atoms: model
            .atoms
            .iter()
            .map(|a| AtomName {
                word: word(&a.word),
                given_by: a.approval.as_ref().map(|g| g.by.clone()).unwrap_or_default(),
                class: a.approval.as_ref().and_then(|g| g.class.clone()).unwrap_or_default(),
            })
            .collect(),
        deeds: model.deeds.iter().map(word).collect(),
        definitions: model.definitions.iter().map(word).collect(),
        rules: rules(model, &cited),
        calendars: model.calendars.iter().map(calendar).collect(),
        documents: model
            .documents
            .iter()
            .map(|d| DocumentName {
                name: d.name.clone(),
                title: d.title.clone(),
                edition: d.edition.clone().unwrap_or_default(),
            })
            .collect(),
        clauses: cited
            .keys()
            .filter_map(|c| model.clauses.get(*c))
            .map(|c| ClauseName {
                document: short(c.document),
                name: c.name.clone(),
                locator: c.locator.clone(),
                paraphrase: c.paraphrase.clone(),
            })
            .collect(),
        readings: model
            .readings
            .iter()
            .map(|(fact, clause)| ReadingName {
                fact: *fact,
                clause: cited.get(clause).copied().unwrap_or_default(),
            })
            .collect(),
        fillings: fillings(model),
        instruments: model
            .instruments
            .iter()
            .map(|i| InstrumentName {
                name: i.name.clone(),
                title: i.title.clone(),
                amends: i.amends.map(short),
                under: i.under.map(short),
                replaces: i.replaces.map(short),
            })
            .collect(),
    }
}

fn rules(model: &Model, cited: &BTreeMap<usize, u16>) -> Vec<RuleName> {
    let mut instruments: BTreeMap<RuleId, u16> = BTreeMap::new();
    for norm in &model.norms {
        instruments.insert(norm.rule, short(norm.instrument));
    }
    model
        .names
        .iter()
        .enumerate()
        .map(|(i, r)| RuleName {
            name: r.name.clone(),
            sentence: r.sentence.clone(),
            bearer: r.who.clone(),
            duty: r.duty.as_ref().map(duty),
            advice: r.advice.clone().unwrap_or_default(),
            cites: r.cites.iter().filter_map(|c| cited.get(c).copied()).collect(),
            instrument: RuleId::at(i).and_then(|rule| instruments.get(&rule)).copied().unwrap_or_default(),
        })
        .collect()
}

fn duty(duty: &byelaw_hir::Duty) -> DutyName {
    DutyName {
        deeds: duty.deeds.clone(),
        occasion: duty.occasion,
        due: duty.due,
        words: duty.words.clone(),
        otherwise: duty.otherwise.clone().unwrap_or_default(),
        otherwise_deed: duty.otherwise_deed,
    }
}

/// What fills parameters and readings, and why: a `set` sentence, or `taken as` where it is declared.
fn fillings(model: &Model) -> Vec<FillingName> {
    let filled = model.facts.iter().enumerate().filter(|(_, f)| f.member_of.is_none());
    filled
        .filter_map(|(place, f)| {
            let (values, because) = f.taken_as.clone()?;
            let id = FactId(short(place));
            let set = model.fillings.get(&id);
            // What is left to nobody is filled by the language itself.
            if f.left_to.is_none() && !model.readings.contains_key(&id) {
                return None;
            }
            let number = set.and_then(|s| s.number);
            Some(FillingName {
                fact: id,
                values,
                number: match (number, &f.kind) {
                    (None, _) => String::new(),
                    (Some(days), Kind::Date) => {
                        Date::from_days(days).map(|d| d.to_string()).unwrap_or_default()
                    }
                    (Some(number), _) => number.to_string(),
                },
                because,
                decided_by: set.and_then(|s| s.decided_by.clone()).unwrap_or_default(),
                on: set.and_then(|s| s.on).map(|d| d.to_string()).unwrap_or_default(),
            })
        })
        .collect()
}

fn calendar(calendar: &hir::Calendar) -> CalendarName {
    CalendarName {
        name: calendar.name.clone(),
        title: calendar.title.clone(),
        zone: calendar.zone.clone(),
        counts: calendar.counts.clone().unwrap_or_default(),
        days: calendar
            .named
            .iter()
            .map(|d| DaysName {
                name: d.name.clone(),
                label: d.label.clone().unwrap_or_default(),
                from: d.from,
                until: d.until,
                open: d.open,
            })
            .collect(),
    }
}

fn silence(model: &Model) -> Silence {
    match &model.silence {
        hir::Silence::Unsaid => Silence::Unsaid,
        hir::Silence::Forbidden => Silence::Forbidden,
        hir::Silence::Allowed => Silence::Allowed,
        hir::Silence::Ask(whom) => {
            let subject = model.subject.map(|s| model.values(s)).unwrap_or_default();
            let place = subject.iter().position(|w| w.name == *whom);
            place.map_or(Silence::Unsaid, |p| Silence::Ask(byelaw_data::ValueId(short(p))))
        }
    }
}

fn word(word: &hir::Word) -> Word {
    Word {
        name: word.name.clone(),
        label: word.label.clone().unwrap_or_default(),
        also: word.also.clone(),
        formerly: word.formerly.clone(),
        meaning: word.meaning.clone().unwrap_or_default(),
    }
}

fn fact(model: &Model, id: FactId, fact: &hir::Fact) -> FactName {
    let kind = match &fact.kind {
        Kind::YesNo => FactKind::YesNo,
        Kind::OneOf(_) => FactKind::OneOf,
        Kind::SomeOf { members, .. } => FactKind::SomeOf(members.clone()),
        Kind::Number { unit, .. } => FactKind::Number(unit.clone()),
        Kind::Date => FactKind::Date,
        Kind::Time => FactKind::Time,
        Kind::Weekday => FactKind::Weekday,
        Kind::Acts => FactKind::Acts,
    };
    let listed = matches!(fact.kind, Kind::OneOf(_) | Kind::SomeOf { .. } | Kind::Weekday);
    FactName {
        word: word(&fact.word),
        kind,
        side: fact.side.as_str().to_owned(),
        asked: fact.asked.clone().unwrap_or_default(),
        judged_by: fact.judged_by.clone().unwrap_or_default(),
        left_to: fact.left_to.clone().unwrap_or_default(),
        set_by_pack: fact.period.is_some_and(|p| p.set_by_pack),
        held: fact.held,
        cost: fact.cost,
        values: if listed { model.values(id).iter().map(word).collect() } else { Vec::new() },
        groups: fact
            .groups
            .iter()
            .map(|g| GroupName {
                word: word(&g.word),
                members: g.members.clone(),
                ordinarily: g.ordinarily.clone(),
            })
            .collect(),
    }
}

/// Lists in a model are bounded by the limits on sources, far below this.
fn short(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}
