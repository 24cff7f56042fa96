//! Compiled policies as bytes: the same bytes every time, back to the same program, and nothing that is cut short or
//! damaged makes a host panic.

use crate::generate::{build, config, lowered, spec};
use byelaw_data::{AtomId, Date, DeedId, FactId, Question, Stated};
use byelaw_hir::{Atom, Condition, Kind, NormKind, Price};
use byelaw_ir::{DecodeError, Program, TOLD_FROM, decode, decode_without_texts, encode, learn, parts};
use byelaw_tests::{
    Chance, acts, compiled_pack, empty_model, fact, norm, pack_names, seed, times, value, word,
};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use std::collections::BTreeSet;

/// The mark, then the checksum, then what it is of: the lengths of the four parts, and the first two.
const HEAD: usize = 16;
/// The bytes of which every prefix and every byte is tried.
const BEGINNING: usize = 4096;
/// Flips behind these.
const FLIPS: usize = 600;

fn programs() -> Vec<(String, Program)> {
    pack_names()
        .into_iter()
        .map(|n| (n.clone(), compiled_pack(&n).program.expect("the pack compiles")))
        .collect()
}

/// A policy of which every bit can be tried.
fn small() -> Program {
    let mut model = empty_model();
    model.subject = Some(FactId(2));
    model.facts.push(fact("who", Kind::OneOf(vec![word("wibble"), word("wobble")])));
    model.facts.push(fact("act", Kind::Acts));
    acts(&mut model, FactId(3), ["fizzle".to_owned(), "fuzzle".to_owned()]);
    model.facts.push(fact("meddle", Kind::Number { unit: "muddles".to_owned(), from: 0, to: 9 }));
    model.atoms.push(Atom { word: word("hop"), approval: None });
    model.atoms[0].word.also.push("leap".to_owned());
    let hop = Price(vec![BTreeSet::from([AtomId(0)])]);
    let may = norm(&mut model, "one", NormKind::May, Condition::In(FactId(2), vec![value(0)]), hop);
    let bar = norm(&mut model, "two", NormKind::MustNot, Condition::Between(FactId(4), 3, 5), Price::never());
    let duty = norm(&mut model, "three", NormKind::Duty, Condition::Always, Price::free());
    model.deeds.push(word("skip"));
    model.norms[duty].deeds.push(vec![DeedId(0)]);
    model.precedence.insert((may, bar));
    byelaw_compiler::lower(&model).expect("it is within the limits")
}

/// FNV-1a, as the bytes carry it: damage that the checksum does not show has to be met by the decoder itself. The digest is
/// what the checksums of the last two parts, which begin there, are of besides.
fn mend(bytes: &mut [u8], [third, fourth]: [usize; 2], digest: &str) {
    fn sum<'a>(bytes: impl IntoIterator<Item = &'a u8>) -> [u8; 8] {
        bytes
            .into_iter()
            .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
                (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
            })
            .to_le_bytes()
    }
    let (bytes, words) = bytes.split_at_mut(fourth.min(bytes.len()));
    let (first, reasons) = bytes.split_at_mut(third.min(bytes.len()));
    if let Some((head, body)) = first.split_at_mut_checked(HEAD) {
        head[8..].copy_from_slice(&sum(&*body));
    }
    for part in [reasons, words] {
        if let Some((head, body)) = part.split_at_mut_checked(8) {
            head.copy_from_slice(&sum(digest.as_bytes().iter().chain(&*body)));
        }
    }
}

/// Where the third and the fourth part begin.
fn later(program: &Program) -> [usize; 2] {
    let [hot, names, reasons, _] = parts(program).map(|part| part.len());
    [hot + names, hot + names + reasons]
}

/// If bytes are accepted, the program can be asked about its acts, with nothing known or with everything.
fn use_it(decoded: &Result<Program, DecodeError>, known: bool) -> bool {
    let Ok(program) = decoded else { return false };
    for act in 0..program.slices.len() {
        for assume in [true, false] {
            let mut question = Question { assume, ..Question::default() };
            if known {
                question.on = Date::from_ymd(2020, 5, 11);
                let facts = (0..program.facts.len()).filter_map(|f| u16::try_from(f).ok().map(FactId));
                question.facts = facts.map(|f| (f, Stated::Value(value(usize::from(assume))))).collect();
            }
            question.facts.insert(program.act, Stated::Value(value(act)));
            let _ = byelaw_question::decide(program, &question);
        }
    }
    if !known {
        let _ = byelaw_wire::decide_text(program, "{\"facts\":{}}", None);
    }
    let _ = byelaw_wire::vocabulary(program);
    true
}

