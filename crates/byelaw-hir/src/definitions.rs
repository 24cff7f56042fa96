//! Definitions, each after those that it uses, wherever they are written.
//!
//! Not here: what a condition means (`conditions`).

use crate::conditions::parts;
use crate::hir::{Condition, Word};
use crate::names::{Definition, Scope};
use byelaw_diagnostic::Diagnostic;
use byelaw_syntax::ast;
use std::collections::{BTreeMap, BTreeSet};

impl Scope {
    /// Declares all definitions of a pack. If some use each other in a circle, one circle is reported, and all that hang
    /// on circles hold always.
    pub(crate) fn declare_definitions(&mut self, defines: &[&ast::Define]) {
        let mut named: BTreeMap<&str, usize> = BTreeMap::new();
        for (place, define) in defines.iter().enumerate() {
            let name = &define.name;
            let fact = self.facts.get(&name.text).map(|id| self.model.fact(*id).word.span);
            let first = named.get(name.text.as_str()).map(|first| Some(defines[*first].name.span)).or(fact);
            match first {
                Some(first) => self.twice("definition", name, first),
                None => drop(named.insert(&name.text, place)),
            }
        }
        let uses: Vec<BTreeSet<usize>> = defines
            .iter()
            .map(|define| {
                let mut used = BTreeSet::new();
                names_in(&define.condition, &mut |name| used.extend(named.get(name.text.as_str())));
                used
            })
            .collect();
        let mut used_by: Vec<Vec<usize>> = vec![Vec::new(); defines.len()];
        for (place, used) in uses.iter().enumerate() {
            used.iter().for_each(|one| used_by[*one].push(place));
        }
        let mut missing: Vec<usize> = uses.iter().map(BTreeSet::len).collect();
        let mut ready: BTreeSet<usize> = (0..defines.len()).filter(|place| missing[*place] == 0).collect();
        let mut left: BTreeSet<usize> = (0..defines.len()).collect();
        while let Some(place) = ready.pop_first() {
            left.remove(&place);
            let condition = self.condition(&defines[place].condition);
            self.define(defines[place], condition);
            for user in &used_by[place] {
                missing[*user] -= 1;
                if missing[*user] == 0 {
                    ready.insert(*user);
                }
            }
        }
        self.model.definitions = named.values().filter_map(|place| shown(defines[*place])).collect();
        // Each of what is left uses something that is left too, so that from any of it a way of uses runs into a circle.
        // One is told: others may hang on it.
        let Some(start) = left.first() else { return };
        let circle: Vec<&ast::Define> =
            circle(*start, &uses, &left).into_iter().map(|place| defines[place]).collect();
        self.refuse_circle_of(&circle);
        left.iter().for_each(|place| self.define(defines[*place], Condition::Always));
        // What else is wrong with them is told all the same.
        left.iter().for_each(|place| drop(self.condition(&defines[*place].condition)));
    }

    fn define(&mut self, define: &ast::Define, condition: Condition) {
        let parts = parts(&condition);
        let definition = Definition { condition, parts, span: define.name.span };
        self.definitions.entry(define.name.text.clone()).or_insert(definition);
    }

    fn refuse_circle_of(&mut self, circle: &[&ast::Define]) {
        let [first, others @ ..] = circle else { return };
        let name = &first.name.text;
        let message = match others {
            [] => format!("the definition `{name}` uses itself"),
            _ => {
                let through: Vec<String> = others.iter().map(|d| format!("`{}`", d.name.text)).collect();
                format!("the definition `{name}` uses itself, through {}", through.join(" and "))
            }
        };
        let mut diagnostic = Diagnostic::error("B0133", first.name.span, message)
            .label("what it means would hang on what it means")
            .help("write what it means with facts and other definitions");
        for other in others {
            diagnostic = diagnostic.related(other.name.span, "part of the circle");
        }
        self.report(diagnostic);
    }
}

/// A definition as people read it, if it says how.
fn shown(define: &ast::Define) -> Option<Word> {
    let label = define.label.as_ref()?.text.clone();
    Some(Word { label: Some(label), span: Some(define.name.span), ..Word::named(define.name.text.clone()) })
}

/// The circle that one runs into from `start` along uses, among those left; each of them uses the next.
fn circle(start: usize, uses: &[BTreeSet<usize>], left: &BTreeSet<usize>) -> Vec<usize> {
    let mut way = vec![start];
    let mut places = BTreeMap::from([(start, 0)]);
    loop {
        let last = way[way.len() - 1];
        let Some(next) = uses[last].iter().find(|one| left.contains(one)) else { return way };
        if let Some(begin) = places.get(next) {
            return way.split_off(*begin);
        }
        places.insert(*next, way.len());
        way.push(*next);
    }
}

/// The names that stand alone in a condition: facts of yes or no, and definitions.
fn names_in(condition: &ast::Condition, found: &mut impl FnMut(&ast::Name)) {
    match condition {
        ast::Condition::Holds(name) => found(name),
        ast::Condition::Not(inner, _) => names_in(inner, found),
        ast::Condition::And(parts) | ast::Condition::Or(parts) => {
            parts.iter().for_each(|part| names_in(part, found));
        }
        ast::Condition::Is { .. }
        | ast::Condition::Number { .. }
        | ast::Condition::From { .. }
        | ast::Condition::Before { .. }
        | ast::Condition::Time { .. } => {}
    }
}
