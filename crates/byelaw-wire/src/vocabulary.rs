//! The vocabulary as JSON: enough for a stranger to phrase any question.

use crate::decision::{Cite, SilenceJson, reading_of, silence};
use crate::json::{Object, ToJson};
use crate::names::{self, shown};
use byelaw_data::{Date, FactId, Listed as _, Map, Presumption, ValueId};
use byelaw_ir::{Domain, FactKind, FactName, Program, Word};

/// Everything that a question may use.
#[derive(Debug, Clone, PartialEq)]
pub struct VocabularyJson {
    /// The version of the shape.
    pub v: u8,
    /// The pack.
    pub pack: String,
    /// Its title.
    pub title: String,
    /// Its edition.
    pub edition: String,
    /// What names this compilation.
    pub digest: String,
    /// What silence means.
    pub silence: SilenceJson,
    /// The policies and addenda that answer together, where there are several.
    pub policies: Vec<PolicyJson>,
    /// The facts.
    pub facts: Vec<FactJson>,
    /// The acts as sentences.
    pub acts: Vec<ActJson>,
    /// Approvals.
    pub approvals: Vec<ApprovalJson>,
    /// Undertakings.
    pub undertakings: Vec<WordJson>,
    /// Deeds of duties.
    pub duties: Vec<WordJson>,
    /// Definitions: names for conditions, which stand in the sentences of rules. No question uses them.
    pub definitions: Vec<WordJson>,
    /// Calendars: what they tell follows from a local date and time.
    pub calendars: Vec<CalendarJson>,
    /// Source documents.
    pub documents: Vec<DocumentJson>,
}

impl ToJson for VocabularyJson {
    fn write(&self, out: &mut String) {
        Object::new(out)
            .field("v", &self.v)
            .field("pack", &self.pack)
            .field("title", &self.title)
            .told("edition", &self.edition)
            .field("digest", &self.digest)
            .field("silence", &self.silence)
            .told("policies", &self.policies)
            .field("facts", &self.facts)
            .field("acts", &self.acts)
            .field("approvals", &self.approvals)
            .field("undertakings", &self.undertakings)
            .field("duties", &self.duties)
            .told("definitions", &self.definitions)
            .told("calendars", &self.calendars)
            .field("documents", &self.documents)
            .end();
    }
}

/// A word.
#[derive(Debug, Clone, PartialEq)]
pub struct WordJson {
    name: String,
    label: String,
    aliases: Vec<String>,
    /// Names it used to have; questions may still use them.
    formerly: Vec<String>,
    meaning: String,
}

impl ToJson for WordJson {
    fn write(&self, out: &mut String) {
        let mut object = Object::new(out);
        self.fields(&mut object);
        object.end();
    }
}

impl WordJson {
    /// Adds the fields of a word to those of what it names.
    fn fields(&self, object: &mut Object<'_>) {
        object
            .field("name", &self.name)
            .field("label", &self.label)
            .told("aliases", &self.aliases)
            .told("formerly", &self.formerly)
            .told("meaning", &self.meaning);
    }
}

/// A presumption that does not always count.
#[derive(Debug, Clone, PartialEq)]
pub struct PresumedIfJson {
    values: Vec<String>,
    except_acts: Vec<String>,
    when: Map<String, Vec<String>>,
}

impl ToJson for PresumedIfJson {
    fn write(&self, out: &mut String) {
        Object::new(out)
            .field("values", &self.values)
            .told("except_acts", &self.except_acts)
            .told("when", &self.when)
            .end();
    }
}

/// A fact.
#[derive(Debug, Clone, PartialEq)]
pub struct FactJson {
    word: WordJson,
    question: String,
    side: String,
    kind: &'static str,
    unit: Option<String>,
    from: Option<i64>,
    to: Option<i64>,
    subject: bool,
    presumed: Vec<String>,
    /// Presumptions that count for some acts only, or where other facts are stated.
    presumed_if: Vec<PresumedIfJson>,
    /// Whether its labels are held roles that the asker holds beside the main role.
    held: bool,
    /// What it costs to change it; absent if nobody does for the sake of an answer.
    cost: Option<u32>,
    judged_by: String,
    left_to: String,
    /// For a reading: the clause that can be read in more than one way.
    reading_of: Option<Cite>,
    /// For a parameter or reading: what it is set to, and why.
    set: Option<SetJson>,
    period: Option<PeriodJson>,
    values: Vec<WordJson>,
    groups: Vec<GroupJson>,
}

