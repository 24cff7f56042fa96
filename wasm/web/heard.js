// From the reader's own words to states of the page: what the words state, what is to be chosen between, what is in doubt. It is
// loaded once somebody has written some.

import { having, NOTHING_HEARD, stating } from "./address.js";
import { doing } from "./sense.js";

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
