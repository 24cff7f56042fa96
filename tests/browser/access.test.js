// Everybody can use it: the accessibility checker on each state, the keyboard alone, focus and titles, narrow screens.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { asked, assertAccessible, browse, DESKTOP, heading, move, openPage, outcome, PHONE, serve, settled, visit, vocabularyOf, walk, wordsFor } from "./harness.js";

let server, browser;
before(async () => { server = await serve(); browser = await browse(); });
after(async () => { await browser?.close(); await server?.stop(); });

const CALL = "action=call&role=teacher&recipient=parent&device=personal-mobile&purpose=school-business";
/** One address for each state that looks different. */
const STATES = {
  "choice of a policy": "",
  "choice of an act": "?pack=bet-2018",
  "a question": "?pack=bet-2018&action=call",
  "a yes-or-no question": `?pack=bet-2018&on=2020-05-01&${CALL}&change=unavoidable`,
  "a number": "?pack=bet-2018&action=photograph&change=age",
  "the day": `?pack=bet-2018&${CALL}&change=on`,
  "yes, if": `?pack=bet-2018&on=2020-05-01&${CALL}&unavoidable=yes`,
  "no": `?pack=bet-2018&on=2019-05-10&${CALL}&unavoidable=yes`,
  "it depends": `?pack=bet-2018&on=2020-05-01&${CALL}&unavoidable=not_known`,
  "approval": "?pack=bet-2018&action=photograph&role=teacher&pictured=pupil&device=school-camera&purpose=teaching&approved=headteacher&will=keep-anonymous",
  "yes": "?pack=st-nicholas&action=use&role=teacher&device=personal-mobile&period=break&purpose=personal",
  "no answer": "?pack=bet-2018&action=call&devcie=x",
};

for (const colorScheme of ["light", "dark"]) {
  test(`the checker finds nothing on any state (${colorScheme})`, async () => {
    const colours = colorScheme === "dark";
    for (const viewport of [PHONE, DESKTOP]) {
      const { page, close } = await openPage(browser, server.base, { viewport, colorScheme, reducedMotion: "reduce" });
      await visit(page, server.base);
      for (const [state, search] of Object.entries(STATES)) {
        await move(page, search);
        await assertAccessible(page, `${state}, ${viewport.width} wide`, { colours });
      }
      // The same question with the error shown.
      await move(page, STATES["a question"]);
      await page.getByRole("button", { name: "Continue" }).click();
      await assertAccessible(page, `a question without an answer, ${viewport.width} wide`, { colours });
      await close();
    }
  });
}

test("nothing scrolls sideways at 320 pixels, also with wide text spacing", async () => {
  const { page, close } = await openPage(browser, server.base, { viewport: { width: 320, height: 600 } });
  await visit(page, server.base);
  for (const [state, search] of Object.entries(STATES)) {
    await move(page, search);
    const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(await sideways(), 0, state);
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }");
      document.adoptedStyleSheets = [sheet];
    });
    assert.equal(await sideways(), 0, `${state}, with wide text spacing`);
    await page.evaluate(() => { document.adoptedStyleSheets = []; });
  }
  await close();
});

test("everything to press is at least 44 pixels high, links in text 24", async () => {
  const { page, close } = await openPage(browser, server.base);
  await visit(page, server.base);
  for (const [state, search] of Object.entries(STATES)) {
    await move(page, search);
    const small = await page.evaluate(() => [...document.querySelectorAll("main a, main button, main input:not([type=radio]):not([type=checkbox]), main .choice, main summary, nav a")]
      .filter((element) => element.getClientRects().length > 0)
      .filter((element) => element.getBoundingClientRect().height < (element.matches(".facts-way a, .rows a, .problems a") ? 24 : 44))
      .map((element) => element.outerHTML.slice(0, 120)));
    assert.deepEqual(small, [], state);
  }
  await close();
});

test("each step moves the focus to its heading and has a title of its own", async () => {
  const { page, close } = await openPage(browser, server.base);
  await visit(page, server.base, "?pack=st-nicholas&action=use");
  const vocabulary = await vocabularyOf(page, "st-nicholas");
  const titles = new Set();
  const known = { role: "teacher", device: "personal-mobile", period: "lesson", purpose: "personal" };
  for (;;) {
    const fact = await asked(page);
    const title = await page.title();
    assert.ok(title.startsWith(await heading(page)), title);
    assert.ok(!titles.has(title), `two steps are called ${title}`);
    titles.add(title);
    if (fact === null) break;
    await page.getByLabel(wordsFor(vocabulary, fact, known[fact] ?? "not_known"), { exact: true }).check();
    await page.getByRole("button", { name: "Continue" }).click();
    await page.waitForFunction((was) => document.title !== was, title);
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
  }
  assert.equal(await page.locator("h1").count(), 1);
  await close();
});

