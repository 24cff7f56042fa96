//! Questions of which not everything is known, for Byelaw alone: how long they take, and how many hang on the rest.

use crate::engines::Partly;
use crate::measure::{median, timed};
use crate::report::{Table, time};
use crate::workload::Request;
use crate::workload::random::Chance;

/// The most facts that are left out.
const MOST: usize = 6;

/// The table: the workload's requests, of each so many facts drawn at random left out.
///
/// # Errors
/// If the policy cannot be loaded, or does not take such a question.
pub fn table(requests: &[Request], rounds: usize) -> Result<Table, String> {
    let mut rows = Vec::new();
    for unknown in 0..=MOST {
        let mut chance = Chance::new(9);
        let asked = Partly::of(requests, unknown, &mut chance)?;
        let taken: Vec<f64> = (0..rounds).map(|_| timed(|| asked.ask()).0).collect();
        let share = 100.0 * asked.ask() as f64 / requests.len().max(1) as f64;
        let each = median(&taken) / requests.len().max(1) as f64;
        rows.push(vec![unknown.to_string(), time(each), format!("{share:.0} %")]);
    }
    Ok(Table {
        title: "Unknown facts, Byelaw alone".to_owned(),
        note: "The hot path's requests with so many facts, drawn at random, left out: the exact outcome, which needs facts \
               if it hangs on them."
            .to_owned(),
        columns: vec!["left out", "one decision", "need facts"],
        rows,
    })
}
