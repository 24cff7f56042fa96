//! Contradictions that nobody settled and that only one of the two policies has.

use super::{DiffRule, words::Words};
use byelaw_data::{FactId, RuleId, ValueId};
use byelaw_ir::{AS_OF, FactKind, Program};
use byelaw_symbolic::diff::{Difference, Side, clashes_apart};
use byelaw_symbolic::{Clash, Witness};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Two rules of which one promises what the other takes away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DiffClash {
    /// The promise.
    pub promise: DiffRule,
    /// The limit.
    pub limit: DiffRule,
    /// The largest share of the promise that is taken away for one act, in thousandths.
    pub share: u16,
    /// The acts concerned.
    pub acts: Vec<String>,
    /// Facts for `byelaw ask` of the side that has it: a situation in which both hold.
    pub example: Vec<String>,
    /// The day of the side, or a moment of it where that matters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
}

/// Contradictions that only one side has; the weightiest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct DiffClashes {
    /// Those that are new.
    pub new: Vec<DiffClash>,
    /// Those that are gone.
    pub gone: Vec<DiffClash>,
}

/// Two rules of one side, as both sides can be compared by them.
type Pair = BTreeSet<String>;

pub(super) fn clashes(found: &Difference, old: &Side<'_>, new: &Side<'_>) -> DiffClashes {
    if old.on == new.on && old.program.names.digest == new.program.names.digest {
        return DiffClashes::default();
    }
    // A rule is the same by its name, or else because it says the same.
    let named = |program: &Program, rule: RuleId| {
        program.names.rules.get(rule.place()).map(|r| r.name.clone()).unwrap_or_default()
    };
    let theirs: BTreeSet<&str> = new.program.names.rules.iter().map(|r| r.name.as_str()).collect();
    let mut renamed: BTreeMap<RuleId, String> = BTreeMap::new();
    for (mine, other) in &found.rules.kept {
        if !theirs.contains(named(old.program, *mine).as_str()) {
            renamed.insert(*mine, named(new.program, *other));
        }
    }
    let mine = |rule: RuleId| renamed.get(&rule).cloned().unwrap_or_else(|| named(old.program, rule));
    let their = |rule: RuleId| named(new.program, rule);
    let (before, after) = clashes_apart((old, &mine), (new, &their));
    let of_old = |c: &Clash| Pair::from([mine(c.promising), mine(c.restricting)]);
    let of_new = |c: &Clash| Pair::from([their(c.promising), their(c.restricting)]);
    let known: BTreeSet<Pair> = before.iter().map(of_old).collect();
    let now: BTreeSet<Pair> = after.iter().map(of_new).collect();
    let words = Words { old, new, common: &found.common };
    DiffClashes {
        new: after
            .iter()
            .filter(|c| !known.contains(&of_new(c)))
            .map(|c| told(&words, found, c, true))
            .collect(),
        gone: before
            .iter()
            .filter(|c| !now.contains(&of_old(c)))
            .map(|c| told(&words, found, c, false))
            .collect(),
    }
}

fn told(words: &Words<'_>, found: &Difference, clash: &Clash, new: bool) -> DiffClash {
    let side = if new { words.new } else { words.old };
    let program = side.program;
    let acts: Vec<String> = clash
        .acts
        .iter()
        .filter_map(|act| program.names.acts.get(usize::from(act.0)))
        .map(|act| act.word.name.clone())
        .collect();
    DiffClash {
        promise: words.rule(found, clash.promising, new, true),
        limit: words.rule(found, clash.restricting, new, true),
        share: clash.share,
        example: asked(program, &clash.witness, acts.first()),
        acts,
        on: side.on.map(|day| day.to_string()).or_else(|| {
            let (date, minute) = clash.witness.moment?;
            Some(if program.clock.is_some() { format!("{date}T{minute}") } else { date.to_string() })
        }),
    }
}

/// A situation as facts for `byelaw ask`. What follows from the moment is left to it.
fn asked(program: &Program, witness: &Witness, act: Option<&String>) -> Vec<String> {
    let mut facts = Vec::new();
    if let (Some(act), Some(name)) = (act, program.names.facts.get(usize::from(program.act.0))) {
        facts.push(format!("{}={act}", name.word.name));
    }
    facts.extend(witness.facts.iter().filter_map(|(fact, value)| stated(program, *fact, *value)));
    facts
}

fn stated(program: &Program, id: FactId, value: ValueId) -> Option<String> {
    let name = program.names.facts.get(usize::from(id.0))?;
    let fact = program.facts.get(usize::from(id.0))?;
    let told = fact.period.is_some() || program.calendar(id).is_some() || fact.taken_as.is_some();
    if id == byelaw_ir::ON || id == AS_OF || id == program.act || told || fact.member_of.is_some() {
        return None;
    }
    match name.kind {
        FactKind::YesNo if value == byelaw_data::YES => Some(name.word.name.clone()),
        FactKind::YesNo => Some(format!("{}=no", name.word.name)),
        FactKind::OneOf => {
            let value = name.values.get(usize::from(value.0))?;
            Some(format!("{}={}", name.word.name, value.name))
        }
        FactKind::Number(_) => {
            let (low, _) = fact.domain.range(value)?;
            Some(format!("{}={low}", name.word.name))
        }
        _ => None,
    }
}
