//! What people read about readings, what is set, and policies in layers.

use insta::assert_snapshot;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

const HIGH: &str = r#"policy high "High rules".
document tome "The tome".
clause tome/1 "page 1": "who may plugh".

fact who of the asker, the subject, one of: wug, blick.
fact conduct of the act, the acts.
fact toy of the thing, one of: dax, fep.
act plugh "plugh": plugh <toy>.
approval nod "a nod" given by blick.
undertaking hum "hum".

reading hours "the hours" of tome/1, one of: short "by day", long "day and night".
parameter shared "the shared toys" left to the low, one of: few, many.

rule free cites tome/1: Anyone may plugh a dax when hours is long.
rule nodded cites tome/1: Anyone may plugh a dax if approved by nod.
rule share cites tome/1: Anyone may plugh a fep only when shared is many.
"#;

const LOW: &str = r#"use "../high".
policy low "Low rules" under high.
set shared to many because "we have enough", decided by blick on 2021-02-03.
rule hushed cites tome/1: Anyone may only plugh a fep provided they hum.
"#;

/// A folder with the two packs that is deleted at the end.
struct Home(PathBuf);

impl Home {
    fn new(name: &str, low: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("byelaw-layers-{name}-{}", std::process::id()));
        for (pack, text) in [("high", HIGH), ("low", low)] {
            fs::create_dir_all(folder.join(pack)).expect("a folder can be made");
            fs::write(folder.join(pack).join("pack.pol"), text).expect("a file can be written");
        }
        Self(folder)
    }

    /// What the program prints, without the digest.
    fn run(&self, arguments: &[&str]) -> String {
        let run = Command::new(env!("CARGO_BIN_EXE_byelaw"))
            .args(arguments)
            .current_dir(&self.0)
            .output()
            .expect("the program can be run");
        let all = [run.stdout, run.stderr].concat();
        let text = String::from_utf8(all).expect("text");
        let line = |line: &str| match line.rsplit_once(" (") {
            Some((title, digest))
                if digest.len() == 13 && digest[..12].bytes().all(|b| b.is_ascii_hexdigit()) =>
            {
                format!("{title} (DIGEST)")
            }
            _ => line.trim_end().to_owned(),
        };
        text.lines().map(line).collect::<Vec<_>>().join("\n")
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn answers_in_layers() {
    let home = Home::new("answers", LOW);
    let ask = |facts: &[&str]| {
        let all = ["ask", "low", "--on", "2021-03-01", "conduct=plugh", "who=wug"];
        home.run(&[&all, facts].concat())
    };
    assert_snapshot!(ask(&["toy=fep"]), @r#"
    Yes, if you hum.

    Why:
      - Anyone may only plugh a fep provided you hum. (tome, page 1; Low rules)
      - Anyone may plugh a fep only when the shared toys is many. (tome, page 1; High rules)

    Low rules (DIGEST)
    "#);
    assert_snapshot!(ask(&["toy=dax"]), @r#"
    Not yet: you need a nod.

    Why:
      - Anyone may plugh a dax with a nod. (tome, page 1; High rules)

    The policy can be read in more than one way here: the hours (tome, page 1): by day or day and night. The strictest was applied.

    Low rules (DIGEST)
    "#);
    assert_snapshot!(ask(&["toy=dax", "hours=?"]), @r#"
    It depends.

    Not settled: how to read the hours (tome, page 1).

    Why:
      - Anyone may plugh a dax with a nod. (tome, page 1; High rules)
      - Anyone may plugh a dax when the hours is day and night. (depending on what is not known) (tome, page 1; High rules)

    Low rules (DIGEST)
    "#);
    assert_snapshot!(home.run(&["ask", "high", "--on", "2021-03-01", "conduct=plugh", "who=wug", "toy=fep"]), @r#"
    It depends.

    Left open by the policy, for the low to decide: the shared toys.

    Why:
      - Anyone may plugh a fep only when the shared toys is many. (tome, page 1)

    High rules (DIGEST)
    "#);
    let words = home.run(&["vocabulary", "low"]);
    let set = words.lines().find(|line| line.contains("set to"));
    assert_eq!(set, Some("    set to many: we have enough, blick 2021-02-03"));
}

#[test]
fn a_lower_policy_that_goes_too_far() {
    let low = LOW.replace("may only plugh a fep provided they hum", "may plugh a dax provided they hum");
    let home = Home::new("breach", &low);
    assert_snapshot!(home.run(&["check", "low"]), @r#"
    low: 4 rules, 1 clause cited, 1 act, 0 examples, 0 parameters left open; 1 error, 1 warning, 0 notes
    error[B0199]: `low` is more lenient than `high` about plugh: `hushed` where `nodded` speaks
      --> low/pack.pol:4:6
       |
     4 | rule hushed cites tome/1: Anyone may plugh a dax provided they hum.
       |      ^^^^^^ goes beyond what is left to it
      ::: high/pack.pol:16:6
       |
    16 | rule nodded cites tome/1: Anyone may plugh a dax if approved by nod.
       |      ------ Anyone may plugh a dax if approved by nod.
       = note: for instance: toy dax, hours short
       = help: make it as strict as `high`, or, where `high` means to leave this to lower policies, say there `let lower policies vary nodded.`

    warning[B0190]: nobody has settled how to read tome/1 (`hours`): it changes what holds for plugh
      --> high/pack.pol:12:9
       |
    12 | reading hours "the hours" of tome/1, one of: short "by day", long "day and night".
       |         ^^^^^
       = note: it can be read as `short` or `long`; until it is settled, the strictest applies
       = help: ask whose policy it is, and then write `set hours to ... because "...".`
    "#);
    let ask = home.run(&["ask", "low", "--on", "2021-03-01", "conduct=plugh", "who=wug", "toy=dax"]);
    assert!(ask.contains("`low` has errors and answers no question"), "{ask}");
}
