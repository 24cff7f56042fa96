// Random questions, asked of the binary, of the evaluator in Node and in Chromium, and of the library in Python: the same
// bytes. `node everywhere.js MANY PIECE`, where a piece is one pack. `cargo xtask long everywhere` runs it.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answers, chance, compiled, PYTHON, run, wheelIn } from "../hosts/hosts.js";
import { browse, openPage, serve, visit } from "./harness.js";
import { loaded, PACKS, questions } from "./native.js";

const [many, piece] = process.argv.slice(2).map(Number);
const pack = PACKS[piece];
const MOST_AT_ONCE = 250;
const READ = "import byelaw, sys\npolicy = byelaw.Policy(open(sys.argv[1], 'rb').read())\nfor line in sys.stdin: print(policy.decide_json(line.rstrip('\\n')))";

const policy = loaded(pack);
const random = questions(JSON.parse(policy.vocabulary()), chance(Number(process.env.BYELAW_SEED ?? 1)), many);
// What would change an answer takes longest to find; some ask for it.
const asked = random.map((text, at) => JSON.stringify({ ...JSON.parse(text), would_change: at % 20 === 0 }));

const native = answers(compiled(pack), asked);
asked.forEach((question, at) => assert.equal(policy.decide(question), native[at], `Node: ${question}`));

const folder = mkdtempSync(join(tmpdir(), "byelaw-"));
try {
  const said = run(PYTHON, ["-c", READ, compiled(pack)], { input: `${asked.join("\n")}\n`, ...wheelIn(folder) }).trimEnd().split("\n");
  assert.equal(said.length, asked.length);
  said.forEach((line, at) => assert.equal(line, native[at], `Python: ${asked[at]}`));
} finally {
  rmSync(folder, { recursive: true });
}

const [server, browser] = await Promise.all([serve(), browse()]);
try {
  const { page } = await openPage(browser, server.base);
  await visit(page, server.base);
  await page.evaluate(async (name) => {
    const module = await import("/byelaw_eval.js");
    await module.default();
    globalThis.held = new module.Policy(new Uint8Array(await (await fetch(`/packs/${name}.polc`)).arrayBuffer()));
  }, pack);
  for (let from = 0; from < asked.length; from += MOST_AT_ONCE) {
    const block = asked.slice(from, from + MOST_AT_ONCE);
    const lines = await page.evaluate((block) => block.map((question) => globalThis.held.decide(question)), block);
    lines.forEach((line, at) => assert.equal(line, native[from + at], `Chromium: ${block[at]}`));
  }
} finally {
  await browser.close();
  await server.stop();
}

const outcomes = {};
for (const line of native) {
  const outcome = JSON.parse(line).outcome ?? "error";
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
}
assert.ok(Object.keys(outcomes).length >= 5, JSON.stringify(outcomes));
console.log(`counted: ${asked.length} questions to the binary, Node, Chromium and Python, ${JSON.stringify(outcomes)}`);
