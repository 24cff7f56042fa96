//! The resolved model: facts, rules and what stands between them, with the place each came from.

use byelaw_data::{
    AtomId, Date, DeedId, Due, FactId, Occasion, Outcome, Presumption, Question, RuleId, Says, Stated,
    ValueId, Weekday,
};
use byelaw_diagnostic::Span;
use std::collections::{BTreeMap, BTreeSet};

/// A policy with all its words looked up.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// The policy (or vocabulary) that the pack is.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its edition, if said.
    pub edition: Option<String>,
    /// Whether the pack answers questions; a vocabulary does not.
    pub answers: bool,
    /// What silence means.
    pub silence: Silence,
    /// All facts; [`FactId`] is the place in this list. Fact 0 is the date of the question.
    pub facts: Vec<Fact>,
    /// The fact that is the subject of every sentence.
    pub subject: Option<FactId>,
    /// The fact whose values are the acts.
    pub act: Option<FactId>,
    /// What the fact of the acts has where a question is about no act: the last of `acts`, which no question can name.
    /// Absent if no duty stands without an act.
    pub no_act: Option<ValueId>,
    /// The fact that tells what has happened, if there are events.
    pub event: Option<FactId>,
    /// The time of day, if the pack has such a fact.
    pub clock: Option<FactId>,
    /// The weekday, if the pack has such a fact.
    pub weekday: Option<FactId>,
    /// Calendars, at most one for a fact.
    pub calendars: Vec<Calendar>,
    /// One for each value of the act fact, in order.
    pub acts: Vec<Act>,
    /// The facts that are readings of a sentence, each with the place of its clause.
    pub readings: BTreeMap<FactId, usize>,
    /// Parameters and readings that a `set` sentence filled; the values stand in [`Fact::taken_as`].
    pub fillings: BTreeMap<FactId, Filling>,
    /// Approvals and undertakings; [`AtomId`] is the place in this list.
    pub atoms: Vec<Atom>,
    /// Deeds of duties; [`DeedId`] is the place in this list.
    pub deeds: Vec<Word>,
    /// Definitions that say how they are shown, by name. What they mean stands wherever they are used.
    pub definitions: Vec<Word>,
    /// Policies and addenda.
    pub instruments: Vec<Instrument>,
    /// Source documents.
    pub documents: Vec<Document>,
    /// Their clauses.
    pub clauses: Vec<Clause>,
    /// What cannot be.
    pub impossible: Vec<Condition>,
    /// The named rules; [`RuleId`] is the place in this list.
    pub names: Vec<RuleName>,
    /// The matrices; each cell is one of the named rules.
    pub matrices: Vec<Matrix>,
    /// The norms. One named rule makes one, or two (a permission inside and a bar outside).
    pub norms: Vec<Norm>,
    /// `(stronger, weaker)`: places in `norms`, acyclic.
    pub precedence: BTreeSet<(usize, usize)>,
    /// Where policies may be more lenient than what stands above them.
    pub delegations: Vec<Delegation>,
    /// Declared settlements.
    pub settlements: Vec<Settlement>,
    /// Exceptions as they are written, `despite` and `settle`, each once.
    pub exceptions: Vec<Exception>,
    /// Examples.
    pub examples: Vec<Example>,
    /// What must never or always hold.
    pub invariants: Vec<Invariant>,
}

/// The date of the question as a fact.
pub const ON: FactId = FactId(0);
/// The day whose adopted instruments count, as a fact.
pub const AS_OF: FactId = FactId(1);

/// What silence means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Silence {
    /// Nothing was declared.
    #[default]
    Unsaid,
    /// `silence means forbidden`
    Forbidden,
    /// `silence means allowed`
    Allowed,
    /// `silence means ask the ...`
    Ask(String),
}

/// A word with what people read about it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Word {
    /// The name.
    pub name: String,
    /// How it is shown; the name if nothing was said.
    pub label: Option<String>,
    /// Other words people use for it.
    pub also: Vec<String>,
    /// Names it used to have; a question may still use them.
    pub formerly: Vec<String>,
    /// What it means, in a line.
    pub meaning: Option<String>,
    /// Where it was declared.
    pub span: Option<Span>,
}

impl Word {
    /// A word that is only a name.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

/// What a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// Who asks.
    Asker,
    /// What is done.
    Act,
    /// What it is done to.
    Thing,
    /// All else.
    #[default]
    Circumstances,
}

