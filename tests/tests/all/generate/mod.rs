//! Small random policies and questions. A spec is plain data in which every number means something whatever the rest
//! is, so that it shrinks well; `build` makes a model of it.

pub mod moments;

use byelaw_data::{AtomId, Date, DeedId, FactId, Presumption, Question, RuleId, Says, Stated, ValueId};
use byelaw_hir::{
    AS_OF, Act, Atom, Condition, Fact, Giving, InForce, Instrument, Kind, Model, Norm, NormKind, ON,
    PeriodDates, Price,
};
use byelaw_ir::Program;
use byelaw_reference::{Situation, Value};
use byelaw_tests::{acts, empty_model, fact, norm, seed, times, value, word};
use moments::CalendarSpec;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::test_runner::{FileFailurePersistence, RngSeed};
use std::collections::{BTreeMap, BTreeSet};

/// How many cases a law is tried on, and where its random numbers begin in an ordinary run.
pub fn config(cases: u32, begin: u64) -> ProptestConfig {
    ProptestConfig {
        // A long run sets more, for instance ten times as many.
        cases: cases.saturating_mul(times()),
        max_global_rejects: 200_000,
        // A run looks at the same policies each time, so that a red run is about the change at hand; a long run goes
        // looking for others with seeds of its own.
        rng_seed: RngSeed::Fixed(seed(begin)),
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    }
}

/// A model without the norms that `keep` does not want; precedence follows.
pub fn only(model: &Model, keep: impl Fn(usize, &Norm) -> bool) -> Model {
    let kept: Vec<usize> = (0..model.norms.len()).filter(|n| keep(*n, &model.norms[*n])).collect();
    let place = |old: usize| kept.iter().position(|n| *n == old);
    Model {
        norms: kept.iter().map(|n| model.norms[*n].clone()).collect(),
        precedence: model.precedence.iter().filter_map(|(a, b)| Some((place(*a)?, place(*b)?))).collect(),
        ..model.clone()
    }
}

/// The program of a random policy.
pub fn lowered(model: &Model) -> Program {
    byelaw_compiler::lower(model).expect("small policies are within the limits")
}

const ACTS: usize = 2;
const WORDS: [&str; 8] = ["wibble", "wobble", "wubble", "fizzle", "fuzzle", "muddle", "meddle", "puddle"];

/// Acts for which nothing is presumed, as bits, and what has to be stated: a fact and its values.
pub type GuardSpec = (u8, Option<(u8, u8)>);

/// A fact beyond the subject and the acts.
#[derive(Debug, Clone)]
pub enum FactSpec {
    OneOf {
        width: u8,
        presumed: Option<(u8, bool)>,
        guard: GuardSpec,
        left: Option<Option<u8>>,
    },
    /// A reading, and if somebody settled it, how.
    Reading {
        width: u8,
        taken: Option<u8>,
    },
    YesNo {
        presumed: Option<bool>,
        guard: GuardSpec,
    },
    Number,
    /// The time of day; there is one.
    Clock,
    /// The weekday; there is one.
    Weekday,
    /// What a calendar tells.
    Told {
        width: u8,
        calendar: CalendarSpec,
    },
}

/// A leaf's meaning depends on the kind of fact it falls on.
#[derive(Debug, Clone)]
pub enum ConditionSpec {
    Always,
    Leaf { fact: u8, a: u8, b: u8 },
    Not(Box<ConditionSpec>),
    All(Vec<ConditionSpec>),
    Any(Vec<ConditionSpec>),
}

#[derive(Debug, Clone, Copy)]
pub enum KindSpec {
    May,
    MayInGeneral,
    MustNot,
    Only,
    /// A permission inside the condition and a bar outside.
    Within,
    Duty,
    /// A duty that stands without an act.
    Standing,
    Disapply,
    Advice,
}

#[derive(Debug, Clone)]
pub struct NormSpec {
    pub kind: KindSpec,
    /// Bit `i`: about act `i`; none means all.
    pub acts: u8,
    pub when: ConditionSpec,
    pub price: Vec<u8>,
    pub addendum: bool,
    pub deeds: u8,
    /// An exception is always from a higher rank to a lower one, so that there are no circles.
    pub rank: u8,
    pub despite: Vec<u8>,
}

