// Text as words: what was typed, and the names in a vocabulary, brought into one form.

import { DENIES, LIGHT, SMALL, stem } from "./english.js";
import { MOST_LETTERS, MOST_WORDS } from "./limits.js";

/**
 * The words of a text: `{word, stem, whole, number, small, light, denies, owner, stop}`.
 * whole: with what an apostrophe cut off; owner: somebody's (`'s`); stop: there is a comma or the like before it.
 */
export function wordsOf(text) {
  const plain = String(text ?? "").slice(0, MOST_LETTERS).normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/[\u2018\u2019`\u00b4]/g, "'");
  const words = [];
  let stop = false;
  for (const [piece] of plain.matchAll(/[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*|[^\p{L}\p{N}\s'-]+|(?<=\s)-+(?=\s)/gu)) {
    if (!/[\p{L}\p{N}]/u.test(piece)) {
      stop = stop || /[.,;:!?()\u2013\u2014-]/.test(piece);
      continue;
    }
    for (const part of parts(piece)) {
      if (words.length === MOST_WORDS) return words;
      words.push({ ...form(part), owner: piece.endsWith("'s") || undefined, stop: stop || undefined });
      stop = false;
    }
  }
  return words;
}

/** What stands between two spaces, as words. A hyphen beside a single letter or between scraps joins (e-mail), any other parts. */
function parts(piece) {
  const split = piece.split("-");
  const scraps = split.some((part) => part.length === 1) || split.every((part) => part.length <= 2);
  const one = scraps && !/\d/.test(piece) ? [split.join("")] : split;
  return one.flatMap((part) => part.match(/\d+|[^\d]+/g) ?? []);
}

/** A number of one or two figures stands for any of them, so that a name with one is a name with all. */
export function form(piece) {
  const whole = piece.replaceAll("'", "");
  const bare = piece.replace(/'s$/, "").replaceAll("'", "");
  const number = /^\d+$/.test(bare);
  const word = number && bare.length <= 2 ? "#" : bare;
  return {
    word, whole, stem: number ? word : stem(word), number: number ? Number(bare) : undefined,
    small: SMALL.has(word) || SMALL.has(whole), light: LIGHT.has(word) || LIGHT.has(stem(word)), denies: DENIES.has(whole),
  };
}
