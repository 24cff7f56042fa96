//! Why: the rules behind a ruling, read off the same boxes.

use crate::decide::{Answer, Ruling, bits};
use crate::layout::{Image, OneBox, Part as Act};
use byelaw_data::{Outcome, RuleId};
use byelaw_ir::BoxKind;

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
    pub fn into_reasons(self, ruling: &Ruling) -> impl Iterator<Item = Reason> {
        let act = self.part(ruling.act);
        let has_gate = act.as_ref().is_some_and(|act| {
            places(&ruling.standing, ruling.words).any(|place| {
                matches!(kind(act, place), Some(BoxKind::May | BoxKind::MayInGeneral | BoxKind::Only))
            })
        });
        let standing = places(&ruling.standing, ruling.words).filter_map(move |place| {
            let part = if self.decides(act.as_ref()?, place, ruling, has_gate) {
                Part::Decides
            } else {
                Part::Stands
            };
            Some(Reason { rule: rule(act.as_ref()?, place)?, part })
        });
        let defeated = places(&ruling.defeated, ruling.words).filter_map(move |place| {
            Some(Reason { rule: rule(act.as_ref()?, place)?, part: Part::Defeated })
        });
        standing.chain(defeated)
    }

    /// Whether a standing box is of the kind that decides: bars and conditions for a no, permissions and conditions
    /// otherwise, and duties where there is no other.
    fn decides(&self, act: &Act<'_>, place: usize, ruling: &Ruling, has_gate: bool) -> bool {
        let Some(kind) = kind(act, place) else { return false };
        match ruling.answer {
            Answer::Decided(Outcome::Forbidden) => match kind {
                BoxKind::MustNot | BoxKind::Only => true,
                // A permission whose own price was refused is a reason for the no.
                BoxKind::May | BoxKind::MayInGeneral => !self.can_be_paid(act, place, ruling),
                _ => false,
            },
            Answer::Decided(Outcome::Permitted | Outcome::NeedsApproval) => match kind {
                BoxKind::May | BoxKind::MayInGeneral | BoxKind::Only => true,
                BoxKind::Duty => !has_gate,
                _ => false,
            },
            _ => false,
        }
    }

    fn can_be_paid(&self, act: &Act<'_>, place: usize, ruling: &Ruling) -> bool {
        let Some(one) = act.boxes.get(place).map(|w| OneBox::of(*w)) else { return false };
        let packages = self.slice(act.packages.wrapping_add(one.first), one.packages).unwrap_or(&[]);
        packages.iter().any(|package| package & ruling.refused == 0)
    }
}

fn places(set: &[u64], words: usize) -> impl Iterator<Item = usize> + '_ {
    set.iter().take(words).enumerate().flat_map(|(word, here)| bits(word, *here))
}

fn kind(act: &Act<'_>, place: usize) -> Option<BoxKind> {
    crate::build::KINDS.get(act.boxes.get(place).map(|w| OneBox::of(*w))?.kind).copied()
}

/// The rule of a box; none for a situation that cannot be, which is no rule.
fn rule(act: &Act<'_>, place: usize) -> Option<RuleId> {
    let one = OneBox::of(*act.boxes.get(place)?);
    (kind(act, place)? != BoxKind::Impossible).then_some(RuleId(one.rule))
}
