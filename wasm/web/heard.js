// From the reader's own words to states of the page: what the words state, what is to be chosen between, what is in doubt.

import { having, NOTHING_HEARD, NOTHING_SAID, stating } from "./address.js";

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

/** The state after words were read (`read` in words/read.js). */
export function hearing(state, result, vocabulary) {
  const fresh = having(state, { change: null, ...NOTHING_HEARD, partly: result.unheard.length > 0 });
  const readings = result.readings.map((reading) => membersOf(reading, vocabulary));
  if (readings.length === 0) return fresh;
  return result.sure ? taking(fresh, readings[0], vocabulary) : having(fresh, { maybe: readings });
}

function membersOf({ act, facts, doubts }, vocabulary) {
  const does = act ? [{ fact: vocabulary.actFact.name, value: act }] : [];
  return [...[...does, ...facts].map((each) => [each]), ...doubts];
}

/** The state with one reading taken: what it says is stated, what it leaves in doubt is to be settled. */
export function taking(state, reading, vocabulary) {
  const act = vocabulary.actFact.name;
  const sure = reading.filter((either) => either.length === 1).map(([each]) => each);
  const does = sure.find((each) => each.fact === act);
  let next = having(does ? doing(state, vocabulary, does.value) : state, { maybe: [], doubts: [] });
  for (const { fact, value } of sure) if (fact !== act) next = stating(next, fact, value);
  const doubts = reading.filter((either) => either.length > 1);
  return having(next, { heard: [...new Set([...next.heard, ...sure.map((each) => each.fact)])], doubts });
}

/** The state when none of the readings is meant: only what all of them say of other things than the act is kept. */
export function takingNone(state, vocabulary) {
  const [first = [], ...others] = state.maybe;
  const same = (one, other) => one.length === 1 && other.length === 1 && one[0].fact === other[0].fact && one[0].value === other[0].value;
  const common = first.filter((either) => either[0].fact !== vocabulary.actFact.name && others.every((other) => other.some((each) => same(either, each))));
  return taking(having(state, { maybe: [] }), common, vocabulary);
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
