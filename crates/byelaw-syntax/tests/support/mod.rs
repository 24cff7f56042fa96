//! What several tests need: reading without a file, trees without places, and random sentences.

#![allow(dead_code, reason = "each test uses its part")]

use byelaw_diagnostic::FileId;
use byelaw_syntax::{Parsed, parse};
use proptest::prelude::*;
use proptest::sample::select;

pub fn read(text: &str) -> Parsed {
    parse(FileId(0), text)
}

/// The sentences without the places; Rust's own account of them, so that nothing can be forgotten.
pub fn shape(parsed: &Parsed) -> String {
    let full = format!("{:?} {:?} {:?}", parsed.sentences, parsed.end_comments, parsed.blank_before_end);
    let mut shape = String::new();
    let mut rest = full.as_str();
    while let Some((before, behind)) = rest.split_once("Span {") {
        shape.push_str(before);
        rest = behind.split_once('}').map_or("", |(_, behind)| behind);
    }
    shape + rest
}

fn word() -> impl Strategy<Value = String> {
    select(vec![
        "wibble", "Wobble", "x-1", "13.1-b", "on", "by", "is", "will", "row", "they", "in", "7", "plugh",
    ])
    .prop_map(str::to_owned)
}

fn plain() -> impl Strategy<Value = String> {
    select(vec!["wibble", "wobble", "x-1", "13.1-b", "plugh", "xyzzy"]).prop_map(str::to_owned)
}

/// A name with or without an article.
fn name() -> impl Strategy<Value = String> {
    (select(vec!["", "", "a ", "the ", "An "]), plain())
        .prop_map(|(article, name)| format!("{article}{name}"))
}

fn quoted() -> impl Strategy<Value = String> {
    select(vec![r#""wib""#, r#""a. b # c""#, r#""q\"q\\""#, r#""żółw""#, r#""""#]).prop_map(str::to_owned)
}

fn date() -> impl Strategy<Value = String> {
    select(vec!["2020-03-23", "1999-12-31"]).prop_map(str::to_owned)
}

fn time() -> impl Strategy<Value = String> {
    select(vec!["08:40", "00:00", "23:59"]).prop_map(str::to_owned)
}

fn calendar_part() -> impl Strategy<Value = String> {
    let hours = || {
        prop_oneof![
            time().prop_map(|t| format!("from {t}")),
            time().prop_map(|t| format!("until {t}")),
            (time(), time()).prop_map(|(a, b)| format!("from {a} until {b}")),
        ]
    };
    let bells = || {
        let bell = (name(), proptest::collection::vec(hours(), 1..3))
            .prop_map(|(n, h)| format!("{n} {}", h.join(" and ")));
        proptest::collection::vec(bell, 1..3).prop_map(|b| b.join(", "))
    };
    let value = || maybe(name().prop_map(|n| format!("as {n}")));
    prop_oneof![
        plain().prop_map(|n| format!("counting {n} days")),
        name().prop_map(|n| format!("closed days are {n}")),
        name().prop_map(|n| format!("days beyond are {n}")),
        (plain(), maybe(quoted()), date(), date())
            .prop_map(|(n, l, f, u)| format!("open {n} {l} from {f} until {u}")),
        (plain(), maybe(quoted()), date(), date(), value())
            .prop_map(|(n, l, f, u, v)| format!("closed {n} {l} from {f} until {u} {v}")),
        (plain(), maybe(quoted()), joined(date(), "or"), value())
            .prop_map(|(n, l, d, v)| format!("closed {n} {l} on {d} {v}")),
        (joined(name(), "or"), bells()).prop_map(|(d, b)| format!("on {d}: {b}")),
        (joined(date(), "or"), bells()).prop_map(|(d, b)| format!("on {d}: {b}")),
    ]
}

fn maybe(inner: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), inner]
}

fn joined(inner: impl Strategy<Value = String>, last: &'static str) -> impl Strategy<Value = String> {
    proptest::collection::vec(inner, 1..5).prop_map(move |mut names| match names.pop() {
        Some(name) if names.is_empty() => name,
        Some(name) => format!("{} {last} {name}", names.join(", ")),
        None => String::new(),
    })
}

