//! How messages look, and what is counted as a line and a column.

use byelaw_diagnostic::{
    Diagnostic, FileId, LineIndex, Place, Severity, Source, Span, codes, nearest, page, place, render_all,
    render_text,
};

fn source(text: &str) -> Vec<Source> {
    vec![Source { path: "wibble.pol".to_owned(), text: text.to_owned() }]
}

fn span(start: u32, end: u32) -> Span {
    Span::new(FileId(0), start, end)
}

#[test]
fn a_whole_message() {
    let text = "wibble wobble.\n\nwobble wibble.\n";
    let diagnostic = Diagnostic::error("B0101", span(16, 22), "`wobble` is said twice")
        .label("again")
        .related(span(7, 13), "first here")
        .note("nobody can tell which counts")
        .help("keep one of them");
    let expected = "\
error[B0101]: `wobble` is said twice
 --> wibble.pol:3:1
  |
3 | wobble wibble.
  | ^^^^^^ again
 ::: wibble.pol:1:8
  |
1 | wibble wobble.
  |        ------ first here
  = note: nobody can tell which counts
  = help: keep one of them
";
    assert_eq!(render_text(&diagnostic, &source(text)), expected);
}

fn marks(text: &str, start: u32, end: u32) -> (String, String) {
    let rendered = render_text(&Diagnostic::error("B0101", span(start, end), "x"), &source(text));
    let mut lines = rendered.lines().skip(3).map(|line| line.split_once('|').unwrap().1.to_owned());
    (lines.next().unwrap(), lines.next().unwrap())
}

#[test]
fn marks_stand_under_what_they_mark() {
    assert_eq!(marks("żółw wobble", 8, 14), (" żółw wobble".into(), "      ^^^^^^".into()));
    assert_eq!(marks("\tx\ty", 3, 4), ("     x    y".into(), "          ^".into()));
    assert_eq!(marks("ab\ncd\nef", 4, 8), (" cd".into(), "  ^".into()));
    assert_eq!(marks("", 0, 0), ("".into(), " ^".into()));
    assert_eq!(marks("ab\n", 3, 3), ("".into(), " ^".into()));
    assert_eq!(marks("ab", 2, 2), (" ab".into(), "   ^".into()));
    assert_eq!(marks("ab", 90, 95), (" ab".into(), "   ^".into()));
    assert_eq!(marks("a\r\nb", 0, 1), (" a".into(), " ^".into()));
    assert_eq!(marks("a\u{202e}b", 4, 5), (" a\u{fffd}b".into(), "   ^".into()));
    // In the middle of a character: no panic, and the character is marked.
    assert_eq!(marks("ż", 1, 2), (" ż".into(), " ^".into()));
}

#[test]
fn the_gutter_is_as_wide_as_the_longest_number() {
    let text = "a\n".repeat(11);
    let rendered = render_text(&Diagnostic::warning("B0101", span(20, 21), "x").help("y"), &source(&text));
    assert_eq!(rendered, "warning[B0101]: x\n  --> wibble.pol:11:1\n   |\n11 | a\n   | ^\n   = help: y\n");
}

#[test]
fn without_a_place() {
    let diagnostic = Diagnostic::new("B0101", Severity::Note, None, "x");
    assert_eq!(render_text(&diagnostic, &[]), "note[B0101]: x\n");
    assert_eq!(render_text(&Diagnostic::error("B0101", span(0, 1), "x"), &[]), "error[B0101]: x\n");
}

/// Messages in the same words are one, with the lines of the others; another word makes another message.
#[test]
fn the_same_is_said_once() {
    let text = "a\n".repeat(14);
    let said =
        |line: u32, help: &str| Diagnostic::error("B0101", span(line * 2, line * 2 + 1), "x").help(help);
    let all: Vec<Diagnostic> = (0..14).map(|line| said(line, if line == 1 { "z" } else { "y" })).collect();
    assert_eq!(
        render_all(&all[..4], &source(&text)),
        [
            "error[B0101]: x\n --> wibble.pol:1:1\n  |\n1 | a\n  | ^\n  = note: the same at 2 other places: wibble.pol:3, wibble.pol:4\n  = help: y\n",
            "error[B0101]: x\n --> wibble.pol:2:1\n  |\n2 | a\n  | ^\n  = help: z\n",
        ]
    );
    let many = render_all(&all, &source(&text)).concat();
    assert!(
        many.contains("12 other places: wibble.pol:3, ") && many.contains("wibble.pol:12 and 2 more\n"),
        "{many}"
    );
    let unplaced = Diagnostic::new("B0101", Severity::Note, None, "x");
    assert_eq!(render_all([&unplaced, &unplaced], &[]).len(), 2);
}

#[test]
fn places_count_characters() {
    let sources = source("ż\nżx\n");
    let expected = Place { path: "wibble.pol".into(), line: 2, column: 2, end_line: 2, end_column: 3 };
    assert_eq!(place(span(5, 6), &sources), Some(expected));
    assert_eq!(place(Span::new(FileId(7), 0, 0), &sources), None);
    assert_eq!(LineIndex::new("a\nb").lines(), 2);
    assert_eq!(LineIndex::new("").position("", 0), (1, 1));
}

#[test]
fn near_words() {
    assert_eq!(nearest("wible", ["wibble", "wobble", "other"]), ["wibble", "wobble"]);
    assert_eq!(nearest("wiblbe", ["wibble"]), ["wibble"]);
    assert_eq!(nearest("WIBBEL", ["wibble"]), ["wibble"]);
    assert_eq!(nearest("x", ["y", "z"]), Vec::<String>::new());
    assert_eq!(nearest("wibble", ["something-else"]), Vec::<String>::new());
    assert_eq!(nearest("wobble", ["wobbla", "wobblb", "wobblc", "wobbld"]).len(), 3);
    assert_eq!(nearest("", ["wibble"]), Vec::<String>::new());
}

#[test]
fn every_code_has_a_page_with_its_title() {
    assert!(codes().is_sorted());
    for code in codes() {
        let text = page(code).unwrap();
        assert!(text.starts_with(&format!("# {code}: ")), "{code}");
        assert!(text.contains("What to do:"), "{code}");
    }
    assert_eq!(page("B9999"), None);
    let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/codes")).unwrap();
    assert_eq!(folder.count(), codes().len(), "a page in codes/ is missing from the list in codes.rs");
}
