//! Claims and proofs in the words of a pack, as they are written to a file and read back.

use byelaw_data::{Date, FactId, Minute, RuleId, ValueId};
use byelaw_hir::{Kind, Model};
use byelaw_proof::{Claim, Proof, Values};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A claim with its proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proved {
    /// What is claimed.
    #[serde(flatten)]
    pub claim: WrittenClaim,
    /// Why it holds.
    pub proof: Vec<WrittenStep>,
}

/// A claim in words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "claim", rename_all = "snake_case")]
pub enum WrittenClaim {
    /// A `never` or `always` sentence holds for an act.
    Invariant {
        /// The sentence.
        sentence: String,
        /// The act.
        act: String,
    },
    /// Some rule speaks of an act, whoever asks of those whom some rule about it mentions, but for these boxes.
    Spoken {
        /// The act.
        act: String,
        /// The gaps that are told.
        but: Vec<BTreeMap<String, WrittenValues>>,
    },
    /// A rule stands nowhere.
    NeverStands {
        /// The rule.
        rule: String,
    },
    /// Two rules of which one could promise what the other takes away stand nowhere together.
    Apart {
        /// The rules.
        rules: [String; 2],
    },
}

/// Values of a fact: names, or the first and the last number, date or time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum WrittenValues {
    /// Of a list.
    Among(Vec<String>),
    /// Of numbers, dates and times.
    Range {
        /// The first.
        from: String,
        /// The last.
        to: String,
    },
}

/// A step of a proof in words (see [`Proof`]). A proof is a list of them, the first of which is about everything; a step
/// names others by their places, counted from 0, and only such as stand behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WrittenStep {
    /// Case by case.
    Cut {
        /// The fact.
        fact: String,
        /// For values of it, the step about them.
        cases: Vec<(WrittenValues, usize)>,
    },
    /// With one reading.
    Read {
        /// The fact of the reading.
        fact: String,
        /// The reading.
        values: WrittenValues,
        /// The step about it.
        then: usize,
    },
    /// A sentence about what cannot be, counted from 1 in the order of the model: by their text.
    CannotBe(usize),
    /// There is no such moment.
    NoMoment,
    /// The claim is not about this.
    NotMeant,
    /// It holds by these rules; by none if nothing else could be.
    Holds(Vec<String>),
}

/// How deep the cases of a proof may lie in each other. What is found lies less deep; what is read has to fit on a stack.
const DEEPEST: usize = 400;

/// Why something written cannot be read.
pub(super) enum Unread {
    /// The policy does not have this word.
    Word(String),
    /// The step with this place is not there, is used twice, or lies too deep.
    Step(usize),
}

impl From<String> for Unread {
    fn from(word: String) -> Self {
        Self::Word(word)
    }
}

/// The words of a model, and back.
pub(super) struct Words<'a> {
    model: &'a Model,
    facts: BTreeMap<String, FactId>,
    rules: BTreeMap<&'a str, RuleId>,
    /// For each fact the names of its values.
    values: Vec<Vec<String>>,
}

impl<'a> Words<'a> {
    pub fn of(model: &'a Model) -> Self {
        let ids = || (0..model.facts.len()).filter_map(|p| u16::try_from(p).ok().map(FactId));
        let mut words = Self { model, facts: BTreeMap::new(), rules: BTreeMap::new(), values: Vec::new() };
        words.facts = ids().map(|fact| (words.fact(fact), fact)).collect();
        words.values = ids().map(|f| model.values(f).into_iter().map(|w| w.name).collect()).collect();
        let rules = model.names.iter().enumerate();
        words.rules = rules.filter_map(|(p, rule)| Some((rule.name.as_str(), RuleId::at(p)?))).collect();
        words
    }

    fn names(&self, fact: FactId) -> &[String] {
        self.values.get(usize::from(fact.0)).map_or(&[], Vec::as_slice)
    }

