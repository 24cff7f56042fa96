//! Ways in which rule books say things, and which the language says otherwise: what to write instead.
//!
//! Not here: slips in the order and the joints of a sentence (`slips`), and words that only the vocabulary can tell
//! from others.

use super::Stuck;
use crate::tokens::TokenKind;
use byelaw_diagnostic::Diagnostic;
use byelaw_grammar::Rule;

/// The most words that are taken for one name.
const LONGEST_NAME: isize = 5;

const NUMBERS: [&str; 13] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];

/// `at once`, `straight away`.
pub(super) fn at_once(stuck: &Stuck<'_>) -> Option<Diagnostic> {
    let at = [-1, 0].into_iter().find(|&at| {
        let words = (stuck.word(at), stuck.word(at + 1));
        matches!((words.0.as_str(), words.1.as_str()), ("at", "once") | ("straight", "away"))
    })?;
    let written = format!("{} {}", stuck.word(at), stuck.word(at + 1));
    Some(stuck.error("B0014", at, at + 1, format!("`{written}` is no time by which a duty is due")).help(
        "write `, immediately,` for the same day, or `, as soon as possible,` for no day that can be told",
    ))
}

/// `Notwithstanding x, ...`, `In spite of x, ...`.
pub(super) fn notwithstanding(stuck: &Stuck<'_>) -> Option<Diagnostic> {
    let (written, last) = match (stuck.word(-1).as_str(), stuck.word(0).as_str()) {
        ("notwithstanding", _) => ("Notwithstanding", -1),
        ("in", "spite") => ("In spite of", 1),
        _ => return None,
    };
    Some(
        stuck
            .error("B0014", -1, last, format!("an exception does not begin with `{written}`"))
            .help("write `Despite RULE, ...` with the name of the rule that it sets aside"),
    )
}

/// `is between 3 and 5`.
pub(super) fn between(stuck: &Stuck<'_>) -> Option<Diagnostic> {
    if (stuck.word(-2).as_str(), stuck.word(-1).as_str()) != ("is", "between") {
        return None;
    }
    let fact = stuck.word(-3);
    let time = stuck.kind(0) == Some(TokenKind::Number) && stuck.kind(1) == Some(TokenKind::Colon);
    let help = match stuck.kind(0)? {
        TokenKind::Number if time => {
            format!("write `{fact} is from 08:30 until 18:00`; `until` leaves its own minute out")
        }
        TokenKind::Number => {
            let until = if stuck.word(1) == "and" && stuck.kind(2) == Some(TokenKind::Number) {
                stuck.word(2)
            } else {
                "...".to_owned()
            };
            format!("write `{fact} is at least {} and {fact} is at most {until}`", stuck.word(0))
        }
        TokenKind::Date => {
            format!("write `{fact} is on or after {} and {fact} is before ...`", stuck.word(0))
        }
        _ => return None,
    };
    Some(stuck.error("B0014", -1, 0, "`between` does not say whether its ends belong to it").help(help))
}

/// A number in letters.
pub(super) fn number_in_letters(stuck: &Stuck<'_>) -> Option<Diagnostic> {
    let found = stuck.word(0);
    let number = NUMBERS.iter().position(|word| *word == found).filter(|_| stuck.expects(Rule::number))?;
    Some(
        stuck
            .error("B0014", 0, 0, format!("numbers are written in digits, and `{found}` is not"))
            .help(format!("write `{number}`")),
    )
}

/// `never ...: ... unless x`: there only an approval may follow.
pub(super) fn invariant_unless(stuck: &Stuck<'_>) -> Option<Diagnostic> {
    let invariant = matches!(stuck.head().as_str(), "never" | "always");
    (invariant && stuck.word(-1) == "unless" && stuck.expects(Rule::k_approved)).then(|| {
        let found = stuck.word(0);
        let not = if stuck.kind(1) == Some(TokenKind::Stop) {
            format!("when not {found}")
        } else {
            "when not (...)".to_owned()
        };
        stuck
            .error(
                "B0014",
                -1,
                0,
                format!("`unless` is followed by `approved by` in `{}`, and by no condition", stuck.head()),
            )
            .help(format!("write `{not}`, right behind what is done"))
    })
}

/// Words before the modal of a rule or the `wants` of an example that are more than one name: `no reader may`,
/// `every reader may`, and names without their hyphens.
pub(super) fn several_words(stuck: &Stuck<'_>) -> Option<Diagnostic> {
    const ENDS: [&str; 9] = ["may", "must", "should", "wants", "after", "whatever", "or", "except", ","];
    let wanted = [Rule::modal, Rule::k_may, Rule::k_must, Rule::k_wants];
    if !wanted.iter().any(|rule| stuck.expects(*rule)) || stuck.kind(-1) != Some(TokenKind::Word) {
        return None;
    }
    let end = (1..LONGEST_NAME).find(|&at| ENDS.contains(&stuck.word(at).as_str()))?;
    let words: Vec<String> = (-1..end).map(|at| stuck.word(at)).collect();
    if (0..end).any(|at| !matches!(stuck.kind(at), Some(TokenKind::Word | TokenKind::Number))) {
        return None;
    }
    let written = words.join(" ");
    let rest = words.get(1..).unwrap_or_default().join("-");
    let error = |message: String| stuck.error("B0014", -1, end - 1, message);
    Some(match stuck.word(-1).as_str() {
        "no" => {
            let who = if rest == "one" { "anyone" } else { &rest };
            error("a bar does not begin with `no`".to_owned())
                .label("a bar says who must not do it")
                .help(format!("write `{who} must not ...`"))
        }
        word @ ("all" | "every" | "each" | "any" | "some") => {
            error(format!("`{word}` does not stand before the people a sentence is about"))
                .help(format!("write `{rest}`: whoever is one is meant"))
        }
        _ => error(format!("`{written}` is no name: a name is one word, or several joined by hyphens"))
            .help(format!("write the name as it is declared; did you mean `{}`?", words.join("-")))
            .help("if more than one is meant, put commas between them and `or` before the last"),
    })
}
