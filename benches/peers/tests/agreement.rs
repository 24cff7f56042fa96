//! The packs of the benchmark mean what the rules written by hand mean.

use byelaw_peers::growth::{asks, permits, rules};
use byelaw_peers::workload::hand::decide;
use byelaw_peers::workload::random::requests;
use byelaw_peers::{pack, question};
use byelaw_wire::{Answer, answer};

/// Whether a program answers with the only yes that counts.
fn yes(program: &byelaw::ir::Program, question: &str) -> bool {
    match answer(program, question) {
        Answer::Decided(decision) => decision.unconditional,
        Answer::Refused { error, .. } => panic!("{question} is refused: {error:?}"),
    }
}

#[test]
fn the_workloads_pack_answers_as_the_rules_by_hand() {
    let program = pack::tech().expect("a pack without errors");
    let mut permitted = 0;
    for request in requests(10_000, 1) {
        let expected = decide(&request);
        permitted += usize::from(expected);
        assert_eq!(yes(&program, &question::text(&request)), expected, "{request:?}");
    }
    assert!((2_000..8_000).contains(&permitted), "{permitted} of 10,000 are permitted");
}

#[test]
fn a_made_policy_answers_as_its_rules() {
    let (sizes, rules) = rules(1_000);
    let program = pack::made(&pack::text(sizes, &rules)).expect("a pack without errors");
    for ask in asks(sizes, 10_000) {
        assert_eq!(yes(&program, &question::made(&ask)), permits(&rules, &ask), "{ask:?}");
    }
}
