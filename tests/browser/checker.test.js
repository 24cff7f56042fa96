// The compiler in WASM: the same messages, reports and compiled policy as the binary, byte for byte; and an input that would
// exhaust a stack gives one message, after which the same instance still answers.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const ROOT = new URL("../..", import.meta.url).pathname;
const BYELAW = process.env.BYELAW_BIN ?? join(ROOT, "target/release/byelaw");
const { check, compile, diff } = createRequire(import.meta.url)(join(ROOT, "target/node/byelaw_checker.js"));

function byelaw(words) {
  const run = spawnSync(BYELAW, words, { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28 });
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
function printed(words) {
  const run = byelaw(words);
  assert.ok(run.status === 0 || run.status === 1, run.stderr);
  return run.stdout;
}

test("gaps, tests, addendum and effects are those of the binary", () => {
  const pack = "policies/bet-2018";
  const here = compile(JSON.stringify({ pack, files }));
  const gaps = ["check", "--gaps", "--format", "json", "--today", "2000-01-01", pack];
  assert.equal(here.gaps() + "\n", printed(gaps));
  assert.equal(here.tests() + "\n", printed(["test", "--format", "json", pack]));
  assert.equal(here.addendum(undefined, "json") + "\n", printed(["addendum", pack, "--format", "json"]));
  assert.equal(here.addendum(undefined, "html"), printed(["addendum", pack, "--format", "html"]));
  for (const rule of ["phone-times", "aua-8-mail", "cv-video"]) {
    const run = byelaw(["effect", pack, rule, "--format", "json"]);
    const told = here.effect(rule, "json");
    if (run.status === 0) assert.equal(told + "\n", run.stdout);
    else assert.equal(`error: ${JSON.parse(told).error}\n`, run.stderr);
  }
  assert.match(JSON.parse(here.effect("aua-8-mial", "json")).error, /did you mean `aua-8-mail`/);
});

test("proofs are those of the binary, and each checks what the other wrote", () => {
  const pack = "policies/bet-2022";
  const here = compile(JSON.stringify({ pack, files }));
  const folder = mkdtempSync(join(tmpdir(), "byelaw-"));
  try {
    const file = join(folder, "proofs.json");
    const shown = printed(["prove", pack, "--most", "300", "--format", "json", "-o", file]);
    const written = readFileSync(file, "utf8");
    assert.equal(here.prove(300, "proofs") + "\n", written);
    assert.equal(here.verify(written, "json") + "\n", shown);
    assert.equal(here.verify(written, "html"), printed(["verify", pack, file, "--format", "html"]));
    for (const wrong of ["", "{}", written.replace('"digest":"', '"digest":"0'), written.replace('"holds":["', '"holds":["no-')]) {
      assert.ok(JSON.parse(here.verify(wrong, "json")).error, wrong.slice(0, 80));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a comparison is that of the binary, with days and with a gate", () => {
  const side = (pack, on) => ({ pack: `policies/${pack}`, files, on });
  const days = { old: side("bet-2018", "2020-03-22"), new: side("bet-2018", "2020-03-23") };
  const words = ["diff", "policies/bet-2018@2020-03-22", "policies/bet-2018@2020-03-23"];
  assert.equal(diff(JSON.stringify(days), "json") + "\n", printed([...words, "--format", "json"]));
  const gated = { ...days, gate: "no-wider", except: ["CV19/live"], pass_uncompared: true };
  const gate = ["--gate", "no-wider", "--except", "CV19/live", "--pass-uncompared"];
  assert.equal(diff(JSON.stringify(gated), "html"), printed([...words, ...gate, "--format", "html"]));
  for (const wrong of [{ ...days, gate: "no-fun" }, { ...days, except: 1, gate: "no-wider" }, { old: days.old }, { ...days, new: side("bet-2018", "today") }]) {
    assert.ok(JSON.parse(diff(JSON.stringify(wrong), "json")).error);
  }
});

test("a million nested brackets give one message, and the instance still answers", () => {
  const deep = (n) => `vocabulary wibbles "Wibbles".\ndefine wibble: ${"(".repeat(n)}wobble${")".repeat(n)}.\n`;
  for (const n of [65, 5000, 500_000, 1_000_000]) {
    const input = JSON.stringify({ pack: "x", files: { "x/a.pol": deep(n) } });
    const messages = JSON.parse(check(input)).packs[0].diagnostics;
    const errors = messages.filter((m) => m.severity === "error");
    assert.ok(errors.some((m) => ["B0002", "B0003", "B0004"].includes(m.code)), JSON.stringify(errors));
    assert.equal(errors.filter((m) => m.code !== "B0113").length, 1, JSON.stringify(errors));
  }
  const pack = "policies/bet-2018";
  same(pack, JSON.stringify({ pack, files }));
});

test("nothing that is no pack is an exception", () => {
  for (const input of ["", "{", "[]", '{"pack":1}', '{"pack":"x","files":{"x/a.pol":1}}', '{"pack":"x","files":{}}']) {
    assert.ok(JSON.parse(check(input)).error, input);
  }
});
