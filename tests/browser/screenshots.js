// Pictures of the main pages for the documents, phone and desktop, light and dark: `node screenshots.js` writes docs/screenshots.
// BYELAW_BIN is the binary whose page is shown. Run by hand when the page looks different; no test compares them.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { browse, openPage, serve } from "./harness.js";
import { ROOT } from "./native.js";
import { small } from "./palette.js";

const CALL = "pack=bet-2018&action=call&role=teacher&recipient=parent&device=personal-mobile&purpose=school-business";
/** The pages: where each is, and what is done there first. `only` the size and colours in which it is shown. */
const PAGES = {
  "first-page": { at: "/" },
  "what-to-do": { at: "/?pack=bet-2018" },
  "typed": { at: "/?pack=bet-2018", steps: async (page) => {
    await page.locator("#words").fill("can I ring a parent from my own phone");
    await page.keyboard.press("Enter");
    await page.locator(".chip").first().waitFor();
  } },
  "question": { at: `/?${CALL}&on=2020-05-01`, steps: (page) => page.locator("details.why > summary").click() },
  "yes": { at: "/?pack=st-nicholas&action=use&role=teacher&device=personal-mobile&period=break&purpose=personal" },
  "yes-if": { at: `/?${CALL}&on=2020-05-01&unavoidable=yes` },
  "needs-approval": { at: "/?pack=bet-2018&action=photograph&role=teacher&pictured=pupil&device=school-camera&purpose=teaching&approved=headteacher&will=keep-anonymous" },
  "no": { at: `/?${CALL}&on=2019-05-10&unavoidable=yes` },
  "not-covered": { at: "/?pack=st-nicholas&on=2020-05-01&action=livestream&role=teacher" },
  "table": { at: "/?pack=st-nicholas&matrix&on=2026-11-28" },
  "table-changes": { at: "/?pack=st-nicholas&matrix&on=2026-11-28", steps: async (page) => {
    await page.locator(".matrix-notes summary").first().click();
    await page.locator(".matrix-notes").evaluate((notes) => notes.previousElementSibling.scrollIntoView());
  }, scrolled: true },
  "printed": { at: `/?${CALL}&on=2020-05-01&unavoidable=yes`, only: ["desktop-light"], print: true },
  "authors-messages": { at: "/author?new", steps: (page) => edited(page, "kitchen or other-room", "kitchn or other-room") },
  "authors-changes": { at: "/author?new", steps: async (page) => {
    await edited(page, "Anyone must not smoke", "Member must not smoke");
    await page.getByRole("tab", { name: "Changes" }).click();
    await page.locator("#panel-changes .report-item").first().waitFor();
  } },
};
const SIZES = { phone: { width: 390, height: 780 }, desktop: { width: 1120, height: 760 } };

async function looked(page) {
  await page.waitForFunction(() => {
    const text = document.querySelector(".finding")?.textContent ?? "";
    return text !== "" && !/Reading|Looking/.test(text);
  });
}

async function edited(page, words, others) {
  await page.locator(".cm-content").focus();
  await looked(page);
  await page.keyboard.press("Control+f");
  await page.locator(".cm-search [name=search]").fill(words);
  await page.keyboard.press("Shift");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.keyboard.insertText(others);
  await looked(page);
}

/** As a sheet of A4 with its margins. */
async function onPaper(page) {
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 794, height: 1123 });
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("body { padding: 10mm 12mm; }");
    document.adoptedStyleSheets = [sheet];
  });
}

const folder = join(ROOT, "docs/screenshots");
mkdirSync(folder, { recursive: true });
const wanted = process.argv.slice(2);
const server = await serve();
const browser = await browse();
for (const [size, viewport] of Object.entries(SIZES)) {
  for (const colorScheme of ["light", "dark"]) {
    for (const [name, { at, steps, only, print, scrolled }] of Object.entries(PAGES)) {
      if ((only && !only.includes(`${size}-${colorScheme}`)) || (wanted.length > 0 && !wanted.includes(name))) continue;
      const { page, context } = await openPage(browser, server.base, { viewport, colorScheme, reducedMotion: "reduce" });
      await page.goto(`${server.base}${at}`);
      await page.waitForSelector("#loading", { state: "detached" });
      await steps?.(page);
      if (print) await onPaper(page);
      else if (size === "desktop" && !scrolled) await page.evaluate(() => window.scrollTo(0, 0));
      const picture = await page.screenshot({ animations: "disabled", caret: "hide" });
      writeFileSync(join(folder, `${name}-${size}-${colorScheme}.png`), small(picture));
      await context.close();
    }
  }
}
await browser.close();
await server.stop();
