// The answer page: the verdict first, then what to do, why, what it assumes, and the facts it rests on; and why something is
// asked. It is loaded while the reader is at the questions.

import { APPROVALS, having, NOTHING_HEARD, NOTHING_SAID, saying, stating, UNDERTAKINGS, withoutFact, write } from "./address.js";
import { contact, el, unseen } from "./dom.js";
import { anyOf, day, inWords, spoken, today } from "./facts.js";
import { phrase } from "./answer-phrases.js";
import { spelledOut } from "./sentence.js";
import { approvalLabel, factLabel, missing, outcomeWords, textOf, verdict, waysOf } from "./verdict.js";
import { capital, label, listed, words } from "./vocabulary.js";
import { dayOfAnswer } from "./when.js";

/** The verdicts that leave somebody with somebody to ask. */
const ASK_FOR = new Set(["approval", "silent", "depends"]);

/** decision: from the evaluator, or `{error}`; left: facts that could still be asked; several: whether there is another policy to change to; heard: what the reader said in their own words; lacks: the sentences of rules could not be had. */
export function answerPage({ decision, lacks, state, vocabulary, left, several, heard }) {
  const view = { decision, lacks, state, vocabulary };
  const said = verdict(decision, vocabulary, state.approved);
  const act = vocabulary.act(state.facts.get(vocabulary.actFact.name));
  const onAnotherDay = decision.error ? null : dayOfAnswer(state);
  const panel = el("div", { class: `verdict verdict-${said.kind}`, "data-outcome": decision.error ? "error" : decision.outcome },
    act && el("p", { class: "caption" }, capital(label(act)), unseen(": ")),
    el("h1", { tabindex: "-1" }, said.heading),
    said.lead.map((text) => el("p", {}, text)),
    onAnotherDay && el("p", { class: "verdict-day" }, onAnotherDay));
  const parts = decision.error
    ? [failure(view), contact()]
    : [
        ASK_FOR.has(said.kind) && contact(),
        before(view), approvals(view), ways(view), duties(view), advice(view), dependsOn(view, left), shorten(view, left),
        assumed(view), reasons(view), clashes(view), open(view), changes(view), notes(view),
      ];
  return [panel, el("div", { class: "answer" }, heard, lacks && lacking(), parts, restsOn(view, several), policy(view), onPaper(state), ending(view))];
}

function section(id, title, ...content) {
  return el("section", { id, "aria-labelledby": `${id}-title` }, el("h2", { id: `${id}-title` }, title), ...content);
}

function link(state, text, extra, attributes) {
  return el("a", { href: write(state), ...attributes }, text, extra && unseen(extra.startsWith(":") ? extra : ` ${extra}`));
}

function action(state, text, extra) {
  return link(state, text, extra, { class: "action" });
}

