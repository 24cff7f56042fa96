// The page for authors: what is wrong is told at its place, examples and changes are the compiler's own, and nothing that
// somebody wrote is lost or sent anywhere.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { assertAccessible, browse, DESKTOP, openPage, PHONE, readingWith, serve, serveAlone } from "./harness.js";
import { byelaw, ROOT } from "./native.js";

let server, browser;
before(async () => { server = await serve(); browser = await browse(); });
after(async () => { await browser?.close(); await server?.stop(); });
const reading = readingWith(() => ({ browser, base: server.base }));

const SLOW = { timeout: 90_000 };

async function go(page, address) {
  await page.goto(`${server.base}${address}`);
  await page.waitForSelector("#loading", { state: "detached" });
}

/** Opens a policy and waits until all of it was looked at. */
async function opened(page, search) {
  await go(page, `/author?${search}`);
  await page.locator(".cm-content").waitFor();
  await looked(page);
}

async function looked(page) {
  await page.waitForFunction(() => {
    const text = document.querySelector(".finding").textContent;
    return text !== "" && !/Reading|Looking/.test(text);
  }, null, SLOW);
}

/** Finds words in the text and writes others in their place, by the keyboard as an author does. */
async function write(page, words, others) {
  assert.ok(await has(page, words), `the text has ${words}`);
  // Half a word does not bring up a list that Enter would take from.
  await page.keyboard.insertText(others);
  await looked(page);
}

