//! From a program to its image.

use crate::layout::{HEAD, KINDS, MAGIC, PART};
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use byelaw_data::{FactId, ValueId, YES};
use byelaw_ir::{BoxKind, Domain, Program, Slice};

/// Values from which on a fact can have a map: fewer are not worth the second look.
pub(crate) const MAPPED_FROM: usize = 24;

/// The image of a program: the same program always gives the same words. `None` if it would have more than two billion.
pub fn image(program: &Program) -> Option<Vec<u64>> {
    let mut image = Builder { words: Vec::new(), shared: BTreeMap::new() };
    image.words.extend([MAGIC, 0, number(program.slices.len()), number(program.facts.len())]);
    image.words.resize(HEAD.saturating_add(program.slices.len()), 0);
    for (act, slice) in program.slices.iter().enumerate() {
        let at = image.part(program, slice)?;
        *image.words.get_mut(HEAD.saturating_add(act))? = at;
    }
    let many = number(image.words.len());
    *image.words.get_mut(1)? = many;
    (many < 1 << 31).then_some(image.words)
}

struct Builder {
    words: Vec<u64>,
    /// Tables that are there already, by their words: parts share them.
    shared: BTreeMap<Vec<u64>, u64>,
}

impl Builder {
    /// Where a table lies, put there if it is not yet.
    fn table(&mut self, table: Vec<u64>) -> u64 {
        let end = number(self.words.len());
        let Builder { words, shared } = self;
        *shared.entry(table).or_insert_with_key(|table| {
            words.extend_from_slice(table);
            end
        })
    }

    /// Writes the part of an act, after its tables, and gives its place.
    fn part(&mut self, program: &Program, slice: &Slice) -> Option<u64> {
        let words = usize::from(slice.words);
        let (mut direct, mut mapped) = (Vec::new(), Vec::new());
        for fact in &slice.facts {
            let width = program.facts.get(usize::from(fact.fact.0)).map_or(0, |f| f.domain.width());
            let is_reading = program.readings.contains(&fact.fact);
            let entry = |rows: u64| {
                let reading = u64::from(is_reading) << 63;
                (rows < 1 << 31)
                    .then_some(u64::from(fact.fact.0) | number(width) << 16 | rows << 32 | reading)
            };
            let rows: Vec<&[u64]> = fact.rows.chunks(words.max(1)).collect();
            // In the order in which they come: neighbours are alike, and `unpack` finds the same.
            let mut places: BTreeMap<&[u64], usize> = BTreeMap::new();
            let mut different: Vec<&[u64]> = Vec::new();
            let mut map: Vec<usize> = Vec::new();
            for row in &rows {
                let place = *places.entry(row).or_insert(different.len());
                if place == different.len() {
                    different.push(row);
                }
                map.push(place);
            }
            if width >= MAPPED_FROM && different.len().saturating_mul(2) <= width {
                map.push(different.len());
                let map = map
                    .chunks(4)
                    .map(|four| four.iter().rev().fold(0, |word, row| word << 16 | number(*row) & 0xffff));
                let map = self.table(map.collect());
                let many = number(different.len());
                let rows = self.table(with_unknown(&different, words));
                mapped.extend([entry(rows)?, (map < 1 << 32).then_some(map | many << 32)?]);
            } else {
                let rows = self.table(with_unknown(&rows, words));
                direct.push(entry(rows)?);
            }
        }
        let packages: Vec<u64> = slice.boxes.iter().flat_map(|b| b.price.iter().copied()).collect();
        let packages = self.table(packages);
        let beats: Vec<u64> =
            slice.boxes.iter().filter(|b| is_strong(b)).flat_map(|b| b.beats.iter().copied()).collect();
        let beats = self.table(beats);
        let own = self.own(program, slice);

        let at = number(self.words.len());
        let mapped_facts = mapped.len() / 2;
        self.words.push(
            number(words)
                | number(slice.boxes.len()) << 8
                | number(direct.len()) << 24
                | number(mapped_facts) << 40
                | number(slice.atoms.len()) << 56,
        );
        self.words.extend([slice.approvals, own, packages, beats]);
        debug_assert_eq!(self.words.len(), usize::try_from(at).unwrap_or(0).saturating_add(PART));
        // In the order of `Sets`.
        let sets: [&dyn Fn(&byelaw_ir::Box) -> bool; 9] = [
            &|_| true,
            &is_strong,
            &|b| b.kind == BoxKind::Impossible,
            &|b| matches!(b.kind, BoxKind::May | BoxKind::MayInGeneral),
            &|b| matches!(b.kind, BoxKind::MustNot | BoxKind::Only),
            &|b| b.kind == BoxKind::Only,
            &|b| b.kind == BoxKind::Duty,
            &|b| b.price.contains(&0),
            &|b| matches!(b.kind, BoxKind::MustNot | BoxKind::Only) && b.price.is_empty(),
        ];
        for set in sets {
            self.words.extend(
                slice
                    .boxes
                    .chunks(64)
                    .map(|boxes| boxes.iter().rev().fold(0_u64, |word, b| word << 1 | u64::from(set(b)))),
            );
        }
        self.words.extend(direct);
        self.words.extend(mapped);
        let mut first: u64 = 0;
        for one in &slice.boxes {
            let kind = number(KINDS.iter().position(|k| *k == one.kind)?);
            let many = number(one.price.len());
            self.words.push(u64::from(one.rule.0) | kind << 32 | many << 36 | first << 43);
            first = first.saturating_add(many);
        }
        self.words.extend(slice.atoms.iter().map(|a| u64::from(a.0)));
        Some(at)
    }

