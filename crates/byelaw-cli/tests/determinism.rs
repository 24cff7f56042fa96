//! Law 24 from outside: the program writes the same bytes wherever it is started, in whatever language and time zone,
//! and however the files lie in their folders.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Words that two packs share, and that use the words of the first: two folders that use each other.
const WORDS: &str = r#"vocabulary words "Wibble words".
use "../low".
fact who of the asker, the subject, one of: wug, blick.
fact conduct of the act, the acts.
fact toy of the thing, one of: dax, fep.
fact part of the circumstances, one of: dawn, noon, dusk.
act plugh "plugh": plugh <toy>.
approval nod "a nod" given by blick.
"#;

/// The pack: its files, with words outside of plain letters, a warning, a review that is due, and local times.
const LOW: [(&str, &str); 4] = [
    (
        "pack.pol",
        r#"use "../words". use "../more".
policy low "Low ró·les", review by 2021-01-01.
document tome "The żółw".
clause tome/1 "page 1": "who may plugh 東京".
"#,
    ),
    (
        "calendar.pol",
        r#"calendar days "The days" in "Europe/London" telling part,
  closed days are dusk,
  open year from 2021-01-01 until 2022-01-01,
  on monday, tuesday, wednesday, thursday or friday:
    dawn until 11:00, noon from 11:00 until 13:00, dusk from 13:00.
"#,
    ),
    (
        "rules/one.pol",
        r#"rule zed cites tome/1: Anyone may plugh a dax when not windy and part is not noon.
rule air cites tome/1: A wug may only plugh a fep if approved by nod.
"#,
    ),
    ("rules/two.pol", "rule mid cites tome/1: Anyone must not plugh a dax when size is over 7.\n"),
];

const MORE: &str = r#"fact windy of the circumstances, yes or no.
fact size of the thing, a number of spans from 0 to 20.
"#;

const QUESTIONS: &str = r#"{"facts": {"who": "wug", "conduct": "plugh", "toy": "fep"}, "on": "2021-05-03"}
{"facts": {"who": "wug", "conduct": "plugh", "toy": "dax"}, "on": "2021-05-03T10:30:00Z"}
{"facts": {"who": "wug", "conduct": "plugh", "toy": "dax", "windy": false, "size": 3}}
{"facts": {"who": "nobody"}}
"#;

/// A folder with the packs that is deleted at the end.
struct Home(PathBuf);

impl Home {
    /// The files are written first to last, or last to first: a disk may list them as they came.
    fn new(name: &str, backwards: bool) -> Self {
        let folder = std::env::temp_dir().join(format!("byelaw-same-{name}-{}", std::process::id()));
        let low = LOW.map(|(path, text)| (format!("low/{path}"), text));
        let others = [("words/words.pol".to_owned(), WORDS), ("more/more.pol".to_owned(), MORE)];
        let mut files: Vec<_> = low.into_iter().chain(others).collect();
        if backwards {
            files.reverse();
        }
        for (path, text) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
            fs::write(path, text).expect("a file can be written");
        }
        Self(folder)
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What surrounds a run.
struct Around {
    here: PathBuf,
    pack: String,
    settings: [(&'static str, &'static str); 3],
}

const PLAIN: [(&str, &str); 3] = [("TZ", "UTC"), ("LANG", "C"), ("LC_ALL", "C")];

impl Around {
    fn run(&self, arguments: &[&str], input: &str) -> Vec<u8> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_byelaw"))
            .args(arguments)
            .current_dir(&self.here)
            .envs(self.settings)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        // A program that needs no input may be gone before it is written.
        let _ = child.stdin.take().expect("it has an input").write_all(input.as_bytes());
        let done = child.wait_with_output().expect("the program ends");
        assert!(!String::from_utf8_lossy(&done.stderr).contains("panicked"));
        [done.stdout, done.stderr].concat()
    }

    /// The compiled file, with what else the commands print.
    fn built(&self, home: &Home) -> (Vec<u8>, Vec<u8>) {
        let file = home.0.join("built.polc");
        let said = self.run(&["build", &self.pack, "-o", &file.display().to_string()], "");
        let bytes = fs::read(&file).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&said)));
        fs::remove_file(&file).expect("it was written");
        let answers = self.run(&["decide", &self.pack], QUESTIONS);
        assert_eq!(answers.split(|b| *b == b'\n').count(), 5, "{}", String::from_utf8_lossy(&answers));
        (bytes, answers)
    }

    /// All that is said about the pack.
    fn checked(&self) -> String {
        let day = "--today=2022-02-02";
        let mut said = String::new();
        for more in [&["--notes"][..], &["--format", "json"], &["--format", "sarif"]] {
            let arguments = [&["check", &self.pack, day], more].concat();
            said.push_str(&String::from_utf8(self.run(&arguments, "")).expect("text"));
        }
        said
    }
}

fn at(here: &Path, pack: &str) -> Around {
    Around { here: here.to_owned(), pack: pack.to_owned(), settings: PLAIN }
}

#[test]
fn p24_neither_language_nor_zone_nor_the_order_of_files_changes_a_byte() {
    let home = Home::new("settings", false);
    let (built, answers) = at(&home.0, "low").built(&home);
    let said = at(&home.0, "low").checked();
    assert!(said.contains("B0214"), "{said}");
    for settings in [
        [("TZ", "Pacific/Kiritimati"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")],
        [("TZ", "America/St_Johns"), ("LANG", "de_DE.ISO-8859-1"), ("LC_ALL", "")],
        [("TZ", "nowhere"), ("LANG", ""), ("LC_ALL", "POSIX")],
    ] {
        let around = Around { settings, ..at(&home.0, "low") };
        assert_eq!(around.built(&home), (built.clone(), answers.clone()), "{settings:?}");
        assert_eq!(around.checked(), said, "{settings:?}");
    }
    let backwards = Home::new("backwards", true);
    assert_eq!(at(&backwards.0, "low").built(&backwards), (built, answers));
    assert_eq!(at(&backwards.0, "low").checked(), said);
}

#[test]
fn p24_it_does_not_matter_from_where_a_pack_is_named() {
    let home = Home::new("places", false);
    let expected = at(&home.0, "low").built(&home);
    let whole = home.0.join("low").display().to_string();
    let places = [
        at(&home.0.join("low"), "."),
        at(&home.0.join("low/rules"), ".."),
        at(&home.0.join("more"), "../low"),
        at(&home.0, "./more/../low/"),
        at(Path::new("/"), &whole),
    ];
    for around in &places {
        assert_eq!(around.built(&home), expected, "`{}` in {}", around.pack, around.here.display());
    }
}

#[test]
fn p24_files_are_put_into_canonical_form_in_whatever_order_they_are_named() {
    let home = Home::new("named", false);
    let around = at(&home.0, "low");
    let first = around.run(&["fmt", "--check", "low/rules/one.pol", "words", "low/pack.pol"], "");
    assert!(!first.is_empty());
    assert_eq!(around.run(&["fmt", "--check", "low/pack.pol", "low/rules/one.pol", "words"], ""), first);
    let (built, answers) = around.built(&home);
    around.run(&["fmt", "words", "low", "more"], "");
    assert_eq!(around.run(&["fmt", "--check", "low", "words", "more"], ""), b"");
    assert!(around.built(&home) == (built, answers), "`byelaw fmt` changed what is compiled");
}
