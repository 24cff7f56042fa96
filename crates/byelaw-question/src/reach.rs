//! The walk over completions, level by level, in as few words as it needs.
//!
//! Most boxes that may be active are active in every completion of a walk, or in none. Only the others are carried along,
//! renumbered, so that what is told apart fits into a word or two and is sorted as fast as numbers are. What comes out are
//! sets of boxes of the slice again. In a browser there are two widths instead of four, because each is code to load.
//! Never here: what a set of boxes comes to.

use crate::completions::{Active, Budget, Variable, Walk, open_behind};
use alloc::vec::Vec;
use byelaw_data::{Listed as _, Set, order};
use byelaw_eval::{Mask, beats, is_absolute_bar};
use byelaw_ir::{BoxKind, MAX_ATOMS, MAX_BOXES, Slice};

/// The most words that a walk can take: each box may be open, and be a bar.
const MOST: usize = (2 * MAX_BOXES + MAX_ATOMS).div_ceil(64);

/// A node of a level, by its place there.
pub(crate) type Node = usize;

/// A walk over completions, ready to be taken. What is carried along is told by bits, in this order: the open boxes that are
/// left, the approvals that still count, and bars that made a no certain.
pub(crate) struct Traversal<'a> {
    /// What every completion leaves active.
    base: Active,
    /// The boxes that some completions leave active and others do not.
    open: Vec<usize>,
    /// The approvals, as bits over the atoms of the slice, that some completions exclude and others do not.
    own: Vec<u64>,
    /// Bars that nothing can lift by approval or undertaking, and that are not lifted in any case.
    bars: Vec<Bar>,
    variables: &'a [&'a Variable],
    /// For each variable the boxes that it decides.
    decides: Vec<Mask>,
    /// For each variable the boxes that are still undecided behind it.
    behind: Vec<Mask>,
    /// What cannot be.
    impossible: Mask,
}

/// A bar that nothing can lift by approval or undertaking.
struct Bar {
    place: usize,
    /// The open boxes of which any one lifts it.
    lifted_by: Mask,
}

/// What a completion has come to on the way.
type State<const W: usize> = [u64; W];

/// What makes a no certain behind some variable.
struct Settling<const W: usize> {
    /// Of a bar: its own bit, what has to be there, and what must not.
    bars: Vec<(State<W>, State<W>, State<W>)>,
    /// The bits of all bars.
    settled: State<W>,
    /// What is left of a state where a no is certain, and what is added to it: that no approval is excluded.
    kept: State<W>,
    added: State<W>,
}

/// Levels of nodes: of each where its choices go to.
pub(crate) type Levels = Vec<Vec<Vec<Node>>>;

