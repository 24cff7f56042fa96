// Stated facts: from the address to the question that is sent, and back into words.

import { NONE, NOT_KNOWN } from "./address.js";
import { phrase } from "./phrases.js";
import { capital, listed } from "./vocabulary.js";

/** Today's date where the reader is. */
export function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** A stated fact as the evaluator takes it. What cannot be read is passed on as it stands: the evaluator refuses it by name. */
export function typed(fact, raw) {
  if (raw === NOT_KNOWN) return null;
  switch (fact?.kind) {
    case "yes_no":
      return raw === "yes" ? true : raw === "no" ? false : raw;
    case "number":
      return /^-?\d{1,9}$/.test(raw) ? Number(raw) : raw;
    case "some_of":
      return raw === NONE ? [] : raw.split(",");
    case "date":
      return raw;
    default:
      return raw.includes(",") ? raw.split(",") : raw;
  }
}

/** The question that the state of the page asks. */
export function questionOf(state, vocabulary) {
  const facts = {};
  for (const [name, raw] of state.facts) facts[name] = typed(vocabulary.fact(name), raw);
  const question = { facts, approved: state.approved, refused: state.refused, will: state.will, wont: state.wont, assume: true };
  const on = state.on ?? today();
  return on === NOT_KNOWN ? question : { on, ...question };
}

/**
 * Those of the facts that an answer needs that can still be asked:
 * not what the reader does not know, and not what is stated, except where only a group is.
 */
export function askable(decision, state, vocabulary) {
  return (decision.needs ?? []).filter((name) => {
    if (name === "on") return state.on !== NOT_KNOWN;
    const fact = vocabulary.fact(name);
    if (!fact || fact.left_to) return false;
    if (!state.facts.has(name)) return true;
    return Boolean(vocabulary.group(fact, state.facts.get(name))) && !state.skip.includes(name);
  });
}

/** What is stated of a fact, in words. */
export function spoken(vocabulary, fact, raw) {
  return inWords(vocabulary, fact, typed(fact, raw));
}

/** A value as the evaluator gives it, in words. */
export function inWords(vocabulary, fact, value) {
  if (value === null || value === undefined) return phrase("not_known");
  if (value === true) return phrase("yes");
  if (value === false) return phrase("no");
  if (typeof value === "number") return fact.unit ? `${value} ${fact.unit}` : String(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return phrase("none_of_these");
    return capital(listed(value.map((each) => vocabulary.valueLabel(fact, each)), fact.kind === "some_of" ? "and" : "or"));
  }
  if (Array.isArray(value.excludes)) return phrase("any_but", { values: listed(value.excludes.map((each) => vocabulary.valueLabel(fact, each)), "or") });
  if (typeof value === "object") return Array.isArray(value.includes) ? inWords(vocabulary, fact, value.includes) : phrase("not_known");
  if (fact.kind === "yes_no") return value === "yes" ? phrase("yes") : value === "no" ? phrase("no") : value;
  if (fact.kind === "date") return day(value);
  return capital(vocabulary.valueLabel(fact, value));
}

/** The most values that are named beside a group that stands for others. */
const NAMED = 2;

/** Values of a fact, any of which may hold: the largest group within them stands for its members. */
export function anyOf(vocabulary, fact, values) {
  const within = (fact.groups ?? []).filter(({ members = [] }) => members.length > 1 && members.every((name) => values.includes(name)));
  const group = within.reduce((largest, each) => (largest && largest.members.length >= each.members.length ? largest : each), null);
  const left = group ? values.filter((name) => !group.members.includes(name)) : values;
  // To say "one of 1 others" is no shorter than its name.
  const named = left.slice(0, left.length > NAMED + 1 ? NAMED : left.length).map((name) => vocabulary.valueLabel(fact, name));
  const rest = left.length - named.length;
  const parts = [...(group ? [vocabulary.valueLabel(fact, group.name)] : []), ...named, ...(rest > 0 ? [phrase("others", { count: rest })] : [])];
  return listed(parts, "or");
}

/** `2020-05-11` or `2020-05-11T10:00` as people write it; anything else as it stands. */
export function day(text) {
  const parts = dateParts(text);
  if (!parts) return text;
  const date = new Date(Date.UTC(parts.year, parts.month - 1, parts.day));
  const written = date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  return parts.time ? `${written}, ${parts.time}` : written;
}

/** The parts of a date that exists, else nothing. */
export function dateParts(text) {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2})(?::\d{2})?)?$/.exec(text ?? "");
  if (!match) return null;
  const [year, month, date] = match.slice(1, 4).map(Number);
  const real = new Date(Date.UTC(year, month - 1, date));
  if (year < 1000 || real.getUTCMonth() !== month - 1 || real.getUTCDate() !== date) return null;
  return { year, month, day: date, time: match[4] };
}
