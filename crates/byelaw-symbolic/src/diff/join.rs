//! The rules of two policies about one act as one slice.
//!
//! A box that is the same on both sides stands there once, and belongs to both. Which boxes are active in a situation is
//! then found for both sides at once, and each side is decided with its own.

use super::words::{Common, Which, settled};
use super::{Excepted, Side};
use byelaw_data::{AtomId, DeedId, FactId, RuleId, Says, ValueId};
use byelaw_eval::{Mask, boxes};
use byelaw_ir::{Box, BoxKind, MAX_ATOMS, MAX_BOXES, Slice, SliceFact};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// A set of values of a common fact.
type Values = Vec<bool>;

/// What a box does and where, in common words: two boxes with the same content are one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Content {
    kind: BoxKind,
    says: Says,
    guard: BTreeMap<FactId, Values>,
    /// Of the subject: what is said and what a denial spares; they differ only for somebody who is several things.
    said: Option<Values>,
    spared: Option<Values>,
    /// Minimal packages of definitions.
    price: BTreeSet<BTreeSet<AtomId>>,
    deeds: Vec<Vec<DeedId>>,
    due: (String, String),
    advice: String,
}

/// One box of one side.
#[derive(Debug, Clone)]
struct Loose {
    content: Content,
    rule: RuleId,
    /// The name of the rule.
    name: String,
    beats: BTreeSet<usize>,
}

/// Two slices as one.
#[derive(Debug, Clone)]
pub(super) struct Joined {
    /// The boxes of both sides.
    pub slice: Slice,
    /// Those of the old side, and what cannot be on either.
    pub old: Mask,
    /// Those of the new side, and what cannot be on either.
    pub new: Mask,
    /// For each box the rules that it comes from.
    pub rules: Vec<(Option<RuleId>, Option<RuleId>)>,
    /// The boxes, rules all, that are not the same on both sides.
    pub changed: Mask,
    /// Rules that are the same on both sides: some box of theirs is.
    pub kept: BTreeSet<(RuleId, RuleId)>,
    /// What a duty says of when it is due, for each box.
    pub due: Vec<(String, String)>,
    /// What a box advises.
    pub advice: Vec<String>,
    /// Whether what cannot be differs.
    pub possible_differs: bool,
    /// Whether boxes differ only for somebody who is several things at once.
    pub several_differs: bool,
}

impl Joined {
    /// Whether a changed box is of an excepted rule.
    pub fn excepted(&self, place: usize, excepted: &Excepted) -> bool {
        let (old, new) = self.rules.get(place).copied().unwrap_or_default();
        let mut rules = old.map(|r| (false, r)).into_iter().chain(new.map(|r| (true, r)));
        rules.all(|rule| excepted.has(rule))
    }

    /// Whether a box of a rule of one side is not the same on the other.
    pub fn rule_changed(&self, new: bool, rule: RuleId) -> bool {
        let own = |place: usize| {
            let (o, n) = self.rules.get(place).copied().unwrap_or_default();
            if new { n } else { o }
        };
        self.changed.bits().any(|place| own(place) == Some(rule))
    }

    /// Whether a box can bear on an answer whatever else there is; advice and duties alone do not.
    pub fn strong(&self, place: usize) -> bool {
        self.slice.boxes.get(place).is_some_and(|one| {
            let beside = matches!(one.kind, BoxKind::Advice | BoxKind::Standing | BoxKind::Duty);
            !beside || one.beats.iter().any(|w| *w != 0)
        })
    }

    /// The boxes of what cannot be.
    pub fn impossible(&self) -> Mask {
        boxes(&self.slice, |b| b.kind == BoxKind::Impossible)
    }