impl<'a> Traversal<'a> {
    /// A walk from `start` through `variables`.
    pub fn of(start: Active, variables: &'a [&'a Variable], walk: Walk<'_>) -> Self {
        let allowed = variables.iter().fold(start.boxes, |all, v| all.and(&v.allowed()));
        let undecided: Vec<Mask> = variables.iter().map(|v| v.undecided().and(&allowed)).list();
        let open = undecided.iter().fold(Mask::EMPTY, |all, mask| all.or(mask));
        let base = Active { boxes: allowed.without(&open), own: start.own };
        let excluded =
            variables.iter().flat_map(|v| &v.options).fold(0, |all, o| all | o.row.own) & !base.own;
        let mut traversal = Self {
            base,
            open: open.bits().list(),
            own: (0..64).map(|bit| 1 << bit).filter(|bit| excluded & bit != 0).list(),
            bars: Vec::new(),
            variables,
            decides: Vec::new(),
            behind: Vec::new(),
            impossible: Mask::EMPTY,
        };
        if let Walk::Outcomes(slice, readings) = walk {
            let kind = |place: &usize| slice.boxes.get(*place).map(|one| one.kind);
            traversal.impossible = allowed.bits().filter(|b| kind(b) == Some(BoxKind::Impossible)).collect();
            traversal.bars = plain_bars(slice, &allowed, &base.boxes, &readings);
            let behind = open_behind(undecided.iter().copied());
            traversal.behind = behind.into_iter().skip(1).list();
            traversal.decides = undecided;
        }
        traversal
    }

    /// The different sets of boxes that completions leave active, in order. `None` when the budget is empty.
    pub fn ends(&self, budget: &mut Budget) -> Option<Vec<Active>> {
        let mut ends: Vec<Active> = Vec::new();
        let mut see = |end: &Active| {
            ends.push(*end);
            true
        };
        self.each_end(budget, &|_| true, &mut see)?;
        order(&mut ends);
        Some(ends)
    }

    /// Shows each of the different sets of boxes that completions leave active, in no stated order, until `see` is false of
    /// one. `None` when the budget is empty, or if `few` is false of their number.
    pub fn each_end(
        &self,
        budget: &mut Budget,
        few: &dyn Fn(usize) -> bool,
        see: &mut dyn FnMut(&Active) -> bool,
    ) -> Option<()> {
        match self.bits() {
            #[cfg(not(target_arch = "wasm32"))]
            0..=64 => self.each_end_in::<1>(budget, few, see),
            #[cfg(not(target_arch = "wasm32"))]
            65..=128 => self.each_end_in::<2>(budget, few, see),
            #[cfg(target_arch = "wasm32")]
            0..=128 => self.each_end_in::<2>(budget, few, see),
            #[cfg(not(target_arch = "wasm32"))]
            129..=256 => self.each_end_in::<4>(budget, few, see),
            _ => self.each_end_in::<MOST>(budget, few, see),
        }
    }

    /// Every level with where its nodes go to, from the first, and what the last come to. `None` when the budget is empty.
    pub fn levels(&self, budget: &mut Budget) -> Option<(Levels, Vec<Active>)> {
        match self.bits() {
            #[cfg(not(target_arch = "wasm32"))]
            0..=64 => self.levels_in::<1>(budget),
            #[cfg(not(target_arch = "wasm32"))]
            65..=128 => self.levels_in::<2>(budget),
            #[cfg(target_arch = "wasm32")]
            0..=128 => self.levels_in::<2>(budget),
            #[cfg(not(target_arch = "wasm32"))]
            129..=256 => self.levels_in::<4>(budget),
            _ => self.levels_in::<MOST>(budget),
        }
    }

    fn each_end_in<const W: usize>(
        &self,
        budget: &mut Budget,
        few: &dyn Fn(usize) -> bool,
        see: &mut dyn FnMut(&Active) -> bool,
    ) -> Option<()> {
        let mut states = alloc::vec![self.begin::<W>()];
        for (level, variable) in self.variables.iter().enumerate() {
            if !budget.take(states.len().saturating_mul(variable.options.len())) {
                return None;
            }
            let (rows, settling) = (self.rows::<W>(variable), self.settling::<W>(level));
            let mut next = Vec::with_capacity(states.len().saturating_mul(rows.len()));
            for state in &states {
                next.extend(rows.iter().map(|row| settling.settled(and(state, row))));
            }
            order(&mut next);
            states = next;
        }
        if !few(states.len()) {
            return None;
        }
        let whole = self.wholes::<W>();
        for state in &states {
            if !see(&self.whole(state, &whole)) {
                break;
            }
        }
        Some(())
    }

    fn levels_in<const W: usize>(&self, budget: &mut Budget) -> Option<(Levels, Vec<Active>)> {
        let mut states = alloc::vec![self.begin::<W>()];
        let mut levels = Levels::new();
        for (level, variable) in self.variables.iter().enumerate() {
            if !budget.take(states.len().saturating_mul(variable.options.len())) {
                return None;
            }
            let (rows, settling) = (self.rows::<W>(variable), self.settling::<W>(level));
            let mut met = Vec::with_capacity(states.len().saturating_mul(rows.len()));
            for state in &states {
                met.extend(rows.iter().map(|row| settling.settled(and(state, row))));
            }
            let next = Set::from(met.clone());
            let to = |met: &[State<W>]| met.iter().filter_map(|state| next.place(state)).list();
            levels.push(met.chunks(rows.len().max(1)).map(to).list());
            states = next.into_vec();
        }
        let whole = self.wholes::<W>();
        Some((levels, states.iter().map(|state| self.whole(state, &whole)).list()))
    }

    /// How many bits it takes.
    fn bits(&self) -> usize {
        self.open.len().saturating_add(self.own.len()).saturating_add(self.bars.len())
    }

    /// The bits of open boxes and of approvals, and of bars, as wanted.
    fn state<const W: usize>(
        &self,
        boxes: &dyn Fn(usize) -> bool,
        counts: &dyn Fn(u64) -> bool,
        bars: &dyn Fn(usize) -> bool,
    ) -> State<W> {
        let boxes = self.open.iter().map(|place| boxes(*place));
        let bits =
            boxes.chain(self.own.iter().map(|atom| counts(*atom))).chain((0..self.bars.len()).map(bars));
        let mut state = [0; W];
        for (place, _) in bits.enumerate().filter(|(_, set)| *set) {
            if let Some(word) = state.get_mut(place / 64) {
                *word |= 1 << (place % 64);
            }
        }
        state
    }

    fn begin<const W: usize>(&self) -> State<W> {
        self.state(&|_| true, &|_| true, &|_| false)
    }

    fn rows<const W: usize>(&self, variable: &Variable) -> Vec<State<W>> {
        let row =
            |row: &Active| self.state(&|place| row.boxes.has(place), &|atom| row.own & atom == 0, &|_| true);
        variable.options.iter().map(|option| row(&option.row)).list()
    }

    /// What makes a no certain behind a variable: bars of which nothing unknown decides any more whether they are active.
    fn settling<const W: usize>(&self, level: usize) -> Settling<W> {
        let none = |_: u64| false;
        // A bar on which the variable decides nothing was seen before.
        let decides = |bar: &Bar| {
            level == 0
                || self
                    .decides
                    .get(level)
                    .is_some_and(|decides| decides.has(bar.place) || !decides.and(&bar.lifted_by).is_empty())
        };
        let certain =
            |bar: &Bar| self.behind.get(level).is_some_and(|behind| !behind.has(bar.place)) && decides(bar);
        let one = |(number, bar): (usize, &Bar)| {
            (
                self.state(&|_| false, &none, &|bar| bar == number),
                self.state(&|place| place == bar.place, &none, &|_| false),
                self.state(&|place| bar.lifted_by.has(place), &none, &|_| false),
            )
        };
        Settling {
            bars: self.bars.iter().enumerate().filter(|(_, bar)| certain(bar)).map(one).list(),
            settled: self.state(&|_| false, &none, &|_| true),
            kept: self.state(&|place| self.impossible.has(place), &none, &|_| true),
            added: self.state(&|_| false, &|_| true, &|_| false),
        }
    }

    /// Which bits of a state tell what.
    fn wholes<const W: usize>(&self) -> Wholes<W> {
        Wholes {
            boxes: self.state(&|_| true, &|_| false, &|_| false),
            own: self.state(&|_| false, &|_| true, &|_| false),
            bars: self.state(&|_| false, &|_| false, &|_| true),
        }
    }

    /// A set of boxes of the slice again.
    fn whole<const W: usize>(&self, state: &State<W>, bits: &Wholes<W>) -> Active {
        let approvals = self.open.len().saturating_add(self.own.len());
        let bar = each(state, &bits.bars).next();
        let bar = bar.and_then(|bit| self.bars.get(bit.saturating_sub(approvals)));
        let open = each(state, &bits.boxes).filter_map(|bit| self.open.get(bit));
        let mut active = Active { boxes: self.base.boxes, own: 0 };
        open.for_each(|place| active.boxes.insert(*place));
        if let Some(bar) = bar {
            active.boxes = active.boxes.and(&self.impossible);
            active.boxes.insert(bar.place);
            return active;
        }
        active.own = self.own.iter().fold(self.base.own, |all, atom| all | atom);
        for bit in each(state, &bits.own) {
            active.own &= !self.own.get(bit.saturating_sub(self.open.len())).copied().unwrap_or(0);
        }
        active
    }
}

