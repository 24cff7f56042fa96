//! A policy that was loaded, and its names.

use crate::{LoadError, NotAsked};
use byelaw_data::{AtomId, Date, DeedId, FactId, RuleId, ValueId};
use byelaw_image::UNKNOWN;
use byelaw_ir::{AS_OF, FactKind, ON, Program, Slice, Word, decode};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};

/// Marks what belongs to one load of a policy, so that what another one gave out is noticed.
static NEXT: AtomicU32 = AtomicU32::new(1);

/// A compiled policy, ready to be asked. It never changes: share it between threads behind an `Arc` or a reference.
#[derive(Debug)]
pub struct Policy {
    pub(crate) program: Program,
    pub(crate) words: Vec<u64>,
    pub(crate) stamp: u32,
    facts: HashMap<String, FactId>,
    /// By fact: values by name.
    values: Vec<HashMap<String, ValueId>>,
    atoms: HashMap<String, AtomId>,
    deeds: HashMap<String, DeedId>,
    /// By act: the facts of which it takes more than a fixed value to know what they are where nobody states them.
    needs_more: Vec<Vec<u16>>,
}

/// A fact of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fact {
    pub(crate) stamp: u32,
    pub(crate) id: FactId,
}

/// A value of a fact of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Value {
    pub(crate) stamp: u32,
    pub(crate) fact: FactId,
    pub(crate) value: ValueId,
}

impl Policy {
    /// Loads what `byelaw build` wrote: checks it whole and makes the table that questions are read off.
    ///
    /// # Errors
    /// Bytes that are not a compiled policy of this version, or damaged. Never panics, whatever the bytes.
    pub fn load(bytes: &[u8]) -> Result<Policy, LoadError> {
        Policy::new(decode(bytes)?)
    }

    /// A policy from its compiled program, for hosts that compile it themselves.
    ///
    /// # Errors
    /// [`LoadError::TooLarge`].
    pub fn new(program: Program) -> Result<Policy, LoadError> {
        let words = byelaw_image::image(&program).ok_or(LoadError::TooLarge)?;
        let mut facts = HashMap::new();
        let mut values = Vec::new();
        for (place, fact) in program.names.facts.iter().enumerate() {
            let mut named = HashMap::new();
            let words: Vec<&Word> = match &fact.kind {
                FactKind::Acts => program.names.acts.iter().map(|a| &a.word).collect(),
                // The members of a fact that is several at once are facts of their own.
                FactKind::SomeOf(_) => Vec::new(),
                _ => fact.values.iter().collect(),
            };
            name_all(&mut named, words.into_iter(), |i| u16::try_from(i).ok().map(ValueId));
            if let (FactKind::Acts, Some(no_act)) = (&fact.kind, program.no_act) {
                // The value of a question about no act, which nobody names.
                named.retain(|_, value| *value != no_act);
            }
            values.push(named);
            let hidden = program.facts.get(place).is_none_or(|f| f.member_of.is_some())
                || place == usize::from(ON.0)
                || place == usize::from(AS_OF.0);
            if let (false, Ok(id)) = (hidden, u16::try_from(place)) {
                facts.insert(fact.word.name.clone(), FactId(id));
            }
        }
        for (place, fact) in program.names.facts.iter().enumerate() {
            for old in &fact.word.formerly {
                if let (true, Ok(id)) =
                    (facts.values().any(|f| usize::from(f.0) == place), u16::try_from(place))
                {
                    facts.entry(old.clone()).or_insert(FactId(id));
                }
            }
        }
        let (mut atoms, mut deeds) = (HashMap::new(), HashMap::new());
        name_all(&mut atoms, program.names.atoms.iter().map(|a| &a.word), |i| {
            u16::try_from(i).ok().map(AtomId)
        });
        name_all(&mut deeds, program.names.deeds.iter(), |i| u16::try_from(i).ok().map(DeedId));
        let needs_more = program.slices.iter().map(|slice| needs_more(&program, slice)).collect();
        let stamp = NEXT.fetch_add(1, Ordering::Relaxed);
        Ok(Policy { program, words, stamp, facts, values, atoms, deeds, needs_more })
    }

    /// The digest that names the policy: the same for the same meaning, names and citations.
    pub fn digest(&self) -> &str {
        &self.program.names.digest
    }

    /// How many words of 64 bits the table has that questions are read off.
    pub fn table_words(&self) -> usize {
        self.words.len()
    }

    /// A fact by its name.
    ///
    /// # Errors
    /// [`NotAsked::NoSuchFact`], with the nearest names.
    pub fn fact(&self, name: &str) -> Result<Fact, NotAsked> {
        match self.facts.get(name) {
            Some(id) => Ok(Fact { stamp: self.stamp, id: *id }),
            None => {
                Err(NotAsked::NoSuchFact { name: name.to_owned(), nearest: nearest(name, self.facts.keys()) })
            }
        }
    }

    /// A value by its fact's name and its own; `yes` and `no` of a yes-or-no fact.
    ///
    /// # Errors
    /// [`NotAsked::NoSuchFact`], [`NotAsked::NoSuchValue`].
    pub fn value(&self, fact: &str, name: &str) -> Result<Value, NotAsked> {
        let known = self.fact(fact)?;
        self.value_of(known, name)
    }

