//! Situations that show what a finding says.

use byelaw_data::{FactId, ValueId};
use byelaw_eval::{active, decide, row};
use byelaw_ir::Slice;

/// How many situations are tried for a witness of one pair. A pair that no tried situation shows is not reported: an
/// exception hides it wherever it was looked for.
const TRIES: usize = 4096;

/// A situation in which both boxes stand, replayed through the evaluator.
pub(crate) fn both_stand(slice: &Slice, boxes: (usize, usize)) -> Option<Vec<(FactId, ValueId)>> {
    let (a, b) = boxes;
    let allowed: Vec<Vec<ValueId>> = slice
        .facts
        .iter()
        .map(|fact| {
            let width = fact.rows.len() / usize::from(slice.words).max(1);
            let has =
                |value: ValueId, place: usize| row(slice, fact, value)[place / 64] >> (place % 64) & 1 == 1;
            let mut rows_seen: Vec<&[u64]> = Vec::new();
            (0..width)
                .filter_map(|v| u16::try_from(v).ok().map(ValueId))
                .filter(|v| has(*v, a) && has(*v, b))
                // One value for each different row is enough.
                .filter(|v| {
                    let here = row(slice, fact, *v);
                    let new = !rows_seen.contains(&here);
                    rows_seen.push(here);
                    new
                })
                .collect()
        })
        .collect();
    if allowed.iter().any(Vec::is_empty) {
        return None;
    }
    let mut chosen = vec![0_usize; allowed.len()];
    for _ in 0..TRIES {
        let values: Vec<ValueId> =
            allowed.iter().zip(&chosen).map(|(values, place)| values[*place]).collect();
        let point = active(slice, &values).and_then(|mask| decide(slice, &mask));
        if point.is_some_and(|p| p.standing.has(a) && p.standing.has(b)) {
            let named = |place: usize| {
                let full = slice.facts[place].rows.chunks(usize::from(slice.words));
                // Only facts that one of the two rules looks at.
                full.clone().any(|r| r[a / 64] >> (a % 64) & 1 == 0)
                    || full.clone().any(|r| r[b / 64] >> (b % 64) & 1 == 0)
            };
            let shown = slice.facts.iter().zip(&values).enumerate().filter(|(i, _)| named(*i));
            return Some(shown.map(|(_, (f, v))| (f.fact, *v)).collect());
        }
        // The next combination, last fact fastest.
        let mut place = chosen.len();
        loop {
            if place == 0 {
                return None;
            }
            place -= 1;
            chosen[place] += 1;
            if chosen[place] < allowed[place].len() {
                break;
            }
            chosen[place] = 0;
        }
    }
    None
}
