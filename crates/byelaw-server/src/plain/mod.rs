//! The page for a decision for those who read without JavaScript: each state of the page as HTML, at the address that
//! it has with JavaScript.
//!
//! In: an address, or a sent form. Out: the inside of the page, or the address that a form leads to. It asks and is
//! answered in the JSON of every client, and says it in the phrases of the page. Never here: a decision of its own, a
//! word of any policy, markup that was not made by `html.rs`.

mod address;
mod answer;
mod facts;
mod form;
mod html;
mod table;
mod told;
mod verdict;
mod words;

use crate::Pack;
use address::{NOT_KNOWN, State, pairs};
use answer::{View, cited, day_line, link};
use byelaw::ir::Program;
use byelaw::spelled_out;
use byelaw::wire::{ToJson as _, answer_in, vocabulary as vocabulary_of};
use byelaw_zone::Zones;
use form::{Choice, Choices, Form, Problem, Sent, day_page, fact_page, options};
pub(crate) use html::escaped;
use html::{Html, el};
use table::tables_line;
pub(crate) use told::Vocabulary;
use told::{Decision, Reason, Way};
use words::{capital, fill, phrases as p};

/// Where the page stands in the file that has all around it.
const TITLE: &str = "<title>Can I do this?</title>";
const BACK: &str = "__WITHOUT_SCRIPT_BACK__";
const MAIN: &str = "__WITHOUT_SCRIPT__";

/// What a state shows.
struct Step {
    heading: String,
    /// The title of the policy.
    policy: Option<String>,
    back: Option<State>,
    main: Html,
}

/// The page at an address. `file`: the page's file, `query`: the address without its path, `today`: the day where the
/// server is.
pub(crate) fn page(file: &str, packs: &[Pack], query: &str, today: &str) -> String {
    within(file, step(packs, &State::parse(query), today, None), false)
}

/// Where a sent form leads: to an address, or back to its question with what is wrong.
pub(crate) fn sent(file: &str, packs: &[Pack], query: &str, today: &str) -> Result<String, String> {
    let sent = Sent(pairs(query));
    let state = State::parse(sent.one("state"));
    match next(packs, &state, &sent) {
        Ok(next) => Ok(next.write()),
        Err(problem) => Err(within(file, step(packs, &state, today, Some(&problem)), true)),
    }
}

/// The file with a step in it.
fn within(file: &str, step: Step, wrong: bool) -> String {
    let error = if wrong { p::ERROR } else { "" };
    let parts = [Some(step.heading), step.policy, Some(p::NAME.to_owned())];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let title = format!("<title>{}{}</title>", error, escaped(&parts.join(" \u{2013} ")));
    let back = step.back.map(|state| {
        let link = link(&state, p::BACK, "").class("back");
        el("nav").class("before").with("aria-label", p::BACK).add(link)
    });
    let back = Html::from_iter(back).into_string();
    // Each mark stands once, and the parts that the policy fills come last: what they say is never a mark.
    let (head, rest) = file.split_once(BACK).unwrap_or((file, ""));
    let (between, end) = rest.split_once(MAIN).unwrap_or((rest, ""));
    let head = head.replacen(TITLE, &title, 1);
    [head.as_str(), &back, between, &step.main.into_string(), end].concat()
}

fn words_of(pack: &Pack) -> &Vocabulary {
    let read = || serde_json::from_str(&vocabulary_of(&pack.program).to_json()).unwrap_or_default();
    pack.words.get_or_init(read)
}

fn decide(pack: &Pack, question: &str) -> Decision {
    let told = answer_in(&pack.program, question, Some(&Zones)).to_json(None);
    let mut decision: Decision =
        serde_json::from_str(&told).unwrap_or_else(|_| Decision::none("the answer could not be read"));
    // What is to be done is part of a way, also where no ways are told.
    if decision.ways.is_empty() && !decision.provided.is_empty() {
        let provided = decision.provided.iter().map(|each| each.name.clone()).collect();
        decision.ways.push(Way { approvals: Vec::new(), provided });
    }
    decision
}

fn named<'a>(packs: &'a [Pack], state: &State) -> Option<&'a Pack> {
    match (&state.pack, packs) {
        (Some(name), _) => packs.iter().find(|pack| pack.program.names.pack == *name),
        (None, [only]) => Some(only),
        (None, _) => None,
    }
}

