//! Looking for one situation that shows something, and saying it with as few facts as it takes.

use byelaw_data::{Calendar, Date, FactId, Minute, NO, Question, Stated, ValueId, YES};
use byelaw_hir::{AS_OF, ON};
use byelaw_ir::{Domain, Program};
use std::collections::{BTreeMap, BTreeSet};

/// How many questions one search may ask.
pub(crate) const QUESTIONS: u32 = 4000;

/// 2024-01-01, a Monday: the day that is shown where any day is like any other.
const SOME_DAY: i64 = 19_723;

/// What a search came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    /// No situation shows it; this is exact.
    Nowhere,
    /// This situation does; every fact that a rule of the act looks at is stated.
    Here(Question),
    /// A budget ran out first.
    Unknown,
}

/// Narrows a question about one act until it states a situation in which `shows` holds. `shows` says whether some
/// situation of a question shows it, or `None` if that is not known.
pub(crate) fn search(
    program: &Program,
    question: &Question,
    shows: &mut dyn FnMut(&Question) -> Option<bool>,
) -> Found {
    search_but(program, question, None, QUESTIONS, shows)
}

/// As [`search`], with no more than `questions` questions, and leaves one fact unsaid.
pub(crate) fn search_but(
    program: &Program,
    question: &Question,
    unsaid: Option<FactId>,
    questions: u32,
    shows: &mut dyn FnMut(&Question) -> Option<bool>,
) -> Found {
    let mut facts = facts_of(program, question);
    facts.retain(|f| Some(*f) != unsaid);
    let mut left = questions;
    narrow(program, question, &facts, shows, &mut left)
}

fn narrow(
    program: &Program,
    question: &Question,
    facts: &[FactId],
    shows: &mut dyn FnMut(&Question) -> Option<bool>,
    left: &mut u32,
) -> Found {
    if *left == 0 {
        return Found::Unknown;
    }
    *left -= 1;
    let shown = shows(question);
    if shown == Some(false) {
        return Found::Nowhere;
    }
    let open =
        facts.iter().map(|f| (*f, allowed(program, question, *f))).find(|(_, values)| values.len() > 1);
    let Some((fact, values)) = open else {
        return match shown {
            Some(true) => Found::Here(settled(program, question, facts)),
            _ => Found::Unknown,
        };
    };
    let mut unknown = false;
    for half in halves(program, fact, &values) {
        let mut next = question.clone();
        next.facts.insert(fact, stated(half));
        match narrow(program, &next, facts, shows, left) {
            Found::Here(found) => return Found::Here(found),
            Found::Nowhere => {}
            Found::Unknown => unknown = true,
        }
    }
    if unknown { Found::Unknown } else { Found::Nowhere }
}

fn stated(values: Vec<ValueId>) -> Stated {
    match values.as_slice() {
        [one] => Stated::Value(*one),
        _ => Stated::Among { values, ordinarily: Vec::new() },
    }
}

/// Two parts of the values: what is presumed comes first, so that a situation is as ordinary as it can be.
fn halves(program: &Program, fact: FactId, values: &[ValueId]) -> [Vec<ValueId>; 2] {
    let presumed: BTreeSet<ValueId> = program
        .facts
        .get(usize::from(fact.0))
        .into_iter()
        .flat_map(|f| f.presumed.iter().flat_map(|p| p.values.iter().copied()))
        .collect();
    let (first, rest): (Vec<ValueId>, Vec<ValueId>) = values.iter().partition(|v| presumed.contains(v));
    if !first.is_empty() && !rest.is_empty() {
        return [first, rest];
    }
    let (a, b) = values.split_at(values.len() / 2);
    [a.to_vec(), b.to_vec()]
}

/// The facts that the rules of the question's act look at, those first that most rules look at.
pub(crate) fn facts_of(program: &Program, question: &Question) -> Vec<FactId> {
    let Some(Stated::Value(act)) = question.facts.get(&program.act) else { return Vec::new() };
    let Some(slice) = program.slices.get(usize::from(act.0)) else { return Vec::new() };
    let words = usize::from(slice.words).max(1);
    let tells = |fact: &byelaw_ir::SliceFact| -> u32 {
        let first: Vec<u64> = fact.rows.iter().take(words).copied().collect();
        let mut apart = vec![0_u64; words];
        for row in fact.rows.chunks(words) {
            for ((a, x), y) in apart.iter_mut().zip(row).zip(&first) {
                *a |= x ^ y;
            }
        }
        apart.iter().map(|w| w.count_ones()).sum()
    };
    // Of a sentence that can be read in several ways the strictest reading holds; it is not for a question to say.
    let asked = |f: &FactId| *f != ON && *f != AS_OF && !program.readings.contains(f);
    let mut facts: Vec<(u32, FactId)> =
        slice.facts.iter().filter(|f| asked(&f.fact)).map(|f| (tells(f), f.fact)).collect();
    facts.sort_by_key(|(apart, fact)| (std::cmp::Reverse(*apart), *fact));
    facts.into_iter().map(|(_, fact)| fact).collect()
}

