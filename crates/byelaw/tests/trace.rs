//! Clauses, the rules and examples that rest on them, and whether their text is still the one that was read.

use byelaw::diagnostic::Source;
use byelaw::trace::{Stretch, TextState, Texts, Trace, TraceError, record, trace};
use byelaw::{Compiled, PackSources, SourceFile, compile_sources};

const PACK: &str = r#"
policy wibbles "W".
document book "The wobble book", edition "2", 3 pages, note "a page is gone".
fact who of the asker, the subject, one of: wug, blick.
fact conduct of the act, the acts.
act wibble "wibble it": wibble.
deed sign "sign it".
rule no-wug cites book/1: Wug must not wibble.
rule signs cites book/3: Blick must sign when they wibble.
check "a wug": a wug wants to wibble; expect forbidden.
check "a blick": a blick wants to wibble; expect not covered.
"#;

/// What the document says: five lines, one of them blank.
const TEXT: &str = "No wug ever wibbles;\nnot at all.\n\nBlicks grin. Blicks sign the\nlist.\n";

fn compiled(clauses: &str) -> Compiled {
    let source = Source { path: "pack.pol".to_owned(), text: format!("{PACK}{clauses}") };
    let compiled = compile_sources(PackSources {
        files: vec![SourceFile { source, folder: 0 }],
        diagnostics: Vec::new(),
    });
    assert!(!compiled.has_errors(), "{:?}", compiled.diagnostics);
    compiled
}

fn clauses(first: &str, second: &str, third: &str) -> String {
    format!(
        "clause book/1 \"page 1\"{first}: \"wugs never wibble\".\n\
         clause book/2 \"page 2\" as informative because \"it orders nothing\"{second}: \"they grin\".\n\
         clause book/3 \"page 2\"{third}: \"blicks sign\".\n"
    )
}

fn traced(compiled: &Compiled, text: Option<&str>) -> Trace {
    let texts: Texts = text.map(|text| ("book".to_owned(), text.to_owned())).into_iter().collect();
    trace(&compiled.model, compiled.program.as_ref(), &texts).expect("the document is known")
}

fn states(clauses: &str, text: &str) -> Vec<TextState> {
    traced(&compiled(clauses), Some(text)).clauses().map(|c| c.text).collect()
}

/// The clauses after what `--record` writes.
fn recorded(clauses: &str, text: &str) -> String {
    let compiled = compiled(clauses);
    let texts = Texts::from([("book".to_owned(), text.to_owned())]);
    let mut source = compiled.sources[0].text.clone();
    for edit in record(&compiled.model, &texts).expect("the document is known").iter().rev() {
        source.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
    }
    source[PACK.len()..].to_owned()
}

fn first_record() -> String {
    recorded(&clauses(", lines 1 to 2", ", line 4, words 1 to 2", ", lines 4 to 5, words 3 to 6"), TEXT)
}

#[test]
fn each_clause_has_its_rules_duties_and_examples() {
    let traced = traced(&compiled(&clauses("", "", "")), None);
    assert!(!traced.has_findings());
    let book = &traced.documents[0];
    assert_eq!((book.pages, book.note.as_deref()), (Some(3), Some("a page is gone")));
    let all: Vec<_> = traced
        .clauses()
        .map(|c| (c.name.as_str(), c.rules.join(","), c.duties.join(","), c.examples.join(","), c.text))
        .collect();
    let none = String::new;
    assert_eq!(
        all,
        [
            ("book/1", "no-wug".to_owned(), none(), "a wug".to_owned(), TextState::NotLookedAt),
            ("book/2", none(), none(), none(), TextState::NotLookedAt),
            ("book/3", "signs".to_owned(), "sign".to_owned(), "a blick".to_owned(), TextState::NotLookedAt),
        ]
    );
}

#[test]
fn a_clause_that_is_neither_cited_nor_classified_is_a_finding() {
    let compiled = compiled(&(clauses("", "", "") + "clause book/4 \"page 3\": \"more\".\n"));
    let found: Vec<_> = compiled.diagnostics.iter().map(|d| (d.code, d.message.as_str())).collect();
    assert_eq!(found, [("B0170", "nobody dealt with `book/4`")]);
    let traced = traced(&compiled, None);
    assert!(traced.has_findings());
    let left: Vec<_> = traced.clauses().filter(|c| c.is_unclassified()).map(|c| c.name.as_str()).collect();
    assert_eq!(left, ["book/4"]);
}

#[test]
fn what_is_recorded_is_found_again() {
    let once = first_record();
    // The first sixteen digits of the SHA-256 of `no wug ever wibbles not at all`, from another program.
    assert!(once.contains(", lines 1 to 2, fingerprint \"bfd79f11f58a0bbf\" of 7 words:"), "{once}");
    assert_eq!(states(&once, TEXT), [TextState::Same; 3]);
    assert_eq!(recorded(&once, TEXT), once, "nothing is left to record");
}

#[test]
fn signs_capitals_and_line_ends_do_not_count() {
    // Other signs, other capitals, a soft hyphen that nobody sees.
    let other = "NO wug, ever \u{201c}wib\u{ad}bles\u{201d} \u{2014}\nNot  at all\n\nBlicks grin! blicks SIGN the\nlist\n";
    assert_eq!(states(&first_record(), other), [TextState::Same; 3]);
    let parted_elsewhere = "No wug ever\nwibbles; not at all.\n\nBlicks grin. Blicks sign the\nlist.\n";
    assert_eq!(states(&first_record(), parted_elsewhere)[0], TextState::Same);
}

#[test]
fn what_moved_is_told_from_what_changed_and_what_is_gone() {
    let once = first_record();
    let moved = format!("A new page.\n{TEXT}");
    let at = |first, last, words| TextState::Moved(Stretch { lines: (first, last), words });
    assert_eq!(states(&once, &moved), [at(2, 3, None), at(5, 5, Some((1, 2))), at(5, 6, Some((3, 6)))]);
    let again = recorded(&once, &moved);
    assert!(again.contains(", line 5, words 1 to 2, fingerprint"), "{again}");
    assert_eq!(states(&again, &moved), [TextState::Same; 3]);
    let changed = TEXT.replace("ever", "hardly");
    assert_eq!(states(&once, &changed), [TextState::Changed, TextState::Same, TextState::Same]);
    assert!(traced(&compiled(&once), Some(&changed)).has_findings());
    assert_eq!(recorded(&once, &changed), once, "a changed clause is never recorded anew by itself");
    let gone = "No wug ever wibbles;\nnot at all.\n";
    assert_eq!(states(&once, gone), [TextState::Same, TextState::Missing, TextState::Missing]);
}

#[test]
fn lines_without_a_clause_are_listed() {
    let some = compiled(&clauses(", line 1", "", ", line 5"));
    let traced = traced(&some, Some(TEXT));
    assert_eq!(traced.documents[0].uncovered.as_deref(), Some(&[(2, 4)][..]));
    let states: Vec<_> = traced.clauses().map(|c| c.text).collect();
    assert_eq!(states, [TextState::NotRecorded, TextState::NotLocated, TextState::NotRecorded]);
}

#[test]
fn a_text_of_no_document_is_refused() {
    let some = compiled(&clauses("", "", ""));
    let texts = Texts::from([("bok".to_owned(), String::new())]);
    let refused = trace(&some.model, some.program.as_ref(), &texts);
    assert_eq!(refused, Err(TraceError::UnknownDocument("bok".to_owned(), Some("book".to_owned()))));
}