/// What a state shows, with what is wrong with the form that was sent from there.
fn step(packs: &[Pack], state: &State, today: &str, problem: Option<&Problem>) -> Step {
    let several = packs.len() > 1;
    let found = named(packs, state);
    let pack = match found {
        Some(pack) if !(several && state.change.as_deref() == Some("pack")) => pack,
        _ => return policy_step(packs, state, found.is_some(), problem),
    };
    let vocabulary = words_of(pack);
    let policy = Some(vocabulary.title.clone());
    let act_fact = vocabulary.act_fact();
    let act = act_fact.and_then(|fact| state.fact(&fact.word.name));
    let caption = act.and_then(|name| vocabulary.act(name));
    let caption = caption.map_or_else(|| vocabulary.title.clone(), |act| capital(&act.word.label()));
    let partly = state.partly.then(|| el("p").class("said-not").say(p::LEFT_SOME_OUT));
    let with = |parts: Vec<Html>| partly.map(Html::from).into_iter().chain(parts).collect::<Html>();
    if state.change.as_deref() == Some("on") {
        let main = with(vec![day_page(today, &caption, state, problem)]);
        return Step { heading: p::WHEN.to_owned(), policy, back: Some(state.earlier()), main };
    }
    if state.matrix {
        let (heading, main) = table::page(pack.tables.as_ref(), vocabulary, state, today);
        return Step { heading, policy, back: Some(state.earlier()), main };
    }
    if let Some(fact) = act_fact
        && (act.is_none() || state.change.as_deref() == Some(&fact.word.name))
    {
        let heading = fact.asked();
        let choices = Choices {
            name: "act",
            options: options(&vocabulary.choices(fact)),
            chosen: act.into_iter().collect(),
            ..Choices::default()
        };
        let (asks, body) = (fact.word.name.as_str(), choices.fields());
        let caption = Some(vocabulary.title.as_str());
        let form = Form { state, asks, heading: &heading, caption, hints: Vec::new(), problem, body }.page();
        let tables = tables_line(pack.tables.as_ref(), state).map(Html::from);
        let main = with([form, day_line(&state.with_open(None), today)].into_iter().chain(tables).collect());
        let back = match state.change {
            Some(_) => Some(state.with_open(None)),
            None => several.then(State::default),
        };
        return Step { heading, policy, back, main };
    }
    let question = facts::question_of(&state.with_open(None), vocabulary, today);
    let decision = decide(pack, &question);
    let failed = decision.error.is_some();
    let left = if failed { Vec::new() } else { facts::askable(&decision, state, vocabulary) };
    let asking = !failed && (decision.outcome == "needs_facts" || state.more);
    let open = state.change.as_deref().or(left.first().filter(|_| asking).map(String::as_str));
    let back = Some(state.earlier());
    if open == Some("on") {
        let main = with(vec![day_page(today, &caption, state, problem)]);
        return Step { heading: p::WHEN.to_owned(), policy, back, main };
    }
    if let Some(fact) = open.and_then(|name| vocabulary.fact(name)) {
        let name = &fact.word.name;
        let form = fact_page(vocabulary, fact, decision.among.get(name), (state, &caption, problem));
        let why = decision.needs_because.get(name).map(|reasons| why(&pack.program, vocabulary, reasons));
        let mut parts = vec![form];
        parts.extend(why);
        parts.push(day_line(&state.with_open(None), today));
        return Step { heading: fact.asked(), policy, back, main: with(parts) };
    }
    let said = verdict::verdict(&decision, vocabulary, &state.approved);
    let view =
        View { decision: &decision, state, program: &pack.program, vocabulary, today, left: &left, several };
    let main = with(vec![answer::page(&view, &said)]);
    Step { heading: said.heading, policy, back, main }
}

/// Why a question is asked: the rules that hang on the answer.
fn why(program: &Program, vocabulary: &Vocabulary, reasons: &[Reason]) -> Html {
    if reasons.is_empty() {
        return Html::default();
    }
    let cards = reasons.iter().map(|reason| {
        el("li")
            .class("card")
            .with("data-rule", &reason.rule)
            .add(el("blockquote").say(&spelled_out(program, &reason.sentence)))
            .all(reason.cites.iter().map(|cite| cited(vocabulary, cite)))
    });
    el("details")
        .class("why")
        .add(el("summary").say(p::WHY_ASKED))
        .add(el("p").say(if reasons.len() == 1 { p::ONE_HANGS } else { p::SOME_HANG }))
        .add(el("ul").class("cards").all(cards))
        .into()
}

