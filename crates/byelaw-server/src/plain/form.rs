//! One question on a page: the form with its kinds of answer, and how a sent form is read.
//!
//! The forms have the fields that they have in `wasm/web/question.js`. A form carries the state it was asked in, so
//! that what is sent says all that is needed.

use super::address::{NONE, NOT_KNOWN, State};
use super::html::{El, Html, el, text, unseen};
use super::told::{Fact, Vocabulary, Word};
use super::words::{capital, date_parts, day, fill, is_time, listed, phrases as p, sentence};

/// What is wrong with an answer, and the field it is about.
pub(crate) struct Problem {
    pub text: String,
    pub at: &'static str,
}

impl Problem {
    fn new(text: impl Into<String>, at: &'static str) -> Self {
        Self { text: text.into(), at }
    }
}

/// What was sent.
pub(crate) struct Sent(pub Vec<(String, String)>);

impl Sent {
    fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.trim()).collect()
    }

    pub(crate) fn one(&self, name: &str) -> &str {
        self.all(name).first().copied().unwrap_or_default()
    }

    fn unknown(&self) -> bool {
        !self.one("unknown").is_empty()
    }
}

/// A page with one form.
pub(crate) struct Form<'a> {
    pub state: &'a State,
    /// The fact it is about.
    pub asks: &'a str,
    pub heading: &'a str,
    pub caption: Option<&'a str>,
    pub hints: Vec<String>,
    pub problem: Option<&'a Problem>,
    pub body: Html,
}

impl Form<'_> {
    pub(crate) fn page(self) -> Html {
        let mut described: Vec<String> = (0..self.hints.len()).map(|index| format!("hint-{index}")).collect();
        let hints: Html = self
            .hints
            .iter()
            .zip(&described)
            .map(|(hint, id)| el("p").class("hint").with("id", id).say(hint))
            .collect();
        if self.problem.is_some() {
            described.push("problem".to_owned());
        }
        let caption = self.caption.map(|caption| el("span").class("caption").say(caption).add(unseen(": ")));
        let inline = self.problem.map(|problem| {
            el("p").class("problem").with("id", "problem").add(unseen(p::ERROR)).say(&problem.text)
        });
        let summary = self.problem.map(|problem| {
            let link = el("a").with("href", &format!("#{}", problem.at)).say(&problem.text);
            el("div")
                .class("problems")
                .with("role", "alert")
                .with("aria-labelledby", "problems-title")
                .add(el("h2").with("id", "problems-title").say(p::PROBLEM))
                .add(el("ul").add(el("li").add(link)))
        });
        let described = described.join(" ");
        let fields = el("fieldset")
            .with_some("class", self.problem.map(|_| "has-problem"))
            .with_some("aria-describedby", Some(described.as_str()).filter(|ids| !ids.is_empty()))
            .add(el("legend").all(caption).add(el("h1").say(self.heading)))
            .add(hints)
            .all(inline)
            .add(self.body);
        let hidden = |name: &str, value: &str| {
            el("input").with("type", "hidden").with("name", name).with("value", value)
        };
        // The address without its path is the query, which begins after `/?`.
        let state = self.state.write();
        let form = el("form")
            .class("question")
            .with("method", "get")
            .with("action", "/step")
            .with("data-asks", self.asks)
            .with("autocomplete", "off")
            .add(hidden("state", state.get(2..).unwrap_or_default()))
            .add(hidden("asks", self.asks))
            .add(fields)
            .add(el("button").class("button").say(p::GO_ON));
        summary.into_iter().chain([form]).collect()
    }
}

/// A choice.
pub(crate) struct Choice {
    pub value: String,
    pub label: String,
    pub meaning: Option<String>,
}

impl Choice {
    pub(crate) fn bare(value: &str, label: &str) -> Self {
        Self { value: value.to_owned(), label: label.to_owned(), meaning: None }
    }
}

/// Radios or checkboxes.
#[derive(Default)]
pub(crate) struct Choices<'a> {
    pub name: &'a str,
    pub options: Vec<Choice>,
    /// What does not matter any more, folded away.
    pub others: Vec<Choice>,
    /// Choices after an "or".
    pub last: Vec<Choice>,
    pub chosen: Vec<&'a str>,
    pub several: bool,
}

