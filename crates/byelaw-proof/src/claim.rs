//! What can be claimed of a policy, and which situations a claim is about.

use crate::court::{Bench, Court, SPEAKING};
use crate::region::{Region, Values};
use crate::scope::Scope;
use crate::three::{Three, holds};
use byelaw_data::{AtomId, Date, FactId, Minute, RuleId, ValueId, YES};
use byelaw_hir::{AS_OF, Condition, Model, Norm, NormKind, ON, conjuncts};
use std::collections::{BTreeMap, BTreeSet};

/// A claim about all situations, for askers who are one thing at a time. Nothing is stated against the date, all
/// undertakings are kept, nothing that was owed is left undone, and invariants are asked as adopted on the day itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// The invariant with this place holds for one of its acts, with what is filled.
    Invariant {
        /// Its place in the model's list.
        invariant: usize,
        /// The act.
        act: ValueId,
    },
    /// Some rule speaks of the act, with what is filled, whoever asks of those whom some rule about it mentions, but for
    /// these boxes.
    Spoken {
        /// The act.
        act: ValueId,
        /// What is told as a gap: of each box the facts that it narrows.
        told: Vec<BTreeMap<FactId, Values>>,
    },
    /// The rule stands nowhere, whatever is filled.
    NeverStands(RuleId),
    /// Nowhere do two rules stand together of which one promises what the other takes away, with what is filled.
    Apart(RuleId, RuleId),
}

/// What a claim comes to: where it is looked at, and what has to hold there.
pub(crate) struct Case<'a> {
    pub model: &'a Model,
    /// All situations that it is about lie in it.
    pub start: Region<'a>,
    /// And all of these hold in them.
    pub meant: Vec<&'a Condition>,
    /// Places of the sentences about what cannot be that may say something, each with the acts for which it counts.
    pub impossible: BTreeMap<usize, BTreeSet<ValueId>>,
    pub court: Court<'a>,
    pub goal: Goal,
    /// Facts that the claim states: they need not be as the moment has them.
    pub stated: BTreeSet<FactId>,
    /// Whether the day whose adopted rules count is the day itself.
    pub of_its_day: bool,
}

pub(crate) enum Goal {
    Never,
    Always,
    Spoken(Vec<BTreeMap<FactId, Values>>),
    /// Of each of these sets of norms (places in the court) one does not stand.
    NotTogether(Vec<Vec<usize>>),
}

impl Claim {
    /// Whether no situation could refute it, by the words of the sentences it is about alone. It needs no proof.
    pub fn is_plain(&self, scope: &Scope<'_>) -> bool {
        self.open(scope).is_none()
    }

    /// What has to be looked at; `None` if there is nothing that could refute it.
    pub(crate) fn open<'a>(&self, scope: &Scope<'a>) -> Option<Case<'a>> {
        let model = scope.model;
        match self {
            Self::Invariant { invariant, act } => {
                let invariant = model.invariants.get(*invariant)?;
                let mut start = filled(model)?.narrowed(model.act?, &Values::Listed(vec![*act]))?;
                let first = invariant.from.unwrap_or(Date::FIRST).days();
                let last = invariant.until.map_or(Date::LAST.days(), |u| u.days().saturating_sub(1));
                start = start.narrowed(ON, &Values::Numbers(first, last))?;
                for part in &invariant.guard {
                    start = asserted(part, start)?;
                }
                let court = Court::of(&start, 0..model.norms.len(), &invariant.granted);
                let goal = if invariant.never { Goal::Never } else { Goal::Always };
                let case = Case::new(scope, start, court, goal, invariant.guard.iter().collect());
                Some(Case { of_its_day: true, ..case })
            }
            Self::Spoken { act, told } => {
                let start = filled(model)?.narrowed(model.act?, &Values::Listed(vec![*act]))?;
                let court = Court::of(&start, 0..model.norms.len(), &BTreeSet::new());
                let mentioned = |who: &ValueId| {
                    let of = start.narrowed(model.subject?, &Values::Listed(vec![*who]))?;
                    court.of_kind(&SPEAKING).find(|p| holds(court.when(*p), &of) != Three::No)
                };
                let askers = start.listed(model.subject?).filter(|who| mentioned(who).is_some()).collect();
                let start = start.narrowed(model.subject?, &Values::Listed(askers))?;
                Some(Case::new(scope, start, court, Goal::Spoken(told.clone()), Vec::new()))
            }
            Self::NeverStands(rule) => {
                let norms =
                    (0..model.norms.len()).filter(|n| model.norms.get(*n).is_some_and(|n| n.rule == *rule));
                together(scope, Region::whole(model), norms.map(|n| vec![n]).collect())
            }
            Self::Apart(a, b) => together(scope, filled(model)?, contradicting(model, *a, *b)),
        }
    }
}

