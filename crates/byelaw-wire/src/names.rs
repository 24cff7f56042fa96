//! From names to numbers and back: what a word of a question means in a program. A name that something used to have counts
//! where nothing is called so now.

use byelaw_data::{AtomId, DeedId, FactId, Listed as _, RuleId, ValueId};
use byelaw_ir::{FactKind, FactName, Program, Word};

/// A fact by name. Members of several-at-once facts have no name of their own.
pub fn fact(program: &Program, name: &str) -> Option<FactId> {
    let by = |is: &dyn Fn(&Word) -> bool| facts(program).find(|(_, f)| is(&f.word)).map(|(id, _)| id);
    by(&|word| word.name == name).or_else(|| by(&|word| word.formerly.iter().any(|old| old == name)))
}

/// The facts that a question can name, the built-in dates apart.
pub fn facts(program: &Program) -> impl Iterator<Item = (FactId, &FactName)> {
    program.names.facts.iter().enumerate().filter_map(|(i, f)| {
        let id = FactId(u16::try_from(i).ok()?);
        let hidden = program.facts.get(i).is_none_or(|f| f.member_of.is_some());
        (!hidden && id != byelaw_ir::ON && id != byelaw_ir::AS_OF).then_some((id, f))
    })
}

/// The name of a fact; empty if there is no such fact.
pub fn fact_name(program: &Program, id: FactId) -> &str {
    program.names.facts.get(usize::from(id.0)).map_or("", |f| f.word.name.as_str())
}

/// The values of a fact, in order; empty for numbers and dates.
pub fn values(program: &Program, id: FactId) -> Vec<&Word> {
    match program.names.facts.get(usize::from(id.0)) {
        Some(f) if f.kind == FactKind::Acts => program.names.acts.iter().map(|a| &a.word).list(),
        Some(f) => f.values.iter().list(),
        None => Vec::new(),
    }
}

/// The value of a fact with a name. The value of a question about no act has none.
pub fn value(program: &Program, id: FactId, name: &str) -> Option<ValueId> {
    let place = position(values(program, id).into_iter(), name)?;
    let value = ValueId(u16::try_from(place).ok()?);
    let unsayable = id == program.act && program.no_act == Some(value);
    (!unsayable).then_some(value)
}

pub(crate) fn value_name(program: &Program, id: FactId, value: ValueId) -> &str {
    values(program, id).get(usize::from(value.0)).map_or("", |w| w.name.as_str())
}

/// An approval, or else an undertaking, by name.
pub fn atom(program: &Program, name: &str, approval: bool) -> Option<AtomId> {
    let place = position(program.names.atoms.iter().map(|a| &a.word), name)?;
    let right = program.atoms.get(place).is_some_and(|a| a.approval == approval);
    if right { u16::try_from(place).ok().map(AtomId) } else { None }
}

/// The words of an approval or undertaking.
pub fn atom_word(program: &Program, id: AtomId) -> Option<&Word> {
    program.names.atoms.get(usize::from(id.0)).map(|a| &a.word)
}

pub(crate) fn is_approval(program: &Program, id: AtomId) -> bool {
    program.atoms.get(usize::from(id.0)).is_some_and(|a| a.approval)
}

/// A deed by name.
pub fn deed(program: &Program, name: &str) -> Option<DeedId> {
    let place = position(program.names.deeds.iter(), name)?;
    u16::try_from(place).ok().map(DeedId)
}

/// The words of a deed.
pub fn deed_word(program: &Program, id: DeedId) -> Option<&Word> {
    program.names.deeds.get(usize::from(id.0))
}

/// The name of a rule; empty if there is no such rule.
pub fn rule_name(program: &Program, id: RuleId) -> &str {
    program.names.rules.get(id.place()).map_or("", |r| r.name.as_str())
}

/// A label, or the name with its hyphens as spaces.
pub fn shown(word: &Word) -> String {
    if word.label.is_empty() { word.name.replace('-', " ") } else { word.label.clone() }
}

/// The place of the word with a name, or that used to have it.
fn position<'a>(words: impl Iterator<Item = &'a Word> + Clone, name: &str) -> Option<usize> {
    let now = words.clone().position(|w| w.name == name);
    now.or_else(|| words.clone().position(|w| w.formerly.iter().any(|old| old == name)))
}

/// The label that a member of a several-at-once fact stands for.
pub(crate) fn member_label(program: &Program, parent: FactId, member: FactId) -> &str {
    let Some(fact) = program.names.facts.get(usize::from(parent.0)) else { return "" };
    let FactKind::SomeOf(members) = &fact.kind else { return "" };
    let place = members.iter().position(|m| *m == member);
    place.and_then(|p| fact.values.get(p)).map_or("", |w| w.name.as_str())
}

/// The member facts of the held role with a name: what somebody holds beside what they are.
pub(crate) fn held(program: &Program, name: &str) -> Option<FactId> {
    program.names.facts.iter().filter(|f| f.held).find_map(|f| {
        let FactKind::SomeOf(members) = &f.kind else { return None };
        position(f.values.iter(), name).and_then(|place| members.get(place).copied())
    })
}

/// The names of all held roles.
pub(crate) fn held_names(program: &Program) -> impl Iterator<Item = &str> {
    program.names.facts.iter().filter(|f| f.held).flat_map(|f| f.values.iter().map(|w| w.name.as_str()))
}

/// A value in words, also of a yes-or-no fact.
pub(crate) fn value_word(program: &Program, id: FactId, value: ValueId) -> String {
    match program.names.facts.get(usize::from(id.0)).map(|f| &f.kind) {
        Some(FactKind::YesNo) => if value == byelaw_data::YES { "yes" } else { "no" }.to_owned(),
        _ => value_name(program, id, value).to_owned(),
    }
}
