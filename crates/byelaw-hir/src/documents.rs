//! Documents, their clauses, and citations of them.

use crate::hir::{Clause, Document, Fingerprint, Standing, TextPlace};
use crate::names::Scope;
use byelaw_diagnostic::{Diagnostic, Span};
use byelaw_syntax::ast::{self, DocumentPart};
use std::collections::BTreeMap;

/// How many hexadecimal digits a fingerprint has.
const DIGITS: usize = 16;

impl Scope {
    pub fn declare_document(&mut self, document: &ast::Document) {
        let name = &document.name;
        if let Some(old) = self.documents.get(&name.text).copied() {
            let first = self.model.documents.get(old).map(|d| d.span);
            self.twice("document", name, first);
            return;
        }
        let mut made = Document {
            name: name.text.clone(),
            title: document.title.text.clone(),
            edition: None,
            pages: None,
            file: None,
            note: None,
            span: name.span,
        };
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for part in &document.parts {
            let (what, span) = match part {
                DocumentPart::Edition(text) => ("edition", text.span),
                DocumentPart::Pages(number) => ("pages", number.span),
                DocumentPart::File(text) => ("file", text.span),
                DocumentPart::Note(text) => ("note", text.span),
            };
            if let Some(first) = seen.insert(what, span) {
                self.part_twice(name, what, span, first);
                continue;
            }
            match part {
                DocumentPart::Edition(text) => made.edition = Some(text.text.clone()),
                DocumentPart::Pages(number) => made.pages = u32::try_from(number.value).ok(),
                DocumentPart::File(text) => made.file = Some(text.text.clone()),
                DocumentPart::Note(text) => made.note = Some(text.text.clone()),
            }
        }
        self.documents.insert(name.text.clone(), self.model.documents.len());
        self.model.documents.push(made);
    }

    pub fn declare_clause(&mut self, clause: &ast::Clause) {
        let Some(document) = self.documents.get(&clause.id.document.text).copied() else {
            self.unknown_document(&clause.id.document);
            return;
        };
        let key = (clause.id.document.text.clone(), clause.id.clause.text.clone());
        if let Some(old) = self.clauses.get(&key).copied() {
            let first = self.model.clauses.get(old).map(|c| c.span);
            self.twice("clause", &clause.id.clause, first);
            return;
        }
        let standing = match clause.standing.as_ref().map(|s| (s.text.as_str(), s.span)) {
            None => Standing::Encoded,
            Some(("duty", _)) => Standing::Duty,
            Some(("guidance", _)) => Standing::Guidance,
            Some(("discretion", _)) => Standing::Discretion,
            Some(("informative", _)) => Standing::Informative,
            Some(("undecidable", _)) => Standing::Undecidable,
            Some((other, span)) => {
                let known = ["duty", "guidance", "discretion", "informative", "undecidable"];
                self.unknown("B0101", span, "standing", other, known);
                Standing::Encoded
            }
        };
        let place = self.text_place(clause);
        let fingerprint = clause.fingerprint.as_ref().and_then(|f| self.fingerprint(f));
        self.clauses.insert(key, self.model.clauses.len());
        self.model.clauses.push(Clause {
            document,
            name: clause.id.clause.text.clone(),
            locator: clause.locator.text.clone(),
            paraphrase: clause.paraphrase.text.clone(),
            standing,
            because: clause.because.as_ref().map(|t| t.text.clone()),
            place,
            fingerprint,
            span: clause.id.span,
        });
    }

    fn text_place(&mut self, clause: &ast::Clause) -> Option<TextPlace> {
        let lines = clause.lines.as_ref()?;
        let words = clause.words.as_ref();
        Some(TextPlace {
            lines: self.counted_range("lines", lines)?,
            words: match words {
                Some(words) => Some(self.counted_range("words", words)?),
                None => None,
            },
            span: words.map_or(lines.span, |words| lines.span.to(words.span)),
        })
    }

    /// The first and the last, both counted from 1.
    fn counted_range(&mut self, what: &str, range: &ast::CountedRange) -> Option<(u32, u32)> {
        let (first, last) = (range.first.value, range.last.map_or(range.first.value, |last| last.value));
        if first < 1 || last < first {
            self.report(
                Diagnostic::error("B0171", range.span, format!("there are no {what} {first} to {last}"))
                    .label("not a range")
                    .help(format!("{what} are counted from 1, and the first stands before the last")),
            );
            return None;
        }
        Some((u32::try_from(first).ok()?, u32::try_from(last).ok()?))
    }

    fn fingerprint(&mut self, fingerprint: &ast::Fingerprint) -> Option<Fingerprint> {
        let digits = fingerprint.digits.text.as_str();
        let hexadecimal = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        let words = u32::try_from(fingerprint.words.value).ok().filter(|words| *words > 0);
        if digits.len() != DIGITS || !digits.bytes().all(hexadecimal) || words.is_none() {
            self.report(
                Diagnostic::error(
                    "B0171",
                    fingerprint.span,
                    format!("`{digits}` of {} words is not a fingerprint", fingerprint.words.value),
                )
                .label("sixteen digits of 0 to 9 and a to f, and at least one word")
                .help("take it out, and let `byelaw trace PACK --source DOCUMENT=FILE --record` write it"),
            );
            return None;
        }
        Some(Fingerprint { digits: digits.to_owned(), words: words?, span: fingerprint.span })
    }

    fn unknown_document(&mut self, name: &ast::Name) {
        let all = self.candidates(self.documents.keys());
        self.unknown("B0104", name.span, "document", &name.text, all.iter().map(String::as_str));
    }

    /// Looks citations up; unknown ones are reported and left out.
    pub fn citations(&mut self, cites: &[ast::ClauseRef]) -> Vec<usize> {
        let mut found = Vec::new();
        for cite in cites {
            let key = (cite.document.text.clone(), cite.clause.text.clone());
            if let Some(clause) = self.clauses.get(&key) {
                found.push(*clause);
            } else if !self.documents.contains_key(&cite.document.text) {
                self.unknown_document(&cite.document);
            } else {
                let all: Vec<String> = self
                    .clauses
                    .keys()
                    .filter(|(d, _)| *d == cite.document.text)
                    .map(|(d, c)| format!("{d}/{c}"))
                    .collect();
                let name = format!("{}/{}", cite.document.text, cite.clause.text);
                self.unknown("B0104", cite.span, "clause", &name, all.iter().map(String::as_str));
            }
        }
        found
    }
}
