//! The page's own phrases, and words put together. The phrases stand in `wasm/web/phrases.js` and
//! `wasm/web/answer-phrases.js`, and nowhere else.

use byelaw::data::Date;

/// One constant for each phrase, written by the build: a phrase that is not there is an error of the compiler.
#[allow(dead_code, reason = "some phrases are for scripts only")]
pub(crate) mod phrases {
    include!(concat!(env!("OUT_DIR"), "/phrases.rs"));
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A phrase with its values. What stands in braces within a value stays.
pub(crate) fn fill(phrase: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = phrase;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(values.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value));
        rest = after;
    }
    out + rest
}

/// A name as words, where the policy gives no better ones.
pub(crate) fn words(name: &str) -> String {
    name.replace('-', " ")
}

pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A sentence with its stop.
pub(crate) fn sentence(text: &str) -> String {
    let stop = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{text}{stop}")
}

/// `a`, `a and b`, `a, b and c`
pub(crate) fn listed<S: AsRef<str>>(parts: &[S], joint: &str) -> String {
    let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
    match parts.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [before @ .., last] => format!("{} {joint} {last}", before.join(", ")),
    }
}

/// The parts of a date that exists: year, month, day, and the time as written.
pub(crate) fn date_parts(text: &str) -> Option<(u32, u32, u32, Option<&str>)> {
    let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    Date::parse(date)?;
    let mut numbers = date.split('-').map(|part| part.parse().ok());
    let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let time = match time {
        Some(time) => Some(time.get(..5).filter(|time| is_time(time))?),
        None => None,
    };
    (year >= 1000).then_some((year, month, day, time))
}

/// Whether this is a time of the day, in five letters.
pub(crate) fn is_time(text: &str) -> bool {
    let number = |part: &str| (part.len() == 2).then(|| part.parse::<u8>().ok()).flatten();
    let parts = text.split_once(':').and_then(|(hour, minute)| Some((number(hour)?, number(minute)?)));
    parts.is_some_and(|(hour, minute)| hour < 24 && minute < 60)
}

/// `2020-05-11` or `2020-05-11T10:00` as people write it; anything else as it stands.
pub(crate) fn day(text: &str) -> String {
    let Some((year, month, day, time)) = date_parts(text) else { return text.to_owned() };
    let month = usize::try_from(month).ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
    let written = format!("{day} {} {year}", month.unwrap_or(&""));
    time.map_or(written.clone(), |time| format!("{written}, {time}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_filled_once() {
        assert_eq!(fill("a {x} c {y}{z}", &[("x", "{y}"), ("y", "b")]), "a {y} c b");
        assert_eq!(fill("a {x", &[("x", "b")]), "a b");
    }

    #[test]
    fn days_are_told_as_people_write_them() {
        assert_eq!(day("2020-05-11"), "11 May 2020");
        assert_eq!(day("2020-05-11T10:00:00"), "11 May 2020, 10:00");
        for other in ["2020-02-30", "not_known", "2020-05-11T99:00", "2020-05-11Té€"] {
            assert_eq!(day(other), other);
        }
    }

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(listed(&["a"], "and"), "a");
        assert_eq!(listed(&["a", "b", "c"], "or"), "a, b or c");
        assert_eq!(listed::<&str>(&[], "or"), "");
        assert_eq!(capital("élan"), "Élan");
        assert_eq!(capital(""), "");
    }
}
