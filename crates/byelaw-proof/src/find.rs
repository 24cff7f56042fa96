//! Looking for a proof: boxes are cut along what some condition leaves open until all of each agrees.
//!
//! This is the search of Davis, Putnam, Logemann and Loveland over facts with several values. Nothing here is trusted:
//! [`crate::check()`] looks at what comes out.

use crate::claim::{Case, Goal};
use crate::court::{Bench, SPEAKING};
use crate::region::{Region, Values};
use crate::scope::Scope;
use crate::three::{Three, holds};
use crate::{Claim, Proof};
use byelaw_data::{Date, FactId, YES};
use byelaw_hir::{AS_OF, Condition, NormKind, ON};
use std::collections::{BTreeMap, BTreeSet};

/// What a search came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A proof.
    Proof(Proof),
    /// The claim does not hold, or not for a reason that a proof can give.
    Nothing,
    /// It would take more steps, or lie too deep.
    TooLong,
}

/// Looks for a proof of a claim, in no more than `most` steps: boxes that are looked at, cut or not.
pub fn find(scope: &Scope<'_>, claim: &Claim, most: usize) -> Found {
    let Some(case) = claim.open(scope) else { return Found::Proof(Proof::NotMeant) };
    let mut search = Search { case: &case, left: most, depth: 0 };
    match search.prove(&case.start, None) {
        Ok(proof) => Found::Proof(proof),
        Err(Stop::Open) => Found::Nothing,
        Err(Stop::TooLong) => Found::TooLong,
    }
}

enum Stop {
    Open,
    TooLong,
}

struct Search<'c, 'a> {
    case: &'c Case<'a>,
    left: usize,
    depth: usize,
}

/// How deep cuts may lie in each other: far deeper than facts are many, and far less deep than a stack.
const DEEPEST: usize = 300;

/// A fact and those of its values for which something holds.
type Literal = (FactId, Values);

impl Search<'_, '_> {
    fn prove(&mut self, region: &Region<'_>, before: Option<&Bench>) -> Result<Proof, Stop> {
        self.left = self.left.checked_sub(1).ok_or(Stop::TooLong)?;
        let case = self.case;
        if case.not_meant(region) {
            return Ok(Proof::NotMeant);
        }
        if let Some(place) = case.impossible.keys().find(|place| case.excluded(**place, region)) {
            return Ok(Proof::CannotBe(Some(*place)));
        }
        let bench = case.court.bench(region, before);
        let here = case.holds(region, &bench);
        if here == Three::Yes {
            return Ok(Proof::Holds(case.reasons(region, &bench)));
        }
        if here == Three::No && case.no_moment(region) {
            return Ok(Proof::CannotBe(None));
        }
        let meant = case.meant.iter().find_map(|c| literal(c, region));
        let literal = meant.or_else(|| match here {
            Three::Open => self.towards(region, &bench, true),
            _ => self.excluding(region),
        });
        let Some((fact, inside)) = literal else { return Err(Stop::Open) };
        let (fact, inside) = if case.unsettled(fact) {
            // What hangs on other facts comes first: whether it may be read so.
            match self.bound(region, fact) {
                Some(other) => other,
                None => {
                    // What it may be read as can hang on how others are read.
                    for one in std::iter::once(fact).chain(self.read_with(region, fact)) {
                        match self.read(region, &bench, one) {
                            Err(Stop::Open) => {}
                            found => return found,
                        }
                    }
                    match self.readings(region, fact).next() {
                        // Which reading suffices may hang on other facts, too.
                        Some(_) => self.towards(region, &bench, false).ok_or(Stop::Open)?,
                        None => (fact, inside),
                    }
                }
            }
        } else {
            (fact, inside)
        };
        self.depth = self.depth.saturating_add(1);
        if self.depth > DEEPEST {
            return Err(Stop::TooLong);
        }
        let values = region.values(fact);
        let inside = values.and(&inside);
        let parts = std::iter::once(inside.clone()).chain(values.without(&inside));
        let mut proved = Vec::new();
        for part in parts {
            let Some(narrowed) = region.narrowed(fact, &part) else { continue };
            proved.push((part, self.prove(&narrowed, Some(&bench))?));
        }
        self.depth = self.depth.saturating_sub(1);
        Ok(Proof::Cut { fact, parts: proved })
    }

    /// A literal of another fact on which it hangs whether an open reading can be.
    fn bound(&self, region: &Region<'_>, fact: FactId) -> Option<Literal> {
        self.open_with(region, fact).into_iter().find(|(other, _)| !self.case.unsettled(*other))
    }

