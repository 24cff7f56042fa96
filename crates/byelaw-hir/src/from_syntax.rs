//! The order in which a pack is resolved: words first, then rules, then what stands between rules, then examples.

use crate::hir::{Condition, Fact, Kind, Model, Side, Word};
use crate::names::Scope;
use crate::openers::Phrases;
use crate::order::{Said, in_order};
use crate::vocabulary::date;
use byelaw_data::{Date, FactId, NO, RuleId};
use byelaw_diagnostic::{Diagnostic, Severity};
use byelaw_syntax::Spelling;
use byelaw_syntax::ast::{self, Item, RuleBody, Sentence};
use std::collections::BTreeMap;

/// The most rules that a pack may have.
const RULES: usize = 100_000;
/// The most facts, values of one fact, and approvals, undertakings or deeds.
const WORDS: usize = 10_000;

/// One file of a pack, or of a vocabulary that the pack uses.
pub struct Input<'a> {
    /// Its sentences.
    pub sentences: &'a [Sentence],
    /// Its text.
    pub text: &'a str,
    /// Which folder it came from: files of one folder share a policy. Folder 0 is the pack itself.
    pub folder: usize,
}

impl<'a> Input<'a> {
    /// How parts of its sentences are quoted.
    pub fn spelling(&self) -> Spelling<'a> {
        Spelling::new(self.text)
    }
}

