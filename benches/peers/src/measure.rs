//! Times: the processor time of the thread that works, medians of rounds in which everybody takes a turn.
//!
//! On a shared machine the time that a thread waits for a processor does not count; what others do to the caches does.

use crate::engines::Kind;
use rustix::time::{ClockId, clock_gettime};
use std::time::Duration;

/// How long one turn lasts at least.
const TURN: Duration = Duration::from_millis(20);

/// A point in the processor time of this thread.
#[derive(Debug, Clone, Copy)]
pub struct Clock(Duration);

impl Clock {
    /// Now.
    pub fn now() -> Self {
        let time = clock_gettime(ClockId::ThreadCPUTime);
        Self(Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or_default()))
    }

    /// What this thread has worked since.
    pub fn elapsed(self) -> Duration {
        Self::now().0.saturating_sub(self.0)
    }
}

/// What something cost, in nanoseconds, and what came of it.
pub fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let clock = Clock::now();
    let result = work();
    (nanos(clock.elapsed()), result)
}

fn nanos(time: Duration) -> f64 {
    time.as_secs_f64() * 1e9
}

/// The median; of nothing, no number.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    match sorted.len() {
        0 => f64::NAN,
        odd if odd % 2 == 1 => sorted[half],
        _ => f64::midpoint(sorted[half - 1], sorted[half]),
    }
}

/// Someone who takes turns.
pub struct Lane<'a> {
    /// Its name for people.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
    /// Does some decisions for the round of this number, and says how many.
    pub turn: Box<dyn FnMut(usize) -> usize + 'a>,
}

/// What came of somebody's turns.
#[derive(Debug, Clone)]
pub struct Timing {
    /// Its name for people.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
    /// Nanoseconds for one decision: the median of the rounds.
    pub nanos: f64,
    /// Of the first lane: the median of each round's ratio.
    pub to_first: f64,
    /// Of the fastest peer, likewise; not known where there is no peer.
    pub to_peer: Option<f64>,
}

/// Lets everybody take so many turns, one after the other.
pub fn rounds(what: &str, rounds: usize, lanes: Vec<Lane<'_>>) -> Vec<Timing> {
    let mut lanes = lanes;
    let mut taken = vec![Vec::new(); lanes.len()];
    for round in 0..rounds {
        eprint!("\r   {what}: round {} of {rounds}", round + 1);
        for (lane, taken) in lanes.iter_mut().zip(&mut taken) {
            let (mut decisions, clock) = (0, Clock::now());
            loop {
                decisions += (lane.turn)(round);
                let time = clock.elapsed();
                if time >= TURN {
                    taken.push(nanos(time) / decisions as f64);
                    break;
                }
            }
        }
    }
    eprintln!();
    let ratio = |of: &[f64], to: &[f64]| median(&of.iter().zip(to).map(|(a, b)| a / b).collect::<Vec<_>>());
    let peers = lanes.iter().zip(&taken).filter(|(lane, _)| lane.kind == Kind::Peer).map(|(_, taken)| taken);
    let fastest = peers.min_by(|a, b| median(a).total_cmp(&median(b)));
    let timing = |(lane, of): (&Lane<'_>, &Vec<f64>)| Timing {
        name: lane.name,
        kind: lane.kind,
        nanos: median(of),
        to_first: taken.first().map_or(f64::NAN, |first| ratio(of, first)),
        to_peer: fastest.map(|fastest| ratio(of, fastest)),
    };
    lanes.iter().zip(&taken).map(timing).collect()
}

/// How many decisions fit into a turn of about 40 milliseconds, given what some took.
pub fn fitting(nanos_each: f64, least: usize, most: usize) -> usize {
    ((40e6 / nanos_each.max(0.1)) as usize).clamp(least.min(most), most)
}
