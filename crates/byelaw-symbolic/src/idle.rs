//! Rules that are there and do nothing: that never stand, that permit what is forbidden wherever they stand, or without
//! which every answer is the same (semantics 2.7, T13, T14).
//!
//! Each rule is looked at inside its own boxes alone, and however parameters and readings are filled: that one was filled
//! so that a rule has nothing left to say is no fault of the rule. What is found is exact for askers who are one thing at a time; where
//! the counted steps do not suffice, nothing is claimed of the rule, and it is named as not looked at to the end.

use crate::field::{Field, Part, Place, Set, Situation, Walked, aside, places, unbeaten};
use byelaw_data::{DeedId, RuleId, ValueId};
use byelaw_eval::{Mask, Verdict, beats, boxes, certain_bar, decide};
use byelaw_ir::{Box, BoxKind, Program, Slice};
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

/// What a rule lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Idle {
    /// No situation in which it holds can be.
    Nowhere,
    /// It holds in some situation and is set aside in all of them. `by` are exceptions that suffice for it, none of which
    /// could be left out; `missed` says whether some answer would be another one without the rule.
    SetAside {
        /// The exceptions.
        by: Vec<RuleId>,
        /// Whether it still changes an answer: an exception lifts a limit only as far as its own price.
        missed: bool,
    },
    /// Wherever its permission stands the answer is a no, whatever is approved. `bars` suffice for it, and none of them
    /// could be left out; empty if its own price cannot be had, because those who may give it are those who ask.
    Barred {
        /// The rules that take the permission away.
        bars: Vec<RuleId>,
    },
    /// Every answer is the same without it. `like` are rules but for any one of which it would not be so; empty if there
    /// are several ways to do without it. `pair` is one of them that could be left out instead.
    Redundant {
        /// The rules that say what it says.
        like: Vec<RuleId>,
        /// One that is as redundant as this one, but not together with it.
        pair: Option<RuleId>,
    },
    /// The steps did not suffice to say whether it does anything.
    Unknown,
}

/// A rule that does nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdleRule {
    /// The rule.
    pub rule: RuleId,
    /// What it lacks.
    pub idle: Idle,
    /// A situation in which it is so, with its act; none where nothing can be shown.
    pub instance: Option<Instance>,
}

/// A situation about an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    /// The act.
    pub act: ValueId,
    /// The situation.
    pub situation: Situation,
}

/// All rules that do nothing, in order. `steps` is how many values may be tried for each question about a rule.
pub fn idle(program: &Program, steps: u64) -> Vec<IdleRule> {
    let check = Check::of(program, steps);
    let rules: Vec<RuleId> = check.places.keys().copied().collect();
    let mut found: Vec<IdleRule> = rules.into_iter().filter_map(|rule| check.rule(rule)).collect();
    // Two of which either could go, but not both, are told as a pair.
    let likes: BTreeMap<RuleId, Vec<RuleId>> = found
        .iter()
        .filter_map(|one| match &one.idle {
            Idle::Redundant { like, .. } => Some((one.rule, like.clone())),
            _ => None,
        })
        .collect();
    for one in &mut found {
        if let Idle::Redundant { like, pair } = &mut one.idle {
            *pair = like
                .iter()
                .copied()
                .find(|other| likes.get(other).is_some_and(|back| back.contains(&one.rule)));
        }
    }
    found
}

struct Check<'a> {
    program: &'a Program,
    fields: Vec<OnceCell<Option<Field<'a>>>>,
    places: BTreeMap<RuleId, Vec<Place>>,
    steps: u64,
}

/// What is found out of one rule: what it lacks, if anything.
type Lack = Option<(Idle, Option<Instance>)>;

/// A box that is looked inside, and what is wanted there.
struct At<'a, C> {
    slice: &'a Slice,
    place: usize,
    more: C,
}

