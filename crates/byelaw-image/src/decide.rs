//! One question on an image (semantics 2.4): which boxes stand, and what follows.
//!
//! What it takes to be permitted is a formula over approvals and undertakings in which nothing is denied. So it need not
//! be written out to know the outcome: it is looked at three times at most, with what is still to be had taken as had or
//! not.

use crate::layout::{Fact, Image, OneBox, Part, Sets, UNKNOWN, ones, place, row_of};
use crate::steps::Steps;
use crate::unknown::{self, Found};
use byelaw_data::Outcome;
use byelaw_ir::{BoxKind, MAX_WORDS};

/// A question in numbers. What is shorter than the policy asks for counts as unknown or not given.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// The act.
    pub act: u16,
    /// For each fact of the policy its value, or [`UNKNOWN`]; a value that the fact does not have is unknown.
    pub values: &'a [u16],
    /// The approvals given and undertakings promised: one bit for each atom of the policy, sixteen in a number.
    pub granted: &'a [u16],
    /// The approvals refused and undertakings that will not be kept. What is in both is refused.
    pub refused: &'a [u16],
}

/// What an image says to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The outcome, the same in every completion of what is unknown; [`Outcome::NeedsFacts`] where they differ.
    Decided(Outcome),
    /// What the question states cannot be at once.
    Impossible,
    /// It takes more than an image can tell: no such act, too many completions, or a reading that makes a difference.
    Unsettled,
}

/// What a decision leaves behind: the outcome, and which boxes of the act stand. Made once and used again.
#[derive(Debug, Clone)]
pub struct Ruling {
    pub(crate) answer: Answer,
    pub(crate) unconditional: bool,
    pub(crate) same: bool,
    pub(crate) same_duties: bool,
    pub(crate) act: u16,
    pub(crate) words: usize,
    pub(crate) standing: [u64; MAX_WORDS],
    pub(crate) defeated: [u64; MAX_WORDS],
    /// What was refused, over the atoms of the act.
    pub(crate) refused: u64,
}

impl Default for Ruling {
    fn default() -> Self {
        Self {
            answer: Answer::Unsettled,
            unconditional: false,
            same: false,
            same_duties: false,
            act: 0,
            words: 0,
            standing: [0; MAX_WORDS],
            defeated: [0; MAX_WORDS],
            refused: 0,
        }
    }
}

impl Ruling {
    /// The answer.
    pub fn answer(&self) -> Answer {
        self.answer
    }

    /// Whether the act is permitted and nothing is left to be done for it. Presumptions are the caller's: here
    /// a presumed value is a value.
    pub fn is_unconditional(&self) -> bool {
        self.unconditional
    }

    /// Whether the same boxes stand in every completion of what is unknown: nothing hangs on it.
    pub fn is_same_throughout(&self) -> bool {
        self.same
    }

    /// Whether the same duties stand in every completion of what is unknown.
    pub fn has_same_duties(&self) -> bool {
        self.same_duties
    }
}

/// What follows in one situation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Point<const N: usize> {
    pub outcome: Outcome,
    pub unconditional: bool,
    pub standing: [u64; N],
}

