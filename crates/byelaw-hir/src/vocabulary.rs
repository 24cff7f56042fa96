//! Facts, values, groups, periods, acts, approvals, undertakings and deeds.

use crate::hir::{Act, Atom, Fact, Giving, Group, Kind, PeriodDates, Side, Word};
use crate::names::{Named, Scope, to_value};
use byelaw_data::{AtomId, Date, DeedId, FactId, NO, Presumption, ValueId, YES};
use byelaw_diagnostic::{Diagnostic, Span};
use byelaw_syntax::ast;
use std::cell::RefCell;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// A date that exists, or a message.
pub(crate) fn date(scope: &mut Scope, literal: &ast::DateLit) -> Option<Date> {
    let found = Date::from_ymd(literal.year, literal.month, literal.day);
    if found.is_none() {
        let written = format!("{:04}-{:02}-{:02}", literal.year, literal.month, literal.day);
        scope.report(
            Diagnostic::error("B0108", literal.span, format!("there is no day {written} in the calendar"))
                .label("no such day")
                .help("dates are written year-month-day, for instance 2020-02-28"),
        );
    }
    found
}

impl Scope {
    pub fn word(word: &ast::Word) -> Word {
        Word {
            name: word.name.text.clone(),
            label: word.label.as_ref().map(|t| t.text.clone()),
            also: word.also.iter().map(|t| t.text.clone()).collect(),
            formerly: word.formerly.iter().map(|n| n.text.clone()).collect(),
            meaning: word.meaning.as_ref().map(|t| t.text.clone()),
            span: Some(word.name.span),
        }
    }

    pub fn add_fact(&mut self, name: &ast::Name, fact: Fact) -> Option<FactId> {
        if let Some(old) = self.facts.get(&name.text).copied() {
            let first = self.model.fact(old).word.span;
            self.twice("fact", name, first);
            return None;
        }
        let id = FactId(u16::try_from(self.model.facts.len()).ok()?);
        self.model.facts.push(fact);
        self.facts.insert(name.text.clone(), id);
        Some(id)
    }

    /// Reports a second declaration of a name.
    pub fn twice(&mut self, what: &str, name: &ast::Name, first: Option<Span>) {
        let mut diagnostic =
            Diagnostic::error("B0106", name.span, format!("the {what} `{}` is declared twice", name.text))
                .label("second declaration")
                .help("rename one of them, or take one away");
        if let Some(first) = first {
            diagnostic = diagnostic.related(first, "first declared here");
        }
        self.report(diagnostic);
    }

    /// Reports the second of two parts of a sentence about `owner` of which one is enough.
    pub fn part_twice(&mut self, owner: &ast::Name, part: &str, span: Span, first: Span) {
        self.report(
            Diagnostic::error("B0119", span, format!("`{part}` is said twice of `{}`", owner.text))
                .label("second time")
                .related(first, "first said here")
                .help("keep one of them"),
        );
    }

    /// Reports the parts of a fact or parameter that stand twice. `also` and `said` may: each adds words.
    fn repeated_parts(&mut self, name: &ast::Name, parts: &[ast::FactPart]) {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for part in parts {
            let (what, span) = match part {
                ast::FactPart::Asked(text) => ("asked", text.span),
                // Several presumptions may stand if what is presumed depends on something.
                ast::FactPart::Presumed(p) if p.when.is_none() && p.except.is_empty() => {
                    ("presumed", p.value.span)
                }
                ast::FactPart::JudgedBy(judge) => ("judged by", judge.span),
                ast::FactPart::Meaning(text) => ("meaning", text.span),
                ast::FactPart::Subject(span) => ("the subject", *span),
                ast::FactPart::Held(span) => ("held by the subject", *span),
                ast::FactPart::Costing(cost) => ("costing", cost.span),
                ast::FactPart::TakenAs { values, .. } => {
                    ("taken as", values.first().map_or(name.span, |v| v.span))
                }
                ast::FactPart::Also(_)
                | ast::FactPart::Formerly(_)
                | ast::FactPart::Presumed(_)
                | ast::FactPart::Said(_)
                | ast::FactPart::Kind(_) => continue,
            };
            match seen.get(what).copied() {
                Some(first) => self.part_twice(name, what, span, first),
                None => {
                    seen.insert(what, span);
                }
            }
        }
    }

