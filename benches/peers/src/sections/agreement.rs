//! Everybody answers as the rules written by hand, or nobody is timed.

use crate::engines::{Engine, Entry};
use crate::workload::{Request, hand};

/// An engine that agrees, with its requests made.
pub struct Ready {
    /// Who it is.
    pub entry: Entry,
    /// The engine.
    pub engine: Box<dyn Engine>,
    /// The requests in its JSON.
    pub json: Vec<String>,
}

/// Loads everybody, makes all requests, and compares all answers.
///
/// # Errors
/// Who could not be loaded or answered differently, and to what.
pub fn agreed(entries: Vec<Entry>, requests: &[Request]) -> Result<Vec<Ready>, String> {
    let expected: Vec<bool> = requests.iter().map(hand::decide).collect();
    entries.into_iter().map(|entry| one(entry, requests, &expected)).collect()
}

fn one(entry: Entry, requests: &[Request], expected: &[bool]) -> Result<Ready, String> {
    let differs = |place: usize, how: &str| {
        format!(
            "{} answers {how} differently than the rules written by hand, so nothing is timed: it should be {} for {:?}",
            entry.name, expected[place], requests[place]
        )
    };
    let mut engine = (entry.load)().map_err(|why| format!("{} could not be loaded: {why}", entry.name))?;
    engine.prepare(requests);
    if entry.decides {
        let mut answers = vec![false; requests.len()];
        engine.decide(0, &mut answers);
        if let Some(place) = answers.iter().zip(expected).position(|(yes, should)| yes != should) {
            return Err(differs(place, "requests of its own types"));
        }
    }
    let json: Vec<String> = requests.iter().map(|request| engine.request(request)).collect();
    if entry.json {
        let mut answer = String::new();
        for (place, request) in json.iter().enumerate() {
            answer.clear();
            engine.json(request, &mut answer);
            if engine.is_yes(&answer) != expected[place] {
                return Err(differs(place, "JSON"));
            }
        }
    }
    eprintln!("   {} agrees", entry.name);
    Ok(Ready { entry, engine, json })
}
