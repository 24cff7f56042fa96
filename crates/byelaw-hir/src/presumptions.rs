//! Presumptions: what is taken to be so unless somebody says otherwise, for which acts, and where (semantics 2.6a).

use crate::hir::{Condition, Kind};
use crate::names::Scope;
use byelaw_data::{FactId, Presumption, ValueId};
use byelaw_diagnostic::Diagnostic;
use byelaw_syntax::ast;
use std::collections::BTreeSet;

impl Scope {
    /// One presumption of the fact `id`. `None` after an error that was reported.
    pub fn presumption(&mut self, id: FactId, presumed: &ast::Presumed) -> Option<Presumption> {
        let values = self.plain_values(id, std::slice::from_ref(&presumed.value));
        let mut not_for: BTreeSet<ValueId> = BTreeSet::new();
        if let Some(act) = self.model.act {
            not_for.extend(self.plain_values(act, &presumed.except));
        }
        let mut when = Vec::new();
        if let Some(condition) = &presumed.when {
            let resolved = self.condition(condition);
            if self.stated_values(&resolved, &mut when).is_none() || when.iter().any(|(fact, _)| *fact == id)
            {
                let name = self.model.fact(id).word.name.clone();
                self.report(
                    Diagnostic::error(
                        "B0128",
                        presumed.value.span,
                        format!("what is presumed of `{name}` hangs on something that a question cannot simply state"),
                    )
                    .label("presumed where?")
                    .note("a presumption may hang on other facts with a list of values, joined by `and`")
                    .help("write `presumed VALUE when OTHER-FACT is VALUE`, and one presumption for each case"),
                );
                return None;
            }
        }
        Some(Presumption { values, not_for: not_for.into_iter().collect(), when })
    }

    /// Reads a condition as statements about single facts that must all hold. `None` if it says anything else.
    fn stated_values(&self, condition: &Condition, found: &mut Vec<(FactId, Vec<ValueId>)>) -> Option<()> {
        match condition {
            Condition::In(fact, values) => found.push((*fact, values.clone())),
            Condition::Not(inner) => {
                let Condition::In(fact, values) = &**inner else { return None };
                let width = match self.model.fact(*fact).kind {
                    Kind::YesNo | Kind::OneOf(_) | Kind::Acts => self.model.width(*fact),
                    _ => return None,
                };
                let all = (0..width).map(crate::names::to_value);
                found.push((*fact, all.filter(|v| !values.contains(v)).collect()));
            }
            Condition::All(parts) => {
                for part in parts {
                    self.stated_values(part, found)?;
                }
            }
            _ => return None,
        }
        Some(())
    }
}
