//! The tree: what each sentence says, still in the author's words.
//!
//! Nothing here is resolved: a name is text and a place. Phrases of acts stay rows of words, because only the
//! vocabulary knows which words are verbs and which introduce a gap (decision 0002).

#![allow(
    missing_docs,
    reason = "most fields are the slots of the sentence they belong to; docs/language explains them"
)]

use byelaw_diagnostic::Span;

/// A name as written, in small letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name, lower-cased.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A string without its quotes and escapes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The content.
    pub text: String,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// A calendar date as written; resolving checks that the day exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateLit {
    /// Year.
    pub year: i32,
    /// Month as written, not checked.
    pub month: u32,
    /// Day as written, not checked.
    pub day: u32,
    /// Where it stands.
    pub span: Span,
}

/// A time of the day as written; resolving checks that a day has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeLit {
    /// Hour as written, not checked.
    pub hour: u16,
    /// Minute as written, not checked.
    pub minute: u16,
    /// Where it stands.
    pub span: Span,
}

/// A whole number as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberLit {
    /// Its value.
    pub value: i64,
    /// Where it stands.
    pub span: Span,
}

/// One sentence of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// From its first word to its full stop.
    pub span: Span,
    /// What it says.
    pub item: Item,
    /// The comments that stand before it (its own block) or inside it, with their `#`, in order, each with the end
    /// of its line. An empty line is a blank line between them.
    pub comments: String,
    /// A comment behind its full stop on the same line.
    pub trailing_comment: Option<String>,
    /// Whether a blank line stands before it (or before its comments).
    pub blank_before: bool,
}

/// What a sentence says. Each kind takes only the room it needs: a file may have a hundred thousand short sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// `use "../common".`
    Use(Text),
    /// `vocabulary common "...".`
    Vocabulary(Box<Vocabulary>),
    /// `policy ...` or `addendum ...`
    Instrument(Box<Instrument>),
    /// `document ...`
    Document(Box<Document>),
    /// `clause ...`
    Clause(Box<Clause>),
    /// `fact ...`
    Fact(Box<Fact>),
    /// `parameter ...`
    Parameter(Box<Parameter>),
    /// `reading ...`
    Reading(Box<Reading>),
    /// `set PARAMETER to ...`
    Set(Box<Set>),
    /// `add to FACT: ...`
    AddTo(Box<AddTo>),
    /// `group NAME ...`
    Group(Box<Group>),
    /// `period ...`
    Period(Box<Period>),
    /// `calendar ...`
    Calendar(Box<Calendar>),
    /// `define x: ...`
    Define(Box<Define>),
    /// `it is impossible that ...`
    Impossible(Box<Condition>),
    /// `act ...`
    Act(Box<Act>),
    /// `approval ...`
    Approval(Box<Approval>),
    /// `undertaking ...`
    Undertaking(Box<Word>),
    /// `deed ...`
    Deed(Box<Deed>),
    /// `event ...`
    Event(Box<Word>),
    /// `rule ...`
    Rule(Box<Rule>),
    /// `matrix ...`
    Matrix(Box<Matrix>),
    /// `settle ...`
    Settle(Box<Settle>),
    /// `let lower policies vary ...`
    Let(Box<Let>),
    /// `check ...`
    Check(Box<Check>),
    /// `check table ...`
    Table(Box<Table>),
    /// `examples are on DATE`, or with `all` before it
    ExamplesOn { all: bool, date: DateLit },
    /// `never ...` or `always ...`
    Invariant(Box<Invariant>),
    /// A sentence that could not be read; its tokens are kept in the file and a diagnostic says why. Those are the names that
    /// it may declare.
    Broken(Vec<String>),
}

/// `vocabulary NAME "..."`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulary {
    pub name: Name,
    pub title: Text,
}

/// `add to FACT: ...`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddTo {
    pub fact: Name,
    pub values: Vec<Value>,
}

/// `define NAME: ...`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Define {
    pub name: Name,
    pub label: Option<Text>,
    pub condition: Condition,
}

/// A word of the vocabulary with what people read about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub name: Name,
    pub label: Option<Text>,
    pub also: Vec<Text>,
    /// Names it used to have.
    pub formerly: Vec<Name>,
    pub meaning: Option<Text>,
}

/// A value of a fact.
pub type Value = Word;

