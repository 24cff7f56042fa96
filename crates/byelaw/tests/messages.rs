//! Messages of the resolver that a page of `codes/` does not show, each word for word.

use byelaw::diagnostic::{Source, render_text};
use byelaw::{PackSources, SourceFile, compile_sources};

const SHARED: &str = r#"
document wobbles "The wobble book".
clause wobbles/1 "page 1": "who may wibble".
fact who of the asker, the subject, one of: wug, blick.
fact conduct of the act, the acts.
fact toy of the thing, one of: dax, fep.
fact size of the thing, a number of spans from 0 to 20.
act wibble "wibble it": wibble <toy> at <size>.
rule feps cites wobbles/1: Wug must not wibble a fep.
"#;

/// The messages about a pack of `policy` and `more`, each as severity, code and message.
fn messages(policy: &str, more: &str) -> Vec<String> {
    let source = Source { path: "pack.pol".to_owned(), text: format!("{policy}\n{SHARED}\n{more}\n") };
    compile_sources(PackSources { files: vec![SourceFile { source, folder: 0 }], diagnostics: Vec::new() })
        .diagnostics
        .iter()
        .map(|d| format!("{} {}: {}", d.severity.as_str(), d.code, d.message))
        .collect()
}

#[test]
fn parts_that_stand_twice_or_mean_nothing() {
    for (policy, more, expected) in [
        (
            r#"policy wibbles "W", edition "1", edition "2"."#,
            "",
            "error B0119: `edition` is said twice of `wibbles`",
        ),
        (
            r#"policy wibbles "W", silence means allowed, silence means forbidden."#,
            "",
            "error B0119: `silence means` is said twice of `wibbles`",
        ),
        (
            r#"policy wibbles "W", prevails over everything."#,
            "",
            "warning B0119: `prevails` has no effect in a policy",
        ),
        (
            r#"policy wibbles "W"."#,
            r#"addendum more "M" to wibbles, silence means forbidden."#,
            "warning B0119: `silence means` has no effect in an addendum",
        ),
        (
            r#"policy wibbles "W"."#,
            "fact windy of the circumstances, presumed no, presumed yes, yes or no.",
            "error B0119: `presumed` is said twice of `windy`",
        ),
        (
            r#"policy wibbles "W"."#,
            "fact windy of the circumstances, a date, yes or no.",
            "error B0119: `windy` needs exactly one kind, and has 2",
        ),
    ] {
        assert_eq!(messages(policy, more), [expected], "{policy} {more}");
    }
}

#[test]
fn parts_that_may_stand_together() {
    let policy = r#"policy wibbles "W", in force from 2020-01-01, in force while gale, adopted 2019-01-01."#;
    let more = "period gale, from 2020-03-01.\n\
        fact place of the circumstances, said in <place>, said inside <place>, also \"spot\", also \"nook\", one of: den, lair.";
    assert_eq!(messages(policy, more), Vec::<String>::new());
}

#[test]
fn values_that_are_none() {
    let policy = r#"policy wibbles "W"."#;
    for (more, expected) in [
        (
            "fact windy of the circumstances, presumed perhaps, yes or no.",
            "error B0102: `windy` is yes or no, and not `perhaps`",
        ),
        (
            "rule big cites wobbles/1: Wug may wibble a dax at large.",
            "error B0107: `size` is a number of spans from 0 to 20, and has no value called `large`",
        ),
        (
            "settle feps against feps: feps prevails because \"it does\".",
            "error B0117: `feps` is settled against itself",
        ),
        (
            "matrix m \"M\" for wugs: wug | blicks: blick, row 1 cites wobbles/1: wibble a dax | yes.",
            "error B0121: row `1` has 1 cell for 2 columns",
        ),
    ] {
        assert_eq!(messages(policy, more), [expected], "{more}");
    }
}

