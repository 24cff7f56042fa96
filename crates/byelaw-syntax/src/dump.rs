//! The tree as text, for goldens and for eyes: everything but the places.
//!
//! Two trees with the same dump say the same. Conditions stand in prefix form, lists in square brackets.
//! Not here: the spelling of the language, which is in `format`.

mod calendar;

use std::fmt::Write as _;

use crate::ast::{
    About, Case, Cell, ClauseRef, Clauses, Condition, CountedRange, DateLit, DocumentPart, Due, Expect,
    FactKind, FactPart, Formula, FrameWord, InstrumentPart, Invariant, InvariantPart, Item, Name, Occasion,
    Otherwise, Phrase, PhraseWord, RowName, Rule, RuleBody, SilenceAst, Table, TableCell, TableColumn, Text,
    TimeLit, TimeOf, Turn, Values, Word,
};
use crate::parse::Parsed;

/// Dumps the sentences of a file.
pub fn dump(parsed: &Parsed) -> String {
    let mut out = Dump::default();
    for sentence in &parsed.sentences {
        for comment in sentence.comments.lines() {
            out.line(0, if comment.is_empty() { "#" } else { comment });
        }
        out.item(&sentence.item);
        if let Some(comment) = &sentence.trailing_comment {
            out.line(1, comment);
        }
    }
    for comment in parsed.end_comments.lines() {
        out.line(0, if comment.is_empty() { "#" } else { comment });
    }
    out.text
}

#[derive(Default)]
struct Dump {
    text: String,
}

impl Dump {
    fn line(&mut self, depth: usize, line: &str) {
        let _ = writeln!(self.text, "{:indent$}{line}", "", indent = depth * 2);
    }

    /// `slot: content`, left out if there is no content.
    fn slot(&mut self, slot: &str, content: Option<String>) {
        if let Some(content) = content {
            self.line(1, &format!("{slot}: {content}"));
        }
    }

