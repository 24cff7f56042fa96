//! Calendars: which value of a fact holds at every minute of every day, or a message that says where none or two do.

use crate::Input;
use crate::hir::{Calendar, InForce, Instrument, Kind, NamedDays};
use crate::names::{Named, Scope};
use crate::vocabulary::date;
use byelaw_data::{
    Calendar as Plan, Date, Days, FactId, MINUTES, MOST_DAYS, Minute, Stretch, Timetable, ValueId, Weekday,
};
use byelaw_diagnostic::{Diagnostic, Span, nearest};
use byelaw_syntax::ast::{self, Bell, CalendarPart, ClosedOn, Name, TimeLit};
use std::collections::{BTreeMap, BTreeSet};

/// The names of the IANA time zone database, sorted, one on a line. A host's own database knows them all.
const ZONES: &str = include_str!("zones.txt");

/// Days that a sentence names, with where it does.
struct Stated {
    name: String,
    from: Date,
    until: Date,
    span: Span,
    /// For closed days: their value, if not the calendar's.
    value: Option<ValueId>,
}

/// What is read of a calendar before it is put together.
#[derive(Default)]
struct Draft {
    closed: Option<ValueId>,
    beyond: Option<ValueId>,
    counts: Option<Name>,
    open: Vec<Stated>,
    shut: Vec<Stated>,
    week: [Option<(u16, Span)>; 7],
    special: BTreeMap<Date, (u16, Span)>,
    timetables: Vec<Timetable>,
    named: Vec<NamedDays>,
    /// Something is missing that was reported; what follows from it is not worth a second message.
    broken: bool,
}

impl Scope {
    /// Resolves a calendar. One with errors is left out of the model, which then is not used.
    pub fn declare_calendar(&mut self, calendar: &ast::Calendar) {
        let Some(fact) = self.told_fact(calendar) else { return };
        self.zone(calendar);
        let mut draft = Draft::default();
        for part in &calendar.parts {
            self.calendar_part(&mut draft, fact, part);
        }
        draft.open.sort_by_key(|s| s.from);
        self.counted_days(calendar, &draft);
        self.days_twice(calendar, &draft);
        let Some(plan) = self.plan(calendar, fact, &draft) else { return };
        self.idle_days(&draft, &plan);
        self.model.calendars.push(Calendar {
            name: calendar.name.text.clone(),
            title: calendar.title.text.clone(),
            zone: calendar.zone.text.clone(),
            counts: draft.counts.map(|name| name.text),
            plan,
            named: draft.named,
            span: calendar.name.span,
        });
    }

    /// The fact that a calendar tells: one with a list of values of its own, told by no other.
    fn told_fact(&mut self, calendar: &ast::Calendar) -> Option<FactId> {
        let name = &calendar.fact;
        let id = self.fact(name)?;
        let this = self.model.fact(id).clone();
        let why = match &this.kind {
            Kind::OneOf(_) if this.left_to.is_some() => Some("is left to somebody"),
            Kind::OneOf(_) if self.model.subject == Some(id) => Some("says who asks"),
            Kind::OneOf(_) if !this.presumed.is_empty() => Some("is presumed to have a value"),
            Kind::OneOf(_) => None,
            _ => Some("does not have one value of a list"),
        };
        if let Some(why) = why {
            let mut diagnostic = Diagnostic::error(
                "B0143",
                name.span,
                format!("a calendar cannot tell `{}`, which {why}", name.text),
            )
            .help("a calendar tells a fact that is `one of: ...` its values and is not presumed");
            if let Some(span) = this.word.span {
                diagnostic = diagnostic.related(span, "declared here");
            }
            self.report(diagnostic);
            return None;
        }
        let other = self.model.calendars.iter().find(|c| c.plan.fact == id || c.name == calendar.name.text);
        if let Some(other) = other {
            let (span, same) = (other.span, other.name == calendar.name.text);
            let message = if same {
                format!("the calendar `{}` is declared twice", calendar.name.text)
            } else {
                format!("a second calendar tells `{}`", name.text)
            };
            self.report(
                Diagnostic::error("B0142", calendar.name.span, message)
                    .label("second calendar")
                    .related(span, "the first")
                    .help("put their days and times into one calendar"),
            );
            return None;
        }
        Some(id)
    }