impl<C> At<'_, C> {
    /// Whether the box stands in a situation.
    fn stands(&self, set: &Set) -> bool {
        decide(self.slice, &set.boxes).is_some_and(|point| point.standing.has(self.place))
    }

    /// Whether something is certain to set the box aside that nothing active sets aside.
    fn aside(&self, set: &Set, certain: &Mask) -> bool {
        aside(self.slice, self.place, set, certain)
    }

    /// The rules that set the box aside in a situation; `None` if the situation cannot be.
    fn stronger(&self, set: &Set) -> Option<Vec<RuleId>> {
        let point = decide(self.slice, &set.boxes)?;
        let stronger = point.standing.bits().filter(|b| beats(self.slice, *b, self.place));
        Some(stronger.filter_map(|b| self.slice.boxes.get(b)).map(|b| b.rule).collect())
    }
}

impl<'a> Check<'a> {
    fn of(program: &'a Program, steps: u64) -> Self {
        let fields = program.slices.iter().map(|_| OnceCell::new()).collect();
        Self { program, fields, places: places(program), steps }
    }

    fn field(&self, act: usize) -> Option<&Field<'a>> {
        let id = u16::try_from(act).ok().map(ValueId)?;
        self.fields.get(act)?.get_or_init(|| Field::unfilled(self.program, id)).as_ref()
    }

    fn of_rule(&self, rule: RuleId) -> &[Place] {
        self.places.get(&rule).map_or(&[], Vec::as_slice)
    }

    /// Looks inside some boxes for a situation in which `shows` holds of the box. `prepare` gives the boxes that have to be
    /// told apart, and what is wanted of each act's slice on the way; `dull` says what need not be looked at.
    fn any<C>(
        &self,
        places: &[Place],
        own: bool,
        prepare: &dyn Fn(&Field<'_>, usize) -> (Mask, C),
        dull: &dyn Fn(&At<'_, C>, &Set, &Mask) -> bool,
        shows: &mut dyn FnMut(&At<'_, C>, &Set) -> bool,
    ) -> Result<Option<Instance>, TooLong> {
        let mut steps = self.steps;
        for (act, place) in places {
            let Some(field) = self.field(*act) else { continue };
            let (apart, more) = prepare(field, *place);
            let at = At { slice: field.slice, place: *place, more };
            let part = Part { inside: only(*place), apart, own };
            let walked = field
                .find(&part, &mut steps, &|set, certain| dull(&at, set, certain), &mut |set| shows(&at, set));
            match walked {
                Walked::Found(situation, _) => {
                    let act = ValueId(u16::try_from(*act).unwrap_or(u16::MAX));
                    return Ok(Some(Instance { act, situation }));
                }
                Walked::Nowhere => {}
                Walked::Unknown => return Err(TooLong),
            }
        }
        Ok(None)
    }

    /// What a rule lacks, if anything.
    fn rule(&self, rule: RuleId) -> Option<IdleRule> {
        let places = self.of_rule(rule);
        let found = self.set_aside(rule, places).and_then(|found| match found {
            None => self.barred(rule, places),
            some => Ok(some),
        });
        let found = found.and_then(|found| match found {
            None => self.redundant(rule, places),
            some => Ok(some),
        });
        match found {
            Ok(None) => None,
            Ok(Some((idle, instance))) => Some(IdleRule { rule, idle, instance }),
            Err(TooLong) => Some(IdleRule { rule, idle: Idle::Unknown, instance: None }),
        }
    }

    /// Whether no box of the rule ever stands.
    fn set_aside(&self, rule: RuleId, places: &[Place]) -> Result<Lack, TooLong> {
        let near = |field: &Field<'_>, place: usize| (field.deciding(&only(place)), ());
        let all_of_it = |_: &At<'_, ()>, _: &Set, _: &Mask| false;
        let stands =
            self.any(places, false, &near, &|at, set, certain| at.aside(set, certain), &mut |at, set| {
                at.stands(set)
            })?;
        if stands.is_some() {
            return Ok(None);
        }
        // Everything that sets it aside somewhere; first of all, whether it is active at all.
        let instance = self
            .any(places, false, &near, &all_of_it, &mut |at, set| decide(at.slice, &set.boxes).is_some())?;
        if instance.is_none() {
            return Ok(Some((Idle::Nowhere, None)));
        }
        let mut all: BTreeSet<RuleId> = BTreeSet::new();
        self.any(places, false, &near, &all_of_it, &mut |at, set| {
            all.extend(at.stronger(set).into_iter().flatten());
            false
        })?;
        // Whether these set it aside wherever it holds.
        let suffice = |those: &BTreeSet<RuleId>| -> Result<bool, TooLong> {
            let left = self.any(places, false, &near, &all_of_it, &mut |at, set| {
                at.stronger(set).is_some_and(|by| !by.iter().any(|rule| those.contains(rule)))
            })?;
            Ok(left.is_none())
        };
        let by = smallest(all, &suffice)?;
        let missed = self.differs(places, &BTreeSet::new(), rule)?.is_some();
        Ok(Some((Idle::SetAside { by: by.into_iter().collect(), missed }, instance)))
    }

    /// Whether each permission of the rule comes to a no wherever it stands.
    fn barred(&self, rule: RuleId, places: &[Place]) -> Result<Lack, TooLong> {
        let permitting: Vec<Place> = places
            .iter()
            .copied()
            .filter(|(act, p)| {
                self.program.slices.get(*act).and_then(|s| s.boxes.get(*p)).is_some_and(permits)
            })
            .collect();
        if permitting.is_empty() {
            return Ok(None);
        }
        let answering = |slice: &Slice| those(slice, |b| !beside(b.kind));
        let near = |field: &Field<'_>, _: usize| (answering(field.slice), ());
        // Bars that close what is walked: each way that is not walked to its end is closed by one of them.
        let closing = RefCell::new(BTreeSet::new());
        let closed = |at: &At<'_, ()>, set: &Set, certain: &Mask| {
            if at.aside(set, certain) {
                return true;
            }
            let bar = certain_bar(at.slice, &set.boxes, certain).and_then(|b| at.slice.boxes.get(b));
            closing.borrow_mut().extend(bar.map(|b| b.rule));
            bar.is_some()
        };
        let mut all: BTreeSet<RuleId> = BTreeSet::new();
        let effect = self.any(&permitting, true, &near, &closed, &mut |at, set| {
            let active = set.boxes.bits().filter_map(|b| at.slice.boxes.get(b));
            let no = never(at.slice, &set.boxes, set.own);
            all.extend(active.filter(|b| no && bars(b)).map(|b| b.rule));
            at.stands(set) && !no
        })?;
        if effect.is_some() {
            return Ok(None);
        }
        // Another part of the rule may stand where its permission never does.
        let instance = self.any(
            &permitting,
            true,
            &near,
            &|at, set, certain| at.aside(set, certain),
            &mut |at, set| at.stands(set),
        )?;
        if instance.is_none() {
            return Ok(None);
        }
        all.extend(closing.into_inner());
        all.remove(&rule);
        // Whether it would be the same with no other bars than these.
        let suffice = |kept: &BTreeSet<RuleId>| -> Result<bool, TooLong> {
            let without = |field: &Field<'_>, place: usize| {
                let slice = field.slice;
                let others = those(slice, |b| bars(b) && !kept.contains(&b.rule));
                (answering(slice), others.without(&only(place)))
            };
            let closed = |at: &At<'_, Mask>, set: &Set, certain: &Mask| {
                let (boxes, certain_of_these) = (set.boxes.without(&at.more), certain.without(&at.more));
                at.aside(set, certain) || certain_bar(at.slice, &boxes, &certain_of_these).is_some()
            };
            let left = self.any(&permitting, true, &without, &closed, &mut |at, set| {
                at.stands(set) && !never(at.slice, &set.boxes.without(&at.more), set.own)
            })?;
            Ok(left.is_none())
        };
        let bars = smallest(all, &suffice)?;
        Ok(Some((Idle::Barred { bars: bars.into_iter().collect() }, instance)))
    }

    /// Whether every answer is the same without the rule.
    fn redundant(&self, rule: RuleId, places: &[Place]) -> Result<Lack, TooLong> {
        if self.differs(places, &BTreeSet::new(), rule)?.is_some() {
            return Ok(None);
        }
        // Rules without which it would be missed.
        let mut near: BTreeSet<RuleId> = BTreeSet::new();
        for (act, place) in places {
            let Some(field) = self.field(*act) else { continue };
            let boxes = field.slice.boxes.iter().enumerate().filter(|(_, b)| b.kind != BoxKind::Impossible);
            near.extend(
                boxes.filter(|(at, b)| b.rule != rule && field.meet(*place, *at)).map(|(_, b)| b.rule),
            );
        }
        let mut like = BTreeSet::new();
        for other in near {
            if self.differs(places, &BTreeSet::from([other]), rule)?.is_some() {
                like.insert(other);
            }
        }
        let both = |field: &Field<'_>, place: usize| {
            let alike = those(field.slice, |b| like.contains(&b.rule));
            (field.deciding(&alike.or(&only(place))), ())
        };
        // Best where the answer is what the rule says.
        let told = |at: &At<'_, ()>, set: &Set, agreeing: bool| {
            decide(at.slice, &set.boxes).is_some_and(|point| {
                let mut also = point.standing.bits().filter_map(|b| at.slice.boxes.get(b));
                let agrees =
                    at.slice.boxes.get(at.place).is_some_and(|b| !permits(b) || !point.verdict.is_never());
                point.standing.has(at.place)
                    && (like.is_empty() || also.any(|b| like.contains(&b.rule)))
                    && (agrees || !agreeing)
            })
        };
        let all = |field: &Field<'_>, _: usize| (those(field.slice, |b| !beside(b.kind)), ());
        let best = |at: &At<'_, ()>, set: &Set, certain: &Mask| {
            let permits = at.slice.boxes.get(at.place).is_some_and(permits);
            at.aside(set, certain) || permits && certain_bar(at.slice, &set.boxes, certain).is_some()
        };
        let mut instance =
            self.any(places, false, &all, &best, &mut |at, set| told(at, set, true)).unwrap_or_default();
        if instance.is_none() {
            instance = self.any(
                places,
                false,
                &both,
                &|at, set, certain| at.aside(set, certain),
                &mut |at, set| told(at, set, false),
            )?;
        }
        Ok(Some((Idle::Redundant { like: like.into_iter().collect(), pair: None }, instance)))
    }

    /// A situation inside the boxes of a rule in which the answer without the rules `gone` is not the one without these
    /// and the rule.
    fn differs(
        &self,
        places: &[Place],
        gone: &BTreeSet<RuleId>,
        rule: RuleId,
    ) -> Result<Option<Instance>, TooLong> {
        let prepare = |field: &Field<'_>, _: usize| {
            let slice = field.slice;
            let here = those(slice, |b| b.rule == rule);
            let mut touched = here;
            here.bits().filter_map(|b| slice.boxes.get(b)).for_each(|b| touched.join(&b.beats));
            let mut touched = touched.bits().filter_map(|b| slice.boxes.get(b));
            let advises = touched.any(|b| b.kind == BoxKind::Advice);
            let apart = those(slice, |b| !gone.contains(&b.rule) && (advises || b.kind != BoxKind::Advice));
            (apart, (here, advises))
        };
        // A no that is certain without the rule is one with it.
        let alike = |at: &At<'_, (Mask, bool)>, set: &Set, certain: &Mask| {
            let (here, advises) = &at.more;
            (!advises && certain_bar(at.slice, &set.boxes, &certain.without(here)).is_some())
                || doubled(at.slice, at.place, here, set, certain)
        };
        self.any(places, true, &prepare, &alike, &mut |at, set| {
            let without = set.boxes.without(&at.more.0);
            self.answer(at.slice, &set.boxes, set.own) != self.answer(at.slice, &without, set.own)
        })
    }

    /// What somebody who asks is told, whatever is approved, refused and done.
    fn answer(&self, slice: &Slice, boxes: &Mask, own: u64) -> Option<Answer<'_>> {
        let point = decide(slice, boxes)?;
        let ways = point.verdict.given(0, own);
        let standing = || point.standing.bits().filter_map(|b| slice.boxes.get(b));
        let name = |rule: RuleId| self.program.names.rules.get(rule.place());
        let no = !point.silent && ways.is_never();
        let duties = standing()
            .filter(|b| !no && matches!(b.kind, BoxKind::Duty | BoxKind::Standing))
            .flat_map(|b| {
                let duty = name(b.rule).and_then(|n| n.duty.as_ref());
                let words = duty.map_or(("", ""), |d| (d.words.as_str(), d.otherwise.as_str()));
                b.deeds.iter().map(move |one_of| (one_of.clone(), words.0.to_owned(), words.1.to_owned()))
            })
            .collect();
        let advice = standing().filter(|b| b.kind == BoxKind::Advice);
        let advice = advice.map(|b| name(b.rule).map_or("", |n| n.advice.as_str())).collect();
        Some(Answer { silent: point.silent, ways, duties, advice })
    }
}

