//! One slice for each act.

use crate::boxes::{GuardBox, SPARED, ValueSet};
use crate::cells::Cells;
use crate::clashes::clashes;
use crate::packages;
use byelaw_data::{AtomId, FactId, RuleId, Says};
use byelaw_hir::{Model, NormKind};
use byelaw_ir::{Box, BoxKind, MAX_ATOMS, MAX_BOXES, MAX_PACKAGES, Slice, SliceFact};
use std::collections::{BTreeMap, BTreeSet};

/// A box with the norm it comes from; none for a situation that cannot be.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    pub norm: Option<usize>,
    /// Where there is no norm: the place of the sentence that says what cannot be.
    sentence: usize,
    pub guard: GuardBox,
    /// Of the values of the subject in `guard`: those that are said, and those that a denial leaves.
    said: Option<ValueSet>,
    spared: Option<ValueSet>,
}

impl Placed {
    /// A box as [`boxes`](crate::boxes::boxes) gives it; `None` if nobody is reached by it.
    pub fn new(norm: Option<usize>, mut guard: GuardBox, subject: FactId) -> Option<Self> {
        let spared = guard.0.remove(&SPARED);
        let said = guard.0.get(&subject).cloned();
        if let Some(spared) = &spared {
            let left = said.as_ref().map_or(spared.clone(), |said| said.and(spared));
            if left.is_empty() {
                return None;
            }
            guard.0.insert(subject, left);
        }
        Some(Self { norm, sentence: 0, guard, said, spared })
    }

    /// The same, from the sentence at a place among those that say what cannot be.
    pub fn of_sentence(self, sentence: usize) -> Self {
        Self { sentence, ..self }
    }
}

/// A limit that a slice exceeds.
pub(crate) enum TooLarge {
    Boxes(usize),
    Atoms(usize),
    Packages,
}

/// The boxes of a policy, strongest first, and which of them can apply to which act.
pub(crate) struct Boxes<'a> {
    act_fact: FactId,
    all: &'a [Placed],
    impossible: &'a [Vec<Placed>],
    /// For each act the places of its boxes.
    about: Vec<Vec<usize>>,
    /// What duties that stand whatever is done look at.
    of_duties: BTreeSet<FactId>,
}

impl<'a> Boxes<'a> {
    pub fn new(model: &Model, act_fact: FactId, all: &'a [Placed], impossible: &'a [Vec<Placed>]) -> Self {
        let mut about = vec![Vec::new(); model.acts.len()];
        for (place, one) in all.iter().enumerate() {
            match one.guard.0.get(&act_fact) {
                Some(acts) => acts.values().for_each(|act| about[act].push(place)),
                None => about.iter_mut().for_each(|boxes| boxes.push(place)),
            }
        }
        let standing = |p: &&Placed| p.norm.is_some_and(|n| model.norms[n].kind == NormKind::Standing);
        let of_duties = all.iter().filter(standing).flat_map(|p| p.guard.0.keys().copied()).collect();
        Self { act_fact, all, impossible, about, of_duties }
    }

    /// Those about one act, without the act.
    fn of(&self, act: usize) -> Vec<Placed> {
        let boxes = self.about.get(act).into_iter().flatten().filter_map(|place| self.all.get(*place));
        boxes
            .map(|p| {
                let mut placed = p.clone();
                placed.guard.0.remove(&self.act_fact);
                placed
            })
            .collect()
    }
}

