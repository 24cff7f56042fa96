// The evaluator as a module without glue: pointers and lengths, the binary's bytes, and what a trap leaves behind.

import assert from "node:assert/strict";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { answers, asked, compiled, example, folder, PYTHON, ROOT, run, SOME, WITHOUT_WASMTIME } from "./hosts.js";

const module = new WebAssembly.Module(readFileSync(path.join(ROOT, "target/standalone/byelaw.wasm")));
const YES = JSON.stringify({ would_change: false, facts: { role: "teacher", action: "confiscate", concerned: "pupil", "not-handed-in": true } });

/** A fresh instance, with what a host writes once for itself. */
function fresh() {
  const c = new WebAssembly.Instance(module).exports;
  /** Bytes put into the memory, for one call. */
  const lent = (bytes, call) => {
    const at = c.byelaw_bytes_new(bytes.length);
    assert.notEqual(at, 0);
    new Uint8Array(c.memory.buffer, at, bytes.length).set(bytes);
    const result = call(at, bytes.length);
    c.byelaw_bytes_free(at, bytes.length);
    return result;
  };
  const taken = (text) => {
    const said = new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array(c.memory.buffer, c.byelaw_text_data(text), c.byelaw_text_len(text)));
    c.byelaw_text_free(text);
    return said;
  };
  const utf8 = (text) => new TextEncoder().encode(text);
  return {
    c,
    load: (bytes) => lent(bytes, (at, len) => c.byelaw_load(at, len, 0)),
    allows: (policy, text) => lent(utf8(text), (at, len) => c.byelaw_allows(policy, at, len, 0)),
    decide: (policy, text) => lent(utf8(text), (at, len) => taken(c.byelaw_decide(policy, at, len))),
    vocabulary: (policy) => taken(c.byelaw_vocabulary(policy)),
  };
}

test("the module imports nothing, and exports the functions of the header and its memory", () => {
  assert.deepEqual(WebAssembly.Module.imports(module), []);
  const header = readFileSync(path.join(ROOT, "crates/byelaw-c/include/byelaw.h"), "utf8");
  const declared = [...header.matchAll(/\b(byelaw_\w+)\(/g)].map(([, name]) => name);
  const exported = WebAssembly.Module.exports(module).map(({ name }) => name).filter((name) => !name.startsWith("__"));
  assert.deepEqual(exported.sort(), [...new Set(declared), "memory"].sort());
});

for (const pack of SOME) {
  test(`${pack}: the module and the binary give the same bytes`, () => {
    const host = fresh();
    const policy = host.load(readFileSync(compiled(pack)));
    assert.notEqual(policy, 0);
    const questions = asked(pack);
    answers(compiled(pack), questions).forEach((expected, i) => {
      assert.equal(host.decide(policy, questions[i]), expected);
      assert.equal(host.allows(policy, questions[i]) === 1, JSON.parse(expected).unconditional, questions[i]);
    });
  });
}

test("null, damaged policies and broken questions are errors, and never a yes", () => {
  const host = fresh();
  const bytes = readFileSync(compiled("st-nicholas"));
  for (const wrong of [new Uint8Array(), bytes.subarray(1), bytes.subarray(0, -1)]) assert.equal(host.load(wrong), 0);
  assert.equal(host.c.byelaw_load(0, 8, 0), 0);
  assert.equal(host.c.byelaw_bytes_new(-1), 0);
  const policy = host.load(bytes);
  for (const wrong of ["", "{", YES.slice(0, -1), YES + "x", '{"facts":{"wibble":true}}']) {
    assert.equal(host.allows(policy, wrong), 0, wrong);
    assert.ok(JSON.parse(host.decide(policy, wrong)).error.code, wrong);
  }
  assert.equal(host.allows(0, YES), 0);
  assert.equal(JSON.parse(host.decide(0, YES)).error.code, "internal");
  assert.equal(host.c.byelaw_allows(policy, 0, 9, 0), 0);
  assert.equal(host.allows(policy, YES), 1);
});

test("a trap is an error of the engine, and a fresh instance answers as before", () => {
  const bytes = readFileSync(compiled("st-nicholas"));
  const expected = answers(compiled("st-nicholas"), [YES])[0];
  const broken = fresh();
  const policy = broken.load(bytes);
  // A question that lies outside of the memory, and one that lies in it to its last byte.
  const end = broken.c.memory.buffer.byteLength;
  for (const [at, len] of [[end - 2, 9], [end, 1], [-2, 9]]) {
    assert.throws(() => broken.c.byelaw_allows(policy, at, len, 0), WebAssembly.RuntimeError, `${at}, ${len}`);
  }
  const host = fresh();
  assert.equal(host.decide(host.load(bytes), YES), expected);
});

test("the page's example: the module in wasmtime from Python", { skip: WITHOUT_WASMTIME }, (t) => {
  const place = folder(t);
  copyFileSync(compiled("st-nicholas"), path.join(place, "policy.polc"));
  copyFileSync(path.join(ROOT, "target/standalone/byelaw.wasm"), path.join(place, "byelaw.wasm"));
  writeFileSync(path.join(place, "example.py"), example("python3"));
  assert.equal(run(PYTHON, ["example.py"], { cwd: place }), "yes\n");
});
