//! What could not be compared, or only with care, and to which gate that matters.

use super::words::Words;
use byelaw_data::ValueId;
use byelaw_symbolic::diff::{Difference, Which, WordNote};

/// Something that was not compared, or with care.
pub(super) struct Note {
    /// What it is, in words.
    pub text: String,
    /// Whether the new side may be more lenient in what was not compared.
    pub wider: bool,
    /// Whether the new side may be stricter in it.
    pub stricter: bool,
}

impl Note {
    /// With care, and yet every situation that there is was compared.
    fn compared(text: String) -> Self {
        Self { text, wider: false, stricter: false }
    }

    fn not_compared(text: String) -> Self {
        Self { text, wider: true, stricter: true }
    }

    /// Questions that one side alone can be asked: what only the old side knew can have become stricter, what only the new
    /// side knows is more than there was.
    fn of_one_side(which: Which, text: String) -> Self {
        Self { text, wider: which == Which::New, stricter: which == Which::Old }
    }
}

/// A kind of word, what to say of those that one side has alone, and whether questions with them are not compared.
type Kind = (&'static str, &'static str, bool, fn(&WordNote) -> Option<(Which, String)>);

const KINDS: [Kind; 5] = [
    ("acts", "not compared", true, |n| match n {
        WordNote::Act(w, name) => Some((*w, name.clone())),
        _ => None,
    }),
    ("facts", "the other side does not look at them", false, |n| match n {
        WordNote::Fact(w, name) => Some((*w, name.clone())),
        _ => None,
    }),
    ("values", "situations with them are not compared", true, |n| match n {
        WordNote::Value(w, fact, name) => Some((*w, format!("{name} ({fact})"))),
        _ => None,
    }),
    ("approvals and undertakings", "", false, |n| match n {
        WordNote::Atom(w, name) => Some((*w, name.clone())),
        _ => None,
    }),
    ("duties", "", false, |n| match n {
        WordNote::Deed(w, name) => Some((*w, name.clone())),
        _ => None,
    }),
];

impl Words<'_> {
    /// What is not compared, or with care.
    pub(super) fn notes(&self, found: &Difference) -> Vec<Note> {
        let mut notes = Vec::new();
        for which in [Which::Old, Which::New] {
            let side = match which {
                Which::Old => "only before",
                Which::New => "only after",
            };
            for (kind, why, missing, wanted) in KINDS {
                let all = self.common.notes.iter().filter_map(wanted);
                let names: Vec<String> = all.filter(|(w, _)| *w == which).map(|(_, n)| n).collect();
                if names.is_empty() {
                    continue;
                }
                let why = if why.is_empty() { String::new() } else { format!("; {why}") };
                let text = format!("{kind} known {side}: {}{why}", names.join(", "));
                notes.push(if missing { Note::of_one_side(which, text) } else { Note::compared(text) });
            }
        }
        notes.extend(self.common.notes.iter().filter_map(with_care));
        let acts = |ids: &[ValueId]| ids.iter().map(|a| self.act_name(*a)).collect::<Vec<_>>().join(", ");
        if !found.possible_differs.is_empty() {
            notes.push(Note::not_compared(format!(
                "what cannot be is not the same on both sides for {}; compared is what can be on both",
                acts(&found.possible_differs)
            )));
        }
        if !found.several_differs.is_empty() {
            notes.push(Note::not_compared(format!(
                "for somebody who is several things at once more may differ, which is not compared: {}",
                acts(&found.several_differs)
            )));
        }
        notes
    }
}

fn with_care(note: &WordNote) -> Option<Note> {
    Some(match note {
        WordNote::Kind(name) => {
            Note::compared(format!("`{name}` is of another kind on each side: taken as two facts"))
        }
        WordNote::Bounds(name) => {
            Note::not_compared(format!("`{name}` has other bounds on each side: compared where both know it"))
        }
        WordNote::Period(name) => {
            Note::not_compared(format!("the period `{name}` has other days on each side"))
        }
        WordNote::Presumed(name) => Note::not_compared(format!(
            "of `{name}` something else is presumed on each side; what is presumed now counts as ordinary here"
        )),
        WordNote::Givers(name) => {
            Note::not_compared(format!("`{name}` is given by others, or one's own counts otherwise"))
        }
        WordNote::Calendar(name) => Note::not_compared(format!(
            "the calendars that tell `{name}` differ: each kind of day is asked of both sides"
        )),
        // Told as a change of its own, or above.
        _ => return None,
    })
}
