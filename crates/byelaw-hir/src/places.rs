//! Where a name stands in a long list of values, so that naming one does not walk over all of them.
//!
//! Not here: what the name means, and short lists, which are quicker walked over.

use byelaw_data::FactId;
use std::collections::BTreeMap;

/// The longest list that is walked over.
const SHORT: usize = 32;

/// The places of names in the lists of facts.
#[derive(Default)]
pub(crate) struct Places(BTreeMap<FactId, List>);

/// The names of one list, and how long it was when they were taken.
#[derive(Default)]
struct List {
    length: usize,
    places: BTreeMap<String, usize>,
}

impl Places {
    /// The first place in the list of `fact` at which something is called `name`. Lists only ever grow.
    pub fn of<T>(
        &mut self,
        fact: FactId,
        all: &[T],
        called: impl Fn(&T) -> &str,
        name: &str,
    ) -> Option<usize> {
        if all.len() <= SHORT {
            return all.iter().position(|one| called(one) == name);
        }
        let list = self.0.entry(fact).or_default();
        for (place, one) in all.iter().enumerate().skip(list.length) {
            list.places.entry(called(one).to_owned()).or_insert(place);
        }
        list.length = all.len();
        list.places.get(name).copied()
    }
}
