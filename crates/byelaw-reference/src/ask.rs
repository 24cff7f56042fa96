//! A question judged by looking at every completion of what it leaves unknown (2.5, 2.6, 2.6a).

use crate::moments::{Part, follows, moments, told};
use crate::{Situation, Value, Verdict, holds, judge};
use byelaw_data::{
    AtomId, Date, DeedId, FactId, Minute, Outcome, Presumption, Question, RuleId, Says, Stated, ValueId, YES,
};
use byelaw_hir::{AS_OF, Condition, InForce, Kind, Model, Norm, NormKind, ON};
use std::collections::{BTreeMap, BTreeSet};

/// The answer, in the terms in which judges are compared: lists as sets, and without the order of questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The answer in one word.
    pub outcome: Outcome,
    /// What suffices in every completion.
    pub ways: BTreeSet<BTreeSet<AtomId>>,
    /// Outcomes of single completions.
    pub possible: BTreeSet<Outcome>,
    /// Deciding rules, and whether in some completions only.
    pub because: BTreeSet<(RuleId, Says, bool)>,
    /// Defeated rules, by which, and whether in some completions only.
    pub defeated: BTreeSet<(RuleId, RuleId, bool)>,
    /// All pairs that clash in some completion, whatever their weight.
    pub clashes: BTreeSet<(RuleId, RuleId)>,
    /// Duties, by which rule, and whether in some completions only.
    pub duties: BTreeSet<(DeedId, RuleId, bool)>,
    /// Rules that advise, and whether in some completions only.
    pub advice: BTreeSet<(RuleId, bool)>,
    /// Presumed facts that the answer rests on.
    pub assumed: BTreeSet<FactId>,
    /// Unknown facts that matter.
    pub needs: BTreeSet<FactId>,
    /// Open parameters that matter.
    pub open: BTreeSet<FactId>,
    /// Readings that nobody settled and that make a difference, and whether in some completions only.
    pub readings: BTreeSet<(FactId, bool)>,
}

/// One completion: the facts that were open with the value each was given, and what follows.
struct Completion {
    chosen: Situation,
    leaf: Leaf,
}

#[derive(Clone)]
struct Leaf {
    outcome: Outcome,
    ways: Verdict,
    because: BTreeSet<(RuleId, Says)>,
    defeated: BTreeSet<(RuleId, RuleId)>,
    clashes: BTreeSet<(RuleId, RuleId)>,
    duties: BTreeSet<(DeedId, RuleId)>,
    advice: BTreeSet<RuleId>,
    readings: BTreeSet<FactId>,
}

/// Judges a question about one stated act. `None` if there are more than `most` completions to look at;
/// `Some(None)` if what is stated cannot be.
///
/// # Panics
/// If the question does not state its act.
pub fn ask(model: &Model, question: &Question, most: usize) -> Option<Option<Judgement>> {
    let whole = |j: &Judgement| (j.possible.clone(), j.ways.clone(), j.duties.clone());
    let Some((judgement, presumed)) = about_act(model, question, whole, most)? else { return Some(None) };
    // Who violates a duty that stands whatever is done may not do what else they may (2.10a).
    let refuses = |n: &Norm, d: &DeedId| question.undone.contains(d) || question.late.contains(&(*d, n.rule));
    let refused = model.norms.iter().any(|n| {
        let about = |no_act: ValueId| can(&n.guard, true, model.act.expect("a policy has acts"), no_act);
        model.no_act.is_some_and(about)
            && n.deeds.iter().any(|one_of| !one_of.is_empty() && one_of.iter().all(|d| refuses(n, d)))
    });
    let act = model.act.and_then(|act| question.facts.get(&act));
    match model.no_act {
        Some(no_act) if refused && act != Some(&Stated::Value(no_act)) => {
            let same = about_no_act(model, question, no_act, &presumed);
            // All that counts of these duties is whether one is broken, and for certain.
            let broken =
                |j: &Judgement| (j.outcome == Outcome::Forbidden, j.possible.contains(&Outcome::Forbidden));
            let Some((standing, _)) = about_act(model, &same, broken, most)? else { return Some(None) };
            Some(Some(strictest_of(judgement, standing)))
        }
        _ => Some(Some(judgement)),
    }
}

