//! The words of both policies for what differs.

use super::{DiffCondition, DiffRenamed, DiffRule, DiffSide, outcome};
use crate::testing::joined;
use byelaw_data::{Date, FactId, Minute, NO, Outcome, RuleId, ValueId, Weekday, YES};
use byelaw_ir::{ActName, Domain, FactKind, FactName, Program, Word};
use byelaw_symbolic::diff::{
    Answer, Beside, Change, Common, Difference, DutyWords, Example, Shift, Side, What, Which,
};
use std::collections::BTreeSet;

/// How many values of a fact are listed one by one.
const LISTED: usize = 6;

pub(super) struct Words<'a> {
    pub old: &'a Side<'a>,
    pub new: &'a Side<'a>,
    pub common: &'a Common,
}

pub(super) fn shown(word: &Word) -> String {
    if word.label.is_empty() { word.name.replace('-', " ") } else { word.label.clone() }
}

impl Words<'_> {
    pub fn side(&self, side: &Side<'_>) -> DiffSide {
        let names = &side.program.names;
        DiffSide {
            pack: names.pack.clone(),
            title: names.title.clone(),
            edition: names.edition.clone(),
            digest: names.digest.clone(),
            on: side.on.map(|d| d.to_string()),
        }
    }

    fn act(&self, id: ValueId) -> Option<&ActName> {
        self.common.program.names.acts.get(usize::from(id.0))
    }

    pub fn act_name(&self, id: ValueId) -> String {
        if self.common.program.no_act == Some(id) {
            return "whatever is done".to_owned();
        }
        self.act(id).map(|a| a.word.name.clone()).unwrap_or_default()
    }

    /// An act as it is shown.
    pub fn act_text(&self, id: ValueId) -> String {
        if self.common.program.no_act == Some(id) {
            return "whatever one does".to_owned();
        }
        self.act(id).map(|a| shown(&a.word)).unwrap_or_default()
    }

    /// What is before and after beside the answer.
    pub fn beside(&self, beside: &Beside) -> (String, String) {
        let alone = |gained: bool, told: String, what: &str| {
            let none = format!("no such {what}");
            if gained { (none, told) } else { (told, none) }
        };
        match beside {
            Beside::Duty { gained, duty } => alone(*gained, self.duty(duty), "duty"),
            Beside::OtherDuty { before, after } => (self.duty(before), self.duty(after)),
            Beside::Advice { gained, advice } => alone(*gained, advice.clone(), "advice"),
        }
    }

    /// The sentence of the rule with the same name on the other side, if it is another one.
    pub fn other_sentence(&self, rule: RuleId, new: bool) -> Option<String> {
        let (here, there) = if new { (self.new, self.old) } else { (self.old, self.new) };
        let here = here.program.names.rules.get(rule.place())?;
        let there = there.program.names.rules.iter().find(|r| r.name == here.name)?;
        (there.sentence != here.sentence).then(|| there.sentence.clone())
    }

    /// What the rule with the same name on the other side cites, if it cites other clauses.
    pub fn other_cites(&self, rule: RuleId, new: bool) -> Option<Vec<String>> {
        let (here, there) = if new { (self.new, self.old) } else { (self.old, self.new) };
        let name = &here.program.names.rules.get(rule.place())?.name;
        let other = there.program.names.rules.iter().position(|r| r.name == *name)?;
        let other = cites(there.program, RuleId::at(other)?);
        (other != cites(here.program, rule)).then_some(other)
    }

    /// Whether a change is only there while a named period lasts that just one side knows.
    pub fn only_in_period(&self, change: &super::DiffChange) -> bool {
        let mut places = change.shifts.iter().flat_map(|s| &s.places);
        places.all(|p| p.conditions.iter().any(|c| self.is_period(&c.fact)))
    }

    fn is_period(&self, name: &str) -> bool {
        let facts = self.common.program.facts.iter().zip(&self.common.program.names.facts);
        facts.into_iter().any(|(fact, named)| fact.period.is_some() && named.word.name == name)
    }

    fn fact(&self, id: FactId) -> Option<&FactName> {
        self.common.program.names.facts.get(usize::from(id.0))
    }

    fn atom(&self, id: u16) -> String {
        self.common.atom_words.get(usize::from(id)).map(shown).unwrap_or_default()
    }

    /// Whether what an answer takes is an approval, and no undertaking.
    fn is_approval(&self, id: u16) -> bool {
        let defined = self.common.atom_of.iter().position(|word| *word == id);
        defined.and_then(|d| self.common.program.atoms.get(d)).is_some_and(|d| d.approval)
    }

    /// An answer in words.
    pub fn answer(&self, answer: &Answer) -> String {
        let ways: Vec<String> = answer
            .ways
            .iter()
            .filter(|way| !way.is_empty())
            .map(|way| joined(&way.iter().map(|a| self.atom(*a)).collect::<Vec<_>>(), "and"))
            .collect();
        let ways = joined(&ways, "or");
        match answer.outcome {
            Outcome::Permitted if !ways.is_empty() => format!("yes, if they {ways}"),
            Outcome::NeedsApproval => format!("only with {ways}"),
            other => outcome(other).to_owned(),
        }
    }

    pub fn duty(&self, duty: &DutyWords) -> String {
        let deeds: Vec<String> = duty
            .one_of
            .iter()
            .filter_map(|d| self.common.deed_words.get(usize::from(d.0)))
            .map(shown)
            .collect();
        let due = if duty.due.is_empty() { String::new() } else { format!(", {}", duty.due) };
        let otherwise = if duty.otherwise.is_empty() {
            String::new()
        } else {
            format!(" (otherwise: {})", duty.otherwise)
        };
        format!("{}{due}{otherwise}", joined(&deeds, "or"))
    }

    /// What is before and after, in words. `cases` are the exact answers.
    pub fn shift(&self, shift: &Shift, cases: &BTreeSet<&What>) -> (String, String) {
        match shift {
            Shift::Outcome { before, after, .. } => {
                let answers = |new: bool| {
                    let of = |what: &&What| match what {
                        What::Answer { before, after } => {
                            Some(if new { after.clone() } else { before.clone() })
                        }
                        _ => None,
                    };
                    cases.iter().filter_map(of).collect::<BTreeSet<Answer>>()
                };
                (self.answers(*before, &answers(false)), self.answers(*after, &answers(true)))
            }
            Shift::Takes { gone, come, .. } => {
                let all = |atoms: &BTreeSet<u16>| {
                    joined(&atoms.iter().map(|a| self.atom(*a)).collect::<Vec<_>>(), "and")
                };
                if let [What::Answer { before, after }] = cases.iter().copied().collect::<Vec<_>>().as_slice()
                {
                    return (self.answer(before), self.answer(after));
                }
                let approval = |atoms: &BTreeSet<u16>| atoms.iter().any(|a| self.is_approval(*a));
                let takes = |atoms: &BTreeSet<u16>, other: &BTreeSet<u16>| match (
                    atoms.is_empty(),
                    approval(atoms),
                ) {
                    (false, true) => format!("takes {}", all(atoms)),
                    (false, false) => format!("yes, if they {}", all(atoms)),
                    (true, _) if !other.is_empty() && !approval(other) => "yes without that".to_owned(),
                    (true, _) => "does not take that".to_owned(),
                };
                if gone.is_empty() && come.is_empty() {
                    return ("yes, in another way".to_owned(), "yes, in another way".to_owned());
                }
                let (before, after) = (takes(gone, come), takes(come, gone));
                if gone.is_empty() && !approval(come) {
                    return ("yes".to_owned(), format!("only if they also {}", all(come)));
                }
                if come.is_empty() && !approval(gone) {
                    return (format!("yes, if they {}", all(gone)), "no longer asked for".to_owned());
                }
                (before, after)
            }
            Shift::Beside(beside) => self.beside(beside),
        }
    }

    /// Several answers with one outcome.
    fn answers(&self, outcome_of_all: Outcome, answers: &BTreeSet<Answer>) -> String {
        let all: Vec<&Answer> = answers.iter().collect();
        match all.as_slice() {
            [one] => self.answer(one),
            _ => match outcome_of_all {
                Outcome::Permitted => {
                    let free = answers.iter().any(|a| a.ways.iter().any(BTreeSet::is_empty));
                    if free {
                        "yes, in some cases with a safeguard".to_owned()
                    } else {
                        "yes, with a safeguard".to_owned()
                    }
                }
                Outcome::NeedsApproval => {
                    let atoms: BTreeSet<u16> =
                        answers.iter().flat_map(|a| a.ways.iter().flatten().copied()).collect();
                    let approvals: Vec<String> =
                        atoms.iter().filter(|a| self.is_approval(**a)).map(|a| self.atom(*a)).collect();
                    match approvals.len() {
                        1 | 2 => format!("only with {}", joined(&approvals, "or")),
                        _ => "only with approval".to_owned(),
                    }
                }
                other => outcome(other).to_owned(),
            },
        }
    }

    pub fn rule(&self, found: &Difference, rule: RuleId, new: bool, always: bool) -> DiffRule {
        let program = if new { self.new.program } else { self.old.program };
        let changed = if new { &found.rules.new } else { &found.rules.old }.contains(&rule);
        let kept = found.rules.kept.iter().any(|(o, n)| if new { *n == rule } else { *o == rule });
        let status = match (changed, kept) {
            (true, true) => "partly_kept",
            (true, false) => "changed",
            _ => "kept",
        };
        DiffRule { always, status, ..DiffRule::of(program, rule) }
    }

    /// What the facts are in the situations of a change, where it is not whatever they can be.
    pub fn conditions(&self, change: &Change) -> Vec<DiffCondition> {
        let mut all: Vec<(bool, DiffCondition)> = Vec::new();
        for seen in &change.seen {
            if seen.whole || seen.values.len() == self.width(seen.fact) {
                continue;
            }
            if let Some(mut condition) = self.condition(seen.fact, &seen.values) {
                // The sentence of a rule does not say that it only holds in a period.
                condition.ruled = seen.ruled && !self.is_period(&condition.fact);
                let many = seen.values.len() * 2 >= self.width(seen.fact) && self.width(seen.fact) > 2;
                condition.broad = many || self.as_presumed(seen.fact, &seen.values);
                all.push((seen.fact != self.common.program.subject, condition));
            }
        }
        all.sort_by_key(|(other, _)| *other);
        all.into_iter().map(|(_, c)| c).collect()
    }

    /// Whether a fact is only what is presumed of it anyway.
    fn as_presumed(&self, fact: FactId, values: &BTreeSet<ValueId>) -> bool {
        let presumed = self.common.program.facts.get(usize::from(fact.0)).and_then(|f| f.presumed.first());
        presumed.is_some_and(|p| values.iter().all(|v| p.values.contains(v)))
    }

    fn width(&self, fact: FactId) -> usize {
        self.common.program.facts.get(usize::from(fact.0)).map_or(0, |f| f.domain.width())
    }

    fn condition(&self, fact: FactId, values: &BTreeSet<ValueId>) -> Option<DiffCondition> {
        let name = self.fact(fact)?;
        let domain = &self.common.program.facts.get(usize::from(fact.0))?.domain;
        let label = shown(&name.word);
        let names: Vec<String> = values.iter().map(|v| self.value_name(fact, *v)).collect();
        let text = match (&name.kind, domain) {
            (FactKind::YesNo, _) => {
                if values.contains(&YES) {
                    label.clone()
                } else {
                    format!("not: {label}")
                }
            }
            (_, Domain::Cells { .. }) => format!("{label}: {}", self.ranges(fact, domain, values)),
            _ => format!("{label}: {}", self.values(fact, name, values)),
        };
        Some(DiffCondition { fact: name.word.name.clone(), values: names, text, ruled: false, broad: false })
    }

    fn value_name(&self, fact: FactId, value: ValueId) -> String {
        let Some(name) = self.fact(fact) else { return String::new() };
        match &name.kind {
            FactKind::YesNo => if value == NO { "no" } else { "yes" }.to_owned(),
            FactKind::Weekday => {
                Weekday::ALL.get(usize::from(value.0)).map(|d| d.as_str().to_owned()).unwrap_or_default()
            }
            FactKind::Number(_) | FactKind::Date | FactKind::Time => self.number(fact, value),
            _ => name.values.get(usize::from(value.0)).map(|w| w.name.clone()).unwrap_or_default(),
        }
    }

    /// The least number of a cell, as it is written.
    fn number(&self, fact: FactId, value: ValueId) -> String {
        let domain = self.common.program.facts.get(usize::from(fact.0)).map(|f| &f.domain);
        let low = domain.and_then(|d| d.range(value)).map_or(0, |(low, _)| low);
        self.written(fact, low)
    }

    fn written(&self, fact: FactId, number: i64) -> String {
        match self.fact(fact).map(|f| &f.kind) {
            Some(FactKind::Date) => Date::from_days(number).map(|d| d.to_string()).unwrap_or_default(),
            Some(FactKind::Time) => {
                let minute = u16::try_from(number).ok().and_then(Minute::new);
                minute.map(|m| m.to_string()).unwrap_or_default()
            }
            _ => number.to_string(),
        }
    }

    fn ranges(&self, fact: FactId, domain: &Domain, values: &BTreeSet<ValueId>) -> String {
        let Domain::Cells { from, to, .. } = domain else { return String::new() };
        let mut runs: Vec<(i64, i64)> = Vec::new();
        for (low, high) in values.iter().filter_map(|v| domain.range(*v)) {
            match runs.last_mut() {
                Some(last) if last.1.saturating_add(1) == low => last.1 = high,
                _ => runs.push((low, high)),
            }
        }
        let unit = match self.fact(fact).map(|f| &f.kind) {
            Some(FactKind::Number(unit)) if !unit.is_empty() => format!(" {unit}"),
            _ => String::new(),
        };
        let one = |(low, high): &(i64, i64)| {
            if low == from {
                format!("up to {}{unit}", self.written(fact, *high))
            } else if high == to {
                format!("from {}{unit}", self.written(fact, *low))
            } else if low == high {
                format!("{}{unit}", self.written(fact, *low))
            } else {
                format!("{} to {}{unit}", self.written(fact, *low), self.written(fact, *high))
            }
        };
        joined(&runs.iter().map(one).collect::<Vec<_>>(), "or")
    }

    /// Values of a list: by groups that lie within them, or by what is left out.
    fn values(&self, fact: FactId, name: &FactName, values: &BTreeSet<ValueId>) -> String {
        let all: BTreeSet<ValueId> =
            (0..self.width(fact)).filter_map(|v| u16::try_from(v).ok().map(ValueId)).collect();
        let left: BTreeSet<ValueId> = all.difference(values).copied().collect();
        let within = self.named(fact, name, values);
        let without = self.named(fact, name, &left);
        if without.len() < within.len() && !left.is_empty() {
            return format!("anything but {}", short(&without));
        }
        short(&within)
    }

    /// Names for a set of values: the largest groups first, then what they leave.
    fn named(&self, fact: FactId, name: &FactName, values: &BTreeSet<ValueId>) -> Vec<String> {
        let mut left = values.clone();
        let mut found = Vec::new();
        loop {
            let best = name
                .groups
                .iter()
                .filter(|g| g.members.iter().all(|m| values.contains(m)))
                .map(|g| (g.members.iter().filter(|m| left.contains(m)).count(), g))
                .filter(|(new, _)| *new > 1)
                .max_by_key(|(new, g)| (*new, std::cmp::Reverse(g.members.len())));
            let Some((_, group)) = best else { break };
            found.push(shown(&group.word));
            for member in &group.members {
                left.remove(member);
            }
        }
        found.extend(left.iter().map(|v| self.value_label(fact, *v)));
        found
    }

    fn value_label(&self, fact: FactId, value: ValueId) -> String {
        let Some(name) = self.fact(fact) else { return String::new() };
        match name.kind {
            FactKind::OneOf | FactKind::SomeOf(_) => {
                name.values.get(usize::from(value.0)).map(shown).unwrap_or_default()
            }
            _ => self.value_name(fact, value),
        }
    }

    /// An example as arguments of `byelaw ask` to one side, in that side's own names.
    pub fn example(&self, example: &Example, which: Which) -> Vec<String> {
        let (side, view) = match which {
            Which::Old => (self.old, &self.common.old),
            Which::New => (self.new, &self.common.new),
        };
        let program = side.program;
        let names = &program.names;
        let mut arguments = Vec::new();
        let act = view.acts.get(usize::from(example.act.0)).copied().flatten();
        if let (Some(act), Some(fact)) = (act, names.facts.get(usize::from(program.act.0)))
            && program.no_act != Some(act)
        {
            let act = names.acts.get(usize::from(act.0)).map(|a| a.word.name.as_str()).unwrap_or_default();
            arguments.push(format!("{}={act}", fact.word.name));
        }
        // Labels of one fact that can be several are stated together.
        let mut several: Vec<(FactId, Vec<String>)> = Vec::new();
        for (fact, value) in &example.stated {
            let own = view.facts.get(usize::from(fact.0)).and_then(Option::as_ref);
            let Some((own, values)) = own else { continue };
            let dated = side.on.is_some() || example.on.is_some();
            let told = program.facts.get(usize::from(own.0)).is_some_and(|f| f.period.is_some());
            if *own == byelaw_ir::ON || *own == byelaw_ir::AS_OF || told && dated {
                continue;
            }
            let Some(name) = names.facts.get(usize::from(own.0)) else { continue };
            if let Some(parent) = program.facts.get(usize::from(own.0)).and_then(|f| f.member_of) {
                let at = match several.iter().position(|(p, _)| *p == parent) {
                    Some(at) => at,
                    None => {
                        several.push((parent, Vec::new()));
                        several.len() - 1
                    }
                };
                let label = names.facts.get(usize::from(parent.0)).and_then(|p| {
                    let FactKind::SomeOf(members) = &p.kind else { return None };
                    let at = members.iter().position(|m| m == own)?;
                    p.values.get(at).map(|w| w.name.clone())
                });
                if *value == YES
                    && let (Some(label), Some((_, all))) = (label, several.get_mut(at))
                {
                    all.push(label);
                }
                continue;
            }
            let text = match name.kind {
                FactKind::YesNo if *value == YES => name.word.name.clone(),
                FactKind::OneOf => {
                    let value =
                        values.get(usize::from(value.0)).and_then(|v| name.values.get(usize::from(v.0)));
                    format!("{}={}", name.word.name, value.map(|w| w.name.as_str()).unwrap_or_default())
                }
                _ => format!("{}={}", name.word.name, self.value_name(*fact, *value)),
            };
            arguments.push(text);
        }
        for (parent, labels) in several {
            if let Some(name) = names.facts.get(usize::from(parent.0)) {
                arguments.push(format!("{}={}", name.word.name, labels.join(",")));
            }
        }
        arguments
    }

    /// Rules that are the same, and are only named or cited otherwise.
    pub fn renamed(&self, found: &Difference) -> Vec<DiffRenamed> {
        let mut all = Vec::new();
        for (old, new) in &found.rules.kept {
            if found.rules.old.contains(old) || found.rules.new.contains(new) {
                continue;
            }
            let name = |program: &Program, rule: &RuleId| {
                program.names.rules.get(rule.place()).map(|r| r.name.clone()).unwrap_or_default()
            };
            let one = DiffRenamed {
                old: name(self.old.program, old),
                new: name(self.new.program, new),
                old_cites: cites(self.old.program, *old),
                new_cites: cites(self.new.program, *new),
            };
            if one.old != one.new || one.old_cites != one.new_cites {
                all.push(one);
            }
        }
        all
    }
}

