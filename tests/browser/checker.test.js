// The compiler in WASM: the same messages and the same compiled policy as the binary, byte for byte; and an input that
// would exhaust a stack gives one message, after which the same instance still answers.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const ROOT = new URL("../..", import.meta.url).pathname;
const BYELAW = process.env.BYELAW_BIN ?? join(ROOT, "target/release/byelaw");
const { check, compile } = createRequire(import.meta.url)(join(ROOT, "target/node/byelaw_checker.js"));

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
