//! From bytes to text. Not here: reading files.

use byelaw_diagnostic::{Diagnostic, FileId, Span};

/// Bytes that are not UTF-8, and where they stop being so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotUtf8 {
    /// How many bytes at the start are good.
    pub valid_up_to: usize,
    /// The line of the first bad byte, from 1.
    pub line: usize,
    /// Its column in characters, from 1.
    pub column: usize,
}

/// Reads bytes as UTF-8.
pub fn decode(bytes: &[u8]) -> Result<String, NotUtf8> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let good =
                String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default()).into_owned();
            let last = good.rsplit('\n').next().unwrap_or_default();
            Err(NotUtf8 {
                valid_up_to: error.valid_up_to(),
                line: good.matches('\n').count() + 1,
                column: last.chars().count() + 1,
            })
        }
    }
}

impl NotUtf8 {
    /// The message. Its place is right for any text that begins with the good bytes, for instance
    /// `String::from_utf8_lossy` of the file.
    pub fn diagnostic(self, file: FileId) -> Diagnostic {
        let at = u32::try_from(self.valid_up_to).unwrap_or(u32::MAX);
        Diagnostic::error(
            "B0001",
            Span::new(file, at, at),
            format!(
                "the file is not UTF-8 text: the byte at line {}, column {} belongs to no character",
                self.line, self.column
            ),
        )
        .help("save the file as UTF-8")
    }
}
