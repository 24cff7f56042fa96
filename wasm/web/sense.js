// What of a state makes sense with a policy: what an act has use for, and which readings and doubts an address tells of things
// that the policy has.

import { having, NOTHING_SAID, stating } from "./address.js";

/** The state with the act chosen. What another act has no use for is not carried over to it. */
export function doing(state, vocabulary, name) {
  const chosen = stating(state, vocabulary.actFact.name, name);
  const before = state.facts.get(vocabulary.actFact.name);
  const useful = vocabulary.act(name)?.facts;
  if (before === undefined || before === name || !useful) return chosen;
  const keep = (fact) => fact === vocabulary.actFact.name || useful.includes(fact);
  return having(chosen, {
    facts: new Map([...chosen.facts].filter(([fact]) => keep(fact))), heard: chosen.heard.filter(keep), maybe: [], doubts: [], ...NOTHING_SAID, skip: [], more: false,
  });
}

/** The doubts that can still be settled: of facts that are there and not stated yet. */
export function doubtsLeft(state, vocabulary) {
  return state.doubts
    .map((either) => either.filter(({ fact, value }) => !state.facts.has(fact) && known(vocabulary, fact, value)))
    .filter((either) => either.length > 0);
}

/** Whether a reading from an address says things that this vocabulary has. */
export function sensible(reading, vocabulary) {
  return reading.every((either) => either.every(({ fact, value }) => known(vocabulary, fact, value)));
}

function known(vocabulary, name, value) {
  const fact = vocabulary.fact(name);
  if (!fact) return false;
  if (fact.kind === "yes_no") return value === "yes" || value === "no";
  if (fact.kind === "number") return /^\d{1,9}$/.test(value);
  return vocabulary.choices(fact).some((each) => each.name === value) || Boolean(vocabulary.group(fact, value));
}