function failure({ decision }) {
  const { message, at, nearest } = decision.error;
  const said = capital(String(message ?? phrase("unexpected")).replace(/`([^`]*)`/g, "“$1”"));
  const place = String(at ?? "").replace(/^facts\./, "");
  const helps = /did you mean/i.test(said) ? [] : nearest ?? [];
  return section("failure", phrase("went_wrong"),
    el("p", {}, said, /[.?!]$/.test(said) ? "" : "."),
    at && !said.includes(place) && el("p", {}, phrase("it_is_about", { place })),
    helps.length > 0 && el("p", {}, phrase("did_you_mean", { names: helps.join(", ") })),
    el("p", {}, phrase("change_or_restart")));
}

// What to do

function before(view) {
  const { decision, state, vocabulary } = view;
  const wanted = (decision.provided ?? []).filter((each) => !state.will.includes(each.name));
  if (wanted.length === 0) return null;
  return section("provided", phrase("must_before"),
    el("ul", { class: "cards" }, wanted.map(({ name }) => {
      const text = textOf(decision, vocabulary, name);
      return el("li", { class: "card", "data-name": name },
        el("p", { class: "card-title" }, capital(text)),
        meaningOf(vocabulary.undertaking(name)),
        el("p", { class: "actions" },
          action(saying(state, name, "will", UNDERTAKINGS), phrase("i_will"), text),
          action(saying(state, name, "wont", UNDERTAKINGS), phrase("i_wont"), text)));
    })));
}

function approvals(view) {
  const { decision, state, vocabulary } = view;
  const names = new Set(waysOf(decision).flatMap((way) => missing(way, state.approved)).filter((name) => !state.refused.includes(name)));
  if (names.size === 0) return null;
  const title = decision.outcome === "needs_approval" ? phrase("who_approves") : phrase("may_approve");
  return section("approvals", title,
    el("ul", { class: "cards" }, [...names].map((name) => {
      const approval = vocabulary.approval(name);
      const text = approvalLabel(vocabulary, name);
      const givers = (approval?.given_by ?? []).map((giver) => vocabulary.person(giver));
      return el("li", { class: "card", "data-name": name },
        el("p", { class: "card-title" }, capital(text)),
        givers.length > 0 && el("p", {}, phrase("given_by", { givers: givers.join(" or ") })),
        meaningOf(approval),
        el("p", { class: "actions" },
          action(saying(state, name, "approved", APPROVALS), phrase("i_have_it"), `: ${text}`),
          action(saying(state, name, "refused", APPROVALS), phrase("they_said_no"), `: ${text}`)));
    })));
}

function ways({ decision, state, vocabulary }) {
  const all = waysOf(decision);
  if (all.length < 2) return null;
  return section("ways", phrase("ways"),
    el("p", {}, phrase("any_way")),
    el("ol", { class: "cards" }, all.map((way, index) => el("li", { class: "card" },
      el("p", { class: "card-title" }, phrase("way", { number: index + 1 })),
      el("ul", {},
        way.approvals.map((name) => el("li", {}, capital(approvalLabel(vocabulary, name)), state.approved.includes(name) && phrase("you_have_this"))),
        way.provided.map((name) => el("li", {}, capital(textOf(decision, vocabulary, name)))),
        way.approvals.length + way.provided.length === 0 && el("li", {}, phrase("nothing_more")))))));
}

function duties({ decision, state, vocabulary }) {
  // Two rules may ask for the same thing; it is done once.
  const same = (one, other) => one.name === other.name && one.bearer === other.bearer && one.due === other.due;
  const due = (decision.duties ?? []).filter((duty, index, all) => all.findIndex((other) => same(duty, other)) === index);
  if (due.length === 0) return null;
  return section("duties", phrase("as_well"),
    el("ul", { class: "cards" }, due.map((duty) => el("li", { class: "card", "data-name": duty.name },
      el("p", { class: "card-title" }, capital(duty.text || vocabulary.deed(duty.name))),
      el("p", {}, [phrase("who", { bearer: bearer(vocabulary, duty.bearer) }), duty.due && phrase("by_when", { due: duty.due }), duty.due_on && phrase("last_day", { day: duty.due_on })].filter(Boolean)),
      (duty.instead ?? []).length > 0 && el("p", {}, phrase("instead", { deeds: duty.instead.map((name) => vocabulary.deed(name)).join(", or ") })),
      duty.otherwise && el("p", {}, phrase("otherwise", { what: duty.otherwise })),
      duty.sometimes === true && el("p", {}, phrase("some_cases")),
      state.wont.includes(duty.name) && el("p", {}, phrase("wont_be_done"))))));
}

function advice({ decision, lacks }) {
  const given = lacks ? [] : decision.advice ?? [];
  if (given.length === 0) return null;
  return section("advice", phrase("advice"),
    el("p", {}, phrase("advised")),
    el("ul", { class: "cards" }, given.map(({ rule, text, sometimes }) => el("li", { class: "card", "data-name": rule },
      el("p", {}, text), sometimes === true && el("p", {}, phrase("some_cases"))))));
}

function bearer(vocabulary, name) {
  return !name || name === "asker" || name === "you" ? "you" : vocabulary.person(name);
}

function dependsOn({ decision, state, vocabulary }, left) {
  const names = (decision.needs ?? []).filter((name) => name === "on" || vocabulary.fact(name));
  if (decision.outcome !== "needs_facts" || names.length === 0) return null;
  return section("needs", phrase("depends_title"),
    el("ul", { class: "rows" }, names.map((name) => {
      const fact = vocabulary.fact(name);
      const text = fact ? vocabulary.asked(fact) : phrase("when");
      const again = state.facts.has(name) || !left.includes(name);
      return el("li", {}, el("span", {}, text), link(having(state, { change: name }), again ? phrase("answer_after_all") : phrase("answer_this"), `: ${text}`));
    })));
}

function shorten({ decision, state }, left) {
  if (decision.error || decision.outcome === "needs_facts" || left.length === 0) return null;
  const text = left.length === 1 ? phrase("one_question") : phrase("some_questions", { count: left.length });
  return section("shorten", phrase("more_exact"), el("p", {}, text), el("p", {}, action(having(state, { more: true }), phrase("more_questions"))));
}

// What it rests on

function assumed({ decision, state, vocabulary }) {
  const taken = decision.assumed ?? [];
  if (taken.length === 0) return null;
  return section("assumed", phrase("assumes"),
    el("p", {}, phrase("untold")),
    el("dl", { class: "facts" }, taken.map(({ fact: name, value }) => {
      const fact = vocabulary.fact(name) ?? { name };
      const text = vocabulary.asked(fact);
      return row(text, inWords(vocabulary, fact, value), link(having(state, { change: name }), phrase("not_so"), `: ${text}`), { "data-fact": name });
    })));
}

function restsOn({ state, vocabulary, decision }, several) {
  const change = (name, text) => link(having(state, { change: name }), phrase("change"), text);
  const rows = [];
  if (several) rows.push(row(phrase("policy"), vocabulary.title, change("pack", phrase("the_policy"))));
  for (const [name, raw] of state.facts) {
    const fact = vocabulary.fact(name);
    if (!fact) rows.push(row(capital(words(name)), raw, link(withoutFact(state, name), phrase("remove"), words(name))));
    else rows.push(row(vocabulary.asked(fact), spoken(vocabulary, fact, raw), change(name, phrase("your_answer_to", { question: vocabulary.asked(fact) })), { "data-fact": name }));
  }
  const on = state.on ?? today();
  const written = on === today() ? phrase("today_is", { day: day(on) }) : day(on);
  rows.push(row(phrase("when"), on === "not_known" ? phrase("not_known") : written, link(having(state, { change: "on" }), phrase("ask_as_of"), null), { "data-fact": "on" }));
  const said = [
    ["approved", phrase("you_have_it"), APPROVALS, (name) => approvalLabel(vocabulary, name)],
    ["refused", phrase("they_said_no"), APPROVALS, (name) => approvalLabel(vocabulary, name)],
    ["will", phrase("you_will"), UNDERTAKINGS, (name) => textOf(decision, vocabulary, name)],
    ["wont", phrase("you_wont"), UNDERTAKINGS, (name) => textOf(decision, vocabulary, name)],
  ];
  for (const [list, text, pair, named] of said) {
    for (const name of state[list]) rows.push(row(capital(named(name)), text, link(saying(state, name, null, pair), phrase("take_back"), `: ${named(name)}`), { "data-said": name }));
  }
  return section("facts", phrase("told_us"), el("dl", { class: "facts" }, rows));
}

function row(key, value, way, attributes) {
  return el("div", attributes, el("dt", {}, key), el("dd", {}, value), el("dd", { class: "facts-way" }, way));
}

// Why

const SAYS = {
  may: phrase("says_may"),
  "must not": phrase("says_must_not"),
  "should not": phrase("says_should_not"),
  "may only": phrase("says_may_only"),
  must: phrase("says_must"),
  should: phrase("says_should"),
};

/** What is said where rules are told without their names and sentences: only where they stand is known. */
const lacking = () => el("p", { class: "lacking" }, phrase("lacking"));

function reasons({ decision, lacks, vocabulary }) {
  const because = decision.because ?? [];
  if (because.length === 0) return null;
  return section("because", phrase("why"),
    el("ul", { class: "cards" }, because.map((reason) => {
      const instead = lacks ? [] : (decision.defeated ?? []).filter((each) => each.by === reason.rule).map((each) => each.rule);
      const { cites = [], sentence } = reason;
      const spelled = sentence && spelledOut(vocabulary, sentence);
      const told = cites.filter((cite) => cite.paraphrase);
      return el("li", { class: "card reason", "data-rule": reason.rule },
        el("p", { class: "reason-says" }, SAYS[reason.says] ?? phrase("says_other"), reason.sometimes === true && phrase("in_some_cases")),
        told.map((cite) => [el("blockquote", {}, capital(stopped(cite.paraphrase))), cited(vocabulary, { ...cite, paraphrase: "" })]),
        told.length === 0 && spelled && el("blockquote", {}, spelled),
        cites.filter((cite) => !cite.paraphrase).map((cite) => cited(vocabulary, cite)),
        instead.length > 0 && el("p", { class: "small" }, instead.length === 1 ? phrase("goes_before") : phrase("goes_before_some", { count: instead.length })),
        !lacks && el("details", { class: "more in-full" },
          el("summary", {}, phrase("in_full")),
          told.length > 0 && spelled && el("p", {}, spelled),
          sentence && el("p", { class: "small" }, phrase("as_written"), sentence),
          el("p", { class: "small" }, phrase("rule"), el("code", {}, reason.rule)),
          instead.length > 0 && el("p", { class: "small" }, phrase("sets_aside", { rules: instead.join(", ") }))));
    })));
}

/** Why a question is asked: the rules that hang on the answer, as the evaluator gives them for the fact, with their clauses; nothing if it gives none. */
export function whyAsked(reasons, vocabulary, lacks) {
  if (!reasons?.length) return null;
  return el("details", { class: "why" },
    el("summary", {}, phrase("why_asked")),
    el("p", {}, reasons.length === 1 ? phrase("one_hangs") : phrase("some_hang")),
    lacks && lacking(),
    el("ul", { class: "cards" }, reasons.map((reason) => el("li", { class: "card", "data-rule": reason.rule },
      reason.sentence && el("blockquote", {}, spelledOut(vocabulary, reason.sentence)),
      (reason.cites ?? []).map((cite) => cited(vocabulary, cite))))));
}

/** A clause, with what it says in short. */
function cited(vocabulary, cite) {
  return el("p", { class: "cite" },
    el("strong", {}, vocabulary.documentTitle(cite.document ?? "")), cite.locator || cite.clause ? ", " : "", cite.locator ?? cite.clause,
    cite.paraphrase && `: ${cite.paraphrase}`);
}

function clashes({ decision, lacks, vocabulary }) {
  const found = decision.clashes ?? [];
  if (found.length === 0) return null;
  const sentenceOf = (name) => {
    const reason = decision.because?.find((each) => each.rule === name);
    return reason ? spelledOut(vocabulary, reason.sentence) : phrase("the_rule", { name });
  };
  return section("clashes", found.some((clash) => clash.kind === "clash") ? phrase("contradicts") : phrase("two_ways"),
    found.map((clash) => el("div", { class: "card" },
      clash.reading && el("p", {}, `${capital(clash.reading.text)}: ${inWords(vocabulary, vocabulary.fact(clash.reading.name) ?? {}, clash.reading.alternatives)}`),
      clash.reading?.of && cited(vocabulary, clash.reading.of),
      !lacks && (clash.rules ?? []).length > 0 && el("ul", {}, clash.rules.map((name) => el("li", {}, sentenceOf(name)))),
      clash.resolution && el("p", {}, phrase("settled", { how: clash.resolution })))));
}

function open({ decision, vocabulary }) {
  const left = decision.open ?? [];
  if (left.length === 0) return null;
  return section("open", phrase("leaves_open"),
    el("ul", {}, left.map((each) => {
      const whom = each.left_to ?? vocabulary.fact(each.name)?.left_to;
      if (each.reading_of) return el("li", {}, phrase("how_to_read", { what: factLabel(vocabulary, each.name) }), cited(vocabulary, each.reading_of));
      return el("li", {}, capital(factLabel(vocabulary, each.name)), whom && phrase("left_to", { whom: `${/^(the|an?) /.test(vocabulary.person(whom)) ? "" : "the "}${vocabulary.person(whom)}` }));
    })));
}

function changes({ decision, state, vocabulary }) {
  const would = (decision.would_change ?? []).filter((each) => each?.change && outcomeWords(each.outcome));
  if (would.length === 0) return null;
  return section("changes", phrase("would_change"),
    el("ul", { class: "rows" }, would.map((each) => {
      let next = state;
      const parts = [];
      for (const [name, value] of Object.entries(each.change)) {
        const fact = vocabulary.fact(name) ?? { name };
        next = stating(having(next, { change: name }), name, value === true ? "yes" : value === false ? "no" : String(value));
        const others = each.or?.[name] ?? [];
        parts.push(`${vocabulary.asked(fact)} ${others.length ? capital(anyOf(vocabulary, fact, [value, ...others])) : inWords(vocabulary, fact, value)}`);
      }
      for (const name of each.will ?? []) {
        next = saying(next, name, "will", UNDERTAKINGS);
        parts.push(phrase("do_this", { deed: textOf(decision, vocabulary, name) }));
      }
      const text = parts.join(", ");
      return el("li", {}, el("span", {}, `${text}: ${then(each, decision, vocabulary)}`), link(next, phrase("see_answer"), `: ${text}`));
    })));
}

/** The answer after a change, in a few words. */
function then(each, decision, vocabulary) {
  const free = waysOf(each).filter((way) => way.approvals.length === 0);
  const plain = free.length === 0 || free.some((way) => way.provided.length === 0);
  if (each.outcome !== "permitted" || plain) return outcomeWords(each.outcome);
  if (free.length > 1) return phrase("on_conditions", { outcome: outcomeWords(each.outcome) });
  return phrase("if_you", { outcome: outcomeWords(each.outcome), deeds: listed(free[0].provided.map((name) => textOf(decision, vocabulary, name))) });
}

function notes({ decision }) {
  const all = (decision.notes ?? []).map((note) => (typeof note === "string" ? note : note?.text ?? note?.message)).filter(Boolean);
  return all.length > 0 && section("notes", phrase("notes"), el("ul", {}, all.map((note) => el("li", {}, capital(note)))));
}

function policy({ decision, vocabulary }) {
  const digest = decision.policy?.digest ?? vocabulary.digest;
  return section("policy", phrase("behind"),
    el("p", {}, vocabulary.title, vocabulary.edition && phrase("edition", { edition: vocabulary.edition }), "."),
    digest && el("p", { class: "small" }, phrase("version"), el("code", { class: "digest" }, digest)),
    el("p", {}, phrase("no_permission")));
}

/** What a sheet of paper has to say of itself: where the answer comes from, and when it was given. */
function onPaper(state) {
  // An address without a day would be about the day on which it is opened.
  const address = new URL(write(having(state, { on: state.on ?? today() })), location.href).href;
  return el("section", { class: "on-paper", "aria-label": phrase("about_sheet") },
    el("p", {}, phrase("printed", { day: day(today()) }), el("span", { class: "digest" }, address)));
}

function ending({ state }) {
  const again = having(state, { facts: new Map(), ...NOTHING_SAID, ...NOTHING_HEARD, skip: [], more: false, change: null });
  return el("p", { class: "actions ending" },
    link(again, phrase("another"), null, { class: "button" }),
    el("button", { type: "button", class: "action", click: () => window.print() }, "Print this answer"));
}

const stopped = (text) => (/[.?!]$/.test(text) ? text : `${text}.`);

function meaningOf(thing) {
  return thing?.meaning && el("p", {}, capital(stopped(thing.meaning)));
}
