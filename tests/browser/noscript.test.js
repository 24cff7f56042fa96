// Without JavaScript: the server's pages lead to the same answers, at the same addresses and in the same words.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertAccessible, browse, choosePolicy, decideOnServer, openPage, PACKS, questionFrom, serve, SIZES, visit, vocabularyOf, walk, wordsFor } from "./harness.js";

let server;
let browser;
before(async () => { [server, browser] = await Promise.all([serve(), browse()]); });
after(async () => { await browser?.close(); await server?.stop(); });

const DAY = "on=2020-05-01";

/** What is told, and what comes of it. */
const WALKS = {
  no: { pack: "st-nicholas", answers: { action: "use", role: "teacher", device: "personal-mobile", period: "lesson", purpose: "personal" } },
  "yes, if": { pack: "bet-2018", answers: { action: "call", role: "teacher", recipient: "parent", device: "personal-mobile", unavoidable: "yes", purpose: "school-business" } },
  "it depends": { pack: "beckfoot", answers: { action: "message", role: "teacher" } },
};

const STATES = [
  "",
  "?pack=no-such-policy",
  "?pack=st-nicholas",
  `?pack=st-nicholas&${DAY}`,
  "?pack=bet-2018&change=pack",
  `?pack=st-nicholas&action=use&${DAY}`,
  `?pack=st-nicholas&action=use&role=teacher&device=personal-mobile&period=lesson&purpose=personal&${DAY}`,
  `?pack=st-nicholas&action=use&role=teacher&device=personal-mobile&period=lesson&purpose=personal&${DAY}&change=period`,
  "?pack=st-nicholas&action=use&change=on",
  "?pack=st-nicholas&action=use&role=not_known&device=not_known&on=not_known",
  `?pack=bet-2018&action=call&role=teacher&recipient=parent&device=personal-mobile&unavoidable=yes&purpose=school-business&${DAY}`,
  `?pack=bet-2018&action=call&role=teacher&recipient=pupil&device=personal-mobile&${DAY}&more=yes`,
  `?pack=bet-2022&action=photograph&role=teacher&pictured=pupil&device=personal-mobile&on-trip=yes&${DAY}&part_heard=yes`,
  `?pack=beckfoot&action=search-device&role=teacher&${DAY}`,
  `?pack=beckfoot&action=befriend&role=teacher&recipient=pupil&channel=facebook&${DAY}`,
  `?pack=beckfoot&action=buy&${DAY}`,
  `?pack=beckfoot&action=enter-system&${DAY}`,
  `?pack=beckfoot&action=teach&filter-sensitive=no&${DAY}`,
  `?pack=bet-2018&action=leave-employment&role=teacher&${DAY}`,
  `?pack=bet-2022&action=carry-off-site&trust-equipment=yes&channel=zoom&sensitive-data=yes&protected-data=no&device=school-tablet&role=other-staff&${DAY}`,
  `?pack=st-nicholas&action=use&role=no-such-role&${DAY}`,
  "?pack=st-nicholas&matrix",
  "?pack=st-nicholas&matrix&on=2015-01-01",
  `?pack=st-nicholas&matrix&${DAY}`,
  "?pack=st-nicholas&matrix&on=not_known",
  "?pack=bet-2018&matrix",
  `?pack=st-nicholas&action=use&no-such-fact=x&${DAY}`,
];

const withoutScript = (options = {}) => openPage(browser, server.base, { javaScriptEnabled: false, ...options });

async function proceed(page) {
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL((url) => url.pathname === "/");
}

async function pick(page, field) {
  if (!(await field.isVisible())) await page.locator("details.more > summary").click();
  await field.check();
  await proceed(page);
}

/** Answers what is asked, as `walk` of the harness does with JavaScript. */
async function walkWithout(page, vocabulary, answers) {
  for (let step = 0; step < 40; step += 1) {
    const form = page.locator("form[data-asks]");
    if ((await form.count()) === 0) return;
    const fact = await form.getAttribute("data-asks");
    const value = answers[fact] ?? "not_known";
    if (fact === "pack") await pick(page, page.locator(`[value="${vocabulary.pack}"]`));
    else await pick(page, page.getByLabel(wordsFor(vocabulary, fact, value), { exact: true }));
  }
  assert.fail("no answer after 40 questions");
}