/// Builds the slice of one act.
pub(crate) fn slice(model: &Model, cells: &Cells, all: &Boxes<'_>, act: usize) -> Result<Slice, TooLarge> {
    let (act_fact, impossible) = (all.act_fact, all.impossible);
    let mut boxes = all.of(act);
    let atoms: Vec<AtomId> = boxes
        .iter()
        .filter_map(|b| b.norm)
        .flat_map(|n| model.norms[n].price.0.iter().flatten().copied())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    if atoms.len() > MAX_ATOMS {
        return Err(TooLarge::Atoms(atoms.len()));
    }
    if packages::most(model, &boxes) > MAX_PACKAGES {
        return Err(TooLarge::Packages);
    }
    let mut mentioned: BTreeSet<FactId> = boxes.iter().flat_map(|b| b.guard.0.keys().copied()).collect();
    // Who asks decides about approvals that nobody gives to themselves.
    let own = |a: &AtomId| model.atoms[usize::from(a.0)].approval.as_ref().is_some_and(|g| g.not_by_asker);
    for atom in atoms.iter().filter(|a| own(a)) {
        mentioned.extend(model.subject);
        let held_roles = model.atoms[usize::from(atom.0)].approval.iter().flat_map(|g| &g.held_roles);
        mentioned.extend(held_roles);
    }
    let without_act = model.no_act.is_some_and(|no_act| usize::from(no_act.0) == act);
    if without_act {
        // What speaks of acts says nothing of a situation without one.
        let silent = impossible.iter().filter(|s| !names(s, act_fact)).cloned().collect::<Vec<_>>();
        add_impossible(&mut boxes, &mut mentioned, act_fact, act, &silent);
    } else {
        mentioned.extend(settled_for_duties(act_fact, act, &all.of_duties, impossible));
        add_impossible(&mut boxes, &mut mentioned, act_fact, act, impossible);
    }
    if boxes.len() > MAX_BOXES {
        return Err(TooLarge::Boxes(boxes.len()));
    }
    let widths: BTreeMap<FactId, usize> = mentioned.iter().map(|f| (*f, cells.width(model, *f))).collect();
    let words = boxes.len().div_ceil(64);
    let facts = widths
        .iter()
        .map(|(fact, width)| {
            let rows = rows(&boxes, *width, words, |one| one.guard.0.get(fact));
            let denied = model.subject == Some(*fact) && boxes.iter().any(|b| b.spared.is_some());
            let parts = |of: fn(&Placed) -> Option<&ValueSet>| match denied {
                true => self::rows(&boxes, *width, words, of),
                false => Vec::new(),
            };
            SliceFact {
                fact: *fact,
                rows,
                said: parts(|one| one.said.as_ref()),
                spared: parts(|one| one.spared.as_ref()),
            }
        })
        .collect();
    let made =
        boxes.iter().enumerate().map(|(place, one)| make(model, &boxes, place, one, &atoms, words)).collect();
    let approvals = atoms
        .iter()
        .enumerate()
        .filter(|(_, a)| model.atoms[usize::from(a.0)].approval.is_some())
        .fold(0, |mask, (i, _)| mask | 1 << i);
    Ok(Slice {
        words: u16::try_from(words).unwrap_or(u16::MAX),
        facts,
        boxes: made,
        clashes: clashes(model, &boxes, &widths),
        atoms,
        approvals,
    })
}

/// What duties that stand whatever is done hang on, as far as a sentence that names acts says what cannot be of it here.
/// Whoever refuses such a duty is judged by it as well, and then only the slice of the act knows that sentence.
fn settled_for_duties(
    act_fact: FactId,
    act: usize,
    of_duties: &BTreeSet<FactId>,
    impossible: &[Vec<Placed>],
) -> BTreeSet<FactId> {
    let here = |p: &&Placed| p.guard.0.get(&act_fact).is_none_or(|acts| acts.has(act));
    let facts = |sentence: &[Placed]| -> BTreeSet<FactId> {
        let all = sentence.iter().filter(here).flat_map(|p| p.guard.0.keys().copied());
        all.filter(|fact| *fact != act_fact).collect()
    };
    if !impossible.iter().any(|s| names(s, act_fact)) {
        return BTreeSet::new();
    }
    let mut hang_on = of_duties.clone();
    loop {
        let before = hang_on.len();
        for sentence in
            impossible.iter().map(|s| facts(s)).filter(|f| !f.is_disjoint(&hang_on)).collect::<Vec<_>>()
        {
            hang_on.extend(sentence);
        }
        if hang_on.len() == before {
            break;
        }
    }
    let named = impossible.iter().filter(|s| names(s, act_fact)).flat_map(|s| facts(s));
    named.filter(|fact| hang_on.contains(fact)).collect()
}