fn entry() -> impl Strategy<Value = String> {
    let also = maybe(joined(quoted(), "or").prop_map(|also| format!("also {also}")));
    let formerly = maybe(joined(plain(), "or").prop_map(|names| format!("formerly {names}")));
    let meaning = maybe(quoted().prop_map(|text| format!("meaning {text}")));
    (plain(), maybe(quoted()), also, formerly, meaning)
        .prop_map(|(n, l, a, f, m)| format!("{n} {l} {a} {f} {m}"))
}

fn condition() -> BoxedStrategy<String> {
    let leaf = prop_oneof![
        name(),
        name().prop_map(|n| format!("not {n}")),
        (name(), joined(name(), "or")).prop_map(|(n, v)| format!("{n} is {v}")),
        (name(), joined(name(), "or")).prop_map(|(n, v)| format!("{n} is not {v}")),
        (name(), joined(name(), "or")).prop_map(|(n, v)| format!("{n} includes {v}")),
        (name(), select(vec!["at least ", "at most ", "over ", "under ", ""]))
            .prop_map(|(n, c)| format!("{n} is {c}13")),
        (name(), date()).prop_map(|(n, d)| format!("{n} is on or after {d}")),
        (name(), date()).prop_map(|(n, d)| format!("{n} is before {d}")),
        (name(), select(vec!["at or after ", "before ", ""]), time())
            .prop_map(|(n, c, t)| format!("{n} is {c}{t}")),
        (name(), time(), time()).prop_map(|(n, a, b)| format!("{n} is from {a} until {b}")),
    ];
    leaf.prop_recursive(4, 16, 4, |inner| {
        let term = prop_oneof![
            inner.clone().prop_map(|c| format!("({c})")),
            inner.clone().prop_map(|c| format!("not ({c})")),
            inner,
        ];
        (proptest::collection::vec(term, 1..4), select(vec![" and ", " or "]))
            .prop_map(|(terms, joint)| terms.join(joint))
    })
    .boxed()
}

fn formula() -> BoxedStrategy<String> {
    name()
        .prop_recursive(3, 8, 3, |inner| {
            let term = prop_oneof![inner.clone().prop_map(|c| format!("({c})")), inner];
            (proptest::collection::vec(term, 1..4), select(vec![" and ", " or "]))
                .prop_map(|(terms, joint)| terms.join(joint))
        })
        .boxed()
}

fn phrase() -> impl Strategy<Value = String> {
    let piece = (select(vec![" ", " ", ", ", " or ", " only ", " except ", " the "]), word());
    (plain(), proptest::collection::vec(piece, 0..8)).prop_map(|(first, pieces)| {
        pieces.into_iter().fold(first, |line, (joint, word)| line + joint + &word)
    })
}

fn who() -> impl Strategy<Value = String> {
    prop_oneof![
        joined(name(), "or"),
        Just("anyone".to_owned()),
        joined(name(), "or").prop_map(|names| format!("anyone except {names}"))
    ]
}

fn clauses() -> impl Strategy<Value = String> {
    let clause = |word: &'static str| maybe(condition().prop_map(move |c| format!("{word} {c}")));
    let formulas = |words: &'static str| maybe(formula().prop_map(move |f| format!("{words} {f}")));
    (
        clause("when"),
        clause("only when"),
        clause("unless"),
        prop_oneof![
            2 => formulas("if approved by"),
            1 => name().prop_map(|n| format!("at the discretion of {n}")),
        ],
        formulas("provided they"),
    )
        .prop_map(|(a, b, c, d, e)| format!("{a} {b} {c} {d} {e}"))
}

fn cites() -> impl Strategy<Value = String> {
    joined((plain(), plain()).prop_map(|(d, c)| format!("{d}/{c}")), "and")
}

fn frame() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        word(),
        plain().prop_map(|n| format!("<{n}>")),
        plain().prop_map(|n| format!("the < {n} >"))
    ];
    proptest::collection::vec(piece, 1..6).prop_map(|words| words.join(" "))
}

