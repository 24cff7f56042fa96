// A thousand random walks through the page, each until it is decided: every answer is what the binary says to the same facts.
// The page's own forms are filled in and sent inside the page, where a step takes no time to speak of; agreement.test.js takes the same
// steps by pointer and keyboard. A walk answers with what the page offers. Where that cannot be at once with what was said before, it goes
// one question back, as a reader would, and answers otherwise; so every walk ends in a decision.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { browse, openPage, questionFrom, serve, visit, vocabularyOf } from "./harness.js";
import { byelaw, withoutLine } from "./native.js";

const WALKS = 1000;
/** Of a hundred facts that an act is about, so many are in the link: what is hardly known at all takes twenty times as long to answer. */
const STATED = 40;
/** So many walks at once are asked of the page, so that a failure stops early. */
const BLOCK = 50;

/** In the page: walks from each address until it is decided. Tells of each what was asked, where it ended and what is written there. */
async function walked({ starts, seed, ranges }) {
  let state = seed;
  const chance = (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const main = document.getElementById("main");
  const shown = (move) => new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`nothing new is shown at ${location.search}: ${main.innerText}`)), 20_000);
    const watch = new MutationObserver(() => { watch.disconnect(); clearTimeout(late); resolve(); });
    watch.observe(main, { childList: true });
    move();
  });
  /** Answers with something that was not tried yet, and says with what. */
  const answer = (form, tried) => {
    const { number, clock, day, unknown } = form.elements;
    const [from, to] = ranges[form.dataset.asks] ?? [];
    // Now and then somebody does not know; and whoever has tried often gives up.
    let said = chance(12) === 0 || tried.length > 5 ? "not_known" : "something";
    if (unknown && said === "not_known") unknown.click();
    else if (number) number.value = String(from + chance(Math.min(30, to - from + 1)));
    else if (clock) clock.value = `${chance(24)}:30`;
    else if (day) ["day", "month", "year"].forEach((part, at) => { form.elements[part].value = ["3", "4", "2020"][at]; });
    else {
      // What still matters stands first; the last choice of all is not to know.
      const offered = [...form.querySelector(".choices").querySelectorAll("input")].filter((input) => !tried.includes(input.value));
      const input = said === "not_known" || offered.length === 0 ? [...form.querySelectorAll(".choice input")].at(-1) : offered[chance(offered.length)];
      if (!input.checked) input.click();
      said = input.value;
    }
    form.requestSubmit();
    return said;
  };
  const ends = [];
  let skipped = 0;
  const open = (address) => shown(() => {
    history.pushState({ depth: 1 }, "", address);
    dispatchEvent(new PopStateEvent("popstate"));
  });
  for (const start of starts) {
    // To where it is already, the page does not move.
    if (location.search === start) await open("?");
    await open(start);
    const trail = [];
    let back = 0;
    for (;;) {
      const form = main.querySelector("form[data-asks]");
      if (form) {
        const { asks } = form.dataset;
        if (trail.at(-1)?.address !== location.search) {
          if (trail.some((step) => step.asks === asks) || trail.length > 60) throw new Error(`asked twice at ${location.search}`);
          trail.push({ address: location.search, asks, tried: [] });
        }
        const { tried } = trail.at(-1);
        await shown(() => { tried.push(answer(form, tried)); });
        continue;
      }
      if (globalThis.decisions.at(-1).decision.error?.code !== "impossible") break;
      // Where not to know does not help either, an answer before it is to be another.
      if (trail.at(-1)?.tried.includes("not_known")) trail.pop();
      back += 1;
      if (trail.length === 0) break;
      await open(trail.at(-1).address);
    }
    const { question, decision } = globalThis.decisions.at(-1);
    globalThis.decisions.length = 0;
    // A link made at random can say what cannot be; that is where no walk begins.
    if (decision.error?.code === "impossible") {
      skipped += 1;
      continue;
    }
    ends.push({
      asked: trail.length, back, url: location.href, question, decision, heading: main.querySelector("h1").textContent, outcome: main.querySelector(".verdict").dataset.outcome,
      rules: [...main.querySelectorAll("[data-rule]")].map((each) => each.dataset.rule),
    });
  }
  return { ends, skipped };
}