    /// Boxes that advise alike on both sides whatever else is active.
    pub fn idle(&self) -> Mask {
        let boxes = &self.slice.boxes;
        // What is changed, and what may be beaten differently for it.
        let mut affected = self.changed;
        for (place, one) in boxes.iter().enumerate() {
            if affected.has(place) {
                affected.join(&one.beats);
            }
        }
        // What advises in the same words as one of these matters: the advice stays where it does.
        let advice = |place: usize| self.advice.get(place).map(String::as_str);
        let said: BTreeSet<Option<&str>> = affected.bits().map(advice).collect();
        let mut idle = Mask::EMPTY;
        for (place, one) in boxes.iter().enumerate() {
            let beats = one.beats.iter().any(|w| *w != 0);
            if one.kind == BoxKind::Advice && !beats && !affected.has(place) && !said.contains(&advice(place))
            {
                idle.insert(place);
            }
        }
        idle
    }
}

/// The boxes of both sides for one common act; `None` if they are too many. Rules that are `dropped` are left out of the
/// new side.
pub(super) fn join(
    common: &Common,
    old: &Side<'_>,
    new: &Side<'_>,
    act: ValueId,
    dropped: &BTreeSet<RuleId>,
) -> Option<Joined> {
    let sides =
        [loose(common, old, Which::Old, act, &BTreeSet::new()), loose(common, new, Which::New, act, dropped)];
    let pairs = pairs(&sides);
    // Where the orders of both sides contradict each other, nothing is shared.
    let joined = arranged(&sides, &pairs).or_else(|| arranged(&sides, &BTreeMap::new()))?;
    let (nodes, order) = joined;
    build(common, &sides, &nodes, &order)
}

/// The boxes of one side, in common words, without those that its date or what is filled excludes.
fn loose(
    common: &Common,
    side: &Side<'_>,
    which: Which,
    act: ValueId,
    dropped: &BTreeSet<RuleId>,
) -> Vec<Loose> {
    let view = common.view(which);
    let own = view.acts.get(usize::from(act.0)).copied().flatten();
    let Some(slice) = own.and_then(|a| side.program.slices.get(usize::from(a.0))) else { return Vec::new() };
    let words = usize::from(slice.words).max(1);
    let mut left = Mask::first(slice.boxes.len());
    // For each fact still open the rows of its common values.
    let mut open: Vec<(FactId, &SliceFact, Vec<ValueId>)> = Vec::new();
    for fact in &slice.facts {
        match settled(side, fact.fact) {
            Some(value) => left.keep(byelaw_eval::row(slice, fact, value)),
            None => {
                let id = view.common.get(usize::from(fact.fact.0)).copied().flatten();
                let values = id.and_then(|id| view.facts.get(usize::from(id.0))).and_then(Option::as_ref);
                if let (Some(id), Some((_, values))) = (id, values) {
                    open.push((id, fact, values.clone()));
                }
            }
        }
    }
    let subject = side.program.subject;
    let mut places: BTreeMap<usize, usize> = BTreeMap::new();
    let mut found: Vec<Loose> = Vec::new();
    for place in left.bits() {
        let Some(one) = slice.boxes.get(place) else { continue };
        let allowed = |rows: &[u64], values: &[ValueId]| -> Option<Values> {
            let has = |v: &ValueId| {
                let from = usize::from(v.0) * words;
                Mask::from_words(rows.get(from..from + words).unwrap_or_default()).has(place)
            };
            let set: Values = values.iter().map(has).collect();
            (!set.iter().all(|v| *v)).then_some(set)
        };
        let mut guard = BTreeMap::new();
        let (mut said, mut spared) = (None, None);
        for (id, fact, values) in &open {
            if let Some(set) = allowed(&fact.rows, values) {
                guard.insert(*id, set);
            }
            if fact.fact == subject && !fact.said.is_empty() {
                said = allowed(&fact.said, values);
                spared = allowed(&fact.spared, values);
            } else if fact.fact == subject {
                said = guard.get(id).cloned();
            }
        }
        // Only values that one side alone has would make it active.
        if guard.values().any(|set| !set.iter().any(|v| *v)) {
            continue;
        }
        let impossible = one.kind == BoxKind::Impossible;
        if !impossible && dropped.contains(&one.rule) {
            continue;
        }
        let name = side.program.names.rules.get(one.rule.place()).filter(|_| !impossible);
        let duty = name.and_then(|n| n.duty.as_ref()).filter(|_| !one.deeds.is_empty());
        let atom = |bit: usize| {
            let id = slice.atoms.get(bit)?;
            view.atoms.get(usize::from(id.0)).copied()
        };
        let package = |mask: &u64| (0..64).filter(|b| mask >> b & 1 == 1).filter_map(atom).collect();
        let deed = |d: &DeedId| view.deeds.get(usize::from(d.0)).copied().unwrap_or(*d);
        places.insert(place, found.len());
        found.push(Loose {
            content: Content {
                kind: one.kind,
                says: one.says,
                guard,
                said,
                spared,
                price: one.price.iter().map(package).collect(),
                deeds: one.deeds.iter().map(|of| of.iter().map(deed).collect()).collect(),
                due: duty.map(|d| (d.words.clone(), d.otherwise.clone())).unwrap_or_default(),
                advice: name
                    .filter(|_| one.kind == BoxKind::Advice)
                    .map(|n| n.advice.clone())
                    .unwrap_or_default(),
            },
            rule: one.rule,
            name: name.map(|n| n.name.clone()).unwrap_or_default(),
            beats: Mask::from_words(&one.beats).bits().collect(),
        });
    }
    for one in &mut found {
        one.beats = one.beats.iter().filter_map(|b| places.get(b).copied()).collect();
    }
    found
}

