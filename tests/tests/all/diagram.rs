//! The diagrams of small acts say what the table says, wherever they answer at all: outcome, whether it is a yes without
//! conditions, and the rules behind it. On the packs and on random policies.

use crate::generate::{build, config, lowered, spec};
use byelaw_image::{Answer, Diagram, Image, Reason, Ruling, Situation, UNKNOWN};
use byelaw_ir::Program;
use byelaw_tests::{Chance, compiled_pack, pack_names, seed, times};
use proptest::prelude::*;

/// How many questions a diagram answered, how many of them with facts unknown, and with something given or refused.
#[derive(Debug, Default)]
struct Answered {
    known: u32,
    unknown: u32,
    given: u32,
}

/// Asks both about an act, so many times.
fn compare(program: &Program, act: u16, many: u64, chance: &mut Chance, answered: &mut Answered) {
    let words = byelaw_image::image(program).expect("not too large");
    let image = Image::trusted(&words);
    let Some(diagram) = Diagram::of(program, &words, act) else { return };
    for _ in 0..many {
        let unknown = *chance.of(&[0, 10, 40]);
        let values: Vec<u16> = program
            .facts
            .iter()
            .map(|fact| {
                let width = u64::try_from(fact.domain.width()).expect("a width");
                let unknown = width == 0 || chance.below(100) < unknown;
                if unknown { UNKNOWN } else { u16::try_from(chance.below(width)).expect("a value") }
            })
            .collect();
        let mut atoms = |bound: u64| -> Vec<u16> {
            (0..program.atoms.len().div_ceil(16))
                .map(|_| (0..16).fold(0, |word, bit| word | u16::from(chance.below(100) < bound) << bit))
                .collect()
        };
        let mut stated = values.iter().zip(&program.facts);
        let known = stated.all(|(value, fact)| *value != UNKNOWN || fact.domain.width() == 0);
        let (granted, refused) = (atoms(40), atoms(15));
        let situation = Situation { act, values: &values, granted: &granted, refused: &refused };
        let Some(end) = diagram.answer(&situation) else { continue };
        let mut ruling = Ruling::default();
        let answer = image.decide(&situation, &mut ruling);
        // The table gives up where the diagram does not even look.
        if answer == Answer::Unsettled {
            assert!(!known, "nothing is unknown: {situation:?}");
            continue;
        }
        assert_eq!(end.answer, answer, "{situation:?}");
        assert_eq!(end.unconditional, ruling.is_unconditional(), "{situation:?}");
        if let (Some(because), true) = (end.reasons, ruling.is_same_throughout()) {
            let told: Vec<Reason> = diagram.reasons(because).to_vec();
            assert_eq!(told, image.into_reasons(&ruling).collect::<Vec<_>>(), "{situation:?}");
        }
        answered.known += u32::from(known);
        answered.unknown += u32::from(!known);
        answered.given += u32::from(granted.iter().chain(&refused).any(|word| *word != 0));
    }
}

#[test]
fn diagrams_of_the_packs_say_what_their_tables_say() {
    let mut chance = Chance::new(seed(20_261_130));
    let mut all = Answered::default();
    for pack in pack_names() {
        let program = compiled_pack(&pack).program.expect("the pack compiles");
        for act in 0..u16::try_from(program.slices.len()).expect("few acts") {
            compare(&program, act, 100 * u64::from(times()), &mut chance, &mut all);
        }
    }
    assert!(all.known > 1_000 && all.unknown > 1_000 && all.given > 1_000, "{all:?} show little");
}

proptest! {
    #![proptest_config(config(4_000, 20_261_131))]

    #[test]
    fn diagrams_of_random_policies_say_what_their_tables_say(spec in spec(), from in any::<u64>()) {
        let program = lowered(&build(&spec));
        let mut chance = Chance::new(from);
        for act in 0..u16::try_from(program.slices.len()).expect("few acts") {
            compare(&program, act, 12, &mut chance, &mut Answered::default());
        }
    }
}

/// What a diagram is not asked for is not answered: another policy's numbers are unknown or no act.
#[test]
fn numbers_that_a_policy_does_not_have_are_no_yes() {
    let program = compiled_pack(&pack_names()[0]).program.expect("the pack compiles");
    let words = byelaw_image::image(&program).expect("not too large");
    let acts = u16::try_from(program.slices.len()).expect("few acts");
    assert!(Diagram::of(&program, &words, acts).is_none());
    let mut asked = 0;
    for act in 0..acts {
        let Some(diagram) = Diagram::of(&program, &words, act) else { continue };
        let known = vec![0; program.facts.len()];
        let beyond: Vec<u16> =
            program.facts.iter().map(|f| u16::try_from(f.domain.width()).expect("a width")).collect();
        let no_facts = diagram.answer(&Situation { act, values: &[], granted: &[], refused: &[] });
        let no_values = diagram.answer(&Situation { act, values: &beyond, granted: &[], refused: &[] });
        assert_eq!(no_facts, no_values, "act {act}");
        asked += u32::from(no_facts.is_none());
        diagram.answer(&Situation { act, values: &known, granted: &[], refused: &[] });
    }
    assert!(asked > 0, "every act is decided without a fact");
}