/** A generator with a fixed seed, so that a failure can be repeated. */
function chances(seed) {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 22695477) + 1) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

/** A link with an act, a day, and much of what it is about. Every act has its turn; the page asks the rest. */
function link(vocabulary, chance, turn) {
  const pick = (list) => list[chance(list.length)];
  const act = vocabulary.acts[turn % vocabulary.acts.length];
  const query = new URLSearchParams({ pack: vocabulary.pack, on: pick(["2019-05-10", "2020-05-01", "2021-10-01", "2026-11-22"]), [vocabulary.facts.find((fact) => fact.kind === "acts").name]: act.name });
  for (const fact of vocabulary.facts) {
    if (!act.facts.includes(fact.name)) continue;
    if (chance(100) >= STATED) continue;
    if (fact.kind === "yes_no") query.set(fact.name, pick(["yes", "no", "no"]));
    else if (fact.kind === "one_of") query.set(fact.name, pick(fact.values).name);
  }
  if (chance(4) === 0) query.set("approved", pick(vocabulary.approvals).name);
  if (chance(4) === 0) query.set(pick(["will", "wont"]), pick([...vocabulary.undertakings, ...vocabulary.duties]).name);
  return `?${query}`;
}

/** What the binary says to questions. file: the compiled policy. */
function decided(file, questions) {
  const told = byelaw(["decide", file], questions.map((question) => `${JSON.stringify(question)}\n`).join("")).stdout.trimEnd().split("\n").map((line) => JSON.parse(withoutLine(line)));
  assert.equal(told.length, questions.length);
  return told;
}

test("every answer at the end of a thousand random walks is the binary's answer", async () => {
  const server = await serve();
  const browser = await browse();
  const folder = mkdtempSync(join(tmpdir(), "byelaw-"));
  const chance = chances(Number(process.env.SEED ?? 20200323));
  try {
    const { page, close } = await openPage(browser, server.base);
    await visit(page, server.base);
    const names = await page.evaluate(async () => (await (await fetch("/packs.json")).json()).map((pack) => pack.name));
    const outcomes = {};
    let walks = 0, steps = 0, backs = 0, skipped = 0;
    for (const name of names) {
      const vocabulary = await vocabularyOf(page, name);
      const ends = [];
      const ranges = Object.fromEntries(vocabulary.facts.filter((fact) => fact.kind === "number").map((fact) => [fact.name, [fact.from, fact.to]]));
      const file = join(folder, `${name}.polc`);
      writeFileSync(file, new Uint8Array(await (await fetch(`${server.base}/packs/${name}.polc`)).arrayBuffer()));
      for (let turn = 0; ends.length < WALKS / names.length; turn += BLOCK) {
        const starts = Array.from({ length: BLOCK }, (_, at) => link(vocabulary, chance, turn + at));
        const some = await page.evaluate(walked, { starts, seed: chance(2 ** 31), ranges });
        ends.push(...some.ends);
        skipped += some.skipped;
      }
      const told = decided(file, ends.map(({ question }) => question));
      ends.forEach(({ url, question, decision, heading, outcome, rules, asked, back }, at) => {
        const said = told[at];
        assert.deepEqual(question, questionFrom(url, vocabulary), url);
        walks += 1;
        steps += asked;
        backs += back;
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
        assert.equal(said.error, undefined, url);
        assert.deepEqual(decision, said, url);
        assert.equal(outcome, said.outcome, url);
        assert.equal(/^yes/i.test(heading), said.outcome === "permitted", url);
        assert.equal(heading === "Yes", said.unconditional, url);
        assert.deepEqual(rules, said.because.map((reason) => reason.rule), url);
      });
    }
    assert.ok(walks >= WALKS && steps >= WALKS / 2, `${walks} walks, ${steps} steps, ${JSON.stringify(outcomes)}`);
    assert.ok(Object.keys(outcomes).length >= 4, JSON.stringify(outcomes));
    console.log(`counted: ${walks} walks, ${steps} questions answered on the way, ${backs} times back; ${skipped} links said what cannot be; ${JSON.stringify(outcomes)}`);
    await close();
  } finally {
    rmSync(folder, { recursive: true });
    await browser.close();
    await server.stop();
  }
});
