//! What to say where the grammar came to a halt: the common slips by name, and otherwise what was expected.
//!
//! Each slip looks at a few tokens around the halt and nothing else, so a slip is never reported about a sentence
//! that can be read. Not here: words of any vocabulary.

mod rule_book;

use byelaw_diagnostic::{Diagnostic, FileId, Span, nearest};
use byelaw_grammar::Rule;

use crate::expected::{expected, join};
use crate::tokens::{Token, TokenKind};

/// A sentence the grammar could not read, and how far it came.
pub(crate) struct Stuck<'a> {
    file: FileId,
    text: &'a str,
    /// The tokens without white space and comments.
    tokens: Vec<Token>,
    /// The token where it halted.
    at: usize,
    positives: &'a [Rule],
}

impl<'a> Stuck<'a> {
    /// `offset` is where it halted, in the file.
    pub(crate) fn new(
        file: FileId,
        text: &'a str,
        tokens: &[Token],
        offset: u32,
        positives: &'a [Rule],
    ) -> Self {
        let tokens: Vec<_> = tokens.iter().copied().filter(|token| !token.is_trivia()).collect();
        let at = tokens.iter().position(|token| token.end > offset).unwrap_or(tokens.len().saturating_sub(1));
        Self { file, text, tokens, at, positives }
    }

    /// The word `distance` tokens from the halt, in small letters; empty where there is none.
    fn word(&self, distance: isize) -> String {
        self.token(distance).map(|token| token.text(self.text).to_ascii_lowercase()).unwrap_or_default()
    }

    fn token(&self, distance: isize) -> Option<Token> {
        self.at.checked_add_signed(distance).and_then(|at| self.tokens.get(at)).copied()
    }

    fn kind(&self, distance: isize) -> Option<TokenKind> {
        self.token(distance).map(|token| token.kind)
    }

    /// From one token to another, counted from the halt.
    fn span(&self, from: isize, to: isize) -> Span {
        let found = self.token(0).or(self.tokens.last().copied());
        let start = self.token(from).or(found).map_or(0, |token| token.start);
        let end = self.token(to).or(found).map_or(start, |token| token.end);
        Span::new(self.file, start, end.max(start))
    }

    fn error(&self, code: &'static str, from: isize, to: isize, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, self.span(from, to), message)
    }

    fn expects(&self, rule: Rule) -> bool {
        self.positives.contains(&rule)
    }

    fn head(&self) -> String {
        self.tokens.first().map(|token| token.text(self.text).to_ascii_lowercase()).unwrap_or_default()
    }
}

