//! From a decision in numbers to JSON.

use crate::change::ChangeJson;
use crate::duties;
use crate::json::{Object, ToJson, Value};
use crate::names::{self, shown};
use byelaw_data::{
    Assumed, Decision, FactId, Hangs, Listed as _, Map, Outcome, Question, RuleId, Says, Silence, ValueId,
    Way, YES,
};
use byelaw_ir::{ClauseName, FactKind, Program};

/// A decision as JSON (the contract's shape, in this order).
#[derive(Debug, Clone, PartialEq)]
pub struct DecisionJson {
    /// The version of the shape.
    pub v: u8,
    /// The caller's name for the question.
    pub id: Option<Value>,
    /// permitted, needs_approval, forbidden, not_covered or needs_facts
    pub outcome: &'static str,
    /// Whether this is a yes that rests on nothing further: whoever enforces uses only this.
    pub unconditional: bool,
    /// False if a counted budget ran out.
    pub exact: bool,
    /// What suffices, each in full.
    pub ways: Vec<WayJson>,
    /// The approvals of each way that needs some.
    pub approvals: Vec<Vec<String>>,
    /// The undertakings.
    pub provided: Vec<NamedText>,
    /// The duties that go with the act.
    pub duties: Vec<DutyJson>,
    /// Advice on the act. It binds nobody and changes no outcome.
    pub advice: Vec<AdviceJson>,
    /// What was presumed and matters.
    pub assumed: Vec<AssumedJson>,
    /// Facts that matter and are not known, most useful first.
    pub needs: Vec<String>,
    /// For these, the values that still matter.
    pub among: Map<String, Vec<String>>,
    /// Why each of these is asked: the rules that hang on it, at most three of each.
    pub needs_because: Map<String, Vec<AskedFor>>,
    /// Parameters that are left open and matter.
    pub open: Vec<OpenJson>,
    /// Outcomes still possible.
    pub possible: Vec<&'static str>,
    /// The deciding rules.
    pub because: Vec<Reason>,
    /// The rules set aside.
    pub defeated: Vec<DefeatedJson>,
    /// Contradictions; the strictest was applied.
    pub clashes: Vec<ClashJson>,
    /// What the policy says of its silence, if it is silent here.
    pub by_silence: Option<SilenceJson>,
    /// What would make it permitted: the cheapest changes of what can be changed, of which no part would do.
    pub would_change: Vec<ChangeJson>,
    /// False if a counted budget ran out before every change was looked for; those told are right all the same.
    pub would_change_exact: bool,
    /// What was left out or has no effect.
    pub notes: Vec<String>,
    /// The policy asked.
    pub policy: Policy,
}

impl ToJson for DecisionJson {
    fn write(&self, out: &mut String) {
        Object::new(out)
            .field("v", &self.v)
            .told("id", &self.id)
            .field("outcome", &self.outcome)
            .field("unconditional", &self.unconditional)
            .field("exact", &self.exact)
            .field("ways", &self.ways)
            .field("approvals", &self.approvals)
            .field("provided", &self.provided)
            .field("duties", &self.duties)
            .field("advice", &self.advice)
            .field("assumed", &self.assumed)
            .field("needs", &self.needs)
            .field("among", &self.among)
            .field("needs_because", &self.needs_because)
            .field("open", &self.open)
            .field("possible", &self.possible)
            .field("because", &self.because)
            .field("defeated", &self.defeated)
            .field("clashes", &self.clashes)
            .told("by_silence", &self.by_silence)
            .field("would_change", &self.would_change)
            .told("would_change_exact", &(!self.would_change_exact).then_some(false))
            .field("notes", &self.notes)
            .field("policy", &self.policy)
            .end();
    }
}

/// One way to a yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayJson {
    /// Approvals still needed.
    pub approvals: Vec<String>,
    /// Undertakings still needed.
    pub provided: Vec<String>,
}

impl ToJson for WayJson {
    fn write(&self, out: &mut String) {
        Object::new(out).field("approvals", &self.approvals).field("provided", &self.provided).end();
    }
}

/// A name with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedText {
    /// The name.
    pub name: String,
    /// How it is shown.
    pub text: String,
}

impl ToJson for NamedText {
    fn write(&self, out: &mut String) {
        Object::new(out).field("name", &self.name).field("text", &self.text).end();
    }
}