/// The situations in which one of these sets of norms stands.
fn together<'a>(scope: &Scope<'a>, mut start: Region<'a>, sets: Vec<Vec<usize>>) -> Option<Case<'a>> {
    let model = scope.model;
    if let [set] = sets.as_slice() {
        for norm in set {
            start = asserted(&model.norms.get(*norm)?.guard, start)?;
        }
    }
    let court = Court::of(&start, sets.iter().flatten().copied(), &BTreeSet::new());
    let places = |set: &Vec<usize>| set.iter().map(|n| court.place(*n)).collect::<Option<Vec<_>>>();
    let sets: Vec<Vec<usize>> = sets.iter().filter_map(places).collect();
    if sets.is_empty() {
        return None;
    }
    Some(Case::new(scope, start, court, Goal::NotTogether(sets), Vec::new()))
}

/// The norms of two rules of which one promises what the other takes away (semantics 2.7), as pairs.
fn contradicting(model: &Model, a: RuleId, b: RuleId) -> Vec<Vec<usize>> {
    let of = |rule: RuleId| model.norms.iter().enumerate().filter(move |(_, n)| n.rule == rule);
    let mut found = Vec::new();
    for (place, one) in of(a) {
        for (other_place, other) in of(b) {
            let ordered = model.precedence.contains(&(place, other_place))
                || model.precedence.contains(&(other_place, place));
            let meant = model.tightens(one, other) || model.tightens(other, one);
            if a != b
                && !ordered
                && !meant
                && (contradict(model, one, other) || contradict(model, other, one))
            {
                found.push(vec![place, other_place]);
            }
        }
    }
    found
}

/// The pairs of rules of which one could promise what the other takes away.
pub fn could_contradict(model: &Model) -> Vec<(RuleId, RuleId)> {
    let mut pairs = BTreeSet::new();
    for one in &model.norms {
        for other in &model.norms {
            if one.rule < other.rule && (contradict(model, one, other) || contradict(model, other, one)) {
                pairs.insert((one.rule, other.rule));
            }
        }
    }
    pairs.into_iter().filter(|(a, b)| !contradicting(model, *a, *b).is_empty()).collect()
}

fn contradict(model: &Model, promise: &Norm, limit: &Norm) -> bool {
    use NormKind::{May, MustNot, Only};
    if !matches!((promise.kind, limit.kind), (May, MustNot | Only) | (Only, MustNot | Only)) {
        return false;
    }
    let approval = |a: &AtomId| model.atoms.get(usize::from(a.0)).and_then(|a| a.approval.as_ref());
    let approvals = |norm: &Norm| -> BTreeSet<BTreeSet<AtomId>> {
        let all = norm.price.0.iter().map(|p| p.iter().copied().filter(|a| approval(a).is_some()).collect());
        let all: BTreeSet<BTreeSet<AtomId>> = all.collect();
        all.iter().filter(|p| !all.iter().any(|q| q != *p && q.is_subset(p))).cloned().collect()
    };
    let (promised, asked) = (approvals(promise), approvals(limit));
    // At least as strict: whatever suffices for the promise has all that some way of the limit asks for.
    let strict = promised.iter().all(|p| asked.iter().any(|q| q.is_subset(p)));
    match (promise.kind, limit.kind) {
        (May, MustNot | Only) | (Only, MustNot) => !strict,
        (Only, Only) => {
            let classes = |all: &BTreeSet<BTreeSet<AtomId>>| -> BTreeSet<String> {
                all.iter().flatten().filter_map(|a| approval(a).and_then(|g| g.class.clone())).collect()
            };
            promised != asked && !classes(&promised).is_disjoint(&classes(&asked))
        }
        _ => false,
    }
}

/// All situations with what is filled.
fn filled(model: &Model) -> Option<Region<'_>> {
    let mut region = Region::whole(model);
    for (place, fact) in model.facts.iter().enumerate() {
        let id = FactId(u16::try_from(place).ok()?);
        let Some((values, _)) = &fact.taken_as else { continue };
        let taken = match model.fillings.get(&id).and_then(|set| set.number) {
            Some(number) => Values::Numbers(number, number),
            None => Values::Listed(values.clone()),
        };
        if let Some(next) = region.narrowed(id, &taken) {
            region = next;
        }
    }
    Some(region)
}

