// On paper: an answer is one sheet (one with many reasons two at most) that says what it is about, why, and where it comes from.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browse, DESKTOP, readingWith, serve, visit, vocabularyOf, walk } from "./harness.js";

let server, browser;
before(async () => { server = await serve(); browser = await browse(); });
after(async () => { await browser?.close(); await server?.stop(); });

const reading = readingWith(() => ({ browser, base: server.base }));

const ANSWERS = {
  "yes, if": "?pack=bet-2018&on=2020-05-01&action=call&role=teacher&recipient=parent&device=personal-mobile&purpose=school-business&unavoidable=yes",
  "no": "?pack=bet-2018&on=2019-05-10&action=call&role=teacher&recipient=parent&device=personal-mobile&purpose=school-business&unavoidable=yes",
  "approval": "?pack=bet-2018&action=photograph&role=teacher&pictured=pupil&device=school-camera&purpose=teaching&approved=headteacher&will=keep-anonymous",
  "a no of another policy": "?pack=st-nicholas&action=use&role=teacher&device=personal-mobile&period=lesson&purpose=personal",
};

/** The answer with the most reasons and presumptions of these. */
const LONG = "approval";

for (const [kind, search] of Object.entries(ANSWERS)) {
  test(`${kind}: on paper with the answer, why, the day, the address and the version`, () => reading({ viewport: DESKTOP }, async (page) => {
    await visit(page, server.base, search);
    await walk(page, await vocabularyOf(page, new URLSearchParams(search).get("pack")), {});
    const pdf = (await page.pdf({ format: "A4", preferCSSPageSize: true })).toString("latin1");
    const sheets = pdf.match(/\/Type\s*\/Page\b(?!s)/g).length;
    assert.ok(sheets <= (kind === LONG ? 2 : 1), `${sheets} sheets`);
    await page.emulateMedia({ media: "print" });
    for (const part of [".verdict h1", "#because", "#facts", "#policy .digest", ".on-paper"]) assert.ok(await page.locator(part).isVisible(), part);
    const sheet = await page.locator(".on-paper").innerText();
    assert.match(sheet, /^Printed on \d{1,2} \w+ \d{4}\./);
    const address = new URL(sheet.split(": ").slice(1).join(": "));
    assert.match(address.search, /[?&]on=\d{4}-\d\d-\d\d/, "the address is about the same day tomorrow");
    assert.equal(await page.locator(".actions:visible, .facts-way:visible, .back:visible, .masthead:visible").count(), 0);
  }));
}
