// Random questions, asked of the binary, of the evaluator in Node and in Chromium, and of the library in Python: the same
// bytes. `node everywhere.js MANY PIECE`, where a piece is one pack. `cargo xtask long everywhere` runs it.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { browse, openPage, serve, visit } from "./harness.js";
import { BYELAW, PACKS, ROOT, byelaw, chance, loaded, questions, withoutLine } from "./native.js";

const [many, piece] = process.argv.slice(2).map(Number);
const pack = PACKS[piece];
const PYTHON = process.env.BYELAW_PYTHON;
const MOST_AT_ONCE = 250;
const READ = "import byelaw, sys\npolicy = byelaw.Policy(open(sys.argv[1], 'rb').read())\nfor line in sys.stdin: print(policy.decide_json(line.rstrip('\\n')))";

const policy = loaded(pack);
const random = questions(JSON.parse(policy.vocabulary()), chance(Number(process.env.BYELAW_SEED ?? 1)), many);
// What would change an answer takes longest to find; some ask for it.
const asked = random.map((text, at) => JSON.stringify({ ...JSON.parse(text), would_change: at % 20 === 0 }));
const input = `${asked.join("\n")}\n`;

/** What a program answers to all questions, a line each. */
function said(program, words, env = {}) {
  const run = spawnSync(program, words, { cwd: ROOT, input, encoding: "utf8", maxBuffer: 2 ** 30, env: { ...process.env, ...env } });
  assert.ok(run.error === undefined && [0, 2].includes(run.status), `${program}: ${run.error ?? run.stderr}`);
  const lines = run.stdout.trimEnd().split("\n");
  assert.equal(lines.length, asked.length, program);
  return lines;
}

/** What a program that has to succeed prints. */
function made(program, words) {
  const run = spawnSync(program, words, { encoding: "utf8" });
  assert.equal(run.status, 0, `${program}: ${run.error ?? run.stderr}`);
  return run.stdout;
}

const native = said(BYELAW, ["decide", pack]).map(withoutLine);
asked.forEach((question, at) => assert.equal(policy.decide(question), native[at], `Node: ${question}`));

const folder = mkdtempSync(join(tmpdir(), "byelaw-"));
try {
  const file = join(folder, "pack.polc");
  assert.equal(byelaw(["build", pack, "-o", file]).status, 0);
  const installed = join(folder, "installed");
  const wheel = made(PYTHON, [join(ROOT, "python/wheel.py"), join(dirname(BYELAW), "libbyelaw_c.so"), "0.1.0", folder]).trimEnd();
  made(PYTHON, ["-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", installed, wheel]);
  said(PYTHON, ["-c", READ, file], { PYTHONPATH: installed }).forEach((line, at) => assert.equal(line, native[at], `Python: ${asked[at]}`));
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
