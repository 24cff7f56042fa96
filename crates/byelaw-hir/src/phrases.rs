//! Acts in sentences: which words are the verb, which introduce a gap, and which fill it.
//!
//! The frames of the vocabulary decide (decision 0002): the longest verb that fits comes first, then gaps in any
//! order, each opened by its own words; the first gap may stand right behind the verb.

use crate::hir::Condition;
use crate::names::{Named, Scope, to_value};
use crate::openers::Openers;
use byelaw_data::{FactId, ValueId};
use byelaw_diagnostic::{Diagnostic, Span, nearest};
use byelaw_syntax::ast::{Name, Phrase, PhraseWord};

/// An act phrase with its words looked up.
pub(crate) struct Act {
    /// The acts meant, sorted.
    pub acts: Vec<ValueId>,
    /// What fills the gaps.
    pub gaps: Vec<Gap>,
}

/// A filled gap.
pub(crate) struct Gap {
    pub fact: FactId,
    pub condition: Condition,
    /// For examples: the values named, if they were plain values or groups.
    pub names: Vec<Name>,
    /// Whether `only` stood before it.
    pub only: bool,
}

impl Act {
    /// The condition that one of the acts is done, with all gaps but those marked `only` filled as said.
    pub fn frame_condition(&self, act_fact: FactId) -> Condition {
        let mut all = vec![Condition::In(act_fact, self.acts.clone())];
        all.extend(self.gaps.iter().filter(|g| !g.only).map(|g| g.condition.clone()));
        Condition::All(all)
    }

    /// The conditions marked `only`.
    pub fn only(&self) -> Vec<Condition> {
        self.gaps.iter().filter(|g| g.only).map(|g| g.condition.clone()).collect()
    }
}

impl Scope {
    /// Resolves an act phrase. `None` after an error that was reported.
    pub fn phrase(&mut self, phrase: &Phrase) -> Option<Act> {
        let words = &phrase.words;
        let (acts, mut at) = self.verbs(phrase)?;
        let openers = self.openers(&acts);
        let direct = self.direct_gap(&acts);
        if self.lasting(words.get(at..).unwrap_or_default(), &openers) {
            return None;
        }
        let mut gaps: Vec<Gap> = Vec::new();
        let mut first = true;
        while at < words.len() {
            let mut only = false;
            if let Some(PhraseWord::Only(_)) = words.get(at) {
                only = true;
                at += 1;
            }
            let opener = openers.longest(texts(words, at));
            let fact = match opener {
                Some((length, fact)) => {
                    at += length;
                    fact
                }
                None if first && !only && direct.is_some() => direct?,
                None => {
                    self.stray_word(words.get(at), phrase.span, &acts, &openers);
                    return None;
                }
            };
            first = false;
            if let Some(again) = gaps.iter().find(|g| g.fact == fact) {
                let name = self.model.fact(again.fact).word.name.clone();
                self.report(
                    Diagnostic::error("B0119", phrase.span, format!("this sentence says `{name}` twice"))
                        .help("put both values in one list, joined by `or`"),
                );
                return None;
            }
            let (condition, names, next) = self.fill(fact, words, at, &openers, phrase.span)?;
            gaps.push(Gap { fact, condition, names, only });
            at = next;
        }
        Some(Act { acts, gaps })
    }

    /// The gap that may stand right behind the verb, if all the acts have one and the same.
    fn direct_gap(&self, acts: &[ValueId]) -> Option<FactId> {
        let mut found = acts.iter().map(|a| {
            let act = self.model.acts.get(usize::from(a.0))?;
            act.gaps.first().filter(|(before, _)| before.is_empty()).map(|(_, fact)| *fact)
        });
        let first = found.next()??;
        found.all(|f| f == Some(first)).then_some(first)
    }

    /// Reads the verb or verbs at the start; gives the acts and the place behind them.
    fn verbs(&mut self, phrase: &Phrase) -> Option<(Vec<ValueId>, usize)> {
        let words = &phrase.words;
        let texts: Vec<Option<&str>> = words.iter().map(word_text).collect();
        if texts.starts_with(&[Some("do"), Some("anything")]) {
            return Some(((0..self.acts_declared).map(to_value).collect(), 2));
        }
        let mut acts = Vec::new();
        let mut at = 0;
        loop {
            let Some((length, act)) = self.longest_verb(&texts, at) else {
                if acts.is_empty() {
                    self.no_verb(phrase);
                    return None;
                }
                return Some((acts, at));
            };
            acts.push(act);
            at += length;
            // Another verb follows only behind a joiner; otherwise the gaps begin.
            let mut next = at;
            while matches!(words.get(next), Some(PhraseWord::Comma(_) | PhraseWord::Or(_))) {
                next += 1;
            }
            if next == at || self.longest_verb(&texts, next).is_none() {
                acts.sort_unstable();
                acts.dedup();
                return Some((acts, at));
            }
            at = next;
        }
    }