/// The part of a box in which a condition may hold, as far as single facts say; `None` if it holds nowhere in it.
fn asserted<'a>(condition: &Condition, region: Region<'a>) -> Option<Region<'a>> {
    let mut region = region;
    for part in conjuncts(condition) {
        region = match part {
            Condition::In(fact, values) => region.narrowed(*fact, &Values::Listed(values.clone()))?,
            Condition::Between(fact, low, high) => region.narrowed(*fact, &Values::Numbers(*low, *high))?,
            Condition::Not(inner) => match &**inner {
                Condition::In(fact, values) => {
                    let rest = region.listed(*fact).filter(|v| values.binary_search(v).is_err()).collect();
                    region.narrowed(*fact, &Values::Listed(rest))?
                }
                _ => region,
            },
            _ => region,
        };
    }
    Some(region)
}

impl<'a> Case<'a> {
    fn new(
        scope: &Scope<'a>,
        start: Region<'a>,
        court: Court<'a>,
        goal: Goal,
        meant: Vec<&'a Condition>,
    ) -> Self {
        let model = scope.model;
        let mut stated = BTreeSet::new();
        meant.iter().for_each(|c| c.facts_into(&mut stated));
        let case =
            Self { model, start, meant, impossible: BTreeMap::new(), court, goal, stated, of_its_day: false };
        Self { impossible: case.impossible(scope), ..case }
    }

    /// What cannot be, as far as it counts for an act of the claim and may say something here.
    fn impossible(&self, scope: &Scope<'_>) -> BTreeMap<usize, BTreeSet<ValueId>> {
        let model = self.model;
        let may =
            |place: &usize| model.impossible.get(*place).is_some_and(|c| holds(c, &self.start) != Three::No);
        let mut found: BTreeMap<usize, BTreeSet<ValueId>> = BTreeMap::new();
        let possible: BTreeSet<usize> = (0..model.impossible.len()).filter(may).collect();
        let (Some(act_fact), false) = (model.act, possible.is_empty()) else { return found };
        for act in self.start.listed(act_fact) {
            for place in scope.counting(act, &self.stated).into_iter().filter(|p| possible.contains(p)) {
                found.entry(place).or_default().insert(act);
            }
        }
        found
    }

    /// Whether what is claimed holds in a box.
    pub fn holds(&self, region: &Region<'_>, bench: &Bench) -> Three {
        match &self.goal {
            Goal::Never => !self.court.permitted(bench, region),
            Goal::Always => self.court.permitted(bench, region),
            Goal::Spoken(told) => {
                self.court.spoken(bench).or(Three::any(told.iter().map(|one| region.lies_in(one))))
            }
            Goal::NotTogether(sets) => {
                let all = |set: &Vec<usize>| Three::all(set.iter().map(|place| bench.stood(*place)));
                !Three::any(sets.iter().map(all))
            }
        }
    }

    /// Whether a box lies outside what is meant.
    pub fn not_meant(&self, region: &Region<'_>) -> bool {
        self.meant.iter().any(|c| holds(c, region) == Three::No)
    }

    /// Whether the sentence with this place excludes the whole box.
    pub fn excluded(&self, place: usize, region: &Region<'_>) -> bool {
        let all = self.model.act.map_or(0, |act| region.listed(act).count());
        self.denied_for(place, region).len() == all && all > 0
    }

    /// The acts of a box for which the sentence with this place excludes all of it.
    pub fn denied_for(&self, place: usize, region: &Region<'_>) -> Vec<ValueId> {
        let (Some(act), Some(condition), Some(acts)) =
            (self.model.act, self.model.impossible.get(place), self.impossible.get(&place))
        else {
            return Vec::new();
        };
        if holds(condition, region) != Three::Yes {
            return Vec::new();
        }
        region.listed(act).filter(|one| acts.contains(one)).collect()
    }

    /// Whether a fact is a reading of which the strictest counts here: nothing settles it.
    pub fn unsettled(&self, fact: FactId) -> bool {
        matches!(self.goal, Goal::Never)
            && self.model.readings.contains_key(&fact)
            && self.model.fact(fact).taken_as.is_none()
            && !self.stated.contains(&fact)
    }

