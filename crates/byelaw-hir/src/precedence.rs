//! Which norm prevails over which: `despite`, `settle`, and addenda that prevail over everything.
//!
//! The relation is declared, never inferred from order or speciality, and must be free of circles (semantics 2.4).

use crate::hir::{Exception, NormKind, Settlement};
use crate::names::Scope;
use byelaw_data::RuleId;
use byelaw_diagnostic::{Diagnostic, Span};
use byelaw_syntax::ast;
use std::collections::BTreeMap;
use std::ops::Range;

/// An exception as written, waiting until every rule has its norms.
pub(crate) struct Prevails {
    norm: usize,
    over: RuleId,
    /// The instrument that says so.
    by: usize,
    span: Span,
}

/// Whether a norm of kind `a` can take back what one of kind `b` says.
fn opposed(a: NormKind, b: NormKind) -> bool {
    use NormKind::{Advice, Disapply, Duty, May, MayInGeneral, MustNot, Only, Standing};
    match a {
        May | MayInGeneral => matches!(b, MustNot | Only),
        MustNot => matches!(b, May | MayInGeneral | Only),
        Only => matches!(b, May | MayInGeneral | MustNot | Only),
        Disapply => matches!(b, MustNot | Only | Duty | Standing),
        Duty | Standing | Advice => false,
    }
}

impl Scope {
    /// Notes that the norm at `norm` is an exception to the rule `over`.
    pub fn prevail(&mut self, norm: usize, over: RuleId, span: Span) {
        let by = self.model.norms.get(norm).map_or(0, |n| n.instrument);
        self.exceptions.push(Prevails { norm, over, by, span });
    }

    /// A settlement, said by the instrument `by`.
    pub fn settle(&mut self, settle: &ast::Settle, by: Option<usize>) {
        let (Some(first), Some(second), Some(prevails)) =
            (self.rule(&settle.first), self.rule(&settle.second), self.rule(&settle.prevails))
        else {
            return;
        };
        if first == second {
            self.report(
                Diagnostic::error(
                    "B0117",
                    settle.second.span,
                    format!("`{}` is settled against itself", settle.second.text),
                )
                .label("the same rule twice")
                .help("name the two rules that contradict each other"),
            );
            return;
        }
        if prevails != first && prevails != second {
            self.report(
                Diagnostic::error(
                    "B0117",
                    settle.prevails.span,
                    format!("`{}` is not one of the two rules being settled", settle.prevails.text),
                )
                .label("neither of the two")
                .help(format!("write `{}` or `{}`", settle.first.text, settle.second.text)),
            );
            return;
        }
        let yields = if prevails == first { second } else { first };
        for norm in self.norms_of(prevails) {
            self.prevail(norm, yields, settle.prevails.span);
            if let (Some(by), Some(exception)) = (by, self.exceptions.last_mut()) {
                exception.by = by;
            }
        }
        self.model.settlements.push(Settlement {
            prevails,
            yields,
            because: settle.because.text.clone(),
            span: settle.first.span,
        });
    }

    /// Turns exceptions into edges between norms and refuses circles.
    pub fn order(&mut self) {
        let exceptions = std::mem::take(&mut self.exceptions);
        // A rule that makes two norms (inside and outside) is an exception if one of them can be.
        let mut useless: Vec<(RuleId, RuleId, Span)> = Vec::new();
        for exception in &exceptions {
            let stronger = self.model.norms[exception.norm].clone();
            let mut any = false;
            for place in self.norms_of(exception.over) {
                let weaker = &self.model.norms[place];
                if !opposed(stronger.kind, weaker.kind) {
                    continue;
                }
                any = true;
                if self.model.below(exception.by, weaker.instrument)
                    && !self.model.delegations.iter().any(|d| d.rules.contains(&exception.over))
                {
                    let (norm, by, over, span) =
                        (exception.norm, exception.by, exception.over, exception.span);
                    self.not_delegated(norm, by, over, span);
                    break;
                }
                let delegated = self.model.below(stronger.instrument, weaker.instrument);
                if weaker.never && !delegated && !self.outranks(stronger.instrument, weaker.instrument) {
                    let over = &self.model.names[exception.over.place()];
                    let message = format!(
                        "`{}` says `must never`, so nothing of its own rank can be an exception to it",
                        over.name
                    );
                    let diagnostic = Diagnostic::error("B0110", exception.span, message)
                        .label("an exception to what has none")
                        .related(over.span, "this rule says `must never`")
                        .help("write `must not` there if it has exceptions, or make this exception in an addendum");
                    self.report(diagnostic);
                    continue;
                }
                self.model.precedence.insert((exception.norm, place));
            }
            let pair = (stronger.rule, exception.over, exception.span);
            if any {
                useless.retain(|(a, b, _)| (*a, *b) != (pair.0, pair.1));
                if self.useful.insert((pair.0, pair.1)) {
                    let (stronger, weaker, span) = pair;
                    self.model.exceptions.push(Exception { stronger, weaker, span });
                }
            } else if !self.useful.contains(&(pair.0, pair.1)) {
                useless.push(pair);
            }
        }
        useless.dedup_by_key(|(a, b, _)| (*a, *b));
        if self.messages.any_error() || !self.broken.is_empty() {
            // What could not be read may be what they are exceptions to.
            useless.clear();
        }
        for (_, over, span) in useless {
            let Some(over) = self.model.names.get(over.place()) else { continue };
            let message = format!(
                "this is no exception to `{}`: the two rules do not contradict each other",
                over.name
            );
            let diagnostic = Diagnostic::warning("B0120", span, message)
                .label("sets nothing aside")
                .related(over.span, over.sentence.clone())
                .help("take it away, or name the rule that forbids what this one permits");
            self.report(diagnostic);
        }
        self.yield_to_permissions();
        for a in 0..self.model.norms.len() {
            let stronger = &self.model.norms[a];
            if !self.model.instruments.get(stronger.instrument).is_some_and(|i| i.prevails_over_all) {
                continue;
            }
            for b in 0..self.model.norms.len() {
                let (stronger, weaker) = (&self.model.norms[a], &self.model.norms[b]);
                if opposed(stronger.kind, weaker.kind)
                    && self.outranks(stronger.instrument, weaker.instrument)
                {
                    self.model.precedence.insert((a, b));
                }
            }
        }
        self.refuse_circles();
    }