/// Which box of the old side is which of the new: same content, and among those that are paired the same prevail.
fn pairs(sides: &[Vec<Loose>; 2]) -> BTreeMap<usize, usize> {
    let [old, new] = sides;
    let mut by_content: BTreeMap<&Content, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (place, one) in old.iter().enumerate() {
        by_content.entry(&one.content).or_default().0.push(place);
    }
    for (place, one) in new.iter().enumerate() {
        by_content.entry(&one.content).or_default().1.push(place);
    }
    let mut pairs: BTreeMap<usize, usize> = BTreeMap::new();
    for (mut mine, mut theirs) in by_content.into_values() {
        // Rules of one name first: two rules of a policy can say the same.
        let name = |all: &[Loose], place: usize| all.get(place).map(|one| one.name.clone());
        mine.retain(|place| {
            let same = theirs.iter().position(|other| name(new, *other) == name(old, *place));
            if let Some(at) = same {
                pairs.insert(*place, theirs.remove(at));
            }
            same.is_none()
        });
        pairs.extend(mine.into_iter().zip(theirs));
    }
    let all: Vec<(usize, usize)> = pairs.iter().map(|(a, b)| (*a, *b)).collect();
    for (stronger, new_stronger) in &all {
        for (weaker, new_weaker) in &all {
            let before = old.get(*stronger).is_some_and(|s| s.beats.contains(weaker));
            let after = new.get(*new_stronger).is_some_and(|s| s.beats.contains(new_weaker));
            if before != after && pairs.contains_key(stronger) {
                pairs.remove(weaker);
            }
        }
    }
    pairs
}

/// A box of the joined slice: its place on each side.
type Node = (Option<usize>, Option<usize>);