    /// First round: a fact or parameter with its values. Presumptions wait until all groups are known.
    pub fn declare_fact(&mut self, fact: &ast::Fact) {
        let side = match fact.side.text.as_str() {
            "asker" => Side::Asker,
            "act" => Side::Act,
            "thing" => Side::Thing,
            "circumstances" => Side::Circumstances,
            other => {
                self.unknown(
                    "B0101",
                    fact.side.span,
                    "side",
                    other,
                    ["asker", "act", "thing", "circumstances"],
                );
                Side::Circumstances
            }
        };
        self.declare(&fact.name, fact.label.as_ref(), side, None, &fact.parts);
    }

    pub fn declare_parameter(&mut self, parameter: &ast::Parameter) {
        self.declare(
            &parameter.name,
            parameter.label.as_ref(),
            Side::Circumstances,
            Some(parameter.left_to.text.clone()),
            &parameter.parts,
        );
    }

    pub fn declare(
        &mut self,
        name: &ast::Name,
        label: Option<&ast::Text>,
        side: Side,
        left_to: Option<String>,
        parts: &[ast::FactPart],
    ) {
        let word = Word {
            label: label.map(|l| l.text.clone()),
            span: Some(name.span),
            ..Word::named(name.text.clone())
        };
        let mut fact = Fact { left_to, ..Fact::new(word, side, Kind::YesNo) };
        self.repeated_parts(name, parts);
        let mut kinds = 0;
        let mut labels: Option<Vec<Word>> = None;
        let mut subject = None;
        let mut held = None;
        for part in parts {
            match part {
                ast::FactPart::Asked(text) => fact.asked = Some(text.text.clone()),
                ast::FactPart::JudgedBy(name) => fact.judged_by = Some(name.text.clone()),
                ast::FactPart::Meaning(text) => fact.word.meaning = Some(text.text.clone()),
                ast::FactPart::Also(texts) => fact.word.also.extend(texts.iter().map(|t| t.text.clone())),
                ast::FactPart::Formerly(names) => {
                    fact.word.formerly.extend(names.iter().map(|n| n.text.clone()));
                }
                ast::FactPart::Subject(span) => subject = Some(*span),
                ast::FactPart::Held(span) => {
                    held = Some(*span);
                    fact.held = true;
                }
                ast::FactPart::Costing(cost) => {
                    fact.cost = Some(u32::try_from(cost.value).unwrap_or(u32::MAX));
                }
                ast::FactPart::Said(words) => {
                    let mut before: Vec<String> = Vec::new();
                    for word in words {
                        if let ast::FrameWord::Word(word) = word {
                            before.push(word.text.clone());
                        }
                    }
                    let own = matches!(words.last(), Some(ast::FrameWord::Gap(gap)) if gap.text == name.text);
                    if own && !before.is_empty() && before.len() + 1 == words.len() {
                        fact.said.push(before);
                    } else {
                        self.report(
                            Diagnostic::error(
                                "B0122",
                                name.span,
                                format!("`said` of `{}` needs words and then its own gap", name.text),
                            )
                            .help(format!("write `said in <{}>`", name.text)),
                        );
                    }
                }
                ast::FactPart::Presumed(_)
                | ast::FactPart::TakenAs { .. }
                | ast::FactPart::Kind(ast::FactKind::SomeOfFact(_)) => {
                    if matches!(part, ast::FactPart::Kind(_)) {
                        kinds += 1;
                    }
                }
                ast::FactPart::Kind(kind) => {
                    kinds += 1;
                    fact.kind = match kind {
                        ast::FactKind::YesNo(_) | ast::FactKind::SomeOfFact(_) => Kind::YesNo,
                        ast::FactKind::OneOf(values) => Kind::OneOf(self.value_list(values)),
                        ast::FactKind::SomeOf(values) => {
                            labels = Some(self.value_list(values));
                            Kind::YesNo
                        }
                        ast::FactKind::Number { unit, from, to } => {
                            if from.value > to.value {
                                self.report(
                                    Diagnostic::error(
                                        "B0115",
                                        to.span,
                                        format!(
                                            "`{}` can have no value: {} is above {}",
                                            name.text, from.value, to.value
                                        ),
                                    )
                                    .help("put the least value first"),
                                );
                            }
                            Kind::Number {
                                unit: unit.text.clone(),
                                from: from.value,
                                to: to.value.max(from.value),
                            }
                        }
                        ast::FactKind::Date(_) => Kind::Date,
                        ast::FactKind::Time(_) => Kind::Time,
                        ast::FactKind::Weekday(_) => Kind::Weekday,
                        ast::FactKind::Acts(_) => Kind::Acts,
                    };
                }
            }
        }
        if kinds != 1 {
            self.report(
                Diagnostic::error("B0119", name.span, format!("`{}` needs exactly one kind, and has {kinds}", name.text))
                    .help("say `yes or no`, `one of: ...`, `some of: ...`, `a number of ... from ... to ...`, `a date`, `a time of day`, `a weekday` or `the acts`"),
            );
        }
        if let Some(span) = held
            && (labels.is_none() || side != Side::Asker)
        {
            self.report(
                Diagnostic::error("B0127", span, format!("`{}` cannot be held by the subject", name.text))
                    .label("roles that somebody holds")
                    .note("roles are several at once and belong to whoever asks")
                    .help(format!(
                        "write `fact {} of the asker, held by the subject, some of: ...`",
                        name.text
                    )),
            );
            fact.held = false;
        }
        let acts = fact.kind == Kind::Acts;
        let Some(id) = self.add_fact(name, fact) else { return };
        self.follows_moment(name, id);
        if let Some(labels) = labels {
            self.expand(id, labels, None);
        }
        if acts {
            match self.model.act {
                None => self.model.act = Some(id),
                Some(first) => {
                    let first = self.model.fact(first).word.span;
                    self.twice("fact of the acts", name, first);
                }
            }
        }
        if let Some(span) = subject {
            match self.model.subject {
                None => self.model.subject = Some(id),
                Some(first) => {
                    let first = self.model.fact(first).word.span;
                    self.twice("subject", &ast::Name { span, ..name.clone() }, first);
                }
            }
        }
    }

