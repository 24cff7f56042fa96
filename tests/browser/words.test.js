// The plain parts of the page without a browser: addresses, the verdict in words, matching of what is typed.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import * as address from "../../wasm/web/address.js";
import * as facts from "../../wasm/web/facts.js";
import { matching } from "../../wasm/web/question.js";
import { verdict } from "../../wasm/web/verdict.js";
import { Vocabulary } from "../../wasm/web/vocabulary.js";

const vocabulary = new Vocabulary({
  pack: "p", title: "P", silence: { means: "ask", ask_whom: "wug" },
  facts: [
    { name: "deed", kind: "acts" },
    { name: "who", kind: "one_of", subject: true, values: [{ name: "wug", label: "a wug" }, { name: "blick" }], groups: [{ name: "all", members: ["wug", "blick"] }] },
    { name: "on", kind: "yes_no" }, { name: "size", kind: "number", unit: "spans" }, { name: "marks", kind: "some_of", values: [{ name: "dot" }, { name: "dash" }] },
  ],
  acts: [{ name: "glorp", label: "glorp it" }],
  approvals: [{ name: "boss", label: "the boss’s leave" }],
  undertakings: [{ name: "tidy", label: "tidy up" }],
});
const base = { v: 1, unconditional: false, exact: true, ways: [], approvals: [], provided: [], duties: [], assumed: [], needs: [], open: [], possible: [], because: [], notes: [] };

test("an address says the same after it is read and written", () => {
  for (const search of ["?", "?pack=p", "?pack=p&deed=glorp&who=wug&size=4", "?deed=glorp&fact_on=yes&on=2020-05-01T10:00", "?marks=dot,dash&approved=boss,other&wont=tidy&more=yes&change=who"]) {
    assert.equal(address.write(address.parse(search)), search);
  }
});

test("a fact called like a word of the page keeps apart from it", () => {
  const state = address.parse("?fact_on=yes&on=2020-05-01");
  assert.equal(state.on, "2020-05-01");
  assert.equal(state.facts.get("on"), "yes");
});

test("the question has what the address states", () => {
  const question = facts.questionOf(address.parse("?deed=glorp&who=not_known&size=4&marks=none_of_these&fact_on=no&on=2020-05-01&approved=boss"), vocabulary);
  assert.deepEqual(question, {
    on: "2020-05-01", facts: { deed: "glorp", who: null, size: 4, marks: [], on: false }, approved: ["boss"], refused: [], will: [], wont: [], assume: true,
  });
  assert.equal("on" in facts.questionOf(address.parse("?on=not_known"), vocabulary), false);
  assert.match(facts.questionOf(address.parse("?"), vocabulary).on, /^\d{4}-\d{2}-\d{2}$/);
});

test("what cannot be read is passed on as written", () => {
  assert.deepEqual(facts.questionOf(address.parse("?size=big&fact_on=maybe&on=x"), vocabulary).facts, { size: "big", on: "maybe" });
});

test("what is stated or not known is not asked, a group is asked once more", () => {
  const left = (search) => facts.askable({ needs: ["who", "size", "nonsense"] }, address.parse(search), vocabulary);
  assert.deepEqual(left("?"), ["who", "size"]);
  assert.deepEqual(left("?who=wug&size=not_known"), []);
  assert.deepEqual(left("?who=all&size=3"), ["who"]);
  assert.deepEqual(left("?who=all&size=3&skip=who"), []);
});

test("only the outcome permitted is ever a yes", () => {
  const outcomes = ["needs_approval", "forbidden", "not_covered", "needs_facts", "allowed", "PERMITTED", "", undefined, null, true, 1];
  for (const outcome of outcomes) {
    for (const extra of [{}, { unconditional: true }, { ways: [{ approvals: [], provided: [] }] }, { by_silence: { means: "allowed" } }, { by_silence: { means: "forbidden" } }]) {
      const said = verdict({ ...base, ...extra, outcome }, vocabulary);
      assert.doesNotMatch(said.heading, /^yes/i, `${outcome}`);
      assert.doesNotMatch(said.kind, /yes/, `${outcome}`);
    }
  }
  assert.equal(verdict({ error: { message: "x" }, outcome: "permitted" }, vocabulary).heading, "No answer");
  assert.equal(verdict({ ...base, outcome: "permitted", unconditional: true, exact: false }, vocabulary).heading, "No answer");
});

