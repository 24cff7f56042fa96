// Reading the reader's own words, without a browser: what a made-up vocabulary and the real ones state, doubt and leave out.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as address from "../../wasm/web/address.js";
import { hearing, taking, takingNone } from "../../wasm/web/heard.js";
import { doubtsLeft, sensible } from "../../wasm/web/sense.js";
import { Vocabulary } from "../../wasm/web/vocabulary.js";
import { stem } from "../../wasm/web/words/english.js";
import { packNamed } from "../../wasm/web/words/packs.js";
import { read } from "../../wasm/web/words/read.js";
import { apart } from "../../wasm/web/words/spelling.js";
import { MOST_WORDS } from "../../wasm/web/words/limits.js";
import { wordsOf } from "../../wasm/web/words/text.js";
import { judged, phrases, vocabularyIn } from "./phrases.js";

// No word of a real policy: what is known comes from this vocabulary alone.
const made = new Vocabulary({
  pack: "p", title: "P",
  facts: [
    { name: "deed", label: "what is done", kind: "acts" },
    { name: "who", kind: "one_of", subject: true, values: [{ name: "wug", label: "a wug" }, { name: "gutch", label: "a gutch" }], groups: [{ name: "folk", label: "folk", members: ["wug", "gutch"] }] },
    { name: "tool", label: "the tool", kind: "one_of", values: [
      { name: "my-snorf", label: "your own snorf" }, { name: "guild-snorf", label: "a snorf of the guild" }, { name: "plimth", label: "a plimth", aliases: ["stick o'wax"] }, { name: "other-tool", label: "something else" }] },
    { name: "partner", kind: "one_of", values: [{ name: "wug", label: "a wug" }, { name: "heffalump", label: "a heffalump", aliases: ["heff"] }], groups: [{ name: "wugs", label: "wugs", members: ["wug"] }] },
    { name: "watcher", kind: "one_of", values: [{ name: "wug", label: "a wug" }] },
    { name: "hour", kind: "one_of", values: [{ name: "dusk", label: "dusk", aliases: ["gloaming"] }] },
    { name: "spot", kind: "one_of", values: [{ name: "dell", label: "in the dell", aliases: ["gloaming"] }] },
    { name: "wet", label: "it is wet", kind: "yes_no", aliases: ["soaked"] },
    { name: "bare", label: "it has no cover", kind: "yes_no", aliases: ["no cover", "uncovered"] },
    { name: "age", label: "the age", question: "How old is it?", kind: "number", unit: "moons", from: 0, to: 99 },
    { name: "left", kind: "one_of", left_to: "guild", values: [{ name: "zibble", label: "zibble" }] },
  ],
  acts: [
    { name: "glorp", label: "glorp somebody", aliases: ["give a glorping"], meaning: "shake by the hand", gaps: [{ fact: "partner", words: "" }, { fact: "tool", words: "with" }], facts: ["tool", "partner", "wet", "bare", "hour", "spot", "who", "age"] },
    { name: "frimble", label: "frimble a tool", aliases: ["polish up"], gaps: [{ fact: "tool", words: "" }, { fact: "watcher", words: "before" }], facts: ["tool", "watcher", "who", "wet"] },
    { name: "droon", label: "droon", aliases: ["hum a tune"], gaps: [], facts: ["who", "hour"] },
  ],
});

const said = (text, vocabulary = made) => read(text, vocabulary);
/** The first reading as `act fact=value ...`. */
function short(text, vocabulary) {
  const { sure, readings: [first] } = said(text, vocabulary);
  if (!first) return "";
  return [sure ? first.act : `${first.act}?`, ...first.facts.map(({ fact, value }) => `${fact}=${value}`).sort()].join(" ");
}

