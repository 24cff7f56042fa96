//! What an addendum does to the policy that it amends, in words.
//!
//! In: the model of a pack and its program. Out: an [`AddendumReport`]: from when to when each addendum holds, what changes
//! on its first day, whether all that goes back after its last, which of its sentences change nothing, and whether the
//! policy is untouched where none of its sentences holds.
//! Never here: another way to find differences than that of [`crate::diff()`].

mod days;
mod told;

use crate::diff::{DiffReport, DiffRule, diff};
use crate::effect::without;
use byelaw_data::{Date, NO, RuleId, YES};
use byelaw_hir::Model;
use byelaw_ir::Program;
use byelaw_symbolic::diff::{Alike, Omission, Side, outside};
use days::Days;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;

/// What the addenda of a pack do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AddendumReport {
    /// The version of this form.
    pub v: u8,
    /// The name of the pack.
    pub pack: String,
    /// What names this very policy.
    pub digest: String,
    /// Its addenda, or the one that was asked for.
    pub addenda: Vec<Addendum>,
}

/// What one addendum does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Addendum {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The name of what it amends.
    pub amends: String,
    /// The title of what it amends.
    pub amends_title: String,
    /// How many sentences it has that are rules.
    pub sentences: usize,
    /// The days on which it holds.
    pub in_force: InForceDays,
    /// What its beginning changes.
    pub begins: DiffReport,
    /// What is left of it after its last day; absent if it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends: Option<DiffReport>,
    /// Its sentences that change nothing: without any one of them every answer is the same.
    pub idle: Vec<DiffRule>,
    /// Whether nothing changes without all of these together; absent if there are not two, or if that is undecided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idle_together: Option<bool>,
    /// Its sentences of which that was not found out.
    pub idle_undecided: Vec<DiffRule>,
    /// Whether the policy is untouched where none of its sentences holds.
    pub outside: AddendumOutside,
}

/// The days on which an addendum holds, and which sides were compared for its beginning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InForceDays {
    /// Its first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// Its last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// Named periods while which it holds, by how they are shown.
    pub periods: Vec<String>,
    /// Whether the pack set days that the document does not give.
    pub set_by_pack: bool,
    /// How its beginning was compared.
    pub compared: HowCompared,
}

/// How the beginning of an addendum was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HowCompared {
    /// The day before its first day with that day.
    Days,
    /// Its first day, once with the period taken as over and once as lasting: nobody knows when it ends.
    Period,
    /// The policy without the addendum with the policy as it is: it has no first day.
    Without,
}

/// What was found where no sentence of an addendum holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AddendumOutside {
    /// Whether every situation was looked at and is answered as without the addendum.
    pub untouched: bool,
    /// How many kinds of situation were compared, of acts whose situations could be counted.
    pub compared: u128,
    /// How many kinds of situation these acts have.
    pub of: u128,
    /// Acts whose situations could not be counted; they were compared all the same.
    pub uncounted: Vec<String>,
    /// How many acts there are.
    pub acts: usize,
    /// Acts that are answered otherwise.
    pub different: Vec<String>,
    /// Acts of which not everything was looked at.
    pub undecided: Vec<String>,
}

/// Why there is no report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddendumError {
    /// The pack has no addendum.
    None,
    /// No addendum of the pack has this name.
    Unknown {
        /// What was asked for.
        name: String,
        /// Those that there are.
        known: Vec<String>,
    },
}

impl fmt::Display for AddendumError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str(
                "this pack has no addendum; `byelaw diff` compares two packs, or a pack on two days",
            ),
            Self::Unknown { name, known } => {
                let known: Vec<String> = known.iter().map(|k| format!("`{k}`")).collect();
                write!(f, "there is no addendum `{name}`; this pack has {}", known.join(", "))
            }
        }
    }
}

impl std::error::Error for AddendumError {}

impl Addendum {
    /// Whether its last day takes back what its first day changed, as far as it has one.
    pub fn goes_back(&self) -> bool {
        self.ends.as_ref().is_none_or(DiffReport::is_empty)
    }

    /// Whether everything about it was found out, it goes back, and the rest is untouched.
    pub fn is_proved(&self) -> bool {
        self.goes_back()
            && self.outside.untouched
            && self.begins.undecided.is_empty()
            && self.idle_undecided.is_empty()
    }
}

/// What the addenda of a pack do, or the one called `name`. `steps` bounds what is done for one act and one comparison.
///
/// # Errors
/// If there is no addendum, or none of this name.
pub fn addendum(
    model: &Model,
    program: &Program,
    name: Option<&str>,
    steps: u64,
) -> Result<AddendumReport, AddendumError> {
    let all: Vec<usize> = (0..model.instruments.len())
        .filter(|place| model.instruments.get(*place).is_some_and(|i| i.amends.is_some()))
        .collect();
    if all.is_empty() {
        return Err(AddendumError::None);
    }
    let named = |place: &usize| model.instruments.get(*place).map(|i| i.name.as_str());
    let wanted: Vec<usize> = all.iter().copied().filter(|p| name.is_none() || named(p) == name).collect();
    if let (true, Some(name)) = (wanted.is_empty(), name) {
        let known = all.iter().filter_map(named).map(str::to_owned).collect();
        return Err(AddendumError::Unknown { name: name.to_owned(), known });
    }
    let addenda = wanted.into_iter().filter_map(|place| one(model, program, place, steps)).collect();
    Ok(AddendumReport {
        v: 1,
        pack: program.names.pack.clone(),
        digest: program.names.digest.clone(),
        addenda,
    })
}

