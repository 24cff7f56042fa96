//! A question in the numbers that are read off the table.

use crate::{NotAsked, Policy, Question};
use byelaw_data::{AtomId, Question as Asked, Stated, ValueId};
use byelaw_image::{Situation, UNKNOWN};
use byelaw_question::{Taken, taken};
use std::collections::BTreeSet;

/// A question made ready for one policy: asked as often as one likes.
#[derive(Debug, Clone)]
pub struct Encoded {
    pub(crate) stamp: u32,
    act: ValueId,
    /// For each fact its value, presumed ones among them.
    values: Vec<u16>,
    /// As `values`, with nothing presumed; empty if it would be the same.
    stated: Vec<u16>,
    granted: Vec<u64>,
    refused: Vec<u64>,
    /// Whether one value of each fact is not all there is to it.
    pub(crate) mixed: bool,
    /// The whole question.
    pub(crate) asked: Asked,
}

impl Encoded {
    /// The question as it is taken.
    #[inline]
    pub(crate) fn situation(&self) -> Situation<'_> {
        Situation { act: self.act.0, values: &self.values, granted: &self.granted, refused: &self.refused }
    }

    /// The question with nothing presumed.
    #[inline]
    pub(crate) fn stated(&self) -> Situation<'_> {
        let values = if self.stated.is_empty() { &self.values } else { &self.stated };
        Situation { values, ..self.situation() }
    }
}

impl Policy {
    /// Makes a question ready.
    ///
    /// # Errors
    /// [`NotAsked::NoAct`], [`NotAsked::Contradiction`], [`NotAsked::OtherPolicy`].
    pub fn encode(&self, question: &Question<'_>) -> Result<Encoded, NotAsked> {
        self.owns(question.policy.stamp)?;
        self.encode_asked(question.asked.clone())
    }

    /// Makes a question of the contract ready that is given as JSON.
    ///
    /// # Errors
    /// [`NotAsked::NotUnderstood`]; [`NotAsked::SeveralQuestions`] where lists ask for several things at once;
    /// [`NotAsked::NoAct`].
    pub fn encode_json(&self, question: &str) -> Result<Encoded, NotAsked> {
        let asked = byelaw_wire::asked(&self.program, question, None);
        let asked = asked.map_err(|(_, error)| NotAsked::NotUnderstood(error))?;
        match <[Asked; 1]>::try_from(asked.questions) {
            Ok([question]) => self.encode_asked(question),
            Err(questions) => Err(NotAsked::SeveralQuestions { many: questions.len() }),
        }
    }

    /// Makes a question ready whose names somebody else looked up. Numbers that the policy does not have count as unknown.
    ///
    /// # Errors
    /// [`NotAsked::NoAct`], [`NotAsked::Contradiction`].
    pub fn encode_asked(&self, asked: Asked) -> Result<Encoded, NotAsked> {
        let Some(Stated::Value(act)) = asked.facts.get(&self.program.act).cloned() else {
            return Err(NotAsked::NoAct { fact: self.fact_name(self.program.act).to_owned() });
        };
        let contradiction = |name: Option<&byelaw_ir::Word>| NotAsked::Contradiction {
            name: name.map(|w| w.name.clone()).unwrap_or_default(),
        };
        let names = &self.program.names;
        if let Some(atom) = asked.granted.intersection(&asked.refused).next() {
            return Err(contradiction(names.atoms.get(usize::from(atom.0)).map(|a| &a.word)));
        }
        if let Some(deed) = asked.done.intersection(&asked.undone).next() {
            return Err(contradiction(names.deeds.get(usize::from(deed.0))));
        }
        let mut values = vec![UNKNOWN; self.program.facts.len()];
        let mut stated = values.clone();
        // Duties refused or kept too late are judged beside the act, and what is asked without an act is asked of duties.
        let mut mixed =
            !asked.undone.is_empty() || !asked.late.is_empty() || self.program.no_act == Some(act);
        let mut presumed = false;
        for (fact, taken) in taken(&self.program, &asked, act) {
            let place = usize::from(fact.0);
            let (Some(value), Some(bare)) = (values.get_mut(place), stated.get_mut(place)) else { continue };
            match taken {
                Taken::Value(is) => (*value, *bare) = (is.0, is.0),
                Taken::Presumed(is) => {
                    *value = is.0;
                    presumed = true;
                }
                Taken::Unknown => {}
                Taken::Mixed => mixed = true,
            }
        }
        if !presumed {
            stated.clear();
        }
        let atoms = self.program.atoms.len();
        Ok(Encoded {
            stamp: self.stamp,
            act,
            values,
            stated,
            granted: bits(&asked.granted, atoms),
            refused: bits(&asked.refused, atoms),
            mixed,
            asked,
        })
    }
}

fn bits(atoms: &BTreeSet<AtomId>, many: usize) -> Vec<u64> {
    let mut bits = vec![0_u64; many.div_ceil(64)];
    for atom in atoms {
        if let Some(word) = bits.get_mut(usize::from(atom.0 / 64)) {
            *word |= 1 << (atom.0 % 64);
        }
    }
    bits
}
