//! Which norms apply, stand and decide in a box of situations (semantics 2.4), as far as all of the box agrees.

use crate::Region;
use crate::three::{Three, holds};
use byelaw_data::{AtomId, Date, RuleId, YES};
use byelaw_hir::{AS_OF, Condition, InForce, Model, Norm, NormKind, ON};
use std::collections::{BTreeMap, BTreeSet};

/// Norms that can decide about a claim.
pub(crate) struct Court<'a> {
    model: &'a Model,
    /// Places in the model's list, what prevails before what it prevails over.
    norms: Vec<usize>,
    /// When each applies, its instrument's time included.
    when: Vec<Condition>,
    /// For each the places in `norms` of those that prevail over it.
    stronger: Vec<Vec<usize>>,
    /// The approvals that are given.
    granted: BTreeSet<AtomId>,
}

/// What a box says of each norm of a court.
pub(crate) struct Bench {
    pub active: Vec<Three>,
    pub stands: Vec<Three>,
}

impl<'a> Court<'a> {
    /// A court of these norms and of all that prevail over one of them, directly or in turn, without those that apply
    /// nowhere in a box.
    pub fn of(
        region: &Region<'a>,
        norms: impl IntoIterator<Item = usize>,
        granted: &BTreeSet<AtomId>,
    ) -> Self {
        let model = region.model;
        let mut stronger_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (stronger, weaker) in &model.precedence {
            stronger_of.entry(*weaker).or_default().push(*stronger);
        }
        let over = |norm: usize| stronger_of.get(&norm).map_or(&[][..], Vec::as_slice);
        let mut here: BTreeMap<usize, Condition> = BTreeMap::new();
        let mut open: Vec<usize> = norms.into_iter().collect();
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        while let Some(norm) = open.pop() {
            if !seen.insert(norm) {
                continue;
            }
            let Some(when) = model.norms.get(norm).map(|n| when(model, n)) else { continue };
            if holds(&when, region) != Three::No {
                here.insert(norm, when);
                open.extend(over(norm));
            }
        }
        // What nothing left prevails over comes first.
        let mut order: Vec<usize> = Vec::new();
        while order.len() < here.len() {
            let free = here.keys().copied().find(|norm| {
                let waits = |s: &usize| here.contains_key(s) && !order.contains(s);
                !order.contains(norm) && !over(*norm).iter().any(waits)
            });
            match free {
                Some(norm) => order.push(norm),
                // A circle of precedence; a model has none.
                None => break,
            }
        }
        let place = |norm: &usize| order.iter().position(|n| n == norm);
        let stronger = order.iter().map(|norm| over(*norm).iter().filter_map(place).collect()).collect();
        let when = order.iter().filter_map(|norm| here.remove(norm)).collect();
        Self { model, norms: order, when, stronger, granted: granted.clone() }
    }

