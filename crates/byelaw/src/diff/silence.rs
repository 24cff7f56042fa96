//! What it means that no rule speaks, where the two policies say it otherwise.

use super::DiffKind;
use super::words::shown;
use byelaw_data::Silence;
use byelaw_ir::Program;
use serde::Serialize;

/// What each side says of its silence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DiffSilence {
    /// What it meant.
    pub before: String,
    /// What it means.
    pub after: String,
    /// Whether that is stricter, more lenient, or neither.
    pub kind: DiffKind,
}

/// The difference; `None` if both sides say the same.
pub(super) fn silence(old: &Program, new: &Program) -> Option<DiffSilence> {
    let (before, after) = (means(old), means(new));
    if before == after {
        return None;
    }
    let kind = match rank(&new.names.silence).cmp(&rank(&old.names.silence)) {
        std::cmp::Ordering::Less => DiffKind::Stricter,
        std::cmp::Ordering::Greater => DiffKind::MoreLenient,
        std::cmp::Ordering::Equal => DiffKind::Other,
    };
    Some(DiffSilence { before, after, kind })
}

fn means(program: &Program) -> String {
    match program.names.silence {
        Silence::Unsaid => "nothing is said of it".to_owned(),
        Silence::Forbidden => "it is forbidden".to_owned(),
        Silence::Allowed => "it is allowed".to_owned(),
        Silence::Ask(whom) => {
            let subject = program.names.facts.get(usize::from(program.subject.0));
            let word = subject.and_then(|s| s.values.get(usize::from(whom.0)));
            format!("ask {}", word.map(shown).unwrap_or_default())
        }
    }
}

/// How lenient it is. To be sent to somebody is no more of a yes than to be told nothing.
fn rank(silence: &Silence) -> u8 {
    match silence {
        Silence::Forbidden => 0,
        Silence::Unsaid | Silence::Ask(_) => 1,
        Silence::Allowed => 2,
    }
}