/// Resolves a pack. `files` must stand in the order of their [`byelaw_diagnostic::FileId`]s.
///
/// Always gives a model, with holes where something was wrong; only a model without errors means anything. Facts,
/// values, groups, acts and examples keep the order in which they are written, files taken one after the other; of all
/// other sentences neither the place nor the layout leaves a trace in the model but its spans (decision 0019).
pub fn resolve(files: &[Input<'_>]) -> (Model, Vec<Diagnostic>) {
    let mut scope = Scope::default();
    scope.built_in("on", "the date", "When does it happen?");
    scope.built_in("as-of", "the day whose rules count", "As of which day?");
    let all = files.iter().flat_map(|file| file.sentences);
    scope.broken = all
        .filter_map(|s| if let Item::Broken(names) = &s.item { Some(names) } else { None })
        .flatten()
        .cloned()
        .collect();
    let said = in_order(files);
    let items = || said.iter().map(|s| &s.sentence.item);
    words(&mut scope, items());
    papers(&mut scope, items());
    for item in items() {
        match item {
            Item::Reading(reading) => scope.reading_of(reading),
            Item::Set(set) => scope.set(set),
            _ => {}
        }
    }
    scope.layers(files);
    scope.idle_periods(files);
    rules(&mut scope, files, &said);
    scope.order();
    scope.finish_duties();
    examples(&mut scope, files);
    scope.whole(files);
    scope.look_alikes();
    scope.counted();
    (scope.model, scope.messages.finish())
}

/// Examples and invariants: of the pack itself, not of what it uses.
fn examples(scope: &mut Scope, files: &[Input<'_>]) {
    let own = || files.iter().filter(|f| f.folder == 0);
    let days = |wanted: bool, sentences: &[Sentence]| -> Vec<ast::DateLit> {
        let day = |s: &Sentence| match &s.item {
            Item::ExamplesOn { all, date } if *all == wanted => Some(*date),
            _ => None,
        };
        sentences.iter().filter_map(day).collect()
    };
    let of_pack: Vec<ast::DateLit> = own().flat_map(|f| days(true, f.sentences)).collect();
    let of_pack = scope.examples_day(&of_pack, "all examples are on");
    for file in own() {
        let on = scope.examples_day(&days(false, file.sentences), "examples are on").or(of_pack);
        for sentence in file.sentences {
            match &sentence.item {
                Item::Check(check) => scope.example(check, on),
                Item::Table(table) => scope.table(table, on),
                Item::Invariant(invariant) => {
                    let words = file.spelling().sentence(&sentence.item);
                    scope.invariant(invariant, words, sentence.span);
                }
                _ => {}
            }
        }
    }
}

fn words<'a>(scope: &mut Scope, items: impl Iterator<Item = &'a Item> + Clone) {
    for item in items.clone() {
        match item {
            Item::Fact(fact) => scope.declare_fact(fact),
            Item::Parameter(parameter) => scope.declare_parameter(parameter),
            Item::Reading(reading) => scope.declare_reading(reading),
            Item::Period(period) => scope.declare_period(period),
            Item::Event(event) => scope.declare_event(event),
            _ => {}
        }
    }
    for item in items.clone() {
        match item {
            Item::AddTo(add) => scope.add_values(&add.fact, &add.values),
            Item::Act(act) => scope.declare_act(act),
            _ => {}
        }
    }
    scope.acts_declared = scope.model.acts.len();
    scope.phrases = Phrases::of(&scope.model);
    let groups: Vec<&ast::Group> = items
        .clone()
        .filter_map(|i| if let Item::Group(group) = i { Some(&**group) } else { None })
        .collect();
    scope.declare_groups(&groups);
    for item in items.clone() {
        if let Item::Parameter(parameter) = item {
            scope.declare_set(parameter);
        }
    }
    for item in items.clone() {
        match item {
            Item::Fact(fact) => scope.finish_fact(&fact.name, &fact.parts),
            Item::Parameter(parameter) => scope.finish_fact(&parameter.name, &parameter.parts),
            Item::Reading(reading) => scope.finish_fact(&reading.name, &reading.parts),
            Item::Approval(approval) => scope.declare_approval(approval),
            Item::Undertaking(word) => scope.declare_undertaking(word),
            _ => {}
        }
    }
    let definitions: Vec<&ast::Define> = items
        .clone()
        .filter_map(|i| if let Item::Define(define) = i { Some(&**define) } else { None })
        .collect();
    scope.declare_definitions(&definitions);
    for item in items.clone() {
        match item {
            Item::Deed(deed) => scope.declare_deed(&deed.word),
            Item::Impossible(condition) => {
                let condition = scope.condition(condition);
                scope.model.impossible.push(condition);
            }
            _ => {}
        }
    }
    for item in items.clone() {
        if let Item::Calendar(calendar) = item {
            scope.declare_calendar(calendar);
        }
        if let Item::Deed(deed) = item {
            scope.deed_done_by(deed);
        }
    }
    scope.refuse_presumed_moments();
    scope.refuse_reused_names();
    // A set that somebody may choose is never empty (semantics 2.1).
    let sets: Vec<Vec<FactId>> = scope
        .model
        .facts
        .iter()
        .filter_map(|f| match &f.kind {
            Kind::SomeOf { members, of: Some(_), .. } if f.left_to.is_some() => Some(members.clone()),
            _ => None,
        })
        .collect();
    for members in sets {
        let none = members.into_iter().map(|m| Condition::In(m, vec![NO])).collect();
        scope.model.impossible.push(Condition::All(none));
    }
}

fn papers<'a>(scope: &mut Scope, items: impl Iterator<Item = &'a Item> + Clone) {
    for item in items.clone() {
        match item {
            Item::Document(document) => scope.declare_document(document),
            Item::Instrument(instrument) => scope.declare_instrument(instrument),
            _ => {}
        }
    }
    for item in items {
        match item {
            Item::Clause(clause) => scope.declare_clause(clause),
            Item::Instrument(instrument) => scope.finish_instrument(instrument),
            _ => {}
        }
    }
}

/// What waits for its second round: the rule or the cells, and the instrument they belong to.
enum Named<'a> {
    Rule(RuleId, &'a ast::Rule, Spelling<'a>, usize),
    Matrix(Vec<Vec<Option<RuleId>>>, &'a ast::Matrix, usize),
}