/// A word in a place for another kind of word: what it is, where it was declared, and how it is used.
#[test]
fn words_in_the_wrong_place_say_what_they_are() {
    const WORDS: &str = r#"policy wibbles "W".
document wobbles "The wobble book".
clause wobbles/1 "page 1": "who may wibble".
fact who of the asker, the subject, one of: wug also "wuggle", blick, quux.
fact conduct of the act, the acts.
fact toy of the thing, one of: dax, fep, gop, lub, mip, nop.
fact size of the thing, a number of spans from 0 to 20.
fact made of the thing, a date.
fact clock of the circumstances, a time of day.
fact windy of the circumstances, yes or no.
fact hats of the asker, held by the subject, some of: bowler, beret.
group folk of who: wug or blick.
period gale, from 2020-03-01 until 2020-04-01.
define rough: windy or gale.
act wibble "wibble it": wibble <toy>.
approval nod "a nod".
undertaking hum "hum".
deed sweep "sweep up".
"#;
    let mut shown = Vec::new();
    for condition in [
        "toy",
        "size",
        "made",
        "clock",
        "hats",
        "toy is at least 3",
        "size is dax",
        "windy is at most 3",
        "made is over 3",
        "hats is beret",
        "toy includes dax",
        "toy is before 2020-01-01",
        "size is before 08:30",
        "size is at least 21",
        "dax",
        "wuggle",
        "wug",
        "folk",
        "nod",
        "hum",
        "wibble",
        "toy is wug",
        "toy is folk",
        "toy is nod",
        "toy is windy",
        "toy is rough",
        "windi",
        "toy is daxx",
        "who is dax",
        "size is large",
        "made is monday",
    ] {
        shown.push(format!("Wug may wibble when {condition}."));
    }
    for sentence in [
        "Dax may wibble.",
        "Folks may wibble.",
        "Wug may wibble a wug.",
        "Wug may only wibble if approved by wug.",
        "Wug may only wibble if approved by folk.",
        "Wug may only wibble if approved by hum.",
        "Wug may only wibble if approved by boss.",
        "Wug may only wibble provided they nod.",
        "Wug may only wibble provided they sweep.",
        "Wug must hum, immediately, after they wibble.",
        "Despite wibbles, wug may wibble.",
        "Despite dax, wug may wibble.",
    ] {
        shown.push(sentence.to_owned());
    }
    let printed: Vec<String> = shown
        .iter()
        .map(|sentence| {
            let text = format!("{WORDS}rule r cites wobbles/1: {sentence}\n");
            let source = Source { path: "pack.pol".to_owned(), text };
            let files = vec![SourceFile { source, folder: 0 }];
            let compiled = compile_sources(PackSources { files, diagnostics: Vec::new() });
            let errors = compiled.diagnostics.iter().filter(|d| d.is_error());
            errors.map(|d| render_text(d, &compiled.sources)).collect::<Vec<_>>().join("\n")
        })
        .collect();
    insta::assert_snapshot!(printed.join("\n"));
}