fn one(model: &Model, program: &Program, place: usize, steps: u64) -> Option<Addendum> {
    let instrument = model.instruments.get(place)?;
    let base = model.instruments.get(instrument.amends?)?;
    let days = Days::of(model, place);
    let own: BTreeSet<RuleId> =
        model.norms.iter().filter(|n| n.instrument == place).map(|n| n.rule).collect();
    let without = without(model, |norm| norm.instrument == place).ok();
    let (begins, ends, compared) = compare(program, without.as_ref(), &days, steps);
    let (idle, idle_undecided, idle_together) = idle(program, &own, steps);
    Some(Addendum {
        name: instrument.name.clone(),
        title: instrument.title.clone(),
        amends: base.name.clone(),
        amends_title: base.title.clone(),
        sentences: own.len(),
        in_force: InForceDays {
            first: days.first.map(|d| d.to_string()),
            last: days.last().map(|d| d.to_string()),
            periods: days.periods.iter().map(|(_, shown)| shown.clone()).collect(),
            set_by_pack: days.set_by_pack,
            compared,
        },
        begins,
        ends,
        idle,
        idle_together,
        idle_undecided,
        outside: untouched(program, without.as_ref(), &own, steps),
    })
}

/// What the beginning changes, and what is left of it after the end.
fn compare(
    program: &Program,
    without: Option<&Program>,
    days: &Days,
    steps: u64,
) -> (DiffReport, Option<DiffReport>, HowCompared) {
    let before = days.first.and_then(|first| Date::from_days(first.days().saturating_sub(1)));
    if let Some((first, open)) = days.first.zip(days.open) {
        // It may be over: nobody knows. What it changes is seen with the period over and lasting.
        let taken = |value| {
            let mut taken = program.clone();
            if let Some(fact) = taken.facts.get_mut(usize::from(open.0)) {
                (fact.period, fact.taken_as) = (None, Some(value));
            }
            taken
        };
        let (over, lasting) = (taken(NO), taken(YES));
        let mut begins = diff((&over, Some(first)), (&lasting, Some(first)), steps);
        // The pack itself does not know which it is: whoever asks it has to say.
        let name = program.names.facts.get(usize::from(open.0)).map(|f| f.word.name.clone());
        let shifts = begins.changes.iter_mut().flat_map(|c| &mut c.shifts);
        for (place, name) in shifts.flat_map(|s| &mut s.places).zip(name.iter().cycle()) {
            place.example.old.push(format!("{name}=no"));
            place.example.new.push(name.clone());
        }
        return (begins, None, HowCompared::Period);
    }
    match (before, days.first) {
        (Some(before), Some(first)) => {
            let begins = diff((program, Some(before)), (program, Some(first)), steps);
            let after = days.until.map(|until| diff((program, Some(before)), (program, Some(until)), steps));
            (begins, after, HowCompared::Days)
        }
        _ => {
            let begins = diff((without.unwrap_or(program), None), (program, None), steps);
            (begins, None, HowCompared::Without)
        }
    }
}

/// The sentences that change nothing, those of which that is undecided, and whether nothing changes without all of the
/// first.
fn idle(
    program: &Program,
    own: &BTreeSet<RuleId>,
    steps: u64,
) -> (Vec<DiffRule>, Vec<DiffRule>, Option<bool>) {
    let omission = Omission::from(Side { program, on: None });
    let (mut idle, mut undecided) = (BTreeSet::new(), Vec::new());
    for rule in own {
        match omission.of(&BTreeSet::from([*rule]), steps) {
            Alike::Everywhere => _ = idle.insert(*rule),
            Alike::Undecided => undecided.push(DiffRule::of(program, *rule)),
            Alike::No => {}
        }
    }
    let together = match omission.of(&idle, steps) {
        _ if idle.len() < 2 => None,
        Alike::Everywhere => Some(true),
        Alike::No => Some(false),
        Alike::Undecided => None,
    };
    (idle.iter().map(|rule| DiffRule::of(program, *rule)).collect(), undecided, together)
}

/// Compares the pack with and without an addendum where none of its rules holds.
fn untouched(
    program: &Program,
    without: Option<&Program>,
    own: &BTreeSet<RuleId>,
    steps: u64,
) -> AddendumOutside {
    let name = |program: &Program, act: usize| {
        program.names.acts.get(act).map(|a| a.word.name.clone()).unwrap_or_default()
    };
    let Some(without) = without else {
        // Nothing was looked at.
        let acts = program.slices.len();
        let undecided: Vec<String> = (0..acts).map(|act| name(program, act)).collect();
        return AddendumOutside {
            untouched: false,
            compared: 0,
            of: 0,
            uncounted: undecided.clone(),
            acts,
            different: Vec::new(),
            undecided,
        };
    };
    let (with, base) = (Side { program, on: None }, Side { program: without, on: None });
    let found = outside(&with, &base, own, steps);
    let names = |acts: &[byelaw_data::ValueId]| -> Vec<String> {
        acts.iter().filter_map(|a| found.names.get(usize::from(a.0)).cloned()).collect()
    };
    AddendumOutside {
        untouched: found.is_untouched(),
        compared: found.compared,
        of: found.kinds,
        uncounted: names(&found.uncounted),
        acts: found.acts,
        different: names(&found.different),
        undecided: names(&found.undecided),
    }
}