/// What the second of two instruments is to the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    Amends,
    /// It ends the first, if it has a first day.
    Replaces,
    Under,
}

/// A first day and, unless the end is open, how long.
pub type Stretch = (u8, Option<u8>);

#[derive(Debug, Clone)]
pub struct Spec {
    pub subject: u8,
    pub facts: Vec<FactSpec>,
    /// A period: its first day and, unless its end is open, how long it lasts.
    pub period: Option<Stretch>,
    /// A parameter that is a set of values of the first fact that has a list.
    pub set: bool,
    /// When the addendum was adopted, from when it is in force and for how long, and whether only during the period.
    pub addendum: (Option<u8>, Option<Stretch>, bool),
    /// What the addendum is to the policy.
    pub relation: Relation,
    pub impossible: Vec<ConditionSpec>,
    pub atoms: [(u8, bool, u8); 2],
    pub norms: Vec<NormSpec>,
}

#[derive(Debug, Clone)]
pub enum StatedSpec {
    Absent,
    Unknown,
    Value(u8),
    Among(u8, u8),
}

#[derive(Debug, Clone)]
pub struct QuestionSpec {
    pub act: u8,
    pub on: Option<u8>,
    pub at: Option<u8>,
    pub as_of: Option<u8>,
    pub stated: Vec<StatedSpec>,
    /// For each atom: 1 granted, 2 refused.
    pub atoms: [u8; 4],
    /// For each deed: 1 done, 2 not done, 3 done but for every second rule too late.
    pub deeds: [u8; 2],
    pub assume: bool,
}

/// A random condition.
pub fn condition() -> impl Strategy<Value = ConditionSpec> {
    let leaf = prop_oneof![
        1 => Just(ConditionSpec::Always),
        8 => (any::<u8>(), any::<u8>(), any::<u8>()).prop_map(|(fact, a, b)| ConditionSpec::Leaf { fact, a, b }),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|c| ConditionSpec::Not(Box::new(c))),
            vec(inner.clone(), 1..=3).prop_map(ConditionSpec::All),
            vec(inner, 1..=3).prop_map(ConditionSpec::Any),
        ]
    })
}

fn norm_spec() -> impl Strategy<Value = NormSpec> {
    let kind = prop_oneof![
        4 => Just(KindSpec::May),
        1 => Just(KindSpec::MayInGeneral),
        3 => Just(KindSpec::MustNot),
        3 => Just(KindSpec::Only),
        1 => Just(KindSpec::Within),
        2 => Just(KindSpec::Duty),
        2 => Just(KindSpec::Standing),
        1 => Just(KindSpec::Disapply),
        1 => Just(KindSpec::Advice),
    ];
    let price = prop_oneof![2 => Just(Vec::new()), 3 => vec(any::<u8>(), 1..=3)];
    let addendum = prop::bool::weighted(0.3);
    (kind, any::<u8>(), condition(), price, addendum, any::<u8>(), any::<u8>(), vec(any::<u8>(), 0..=3))
        .prop_map(|(kind, acts, when, price, addendum, deeds, rank, despite)| NormSpec {
            kind,
            acts,
            when,
            price,
            addendum,
            deeds,
            rank,
            despite,
        })
}

