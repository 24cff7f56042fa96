// The evaluator in WASM gives the same bytes as the evaluator in the binary: the questions of the decisions that are
// asserted elsewhere, and random ones made from each pack's own vocabulary, good and bad.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { chance } from "../hosts/hosts.js";
import { PACKS, ROOT, byelaw, loaded, questions, withoutLine } from "./native.js";

/** For each pack. `cargo xtask long wasm` asks every situation; this run looks whether anything is different at all. */
const RANDOM = 400 * Number(process.env.BYELAW_TIMES ?? 1);

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
    const lines = [...asserted, ...questions(JSON.parse(vocabulary), chance(20200501), RANDOM)];
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
