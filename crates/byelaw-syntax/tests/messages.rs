//! What the author of a sentence reads when it cannot be read: one message, the right one, and what to do.

mod support;

use byelaw_diagnostic::{Source, render_text};
use byelaw_syntax::ast::{Item, Name, RuleBody};
use support::read;

/// Messages as `CODE message | help | help`.
fn messages(text: &str) -> Vec<String> {
    let line = |d: byelaw_diagnostic::Diagnostic| {
        std::iter::once(format!("{} {}", d.code, d.message)).chain(d.help).collect::<Vec<_>>().join(" | ")
    };
    read(text).diagnostics.into_iter().map(line).collect()
}

#[track_caller]
fn says(text: &str, expected: &str) {
    assert_eq!(messages(text), [expected], "{text}");
}

/// The same for a rule of the form `Wibblers ... .`
#[track_caller]
fn rule(body: &str, expected: &str) {
    says(&format!("rule x cites d/1:\n  {body}."), expected);
}

#[test]
fn modals() {
    rule(
        "Wibblers can wibble",
        "B0022 I expected `may`, `must` or `should` here, and found `can` | write `may` for a permission",
    );
    rule(
        "Wibblers cannot wibble",
        "B0022 I expected `may`, `must` or `should` here, and found `cannot` | write `must not` for a bar",
    );
    rule(
        "Wibblers shall wibble",
        "B0022 I expected `may`, `must` or `should` here, and found `shall` | write `must` for a duty",
    );
    rule(
        "Wibblers shall not wibble",
        "B0022 I expected `may`, `must` or `should` here, and found `shall` | write `must not` for a bar",
    );
    rule(
        "Wibblers muts not wibble",
        "B0014 I expected `may`, `must` or `should` here, and found `muts` | did you mean `must`?",
    );
    rule(
        "Wibblers may not wibble",
        "B0017 `may not` can be read as a bar or as leave not to do it | write `must not` for a bar | or write `may` with `only when`, if it is permitted in some cases only",
    );
}

#[test]
fn joints() {
    rule(
        "Wibblers may wibble when x and/or y",
        "B0018 `and/or` does not say which is meant | write `or` if one is enough, or `and` if all are needed",
    );
    rule(
        "Wibblers may wibble when x and y or z",
        "B0019 `or` cannot follow `and` without brackets | put brackets around the part that belongs together",
    );
    rule(
        "Wibblers may wibble when x or y and z",
        "B0019 `and` cannot follow `or` without brackets | put brackets around the part that belongs together",
    );
    rule(
        "Wibblers may only wibble if approved by x or y and z",
        "B0019 `and` cannot follow `or` without brackets | put brackets around the part that belongs together",
    );
    rule(
        "Wibblers may wibble x and y",
        "B0026 `and` cannot join values here | write `or`: the sentence then holds for each of them",
    );
    rule(
        "Wibblers and wobblers may wibble",
        "B0026 `and` cannot join values here | write `or`: the sentence then holds for each of them",
    );
    rule(
        "Wibblers, wobblers may wibble",
        "B0014 I expected `,` or `or` here, and found `may` | docs/cheat-sheet.md shows how `rule` sentences are written",
    );
    rule(
        "Wibblers may wibble when not x is y",
        "B0014 `not` cannot stand before `x is` | write `x is not ...`",
    );
}

