// The state of the page is its address: what the query string says, and how it is written.
//
// Each stated fact is a member of its own (`NAME=VALUE`), in the order in which it was answered.
// No name in a policy has an underscore, so words with one are free for the page's own use.

const LISTS = ["approved", "refused", "will", "wont", "skip"];
const RESERVED = new Set([...LISTS, "pack", "on", "change", "more"]);
const ESCAPE = "fact_";

/** How "I don't know" is written. */
export const NOT_KNOWN = "not_known";
/** How "none of these" is written for a fact that can have several values at once. */
export const NONE = "none_of_these";

/**
 * pack: the policy; facts: what is stated, as written; on: the day, or null when the address does not say;
 * approved, refused, will, wont: names; skip: facts that are not to be asked again although a group is all that is known;
 * change: the fact whose question is open; more: whether to go on asking after the answer is certain.
 */
export function empty() {
  return { pack: null, facts: new Map(), on: null, approved: [], refused: [], will: [], wont: [], skip: [], change: null, more: false };
}

export function parse(search) {
  const state = empty();
  for (const [key, value] of new URLSearchParams(search)) {
    if (value === "") continue;
    if (LISTS.includes(key)) state[key] = unique([...state[key], ...value.split(",").filter(Boolean)]);
    else if (key === "more") state.more = true;
    else if (RESERVED.has(key)) state[key] = value;
    else if (key.startsWith(ESCAPE)) state.facts.set(key.slice(ESCAPE.length), value);
    // Other words with an underscore (`utm_source`) are no facts of any policy.
    else if (!key.includes("_")) state.facts.set(key, value);
  }
  return state;
}

export function write(state) {
  const query = new URLSearchParams();
  if (state.pack) query.append("pack", state.pack);
  for (const [name, value] of state.facts) query.append(RESERVED.has(name) ? ESCAPE + name : name, value);
  if (state.on) query.append("on", state.on);
  for (const list of LISTS) if (state[list].length) query.append(list, state[list].join(","));
  if (state.more) query.append("more", "yes");
  if (state.change) query.append("change", state.change);
  // Commas and colons may stand in a query, and are easier to read there.
  return "?" + query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
}

const NO_APPROVALS = { approved: [], refused: [] };

/** Nothing said of approvals and undertakings. */
export const NOTHING_SAID = { ...NO_APPROVALS, will: [], wont: [] };

/** A copy of the state with some members replaced. */
export function having(state, changes) {
  return { ...state, facts: new Map(state.facts), ...changes };
}

/**
 * A copy with the fact stated, in the place where it stood before if it was stated.
 * An approval is for one very act: when an answer is changed for another, none is left.
 */
export function stating(state, name, value) {
  const before = state.facts.get(name);
  const another = state.change === name && before !== undefined && before !== NOT_KNOWN && before !== value;
  const next = having(state, another ? { change: null, ...NO_APPROVALS } : { change: null });
  next.facts.set(name, value);
  return next;
}

/** A copy for another day, which is another act. */
export function onDay(state, on) {
  return having(state, { on, change: null, ...NO_APPROVALS });
}

export function withoutFact(state, name) {
  const next = having(state, { skip: state.skip.filter((skipped) => skipped !== name) });
  next.facts.delete(name);
  return next;
}

/** Puts a name into one list of a pair and takes it out of the other; with no list, out of both. */
export function saying(state, name, list, pair) {
  const next = having(state, {});
  for (const each of pair) next[each] = state[each].filter((other) => other !== name);
  if (list) next[list] = [...next[list], name];
  return next;
}

export const APPROVALS = ["approved", "refused"];
export const UNDERTAKINGS = ["will", "wont"];

/** The state one answer earlier, for the way back of somebody who arrived by a link. */
export function earlier(state) {
  if (state.change) return having(state, { change: null });
  const last = [...state.facts.keys()].at(-1);
  if (last) return withoutFact(having(state, { more: false }), last);
  return empty();
}

function unique(names) {
  return [...new Set(names)];
}
