//! Asking.

use crate::{Encoded, NotAsked, Outcome, Policy};
use byelaw_data::Decision;
use byelaw_image::{Answer, End, Image, Part, Reason, Situation};
use byelaw_wire::{Answer as Answered, WireError};

/// Room to decide in, for questions that take more than a diagram. Made once and used again: deciding writes into it and,
/// where the table is enough, allocates nothing.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    table: byelaw_image::Ruling,
    whole: Option<Decision>,
}

/// An answer with its reasons.
#[derive(Debug, Clone, Copy)]
pub struct Ruling<'a> {
    outcome: Outcome,
    from: From<'a>,
}

/// Where the reasons are.
#[derive(Debug, Clone, Copy)]
enum From<'a> {
    /// Ready, in the diagram of the act.
    Diagram(&'a [Reason]),
    /// In the table.
    Table(Image<'a>, &'a byelaw_image::Ruling),
    /// In the whole decision.
    Whole(&'a Decision),
    /// There are none: what was asked cannot be, or was asked of another policy.
    Nowhere,
}

/// Reasons, from wherever they are: first those that are ready.
struct Reasons<'a> {
    ready: std::slice::Iter<'a, Reason>,
    rest: Rest<'a>,
}

/// Reasons that have to be looked for.
enum Rest<'a> {
    Nothing,
    Table(byelaw_image::Reasons<'a, 'a>),
    Whole(std::slice::Iter<'a, byelaw_data::Because>, std::slice::Iter<'a, byelaw_data::Defeated>),
}

impl Iterator for Reasons<'_> {
    type Item = Reason;

    #[inline]
    fn next(&mut self) -> Option<Reason> {
        match self.ready.next() {
            Some(reason) => Some(*reason),
            None => self.rest.next(),
        }
    }
}

impl Rest<'_> {
    #[inline]
    fn next(&mut self) -> Option<Reason> {
        if let Self::Nothing = self { None } else { self.found() }
    }

    #[inline(never)]
    fn found(&mut self) -> Option<Reason> {
        match self {
            Self::Nothing => None,
            Self::Table(reasons) => reasons.next(),
            Self::Whole(because, defeated) => {
                let decides = because.next().map(|b| Reason { rule: b.rule, part: Part::Decides });
                decides.or_else(|| defeated.next().map(|d| Reason { rule: d.rule, part: Part::Defeated }))
            }
        }
    }
}

impl<'a> Ruling<'a> {
    /// The outcome.
    #[inline]
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// The rules behind it: those that decide and otherwise stand, then those that are set aside. A rule with several
    /// parts may come several times.
    #[inline]
    pub fn reasons(&self) -> impl Iterator<Item = Reason> + use<'a> {
        match self.from {
            From::Diagram(ready) => Reasons { ready: ready.iter(), rest: Rest::Nothing },
            _ => Reasons { ready: [].iter(), rest: self.rest() },
        }
    }

    /// The reasons that have to be looked for. Not in the place of its call: reading what is ready is then a short loop.
    #[inline(never)]
    fn rest(&self) -> Rest<'a> {
        match self.from {
            From::Table(table, ruling) => Rest::Table(table.into_reasons(ruling)),
            From::Whole(decision) => Rest::Whole(decision.because.iter(), decision.defeated.iter()),
            From::Diagram(_) | From::Nowhere => Rest::Nothing,
        }
    }

    /// Whether its reasons are all reasons. Where unknown facts made a difference and the table still had the answer, a
    /// rule is told only if one and the same part of it holds whatever they are; [`Policy::explain`] tells all.
    pub fn has_all_reasons(&self) -> bool {
        match self.from {
            From::Diagram(_) | From::Whole(_) => true,
            From::Table(_, ruling) => ruling.is_same_throughout(),
            From::Nowhere => false,
        }
    }
}

impl Policy {
    /// The outcome alone, in tens of nanoseconds where all is known; the same as that of the whole decision.
    /// [`Outcome::NeedsFacts`] for a question of another policy, and for what cannot be.
    #[inline]
    pub fn outcome(&self, question: &Encoded) -> Outcome {
        if question.stamp == self.stamp
            && !question.mixed
            && let Some(outcome) = self.read_outcome(&question.situation())
        {
            return outcome;
        }
        self.whole(question).map_or(Outcome::NeedsFacts, |d| d.outcome)
    }

    /// As [`Policy::outcome`], with its reasons.
    // As a call it would hand over the ruling through memory, which is a fifth of the whole.
    #[inline(always)]
    pub fn decide<'a>(&'a self, question: &Encoded, scratch: &'a mut Scratch) -> Ruling<'a> {
        if question.stamp == self.stamp && !question.mixed {
            let situation = question.situation();
            if let Some(diagram) = self.diagram(situation.act)
                && let Some(end) = diagram.answer(&situation)
                && let (Answer::Decided(outcome), Some(because)) = (end.answer, end.reasons)
            {
                return Ruling { outcome, from: From::Diagram(diagram.reasons(because)) };
            }
        }
        self.decide_at_length(question, scratch)
    }