impl ToJson for FactJson {
    fn write(&self, out: &mut String) {
        let mut object = Object::new(out);
        self.word.fields(&mut object);
        object
            .told("question", &self.question)
            .field("side", &self.side)
            .field("kind", &self.kind)
            .told("unit", &self.unit)
            .told("from", &self.from)
            .told("to", &self.to)
            .told("subject", &self.subject)
            .told("presumed", &self.presumed)
            .told("presumed_if", &self.presumed_if)
            .told("held", &self.held)
            .told("cost", &self.cost)
            .told("judged_by", &self.judged_by)
            .told("left_to", &self.left_to)
            .told("reading_of", &self.reading_of)
            .told("set", &self.set)
            .told("period", &self.period)
            .told("values", &self.values)
            .told("groups", &self.groups)
            .end();
    }
}

/// What fills a parameter or a reading.
#[derive(Debug, Clone, PartialEq)]
pub struct SetJson {
    to: Vec<String>,
    because: String,
    decided_by: String,
    on: String,
}

impl ToJson for SetJson {
    fn write(&self, out: &mut String) {
        Object::new(out)
            .field("to", &self.to)
            .field("because", &self.because)
            .told("decided_by", &self.decided_by)
            .told("on", &self.on)
            .end();
    }
}

/// A policy or addendum.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyJson {
    name: String,
    title: String,
    amends: String,
    under: String,
    replaces: String,
}

impl ToJson for PolicyJson {
    fn write(&self, out: &mut String) {
        Object::new(out)
            .field("name", &self.name)
            .field("title", &self.title)
            .told("amends", &self.amends)
            .told("under", &self.under)
            .told("replaces", &self.replaces)
            .end();
    }
}

/// The dates of a period.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriodJson {
    from: String,
    until: Option<String>,
    set_by_pack: bool,
}

impl ToJson for PeriodJson {
    fn write(&self, out: &mut String) {
        Object::new(out)
            .field("from", &self.from)
            .told("until", &self.until)
            .field("set_by_pack", &self.set_by_pack)
            .end();
    }
}

/// A group of values.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupJson {
    word: WordJson,
    members: Vec<String>,
    ordinarily: Vec<String>,
}

impl ToJson for GroupJson {
    fn write(&self, out: &mut String) {
        let mut object = Object::new(out);
        self.word.fields(&mut object);
        object.field("members", &self.members).told("ordinarily", &self.ordinarily).end();
    }
}

/// An act.
#[derive(Debug, Clone, PartialEq)]
pub struct ActJson {
    word: WordJson,
    sentence: String,
    gaps: Vec<GapJson>,
    /// The facts that a rule on this act looks at.
    facts: Vec<String>,
}

impl ToJson for ActJson {
    fn write(&self, out: &mut String) {
        let mut object = Object::new(out);
        self.word.fields(&mut object);
        object.field("sentence", &self.sentence).field("gaps", &self.gaps).field("facts", &self.facts).end();
    }
}

/// A gap of an act's sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct GapJson {
    fact: String,
    words: String,
}

impl ToJson for GapJson {
    fn write(&self, out: &mut String) {
        Object::new(out).field("fact", &self.fact).field("words", &self.words).end();
    }
}

/// An approval.
#[derive(Debug, Clone, PartialEq)]
pub struct ApprovalJson {
    word: WordJson,
    given_by: Vec<String>,
    class: String,
}

impl ToJson for ApprovalJson {
    fn write(&self, out: &mut String) {
        let mut object = Object::new(out);
        self.word.fields(&mut object);
        object.field("given_by", &self.given_by).told("class", &self.class).end();
    }
}

