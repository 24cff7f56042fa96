//! What the program says to somebody who made a mistake: each time a clear message with the place and the next step,
//! the exit code of the contract, no panic, and not one file changed.

use insta::assert_snapshot;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A small policy with nothing wrong in it.
const WIBBLES: &str = r#"policy wibbles "Wibble rules".

document wobbles "The wobble book".

clause wobbles/1 "page 1": "who may wibble".

fact who of the asker, the subject, asked "Who are you?", one of:
  wug,
  blick.

fact conduct of the act, asked "What do you want to do?", the acts.

fact toy of the thing, asked "What with?", one of:
  dax,
  fep.

fact windy of the circumstances, asked "Is it windy?", yes or no.

fact size of the thing, asked "How big is it?", a number of spans from 0 to 20.

act wibble "wibble it": wibble <toy>.

approval elder "the elder's leave" given by blick.

rule daxes cites wobbles/1:
  Wug may wibble a dax unless windy.

rule feps cites wobbles/1:
  Wug may only wibble a fep if approved by elder.
"#;

/// A folder that is deleted at the end, with the pack `pack` in it.
struct Home(PathBuf);

impl Home {
    /// With the policy above and one more file.
    fn with(name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let home = Self::new();
        fs::write(home.0.join("pack").join(name), bytes).expect("a file can be written");
        home
    }

    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name =
            format!("byelaw-bad-input-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(folder.join("pack")).expect("a folder can be made");
        fs::write(folder.join("pack/pack.pol"), WIBBLES).expect("a file can be written");
        Self(folder)
    }

    /// Runs the program here, and says how it ended and what it printed.
    fn run(&self, arguments: &[&str]) -> String {
        self.run_with(arguments, b"")
    }

    fn run_with(&self, arguments: &[&str], input: &[u8]) -> String {
        let (code, out, err) = self.raw(arguments, input);
        let mut all = format!("exit {code}\n");
        for (name, text) in [("stdout", out), ("stderr", err)] {
            if !text.is_empty() {
                all.push_str(&format!("--- {name}\n{}\n", text.trim_end()));
            }
        }
        all
    }

    /// The exit code, standard output and standard error, with digests left out. Nothing may have been written.
    fn raw(&self, arguments: &[&str], input: &[u8]) -> (i32, String, String) {
        let before = files(&self.0);
        let mut child = Command::new(env!("CARGO_BIN_EXE_byelaw"))
            .args(arguments)
            .current_dir(&self.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        // A program that needs no input may be gone before it is written.
        let _ = child.stdin.take().expect("it has an input").write_all(input);
        let done = child.wait_with_output().expect("the program ends");
        let out = String::from_utf8(done.stdout).expect("standard output is text");
        let err = String::from_utf8(done.stderr).expect("standard error is text");
        assert!(!err.contains("panicked"), "{err}");
        assert!(files(&self.0) == before, "a file was written by {arguments:?}");
        (
            done.status.code().expect("the program was not killed"),
            without_digests(&out),
            without_digests(&err),
        )
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder can be listed") {
        let path = entry.expect("a folder can be listed").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let bytes = fs::read(&path).expect("a file can be read");
            found.insert(path, bytes);
        }
    }
    found
}

/// Digests change with every change of the compiler; what is said to people does not.
fn without_digests(text: &str) -> String {
    let mut plain = String::new();
    for word in text.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let hex = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        if matches!(hex.len(), 12 | 64) && hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            plain.push_str("DIGEST");
            plain.push_str(&word[hex.len()..]);
        } else {
            plain.push_str(word);
        }
    }
    plain
}

// ------------------------------------------------------------------------------------------------------ questions

