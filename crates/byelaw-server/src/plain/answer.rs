//! The answer page: the verdict first, then what to do, why, what it assumes, and the facts it rests on; in the order
//! of `wasm/web/answer.js`.

use super::address::{APPROVALS, List, NOT_KNOWN, State, UNDERTAKINGS};
use super::facts::{any_of, in_words, spoken};
use super::form::spaced;
use super::html::{El, Html, el, text, unseen};
use super::told::{Change, Cite, Decision, Duty, Vocabulary, Way};
use super::verdict::{Verdict, missing, outcome_words};
use super::words::{capital, day, fill, listed, phrases as p, sentence, words};
use byelaw::ir::Program;
use byelaw::spelled_out;
use serde_json::Value;

/// What an answer is about.
pub(crate) struct View<'a> {
    pub decision: &'a Decision,
    pub state: &'a State,
    /// The policy, for the sentences of its rules.
    pub program: &'a Program,
    pub vocabulary: &'a Vocabulary,
    pub today: &'a str,
    /// Facts that could still be asked.
    pub left: &'a [String],
    /// Whether there is another policy to change to.
    pub several: bool,
}

/// The whole page.
pub(crate) fn page(view: &View<'_>, said: &Verdict) -> Html {
    let View { decision, state, vocabulary, .. } = *view;
    let act = vocabulary.act_fact().and_then(|fact| state.fact(&fact.word.name));
    let act = act.and_then(|name| vocabulary.act(name));
    let failed = decision.error.is_some();
    let other_day = (!failed).then(|| day_of_answer(state, view.today)).flatten();
    let panel = el("div")
        .class(&format!("verdict verdict-{}", said.kind))
        .with("data-outcome", if failed { "error" } else { &decision.outcome })
        .all(act.map(|act| el("p").class("caption").say(&capital(&act.word.label())).add(unseen(": "))))
        .add(el("h1").say(&said.heading))
        .all(said.below.iter().map(|text| el("p").say(text)))
        .all(other_day.map(|text| el("p").class("verdict-day").say(&text)));
    let parts: Vec<Option<El>> = if failed {
        vec![failure(view)]
    } else {
        vec![
            before(view),
            approvals(view),
            ways(view),
            duties(view),
            advice(view),
            depends_on(view),
            shorten(view),
            assumed(view),
            reasons(view),
            clashes(view),
            open(view),
            changes(view),
            notes(view),
        ]
    };
    let mut again = State { facts: Vec::new(), skip: Vec::new(), more: false, change: None, ..state.clone() };
    again.forget_said();
    let end = el("p")
        .class("actions ending")
        .add(el("a").class("button").with("href", &again.write()).say(p::ANOTHER));
    let inside = el("div")
        .class("answer")
        .all(parts.into_iter().flatten())
        .add(rests_on(view))
        .add(policy(view))
        .add(end);
    [panel, inside].into_iter().collect()
}

fn section(id: &'static str, title: &str) -> El {
    let heading = format!("{id}-title");
    el("section")
        .with("id", id)
        .with("aria-labelledby", &heading)
        .add(el("h2").with("id", &heading).say(title))
}

/// A link, with what is only read out after its text.
pub(crate) fn link(state: &State, said: &str, extra: &str) -> El {
    let extra = match extra {
        "" => None,
        extra if extra.starts_with(':') => Some(extra.to_owned()),
        extra => Some(format!(" {extra}")),
    };
    el("a").with("href", &state.write()).say(said).all(extra.map(|extra| unseen(&extra)))
}

fn action(state: &State, said: &str, extra: &str) -> El {
    link(state, said, extra).class("action")
}

fn card(name: &str, title: &str) -> El {
    el("li").class("card").with("data-name", name).add(el("p").class("card-title").say(title))
}

fn meaning(text: &str) -> Option<El> {
    (!text.is_empty()).then(|| el("p").say(&capital(&sentence(text))))
}

