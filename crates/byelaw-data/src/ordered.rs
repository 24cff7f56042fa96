//! Small collections in a stated order: a set and a map, each one sorted row.
//!
//! In: things that can be compared. Out: the same, each once, the least first.
//! What a question names and what is told of it is a handful of numbers. One row of them is read faster than a tree, and
//! takes a tenth of the code of one, which each kind of thing would have for itself in the evaluator for browsers.
//! Never here: a panic, or collections that grow large one by one, for each new thing moves those that are greater.

use alloc::vec::{self, Vec};
use core::borrow::Borrow;
use core::fmt;
use core::mem;
use core::slice;

/// A set, sorted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Set<T> {
    items: Vec<T>,
}

impl<T> Default for Set<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Set<T> {
    /// A set of nothing.
    pub const fn new() -> Self {
        Self { items: Vec::new() }
    }

    /// The items, the least first.
    pub fn iter(&self) -> slice::Iter<'_, T> {
        self.items.iter()
    }

    /// The items, the least first.
    pub fn as_slice(&self) -> &[T] {
        &self.items
    }

    /// The items, the least first.
    pub fn into_vec(self) -> Vec<T> {
        self.items
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The least one.
    pub fn first(&self) -> Option<&T> {
        self.items.first()
    }

    /// Takes out the least one.
    pub fn pop_first(&mut self) -> Option<T> {
        if self.items.is_empty() { None } else { Some(self.items.remove(0)) }
    }

    /// Takes out all.
    pub fn clear(&mut self) {
        self.items.clear();
    }

    /// Leaves those of which this is so.
    pub fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        self.items.retain(keep);
    }
}

impl<T: Ord> Set<T> {
    /// Adds an item. Whether it was new.
    pub fn insert(&mut self, item: T) -> bool {
        match self.items.binary_search(&item) {
            Ok(_) => false,
            Err(place) => {
                self.items.insert(place, item);
                true
            }
        }
    }

    /// Takes out an item. Whether it was there.
    pub fn remove(&mut self, item: &T) -> bool {
        let place = self.items.binary_search(item);
        place.is_ok_and(|place| {
            self.items.remove(place);
            true
        })
    }

    /// Whether an item is there.
    pub fn contains(&self, item: &T) -> bool {
        self.items.binary_search(item).is_ok()
    }

    /// Which place an item has, from zero.
    pub fn place(&self, item: &T) -> Option<usize> {
        self.items.binary_search(item).ok()
    }

    /// What is in both, the least first.
    pub fn intersection<'a>(&'a self, other: &'a Set<T>) -> impl Iterator<Item = &'a T> {
        self.items.iter().filter(|item| other.contains(item))
    }

    /// What is in this one and not in the other, the least first.
    pub fn difference<'a>(&'a self, other: &'a Set<T>) -> impl Iterator<Item = &'a T> {
        self.items.iter().filter(|item| !other.contains(item))
    }

    /// Whether all that is here is in the other, too.
    pub fn is_subset(&self, other: &Set<T>) -> bool {
        self.items.iter().all(|item| other.contains(item))
    }

    /// Whether nothing that is here is in the other.
    pub fn is_disjoint(&self, other: &Set<T>) -> bool {
        !self.items.iter().any(|item| other.contains(item))
    }
}

impl<T: Ord> From<Vec<T>> for Set<T> {
    fn from(mut items: Vec<T>) -> Self {
        order(&mut items);
        Self { items }
    }
}

impl<T: Ord, const N: usize> From<[T; N]> for Set<T> {
    fn from(items: [T; N]) -> Self {
        Self::from(Vec::from(items))
    }
}

impl<T: Ord> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut set = Self::new();
        set.extend(items);
        set
    }
}

impl<T: Ord> Extend<T> for Set<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        for item in items {
            self.items.push(item);
        }
        order(&mut self.items);
    }
}

impl<'a, T: Ord + Copy + 'a> Extend<&'a T> for Set<T> {
    fn extend<I: IntoIterator<Item = &'a T>>(&mut self, items: I) {
        self.extend(items.into_iter().copied());
    }
}

impl<T> IntoIterator for Set<T> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Set<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for Set<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(&self.items).finish()
    }
}

/// A map, sorted by its keys.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Map<K, V> {
    entries: Vec<(K, V)>,
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K, V> Map<K, V> {
    /// A map of nothing.
    pub const fn new() -> Self {
        Self { entries: Vec::new() }
    }

    /// The entries, the least key first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + ExactSizeIterator + Clone {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// The keys, the least first.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + ExactSizeIterator + Clone {
        self.entries.iter().map(|(key, _)| key)
    }

    /// The values, in the order of their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + ExactSizeIterator + Clone {
        self.entries.iter().map(|(_, value)| value)
    }

    /// The values, in the order of their keys.
    pub fn into_values(self) -> impl Iterator<Item = V> {
        self.entries.into_iter().map(|(_, value)| value)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Leaves the entries of which this is so.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &V) -> bool) {
        self.entries.retain(|(key, value)| keep(key, value));
    }
}

