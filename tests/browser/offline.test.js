// Without a connection: once loaded, the page answers with the server's process gone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asked, browse, choosePolicy, heading, openPage, outcome, serveAlone, settled, visit, vocabularyOf, walk } from "./harness.js";

test("the page reloads and answers from every policy with the server killed", async () => {
  const server = await serveAlone();
  const browser = await browse();
  try {
    const { page, context } = await openPage(browser, server.base);
    await visit(page, server.base);
    await page.getByText("Ready to use without a connection").waitFor();
    const school = await vocabularyOf(page, "st-nicholas");
    const trust = await vocabularyOf(page, "bet-2018");
    await server.stop();
    await assert.rejects(fetch(`${server.base}/`), "the server is gone");

    await page.reload();
    await settled(page);
    await choosePolicy(page, school);
    await walk(page, school, { action: "use", role: "teacher", device: "personal-mobile", period: "lesson", purpose: "personal" });
    assert.equal(await outcome(page), "forbidden");
    assert.equal(await heading(page), "No");

    // A new page and a link into the other policy.
    const other = await context.newPage();
    await visit(other, server.base, "?pack=bet-2018&on=2020-05-01&action=call&role=teacher&recipient=parent&device=personal-mobile&unavoidable=yes&purpose=school-business");
    await walk(other, trust, {});
    assert.equal(await asked(other), null);
    assert.match(await heading(other), /^Yes, if you /);
    await other.getByText("Ready to use without a connection").waitFor();
  } finally {
    await browser.close();
    await server.stop();
  }
});
