//! Discretion: what somebody decides for themselves becomes a fact and three norms (decision 0010, semantics 2.1).

use crate::hir::{Condition, Fact, Kind, NormKind, Price, Side, Word};
use crate::names::Scope;
use byelaw_data::{FactId, Says, ValueId};
use byelaw_diagnostic::Diagnostic;
use byelaw_syntax::ast::{self, Modal};

/// The places of the three values of a decision.
const ALLOWED: ValueId = ValueId(0);
const REFUSED: ValueId = ValueId(1);
const UNDECIDED: ValueId = ValueId(2);

/// The name of the fact that says what was decided about a rule.
fn fact_name(rule: &str) -> String {
    format!("{rule}-decision")
}

impl Scope {
    /// First round: the fact that says what was decided. Unless a question states it, it is undecided.
    pub fn declare_discretion(&mut self, rule: &ast::Name, by: &ast::Name) {
        let words = [
            ("allowed", "it was allowed"),
            ("refused", "it was refused"),
            ("undecided", "nothing was decided yet"),
        ];
        let values = words.map(|(name, label)| Word { label: Some(label.to_owned()), ..Word::named(name) });
        let word = Word {
            label: Some(format!("what was decided about {}", rule.text.replace('-', " "))),
            meaning: Some("left to somebody's discretion".to_owned()),
            span: Some(rule.span),
            ..Word::named(fact_name(&rule.text))
        };
        let fact = Fact {
            left_to: Some(by.text.clone()),
            taken_as: Some((vec![UNDECIDED], "nobody said what was decided".to_owned())),
            ..Fact::new(word, Side::Circumstances, Kind::OneOf(values.to_vec()))
        };
        self.add_fact(&ast::Name { text: fact_name(&rule.text), span: rule.span }, fact);
    }

    /// Second round: a permission where it was allowed, a bar where it was refused, and while nothing was decided a
    /// condition with the approval of whoever decides. Gives the places of the norms.
    pub fn discretion(
        &mut self,
        rule: (byelaw_data::RuleId, usize),
        norm: &ast::Norm,
        by: &ast::Name,
        guard: Condition,
        provided: Price,
    ) -> Vec<usize> {
        let (id, instrument) = rule;
        let name = self.model.names.get(id.place()).map(|r| fact_name(&r.name)).unwrap_or_default();
        let Some(decision) = self.facts.get(&name).copied() else { return Vec::new() };
        if norm.modal != Modal::May {
            self.report(
                Diagnostic::error("B0126", norm.modal_span, "discretion belongs to a sentence with `may`")
                    .label("left to somebody's discretion")
                    .help(format!("write `may ... at the discretion of {}`", by.text)),
            );
            return Vec::new();
        }
        let Some(atom) = self.atom(by, true) else { return Vec::new() };
        let mut asked = provided.clone();
        for package in &mut asked.0 {
            package.insert(atom);
        }
        let decided = |value: ValueId| with(&guard, decision, value);
        let places = [
            (NormKind::May, decided(ALLOWED), Says::May, provided),
            (NormKind::MustNot, decided(REFUSED), Says::MustNot, Price::never()),
            (NormKind::Only, decided(UNDECIDED), Says::MayOnly, asked),
        ]
        .map(|(kind, guard, says, price)| self.push(id, instrument, kind, says, guard, price, false));
        if let Some(norm) = self.model.norms.get_mut(places[2]) {
            norm.undecided = true;
        }
        places.to_vec()
    }

    /// Makes every specific permission of another rule an exception to what holds while a discretion is undecided,
    /// unless exceptions that were written already order the two the other way round.
    pub fn yield_to_permissions(&mut self) {
        let undecided: Vec<usize> =
            (0..self.model.norms.len()).filter(|n| self.model.norms[*n].undecided).collect();
        for weaker in undecided {
            let below = self.below(weaker);
            for stronger in 0..self.model.norms.len() {
                let (a, b) = (&self.model.norms[stronger], &self.model.norms[weaker]);
                if a.kind == NormKind::May && a.rule != b.rule && !below.contains(&stronger) {
                    self.model.precedence.insert((stronger, weaker));
                }
            }
        }
    }

    /// All norms that a norm prevails over, directly or through others.
    fn below(&self, norm: usize) -> std::collections::BTreeSet<usize> {
        let mut found = std::collections::BTreeSet::new();
        let mut waiting = vec![norm];
        while let Some(at) = waiting.pop() {
            for (_, weaker) in self.model.precedence.range((at, 0)..(at + 1, 0)) {
                if found.insert(*weaker) {
                    waiting.push(*weaker);
                }
            }
        }
        found
    }
}

fn with(guard: &Condition, decision: FactId, value: ValueId) -> Condition {
    Condition::All(vec![guard.clone(), Condition::In(decision, vec![value])])
}
