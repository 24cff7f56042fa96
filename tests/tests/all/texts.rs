//! Laws about packs as text: reading, printing, order, and that what compiles also answers.

use byelaw::diagnostic::{FileId, render_text};
use byelaw::ir::{Program, encode};
use byelaw::syntax::{TokenKind, ast::Item, dump, format, parse, tokenize};
use byelaw::wire::ToJson as _;
use byelaw::{Compiled, Folders, Memory, compile};
use byelaw_tests::{Chance, Disk, pack_names, policies, times, written_pack};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

type Files = Vec<(String, String)>;

fn compiled(files: &Files, folder: &str) -> Compiled {
    let files = files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes()));
    compile(&Memory::new(files), folder).expect("there are files")
}

fn program(files: &Files) -> Program {
    program_of(files, "wibble")
}

fn program_of(files: &Files, folder: &str) -> Program {
    let compiled = compiled(files, folder);
    let errors: Vec<String> = compiled
        .diagnostics
        .iter()
        .filter(|d| d.is_error())
        .map(|d| render_text(d, &compiled.sources))
        .collect();
    compiled.program.unwrap_or_else(|| panic!("{}", errors.join("\n")))
}

/// How often each comment stands in a text.
fn comments(text: &str) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for token in tokenize(text).filter(|t| t.kind == TokenKind::Comment) {
        *counted.entry(token.text(text).trim_end().to_owned()).or_default() += 1;
    }
    counted
}

