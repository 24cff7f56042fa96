// The names in a vocabulary, ready to be looked for: every label and every other word of its acts, facts, values and groups.
//
// Made once for a vocabulary. Whatever is known of the subject of a policy comes from there.

import { ARTICLES, MINE, PLACING, THEIRS } from "./english.js";
import { form, wordsOf } from "./text.js";

/** What stands for "my own" and "their own" in a name. */
export const OWN = "<own>";
export const THEIR = "<their>";
/** What stands for a word that denies. */
export const NOT = "<not>";

/** What a word weighs that one act alone is called by. */
const HEAVIEST = 4;

/** So that an act with few ways to be said is not all about each of them. */
const FEW = 4;

const made = new WeakMap();

/**
 * names: from a key to what is called so; numbers: facts that are counted in a unit; longest: words in the longest name; partial: from the
 * last word of a name to what is called so; acts: with their ways of saying them;
 * known, stems: words that need no correction; taught, taughtStems: words to correct to; saidWithFor: facts that every act
 * says with "for"; weigh(stem): how telling a word is among the acts.
 */
export function lexiconOf(vocabulary) {
  if (!made.has(vocabulary)) made.set(vocabulary, build(vocabulary));
  return made.get(vocabulary);
}

/** The words of a name or of typed text without what only points; whose a thing is and that it is denied are words of their own. */
export function telling(words) {
  const kept = [];
  for (const [at, each] of words.entries()) {
    const add = (stem) => kept.push({ ...each, stem, at, small: stem === each.stem && each.small });
    const last = kept.at(-1);
    if (each.denies) add(NOT);
    else if (THEIRS.has(each.word)) add(THEIR);
    else if (MINE.has(each.word)) {
      // "My own" is once mine, "their own" theirs, and "a friend's own" the friend's.
      if (last?.at === at - 1 && (last.stem === OWN || last.stem === THEIR)) continue;
      add(each.word === "own" && words[at - 1]?.owner ? THEIR : OWN);
    } else if (!ARTICLES.has(each.word)) add(each.stem);
    if (kept.length && kept.at(-1).at === at) kept.at(-1).of = ofBefore(words, at);
  }
  return kept;
}

/** Whether "of" stands before a word, articles aside. */
function ofBefore(words, at) {
  let back = at - 1;
  while (back >= 0 && words[back].word !== "of" && (ARTICLES.has(words[back].word) || MINE.has(words[back].word))) back -= 1;
  return back >= 0 && words[back].word === "of";
}

/** What is looked for: "a wheel of the cart" and "the cart's wheel" are one. */
export function keyOf(kept) {
  const cut = kept.findIndex((each, at) => at > 0 && each.of);
  return (cut < 0 ? kept : [...kept.slice(cut), ...kept.slice(0, cut)]).map((each) => each.stem).join(" ");
}