    /// The sentences about what cannot be that count here and name a fact.
    pub fn naming(&self, fact: FactId) -> impl Iterator<Item = &'a Condition> {
        let model = self.model;
        let conditions = self.impossible.keys().filter_map(|place| model.impossible.get(*place));
        conditions.filter(move |condition| {
            let mut named = BTreeSet::new();
            condition.facts_into(&mut named);
            named.contains(&fact)
        })
    }

    /// Whether an open reading may be taken as it is in a box: no sentence about what cannot be excludes it in any part of
    /// it.
    pub fn may_be_read(&self, fact: FactId, as_read: &Region<'_>) -> bool {
        self.unsettled(fact) && self.naming(fact).all(|c| holds(c, as_read) == Three::No)
    }

    /// Whether no moment is as a box has it: no day within its dates has its weekday and periods, and no time of such a
    /// day what a calendar tells. Long stretches of days that a calendar reaches are not looked into.
    pub fn no_moment(&self, region: &Region<'_>) -> bool {
        let Values::Numbers(first, last) = region.values(ON) else { return false };
        if self.of_its_day
            && let Values::Numbers(from, to) = region.values(AS_OF)
            && (last < from || to < first)
        {
            return true;
        }
        let told = |fact: FactId| !self.stated.contains(&fact);
        for (place, fact) in self.model.facts.iter().enumerate() {
            let Some(period) = fact.period else { continue };
            let Some(id) = u16::try_from(place).ok().map(FactId).filter(|id| told(*id)) else { continue };
            let from = period.from.days();
            let lasts = match period.until.map(Date::days) {
                _ if last < from => Three::No,
                Some(until) if first >= until => Three::No,
                Some(until) if from <= first && last < until => Three::Yes,
                // With an open end it may have ended at any time.
                _ => Three::Open,
            };
            let is = region.within(id, |v| v == YES);
            if lasts != Three::Open && is == !lasts {
                return true;
            }
        }
        // What a calendar tells of days that it does not reach, however many they are.
        let beyond = self.model.calendars.iter().map(|calendar| &calendar.plan).any(|plan| {
            let reached = first < plan.until.days() && plan.from.days() <= last;
            let other = |value: ValueId| region.within(plan.fact, |v| v == value) == Three::No;
            !reached && told(plan.fact) && plan.beyond.is_some_and(other)
        });
        if beyond {
            return true;
        }
        if last.saturating_sub(first) >= MOST_DAYS {
            return false;
        }
        !(first..=last).any(|day| self.some_minute(day, region))
    }

    /// Whether a day has the weekday of a box and a minute at which all calendars tell what it has.
    fn some_minute(&self, day: i64, region: &Region<'_>) -> bool {
        let Some(date) = Date::from_days(day) else { return false };
        let may = |fact: FactId, value: ValueId| {
            self.stated.contains(&fact) || region.within(fact, |v| v == value) != Three::No
        };
        if self.model.weekday.is_some_and(|fact| !may(fact, date.weekday().value())) {
            return false;
        }
        if self.model.calendars.is_empty() {
            return true;
        }
        let (low, high) = match self.model.clock.map(|clock| region.values(clock)) {
            Some(Values::Numbers(low, high)) => (low, high),
            _ => (0, i64::from(Minute::LAST.minutes())),
        };
        let mut minutes = BTreeSet::from([low]);
        for timetable in self.model.calendars.iter().flat_map(|c| &c.plan.timetables) {
            let begins = timetable.begins.iter().map(|(at, _)| i64::from(at.minutes()));
            minutes.extend(begins.filter(|at| low <= *at && *at <= high));
        }
        let mut minutes = minutes.into_iter().filter_map(|m| u16::try_from(m).ok().and_then(Minute::new));
        minutes.any(|minute| {
            let as_told =
                |plan: &byelaw_data::Calendar| plan.value(date, minute).is_none_or(|v| may(plan.fact, v));
            self.model.calendars.iter().all(|calendar| as_told(&calendar.plan))
        })
    }

    /// Rules by which the claim holds in a box, if some stand in all of it.
    pub fn reasons(&self, region: &Region<'_>, bench: &Bench) -> Vec<RuleId> {
        use NormKind::{May, MayInGeneral, MustNot, Only};
        let found = match &self.goal {
            Goal::Never => self.court.standing(bench, &[MustNot, Only], region),
            Goal::Always => self.court.standing(bench, &[May, MayInGeneral, Only, NormKind::Duty], region),
            Goal::Spoken(_) => {
                let any = |place: &usize| bench.stood(*place) == Three::Yes;
                let place = self.court.of_kind(&SPEAKING).find(any);
                place.and_then(|place| self.court.norm(place)).map(|n| n.rule)
            }
            Goal::NotTogether(sets) => {
                let beats = |place: &usize| {
                    let over = self.court.stronger(*place).iter().find(|s| bench.stood(**s) == Three::Yes);
                    over.and_then(|s| self.court.norm(*s)).map(|n| n.rule)
                };
                sets.iter().flatten().find_map(beats)
            }
        };
        found.into_iter().collect()
    }
}

/// The longest stretch of days that is looked into day by day: a year and a week.
const MOST_DAYS: i64 = 373;