fn failure(view: &View<'_>) -> Option<El> {
    let wrong = view.decision.error.as_ref()?;
    let message = if wrong.message.is_empty() { p::UNEXPECTED } else { &wrong.message };
    let said = capital(&sentence(&quoted(message)));
    let place = wrong.at.strip_prefix("facts.").unwrap_or(&wrong.at);
    let about =
        (!place.is_empty() && !said.contains(place)).then(|| fill(p::IT_IS_ABOUT, &[("place", place)]));
    let helps = !wrong.nearest.is_empty() && !said.to_lowercase().contains("did you mean");
    let helps = helps.then(|| fill(p::DID_YOU_MEAN, &[("names", &wrong.nearest.join(", "))]));
    let part = section("failure", p::WENT_WRONG).add(el("p").say(&said));
    let part = part.all(about.into_iter().chain(helps).map(|text| el("p").say(&text)));
    Some(part.add(el("p").say(p::CHANGE_OR_RESTART)))
}

/// Names that a message marks, in quotation marks.
fn quoted(message: &str) -> String {
    let parts: Vec<&str> = message.split('`').collect();
    let mut out = String::new();
    for (place, part) in parts.iter().enumerate() {
        let mark = match place {
            0 => "",
            // A mark without its other half stays.
            _ if place % 2 == 1 && place + 1 == parts.len() => "`",
            _ if place % 2 == 1 => "\u{201c}",
            _ => "\u{201d}",
        };
        out.push_str(mark);
        out.push_str(part);
    }
    out
}

fn before(view: &View<'_>) -> Option<El> {
    let View { decision, state, vocabulary, .. } = *view;
    let wanted: Vec<_> = decision.provided.iter().filter(|each| !state.will.contains(&each.name)).collect();
    (!wanted.is_empty()).then(|| {
        let cards = wanted.iter().map(|each| {
            let text = decision.text_of(vocabulary, &each.name);
            let say = |list| state.saying(&each.name, Some(list), UNDERTAKINGS);
            card(&each.name, &capital(&text))
                .all(vocabulary.undertaking(&each.name).and_then(|word| meaning(&word.meaning)))
                .add(
                    el("p")
                        .class("actions")
                        .add(action(&say(List::Will), p::I_WILL, &text))
                        .say(" ")
                        .add(action(&say(List::Wont), p::I_WONT, &text)),
                )
        });
        section("provided", p::MUST_BEFORE).add(el("ul").class("cards").all(cards))
    })
}

fn approvals(view: &View<'_>) -> Option<El> {
    let View { decision, state, vocabulary, .. } = *view;
    let mut names: Vec<&String> = Vec::new();
    for name in decision.ways.iter().flat_map(|way| missing(way, &state.approved)) {
        if !state.refused.contains(name) && !names.contains(&name) {
            names.push(name);
        }
    }
    let title = if decision.outcome == "needs_approval" { p::WHO_APPROVES } else { p::MAY_APPROVE };
    (!names.is_empty()).then(|| {
        let cards = names.iter().map(|name| {
            let text = vocabulary.approval_label(name);
            let extra = format!(": {text}");
            let approval = vocabulary.approval(name);
            let givers = approval.map(|approval| approval.given_by.as_slice()).unwrap_or_default();
            let givers: Vec<String> = givers.iter().map(|giver| vocabulary.person(giver)).collect();
            let givers = (!givers.is_empty()).then(|| fill(p::GIVEN_BY, &[("givers", &givers.join(" or "))]));
            let say = |list| state.saying(name, Some(list), APPROVALS);
            card(name, &capital(&text))
                .all(givers.map(|text| el("p").say(&text)))
                .all(approval.and_then(|approval| meaning(&approval.word.meaning)))
                .add(
                    el("p")
                        .class("actions")
                        .add(action(&say(List::Approved), p::I_HAVE_IT, &extra))
                        .say(" ")
                        .add(action(&say(List::Refused), p::THEY_SAID_NO, &extra)),
                )
        });
        section("approvals", title).add(el("ul").class("cards").all(cards))
    })
}

