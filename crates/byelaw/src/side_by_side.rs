//! What is done on more than one processor, where there is more than one. What comes out does not hang on how many there are.
//!
//! A browser starts no threads here; there, and where the system refuses one, everything is done one after the other.

use std::panic::resume_unwind;
use std::sync::Mutex;
use std::thread::{Builder, available_parallelism, scope};

/// The most threads that are started: what takes long is a few files or a few questions.
const MOST: usize = 8;

fn processors() -> usize {
    available_parallelism().map_or(1, usize::from).min(MOST)
}

/// What `of` makes of each of so many things, in their order.
pub(crate) fn each<T: Send>(many: usize, of: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = processors().min(many);
    if threads < 2 {
        return (0..many).map(of).collect();
    }
    let next = Mutex::new(0..many);
    let take = || next.lock().ok().and_then(|mut left| left.next());
    let turn = || std::iter::from_fn(take).map(|place| (place, of(place))).collect::<Vec<_>>();
    let mut all = scope(|here| {
        let started: Vec<_> =
            (1..threads).filter_map(|_| Builder::new().spawn_scoped(here, turn).ok()).collect();
        let mut all = turn();
        for thread in started {
            all.extend(thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        all
    });
    all.sort_by_key(|(place, _)| *place);
    all.into_iter().map(|(_, made)| made).collect()
}

/// What two steps give of which neither needs the other.
pub(crate) fn both<A, B: Send>(one: impl FnOnce() -> A, other: impl Fn() -> B + Sync) -> (A, B) {
    if processors() < 2 {
        return (one(), other());
    }
    scope(|here| {
        let started = Builder::new().spawn_scoped(here, &other);
        let first = one();
        let second = match started {
            Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            Err(_) => other(),
        };
        (first, second)
    })
}