test("a bare Yes is only for what holds without condition", () => {
  const yes = (extra) => verdict({ ...base, outcome: "permitted", ...extra }, vocabulary).heading;
  assert.equal(yes({ unconditional: true, ways: [{ approvals: [], provided: [] }] }), "Yes");
  assert.equal(yes({ ways: [{ approvals: [], provided: ["tidy"] }], provided: [{ name: "tidy", text: "tidy up" }] }), "Yes, if you tidy up");
  assert.equal(yes({ provided: [{ name: "tidy" }] }), "Yes, if you tidy up");
  assert.notEqual(yes({ assumed: [{ fact: "on", value: false }] }), "Yes");
  assert.notEqual(yes({ open: [{ name: "size" }] }), "Yes");
  assert.notEqual(yes({}), "Yes");
});

test("the other verdicts name who and what", () => {
  const heading = (extra) => verdict({ ...base, ...extra }, vocabulary).heading;
  assert.equal(heading({ outcome: "needs_approval", ways: [{ approvals: ["boss"], provided: [] }] }), "You need the boss’s leave");
  assert.equal(heading({ outcome: "not_covered", by_silence: { means: "ask", ask_whom: "wug" } }), "The policy does not say: ask the wug");
  assert.equal(heading({ outcome: "needs_facts", needs: ["on", "size"] }), "It depends on the date and size");
});

test("typed words find choices by their beginnings, else the nearest", () => {
  const texts = ["ring someone phone", "take a photograph picture", "send a text"];
  assert.deepEqual([...matching("photo", texts).found], [1]);
  assert.deepEqual([...matching("can I ring my aunt", texts).found], [0]);
  assert.equal(matching("ring aunt", texts).whole, false);
  assert.deepEqual([...matching("taking pictures", texts).found], [1]);
  assert.equal(matching("", texts).found.size, 3);
  assert.equal(matching("zzz", texts).found.size, 0);
});

test("an approval does not outlive the act it was given for", () => {
  const changed = (search, name, value) => address.write(address.stating(address.parse(search), name, value));
  assert.equal(changed("?who=wug&approved=boss&will=tidy&change=who", "who", "blick"), "?who=blick&will=tidy");
  assert.equal(changed("?who=wug&approved=boss&change=who", "who", "wug"), "?who=wug&approved=boss");
  assert.equal(changed("?who=not_known&approved=boss&change=who", "who", "wug"), "?who=wug&approved=boss");
  assert.equal(changed("?who=all&approved=boss", "who", "wug"), "?who=wug&approved=boss");
  assert.equal(address.write(address.onDay(address.parse("?who=wug&approved=boss&on=2020-05-01&change=on"), "2020-05-02")), "?who=wug&on=2020-05-02");
});

/** The files in a folder and within its folders. */
const filesIn = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll("//", "/").slice(folder.pathname.length));

test("no line of the page makes markup or code out of text", () => {
  const folder = new URL("../../wasm/web/", import.meta.url);
  for (const name of filesIn(folder).filter((each) => /\.(js|html)$/.test(each))) {
    const text = readFileSync(new URL(name, folder), "utf8");
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|style="|\son\w+="/, name);
    assert.doesNotMatch(text.replaceAll("http://www.w3.org/", ""), /https?:\/\//, `${name} names another origin`);
  }
});

test("no word of a policy's own stands in the code that reads words", () => {
  const folder = new URL("../../wasm/web/words/", import.meta.url);
  // What a policy calls its things and no general list of English needs: its labels for devices, people, accounts and acts.
  const own = ["phone", "mobile", "pupil", "student", "teacher", "school", "parent", "photo", "lesson", "laptop", "whatsapp", "facebook", "email", "trip"];
  for (const name of readdirSync(folder)) {
    const text = readFileSync(new URL(name, folder), "utf8").replace("(e-mail)", "");
    for (const word of own) assert.doesNotMatch(text, new RegExp(`\\b${word}s?\\b`, "i"), `${name} has ${word}`);
  }
});