#[test]
fn clauses() {
    rule(
        "Wibblers must not wibble unless approved by x",
        "B0020 `unless approved by` does not say what an approval permits | write `may only ... if approved by ...`",
    );
    rule(
        "Only wibblers may wibble",
        "B0021 `only` cannot stand before the people a rule is about | write `anyone except ... must not ...` to bar everybody else",
    );
    rule(
        "Wibblers may wibble only if approved by x",
        "B0021 `only` belongs to nothing before `if` | put it behind the modal: `may only ... if approved by ...`",
    );
    rule("Wibblers may wibble, when x", "B0027 there is no comma before `when` | leave the comma out");
    rule(
        "Wibblers may wibble unless x when y",
        "B0027 `when` cannot stand here | move it to its place, or join two conditions with `and`",
    );
    rule(
        "Wibblers may wibble when x when y",
        "B0027 `when` cannot stand here | move it to its place, or join two conditions with `and`",
    );
    rule(
        "Wibblers may wibble if x",
        "B0014 `if` is followed by `approved by`, and by no condition | write `when x`",
    );
    rule(
        "Wibblers may wibble provided x",
        "B0014 `provided` is followed by `they` and an undertaking | write `provided they ...` for what they undertake to do | write `when ...` for a circumstance",
    );
    rule(
        "Wibblers may wibble when (x or y",
        "B0014 I expected `)`, `includes` or `is` here, and found the full stop | docs/cheat-sheet.md shows how `rule` sentences are written",
    );
}

/// Ways of rule books.
#[test]
fn words_of_rule_books() {
    for words in ["at once", "straight away"] {
        rule(
            &format!("Wibblers must wobble, {words}, after they wibble"),
            &format!(
                "B0014 `{words}` is no time by which a duty is due | write `, immediately,` for the same day, or `, as soon as possible,` for no day that can be told"
            ),
        );
    }
    for (words, quoted) in [("Notwithstanding", "Notwithstanding"), ("In spite of", "In spite of")] {
        rule(
            &format!("{words} y, wibblers may wibble"),
            &format!(
                "B0014 an exception does not begin with `{quoted}` | write `Despite RULE, ...` with the name of the rule that it sets aside"
            ),
        );
    }
    let ends = "B0014 `between` does not say whether its ends belong to it | write";
    rule(
        "Wibblers may wibble when size is between 3 and 5",
        &format!("{ends} `size is at least 3 and size is at most 5`"),
    );
    rule(
        "Wibblers may wibble when made is between 2020-01-01 and 2021-01-01",
        &format!("{ends} `made is on or after 2020-01-01 and made is before ...`"),
    );
    rule(
        "Wibblers may wibble when clock is between 08:30 and 10:00",
        &format!("{ends} `clock is from 08:30 until 18:00`; `until` leaves its own minute out"),
    );
    rule(
        "Wibblers must wobble, within seven calendar days, after they wibble",
        "B0014 numbers are written in digits, and `seven` is not | write `7`",
    );
    rule(
        "Wibblers may wibble when size is at least two",
        "B0014 numbers are written in digits, and `two` is not | write `2`",
    );
    says(
        "never \"x\": wibblers may wibble unless open.",
        "B0014 `unless` is followed by `approved by` in `never`, and by no condition | write `when not open`, right behind what is done",
    );
    says(
        "always \"x\": wibblers may wibble unless size is at least 3.",
        "B0014 `unless` is followed by `approved by` in `always`, and by no condition | write `when not (...)`, right behind what is done",
    );
}

#[test]
fn people_in_several_words() {
    let split = |words: &str| {
        format!(
            "B0014 `{words}` is no name: a name is one word, or several joined by hyphens | write the name as it is declared; did you mean `{}`? | if more than one is meant, put commas between them and `or` before the last",
            words.replace(' ', "-")
        )
    };
    rule("Big wibblers may wibble", &split("big wibblers"));
    rule("Very big wibblers must not wibble", &split("very big wibblers"));
    rule("Wobblers or big wibblers must wobble, when x", &split("big wibblers"));
    rule("Anyone except big wibblers may wibble", &split("big wibblers"));
    says("check \"x\": a big wibbler wants to wibble; expect permitted.", &split("big wibbler"));
    says("check \"x\": a big wibbler after wobble; expect permitted.", &split("big wibbler"));
    says("never \"x\": big wibblers may wibble.", &split("big wibblers"));
    rule("No wibbler may wibble", "B0014 a bar does not begin with `no` | write `wibbler must not ...`");
    rule("No one may wibble", "B0014 a bar does not begin with `no` | write `anyone must not ...`");
    rule(
        "Every big wibbler must not wibble",
        "B0014 `every` does not stand before the people a sentence is about | write `big-wibbler`: whoever is one is meant",
    );
}