fn ways(view: &View<'_>) -> Option<El> {
    let View { decision, state, vocabulary, .. } = *view;
    (decision.ways.len() > 1).then(|| {
        let list = decision.ways.iter().enumerate().map(|(index, way)| {
            let approvals = way.approvals.iter().map(|name| {
                let have = if state.approved.contains(name) { p::YOU_HAVE_THIS } else { "" };
                format!("{}{have}", capital(&vocabulary.approval_label(name)))
            });
            let provided = way.provided.iter().map(|name| capital(&decision.text_of(vocabulary, name)));
            let mut needs: Vec<String> = approvals.chain(provided).collect();
            if needs.is_empty() {
                needs.push(p::NOTHING_MORE.to_owned());
            }
            let number = (index + 1).to_string();
            el("li")
                .class("card")
                .add(el("p").class("card-title").say(&fill(p::WAY, &[("number", &number)])))
                .add(el("ul").all(needs.iter().map(|text| el("li").say(text))))
        });
        section("ways", p::WAYS).add(el("p").say(p::ANY_WAY)).add(el("ol").class("cards").all(list))
    })
}

fn duties(view: &View<'_>) -> Option<El> {
    let View { decision, state, vocabulary, .. } = *view;
    // Two rules may ask for the same; it is done once.
    let mut due: Vec<&Duty> = Vec::new();
    for duty in &decision.duties {
        let same =
            |other: &&Duty| other.name == duty.name && other.bearer == duty.bearer && other.due == duty.due;
        if !due.iter().any(same) {
            due.push(duty);
        }
    }
    (!due.is_empty()).then(|| {
        let cards = due.iter().map(|duty| {
            let title = if duty.text.is_empty() { vocabulary.deed(&duty.name) } else { duty.text.clone() };
            let bearer = match duty.bearer.as_str() {
                "" | "asker" | "you" => "you".to_owned(),
                name => vocabulary.person(name),
            };
            let mut who = fill(p::WHO, &[("bearer", &bearer)]);
            if !duty.due.is_empty() {
                who.push_str(&fill(p::BY_WHEN, &[("due", &duty.due)]));
            }
            if let Some(day) = &duty.due_on {
                who.push_str(&fill(p::LAST_DAY, &[("day", day)]));
            }
            let mut lines = vec![who];
            if !duty.instead.is_empty() {
                let deeds: Vec<String> = duty.instead.iter().map(|name| vocabulary.deed(name)).collect();
                lines.push(fill(p::INSTEAD, &[("deeds", &deeds.join(", or "))]));
            }
            if !duty.otherwise.is_empty() {
                lines.push(fill(p::OTHERWISE, &[("what", &duty.otherwise)]));
            }
            if duty.sometimes {
                lines.push(p::SOME_CASES.to_owned());
            }
            if state.wont.contains(&duty.name) {
                lines.push(p::WONT_BE_DONE.to_owned());
            }
            card(&duty.name, &capital(&title)).all(lines.iter().map(|line| el("p").say(line)))
        });
        section("duties", p::AS_WELL).add(el("ul").class("cards").all(cards))
    })
}

fn advice(view: &View<'_>) -> Option<El> {
    let given = &view.decision.advice;
    (!given.is_empty()).then(|| {
        let cards = given.iter().map(|advice| {
            let some = advice.sometimes.then(|| el("p").say(p::SOME_CASES));
            el("li").class("card").with("data-name", &advice.rule).add(el("p").say(&advice.text)).all(some)
        });
        section("advice", p::ADVICE).add(el("p").say(p::ADVISED)).add(el("ul").class("cards").all(cards))
    })
}