/// A random policy.
pub fn spec() -> impl Strategy<Value = Spec> {
    let guard = || (prop_oneof![3 => Just(0), 1 => 0..8_u8], of((any::<u8>(), any::<u8>())));
    let one_of = (2..=4_u8, of((any::<u8>(), any::<bool>())), guard(), of(of(any::<u8>())))
        .prop_map(|(width, presumed, guard, left)| FactSpec::OneOf { width, presumed, guard, left });
    let fact = prop_oneof![
        3 => one_of,
        3 => (of(any::<bool>()), guard()).prop_map(|(presumed, guard)| FactSpec::YesNo { presumed, guard }),
        1 => Just(FactSpec::Number),
        1 => Just(FactSpec::Clock),
        1 => Just(FactSpec::Weekday),
        1 => (2..=4_u8, moments::calendar())
            .prop_map(|(width, calendar)| FactSpec::Told { width, calendar }),
        2 => (2..=3_u8, of(any::<u8>())).prop_map(|(width, taken)| FactSpec::Reading { width, taken }),
    ];
    let time = (of(0..20_u8), of((0..20_u8, of(1..10_u8))), any::<bool>());
    let relation =
        prop_oneof![3 => Just(Relation::Amends), 1 => Just(Relation::Replaces), 1 => Just(Relation::Under)];
    let atom = (any::<u8>(), any::<bool>(), any::<u8>());
    (
        2..=3_u8,
        vec(fact, 1..=4),
        of((0..20_u8, of(1..10_u8))),
        prop::bool::weighted(0.3),
        (time, relation),
        vec(condition(), 0..=2),
        [atom, atom],
        vec(norm_spec(), 1..=8),
    )
        .prop_map(|(subject, facts, period, set, (addendum, relation), impossible, atoms, norms)| Spec {
            subject,
            facts,
            period,
            set,
            addendum,
            relation,
            impossible,
            atoms,
            norms,
        })
}

/// A random question.
pub fn question() -> impl Strategy<Value = QuestionSpec> {
    let stated = prop_oneof![
        3 => Just(StatedSpec::Absent),
        1 => Just(StatedSpec::Unknown),
        4 => any::<u8>().prop_map(StatedSpec::Value),
        2 => (any::<u8>(), any::<u8>()).prop_map(|(a, b)| StatedSpec::Among(a, b)),
    ];
    let atoms = [0..3_u8, 0..3_u8, 0..3_u8, 0..3_u8];
    let days = (of(0..30_u8), prop_oneof![3 => Just(None), 1 => (0..30_u8).prop_map(Some)], of(any::<u8>()));
    (any::<u8>(), days, vec(stated, 12), atoms, [0..4_u8, 0..4_u8], any::<bool>()).prop_map(
        |(act, (on, as_of, at), stated, atoms, deeds, assume)| QuestionSpec {
            act,
            on,
            at: at.filter(|_| on.is_some()),
            as_of,
            stated,
            atoms,
            deeds,
            assume,
        },
    )
}

/// The day so long after the first that random policies know.
pub fn day(offset: u8) -> Date {
    let first = Date::from_ymd(2020, 1, 1).expect("a day").days();
    Date::from_days(first + i64::from(offset)).expect("a day")
}

/// A set of values of a fact of this width: never none, never all.
fn some_values(width: usize, pick: u8) -> Vec<ValueId> {
    let mask = usize::from(pick) % ((1 << width) - 2) + 1;
    (0..width).filter(|v| mask >> v & 1 == 1).map(value).collect()
}

fn id(place: usize) -> FactId {
    FactId(u16::try_from(place).expect("few facts"))
}

/// A presumption of the fact in a place that may not count for some acts, or hang on another fact.
fn presumption(spec: &Spec, place: usize, values: Vec<ValueId>, guard: GuardSpec) -> Presumption {
    let (acts, on) = guard;
    let not_for = (0..ACTS).filter(|act| acts >> act & 1 == 1).map(value).collect();
    let when = on.and_then(|(pick, wanted)| {
        let other = usize::from(pick) % spec.facts.len();
        let width = match &spec.facts[other] {
            FactSpec::OneOf { width, .. } | FactSpec::Reading { width, .. } => usize::from(*width),
            FactSpec::YesNo { .. } => 2,
            FactSpec::Number | FactSpec::Clock => return None,
            FactSpec::Weekday => 7,
            FactSpec::Told { width, .. } => usize::from(*width),
        };
        // The subject and the act stand before these facts, and the two dates before those.
        (other != place).then(|| (id(4 + other), some_values(width, wanted)))
    });
    Presumption { values, not_for, when: when.into_iter().collect() }
}

