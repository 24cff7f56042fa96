// The vocabularies of the packs as the binary gives them, and the questions as people type them with what they mean.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Vocabulary } from "../../wasm/web/vocabulary.js";
import { byelaw } from "./native.js";

const made = new Map();

export function vocabularyIn(pack) {
  if (!made.has(pack)) {
    const run = byelaw(["vocabulary", `policies/${pack}`, "--format", "json"]);
    assert.equal(run.status, 0, run.stderr);
    made.set(pack, new Vocabulary(JSON.parse(run.stdout)));
  }
  return made.get(pack);
}

export const { phrases } = JSON.parse(readFileSync(new URL("phrases.json", import.meta.url), "utf8"));

/**
 * How a phrase was read: `landed` (on the right act, stated or offered first), `missed` (offered elsewhere or nothing),
 * `wrong` (another act was stated), and which facts are not as they have to be.
 */
export function judged(phrase, { sure, readings }) {
  const wanted = phrase.act === null ? [] : [phrase.act].flat();
  const acts = readings.map((reading) => reading.act).filter(Boolean);
  const first = acts[0];
  const right = phrase.act === null ? !(sure && first) : wanted.includes(first);
  const facts = Object.fromEntries((readings[0]?.facts ?? []).map(({ fact, value }) => [fact, value]));
  const lacking = Object.entries(phrase.must ?? {}).filter(([fact, values]) => !values.includes(facts[fact])).map(([fact]) => `${fact} is ${facts[fact]}`);
  const never = (phrase.never ?? []).filter((each) => {
    const [fact, value] = each.split("=");
    return facts[fact] !== undefined && (value === undefined || facts[fact] === value);
  });
  return { result: right ? "landed" : sure && first ? "wrong" : "missed", acts, lacking, never };
}
