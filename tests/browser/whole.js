// All situations of every act that has no more than so many, asked of the evaluator in WASM and of the binary: the
// same bytes. `node whole.js MOST [PIECE]`, where a piece is one pack. `cargo xtask long wasm` runs it; BYELAW_SITUATIONS is the program that writes the questions.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { BYELAW, PACKS, ROOT, loaded, withoutLine } from "./native.js";

const [most, piece] = process.argv.slice(2);
const packs = piece === undefined ? PACKS : [PACKS[piece]];
const outcomes = {};
let asked = 0;

for (const pack of packs) {
  const policy = loaded(pack);
  const questions = spawn(process.env.BYELAW_SITUATIONS, [pack, most], { stdio: ["ignore", "pipe", "inherit"] });
  const binary = spawn(BYELAW, ["decide", pack], { cwd: ROOT, stdio: ["pipe", "pipe", "inherit"] });
  const ended = Promise.all([once(questions, "exit"), once(binary, "exit")]);
  const answers = createInterface({ input: binary.stdout })[Symbol.asyncIterator]();
  // A block at a time: what is written before it is read must not fill the pipe.
  let block = [];
  const ask = async () => {
    binary.stdin.write(`${block.join("\n")}\n`);
    for (const question of block) {
      const native = withoutLine((await answers.next()).value);
      assert.equal(policy.decide(question), native, question);
      const { outcome } = JSON.parse(native);
      outcomes[outcome ?? "error"] = (outcomes[outcome ?? "error"] ?? 0) + 1;
    }
    asked += block.length;
    block = [];
  };
  for await (const line of createInterface({ input: questions.stdout })) {
    block.push(line);
    if (block.length === 256) await ask();
  }
  if (block.length > 0) await ask();
  binary.stdin.end();
  const [[wrote], [answered]] = await ended;
  assert.equal(wrote, 0);
  // 2 where some of the situations cannot be.
  assert.ok(answered === 0 || answered === 2, `the binary ended with ${answered}`);
}
assert.ok(asked > 0);
console.log(`counted: ${asked} questions to WASM and to the binary, ${JSON.stringify(outcomes)}`);