    fn zone(&mut self, calendar: &ast::Calendar) {
        let zone = &calendar.zone;
        if ZONES.lines().all(|known| known != zone.text) {
            let near = nearest(&zone.text, ZONES.lines());
            let mut diagnostic = Diagnostic::error(
                "B0147",
                zone.span,
                format!("there is no time zone called `{}`", zone.text),
            )
            .label("not a name of the IANA time zone database");
            diagnostic = match near.first() {
                Some(first) => diagnostic.help(format!("did you mean `{first}`?")),
                None => {
                    diagnostic.help("write its name as the database has it, for instance `Europe/London`")
                }
            };
            self.report(diagnostic);
        }
        if let Some(other) = self.model.calendars.iter().find(|c| c.zone != zone.text) {
            let span = other.span;
            self.report(
                Diagnostic::error("B0147", zone.span, "the calendars of a pack keep one time zone")
                    .label("another one")
                    .related(span, "the first calendar")
                    .help("the local time of a question is that of one place; give both calendars its zone"),
            );
        }
    }

    fn calendar_part(&mut self, draft: &mut Draft, fact: FactId, part: &CalendarPart) {
        match part {
            CalendarPart::Counting(name) => {
                if let Some(first) = &draft.counts {
                    self.part_twice(name, "counting", name.span, first.span);
                }
                draft.counts = Some(name.clone());
            }
            CalendarPart::ClosedDays(name) => {
                let value = self.one_value(fact, name);
                draft.broken |= value.is_none();
                if draft.closed.is_some() {
                    self.part_twice(name, "closed days are", name.span, name.span);
                }
                draft.closed = value;
            }
            CalendarPart::DaysBeyond(name) => {
                let value = self.one_value(fact, name);
                if draft.beyond.is_some() {
                    self.part_twice(name, "days beyond are", name.span, name.span);
                }
                draft.beyond = value;
            }
            CalendarPart::Open { name, label, from, until } => match self.stretch_of(name, from, until) {
                Some(stated) => {
                    draft.named.push(NamedDays::of(name, label.as_ref(), &(stated.from, stated.until), true));
                    draft.open.push(stated);
                }
                None => draft.broken = true,
            },
            CalendarPart::Closed { name, label, days, value } => {
                let own = value.as_ref().map(|v| self.one_value(fact, v));
                draft.broken |= own == Some(None);
                let stretches = match days {
                    ClosedOn::Stretch { from, until } => vec![self.stretch_of(name, from, until)],
                    ClosedOn::Days(dates) => dates.iter().map(|d| self.single_day(name, d)).collect(),
                };
                for stated in stretches {
                    let Some(stated) = stated else {
                        draft.broken = true;
                        continue;
                    };
                    draft.named.push(NamedDays::of(
                        name,
                        label.as_ref(),
                        &(stated.from, stated.until),
                        false,
                    ));
                    draft.shut.push(Stated { value: own.flatten(), ..stated });
                }
            }
            CalendarPart::Week { weekdays, bells } => {
                let on: Vec<String> = weekdays.iter().map(|d| d.text.clone()).collect();
                let Some(timetable) = self.timetable(draft, fact, bells, &on) else { return };
                for name in weekdays {
                    let known = Weekday::ALL.map(Weekday::as_str);
                    let Some(place) = known.iter().position(|d| *d == name.text) else {
                        self.unknown("B0102", name.span, "weekday", &name.text, known);
                        draft.broken = true;
                        continue;
                    };
                    match draft.week[place] {
                        Some((_, first)) => {
                            draft.broken = true;
                            self.day_twice(name.span, first, &format!("two timetables for {}", name.text));
                        }
                        None => draft.week[place] = Some((timetable, name.span)),
                    }
                }
            }
            CalendarPart::Special { dates, bells } => {
                let days: Vec<(Date, Span)> =
                    dates.iter().filter_map(|d| Some((date(self, d)?, d.span))).collect();
                draft.broken |= days.len() < dates.len();
                let on: Vec<String> = days.iter().map(|(day, _)| day.to_string()).collect();
                let Some(timetable) = self.timetable(draft, fact, bells, &on) else { return };
                for (day, span) in days {
                    match draft.special.get(&day) {
                        Some((_, first)) => {
                            let first = *first;
                            draft.broken = true;
                            self.day_twice(span, first, &format!("two timetables for {day}"));
                        }
                        None => {
                            draft.special.insert(day, (timetable, span));
                        }
                    }
                }
            }
        }
    }