/// Whether a sentence that says what cannot be speaks of acts.
fn names(sentence: &[Placed], act_fact: FactId) -> bool {
    sentence.iter().any(|p| p.guard.0.contains_key(&act_fact))
}

/// Adds what cannot be, as far as it ties facts that the slice's rules mention. A sentence is added as a whole. One
/// that leaves the act itself impossible ties no facts and is always added.
fn add_impossible(
    boxes: &mut Vec<Placed>,
    mentioned: &mut BTreeSet<FactId>,
    act_fact: FactId,
    act: usize,
    impossible: &[Vec<Placed>],
) {
    let about = |p: &&Placed| p.guard.0.get(&act_fact).is_none_or(|acts: &ValueSet| acts.has(act));
    let without_act = |mut p: Placed| {
        p.guard.0.remove(&act_fact);
        p
    };
    let mut left: Vec<Vec<Placed>> = impossible
        .iter()
        .map(|sentence| sentence.iter().filter(about).cloned().map(without_act).collect())
        .collect();
    let mut taken = Vec::new();
    loop {
        let (touching, rest): (Vec<_>, Vec<_>) = left.into_iter().partition(|s| {
            s.iter().any(|p| p.guard.0.is_empty() || p.guard.0.keys().any(|f| mentioned.contains(f)))
        });
        left = rest;
        if touching.is_empty() {
            break;
        }
        let touching: Vec<Placed> = touching.into_iter().flatten().collect();
        mentioned.extend(touching.iter().flat_map(|p| p.guard.0.keys().copied()));
        taken.extend(touching);
    }
    // Before all rules: the evaluator meets them first.
    boxes.splice(0..0, taken);
}

/// For each value the boxes that allow it, by the set that `of` gives of each box; no set allows every value.
fn rows(boxes: &[Placed], width: usize, words: usize, of: impl Fn(&Placed) -> Option<&ValueSet>) -> Vec<u64> {
    let mut always = vec![0_u64; words];
    let mut limited = Vec::new();
    for (place, one) in boxes.iter().enumerate() {
        match of(one) {
            Some(set) => limited.push((place, set)),
            None => always[place / 64] |= 1 << (place % 64),
        }
    }
    let mut rows = always.repeat(width);
    for (place, set) in limited {
        for value in set.values().take_while(|value| *value < width) {
            rows[value * words + place / 64] |= 1 << (place % 64);
        }
    }
    rows
}

fn make(model: &Model, boxes: &[Placed], place: usize, one: &Placed, atoms: &[AtomId], words: usize) -> Box {
    let mut beats = vec![0_u64; words];
    let Some(norm) = one.norm else {
        return Box {
            rule: RuleId::at(one.sentence).unwrap_or(RuleId(u32::MAX)),
            kind: BoxKind::Impossible,
            says: Says::MustNot,
            price: Vec::new(),
            beats,
            deeds: Vec::new(),
        };
    };
    if model.precedence.range((norm, 0)..(norm + 1, 0)).next().is_some() {
        for (other, weaker) in boxes.iter().enumerate().skip(place + 1) {
            if weaker.norm.is_some_and(|w| model.precedence.contains(&(norm, w))) {
                beats[other / 64] |= 1 << (other % 64);
            }
        }
    }
    let norm = &model.norms[norm];
    let mut price: Vec<u64> = norm
        .price
        .0
        .iter()
        .map(|package| {
            package
                .iter()
                .filter_map(|a| atoms.iter().position(|b| b == a))
                .fold(0_u64, |mask, i| mask | 1 << i)
        })
        .collect();
    price.sort_unstable();
    let kind = match norm.kind {
        NormKind::May => BoxKind::May,
        NormKind::MayInGeneral => BoxKind::MayInGeneral,
        NormKind::MustNot => BoxKind::MustNot,
        NormKind::Only => BoxKind::Only,
        NormKind::Duty => BoxKind::Duty,
        NormKind::Standing => BoxKind::Standing,
        NormKind::Disapply => BoxKind::Disapply,
        NormKind::Advice => BoxKind::Advice,
    };
    Box { rule: norm.rule, kind, says: norm.says, price, beats, deeds: norm.deeds.clone() }
}
