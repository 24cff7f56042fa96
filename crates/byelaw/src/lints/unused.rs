//! Words of the pack's own folder that no sentence mentions.

use byelaw_diagnostic::{Diagnostic, Severity};
use byelaw_hir::Input;
use byelaw_syntax::ast::{Item, Name};
use byelaw_syntax::{TokenKind, tokenize};
use std::collections::BTreeMap;

/// A note for each word that its own folder declares and no other place mentions. A mention is the word itself,
/// outside of texts and comments, whatever it means there: what is reported is mentioned nowhere.
pub(super) fn unused(files: &[Input<'_>]) -> Vec<Diagnostic> {
    let own = files.iter().filter(|file| file.folder == 0).flat_map(|file| file.sentences);
    let own: Vec<(&str, &Name)> = own.filter_map(|sentence| declared(&sentence.item)).collect();
    let mut mentions: BTreeMap<&str, usize> = own.iter().map(|(_, name)| (name.text.as_str(), 0)).collect();
    if own.is_empty() {
        return Vec::new();
    }
    for file in files {
        for token in tokenize(file.text).filter(|t| t.kind == TokenKind::Word) {
            let word = token.text(file.text);
            // Names are in small letters, and so are most words.
            let small = word.bytes().any(|b| b.is_ascii_uppercase()).then(|| word.to_ascii_lowercase());
            if let Some(count) = mentions.get_mut(small.as_deref().unwrap_or(word)) {
                *count += 1;
            }
        }
    }
    own.into_iter()
        .filter(|(_, name)| mentions.get(name.text.as_str()).is_some_and(|count| *count == 1))
        .map(|(what, name)| {
            Diagnostic::new(
                "B0216",
                Severity::Note,
                Some(name.span),
                format!("nothing mentions the {what} `{}`", name.text),
            )
            .label("declared, and not used")
            .help("use it, or take it out")
        })
        .collect()
}

fn declared(item: &Item) -> Option<(&'static str, &Name)> {
    Some(match item {
        Item::Group(group) => ("group", &group.word.name),
        Item::Parameter(parameter) => ("parameter", &parameter.name),
        Item::Period(period) => ("period", &period.word.name),
        Item::Define(define) => ("definition", &define.name),
        Item::Approval(approval) => ("approval", &approval.word.name),
        Item::Undertaking(word) => ("undertaking", &word.name),
        Item::Deed(deed) => ("deed", &deed.word.name),
        Item::Event(word) => ("event", &word.name),
        _ => return None,
    })
}
