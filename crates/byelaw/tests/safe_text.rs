//! What a person reads is what the machine reads: characters, words and names that are refused, in every position.

use byelaw::{Folders, compile};

/// A pack in memory.
struct OneFolder(Vec<(String, Vec<u8>)>);

impl Folders for OneFolder {
    fn files(&self, _: &str) -> Result<Vec<(String, Vec<u8>)>, String> {
        Ok(self.0.clone())
    }

    fn resolve(&self, _: &str, relative: &str) -> String {
        relative.to_owned()
    }
}

/// The codes of all errors of a pack of files.
fn errors(files: &[(&str, &str)]) -> Vec<&'static str> {
    let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    let compiled = compile(&OneFolder(files), "").expect("there is a file");
    for diagnostic in &compiled.diagnostics {
        // No message carries what it refuses.
        let shown = byelaw::diagnostic::render_text(diagnostic, &[]);
        assert!(!shown.chars().any(|c| HIDDEN.contains(&c)), "{shown:?}");
    }
    compiled.diagnostics.iter().filter(|d| d.is_error()).map(|d| d.code).collect()
}

/// Twelve characters that change the direction of text, six that cannot be seen.
const HIDDEN: [char; 18] = [
    '\u{61c}',
    '\u{200e}',
    '\u{200f}',
    '\u{202a}',
    '\u{202b}',
    '\u{202c}',
    '\u{202d}',
    '\u{202e}',
    '\u{2066}',
    '\u{2067}',
    '\u{2068}',
    '\u{2069}',
    '\u{200b}',
    '\u{200c}',
    '\u{200d}',
    '\u{2060}',
    '\u{feff}',
    '\u{e0041}',
];

const POSITIONS: [&str; 6] = ["name", "string", "comment", "label", "title", "file name"];

/// A pack with a piece of text in one position.
fn with(piece: &str, position: &str) -> Vec<&'static str> {
    let at = |p: &str| if p == position { piece } else { "" };
    let text = format!(
        "vocabulary wibbles \"The wib{}bles\".\n# A wobble{} of note.\nfact wug{}wump \"a w{}ug\" of the thing, asked \"Which wu{}g?\", yes or no.\n",
        at("title"),
        at("comment"),
        at("name"),
        at("label"),
        at("string"),
    );
    errors(&[(&format!("wib{}ble.pol", at("file name")), &text)])
}

#[test]
fn unicode_nothing_hidden_stands_anywhere() {
    assert_eq!(with("", "none"), [] as [&str; 0]);
    let mut refused = 0;
    for hidden in HIDDEN {
        for position in POSITIONS {
            let codes = with(&hidden.to_string(), position);
            let expected = if position == "file name" {
                "B0035"
            } else if HIDDEN[..12].contains(&hidden) {
                "B0007"
            } else {
                "B0008"
            };
            assert!(codes.contains(&expected), "U+{:04X} in a {position}: {codes:?}", u32::from(hidden));
            refused += 1;
        }
    }
    assert_eq!(refused, 108);
}

#[test]
fn unicode_each_kind_of_text_that_is_not_what_it_seems() {
    let other = [
        ("\u{e000}", "B0031"),  // left to each machine
        ("\u{378}", "B0031"),   // unassigned
        ("\u{fdd0}", "B0031"),  // never a character
        ("e\u{301}", "B0032"),  // not the normal form
        ("\u{212b}", "B0032"),  // the sign for a length instead of the letter
        ("\u{430}", "B0033"),   // a Cyrillic letter in a Latin word
        ("\u{3bf}", "B0033"),   // a Greek one
        ("\u{1d41a}", "B0033"), // a mathematical one
        ("\u{ff41}", "B0033"),  // a wide one
    ];
    for (piece, code) in other {
        for position in ["string", "comment", "label", "title"] {
            assert_eq!(with(piece, position), [code], "{piece:?} in a {position}");
        }
        assert!(!with(piece, "name").is_empty(), "{piece:?} in a name");
        assert_eq!(with(piece, "file name"), ["B0035"], "{piece:?} in a file name");
    }
    // Words of other alphabets beside each other, accents and signs are as good as any text.
    for piece in [
        "\u{e9}",
        " \u{43c}\u{43e}\u{440}\u{435} ",
        " \u{6771}\u{4eac}\u{306e} ",
        " \u{bd} ",
        " \u{201c}x\u{201d} ",
        " \u{2014} ",
        "\u{2019}",
    ] {
        for position in ["string", "comment", "label", "title"] {
            assert_eq!(with(piece, position), [] as [&str; 0], "{piece:?} in a {position}");
        }
    }
}