fn values() -> impl Strategy<Value = String> {
    proptest::collection::vec(entry(), 1..4).prop_map(|values| values.join(", "))
}

fn fact_part() -> impl Strategy<Value = String> {
    prop_oneof![
        quoted().prop_map(|t| format!("asked {t}")),
        name().prop_map(|n| format!("presumed {n}")),
        (name(), joined(name(), "or")).prop_map(|(n, acts)| format!("presumed {n} except to {acts}")),
        (name(), condition()).prop_map(|(n, c)| format!("presumed {n} when {c}")),
        joined(plain(), "or").prop_map(|n| format!("formerly {n}")),
        Just("held by the subject".to_owned()),
        Just("costing 03 to change".to_owned()),
        name().prop_map(|n| format!("judged by {n}")),
        quoted().prop_map(|t| format!("meaning {t}")),
        joined(quoted(), "or").prop_map(|t| format!("also {t}")),
        Just("the subject".to_owned()),
        frame().prop_map(|f| format!("said {f}")),
    ]
}

fn fact_kind() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("yes or no".to_owned()),
        values().prop_map(|v| format!("one of: {v}")),
        values().prop_map(|v| format!("some of: {v}")),
        plain().prop_map(|n| format!("a number of {n} from 0 to 0120")),
        Just("a date".to_owned()),
        Just("a time of day".to_owned()),
        Just("a weekday".to_owned()),
        Just("the acts".to_owned()),
    ]
}

fn instrument_part() -> impl Strategy<Value = String> {
    prop_oneof![
        quoted().prop_map(|t| format!("edition {t}")),
        date().prop_map(|d| format!("adopted {d}")),
        (date(), maybe(date().prop_map(|d| format!("until {d}"))))
            .prop_map(|(f, u)| format!("in force from {f} {u}")),
        name().prop_map(|n| format!("in force while {n}")),
        date().prop_map(|d| format!("review by {d}")),
        Just("silence means forbidden".to_owned()),
        name().prop_map(|n| format!("silence means ask {n}")),
        Just("prevails only where it says so".to_owned()),
        Just("prevails over everything".to_owned()),
        plain().prop_map(|n| format!("replaces {n}")),
    ]
}

fn decided() -> impl Strategy<Value = String> {
    maybe(name().prop_map(|n| format!(", decided by {n} on 2024-01-10")))
}

fn parts(part: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    proptest::collection::vec(part.prop_map(|p| format!(", {p}")), 0..4).prop_map(|parts| parts.concat())
}

fn body() -> impl Strategy<Value = String> {
    let modal = select(vec!["may", "may in general", "may only", "must not", "must never", "should not"]);
    let despite =
        maybe(proptest::collection::vec(plain(), 1..3).prop_map(|r| format!("Despite {},", r.join(", "))));
    let norm = (despite, who(), modal, phrase(), clauses())
        .prop_map(|(d, w, m, p, c)| format!("{d} {w} {m} {p} {c}"));
    let due = maybe(
        select(vec![
            ", as soon as possible",
            ", immediately",
            ", within 3 calendar days",
            ", within 1 week",
            ", within 2 months of a fact",
            ", every 2 years",
            ", every week",
            ", once per year",
            ", once per stretch of plan",
            r#", by "dusk""#,
        ])
        .prop_map(str::to_owned),
    );
    let when = maybe(condition().prop_map(|c| format!("when {c}")));
    let deeds = prop_oneof![
        2 => joined(name(), "and"),
        1 => joined(name(), "or"),
        1 => (name(), name(), name()).prop_map(|(a, b, c)| format!("{a} and ({b} or {c})")),
    ];
    let occasion = prop_oneof![
        3 => (select(vec!["after", "when", "before"]), phrase()).prop_map(|(t, p)| format!(", {t} they {p}")),
        1 => (select(vec!["after", "before"]), name()).prop_map(|(t, e)| format!(", {t} {e}")),
        1 => Just(String::new()),
    ];
    let otherwise = maybe(prop_oneof![name(), quoted()].prop_map(|o| format!(", otherwise {o}")));
    let duty = (who(), select(vec!["must", "should"]), deeds, due, occasion, when, otherwise)
        .prop_map(|(w, m, d, due, o, c, e)| format!("{w} {m} {d}{due}{o} {c}{e}"));
    let disapply = (plain(), condition()).prop_map(|(r, c)| format!("rule {r} does not apply when {c}"));
    let advice = (who(), phrase(), maybe(condition().prop_map(|c| format!("when {c}"))), quoted())
        .prop_map(|(w, p, c, t)| format!("guidance for {w} when they {p} {c}: {t}"));
    prop_oneof![4 => norm, 2 => duty, 1 => disapply, 1 => advice]
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("yes".to_owned()),
        Just("no".to_owned()),
        phrase().prop_map(|p| format!("only {p}")),
        condition().prop_map(|c| format!("only when {c}")),
        (condition(), formula()).prop_map(|(c, f)| format!("when {c} if approved by {f}")),
        formula().prop_map(|f| format!("provided they {f}")),
    ]
}

