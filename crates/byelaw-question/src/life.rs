//! The life of duties over a log of what happened and what was done (semantics 2.10): each duty is open until it is
//! done, in time or late, or waived; one that is not done in time is breached until then.
//!
//! In: a compiled program and entries in numbers. Out: every duty that the log opened, with its state on a day. A fold
//! over the entries in the order of their days; which duties an entry opens is what a question would be told, whatever
//! its outcome.
//! Not here: the log as text, who reads the account, any clock.

use crate::stands;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use byelaw_data::{Date, DeedId, Due, FactId, Occasion, Question, RuleId, Stated, Turn, ValueId};
use byelaw_ir::{DutyName, Program};

/// The most duties that an account may hold.
pub const MOST_OWED: usize = 100_000;

/// One entry of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The day.
    pub on: Date,
    /// The case that it belongs to: what is done in one case closes no duty of another.
    pub case: usize,
    /// What happened, as questions of which each opens its duties; empty if the entry only tells what was done. A
    /// question with an act opens what comes with the act, one with an event what comes with the event, one with
    /// neither the duties that stand always. One that does not say who the subject is opens everybody's.
    pub happened: Vec<Question>,
    /// Deeds done on this day.
    pub did: BTreeSet<DeedId>,
    /// Deeds that need not be done any more.
    pub waived: BTreeSet<DeedId>,
    /// Whether the case ends: duties that come again and again do not come again after this day.
    pub ends: bool,
}

/// What has become of a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// The last day has passed, and it was not done.
    Breached,
    /// Not done yet, and not too late, or nobody can tell the last day.
    Open,
    /// Done on this day, after the last one.
    Late(Date),
    /// Done on this day, in time as far as can be told.
    Done(Date),
    /// Waived on this day.
    Waived(Date),
}

/// A duty that the log opened: one thing to be done, by one deed of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// The place of the entry that opened it.
    pub entry: usize,
    /// Its case.
    pub case: usize,
    /// The rule that asks for it.
    pub rule: RuleId,
    /// Place in the rule's list of things to be done.
    pub part: usize,
    /// The deeds of which one is enough.
    pub one_of: Vec<DeedId>,
    /// From when it counts.
    pub since: Date,
    /// The last day in time, if it can be told.
    pub due: Option<Date>,
    /// Whether it hangs on facts that the entry does not tell: perhaps nothing is owed.
    pub sometimes: bool,
    /// What has become of it.
    pub state: State,
}

/// What a log comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// Every duty, by the day from which it counts.
    pub owed: Vec<Owed>,
    /// Deeds that an entry says were done or waived, and that no duty asked for.
    pub unasked: Vec<(usize, DeedId)>,
}

/// Why there is no account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Halt {
    /// What the entry at this place states cannot be at once.
    Impossible(usize),
    /// Which duties the entry at this place opens was not found within the budget.
    Undecided(usize),
    /// There would be more than [`MOST_OWED`] duties.
    TooMany,
}

/// The last day on which the duty of a question is done in time, if the question tells it.
pub fn last_day(program: &Program, question: &Question, duty: &DutyName) -> Option<Date> {
    let (from, at) = match duty.due {
        Due::Within { of: Some(fact), .. } => (stated(question, fact)?, None),
        // What stands always has no occasion from which a single time could be counted.
        Due::Within { .. } | Due::Every { .. } if duty.occasion == Occasion::Always => return None,
        _ => (question.on?, question.at),
    };
    duty.due.last_day(duty.occasion.turn(), from, at, &program.calendars)
}

fn stated(question: &Question, fact: FactId) -> Option<Date> {
    match question.facts.get(&fact) {
        Some(Stated::Number(days)) => Date::from_days(*days),
        _ if fact == byelaw_ir::ON => question.on,
        _ => None,
    }
}

