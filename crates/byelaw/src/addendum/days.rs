//! From when to when an addendum holds.

use byelaw_data::{Date, FactId};
use byelaw_hir::{InForce, Model};

/// The days on which an addendum holds.
pub(super) struct Days {
    /// The first of them, if it has one.
    pub first: Option<Date>,
    /// The first day after the last, if it has one.
    pub until: Option<Date>,
    /// Periods while which it holds, with how they are shown.
    pub periods: Vec<(FactId, String)>,
    /// A period among them of which nobody knows the end.
    pub open: Option<FactId>,
    /// Whether the pack set days that the document does not give.
    pub set_by_pack: bool,
}

impl Days {
    /// All that a pack says of one of its instruments must hold: the latest beginning and the earliest end count.
    pub fn of(model: &Model, place: usize) -> Self {
        let mut days = Self { first: None, until: None, periods: Vec::new(), open: None, set_by_pack: false };
        let Some(instrument) = model.instruments.get(place) else { return days };
        days.first = instrument.adopted;
        for time in &instrument.in_force {
            match time {
                InForce::Dates { from, until } => days.within(*from, *until),
                InForce::While(period) => {
                    let Some(fact) = model.facts.get(usize::from(period.0)) else { continue };
                    let shown = fact.word.label.clone().unwrap_or_else(|| fact.word.name.replace('-', " "));
                    days.periods.push((*period, shown));
                    if let Some(dates) = fact.period {
                        days.within(dates.from, dates.until);
                        days.set_by_pack |= dates.set_by_pack;
                        if dates.until.is_none() {
                            days.open = Some(*period);
                        }
                    }
                }
            }
        }
        for end in model.ends(place) {
            days.until = Some(days.until.map_or(end.from, |until| until.min(end.from)));
        }
        days
    }

    fn within(&mut self, from: Date, until: Option<Date>) {
        self.first = Some(self.first.map_or(from, |first| first.max(from)));
        if let Some(until) = until {
            self.until = Some(self.until.map_or(until, |known| known.min(until)));
        }
    }

    /// The last day.
    pub fn last(&self) -> Option<Date> {
        self.until.and_then(|until| Date::from_days(until.days().saturating_sub(1)))
    }
}