    /// Reports words that say how long something lasts, if none of them belongs to the vocabulary.
    fn lasting(&mut self, words: &[PhraseWord], openers: &Openers) -> bool {
        let long = |word: &str| matches!(word, "until" | "till" | "while" | "for") && !openers.have(word);
        let found = words.iter().enumerate().find_map(|(at, word)| match word {
            PhraseWord::Word(name) if long(&name.text) => Some((at, name)),
            _ => None,
        });
        let Some((at, name)) = found else { return false };
        let follows = words.get(at + 1).and_then(word_text).unwrap_or_default();
        let digits = !follows.is_empty() && follows.bytes().all(|b| b.is_ascii_digit());
        let unit = words.get(at + 2).and_then(word_text).filter(|_| digits);
        let written =
            unit.map_or_else(|| name.text.clone(), |unit| format!("{} {follows} {unit}", name.text));
        if name.text == "for" && unit.is_none() {
            return false;
        }
        let message = format!("`{written}` says how long, and no act has a place for that");
        let diagnostic = Diagnostic::error("B0105", name.span, message).label("no word of the act");
        let diagnostic = match unit {
            Some(unit) => {
                // Of days it has to be said which.
                let counted = if matches!(unit, "day" | "days") { &format!("calendar {unit}") } else { unit };
                diagnostic
                .help(format!("if it has to end by then, write a duty: `... must DEED, within {follows} {counted}, after they ...`"))
                .help(format!("if longer is not allowed, declare a fact that is a number of {unit}, and write `when FACT is at most {follows}`"))
            }
            None => diagnostic
                .help("declare what ends it, or what lasts, as a yes-or-no fact, and write `when FACT` or `unless FACT`"),
        };
        self.report(diagnostic);
        true
    }

    fn longest_verb(&self, texts: &[Option<&str>], at: usize) -> Option<(usize, ValueId)> {
        let rest = texts.get(at..)?;
        let fits = |verb: &[String]| {
            verb.len() <= rest.len() && verb.iter().zip(rest).all(|(v, w)| *w == Some(v.as_str()))
        };
        let mut best: Option<(usize, ValueId)> = None;
        let first = (*rest.first()?)?;
        for place in self.phrases.beginning_with(first) {
            let Some(act) = self.model.acts.get(*place) else { continue };
            let length = if fits(&act.verb) { act.verb.len() } else { usize::from(act.word.name == first) };
            if length > 0 && best.is_none_or(|(b, _)| length > b) {
                best = Some((length, to_value(*place)));
            }
        }
        best
    }

    fn no_verb(&mut self, phrase: &Phrase) {
        let (word, span) = match phrase.words.first() {
            Some(PhraseWord::Word(name)) => (name.text.clone(), name.span),
            _ => (String::new(), phrase.span),
        };
        if self.broken.contains(&word) {
            return;
        }
        let near = if self.messages.is_full() { None } else { self.near_verb(&phrase.words) };
        let mut diagnostic =
            Diagnostic::error("B0105", span, format!("no act of the vocabulary begins with `{word}`"))
                .label("not the verb of an act");
        diagnostic = match near {
            Some(best) => diagnostic.help(format!("did you mean `{best}`?")),
            None => diagnostic.help("declare it: `act NAME \"...\": VERB <gap> with <gap>.`"),
        };
        self.report(diagnostic);
    }

    /// The verb that is likely meant where none begins a phrase: one with all its words, else one with its first word.
    fn near_verb(&self, words: &[PhraseWord]) -> Option<String> {
        let written: Vec<&str> = words.iter().map_while(word_text).collect();
        let acts = || self.model.acts.iter().take(self.acts_declared);
        let verbs: Vec<String> = acts().map(|act| act.verb.join(" ")).collect();
        let of_words = |many: usize| {
            let verbs = acts().zip(&verbs).filter(|(act, _)| act.verb.len() == many);
            let verbs = verbs.map(|(_, verb)| verb.as_str());
            let names = acts().map(|act| act.word.name.as_str()).filter(|_| many == 1);
            nearest(&written.get(..many)?.join(" "), verbs.chain(names)).into_iter().next()
        };
        let most = acts().map(|act| act.verb.len()).max()?;
        let whole = (1..=most.min(written.len())).rev().find_map(of_words);
        let first = || {
            let firsts = acts().filter_map(|act| act.verb.first()).map(String::as_str);
            nearest(written.first()?, firsts).into_iter().next()
        };
        whole.or_else(first)
    }

    /// The words that can open a gap of these acts.
    fn openers(&self, acts: &[ValueId]) -> Openers {
        let acts = acts.iter().filter_map(|a| self.model.acts.get(usize::from(a.0)));
        self.phrases.openers(acts.flat_map(|a| a.gaps.iter().cloned()))
    }

