// Which act a text is about: every act is weighed by the words it is called by, and by whether what is mentioned has a place in it.

import { LIGHTEST } from "./english.js";
import { habitsOf, likeness } from "./habits.js";
import { NOT, OWN, telling, THEIR } from "./lexicon.js";
import { mentionsIn } from "./mentions.js";
import { DOES, NAMES, partOf, verbOf } from "./verb.js";

// What a word of a way to say an act counts for, beside how rare it is among the acts:
/** "to", "on", */
const SMALL_WORD = 0.12;
/** "take", "use", */
const LIGHT_WORD = 0.45;
/** what stands for a thing and could be another thing of its kind, */
const IN_A_GAP = 0.45;
/** and of that, where the text has the same thing or another of its kind. */
const THE_SAME = 0.75;
const ANOTHER = 0.5;
/** A word as rare as this tells acts apart even where it names a thing. */
const TELLING = 2.8;
/** The verb of a way to say it, where the text has the word for a thing, or within a longer name. */
const AS_A_THING = 0.3;
const IN_A_NAME = 0.6;

/** The text says that something else is done. */
const ANOTHER_VERB = 0.6;

// What a word counts for by its place: told before the question, told after it; for habits also the verb, and behind a small word.
const BEFORE = 0.6;
const AFTER = 0.85;
const VERB = 1.4;
const BEHIND_ANOTHER = 0.9;
/** What the habits of people count for beside the best way to say it. */
const HABIT = 0.5;

// What a way to say an act as a whole counts for:
/** the text has its verb where the way has it, lacks its verb, lacks a verb that says little; */
const SAYS_WHAT_IS_DONE = 1.3;
const WITHOUT_WHAT_IS_DONE = 0.6;
const WITHOUT_A_LIGHT_WORD = 0.8;
/** all of it is there; little of it and nothing that tells; in another order; it says "my" and the text "their". */
const ALL_OF_IT = 0.6;
const VAGUE = 0.6;
const OUT_OF_ORDER = 0.92;
const NOT_MINE = 0.7;

// What else speaks for an act: words of its other names, things in these, words of its meaning.
const AS_WELL = 0.3;
const A_THING_AS_WELL = 0.15;
const MEANT = 0.4;

/**
 * Every act with its weight, heaviest first: `{act, weight, covered, done, used, way, head}`. covered: how much of its best way
 * to be said is there; done: whether the text says that it is done; used: places of words that it accounts for; head: the place of the verb.
 */
export function weighed(words, mentions, asker, lexicon) {
  prepare(lexicon);
  const free = words.map((each, at) => ({ ...each, at })).filter((each) => !each.denied && !each.denies && !(asker && each.at >= asker.from && each.at < asker.to));
  const places = new Map();
  for (const each of free) if (!places.has(each.stem)) places.set(each.stem, each.at);
  const stated = mentions.filter((mention) => !mention.denied);
  const tops = stated.filter((mention) => !stated.some((other) => other !== mention && other.size > mention.size && other.from <= mention.from && other.to >= mention.to));
  // What else a single word may be part of.
  for (const mention of tops) mention.part = mention.size > 1 ? [] : (lexicon.partial.get(words[mention.from].stem) ?? []).map((entry) => entry.fact);
  const text = { words, free, places, tops, ...verbOf(words, mentions, asker, lexicon) };
  const gone = (at) => words[at].denied || words[at].denies || (asker && at >= asker.from && at < asker.to);
  const kept = telling(words);
  const place = (at) => (gone(at) ? 0 : at < text.asks ? BEFORE : at >= text.ends ? AFTER : at === text.head ? VERB : text.behind.has(at) ? BEHIND_ANOTHER : 1);
  const like = likeness({ words, kept, tops, weightOf: place }, lexicon);
  return lexicon.acts.map((act, index) => {
    const found = weigh(act, { ...text, ...aboutTo(act, { stated, tops, free }, lexicon) }, lexicon);
    return { ...found, like: like[index], weight: Math.max(0, found.weight + HABIT * like[index]), leaves: leaves(found, text) };
  }).sort((one, other) => other.weight - one.weight);
}