/// `policy` or `addendum`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    pub name: Name,
    pub title: Text,
    /// For an addendum: the policy it amends.
    pub amends: Option<Name>,
    /// For a policy: the one above it.
    pub under: Option<Name>,
    pub parts: Vec<InstrumentPart>,
}

/// A part of a `policy` or `addendum` sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InstrumentPart {
    Edition(Text),
    Adopted(DateLit),
    InForce {
        from: DateLit,
        until: Option<DateLit>,
    },
    InForceWhile(Name),
    ReviewBy(DateLit),
    Silence(SilenceAst),
    /// `prevails only where it says so` (with its span, for duplicates)
    PrevailsWhereSaid(Span),
    /// `prevails over everything`
    PrevailsOverAll(Span),
    /// `replaces POLICY`
    Replaces(Name),
}

/// What `silence means`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SilenceAst {
    Forbidden(Span),
    Allowed(Span),
    Ask(Name),
}

/// `document ...`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub name: Name,
    pub title: Text,
    pub parts: Vec<DocumentPart>,
}

/// What may follow the title of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentPart {
    /// `edition "..."`
    Edition(Text),
    /// `12 pages`
    Pages(NumberLit),
    /// `file "..."`
    File(Text),
    /// `note "..."`
    Note(Text),
}

/// `document/clause`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseRef {
    pub document: Name,
    pub clause: Name,
    pub span: Span,
}

/// `clause ...`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    pub id: ClauseRef,
    pub locator: Text,
    pub standing: Option<Name>,
    pub because: Option<Text>,
    /// Where its text stands in the copy of the document. Boxed, as what follows is: most clauses say none of it, and
    /// there are many.
    pub lines: Option<Box<CountedRange>>,
    /// Which words of these lines it is.
    pub words: Option<Box<CountedRange>>,
    pub fingerprint: Option<Box<Fingerprint>>,
    pub paraphrase: Text,
}

/// `lines 4 to 6`, `words 3 to 20`: counted from 1, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedRange {
    pub first: NumberLit,
    /// Absent where only one is named.
    pub last: Option<NumberLit>,
    pub span: Span,
}

/// `fingerprint "..." of 23 words`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    pub digits: Text,
    pub words: NumberLit,
    pub span: Span,
}

/// `fact ...`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub name: Name,
    pub label: Option<Text>,
    /// asker, act, thing or circumstances
    pub side: Name,
    pub parts: Vec<FactPart>,
}

/// A part of a `fact` or `parameter` sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactPart {
    Asked(Text),
    Presumed(Presumed),
    JudgedBy(Name),
    Meaning(Text),
    Also(Vec<Text>),
    /// `formerly x or y`
    Formerly(Vec<Name>),
    /// `the subject`
    Subject(Span),
    /// `held by the subject`
    Held(Span),
    /// `costing 3 to change`
    Costing(NumberLit),
    /// `said in <place>`
    Said(Vec<FrameWord>),
    Kind(FactKind),
    /// `taken as x or y because "..."` (parameters only)
    TakenAs {
        values: Vec<Name>,
        because: Option<Text>,
    },
}

/// `presumed VALUE`, for which acts not, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presumed {
    pub value: Name,
    /// `except to ACT or ACT`
    pub except: Vec<Name>,
    /// `when CONDITION`
    pub when: Option<Condition>,
}

/// What values a fact can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactKind {
    YesNo(Span),
    OneOf(Vec<Value>),
    SomeOf(Vec<Value>),
    /// `some of period` (parameters): a set of values of another fact
    SomeOfFact(Name),
    /// `a number of years from 0 to 120`
    Number {
        unit: Name,
        from: NumberLit,
        to: NumberLit,
    },
    Date(Span),
    /// `a time of day`
    Time(Span),
    /// `a weekday`
    Weekday(Span),
    /// `the acts`
    Acts(Span),
}

/// `parameter ...`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    pub name: Name,
    pub label: Option<Text>,
    pub left_to: Name,
    pub parts: Vec<FactPart>,
}

/// `reading ...`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub name: Name,
    pub label: Option<Text>,
    /// The sentence that can be read in more than one way.
    pub clause: ClauseRef,
    pub parts: Vec<FactPart>,
}

/// `set ...`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    pub fact: Name,
    /// A single date stands here as it is written.
    pub values: Vec<Name>,
    pub because: Text,
    pub decided_by: Option<Name>,
    pub on: Option<DateLit>,
}