/// A duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyJson {
    /// The name of the deed.
    pub name: String,
    /// How it is shown.
    pub text: String,
    /// Who bears it, in the words of the rule.
    pub bearer: String,
    /// By when, in words; absent if no time is set.
    pub due: String,
    /// The last day on which it is done in time; absent if no day can be told.
    pub due_on: Option<String>,
    /// Other deeds of which one is enough in place of this one.
    pub instead: Vec<String>,
    /// What follows if it is not done in time; absent if the policy does not say.
    pub otherwise: String,
    /// The rule.
    pub rule: String,
    /// Whether in some completions only.
    pub sometimes: bool,
}

impl ToJson for DutyJson {
    fn write(&self, out: &mut String) {
        Object::new(out)
            .field("name", &self.name)
            .field("text", &self.text)
            .field("bearer", &self.bearer)
            .told("due", &self.due)
            .told("due_on", &self.due_on)
            .told("instead", &self.instead)
            .told("otherwise", &self.otherwise)
            .field("rule", &self.rule)
            .field("sometimes", &self.sometimes)
            .end();
    }
}

/// Advice that goes with the act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdviceJson {
    /// The rule that gives it.
    pub rule: String,
    /// What it says.
    pub text: String,
    /// Whether in some completions only.
    pub sometimes: bool,
    /// The clauses it comes from.
    pub cites: Vec<Cite>,
}

impl ToJson for AdviceJson {
    fn write(&self, out: &mut String) {
        Object::new(out)
            .field("rule", &self.rule)
            .field("text", &self.text)
            .field("sometimes", &self.sometimes)
            .field("cites", &self.cites)
            .end();
    }
}

/// A presumption.
#[derive(Debug, Clone, PartialEq)]
pub struct AssumedJson {
    /// The fact.
    pub fact: String,
    /// The value presumed; a list if one of several.
    pub value: Value,
}

impl ToJson for AssumedJson {
    fn write(&self, out: &mut String) {
        Object::new(out).field("fact", &self.fact).field("value", &self.value).end();
    }
}

/// A rule that hangs on a fact that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedFor {
    /// Its name.
    pub rule: String,
    /// Its sentence as written in the policy.
    pub sentence: String,
    /// The clauses it comes from.
    pub cites: Vec<Cite>,
}

impl ToJson for AskedFor {
    fn write(&self, out: &mut String) {
        Object::new(out)
            .field("rule", &self.rule)
            .field("sentence", &self.sentence)
            .field("cites", &self.cites)
            .end();
    }
}

/// An open parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenJson {
    /// The parameter.
    pub name: String,
    /// Whom a parameter is left to.
    pub left_to: String,
    /// For a reading: the sentence that can be read in more than one way.
    pub reading_of: Option<Cite>,
}

impl ToJson for OpenJson {
    fn write(&self, out: &mut String) {
        Object::new(out)
            .field("name", &self.name)
            .told("left_to", &self.left_to)
            .told("reading_of", &self.reading_of)
            .end();
    }
}

/// A deciding rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Its name.
    pub rule: String,
    /// may, must not, may only, must or should
    pub says: &'static str,
    /// Whether in some completions only.
    pub sometimes: bool,
    /// Its sentence as written in the policy.
    pub sentence: String,
    /// The policy it belongs to, where more than one answers.
    pub policy: String,
    /// The clauses it comes from.
    pub cites: Vec<Cite>,
}

impl ToJson for Reason {
    fn write(&self, out: &mut String) {
        Object::new(out)
            .field("rule", &self.rule)
            .field("says", &self.says)
            .field("sometimes", &self.sometimes)
            .field("sentence", &self.sentence)
            .told("policy", &self.policy)
            .field("cites", &self.cites)
            .end();
    }
}

/// A clause cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cite {
    /// The document.
    pub document: String,
    /// The clause.
    pub clause: String,
    /// Where to find it.
    pub locator: String,
    /// What it says, in our words.
    pub paraphrase: String,
}

impl ToJson for Cite {
    fn write(&self, out: &mut String) {
        Object::new(out)
            .field("document", &self.document)
            .field("clause", &self.clause)
            .field("locator", &self.locator)
            .field("paraphrase", &self.paraphrase)
            .end();
    }
}

