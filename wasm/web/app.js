// The page: reads the address, shows the step it stands for, and moves from address to address.
//
// Nothing is kept but the address: going back, reloading and sharing come from that.

import { earlier, empty, having, NOTHING_HEARD, NOTHING_SAID, onDay, parse, stating, withoutFact, write } from "./address.js";
import { actPage, ASK, policyPage } from "./choose.js";
import { announce, contact, el, ownName, styled } from "./dom.js";
import { draftNotice } from "./draft.js";
import { decide, getReady, open, packs, tablesOf } from "./engine.js";
import { askable, questionOf } from "./facts.js";
import { Later } from "./later.js";
import { keepOffline } from "./offline.js";
import { reader } from "./own-words.js";
import { phrase } from "./phrases.js";
import { dayPage, factPage } from "./question.js";
import { aloud, youSaid } from "./said.js";
import { doing, doubtsLeft, sensible } from "./sense.js";
import { tablesLine } from "./tables.js";
import { capital, label } from "./vocabulary.js";
import { dayLine } from "./when.js";

const main = document.getElementById("main");
const beforeMain = document.getElementById("before");
let turn = 0;
let shown = null;
/** What is to be read out when the next step is there. */
let news = "";
/** What writes answers, and why something is asked. */
const writing = new Later(() => Promise.all([import("./answer.js"), styled("answer.css")]).then(([written]) => written));

/** Shows the step that the address stands for. */
async function show({ moved }) {
  turn += 1;
  const mine = turn;
  shown = location.search;
  let step;
  try {
    step = await stepFor(parse(location.search));
  } catch (failure) {
    step = trouble(failure);
  }
  // A later move has overtaken this one.
  if (mine === turn) put(step, moved);
  // What an answer takes comes while the reader is at the questions.
  if (step.opened) for (const later of [writing, step.opened.reasons]) later.begin();
}

function put({ content, title, back }, moved) {
  beforeMain.replaceChildren(...(back ? [backLink(back)] : []));
  beforeMain.hidden = !back;
  main.replaceChildren(...[draftNotice(), ...content].filter(Boolean));
  document.title = title;
  announce(news);
  news = "";
  if (moved) {
    window.scrollTo(0, 0);
    (main.querySelector("h1") ?? main).focus({ preventScroll: true });
  }
}

function titled(heading, vocabulary) {
  return [heading, vocabulary?.title, phrase("name"), ownName()].filter(Boolean).join(" – ");
}

/** What to show for a state: content, the title of the page, and the state that the back link leads to. */
async function stepFor(state) {
  const offered = await packs();
  if (offered.length === 0) throw new Error("There is no policy here to ask.");
  const several = offered.length > 1;
  const pack = offered.find((each) => each.name === state.pack) ?? (several || state.pack ? null : offered[0]);
  if (!pack || (state.change === "pack" && several)) {
    const back = pack ? having(state, { change: null }) : null;
    return {
      content: policyPage({ packs: offered, chosen: state.pack, unknown: state.pack && !pack ? state.pack : null, done: (name, text) => choosePack(state, offered, name, text) }),
      title: titled(ASK),
      back,
    };
  }
  const opened = await open(pack);
  return { ...(await stepWith({ pack, opened, state, several })), opened };
}

/** The step with the policy chosen. */
async function stepWith({ pack, opened, state, several }) {
  const { vocabulary } = opened;
  const act = vocabulary.actFact;
  const said = youSaid({ state, vocabulary, unheard: unheard() });
  if (state.change === "on") return dayStep({ state, vocabulary, said });
  if (state.matrix) {
    const [{ matrixPage }, told] = await Promise.all([import("./matrix.js"), tablesOf(pack), writing.get()]);
    const { heading, content } = matrixPage({ told, state, vocabulary });
    return { content, title: titled(heading, vocabulary), back: earlier(state) };
  }
  const readings = state.change ? [] : state.maybe.filter((reading) => sensible(reading, vocabulary));
  if (readings.length > 0) {
    const done = (reading) => go(reading ? taking(state, reading, vocabulary) : takingNone(state, vocabulary));
    const [{ readingPage }, { taking, takingNone }] = await Promise.all([import("./meant.js"), import("./heard.js")]);
    const content = readingPage({ readings, vocabulary, caption: vocabulary.title, done });
    return { content: [said, ...content], title: titled(headingOf(content), vocabulary), back: earlier(state) };
  }
  if (!state.facts.has(act.name) || state.change === act.name) {
    const content = actPage({
      vocabulary, chosen: state.facts.get(act.name), listed: Boolean(history.state?.listed) || state.partly, done: (name) => go(doing(state, vocabulary, name)), asked: (text) => hear(state, text, vocabulary),
    });
    return {
      content: [said, ...content, dayLine(having(state, { change: null })), tablesLine(pack, state)],
      title: titled(vocabulary.asked(act), vocabulary),
      back: state.change ? having(state, { change: null }) : several ? empty() : null,
    };
  }
  return questionOrAnswer({ state, opened, several, said });
}