/// The joined boxes and an order in which each is only beaten by those before it; `None` if there is none.
fn arranged(sides: &[Vec<Loose>; 2], pairs: &BTreeMap<usize, usize>) -> Option<(Vec<Node>, Vec<usize>)> {
    let [old, new] = sides;
    let paired: BTreeSet<usize> = pairs.values().copied().collect();
    let mut nodes: Vec<Node> = (0..old.len()).map(|o| (Some(o), pairs.get(&o).copied())).collect();
    nodes.extend((0..new.len()).filter(|n| !paired.contains(n)).map(|n| (None, Some(n))));
    let at = |side: usize| -> BTreeMap<usize, usize> {
        let own = |node: &Node| if side == 0 { node.0 } else { node.1 };
        nodes.iter().enumerate().filter_map(|(place, node)| Some((own(node)?, place))).collect()
    };
    let (old_at, new_at) = (at(0), at(1));
    let mut after: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); nodes.len()];
    let mut waits = vec![0_usize; nodes.len()];
    for (place, node) in nodes.iter().enumerate() {
        let mine = node.0.and_then(|o| old.get(o)).into_iter().flat_map(|b| &b.beats);
        let theirs = node.1.and_then(|n| new.get(n)).into_iter().flat_map(|b| &b.beats);
        let beaten = mine.filter_map(|b| old_at.get(b)).chain(theirs.filter_map(|b| new_at.get(b)));
        for weaker in beaten.copied().collect::<BTreeSet<_>>() {
            after[place].insert(weaker);
            waits[weaker] += 1;
        }
    }
    let impossible = |place: usize| {
        let (o, n) = nodes[place];
        let one = o.and_then(|o| old.get(o)).or_else(|| n.and_then(|n| new.get(n)));
        one.is_some_and(|b| b.content.kind == BoxKind::Impossible)
    };
    // What cannot be comes first; else in the order of the sides.
    let rank = |place: usize| std::cmp::Reverse((!impossible(place), place));
    let mut ready: BinaryHeap<_> = (0..nodes.len()).filter(|p| waits[*p] == 0).map(rank).collect();
    let mut order = Vec::new();
    while let Some(std::cmp::Reverse((_, place))) = ready.pop() {
        order.push(place);
        for weaker in &after[place] {
            waits[*weaker] -= 1;
            if waits[*weaker] == 0 {
                ready.push(rank(*weaker));
            }
        }
    }
    (order.len() == nodes.len()).then_some((nodes, order))
}