/// Which bits of a state tell open boxes, approvals, and bars.
struct Wholes<const W: usize> {
    boxes: State<W>,
    own: State<W>,
    bars: State<W>,
}

/// The bits that a state has of some.
fn each<'a, const W: usize>(state: &'a State<W>, of: &'a State<W>) -> impl Iterator<Item = usize> + 'a {
    let words = state.iter().zip(of).map(|(word, of)| word & of).enumerate();
    words.flat_map(|(at, word)| {
        let next = |left: &u64| Some(left & left.wrapping_sub(1)).filter(|left| *left != 0);
        let lefts = core::iter::successors(Some(word).filter(|word| *word != 0), next);
        let bit = |left: u64| usize::try_from(left.trailing_zeros()).unwrap_or(0);
        lefts.map(move |left| at.saturating_mul(64).saturating_add(bit(left)))
    })
}

/// The bars, of these boxes, that nothing lifts which is active in any case; each with the others that beat it. Those that
/// hang on an open reading are left out.
fn plain_bars(slice: &Slice, allowed: &Mask, base: &Mask, readings: &Mask) -> Vec<Bar> {
    let plain = |place: &usize| slice.boxes.get(*place).is_some_and(is_absolute_bar) && !readings.has(*place);
    let mut bars = Vec::new();
    for place in allowed.bits().filter(plain) {
        // What beats a box stands before it.
        let before = allowed.bits().take_while(|b| *b < place);
        let lifted_by: Mask = before.filter(|b| beats(slice, *b, place)).collect();
        if lifted_by.and(base).is_empty() {
            bars.push(Bar { place, lifted_by });
        }
    }
    bars
}

/// What is left after one more choice.
fn and<const W: usize>(state: &State<W>, row: &State<W>) -> State<W> {
    let mut left = *state;
    for (word, row) in left.iter_mut().zip(row) {
        *word &= row;
    }
    left
}

impl<const W: usize> Settling<W> {
    /// A state without what no longer matters, where a bar is certain that nothing lifts. Whether the situation can be at
    /// all still has to be seen.
    fn settled(&self, mut state: State<W>) -> State<W> {
        let (mut own, mut already) = (None, false);
        for (word, settled) in state.iter().zip(&self.settled) {
            already |= word & settled != 0;
        }
        if !already {
            let holds = |itself: &State<W>, lifted: &State<W>| {
                let words = state.iter().zip(itself.iter().zip(lifted));
                words.fold(true, |all, (word, (itself, lifted))| {
                    all && word & itself == *itself && word & lifted == 0
                })
            };
            own = self.bars.iter().find(|(_, itself, lifted)| holds(itself, lifted)).map(|(own, ..)| *own);
            if own.is_none() {
                return state;
            }
        }
        let own = own.unwrap_or([0; W]);
        for ((word, own), (kept, added)) in state.iter_mut().zip(own).zip(self.kept.iter().zip(&self.added)) {
            *word = *word & kept | added | own;
        }
        state
    }
}