/// The values that a fact can have in a question that presumes nothing and has a date.
pub(crate) fn allowed(program: &Program, question: &Question, id: FactId) -> Vec<ValueId> {
    let Some(fact) = program.facts.get(usize::from(id.0)) else { return Vec::new() };
    let all =
        || (0..fact.domain.width()).filter_map(|v| u16::try_from(v).ok().map(ValueId)).collect::<Vec<_>>();
    match question.facts.get(&id) {
        Some(Stated::Value(value)) => vec![*value],
        Some(Stated::Among { values, .. } | Stated::AllOf(values)) => values.clone(),
        Some(Stated::Number(number)) => fact.domain.cell(*number).map_or_else(all, |c| vec![c]),
        Some(Stated::Unknown) => all(),
        None => match (fact.period, question.on) {
            (Some(period), Some(on)) => in_period(period, on.days()),
            _ => told(program, question, id).or(fact.taken_as).map_or_else(all, |value| vec![value]),
        },
    }
}

/// The values that a period can have on a day.
pub(crate) fn in_period((from, until): (i64, Option<i64>), day: i64) -> Vec<ValueId> {
    match until {
        _ if day < from => vec![NO],
        Some(until) if day >= until => vec![NO],
        Some(_) => vec![YES],
        None => vec![NO, YES],
    }
}

/// The question with each fact stated as a person would: numbers as numbers, and nothing that follows from the date or
/// was filled.
pub(crate) fn settled(program: &Program, question: &Question, facts: &[FactId]) -> Question {
    let mut whole = question.clone();
    for id in facts {
        let Some(fact) = program.facts.get(usize::from(id.0)) else { continue };
        let mut bare = question.clone();
        bare.facts.remove(id);
        // What the question need not say.
        if (follows_moment(program, *id) || fact.taken_as.is_some())
            && allowed(program, &bare, *id).len() == 1
        {
            whole.facts.remove(id);
            continue;
        }
        if let [value] = allowed(program, question, *id).as_slice() {
            whole.facts.insert(*id, spoken(&fact.domain, *value));
        }
    }
    whole
}

/// A value as a question states it: the least number of its cell, or the value.
pub(crate) fn spoken(domain: &Domain, value: ValueId) -> Stated {
    match domain.range(value) {
        Some((low, _)) => Stated::Number(low),
        None => Stated::Value(value),
    }
}

/// Takes out of a question what it need not state for `holds` to stay true, and lets what is presumed be presumed.
/// What is in `keep` stays, the date too if [`ON`] is in it.
pub(crate) fn smallest(
    question: &Question,
    keep: &BTreeSet<FactId>,
    holds: &dyn Fn(&Question) -> bool,
) -> Question {
    let mut small = question.clone();
    small.assume = true;
    if !holds(&small) {
        small.assume = false;
    }
    if !keep.contains(&ON) {
        for fewer in
            [Question { at: None, ..small.clone() }, Question { on: None, at: None, ..small.clone() }]
        {
            if holds(&fewer) {
                small = fewer;
            }
        }
    }
    let facts: Vec<FactId> = small.facts.keys().rev().copied().filter(|f| !keep.contains(f)).collect();
    for fact in facts {
        let mut fewer = small.clone();
        fewer.facts.remove(&fact);
        if holds(&fewer) {
            small = fewer;
        }
    }
    for atom in small.granted.clone() {
        let mut fewer = small.clone();
        fewer.granted.remove(&atom);
        if holds(&fewer) {
            small = fewer;
        }
    }
    small
}