fn matrix() -> impl Strategy<Value = String> {
    let columns = proptest::collection::vec((plain(), who()).prop_map(|(n, w)| format!("{n}: {w}")), 1..3);
    let cells = proptest::collection::vec(cell(), 1..3);
    let row = (plain(), cites(), phrase(), cells)
        .prop_map(|(n, c, p, cells)| format!(", row {n} cites {c}: {p} | {}", cells.join(" | ")));
    (plain(), quoted(), columns, proptest::collection::vec(row, 1..3)).prop_map(|(n, t, columns, rows)| {
        format!("matrix {n} {t} for {} {}", columns.join(" | "), rows.concat())
    })
}

/// Everything an example says of its case, from its title on.
fn case() -> impl Strategy<Value = String> {
    let list = |word: &'static str| maybe(joined(name(), "and").prop_map(move |n| format!(", {word} {n}")));
    let case = (quoted(), who(), phrase(), maybe(condition().prop_map(|c| format!("when {c}"))));
    let strict = maybe(Just(", assuming nothing".to_owned()));
    let extra = (
        maybe(
            (date(), maybe(time().prop_map(|t| format!("at {t}"))))
                .prop_map(|(d, t)| format!(", on {d} {t}")),
        ),
        list("approved by"),
        list("refused by"),
        list("will"),
        list("will not"),
        strict,
    );
    (case, extra)
        .prop_map(|((t, w, p, c), (a, b, d, e, f, g))| format!("{t}: {w} wants to {p} {c}{a}{b}{d}{e}{f}{g}"))
}

fn outcome() -> impl Strategy<Value = String> {
    select(vec!["permitted", "needs approval", "forbidden", "not covered", "needs facts"])
        .prop_map(str::to_owned)
}

/// What an example expects.
fn expectation() -> impl Strategy<Value = String> {
    let list = |word: &'static str| maybe(joined(name(), "and").prop_map(move |n| format!(", {word} {n}")));
    let clause = (plain(), plain()).prop_map(|(d, c)| format!("{d}/{c}"));
    let more = (
        list("provided"),
        list("approvals"),
        list("duties"),
        list("needs"),
        list("because"),
        list("assumed"),
        list("open"),
        list("defeated"),
        list("clashes"),
    );
    let last = (
        maybe(joined(clause, "and").prop_map(|c| format!(", citing {c}"))),
        maybe(joined(outcome(), "or").prop_map(|o| format!(", possible {o}"))),
    );
    (outcome(), more, last)
        .prop_map(|(o, (h, i, j, k, l, m, n, p, q), (c, r))| format!("{o}{h}{i}{j}{k}{l}{m}{n}{p}{q}{c}{r}"))
}

fn check() -> impl Strategy<Value = String> {
    (case(), expectation()).prop_map(|(c, e)| format!("check {c}; expect {e}"))
}