    /// The approvals of a part that people with some value would give to themselves where that does not count: how many
    /// facts there are, one word for each as for the facts of a part, and behind it one set of atoms for each value.
    fn own(&mut self, program: &Program, slice: &Slice) -> u64 {
        let barred = |fact: FactId, value: ValueId| {
            let gives = |place: &usize| {
                let atom = slice.atoms.get(*place).and_then(|id| program.atoms.get(usize::from(id.0)));
                atom.is_some_and(|a| {
                    let holds = value == YES && a.held_roles.contains(&fact);
                    let is = fact == program.subject && a.givers.contains(&value);
                    a.not_by_asker && (holds || is)
                })
            };
            (0..slice.atoms.len()).filter(gives).fold(0_u64, |own, place| {
                own | u32::try_from(place).ok().and_then(|p| 1_u64.checked_shl(p)).unwrap_or(0)
            })
        };
        let mut facts = Vec::new();
        for fact in &slice.facts {
            let Some(Domain::Values(width)) = program.facts.get(usize::from(fact.fact.0)).map(|f| &f.domain)
            else {
                continue;
            };
            let sets: Vec<u64> = (0..*width).map(|v| barred(fact.fact, ValueId(v))).collect();
            if sets.iter().any(|own| *own != 0) {
                facts.push((u64::from(fact.fact.0) | u64::from(*width) << 16, sets));
            }
        }
        if facts.is_empty() {
            return 0;
        }
        let entries: Vec<u64> =
            facts.into_iter().map(|(entry, sets)| entry | self.table(sets) << 32).collect();
        let mut table = alloc::vec![number(entries.len())];
        table.extend(entries);
        self.table(table)
    }
}

/// Whether a box beats another one.
fn is_strong(one: &byelaw_ir::Box) -> bool {
    one.beats.iter().any(|word| *word != 0)
}

/// Rows one after the other, then what any of them allows, then what all of them allow.
fn with_unknown(rows: &[&[u64]], words: usize) -> Vec<u64> {
    let mut table: Vec<u64> = rows.iter().flat_map(|row| row.iter().copied()).collect();
    let column = |word: usize| rows.iter().filter_map(move |row| row.get(word).copied());
    table.extend((0..words).map(|w| column(w).fold(0, |any, row| any | row)));
    table.extend((0..words).map(|w| column(w).fold(u64::MAX, |all, row| all & row)));
    table
}

pub(crate) fn number(place: usize) -> u64 {
    u64::try_from(place).unwrap_or(u64::MAX)
}