/// The answer about an act where the duties that stand whatever is done say `standing`.
fn strictest_of(act: Judgement, standing: Judgement) -> Judgement {
    if act.outcome == Outcome::Forbidden {
        return act;
    }
    let certain = standing.outcome == Outcome::Forbidden;
    let assumed = if certain { standing.assumed } else { &act.assumed | &standing.assumed };
    if !standing.possible.contains(&Outcome::Forbidden) {
        return Judgement { assumed, ..act };
    }
    let possible = if certain {
        BTreeSet::from([Outcome::Forbidden])
    } else {
        act.possible.into_iter().chain([Outcome::Forbidden]).collect()
    };
    Judgement { possible, duties: BTreeSet::new(), advice: act.advice, assumed, ..standing }
}

/// The same question about no act. What is presumed of the act is presumed, unless `presumed` tells that a fact that
/// the act's rules look at is not; what is presumed of no act only is not.
fn about_no_act(
    model: &Model,
    question: &Question,
    no_act: ValueId,
    presumed: &BTreeMap<FactId, bool>,
) -> Question {
    let mut same = question.clone();
    same.facts.extend(model.act.map(|act| (act, Stated::Value(no_act))));
    for place in 0..model.facts.len() {
        let fact = FactId(u16::try_from(place).expect("few facts"));
        let here = presumption(model, question, fact).filter(|_| presumed.get(&fact) != Some(&false));
        if here.is_none() && presumption(model, &same, fact).is_none() {
            continue;
        }
        let values = match question.facts.get(&fact) {
            Some(Stated::Among { values, .. }) => values.clone(),
            _ => (0..model.width(fact)).map(|v| ValueId(u16::try_from(v).expect("few values"))).collect(),
        };
        same.facts.insert(fact, Stated::Among { values, ordinarily: here.unwrap_or_default() });
    }
    same
}

/// What the rules about the stated act alone say, and of the facts that they look at and that could be presumed whether
/// they are. The presumptions it rests on are those without which `gist` would give something else.
fn about_act<G: PartialEq>(
    model: &Model,
    question: &Question,
    gist: impl Fn(&Judgement) -> G,
    most: usize,
) -> Option<Option<(Judgement, BTreeMap<FactId, bool>)>> {
    let act_fact = model.act.expect("a policy has acts");
    let Some(Stated::Value(act)) = question.facts.get(&act_fact) else { panic!("the act is stated") };
    let facts = mentioned(model, act_fact, *act);
    // Presumptions apply in order, each only if a completion remains.
    let mut presumed: BTreeSet<FactId> = BTreeSet::new();
    let mut applied: BTreeMap<FactId, bool> = BTreeMap::new();
    for fact in &facts {
        if presumption(model, question, *fact).is_some() {
            presumed.insert(*fact);
            let fits = !completions(model, question, &facts, &presumed, most)?.is_empty();
            applied.insert(*fact, fits);
            if !fits {
                presumed.remove(fact);
            }
        }
    }
    let all = completions(model, question, &facts, &presumed, most)?;
    if all.is_empty() {
        return Some(None);
    }
    let mut judgement = combine(&all);
    let target = gist(&judgement);

    // A smallest set of presumptions: each is dropped in turn, and kept only if that changes something.
    let mut kept = presumed.clone();
    for fact in &presumed {
        kept.remove(fact);
        let fewer = completions(model, question, &facts, &kept, most)?;
        if gist(&combine(&fewer)) != target {
            kept.insert(*fact);
        }
    }
    judgement.assumed = kept;

    // A fact matters if two completions differ only in it and in what follows.
    let agreed = judgement.outcome != Outcome::NeedsFacts;
    let matters = |group: &BTreeSet<FactId>| {
        let mut seen: BTreeMap<Situation, (Outcome, Verdict)> = BTreeMap::new();
        all.iter().any(|completion| {
            let rest: Situation =
                completion.chosen.iter().filter(|(f, _)| !group.contains(f)).map(|(f, v)| (*f, *v)).collect();
            let ways = if agreed { completion.leaf.ways.clone() } else { Verdict::forbid() };
            let here = (completion.leaf.outcome, ways);
            *seen.entry(rest).or_insert_with(|| here.clone()) != here
        })
    };
    // Facts that follow from one moment are tied: the date with what follows from it alone, the time, and each
    // calendar's fact are looked at by themselves, and all together if none of them matters by itself.
    let tied = tied(model, question, &facts);
    let mut parts: BTreeMap<Part, BTreeSet<FactId>> = BTreeMap::new();
    for fact in &tied {
        if let Some(part) = follows(model, question, *fact) {
            parts.entry(part).or_default().insert(*fact);
        }
    }
    let mut groups: Vec<BTreeSet<FactId>> = parts.into_values().filter(|part| matters(part)).collect();
    if groups.is_empty() && matters(&tied) {
        groups.push(tied.clone());
    }
    let open: BTreeSet<FactId> = all.iter().flat_map(|c| c.chosen.keys().copied()).collect();
    groups.extend(open.difference(&tied).map(|f| BTreeSet::from([*f])).filter(|group| matters(group)));
    for fact in groups.into_iter().flatten() {
        let asked = model.fact(fact).member_of.map_or(fact, |(parent, _)| parent);
        if model.fact(fact).left_to.is_some() || model.readings.contains_key(&fact) {
            judgement.open.insert(asked);
        } else {
            judgement.needs.insert(asked);
        }
    }
    Some(Some((judgement, applied)))
}