#[test]
fn bytes_come_back_as_the_same_program() {
    for (name, program) in programs() {
        let bytes = encode(&program);
        let [hot, names, reasons, words] = parts(&program);
        let lengths = [&hot, &names, &reasons, &words].map(Vec::len);
        println!("{name}: bytes to decide with, of names, of reasons, and of other words: {lengths:?}");
        // Who checks a policy looks at all its contradictions; the file has those that an answer tells.
        let mut told = program;
        told.slices.iter_mut().for_each(|slice| slice.clashes.retain(|clash| clash.share >= TOLD_FROM));
        assert_eq!(decode(&bytes).as_ref(), Ok(&told), "{name}");

        // Without the last two parts everything is there but what they say.
        let first = [hot, names].concat();
        assert_eq!(decode(&first), Err(DecodeError::Length), "{name}");
        assert_eq!(decode_without_texts(&bytes), Err(DecodeError::Length), "{name}");
        let mut later = decode_without_texts(&first).expect("two parts are whole");
        let mut without = told.clone();
        for rule in &mut without.names.rules {
            rule.name.clear();
            rule.sentence.clear();
            rule.advice.clear();
            if rule.duty.is_none() {
                rule.bearer.clear();
            }
        }
        without.names.clauses.iter_mut().for_each(|clause| clause.paraphrase.clear());
        assert!(later.names.acts.iter().all(|act| act.word.also.is_empty()), "{name}");
        // They can be learned, in either order, from this policy alone.
        for part in [&words, &reasons] {
            let before = later.clone();
            let mut damaged = part.clone();
            damaged[0] ^= 1;
            assert_eq!(learn(&mut later, &damaged), Err(DecodeError::Checksum), "{name}");
            assert_eq!(learn(&mut later, &part[..part.len() - 1]), Err(DecodeError::Checksum), "{name}");
            let mut other = later.clone();
            other.names.digest.replace_range(..1, "x");
            assert_eq!(learn(&mut other, part), Err(DecodeError::Checksum), "{name}");
            assert_eq!(later, before, "{name}: nothing is learned from damaged bytes");
            learn(&mut later, part).expect("it is this policy's");
            assert_ne!(later, before, "{name}");
            if part == &words {
                assert_eq!(later, without, "{name}");
            }
        }
        assert_eq!(later, told, "{name}");

        // A part in the place of another one is refused.
        let swapped = [first, words, reasons].concat();
        let mut lengths: Vec<[u8; 4]> = swapped[HEAD..HEAD + 16].as_chunks().0.to_vec();
        lengths.swap(2, 3);
        let mut swapped = [&swapped[..HEAD], &lengths.concat(), &swapped[HEAD + 16..]].concat();
        let [third, _] = self::later(&told);
        mend(&mut swapped[..third], [usize::MAX; 2], "");
        assert_eq!(decode(&swapped), Err(DecodeError::Content), "{name}");
    }
}

#[test]
fn compiling_twice_gives_the_same_bytes() {
    for (name, program) in programs() {
        let again = compiled_pack(&name).program.expect("the pack compiles");
        assert!(encode(&program) == encode(&again), "{name}");
    }
}

#[test]
fn a_prefix_is_refused() {
    for (name, program) in programs().into_iter().chain([("small".to_owned(), small())]) {
        let (bytes, later, digest) = (encode(&program), later(&program), &program.names.digest);
        let ends = (0..bytes.len().min(BEGINNING)).chain([bytes.len() / 2, bytes.len() - 1]);
        for end in ends {
            assert!(decode(&bytes[..end]).is_err(), "{name}: the first {end} bytes are a policy");
            let mut mended = bytes[..end].to_vec();
            mend(&mut mended, later, digest);
            assert!(
                decode(&mended).is_err(),
                "{name}: the first {end} bytes with their own checksum are a policy"
            );
        }
    }
}

/// The small policy, and random ones: twenty of which every bit and every prefix can be tried.
fn twenty() -> Vec<Program> {
    let mut runner = TestRunner::new(config(1, 0));
    let mut programs = vec![small()];
    while programs.len() < 20 {
        let mut program = lowered(&build(&spec().new_tree(&mut runner).expect("a policy").current()));
        // A random policy has no other words of its own.
        program.names.acts.iter_mut().for_each(|act| act.word.also = vec![format!("also {}", act.word.name)]);
        programs.push(program);
    }
    programs
}

