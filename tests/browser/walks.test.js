// A thousand random walks through the page, each until it is decided: every decision on the way, those behind a question and those that
// say what cannot be as well as the last, is what the binary says to the same facts, and what is written there is what it says.
// The page's own forms are filled in and sent inside the page, where a step takes no time to speak of; agreement.test.js takes the same
// steps by pointer and keyboard. A walk answers with what the page offers. Where that cannot be at once with what was said before, it goes
// one question back, as a reader would, and answers otherwise; so every walk ends in a decision.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { browse, openPage, questionFrom, serve, visit, vocabularyOf, walk } from "./harness.js";
import { byelaw, withoutLine } from "./native.js";

const WALKS = 1000;
/** Of a hundred facts that an act is about, so many are in the link: what is hardly known at all takes twenty times as long to answer. */
const STATED = 40;
/** So many walks at once are asked of the page, so that a failure stops early. */
const BLOCK = 50;

/** In the page: walks from each address until it is decided. Tells of each step which decision it shows and what is written there. */
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
  const texts = (selector) => [...main.querySelectorAll(selector)].map((each) => each.textContent);
  const named = (selector, name) => [...main.querySelectorAll(selector)].map((each) => each.dataset[name]);
  /** What is on the page, and the decision behind it: the one that was made since the last step. */
  const step = () => {
    if (globalThis.decisions.length !== 1) throw new Error(`${globalThis.decisions.length} decisions for ${location.search}`);
    const { question, decision } = globalThis.decisions.pop();
    const written = {
      asks: main.querySelector("form[data-asks]")?.dataset.asks ?? null, heading: main.querySelector("h1").textContent, outcome: main.querySelector(".verdict")?.dataset.outcome ?? null,
      rules: named(":is(#because, .why) [data-rule]", "rule"), clauses: texts(":is(#because, .why) .cite"), said: texts(":is(#because, .why) blockquote"),
      first: [...main.querySelector("form .choices")?.querySelectorAll("input:not([name=unknown])") ?? []].map((input) => input.value),
      provided: named("#provided [data-name]", "name"), approvals: named("#approvals [data-name]", "name"), duties: named("#duties [data-name]", "name"), assumed: named("#assumed [data-fact]", "fact"),
    };
    return { url: location.href, question, decision, written };
  };
  const walks = [];
  let skipped = 0;
  const open = (address) => shown(() => {
    history.pushState({ depth: 1 }, "", address);
    dispatchEvent(new PopStateEvent("popstate"));
  });
  for (const start of starts) {
    // To where it is already, the page does not move.
    if (location.search === start) await open("?");
    globalThis.decisions.length = 0;
    await open(start);
    const trail = [];
    const steps = [];
    let back = 0;
    for (;;) {
      steps.push(step());
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
      if (steps.at(-1).decision.error?.code !== "impossible") break;
      // Where not to know does not help either, an answer before it is to be another.
      if (trail.at(-1)?.tried.includes("not_known")) trail.pop();
      back += 1;
      if (trail.length === 0) break;
      await open(trail.at(-1).address);
    }
    // A link made at random can say what cannot be; that is where no walk begins.
    if (steps.at(-1).decision.error?.code === "impossible") skipped += 1;
    walks.push({ asked: trail.length, back, steps });
  }
  return { walks, skipped };
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

/** What has to be written for a decision, read off it here on its own and not with the page's code. */
function expected(decision, question, vocabulary) {
  if (decision.error) return { asks: null, heading: "No answer", outcome: "error", rules: [], clauses: [], said: [], provided: [], approvals: [], duties: [], assumed: [] };
  const asks = decision.outcome === "needs_facts" ? decision.needs.find((name) => askable(name, question, vocabulary)) ?? null : null;
  const place = ({ document, locator }) => {
    const { title, edition } = vocabulary.documents.find((each) => each.name === document);
    return `${title}${edition ? `, ${edition}` : ""}, ${locator}`;
  };
  if (asks) {
    const why = decision.needs_because?.[asks] ?? [];
    const clauses = why.flatMap(({ cites }) => cites.map((cite) => place(cite) + (cite.paraphrase ? `: ${cite.paraphrase}` : "")));
    return { asks, outcome: null, rules: why.map(({ rule }) => rule), clauses, provided: [], approvals: [], duties: [], assumed: [] };
  }
  const told = (cites) => cites.filter((cite) => cite.paraphrase);
  const said = decision.because.map(({ cites }) => told(cites).map(({ paraphrase }) => paraphrase));
  return {
    asks, outcome: decision.outcome,
    rules: decision.because.map(({ rule }) => rule),
    clauses: decision.because.flatMap(({ cites }) => [...told(cites), ...cites.filter((cite) => !cite.paraphrase)].map(place)),
    // Where no clause is told in short, the rule itself is.
    said: said.every((each) => each.length > 0) ? said.flat().map((text) => text.charAt(0).toUpperCase() + text.slice(1) + (/[.?!]$/.test(text) ? "" : ".")) : undefined,
    provided: decision.provided.map(({ name }) => name).filter((name) => !question.will.includes(name)),
    approvals: [...new Set(decision.ways.flatMap(({ approvals }) => approvals))].filter((name) => !question.approved.includes(name) && !question.refused.includes(name)),
    duties: [...new Map(decision.duties.map((duty) => [`${duty.name} ${duty.bearer} ${duty.due}`, duty.name])).values()],
    assumed: decision.assumed.map(({ fact }) => fact),
  };
}