/// The account of a log on a day: entries of later days do not count. Entries of one day count in the order given.
/// Something done closes, for each duty that asks for it, the one that was opened first; of duties that come once in
/// each stretch of time, first that of the stretch in which it was done.
///
/// # Errors
/// See [`Halt`]: nothing is left out silently.
pub fn account(program: &Program, entries: &[Entry], as_of: Date) -> Result<Account, Halt> {
    let mut order: Vec<(usize, &Entry)> = entries.iter().enumerate().filter(|(_, e)| e.on <= as_of).collect();
    order.sort_by_key(|(_, e)| e.on);
    let mut fold =
        Fold { program, owed: Vec::new(), again: Vec::new(), always: BTreeMap::new(), deeds: Vec::new() };
    for (place, entry) in order {
        fold.reach(entry.on)?;
        fold.happened(place, entry)?;
        for deed in &entry.did {
            fold.close(place, entry, *deed, false)?;
        }
        for deed in &entry.waived {
            fold.close(place, entry, *deed, true)?;
        }
        if entry.ends {
            fold.again.retain(|a| a.source.case != entry.case);
            fold.always.retain(|(case, _), _| *case != entry.case);
        }
    }
    fold.reach(as_of)?;
    for owed in &mut fold.owed {
        if owed.state == State::Open && owed.due.is_some_and(|due| due < as_of) {
            owed.state = State::Breached;
        }
    }
    fold.owed.sort_by_key(|o| o.since);
    let unasked = fold.deeds.iter().filter(|d| d.counted.is_empty()).map(|d| (d.entry, d.deed)).collect();
    Ok(Account { owed: fold.owed, unasked })
}

/// Where a thing to be done comes from.
#[derive(Clone, Copy)]
struct Source<'a> {
    entry: usize,
    case: usize,
    rule: RuleId,
    part: usize,
    question: &'a Question,
    duty: &'a DutyName,
}

/// A duty that comes again and again.
struct Again<'a> {
    source: Source<'a>,
    /// The day on which it is opened next; `None` while it is open or if no such day is known.
    next: Option<Date>,
}

/// A deed that was done or waived, and the parts of rules for which it was counted.
struct Deed {
    entry: usize,
    case: usize,
    on: Date,
    deed: DeedId,
    waived: bool,
    counted: BTreeSet<(RuleId, usize)>,
}

struct Fold<'a> {
    program: &'a Program,
    owed: Vec<Owed>,
    again: Vec<Again<'a>>,
    /// Duties that stand always are opened once in a case: where.
    always: BTreeMap<(usize, RuleId), Vec<usize>>,
    deeds: Vec<Deed>,
}

impl<'a> Fold<'a> {
    /// Opens what comes again by this day.
    fn reach(&mut self, day: Date) -> Result<(), Halt> {
        for place in 0..self.again.len() {
            while let Some(again) = self.again.get_mut(place)
                && let Some(since) = again.next.filter(|next| *next <= day)
            {
                let source = again.source;
                again.next = following(self.program, source.duty, since);
                let question = Question { on: Some(since), at: None, ..source.question.clone() };
                if let Some(certain) = self.recurs(source, &question)? {
                    self.open(source, since, &question, certain)?;
                }
            }
        }
        Ok(())
    }

    /// Whether what comes again is owed, and if so whether for certain: if the rule stands on the first or on the last
    /// day of its time.
    fn recurs(&self, source: Source<'_>, first: &Question) -> Result<Option<bool>, Halt> {
        let last = Question { on: due(self.program, source.duty, first).or(first.on), ..first.clone() };
        let only = |rule: RuleId| rule == source.rule;
        let stands = |question: &Question| match arising(self.program, question, source.entry, only) {
            Ok(found) => Ok(found.get(&source.rule).copied()),
            Err(Halt::Impossible(_)) => Ok(None),
            Err(halt) => Err(halt),
        };
        Ok(match (stands(first)?, stands(&last)?) {
            (None, None) => None,
            (first, last) => Some(first == Some(true) && last == Some(true)),
        })
    }

