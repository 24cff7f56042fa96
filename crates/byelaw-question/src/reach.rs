//! The walk over completions, level by level, in as few words as it needs.
//!
//! Most boxes that may be active are active in every completion of a walk, or in none. Only the others are carried along,
//! renumbered, so that what is told apart fits into a word or two and is sorted as fast as numbers are. What comes out are
//! sets of boxes of the slice again.
//! Never here: what a set of boxes comes to.

use crate::completions::{Active, Budget, Variable, Walk, open_behind};
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use byelaw_eval::{Mask, beats};
use byelaw_ir::{BoxKind, Slice};

/// A node of a level, by its place there.
pub(crate) type Node = usize;

/// The ground that a walk goes over.
pub(crate) struct Ground<'a> {
    /// What every completion leaves active.
    base: Active,
    /// The boxes that some completions leave active and others do not: their numbers are their places here.
    open: Vec<usize>,
    variables: &'a [&'a Variable],
    /// Behind each variable the bars that can make a no certain.
    bars: Vec<Vec<Bar>>,
    /// What cannot be.
    impossible: Mask,
}

/// A bar that nothing can lift by approval or undertaking, at a level where nothing unknown decides whether it is active.
struct Bar {
    place: usize,
    /// Whether it is active in every completion.
    always: bool,
    /// The open boxes of which any one lifts it.
    lifted_by: Mask,
}

/// What a completion has come to on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct State<const W: usize> {
    /// The open boxes that are left.
    open: [u64; W],
    /// The approvals that do not count.
    own: u64,
    /// A bar that makes a no certain, one more than its place; then only that and what cannot be is left.
    bar: u16,
}

/// As [`Bar`], in few words.
struct Settling<const W: usize> {
    bar: u16,
    itself: [u64; W],
    lifted_by: [u64; W],
}

/// Levels of nodes: of each where its choices lead.
pub(crate) type Levels = Vec<Vec<Vec<Node>>>;

impl<'a> Ground<'a> {
    /// The ground of a walk from `start` through `variables`.
    pub fn of(start: Active, variables: &'a [&'a Variable], walk: Walk<'_>) -> Self {
        let allowed = variables.iter().fold(start.boxes, |all, v| all.and(&v.allowed()));
        let undecided: Vec<Mask> = variables.iter().map(|v| v.undecided().and(&allowed)).collect();
        let open = undecided.iter().fold(Mask::EMPTY, |all, mask| all.or(mask));
        let base = Active { boxes: allowed.without(&open), own: start.own };
        let mut ground = Self {
            base,
            open: open.bits().collect(),
            variables,
            bars: Vec::new(),
            impossible: Mask::EMPTY,
        };
        if let Walk::Outcomes(slice, readings) = walk {
            let kind = |place: &usize| slice.boxes.get(*place).map(|one| one.kind);
            ground.impossible = allowed.bits().filter(|b| kind(b) == Some(BoxKind::Impossible)).collect();
            let bars = plain_bars(slice, &allowed, &base.boxes);
            let behind = open_behind(undecided.into_iter());
            ground.bars = behind
                .iter()
                .skip(1)
                .map(|later| {
                    let certain = bars.iter().filter(|(place, _)| !readings.has(*place) && !later.has(*place));
                    certain
                        .map(|(place, lifted_by)| Bar {
                            place: *place,
                            always: base.boxes.has(*place),
                            lifted_by: *lifted_by,
                        })
                        .collect()
                })
                .collect();
        }
        ground
    }

    /// The different sets of boxes that completions leave active, in order. `None` when the budget is empty.
    pub fn ends(&self, budget: &mut Budget) -> Option<Vec<Active>> {
        match self.open.len() {
            0..=64 => self.ends_in::<1>(budget),
            65..=128 => self.ends_in::<2>(budget),
            129..=256 => self.ends_in::<4>(budget),
            _ => self.ends_in::<16>(budget),
        }
    }

    /// Every level with where its nodes lead, from the first, and what the last come to. `None` when the budget is empty.
    pub fn levels(&self, budget: &mut Budget) -> Option<(Levels, Vec<Active>)> {
        match self.open.len() {
            0..=64 => self.levels_in::<1>(budget),
            65..=128 => self.levels_in::<2>(budget),
            129..=256 => self.levels_in::<4>(budget),
            _ => self.levels_in::<16>(budget),
        }
    }

    fn ends_in<const W: usize>(&self, budget: &mut Budget) -> Option<Vec<Active>> {
        let mut states = alloc::vec![self.begin::<W>()];
        for (level, variable) in self.variables.iter().enumerate() {
            if !budget.take(states.len().saturating_mul(variable.options.len())) {
                return None;
            }
            let (rows, settling) = (self.rows::<W>(variable), self.settling::<W>(level));
            let impossible = self.few(&self.impossible);
            let mut next = Vec::with_capacity(states.len().saturating_mul(rows.len()));
            for state in &states {
                next.extend(rows.iter().map(|row| state.and(row).settled(&settling, &impossible)));
            }
            next.sort_unstable();
            next.dedup();
            states = next;
        }
        let mut ends: Vec<Active> = states.iter().map(|state| self.whole(state)).collect();
        ends.sort_unstable();
        Some(ends)
    }

    fn levels_in<const W: usize>(&self, budget: &mut Budget) -> Option<(Levels, Vec<Active>)> {
        let mut states = alloc::vec![self.begin::<W>()];
        let mut levels = Levels::new();
        for (level, variable) in self.variables.iter().enumerate() {
            if !budget.take(states.len().saturating_mul(variable.options.len())) {
                return None;
            }
            let (rows, settling) = (self.rows::<W>(variable), self.settling::<W>(level));
            let impossible = self.few(&self.impossible);
            let mut next: Numbered<State<W>> = Numbered::new();
            let mut nodes = Vec::with_capacity(states.len());
            for state in &states {
                let to = rows.iter().map(|row| state.and(row).settled(&settling, &impossible));
                nodes.push(to.map(|state| next.number(state)).collect());
            }
            levels.push(nodes);
            states = next.all;
        }
        Some((levels, states.iter().map(|state| self.whole(state)).collect()))
    }

    fn begin<const W: usize>(&self) -> State<W> {
        State { open: self.few(&Mask::first(usize::MAX)), own: self.base.own, bar: 0 }
    }

    /// What is open of a set of boxes.
    fn few<const W: usize>(&self, mask: &Mask) -> [u64; W] {
        let mut few = [0; W];
        for (word, places) in few.iter_mut().zip(self.open.chunks(64)) {
            for (bit, _) in places.iter().enumerate().filter(|(_, place)| mask.has(**place)) {
                *word |= 1 << bit;
            }
        }
        few
    }

    fn rows<const W: usize>(&self, variable: &Variable) -> Vec<State<W>> {
        let row = |row: &Active| State { open: self.few(&row.boxes), own: row.own, bar: 0 };
        variable.options.iter().map(|option| row(&option.row)).collect()
    }

    fn settling<const W: usize>(&self, level: usize) -> Vec<Settling<W>> {
        let bars = self.bars.get(level).map_or(&[][..], Vec::as_slice);
        let one = |bar: &Bar| Settling {
            bar: u16::try_from(bar.place).unwrap_or(u16::MAX).saturating_add(1),
            itself: if bar.always { [0; W] } else { self.few(&[bar.place].into_iter().collect()) },
            lifted_by: self.few(&bar.lifted_by),
        };
        bars.iter().map(one).collect()
    }

    /// A set of boxes of the slice again.
    fn whole<const W: usize>(&self, state: &State<W>) -> Active {
        let mut boxes = match state.bar {
            0 => self.base.boxes,
            _ => self.base.boxes.and(&self.impossible),
        };
        if let Some(bar) = state.bar.checked_sub(1) {
            boxes.insert(usize::from(bar));
        }
        for (word, places) in state.open.iter().zip(self.open.chunks(64)) {
            for (_, place) in places.iter().enumerate().filter(|(bit, _)| word >> bit & 1 == 1) {
                boxes.insert(*place);
            }
        }
        Active { boxes, own: state.own }
    }
}

