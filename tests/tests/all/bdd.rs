//! What is found of the packs and of a made policy, against binary decision diagrams of a library (R. Bryant, 1986): another
//! judge for acts with more situations than can be looked at one by one. It knows of each box which values it allows and
//! which boxes it beats, and no walk of ours.

use biodivine_lib_bdd::{Bdd, BddVariable, BddVariableSet};
use byelaw_data::{RuleId, ValueId};
use byelaw_eval::beats;
use byelaw_ir::{AS_OF, BoxKind, Program, Slice};
use byelaw_question::{Choices, all_cases};
use byelaw_symbolic::diff::{Omission, Side};
use byelaw_symbolic::{Idle, clashes, gaps, idle, idle_exceptions};
use byelaw_tests::{compiled_pack, pack_names, times, value};
use std::collections::{BTreeMap, BTreeSet};

/// The situations of an act, and where each of its boxes stands.
struct Act<'a> {
    slice: &'a Slice,
    /// What can be.
    possible: Bdd,
    /// Where the guard of each box holds.
    holds: Vec<Bdd>,
    /// Where each box stands.
    stands: Vec<Bdd>,
}

/// The numbers below a bound that are `wanted`, over variables of which the first is the highest bit.
fn numbers(set: &BddVariableSet, bits: &[BddVariable], from: usize, wanted: &[bool]) -> Bdd {
    let Some((first, rest)) = bits.split_first() else {
        return if wanted.get(from) == Some(&true) { set.mk_true() } else { set.mk_false() };
    };
    let half = 1 << rest.len();
    let here = wanted.get(from..).unwrap_or_default();
    if !here.iter().take(2 * half).any(|w| *w) {
        return set.mk_false();
    }
    let (low, high) = (numbers(set, rest, from, wanted), numbers(set, rest, from + half, wanted));
    set.mk_not_var(*first).and(&low).or(&set.mk_var(*first).and(&high))
}

impl<'a> Act<'a> {
    /// `latest` says that all that was ever adopted counts.
    fn of(program: &'a Program, act: ValueId, filled: bool, latest: bool) -> Self {
        let slice = &program.slices[usize::from(act.0)];
        let mut choices: Vec<Choices> = all_cases(program, act, filled).expect("an act");
        // What tells most boxes apart comes first.
        let apart = |c: &Choices| byelaw_eval::told_apart(c.options.iter().map(|o| o.boxes)).bits().count();
        choices.sort_by_key(|c| std::cmp::Reverse(apart(c)));
        let rows = |c: &Choices| -> Vec<usize> {
            let all = c.options.iter().enumerate();
            all.flat_map(|(place, o)| o.rows.iter().map(move |_| place)).collect()
        };
        let last = |c: &Choices| c.options.iter().flat_map(|o| &o.rows).map(|(v, _)| v[0]).max();
        let all: Vec<(Vec<usize>, &Choices)> = choices.iter().map(|c| (rows(c), c)).collect();
        let width =
            |rows: &[usize]| usize::try_from(rows.len().next_power_of_two().trailing_zeros()).expect("few");
        let many: usize = all.iter().map(|(rows, _)| width(rows)).sum();
        let names: Vec<String> = (0..many).map(|bit| format!("b{bit}")).collect();
        let set = BddVariableSet::new(&names.iter().map(String::as_str).collect::<Vec<_>>());
        let variables = set.variables();
        let mut groups = Vec::new();
        let mut at = 0;
        for (rows, choices) in &all {
            groups.push((&variables[at..at + width(rows)], rows, *choices));
            at += width(rows);
        }
        let of = |wanted: &dyn Fn(&Choices, usize) -> bool| {
            groups.iter().rev().fold(set.mk_true(), |all, (bits, rows, choices)| {
                let wanted: Vec<bool> = rows.iter().map(|option| wanted(choices, *option)).collect();
                all.and(&numbers(&set, bits, 0, &wanted))
            })
        };
        let holds: Vec<Bdd> =
            (0..slice.boxes.len()).map(|place| of(&|c, option| c.options[option].boxes.has(place))).collect();
        let mut possible = of(&|c, option| {
            !latest || c.facts != [AS_OF] || c.options[option].rows.iter().any(|(v, _)| Some(v[0]) == last(c))
        });
        let mut stands: Vec<Bdd> = Vec::new();
        for (place, one) in slice.boxes.iter().enumerate() {
            let mut here = holds[place].clone();
            if one.kind == BoxKind::Impossible {
                possible = possible.and_not(&here);
            }
            for (stronger, standing) in stands.iter().enumerate() {
                if beats(slice, stronger, place) {
                    here = here.and_not(standing);
                }
            }
            stands.push(here);
        }
        Self { slice, possible, holds, stands }
    }

    fn places(&self, rule: RuleId) -> impl Iterator<Item = usize> + '_ {
        let of = move |place: &usize| {
            let one = &self.slice.boxes[*place];
            one.rule == rule && one.kind != BoxKind::Impossible
        };
        (0..self.slice.boxes.len()).filter(of)
    }

    fn any(&self, region: &Bdd) -> bool {
        !region.and(&self.possible).is_false()
    }
}

fn acts(program: &Program, filled: bool, latest: bool) -> Vec<Act<'_>> {
    (0..program.slices.len()).map(|act| Act::of(program, value(act), filled, latest)).collect()
}

fn rules(program: &Program) -> impl Iterator<Item = RuleId> {
    (0..program.names.rules.len()).map(|rule| RuleId::at(rule).expect("few"))
}