#[test]
fn heads() {
    says(
        "rule x: Wibblers may wibble.",
        "B0016 the rule `x` does not say which clause it comes from | write `rule x cites document/clause: ...`",
    );
    says(
        "rule x sites d/1: Wibblers may wibble.",
        "B0016 the rule `x` does not say which clause it comes from | did you mean `cites` where `sites` stands?",
    );
    says(
        "rule x cites d/1 Wibblers may wibble.",
        "B0015 I expected `:` before `Wibblers` | put a colon after `1`",
    );
    says(
        "matrix m \"m\" for a: x | b: y, row 1: wibble | yes | no.",
        "B0016 the row `1` does not say which clause it comes from | write `row 1 cites document/clause: ...`",
    );
    says(
        "ruel x cites d/1: Wibblers may wibble.",
        "B0013 `ruel` begins no sentence of the language | did you mean `rule`?",
    );
    says("fact x of the act, yes or no. .", "B0028 this full stop ends no sentence | delete it");
    says(
        "check \"x\": wibblers wants to wibble expect permitted.",
        "B0014 this example has no `;` before what it expects | end the case with a semicolon, and go on with `expect permitted`, `expect forbidden` ...",
    );
    says(
        "check \"x\": wibblers wants to wibble; expect permited.",
        "B0014 I expected `permitted`, `needs approval`, `forbidden`, `not covered` or `needs facts` here, and found `permited` | did you mean `permitted`?",
    );
    says(
        "check \"x\": wibblers wants to wibble; expect permitted by x.",
        "B0014 `by` cannot stand behind what is expected | write `permitted, because ...` for the rule that decides | write `permitted, citing ...` for its clause",
    );
    says(
        "check \"x\": wibblers wants to wibble; expect needs approval approvals y.",
        "B0014 there is no comma before `approvals` | write `needs approval, approvals ...`",
    );
    says(
        "check \"x\": wibblers wants to wibble; expect not covered when y.",
        "B0014 `when` cannot stand behind what is expected | what is so stands before the semicolon",
    );
    says(
        "check \"x\": wibblers wants to wibble; expect permitted if y.",
        "B0014 `if` cannot stand behind what is expected | what is so stands before the semicolon | write `permitted, provided ...` for what it takes to undertake | write `needs approval, approvals ...` for whose approval it takes",
    );
}

#[test]
fn dates() {
    for (date, quoted) in
        [("23/03/2020", "23/03/2020"), ("23.03.2020", "23.03.2020"), ("2020-3-1", "2020-3-1")]
    {
        says(
            &format!("policy x \"x\", in force from {date}."),
            &format!(
                "B0023 `{quoted}` is not written as a date | write the year, the month and the day, for instance `2020-03-23`"
            ),
        );
    }
    says(
        "period p, from 2020-01-01 to 2020-02-01.",
        "B0014 I expected a full stop or `until` here, and found `to` | docs/cheat-sheet.md shows how `period` sentences are written",
    );
}

#[test]
fn characters() {
    says(
        "undertaking x “x”.",
        "B0011 `“` has no meaning here | strings stand in straight double quotes: \"...\"",
    );
    says(
        "undertaking big_x.",
        "B0011 `big_x` is not a name | a name has the letters a to z and digits, joined by single hyphens or dots",
    );
    says(
        "undertaking żółw.",
        "B0011 `żółw` is not a name | a name has the letters a to z and digits, joined by single hyphens or dots",
    );
    says(
        r#"undertaking x "a\nb"."#,
        r#"B0010 `\n` is no escape | a string knows only `\"` for a quote and `\\` for a backslash"#,
    );
    says("\u{feff}undertaking x.", "B0005 the file begins with a byte order mark (U+FEFF) | delete it");
    says(
        "undertaking x.\r undertaking\u{7} y \"\u{8}\".",
        "B0006 there is a control character here (U+000D) | delete it",
    );
    says(
        "undertaking x. # \u{202e} \u{202e}",
        "B0007 there is a character here that changes the direction of text (U+202E) | delete it",
    );
    says(
        "undertaking x\u{200b} \"\u{200b}\".",
        "B0008 there is a character here that cannot be seen (U+200B) | delete it",
    );
}

