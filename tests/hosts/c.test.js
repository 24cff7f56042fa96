// The C library: the page's example, calls that wish it ill, and the same bytes as the binary.

import assert from "node:assert/strict";
import { copyFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { answers, asked, BUILT, compiled, example, folder, SOME, ROOT, run } from "./hosts.js";

const STRICT = ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I", path.join(ROOT, "crates/byelaw-c/include")];

/** Compiles a program against the shared or the static library; the answer is where it lies. */
function built(place, source, libraries) {
  const program = path.join(place, "program");
  run("cc", [...STRICT, source, ...libraries, "-o", program]);
  return program;
}

const shared = [path.join(BUILT, "libbyelaw_c.so"), `-Wl,-rpath,${BUILT}`];
const archive = [path.join(BUILT, "libbyelaw_c.a"), "-lpthread", "-ldl", "-lm"];

test("the page's example in C says what the binary says", (t) => {
  const place = folder(t);
  const source = path.join(place, "example.c");
  writeFileSync(source, example("c"));
  const program = built(place, source, shared);
  const policy = compiled("st-nicholas");
  copyFileSync(policy, path.join(place, "policy.polc"));
  const question = { facts: { role: "teacher", action: "confiscate", concerned: "pupil", "not-handed-in": true } };
  const [expected] = answers(policy, [JSON.stringify(question)]);
  assert.equal(JSON.parse(expected).unconditional, true, "the example shows a yes");
  assert.equal(run(program, [], { cwd: place }), `yes\n${expected}\n`);
  // Without a policy the same program is told no, and why.
  const elsewhere = folder(t);
  const [no, error] = run(program, [], { cwd: elsewhere }).trimEnd().split("\n");
  assert.equal(no, "no");
  assert.match(JSON.parse(error).error.message, /there is no policy/);
});

test("null pointers, impossible lengths, damaged policies and broken questions are errors", (t) => {
  const place = folder(t);
  const program = built(place, path.join(import.meta.dirname, "hostile.c"), archive);
  const yes = JSON.stringify({ facts: { role: "teacher", action: "confiscate", concerned: "pupil", "not-handed-in": true } });
  const said = run(program, [compiled("st-nicholas"), yes]);
  assert.match(said, /^[1-9][0-9]* calls, 0 wrong\n$/);
});

for (const pack of SOME) {
  test(`${pack}: the C library and the binary give the same bytes`, (t) => {
    const place = folder(t);
    const program = built(place, path.join(import.meta.dirname, "lines.c"), shared);
    const questions = [...asked(pack), "", "{", '{"facts":{"wibble":1}}'];
    const policy = compiled(pack);
    const expected = answers(policy, questions.slice(0, -3)).concat([null, null, null]);
    const said = run(program, [policy], { input: `${questions.join("\n")}\n` }).trimEnd().split("\n");
    assert.equal(said.length, questions.length);
    said.forEach((line, i) => {
      const [allowed, answer] = [line.slice(0, 1), line.slice(2)];
      if (expected[i] !== null) assert.equal(answer, expected[i], questions[i]);
      assert.equal(allowed === "y", JSON.parse(answer).unconditional === true, questions[i]);
    });
  });
}
