// What every test of a door needs: the binary and what it compiles, questions with their answers, and the examples of
// the page for integrators.
//
// BYELAW_BIN: the binary, by default the one under `target/debug`; the C library lies beside it. BYELAW_PYTHON: a Python
// that has wasmtime, by default the one under `target/python`. What is missing fails by name; only where
// BYELAW_WITHOUT_WASMTIME is set, the examples in wasmtime are skipped.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname, "../..");
export const BYELAW = process.env.BYELAW_BIN ?? path.join(ROOT, "target/debug/byelaw");
export const WITHOUT_WASMTIME = process.env.BYELAW_WITHOUT_WASMTIME ? "there is no wasmtime for Python here" : false;
export const PYTHON = process.env.BYELAW_PYTHON ?? path.join(ROOT, "target/python/bin/python");
export const BUILT = path.dirname(BYELAW);
export const PACKS = ["st-nicholas", "beckfoot", "bet-2018", "bet-2022"];

/** For doors to the library that others are held to on all packs. */
export const SOME = PACKS.slice(0, 2);

/** Runs a program to its end; anything but success fails with what it said. */
export function run(program, words, options = {}) {
  const ended = spawnSync(program, words, { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28, ...options });
  assert.equal(ended.error, undefined, `${program} could not be started: ${ended.error}`);
  assert.equal(ended.status, 0, `${program} ${words.join(" ")}\n${ended.stdout}\n${ended.stderr}`);
  return ended.stdout;
}

/** A row of numbers that look random and are the same each time, so that a failure can be repeated. */
export function chance(seed) {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

/** Builds the Python wheel and installs it in a folder, as somebody does who uses it: what Python is to be started with. */
export function wheelIn(place) {
  const wheel = run(PYTHON, [path.join(ROOT, "python/wheel.py"), path.join(BUILT, "libbyelaw_c.so"), "0.1.0", place]).trimEnd();
  const installed = path.join(place, "installed");
  run(PYTHON, ["-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", installed, wheel]);
  return { env: { ...process.env, PYTHONPATH: installed } };
}

/** A folder of one test's own, gone when the test is done. */
export function folder(test) {
  const made = mkdtempSync(path.join(tmpdir(), "byelaw-hosts-"));
  test.after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const polcs = mkdtempSync(path.join(tmpdir(), "byelaw-polc-"));
process.on("exit", () => rmSync(polcs, { recursive: true, force: true }));

/** A pack as the binary compiles it, in a file that all tests share. */
export function compiled(pack) {
  const file = path.join(polcs, `${pack}.polc`);
  if (!existsSync(file)) run(BYELAW, ["build", pack, "-o", file]);
  return file;
}

/** The questions whose answers are asserted elsewhere, as texts. What would change an answer takes long to find; a few ask for it. */
export const asked = (pack) =>
  readdirSync(path.join(ROOT, "tests/decisions"))
    .flatMap((name) => readFileSync(path.join(ROOT, "tests/decisions", name), "utf8").split("\n"))
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line))
    .filter((line) => line.pack === pack)
    .map((line, i) => JSON.stringify({ ...line.question, would_change: i % 40 === 0 }));

/** The binary's answers on a pack or a compiled one, without the line that it adds to an error. */
export function answers(pack, questions) {
  const ended = spawnSync(BYELAW, ["decide", pack], { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28, input: `${questions.join("\n")}\n` });
  assert.ok([0, 2].includes(ended.status), ended.stderr);
  const lines = ended.stdout.trimEnd().split("\n").map((line) => line.replace(/"line":\d+,/, ""));
  assert.equal(lines.length, questions.length);
  return lines;
}

/** The only block of the page for integrators that is of a language. */
export function example(language) {
  const text = readFileSync(path.join(ROOT, "docs/hosts.md"), "utf8");
  const blocks = [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].filter((block) => block[1] === language);
  assert.equal(blocks.length, 1, `docs/hosts.md has ${blocks.length} examples in ${language}`);
  return blocks[0][2];
}