for (const [size, viewport] of Object.entries(SIZES)) {
  describe(`on a ${size}`, () => {
    for (const [name, { pack, answers }] of Object.entries(WALKS)) {
      test(`from the first page to an answer: ${name}`, async () => {
        const scripted = await openPage(browser, server.base, { viewport });
        await visit(scripted.page, server.base);
        const vocabulary = await vocabularyOf(scripted.page, pack);
        await choosePolicy(scripted.page, vocabulary);
        await walk(scripted.page, vocabulary, answers);

        const { page, close } = await withoutScript({ viewport });
        await page.goto(`${server.base}/`);
        await walkWithout(page, vocabulary, answers);
        assert.equal(page.url(), scripted.page.url(), "the same answers have the same address");
        const decision = await decideOnServer(server.base, pack, questionFrom(page.url(), vocabulary, await today(scripted.page)));
        assert.equal(await page.locator(".verdict").getAttribute("data-outcome"), decision.outcome);
        assert.deepEqual(await page.locator("[data-rule]").evaluateAll((all) => all.map((each) => each.dataset.rule)), decision.because.map((reason) => reason.rule));
        await scripted.close();
        await close();
      });
    }
  });
}

const today = (page) => page.evaluate(() => new Intl.DateTimeFormat("sv-SE").format(new Date()));

/** What a page says, part by part, without what only scripts can do. */
const said = (page) => page.evaluate(() => {
  const squeezed = (text) => text.replace(/\s+/g, "");
  const texts = (selector) => [...document.querySelectorAll(`main ${selector}`)].filter((each) => !each.closest(".scripted, .own-words, .on-paper, .said")).map((each) => squeezed(each.textContent));
  const links = [...document.querySelectorAll("main a[href], .back")].filter((each) => !each.closest(".on-paper, .said")).map((each) => `${squeezed(each.textContent)} ${new URL(each.href).search}`);
  return {
    title: document.title,
    headings: texts("h1"),
    verdict: texts(".verdict"),
    parts: Object.fromEntries([...document.querySelectorAll("main section[id]")].map((each) => [each.id, squeezed(each.textContent)])),
    caption: texts("legend .caption"),
    hints: texts("fieldset > .hint").filter((text) => !text.startsWith("Forexample")),
    choices: texts(".choice label"),
    meanings: texts(".choice-meaning"),
    more: texts("details > summary"),
    why: texts("details.why"),
    days: texts(".as-of"),
    cells: texts(".matrix-part th, .matrix-part td, .matrix-part caption, .matrix-part li"),
    inset: texts(".inset"),
    fields: texts(".field-label"),
    buttons: texts("button.button"),
    links: links.sort(),
  };
});

/** How many addresses at random for each policy. */
const AT_RANDOM = 12;

/** Addresses that state some of what an act hangs on, the same ones for the same seed. */
function atRandom(vocabulary, seed) {
  let last = seed;
  const next = (count) => {
    last = (Math.imul(last, 1103515245) + 12345) >>> 0;
    return Math.floor((last / 2 ** 32) * count);
  };
  const pick = (list) => list[next(list.length)];
  return Array.from({ length: AT_RANDOM }, () => {
    const act = pick(vocabulary.acts);
    const stated = [["pack", vocabulary.pack], [vocabulary.facts.find((fact) => fact.kind === "acts").name, act.name]];
    for (const fact of vocabulary.facts.filter((each) => act.facts.includes(each.name) && each.kind !== "acts")) {
      if (next(5) === 0) continue;
      if (next(12) === 0) stated.push([fact.name, "not_known"]);
      else if (fact.kind === "yes_no") stated.push([fact.name, pick(["yes", "no"])]);
      else if (fact.kind === "number") stated.push([fact.name, String(next(30))]);
      else if (fact.values?.length) stated.push([fact.name, pick([...fact.values, ...(fact.groups ?? [])]).name]);
    }
    const approval = pick(vocabulary.approvals)?.name;
    if (approval && next(3) === 0) stated.push([pick(["approved", "refused"]), approval]);
    const undertaking = pick(vocabulary.undertakings)?.name;
    if (undertaking && next(3) === 0) stated.push([pick(["will", "wont"]), undertaking]);
    if (next(2) === 0) stated.push(["on", pick(["2019-05-10", "2020-05-11", "2026-11-22T10:30", "not_known"])]);
    if (next(4) === 0) stated.push(["more", "yes"]);
    return `?${new URLSearchParams(stated)}`;
  });
}

