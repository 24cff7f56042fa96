//! The language reference is a test: every block compiles or fails as it says, every example in it holds for both
//! judges, and every invariant holds (docs/decisions/0017).

use byelaw::diagnostic::{Diagnostic, render_text};
use byelaw::{Compiled, Folders, check_invariants, compile, invariant_lines, run_examples};
use byelaw_hir::{Kind, Model};
use byelaw_tests::{BlockKind, Chapter, chapters, compiled, disagreement, reference};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The packs of a chapter as folders beside each other.
struct Memory(BTreeMap<String, String>);

impl Folders for Memory {
    fn files(&self, folder: &str) -> Result<Vec<(String, Vec<u8>)>, String> {
        let text =
            self.0.get(folder).ok_or_else(|| format!("there is no pack `{folder}` in this chapter"))?;
        Ok(vec![(format!("{folder}/chapter.pol"), text.clone().into_bytes())])
    }

    fn resolve(&self, _folder: &str, relative: &str) -> String {
        relative.trim_start_matches("../").to_owned()
    }
}

fn compiled_packs(packs: Vec<(String, String)>, pack: &str) -> Compiled {
    compile(&Memory(packs.into_iter().collect()), pack).expect("the chapter has this pack")
}

fn shown(compiled: &Compiled, diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|d| render_text(d, &compiled.sources)).collect::<Vec<_>>().join("\n")
}

/// What is wrong with a pack of a chapter that should be right.
fn faults(compiled: &Compiled, at: &str) -> Vec<String> {
    let errors: Vec<Diagnostic> = compiled.diagnostics.iter().filter(|d| d.is_error()).cloned().collect();
    if !errors.is_empty() {
        return vec![format!("{at}: this has errors\n{}", shown(compiled, &errors))];
    }
    let Some(program) = &compiled.program else { return Vec::new() };
    let model = &compiled.model;
    let mut found = Vec::new();
    for result in run_examples(model, program).iter().filter(|r| !r.differences.is_empty()) {
        let title = &model.examples[result.example].title;
        found.push(format!(
            "{at}: \"{title}\": {}",
            result.differences.iter().map(byelaw::Difference::sentence).collect::<Vec<_>>().join("; ")
        ));
    }
    for result in check_invariants(model, program).iter().filter(|r| !r.verdict.passed()) {
        let title = &model.invariants[result.invariant].title;
        let why = invariant_lines(model, &compiled.sources, result).join("\n  ");
        found.push(format!("{at}: \"{title}\": {why}"));
    }
    for example in &model.examples {
        let expected = reference(model, &example.question, 20_000);
        let differences = disagreement(&expected, &self::compiled(program, &example.question));
        if !differences.is_empty() {
            found.push(format!(
                "{at}: the judges differ about \"{}\": {}",
                example.title,
                differences.join("; ")
            ));
        }
    }
    found
}

/// What the judges say differently to a question that is asked in a terminal.
fn asked(pack: &Compiled, command: &str) -> Vec<String> {
    let program = pack.program.as_ref().expect("the pack compiles");
    let question = question(&pack.model, command).to_string();
    let questions = byelaw_wire::asked(program, &question, None).map_err(|(_, why)| why.to_string());
    let Ok(asked) = questions else { return questions.err().into_iter().collect() };
    let differ = |q| disagreement(&reference(&pack.model, q, 20_000), &compiled(program, q));
    asked.questions.iter().flat_map(differ).collect()
}