impl Choices<'_> {
    pub(crate) fn fields(&self) -> Html {
        let mut count = 0;
        let mut item = |choice: &Choice| -> El {
            count += 1;
            let id = if count == 1 { "choice".to_owned() } else { format!("choice-{count}") };
            let meaning = format!("{id}-meaning");
            let input = el("input")
                .with("type", if self.several { "checkbox" } else { "radio" })
                .with("id", &id)
                .with("name", self.name)
                .with("value", &choice.value)
                .when(self.chosen.contains(&choice.value.as_str()), "checked")
                .with_some("aria-describedby", choice.meaning.as_ref().map(|_| meaning.as_str()));
            el("div").class("choice").add(input).add(el("label").with("for", &id).say(&choice.label)).all(
                choice
                    .meaning
                    .as_ref()
                    .map(|text| el("p").class("choice-meaning").with("id", &meaning).say(text)),
            )
        };
        let main = el("div").class("choices").all(self.options.iter().map(&mut item));
        let others: Vec<El> = self.others.iter().map(&mut item).collect();
        let title = match others.len() {
            1 => p::ONE_MORE.to_owned(),
            count => fill(p::MORE_CHOICES, &[("count", &count.to_string())]),
        };
        let open = self.others.iter().any(|other| self.chosen.contains(&other.value.as_str()));
        let others = (!others.is_empty()).then(|| {
            el("details")
                .class("more")
                .when(open, "open")
                .add(el("summary").say(&title))
                .add(el("div").class("choices").all(others))
        });
        let last: Vec<El> = self.last.iter().map(&mut item).collect();
        let last =
            (!last.is_empty()).then(|| [or(), el("div").class("choices").all(last)]).into_iter().flatten();
        [main].into_iter().chain(others).chain(last).collect()
    }
}

fn or() -> El {
    el("p").class("or").with("aria-hidden", "true").say(p::OR)
}

fn unknown_box(checked: bool) -> Html {
    let input = el("input")
        .with("type", "checkbox")
        .with("id", "unknown")
        .with("name", "unknown")
        .with("value", "yes")
        .when(checked, "checked");
    let choice =
        el("div").class("choice").add(input).add(el("label").with("for", "unknown").say(p::NOT_KNOWN));
    [or(), el("div").class("choices").add(choice)].into_iter().collect()
}

fn field(id: &str, name: &str, label: &str, class: &str, value: Option<&str>) -> Html {
    let label = el("label").with("for", id).class("field-label").say(label);
    let input = el("input").with("id", id).with("name", name).class(class).with("inputmode", "numeric");
    [label, input.with_some("value", value)].into_iter().collect()
}

fn measure(inside: Html) -> El {
    el("div").class("measure").add(inside)
}

/// The choices that a policy gives, in its words.
pub(crate) fn options(words: &[&Word]) -> Vec<Choice> {
    let meaning = |word: &Word| (!word.meaning.is_empty()).then(|| capital(&sentence(&word.meaning)));
    let choice = |word: &&Word| Choice {
        value: word.name.clone(),
        label: capital(&word.label()),
        meaning: meaning(word),
    };
    words.iter().map(choice).collect()
}

/// The page that asks for one fact. `raw`: what is stated now; `among`: the values that still matter.
pub(crate) fn fact_page(
    vocabulary: &Vocabulary,
    fact: &Fact,
    among: Option<&Vec<String>>,
    (state, caption, problem): (&State, &str, Option<&Problem>),
) -> Html {
    let raw = state.fact(&fact.word.name);
    let stated = raw.filter(|raw| *raw != NOT_KNOWN);
    let unknown = || Choice::bare(NOT_KNOWN, p::NOT_KNOWN);
    let mut hints = Vec::new();
    if !fact.word.meaning.is_empty() && fact.word.meaning != fact.question {
        hints.push(capital(&sentence(&fact.word.meaning)));
    }
    if !fact.judged_by.is_empty() {
        hints.push(fill(p::TO_JUDGE, &[("person", &vocabulary.person(&fact.judged_by))]));
    }
    let body = match fact.kind.as_str() {
        "number" => {
            let unit = fact.unit.as_deref().unwrap_or_default();
            let named = fill(p::NUMBER_OF, &[("unit", unit)]);
            let label = if unit.is_empty() { p::NUMBER } else { &named };
            let number = field("number", "number", label, "field field-short", stated);
            [measure(number).into(), unknown_box(raw == Some(NOT_KNOWN))].into_iter().collect()
        }
        "date" => date_fields("value", raw),
        "time" => {
            let clock = field("clock", "clock", p::TIME_EXAMPLE, "field field-short", stated);
            [measure(clock).into(), unknown_box(raw == Some(NOT_KNOWN))].into_iter().collect()
        }
        "yes_no" => Choices {
            name: "value",
            options: vec![Choice::bare("yes", p::YES), Choice::bare("no", p::NO)],
            last: vec![unknown()],
            chosen: raw.into_iter().collect(),
            ..Choices::default()
        }
        .fields(),
        kind => {
            let several = kind == "some_of";
            let mut last = vec![unknown()];
            if several {
                hints.push(p::ALL_THAT_APPLY.to_owned());
                last.insert(0, Choice::bare(NONE, p::NONE_OF_THESE));
            }
            let (options, others) = split(options(&vocabulary.choices(fact)), among);
            let chosen = raw.unwrap_or_default();
            let chosen = if several { chosen.split(',').collect() } else { vec![chosen] };
            Choices { name: "value", options, others, last, chosen, several }.fields()
        }
    };
    let heading = fact.asked();
    Form { state, asks: &fact.word.name, heading: &heading, caption: Some(caption), hints, problem, body }
        .page()
}