/// Every letter that Unicode takes for a look-alike of a plain one, in the middle of a plain word.
#[test]
fn unicode_no_look_alike_stands_in_a_name_or_a_plain_word() {
    let (mut names, mut words) = (0, 0);
    for c in ('\u{80}'..=char::MAX).filter(|c| c.is_alphabetic()) {
        if !byelaw::syntax::looks(&c.to_string()).chars().all(|c| c.is_ascii_alphanumeric()) {
            continue;
        }
        let parsed = |text: String| byelaw::syntax::parse(byelaw::diagnostic::FileId(0), &text);
        assert!(
            !parsed(format!("deed wib{c}ble.\n")).diagnostics.is_empty(),
            "U+{:04X} in a name",
            u32::from(c)
        );
        names += 1;
        // Latin letters of living alphabets are their own letters, also where they look like a plain one.
        if parsed(format!("deed wug \"wib{c}ble\".\n")).diagnostics.is_empty() {
            assert!(
                u32::from(c) < 0x2000 || (0xa720..0xab70).contains(&u32::from(c)),
                "U+{:04X}",
                u32::from(c)
            );
        } else {
            words += 1;
        }
    }
    println!("{names} look-alikes in names, {words} of them in words");
    assert!(names >= 1000 && words >= 900, "{names} {words}");
}

#[test]
fn unicode_names_that_look_alike_are_refused_within_their_kind() {
    let alike = [("wa1", "wal"), ("wo0", "woo"), ("corner", "comer"), ("x-l0", "x-1o")];
    for (a, b) in alike {
        let pack = |sentences: &str| errors(&[("a.pol", &format!("vocabulary w \"W\".\n{sentences}"))]);
        assert_eq!(pack(&format!("deed {a}.\ndeed {b}.\n")), ["B0034"], "{a} {b}");
        assert_eq!(pack(&format!("undertaking {a}.\napproval {b}.\n")), ["B0034"], "{a} {b}");
        assert_eq!(pack(&format!("fact f of the thing, one of: {a}, {b}.\n")), ["B0034"], "{a} {b}");
        assert_eq!(
            pack(&format!("fact {a} of the thing, yes or no.\ndefine {b}: {a}.\n")),
            ["B0034"],
            "{a} {b}"
        );
        assert_eq!(
            pack(&format!("document d \"D\".\nclause d/{a} \"1\": \"x\".\nclause d/{b} \"2\": \"x\".\n")),
            ["B0034"]
        );
        // Of different kinds, neither can stand for the other.
        assert_eq!(
            pack(&format!("deed {a}.\nfact {b} of the thing, yes or no.\n")),
            [] as [&str; 0],
            "{a} {b}"
        );
    }
}

#[test]
fn unicode_files_that_some_machines_take_for_one() {
    let pack = "vocabulary w \"W\".\n";
    assert_eq!(errors(&[("a.pol", pack), ("A.pol", "")]), ["B0036"]);
    assert_eq!(errors(&[("x/a.pol", pack), ("X/a.pol", "")]), ["B0036"]);
    assert_eq!(
        errors(&[("\u{e9}.pol", pack), ("e\u{301}.pol", "")]).len(),
        2,
        "and one is not in the normal form"
    );
    assert_eq!(errors(&[("a.pol", pack), ("b.pol", "")]), [] as [&str; 0]);
}
