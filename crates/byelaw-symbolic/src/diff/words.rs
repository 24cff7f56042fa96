//! The words of two policies as one vocabulary: the name that each side has for a fact, a value, an approval, a deed.

use super::Side;
use byelaw_data::{AtomId, Calendar, Date, Days, DeedId, FactId, Presumption, Stretch, Timetable, ValueId};
use byelaw_ir::{AS_OF, Atom, Domain, Fact, FactKind, FactName, Names, ON, Program, Word};
use std::collections::BTreeSet;

/// A word that only one side has, or that the sides use differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WordNote {
    /// An act; questions about it can only be asked of one side.
    Act(Which, String),
    /// A fact that rules of one side can look at.
    Fact(Which, String),
    /// A value of a fact (both names); situations with it can only be asked of one side.
    Value(Which, String, String),
    /// An approval or undertaking.
    Atom(Which, String),
    /// A deed.
    Deed(Which, String),
    /// A fact of another kind on each side: taken as two facts.
    Kind(String),
    /// A number whose bounds differ: compared where both know it.
    Bounds(String),
    /// A named period with other days on each side.
    Period(String),
    /// A fact of which something else is presumed.
    Presumed(String),
    /// An approval that others give, or of which one's own counts otherwise.
    Givers(String),
    /// A calendar with other days: each kind of day is asked of both sides.
    Calendar(String),
    /// What it means that no rule speaks.
    Silence,
}

/// One of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Which {
    /// What was before.
    Old,
    /// What is after.
    New,
}

/// How one side says what the common vocabulary names.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// For each common fact that this side has: its own fact, and its own value for each common value.
    pub facts: Vec<Option<(FactId, Vec<ValueId>)>>,
    /// For each fact of its own the common one.
    pub common: Vec<Option<FactId>>,
    /// For each common act its own.
    pub acts: Vec<Option<ValueId>>,
    /// For each approval or undertaking of its own: the place of its definition in the common program.
    pub atoms: Vec<AtomId>,
    /// For each deed of its own the common one.
    pub deeds: Vec<DeedId>,
}

/// The common vocabulary.
#[derive(Debug, Clone)]
pub struct Common {
    /// Facts, acts and the definitions of approvals and undertakings, with their words; it has no rules.
    pub program: Program,
    /// For each definition in the program: the place in `atom_words`. Two definitions of one word differ in who gives it.
    pub atom_of: Vec<u16>,
    /// The words of approvals and undertakings.
    pub atom_words: Vec<Word>,
    /// The words of deeds.
    pub deed_words: Vec<Word>,
    /// What was before.
    pub old: View,
    /// What is after.
    pub new: View,
    /// What is not compared, or with care.
    pub notes: Vec<WordNote>,
}

impl Common {
    /// The view of one side.
    pub fn view(&self, which: Which) -> &View {
        match which {
            Which::Old => &self.old,
            Which::New => &self.new,
        }
    }

    /// The words of both sides as one vocabulary.
    pub fn of(old: &Side<'_>, new: &Side<'_>) -> Self {
        let mut joining = Joining::new(old, new);
        joining.facts();
        joining.acts();
        joining.moments();
        joining.presumptions();
        joining.atoms();
        joining.deeds();
        if !joining.same_silence() {
            joining.common.notes.push(WordNote::Silence);
        }
        joining.common
    }
}

struct Joining<'a> {
    old: Side<'a>,
    new: Side<'a>,
    common: Common,
}

/// Whether two words are one, by name or by a name that it used to have.
fn same(old: &Word, new: &Word) -> bool {
    old.name == new.name || new.formerly.contains(&old.name) || old.formerly.contains(&new.name)
}

/// The places of `words` that are the same as a word: first by name.
fn find<'w>(word: &Word, words: impl Iterator<Item = &'w Word> + Clone) -> Option<usize> {
    words.clone().position(|w| w.name == word.name).or_else(|| words.clone().position(|w| same(word, w)))
}