impl Image<'_> {
    /// Decides one question and leaves in `ruling` what its reasons are read from. Takes at most as many steps as
    /// [`Image::worst_case`] says.
    #[inline]
    pub fn decide(&self, situation: &Situation<'_>, ruling: &mut Ruling) -> Answer {
        let Some(part) = self.part(situation.act) else {
            *ruling = Ruling::default();
            return Answer::Unsettled;
        };
        ruling.act = situation.act;
        // Each in no more words than it takes: most acts have at most 64 boxes, and few more than 256.
        match part.words {
            0 | 1 => self.decide_in::<1>(&part, situation, ruling),
            2..=4 => self.decide_in::<4>(&part, situation, ruling),
            _ => self.decide_in::<MAX_WORDS>(&part, situation, ruling),
        }
    }

    /// As [`Image::decide`], with a third of its code and in more time: for who counts bytes.
    pub fn decide_in_few_bytes(&self, situation: &Situation<'_>, ruling: &mut Ruling) -> Answer {
        let Some(part) = self.part(situation.act) else {
            *ruling = Ruling::default();
            return Answer::Unsettled;
        };
        ruling.act = situation.act;
        self.decide_in::<MAX_WORDS>(&part, situation, ruling)
    }

    /// As [`Image::decide`], without the reasons.
    #[inline]
    pub fn answer(&self, situation: &Situation<'_>) -> Answer {
        let Some(part) = self.part(situation.act) else { return Answer::Unsettled };
        match part.words {
            0 | 1 => self.answer_in::<1>(&part, situation),
            2..=4 => self.answer_in::<4>(&part, situation),
            _ => self.answer_in::<MAX_WORDS>(&part, situation),
        }
    }

    #[inline]
    fn answer_in<const N: usize>(&self, part: &Part<'_>, situation: &Situation<'_>) -> Answer {
        let (found, _) = self.look::<N>(part, situation, || self.given(part, situation));
        found.answer
    }

    #[inline]
    fn decide_in<const N: usize>(
        &self,
        part: &Part<'_>,
        situation: &Situation<'_>,
        ruling: &mut Ruling,
    ) -> Answer {
        let given = self.given(part, situation);
        let (found, active) = self.look::<N>(part, situation, || given);
        ruling.refused = given.refused;
        ruling.words = part.words.min(N);
        ruling.answer = found.answer;
        ruling.unconditional = found.unconditional;
        ruling.same = found.same;
        ruling.same_duties = found.same_duties;
        let pairs = ruling.standing.iter_mut().zip(&mut ruling.defeated);
        for ((standing, defeated), (s, a)) in pairs.zip(found.standing.iter().zip(&active)) {
            *standing = *s;
            *defeated = a & !s;
        }
        found.answer
    }

    /// What is found, and the boxes whose guard can hold. What was given is looked at only where it matters.
    #[inline]
    fn look<const N: usize>(
        &self,
        part: &Part<'_>,
        situation: &Situation<'_>,
        given: impl FnOnce() -> Given,
    ) -> (Found<N>, [u64; N]) {
        let sets = part.sets::<N>();
        let (active, unknown) = self.active(part, &sets, situation);
        let found = if unknown {
            unknown::answer(self, part, &sets, situation, &active, given())
        } else {
            match self.point(part, &sets, &active, given) {
                Some(point) => Found::of(point, true),
                None => Found::nothing(Answer::Impossible),
            }
        };
        (found, active)
    }

    /// The boxes whose guard can hold, and whether a fact that some of them look at is unknown.
    #[inline]
    fn active<const N: usize>(
        &self,
        part: &Part<'_>,
        sets: &Sets<N>,
        situation: &Situation<'_>,
    ) -> ([u64; N], bool) {
        let mut active = sets.all;
        let mut unknown = false;
        for word in part.direct {
            let fact = Fact::of(*word);
            let value = value(situation, &fact);
            unknown |= value == fact.width;
            self.keep(part, &mut active, fact.rows, value);
        }
        for two in part.mapped.chunks_exact(2) {
            let [word, map] = two else { continue };
            let fact = Fact::of(*word);
            let value = value(situation, &fact);
            unknown |= value == fact.width;
            let Some(row) = row_of(self, place(*map & 0xffff_ffff), value) else { return ([0; N], true) };
            self.keep(part, &mut active, fact.rows, row);
        }
        (active, unknown)
    }

    /// Keeps what a row allows; nothing where there is no such row.
    #[inline]
    pub(crate) fn keep<const N: usize>(&self, part: &Part<'_>, set: &mut [u64; N], rows: usize, row: usize) {
        if let [only] = &mut set[..] {
            *only &= self.word(rows.wrapping_add(row)).unwrap_or(0);
            return;
        }
        let from = rows.wrapping_add(row.wrapping_mul(part.words));
        let row = self.slice(from, part.words).unwrap_or(&[]);
        for (place, word) in set.iter_mut().enumerate() {
            *word &= row.get(place).copied().unwrap_or(0);
        }
    }

    /// What was granted and refused, over the atoms of the part.
    #[inline]
    fn given(&self, part: &Part<'_>, situation: &Situation<'_>) -> Given {
        let mut given = Given { granted: 0, refused: 0, own_unknown: false };
        for (place, atom) in (0_u32..).zip(part.atoms) {
            given.granted |= bit_of(situation.granted, *atom).wrapping_shl(place);
            given.refused |= bit_of(situation.refused, *atom).wrapping_shl(place);
        }
        if part.own != 0 {
            let many = self.word(part.own).map_or(0, place);
            for i in 0..many {
                let entry = self.word(part.own.wrapping_add(1).wrapping_add(i)).unwrap_or(0);
                let fact = Fact::of(entry);
                let value = value(situation, &fact);
                given.own_unknown |= value == fact.width;
                // Nobody's own approval counts where the policy says so, whether given or not.
                given.refused |=
                    self.word(fact.rows.wrapping_add(value)).filter(|_| value < fact.width).unwrap_or(0);
            }
        }
        given.granted &= !given.refused;
        given
    }

    /// What follows where exactly the boxes in `active` have a guard that holds; `None` if that cannot be. What was given
    /// is looked at only where it matters.
    #[inline]
    pub(crate) fn point<const N: usize>(
        &self,
        part: &Part<'_>,
        sets: &Sets<N>,
        active: &[u64; N],
        given: impl FnOnce() -> Given,
    ) -> Option<Point<N>> {
        let standing = self.standing(part, sets, active);
        if meets(&standing, &sets.impossible) {
            return None;
        }
        // Most questions fall into three plain cases; they are told apart without a branch for each.
        let barred = meets(&standing, &sets.absolute);
        let bars = meets(active, &sets.bar);
        let opened = meets_both(&standing, &sets.gate, &sets.free) && !bars;
        let silent = !bars && !meets(&standing, &sets.gate) && !meets(&standing, &sets.duty);
        let plain = usize::from(barred) | usize::from(opened) << 1 | usize::from(silent) << 2;
        let (outcome, unconditional) = match PLAIN.get(plain) {
            Some(Some(plain)) => *plain,
            _ => Case { image: self, part, sets, active, standing: &standing }.outcome(given()),
        };
        Some(Point { outcome, unconditional, standing })
    }

    /// The boxes that no standing one beats.
    #[inline]
    pub(crate) fn standing<const N: usize>(
        &self,
        part: &Part<'_>,
        sets: &Sets<N>,
        active: &[u64; N],
    ) -> [u64; N] {
        let mut standing = *active;
        let mut before = 0_usize;
        for (word, strong) in sets.strong.iter().enumerate() {
            // What beats a box stands before it, so that one pass is enough.
            let mut left = strong & standing.get(word).copied().unwrap_or(0);
            while left != 0 {
                let low = left & left.wrapping_neg();
                let rank = before.wrapping_add(ones(strong & low.wrapping_sub(1)));
                for (stands, beaten) in standing.iter_mut().zip(self.beaten(part, rank)) {
                    *stands &= !beaten;
                }
                left &= !low;
                left &= standing.get(word).copied().unwrap_or(0);
            }
            before = before.wrapping_add(ones(*strong));
        }
        standing
    }

    /// What a box beats, by its place among those that beat any.
    #[inline]
    fn beaten(&self, part: &Part<'_>, rank: usize) -> &[u64] {
        self.slice(part.beats.wrapping_add(rank.wrapping_mul(part.words)), part.words).unwrap_or(&[])
    }

    /// Whether one box beats another one; `strong` are those that beat any.
    fn beats(&self, part: &Part<'_>, strong: &[u64], stronger: usize, weaker: usize) -> bool {
        let word = stronger / 64;
        let here = strong.get(word).copied().unwrap_or(0) & bit(stronger).wrapping_sub(1);
        let before = strong.iter().take(word).fold(ones(here), |n, w| n.wrapping_add(ones(*w)));
        has(strong, stronger) && has(self.beaten(part, before), weaker)
    }

    /// Whether all atoms of some package of a box are had.
    #[inline]
    pub(crate) fn is_paid(&self, part: &Part<'_>, one: OneBox, had: u64) -> bool {
        let packages = self.slice(part.packages.wrapping_add(one.first), one.packages).unwrap_or(&[]);
        packages.iter().any(|package| package & !had == 0)
    }

    /// How many steps a decision about an act takes at most.
    pub fn worst_case(&self, act: u16) -> Option<Steps> {
        self.part(act).map(|part| Steps::of(&part))
    }

    /// The most steps that one decision takes, whatever it is about.
    pub fn worst_case_of_all(&self) -> Steps {
        (0..self.acts()).filter_map(|act| self.worst_case(act)).fold(Steps::default(), Steps::or)
    }
}