/// What somebody who asks is told.
#[derive(PartialEq)]
struct Answer<'a> {
    silent: bool,
    ways: Verdict,
    duties: BTreeSet<(Vec<DeedId>, String, String)>,
    advice: BTreeSet<&'a str>,
}

/// The steps did not suffice.
struct TooLong;

/// A set of rules that suffices and of which none can be left out; one alone if there is one. `all` suffices.
fn smallest(
    all: BTreeSet<RuleId>,
    suffice: &dyn Fn(&BTreeSet<RuleId>) -> Result<bool, TooLong>,
) -> Result<BTreeSet<RuleId>, TooLong> {
    if all.is_empty() || suffice(&BTreeSet::new())? {
        return Ok(BTreeSet::new());
    }
    for rule in &all {
        let alone = BTreeSet::from([*rule]);
        if suffice(&alone)? {
            return Ok(alone);
        }
    }
    let mut kept = all.clone();
    for rule in all.iter().rev() {
        kept.remove(rule);
        if !suffice(&kept)? {
            kept.insert(*rule);
        }
    }
    Ok(kept)
}

fn only(place: usize) -> Mask {
    Mask::from_iter([place])
}

/// The boxes of a kind; never those of what cannot be.
fn those(slice: &Slice, wanted: impl Fn(&Box) -> bool) -> Mask {
    boxes(slice, |b| b.kind != BoxKind::Impossible && wanted(b))
}

