//! What the completions of a question come to, as a decision diagram with a level for each unknown and a branch for
//! each of its choices (after R. Bryant, "Graph-based algorithms for Boolean function manipulation", 1986).
//!
//! Completions that leave the same boxes active are one node on the way down; on the way back up nodes from which
//! everything comes to the same become one. So two nodes of a level are the same exactly if nothing that is still
//! unknown there tells them apart, and whether a fact matters can be read off.
//! Never here: what an outcome means, or which unknown is asked first.

use crate::completions::{Active, Budget, Variable, Walk};
use crate::reach::{Levels, Node, Traversal};
use alloc::vec::Vec;
use byelaw_data::{Listed as _, Set};
use byelaw_eval::Mask;
use byelaw_ir::Slice;

/// The diagram of a question; the root is the only node of the first level.
#[derive(Debug)]
pub(crate) struct Diagram {
    /// For each unknown its nodes: where each choice leads. Below the last are the ends.
    levels: Levels,
    /// For each level, and for the ends, what can be below each node.
    below: Vec<Vec<Below>>,
}

/// What can be below a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Below {
    /// No completion.
    Nothing,
    /// Some completions.
    Some,
    /// Every completion.
    All,
}

impl Diagram {
    /// The diagram of `variables`, in this order, where `says` tells what a set of boxes comes to, and `None` of one
    /// that cannot be. `undecided` has the boxes that are still undecided after the last. `None` if it takes more than
    /// `steps`.
    pub fn of<T: PartialEq>(
        slice: &Slice,
        start: Active,
        variables: &[Variable],
        undecided: Mask,
        says: impl Fn(&Active) -> Option<T>,
        steps: u64,
    ) -> Option<Self> {
        let all: Vec<&Variable> = variables.iter().list();
        let traversal = Traversal::of(start, &all, Walk::Outcomes(slice, undecided));
        let (down, states) = traversal.levels(&mut Budget::new(steps))?;
        let mut ends: Vec<Option<T>> = Vec::new();
        let mut ids: Vec<Node> = Vec::new();
        for state in &states {
            let said = says(state);
            ids.push(ends.iter().position(|end| *end == said).unwrap_or(ends.len()));
            if ids.last() == Some(&ends.len()) {
                ends.push(said);
            }
        }
        let can_be = |end: &Option<T>| if end.is_some() { Below::All } else { Below::Nothing };
        let mut diagram = Diagram { levels: Vec::new(), below: alloc::vec![ends.iter().map(can_be).list()] };
        for level in down.into_iter().rev() {
            let up = |to: Vec<Node>| to.iter().filter_map(|node| ids.get(*node).copied()).list();
            let all: Vec<Vec<Node>> = level.into_iter().map(up).list();
            let nodes = Set::from(all.clone());
            ids = all.iter().filter_map(|to| nodes.place(to)).list();
            let beneath = diagram.below.last().map_or(&[][..], Vec::as_slice);
            diagram.below.push(nodes.iter().map(|to| together(to, beneath)).list());
            diagram.levels.push(nodes.into_vec());
        }
        diagram.levels.reverse();
        diagram.below.reverse();
        Some(diagram)
    }

    /// Whether all completions that can be come to the same.
    pub fn agrees(&self) -> bool {
        let ends = self.below.last().into_iter().flatten();
        ends.filter(|below| **below != Below::Nothing).count() < 2
    }

    /// Whether two completions that can be differ only in the choice of one unknown, and in what they come to. Only
    /// choices that `among` has count. `None` if it takes more than `steps`.
    pub fn matters(&self, level: usize, among: &dyn Fn(usize) -> bool, steps: u64) -> Option<bool> {
        let mut budget = Budget::new(steps);
        let mut met: Vec<(Node, Node)> = Vec::new();
        let nodes = self.levels.get(level).map_or(&[][..], Vec::as_slice);
        for to in nodes {
            let chosen: Set<Node> =
                to.iter().enumerate().filter(|(choice, _)| among(*choice)).map(|(_, node)| *node).collect();
            if !budget.take(chosen.len().saturating_mul(chosen.len())) {
                return None;
            }
            let after = |(place, a): (usize, &Node)| {
                let (later, a) = (chosen.iter().skip(place.saturating_add(1)), *a);
                later.map(move |b| (a, *b))
            };
            met.extend(chosen.iter().enumerate().flat_map(after));
        }
        let mut pairs = Set::from(met);
        for (place, nodes) in self.levels.iter().enumerate().skip(level.saturating_add(1)) {
            let below = |node: Node| self.below(place, node);
            pairs.retain(|(a, b)| below(*a) != Below::Nothing && below(*b) != Below::Nothing);
            // Two nodes differ somewhere; where everything can be, there too.
            if pairs.iter().any(|(a, b)| below(*a) == Below::All && below(*b) == Below::All) {
                return Some(true);
            }
            let mut next = Vec::new();
            for (a, b) in &pairs {
                let (Some(a), Some(b)) = (nodes.get(*a), nodes.get(*b)) else { continue };
                if !budget.take(a.len()) {
                    return None;
                }
                let unlike = a.iter().zip(b).filter(|(a, b)| a != b);
                next.extend(unlike.map(|(a, b)| (*a.min(b), *a.max(b))));
            }
            pairs = Set::from(next);
        }
        let can_be = |node: Node| self.below(self.levels.len(), node) != Below::Nothing;
        Some(pairs.iter().any(|(a, b)| can_be(*a) && can_be(*b)))
    }

