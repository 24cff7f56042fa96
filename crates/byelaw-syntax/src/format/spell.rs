//! How each sentence is worded.
//!
//! Not here: where lines are broken. The order of the parts is the author's where the language leaves it open.

mod calendar;

use super::words::Words;
use crate::ast::{
    About, Act, Advice, Approval, Case, Cell, Check, Clause, ClauseRef, Clauses, Comparison, Condition,
    CountedRange, DateLit, Document, DocumentPart, Due, Duty, Expect, Fact, FactKind, FactPart, Fingerprint,
    Formula, FrameWord, Group, Instrument, InstrumentPart, Invariant, InvariantPart, Item, Let, Matrix,
    Modal, Name, Norm, NumberLit, Occasion, Otherwise, Parameter, Period, Phrase, PhraseWord, Presumed, Row,
    RowName, Rule, RuleBody, Set, Settle, SilenceAst, Table, TableCell, TableColumn, Text, TimeLit, TimeOf,
    Turn, Value, Values, Word,
};
use crate::tokens::{before, last_word};

/// Spells one sentence.
pub(super) struct Speller<'a> {
    text: &'a str,
    out: Words,
}

impl<'a> Speller<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, out: Words::default() }
    }

    /// Spells on one line.
    pub(super) fn unbroken(text: &'a str) -> Self {
        Self { text, out: Words::unbroken() }
    }

    /// What a rule says, with its full stop.
    pub(super) fn said(mut self, body: &RuleBody) -> String {
        self.out.capital();
        self.body(body).glue(".");
        self.out.finish()
    }

    /// One part of a sentence.
    pub(super) fn part(mut self, spell: impl FnOnce(&mut Self)) -> String {
        spell(&mut self);
        self.out.finish()
    }

    /// The sentence with its full stop, and without a line break at the end.
    pub(super) fn sentence(mut self, item: &Item) -> String {
        match item {
            Item::Use(path) => self.say("use").text(path),
            Item::Vocabulary(vocabulary) => {
                self.say("vocabulary").plain(&vocabulary.name).text(&vocabulary.title)
            }
            Item::Instrument(instrument) => self.instrument(instrument),
            Item::Document(document) => self.document(document),
            Item::Clause(clause) => self.clause(clause),
            Item::Fact(fact) => self.fact(fact),
            Item::Parameter(parameter) => self.parameter(parameter),
            Item::Reading(reading) => {
                self.say("reading").plain(&reading.name).label(reading.label.as_ref());
                self.say("of").clause_ref(&reading.clause).parts(&reading.parts)
            }
            Item::Set(set) => self.set(set),
            Item::AddTo(add) => self.say("add to").name(&add.fact).glue(":").values(&add.values),
            Item::Group(group) => self.group(group),
            Item::Period(period) => self.period(period),
            Item::Calendar(calendar) => self.calendar(calendar),
            Item::Define(define) => {
                self.say("define").plain(&define.name).label(define.label.as_ref());
                self.glue(":").condition(&define.condition)
            }
            Item::Impossible(condition) => self.say("it is impossible that").condition(condition),
            Item::Act(act) => self.act(act),
            Item::Approval(approval) => self.approval(approval),
            Item::Undertaking(word) => self.say("undertaking").word(word),
            Item::Deed(deed) => {
                self.say("deed").word(&deed.word);
                if let Some(act) = &deed.done_by {
                    self.glue(",").say("done by").phrase(act);
                }
                &mut self
            }
            Item::Event(word) => self.say("event").word(word),
            Item::Rule(rule) => self.rule(rule),
            Item::Matrix(matrix) => self.matrix(matrix),
            Item::Settle(settle) => self.settle(settle),
            Item::Let(vary) => self.vary(vary),
            Item::Check(check) => self.check(check),
            Item::Table(table) => self.table(table),
            Item::ExamplesOn { all, date } => {
                self.say(if *all { "all examples are on" } else { "examples are on" }).date(*date)
            }
            Item::Invariant(invariant) => self.invariant(invariant),
            Item::Broken(_) => &mut self,
        };
        self.glue(".");
        self.out.finish()
    }

    // ------------------------------------------------------------------------------------------------ the leaves

    fn say(&mut self, words: &str) -> &mut Self {
        self.out.say(words);
        self
    }

    fn glue(&mut self, sign: &str) -> &mut Self {
        self.out.glue(sign);
        self
    }

    fn line(&mut self, capital: bool) -> &mut Self {
        self.out.line(capital);
        self
    }

    /// A name that never has an article.
    fn plain(&mut self, name: &Name) -> &mut Self {
        self.say(&name.text)
    }

    /// A name with the article the author gave it.
    fn name(&mut self, name: &Name) -> &mut Self {
        if let Some(article) = self.article(name.span.start) {
            self.say(article);
        }
        self.say(&name.text)
    }

    /// The article before the token that begins at `start`, if there is one.
    fn article(&self, start: u32) -> Option<&'static str> {
        let word = last_word(before(self.text, start as usize));
        ["the", "an", "a"].into_iter().find(|article| article.eq_ignore_ascii_case(word))
    }

    fn text(&mut self, text: &Text) -> &mut Self {
        self.out.whole(quoted(text));
        self
    }

    /// A word that is never parted from the text behind it.
    fn tied(&mut self, word: &str, text: &Text) -> &mut Self {
        self.out.whole(format!("{word} {}", quoted(text)));
        self
    }

    fn label(&mut self, label: Option<&Text>) -> &mut Self {
        match label {
            Some(label) => self.text(label),
            None => self,
        }
    }

    fn date(&mut self, date: DateLit) -> &mut Self {
        self.say(&format!("{:04}-{:02}-{:02}", date.year, date.month, date.day))
    }

    fn time(&mut self, time: TimeLit) -> &mut Self {
        self.say(&format!("{:02}:{:02}", time.hour, time.minute))
    }

    fn clause_ref(&mut self, clause: &ClauseRef) -> &mut Self {
        self.say(&format!("{}/{}", clause.document.text, clause.clause.text))
    }

    /// `x`, `x or y`, `x, y or z`, with the word that joins the last.
    fn joined<T>(&mut self, things: &[T], last: &str, spell: impl Fn(&mut Self, &T)) -> &mut Self {
        for (at, thing) in things.iter().enumerate() {
            if at > 0 && at + 1 == things.len() {
                self.say(last);
            } else if at > 0 {
                self.glue(",");
            }
            spell(self, thing);
        }
        self
    }

    fn or_list(&mut self, names: &[Name]) -> &mut Self {
        self.joined(names, "or", |this, name| {
            this.name(name);
        })
    }

    fn all_list(&mut self, names: &[Name]) -> &mut Self {
        self.joined(names, "and", |this, name| {
            this.name(name);
        })
    }

    fn also(&mut self, also: &[Text]) -> &mut Self {
        self.say("also").joined(also, "or", |this, text| {
            this.text(text);
        })
    }

    fn because(&mut self, because: &Text) -> &mut Self {
        self.tied("because", because)
    }

    fn word(&mut self, word: &Word) -> &mut Self {
        self.plain(&word.name).label(word.label.as_ref());
        if !word.also.is_empty() {
            self.also(&word.also);
        }
        if !word.formerly.is_empty() {
            self.formerly(&word.formerly);
        }
        if let Some(meaning) = &word.meaning {
            self.tied("meaning", meaning);
        }
        self
    }

    fn formerly(&mut self, names: &[Name]) -> &mut Self {
        self.say("formerly").joined(names, "or", |this, name| {
            this.plain(name);
        })
    }

    /// Values, each on a line of its own; a single one stays where it is.
    fn values(&mut self, values: &[Value]) -> &mut Self {
        if let [value] = values {
            return self.word(value);
        }
        for (at, value) in values.iter().enumerate() {
            if at > 0 {
                self.glue(",");
            }
            self.line(false).word(value);
        }
        self
    }

    fn frame(&mut self, frame: &[FrameWord]) -> &mut Self {
        for word in frame {
            match word {
                FrameWord::Word(name) => self.name(name),
                FrameWord::Gap(name) => {
                    // The article stands before the bracket.
                    let bracket = before(self.text, name.span.start as usize).strip_suffix('<');
                    if let Some(article) = bracket.and_then(|text| self.article(text.len() as u32)) {
                        self.say(article);
                    }
                    self.say(&format!("<{}>", name.text))
                }
            };
        }
        self
    }

    // ------------------------------------------------------------------------------------- packs and their words

    fn instrument(&mut self, instrument: &Instrument) -> &mut Self {
        let Instrument { name, title, amends, under, parts } = instrument;
        self.say(if amends.is_some() { "addendum" } else { "policy" }).plain(name).text(title);
        if let Some(policy) = amends {
            self.say("to").plain(policy);
        }
        if let Some(upper) = under {
            self.say("under").plain(upper);
        }
        for part in parts {
            self.glue(",");
            match part {
                InstrumentPart::Edition(edition) => self.tied("edition", edition),
                InstrumentPart::Adopted(date) => self.say("adopted").date(*date),
                InstrumentPart::InForce { from, until } => self.say("in force").stretch(*from, *until),
                InstrumentPart::InForceWhile(period) => self.say("in force while").name(period),
                InstrumentPart::ReviewBy(date) => self.say("review by").date(*date),
                InstrumentPart::Silence(SilenceAst::Forbidden(_)) => self.say("silence means forbidden"),
                InstrumentPart::Silence(SilenceAst::Allowed(_)) => self.say("silence means allowed"),
                InstrumentPart::Silence(SilenceAst::Ask(name)) => {
                    self.say("silence means ask the").plain(name)
                }
                InstrumentPart::PrevailsWhereSaid(_) => self.say("prevails only where it says so"),
                InstrumentPart::PrevailsOverAll(_) => self.say("prevails over everything"),
                InstrumentPart::Replaces(policy) => self.say("replaces").plain(policy),
            };
        }
        self
    }

    fn stretch(&mut self, from: DateLit, until: Option<DateLit>) -> &mut Self {
        self.say("from").date(from);
        match until {
            Some(until) => self.say("until").date(until),
            None => self,
        }
    }

    fn document(&mut self, document: &Document) -> &mut Self {
        self.say("document").plain(&document.name).text(&document.title);
        for part in &document.parts {
            self.glue(",");
            match part {
                DocumentPart::Edition(edition) => self.tied("edition", edition),
                DocumentPart::Pages(pages) => {
                    self.say(&pages.value.to_string()).say(if pages.value == 1 { "page" } else { "pages" })
                }
                DocumentPart::File(file) => self.tied("file", file),
                DocumentPart::Note(note) => self.tied("note", note),
            };
        }
        self
    }

    /// `line 4`, `lines 4 to 6`: a range of one is spelled as one.
    fn counted(&mut self, one: &str, range: &CountedRange) -> &mut Self {
        let first = range.first.value;
        match range.last.filter(|last| last.value != first) {
            Some(last) => self.say(&format!("{one}s {first} to {}", last.value)),
            None => self.say(&format!("{one} {first}")),
        }
    }

    fn clause(&mut self, clause: &Clause) -> &mut Self {
        let Clause { id, locator, standing, because, lines, words, fingerprint, paraphrase } = clause;
        self.say("clause").clause_ref(id).text(locator);
        if let Some(standing) = standing {
            self.say("as").plain(standing);
        }
        if let Some(because) = because {
            self.because(because);
        }
        if let Some(lines) = lines {
            self.glue(",").counted("line", lines);
        }
        if let Some(words) = words {
            self.glue(",").counted("word", words);
        }
        if let Some(Fingerprint { digits, words, .. }) = fingerprint.as_deref() {
            let unit = if words.value == 1 { "word" } else { "words" };
            self.glue(",").tied("fingerprint", digits).say(&format!("of {} {unit}", words.value));
        }
        self.glue(":").text(paraphrase)
    }

    fn fact(&mut self, fact: &Fact) -> &mut Self {
        self.say("fact").plain(&fact.name).label(fact.label.as_ref()).say("of the").plain(&fact.side);
        self.parts(&fact.parts)
    }

    fn parameter(&mut self, parameter: &Parameter) -> &mut Self {
        self.say("parameter").plain(&parameter.name).label(parameter.label.as_ref());
        self.say("left to").name(&parameter.left_to).parts(&parameter.parts)
    }

    fn parts(&mut self, parts: &[FactPart]) -> &mut Self {
        let mut behind_values = false;
        for part in parts {
            self.glue(",");
            if std::mem::take(&mut behind_values) {
                self.line(false);
            }
            match part {
                FactPart::Asked(text) => self.tied("asked", text),
                FactPart::Presumed(presumed) => self.presumed(presumed),
                FactPart::Formerly(names) => self.formerly(names),
                FactPart::Held(_) => self.say("held by the subject"),
                FactPart::Costing(cost) => self.say(&format!("costing {} to change", cost.value)),
                FactPart::JudgedBy(name) => self.say("judged by").name(name),
                FactPart::Meaning(text) => self.tied("meaning", text),
                FactPart::Also(also) => self.also(also),
                FactPart::Subject(_) => self.say("the subject"),
                FactPart::Said(frame) => self.say("said").frame(frame),
                FactPart::Kind(kind) => {
                    behind_values = matches!(kind, FactKind::OneOf(values) | FactKind::SomeOf(values) if values.len() > 1);
                    self.kind(kind)
                }
                FactPart::TakenAs { values, because } => {
                    self.say("taken as").or_list(values);
                    match because {
                        Some(because) => self.because(because),
                        None => self,
                    }
                }
            };
        }
        self
    }

    fn presumed(&mut self, presumed: &Presumed) -> &mut Self {
        self.say("presumed").name(&presumed.value);
        if !presumed.except.is_empty() {
            self.say("except to").or_list(&presumed.except);
        }
        match &presumed.when {
            Some(when) => self.say("when").condition(when),
            None => self,
        }
    }

    fn kind(&mut self, kind: &FactKind) -> &mut Self {
        match kind {
            FactKind::YesNo(_) => self.say("yes or no"),
            FactKind::OneOf(values) => self.say("one of:").values(values),
            FactKind::SomeOf(values) => self.say("some of:").values(values),
            FactKind::SomeOfFact(fact) => self.say("some of").name(fact),
            FactKind::Number { unit, from, to } => {
                self.say(&format!("a number of {} from {} to {}", unit.text, from.value, to.value))
            }
            FactKind::Date(_) => self.say("a date"),
            FactKind::Time(_) => self.say("a time of day"),
            FactKind::Weekday(_) => self.say("a weekday"),
            FactKind::Acts(_) => self.say("the acts"),
        }
    }

    fn group(&mut self, group: &Group) -> &mut Self {
        let Group { word, fact, members, ordinarily } = group;
        self.say("group").word(word).say("of").name(fact).glue(":").or_list(members);
        if !ordinarily.is_empty() {
            self.glue(",").say("ordinarily").or_list(ordinarily);
        }
        self
    }

    fn period(&mut self, period: &Period) -> &mut Self {
        self.say("period").word(&period.word);
        if let Some(asked) = &period.asked {
            self.glue(",").tied("asked", asked);
        }
        self.glue(",").stretch(period.from, period.until);
        if period.dates_set_by_pack {
            self.glue(",").say("not from the document");
        }
        self
    }

    fn act(&mut self, act: &Act) -> &mut Self {
        self.say("act").word(&act.word).glue(":").frame(&act.frame)
    }

    fn approval(&mut self, approval: &Approval) -> &mut Self {
        let Approval { word, given_by, class, not_by_asker } = approval;
        self.say("approval").word(word);
        if !given_by.is_empty() {
            self.say("given by").or_list(given_by);
        }
        if let Some(class) = class {
            self.glue(",").say("class").name(class);
        }
        if *not_by_asker {
            self.glue(",").say("not by the asker");
        }
        self
    }

    // ------------------------------------------------------------------------------------------------- the rules

    fn rule(&mut self, rule: &Rule) -> &mut Self {
        self.say("rule").plain(&rule.name).cites(&rule.cites).glue(":").line(true);
        self.body(&rule.body)
    }

    fn body(&mut self, body: &RuleBody) -> &mut Self {
        match body {
            RuleBody::Norm(norm) => self.norm(norm),
            RuleBody::Duty(duty) => self.duty(duty),
            RuleBody::Advice(advice) => self.advice(advice),
            RuleBody::Disapply { rule, when } => {
                self.say("rule").plain(rule).say("does not apply when").condition(when)
            }
        }
    }

    fn cites(&mut self, cites: &[ClauseRef]) -> &mut Self {
        self.say("cites").joined(cites, "and", |this, clause| {
            this.clause_ref(clause);
        })
    }

    fn norm(&mut self, norm: &Norm) -> &mut Self {
        if !norm.despite.is_empty() {
            self.say("despite");
            for rule in &norm.despite {
                self.plain(rule).glue(",");
            }
        }
        self.who(&norm.who);
        self.say(match norm.modal {
            Modal::May => "may",
            Modal::MayInGeneral => "may in general",
            Modal::MayOnly => "may only",
            Modal::MustNot => "must not",
            Modal::MustNever => "must never",
            Modal::ShouldNot => "should not",
        });
        self.phrase(&norm.act).clauses(&norm.clauses)
    }

    fn advice(&mut self, advice: &Advice) -> &mut Self {
        self.say("guidance for").who(&advice.who).say("when they").phrase(&advice.act);
        if let Some(when) = &advice.when {
            self.say("when").condition(when);
        }
        self.glue(":").text(&advice.text)
    }

    pub(super) fn who(&mut self, who: &Values) -> &mut Self {
        if who.except {
            self.say("anyone");
            if !who.names.is_empty() {
                self.say("except");
            }
        }
        self.or_list(&who.names)
    }

    pub(super) fn phrase(&mut self, phrase: &Phrase) -> &mut Self {
        for word in &phrase.words {
            match word {
                PhraseWord::Word(name) => self.name(name),
                PhraseWord::Comma(_) => self.glue(","),
                PhraseWord::Or(_) => self.say("or"),
                PhraseWord::Only(_) => self.say("only"),
                PhraseWord::Except(_) => self.say("except"),
            };
        }
        self
    }

    pub(super) fn clauses(&mut self, clauses: &Clauses) -> &mut Self {
        let Clauses { when, only_when, unless, approved, discretion, provided } = clauses;
        for (words, condition) in [("when", when), ("only when", only_when), ("unless", unless)] {
            if let Some(condition) = condition {
                self.say(words).condition(condition);
            }
        }
        if let Some(approved) = approved {
            self.say("if approved by").formula(approved);
        }
        if let Some(by) = discretion {
            self.say("at the discretion of").name(by);
        }
        if let Some(provided) = provided {
            self.say("provided they").formula(provided);
        }
        self
    }

    fn duty(&mut self, duty: &Duty) -> &mut Self {
        self.who(&duty.who).say(if duty.should { "should" } else { "must" }).deeds(&duty.deeds);
        if let Some(due) = &duty.due {
            self.glue(",").due(due);
        }
        if let Some(occasion) = &duty.occasion {
            self.glue(",").occasion(occasion);
        }
        if let Some(when) = &duty.when {
            if duty.occasion.is_none() {
                self.glue(",");
            }
            self.say("when").condition(when);
        }
        match &duty.otherwise {
            Some(Otherwise::Deed(name)) => self.glue(",").say("otherwise").name(name),
            Some(Otherwise::Words(text)) => self.glue(",").say("otherwise").text(text),
            None => self,
        }
    }

    fn deeds(&mut self, deeds: &[Vec<Name>]) -> &mut Self {
        for (at, choice) in deeds.iter().enumerate() {
            match at {
                0 => {}
                _ if at + 1 == deeds.len() => {
                    self.say("and");
                }
                _ => {
                    self.glue(",");
                }
            }
            if choice.len() > 1 && deeds.len() > 1 {
                self.bracketed(|this| {
                    this.or_list(choice);
                });
            } else {
                self.or_list(choice);
            }
        }
        self
    }

    fn due(&mut self, due: &Due) -> &mut Self {
        let counted = |number: &NumberLit, unit: &str| {
            let unit = if number.value == 1 { unit.strip_suffix('s').unwrap_or(unit) } else { unit };
            format!("{} {unit}", number.value)
        };
        match due {
            Due::AsSoonAsPossible => self.say("as soon as possible"),
            Due::Immediately => self.say("immediately"),
            Due::Within { number, unit, of } => {
                self.say("within").say(&counted(number, unit));
                match of {
                    Some(fact) => self.say("of").name(fact),
                    None => self,
                }
            }
            Due::Every { number, unit } if number.value == 1 => {
                self.say("every").say(unit.strip_suffix('s').unwrap_or(unit))
            }
            Due::Every { number, unit } => self.say("every").say(&counted(number, unit)),
            Due::OncePer(unit) => self.say("once per").say(unit),
            Due::OncePerStretch(calendar) => self.say("once per stretch of").name(calendar),
            Due::By(text) => self.say("by").text(text),
        }
    }

    fn occasion(&mut self, occasion: &Occasion) -> &mut Self {
        let turn = |turn: &Turn| match turn {
            Turn::Before => "before",
            Turn::With => "when",
            Turn::After => "after",
        };
        match occasion {
            Occasion::Act(at, act) => self.say(turn(at)).say("they").phrase(act),
            Occasion::Event(at, event) => self.say(turn(at)).name(event),
        }
    }

    fn matrix(&mut self, matrix: &Matrix) -> &mut Self {
        self.say("matrix").plain(&matrix.name).text(&matrix.title).say("for");
        for (at, column) in matrix.columns.iter().enumerate() {
            if at > 0 {
                self.say("|");
            }
            self.plain(&column.name).glue(":").who(&column.who);
        }
        for row in &matrix.rows {
            self.glue(",").line(false).row(row);
        }
        self
    }

    fn row(&mut self, row: &Row) -> &mut Self {
        self.say("row").plain(&row.name).cites(&row.cites).glue(":").phrase(&row.act);
        for cell in &row.cells {
            self.say("|");
            match cell {
                Cell::Yes(_) => self.say("yes"),
                Cell::No(_) => self.say("no"),
                Cell::Only(phrase, _) => self.phrase(phrase),
                Cell::If(clauses, _) => self.clauses(clauses),
            };
        }
        self
    }

    fn settle(&mut self, settle: &Settle) -> &mut Self {
        self.say("settle").plain(&settle.first).say("against").plain(&settle.second).glue(":");
        self.plain(&settle.prevails).say("prevails").because(&settle.because);
        self.decided(settle.decided_by.as_ref(), settle.on)
    }

    fn set(&mut self, set: &Set) -> &mut Self {
        self.say("set").name(&set.fact).say("to").or_list(&set.values).because(&set.because);
        self.decided(set.decided_by.as_ref(), set.on)
    }

    fn decided(&mut self, by: Option<&Name>, on: Option<DateLit>) -> &mut Self {
        match (by, on) {
            (Some(by), Some(on)) => self.glue(",").say("decided by").name(by).say("on").date(on),
            (Some(by), None) => self.glue(",").say("decided by").name(by),
            (None, Some(on)) => self.glue(",").say("decided on").date(on),
            (None, None) => self,
        }
    }

    fn vary(&mut self, vary: &Let) -> &mut Self {
        self.say("let lower policies vary").joined(&vary.rules, "and", |this, rule| {
            this.plain(rule);
        });
        match &vary.when {
            Some(when) => self.say("when").condition(when),
            None => self,
        }
    }

    // ---------------------------------------------------------------------------------------------- the examples

    fn check(&mut self, check: &Check) -> &mut Self {
        self.say("check").case(&check.case);
        self.glue(";").line(false).say("expect").expect(&check.expect)
    }

    fn case(&mut self, case: &Case) -> &mut Self {
        self.text(&case.title).glue(":").who(&case.who);
        match &case.about {
            About::Act(act) => self.say("wants to").phrase(act),
            About::Event(event) => self.say("after").name(event),
            About::Whatever(_) => self.say("whatever they do"),
        };
        if let Some(when) = &case.when {
            self.say("when").condition(when);
        }
        if let Some(on) = case.on {
            self.glue(",").say("on").date(on);
            if let Some(at) = case.at {
                self.say("at").time(at);
            }
        }
        let lists = [
            ("approved by", &case.approved),
            ("refused by", &case.refused),
            ("will", &case.will),
            ("will not", &case.wont),
        ];
        for (words, names) in lists {
            if !names.is_empty() {
                self.glue(",").say(words).all_list(names);
            }
        }
        if case.strict {
            self.glue(",").say("assuming nothing");
        }
        self
    }

    fn table(&mut self, table: &Table) -> &mut Self {
        self.say("check table").case(&table.case).glue(";").line(false).say("for");
        for (at, column) in table.columns.iter().enumerate() {
            if at > 0 {
                self.say("|");
            }
            match column {
                TableColumn::Fact(fact) => self.name(fact),
                TableColumn::Approved(_) => self.say("approved by"),
                TableColumn::Refused(_) => self.say("refused by"),
                TableColumn::Will(_) => self.say("will"),
                TableColumn::WillNot(_) => self.say("will not"),
            };
        }
        for row in &table.rows {
            self.glue(",").line(false).say("row");
            match &row.name {
                RowName::Name(name) => self.plain(name),
                RowName::Title(title) => self.text(title),
            };
            self.glue(":");
            for cell in &row.cells {
                match cell {
                    TableCell::Empty => self.say("|"),
                    TableCell::Date(date) => self.date(*date).say("|"),
                    TableCell::Names(names) => self.all_list(names).say("|"),
                };
            }
            self.expect(&row.expect);
        }
        self
    }

    fn expect(&mut self, expect: &Expect) -> &mut Self {
        self.say(&expect.outcome.replace('_', " "));
        let lists = [
            ("provided", &expect.provided),
            ("approvals", &expect.approvals),
            ("duties", &expect.duties),
            ("needs", &expect.needs),
            ("open", &expect.open),
            ("because", &expect.because),
            ("defeated", &expect.defeated),
            ("clashes", &expect.clashes),
            ("assumed", &expect.assumed),
        ];
        for (words, names) in lists {
            if let Some(names) = names {
                self.glue(",").say(words).all_list(names);
            }
        }
        if let Some(citing) = &expect.citing {
            self.glue(",").say("citing").joined(citing, "and", |this, clause| {
                this.clause_ref(clause);
            });
        }
        if let Some(possible) = &expect.possible {
            self.glue(",").say("possible").joined(possible, "or", |this, outcome| {
                this.say(&outcome.replace('_', " "));
            });
        }
        self
    }

    fn invariant(&mut self, invariant: &Invariant) -> &mut Self {
        self.say(if invariant.never { "never" } else { "always" }).label(invariant.title.as_ref());
        self.glue(":").who(&invariant.who).say("may").phrase(&invariant.act);
        if let Some(when) = &invariant.when {
            self.say("when").condition(when);
        }
        for part in &invariant.parts {
            self.glue(",");
            match part {
                InvariantPart::During { from, until, .. } => self.stretch(*from, *until),
                InvariantPart::Even(names, _) if names.is_empty() => self.say("even if approved by anyone"),
                InvariantPart::Even(names, _) => self.say("even if approved by").all_list(names),
                InvariantPart::Unless(names, _) => self.say("unless approved by").or_list(names),
                InvariantPart::If(names, _) => self.say("if approved by").all_list(names),
            };
        }
        self
    }

    // ------------------------------------------------------------------------------------ conditions and formulas

    fn condition(&mut self, condition: &Condition) -> &mut Self {
        match condition {
            Condition::Holds(fact) => self.name(fact),
            Condition::Not(inner, _) if matches!(**inner, Condition::Holds(_)) => {
                self.say("not").condition(inner)
            }
            Condition::Not(inner, _) => self.say("not").bracketed(|this| {
                this.condition(inner);
            }),
            Condition::And(terms) => self.terms("and", terms),
            Condition::Or(terms) => self.terms("or", terms),
            Condition::Is { fact, negated, includes, values } => {
                self.name(fact).say(if *includes { "includes" } else { "is" });
                if *negated {
                    self.say("not");
                }
                self.or_list(&values.names)
            }
            Condition::Number { fact, how, number } => {
                self.name(fact).say(match how {
                    Comparison::AtLeast => "is at least",
                    Comparison::AtMost => "is at most",
                    Comparison::Over => "is over",
                    Comparison::Under => "is under",
                    Comparison::Exactly => "is",
                });
                self.say(&number.value.to_string())
            }
            Condition::From { fact, date } => self.name(fact).say("is on or after").date(*date),
            Condition::Before { fact, date } => self.name(fact).say("is before").date(*date),
            Condition::Time { fact, when } => {
                self.name(fact).say("is");
                match when {
                    TimeOf::From(from) => self.say("at or after").time(*from),
                    TimeOf::Before(before) => self.say("before").time(*before),
                    TimeOf::Between(from, until) => self.say("from").time(*from).say("until").time(*until),
                    TimeOf::Exactly(time) => self.time(*time),
                }
            }
        }
    }

    fn terms(&mut self, joint: &str, terms: &[Condition]) -> &mut Self {
        for (at, term) in terms.iter().enumerate() {
            if at > 0 {
                self.say(joint);
            }
            // `x is a or y` would read `y` as a second value.
            let swallows = joint == "or"
                && matches!(term, Condition::Is { .. })
                && matches!(terms.get(at + 1), Some(Condition::Holds(_)));
            if swallows || matches!(term, Condition::And(_) | Condition::Or(_)) {
                self.bracketed(|this| {
                    this.condition(term);
                });
            } else {
                self.condition(term);
            }
        }
        self
    }

    fn formula(&mut self, formula: &Formula) -> &mut Self {
        let (joint, terms) = match formula {
            Formula::Atom(name) => return self.name(name),
            Formula::And(terms) => ("and", terms),
            Formula::Or(terms) => ("or", terms),
        };
        for (at, term) in terms.iter().enumerate() {
            if at > 0 {
                self.say(joint);
            }
            if matches!(term, Formula::Atom(_)) {
                self.formula(term);
            } else {
                self.bracketed(|this| {
                    this.formula(term);
                });
            }
        }
        self
    }

    fn bracketed(&mut self, inside: impl FnOnce(&mut Self)) -> &mut Self {
        let opened = self.out.open();
        inside(self);
        self.out.close(opened);
        self
    }
}

fn quoted(text: &Text) -> String {
    format!("\"{}\"", text.text.replace('\\', "\\\\").replace('"', "\\\""))
}