/// Ways of rule books that only the vocabulary can tell from its own words.
#[test]
fn words_of_rule_books() {
    const WORDS: &str = r#"policy wibbles "W".
document wobbles "The wobble book".
clause wobbles/1 "page 1": "who may wibble".
fact who of the asker, the subject, one of: wug, blick.
fact hats of the asker, held by the subject, some of: bowler, beret.
fact conduct of the act, the acts.
fact toy of the thing, one of: dax, very-big-fep.
act wibble "wibble it": wibble <toy>.
act hum "hum": hum for <toy>.
act rest "rest": rest.
"#;
    let shown: Vec<String> = [
        "Nobody may wibble.",
        "Everyone may wibble.",
        "Wug must not wibble until the dax is back.",
        "Wug may rest while dry.",
        "Wug may wibble a dax for 7 days.",
        "Wug may hum for dax.",
        "Wug may wibble a very big fep.",
        "Wug may wibble a dax or very big fep.",
        "Wug may wibble when who is bowler.",
    ]
    .iter()
    .map(|sentence| {
        let text = format!("{WORDS}rule r cites wobbles/1: {sentence}\n");
        let source = Source { path: "pack.pol".to_owned(), text };
        let files = vec![SourceFile { source, folder: 0 }];
        let compiled = compile_sources(PackSources { files, diagnostics: Vec::new() });
        let errors = compiled.diagnostics.iter().filter(|d| d.is_error());
        let errors: Vec<String> = errors.map(|d| render_text(d, &compiled.sources)).collect();
        format!("{sentence}\n{}", errors.join("\n"))
    })
    .collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn a_pack_has_at_most_ten_thousand_facts() {
    let facts: String = (0..10_000).map(|n| format!("fact f{n} of the thing, yes or no.\n")).collect();
    let found = messages(r#"policy wibbles "W"."#, &facts);
    let found: Vec<&String> = found.iter().filter(|m| m.contains("B0030")).collect();
    // `SHARED` and the language have some more.
    assert!(matches!(found[..], [one] if one.ends_with(" facts; at most 10000 can be used")), "{found:?}");
}

/// Thirty definitions, each of twice the one before it, would be a thousand million conditions.
#[test]
fn definitions_of_definitions_are_limited() {
    let doubled = |count: usize| -> String {
        let first = "define d0: windy.\n".to_owned();
        (1..=count).fold(first, |all, n| all + &format!("define d{n}: d{0} and (windy or d{0}).\n", n - 1))
    };
    let policy = "policy wibbles \"W\".\nfact windy of the circumstances, yes or no.";
    let found = |count| -> Vec<String> {
        messages(policy, &doubled(count)).into_iter().filter(|message| message.starts_with("error")).collect()
    };
    assert_eq!(found(10), Vec::<String>::new());
    assert_eq!(
        found(30),
        [
            "error B0030: the definitions of this pack, written out wherever they are used, come to more than 100000 conditions"
        ]
    );
}

/// Definitions stand in any order; what hangs on a circle has one message, and what else is wrong with it another.
#[test]
fn definitions_in_any_order() {
    let policy = "policy wibbles \"W\".\nfact windy of the circumstances, yes or no.\nfact gusty of the circumstances, yes or no.";
    let used = "rule r cites wobbles/1: Wug may wibble a dax when first.\n";
    let errors = |defines: &str| -> Vec<String> {
        let found = messages(policy, &format!("{defines}\n{used}"));
        found.into_iter().filter(|message| message.starts_with("error")).collect()
    };
    let none: [&str; 0] = [];
    assert_eq!(
        errors("define first: second or third.\ndefine second: third.\ndefine third: windy and gusty."),
        none
    );
    assert_eq!(errors("define first: windy or first."), ["error B0133: the definition `first` uses itself"]);
    assert_eq!(
        errors(
            "define first: second.\ndefine second: not third.\ndefine third: fourth or windy.\ndefine fourth: second and gust."
        ),
        [
            "error B0133: the definition `second` uses itself, through `third` and `fourth`",
            "error B0101: there is no fact called `gust`",
        ]
    );
    // A long chain into a long circle.
    let chain: String = (0..5_000).map(|n| format!("define d{n}: d{}.\n", (n + 1).min(4_999))).collect();
    assert_eq!(
        errors(&format!("{chain}define first: d0.")),
        ["error B0133: the definition `d4999` uses itself"]
    );
}

#[test]
fn of_very_many_errors_the_first_are_kept() {
    let wrong: String =
        (0..300).map(|n| format!("rule q{n} cites wobbles/1: Wug may wibble a dax when w{n}.\n")).collect();
    let found = messages(r#"policy wibbles "W"."#, &wrong);
    let kept = found.iter().filter(|message| message.starts_with("error B0101: there is no fact")).count();
    assert_eq!(kept, 100, "{found:#?}");
    assert!(
        found.contains(&"error B0029: 200 more messages about this pack are left out".to_owned()),
        "{found:#?}"
    );
}

#[test]
fn a_misspelt_verb_is_told_with_the_one_that_is_meant() {
    let help = |rule: &str| {
        let more = format!("act wobble \"wobble\": wobble things.\nrule one cites wobbles/1: Wug {rule}.");
        let text = format!("policy wibbles \"W\".\n{SHARED}\n{more}\n");
        let source = Source { path: "pack.pol".to_owned(), text };
        let pack = PackSources { files: vec![SourceFile { source, folder: 0 }], diagnostics: Vec::new() };
        let told = compile_sources(pack).diagnostics;
        let told = told.iter().find(|d| d.code == "B0105").expect("there is no such verb").clone();
        format!("{told:?}")
    };
    assert!(help("may wobbel things").contains("did you mean `wobble things`?"));
    assert!(help("may wibbel a fep").contains("did you mean `wibble`?"));
    assert!(help("may bamboozle").contains("declare it"));
}

/// What a sentence declares that could not be read is not told as unknown besides; what nobody declares is.
#[test]
fn of_one_mistake_there_is_one_message() {
    for (broken, expected) in [
        // A rule without its clause, a fact of no kind, and an act without its colon.
        (
            "rule late: Wug must not wibble.\nrule more cites wobbles/1: Despite late, wug may wibble.",
            "error B0016",
        ),
        (
            "fact windy of the circumstances, yes or noo.\nrule more cites wobbles/1: Wug may wibble when windy.",
            "error B0014",
        ),
        (
            "act wobble \"wobble it\" wobble <toy>.\nrule more cites wobbles/1: Wug may wobble a dax.",
            "error B0015",
        ),
    ] {
        let found = messages(r#"policy wibbles "W"."#, broken);
        assert!(matches!(found.as_slice(), [only] if only.starts_with(expected)), "{broken}\n{found:#?}");
    }
    let found = messages(
        r#"policy wibbles "W"."#,
        "Rule late: Wug must not wibble.\nrule more cites wobbles/1: Despite later, wug may wibble.",
    );
    assert!(found.iter().any(|message| message.contains("there is no rule called `later`")), "{found:#?}");
}
