//! Why: the rules behind a ruling, read off the same boxes.

use crate::decide::{Answer, Ruling, meets};
use crate::layout::{Image, OneBox, Part as Act};
use byelaw_data::{Outcome, RuleId};
use byelaw_ir::{BoxKind, MAX_WORDS};

/// What part a rule plays in a ruling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// It decides.
    Decides,
    /// It stands, and does not decide.
    Stands,
    /// Another one sets it aside.
    Defeated,
}

/// One rule of a ruling. A rule comes as often as it has parts that hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reason {
    /// The rule.
    pub rule: RuleId,
    /// Its part.
    pub part: Part,
}

impl<'i> Image<'i> {
    /// The rules that stand and those that are set aside, stronger before weaker; those that decide are told. Where
    /// facts were unknown they are the rules that stand in every completion that was looked at.
    #[inline]
    pub fn into_reasons(self, ruling: &Ruling) -> Reasons<'i, '_> {
        let boxes = self.part(ruling.act).map_or(&[][..], |act| act.boxes);
        let left = ruling.standing.first().copied().unwrap_or(0);
        Reasons { image: self, boxes, ruling, defeated: false, word: 0, left }
    }

    /// Whether a standing box is of the kind that decides: bars and conditions for a no, permissions and conditions
    /// otherwise, and duties where there is no other.
    fn decides(&self, one: OneBox, kind: BoxKind, ruling: &Ruling) -> bool {
        let act = || self.part(ruling.act);
        match ruling.answer {
            Answer::Decided(Outcome::Forbidden) => match kind {
                BoxKind::MustNot | BoxKind::Only => true,
                // A permission whose own price was refused is a reason for the no.
                BoxKind::May | BoxKind::MayInGeneral => {
                    !act().is_some_and(|act| self.is_paid(&act, one, !ruling.refused))
                }
                _ => false,
            },
            Answer::Decided(Outcome::Permitted | Outcome::NeedsApproval) => match kind {
                BoxKind::May | BoxKind::MayInGeneral | BoxKind::Only => true,
                BoxKind::Duty => act().is_some_and(|act| !opens(&act, ruling)),
                _ => false,
            },
            _ => false,
        }
    }
}

/// Whether a permission or a condition stands.
#[cold]
fn opens(act: &Act<'_>, ruling: &Ruling) -> bool {
    let sets = act.sets::<MAX_WORDS>();
    meets(&ruling.standing, &sets.gate) || meets(&ruling.standing, &sets.only)
}

/// The rules of a ruling, one after the other.
#[derive(Debug)]
pub struct Reasons<'i, 'r> {
    image: Image<'i>,
    boxes: &'i [u64],
    ruling: &'r Ruling,
    /// Whether those that stand have been told.
    defeated: bool,
    word: usize,
    /// What is left of the word.
    left: u64,
}

impl Iterator for Reasons<'_, '_> {
    type Item = Reason;

    #[inline]
    fn next(&mut self) -> Option<Reason> {
        loop {
            while self.left == 0 {
                self.word = self.word.wrapping_add(1);
                if self.word >= self.ruling.words {
                    if self.defeated {
                        return None;
                    }
                    (self.defeated, self.word) = (true, 0);
                }
                let set = if self.defeated { &self.ruling.defeated } else { &self.ruling.standing };
                self.left =
                    set.get(self.word).copied().filter(|_| self.word < self.ruling.words).unwrap_or(0);
            }
            let low = usize::try_from(self.left.trailing_zeros()).unwrap_or(0);
            self.left &= self.left.wrapping_sub(1);
            let place = self.word.wrapping_mul(64).wrapping_add(low);
            let Some(one) = self.boxes.get(place).map(|word| OneBox::of(*word)) else { continue };
            let Some(kind) = one.kind() else { continue };
            // A situation that cannot be is no rule.
            if kind == BoxKind::Impossible {
                continue;
            }
            let part = if self.defeated {
                Part::Defeated
            } else if self.image.decides(one, kind, self.ruling) {
                Part::Decides
            } else {
                Part::Stands
            };
            return Some(Reason { rule: RuleId(one.rule), part });
        }
    }
}