    fn day_twice(&mut self, span: Span, first: Span, message: &str) {
        self.report(
            Diagnostic::error("B0144", span, message)
                .label("second time")
                .related(first, "first said here")
                .help("keep one of them: of each day a calendar says one thing"),
        );
    }

    /// One value of the fact, by its name.
    fn one_value(&mut self, fact: FactId, name: &Name) -> Option<ValueId> {
        if let Some(Named::Values(values)) = self.look_up(fact, &name.text)
            && let [value] = values.as_slice()
        {
            return Some(*value);
        }
        if self.look_up(fact, &name.text).is_some() {
            self.report(
                Diagnostic::error("B0107", name.span, format!("`{}` stands for several values", name.text))
                    .label("not one value")
                    .help("a calendar gives each time one value; name it"),
            );
        } else {
            self.unknown_value(fact, name);
        }
        None
    }

    fn stretch_of(&mut self, name: &Name, from: &ast::DateLit, until: &ast::DateLit) -> Option<Stated> {
        let span = from.span.to(until.span);
        let (from, until) = (date(self, from)?, date(self, until)?);
        if until <= from {
            self.report(
                Diagnostic::error("B0108", span, format!("`{}` ends before it begins", name.text))
                    .help("`until` is the first day after it"),
            );
            return None;
        }
        Some(Stated { name: name.text.clone(), from, until, span, value: None })
    }

    fn single_day(&mut self, name: &Name, day: &ast::DateLit) -> Option<Stated> {
        let from = date(self, day)?;
        let until = next(from);
        Some(Stated { name: name.text.clone(), from, until, span: day.span, value: None })
    }

    /// Reads the times of a day; reports every hole and every overlap. `None` if something else was wrong.
    fn timetable(&mut self, draft: &mut Draft, fact: FactId, bells: &[Bell], on: &[String]) -> Option<u16> {
        // What each minute of the day was given, and by which words.
        let mut given: Vec<Option<(ValueId, Span)>> = vec![None; usize::from(MINUTES)];
        let mut doubled: Vec<(u16, u16, Span, Span)> = Vec::new();
        let mut read = true;
        for bell in bells {
            let value = self.one_value(fact, &bell.value);
            for hours in &bell.hours {
                let range = self.minutes(hours);
                let (Some(value), Some((from, until))) = (value, range) else {
                    read = false;
                    continue;
                };
                for minute in from..until {
                    let place = &mut given[usize::from(minute)];
                    match (*place, doubled.last_mut()) {
                        (None, _) => *place = Some((value, hours.span)),
                        // The overlap goes on.
                        (Some((_, first)), Some((_, end, a, b)))
                            if *end == minute && *a == first && *b == hours.span =>
                        {
                            *end = minute + 1;
                        }
                        (Some((_, first)), _) => doubled.push((minute, minute + 1, first, hours.span)),
                    }
                }
            }
        }
        let days = listed(on);
        for (from, until, first, second) in &doubled {
            self.report(
                Diagnostic::error(
                    "B0141",
                    *second,
                    format!("{} on {days} stands twice in the calendar", between(*from, *until)),
                )
                .label("overlaps")
                .related(*first, "already taken here")
                .help("end the first where the second begins: `until` is the minute at which it no longer holds"),
            );
        }
        if !read {
            draft.broken = true;
            return None;
        }
        let mut at = 0;
        while at < MINUTES {
            let free = |m: u16| given[usize::from(m)].is_none();
            if free(at) {
                let end = (at..MINUTES).find(|m| !free(*m)).unwrap_or(MINUTES);
                let span = bells.iter().map(|b| b.value.span).reduce(Span::to);
                let mut diagnostic = Diagnostic::new(
                    "B0140",
                    byelaw_diagnostic::Severity::Error,
                    span,
                    format!("{} on {days} has no value in the calendar", between(at, end)),
                );
                diagnostic = match (at, end) {
                    (0, _) => diagnostic.help("begin the day with `VALUE until TIME`"),
                    (_, MINUTES) => diagnostic.help("end the day with `VALUE from TIME`, without `until`"),
                    _ => diagnostic.help("give this time to one of the values: `VALUE from TIME until TIME`"),
                };
                self.report(diagnostic);
                draft.broken = true;
                at = end;
            } else {
                at += 1;
            }
        }
        draft.broken |= !doubled.is_empty();
        let mut begins: Vec<(Minute, ValueId)> = Vec::new();
        for (minute, one) in (0..MINUTES).filter_map(Minute::new).zip(&given) {
            if let Some((value, _)) = one
                && begins.last().is_none_or(|(_, last)| last != value)
            {
                begins.push((minute, *value));
            }
        }
        let place = u16::try_from(draft.timetables.len()).ok()?;
        draft.timetables.push(Timetable { begins });
        Some(place)
    }

