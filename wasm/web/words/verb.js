// Where a text has its verb, and which of its words only name things.

import { ASKING, ASKS, BEHIND, LEADS, ME, POINTS, SPEAKERS, WHEN, WHOM } from "./english.js";
import { OWN, telling, THEIR } from "./lexicon.js";

/**
 * head: the place of the verb, or -1; behind: places behind "a", "my", "with", "while" or the verb itself; things: those of them
 * that are names; parts: places within longer names; asks: where the question begins; notMine: only others' things are spoken of;
 * toMe: somebody else does it, to the one who asks.
 */
export function verbOf(words, mentions, asker, lexicon) {
  const { asks, ends } = asked(words);
  const told = circumstances(words);
  const things = new Set();
  const parts = new Set();
  let head = -1;
  // "Is there a rule on how to ...": what is done is the first word that some act begins with.
  let surely = false;
  // The first word of a longer name only says what kind of thing it is.
  const describes = (at) => mentions.some((mention) => mention.size > 1 && mention.from === at && !words.slice(mention.from, mention.to).some((each) => each.word === "of"));
  for (const [at, each] of words.entries()) {
    if (each.small || each.denied || each.denies || (asker && at >= asker.from && at < asker.to)) continue;
    const before = words[at - 1];
    const behind = before && !each.stop && (POINTS.has(before.word) || BEHIND.has(before.word) || before.owner);
    if (told.has(at)) {
      things.add(at);
      parts.add(at);
      continue;
    }
    const chained = before && !each.stop && things.has(at - 1) && (head >= 0 || mentions.some((mention) => mention.from < at && at < mention.to));
    // What follows the verb at once is what it is done to.
    const object = surely && head === at - 1 && !each.stop;
    if (chained || object) parts.add(at);
    if (behind || chained || object) things.add(at);
    else if (at >= asks && !describes(at) && (head < 0 || (!surely && lexicon.heads.has(each.stem)))) {
      head = at;
      surely = lexicon.heads.has(each.stem);
    }
  }
  const named = new Set(mentions.flatMap((mention) => Array.from({ length: mention.to - mention.from }, (_, index) => mention.from + index)));
  const within = new Set(mentions.filter((mention) => mention.size > 1).flatMap((mention) => Array.from({ length: mention.to - mention.from - 1 }, (_, index) => mention.from + 1 + index)));
  const owns = telling(words).some((each) => each.stem === OWN);
  const theirs = telling(words).some((each) => each.stem === THEIR);
  return { things: new Set([...things].filter((at) => named.has(at) || parts.has(at))), parts: within, behind: things, head, asks, ends, notMine: theirs && !owns, toMe: head >= 0 && ME.has(words[head + 1]?.word) };
}

/** Places in what is told beside the question: "... while I am cooking". */
function circumstances(words) {
  const told = new Set();
  let within = false;
  for (const [at, each] of words.entries()) {
    if (each.stop || (ASKS.has(each.word) && SPEAKERS.has(words[at + 1]?.word))) within = false;
    if (within) told.add(at);
    else if (at > 0 && !each.stop && WHEN.has(each.word) && !words[at - 1].small) within = true;
  }
  return told;
}

/** The clause that asks, `{asks, ends}`, among what is told before it and after it: "I found ..., can I ..., it is mine". */
function asked(words) {
  const says = (from, to) => words.slice(from, to).some((each) => !each.small && !each.light && !each.denies);
  let asks = 0;
  for (let at = 1; at < words.length - 1; at += 1) {
    const starts = (ASKS.has(words[at].word) && SPEAKERS.has(words[at + 1].word)) || (words[at].stop && ASKING.has(words[at].word));
    if (starts && words.slice(at + 1).some((each) => !each.small && !each.denies)) asks = at;
  }
  let ends = words.length;
  for (let at = asks + 2; at < words.length && ends === words.length; at += 1) if (words[at].stop && says(asks, at)) ends = at;
  return { asks, ends };
}

/** What a word is where it stands: it says what is done, or names a thing; "" where nothing beside it tells. */
export const DOES = "to";
export const NAMES = "the";
export function partOf(words, at) {
  const [before, each, next] = [at > 0 && !words[at].stop ? words[at - 1] : null, words[at], words[at + 1]?.stop ? null : words[at + 1]];
  if (before && (POINTS.has(before.word) || before.owner)) return NAMES;
  if (before && (LEADS.has(before.word) || SPEAKERS.has(before.word) || SPEAKERS.has(before.whole))) return DOES;
  if (/[a-z]{2}ing$/.test(each.word)) return "";
  if (next && (POINTS.has(next.word) || WHOM.has(next.word))) return DOES;
  if (before && BEHIND.has(before.word)) return NAMES;
  if (next && (next.word === "of" || (!before && BEHIND.has(next.word)))) return NAMES;
  return "";
}