    /// As [`Policy::decide`], where no diagram tells.
    #[inline(never)]
    fn decide_at_length<'a>(&'a self, question: &Encoded, scratch: &'a mut Scratch) -> Ruling<'a> {
        if question.stamp == self.stamp
            && !question.mixed
            && let Answer::Decided(outcome) = self.table().decide(&question.situation(), &mut scratch.table)
        {
            return Ruling { outcome, from: From::Table(self.table(), &scratch.table) };
        }
        scratch.whole = self.whole(question);
        match &scratch.whole {
            Some(decision) => Ruling { outcome: decision.outcome, from: From::Whole(decision) },
            None => Ruling { outcome: Outcome::NeedsFacts, from: From::Nowhere },
        }
    }

    /// Whether the act is permitted, nothing is left to be done for it and nothing is taken for granted: the contract's
    /// `unconditional`, and all that whoever enforces may act on. Whatever is not certain is a no.
    #[inline]
    pub fn allows(&self, question: &Encoded) -> bool {
        if question.stamp == self.stamp
            && !question.mixed
            && question.stated.is_empty()
            && let Some(End { answer: Answer::Decided(_), unconditional, .. }) =
                self.end(&question.situation())
        {
            return unconditional;
        }
        self.allows_at_length(question)
    }

    /// As [`Policy::allows`], where something is presumed, or of an act that has no diagram.
    fn allows_at_length(&self, question: &Encoded) -> bool {
        let read = question.stamp == self.stamp && !question.mixed;
        let read = read.then(|| self.allowed(&question.stated())).flatten();
        // What any value does not allow, a few of them may.
        let read = read.filter(|yes| *yes || !question.few);
        read.unwrap_or_else(|| self.explained(question).is_some_and(|d| d.unconditional))
    }

    /// What the diagram of its act says to a question.
    #[inline]
    fn end(&self, situation: &Situation<'_>) -> Option<End> {
        self.diagram(situation.act)?.answer(situation)
    }

    /// The outcome, if a diagram or the table can tell.
    #[inline]
    pub(crate) fn read_outcome(&self, situation: &Situation<'_>) -> Option<Outcome> {
        let end = self.end(situation);
        match end.map_or_else(|| self.table().answer(situation), |end| end.answer) {
            Answer::Decided(outcome) => Some(outcome),
            Answer::Impossible | Answer::Unsettled => None,
        }
    }

    /// Whether a situation in which nothing is presumed is allowed, if a diagram or the table can tell.
    #[inline]
    pub(crate) fn allowed(&self, situation: &Situation<'_>) -> Option<bool> {
        if let Some(end) = self.end(situation) {
            // Nothing that is unknown makes any difference.
            return match end.answer {
                Answer::Decided(_) => Some(end.unconditional),
                Answer::Impossible | Answer::Unsettled => None,
            };
        }
        let mut ruling = byelaw_image::Ruling::default();
        match self.table().decide(situation, &mut ruling) {
            // Nothing that is unknown makes any difference.
            Answer::Decided(Outcome::Permitted) if ruling.is_same_throughout() => {
                Some(ruling.is_unconditional())
            }
            // It does, and perhaps only to the duties that follow.
            Answer::Decided(Outcome::Permitted) if ruling.is_unconditional() => None,
            Answer::Decided(_) => Some(false),
            Answer::Impossible | Answer::Unsettled => None,
        }
    }

    /// The outcomes of many questions, in their order; where one list is shorter, the rest is not asked.
    pub fn decide_all(&self, questions: &[Encoded], outcomes: &mut [Outcome]) {
        for (question, outcome) in questions.iter().zip(outcomes) {
            *outcome = self.outcome(question);
        }
    }

    /// The whole decision of the contract as JSON: conditions, duties, reasons with sentences and clauses, what is
    /// assumed and what is still needed. `{"error": ...}` for what cannot be.
    pub fn explain(&self, question: &Encoded) -> String {
        let answer = match self.explained(question) {
            Some(decision) => Answered::Decided(decision),
            None => Answered::Refused { id: None, error: WireError::impossible() },
        };
        answer.to_json(None)
    }

    /// Answers a question of the contract given as JSON, as JSON: the same bytes as `byelaw decide`. What is wrong with
    /// the question is told in the answer; nothing is guessed.
    pub fn decide_json(&self, question: &str) -> String {
        byelaw_wire::decide_text(&self.program, question, None)
    }

    /// As [`Policy::allows`], of a question of the contract given as JSON. Lists that ask for several things at once get
    /// a yes if each of them does.
    ///
    /// # Errors
    /// [`NotAsked::NotUnderstood`]; [`NotAsked::NoAct`].
    pub fn allows_json(&self, question: &str) -> Result<bool, NotAsked> {
        match self.encode_json(question) {
            Ok(encoded) => Ok(self.allows(&encoded)),
            Err(NotAsked::SeveralQuestions { .. }) => match byelaw_wire::answer(&self.program, question) {
                Answered::Decided(decision) => Ok(decision.unconditional),
                Answered::Refused { error, .. } => Err(NotAsked::NotUnderstood(error)),
            },
            Err(why) => Err(why),
        }
    }

    #[inline]
    pub(crate) fn table(&self) -> Image<'_> {
        Image::trusted(&self.words)
    }

    fn explained(&self, question: &Encoded) -> Option<byelaw_wire::DecisionJson> {
        let decision = self.whole(question)?;
        Some(byelaw_wire::decision_json(&self.program, &decision, &question.asked, None, Vec::new()))
    }

    #[cold]
    fn whole(&self, question: &Encoded) -> Option<Decision> {
        (question.stamp == self.stamp)
            .then(|| byelaw_question::decide(&self.program, &question.asked))
            .flatten()
    }
}