fn build(common: &Common, sides: &[Vec<Loose>; 2], nodes: &[Node], order: &[usize]) -> Option<Joined> {
    let [old, new] = sides;
    if order.len() > MAX_BOXES {
        return None;
    }
    let words = order.len().div_ceil(64);
    let place_of: BTreeMap<usize, usize> = order.iter().enumerate().map(|(to, from)| (*from, to)).collect();
    let index = |side: usize| -> BTreeMap<usize, usize> {
        let own = |node: &Node| if side == 0 { node.0 } else { node.1 };
        let all = nodes.iter().enumerate();
        all.filter_map(|(node, both)| Some((own(both)?, *place_of.get(&node)?))).collect()
    };
    let (old_at, new_at) = (index(0), index(1));
    let boxes: Vec<(Option<&Loose>, Option<&Loose>)> = order
        .iter()
        .filter_map(|node| nodes.get(*node))
        .map(|(o, n)| (o.and_then(|o| old.get(o)), n.and_then(|n| new.get(n))))
        .collect();
    let contents: Vec<&Content> = boxes.iter().filter_map(|(o, n)| o.or(*n)).map(|b| &b.content).collect();
    let atoms: Vec<AtomId> = contents
        .iter()
        .flat_map(|c| c.price.iter().flatten().copied())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    if atoms.len() > MAX_ATOMS {
        return None;
    }
    let bit = |id: &AtomId| atoms.iter().position(|a| a == id).map_or(0, |at| 1_u64 << at);
    let mut looked: BTreeSet<FactId> = contents.iter().flat_map(|c| c.guard.keys().copied()).collect();
    for atom in atoms.iter().filter_map(|a| common.program.atoms.get(usize::from(a.0))) {
        if atom.not_by_asker {
            let people = Some(common.program.subject).filter(|s| s.0 != u16::MAX);
            looked.extend(people);
            looked.extend(&atom.held_roles);
        }
    }
    let width = |fact: FactId| common.program.facts.get(usize::from(fact.0)).map_or(0, |f| f.domain.width());
    let facts = looked
        .iter()
        .map(|fact| {
            let mut rows = vec![0_u64; width(*fact) * words];
            for (place, content) in contents.iter().enumerate() {
                let set = content.guard.get(fact);
                for value in 0..width(*fact) {
                    if set.is_none_or(|set| set.get(value).copied().unwrap_or(false)) {
                        rows[value * words + place / 64] |= 1 << (place % 64);
                    }
                }
            }
            SliceFact { fact: *fact, rows, said: Vec::new(), spared: Vec::new() }
        })
        .collect();
    let made = boxes
        .iter()
        .zip(&contents)
        .map(|((o, n), content)| {
            let mut beats = vec![0_u64; words];
            let mine = o.iter().flat_map(|b| &b.beats).filter_map(|b| old_at.get(b));
            let theirs = n.iter().flat_map(|b| &b.beats).filter_map(|b| new_at.get(b));
            for weaker in mine.chain(theirs) {
                beats[weaker / 64] |= 1 << (weaker % 64);
            }
            let mut price: Vec<u64> =
                content.price.iter().map(|package| package.iter().fold(0, |all, a| all | bit(a))).collect();
            price.sort_unstable();
            Box {
                rule: o.or(*n).map_or(RuleId(0), |b| b.rule),
                kind: content.kind,
                says: content.says,
                price,
                beats,
                deeds: content.deeds.clone(),
            }
        })
        .collect();
    let approves = |a: &AtomId| common.program.atoms.get(usize::from(a.0)).is_some_and(|a| a.approval);
    let slice = Slice {
        words: u16::try_from(words).ok()?,
        facts,
        boxes: made,
        approvals: atoms.iter().filter(|a| approves(a)).fold(0, |all, a| all | bit(a)),
        atoms,
        clashes: Vec::new(),
    };
    let (mut of_old, mut of_new, mut changed) = (Mask::EMPTY, Mask::EMPTY, Mask::EMPTY);
    let mut possible_differs = false;
    for (place, ((o, n), content)) in boxes.iter().zip(&contents).enumerate() {
        let impossible = content.kind == BoxKind::Impossible;
        if o.is_some() || impossible {
            of_old.insert(place);
        }
        if n.is_some() || impossible {
            of_new.insert(place);
        }
        if o.is_none() || n.is_none() {
            possible_differs |= impossible;
            if !impossible {
                changed.insert(place);
            }
        }
    }
    Some(Joined {
        slice,
        old: of_old,
        new: of_new,
        rules: boxes
            .iter()
            .zip(&contents)
            .map(|((o, n), c)| {
                let rule = |b: &Option<&Loose>| b.filter(|_| c.kind != BoxKind::Impossible).map(|b| b.rule);
                (rule(o), rule(n))
            })
            .collect(),
        changed,
        kept: boxes.iter().filter_map(|(o, n)| Some((o.as_ref()?.rule, n.as_ref()?.rule))).collect(),
        due: contents.iter().map(|c| c.due.clone()).collect(),
        advice: contents.iter().map(|c| c.advice.clone()).collect(),
        possible_differs,
        several_differs: several_differs(&boxes),
    })
}

/// Whether boxes without a partner become the same on both sides when only people who are one thing are looked at.
fn several_differs(boxes: &[(Option<&Loose>, Option<&Loose>)]) -> bool {
    let plain = |one: &Loose| Content { said: None, spared: None, ..one.content.clone() };
    let old: Vec<Content> =
        boxes.iter().filter(|(_, n)| n.is_none()).filter_map(|(o, _)| o.map(plain)).collect();
    boxes.iter().filter(|(o, _)| o.is_none()).filter_map(|(_, n)| n.map(plain)).any(|one| old.contains(&one))
}
