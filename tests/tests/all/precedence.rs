//! Prohibitions and their exceptions, completely: every order without a circle among up to five rules.
//!
//! For each number of rules up to five, each order (every labelled acyclic graph), each choice of which rules permit and
//! which forbid, and each choice of which guards hold, the evaluator's answer is compared with what the law says.

use byelaw_data::{RuleId, Says};
use byelaw_eval::Mask;
use byelaw_ir::{Box, BoxKind, Slice};

/// Labelled acyclic graphs on that many nodes (OEIS A003024), so that none is left out.
const ORDERS: [usize; 6] = [1, 1, 3, 25, 543, 29_281];

/// The graphs as rows: bit `b` of `graph[a]` says that rule `a` prevails over rule `b`.
fn orders(rules: usize) -> Vec<Vec<u8>> {
    let pairs: Vec<(usize, usize)> =
        (0..rules).flat_map(|a| (0..rules).filter(move |b| *b != a).map(move |b| (a, b))).collect();
    let mut found = Vec::new();
    for set in 0..1_u32 << pairs.len() {
        let mut graph = vec![0_u8; rules];
        for (place, (a, b)) in pairs.iter().enumerate() {
            graph[*a] |= u8::from(set >> place & 1 == 1) << b;
        }
        if sorted(&graph).is_some() {
            found.push(graph);
        }
    }
    found
}

/// The rules from the strongest down; `None` if there is a circle.
fn sorted(graph: &[u8]) -> Option<Vec<usize>> {
    let mut order = Vec::new();
    let mut left: Vec<usize> = (0..graph.len()).collect();
    while !left.is_empty() {
        let free = left.iter().position(|n| !left.iter().any(|m| graph[*m] >> n & 1 == 1))?;
        order.push(left.remove(free));
    }
    Some(order)
}

/// Whether a rule stands: its guard holds, and no standing rule prevails over it.
fn stands(graph: &[u8], holds: u8, rule: usize) -> bool {
    holds >> rule & 1 == 1
        && !(0..graph.len()).any(|over| graph[over] >> rule & 1 == 1 && stands(graph, holds, over))
}

fn slice(graph: &[u8], order: &[usize], forbids: u8) -> Slice {
    let at = |rule: usize| order.iter().position(|r| *r == rule).expect("every rule is somewhere");
    let boxes = order
        .iter()
        .map(|rule| {
            let beats =
                (0..graph.len()).filter(|b| graph[*rule] >> b & 1 == 1).fold(0, |mask, b| mask | 1 << at(b));
            let bar = forbids >> rule & 1 == 1;
            Box {
                rule: RuleId::at(*rule).expect("few rules"),
                kind: if bar { BoxKind::MustNot } else { BoxKind::May },
                says: if bar { Says::MustNot } else { Says::May },
                price: if bar { Vec::new() } else { vec![0] },
                beats: vec![beats],
                deeds: Vec::new(),
            }
        })
        .collect();
    Slice { words: 1, boxes, ..Slice::default() }
}

/// A prohibition whose guard holds forbids, unless a rule that stands and is named as prevailing over it lifts it.
#[test]
fn p7_prohibitions_and_exceptions_complete_up_to_five_rules() {
    let mut looked = 0_u64;
    for (rules, known) in ORDERS.iter().enumerate() {
        let orders = orders(rules);
        assert_eq!(orders.len(), *known, "an order is missing");
        for graph in &orders {
            let order = sorted(graph).expect("there is no circle");
            for forbids in 0..1_u8 << rules {
                let slice = slice(graph, &order, forbids);
                for holds in 0..1_u8 << rules {
                    let mut active = Mask::EMPTY;
                    order
                        .iter()
                        .enumerate()
                        .filter(|(_, r)| holds >> **r & 1 == 1)
                        .for_each(|(p, _)| active.insert(p));
                    let point = byelaw_eval::decide(&slice, &active).expect("every situation can be");
                    let stands = |rule: usize| stands(graph, holds, rule);
                    let bar = |rule: usize| forbids >> rule & 1 == 1;
                    // Only a permission lifts: a prohibition that prevails over another lifts nothing.
                    let lifted = |rule: usize| {
                        (0..rules).any(|over| graph[over] >> rule & 1 == 1 && stands(over) && !bar(over))
                    };
                    let barred = (0..rules).any(|rule| bar(rule) && holds >> rule & 1 == 1 && !lifted(rule));
                    let permits = (0..rules).any(|rule| !bar(rule) && stands(rule));
                    let yes = !point.silent && !point.verdict.is_never();
                    assert_eq!(yes, permits && !barred, "{graph:?} forbids {forbids:05b} holds {holds:05b}");
                    looked += 1;
                }
            }
        }
    }
    assert_eq!(looked, 1 + 4 + 3 * 16 + 25 * 64 + 543 * 256 + 29_281 * 1024);
    println!("counted: {looked} situations");
}

/// Rules that would prevail over each other in a circle are refused, whatever the circle's length.
#[test]
fn p7_circles_are_refused() {
    for length in 2..=5 {
        let mut text = String::from(
            "policy p \"P\".\ndocument d \"D\".\nclause d/1 \"one\": \"one\".\nfact who of the asker, the subject, one of: wibble, wobble.\nfact what of the act, the acts.\nact hop: hop.\n",
        );
        for rule in 0..length {
            let over = (rule + 1) % length;
            text.push_str(&format!(
                "rule r{rule} cites d/1: Despite r{over}, wibble may only hop provided they nod-{rule}.\nundertaking nod-{rule}.\n"
            ));
        }
        let source = byelaw::diagnostic::Source { path: "p.pol".to_owned(), text };
        let files = vec![byelaw::SourceFile { source, folder: 0 }];
        let compiled = byelaw::compile_sources(byelaw::PackSources { files, diagnostics: Vec::new() });
        let codes: Vec<&str> = compiled.diagnostics.iter().map(|d| d.code).collect();
        assert!(codes.contains(&"B0109"), "{length}: {codes:?}");
        assert!(compiled.program.is_none());
    }
}
