// What of the vocabulary a text mentions: values, groups and facts by their names, with the place where they stand.

import { ASKS, AWAY, PLACING, POINTS, WHERE } from "./english.js";
import { form } from "./text.js";
import { keyOf, NOT, OWN, telling, THEIR } from "./lexicon.js";

const OUT_OF = "out of";

/**
 * The mentions in the words: `{from, to, size, readings, denied, placed, away}`, longest first; `from` and `to` are places among the words.
 * readings: what the name stands for, `{kind, fact, value, members, text}`; placed: the small word before it (to, with, for), or "";
 * away: whether that word says that it is not there or not then.
 */
export function mentionsIn(words, lexicon) {
  const kept = telling(words);
  const found = [];
  for (let from = 0; from < kept.length; from += 1) {
    for (let size = Math.min(lexicon.longest, kept.length - from); size > 0; size -= 1) {
      const part = kept.slice(from, from + size);
      if (part.slice(1).some((each) => each.stop)) continue;
      const [first, last] = [part[0].at, part.at(-1).at];
      const readings = named(part, lexicon, placedBy(words, first));
      if (readings.length === 0) continue;
      // A name that itself denies ("no ...") is not denied by its own word.
      const denied = part[0].stem === NOT ? part[0].denied : part.some((each) => each.denied);
      const placed = placedBy(words, first);
      found.push({ from: first, to: last + 1, size, readings, denied, placed, away: AWAY.has(placed) || placed === OUT_OF });
    }
  }
  found.push(...numbersIn(words, lexicon));
  // Of two of a size the later one is the thing, the earlier one what kind of thing.
  return found.sort((one, other) => other.size - one.size || other.from - one.from);
}

/** Numbers with their unit, where a word beside them or the name of what is counted says what they count. */
function numbersIn(words, lexicon) {
  const found = [];
  for (const [at, each] of words.entries()) {
    const [unit, next] = [words[at + 1], words[at + 2]];
    if (each.number === undefined || !unit || unit.stop) continue;
    const facts = lexicon.numbers.filter((fact) => fact.unit === unit.stem && each.number >= fact.from && each.number <= fact.to
      && ((next && !next.stop && fact.asked.has(next.stem)) || words.some((word) => fact.called.has(word.stem))));
    if (facts.length !== 1) continue;
    const [{ fact }] = facts;
    const to = next && !next.stop && lexicon.numbers.some((other) => other.fact === fact && other.asked.has(next.stem) && !lexicon.names.has(next.stem)) ? at + 3 : at + 2;
    found.push({ from: at, to, size: 2, readings: [{ kind: "number", fact, value: String(each.number), text: "", literal: true }], denied: each.denied, placed: "" });
  }
  return found;
}

function named(part, lexicon, placed) {
  const plain = part.map((each) => each.word).join(" ");
  const seen = new Map();
  const add = (entries) => {
    for (const entry of entries ?? []) {
      if (entry.loose && !WHERE.has(placed)) continue;
      const key = `${entry.fact}.${entry.value}`;
      if (!seen.has(key) || entry.plain === plain) seen.set(key, { ...entry, literal: entry.plain === plain || entry.words.map((each) => each.word).join(" ") === plain });
    }
  };
  add(lexicon.names.get(keyOf(part)));
  // "Pictures of my cat" are cat pictures.
  if (seen.size === 0 && part.some((each, at) => at > 0 && each.stem === OWN && each.of)) add(lexicon.names.get(keyOf(part.filter((each) => each.stem !== OWN))));
  // Where something happens does not hang on whose the place is: "in my cave" is "in the cave".
  if (PLACING.has(part[0].word) && part.some((each) => each.stem === OWN)) add(lexicon.names.get(keyOf(part.filter((each) => each.stem !== OWN)))?.filter((entry) => entry.kind === "yes"));
  return [...seen.values()];
}

/** The small word that ties a name to what stands before it, across words that only describe it. */
function placedBy(words, at) {
  for (let back = at - 1; back >= Math.max(0, at - 3); back -= 1) {
    if (words[back + 1].stop) return "";
    if (words[back].word === "of" && words[back - 1]?.word === "out") return OUT_OF;
    if (PLACING.has(words[back].word)) return words[back].word;
    if (!words[back].small) return "";
  }
  return "";
}

/** The mention that says who asks: "I am a ...", "as a ...", "can a ... do it". */
export function whoAsks(mentions, words, subject) {
  if (!subject) return null;
  const starts = (at) => at === 0 || words[at].stop;
  for (const mention of mentions) {
    if (mention.denied) continue;
    const readings = mention.readings.filter((reading) => reading.fact === subject.name);
    if (readings.length === 0) continue;
    let at = mention.from;
    while (at > 0 && !words[at].stop && ["a", "an", "the", "any", "all", "our", "my", "other", "some", "ordinary", "only"].includes(words[at - 1].word)) at -= 1;
    const before = at > 0 && !words[at].stop ? words[at - 1] : null;
    const earlier = at > 1 && !words[at - 1].stop ? words[at - 2] : null;
    const said = before && (["im", "iam"].includes(before.whole) || before.word === "as" || (["am", "be", "m"].includes(before.word) && earlier?.word === "i"));
    // After "can": the one who does it, unless what follows says it is only part of a name.
    const asked = before && ASKS.has(before.whole) && (starts(at - 1) || ["when", "where", "why", "how", "what", "that", "if", "and", "or"].includes(earlier?.word));
    const follows = words[mention.to];
    const titled = starts(at) && follows && !follows.stop && (/[a-z]{2}ing$/.test(follows.word) || ASKS.has(follows.word) || ["want", "wants", "who", "wanting"].includes(follows.word));
    if (said || asked || titled) return { ...mention, readings, speaks: Boolean(said) };
    const told = introduced(mention, words);
    if (told) return { ...mention, ...told, readings, speaks: true };
  }
  return null;
}

/** Who somebody is, said in a clause of its own before the question: "A new ... here: can I ...?" */
function introduced(mention, words) {
  let to = mention.to;
  while (to < words.length && !words[to].stop && words[to].small && to < mention.to + 2) to += 1;
  if (to >= words.length || !words[to].stop) return null;
  const before = words.slice(0, mention.from);
  const plain = before.every((each, at) => (each.small || POINTS.has(each.word) || each.number !== undefined) && !PLACING.has(each.word) && !ASKS.has(each.word) && (at === 0 || !each.stop));
  return plain && !words.slice(mention.from + 1, to).some((each) => each.stop) ? { from: 0, to } : null;
}

/** The words as the one who asks would say them, when somebody else tells it: "their own" is "my own", and "my" is another's. */
export function seenFrom(words) {
  return words.map((each) => {
    const [own] = telling([each]);
    if (own?.stem === THEIR) return { ...each, ...form("my") };
    return own?.stem === OWN && each.word !== "own" ? { ...each, ...form("their") } : each;
  });
}
