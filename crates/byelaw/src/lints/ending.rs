//! Policies and addenda that hold no longer, or not much longer.

use byelaw_data::{Date, RuleId};
use byelaw_diagnostic::{Diagnostic, Severity, Span};
use byelaw_hir::{InForce, Instrument, Model};
use std::collections::BTreeSet;

/// So many days before something ends its author is told.
const SOON: i64 = 60;

/// Instruments with rules that are no longer in force on a day, or end soon after it. The day comes from the host;
/// nothing else depends on it.
pub fn ending(model: &Model, today: Date) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (place, instrument) in model.instruments.iter().enumerate() {
        let norms = model.norms.iter().filter(|norm| norm.instrument == place);
        let rules = norms.map(|norm| norm.rule).collect::<BTreeSet<RuleId>>().len();
        let Some((ends, declared)) = end(model, instrument).filter(|_| rules > 0) else { continue };
        let left = ends.days() - today.days();
        let name = &instrument.name;
        let holding = if rules == 1 { "rule holds".to_owned() } else { format!("{rules} rules hold") };
        let diagnostic = if left <= 0 {
            let message = format!("`{name}` ended on {ends}: its {holding} no longer");
            Diagnostic::new("B0224", Severity::Note, Some(instrument.span), message)
                .label("answers about days before are as they were")
                .help("leave it as it is while somebody may ask about that time; else take its rules out")
        } else if left <= SOON {
            let days = if left == 1 { "day" } else { "days" };
            let message = format!("`{name}` ends on {ends}, in {left} {days}: until then its {holding}");
            Diagnostic::warning("B0224", instrument.span, message)
                .label(format!("still in force on {today}"))
                .help("see what then changes with `byelaw diff PACK@DAY-BEFORE PACK@DAY`; if it is to go on, write the new end")
        } else {
            continue;
        };
        found.push(match declared {
            Some(span) => diagnostic.related(span, "the period that ends it"),
            None => diagnostic,
        });
    }
    found
}

/// The first day on which an instrument is no longer in force, and the period that ends it if it is one.
fn end(model: &Model, instrument: &Instrument) -> Option<(Date, Option<Span>)> {
    let ends = instrument.in_force.iter().filter_map(|time| match time {
        InForce::Dates { until, .. } => Some(((*until)?, None)),
        InForce::While(period) => {
            let fact = model.fact(*period);
            Some((fact.period?.until?, fact.word.span))
        }
    });
    ends.min_by_key(|(day, _)| *day)
}
