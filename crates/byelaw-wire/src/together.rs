//! One answer to several questions that were asked at once: whoever asks wants to do all of it.
//!
//! In: the decision on each, at least one. Out: the strictest outcome, with what all that count ask for. An answer
//! that kept only the first of them would leave out what another takes.
//! Never here: what a rule means, or words.

use byelaw_data::{
    Among, AtomId, Decision, Hangs, Listed as _, Needs, Outcome, Set, Way, order, order_by_key,
};

/// The most ways that are told. Each of them suffices, so that leaving others out promises nothing; those that need
/// nobody's approval are left out last, because a permission is had by them.
const MOST_WAYS: usize = 64;

/// The decision on all; `None` if there is none to put together. Also the place of the strictest. `is_approval` tells
/// approvals from undertakings.
pub(crate) fn together(
    mut decisions: Vec<Decision>,
    is_approval: impl Fn(AtomId) -> bool,
) -> Option<(Decision, usize)> {
    let strictest =
        (0..decisions.len()).min_by_key(|place| decisions.get(*place).map(|d| strictness(d.outcome)))?;
    if decisions.len() == 1 {
        return Some((decisions.pop()?, strictest));
    }
    let outcome = decisions.get(strictest)?.outcome;
    let yes = |outcome: Outcome| matches!(outcome, Outcome::Permitted | Outcome::NeedsApproval);
    let possible = decisions.iter().map(|d| d.possible.clone()).reduce(|all, more| {
        let pairs = all.iter().flat_map(|a| more.iter().map(move |b| [*a, *b]));
        pairs.filter_map(|pair| pair.into_iter().min_by_key(|o| strictness(*o))).collect()
    })?;
    // Where the answer is no, or hangs on something, that is because of those that say so; to do all of it takes what
    // each of them takes.
    let count = decisions.iter().filter(|d| d.outcome == outcome || yes(outcome) && yes(d.outcome));
    let all = count.list();
    let decision = Decision {
        outcome,
        exact: all.iter().all(|d| d.exact),
        ways: if yes(outcome) { ways(&all, is_approval) } else { Vec::new() },
        duties: each(&all, |d| &d.duties),
        advice: each(&all, |d| &d.advice),
        assumed: each(&all, |d| &d.assumed),
        needs: needs(&all),
        possible,
        because: each(&all, |d| &d.because),
        defeated: each(&all, |d| &d.defeated),
        clashes: each(&all, |d| &d.clashes),
        readings: each(&all, |d| &d.readings),
        by_silence: all.iter().all(|d| d.by_silence),
        all_reasons: all.iter().all(|d| d.all_reasons),
    };
    Some((decision, strictest))
}

/// The order in which the answers to several questions prevail (the contract's).
fn strictness(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Forbidden => 0,
        Outcome::NeedsFacts => 1,
        Outcome::NeedsApproval => 2,
        Outcome::NotCovered => 3,
        Outcome::Permitted => 4,
    }
}

/// What any of them tells, in their order, each once.
fn each<T: Clone + PartialEq>(all: &[&Decision], of: impl Fn(&Decision) -> &Vec<T>) -> Vec<T> {
    let mut found: Vec<T> = Vec::new();
    for one in all.iter().flat_map(|d| of(d)) {
        if !found.contains(one) {
            found.push(one.clone());
        }
    }
    found
}

/// What suffices for all of them: a way of each, put together; without those that ask for more than another.
fn ways(all: &[&Decision], is_approval: impl Fn(AtomId) -> bool) -> Vec<Way> {
    let mut found: Vec<Set<AtomId>> = vec![Set::new()];
    for decision in all {
        let pairs = found.iter().flat_map(|way| {
            decision.ways.iter().map(move |more| way.iter().chain(&more.atoms).copied().collect())
        });
        let mut joined: Vec<Set<AtomId>> = pairs.collect();
        // What holds another's atoms and more comes after it: it has as many approvals or more, and more in all.
        order_by_key(&mut joined, |way| (way.iter().any(|atom| is_approval(*atom)), way.len()));
        found = Vec::new();
        for way in joined {
            if found.len() < MOST_WAYS && !found.iter().any(|less| less.is_subset(&way)) {
                found.push(way);
            }
        }
    }
    let mut ways: Vec<Way> = found.into_iter().map(|atoms| Way { atoms: atoms.into_iter().list() }).list();
    order(&mut ways);
    ways
}

/// The facts that any of them needs; of the values of a fact those that matter to any.
fn needs(all: &[&Decision]) -> Needs {
    let mut among: Vec<Among> = Vec::new();
    for one in all.iter().flat_map(|d| &d.needs.among) {
        match among.iter_mut().find(|known| known.fact == one.fact) {
            Some(known) => {
                known.values.extend(&one.values);
                order(&mut known.values);
            }
            None => among.push(one.clone()),
        }
    }
    order(&mut among);
    let mut hangs: Vec<Hangs> = Vec::new();
    for one in all.iter().flat_map(|d| &d.needs.hangs) {
        match hangs.iter_mut().find(|known| known.fact == one.fact) {
            Some(known) => {
                let more = one.rules.iter().filter(|rule| !known.rules.contains(rule)).copied();
                let more: Vec<_> = more.list();
                known.rules.extend(more);
            }
            None => hangs.push(one.clone()),
        }
    }
    Needs { facts: each(all, |d| &d.needs.facts), among, hangs, open: each(all, |d| &d.needs.open) }
}