/// The facts that decide about an act: those in the guards of norms that can apply to it, the time of their
/// instruments, who asks if that decides about an approval, and what the impossible ties to these.
fn mentioned(model: &Model, act_fact: FactId, act: ValueId) -> BTreeSet<FactId> {
    let mut facts = BTreeSet::new();
    for norm in &model.norms {
        if can(&norm.guard, true, act_fact, act) {
            looked_at(model, norm, &mut facts);
            // Who asks decides about approvals that nobody gives to themselves.
            let own =
                |a: &AtomId| model.atoms[usize::from(a.0)].approval.as_ref().is_some_and(|g| g.not_by_asker);
            for atom in norm.price.0.iter().flatten().filter(|a| own(a)) {
                facts.extend(model.subject);
                facts.extend(model.atoms[usize::from(atom.0)].approval.iter().flat_map(|g| &g.held_roles));
            }
        }
    }
    // What cannot be with the act is not presumed of the duties that stand whatever is done.
    let mut of_duties = BTreeSet::new();
    let standing = model.norms.iter().filter(|n| n.kind == NormKind::Standing);
    standing.for_each(|n| looked_at(model, n, &mut of_duties));
    for condition in model.impossible.iter().filter(|c| can(c, true, act_fact, act)) {
        let mut named = BTreeSet::new();
        facts_in(condition, &mut named);
        if named.contains(&act_fact) {
            facts.extend(named.intersection(&of_duties));
        }
    }
    facts.remove(&act_fact);
    loop {
        let before = facts.len();
        for condition in model.impossible.iter().filter(|c| can(c, true, act_fact, act)) {
            let here = others(condition, act_fact);
            if !here.is_disjoint(&facts) {
                facts.extend(here);
            }
        }
        if facts.len() == before {
            return facts;
        }
    }
}

/// The facts on which it hangs whether a norm applies: those of its guard, and those that tell when its policy or
/// addendum is in force.
fn looked_at(model: &Model, norm: &Norm, facts: &mut BTreeSet<FactId>) {
    facts_in(&norm.guard, facts);
    let Some(instrument) = model.instruments.get(norm.instrument) else { return };
    if instrument.adopted.is_some() {
        facts.insert(AS_OF);
    }
    for end in model.ends(norm.instrument) {
        facts.insert(ON);
        facts.extend(end.adopted.map(|_| AS_OF));
    }
    for time in &instrument.in_force {
        facts.insert(match time {
            InForce::Dates { .. } => ON,
            InForce::While(period) => *period,
        });
    }
}