const headingOf = (content) => content.map((each) => each.querySelector("h1")?.textContent).find(Boolean);

/** What the policy says to a question. Others may listen. */
function decided(opened, question) {
  const decision = decide(opened.policy, question);
  document.dispatchEvent(new CustomEvent("byelaw:decision", { detail: { pack: opened.vocabulary.pack, question, decision } }));
  return decision;
}

/**
 * Waits for what tells why: what writes it (`answer.js`), and the decision, just made, with the names and sentences of rules.
 * lacks: they could not be had.
 */
async function explained({ opened, question, decision }) {
  const { reasons } = opened;
  const enough = reasons.here || Boolean(decision.error);
  const [written, lacks] = await Promise.all([writing.get(), enough ? false : reasons.get().then(() => false, () => true)]);
  return { written, lacks, decision: enough || lacks ? decision : decided(opened, question) };
}

/** Why a fact is asked; where what tells it is not here yet, as soon as it is. */
async function whyAsks({ opened, question, decision, name }) {
  const place = el("div");
  const there = writing.here && opened.reasons.here;
  const told = explained({ opened, question, decision }).then(({ written, lacks, decision: whole }) => {
    place.append(...[written.whyAsked(whole.needs_because?.[name], opened.vocabulary, lacks)].filter(Boolean));
  }, () => {
    // A question can be answered without.
  });
  if (there) await told;
  return place;
}

async function questionOrAnswer({ state, opened, several, said }) {
  const { vocabulary } = opened;
  const question = questionOf(having(state, { change: null }), vocabulary);
  const decision = decided(opened, question);
  const left = decision.error ? [] : askable(decision, state, vocabulary);
  const asking = !decision.error && (decision.outcome === "needs_facts" || state.more);
  const [doubt] = state.change || decision.error ? [] : doubtsLeft(state, vocabulary);
  const name = state.change ?? (doubt ? undefined : asking ? left[0] : undefined);
  const back = earlier(state);
  const chosen = vocabulary.act(state.facts.get(vocabulary.actFact.name));
  const caption = chosen ? capital(label(chosen)) : vocabulary.title;
  if (doubt) {
    const page = await doubtStep({ doubt, state, vocabulary, caption });
    return { content: [said, ...page], title: titled(headingOf(page), vocabulary), back };
  }
  if (name === "on") return dayStep({ state, vocabulary, said });
  const fact = name && vocabulary.fact(name);
  if (fact) {
    const content = factPage({
      vocabulary, fact, caption, raw: state.facts.get(name), among: decision.among?.[name], done: (raw) => go(answered(state, vocabulary, fact, raw)),
    });
    const why = await whyAsks({ opened, question, decision, name });
    return { content: [said, ...content, why, dayLine(having(state, { change: null }))], title: titled(vocabulary.asked(fact), vocabulary), back };
  }
  const { written, lacks, decision: whole } = await explained({ opened, question, decision });
  const content = written.answerPage({ decision: whole, lacks, state, vocabulary, left, several, heard: said });
  return { content, title: titled(headingOf(content), vocabulary), back };
}

/** The day, with the act as its caption once there is one. */
function dayStep({ state, vocabulary, said }) {
  const act = vocabulary.act(state.facts.get(vocabulary.actFact.name));
  const content = dayPage({ on: state.on, caption: act ? capital(label(act)) : vocabulary.title, done: (on) => go(onDay(state, on)) });
  return { content: [said, ...content], title: titled(phrase("when"), vocabulary), back: earlier(state) };
}

/** What a word stands for: if it is one fact's, its own question with what the word can mean first. */
async function doubtStep({ doubt, state, vocabulary, caption }) {
  const settled = (next) => having(next, { doubts: state.doubts.filter((either) => !either.some((each) => doubt.includes(each))) });
  const [{ fact: name }] = doubt;
  const fact = vocabulary.fact(name);
  if (doubt.every((each) => each.fact === name) && fact.kind === "one_of" && doubt.every((each) => !vocabulary.group(fact, each.value))) {
    const among = doubt.map((each) => each.value);
    return factPage({ vocabulary, fact, caption, raw: undefined, among, done: (raw) => go(settled(answered(state, vocabulary, fact, raw))) });
  }
  const [{ doubtPage }, { taking }] = await Promise.all([import("./meant.js"), import("./heard.js")]);
  return doubtPage({ either: doubt, vocabulary, caption, done: (one) => go(settled(one ? taking(state, [[one]], vocabulary) : state)) });
}