/// Makes a model of a spec.
pub fn build(spec: &Spec) -> Model {
    let mut model = empty_model();
    let names = |width: usize| WORDS.iter().take(width).map(|n| word(n)).collect::<Vec<_>>();
    model.subject = Some(id(model.facts.len()));
    model.facts.push(fact("who", Kind::OneOf(names(usize::from(spec.subject)))));
    let act = id(model.facts.len());
    model.facts.push(fact("act", Kind::Acts));
    acts(&mut model, act, WORDS.iter().take(ACTS).map(|n| (*n).to_owned()));
    if spec.norms.iter().any(|n| matches!(n.kind, KindSpec::Standing)) {
        model.no_act = Some(value(ACTS));
        model.acts.push(Act { word: word("no act"), verb: Vec::new(), gaps: Vec::new() });
    }
    for (place, one) in spec.facts.iter().enumerate() {
        let name = format!("fact-{place}");
        let made = match one {
            FactSpec::OneOf { width, presumed, guard, left } => {
                let width = usize::from(*width);
                let mut made = fact(&name, Kind::OneOf(names(width)));
                if let Some((pick, several)) = presumed {
                    let mut values = some_values(width, *pick);
                    if !several {
                        values.truncate(1);
                    }
                    made.presumed = vec![presumption(spec, place, values, *guard)];
                }
                if let Some(taken) = left {
                    made.presumed.clear();
                    made.left_to = Some("wibble".to_owned());
                    made.taken_as = taken.map(|v| (vec![value(usize::from(v) % width)], "so".to_owned()));
                }
                made
            }
            FactSpec::YesNo { presumed, guard } => {
                let mut made = fact(&name, Kind::YesNo);
                let values = presumed.map(|yes| vec![ValueId(u16::from(yes))]);
                made.presumed =
                    values.into_iter().map(|values| presumption(spec, place, values, *guard)).collect();
                made
            }
            FactSpec::Reading { width, taken } => {
                let width = usize::from(*width);
                let mut made = fact(&name, Kind::OneOf(names(width)));
                made.taken_as = taken.map(|v| (vec![value(usize::from(v) % width)], "so".to_owned()));
                model.readings.insert(id(model.facts.len()), 0);
                made
            }
            FactSpec::Number => fact(&name, Kind::Number { unit: "wobbles".to_owned(), from: 0, to: 10 }),
            FactSpec::Clock if model.clock.is_none() => {
                model.clock = Some(id(model.facts.len()));
                fact(&name, Kind::Time)
            }
            FactSpec::Weekday if model.weekday.is_none() => {
                model.weekday = Some(id(model.facts.len()));
                fact(&name, Kind::Weekday)
            }
            // A presumption may look at the value of a second one.
            FactSpec::Weekday => fact(&name, Kind::OneOf(names(7))),
            FactSpec::Clock => fact(&name, Kind::YesNo),
            FactSpec::Told { width, calendar } => {
                let told = id(model.facts.len());
                let plan = moments::plan(calendar, told, usize::from(*width));
                model.calendars.push(byelaw_hir::Calendar {
                    name: name.clone(),
                    title: String::new(),
                    zone: "Europe/London".to_owned(),
                    counts: None,
                    plan,
                    named: Vec::new(),
                    span: model.instruments[0].span,
                });
                fact(&name, Kind::OneOf(names(usize::from(*width))))
            }
        };
        model.facts.push(made);
    }
    if let Some((from, length)) = spec.period {
        let mut made = fact("period", Kind::YesNo);
        made.period = Some(PeriodDates {
            from: day(from),
            until: length.map(|days| day(from + days)),
            set_by_pack: false,
        });
        model.facts.push(made);
    }
    let listed = (2..model.facts.len()).map(id).find(|f| matches!(model.fact(*f).kind, Kind::OneOf(_)));
    let mut set: BTreeMap<FactId, Vec<FactId>> = BTreeMap::new();
    if let (true, Some(of)) = (spec.set, listed) {
        let width = model.width(of);
        let parent = model.facts.len();
        let members: Vec<FactId> = (0..width).map(|i| id(parent + 1 + i)).collect();
        let kind = Kind::SomeOf { labels: names(width), members: members.clone(), of: Some(of) };
        model.facts.push(Fact { left_to: Some("wibble".to_owned()), ..fact("set", kind) });
        for label in 0..width {
            model.facts.push(Fact {
                left_to: Some("wibble".to_owned()),
                member_of: Some((id(parent), value(label))),
                ..fact(&format!("set-{label}"), Kind::YesNo)
            });
        }
        set.insert(of, members);
    }
    let word_of = |name: &str, giving: Option<Giving>| Atom { word: word(name), approval: giving };
    for (giver, own, class) in spec.atoms {
        model.atoms.push(word_of(
            "nod",
            Some(Giving {
                by: Vec::new(),
                givers: vec![value(usize::from(giver) % usize::from(spec.subject))],
                // Sometimes whoever is so, too, can give it.
                held_roles: spec
                    .facts
                    .iter()
                    .position(|f| giver > 191 && matches!(f, FactSpec::YesNo { .. }))
                    .map(|place| id(4 + place))
                    .into_iter()
                    .collect(),
                class: [None, Some("wibble"), Some("wobble")][usize::from(class) % 3].map(str::to_owned),
                not_by_asker: own,
            }),
        ));
    }
    model.atoms.extend([word_of("hop", None), word_of("skip", None)]);
    model.deeds = vec![word("mop"), word("sweep")];
    let (adopted, dates, with_period) = spec.addendum;
    let mut in_force: Vec<InForce> = dates
        .iter()
        .map(|(from, length)| InForce::Dates { from: day(*from), until: length.map(|days| day(from + days)) })
        .collect();
    if with_period && let Some(period) = model.facts.iter().position(|f| f.period.is_some()) {
        in_force.push(InForce::While(id(period)));
    }
    let addendum = Instrument {
        adopted: adopted.map(day),
        in_force,
        amends: (spec.relation == Relation::Amends).then_some(0),
        replaces: (spec.relation == Relation::Replaces).then_some(0),
        under: (spec.relation == Relation::Under).then_some(0),
        ..model.instruments[0].clone()
    };
    model.instruments.push(addendum);
    model.impossible = spec
        .impossible
        .iter()
        .map(|c| make(&model, &set, c))
        .filter(|c| plain(c, act) && says_all(&model, c, 0))
        .collect();
    for (place, one) in spec.norms.iter().enumerate() {
        add(&mut model, &set, place, one);
    }
    for (a, stronger) in spec.norms.iter().enumerate() {
        for b in stronger.despite.iter().map(|b| usize::from(*b) % spec.norms.len()) {
            if (stronger.rank, a) > (spec.norms[b].rank, b) {
                prevail(&mut model, a, b);
            }
        }
    }
    model
}

