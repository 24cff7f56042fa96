//! What the evaluator and the wire rely on, checked once when bytes are loaded.

use crate::{
    AS_OF, BoxKind, DecodeError, Domain, DutyName, FactKind, MAX_ATOMS, MAX_BOXES, MAX_PACKAGES, MAX_WORDS,
    Names, ON, Program, Slice,
};
use byelaw_data::{Cycle, Due, FactId, Presumption, Silence, Unit, ValueId};

/// Checks every number that points somewhere, every length that must match another, and every order.
pub(crate) fn validate(program: &Program) -> Result<(), DecodeError> {
    let dates = [ON, AS_OF].iter().all(|f| matches!(fact(program, *f), Some(Domain::Cells { .. })));
    let good = dates
        && facts(program)
        && program.readings.iter().all(|r| matches!(fact(program, *r), Some(Domain::Values(_))))
        && program.readings.iter().zip(program.readings.iter().skip(1)).all(|(a, b)| a < b)
        && crate::moments::valid(program)
        && matches!(fact(program, program.act), Some(Domain::Values(n)) if usize::from(*n) == program.slices.len())
        && matches!(fact(program, program.subject), Some(Domain::Values(_)))
        && program.event.is_none_or(|e| matches!(fact(program, e), Some(Domain::Values(_))))
        && program.no_act.is_none_or(|v| usize::from(v.0).checked_add(1) == Some(program.slices.len()))
        && program.atoms.iter().all(|a| a.givers.iter().all(|v| has_value(program, program.subject, *v)))
        && program
            .atoms
            .iter()
            .all(|a| a.held_roles.iter().all(|f| fact(program, *f) == Some(&Domain::Values(2))))
        && program.slices.iter().all(|s| slice(program, s))
        && names(program, &program.names);
    if good { Ok(()) } else { Err(DecodeError::Content) }
}

fn fact(program: &Program, id: FactId) -> Option<&Domain> {
    program.facts.get(usize::from(id.0)).map(|f| &f.domain)
}

fn has_value(program: &Program, id: FactId, value: ValueId) -> bool {
    fact(program, id).is_some_and(|d| usize::from(value.0) < d.width())
}

fn facts(program: &Program) -> bool {
    program.facts.iter().enumerate().all(|(place, this)| {
        let id = FactId(u16::try_from(place).unwrap_or(u16::MAX));
        let domain = match &this.domain {
            Domain::Values(n) => *n > 0,
            Domain::Cells { from, to, cuts } => {
                from <= to
                    && cuts.len() < usize::from(u16::MAX)
                    && cuts.iter().all(|c| from < c && c <= to)
                    && cuts.iter().zip(cuts.iter().skip(1)).all(|(a, b)| a < b)
            }
            Domain::Several => this.presumed.is_empty() && this.taken_as.is_none(),
        };
        domain
            && this.taken_as.iter().all(|v| has_value(program, id, *v))
            && this.presumed.iter().all(|p| presumption(program, id, p))
            && this.member_of.is_none_or(|f| fact(program, f) == Some(&Domain::Several))
            && (this.member_of.is_none() && this.period.is_none() || this.domain == Domain::Values(2))
            && this.period.is_none_or(|(from, until)| until.is_none_or(|u| from < u))
    })
}

fn presumption(program: &Program, id: FactId, presumed: &Presumption) -> bool {
    presumed.values.iter().all(|v| has_value(program, id, *v))
        && presumed.not_for.iter().all(|a| has_value(program, program.act, *a))
        && presumed.when.iter().all(|(fact, values)| values.iter().all(|v| has_value(program, *fact, *v)))
}

fn slice(program: &Program, slice: &Slice) -> bool {
    let words = usize::from(slice.words);
    let bits = slice.boxes.len();
    let fits = |mask: &[u64]| mask.len() == words && beyond(mask, bits);
    let atoms = slice.atoms.len();
    let packages = |masks: &[u64]| masks.iter().all(|m| low_bits_only(*m, atoms));
    words <= MAX_WORDS
        && words == bits.div_ceil(64)
        && bits <= MAX_BOXES
        && atoms <= MAX_ATOMS
        && low_bits_only(slice.approvals, atoms)
        && slice.atoms.iter().all(|a| usize::from(a.0) < program.atoms.len())
        && slice.facts.iter().all(|f| {
            let width = fact(program, f.fact).map_or(0, Domain::width);
            width > 0
                && Some(f.rows.len()) == width.checked_mul(words)
                && (words == 0 || f.rows.chunks(words).all(fits))
                && f.said.len() == f.spared.len()
                && (f.said.is_empty() || f.fact == program.subject && f.said.len() == f.rows.len())
                && (words == 0 || f.said.chunks(words).chain(f.spared.chunks(words)).all(fits))
        })
        && slice.facts.iter().zip(slice.facts.iter().skip(1)).all(|(a, b)| a.fact < b.fact)
        && slice.boxes.iter().enumerate().all(|(place, one)| {
            fits(&one.beats)
                && only_behind(&one.beats, place)
                && one.price.len() <= MAX_PACKAGES
                && packages(&one.price)
                && (one.kind == BoxKind::Impossible || one.rule.place() < program.names.rules.len())
                && one.deeds.iter().flatten().all(|d| usize::from(d.0) < program.names.deeds.len())
        })
        && slice.clashes.iter().all(|c| usize::from(c.promising) < bits && usize::from(c.restricting) < bits)
}

