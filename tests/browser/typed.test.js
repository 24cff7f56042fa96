// Asking in one's own words: typed, understood, taken back, chosen between; by keyboard, by link, on a phone and a desktop.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { asked, assertAccessible, browse, choose, DESKTOP, heading, lastDecision, move, openPage, PHONE, questionFrom, readingWith, serve, SIZES, visit, vocabularyOf, walk } from "./harness.js";

let server, browser;
before(async () => { server = await serve(); browser = await browse(); });
after(async () => { await browser?.close(); await server?.stop(); });

const reading = readingWith(() => ({ browser, base: server.base }));

const OWN = "Say it in your own words";
const RING = "can I ring a parent from my own phone";

/** Types words where the act is asked, and waits for the next step. */
async function say(page, words) {
  const was = page.url();
  await page.getByLabel(OWN).fill(words);
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await moved(page, was);
}

async function moved(page, was) {
  await page.waitForFunction((before) => location.href !== before, was);
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
}

const chips = (page) => page.locator(".chip").evaluateAll((all) => all.map((each) => each.dataset.heard));
const query = (page) => new URL(page.url()).searchParams;

/** Presses a link that leads to another address. */
async function follow(page, link) {
  const was = page.url();
  await link.click();
  await page.waitForFunction((before) => location.href !== before, was);
}

for (const [size, viewport] of Object.entries(SIZES)) {
  describe(`on a ${size}`, () => {
    test("words on the first page lead to the questions that are left, and to the answer", () => reading({ viewport }, async (page) => {
      await visit(page, server.base, "?on=2020-05-01");
      await page.getByLabel("What do you want to do?").fill(RING);
      await page.locator('input[value="bet-2018"]').check();
      const was = page.url();
      await page.getByRole("button", { name: "Continue" }).click();
      await moved(page, was);
      assert.deepEqual([query(page).get("action"), query(page).get("recipient"), query(page).get("device")], ["call", "parent", "personal-mobile"]);
      assert.deepEqual(await chips(page), ["action", "recipient", "device"]);
      assert.match(await page.locator("#status").innerText(), /^You said: Ring someone; A parent or carer; Your own mobile phone\.$/);
      const vocabulary = await vocabularyOf(page, "bet-2018");
      const seen = await walk(page, vocabulary, { role: "teacher", purpose: "school-business", unavoidable: "yes" });
      assert.ok(!seen.some((fact) => ["action", "recipient", "device"].includes(fact)), "what was said is not asked");
      assert.match(await heading(page), /^Yes, if you /);
      assert.deepEqual(await chips(page), ["action", "recipient", "device"], "the answer shows what was said");
      const { question } = await lastDecision(page);
      assert.deepEqual(question.facts, questionFrom(page.url(), vocabulary).facts);
    }));

    test("a piece is taken away, and what it said is asked again", () => reading({ viewport }, async (page) => {
      await visit(page, server.base, "?pack=bet-2018&on=2019-05-10");
      await say(page, RING);
      const told = page.url();
      await follow(page, page.locator('.chip[data-heard="device"]').getByRole("link", { name: /Remove/ }));
      assert.equal(query(page).has("device"), false);
      assert.deepEqual(await chips(page), ["action", "recipient"]);
      const vocabulary = await vocabularyOf(page, "bet-2018");
      const seen = await walk(page, vocabulary, { role: "teacher", purpose: "school-business", device: "school-telephone" });
      assert.ok(seen.includes("device"));
      assert.match(await heading(page), /^Yes/);
      // Without the act, the act is asked, and the rest stays.
      await visit(page, server.base, new URL(told).search);
      await follow(page, page.locator('.chip[data-heard="action"]').getByRole("link", { name: /Remove/ }));
      assert.equal(await asked(page), "action");
      assert.deepEqual(await chips(page), ["recipient", "device"]);
      await page.goBack();
      assert.deepEqual(await chips(page), ["action", "recipient", "device"]);
    }));
  });
}

test("a link to what was said shows the same to somebody else", () => reading({}, async (page) => {
  await visit(page, server.base, "?pack=bet-2018&on=2019-05-10");
  await say(page, `${RING} please Mrs Blenkinsop`);
  const address = page.url();
  assert.doesNotMatch(address, /blenkinsop/i, "a name that was typed stands in no address");
  assert.match(await page.locator("#unheard").innerText(), /Blenkinsop/i, "and it is said that it was not used");
  await page.reload();
  await page.locator("#unheard").waitFor();
  assert.match(await page.locator("#unheard").innerText(), /Blenkinsop/i);
  const other = await openPage(browser, server.base, { viewport: DESKTOP });
  await visit(other.page, server.base, new URL(address).search);
  assert.deepEqual(await chips(other.page), await chips(page));
  assert.match(await other.page.locator("#unheard").innerText(), /did not use all of the words/);
  assert.doesNotMatch(await other.page.locator("body").innerText(), /Blenkinsop/i);
  await other.close();
}));

