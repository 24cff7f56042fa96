//! The few numbers that a module has of a policy: the image made of them answers as the one made from the program. On the
//! packs and on random policies, to the last question that takes too many looks.

use crate::generate::{build, config, lowered, spec};
use byelaw_image::{Answer, Image, Ruling, Situation, UNKNOWN, Unpacking, image, pack, unpack};
use byelaw_ir::Program;
use byelaw_tests::{Chance, compiled_pack, pack_names, seed, times};
use proptest::prelude::*;

/// The words of the image made of the numbers, with room enough.
fn unpacked(numbers: &[u64]) -> Option<Vec<u64>> {
    // What was there before does not matter.
    let (mut words, mut scratch) = (vec![u64::MAX; 1 << 17], vec![u64::MAX; 1 << 17]);
    let (used, needed) = unpack(numbers, &mut words, &mut scratch)?;
    let mut exact = (vec![7; used], vec![7; needed]);
    assert_eq!(
        unpack(numbers, &mut exact.0, &mut exact.1),
        Some((used, needed)),
        "it takes more than it says"
    );
    words.truncate(used);
    assert!(words == exact.0, "the same numbers give two images");
    Some(words)
}

/// An image that is unpacked act by act, as questions come.
struct Growing<'a> {
    numbers: &'a [u64],
    words: Vec<u64>,
    scratch: Vec<u64>,
}

impl<'a> Growing<'a> {
    /// With as much room as the whole takes.
    fn new(numbers: &'a [u64]) -> Self {
        let (mut words, mut scratch) = (vec![u64::MAX; 1 << 17], vec![u64::MAX; 1 << 17]);
        let (used, needed) = unpack(numbers, &mut words, &mut scratch).expect("what was just packed");
        let mut growing = Growing { numbers, words: vec![7; used], scratch: vec![7; needed] };
        Unpacking::begin(numbers, &mut growing.words, &mut growing.scratch).expect("what was just packed");
        growing
    }

    /// What it says of a situation; and what it says before its act is unpacked, which is nothing.
    fn said(&mut self, situation: &Situation<'_>) -> String {
        let at = 4 + usize::from(situation.act);
        if self.words[at] == u64::MAX {
            let before = Image::trusted(&self.words).decide_in_few_bytes(situation, &mut Ruling::default());
            assert_eq!(before, Answer::Unsettled);
        }
        let mut image =
            Unpacking::go_on(self.numbers, &mut self.words, &mut self.scratch).expect("it was begun");
        image.part(usize::from(situation.act)).expect("it has the act");
        assert_eq!(image.part(usize::from(u16::MAX)), None, "no such act");
        said(&Image::trusted(&self.words), situation)
    }
}

/// A situation at random: of each hundred facts so many are unknown.
fn values(program: &Program, unknown: u64, chance: &mut Chance) -> Vec<u16> {
    let value = |width: usize, chance: &mut Chance| {
        if width == 0 || chance.percent(unknown) {
            return UNKNOWN;
        }
        u16::try_from(chance.below(width as u64)).expect("a value")
    };
    program.facts.iter().map(|fact| value(fact.domain.width(), chance)).collect()
}

/// What one image says of a situation.
fn said(image: &Image<'_>, situation: &Situation<'_>) -> String {
    let mut ruling = Ruling::default();
    let mut same = Ruling::default();
    let answer = image.decide(situation, &mut ruling);
    assert_eq!(answer, image.decide_in_few_bytes(situation, &mut same));
    let told =
        |ruling: &Ruling| (ruling.is_unconditional(), ruling.is_same_throughout(), ruling.has_same_duties());
    assert_eq!(told(&ruling), told(&same));
    format!("{answer:?} {:?}", told(&ruling))
}

