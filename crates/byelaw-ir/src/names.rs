//! Words: names, labels, questions, citations. The cold half of a program.

use alloc::string::String;
use alloc::vec::Vec;
use byelaw_data::{Date, DeedId, Due, FactId, Occasion, Silence, ValueId};

/// All words of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// What names this very policy: SHA-256, in hexadecimal, of the program encoded with this field empty.
    pub digest: String,
    /// The pack.
    pub pack: String,
    /// Its title.
    pub title: String,
    /// Its edition; empty if not said.
    pub edition: String,
    /// What silence means.
    pub silence: Silence,
    /// For each fact.
    pub facts: Vec<FactName>,
    /// For each act.
    pub acts: Vec<ActName>,
    /// For each approval and undertaking.
    pub atoms: Vec<AtomName>,
    /// For each deed.
    pub deeds: Vec<Word>,
    /// For each definition that says how it is shown: its name stands in sentences of rules and nowhere else.
    pub definitions: Vec<Word>,
    /// For each rule.
    pub rules: Vec<RuleName>,
    /// For each calendar.
    pub calendars: Vec<CalendarName>,
    /// Source documents.
    pub documents: Vec<DocumentName>,
    /// Cited clauses.
    pub clauses: Vec<ClauseName>,
    /// The sentences that the readings read.
    pub readings: Vec<ReadingName>,
    /// What fills parameters and readings.
    pub fillings: Vec<FillingName>,
    /// Policies and addenda.
    pub instruments: Vec<InstrumentName>,
}

/// A reading of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingName {
    /// The fact.
    pub fact: FactId,
    /// Place in the list of clauses.
    pub clause: u16,
}

/// A parameter or reading that was filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FillingName {
    /// The fact.
    pub fact: FactId,
    /// Its values.
    pub values: Vec<ValueId>,
    /// For a number or a date, its value as it is written; else empty.
    pub number: String,
    /// Why.
    pub because: String,
    /// Who decided it; empty if not said.
    pub decided_by: String,
    /// When; empty if not said.
    pub on: String,
}

/// A policy or an addendum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstrumentName {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// For an addendum: what it amends, as a place in this list.
    pub amends: Option<u16>,
    /// For a policy below another: that policy.
    pub under: Option<u16>,
    /// What it is in force instead of.
    pub replaces: Option<u16>,
}

/// A word with what people read about it; what was not said is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Word {
    /// The name.
    pub name: String,
    /// How it is shown.
    pub label: String,
    /// Other words for it.
    pub also: Vec<String>,
    /// Names it used to have.
    pub formerly: Vec<String>,
    /// What it means.
    pub meaning: String,
}

/// What kind of values a fact has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactKind {
    /// no or yes
    YesNo,
    /// One of the values.
    OneOf,
    /// Several at once; the members follow the values.
    SomeOf(Vec<FactId>),
    /// A number of these.
    Number(String),
    /// A date.
    Date,
    /// A time of the day.
    Time,
    /// A day of the week; the values are the seven, Monday first.
    Weekday,
    /// One of the acts.
    Acts,
}

/// The words of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactName {
    /// Name, label and so on.
    pub word: Word,
    /// Its kind.
    pub kind: FactKind,
    /// asker, act, thing or circumstances
    pub side: String,
    /// The question to a person.
    pub asked: String,
    /// Who judges it.
    pub judged_by: String,
    /// Whom it is left to.
    pub left_to: String,
    /// Whether a period's dates were set by the pack.
    pub set_by_pack: bool,
    /// The values of a fact that has a list of its own (not the acts).
    pub values: Vec<Word>,
    /// Groups of values.
    pub groups: Vec<GroupName>,
    /// Whether its labels are roles held beside what the asker is.
    pub held: bool,
    /// What it costs to change it; absent if nobody does.
    pub cost: Option<u32>,
}

/// A named set of values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupName {
    /// Name and label.
    pub word: Word,
    /// All values in it.
    pub members: Vec<ValueId>,
    /// Those meant unless somebody says otherwise.
    pub ordinarily: Vec<ValueId>,
}

/// The words of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActName {
    /// Name and label.
    pub word: Word,
    /// The verb.
    pub verb: String,
    /// The gaps: the words before, and the fact.
    pub gaps: Vec<(String, FactId)>,
}

/// The words of an approval or undertaking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtomName {
    /// Name and label.
    pub word: Word,
    /// Who gives an approval, as declared.
    pub given_by: Vec<String>,
    /// The class of an approval.
    pub class: String,
}

/// The words of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleName {
    /// Its name.
    pub name: String,
    /// Its sentence.
    pub sentence: String,
    /// Who bears it.
    pub bearer: String,
    /// For a duty: what it asks for and when.
    pub duty: Option<DutyName>,
    /// For guidance: what is advised.
    pub advice: String,
    /// Places in the list of clauses.
    pub cites: Vec<u16>,
    /// Place in the list of policies and addenda.
    pub instrument: u16,
}

/// What the duty of a rule asks for and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyName {
    /// What is to be done. All of these; of each, one deed is enough.
    pub deeds: Vec<Vec<DeedId>>,
    /// What it comes with.
    pub occasion: Occasion,
    /// When it is due.
    pub due: Due,
    /// The same in words; empty if nothing is said.
    pub words: String,
    /// What follows if it is not done in time, in words; empty if nothing is said.
    pub otherwise: String,
    /// What must be done if it is not done in time.
    pub otherwise_deed: Option<DeedId>,
}

/// The words of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarName {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The IANA time zone of its local time.
    pub zone: String,
    /// What its open days are called where days are counted; empty if they are not.
    pub counts: String,
    /// Its stretches of days as their author named them.
    pub days: Vec<DaysName>,
}

/// A stretch of days of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DaysName {
    /// Its name.
    pub name: String,
    /// How it is shown; empty if not said.
    pub label: String,
    /// First day.
    pub from: Date,
    /// First day after.
    pub until: Date,
    /// Whether these days are open.
    pub open: bool,
}

/// A source document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentName {
    /// Its name in citations.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its edition.
    pub edition: String,
}

/// A clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseName {
    /// Place in the list of documents.
    pub document: u16,
    /// Its name.
    pub name: String,
    /// Where to find it.
    pub locator: String,
    /// What it says, in our words.
    pub paraphrase: String,
}