/// The bars, of these boxes, that nothing lifts which is active in any case; each with the others that beat it.
fn plain_bars(slice: &Slice, allowed: &Mask, base: &Mask) -> Vec<(usize, Mask)> {
    let mut bars = Vec::new();
    for place in allowed.bits() {
        if !slice.boxes.get(place).is_some_and(|b| b.kind == BoxKind::MustNot && b.price.is_empty()) {
            continue;
        }
        // What beats a box stands before it.
        let before = allowed.bits().take_while(|b| *b < place);
        let lifted_by: Mask = before.filter(|b| beats(slice, *b, place)).collect();
        if lifted_by.and(base).is_empty() {
            bars.push((place, lifted_by));
        }
    }
    bars
}

impl<const W: usize> State<W> {
    /// What is left after one more choice.
    fn and(mut self, row: &State<W>) -> Self {
        for (word, other) in self.open.iter_mut().zip(&row.open) {
            *word &= other;
        }
        self.own |= row.own;
        self
    }

    /// Without what no longer matters, where a bar is certain that nothing lifts. Whether the situation can be at all
    /// still has to be seen.
    fn settled(mut self, settling: &[Settling<W>], impossible: &[u64; W]) -> Self {
        if self.bar == 0 {
            let holds = |s: &&Settling<W>| {
                let here = self.open.iter().zip(s.itself.iter().zip(&s.lifted_by));
                here.fold(true, |all, (word, (itself, lifted))| {
                    all && word & itself == *itself && word & lifted == 0
                })
            };
            match settling.iter().find(holds) {
                Some(found) => self.bar = found.bar,
                None => return self,
            }
        }
        for (word, kept) in self.open.iter_mut().zip(impossible) {
            *word &= kept;
        }
        self.own = 0;
        self
    }
}

/// Different things in the order in which they came, each with its number.
pub(crate) struct Numbered<T> {
    numbers: BTreeMap<T, usize>,
    pub all: Vec<T>,
}

impl<T: Ord + Clone> Numbered<T> {
    pub fn new() -> Self {
        Self { numbers: BTreeMap::new(), all: Vec::new() }
    }

    pub fn number(&mut self, one: T) -> usize {
        let new = self.all.len();
        if let Some(number) = self.numbers.get(&one) {
            return *number;
        }
        self.numbers.insert(one.clone(), new);
        self.all.push(one);
        new
    }
}