fn rules(scope: &mut Scope, files: &[Input<'_>], said: &[Said<'_>]) {
    let mut policies: BTreeMap<usize, Option<usize>> = BTreeMap::new();
    for file in files {
        policies.entry(file.folder).or_insert_with(|| policy_of(scope, files, file.folder));
    }
    let instrument = |scope: &Scope, said: &Said<'_>| match said.under {
        Some(under) => scope.instruments.get(&under.name.text).copied(),
        None => policies.get(&said.file.folder).copied().flatten(),
    };
    let mut named: Vec<Named<'_>> = Vec::new();
    for one in said {
        let Some(instrument) = instrument(scope, one) else { continue };
        let spelling = one.file.spelling();
        match &one.sentence.item {
            Item::Rule(rule) => {
                let Some(id) = scope.name_rule(&rule.name, &rule.cites, spelling.body(&rule.body)) else {
                    continue;
                };
                if let RuleBody::Norm(norm) = &rule.body
                    && let Some(by) = &norm.clauses.discretion
                {
                    scope.declare_discretion(&rule.name, by);
                }
                named.push(Named::Rule(id, rule, spelling, instrument));
            }
            Item::Matrix(matrix) => {
                let names = scope.name_cells(matrix, spelling);
                named.push(Named::Matrix(names, matrix, instrument));
            }
            _ => {}
        }
    }
    for one in &named {
        match one {
            Named::Rule(id, rule, spelling, instrument) => {
                scope.bearer(*id, &rule.body, *spelling);
                scope.rule_body(*id, *instrument, &rule.body);
            }
            Named::Matrix(names, matrix, instrument) => scope.cells(matrix, names, *instrument),
        }
    }
    for one in said {
        let instrument = instrument(scope, one);
        match &one.sentence.item {
            Item::Settle(settle) => scope.settle(settle, instrument),
            Item::Let(vary) => {
                if let Some(by) = instrument {
                    scope.delegate(vary, by, one.sentence.span);
                }
            }
            _ => {}
        }
    }
}

