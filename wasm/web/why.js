// Why a question is asked: the rules that hang on the answer, with their clauses.

import { cited } from "./answer.js";
import { el } from "./dom.js";
import { phrase } from "./phrases.js";
import { spelledOut } from "./sentence.js";

/** `reasons` as the evaluator gives them for the fact that is asked; nothing if it gives none. */
export function whyAsked(reasons, vocabulary) {
  if (!reasons?.length) return null;
  return el("details", { class: "why" },
    el("summary", {}, phrase("why_asked")),
    el("p", {}, reasons.length === 1 ? phrase("one_hangs") : phrase("some_hang")),
    el("ul", { class: "cards" }, reasons.map((reason) => el("li", { class: "card", "data-rule": reason.rule },
      el("blockquote", {}, spelledOut(vocabulary, reason.sentence)),
      (reason.cites ?? []).map((cite) => cited(vocabulary, cite))))));
}
