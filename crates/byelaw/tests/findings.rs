//! Contradictions as they are told: once for each pair of rules, with a situation that can come about.

use byelaw::diagnostic::{Diagnostic, render_text};
use byelaw::{Compiled, PackSources, SourceFile, compile_sources, diagnostic::Source};

const SHARED: &str = r#"policy wibbles "W", in force from 2020-01-01.
document wobbles "The wobble book".
clause wobbles/1 "page 1": "who may wibble".
fact who of the asker, the subject, one of: wug, blick.
fact conduct of the act, the acts.
fact windy of the circumstances, yes or no.
fact chilly of the circumstances, yes or no.
period gale "the gale", from 2021-03-01 until 2021-04-01.
fact clock of the circumstances, a time of day.
fact weekday of the circumstances, a weekday.
fact shift of the circumstances, one of: early, late.
calendar shifts "The shifts" in "Europe/London" telling shift, closed days are late,
  open season from 2020-06-01 until 2020-07-01,
  on monday, tuesday or friday: early until 12:00, late from 12:00.
approval nod "a nod".
approval wink "a wink".
act wibble "wibble it": wibble.
"#;

fn contradictions(rules: &str) -> (Compiled, Vec<Diagnostic>) {
    let source = Source { path: "pack.pol".to_owned(), text: format!("{SHARED}{rules}") };
    let files = vec![SourceFile { source, folder: 0 }];
    let compiled = compile_sources(PackSources { files, diagnostics: Vec::new() });
    let found = compiled.diagnostics.iter().filter(|d| d.code == "B0201").cloned().collect();
    (compiled, found)
}

/// The example of the one contradiction of these rules, from what is done on; of a note the facts alone.
fn instance(rules: &str) -> String {
    let (compiled, found) = contradictions(rules);
    let printed: String = found.iter().map(|d| render_text(d, &compiled.sources)).collect();
    let [one] = found.as_slice() else { panic!("{printed}") };
    let witness = one.finding.as_ref().expect("it is a finding").witness.replace('\n', " ");
    let words: Vec<&str> = witness.split_whitespace().collect();
    let act = words.iter().position(|word| word.starts_with("wibble"));
    let done = words[act.unwrap_or(0)..].join(" ");
    done.split(';').next().expect("a part").to_owned()
}

#[test]
fn the_situation_has_a_date_on_which_it_is_so() {
    for (rule, bar, expected) in [
        ("when gale", "", "wibble, on 2021-03-01"),
        ("", "when not gale", "wibble, on 2020-01-01"),
        ("when weekday is sunday", "", "wibble, on 2020-01-05"),
        ("when clock is at or after 18:30", "", "wibble, on 2020-01-01 at 18:30"),
        ("when shift is early", "", "wibble, on 2020-06-01 at 00:00"),
        (
            "when shift is early and clock is at or after 10:00",
            "when weekday is friday",
            "on 2020-06-05, who wug, clock 10:00, weekday friday, shift early",
        ),
    ] {
        let rules = format!(
            "rule r cites wobbles/1: Wug may wibble {rule}.\nrule s cites wobbles/1: Wug must not wibble {bar}.\n"
        );
        assert_eq!(instance(&rules), expected, "{rules}");
    }
}

/// Each of these rules permits something that the other one bars.
#[test]
fn a_pair_is_told_once() {
    let (compiled, found) = contradictions(
        "rule r cites wobbles/1: Wug may wibble only when windy if approved by nod.\n\
         rule s cites wobbles/1: Wug may wibble only when chilly if approved by wink.\n",
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    insta::assert_snapshot!(render_text(&found[0], &compiled.sources));
}
