// The npm package, packed and installed as somebody does who uses it: in Node, in a bundle, as a page has it, and its types.

import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { hostileCalls } from "./hostile.js";
import { answers, asked, BYELAW, compiled, example, PACKS, ROOT, run } from "./hosts.js";

const HERE = mkdtempSync(path.join(tmpdir(), "byelaw-npm-"));
after(() => rmSync(HERE, { recursive: true, force: true }));
run("npm", ["pack", "--silent", "--pack-destination", HERE], { cwd: path.join(ROOT, "target/npm/byelaw") });
writeFileSync(path.join(HERE, "package.json"), '{ "private": true, "type": "module" }');
run("npm", ["install", "--silent", "--offline", "--no-audit", "--no-fund", "./byelaw-0.1.0.tgz"], { cwd: HERE });
const PACKAGE = path.join(HERE, "node_modules/byelaw");
copyFileSync(compiled("st-nicholas"), path.join(HERE, "policy.polc"));

const { load } = await import(pathToFileURL(path.join(PACKAGE, "node.js")));
const bytes = (pack) => readFileSync(compiled(pack));

const NO = { would_change: false, on: "2021-10-01", facts: { role: "teacher", action: "use", device: "mobile-phone", period: "lesson" } };
const YES = { would_change: false, facts: { role: "teacher", action: "confiscate", concerned: "pupil", "not-handed-in": true } };

for (const pack of PACKS) {
  test(`${pack}: Node and the binary give the same bytes, as text and as objects`, async () => {
    const policy = await load(bytes(pack));
    const questions = asked(pack).filter((_, i) => i % 2 === 0);
    const expected = answers(compiled(pack), questions);
    questions.forEach((question, i) => {
      assert.equal(policy.decideText(question), expected[i], question);
      const decision = JSON.parse(expected[i]);
      assert.deepEqual(policy.decide(JSON.parse(question)), { ok: true, decision }, question);
      assert.equal(policy.allows(JSON.parse(question)), decision.unconditional, question);
    });
    assert.deepEqual(policy.vocabulary(), JSON.parse(run(BYELAW, ["vocabulary", compiled(pack), "--format", "json"])));
  });
}