    fn value_list(&mut self, values: &[ast::Value]) -> Vec<Word> {
        let mut list: Vec<Word> = Vec::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for value in values {
            match places.entry(&value.name.text) {
                Entry::Occupied(old) => {
                    let first = list.get(*old.get()).and_then(|word| word.span);
                    self.twice("value", &value.name, first);
                }
                Entry::Vacant(new) => {
                    new.insert(list.len());
                    list.push(Self::word(value));
                }
            }
        }
        list
    }

    /// Gives a several-at-once fact its member facts.
    fn expand(&mut self, id: FactId, labels: Vec<Word>, of: Option<FactId>) {
        let parent = self.model.fact(id).clone();
        let mut members = Vec::new();
        for (i, label) in labels.iter().enumerate() {
            members.push(FactId(u16::try_from(self.model.facts.len()).unwrap_or(u16::MAX)));
            self.model.facts.push(Fact {
                word: Word {
                    name: format!("{} includes {}", parent.word.name, label.name),
                    span: parent.word.span,
                    ..label.clone()
                },
                kind: Kind::YesNo,
                member_of: Some((id, to_value(i))),
                // Whoever holds a role beside their main one would say so.
                presumed: if parent.held { vec![Presumption::always(vec![NO])] } else { Vec::new() },
                taken_as: None,
                period: None,
                said: Vec::new(),
                groups: Vec::new(),
                held: false,
                ..parent.clone()
            });
        }
        if let Some(fact) = self.model.facts.get_mut(usize::from(id.0)) {
            fact.kind = Kind::SomeOf { labels, members, of };
        }
    }

    /// Second round: parameters that are sets of another fact's values, once all values are there.
    pub fn declare_set(&mut self, parameter: &ast::Parameter) {
        let of = parameter.parts.iter().find_map(|p| match p {
            ast::FactPart::Kind(ast::FactKind::SomeOfFact(name)) => Some(name),
            _ => None,
        });
        let Some(of) = of else { return };
        let (Some(base), Some(id)) = (self.fact(of), self.facts.get(&parameter.name.text).copied()) else {
            return;
        };
        let labels = self.model.values(base);
        if labels.is_empty() {
            self.report(
                Diagnostic::error(
                    "B0107",
                    of.span,
                    format!("`{}` has no list of values to take some of", of.text),
                )
                .help("name a fact that is `one of`"),
            );
            return;
        }
        self.expand(id, labels, Some(base));
        self.sets.entry(base).or_default().insert(id);
    }