impl Side {
    /// The word in the language.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asker => "asker",
            Self::Act => "act",
            Self::Thing => "thing",
            Self::Circumstances => "circumstances",
        }
    }
}

/// The values a fact can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// no (0) or yes (1)
    YesNo,
    /// Exactly one of these.
    OneOf(Vec<Word>),
    /// Any set of these. Such a fact has no value of its own: it has one yes-or-no member fact for each label.
    SomeOf {
        /// The labels.
        labels: Vec<Word>,
        /// The member facts, one for each label.
        members: Vec<FactId>,
        /// For a parameter `some of FACT`: that fact.
        of: Option<FactId>,
    },
    /// A whole number.
    Number {
        /// What is counted.
        unit: String,
        /// The least value.
        from: i64,
        /// The greatest.
        to: i64,
    },
    /// A date, as a count of days.
    Date,
    /// A time of the day, in minutes. It follows from when the question is about.
    Time,
    /// A day of the week, Monday first. It follows from the date of the question.
    Weekday,
    /// One of the acts.
    Acts,
}

/// The dates of a named stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodDates {
    /// First day.
    pub from: Date,
    /// First day after it; absent if the end is unknown.
    pub until: Option<Date>,
    /// Whether the pack set the dates because the document gives none.
    pub set_by_pack: bool,
}

/// A calendar: which value of a fact holds when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The IANA time zone of its local time.
    pub zone: String,
    /// What its open days are called where days are counted, for instance in a deadline.
    pub counts: Option<String>,
    /// Its days and times.
    pub plan: byelaw_data::Calendar,
    /// The stretches as their author named them.
    pub named: Vec<NamedDays>,
    /// Where it was declared.
    pub span: Span,
}

/// A stretch of days with the name its author gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedDays {
    /// The name.
    pub name: String,
    /// How it is shown.
    pub label: Option<String>,
    /// First day.
    pub from: Date,
    /// First day after.
    pub until: Date,
    /// Whether these days are open.
    pub open: bool,
}

/// A thing a question can state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Name, label and so on.
    pub word: Word,
    /// What it is about.
    pub side: Side,
    /// Its values.
    pub kind: Kind,
    /// The question to put to a person.
    pub asked: Option<String>,
    /// What is presumed unless somebody says otherwise; the first that counts is taken, and none if there is none.
    pub presumed: Vec<Presumption>,
    /// Who judges it.
    pub judged_by: Option<String>,
    /// For a parameter: whom it is left to.
    pub left_to: Option<String>,
    /// For a parameter that was filled: its values, and why.
    pub taken_as: Option<(Vec<ValueId>, String)>,
    /// For a member of a several-at-once fact: that fact and the label.
    pub member_of: Option<(FactId, ValueId)>,
    /// For a period: its dates.
    pub period: Option<PeriodDates>,
    /// Words that introduce it in any sentence.
    pub said: Vec<Vec<String>>,
    /// Groups of its values.
    pub groups: Vec<Group>,
    /// Whether its labels are held roles that the asker holds beside what they are.
    pub held: bool,
    /// What it costs to change it; `None` if nobody changes it for the sake of an answer.
    pub cost: Option<u32>,
}

impl Fact {
    /// A fact of which nothing but this is said.
    pub fn new(word: Word, side: Side, kind: Kind) -> Self {
        Self {
            word,
            side,
            kind,
            asked: None,
            presumed: Vec::new(),
            judged_by: None,
            left_to: None,
            taken_as: None,
            member_of: None,
            period: None,
            said: Vec::new(),
            groups: Vec::new(),
            held: false,
            cost: None,
        }
    }
}

/// A named set of values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Name and label.
    pub word: Word,
    /// All values in it, sorted.
    pub members: Vec<ValueId>,
    /// Those meant unless somebody says otherwise, sorted.
    pub ordinarily: Vec<ValueId>,
}

/// An act's frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Name and label.
    pub word: Word,
    /// The verb, one word or several.
    pub verb: Vec<String>,
    /// The gaps in the order of the frame: the words before, and the fact.
    pub gaps: Vec<(Vec<String>, FactId)>,
}

/// An approval or an undertaking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Atom {
    /// Name and label.
    pub word: Word,
    /// For an approval, who gives it; `None` for an undertaking.
    pub approval: Option<Giving>,
}