/// Whether a condition could hold (or, unless `wanted`, could fail) for this act if every other fact were as wished.
/// Each part is looked at by itself, so that it says yes too often rather than too rarely.
fn can(condition: &Condition, wanted: bool, act_fact: FactId, act: ValueId) -> bool {
    let part = |c: &Condition| can(c, wanted, act_fact, act);
    match condition {
        Condition::Always => wanted,
        Condition::In(fact, values) if *fact == act_fact => values.contains(&act) == wanted,
        Condition::Not(inner) => can(inner, !wanted, act_fact, act),
        Condition::All(parts) if wanted => parts.iter().all(part),
        Condition::Any(parts) if !wanted => parts.iter().all(part),
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(part),
        Condition::In(..) | Condition::InSet(..) | Condition::Between(..) => true,
    }
}

/// The facts of a condition but for the act.
fn others(condition: &Condition, act_fact: FactId) -> BTreeSet<FactId> {
    let mut found = BTreeSet::new();
    facts_in(condition, &mut found);
    found.remove(&act_fact);
    found
}

fn facts_in(condition: &Condition, found: &mut BTreeSet<FactId>) {
    match condition {
        Condition::Always => {}
        Condition::In(fact, _) | Condition::Between(fact, ..) => {
            found.insert(*fact);
        }
        Condition::InSet(fact, members) => {
            found.insert(*fact);
            found.extend(members);
        }
        Condition::Not(inner) => facts_in(inner, found),
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|p| facts_in(p, found)),
    }
}

/// The values presumed of a fact that the question does not settle, if any.
fn presumption(model: &Model, question: &Question, fact: FactId) -> Option<Vec<ValueId>> {
    if !question.assume {
        return None;
    }
    match question.facts.get(&fact) {
        Some(Stated::Among { values, ordinarily }) if !ordinarily.is_empty() && ordinarily != values => {
            Some(ordinarily.clone())
        }
        Some(_) => None,
        None => {
            let this = model.fact(fact);
            let free = this.period.is_none() && this.taken_as.is_none();
            let counts = |p: &&Presumption| counts(model, question, p);
            this.presumed.iter().find(counts).filter(|_| free).map(|p| p.values.clone())
        }
    }
}

/// Whether a presumption counts: it is made for this act, and the question states what it hangs on.
fn counts(model: &Model, question: &Question, presumed: &Presumption) -> bool {
    let is = |fact: FactId, wanted: &dyn Fn(&ValueId) -> bool| match question.facts.get(&fact) {
        Some(Stated::Value(value)) => wanted(value),
        Some(Stated::Among { values, .. } | Stated::AllOf(values)) => values.iter().all(wanted),
        Some(Stated::Unknown | Stated::Number(_)) | None => false,
    };
    let act = model.act.expect("a policy has acts");
    is(act, &|act| !presumed.not_for.contains(act))
        && presumed.when.iter().all(|(fact, values)| is(*fact, &|value| values.contains(value)))
}

/// The facts that follow from a moment which is not known; with those that follow from its date also the date itself.
fn tied(model: &Model, question: &Question, facts: &BTreeSet<FactId>) -> BTreeSet<FactId> {
    let mut tied: BTreeSet<FactId> =
        facts.iter().copied().filter(|f| follows(model, question, *f).is_some()).collect();
    if tied.iter().any(|f| follows(model, question, *f) == Some(Part::Date)) {
        tied.insert(ON);
    }
    tied
}