#[test]
fn one_bad_sentence_does_not_hide_the_rest() {
    let text = "deed x.\nrule y cites d/1: Wibblers may not wibble.\ndeed z.\nfrobnicate.\ndeed w.";
    let parsed = read(text);
    assert_eq!(parsed.diagnostics.len(), 2);
    let kinds: Vec<_> = parsed.sentences.iter().map(|s| matches!(s.item, Item::Deed(_))).collect();
    assert_eq!(kinds, [true, false, true, false, true]);
}

#[test]
fn a_missing_full_stop_is_found_at_the_next_head() {
    let text = "deed x \"x\"\ndeed y.\nrule r cites d/1: Wibblers may wibble\n  when x\nfact";
    assert_eq!(
        messages(text),
        [
            "B0012 this `deed` sentence has no full stop | put a full stop after `\"x\"`",
            "B0012 this `rule` sentence has no full stop | put a full stop after `x`",
            "B0012 this `fact` sentence has no full stop | put a full stop after `fact`",
        ]
    );
    // What was clear anyway is read, so that its name is known.
    let parsed = read(text);
    assert!(matches!(parsed.sentences.first().map(|s| &s.item), Some(Item::Deed(_))));
    assert!(matches!(parsed.sentences.get(2).map(|s| &s.item), Some(Item::Rule(_))));
    assert_eq!(byelaw_syntax::format(&parsed, text), None);
    says(
        "deed x\nwobbles y.",
        "B0012 this `deed` sentence has no full stop | put a full stop after `x`, or indent the next line if it belongs to the sentence",
    );
}

#[test]
fn an_unterminated_string_ends_at_its_line_with_one_message() {
    let text =
        "deed x \"it. \n  also \"y\".\ndeed z.\ndeed w \"open.\nrule r cites d/1: Wibblers may wibble.";
    let parsed = read(text);
    let found: Vec<_> =
        parsed.diagnostics.iter().map(|d| (d.code, d.span.unwrap().start, d.span.unwrap().end)).collect();
    let second = text.find("\"open").unwrap() as u32;
    assert_eq!(found, [("B0009", 7, 8), ("B0009", second, second + 1)]);
    let broken: Vec<_> = parsed.sentences.iter().map(|s| matches!(s.item, Item::Broken(_))).collect();
    assert_eq!(broken, [true, false, true, false]);
}

#[test]
fn limits_are_one_message_each() {
    let deep = format!("define x: {}y{}.", "(".repeat(100_000), ")".repeat(100_000));
    says(
        &deep,
        "B0004 brackets stand more than 64 deep here | name a part of the condition with `define`, and use the name",
    );
    let unbalanced = format!("define x: {}", "(".repeat(100_000));
    says(
        &unbalanced,
        "B0004 brackets stand more than 64 deep here | name a part of the condition with `define`, and use the name",
    );
    for depth in [64, 65] {
        let text = format!("define x: {}y{}.", "(".repeat(depth), ")".repeat(depth));
        assert_eq!(messages(&text).len(), depth - 64);
        let text = format!(
            "rule x cites d/1: Wibblers may wibble if approved by {}y{}.",
            "(".repeat(depth),
            ")".repeat(depth)
        );
        assert_eq!(messages(&text).len(), depth - 64);
        let text = format!("define x: {}y{}.", "not (".repeat(depth), ")".repeat(depth));
        assert_eq!(messages(&text).len(), depth - 64);
    }
    let long = format!("deed x \"{}\".\ndeed y.", "x".repeat(16 << 10));
    says(
        &long,
        "B0003 this sentence has 16394 bytes, and a sentence may have 16384 | divide it into several sentences",
    );
    let exact = format!("deed x \"{}\".", "x".repeat((16 << 10) - 10));
    assert_eq!(messages(&exact), Vec::<String>::new());
    let large = "deed x.\n".repeat((1 << 17) + 1);
    says(
        &large,
        "B0002 the file has 1048584 bytes, and a file may have 1048576 | divide it into several files; all files of a folder belong to one pack",
    );
}