/// `let lower policies vary ...`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Let {
    pub rules: Vec<Name>,
    pub when: Option<Condition>,
}

/// `group ...`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub word: Word,
    pub fact: Name,
    pub members: Vec<Name>,
    pub ordinarily: Vec<Name>,
}

/// `period ...`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    pub word: Word,
    pub asked: Option<Text>,
    pub from: DateLit,
    pub until: Option<DateLit>,
    /// Whether it ends with `not from the document`.
    pub dates_set_by_pack: bool,
}

/// `calendar ...`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    pub name: Name,
    pub title: Text,
    /// `in "Europe/London"`
    pub zone: Text,
    /// `telling FACT`
    pub fact: Name,
    pub parts: Vec<CalendarPart>,
}

/// A part of a `calendar` sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalendarPart {
    /// `counting NAME days`
    Counting(Name),
    /// `closed days are VALUE`
    ClosedDays(Name),
    /// `days beyond are VALUE`
    DaysBeyond(Name),
    /// `open NAME "label" from DATE until DATE`
    Open { name: Name, label: Option<Text>, from: DateLit, until: DateLit },
    /// `closed NAME "label" from DATE until DATE as VALUE`
    Closed { name: Name, label: Option<Text>, days: ClosedOn, value: Option<Name> },
    /// `on WEEKDAYS: BELLS`
    Week { weekdays: Vec<Name>, bells: Vec<Bell> },
    /// `on DATES: BELLS`
    Special { dates: Vec<DateLit>, bells: Vec<Bell> },
}

/// Which days are closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClosedOn {
    /// `from DATE until DATE`
    Stretch { from: DateLit, until: DateLit },
    /// `on DATE or DATE`
    Days(Vec<DateLit>),
}

/// `VALUE from TIME until TIME and from TIME until TIME`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bell {
    pub value: Name,
    pub hours: Vec<Hours>,
}

/// A part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// Absent: from midnight.
    pub from: Option<TimeLit>,
    /// Absent: until midnight.
    pub until: Option<TimeLit>,
    pub span: Span,
}

/// `act ...`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    pub word: Word,
    pub frame: Vec<FrameWord>,
}

/// A word or a gap of a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FrameWord {
    Word(Name),
    /// `<FACT>`
    Gap(Name),
}

/// `approval ...`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    pub word: Word,
    pub given_by: Vec<Name>,
    pub class: Option<Name>,
    /// `not by the asker`
    pub not_by_asker: bool,
}

/// A condition on facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// A yes-or-no fact, period or definition that holds.
    Holds(Name),
    Not(Box<Condition>, Span),
    And(Vec<Condition>),
    Or(Vec<Condition>),
    /// `fact is [not] LIST`, `fact includes LIST`
    Is {
        fact: Name,
        negated: bool,
        includes: bool,
        values: Values,
    },
    /// `fact is at least 13` and its kin; `is 13` is `Exactly`.
    Number {
        fact: Name,
        how: Comparison,
        number: NumberLit,
    },
    /// `fact is on or after DATE`
    From {
        fact: Name,
        date: DateLit,
    },
    /// `fact is before DATE`
    Before {
        fact: Name,
        date: DateLit,
    },
    /// `fact is at or after TIME` and its kin
    Time {
        fact: Name,
        when: TimeOf,
    },
}

/// What is said of a time of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeOf {
    /// `at or after 18:00`
    From(TimeLit),
    /// `before 08:00`
    Before(TimeLit),
    /// `from 18:00 until 20:00`
    Between(TimeLit, TimeLit),
    /// `18:00`
    Exactly(TimeLit),
}

impl TimeOf {
    /// From the first time named to the last.
    pub fn span(&self) -> Span {
        match self {
            Self::From(time) | Self::Before(time) | Self::Exactly(time) => time.span,
            Self::Between(from, until) => from.span.to(until.span),
        }
    }
}

/// How a number is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    AtLeast,
    AtMost,
    Over,
    Under,
    Exactly,
}

/// A list of values in a gap, a condition or a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Values {
    /// `anyone except LIST` when true; `anyone` alone is `anyone except` nobody, so it is true and there are no names.
    pub except: bool,
    pub names: Vec<Name>,
    pub span: Span,
}

/// The words of an act as written: verb, values, and the words between, still unresolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    pub words: Vec<PhraseWord>,
    pub span: Span,
}