    /// The minutes of a part of a day, the second left out.
    fn minutes(&mut self, hours: &ast::Hours) -> Option<(u16, u16)> {
        let from = match &hours.from {
            Some(from) => self.minute(from)?.minutes(),
            None => 0,
        };
        let until = match &hours.until {
            Some(until) => self.minute(until)?.minutes(),
            None => MINUTES,
        };
        if until <= from {
            self.past_midnight(hours.span);
            return None;
        }
        Some((from, until))
    }

    /// A time that a day has, or a message.
    pub fn minute(&mut self, time: &TimeLit) -> Option<Minute> {
        let found = Minute::from_hm(time.hour, time.minute);
        if found.is_none() {
            let mut diagnostic = Diagnostic::error(
                "B0145",
                time.span,
                format!("no day has the time {:02}:{:02}", time.hour, time.minute),
            )
            .label("no such time");
            diagnostic = if (time.hour, time.minute) == (24, 0) {
                diagnostic.help("a stretch that lasts until midnight has no `until`: write `from TIME`")
            } else {
                diagnostic.help("times run from 00:00 to 23:59")
            };
            self.report(diagnostic);
        }
        found
    }

    /// Reports a stretch of a day whose end is not after its beginning.
    pub fn past_midnight(&mut self, span: Span) {
        self.report(
            Diagnostic::error("B0146", span, "this stretch of a day ends before it begins")
                .note("a stretch of a day does not run past midnight: the next day is another day")
                .help(
                    "name the evening and the morning by themselves: `at or after 22:00` or `before 06:00`",
                ),
        );
    }

    /// Two calendars must not count days of one name.
    fn counted_days(&mut self, calendar: &ast::Calendar, draft: &Draft) {
        let Some(counts) = &draft.counts else { return };
        let other = self.model.calendars.iter().find(|c| c.counts.as_ref() == Some(&counts.text));
        if let Some(other) = other {
            let span = other.span;
            self.report(
                Diagnostic::error("B0142", counts.span, format!("two calendars count {} days", counts.text))
                    .label(format!("`{}` counts them too", calendar.name.text))
                    .related(span, "the first calendar")
                    .help("let one of them count, or give their days different names"),
            );
        }
    }

    /// Days of which two things are said.
    fn days_twice(&mut self, calendar: &ast::Calendar, draft: &Draft) {
        for (a, b) in draft.open.iter().zip(draft.open.iter().skip(1)) {
            if b.from < a.until {
                let days = days_between(b.from, a.until.min(b.until));
                let message = format!("`{}` and `{}` are both open on {days}", a.name, b.name);
                self.day_twice(b.span, a.span, &message);
            }
        }
        for (i, a) in draft.shut.iter().enumerate() {
            for b in draft.shut.iter().skip(i + 1) {
                let (from, until) = (a.from.max(b.from), a.until.min(b.until));
                if from < until && a.value != b.value {
                    let days = days_between(from, until);
                    let message = format!("`{}` and `{}` give {days} different values", a.name, b.name);
                    self.day_twice(b.span, a.span, &message);
                }
            }
            for (day, (_, span)) in draft.special.range(a.from..a.until) {
                let message = format!("{day} is closed by `{}` and has a timetable", a.name);
                self.day_twice(*span, a.span, &message);
            }
        }
        for (day, (_, span)) in &draft.special {
            if !draft.open.iter().any(|s| s.from <= *day && *day < s.until) && !draft.open.is_empty() {
                self.report(
                    Diagnostic::error("B0144", *span, format!("{day} has a timetable and is not open"))
                        .label("in no `open` stretch")
                        .help(format!(
                            "add `open NAME from {day} until {}` to `{}`, or mend the date",
                            next(*day),
                            calendar.name.text
                        )),
                );
            }
        }
    }