/// The outcome where a bar stands that nothing lifts, where a permission stands that asks for nothing and no bar is near,
/// and where no rule speaks; and whether it is a yes of which nothing is left to be done.
const PLAIN: [Option<(Outcome, bool)>; 5] = [
    None,
    Some((Outcome::Forbidden, false)),
    Some((Outcome::Permitted, true)),
    None,
    Some((Outcome::NotCovered, false)),
];

/// What was granted and refused, over the atoms of a part.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Given {
    pub granted: u64,
    pub refused: u64,
    /// Whether something unknown says whose approval would be the asker's own.
    pub own_unknown: bool,
}

/// A situation with its standing boxes.
struct Case<'a, const N: usize> {
    image: &'a Image<'a>,
    part: &'a Part<'a>,
    sets: &'a Sets<N>,
    active: &'a [u64; N],
    standing: &'a [u64; N],
}

impl<const N: usize> Case<'_, N> {
    /// The outcome, and whether it is a yes of which nothing is left to be done.
    fn outcome(&self, given: Given) -> (Outcome, bool) {
        let stand = |set: &[u64; N]| meets(self.standing, set);
        let bars = meets(self.active, &self.sets.bar);
        let gates = stand(&self.sets.gate);
        // Conditions permit what keeps them.
        let conditions = bars && (stand(&self.sets.only) || self.condition_taken_away());
        if !gates && !conditions {
            return if stand(&self.sets.bar) {
                (Outcome::Forbidden, false)
            } else if stand(&self.sets.duty) {
                // A duty that goes with the act takes it for granted.
                (Outcome::Permitted, true)
            } else {
                (Outcome::NotCovered, false)
            };
        }
        let suffices = |had| (!gates || self.some_gate_opens(had)) && (!bars || self.all_bars_lift(had));
        // What can still be promised counts as had; what somebody else must give does not.
        if suffices((given.granted | !self.part.approvals) & !given.refused) {
            (Outcome::Permitted, suffices(given.granted))
        } else if suffices(!given.refused) {
            (Outcome::NeedsApproval, false)
        } else {
            (Outcome::Forbidden, false)
        }
    }

    fn some_gate_opens(&self, had: u64) -> bool {
        let all = || self.standing.iter().zip(&self.sets.gate);
        if all().zip(&self.sets.free).any(|((s, g), f)| s & g & f != 0) {
            return true;
        }
        all().enumerate().any(|(word, (s, g))| bits(word, s & g).any(|place| self.is_paid(place, had)))
    }

    fn all_bars_lift(&self, had: u64) -> bool {
        self.active.iter().zip(&self.sets.bar).enumerate().all(|(word, (a, b))| {
            bits(word, a & b).all(|place| self.is_paid(place, had) || self.is_lifted(place, had))
        })
    }

    /// Whether an exception that stands lifts a bar: only as far as its own approvals and undertakings.
    fn is_lifted(&self, bar: usize, had: u64) -> bool {
        !has(self.standing, bar)
            && self.beaters(bar).any(|place| self.takes_away(place) || self.is_paid(place, had))
    }

    /// Whether a condition does not stand because it was taken away: taking it away does not take away its permission.
    fn condition_taken_away(&self) -> bool {
        self.active.iter().zip(self.standing).zip(&self.sets.only).enumerate().any(|(word, ((a, s), o))| {
            bits(word, a & !s & o).any(|place| self.beaters(place).all(|beater| self.takes_away(beater)))
        })
    }

    /// The standing boxes that beat one.
    fn beaters(&self, weaker: usize) -> impl Iterator<Item = usize> + '_ {
        let all = self.standing.iter().zip(&self.sets.strong).enumerate();
        all.flat_map(|(word, (s, strong))| bits(word, s & strong))
            .filter(move |place| self.image.beats(self.part, &self.sets.strong, *place, weaker))
    }

    /// Whether a box takes away what it beats, and asks for nothing.
    fn takes_away(&self, place: usize) -> bool {
        self.part.one(place).is_some_and(|one| one.kind() == Some(BoxKind::Disapply))
    }

    fn is_paid(&self, place: usize, had: u64) -> bool {
        self.part.one(place).is_some_and(|one| self.image.is_paid(self.part, one, had))
    }
}

