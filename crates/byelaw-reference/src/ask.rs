//! A question judged by looking at every completion of what it leaves unknown (2.5, 2.6, 2.6a).

use crate::judge::stand;
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
    let act_fact = model.act.expect("a policy has acts");
    let Some(Stated::Value(act)) = question.facts.get(&act_fact) else { panic!("the act is stated") };
    let scope = Scope::of(model, question, act_fact, *act);
    // Presumptions apply in order, each only if a completion remains.
    let mut presumed: BTreeSet<FactId> = BTreeSet::new();
    for fact in &scope.facts {
        if presumption(model, question, *fact).is_some() {
            presumed.insert(*fact);
            if completions(model, question, &scope, &presumed, most)?.is_empty() {
                presumed.remove(fact);
            }
        }
    }
    let all = completions(model, question, &scope, &presumed, most)?;
    if all.is_empty() {
        return Some(None);
    }
    let mut judgement = combine(&all);
    let gist = |j: &Judgement| (j.possible.clone(), j.ways.clone(), j.duties.clone());
    let target = gist(&judgement);

    // A smallest set of presumptions: each is dropped in turn, and kept only if that changes something.
    let mut kept = presumed.clone();
    for fact in &presumed {
        kept.remove(fact);
        let fewer = completions(model, question, &scope, &kept, most)?;
        if gist(&combine(&fewer)) != target {
            kept.insert(*fact);
        }
    }
    judgement.assumed = kept;

    for fact in matter(model, question, &scope, &all, judgement.outcome != Outcome::NeedsFacts) {
        let asked = model.fact(fact).member_of.map_or(fact, |(parent, _)| parent);
        if model.fact(fact).left_to.is_some() || model.readings.contains_key(&fact) {
            judgement.open.insert(asked);
        } else {
            judgement.needs.insert(asked);
        }
    }
    Some(Some(judgement))
}

/// The unknown facts that matter: to the outcome, and where the outcome is `agreed` to what it takes.
fn matter(
    model: &Model,
    question: &Question,
    scope: &Scope<'_>,
    all: &[Completion],
    agreed: bool,
) -> BTreeSet<FactId> {
    let says = |completion: &Completion| {
        let ways = if agreed { completion.leaf.ways.clone() } else { Verdict::forbid() };
        (completion.leaf.outcome, ways)
    };
    // A fact matters if two completions differ only in it and in what follows.
    let matters = |group: &BTreeSet<FactId>| {
        let mut seen: BTreeMap<Situation, (Outcome, Verdict)> = BTreeMap::new();
        all.iter().any(|completion| {
            let rest: Situation =
                completion.chosen.iter().filter(|(f, _)| !group.contains(f)).map(|(f, v)| (*f, *v)).collect();
            let here = says(completion);
            *seen.entry(rest).or_insert_with(|| here.clone()) != here
        })
    };
    // Facts that follow from one moment are tied: the date with what follows from it alone, the time, and each
    // calendar's fact are looked at by themselves, and all together if none of them matters by itself.
    let tied = tied(model, question, &scope.facts);
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
    if !groups.is_empty() {
        return groups.into_iter().flatten().collect();
    }

    // Where facts are tied so that none matters by itself, those in which the closest two completions that differ are
    // unlike; what follows from one moment counts as one.
    let mut unlike: BTreeMap<usize, BTreeSet<FactId>> = BTreeMap::new();
    for (place, a) in all.iter().enumerate() {
        for b in all.iter().skip(place + 1).filter(|b| says(a) != says(b)) {
            let differ = |fact: &FactId| a.chosen.get(fact) != b.chosen.get(fact);
            let mut here: BTreeSet<FactId> = open.difference(&tied).copied().filter(differ).collect();
            let moment = tied.iter().any(differ);
            let far = here.len() + usize::from(moment);
            if moment {
                here.extend(&tied);
            }
            unlike.entry(far).or_default().extend(here);
        }
    }
    unlike.into_values().next().unwrap_or_default()
}

/// What decides about an act.
struct Scope<'a> {
    /// The facts.
    facts: BTreeSet<FactId>,
    /// What cannot be, as far as it says something of them.
    impossible: Vec<&'a Condition>,
    /// Duties that stand whatever is done and of which the question refuses a deed, with what prevails over them: who
    /// violates such a duty may not do what else they may (2.10a).
    refused: BTreeSet<usize>,
}

impl<'a> Scope<'a> {
    fn of(model: &'a Model, question: &Question, act_fact: FactId, act: ValueId) -> Self {
        // What speaks of acts says nothing of a situation without one.
        let without = model.no_act == Some(act);
        let about = |c: &&Condition| if without { !names(c, act_fact) } else { can(c, true, act_fact, act) };
        let conditions: Vec<&Condition> = model.impossible.iter().filter(about).collect();

        let mut facts = mentioned(model, act_fact, act);
        let mut refused = BTreeSet::new();
        if let Some(no_act) = model.no_act.filter(|_| !without) {
            refused = refused_duties(model, question, act_fact, no_act);
            refused.iter().for_each(|norm| looked_at(model, &model.norms[*norm], &mut facts));
            // What cannot be with the act always counts, where duties that stand whatever is done hang on it.
            let mut of_duties = BTreeSet::new();
            let standing = model.norms.iter().filter(|n| n.kind == NormKind::Standing);
            standing.for_each(|n| looked_at(model, n, &mut of_duties));
            of_duties.remove(&act_fact);
            tie(&conditions, act_fact, &mut of_duties);
            for condition in conditions.iter().filter(|c| names(c, act_fact)) {
                facts.extend(others(condition, act_fact).intersection(&of_duties));
            }
        }
        facts.remove(&act_fact);
        tie(&conditions, act_fact, &mut facts);
        // What speaks of none of these facts excludes none of their situations.
        let impossible = conditions.into_iter().filter(|c| others(c, act_fact).is_subset(&facts)).collect();
        Self { facts, impossible, refused }
    }
}

