//! Rows of words, and how they are broken into lines.
//!
//! A word is anything that may not be broken: a name, a string with its blanks, a word with the comma behind it.
//! Not here: which words a sentence has.

/// The column no line should go beyond.
const WIDTH: usize = 100;

/// Lines under construction.
#[derive(Default)]
pub(super) struct Words {
    done: String,
    line: Vec<String>,
    indent: usize,
    capital: bool,
    /// Whether all of it stands on one line, however long.
    unbroken: bool,
}

impl Words {
    /// Words that stay on one line.
    pub(super) fn unbroken() -> Self {
        Self { unbroken: true, ..Self::default() }
    }

    /// Begins with a capital.
    pub(super) fn capital(&mut self) {
        self.capital = true;
    }

    /// Adds a word, or several with blanks between them.
    pub(super) fn say(&mut self, words: &str) -> &mut Self {
        self.line.extend(words.split(' ').map(str::to_owned));
        self
    }

    /// Adds something that may hold blanks and must stay together.
    pub(super) fn whole(&mut self, word: String) -> &mut Self {
        self.line.push(word);
        self
    }

    /// Adds a sign to the last word.
    pub(super) fn glue(&mut self, sign: &str) -> &mut Self {
        match self.line.last_mut() {
            Some(last) => last.push_str(sign),
            None => self.line.push(sign.to_owned()),
        }
        self
    }

    /// Notes where a bracket opens; `close` puts both.
    pub(super) fn open(&self) -> usize {
        self.line.len()
    }

    /// Puts brackets around what was said since `open`.
    pub(super) fn close(&mut self, opened: usize) {
        if let Some(first) = self.line.get_mut(opened) {
            first.insert(0, '(');
            self.glue(")");
        }
    }

    /// Ends the line, and begins one that is indented by two; its first letter will be a capital if asked for.
    pub(super) fn line(&mut self, capital: bool) -> &mut Self {
        self.flush();
        self.done.push(if self.unbroken { ' ' } else { '\n' });
        self.indent = if self.unbroken { 0 } else { 2 };
        self.capital = capital;
        self
    }

    /// Ends the line, and begins one that belongs to the line before and is indented by four.
    pub(super) fn deeper(&mut self) -> &mut Self {
        self.line(false);
        self.indent *= 2;
        self
    }

    /// All lines, without a line break at the end.
    pub(super) fn finish(mut self) -> String {
        self.flush();
        self.done
    }

    fn flush(&mut self) {
        let mut column = 0;
        for (at, word) in std::mem::take(&mut self.line).into_iter().enumerate() {
            let width = word.chars().count();
            if at == 0 {
                self.blanks(self.indent);
                column = self.indent;
                self.done.push_str(&if self.capital { capitalised(&word) } else { word });
            } else if !self.unbroken && column + 1 + width > WIDTH {
                self.done.push('\n');
                let indent = (self.indent + 2).max(4);
                self.blanks(indent);
                column = indent;
                self.done.push_str(&word);
            } else {
                self.done.push(' ');
                column += 1;
                self.done.push_str(&word);
            }
            column += width;
        }
    }

    fn blanks(&mut self, count: usize) {
        self.done.extend(std::iter::repeat_n(' ', count));
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_ascii_uppercase().to_string() + chars.as_str()).unwrap_or_default()
}