/// A calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct CalendarJson {
    name: String,
    title: String,
    /// The time zone of its local time.
    zone: String,
    /// The fact that it tells.
    fact: String,
    /// The first day it reaches.
    from: String,
    /// The first day after those that it reaches.
    until: String,
    /// What its open days are called where days are counted.
    counts: String,
}

impl ToJson for CalendarJson {
    fn write(&self, out: &mut String) {
        Object::new(out)
            .field("name", &self.name)
            .field("title", &self.title)
            .field("zone", &self.zone)
            .field("fact", &self.fact)
            .field("from", &self.from)
            .field("until", &self.until)
            .told("counts", &self.counts)
            .end();
    }
}

/// A source document.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentJson {
    name: String,
    title: String,
    edition: String,
}

impl ToJson for DocumentJson {
    fn write(&self, out: &mut String) {
        Object::new(out)
            .field("name", &self.name)
            .field("title", &self.title)
            .told("edition", &self.edition)
            .end();
    }
}

/// The vocabulary of a policy.
pub fn vocabulary(program: &Program) -> VocabularyJson {
    let atoms = || program.names.atoms.iter().zip(&program.atoms);
    VocabularyJson {
        v: 1,
        pack: program.names.pack.clone(),
        title: program.names.title.clone(),
        edition: program.names.edition.clone(),
        digest: program.names.digest.clone(),
        silence: silence(program),
        policies: policies(program),
        facts: names::facts(program).map(|(id, f)| fact(program, id, f)).list(),
        acts: program
            .names
            .acts
            .iter()
            .enumerate()
            .filter(|(i, _)| program.no_act.is_none_or(|no_act| usize::from(no_act.0) != *i))
            .map(|(i, a)| act(program, i, a))
            .list(),
        approvals: atoms()
            .filter(|(_, a)| a.approval)
            .map(|(n, _)| ApprovalJson {
                word: word(&n.word),
                given_by: n.given_by.clone(),
                class: n.class.clone(),
            })
            .list(),
        undertakings: atoms().filter(|(_, a)| !a.approval).map(|(n, _)| word(&n.word)).list(),
        duties: program.names.deeds.iter().map(word).list(),
        definitions: program.names.definitions.iter().map(word).list(),
        calendars: program
            .calendars
            .iter()
            .zip(&program.names.calendars)
            .map(|(calendar, words)| CalendarJson {
                name: words.name.clone(),
                title: words.title.clone(),
                zone: words.zone.clone(),
                fact: names::fact_name(program, calendar.fact).to_owned(),
                from: calendar.from.to_string(),
                until: calendar.until.to_string(),
                counts: words.counts.clone(),
            })
            .list(),
        documents: program
            .names
            .documents
            .iter()
            .map(|d| DocumentJson {
                name: d.name.clone(),
                title: d.title.clone(),
                edition: d.edition.clone(),
            })
            .list(),
    }
}

fn policies(program: &Program) -> Vec<PolicyJson> {
    let all = &program.names.instruments;
    if all.len() < 2 {
        return Vec::new();
    }
    let name = |place: Option<u16>| {
        place.and_then(|p| all.get(usize::from(p))).map(|i| i.name.clone()).unwrap_or_default()
    };
    all.iter()
        .map(|i| PolicyJson {
            name: i.name.clone(),
            title: i.title.clone(),
            amends: name(i.amends),
            under: name(i.under),
            replaces: name(i.replaces),
        })
        .list()
}

fn word(word: &Word) -> WordJson {
    WordJson {
        name: word.name.clone(),
        label: shown(word),
        aliases: word.also.clone(),
        formerly: word.formerly.clone(),
        meaning: word.meaning.clone(),
    }
}