fn short(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

fn width(program: &Program, fact: FactId) -> usize {
    program.facts.get(usize::from(fact.0)).map_or(0, |f| f.domain.width())
}

fn identity(program: &Program, fact: FactId) -> Vec<ValueId> {
    (0..width(program, fact)).map(|v| ValueId(short(v))).collect()
}

impl<'a> Joining<'a> {
    fn new(old: &Side<'a>, new: &Side<'a>) -> Self {
        let names = Names {
            facts: Vec::new(),
            acts: Vec::new(),
            atoms: Vec::new(),
            deeds: Vec::new(),
            definitions: Vec::new(),
            rules: Vec::new(),
            calendars: Vec::new(),
            readings: Vec::new(),
            fillings: Vec::new(),
            ..new.program.names.clone()
        };
        let program = Program {
            facts: Vec::new(),
            subject: FactId(u16::MAX),
            act: FactId(u16::MAX),
            no_act: None,
            event: None,
            readings: Vec::new(),
            several: false,
            clock: None,
            weekday: None,
            calendars: Vec::new(),
            slices: Vec::new(),
            atoms: Vec::new(),
            names,
        };
        let view = |side: &Side<'_>| View {
            common: vec![None; side.program.facts.len()],
            atoms: vec![AtomId(0); side.program.atoms.len()],
            deeds: vec![DeedId(0); side.program.names.deeds.len()],
            ..View::default()
        };
        let common = Common {
            program,
            atom_of: Vec::new(),
            atom_words: Vec::new(),
            deed_words: Vec::new(),
            old: view(old),
            new: view(new),
            notes: Vec::new(),
        };
        Self { old: *old, new: *new, common }
    }

    /// Adds a common fact, as each side has it.
    fn add(
        &mut self,
        fact: Fact,
        name: FactName,
        old: Option<(FactId, Vec<ValueId>)>,
        new: Option<(FactId, Vec<ValueId>)>,
    ) -> FactId {
        let id = FactId(short(self.common.program.facts.len()));
        self.common.program.facts.push(fact);
        self.common.program.names.facts.push(name);
        for (view, own) in [(&mut self.common.old, &old), (&mut self.common.new, &new)] {
            if let Some((own, _)) = own
                && let Some(slot) = view.common.get_mut(usize::from(own.0))
            {
                *slot = Some(id);
            }
        }
        self.common.old.facts.push(old);
        self.common.new.facts.push(new);
        id
    }

    fn facts(&mut self) {
        let (old, new) = (self.old, self.new);
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        for place in 0..old.program.facts.len() {
            let id = FactId(short(place));
            let partner = self.partner(id).filter(|p| !taken.contains(p));
            match partner {
                Some(other) => {
                    taken.insert(other);
                    self.both(id, FactId(short(other)));
                }
                None => self.alone(Which::Old, id),
            }
        }
        for place in 0..new.program.facts.len() {
            if !taken.contains(&place) {
                self.alone(Which::New, FactId(short(place)));
            }
        }
        let common = &mut self.common;
        let of = |view: &View, id: FactId| view.common.get(usize::from(id.0)).copied().flatten();
        common.program.subject = of(&common.new, new.program.subject)
            .or_else(|| of(&common.old, old.program.subject))
            .unwrap_or(FactId(u16::MAX));
        common.program.act = of(&common.new, new.program.act).unwrap_or(FactId(u16::MAX));
        // A member belongs to the common fact of its own.
        for place in 0..common.program.facts.len() {
            let parent = |side: &Side<'_>, view: &View| {
                let (own, _) = view.facts.get(place)?.as_ref()?;
                of(view, side.program.facts.get(usize::from(own.0))?.member_of?)
            };
            let parent = parent(&new, &common.new).or_else(|| parent(&old, &common.old));
            if let Some(fact) = common.program.facts.get_mut(place) {
                fact.member_of = parent;
            }
        }
    }

    /// The fact of the new side that is this fact of the old one.
    fn partner(&self, id: FactId) -> Option<usize> {
        let (old, new) = (self.old.program, self.new.program);
        if id == ON || id == AS_OF {
            return Some(usize::from(id.0));
        }
        if id == old.act {
            return Some(usize::from(new.act.0));
        }
        let fact = old.facts.get(usize::from(id.0))?;
        if let Some(parent) = fact.member_of {
            // A member is found by its label.
            let other = FactId(short(self.partner(parent)?));
            let (mine, theirs) = (members(old, parent)?, members(new, other)?);
            let label = mine.0.iter().position(|m| *m == id).and_then(|at| mine.1.get(at))?;
            let found = find(label, theirs.1.iter())?;
            return theirs.0.get(found).map(|m| usize::from(m.0));
        }
        let word = &old.names.facts.get(usize::from(id.0))?.word;
        let plain = |place: usize| {
            let other = new.facts.get(place);
            other.is_some_and(|f| f.member_of.is_none()) && FactId(short(place)) != new.act
        };
        let names: Vec<(usize, &Word)> = new
            .names
            .facts
            .iter()
            .enumerate()
            .filter(|(p, _)| plain(*p))
            .map(|(p, f)| (p, &f.word))
            .collect();
        let found = find(word, names.iter().map(|(_, w)| *w))?;
        names.get(found).map(|(place, _)| *place)
    }

    /// A fact that only one side has.
    fn alone(&mut self, which: Which, id: FactId) {
        let side = if which == Which::Old { self.old } else { self.new };
        let place = usize::from(id.0);
        let (Some(fact), Some(name)) = (side.program.facts.get(place), side.program.names.facts.get(place))
        else {
            return;
        };
        let own = Some((id, identity(side.program, id)));
        let (old, new) = if which == Which::Old { (own, None) } else { (None, own) };
        if fact.member_of.is_none() {
            self.common.notes.push(WordNote::Fact(which, name.word.name.clone()));
        }
        let period = fact.period.filter(|_| side.on.is_none());
        let fact = Fact { presumed: Vec::new(), taken_as: None, member_of: None, period, ..fact.clone() };
        self.add(fact, name.clone(), old, new);
    }

    /// A fact that both sides have: their common values.
    fn both(&mut self, old: FactId, new: FactId) {
        let (a, b) = (self.old.program, self.new.program);
        let (Some(one), Some(other)) = (a.facts.get(usize::from(old.0)), b.facts.get(usize::from(new.0)))
        else {
            return;
        };
        let (Some(old_name), Some(name)) =
            (a.names.facts.get(usize::from(old.0)), b.names.facts.get(usize::from(new.0)))
        else {
            return;
        };
        let shown = name.word.name.clone();
        let mut name = name.clone();
        let (values, domain) = match (&one.domain, &other.domain) {
            (Domain::Cells { from, to, cuts }, Domain::Cells { from: from2, to: to2, cuts: cuts2 })
                if old_name.kind == name.kind && from.max(from2) <= to.min(to2) =>
            {
                if (from, to) != (from2, to2) {
                    self.common.notes.push(WordNote::Bounds(shown.clone()));
                }
                let (from, to) = (*from.max(from2), *to.min(to2));
                let cuts: BTreeSet<i64> =
                    cuts.iter().chain(cuts2).copied().filter(|c| from < *c && *c <= to).collect();
                let domain = Domain::Cells { from, to, cuts: cuts.into_iter().collect() };
                let cells = (0..domain.width()).filter_map(|c| domain.range(ValueId(short(c))));
                let pairs =
                    cells.filter_map(|(low, _)| Some((one.domain.cell(low)?, other.domain.cell(low)?)));
                (pairs.collect::<Vec<_>>(), domain)
            }
            (Domain::Values(_), Domain::Values(_)) if kinds(&old_name.kind, &name.kind) => {
                let pairs = self.pairs(old, new, &shown);
                // The values that are left, and the groups of them.
                let kept = |v: &ValueId| pairs.iter().position(|(_, n)| n == v).map(|p| ValueId(short(p)));
                if !name.values.is_empty() {
                    name.values = pairs
                        .iter()
                        .filter_map(|(_, n)| name.values.get(usize::from(n.0)).cloned())
                        .collect();
                }
                for group in &mut name.groups {
                    group.members = group.members.iter().filter_map(kept).collect();
                    group.ordinarily = group.ordinarily.iter().filter_map(kept).collect();
                }
                let domain = Domain::Values(short(pairs.len()));
                (pairs, domain)
            }
            (Domain::Several, Domain::Several) => (Vec::new(), Domain::Several),
            _ => {
                self.common.notes.push(WordNote::Kind(shown));
                self.alone(Which::Old, old);
                self.alone(Which::New, new);
                return;
            }
        };
        let open = |side: &Side<'_>, fact: &Fact| fact.period.filter(|_| side.on.is_none());
        let (mine, theirs) = (open(&self.old, one), open(&self.new, other));
        // A date settles the periods of its side; what is left has one meaning, or is two facts.
        if one.period != other.period && (self.old.on.is_none() || self.new.on.is_none()) {
            self.common.notes.push(WordNote::Period(shown));
        }
        if mine.is_some() && theirs.is_some() && mine != theirs {
            self.alone(Which::Old, old);
            self.alone(Which::New, new);
            return;
        }
        let fact = Fact {
            domain,
            presumed: Vec::new(),
            taken_as: None,
            left_open: other.left_open,
            member_of: None,
            period: theirs.or(mine),
        };
        let (mine, theirs) = values.into_iter().unzip();
        self.add(fact, name, Some((old, mine)), Some((new, theirs)));
    }

    /// The values that both sides have of a fact, in the order of the new side.
    fn pairs(&mut self, old: FactId, new: FactId, shown: &str) -> Vec<(ValueId, ValueId)> {
        let (a, b) = (self.old.program, self.new.program);
        let words = |program: &Program, id: FactId| -> Vec<Word> {
            let Some(name) = program.names.facts.get(usize::from(id.0)) else { return Vec::new() };
            match name.kind {
                FactKind::Acts => program
                    .names
                    .acts
                    .iter()
                    .enumerate()
                    .filter(|(place, _)| program.no_act != Some(ValueId(short(*place))))
                    .map(|(_, a)| a.word.clone())
                    .collect(),
                FactKind::OneOf => name.values.clone(),
                _ => {
                    (0..width(program, id)).map(|v| Word { name: v.to_string(), ..Word::default() }).collect()
                }
            }
        };
        let (mine, theirs) = (words(a, old), words(b, new));
        let is_act = old == a.act;
        let mut pairs = Vec::new();
        let mut taken = BTreeSet::new();
        for (place, word) in theirs.iter().enumerate() {
            let by_name = mine.iter().position(|w| w.name == word.name);
            let found = by_name.or_else(|| mine.iter().position(|w| same(w, word)));
            match found.filter(|f| taken.insert(*f)) {
                Some(found) => pairs.push((ValueId(short(found)), ValueId(short(place)))),
                None => self.common.notes.push(if is_act {
                    WordNote::Act(Which::New, word.name.clone())
                } else {
                    WordNote::Value(Which::New, shown.to_owned(), word.name.clone())
                }),
            }
        }
        for (_, word) in mine.iter().enumerate().filter(|(p, _)| !taken.contains(p)) {
            self.common.notes.push(if is_act {
                WordNote::Act(Which::Old, word.name.clone())
            } else {
                WordNote::Value(Which::Old, shown.to_owned(), word.name.clone())
            });
        }
        pairs
    }

    /// The common acts, last of all that of the duties that stand without one.
    fn acts(&mut self) {
        let (old, new) = (self.old.program, self.new.program);
        let act = usize::from(self.common.program.act.0);
        let of = |view: &View| view.facts.get(act).cloned().flatten().map(|(_, v)| v).unwrap_or_default();
        let (mine, theirs) = (of(&self.common.old), of(&self.common.new));
        self.common.old.acts = mine.into_iter().map(Some).collect();
        self.common.new.acts = theirs.into_iter().map(Some).collect();
        let names = &new.names.acts;
        self.common.program.names.acts = self
            .common
            .new
            .acts
            .iter()
            .flatten()
            .filter_map(|a| names.get(usize::from(a.0)).cloned())
            .collect();
        if old.no_act.is_some() || new.no_act.is_some() {
            let no_act = ValueId(short(self.common.new.acts.len()));
            self.common.program.no_act = Some(no_act);
            self.common.old.acts.push(old.no_act);
            self.common.new.acts.push(new.no_act);
            let named = |program: &Program| program.names.acts.get(usize::from(program.no_act?.0)).cloned();
            self.common.program.names.acts.extend(named(new).or_else(|| named(old)));
            if let Some(fact) = self.common.program.facts.get_mut(act)
                && let Domain::Values(n) = &mut fact.domain
            {
                *n = n.saturating_add(1);
            }
        }
    }

    /// Facts that follow from the moment.
    fn moments(&mut self) {
        let (old, new) = (self.old.program, self.new.program);
        let of = |view: &View, id: Option<FactId>| view.common.get(usize::from(id?.0)).copied().flatten();
        let (clock, weekday) = (of(&self.common.new, new.clock), of(&self.common.new, new.weekday));
        self.common.program.clock = clock.or_else(|| of(&self.common.old, old.clock));
        self.common.program.weekday = weekday.or_else(|| of(&self.common.old, old.weekday));
        for place in 0..self.common.program.facts.len() {
            let id = FactId(short(place));
            let told = |side: &Side<'_>, view: &View| {
                let (own, _) = view.facts.get(place)?.as_ref()?;
                Some(side.program.calendar(*own).map(|c| calendar(c, id, view)))
            };
            let (mine, theirs) = (told(&self.old, &self.common.old), told(&self.new, &self.common.new));
            match (mine, theirs) {
                (Some(Some(a)), Some(Some(b))) if a == b && b.is_some() => {
                    self.common.program.calendars.extend(b);
                }
                (None, Some(Some(one))) | (Some(Some(one)), None) if one.is_some() => {
                    self.common.program.calendars.extend(one);
                }
                (None | Some(None), None | Some(None)) => {}
                _ => {
                    let name = self.common.program.names.facts.get(place).map(|f| f.word.name.clone());
                    self.common.notes.push(WordNote::Calendar(name.unwrap_or_default()));
                }
            }
        }
    }

    /// What is presumed of each fact: as the new side has it, if it has the fact.
    fn presumptions(&mut self) {
        for place in 0..self.common.program.facts.len() {
            let of = |side: &Side<'_>, view: &View| {
                let (own, _) = view.facts.get(place)?.as_ref()?;
                let fact = side.program.facts.get(usize::from(own.0))?;
                Some(
                    fact.presumed.iter().filter_map(|p| self.presumption(p, place, view)).collect::<Vec<_>>(),
                )
            };
            let (mine, theirs) = (of(&self.old, &self.common.old), of(&self.new, &self.common.new));
            if mine.is_some() && theirs.is_some() && mine != theirs {
                let name = self.common.program.names.facts.get(place).map(|f| f.word.name.clone());
                self.common.notes.push(WordNote::Presumed(name.unwrap_or_default()));
            }
            if let Some(fact) = self.common.program.facts.get_mut(place) {
                fact.presumed = theirs.or(mine).unwrap_or_default();
            }
        }
    }

    fn presumption(&self, presumed: &Presumption, place: usize, view: &View) -> Option<Presumption> {
        let common = |at: usize, values: &[ValueId]| -> Vec<ValueId> {
            let own = view.facts.get(at).and_then(Option::as_ref).map(|(_, v)| v.as_slice());
            let all = own.unwrap_or_default().iter().enumerate();
            all.filter(|(_, own)| values.contains(own)).map(|(v, _)| ValueId(short(v))).collect()
        };
        let values = common(place, &presumed.values);
        let acts = view.acts.iter().enumerate();
        let not_for = acts
            .filter(|(_, own)| own.is_some_and(|own| presumed.not_for.contains(&own)))
            .map(|(a, _)| ValueId(short(a)))
            .collect();
        let when = presumed.when.iter().map(|(fact, values)| {
            let id = view.common.get(usize::from(fact.0)).copied().flatten()?;
            Some((id, common(usize::from(id.0), values)))
        });
        let when = when.collect::<Option<Vec<_>>>()?;
        (!values.is_empty()).then_some(Presumption { values, not_for, when })
    }

    fn atoms(&mut self) {
        for which in [Which::Old, Which::New] {
            let side = if which == Which::Old { self.old } else { self.new };
            for (place, name) in side.program.names.atoms.iter().enumerate() {
                let Some(atom) = side.program.atoms.get(place) else { continue };
                let defined = self.definition(atom, which);
                let same_kind = |at: usize| {
                    let defined = self.common.atom_of.iter().position(|w| usize::from(*w) == at);
                    let defined = defined.and_then(|d| self.common.program.atoms.get(d));
                    defined.is_some_and(|d| d.approval == atom.approval)
                };
                let found = find(&name.word, self.common.atom_words.iter()).filter(|at| same_kind(*at));
                let (word, known) = match found {
                    Some(word) => (word, true),
                    None => {
                        self.common.atom_words.push(name.word.clone());
                        (self.common.atom_words.len() - 1, false)
                    }
                };
                let mut definitions = self.common.program.atoms.iter().zip(&self.common.atom_of);
                let alike = definitions.position(|(other, at)| usize::from(*at) == word && *other == defined);
                let id = alike.unwrap_or_else(|| {
                    self.common.program.atoms.push(defined);
                    self.common.atom_of.push(short(word));
                    if known && which == Which::New {
                        self.common.notes.push(WordNote::Givers(name.word.name.clone()));
                    }
                    self.common.program.atoms.len() - 1
                });
                if which == Which::New && !known {
                    self.common.notes.push(WordNote::Atom(Which::New, name.word.name.clone()));
                }
                if which == Which::New
                    && known
                    && let Some(word) = self.common.atom_words.get_mut(word)
                {
                    word.clone_from(&name.word);
                }
                let view = if which == Which::Old { &mut self.common.old } else { &mut self.common.new };
                if let Some(slot) = view.atoms.get_mut(place) {
                    *slot = AtomId(short(id));
                }
            }
        }
        let newer = self.new.program.names.atoms.iter().map(|a| &a.word);
        let gone: Vec<WordNote> = self
            .old
            .program
            .names
            .atoms
            .iter()
            .filter(|a| find(&a.word, newer.clone()).is_none())
            .map(|a| WordNote::Atom(Which::Old, a.word.name.clone()))
            .collect();
        self.common.notes.extend(gone);
    }

    /// An approval or undertaking in common words. Givers that only one side knows are left out.
    fn definition(&self, atom: &Atom, which: Which) -> Atom {
        let side = if which == Which::Old { self.old } else { self.new };
        let view = self.common.view(which);
        let subject = view.common.get(usize::from(side.program.subject.0)).copied().flatten();
        let own = subject.and_then(|s| view.facts.get(usize::from(s.0))).and_then(Option::as_ref);
        let values = own.map(|(_, v)| v.as_slice()).unwrap_or_default().iter().enumerate();
        Atom {
            approval: atom.approval,
            givers: values.filter(|(_, v)| atom.givers.contains(v)).map(|(v, _)| ValueId(short(v))).collect(),
            held_roles: atom
                .held_roles
                .iter()
                .filter_map(|f| view.common.get(usize::from(f.0)).copied().flatten())
                .collect(),
            not_by_asker: atom.not_by_asker,
        }
    }

    fn deeds(&mut self) {
        for which in [Which::Old, Which::New] {
            let side = if which == Which::Old { self.old } else { self.new };
            for (place, word) in side.program.names.deeds.iter().enumerate() {
                let found = find(word, self.common.deed_words.iter());
                if found.is_none() && which == Which::New {
                    self.common.notes.push(WordNote::Deed(which, word.name.clone()));
                }
                let id = found.unwrap_or_else(|| {
                    self.common.deed_words.push(word.clone());
                    self.common.deed_words.len() - 1
                });
                let view = if which == Which::Old { &mut self.common.old } else { &mut self.common.new };
                if let Some(slot) = view.deeds.get_mut(place) {
                    *slot = DeedId(short(id));
                }
            }
        }
        let newer = self.new.program.names.deeds.iter();
        let gone = self.old.program.names.deeds.iter().filter(|d| find(d, newer.clone()).is_none());
        let gone: Vec<WordNote> = gone.map(|d| WordNote::Deed(Which::Old, d.name.clone())).collect();
        self.common.notes.extend(gone);
    }

    fn same_silence(&self) -> bool {
        use byelaw_data::Silence;
        let said = |side: &Side<'_>| match side.program.names.silence {
            Silence::Unsaid => (0, None),
            Silence::Forbidden => (1, None),
            Silence::Allowed => (2, None),
            Silence::Ask(whom) => {
                let subject = side.program.names.facts.get(usize::from(side.program.subject.0));
                (3, subject.and_then(|s| s.values.get(usize::from(whom.0))).map(|w| w.name.clone()))
            }
        };
        said(&self.old) == said(&self.new)
    }
}