    fn flag(&mut self, flag: &str, is: bool) {
        if is {
            self.line(1, flag);
        }
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Use(path) => self.line(0, &format!("use {}", text(path))),
            Item::Vocabulary(vocabulary) => {
                self.line(0, &format!("vocabulary {} {}", vocabulary.name.text, text(&vocabulary.title)))
            }
            Item::Instrument(instrument) => {
                let head = if instrument.amends.is_some() { "addendum" } else { "policy" };
                self.line(0, &format!("{head} {} {}", instrument.name.text, text(&instrument.title)));
                self.slot("amends", instrument.amends.as_ref().map(name));
                self.slot("under", instrument.under.as_ref().map(name));
                for part in &instrument.parts {
                    self.line(1, &instrument_part(part));
                }
            }
            Item::Document(document) => {
                self.line(0, &format!("document {} {}", document.name.text, text(&document.title)));
                for part in &document.parts {
                    match part {
                        DocumentPart::Edition(edition) => self.slot("edition", Some(text(edition))),
                        DocumentPart::Pages(pages) => self.slot("pages", Some(pages.value.to_string())),
                        DocumentPart::File(file) => self.slot("file", Some(text(file))),
                        DocumentPart::Note(note) => self.slot("note", Some(text(note))),
                    }
                }
            }
            Item::Clause(clause) => {
                self.line(0, &format!("clause {} {}", clause_ref(&clause.id), text(&clause.locator)));
                self.slot("standing", clause.standing.as_ref().map(name));
                self.slot("because", clause.because.as_ref().map(text));
                self.slot("lines", clause.lines.as_deref().map(counted));
                self.slot("words", clause.words.as_deref().map(counted));
                let fingerprint = clause.fingerprint.as_ref();
                self.slot(
                    "fingerprint",
                    fingerprint.map(|f| format!("{} of {} words", text(&f.digits), f.words.value)),
                );
                self.slot("paraphrase", Some(text(&clause.paraphrase)));
            }
            Item::Fact(fact) => {
                self.line(0, &format!("fact {}", fact.name.text));
                self.slot("label", fact.label.as_ref().map(text));
                self.slot("side", Some(name(&fact.side)));
                self.parts(&fact.parts);
            }
            Item::Parameter(parameter) => {
                self.line(0, &format!("parameter {}", parameter.name.text));
                self.slot("label", parameter.label.as_ref().map(text));
                self.slot("left to", Some(name(&parameter.left_to)));
                self.parts(&parameter.parts);
            }
            Item::Reading(reading) => {
                self.line(0, &format!("reading {}", reading.name.text));
                self.slot("label", reading.label.as_ref().map(text));
                self.slot("clause", Some(clause_ref(&reading.clause)));
                self.parts(&reading.parts);
            }
            Item::Set(set) => {
                self.line(0, &format!("set {}", set.fact.text));
                self.slot("to", Some(names(&set.values)));
                self.slot("because", Some(text(&set.because)));
                self.slot("decided by", set.decided_by.as_ref().map(name));
                self.slot("on", set.on.map(date));
            }
            Item::AddTo(add) => {
                self.line(0, &format!("add to {}", add.fact.text));
                self.values(&add.values);
            }
            Item::Group(group) => {
                self.line(0, &format!("group {}", word(&group.word)));
                self.slot("fact", Some(name(&group.fact)));
                self.slot("members", Some(names(&group.members)));
                self.slot("ordinarily", (!group.ordinarily.is_empty()).then(|| names(&group.ordinarily)));
            }
            Item::Period(period) => {
                self.line(0, &format!("period {}", word(&period.word)));
                self.slot("asked", period.asked.as_ref().map(text));
                self.slot("from", Some(date(period.from)));
                self.slot("until", period.until.map(date));
                self.flag("not from the document", period.dates_set_by_pack);
            }
            Item::Calendar(calendar) => {
                self.line(0, &format!("calendar {} {}", calendar.name.text, text(&calendar.title)));
                self.slot("zone", Some(text(&calendar.zone)));
                self.slot("telling", Some(name(&calendar.fact)));
                for part in &calendar.parts {
                    self.calendar_part(part);
                }
            }
            Item::Define(define) => {
                self.line(0, &format!("define {}", define.name.text));
                self.slot("label", define.label.as_ref().map(text));
                self.slot("condition", Some(condition_text(&define.condition)));
            }
            Item::Impossible(condition) => {
                self.line(0, "impossible");
                self.slot("condition", Some(condition_text(condition)));
            }
            Item::Act(act) => {
                self.line(0, &format!("act {}", word(&act.word)));
                self.slot("frame", Some(frame(&act.frame)));
            }
            Item::Approval(approval) => {
                self.line(0, &format!("approval {}", word(&approval.word)));
                self.slot("given by", (!approval.given_by.is_empty()).then(|| names(&approval.given_by)));
                self.slot("class", approval.class.as_ref().map(name));
                self.flag("not by the asker", approval.not_by_asker);
            }
            Item::Undertaking(undertaking) => self.line(0, &format!("undertaking {}", word(undertaking))),
            Item::Deed(deed) => {
                self.line(0, &format!("deed {}", word(&deed.word)));
                self.slot("done by", deed.done_by.as_ref().map(phrase));
            }
            Item::Event(event) => self.line(0, &format!("event {}", word(event))),
            Item::Rule(rule) => self.rule(rule),
            Item::Matrix(matrix) => {
                self.line(0, &format!("matrix {} {}", matrix.name.text, text(&matrix.title)));
                for column in &matrix.columns {
                    self.line(1, &format!("column {}: {}", column.name.text, people(&column.who)));
                }
                for row in &matrix.rows {
                    self.line(1, &format!("row {} cites {}", row.name.text, clause_refs(&row.cites)));
                    self.line(2, &format!("act: {}", phrase(&row.act)));
                    for cell in &row.cells {
                        self.line(2, &format!("cell: {}", cell_text(cell)));
                    }
                }
            }
            Item::Settle(settle) => {
                self.line(0, &format!("settle {} {}", settle.first.text, settle.second.text));
                self.slot("prevails", Some(name(&settle.prevails)));
                self.slot("because", Some(text(&settle.because)));
                self.slot("decided by", settle.decided_by.as_ref().map(name));
                self.slot("on", settle.on.map(date));
            }
            Item::Let(vary) => {
                self.line(0, &format!("let lower policies vary {}", names(&vary.rules)));
                self.slot("when", vary.when.as_ref().map(condition_text));
            }
            Item::Check(check) => {
                self.line(0, &format!("check {}", text(&check.case.title)));
                self.case(&check.case);
                self.expect(1, &check.expect);
            }
            Item::Table(table) => self.table(table),
            Item::ExamplesOn { all, date: on } => {
                self.line(
                    0,
                    &format!("examples{} on {}", if *all { " of all files" } else { "" }, date(*on)),
                );
            }
            Item::Invariant(invariant) => self.invariant(invariant),
            Item::Broken(_) => self.line(0, "broken"),
        }
    }

    fn parts(&mut self, parts: &[FactPart]) {
        for part in parts {
            match part {
                FactPart::Asked(asked) => self.slot("asked", Some(text(asked))),
                FactPart::Presumed(presumed) => {
                    self.slot("presumed", Some(name(&presumed.value)));
                    self.slot("except to", (!presumed.except.is_empty()).then(|| names(&presumed.except)));
                    self.slot("presumed when", presumed.when.as_ref().map(condition_text));
                }
                FactPart::Formerly(former) => self.slot("formerly", Some(names(former))),
                FactPart::Held(_) => self.line(1, "held by the subject"),
                FactPart::Costing(cost) => self.slot("costing", Some(cost.value.to_string())),
                FactPart::JudgedBy(judge) => self.slot("judged by", Some(name(judge))),
                FactPart::Meaning(meaning) => self.slot("meaning", Some(text(meaning))),
                FactPart::Also(also) => self.slot("also", Some(list(also.iter().map(text)))),
                FactPart::Subject(_) => self.line(1, "the subject"),
                FactPart::Said(words) => self.slot("said", Some(frame(words))),
                FactPart::Kind(kind) => self.kind(kind),
                FactPart::TakenAs { values, because } => {
                    self.slot("taken as", Some(names(values)));
                    self.slot("because", because.as_ref().map(text));
                }
            }
        }
    }

    fn kind(&mut self, kind: &FactKind) {
        match kind {
            FactKind::YesNo(_) => self.line(1, "kind: yes or no"),
            FactKind::OneOf(values) => {
                self.line(1, "kind: one of");
                self.values(values);
            }
            FactKind::SomeOf(values) => {
                self.line(1, "kind: some of");
                self.values(values);
            }
            FactKind::SomeOfFact(fact) => self.line(1, &format!("kind: some of {}", fact.text)),
            FactKind::Number { unit, from, to } => {
                self.line(1, &format!("kind: number of {} from {} to {}", unit.text, from.value, to.value));
            }
            FactKind::Date(_) => self.line(1, "kind: date"),
            FactKind::Time(_) => self.line(1, "kind: time of day"),
            FactKind::Weekday(_) => self.line(1, "kind: weekday"),
            FactKind::Acts(_) => self.line(1, "kind: acts"),
        }
    }

    fn values(&mut self, values: &[Word]) {
        for value in values {
            self.line(2, &format!("value {}", word(value)));
        }
    }

    fn rule(&mut self, rule: &Rule) {
        self.line(0, &format!("rule {} cites {}", rule.name.text, clause_refs(&rule.cites)));
        match &rule.body {
            RuleBody::Norm(norm) => {
                self.slot("despite", (!norm.despite.is_empty()).then(|| names(&norm.despite)));
                self.slot("who", Some(people(&norm.who)));
                self.slot("modal", Some(format!("{:?}", norm.modal)));
                self.slot("act", Some(phrase(&norm.act)));
                for clause in clauses(&norm.clauses) {
                    self.line(1, &clause);
                }
            }
            RuleBody::Duty(duty) => {
                self.slot("who", Some(people(&duty.who)));
                let deeds: Vec<String> =
                    duty.deeds.iter().map(|d| d.iter().map(name).collect::<Vec<_>>().join(" or ")).collect();
                self.slot(if duty.should { "should" } else { "must" }, Some(deeds.join(", ")));
                self.slot("due", duty.due.as_ref().map(due));
                match &duty.occasion {
                    Some(Occasion::Act(turn, act)) => self.slot(turn_word(*turn), Some(phrase(act))),
                    Some(Occasion::Event(turn, event)) => {
                        self.slot(turn_word(*turn), Some(format!("event {}", name(event))));
                    }
                    None => {}
                }
                self.slot("when", duty.when.as_ref().map(condition_text));
                self.slot(
                    "otherwise",
                    duty.otherwise.as_ref().map(|o| match o {
                        Otherwise::Deed(deed) => name(deed),
                        Otherwise::Words(words) => text(words),
                    }),
                );
            }
            RuleBody::Advice(advice) => {
                self.slot("guidance for", Some(people(&advice.who)));
                self.slot("act", Some(phrase(&advice.act)));
                self.slot("when", advice.when.as_ref().map(condition_text));
                self.slot("text", Some(text(&advice.text)));
            }
            RuleBody::Disapply { rule, when } => {
                self.slot("disapplies", Some(name(rule)));
                self.slot("when", Some(condition_text(when)));
            }
        }
    }

    fn case(&mut self, case: &Case) {
        self.slot("who", Some(people(&case.who)));
        match &case.about {
            About::Act(act) => self.slot("act", Some(phrase(act))),
            About::Event(event) => self.slot("after", Some(name(event))),
            About::Whatever(_) => self.flag("whatever they do", true),
        }
        self.slot("when", case.when.as_ref().map(condition_text));
        self.slot("on", case.on.map(date));
        self.slot("at", case.at.map(time));
        let lists = [
            ("approved", &case.approved),
            ("refused", &case.refused),
            ("will", &case.will),
            ("will not", &case.wont),
        ];
        for (slot, list) in lists {
            self.slot(slot, (!list.is_empty()).then(|| names(list)));
        }
        self.flag("assuming nothing", case.strict);
    }

    fn expect(&mut self, depth: usize, expect: &Expect) {
        let Expect { outcome, provided, approvals, duties, needs, because, assumed, .. } = expect;
        self.line(depth, &format!("expect: {outcome}"));
        let lists = [
            ("provided", provided),
            ("approvals", approvals),
            ("duties", duties),
            ("needs", needs),
            ("because", because),
            ("open", &expect.open),
            ("defeated", &expect.defeated),
            ("clashes", &expect.clashes),
            ("assumed", assumed),
        ];
        for (slot, list) in lists {
            if let Some(list) = list {
                self.line(depth + 1, &format!("{slot}: {}", names(list)));
            }
        }
        if let Some(citing) = &expect.citing {
            self.line(depth + 1, &format!("citing: {}", clause_refs(citing)));
        }
        if let Some(possible) = &expect.possible {
            self.line(depth + 1, &format!("possible: {}", list(possible.iter().cloned())));
        }
    }

    fn table(&mut self, table: &Table) {
        self.line(0, &format!("check table {}", text(&table.case.title)));
        self.case(&table.case);
        let column = |column: &TableColumn| match column {
            TableColumn::Fact(fact) => fact.text.clone(),
            TableColumn::Approved(_) => "+approved".to_owned(),
            TableColumn::Refused(_) => "+refused".to_owned(),
            TableColumn::Will(_) => "+will".to_owned(),
            TableColumn::WillNot(_) => "+will-not".to_owned(),
        };
        self.slot("columns", Some(list(table.columns.iter().map(column))));
        for row in &table.rows {
            let name = match &row.name {
                RowName::Name(word) => name(word),
                RowName::Title(title) => text(title),
            };
            let cells = row.cells.iter().map(|cell| match cell {
                TableCell::Empty => "[]".to_owned(),
                TableCell::Date(on) => date(*on),
                TableCell::Names(all) => names(all),
            });
            self.slot("row", Some(format!("{name} {}", list(cells))));
            self.expect(2, &row.expect);
        }
    }

    fn invariant(&mut self, invariant: &Invariant) {
        let word = if invariant.never { "never" } else { "always" };
        let title = invariant.title.as_ref().map(text).unwrap_or_default();
        self.line(0, format!("{word} {title}").trim_end());
        self.slot("who", Some(people(&invariant.who)));
        self.slot("act", Some(phrase(&invariant.act)));
        self.slot("when", invariant.when.as_ref().map(condition_text));
        for part in &invariant.parts {
            match part {
                InvariantPart::During { from, until, .. } => {
                    let until = until.map(|until| format!(" until {}", date(until))).unwrap_or_default();
                    self.slot("during", Some(format!("from {}{until}", date(*from))));
                }
                InvariantPart::Even(all, _) => self.slot("even if approved", Some(names(all))),
                InvariantPart::Unless(all, _) => self.slot("unless approved", Some(names(all))),
                InvariantPart::If(all, _) => self.slot("if approved", Some(names(all))),
            }
        }
    }
}