test("back and forward go through what was said, and a change is no longer what was said", () => reading({}, async (page) => {
  await visit(page, server.base, "?pack=st-nicholas");
  await say(page, "use my phone in a lesson");
  const vocabulary = await vocabularyOf(page, "st-nicholas");
  if ((await asked(page)) === "did_mean") await choose(page, "Use a device");
  const told = page.url();
  assert.deepEqual(await chips(page), ["action", "device", "period"]);
  await walk(page, vocabulary, { role: "teacher", purpose: "personal" });
  assert.equal(await heading(page), "No");
  await follow(page, page.locator('#facts [data-fact="period"]').getByRole("link", { name: /Change/ }));
  await choose(page, "Break");
  assert.deepEqual(await chips(page), ["action", "device"]);
  while (page.url() !== told) await page.goBack();
  await page.locator(".chip").first().waitFor();
  assert.deepEqual(await chips(page), ["action", "device", "period"]);
  await page.goBack();
  await page.getByLabel(OWN).waitFor();
  assert.equal(await page.locator(".chip").count(), 0);
  await page.goForward();
  await page.locator(".chip").first().waitFor();
  assert.deepEqual(await chips(page), ["action", "device", "period"]);
}));

test("what can mean two acts is asked, and nothing is stated before", () => reading({}, async (page) => {
  await visit(page, server.base, "?pack=bet-2018");
  await say(page, "ring or text a parent on my mobile");
  assert.match(await heading(page), /^Did you mean one of these/);
  assert.equal(query(page).has("action"), false);
  assert.equal(await page.locator(".chip").count(), 0);
  assert.ok(await page.locator('.choice:has-text("Ring someone")').count());
  assert.ok(await page.locator('.choice:has-text("Send a text")').count());
  await assertAccessible(page, "did you mean");
  await page.getByRole("button", { name: "Continue" }).click();
  assert.match(await page.getByRole("alert").innerText(), /Choose what you mean/);
  const link = page.url();
  await choose(page, "Send a text");
  assert.equal(query(page).get("action"), "text");
  assert.equal(query(page).get("device"), "personal-mobile");
  assert.equal(query(page).has("did_mean"), false);
  // Whoever means none of them gets the list, and keeps what all of them say.
  await visit(page, server.base, new URL(link).search);
  await choose(page, "None of these");
  assert.equal(await asked(page), "action");
  assert.equal(query(page).has("action"), false);
}));

test("a word that stands for two things is asked before anything else", () => reading({}, async (page) => {
  await visit(page, server.base, "?pack=st-nicholas&action=use&device=personal-mobile&in_words=action,device&not_sure=place.classroom_period.lesson");
  assert.match(await heading(page), /^Did you mean one of these/);
  assert.equal(await page.locator(".choice").count(), 3);
  await assertAccessible(page, "a doubt");
  const was = page.url();
  await page.locator('.choice:has-text("lesson") input').check();
  await page.getByRole("button", { name: "Continue" }).click();
  await moved(page, was);
  assert.equal(query(page).get("period"), "lesson");
  assert.equal(query(page).has("not_sure"), false);
  assert.deepEqual(await chips(page), ["action", "device", "period"]);
  // Of one fact, its own question, with what the word can mean before the rest.
  await visit(page, server.base, "?pack=st-nicholas&action=use&in_words=action&not_sure=device.personal-laptop_device.school-laptop");
  assert.equal(await asked(page), "device");
  assert.equal(await page.locator(".choices").first().locator(".choice").count(), 2);
  await choose(page, "A laptop of the school");
  assert.equal(query(page).get("device"), "school-laptop");
  assert.equal(query(page).has("not_sure"), false);
}));

test("what is denied is not stated and is said to be left out", () => reading({}, async (page) => {
  await visit(page, server.base, "?pack=bet-2018");
  await say(page, "ring a parent, not on my own phone");
  assert.equal(query(page).get("action"), "call");
  assert.equal(query(page).has("device"), false);
  assert.match(await page.locator("#unheard").innerText(), /my own phone/);
}));

test("words that nobody understands lead to the list", () => reading({}, async (page) => {
  await visit(page, server.base, "?pack=beckfoot");
  await say(page, "zzyzx <img src=q onerror=qqz()> qwfpgj");
  assert.equal(await asked(page), "action");
  assert.match(await page.locator("#unheard").innerText(), /We did not understand .*zzyzx.*Use other words, or choose from the list/);
  assert.match(await page.locator("#status").innerText(), /did not understand/);
  assert.equal(await page.locator("main img").count(), 0);
  await assertAccessible(page, "not understood");
  await choose(page, "Ring someone");
  assert.equal(query(page).get("action"), "call");
}));