    pub fn claim(&self, claim: &Claim) -> WrittenClaim {
        match claim {
            Claim::Invariant { invariant, act } => WrittenClaim::Invariant {
                sentence: self
                    .model
                    .invariants
                    .get(*invariant)
                    .map(|i| i.sentence.clone())
                    .unwrap_or_default(),
                act: self.act(*act),
            },
            Claim::Spoken { act, told } => WrittenClaim::Spoken {
                act: self.act(*act),
                but: told
                    .iter()
                    .map(|one| one.iter().map(|(f, v)| (self.fact(*f), self.values(*f, v))).collect())
                    .collect(),
            },
            Claim::NeverStands(rule) => WrittenClaim::NeverStands { rule: self.rule(*rule) },
            Claim::Apart(a, b) => WrittenClaim::Apart { rules: [self.rule(*a), self.rule(*b)] },
        }
    }

    /// The steps of a proof.
    pub fn proof(&self, proof: &Proof) -> Vec<WrittenStep> {
        let mut steps = Vec::new();
        self.put(proof, &mut steps);
        steps
    }

    /// Puts a proof at the end, and says where.
    fn put(&self, proof: &Proof, steps: &mut Vec<WrittenStep>) -> usize {
        let at = steps.len();
        steps.push(WrittenStep::NotMeant);
        let step = match proof {
            Proof::Cut { fact, parts } => WrittenStep::Cut {
                fact: self.fact(*fact),
                cases: parts.iter().map(|(v, then)| (self.values(*fact, v), self.put(then, steps))).collect(),
            },
            Proof::Read { fact, as_, then } => WrittenStep::Read {
                fact: self.fact(*fact),
                values: self.values(*fact, as_),
                then: self.put(then, steps),
            },
            Proof::CannotBe(Some(place)) => WrittenStep::CannotBe(place.saturating_add(1)),
            Proof::CannotBe(None) => WrittenStep::NoMoment,
            Proof::NotMeant => WrittenStep::NotMeant,
            Proof::Holds(rules) => WrittenStep::Holds(rules.iter().map(|r| self.rule(*r)).collect()),
        };
        if let Some(place) = steps.get_mut(at) {
            *place = step;
        }
        at
    }

    /// The claim that is written; an error names the word that the policy does not have.
    pub fn read_claim(&self, claim: &WrittenClaim) -> Result<Claim, String> {
        Ok(match claim {
            WrittenClaim::Invariant { sentence, act } => Claim::Invariant {
                invariant: self
                    .model
                    .invariants
                    .iter()
                    .position(|i| i.sentence == *sentence)
                    .ok_or_else(|| sentence.clone())?,
                act: self.read_act(act)?,
            },
            WrittenClaim::Spoken { act, but } => {
                let one = |region: &BTreeMap<String, WrittenValues>| {
                    let fact = |(name, values): (&String, &WrittenValues)| {
                        let fact = self.read_fact(name)?;
                        Ok((fact, self.read_values(fact, values)?))
                    };
                    region.iter().map(fact).collect::<Result<BTreeMap<_, _>, String>>()
                };
                let told = but.iter().map(one).collect::<Result<_, _>>()?;
                Claim::Spoken { act: self.read_act(act)?, told }
            }
            WrittenClaim::NeverStands { rule } => Claim::NeverStands(self.read_rule(rule)?),
            WrittenClaim::Apart { rules: [a, b] } => Claim::Apart(self.read_rule(a)?, self.read_rule(b)?),
        })
    }

    /// The proof that is written; an error says what is wrong with it.
    pub fn read_proof(&self, steps: &[WrittenStep]) -> Result<Proof, Unread> {
        // What a step names stands behind it, so that all of it is there once the step is reached from the end.
        let mut read: Vec<Option<(Proof, usize)>> = vec![None; steps.len()];
        for (place, step) in steps.iter().enumerate().rev() {
            let mut deepest = 0;
            let mut behind = |then: usize| -> Result<Proof, Unread> {
                let found = read.get_mut(then).filter(|_| then > place).and_then(Option::take);
                let (proof, deep) = found.ok_or(Unread::Step(then))?;
                deepest = deepest.max(deep);
                Ok(proof)
            };
            let proof = match step {
                WrittenStep::Cut { fact, cases } => {
                    let fact = self.read_fact(fact)?;
                    let mut parts = Vec::new();
                    for (values, then) in cases {
                        parts.push((self.read_values(fact, values)?, behind(*then)?));
                    }
                    Proof::Cut { fact, parts }
                }
                WrittenStep::Read { fact, values, then } => {
                    let fact = self.read_fact(fact)?;
                    let as_ = self.read_values(fact, values)?;
                    Proof::Read { fact, as_, then: Box::new(behind(*then)?) }
                }
                WrittenStep::CannotBe(counted) => {
                    Proof::CannotBe(Some(counted.checked_sub(1).ok_or(Unread::Step(place))?))
                }
                WrittenStep::NoMoment => Proof::CannotBe(None),
                WrittenStep::NotMeant => Proof::NotMeant,
                WrittenStep::Holds(rules) => {
                    Proof::Holds(rules.iter().map(|r| self.read_rule(r)).collect::<Result<_, _>>()?)
                }
            };
            if deepest >= DEEPEST {
                return Err(Unread::Step(place));
            }
            if let Some(here) = read.get_mut(place) {
                *here = Some((proof, deepest + 1));
            }
        }
        let first = read.first_mut().and_then(Option::take).ok_or(Unread::Step(0))?;
        Ok(first.0)
    }