test("every state says the same as with JavaScript, and links to the same addresses", async () => {
  const scripted = await openPage(browser, server.base);
  const { page, close } = await withoutScript();
  await visit(scripted.page, server.base);
  const states = [...STATES];
  for (const pack of PACKS.map((each) => each.split("/").at(-1))) states.push(...atRandom(await vocabularyOf(scripted.page, pack), 7));
  const parts = new Set();
  for (const state of states) {
    await visit(scripted.page, server.base, state);
    await page.goto(`${server.base}/${state}`);
    const told = await said(page);
    assert.deepEqual(told, await said(scripted.page), state);
    for (const part of Object.keys(told.parts)) parts.add(part);
  }
  for (const part of ["provided", "approvals", "ways", "duties", "advice", "assumed", "because", "changes"]) assert.ok(parts.has(part), `none of these answers has ${part}`);
  await scripted.close();
  await close();
});

test("a table leads to the question of each cell, and a mark to what changes it", async () => {
  const { page, close } = await withoutScript();
  await page.goto(`${server.base}/?pack=st-nicholas&${DAY}`);
  await page.getByRole("link", { name: /^See the whole table/ }).click();
  assert.match(page.url(), /\?pack=st-nicholas&matrix&on=2020-05-01$/);
  const mark = page.locator("a.mark").first();
  const note = page.locator(await mark.getAttribute("href"));
  assert.equal(await note.count(), 1);
  await note.locator("summary").click();
  assert.match(await note.innerText(), /The table alone says .*This counts as well:/);
  const cell = page.locator('td.cell[data-row="2"][data-column="adults"]');
  const facts = new URL(await cell.getByRole("link").first().getAttribute("href"), server.base).searchParams;
  await cell.getByRole("link").first().click();
  assert.equal(await page.locator("form[data-asks], .verdict").count(), 1);
  assert.deepEqual([facts.get("pack"), facts.get("action"), facts.get("on")], ["st-nicholas", "use", "2020-05-01"]);
  await page.goBack();
  await page.locator(".as-of a").filter({ hasText: "Change the day" }).click();
  await page.getByLabel("Year").fill("2015");
  await proceed(page);
  assert.equal(new URL(page.url()).searchParams.get("on"), "2015-05-01");
  assert.equal(await page.locator("table.matrix").count(), 1);
  await close();
});

test("what would change an answer, what is agreed and the day are links and forms that work", async () => {
  const { page, close } = await withoutScript();
  await page.goto(`${server.base}/${STATES[6]}`);
  await page.locator('[data-fact="period"] a').click();
  assert.equal(new URL(page.url()).searchParams.get("change"), "period");
  await page.getByRole("link", { name: "Back" }).click();
  await page.locator(`#changes a[href*="device=school-tablet"]`).first().click();
  assert.notEqual(await page.locator(".verdict").getAttribute("data-outcome"), "forbidden");
  await page.getByRole("link", { name: /^I already have this/ }).first().click();
  assert.ok(new URL(page.url()).searchParams.get("approved"));
  await page.locator('[data-fact="on"] a').click();
  assert.equal(await page.getByLabel("Year").inputValue(), "2020");
  await page.getByLabel("Day", { exact: true }).fill("3");
  await proceed(page);
  assert.equal(new URL(page.url()).searchParams.get("on"), "2020-05-03");
  assert.equal(new URL(page.url()).searchParams.get("approved"), null, "another day is another act");
  await close();
});