/// One piece of a phrase. Articles are dropped. `or`, `only`, `except` are kept apart from names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhraseWord {
    Word(Name),
    Comma(Span),
    Or(Span),
    Only(Span),
    Except(Span),
}

/// A formula over approvals or undertakings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula {
    Atom(Name),
    And(Vec<Formula>),
    Or(Vec<Formula>),
}

/// `rule ...`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub name: Name,
    pub cites: Vec<ClauseRef>,
    pub body: RuleBody,
}

/// The sentence of a rule.
#[allow(clippy::large_enum_variant, reason = "most rules are norms, and a file has few of them")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleBody {
    Norm(Norm),
    Duty(Duty),
    /// `guidance for WHO when they ACT: "..."`
    Advice(Advice),
    /// `rule x does not apply when ...`
    Disapply {
        rule: Name,
        when: Condition,
    },
}

/// may, may only, must not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Norm {
    pub despite: Vec<Name>,
    pub who: Values,
    pub modal: Modal,
    pub modal_span: Span,
    pub act: Phrase,
    pub clauses: Clauses,
}

impl Norm {
    /// The rules behind `despite` and the people, told apart by somebody who knows the rules.
    ///
    /// `Despite x, y, z or w may ...` can be read in two ways, and text alone cannot say which: here `x` and `y`
    /// stand in `despite`, whatever they are. The names at its end that are no rules belong to the people; the
    /// first name behind `despite` is always a rule.
    pub fn parted(&self, is_rule: impl Fn(&Name) -> bool) -> (&[Name], Values) {
        let mut rules = self.despite.len();
        if !self.who.except && self.who.names.len() > 1 {
            while rules > 1 && self.despite.get(rules - 1).is_some_and(|name| !is_rule(name)) {
                rules -= 1;
            }
        }
        let (despite, people) = self.despite.split_at_checked(rules).unwrap_or((&self.despite, &[]));
        let mut who = self.who.clone();
        if let Some(first) = people.first() {
            who.span = first.span.to(who.span);
            who.names.splice(0..0, people.iter().cloned());
        }
        (despite, who)
    }
}

/// `guidance for WHO when they ACT when CONDITION: "..."`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    pub who: Values,
    pub act: Phrase,
    pub when: Option<Condition>,
    pub text: Text,
}

/// The modal of a norm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modal {
    May,
    MayInGeneral,
    MayOnly,
    MustNot,
    MustNever,
    ShouldNot,
}

/// The clauses behind an act.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Clauses {
    pub when: Option<Condition>,
    /// `only when ...`
    pub only_when: Option<Condition>,
    pub unless: Option<Condition>,
    pub approved: Option<Formula>,
    /// `at the discretion of APPROVAL`
    pub discretion: Option<Name>,
    pub provided: Option<Formula>,
}

/// `deed NAME, done by ACT`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    pub word: Word,
    /// The act that it consists in.
    pub done_by: Option<Phrase>,
}

/// must, should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    pub who: Values,
    /// Whether the word was `should`.
    pub should: bool,
    /// All of these; of each the deeds of which one is enough.
    pub deeds: Vec<Vec<Name>>,
    pub due: Option<Due>,
    pub occasion: Option<Occasion>,
    pub when: Option<Condition>,
    pub otherwise: Option<Otherwise>,
}

/// Before or after: where a duty stands to what it comes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    Before,
    /// `when they`: while they do it.
    With,
    After,
}

/// What a duty comes with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Occasion {
    /// `after they ACT`
    Act(Turn, Phrase),
    /// `after EVENT`
    Event(Turn, Name),
}

/// What follows if a duty is not done in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Otherwise {
    Deed(Name),
    Words(Text),
}

/// When a duty is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    AsSoonAsPossible,
    Immediately,
    /// `within 3 calendar days of FACT`; the words of the unit in the plural ("calendar days", "weeks", "hours")
    Within {
        number: NumberLit,
        unit: String,
        of: Option<Name>,
    },
    /// `every 2 years`
    Every {
        number: NumberLit,
        unit: String,
    },
    /// `once per year`, `once per month`, `once per week`
    OncePer(String),
    /// `once per stretch of CALENDAR`
    OncePerStretch(Name),
    /// `by "the end of the day"`
    By(Text),
}

/// `matrix ...`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    pub name: Name,
    pub title: Text,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

