//! Requests in a caller's own JSON shape, read in one pass without a tree.
//!
//! A [`Shape`] says once which field of the caller's requests is which fact. Reading then fills the numbers that are
//! read off the table: no copy of a name, no allocation. What the shape does not name, what comes twice, and a value
//! that its fact does not have are errors with their place, and no answer.

mod names;
mod read;

use crate::{NotAsked, Policy};
use byelaw_data::FactId;
use byelaw_ir::{Domain, FactKind};
use byelaw_wire::ToJson as _;
pub use read::Filled;

/// The most fields that a shape has.
const MOST_FIELDS: usize = 64;

/// Which field of a caller's requests is which fact of a policy.
#[derive(Debug, Clone)]
pub struct Shape {
    pub(crate) stamp: u32,
    /// Objects; the first is the request itself.
    pub(crate) objects: Vec<Vec<Named>>,
    pub(crate) leaves: Vec<Leaf>,
}

/// A field by its name.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub name: String,
    /// The name as JSON has it, in quotes.
    pub written: String,
    pub field: Field,
}

/// What a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    /// An object, by its place.
    Object(usize),
    /// A leaf, by its place.
    Leaf(usize),
}

/// A field that is no object.
#[derive(Debug, Clone)]
pub(crate) enum Leaf {
    /// A yes-or-no fact.
    YesNo(FactId),
    /// One of a list of values, by name.
    OneOf(FactId, names::Names),
    /// A number.
    Number(FactId, Domain),
    /// A list of approvals given and undertakings promised.
    Given(names::Names),
    /// Not looked at.
    Ignored,
}

/// Why a request was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("byte {at}: {message}")]
pub struct ShapeError {
    /// Where in the request, in bytes from its beginning.
    pub at: usize,
    /// What is wrong there and what would be right.
    pub message: String,
}

impl Policy {
    /// An empty shape for requests to this policy.
    pub fn shape(&self) -> Shape {
        Shape { stamp: self.stamp, objects: vec![Vec::new()], leaves: Vec::new() }
    }
}

impl Shape {
    /// A field is a fact: `path` names it from the request down, with dots.
    ///
    /// # Errors
    /// [`NotAsked::NoSuchFact`]; [`NotAsked::OtherKind`] for several labels at once, times and dates.
    pub fn fact(mut self, policy: &Policy, path: &str, fact: &str) -> Result<Shape, NotAsked> {
        policy.owns(self.stamp)?;
        let id = policy.fact(fact)?.id;
        let place = usize::from(id.0);
        let kind = policy.program.names.facts.get(place).map(|f| &f.kind);
        let domain = policy.program.facts.get(place).map(|f| f.domain.clone());
        let leaf = match (kind, domain) {
            (Some(FactKind::YesNo), _) => Leaf::YesNo(id),
            (Some(FactKind::OneOf | FactKind::Acts | FactKind::Weekday), _) => Leaf::OneOf(
                id,
                names::Names::of(policy.named_values(id).map(|(name, value)| (name, value.0))),
            ),
            (Some(FactKind::Number(_)), Some(domain)) => Leaf::Number(id, domain),
            _ => {
                return Err(NotAsked::OtherKind {
                    fact: fact.to_owned(),
                    is: "a date, a time or several labels at once, which a shape does not hold",
                });
            }
        };
        self.put(path, leaf);
        Ok(self)
    }

    /// A field is the list of what was given: names of approvals and undertakings.
    ///
    /// # Errors
    /// [`NotAsked::OtherPolicy`].
    pub fn given(mut self, policy: &Policy, path: &str) -> Result<Shape, NotAsked> {
        policy.owns(self.stamp)?;
        let leaf = Leaf::Given(names::Names::of(policy.named_atoms().map(|(name, atom)| (name, atom.0))));
        self.put(path, leaf);
        Ok(self)
    }

    /// A field is not looked at, whatever it holds.
    #[must_use]
    pub fn ignored(mut self, path: &str) -> Shape {
        self.put(path, Leaf::Ignored);
        self
    }

    /// Puts a leaf at a path. Beyond [`MOST_FIELDS`] a field stays unnamed, and a request that has it is refused.
    fn put(&mut self, path: &str, leaf: Leaf) {
        if self.leaves.len() >= MOST_FIELDS {
            return;
        }
        let mut object = 0;
        let mut keys = path.split('.').peekable();
        while let Some(key) = keys.next() {
            let fields = self.objects.get(object).map(Vec::as_slice).unwrap_or_default();
            let known = fields.iter().find(|known| known.name == key).map(|known| known.field);
            if keys.peek().is_none() {
                let place = self.leaves.len();
                self.leaves.push(leaf);
                self.name(object, key, Field::Leaf(place));
                return;
            }
            object = match known {
                Some(Field::Object(below)) => below,
                _ => {
                    let below = self.objects.len();
                    self.objects.push(Vec::new());
                    self.name(object, key, Field::Object(below));
                    below
                }
            };
        }
    }

    /// Says what a key of an object is; what was said of it before no longer counts.
    fn name(&mut self, object: usize, key: &str, field: Field) {
        if let Some(fields) = self.objects.get_mut(object) {
            fields.retain(|known| known.name != key);
            let name = key.to_owned();
            fields.push(Named { written: name.to_json(), name, field });
        }
    }
}