/// The value of a fact; its width if it is unknown.
#[inline]
pub(crate) fn value(situation: &Situation<'_>, fact: &Fact) -> usize {
    usize::from(situation.values.get(fact.number).copied().unwrap_or(UNKNOWN)).min(fact.width)
}

/// Whether two sets have a box in common.
#[inline]
pub(crate) fn meets(a: &[u64], b: &[u64]) -> bool {
    a.iter().zip(b).any(|(a, b)| a & b != 0)
}

/// Whether three sets have a box in common.
#[inline]
fn meets_both(a: &[u64], b: &[u64], c: &[u64]) -> bool {
    a.iter().zip(b).zip(c).any(|((a, b), c)| a & b & c != 0)
}

/// Whether a box is in a set.
#[inline]
pub(crate) fn has(set: &[u64], place: usize) -> bool {
    set.get(place / 64).is_some_and(|word| word & bit(place) != 0)
}

/// The bit of a box in its word.
#[inline]
pub(crate) fn bit(place: usize) -> u64 {
    1_u64.wrapping_shl(u32::try_from(place % 64).unwrap_or(0))
}

/// The boxes in one word of a set.
#[inline]
pub(crate) fn bits(word: usize, mut left: u64) -> impl Iterator<Item = usize> {
    let first = word.wrapping_mul(64);
    core::iter::from_fn(move || {
        if left == 0 {
            return None;
        }
        let low = usize::try_from(left.trailing_zeros()).unwrap_or(0);
        left &= left.wrapping_sub(1);
        Some(first.wrapping_add(low))
    })
}

/// One bit of a set of atoms, as 0 or 1.
#[inline]
pub(crate) fn bit_of(set: &[u16], atom: u64) -> u64 {
    let word = set.get(place(atom / 16)).copied().unwrap_or(0);
    u64::from(word).wrapping_shr(u32::try_from(atom % 16).unwrap_or(0)) & 1
}
