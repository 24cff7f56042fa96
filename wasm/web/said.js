// What the reader said in their own words, as pieces that can be taken away one by one, and what was not understood of it.

import { takingBack, write } from "./address.js";
import { el, unseen } from "./dom.js";
import { spoken } from "./facts.js";
import { phrase } from "./phrases.js";
import { capital, label, listed } from "./vocabulary.js";

/** What was said of one fact, in a few words. */
export function inShort(vocabulary, fact, raw) {
  if (fact.kind === "yes_no") return raw === "yes" ? capital(label(fact)) : `${vocabulary.asked(fact)} ${spoken(vocabulary, fact, raw)}`;
  if (fact.kind === "number") return `${capital(label(fact))}: ${spoken(vocabulary, fact, raw)}`;
  return spoken(vocabulary, fact, raw);
}

function pieces(state, vocabulary) {
  return state.heard.filter((name) => state.facts.has(name) && vocabulary.fact(name)).map((name) => ({ name, fact: vocabulary.fact(name), raw: state.facts.get(name) }));
}

/** The pieces and the notice for the top of a page; nothing where nothing was said. unheard: the words, where the page still has them. */
export function youSaid({ state, vocabulary, unheard = [] }) {
  const said = pieces(state, vocabulary);
  if (said.length === 0 && !state.partly) return null;
  return el("div", { class: "said", role: "region", "aria-label": "What you said" },
    said.length > 0 && el("p", { class: "said-title", id: "said-title" }, "You said"),
    said.length > 0 && el("ul", { class: "chips", "aria-labelledby": "said-title" }, said.map(({ name, fact, raw }) => {
      const text = inShort(vocabulary, fact, raw);
      return el("li", { class: "chip", "data-heard": name },
        el("span", { class: "chip-text" }, unseen(`${vocabulary.asked(fact)} `), text),
        el("a", { class: "chip-remove", href: write(takingBack(state, name)) }, "Remove", unseen(`: ${text}`)));
    })),
    state.partly && el("p", { class: "said-not", id: "unheard" }, notUsed(unheard, said.length > 0 || state.maybe.length > 0)));
}

/** What was not understood, and what to do about it. */
function notUsed(unheard, some) {
  const words = listed(unheard.map((each) => `“${each}”`));
  if (some) return words ? `We did not use these words: ${words}. The answer leaves them out.` : phrase("left_some_out");
  return `We did not understand ${words || "the words"}. Use other words, or choose from the list.`;
}

/** The same to be read out. */
export function aloud({ state, vocabulary, unheard = [] }) {
  const said = pieces(state, vocabulary).map(({ fact, raw }) => inShort(vocabulary, fact, raw));
  return [said.length > 0 && `You said: ${said.join("; ")}.`, state.partly && notUsed(unheard, said.length > 0 || state.maybe.length > 0)].filter(Boolean).join(" ");
}
