//! Packs as text that some author might have written: random, odd in spacing and comments, and free of errors.
//!
//! In: numbers that look random. Out: files with paths, ready to be parsed or compiled. What the rules say is of no
//! account here; each sentence is one that the language has, and every name it uses is declared.

use crate::Chance;

/// The most of a kind that a pack declares.
const FEW: u64 = 4;

/// A random pack: its files by path. It compiles without errors.
pub fn written_pack(chance: &mut Chance) -> Vec<(String, String)> {
    let mut writer = Writer {
        chance,
        facts: Vec::new(),
        acts: Vec::new(),
        priced: Vec::new(),
        clauses: 0,
        bars: Vec::new(),
        rules: 0,
    };
    let words = writer.words();
    let papers = writer.papers();
    let mut rules = writer.rules("plugh");
    if writer.chance.percent(40) {
        rules.push("addendum thud \"A later \\\"thud\\\"\" to plugh, adopted 2020-02-01, in force from 2020-03-01 until 2020-09-01, prevails only where it says so".to_owned());
        rules.extend(writer.rules("thud"));
    }
    let checks = writer.checks();
    [
        ("wibble/policy.pol", papers),
        ("wibble/words.pol", words),
        ("wibble/rules/first.pol", rules),
        ("wibble/cases/first.pol", checks),
    ]
    .into_iter()
    .map(|(path, sentences)| (path.to_owned(), writer.file(&sentences)))
    .collect()
}

/// A fact of the pack being written: its name and what can be said of it.
#[derive(Clone)]
struct Fact {
    name: String,
    kind: Kind,
}

#[derive(Clone)]
enum Kind {
    YesNo,
    OneOf(Vec<String>),
    SomeOf(Vec<String>),
    Number,
    Date,
}

struct Writer<'a> {
    chance: &'a mut Chance,
    facts: Vec<Fact>,
    /// Verbs, with the places in `facts` of their gaps.
    acts: Vec<(String, Vec<usize>)>,
    /// Approvals and undertakings.
    priced: Vec<(String, bool)>,
    clauses: u64,
    /// Bars that exceptions can name.
    bars: Vec<String>,
    rules: u64,
}

const ROLES: [&str; 4] = ["wug", "dax", "blicket", "toma"];
const COMMENTS: [&str; 6] = [
    "# plain",
    "# with a \"string\" in it.",
    "#",
    "# rule x cites y: no rule.",
    "# żółw 東京",
    "#   spaced   out  ",
];