/// The choice of the policy.
fn policy_step(packs: &[Pack], state: &State, known: bool, problem: Option<&Problem>) -> Step {
    let choice = |pack: &Pack| {
        let names = &pack.program.names;
        let alike = packs.iter().filter(|other| other.program.names.title == names.title).count() > 1;
        let edition = Some(names.edition.as_str()).filter(|edition| !edition.is_empty());
        let label = match edition {
            Some(edition) if alike => format!("{}, {edition}", names.title),
            _ => names.title.clone(),
        };
        // Which edition it is, where the title does not say so already.
        let meaning = match edition {
            None => alike.then(|| names.pack.clone()),
            Some(edition) => (!alike).then(|| fill(p::OF_EDITION, &[("edition", edition)])),
        };
        Choice { value: names.pack.clone(), label, meaning }
    };
    let choices = Choices {
        name: "pack",
        options: packs.iter().map(choice).collect(),
        chosen: state.pack.as_deref().into_iter().collect(),
        ..Choices::default()
    };
    let part = el("fieldset")
        .class("part")
        .add(el("legend").class("part-title").say(p::WHICH_POLICY))
        .add(choices.fields());
    let unknown = state.pack.as_deref().filter(|_| !known);
    let unknown = unknown.map(|name| {
        let said = fill(p::NO_SUCH_POLICY, &[("name", name)]);
        el("p").class("inset").say(&said).into()
    });
    let hints = vec![p::PLAIN_ANSWER.to_owned()];
    let form =
        Form { state, asks: "pack", heading: p::ASK, caption: None, hints, problem, body: part.into() };
    let main = unknown.into_iter().chain([form.page()]).collect();
    let back = known.then(|| state.with_open(None));
    Step { heading: p::ASK.to_owned(), policy: None, back, main }
}

/// The state that a sent form leads to.
fn next(packs: &[Pack], state: &State, sent: &Sent) -> Result<State, Problem> {
    let asks = sent.one("asks");
    if asks == "pack" {
        return choose_policy(packs, state, sent);
    }
    // Without a policy there is nothing to answer: its choice is the next step.
    let Some(pack) = named(packs, state) else { return Ok(state.clone()) };
    if asks == "on" {
        return form::read_day(sent).map(|on| state.on_day(Some(&on)));
    }
    let vocabulary = words_of(pack);
    match vocabulary.fact(asks) {
        Some(fact) if fact.kind == "acts" => match sent.one("act") {
            "" => Err(Problem { text: p::CHOOSE_ANSWER.to_owned(), at: "choice" }),
            name => Ok(doing(vocabulary, state, asks, name)),
        },
        Some(fact) => {
            let raw = form::read(fact, sent)?;
            // Not knowing which member of a stated group it is keeps the group.
            let group =
                raw == NOT_KNOWN && state.fact(asks).is_some_and(|stated| fact.group(stated).is_some());
            if !group {
                return Ok(state.stating(asks, &raw));
            }
            let mut next = state.with_open(None);
            if !next.skip.iter().any(|name| name == asks) {
                next.skip.push(asks.to_owned());
            }
            Ok(next)
        }
        None => Ok(state.with_open(None)),
    }
}

/// Another policy: what it has no words for is dropped, so that it asks for it in its own.
fn choose_policy(packs: &[Pack], state: &State, sent: &Sent) -> Result<State, Problem> {
    let name = sent.one("pack");
    let Some(pack) = packs.iter().find(|pack| pack.program.names.pack == name) else {
        return Err(Problem { text: p::CHOOSE_POLICY.to_owned(), at: "choice" });
    };
    let mut next = state.with_open(None);
    if state.pack.as_deref().is_some_and(|before| before != name) {
        next.forget_said();
    }
    next.pack = Some(name.to_owned());
    let vocabulary = words_of(pack);
    let unknown: Vec<String> = next.facts.iter().map(|(fact, _)| fact.clone()).collect();
    for fact in unknown.iter().filter(|fact| vocabulary.fact(fact).is_none()) {
        next = next.without(fact);
    }
    Ok(next)
}

/// The act chosen. What another act has no use for is not carried over to it.
fn doing(vocabulary: &Vocabulary, state: &State, fact: &str, name: &str) -> State {
    let mut next = state.stating(fact, name);
    let another = state.fact(fact).is_some_and(|before| before != name);
    if let (true, Some(act)) = (another, vocabulary.act(name)) {
        next.facts.retain(|(each, _)| each == fact || act.facts.contains(each));
        next.forget_said();
        next.skip.clear();
        next.more = false;
    }
    next
}
