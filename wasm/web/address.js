// The state of the page is its address: what the query string says, and how it is written.
//
// Each stated fact is a member of its own (`NAME=VALUE`), in the order in which it was answered.
// No name in a policy has an underscore, so words with one are free for the page's own use.

const LISTS = ["approved", "refused", "will", "wont", "skip"];
const RESERVED = new Set([...LISTS, "pack", "on", "change", "more", "matrix"]);
/** What came from the reader's own words; these have an underscore, so no fact is called so. */
const HEARD = "in_words";
const MAYBE = "did_mean";
const DOUBT = "not_sure";
const PARTLY = "part_heard";
const ESCAPE = "fact_";

/** How "I don't know" is written. */
export const NOT_KNOWN = "not_known";
/** How "none of these" is written for a fact that can have several values at once. */
export const NONE = "none_of_these";

/**
 * pack: the policy; facts: what is stated, as written; on: the day, or null when the address does not say;
 * approved, refused, will, wont: names; skip: facts that are not to be asked again although a group is all that is known;
 * change: the fact whose question is open; matrix: whether the tables of the policy are shown; more: whether to go on asking after the answer is certain;
 * heard: facts that were stated in the reader's own words; maybe: readings of these words to choose from, each a list of
 * members, where a member is a list of `{fact, value}` of which one holds; doubts: members that are to be settled;
 * partly: whether some of the words were not used.
 */
export const NOTHING_HEARD = { heard: [], maybe: [], doubts: [], partly: false };

export function empty() {
  return { pack: null, facts: new Map(), on: null, approved: [], refused: [], will: [], wont: [], skip: [], change: null, more: false, matrix: false, ...NOTHING_HEARD };
}

export function parse(search) {
  const state = empty();
  for (const [key, value] of new URLSearchParams(search)) {
    if (key === "matrix") state.matrix = true;
    if (value === "" || key === "matrix") continue;
    if (LISTS.includes(key)) state[key] = unique([...state[key], ...value.split(",").filter(Boolean)]);
    else if (key === "more") state.more = true;
    else if (key === HEARD) state.heard = unique([...state.heard, ...value.split(",").filter(Boolean)]);
    else if (key === MAYBE) state.maybe = [...state.maybe, members(value)].filter((each) => each.length > 0);
    else if (key === DOUBT) state.doubts = [...state.doubts, ...members(value)];
    else if (key === PARTLY) state.partly = true;
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
  if (state.matrix) query.append("matrix", "");
  if (state.on) query.append("on", state.on);
  for (const list of LISTS) if (state[list].length) query.append(list, state[list].join(","));
  if (state.more) query.append("more", "yes");
  if (state.heard.length) query.append(HEARD, state.heard.join(","));
  for (const reading of state.maybe) query.append(MAYBE, reading.map(member).join(","));
  if (state.doubts.length) query.append(DOUBT, state.doubts.map(member).join(","));
  if (state.partly) query.append(PARTLY, "yes");
  if (state.change) query.append("change", state.change);
  // Commas and colons may stand in a query, and are easier to read there.
  return "?" + query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replace(/([?&]|^)matrix=(?=&|$)/, "$1matrix");
}

// `fact.value` is one fact with its value, `fact.value_fact.value` one or the other, and a comma parts them.
const member = (either) => either.map(({ fact, value }) => `${fact}.${value}`).join("_");

function members(text) {
  const read = (each) => /^([a-z0-9-]+)\.([a-z0-9-]+)$/.exec(each);
  return text.split(",").map((either) => either.split("_").map(read).filter(Boolean).map(([, fact, value]) => ({ fact, value }))).filter((either) => either.length > 0);
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
  // What is answered anew is no longer what the words said.
  if (before !== value) next.heard = state.heard.filter((heard) => heard !== name);
  return next;
}

/** A copy for another day, which is another act. */
export function onDay(state, on) {
  return having(state, { on, change: null, ...NO_APPROVALS });
}

export function withoutFact(state, name) {
  const without = (names) => names.filter((other) => other !== name);
  const next = having(state, { skip: without(state.skip), heard: without(state.heard) });
  next.facts.delete(name);
  return next;
}

/** A copy without what the words said of one fact. What was approved was another act. */
export function takingBack(state, name) {
  return having(withoutFact(state, name), { change: null, ...NO_APPROVALS });
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
  if (state.matrix) return having(state, { matrix: false });
  if (state.maybe.length) return having(state, NOTHING_HEARD);
  const last = [...state.facts.keys()].at(-1);
  if (last) return withoutFact(having(state, { more: false }), last);
  return empty();
}

function unique(names) {
  return [...new Set(names)];
}
