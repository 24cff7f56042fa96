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
