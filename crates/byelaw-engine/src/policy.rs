//! A policy that was loaded, and its names.

use crate::{LoadError, NotAsked};
use byelaw_data::{AtomId, Date, FactId, RuleId, ValueId};
use byelaw_diagnostic::nearest;
use byelaw_image::{Diagram, UNKNOWN};
use byelaw_ir::{AS_OF, FactKind, ON, Program, Slice, Word, decode};
use byelaw_wire::{ToJson as _, names};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Marks what belongs to one load of a policy, so that what another one gave out is noticed.
static NEXT: AtomicU32 = AtomicU32::new(1);

/// A compiled policy, ready to be asked. It never changes: share it between threads behind an `Arc` or a reference.
#[derive(Debug)]
pub struct Policy {
    pub(crate) program: Program,
    pub(crate) words: Vec<u64>,
    /// The same of small acts, in fewer looks; by act, made when it is first asked about.
    diagrams: Vec<OnceLock<Option<Diagram>>>,
    pub(crate) stamp: u32,
    /// By act: the facts of which it takes more than a fixed value to know what they are where nobody states them.
    needs_more: Vec<Vec<FactId>>,
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
        let diagrams = program.slices.iter().map(|_| OnceLock::new()).collect();
        let needs_more = program.slices.iter().map(|slice| needs_more(&program, slice)).collect();
        let stamp = NEXT.fetch_add(1, Ordering::Relaxed);
        Ok(Policy { program, words, diagrams, stamp, needs_more })
    }

    /// Makes ready for every act what otherwise the first question about it makes ready: well
    /// under a millisecond for acts of tens of boxes, some milliseconds for hundreds. Afterwards deciding what is known allocates nothing, from the first question on.
    pub fn prepare(&self) {
        for act in 0..u16::try_from(self.diagrams.len()).unwrap_or(u16::MAX) {
            self.diagram(act);
        }
    }

    /// The diagram of an act, if it has one.
    #[inline]
    pub(crate) fn diagram(&self, act: u16) -> Option<&Diagram> {
        let room = self.diagrams.get(usize::from(act))?;
        match room.get() {
            Some(made) => made.as_ref(),
            None => self.make_diagram(room, act),
        }
    }

    #[cold]
    fn make_diagram<'a>(&self, room: &'a OnceLock<Option<Diagram>>, act: u16) -> Option<&'a Diagram> {
        room.get_or_init(|| Diagram::of(&self.program, &self.words, act)).as_ref()
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
        match names::fact(&self.program, name) {
            Some(id) => Ok(Fact { stamp: self.stamp, id }),
            None => {
                let known = names::facts(&self.program).map(|(_, fact)| fact.word.name.as_str());
                Err(NotAsked::NoSuchFact { name: name.to_owned(), nearest: nearest(name, known) })
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
            _ => names::value(&self.program, fact.id, name),
        };
        named.map(|value| Value { stamp: self.stamp, fact: fact.id, value }).ok_or_else(|| {
            NotAsked::NoSuchValue {
                fact: self.fact_name(fact.id).to_owned(),
                name: name.to_owned(),
                nearest: nearest(name, self.named_values(fact.id).map(|(known, _)| known)),
            }
        })
    }

    /// The name of a rule; empty if there is no such rule.
    pub fn rule_name(&self, rule: RuleId) -> &str {
        names::rule_name(&self.program, rule)
    }

    /// The sentence of a rule as its author wrote it, in the canonical form; empty if there is no such rule.
    pub fn rule_sentence(&self, rule: RuleId) -> &str {
        self.program.names.rules.get(rule.place()).map_or("", |r| r.sentence.as_str())
    }

    /// Every word that a question may use, as the JSON that `byelaw vocabulary` prints.
    pub fn vocabulary_json(&self) -> String {
        byelaw_wire::vocabulary(&self.program).to_json()
    }

    pub(crate) fn fact_name(&self, id: FactId) -> &str {
        names::fact_name(&self.program, id)
    }

    pub(crate) fn owns(&self, stamp: u32) -> Result<(), NotAsked> {
        if stamp == self.stamp { Ok(()) } else { Err(NotAsked::OtherPolicy) }
    }

    pub(crate) fn no_such_promise(&self, name: &str) -> NotAsked {
        let deeds = self.program.names.deeds.iter().map(|word| word.name.as_str());
        let known = self.named_atoms().map(|(known, _)| known).chain(deeds);
        NotAsked::NoSuchPromise { name: name.to_owned(), nearest: nearest(name, known) }
    }

    /// For each fact what is taken for granted where nobody states it and whatever the act; unknown if nothing is.
    pub(crate) fn presumed(&self) -> Vec<u16> {
        let facts = self.program.facts.iter().enumerate();
        facts
            .map(|(place, fact)| {
                let value = if place == usize::from(AS_OF.0) {
                    fact.domain.cell(Date::LAST.days())
                } else {
                    fact.taken_as.or_else(|| always_presumed(fact))
                };
                value.map_or(UNKNOWN, |v| v.0)
            })
            .collect()
    }

    /// The facts of an act of which it takes more than [`Policy::presumed`] where nobody states them.
    #[inline]
    pub(crate) fn needs_more(&self, act: u16) -> &[FactId] {
        self.needs_more.get(usize::from(act)).map_or(&[], Vec::as_slice)
    }

    /// Every name of an approval or undertaking, those that it used to have last.
    pub(crate) fn named_atoms(&self) -> impl Iterator<Item = (&str, AtomId)> {
        let atom =
            |name| names::atom(&self.program, name, true).or_else(|| names::atom(&self.program, name, false));
        all_names(self.program.names.atoms.iter().map(|atom| &atom.word))
            .filter_map(move |name| Some((name, atom(name)?)))
    }

    /// Every name of a value of a fact, those that it used to have last.
    pub(crate) fn named_values(&self, fact: FactId) -> impl Iterator<Item = (&str, ValueId)> {
        all_names(names::values(&self.program, fact).into_iter())
            .filter_map(move |name| Some((name, names::value(&self.program, fact, name)?)))
    }
}

/// The value that is presumed of a fact whatever the act is and whatever is stated.
fn always_presumed(fact: &byelaw_ir::Fact) -> Option<ValueId> {
    match fact.presumed.as_slice() {
        [only] if only.is_unconditional() && only.values.len() == 1 => only.values.first().copied(),
        _ => None,
    }
}

/// The facts of a slice that hang on a moment, or on a presumption that counts only sometimes or leaves several values.
fn needs_more(program: &Program, slice: &Slice) -> Vec<FactId> {
    let hard = |id: FactId| {
        let Some(fact) = program.facts.get(usize::from(id.0)) else { return true };
        let sometimes = !fact.presumed.is_empty() && always_presumed(fact).is_none();
        let moment = id == ON
            || fact.period.is_some()
            || program.weekday == Some(id)
            || program.clock == Some(id)
            || program.calendar(id).is_some();
        moment || sometimes && fact.taken_as.is_none()
    };
    slice.facts.iter().map(|f| f.fact).filter(|id| hard(*id)).collect()
}

/// The names of words, and then what they used to be called.
fn all_names<'a>(words: impl Iterator<Item = &'a Word> + Clone) -> impl Iterator<Item = &'a str> {
    let earlier = words.clone().flat_map(|word| word.formerly.iter().map(String::as_str));
    words.map(|word| word.name.as_str()).chain(earlier)
}
