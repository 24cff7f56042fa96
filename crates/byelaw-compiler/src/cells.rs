//! Numbers and dates cut into cells: within a cell no rule can tell two values apart.

use crate::boxes::ValueSet;
use byelaw_data::{Date, FactId, Minute, ValueId};
use byelaw_hir::{AS_OF, Condition, InForce, Kind, Model, ON};
use byelaw_ir::Domain;
use std::collections::{BTreeMap, BTreeSet};

/// The cells of all number and date facts.
pub(crate) struct Cells(BTreeMap<FactId, Domain>);

impl Cells {
    /// Cuts each fact at every constant that the model mentions.
    pub fn of(model: &Model) -> Self {
        let mut cuts: BTreeMap<FactId, BTreeSet<i64>> = BTreeMap::new();
        let mut cut = |fact: FactId, at: i64| {
            cuts.entry(fact).or_default().insert(at);
        };
        for norm in &model.norms {
            constants(&norm.guard, &mut cut);
        }
        for condition in &model.impossible {
            constants(condition, &mut cut);
        }
        for instrument in &model.instruments {
            if let Some(adopted) = instrument.adopted {
                cut(AS_OF, adopted.days());
            }
            if let (Some(_), Some(start)) = (instrument.replaces, instrument.start()) {
                cut(ON, start.days());
            }
            for dates in &instrument.in_force {
                if let InForce::Dates { from, until } = dates {
                    cut(ON, from.days());
                    if let Some(until) = until {
                        cut(ON, until.days());
                    }
                }
            }
        }
        for period in model.facts.iter().filter_map(|f| f.period) {
            cut(ON, period.from.days());
            if let Some(until) = period.until {
                cut(ON, until.days());
            }
        }
        let domains = model.facts.iter().enumerate().filter_map(|(place, fact)| {
            let id = FactId(u16::try_from(place).ok()?);
            let (from, to) = match fact.kind {
                Kind::Number { from, to, .. } => (from, to),
                Kind::Date => (Date::FIRST.days(), Date::LAST.days()),
                Kind::Time => (0, i64::from(Minute::LAST.minutes())),
                _ => return None,
            };
            let cuts =
                cuts.get(&id).into_iter().flatten().copied().filter(|c| from < *c && *c <= to).collect();
            Some((id, Domain::Cells { from, to, cuts }))
        });
        Self(domains.collect())
    }

    /// The domain of a fact.
    pub fn domain(&self, model: &Model, fact: FactId) -> Domain {
        match (self.0.get(&fact), &model.fact(fact).kind) {
            (Some(cells), _) => cells.clone(),
            (None, Kind::SomeOf { .. }) => Domain::Several,
            (None, _) => Domain::Values(u16::try_from(model.width(fact)).unwrap_or(u16::MAX)),
        }
    }

    /// How many values or cells a fact has.
    pub fn width(&self, model: &Model, fact: FactId) -> usize {
        self.0.get(&fact).map_or_else(|| model.width(fact), Domain::width)
    }

    /// The cells between two numbers. The numbers are cuts, so that no cell lies half inside.
    pub fn between(&self, fact: FactId, low: i64, high: i64) -> ValueSet {
        let Some(domain) = self.0.get(&fact) else { return ValueSet::empty(0) };
        let width = domain.width();
        // Cells ascend: those inside follow each other.
        let range = |cell: usize| u16::try_from(cell).ok().and_then(|cell| domain.range(ValueId(cell)));
        let first = first_of(width, |cell| range(cell).is_none_or(|(first, _)| low <= first));
        let after = first_of(width, |cell| range(cell).is_none_or(|(_, last)| high < last));
        ValueSet::of(width, (first..after).filter_map(|cell| u16::try_from(cell).ok().map(ValueId)))
    }
}

/// The first of so many numbers for which something holds that holds for all behind it; `many` if there is none.
fn first_of(many: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut from, mut until) = (0, many);
    while from < until {
        let middle = from + (until - from) / 2;
        if holds(middle) {
            until = middle;
        } else {
            from = middle + 1;
        }
    }
    from
}

fn constants(condition: &Condition, cut: &mut impl FnMut(FactId, i64)) {
    match condition {
        Condition::Between(fact, low, high) => {
            cut(*fact, *low);
            cut(*fact, high.saturating_add(1));
        }
        Condition::Not(inner) => constants(inner, cut),
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|p| constants(p, cut)),
        Condition::Always | Condition::In(..) | Condition::InSet(..) => {}
    }
}
