//! Compiled policies as bytes: the same bytes every time, back to the same program, and nothing that is cut short or
//! damaged makes a host panic.

use byelaw_data::{AtomId, Date, DeedId, FactId, Question, Stated};
use byelaw_hir::{Atom, Condition, Kind, NormKind, Price};
use byelaw_ir::{DecodeError, Program, TOLD_FROM, decode, encode, sizes};
use byelaw_tests::{Chance, acts, compiled_pack, empty_model, fact, norm, pack_names, times, value, word};
use std::collections::BTreeSet;

/// The mark, then the checksum, then what it is of: the length of the first part, and both parts.
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
    let hop = Price(vec![BTreeSet::from([AtomId(0)])]);
    let may = norm(&mut model, "one", NormKind::May, Condition::In(FactId(2), vec![value(0)]), hop);
    let bar = norm(&mut model, "two", NormKind::MustNot, Condition::Between(FactId(4), 3, 5), Price::never());
    let duty = norm(&mut model, "three", NormKind::Duty, Condition::Always, Price::free());
    model.deeds.push(word("skip"));
    model.norms[duty].deeds.push(vec![DeedId(0)]);
    model.precedence.insert((may, bar));
    byelaw_compiler::lower(&model).expect("it is within the limits")
}

/// FNV-1a, as the bytes carry it: damage that the checksum does not show has to be met by the decoder itself.
fn mend(bytes: &mut [u8]) {
    let Some((head, body)) = bytes.split_at_mut_checked(HEAD) else { return };
    let sum = body
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    head[8..].copy_from_slice(&sum.to_le_bytes());
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
        let [hot, cold] = sizes(&program);
        assert_eq!(hot + cold, bytes.len(), "{name}");
        println!("{name}: {hot} bytes to decide with, {cold} of names and texts");
        // Who checks a policy looks at all its contradictions; the file has those that an answer tells.
        let mut told = program;
        told.slices.iter_mut().for_each(|slice| slice.clashes.retain(|clash| clash.share >= TOLD_FROM));
        assert_eq!(decode(&bytes).as_ref(), Ok(&told), "{name}");
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
        let bytes = encode(&program);
        let ends = (0..bytes.len().min(BEGINNING)).chain([bytes.len() / 2, bytes.len() - 1]);
        for end in ends {
            assert!(decode(&bytes[..end]).is_err(), "{name}: the first {end} bytes are a policy");
            let mut mended = bytes[..end].to_vec();
            mend(&mut mended);
            assert!(
                decode(&mended).is_err(),
                "{name}: the first {end} bytes with their own checksum are a policy"
            );
        }
    }
}

#[test]
fn every_flipped_bit_of_a_small_policy_is_refused_or_harmless() {
    let bytes = encode(&small());
    let mut accepted = 0;
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(decode(&flipped).is_err(), "bit {bit} can be flipped unseen");
        mend(&mut flipped);
        accepted += usize::from(bit / 8 >= HEAD && use_it(&decode(&flipped), false));
    }
    println!("{accepted} of {} flips give another policy", bytes.len() * 8);
}

#[test]
fn flipped_bits_of_a_pack_are_refused_or_harmless() {
    for (name, program) in programs() {
        let bytes = encode(&program);
        let mut chance = Chance::new(7);
        let beginning = (0..bytes.len().min(BEGINNING)).flat_map(|byte| {
            // A normal run flips one bit of each byte, a long one all.
            (0..8).filter(move |bit| times() > 1 || byte % 8 == *bit).map(move |bit| byte * 8 + bit)
        });
        let later: Vec<usize> = (0..FLIPS)
            .map(|_| usize::try_from(chance.below(bytes.len() as u64 * 8)).expect("below a length"))
            .collect();
        let (mut tried, mut accepted) = (0, 0);
        for bit in beginning.chain(later) {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            tried += 1;
            assert!(decode(&flipped).is_err(), "{name}: bit {bit} can be flipped unseen");
            if bit / 8 >= HEAD {
                mend(&mut flipped);
                let decoded = decode(&flipped);
                accepted +=
                    usize::from(if tried % 4 == 0 { use_it(&decoded, true) } else { decoded.is_ok() });
            }
        }
        println!("{name}: {accepted} of {tried} flips give another policy");
    }
}
