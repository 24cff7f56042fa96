//! The texts messages point into, and the lines and columns a person counts in them.
//!
//! Not here: reading files.

use crate::Span;

/// One text of a run, under the path it is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// How people refer to it.
    pub path: String,
    /// Its content.
    pub text: String,
}

/// Where each line of a text begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<usize>,
    length: usize,
}

impl LineIndex {
    /// The lines of a text. A text without any has one empty line.
    pub fn new(text: &str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { starts, length: text.len() }
    }

    /// How many lines there are, at least one.
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// The bytes of a line (from 1), without its line break being looked for.
    fn bounds(&self, line: usize) -> (usize, usize) {
        let start = line.checked_sub(1).and_then(|at| self.starts.get(at)).copied().unwrap_or(self.length);
        (start, self.starts.get(line).copied().unwrap_or(self.length))
    }

    /// The content of a line (from 1) without its line break.
    pub fn line<'t>(&self, text: &'t str, line: usize) -> &'t str {
        let (start, end) = self.bounds(line);
        let line = text.get(start..end).unwrap_or_default();
        let line = line.strip_suffix('\n').unwrap_or(line);
        line.strip_suffix('\r').unwrap_or(line)
    }

    /// The line and the column of a byte, both from 1, the column in characters.
    ///
    /// A byte behind the end of the text counts as its end; one inside a character counts as that character.
    pub fn position(&self, text: &str, offset: usize) -> (usize, usize) {
        let offset = offset.min(text.len());
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let (start, _) = self.bounds(line);
        let column = text
            .get(start..)
            .unwrap_or_default()
            .char_indices()
            .take_while(|(at, c)| start + at + c.len_utf8() <= offset)
            .count();
        (line, column + 1)
    }
}

/// A span as people and programs write it: lines and columns from 1, columns in characters, the end behind the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The path of the source.
    pub path: String,
    /// The line it begins on.
    pub line: usize,
    /// The column it begins at.
    pub column: usize,
    /// The line it ends on.
    pub end_line: usize,
    /// The column behind its last character.
    pub end_column: usize,
}

/// Where a span stands; `None` if its file is not among the sources.
pub fn place(span: Span, sources: &[Source]) -> Option<Place> {
    let source = sources.get(span.file.0 as usize)?;
    let index = LineIndex::new(&source.text);
    let (line, column) = index.position(&source.text, span.start as usize);
    let (end_line, end_column) = index.position(&source.text, span.end.max(span.start) as usize);
    Some(Place { path: source.path.clone(), line, column, end_line, end_column })
}