/// The policy (not an addendum) declared in a folder; of several editions the one that no other replaces.
pub(crate) fn policy_of(scope: &Scope, files: &[Input<'_>], folder: usize) -> Option<usize> {
    let items = files.iter().filter(|f| f.folder == folder).flat_map(|f| f.sentences).map(|s| &s.item);
    let policies: Vec<usize> = items
        .filter_map(|item| match item {
            Item::Instrument(i) if i.amends.is_none() => scope.instruments.get(&i.name.text).copied(),
            _ => None,
        })
        .collect();
    let replaced = |p: &&usize| scope.model.instruments.iter().any(|i| i.replaces == Some(**p));
    policies.iter().filter(|p| !replaced(p)).min().or(policies.iter().min()).copied()
}

impl Scope {
    fn built_in(&mut self, name: &str, label: &str, asked: &str) {
        self.facts.insert(name.to_owned(), FactId(u16::try_from(self.model.facts.len()).unwrap_or(u16::MAX)));
        let word = Word { label: Some(label.to_owned()), ..Word::named(name) };
        let fact = Fact::new(word, Side::Circumstances, Kind::Date);
        self.model.facts.push(Fact { asked: Some(asked.to_owned()), ..fact });
    }

    /// The one day that examples are on unless they name another.
    fn examples_day(&mut self, days: &[ast::DateLit], words: &str) -> Option<Date> {
        let [first, rest @ ..] = days else { return None };
        if let Some(second) = rest.first() {
            self.report(
                Diagnostic::error("B0180", second.span, format!("`{words}` is said twice"))
                    .label("second day")
                    .related(first.span, "the first")
                    .help(
                        "keep one; an example that is about another day says so: `..., on DATE; expect ...`",
                    ),
            );
        }
        date(self, first)
    }

    /// Limits that are the same on every machine, and far below what the numbers of a program can name.
    fn counted(&mut self) {
        let values = (0..self.model.facts.len())
            .map(|f| self.model.width(FactId(u16::try_from(f).unwrap_or(0))))
            .max();
        let counts = [
            (self.model.names.len(), RULES, "rules"),
            (self.model.facts.len(), WORDS, "facts"),
            (values.unwrap_or(0), WORDS, "values of one fact"),
            (self.model.atoms.len().max(self.model.deeds.len()), WORDS, "approvals, undertakings or deeds"),
        ];
        for (count, most, what) in counts.into_iter().filter(|(count, most, _)| count > most) {
            self.report(
                Diagnostic::new(
                    "B0030",
                    Severity::Error,
                    None,
                    format!("this pack has {count} {what}; at most {most} can be used"),
                )
                .help("divide it into several packs that share a vocabulary"),
            );
        }
    }

    /// What a pack needs as a whole.
    fn whole(&mut self, files: &[Input<'_>]) {
        let mut policies: Vec<&ast::Instrument> = Vec::new();
        let mut vocabulary: Option<(&ast::Name, &ast::Text)> = None;
        for sentence in files.iter().filter(|f| f.folder == 0).flat_map(|f| f.sentences) {
            match &sentence.item {
                Item::Instrument(i) if i.amends.is_none() => policies.push(i),
                Item::Vocabulary(words) => vocabulary = Some((&words.name, &words.title)),
                _ => {}
            }
        }
        let newest = policy_of(self, files, 0);
        let place = |policy: &ast::Instrument| self.instruments.get(&policy.name.text).copied();
        // Of several policies each but the newest has to be replaced by another of them.
        let (replaced, new): (Vec<&ast::Instrument>, Vec<&ast::Instrument>) =
            policies.iter().copied().partition(|policy| {
                let by = |other: &&ast::Instrument| {
                    place(other)
                        .and_then(|p| self.model.instruments.get(p))
                        .is_some_and(|i| i.replaces.is_some() && i.replaces == place(policy))
                };
                policies.iter().any(by)
            });
        if let ([only], None) = (new.as_slice(), vocabulary) {
            policies = vec![*only];
        } else if !replaced.is_empty() && new.is_empty() {
            policies.truncate(1);
        }
        match (policies.as_slice(), vocabulary) {
            ([policy], None) => {
                self.model.silence = self.silence_of(newest);
                self.model.name = policy.name.text.clone();
                self.model.title = policy.title.text.clone();
                self.model.answers = true;
                let place = self.instruments.get(&policy.name.text).copied();
                self.model.edition = place.and_then(|p| self.model.instruments.get(p)).and_then(|i| i.edition.clone());
                for (found, what, write) in [
                    (self.model.subject, "the subject", "fact role of the asker, the subject, one of: NAME, NAME"),
                    (self.model.act, "the acts", "fact action of the act, the acts"),
                ] {
                    if found.is_none() {
                        self.report(
                            Diagnostic::error("B0114", policy.name.span, format!("no fact of this pack is {what}"))
                                .label("a policy says who does what")
                                .help(format!("declare it in the vocabulary: `{write}.`")),
                        );
                    }
                }
            }
            ([], Some((name, title))) => {
                self.model.name = name.text.clone();
                self.model.title = title.text.clone();
            }
            ([], None) => self.report(
                Diagnostic::new("B0113", Severity::Error, None, "no file of this pack says what it is")
                    .help("begin one with `policy NAME \"TITLE\".`, or with `vocabulary NAME \"TITLE\".` if it only lends words"),
            ),
            ([first, rest @ ..], _) => {
                let span = rest.first().map_or_else(|| vocabulary.map_or(first.name.span, |(n, _)| n.span), |p| p.name.span);
                self.report(
                    Diagnostic::error("B0113", span, "a pack is one policy or one vocabulary")
                        .label("second one")
                        .related(first.name.span, "the first")
                        .help("move it to a folder of its own, make it an `addendum ... to ...`, or let the newer one say `replaces`"),
                );
            }
        }
    }
}
