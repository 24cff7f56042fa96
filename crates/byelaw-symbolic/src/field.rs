//! The situations of one act, walked fact by fact until one shows what is looked for.
//!
//! Situations with the same active boxes are alike to every rule (decision 0003), so what was seen to show nothing is not
//! walked again. Unlike a walk that keeps all sets of boxes side by side, this one goes down to a whole situation first:
//! most rules are in order, and the first situation or the second shows it. The idea of looking inside the boxes of one
//! rule only is that of the local search in the design notes on analysis (3.4); no global structure is built.

use crate::diff::rank;
use byelaw_data::{Date, FactId, Minute, RuleId, ValueId};
use byelaw_eval::{Mask, beats, boxes, decide, told_apart};
use byelaw_ir::{AS_OF, BoxKind, MAX_WORDS, Program, Slice};
use byelaw_question::{Alike, CaseRow, Choices, all_cases, open_behind};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The first days of time stand for all days before the first that a policy names. They are shown where no other will do.
const WEEK: i64 = 7;

/// The situations of one act.
pub(crate) struct Field<'a> {
    pub slice: &'a Slice,
    /// One for each fact, or for several that follow from one moment.
    pub axes: Vec<Choices>,
    /// For each axis what its options tell apart.
    told: Vec<Told>,
    /// What cannot be.
    pub impossible: Mask,
    /// The boxes that set others aside, first to last.
    beating: Vec<usize>,
}

/// What the options of an axis tell apart.
struct Told {
    /// The boxes that some options allow and others do not.
    boxes: Mask,
    /// Whether an approval is one's own with some options and not with others.
    own: bool,
    /// How many values there are.
    rows: u128,
}

impl Told {
    fn of(axis: &Choices) -> Self {
        let own = |option: &Alike| axis.options.first().is_some_and(|first| first.own != option.own);
        Self {
            boxes: told_apart(axis.options.iter().map(|option| option.boxes)),
            own: axis.options.iter().any(own),
            rows: axis.options.iter().fold(0, |sum, option| sum.saturating_add(option.rows.len() as u128)),
        }
    }
}

/// The boxes that are active, and the approvals that whoever asks would give to themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Set {
    pub boxes: Mask,
    pub own: u64,
}

/// What is walked.
#[derive(Clone, Copy)]
pub(crate) struct Part {
    /// The boxes that are active in every situation that counts.
    pub inside: Mask,
    /// The boxes that have to be told apart. What cannot be always is.
    pub apart: Mask,
    /// Whether it has to be told apart whose approval would be one's own.
    pub own: bool,
}

/// How a walk ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Walked {
    /// This situation shows it, which has these places among the options of each axis of the field.
    Found(Situation, Vec<usize>),
    /// No situation does.
    Nowhere,
    /// The steps did not suffice to say.
    Unknown,
}

/// A whole situation of one act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Situation {
    /// A value for each fact that some rule about the act looks at.
    pub facts: Vec<(FactId, ValueId)>,
    /// A moment at which all that follows from it is so, where something does.
    pub moment: Option<(Date, Minute)>,
}

/// One way in which an axis can be chosen: the first of the values that are alike.
struct Way {
    row: Set,
    /// How many values it stands for.
    rows: u128,
    place: usize,
}

struct Axis {
    /// Its place among the axes of the field.
    place: usize,
    options: Vec<Way>,
}

/// The axes of a walk.
struct Axes {
    /// Where it begins.
    start: Set,
    /// Those of which it has to tell options apart, those first on which most boxes hang: they exclude the most.
    open: Vec<Axis>,
    /// All others, each with its one way.
    plain: Vec<(usize, Way)>,
}

impl<'a> Field<'a> {
    /// The situations of an act; `None` if the program has no such act.
    pub fn of(program: &'a Program, act: ValueId) -> Option<Self> {
        Self::made(program, act, true)
    }

    /// The situations of an act, however parameters and readings are filled.
    pub fn unfilled(program: &'a Program, act: ValueId) -> Option<Self> {
        Self::made(program, act, false)
    }