/// The values that the question leaves a fact, presumptions in `presumed` applied. Facts that
/// follow from an unknown moment are left to `completions`.
fn values(model: &Model, question: &Question, fact: FactId, presumed: &BTreeSet<FactId>) -> Vec<Value> {
    let listed = |values: &[ValueId]| values.iter().map(|v| Value::Listed(*v)).collect::<Vec<_>>();
    let every = || -> Vec<Value> {
        match model.fact(fact).kind {
            Kind::Number { from, to, .. } => numbers(model, fact, from, to),
            Kind::Date => numbers(model, fact, Date::FIRST.days(), Date::LAST.days()),
            Kind::Time => numbers(model, fact, 0, i64::from(Minute::LAST.minutes())),
            _ => (0..model.width(fact))
                .map(|v| Value::Listed(ValueId(u16::try_from(v).expect("few values"))))
                .collect(),
        }
    };
    if fact == ON {
        return question.on.map_or_else(every, |on| vec![Value::Number(on.days())]);
    }
    if fact == AS_OF {
        return vec![Value::Number(question.as_of.or(question.on).unwrap_or(Date::LAST).days())];
    }
    if presumed.contains(&fact)
        && let Some(values) = presumption(model, question, fact)
    {
        return listed(&values);
    }
    match question.facts.get(&fact) {
        Some(Stated::Unknown) => every(),
        Some(Stated::Value(value)) => listed(&[*value]),
        // One of several weekdays is that of the date, if it is among them.
        Some(Stated::Among { values, .. }) => match told(model, question, fact).as_deref() {
            Some([Value::Listed(day)]) if model.weekday == Some(fact) && values.contains(day) => {
                listed(&[*day])
            }
            _ => listed(values),
        },
        Some(Stated::AllOf(values)) => {
            vec![Value::AllOf(values.iter().fold(0, |all, value| all | 1 << value.0))]
        }
        Some(Stated::Number(number)) => vec![Value::Number(*number)],
        None => match (told(model, question, fact), &model.fact(fact).taken_as) {
            (Some(values), _) => values,
            (None, Some((values, _))) => match model.fillings.get(&fact).and_then(|set| set.number) {
                Some(number) => vec![Value::Number(number)],
                None => listed(values),
            },
            (None, None) => every(),
        },
    }
}

/// One number for each stretch between the constants that the model compares the fact with.
fn numbers(model: &Model, fact: FactId, from: i64, to: i64) -> Vec<Value> {
    let mut starts = BTreeSet::from([from]);
    let mut note = |at: i64| {
        if from <= at && at <= to {
            starts.insert(at);
        }
    };
    fn constants(condition: &Condition, fact: FactId, note: &mut impl FnMut(i64)) {
        match condition {
            Condition::Between(f, low, high) if *f == fact => {
                note(*low);
                note(high.saturating_add(1));
            }
            Condition::Not(inner) => constants(inner, fact, note),
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().for_each(|p| constants(p, fact, note))
            }
            _ => {}
        }
    }
    for norm in &model.norms {
        constants(&norm.guard, fact, &mut note);
    }
    for condition in &model.impossible {
        constants(condition, fact, &mut note);
    }
    if fact == ON {
        for new in model.instruments.iter().filter(|i| i.replaces.is_some()) {
            if let Some(start) = new.start() {
                note(start.days());
            }
        }
        let in_force = model.instruments.iter().flat_map(|i| &i.in_force).filter_map(|time| match time {
            InForce::Dates { from, until } => Some((*from, *until)),
            InForce::While(_) => None,
        });
        let periods = model.facts.iter().filter_map(|f| f.period).map(|p| (p.from, p.until));
        for (from, until) in in_force.chain(periods).collect::<Vec<_>>() {
            note(from.days());
            if let Some(until) = until {
                note(until.days());
            }
        }
    }
    starts.into_iter().map(Value::Number).collect()
}