/// Moments of which every other moment is, to the rules of an act, like one: between `from` and before `until`. Where
/// no rule looks at the date or the time, there is one, and it says nothing. `also` are facts that matter besides.
pub(crate) fn moments(
    program: &Program,
    act: ValueId,
    also: &[FactId],
    from: Option<Date>,
    until: Option<Date>,
) -> Vec<(Option<Date>, Option<Minute>)> {
    let Some(slice) = program.slices.get(usize::from(act.0)) else { return Vec::new() };
    let facts: BTreeSet<FactId> = slice.facts.iter().map(|f| f.fact).chain(also.iter().copied()).collect();
    let looks = |id: FactId| facts.contains(&id);
    let period = |id: &FactId| program.facts.get(usize::from(id.0)).and_then(|p| p.period);
    let dated = facts.iter().any(|f| *f == ON || *f == AS_OF || period(f).is_some());
    let calendars: Vec<&Calendar> = program.calendars.iter().filter(|c| looks(c.fact)).collect();
    let clock = program.clock.filter(|c| looks(*c));
    let weekday = program.weekday.filter(|w| looks(*w));
    let bounded = from.is_some() || until.is_some();
    let timed = !calendars.is_empty() || clock.is_some();
    if !(bounded || dated || timed || weekday.is_some()) {
        return vec![(None, None)];
    }
    let mut starts: BTreeSet<i64> = BTreeSet::new();
    for fact in [ON, AS_OF] {
        if let Some(Domain::Cells { cuts, .. }) = program.facts.get(usize::from(fact.0)).map(|f| &f.domain) {
            starts.extend(cuts);
        }
    }
    for calendar in &calendars {
        starts.extend([calendar.from.days(), calendar.until.days()]);
        starts.extend(calendar.stretches.iter().flat_map(|s| [s.from.days(), s.until.days()]));
    }
    // Of the days before all of these, the last week: it is nearer to what people know than the first week of time.
    let first = Date::FIRST.days();
    let known = starts.range(first + 1..).next().map_or(SOME_DAY, |start| (start - 7).max(first));
    starts.insert(from.map_or(known, Date::days));
    // A week of each stretch has every weekday that the stretch has.
    let week = if calendars.is_empty() && weekday.is_none() { 1 } else { 7 };
    let mut days = BTreeSet::new();
    for start in &starts {
        let end = starts.range(start + 1..).next().copied().unwrap_or(i64::MAX);
        days.extend(*start..end.min(start.saturating_add(week)));
    }
    let inside = |d: &Date| from.is_none_or(|f| f <= *d) && until.is_none_or(|u| *d < u);
    let mut met = BTreeSet::new();
    let mut found = Vec::new();
    for day in days.into_iter().filter_map(Date::from_days).filter(inside) {
        let mut minutes = BTreeSet::from([0_u16]);
        for calendar in &calendars {
            minutes.extend(calendar.parts(day).iter().map(|part| part.from));
        }
        if let Some(Domain::Cells { cuts, .. }) =
            clock.and_then(|c| program.facts.get(usize::from(c.0))).map(|f| &f.domain)
        {
            minutes.extend(cuts.iter().filter_map(|c| u16::try_from(*c).ok()));
        }
        for minute in minutes.into_iter().filter_map(Minute::new) {
            let question = Question { on: Some(day), at: timed.then_some(minute), ..Question::default() };
            // Moments that give every fact the same value are looked at once.
            let cell = |fact: FactId| program.facts.get(usize::from(fact.0))?.domain.cell(day.days());
            let given: Vec<Option<ValueId>> = facts.iter().map(|f| told(program, &question, *f)).collect();
            let periods: Vec<Vec<ValueId>> =
                facts.iter().filter_map(period).map(|p| in_period(p, day.days())).collect();
            if met.insert((cell(ON), cell(AS_OF), given, periods)) {
                found.push((Some(day), timed.then_some(minute)));
            }
        }
    }
    found
}

/// Moments that one question can stand for: all that are alike to what was adopted by their day.
pub(crate) struct Moments {
    /// A question about any of them (and others), besides the facts.
    pub any: Question,
    /// Each of them.
    pub each: Vec<(Option<Date>, Option<Minute>)>,
}

/// The moments of an act, in groups of which each can first be looked at as a whole. A question about a whole group is
/// about more situations than its moments have, so that what no situation of it shows, none of theirs does.
pub(crate) fn grouped(
    program: &Program,
    act: ValueId,
    all: Vec<(Option<Date>, Option<Minute>)>,
) -> Vec<Moments> {
    let looks =
        program.slices.get(usize::from(act.0)).is_some_and(|s| s.facts.iter().any(|f| f.fact == AS_OF));
    let domain = program.facts.get(usize::from(AS_OF.0)).map(|f| &f.domain).filter(|_| looks);
    let mut groups: BTreeMap<Option<ValueId>, Moments> = BTreeMap::new();
    for (on, at) in all {
        let cell = on.and_then(|on| domain?.cell(on.days()));
        let group = groups.entry(cell).or_insert_with(|| Moments {
            any: Question { as_of: on, ..Question::default() },
            each: Vec::new(),
        });
        group.each.push((on, at));
    }
    groups.into_values().collect()
}

/// The moments at which a search about an act is worth while: groups that do not show anything are left out.
pub(crate) fn worth(
    program: &Program,
    act: ValueId,
    about: &Question,
    shows: &mut dyn FnMut(&Question) -> Option<bool>,
) -> Vec<(Option<Date>, Option<Minute>)> {
    let groups = grouped(program, act, moments(program, act, &[], None, None));
    let kept = groups.into_iter().filter(|group| {
        let any = Question { as_of: group.any.as_of, ..about.clone() };
        group.each.len() < 2 || shows(&any) != Some(false)
    });
    kept.flat_map(|group| group.each).collect()
}

/// The value that the moment of a question gives to a fact that it does not state.
fn told(program: &Program, question: &Question, id: FactId) -> Option<ValueId> {
    if program.weekday == Some(id) {
        return question.on.map(|on| on.weekday().value());
    }
    if program.clock == Some(id) {
        let minute = question.at?;
        return program.facts.get(usize::from(id.0))?.domain.cell(i64::from(minute.minutes()));
    }
    program.calendar(id)?.value(question.on?, question.at?)
}

/// Whether a fact follows from the moment of a question.
pub(crate) fn follows_moment(program: &Program, id: FactId) -> bool {
    program.weekday == Some(id)
        || program.clock == Some(id)
        || program.calendar(id).is_some()
        || program.facts.get(usize::from(id.0)).is_some_and(|f| f.period.is_some())
}