/// The question of a command, as `byelaw ask` makes it.
fn question(model: &Model, command: &str) -> Value {
    let (mut facts, mut map) = (Map::new(), Map::new());
    let mut words = command.split_whitespace();
    while let Some(word) = words.next() {
        let mut several = |key: &str| {
            let names = map.entry(key).or_insert_with(|| json!([])).as_array_mut().expect("a list");
            names.push(json!(words.next()));
        };
        match word {
            "--approved" => several("approved"),
            "--refused" => several("refused"),
            "--will" => several("will"),
            "--wont" => several("wont"),
            "--strict" => drop(map.insert("assume".to_owned(), json!(false))),
            "--on" => drop(map.insert("on".to_owned(), json!(words.next()))),
            "--as-of" => drop(map.insert("as_of".to_owned(), json!(words.next()))),
            fact => {
                let (name, value) = fact.split_once('=').map_or((fact, None), |(n, v)| (n, Some(v)));
                let kind = model.facts.iter().find(|f| f.word.name == name).map(|f| &f.kind);
                let stated = match (value, kind) {
                    (None, _) => json!(true),
                    (Some("?"), _) => Value::Null,
                    (Some(v), Some(Kind::Number { .. })) => json!(v.parse::<i64>().ok()),
                    (Some(v), Some(Kind::SomeOf { .. })) => json!(v.split(',').collect::<Vec<_>>()),
                    (Some(v), _) => json!(v),
                };
                facts.insert(name.to_owned(), stated);
            }
        }
    }
    map.insert("facts".to_owned(), Value::Object(facts));
    Value::Object(map)
}

/// Looks at a chapter; gives its faults and how many blocks and examples it has.
fn look(chapter: &Chapter) -> (Vec<String>, usize, usize) {
    let (mut found, mut examples) = (Vec::new(), 0);
    for (place, block) in chapter.blocks.iter().enumerate() {
        let at = format!("{}:{}", chapter.path, block.line);
        match &block.kind {
            BlockKind::Grows { pack } => {
                // A pack is looked at once, when its last block has been added: words may come in any order.
                let last = !chapter.blocks[place + 1..].iter().any(|b| b.kind == block.kind);
                if last {
                    let compiled = compiled_packs(chapter.built(chapter.blocks.len()), pack);
                    examples += compiled.model.examples.len();
                    found.extend(faults(&compiled, &at));
                }
            }
            BlockKind::Alone => {
                let compiled = compiled_packs(vec![("main".to_owned(), block.text.clone())], "main");
                examples += compiled.model.examples.len();
                found.extend(faults(&compiled, &at));
            }
            BlockKind::Wrong { code } => {
                let before = compiled_packs(chapter.built(chapter.blocks.len()), "main");
                let mut packs = chapter.built(chapter.blocks.len());
                packs[0].1.push('\n');
                packs[0].1.push_str(&block.text);
                let after = compiled_packs(packs, "main");
                let new: Vec<Diagnostic> = after
                    .diagnostics
                    .iter()
                    .filter(|d| {
                        !before.diagnostics.iter().any(|b| b.code == d.code && b.message == d.message)
                    })
                    .cloned()
                    .collect();
                if new.is_empty() || new.iter().any(|d| d.code != *code) {
                    found.push(format!(
                        "{at}: this should be wrong as {code}, and is\n{}",
                        shown(&after, &new)
                    ));
                }
            }
            BlockKind::Log => {
                let compiled = compiled_packs(chapter.built(place), "main");
                let program = compiled.program.as_ref().expect("the pack compiles");
                let account = byelaw_wire::account(program, &block.text, None, None);
                found.extend(account.err().map(|why| format!("{at}: {why}")));
            }
            BlockKind::Shell => {
                let compiled = compiled_packs(chapter.built(place), "main");
                for command in block.text.lines().filter_map(|l| l.strip_prefix("$ byelaw ask PACK ")) {
                    found.extend(
                        asked(&compiled, command).iter().map(|why| format!("{at}: {command}: {why}")),
                    );
                }
            }
        }
    }
    (found, chapter.blocks.len(), examples)
}

#[test]
fn every_block_of_the_reference_runs() {
    let (mut found, mut blocks, mut examples) = (Vec::new(), 0, 0);
    for chapter in chapters() {
        let (faults, these, checked) = look(&chapter);
        found.extend(faults);
        blocks += these;
        examples += checked;
    }
    assert!(found.is_empty(), "\n{}", found.join("\n\n"));
    println!("counted: {blocks} blocks, {examples} examples");
    assert!(blocks > 40 && examples > 40, "the reference has lost its examples: {blocks}, {examples}");
}