/// How an approval is given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Giving {
    /// Names as declared (values or groups of the subject).
    pub by: Vec<String>,
    /// The same as values of the subject, sorted.
    pub givers: Vec<ValueId>,
    /// Those of them that are held roles: member facts of a fact held by the subject.
    pub held_roles: Vec<FactId>,
    /// Approvals of one class compete; those of different classes add up.
    pub class: Option<String>,
    /// Whether the asker's own approval does not count.
    pub not_by_asker: bool,
}

/// A policy or an addendum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The edition.
    pub edition: Option<String>,
    /// For an addendum: the instrument it amends.
    pub amends: Option<usize>,
    /// For a policy below another: that policy.
    pub under: Option<usize>,
    /// The instrument that is no longer in force once this one is.
    pub replaces: Option<usize>,
    /// Day of adoption.
    pub adopted: Option<Date>,
    /// When it is in force; no entry means always.
    pub in_force: Vec<InForce>,
    /// When it is to be reviewed.
    pub review: Option<Date>,
    /// Whether it prevails over everything it meets, not only where it says so.
    pub prevails_over_all: bool,
    /// Where it was declared.
    pub span: Span,
}

/// When an instrument is in force. Several of these all have to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InForce {
    /// From this day to the day before `until`.
    Dates {
        /// First day.
        from: Date,
        /// First day after.
        until: Option<Date>,
    },
    /// While this period lasts.
    While(FactId),
}

/// A source document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its name in citations.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its edition.
    pub edition: Option<String>,
    /// How many pages it has.
    pub pages: Option<u32>,
    /// What the copy is called that the clauses were read from.
    pub file: Option<String>,
    /// What a reader of the copy has to know.
    pub note: Option<String>,
    /// Where it was declared.
    pub span: Span,
}

/// Where the text of a clause stands in a copy of its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextPlace {
    /// The first and the last line, counted from 1.
    pub lines: (u32, u32),
    /// The first and the last word of these lines, counted from 1; all of them if absent.
    pub words: Option<(u32, u32)>,
    /// Where that is said.
    pub span: Span,
}

/// By what the text of a clause is known again (decision 0014).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    /// Sixteen hexadecimal digits.
    pub digits: String,
    /// How many words the text has.
    pub words: u32,
    /// Where it stands.
    pub span: Span,
}

/// How a clause is dealt with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Rules that cite it say what it says.
    Encoded,
    /// A duty with a bearer.
    Duty,
    /// Advice.
    Guidance,
    /// Left to somebody.
    Discretion,
    /// Says nothing to decide by.
    Informative,
    /// No fact could settle it.
    Undecidable,
}

impl Standing {
    /// The word in the language; `encoded` for a clause of which nothing is said.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Encoded => "encoded",
            Self::Duty => "duty",
            Self::Guidance => "guidance",
            Self::Discretion => "discretion",
            Self::Informative => "informative",
            Self::Undecidable => "undecidable",
        }
    }
}

/// A clause of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Place in the list of documents.
    pub document: usize,
    /// Its name within the document.
    pub name: String,
    /// Where to find it.
    pub locator: String,
    /// What it says, in our words.
    pub paraphrase: String,
    /// How it is dealt with.
    pub standing: Standing,
    /// Why, where that needs saying.
    pub because: Option<String>,
    /// Where its text stands.
    pub place: Option<TextPlace>,
    /// By what its text is known again.
    pub fingerprint: Option<Fingerprint>,
    /// Where it was declared.
    pub span: Span,
}

/// A condition on the facts of a situation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Holds always.
    Always,
    /// The fact has one of these values (sorted).
    In(FactId, Vec<ValueId>),
    /// The fact has one of the values that a parameter holds; one member fact for each value of the fact.
    InSet(FactId, Vec<FactId>),
    /// The number or date lies between these, both included.
    Between(FactId, i64, i64),
    /// Does not hold.
    Not(Box<Condition>),
    /// All hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
}

impl Condition {
    /// Adds the facts that it names.
    pub fn facts_into(&self, found: &mut BTreeSet<FactId>) {
        match self {
            Self::Always => {}
            Self::In(fact, _) | Self::Between(fact, ..) => {
                found.insert(*fact);
            }
            Self::InSet(fact, members) => {
                found.insert(*fact);
                found.extend(members);
            }
            Self::Not(inner) => inner.facts_into(found),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.facts_into(found)),
        }
    }
}