#[test]
fn a_misspelt_fact() {
    let home = Home::new();
    assert_snapshot!(home.run(&["ask", "pack", "who=wug", "tyo=dax", "--on", "2020-05-11"]), @r#"
    exit 2
    --- stderr
    error: facts.tyo: there is no fact called `tyo`; did you mean `toy`?
    "#);
    assert_snapshot!(home.run_with(&["decide", "pack"], br#"{"id": "q1", "facts": {"who": "wug", "tyo": "dax"}}"#), @r#"
    exit 2
    --- stdout
    {"id":"q1","line":1,"error":{"code":"unknown_fact","message":"there is no fact called `tyo`; did you mean `toy`?","at":"facts.tyo","nearest":["toy"]}}
    "#);
}

#[test]
fn a_misspelt_value() {
    let home = Home::new();
    assert_snapshot!(home.run(&["ask", "pack", "who=wgu", "--on", "2020-05-11"]), @r#"
    exit 2
    --- stderr
    error: facts.who: there is no value of `who` called `wgu`; did you mean `wug`?
    "#);
    assert_snapshot!(home.run_with(&["decide", "pack"], br#"{"facts": {"who": "librarian"}}"#), @r#"
    exit 2
    --- stdout
    {"line":1,"error":{"code":"unknown_value","message":"there is no value of `who` called `librarian`; the vocabulary lists what is known","at":"facts.who"}}
    "#);
}

#[test]
fn a_value_of_another_kind() {
    let home = Home::new();
    assert_snapshot!(home.run(&["ask", "pack", "size=big", "--on", "2020-05-11"]), @r#"
    exit 2
    --- stderr
    error: facts.size: `size` is a whole number of spans from 0 to 20, for instance 10
    "#);
    assert_snapshot!(home.run(&["ask", "pack", "size=21", "--on", "2020-05-11"]), @r#"
    exit 2
    --- stderr
    error: facts.size: 21 lies outside 0 to 20
    "#);
    assert_snapshot!(home.run(&["ask", "pack", "windy=3", "--on", "2020-05-11"]), @r#"
    exit 2
    --- stderr
    error: facts.windy: `windy` is true or false (or null if it is not known)
    "#);
    assert_snapshot!(home.run(&["ask", "pack", "who", "--on", "2020-05-11"]), @r#"
    exit 2
    --- stderr
    error: facts.who: `who` is the name of one of its values, as a text (or null if it is not known)
    "#);
    assert_snapshot!(
        home.run_with(&["decide", "pack"], b"{\"facts\": {\"who\": 3}}\n{\"facts\": {\"windy\": \"breezy\"}}\n{\"facts\": {\"size\": 2.5}}\n[]\n{\"facts\": []}\n"),
        @r#"
        exit 2
        --- stdout
        {"line":1,"error":{"code":"type","message":"`who` is the name of one of its values, as a text (or null if it is not known)","at":"facts.who"}}
        {"line":2,"error":{"code":"type","message":"`windy` is true or false (or null if it is not known)","at":"facts.windy"}}
        {"line":3,"error":{"code":"type","message":"`size` is a whole number of spans from 0 to 20, for instance 10","at":"facts.size"}}
        {"line":4,"error":{"code":"type","message":"a question is a JSON object"}}
        {"line":5,"error":{"code":"type","message":"`facts` is an object of names and values","at":"facts"}}
        "#
    );
}

#[test]
fn a_fact_stated_twice() {
    let home = Home::new();
    assert_snapshot!(home.run(&["ask", "pack", "who=wug", "who=blick"]), @r#"
    exit 2
    --- stderr
    error: `who` is stated twice; write `who=A,B` for several values
    "#);
}

#[test]
fn a_missing_fact_is_no_mistake() {
    let home = Home::new();
    assert_snapshot!(home.run(&["ask", "pack", "who=wug", "conduct=wibble", "toy=dax", "--on", "2020-05-11"]), @r#"
    exit 1
    --- stdout
    It depends.

    What has to be known:
      - Is it windy? [windy]

    Why:
      - Wug may wibble a dax unless windy. (depending on what is not known) (wobbles, page 1)

    Wibble rules (DIGEST)
    "#);
    let (code, out, err) =
        home.raw(&["decide", "pack"], br#"{"facts": {"who": "wug", "conduct": "wibble", "toy": "dax"}}"#);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains(r#""outcome":"needs_facts""#) && out.contains(r#""needs":["windy"]"#), "{out}");
}

#[test]
fn approved_and_refused_at_once() {
    let home = Home::new();
    let fep =
        ["ask", "pack", "who=wug", "conduct=wibble", "toy=fep", "--on", "2020-05-11", "--approved", "elder"];
    assert_snapshot!(home.run(&[&fep[..], &["--refused", "elder"]].concat()), @r#"
    exit 2
    --- stderr
    error: refused: `elder` is both approved and refused
    "#);
    assert_snapshot!(home.run_with(&["decide", "pack"], br#"{"facts": {}, "approved": ["elder"], "refused": ["elder"]}"#), @r#"
    exit 2
    --- stdout
    {"line":1,"error":{"code":"contradiction","message":"`elder` is both approved and refused","at":"refused"}}
    "#);
    assert_snapshot!(home.run(&["ask", "pack", "--on", "2020-05-11", "--approved", "eldre"]), @r#"
    exit 2
    --- stderr
    error: approved[0]: there is no approval or role called `eldre`; did you mean `elder`?
    "#);
}

#[test]
fn a_day_that_cannot_be_in_a_question() {
    let home = Home::new();
    assert_snapshot!(home.run(&["ask", "pack", "who=wug", "--on", "2020-02-30"]), @r#"
    exit 2
    --- stderr
    error: on: there is no day 2020-02-30 in the calendar
    "#);
    assert_snapshot!(home.run(&["ask", "pack", "who=wug", "--on", "30.2.2020"]), @r#"
    exit 2
    --- stderr
    error: on: `on` is a date such as 2020-05-11, or a local date and time such as 2020-05-11T10:00
    "#);
    assert_snapshot!(home.run_with(&["decide", "pack"], br#"{"on": "2020-02-30", "facts": {}}"#), @r#"
    exit 2
    --- stdout
    {"line":1,"error":{"code":"out_of_range","message":"there is no day 2020-02-30 in the calendar","at":"on"}}
    "#);
}

#[test]
fn lines_that_are_no_question() {
    let home = Home::new();
    assert_snapshot!(
        home.run_with(&["decide", "pack"], b"\n{\"facts\": {\"who\": \"wug\", \"who\": \"blick\"}}\n{\"id\": 1,\n{\"fatcs\": {}}\n\"\xff\"\n"),
        @r#"
        exit 2
        --- stdout
        {"line":1,"error":{"code":"json","message":"this line is empty; a question is a JSON object on one line"}}
        {"line":2,"error":{"code":"json","message":"this is not a question in JSON: the key `who` stands twice in one object (at character 40)"}}
        {"line":3,"error":{"code":"json","message":"this is not a question in JSON: it ends too early (at character 9)"}}
        {"line":4,"error":{"code":"unknown_field","message":"there is no field called `fatcs`; did you mean `facts`?","at":"fatcs","nearest":["facts"]}}
        {"line":5,"error":{"code":"json","message":"this line is not UTF-8 text (byte 2)"}}
        "#
    );
}

#[test]
fn the_run_goes_on_after_a_bad_line() {
    let home = Home::new();
    let (code, out, err) = home.raw(&["decide", "pack"], b"\n{\"id\": 7, \"facts\": {\"who\": \"wug\", \"conduct\": \"wibble\", \"toy\": \"dax\", \"windy\": false}}\n");
    assert_eq!((code, err.as_str()), (2, ""));
    let lines: Vec<&str> = out.lines().collect();
    assert!(
        lines.len() == 2 && lines[1].contains(r#""id":7"#) && lines[1].contains(r#""outcome":"permitted""#),
        "{out}"
    );
}

#[test]
fn very_many_brackets_in_a_question() {
    let home = Home::new();
    let line = format!("{{\"facts\": {}", "[".repeat(100_000));
    assert_snapshot!(home.run_with(&["decide", "pack"], line.as_bytes()), @r#"
    exit 2
    --- stdout
    {"line":1,"error":{"code":"json","message":"this is not a question in JSON: its brackets stand more than 128 deep (at character 137)"}}
    "#);
}

// ---------------------------------------------------------------------------------------------------------- packs

#[test]
fn an_unknown_pack() {
    let home = Home::new();
    assert_snapshot!(home.run(&["check", "pakc"]), @r#"
    exit 2
    --- stderr
    error: there is no pack `pakc`; name a folder with .pol files, or a compiled .polc file
    "#);
    fs::create_dir_all(home.0.join("policies/wibbles")).expect("a folder can be made");
    assert_snapshot!(home.run(&["check", "wibles"]), @r#"
    exit 2
    --- stderr
    error: there is no pack `wibles`; did you mean `wibbles`?
    "#);
    assert_snapshot!(home.run(&["ask", "dax-rules", "who=wug"]), @r#"
    exit 2
    --- stderr
    error: there is no pack `dax-rules`; the packs here are `wibbles`
    "#);
    assert_snapshot!(home.run(&["check", "policies/wibbles"]), @r#"
    exit 2
    --- stderr
    error: `policies/wibbles` is not a pack: it has no .pol file
    "#);
    assert_snapshot!(home.run(&["decide", "pack/pack.pol"]), @r#"
    exit 2
    --- stderr
    error: `pack/pack.pol` is one file of a pack; name the folder it lies in
    "#);
}

#[test]
fn exceptions_in_a_circle() {
    let home = Home::with(
        "circle.pol",
        "rule open cites wobbles/1:\n  Despite shut, blick may wibble.\n\nrule shut cites wobbles/1:\n  Despite open, blick must not wibble.\n",
    );
    assert_snapshot!(home.run(&["check", "pack"]), @r#"
    exit 1
    --- stdout
    pack: 4 rules, 1 clause cited, 1 act, 0 examples, 0 parameters left open; 1 error, 0 warnings, 0 notes
    --- stderr
    error[B0109]: these rules prevail over each other in a circle: `shut` over `open` over `shut`
     --> pack/circle.pol:1:6
      |
    1 | rule open cites wobbles/1:
      |      ^^^^ part of the circle
     ::: pack/circle.pol:4:6
      |
    4 | rule shut cites wobbles/1:
      |      ---- also part of it
      = note: an exception to an exception is fine; a circle has no strongest rule
      = help: take one `despite` (or `settle`) of the circle away
    "#);
}

#[test]
fn an_exception_to_a_rule_that_does_not_exist() {
    let home = Home::with("more.pol", "rule open cites wobbles/1:\n  Despite dackses, blick may wibble.\n");
    assert_snapshot!(home.run(&["check", "pack"]), @r#"
    exit 1
    --- stdout
    pack: 3 rules, 1 clause cited, 1 act, 0 examples, 0 parameters left open; 1 error, 0 warnings, 0 notes
    --- stderr
    error[B0103]: there is no rule called `dackses`
     --> pack/more.pol:2:11
      |
    2 |   Despite dackses, blick may wibble.
      |           ^^^^^^^ not declared
      = note: known here: `daxes`, `feps`, `open`
      = help: write that rule, or name one that is there
    "#);
    let home = Home::with("more.pol", "rule open cites wobbles/1:\n  Despite daxs, blick may wibble.\n");
    assert_snapshot!(home.run(&["ask", "pack", "who=wug"]), @r#"
    exit 2
    --- stderr
    error[B0103]: there is no rule called `daxs`
     --> pack/more.pol:2:11
      |
    2 |   Despite daxs, blick may wibble.
      |           ^^^^ not declared
      = help: did you mean `daxes`?

    error: `pack` has errors and answers no question
    "#);
}

#[test]
fn a_day_that_cannot_be_in_a_policy() {
    let home = Home::with("more.pol", "period gale, from 2020-02-30 until 2020-03-10.\n");
    assert_snapshot!(home.run(&["check", "pack"]), @r#"
    exit 1
    --- stdout
    pack: 2 rules, 1 clause cited, 1 act, 0 examples, 0 parameters left open; 1 error, 0 warnings, 0 notes
    --- stderr
    error[B0108]: there is no day 2020-02-30 in the calendar
     --> pack/more.pol:1:19
      |
    1 | period gale, from 2020-02-30 until 2020-03-10.
      |                   ^^^^^^^^^^ no such day
      = help: dates are written year-month-day, for instance 2020-02-28
    "#);
}

#[test]
fn a_string_without_its_end() {
    let home = Home::with("more.pol", "deed hush \"keep quiet.\n\ndeed sit \"sit down\".\n");
    assert_snapshot!(home.run(&["check", "pack"]), @r#"
    exit 1
    --- stdout
    pack: 2 rules, 1 clause cited, 1 act, 0 examples, 0 parameters left open; 1 error, 0 warnings, 0 notes
    --- stderr
    error[B0009]: this string has no closing quote on its line
     --> pack/more.pol:1:11
      |
    1 | deed hush "keep quiet.
      |           ^
      = help: put a `"` at its end; a string stands on one line
    "#);
}

#[test]
fn very_many_brackets_in_a_policy() {
    let brackets = "(".repeat(100_000);
    let home = Home::with(
        "more.pol",
        format!("rule deep cites wobbles/1:\n  Blick may wibble when {brackets}windy.\n"),
    );
    assert_snapshot!(home.run(&["check", "pack"]), @r#"
    exit 1
    --- stdout
    pack: 2 rules, 1 clause cited, 1 act, 0 examples, 0 parameters left open; 1 error, 0 warnings, 0 notes
    --- stderr
    error[B0004]: brackets stand more than 64 deep here
     --> pack/more.pol:2:89
      |
    2 | ...((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((...
      |                                                               ^
      = help: name a part of the condition with `define`, and use the name
    "#);
    let (open, shut) = ("(".repeat(1000), ")".repeat(1000));
    let home = Home::with(
        "more.pol",
        format!("rule deep cites wobbles/1:\n  Blick may wibble when\n    {open}\n    windy{shut}.\n"),
    );
    assert_snapshot!(home.run(&["check", "pack"]), @r#"
    exit 1
    --- stdout
    pack: 2 rules, 1 clause cited, 1 act, 0 examples, 0 parameters left open; 1 error, 0 warnings, 0 notes
    --- stderr
    error[B0004]: brackets stand more than 64 deep here
     --> pack/more.pol:3:69
      |
    3 | ...((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((...
      |                                                               ^
      = help: name a part of the condition with `define`, and use the name
    "#);
}

#[test]
fn a_file_that_is_not_text() {
    let home = Home::with("more.pol", b"deed hush \"caf\xe9\".\n");
    assert_snapshot!(home.run(&["check", "pack"]), @r#"
    exit 1
    --- stdout
    pack: 2 rules, 1 clause cited, 1 act, 0 examples, 0 parameters left open; 1 error, 0 warnings, 0 notes
    --- stderr
    error[B0001]: the file is not UTF-8 text: the byte at line 1, column 15 belongs to no character
     --> pack/more.pol:1:1
      |
    1 |
      | ^
      = help: save the file as UTF-8
    "#);
    assert_snapshot!(home.run(&["fmt", "pack"]), @r#"
    exit 2
    --- stderr
    error[B0001]: the file is not UTF-8 text: the byte at line 1, column 15 belongs to no character
     --> pack/more.pol:1:1
      |
    1 |
      | ^
      = help: save the file as UTF-8
    "#);
}

#[test]
fn a_folder_that_cannot_be_used() {
    let home = Home::with("more.pol", "use \"../nowhere\".\n");
    assert_snapshot!(home.run(&["check", "pack"]), @r#"
    exit 1
    --- stdout
    pack: 2 rules, 1 clause cited, 1 act, 0 examples, 0 parameters left open; 1 error, 0 warnings, 0 notes
    --- stderr
    error[B0101]: the folder `nowhere` cannot be used: `nowhere` cannot be read: No such file or directory (os error 2)
     --> pack/more.pol:1:5
      |
    1 | use "../nowhere".
      |     ^^^^^^^^^^^^
      = help: the path is relative to the folder of this pack
    "#);
}

// --------------------------------------------------------------------------------------------------- other commands

#[test]
fn fmt_leaves_a_broken_file_as_it_is() {
    // That nothing was written is looked at after every run.
    let home = Home::with("broken.pol", "deed   hush \"keep quiet\"\n\ndeed sit   \"sit down\".\n");
    assert_snapshot!(home.run(&["fmt", "pack/broken.pol"]), @r#"
    exit 2
    --- stderr
    error[B0012]: this `deed` sentence has no full stop
     --> pack/broken.pol:1:13
      |
    1 | deed   hush "keep quiet"
      |             ^^^^^^^^^^^^ it should end here
      = note: a line that begins at the margin with a word such as `rule` or `fact` begins a new sentence
      = help: put a full stop after `"keep quiet"`
    "#);
    assert_snapshot!(home.run(&["fmt", "--check", "pack/broken.pol"]), @r#"
    exit 2
    --- stderr
    error[B0012]: this `deed` sentence has no full stop
     --> pack/broken.pol:1:13
      |
    1 | deed   hush "keep quiet"
      |             ^^^^^^^^^^^^ it should end here
      = note: a line that begins at the margin with a word such as `rule` or `fact` begins a new sentence
      = help: put a full stop after `"keep quiet"`
    "#);
    assert_snapshot!(home.run(&["fmt", "pakc"]), @r#"
    exit 2
    --- stderr
    error: there is no file or folder `pakc`
    "#);
}

#[test]
fn json_and_nothing_else_on_standard_output() {
    let home = Home::with("more.pol", "rule open cites wobbles/2:\n  Blick may wibble.\n");
    let (code, out, err) = home.raw(&["check", "pack", "--format", "json"], b"");
    assert_eq!((code, err.as_str()), (1, ""));
    assert_eq!(out.lines().count(), 1, "{out}");
    let report: serde_json::Value = serde_json::from_str(&out).expect("standard output is JSON");
    let diagnostic = &report["packs"][0]["diagnostics"][0];
    assert_eq!(diagnostic["code"], "B0104");
    assert_eq!(diagnostic["place"]["path"], "pack/more.pol");
    assert_eq!(diagnostic["place"]["line"], 1);
}

#[test]
fn an_unknown_code() {
    let home = Home::new();
    assert_snapshot!(home.run(&["explain", "B0999"]), @r#"
    exit 2
    --- stderr
    error: there is no code `B0999`; did you mean `B0199`?
    "#);
    assert_snapshot!(home.run(&["explain", "wibble"]), @r#"
    exit 2
    --- stderr
    error: there is no code `wibble`; a message carries its code in brackets, for instance `B0101`
    "#);
    let (code, out, err) = home.raw(&["explain", "b0101"], b"");
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.starts_with("# B0101: "), "{out}");
}

#[test]
fn wrong_usage() {
    let home = Home::new();
    assert_snapshot!(home.run(&["chekc", "pack"]), @r#"
    exit 2
    --- stderr
    error: unrecognized subcommand 'chekc'

      tip: a similar subcommand exists: 'check'

    Usage: byelaw <COMMAND>

    For more information, try '--help'.
    "#);
    assert_snapshot!(home.run(&["check"]), @r#"
    exit 2
    --- stderr
    error: the following required arguments were not provided:
      <PACK>...

    Usage: byelaw check <PACK>...

    For more information, try '--help'.
    "#);
    assert_snapshot!(home.run(&["check", "pack", "--format", "yaml"]), @r#"
    exit 2
    --- stderr
    error: invalid value 'yaml' for '--format <FORMAT>'
      [possible values: text, json, sarif]

    For more information, try '--help'.
    "#);
}