    /// Puts the days together; reports days that have no value.
    fn plan(&mut self, calendar: &ast::Calendar, fact: FactId, draft: &Draft) -> Option<Plan> {
        let says_nothing = |scope: &mut Self, message: String, help: &str| {
            scope.report(Diagnostic::error("B0149", calendar.name.span, message).help(help));
        };
        let name = &calendar.name.text;
        let (Some(first), Some(last)) =
            (draft.open.first().map(|s| s.from), draft.open.iter().map(|s| s.until).max())
        else {
            if !draft.broken {
                says_nothing(
                    self,
                    format!("the calendar `{name}` is never open"),
                    "add `open NAME from DATE until DATE`",
                );
            }
            return None;
        };
        if last.days() - first.days() > MOST_DAYS {
            says_nothing(
                self,
                format!("the calendar `{name}` reaches over more than a hundred years"),
                "mend the year of its first or last day",
            );
            return None;
        }
        let timetables = draft.week.iter().any(Option::is_some) || !draft.special.is_empty();
        if !timetables && !draft.broken {
            says_nothing(
                self,
                format!("no day of the calendar `{name}` has a timetable"),
                "add `on monday, tuesday or wednesday: VALUE until TIME, ...`",
            );
            return None;
        }
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut no_value: Option<Date> = None;
        let mut push = |day: Date, days: Days| match stretches.last_mut() {
            Some(last) if last.until == day && last.days == days && !matches!(days, Days::Special(_)) => {
                last.until = next(day);
            }
            _ => stretches.push(Stretch { from: day, until: next(day), days }),
        };
        let mut day = first;
        while day < last {
            let shut = draft.shut.iter().filter(|s| s.from <= day && day < s.until);
            let shut: Vec<Option<ValueId>> = shut.map(|s| s.value).collect();
            let open = draft.open.iter().any(|s| s.from <= day && day < s.until);
            let mut closed = false;
            if let Some((timetable, _)) = draft.special.get(&day) {
                push(day, Days::Special(*timetable));
            } else if let Some(value) = shut.iter().flatten().next() {
                push(day, Days::Closed(*value));
            } else if !shut.is_empty() || !open {
                closed = true;
            } else {
                push(day, Days::Open);
                closed = draft.week[day.weekday().place()].is_none();
            }
            if closed && draft.closed.is_none() && no_value.is_none() {
                no_value = Some(day);
            }
            day = next(day);
        }
        if let Some(day) = no_value
            && !draft.broken
        {
            self.report(
                Diagnostic::error(
                    "B0140",
                    calendar.name.span,
                    format!(
                        "{day}, a {}, is closed and has no value in the calendar",
                        day.weekday().as_str()
                    ),
                )
                .help("add `closed days are VALUE`"),
            );
            return None;
        }
        if draft.broken {
            return None;
        }
        Some(Plan {
            fact,
            from: first,
            until: last,
            stretches,
            closed: draft.closed.unwrap_or(ValueId(0)),
            beyond: draft.beyond,
            week: draft.week.map(|day| day.map(|(timetable, _)| timetable)),
            timetables: draft.timetables.clone(),
        })
    }

    /// Warns of days and timetables that never occur.
    fn idle_days(&mut self, draft: &Draft, plan: &Plan) {
        for shut in &draft.shut {
            if shut.until <= plan.from || plan.until <= shut.from {
                self.never(
                    shut.span,
                    &format!(
                        "`{}` lies beyond the calendar, which reaches from {} until {}",
                        shut.name, plan.from, plan.until
                    ),
                    "mend its dates, or take it away",
                );
            }
        }
        let mut occur: BTreeSet<Weekday> = BTreeSet::new();
        for stretch in plan.stretches.iter().filter(|s| s.days == Days::Open) {
            let days = (stretch.from.days()..stretch.until.days()).take(7).filter_map(Date::from_days);
            occur.extend(days.map(Date::weekday));
        }
        let mut uses: BTreeMap<u16, (Span, bool)> = BTreeMap::new();
        for (day, timetable) in Weekday::ALL.into_iter().zip(&draft.week) {
            if let Some((place, span)) = timetable {
                let (_, used) = uses.entry(*place).or_insert((*span, false));
                *used |= occur.contains(&day);
            }
        }
        for (span, _) in uses.into_values().filter(|(_, used)| !used) {
            self.never(
                span,
                "no open day of the calendar has this timetable",
                "no such weekday lies in an open stretch; mend the stretch, or take the timetable away",
            );
        }
    }

