// Asking as of another day: chosen on any page, kept in the address, said in the answer, and left again.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { asked, assertAccessible, browse, heading, lastDecision, outcome, proceed, readingWith, serve, visit } from "./harness.js";

let server, browser;
before(async () => { server = await serve(); browser = await browse(); });
after(async () => { await browser?.close(); await server?.stop(); });

const reading = readingWith(() => ({ browser, base: server.base }));
const CALL = "action=call&role=teacher&recipient=parent&device=personal-mobile&purpose=school-business&unavoidable=yes";

async function fillDay(page, [day, month, year]) {
  await page.getByLabel("Day", { exact: true }).fill(day);
  await page.getByLabel("Month", { exact: true }).fill(month);
  await page.getByLabel("Year", { exact: true }).fill(year);
  await proceed(page);
}

test("another day is chosen before the act, stays through the questions, and is said in the answer", () => reading({}, async (page) => {
  await visit(page, server.base, "?pack=bet-2018");
  assert.match(await page.locator(".as-of").innerText(), /^This is about today\./);
  await page.getByRole("link", { name: "Ask as of another day" }).click();
  await page.locator('form[data-asks="on"]').waitFor();
  assert.equal(await heading(page), "When is this?");
  await fillDay(page, ["1", "5", "2020"]);
  assert.equal(await asked(page), "action");
  assert.match(page.url(), /on=2020-05-01/);
  assert.match(await page.locator(".as-of").innerText(), /^You are asking as of 1 May 2020\./);
  await assertAccessible(page, "another day");
  await page.getByText("Or choose from the list").click();
  await page.locator('input[name="act"][value="call"]').check();
  await proceed(page);
  assert.match(page.url(), /on=2020-05-01/);
  assert.match(await page.locator(".as-of").innerText(), /1 May 2020/);
  // Back leads through the day to today.
  await page.goBack();
  assert.equal(await asked(page), "action");
  await page.goBack();
  await page.locator('form[data-asks="on"]').waitFor();
  await page.goBack();
  await page.locator(".as-of").getByText("This is about today.").waitFor();
  assert.doesNotMatch(page.url(), /on=/);
}));

test("the answer says for which day it is, and changes with the day", () => reading({}, async (page) => {
  await visit(page, server.base, `?pack=bet-2018&${CALL}&on=2020-05-01`);
  assert.equal(await outcome(page), "permitted");
  assert.equal(await page.locator(".verdict-day").innerText(), "This is the answer for 1 May 2020, not for today.");
  assert.equal((await lastDecision(page)).question.on, "2020-05-01");
  await page.locator('#facts [data-fact="on"]').getByRole("link", { name: "Ask as of another day" }).click();
  await fillDay(page, ["10", "5", "2019"]);
  assert.equal(await outcome(page), "forbidden");
  assert.match(await page.locator(".verdict-day").innerText(), /10 May 2019/);
  await page.getByRole("link", { name: "Ask something else" }).click();
  await page.locator('form[data-asks="action"]').waitFor();
  assert.match(page.url(), /on=2019-05-10/);
  await page.getByRole("link", { name: "Ask as of today" }).click();
  await page.locator(".as-of").getByText("This is about today.").waitFor();
  assert.doesNotMatch(page.url(), /on=/);
}));

test("an answer for today says nothing of another day", () => reading({}, async (page) => {
  await visit(page, server.base, "?pack=st-nicholas&action=use&role=teacher&device=personal-mobile&period=lesson&purpose=personal");
  assert.equal(await outcome(page), "forbidden");
  assert.equal(await page.locator(".verdict-day").count(), 0);
  assert.match(await page.locator('#facts [data-fact="on"]').innerText(), /Today/);
}));

test("a day that does not exist is no answer", () => reading({}, async (page) => {
  await visit(page, server.base, `?pack=bet-2018&${CALL}&on=2020-02-30`);
  assert.equal(await outcome(page), "error");
}));