/** The facts that are mentioned as far as the act is concerned, and the places of words that are part of something else. */
function aboutTo(act, { stated, tops, free }, lexicon) {
  const takes = (mention) => mention.readings.some((reading) => act.facts.has(reading.fact) || act.gaps.some((gap) => gap.fact === reading.fact));
  const elsewhere = tops.filter((mention) => mention.size > 1 && !takes(mention));
  const within = (mention) => elsewhere.some((other) => other !== mention && other.from <= mention.from && mention.to <= other.to);
  const mentioned = new Set(stated.filter((mention) => !within(mention)).flatMap((mention) => mention.readings.map((reading) => reading.fact)));
  // Part of a name is enough to know what kind of thing is meant.
  for (const each of free) if (!each.small && !each.light) for (const entry of lexicon.partial.get(each.stem) ?? []) if (act.gaps.some((gap) => gap.fact === entry.fact)) mentioned.add(entry.fact);
  const foreign = new Set(elsewhere.flatMap((mention) => Array.from({ length: mention.to - mention.from }, (_, index) => mention.from + index)));
  const said = new Set(stated.flatMap((mention) => mention.readings.map(thing)));
  // A word within the name of one thing is not the same word within the name of another.
  const elseOf = (place, open) => open.things.size > 0 && tops.some((mention) => mention.size > 1 && mention.from <= place && place < mention.to && !mention.readings.some((each) => open.facts.includes(each.fact)));
  return { mentioned, said, foreign, elseOf };
}

/** Once for a vocabulary: which words of a way to say an act stand for what its rules leave open ("take the ... off a ..."). */
function prepare(lexicon) {
  if (lexicon.prepared) return;
  lexicon.prepared = true;
  for (const act of lexicon.acts) for (const each of [...act.says, ...act.bare]) each.mentions = mentionsIn(each.words.map((word) => ({ ...word, word: word.stem === OWN ? "my" : word.word, denied: false })), lexicon);
  lexicon.habits = habitsOf(lexicon.acts);
  lexicon.heads = new Set();
  for (const act of lexicon.acts) {
    for (const each of [...act.says, ...act.bare]) {
      each.open = new Map();
      each.head = each.words.findIndex((word) => !word.small && word.stem !== OWN && word.stem !== NOT);
      each.names = each.head >= 0 && partOf(each.raw, each.words[each.head].at) === NAMES;
      for (const [at, word] of each.words.entries()) {
        const fact = lexicon.factOf.get(word.stem);
        if (at > each.head && fact && act.gaps.some((gap) => gap.fact === fact)) each.open.set(at, { facts: [fact], things: new Set() });
      }
      if (each.head >= 0) lexicon.heads.add(each.words[each.head].stem);
      for (const mention of each.mentions) {
        const facts = mention.readings.map((reading) => reading.fact);
        const gap = facts.some((fact) => act.gaps.some((each) => each.fact === fact));
        // The first word says what is done, even where it is a name as well.
        for (let at = Math.max(mention.from, each.head + 1); at < mention.to; at += 1) {
          // A word that few acts are called by tells them apart, even where it names a thing.
          if (!each.open.has(at) && (gap || lexicon.weigh(each.words[at].stem) < TELLING)) each.open.set(at, { facts, things: new Set(mention.readings.map(thing)) });
        }
      }
    }
  }
}

function weigh(act, text, lexicon) {
  let best = { weight: 0, covered: 0, used: [] };
  for (const each of [...act.says, ...act.bare]) best = heavier(best, inText(each, text, lexicon));
  let weight = best.weight;
  const used = new Set(best.used);
  // Further words of its other names and of its meaning speak for it as well.
  const also = new Set([...act.says, ...act.bare].flatMap((each) => each.words.filter((word) => !word.small && !word.light).map((word) => word.stem)));
  const things = new Set([...act.says, ...act.bare].flatMap((each) => each.words.filter((_, at) => each.open.has(at)).map((word) => word.stem)));
  for (const each of text.free) {
    if (each.small || each.light || used.has(each.at)) continue;
    if (also.has(each.stem)) weight += (things.has(each.stem) ? A_THING_AS_WELL : AS_WELL) * lexicon.weigh(each.stem);
    else if (act.meant.has(each.stem)) weight += MEANT;
    if (also.has(each.stem) || act.meant.has(each.stem)) used.add(each.at);
  }
  if (weight > 0) weight += fit(act, text) * Math.min(1, weight / 2);
  return { act, weight, tells: best.tells ?? 0, does: best.does, names: best.names, said: text.free.filter((each) => !each.small && !each.light).length, covered: best.covered, done: best.done && !text.toMe, used, way: best.way, head: text.head };
}

/** Whether the text says that something is done which is no part of the act, or speaks of a thing that another has. */
function leaves({ used, names }, { words, head, notMine }) {
  if (names && notMine) return true;
  return head >= 0 && !used.has(head) && !LIGHTEST.has(words[head].word) && !LIGHTEST.has(words[head].stem) && partOf(words, head) === DOES;
}

const thing = ({ fact, value }) => `${fact}.${value}`;
const heavier = (one, other) => (other.weight > one.weight ? other : one);