/// How many of so many random questions had an answer that is more than a shrug; all must be answered alike.
fn compare(program: &Program, many: u32, chance: &mut Chance) -> u32 {
    let words = image(program).expect("not too large");
    let numbers = pack(program).expect("not too large");
    let mut growing = Growing::new(&numbers);
    let small = unpacked(&numbers).expect("what was just packed");
    let (whole, small) = (Image::new(&words).expect("an image"), Image::new(&small).expect("an image"));
    let mut decided = 0;
    for _ in 0..many {
        let unknown = *chance.of(&[0, 2, 10, 50]);
        let values = values(program, unknown, chance);
        let mut bits =
            || (0..8).map(|_| u16::try_from(chance.below(1 << 16)).expect("bits")).collect::<Vec<_>>();
        let (granted, refused, fewer) = (bits(), bits(), bits());
        let refused: Vec<u16> = refused.iter().zip(&fewer).map(|(a, b)| a & b).collect();
        let act = u16::try_from(chance.below(program.slices.len().max(1) as u64)).expect("an act");
        let situation = Situation { act, values: &values, granted: &granted, refused: &refused };
        let (one, other) = (said(&whole, &situation), said(&small, &situation));
        assert_eq!(one, other, "{situation:?}");
        assert_eq!(one, growing.said(&situation), "{situation:?}");
        decided +=
            u32::from(["Permitted", "Forbidden", "NeedsApproval"].iter().any(|word| one.contains(word)));
    }
    decided
}

#[test]
fn packed_policies_answer_as_the_packs_do() {
    for pack in pack_names() {
        let program = compiled_pack(&pack).program.expect("the pack compiles");
        let mut chance = Chance::new(seed(20_261_130));
        let decided = compare(&program, 2_000 * times(), &mut chance);
        assert!(decided > 100, "{pack}: hardly an answer among the questions, so that they show little");
    }
}

#[test]
fn packing_makes_a_policy_small() {
    for name in pack_names() {
        let program = compiled_pack(&name).program.expect("the pack compiles");
        let numbers = pack(&program).expect("not too large");
        assert_eq!(Some(&numbers), pack(&program).as_ref(), "{name}: packed twice, there are two policies");
        let words = image(&program).expect("not too large");
        let bytes: usize = numbers.iter().map(|n| (64 - n.leading_zeros() as usize).div_ceil(7).max(1)).sum();
        println!("{name}: {bytes} bytes for a table of {}", words.len() * 8);
        assert!(bytes * 4 < words.len() * 8, "{name}: {bytes} bytes for {} words", words.len());
    }
}

/// Numbers that were damaged are refused, or give an image that answers without a panic.
#[test]
fn damaged_numbers_are_refused_or_harmless() {
    for name in pack_names() {
        let program = compiled_pack(&name).program.expect("the pack compiles");
        let numbers = pack(&program).expect("not too large");
        for end in (0..64).chain([numbers.len() / 2, numbers.len() - 1]) {
            assert_eq!(unpacked(&numbers[..end]), None, "{name}: {end} numbers are taken for a policy");
        }
        let mut chance = Chance::new(seed(20_261_131));
        let mut refused = 0;
        for round in 0..60 * times() {
            let mut damaged = numbers.clone();
            let most = if round % 2 == 0 { 300 } else { damaged.len() as u64 };
            let place = usize::try_from(chance.below(most)).expect("a place");
            let bits = *chance.of(&[4, 12, 64]);
            damaged[place] ^= 1 << chance.below(bits);
            let Some(words) = unpacked(&damaged) else {
                refused += 1;
                continue;
            };
            let image = Image::trusted(&words);
            for _ in 0..4 {
                let values = values(&program, 20, &mut chance);
                let act = u16::try_from(chance.below(program.slices.len() as u64 + 2)).expect("an act");
                let situation = Situation { act, values: &values, granted: &[1], refused: &[] };
                image.decide_in_few_bytes(&situation, &mut Ruling::default());
            }
        }
        assert!(refused > 0, "{name}: no damage was noticed");
    }
}

proptest! {
    #![proptest_config(config(300, 20_261_130))]

    #[test]
    fn packed_policies_agree_on_random_policies(spec in spec(), seed in any::<u64>()) {
        compare(&lowered(&build(&spec)), 40, &mut Chance::new(seed));
    }
}
