// The field for the reader's own words. What reads them is loaded once somebody is about to write some.

import { el } from "./dom.js";
import { MOST_LETTERS } from "./words/limits.js";

export const WORDS = "words";

/** What reads words: `read` for what they mean, `packNamed` for the policy they name. */
export async function reader() {
  const [{ read }, { packNamed }] = await Promise.all([import("./words/read.js"), import("./words/packs.js")]);
  return { read, packNamed };
}

/** label, hint: text; ask: the words on its own button, where the form has another one. */
export function ownWords({ label, hint, ask }) {
  const field = el("input", {
    type: "text", id: WORDS, name: WORDS, class: "field", maxlength: MOST_LETTERS, "aria-describedby": `${WORDS}-hint`, autocapitalize: "sentences", enterkeyhint: "go",
    // What fails now is said when the words are sent.
    focus: () => { reader().catch(() => {}); },
    // Enter in this field asks with its words, whatever else the form holds.
    keydown: ask ? (event) => { if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); send(event.target.form); } } : undefined,
  });
  return el("div", { class: "own-words" },
    el("label", { class: "field-label", for: WORDS }, label),
    el("p", { class: "hint", id: `${WORDS}-hint` }, hint),
    el("div", { class: "own-words-row" }, field, ask && el("button", { type: "button", class: "button", click: (event) => send(event.target.form) }, ask)));
}

function send(form) {
  form.dataset.asking = "yes";
  form.requestSubmit();
}

/** The words in a form, and whether they were sent with their own button. */
export function wordsIn(form) {
  const alone = form.dataset.asking === "yes";
  delete form.dataset.asking;
  return { text: form.elements[WORDS].value.trim(), alone };
}