/// Whether a box can make a yes.
fn permits(one: &Box) -> bool {
    match one.kind {
        BoxKind::May | BoxKind::MayInGeneral => true,
        BoxKind::Only => !one.price.is_empty(),
        _ => false,
    }
}

fn bars(one: &Box) -> bool {
    matches!(one.kind, BoxKind::MustNot | BoxKind::Only)
}

/// Whether a kind of box goes beside the answer. Where something permits, none of these changes the outcome.
fn beside(kind: BoxKind) -> bool {
    matches!(kind, BoxKind::Advice | BoxKind::Duty | BoxKind::Standing)
}

/// Whether nothing is granted or done that makes a situation a yes; `own` approvals cannot be had.
fn never(slice: &Slice, boxes: &Mask, own: u64) -> bool {
    decide(slice, boxes).is_some_and(|point| point.verdict.given(0, own).is_never())
}

/// Whether a permission is certain to stand beside one that permits all of that for no more, and sets aside the same.
fn doubled(slice: &Slice, place: usize, here: &Mask, set: &Set, certain: &Mask) -> bool {
    let mine = set.boxes.and(here);
    let Some(one) = slice.boxes.get(place) else { return false };
    if one.kind != BoxKind::May || mine.bits().filter_map(|b| slice.boxes.get(b)).any(|b| b != one) {
        return false;
    }
    certain.without(here).bits().any(|other| {
        slice.boxes.get(other).is_some_and(|twin| {
            twin.kind == BoxKind::May
                && one.price.iter().all(|way| twin.price.iter().any(|less| less & !way == 0))
                && Mask::from_words(&one.beats).without(&Mask::from_words(&twin.beats)).is_empty()
                && unbeaten(slice, other, set)
        })
    })
}
