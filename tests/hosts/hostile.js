// Calls that mean no good, on one instance of the evaluator: values of every kind where a question, a field or a fact is
// expected. None is a yes, and a question in between is answered as before.
//
// `node hostile.js CALLS PIECE` makes so many calls, in the package under `target/npm`; the piece is the seed.
// `cargo xtask long hostile` runs it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { answers, chance, compiled, ROOT } from "./hosts.js";

const NO = { would_change: false, on: "2021-10-01", facts: { role: "teacher", action: "video-call", device: "mobile-phone", period: "lesson" } };

/** The codes of the errors that so many calls on a loaded policy came to. */
export async function hostileCalls(policy, pack, calls, seed) {
  const next = chance(seed);
  const cyclic = { facts: {} };
  cyclic.facts.role = cyclic;
  const nested = (n) => { let value = "x"; for (let i = 0; i < n; i += 1) value = i % 2 ? [value] : { facts: value }; return value; };
  const laughs = (n) => { let value = "x"; for (let i = 0; i < n; i += 1) value = Array(20).fill(value); return value; };
  const trap = new Proxy({}, { ownKeys() { throw new RangeError("wobble"); } });
  const endless = new Proxy([], { get: (_, key) => (key === "length" ? Infinity : 1) });
  const liar = new Proxy({}, { getPrototypeOf: () => null, ownKeys: () => ["facts"], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }), get: () => liar });
  const values = [undefined, null, true, 0, -0, NaN, Infinity, 1e308, 2 ** 53, 10n, "", "permitted", "\ud83d", "\0", Symbol("x"), () => "permitted", new Date(NaN), new Map([["a", 1]]), new Set([1]), /x/, new Error("x"), Promise.resolve(), new Uint8Array(99), new String("teacher"), new Boolean(true), Object.assign(Object.create(null), NO), Object.create({ outcome: "permitted" }), cyclic, nested(60), laughs(3), trap, endless, liar, { toJSON: () => NO }, { outcome: "permitted", unconditional: true, v: 1 }, { valueOf: () => NO }, [,], Array(1000).fill("teacher"), Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, i]))];
  const pick = (list) => list[next(list.length)];
  // What takes long to refuse comes seldom, so that there is time for the rest.
  const large = ["a".repeat(3 << 20), nested(5000), laughs(30)];
  const value = () => pick(next(100) === 0 ? large : values);
  const fields = ["id", "on", "as_of", "facts", "approved", "refused", "will", "wont", "assume", "would_change", "__proto__", "constructor", "toString", "outcome"];
  const facts = [...policy.vocabulary().facts.map((fact) => fact.name), "__proto__", "hasOwnProperty", "then"];
  // Spread, an own `__proto__` stays a key of its own. The act is known: to find out about all acts takes seconds.
  const own = (key, value) => Object.defineProperty({}, key, { value, enumerable: true });
  const texts = ["", "{", "[]", "null", '"', "{}".repeat(99), '{"facts":'.repeat(999), "\ufeff{}", '{"facts":{}}\0', '{"facts":{},"facts":{}}', '{"id":1e999,"facts":{}}', `{"facts":{"age":${"9".repeat(999)}}}`, '{"facts":{"role":"\\ud800"}}', "\ud800", '{"facts":{"role":"\u202e"}}', 'NaN'];
  const largeTexts = ["[".repeat(1 << 19), `{"id":"${"\\u0000".repeat(1 << 17)}","would_change":false,"facts":{"action":"use","role":"teacher"}}`];
  const text = () => pick(next(100) === 0 ? largeTexts : texts);
  const hostile = [
    () => policy.decide(value()),
    () => policy.decide({ ...NO, ...own(pick(fields), value()) }),
    () => policy.decide({ ...NO, facts: { ...NO.facts, ...own(pick(facts), value()) } }),
    () => policy.decide({ ...NO, [pick(fields)]: [value()] }),
    () => read(policy.decideText(text())),
    () => read(policy.decideText(value())),
  ];
  const read = (text) => {
    const answer = JSON.parse(text);
    return answer.error ? { ok: false, ...answer } : { ok: true, decision: answer };
  };
  const expected = answers(compiled(pack), [JSON.stringify(NO)])[0];
  const codes = new Set();
  const sane = (call) => assert.equal(policy.decideText(JSON.stringify(NO)), expected, `after call ${call}`);
  for (let call = 0; call < calls; call += 1) {
    const answer = pick(hostile)();
    if (answer.ok) {
      assert.equal(answer.decision.v, 1);
      assert.notEqual(answer.decision.unconditional, true, JSON.stringify(answer));
    } else {
      codes.add(answer.error.code);
      assert.equal(answer.decision, undefined);
    }
    if (call % 100 === 99) sane(call);
  }
  sane(calls);
  return { codes };
}

if (process.argv[1] === import.meta.filename) {
  const [calls, piece] = process.argv.slice(2).map(Number);
  const { load } = await import(pathToFileURL(path.join(ROOT, "target/npm/byelaw/node.js")));
  const { codes } = await hostileCalls(await load(readFileSync(compiled("st-nicholas"))), "st-nicholas", calls, 1_000_000 + piece);
  assert.ok(!codes.has("internal"));
  console.log(`counted: ${calls} hostile calls, with ${codes.size} kinds of errors`);
}
