//! Facts that follow from when the question is about: what they can be at once, where the date or the time is not known.
//!
//! A moment is a date and a minute. Periods and the weekday follow from its date, the clock from its minute, and what a
//! calendar tells from both, unless the question states them. So they are tied: they are completed together, as rows
//! of values that some moment has, and never as values that no moment has at once (decision 0011).

use crate::completions::holds;
use alloc::vec::Vec;
use byelaw_data::{
    Calendar, Date, DayKind, FactId, Listed as _, Map, Minute, Question, Set, Stated, ValueId, Weekday,
};
use byelaw_ir::{ON, Program, Slice};

/// Facts that are completed together.
#[derive(Debug, Clone)]
pub(crate) struct Tied {
    /// The facts, each with the part of the moment by which it is told.
    pub facts: Vec<(FactId, Follows)>,
    /// What they can be at once: one value for each, without repetitions.
    pub rows: Vec<Vec<ValueId>>,
    /// For each of the rows a moment.
    moments: Vec<At>,
}

/// What the facts of an act that follow from the moment can be at once, each time with such a moment.
#[derive(Debug, Clone)]
pub struct Moments {
    /// The facts. The date is among them whenever another one hangs on it.
    pub facts: Vec<FactId>,
    /// A moment, and one value for each fact: what they are then. A moment of which a calendar tells nothing comes
    /// last, and only for values that no other one has.
    pub rows: Vec<(Date, Minute, Vec<ValueId>)>,
}

impl Moments {
    /// Those that the rules about one act tell apart; `None` if they look at no fact that follows from the moment.
    pub fn of(program: &Program, slice: &Slice) -> Option<Moments> {
        let tied = Tied::of(program, slice, &Question::default())?;
        Some(tied.moments())
    }
}

/// A moment that has the values of a row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At {
    date: Date,
    minute: Minute,
    /// Whether everything follows from it: no calendar leaves its fact open.
    told: bool,
}

/// What a fact follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Follows {
    /// The date: the date itself, a period, the weekday.
    Date,
    /// The time of day.
    Time,
    /// Both; the fact of a calendar.
    Calendar(FactId),
}

/// What the question says of its moment.
struct Moment {
    on: Option<Date>,
    /// Where the date is not known: the weekdays that it may be.
    weekdays: Vec<Weekday>,
    /// The first and the last minute.
    minutes: (Minute, Minute),
}

/// What the fact follows from, if the question leaves it to the moment and does not say the moment.
pub(crate) fn follows(program: &Program, question: &Question, id: FactId) -> Option<Follows> {
    let dated = question.on.is_none().then_some(Follows::Date);
    let stated = question.facts.get(&id);
    if id == ON {
        return dated;
    }
    if program.weekday == Some(id) {
        return dated.filter(|_| !matches!(stated, Some(Stated::Value(_) | Stated::Unknown)));
    }
    if program.clock == Some(id) {
        let open = match stated {
            None => question.at.is_none(),
            Some(stated) => *stated == Stated::Unknown,
        };
        return open.then_some(Follows::Time);
    }
    if stated.is_some() {
        return None;
    }
    if program.calendar(id).is_some() {
        let known = question.on.is_some() && minutes(program, question).0 == minutes(program, question).1;
        return (!known).then_some(Follows::Calendar(id));
    }
    let period = program.facts.get(usize::from(id.0)).is_some_and(|f| f.period.is_some());
    dated.filter(|_| period)
}

/// The value that the moment of the question gives a fact that it does not state; `None` if it gives it none.
pub(crate) fn told(program: &Program, question: &Question, id: FactId) -> Option<ValueId> {
    if program.weekday == Some(id) {
        return question.on.map(|on| on.weekday().value());
    }
    let (first, last) = minutes(program, question);
    let minute = (first == last).then_some(first)?;
    if program.clock == Some(id) {
        let domain = &program.facts.get(usize::from(id.0))?.domain;
        return domain.cell(i64::from(minute.minutes()));
    }
    program.calendar(id)?.value(question.on?, minute)
}