    /// As [`Policy::value`], of a fact that was looked up.
    ///
    /// # Errors
    /// [`NotAsked::NoSuchValue`], [`NotAsked::OtherPolicy`].
    pub fn value_of(&self, fact: Fact, name: &str) -> Result<Value, NotAsked> {
        self.owns(fact.stamp)?;
        let place = usize::from(fact.id.0);
        let yes_no = self.program.names.facts.get(place).is_some_and(|f| f.kind == FactKind::YesNo);
        let named = match name {
            "yes" if yes_no => Some(byelaw_data::YES),
            "no" if yes_no => Some(byelaw_data::NO),
            _ => self.values.get(place).and_then(|named| named.get(name)).copied(),
        };
        named.map(|value| Value { stamp: self.stamp, fact: fact.id, value }).ok_or_else(|| {
            NotAsked::NoSuchValue {
                fact: self.fact_name(fact.id).to_owned(),
                name: name.to_owned(),
                nearest: self.values.get(place).map(|named| nearest(name, named.keys())).unwrap_or_default(),
            }
        })
    }

    /// The name of a rule; empty if there is no such rule.
    pub fn rule_name(&self, rule: RuleId) -> &str {
        self.program.names.rules.get(rule.place()).map_or("", |r| r.name.as_str())
    }

    /// The sentence of a rule as its author wrote it, in the canonical form; empty if there is no such rule.
    pub fn rule_sentence(&self, rule: RuleId) -> &str {
        self.program.names.rules.get(rule.place()).map_or("", |r| r.sentence.as_str())
    }

    /// Every word that a question may use, as the JSON that `byelaw vocabulary` prints.
    pub fn vocabulary_json(&self) -> String {
        serde_json::to_string(&byelaw_wire::vocabulary(&self.program)).unwrap_or_default()
    }

    pub(crate) fn fact_name(&self, id: FactId) -> &str {
        self.program.names.facts.get(usize::from(id.0)).map_or("", |f| f.word.name.as_str())
    }

    pub(crate) fn owns(&self, stamp: u32) -> Result<(), NotAsked> {
        if stamp == self.stamp { Ok(()) } else { Err(NotAsked::OtherPolicy) }
    }

    pub(crate) fn atom(&self, name: &str) -> Option<AtomId> {
        self.atoms.get(name).copied()
    }

    pub(crate) fn deed(&self, name: &str) -> Option<DeedId> {
        self.deeds.get(name).copied()
    }

    pub(crate) fn no_such_promise(&self, name: &str) -> NotAsked {
        let known = self.atoms.keys().chain(self.deeds.keys());
        NotAsked::NoSuchPromise { name: name.to_owned(), nearest: nearest(name, known) }
    }

    /// For each fact what is taken for granted where nobody states it and whatever the act; unknown if nothing is.
    pub(crate) fn presumed(&self) -> Vec<u16> {
        let facts = self.program.facts.iter().enumerate();
        facts
            .map(|(place, fact)| {
                let value = match fact.presumed.as_slice() {
                    _ if place == usize::from(AS_OF.0) => fact.domain.cell(Date::LAST.days()),
                    _ if fact.taken_as.is_some() => fact.taken_as,
                    [only] if only.is_unconditional() => match only.values.as_slice() {
                        [value] => Some(*value),
                        _ => None,
                    },
                    _ => None,
                };
                value.map_or(UNKNOWN, |v| v.0)
            })
            .collect()
    }

    /// The facts of an act of which it takes more than [`Policy::presumed`] where nobody states them.
    #[inline]
    pub(crate) fn needs_more(&self, act: u16) -> &[u16] {
        self.needs_more.get(usize::from(act)).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn named_atoms(&self) -> impl Iterator<Item = (&str, AtomId)> {
        self.atoms.iter().map(|(name, atom)| (name.as_str(), *atom))
    }

    pub(crate) fn named_values(&self, fact: FactId) -> impl Iterator<Item = (&str, ValueId)> {
        let named = self.values.get(usize::from(fact.0)).into_iter().flatten();
        named.map(|(name, value)| (name.as_str(), *value))
    }
}

/// The facts of a slice that hang on a moment, or on a presumption that counts only sometimes or leaves several values.
fn needs_more(program: &Program, slice: &Slice) -> Vec<u16> {
    let hard = |id: FactId| {
        let Some(fact) = program.facts.get(usize::from(id.0)) else { return true };
        let simple = match fact.presumed.as_slice() {
            [] => true,
            [only] => only.is_unconditional() && only.values.len() == 1,
            _ => false,
        };
        let moment = id == ON
            || fact.period.is_some()
            || program.weekday == Some(id)
            || program.clock == Some(id)
            || program.calendar(id).is_some();
        moment || !simple && fact.taken_as.is_none()
    };
    slice.facts.iter().map(|f| f.fact).filter(|id| hard(*id)).map(|id| id.0).collect()
}

/// Puts words into a map by their names; what is called so now comes before what used to be.
fn name_all<'a, T: Copy>(
    named: &mut HashMap<String, T>,
    words: impl Iterator<Item = &'a Word> + Clone,
    at: impl Fn(usize) -> Option<T>,
) {
    for (place, word) in words.clone().enumerate() {
        named.extend(at(place).map(|id| (word.name.clone(), id)));
    }
    for (place, word) in words.enumerate() {
        for old in &word.formerly {
            if let Some(id) = at(place) {
                named.entry(old.clone()).or_insert(id);
            }
        }
    }
}

/// Known names near to an unknown one, always in the same order.
fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut known: Vec<&str> = known.map(String::as_str).collect();
    known.sort_unstable();
    byelaw_diagnostic::nearest(name, known)
}