/// The values that still matter stand first, when that leaves some out.
fn split(options: Vec<Choice>, among: Option<&Vec<String>>) -> (Vec<Choice>, Vec<Choice>) {
    let Some(among) = among else { return (options, Vec::new()) };
    let (first, others): (Vec<_>, Vec<_>) =
        options.into_iter().partition(|option| among.contains(&option.value));
    if first.is_empty() { (others, Vec::new()) } else { (first, others) }
}

/// The page that asks for the day.
pub(crate) fn day_page(today: &str, caption: &str, state: &State, problem: Option<&Problem>) -> Html {
    let body = date_fields("on", Some(state.on.as_deref().unwrap_or(today)));
    let hints = vec![p::RULES_CHANGE.to_owned()];
    Form { state, asks: "on", heading: p::WHEN, caption: Some(caption), hints, problem, body }.page()
}

fn date_fields(name: &str, raw: Option<&str>) -> Html {
    let stated = raw.and_then(date_parts);
    let of = |part: fn((u32, u32, u32)) -> u32| {
        stated.map(|(year, month, day, _)| part((year, month, day)).to_string())
    };
    let part = |part: &'static str, label: &str, class: &str, value: Option<String>| {
        let id = format!("{name}-{part}");
        el("div").class("date-part").add(field(&id, part, label, class, value.as_deref()))
    };
    let parts = el("div")
        .class("date")
        .add(part("day", p::DAY, "field field-two", of(|(_, _, day)| day)))
        .add(part("month", p::MONTH, "field field-two", of(|(_, month, _)| month)))
        .add(part("year", p::YEAR, "field field-year", of(|(year, _, _)| year)));
    let example = fill(p::DATE_EXAMPLE, &[("day", &day("2026-03-27")), ("digits", "27 3 2026")]);
    let time = stated.and_then(|(.., time)| time);
    let time = time.map(|time| measure(field("time", "time", p::TIME_TOO, "field field-short", Some(time))));
    [el("p").class("hint").say(&example), parts]
        .into_iter()
        .chain(time)
        .map(Html::from)
        .chain([unknown_box(raw == Some(NOT_KNOWN))])
        .collect()
}

/// The answer to a fact's question, as an address states it.
pub(crate) fn read(fact: &Fact, sent: &Sent) -> Result<String, Problem> {
    match fact.kind.as_str() {
        "number" => number(fact, sent),
        "date" => date(sent, "value-day", "value-month", "value-year"),
        "time" => time(sent),
        "some_of" => match sent.all("value").as_slice() {
            [] => Err(Problem::new(p::CHOOSE_ALL, "choice")),
            // What stands alone takes no others.
            values if values.contains(&NOT_KNOWN) && values.len() == 1 => Ok(NOT_KNOWN.to_owned()),
            values if values.contains(&NONE) && values.len() == 1 => Ok(NONE.to_owned()),
            values if values.contains(&NOT_KNOWN) || values.contains(&NONE) => {
                Err(Problem::new(p::CHOOSE_ALL, "choice"))
            }
            values => Ok(values.join(",")),
        },
        kind => match (sent.one("value"), kind) {
            ("", "yes_no") => Err(Problem::new(p::CHOOSE_YES_NO, "choice")),
            ("", _) => Err(Problem::new(p::CHOOSE_ANSWER, "choice")),
            (value, _) => Ok(value.to_owned()),
        },
    }
}

/// The answer to when it is.
pub(crate) fn read_day(sent: &Sent) -> Result<String, Problem> {
    date(sent, "on-day", "on-month", "on-year")
}