fn add(model: &mut Model, set: &BTreeMap<FactId, Vec<FactId>>, place: usize, one: &NormSpec) {
    let act = model.act.expect("there are acts");
    let about: Vec<ValueId> = (0..ACTS).filter(|a| one.acts >> a & 1 == 1).map(value).collect();
    // What a sentence says of every act, it says of none where there is none.
    let about = match (about.is_empty(), model.no_act) {
        (true, None) => Condition::Always,
        (true, Some(_)) => Condition::In(act, (0..ACTS).map(value).collect()),
        (false, _) => Condition::In(act, about),
    };
    let when = make(model, set, &one.when);
    let packages = one.price.iter().map(|mask| {
        let mask = if mask % 16 == 0 { 1 } else { mask % 16 };
        (0..4).filter(|a| mask >> a & 1 == 1).map(AtomId).collect::<BTreeSet<_>>()
    });
    let price = if one.price.is_empty() { Price::free() } else { Price(minimal(packages.collect())) };
    let name = format!("rule-{place}");
    let guard = |when: Condition| Condition::All(vec![about.clone(), when]);
    let instrument = usize::from(one.addendum);
    // Which acts a norm is about is said in one place: a condition that names an act again, under a choice or a
    // negation, says nothing of its other facts for some acts.
    let mut named = BTreeSet::new();
    when.facts_into(&mut named);
    let says = !named.contains(&act) && says_all(model, &guard(when.clone()), instrument);
    let when = if says { when } else { Condition::Always };
    let first = model.norms.len();
    match one.kind {
        KindSpec::May => norm(model, &name, NormKind::May, guard(when), price),
        KindSpec::MayInGeneral => norm(model, &name, NormKind::MayInGeneral, guard(when), price),
        KindSpec::MustNot => norm(model, &name, NormKind::MustNot, guard(when), Price::never()),
        KindSpec::Only => norm(model, &name, NormKind::Only, guard(when), price),
        KindSpec::Duty => norm(model, &name, NormKind::Duty, guard(when), Price::free()),
        KindSpec::Standing => {
            let no_act = model.no_act.expect("a policy with such a duty has the value");
            let guard = Condition::All(vec![Condition::In(act, vec![no_act]), when]);
            norm(model, &name, NormKind::Standing, guard, Price::free())
        }
        KindSpec::Advice => norm(model, &name, NormKind::Advice, guard(when), Price::free()),
        KindSpec::Disapply => norm(model, &name, NormKind::Disapply, guard(when), Price::free()),
        KindSpec::Within => {
            let inside = norm(model, &name, NormKind::May, guard(when.clone()), price);
            let mut outside = model.norms[inside].clone();
            outside.kind = NormKind::MustNot;
            outside.guard = guard(Condition::Not(Box::new(when)));
            outside.price = Price::never();
            model.norms.push(outside);
            model.norms[inside].says = Says::MayOnly;
            model.norms[inside + 1].says = Says::MayOnly;
            inside
        }
    };
    for made in &mut model.norms[first..] {
        made.instrument = instrument;
        if matches!(made.kind, NormKind::Duty | NormKind::Standing) {
            let (mop, sweep) = (DeedId(0), DeedId(1));
            made.deeds = match one.deeds % 4 {
                0 => vec![vec![mop]],
                1 => vec![vec![sweep]],
                2 => vec![vec![mop], vec![sweep]],
                _ => vec![vec![mop, sweep]],
            };
        }
    }
}