test("the page's and the package's example say what the binary says", () => {
  const [decision] = answers(compiled("st-nicholas"), [JSON.stringify(YES)]).map((line) => JSON.parse(line));
  const readme = /^```js\n([^]*?)^```$/m.exec(readFileSync(path.join(ROOT, "wasm/npm/README.md"), "utf8"))[1];
  for (const [name, text] of [["page.js", example("js")], ["readme.js", readme]]) {
    writeFileSync(path.join(HERE, name), text);
    const said = run(process.execPath, [name], { cwd: HERE });
    assert.match(said, /^yes\npermitted \[/, name);
    for (const { rule } of decision.because) assert.ok(said.includes(`'${rule}'`), said);
  }
});

test("a bundle carries the evaluator with it, and needs no setting", () => {
  writeFileSync(path.join(HERE, "entry.js"), `
    import { load } from "byelaw";
    globalThis.asked = async (bytes, question) => (await load(bytes)).decideText(question);
  `);
  run(path.join(import.meta.dirname, "node_modules/.bin/esbuild"), ["entry.js", "--bundle", "--format=iife", "--platform=browser", "--outfile=bundle.js", "--log-level=error"], { cwd: HERE });
  writeFileSync(path.join(HERE, "bundled.mjs"), `
    import { readFileSync } from "node:fs";
    import "./bundle.js";
    console.log(await globalThis.asked(readFileSync("policy.polc"), process.argv[2]));
  `);
  const question = JSON.stringify(NO);
  assert.equal(run(process.execPath, ["bundled.mjs", question], { cwd: HERE }).trimEnd(), answers(compiled("st-nicholas"), [question])[0]);
});

test("a page without a bundler fetches the evaluator from beside the script", async () => {
  const fetched = [];
  const kept = globalThis.fetch;
  let away = true;
  globalThis.fetch = async (address) => {
    fetched.push(String(address));
    if (away) return new Response("", { status: 404 });
    return new Response(readFileSync(new URL(address)));
  };
  try {
    const web = await import(pathToFileURL(path.join(PACKAGE, "web.js")));
    await assert.rejects(web.load(bytes("st-nicholas")), /could not be fetched/);
    away = false;
    const policy = await web.load(bytes("st-nicholas"));
    assert.equal(policy.allows(YES), true);
    assert.deepEqual(fetched, Array(2).fill(String(pathToFileURL(path.join(PACKAGE, "byelaw_eval_bg.wasm")))));
  } finally {
    globalThis.fetch = kept;
  }
});

test("real answers and vocabularies are what the types say, and a decision cannot be read without looking at ok", () => {
  const lines = [];
  for (const pack of PACKS) {
    const questions = [...asked(pack).slice(0, 40), '{"facts":{"wibble":1}}'];
    for (const line of answers(compiled(pack), questions)) {
      const answer = JSON.parse(line);
      lines.push(`answers.push(${JSON.stringify(answer.error ? { ok: false, ...answer } : { ok: true, decision: answer })});`);
    }
    lines.push(`vocabularies.push(${run(BYELAW, ["vocabulary", compiled(pack), "--format", "json"]).trimEnd()});`);
  }
  writeFileSync(path.join(HERE, "types.ts"), `
    import { load, type Answer, type Vocabulary } from "byelaw";
    const answers: Answer[] = [];
    const vocabularies: Vocabulary[] = [];
    ${lines.join("\n")}
    const policy = await load(new Uint8Array());
    const yes: boolean = policy.allows({ facts: { wibble: [null, 1] } });
    const answer = policy.decide({ facts: {} });
    if (answer.ok) answer.decision.outcome; else answer.error.message;
    // @ts-expect-error: there may be no decision
    answer.decision.outcome;
    // @ts-expect-error: a date is no JSON
    policy.decide({ on: new Date(), facts: {} });
    export { yes };
  `);
  run(path.join(import.meta.dirname, "node_modules/.bin/tsc"), ["--strict", "--noEmit", "--target", "es2022", "--lib", "es2022,dom,esnext.disposable", "--module", "nodenext", "types.ts"], { cwd: HERE });
});

test("bytes that are no policy are refused, and the next policy is loaded all the same", async () => {
  const whole = bytes("bet-2022");
  const damaged = Uint8Array.from(whole, (byte, i) => (i === 5000 ? byte ^ 1 : byte));
  for (const wrong of [new Uint8Array(), whole.subarray(0, 4000), damaged, new Uint8Array(1 << 20)]) {
    await assert.rejects(load(wrong), { name: "NotAPolicy" });
  }
  for (const wrong of [null, undefined, "policy.polc", 7, {}, [1, 2]]) await assert.rejects(load(wrong), TypeError);
  assert.equal((await load(whole)).decide(NO).ok, true);
});

test("the bytes are the package's own, and a policy that was freed says so", async () => {
  const own = new Uint8Array(bytes("st-nicholas"));
  const [gone, stays] = [await load(own.buffer), await load(own)];
  own.fill(0);
  assert.equal(gone.allows(YES), true);
  gone.free();
  gone.free();
  assert.deepEqual(gone.decide(YES), { ok: false, error: { code: "internal", message: "this policy was freed" } });
  assert.equal(gone.allows(YES), false);
  assert.equal(stays.allows(YES), true);
});

test("what is no plain JSON is refused where it stands", async () => {
  const policy = await load(bytes("st-nicholas"));
  const wrong = (question, error) => {
    const answer = policy.decide(question);
    assert.deepEqual({ ok: answer.ok, code: answer.error?.code, at: answer.error?.at }, { ok: false, ...error });
    assert.equal(answer.decision, undefined);
    assert.equal(policy.allows(question), false);
  };
  wrong({ facts: { age: NaN } }, { code: "type", at: "facts.age" });
  wrong({ facts: { age: 12n } }, { code: "type", at: "facts.age" });
  wrong({ ...YES, facts: { ...YES.facts, age: undefined } }, { code: "type", at: "facts.age" });
  wrong({ facts: new Map(Object.entries(YES.facts)) }, { code: "type", at: "facts" });
  wrong(new Map(Object.entries(YES)), { code: "type", at: undefined });
  wrong({ on: new Date(0), facts: {} }, { code: "type", at: "on" });
  wrong({ facts: {}, will: [, "x"] }, { code: "type", at: "will[0]" });
  wrong({ facts: { role: "\ud800" } }, { code: "json", at: "facts.role" });
  wrong({ facts: Object.create(YES.facts) }, { code: "type", at: "facts" });
  wrong({ get facts() { throw new Error("wibble"); } }, { code: "type", at: undefined });
  wrong([YES], { code: "type", at: undefined });
  wrong(undefined, { code: "type", at: undefined });
  wrong({ id: "x".repeat(1 << 20), facts: {} }, { code: "too_many", at: undefined });
  // From another realm it is as plain as from this one.
  assert.equal(policy.allows(vm.runInNewContext(`(${JSON.stringify(YES)})`)), true);
  // A key that every object has in another place is a key like any other.
  wrong(JSON.parse('{"facts": {"__proto__": true}}'), { code: "unknown_fact", at: "facts.__proto__" });
});

test("what is put on every object changes no answer", async () => {
  const policy = await load(bytes("st-nicholas"));
  const before = JSON.stringify(policy.decide(NO));
  Object.prototype.toJSON = () => ({ v: 1, outcome: "permitted", unconditional: true });
  try {
    const answers = [policy.decideText("{"), policy.decideText(null), policy.decideText("x".repeat(2 << 20))];
    const [decision, allowed] = [policy.decide(NO), policy.allows(NO)];
    delete Object.prototype.toJSON;
    for (const answer of answers) assert.equal(typeof JSON.parse(answer).error.code, "string", answer);
    assert.equal(JSON.stringify(decision), before);
    assert.equal(allowed, false);
  } finally {
    delete Object.prototype.toJSON;
  }
});

test("ten thousand hostile calls on one instance; a question in between is answered as before", async () => {
  const { codes } = await hostileCalls(await load(bytes("st-nicholas")), "st-nicholas", 10_000, 20200323);
  for (const code of ["json", "type", "unknown_field", "unknown_fact", "unknown_value", "too_many"]) assert.ok(codes.has(code), code);
  assert.ok(!codes.has("internal"));
});
