// The page and the server say the same: random walks, each step compared with the decision interface.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asked, browse, decideOnServer, heading, lastDecision, openPage, outcome, PACKS, proceed, questionFrom, serve, visit, vocabularyOf } from "./harness.js";

/** A few by pointer and keyboard; walks.test.js has a thousand walks. */
const QUESTIONS = 40;

/** A small generator of numbers from 0 to 1 that gives the same row for the same seed. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test("every answer of a random walk is the server's answer", async () => {
  const server = await serve();
  const browser = await browse();
  const next = random(Number(process.env.SEED ?? 20200323));
  const pick = (list) => list[Math.floor(next() * list.length)];
  try {
    const { page, close } = await openPage(browser, server.base);
    await visit(page, server.base);
    const names = await page.evaluate(async () => (await (await fetch("/packs.json")).json()).map((pack) => pack.name));
    assert.equal(names.length, PACKS.length);
    let answered = 0;
    let answers = 0;
    while (answered < QUESTIONS) {
      const pack = pick(names);
      const vocabulary = await vocabularyOf(page, pack);
      await visit(page, server.base, `?pack=${pack}&on=${pick(["2019-05-10", "2020-05-01", "2026-11-22"])}`);
      for (let fact = await asked(page); fact !== null; fact = await asked(page)) {
        await answerAtRandom(page, next, pick);
        answered += 1;
        await compare(page, server.base, vocabulary);
      }
      answers += 1;
      // What is said about approvals and undertakings on the answer page.
      const actions = page.locator("#provided .action, #approvals .action");
      if ((await actions.count()) > 0) {
        const was = page.url();
        await actions.nth(Math.floor(next() * (await actions.count()))).click();
        await page.waitForFunction((before) => location.href !== before, was);
        await compare(page, server.base, vocabulary);
      }
    }
    assert.ok(answers > 3, `${answers} answers`);
    await close();
  } finally {
    await browser.close();
    await server.stop();
  }
});

async function answerAtRandom(page, next, pick) {
  const details = page.locator("details.more:not([open]) > summary");
  if ((await details.count()) > 0) await details.click();
  const number = page.locator("#number");
  const day = page.getByLabel("Day", { exact: true });
  if ((await number.count()) > 0) {
    await number.fill(String(Math.floor(next() * 30)));
  } else if ((await day.count()) > 0) {
    await day.fill("3");
    await page.getByLabel("Month", { exact: true }).fill("4");
    await page.getByLabel("Year", { exact: true }).fill("2020");
  } else {
    const inputs = await page.locator(".choice input:visible").all();
    // Mostly an answer, now and then the last choice, which is not to know.
    const known = inputs.length > 1 ? inputs.slice(0, -1) : inputs;
    await (next() < 0.12 ? inputs.at(-1) : pick(known)).check();
  }
  await proceed(page);
}

async function compare(page, base, vocabulary) {
  // A question stands there before the sentences that tell why it is asked.
  await page.waitForFunction(() => Object.values(globalThis.decisions.at(-1).decision.needs_because ?? {}).flat().every(({ sentence }) => sentence !== ""));
  const detail = await lastDecision(page);
  const today = await page.evaluate(() => {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  });
  const question = questionFrom(page.url(), vocabulary, today);
  assert.deepEqual(detail.question, question);
  const decision = await decideOnServer(base, vocabulary.pack, question);
  if (decision.error) {
    // An error names its line where there are lines; what is wrong is the same.
    assert.deepEqual({ code: detail.decision.error?.code, message: detail.decision.error?.message }, { code: decision.error.code, message: decision.error.message }, page.url());
    assert.equal(await outcome(page), "error", page.url());
    assert.equal(await heading(page), "No answer", page.url());
    return;
  }
  assert.deepEqual(detail.decision, decision, page.url());
  if ((await asked(page)) !== null) return;
  assert.equal(await outcome(page), decision.outcome, page.url());
  assert.equal(/^yes/i.test(await heading(page)), decision.outcome === "permitted", page.url());
  assert.equal((await heading(page)) === "Yes", decision.unconditional, page.url());
  const shown = await page.locator("[data-rule]").evaluateAll((elements) => elements.map((element) => element.dataset.rule));
  assert.deepEqual(shown, decision.because.map((reason) => reason.rule), page.url());
}