    /// Opens the duties of an entry.
    fn happened(&mut self, entry: usize, told: &'a Entry) -> Result<(), Halt> {
        let case = told.case;
        for question in &told.happened {
            for (rule, certain) in arising(self.program, question, entry, |_| true)? {
                let name = self.program.names.rules.get(rule.place());
                let Some(duty) = name.and_then(|r| r.duty.as_ref()) else { continue };
                if let Some(opened) = self.always.get(&(case, rule)) {
                    for place in opened.iter().filter(|_| certain) {
                        if let Some(owed) = self.owed.get_mut(*place) {
                            owed.sometimes = false;
                        }
                    }
                    continue;
                }
                let before = self.owed.len();
                for part in 0..duty.deeds.len() {
                    let source = Source { entry, case, rule, part, question, duty };
                    if matches!(duty.due, Due::Every { .. } | Due::OncePer(_)) {
                        self.again.push(Again { source, next: following(self.program, duty, told.on) });
                    }
                    // Between the stretches of a calendar nothing is owed once in each.
                    let between =
                        matches!(duty.due, Due::OncePer(_)) && due(self.program, duty, question).is_none();
                    if !between {
                        self.open(source, told.on, question, certain)?;
                    }
                }
                if duty.occasion == Occasion::Always {
                    self.always.insert((case, rule), (before..self.owed.len()).collect());
                }
            }
        }
        Ok(())
    }

    /// Opens one thing to be done. What has to come first, or stands always, may have been done before.
    fn open(
        &mut self,
        source: Source<'_>,
        since: Date,
        question: &Question,
        certain: bool,
    ) -> Result<(), Halt> {
        if self.owed.len() >= MOST_OWED {
            return Err(Halt::TooMany);
        }
        let Source { entry, case, rule, part, duty, .. } = source;
        let one_of = duty.deeds.get(part).cloned().unwrap_or_default();
        let due = due(self.program, duty, question);
        let mut state = State::Open;
        let from = match duty.due {
            Due::OncePer(cycle) => cycle.stretch(since, &self.program.calendars).map(|(first, _)| first),
            _ => None,
        };
        let before = duty.occasion.turn() == Turn::Before || duty.occasion == Occasion::Always;
        if before && !matches!(duty.due, Due::Every { .. }) {
            let earlier = self.deeds.iter_mut().rev().find(|d| {
                d.case == case
                    && one_of.contains(&d.deed)
                    && from.is_none_or(|from| d.on >= from)
                    && !d.counted.contains(&(rule, part))
            });
            if let Some(deed) = earlier {
                deed.counted.insert((rule, part));
                state = closed(deed.on, due, deed.waived);
            }
        }
        self.owed.push(Owed { entry, case, rule, part, one_of, since, due, sometimes: !certain, state });
        Ok(())
    }

    /// Counts a deed for every duty of the case that asks for it.
    fn close(&mut self, entry: usize, told: &Entry, deed: DeedId, waived: bool) -> Result<(), Halt> {
        let (case, on) = (told.case, told.on);
        // For each part of a rule the one that it closes: that of the stretch of time, else the oldest.
        let mut closes: BTreeMap<(RuleId, usize), (bool, usize)> = BTreeMap::new();
        for (place, owed) in self.owed.iter().enumerate() {
            if owed.case != case || owed.state != State::Open || !owed.one_of.contains(&deed) {
                continue;
            }
            let name = self.program.names.rules.get(owed.rule.place()).and_then(|r| r.duty.as_ref());
            let cyclic = name.is_some_and(|d| matches!(d.due, Due::OncePer(_)));
            let now = cyclic && owed.due.is_some_and(|due| on <= due);
            let best = closes.entry((owed.rule, owed.part)).or_insert((now, place));
            if now && !best.0 {
                *best = (now, place);
            }
        }
        for (part, (_, place)) in &closes {
            if let Some(owed) = self.owed.get_mut(*place) {
                owed.state = closed(on, owed.due, waived);
            }
            // What is due every so often is counted from when it was last done.
            let same = |a: &&mut Again<'_>| a.source.case == case && (a.source.rule, a.source.part) == *part;
            for again in self.again.iter_mut().filter(same) {
                if matches!(again.source.duty.due, Due::Every { .. }) {
                    again.next = Some(on);
                }
            }
        }
        self.deeds.push(Deed { entry, case, on, deed, waived, counted: closes.into_keys().collect() });
        self.reach(on)
    }
}

