// What a text denies: words after "not", "without", "rather than". What is denied is never stated, and its opposite neither.

import { ASKS, ASKS_NOT, DENIES_TOGETHER, SPEAKERS, TURNS } from "./english.js";

/** The words, each with whether it stands under a denial. */
export function withDenials(words) {
  let denied = false;
  return words.map((each, at) => {
    const next = words[at + 1];
    const before = words[at - 1];
    // A new clause: what was denied before is no longer.
    if (each.stop || TURNS.has(each.word) || (ASKS.has(each.word) && next && SPEAKERS.has(next.word))) denied = false;
    // "Can't I ...?" asks politely and denies nothing.
    const polite = ASKS_NOT.has(each.whole) && next && SPEAKERS.has(next.word) && (!before || each.stop || before.word === "why");
    const denies = (each.denies && !polite) || (next !== undefined && DENIES_TOGETHER.has(`${each.word}-${next.word}`));
    const kept = { ...each, denies, denied };
    if (denies) denied = true;
    return kept;
  });
}