/// The first and the last minute that it may be. A stated time of day is the time.
fn minutes(program: &Program, question: &Question) -> (Minute, Minute) {
    let stated = program.clock.and_then(|clock| question.facts.get(&clock));
    let known = match stated {
        Some(Stated::Number(minute)) => u16::try_from(*minute).ok().and_then(Minute::new),
        Some(_) => None,
        None => question.at,
    };
    known.map_or((Minute::FIRST, Minute::LAST), |minute| (minute, minute))
}

fn moment(program: &Program, question: &Question) -> Moment {
    let stated = program.weekday.and_then(|weekday| question.facts.get(&weekday));
    let may_be = |day: &Weekday| match stated {
        Some(Stated::Value(value)) => day.value() == *value,
        Some(Stated::Among { values, .. }) => values.contains(&day.value()),
        _ => true,
    };
    Moment {
        on: question.on,
        weekdays: Weekday::ALL.into_iter().filter(may_be).list(),
        minutes: minutes(program, question),
    }
}

impl Tied {
    /// The rows, each with its moment: first those of moments of which every calendar tells what they are.
    pub fn moments(self) -> Moments {
        let (told, open): (Vec<_>, Vec<_>) =
            self.rows.into_iter().zip(self.moments).partition(|(_, at)| at.told);
        let rows = told.into_iter().chain(open).map(|(row, at)| (at.date, at.minute, row)).list();
        Moments { facts: self.facts.into_iter().map(|(fact, _)| fact).list(), rows }
    }

    /// The facts of a slice that are tied by an unknown moment; none if the moment is known or does not matter.
    pub fn of(program: &Program, slice: &Slice, question: &Question) -> Option<Tied> {
        let mut facts: Vec<(FactId, Follows)> = slice
            .facts
            .iter()
            .filter(|f| f.fact != ON)
            .filter_map(|f| follows(program, question, f.fact).map(|by| (f.fact, by)))
            .list();
        let dated = facts.iter().any(|(_, by)| *by == Follows::Date);
        if question.on.is_none() && (dated || slice.facts.iter().any(|f| f.fact == ON)) {
            facts.insert(0, (ON, Follows::Date));
        }
        if facts.is_empty() {
            return None;
        }
        let moment = moment(program, question);
        let mut rows =
            Rows { program, facts: &facts, seen: Map::new(), rows: Vec::new(), moments: Vec::new() };
        let calendars: Vec<&Calendar> = facts.iter().filter_map(|(id, _)| program.calendar(*id)).list();
        let mut met: Set<(ValueId, Option<Weekday>, Vec<DayKind>)> = Set::new();
        let weekday = program.weekday.filter(|w| facts.iter().any(|(id, _)| id == w));
        for (cell, date) in days(program, &moment, &calendars) {
            // Days that are alike in everything that a fact follows from are looked at once.
            let kinds = calendars.iter().map(|c| c.kind(date)).list();
            if met.insert((cell, weekday.map(|_| date.weekday()), kinds)) {
                rows.add_day(cell, date, &calendars, moment.minutes);
            }
        }
        let Rows { rows, moments, .. } = rows;
        Some(Tied { facts, rows, moments })
    }
}

/// Days of which every day that a question can tell apart has one alike, each with its cell of the date.
fn days(program: &Program, moment: &Moment, calendars: &[&Calendar]) -> Vec<(ValueId, Date)> {
    let Some(domain) = program.facts.get(usize::from(ON.0)).map(|f| &f.domain) else { return Vec::new() };
    if let Some(on) = moment.on {
        return domain.cell(on.days()).map(|cell| (cell, on)).into_iter().list();
    }
    // Where the days may begin to be others: at the ends of cells and of the calendars' stretches.
    let mut starts: Set<i64> = Set::new();
    for calendar in calendars {
        starts.extend([calendar.from.days(), calendar.until.days()]);
        starts.extend(calendar.stretches.iter().flat_map(|s| [s.from.days(), s.until.days()]));
    }
    let cells = (0..domain.width()).filter_map(|c| u16::try_from(c).ok().map(ValueId));
    starts.extend(cells.filter_map(|cell| domain.range(cell)).map(|(first, _)| first));
    let starts: Vec<i64> = starts.into_iter().list();
    let ends = starts.iter().skip(1).copied().chain([i64::MAX]);
    let mut found = Vec::new();
    for (start, end) in starts.iter().zip(ends) {
        // A week of each stretch has every weekday that the stretch has.
        let week = (*start..end.min(start.saturating_add(7))).filter_map(Date::from_days);
        for date in week.filter(|d| moment.weekdays.contains(&d.weekday())) {
            found.extend(domain.cell(date.days()).map(|cell| (cell, date)));
        }
    }
    found
}