/// A defeated rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefeatedJson {
    /// The rule.
    pub rule: String,
    /// What prevails over it.
    pub by: String,
    /// Whether in some completions only.
    pub sometimes: bool,
}

impl ToJson for DefeatedJson {
    fn write(&self, out: &mut String) {
        Object::new(out)
            .field("rule", &self.rule)
            .field("by", &self.by)
            .field("sometimes", &self.sometimes)
            .end();
    }
}

/// A contradiction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClashJson {
    /// The two rules: what promises, what restricts. None for a reading.
    pub rules: Vec<String>,
    /// clash or reading
    pub kind: &'static str,
    /// The reading that makes a difference.
    pub reading: Option<ReadingJson>,
    /// What was done about it.
    pub resolution: &'static str,
    /// Whether in some completions only.
    pub sometimes: bool,
}

impl ToJson for ClashJson {
    fn write(&self, out: &mut String) {
        Object::new(out)
            .field("rules", &self.rules)
            .field("kind", &self.kind)
            .told("reading", &self.reading)
            .field("resolution", &self.resolution)
            .field("sometimes", &self.sometimes)
            .end();
    }
}

/// A sentence that can be read in more than one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingJson {
    /// Its name; a question can state it.
    pub name: String,
    /// How it is shown.
    pub text: String,
    /// The ways to read it, by name.
    pub alternatives: Vec<String>,
    /// The clause it reads.
    pub of: Option<Cite>,
}

impl ToJson for ReadingJson {
    fn write(&self, out: &mut String) {
        Object::new(out)
            .field("name", &self.name)
            .field("text", &self.text)
            .field("alternatives", &self.alternatives)
            .told("of", &self.of)
            .end();
    }
}

/// What silence means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SilenceJson {
    /// ask, forbidden or allowed
    pub means: &'static str,
    /// Whom to ask.
    pub ask_whom: Option<String>,
}

impl ToJson for SilenceJson {
    fn write(&self, out: &mut String) {
        Object::new(out).field("means", &self.means).told("ask_whom", &self.ask_whom).end();
    }
}

/// The policy that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The pack.
    pub pack: String,
    /// Its title.
    pub title: String,
    /// Its edition.
    pub edition: String,
    /// What names this very compilation.
    pub digest: String,
}

impl ToJson for Policy {
    fn write(&self, out: &mut String) {
        Object::new(out)
            .field("pack", &self.pack)
            .field("title", &self.title)
            .told("edition", &self.edition)
            .field("digest", &self.digest)
            .end();
    }
}

impl Policy {
    pub(crate) fn of(program: &Program) -> Self {
        let names = &program.names;
        Self {
            pack: names.pack.clone(),
            title: names.title.clone(),
            edition: names.edition.clone(),
            digest: names.digest.clone(),
        }
    }
}

fn says_word(says: Says) -> &'static str {
    match says {
        Says::May => "may",
        Says::MustNot => "must not",
        Says::MayOnly => "may only",
        Says::Must => "must",
        Says::Should => "should",
    }
}