describe("what is stated", () => {
  test("an act, and the values that it takes", () => {
    assert.equal(short("can I glorp a heffalump with my own snorf"), "glorp partner=heffalump tool=my-snorf");
    assert.equal(short("glorping heffalumps"), "glorp partner=heffalump");
    assert.equal(short("Frimble the guild's snorf?"), "frimble tool=guild-snorf");
    assert.equal(short("glorp a heff with a snorf of the guild"), "glorp partner=heffalump tool=guild-snorf");
  });

  test("a name of several facts goes to the one that the act takes, and to the right gap", () => {
    assert.equal(short("glorp a wug"), "glorp partner=wug");
    assert.equal(short("frimble a plimth before a wug"), "frimble tool=plimth watcher=wug");
  });

  test("who asks, only where it is said so", () => {
    assert.equal(short("can a gutch glorp a wug"), "glorp partner=wug who=gutch");
    assert.equal(short("I'm a wug, can I droon"), "droon who=wug");
    assert.equal(short("as a gutch can I droon"), "droon who=gutch");
    assert.equal(said("glorp a gutch").readings[0].facts.length, 0);
  });

  test("what is said of somebody else is seen from them", () => {
    assert.equal(short("can a gutch frimble their own snorf"), "frimble tool=my-snorf who=gutch");
    assert.doesNotMatch(short("can a gutch frimble my snorf"), /my-snorf/);
  });

  test("slips, joined and parted words", () => {
    assert.equal(short("can i glrop a hefalump"), "glorp partner=heffalump");
    assert.equal(short("glorp a heffa lump"), "glorp partner=heffalump");
    assert.equal(short("frimbel a plimht"), "frimble tool=plimth");
  });

  test("a number with its unit, where it is said what it counts", () => {
    assert.equal(short("glorp a wug, it is 12 moons old"), "glorp age=12 partner=wug");
    assert.equal(short("glorp a 7 moon old heffalump"), "glorp age=7 partner=heffalump");
    for (const text of ["glorp a wug for 3 moons", "glorp 4 wugs", "glorp a wug of moon 4", "glorp a wug, not 12 moons old"]) assert.doesNotMatch(short(text), /age/, text);
    assert.doesNotMatch(short("glorp a wug, it is 500 moons old"), /age/);
    assert.match(said("glorp a wug 33").unheard.join(), /33/);
  });

  test("what the policy leaves to others is never stated", () => {
    assert.doesNotMatch(short("glorp a wug zibble"), /left/);
    assert.deepEqual(said("glorp a wug zibble").unheard, ["zibble"]);
  });
});

describe("what is in doubt", () => {
  test("a word for two facts is a choice", () => {
    const { readings: [first] } = said("glorp a wug in the gloaming");
    assert.deepEqual(first.doubts, [[{ fact: "hour", value: "dusk" }, { fact: "spot", value: "dell" }]]);
    assert.equal(first.facts.some(({ fact }) => fact === "hour" || fact === "spot"), false);
    // An act that takes only one of them leaves no doubt.
    assert.equal(short("can I droon in the gloaming"), "droon hour=dusk");
  });

  test("half a name is a choice, and so are two values", () => {
    const tools = (text) => said(text).readings[0].doubts.flat().map(({ value }) => value).sort();
    assert.deepEqual(tools("glorp a wug with a snorf"), ["guild-snorf", "my-snorf"]);
    assert.deepEqual(tools("glorp a wug with my snorf or a plimth"), ["my-snorf", "plimth"]);
  });

  test("two acts are a choice, and nothing is stated of either", () => {
    const { sure, readings } = said("glorp or frimble");
    assert.equal(sure, false);
    assert.deepEqual(readings.map(({ act }) => act).sort(), ["frimble", "glorp"]);
  });

  test("a text that is mostly strange is not taken for an act", () => {
    assert.equal(said("glorp the balustrade of the esplanade").sure, false);
    assert.deepEqual(said("what is for tea").readings, []);
  });
});

