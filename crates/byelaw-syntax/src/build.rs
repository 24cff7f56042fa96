//! From pest's pairs to the tree. The only room, with `parse` and `expected`, that knows pest's types.
//!
//! Every step answers `None` where a pair is not there, instead of trusting the grammar with a panic.

use byelaw_diagnostic::{Diagnostic, FileId, Span};
use byelaw_grammar::Rule;
use pest::iterators::{Pair, Pairs};

mod calendar;

use crate::ast::{
    self, About, Act, Advice, Approval, Case, Cell, Check, Clause, ClauseRef, Clauses, Column, Comparison,
    Condition, CountedRange, DateLit, Document, DocumentPart, Due, Duty, Expect, Fact, FactKind, FactPart,
    Fingerprint, Formula, FrameWord, Group, Instrument, InstrumentPart, Invariant, InvariantPart, Item, Let,
    Matrix, Modal, Name, Norm, NumberLit, Occasion, Otherwise, Parameter, Period, Phrase, PhraseWord,
    Presumed, Reading, Row, RowName, RuleBody, Set, Settle, SilenceAst, Table, TableCell, TableColumn,
    TableRow, Text, TimeLit, TimeOf, Turn, Value, Values, Word,
};

type Node<'a> = Pair<'a, Rule>;

/// Builds the tree of one sentence.
pub(crate) struct Builder<'d> {
    file: FileId,
    /// Where the sentence begins in its file.
    base: u32,
    diagnostics: &'d mut Vec<Diagnostic>,
}

fn child<'a>(node: &Node<'a>, rule: Rule) -> Option<Node<'a>> {
    node.clone().into_inner().find(|inner| inner.as_rule() == rule)
}

fn children<'a>(node: &Node<'a>, rule: Rule) -> impl Iterator<Item = Node<'a>> {
    node.clone().into_inner().filter(move |inner| inner.as_rule() == rule)
}

fn has(node: &Node<'_>, rule: Rule) -> bool {
    child(node, rule).is_some()
}

/// A list with no more room than it needs: one that grew by itself has room for four where it holds one.
fn fitting<T>(mut all: Vec<T>) -> Vec<T> {
    all.shrink_to_fit();
    all
}

/// The end of the last word in a node; pest's own end may include white space behind it.
fn tight_end(node: &Node<'_>) -> usize {
    let mut node = node.clone();
    while let Some(last) = node.clone().into_inner().last() {
        node = last;
    }
    node.as_span().end()
}

impl<'d> Builder<'d> {
    pub(crate) fn new(file: FileId, base: u32, diagnostics: &'d mut Vec<Diagnostic>) -> Self {
        Self { file, base, diagnostics }
    }

