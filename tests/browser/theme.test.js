// The page as somebody's own: name, colours and contact from `byelaw serve --theme FILE`.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { assertAccessible, browse, outcome, PHONE, readingWith, serveAlone, visit } from "./harness.js";
import { byelaw } from "./native.js";

const NAME = 'Elm <img src=x> & "Oak"';
const CONTACT = "Ask the office: <b>12</b>";
const THEME = {
  name: NAME,
  contact: { text: CONTACT, link: "tel:+441632960000" },
  colours: { banner: "#5a1a4a", link: "#7a1f63", button: "#7a1f63" },
  "dark-colours": { link: "#f0a8dc" },
};
const YES = "?pack=st-nicholas&role=teacher&action=confiscate&concerned=pupil&not-handed-in=yes&on=2026-11-28";
const SILENT = "?pack=st-nicholas&role=teacher&action=call&on=2026-11-28";

let place, server, browser;
before(async () => {
  place = mkdtempSync(path.join(tmpdir(), "byelaw-theme-"));
  writeFileSync(path.join(place, "theme.json"), JSON.stringify(THEME));
  server = await serveAlone(["policies/st-nicholas", "policies/bet-2018"], ["--theme", path.join(place, "theme.json")]);
  browser = await browse();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(place, { recursive: true, force: true });
});

const reading = readingWith(() => ({ browser, base: server.base }));
const colour = (page, selector, name) => page.locator(selector).first().evaluate((element, name) => getComputedStyle(element)[name], name);

test("name, contact and colours are on every page, as text", () => reading({ viewport: PHONE, colorScheme: "light" }, async (page) => {
  for (const address of ["", YES, SILENT, "?pack=st-nicholas&matrix"]) {
    await visit(page, server.base, address);
    assert.equal(await page.locator(".masthead-own").textContent(), NAME);
    assert.ok((await page.title()).endsWith(NAME), await page.title());
    assert.equal(await page.locator("#contact a").textContent(), CONTACT);
    assert.equal(await page.locator("#contact a").getAttribute("href"), "tel:+441632960000");
    assert.equal(await page.locator("body img, body b").count(), 0);
    assert.equal(await colour(page, ".masthead", "backgroundColor"), "rgb(90, 26, 74)");
  }
}));

test("whom to ask stands beside an answer that leaves a question, and not beside a yes", () => reading({}, async (page) => {
  await visit(page, server.base, YES);
  assert.equal(await outcome(page), "permitted");
  assert.equal(await page.locator("main .contact").count(), 0);
  for (const [address, expected] of [
    ["?pack=st-nicholas&on=2020-05-01&action=livestream&role=teacher", "not_covered"],
    ["?pack=bet-2018&action=photograph&role=teacher&pictured=pupil&device=school-camera&purpose=teaching&approved=headteacher&will=keep-anonymous", "needs_approval"],
    ["?pack=st-nicholas&role=teacher&action=no-such-act", "error"],
  ]) {
    await visit(page, server.base, address);
    assert.equal(await outcome(page), expected);
    assert.equal(await page.locator("main .contact").textContent(), CONTACT);
  }
}));

test("the accessibility checker finds nothing in these colours", async () => {
  for (const colorScheme of ["light", "dark"]) {
    await reading({ colorScheme, reducedMotion: "reduce" }, async (page) => {
      for (const address of ["", YES, SILENT]) {
        await visit(page, server.base, address);
        await assertAccessible(page, `${address} in ${colorScheme}`);
      }
    });
  }
});

test("without scripts the page is as much one's own", () => reading({ javaScriptEnabled: false }, async (page) => {
  await page.goto(`${server.base}/${YES}`);
  assert.equal(await page.locator(".masthead-own").textContent(), NAME);
  assert.equal(await page.locator("#contact a").textContent(), CONTACT);
}));

test("a theme that some people could not read is refused, and says why", () => {
  writeFileSync(path.join(place, "faint.json"), JSON.stringify({ name: "Elm", colours: { link: "#9ad0ff" } }));
  const { status, stderr, stdout } = byelaw(["serve", "policies/bet-2018", "--theme", path.join(place, "faint.json")]);
  assert.notEqual(status, 0);
  assert.equal(stdout, "");
  assert.match(stderr, /faint\.json` cannot be used: `colours\.link` and the page behind it \(#ffffff\) have a contrast of 1\.\d\d; text needs 4\.50/);
  const { stderr: none } = byelaw(["serve", "policies/bet-2018", "--theme", path.join(place, "none.json")]);
  assert.match(none, /none\.json` cannot be read/);
});
