//! Guards as unions of boxes: a box gives, for each fact it mentions, the set of values it allows.

use crate::cells::Cells;
use byelaw_data::{FactId, NO, ValueId, YES};
use byelaw_hir::{Condition, Model};
use std::collections::BTreeMap;

/// The most boxes one guard may come to.
pub(crate) const MOST_BOXES: usize = 256;

/// In a box of a guard: the values of the subject that a denial leaves. Somebody can be several things at once, and what
/// is denied counts for all of them, while what is said counts for one (semantics 2.1). No fact has this number.
pub(crate) const SPARED: FactId = FactId(u16::MAX);

/// A set of values of one fact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ValueSet {
    words: Vec<u64>,
    width: usize,
}

impl ValueSet {
    pub fn empty(width: usize) -> Self {
        Self { words: vec![0; width.div_ceil(64)], width }
    }

    pub fn of(width: usize, values: impl IntoIterator<Item = ValueId>) -> Self {
        let mut set = Self::empty(width);
        for value in values {
            let place = usize::from(value.0);
            if place < width {
                set.words[place / 64] |= 1 << (place % 64);
            }
        }
        set
    }

    pub fn not(&self) -> Self {
        let mut set = Self { words: self.words.iter().map(|w| !w).collect(), width: self.width };
        if let (Some(last), used) = (set.words.last_mut(), self.width % 64)
            && used > 0
        {
            *last &= (1 << used) - 1;
        }
        set
    }

    pub fn and(&self, other: &Self) -> Self {
        Self { words: self.words.iter().zip(&other.words).map(|(a, b)| a & b).collect(), width: self.width }
    }

    fn keep(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(mine, its)| *mine &= its);
    }

    pub fn or(&self, other: &Self) -> Self {
        Self { words: self.words.iter().zip(&other.words).map(|(a, b)| a | b).collect(), width: self.width }
    }

    /// Whether some value is in both.
    pub fn meets(&self, other: &Self) -> bool {
        self.words.iter().zip(&other.words).any(|(a, b)| a & b != 0)
    }

    pub fn has(&self, value: usize) -> bool {
        value < self.width && self.words[value / 64] >> (value % 64) & 1 == 1
    }

    /// The values in it, ascending.
    pub fn values(&self) -> impl Iterator<Item = usize> + '_ {
        let filled = self.words.iter().enumerate().filter(|(_, word)| **word != 0);
        filled.flat_map(|(at, word)| {
            let left = |word: &u64| Some(word & (word - 1)).filter(|left| *left != 0);
            std::iter::successors(Some(*word), left).map(move |w| at * 64 + w.trailing_zeros() as usize)
        })
    }

    pub fn len(&self) -> usize {
        self.words.iter().map(|w| w.count_ones() as usize).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|w| *w == 0)
    }

    pub fn is_full(&self) -> bool {
        self.len() == self.width
    }

    pub fn within(&self, other: &Self) -> bool {
        self.words.iter().zip(&other.words).all(|(a, b)| a & !b == 0)
    }
}

/// A product of value sets. A fact that is not mentioned may have any value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct GuardBox(pub BTreeMap<FactId, ValueSet>);

impl GuardBox {
    /// What lies in both; `None` if nothing does.
    pub fn and(&self, other: &Self) -> Option<Self> {
        let mut both = self.clone();
        both.narrow(other).then_some(both)
    }

    /// Leaves what lies in the other, too; false if nothing does, and then what is left means nothing.
    fn narrow(&mut self, other: &Self) -> bool {
        other.0.iter().all(|(fact, set)| {
            let here = self.0.entry(*fact).and_modify(|mine| mine.keep(set)).or_insert_with(|| set.clone());
            !here.is_empty()
        })
    }

    /// Whether something lies in both.
    pub fn meets(&self, other: &Self) -> bool {
        other.0.iter().all(|(fact, set)| match self.0.get(fact) {
            Some(mine) => mine.meets(set),
            None => !set.is_empty(),
        })
    }

    pub fn within(&self, other: &Self) -> bool {
        other.0.iter().all(|(fact, set)| self.0.get(fact).is_some_and(|mine| mine.within(set)))
    }

    /// What of this box lies outside the other, as disjoint boxes.
    pub fn without(&self, other: &Self) -> Vec<Self> {
        if !self.meets(other) {
            return vec![self.clone()];
        }
        let mut pieces = Vec::new();
        let mut rest = self.clone();
        for (fact, set) in &other.0 {
            let mine = rest.0.get(fact).cloned().unwrap_or_else(|| ValueSet::empty(set.width).not());
            let outside = mine.and(&set.not());
            if !outside.is_empty() {
                let mut piece = rest.clone();
                piece.0.insert(*fact, outside);
                pieces.push(piece);
            }
            rest.0.insert(*fact, mine.and(set));
        }
        pieces
    }
}