fn closed(on: Date, due: Option<Date>, waived: bool) -> State {
    match due {
        _ if waived => State::Waived(on),
        Some(due) if due < on => State::Late(on),
        _ => State::Done(on),
    }
}

/// The last day of what is owed from the day of a question.
fn due(program: &Program, duty: &DutyName, question: &Question) -> Option<Date> {
    match duty.due {
        Due::Every { .. } => {
            duty.due.last_day(duty.occasion.turn(), question.on?, question.at, &program.calendars)
        }
        _ => last_day(program, question, duty),
    }
}

/// The day on which what comes once in each stretch of time comes next after a day.
fn following(program: &Program, duty: &DutyName, day: Date) -> Option<Date> {
    match duty.due {
        Due::OncePer(cycle) => cycle.next(day, &program.calendars),
        _ => None,
    }
}

/// Those of some duties that what happened brings, each with whether it does so for certain.
fn arising(
    program: &Program,
    question: &Question,
    entry: usize,
    of: impl Fn(RuleId) -> bool,
) -> Result<BTreeMap<RuleId, bool>, Halt> {
    let no_act = program.no_act.map(Stated::Value);
    let act = question.facts.get(&program.act).is_some_and(|act| no_act.as_ref() != Some(act));
    let event = program.event.is_some_and(|event| question.facts.contains_key(&event));
    let mut found: BTreeMap<RuleId, bool> = BTreeMap::new();
    let mut possible = false;
    let mut look = |comes: fn(Occasion) -> bool, question: &Question| {
        let rules = duties(program, comes).filter(|r| of(*r)).collect();
        for asked in everybody(program, question) {
            let standing = stands(program, &asked, &rules).ok_or(Halt::Undecided(entry))?;
            possible |= standing.possible;
            for (rule, always) in standing.rules {
                *found.entry(rule).or_insert(false) |= always;
            }
        }
        Ok(())
    };
    if act {
        look(|o| matches!(o, Occasion::Act(_)), question)?;
    }
    if event || !act {
        let mut question = question.clone();
        if let Some(no_act) = no_act {
            question.facts.insert(program.act, no_act);
        }
        let comes: fn(Occasion) -> bool =
            if event { |o| matches!(o, Occasion::Event(..)) } else { |o| o == Occasion::Always };
        look(comes, &question)?;
    }
    if possible { Ok(found) } else { Err(Halt::Impossible(entry)) }
}

/// A question that does not say who the subject is, asked of each.
fn everybody(program: &Program, question: &Question) -> Vec<Question> {
    if question.facts.contains_key(&program.subject) {
        return alloc::vec![question.clone()];
    }
    let values = program.facts.get(usize::from(program.subject.0)).map_or(0, |f| f.domain.width());
    let values = (0..values).filter_map(|value| u16::try_from(value).ok().map(ValueId));
    let asked = values.map(|value| {
        let mut asked = question.clone();
        asked.facts.insert(program.subject, Stated::Value(value));
        asked
    });
    asked.collect()
}

fn duties(program: &Program, comes: fn(Occasion) -> bool) -> impl Iterator<Item = RuleId> {
    let all = program.names.rules.iter().enumerate();
    let of = all.filter(move |(_, r)| r.duty.as_ref().is_some_and(|d| comes(d.occasion)));
    of.filter_map(|(place, _)| RuleId::at(place))
}