    fn made(program: &'a Program, act: ValueId, filled: bool) -> Option<Self> {
        let slice = program.slices.get(usize::from(act.0))?;
        let impossible = boxes(slice, |b| b.kind == BoxKind::Impossible);
        let mut axes = all_cases(program, act, filled)?;
        // What is plain comes first, and what few rules look at: so is the situation that a walk finds first.
        for axis in &mut axes {
            let far = |(values, moment): &CaseRow| {
                let last = axis.facts == [AS_OF];
                let long_ago = moment.is_some_and(|(date, _)| date.days() < Date::FIRST.days() + WEEK);
                (long_ago, rank(program, &axis.facts, values), last.then(|| Reverse(values.clone())))
            };
            for option in &mut axis.options {
                if option.rows.len() > 1 {
                    option.rows.sort_by_cached_key(far);
                }
            }
            axis.options.sort_by_cached_key(|o| (o.rows.first().map(far), o.boxes.bits().count()));
        }
        let beating = boxes(slice, |b| b.beats.iter().any(|word| *word != 0)).bits().collect();
        Some(Self { slice, told: axes.iter().map(Told::of).collect(), axes, impossible, beating })
    }

    /// The boxes on which hangs whether some boxes stand: they, what beats them directly or in turn, and what cannot be.
    pub fn deciding(&self, boxes: &Mask) -> Mask {
        let mut deciding = boxes.or(&self.impossible);
        // What beats a box stands before it.
        for place in self.beating.iter().rev() {
            if self.slice.boxes.get(*place).is_some_and(|one| deciding.meets(&one.beats)) {
                deciding.insert(*place);
            }
        }
        deciding
    }

    /// Whether two boxes allow a value in common of each fact.
    pub fn meet(&self, a: usize, b: usize) -> bool {
        self.axes.iter().all(|axis| axis.options.iter().any(|o| o.boxes.has(a) && o.boxes.has(b)))
    }

    /// A situation of the part for which `shows` says yes. `dull` is asked on the way, with the boxes that can still be
    /// active and those that are certain to be: where it says yes, no situation behind is looked at. One step is one
    /// value of one fact tried; `steps` is what is left of them.
    pub fn find(
        &self,
        part: &Part,
        steps: &mut u64,
        dull: &dyn Fn(&Set, &Mask) -> bool,
        shows: &mut dyn FnMut(&Set) -> bool,
    ) -> Walked {
        self.find_within(part, None, steps, dull, shows)
    }

    /// As [`Field::find`], with only those options of each axis that `within` says.
    pub fn find_within(
        &self,
        part: &Part,
        within: Option<&[Vec<bool>]>,
        steps: &mut u64,
        dull: &dyn Fn(&Set, &Mask) -> bool,
        shows: &mut dyn FnMut(&Set) -> bool,
    ) -> Walked {
        let Some(Axes { start, open: axes, plain }) = self.axes_of(part, within) else {
            return Walked::Nowhere;
        };
        let open = open_behind(axes.iter().map(undecided));
        let own = plain.iter().fold(0, |all, (_, way)| all | way.row.own);
        let mut walk = Walk {
            field: self,
            axes,
            plain,
            own,
            open,
            steps,
            dull,
            shows,
            seen: BTreeSet::new(),
            chosen: Vec::new(),
        };
        match walk.from(start) {
            Some(true) => walk.found(),
            Some(false) => Walked::Nowhere,
            None => Walked::Unknown,
        }
    }

    /// A situation in which both boxes stand, with only those options of each axis that `within` says.
    pub fn both_stand(
        &self,
        (a, b): (usize, usize),
        within: Option<&[Vec<bool>]>,
        steps: &mut u64,
    ) -> Walked {
        let slice = self.slice;
        let both = Mask::from_iter([a, b]);
        let part = Part { inside: both, apart: self.deciding(&both), own: false };
        let dull = |set: &Set, certain: &Mask| aside(slice, a, set, certain) || aside(slice, b, set, certain);
        self.find_within(&part, within, steps, &dull, &mut |set| {
            decide(slice, &set.boxes).is_some_and(|p| p.standing.has(a) && p.standing.has(b))
        })
    }

    /// A situation in which both boxes stand and no box of another rule that permits, bars or sets conditions does.
    pub fn alone_stand(&self, (a, b): (usize, usize), steps: &mut u64) -> Walked {
        let slice = self.slice;
        let rule = |place: usize| slice.boxes.get(place).map(|one| one.rule);
        let others = boxes(slice, |one| {
            use BoxKind::{May, MayInGeneral, MustNot, Only};
            let decides = matches!(one.kind, May | MayInGeneral | Only | MustNot);
            decides && Some(one.rule) != rule(a) && Some(one.rule) != rule(b)
        });
        let both = Mask::from_iter([a, b]);
        let part = Part { inside: both, apart: self.deciding(&both.or(&others)), own: false };
        let dull = |set: &Set, certain: &Mask| {
            let stands = |other: usize| unbeaten(slice, other, set);
            aside(slice, a, set, certain)
                || aside(slice, b, set, certain)
                || certain.and(&others).bits().any(stands)
        };
        self.find_within(&part, None, steps, &dull, &mut |set| {
            decide(slice, &set.boxes)
                .is_some_and(|p| p.standing.has(a) && p.standing.has(b) && p.standing.and(&others).is_empty())
        })
    }

