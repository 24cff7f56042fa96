//! From a decision in numbers to JSON.

use crate::names::{self, shown};
use byelaw_data::{Assumed, Decision, Outcome, RuleId, Says, Silence, YES};
use byelaw_ir::{FactKind, Program};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A decision as JSON (the contract's shape, in this order).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DecisionJson {
    /// The version of the shape.
    pub v: u8,
    /// The caller's name for the question.
    #[serde(skip_serializing_if = "Option::is_none")]
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
    pub among: BTreeMap<String, Vec<String>>,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_silence: Option<SilenceJson>,
    /// What was left out or has no effect.
    pub notes: Vec<String>,
    /// The policy asked.
    pub policy: Policy,
}

/// One way to a yes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WayJson {
    /// Approvals still needed.
    pub approvals: Vec<String>,
    /// Undertakings still needed.
    pub provided: Vec<String>,
}

/// A name with its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NamedText {
    /// The name.
    pub name: String,
    /// How it is shown.
    pub text: String,
}

/// A duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DutyJson {
    /// The name of the deed.
    pub name: String,
    /// How it is shown.
    pub text: String,
    /// Who bears it, in the words of the rule.
    pub bearer: String,
    /// By when, in words; absent if no time is set.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub due: String,
    /// The rule.
    pub rule: String,
    /// Whether in some completions only.
    pub sometimes: bool,
}

/// Advice that goes with the act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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

/// A presumption.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AssumedJson {
    /// The fact.
    pub fact: String,
    /// The value presumed; a list if one of several.
    pub value: Value,
}

/// An open parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenJson {
    /// The parameter.
    pub name: String,
    /// Whom it is left to.
    pub left_to: String,
}

/// A deciding rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// Its name.
    pub rule: String,
    /// may, must not, may only, must or should
    pub says: &'static str,
    /// Whether in some completions only.
    pub sometimes: bool,
    /// Its sentence as written in the policy.
    pub sentence: String,
    /// The clauses it comes from.
    pub cites: Vec<Cite>,
}

/// A clause cited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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

/// A defeated rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DefeatedJson {
    /// The rule.
    pub rule: String,
    /// What prevails over it.
    pub by: String,
    /// Whether in some completions only.
    pub sometimes: bool,
}

/// A contradiction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClashJson {
    /// The two rules: what promises, what restricts.
    pub rules: [String; 2],
    /// clash or reading
    pub kind: &'static str,
    /// What was done about it.
    pub resolution: &'static str,
    /// Whether in some completions only.
    pub sometimes: bool,
}

/// What silence means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SilenceJson {
    /// ask, forbidden or allowed
    pub means: &'static str,
    /// Whom to ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask_whom: Option<String>,
}

/// The policy that was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Policy {
    /// The pack.
    pub pack: String,
    /// Its title.
    pub title: String,
    /// Its edition.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub edition: String,
    /// What names this very compilation.
    pub digest: String,
}

/// The word for an outcome.
pub(crate) fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Permitted => "permitted",
        Outcome::NeedsApproval => "needs_approval",
        Outcome::Forbidden => "forbidden",
        Outcome::NotCovered => "not_covered",
        Outcome::NeedsFacts => "needs_facts",
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

