//! Calendars: stretches of days, and the times of a day.

use super::{Builder, Node, child, children, has};
use crate::ast::{Bell, Calendar, CalendarPart, ClosedOn, DateLit, Hours};
use byelaw_grammar::Rule;

impl Builder<'_> {
    pub(super) fn calendar(&self, node: &Node<'_>) -> Option<Calendar> {
        let mut texts = self.texts(node).into_iter();
        let mut parts = Vec::new();
        for part in node.clone().into_inner() {
            parts.push(match part.as_rule() {
                Rule::counting => CalendarPart::Counting(self.named(&part, Rule::free)?),
                Rule::closed_days => CalendarPart::ClosedDays(self.named(&part, Rule::reference)?),
                Rule::days_beyond => CalendarPart::DaysBeyond(self.named(&part, Rule::reference)?),
                Rule::open_stretch => {
                    let mut dates = self.date_list(&part)?.into_iter();
                    CalendarPart::Open {
                        name: self.named(&part, Rule::plain)?,
                        label: self.text(&part),
                        from: dates.next()?,
                        until: dates.next()?,
                    }
                }
                Rule::closed_stretch => CalendarPart::Closed {
                    name: self.named(&part, Rule::plain)?,
                    label: self.text(&part),
                    days: match child(&part, Rule::dates) {
                        Some(dates) => ClosedOn::Days(self.date_list(&dates)?),
                        None => {
                            let mut dates = self.date_list(&part)?.into_iter();
                            ClosedOn::Stretch { from: dates.next()?, until: dates.next()? }
                        }
                    },
                    value: child(&part, Rule::reference).and_then(|value| self.name(&value)),
                },
                Rule::timetable => {
                    let bells =
                        children(&part, Rule::bell).map(|bell| self.bell(&bell)).collect::<Option<_>>()?;
                    match child(&part, Rule::dates) {
                        Some(dates) => CalendarPart::Special { dates: self.date_list(&dates)?, bells },
                        None => CalendarPart::Week { weekdays: self.listed(&part, Rule::or_list)?, bells },
                    }
                }
                _ => continue,
            });
        }
        Some(Calendar {
            name: self.named(node, Rule::plain)?,
            title: texts.next()?,
            zone: texts.next()?,
            fact: self.named(node, Rule::reference)?,
            parts,
        })
    }

    fn date_list(&self, node: &Node<'_>) -> Option<Vec<DateLit>> {
        children(node, Rule::date).map(|date| self.date_leaf(&date)).collect()
    }

    fn bell(&self, node: &Node<'_>) -> Option<Bell> {
        let hours = |part: Node<'_>| {
            let mut times = children(&part, Rule::time).map(|time| self.time_leaf(&time));
            let first = times.next()??;
            let second = times.next().flatten();
            let from_midnight = !has(&part, Rule::k_from);
            Some(Hours {
                from: (!from_midnight).then_some(first),
                until: if from_midnight { Some(first) } else { second },
                span: self.span(&part),
            })
        };
        Some(Bell {
            value: self.named(node, Rule::reference)?,
            hours: children(node, Rule::hours).map(hours).collect::<Option<_>>()?,
        })
    }
}