    fn stray_word(&mut self, word: Option<&PhraseWord>, whole: Span, acts: &[ValueId], openers: &Openers) {
        if self.messages.is_full() {
            // It is only counted, and needs no words.
            return self.report(Diagnostic::error("B0105", whole, String::new()));
        }
        let (text, span) = match word {
            Some(PhraseWord::Word(name)) => (name.text.clone(), name.span),
            Some(PhraseWord::Comma(span)) => (",".to_owned(), *span),
            Some(PhraseWord::Or(span)) => ("or".to_owned(), *span),
            Some(PhraseWord::Only(span)) => ("only".to_owned(), *span),
            Some(PhraseWord::Except(span)) => ("except".to_owned(), *span),
            None => ("only".to_owned(), whole),
        };
        let verb = acts
            .first()
            .and_then(|a| self.model.acts.get(usize::from(a.0)))
            .map(|a| a.verb.join(" "))
            .unwrap_or_default();
        let takes: Vec<String> = openers
            .all()
            .map(|(before, fact)| format!("`{} <{}>`", before.join(" "), self.model.fact(*fact).word.name))
            .collect();
        let mut diagnostic = Diagnostic::error("B0105", span, format!("`{verb}` has no place for `{text}`"))
            .label("no place of the act begins with this word");
        if !takes.is_empty() {
            diagnostic = diagnostic.note(format!("behind `{verb}` can stand {}", takes.join(", ")));
        }
        let openers: Vec<String> = openers.all().map(|(b, _)| b.join(" ")).collect();
        if let Some(near) = nearest(&text, openers.iter().map(String::as_str)).first() {
            diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        } else {
            diagnostic = diagnostic.help(format!(
                "take `{text}` out, or give the act a place for it where it is declared: `act ...: {verb} {text} <FACT>.`"
            ));
        }
        self.report(diagnostic);
    }

    /// Reports a value whose words stand apart: `first` is in the list already, `rest` is what follows it.
    fn split_name(&mut self, fact: FactId, first: Option<&Name>, rest: &[PhraseWord]) -> bool {
        let Some(first) = first.filter(|name| self.look_up(fact, &name.text).is_none()) else { return false };
        let mut joined = first.text.clone();
        for word in rest {
            let PhraseWord::Word(next) = word else { return false };
            joined = format!("{joined}-{}", next.text);
            if self.look_up(fact, &joined).is_some() {
                let span = Span::new(first.span.file, first.span.start, next.span.end);
                let message = format!(
                    "`{}` is no name: the words of a name are joined by hyphens",
                    joined.replace('-', " ")
                );
                self.report(
                    Diagnostic::error("B0102", span, message)
                        .label(format!("no value of `{}`", self.model.fact(fact).word.name))
                        .help(format!("did you mean `{joined}`?")),
                );
                return true;
            }
        }
        false
    }

    /// Reads the list that fills a gap, up to the next opener.
    fn fill(
        &mut self,
        fact: FactId,
        words: &[PhraseWord],
        mut at: usize,
        openers: &Openers,
        whole: Span,
    ) -> Option<(Condition, Vec<Name>, usize)> {
        let mut except = false;
        if let (Some(PhraseWord::Word(any)), Some(PhraseWord::Except(_))) = (words.get(at), words.get(at + 1))
            && matches!(any.text.as_str(), "anything" | "anyone" | "any")
        {
            except = true;
            at += 2;
        }
        let mut names: Vec<Name> = Vec::new();
        let mut joined = true;
        while let Some(word) = words.get(at) {
            match word {
                PhraseWord::Comma(_) | PhraseWord::Or(_) => joined = true,
                PhraseWord::Word(name) if joined => {
                    // `any` before a name: the word only says that there is no choice.
                    let empty = name.text == "any";
                    if !empty {
                        names.push(name.clone());
                    }
                    joined = empty;
                }
                PhraseWord::Word(name) => {
                    let opens = openers.longest(texts(words, at)).is_some();
                    if !opens && self.split_name(fact, names.last(), words.get(at..).unwrap_or_default()) {
                        return None;
                    }
                    let known =
                        matches!(self.look_up(fact, &name.text), Some(Named::Values(_) | Named::Set(_)));
                    if !opens && known {
                        self.report(
                            Diagnostic::error(
                                "B0105",
                                name.span,
                                format!("`or` is missing before `{}`", name.text),
                            )
                            .label("one more of the list")
                            .help("a list is written `x, y or z`"),
                        );
                        return None;
                    }
                    break;
                }
                PhraseWord::Only(_) | PhraseWord::Except(_) => break,
            }
            at += 1;
        }
        if names.is_empty() {
            let fact = self.model.fact(fact).word.name.clone();
            self.report(
                Diagnostic::error(
                    "B0105",
                    whole,
                    format!("the gap `<{fact}>` was opened and nothing fills it"),
                )
                .help(format!("name a value of `{fact}`, or leave the gap out: then any value is meant")),
            );
            return None;
        }
        let condition = self.one_of(fact, &names, except);
        Some((condition, names, at))
    }
}

fn word_text(word: &PhraseWord) -> Option<&str> {
    match word {
        PhraseWord::Word(name) => Some(&name.text),
        _ => None,
    }
}

/// The words from a place on; absent where something else than a word stands.
fn texts(words: &[PhraseWord], at: usize) -> impl Iterator<Item = Option<&str>> + Clone {
    words.iter().skip(at).map(word_text)
}