#[test]
fn bytes_that_are_no_text() {
    let error = byelaw_syntax::decode(b"deed x.\nde\xffed").unwrap_err();
    assert_eq!((error.valid_up_to, error.line, error.column), (10, 2, 3));
    let diagnostic = error.diagnostic(byelaw_diagnostic::FileId(0));
    let sources =
        [Source { path: "x.pol".into(), text: String::from_utf8_lossy(b"deed x.\nde\xffed").into_owned() }];
    insta::assert_snapshot!(render_text(&diagnostic, &sources), @r#"
error[B0001]: the file is not UTF-8 text: the byte at line 2, column 3 belongs to no character
 --> x.pol:2:3
  |
2 | de�ed
  |   ^
  = help: save the file as UTF-8
"#);
}

#[test]
fn a_message_as_it_is_shown() {
    let text = "rule x cites d/1:\n  Wibblers must not wibble unless approved by the wobbler.\n";
    let parsed = read(text);
    let sources = [Source { path: "x.pol".into(), text: text.into() }];
    insta::assert_snapshot!(render_text(parsed.diagnostics.first().unwrap(), &sources), @r#"
error[B0020]: `unless approved by` does not say what an approval permits
 --> x.pol:2:28
  |
2 |   Wibblers must not wibble unless approved by the wobbler.
  |                            ^^^^^^^^^^^^^^^
  = note: `unless` only takes a case out of the rule; it permits nothing
  = help: write `may only ... if approved by ...`
"#);
}

#[test]
fn a_hundred_messages_are_enough() {
    let text = "x.\n".repeat(1000);
    let messages = messages(&text);
    assert_eq!(messages.len(), 101);
    assert_eq!(
        messages.last().map(String::as_str),
        Some("B0029 900 more messages about this file are left out | mend the first ones and check again")
    );
    // What has no message any more is not kept either.
    assert_eq!(read(&text).sentences.len(), 101);
}

/// `Despite x, y, z or w may ...`: only somebody who knows the rules can tell `y` from a rule.
#[test]
fn rules_and_people_behind_despite() {
    let parted = |body: &str, rules: &[&str]| {
        let parsed = read(&format!("rule r cites d/1: {body} wibble."));
        let Some(Item::Rule(rule)) = parsed.sentences.into_iter().next().map(|s| s.item) else {
            panic!("{body}")
        };
        let RuleBody::Norm(norm) = rule.body else { panic!("{body}") };
        let (despite, who) = norm.parted(|name| rules.contains(&name.text.as_str()));
        let words = |names: &[Name]| names.iter().map(|n| n.text.clone()).collect::<Vec<_>>().join(" ");
        (words(despite), words(&who.names))
    };
    let both = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(parted("Despite x, y, z or w may", &["x"]), both("x", "y z w"));
    assert_eq!(parted("Despite x, y, z or w may", &["x", "y"]), both("x y", "z w"));
    assert_eq!(parted("Despite x and y, z may", &["x", "y"]), both("x y", "z"));
    // A rule that does not exist is still named as one where the sentence has no other reading.
    assert_eq!(parted("Despite x, y, z may", &["x"]), both("x y", "z"));
    assert_eq!(parted("Despite x, y or z may", &[]), both("x", "y z"));
    assert_eq!(parted("Despite x, anyone except y or z may", &["x"]), both("x", "y z"));
}