describe("what is denied", () => {
  for (const text of [
    "glorp a wug not with my own snorf", "glorp a wug without my snorf", "glorp a wug but never with my snorf", "glorp a wug, it isn't my snorf",
    "glorp a wug rather than my snorf", "glorp a wug instead of my snorf", "glorp a wug, no snorf of my own", "glorp a wug other than with my own snorf",
  ]) {
    test(`is not stated: ${text}`, () => {
      const { readings: [first], unheard } = said(text);
      assert.ok(!first.facts.some(({ fact }) => fact === "tool"), JSON.stringify(first));
      assert.deepEqual(first.doubts, []);
      assert.match(unheard.join(" "), /snorf/);
    });
  }

  test("neither it nor its opposite", () => {
    for (const text of ["glorp a wug, it is not wet", "glorp a wug that isn't soaked", "glorp a wug unless wet", "glorp a wug never soaked"]) {
      assert.equal(short(text), "glorp partner=wug", text);
      assert.match(said(text).unheard.join(" "), /wet|soaked/);
    }
    assert.match(short("glorp a soaked wug"), /wet=yes/);
  });

  test("nor what is said to be elsewhere or at another time", () => {
    for (const text of ["glorp a wug before dusk", "glorp a wug after dusk", "glorp a wug outside the dell", "glorp a wug out of the dell", "glorp a wug until dusk"]) assert.equal(short(text), "glorp partner=wug", text);
    assert.equal(short("glorp a wug in the dell at dusk"), "glorp hour=dusk partner=wug spot=dell");
    assert.equal(short("glorp a wug from the dell"), "glorp partner=wug spot=dell");
  });

  test("a name that denies is stated where it is said, and not where it is denied in turn", () => {
    assert.equal(short("glorp a wug with no cover"), "glorp bare=yes partner=wug");
    assert.doesNotMatch(short("glorp a wug, not without no cover"), /bare/);
    assert.doesNotMatch(short("glorp a wug with cover"), /bare/);
  });

  test("an act that is denied is not stated", () => {
    for (const text of ["I do not glorp a wug", "never glorp", "can I not glorp a wug"]) assert.ok(!said(text).sure || !said(text).readings[0]?.act, text);
    assert.equal(short("can't I glorp a wug?"), "glorp partner=wug", "a polite question denies nothing");
    assert.equal(short("why can't we glorp a wug?"), "glorp partner=wug");
  });
});

describe("any text at all", () => {
  const hostile = [
    "", " ", "????", "<img src=x onerror=alert(1)>", "glorp <script>alert(1)</script>", "'; DROP TABLE facts; --", "__proto__", "constructor", "toString hasOwnProperty", "glorp __proto__ constructor",
    "\u0000\u202Eglorp\uFEFF", "😀😀 glorp 😀", "gl\u0301orp a wug", "ＧＬＯＲＰ a wug", "&pack=x&will=y#z", "%00%0a", "deed=glorp", "-- - -", "'s 's 's", "99999999999999999999", "not not not not", "- ' - '",
  ];
  for (const text of hostile) {
    test(`is read without harm: ${JSON.stringify(text)}`, () => {
      const first = said(text);
      assert.deepEqual(said(text), first, "the same text is read in the same way");
      const known = (fact, value) => { const found = made.fact(fact); return found.kind === "yes_no" ? value === "yes" : [...found.values, ...(found.groups ?? [])].some((each) => each.name === value); };
      for (const { act, facts, doubts } of first.readings) {
        assert.ok(act === null || made.act(act));
        for (const { fact, value } of [...facts, ...doubts.flat()]) assert.ok(known(fact, value));
      }
      const written = address.write(hearing(address.parse("?pack=p"), first, made));
      assert.match(written, /^\?[a-z0-9=&.,_-]*$/, "an address holds names of the vocabulary alone");
    });
  }

  test("nothing that is no text", () => {
    for (const odd of [null, undefined, 7, {}, []]) assert.doesNotThrow(() => read(odd, made));
  });

  test("a very long text is cut and takes no time to speak of", () => {
    const vocabulary = vocabularyIn("st-nicholas");
    read("", vocabulary);
    const texts = ["glorp ".repeat(100_000), "a".repeat(1_000_000), "zqxjv".repeat(80), "photo of pupils not ".repeat(50_000), Array.from({ length: 5000 }, (_, n) => `wrod${n.toString(36)}x`).join(" "), "-'".repeat(200_000)];
    for (const text of texts) {
      assert.ok(wordsOf(text).length <= MOST_WORDS);
      const before = performance.now();
      read(text, vocabulary);
      const took = performance.now() - before;
      assert.ok(took < 2000, `${took} ms`);
    }
  });
});

test("words are compared without their endings", () => {
  for (const [one, other] of [["rings", "ring"], ["taking", "takes"], ["copies", "copying"], ["messaged", "message"], ["running", "run"], ["wrote", "writing"], ["children", "child"], ["calls", "calling"]]) {
    assert.equal(stem(one), stem(other), `${one} ${other}`);
  }
  for (const [one, other] of [["ring", "bring"], ["use", "user"], ["thing", "the"], ["need", "ne"]]) assert.notEqual(stem(one), stem(other));
  assert.equal(apart("abcd", "abdc", 3), 1);
  assert.equal(apart("abcd", "abd", 3), 1);
  assert.equal(apart("abcd", "wxyz", 1), 2);
});