/// Whether a condition says something of each fact that it names. A sentence such as "wibble or
/// not wibble" names a fact and says nothing of it, and judges may differ in whether they look at it.
fn says_all(model: &Model, condition: &Condition, instrument: usize) -> bool {
    let mut alone = Model { impossible: Vec::new(), norms: Vec::new(), names: Vec::new(), ..model.clone() };
    norm(&mut alone, "alone", NormKind::May, condition.clone(), Price::free());
    alone.norms[0].instrument = instrument;
    let program = byelaw_compiler::lower(&alone).expect("one rule is within the limits");
    let mut named = BTreeSet::new();
    condition.facts_into(&mut named);
    named.remove(&model.act.expect("there are acts"));
    for end in model.ends(instrument) {
        named.insert(ON);
        named.extend(end.adopted.map(|_| AS_OF));
    }
    let instrument = &model.instruments[instrument];
    named.extend(instrument.adopted.map(|_| AS_OF));
    named.extend(instrument.in_force.iter().map(|time| match time {
        InForce::Dates { .. } => ON,
        InForce::While(period) => *period,
    }));
    // About acts that it is not about it may say nothing at all.
    program.slices.iter().any(|slice| !slice.boxes.is_empty())
        && program.slices.iter().all(|slice| {
            slice.boxes.is_empty() || slice.facts.iter().map(|f| f.fact).collect::<BTreeSet<_>>() == named
        })
}

/// Whether a condition speaks of the acts only as a whole: no "that act, or wibble".
fn plain(condition: &Condition, act: FactId) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().all(|p| plain(p, act)),
        Condition::In(..) => true,
        other => {
            let mut named = BTreeSet::new();
            other.facts_into(&mut named);
            !named.contains(&act)
        }
    }
}

/// A model in which every approval has a name of its own and advice says something.
pub fn named(spec: &Spec) -> Model {
    let mut model = build(spec);
    for (place, atom) in model.atoms.iter_mut().enumerate() {
        atom.word.name = format!("atom-{place}");
    }
    for (place, rule) in model.names.iter_mut().enumerate() {
        rule.advice = Some(format!("advice {}", place % 3));
    }
    model
}

/// Without packages that hold another, in order: as a resolved model has them.
fn minimal(packages: BTreeSet<BTreeSet<AtomId>>) -> Vec<BTreeSet<AtomId>> {
    packages.iter().filter(|p| !packages.iter().any(|q| q != *p && q.is_subset(p))).cloned().collect()
}

