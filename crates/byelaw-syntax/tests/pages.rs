//! The pages about codes of text and sentences: the wrong example gives that code alone, the right one none.

use byelaw_diagnostic::{FileId, codes, page};
use byelaw_syntax::parse;

fn examples(page: &str) -> impl Iterator<Item = (bool, &str)> {
    page.split("```pol\n").skip(1).map(|rest| {
        let example = rest.split("```").next().unwrap();
        (example.starts_with("# wrong"), example)
    })
}

#[test]
fn examples_show_what_the_page_says() {
    for code in codes().iter().filter(|code| **code < "B0100") {
        // Examples that are whole packs are run where packs are compiled.
        let whole = |e: &(bool, &str)| e.1.lines().next().is_some_and(|l| l.ends_with("the whole pack"));
        for (wrong, example) in examples(page(code).unwrap()).filter(|e| !whole(e)) {
            let found: Vec<_> = parse(FileId(0), example).diagnostics.iter().map(|d| d.code).collect();
            let expected: &[&str] = if wrong { &[code] } else { &[] };
            assert_eq!(found, expected, "{code}:\n{example}");
        }
    }
}
