// The Python wheel, installed as somebody does who uses it: the page's example, the binary's bytes, and what is no
// question.

import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { answers, asked, BYELAW, compiled, example, SOME, PYTHON, run, wheelIn } from "./hosts.js";

const HERE = mkdtempSync(path.join(tmpdir(), "byelaw-python-"));
after(() => rmSync(HERE, { recursive: true, force: true }));
const INSTALLED = wheelIn(HERE);

const python = (words, options) => run(PYTHON, words, { cwd: HERE, ...INSTALLED, ...options });
const YES = { facts: { role: "teacher", action: "confiscate", concerned: "pupil", "not-handed-in": true } };

test("the page's example in Python says what the binary says", () => {
  const policy = compiled("st-nicholas");
  copyFileSync(policy, path.join(HERE, "policy.polc"));
  writeFileSync(path.join(HERE, "example.py"), example("python"));
  const decision = JSON.parse(answers(policy, [JSON.stringify(YES)])[0]);
  const rules = decision.because.map(({ rule }) => `'${rule}'`).join(", ");
  assert.equal(python(["example.py"]), `yes\npermitted [${rules}]\n`);
});

for (const pack of SOME) {
  test(`${pack}: Python and the binary give the same bytes, as text and as dicts`, () => {
    const questions = asked(pack);
    const script = `
import byelaw, json, sys
policy = byelaw.Policy(open(sys.argv[1], "rb").read())
for line in sys.stdin.read().splitlines():
    text, question = policy.decide_json(line), json.loads(line)
    answer = policy.decide(question)
    assert json.loads(text) == answer, line
    assert policy.allows(question) is answer["unconditional"], line
    print(text)
vocabulary = policy.vocabulary()
print(vocabulary["digest"], len(vocabulary["facts"]))
`;
    const said = python(["-c", script, compiled(pack)], { input: `${questions.join("\n")}\n` }).trimEnd().split("\n");
    const words = JSON.parse(run(BYELAW, ["vocabulary", compiled(pack), "--format", "json"]));
    assert.equal(said.pop(), `${words.digest} ${words.facts.length}`);
    assert.deepEqual(said, answers(compiled(pack), questions));
  });
}

test("what is no policy raises, what is no question is an error, and neither is a yes", () => {
  const script = `
import byelaw, json, sys, threading
data, yes = open("policy.polc", "rb").read(), json.loads(sys.argv[1])
policy = byelaw.Policy(bytearray(data))
assert policy.allows(yes) is True

for wrong in (b"", data[:-1], data + b"x", data[:5000] + bytes([data[5000] ^ 1]) + data[5001:]):
    try:
        byelaw.Policy(wrong)
        raise SystemExit("taken for a policy")
    except byelaw.NotAPolicy as why:
        assert str(why)
for wrong in (None, "policy.polc", 7, []):
    try:
        byelaw.Policy(wrong)
        raise SystemExit("taken for bytes")
    except TypeError:
        pass

class Dict(dict): pass
class Int(int): pass
class Odd:
    def __iter__(self): raise RuntimeError("wibble")
around = {"facts": {}}
around["facts"]["role"] = around
deep = []
for _ in range(200): deep = [deep]
wide = [0]
for _ in range(30): wide = [wide, wide]

def refused(question, code, at=None):
    answer = policy.decide(question)
    assert answer.get("error", {}).get("code") == code and answer["error"].get("at") == at, (code, answer)
    assert "unconditional" not in answer and policy.allows(question) is False

def fact(value): return {**yes, "facts": {**yes["facts"], "age": value}}
refused(None, "type"); refused([yes], "type"); refused("{}", "type"); refused(b"{}", "type")
refused(Dict(yes), "type"); refused({**yes, 1: 2}, "type"); refused(fact({1: 2}), "type", "facts.age")
refused(fact(float("nan")), "type", "facts.age"); refused(fact(float("inf")), "type", "facts.age")
refused(fact(Int(3)), "type", "facts.age"); refused(fact({3}), "type", "facts.age"); refused(fact(Odd()), "type", "facts.age")
refused({**yes, "will": ["x", object()]}, "type", "will[1]")
refused(around, "json"); refused(fact(deep), "json"); refused(fact(wide), "too_many"); refused({"id": "x" * (1 << 20), **yes}, "too_many")
refused({"facts": {"wibble": True}}, "unknown_fact", "facts.wibble")
assert policy.decide(fact(10 ** 30))["error"] and policy.decide({"id": "\\ud800", **yes})["error"]
for text in ("", "{", "[]", "null", "\\ud800", "{}\\0", None, b"{}", 7, "x" * (2 << 20)):
    assert json.loads(policy.decide_json(text))["error"]["code"], text

# Threads share it, also while others make and drop their own.
wrong = []
def many():
    for _ in range(200):
        if policy.allows(yes) is not True or policy.allows({"facts": {}}) is not False: wrong.append(1)
    byelaw.Policy(data)
threads = [threading.Thread(target=many) for _ in range(4)]
[t.start() for t in threads]; [t.join() for t in threads]
assert not wrong
print("fine")
`;
  copyFileSync(compiled("st-nicholas"), path.join(HERE, "policy.polc"));
  assert.equal(python(["-c", script, JSON.stringify(YES)]), "fine\n");
});