/// The text in its canonical form, which must say the same with the same comments and be its own canonical form.
fn formatted(text: &str) -> String {
    let parsed = parse(FileId(0), text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    let canonical = format(&parsed, text).unwrap_or_else(|| panic!("no canonical form of\n{text}"));
    let again = parse(FileId(0), &canonical);
    assert_eq!(again.diagnostics, [], "{canonical}");
    assert_eq!(dump(&again), dump(&parsed), "from:\n{text}\nto:\n{canonical}");
    assert_eq!(comments(&canonical), comments(text), "from:\n{text}\nto:\n{canonical}");
    assert_eq!(format(&again, &canonical).as_deref(), Some(canonical.as_str()), "from:\n{text}");
    canonical
}

/// The seed: another one for each piece of a long run.
fn seed() -> u64 {
    std::env::var("BYELAW_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(0)
}

#[test]
fn p18_p19_the_canonical_form_says_the_same() {
    let mut chance = Chance::new(1800 + seed());
    let mut files = 0;
    while files < 20_000 * times() {
        for (_, text) in written_pack(&mut chance) {
            formatted(&text);
            files += 1;
        }
    }
    println!("counted: {files} files");
}

#[test]
fn p18_p22_a_generated_pack_compiles_and_its_canonical_form_to_the_same_bytes() {
    let mut chance = Chance::new(2200 + seed());
    for _ in 0..500 * times() {
        let files = written_pack(&mut chance);
        let before = program(&files);
        let canonical: Files = files.iter().map(|(path, text)| (path.clone(), formatted(text))).collect();
        same_artifact(&before, &program(&canonical), &canonical);
    }
}

#[test]
fn p18_the_packs_compile_to_the_same_bytes_however_they_are_laid_out() {
    let mut chance = Chance::new(2201 + seed());
    for name in pack_names() {
        let files = files_of(&name);
        let before = program_of(&files, &name);
        for _ in 0..2 * times() {
            let odd: Files =
                files.iter().map(|(path, text)| (path.clone(), laid_out(text, &mut chance))).collect();
            assert_ne!(odd, files);
            same_artifact(&before, &program_of(&odd, &name), &odd);
        }
    }
}

/// Never a word at the margin: that would begin a sentence.
const GAPS: [&str; 5] = [" ", "\n ", "  ", "\r\n\t", " # odd \"so\n "];

/// The text with other blanks, lines, comments and capitals, wherever the language does not care.
fn laid_out(text: &str, chance: &mut Chance) -> String {
    let mut odd = String::new();
    for token in tokenize(text) {
        let words = token.text(text);
        match token.kind {
            TokenKind::Space => {
                odd.push_str(GAPS[chance.below(GAPS.len() as u64) as usize]);
            }
            TokenKind::Comment => odd.extend([words, "\n "]),
            TokenKind::Word if chance.percent(10) => odd.push_str(&words.to_ascii_uppercase()),
            _ => odd.push_str(words),
        }
    }
    odd
}

fn same_artifact(before: &Program, after: &Program, files: &Files) {
    // Word by word first: a difference of names is easier to read than one of bytes.
    assert_eq!(before.names, after.names, "{files:#?}");
    assert_eq!(encode(before), encode(after), "{files:#?}");
}

#[test]
fn p18_the_packs_are_in_canonical_form() {
    for (path, text) in pack_files() {
        assert_eq!(formatted(&text), text, "{}", path.display());
    }
}

/// The files of a pack and of the words that all packs share, by path below the folder of all packs.
fn files_of(name: &str) -> Files {
    let home = policies();
    let files = [name, "common"].map(|folder| {
        Disk.files(&home.join(folder).display().to_string()).expect("a folder of the packs can be read")
    });
    let relative = |(path, bytes): (String, Vec<u8>)| {
        let path = Path::new(&path).strip_prefix(&home).expect("below the packs").display().to_string();
        (path, String::from_utf8(bytes).expect("a text"))
    };
    files.into_iter().flatten().map(relative).collect()
}

fn pack_files() -> Vec<(PathBuf, String)> {
    fn collect(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(folder).expect("a folder of the packs") {
            let path = entry.expect("can be listed").path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|e| e == "pol") {
                found.push((path.clone(), std::fs::read_to_string(&path).expect("a text")));
            }
        }
    }
    let mut found = Vec::new();
    collect(&policies(), &mut found);
    assert!(found.len() > 10);
    found
}

/// A tree, or a message with a place inside the text on the boundary of a character.
fn total(bytes: &[u8]) {
    let text = match byelaw::syntax::decode(bytes) {
        Ok(text) => text,
        Err(bad) => return assert!(bad.valid_up_to < bytes.len()),
    };
    let parsed = parse(FileId(0), &text);
    let broken = parsed.sentences.iter().any(|s| matches!(s.item, Item::Broken(_)));
    assert!(!broken || !parsed.diagnostics.is_empty(), "{text}");
    for diagnostic in &parsed.diagnostics {
        let span = diagnostic.span.unwrap_or_else(|| panic!("a message without a place: {diagnostic:?}"));
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{diagnostic:?}\n{text}");
    }
    assert!(format(&parsed, &text).is_some() || !parsed.diagnostics.is_empty(), "{text}");
}

#[test]
fn p19_the_parser_is_total_on_random_bytes() {
    let mut chance = Chance::new(1900 + seed());
    for _ in 0..20_000 * times() {
        let length = chance.below(120);
        let bytes: Vec<u8> = (0..length).map(|_| chance.below(256) as u8).collect();
        total(&bytes);
        let ascii: Vec<u8> = bytes.iter().map(|b| b & 0x7f).collect();
        total(&ascii);
    }
}

#[test]
fn p19_the_parser_is_total_on_changed_packs() {
    let mut chance = Chance::new(1901 + seed());
    let files = pack_files();
    for _ in 0..20 * times() {
        for (_, text) in &files {
            // A stretch of the file, so that what is changed is most of it.
            let from = chance.below(text.len() as u64) as usize;
            let mut bytes = text.as_bytes()[from..text.len().min(from + 600)].to_vec();
            for _ in 0..1 + chance.below(4) {
                let at = chance.below(bytes.len() as u64) as usize;
                match chance.below(4) {
                    0 => bytes[at] = chance.below(256) as u8,
                    1 => drop(bytes.remove(at)),
                    2 => bytes.insert(at, *chance.of(b"().,:;|/<>\"#\\\n\r -")),
                    _ => {
                        let end = bytes.len().min(at + 30);
                        let piece = bytes[at..end].to_vec();
                        let to = chance.below(bytes.len() as u64) as usize;
                        bytes.splice(to..to, piece);
                    }
                }
                if bytes.is_empty() {
                    break;
                }
            }
            total(&bytes);
        }
    }
}

/// Every sentence of every pack, cut off at each of its bytes (in an ordinary run at each fifth). What stands before it
/// does not depend on it.
#[test]
fn p19_the_parser_is_total_on_packs_cut_off_anywhere() {
    let mut cuts = 0;
    for (_, text) in pack_files() {
        let parsed = parse(FileId(0), &text);
        let every = if times() > 1 { 1 } else { 5 };
        for (number, sentence) in parsed.sentences.iter().enumerate() {
            let whole = &text.as_bytes()[sentence.span.start as usize..sentence.span.end as usize];
            for end in (number % every..=whole.len()).step_by(every) {
                total(&whole[..end]);
                cuts += 1;
            }
        }
    }
    assert!(cuts > 50_000, "{cuts}");
}

#[test]
fn p8_the_order_of_files_and_sentences_changes_no_byte() {
    let mut chance = Chance::new(800 + seed());
    for _ in 0..100 * times() {
        let files = written_pack(&mut chance);
        let before = program(&files);
        for _ in 0..3 {
            let files = rearranged(&mut chance, "wibble", &files);
            same_artifact(&before, &program(&files), &files);
        }
    }
}

#[test]
fn p8_the_order_of_files_and_sentences_of_the_packs_changes_no_byte() {
    let mut chance = Chance::new(802 + seed());
    for name in pack_names() {
        let files = files_of(&name);
        let before = program_of(&files, &name);
        for _ in 0..2 * times() {
            let folders: BTreeSet<&str> = files.iter().filter_map(|(p, _)| p.split('/').next()).collect();
            let mut moved = Files::new();
            for folder in folders {
                let inside = |path: &str| path.split('/').next() == Some(folder);
                let files: Files = files.iter().filter(|(path, _)| inside(path)).cloned().collect();
                moved.extend(rearranged(&mut chance, folder, &files));
            }
            same_artifact(&before, &program_of(&moved, &name), &moved);
        }
    }
}

/// The same sentences in other files and in another order. The order of what is shown or asked in order is kept, and
/// a rule stays with its policy or addendum; examples are left out, for they are not compiled (decision 0019).
fn rearranged(chance: &mut Chance, folder: &str, files: &Files) -> Files {
    let mut by_path: Vec<_> = files.iter().collect();
    by_path.sort();
    let (mut ordered, mut loose, mut headless, mut headed) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (_, text) in by_path {
        let mut under: Option<Vec<String>> = None;
        for sentence in parse(FileId(0), text).sentences {
            let words = text[sentence.span.start as usize..sentence.span.end as usize].to_owned() + "\n";
            match sentence.item {
                Item::Instrument(_) => headed.extend(under.replace(vec![words])),
                Item::Rule(_) | Item::Matrix(_) | Item::Settle(_) | Item::Let(_) => {
                    under.as_mut().unwrap_or(&mut headless).push(words);
                }
                Item::Fact(_)
                | Item::Parameter(_)
                | Item::Reading(_)
                | Item::Period(_)
                | Item::AddTo { .. }
                | Item::Group(_)
                | Item::Event(_)
                | Item::Act(_) => ordered.push(words),
                Item::Check(_) | Item::Table(_) | Item::ExamplesOn { .. } | Item::Invariant(_) => {}
                _ => loose.push(words),
            }
        }
        headed.extend(under);
    }
    let count = 1 + chance.below(4) as usize;
    let mut moved: Vec<Vec<String>> = vec![Vec::new(); count];
    shuffle(chance, &mut headless);
    for words in headless {
        moved[chance.below(count as u64) as usize].push(words);
    }
    shuffle(chance, &mut headed);
    for mut section in headed {
        shuffle(chance, &mut section[1..]);
        moved[chance.below(count as u64) as usize].extend(section);
    }
    // Each file has a stretch of the ordered sentences, with other sentences between them.
    let mut rest = ordered.into_iter();
    for (place, file) in moved.iter_mut().enumerate() {
        let share =
            if place + 1 == count { rest.len() } else { chance.below(rest.len() as u64 + 1) as usize };
        let mut at = 0;
        for words in rest.by_ref().take(share) {
            at += chance.below((file.len() - at) as u64 + 1) as usize;
            file.insert(at, words);
            at += 1;
        }
    }
    for words in loose {
        let file = &mut moved[chance.below(count as u64) as usize];
        file.insert(chance.below(file.len() as u64 + 1) as usize, words);
    }
    let paths = ["a.pol", "b.pol", "c/d.pol", "e.pol"];
    let mut files: Files =
        paths.iter().zip(moved).map(|(path, s)| (format!("{folder}/{path}"), s.concat())).collect();
    shuffle(chance, &mut files);
    files
}

fn shuffle<T>(chance: &mut Chance, all: &mut [T]) {
    for at in (1..all.len()).rev() {
        all.swap(at, chance.below(at as u64 + 1) as usize);
    }
}

/// A question made from a vocabulary that its schema allows.
fn question(vocabulary: &serde_json::Value, chance: &mut Chance) -> String {
    let mut facts = serde_json::Map::new();
    for fact in vocabulary["facts"].as_array().expect("facts are listed") {
        let name = fact["name"].as_str().expect("a fact has a name");
        let always = fact["kind"] == "acts" || fact["subject"] == true || name == "role" || name == "action";
        if name == "on" || name == "as-of" || !always && chance.percent(40) {
            continue;
        }
        let values: Vec<&str> =
            fact["values"].as_array().into_iter().flatten().filter_map(|v| v["name"].as_str()).collect();
        let value = match fact["kind"].as_str().unwrap_or_default() {
            "yes_no" => serde_json::json!(chance.percent(50)),
            "number" => serde_json::json!(chance.below(41)),
            "date" => serde_json::json!("2020-02-29"),
            "some_of" if !values.is_empty() => {
                let chosen: Vec<&str> = values.iter().copied().filter(|_| chance.percent(50)).collect();
                serde_json::json!(chosen)
            }
            _ if !values.is_empty() => serde_json::json!(chance.of(&values)),
            _ => continue,
        };
        facts.insert(name.to_owned(), value);
    }
    serde_json::json!({"facts": facts, "on": "2020-05-01"}).to_string()
}

#[test]
fn p8_a_sentence_said_twice_is_refused() {
    let mut chance = Chance::new(801 + seed());
    for _ in 0..30 * times() {
        let files = written_pack(&mut chance);
        let (place, text) =
            files.iter().enumerate().map(|(i, (_, t))| (i, t)).nth(chance.below(3) as usize).expect("files");
        for sentence in parse(FileId(0), text).sentences {
            let again = &text[sentence.span.start as usize..sentence.span.end as usize];
            // An example may be given twice; it declares nothing. What cannot be cannot be twice either way.
            if again.starts_with("check") {
                continue;
            }
            let mut twice = files.clone();
            twice[place].1 = format!("{text}\n{again}\n");
            assert!(compiled(&twice, "wibble").has_errors(), "said twice: {again}");
        }
    }
}

#[test]
fn p24_compiling_is_deterministic() {
    let mut chance = Chance::new(2400 + seed());
    for _ in 0..20 * times() {
        let files = written_pack(&mut chance);
        let first = encode(&program(&files));
        let threads: Vec<_> = (0..4)
            .map(|n| {
                let mut files = files.clone();
                files.rotate_left(n);
                std::thread::spawn(move || encode(&program(&files)))
            })
            .collect();
        for thread in threads {
            assert_eq!(thread.join().expect("a thread ends"), first);
        }
    }
}

#[test]
fn p21_what_compiles_answers_every_question_of_its_schema() {
    let mut chance = Chance::new(2100 + seed());
    let mut asked = 0;
    for _ in 0..200 * times() {
        let program = program(&written_pack(&mut chance));
        let vocabulary: serde_json::Value =
            serde_json::from_str(&byelaw::wire::vocabulary(&program).to_json())
                .expect("a vocabulary is JSON");
        for _ in 0..10 {
            let question = question(&vocabulary, &mut chance);
            let answer = byelaw::wire::decide_text(&program, &question, None);
            let answer: serde_json::Value = serde_json::from_str(&answer).expect("an answer is JSON");
            assert!(answer.get("error").is_none() && answer["outcome"].is_string(), "{question}\n{answer}");
            asked += 1;
        }
    }
    assert!(asked >= 2000);
}

/// What would exhaust a stack gives one message, on a stack that hardly anyone has so small.
#[test]
fn p19_a_million_nested_brackets_on_a_small_stack() {
    let run = || {
        for n in [65, 1000, 8_000, 500_000, 1_000_000] {
            let text = format!("define wibble: {}wobble{}.\n", "(".repeat(n), ")".repeat(n));
            let codes: Vec<_> = parse(FileId(0), &text).diagnostics.iter().map(|d| d.code).collect();
            assert!(codes.len() == 1 && ["B0002", "B0004"].contains(&codes[0]), "{n}: {codes:?}");
        }
        let text = format!("define wibble: {}wobble{}.\n", "(".repeat(64), ")".repeat(64));
        assert_eq!(parse(FileId(0), &text).diagnostics, []);
    };
    let thread = std::thread::Builder::new().stack_size(256 << 10).spawn(run).expect("a thread starts");
    thread.join().expect("the stack was enough");
}
