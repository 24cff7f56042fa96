//! Instruments and the calendar: what can never be in force, and what is due for review.

use byelaw_data::Date;
use byelaw_diagnostic::{Diagnostic, Span};
use byelaw_hir::{InForce, Model};

/// Instruments whose review was due before `today`. The day comes from the host; nothing else depends on it.
pub fn due_reviews(model: &Model, today: Date) -> Vec<Diagnostic> {
    let due = model.instruments.iter().filter_map(|i| Some((i, i.review.filter(|review| *review < today)?)));
    due.map(|(instrument, review)| {
        let name = &instrument.name;
        Diagnostic::warning("B0214", instrument.span, format!("the review of `{name}` was due by {review}"))
            .label(format!("it still holds on {today}"))
            .help("ask those whose policy it is whether it was reviewed; then write the new `review by`")
    })
    .collect()
}

/// Instruments that are in force only while a period that is over before they begin, or begins after they end.
pub(super) fn never_in_force(model: &Model) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for instrument in &model.instruments {
        let dates = instrument.in_force.iter().filter_map(|time| match time {
            InForce::Dates { from, until } => Some((*from, *until)),
            InForce::While(_) => None,
        });
        let begins = dates.clone().map(|(from, _)| from).chain(instrument.adopted).max();
        let ends = dates.filter_map(|(_, until)| until).min();
        for time in &instrument.in_force {
            let InForce::While(period) = time else { continue };
            let fact = model.fact(*period);
            let Some(stretch) = fact.period else { continue };
            let (name, period) = (&instrument.name, &fact.word.name);
            let why = match (stretch.until, begins, ends) {
                (Some(over), Some(begins), _) if over <= begins => {
                    format!("`{period}` was over on {over}, and `{name}` begins on {begins}")
                }
                (_, _, Some(ends)) if ends <= stretch.from => {
                    format!("`{period}` begins on {}, and `{name}` ends on {ends}", stretch.from)
                }
                _ => continue,
            };
            found.push(never(instrument.span, name, period, &why, fact.word.span));
        }
    }
    found
}

fn never(span: Span, name: &str, period: &str, why: &str, declared: Option<Span>) -> Diagnostic {
    let message =
        format!("`{name}` is in force only while `{period}`, which never comes together with it: {why}");
    let diagnostic = Diagnostic::warning("B0213", span, message)
        .label("never in force, unless a question states the period")
        .help("mend the dates of one of them");
    match declared {
        Some(declared) => diagnostic.related(declared, "the period"),
        None => diagnostic,
    }
}
