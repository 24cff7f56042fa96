//! The commands that the language reference shows print what it shows.

use byelaw_tests::{BlockKind, chapters};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Puts the packs of a chapter into a folder of its own.
fn written(chapter: &byelaw_tests::Chapter, end: usize) -> PathBuf {
    let name = chapter.path.replace(['/', '.'], "-");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reference").join(name);
    for (pack, text) in chapter.built(end) {
        let pack = folder.join(pack);
        fs::create_dir_all(&pack).expect("a folder can be made");
        fs::write(pack.join("chapter.pol"), text).expect("a file can be written");
    }
    folder
}

/// The text without digests: any change of a policy changes them.
fn plain(text: &str) -> String {
    let lines = text.trim_end().lines().map(|line| match line.rsplit_once(" (") {
        Some((before, digest)) if digest.len() == 13 && digest.ends_with(')') => before,
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn commands_of_the_reference_print_what_it_shows() {
    let mut run = 0;
    let mut wrong = Vec::new();
    for chapter in chapters() {
        for (place, block) in chapter.blocks.iter().enumerate().filter(|(_, b)| b.kind == BlockKind::Shell) {
            let folder = written(&chapter, place);
            let log = folder.join("log.jsonl");
            if let Some(block) = chapter.blocks.iter().take(place).rfind(|b| b.kind == BlockKind::Log) {
                fs::write(&log, &block.text).expect("a file can be written");
            }
            for part in block.text.split("$ byelaw ").skip(1) {
                let (command, expected) = part.split_once('\n').unwrap_or((part, ""));
                let arguments = command.split_whitespace().map(|word| match word {
                    "PACK" => folder.join("main").display().to_string(),
                    "LOG" => log.display().to_string(),
                    // The pack on a day, or a pack beside it.
                    other => match other.strip_prefix("PACK") {
                        Some(rest) if rest.starts_with(['@', '/']) => {
                            format!("{}{rest}", folder.join("main").display())
                        }
                        _ => other.to_owned(),
                    },
                });
                let output = Command::new(env!("CARGO_BIN_EXE_byelaw"))
                    .args(arguments)
                    .output()
                    .expect("byelaw can be started");
                let printed = String::from_utf8_lossy(&output.stdout)
                    .replace(&folder.join("main").display().to_string(), "PACK");
                run += 1;
                if plain(&printed) != plain(expected) {
                    wrong.push(format!(
                        "{}:{}: `byelaw {command}` prints\n{printed}{}",
                        chapter.path,
                        block.line,
                        String::from_utf8_lossy(&output.stderr)
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
    assert!(run > 0, "the reference shows no command");
}