/** Whether the page may ask: what nobody said yet, or of which only a group was said, and what is not left to somebody else. */
function askable(name, question, vocabulary) {
  if (name === "on") return question.on !== undefined;
  const fact = vocabulary.facts.find((each) => each.name === name);
  const stated = question.facts[name];
  return !fact.left_to && (stated === undefined || (fact.groups ?? []).some((group) => group.name === stated));
}

/** One step of a walk beside what the binary says to the same question. */
function compare({ url, question, decision, written }, said, vocabulary) {
  assert.deepEqual(question, questionFrom(url, vocabulary), url);
  assert.deepEqual(decision, said, url);
  for (const [what, wanted] of Object.entries(expected(said, question, vocabulary))) if (wanted !== undefined) assert.deepEqual(written[what], wanted, `${what} at ${url}`);
  const yes = said.outcome === "permitted";
  assert.equal(written.asks === null && /^yes/i.test(written.heading), yes, url);
  assert.equal(written.heading === "Yes", yes && said.unconditional, url);
  // What still matters stands first, if that leaves some out.
  const among = written.asks && said.among?.[written.asks];
  if (among?.length > 0) assert.deepEqual(new Set(written.first), new Set(among), url);
}

test("every decision on a thousand random walks is the binary's, and what it says is written there", async () => {
  let server, browser;
  const folder = mkdtempSync(join(tmpdir(), "byelaw-"));
  const chance = chances(Number(process.env.SEED ?? 20200323));
  try {
    server = await serve();
    browser = await browse();
    const { page, close } = await openPage(browser, server.base);
    await visit(page, server.base);
    const names = await page.evaluate(async () => (await (await fetch("/packs.json")).json()).map((pack) => pack.name));
    const outcomes = {};
    const counted = { walks: 0, answered: 0, backs: 0, skipped: 0, decisions: 0, whys: 0, clauses: 0, provided: 0, approvals: 0, duties: 0, assumed: 0 };
    for (const name of names) {
      const vocabulary = await vocabularyOf(page, name);
      const ranges = Object.fromEntries(vocabulary.facts.filter((fact) => fact.kind === "number").map((fact) => [fact.name, [fact.from, fact.to]]));
      const file = join(folder, `${name}.polc`);
      writeFileSync(file, new Uint8Array(await (await fetch(`${server.base}/packs/${name}.polc`)).arrayBuffer()));
      // From the first answer on, the sentences that tell why are here.
      await visit(page, server.base, link(vocabulary, () => 0, 0));
      await walk(page, vocabulary, {});
      for (let turn = 0, ended = 0; ended < WALKS / names.length; turn += BLOCK) {
        const starts = Array.from({ length: BLOCK }, (_, at) => link(vocabulary, chance, turn + at));
        const { walks, skipped } = await page.evaluate(walked, { starts, seed: chance(2 ** 31), ranges });
        const steps = walks.flatMap((walk) => walk.steps);
        const told = decided(file, steps.map(({ question }) => question));
        steps.forEach((step, at) => {
          compare(step, told[at], vocabulary);
          counted.decisions += 1;
          for (const what of ["clauses", "provided", "approvals", "duties", "assumed"]) counted[what] += step.written[what].length;
          if (step.written.asks && step.written.rules.length > 0) counted.whys += 1;
        });
        for (const { asked, back, steps: taken } of walks) {
          const { error, outcome } = taken.at(-1).decision;
          counted.backs += back;
          if (error?.code === "impossible") continue;
          assert.equal(error, undefined, taken.at(-1).url);
          counted.answered += asked;
          outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
        }
        ended += walks.length - skipped;
        counted.walks += walks.length - skipped;
        counted.skipped += skipped;
      }
    }
    assert.ok(counted.walks >= WALKS && counted.answered >= WALKS / 2, JSON.stringify(counted));
    for (const [what, count] of Object.entries(counted)) assert.ok(count > WALKS / 100, `${what} in ${JSON.stringify(counted)}`);
    assert.ok(Object.keys(outcomes).length >= 4, JSON.stringify(outcomes));
    console.log(`counted: ${JSON.stringify(counted)}; ${JSON.stringify(outcomes)}`);
    await close();
  } finally {
    rmSync(folder, { recursive: true });
    await browser?.close();
    await server?.stop();
  }
});
