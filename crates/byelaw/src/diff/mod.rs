//! What two policies answer differently, in words (decision 0020).
//!
//! In: two programs, each with a day or without. Out: a [`DiffReport`] in the words of their vocabulary.
//! Never here: how it is laid out, and nothing that is not found by [`byelaw_symbolic::diff`].

mod clashes;
mod gate;
mod notes;
mod places;
mod silence;
mod told;
mod words;

use byelaw_data::{Date, Outcome, RuleId};
use byelaw_ir::Program;
use byelaw_symbolic::diff::{
    Beside, Change, Difference, Excepted, Shift, Side, What, diff_excepting, shorten,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use words::Words;

pub use clashes::{DiffClash, DiffClashes};
pub use gate::{DiffGate, Gate, GateError, GateKind, Verdict};
pub use silence::DiffSilence;
pub(crate) use told::{changed_sections, grouped, rule_and_cites, summary};

/// The steps for the situations of one act, unless said otherwise.
pub const DIFF_STEPS: u64 = 3_000_000;

/// One of the two policies that are compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DiffSide {
    /// The name of the pack.
    pub pack: String,
    /// Its title.
    pub title: String,
    /// Its edition; empty if not said.
    pub edition: String,
    /// What names this very policy.
    pub digest: String,
    /// The day on which it is asked; absent if all days are compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
}

/// In which way something is different.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DiffKind {
    /// The new answer is at least as strict, and not the same.
    Stricter,
    /// The new answer is more lenient.
    MoreLenient,
    /// The answer takes another approval or undertaking, or is newly left to one.
    Other,
    /// The answer is the same, and other duties go with it.
    Duty,
    /// The answer is the same, and other advice goes with it.
    Advice,
}

/// A rule, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DiffRule {
    /// Its name.
    pub rule: String,
    /// Its sentence.
    pub sentence: String,
    /// The clauses that it cites, each with the document's name and the place in it.
    pub cites: Vec<String>,
    /// Whether it decides in all of the situations.
    pub always: bool,
    /// What became of it: `changed` (or absent on the other side), `kept`, or `partly_kept`.
    pub status: &'static str,
}

/// What a fact is in some situations.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct DiffCondition {
    /// The fact.
    pub fact: String,
    /// Its values, by name.
    pub values: Vec<String>,
    /// The same in words.
    pub text: String,
    /// Whether the rule that makes the difference says so itself.
    pub ruled: bool,
    /// Whether it says little: it leaves out no more than half of the values, which most often is what other rules settle,
    /// or it is what is presumed anyway.
    pub broad: bool,
}

/// A situation to ask about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DiffExample {
    /// Facts for `byelaw ask` of the old side.
    pub old: Vec<String>,
    /// Facts for `byelaw ask` of the new side.
    pub new: Vec<String>,
    /// The day to ask about, where one has to be said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// What is answered before.
    pub before: String,
    /// What is answered after.
    pub after: String,
}

/// Acts and conditions under which something is different.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DiffPlace {
    /// The acts, by name.
    pub acts: Vec<String>,
    /// The same in words.
    #[serde(skip)]
    pub acts_text: Vec<String>,
    /// The smallest box around the situations: all of these conditions hold in all of them.
    pub conditions: Vec<DiffCondition>,
    /// How many kinds of situation it is.
    pub count: u128,
    /// How many can be under these conditions; absent if that could not be counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<u128>,
    /// How many there are if unusual ones are counted too; absent if not all could be looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with_unusual: Option<u128>,
    /// A plain situation in which it is different.
    pub example: DiffExample,
}

/// One way in which answers differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DiffShift {
    /// The answer before, or what goes with it, in words.
    pub before: String,
    /// The answer after.
    pub after: String,
    /// Whether something has to be otherwise than presumed for it.
    pub unusual: bool,
    /// Rules that decided.
    pub old_rules: Vec<DiffRule>,
    /// Rules that decide now.
    pub new_rules: Vec<DiffRule>,
    /// Where; the largest first.
    pub places: Vec<DiffPlace>,
}

/// Differences in one direction that one rule makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DiffChange {
    /// In which direction.
    pub kind: DiffKind,
    /// The rule that makes the difference: it is not the same on both sides.
    pub by: DiffRule,
    /// Whether that rule is one of the new side; else it was one of the old.
    pub by_new: bool,
    /// The sentence of the rule with the same name on the other side, if it is another sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_sentence: Option<String>,
    /// What the rule with the same name on the other side cites, if it cites other clauses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_cites: Option<Vec<String>>,
    /// What the gate says of it; absent if it does not mind such a change, or if there is no gate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// What differs; the most ordinary first.
    pub shifts: Vec<DiffShift>,
    /// How many facts have to be otherwise than presumed for it, at least.
    pub odd: usize,
}