fn short(all: &[String]) -> String {
    if all.len() > LISTED {
        let (first, rest) = all.split_at(LISTED - 1);
        return format!("{} or {} others", first.join(", "), rest.len());
    }
    joined(all, "or")
}

impl DiffRule {
    /// A rule of a policy, as one that both sides have and that holds always.
    pub(crate) fn of(program: &Program, rule: RuleId) -> Self {
        let name = program.names.rules.get(rule.place());
        Self {
            rule: name.map(|n| n.name.clone()).unwrap_or_default(),
            sentence: name.map(|n| n.sentence.clone()).unwrap_or_default(),
            cites: cites(program, rule),
            always: true,
            status: "kept",
        }
    }
}

/// The clauses that a rule cites, those of one document together.
fn cites(program: &Program, rule: RuleId) -> Vec<String> {
    let names = &program.names;
    let Some(rule) = names.rules.get(rule.place()) else { return Vec::new() };
    let mut by_document: Vec<(u16, Vec<&str>)> = Vec::new();
    for clause in rule.cites.iter().filter_map(|c| names.clauses.get(usize::from(*c))) {
        let place = if clause.locator.is_empty() { &clause.name } else { &clause.locator };
        match by_document.iter_mut().find(|(document, _)| *document == clause.document) {
            Some((_, places)) => places.push(place),
            None => by_document.push((clause.document, vec![place])),
        }
    }
    let one = |(document, places): (u16, Vec<&str>)| {
        let title = names.documents.get(usize::from(document)).map_or("", |d| d.title.as_str());
        format!("{title}: {}", places.join("; "))
    };
    by_document.into_iter().map(one).collect()
}
