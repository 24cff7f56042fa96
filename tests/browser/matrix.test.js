// The tables of a policy in the page: each cell is what `byelaw matrix` decides for that day, and opens its question.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { asked, assertAccessible, browse, DESKTOP, lastDecision, openPage, PHONE, serve, settled, visit } from "./harness.js";
import { byelaw } from "./native.js";

let server, browser;
before(async () => { server = await serve(); browser = await browse(); });
after(async () => { await browser?.close(); await server?.stop(); });

async function reading(options, steps) {
  const { page, close } = await openPage(browser, server.base, options);
  await steps(page);
  await close();
}

/** The cells as the page shows them. */
const shown = (page) => page.locator("td.cell").evaluateAll((cells) => cells.map(({ dataset }) => [dataset.row, dataset.column, dataset.outcome, dataset.possible, dataset.changed]));

/** The same as the command prints them. */
function printed(pack, on) {
  const told = JSON.parse(byelaw(["matrix", pack, "--on", on, "--format", "json"]).stdout);
  return told.matrices.flatMap((matrix) => matrix.rows.flatMap((row) => row.cells.map((cell) => [row.row, cell.column, cell.outcome, cell.possible.join(" "), cell.changed_by.join(" ")])));
}

for (const on of ["2015-01-01", "2020-05-01", "2026-11-28"]) {
  test(`every cell on ${on} is that of the command`, () => reading({ viewport: DESKTOP }, async (page) => {
    await visit(page, server.base, `?pack=st-nicholas&matrix&on=${on}`);
    const cells = await shown(page);
    assert.ok(cells.length > 10);
    assert.deepEqual(cells, printed("policies/st-nicholas", on));
    // A cell says yes only where the policy permits each case of it.
    for (const cell of await page.locator("td.cell").all()) {
      assert.equal(/^yes/i.test(await cell.innerText()), (await cell.getAttribute("data-outcome")) === "permitted");
    }
  }));
}

test("a cell opens its question with what it is about", () => reading({}, async (page) => {
  await visit(page, server.base, "?pack=st-nicholas&on=2026-11-28");
  await page.getByRole("link", { name: /^See the whole table/ }).click();
  await page.locator("table.matrix").waitFor();
  assert.match(page.url(), /\?pack=st-nicholas&matrix&on=2026-11-28$/);
  const cell = page.locator('td.cell[data-row="2"][data-column="adults"]');
  assert.equal(await cell.getAttribute("data-outcome"), "forbidden");
  await cell.getByRole("link").first().click();
  await page.waitForFunction(() => !location.search.includes("matrix"));
  await settled(page);
  const { question } = await lastDecision(page);
  assert.equal(question.on, "2026-11-28");
  assert.equal(question.facts.action, "use");
  assert.ok(question.facts.role, "who it is about is stated");
  await page.goBack();
  await page.locator("table.matrix").waitFor();
}));

test("a policy without a table says so, on any day", () => reading({}, async (page) => {
  await visit(page, server.base, "?pack=bet-2018&matrix");
  assert.match(await page.locator("main").innerText(), /There is no table of this policy here/);
  await assertAccessible(page, "no table");
  await visit(page, server.base, "?pack=st-nicholas&matrix&on=not_known");
  assert.match(await page.locator("main").innerText(), /day that is known/);
  await visit(page, server.base, "?pack=bet-2018");
  assert.equal(await page.getByRole("link", { name: /whole table/ }).count(), 0);
  assert.equal(await asked(page), "action");
}));

test("the table is accessible and scrolls in its own frame", async () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const viewport of [PHONE, DESKTOP, { width: 320, height: 600 }]) {
      await reading({ viewport, colorScheme, reducedMotion: "reduce" }, async (page) => {
        await visit(page, server.base, "?pack=st-nicholas&matrix&on=2026-11-28");
        await assertAccessible(page, `the table, ${viewport.width} wide, ${colorScheme}`);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
      });
    }
  }
});

test("the table can be had for a spreadsheet, and text in it is no formula", () => reading({ viewport: DESKTOP }, async (page) => {
  await visit(page, server.base, "?pack=st-nicholas&matrix&on=2026-11-28");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /spreadsheet/ }).click()]);
  assert.equal(download.suggestedFilename(), "st-nicholas-tech-2026-11-28.csv");
  const text = readFileSync(await download.path(), "utf8");
  assert.equal(text.trim().split("\r\n").length, 1 + (await page.locator("tbody tr").count()));
  const written = await page.evaluate(async () => {
    const { csv } = await import("/matrix.js");
    const vocabulary = { actFact: { name: "does" }, act: () => undefined, deed: (name) => name };
    const cell = { column: "@who", outcome: "forbidden", changed_by: [], facts: {}, needs: [], open: [], possible: [], provided: [], approvals: [] };
    return csv({ rows: [{ row: "=1+1", act: 'say "boo"', cells: [cell] }] }, vocabulary);
  });
  assert.equal(written, `"Row","What","'@who","'@who: what changes it"\r\n"'=1+1","say ""boo""","No",""\r\n`);
}));
