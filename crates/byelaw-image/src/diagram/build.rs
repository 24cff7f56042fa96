//! From an act of an image to its diagram.
//!
//! Forwards: which boxes can still hold after each fact, level by level. Backwards: a step for each of them; where all
//! values of a fact have the same step behind them, the fact is left out.

use super::{CODES, Diagram, END, GIVEN, MOST_ATOMS, MOST_FACTS, RANGES, VALUES};
use crate::build::number;
use crate::decide::{Answer, Given, Ruling, bit, bits};
use crate::layout::{Image, Part, Sets, UNKNOWN};
use crate::reasons::{self, Reason};
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use byelaw_data::{Outcome, RuleId};
use byelaw_ir::{MAX_WORDS, Program, Slice, SliceFact};

/// From so many values on ranges are looked for instead of one step for each value.
const WIDE: usize = 24;
/// The most steps of a diagram: so many for each box, and some more.
const STEPS_PER_BOX: usize = 8;
const FURTHER_STEPS: usize = 1024;

impl Diagram {
    /// The diagram of an act; `None` if there is no such act, or it would be too large. `words` is the image of the same
    /// program. Takes well under a millisecond for acts with tens of boxes, some milliseconds for
    /// hundreds, and memory of its size: eight bytes for each of some thousands of steps and reasons.
    pub fn of(program: &Program, words: &[u64], act: u16) -> Option<Diagram> {
        let slice = program.slices.get(usize::from(act))?;
        let image = Image::trusted(words);
        let part = image.part(act)?;
        let act = Act { number: act, image, part, sets: part.sets(), slice, program };
        let mut builder =
            Builder { words: alloc::vec![0], shared: BTreeMap::new(), reasons: alloc::vec![NO_REASON] };
        let first = builder.act(&act).filter(|step| *step != 0)?;
        *builder.words.first_mut()? = first;
        Some(Diagram { words: builder.words, reasons: builder.reasons })
    }
}

struct Act<'a> {
    number: u16,
    image: Image<'a>,
    part: Part<'a>,
    sets: Sets<MAX_WORDS>,
    slice: &'a Slice,
    program: &'a Program,
}

/// A set of boxes, in as many words as the act has.
type Boxes = Vec<u64>;

/// A fact with what its values allow.
struct Fact<'a> {
    number: u64,
    width: usize,
    rows: &'a [u64],
    /// For each box the values from which on it is allowed or not allowed any more; of wide facts alone.
    turns: Option<Vec<Vec<u16>>>,
}

/// For one set of boxes: the first value of each range of values, and the place of the set that it leads to. A fact that
/// is not wide has a range for each value.
type Ranges = Vec<(u16, usize)>;

/// A diagram on its way forwards.
struct Growing<'a> {
    /// How many steps it may still get.
    left: usize,
    /// The sets of boxes that can still hold.
    sets: Vec<Boxes>,
    /// The facts so far, each with where it leads from each set before it.
    levels: Vec<(Fact<'a>, Vec<Ranges>)>,
}

impl<'a> Growing<'a> {
    /// Tells the values of one more fact apart; `None` if that takes too many steps.
    fn level(&mut self, fact: Fact<'a>, words: usize) -> Option<()> {
        let mut known: BTreeMap<Boxes, usize> = BTreeMap::new();
        let mut to = Vec::with_capacity(self.sets.len());
        let (mut firsts, mut kept) = (Vec::new(), Boxes::new());
        for set in &self.sets {
            fact.firsts(set, &mut firsts);
            self.left = self.left.checked_sub(firsts.len())?;
            let mut ranges = Ranges::with_capacity(firsts.len());
            for first in &firsts {
                let row = fact.rows.get(usize::from(*first).checked_mul(words)?..)?;
                kept.clear();
                kept.extend(set.iter().zip(row).map(|(set, row)| set & row));
                let place = match known.get(kept.as_slice()) {
                    Some(place) => *place,
                    None => {
                        let next = known.len();
                        known.insert(kept.clone(), next);
                        next
                    }
                };
                ranges.push((*first, place));
            }
            to.push(ranges);
        }
        self.sets = alloc::vec![Boxes::new(); known.len()];
        for (set, place) in known {
            *self.sets.get_mut(place)? = set;
        }
        self.levels.push((fact, to));
        Some(())
    }
}

struct Builder {
    words: Vec<u64>,
    /// Steps of a fact that are there already.
    shared: BTreeMap<Vec<u64>, u64>,
    reasons: Vec<Reason>,
}

/// What stands where there is no reason.
const NO_REASON: Reason = Reason { rule: RuleId(u32::MAX), part: reasons::Part::Stands };