/** The reader's own words: what they state is stated, what they may mean is asked. */
async function hear(state, text, vocabulary) {
  const mine = turn;
  let read, hearing;
  try {
    [{ read }, { hearing }] = await Promise.all([reader(), import("./heard.js"), vocabulary.withOtherWords()]);
  } catch (failure) {
    if (mine === turn) put(trouble(failure), true);
    return;
  }
  // The reader has moved on before the words could be read.
  if (mine !== turn) return;
  const result = read(text, vocabulary);
  const next = hearing(state, result, vocabulary);
  news = aloud({ state: next, vocabulary, unheard: result.unheard });
  go(next, { words: result.unheard });
}

/** The words that were not understood. They may be names of people, so they stand in no address; the browser keeps them with the step. */
function unheard() {
  const kept = history.state?.unheard;
  return Array.isArray(kept) ? kept.filter((each) => typeof each === "string") : [];
}

/** The state after an answer. Not knowing which member of a stated group it is keeps the group. */
function answered(state, vocabulary, fact, raw) {
  const group = raw === "not_known" && vocabulary.group(fact, state.facts.get(fact.name));
  if (group) return having(state, { skip: [...new Set([...state.skip, fact.name])], change: null });
  return stating(state, fact.name, raw);
}

/** Another policy: what it has no words for is dropped, so that it asks for it in its own. */
async function choosePack(state, offered, name, text) {
  const another = state.pack && state.pack !== name;
  let next = having(state, { pack: name, change: null, ...(another ? { ...NOTHING_SAID, ...NOTHING_HEARD } : {}) });
  const pack = offered.find((each) => each.name === name);
  try {
    const { vocabulary } = await open(pack);
    for (const fact of state.facts.keys()) if (!vocabulary.fact(fact)) next = withoutFact(next, fact);
    if (text) {
      await hear(next, text, vocabulary);
      return;
    }
  } catch {
    // The next page says what is wrong.
  }
  // Whoever says nothing wants to choose.
  go(next, { listed: true });
}

function trouble(failure) {
  return {
    content: [
      el("div", { class: "verdict verdict-none", "data-outcome": "error" },
        el("h1", { tabindex: "-1" }, phrase("no_answer")),
        el("p", {}, phrase("not_loaded"))),
      el("div", { class: "answer" },
        el("p", {}, "Check your connection and try again. If it goes on, tell the people who look after this page."),
        contact(),
        el("p", { class: "small" }, failure instanceof Error ? failure.message : String(failure)),
        el("p", {}, el("a", { class: "button", href: "", "data-reload": "yes" }, "Try again"))),
    ],
    title: titled(phrase("no_answer")),
    back: null,
  };
}

// Moving

function backLink(state) {
  return el("a", { class: "back", href: write(state), click: goBack }, phrase("back"));
}

/** Back is where the reader came from, when that was a page of ours; else one answer earlier. */
function goBack(event) {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if ((history.state?.depth ?? 0) > 0) {
    event.preventDefault();
    event.stopPropagation();
    history.back();
  }
}

/** kept: what the browser is to keep with the step, beside its address. */
function go(state, kept) {
  visit(write(state), kept);
}

function visit(address, { words = unheard(), listed = false } = {}) {
  const kept = { ...(parse(address).partly ? { unheard: words } : {}), ...(listed ? { listed } : {}) };
  history.pushState({ depth: (history.state?.depth ?? 0) + 1, ...kept }, "", address === "?" ? location.pathname : address);
  show({ moved: true });
}

document.addEventListener("click", (event) => {
  const anchor = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!anchor || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const address = anchor.getAttribute("href");
  if (anchor.dataset.reload) {
    event.preventDefault();
    location.reload();
  } else if (address.startsWith("?")) {
    event.preventDefault();
    visit(address);
  }
});

window.addEventListener("popstate", () => {
  // A move within the page (the skip link) is no step.
  if (location.search !== shown) show({ moved: true });
});
// Everything is on the paper, also what is folded away on the screen.
window.addEventListener("beforeprint", () => main.querySelectorAll("details").forEach((details) => { details.open = true; }));

if (parse(location.search).pack) getReady();
// What is kept for later waits until this step is there.
show({ moved: false }).then(() => keepOffline());
