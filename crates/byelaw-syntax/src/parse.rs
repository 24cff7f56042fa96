//! The road from text to sentences: limits, cutting, sentence by sentence one run of the grammar and one message for
//! each that cannot be read.
//!
//! Not here: how pairs become a tree (`build`), or what a message about the grammar says (`expected`, `slips`).

use byelaw_diagnostic::{Diagnostic, FileId, Span, nearest};
use byelaw_grammar::{Grammar, Rule};
use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};
use std::collections::BTreeSet;

use crate::ast::{Item, Sentence};
use crate::build::Builder;
use crate::limits;
use crate::sentences::{Cutter, HEADS, Raw};
use crate::slips::{self, Stuck};
use crate::tokens::{Token, TokenKind, is_invisible, tokenize};
use crate::unicode;

/// Words at the head of sentences that declare at most the name behind them.
const OF_RULES: [&str; 10] =
    ["rule", "matrix", "clause", "document", "settle", "let", "check", "never", "always", "it"];

/// A file that has been read. What could not be read is in the diagnostics and stands as [`Item::Broken`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The file.
    pub file: FileId,
    /// Its sentences, in order. Of those that could not be read, only as many as there are messages.
    pub sentences: Vec<Sentence>,
    /// Messages, in the order of the text within each kind.
    pub diagnostics: Vec<Diagnostic>,
    /// The comments behind the last sentence, each with the end of its line; an empty line is a blank line between them.
    pub end_comments: String,
    /// Whether a blank line stands before those.
    pub blank_before_end: bool,
}

/// Reads one file. Never fails: it says in the diagnostics what is wrong and reads the rest.
pub fn parse(file: FileId, text: &str) -> Parsed {
    let mut parsed = Parsed {
        file,
        sentences: Vec::new(),
        diagnostics: Vec::new(),
        end_comments: String::new(),
        blank_before_end: false,
    };
    if let Some(too_large) = limits::file_size(file, text) {
        parsed.diagnostics = vec![too_large];
        return parsed;
    }
    parsed.diagnostics = unicode::characters(file, text);
    let mut left_out = unicode::mixed_words(file, text, tokenize(text), &mut parsed.diagnostics);
    let mut cutter = Cutter::new(text, tokenize(text));
    let mut room = Vec::new();
    while let Some(raw) = cutter.next(std::mem::take(&mut room)) {
        let Raw { tokens, comments, trailing_comment, blank_before, .. } = raw;
        let span = Span::new(file, raw.start, raw.end);
        let mut reader = Reader { file, text, tokens: &tokens, whole: span, diagnostics: Vec::new() };
        // What nobody will read is counted and not kept, or a hostile file would fill the memory.
        let full = parsed.diagnostics.len() > limits::MAX_MESSAGES;
        let item = reader.read(raw.stopped).or_else(|| (!full).then(|| Item::Broken(reader.names())));
        if full {
            left_out += reader.diagnostics.len();
        } else {
            parsed.diagnostics.append(&mut reader.diagnostics);
        }
        room = tokens;
        let Some(item) = item else { continue };
        parsed.sentences.push(Sentence { span, item, comments, trailing_comment, blank_before });
    }
    limits::messages(file, &mut parsed.diagnostics, left_out);
    parsed.end_comments = cutter.comments;
    parsed.blank_before_end = cutter.blank_before;
    parsed
}

