// Slips of the keyboard: a typed word that no name has becomes the one word of the vocabulary that is near enough.

import { POINTS, SPEAKERS } from "./english.js";
import { form } from "./text.js";

/** The words with what was mistyped, parted or run together put right. */
export function corrected(words, lexicon) {
  const knows = (each) => each.small || each.light || each.denies || each.number !== undefined || lexicon.known.has(each.word) || lexicon.stems.has(each.stem);
  const right = [];
  for (let at = 0; at < words.length; at += 1) {
    const each = words[at];
    const next = words[at + 1];
    const joined = next && !next.stop && !alone(words, at, lexicon) && [each.whole + next.word, each.word + next.word].map(form).find((both) => both.word.length > 4 && lexicon.taughtStems.has(both.stem));
    if (joined) {
      right.push({ ...joined, owner: next.owner, stop: each.stop, typed: `${each.whole} ${next.whole}` });
      at += 1;
    } else if (knows(each)) right.push(each);
    else right.push(...(undone(each, lexicon) ?? parted(each, lexicon) ?? [nearest(each, lexicon) ?? each]));
  }
  return right;
}

/** Whether a word and the next are two: together they are a name as they stand, or the first says who asks ("can I swim"). */
function alone(words, at, lexicon) {
  const [each, next] = [words[at], words[at + 1]];
  return lexicon.names.has(`${each.stem} ${next.stem}`) || (SPEAKERS.has(each.word) && !POINTS.has(words[at - 1]?.word)) || POINTS.has(each.word);
}

/** "Unwrap" is about wrapping, "rewrap" as well. */
function undone(each, lexicon) {
  const bare = /^(?:un|re)([a-z]{4,})$/.exec(each.word)?.[1];
  return bare && lexicon.taughtStems.has(form(bare).stem) ? [{ ...form(bare), owner: each.owner, stop: each.stop, typed: each.whole }] : null;
}

function parted(each, lexicon) {
  for (let cut = 3; cut <= each.word.length - 3; cut += 1) {
    const [first, second] = [form(each.word.slice(0, cut)), form(each.word.slice(cut))];
    const tells = (part) => lexicon.taught.has(part.word);
    if ((tells(first) || (first.small && first.word.length > 3)) && (tells(second) || tells({ word: second.word.replace(/s$/, "") }))) {
      return [{ ...first, stop: each.stop, typed: each.whole }, { ...second, owner: each.owner, typed: each.whole }];
    }
  }
  return null;
}

/** The one nearest word; none when two are as near, since then it is a guess. */
function nearest(each, lexicon) {
  const wanted = sound(each.word);
  const most = each.word.length < 4 ? 0 : each.word.length < 8 ? 1 : 2;
  let best = null;
  let distance = most + 1;
  let tied = false;
  for (const [word, known] of lexicon.taught) {
    const heard = sound(word);
    // The first letter is hardly ever wrong; two short words apart by one letter are two words.
    if (heard[0] !== wanted[0] || Math.abs(heard.length - wanted.length) > most) continue;
    const off = apart(wanted, heard, distance);
    if (off > most || (off > 0 && each.word.length < 5 && !swapped(wanted, heard))) continue;
    if (off < distance) [best, distance, tied] = [known, off, false];
    else if (off === distance && known.stem !== best?.stem) tied = true;
  }
  return best && !tied ? { ...best, owner: each.owner, stop: each.stop, typed: each.whole } : null;
}

/** How a word sounds, roughly: what people spell in more than one way is one letter. */
function sound(word) {
  return word.replace(/ph/g, "f").replace(/ck/g, "k").replace(/([a-z])\1/g, "$1");
}

/** One letter more, or two that changed places: slips of a finger in a short word. */
function swapped(one, other) {
  return one.length !== other.length || [...one].sort().join("") === [...other].sort().join("");
}

/** Letters put in, left out, changed or swapped; `limit` and above are all one. */
export function apart(one, other, limit) {
  let [before, row] = [[], Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > limit) return limit + 1;
    [before, row] = [row, next];
  }
  return row[other.length];
}