/// A monotone formula over approvals and undertakings as its minimal packages: any one of them suffices in full.
/// `[[]]` is free, `[]` is never.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price(pub Vec<BTreeSet<AtomId>>);

impl Price {
    /// Nothing is needed.
    pub fn free() -> Self {
        Self(vec![BTreeSet::new()])
    }
    /// Nothing suffices.
    pub fn never() -> Self {
        Self(Vec::new())
    }
}

/// What a norm does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NormKind {
    /// A gateway.
    May,
    /// A gateway that gives way to any bar or condition without a clash.
    MayInGeneral,
    /// A bar.
    MustNot,
    /// A condition: a bar with a price that opens the gate where no permission does.
    Only,
    /// A duty that goes with the act, which it takes for granted.
    Duty,
    /// A duty that stands without an act.
    Standing,
    /// Takes a bar or condition away.
    Disapply,
    /// Advises; it has no effect on any outcome.
    Advice,
}

/// One norm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Norm {
    /// The named rule it belongs to.
    pub rule: RuleId,
    /// What it does.
    pub kind: NormKind,
    /// The author's word.
    pub says: Says,
    /// When it applies (the instrument's time apart).
    pub guard: Condition,
    /// Its price.
    pub price: Price,
    /// The instrument it belongs to.
    pub instrument: usize,
    /// For a duty: what is to be done. All of these; of each, one deed is enough.
    pub deeds: Vec<Vec<DeedId>>,
    /// `must never`
    pub never: bool,
    /// Whether it says what holds while somebody's discretion is undecided: every specific permission is an exception
    /// to it (semantics 2.1).
    pub undecided: bool,
}

/// A rule as its author named it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleName {
    /// The name.
    pub name: String,
    /// Places in the list of clauses.
    pub cites: Vec<usize>,
    /// The sentence, in the canonical spelling on one line.
    pub sentence: String,
    /// Who bears it, in the words of the sentence.
    pub who: String,
    /// For guidance: what is advised.
    pub advice: Option<String>,
    /// For a duty: what it asks for and when.
    pub duty: Option<Duty>,
    /// Where it stands.
    pub span: Span,
}

/// What a duty asks for and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// What is to be done. All of these; of each, one deed is enough.
    pub deeds: Vec<Vec<DeedId>>,
    /// What it comes with.
    pub occasion: Occasion,
    /// When it is due.
    pub due: Due,
    /// The same in words; empty if nothing is said.
    pub words: String,
    /// What follows if it is not done in time, in words.
    pub otherwise: Option<String>,
    /// What must be done if it is not done in time.
    pub otherwise_deed: Option<DeedId>,
}

/// A table of acts against groups of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Its rows, each with its name, its act in the canonical spelling, and the rule of each cell.
    pub rows: Vec<MatrixRow>,
}

/// A row of a matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixRow {
    /// Its name.
    pub name: String,
    /// The act, in the canonical spelling.
    pub act: String,
    /// The rule that each column's cell became; `None` where the row has no cell for it.
    pub cells: Vec<Option<RuleId>>,
    /// For each column what the cell is about: the subject, the act and the gaps of the row.
    pub about: Vec<BTreeMap<FactId, Stated>>,
}

/// A parameter or reading filled by a `set` sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filling {
    /// For a number or a date (as a count of days), its value; other values stand in [`Fact::taken_as`].
    pub number: Option<i64>,
    /// Why.
    pub because: String,
    /// Who decided it.
    pub decided_by: Option<String>,
    /// When.
    pub on: Option<Date>,
    /// Where it stands.
    pub span: Span,
}

/// Rules that lower policies may vary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    /// The instrument that says so.
    pub by: usize,
    /// The rules.
    pub rules: Vec<RuleId>,
    /// In which situations.
    pub when: Condition,
    /// Where it stands.
    pub span: Span,
}

/// A declared settlement of a clash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// The rule that prevails.
    pub prevails: RuleId,
    /// The rule that yields.
    pub yields: RuleId,
    /// Why.
    pub because: String,
    /// Where it stands.
    pub span: Span,
}

/// An exception as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exception {
    /// The rule that prevails.
    pub stronger: RuleId,
    /// The rule that it sets aside.
    pub weaker: RuleId,
    /// Where the weaker one is named.
    pub span: Span,
}

/// An example with what a person expects of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Its title.
    pub title: String,
    /// What is asked.
    pub question: Question,
    /// What is expected.
    pub expect: Expectation,
    /// Where it stands.
    pub span: Span,
}