/// Puts a decision on a question into words.
pub fn decision_json(
    program: &Program,
    decision: &Decision,
    question: &Question,
    id: Option<Value>,
    mut notes: Vec<String>,
) -> DecisionJson {
    if decision.exact && !decision.all_reasons {
        notes.push("so much is unknown that not every reason is listed; the outcome is exact".to_owned());
    }
    let ways: Vec<WayJson> = decision.ways.iter().map(|way| way_json(program, way)).list();
    // A permission is had by the ways that need nobody's approval; the others are alternatives to it.
    let permitted = decision.outcome == Outcome::Permitted;
    let counted: Vec<&WayJson> = ways.iter().filter(|w| !permitted || w.approvals.is_empty()).list();
    let mut approvals: Vec<Vec<String>> = Vec::new();
    let mut provided: Vec<NamedText> = Vec::new();
    for way in counted {
        if !way.approvals.is_empty() && !approvals.contains(&way.approvals) {
            approvals.push(way.approvals.clone());
        }
        for name in &way.provided {
            if !provided.iter().any(|p| p.name == *name) {
                let word = names::atom(program, name, false).and_then(|a| names::atom_word(program, a));
                provided.push(NamedText { name: name.clone(), text: word.map(shown).unwrap_or_default() });
            }
        }
    }
    let open: Vec<OpenJson> = decision
        .needs
        .open
        .iter()
        .filter_map(|id| Some((*id, program.names.facts.get(usize::from(id.0))?)))
        .map(|(id, f)| OpenJson {
            name: f.word.name.clone(),
            left_to: f.left_to.clone(),
            reading_of: reading_of(program, id),
        })
        .list();
    let assumed = assumed(program, &decision.assumed);
    DecisionJson {
        v: 1,
        id,
        outcome: decision.outcome.name(),
        unconditional: permitted
            && decision.exact
            && provided.is_empty()
            && assumed.is_empty()
            && open.is_empty(),
        exact: decision.exact,
        approvals,
        provided,
        ways,
        duties: duties::json(program, decision, question),
        advice: decision
            .advice
            .iter()
            .map(|a| AdviceJson {
                rule: names::rule_name(program, a.rule).to_owned(),
                text: program.names.rules.get(a.rule.place()).map(|r| r.advice.clone()).unwrap_or_default(),
                sometimes: a.sometimes,
                cites: cites(program, a.rule),
            })
            .list(),
        assumed,
        needs: decision.needs.facts.iter().map(|f| names::fact_name(program, *f).to_owned()).list(),
        among: decision
            .needs
            .among
            .iter()
            .map(|a| {
                let values =
                    a.values.iter().map(|v| names::value_name(program, a.fact, *v).to_owned()).list();
                (names::fact_name(program, a.fact).to_owned(), values)
            })
            .collect(),
        needs_because: decision.needs.hangs.iter().map(|h| needs_because(program, h)).collect(),
        open,
        possible: decision.possible.iter().map(|o| o.name()).list(),
        because: decision
            .because
            .iter()
            .map(|b| Reason {
                rule: names::rule_name(program, b.rule).to_owned(),
                says: says_word(b.says),
                sometimes: b.sometimes,
                sentence: sentence(program, b.rule),
                policy: policy(program, b.rule),
                cites: cites(program, b.rule),
            })
            .list(),
        defeated: decision
            .defeated
            .iter()
            .map(|d| DefeatedJson {
                rule: names::rule_name(program, d.rule).to_owned(),
                by: names::rule_name(program, d.by).to_owned(),
                sometimes: d.sometimes,
            })
            .list(),
        clashes: decision
            .clashes
            .iter()
            .map(|c| ClashJson {
                rules: vec![
                    names::rule_name(program, c.promising).to_owned(),
                    names::rule_name(program, c.restricting).to_owned(),
                ],
                kind: match c.kind {
                    byelaw_data::ClashKind::Clash => "clash",
                },
                reading: None,
                resolution: "strictest applied",
                sometimes: c.sometimes,
            })
            .chain(decision.readings.iter().map(|r| ClashJson {
                rules: Vec::new(),
                kind: "reading",
                reading: reading(program, r.reading),
                resolution: "strictest applied",
                sometimes: r.sometimes,
            }))
            .list(),
        by_silence: decision.by_silence.then(|| silence(program)),
        would_change: Vec::new(),
        would_change_exact: true,
        notes,
        policy: Policy::of(program),
    }
}

/// The most rules that are told of a fact that is asked.
const MOST_ASKING: usize = 3;

fn needs_because(program: &Program, hangs: &Hangs) -> (String, Vec<AskedFor>) {
    let rules = hangs.rules.iter().take(MOST_ASKING).map(|rule| AskedFor {
        rule: names::rule_name(program, *rule).to_owned(),
        sentence: sentence(program, *rule),
        cites: cites(program, *rule),
    });
    (names::fact_name(program, hangs.fact).to_owned(), rules.list())
}

/// The sentence of a rule as written in the policy.
fn sentence(program: &Program, rule: RuleId) -> String {
    program.names.rules.get(rule.place()).map(|r| r.sentence.clone()).unwrap_or_default()
}

pub(crate) fn way_json(program: &Program, way: &Way) -> WayJson {
    let names = |approval: bool| -> Vec<String> {
        let atoms = way.atoms.iter().filter(|a| names::is_approval(program, **a) == approval);
        atoms.filter_map(|a| names::atom_word(program, *a)).map(|w| w.name.clone()).list()
    };
    WayJson { approvals: names(true), provided: names(false) }
}