    /// Other open readings on which it hangs whether one can be.
    fn read_with(&self, region: &Region<'_>, fact: FactId) -> BTreeSet<FactId> {
        self.open_with(region, fact)
            .into_iter()
            .map(|(other, _)| other)
            .filter(|other| *other != fact)
            .collect()
    }

    /// The open literals of the sentences about what cannot be that name a fact.
    fn open_with(&self, region: &Region<'_>, fact: FactId) -> Vec<Literal> {
        let mut open = Vec::new();
        self.case.naming(fact).for_each(|condition| literals(condition, region, &mut open));
        open
    }

    /// The ways in which an open reading can be read, each with the box in which it is.
    fn readings<'r>(&self, region: &Region<'r>, fact: FactId) -> impl Iterator<Item = (Values, Region<'r>)> {
        let each = region.listed(fact).filter_map(move |value| {
            let as_ = Values::Listed(vec![value]);
            let narrowed = region.narrowed(fact, &as_)?;
            Some((as_, narrowed))
        });
        each.filter(move |(_, as_read)| self.case.may_be_read(fact, as_read))
    }

    /// One reading that suffices.
    fn read(&mut self, region: &Region<'_>, bench: &Bench, fact: FactId) -> Result<Proof, Stop> {
        let depth = self.depth;
        for (as_, narrowed) in self.readings(region, fact).collect::<Vec<_>>() {
            self.depth = depth;
            match self.prove(&narrowed, Some(bench)) {
                Ok(then) => return Ok(Proof::Read { fact, as_, then: Box::new(then) }),
                Err(Stop::TooLong) => return Err(Stop::TooLong),
                Err(Stop::Open) => {}
            }
        }
        self.depth = depth;
        Err(Stop::Open)
    }

    /// What is cut next while the claim is open: of the norms that may decide the one that is nearest to being known. Open
    /// readings only if `read`.
    fn towards(&self, region: &Region<'_>, bench: &Bench, read: bool) -> Option<Literal> {
        use NormKind::{May, MayInGeneral, MustNot, Only};
        let court = &self.case.court;
        let candidates: Vec<usize> = match &self.case.goal {
            Goal::Never => {
                let bars = court.of_kind(&[MustNot, Only]);
                let useful =
                    bars.filter(|p| bench.stood(*p) != Three::No && court.met(*p, region) != Three::Yes);
                useful.collect()
            }
            Goal::Always => {
                court.of_kind(&[May, MayInGeneral, Only]).filter(|p| bench.stood(*p) != Three::No).collect()
            }
            Goal::Spoken(_) => court.of_kind(&SPEAKING).filter(|p| bench.stood(*p) != Three::No).collect(),
            Goal::NotTogether(sets) => {
                let possible = |set: &&Vec<usize>| set.iter().all(|p| bench.stood(*p) != Three::No);
                sets.iter().filter(possible).flatten().copied().collect()
            }
        };
        let near = self.nearest(&candidates, (region, bench), read).or_else(|| {
            // A norm that applies for certain hangs on what may set it aside; else anything that is open.
            let all: Vec<usize> = court.places().filter(|p| bench.applies(*p) != Three::No).collect();
            self.nearest(&all, (region, bench), read)
        });
        near.or_else(|| self.own(region))
    }

    /// A literal on the fact that says most of these norms and of what may set them aside: each open literal counts for
    /// its fact, and for half as much with every other one that its norm leaves open (the rule of Jeroslow and Wang).
    fn nearest(
        &self,
        places: &[usize],
        (region, bench): (&Region<'_>, &Bench),
        read: bool,
    ) -> Option<Literal> {
        let court = &self.case.court;
        let mut looked: BTreeSet<usize> = BTreeSet::new();
        for place in places {
            looked.insert(*place);
            if bench.applies(*place) == Three::Yes {
                for stronger in court.stronger(*place).iter().filter(|s| bench.stood(**s) == Three::Open) {
                    looked.insert(*stronger);
                    looked.extend(court.stronger(*stronger));
                }
            }
        }
        let mut clauses: Vec<Vec<Literal>> = self.told(region);
        for place in looked.into_iter().filter(|place| bench.applies(*place) == Three::Open) {
            let mut open = Vec::new();
            literals(court.when(place), region, &mut open);
            clauses.push(open);
        }
        let mut weights: BTreeMap<FactId, (u64, usize, Literal)> = BTreeMap::new();
        for open in clauses {
            let count = open.len();
            let weight = 1_u64 << 32_usize.saturating_sub(count).max(1);
            for found in open.into_iter().filter(|(fact, _)| read || !self.case.unsettled(*fact)) {
                let entry = weights.entry(found.0).or_insert_with(|| (0, count, found.clone()));
                entry.0 = entry.0.saturating_add(weight);
                if count < entry.1 {
                    (entry.1, entry.2) = (count, found);
                }
            }
        }
        weights.into_values().max_by_key(|(weight, ..)| *weight).map(|(.., found)| found)
    }

    /// What tells whether a box lies in one of those that are told as gaps, of each what is open.
    fn told(&self, region: &Region<'_>) -> Vec<Vec<Literal>> {
        let Goal::Spoken(told) = &self.case.goal else { return Vec::new() };
        let open = told.iter().filter(|one| region.lies_in(one) == Three::Open);
        let literals = |one: &BTreeMap<FactId, Values>| {
            let open = one.iter().filter(|(fact, values)| !region.values(**fact).without(values).is_empty());
            open.map(|(fact, values)| (*fact, values.clone())).collect()
        };
        open.map(literals).collect()
    }

    /// What tells whether an approval would be one's own.
    fn own(&self, region: &Region<'_>) -> Option<Literal> {
        let giving =
            self.case.model.atoms.iter().filter_map(|a| a.approval.as_ref()).filter(|g| g.not_by_asker);
        for giving in giving {
            let who = self.case.model.subject.map(|who| Condition::In(who, giving.givers.clone()));
            let held = giving.held_roles.iter().map(|role| Condition::In(*role, vec![YES]));
            if let Some(found) = who.into_iter().chain(held).find_map(|c| literal(&c, region)) {
                return Some(found);
            }
        }
        None
    }

    /// What is cut next where the claim fails, if anything may exclude it: a sentence about what cannot be, or the moment.
    fn excluding(&self, region: &Region<'_>) -> Option<Literal> {
        let model = self.case.model;
        // What cannot be may count for some acts alone.
        if let Some(act) = model.act {
            let denied = self.case.impossible.keys().map(|place| self.case.denied_for(*place, region));
            if let Some(acts) = denied.into_iter().find(|acts| !acts.is_empty()) {
                return Some((act, Values::Listed(acts)));
            }
        }
        let conditions = self.case.impossible.keys().filter_map(|place| model.impossible.get(*place));
        let open = |c: &Condition| {
            let mut open = Vec::new();
            literals(c, region, &mut open);
            open
        };
        let near = conditions.map(open).filter(|open| !open.is_empty()).min_by_key(Vec::len);
        if let Some(found) = near.and_then(|open| open.into_iter().next()) {
            return Some(found);
        }
        let mut stretches: Vec<Values> = Vec::new();
        for period in model.facts.iter().filter_map(|fact| fact.period) {
            let last = period.until.map_or(Date::LAST.days(), |u| u.days().saturating_sub(1));
            stretches.push(Values::Numbers(period.from.days(), last));
        }
        for plan in model.calendars.iter().map(|calendar| &calendar.plan) {
            let reached = std::iter::once((plan.from, plan.until));
            let of = plan.stretches.iter().map(|stretch| (stretch.from, stretch.until));
            let days =
                |(from, until): (Date, Date)| Values::Numbers(from.days(), until.days().saturating_sub(1));
            stretches.extend(reached.chain(of).map(days));
        }
        if self.case.of_its_day {
            stretches.push(region.values(AS_OF));
        }
        let open = |stretch: &Values| match stretch {
            Values::Numbers(low, high) => region.between(ON, *low, *high) == Three::Open,
            Values::Listed(_) => false,
        };
        stretches.into_iter().find(open).map(|stretch| (ON, stretch))
    }
}

/// The first open literal of a condition.
fn literal(condition: &Condition, region: &Region<'_>) -> Option<Literal> {
    let mut open = Vec::new();
    literals(condition, region, &mut open);
    open.into_iter().next()
}

/// The open literals of a condition.
fn literals(condition: &Condition, region: &Region<'_>, found: &mut Vec<Literal>) {
    if holds(condition, region) != Three::Open {
        return;
    }
    match condition {
        Condition::Always => {}
        Condition::In(fact, values) => found.push((*fact, Values::Listed(values.clone()))),
        Condition::Between(fact, low, high) => found.push((*fact, Values::Numbers(*low, *high))),
        Condition::InSet(fact, members) => {
            let here: Vec<_> = region.listed(*fact).collect();
            if let [first, _, ..] = here.as_slice() {
                found.push((*fact, Values::Listed(vec![*first])));
                return;
            }
            let open = |m: &&FactId| region.within(**m, |v| v == YES) == Three::Open;
            found.extend(members.iter().find(open).map(|member| (*member, Values::Listed(vec![YES]))));
        }
        Condition::Not(inner) => literals(inner, region, found),
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().for_each(|c| literals(c, region, found))
        }
    }
}