/// Every way to complete the question, with what follows; `None` if there are too many.
fn completions(
    model: &Model,
    question: &Question,
    facts: &BTreeSet<FactId>,
    presumed: &BTreeSet<FactId>,
    most: usize,
) -> Option<Vec<Completion>> {
    let act_fact = model.act.expect("a policy has acts");
    let Some(Stated::Value(act)) = question.facts.get(&act_fact) else { return Some(Vec::new()) };
    let tied_facts = tied(model, question, facts);
    let mut partial = vec![(Situation::from([(act_fact, Value::Listed(*act))]), Situation::new())];
    for fact in facts.difference(&tied_facts) {
        let values = values(model, question, *fact, presumed);
        let mut next = Vec::new();
        for (situation, chosen) in &partial {
            for value in &values {
                let (mut situation, mut chosen) = (situation.clone(), chosen.clone());
                situation.insert(*fact, *value);
                if values.len() > 1 {
                    chosen.insert(*fact, *value);
                }
                next.push((situation, chosen));
            }
            if next.len() > most {
                return None;
            }
        }
        partial = next;
    }
    if !tied_facts.is_empty() {
        let dates = numbers(model, ON, Date::FIRST.days(), Date::LAST.days());
        let times = match model.clock {
            Some(clock) => numbers(model, clock, 0, i64::from(Minute::LAST.minutes())),
            None => vec![Value::Number(0)],
        };
        let moments = moments(model, question, &tied_facts, &dates, &times);
        if partial.len().saturating_mul(moments.len()) > most {
            return None;
        }
        partial = partial
            .iter()
            .flat_map(|(situation, chosen)| {
                moments.iter().map(move |moment| {
                    let with = |one: &Situation| one.iter().chain(moment).map(|(f, v)| (*f, *v)).collect();
                    (with(situation), with(chosen))
                })
            })
            .collect();
    }
    // What speaks of none of these facts excludes none of their situations.
    let tied: Vec<&Condition> =
        model.impossible.iter().filter(|c| others(c, act_fact).is_subset(facts)).collect();
    let possible = partial.into_iter().filter(|(s, _)| !tied.iter().any(|c| holds(c, s)));
    // What nobody settled how to read is no completion of its own: its readings are looked at together (2.1).
    let mut read: BTreeMap<Situation, Vec<(Situation, Leaf)>> = BTreeMap::new();
    for (situation, chosen) in possible {
        let leaf = leaf(model, question, &situation);
        let (readings, rest) = chosen.into_iter().partition(|(f, _)| unsettled(model, question, *f));
        read.entry(rest).or_default().push((readings, leaf));
    }
    Some(
        read.into_iter()
            .map(|(chosen, readings)| Completion { chosen, leaf: strictest(&readings) })
            .collect(),
    )
}

/// Whether a fact is a reading that neither the policy nor the question settles.
fn unsettled(model: &Model, question: &Question, fact: FactId) -> bool {
    let settled = model.fact(fact).taken_as.is_some() || question.facts.contains_key(&fact);
    model.readings.contains_key(&fact) && !settled
}

/// The strictest of the readings of one situation (2.7): a no of one is a no; where one says nothing, none of the
/// others makes a yes; else it takes what suffices in each.
fn strictest(readings: &[(Situation, Leaf)]) -> Leaf {
    let order = [Outcome::Forbidden, Outcome::NotCovered, Outcome::NeedsApproval, Outcome::Permitted];
    let rank = |leaf: &Leaf| order.iter().position(|o| *o == leaf.outcome).expect("one of the four");
    let outcome = order[readings.iter().map(|(_, l)| rank(l)).min().expect("a completion has a reading")];
    let yes = matches!(outcome, Outcome::Permitted | Outcome::NeedsApproval);
    let reasons: Vec<&Leaf> = readings.iter().map(|(_, l)| l).filter(|l| l.outcome == outcome).collect();

    // The readings that make a difference are those in which the closest two that differ are unlike.
    let mut unlike: BTreeMap<usize, BTreeSet<FactId>> = BTreeMap::new();
    for (a, x) in readings {
        for (b, y) in readings {
            if (x.outcome, &x.ways) != (y.outcome, &y.ways) {
                let here: Vec<FactId> = a.keys().copied().filter(|f| a.get(f) != b.get(f)).collect();
                unlike.entry(here.len()).or_default().extend(here);
            }
        }
    }
    let differing = unlike.into_values().next().unwrap_or_default();
    Leaf {
        outcome,
        ways: if yes {
            readings.iter().fold(Verdict::permit(), |all, (_, l)| all.meet(&l.ways))
        } else {
            Verdict::forbid()
        },
        because: reasons.iter().flat_map(|l| l.because.iter().copied()).collect(),
        defeated: reasons.iter().flat_map(|l| l.defeated.iter().copied()).collect(),
        clashes: reasons.iter().flat_map(|l| l.clashes.iter().copied()).collect(),
        duties: if yes || outcome == Outcome::NotCovered {
            readings.iter().flat_map(|(_, l)| l.duties.iter().copied()).collect()
        } else {
            BTreeSet::new()
        },
        advice: readings.iter().flat_map(|(_, l)| l.advice.iter().copied()).collect(),
        readings: differing,
    }
}

