// Which facts a text states for an act: each mention goes where the act has a place for it, or is in doubt, or is left.

import { TOWARDS } from "./english.js";
import { OWN, telling } from "./lexicon.js";

/** A word that this many values share is no doubt but a word of no use. */
const MOST_DOUBTED = 6;

/**
 * What the text states if one act is meant, or none: `{act, facts, doubts, heard}`; heard: places of the words that it accounts for.
 * candidate: an act as it was weighed, or null.
 */
export function factsFor(candidate, context) {
  const { words, mentions, asker, lexicon, vocabulary } = context;
  const act = candidate?.act ?? null;
  const facts = new Map();
  const doubts = [];
  const heard = new Set(candidate?.used ?? []);
  const hear = (mention) => { for (let at = mention.from; at < mention.to; at += 1) heard.add(at); };
  const subject = vocabulary.subject?.name;
  if (asker) {
    const chosen = one(asker.readings, words.slice(asker.from, asker.to));
    if (chosen) {
      facts.set(chosen.fact, chosen.value);
      hear(asker);
    }
  }

  const said = [];
  const taken = [];
  for (const mention of mentions) {
    const overlaps = taken.filter((other) => mention.from < other.to && other.from < mention.to);
    if (overlaps.some((other) => !apart(mention, other, words))) continue;
    const uses = usesOf(mention, act, subject, lexicon)
      .filter((use) => !act || !(use.kind === "group" && isHead(mention, candidate)))
      .filter((use) => !act || isGap(act, use.fact) || !spent(mention, candidate, context));
    taken.push({ ...mention, used: uses.length > 0 });
    if (uses.length === 0 || mention.denied) continue;
    said.push({ mention, uses });
  }

  // A word that the act is called by, or one that says whose a thing is, gives way to another for the same gap:
  // "a friend request from my neighbour", "a neighbour's address to a friend".
  const weak = ({ mention }) => (candidate && mention.size === 1 && rangeHas(mention, candidate.used)) || owns(mention, words);
  const same = (first, second) => first.uses.some((use) => second.uses.some((other) => other.fact === use.fact));
  const strong = said.filter((each) => !weak(each));
  for (const each of said.filter((other) => weak(other) && strong.some((better) => same(better, other)))) {
    said.splice(said.indexOf(each), 1);
    hear(each.mention);
  }
  said.sort((first, second) => first.mention.from - second.mention.from);
  // A place in the act that only one mention can fill is filled by it; what is left has the other places.
  const filled = new Map();
  for (const { mention, uses } of said) {
    const by = new Map();
    for (const use of uses) by.set(use.fact, [...(by.get(use.fact) ?? []), use]);
    const options = [...by].map(([fact, readings]) => ({ fact, chosen: one(readings, words.slice(mention.from, mention.to)) ?? null, readings }));
    const open = options.filter(({ fact }) => !facts.has(fact));
    const best = preferred(open.length ? open : options, mention, act);
    if (best.length === 1 && best[0].chosen) {
      const { fact, chosen } = best[0];
      const before = filled.get(fact);
      if (!before) {
        filled.set(fact, { ...chosen, mention });
      } else if (before.value !== chosen.value && !narrower(before, chosen)) {
        // Two values of one fact: which of them is asked.
        before.others = [...(before.others ?? []), chosen];
      } else if (before.value !== chosen.value && before.kind === "group") filled.set(fact, { ...chosen, mention, others: before.others });
      hear(mention);
    } else {
      const either = best.flatMap(({ readings }) => readings);
      if (either.length > 1 && either.length <= MOST_DOUBTED) {
        doubts.push(either);
        hear(mention);
      }
    }
  }
  for (const [fact, { value, others }] of filled) {
    if (facts.has(fact)) continue;
    if (others) doubts.push([filled.get(fact), ...others]);
    else facts.set(fact, value);
  }

  // Words that are part of several names of what the act is done with: which one is asked.
  if (act) {
    for (const [at, each] of words.entries()) {
      if (heard.has(at) || each.denied || each.denies || each.small || each.light) continue;
      if (taken.some((mention) => mention.from <= at && at < mention.to)) continue;
      const gaps = act.gaps.map((gap) => gap.fact);
      const near = (lexicon.partial.get(each.stem) ?? []).filter((entry) => gaps.includes(entry.fact) && !facts.has(entry.fact));
      const values = unique(near);
      if (values.length === 0 || values.length > MOST_DOUBTED || new Set(values.map((entry) => entry.fact)).size > 1) continue;
      if (doubts.some((doubt) => doubt.some((other) => other.fact === values[0].fact))) continue;
      doubts.push(values);
      heard.add(at);
    }
  }
  // What is said to be elsewhere was not used, whatever the act is called by.
  for (const mention of mentions.filter((each) => each.away && !said.some((other) => other.mention === each))) {
    for (let at = mention.from; at < mention.to; at += 1) heard.delete(at);
  }
  return {
    act: act?.name ?? null,
    facts: [...facts].map(([fact, value]) => ({ fact, value })),
    doubts: doubts.map((doubt) => unique(doubt.filter((each) => !facts.has(each.fact))).map(({ fact, value }) => ({ fact, value }))).filter((doubt) => doubt.length > 0),
    heard,
  };
}