fn fact(program: &Program, id: FactId, name: &FactName) -> FactJson {
    let fact = program.facts.get(usize::from(id.0));
    let value_name = |v: &ValueId| match name.kind {
        FactKind::YesNo => if *v == byelaw_data::YES { "yes" } else { "no" }.to_owned(),
        _ => names::value_name(program, id, *v).to_owned(),
    };
    let (from, to) = match (fact.map(|f| &f.domain), &name.kind) {
        (Some(Domain::Cells { from, to, .. }), FactKind::Number(_)) => (Some(*from), Some(*to)),
        _ => (None, None),
    };
    let day = |days: i64| Date::from_days(days).map(|d| d.to_string()).unwrap_or_default();
    FactJson {
        word: word(&name.word),
        question: name.asked.clone(),
        side: name.side.clone(),
        kind: match &name.kind {
            FactKind::YesNo => "yes_no",
            FactKind::OneOf => "one_of",
            FactKind::SomeOf(_) => "some_of",
            FactKind::Number(_) => "number",
            FactKind::Date => "date",
            FactKind::Time => "time",
            FactKind::Weekday => "weekday",
            FactKind::Acts => "acts",
        },
        unit: match &name.kind {
            FactKind::Number(unit) => Some(unit.clone()),
            _ => None,
        },
        from,
        to,
        subject: id == program.subject,
        presumed: fact
            .and_then(|f| f.presumed.iter().find(|p| p.is_unconditional()))
            .map(|p| p.values.iter().map(value_name).list())
            .unwrap_or_default(),
        presumed_if: fact
            .into_iter()
            .flat_map(|f| &f.presumed)
            .filter_map(|p| presumed_if(program, id, p))
            .list(),
        held: name.held,
        cost: name.cost,
        judged_by: name.judged_by.clone(),
        left_to: name.left_to.clone(),
        reading_of: reading_of(program, id),
        set: program.names.fillings.iter().find(|s| s.fact == id).map(|s| SetJson {
            to: if s.number.is_empty() {
                s.values.iter().map(value_name).list()
            } else {
                vec![s.number.clone()]
            },
            because: s.because.clone(),
            decided_by: s.decided_by.clone(),
            on: s.on.clone(),
        }),
        period: fact.and_then(|f| f.period).map(|(from, until)| PeriodJson {
            from: day(from),
            until: until.map(day),
            set_by_pack: name.set_by_pack,
        }),
        values: name.values.iter().map(word).list(),
        groups: name
            .groups
            .iter()
            .map(|g| GroupJson {
                word: word(&g.word),
                members: g.members.iter().map(value_name).list(),
                ordinarily: g.ordinarily.iter().map(value_name).list(),
            })
            .list(),
    }
}

/// A presumption that does not always count, in words.
fn presumed_if(program: &Program, id: FactId, presumed: &Presumption) -> Option<PresumedIfJson> {
    if presumed.is_unconditional() {
        return None;
    }
    Some(PresumedIfJson {
        values: presumed.values.iter().map(|v| names::value_word(program, id, *v)).list(),
        except_acts: presumed.not_for.iter().map(|a| names::value_word(program, program.act, *a)).list(),
        when: presumed
            .when
            .iter()
            .map(|(fact, values)| {
                let values = values.iter().map(|v| names::value_word(program, *fact, *v)).list();
                (names::fact_name(program, *fact).to_owned(), values)
            })
            .collect(),
    })
}

fn act(program: &Program, place: usize, act: &byelaw_ir::ActName) -> ActJson {
    let mut sentence = act.verb.clone();
    for (before, fact) in &act.gaps {
        for part in [before.as_str(), &format!("<{}>", names::fact_name(program, *fact))] {
            if !part.is_empty() {
                sentence.push(' ');
                sentence.push_str(part);
            }
        }
    }
    let mut facts: Vec<String> = Vec::new();
    for fact in program.slices.get(place).into_iter().flat_map(|s| &s.facts) {
        let shown =
            program.facts.get(usize::from(fact.fact.0)).and_then(|f| f.member_of).unwrap_or(fact.fact);
        let name = names::fact_name(program, shown).to_owned();
        if !facts.contains(&name) {
            facts.push(name);
        }
    }
    ActJson {
        word: word(&act.word),
        sentence,
        gaps: act
            .gaps
            .iter()
            .map(|(before, fact)| GapJson {
                fact: names::fact_name(program, *fact).to_owned(),
                words: before.clone(),
            })
            .list(),
        facts,
    }
}