/** How much of one way to say an act is in the text. */
function inText(name, { words, said, places, mentioned, foreign, elseOf, things, parts, behind, head, asks, ends, notMine }, lexicon) {
  let whole = 0;
  let found = 0;
  let core = 0;
  let lacks = 1;
  let done = false;
  let tells = false;
  // Whether its first word that says something is there.
  let begun = false;
  const used = [];
  for (const [at, each] of name.words.entries()) {
    if (each.stem === OWN || each.stem === THEIR) continue;
    const open = name.open.get(at);
    const kind = each.small ? SMALL_WORD : each.light ? LIGHT_WORD : open ? IN_A_GAP : 1;
    const weight = kind * (each.stem === NOT ? 2 : lexicon.weigh(each.stem));
    whole += weight;
    const next = name.words[at + 1]?.stem;
    const place = each.stem === NOT ? words.findIndex((word, from) => word.denies && words.slice(from + 1, from + 3).some((other) => other.stem === next)) : places.get(each.stem) ?? -1;
    const after = each.stem !== NOT && name.words[0].stem === NOT && place < 0 ? words.findIndex((word) => word.denied && word.stem === each.stem) : -1;
    if (open && (foreign.has(place) || elseOf(place, open))) continue;
    if (place >= 0 || after >= 0) {
      // A word that says what is done says less where it only names a thing.
      const other = at === name.head && name.names && place >= 0 && partOf(words, place) === DOES;
      if (other || (at === name.head && !name.names && (things.has(place) || parts.has(place)))) {
        found += weight * (other || things.has(place) ? AS_A_THING : IN_A_NAME);
        used.push(place);
        continue;
      }
      // What is told before the question is not what is asked.
      found += weight * (place < 0 ? 1 : place < asks ? BEFORE : place >= ends ? AFTER : 1);
      used.push(Math.max(place, after));
      begun ||= at === name.head;
      if (!each.small && !open && each.stem !== NOT && (!each.light || at === name.head)) core += weight;
      if (!each.small && !open && !each.light) tells = true;
      if (!each.small && !each.light && !open) done ||= !behind.has(place);
    } else if (open?.facts.some((fact) => mentioned.has(fact))) {
      found += weight * (open.things.size === 0 || [...open.things].some((one) => said.has(one)) ? THE_SAME : ANOTHER);
    }
    if (at === name.head && place < 0 && after < 0 && name.words.length > 1) lacks = each.light ? WITHOUT_A_LIGHT_WORD : WITHOUT_WHAT_IS_DONE;
  }
  if (whole === 0 || found === 0) return { weight: 0, covered: 0, used: [] };
  // A way to say it of which only small words and what is done it to are there has not been said.
  const alone = name.words.every((each, at) => each.small || name.open.get(at));
  if (core === 0 && !alone) return { weight: found * 0.25, covered: 0, used };
  const covered = found / whole;
  // Light words with some of what they are said of are said of much else as well.
  const vague = !tells && covered < 0.6 ? VAGUE : 1;
  const heads = head >= 0 && name.head >= 0 && words[head].stem === name.words[name.head].stem;
  const order = used.every((place, at) => at === 0 || place > used[at - 1]) ? 1 : OUT_OF_ORDER;
  // The text says that something else is done.
  const another = head >= 0 && !heads && !LIGHTEST.has(words[head].stem) && !LIGHTEST.has(words[head].word) && name.names && partOf(words, head) === DOES && !used.includes(head) ? ANOTHER_VERB : 1;
  const mine = notMine && name.words.some((each) => each.stem === OWN) ? NOT_MINE : 1;
  const all = covered > 0.97 && (core > 0 || used.length > 2) ? ALL_OF_IT : 0;
  const weight = found * (0.35 + 0.65 * covered) * vague * (close(used) ? 1.1 : 1) * order * (heads ? SAYS_WHAT_IS_DONE : lacks) * mine * another + all * another;
  const tellers = used.filter((place) => !words[place].small && !words[place].light).length;
  return { weight, covered, used, tells: tellers, names: name.names, does: heads && partOf(words, head) === DOES, done: (done && begun) || (covered > 0.97 && name.words.length > 1), way: name.text };
}

function close(places) {
  return places.length > 1 && Math.max(...places) - Math.min(...places) <= places.length + 2;
}

/** Whether what is mentioned has a place in the act. */
function fit(act, { tops }) {
  let sum = 0;
  for (const mention of tops) {
    const facts = mention.readings.map((reading) => reading.fact);
    if (facts.some((fact) => act.gaps.some((gap) => gap.fact === fact))) sum += 0.7;
    else if (facts.some((fact) => act.facts.has(fact))) sum += 0.15;
    else if (mention.part.some((fact) => act.gaps.some((gap) => gap.fact === fact))) sum += 0.4;
    else sum -= 0.5;
  }
  return sum;
}