/// The outcome of the question in one situation (2.5, 2.10a).
fn leaf(model: &Model, question: &Question, situation: &Situation) -> Leaf {
    let judged = judge(model, situation);
    let refused = refused(model, question, situation);
    let granted: BTreeSet<AtomId> = question.granted.difference(&refused).copied().collect();
    let ways = judged.verdict.given(&granted, &refused);
    let approval = |a: &AtomId| model.atoms[usize::from(a.0)].approval.is_some();
    let duties: Vec<&Norm> = judged
        .standing
        .iter()
        .map(|n| &model.norms[*n])
        .filter(|n| matches!(n.kind, NormKind::Duty | NormKind::Standing))
        .collect();
    let refused_deed =
        |n: &Norm, d: &DeedId| question.undone.contains(d) || question.late.contains(&(*d, n.rule));
    let broken: BTreeSet<(RuleId, Says)> = duties
        .iter()
        .filter(|n| n.deeds.iter().any(|one_of| one_of.iter().all(|d| refused_deed(n, d))))
        .map(|n| (n.rule, n.says))
        .collect();
    let mentioned = |d: &DeedId| question.done.contains(d) || question.undone.contains(d);
    let named: BTreeSet<(RuleId, Says)> = duties
        .iter()
        .filter(|n| n.kind == NormKind::Standing && n.deeds.iter().flatten().any(mentioned))
        .map(|n| (n.rule, n.says))
        .collect();
    let no_act = judged.silent && broken.is_empty();
    let outcome = if no_act && !named.is_empty() {
        Outcome::Permitted
    } else if no_act {
        Outcome::NotCovered
    } else if ways.0.is_empty() || !broken.is_empty() {
        Outcome::Forbidden
    } else if ways.0.iter().any(|package| !package.iter().any(approval)) {
        Outcome::Permitted
    } else {
        Outcome::NeedsApproval
    };
    let standing = |counts: &dyn Fn(usize) -> bool| -> BTreeSet<(RuleId, Says)> {
        let norms = judged.standing.iter().filter(|n| counts(**n)).map(|n| &model.norms[*n]);
        norms.map(|n| (n.rule, n.says)).collect()
    };
    let kind = |n: usize| model.norms[n].kind;
    let permission = |n: usize| matches!(kind(n), NormKind::May | NormKind::MayInGeneral);
    let because = match outcome {
        Outcome::NotCovered => BTreeSet::new(),
        Outcome::Permitted if judged.silent => named,
        Outcome::Forbidden if judged.silent || !ways.0.is_empty() => broken,
        Outcome::Forbidden => standing(&|n| {
            let price = Verdict::of(model.norms[n].price.0.iter().cloned()).given(&granted, &refused);
            matches!(kind(n), NormKind::MustNot | NormKind::Only) || permission(n) && price.0.is_empty()
        }),
        _ => {
            let gates = standing(&|n| permission(n) || kind(n) == NormKind::Only);
            if gates.is_empty() { standing(&|n| kind(n) == NormKind::Duty) } else { gates }
        }
    };
    let yes = matches!(outcome, Outcome::Permitted | Outcome::NeedsApproval);
    let rule = |n: usize| model.norms[n].rule;
    Leaf {
        outcome,
        ways: if !yes {
            Verdict::forbid()
        } else if judged.silent {
            Verdict::permit()
        } else {
            ways
        },
        because,
        defeated: judged.defeated.iter().map(|(a, b)| (rule(*a), rule(*b))).filter(|(a, b)| a != b).collect(),
        clashes: judged.clashes.iter().map(|(a, b)| (rule(*a), rule(*b))).collect(),
        advice: judged.standing.iter().filter(|n| kind(**n) == NormKind::Advice).map(|n| rule(*n)).collect(),
        duties: if outcome != Outcome::Forbidden {
            duties
                .iter()
                .flat_map(|n| {
                    let kept =
                        |d: &DeedId| question.done.contains(d) && !question.late.contains(&(*d, n.rule));
                    let open = n.deeds.iter().filter(move |one_of| !one_of.iter().any(kept));
                    open.flatten().filter(|d| !refused_deed(n, d)).map(|d| (*d, n.rule))
                })
                .collect()
        } else {
            BTreeSet::new()
        },
        readings: BTreeSet::new(),
    }
}