test("the field can be left alone, and says so when nothing is given", () => reading({}, async (page) => {
  await visit(page, server.base, "?pack=bet-2018");
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  assert.match(await page.getByRole("alert").innerText(), /Write what you want to do/);
  await page.getByRole("alert").getByRole("link").click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "words");
  await choose(page, "Ring someone");
  assert.equal(query(page).get("action"), "call");
  assert.equal(await page.locator(".said").count(), 0);
}));

test("a policy that is named in the words need not be chosen", () => reading({}, async (page) => {
  await visit(page, server.base);
  await page.getByLabel("What do you want to do?").fill("Beckfoot: add a pupil on facebook");
  const was = page.url();
  await page.keyboard.press("Enter");
  await moved(page, was);
  assert.equal(query(page).get("pack"), "beckfoot");
}));

test("the keyboard alone asks, takes a piece away and goes back", () => reading({ viewport: DESKTOP }, async (page) => {
  await visit(page, server.base, "?pack=bet-2018");
  const there = async (test) => {
    for (let press = 0; press < 30; press += 1) {
      if (await page.evaluate(test)) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`the keyboard does not lead to ${test}`);
  };
  await there(() => document.activeElement.id === "words");
  await page.keyboard.type(RING);
  let was = page.url();
  await page.keyboard.press("Enter");
  await moved(page, was);
  const told = page.url();
  // The pieces stand before the heading.
  await page.keyboard.press("Shift+Tab");
  assert.ok(await page.evaluate(() => document.activeElement.matches(".chip-remove")), "one step back is the last piece");
  was = page.url();
  await page.keyboard.press("Enter");
  await moved(page, was);
  assert.equal(query(page).has("device"), false);
  for (let press = 0; press < 5 && !(await page.evaluate(() => document.activeElement.matches(".back"))); press += 1) await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await page.waitForFunction((address) => location.href === address, told);
}));

test("the checker finds nothing, nothing scrolls sideways, and everything is large enough to press", async () => {
  const states = {
    "the first page": "", "the act": "?pack=st-nicholas", "a question": "?pack=bet-2018&action=call&recipient=parent&device=personal-mobile&in_words=action,recipient,device&part_heard=yes",
    "an answer": "?pack=bet-2018&on=2019-05-10&action=call&role=teacher&recipient=parent&device=personal-mobile&purpose=school-business&in_words=action,recipient,device&part_heard=yes",
    "readings": "?pack=bet-2018&did_mean=action.call,recipient.parent&did_mean=action.text,recipient.parent", "not understood": "?pack=bet-2018&part_heard=yes",
  };
  for (const [viewport, colorScheme] of [[PHONE, "light"], [DESKTOP, "dark"], [{ width: 320, height: 600 }, "light"]]) {
    const { page, close } = await openPage(browser, server.base, { viewport, colorScheme, reducedMotion: "reduce" });
    await visit(page, server.base);
    for (const [state, search] of Object.entries(states)) {
      await move(page, search);
      await assertAccessible(page, `${state}, ${viewport.width} wide`, { colours: colorScheme === "dark" });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, state);
      const small = await page.locator(".own-words input, .own-words button, .chip-remove").evaluateAll((all) => all.filter((each) => each.getBoundingClientRect().height < 44).length);
      assert.equal(small, 0, state);
    }
    await close();
  }
});

test("what has the focus in a long list never lies behind the button", () => reading({ viewport: { width: 320, height: 600 } }, async (page) => {
  await visit(page, server.base, "?pack=bet-2018&part_heard=yes");
  await page.locator(".acts[open] input[type=radio]").first().focus();
  const places = [];
  for (let press = 0; press < 12; press += 1) {
    await page.keyboard.press("ArrowDown");
    places.push(await page.evaluate(() => {
      const { left, top, width, height } = document.activeElement.getBoundingClientRect();
      const seen = document.elementFromPoint(left + width / 2, top + height / 2)?.closest(".choice");
      return { choice: document.activeElement.id, seen: seen === document.activeElement.closest(".choice"), scrolled: scrollY > 0 };
    }));
  }
  assert.deepEqual(places.filter(({ seen }) => !seen), []);
  assert.ok(places.at(-1).scrolled, "the list is longer than the window");
  assert.equal(new Set(places.map(({ choice }) => choice)).size, places.length);
}));

test("an address with readings that the policy does not have shows the list, and no answer", () => reading({}, async (page) => {
  await visit(page, server.base, "?pack=bet-2018&did_mean=action.nonsense&not_sure=nothing.here&in_words=nothing,<b>");
  assert.equal(await asked(page), "action");
  assert.equal(await page.locator(".verdict, .chip").count(), 0);
}));
