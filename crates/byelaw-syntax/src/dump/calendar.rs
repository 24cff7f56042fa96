//! Calendars: a line for each part, and for each value of a timetable.

use super::{Dump, date, list, name, names, text, time};
use crate::ast::{Bell, CalendarPart, ClosedOn, Name, Text, TimeLit};

impl Dump {
    pub(super) fn calendar_part(&mut self, part: &CalendarPart) {
        let labelled = |what: &str, called: &Name, label: &Option<Text>| {
            let label = label.as_ref().map(|l| format!(" {}", text(l))).unwrap_or_default();
            format!("{what} {}{label}", called.text)
        };
        match part {
            CalendarPart::Counting(days) => self.slot("counting", Some(name(days))),
            CalendarPart::ClosedDays(value) => self.slot("closed days", Some(name(value))),
            CalendarPart::DaysBeyond(value) => self.slot("days beyond", Some(name(value))),
            CalendarPart::Open { name, label, from, until } => {
                let what = labelled("open", name, label);
                self.line(1, &format!("{what} from {} until {}", date(*from), date(*until)));
            }
            CalendarPart::Closed { name: called, label, days, value } => {
                let what = labelled("closed", called, label);
                let when = match days {
                    ClosedOn::Stretch { from, until } => {
                        format!("from {} until {}", date(*from), date(*until))
                    }
                    ClosedOn::Days(dates) => format!("on {}", list(dates.iter().map(|d| date(*d)))),
                };
                let value = value.as_ref().map(|v| format!(" as {}", name(v))).unwrap_or_default();
                self.line(1, &format!("{what} {when}{value}"));
            }
            CalendarPart::Week { weekdays, bells } => {
                self.line(1, &format!("on {}", names(weekdays)));
                self.bells(bells);
            }
            CalendarPart::Special { dates, bells } => {
                self.line(1, &format!("on {}", list(dates.iter().map(|d| date(*d)))));
                self.bells(bells);
            }
        }
    }

    fn bells(&mut self, bells: &[Bell]) {
        let shown = |at: Option<TimeLit>| at.map(time).unwrap_or_else(|| "midnight".to_owned());
        for bell in bells {
            let hours = bell.hours.iter().map(|h| format!("{} to {}", shown(h.from), shown(h.until)));
            self.line(2, &format!("{} {}", bell.value.text, list(hours)));
        }
    }
}
