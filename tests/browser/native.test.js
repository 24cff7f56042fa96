// The evaluator in WASM gives the same bytes as the evaluator in the binary: the questions of the decisions that are
// asserted elsewhere, and random ones made from each pack's own vocabulary, good and bad.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PACKS, ROOT, byelaw, loaded, withoutLine } from "./native.js";

/** For each pack. `cargo xtask long wasm` asks every situation; this run looks whether anything is different at all. */
const RANDOM = 400 * Number(process.env.BYELAW_TIMES ?? 1);

/** A small generator with a fixed seed, so that a failure can be repeated. */
function chance(seed) {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

function questions(vocabulary, next) {
  const pick = (list) => list[next(list.length)];
  const acts = vocabulary.facts.find((fact) => fact.kind === "acts");
  return Array.from({ length: RANDOM }, (_, number) => {
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

for (const pack of PACKS) {
  test(`${pack}: WASM and the binary give the same bytes`, () => {
    const policy = loaded(pack);
    const vocabulary = policy.vocabulary();
    assert.equal(vocabulary, byelaw(["vocabulary", pack, "--format", "json"]).stdout.trimEnd());

    const asserted = readdirSync(join(ROOT, "tests/decisions"))
      .filter((name) => name.startsWith(pack))
      .flatMap((name) => readFileSync(join(ROOT, "tests/decisions", name), "utf8").split("\n"))
      .filter((line) => line.trim() !== "")
      .map((line) => JSON.stringify(JSON.parse(line).question));
    assert.ok(asserted.length > 0);
    const lines = [...asserted, ...questions(JSON.parse(vocabulary), chance(20200501))];
    const answers = byelaw(["decide", pack], `${lines.join("\n")}\n`).stdout.trimEnd().split("\n");
    assert.equal(answers.length, lines.length);
    const outcomes = new Set();
    lines.forEach((line, i) => {
      const native = withoutLine(answers[i]);
      assert.equal(policy.decide(line), native, line);
      const { outcome } = JSON.parse(native);
      outcomes.add(outcome ?? "error");
    });
    // A walk that met only one kind of answer would show nothing.
    assert.ok(outcomes.size >= 5, [...outcomes].join(", "));
  });
}
