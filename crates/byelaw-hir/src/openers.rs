//! The words that open a gap of an act, and the verbs that begin one, where many facts and acts are declared.
//!
//! Not here: what a sentence means that uses them (`phrases`), and messages.
//!
//! Each phrase looks up its words; it never walks over the vocabulary. A pack with ten thousand acts and as many rules
//! would take minutes otherwise.

use crate::hir::Model;
use byelaw_data::FactId;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The words before a gap, and its fact.
pub(crate) type Opener = (Vec<String>, FactId);

/// The vocabulary by the first words of its phrases.
#[derive(Default)]
pub(crate) struct Phrases {
    /// Of the first word of a verb, and of an act's name, the acts, in order.
    verbs: BTreeMap<String, Vec<usize>>,
    said: Rc<Said>,
}

/// What facts bring along: words that open a gap of any act.
#[derive(Default)]
struct Said {
    by_first: BTreeMap<String, Vec<Opener>>,
    words: BTreeSet<String>,
}

impl Phrases {
    /// Those of the facts and the acts declared so far.
    pub fn of(model: &Model) -> Self {
        let mut verbs: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, act) in model.acts.iter().enumerate() {
            let firsts: BTreeSet<&String> = act.verb.first().into_iter().chain([&act.word.name]).collect();
            for first in firsts {
                verbs.entry(first.clone()).or_default().push(place);
            }
        }
        let mut said = Said::default();
        let mut seen: BTreeSet<&[String]> = BTreeSet::new();
        for (place, fact) in model.facts.iter().enumerate() {
            for before in fact.said.iter().filter(|before| seen.insert(before.as_slice())) {
                let Some(first) = before.first() else { continue };
                let fact = FactId(u16::try_from(place).unwrap_or(u16::MAX));
                said.by_first.entry(first.clone()).or_default().push((before.clone(), fact));
                said.words.extend(before.iter().cloned());
            }
        }
        Self { verbs, said: Rc::new(said) }
    }

    /// The acts whose verb, or whose name, begins with a word.
    pub fn beginning_with(&self, word: &str) -> &[usize] {
        self.verbs.get(word).map_or(&[], Vec::as_slice)
    }

    /// The words that can open a gap of some acts: those of their frames, `own`, then those facts bring along.
    pub fn openers(&self, own: impl Iterator<Item = Opener>) -> Openers {
        let mut seen: BTreeSet<Vec<String>> = BTreeSet::new();
        let own = own.filter(|(before, _)| !before.is_empty() && seen.insert(before.clone())).collect();
        Openers { own, said: Rc::clone(&self.said) }
    }
}

/// The words that can open a gap of some acts.
pub(crate) struct Openers {
    own: Vec<Opener>,
    said: Rc<Said>,
}

impl Openers {
    /// The most words that open a gap where these words begin, with how many they are.
    pub fn longest<'w>(
        &self,
        words: impl Iterator<Item = Option<&'w str>> + Clone,
    ) -> Option<(usize, FactId)> {
        let first = words.clone().next()??;
        let brought = self.said.by_first.get(first).into_iter().flatten();
        brought
            .chain(&self.own)
            .filter(|(before, _)| {
                let mut words = words.clone();
                before.iter().all(|b| words.next() == Some(Some(b.as_str())))
            })
            // Of words that the act and a fact open a gap with, the act's come last, and count.
            .max_by_key(|(before, _)| before.len())
            .map(|(before, fact)| (before.len(), *fact))
    }

    /// Whether a word is among those that open a gap.
    pub fn have(&self, word: &str) -> bool {
        self.said.words.contains(word) || self.own.iter().any(|(before, _)| before.iter().any(|b| b == word))
    }

    /// All of them, those of the act first.
    pub fn all(&self) -> impl Iterator<Item = &Opener> {
        let own: BTreeSet<&[String]> = self.own.iter().map(|(before, _)| before.as_slice()).collect();
        let brought = self.said.by_first.values().flatten();
        self.own.iter().chain(brought.filter(move |(before, _)| !own.contains(before.as_slice())))
    }
}