/// A rule that is the same and is only cited or named otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DiffRenamed {
    /// The rule before.
    pub old: String,
    /// The rule after.
    pub new: String,
    /// What it cited.
    pub old_cites: Vec<String>,
    /// What it cites now.
    pub new_cites: Vec<String>,
}

/// An act of which not every situation was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DiffUndecided {
    /// The act.
    pub act: String,
    /// Whether all ordinary situations were: those in which what is presumed is so.
    pub ordinary_decided: bool,
}

/// Everything that is different.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DiffReport {
    /// The version of this form.
    pub v: u8,
    /// What was before.
    pub old: DiffSide,
    /// What is after.
    pub new: DiffSide,
    /// How many acts were compared.
    pub acts: usize,
    /// Those that are answered differently somewhere, by name.
    pub acts_changed: Vec<String>,
    /// The differences: stricter, more lenient, other, duties, advice; in each the largest first.
    pub changes: Vec<DiffChange>,
    /// Acts of which not every situation was looked at.
    pub undecided: Vec<DiffUndecided>,
    /// What could not be compared, or only with care.
    pub notes: Vec<String>,
    /// What it means that no rule speaks, if that is different.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub silence: Option<DiffSilence>,
    /// Contradictions that only one side has.
    pub clashes: DiffClashes,
    /// Rules that are only named or cited otherwise.
    pub renamed: Vec<DiffRenamed>,
    /// What became of the gate, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gate: Option<DiffGate>,
}

impl DiffReport {
    /// Whether both sides answer everything alike, and everything was looked at and compared.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
            && self.undecided.is_empty()
            && self.notes.is_empty()
            && self.silence.is_none()
    }
}

/// Compares two policies, each as it is asked on a day, or on all days. `steps` bounds what is done for one act
/// ([`DIFF_STEPS`] suffices for most); an act that needs more is told as undecided.
pub fn diff(old: (&Program, Option<Date>), new: (&Program, Option<Date>), steps: u64) -> DiffReport {
    let (old, new) = (Side { program: old.0, on: old.1 }, Side { program: new.0, on: new.1 });
    let (mut found, _) = report(&old, &new, &Excepted::default(), steps);
    // Without a gate nothing is judged.
    found.changes.iter_mut().for_each(|change| change.verdict = None);
    found
}

/// Compares two policies as [`diff`] does, and says whether the differences pass a gate.
///
/// # Errors
/// If the gate excepts a clause that neither side has.
pub fn diff_gated(
    old: (&Program, Option<Date>),
    new: (&Program, Option<Date>),
    gate: &Gate,
    steps: u64,
) -> Result<DiffReport, GateError> {
    let (old, new) = (Side { program: old.0, on: old.1 }, Side { program: new.0, on: new.1 });
    let excepted = gate.excepted(old.program, new.program)?;
    let (mut found, notes) = report(&old, &new, &excepted, steps);
    gate.judge(&mut found, &notes);
    Ok(found)
}

/// What is told together: in which direction, by which rule, and whether only excepted rules have a part in it.
type Together = (DiffKind, (bool, RuleId), bool);

fn report(old: &Side<'_>, new: &Side<'_>, excepted: &Excepted, steps: u64) -> (DiffReport, Vec<notes::Note>) {
    let found = diff_excepting(old, new, excepted, steps);
    let words = Words { old, new, common: &found.common };
    // Differences that one rule makes are told together, whatever act they are about.
    let mut groups: BTreeMap<Together, Vec<&Change>> = BTreeMap::new();
    for change in &found.changes {
        groups.entry((kind(&change.shift), change.by, change.excepted)).or_default().push(change);
    }
    let mut changes: Vec<(bool, u64, usize, DiffChange)> = groups
        .into_iter()
        .map(|((kind, by, _), group)| {
            let acts: BTreeSet<_> = group.iter().map(|c| c.act).collect();
            let change = entry(&found, &words, kind, by, &group, excepted);
            let silence = group.iter().all(|c| from_silence(&c.shift));
            (silence, share(&group), acts.len(), change)
        })
        .collect();
    changes.sort_by_key(|(silence, share, acts, c)| {
        let unusual = c.shifts.iter().all(|s| s.unusual);
        (c.kind, words.only_in_period(c), unusual, *silence, c.odd, std::cmp::Reverse((*acts, *share)))
    });
    let changes = changes.into_iter().map(|(_, _, _, c)| c).collect();
    let act = |id: &byelaw_data::ValueId| words.act_name(*id);
    let acts_changed: BTreeSet<_> = found.changes.iter().map(|c| c.act).collect();
    let notes = words.notes(&found);
    let report = DiffReport {
        v: 1,
        old: words.side(old),
        new: words.side(new),
        acts: found.acts,
        acts_changed: acts_changed.iter().map(act).collect(),
        changes,
        undecided: found
            .undecided
            .iter()
            .map(|(id, ordinary)| DiffUndecided { act: act(id), ordinary_decided: *ordinary })
            .collect(),
        notes: notes.iter().map(|n| n.text.clone()).collect(),
        silence: silence::silence(old.program, new.program),
        clashes: clashes::clashes(&found, old, new),
        renamed: words.renamed(&found),
        gate: None,
    };
    (report, notes)
}