/// The one message about the sentence.
pub(crate) fn explain(stuck: &Stuck<'_>) -> Diagnostic {
    const SLIPS: [fn(&Stuck<'_>) -> Option<Diagnostic>; 24] = [
        date_format,
        and_or,
        may_not,
        unless_approved,
        rule_book::invariant_unless,
        rule_book::at_once,
        rule_book::notwithstanding,
        rule_book::between,
        rule_book::number_in_letters,
        misplaced_only,
        wrong_modal,
        no_cites,
        mixed,
        not_is,
        and_in_a_list,
        rule_book::several_words,
        comma_before_clause,
        clause_order,
        if_condition,
        provided_condition,
        no_expectation,
        behind_outcome,
        no_colon,
        missing_stop,
    ];
    SLIPS.iter().find_map(|slip| slip(stuck)).unwrap_or_else(|| general(stuck))
}

fn general(stuck: &Stuck<'_>) -> Diagnostic {
    let found = match stuck.kind(0) {
        Some(TokenKind::Stop) | None => "the full stop".to_owned(),
        Some(TokenKind::Text) => "a text in quotes".to_owned(),
        Some(_) => format!("`{}`", stuck.token(0).map_or("", |token| token.text(stuck.text))),
    };
    let expected = expected(stuck.positives);
    let message = format!("I expected {} here, and found {found}", join(&expected));
    let diagnostic = stuck.error("B0014", 0, 0, message).label("this cannot stand here");
    // Every second piece between backticks is a word of the language.
    let words = expected.iter().flat_map(|words| words.split('`').skip(1).step_by(2));
    match nearest(&stuck.word(0), words).first() {
        Some(near) if stuck.kind(0) == Some(TokenKind::Word) => {
            diagnostic.help(format!("did you mean `{near}`?"))
        }
        _ => {
            diagnostic.help(format!("docs/cheat-sheet.md shows how `{}` sentences are written", stuck.head()))
        }
    }
}

/// `23/03/2020`, `23.03.2020`, `2020-3-1`.
fn date_format(stuck: &Stuck<'_>) -> Option<Diagnostic> {
    let number = |distance| stuck.kind(distance) == Some(TokenKind::Number);
    let slash = |distance| stuck.kind(distance) == Some(TokenKind::Slash);
    let (from, to) = if let Some(from) =
        (-4..=0).find(|&at| number(at) && slash(at + 1) && number(at + 2) && slash(at + 3) && number(at + 4))
    {
        (from, from + 4)
    } else if (stuck.expects(Rule::date) || [-1, -2].iter().any(|&back| introduces_date(&stuck.word(back))))
        && let Some(at) = [0, -1]
            .into_iter()
            .find(|&at| stuck.kind(at) != Some(TokenKind::Date) && looks_like_date(&stuck.word(at)))
    {
        (at, at)
    } else {
        return None;
    };
    let span = stuck.span(from, to);
    let written = stuck.text.get(span.start as usize..span.end as usize).unwrap_or_default();
    Some(
        Diagnostic::error("B0023", span, format!("`{written}` is not written as a date"))
            .help("write the year, the month and the day, for instance `2020-03-23`"),
    )
}

fn introduces_date(word: &str) -> bool {
    matches!(word, "from" | "until" | "on" | "by" | "adopted" | "before" | "after")
}

fn looks_like_date(word: &str) -> bool {
    let parts: Vec<_> = word.split(['-', '.']).collect();
    let digits =
        |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    parts.len() == 3 && parts.iter().all(digits) && parts.iter().any(|part| part.len() == 4)
}

/// `and/or`.
fn and_or(stuck: &Stuck<'_>) -> Option<Diagnostic> {
    let at = (-2..=0).find(|&at| {
        let (first, last) = (stuck.word(at), stuck.word(at + 2));
        stuck.kind(at + 1) == Some(TokenKind::Slash)
            && matches!((first.as_str(), last.as_str()), ("and", "or") | ("or", "and"))
    })?;
    Some(
        stuck
            .error("B0018", at, at + 2, "`and/or` does not say which is meant")
            .help("write `or` if one is enough, or `and` if all are needed"),
    )
}

/// `may not`.
fn may_not(stuck: &Stuck<'_>) -> Option<Diagnostic> {
    (stuck.word(-1) == "may" && stuck.word(0) == "not").then(|| {
        stuck
            .error("B0017", -1, 0, "`may not` can be read as a bar or as leave not to do it")
            .help("write `must not` for a bar")
            .help("or write `may` with `only when`, if it is permitted in some cases only")
    })
}

/// `unless approved by ...`.
fn unless_approved(stuck: &Stuck<'_>) -> Option<Diagnostic> {
    let at = (-2..=0).find(|&at| {
        stuck.word(at) == "unless"
            && (stuck.word(at + 1) == "approved"
                || stuck.word(at + 1) == "if" && stuck.word(at + 2) == "approved")
    })?;
    Some(
        stuck
            .error("B0020", at, at + 1, "`unless approved by` does not say what an approval permits")
            .note("`unless` only takes a case out of the rule; it permits nothing")
            .help("write `may only ... if approved by ...`"),
    )
}

/// `only` that belongs to nothing.
fn misplaced_only(stuck: &Stuck<'_>) -> Option<Diagnostic> {
    if stuck.word(0) == "only" && matches!(stuck.kind(-1), Some(TokenKind::Colon | TokenKind::Comma)) {
        return Some(
            stuck
                .error("B0021", 0, 0, "`only` cannot stand before the people a rule is about")
                .help("write `anyone except ... must not ...` to bar everybody else"),
        );
    }
    let at = [0, -1].into_iter().find(|&at| stuck.word(at) == "only")?;
    let diagnostic =
        stuck.error("B0021", at, at, format!("`only` belongs to nothing before `{}`", stuck.word(at + 1)));
    Some(match stuck.word(at + 1).as_str() {
        "if" | "provided" => diagnostic.help("put it behind the modal: `may only ... if approved by ...`"),
        _ => diagnostic.help(
            "`only` stands in `may only`, in `only when ...`, or before the words of a gap that it narrows",
        ),
    })
}

/// `shall`, `can`, `cannot` and their kin.
fn wrong_modal(stuck: &Stuck<'_>) -> Option<Diagnostic> {
    const MODALS: [Rule; 6] =
        [Rule::modal, Rule::k_may, Rule::k_must, Rule::k_should, Rule::must_not, Rule::may_only];
    if !MODALS.iter().any(|rule| stuck.expects(*rule)) {
        return None;
    }
    let found = stuck.word(0);
    let help = match found.as_str() {
        "shall" | "will" | "has" | "have" | "ought" if stuck.word(1) == "not" => "write `must not` for a bar",
        "shall" | "will" | "has" | "have" | "ought" => "write `must` for a duty",
        "cannot" | "can't" => "write `must not` for a bar",
        "can" if stuck.word(1) == "not" => "write `must not` for a bar",
        "can" | "could" | "might" => "write `may` for a permission",
        "is" | "are" => "write `may` for a permission, `must not` for a bar or `must` for a duty",
        _ => return None,
    };
    Some(
        stuck
            .error("B0022", 0, 0, format!("I expected `may`, `must` or `should` here, and found `{found}`"))
            .help(help),
    )
}

/// A rule without `cites`.
fn no_cites(stuck: &Stuck<'_>) -> Option<Diagnostic> {
    let head = stuck.head();
    (stuck.expects(Rule::cites) || stuck.expects(Rule::k_cites)).then(|| {
        let name = stuck.word(-1);
        let head = if head == "matrix" { "row".to_owned() } else { head };
        let diagnostic = stuck.error(
            "B0016",
            -1,
            -1,
            format!("the {head} `{name}` does not say which clause it comes from"),
        );
        match nearest(&stuck.word(0), ["cites"]).first() {
            Some(_) => diagnostic.help(format!("did you mean `cites` where `{}` stands?", stuck.word(0))),
            None => diagnostic.help(format!("write `{head} {name} cites document/clause: ...`")),
        }
    })
}

/// `a and b or c`.
fn mixed(stuck: &Stuck<'_>) -> Option<Diagnostic> {
    let found = stuck.word(0);
    let other = match found.as_str() {
        "and" if stuck.expects(Rule::k_or) && !stuck.expects(Rule::k_and) => "or",
        "or" if stuck.expects(Rule::k_and) && !stuck.expects(Rule::k_or) => "and",
        _ => return None,
    };
    if !in_condition(stuck) {
        return None;
    }
    Some(
        stuck
            .error("B0019", 0, 0, format!("`{found}` cannot follow `{other}` without brackets"))
            .note("which of the two binds closer is not the same for every reader")
            .help("put brackets around the part that belongs together"),
    )
}

/// Whether the halt is inside a condition or formula, and not in the list of an act.
fn in_condition(stuck: &Stuck<'_>) -> bool {
    let opens = |word: &str| matches!(word, "when" | "unless" | "if" | "provided" | "that");
    let colon_of_define = |at: &Token| stuck.head() == "define" && at.kind == TokenKind::Colon;
    stuck
        .tokens
        .iter()
        .take(stuck.at)
        .any(|token| opens(&token.text(stuck.text).to_ascii_lowercase()) || colon_of_define(token))
}

/// `not fact is x`.
fn not_is(stuck: &Stuck<'_>) -> Option<Diagnostic> {
    (stuck.word(0) == "is" && stuck.word(-2) == "not").then(|| {
        let fact = stuck.word(-1);
        stuck
            .error("B0014", -2, 0, format!("`not` cannot stand before `{fact} is`"))
            .help(format!("write `{fact} is not ...`"))
    })
}

/// `a wibble and wobble` in a gap or a subject.
fn and_in_a_list(stuck: &Stuck<'_>) -> Option<Diagnostic> {
    let takes_and = stuck.expects(Rule::k_and);
    (stuck.word(0) == "and" && !takes_and && !in_condition(stuck)).then(|| {
        stuck
            .error("B0026", 0, 0, "`and` cannot join values here")
            .note("one act has one value in each gap, and one person asks")
            .help("write `or`: the sentence then holds for each of them")
    })
}

fn is_clause_word(word: &str) -> bool {
    matches!(word, "when" | "unless" | "if" | "provided" | "only")
}

/// `..., when ...`.
fn comma_before_clause(stuck: &Stuck<'_>) -> Option<Diagnostic> {
    let at = [0, -1]
        .into_iter()
        .find(|&at| stuck.kind(at) == Some(TokenKind::Comma) && is_clause_word(&stuck.word(at + 1)))?;
    let word = stuck.word(at + 1);
    Some(
        stuck
            .error("B0027", at, at + 1, format!("there is no comma before `{word}`"))
            .help("leave the comma out"),
    )
}

/// Clauses in another order than theirs, or twice.
fn clause_order(stuck: &Stuck<'_>) -> Option<Diagnostic> {
    let word = stuck.word(0);
    if !is_clause_word(&word) || !in_condition(stuck) || !stuck.expects(Rule::stop) && !ends_here(stuck) {
        return None;
    }
    Some(
        stuck
            .error("B0027", 0, 0, format!("`{word}` cannot stand here"))
            .note("each clause stands once, in the order: `when`, `only when`, `unless`, `if approved by`, `provided they`")
            .help("move it to its place, or join two conditions with `and`"),
    )
}

/// Whether the sentence, or the part of it, could end at the halt.
fn ends_here(stuck: &Stuck<'_>) -> bool {
    [Rule::bar, Rule::semicolon, Rule::provided, Rule::approved, Rule::unless]
        .iter()
        .any(|rule| stuck.expects(*rule))
}

/// `if` before a condition.
fn if_condition(stuck: &Stuck<'_>) -> Option<Diagnostic> {
    (stuck.word(-1) == "if" && stuck.expects(Rule::k_approved)).then(|| {
        stuck
            .error("B0014", -1, -1, "`if` is followed by `approved by`, and by no condition")
            .help(format!("write `when {}`", stuck.word(0)))
    })
}

/// `provided` without `they`.
fn provided_condition(stuck: &Stuck<'_>) -> Option<Diagnostic> {
    (stuck.word(-1) == "provided" && stuck.expects(Rule::k_they)).then(|| {
        stuck
            .error("B0014", -1, -1, "`provided` is followed by `they` and an undertaking")
            .help("write `provided they ...` for what they undertake to do")
            .help("write `when ...` for a circumstance")
    })
}

/// An example without its second half.
fn no_expectation(stuck: &Stuck<'_>) -> Option<Diagnostic> {
    (stuck.expects(Rule::semicolon) && !stuck.tokens.iter().any(|token| token.kind == TokenKind::Semicolon))
        .then(|| {
            stuck.error("B0014", 0, 0, "this example has no `;` before what it expects").help(
                "end the case with a semicolon, and go on with `expect permitted`, `expect forbidden` ...",
            )
        })
}

/// What an outcome is followed by without its comma, or in other words than the language has.
fn behind_outcome(stuck: &Stuck<'_>) -> Option<Diagnostic> {
    const PARTS: [&str; 11] = [
        "provided",
        "approvals",
        "duties",
        "needs",
        "because",
        "citing",
        "open",
        "defeated",
        "clashes",
        "possible",
        "assumed",
    ];
    let outcome = match (stuck.word(-3).as_str(), stuck.word(-2).as_str(), stuck.word(-1).as_str()) {
        (_, "expect", one @ ("permitted" | "forbidden")) => one.to_owned(),
        ("expect", one @ ("needs" | "not"), two @ ("approval" | "covered" | "facts")) => {
            format!("{one} {two}")
        }
        _ => return None,
    };
    let found = stuck.word(0);
    let error = |message: String| stuck.error("B0014", 0, 0, message);
    match found.as_str() {
        part if PARTS.contains(&part) => Some(
            error(format!("there is no comma before `{part}`"))
                .help(format!("write `{outcome}, {part} ...`")),
        ),
        "by" | "under" | "from" | "through" => Some(
            error(format!("`{found}` cannot stand behind what is expected"))
                .help(format!("write `{outcome}, because ...` for the rule that decides"))
                .help(format!("write `{outcome}, citing ...` for its clause")),
        ),
        "if" | "when" | "unless" => {
            let said = error(format!("`{found}` cannot stand behind what is expected"))
                .help("what is so stands before the semicolon");
            Some(match outcome.as_str() {
                "permitted" | "needs approval" => said
                    .help(format!("write `{outcome}, provided ...` for what it takes to undertake"))
                    .help("write `needs approval, approvals ...` for whose approval it takes"),
                _ => said,
            })
        }
        _ => None,
    }
}

/// A head without its colon.
fn no_colon(stuck: &Stuck<'_>) -> Option<Diagnostic> {
    let found = stuck.token(0)?;
    (stuck.expects(Rule::colon) && !stuck.expects(Rule::semicolon)).then(|| {
        let before = stuck.token(-1).map_or("", |token| token.text(stuck.text));
        let words = if found.kind == TokenKind::Stop { "the full stop" } else { found.text(stuck.text) };
        let quoted = if found.kind == TokenKind::Stop { words.to_owned() } else { format!("`{words}`") };
        stuck
            .error("B0015", 0, 0, format!("I expected `:` before {quoted}"))
            .help(format!("put a colon after `{before}`"))
    })
}

/// The grammar could have ended, and a new line goes on at the margin.
fn missing_stop(stuck: &Stuck<'_>) -> Option<Diagnostic> {
    let found = stuck.token(0)?;
    let at_margin = found.start == 0 || stuck.text.as_bytes().get(found.start as usize - 1) == Some(&b'\n');
    (at_margin && stuck.expects(Rule::stop)).then(|| {
        let before = stuck.token(-1).map_or("", |token| token.text(stuck.text));
        stuck
            .error("B0012", -1, -1, format!("this `{}` sentence has no full stop", stuck.head()))
            .label("it should end here")
            .note(format!(
                "`{}` stands at the margin, and begins no sentence of the language",
                found.text(stuck.text)
            ))
            .help(format!(
                "put a full stop after `{before}`, or indent the next line if it belongs to the sentence"
            ))
    })
}
