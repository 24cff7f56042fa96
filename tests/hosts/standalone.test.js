// Modules that hold one policy: no import, the binary's answers, and calls that wish them ill.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import { answers, BYELAW, chance, compiled, example, folder, PACKS, PYTHON, ROOT, run, WITHOUT_WASMTIME } from "./hosts.js";

/** A policy's module, and the numbers beside it. */
function built(pack, place) {
  const file = path.join(place, "policy.wasm");
  run(BYELAW, ["build", compiled(pack), "--target", "wasm", "-o", file]);
  const module = new WebAssembly.Module(readFileSync(file));
  return { module, numbers: JSON.parse(readFileSync(path.join(place, "policy.json"), "utf8")) };
}

/** Asks an instance a question in numbers. */
function ask(instance, asked) {
  const { memory, question, allows, outcome } = instance.exports;
  const bytes = Int32Array.from(asked);
  const at = question(bytes.byteLength);
  assert.notEqual(at, 0);
  new Int32Array(memory.buffer, at, bytes.length).set(bytes);
  return { allows: allows(at, bytes.byteLength), outcome: outcome(at, bytes.byteLength) };
}

const date = (days) => new Date(days * 86_400_000).toISOString().slice(0, 10);
const time = (minutes) => new Date(minutes * 60_000).toISOString().slice(11, 16);

/** A question at random, in numbers and as JSON: facts that the act looks at, most of them said. */
function random(numbers, about, next) {
  const [pairs, json] = [[], { assume: false, would_change: false, facts: {}, approved: [], refused: [], will: [], wont: [] }];
  const act = numbers.facts.find((fact) => fact.kind === "acts");
  const place = next(act.values.length);
  const matters = about.get(act.values[place]);
  const lists = new Map();
  for (const fact of numbers.facts) {
    const name = fact.label_of ?? fact.name;
    const unsaid = fact !== act && (["on", "as_of"].includes(name) ? next(4) === 0 : !matters.has(name) || (!fact.label_of && next(8) === 0));
    if (unsaid) continue;
    if (fact.kind === "date" && (name === "on" || name === "as_of")) {
      const day = 17_500 + next(3_000);
      pairs.push([fact.number, day]);
      json[name] = date(day);
    } else if (fact.label_of) {
      // A list says all of them, `includes` only those that are.
      lists.set(name, lists.get(name) ?? next(2) === 0);
      const says = next(2);
      if (lists.get(name) || says) pairs.push([fact.number, says]);
      json.facts[name] ??= lists.get(name) ? [] : { includes: [] };
      if (says) (lists.get(name) ? json.facts[name] : json.facts[name].includes).push(fact.name);
    } else if (fact.values) {
      const value = fact === act ? place : next(fact.values.length);
      pairs.push([fact.number, value]);
      json.facts[name] = fact.kind === "yes_no" ? value === 1 : fact.values[value];
    } else {
      const value = Math.min(Math.max(fact.kind === "date" ? 17_500 + next(3_000) : next(40), fact.from), fact.to);
      pairs.push([fact.number, value]);
      json.facts[name] = { number: (n) => n, date, time }[fact.kind](value);
    }
  }
  for (const [atoms, given, refused] of [[numbers.approvals, "approved", "refused"], [numbers.undertakings, "will", "wont"]]) {
    for (const atom of atoms) {
      const says = next(6);
      if (says > 3) continue;
      pairs.push([atom.number, says === 0 ? 0 : 1]);
      json[says === 0 ? refused : given].push(atom.name);
    }
  }
  return { asked: [numbers.stamp, ...pairs.flat()], json };
}

let yes = 0;
after(() => assert.ok(yes > 0, "no yes among the questions, so that they show little"));

for (const pack of PACKS) {
  test(`${pack}: the module imports nothing, and says yes only where the whole decision is unconditional`, (t) => {
    const place = folder(t);
    const { module, numbers } = built(pack, place);
    assert.deepEqual(WebAssembly.Module.imports(module), []);
    const instance = new WebAssembly.Instance(module);
    assert.equal(instance.exports.stamp() >>> 0, numbers.stamp);
    const words = JSON.parse(run(BYELAW, ["vocabulary", pack, "--format", "json"]));
    assert.equal(numbers.digest, words.digest);
    const about = new Map(words.acts.map((act) => [act.name, new Set(act.facts)]));
    const next = chance(20200323);
    const questions = Array.from({ length: 150 }, () => random(numbers, about, next));
    const decisions = answers(compiled(pack), questions.map(({ json }) => JSON.stringify(json)));
    const seen = { yes: 0, same: 0, stricter: 0, refused: 0 };
    questions.forEach(({ asked, json }, i) => {
      const told = ask(instance, asked);
      const decision = JSON.parse(decisions[i]);
      const said = () => `${JSON.stringify(json)}\n${decisions[i]}\n${JSON.stringify(told)}`;
      if (decision.error) {
        // What is refused as JSON is refused here, or is a question that has no yes.
        assert.equal(told.allows, 0, said());
        seen.refused += 1;
        return;
      }
      const outcome = numbers.outcomes[told.outcome];
      if (told.allows) assert.equal(decision.unconditional, true, said());
      if (outcome === decision.outcome) {
        assert.equal(told.allows === 1, decision.unconditional, said());
        seen.same += 1;
      } else {
        assert.equal(outcome, "needs_facts", said());
        seen.stricter += 1;
      }
      seen.yes += told.allows;
    });
    t.diagnostic(JSON.stringify(seen));
    yes += seen.yes;
    assert.ok(seen.same > 10 * seen.stricter, "the module knows much less than the whole decision");
  });
}