/// In the canonical spelling every block says the same, and has only one.
#[test]
fn every_block_keeps_its_meaning_in_the_canonical_spelling() {
    use byelaw::diagnostic::FileId;
    use byelaw::syntax::{dump, format, parse};
    for chapter in chapters() {
        let pol =
            chapter.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Grows { .. } | BlockKind::Alone));
        for block in pol {
            let at = format!("{}:{}", chapter.path, block.line);
            let parsed = parse(FileId(0), &block.text);
            let formatted = format(&parsed, &block.text).expect("the block can be read");
            let again = parse(FileId(0), &formatted);
            assert_eq!(dump(&again), dump(&parsed), "{at}");
            assert_eq!(format(&again, &formatted).expect("it can be read"), formatted, "{at}");
        }
    }
}

/// The names of the grammar's rules that the sentences of a text use.
fn rules_used(text: &str, used: &mut BTreeSet<String>) {
    use byelaw_grammar::{Grammar, Rule};
    use pest::Parser;
    for sentence in byelaw::syntax::parse(byelaw::diagnostic::FileId(0), text).sentences {
        let (start, end) = (sentence.span.start as usize, sentence.span.end as usize);
        let pairs = Grammar::parse(Rule::sentence, &text[start..end]).expect("the block can be read");
        used.extend(pairs.flatten().map(|pair| format!("{:?}", pair.as_rule())));
    }
}

/// No sentence of the language is left untaught.
#[test]
fn the_chapters_use_every_rule_of_the_grammar() {
    let mut used = BTreeSet::new();
    for chapter in chapters() {
        for block in &chapter.blocks {
            if matches!(block.kind, BlockKind::Grows { .. } | BlockKind::Alone) {
                rules_used(&block.text, &mut used);
            }
        }
    }
    // Rules without a trace of their own: silent ones, and those that only look ahead.
    let grammar = include_str!("../../../grammar/byelaw.pest");
    let silent = |rule: &str| {
        let looks_ahead = ["reserved", "next_part", "EOI"].contains(&rule);
        looks_ahead || grammar.contains(&format!("\n{rule} = _{{"))
    };
    let missing: Vec<String> = byelaw_grammar::Rule::all_rules()
        .iter()
        .map(|rule| format!("{rule:?}"))
        .filter(|rule| !used.contains(rule) && !silent(rule))
        .collect();
    assert!(missing.is_empty(), "no chapter uses {missing:?}");
}

/// What the links of the documents point to, from the root of the project, each with the page it stands on.
fn links() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut pages = vec![root.join("README.md"), root.join("ARCHITECTURE.md"), root.join("CONTRIBUTING.md")];
    // A record may name one that is still to be written.
    for folder in ["docs", "docs/language"] {
        let entries = std::fs::read_dir(root.join(folder)).expect("there are documents");
        let paths = entries.map(|e| e.expect("an entry").path());
        pages.extend(paths.filter(|p| p.extension().is_some_and(|e| e == "md")));
    }
    let mut found = Vec::new();
    for page in pages {
        let text = std::fs::read_to_string(&page).expect("a page is text");
        for part in text.split("](").skip(1) {
            let link = part.split([')', '#']).next().unwrap_or_default();
            if !link.is_empty() && !link.contains([':', ' ', '\n']) {
                let folder = page.parent().expect("a page lies in a folder");
                found.push((format!("{}: {link}", page.display()), folder.join(link)));
            }
        }
    }
    found
}

#[test]
fn every_link_points_somewhere() {
    let links = links();
    assert!(links.len() > 30, "the documents have lost their links");
    let dead: Vec<&str> =
        links.iter().filter(|(_, to)| !to.exists()).map(|(link, _)| link.as_str()).collect();
    assert!(dead.is_empty(), "these point nowhere:\n{}", dead.join("\n"));
}
