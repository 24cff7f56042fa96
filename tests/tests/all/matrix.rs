//! T22: a matrix answers every case of a column in exactly one row, or says where it does not.

use byelaw::diagnostic::Source;
use byelaw::{Compiled, PackSources, SourceFile, compile_sources};
use byelaw_tests::{Chance, seed, times};

const WORDS: &str = "policy p \"P\".\ndocument d \"D\".\nclause d/1 \"one\": \"one\".\n\
fact who of the asker, the subject, one of: wibble, wobble.\nfact what of the act, the acts.\n\
fact thing of the thing, one of: plugh, xyzzy, quux.\nfact spot of the circumstances, one of: here, there, yonder.\n\
act hop: hop <thing> at <spot>.\n";

const THINGS: [&str; 3] = ["plugh", "xyzzy", "quux"];
const SPOTS: [&str; 3] = ["here", "there", "yonder"];

fn compiled(rows: &[(Vec<usize>, Vec<usize>, &str)]) -> Compiled {
    let list = |of: &[&str; 3], which: &[usize]| {
        let names: Vec<&str> = which.iter().map(|w| of[*w]).collect();
        names.join(" or ")
    };
    let mut text = format!("{WORDS}matrix m \"M\" for all: anyone");
    for (place, (things, spots, cell)) in rows.iter().enumerate() {
        let act = format!("hop {} at {}", list(&THINGS, things), list(&SPOTS, spots));
        text.push_str(&format!(",\n  row {place} cites d/1: {act} | {cell}"));
    }
    text.push_str(".\n");
    let source = Source { path: "p.pol".to_owned(), text };
    compile_sources(PackSources { files: vec![SourceFile { source, folder: 0 }], diagnostics: Vec::new() })
}

fn some(chance: &mut Chance) -> Vec<usize> {
    let mask = 1 + chance.below(7);
    (0..3).filter(|i| mask >> i & 1 == 1).collect()
}

#[test]
fn t22_rows_that_meet_are_told_exactly() {
    let mut chance = Chance::new(seed(22));
    let (mut told, mut silent) = (0, 0);
    for _ in 0..400 * times() {
        let rows: Vec<_> = (0..2 + chance.below(2))
            .map(|_| (some(&mut chance), some(&mut chance), *chance.of(&["yes", "no"])))
            .collect();
        let meet = |a: &[usize], b: &[usize]| a.iter().any(|x| b.contains(x));
        let expected = rows
            .iter()
            .enumerate()
            .flat_map(|(i, a)| rows[..i].iter().map(move |b| (a, b)))
            .filter(|((t, s, cell), (u, v, other))| meet(t, u) && meet(s, v) && cell != other);
        let expected = expected.count();
        let compiled = compiled(&rows);
        assert!(compiled.program.is_some(), "{:?}", compiled.diagnostics);
        let got = compiled.diagnostics.iter().filter(|d| d.code == "B0132").count();
        assert_eq!(got, expected, "{rows:?}");
        if expected > 0 { told += 1 } else { silent += 1 }
    }
    assert!(told > 50 && silent > 50, "{told} and {silent}");
}

/// A cell is what the policy decides, not what the table says: a rule elsewhere that takes a cell back shows in it.
#[test]
fn a_matrix_is_decided_and_says_what_changes_it() {
    let text = format!(
        "{WORDS}matrix m \"M\" for one: wibble | other: wobble,\n  row a cites d/1: hop plugh at here | yes | no,\n  \
         row b cites d/1: hop xyzzy | if approved by nod | yes.\napproval nod.\n\
         rule back cites d/1: Wibble must not hop plugh at here.\n"
    );
    let source = Source { path: "p.pol".to_owned(), text };
    let compiled = compile_sources(PackSources {
        files: vec![SourceFile { source, folder: 0 }],
        diagnostics: Vec::new(),
    });
    let program = compiled.program.as_ref().expect("the policy compiles");
    let day = byelaw_data::Date::from_ymd(2020, 1, 1).expect("a day");
    let decided = byelaw::matrices(&compiled.model, program, day);
    let rows = &decided[0].rows;
    let outcome = |row: usize, column: usize| rows[row].cells[column].decisions[0].outcome.name();
    assert_eq!([outcome(0, 0), outcome(0, 1)], ["forbidden", "forbidden"]);
    assert_eq!([outcome(1, 0), outcome(1, 1)], ["needs_approval", "permitted"]);
    let changed: Vec<usize> = rows.iter().flat_map(|r| r.cells.iter().map(|c| c.changed_by.len())).collect();
    assert_eq!(changed, [1, 0, 0, 0]);
}