/// Reads one sentence and leaves at most one message about it.
struct Reader<'a> {
    file: FileId,
    text: &'a str,
    tokens: &'a [Token],
    whole: Span,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn span(&self, token: Token) -> Span {
        Span::new(self.file, token.start, token.end)
    }

    fn read(&mut self, stopped: bool) -> Option<Item> {
        if let Some(diagnostic) = self.check_tokens() {
            self.diagnostics.push(diagnostic);
            return None;
        }
        if !stopped {
            let missing = self.missing_stop();
            self.diagnostics.push(missing);
            // The rest of the file may need the names it declares, so it is read if nothing else is wrong with it.
            let text = self.visible_text() + ".";
            let mut unheard = Vec::new();
            return self
                .grammar(&text)
                .ok()
                .and_then(|pairs| Builder::new(self.file, self.whole.start, &mut unheard).sentence(pairs));
        }
        let text = self.visible_text();
        let start = self.whole.start;
        match self.grammar(&text) {
            Ok(pairs) => {
                let item = Builder::new(self.file, start, &mut self.diagnostics).sentence(pairs);
                if item.is_none() && self.diagnostics.is_empty() {
                    self.diagnostics.push(Diagnostic::error(
                        "B0014",
                        self.whole,
                        "this sentence could not be read",
                    ));
                }
                item.filter(|_| self.diagnostics.is_empty())
            }
            Err((at, positives)) => {
                let stuck = Stuck::new(self.file, self.text, self.tokens, start + at, &positives);
                self.diagnostics.push(slips::explain(&stuck));
                None
            }
        }
    }

    /// The names that the sentence may declare: what stands behind its head word, and if it is about words all its words.
    fn names(&self) -> Vec<String> {
        let mut tokens = self.tokens.iter();
        let Some(head) = tokens.next().map(|head| head.text(self.text)) else { return Vec::new() };
        let rest = || tokens.clone().skip_while(|token| token.kind == TokenKind::Space);
        let is_name = |kind| matches!(kind, TokenKind::Word | TokenKind::Number | TokenKind::Slash);
        let first: String = rest().take_while(|t| is_name(t.kind)).map(|t| t.text(self.text)).collect();
        let of_words = !OF_RULES.iter().any(|word| word.eq_ignore_ascii_case(head));
        let words = rest().filter(|t| of_words && t.kind == TokenKind::Word);
        let words = words.map(|t| t.text(self.text).to_owned());
        let names: BTreeSet<String> = words.chain([first]).filter(|name| !name.is_empty()).collect();
        names.into_iter().collect()
    }

    /// Runs the grammar. On failure: how many bytes it came, and what it would have liked to see there.
    fn grammar<'t>(&self, text: &'t str) -> Result<pest::iterators::Pairs<'t, Rule>, (u32, Vec<Rule>)> {
        Grammar::parse(Rule::sentence, text).map_err(|error| {
            let at = match error.location {
                InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
            };
            let positives = match error.variant {
                ErrorVariant::ParsingError { positives, .. } => positives,
                ErrorVariant::CustomError { .. } => Vec::new(),
            };
            (u32::try_from(at).unwrap_or(u32::MAX), positives)
        })
    }

    /// The sentence with blanks in the place of characters that already have a message of their own.
    fn visible_text(&self) -> String {
        let mut visible = String::new();
        for token in self.tokens {
            let text = token.text(self.text);
            if token.kind == TokenKind::Space && (!text.is_ascii() || text.chars().any(is_invisible)) {
                visible.extend(text.bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }));
            } else {
                visible.push_str(text);
            }
        }
        visible
    }

    /// What can be wrong before the grammar is asked.
    fn check_tokens(&self) -> Option<Diagnostic> {
        if let Some(open) = self.tokens.iter().find(|token| token.kind == TokenKind::OpenText) {
            let quote = Span::new(self.file, open.start, open.start + 1);
            return Some(
                Diagnostic::error("B0009", quote, "this string has no closing quote on its line")
                    .help("put a `\"` at its end; a string stands on one line"),
            );
        }
        limits::sentence(self.file, self.tokens, self.whole.end - self.whole.start)
            .or_else(|| self.head())
            .or_else(|| self.tokens.iter().find_map(|token| self.odd(*token)))
    }

    fn head(&self) -> Option<Diagnostic> {
        let first = self.tokens.first().copied()?;
        if first.kind == TokenKind::Stop {
            return Some(
                Diagnostic::error("B0028", self.span(first), "this full stop ends no sentence")
                    .help("delete it"),
            );
        }
        let word = first.text(self.text);
        if HEADS.iter().any(|head| head.eq_ignore_ascii_case(word)) {
            return None;
        }
        let message = format!("`{word}` begins no sentence of the language");
        let diagnostic = Diagnostic::error("B0013", self.span(first), message);
        let near = nearest(&word.to_lowercase(), HEADS);
        Some(if let Some(near) = near.first() {
            diagnostic.help(format!("did you mean `{near}`?"))
        } else {
            diagnostic
                .help(format!("a sentence begins with one of: {}", HEADS.join(", ")))
                .help("if it belongs to the sentence before it, that one has a full stop too early")
        })
    }

    fn odd(&self, token: Token) -> Option<Diagnostic> {
        let text = token.text(self.text);
        match token.kind {
            TokenKind::Odd => Some(
                Diagnostic::error("B0011", self.span(token), format!("`{text}` is not a name"))
                    .help("a name has the letters a to z and digits, joined by single hyphens or dots"),
            ),
            TokenKind::Unknown => Some(
                Diagnostic::error("B0011", self.span(token), format!("`{text}` has no meaning here"))
                    .help(unknown_help(text)),
            ),
            TokenKind::Text => self.bad_escape(token),
            _ => None,
        }
    }

    fn bad_escape(&self, token: Token) -> Option<Diagnostic> {
        let mut chars = token.text(self.text).char_indices();
        while let Some((at, c)) = chars.next() {
            if c != '\\' {
                continue;
            }
            let (_, escaped) = chars.next()?;
            if !matches!(escaped, '"' | '\\') {
                let start = token.start + at as u32;
                let span = Span::new(self.file, start, start + 1 + escaped.len_utf8() as u32);
                return Some(
                    Diagnostic::error("B0010", span, format!("`\\{escaped}` is no escape"))
                        .help("a string knows only `\\\"` for a quote and `\\\\` for a backslash"),
                );
            }
        }
        None
    }

    fn missing_stop(&self) -> Diagnostic {
        let last = self.tokens.iter().rev().find(|token| !token.is_trivia()).copied();
        let first = self.tokens.first().map_or("", |token| token.text(self.text));
        let (span, word) = last.map_or((self.whole, ""), |last| (self.span(last), last.text(self.text)));
        Diagnostic::error("B0012", span, format!("this `{first}` sentence has no full stop"))
            .label("it should end here")
            .note(
                "a line that begins at the margin with a word such as `rule` or `fact` begins a new sentence",
            )
            .help(format!("put a full stop after `{word}`"))
    }
}

fn unknown_help(text: &str) -> &'static str {
    match text {
        "“" | "”" | "„" | "«" | "»" | "'" | "‘" | "’" | "`" => {
            "strings stand in straight double quotes: \"...\""
        }
        "[" | "]" | "{" | "}" => "conditions are put in round brackets: ( )",
        "–" | "—" | "-" => "names are joined by one hyphen, without blanks: two-words",
        "&" | "+" => "write `and`",
        "." => "a full stop is followed by a blank or the end of the line",
        "=" => "write `is`",
        "!" => "write `not`",
        "?" => "questions stand in strings behind `asked`",
        "§" => "clauses are cited by name: `cites document/clause`",
        _ => "signs other than . , : ; / | ( ) < > stand only in strings and comments",
    }
}