    /// How many kinds of situation are so, and how many there are, among some options of each axis; `None` if counting
    /// takes more steps than these. Values of which no rule is told apart count each for itself. `so` says `None` of what
    /// cannot be; `sure` says on the way, with the boxes that can still be active and those that are certain to be, whether
    /// all that can be behind is so or is not.
    pub fn weigh(
        &self,
        part: &Part,
        within: &[Vec<bool>],
        steps: u64,
        so: &dyn Fn(&Set) -> Option<bool>,
        sure: &dyn Fn(&Set, &Mask) -> Option<bool>,
    ) -> Option<(u128, u128)> {
        let Some(Axes { start, open: mut axes, plain }) = self.axes_of(part, Some(within)) else {
            return Some((0, 0));
        };
        axes.extend(plain.into_iter().map(|(place, way)| Axis { place, options: vec![way] }));
        let open = open_behind(axes.iter().map(undecided));
        let places: Vec<usize> = open.first().iter().flat_map(|mask| mask.bits()).collect();
        let scale = Scale { field: self, start: start.boxes, axes, open, places, so, sure };
        match scale.places.len() {
            0..=64 => scale.weigh::<1>(steps),
            65..=256 => scale.weigh::<4>(steps),
            _ => scale.weigh::<MAX_WORDS>(steps),
        }
    }

    /// Where a walk over a part begins, and its axes. `None` if no situation lies in it.
    fn axes_of(&self, part: &Part, within: Option<&[Vec<bool>]>) -> Option<Axes> {
        let apart = part.apart.or(&part.inside).or(&self.impossible);
        let mut start = Set { boxes: apart.and(&Mask::first(self.slice.boxes.len())), own: 0 };
        let means = |axis: usize, option: usize| {
            within.and_then(|w| w.get(axis)).is_none_or(|w| w.get(option) == Some(&true))
        };
        let inside: Vec<usize> = part.inside.bits().collect();
        // Of an axis that tells nothing apart one option stands for all; of the others those that count.
        let mut plain: Vec<(usize, Way)> = Vec::new();
        let mut others: Vec<(usize, Vec<(usize, &Alike)>)> = Vec::new();
        for (place, (axis, told)) in self.axes.iter().zip(&self.told).enumerate() {
            let mut meant = axis.options.iter().enumerate().filter(|(option, _)| means(place, *option));
            if !told.boxes.and(&apart).is_empty() || part.own && told.own {
                let counts = |alike: &Alike| inside.iter().all(|place| alike.boxes.has(*place));
                let allowed: Vec<(usize, &Alike)> = meant.filter(|(_, alike)| counts(alike)).collect();
                if allowed.is_empty() {
                    return None;
                }
                let mut any = Mask::EMPTY;
                allowed.iter().for_each(|(_, alike)| any.join(alike.boxes.words()));
                start.boxes = start.boxes.and(&any);
                others.push((place, allowed));
                continue;
            }
            let (option, first) = meant.next()?;
            if !part.inside.without(&first.boxes).is_empty() {
                return None;
            }
            start.boxes = start.boxes.and(&first.boxes);
            let rows = match within {
                None => told.rows,
                Some(_) => meant.fold(first.rows.len() as u128, |sum, (_, option)| {
                    sum.saturating_add(option.rows.len() as u128)
                }),
            };
            let own = if part.own { first.own } else { 0 };
            plain.push((place, Way { row: Set { boxes: first.boxes, own }, rows, place: option }));
        }
        let mut open: Vec<Axis> = Vec::new();
        for (place, allowed) in others {
            let mut options: Vec<Way> = Vec::new();
            for (option, alike) in allowed {
                let own = if part.own { alike.own } else { 0 };
                let row = Set { boxes: alike.boxes.and(&start.boxes), own };
                let rows = alike.rows.len() as u128;
                // Values beside each other are alike most often.
                match options.iter_mut().rev().find(|known| known.row == row) {
                    Some(known) => known.rows = known.rows.saturating_add(rows),
                    None => options.push(Way { row, rows, place: option }),
                }
            }
            match options.pop() {
                Some(way) if options.is_empty() => plain.push((place, way)),
                last => {
                    options.extend(last);
                    open.push(Axis { place, options });
                }
            }
        }
        for (_, way) in &mut plain {
            way.row.boxes = start.boxes;
        }
        open.sort_by_cached_key(|axis| Reverse(undecided(axis).bits().count()));
        Some(Axes { start, open, plain })
    }
}

