// Which words people use for which act: all ways to say an act taken together, whatever their order.
//
// A way to say an act is an example of how people say it. A word that many examples of one act have and few of all others
// speaks for that act, and against the acts that have many examples without it.

import { OWN, THEIR } from "./lexicon.js";
import { partOf } from "./verb.js";

/** How many examples everybody's habit counts for, beside those of one act. */
const COMMON = 4;
/** What a pair of neighbours, a kind of thing and a thing count for, beside a word. */
const PAIR = 0.6;
const KIND = 0.5;
const THING = 0.5;
/** A word that is part of a thing's name, one that says little, and that a word is a verb or names a thing. */
const IN_A_NAME = 0.7;
const LIGHT = 0.6;
const PART = 0.5;
/** However unusual a word is for an act, it speaks no more against it. */
const LEAST = -1;

/** Counts of what is in the ways to say each act: `{counts, all, sizes, total}`. */
export function habitsOf(acts) {
  const counts = new Map();
  const all = new Map();
  const sizes = acts.map((act) => act.says.length + act.bare.length);
  for (const [index, act] of acts.entries()) {
    for (const way of [...act.says, ...act.bare]) {
      const marks = new Set([...marksOf(way.words, way.raw).map(({ mark }) => mark), ...way.mentions.flatMap(thingsOf)]);
      for (const mark of marks) {
        if (!counts.has(mark)) counts.set(mark, new Map());
        counts.get(mark).set(index, (counts.get(mark).get(index) ?? 0) + 1);
        all.set(mark, (all.get(mark) ?? 0) + 1);
      }
    }
  }
  return { counts, all, sizes, total: sizes.reduce((sum, size) => sum + size, 0) };
}

/** For each act, how much what is said is like the ways to say it; kept: the words that tell; `weightOf(at)`: how much a place counts. */
export function likeness({ words: raw, kept: words, tops, weightOf }, { acts, habits }) {
  const sums = acts.map(() => 0);
  const add = (marks, weight) => {
    if (weight === 0) return;
    const known = marks.filter((mark) => habits.all.has(mark));
    if (known.length === 0) return;
    for (const [index] of acts.entries()) sums[index] += weight * Math.max(...known.map((mark) => speaksFor(mark, index, habits)));
  };
  const named = new Set(tops.flatMap((mention) => Array.from({ length: mention.to - mention.from }, (_, index) => mention.from + index)));
  for (const { mark, at, pair, light, part } of marksOf(words, raw)) {
    add([mark], weightOf(at) * (part ? PART : pair ? PAIR : light ? LIGHT : named.has(at) ? IN_A_NAME : 1));
  }
  for (const mention of tops) {
    const weight = weightOf(mention.from);
    add(mention.readings.map(({ fact }) => `@${fact}`), weight * KIND);
    add(mention.readings.map(({ value }) => `=${value}`), weight * THING);
  }
  return sums;
}

/** How much more often than others the act is said with it. */
function speaksFor(mark, index, { counts, all, sizes, total }) {
  const usual = (all.get(mark) + 0.5) / (total + 1);
  const here = ((counts.get(mark).get(index) ?? 0) + COMMON * usual) / (sizes[index] + COMMON);
  return Math.max(LEAST, Math.log(here / usual));
}

/** Words, pairs of neighbours, and whether a word is a verb or names a thing where it stands. */
function marksOf(words, raw) {
  const marks = [];
  let before = null;
  for (const each of words) {
    if (each.stem === OWN || each.stem === THEIR) continue;
    if (!each.small && each.stem) {
      marks.push({ mark: each.stem, at: each.at, light: each.light });
      const part = partOf(raw, each.at);
      if (part) marks.push({ mark: `${part} ${each.stem}`, at: each.at, part: true });
    }
    if (before && !each.stop && !(each.small && before.small)) marks.push({ mark: `${before.stem} ${each.stem}`, at: each.at, pair: true });
    before = each;
  }
  return marks;
}

const thingsOf = (mention) => mention.readings.flatMap(({ fact, value }) => [`@${fact}`, `=${value}`]);