    /// Whether instrument `a` amends `b`, directly or through others.
    fn outranks(&self, a: usize, b: usize) -> bool {
        let mut at = a;
        for _ in 0..self.model.instruments.len() {
            match self.model.instruments.get(at).and_then(|i| i.amends) {
                Some(next) if next == b => return true,
                Some(next) => at = next,
                None => return false,
            }
        }
        false
    }

    /// The places of a rule's norms. Rules are resolved in the order of their numbers, so that they stand together.
    fn norms_of(&self, rule: RuleId) -> Range<usize> {
        let norms = &self.model.norms;
        norms.partition_point(|n| n.rule < rule)..norms.partition_point(|n| n.rule <= rule)
    }

    /// Takes norms away that nothing left prevails over, until none is left or only circles and what hangs on them
    /// (Kahn 1962).
    fn refuse_circles(&mut self) {
        let edges = &self.model.precedence;
        let mut stronger: Vec<Vec<usize>> = vec![Vec::new(); self.model.norms.len()];
        for (a, b) in edges {
            stronger[*b].push(*a);
        }
        let mut left: Vec<usize> = stronger.iter().map(Vec::len).collect();
        let mut free: Vec<usize> = (0..left.len()).filter(|n| left[*n] == 0).collect();
        while let Some(at) = free.pop() {
            for (_, weaker) in edges.range((at, 0)..(at + 1, 0)) {
                left[*weaker] -= 1;
                if left[*weaker] == 0 {
                    free.push(*weaker);
                }
            }
        }
        let Some(start) = (0..left.len()).find(|n| left[*n] > 0) else { return };
        // Every norm left has a stronger one left, so that walking upwards must meet itself.
        let mut path = vec![start];
        let mut seen: BTreeMap<usize, usize> = BTreeMap::from([(start, 0)]);
        let circle = loop {
            let at = path[path.len() - 1];
            let Some(next) = stronger[at].iter().copied().find(|n| left[*n] > 0) else { return };
            if let Some(place) = seen.insert(next, path.len()) {
                break path.split_off(place);
            }
            path.push(next);
        };
        let mut names: Vec<String> = Vec::new();
        for place in circle.iter().rev() {
            let rule = self.model.norms[*place].rule;
            let name = self.model.names[rule.place()].name.clone();
            if names.last() != Some(&name) {
                names.push(name);
            }
        }
        let rule = self.model.norms[circle[0]].rule;
        let first = names.first().cloned().unwrap_or_default();
        let shown = names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(" over ");
        let mut diagnostic = Diagnostic::error(
            "B0109",
            self.model.names[rule.place()].span,
            format!("these rules prevail over each other in a circle: {shown} over `{first}`"),
        )
        .label("part of the circle")
        .note("an exception to an exception is fine; a circle has no strongest rule")
        .help("take one `despite` (or `settle`) of the circle away");
        for place in circle.iter().skip(1) {
            let rule = self.model.norms[*place].rule;
            diagnostic = diagnostic.related(self.model.names[rule.place()].span, "also part of it");
        }
        self.report(diagnostic);
    }
}