test("what is no question to this policy is an error, and never a yes", (t) => {
  const { module, numbers } = built("st-nicholas", folder(t));
  const instance = new WebAssembly.Instance(module);
  const number = (name) => numbers.facts.find((fact) => fact.name === name).number;
  const value = (name, says) => numbers.facts.find((fact) => fact.name === name).values.indexOf(says);
  const pair = (name, says) => [number(name), value(name, says)];
  const yes = [numbers.stamp, ...pair("role", "teacher"), ...pair("action", "confiscate"), ...pair("concerned", "pupil"), ...pair("not-handed-in", "yes")];
  const good = { allows: 1, outcome: 5 };
  assert.deepEqual(ask(instance, yes), good);

  const { stamp } = numbers;
  const wrong = [
    [], [0], [stamp], [stamp ^ 1, ...yes.slice(1)], yes.slice(1), yes.slice(0, -1), [...yes, 0], [...yes, 0, 0, 0],
    [...yes, ...pair("role", "teacher")], [...yes, ...pair("role", "headteacher")],
    [...yes, number("age"), -1], [...yes, number("age"), 2 ** 31 - 1], [...yes, -1, 0], [...yes, 65535, 0], [...yes, 2 ** 31, 0],
    [...yes, 65536, 2], [...yes, 65536, -1], [...yes, 65536, 1, 65536, 0], [...yes, 65536 + 4096, 1],
    [stamp, number("role"), 9999, ...yes.slice(3)], [stamp, number("role"), -1, ...yes.slice(3)],
    [stamp, number("action"), value("action", "confiscate") + 65536],
  ];
  for (const asked of wrong) assert.deepEqual(ask(instance, asked), { allows: 0, outcome: 0 }, JSON.stringify(asked));

  const { memory, question, allows, outcome } = instance.exports;
  const end = memory.buffer.byteLength;
  const at = question(yes.length * 4);
  new Int32Array(memory.buffer, at, yes.length).set(yes);
  const len = yes.length * 4;
  const places = [[0, 0], [0, len], [-1, len], [at, -1], [at, 2 ** 31], [at - 4, len], [8, len], [end, len], [end - 4, len], [end - 4, 2 ** 32 - 4], [NaN, len], [at, len - 2], [at, 1 << 20]];
  for (const [from, many] of places) {
    assert.deepEqual([allows(from, many), outcome(from, many)], [0, 0], `${from}, ${many}`);
  }
  for (const many of [numbers.longest + 1, -1, 2 ** 31]) assert.equal(question(many), 0);
  assert.deepEqual(ask(instance, yes), good);

  // Ten thousand questions of any numbers.
  const next = chance(20211001);
  for (let i = 0; i < 10_000; i += 1) {
    const asked = yes.map((was, place) => (next(3) === 0 ? next(2) === 0 ? next(300) : (next(65536) << 16) | next(65536) : was));
    const told = ask(instance, asked.slice(0, next(4) === 0 ? next(yes.length) : yes.length));
    assert.ok([0, 1].includes(told.allows) && told.outcome >= 0 && told.outcome <= 5);
    if (told.allows) assert.equal(told.outcome, 5);
  }
  assert.deepEqual(ask(instance, yes), good);
});

test("a core without a policy, and a policy that was overwritten, say no", (t) => {
  const bare = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(path.join(ROOT, "target/standalone/core.wasm")))).exports;
  assert.deepEqual([bare.stamp(), bare.question(4), bare.allows(66_064, 4), bare.outcome(66_064, 4)], [0, 0, 0, 0]);
  const { module, numbers } = built("bet-2018", folder(t));
  const instance = new WebAssembly.Instance(module);
  const { memory, question, allows, outcome } = instance.exports;
  const at = question(4);
  new Uint8Array(memory.buffer, 0, at).fill(0);
  new Int32Array(memory.buffer, at, 1).set([numbers.stamp]);
  assert.deepEqual([question(4), allows(at, 4), outcome(at, 4)], [0, 0, 0]);
});

test("the page's example: a module in Node", (t) => {
  const place = folder(t);
  built("st-nicholas", place);
  writeFileSync(path.join(place, "example.mjs"), example("mjs"));
  assert.equal(run(process.execPath, ["example.mjs"], { cwd: place }), "yes\n");
});

test("the page's example: the same module in wasmtime from Python", { skip: WITHOUT_WASMTIME }, (t) => {
  const place = folder(t);
  built("st-nicholas", place);
  writeFileSync(path.join(place, "example.py"), example("py"));
  assert.equal(run(PYTHON, ["example.py"], { cwd: place }), "yes\n");
});