    /// Where no unknown matters by itself: those in which the closest two completions that come to different things are
    /// unlike, of all such pairs. Empty if all agree; `None` if it takes more than `steps`.
    pub fn closest(&self, steps: u64) -> Option<Set<usize>> {
        for most in 2..=self.levels.len() {
            let mut budget = Budget::new(steps);
            let mut pairs = Set::from([(0, 0, Mask::EMPTY)]);
            for (place, nodes) in self.levels.iter().enumerate() {
                let under = place.saturating_add(1);
                let mut next = Vec::new();
                for (a, b, unlike) in &pairs {
                    let (Some(one), Some(other)) = (nodes.get(*a), nodes.get(*b)) else { continue };
                    let full = unlike.bits().count() >= most;
                    for (i, a) in one.iter().enumerate() {
                        if !budget.take(other.len()) {
                            return None;
                        }
                        for (j, b) in other.iter().enumerate().filter(|(j, _)| !full || *j == i) {
                            let mut unlike = *unlike;
                            if i != j {
                                unlike.insert(place);
                            }
                            let can_be = [a, b].iter().all(|n| self.below(under, **n) != Below::Nothing);
                            // Two that became alike stay alike.
                            if can_be && (a != b || unlike.is_empty()) {
                                next.push((*a.min(b), *a.max(b), unlike));
                            }
                        }
                    }
                }
                pairs = Set::from(next);
            }
            let closest: Set<usize> =
                pairs.iter().filter(|(a, b, _)| a != b).flat_map(|(_, _, unlike)| unlike.bits()).collect();
            if !closest.is_empty() {
                return Some(closest);
            }
        }
        Some(Set::new())
    }

    /// For each unknown how much is undecided, on average, once it is known: 0 if all that can be then comes to the same
    /// (the impurity of C. Gini, in millionths). `weights` has the weight of each of its choices; all completions that
    /// can be count by these.
    pub fn undecided_after(&self, weights: &[Vec<u64>]) -> Vec<u64> {
        // From above, how much of all completions comes by each node; from below, how much of what comes by a node goes
        // to each end that can be.
        let mut from_above = alloc::vec![ONE];
        let mut to_ends = alloc::vec![self.ends()];
        for (nodes, weights) in self.levels.iter().zip(weights).rev() {
            let below = to_ends.last().map_or(&[][..], Vec::as_slice);
            let mixed = nodes.iter().map(|to| mix(to, weights, below)).list();
            to_ends.push(mixed);
        }
        to_ends.reverse();
        let mut all = Vec::new();
        for ((nodes, weights), below) in self.levels.iter().zip(weights).zip(to_ends.iter().skip(1)) {
            let total = weights.iter().sum::<u64>().max(1);
            let mut next = alloc::vec![0_u64; below.len()];
            let mut undecided: u64 = 0;
            let mut possible: u64 = 0;
            for (choice, weight) in weights.iter().enumerate() {
                let mut ends = alloc::vec![0_u64; below.first().map_or(0, Vec::len)];
                for (to, come) in nodes.iter().zip(&from_above) {
                    let Some((child, goes)) = to.get(choice).and_then(|c| Some((*c, below.get(*c)?))) else {
                        continue;
                    };
                    let come = part(*come, *weight, total);
                    if let Some(next) = next.get_mut(child) {
                        *next = next.saturating_add(come);
                    }
                    for (end, share) in ends.iter_mut().zip(goes) {
                        *end = end.saturating_add(part(come, *share, ONE));
                    }
                }
                let here = ends.iter().fold(0_u64, |sum, end| sum.saturating_add(*end));
                let alike = ends.iter().map(|end| part(*end, *end, here.max(1)));
                let alike = alike.fold(0_u64, u64::saturating_add);
                undecided = undecided.saturating_add(here.saturating_sub(alike));
                possible = possible.saturating_add(here);
            }
            all.push(part(1_000_000, undecided, possible.max(1)));
            from_above = next;
        }
        all
    }

    /// Of each end the share of itself, if it can be; of one that cannot be nothing.
    fn ends(&self) -> Vec<Vec<u64>> {
        let ends = self.below.last().map_or(&[][..], Vec::as_slice);
        let share = |end: usize, other: usize, below: &Below| {
            if end == other && *below != Below::Nothing { ONE } else { 0 }
        };
        let row = |end: usize| ends.iter().enumerate().map(|(other, below)| share(end, other, below)).list();
        (0..ends.len()).map(row).list()
    }

    /// What can be below a node of a level; the ends are the last level.
    fn below(&self, level: usize, node: Node) -> Below {
        self.below.get(level).and_then(|nodes| nodes.get(node)).copied().unwrap_or(Below::Nothing)
    }
}

/// The whole, for shares of it.
const ONE: u64 = 1 << 40;

/// `share` of `whole`, of something: rounded down.
fn part(something: u64, share: u64, whole: u64) -> u64 {
    let product = u128::from(something).saturating_mul(u128::from(share));
    product.checked_div(u128::from(whole)).and_then(|part| u64::try_from(part).ok()).unwrap_or(u64::MAX)
}

/// How much of what comes by a node that leads to these goes to each end.
fn mix(to: &[Node], weights: &[u64], below: &[Vec<u64>]) -> Vec<u64> {
    let total = weights.iter().sum::<u64>().max(1);
    let mut mixed = alloc::vec![0_u64; below.first().map_or(0, Vec::len)];
    for (node, weight) in to.iter().zip(weights) {
        for (into, share) in mixed.iter_mut().zip(below.get(*node).into_iter().flatten()) {
            *into = into.saturating_add(part(*share, *weight, total));
        }
    }
    mixed
}

/// What can be below a node that leads to these.
fn together(to: &[Node], beneath: &[Below]) -> Below {
    let each = || to.iter().filter_map(|node| beneath.get(*node));
    if each().all(|below| *below == Below::All) {
        Below::All
    } else if each().all(|below| *below == Below::Nothing) {
        Below::Nothing
    } else {
        Below::Some
    }
}