    fn span(&self, node: &Node<'_>) -> Span {
        let at = |offset: usize| self.base.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX));
        Span::new(self.file, at(node.as_span().start()), at(tight_end(node)))
    }

    // ------------------------------------------------------------------------------------------------ the leaves

    /// A `plain`, `free` or `ref`: any name, without its article.
    fn name(&self, node: &Node<'_>) -> Option<Name> {
        let leaf = if node.as_rule() == Rule::reference { child(node, Rule::free)? } else { node.clone() };
        Some(Name { text: leaf.as_str().trim().to_ascii_lowercase(), span: self.span(&leaf) })
    }

    fn named(&self, node: &Node<'_>, rule: Rule) -> Option<Name> {
        self.name(&child(node, rule)?)
    }

    /// The text that is a child of the node.
    fn text(&self, node: &Node<'_>) -> Option<Text> {
        Some(self.text_leaf(&child(node, Rule::text)?))
    }

    fn text_leaf(&self, leaf: &Node<'_>) -> Text {
        let source = leaf.as_str();
        let inside = source.strip_prefix('"').and_then(|s| s.strip_suffix('"')).unwrap_or(source);
        let mut text = String::new();
        let mut chars = inside.chars();
        while let Some(c) = chars.next() {
            text.extend(if c == '\\' { chars.next() } else { Some(c) });
        }
        Text { text, span: self.span(leaf) }
    }

    fn texts(&self, node: &Node<'_>) -> Vec<Text> {
        children(node, Rule::text).map(|leaf| self.text_leaf(&leaf)).collect()
    }

    fn date_leaf(&self, leaf: &Node<'_>) -> Option<DateLit> {
        let mut parts = leaf.as_str().split('-');
        Some(DateLit {
            year: parts.next()?.parse().ok()?,
            month: parts.next()?.parse().ok()?,
            day: parts.next()?.parse().ok()?,
            span: self.span(leaf),
        })
    }

    fn date(&self, node: &Node<'_>) -> Option<DateLit> {
        self.date_leaf(&child(node, Rule::date)?)
    }

    fn time_leaf(&self, leaf: &Node<'_>) -> Option<TimeLit> {
        let (hour, minute) = leaf.as_str().split_once(':')?;
        Some(TimeLit { hour: hour.parse().ok()?, minute: minute.parse().ok()?, span: self.span(leaf) })
    }

    fn time(&self, node: &Node<'_>) -> Option<TimeLit> {
        self.time_leaf(&child(node, Rule::time)?)
    }

    fn number(&mut self, leaf: &Node<'_>) -> Option<NumberLit> {
        let span = self.span(leaf);
        match leaf.as_str().parse() {
            Ok(value) => Some(NumberLit { value, span }),
            Err(_) => {
                self.diagnostics.push(
                    Diagnostic::error("B0024", span, format!("the number `{}` is too large", leaf.as_str()))
                        .help(format!("the largest number is {}", i64::MAX)),
                );
                None
            }
        }
    }

    fn clause_ref(&self, node: &Node<'_>) -> Option<ClauseRef> {
        let mut names = children(node, Rule::plain);
        Some(ClauseRef {
            document: self.name(&names.next()?)?,
            clause: self.name(&names.next()?)?,
            span: self.span(node),
        })
    }

    /// The names of an `or_list`, `all_list` or `value_list`.
    fn list(&self, node: &Node<'_>) -> Option<Vec<Name>> {
        children(node, Rule::reference).map(|name| self.name(&name)).collect::<Option<_>>().map(fitting)
    }

    fn listed(&self, node: &Node<'_>, rule: Rule) -> Option<Vec<Name>> {
        self.list(&child(node, rule)?)
    }

    fn also(&self, node: &Node<'_>) -> Vec<Text> {
        child(node, Rule::also).map(|also| self.texts(&also)).unwrap_or_default()
    }

    /// The names behind `formerly`, if it is a child of the node.
    fn formerly(&self, node: &Node<'_>) -> Option<Vec<Name>> {
        match child(node, Rule::formerly) {
            Some(formerly) => children(&formerly, Rule::plain).map(|name| self.name(&name)).collect(),
            None => Some(Vec::new()),
        }
    }

    /// A name with label, `also`, `formerly` and `meaning` among the children of the node.
    fn word(&self, node: &Node<'_>) -> Option<Word> {
        Some(Word {
            name: self.named(node, Rule::plain)?,
            label: self.text(node),
            also: self.also(node),
            formerly: self.formerly(node)?,
            meaning: child(node, Rule::meaning).and_then(|meaning| self.text(&meaning)),
        })
    }

    fn values(&self, node: &Node<'_>) -> Option<Vec<Value>> {
        children(&child(node, Rule::values)?, Rule::value).map(|value| self.word(&value)).collect()
    }

    fn because(&self, node: &Node<'_>) -> Option<Text> {
        self.text(&child(node, Rule::because)?)
    }

    // --------------------------------------------------------------------------------------------- the sentences

    /// The item of a whole sentence.
    pub(crate) fn sentence(&mut self, mut pairs: Pairs<'_, Rule>) -> Option<Item> {
        let node = pairs.next()?.into_inner().next()?;
        Some(match node.as_rule() {
            Rule::use_sentence => Item::Use(self.text(&node)?),
            Rule::vocabulary => Item::Vocabulary(Box::new(ast::Vocabulary {
                name: self.named(&node, Rule::plain)?,
                title: self.text(&node)?,
            })),
            Rule::policy | Rule::addendum => Item::Instrument(Box::new(self.instrument(&node)?)),
            Rule::document => Item::Document(Box::new(self.document(&node)?)),
            Rule::clause => Item::Clause(Box::new(self.clause(&node)?)),
            Rule::fact => Item::Fact(Box::new(self.fact(&node)?)),
            Rule::parameter => Item::Parameter(Box::new(Parameter {
                name: self.named(&node, Rule::plain)?,
                label: self.text(&node),
                left_to: self.named(&node, Rule::reference)?,
                parts: self.fact_parts(&node)?,
            })),
            Rule::reading => Item::Reading(Box::new(Reading {
                name: self.named(&node, Rule::plain)?,
                label: self.text(&node),
                clause: self.clause_ref(&child(&node, Rule::clause_ref)?)?,
                parts: self.fact_parts(&node)?,
            })),
            Rule::set_sentence => Item::Set(Box::new(self.set(&node)?)),
            Rule::add_to => Item::AddTo(Box::new(ast::AddTo {
                fact: self.named(&node, Rule::reference)?,
                values: self.values(&node)?,
            })),
            Rule::group => Item::Group(Box::new(Group {
                word: self.word(&node)?,
                fact: self.named(&node, Rule::reference)?,
                members: self.listed(&node, Rule::or_list)?,
                ordinarily: match child(&node, Rule::ordinarily) {
                    Some(ordinarily) => self.listed(&ordinarily, Rule::or_list)?,
                    None => Vec::new(),
                },
            })),
            Rule::period => Item::Period(Box::new(self.period(&node)?)),
            Rule::calendar => Item::Calendar(Box::new(self.calendar(&node)?)),
            Rule::define => Item::Define(Box::new(ast::Define {
                name: self.named(&node, Rule::plain)?,
                label: self.text(&node),
                condition: self.condition_in(&node)?,
            })),
            Rule::impossible => Item::Impossible(Box::new(self.condition_in(&node)?)),
            Rule::act => Item::Act(Box::new(Act { word: self.word(&node)?, frame: self.frame(&node)? })),
            Rule::approval => Item::Approval(Box::new(self.approval(&node)?)),
            Rule::undertaking => Item::Undertaking(Box::new(self.word(&node)?)),
            Rule::deed => Item::Deed(Box::new(ast::Deed {
                word: self.word(&node)?,
                done_by: match child(&node, Rule::done_by) {
                    Some(act) => Some(self.phrase_in(&act)?),
                    None => None,
                },
            })),
            Rule::event => Item::Event(Box::new(self.word(&node)?)),
            Rule::rule_sentence => Item::Rule(Box::new(self.rule(&node)?)),
            Rule::matrix => Item::Matrix(Box::new(self.matrix(&node)?)),
            Rule::settle => Item::Settle(Box::new(self.settle(&node)?)),
            Rule::let_sentence => Item::Let(Box::new(Let {
                rules: children(&node, Rule::free).map(|rule| self.name(&rule)).collect::<Option<_>>()?,
                when: match child(&node, Rule::when) {
                    Some(when) => Some(self.condition_in(&when)?),
                    None => None,
                },
            })),
            Rule::check => Item::Check(Box::new(self.check(&node)?)),
            Rule::check_table => Item::Table(Box::new(self.table(&node)?)),
            Rule::examples_date => Item::ExamplesOn { all: has(&node, Rule::k_all), date: self.date(&node)? },
            Rule::invariant => Item::Invariant(Box::new(self.invariant(&node)?)),
            _ => return None,
        })
    }

    fn instrument(&mut self, node: &Node<'_>) -> Option<Instrument> {
        let mut names = children(node, Rule::plain);
        let name = self.name(&names.next()?)?;
        let amends = match names.next() {
            Some(policy) => Some(self.name(&policy)?),
            None => None,
        };
        let mut parts = Vec::new();
        for part in node.clone().into_inner() {
            parts.push(match part.as_rule() {
                Rule::edition => InstrumentPart::Edition(self.text(&part)?),
                Rule::adopted => InstrumentPart::Adopted(self.date(&part)?),
                Rule::in_force => {
                    let mut dates = children(&part, Rule::date);
                    InstrumentPart::InForce {
                        from: self.date_leaf(&dates.next()?)?,
                        until: dates.next().and_then(|date| self.date_leaf(&date)),
                    }
                }
                Rule::in_force_while => InstrumentPart::InForceWhile(self.named(&part, Rule::reference)?),
                Rule::review_by => InstrumentPart::ReviewBy(self.date(&part)?),
                Rule::silence => InstrumentPart::Silence(self.silence(&part)?),
                Rule::prevails_said => InstrumentPart::PrevailsWhereSaid(self.span(&part)),
                Rule::prevails_all => InstrumentPart::PrevailsOverAll(self.span(&part)),
                Rule::replaces => InstrumentPart::Replaces(self.named(&part, Rule::plain)?),
                _ => continue,
            });
        }
        let under = child(node, Rule::under_policy).and_then(|under| self.named(&under, Rule::plain));
        Some(Instrument { name, title: self.text(node)?, amends, under, parts })
    }

    fn silence(&self, node: &Node<'_>) -> Option<SilenceAst> {
        if let Some(forbidden) = child(node, Rule::k_forbidden) {
            return Some(SilenceAst::Forbidden(self.span(&forbidden)));
        }
        if let Some(allowed) = child(node, Rule::k_allowed) {
            return Some(SilenceAst::Allowed(self.span(&allowed)));
        }
        Some(SilenceAst::Ask(self.named(node, Rule::reference)?))
    }

    fn document(&mut self, node: &Node<'_>) -> Option<Document> {
        let mut parts = Vec::new();
        for part in node.clone().into_inner() {
            parts.push(match part.as_rule() {
                Rule::edition => DocumentPart::Edition(self.text(&part)?),
                Rule::pages => DocumentPart::Pages(self.number(&child(&part, Rule::number)?)?),
                Rule::file_hint => DocumentPart::File(self.text(&part)?),
                Rule::remark => DocumentPart::Note(self.text(&part)?),
                _ => continue,
            });
        }
        Some(Document { name: self.named(node, Rule::plain)?, title: self.text(node)?, parts })
    }

    /// `lines 4 to 6`, `words 3 to 20`.
    fn counted(&mut self, node: &Node<'_>) -> Option<CountedRange> {
        let numbers: Vec<NumberLit> =
            children(node, Rule::number).map(|number| self.number(&number)).collect::<Option<_>>()?;
        Some(CountedRange { first: *numbers.first()?, last: numbers.get(1).copied(), span: self.span(node) })
    }

    fn fingerprint(&mut self, node: &Node<'_>) -> Option<Fingerprint> {
        Some(Fingerprint {
            digits: self.text(node)?,
            words: self.number(&child(node, Rule::number)?)?,
            span: self.span(node),
        })
    }

    fn clause(&mut self, node: &Node<'_>) -> Option<Clause> {
        let mut texts = self.texts(node).into_iter();
        let standing = child(node, Rule::standing).and_then(|standing| {
            let word = standing.into_inner().next()?;
            self.name(&word)
        });
        Some(Clause {
            id: self.clause_ref(&child(node, Rule::clause_ref)?)?,
            locator: texts.next()?,
            standing,
            because: self.because(node),
            lines: match child(node, Rule::clause_lines) {
                Some(lines) => Some(Box::new(self.counted(&lines)?)),
                None => None,
            },
            words: match child(node, Rule::clause_words) {
                Some(words) => Some(Box::new(self.counted(&words)?)),
                None => None,
            },
            fingerprint: match child(node, Rule::fingerprint) {
                Some(fingerprint) => Some(Box::new(self.fingerprint(&fingerprint)?)),
                None => None,
            },
            paraphrase: texts.next()?,
        })
    }

    fn fact(&mut self, node: &Node<'_>) -> Option<Fact> {
        let side = child(node, Rule::side)?.into_inner().next()?;
        Some(Fact {
            name: self.named(node, Rule::plain)?,
            label: self.text(node),
            side: self.name(&side)?,
            parts: self.fact_parts(node)?,
        })
    }

    fn fact_parts(&mut self, node: &Node<'_>) -> Option<Vec<FactPart>> {
        let mut parts = Vec::new();
        for part in node.clone().into_inner() {
            parts.push(match part.as_rule() {
                Rule::asked => FactPart::Asked(self.text(&part)?),
                Rule::presumed => FactPart::Presumed(self.presumed(&part)?),
                Rule::judged_by => FactPart::JudgedBy(self.named(&part, Rule::reference)?),
                Rule::meaning => FactPart::Meaning(self.text(&part)?),
                Rule::also => FactPart::Also(self.texts(&part)),
                Rule::formerly => FactPart::Formerly(
                    children(&part, Rule::plain).map(|name| self.name(&name)).collect::<Option<_>>()?,
                ),
                Rule::held => FactPart::Held(self.span(&part)),
                Rule::costing => FactPart::Costing(self.number(&child(&part, Rule::number)?)?),
                Rule::the_subject => FactPart::Subject(self.span(&part)),
                Rule::said => FactPart::Said(self.frame(&part)?),
                Rule::yes_or_no => FactPart::Kind(FactKind::YesNo(self.span(&part))),
                Rule::one_of => FactPart::Kind(FactKind::OneOf(self.values(&part)?)),
                Rule::some_of => FactPart::Kind(FactKind::SomeOf(self.values(&part)?)),
                Rule::some_of_fact => {
                    FactPart::Kind(FactKind::SomeOfFact(self.named(&part, Rule::reference)?))
                }
                Rule::number_kind => {
                    let mut numbers = children(&part, Rule::number);
                    let (from, to) = (numbers.next()?, numbers.next()?);
                    FactPart::Kind(FactKind::Number {
                        unit: self.named(&part, Rule::free)?,
                        from: self.number(&from)?,
                        to: self.number(&to)?,
                    })
                }
                Rule::date_kind => FactPart::Kind(FactKind::Date(self.span(&part))),
                Rule::time_kind => FactPart::Kind(FactKind::Time(self.span(&part))),
                Rule::weekday_kind => FactPart::Kind(FactKind::Weekday(self.span(&part))),
                Rule::acts_kind => FactPart::Kind(FactKind::Acts(self.span(&part))),
                Rule::taken_as => FactPart::TakenAs {
                    values: self.listed(&part, Rule::or_list)?,
                    because: self.because(&part),
                },
                _ => continue,
            });
        }
        Some(parts)
    }

    fn presumed(&mut self, node: &Node<'_>) -> Option<Presumed> {
        Some(Presumed {
            value: self.named(node, Rule::reference)?,
            except: match child(node, Rule::except_to) {
                Some(except) => self.listed(&except, Rule::or_list)?,
                None => Vec::new(),
            },
            when: match child(node, Rule::when) {
                Some(when) => Some(self.condition_in(&when)?),
                None => None,
            },
        })
    }

    fn period(&self, node: &Node<'_>) -> Option<Period> {
        let stretch = child(node, Rule::stretch)?;
        let mut dates = children(&stretch, Rule::date);
        Some(Period {
            word: self.word(node)?,
            asked: child(node, Rule::asked).and_then(|asked| self.text(&asked)),
            from: self.date_leaf(&dates.next()?)?,
            until: dates.next().and_then(|date| self.date_leaf(&date)),
            dates_set_by_pack: has(node, Rule::not_from_document),
        })
    }

    fn frame(&self, node: &Node<'_>) -> Option<Vec<FrameWord>> {
        children(&child(node, Rule::frame)?, Rule::frame_word)
            .map(|word| match child(&word, Rule::gap) {
                Some(gap) => self.named(&gap, Rule::free).map(FrameWord::Gap),
                None => self.named(&word, Rule::free).map(FrameWord::Word),
            })
            .collect()
    }

    fn approval(&self, node: &Node<'_>) -> Option<Approval> {
        Some(Approval {
            word: self.word(node)?,
            given_by: match child(node, Rule::given_by) {
                Some(given_by) => self.listed(&given_by, Rule::or_list)?,
                None => Vec::new(),
            },
            class: child(node, Rule::class).and_then(|class| self.named(&class, Rule::reference)),
            not_by_asker: has(node, Rule::not_by_asker),
        })
    }

    // ------------------------------------------------------------------------------------------------- the rules

    fn cites(&self, node: &Node<'_>) -> Option<Vec<ClauseRef>> {
        children(&child(node, Rule::cites)?, Rule::clause_ref)
            .map(|clause| self.clause_ref(&clause))
            .collect::<Option<_>>()
            .map(fitting)
    }

    fn rule(&mut self, node: &Node<'_>) -> Option<ast::Rule> {
        let name = self.named(node, Rule::plain)?;
        let cites = self.cites(node)?;
        let body = if let Some(norm) = child(node, Rule::norm) {
            RuleBody::Norm(self.norm(&norm)?)
        } else if let Some(duty) = child(node, Rule::duty) {
            RuleBody::Duty(self.duty(&duty)?)
        } else if let Some(advice) = child(node, Rule::advice) {
            RuleBody::Advice(Advice {
                who: self.who(&advice)?,
                act: self.phrase_in(&advice)?,
                when: match child(&advice, Rule::when) {
                    Some(when) => Some(self.condition_in(&when)?),
                    None => None,
                },
                text: self.text(&advice)?,
            })
        } else {
            let disapply = child(node, Rule::disapply)?;
            RuleBody::Disapply {
                rule: self.named(&disapply, Rule::plain)?,
                when: self.condition_in(&child(&disapply, Rule::when)?)?,
            }
        };
        Some(ast::Rule { name, cites, body })
    }

    fn norm(&mut self, node: &Node<'_>) -> Option<Norm> {
        let despite = match child(node, Rule::despite) {
            Some(despite) => children(&despite, Rule::despite_rule)
                .map(|rule| self.named(&rule, Rule::free))
                .collect::<Option<_>>()?,
            None => Vec::new(),
        };
        let modal_node = child(node, Rule::modal)?;
        let modal = match modal_node.clone().into_inner().next()?.as_rule() {
            Rule::may_in_general => Modal::MayInGeneral,
            Rule::may_only => Modal::MayOnly,
            Rule::k_may => Modal::May,
            Rule::must_not => Modal::MustNot,
            Rule::must_never => Modal::MustNever,
            Rule::should_not => Modal::ShouldNot,
            _ => return None,
        };
        Some(Norm {
            despite,
            who: self.who(node)?,
            modal,
            modal_span: self.span(&modal_node),
            act: self.phrase_in(node)?,
            clauses: self.clauses(node)?,
        })
    }

    fn who(&self, node: &Node<'_>) -> Option<Values> {
        let who = child(node, Rule::who)?;
        let names = match child(&who, Rule::or_list) {
            Some(list) => self.list(&list)?,
            None => Vec::new(),
        };
        Some(Values { except: has(&who, Rule::k_anyone), names, span: self.span(&who) })
    }

    fn phrase_in(&self, node: &Node<'_>) -> Option<Phrase> {
        self.phrase(&child(node, Rule::phrase)?)
    }

    fn phrase(&self, node: &Node<'_>) -> Option<Phrase> {
        let words = node.clone().into_inner().map(|word| self.phrase_word(&word)).collect::<Option<_>>()?;
        Some(Phrase { words: fitting(words), span: self.span(node) })
    }

    fn phrase_word(&self, word: &Node<'_>) -> Option<PhraseWord> {
        Some(match word.as_rule() {
            Rule::list_comma => PhraseWord::Comma(self.span(word)),
            Rule::list_or => PhraseWord::Or(self.span(word)),
            Rule::only => PhraseWord::Only(self.span(word)),
            Rule::except => PhraseWord::Except(self.span(word)),
            _ => PhraseWord::Word(self.name(word)?),
        })
    }

    fn clauses(&mut self, node: &Node<'_>) -> Option<Clauses> {
        let mut clauses = Clauses::default();
        for clause in node.clone().into_inner() {
            match clause.as_rule() {
                Rule::when => clauses.when = Some(self.condition_in(&clause)?),
                Rule::only_when => clauses.only_when = Some(self.condition_in(&clause)?),
                Rule::unless => clauses.unless = Some(self.condition_in(&clause)?),
                Rule::approved => clauses.approved = Some(self.formula(&child(&clause, Rule::formula)?)?),
                Rule::at_discretion => clauses.discretion = Some(self.named(&clause, Rule::reference)?),
                Rule::provided => clauses.provided = Some(self.formula(&child(&clause, Rule::formula)?)?),
                _ => {}
            }
        }
        Some(clauses)
    }

    fn duty(&mut self, node: &Node<'_>) -> Option<Duty> {
        let due = match child(node, Rule::due) {
            Some(due) => Some(self.due(&due.into_inner().next()?)?),
            None => None,
        };
        let when = match child(node, Rule::when) {
            Some(when) => Some(self.condition_in(&when)?),
            None => None,
        };
        Some(Duty {
            who: self.who(node)?,
            should: has(node, Rule::k_should),
            deeds: self.deeds(&child(node, Rule::deeds)?)?,
            due,
            occasion: match child(node, Rule::occasion) {
                Some(occasion) => Some(self.occasion(&occasion)?),
                None => None,
            },
            when,
            otherwise: match child(node, Rule::otherwise) {
                Some(otherwise) => Some(match self.text(&otherwise) {
                    Some(text) => Otherwise::Words(text),
                    None => Otherwise::Deed(self.named(&otherwise, Rule::reference)?),
                }),
                None => None,
            },
        })
    }

    /// All of these, and of each the deeds of which one is enough.
    fn deeds(&self, node: &Node<'_>) -> Option<Vec<Vec<Name>>> {
        match child(node, Rule::deed_or) {
            Some(one) => Some(vec![self.list(&one)?]),
            None => children(node, Rule::deed_choice).map(|choice| self.list(&choice)).collect(),
        }
    }

    fn occasion(&self, node: &Node<'_>) -> Option<Occasion> {
        let turn = if has(node, Rule::k_before) {
            Turn::Before
        } else if has(node, Rule::k_after) {
            Turn::After
        } else {
            Turn::With
        };
        Some(match child(node, Rule::phrase) {
            Some(phrase) => Occasion::Act(turn, self.phrase(&phrase)?),
            None => Occasion::Event(turn, self.named(node, Rule::reference)?),
        })
    }

    /// The words of a unit of time, in the plural.
    fn unit(&self, node: &Node<'_>) -> Option<String> {
        let unit = child(node, Rule::unit)?.into_inner().next()?;
        let words: Vec<_> = if unit.as_rule() == Rule::days {
            unit.into_inner().map(|word| word.as_str().to_ascii_lowercase()).collect()
        } else {
            vec![unit.as_str().to_ascii_lowercase()]
        };
        Some(plural(words))
    }

    fn due(&mut self, node: &Node<'_>) -> Option<Due> {
        Some(match node.as_rule() {
            Rule::as_soon_as_possible => Due::AsSoonAsPossible,
            Rule::k_immediately => Due::Immediately,
            Rule::due_by => Due::By(self.text(node)?),
            Rule::within => Due::Within {
                number: self.number(&child(node, Rule::number)?)?,
                unit: self.unit(node)?,
                of: self.named(node, Rule::reference),
            },
            Rule::every => Due::Every {
                number: match child(node, Rule::number) {
                    Some(number) => self.number(&number)?,
                    // `every year` is `every 1 year`.
                    None => NumberLit { value: 1, span: self.span(&child(node, Rule::unit)?) },
                },
                unit: self.unit(node)?,
            },
            Rule::once => match self.named(node, Rule::reference) {
                Some(calendar) => Due::OncePerStretch(calendar),
                None => Due::OncePer(node.clone().into_inner().last()?.as_str().to_ascii_lowercase()),
            },
            _ => return None,
        })
    }

    fn matrix(&mut self, node: &Node<'_>) -> Option<Matrix> {
        let columns = children(node, Rule::column)
            .map(|column| Some(Column { name: self.named(&column, Rule::plain)?, who: self.who(&column)? }))
            .collect::<Option<_>>()?;
        let mut rows = Vec::new();
        for row in children(node, Rule::row) {
            let mut cells = Vec::new();
            for cell in children(&row, Rule::cell) {
                cells.push(self.cell(&cell.into_inner().next()?)?);
            }
            rows.push(Row {
                name: self.named(&row, Rule::plain)?,
                cites: self.cites(&row)?,
                act: self.phrase_in(&row)?,
                cells,
            });
        }
        Some(Matrix { name: self.named(node, Rule::plain)?, title: self.text(node)?, columns, rows })
    }

    fn cell(&mut self, node: &Node<'_>) -> Option<Cell> {
        let span = self.span(node);
        Some(match node.as_rule() {
            Rule::k_yes => Cell::Yes(span),
            Rule::k_no => Cell::No(span),
            Rule::cell_if => Cell::If(Box::new(self.clauses(node)?), span),
            Rule::cell_only => {
                let mut phrase = self.phrase_in(node)?;
                phrase.words.insert(0, PhraseWord::Only(self.span(&child(node, Rule::only)?)));
                phrase.span = span;
                Cell::Only(phrase, span)
            }
            _ => return None,
        })
    }

    fn set(&self, node: &Node<'_>) -> Option<Set> {
        let decided = child(node, Rule::decided);
        Some(Set {
            fact: self.named(node, Rule::reference)?,
            values: match child(node, Rule::date) {
                Some(day) => vec![Name { text: day.as_str().to_owned(), span: self.span(&day) }],
                None => self.listed(node, Rule::or_list)?,
            },
            because: self.because(node)?,
            decided_by: decided.as_ref().and_then(|decided| self.named(decided, Rule::reference)),
            on: decided.and_then(|decided| self.date(&child(&decided, Rule::on_date)?)),
        })
    }

    fn settle(&self, node: &Node<'_>) -> Option<Settle> {
        let mut names = children(node, Rule::plain);
        let decided = child(node, Rule::decided);
        Some(Settle {
            first: self.name(&names.next()?)?,
            second: self.name(&names.next()?)?,
            prevails: self.name(&names.next()?)?,
            because: self.because(node)?,
            decided_by: decided.as_ref().and_then(|decided| self.named(decided, Rule::reference)),
            on: decided.and_then(|decided| self.date(&child(&decided, Rule::on_date)?)),
        })
    }

    // ---------------------------------------------------------------------------------------------- the examples

    fn check(&mut self, node: &Node<'_>) -> Option<Check> {
        Some(Check { case: self.case(node)?, expect: self.expect(node)? })
    }

    fn case(&mut self, node: &Node<'_>) -> Option<Case> {
        let mut case = Case {
            title: self.text(node)?,
            who: self.who(node)?,
            about: if let Some(event) = child(node, Rule::after_event) {
                About::Event(self.named(&event, Rule::reference)?)
            } else if let Some(whatever) = child(node, Rule::whatever) {
                About::Whatever(self.span(&whatever))
            } else {
                About::Act(self.phrase_in(node)?)
            },
            when: match child(node, Rule::when) {
                Some(when) => Some(self.condition_in(&when)?),
                None => None,
            },
            on: None,
            at: None,
            approved: Vec::new(),
            refused: Vec::new(),
            will: Vec::new(),
            wont: Vec::new(),
            strict: false,
        };
        for part in node.clone().into_inner() {
            let rule = part.as_rule();
            match rule {
                Rule::on_moment => {
                    if case.on.is_some() {
                        self.said_twice(&part, "on");
                    }
                    case.on = Some(self.date(&part)?);
                    case.at = self.time(&part);
                }
                Rule::assuming_nothing => case.strict = true,
                Rule::approved_by | Rule::refused_by | Rule::will | Rule::will_not => {
                    let names = self.listed(&part, Rule::all_list)?;
                    let slot = match rule {
                        Rule::approved_by => &mut case.approved,
                        Rule::refused_by => &mut case.refused,
                        Rule::will => &mut case.will,
                        _ => &mut case.wont,
                    };
                    slot.extend(names);
                }
                _ => {}
            }
        }
        Some(case)
    }

    fn table(&mut self, node: &Node<'_>) -> Option<Table> {
        let columns = children(node, Rule::table_column)
            .map(|column| {
                let what = column.clone().into_inner().next()?;
                let span = self.span(&column);
                Some(match what.as_rule() {
                    Rule::column_approved => TableColumn::Approved(span),
                    Rule::column_refused => TableColumn::Refused(span),
                    Rule::column_will => TableColumn::Will(span),
                    Rule::column_will_not => TableColumn::WillNot(span),
                    _ => TableColumn::Fact(self.name(&what)?),
                })
            })
            .collect::<Option<_>>()?;
        let mut rows = Vec::new();
        for row in children(node, Rule::table_row) {
            let name = match child(&row, Rule::plain) {
                Some(name) => RowName::Name(self.name(&name)?),
                None => RowName::Title(self.text(&row)?),
            };
            let cells = children(&row, Rule::table_cell)
                .map(|cell| match cell.clone().into_inner().next() {
                    None => Some(TableCell::Empty),
                    Some(inner) if inner.as_rule() == Rule::date => Some(TableCell::Date(self.date(&cell)?)),
                    Some(inner) => Some(TableCell::Names(self.list(&inner)?)),
                })
                .collect::<Option<_>>()?;
            rows.push(TableRow { name, cells, expect: self.expect(&row)? });
        }
        Some(Table { case: self.case(node)?, columns, rows })
    }

    fn outcome(&self, node: &Node<'_>) -> Option<String> {
        let text = match node.clone().into_inner().next()?.as_rule() {
            Rule::k_permitted => "permitted",
            Rule::needs_approval => "needs_approval",
            Rule::k_forbidden => "forbidden",
            Rule::not_covered => "not_covered",
            Rule::needs_facts => "needs_facts",
            _ => return None,
        };
        Some(text.to_owned())
    }

    fn expect(&mut self, node: &Node<'_>) -> Option<Expect> {
        let outcome = child(node, Rule::outcome)?;
        let mut expect = Expect {
            outcome: self.outcome(&outcome)?,
            outcome_span: self.span(&outcome),
            provided: None,
            approvals: None,
            duties: None,
            needs: None,
            because: None,
            assumed: None,
            citing: None,
            open: None,
            defeated: None,
            clashes: None,
            possible: None,
        };
        for part in node.clone().into_inner() {
            let (slot, word) = match part.as_rule() {
                Rule::expect_citing => {
                    let clauses = children(&part, Rule::clause_ref)
                        .map(|c| self.clause_ref(&c))
                        .collect::<Option<_>>()?;
                    if expect.citing.replace(clauses).is_some() {
                        self.said_twice(&part, "citing");
                    }
                    continue;
                }
                Rule::expect_possible => {
                    let outcomes =
                        children(&part, Rule::outcome).map(|o| self.outcome(&o)).collect::<Option<_>>()?;
                    if expect.possible.replace(outcomes).is_some() {
                        self.said_twice(&part, "possible");
                    }
                    continue;
                }
                Rule::expect_provided => (&mut expect.provided, "provided"),
                Rule::expect_approvals => (&mut expect.approvals, "approvals"),
                Rule::expect_duties => (&mut expect.duties, "duties"),
                Rule::expect_needs => (&mut expect.needs, "needs"),
                Rule::expect_because => (&mut expect.because, "because"),
                Rule::expect_assumed => (&mut expect.assumed, "assumed"),
                Rule::expect_open => (&mut expect.open, "open"),
                Rule::expect_defeated => (&mut expect.defeated, "defeated"),
                Rule::expect_clashes => (&mut expect.clashes, "clashes"),
                _ => continue,
            };
            if slot.replace(self.listed(&part, Rule::all_list)?).is_some() {
                self.said_twice(&part, word);
            }
        }
        Some(expect)
    }

    fn invariant(&mut self, node: &Node<'_>) -> Option<Invariant> {
        let mut parts = Vec::new();
        for part in node.clone().into_inner() {
            let span = self.span(&part);
            parts.push(match part.as_rule() {
                Rule::stretch => {
                    let mut dates = children(&part, Rule::date);
                    let from = self.date_leaf(&dates.next()?)?;
                    let until = match dates.next() {
                        Some(until) => Some(self.date_leaf(&until)?),
                        None => None,
                    };
                    InvariantPart::During { from, until, span }
                }
                Rule::even_if_approved => {
                    let names = match child(&part, Rule::all_list) {
                        Some(list) => self.list(&list)?,
                        None => Vec::new(),
                    };
                    InvariantPart::Even(names, span)
                }
                Rule::unless_approved => InvariantPart::Unless(self.listed(&part, Rule::or_list)?, span),
                Rule::if_approved => InvariantPart::If(self.listed(&part, Rule::all_list)?, span),
                _ => continue,
            });
        }
        Some(Invariant {
            never: has(node, Rule::k_never),
            title: match child(node, Rule::text) {
                Some(_) => Some(self.text(node)?),
                None => None,
            },
            who: self.who(node)?,
            act: self.phrase_in(node)?,
            when: match child(node, Rule::when) {
                Some(when) => Some(self.condition_in(&when)?),
                None => None,
            },
            parts,
        })
    }

    /// Told once for a sentence: one slip can make several words of it look so.
    fn said_twice(&mut self, node: &Node<'_>, word: &str) {
        let here = |d: &Diagnostic| d.code == "B0025" && d.span.is_some_and(|span| span.start >= self.base);
        if self.diagnostics.iter().any(here) {
            return;
        }
        self.diagnostics.push(
            Diagnostic::error("B0025", self.span(node), format!("`{word}` is said twice in this sentence"))
                .help("keep one of them"),
        );
    }

    // ------------------------------------------------------------------------------------ conditions and formulas

    fn condition_in(&mut self, node: &Node<'_>) -> Option<Condition> {
        self.condition(&child(node, Rule::condition)?)
    }

    /// Recursion is bounded by `MAX_BRACKETS`.
    fn condition(&mut self, node: &Node<'_>) -> Option<Condition> {
        let mut terms = Vec::new();
        for term in children(node, Rule::term) {
            terms.push(self.term(&term.into_inner().next()?)?);
        }
        Some(if has(node, Rule::k_and) {
            Condition::And(fitting(terms))
        } else if has(node, Rule::k_or) {
            Condition::Or(fitting(terms))
        } else {
            terms.pop()?
        })
    }

    fn term(&mut self, node: &Node<'_>) -> Option<Condition> {
        match node.as_rule() {
            Rule::bracketed => self.condition_in(node),
            Rule::negation => {
                let inner = match child(node, Rule::bracketed) {
                    Some(bracketed) => self.condition_in(&bracketed)?,
                    None => Condition::Holds(self.named(node, Rule::reference)?),
                };
                Some(Condition::Not(Box::new(inner), self.span(node)))
            }
            Rule::statement => self.statement(node),
            _ => None,
        }
    }

    fn statement(&mut self, node: &Node<'_>) -> Option<Condition> {
        let fact = self.named(node, Rule::reference)?;
        if !has(node, Rule::k_is) && !has(node, Rule::k_includes) {
            return Some(Condition::Holds(fact));
        }
        let what = node.clone().into_inner().last()?;
        let how = match what.as_rule() {
            Rule::is_not => {
                let values = self.condition_values(&child(&what, Rule::value_list)?)?;
                return Some(Condition::Is { fact, negated: true, includes: false, values });
            }
            Rule::value_list => {
                let values = self.condition_values(&what)?;
                return Some(Condition::Is {
                    fact,
                    negated: false,
                    includes: has(node, Rule::k_includes),
                    values,
                });
            }
            Rule::from_date => {
                return Some(Condition::From { fact, date: self.date(&what)? });
            }
            Rule::before_date => {
                return Some(Condition::Before { fact, date: self.date(&what)? });
            }
            Rule::time => {
                return Some(Condition::Time { fact, when: TimeOf::Exactly(self.time_leaf(&what)?) });
            }
            Rule::from_time => {
                return Some(Condition::Time { fact, when: TimeOf::From(self.time(&what)?) });
            }
            Rule::before_time => {
                return Some(Condition::Time { fact, when: TimeOf::Before(self.time(&what)?) });
            }
            Rule::between_times => {
                let mut times = children(&what, Rule::time);
                let when = TimeOf::Between(self.time_leaf(&times.next()?)?, self.time_leaf(&times.next()?)?);
                return Some(Condition::Time { fact, when });
            }
            Rule::at_least => Comparison::AtLeast,
            Rule::at_most => Comparison::AtMost,
            Rule::over => Comparison::Over,
            Rule::under => Comparison::Under,
            Rule::number => Comparison::Exactly,
            _ => return None,
        };
        let number = if what.as_rule() == Rule::number { what } else { child(&what, Rule::number)? };
        Some(Condition::Number { fact, how, number: self.number(&number)? })
    }

    fn condition_values(&self, node: &Node<'_>) -> Option<Values> {
        Some(Values { except: false, names: self.list(node)?, span: self.span(node) })
    }

    /// Recursion is bounded by `MAX_BRACKETS`.
    fn formula(&self, node: &Node<'_>) -> Option<Formula> {
        let mut terms = Vec::new();
        for term in children(node, Rule::formula_term) {
            terms.push(match child(&term, Rule::formula) {
                Some(inner) => self.formula(&inner)?,
                None => Formula::Atom(self.named(&term, Rule::reference)?),
            });
        }
        Some(if has(node, Rule::k_and) {
            Formula::And(fitting(terms))
        } else if has(node, Rule::k_or) {
            Formula::Or(fitting(terms))
        } else {
            terms.pop()?
        })
    }
}

/// One spelling for a unit of time: its plural.
fn plural(words: Vec<String>) -> String {
    let words = words.join(" ");
    if words.ends_with('s') { words } else { words + "s" }
}
