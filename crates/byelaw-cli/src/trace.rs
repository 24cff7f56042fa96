//! `byelaw trace`.

use crate::check::plural;
use crate::fmt::write_whole;
use crate::{End, Format, output, packs};
use byelaw::Compiled;
use byelaw::diagnostic::place;
use byelaw::syntax::{format, parse};
use byelaw::trace::{ClauseTrace, DocumentTrace, Edit, Stretch, TextState, Texts, Trace, record, trace};
use clap::Args;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// Say of every clause of the source documents how the pack deals with it.
#[derive(Args)]
pub(crate) struct TraceCommand {
    /// The pack: a folder, or a name under `policies/`
    pack: String,
    /// The text of a document, to see whether its clauses still say what was read; can be repeated
    #[arg(long, value_name = "DOCUMENT=FILE")]
    source: Vec<String>,
    /// Write fingerprints into clauses that say on which lines they stand, and new lines where they moved
    #[arg(long, requires = "source")]
    record: bool,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

impl TraceCommand {
    pub(crate) fn run(self) -> io::Result<End> {
        let mut compiled = match packs::compile(&self.pack) {
            Ok(compiled) => compiled,
            Err(why) => return Ok(output::unusable(&why)),
        };
        if compiled.has_errors() {
            output::diagnostics(&compiled, false);
            return Ok(End::Findings);
        }
        let mut texts = Texts::new();
        for source in &self.source {
            match text(source) {
                Ok((name, text)) => {
                    if texts.insert(name.clone(), text).is_some() {
                        return Ok(output::unusable(&format!("two texts are given of `{name}`")));
                    }
                }
                Err(why) => return Ok(output::unusable(&why)),
            }
        }
        if self.record {
            let edits = match record(&compiled.model, &texts) {
                Ok(edits) => edits,
                Err(why) => return Ok(output::unusable(&why.to_string())),
            };
            write(&compiled, &edits)?;
            for edit in &edits {
                let what = if edit.moved { "moved" } else { "recorded" };
                eprintln!(
                    "{}: {what}{}",
                    edit.clause,
                    if edit.moved { format!(" to {}", edit.text) } else { String::new() }
                );
            }
            compiled = match packs::compile(&self.pack) {
                Ok(compiled) => compiled,
                Err(why) => return Ok(output::unusable(&why)),
            };
        }
        let traced = match trace(&compiled.model, compiled.program.as_ref(), &texts) {
            Ok(traced) => traced,
            Err(why) => return Ok(output::unusable(&why.to_string())),
        };
        let mut out = io::stdout().lock();
        match self.format {
            Format::Json => writeln!(out, "{}", report_json(&compiled, &traced))?,
            Format::Text => report(&mut out, &compiled, &traced)?,
        }
        Ok(if traced.has_findings() { End::Findings } else { End::Fine })
    }
}

/// `DOCUMENT=FILE` as a name and a text.
fn text(source: &str) -> Result<(String, String), String> {
    let Some((name, file)) = source.split_once('=') else {
        return Err(format!("`{source}` is not DOCUMENT=FILE"));
    };
    let bytes = std::fs::read(file).map_err(|e| format!("`{file}` cannot be read: {e}"))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| format!("`{file}` is not UTF-8 text; a document is given as text"))?;
    Ok((name.to_ascii_lowercase(), text))
}

/// Writes the edited files. A file that stood in the canonical form still does.
fn write(compiled: &Compiled, edits: &[Edit]) -> io::Result<()> {
    let mut by_file: BTreeMap<usize, Vec<&Edit>> = BTreeMap::new();
    for edit in edits {
        by_file.entry(edit.span.file.0 as usize).or_default().push(edit);
    }
    for (file, mut edits) in by_file {
        let Some(source) = compiled.sources.get(file) else { continue };
        let canonical = |text: &str| format(&parse(byelaw::diagnostic::FileId(0), text), text);
        let was_canonical = canonical(&source.text).as_deref() == Some(source.text.as_str());
        edits.sort_by_key(|e| std::cmp::Reverse(e.span.start));
        let mut text = source.text.clone();
        for edit in edits {
            text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
        }
        if was_canonical && let Some(spelled) = canonical(&text) {
            text = spelled;
        }
        write_whole(Path::new(&source.path), &text)?;
    }
    Ok(())
}