/// Situations to be counted, axis by axis. Those that leave the same boxes active are counted together, where only the boxes
/// are carried along that some situations leave active and others do not.
struct Scale<'a, 'b> {
    field: &'b Field<'a>,
    start: Mask,
    axes: Vec<Axis>,
    /// For each axis the boxes that it and those behind it still decide.
    open: Vec<Mask>,
    /// The boxes that are carried along, in this order.
    places: Vec<usize>,
    so: &'b dyn Fn(&Set) -> Option<bool>,
    sure: &'b dyn Fn(&Set, &Mask) -> Option<bool>,
}

impl Scale<'_, '_> {
    fn weigh<const W: usize>(&self, mut steps: u64) -> Option<(u128, u128)> {
        let rows = |axis: &Axis| axis.options.iter().fold(0_u128, |sum, way| sum.saturating_add(way.rows));
        // How many situations are behind each axis.
        let mut behind: Vec<u128> = vec![1];
        for axis in self.axes.iter().rev() {
            behind.push(rows(axis).saturating_mul(behind.last().copied().unwrap_or(1)));
        }
        behind.reverse();
        let mut found = (0_u128, 0_u128);
        let mut count = |is: bool, many: u128| {
            found.1 = found.1.saturating_add(many);
            found.0 = found.0.saturating_add(if is { many } else { 0 });
        };
        let mut sets: Vec<([u64; W], u128)> = vec![(self.packed(&self.start), 1)];
        for (depth, many) in behind.iter().enumerate() {
            let open = self.open.get(depth).copied().unwrap_or(Mask::EMPTY);
            sets.retain(|(bits, weight)| {
                let set = Set { boxes: self.whole(bits), own: 0 };
                let certain = set.boxes.without(&open);
                if !certain.and(&self.field.impossible).is_empty() {
                    return false;
                }
                let sure =
                    (self.sure)(&set, &certain).filter(|_| set.boxes.and(&self.field.impossible).is_empty());
                if let Some(is) = sure {
                    count(is, weight.saturating_mul(*many));
                }
                sure.is_none()
            });
            let Some(axis) = self.axes.get(depth) else { break };
            let ways: Vec<([u64; W], u128)> =
                axis.options.iter().map(|way| (self.packed(&way.row.boxes), way.rows)).collect();
            steps = steps.checked_sub((sets.len() as u64).saturating_mul(ways.len() as u64))?;
            let mut next = Vec::with_capacity(sets.len().saturating_mul(ways.len()));
            for (bits, weight) in &sets {
                for (row, rows) in &ways {
                    let mut here = *bits;
                    here.iter_mut().zip(row).for_each(|(word, row)| *word &= row);
                    next.push((here, weight.saturating_mul(*rows)));
                }
            }
            next.sort_unstable_by_key(|(bits, _)| *bits);
            next.dedup_by(|(bits, weight), (known, sum)| {
                let same = bits == known;
                if same {
                    *sum = sum.saturating_add(*weight);
                }
                same
            });
            sets = next;
        }
        for (bits, weight) in &sets {
            if let Some(is) = (self.so)(&Set { boxes: self.whole(bits), own: 0 }) {
                count(is, *weight);
            }
        }
        Some(found)
    }

    /// Which of the boxes that are carried along are in a set.
    fn packed<const W: usize>(&self, set: &Mask) -> [u64; W] {
        let mut bits = [0; W];
        for (at, _) in self.places.iter().enumerate().filter(|(_, place)| set.has(**place)) {
            if let Some(word) = bits.get_mut(at / 64) {
                *word |= 1 << (at % 64);
            }
        }
        bits
    }

    /// A set of boxes of the slice again.
    fn whole<const W: usize>(&self, bits: &[u64; W]) -> Mask {
        let mut set = self.start.without(self.open.first().unwrap_or(&Mask::EMPTY));
        for (at, word) in bits.iter().enumerate() {
            let mut left = *word;
            while left != 0 {
                let bit = left.trailing_zeros() as usize;
                left &= left - 1;
                if let Some(place) = self.places.get(at * 64 + bit) {
                    set.insert(*place);
                }
            }
        }
        set
    }
}