/// Rules that never stand, and exceptions that set nothing aside, whatever is filled.
fn unfilled(name: &str, program: &Program, exceptions: &[(RuleId, RuleId)]) {
    let acts = acts(program, false, false);
    let found: BTreeMap<RuleId, Idle> =
        idle(program, 1_000_000).into_iter().map(|one| (one.rule, one.idle)).collect();
    let mut unknown = 0;
    for rule in rules(program) {
        let somewhere = |of: &dyn Fn(&Act<'_>, usize) -> bool| {
            acts.iter().any(|act| act.places(rule).any(|place| of(act, place)))
        };
        let holds = somewhere(&|act, place| act.any(&act.holds[place]));
        let stands = somewhere(&|act, place| act.any(&act.stands[place]));
        let said = found.get(&rule);
        // What takes too many steps is said to be unknown, and is rare.
        if said == Some(&Idle::Unknown) {
            unknown += 1;
            continue;
        }
        // Of a rule that was left out when it was compiled, nothing is left to be said.
        let known = acts.iter().any(|act| act.places(rule).next().is_some());
        assert_eq!(matches!(said, Some(Idle::Nowhere)), known && !holds, "{name}: {rule:?}");
        assert_eq!(matches!(said, Some(Idle::SetAside { .. })), holds && !stands, "{name}: {rule:?}");
    }
    assert!(unknown * 100 <= program.names.rules.len(), "{name}: {unknown} rules are unknown");
    let stale: Vec<(RuleId, RuleId)> = exceptions
        .iter()
        .copied()
        .filter(|(stronger, weaker)| {
            !acts.iter().any(|act| {
                let pairs = act.places(*stronger).flat_map(|a| act.places(*weaker).map(move |b| (a, b)));
                let mut pairs = pairs.filter(|(a, b)| beats(act.slice, *a, *b));
                pairs.any(|(a, b)| act.any(&act.stands[a].and(&act.holds[b])))
            })
        })
        .collect();
    assert_eq!(idle_exceptions(program, exceptions), stale, "{name}");
}

/// Contradictions and gaps, with what is filled.
fn filled(name: &str, program: &Program) {
    let acts = acts(program, true, false);
    let mut pairs: BTreeSet<BTreeSet<RuleId>> = BTreeSet::new();
    for act in &acts {
        for clash in &act.slice.clashes {
            let (a, b) = (usize::from(clash.promising), usize::from(clash.restricting));
            if act.any(&act.stands[a].and(&act.stands[b])) {
                pairs.insert([a, b].map(|place| act.slice.boxes[place].rule).into());
            }
        }
    }
    let found: BTreeSet<BTreeSet<RuleId>> =
        clashes(program).iter().map(|c| BTreeSet::from([c.promising, c.restricting])).collect();
    assert_eq!(found, pairs, "{name}");
    let told: BTreeSet<ValueId> = gaps(program, 1, 2_000_000).iter().map(|gap| gap.act).collect();
    let subject = program.subject;
    for (place, act) in acts.iter().enumerate() {
        if program.no_act == Some(value(place)) {
            continue;
        }
        use BoxKind::{Duty, May, MayInGeneral, MustNot, Only};
        let speaks =
            |place: usize| matches!(act.slice.boxes[place].kind, May | MayInGeneral | MustNot | Only | Duty);
        let boxes: Vec<usize> = (0..act.slice.boxes.len()).filter(|place| speaks(*place)).collect();
        let spoken = boxes.iter().fold(act.possible.clone(), |left, place| left.and_not(&act.stands[*place]));
        // Where nothing else looks at who asks, everybody is mentioned; elsewhere this is told by the other tests.
        if !act.slice.facts.iter().any(|fact| fact.fact == subject) && !boxes.is_empty() {
            assert_eq!(told.contains(&value(place)), !spoken.is_false(), "{name}: act {place}");
        } else if spoken.is_false() {
            assert!(!told.contains(&value(place)), "{name}: act {place}");
        }
    }
}

/// In how many situations each rule holds, of how many. An ordinary run weighs each fourth rule.
fn weights(name: &str, program: &Program) -> usize {
    let omission = Omission::from(Side { program, on: None });
    let acts = acts(program, true, true);
    let mut looked = 0;
    let every = if times() > 1 { 1 } else { 4 };
    for rule in rules(program).step_by(every) {
        for weight in omission.weigh(&BTreeSet::from([rule]), 300_000) {
            let act = &acts[usize::from(weight.act.0)];
            let union =
                act.places(rule).fold(act.possible.and_not(&act.possible), |all, p| all.or(&act.holds[p]));
            let (holds, all) =
                (union.and(&act.possible).exact_cardinality(), act.possible.exact_cardinality());
            let Some((kinds, found)) = weight.holds else { continue };
            // A fact that no rule looks at any more, once all is filled, multiplies both numbers of one side.
            assert_eq!(all * found, holds * kinds, "{name}: {rule:?} about act {:?}", weight.act);
            looked += 1;
        }
    }
    looked
}

/// The packs have acts with up to 10^20 situations.
#[test]
fn p15_findings_of_the_packs_are_those_of_decision_diagrams() {
    let mut all = 0;
    for name in pack_names() {
        let compiled = compiled_pack(&name);
        let program = compiled.program.as_ref().expect("the pack has no errors");
        let exceptions: Vec<_> = compiled.model.exceptions.iter().map(|e| (e.stronger, e.weaker)).collect();
        all += exceptions.len();
        unfilled(&name, program, &exceptions);
        filled(&name, program);
        assert!(weights(&name, program) > 50, "{name}");
    }
    assert!(all > 50, "{all}");
}
