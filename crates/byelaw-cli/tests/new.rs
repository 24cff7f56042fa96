//! The policy that `byelaw new` writes compiles without a message, keeps its examples and is in canonical spelling.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn byelaw(home: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_byelaw"))
        .args(arguments)
        .current_dir(home)
        .output()
        .expect("byelaw can be started");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (done.status.code(), text(&done.stdout) + &text(&done.stderr))
}

/// An empty folder of a test's own.
fn home(name: &str) -> PathBuf {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("new").join(name);
    let _ = fs::remove_dir_all(&home);
    fs::create_dir_all(&home).expect("a folder can be made");
    home
}

#[test]
fn what_it_writes_can_be_used_at_once() {
    for name in ["wibble", "Wibble Wobble", "9-plughs"] {
        let home = home(name);
        let (code, said) = byelaw(&home, &["new", name]);
        assert_eq!(code, Some(0), "{said}");
        let (code, said) = byelaw(&home, &["check", name]);
        assert!(code == Some(0) && said.contains("0 errors, 0 warnings"), "{said}");
        let (code, said) = byelaw(&home, &["test", name]);
        assert!(code == Some(0) && said.contains("5 examples, 0 failed"), "{said}");
        let (code, said) = byelaw(&home, &["fmt", "--check", name]);
        assert_eq!(code, Some(0), "{said}");
    }
}

#[test]
fn it_prints_commands_that_can_be_run() {
    let home = home("commands");
    let (_, said) = byelaw(&home, &["new", "wobble"]);
    let commands: Vec<&str> = said.lines().filter_map(|l| l.trim().strip_prefix("byelaw ")).collect();
    assert_eq!(commands.len(), 3, "{said}");
    for command in commands {
        let arguments: Vec<&str> = command.split(' ').collect();
        // An answer that is no yes ends with 1.
        let wanted = if arguments[0] == "ask" { Some(1) } else { Some(0) };
        let (code, said) = byelaw(&home, &arguments);
        assert_eq!(code, wanted, "{command}: {said}");
    }
}

#[test]
fn it_writes_over_nothing() {
    let home = home("twice");
    fs::create_dir_all(home.join("plugh")).expect("a folder can be made");
    fs::write(home.join("plugh/note"), "mine").expect("a file can be written");
    let (code, said) = byelaw(&home, &["new", "plugh"]);
    assert!(code == Some(2) && said.contains("is not empty"), "{said}");
    assert_eq!(fs::read_dir(home.join("plugh")).expect("it can be listed").count(), 1);
}