impl<K: Ord, V> Map<K, V> {
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.entries.binary_search_by(|(known, _)| known.borrow().cmp(key))
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key).ok()?;
        self.entries.get(place).map(|(_, value)| value)
    }

    /// The value of a key, to be changed.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key).ok()?;
        self.entries.get_mut(place).map(|(_, value)| value)
    }

    /// Whether a key is there.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).is_ok()
    }

    /// Sets the value of a key. Gives the value it had.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(&key) {
            Ok(place) => self.entries.get_mut(place).map(|(_, old)| mem::replace(old, value)),
            Err(place) => {
                self.entries.insert(place, (key, value));
                None
            }
        }
    }

    /// Takes out a key. Gives the value it had.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key).ok()?;
        Some(self.entries.remove(place).1)
    }

    /// Changes the value of a key, which is the default one if the key is new.
    pub fn update(&mut self, key: K, change: impl FnOnce(&mut V))
    where
        V: Default,
    {
        let place = match self.place(&key) {
            Ok(place) => place,
            Err(place) => {
                self.entries.insert(place, (key, V::default()));
                place
            }
        };
        if let Some((_, value)) = self.entries.get_mut(place) {
            change(value);
        }
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for Map<K, V> {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

/// Of several values of one key the last one holds.
impl<K: Ord, V> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'a, K, V> IntoIterator for &'a Map<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = core::iter::Map<slice::Iter<'a, (K, V)>, fn(&'a (K, V)) -> (&'a K, &'a V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter().map(|(key, value)| (key, value))
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Map<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

/// What an iterator gives, as a list.
pub trait Listed: Iterator + Sized {
    /// As `collect`. Where code has to be loaded before it runs, each thing is pushed, which is a third of the code that
    /// the standard library has for each kind of iterator.
    fn list(self) -> Vec<Self::Item> {
        if cfg!(target_arch = "wasm32") {
            let mut list = Vec::new();
            for item in self {
                list.push(item);
            }
            list
        } else {
            self.collect()
        }
    }
}

impl<I: Iterator> Listed for I {}

/// Sorts a row, the least first, and leaves each thing once.
///
/// Most rows come sorted, which one look tells. Where code has to be loaded before it runs, all others are sorted by one
/// heap for all kinds of things; elsewhere by the faster sort of the standard library, which is code for each kind.
pub fn order<T: Ord>(items: &mut Vec<T>) {
    if cfg!(target_arch = "wasm32") {
        order_by_heap(items);
    } else if !items.is_sorted_by(|one, next| one < next) {
        items.sort_unstable();
        items.dedup();
    }
}

fn order_by_heap<T: Ord>(items: &mut Vec<T>) {
    let many = items.len();
    let kept = heap_sort(many, &mut |step, one, other| match step {
        Step::Compare => items.get(one) < items.get(other),
        Step::Swap => {
            items.swap(one, other);
            true
        }
    });
    items.truncate(kept);
}

/// What a sort does with things at two places.
enum Step {
    /// Whether the one is less than the other.
    Compare,
    Swap,
}

/// Does something with the things at two places.
type Steps<'a> = &'a mut dyn FnMut(Step, usize, usize) -> bool;

/// Sorts so many things, and moves those that come again behind all others. Gives how many are different.
///
/// A heap needs no room, no luck and little code.
fn heap_sort(many: usize, steps: Steps<'_>) -> usize {
    if (1..many).all(|place| steps(Step::Compare, place.saturating_sub(1), place)) {
        return many;
    }
    for root in (0..many / 2).rev() {
        sift(root, many, steps);
    }
    for end in (1..many).rev() {
        steps(Step::Swap, 0, end);
        sift(0, end, steps);
    }
    let mut last = 0_usize;
    for place in 1..many {
        if steps(Step::Compare, last, place) {
            last = last.saturating_add(1);
            steps(Step::Swap, last, place);
        }
    }
    last.saturating_add(1)
}

/// Lets the thing at `root` sink in a heap of `end` things whose greatest is the first.
fn sift(mut root: usize, end: usize, steps: Steps<'_>) {
    loop {
        let left = root.saturating_mul(2).saturating_add(1);
        let right = left.saturating_add(1);
        if left >= end {
            return;
        }
        let child = if right < end && steps(Step::Compare, left, right) { right } else { left };
        if !steps(Step::Compare, root, child) {
            return;
        }
        steps(Step::Swap, root, child);
        root = child;
    }
}

/// Sorts a short row by a key, the least first; what has the same key stays as it was.
pub fn order_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    for end in 1..items.len() {
        let mut place = end;
        // Each sinks to its place by a swap with the one before it.
        while let Some([before, here]) = items.get_mut(place.saturating_sub(1)..=place) {
            if key(before) <= key(here) {
                break;
            }
            mem::swap(before, here);
            place = place.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of all small lengths and of few and many different things, by a walk that visits them in no order.
    #[test]
    fn the_heap_sorts_as_the_standard_library_does() {
        let mut state = 1_u32;
        for many in 0..200_usize {
            for different in [1, 2, 7, 1000] {
                let next = |_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 16) % different
                };
                let row: Vec<u32> = (0..many).map(next).collect();
                let (mut by_heap, mut by_library) = (row.clone(), row);
                order_by_heap(&mut by_heap);
                by_library.sort_unstable();
                by_library.dedup();
                assert_eq!(by_heap, by_library);
            }
        }
    }

    #[test]
    fn what_has_the_same_key_stays_in_its_order() {
        let mut row = [(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd'), (0, 'e'), (1, 'f')];
        order_by_key(&mut row, |(key, _)| *key);
        assert_eq!(row, [(0, 'e'), (1, 'b'), (1, 'd'), (1, 'f'), (2, 'a'), (2, 'c')]);
    }
}