fn kind(shift: &Shift) -> DiffKind {
    match shift {
        Shift::Outcome { stricter, .. } | Shift::Takes { stricter, .. } => match stricter {
            Some(true) => DiffKind::Stricter,
            Some(false) => DiffKind::MoreLenient,
            None => DiffKind::Other,
        },
        Shift::Beside(Beside::Duty { .. } | Beside::OtherDuty { .. }) => DiffKind::Duty,
        Shift::Beside(Beside::Advice { .. }) => DiffKind::Advice,
    }
}

/// Whether no rule spoke before, or none speaks any more: less of a change than one between a yes and a no.
fn from_silence(shift: &Shift) -> bool {
    match shift {
        Shift::Outcome { before, after, .. } => [before, after].contains(&&Outcome::NotCovered),
        _ => false,
    }
}

/// The share of all kinds of situation of their acts, added up, in millionths.
fn share(group: &[&Change]) -> u64 {
    let one = |c: &&Change| {
        let million = c.count.saturating_mul(1_000_000);
        u64::try_from(million / c.kinds.unwrap_or(u128::MAX).max(1)).unwrap_or(u64::MAX)
    };
    group.iter().map(one).fold(0, u64::saturating_add)
}

fn entry(
    found: &Difference,
    words: &Words<'_>,
    kind: DiffKind,
    by: (bool, RuleId),
    group: &[&Change],
    excepted: &Excepted,
) -> DiffChange {
    let mut shifts: BTreeMap<(bool, &Shift), Vec<&Change>> = BTreeMap::new();
    for change in group {
        shifts.entry((change.unusual, &change.shift)).or_default().push(change);
    }
    let mut shifts: Vec<_> = shifts.into_iter().collect();
    shifts.sort_by_key(|((unusual, shift), group)| {
        let odd = group.iter().map(|c| c.odd).min();
        (*unusual, from_silence(shift), odd, std::cmp::Reverse(share(group)), *shift)
    });
    DiffChange {
        kind,
        other_sentence: words.other_sentence(by.1, by.0),
        other_cites: words.other_cites(by.1, by.0),
        verdict: gate::verdict(found, words, group, excepted),
        by: words.rule(found, by.1, by.0, true),
        by_new: by.0,
        odd: group.iter().map(|c| c.odd).min().unwrap_or(0),
        shifts: shifts
            .iter()
            .map(|((unusual, shift), group)| shifted(found, words, shift, *unusual, group))
            .collect(),
    }
}

fn shifted(
    found: &Difference,
    words: &Words<'_>,
    shift: &Shift,
    unusual: bool,
    group: &[&Change],
) -> DiffShift {
    let rules = |of: &dyn Fn(&Change) -> &BTreeMap<RuleId, bool>, new: bool| -> Vec<DiffRule> {
        let mut all: BTreeMap<RuleId, bool> = BTreeMap::new();
        for rule in group.iter().flat_map(|c| of(c).keys()) {
            all.insert(*rule, group.iter().all(|c| of(c).get(rule) == Some(&true)));
        }
        let mut all: Vec<(RuleId, bool)> = all.into_iter().collect();
        // Those that always decide first.
        all.sort_by_key(|(rule, always)| (!always, *rule));
        all.into_iter().map(|(rule, always)| words.rule(found, rule, new, always)).collect()
    };
    let cases: BTreeSet<&What> = group.iter().flat_map(|c| c.cases.keys()).collect();
    let (before, after) = words.shift(shift, &cases);
    DiffShift {
        before,
        after,
        unusual,
        old_rules: rules(&|c| &c.old, false),
        new_rules: rules(&|c| &c.new, true),
        places: places::places(found, words, group),
    }
}

/// The outcome as one says it.
fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Permitted => "yes",
        Outcome::NeedsApproval => "with approval only",
        Outcome::Forbidden => "no",
        Outcome::NotCovered => "not covered",
        Outcome::NeedsFacts => "it depends",
    }
}