fn table() -> impl Strategy<Value = String> {
    let column = prop_oneof![
        name(),
        select(vec!["approved by", "refused by", "will", "will not", "on"]).prop_map(str::to_owned)
    ];
    let cell = prop_oneof![Just(String::new()), date(), joined(name(), "and"), Just("7".to_owned())];
    let title = prop_oneof![plain(), quoted()];
    let row = (title, proptest::collection::vec(cell, 1..4), expectation())
        .prop_map(|(t, cells, e)| format!(", row {t}: {} | {e}", cells.join(" | ")));
    (case(), proptest::collection::vec(column, 1..4), proptest::collection::vec(row, 1..4)).prop_map(
        |(c, columns, rows)| format!("check table {c}; for {}{}", columns.join(" | "), rows.concat()),
    )
}

fn invariant() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        date().prop_map(|d| format!("from {d}")),
        date().prop_map(|d| format!("from {d} until {d}")),
        Just("even if approved by anyone".to_owned()),
        joined(name(), "and").prop_map(|n| format!("even if approved by {n}")),
        joined(name(), "or").prop_map(|n| format!("unless approved by {n}")),
        joined(name(), "and").prop_map(|n| format!("if approved by {n}")),
    ];
    let when = maybe(condition().prop_map(|c| format!("when {c}")));
    (select(vec!["never", "always"]), maybe(quoted()), who(), phrase(), when, parts(part))
        .prop_map(|(word, t, w, p, c, parts)| format!("{word} {t}: {w} may {p} {c}{parts}"))
}

fn document_part() -> impl Strategy<Value = String> {
    prop_oneof![
        quoted().prop_map(|t| format!("edition {t}")),
        (1..30_u8).prop_map(|n| format!("{n} pages")),
        quoted().prop_map(|t| format!("file {t}")),
        quoted().prop_map(|t| format!("note {t}")),
    ]
}

/// Where a clause stands in its document, and by what it is known again.
fn clause_place() -> impl Strategy<Value = String> {
    let range = |word: &'static str| {
        maybe(prop_oneof![
            (1..90_u8).prop_map(move |n| format!(", {word} {n}")),
            (1..90_u8, 1..90_u8).prop_map(move |(a, b)| format!(", {word}s {a} to {b}")),
        ])
    };
    let fingerprint =
        maybe((1..90_u8).prop_map(|n| format!(", fingerprint \"0123456789abcdef\" of {n} words")));
    (range("line"), range("word"), fingerprint)
        .prop_map(|(l, w, f)| if l.is_empty() { f } else { format!("{l}{w}{f}") })
}