/// One rule is an exception to another, in those of its norms that can be.
fn prevail(model: &mut Model, stronger: usize, weaker: usize) {
    use NormKind::{Advice, Disapply, Duty, May, MayInGeneral, MustNot, Only, Standing};
    let of = |rule: usize| RuleId::at(rule).expect("few rules");
    for a in 0..model.norms.len() {
        for b in 0..model.norms.len() {
            let (first, second) = (&model.norms[a], &model.norms[b]);
            let opposed = match first.kind {
                May | MayInGeneral => matches!(second.kind, MustNot | Only),
                MustNot => matches!(second.kind, May | MayInGeneral | Only),
                Only => matches!(second.kind, May | MayInGeneral | MustNot | Only),
                Disapply => matches!(second.kind, MustNot | Only | Duty | Standing),
                Duty | Standing | Advice => false,
            };
            if first.rule == of(stronger) && second.rule == of(weaker) && opposed {
                model.precedence.insert((a, b));
            }
        }
    }
}

/// A condition about the facts of a model that was built.
pub fn condition_about(model: &Model, spec: &ConditionSpec) -> Condition {
    let sets = model.facts.iter().filter_map(|f| match &f.kind {
        Kind::SomeOf { members, of: Some(of), .. } => Some((*of, members.clone())),
        _ => None,
    });
    make(model, &sets.collect(), spec)
}

fn make(model: &Model, set: &BTreeMap<FactId, Vec<FactId>>, spec: &ConditionSpec) -> Condition {
    let several = |parts: &[ConditionSpec]| parts.iter().map(|p| make(model, set, p)).collect();
    match spec {
        ConditionSpec::Always => Condition::Always,
        ConditionSpec::Not(inner) => Condition::Not(Box::new(make(model, set, inner))),
        ConditionSpec::All(parts) => Condition::All(several(parts)),
        ConditionSpec::Any(parts) => Condition::Any(several(parts)),
        ConditionSpec::Leaf { fact, a, b } => {
            let usable: Vec<FactId> = (2..model.facts.len())
                .map(id)
                .filter(|f| !matches!(model.fact(*f).kind, Kind::SomeOf { .. }))
                .collect();
            let fact = usable[usize::from(*fact) % usable.len()];
            match (&model.fact(fact).kind, set.get(&fact)) {
                (Kind::Number { .. }, _) => {
                    let (a, b) = (i64::from(a % 13) - 1, i64::from(b % 13) - 1);
                    Condition::Between(fact, a.min(b), a.max(b))
                }
                (_, Some(members)) if b % 2 == 1 => Condition::InSet(fact, members.clone()),
                (Kind::Time, _) => {
                    let (a, b) = (moments::minute(*a).minutes(), moments::minute(*b).minutes());
                    Condition::Between(fact, i64::from(a.min(b)), i64::from(a.max(b)))
                }
                _ => Condition::In(fact, some_values(model.width(fact), *a)),
            }
        }
    }
}