fn depends_on(view: &View<'_>) -> Option<El> {
    let View { decision, state, vocabulary, left, .. } = *view;
    let known = |name: &&String| *name == "on" || vocabulary.fact(name).is_some();
    let names: Vec<&String> = decision.needs.iter().filter(known).collect();
    (decision.outcome == "needs_facts" && !names.is_empty()).then(|| {
        let rows = names.iter().map(|name| {
            let text = vocabulary.fact(name).map_or(p::WHEN.to_owned(), |fact| fact.asked());
            let again = state.fact(name).is_some() || !left.contains(name);
            let said = if again { p::ANSWER_AFTER_ALL } else { p::ANSWER_THIS };
            let way = link(&state.with_open(Some(name)), said, &format!(": {text}"));
            el("li").add(el("span").say(&text)).say(" ").add(way)
        });
        section("needs", p::DEPENDS_TITLE).add(el("ul").class("rows").all(rows))
    })
}

fn shorten(view: &View<'_>) -> Option<El> {
    let View { decision, state, left, .. } = *view;
    (decision.outcome != "needs_facts" && !left.is_empty()).then(|| {
        let text = match left.len() {
            1 => p::ONE_QUESTION.to_owned(),
            count => fill(p::SOME_QUESTIONS, &[("count", &count.to_string())]),
        };
        let more = State { more: true, ..state.clone() };
        let way = el("p").add(action(&more, p::MORE_QUESTIONS, ""));
        section("shorten", p::MORE_EXACT).add(el("p").say(&text)).add(way)
    })
}

fn assumed(view: &View<'_>) -> Option<El> {
    let View { decision, state, vocabulary, .. } = *view;
    (!decision.assumed.is_empty()).then(|| {
        let rows = decision.assumed.iter().map(|taken| {
            let fact = vocabulary.fact(&taken.fact);
            let text = fact.map_or_else(|| words(&taken.fact), |fact| fact.asked());
            let value =
                fact.map_or_else(|| taken.value.to_string(), |fact| in_words(vocabulary, fact, &taken.value));
            let way = link(&state.with_open(Some(&taken.fact)), p::NOT_SO, &format!(": {text}"));
            row(&text, &value, way).with("data-fact", &taken.fact)
        });
        section("assumed", p::ASSUMES).add(el("p").say(p::UNTOLD)).add(el("dl").class("facts").all(rows))
    })
}

fn row(key: &str, value: &str, way: El) -> El {
    el("div").add(el("dt").say(key)).add(el("dd").say(value)).add(el("dd").class("facts-way").add(way))
}

fn rests_on(view: &View<'_>) -> El {
    let View { decision, state, vocabulary, today, several, .. } = *view;
    let mut rows: Vec<El> = Vec::new();
    let change = |name: &str, extra: &str| link(&state.with_open(Some(name)), p::CHANGE, extra);
    if several {
        rows.push(row(p::POLICY, &vocabulary.title, change("pack", p::THE_POLICY)));
    }
    for (name, raw) in &state.facts {
        rows.push(match vocabulary.fact(name) {
            Some(fact) => {
                let extra = fill(p::YOUR_ANSWER_TO, &[("question", &fact.asked())]);
                row(&fact.asked(), &spoken(vocabulary, fact, raw), change(name, &extra))
                    .with("data-fact", name)
            }
            None => row(&capital(&words(name)), raw, link(&state.without(name), p::REMOVE, &words(name))),
        });
    }
    let on = state.on.as_deref().unwrap_or(today);
    let written = match on {
        NOT_KNOWN => p::NOT_KNOWN.to_owned(),
        on if on == today => fill(p::TODAY_IS, &[("day", &day(on))]),
        on => day(on),
    };
    let way = link(&state.with_open(Some("on")), p::ASK_AS_OF, "");
    rows.push(row(p::WHEN, &written, way).with("data-fact", "on"));
    for (list, said, pair) in [
        (List::Approved, p::YOU_HAVE_IT, APPROVALS),
        (List::Refused, p::THEY_SAID_NO, APPROVALS),
        (List::Will, p::YOU_WILL, UNDERTAKINGS),
        (List::Wont, p::YOU_WONT, UNDERTAKINGS),
    ] {
        for name in state.list(list) {
            let named = match pair {
                APPROVALS => vocabulary.approval_label(name),
                _ => decision.text_of(vocabulary, name),
            };
            let way = link(&state.saying(name, None, pair), p::TAKE_BACK, &format!(": {named}"));
            rows.push(row(&capital(&named), said, way).with("data-said", name));
        }
    }
    section("facts", p::TOLD_US).add(el("dl").class("facts").all(rows))
}