/// Whether values of these kinds can be the same values.
fn kinds(old: &FactKind, new: &FactKind) -> bool {
    match (old, new) {
        (FactKind::SomeOf(_), FactKind::SomeOf(_)) => true,
        _ => old == new,
    }
}

/// The members of a fact that is several things at once, with their labels.
fn members(program: &Program, parent: FactId) -> Option<(&[FactId], &[Word])> {
    let name = program.names.facts.get(usize::from(parent.0))?;
    match &name.kind {
        FactKind::SomeOf(members) => Some((members, &name.values)),
        _ => None,
    }
}

/// A calendar in common words; `None` if it tells a value that is not common.
fn calendar(own: &Calendar, fact: FactId, view: &View) -> Option<Calendar> {
    let (_, values) = view.facts.get(usize::from(fact.0))?.as_ref()?;
    let value = |v: ValueId| values.iter().position(|own| *own == v).map(|place| ValueId(short(place)));
    let stretch = |s: &Stretch| {
        let days = match s.days {
            Days::Closed(v) => Days::Closed(value(v)?),
            other => other,
        };
        Some(Stretch { days, ..*s })
    };
    let timetable = |t: &Timetable| {
        let begins = t.begins.iter().map(|(at, v)| Some((*at, value(*v)?)));
        Some(Timetable { begins: begins.collect::<Option<Vec<_>>>()? })
    };
    let beyond = match own.beyond {
        Some(v) => Some(value(v)?),
        None => None,
    };
    Some(Calendar {
        fact,
        from: own.from,
        until: own.until,
        stretches: own.stretches.iter().map(stretch).collect::<Option<Vec<_>>>()?,
        closed: value(own.closed)?,
        beyond,
        week: own.week,
        timetables: own.timetables.iter().map(timetable).collect::<Option<Vec<_>>>()?,
    })
}

/// The value that a side gives a fact of its own without being asked: what is filled, and what its date settles.
pub(super) fn settled(side: &Side<'_>, id: FactId) -> Option<ValueId> {
    let fact = side.program.facts.get(usize::from(id.0))?;
    if id == AS_OF {
        return fact.domain.cell(side.on.unwrap_or(Date::LAST).days());
    }
    if id == ON {
        return fact.domain.cell(side.on?.days());
    }
    if let Some(taken) = fact.taken_as {
        return Some(taken);
    }
    let (from, until) = fact.period?;
    let day = side.on?.days();
    match until {
        _ if day < from => Some(byelaw_data::NO),
        Some(until) if day >= until => Some(byelaw_data::NO),
        Some(_) => Some(byelaw_data::YES),
        // Its end is not known: it may be over.
        None => None,
    }
}
