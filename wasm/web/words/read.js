// A question in the reader's own words, read with a vocabulary: what it states, what it may mean, and what was not understood.
//
// A pure function of the text and the vocabulary. It states only what is said in the vocabulary's own words, slips allowed for;
// what could mean two things is a doubt, and what is denied is not stated at all.

import { weighed } from "./acts.js";
import { withDenials } from "./denial.js";
import { factsFor } from "./facts.js";
import { lexiconOf } from "./lexicon.js";
import { mentionsIn, seenFrom, whoAsks } from "./mentions.js";
import { corrected } from "./spelling.js";
import { wordsOf } from "./text.js";

/** An act lighter than this is none; one lighter than the second is not stated without asking. */
const WORTH_OFFERING = 0.7;
const WORTH_STATING = 2.6;
/** The first is stated alone when the next has no more than this part of its weight. */
const CLEAR = 0.65;
/** Or than this, where what the next is done with is not done in the text. */
const CLEAR_OF_UNDONE = 0.8;
/** How much of one way to say it has to be there. */
const WELL_COVERED = 0.55;
/** An act is offered beside the first when it has at least this part of its weight. */
const OFFERED = 0.4;
const MOST_OFFERED = 5;
/** One word that tells is enough among so many. */
const FEW_WORDS = 3;

/**
 * `{sure, readings, unheard}`: sure: whether the first reading may be taken without asking; readings: ways to understand the
 * text, the likeliest first, each `{act, facts, doubts}`: act: a name, or null when only facts were understood; facts: `[{fact, value}]` that are stated;
 * doubts: lists of `{fact, value}` of which one may be meant. unheard: words that no reading uses, as typed.
 */
export function read(text, vocabulary) {
  const lexicon = lexiconOf(vocabulary);
  let words = withDenials(corrected(wordsOf(text), lexicon));
  let mentions = mentionsIn(words, lexicon);
  const asker = whoAsks(mentions, words, vocabulary.subject);
  if (asker) {
    if (!asker.speaks) words = seenFrom(words);
    mentions = mentionsIn(words, lexicon).filter((mention) => mention.from < asker.from || mention.from >= asker.to);
  }
  const ranked = weighed(words, mentions, asker, lexicon);
  const context = { words, mentions, asker, lexicon, vocabulary };
  const { sure, candidates } = offered(ranked, context);
  const readings = (candidates.length ? candidates : [null]).map((each) => factsFor(each, context));
  const unheard = unheardIn(words, readings);
  const some = readings.filter((each) => each.act || each.facts.length > 0);
  return { sure: sure || !some.some((each) => each.act), readings: some.map(({ act, facts, doubts }) => ({ act, facts, doubts })), unheard };
}

/** The acts that may be meant: one when it is clear. */
function offered(ranked, context) {
  const [first, second] = ranked;
  if (!first || first.weight < WORTH_OFFERING) return { sure: false, candidates: [] };
  const clear = first.weight >= WORTH_STATING && first.covered >= WELL_COVERED && first.done && agrees(first, ranked) && (!second || second.weight <= (second.done ? CLEAR : CLEAR_OF_UNDONE) * first.weight);
  if (clear && mostlyHeard(factsFor(first, context).heard, context.words)) return { sure: true, candidates: [first] };
  return { sure: false, candidates: ranked.filter((each) => each.weight >= OFFERED * first.weight && each.weight >= WORTH_OFFERING).slice(0, MOST_OFFERED) };
}

/** Whether the habits of people speak for the act as well, its verb is no other, and it does not hang on one word among many. */
function agrees(first, ranked) {
  return !first.leaves && ranked.every((other) => other === first || other.like <= first.like) && (first.tells > 1 || first.does || first.said <= FEW_WORDS);
}

/** Whether more words are understood than are strange: who rings the bells of the chapel need not mean to call anybody. */
function mostlyHeard(heard, words) {
  const tells = words.map((each, at) => ({ ...each, at })).filter((each) => !each.small && !each.denied && !each.denies);
  const strange = tells.filter((each) => !each.light && !heard.has(each.at));
  return strange.length < tells.filter((each) => heard.has(each.at)).length;
}

/** What no reading accounts for, in the words that were typed; neighbours together. */
function unheardIn(words, readings) {
  const parts = [];
  let last = -2;
  for (const [at, each] of words.entries()) {
    const heard = readings.some((reading) => reading.heard.has(at)) && !each.denied;
    const quiet = (each.small || each.light) && !each.denied && !each.denies;
    if (heard || quiet) continue;
    if (each.denies && !words[at + 1]) continue;
    if (last === at - 1 && !each.stop) parts[parts.length - 1].push(each);
    else parts.push([each]);
    last = at;
  }
  return parts.filter((part) => part.some((each) => !each.denies)).map((part) => [...new Set(part.map((each) => each.typed ?? each.whole))].join(" "));
}