function build(vocabulary) {
  const names = new Map();
  let longest = 1;
  const partial = new Map();
  const call = (text, what, { whole = false } = {}) => {
    const words = wordsOf(text);
    let kept = telling(words);
    // Where something happens does not hang on whose the place is.
    if (what.kind === "yes" && PLACING.has(kept[0]?.word)) kept = kept.filter((each) => each.stem !== OWN);
    if (kept.every((each) => each.small || each.light || each.stem === OWN || each.stem === NOT)) return;
    if (whole && words.some((each) => each.small)) return;
    if (whole && (names.get(keyOf(kept)) ?? []).some((each) => each.fact === what.fact)) return;
    longest = Math.max(longest, kept.length);
    const key = keyOf(kept);
    // One letter is a slip or a greeting before it is a name.
    if (key.length < 2) return;
    const entry = { ...what, text, plain: words.map((each) => each.word).join(" "), words: kept };
    const put = (at, one) => names.set(at, [...(names.get(at) ?? []), one]);
    put(key, entry);
    // "at the market" is meant by "from the market" as well; what comes before is looked at then.
    const led = kept.findIndex((each) => !each.small);
    if (what.kind !== "yes" && led === 1 && PLACING.has(kept[0].word)) put(keyOf(kept.slice(1)), { ...entry, loose: true });
    if (what.kind !== "value" || kept.some((each) => each.stem === NOT)) return;
    // Of a name in several words the last one is the thing; the others say what kind of it.
    const thing = keyOf(kept).split(" ").at(-1);
    if (kept.length > 1 && kept.some((each) => each.stem === thing && !each.small && !each.light)) partial.set(thing, [...(partial.get(thing) ?? []), entry]);
  };

  for (const fact of vocabulary.facts) {
    if (fact.left_to || fact.reading_of || fact.kind === "acts") continue;
    if (fact.kind === "yes_no") called(fact, (text, extra) => call(text, { kind: "yes", fact: fact.name, value: "yes" }, extra));
    for (const value of fact.values ?? []) called(value, (text, extra) => call(text, { kind: "value", fact: fact.name, value: value.name }, extra));
    for (const group of fact.groups ?? []) {
      // A group without a label is a tool of the policy's author; no reader says it.
      if (group.label) called(group, (text, extra) => call(text, { kind: "group", fact: fact.name, value: group.name, members: group.members ?? [] }, extra));
    }
  }

  const stemsOf = (text) => wordsOf(text ?? "").filter((each) => !each.small).map((each) => each.stem);
  const numbers = vocabulary.facts.filter((fact) => fact.kind === "number" && fact.unit && !fact.left_to).map((fact) => ({
    fact: fact.name, from: fact.from ?? -Infinity, to: fact.to ?? Infinity, unit: stemsOf(fact.unit).at(-1), called: new Set(stemsOf(fact.label)), asked: new Set(stemsOf(fact.question)),
  }));

  const acts = vocabulary.acts.map((act) => ({
    name: act.name,
    facts: new Set(act.facts ?? []),
    gaps: (act.gaps ?? []).map((gap) => ({ fact: gap.fact, words: (gap.words ?? "").split(/\s+/).filter(Boolean) })),
    says: [act.label ?? act.name.replaceAll("-", " "), ...(act.aliases ?? [])].map(way),
    // How a rule says it, with its gaps out, says it too; so does its bare name.
    bare: [act.name.replaceAll("-", " "), (act.sentence ?? "").split("<")[0]].map(way),
    meant: new Set(wordsOf(act.meaning ?? "").filter((each) => !each.small && !each.light).map((each) => each.stem)),
  }));

  const weigh = rarity(acts);
  const gaps = acts.flatMap((act) => act.gaps);
  const saidWithFor = new Set(gaps.map((gap) => gap.fact).filter((fact) => gaps.every((gap) => gap.fact !== fact || gap.words.join() === "for")));
  const known = new Set();
  const taught = new Map();
  const learn = (text, teach) => {
    for (const each of wordsOf(text)) {
      known.add(each.word);
      known.add(each.whole);
      if (teach && !each.small && each.word.length > 3 && each.number === undefined) taught.set(each.word, form(each.word));
    }
  };
  for (const thing of [...vocabulary.facts.filter((fact) => !fact.left_to), ...vocabulary.acts]) {
    for (const part of [thing, ...(thing.values ?? []), ...(thing.groups ?? [])]) {
      for (const text of [part.label ?? "", part.name, ...(part.aliases ?? [])]) learn(text, true);
      for (const text of [part.meaning, part.question]) if (text) learn(text, false);
    }
  }
  const stems = new Set([...known].map((word) => form(word).stem));
  // A fact that is called by one word is meant by that word wherever an act is told ("polish a thing").
  const factOf = new Map(vocabulary.facts.map((fact) => [telling(wordsOf(fact.label ?? "")), fact.name]).filter(([words]) => words.length === 1).map(([[word], name]) => [word.stem, name]));
  const taughtStems = new Set([...taught.values()].map((each) => each.stem));
  return { names, numbers, longest, partial, acts, known, stems, taught, taughtStems, saidWithFor, factOf, weigh };
}

/** A way to say an act; `raw` has every word, `words` what tells. */
function way(text) {
  const raw = wordsOf(text);
  return { text, raw, words: telling(raw) };
}

function called(thing, call) {
  const label = thing.label ?? thing.name.replaceAll("-", " ");
  // "Another ..." and "something else" are what is left over, not what anybody says.
  if (!/^(an?other|something|somebody|someone|some other)\b/i.test(label)) {
    call(label);
    for (const part of either(label)) call(part);
  }
  for (const alias of thing.aliases ?? []) call(alias);
  // The bare name of a value can say too little (`other-thing`); that of what is so or not is a way to say it.
  const several = thing.name.includes("-");
  if (thing.label && !/^(other|none|not)\b/.test(thing.name) && (several || !thing.members)) call(thing.name.replaceAll("-", " "), { whole: true });
}

/** "a spoon, fork or ladle" is called by each of them, if no small word ties them to more. */
function either(label) {
  const parts = label.split(/,\s*|\s+or\s+/).filter(Boolean);
  const tied = parts.some((part) => wordsOf(part).some((word) => word.small && !ARTICLES.has(word.word)) || /\bof\b/.test(part));
  return parts.length > 1 && !tied ? parts : [];
}

/** How telling a word is: the fewer acts are called so, the more. */
function rarity(acts) {
  // An act of which few ways to say it have the word counts for little.
  const shares = new Map();
  for (const act of acts) {
    const ways = [...act.says, ...act.bare];
    for (const way of ways) for (const stem of new Set(way.words.map((word) => word.stem))) {
      if (!shares.has(stem)) shares.set(stem, new Map());
      shares.get(stem).set(act, (shares.get(stem).get(act) ?? 0) + 1 / (ways.length + FEW));
    }
  }
  const counts = new Map([...shares].map(([stem, by]) => [stem, [...by.values()].reduce((sum, share) => sum + (share / Math.max(...by.values())) ** 0.5, 0)]));
  const rare = (count) => Math.log(1 + (acts.length - count + 0.5) / (count + 0.5));
  // A word of one act alone weighs the same in a small vocabulary as in a large one.
  return (stem) => (HEAVIEST * rare(counts.get(stem) ?? 0)) / rare(1);
}
