// A thousand random walks through the page, from a link to an answer: every answer is what the binary says to the same facts.
// The page's own forms are filled in and sent inside the page, where a step takes no time to speak of; agreement.test.js takes the same
// steps by pointer and keyboard.

import assert from "node:assert/strict";
import { test } from "node:test";
import { browse, openPage, questionFrom, serve, visit, vocabularyOf } from "./harness.js";
import { byelaw, withoutLine } from "./native.js";

const WALKS = 1000;
/** So many walks at once are asked of the page, so that a failure stops early. */
const BLOCK = 50;

/** In the page: walks from each address to an answer. Tells of each what was asked, where it ended and what is written there. */
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
  const answer = (form) => {
    const { number, clock, day } = form.elements;
    const [from, to] = ranges[form.dataset.asks] ?? [];
    if (number) number.value = String(from + chance(Math.min(30, to - from + 1)));
    else if (clock) clock.value = `${chance(24)}:30`;
    else if (day) ["day", "month", "year"].forEach((part, at) => { form.elements[part].value = ["3", "4", "2020"][at]; });
    else {
      const inputs = [...form.querySelectorAll(".choice input")];
      // The last choice is not to know.
      const input = inputs[chance(8) === 0 ? inputs.length - 1 : chance(Math.max(1, inputs.length - 1))];
      if (!input.checked) input.click();
    }
    form.requestSubmit();
  };
  const ends = [];
  const open = (address) => shown(() => {
    history.pushState({ depth: 1 }, "", address);
    dispatchEvent(new PopStateEvent("popstate"));
  });
  for (const start of starts) {
    // To where it is already, the page does not move.
    if (location.search === start) await open("?");
    await open(start);
    const asked = [];
    for (let form = main.querySelector("form[data-asks]"); form; form = main.querySelector("form[data-asks]")) {
      if (asked.includes(form.dataset.asks) || asked.length > 40) throw new Error(`asked twice at ${location.search}`);
      asked.push(form.dataset.asks);
      await shown(() => answer(form));
    }
    const { question, decision } = globalThis.decisions.at(-1);
    globalThis.decisions.length = 0;
    ends.push({
      asked, url: location.href, question, decision, heading: main.querySelector("h1").textContent, outcome: main.querySelector(".verdict").dataset.outcome,
      rules: [...main.querySelectorAll("[data-rule]")].map((each) => each.dataset.rule),
    });
  }
  return ends;
}

/** A generator with a fixed seed, so that a failure can be repeated. */
function chances(seed) {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 22695477) + 1) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

/** A link with an act and most of what it is about: what is hardly known at all takes twenty times as long to answer. */
function link(vocabulary, chance) {
  const pick = (list) => list[chance(list.length)];
  const act = pick(vocabulary.acts);
  const query = new URLSearchParams({ pack: vocabulary.pack, on: pick(["2019-05-10", "2020-05-01", "2021-10-01", "2026-11-22"]), [vocabulary.facts.find((fact) => fact.kind === "acts").name]: act.name });
  for (const fact of vocabulary.facts) {
    if (!act.facts.includes(fact.name) || chance(3) === 0) continue;
    if (fact.kind === "yes_no") query.set(fact.name, pick(["yes", "no", "no"]));
    else if (fact.kind === "one_of") query.set(fact.name, pick(fact.values).name);
  }
  if (chance(4) === 0) query.set("approved", pick(vocabulary.approvals).name);
  if (chance(4) === 0) query.set(pick(["will", "wont"]), pick([...vocabulary.undertakings, ...vocabulary.duties]).name);
  return `?${query}`;
}

test("every answer at the end of a thousand random walks is the binary's answer", async () => {
  const server = await serve();
  const browser = await browse();
  const chance = chances(Number(process.env.SEED ?? 20200323));
  try {
    const { page, close } = await openPage(browser, server.base);
    await visit(page, server.base);
    const names = await page.evaluate(async () => (await (await fetch("/packs.json")).json()).map((pack) => pack.name));
    const outcomes = {};
    let walks = 0, steps = 0;
    for (const name of names) {
      const vocabulary = await vocabularyOf(page, name);
      const ends = [];
      const ranges = Object.fromEntries(vocabulary.facts.filter((fact) => fact.kind === "number").map((fact) => [fact.name, [fact.from, fact.to]]));
      while (ends.length < WALKS / names.length) {
        const starts = Array.from({ length: BLOCK }, () => link(vocabulary, chance));
        ends.push(...(await page.evaluate(walked, { starts, seed: chance(2 ** 31), ranges })));
      }
      const told = byelaw(["decide", name], ends.map(({ question }) => `${JSON.stringify(question)}\n`).join("")).stdout.trimEnd().split("\n").map((line) => JSON.parse(withoutLine(line)));
      assert.equal(told.length, ends.length);
      ends.forEach(({ url, question, decision, heading, outcome, rules, asked }, at) => {
        const said = told[at];
        assert.deepEqual(question, questionFrom(url, vocabulary), url);
        walks += 1;
        steps += asked.length;
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
        if (said.error) {
          assert.deepEqual([decision.error.code, decision.error.message, outcome, heading], [said.error.code, said.error.message, "error", "No answer"], url);
          return;
        }
        assert.deepEqual(decision, said, url);
        assert.equal(outcome, said.outcome, url);
        assert.equal(/^yes/i.test(heading), said.outcome === "permitted", url);
        assert.equal(heading === "Yes", said.unconditional, url);
        assert.deepEqual(rules, said.because.map((reason) => reason.rule), url);
      });
    }
    assert.ok(walks >= WALKS && steps >= WALKS / 10, `${walks} walks, ${steps} steps, ${JSON.stringify(outcomes)}`);
    assert.ok(Object.keys(outcomes).length >= 4, JSON.stringify(outcomes));
    console.log(`counted: ${walks} walks, ${steps} questions answered on the way, ${JSON.stringify(outcomes)}`);
    await close();
  } finally {
    await browser.close();
    await server.stop();
  }
});