/// The guard comes to more boxes than [`MOST_BOXES`].
pub(crate) struct TooMany;

/// The boxes of a condition.
pub(crate) fn boxes(model: &Model, cells: &Cells, condition: &Condition) -> Result<Vec<GuardBox>, TooMany> {
    positive(model, cells, condition, false)
}

fn positive(
    model: &Model,
    cells: &Cells,
    condition: &Condition,
    negate: bool,
) -> Result<Vec<GuardBox>, TooMany> {
    let single = |fact: FactId, set: ValueSet| {
        let set = if negate { set.not() } else { set };
        let fact = if negate && model.subject == Some(fact) { SPARED } else { fact };
        if set.is_empty() {
            Vec::new()
        } else if set.is_full() {
            vec![GuardBox::default()]
        } else {
            vec![GuardBox(BTreeMap::from([(fact, set)]))]
        }
    };
    match condition {
        Condition::Always => Ok(if negate { Vec::new() } else { vec![GuardBox::default()] }),
        Condition::In(fact, values) => {
            Ok(single(*fact, ValueSet::of(cells.width(model, *fact), values.iter().copied())))
        }
        Condition::Between(fact, low, high) => Ok(single(*fact, cells.between(*fact, *low, *high))),
        Condition::InSet(fact, members) => {
            // The value is in the set, or (negated) it is not: one box for each value either way.
            let width = cells.width(model, *fact);
            let wanted = if negate { NO } else { YES };
            Ok(members
                .iter()
                .enumerate()
                .map(|(i, member)| {
                    GuardBox(BTreeMap::from([
                        (*fact, ValueSet::of(width, [ValueId(u16::try_from(i).unwrap_or(u16::MAX))])),
                        (*member, ValueSet::of(2, [wanted])),
                    ]))
                })
                .collect())
        }
        Condition::Not(inner) => positive(model, cells, inner, !negate),
        Condition::All(parts) if !negate => all(model, cells, parts, negate),
        Condition::Any(parts) if negate => all(model, cells, parts, negate),
        Condition::All(parts) | Condition::Any(parts) => {
            let mut found = Vec::new();
            for part in parts {
                found.extend(positive(model, cells, part, negate)?);
                found = simple(found)?;
            }
            Ok(found)
        }
    }
}

fn all(model: &Model, cells: &Cells, parts: &[Condition], negate: bool) -> Result<Vec<GuardBox>, TooMany> {
    let mut found = vec![GuardBox::default()];
    for part in parts {
        let next = positive(model, cells, part, negate)?;
        // Most conditions are one box, which is narrowed where it lies.
        if let ([one], [more]) = (found.as_mut_slice(), next.as_slice()) {
            if !one.narrow(more) {
                found.clear();
            }
        } else {
            found = found.iter().flat_map(|a| next.iter().filter_map(move |b| a.and(b))).collect();
        }
        found = simple(found)?;
    }
    Ok(found)
}

/// Without boxes that lie within others, in a fixed order.
fn simple(mut found: Vec<GuardBox>) -> Result<Vec<GuardBox>, TooMany> {
    // Mentions that allow every value say nothing.
    for one in &mut found {
        one.0.retain(|_, set| !set.is_full());
    }
    if found.len() < 2 {
        return Ok(found);
    }
    found.sort();
    found.dedup();
    if found.len() > MOST_BOXES * 8 {
        return Err(TooMany);
    }
    let all = found.clone();
    found.retain(|b| !all.iter().any(|other| other != b && b.within(other)));
    if found.len() > MOST_BOXES { Err(TooMany) } else { Ok(found) }
}

/// How many situations lie in a union of boxes, counted over `widths` (every fact that some box mentions).
pub(crate) fn volume(boxes: &[GuardBox], widths: &BTreeMap<FactId, usize>) -> u128 {
    let mut pieces: Vec<GuardBox> = Vec::new();
    for one in boxes {
        let mut new = vec![one.clone()];
        for old in &pieces {
            new = new.iter().flat_map(|n| n.without(old)).collect();
        }
        pieces.extend(new);
    }
    let size = |one: &GuardBox| {
        widths.iter().fold(1_u128, |all, (fact, width)| {
            all.saturating_mul(one.0.get(fact).map_or(*width, ValueSet::len) as u128)
        })
    };
    pieces.iter().fold(0, |all, one| u128::saturating_add(all, size(one)))
}