fn name(name: &Name) -> String {
    name.text.clone()
}

fn text(text: &Text) -> String {
    format!("{:?}", text.text)
}

fn date(date: DateLit) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

fn time(time: TimeLit) -> String {
    format!("{:02}:{:02}", time.hour, time.minute)
}

fn list(parts: impl Iterator<Item = String>) -> String {
    format!("[{}]", parts.collect::<Vec<_>>().join(", "))
}

fn names(names: &[Name]) -> String {
    list(names.iter().map(name))
}

fn counted(range: &CountedRange) -> String {
    match range.last {
        Some(last) => format!("{} to {}", range.first.value, last.value),
        None => range.first.value.to_string(),
    }
}

fn clause_ref(clause: &ClauseRef) -> String {
    format!("{}/{}", clause.document.text, clause.clause.text)
}

fn clause_refs(clauses: &[ClauseRef]) -> String {
    list(clauses.iter().map(clause_ref))
}

fn word(word: &Word) -> String {
    let mut line = word.name.text.clone();
    if let Some(label) = &word.label {
        let _ = write!(line, " {}", text(label));
    }
    if !word.also.is_empty() {
        let _ = write!(line, " also {}", list(word.also.iter().map(text)));
    }
    if !word.formerly.is_empty() {
        let _ = write!(line, " formerly {}", names(&word.formerly));
    }
    if let Some(meaning) = &word.meaning {
        let _ = write!(line, " meaning {}", text(meaning));
    }
    line
}