    /// Third round: presumptions, fillings and judges, once groups are known.
    pub fn finish_fact(&mut self, name: &ast::Name, parts: &[ast::FactPart]) {
        let Some(id) = self.facts.get(&name.text).copied() else { return };
        for part in parts {
            match part {
                ast::FactPart::Presumed(presumed) => {
                    if let Some(presumption) = self.presumption(id, presumed)
                        && let Some(fact) = self.model.facts.get_mut(usize::from(id.0))
                    {
                        fact.presumed.push(presumption);
                    }
                }
                ast::FactPart::TakenAs { values, because } => {
                    let values = self.plain_values(id, values);
                    let reason = because.as_ref().map(|t| t.text.clone()).unwrap_or_default();
                    if reason.is_empty() {
                        self.report(
                            Diagnostic::warning(
                                "B0150",
                                name.span,
                                format!("`{}` is filled without a reason", name.text),
                            )
                            .help("add `because \"...\"`, so that a reader knows where the value comes from"),
                        );
                    }
                    if values.len() > 1 && !matches!(self.model.fact(id).kind, Kind::SomeOf { .. }) {
                        self.report(
                            Diagnostic::error(
                                "B0194",
                                name.span,
                                format!("`{}` has one value at a time", name.text),
                            )
                            .label(format!("taken as {} of them", values.len()))
                            .help("name one"),
                        );
                    }
                    self.fill_in(id, values, &reason);
                }
                ast::FactPart::JudgedBy(judge) => self.somebody(judge),
                _ => {}
            }
        }
    }

    /// Fills a parameter or a reading.
    pub fn fill_in(&mut self, id: FactId, values: Vec<ValueId>, reason: &str) {
        if let Kind::SomeOf { members, .. } = self.model.fact(id).kind.clone() {
            for (i, member) in members.iter().enumerate() {
                let value = if values.contains(&to_value(i)) { YES } else { NO };
                if let Some(fact) = self.model.facts.get_mut(usize::from(member.0)) {
                    fact.taken_as = Some((vec![value], reason.to_owned()));
                }
            }
        }
        if let Some(fact) = self.model.facts.get_mut(usize::from(id.0)) {
            fact.taken_as = Some((values, reason.to_owned()));
        }
    }

    /// Values of a fact by name, groups opened; unknown names are reported.
    pub fn plain_values(&mut self, fact: FactId, names: &[ast::Name]) -> Vec<ValueId> {
        let mut values = BTreeSet::new();
        for name in names {
            match self.look_up(fact, &name.text) {
                Some(Named::Values(found)) => values.extend(found),
                Some(Named::Set(_)) | None => self.unknown_value(fact, name),
            }
        }
        values.into_iter().collect()
    }

    /// Values of the subject by name, if there is a subject.
    pub fn subject_values(&mut self, name: &ast::Name) -> Vec<ValueId> {
        match self.model.subject {
            Some(subject) => self.plain_values(subject, std::slice::from_ref(name)),
            None => Vec::new(),
        }
    }

    pub fn add_values(&mut self, fact: &ast::Name, values: &[ast::Value]) {
        let Some(id) = self.fact(fact) else { return };
        if !matches!(self.model.fact(id).kind, Kind::OneOf(_)) {
            self.report(
                Diagnostic::error(
                    "B0107",
                    fact.span,
                    format!("`{}` has no list of values to add to", fact.text),
                )
                .help("only a fact that is `one of` can be given further values"),
            );
            return;
        }
        for value in values {
            if let Some(old) = self.value_place(id, &value.name.text) {
                let first = self.value_span(id, old);
                self.twice("value", &value.name, first);
            } else if let Kind::OneOf(list) = &mut self.model.facts[usize::from(id.0)].kind {
                list.push(Self::word(value));
            }
        }
    }