impl Builder {
    /// The step to begin with; `None` if the diagram would be too large.
    fn act(&mut self, act: &Act<'_>) -> Option<u64> {
        let words = act.part.words;
        let facts: Vec<Fact<'_>> =
            act.slice.facts.iter().map(|fact| act.narrow(fact)).collect::<Option<_>>()?;
        if facts.len() > MOST_FACTS {
            return None;
        }
        let (wide, mut facts): (Vec<_>, Vec<_>) = facts.into_iter().partition(|fact| fact.width >= WIDE);
        facts.sort_by_key(|fact| fact.width);
        let mut growing = Growing {
            left: act.part.boxes.len().saturating_mul(STEPS_PER_BOX).saturating_add(FURTHER_STEPS),
            sets: alloc::vec![act.sets.all.get(..words)?.to_vec()],
            levels: Vec::new(),
        };
        for fact in facts {
            // Nothing is begun that cannot be ended.
            growing.left.checked_sub(fact.width.checked_mul(growing.sets.len())?)?;
            growing.level(fact, words)?;
        }
        // Wide ones come last, when few boxes are left for which they matter.
        for fact in wide {
            growing.level(fact.wide(act.part.boxes.len(), words)?, words)?;
        }
        let mut steps: Vec<u64> =
            growing.sets.iter().map(|active| self.end(act, active).unwrap_or(0)).collect();
        for (fact, to) in growing.levels.iter().rev() {
            steps = to.iter().map(|ranges| self.step(fact, ranges, &steps)).collect::<Option<_>>()?;
        }
        steps.first().copied()
    }

    /// The step that tells the values of a fact apart.
    fn step(&mut self, fact: &Fact<'_>, ranges: &Ranges, after: &[u64]) -> Option<u64> {
        let mut steps: Vec<(u16, u64)> = Vec::new();
        for (first, place) in ranges {
            let step = *after.get(*place)?;
            if fact.turns.is_none() || steps.last().is_none_or(|(_, last)| *last != step) {
                steps.push((*first, step));
            }
        }
        let (_, one) = steps.first()?;
        if steps.iter().all(|(_, step)| step == one) {
            return Some(*one);
        }
        // What is unknown, behind the last value.
        steps.push((u16::try_from(fact.width).ok()?, 0));
        let ranges = fact.turns.is_some();
        let (kind, many) = if ranges { (RANGES << 60, steps.len()) } else { (VALUES, fact.width) };
        let mut table = Vec::new();
        if ranges {
            let mut firsts: Vec<u64> = steps.iter().map(|(first, _)| u64::from(*first)).collect();
            firsts.resize(firsts.len().next_multiple_of(4), u64::from(UNKNOWN));
            table.extend(firsts.chunks(4).map(|four| in_a_word(four, 16)));
        }
        table.extend(steps.iter().map(|(_, step)| *step));
        Some(kind | self.shared(table)? << 32 | number(many) << 16 | fact.number)
    }

    /// Puts words where equal ones are, or behind all others.
    fn shared(&mut self, table: Vec<u64>) -> Option<u64> {
        let end = self.end_of_words()?;
        let Builder { words, shared, .. } = self;
        Some(*shared.entry(table).or_insert_with_key(|table| {
            words.extend_from_slice(table);
            end
        }))
    }

    /// What follows where exactly these boxes have a guard that holds; `None` if the image is to be asked.
    fn end(&mut self, act: &Act<'_>, active: &[u64]) -> Option<u64> {
        let mut set = [0; MAX_WORDS];
        set.iter_mut().zip(active).for_each(|(to, from)| *to = *from);
        let atoms: Vec<usize> = bits(0, act.prices(&set)).collect();
        // Whose own approval it would be is a matter of facts that this end may not know.
        if atoms.len() > MOST_ATOMS || !atoms.is_empty() && act.part.own != 0 {
            return None;
        }
        let states = 3_usize.checked_pow(u32::try_from(atoms.len()).ok()?)?;
        let codes: Vec<u64> =
            (0..states).map(|state| act.code(&set, given(&atoms, state))).collect::<Option<_>>()?;
        let first = *codes.first()?;
        let same = codes.iter().all(|code| *code == first);
        // Why a price cannot be paid hangs on what was refused: the image says it.
        let reasons = match answer_of(first)? {
            Answer::Decided(Outcome::Forbidden) if same && !atoms.is_empty() => 0,
            _ => self.because(act.reasons(&set, first)?)?,
        };
        if same {
            return Some(END << 60 | reasons | first);
        }
        let numbers = atoms.iter().map(|atom| act.part.atoms.get(*atom).copied());
        let numbers: Vec<u64> = numbers.collect::<Option<_>>()?;
        let mut record = alloc::vec![reasons | number(atoms.len()), in_a_word(&numbers, 16)];
        record.extend(codes.chunks(16).map(|codes| in_a_word(codes, 4)));
        let at = self.end_of_words()?;
        self.words.extend(record);
        Some(GIVEN << 60 | at << 32)
    }