    pub fn norm(&self, place: usize) -> Option<&'a Norm> {
        self.model.norms.get(*self.norms.get(place)?)
    }

    /// The place of a norm of the model.
    pub fn place(&self, norm: usize) -> Option<usize> {
        self.norms.iter().position(|n| *n == norm)
    }

    pub fn places(&self) -> std::ops::Range<usize> {
        0..self.norms.len()
    }

    pub fn when(&self, place: usize) -> &Condition {
        self.when.get(place).unwrap_or(&Condition::Always)
    }

    /// Those that prevail over a norm.
    pub fn stronger(&self, place: usize) -> &[usize] {
        self.stronger.get(place).map_or(&[], Vec::as_slice)
    }

    /// Act and IN: a norm stands unless a standing norm prevails over it. `before` is what a larger box said.
    pub fn bench(&self, region: &Region<'_>, before: Option<&Bench>) -> Bench {
        let mut bench = Bench { active: Vec::new(), stands: Vec::new() };
        for place in self.places() {
            let known = before.and_then(|b| b.active.get(place)).copied().filter(|a| *a != Three::Open);
            let active = known.unwrap_or_else(|| holds(self.when(place), region));
            let beaten = Three::any(self.stronger(place).iter().map(|s| bench.stood(*s)));
            bench.active.push(active);
            bench.stands.push(active.and(!beaten));
        }
        bench
    }

    fn stand(&self, bench: &Bench, kinds: &[NormKind]) -> Three {
        Three::any(self.of_kind(kinds).map(|place| bench.stood(place)))
    }

    /// The places of norms of some kinds.
    pub fn of_kind<'b>(&'b self, kinds: &'b [NormKind]) -> impl Iterator<Item = usize> + 'b {
        self.places().filter(move |p| self.norm(*p).is_some_and(|n| kinds.contains(&n.kind)))
    }

    /// Whether what a norm asks for is no approval that is missing; undertakings are given (2.5).
    pub fn met(&self, place: usize, region: &Region<'_>) -> Three {
        let Some(norm) = self.norm(place) else { return Three::No };
        Three::any(
            norm.price.0.iter().map(|all| Three::all(all.iter().map(|atom| self.given(*atom, region)))),
        )
    }

    fn given(&self, atom: AtomId, region: &Region<'_>) -> Three {
        let Some(giving) = self.model.atoms.get(usize::from(atom.0)).map(|a| &a.approval) else {
            return Three::No;
        };
        let Some(giving) = giving else { return Three::Yes };
        if !self.granted.contains(&atom) {
            return Three::No;
        }
        // Nobody gives to themselves what only others give.
        if !giving.not_by_asker {
            return Three::Yes;
        }
        let is =
            self.model.subject.map_or(Three::No, |who| region.within(who, |v| giving.givers.contains(&v)));
        let holds = giving.held_roles.iter().map(|one| region.within(*one, |v| v == YES));
        !is.or(Three::any(holds))
    }

    /// Whether a bar or condition that applies lets pass: its own price is met, or that of an exception to it.
    fn passes(&self, bench: &Bench, place: usize, region: &Region<'_>) -> Three {
        let lifts = |s: &usize| bench.stood(*s).and(self.met(*s, region));
        self.met(place, region).or(Three::any(self.stronger(place).iter().map(lifts)))
    }

    /// A condition of which only the restriction is taken away keeps its permission.
    fn disapplied(&self, bench: &Bench, place: usize) -> Three {
        let takes_away = |s: &&usize| self.norm(**s).is_some_and(|n| n.kind == NormKind::Disapply);
        let (by, others): (Vec<usize>, Vec<usize>) = self.stronger(place).iter().partition(takes_away);
        let any = |places: Vec<usize>| Three::any(places.into_iter().map(|p| bench.stood(p)));
        bench.applies(place).and(any(by)).and(!any(others))
    }

    /// Whether the act is permitted without another approval than those given.
    pub fn permitted(&self, bench: &Bench, region: &Region<'_>) -> Three {
        use NormKind::{Duty, May, MayInGeneral, MustNot, Only};
        let permission = self.stand(bench, &[May, MayInGeneral]);
        let gates = self.of_kind(&[May, MayInGeneral]);
        let gate = Three::any(gates.map(|p| bench.stood(p).and(self.met(p, region))));
        let bars = self.of_kind(&[MustNot, Only]);
        let bar = Three::all(bars.map(|p| (!bench.applies(p)).or(self.passes(bench, p, region))));
        let (condition, barred) = (self.condition(bench), self.stand(bench, &[MustNot, Only]));
        let by_duty = (!barred).and(self.stand(bench, &[Duty]));
        let otherwise = condition.and(bar).or((!condition).and(by_duty));
        gate.and(bar).or((!permission).and(otherwise))
    }

    fn condition(&self, bench: &Bench) -> Three {
        let stands = self.stand(bench, &[NormKind::Only]);
        let kept = self.of_kind(&[NormKind::Only]).map(|p| self.disapplied(bench, p));
        stands.or(Three::any(kept))
    }

    /// Whether some rule speaks.
    pub fn spoken(&self, bench: &Bench) -> Three {
        self.stand(bench, &SPEAKING).or(self.condition(bench))
    }

    /// One rule of these kinds that stands in the whole box, if there is one; of permissions one whose price is met.
    pub fn standing(&self, bench: &Bench, kinds: &[NormKind], region: &Region<'_>) -> Option<RuleId> {
        let counts = |place: &usize| {
            let gate =
                self.norm(*place).is_some_and(|n| matches!(n.kind, NormKind::May | NormKind::MayInGeneral));
            bench.stood(*place) == Three::Yes && (!gate || self.met(*place, region) == Three::Yes)
        };
        self.of_kind(kinds).find(counts).and_then(|place| self.norm(place)).map(|n| n.rule)
    }
}

/// The kinds of norm by which a policy speaks of an act.
pub(crate) const SPEAKING: [NormKind; 5] =
    [NormKind::May, NormKind::MayInGeneral, NormKind::MustNot, NormKind::Only, NormKind::Duty];

impl Bench {
    pub fn stood(&self, place: usize) -> Three {
        self.stands.get(place).copied().unwrap_or(Three::No)
    }

    pub fn applies(&self, place: usize) -> Three {
        self.active.get(place).copied().unwrap_or(Three::No)
    }
}

/// When a norm applies: its guard, and the time of its instrument as conditions on the dates (2.4, 2.9).
pub(crate) fn when(model: &Model, norm: &Norm) -> Condition {
    let mut parts = vec![norm.guard.clone()];
    let from = |fact, date: Date| Condition::Between(fact, date.days(), Date::LAST.days());
    if let Some(instrument) = model.instruments.get(norm.instrument) {
        parts.extend(instrument.adopted.map(|day| from(AS_OF, day)));
        parts.extend(instrument.in_force.iter().map(|time| match time {
            InForce::Dates { from, until } => {
                let last = until.map_or(Date::LAST.days(), |u| u.days().saturating_sub(1));
                Condition::Between(ON, from.days(), last)
            }
            InForce::While(period) => Condition::In(*period, vec![YES]),
        }));
        parts.extend(model.ends(norm.instrument).into_iter().map(|end| {
            let begun = [Some(from(ON, end.from)), end.adopted.map(|day| from(AS_OF, day))];
            Condition::Not(Box::new(Condition::All(begun.into_iter().flatten().collect())))
        }));
    }
    Condition::All(parts)
}
