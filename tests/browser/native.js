// The binary and the evaluator in WASM side by side, for the tests that compare them.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const ROOT = new URL("../..", import.meta.url).pathname;
export const BYELAW = process.env.BYELAW_BIN ?? join(ROOT, "target/release/byelaw");
export const PACKS = ["st-nicholas", "beckfoot", "bet-2018", "bet-2022"];

const { Policy } = createRequire(import.meta.url)(join(ROOT, "target/node/byelaw_eval.js"));

export function byelaw(words, input) {
  const run = spawnSync(BYELAW, words, { cwd: ROOT, input, encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(run.error, undefined);
  return run;
}

/** The evaluator in WASM with a pack that the binary compiled. */
export function loaded(pack) {
  const folder = mkdtempSync(join(tmpdir(), "byelaw-"));
  try {
    const file = join(folder, "pack.polc");
    assert.equal(byelaw(["build", pack, "-o", file]).status, 0);
    return new Policy(new Uint8Array(readFileSync(file)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** An answer of the binary as WASM gives it: the binary adds the line to an error; all else is the same text. */
export const withoutLine = (answer) => answer.replace(/"line":\d+,/, "");

/** So many questions at random, good and bad, as texts. */
export function questions(vocabulary, next, many) {
  const pick = (list) => list[next(list.length)];
  const acts = vocabulary.facts.find((fact) => fact.kind === "acts");
  return Array.from({ length: many }, (_, number) => {
    const act = pick(vocabulary.acts);
    const facts = { [acts.name]: act.name };
    for (const fact of vocabulary.facts) {
      if (fact.kind === "acts" || !act.facts.includes(fact.name) || next(3) === 0) continue;
      if (next(12) === 0) facts[fact.name] = null;
      else if (fact.kind === "yes_no") facts[fact.name] = next(2) === 0;
      else if (fact.kind === "number") facts[fact.name] = fact.from + next(fact.to - fact.from + 1);
      else if (fact.kind === "date") facts[fact.name] = "2020-02-29";
      else if (fact.kind === "some_of") facts[fact.name] = [pick(fact.values).name];
      else facts[fact.name] = pick([...fact.values, ...(fact.groups ?? [])]).name;
    }
    if (next(40) === 0) facts[`${pick(vocabulary.facts).name}x`] = true;
    const question = { id: number, facts, assume: next(4) !== 0 };
    if (next(4) !== 0) question.on = pick(["2018-09-03", "2020-05-01", "2020-05-01T10:00", "2021-10-01"]);
    if (next(3) === 0) question.approved = [pick(vocabulary.approvals).name];
    if (next(3) === 0) question.will = [pick([...vocabulary.undertakings, ...vocabulary.duties]).name];
    if (next(5) === 0) question.wont = [pick([...vocabulary.undertakings, ...vocabulary.duties]).name];
    return JSON.stringify(question);
  });
}