test("a policy that is named need not be chosen", () => {
  const packs = [{ name: "st-blick", title: "Manners" }, { name: "dax-1", title: "Rules" }, { name: "dax-2", title: "Rules" }];
  assert.deepEqual(packNamed("St Blick: may I glorp?", packs), { name: "st-blick", rest: "may i glorp" });
  assert.equal(packNamed("at blick may I glorp", packs).name, "st-blick");
  assert.equal(packNamed("the rules please", packs), null, "two are called so");
  assert.equal(packNamed("may I glorp", packs), null);
});

describe("the state of the page", () => {
  const state = (search) => address.parse(search);
  test("what was heard stands in the address and comes back from it", () => {
    const next = hearing(state("?pack=p"), said("glorp a heffalump soaked blorf"), made);
    const written = address.write(next);
    assert.equal(written, "?pack=p&deed=glorp&partner=heffalump&wet=yes&in_words=deed,partner,wet&part_heard=yes");
    assert.equal(address.write(state(written)), written);
    assert.doesNotMatch(written, /blorf/, "no typed word stands in the address");
    assert.equal(address.write(address.takingBack(next, "wet")), "?pack=p&deed=glorp&partner=heffalump&in_words=deed,partner&part_heard=yes");
    assert.equal(address.write(address.stating(next, "partner", "wug")), "?pack=p&deed=glorp&partner=wug&wet=yes&in_words=deed,wet&part_heard=yes");
  });

  test("readings and doubts as well", () => {
    const written = address.write(hearing(state("?pack=p"), said("glorp or frimble my snorf in the gloaming"), made));
    assert.match(written, /did_mean=deed\.glorp,tool\.my-snorf,hour\.dusk_spot\.dell&/);
    assert.equal(address.write(state(written)), written);
    assert.doesNotMatch(written, /[?&]deed=/, "nothing is stated before it is chosen");
    const readings = state(written).maybe;
    assert.ok(readings.every((reading) => sensible(reading, made)));
    const chosen = taking(state(written), readings.find((reading) => reading[0][0].value === "glorp"), made);
    assert.equal(address.write(chosen), "?pack=p&deed=glorp&tool=my-snorf&in_words=deed,tool&not_sure=hour.dusk_spot.dell");
    assert.equal(doubtsLeft(chosen, made).length, 1);
    assert.equal(address.write(takingNone(state(written), made)), "?pack=p&tool=my-snorf&in_words=tool");
  });

  test("an address that was tampered with states nothing that the vocabulary lacks", () => {
    const odd = state("?pack=p&did_mean=deed.nonsense,tool.plimth&did_mean=<b>.x&not_sure=wet.maybe_tool.nothing&in_words=deed,<script>");
    assert.equal(odd.maybe.filter((reading) => sensible(reading, made)).length, 0);
    assert.deepEqual(doubtsLeft(odd, made), []);
  });

  test("words for another act drop what was said for the first, and what was approved", () => {
    const before = state("?pack=p&deed=glorp&partner=wug&tool=plimth&approved=boss&will=tidy&in_words=deed,partner,tool&change=deed");
    assert.equal(address.write(hearing(before, said("can I droon at dusk"), made)), "?pack=p&deed=droon&hour=dusk&in_words=deed,hour");
  });
});

describe("questions as people type them", () => {
  const results = phrases.map((phrase) => ({ phrase, ...judged(phrase, read(phrase.text, vocabularyIn(phrase.pack))) }));
  const tell = ({ phrase, acts, lacking, never }) => `${phrase.pack}: ${phrase.text}: ${acts.join(", ") || "nothing"} ${[...lacking, ...never].join(", ")}`;

  test("nine of ten land on the right act", (context) => {
    const landed = results.filter(({ result }) => result === "landed");
    context.diagnostic(`${landed.length} of ${results.length} land on the right act`);
    for (const missed of results.filter(({ result }) => result !== "landed")) context.diagnostic(tell(missed));
    assert.ok(results.length >= 50);
    assert.ok(landed.length >= results.length * 0.9);
  });

  test("none is taken for another act without asking", () => {
    assert.deepEqual(results.filter(({ result }) => result === "wrong").map(tell), []);
  });

  test("nothing is stated that was not said", () => {
    assert.deepEqual(results.filter(({ never }) => never.length > 0).map(tell), []);
  });

  test("what was said is stated, with few exceptions", (context) => {
    const lacking = results.filter((each) => each.lacking.length > 0);
    for (const each of lacking) context.diagnostic(tell(each));
    assert.ok(lacking.length <= results.length * 0.05);
  });
});