impl Writer<'_> {
    fn number(&mut self, end: u64) -> usize {
        usize::try_from(self.chance.below(end)).expect("small")
    }

    fn one(&mut self, all: &[&'static str]) -> &'static str {
        all[self.number(u64::try_from(all.len()).expect("few"))]
    }

    fn maybe(&mut self, share: u64, text: impl Into<String>) -> String {
        if self.chance.percent(share) { text.into() } else { String::new() }
    }

    /// What people read about a word.
    fn entry(&mut self, name: &str) -> String {
        let label = self.maybe(60, format!(" \"the {name}, a . b # c\""));
        let also = self.maybe(30, format!(" also \"{name} too\""));
        let meaning = self.maybe(30, " meaning \"żółw, \\\"quoted\\\" and \\\\\"");
        format!("{name}{label}{also}{meaning}")
    }

    fn words(&mut self) -> Vec<String> {
        let roles: Vec<String> = ROLES.iter().map(|r| self.entry(r)).collect();
        let mut said = vec![
            format!(
                "fact role of the asker, the subject, asked \"Who are you?\", one of: {}",
                roles.join(", ")
            ),
            "fact action of the act, the acts".to_owned(),
            "group people \"some people\" of role: wug or dax, ordinarily wug".to_owned(),
        ];
        for n in 0..2 + self.number(FEW) {
            let name = format!("fact-{}", ["a", "b", "c", "d", "e", "f"][n]);
            let (kind, words) = match self.number(6) {
                0 | 1 => (Kind::YesNo, "yes or no".to_owned()),
                2 => {
                    let values: Vec<String> =
                        (0..2 + self.number(FEW)).map(|v| format!("{name}-v{}", v + 2)).collect();
                    let entries: Vec<String> = values.iter().map(|v| self.entry(v)).collect();
                    (Kind::OneOf(values), format!("one of: {}", entries.join(", ")))
                }
                3 => {
                    let values: Vec<String> =
                        (0..2 + self.number(2)).map(|v| format!("{name}-s{}", v + 2)).collect();
                    let words = format!("some of: {}", values.join(", "));
                    (Kind::SomeOf(values), words)
                }
                4 => (Kind::Number, "a number of wobbles from 0 to 40".to_owned()),
                _ => (Kind::Date, "a date".to_owned()),
            };
            let side = *self.chance.of(&["thing", "circumstances", "act"]);
            let asked = self.maybe(60, format!(", asked \"What of {name}?\""));
            let presumed =
                if matches!(kind, Kind::YesNo) { self.maybe(30, ", presumed no") } else { String::new() };
            let label = self.maybe(50, format!(" \"the {name}\""));
            said.push(format!("fact {name}{label} of the {side}{asked}{presumed}, {words}"));
            self.facts.push(Fact { name, kind });
        }
        // One fact for gaps that is always there.
        said.push("fact zorp of the thing, one of: zorp-x, zorp-y, zorp-z".to_owned());
        said.push("group zorps of zorp: zorp-x and zorp-y".replace(" and ", " or "));
        self.facts.push(Fact {
            name: "zorp".to_owned(),
            kind: Kind::OneOf(vec!["zorp-x".to_owned(), "zorp-y".to_owned(), "zorp-z".to_owned()]),
        });
        if self.chance.percent(40) {
            said.push("parameter xyzzy \"the xyzzy\" left to the wobbler, yes or no".to_owned());
            self.facts.push(Fact { name: "xyzzy".to_owned(), kind: Kind::YesNo });
        }
        if self.chance.percent(30) {
            said.push("period grault \"the grault\", asked \"Is it the grault?\", from 2020-03-23 until 2020-07-23, not from the document".to_owned());
            self.facts.push(Fact { name: "grault".to_owned(), kind: Kind::YesNo });
        }
        if self.chance.percent(50) {
            let condition = self.condition(2);
            said.push(format!("define waldo \"a waldo\": {condition}"));
            self.facts.push(Fact { name: "waldo".to_owned(), kind: Kind::YesNo });
        }
        for verb in ["frob", "munge", "twiddle", "grep-out"].into_iter().take(1 + self.number(FEW)) {
            let zorp = self.facts.iter().position(|f| f.name == "zorp").expect("declared");
            let gaps = if self.chance.percent(70) { vec![zorp] } else { Vec::new() };
            let frame = if gaps.is_empty() { verb.to_owned() } else { format!("{verb} <zorp>") };
            let entry = self.entry(&format!("{verb}-it"));
            said.push(format!("act {entry}: {frame}"));
            self.acts.push((verb.to_owned(), gaps));
        }
        for name in ["fred", "corge"] {
            let entry = self.entry(name);
            let giver = ROLES[self.number(4)];
            let by = self.maybe(60, format!(" given by {giver}"));
            let not = self.maybe(30, ", not by the asker");
            said.push(format!("approval {entry}{by}{not}"));
            self.priced.push((name.to_owned(), true));
        }
        for name in ["garply", "quux"] {
            let entry = self.entry(name);
            said.push(format!("undertaking {entry}"));
            self.priced.push((name.to_owned(), false));
        }
        said.push("deed report-zorp \"report it\"".to_owned());
        said
    }

    fn papers(&mut self) -> Vec<String> {
        let silence =
            self.chance.of(&["", ", silence means forbidden", ", silence means allowed"]).to_string();
        let mut said = vec![
            format!("policy plugh \"Plugh rules\", edition \"2\", in force from 2019-01-01{silence}"),
            "document book \"The book\", edition \"2\"".to_owned(),
        ];
        self.clauses = 1 + self.chance.below(FEW);
        for clause in 0..self.clauses {
            let standing = if clause == 0 {
                String::new()
            } else {
                self.maybe(20, " as informative because \"no rule\"")
            };
            said.push(format!(
                "clause book/{}-x \"page {clause}\"{standing}: \"what clause {clause} says\"",
                clause + 2
            ));
        }
        said
    }

    /// A condition in at most so many brackets.
    fn condition(&mut self, deep: u32) -> String {
        let joined = *self.chance.of(&[" and ", " or "]);
        let terms: Vec<String> = (0..1 + self.number(3)).map(|_| self.term(deep)).collect();
        // Behind `or`, a fact would be read as one more value of the list before it.
        let list = |t: &String| joined == " or " && (t.contains(" is ") || t.contains(" includes "));
        let terms = terms.into_iter().map(|t| if list(&t) { format!("({t})") } else { t });
        terms.collect::<Vec<_>>().join(joined)
    }

    fn term(&mut self, deep: u32) -> String {
        if deep > 0 && self.chance.percent(25) {
            let inner = self.condition(deep - 1);
            return format!("{}({inner})", self.maybe(30, "not "));
        }
        let fact = self.chance.of(&self.facts.clone()).clone();
        let name = fact.name;
        match fact.kind {
            Kind::YesNo => format!("{}{name}", self.maybe(40, "not ")),
            Kind::OneOf(values) => {
                let not = self.maybe(30, "not ");
                format!("{name} is {not}{}", self.chance.of(&values))
            }
            Kind::SomeOf(values) => format!("{name} includes {}", self.chance.of(&values)),
            Kind::Number => {
                let how = *self.chance.of(&["at least ", "at most ", "over ", "under ", ""]);
                format!("{name} is {how}{}", 1 + self.chance.below(38))
            }
            Kind::Date => {
                format!("{name} is {}", self.chance.of(&["on or after 2020-02-29", "before 1999-12-31"]))
            }
        }
    }

    fn who(&mut self) -> String {
        match self.number(5) {
            0 => "anyone".to_owned(),
            1 => "anyone except toma".to_owned(),
            2 => "people".to_owned(),
            3 => "wug, dax or toma".to_owned(),
            _ => ROLES[self.number(4)].to_owned(),
        }
    }

    fn phrase(&mut self) -> String {
        if self.chance.percent(10) {
            return "do anything".to_owned();
        }
        let (verb, gaps) = self.chance.of(&self.acts.clone()).clone();
        if gaps.is_empty() || self.chance.percent(30) {
            return verb;
        }
        let filled =
            *self.chance.of(&["zorp-x", "a zorp-y", "zorp-x or zorp-z", "zorps", "anything except zorp-z"]);
        format!("{verb} {filled}")
    }

    fn rules(&mut self, prefix: &str) -> Vec<String> {
        let mut said = Vec::new();
        for _ in 0..1 + self.number(6) {
            self.rules += 1;
            let name = format!("{prefix}-r{}", self.rules * 3);
            let cites = format!("book/{}-x", self.chance.below(self.clauses) + 2);
            let (who, act) = (self.who(), self.phrase());
            let when =
                if self.chance.percent(50) { format!(" when {}", self.condition(1)) } else { String::new() };
            let unless = if self.chance.percent(15) {
                format!(" unless {}", self.condition(1))
            } else {
                String::new()
            };
            let price = self.price();
            let body = match self.number(7) {
                0 | 1 => {
                    let despite = match self.bars.clone() {
                        bars if !bars.is_empty() && self.chance.percent(50) => {
                            format!("Despite {}, ", self.chance.of(&bars))
                        }
                        _ => String::new(),
                    };
                    format!("{despite}{who} may {act}{when}{unless}{price}")
                }
                2 => format!("{who} may in general {act}{when}{unless}{price}"),
                3 => {
                    self.bars.push(name.clone());
                    format!("{who} must not {act}{when}{unless}")
                }
                4 => format!("{who} must never {act}{when}{unless}"),
                5 => format!(
                    "{who} may only {act}{when}{unless} if approved by fred{}",
                    self.maybe(30, " or corge")
                ),
                _ => format!("{who} must report-zorp, as soon as possible, after they {act}{when}"),
            };
            said.push(format!("rule {name} cites {cites}: {body}"));
        }
        said
    }

    fn price(&mut self) -> String {
        let approved = self
            .chance
            .of(&["", "", " if approved by fred", " if approved by fred and (corge or fred)"])
            .to_string();
        let provided =
            self.chance.of(&["", "", " provided they garply", " provided they garply or quux"]).to_string();
        approved + &provided
    }

    fn checks(&mut self) -> Vec<String> {
        let outcome =
            *self.chance.of(&["permitted", "forbidden", "not covered", "needs facts", "needs approval"]);
        let (verb, _) = self.chance.of(&self.acts.clone()).clone();
        let on = self.maybe(50, ", on 2020-05-01");
        let will = self.maybe(40, ", will garply");
        vec![format!("check \"a case: of. something\": a wug wants to {verb}{on}{will}; expect {outcome}")]
    }

    /// Sentences with blanks, lines and comments as people leave them.
    fn file(&mut self, sentences: &[String]) -> String {
        let mut text = String::new();
        if self.chance.percent(50) {
            text.push_str("# What this file is about.\n\n");
        }
        for sentence in sentences {
            if self.chance.percent(25) {
                let piece: &str = self.one(&COMMENTS);
                text.push_str(piece);
                let piece: &str = self.one(&["\n", "\n\n"]);
                text.push_str(piece);
            }
            let mut quoted = false;
            for c in sentence.chars() {
                quoted ^= c == '"';
                if c == ' ' && !quoted {
                    let gap = match self.number(20) {
                        0 => "\n  ".to_owned(),
                        1 => "   ".to_owned(),
                        2 => "\t".to_owned(),
                        3 => format!(" {}\n  ", self.chance.of(&COMMENTS)),
                        4 => "\r\n    ".to_owned(),
                        _ => " ".to_owned(),
                    };
                    text.push_str(&gap);
                } else {
                    text.push(c);
                }
            }
            text.push('.');
            if self.chance.percent(10) {
                text.push_str("  # behind it");
            }
            let piece: &str = self.one(&["\n", "\n", "\n\n", "\n\n\n\n"]);
            text.push_str(piece);
        }
        text
    }
}