fn people(values: &Values) -> String {
    format!("{}{}", if values.except { "except " } else { "" }, names(&values.names))
}

fn frame(frame: &[FrameWord]) -> String {
    let words = frame.iter().map(|word| match word {
        FrameWord::Word(name) => name.text.clone(),
        FrameWord::Gap(name) => format!("<{}>", name.text),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The words, with a sign for each that is no name, so that a name `or` could not be taken for one.
fn phrase(phrase: &Phrase) -> String {
    let words = phrase.words.iter().map(|word| match word {
        PhraseWord::Word(name) => name.text.clone(),
        PhraseWord::Comma(_) => ",".to_owned(),
        PhraseWord::Or(_) => "+or".to_owned(),
        PhraseWord::Only(_) => "+only".to_owned(),
        PhraseWord::Except(_) => "+except".to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

fn instrument_part(part: &InstrumentPart) -> String {
    match part {
        InstrumentPart::Edition(edition) => format!("edition: {}", text(edition)),
        InstrumentPart::Adopted(on) => format!("adopted: {}", date(*on)),
        InstrumentPart::InForce { from, until: None } => format!("in force: from {}", date(*from)),
        InstrumentPart::InForce { from, until: Some(until) } => {
            format!("in force: from {} until {}", date(*from), date(*until))
        }
        InstrumentPart::InForceWhile(period) => format!("in force: while {}", period.text),
        InstrumentPart::ReviewBy(by) => format!("review by: {}", date(*by)),
        InstrumentPart::Silence(SilenceAst::Forbidden(_)) => "silence: forbidden".to_owned(),
        InstrumentPart::Silence(SilenceAst::Allowed(_)) => "silence: allowed".to_owned(),
        InstrumentPart::Silence(SilenceAst::Ask(whom)) => format!("silence: ask {}", whom.text),
        InstrumentPart::PrevailsWhereSaid(_) => "prevails: where said".to_owned(),
        InstrumentPart::PrevailsOverAll(_) => "prevails: over everything".to_owned(),
        InstrumentPart::Replaces(policy) => format!("replaces: {}", policy.text),
    }
}

fn clauses(clauses: &Clauses) -> Vec<String> {
    let conditions =
        [("when", &clauses.when), ("only when", &clauses.only_when), ("unless", &clauses.unless)];
    let formulas = [("approved", &clauses.approved), ("provided", &clauses.provided)];
    let conditions = conditions
        .into_iter()
        .filter_map(|(slot, condition)| Some(format!("{slot}: {}", condition_text(condition.as_ref()?))));
    let formulas = formulas
        .into_iter()
        .filter_map(|(slot, formula)| Some(format!("{slot}: {}", formula_text(formula.as_ref()?))));
    let discretion = clauses.discretion.iter().map(|by| format!("at the discretion of: {}", by.text));
    conditions.chain(discretion).chain(formulas).collect()
}

fn cell_text(cell: &Cell) -> String {
    match cell {
        Cell::Yes(_) => "yes".to_owned(),
        Cell::No(_) => "no".to_owned(),
        Cell::Only(words, _) => phrase(words),
        Cell::If(conditions, _) => clauses(conditions).join("; "),
    }
}

fn turn_word(turn: Turn) -> &'static str {
    match turn {
        Turn::Before => "before",
        Turn::With => "with",
        Turn::After => "after",
    }
}

fn due(due: &Due) -> String {
    match due {
        Due::AsSoonAsPossible => "as soon as possible".to_owned(),
        Due::Immediately => "immediately".to_owned(),
        Due::Within { number, unit, of } => {
            let of = of.as_ref().map(|fact| format!(" of {}", name(fact))).unwrap_or_default();
            format!("within {} {unit}{of}", number.value)
        }
        Due::Every { number, unit } => format!("every {} {unit}", number.value),
        Due::OncePer(unit) => format!("once per {unit}"),
        Due::OncePerStretch(calendar) => format!("once per stretch of {}", name(calendar)),
        Due::By(by) => format!("by {}", text(by)),
    }
}

fn prefixed(head: &str, parts: impl Iterator<Item = String>) -> String {
    parts.fold(format!("({head}"), |line, part| line + " " + &part) + ")"
}

/// Recursion is bounded by `MAX_BRACKETS`.
fn condition_text(condition: &Condition) -> String {
    match condition {
        Condition::Holds(fact) => fact.text.clone(),
        Condition::Not(inner, _) => format!("(not {})", condition_text(inner)),
        Condition::And(terms) => prefixed("and", terms.iter().map(condition_text)),
        Condition::Or(terms) => prefixed("or", terms.iter().map(condition_text)),
        Condition::Is { fact, negated, includes, values } => {
            let verb = match (includes, negated) {
                (true, false) => "includes",
                (true, true) => "includes-not",
                (false, false) => "is",
                (false, true) => "is-not",
            };
            format!("({verb} {} {})", fact.text, people(values))
        }
        Condition::Number { fact, how, number } => format!("({how:?} {} {})", fact.text, number.value),
        Condition::From { fact, date: from } => format!("(from {} {})", fact.text, date(*from)),
        Condition::Time { fact, when } => match when {
            TimeOf::From(from) => format!("(from {} {})", fact.text, time(*from)),
            TimeOf::Before(before) => format!("(before {} {})", fact.text, time(*before)),
            TimeOf::Between(from, until) => {
                format!("(between {} {} {})", fact.text, time(*from), time(*until))
            }
            TimeOf::Exactly(at) => format!("(at {} {})", fact.text, time(*at)),
        },
        Condition::Before { fact, date: before } => format!("(before {} {})", fact.text, date(*before)),
    }
}

/// Recursion is bounded by `MAX_BRACKETS`.
fn formula_text(formula: &Formula) -> String {
    match formula {
        Formula::Atom(name) => name.text.clone(),
        Formula::And(terms) => prefixed("and", terms.iter().map(formula_text)),
        Formula::Or(terms) => prefixed("or", terms.iter().map(formula_text)),
    }
}