/// Whether a condition speaks of acts.
fn names(condition: &Condition, act_fact: FactId) -> bool {
    let mut named = BTreeSet::new();
    condition.facts_into(&mut named);
    named.contains(&act_fact)
}

/// Adds the facts that conditions tie to these.
fn tie(conditions: &[&Condition], act_fact: FactId, facts: &mut BTreeSet<FactId>) {
    loop {
        let before = facts.len();
        for condition in conditions {
            let here = others(condition, act_fact);
            if !here.is_disjoint(facts) {
                facts.extend(here);
            }
        }
        if facts.len() == before {
            return;
        }
    }
}

/// The duties that stand without an act and of which the question refuses what they ask for, and what sets them aside,
/// directly or in turn.
fn refused_duties(model: &Model, question: &Question, act_fact: FactId, no_act: ValueId) -> BTreeSet<usize> {
    let about = |n: &usize| can(&model.norms[*n].guard, true, act_fact, no_act);
    let all: Vec<usize> = (0..model.norms.len()).filter(about).collect();
    let mut found: BTreeSet<usize> =
        all.iter().copied().filter(|n| is_refused(question, &model.norms[*n])).collect();
    loop {
        let before = found.len();
        for stronger in &all {
            if found.iter().any(|weaker| model.precedence.contains(&(*stronger, *weaker))) {
                found.insert(*stronger);
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

/// Whether of what a duty asks for nothing is left that the question does not refuse.
fn is_refused(question: &Question, norm: &Norm) -> bool {
    let refused = |one_of: &Vec<DeedId>| one_of.iter().all(|d| refused_deed(question, norm, d));
    norm.deeds.iter().any(|one_of| !one_of.is_empty() && refused(one_of))
}

fn refused_deed(question: &Question, norm: &Norm, deed: &DeedId) -> bool {
    question.undone.contains(deed) || question.late.contains(&(*deed, norm.rule))
}

/// The facts that decide about an act: those in the guards of norms that can apply to it, the time of their
/// instruments, and who asks if that decides about an approval.
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
    facts.remove(&act_fact);
    facts
}

/// The facts on which it hangs whether a norm applies: those of its guard, and those that tell when its policy or
/// addendum is in force.
fn looked_at(model: &Model, norm: &Norm, facts: &mut BTreeSet<FactId>) {
    norm.guard.facts_into(facts);
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
    condition.facts_into(&mut found);
    found.remove(&act_fact);
    found
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
    scope: &Scope<'_>,
    presumed: &BTreeSet<FactId>,
    most: usize,
) -> Option<Vec<Completion>> {
    let act_fact = model.act.expect("a policy has acts");
    let Some(Stated::Value(act)) = question.facts.get(&act_fact) else { return Some(Vec::new()) };
    let tied_facts = tied(model, question, &scope.facts);
    let mut partial = vec![(Situation::from([(act_fact, Value::Listed(*act))]), Situation::new())];
    for fact in scope.facts.difference(&tied_facts) {
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
    let possible = partial.into_iter().filter(|(s, _)| !scope.impossible.iter().any(|c| holds(c, s)));
    // What nobody settled how to read is no completion of its own: its readings are looked at together (2.1).
    let mut read: BTreeMap<Situation, Vec<(Situation, Leaf)>> = BTreeMap::new();
    for (situation, chosen) in possible {
        let leaf = leaf(model, question, scope, &situation);
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
fn leaf(model: &Model, question: &Question, scope: &Scope<'_>, situation: &Situation) -> Leaf {
    let judged = judge(model, situation);
    let refused = refused(model, question, situation);
    let granted: BTreeSet<AtomId> =
        question.granted.iter().copied().filter(|atom| !refused.contains(atom)).collect();
    let ways = judged.verdict.given(&granted, &refused);
    let approval = |a: &AtomId| model.atoms[usize::from(a.0)].approval.is_some();
    let duties: Vec<&Norm> = judged
        .standing
        .iter()
        .map(|n| &model.norms[*n])
        .filter(|n| matches!(n.kind, NormKind::Duty | NormKind::Standing))
        .collect();
    let mut broken: BTreeSet<(RuleId, Says)> =
        duties.iter().filter(|n| is_refused(question, n)).map(|n| (n.rule, n.says)).collect();
    let mut defeated = judged.defeated;
    if let Some(no_act) = model.no_act.filter(|_| !scope.refused.is_empty()) {
        let mut without = situation.clone();
        without.extend(model.act.map(|act| (act, Value::Listed(no_act))));
        let (stand, set_aside) = stand(model, &scope.refused, &without);
        let norms = stand.iter().map(|n| &model.norms[*n]).filter(|n| is_refused(question, n));
        broken.extend(norms.map(|n| (n.rule, n.says)));
        defeated.extend(set_aside);
    }
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
        defeated: defeated.iter().map(|(a, b)| (rule(*a), rule(*b))).filter(|(a, b)| a != b).collect(),
        clashes: judged.clashes.iter().map(|(a, b)| (rule(*a), rule(*b))).collect(),
        advice: judged.standing.iter().filter(|n| kind(**n) == NormKind::Advice).map(|n| rule(*n)).collect(),
        duties: if outcome != Outcome::Forbidden {
            duties
                .iter()
                .flat_map(|n| {
                    let kept =
                        |d: &DeedId| question.done.contains(d) && !question.late.contains(&(*d, n.rule));
                    let open = n.deeds.iter().filter(move |one_of| !one_of.iter().any(kept));
                    open.flatten().filter(|d| !refused_deed(question, n, d)).map(|d| (*d, n.rule))
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