fn number(fact: &Fact, sent: &Sent) -> Result<String, Problem> {
    let written = sent.one("number");
    if sent.unknown() {
        return alone(written.is_empty());
    }
    let digits = written.strip_prefix('-').unwrap_or(written);
    let plain = (1..=9).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
    let number: Option<i64> = plain.then(|| written.parse().ok()).flatten();
    let fits =
        |number: &i64| fact.from.is_none_or(|from| *number >= from) && fact.to.is_none_or(|to| *number <= to);
    number.filter(fits).map(|number| number.to_string()).ok_or_else(|| {
        let range = fact.from.zip(fact.to).map_or(String::new(), |(from, to)| {
            fill(p::FROM_TO, &[("from", &from.to_string()), ("to", &to.to_string())])
        });
        let unit = fact.unit.as_deref().filter(|unit| !unit.is_empty());
        let of = unit.map_or(String::new(), |unit| fill(p::OF_UNIT, &[("unit", unit)]));
        Problem::new(fill(p::WHOLE_NUMBER, &[("of", &of), ("range", &range)]), "number")
    })
}

fn time(sent: &Sent) -> Result<String, Problem> {
    let written = sent.one("clock");
    if sent.unknown() {
        return alone(written.is_empty());
    }
    let whole = format!("{written:0>5}");
    if is_time(&whole) { Ok(whole) } else { Err(Problem::new(p::TIME_WRONG, "clock")) }
}

fn date(sent: &Sent, at: &'static str, month: &'static str, year: &'static str) -> Result<String, Problem> {
    let fields = [("day", p::DAY, at), ("month", p::MONTH, month), ("year", p::YEAR, year)];
    let lacking: Vec<_> = fields.iter().filter(|(name, ..)| sent.one(name).is_empty()).collect();
    if sent.unknown() {
        // The day that stands there at first is nobody's answer.
        return Ok(NOT_KNOWN.to_owned());
    }
    if let Some((.., first)) = lacking.first() {
        let names: Vec<String> = lacking.iter().map(|(_, label, _)| label.to_lowercase()).collect();
        return Err(Problem::new(fill(p::DATE_LACKS, &[("parts", &listed(&names, "and"))]), first));
    }
    let date = format!("{:0>4}-{:0>2}-{:0>2}", sent.one("year"), sent.one("month"), sent.one("day"));
    let time = sent.one("time");
    let whole = if time.is_empty() { date.clone() } else { format!("{date}T{time:0>5}") };
    if !time.is_empty() && !is_time(&format!("{time:0>5}")) {
        return Err(Problem::new(p::TIME_TOO_WRONG, "time"));
    }
    if date_parts(&whole).is_none() {
        return Err(Problem::new(p::NO_SUCH_DAY, at));
    }
    Ok(whole)
}

fn alone(empty: bool) -> Result<String, Problem> {
    if empty { Ok(NOT_KNOWN.to_owned()) } else { Err(Problem::new(p::NOT_BOTH, "unknown")) }
}

/// Text with a space before what follows it.
pub(crate) fn spaced(said: &str) -> Html {
    text(&format!("{said} "))
}

#[cfg(test)]
mod tests {
    use super::super::address::pairs;
    use super::*;

    fn answer(kind: &str, sent: &str) -> Result<String, (String, &'static str)> {
        let fact = Fact { kind: kind.to_owned(), from: Some(0), to: Some(120), ..Fact::default() };
        read(&fact, &Sent(pairs(sent))).map_err(|problem| (problem.text, problem.at))
    }

    #[test]
    fn what_is_sent_is_stated_as_an_address_states_it() {
        for (kind, sent, stated) in [
            ("number", "number=+7+", "7"),
            ("number", "number=&unknown=yes", NOT_KNOWN),
            ("time", "clock=8%3A40", "08:40"),
            ("date", "day=3&month=4&year=2020", "2020-04-03"),
            ("date", "day=3&month=4&year=2020&time=9%3A05", "2020-04-03T09:05"),
            ("date", "day=3&month=4&year=2020&unknown=yes", NOT_KNOWN),
            ("yes_no", "value=no", "no"),
            ("one_of", "value=wug", "wug"),
            ("some_of", "value=wug&value=blick", "wug,blick"),
            ("some_of", "value=none_of_these", NONE),
        ] {
            assert_eq!(answer(kind, sent), Ok(stated.to_owned()), "{kind} {sent}");
        }
    }

    #[test]
    fn what_is_no_answer_is_said_with_its_field() {
        for (kind, sent, at) in [
            ("number", "number=121", "number"),
            ("number", "number=1e3", "number"),
            ("number", "number=7&unknown=yes", "unknown"),
            ("time", "clock=24%3A00", "clock"),
            ("date", "day=30&month=2&year=2020", "value-day"),
            ("date", "day=3&year=2020", "value-month"),
            ("date", "day=3&month=4&year=2020&time=x", "time"),
            ("yes_no", "", "choice"),
            ("some_of", "", "choice"),
            ("some_of", "value=none_of_these&value=wug", "choice"),
        ] {
            assert_eq!(answer(kind, sent).map_err(|(_, at)| at), Err(at), "{kind} {sent}");
        }
    }
}