/// What an example expects; what is absent is not checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// The answer in one word.
    pub outcome: Outcome,
    /// Exactly these undertakings.
    pub provided: Option<Vec<AtomId>>,
    /// Each of these approvals in some way.
    pub approvals: Option<Vec<AtomId>>,
    /// Exactly these duties.
    pub duties: Option<Vec<DeedId>>,
    /// These are among the facts needed.
    pub needs: Option<Vec<FactId>>,
    /// These are among the reasons.
    pub because: Option<Vec<RuleId>>,
    /// Exactly these facts are assumed.
    pub assumed: Option<Vec<FactId>>,
    /// The reasons cite these clauses; places in the model's list.
    pub citing: Option<Vec<usize>>,
    /// These are among what is left open.
    pub open: Option<Vec<FactId>>,
    /// These are among the rules set aside.
    pub defeated: Option<Vec<RuleId>>,
    /// Each of these is in some contradiction.
    pub clashes: Option<Vec<RuleId>>,
    /// Exactly these outcomes are possible.
    pub possible: Option<BTreeSet<Outcome>>,
}

/// A sentence about every situation of a kind (decision 0015).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invariant {
    /// Whether the act must never be permitted there; else it must always be.
    pub never: bool,
    /// Its title, or the sentence if it has none.
    pub title: String,
    /// The sentence, in the canonical spelling on one line.
    pub sentence: String,
    /// The acts it is about, sorted.
    pub acts: Vec<ValueId>,
    /// The situations it is about, the act apart: all of these hold.
    pub guard: Vec<Condition>,
    /// The first day it is about.
    pub from: Option<Date>,
    /// The first day it is no longer about.
    pub until: Option<Date>,
    /// The approvals that are given.
    pub granted: BTreeSet<AtomId>,
    /// Where it stands.
    pub span: Span,
}

impl Model {
    /// The number of values of a fact that has a list of them.
    pub fn width(&self, fact: FactId) -> usize {
        match self.facts.get(usize::from(fact.0)).map(|f| &f.kind) {
            Some(Kind::YesNo) => 2,
            Some(Kind::OneOf(values)) => values.len(),
            Some(Kind::Weekday) => Weekday::ALL.len(),
            Some(Kind::Acts) => self.acts.len(),
            _ => 0,
        }
    }

    /// The name of a rule; empty if there is no such rule.
    pub fn rule_name(&self, rule: RuleId) -> &str {
        self.names.get(rule.place()).map_or("", |named| named.name.as_str())
    }

    /// The name by which a question states a fact: of a member of a several-at-once fact, that fact's.
    pub fn fact_name(&self, fact: FactId) -> &str {
        let stated = self.fact(fact).member_of.map_or(fact, |(parent, _)| parent);
        &self.fact(stated).word.name
    }

    /// A fact by its number.
    ///
    /// # Panics
    /// If the number is not one of this model's.
    pub fn fact(&self, id: FactId) -> &Fact {
        &self.facts[usize::from(id.0)]
    }

    /// The words of a fact's values, in order; empty for numbers and dates.
    pub fn values(&self, id: FactId) -> Vec<Word> {
        match &self.fact(id).kind {
            Kind::YesNo => ["no", "yes"].iter().map(|n| Word::named(*n)).collect(),
            Kind::OneOf(values) | Kind::SomeOf { labels: values, .. } => values.clone(),
            Kind::Acts => self.acts.iter().map(|a| a.word.clone()).collect(),
            Kind::Weekday => Weekday::ALL.map(|day| Word::named(day.as_str())).to_vec(),
            Kind::Number { .. } | Kind::Date | Kind::Time => Vec::new(),
        }
    }

    /// The name of one value of a fact; `None` for numbers and dates, and where there is no such value.
    pub fn value(&self, id: FactId, value: ValueId) -> Option<&str> {
        let place = usize::from(value.0);
        match &self.fact(id).kind {
            Kind::YesNo => ["no", "yes"].get(place).copied(),
            Kind::OneOf(values) | Kind::SomeOf { labels: values, .. } => {
                values.get(place).map(|word| word.name.as_str())
            }
            Kind::Acts => self.acts.get(place).map(|act| act.word.name.as_str()),
            Kind::Weekday => Weekday::ALL.get(place).map(|day| day.as_str()),
            Kind::Number { .. } | Kind::Date | Kind::Time => None,
        }
    }
}