fn report(out: &mut impl Write, compiled: &Compiled, traced: &Trace) -> io::Result<()> {
    for document in &traced.documents {
        let mut about = vec![format!("{}: {}", document.name, document.title)];
        about.extend(document.edition.iter().map(|e| format!("edition {e}")));
        about.extend(document.pages.map(|n| plural(n as usize, "page")));
        about.extend(document.file.iter().map(|f| format!("file {f}")));
        writeln!(out, "{}", about.join(", "))?;
        if let Some(note) = &document.note {
            writeln!(out, "  note: {note}")?;
        }
        for clause in &document.clauses {
            clause_text(out, clause)?;
        }
        let missing: Vec<String> = document.uncovered.iter().flatten().map(|lines| range(*lines)).collect();
        if !missing.is_empty() {
            writeln!(out, "  on these lines of the text no clause stands: {}", missing.join(", "))?;
        }
        writeln!(out)?;
    }
    for (rule, _) in &traced.uncited {
        writeln!(out, "the rule `{rule}` cites no clause")?;
    }
    let count = |f: &dyn Fn(&ClauseTrace) -> bool| traced.clauses().filter(|c| f(c)).count();
    let changed = count(&|c| c.text.is_finding());
    write!(
        out,
        "{}: {}, {} encoded by a rule, {} classified, {} with which nobody dealt; {} without a clause",
        compiled.model.name,
        plural(traced.clauses().count(), "clause"),
        count(&|c| !c.rules.is_empty()),
        count(&|c| c.rules.is_empty() && !c.is_unclassified()),
        count(&ClauseTrace::is_unclassified),
        plural(traced.uncited.len(), "rule"),
    )?;
    if traced.documents.iter().any(|d| d.uncovered.is_some()) {
        let moved = count(&|c| matches!(c.text, TextState::Moved(_)));
        write!(out, "; {moved} moved, {changed} changed or missing")?;
    }
    writeln!(out)
}

fn clause_text(out: &mut impl Write, clause: &ClauseTrace) -> io::Result<()> {
    writeln!(out, "  {} ({}): {}", clause.name, clause.locator, clause.paraphrase)?;
    let because = clause.because.as_ref().map(|b| format!(", because {b}")).unwrap_or_default();
    if clause.is_unclassified() {
        writeln!(out, "    NOBODY DEALT WITH IT: no rule cites it, and it does not say how it stands")?;
    } else if clause.standing != byelaw::hir::Standing::Encoded {
        writeln!(out, "    {}{because}", clause.standing.as_str())?;
    }
    for (what, names) in
        [("rules", &clause.rules), ("duties", &clause.duties), ("examples", &clause.examples)]
    {
        if !names.is_empty() {
            writeln!(out, "    {what}: {}", names.join(if what == "examples" { "; " } else { ", " }))?;
        }
    }
    match clause.text {
        TextState::NotLookedAt | TextState::Same | TextState::NotLocated => Ok(()),
        TextState::NotRecorded => writeln!(out, "    no fingerprint yet; `--record` writes it"),
        TextState::Moved(to) => writeln!(out, "    moved to {}; `--record` writes that", stretch(to)),
        TextState::Changed => {
            writeln!(
                out,
                "    THE TEXT CHANGED: look at the rules and examples above, then take the fingerprint out and record it anew"
            )
        }
        TextState::Missing => {
            writeln!(
                out,
                "    THE TEXT IS NOT THERE: look at the rules and examples above, then mend the lines or take the clause out"
            )
        }
    }
}

fn range((first, last): (u32, u32)) -> String {
    if first == last { first.to_string() } else { format!("{first} to {last}") }
}

fn stretch(stretch: Stretch) -> String {
    let lines = format!("line {}", range(stretch.lines));
    stretch.words.map_or(lines.clone(), |words| format!("{lines}, word {}", range(words)))
}

fn report_json(compiled: &Compiled, traced: &Trace) -> Value {
    let at = |span| {
        place(span, &compiled.sources).map(|p| json!({"path": p.path, "line": p.line, "column": p.column}))
    };
    let clause = |clause: &ClauseTrace| {
        let moved = match clause.text {
            TextState::Moved(to) => {
                json!({"lines": [to.lines.0, to.lines.1], "words": to.words.map(|w| [w.0, w.1])})
            }
            _ => Value::Null,
        };
        json!({
            "clause": clause.name,
            "locator": clause.locator,
            "says": clause.paraphrase,
            "standing": clause.standing.as_str(),
            "because": clause.because,
            "rules": clause.rules,
            "duties": clause.duties,
            "examples": clause.examples,
            "unclassified": clause.is_unclassified(),
            "text": clause.text.as_str(),
            "moved_to": moved,
            "place": at(clause.span),
        })
    };
    let document = |d: &DocumentTrace| {
        json!({
            "document": d.name,
            "title": d.title,
            "edition": d.edition,
            "pages": d.pages,
            "file": d.file,
            "note": d.note,
            "clauses": d.clauses.iter().map(clause).collect::<Vec<_>>(),
            "uncovered": d.uncovered.as_ref().map(|all| all.iter().map(|l| [l.0, l.1]).collect::<Vec<_>>()),
        })
    };
    let uncited = |(rule, span): &(String, _)| json!({"rule": rule, "place": at(*span)});
    json!({
        "v": 1,
        "pack": compiled.model.name,
        "documents": traced.documents.iter().map(document).collect::<Vec<_>>(),
        "rules_without_clause": traced.uncited.iter().map(uncited).collect::<Vec<_>>(),
        "findings": traced.has_findings(),
    })
}