/// What was refused, and approvals that the asker would give to themselves where that does not count.
fn refused(model: &Model, question: &Question, situation: &Situation) -> BTreeSet<AtomId> {
    let asker = model.subject.and_then(|subject| situation.get(&subject));
    let own = model.atoms.iter().enumerate().filter(|(_, atom)| {
        atom.approval.as_ref().is_some_and(|giving| {
            let is = giving.givers.iter().any(|giver| asker.is_some_and(|asker| asker.has(*giver)));
            let holds = giving.held_roles.iter().any(|o| situation.get(o) == Some(&Value::Listed(YES)));
            giving.not_by_asker && (is || holds)
        })
    });
    let own = own.map(|(place, _)| AtomId(u16::try_from(place).expect("few atoms")));
    question.refused.iter().copied().chain(own).collect()
}

fn combine(all: &[Completion]) -> Judgement {
    fn told<T: Ord + Clone>(all: &[Completion], of: impl Fn(&Leaf) -> &BTreeSet<T>) -> BTreeSet<(T, bool)> {
        let every: BTreeSet<T> = all.iter().flat_map(|c| of(&c.leaf).iter().cloned()).collect();
        every
            .into_iter()
            .map(|item| {
                let sometimes = !all.iter().all(|c| of(&c.leaf).contains(&item));
                (item, sometimes)
            })
            .collect()
    }
    let possible: BTreeSet<Outcome> = all.iter().map(|c| c.leaf.outcome).collect();
    let outcome = match possible.iter().collect::<Vec<_>>().as_slice() {
        [one] => **one,
        _ => Outcome::NeedsFacts,
    };
    let ways = if matches!(outcome, Outcome::Permitted | Outcome::NeedsApproval) {
        all.iter().fold(Verdict::permit(), |meet, c| meet.meet(&c.leaf.ways))
    } else {
        Verdict::forbid()
    };
    Judgement {
        outcome,
        ways: ways.0,
        possible,
        because: told(all, |l| &l.because).into_iter().map(|((r, s), sometimes)| (r, s, sometimes)).collect(),
        defeated: told(all, |l| &l.defeated)
            .into_iter()
            .map(|((a, b), sometimes)| (a, b, sometimes))
            .collect(),
        clashes: all.iter().flat_map(|c| c.leaf.clashes.iter().copied()).collect(),
        duties: told(all, |l| &l.duties).into_iter().map(|((d, r), sometimes)| (d, r, sometimes)).collect(),
        advice: told(all, |l| &l.advice),
        assumed: BTreeSet::new(),
        needs: BTreeSet::new(),
        open: BTreeSet::new(),
        readings: told(all, |l| &l.readings),
    }
}