fn reading(program: &Program, id: FactId) -> Option<ReadingJson> {
    let fact = program.names.facts.get(usize::from(id.0))?;
    Some(ReadingJson {
        name: fact.word.name.clone(),
        text: shown(&fact.word),
        alternatives: fact.values.iter().map(|v| v.name.clone()).list(),
        of: reading_of(program, id),
    })
}

/// The clause that a reading reads; none for any other fact.
pub(crate) fn reading_of(program: &Program, id: FactId) -> Option<Cite> {
    let reading = program.names.readings.iter().find(|r| r.fact == id)?;
    program.names.clauses.get(usize::from(reading.clause)).map(|c| cite(program, c))
}

/// The policy that a rule belongs to, where more than one answers.
fn policy(program: &Program, rule: RuleId) -> String {
    let all = &program.names.instruments;
    if all.iter().filter(|i| i.amends.is_none()).count() < 2 {
        return String::new();
    }
    let rule = program.names.rules.get(rule.place());
    rule.and_then(|r| all.get(usize::from(r.instrument))).map(|i| i.name.clone()).unwrap_or_default()
}

pub(crate) fn silence(program: &Program) -> SilenceJson {
    let (means, ask_whom) = match program.names.silence {
        Silence::Unsaid => ("ask", None),
        Silence::Forbidden => ("forbidden", None),
        Silence::Allowed => ("allowed", None),
        Silence::Ask(whom) => ("ask", Some(names::value_name(program, program.subject, whom).to_owned())),
    };
    SilenceJson { means, ask_whom }
}

/// The clauses that a rule cites.
pub(crate) fn cites(program: &Program, rule: RuleId) -> Vec<Cite> {
    let rule = program.names.rules.get(rule.place());
    let clauses =
        rule.into_iter().flat_map(|r| &r.cites).filter_map(|c| program.names.clauses.get(usize::from(*c)));
    clauses.map(|c| cite(program, c)).list()
}

fn cite(program: &Program, clause: &ClauseName) -> Cite {
    let document = program.names.documents.get(usize::from(clause.document));
    Cite {
        document: document.map(|d| d.name.clone()).unwrap_or_default(),
        clause: clause.name.clone(),
        locator: clause.locator.clone(),
        paraphrase: clause.paraphrase.clone(),
    }
}

/// A value as a question states it.
pub(crate) fn value_json(program: &Program, fact: FactId, id: ValueId) -> Value {
    match program.names.facts.get(usize::from(fact.0)).map(|f| &f.kind) {
        Some(FactKind::YesNo) => Value::Bool(id == YES),
        _ => names::value_name(program, fact, id).into(),
    }
}

/// Presumptions in words. Of a several-at-once fact those labels are told that are presumed not to be among its values.
fn assumed(program: &Program, assumed: &[Assumed]) -> Vec<AssumedJson> {
    let mut told: Vec<AssumedJson> = Vec::new();
    for one in assumed {
        let Some(fact) = program.names.facts.get(usize::from(one.fact.0)) else { continue };
        let parent = program.facts.get(usize::from(one.fact.0)).and_then(|f| f.member_of);
        if let Some(parent) = parent {
            let name = names::fact_name(program, parent);
            let label = Value::from(names::member_label(program, parent, one.fact));
            let key = if one.values.first() == Some(&YES) { "includes" } else { "excludes" };
            let same = told.iter_mut().find(|t| t.fact == name);
            let labels = same.and_then(|told| match &mut told.value {
                Value::Object(labels) => labels.get_mut(key),
                _ => None,
            });
            match labels {
                Some(Value::Array(labels)) => labels.push(label),
                _ => {
                    let labels = Map::from([(key.to_owned(), Value::Array(vec![label]))]);
                    told.push(AssumedJson { fact: name.to_owned(), value: Value::Object(labels) });
                }
            }
            continue;
        }
        let mut values: Vec<Value> = one.values.iter().map(|v| value_json(program, one.fact, *v)).list();
        let value = if values.len() == 1 { values.remove(0) } else { Value::Array(values) };
        told.push(AssumedJson { fact: fact.word.name.clone(), value });
    }
    told
}