    pub fn act(&self, act: ValueId) -> String {
        self.model.acts.get(usize::from(act.0)).map(|a| a.word.name.clone()).unwrap_or_default()
    }

    pub fn rule(&self, rule: RuleId) -> String {
        self.model.rule_name(rule).to_owned()
    }

    /// The name of a fact; of a member of a several-at-once fact, with its label.
    fn fact(&self, fact: FactId) -> String {
        let this = self.model.fact(fact);
        match this.member_of {
            Some((parent, label)) => {
                let labels = self.model.values(parent);
                let label = labels.get(usize::from(label.0)).map(|l| l.name.as_str()).unwrap_or_default();
                format!("{} {label}", self.model.fact(parent).word.name)
            }
            None => this.word.name.clone(),
        }
    }

    fn values(&self, fact: FactId, values: &Values) -> WrittenValues {
        match values {
            Values::Listed(values) => {
                let name = |v: &ValueId| self.names(fact).get(usize::from(v.0)).cloned();
                WrittenValues::Among(values.iter().filter_map(name).collect())
            }
            Values::Numbers(from, to) => {
                WrittenValues::Range { from: self.number(fact, *from), to: self.number(fact, *to) }
            }
        }
    }

    fn number(&self, fact: FactId, number: i64) -> String {
        let minute = || u16::try_from(number).ok().and_then(Minute::new);
        match self.model.fact(fact).kind {
            Kind::Date => Date::from_days(number).map(|d| d.to_string()),
            Kind::Time => minute().map(|m| m.to_string()),
            _ => None,
        }
        .unwrap_or_else(|| number.to_string())
    }

    fn read_act(&self, name: &str) -> Result<ValueId, String> {
        let place = self.model.acts.iter().position(|a| a.word.name == name);
        place.and_then(|p| u16::try_from(p).ok()).map(ValueId).ok_or_else(|| name.to_owned())
    }

    pub fn read_rule(&self, name: &str) -> Result<RuleId, String> {
        self.rules.get(name).copied().ok_or_else(|| name.to_owned())
    }

    fn read_fact(&self, name: &str) -> Result<FactId, String> {
        self.facts.get(name).copied().ok_or_else(|| name.to_owned())
    }

    fn read_values(&self, fact: FactId, values: &WrittenValues) -> Result<Values, String> {
        match values {
            WrittenValues::Among(names) => {
                let value = |name: &String| {
                    let place = self.names(fact).iter().position(|known| known == name);
                    place.and_then(|p| u16::try_from(p).ok()).map(ValueId).ok_or_else(|| name.clone())
                };
                let mut values: Vec<ValueId> = names.iter().map(value).collect::<Result<_, _>>()?;
                values.sort_unstable();
                values.dedup();
                Ok(Values::Listed(values))
            }
            WrittenValues::Range { from, to } => {
                Ok(Values::Numbers(self.read_number(fact, from)?, self.read_number(fact, to)?))
            }
        }
    }

    fn read_number(&self, fact: FactId, text: &str) -> Result<i64, String> {
        let read = match self.model.fact(fact).kind {
            Kind::Date => Date::parse(text).map(Date::days),
            Kind::Time => Minute::parse(text).map(|m| i64::from(m.minutes())),
            _ => text.parse().ok(),
        };
        read.ok_or_else(|| text.to_owned())
    }
}
