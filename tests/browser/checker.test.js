// The compiler in WASM: the same messages, reports and compiled policy as the binary, byte for byte; and an input that would
// exhaust a stack gives one message, after which the same instance still answers.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const ROOT = new URL("../..", import.meta.url).pathname;
const BYELAW = process.env.BYELAW_BIN ?? join(ROOT, "target/release/byelaw");
const { check, compile, diff } = createRequire(import.meta.url)(join(ROOT, "target/node/byelaw_checker.js"));

function byelaw(words, cwd = ROOT) {
  const run = spawnSync(BYELAW, words, { cwd, encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(run.error, undefined);
  return run;
}

const files = {};
for (const path of readdirSync(join(ROOT, "policies"), { recursive: true })) {
  if (path.endsWith(".pol")) files[`policies/${path}`] = readFileSync(join(ROOT, "policies", path), "utf8");
}

function same(pack, input) {
  const here = compile(input);
  // The compiler in the browser has no clock. On this day no review is overdue, so that the binary has nothing to add.
  const there = byelaw(["check", "--format", "json", "--today", "2000-01-01", pack]);
  assert.equal(here.diagnostics() + "\n", there.stdout);
  assert.equal(check(input), here.diagnostics());
  const folder = mkdtempSync(join(tmpdir(), "byelaw-"));
  try {
    const file = join(folder, "pack.polc");
    assert.equal(byelaw(["build", pack, "-o", file]).status, 0);
    assert.deepEqual(Buffer.from(here.artifact()), readFileSync(file));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

for (const pack of ["policies/bet-2018", "policies/bet-2022", "policies/beckfoot", "policies/st-nicholas"]) {
  test(`${pack}: the same messages and the same bytes as the binary`, () => same(pack, JSON.stringify({ pack, files })));
}

/// What the binary prints for people and programs that read it, without the line's end.
function printed(words, cwd) {
  const run = byelaw(words, cwd);
  assert.ok(run.status === 0 || run.status === 1, run.stderr);
  return run.stdout;
}

/** The pack on the page about the whole language: every kind of sentence, and so small that all can be asked of it. */
function withSheet(steps) {
  const [, text] = readFileSync(join(ROOT, "docs/cheat-sheet.md"), "utf8").match(/```pol\n([\s\S]*?)```/);
  const folder = mkdtempSync(join(tmpdir(), "byelaw-"));
  try {
    mkdirSync(join(folder, "sheet"));
    writeFileSync(join(folder, "sheet/policy.pol"), text);
    steps({ folder, files: { "sheet/policy.pol": text }, printed: (words) => printed(words, folder) });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("gaps, tests, addendum and effects are those of the binary", () => withSheet(({ files: sheet, printed: there }) => {
  const here = compile(JSON.stringify({ pack: "sheet", files: sheet }));
  assert.equal(here.gaps() + "\n", there(["check", "--gaps", "--format", "json", "--today", "2000-01-01", "sheet"]));
  assert.equal(here.tests() + "\n", there(["test", "--format", "json", "sheet"]));
  assert.equal(here.addendum(undefined, "json") + "\n", there(["addendum", "sheet", "--format", "json"]));
  assert.equal(here.addendum(undefined, "html"), there(["addendum", "sheet", "--format", "html"]));
  for (const rule of ["young", "no-maps", "losing"]) assert.equal(here.effect(rule, "json") + "\n", there(["effect", "sheet", rule, "--format", "json"]));
}));

test("gaps and an effect of a real policy are those of the binary", () => {
  const pack = "policies/bet-2018";
  const here = compile(JSON.stringify({ pack, files }));
  assert.equal(here.gaps() + "\n", printed(["check", "--gaps", "--format", "json", "--today", "2000-01-01", pack]));
  assert.equal(here.effect("aua-8-mail", "json") + "\n", printed(["effect", pack, "aua-8-mail", "--format", "json"]));
  const refused = byelaw(["effect", pack, "phone-times", "--format", "json"]);
  assert.equal(`error: ${JSON.parse(here.effect("phone-times", "json")).error}\n`, refused.stderr);
  assert.match(JSON.parse(here.effect("aua-8-mial", "json")).error, /did you mean `aua-8-mail`/);
});

test("proofs are those of the binary, and each checks what the other wrote", () => withSheet(({ files: sheet, folder, printed: there }) => {
  const here = compile(JSON.stringify({ pack: "sheet", files: sheet }));
  const file = join(folder, "proofs.json");
  const shown = there(["prove", "sheet", "--most", "300", "--format", "json", "-o", file]);
  const written = readFileSync(file, "utf8");
  assert.equal(here.prove(300, "proofs") + "\n", written);
  assert.equal(here.verify(written, "json") + "\n", shown);
  assert.equal(here.verify(written, "html"), there(["verify", "sheet", file, "--format", "html"]));
  for (const wrong of ["", "{}", written.replace('"digest":"', '"digest":"0'), written.replace('"holds":["', '"holds":["no-')]) {
    assert.ok(JSON.parse(here.verify(wrong, "json")).error, wrong.slice(0, 80));
  }
}));

/** What the binary prints, found while the compiler in WASM finds the same: into a file, for nobody reads a pipe meanwhile. */
function meanwhile(folder, words) {
  const file = join(folder, words.filter((word) => !/[/.]/.test(word)).join("-"));
  const out = openSync(file, "w");
  const run = spawn(BYELAW, words, { cwd: ROOT, stdio: ["ignore", out, "ignore"] });
  const ended = once(run, "exit");
  closeSync(out);
  return async () => {
    const [status] = await ended;
    assert.ok(status === 0 || status === 1, `${words.join(" ")} ended with ${status}`);
    return readFileSync(file, "utf8");
  };
}

/** Runs the steps with a real policy, compiled, and with what asks the binary at the same time. */
async function withReal(pack, steps) {
  const folder = mkdtempSync(join(tmpdir(), "byelaw-"));
  try {
    await steps({ here: compile(JSON.stringify({ pack, files })), folder, there: (...words) => meanwhile(folder, words) });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

for (const pack of ["policies/bet-2022", "policies/beckfoot"]) {
  test(`${pack}: its examples are answered as by the binary`, () => withReal(pack, async ({ here, there }) => {
    const told = there("test", "--format", "json", pack);
    const tests = here.tests();
    assert.equal(tests + "\n", await told());
    assert.ok(tests.length > 100_000);
  }));
}

test("what the addendum of a real policy changes is what the binary says", () => withReal("policies/bet-2018", async ({ here, there }) => {
  const told = there("addendum", "policies/bet-2018", "--format", "json");
  const report = here.addendum(undefined, "json");
  assert.equal(report + "\n", await told());
  assert.ok(JSON.parse(report).addenda.length > 0);
}));

test("proofs of a real policy are those of the binary", () => withReal("policies/beckfoot", async ({ here, folder, there }) => {
  const file = join(folder, "proofs.json");
  const told = there("prove", "policies/beckfoot", "--most", "300", "--format", "json", "-o", file);
  const proofs = here.prove(300, "proofs");
  const shown = await told();
  assert.equal(proofs + "\n", readFileSync(file, "utf8"));
  assert.equal(here.verify(proofs, "json") + "\n", shown);
}));

// What changes in a real policy is compared on the page for authors.
test("a comparison is that of the binary, with days and with a gate", () => withSheet(({ files: sheet, printed: there }) => {
  const side = (on) => ({ pack: "sheet", files: sheet, on });
  const days = { old: side("2024-06-30"), new: side("2024-07-02") };
  const words = ["diff", "sheet@2024-06-30", "sheet@2024-07-02"];
  const told = diff(JSON.stringify(days), "json");
  assert.ok(JSON.parse(told).acts_changed.length > 0);
  assert.equal(told + "\n", there([...words, "--format", "json"]));
  const gated = { ...days, gate: "no-wider", except: ["rules/1"], pass_uncompared: true };
  const gate = ["--gate", "no-wider", "--except", "rules/1", "--pass-uncompared"];
  assert.equal(diff(JSON.stringify(gated), "html"), there([...words, ...gate, "--format", "html"]));
  for (const wrong of [{ ...days, gate: "no-fun" }, { ...days, except: 1, gate: "no-wider" }, { old: days.old }, { ...days, new: side("today") }]) {
    assert.ok(JSON.parse(diff(JSON.stringify(wrong), "json")).error);
  }
}));

test("a million nested brackets give one message, and the instance still answers", () => {
  const deep = (n) => `vocabulary wibbles "Wibbles".\ndefine wibble: ${"(".repeat(n)}wobble${")".repeat(n)}.\n`;
  for (const n of [65, 5000, 500_000, 1_000_000]) {
    const input = JSON.stringify({ pack: "x", files: { "x/a.pol": deep(n) } });
    const messages = JSON.parse(check(input)).packs[0].diagnostics;
    const errors = messages.filter((m) => m.severity === "error");
    assert.ok(errors.some((m) => ["B0002", "B0003", "B0004"].includes(m.code)), JSON.stringify(errors));
    assert.equal(errors.filter((m) => m.code !== "B0113").length, 1, JSON.stringify(errors));
  }
  const pack = "policies/beckfoot";
  same(pack, JSON.stringify({ pack, files }));
});

test("nothing that is no pack is an exception", () => {
  for (const input of ["", "{", "[]", '{"pack":1}', '{"pack":"x","files":{"x/a.pol":1}}', '{"pack":"x","files":{}}']) {
    assert.ok(JSON.parse(check(input)).error, input);
  }
});
