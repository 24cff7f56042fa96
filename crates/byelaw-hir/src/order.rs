//! In which order the sentences of a pack are resolved: by name, wherever a place in a list means nothing (decision
//! 0019). So the model, and all that follows from it, hangs on what is said and not on where.
//!
//! Not here: the order of files. Whoever reads them gives them in one.

use crate::from_syntax::Input;
use byelaw_syntax::Spelling;
use byelaw_syntax::ast::{Instrument, Item, Sentence};

/// A sentence, and where it stands.
pub(crate) struct Said<'a> {
    pub sentence: &'a Sentence,
    pub file: &'a Input<'a>,
    /// The policy or addendum declared last before it in its file: whose sentence it is.
    pub under: Option<&'a Instrument>,
}

/// All sentences. Those whose order is shown or asked in (facts, values, events, groups, acts), and those that are no part of
/// what is compiled (examples), stand as they are written; the others by name.
pub(crate) fn in_order<'a>(files: &'a [Input<'a>]) -> Vec<Said<'a>> {
    let mut all = Vec::new();
    for file in files {
        let mut under = None;
        for sentence in file.sentences {
            if let Item::Instrument(instrument) = &sentence.item {
                under = Some(&**instrument);
            }
            all.push(Said { sentence, file, under });
        }
    }
    all.sort_by_cached_key(|said| place(&said.sentence.item, said.file.spelling()));
    all
}

/// What a sentence is sorted by, among others of its kind; `None` keeps it where it is written.
fn place(item: &Item, spelling: Spelling<'_>) -> Option<(String, bool)> {
    let name = match item {
        Item::Instrument(instrument) => &instrument.name,
        Item::Document(document) => &document.name,
        Item::Clause(clause) => {
            return Some((format!("{}/{}", clause.id.document.text, clause.id.clause.text), false));
        }
        Item::Calendar(calendar) => &calendar.name,
        Item::Approval(approval) => &approval.word.name,
        Item::Undertaking(word) => &word.name,
        Item::Deed(deed) => &deed.word.name,
        Item::Rule(rule) => &rule.name,
        // A matrix is no rule, and may have the name of one.
        Item::Matrix(matrix) => return Some((matrix.name.text.clone(), true)),
        // What has no name is sorted by what it says.
        Item::Impossible(_) | Item::Settle(_) | Item::Let(_) => {
            return Some((spelling.sentence(item), false));
        }
        Item::Use(_)
        | Item::Vocabulary { .. }
        | Item::Fact(_)
        | Item::Parameter(_)
        | Item::Reading(_)
        | Item::Set(_)
        | Item::AddTo { .. }
        | Item::Group(_)
        | Item::Period(_)
        | Item::Define { .. }
        | Item::Act(_)
        | Item::Event(_)
        | Item::Check(_)
        | Item::Table(_)
        | Item::ExamplesOn { .. }
        | Item::Invariant(_)
        | Item::Broken(_) => return None,
    };
    Some((name.text.clone(), false))
}