fn reasons(view: &View<'_>) -> Option<El> {
    let View { decision, vocabulary, .. } = *view;
    (!decision.because.is_empty()).then(|| {
        let cards = decision.because.iter().map(|reason| {
            let says = match reason.says.as_str() {
                "may" => p::SAYS_MAY,
                "must not" => p::SAYS_MUST_NOT,
                "should not" => p::SAYS_SHOULD_NOT,
                "may only" => p::SAYS_MAY_ONLY,
                "must" => p::SAYS_MUST,
                "should" => p::SAYS_SHOULD,
                _ => p::SAYS_OTHER,
            };
            let some = if reason.sometimes { p::IN_SOME_CASES } else { "" };
            let instead = decision.defeated.iter().filter(|each| each.by == reason.rule);
            let instead: Vec<&str> = instead.map(|each| each.rule.as_str()).collect();
            let goes_before = match instead.len() {
                0 => None,
                1 => Some(p::GOES_BEFORE.to_owned()),
                count => Some(fill(p::GOES_BEFORE_SOME, &[("count", &count.to_string())])),
            };
            let names = (!instead.is_empty()).then(|| fill(p::SETS_ASIDE, &[("rules", &instead.join(", "))]));
            let written = (!reason.sentence.is_empty()).then_some(reason.sentence.as_str());
            let spelled = written.map(|text| spelled_out(view.program, text));
            let told: Vec<&Cite> = reason.cites.iter().filter(|cite| !cite.paraphrase.is_empty()).collect();
            let bare = reason.cites.iter().filter(|cite| cite.paraphrase.is_empty());
            let small = |text: &str| el("p").class("small").say(text);
            el("li")
                .class("card reason")
                .with("data-rule", &reason.rule)
                .add(el("p").class("reason-says").say(says).say(some))
                .all(told.iter().map(|cite| in_short(vocabulary, cite)))
                .all(spelled.iter().filter(|_| told.is_empty()).map(|text| el("blockquote").say(text)))
                .all(bare.map(|cite| cited(vocabulary, cite)))
                .all(goes_before.map(|text| small(&text)))
                .add(
                    el("details")
                        .class("more in-full")
                        .add(el("summary").say(p::IN_FULL))
                        .all(spelled.iter().filter(|_| !told.is_empty()).map(|text| el("p").say(text)))
                        .all(written.map(|text| small(p::AS_WRITTEN).say(text)))
                        .add(small(p::RULE).add(el("code").say(&reason.rule)))
                        .all(names.map(|text| small(&text))),
                )
        });
        section("because", p::WHY).add(el("ul").class("cards").all(cards))
    })
}

/// What a clause says in short, and where it stands.
fn in_short(vocabulary: &Vocabulary, cite: &Cite) -> Html {
    let quote = el("blockquote").say(&capital(&sentence(&cite.paraphrase)));
    [quote, place(vocabulary, cite)].into_iter().collect()
}

/// A clause, with what it says in short.
pub(crate) fn cited(vocabulary: &Vocabulary, cite: &Cite) -> El {
    let short = if cite.paraphrase.is_empty() { String::new() } else { format!(": {}", cite.paraphrase) };
    place(vocabulary, cite).say(&short)
}

/// Where a clause stands.
fn place(vocabulary: &Vocabulary, cite: &Cite) -> El {
    let place = if cite.locator.is_empty() { &cite.clause } else { &cite.locator };
    let comma = if place.is_empty() { "" } else { ", " };
    let title = el("strong").say(&vocabulary.document_title(&cite.document));
    el("p").class("cite").add(title).say(comma).say(place)
}