const isGap = (act, fact) => act.gaps.some((gap) => gap.fact === fact);

/** Whether a mention is the very word that says what is done; then it names no thing ("hammer it in" says of no hammer which). */
const isHead = (mention, { head, used }) => mention.to === mention.from + 1 && mention.from === head && used.has(head);

/** Whether a mention is only the act's own name with what fills one of its gaps: "pictures of the wheel" where wheels are drawn. */
function spent(mention, candidate, { mentions }) {
  const { act, used, head } = candidate;
  return rangeHas(mention, used) && mentions.some((inside) => inside.size < mention.size && inside.from >= mention.from && inside.to <= mention.to
    && inside.from !== head && inside.readings.some((each) => isGap(act, each.fact)));
}

/** Whether a mention says whose the next thing is. */
function owns(mention, words) {
  const [last, next] = [words[mention.to - 1], words[mention.to]];
  return Boolean(next && !next.stop && !next.small && (last.owner || /[a-z]s$/.test(last.word)));
}

const rangeHas = (mention, places) => [...places].some((at) => at >= mention.from && at < mention.to);

const unique = (entries) => entries.filter((each, at) => entries.findIndex((other) => other.fact === each.fact && other.value === each.value) === at);

/** Whether one mention may be heard beside a longer one around it: whose it is, or what is shown of whom. */
function apart(mention, around, words) {
  if (around.used && !around.denied) return false;
  if (mention.from < around.from || mention.to > around.to) return false;
  // What is mine is the same thing: "my invention" is an invention.
  const more = [...words.slice(around.from, mention.from), ...words.slice(mention.to, around.to)];
  if (telling(more).every((each) => each.stem === OWN) && !around.denied) return true;
  const owner = mention.to < around.to && (words[mention.to - 1].owner || /[a-z]s$/.test(words[mention.to - 1].word));
  const of = words[mention.from - 1]?.word === "of" || words[mention.from - 2]?.word === "of";
  return Boolean(owner || of) && !around.denied;
}

/** What a mention can state for an act: its gaps first, else the circumstances it is judged by. */
function usesOf(mention, act, subject, lexicon) {
  const known = mention.readings.filter((reading) => reading.fact !== subject && (!act || act.facts.has(reading.fact) || act.gaps.some((gap) => gap.fact === reading.fact)));
  if (!act) {
    // Without an act only what is one fact's alone can be stated.
    return !mention.away && new Set(mention.readings.map((reading) => reading.fact)).size === 1 ? known : [];
  }
  const gapOf = (reading) => act.gaps.find((gap) => gap.fact === reading.fact);
  const fits = (reading) => {
    // "Outside the cave" is not in the cave.
    if (mention.away && !gapOf(reading)?.words.includes(mention.placed)) return false;
    // What something is for is said with "for"; and what is said with "for" is not who it goes to.
    if (lexicon.saidWithFor.has(reading.fact)) return mention.placed === "for" || mention.size > 1;
    const gap = gapOf(reading);
    return !gap || mention.placed !== "for" || gap.words.includes("for") || act.gaps.every((each) => !each.words.includes("for"));
  };
  return known.filter(fits);
}

/** Of the facts that a mention could state, those that its place in the sentence speaks for. */
function preferred(options, mention, act) {
  if (options.length < 2 || !act) return options;
  const gaps = options.filter(({ fact }) => act.gaps.some((gap) => gap.fact === fact));
  const yes = options.filter(({ readings }) => readings.every((reading) => reading.kind === "yes"));
  const values = options.filter((option) => !yes.includes(option));
  // That something is so is never taken from words that can be read as something else.
  if (values.length && yes.length) return preferred(values, mention, act);
  if (gaps.length === 1 && values.length === 1) return gaps;
  if (gaps.length > 1) {
    const placed = gaps.filter(({ fact }) => fitsPlace(act.gaps.find((gap) => gap.fact === fact).words, mention.placed));
    return placed.length === 1 ? placed : gaps;
  }
  // What fills a place in the act where that place stands is meant for it.
  return gaps.length === 1 && (gaps.length === options.length || fitsPlace(act.gaps.find((gap) => gap.fact === gaps[0].fact).words, mention.placed)) ? gaps : options;
}

function fitsPlace(words, placed) {
  if (words.length === 0) return placed === "" || placed === "of";
  if (words.includes(placed)) return true;
  return words.some((word) => TOWARDS.has(word)) && TOWARDS.has(placed);
}

/** The one thing that a name of one fact stands for: what is called just so, else the wider of a value and its group. */
function one(readings, words) {
  if (readings.length === 1) return readings[0];
  const literal = readings.filter((reading) => reading.literal);
  if (literal.length === 1) return literal[0];
  const among = literal.length ? literal : readings;
  const groups = among.filter((reading) => reading.kind === "group");
  const wide = groups.find((group) => among.every((reading) => reading === group || group.members.includes(reading.value)));
  return wide ?? (words.length > 0 && among.length === 1 ? among[0] : null);
}

function narrower(before, chosen) {
  return before.kind === "group" ? before.members.includes(chosen.value) : chosen.kind === "group" && chosen.members.includes(before.value);
}
