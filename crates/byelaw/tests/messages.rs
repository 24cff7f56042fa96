//! Messages of the resolver that a page of `codes/` does not show, each word for word.

use byelaw::diagnostic::Source;
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
            "error B0107: `size` is a number and has no named values",
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

#[test]
fn a_pack_has_at_most_ten_thousand_rules() {
    let rules: String =
        (0..10_000).map(|n| format!("rule r{n} cites wobbles/1: Wug may wibble a dax.\n")).collect();
    // `SHARED` has one more.
    assert_eq!(
        messages(r#"policy wibbles "W"."#, &rules),
        ["error B0030: this pack has 10001 rules; at most 10000 can be used"]
    );
}