    /// Resolves groups in rounds, because a group may hold groups declared later. A group that never becomes
    /// resolvable holds itself or an unknown name.
    pub fn declare_groups(&mut self, groups: &[&ast::Group]) {
        // A group is declared once its members are; each waits for one that is not.
        let mut waiting: BTreeMap<(FactId, &str), Vec<(usize, usize)>> = BTreeMap::new();
        let mut written: BTreeMap<(FactId, &str), usize> = BTreeMap::new();
        for (place, group) in groups.iter().enumerate() {
            let Some(fact) = self.fact(&group.fact) else { continue };
            written.entry((fact, &group.word.name.text)).or_insert(place);
            let mut ready = vec![(place, 0)];
            while let Some((place, known)) = ready.pop() {
                let Some(group) = groups.get(place) else { continue };
                let mut rest = group.members.iter().enumerate().skip(known);
                match rest.find(|(_, m)| self.look_up(fact, &m.text).is_none()) {
                    Some((at, missing)) => {
                        waiting.entry((fact, &missing.text)).or_default().push((place, at))
                    }
                    None => {
                        self.add_group(fact, group);
                        let now = waiting.remove(&(fact, group.word.name.text.as_str()));
                        ready.extend(now.into_iter().flatten().rev());
                    }
                }
            }
        }
        let mut left: Vec<(usize, FactId)> = waiting
            .into_iter()
            .flat_map(|((fact, _), places)| places.into_iter().map(move |(p, _)| (p, fact)))
            .collect();
        left.sort_unstable();
        for (group, fact) in left.into_iter().filter_map(|(place, fact)| Some((groups.get(place)?, fact))) {
            for member in
                group.members.iter().filter(|m| self.look_up(fact, &m.text).is_none()).collect::<Vec<_>>()
            {
                if written.contains_key(&(fact, member.text.as_str())) {
                    self.report(
                        Diagnostic::error(
                            "B0109",
                            member.span,
                            format!(
                                "the group `{}` holds itself through `{}`",
                                group.word.name.text, member.text
                            ),
                        )
                        .help("take the circle apart: a group may hold values and smaller groups"),
                    );
                } else {
                    self.plain_values(fact, std::slice::from_ref(member));
                }
            }
        }
        // They are shown in the order in which they were written.
        for (place, fact) in self.model.facts.iter_mut().enumerate() {
            let id = FactId(u16::try_from(place).unwrap_or(u16::MAX));
            fact.groups.sort_by_key(|g| written.get(&(id, g.word.name.as_str())).copied());
        }
        self.group_places = RefCell::default();
    }

    fn add_group(&mut self, fact: FactId, group: &ast::Group) {
        if let Some(first) = self.declared(fact, &group.word.name.text) {
            self.twice("group", &group.word.name, first);
            return;
        }
        let members = self.plain_values(fact, &group.members);
        let ordinarily = self.plain_values(fact, &group.ordinarily);
        for (name, value) in group.ordinarily.iter().zip(&ordinarily) {
            if !members.contains(value) {
                self.report(
                    Diagnostic::error(
                        "B0125",
                        name.span,
                        format!("`{}` is not in the group `{}`", name.text, group.word.name.text),
                    )
                    .label("meant ordinarily, and no member")
                    .note("whoever names a group means its ordinary members, so each has to be a member")
                    .help("add it to the members, or take it out here"),
                );
            }
        }
        let group = Group { word: Self::word(&group.word), members, ordinarily };
        if let Some(fact) = self.model.facts.get_mut(usize::from(fact.0)) {
            fact.groups.push(group);
        }
    }

    pub fn declare_period(&mut self, period: &ast::Period) {
        let from = date(self, &period.from);
        let until = period.until.as_ref().and_then(|u| date(self, u));
        let Some(from) = from else { return };
        if until.is_some_and(|u| u <= from) {
            self.report(
                Diagnostic::error(
                    "B0108",
                    period.word.name.span,
                    format!("the period `{}` ends before it begins", period.word.name.text),
                )
                .help("`until` is the first day after the period"),
            );
        }
        let fact = Fact {
            asked: period.asked.as_ref().map(|t| t.text.clone()),
            period: Some(PeriodDates { from, until, set_by_pack: period.dates_set_by_pack }),
            ..Fact::new(Self::word(&period.word), Side::Circumstances, Kind::YesNo)
        };
        self.add_fact(&period.word.name, fact);
    }

    pub fn declare_act(&mut self, act: &ast::Act) {
        let (verb, gaps) = split_frame(&act.frame);
        if verb.is_empty() {
            self.report(
                Diagnostic::error(
                    "B0122",
                    act.word.name.span,
                    format!("the frame of `{}` does not begin with a verb", act.word.name.text),
                )
                .help("write for instance `act send \"send something\": send <what> to <whom>.`"),
            );
            return;
        }
        if let Some(first) = self.acts.get(&act.word.name.text).and_then(|place| self.model.acts.get(*place))
        {
            let first = first.word.span;
            self.twice("act", &act.word.name, first);
            return;
        }
        if let Some(first) = self.verbs.get(&verb).and_then(|place| self.model.acts.get(*place)) {
            let (other, span) = (first.word.name.clone(), first.word.span);
            let mut diagnostic = Diagnostic::error(
                "B0106",
                act.word.name.span,
                format!(
                    "the acts `{}` and `{other}` have the same verb `{}`",
                    act.word.name.text,
                    verb.join(" ")
                ),
            )
            .help("give one of them another verb, so that a sentence can mean only one act");
            if let Some(span) = span {
                diagnostic = diagnostic.related(span, "the other act");
            }
            self.report(diagnostic);
            return;
        }
        let mut resolved = Vec::new();
        for (i, (before, gap)) in gaps.into_iter().enumerate() {
            if i > 0 && before.is_empty() {
                self.report(
                    Diagnostic::error("B0122", gap.span, format!("no words introduce the gap `<{}>`", gap.text))
                        .label("a sentence could not say where this gap begins")
                        .help("only the first gap may stand right behind the verb; put a word such as `on` or `to` before this one"),
                );
                continue;
            }
            if let Some(fact) = self.fact(&gap) {
                resolved.push((before, fact));
            }
        }
        self.acts.insert(act.word.name.text.clone(), self.model.acts.len());
        self.verbs.insert(verb.clone(), self.model.acts.len());
        self.model.acts.push(Act { word: Self::word(&act.word), verb, gaps: resolved });
    }