/// Makes a question of a spec.
pub fn ask(model: &Model, spec: &QuestionSpec) -> Question {
    let act = model.act.expect("there are acts");
    let mut question = Question { assume: spec.assume, ..Question::default() };
    question.on = spec.on.map(day);
    question.at = spec.at.map(moments::minute);
    question.as_of = spec.as_of.map(day);
    for place in 2..model.facts.len() {
        let this = id(place);
        let spec = spec.stated.get(place - 2).unwrap_or(&StatedSpec::Absent);
        let width = model.width(this);
        let stated = match (&model.fact(this).kind, spec) {
            (_, StatedSpec::Absent) | (Kind::SomeOf { .. } | Kind::Acts, _) => continue,
            (_, StatedSpec::Unknown) => Stated::Unknown,
            (Kind::Number { .. }, StatedSpec::Value(v) | StatedSpec::Among(v, _)) => {
                Stated::Number(i64::from(v % 11))
            }
            (Kind::Time, StatedSpec::Value(v) | StatedSpec::Among(v, _)) => {
                Stated::Number(i64::from(moments::minute(*v).minutes()))
            }
            (_, StatedSpec::Value(v)) => Stated::Value(value(usize::from(*v) % width)),
            // A person can be several things; a parameter that holds some of them does not know that.
            (_, StatedSpec::Among(a, b)) if model.subject == Some(this) && b % 3 == 0 => {
                let both = model
                    .facts
                    .iter()
                    .all(|f| !matches!(f.kind, Kind::SomeOf { of: Some(of), .. } if of == this));
                let mut values = some_values(width, *a);
                if values.len() < 2 {
                    values = vec![value(0), value(1)];
                }
                if both { Stated::AllOf(values) } else { Stated::Unknown }
            }
            (_, StatedSpec::Among(a, b)) if width > 2 => {
                let values = some_values(width, *a);
                // Half of the groups have ordinary members.
                let mut ordinarily = values.clone();
                // Of a weekday nothing is presumed.
                ordinarily.truncate(if b % 2 == 0 || model.weekday == Some(this) {
                    0
                } else {
                    1 + usize::from(b / 2) % values.len()
                });
                Stated::Among { values, ordinarily }
            }
            (_, StatedSpec::Among(..)) => Stated::Unknown,
        };
        question.facts.insert(this, stated);
    }
    question.facts.insert(act, Stated::Value(value(usize::from(spec.act) % model.acts.len())));
    let chosen = |of: &[u8], wanted: u8| -> Vec<u16> {
        of.iter()
            .enumerate()
            .filter(|(_, s)| **s == wanted)
            .filter_map(|(i, _)| u16::try_from(i).ok())
            .collect()
    };
    question.granted = chosen(&spec.atoms, 1).into_iter().map(AtomId).collect();
    question.refused = chosen(&spec.atoms, 2).into_iter().map(AtomId).collect();
    question.done = chosen(&spec.deeds, 1).into_iter().map(DeedId).collect();
    for deed in chosen(&spec.deeds, 3).into_iter().map(DeedId) {
        question.done.insert(deed);
        let rules = (0..model.names.len()).filter_map(RuleId::at);
        question.late.extend(rules.step_by(2).map(|rule| (deed, rule)));
    }
    question.undone = chosen(&spec.deeds, 2).into_iter().map(DeedId).collect();
    question
}

/// A question whose answer hangs on its act alone: it refuses no duty that stands without one.
pub fn about_act_alone(model: &Model, mut question: Question) -> Question {
    let act = model.act.and_then(|act| question.facts.get(&act));
    if model.no_act.is_some_and(|no_act| act != Some(&Stated::Value(no_act))) {
        question.undone.clear();
        question.late.clear();
    }
    question
}

/// A question that states everything, as a situation would.
pub fn fully_known(model: &Model, spec: &QuestionSpec) -> Question {
    let mut question = ask(model, spec);
    question.on = Some(day(spec.on.unwrap_or(7)));
    for place in 0..model.facts.len() {
        let this = id(place);
        if this == ON || this == AS_OF {
            continue;
        }
        let number = usize::from(match spec.stated.get(place.saturating_sub(2)) {
            Some(StatedSpec::Value(v) | StatedSpec::Among(v, _)) => *v,
            _ => 0,
        });
        let stated = match model.fact(this).kind {
            Kind::SomeOf { .. } | Kind::Acts => continue,
            Kind::Time => Stated::Number(i64::from(moments::minute((number % 256) as u8).minutes())),
            Kind::Number { .. } => Stated::Number(i64::try_from(number % 11).expect("small")),
            _ => Stated::Value(value(number % model.width(this))),
        };
        question.facts.insert(this, stated);
    }
    question
}

/// A question that states everything, as a situation; first the act.
pub fn situation(model: &Model, question: &Question) -> (usize, Situation) {
    let on = question.on.expect("the date is known").days();
    let mut situation = Situation::from([(ON, Value::Number(on)), (AS_OF, Value::Number(on))]);
    for (fact, stated) in &question.facts {
        situation.insert(
            *fact,
            match stated {
                Stated::Value(value) => Value::Listed(*value),
                Stated::Number(number) => Value::Number(*number),
                Stated::Unknown | Stated::Among { .. } | Stated::AllOf(_) => {
                    panic!("each fact has one value")
                }
            },
        );
    }
    let act = model.act.expect("there are acts");
    let Some(Stated::Value(act)) = question.facts.get(&act) else { panic!("the act is known") };
    (usize::from(act.0), situation)
}
