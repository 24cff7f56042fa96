//! A question in the numbers that are read off the table.

use crate::{NotAsked, Policy, Question};
use byelaw_data::{AtomId, Question as Asked, Set, Stated, ValueId};
use byelaw_image::{Situation, UNKNOWN};
use byelaw_question::{Taken, taken};

/// A question made ready for one policy: asked as often as one likes.
#[derive(Debug, Clone)]
pub struct Encoded {
    pub(crate) stamp: u32,
    act: ValueId,
    /// Whether one value of each fact is not all there is to it.
    pub(crate) mixed: bool,
    /// Whether a fact without its presumption is one of a few values, where the numbers only know any or one.
    pub(crate) few: bool,
    /// How many facts and how many numbers of atoms there are.
    facts: u16,
    atoms: u16,
    /// For each fact its value, presumed ones among them; then what was granted; then what was refused.
    numbers: Numbers,
    /// The values with nothing presumed; empty if they would be the same.
    pub(crate) stated: Box<[u16]>,
    /// The whole question.
    pub(crate) asked: Box<Asked>,
}

/// Numbers of a question. Few of them lie in the question itself, so that many questions in a row are read in a row.
#[derive(Debug, Clone)]
enum Numbers {
    Few([u16; FEW]),
    Many(Box<[u16]>),
}

/// As many numbers as small policies have.
const FEW: usize = 40;

impl Numbers {
    fn of(numbers: Vec<u16>) -> Numbers {
        let mut few = [0; FEW];
        match few.get_mut(..numbers.len()) {
            Some(room) => {
                room.copy_from_slice(&numbers);
                Numbers::Few(few)
            }
            None => Numbers::Many(numbers.into()),
        }
    }

    #[inline]
    fn all(&self) -> &[u16] {
        match self {
            Numbers::Few(few) => few,
            Numbers::Many(many) => many,
        }
    }
}

impl Encoded {
    /// The question as it is taken.
    #[inline]
    pub(crate) fn situation(&self) -> Situation<'_> {
        let (values, given) =
            self.numbers.all().split_at_checked(usize::from(self.facts)).unwrap_or_default();
        let (granted, refused) = given.split_at_checked(usize::from(self.atoms)).unwrap_or_default();
        Situation { act: self.act.0, values, granted, refused }
    }

    /// The question with nothing presumed.
    #[inline]
    pub(crate) fn stated(&self) -> Situation<'_> {
        let taken = self.situation();
        if self.stated.is_empty() { taken } else { Situation { values: &self.stated, ..taken } }
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
        let (mut presumed, mut few) = (false, false);
        for (fact, taken) in taken(&self.program, &asked, act) {
            let place = usize::from(fact.0);
            let (Some(value), Some(bare)) = (values.get_mut(place), stated.get_mut(place)) else { continue };
            match taken {
                Taken::Value(is) => (*value, *bare) = (is.0, is.0),
                Taken::Presumed(is) => {
                    *value = is.0;
                    presumed = true;
                }
                Taken::Ordinarily(is) => {
                    *value = is.0;
                    (presumed, few) = (true, true);
                }
                Taken::Unknown => {}
                Taken::Mixed => mixed = true,
            }
        }
        if !presumed {
            stated.clear();
        }
        let (facts, atoms) = (values.len(), self.program.atoms.len().div_ceil(16));
        values.extend(bits(&asked.granted, atoms));
        values.extend(bits(&asked.refused, atoms));
        Ok(Encoded {
            stamp: self.stamp,
            act,
            mixed,
            few,
            // Facts and atoms are numbered with sixteen bits.
            facts: u16::try_from(facts).unwrap_or(u16::MAX),
            atoms: u16::try_from(atoms).unwrap_or(u16::MAX),
            numbers: Numbers::of(values),
            stated: stated.into(),
            asked: Box::new(asked),
        })
    }
}

/// A set of atoms as bits, sixteen in a number.
fn bits(atoms: &Set<AtomId>, many: usize) -> Vec<u16> {
    let mut bits = vec![0_u16; many];
    for atom in atoms {
        if let Some(word) = bits.get_mut(usize::from(atom.0 / 16)) {
            *word |= 1 << (atom.0 % 16);
        }
    }
    bits
}