fn clashes(view: &View<'_>) -> Option<El> {
    let View { decision, vocabulary, .. } = *view;
    let sentence_of = |name: &String| {
        let reason = decision.because.iter().find(|reason| reason.rule == *name);
        let spelled = reason.map(|reason| spelled_out(view.program, &reason.sentence));
        spelled.unwrap_or_else(|| fill(p::THE_RULE, &[("name", name)]))
    };
    (!decision.clashes.is_empty()).then(|| {
        let clash = decision.clashes.iter().any(|clash| clash.kind == "clash");
        let cards = decision.clashes.iter().map(|clash| {
            let reading = clash.reading.as_ref().map(|reading| {
                let labels = match vocabulary.fact(&reading.name) {
                    Some(fact) => vocabulary.values_label(fact, &reading.alternatives, "or"),
                    None => {
                        listed(&reading.alternatives.iter().map(|name| words(name)).collect::<Vec<_>>(), "or")
                    }
                };
                el("p").say(&format!("{}: {}", capital(&reading.text), capital(&labels)))
            });
            let of = clash.reading.as_ref().and_then(|reading| reading.of.as_ref());
            let rules = (!clash.rules.is_empty())
                .then(|| el("ul").all(clash.rules.iter().map(|name| el("li").say(&sentence_of(name)))));
            let how = (!clash.resolution.is_empty()).then(|| fill(p::SETTLED, &[("how", &clash.resolution)]));
            el("div")
                .class("card")
                .all(reading)
                .all(of.map(|cite| cited(vocabulary, cite)))
                .all(rules)
                .all(how.map(|text| el("p").say(&text)))
        });
        section("clashes", if clash { p::CONTRADICTS } else { p::TWO_WAYS }).all(cards)
    })
}

fn open(view: &View<'_>) -> Option<El> {
    let View { decision, vocabulary, .. } = *view;
    (!decision.open.is_empty()).then(|| {
        let items = decision.open.iter().map(|each| {
            let label = vocabulary.fact_label(&each.name);
            if let Some(cite) = &each.reading_of {
                return el("li").say(&fill(p::HOW_TO_READ, &[("what", &label)])).add(cited(vocabulary, cite));
            }
            let known = || vocabulary.fact(&each.name).map(|fact| fact.left_to.as_str());
            let whom = Some(each.left_to.as_str()).filter(|whom| !whom.is_empty()).or_else(known);
            let whom = whom.filter(|whom| !whom.is_empty()).map(|whom| {
                let person = vocabulary.person(whom);
                let article = ["the ", "a ", "an "].iter().any(|article| person.starts_with(article));
                let person = if article { person } else { format!("the {person}") };
                fill(p::LEFT_TO, &[("whom", &person)])
            });
            el("li").say(&capital(&label)).say(&whom.unwrap_or_default())
        });
        section("open", p::LEAVES_OPEN).add(el("ul").all(items))
    })
}

fn changes(view: &View<'_>) -> Option<El> {
    let View { decision, state, vocabulary, .. } = *view;
    let would = decision.would_change.iter();
    let told = would.filter_map(|each| Some((each, then(each, view)?)));
    let rows: Vec<El> = told
        .map(|(each, then)| {
            let mut next = state.clone();
            let mut parts: Vec<String> = Vec::new();
            for (name, value) in &each.change {
                next = next.with_open(Some(name)).stating(name, &as_stated(value));
                let others = each.or.get(name).and_then(Value::as_array);
                let value = match (vocabulary.fact(name), others) {
                    (Some(fact), Some(others)) if !others.is_empty() => {
                        let values: Vec<String> = [value].into_iter().chain(others).map(as_stated).collect();
                        capital(&any_of(vocabulary, fact, &values))
                    }
                    (Some(fact), _) => in_words(vocabulary, fact, value),
                    (None, _) => as_stated(value),
                };
                let asked = vocabulary.fact(name).map_or_else(|| words(name), |fact| fact.asked());
                parts.push(format!("{asked} {value}"));
            }
            for name in &each.will {
                next = next.saying(name, Some(List::Will), UNDERTAKINGS);
                parts.push(fill(p::DO_THIS, &[("deed", &decision.text_of(vocabulary, name))]));
            }
            let text = parts.join(", ");
            let way = link(&next, p::SEE_ANSWER, &format!(": {text}"));
            el("li").add(el("span").say(&format!("{text}: {then}"))).say(" ").add(way)
        })
        .collect();
    (!rows.is_empty()).then(|| section("changes", p::WOULD_CHANGE).add(el("ul").class("rows").all(rows)))
}