test("a form without an answer says what is missing, keeps the state and leads to the field", async () => {
  const { page, close } = await withoutScript();
  for (const [state, at] of [["", "choice"], ["?pack=bet-2018", "choice"], [`?pack=st-nicholas&action=use&${DAY}`, "choice"], ["?pack=st-nicholas&action=use&change=on", "on-day"]]) {
    await page.goto(`${server.base}/${state}`);
    const heading = await page.locator("main noscript h1, main h1:visible").last().innerText();
    if (at === "on-day") for (const part of ["Day", "Month", "Year"]) await page.getByLabel(part, { exact: true }).fill("");
    await page.getByRole("button", { name: "Continue" }).click();
    const problem = page.getByRole("alert");
    assert.match(await page.title(), /^Error: /);
    assert.equal(await page.locator("legend h1").innerText(), heading);
    assert.equal(await problem.getByRole("link").getAttribute("href"), `#${at}`);
    assert.ok(await page.locator(`#${at}`).isVisible());
    assert.ok(await page.locator("#problem").isVisible());
  }
  // The answer that was forgotten can be given there.
  await page.getByLabel("Day", { exact: true }).fill("3");
  await page.getByLabel("Month", { exact: true }).fill("4");
  await page.getByLabel("Year", { exact: true }).fill("2020");
  await proceed(page);
  assert.equal(new URL(page.url()).searchParams.get("on"), "2020-04-03");
  await close();
});

test("what an address says stays text", async () => {
  const { page, close } = await withoutScript();
  const payloads = ["</noscript><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'><svg/onload=alert(1)>", "</title><h1>owned</h1>", "&lt;b&gt;", "__WITHOUT_SCRIPT__", "javascript:alert(1)", "{name}"];
  for (const payload of payloads) {
    const text = encodeURIComponent(payload);
    for (const state of [`?pack=${text}`, `?pack=bet-2018&action=${text}`, `?pack=bet-2018&action=call&x=${text}&${text}=y`, `?pack=bet-2018&action=call&on=${text}`, `?pack=bet-2018&action=call&will=${text}&approved=${text}&change=${text}`]) {
      await page.goto(`${server.base}/${state}`);
      assert.equal(await page.locator("main script, main img, main svg, body > script").count(), 0, state);
      assert.equal(await page.locator("h1").filter({ hasText: /^owned$/ }).count(), 0, state);
      assert.equal(await page.locator('a[href^="javascript"]').count(), 0, state);
      const html = await (await fetch(`${server.base}/${state}`)).text();
      assert.equal((html.match(/<\/noscript>/g) ?? []).length, 4, state);
      assert.equal((html.match(/<script/g) ?? []).length, 1, state);
    }
    const reply = await fetch(`${server.base}/step?state=pack%3Dbet-2018&asks=action&act=${text}`, { redirect: "manual" });
    assert.equal(reply.status, 303);
    assert.match(reply.headers.get("location"), /^\/\?pack=bet-2018&action=[\w%.+*,:-]+$/, payload);
  }
  await close();
});

test("the checker finds nothing, and nothing scrolls sideways at 320 pixels", async () => {
  // The checker needs scripts; it looks at what the page is without its own.
  for (const viewport of [{ width: 320, height: 600 }, SIZES.desktop]) {
    const { page, context, close } = await openPage(browser, server.base, { viewport });
    await context.route((url) => url.pathname === "/" || url.pathname === "/step", async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace(/<script.*?<\/script>/, "").replaceAll(/<\/?noscript>/g, "");
      await route.fulfill({ response: answer, body });
    });
    for (const state of [...STATES, "step?state=pack%3Dbet-2018&asks=action"]) {
      await page.goto(`${server.base}/${state}`);
      await assertAccessible(page, state);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, state);
      const small = await page.evaluate(() => [...document.querySelectorAll("main a, main button, main .choice, main summary, nav a")]
        .filter((element) => element.getClientRects().length > 0)
        .filter((element) => element.getBoundingClientRect().height < (element.matches(".facts-way a, .rows a, .problems a, .as-of a") ? 24 : 44))
        .map((element) => element.outerHTML.slice(0, 120)));
      assert.deepEqual(small, [], state);
    }
    await close();
  }
});