/// Puts a decision into words.
pub fn decision_json(
    program: &Program,
    decision: &Decision,
    id: Option<Value>,
    mut notes: Vec<String>,
) -> DecisionJson {
    if decision.exact && !decision.all_reasons {
        notes.push("so much is unknown that not every reason is listed; the outcome is exact".to_owned());
    }
    let ways: Vec<WayJson> = decision
        .ways
        .iter()
        .map(|way| {
            let names = |approval: bool| -> Vec<String> {
                let atoms = way.atoms.iter().filter(|a| names::is_approval(program, **a) == approval);
                atoms.filter_map(|a| names::atom_word(program, *a)).map(|w| w.name.clone()).collect()
            };
            WayJson { approvals: names(true), provided: names(false) }
        })
        .collect();
    // A permission is had by the ways that need nobody's approval; the others are alternatives to it.
    let permitted = decision.outcome == Outcome::Permitted;
    let counted: Vec<&WayJson> = ways.iter().filter(|w| !permitted || w.approvals.is_empty()).collect();
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
        .filter_map(|f| program.names.facts.get(usize::from(f.0)))
        .map(|f| OpenJson { name: f.word.name.clone(), left_to: f.left_to.clone() })
        .collect();
    let assumed = assumed(program, &decision.assumed);
    DecisionJson {
        v: 1,
        id,
        outcome: outcome_word(decision.outcome),
        unconditional: permitted
            && decision.exact
            && provided.is_empty()
            && assumed.is_empty()
            && open.is_empty(),
        exact: decision.exact,
        approvals,
        provided,
        ways,
        duties: duties(program, decision),
        advice: decision
            .advice
            .iter()
            .map(|a| AdviceJson {
                rule: names::rule_name(program, a.rule).to_owned(),
                text: program
                    .names
                    .rules
                    .get(usize::from(a.rule.0))
                    .map(|r| r.advice.clone())
                    .unwrap_or_default(),
                sometimes: a.sometimes,
                cites: cites(program, a.rule),
            })
            .collect(),
        assumed,
        needs: decision.needs.facts.iter().map(|f| names::fact_name(program, *f).to_owned()).collect(),
        among: decision
            .needs
            .among
            .iter()
            .map(|a| {
                let values =
                    a.values.iter().map(|v| names::value_name(program, a.fact, *v).to_owned()).collect();
                (names::fact_name(program, a.fact).to_owned(), values)
            })
            .collect(),
        open,
        possible: decision.possible.iter().map(|o| outcome_word(*o)).collect(),
        because: decision
            .because
            .iter()
            .map(|b| Reason {
                rule: names::rule_name(program, b.rule).to_owned(),
                says: says_word(b.says),
                sometimes: b.sometimes,
                sentence: program
                    .names
                    .rules
                    .get(usize::from(b.rule.0))
                    .map(|r| r.sentence.clone())
                    .unwrap_or_default(),
                cites: cites(program, b.rule),
            })
            .collect(),
        defeated: decision
            .defeated
            .iter()
            .map(|d| DefeatedJson {
                rule: names::rule_name(program, d.rule).to_owned(),
                by: names::rule_name(program, d.by).to_owned(),
                sometimes: d.sometimes,
            })
            .collect(),
        clashes: decision
            .clashes
            .iter()
            .map(|c| ClashJson {
                rules: [
                    names::rule_name(program, c.promising).to_owned(),
                    names::rule_name(program, c.restricting).to_owned(),
                ],
                kind: match c.kind {
                    byelaw_data::ClashKind::Clash => "clash",
                },
                resolution: "strictest applied",
                sometimes: c.sometimes,
            })
            .collect(),
        by_silence: decision.by_silence.then(|| silence(program)),
        notes,
        policy: Policy {
            pack: program.names.pack.clone(),
            title: program.names.title.clone(),
            edition: program.names.edition.clone(),
            digest: program.names.digest.clone(),
        },
    }
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

fn duties(program: &Program, decision: &Decision) -> Vec<DutyJson> {
    decision
        .duties
        .iter()
        .filter_map(|d| {
            let word = program.names.deeds.get(usize::from(d.deed.0))?;
            let rule = program.names.rules.get(usize::from(d.rule.0))?;
            Some(DutyJson {
                name: word.name.clone(),
                text: shown(word),
                bearer: rule.bearer.clone(),
                due: rule.due.clone(),
                rule: rule.name.clone(),
                sometimes: d.sometimes,
            })
        })
        .collect()
}

fn cites(program: &Program, rule: RuleId) -> Vec<Cite> {
    let rule = program.names.rules.get(usize::from(rule.0));
    let clauses =
        rule.into_iter().flat_map(|r| &r.cites).filter_map(|c| program.names.clauses.get(usize::from(*c)));
    clauses
        .map(|c| Cite {
            document: program
                .names
                .documents
                .get(usize::from(c.document))
                .map(|d| d.name.clone())
                .unwrap_or_default(),
            clause: c.name.clone(),
            locator: c.locator.clone(),
            paraphrase: c.paraphrase.clone(),
        })
        .collect()
}

/// Presumptions in words. Of a several-at-once fact those labels are told that are presumed not to be among its values.
fn assumed(program: &Program, assumed: &[Assumed]) -> Vec<AssumedJson> {
    let mut told: Vec<AssumedJson> = Vec::new();
    for one in assumed {
        let Some(fact) = program.names.facts.get(usize::from(one.fact.0)) else { continue };
        let parent = program.facts.get(usize::from(one.fact.0)).and_then(|f| f.member_of);
        if let Some(parent) = parent {
            let name = names::fact_name(program, parent);
            let label = json!(names::member_label(program, parent, one.fact));
            let key = if one.values.first() == Some(&YES) { "includes" } else { "excludes" };
            let same = told.iter_mut().find(|t| t.fact == name);
            let map = same.and_then(|t| t.value.get_mut(key)).and_then(Value::as_array_mut);
            match map {
                Some(labels) => labels.push(label),
                None => told.push(AssumedJson { fact: name.to_owned(), value: json!({ key: [label] }) }),
            }
            continue;
        }
        let value = match fact.kind {
            FactKind::YesNo => Value::Bool(one.values.first() == Some(&YES)),
            _ => {
                let names = one.values.iter().map(|v| json!(names::value_name(program, one.fact, *v)));
                let mut names: Vec<Value> = names.collect();
                if names.len() == 1 { names.remove(0) } else { Value::Array(names) }
            }
        };
        told.push(AssumedJson { fact: fact.word.name.clone(), value });
    }
    told
}
