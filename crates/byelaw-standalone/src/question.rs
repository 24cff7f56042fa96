//! A question in numbers, read and answered.
//!
//! Numbers of 32 bits, the low byte first. The first is the policy's stamp. Then pairs: a fact's number and what is said
//! of it; or [`GIVEN_FROM`] and the number of an approval or undertaking, and 1 if it is given or promised, 0 if it is
//! refused. What is not said is unknown. No pair comes twice.

use crate::layout::{Kind, Policy, place};
use byelaw_data::{NO, Outcome, YES};
use byelaw_image::{Answer, Ruling, Situation, UNKNOWN};
use byelaw_ir::{AS_OF, ON};

/// From this number on a pair is about an approval or an undertaking.
pub const GIVEN_FROM: u32 = 0x1_0000;

/// The longest question, in bytes: every fact and every approval of a large policy.
pub const LONGEST: usize = 1 << 15;

/// The most facts of a policy in a module.
pub(crate) const MOST_FACTS: usize = 2048;
/// A sixteenth of the most approvals and undertakings.
pub(crate) const MOST_ATOMS: usize = 128;

/// What was read of a question.
struct Read {
    values: [u16; MOST_FACTS],
    /// Whether something was said of a fact, one bit each.
    said: [u64; MOST_FACTS / 64],
    granted: [u16; MOST_ATOMS],
    refused: [u16; MOST_ATOMS],
    on: Option<i64>,
}

impl Policy<'_> {
    /// Whether a question gets a yes to which nothing is attached, whatever the facts are that it does not state. Never
    /// true where the contract's `unconditional` of a question that presumes nothing is false. It is stricter where a fact
    /// that is not stated only changes which duties follow: whether somebody has to settle that fact, a module cannot tell.
    /// False for everything else, and for what is no question to this policy.
    pub fn allows(&self, question: &[u8]) -> bool {
        let mut ruling = Ruling::default();
        let answer = self.decide(question, &mut ruling);
        answer == Some(Outcome::Permitted) && ruling.is_unconditional() && ruling.has_same_duties()
    }

    /// The outcome; `None` for what is no question to this policy, or states what cannot be at once.
    pub fn outcome(&self, question: &[u8]) -> Option<Outcome> {
        self.decide(question, &mut Ruling::default())
    }

    /// The act that a question says it is about, or is taken to be; whether the question is one is not looked at.
    pub fn act_of(&self, question: &[u8]) -> Option<u16> {
        let (pairs, _) = question.get(4..)?.as_chunks::<8>();
        let act = u32::try_from(self.act()).ok()?.to_le_bytes();
        let said = pairs.iter().find(|pair| pair.starts_with(&act)).and_then(|pair| pair.last_chunk::<4>());
        match said {
            Some(says) => u16::try_from(u32::from_le_bytes(*says)).ok(),
            None => Some(Kind::of(*self.facts.get(self.act())?).1),
        }
    }

    fn decide(&self, question: &[u8], ruling: &mut Ruling) -> Option<Outcome> {
        let mut read = Read {
            values: [UNKNOWN; MOST_FACTS],
            said: [0; MOST_FACTS / 64],
            granted: [0; MOST_ATOMS],
            refused: [0; MOST_ATOMS],
            on: None,
        };
        self.read(question, &mut read)?;
        let act = *read.values.get(self.act())?;
        if act == UNKNOWN {
            return None;
        }
        let values = read.values.get(..self.facts.len())?;
        let situation = Situation { act, values, granted: &read.granted, refused: &read.refused };
        match self.image.decide_in_few_bytes(&situation, ruling) {
            Answer::Decided(outcome) => Some(outcome),
            Answer::Impossible => None,
            // It takes more than a module can tell.
            Answer::Unsettled => Some(Outcome::NeedsFacts),
        }
    }

    fn read(&self, question: &[u8], read: &mut Read) -> Option<()> {
        if question.len() > LONGEST || self.facts.len() > MOST_FACTS || self.atoms() > MOST_ATOMS * 16 {
            return None;
        }
        for (value, word) in read.values.iter_mut().zip(self.facts) {
            *value = Kind::of(*word).1;
        }
        let (numbers, rest) = question.as_chunks::<4>();
        let (stamp, pairs) = numbers.split_first()?;
        let (pairs, left) = pairs.as_chunks::<2>();
        if !rest.is_empty() || !left.is_empty() || u32::from_le_bytes(*stamp) != self.stamp() {
            return None;
        }
        for [about, says] in pairs {
            let (about, says) = (u32::from_le_bytes(*about), i32::from_le_bytes(*says));
            match about.checked_sub(GIVEN_FROM) {
                Some(atom) => self.given(usize::try_from(atom).ok()?, says, read)?,
                None => self.said(usize::try_from(about).ok()?, i64::from(says), read)?,
            }
        }
        self.follow(read)
    }

    /// What is said of a fact.
    fn said(&self, fact: usize, says: i64, read: &mut Read) -> Option<()> {
        let (kind, _) = Kind::of(*self.facts.get(fact)?);
        let value = match kind {
            Kind::Values(many) => u16::try_from(says).ok().filter(|value| u64::from(*value) < many)?,
            Kind::Number(at) => self.cell(at, says)?,
            Kind::Period(_) | Kind::Weekday | Kind::Unsaid => return None,
        };
        let (word, bit) = (read.said.get_mut(fact / 64)?, 1_u64 << (fact % 64));
        if *word & bit != 0 {
            return None;
        }
        *word |= bit;
        *read.values.get_mut(fact)? = value;
        if fact == usize::from(ON.0) {
            read.on = Some(says);
        }
        Some(())
    }

    /// What is said of an approval or undertaking.
    fn given(&self, atom: usize, says: i32, read: &mut Read) -> Option<()> {
        if atom >= self.atoms() {
            return None;
        }
        let (word, bit) = (atom / 16, 1_u16 << (atom % 16));
        let (granted, refused) = (read.granted.get_mut(word)?, read.refused.get_mut(word)?);
        if (*granted | *refused) & bit != 0 {
            return None;
        }
        match says {
            1 => *granted |= bit,
            0 => *refused |= bit,
            _ => return None,
        }
        Some(())
    }

    /// What follows from the date.
    fn follow(&self, read: &mut Read) -> Option<()> {
        let Some(on) = read.on else { return Some(()) };
        for (fact, word) in self.facts.iter().enumerate() {
            let value = match Kind::of(*word).0 {
                Kind::Period(at) if self.number(at) <= on && on < self.number(at + 1) => YES.0,
                Kind::Period(_) => NO.0,
                // Monday first; the first of January 1970 was a Thursday.
                Kind::Weekday => u16::try_from((on + 3).rem_euclid(7)).ok()?,
                // Whose adopted rules count: those of the same day, if nothing is said.
                Kind::Number(at) if fact == usize::from(AS_OF.0) && read.said.first()? & 1 << fact == 0 => {
                    self.cell(at, on)?
                }
                _ => continue,
            };
            *read.values.get_mut(fact)? = value;
        }
        Some(())
    }

    /// The cell that a number falls in; `None` outside of the bounds.
    fn cell(&self, at: usize, number: i64) -> Option<u16> {
        if number < self.number(at) || self.number(at + 1) < number {
            return None;
        }
        let cuts = self.words.get(at + 3..)?.get(..place(self.word(at + 2)))?;
        u16::try_from(cuts.partition_point(|cut| signed(*cut) <= number)).ok()
    }

    fn number(&self, at: usize) -> i64 {
        signed(self.word(at))
    }
}

fn signed(word: u64) -> i64 {
    i64::from_ne_bytes(word.to_ne_bytes())
}