/// Whether no bit at or beyond `bits` is set.
fn beyond(mask: &[u64], bits: usize) -> bool {
    mask.iter().enumerate().all(|(word, value)| {
        let before = word.saturating_mul(64);
        low_bits_only(*value, bits.saturating_sub(before))
    })
}

fn low_bits_only(mask: u64, bits: usize) -> bool {
    match u32::try_from(bits) {
        Ok(bits) if bits < 64 => mask.checked_shr(bits).unwrap_or(0) == 0,
        _ => true,
    }
}

/// Whether only bits behind `place` are set.
fn only_behind(mask: &[u64], place: usize) -> bool {
    mask.iter().enumerate().all(|(word, value)| {
        let before = word.saturating_mul(64);
        let up_to = place.saturating_add(1).saturating_sub(before);
        match u32::try_from(up_to) {
            Ok(0) => true,
            Ok(n) if n < 64 => value.trailing_zeros() >= n,
            _ => *value == 0,
        }
    })
}

fn duty(program: &Program, duty: &DutyName) -> bool {
    let calendar = |place: u16| usize::from(place) < program.calendars.len();
    let unit = |unit: Unit| match unit {
        Unit::OpenDays(place) => calendar(place),
        _ => true,
    };
    let deeds = duty.deeds.iter().flatten().chain(&duty.otherwise_deed);
    deeds.copied().all(|d| usize::from(d.0) < program.names.deeds.len())
        && match duty.due {
            Due::Within { unit: counted, of, .. } => {
                unit(counted) && of.is_none_or(|f| matches!(fact(program, f), Some(Domain::Cells { .. })))
            }
            Due::Every { unit: counted, .. } => unit(counted),
            Due::OncePer(Cycle::Stretch(place)) => calendar(place),
            _ => true,
        }
}

fn names(program: &Program, names: &Names) -> bool {
    let in_list = |id: FactId| usize::from(id.0) < program.facts.len();
    let members = |id: FactId, values: &[ValueId]| values.iter().all(|v| has_value(program, id, *v));
    names.facts.len() == program.facts.len()
        && names.calendars.len() == program.calendars.len()
        && names.acts.len() == program.slices.len()
        && names.atoms.len() == program.atoms.len()
        && names.acts.iter().all(|a| a.gaps.iter().all(|(_, f)| in_list(*f)))
        && names.clauses.iter().all(|c| usize::from(c.document) < names.documents.len())
        && names.readings.iter().all(|r| in_list(r.fact) && usize::from(r.clause) < names.clauses.len())
        && names.fillings.iter().all(|s| in_list(s.fact))
        && names.instruments.iter().all(|i| {
            [i.amends, i.under, i.replaces]
                .iter()
                .flatten()
                .all(|u| usize::from(*u) < names.instruments.len())
        })
        && names.rules.iter().all(|r| usize::from(r.instrument) < names.instruments.len())
        && names.rules.iter().all(|r| r.cites.iter().all(|c| usize::from(*c) < names.clauses.len()))
        && names.rules.iter().filter_map(|r| r.duty.as_ref()).all(|d| duty(program, d))
        && match names.silence {
            Silence::Ask(value) => has_value(program, program.subject, value),
            _ => true,
        }
        && names.facts.iter().enumerate().all(|(place, this)| {
            let id = FactId(u16::try_from(place).unwrap_or(u16::MAX));
            let width = fact(program, id).map_or(0, Domain::width);
            let listed = match &this.kind {
                FactKind::OneOf => this.values.len() == width,
                FactKind::SomeOf(list) => list.len() == this.values.len() && list.iter().all(|m| in_list(*m)),
                FactKind::Acts => id == program.act,
                FactKind::YesNo => width == 2,
                FactKind::Weekday => program.weekday == Some(id),
                FactKind::Time => program.clock == Some(id),
                FactKind::Number(_) | FactKind::Date => {
                    matches!(fact(program, id), Some(Domain::Cells { .. }))
                }
            };
            listed
                && this.groups.iter().all(|g| {
                    !matches!(this.kind, FactKind::OneOf | FactKind::Weekday | FactKind::Acts)
                        || (!g.members.is_empty() && members(id, &g.members) && members(id, &g.ordinarily))
                })
        })
}