/// A value as an address states it.
fn as_stated(value: &Value) -> String {
    match value {
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(as_stated).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

/// The answer after a change, in a few words.
fn then(each: &Change, view: &View<'_>) -> Option<String> {
    let outcome = outcome_words(&each.outcome)?;
    let free: Vec<&Way> = each.ways.iter().filter(|way| way.approvals.is_empty()).collect();
    let plain = free.is_empty() || free.iter().any(|way| way.provided.is_empty());
    Some(match free.as_slice() {
        _ if each.outcome != "permitted" || plain => outcome.to_owned(),
        [only] => {
            let deeds = only.provided.iter().map(|name| view.decision.text_of(view.vocabulary, name));
            let deeds = listed(&deeds.collect::<Vec<_>>(), "and");
            fill(p::IF_YOU, &[("outcome", outcome), ("deeds", &deeds)])
        }
        _ => fill(p::ON_CONDITIONS, &[("outcome", outcome)]),
    })
}

fn notes(view: &View<'_>) -> Option<El> {
    let notes = &view.decision.notes;
    let items = notes.iter().map(|note| el("li").say(&capital(note)));
    (!notes.is_empty()).then(|| section("notes", p::NOTES).add(el("ul").all(items)))
}

fn policy(view: &View<'_>) -> El {
    let vocabulary = view.vocabulary;
    let edition = match vocabulary.edition.as_str() {
        "" => String::new(),
        edition => fill(p::EDITION, &[("edition", edition)]),
    };
    let title = format!("{}{edition}.", vocabulary.title);
    let digest = el("code").class("digest").say(&vocabulary.digest);
    section("policy", p::BEHIND)
        .add(el("p").say(&title))
        .add(el("p").class("small").say(p::VERSION).add(digest))
        .add(el("p").say(p::NO_PERMISSION))
}

/// What the answer says of a day that is not today.
fn day_of_answer(state: &State, today: &str) -> Option<String> {
    match state.on.as_deref() {
        None => None,
        Some(NOT_KNOWN) => Some(p::FOR_UNKNOWN_DAY.to_owned()),
        Some(on) if on == today => None,
        Some(on) => Some(fill(p::FOR_DAY, &[("day", &day(on))])),
    }
}

/// The line under a question: which day it is about, with the way to another one and back to today.
pub(crate) fn day_line(state: &State, today: &str) -> Html {
    let choose = |said: &str| link(&state.with_open(Some("on")), said, "");
    let on = state.on.as_deref().filter(|on| *on != today);
    match on {
        None => el("p").class("as-of").add(spaced(p::ABOUT_TODAY)).add(choose(p::ASK_AS_OF)).into(),
        Some(on) => {
            let which = match on {
                NOT_KNOWN => p::DAY_NOT_KNOWN.to_owned(),
                on => fill(p::ASKING_AS_OF, &[("day", &day(on))]),
            };
            let line = el("p").class("as-of as-of-other").add(spaced(&which)).add(choose(p::CHANGE_DAY));
            line.add(text(" ")).add(link(&state.on_day(None), p::ASK_TODAY, "")).into()
        }
    }
}