#[test]
fn every_flipped_bit_and_every_prefix_of_twenty_policies_is_refused_or_harmless() {
    let (mut tried, mut accepted) = (0, 0);
    for program in twenty() {
        let (bytes, later, digest) = (encode(&program), later(&program), &program.names.digest);
        for bit in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(decode(&flipped).is_err(), "bit {bit} can be flipped unseen");
            mend(&mut flipped, later, digest);
            tried += 1;
            accepted += usize::from(bit / 8 >= HEAD && use_it(&decode(&flipped), false));
        }
        for end in 0..bytes.len() {
            let mut cut = bytes[..end].to_vec();
            assert!(decode(&cut).is_err(), "the first {end} bytes are a policy");
            mend(&mut cut, later, digest);
            assert!(decode(&cut).is_err(), "the first {end} bytes with their own checksum are a policy");
        }
    }
    println!("{accepted} of {tried} flips give another policy");
}

/// A million in every run: bytes as they come, and bytes or pieces of a policy in the place of its parts, with lengths and
/// checksums that fit.
#[test]
fn random_bytes_are_refused_or_harmless() {
    let program = small();
    let [hot, names, reasons, words] = parts(&program);
    let (head, hot) = hot.split_at(HEAD + 16);
    let own = [hot, &names[..], &reasons[..], &words[..]];
    let mut chance = Chance::new(seed(20_261_128));
    let mut accepted = 0;
    for round in 0..1_000_000 * times() {
        let bytes = if round % 8 == 0 {
            noise(&mut chance)
        } else {
            let parts =
                own.map(|part| if chance.percent(50) { part.to_vec() } else { altered(part, &mut chance) });
            let lengths =
                parts.each_ref().map(|part| u32::try_from(part.len()).expect("short").to_le_bytes());
            let mut bytes = [&head[..HEAD], &lengths.concat(), &parts.concat()].concat();
            let fourth = bytes.len() - parts[3].len();
            mend(&mut bytes, [fourth - parts[2].len(), fourth], &program.names.digest);
            bytes
        };
        let decoded = decode(&bytes);
        accepted += u32::from(decoded.is_ok());
        // Most that is accepted says the same as before.
        if round % 64 == 1 {
            use_it(&decoded, false);
        }
    }
    println!("{accepted} of {} random byte strings are policies", 1_000_000 * times());
}

fn noise(chance: &mut Chance) -> Vec<u8> {
    let length = chance.below(80);
    (0..length).map(|_| chance.below(256) as u8).collect()
}

/// Some of its bytes are others, or it is cut, or a piece of it stands elsewhere as well, or it is noise.
fn altered(part: &[u8], chance: &mut Chance) -> Vec<u8> {
    let place = |chance: &mut Chance| {
        usize::try_from(chance.below(part.len() as u64 + 1)).expect("no more than a length")
    };
    let (from, to) = (place(chance), place(chance));
    match chance.below(5) {
        0 => noise(chance),
        1 => part[..from].to_vec(),
        2 => [&part[..from], &part[to..]].concat(),
        _ => {
            let mut part = part.to_vec();
            for _ in 0..=chance.below(3) {
                let at = place(chance);
                if let Some(byte) = part.get_mut(at) {
                    *byte = if chance.percent(50) { chance.below(4) as u8 } else { chance.below(256) as u8 };
                }
            }
            part
        }
    }
}

#[test]
fn flipped_bits_of_a_pack_are_refused_or_harmless() {
    for (name, program) in programs() {
        let (bytes, later, digest) = (encode(&program), later(&program), &program.names.digest);
        let mut chance = Chance::new(7);
        let beginning = (0..bytes.len().min(BEGINNING)).flat_map(|byte| {
            // A normal run flips one bit of each byte, a long one all.
            (0..8).filter(move |bit| times() > 1 || byte % 8 == *bit).map(move |bit| byte * 8 + bit)
        });
        let behind: Vec<usize> = (0..FLIPS)
            .map(|_| usize::try_from(chance.below(bytes.len() as u64 * 8)).expect("below a length"))
            .collect();
        let (mut tried, mut accepted) = (0, 0);
        for bit in beginning.chain(behind) {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            tried += 1;
            assert!(decode(&flipped).is_err(), "{name}: bit {bit} can be flipped unseen");
            if bit / 8 >= HEAD {
                mend(&mut flipped, later, digest);
                let decoded = decode(&flipped);
                accepted +=
                    usize::from(if tried % 4 == 0 { use_it(&decoded, true) } else { decoded.is_ok() });
            }
        }
        println!("{name}: {accepted} of {tried} flips give another policy");
    }
}