/// Where one box of a rule is: the act's place, and its own in the act's slice.
pub(crate) type Place = (usize, usize);

/// Where the boxes of each rule are, ascending.
pub(crate) fn places(program: &Program) -> BTreeMap<RuleId, Vec<Place>> {
    let mut places: BTreeMap<RuleId, Vec<Place>> = BTreeMap::new();
    for (act, slice) in program.slices.iter().enumerate() {
        for (place, one) in slice.boxes.iter().enumerate().filter(|(_, b)| b.kind != BoxKind::Impossible) {
            places.entry(one.rule).or_default().push((act, place));
        }
    }
    places
}

/// Whether nothing active sets a box aside.
pub(crate) fn unbeaten(slice: &Slice, place: usize, set: &Set) -> bool {
    // What beats a box stands before it.
    !set.boxes.bits().take_while(|b| *b < place).any(|b| beats(slice, b, place))
}

/// Whether a box is certain that sets another one aside, and that nothing active sets aside.
pub(crate) fn aside(slice: &Slice, place: usize, set: &Set, certain: &Mask) -> bool {
    certain.bits().take_while(|b| *b < place).any(|b| beats(slice, b, place) && unbeaten(slice, b, set))
}

/// The boxes that some options allow and others do not.
fn undecided(axis: &Axis) -> Mask {
    told_apart(axis.options.iter().map(|o| o.row.boxes))
}

struct Walk<'a, 'b> {
    field: &'a Field<'a>,
    axes: Vec<Axis>,
    /// The axes behind these, each with its one way.
    plain: Vec<(usize, Way)>,
    /// The approvals that are one's own with these.
    own: u64,
    /// For each axis the boxes that it and those behind it still decide.
    open: Vec<Mask>,
    steps: &'b mut u64,
    dull: &'b dyn Fn(&Set, &Mask) -> bool,
    shows: &'b mut dyn FnMut(&Set) -> bool,
    /// What showed nothing: the axis that comes next, and the set there.
    seen: BTreeSet<(usize, Set)>,
    chosen: Vec<usize>,
}

impl Walk<'_, '_> {
    /// Whether some situation behind this set shows it, with its choices in `chosen`; `None` if the steps ran out.
    fn from(&mut self, set: Set) -> Option<bool> {
        let depth = self.chosen.len();
        let open = self.open.get(depth).copied().unwrap_or(Mask::EMPTY);
        let certain = set.boxes.without(&open);
        if !certain.and(&self.field.impossible).is_empty() || (self.dull)(&set, &certain) {
            return Some(false);
        }
        if !self.seen.insert((depth, set)) {
            return Some(false);
        }
        let options = match self.axes.get(depth) {
            None => {
                *self.steps = self.steps.checked_sub(self.plain.len() as u64)?;
                return Some((self.shows)(&Set { boxes: set.boxes, own: set.own | self.own }));
            }
            Some(axis) => axis.options.len(),
        };
        for option in 0..options {
            *self.steps = self.steps.checked_sub(1)?;
            let Some(row) = self.axes.get(depth).and_then(|a| a.options.get(option)).map(|o| o.row) else {
                continue;
            };
            self.chosen.push(option);
            if self.from(Set { boxes: set.boxes.and(&row.boxes), own: set.own | row.own })? {
                return Some(true);
            }
            self.chosen.pop();
        }
        Some(false)
    }

    /// The situation of the choices.
    fn found(&self) -> Walked {
        let mut situation = Situation { facts: Vec::new(), moment: None };
        let mut places = vec![0; self.field.axes.len()];
        let open = self.axes.iter().zip(&self.chosen);
        let open = open.filter_map(|(axis, option)| Some((axis.place, axis.options.get(*option)?)));
        for (place, way) in open.chain(self.plain.iter().map(|(place, way)| (*place, way))) {
            let Some(whole) = self.field.axes.get(place) else { continue };
            let Some((values, moment)) = whole.options.get(way.place).and_then(|a| a.rows.first()) else {
                continue;
            };
            if let Some(into) = places.get_mut(place) {
                *into = way.place;
            }
            situation.facts.extend(whole.facts.iter().copied().zip(values.iter().copied()));
            situation.moment = situation.moment.or(*moment);
        }
        situation.facts.sort_unstable();
        Walked::Found(situation, places)
    }
}