/// One sentence without its full stop. (A phrase may hold words that make it something else; then it is not read.)
pub fn sentence() -> impl Strategy<Value = String> {
    let packs = prop_oneof![
        quoted().prop_map(|t| format!("use {t}")),
        (plain(), quoted()).prop_map(|(n, t)| format!("vocabulary {n} {t}")),
        (plain(), quoted(), maybe(plain().prop_map(|n| format!("under {n}"))), parts(instrument_part()))
            .prop_map(|(n, t, u, p)| format!("policy {n} {t} {u}{p}")),
        (plain(), quoted(), plain(), parts(instrument_part()))
            .prop_map(|(n, t, m, p)| format!("addendum {n} {t} to {m}{p}")),
        (plain(), quoted(), parts(document_part())).prop_map(|(n, t, p)| format!("document {n} {t}{p}")),
        (
            plain(),
            plain(),
            quoted(),
            maybe(select(vec!["as duty", r#"as informative because "x""#]).prop_map(str::to_owned)),
            clause_place(),
            quoted()
        )
            .prop_map(|(d, c, l, s, w, p)| format!("clause {d}/{c} {l} {s}{w}: {p}")),
    ];
    let side = select(vec!["asker", "act", "thing", "circumstances"]);
    let taken_again = maybe(joined(name(), "or").prop_map(|n| format!(r#", taken as {n} because "x""#)));
    let taken = maybe(joined(name(), "or").prop_map(|n| format!(r#", taken as {n} because "x""#)));
    let parameter_kind = prop_oneof![
        name().prop_map(|n| format!("some of {n}")),
        values().prop_map(|v| format!("one of: {v}"))
    ];
    let words = prop_oneof![
        (plain(), maybe(quoted()), side, parts(fact_part()), fact_kind())
            .prop_map(|(n, l, s, p, k)| format!("fact {n} {l} of the {s}{p}, {k}")),
        (plain(), maybe(quoted()), name(), parameter_kind, taken)
            .prop_map(|(n, l, t, k, a)| format!("parameter {n} {l} left to {t}, {k}{a}")),
        (plain(), maybe(quoted()), plain(), plain(), values(), taken_again)
            .prop_map(|(n, l, d, c, v, a)| format!("reading {n} {l} of {d}/{c}, one of: {v}{a}")),
        (name(), joined(name(), "or"), quoted(), decided())
            .prop_map(|(n, v, t, d)| format!("set {n} to {v} because {t}{d}")),
        (name(), date(), decided()).prop_map(|(n, v, d)| format!(r#"set {n} to {v} because "x"{d}"#)),
        (name(), values()).prop_map(|(n, v)| format!("add to {n}: {v}")),
        (
            entry(),
            name(),
            joined(name(), "or"),
            maybe(joined(name(), "or").prop_map(|n| format!(", ordinarily {n}")))
        )
            .prop_map(|(e, f, m, o)| format!("group {e} of {f}: {m}{o}")),
        (
            entry(),
            maybe(quoted().prop_map(|t| format!(", asked {t}"))),
            date(),
            maybe(Just(", not from the document".to_owned()))
        )
            .prop_map(|(e, a, d, n)| format!("period {e}{a}, from {d}{n}")),
        (plain(), quoted(), name(), proptest::collection::vec(calendar_part(), 1..5)).prop_map(
            |(n, t, f, p)| format!(r#"calendar {n} {t} in "Xyzzy/Plugh" telling {f}, {}"#, p.join(", "))
        ),
        (plain(), maybe(quoted()), condition()).prop_map(|(n, l, c)| format!("define {n} {l}: {c}")),
        condition().prop_map(|c| format!("it is impossible that {c}")),
        (entry(), frame()).prop_map(|(e, f)| format!("act {e}: {f}")),
        (
            entry(),
            maybe(joined(name(), "or").prop_map(|n| format!("given by {n}"))),
            maybe(Just(", class wib, not by the asker".to_owned()))
        )
            .prop_map(|(e, g, c)| format!("approval {e} {g}{c}")),
        entry().prop_map(|e| format!("undertaking {e}")),
        entry().prop_map(|e| format!("deed {e}")),
    ];
    let examples =
        (maybe(Just("all ".to_owned())), date()).prop_map(|(all, on)| format!("{all}examples are on {on}"));
    let settle = (plain(), plain(), quoted(), decided())
        .prop_map(|(a, b, t, d)| format!("settle {a} against {b}: {a} prevails because {t}{d}"));
    let rules = proptest::collection::vec(plain(), 1..4).prop_map(|rules| rules.join(", "));
    let vary = (rules, maybe(condition().prop_map(|c| format!("when {c}"))))
        .prop_map(|(rules, when)| format!("let lower policies vary {rules} {when}"));
    let rule = (plain(), cites(), body()).prop_map(|(n, c, b)| format!("rule {n} cites {c}: {b}"));
    prop_oneof![2 => packs, 3 => words, 4 => rule, 1 => matrix(), 1 => settle, 1 => vary, 2 => check(), 1 => table(), 1 => invariant(), 1 => examples]
}

/// A file of sentences with comments and blank lines in all kinds of places.
pub fn file() -> impl Strategy<Value = String> {
    let before = select(vec!["", "\n", "\n\n", "# one\n", "\n# one\n\n# two\n", "\n\n\n# one\n\n\n"]);
    let behind = select(vec![".\n", ". # behind\n", ".\n\n\n", "\n  # inside\n  .\n", " # last\n ."]);
    (
        proptest::collection::vec((before, sentence(), behind), 0..4),
        select(vec!["", "\n# end\n", "\n\n# end\n\n# end"]),
    )
        .prop_map(|(sentences, end)| {
            let mut text = String::new();
            for (before, sentence, behind) in sentences {
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                text.extend([before, &sentence, behind]);
            }
            text + end
        })
}