const tab = (page, name) => page.getByRole("tab", { name }).click();
const text = (page) => page.evaluate(() => [...document.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"));
/** What the page says outside of what is only read out. */
const said = (page, words) => page.locator("main").getByText(words);

/** Whether the text has these words anywhere; only what is seen of it is in the page. */
async function has(page, words) {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+f");
  await page.locator(".cm-search [name=search]").fill(words);
  // The words are taken when a key comes up.
  await page.keyboard.press("Shift");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  return (await page.evaluate(() => getSelection().toString())) === words;
}

const finding = (page) => page.locator(".finding").textContent();

test("an error is shown at its place and in words, found from the list, and gone when it is mended", async () => {
  await reading({ viewport: DESKTOP }, async (page) => {
    await opened(page, "new");
    assert.equal(await finding(page), "Nothing is wrong.");
    await write(page, "the kitchen or other-room", "the kitchn or other-room");
    const marked = page.locator(".cm-lintRange-error");
    assert.equal(await marked.textContent(), "kitchn");
    const card = page.locator("#panel-messages .card").first();
    const message = (await card.locator(".message-title").textContent()).replace("Error: ", "");
    assert.match(message, /kitchn/);
    assert.match(await card.textContent(), /did you mean `kitchen`\?/);
    assert.match(await page.getByRole("tab", { name: /^Messages/ }).textContent(), /\(1\)/);
    assert.match(await page.locator("#file option:checked").textContent(), /policy\.pol \(changed, 1 error\)/);
    // The same words where the pointer rests, and from the list back to the place.
    await marked.hover();
    assert.match(await page.locator(".cm-tooltip .mark-message").textContent(), /kitchn/);
    await page.keyboard.press("Control+Home");
    await card.getByRole("button", { name: /^policy\.pol, line \d+$/ }).click();
    assert.equal(await page.evaluate(() => getSelection().toString()), "kitchn");
    // What answers nothing is not asked.
    await tab(page, "Examples");
    assert.match(await page.locator("#panel-examples").textContent(), /Mend them first/);
    await write(page, "kitchn", "kitchen");
    assert.equal(await finding(page), "Nothing is wrong.");
    assert.equal(await marked.count(), 0);
  });
});

test("an example that no longer holds is told beside the text and at its place", async () => {
  await reading({ viewport: DESKTOP }, async (page) => {
    await opened(page, "new");
    await tab(page, "Examples");
    await said(page, "All 5 examples hold.").waitFor();
    await write(page, "expect forbidden, because no-smoking", "expect permitted");
    await said(page, "1 of 5 examples no longer hold.").waitFor();
    const card = page.locator("#panel-examples .card-broken");
    assert.match(await card.textContent(), /Does not hold: smoking/);
    assert.match(await card.textContent(), /outcome: you expect permitted, and it is forbidden/);
    assert.match(await card.locator("details").textContent(), /no-smoking: Anyone must not smoke\./);
    assert.match(await page.getByRole("tab", { name: /^Examples/ }).textContent(), /\(1\)/);
    assert.equal(await page.locator(".cm-lintRange-error").count(), 1);
    await page.locator(".cm-content").press("Control+z");
    await said(page, "All 5 examples hold.").waitFor();
    assert.equal(await page.locator(".cm-lintRange-error").count(), 0);
  });
});

test("a changed rule is told with exactly the answers that are others now", async () => {
  await reading({ viewport: DESKTOP }, async (page) => {
    await opened(page, "new");
    await tab(page, "Changes");
    await said(page, "No difference: all 2 acts are answered alike.").waitFor();
    // Of the three who can ask, two are forbidden it no longer: no rule speaks of them.
    await write(page, "Anyone must not smoke", "Member must not smoke");
    await said(page, "1 of 2 acts answered differently somewhere; 1 answered alike.").waitFor();
    const item = page.locator("#panel-changes .report-item");
    assert.equal(await item.locator("[data-count]").textContent(), "all 2");
    assert.match(await item.textContent(), /smoke/);
    await write(page, "Member must not smoke", "Anyone must not smoke");
    await said(page, "No difference: all 2 acts are answered alike.").waitFor();
  });
});

test("what changes in a published policy is what byelaw diff says", async () => {
  const folder = mkdtempSync(join(tmpdir(), "byelaw-"));
  try {
    for (const pack of ["common", "beckfoot"]) cpSync(join(ROOT, "policies", pack), join(folder, pack), { recursive: true });
    const file = join(folder, "beckfoot/rules/monitoring.pol");
    const before = readFileSync(file, "utf8");
    assert.ok(before.includes("must not "), "the policy has a rule to change");
    writeFileSync(file, before.replace("must not ", "may "));
    const report = JSON.parse(byelaw(["diff", "policies/beckfoot", join(folder, "beckfoot"), "--format", "json"]).stdout);
    assert.ok(report.acts_changed.length > 0);
    const counts = report.changes.flatMap((change) => change.shifts).flatMap((shift) => shift.places).map((place) => place.count.toLocaleString("en-GB"));
    await reading({ viewport: DESKTOP }, async (page) => {
      await opened(page, "pack=beckfoot");
      await page.getByLabel("File", { exact: true }).selectOption({ label: "rules/monitoring.pol" });
      await write(page, "must not ", "may ");
      await tab(page, "Changes");
      const alike = report.acts - report.acts_changed.length;
      await said(page, `${report.acts_changed.length} of ${report.acts} acts answered differently somewhere; ${alike} answered alike.`).waitFor(SLOW);
      const shown = await page.locator("#panel-changes [data-count]").allTextContents();
      for (const count of counts) assert.ok(shown.some((each) => each.includes(count)), `${count} in ${shown.join("; ")}`);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a change goes to somebody else by its address, and no server gets to see it", async () => {
  let address;
  await reading({ viewport: DESKTOP }, async (page) => {
    await opened(page, "pack=beckfoot");
    await page.getByLabel("File", { exact: true }).selectOption({ label: "rules/monitoring.pol" });
    await write(page, "must not ", "may ");
    await page.getByRole("button", { name: "Share" }).click();
    address = await page.getByLabel("Address").inputValue();
    assert.ok(address.length < 400, `${address.length} letters`);
  });
  await reading({ viewport: PHONE }, async (page) => {
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(address);
    await said(page, "You opened a change that somebody shared.").waitFor();
    await looked(page);
    assert.equal(await page.locator("#file option:checked").textContent(), "policy.pol");
    await page.getByLabel("File", { exact: true }).selectOption({ label: "rules/monitoring.pol (changed)" });
    assert.ok(await has(page, "monitor emails or calls"));
    assert.equal(new URL(page.url()).hash, "");
    assert.deepEqual(asked.filter((url) => new URL(url).pathname.length > 100 || new URL(url).search.length > 40), []);
    // Somebody with a draft of their own is asked first.
    await page.goto("about:blank");
    await page.goto(address);
    await said(page, "You opened a change that somebody shared.").waitFor();
    await page.getByLabel("File", { exact: true }).selectOption({ label: "rules/monitoring.pol (changed)" });
    await page.locator(".cm-content").press("Control+Home");
    await page.keyboard.type("# mine\n");
    await page.waitForTimeout(500);
    await page.goto("about:blank");
    await page.goto(address);
    await page.getByRole("button", { name: "Keep my draft" }).click();
    await page.locator(".cm-content").waitFor();
    await page.getByLabel("File", { exact: true }).selectOption({ label: "rules/monitoring.pol (changed)" });
    assert.match(await text(page), /^# mine\n/);
  });
});

test("a change goes to somebody else as a file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "byelaw-"));
  const file = join(folder, "house-rules.change.json");
  try {
    await reading({ viewport: DESKTOP }, async (page) => {
      await opened(page, "new");
      await write(page, "Anyone must not smoke", "Guest must not smoke");
      await page.getByRole("button", { name: "Share" }).click();
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save the change as a file" }).click()]);
      assert.equal(download.suggestedFilename(), "house-rules.change.json");
      await download.saveAs(file);
    });
    await reading({ viewport: DESKTOP }, async (page) => {
      await go(page, "/author");
      await page.locator("input[type=file]").first().setInputFiles(file);
      await page.locator(".cm-content").waitFor();
      assert.ok(await has(page, "Guest must not smoke"));
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const files = (page) => page.locator("#file option").allTextContents();

async function named(page, button, name, send) {
  await page.getByRole("button", { name: button, exact: true }).click();
  await page.locator("#file-name").fill(name);
  await page.getByRole("button", { name: send }).click();
}

test("files are added, renamed, deleted and brought back; the draft outlives a reload and goes to others", async () => {
  let address;
  await reading({ viewport: DESKTOP }, async (page) => {
    await opened(page, "pack=beckfoot");
    const before = await files(page);
    await named(page, "New file", "rules/visits", "Add the file");
    await looked(page);
    assert.equal(await page.locator("#file option:checked").textContent(), "rules/visits.pol (new)");
    assert.match(await finding(page), /^0 errors|^Nothing is wrong/);
    await named(page, "New file", "rules/Monitoring.pol", "Add the file");
    assert.match(await page.locator("#file-name-problem").textContent(), /There is a file called rules\/monitoring\.pol already/);
    await page.locator("#file-name").fill("../x");
    await page.getByRole("button", { name: "Add the file" }).click();
    assert.match(await page.locator("#file-name-problem").textContent(), /Use letters/);
    await page.getByRole("button", { name: "Cancel" }).click();
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "New file");
    // What a file is called changes no answer.
    await page.getByLabel("File", { exact: true }).selectOption({ label: "rules/monitoring.pol" });
    const words = await text(page);
    await named(page, "Rename", "rules/watching.pol", "Rename the file");
    await looked(page);
    assert.equal(await text(page), words);
    assert.ok(!(await files(page)).some((each) => each.startsWith("rules/monitoring")));
    await tab(page, "Changes");
    await said(page, /^No difference: all \d+ acts are answered alike\.$/).waitFor(SLOW);
    // Without its rules the examples that name them are wrong, until they are back.
    const remove = async () => {
      await page.getByRole("button", { name: "Delete", exact: true }).click();
      await page.getByRole("button", { name: "Yes, delete it" }).click();
      await looked(page);
    };
    await remove();
    assert.match(await finding(page), /^\d\d errors/);
    await page.getByRole("button", { name: /^Bring it back.*rules\/monitoring\.pol/ }).click();
    await looked(page);
    assert.match(await finding(page), /^0 errors|^Nothing is wrong/);
    assert.equal(await text(page), words);
    await page.getByLabel("File", { exact: true }).selectOption({ label: "cases/advice.pol" });
    await remove();
    assert.match(await finding(page), /^0 errors|^Nothing is wrong/);
    // What it uses can be deleted too, and comes back.
    await page.getByLabel("File", { exact: true }).selectOption({ label: before.find((each) => each.includes("vocabulary/devices")) });
    await remove();
    assert.match(await finding(page), /^[1-9]\d* errors?/);
    await page.getByRole("button", { name: /^Bring it back.*devices\.pol/ }).click();
    await looked(page);
    assert.match(await finding(page), /^0 errors|^Nothing is wrong/);
    const after = await files(page);
    await page.reload();
    await page.locator(".cm-content").waitFor();
    assert.deepEqual(await files(page), after);
    assert.match(await page.locator(".files-gone").textContent(), /Deleted: cases\/advice\.pol/);
    await page.getByRole("button", { name: "Share" }).click();
    address = await page.getByLabel("Address").inputValue();
  });
  await reading({ viewport: PHONE }, async (page) => {
    await page.goto(address);
    await said(page, "You opened a change that somebody shared.").waitFor();
    await looked(page);
    const there = await files(page);
    assert.ok(there.includes("rules/visits.pol (new)") && !there.some((each) => each.startsWith("cases/advice")), there.join(", "));
    await page.getByRole("button", { name: /^Bring it back/ }).click();
    assert.equal(await page.locator("#file option:checked").textContent(), "cases/advice.pol");
  });
});

test("what a rule does and what is proved is what the commands say", async () => {
  const folder = mkdtempSync(join(tmpdir(), "byelaw-"));
  try {
    const squeezed = (words) => words.replace(/\s+/g, " ").trim();
    await reading({ viewport: DESKTOP }, async (page) => {
      await opened(page, "new");
      const own = join(folder, "house-rules");
      assert.equal(byelaw(["new", own]).status, 0);
      await tab(page, "Rules");
      await page.getByLabel("Rule", { exact: true }).selectOption("no-smoking");
      await page.getByRole("button", { name: "See what this rule does" }).click();
      await page.locator("#panel-rules .report-summary").waitFor(SLOW);
      const effect = JSON.parse(byelaw(["effect", own, "no-smoking", "--format", "json"]).stdout);
      const shown = squeezed(await page.locator("#panel-rules").textContent());
      assert.ok(shown.includes(effect.effect.sentence), shown);
      for (const count of effect.without.changes.flatMap((change) => change.shifts).flatMap((shift) => shift.places).map((place) => place.count.toLocaleString("en-GB"))) assert.ok(shown.includes(count), `${count} in ${shown}`);
      await page.getByRole("button", { name: "Look at all rules" }).click();
      await page.locator("#panel-rules .report-summary").nth(1).waitFor(SLOW);
      const all = byelaw(["effect", own]).stdout;
      assert.ok(all.includes((await page.locator("#panel-rules .report-summary").nth(1).locator("p").first().textContent()).trim()));
      await assertAccessible(page, "what rules do");
      await tab(page, "Proofs");
      await page.getByRole("button", { name: "Prove it" }).click();
      await page.locator("#panel-proofs .report-summary").waitFor(SLOW);
      const proved = byelaw(["prove", own]).stdout;
      assert.ok(squeezed(proved).includes(squeezed(await page.locator("#panel-proofs .report-summary p").first().textContent())));
      await assertAccessible(page, "what is proved");
      // The proofs are a file that the command checks.
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save the proofs as a file" }).click()]);
      await download.saveAs(join(folder, "proofs.json"));
      const verified = byelaw(["verify", own, join(folder, "proofs.json")]);
      assert.equal(verified.status, 0, verified.stdout + verified.stderr);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("an address that is not whole, or unfolds to more than any policy, opens nothing", async () => {
  const bomb = await packed("x".repeat(50_000_000));
  for (const change of ["abc", "%3Cimg%3E", bomb, await packed("{}"), await packed('{"v":1,"kind":"published","pack":"beckfoot","files":{"../x.pol":{"text":"x"}}}')]) {
    await reading({ viewport: PHONE }, async (page) => {
      await go(page, `/author?pack=beckfoot#change=${change}`);
      assert.equal(await page.locator("h1").textContent(), "This could not be opened");
    });
  }
});

async function packed(words) {
  const stream = new Blob([words]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return Buffer.from(await new Response(stream).arrayBuffer()).toString("base64url");
}

test("files of one's own are opened, and kept over a reload", async () => {
  await reading({ viewport: DESKTOP }, async (page) => {
    await go(page, "/author");
    const policy = 'policy mine "Mine", silence means forbidden.\nfact who of the asker, the subject, one of: me, you.\nfact do of the act, the acts.\nact sing "sing": sing.\nrule song cites d/1: Me may sing.\ndocument d "D".\nclause d/1 "1": "singing".\n';
    await page.locator("input[type=file]").first().setInputFiles({ name: "mine.pol", mimeType: "text/plain", buffer: Buffer.from(policy) });
    await page.locator(".cm-content").waitFor();
    await looked(page);
    assert.match(await text(page), /^policy mine/);
    await page.reload();
    await page.locator(".cm-content").waitFor();
    assert.match(await text(page), /^policy mine/);
  });
});

test("a draft outlives a reload, and is gone when it is discarded", async () => {
  await reading({ viewport: DESKTOP }, async (page) => {
    await opened(page, "new");
    await write(page, "Anyone must not smoke", "Guest must not smoke");
    await page.reload();
    await page.locator(".cm-content").waitFor();
    await looked(page);
    assert.ok(await has(page, "Guest must not smoke"));
    assert.match(await page.locator(".draft-state").textContent(), /You have changed 1 file\./);
    await go(page, "/author");
    await page.getByRole("link", { name: "Go on with your draft: A new policy" }).click();
    await page.locator(".cm-content").waitFor();
    await page.getByRole("button", { name: "Discard draft" }).click();
    await page.getByRole("button", { name: "Yes, discard it" }).click();
    await page.waitForFunction(() => document.querySelector(".draft-state")?.textContent === "You have changed nothing yet.");
    assert.ok(await has(page, "Anyone must not smoke"));
  });
});

test("the layout is tidied, as one step that can be undone", async () => {
  await reading({ viewport: DESKTOP }, async (page) => {
    await opened(page, "new");
    await write(page, "Anyone must not smoke.", "Anyone   must  not smoke .");
    await page.getByRole("button", { name: "Tidy the layout" }).click();
    await page.waitForFunction(() => [...document.querySelectorAll(".cm-line")].some((line) => line.textContent.trim() === "Anyone must not smoke."));
    await page.locator(".cm-content").focus();
    await page.keyboard.press("Control+z");
    assert.ok(await has(page, "Anyone   must  not smoke ."));
  });
});

test("a draft is asked on the checker's own page, which says that it is one", async () => {
  await reading({ viewport: DESKTOP }, async (page) => {
    await opened(page, "new");
    await write(page, "Anyone must not smoke", "Guest must not smoke");
    await tab(page, "Ask");
    const [asked] = await Promise.all([page.context().waitForEvent("page"), page.getByRole("link", { name: /^Ask your draft/ }).click()]);
    await asked.goto(`${asked.url()}&action=smoke&role=member`);
    await asked.waitForSelector("#loading", { state: "detached" });
    assert.equal(await asked.locator(".verdict").getAttribute("data-outcome"), "not_covered");
    assert.match(await asked.locator(".draft-notice").textContent(), /This is a draft/);
    await assertAccessible(asked, "an answer of a draft");
    // It is none of the policies on offer.
    await asked.goto(server.base);
    await asked.waitForSelector("#loading", { state: "detached" });
    assert.equal(await asked.locator("[value=my_draft]").count(), 0);
  });
});

test("the checker loads nothing of this page", async () => {
  await reading({ viewport: PHONE }, async (page) => {
    const asked = [];
    page.context().on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(server.base);
    await page.getByText("Ready to use without a connection").waitFor();
    assert.ok(asked.includes("/byelaw_eval_bg.wasm"));
    assert.deepEqual(asked.filter((path) => /author|checker|sources/.test(path)), []);
    await page.getByRole("link", { name: "For authors" }).click();
    await page.getByRole("heading", { name: "Write and try out a policy" }).waitFor();
  });
});

test("without a connection the page still checks and compares", async () => {
  const alone = await serveAlone();
  try {
    const { page } = await openPage(browser, alone.base, { viewport: DESKTOP });
    await page.goto(`${alone.base}/author`);
    await page.getByText("Ready to use without a connection").waitFor();
    await alone.stop();
    await page.goto(`${alone.base}/author?pack=beckfoot`);
    await page.locator(".cm-content").waitFor();
    await looked(page);
    await page.getByLabel("File", { exact: true }).selectOption({ label: "rules/monitoring.pol" });
    await write(page, "must not ", "may ");
    await tab(page, "Changes");
    await said(page, /acts answered differently somewhere/).waitFor(SLOW);
    await page.context().close();
  } finally {
    await alone.stop();
  }
});

test("words of a policy are text, wherever they are shown", async () => {
  const payload = "<img src=x onerror=alert(1)><script>alert(2)</script>";
  await reading({ viewport: DESKTOP }, async (page) => {
    await opened(page, "new");
    await write(page, "\"smoking\"", `"${payload}"`);
    await write(page, "\"smoke\": smoke", `"${payload}": smoke`);
    await write(page, "Anyone must not smoke", "Member must not smoke");
    await tab(page, "Examples");
    await said(page, "1 of 5 examples no longer hold.").waitFor();
    assert.ok((await page.locator("#panel-examples .card-broken").textContent()).includes(payload));
    await tab(page, "Changes");
    await page.locator("#panel-changes .report-item").first().waitFor();
    assert.ok((await page.locator("#panel-changes").textContent()).includes("onerror=alert(1)"));
    assert.equal(await page.locator("main img, main script").count(), 0);
  });
});

test("a matrix is decided for a day", async () => {
  await reading({ viewport: DESKTOP }, async (page) => {
    await opened(page, "pack=st-nicholas");
    await tab(page, "Matrix");
    await page.locator("table.matrix").waitFor(SLOW);
    const printed = JSON.parse(byelaw(["matrix", "policies/st-nicholas", "--on", await page.getByLabel("Day").inputValue(), "--format", "json"]).stdout);
    const shown = await page.locator("table.matrix .cell-says").allTextContents();
    assert.deepEqual(shown, printed.matrices.flatMap((matrix) => matrix.rows).flatMap((row) => row.cells).map((cell) => cell.says));
    await assertAccessible(page, "the matrix");
  });
});

for (const colorScheme of ["light", "dark"]) {
  test(`the accessibility checker finds nothing (${colorScheme})`, async () => {
    const colours = colorScheme === "dark";
    for (const viewport of [PHONE, DESKTOP]) {
      await reading({ viewport, colorScheme, reducedMotion: "reduce" }, async (page) => {
        const where = (state) => assertAccessible(page, `${state}, ${viewport.width} wide`, { colours });
        await go(page, "/author");
        await where("where to begin");
        await opened(page, "new");
        await where("a policy");
        await page.locator(".cm-content").focus();
        await page.keyboard.press("Control+f");
        await where("finding words");
        await page.keyboard.press("Escape");
        await write(page, "must not smoke", "must not smoek");
        await where("an error");
        await page.getByRole("button", { name: "Discard draft" }).click();
        await where("discarding");
        await page.getByRole("button", { name: "Keep it" }).click();
        await page.getByRole("button", { name: "New file" }).click();
        await page.getByRole("button", { name: "Add the file" }).click();
        await where("naming a file");
        await page.getByRole("button", { name: "Cancel" }).click();
        await write(page, "Anyone must not smoek", "Member must not smoke");
        await page.getByRole("button", { name: "Share" }).click();
        await page.getByLabel("Address").waitFor();
        await where("sharing");
        for (const [name, wait] of [["Examples", "no longer hold"], ["Changes", "answered differently"], ["Matrix", "has no matrix"], ["Rules", "decides alone"], ["Proofs", "all situations at once"], ["Ask", "It stays on this device"]]) {
          await tab(page, name);
          await said(page, wait).first().waitFor();
          await where(name);
        }
        await go(page, "/author");
        await where("a draft to go on with");
        await go(page, "/author?pack=nowhere");
        await where("what cannot be opened");
      });
    }
  });
}

test("nothing scrolls sideways at 320 pixels, and everything to press is large enough", async () => {
  await reading({ viewport: { width: 320, height: 640 } }, async (page) => {
    const fits = async (state) => {
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, state);
      const small = await page.evaluate(() => [...document.querySelectorAll("main button, main select, main .ways a, main summary, main [role=tab], nav a")]
        .filter((element) => element.getClientRects().length > 0 && !element.closest(".cm-editor"))
        .filter((element) => element.getBoundingClientRect().height < 44).map((element) => element.outerHTML.slice(0, 100)));
      assert.deepEqual(small, [], state);
    };
    await go(page, "/author");
    await fits("where to begin");
    await opened(page, "new");
    await fits("a policy");
    await page.getByRole("button", { name: "Rename" }).click();
    await fits("naming a file");
    await page.getByRole("button", { name: "Cancel" }).click();
    await write(page, "Anyone must not smoke", "Guest must not smoke");
    await page.getByRole("button", { name: "Share" }).click();
    await page.getByLabel("Address").waitFor();
    await fits("sharing");
    await tab(page, "Changes");
    await said(page, /answered differently/).waitFor();
    await fits("what changes");
  });
});

test("the keyboard alone writes, leaves the editor, and reads what came of it", async () => {
  await reading({ viewport: DESKTOP }, async (page) => {
    await go(page, "/author");
    const focused = () => page.evaluate(() => document.activeElement.textContent.trim());
    const until = async (words) => {
      for (let step = 0; step < 40; step += 1) {
        await page.keyboard.press("Tab");
        if ((await focused()).startsWith(words)) return;
      }
      throw new Error(`the keyboard does not come to ${words}`);
    };
    await until("Begin with a small example");
    await page.keyboard.press("Enter");
    await page.locator(".cm-content").waitFor();
    await looked(page);
    await until("Discard draft");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement.matches(".cm-content")), "the editor is next");
    await page.keyboard.press("Control+End");
    await page.keyboard.type("rule wibble cites book/2: Guest may wobble.");
    await looked(page);
    assert.match(await finding(page), /^1 error/);
    // To the problem, out of the editor, and along the tabs.
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("F8");
    assert.equal(await page.evaluate(() => getSelection().toString()), "wobble");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    assert.match(await focused(), /^Messages/);
    await page.keyboard.press("ArrowRight");
    assert.match(await focused(), /^Examples/);
    assert.ok(await page.locator("#panel-examples").isVisible());
    await page.keyboard.press("Home");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    assert.match(await focused(), /^policy\.pol, line \d+$/);
    await page.keyboard.press("Enter");
    assert.ok(await page.evaluate(() => document.activeElement.matches(".cm-content")));
    assert.equal(await page.evaluate(() => getSelection().toString()), "wobble");
  });
});