/// `NAME: LIST`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: Name,
    pub who: Values,
}

/// `row NAME cites CLAUSE: ACT | no | no`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub name: Name,
    pub cites: Vec<ClauseRef>,
    pub act: Phrase,
    pub cells: Vec<Cell>,
}

/// A cell of a matrix.
#[allow(clippy::large_enum_variant, reason = "a matrix has few cells")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Yes(Span),
    No(Span),
    /// `only during x`: the words behind `only`, as a phrase that starts with `only`
    Only(Phrase, Span),
    /// `only when C`, `when C`, `if approved by ...`, `provided they ...`
    If(Box<Clauses>, Span),
}

/// `settle ...`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settle {
    pub first: Name,
    pub second: Name,
    pub prevails: Name,
    pub because: Text,
    pub decided_by: Option<Name>,
    pub on: Option<DateLit>,
}

/// `check ...`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    pub case: Case,
    pub expect: Expect,
}

/// What an example expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expect {
    /// permitted, needs_approval, forbidden, not_covered, needs_facts
    pub outcome: String,
    pub outcome_span: Span,
    pub provided: Option<Vec<Name>>,
    pub approvals: Option<Vec<Name>>,
    pub duties: Option<Vec<Name>>,
    pub needs: Option<Vec<Name>>,
    pub because: Option<Vec<Name>>,
    pub assumed: Option<Vec<Name>>,
    pub citing: Option<Vec<ClauseRef>>,
    pub open: Option<Vec<Name>>,
    pub defeated: Option<Vec<Name>>,
    pub clashes: Option<Vec<Name>>,
    /// Outcomes in the spelling of `outcome`.
    pub possible: Option<Vec<String>>,
}

/// `check table ...`: examples that share a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its title, and all that the rows share.
    pub case: Case,
    pub columns: Vec<TableColumn>,
    pub rows: Vec<TableRow>,
}

/// What an example says of its case; a table's rows share it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub title: Text,
    pub who: Values,
    pub about: About,
    /// A conjunction of simple facts; resolving refuses `or`.
    pub when: Option<Condition>,
    pub on: Option<DateLit>,
    /// `at TIME`
    pub at: Option<TimeLit>,
    pub approved: Vec<Name>,
    pub refused: Vec<Name>,
    pub will: Vec<Name>,
    pub wont: Vec<Name>,
    /// `assuming nothing`
    pub strict: bool,
}

/// What an example asks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// `wants to ACT`
    Act(Phrase),
    /// `after EVENT`
    Event(Name),
    /// `whatever they do`
    Whatever(Span),
}

/// What a column of a table of examples holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableColumn {
    Fact(Name),
    /// `approved by`
    Approved(Span),
    /// `refused by`
    Refused(Span),
    /// `will`
    Will(Span),
    /// `will not`
    WillNot(Span),
}

impl TableColumn {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Fact(name) => name.span,
            Self::Approved(span) | Self::Refused(span) | Self::Will(span) | Self::WillNot(span) => *span,
        }
    }
}

/// One row of a table of examples.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    pub name: RowName,
    pub cells: Vec<TableCell>,
    pub expect: Expect,
}

/// What a row of a table of examples is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowName {
    Name(Name),
    Title(Text),
}

impl RowName {
    /// The name or the title.
    pub fn text(&self) -> &str {
        match self {
            Self::Name(name) => &name.text,
            Self::Title(title) => &title.text,
        }
    }

    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Name(name) => name.span,
            Self::Title(title) => title.span,
        }
    }
}

/// One cell of a table of examples.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableCell {
    /// Nothing is said.
    Empty,
    Date(DateLit),
    Names(Vec<Name>),
}

/// `never: WHO may ACT ...` or `always: WHO may ACT ...`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invariant {
    pub never: bool,
    pub title: Option<Text>,
    pub who: Values,
    pub act: Phrase,
    pub when: Option<Condition>,
    pub parts: Vec<InvariantPart>,
}

/// What may follow the sentence of an invariant, in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvariantPart {
    /// `from DATE until DATE`
    During { from: DateLit, until: Option<DateLit>, span: Span },
    /// `even if approved by LIST`; no names: by anyone.
    Even(Vec<Name>, Span),
    /// `unless approved by LIST`
    Unless(Vec<Name>, Span),
    /// `if approved by LIST`
    If(Vec<Name>, Span),
}