    /// Puts reasons behind all others, and says where, and how many, as a step has it. Equal ones of another set of boxes
    /// stay apart, so that two sets are never taken for one.
    fn because(&mut self, reasons: Vec<Reason>) -> Option<u64> {
        let first = Some(number(self.reasons.len())).filter(|first| *first < 1 << 28)?;
        let many = u16::try_from(reasons.len()).ok()?;
        self.reasons.extend(reasons);
        if many == 0 {
            self.reasons.push(NO_REASON);
        }
        Some(first << 32 | u64::from(many) << 16)
    }

    fn end_of_words(&self) -> Option<u64> {
        Some(number(self.words.len())).filter(|end| *end < 1 << 28)
    }
}

impl<'a> Act<'a> {
    /// A fact that has few values, or for which nothing was done yet.
    fn narrow(&self, fact: &'a SliceFact) -> Option<Fact<'a>> {
        let width = self.program.facts.get(usize::from(fact.fact.0))?.domain.width();
        Some(Fact { number: u64::from(fact.fact.0), width, rows: &fact.rows, turns: None })
    }

    /// The atoms in the prices of these boxes.
    fn prices(&self, active: &[u64; MAX_WORDS]) -> u64 {
        let boxes = active.iter().enumerate().flat_map(|(word, set)| bits(word, *set));
        let packages = boxes.filter_map(|place| self.slice.boxes.get(place)).flat_map(|one| &one.price);
        packages.fold(0, |all, package| all | package)
    }

    /// The code of what follows where exactly these boxes have a guard that holds.
    fn code(&self, active: &[u64; MAX_WORDS], given: Given) -> Option<u64> {
        let point = self.image.point(&self.part, &self.sets, active, || given);
        let end =
            point.map_or((Answer::Impossible, false), |p| (Answer::Decided(p.outcome), p.unconditional));
        CODES.iter().position(|code| *code == end).map(|code| number(code.saturating_add(1)))
    }

    /// The reasons where these boxes have a guard that holds.
    fn reasons(&self, active: &[u64; MAX_WORDS], code: u64) -> Option<Vec<Reason>> {
        let standing = self.image.standing(&self.part, &self.sets, active);
        let mut defeated = *active;
        defeated.iter_mut().zip(&standing).for_each(|(defeated, standing)| *defeated &= !standing);
        let ruling = Ruling {
            answer: answer_of(code)?,
            act: self.number,
            words: self.part.words,
            standing,
            defeated,
            ..Ruling::default()
        };
        Some(self.image.into_reasons(&ruling).collect())
    }
}

impl Fact<'_> {
    /// The same fact with the places at which its rows change.
    fn wide(mut self, boxes: usize, words: usize) -> Option<Self> {
        let mut turns = alloc::vec![Vec::new(); boxes];
        let rows = || self.rows.chunks_exact(words.max(1));
        for (value, (row, before)) in (1_u16..).zip(rows().skip(1).zip(rows())) {
            if row == before {
                continue;
            }
            for (word, (row, before)) in row.iter().zip(before).enumerate() {
                for place in bits(word, row ^ before) {
                    turns.get_mut(place)?.push(value);
                }
            }
        }
        self.turns = Some(turns);
        Some(self)
    }

    /// The first value of each range of values that may leave different boxes of a set; of a fact that is not wide, each
    /// value.
    fn firsts(&self, set: &Boxes, firsts: &mut Vec<u16>) {
        firsts.clear();
        let Some(turns) = &self.turns else {
            firsts.extend(0..u16::try_from(self.width).unwrap_or(0));
            return;
        };
        let boxes = set.iter().enumerate().flat_map(|(word, set)| bits(word, *set));
        firsts.push(0);
        firsts.extend(boxes.filter_map(|place| turns.get(place)).flatten());
        firsts.sort_unstable();
        firsts.dedup();
    }
}

/// The answer of a code.
fn answer_of(code: u64) -> Option<Answer> {
    let place = usize::try_from(code).ok()?.checked_sub(1)?;
    CODES.get(place).map(|(answer, _)| *answer)
}

/// A state of some atoms, of which each is not given, given or refused.
fn given(atoms: &[usize], mut state: usize) -> Given {
    let mut given = Given { granted: 0, refused: 0, own_unknown: false };
    for atom in atoms.iter().rev() {
        let bit = bit(*atom);
        match state % 3 {
            0 => {}
            1 => given.granted |= bit,
            _ => given.refused |= bit,
        }
        state /= 3;
    }
    given
}

/// Numbers in one word, the first in its lowest bits.
fn in_a_word(numbers: &[u64], bits: u32) -> u64 {
    numbers.iter().rev().fold(0, |word, number| word.wrapping_shl(bits) | number)
}