test("Continue without a choice says what is missing and leads to it", async () => {
  const { page, close } = await openPage(browser, server.base);
  await visit(page, server.base);
  for (const search of ["", "?pack=bet-2018", STATES["a question"], STATES["a yes-or-no question"], STATES["a number"]]) {
    await move(page, search);
    const question = await heading(page);
    // A long list of acts is folded away, with its button.
    if (search === "?pack=bet-2018") await page.getByText("Or choose from the list").click();
    await page.getByRole("button", { name: "Continue" }).click();
    const summary = page.getByRole("alert");
    await summary.waitFor();
    assert.ok(await summary.evaluate((element) => element === document.activeElement), "the summary has the focus");
    assert.match(await page.title(), /^Error: /);
    assert.equal(await heading(page), question);
    await summary.getByRole("link").click();
    assert.ok(await page.evaluate(() => document.activeElement.matches("input")), "its link leads to the field");
    assert.ok(await page.locator("#problem").isVisible());
  }
  await visit(page, server.base, STATES["a number"]);
  await page.getByLabel(/^Number/).fill("a hundred");
  await page.getByRole("button", { name: "Continue" }).click();
  assert.match(await page.getByRole("alert").innerText(), /Enter a whole number of years from 0 to 120/);
  await visit(page, server.base, STATES["the day"]);
  await page.getByLabel("Day", { exact: true }).fill("30");
  await page.getByLabel("Month", { exact: true }).fill("2");
  await page.getByRole("button", { name: "Continue" }).click();
  assert.match(await page.getByRole("alert").innerText(), /day that exists/);
  await close();
});

test("the keyboard alone leads from the first page to an answer and back", async () => {
  const { page, close } = await openPage(browser, server.base, { viewport: DESKTOP });
  await visit(page, server.base);
  const vocabulary = await vocabularyOf(page, "st-nicholas");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to main content");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");

  const known = { action: "use", role: "teacher", device: "personal-mobile", period: "lesson", purpose: "personal" };
  for (let step = 0; step < 20; step += 1) {
    const fact = await asked(page);
    if (fact === null) break;
    const wanted = fact === "pack" ? "st-nicholas" : known[fact] ?? "not_known";
    await tabTo(page, () => document.activeElement.matches("input[type=radio]"));
    // Space takes the radio that Tab came to; the arrows move from there.
    await page.keyboard.press("Space");
    for (let press = 0; press < 60; press += 1) {
      const value = await page.evaluate(() => document.activeElement.value);
      if (value === wanted) break;
      await page.keyboard.press("ArrowDown");
    }
    assert.equal(await page.evaluate(() => document.activeElement.value), wanted, `${fact} can be chosen with the arrows`);
    const ring = await page.evaluate(() => getComputedStyle(document.activeElement.closest(".choice")).outlineStyle);
    assert.equal(ring, "solid", "the focus is seen");
    const was = page.url();
    await tabTo(page, () => document.activeElement.matches("button"));
    await page.keyboard.press("Enter");
    await page.waitForFunction((before) => location.href !== before, was);
    await page.waitForFunction(() => document.activeElement.tagName === "H1");
  }
  assert.equal(await outcome(page), "forbidden");
  await tabTo(page, () => document.activeElement.matches('[data-fact="period"] a'));
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.tagName === "H1");
  assert.equal(await asked(page), "period");
  await page.keyboard.press("Shift+Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Back");
  await page.keyboard.press("Enter");
  await page.locator(".verdict").waitFor();
  assert.equal(await heading(page), "No");
  assert.ok(vocabulary.acts.length > 0);
  await close();
});

async function tabTo(page, there) {
  for (let press = 0; press < 60; press += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(there)) return;
  }
  assert.fail(`the keyboard does not lead to ${there}`);
}

test("forced colours keep the verdict and the choices visible", async () => {
  const { page, close } = await openPage(browser, server.base, { forcedColors: "active" });
  await visit(page, server.base, STATES.no);
  assert.equal(await page.locator(".verdict").evaluate((element) => getComputedStyle(element).borderTopStyle), "solid");
  await assertAccessible(page, "forced colours");
  await close();
});

test("on paper the answer stands without the controls", async () => {
  const { page, close } = await openPage(browser, server.base, { viewport: DESKTOP });
  await visit(page, server.base, STATES["yes, if"]);
  await walk(page, await vocabularyOf(page, "bet-2018"), {});
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator("h1").isVisible());
  assert.ok(await page.locator("#because").isVisible());
  assert.equal(await page.locator(".actions:visible, .facts-way:visible, .back:visible").count(), 0);
  await settled(page);
  await close();
});