    /// Warns of something that never takes effect.
    pub fn never(&mut self, span: Span, message: &str, help: &str) {
        self.report(
            Diagnostic::warning("B0148", span, message.to_owned()).label("never").help(help.to_owned()),
        );
    }

    /// Warns of periods of the pack that are over before anything of it is in force.
    pub fn idle_periods(&mut self, files: &[Input<'_>]) {
        let begins = |i: &Instrument| {
            let dates = i.in_force.iter().filter_map(|time| match time {
                InForce::Dates { from, .. } => Some(*from),
                InForce::While(_) => None,
            });
            dates.max()
        };
        // One that always held uses every period.
        let starts: Option<Vec<Date>> = self.model.instruments.iter().map(begins).collect();
        let Some(first) = starts.and_then(|starts| starts.into_iter().min()) else { return };
        for sentence in files.iter().filter(|f| f.folder == 0).flat_map(|f| f.sentences) {
            let ast::Item::Period(period) = &sentence.item else { continue };
            let name = &period.word.name;
            let dates = self.facts.get(&name.text).and_then(|id| self.model.fact(*id).period);
            if let Some(until) = dates.and_then(|d| d.until).filter(|until| *until <= first) {
                self.never(
                    name.span,
                    &format!("`{}` ends on {until}, before anything of this pack is in force", name.text),
                    "mend its dates, or take it away",
                );
            }
        }
    }

    /// What follows from when the question is about is never presumed.
    pub fn refuse_presumed_moments(&mut self) {
        let told = [self.model.clock, self.model.weekday];
        let mut found = Vec::new();
        for fact in told.into_iter().flatten().map(|id| self.model.fact(id)) {
            let group = fact.groups.iter().find(|g| !g.ordinarily.is_empty());
            if !fact.presumed.is_empty() {
                found.push((fact.word.name.clone(), fact.word.span));
            } else if let Some(group) = group {
                found.push((group.word.name.clone(), group.word.span));
            }
        }
        for (name, span) in found {
            self.report(
                Diagnostic::new(
                    "B0143",
                    byelaw_diagnostic::Severity::Error,
                    span,
                    format!(
                        "nothing can be presumed of `{name}`: it follows from when the question is about"
                    ),
                )
                .help("take `presumed` or `ordinarily` away"),
            );
        }
    }

    /// Notes the clock or the weekday of the pack; there is one of each.
    pub fn follows_moment(&mut self, name: &Name, id: FactId) {
        let first = match self.model.fact(id).kind {
            Kind::Time => self.model.clock.replace(id),
            Kind::Weekday => self.model.weekday.replace(id),
            _ => None,
        };
        if let Some(first) = first {
            let mut diagnostic = Diagnostic::error(
                "B0142",
                name.span,
                format!("`{}` and `{}` are the same thing", self.model.fact(first).word.name, name.text),
            )
            .label("second one")
            .note("a time of day and a weekday follow from when the question is about")
            .help("keep one of them and use its name");
            if let Some(span) = self.model.fact(first).word.span {
                diagnostic = diagnostic.related(span, "the first");
            }
            self.report(diagnostic);
        }
    }
}

impl NamedDays {
    fn of(name: &Name, label: Option<&ast::Text>, days: &(Date, Date), open: bool) -> Self {
        Self {
            name: name.text.clone(),
            label: label.map(|l| l.text.clone()),
            from: days.0,
            until: days.1,
            open,
        }
    }
}

/// The day after; the last day of all is followed by itself, which no calendar reaches.
fn next(day: Date) -> Date {
    Date::from_days(day.days() + 1).unwrap_or(day)
}

fn between(from: u16, until: u16) -> String {
    let shown = |at: u16| Minute::new(at).map_or_else(|| "midnight".to_owned(), |m| m.to_string());
    format!("the time from {} until {}", shown(from), shown(until))
}

fn days_between(from: Date, until: Date) -> String {
    match Date::from_days(until.days() - 1) {
        Some(last) if last > from => format!("{from} to {last}"),
        _ => from.to_string(),
    }
}

fn listed(words: &[String]) -> String {
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
