// An evaluator that stops in the middle: the answer is an error, never a yes, and the next question gets a fresh one.

import assert from "node:assert/strict";
import { copyFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { answers, compiled, folder, ROOT, run } from "./hosts.js";

const PACKAGE = path.join(ROOT, "target/npm/byelaw");
const { loader } = await import(pathToFileURL(path.join(PACKAGE, "policy.js")));

const QUESTION = { would_change: false, on: "2021-10-01", facts: { role: "teacher", action: "use", device: "mobile-phone", period: "lesson" } };

test("memory that runs out is an error, and the policy answers again", (t) => {
  const place = folder(t);
  copyFileSync(compiled("st-nicholas"), path.join(place, "st-nicholas.polc"));
  // Within the limit of length, and far beyond the memory that the engine may have.
  writeFileSync(path.join(place, "starved.mjs"), `
    import { readFileSync } from "node:fs";
    import { load } from "${PACKAGE}/node.js";
    const policy = await load(readFileSync("st-nicholas.polc"));
    const other = await load(readFileSync("st-nicholas.polc"));
    const question = ${JSON.stringify(JSON.stringify(QUESTION))};
    const greedy = '{"facts":[' + "[],".repeat(300_000) + "[]]}";
    const said = [];
    for (let i = 0; i < 3; i += 1) said.push(policy.decideText(question), policy.decideText(greedy), other.decideText(question), policy.decide(JSON.parse(greedy)));
    policy.free();
    said.push(other.decideText(question), policy.decideText(question));
    console.log(JSON.stringify(said));
  `);
  const said = JSON.parse(run(process.execPath, ["--wasm-max-mem-pages=160", "starved.mjs"], { cwd: place }));
  const sound = answers(compiled("st-nicholas"), [JSON.stringify(QUESTION)])[0];
  const stopped = '{"error":{"code":"internal","message":"the evaluator stopped before it had an answer"}}';
  for (let i = 0; i < 3; i += 1) {
    assert.deepEqual(said.slice(4 * i, 4 * i + 4), [sound, stopped, sound, { ok: false, ...JSON.parse(stopped) }]);
  }
  assert.equal(said[12], sound);
  assert.match(said[13], /"code":"internal".*freed/);
});

test("a stack that runs out is no yes, and the policy answers again", (t) => {
  const place = folder(t);
  copyFileSync(compiled("st-nicholas"), path.join(place, "st-nicholas.polc"));
  // The caller's own stack is used up to within a few calls, so that the evaluator stops at any depth of its own.
  writeFileSync(path.join(place, "deep.mjs"), `
    import { readFileSync } from "node:fs";
    import { load } from "${PACKAGE}/node.js";
    const policy = await load(readFileSync("st-nicholas.polc"));
    const question = ${JSON.stringify(JSON.stringify(QUESTION))};
    const said = {};
    let sound = policy.decideText(question);
    let deepest = 0;
    function down(depth) {
      deepest = depth;
      try { down(depth + 1); } catch { /* it is full */ }
      // At every step of the way back there is a little more room.
      if (deepest - depth > 1200 || (deepest - depth) % 12 !== 0) return;
      let answer;
      try { answer = policy.decideText(question); } catch { answer = "thrown"; }
      said[answer] = (said[answer] ?? 0) + 1;
    }
    down(0);
    console.log(JSON.stringify({ sound, said, after: policy.decideText(question) }));
  `);
  const { sound, said, after } = JSON.parse(run(process.execPath, ["--stack-size=400", "deep.mjs"], { cwd: place }));
  assert.equal(sound, answers(compiled("st-nicholas"), [JSON.stringify(QUESTION)])[0]);
  assert.equal(after, sound);
  const others = Object.keys(said).filter((answer) => answer !== sound);
  assert.ok(others.length > 0, "the stack never ran out");
  assert.ok(said[sound] > 0, "there was never room enough");
  for (const answer of others) assert.ok(answer === "thrown" || JSON.parse(answer).error.code === "internal", answer);
});

/** A glue whose instances say what a test wants; the constructor of a policy counts how often one is loaded. */
function made(decide) {
  const glue = { loads: 0, resets: 0, initSync() {}, __wbg_reset_state() { glue.resets += 1; } };
  glue.Policy = class {
    constructor() { glue.loads += 1; }
    decide(text) { return decide(text); }
    free() {}
  };
  return glue;
}

test("what is not an answer in every respect is none", async () => {
  let says;
  const policy = await loader(made(() => says), () => ({}))(new Uint8Array(1));
  const yes = { v: 1, outcome: "permitted", unconditional: true };
  says = JSON.stringify(yes);
  assert.deepEqual(policy.decide({ facts: {} }), { ok: true, decision: yes });
  for (const other of [{ v: 2 }, { outcome: "yes" }, { outcome: "forbidden" }, { unconditional: "true" }, { unconditional: undefined }]) {
    says = JSON.stringify({ ...yes, ...other });
    assert.equal(policy.decide({ facts: {} }).error.code, "internal", says);
  }
  for (const text of ["", "null", "true", "[]", '"permitted"', '{"v":1,"outcome":"permitted","uncond', undefined]) {
    says = text;
    assert.equal(policy.decide({ facts: {} }).error.code, "internal", text);
  }
});

test("each stop costs one fresh instance, and one loading of each policy that is asked again", async () => {
  let fails = false;
  const glue = made(() => {
    if (fails) throw new WebAssembly.RuntimeError("unreachable");
    return '{"v":1,"outcome":"forbidden","unconditional":false}';
  });
  const load = loader(glue, () => ({}));
  const [one, two] = [await load(new Uint8Array(1)), await load(new Uint8Array(1))];
  assert.deepEqual([glue.loads, glue.resets], [2, 0]);
  fails = true;
  assert.equal(one.decide({ facts: {} }).error.code, "internal");
  fails = false;
  assert.equal(one.decide({ facts: {} }).decision.outcome, "forbidden");
  assert.equal(one.decide({ facts: {} }).decision.outcome, "forbidden");
  assert.deepEqual([glue.loads, glue.resets], [3, 1]);
  assert.equal(two.decide({ facts: {} }).decision.outcome, "forbidden");
  assert.deepEqual([glue.loads, glue.resets], [4, 1]);
});

test("an evaluator that could not be had is asked for again", async () => {
  let tries = 0;
  const load = loader(made(() => ""), () => { tries += 1; if (tries === 1) throw new Error("away"); return {}; });
  await assert.rejects(load(new Uint8Array(1)), { message: "away" });
  await load(new Uint8Array(1));
  await load(new Uint8Array(1));
  assert.equal(tries, 2);
});
