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
    pub proof: WrittenProof,
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

/// A proof in words (see [`Proof`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WrittenProof {
    /// Case by case.
    Cut {
        /// The fact.
        fact: String,
        /// Its cases.
        cases: Vec<WrittenCase>,
    },
    /// With one reading.
    Read {
        /// The fact of the reading.
        fact: String,
        /// The reading.
        #[serde(flatten)]
        case: Box<WrittenCase>,
    },
    /// A sentence about what cannot be, counted from 1 in the order of the pack.
    CannotBe(usize),
    /// There is no such moment.
    NoMoment,
    /// The claim is not about this.
    NotMeant,
    /// It holds by these rules; by none if nothing else could be.
    Holds(Vec<String>),
}

/// One case of a proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenCase {
    /// The values of the fact.
    pub values: WrittenValues,
    /// The proof for them.
    pub then: WrittenProof,
}

/// The words of a model, and back.
pub(super) struct Words<'a> {
    pub model: &'a Model,
}

impl Words<'_> {
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

    pub fn proof(&self, proof: &Proof) -> WrittenProof {
        let case = |fact: FactId, values: &Values, then: &Proof| WrittenCase {
            values: self.values(fact, values),
            then: self.proof(then),
        };
        match proof {
            Proof::Cut { fact, parts } => WrittenProof::Cut {
                fact: self.fact(*fact),
                cases: parts.iter().map(|(values, then)| case(*fact, values, then)).collect(),
            },
            Proof::Read { fact, as_, then } => {
                WrittenProof::Read { fact: self.fact(*fact), case: Box::new(case(*fact, as_, then)) }
            }
            Proof::CannotBe(Some(place)) => WrittenProof::CannotBe(place.saturating_add(1)),
            Proof::CannotBe(None) => WrittenProof::NoMoment,
            Proof::NotMeant => WrittenProof::NotMeant,
            Proof::Holds(rules) => WrittenProof::Holds(rules.iter().map(|r| self.rule(*r)).collect()),
        }
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

    /// The proof that is written; an error names the word that the policy does not have.
    pub fn read_proof(&self, proof: &WrittenProof) -> Result<Proof, String> {
        Ok(match proof {
            WrittenProof::Cut { fact, cases } => {
                let fact = self.read_fact(fact)?;
                let case =
                    |c: &WrittenCase| Ok((self.read_values(fact, &c.values)?, self.read_proof(&c.then)?));
                Proof::Cut { fact, parts: cases.iter().map(case).collect::<Result<_, String>>()? }
            }
            WrittenProof::Read { fact, case } => {
                let fact = self.read_fact(fact)?;
                let as_ = self.read_values(fact, &case.values)?;
                Proof::Read { fact, as_, then: Box::new(self.read_proof(&case.then)?) }
            }
            WrittenProof::CannotBe(place) => {
                Proof::CannotBe(Some(place.checked_sub(1).ok_or_else(|| place.to_string())?))
            }
            WrittenProof::NoMoment => Proof::CannotBe(None),
            WrittenProof::NotMeant => Proof::NotMeant,
            WrittenProof::Holds(rules) => {
                Proof::Holds(rules.iter().map(|r| self.read_rule(r)).collect::<Result<_, _>>()?)
            }
        })
    }

    pub fn act(&self, act: ValueId) -> String {
        self.model.acts.get(usize::from(act.0)).map(|a| a.word.name.clone()).unwrap_or_default()
    }

    pub fn rule(&self, rule: RuleId) -> String {
        self.model.names.get(rule.place()).map(|r| r.name.clone()).unwrap_or_default()
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
                let words = self.model.values(fact);
                let name = |v: &ValueId| words.get(usize::from(v.0)).map(|w| w.name.clone());
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
        let place = self.model.names.iter().position(|r| r.name == name);
        place.and_then(RuleId::at).ok_or_else(|| name.to_owned())
    }

    fn read_fact(&self, name: &str) -> Result<FactId, String> {
        let facts = (0..self.model.facts.len()).filter_map(|p| u16::try_from(p).ok().map(FactId));
        facts.into_iter().find(|f| self.fact(*f) == name).ok_or_else(|| name.to_owned())
    }

    fn read_values(&self, fact: FactId, values: &WrittenValues) -> Result<Values, String> {
        match values {
            WrittenValues::Among(names) => {
                let words = self.model.values(fact);
                let value = |name: &String| {
                    let place = words.iter().position(|w| w.name == *name);
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
