//! Calendars: each part on a line of its own, and below a timetable's days each of its values.

use super::Speller;
use crate::ast::{Bell, Calendar, CalendarPart, ClosedOn, DateLit};

impl Speller<'_> {
    /// Each part on a line of its own, each value of a timetable on a line below it.
    pub(super) fn calendar(&mut self, calendar: &Calendar) -> &mut Self {
        let Calendar { name, title, zone, fact, parts } = calendar;
        self.say("calendar").plain(name).text(title).tied("in", zone).say("telling").name(fact);
        for part in parts {
            self.glue(",").line(false);
            match part {
                CalendarPart::Counting(days) => self.say("counting").plain(days).say("days"),
                CalendarPart::ClosedDays(value) => self.say("closed days are").name(value),
                CalendarPart::DaysBeyond(value) => self.say("days beyond are").name(value),
                CalendarPart::Open { name, label, from, until } => {
                    self.say("open").plain(name).label(label.as_ref()).stretch(*from, Some(*until))
                }
                CalendarPart::Closed { name, label, days, value } => {
                    self.say("closed").plain(name).label(label.as_ref());
                    match days {
                        ClosedOn::Stretch { from, until } => self.stretch(*from, Some(*until)),
                        ClosedOn::Days(dates) => self.say("on").dates(dates),
                    };
                    match value {
                        Some(value) => self.say("as").name(value),
                        None => self,
                    }
                }
                CalendarPart::Week { weekdays, bells } => {
                    self.say("on").or_list(weekdays).glue(":").bells(bells)
                }
                CalendarPart::Special { dates, bells } => self.say("on").dates(dates).glue(":").bells(bells),
            };
        }
        self
    }

    fn dates(&mut self, dates: &[DateLit]) -> &mut Self {
        self.joined(dates, "or", |this, date| {
            this.date(*date);
        })
    }

    fn bells(&mut self, bells: &[Bell]) -> &mut Self {
        for (at, bell) in bells.iter().enumerate() {
            if at > 0 {
                self.glue(",");
            }
            self.out.deeper();
            self.name(&bell.value);
            for (at, hours) in bell.hours.iter().enumerate() {
                if at > 0 {
                    self.say("and");
                }
                if let Some(from) = hours.from {
                    self.say("from").time(from);
                }
                if let Some(until) = hours.until {
                    self.say("until").time(until);
                }
            }
        }
        self
    }
}
