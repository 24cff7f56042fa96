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

test("the service worker keeps every file that the page names, and for authors every file of theirs", async () => {
  const server = await serveAlone();
  try {
    const loaded = async (address) => {
      const response = await fetch(`${server.base}${address}`);
      assert.equal(response.status, 200, address);
      return response.text();
    };
    const worker = await loaded("/sw.js");
    const listed = (list) => JSON.parse(worker.match(new RegExp(`const ${list} ?= ?(\\[[^\\]]*\\])`))[1]);
    const [everybody, authors] = [listed("EVERYBODY"), listed("AUTHORS")];
    /** All that is named by what is reached from these addresses. */
    const named = async (...reached) => {
      for (const address of reached) {
        if (!/\.(js|html)$|^\/(author)?$/.test(address)) continue;
        for (const [, name] of (await loaded(address)).matchAll(/["'`]([\w./-]+\.(?:js|wasm|css|svg|webmanifest))["'`?]/g)) {
          const found = new URL(name, new URL(address, server.base)).pathname;
          // The glue calls by `_bg.js` what the evaluator imports from it.
          if (found !== "/sw.js" && !found.endsWith("_bg.js") && !reached.includes(found)) reached.push(found);
        }
      }
      return reached.sort();
    };
    const page = await named("/");
    for (const wanted of ["/answer.js", "/words/read.js", "/matrix.js", "/byelaw_eval_bg.wasm"]) assert.ok(everybody.includes(wanted), wanted);
    // It may start the authors' worker, and never does.
    assert.deepEqual(everybody.toSorted(), page.filter((each) => !authors.includes(each)));
    assert.deepEqual([...everybody, ...authors].sort(), await named("/", "/author"));
  } finally {
    await server.stop();
  }
});