struct Rows<'a> {
    program: &'a Program,
    facts: &'a [(FactId, Follows)],
    /// The place of each row.
    seen: Map<Vec<ValueId>, usize>,
    rows: Vec<Vec<ValueId>>,
    moments: Vec<At>,
}

impl Rows<'_> {
    /// Adds what the facts can be on one day.
    fn add_day(&mut self, cell: ValueId, date: Date, calendars: &[&Calendar], minutes: (Minute, Minute)) {
        let (first, last) = (minutes.0.minutes(), minutes.1.minutes());
        let mut starts: Set<u16> = Set::from([first]);
        for calendar in calendars {
            starts.extend(calendar.parts(date).iter().map(|part| part.from));
        }
        let clock = self.facts.iter().find(|(_, by)| *by == Follows::Time);
        let domain = clock.and_then(|(id, _)| self.program.facts.get(usize::from(id.0))).map(|f| &f.domain);
        if let Some(domain) = domain {
            let cells = (0..domain.width()).filter_map(|c| u16::try_from(c).ok().map(ValueId));
            let begin = |cell| domain.range(cell).and_then(|(first, _)| u16::try_from(first).ok());
            starts.extend(cells.filter_map(begin));
        }
        for minute in starts.into_iter().filter(|m| first <= *m && *m <= last).filter_map(Minute::new) {
            self.add_moment(cell, date, minute);
        }
    }

    /// Adds what the facts can be at one moment: more than one row where it leaves something open.
    fn add_moment(&mut self, cell: ValueId, date: Date, minute: Minute) {
        let mut rows: Vec<Vec<ValueId>> = alloc::vec![Vec::new()];
        for (id, by) in self.facts {
            let values = self.values(*id, *by, cell, date, minute);
            rows = rows
                .into_iter()
                .flat_map(|row| {
                    values.iter().map(move |value| {
                        let mut next = row.clone();
                        next.push(*value);
                        next
                    })
                })
                .list();
        }
        let at = At { date, minute, told: rows.len() == 1 };
        for row in rows {
            match self.seen.get(&row).and_then(|place| self.moments.get_mut(*place)) {
                Some(known) if !known.told => *known = at,
                Some(_) => {}
                None => {
                    self.seen.insert(row.clone(), self.rows.len());
                    self.rows.push(row);
                    self.moments.push(at);
                }
            }
        }
    }

    fn values(&self, id: FactId, by: Follows, cell: ValueId, date: Date, minute: Minute) -> Vec<ValueId> {
        let fact = self.program.facts.get(usize::from(id.0));
        let all =
            || (0..fact.map_or(0, |f| f.domain.width())).filter_map(|v| u16::try_from(v).ok().map(ValueId));
        match by {
            Follows::Date if id == ON => alloc::vec![cell],
            Follows::Date => match fact.and_then(|f| f.period) {
                Some((from, until)) => holds(from, until, date.days(), date.days()),
                None => alloc::vec![date.weekday().value()],
            },
            Follows::Time => fact.and_then(|f| f.domain.cell(i64::from(minute.minutes()))).into_iter().list(),
            Follows::Calendar(id) => {
                match self.program.calendar(id).and_then(|calendar| calendar.value(date, minute)) {
                    Some(value) => alloc::vec![value],
                    None => all().list(),
                }
            }
        }
    }
}