    fn add_atom(&mut self, name: &ast::Name, atom: Atom) {
        if let Some(old) = self.atoms.get(&name.text).copied() {
            let first = self.model.atoms.get(usize::from(old.0)).and_then(|a| a.word.span);
            self.twice("approval or undertaking", name, first);
            return;
        }
        let id = AtomId(u16::try_from(self.model.atoms.len()).unwrap_or(u16::MAX));
        self.model.atoms.push(atom);
        self.atoms.insert(name.text.clone(), id);
    }

    pub fn declare_approval(&mut self, approval: &ast::Approval) {
        let mut givers = BTreeSet::new();
        let mut held_roles = BTreeSet::new();
        for name in &approval.given_by {
            match self.held(&name.text) {
                Some(members) => held_roles.extend(members),
                None => givers.extend(self.subject_values(name)),
            }
        }
        let giving = Giving {
            by: approval.given_by.iter().map(|n| n.text.clone()).collect(),
            givers: givers.into_iter().collect(),
            held_roles: held_roles.into_iter().collect(),
            class: approval.class.as_ref().map(|c| c.text.clone()),
            not_by_asker: approval.not_by_asker,
        };
        self.add_atom(&approval.word.name, Atom { word: Self::word(&approval.word), approval: Some(giving) });
    }

    pub fn declare_undertaking(&mut self, word: &ast::Word) {
        self.add_atom(&word.name, Atom { word: Self::word(word), approval: None });
    }

    pub fn declare_deed(&mut self, word: &ast::Word) {
        if let Some(old) = self.deeds.get(&word.name.text).copied() {
            let first = self.model.deeds.get(usize::from(old.0)).and_then(|d| d.span);
            self.twice("deed", &word.name, first);
            return;
        }
        if let Some(atom) = self.atoms.get(&word.name.text).copied() {
            // `will` and `wont` of a question name both, so one name must not mean two things.
            let first = self.model.atoms.get(usize::from(atom.0)).and_then(|a| a.word.span);
            self.twice("deed or undertaking", &word.name, first);
            return;
        }
        let id = DeedId(u16::try_from(self.model.deeds.len()).unwrap_or(u16::MAX));
        self.model.deeds.push(Self::word(word));
        self.deeds.insert(word.name.text.clone(), id);
    }
}

/// English words that open a gap rather than belong to a verb.
const OPENING: [&str; 24] = [
    "about", "against", "as", "at", "by", "during", "for", "from", "in", "into", "of", "off", "on", "onto",
    "out", "over", "through", "to", "under", "using", "via", "with", "within", "without",
];

/// Splits a frame into its verb and its gaps, each with the words before it.
fn split_frame(words: &[ast::FrameWord]) -> (Vec<String>, Vec<(Vec<String>, ast::Name)>) {
    let mut verb = Vec::new();
    let mut gaps = Vec::new();
    let mut before: Vec<String> = Vec::new();
    for word in words {
        match word {
            ast::FrameWord::Word(name) => before.push(name.text.clone()),
            ast::FrameWord::Gap(name) => {
                // The words up to the first gap are the verb, but for the small words right before the gap, which
                // open it: `write to <person>` has the verb `write`, and `to` opens the gap.
                if gaps.is_empty() && verb.is_empty() {
                    let small = before.iter().rev().take_while(|w| OPENING.contains(&w.as_str())).count();
                    let cut = before.len().saturating_sub(small).max(usize::from(!before.is_empty()));
                    let opener = before.split_off(cut);
                    verb = std::mem::replace(&mut before, opener);
                }
                gaps.push((std::mem::take(&mut before), name.clone()));
            }
        }
    }
    if verb.is_empty() && gaps.is_empty() {
        verb = before;
    }
    (verb, gaps)
}
